/* store: sealing a run, and opening a sealed one. */
#include "store/store.h"

#include <string.h>

#include "store/chain.h"
#include "store/disk.h"
#include "store/inspect.h"
#include "store/schema.h"
#include "store/sealed.h"
#include "store/sheets.h"
#include "store/tables.h"
#include "store/words.h"

/* ---- sealing ---- */

/* The identity of the file is part of the one transaction. */
static assess_status identify(connection *c, assess_error *err)
{
    assess_status status = connection_run(c, "PRAGMA application_id=1095979842", err);
    if (status == ASSESS_OK)
        status = connection_run(c, "PRAGMA user_version=3", err);
    return status;
}
_Static_assert(STORE_APPLICATION_ID == 1095979842 && STORE_FORMAT == 3, "as in the statements above");

/* Where each step ends, by the time that it usually takes. */
enum { TABLES_END = 200, BALLOTS_END = 800, CHAIN_END = 950 };

static assess_status fill(connection *c, const seal *s, assess_error *err)
{
    const batch *b = s->outcome->batch;
    store_anchor anchor;
    connection_begin_step(c, TABLES_END);
    assess_status status = identify(c, err);
    if (status == ASSESS_OK)
        status = schema_create(c, err);
    c->phase = PHASE_FILLING;
    if (status == ASSESS_OK)
        status = tables_write(c, s, err);
    if (status == ASSESS_OK)
        status = words_write(c, b, err);
    connection_begin_step(c, BALLOTS_END);
    if (status == ASSESS_OK)
        status = sheets_write(c, s->outcome, s->threads, err);
    connection_begin_step(c, CHAIN_END);
    if (status == ASSESS_OK)
        status = chain_write(c, &anchor.length, &anchor.head, err);
    if (status == ASSESS_OK && s->anchor)
        *s->anchor = anchor;
    connection_begin_step(c, PROGRESS_TOTAL);
    if (status == ASSESS_OK)
        status = schema_check(c, err);
    if (status == ASSESS_OK)
        status = connection_finish(c, err);
    return status;
}

assess_status store_write(const seal *s, const char *path, bool force, assess_error *err)
{
    enum { READ_ONLY = 0400 };
    place p;
    connection c = {.format = STORE_FORMAT, .progress = {.told = s->progress, .user = s->user}};
    assess_status status = place_prepare(&p, path, force, err);
    if (status == ASSESS_OK) {
        status = connection_create(&c, p.temporary, path, err);
        if (status == ASSESS_OK)
            status = fill(&c, s, err);
        connection_close(&c);
    }
    if (status == ASSESS_OK)
        status = place_commit(&p, READ_ONLY, err);
    disk_discard(&p);
    return status;
}

/* ---- reading ---- */

assess_status store_open(const char *path, store **out, assess_error *err)
{
    store *s = mem_zalloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return error_no_memory(err);
    const char *kept = arena_text(&s->memory, path, strlen(path));
    assess_status status = kept ? inspect_open(&s->c, kept, err) : error_no_memory(err);
    if (status == ASSESS_OK)
        status = sealed_read_header(s, err);
    if (status == ASSESS_OK)
        *out = s;
    else
        store_close(s);
    return status;
}

const store_header *store_get(const store *s)
{
    return &s->header;
}

assess_status store_read(store *s, batch *b, assess_error *err)
{
    if (s->header.ballots_removed)
        return connection_refuse(&s->c, MSG_store_ballots_removed, err);
    connection_grant_time(&s->c);
    assess_status status = tables_read(&s->c, b, err);
    if (status == ASSESS_OK)
        status = sheets_read(&s->c, b, err);
    return status;
}

void store_close(store *s)
{
    if (!s)
        return;
    connection_close(&s->c);
    mem_free(s->header.settings);
    mem_free(s->header.file_names);
    mem_free(s->header.file_bytes);
    buffer_free(&s->csv);
    arena_free(&s->memory);
    mem_free(s);
}
