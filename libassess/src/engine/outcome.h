/* outcome.h: from the values of a block to status, score, grade, flags and findings. */
#ifndef ASSESS_ENGINE_OUTCOME_H
#define ASSESS_ENGINE_OUTCOME_H

#include "engine/pass.h"

typedef struct finding_list {
    finding *items;
    size_t count, capacity;
    bool failed; /* no memory */
} finding_list;

/* The statements of one level by what they do, in the document's order. */
typedef struct level_statements {
    uint32_t *excludes, *refusals, *remarks, *changes, *lists;
    size_t exclude_count, refusal_count, remark_count, change_count, list_count;
    const statement *rank; /* whose places stand when the outcome is settled; NULL: later, or there is none */
} level_statements;

/* What deciding needs of a plan, looked up once. Statements whose figures stand only in a later pass are left to that one. */
typedef struct decider {
    arena memory;
    level_statements levels[PLAN_MAX_LEVELS];
    bool *needs_result; /* [node]: rests on the score or the grade of the subject itself, which only the assessed have */
} decider;

assess_status decider_open(decider *d, const plan *p, assess_error *err);
void decider_close(decider *d); /* in every case */
void block_decide(block *k, const decider *d, const pass *now, result *r, finding_list *found);

#endif
