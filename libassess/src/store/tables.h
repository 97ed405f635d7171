/* tables: the sealed tables beside the ballots, from and to a batch. */
#ifndef ASSESS_STORE_TABLES_H
#define ASSESS_STORE_TABLES_H

#include "store/connection.h"
#include "store/store.h"

/* Everything that is sealed except ballots, their words and the chain. */
assess_status tables_write(connection *c, const seal *s, assess_error *err);

/* Sources, people, events, measures, history and decisions into an empty batch. */
assess_status tables_read(connection *c, batch *b, assess_error *err);

/* The tables that were there, as the file names them: people, ratings … by batch_table. */
extern const char *const table_words[TABLE_COUNT];

/* Bytes of results.csv in one row: the file is kept as it was written, in pieces, and not put together from the result
 * rows, so that it stays the same whatever a later version changes in quoting, labels or reasons; SQLite's limit on the
 * length of a value, which guards against hostile files, forbids keeping it in one. */
enum { CSV_PIECE = 512 * 1024 };

#endif
