/* ballots: how many ballots of each role a subject has: counted, valid but not counted (不了解), invalid. */
#ifndef ASSESS_REPORT_BALLOTS_H
#define ASSESS_REPORT_BALLOTS_H

#include "engine/result.h"

typedef struct ballot_count {
    uint32_t counted, not_counted, invalid;
} ballot_count;

typedef struct ballot_counts {
    ballot_count *of; /* [subject][role of the scheme], NULL when the scheme reads no ballots */
    size_t roles;
    size_t blank; /* ballots with a blank or doubly marked cell that their role rates */
} ballot_counts;

typedef enum ballot_fate { BALLOT_COUNTED, BALLOT_UNCOUNTED, BALLOT_BAD } ballot_fate; /* the larger wins */

/* What became of single ballots. */
typedef struct ballot_judge {
    const result *r;
    uint32_t items[PLAN_MAX_ITEMS]; /* numbers of those that can decide … */
    uint32_t roles[PLAN_MAX_ITEMS]; /* … and on whose ballots: what a role does not rate may stay blank on them */
    size_t count;
} ballot_judge;
void ballot_judge_open(const result *r, ballot_judge *out);
ballot_fate ballot_judge_of(const ballot_judge *judge, size_t ballot);

/* How many ballots have a blank or doubly marked cell that their role rates. */
size_t ballots_blank(const plan *p, const batch *b);

bool ballot_counts_take(const result *r, ballot_counts *out); /* false: no memory */
void ballot_counts_free(ballot_counts *b);
ballot_count ballot_counts_of(const ballot_counts *b, uint32_t subject, uint32_t role);

#endif
