/* arrow_cells: a cell of an Arrow column as a cell of CSV. */
#ifndef ASSESS_EXCHANGE_ARROW_CELLS_H
#define ASSESS_EXCHANGE_ARROW_CELLS_H

#include "exchange/arrow_types.h"

typedef enum arrow_verdict {
    ARROW_FINE,
    /* what a table cannot hold; something is written for it that shows what it is */
    ARROW_NO_DECIMAL, /* a number that no short decimal is written as */
    ARROW_NO_DAY,     /* not of the years 1 to 9999 */
    ARROW_NOT_UTF8,
    /* the rest ends the reading */
    ARROW_BAD_OFFSET,
    ARROW_BAD_INDEX
} arrow_verdict;

/* Doubles that were written before: marks are few and come again and again. */
typedef struct arrow_memo {
    struct arrow_memo_entry {
        uint64_t bits;
        char text[23];
        uint8_t length; /* 0: nothing is kept here */
    } entries[512];
} arrow_memo;

/* Appends the cell of row `at`, counted without the column's own offset. No memory: out->failed. */
arrow_verdict arrow_cell_write(const arrow_column *c, int64_t at, arrow_memo *memo, buffer *out);
static inline void arrow_char_write(char c, buffer *out)
{
    if (out->length < out->capacity)
        out->bytes[out->length++] = c;
    else
        buffer_add_char(out, c);
}
/* Appends any text, in quotes where it needs them. */
arrow_verdict arrow_text_write(text t, buffer *out);

#endif
