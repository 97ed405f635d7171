/* exchange: one call of exchange_read: what the tables may say is made ready once, then each table is read, and long
 * tables are put together when all of them are in. */
#include "exchange/exchange.h"

#include "exchange/arrow_read.h"
#include "exchange/books.h"
#include "exchange/reading.h"

static const feed_limits usual_limits = {
    .chunk_bytes = 512 * 1024, .record_bytes = 16 * 1024 * 1024, .stretch_bytes = 0};

/* ---- what the tables may say ---- */

static bool prepare_ignored(reading *in)
{
    const read_options *options = in->options;
    const vocabulary *words = &in->b->words;
    bool done = true;
    in->kind_ignored = arena_alloc(&in->texts, (words->kind_count + 1) * sizeof *in->kind_ignored);
    for (size_t i = 0; in->kind_ignored && i < words->kind_count; i++)
        in->kind_ignored[i] = WORD_NONE;
    for (size_t i = 0; done && i < options->ignored_kind_count; i++)
        done = lexicon_add(&in->ignored, options->ignored_kinds[i], (uint32_t)i);
    for (size_t i = 0; done && in->kind_ignored && i < in->ignored.keys.count; i++) {
        uint32_t kind = lexicon_find(&in->kinds, in->ignored.keys.texts[i]);
        if (kind != WORD_NONE && in->kind_ignored[kind] == WORD_NONE)
            in->kind_ignored[kind] = in->ignored.words[i];
    }
    return done && in->kind_ignored;
}

static bool prepare_items(reading *in)
{
    const vocabulary *words = &in->b->words;
    in->rules = arena_zalloc(&in->texts, (words->item_count + 1) * sizeof *in->rules);
    bool done = in->rules != NULL;
    for (size_t i = 0; done && i < words->item_count; i++)
        done = mark_rule_set(&in->rules[i], &words->items[i], &in->texts);
    return done;
}

static bool prepare(reading *in)
{
    const vocabulary *words = &in->b->words;
    return lexicon_add_words(&in->roles, words->roles, sizeof *words->roles, words->role_count) &&
           lexicon_add_words(&in->kinds, words->kinds, sizeof *words->kinds, words->kind_count) &&
           lexicon_add_words(&in->measures, words->measures, sizeof *words->measures, words->measure_count) &&
           lexicon_add_words(&in->items, words->items, sizeof *words->items, words->item_count) &&
           lexicon_add_words(&in->attributes, words->attributes, sizeof *words->attributes, words->attribute_count) &&
           prepare_ignored(in) && prepare_items(in) && attributes_prepare(in) && decisions_prepare(in);
}

static void release(reading *in)
{
    for (size_t i = 0; in->rules && i < in->b->words.item_count; i++)
        mark_rule_free(&in->rules[i]);
    attributes_release(in);
    decisions_release(in);
    lexicon_free(&in->roles);
    lexicon_free(&in->kinds);
    lexicon_free(&in->measures);
    lexicon_free(&in->items);
    lexicon_free(&in->attributes);
    lexicon_free(&in->ignored);
    long_free(&in->rows);
    arena_free(&in->texts);
}

/* ---- what a feed stumbled over ---- */

static assess_status fail(assess_error *err, message_id id, text name)
{
    return error_set(err, ASSESS_E_SYSTEM, message_of1(id, name));
}

static message_id content_message(feed_fault fault)
{
    switch (fault) {
    case FEED_NOT_A_FILE:
        return MSG_input_not_a_file;
    case FEED_EMPTY:
        return MSG_input_file_empty;
    case FEED_WORKBOOK:
        return MSG_input_workbook_inside;
    case FEED_UTF16:
        return MSG_input_utf16;
    case FEED_DAMAGED_UTF8:
        return MSG_input_damaged_utf8;
    case FEED_CUT_UTF16:
        return MSG_input_cut_utf16;
    case FEED_UNKNOWN_BYTES:
    default:
        return MSG_input_unknown_bytes;
    }
}

static void report_content(batch *b, const feed *f, uint32_t source)
{
    buffer offset = {0};
    buffer_add_integer(&offset, (int64_t)f->fault_at);
    message what = message_of2(content_message(f->fault), b->sources[source].name, buffer_text(&offset));
    problem_add(&b->problems, (problem){.what = what, .source = source});
    b->problems.failed |= offset.failed;
    buffer_free(&offset);
}

/* A workbook that broke off while its sheet was read. */
static assess_status judge_stream(reading *in, uint32_t source, assess_error *err)
{
    if (in->arrow)
        return arrow_judge(in->arrow, in->b->sources[source].name, err);
    assess_workbook_fault fault = in->book->fault;
    const batch_source *about = &in->b->sources[source];
    if (fault == ASSESS_WORKBOOK_NO_MEMORY)
        return error_no_memory(err);
    problem_add(&in->b->problems, (problem){.what = message_of1(book_message(fault), about->file), .source = source});
    return ASSESS_OK;
}

