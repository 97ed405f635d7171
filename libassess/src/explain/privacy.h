/* privacy.h: what a derivation may show of ballots.
 *
 * Ballots are anonymous, unless a role signs them. What the subject learns of them may come from no fewer than `smallest_group`
 * ballots at once, neither directly nor by calculation from everything else that is shown. The score itself is always shown.
 *
 * 1. A figure rests on so many ballots: mean, sum and choices on all that count; a trimmed mean on those that are left. Counts of
 *    ballots give nothing away. A median, highest or lowest is a single ballot, whatever their number: neither it nor what is made of
 *    it is shown, and where it has a part in the score, no mean is (3).
 * 2. Figures over the same ballots can be set against each other. The sets of ballots that the figures rest on must therefore form
 *    a tree (all colleagues, the older ones among them, the trimmed rest …), and each set without its parts must be empty or large
 *    enough: what can be calculated is then always made of whole such remainders. Two sets that overlap otherwise count as too
 *    small. Signed ballots may be few, and are taken off from the sets they are part of.
 * 3. If any set is too small, no figure made of ballots is shown, whichever ballots it is made of (all or nothing): the score is
 *    an equation of all of them and would give the last one away. The same holds for what is made of such figures by
 *    arithmetic, tables keyed by them, functions and choices between them.
 * 4. Shown all the same: the score; conditions (yes or no), grades, places and counts, which the rules put into everybody's result;
 *    what is made of the score alone, once it is public; and, marked as about, the figures between the score and the last
 *    mixture of several roles below it, where each step only adds or takes off something open. What is shown of them is
 *    calculated from the public score, so it cannot be finer than that.
 * 5. Figures of a group or of the unit are made of other people's ballots. Where one of those is not made of public scores alone,
 *    a set that is too small with anybody closes it for everybody: neither the group's figure nor, because of the equation of
 *    the score, the own means are shown. (An own mean and the mean of two would give the other's.)
 * 6. “Why not” tries changes. When some figure is not shown, a change is told only if its answer follows from what is open: the
 *    figures made of ballots that it moves are those between the score and the last mixture, the mixture itself stays, and what is
 *    rounded to the score moves by whole units of the rounding. How high a mean would have to be is told only when means are shown. */
#ifndef ASSESS_EXPLAIN_PRIVACY_H
#define ASSESS_EXPLAIN_PRIVACY_H

#include "explain/explain.h"

/* Fills d->closed, d->open and d->roles. */
void privacy_settle(derivation *d);

/* Whether it may be told what the changed values `then` lead to. */
bool privacy_may_tell(const derivation *d, const cell *then);

#endif
