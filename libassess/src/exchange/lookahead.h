/* lookahead: a table whose rows are looked at by many threads, some pieces ahead, and taken in their order. */
#ifndef ASSESS_EXCHANGE_LOOKAHEAD_H
#define ASSESS_EXCHANGE_LOOKAHEAD_H

#include "exchange/reading.h"

/* What reads it: a form with `look` and `take`, its state, and who hears of every row before it is taken. */
typedef struct lookahead_use {
    const table_form *form;
    void *state;
    void (*taken)(void *context, const line *l); /* its cells are cleaned */
    void *context;
} lookahead_use;

/* All lines of the table, from the group that is ready; t->failed: no memory. */
void lookahead_run(open_table *t, const lookahead_use *use);

#endif
