/* connection: opening, with every switch and limit in its place before the first statement. */
#include "store/connection.h"

#include <string.h>
#include <time.h>

enum {
    SQLITE_LEAST_VERSION = 3037000, /* STRICT tables */
    PROGRESS_STEPS = 10000,
    PATIENCE_MS = 5000, /* for the lock of another program */
    BYTES_PER_GRANT = 64 * 1024 * 1024
};
static const int64_t GRANT = INT64_C(8000000000); /* nanoseconds for each BYTES_PER_GRANT begun */

/* ---- what may be done ---- */

static bool is_listed(const char *name, const char *const *list)
{
    for (; name && *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static int authorize(void *user, int action, const char *first, const char *second, const char *database,
                     const char *trigger)
{
    static const char *const pragmas[] = {
        "application_id", "cache_size",  "cell_size_check", "foreign_key_check", "integrity_check",
        "journal_mode",   "mmap_size",   "page_size",       "query_only",        "quick_check",
        "secure_delete",  "synchronous", "temp_store",      "trusted_schema",    "user_version",    NULL};
    static const char *const functions[] = {"count", "glob", "length", NULL};
    const connection *c = user;
    bool creating = c->phase == PHASE_CREATING, writing = creating || c->phase == PHASE_FILLING;
    (void)database;
    if (trigger)
        return SQLITE_DENY;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_PRAGMA:
        return is_listed(first, pragmas) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return is_listed(second, functions) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_INSERT:
        return writing ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX: /* for a key of two columns */
    case SQLITE_UPDATE:       /* of the schema table, which is how a table is made */
        return creating ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

static int64_t nanoseconds(void)
{
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* ---- progress ---- */

static bool tell(connection_progress *p)
{
    if (p->told && !p->cancelled)
        p->cancelled = p->told(p->user, p->begin + p->done, PROGRESS_TOTAL) != 0;
    return p->cancelled;
}

void connection_begin_step(connection *c, uint64_t end)
{
    c->progress.begin = c->progress.end;
    c->progress.end = end;
    c->progress.done = 0;
}

bool connection_tell(connection *c, uint64_t done, uint64_t total)
{
    connection_progress *p = &c->progress;
    if (total > 0)
        p->done = (p->end - p->begin) * done / total;
    return tell(p);
}

/* Our own schema loads in a fraction of the first PROGRESS_STEPS: one that reaches them is not ours, and would only
 * be loaded to be refused. */
static int check_progress(void *user)
{
    connection *c = user;
    if (c->phase == PHASE_SCHEMA || tell(&c->progress))
        return 1;
    c->out_of_time = c->out_of_time || nanoseconds() > c->deadline;
    return c->out_of_time;
}

/* ---- switches ---- */

/* False when a switch exists and does not move. A build that leaves a feature out has no switch for it. */
static bool set_switches(sqlite3 *db)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        int now = switches[i][1];
        if (sqlite3_db_config(db, switches[i][0], switches[i][1], &now) == SQLITE_OK && now != switches[i][1])
            return false;
    }
    return true;
}

static void set_limits(sqlite3 *db)
{
    static const int limits[][2] = {
        {SQLITE_LIMIT_LENGTH, 1024 * 1024}, {SQLITE_LIMIT_SQL_LENGTH, 100000}, {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_EXPR_DEPTH, 20},      {SQLITE_LIMIT_COMPOUND_SELECT, 3}, {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 8},     {SQLITE_LIMIT_ATTACHED, 0},        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 64}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},   {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i][0], limits[i][1]);
}

static assess_status open_database(connection *c, const char *path, int flags, assess_error *err)
{
    /* No mutex: a connection belongs to one handle, which one thread uses at a time. */
    flags |= SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(path, &c->db, flags, NULL);
    if (code != SQLITE_OK)
        return connection_error(c, code, err);
    if (!set_switches(c->db))
        return connection_error(c, SQLITE_INTERNAL, err);
    set_limits(c->db);
    sqlite3_busy_timeout(c->db, PATIENCE_MS);
    sqlite3_set_authorizer(c->db, authorize, c);
    sqlite3_progress_handler(c->db, PROGRESS_STEPS, check_progress, c);
    return ASSESS_OK;
}

