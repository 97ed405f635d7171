/* query: prepared statements whose first failure sticks, and what SQLite's codes mean to a person. */
#include "store/connection.h"

void query_open(query *s, connection *c, const char *sql)
{
    *s = (query){.connection = c};
    s->code = sqlite3_prepare_v2(c->db, sql, -1, &s->handle, NULL);
}

bool query_step(query *s)
{
    if (s->code != SQLITE_OK)
        return false;
    int code = sqlite3_step(s->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        s->code = code;
    return code == SQLITE_ROW;
}

void query_run(query *s)
{
    while (query_step(s))
        ;
    s->bound = 0;
    if (s->code == SQLITE_OK)
        s->code = sqlite3_reset(s->handle);
}

assess_status query_close(query *s, assess_error *err)
{
    sqlite3_finalize(s->handle);
    s->handle = NULL;
    return s->code == SQLITE_OK ? ASSESS_OK : connection_error(s->connection, s->code, err);
}

/* ---- values ---- */

static void keep_code(query *s, int code)
{
    if (s->code == SQLITE_OK)
        s->code = code;
}

void bind_integer(query *s, int64_t value)
{
    if (s->code == SQLITE_OK)
        keep_code(s, sqlite3_bind_int64(s->handle, ++s->bound, value));
}

void bind_text(query *s, text value)
{
    /* A pointer of NULL would bind a NULL, not an empty text. */
    if (s->code == SQLITE_OK)
        keep_code(s, sqlite3_bind_text64(s->handle, ++s->bound, value.length ? value.bytes : "", value.length,
                                         SQLITE_STATIC, SQLITE_UTF8));
}

void bind_blob(query *s, const void *bytes, size_t length)
{
    if (s->code == SQLITE_OK)
        keep_code(s, sqlite3_bind_blob64(s->handle, ++s->bound, length ? bytes : "", length, SQLITE_STATIC));
}

void bind_null(query *s)
{
    if (s->code == SQLITE_OK)
        keep_code(s, sqlite3_bind_null(s->handle, ++s->bound));
}

int64_t column_integer(query *s, int column)
{
    return sqlite3_column_int64(s->handle, column);
}

bool column_is_null(query *s, int column)
{
    return sqlite3_column_type(s->handle, column) == SQLITE_NULL;
}

text column_text(query *s, int column)
{
    bool blob = sqlite3_column_type(s->handle, column) == SQLITE_BLOB;
    const void *bytes = blob ? sqlite3_column_blob(s->handle, column) : sqlite3_column_text(s->handle, column);
    if (bytes)
        return (text){bytes, (size_t)sqlite3_column_bytes(s->handle, column)};
    if (sqlite3_errcode(s->connection->db) == SQLITE_NOMEM)
        keep_code(s, SQLITE_NOMEM);
    return TEXT("");
}

/* ---- whole statements ---- */

assess_status connection_run(connection *c, const char *sql, assess_error *err)
{
    query s;
    query_open(&s, c, sql);
    query_run(&s);
    return query_close(&s, err);
}

assess_status connection_number(connection *c, const char *sql, int64_t *out, assess_error *err)
{
    query s;
    query_open(&s, c, sql);
    bool found = query_step(&s);
    if (found)
        *out = column_integer(&s, 0);
    assess_status status = query_close(&s, err);
    if (status == ASSESS_OK && !found)
        status = connection_refuse(c, MSG_store_damaged, err);
    return status;
}

/* ---- failures ---- */

static assess_status fail(const connection *c, assess_status status, message m, assess_error *err)
{
    return error_set_at(err, status, m, c->shown, 0, NULL);
}

assess_status connection_refuse(const connection *c, message_id id, assess_error *err)
{
    return fail(c, ASSESS_E_INPUT, message_of1(id, text_of(c->shown)), err);
}

/* Failures of the machine while reading; everything else a file does to us is the file's fault. */
static assess_status reading_error(const connection *c, int code, assess_error *err)
{
    text name = text_of(c->shown);
    switch (code & 0xff) {
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_IOERR:
        return fail(c, ASSESS_E_SYSTEM, message_of1(MSG_store_cannot_open, name), err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
        return fail(c, ASSESS_E_SYSTEM, message_of1(MSG_store_locked, name), err);
    case SQLITE_INTERRUPT:
        return connection_refuse(c, c->phase == PHASE_SCHEMA ? MSG_store_other_tables : MSG_store_too_slow, err);
    case SQLITE_INTERNAL:
        return fail(c, ASSESS_E_SYSTEM, message_of1(MSG_store_library, text_of(sqlite3_libversion())), err);
    default:
        return connection_refuse(c, MSG_store_damaged, err);
    }
}

static assess_status writing_error(const connection *c, int code, assess_error *err)
{
    text name = text_of(c->shown);
    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled));
    case SQLITE_FULL:
        return fail(c, ASSESS_E_SYSTEM, message_of1(MSG_store_disk_full, name), err);
    case SQLITE_TOOBIG:
        return fail(c, ASSESS_E_INPUT, message_of1(MSG_store_row_too_long, name), err);
    default:
        return fail(c, ASSESS_E_SYSTEM, message_of1(MSG_store_cannot_write, name), err);
    }
}

assess_status connection_error(const connection *c, int code, assess_error *err)
{
    if ((code & 0xff) == SQLITE_NOMEM || code == SQLITE_IOERR_NOMEM)
        return error_no_memory(err);
    if (c->phase == PHASE_CREATING || c->phase == PHASE_FILLING)
        return writing_error(c, code, err);
    return code == SQLITE_CANTOPEN_SYMLINK ? connection_refuse(c, MSG_store_not_a_file, err)
                                           : reading_error(c, code, err);
}
