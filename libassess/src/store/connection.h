/* connection: SQLite, held so that neither a hostile file nor a careless host can make it do more than was asked.
 *
 * Nothing here is process-wide: every limit and switch belongs to one connection. All SQL is constant text; values are
 * bound. Errors stick to a query and become a sentence when it is closed. */
#ifndef ASSESS_STORE_CONNECTION_H
#define ASSESS_STORE_CONNECTION_H

#include <sqlite3.h>

#include "base/message.h"

/* What the authorizer lets through just now. */
typedef enum connection_phase {
    PHASE_SCHEMA, /* reading: the schema is being loaded; it has a few rows or is not ours */
    PHASE_READING,
    PHASE_CREATING,
    PHASE_FILLING
} connection_phase;

/* Whom the work is told to, and how far it is. */
typedef struct connection_progress {
    int (*told)(void *user, uint64_t done, uint64_t total); /* not 0 = cancel; may be NULL */
    void *user;
    uint64_t begin, end, done; /* of PROGRESS_TOTAL: the current step, and how much of it is done */
    bool cancelled;            /* sticks */
} connection_progress;

enum { PROGRESS_TOTAL = 1000 };

typedef struct connection {
    sqlite3 *db;
    const char *shown; /* the path as the user wrote it, for messages */
    connection_phase phase;
    int format;       /* of the tables: STORE_FORMAT, or what the file says */
    int64_t size;     /* bytes of the file, when reading */
    int64_t deadline; /* monotonic nanoseconds */
    bool out_of_time;
    connection_progress progress;
} connection;

/* Opens the empty file `path`, which nobody else knows of, for filling within one transaction. Keeps c->progress; the
 * struct must not move while it is open. */
assess_status connection_create(connection *c, const char *path, const char *shown, assess_error *err);
/* Ends the transaction. */
assess_status connection_finish(connection *c, assess_error *err);

/* Opens a file of `size` bytes for reading. Everything up to connection_close sees one state of it. Use inspect_open.
 */
assess_status connection_open(connection *c, const char *path, const char *shown, int64_t size, assess_error *err);
/* The time the next piece of work may take, by the size of the file. */
void connection_grant_time(connection *c);

/* The step that begins ends at `end` of PROGRESS_TOTAL. */
void connection_begin_step(connection *c, uint64_t end);
/* Tells how much of the step is done. True: somebody asked to stop; whatever runs then ends with SQLITE_INTERRUPT. */
bool connection_tell(connection *c, uint64_t done, uint64_t total);

void connection_close(connection *c); /* also one that was never opened, when zeroed */

/* E_INPUT: the sentence `id` about this file. */
assess_status connection_refuse(const connection *c, message_id id, assess_error *err);
/* What SQLite's code means for the person who waits. */
assess_status connection_error(const connection *c, int code, assess_error *err);

/* One statement without values, rows passed over. */
assess_status connection_run(connection *c, const char *sql, assess_error *err);
/* The number (or the first text) that a query gives; E_INPUT when it gives no row. */
assess_status connection_number(connection *c, const char *sql, int64_t *out, assess_error *err);

/* ---- queries: prepared statements ---- */

typedef struct query {
    connection *connection;
    sqlite3_stmt *handle;
    int code;  /* the first failure, or SQLITE_OK */
    int bound; /* values bound since the last run */
} query;

void query_open(query *s, connection *c, const char *sql);
bool query_step(query *s); /* true: a row; false: the end or a failure */
void query_run(query *s);  /* to its end, then ready for new values */
assess_status query_close(query *s, assess_error *err);

/* Values in the order of the places in the statement; bytes must last until query_run. */
void bind_integer(query *s, int64_t value);
void bind_text(query *s, text value);
void bind_blob(query *s, const void *bytes, size_t length);
void bind_null(query *s);

/* Columns of the row that query_step gave; texts last until the next step. */
int64_t column_integer(query *s, int column);
text column_text(query *s, int column); /* also of a blob: its bytes; of a number: its digits */
bool column_is_null(query *s, int column);

#endif
