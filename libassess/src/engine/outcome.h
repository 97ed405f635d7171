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

/* What deciding needs of a plan, looked up once: bands, and the statements by what they do, in the document's order. */
typedef struct decider {
    arena memory;
    band *bands; /* [grade_count] */
    uint32_t *excludes, *vetoes, *remarks;
    size_t exclude_count, veto_count, remark_count;
} decider;

assess_status decider_open(decider *d, const plan *p, assess_error *err); /* E_RULES: a band out of range */
void decider_close(decider *d);                                           /* in every case */
void block_decide(block *k, const decider *d, result *r, finding_list *found);

#endif
