/* batch.c: assess_batch_*. */
#include <string.h>

#include "api/handles.h"
#include "exchange/exchange.h"

assess_status batch_enter(assess_batch *b, assess_error *err) { return handle_enter(b, HANDLE_BATCH, "batch", err); }

assess_status batch_leave(assess_batch *b, assess_status status)
{
    handle_leave(b);
    batch_drop(b);
    return status;
}

void assess_batch_free(assess_batch *b)
{
    if (handle_close(b, HANDLE_BATCH))
        batch_drop(b);
}

void batch_drop(assess_batch *b)
{
    if (!handle_drop(b))
        return;
    result_free(atomic_load(&b->ran));
    batch_free(b->tables);
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++)
        buffer_free(&b->shown[l]);
    arena_free(&b->memory);
    scheme_drop(b->scheme);
    mem_free(b);
}

static bool keep_ignored(assess_batch *b, const assess_batch_options *o)
{
    b->ignored = arena_zalloc(&b->memory, (o->ignored_kind_count + 1) * sizeof *b->ignored);
    for (size_t i = 0; b->ignored && i < o->ignored_kind_count; i++) {
        text t = text_of(o->ignored_kinds[i]);
        char *kept = arena_text(&b->memory, t.bytes, t.length);
        if (!kept)
            return false;
        b->ignored[b->ignored_count++] = (text){kept, t.length};
    }
    return b->ignored != NULL;
}

static bool is_ignored(const assess_batch *b, const char *english, const char *chinese)
{
    for (size_t i = 0; i < b->ignored_count; i++)
        if (text_equal(b->ignored[i], text_of(english)) || text_equal(b->ignored[i], text_of(chinese)))
            return true;
    return false;
}

/* Nobody has an earlier result in the first year of a scheme. That there is no such table must be said. */
static bool make_tables(assess_batch *b)
{
    vocabulary words;
    if (!engine_vocabulary(b->scheme->plan, &b->memory, &words))
        return false;
    words.needs_history &= !is_ignored(b, "history", "历年");
    b->tables = batch_new(&words);
    return b->tables != NULL;
}

/* A copy, for the caller's struct may be of another release: what a newer one can do besides is not needed. None of the functions
 * may be missing. */
static assess_status take_reader(assess_batch *b, const assess_workbook_reader *given, assess_error *err)
{
    assess_workbook_reader *r = &b->workbooks;
    if (!given)
        return ASSESS_OK;
    if (versioned_take(r, sizeof *r, SIZE_THROUGH(assess_workbook_reader, remark), given) == VERSIONED_SIZE || !r->open || !r->close ||
        !r->sheet_count || !r->sheet || !r->begin || !r->read || !r->remark_count || !r->remark)
        return bad_argument(err, "workbooks");
    r->size = sizeof *r;
    return ASSESS_OK;
}

assess_status assess_batch_new(const assess_scheme *scheme, const assess_batch_options *options, assess_batch **out,
                               assess_error *err)
{
    if (scheme_check(scheme, err))
        return ASSESS_E_CALL;
    if (!out)
        return bad_argument(err, "out");
    OPTIONS(assess_batch_options, user, o, options, err);
    if (!o.ignored_kinds && o.ignored_kind_count)
        return bad_argument(err, "ignored_kinds");
    if (!scheme->plan->period_text.length)
        return error_set(err, ASSESS_E_CALL, message_of(MSG_call_no_period));
    assess_batch *b = mem_zalloc(1, sizeof *b);
    if (!b)
        return error_no_memory(err);
    handle_open(&b->head, HANDLE_BATCH);
    atomic_init(&b->ran, NULL);
    b->scheme = (assess_scheme *)scheme;
    handle_share(b->scheme);
    b->threads = thread_count(o.threads);
    b->hash = o.hash_inputs != 0;
    b->progress = o.progress;
    b->user = o.user;
    assess_status s = take_reader(b, o.workbooks, err);
    if (!s && (!keep_ignored(b, &o) || !make_tables(b)))
        s = error_no_memory(err);
    if (s)
        batch_drop(b);
    else
        *out = b;
    return s;
}

bool batch_reading(assess_batch *b, read_options *out)
{
    const plan *p = b->scheme->plan;
    digest rules;
    *out = (read_options){.threads = b->threads, .hash = b->hash, .ignored_kinds = b->ignored,
                          .ignored_kind_count = b->ignored_count, .progress = b->progress, .user = b->user,
                          .workbooks = b->workbooks.size ? &b->workbooks : NULL, .scheme = p->id, .period = p->period_text};
    if (!plan_digest(p, &rules))
        return false;
    digest_print(&rules, out->rules);
    return true;
}

static bool are_texts(const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!texts || !texts[i])
            return false;
    return true;
}

static assess_status read_tables(assess_batch *b, const char *const *paths, size_t path_count, assess_error *err)
{
    if (b->finished || !are_texts(paths, path_count))
        return bad_argument(err, "batch, paths");
    read_options o;
    if (!batch_reading(b, &o))
        return error_no_memory(err);
    return exchange_read(b->tables, paths, path_count, &o, err);
}

