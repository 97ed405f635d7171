/* inspect: the order is that of SQLite's own advice for files from others. Look at nothing before the switches stand,
 * load the schema under a budget, check the structure before using what it holds. */
#include "store/inspect.h"

#include <string.h>

#include "store/disk.h"
#include "store/schema.h"

static uint32_t number_at(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* The first bytes, read through SQLite's own file layer: opening and closing a file any other way would drop the locks
 * that other connections of this process hold on it. What would make SQLite write beside the file ends here. */
static assess_status check_first_bytes(connection *c, const char *path, assess_error *err)
{
    enum { HEADER = 100, WRITE_VERSION = 18, READ_VERSION = 19, ENCODING = 56, FORMAT = 60, APPLICATION = 68 };
    enum { ROLLBACK = 1, UTF8 = 1 };
    uint8_t header[HEADER] = {0};
    int code = disk_read_first(path, header, sizeof header);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        return connection_error(c, code, err);
    if (memcmp(header, "SQLite format 3", 16) != 0 || number_at(header + ENCODING) != UTF8 ||
        number_at(header + APPLICATION) != STORE_APPLICATION_ID)
        return connection_refuse(c, MSG_store_not_sealed, err);
    uint32_t format = number_at(header + FORMAT);
    if (format < 1 || format > STORE_FORMAT)
        return connection_refuse(c, MSG_store_other_format, err);
    c->format = (int)format;
    if (header[WRITE_VERSION] != ROLLBACK || header[READ_VERSION] != ROLLBACK)
        return connection_refuse(c, MSG_store_in_use, err);
    return ASSESS_OK;
}

/* Whether a checking pragma found nothing: "ok" as its only row, or no row at all. */
static assess_status check_by(connection *c, const char *pragma, bool *sound, assess_error *err)
{
    query s;
    query_open(&s, c, pragma);
    *sound = !query_step(&s) || text_equal(column_text(&s, 0), TEXT("ok"));
    return query_close(&s, err);
}

static assess_status demand(connection *c, const char *pragma, assess_error *err)
{
    bool sound = false;
    assess_status status = check_by(c, pragma, &sound, err);
    if (status == ASSESS_OK && !sound)
        status = connection_refuse(c, MSG_store_damaged, err);
    return status;
}

static assess_status check_identity(connection *c, assess_error *err)
{
    int64_t application = 0, format = 0;
    assess_status status = connection_number(c, "PRAGMA application_id", &application, err);
    if (status == ASSESS_OK)
        status = connection_number(c, "PRAGMA user_version", &format, err);
    if (status == ASSESS_OK && application != STORE_APPLICATION_ID)
        status = connection_refuse(c, MSG_store_not_sealed, err);
    if (status == ASSESS_OK && format != c->format)
        status = connection_refuse(c, MSG_store_other_format, err);
    return status;
}

/* The tables are compared before quick_check as well as after it: quick_check computes the generated columns that it
 * finds in the file, and a single call of a function in one of them can take hours that no progress handler sees. */
static assess_status check_contents(connection *c, assess_error *err)
{
    assess_status status = schema_check(c, err);
    c->phase = PHASE_READING;
    if (status == ASSESS_OK)
        status = demand(c, "PRAGMA quick_check(1)", err);
    if (status == ASSESS_OK)
        status = check_identity(c, err);
    if (status == ASSESS_OK)
        status = demand(c, "PRAGMA foreign_key_check", err);
    if (status == ASSESS_OK)
        status = schema_check(c, err);
    return status;
}

assess_status inspect_open(connection *c, const char *path, assess_error *err)
{
    char real[PLACE_PATH];
    int64_t size = 0;
    *c = (connection){.shown = path, .phase = PHASE_SCHEMA};
    assess_status status = disk_find(path, real, &size, err);
    if (status == ASSESS_OK)
        status = check_first_bytes(c, real, err);
    if (status == ASSESS_OK)
        status = connection_open(c, real, path, size, err);
    if (status == ASSESS_OK)
        status = check_contents(c, err);
    return status;
}

assess_status inspect_integrity(connection *c, bool *sound, assess_error *err)
{
    bool references = false;
    assess_status status = check_by(c, "PRAGMA integrity_check(1)", sound, err);
    if (status == ASSESS_OK)
        status = check_by(c, "PRAGMA foreign_key_check", &references, err);
    *sound = *sound && references;
    return status;
}
