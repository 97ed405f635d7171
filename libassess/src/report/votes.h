/* votes: how many of a subject's ballots chose which option, as a review (民主测评) announces it, and when that may be shown.
 *
 * 1. A role whose counts are announced on the spot (`announced` in the rule file, 当场公布) is shown as it is: for an item with
 *    options by option; for items of points, when they come to 100 in all, by the grade that the ballot's total falls in.
 * 2. Any other role is shown only where its ballots are a single choice: it rates one item, which has options, the scheme takes the mean of it, and
 *    nothing of some of its ballots alone (trimmed, filtered by rater, a median). Nor is it shown where figures of groups are made of other people's ballots.
 *    Roles that sign have no votes to be counted.
 * 3. A subject of whom some used role, neither announced nor signed, has fewer than k ballots that count (but any) is not shown at all: the
 *    score is an equation of all roles, and would give those few away.
 * 4. A count of n ballots is safe from everybody, also from a rater who knows the own ballot, when two ballots at least lie outside the
 *    largest option: then nobody's choice is certain. When all or all but one chose the same, it would be. To hide just those counts would tell
 *    the same as to show them. So what is hidden goes by the mean alone, which explain shows anyway: the counts are hidden whenever
 *    a vote with the same number of ballots, in which all or all but one agreed, would have the same mean. What is hidden then tells
 *    nothing that the mean does not, and what is shown never had all or all but one agreed.
 * votes_test.c tries all ballots that five and six raters could hand in. */
#ifndef ASSESS_REPORT_VOTES_H
#define ASSESS_REPORT_VOTES_H

#include "report/ballots.h"

typedef enum vote_state { VOTES_SHOWN, VOTES_FEW, VOTES_AGREED } vote_state;

typedef struct vote_choice {
    text id;
    label words;
} vote_choice;

/* A role's ballots by what they chose in an item, or by their total. */
typedef struct vote_line {
    uint32_t role, item; /* ITEM_TOTAL: the total */
    size_t first;        /* its counts among those of a subject */
    size_t choices;
} vote_line;

typedef struct votes {
    const result *r;
    vote_line *lines;
    size_t line_count, line_capacity;
    vote_choice *choices; /* of all lines, each once: the columns of the table */
    size_t choice_count, choice_capacity;
    size_t width;         /* counts of a subject */
    uint32_t *counts;     /* [subject][width] */
    ballot_counts ballots;
} votes;

bool votes_have_lines(const plan *p);          /* whether there can be any */
bool votes_take(const result *r, votes *out);  /* false: no memory; out can be freed */
void votes_free(votes *v);
const uint32_t *votes_of(const votes *v, uint32_t subject, const vote_line *line);
vote_choice votes_choice(const plan *p, const vote_line *line, size_t choice);
vote_state votes_may_be_shown(const votes *v, uint32_t subject, const vote_line *line);

/* Rule 4: whether all or all but one may have agreed, for the number of ballots that chose each [item->option_count]. */
bool votes_may_agree(const plan_item *item, const uint32_t *chosen);

#endif
