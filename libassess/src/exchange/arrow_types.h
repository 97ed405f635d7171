/* arrow_types: what the columns of an Arrow stream are, and where the values of a batch lie. Every address that a batch gives is
 * checked against its lengths here or where a cell is read; only the pointers themselves have to be trusted. */
#ifndef ASSESS_EXCHANGE_ARROW_TYPES_H
#define ASSESS_EXCHANGE_ARROW_TYPES_H

#include "assess/arrow_abi.h"
#include "base/text.h"

typedef enum arrow_kind {
    ARROW_OTHER,   /* none that a table holds */
    ARROW_ZONED,   /* moments of a zone whose rules are not known here */
    ARROW_NULL,
    ARROW_BOOL,
    ARROW_SIGNED,
    ARROW_UNSIGNED,
    ARROW_REAL,
    ARROW_DECIMAL,
    ARROW_DAY,     /* days */
    ARROW_MOMENT,  /* seconds, or parts of them */
    ARROW_TEXT,    /* offsets into one buffer */
    ARROW_VIEW     /* short texts in place, long ones in any of several buffers */
} arrow_kind;

typedef struct arrow_type {
    arrow_kind kind;
    int width;         /* bytes of a value; of ARROW_TEXT: of an offset */
    int places;        /* ARROW_DECIMAL: behind the point; ARROW_MOMENT: of a second, 0 to 9 */
    int east;          /* ARROW_MOMENT: minutes to add */
} arrow_type;

arrow_type arrow_type_of(const char *format); /* NULL is ARROW_OTHER */

/* The values of one column in the batch at hand. */
typedef struct arrow_values {
    int64_t offset, end;       /* the values are those from offset to end of the buffers */
    const uint8_t *valid;      /* NULL: none is null */
    const uint8_t *data;       /* texts: their bytes; views: the views */
    const uint8_t *offsets;    /* ARROW_TEXT */
    const void **pieces;       /* ARROW_VIEW: [piece_count] … */
    const int64_t *piece_sizes; /* … and their lengths */
    int64_t piece_count;
    bool all_null;             /* nothing of the above is there */
} arrow_values;

typedef struct arrow_column {
    text name;
    const char *format;        /* of the values when encoded */
    arrow_type type;
    bool encoded;              /* the cells are indices into a dictionary */
    arrow_type index;          /* encoded: their type, and where they lie */
    arrow_values indices;
    arrow_values values;
} arrow_column;

/* The column that a schema describes; borrows its texts. */
void arrow_column_describe(arrow_column *c, const struct ArrowSchema *schema);
/* Takes over where the values lie. What contradicts itself, as a word of the specification; NULL: nothing does. */
const char *arrow_column_open(arrow_column *c, const struct ArrowArray *array, int64_t rows);

static inline bool arrow_is_null(const arrow_values *v, int64_t at)
{
    return v->all_null || (v->valid && !(v->valid[at / 8] >> at % 8 & 1));
}

#endif
