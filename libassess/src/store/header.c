/* header: what a caller wants to know before anything is replayed. */
#include "store/chain.h"
#include "store/sealed.h"

/* A copy in the store's memory; E_INPUT when it is not UTF-8. */
static assess_status keep(store *s, text t, text *out, assess_error *err)
{
    if (utf8_invalid_at(t.bytes, t.length) < t.length)
        return connection_refuse(&s->c, MSG_store_damaged, err);
    const char *copy = arena_text(&s->memory, t.bytes, t.length);
    if (!copy)
        return error_no_memory(err);
    *out = (text){copy, t.length};
    return ASSESS_OK;
}

static text *meta_place(store *s, text key, text *language)
{
    store_header *h = &s->header;
    const struct {
        const char *key;
        text *place;
    } known[] = {{"ballots", &s->ballots}, {"engine_version", &h->engine_version},
                 {"language", language},   {"period", &h->period},
                 {"scheme", &h->scheme},   {"sealed_at", &h->sealed_at}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_equal(key, text_of(known[i].key)))
            return known[i].place;
    return NULL;
}

static assess_status read_meta(store *s, assess_error *err)
{
    query rows;
    text language = TEXT("");
    assess_status kept = ASSESS_OK;
    query_open(&rows, &s->c, "SELECT key, value FROM meta ORDER BY key");
    while (kept == ASSESS_OK && query_step(&rows)) {
        text *place = meta_place(s, column_text(&rows, 0), &language);
        if (place)
            kept = keep(s, column_text(&rows, 1), place, err);
    }
    assess_status status = query_close(&rows, err);
    if (kept != ASSESS_OK || status != ASSESS_OK)
        return kept != ASSESS_OK ? kept : status;
    s->header.language = text_equal(language, TEXT("en")) ? ASSESS_EN : ASSESS_ZH;
    if (language.length == 0 || s->header.scheme.length == 0 || s->header.sealed_at.length == 0)
        return connection_refuse(&s->c, MSG_store_damaged, err);
    return ASSESS_OK;
}

static assess_status keep_setting(store *s, text name, text value, assess_error *err)
{
    store_header *h = &s->header;
    buffer whole = {0};
    buffer_add_text(&whole, name);
    buffer_add_char(&whole, '=');
    buffer_add_text(&whole, value);
    assess_status status = ASSESS_OK;
    if (whole.failed || !MEM_RESERVE(h->settings, s->setting_capacity, h->setting_count + 1))
        status = error_no_memory(err);
    else
        status = keep(s, buffer_text(&whole), &h->settings[h->setting_count], err);
    h->setting_count += status == ASSESS_OK;
    buffer_free(&whole);
    return status;
}

static assess_status read_settings(store *s, assess_error *err)
{
    query rows;
    assess_status kept = ASSESS_OK;
    query_open(&rows, &s->c, "SELECT name, value FROM setting ORDER BY ordinal");
    while (kept == ASSESS_OK && query_step(&rows))
        kept = keep_setting(s, column_text(&rows, 0), column_text(&rows, 1), err);
    assess_status status = query_close(&rows, err);
    return kept != ASSESS_OK ? kept : status;
}

static assess_status keep_file(store *s, text name, text content, assess_error *err)
{
    store_header *h = &s->header;
    if (!MEM_RESERVE(h->file_names, s->file_capacity, h->file_count + 1) ||
        !MEM_RESERVE(h->file_bytes, s->file_bytes_capacity, h->file_count + 1))
        return error_no_memory(err);
    assess_status status = keep(s, name, &h->file_names[h->file_count], err);
    if (status == ASSESS_OK)
        status = keep(s, content, &h->file_bytes[h->file_count], err);
    h->file_count += status == ASSESS_OK;
    return status;
}

static assess_status read_rule_files(store *s, assess_error *err)
{
    query rows;
    assess_status kept = ASSESS_OK;
    query_open(&rows, &s->c, "SELECT name, content FROM rule_file ORDER BY ordinal");
    while (kept == ASSESS_OK && query_step(&rows))
        kept = keep_file(s, column_text(&rows, 0), column_text(&rows, 1), err);
    assess_status status = query_close(&rows, err);
    if (kept == ASSESS_OK && status == ASSESS_OK && s->header.file_count == 0)
        kept = connection_refuse(&s->c, MSG_store_damaged, err);
    return kept != ASSESS_OK ? kept : status;
}

static assess_status read_csv(store *s, assess_error *err)
{
    query rows;
    query_open(&rows, &s->c, "SELECT piece FROM results_csv ORDER BY ordinal");
    while (!s->csv.failed && query_step(&rows))
        buffer_add_text(&s->csv, column_text(&rows, 0));
    assess_status status = query_close(&rows, err);
    if (status == ASSESS_OK && s->csv.failed)
        status = error_no_memory(err);
    s->header.results_csv = buffer_text(&s->csv);
    return status;
}

static assess_status read_chain_head(store *s, assess_error *err)
{
    query rows;
    bool sound = true;
    query_open(&rows, &s->c, "SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT 1");
    if (query_step(&rows)) {
        sound = chain_scan_digest(column_text(&rows, 1), &s->header.anchor.head);
        s->header.anchor.length = (uint64_t)column_integer(&rows, 0);
    }
    assess_status status = query_close(&rows, err);
    if (status == ASSESS_OK && !sound)
        status = connection_refuse(&s->c, MSG_store_damaged, err);
    return status;
}

/* Removed when the chain knows of rows that are no longer there. */
static assess_status read_removal(store *s, assess_error *err)
{
    int64_t sealed = 0, left = 0;
    assess_status status =
        connection_number(&s->c, "SELECT count(*) FROM chain WHERE kind = 'ballots' AND rows > 0", &sealed, err);
    if (status == ASSESS_OK)
        status = connection_number(&s->c, "SELECT count(*) FROM (SELECT 1 FROM ballot LIMIT 1)", &left, err);
    s->header.ballots_removed = sealed > 0 && left == 0;
    return status;
}

assess_status sealed_read_header(store *s, assess_error *err)
{
    static assess_status (*const readers[])(store *, assess_error *) = {read_meta, read_settings,   read_rule_files,
                                                                        read_csv,  read_chain_head, read_removal};
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < sizeof readers / sizeof *readers && status == ASSESS_OK; i++)
        status = readers[i](s, err);
    return status;
}
