/* group: the rows of each subject side by side, by counting: two passes, no comparison. */
#ifndef ASSESS_BATCH_GROUP_H
#define ASSESS_BATCH_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct grouping {
    uint32_t *first;  /* [groups + 1]: the rows of group g are member[first[g]] .. member[first[g + 1] - 1] */
    uint32_t *member; /* [count]: row numbers, ascending within a group */
} grouping;

/* Groups rows 0..count-1 by key[row] < groups. False: no memory. */
bool group_rows(const uint32_t *key, size_t count, size_t groups, unsigned threads, grouping *out);
void group_free(grouping *g);

/* Ascending, in place, without memory of its own: insertion for the few keys of a usual group, a heap for many. */
void group_sort_keys(uint64_t *keys, size_t count);

#endif