assess_status assess_batch_read(assess_batch *b, const char *const *paths, size_t path_count, assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, read_tables(b, paths, path_count, err));
}

static uint32_t memory_source(assess_batch *b)
{
    for (size_t i = 0; i < b->tables->source_count; i++)
        if (text_equal(b->tables->sources[i].name, TEXT("memory")))
            return (uint32_t)i;
    return batch_add_source(b->tables, TEXT("memory"));
}

/* Texts as a table's reader keeps them. NULL: no memory; *bad: one is not UTF-8. */
static text *clean_column(arena *memory, const char *const *column, size_t count, bool names, bool *bad)
{
    text *out = arena_alloc(memory, (count + 1) * sizeof *out);
    for (size_t i = 0; out && i < count; i++) {
        text t = text_of(column ? column[i] : NULL);
        out[i] = TEXT("");
        if (utf8_invalid_at(t.bytes, t.length) != t.length)
            *bad = true;
        else if (!(names ? text_clean_name : text_clean)(memory, t, &out[i]))
            return NULL;
    }
    return out;
}

/* Nothing, or a day that a table could hold. */
static bool are_dates(const int32_t *starts, size_t count)
{
    date first = 0, last = 0;
    date_make(1, 1, 1, &first);
    date_make(9999, 12, 31, &last);
    for (size_t i = 0; starts && i < count; i++)
        if (starts[i] != DATE_NONE && (starts[i] < first || starts[i] > last))
            return false;
    return true;
}

typedef struct people_columns {
    text *ids, *names, *units;
    const int32_t *starts;
} people_columns;

static bool append_people(assess_batch *b, size_t count, const people_columns *c)
{
    uint32_t source = memory_source(b), number;
    bool fine = source != PROBLEM_NO_SOURCE;
    for (size_t i = 0; fine && i < count; i++)
        fine = batch_add_subject(b->tables, c->ids[i], c->names[i], c->units[i], TEXT(""), TEXT(""),
                                 c->starts ? c->starts[i] : DATE_NONE, source, (uint32_t)i + 1, &number);
    b->tables->has_table[TABLE_PEOPLE] = true;
    return fine;
}

static assess_status add_people(assess_batch *b, size_t count, const char *const *ids, const char *const *names,
                                const char *const *units, const int32_t *starts, assess_error *err)
{
    if (b->finished || !ids || count > UINT32_MAX / 2)
        return bad_argument(err, "batch, ids, count");
    if (!are_dates(starts, count))
        return bad_argument(err, "starts");
    arena memory = {0};
    bool bad = false;
    people_columns c = {.starts = starts};
    bool fine = (c.ids = clean_column(&memory, ids, count, false, &bad)) != NULL &&
                (c.names = clean_column(&memory, names, count, true, &bad)) != NULL &&
                (c.units = clean_column(&memory, units, count, false, &bad)) != NULL;
    for (size_t i = 0; fine && i < count; i++)
        bad |= !c.ids[i].length;
    assess_status status = !fine ? error_no_memory(err) : bad ? bad_argument(err, "ids, names, units") : ASSESS_OK;
    if (!status && !append_people(b, count, &c))
        status = error_no_memory(err);
    arena_free(&memory);
    return status;
}

assess_status assess_batch_add_people(assess_batch *b, size_t count, const char *const *ids, const char *const *names,
                                      const char *const *units, const int32_t *starts, assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, add_people(b, count, ids, names, units, starts, err));
}

static void problem_at(assess_batch *b, uint32_t source, size_t row, message m)
{
    problem_add(&b->tables->problems, (problem){.severity = PROBLEM_ERROR, .what = m, .source = source, .row = (uint32_t)row + 1});
}

static bool value_fits(const vocabulary_item *item, int64_t value, int64_t maximum)
{
    if (value == CELL_BLANK)
        return item->lenient;
    if (item->option_count)
        return value >= 0 && (size_t)value < item->option_count;
    return value >= 0 && value <= maximum;
}

/* Largest coefficient an item allows at this scale; the maximum's own places beyond it cannot be reached. */
static int64_t largest(const vocabulary_item *item, int scale)
{
    fraction f = fraction_from_decimal(item->maximum);
    int128 units;
    rounding down = {ROUND_DOWN, {1, scale}};
    return fraction_round_units(f, down, &units) && units < INT64_MAX ? (int64_t)units : INT64_MAX;
}

static void check_columns(assess_batch *b, uint32_t source, size_t count, const uint32_t *subject, const uint8_t *role,
                          const int64_t *const *values, int scale)
{
    const vocabulary *w = &b->tables->words;
    for (size_t i = 0; i < count; i++) {
        if (subject[i] >= b->tables->people.count)
            problem_at(b, source, i, message_of(MSG_column_subject));
        if (role[i] >= w->role_count)
            problem_at(b, source, i, message_of(MSG_column_role));
    }
    for (size_t c = 0; c < w->item_count; c++) {
        int64_t most = largest(&w->items[c], scale);
        for (size_t i = 0; i < count; i++)
            if (!value_fits(&w->items[c], values[c][i], most))
                problem_at(b, source, i, message_of1(MSG_column_value, w->items[c].word.id));
    }
}

