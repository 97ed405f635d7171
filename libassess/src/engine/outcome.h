/* outcome.h: from the values of a block to status, score, grade, flags and findings. */
#ifndef ASSESS_ENGINE_OUTCOME_H
#define ASSESS_ENGINE_OUTCOME_H

#include "engine/run.h"

/* Bands in units of the score's rounding, so that grading compares integers. */
typedef struct band {
    int64_t from;    /* smallest score of the grade */
    int64_t printed; /* largest score that the document prints for it */
} band;

typedef struct finding_list {
    finding *items;
    size_t count, capacity;
    bool failed; /* no memory */
} finding_list;

bool bands_of(const plan *p, band *bands); /* [grade_count]; false: out of range */
void block_decide(block *k, const band *bands, result *r, finding_list *found);

#endif
