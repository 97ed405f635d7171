/* group: the rows of each subject side by side, by counting: two passes, no comparison. */
#ifndef ASSESS_BATCH_GROUP_H
#define ASSESS_BATCH_GROUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct grouping {
    uint32_t *first;  /* [groups + 1]: group g has the places first[g] .. first[g + 1] - 1 */
    uint32_t *member; /* [count]: row numbers, ascending within a group; or NULL */
    uint64_t *words;  /* [count]: what the rows say; or NULL */
} grouping;

/* What a row says, in one number. */
typedef uint64_t (*group_word)(const void *context, uint32_t row);

/* Groups rows 0..count-1 by group[row] < groups: their numbers, or what they say (read in the order of the rows, which
 * is quicker than looking the rows up afterwards). False: no memory. */
bool group_rows(const uint32_t *group, size_t count, size_t groups, unsigned threads, grouping *out);
bool group_words(const uint32_t *group, size_t count, size_t groups, unsigned threads, group_word word,
                 const void *context, grouping *out);
void group_free(grouping *g);

/* Ascending, in place, without memory of its own: insertion for the few keys of a usual group, a heap for many. */
void group_sort_keys(uint64_t *keys, size_t count);

#endif
