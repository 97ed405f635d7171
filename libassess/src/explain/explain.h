/* explain: one subject's derivation, clause by clause. It replays the plan for that subject with the engine's own code and
 * computes nothing itself. */
#ifndef ASSESS_EXPLAIN_EXPLAIN_H
#define ASSESS_EXPLAIN_EXPLAIN_H

#include "engine/engine.h"

/* Ballots are shown as counts and means only. A mean is shown when every group of ballots of this subject has at least
 * `smallest_group` counted ballots (raters of a `signed` role answer by name and may be few); otherwise no mean is
 * shown at all, because the score would give the last one away, and of the figures made from means only those that
 * follow from the score, made from several roles, and no more exact than the score itself. Counted are the ballots left after
 * trimming; two figures over nearly the same ballots count as a group of those in which they differ. A median, highest or lowest
 * is a single ballot, never shown; when the score is made of it, no mean is shown either. */
enum { EXPLAIN_SMALLEST_GROUP = 5, EXPLAIN_LEAST_GROUP = 3 };

/* What a line may show of its figure. */
typedef enum openness { SHOWN_EXACT, SHOWN_ROUNDED, SHOWN_NOT } openness;

/* One statement of the derivation. Texts are in the derivation's arena. */
typedef struct explain_line {
    const statement *about;
    text clause, words, formula, figures, value; /* empty where there is nothing to say */
    text note;                                    /* what follows from it, in words */
    ballot_tally tally;
    bool has_tally;
    uint32_t cut_off;                             /* of the counted ballots, by trimming */
    const event **events;                         /* the rows it rests on */
    size_t event_count;
} explain_line;

typedef struct derivation {
    arena memory;
    const result *outcome;
    uint32_t subject;
    assess_language language;
    explain_line *lines;
    size_t line_count;
    text *reasons;
    size_t reason_count;
    bool closed;             /* the ballots' means are not shown */
    bool singles;            /* some figure is a single ballot and is not shown */
    unsigned smallest_group;
    /* while it is made */
    cell *values;
    openness *open;          /* [node] */
    bool *part;              /* [node] */
    uint32_t *sources;       /* of events, that the line rests on */
    size_t source_count;
    bool failed;             /* no memory */
} derivation;

bool explain_subject(const result *r, uint32_t subject, assess_language language, unsigned smallest_group, derivation *out);
void explain_free(derivation *d);
void explain_text(const derivation *d, buffer *out);
void explain_json(const derivation *d, buffer *out);

/* Numbers (in plan->clauses) of the clauses that had a say in this result: used[clause_count]. */
void explain_clauses(const derivation *d, bool *used);

#endif