static assess_status judge(reading *in, const feed *f, uint32_t source, assess_error *err)
{
    text name = in->b->sources[source].name;
    switch (f->fault) {
    case FEED_FINE:
        return ASSESS_OK;
    case FEED_NO_MEMORY:
        return error_no_memory(err);
    case FEED_UNREADABLE:
        return fail(err, MSG_read_denied, name);
    case FEED_BROKEN:
        return fail(err, MSG_read_broken, name);
    case FEED_CHANGED:
        return fail(err, MSG_read_changed, name);
    case FEED_NO_CONVERTER:
        return fail(err, MSG_read_no_converter, name);
    case FEED_STREAM:
        return judge_stream(in, source, err);
    default:
        report_content(in->b, f, source);
        return ASSESS_OK;
    }
}

/* ---- tables ---- */

static assess_status read_feed(reading *in, feed *f, batch_table table, uint32_t source, assess_error *err)
{
    batch_source *about = &in->b->sources[source];
    in->b->has_table[table] = true;
    bool done = f->fault != FEED_FINE || read_table(in, f, table, source);
    about->hashed = done && !in->cancelled && feed_digest(f, &about->sha256);
    if (!done)
        return error_no_memory(err);
    if (in->cancelled)
        return error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled));
    return judge(in, f, source, err);
}

static assess_status read_file(reading *in, const table_file *file, assess_error *err)
{
    feed f;
    uint32_t source = batch_add_source(in->b, text_of(file->path));
    if (source == PROBLEM_NO_SOURCE)
        return error_no_memory(err);
    feed_open_file(&f, file->path, in->limits, in->options->hash, in->options->threads);
    assess_status status = read_feed(in, &f, file->table, source, err);
    feed_close(&f);
    return status;
}

/* ---- workbooks ---- */

/* The workbook of the sheet, as it was when its sheets were listed; the one before it may be the same. */
static assess_status open_book(reading *in, book *b, const table_file *file, assess_error *err)
{
    text name = text_of(file->path);
    if (b->path && strcmp(b->path, file->path) == 0)
        return ASSESS_OK;
    book_close(b);
    book_fault fault = book_take(b, in->options->workbooks, file->path);
    if (fault.file == FEED_NO_MEMORY || fault.book == ASSESS_WORKBOOK_NO_MEMORY)
        return error_no_memory(err);
    if (fault.file == FEED_UNREADABLE)
        return fail(err, MSG_read_denied, name);
    if (fault.file == FEED_BROKEN)
        return fail(err, MSG_read_broken, name);
    if (fault.file != FEED_FINE || fault.book != ASSESS_WORKBOOK_FINE ||
        memcmp(&b->sha256, &file->sha256, sizeof b->sha256) != 0)
        return fail(err, MSG_read_changed, name);
    return ASSESS_OK;
}

static assess_status read_sheet(reading *in, book *b, const table_file *file, assess_error *err)
{
    feed f;
    assess_status status = open_book(in, b, file, err);
    if (status != ASSESS_OK)
        return status;
    uint32_t source = batch_add_sheet(in->b, text_of(file->path), file->sheet);
    if (source == PROBLEM_NO_SOURCE)
        return error_no_memory(err);
    in->book = b;
    feed_open_stream(&f, &b->stream, in->limits);
    if (book_begin(b, file->sheet_number) != ASSESS_WORKBOOK_FINE)
        f.fault = FEED_STREAM;
    status = read_feed(in, &f, file->table, source, err);
    in->b->sources[source].sha256 = b->sha256;
    in->b->sources[source].hashed = in->options->hash && status == ASSESS_OK;
    feed_close(&f);
    in->book = NULL;
    return status;
}

static assess_status try_file(reading *in, const table_file *file, assess_error *err)
{
    in->b->has_table[file->table] = true;
    return in->too_thin ? ASSESS_OK : read_file(in, file, err);
}

static bool is_needed(const vocabulary *words, batch_table table)
{
    return table == TABLE_PEOPLE || (table == TABLE_RATINGS && words->needs_ratings) || (table == TABLE_MEASURES && words->needs_measures);
}

/* A workbook that was made to be filled in has sheets that nobody needed: with a header alone they are no tables. */
static assess_status try_sheet(reading *in, book *workbook, const table_file *file, assess_error *err)
{
    bool had = in->b->has_table[file->table];
    in->b->has_table[file->table] = true;
    in->only_header = false;
    in->may_stay_empty = file->from_template && !is_needed(&in->b->words, file->table);
    assess_status status = in->too_thin ? ASSESS_OK : read_sheet(in, workbook, file, err);
    if (in->only_header && !is_needed(&in->b->words, file->table))
        in->b->has_table[file->table] = had;
    in->may_stay_empty = false;
    return status;
}