static assess_status run_all(connection *c, const char *const *list, assess_error *err)
{
    assess_status status = ASSESS_OK;
    for (; *list && status == ASSESS_OK; list++)
        status = connection_run(c, *list, err);
    return status;
}

static assess_status set_pragmas(connection *c, assess_error *err)
{
    static const char *const pragmas[] = {"PRAGMA cell_size_check=ON", "PRAGMA mmap_size=0",
                                          "PRAGMA trusted_schema=OFF", "PRAGMA secure_delete=ON",
                                          "PRAGMA temp_store=MEMORY",  NULL};
    return run_all(c, pragmas, err);
}

static assess_status check_library(assess_error *err)
{
    if (sqlite3_libversion_number() >= SQLITE_LEAST_VERSION && sqlite3_threadsafe() != 0)
        return ASSESS_OK;
    return error_set(err, ASSESS_E_SYSTEM, message_of1(MSG_store_library, text_of(sqlite3_libversion())));
}

/* ---- a new file ---- */

/* The text of a pragma's only row; what it names decides, not the return code. */
static assess_status journal_is(connection *c, const char *sql, text wanted, bool *is, assess_error *err)
{
    query s;
    query_open(&s, c, sql);
    *is = query_step(&s) && text_equal(column_text(&s, 0), wanted);
    return query_close(&s, err);
}

/* Nobody else knows the file yet, and a new page needs no way back: without a write-ahead log every page is written
 * once, and there is nothing to copy at the end that could not be cancelled. */
static assess_status choose_journal(connection *c, assess_error *err)
{
    bool is = false;
    assess_status status = journal_is(c, "PRAGMA journal_mode=DELETE", TEXT("delete"), &is, err);
    if (status == ASSESS_OK && !is)
        status = connection_error(c, SQLITE_INTERNAL, err);
    if (status == ASSESS_OK)
        status = connection_run(c, "PRAGMA synchronous=EXTRA", err);
    return status;
}

assess_status connection_create(connection *c, const char *path, const char *shown, assess_error *err)
{
    *c = (connection){.shown = shown, .phase = PHASE_CREATING, .format = c->format, .deadline = INT64_MAX, .progress = c->progress};
    assess_status status = check_library(err);
    if (status == ASSESS_OK)
        status = open_database(c, path, SQLITE_OPEN_READWRITE, err);
    if (status == ASSESS_OK)
        status = connection_run(c, "PRAGMA page_size=4096", err);
    if (status == ASSESS_OK)
        status = set_pragmas(c, err);
    if (status == ASSESS_OK)
        status = choose_journal(c, err);
    if (status == ASSESS_OK)
        status = connection_run(c, "PRAGMA cache_size=-16384", err);
    if (status == ASSESS_OK)
        status = connection_run(c, "BEGIN IMMEDIATE", err);
    return status;
}

assess_status connection_finish(connection *c, assess_error *err)
{
    if (connection_tell(c, 0, 1))
        return connection_error(c, SQLITE_INTERRUPT, err);
    return connection_run(c, "COMMIT", err);
}

/* ---- a file that is there ---- */

void connection_grant_time(connection *c)
{
    c->out_of_time = false;
    c->deadline = nanoseconds() + GRANT * (1 + c->size / BYTES_PER_GRANT);
}

assess_status connection_open(connection *c, const char *path, const char *shown, int64_t size, assess_error *err)
{
    *c = (connection){.shown = shown, .phase = PHASE_SCHEMA, .format = c->format, .size = size};
    connection_grant_time(c);
    assess_status status = check_library(err);
    if (status == ASSESS_OK)
        status = open_database(c, path, SQLITE_OPEN_READONLY, err);
    if (status == ASSESS_OK)
        status = set_pragmas(c, err);
    if (status == ASSESS_OK)
        status = connection_run(c, "PRAGMA query_only=ON", err);
    if (status == ASSESS_OK)
        status = connection_run(c, "BEGIN", err);
    return status;
}

void connection_close(connection *c)
{
    sqlite3_close(c->db);
    c->db = NULL;
}
