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
} ballot_counts;

bool ballot_counts_take(const result *r, ballot_counts *out); /* false: no memory */
void ballot_counts_free(ballot_counts *b);
ballot_count ballot_counts_of(const ballot_counts *b, uint32_t subject, uint32_t role);

#endif
