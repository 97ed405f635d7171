/* sealed: what stands behind a `store`. */
#ifndef ASSESS_STORE_SEALED_H
#define ASSESS_STORE_SEALED_H

#include "store/connection.h"
#include "store/store.h"

struct store {
    connection c;
    arena memory;
    buffer csv;
    store_header header;
    size_t setting_capacity, file_capacity, file_bytes_capacity;
    text ballots; /* how many there were when it was sealed, in digits */
};

/* header.c: fills s->header. */
assess_status sealed_read_header(store *s, assess_error *err);

/* csv_check.c: whether results.csv says, row by row, what the result rows say. */
typedef struct csv_comparison {
    bool same;
    int64_t rows;
    text where; /* the first subject that differs; left alone when the file has rows too many or none */
} csv_comparison;
assess_status sealed_compare_csv(store *s, arena *memory, csv_comparison *out, assess_error *err);

#endif
