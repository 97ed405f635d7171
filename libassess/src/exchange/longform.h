/* longform: rows of one value each, kept until all tables are read and then put together into ballots: the rows of a
 * ballot may lie far apart, even in different files. */
#ifndef ASSESS_EXCHANGE_LONGFORM_H
#define ASSESS_EXCHANGE_LONGFORM_H

#include "batch/batch.h"

#define ITEM_UNKNOWN UINT16_MAX

typedef struct long_rows {
    size_t count, capacity;
    uint32_t *subject, *rater, *row;
    uint8_t *role, *places;
    uint16_t *item;           /* ITEM_UNKNOWN: the row could not be read, and has been named for that */
    int64_t *value;
    struct long_segment {     /* rows first.. come from `source` */
        size_t first;
        uint32_t source;
    } *segments;
    size_t segment_count, segment_capacity;
} long_rows;

bool long_reserve(long_rows *rows, size_t count); /* false: no memory */
/* The rows appended from here on come from `source`; false: no memory. */
bool long_begin_segment(long_rows *rows, uint32_t source);
void long_free(long_rows *rows);

/* Appends the ballots in the order of their first rows; what is missing or there twice is a problem. False: no
 * memory. */
bool long_assemble(long_rows *rows, batch *b, unsigned threads);

#endif
