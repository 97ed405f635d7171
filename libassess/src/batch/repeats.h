/* repeats: rows of one subject that say the same thing twice, found by grouping the rows by subject and sorting each
 * group, in parallel over ranges of subjects. */
#ifndef ASSESS_BATCH_REPEATS_H
#define ASSESS_BATCH_REPEATS_H

#include "base/problem.h"

enum { REPEAT_KEY_BITS = 37 };

typedef struct repeat_search {
    const uint32_t *subject; /* [count] */
    size_t count, subjects;
    const void *context;
    /* What the row says, in REPEAT_KEY_BITS; false: the row never repeats another. */
    bool (*key)(const void *context, uint32_t row, uint64_t *key);
    void (*report)(const void *context, uint32_t first, uint32_t again, problem_list *problems);
} repeat_search;

/* Reports every row that repeats an earlier one. The order of the reports does not depend on the threads. False: no
 * memory. */
bool repeats_find(const repeat_search *search, unsigned threads, problem_list *problems);

#endif