/* ---- streams ---- */

static assess_status read_stream(reading *in, arrow_source *a, batch_table table, uint32_t source, assess_error *err)
{
    feed f;
    batch_source *about = &in->b->sources[source];
    in->b->has_table[table] = true;
    if (a->fault == ARROW_WHOLE && arrow_report_types(a, &in->b->problems))
        return ASSESS_OK;
    in->arrow = a;
    feed_open_stream(&f, &a->feed, in->limits);
    if (a->fault != ARROW_WHOLE)
        f.fault = FEED_STREAM;
    assess_status status = read_feed(in, &f, table, source, err);
    about->hashed = status == ASSESS_OK && arrow_digest(a, &about->sha256);
    feed_close(&f);
    in->arrow = NULL;
    return status;
}

static assess_status begin(reading *in, batch *b, const read_options *options, feed_limits limits, assess_error *err)
{
    *in = (reading){.b = b, .options = options, .limits = limits};
    return prepare(in) ? ASSESS_OK : error_no_memory(err);
}

static assess_status finish(reading *in, assess_status status, assess_error *err)
{
    if (status == ASSESS_OK && !long_assemble(&in->rows, in->b, in->options->threads))
        status = error_no_memory(err);
    if (status == ASSESS_OK && in->b->problems.failed)
        status = error_no_memory(err);
    release(in);
    return status;
}

static read_options with_threads(const read_options *options)
{
    enum { MOST_THREADS = 256 };
    read_options own = *options;
    if (own.threads < 1)
        own.threads = 1;
    if (own.threads > MOST_THREADS)
        own.threads = MOST_THREADS;
    return own;
}

assess_status exchange_read_limited(batch *b, const char *const *paths, size_t count, const read_options *options,
                                    feed_limits limits, assess_error *err)
{
    read_options own = with_threads(options);
    file_list files = {0};
    book workbook = {0};
    reading in;
    assess_status listed = files_list(&files, b, paths, count, &own, err);
    if (listed == ASSESS_E_SYSTEM) {
        files_free(&files);
        return listed;
    }
    assess_status status = begin(&in, b, &own, limits, err);
    for (size_t i = 0; i < files.count; i++)
        in.bytes_total += files.items[i].size;
    for (size_t i = 0; status == ASSESS_OK && i < files.count; i++) {
        if (files.items[i].is_sheet)
            status = try_sheet(&in, &workbook, &files.items[i], err);
        else
            status = try_file(&in, &files.items[i], err);
    }
    book_close(&workbook);
    status = finish(&in, status, err);
    files_free(&files);
    return status != ASSESS_OK ? status : listed;
}

assess_status exchange_read(batch *b, const char *const *paths, size_t count, const read_options *options,
                            assess_error *err)
{
    return exchange_read_limited(b, paths, count, options, usual_limits, err);
}

assess_status exchange_read_memory(batch *b, batch_table table, text name, const char *bytes, size_t length,
                                   const read_options *options, feed_limits limits, assess_error *err)
{
    read_options own = with_threads(options);
    reading in;
    feed f;
    assess_status status = begin(&in, b, &own, limits, err);
    uint32_t source = status == ASSESS_OK ? batch_add_source(b, name) : PROBLEM_NO_SOURCE;
    in.bytes_total = length;
    if (status == ASSESS_OK && source == PROBLEM_NO_SOURCE)
        status = error_no_memory(err);
    if (status == ASSESS_OK) {
        feed_open_memory(&f, bytes, length, limits, own.hash, own.threads);
        status = read_feed(&in, &f, table, source, err);
        feed_close(&f);
    }
    return finish(&in, status, err);
}

assess_status exchange_read_arrow_limited(batch *b, batch_table table, text name, struct ArrowArrayStream *stream,
                                          const read_options *options, feed_limits limits, assess_error *err)
{
    read_options own = with_threads(options);
    reading in;
    arrow_source a;
    assess_status status = begin(&in, b, &own, limits, err);
    uint32_t source = status == ASSESS_OK ? batch_add_source(b, name) : PROBLEM_NO_SOURCE;
    if (status == ASSESS_OK && source == PROBLEM_NO_SOURCE)
        status = error_no_memory(err);
    arrow_open(&a, stream, source, own.hash);
    if (status == ASSESS_OK)
        status = read_stream(&in, &a, table, source, err);
    arrow_close(&a);
    return finish(&in, status, err);
}

assess_status exchange_read_arrow(batch *b, batch_table table, text name, struct ArrowArrayStream *stream,
                                  const read_options *options, assess_error *err)
{
    return exchange_read_arrow_limited(b, table, name, stream, options, usual_limits, err);
}