static void copy_values(ballots *t, size_t item, const int64_t *values, size_t count, int64_t factor)
{
    int64_t *to = t->values[item] + t->count;
    if (factor == 1) {
        memcpy(to, values, count * sizeof *to);
        return;
    }
    for (size_t i = 0; i < count; i++)
        to[i] = values[i] <= CELL_INVALID ? values[i] : values[i] * factor;
}

/* A caller's numbers tell raters apart and are no numbers in the batch's own list: they go by a name of their own. */
static bool keep_raters(ballots *t, const uint32_t *rater, size_t count)
{
    char name[72] = "memory ";
    const size_t prefix = strlen(name);
    for (size_t i = 0; i < count; i++) {
        t->rater[t->count + i] = RATER_ANONYMOUS;
        if (!rater || rater[i] == RATER_ANONYMOUS)
            continue;
        size_t length = prefix + decimal_print(rater[i], 0, name + prefix);
        t->rater[t->count + i] = intern_add(&t->raters, (text){name, length});
        if (t->rater[t->count + i] == INTERN_NONE)
            return false;
    }
    return true;
}

static bool append_columns(assess_batch *b, uint32_t source, size_t count, const uint32_t *subject, const uint32_t *rater,
                           const uint8_t *role, const int64_t *const *values, int scale)
{
    ballots *t = &b->tables->ballots;
    if (!count)
        return true;
    if (!batch_reserve_ballots(b->tables, t->count + count) || !keep_raters(t, rater, count) ||
        !batch_begin_segment(b->tables, source))
        return false;
    for (size_t c = 0; c < b->tables->words.item_count; c++) {
        int own = b->tables->words.items[c].option_count ? 0 : scale;
        batch_raise_scale(b->tables, c, own);
        copy_values(t, c, values[c], count, power_of_ten(t->scale[c] - own));
    }
    memcpy(t->subject + t->count, subject, count * sizeof *subject);
    memcpy(t->role + t->count, role, count * sizeof *role);
    for (size_t i = 0; i < count; i++)
        t->row[t->count + i] = (uint32_t)i + 1;
    t->count += count;
    return true;
}

/* Whether every item's maximum fits its column at this scale, and every item has a column. */
static bool columns_fit(const vocabulary *w, const int64_t *const *values, int scale)
{
    for (size_t c = 0; c < w->item_count; c++)
        if (!values[c] || largest(&w->items[c], scale) == INT64_MAX)
            return false;
    return true;
}

static assess_status add_ballots(assess_batch *b, size_t count, const uint32_t *subject, const uint32_t *rater,
                                 const uint8_t *role, const int64_t *const *values, int scale, assess_error *err)
{
    if (b->finished || !subject || !role || !values || scale < 0 || scale > DECIMAL_MAX_SCALE ||
        count > UINT32_MAX / 2 || !columns_fit(&b->tables->words, values, scale))
        return bad_argument(err, "batch, columns, scale");
    uint32_t source = memory_source(b);
    if (source == PROBLEM_NO_SOURCE)
        return error_no_memory(err);
    size_t before = b->tables->problems.errors;
    check_columns(b, source, count, subject, role, values, scale);
    b->tables->has_table[TABLE_RATINGS] = true;
    if (b->tables->problems.errors > before)
        return ASSESS_OK; /* named as problems; nothing of a wrong column is kept */
    return append_columns(b, source, count, subject, rater, role, values, scale) ? ASSESS_OK : error_no_memory(err);
}

assess_status assess_batch_add_ballots(assess_batch *b, size_t count, const uint32_t *subject, const uint32_t *rater,
                                       const uint8_t *role, const int64_t *const *values, int scale, assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, add_ballots(b, count, subject, rater, role, values, scale, err));
}

static assess_status finish(assess_batch *b, assess_error *err)
{
    if (b->finished)
        return bad_argument(err, "batch");
    if (!batch_finish(b->tables, b->threads) || b->tables->problems.failed)
        return error_no_memory(err);
    b->finished = true;
    assess_status s = find_refusals(b, err);
    if (s)
        return s;
    return b->tables->problems.errors ? error_set(err, ASSESS_E_INPUT, message_of(MSG_input_has_errors)) : ASSESS_OK;
}

assess_status assess_batch_finish(assess_batch *b, assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, finish(b, err));
}

static bool is_batch(const assess_batch *b) { return handle_readable(b, HANDLE_BATCH); }

size_t assess_batch_people_count(const assess_batch *b) { return is_batch(b) ? b->tables->people.count : 0; }
size_t assess_batch_ballot_count(const assess_batch *b) { return is_batch(b) ? b->tables->ballots.count : 0; }
