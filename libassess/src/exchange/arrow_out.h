/* arrow_out: rows as an Arrow stream. Every array and schema that is handed out has memory of its own and may outlive the stream. */
#ifndef ASSESS_EXCHANGE_ARROW_OUT_H
#define ASSESS_EXCHANGE_ARROW_OUT_H

#include "assess/arrow_abi.h"
#include "base/date.h"
#include "base/exact.h"
#include "base/text.h"

typedef enum out_kind { OUT_TEXT, OUT_WORD, OUT_DECIMAL, OUT_INTEGER, OUT_DAY } out_kind;

typedef struct out_pair {
    const char *key, *value;
} out_pair;

typedef struct out_field {
    const char *name;
    out_kind kind;
    bool nullable;
    int digits, places;        /* OUT_DECIMAL */
    const char *const *words;  /* OUT_WORD: [word_count] */
    size_t word_count;
    const char *title;         /* NULL: none */
} out_field;

/* A column of the batch that is being made; a cell is added to each, row after row. */
typedef struct out_column out_column;
void out_null(out_column *c);
void out_text(out_column *c, text t);
void out_word(out_column *c, size_t word);
void out_decimal(out_column *c, int128 coeff); /* in units of the field's places */
void out_integer(out_column *c, int32_t value);
void out_day(out_column *c, date d);
void out_fail(out_column *c); /* the cell could not be made: no memory */
out_column *out_column_at(out_column *columns, size_t index);

/* What a stream shows. Everything lives until `release`. */
typedef struct out_table {
    size_t rows;
    const out_field *fields;
    size_t field_count;
    const out_pair *metadata;
    size_t metadata_count;
    void (*row)(void *context, size_t row, out_column *columns);
    void (*release)(void *context); /* may be called on any thread */
    void *context;
} out_table;

/* Makes the stream. False: no memory; the context was released. */
bool arrow_out_open(const out_table *t, struct ArrowArrayStream *out);

#endif
