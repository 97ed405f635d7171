/* words: the roles, items and options that the stored ballots speak of, by number there and by number in a batch. */
#ifndef ASSESS_STORE_WORDS_H
#define ASSESS_STORE_WORDS_H

#include "batch/batch.h"
#include "store/connection.h"

typedef struct item_map {
    size_t number; /* in the batch */
    int scale;
    int64_t most;           /* the largest value; of an option: the largest stored number */
    const int64_t *options; /* number in the batch, by stored number; NULL: the item has numbers */
} item_map;

typedef struct word_map {
    arena memory;
    uint8_t roles[32];
    size_t role_count;
    item_map *items;
    size_t item_count;
} word_map;

assess_status words_write(connection *c, const batch *b, assess_error *err);

/* Also raises the scales of the batch's items to the stored ones. E_INPUT when the batch knows other words. */
assess_status words_read(connection *c, batch *b, word_map *out, assess_error *err);
void words_free(word_map *map);

/* E_INPUT: row `number` of `table` holds something that cannot be. */
assess_status words_refuse_row(const connection *c, const char *table, int64_t number, assess_error *err);

#endif
