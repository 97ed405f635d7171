/* arrow_read: see arrow_read.h. */
#include "exchange/arrow_read.h"

#include <string.h>

#include "exchange/arrow_cells.h"
#include "exchange/reading.h"

/* ---- faults ---- */

static bool fail(arrow_source *a, arrow_fault fault, text where, text said)
{
    size_t room = sizeof a->said - 1, length = said.length < room ? said.length : room;
    if (a->fault != ARROW_WHOLE)
        return false;
    a->fault = fault;
    a->where = where;
    memcpy(a->said, said.bytes, length);
    a->said[utf8_invalid_at(a->said, length)] = '\0';
    return false;
}

static bool contradicts(arrow_source *a, text where, const char *what)
{
    return fail(a, ARROW_CONTRADICTS, where, text_of(what));
}

static bool no_memory(arrow_source *a)
{
    return fail(a, ARROW_NO_MEMORY, TEXT(""), TEXT(""));
}

/* The stream's own words live until its next call. */
static bool broke_off(arrow_source *a, int code)
{
    const char *words = a->stream.get_last_error ? a->stream.get_last_error(&a->stream) : NULL;
    buffer number = {0};
    if (words && *words)
        return fail(a, ARROW_BROKEN_OFF, TEXT(""), text_of(words));
    buffer_add_string(&number, "errno ");
    buffer_add_integer(&number, code);
    fail(a, number.failed ? ARROW_NO_MEMORY : ARROW_BROKEN_OFF, TEXT(""), buffer_text(&number));
    buffer_free(&number);
    return false;
}

/* ---- the header ---- */

/* What pandas makes of an index without a name, such as the one that is left when rows were chosen: __index_level_0__ */
static bool is_index_of_pandas(text name)
{
    const text before = TEXT("__index_level_"), behind = TEXT("__");
    size_t digits = name.length - before.length - behind.length;
    if (name.length <= before.length + behind.length || memcmp(name.bytes, before.bytes, before.length) != 0)
        return false;
    for (size_t i = 0; i < digits; i++)
        if (name.bytes[before.length + i] < '0' || name.bytes[before.length + i] > '9')
            return false;
    return memcmp(name.bytes + before.length + digits, behind.bytes, behind.length) == 0;
}

static bool describe(arrow_source *a)
{
    const struct ArrowSchema *s = &a->schema;
    if (!s->release || !s->format || strcmp(s->format, "+s") != 0 || s->n_children < 0 || (s->n_children > 0 && !s->children))
        return contradicts(a, TEXT("+s"), "format");
    a->columns = mem_zalloc((size_t)s->n_children + 1, sizeof *a->columns);
    a->memo = mem_zalloc(1, sizeof *a->memo);
    if (!a->columns || !a->memo)
        return no_memory(a);
    for (a->column_count = 0; a->column_count < (size_t)s->n_children; a->column_count++) {
        if (!s->children[a->column_count] || !s->children[a->column_count]->format)
            return contradicts(a, TEXT("+s"), "children");
        arrow_column_describe(&a->columns[a->column_count], s->children[a->column_count]);
    }
    while (a->column_count > 0 && is_index_of_pandas(a->columns[a->column_count - 1].name))
        a->column_count--;
    return true;
}

static bool write_header(arrow_source *a)
{
    for (size_t i = 0; i < a->column_count; i++) {
        if (i > 0)
            arrow_char_write(',', &a->made);
        if (arrow_text_write(a->columns[i].name, &a->made) != ARROW_FINE)
            return contradicts(a, TEXT("+s"), "name");
    }
    arrow_char_write('\n', &a->made);
    a->row = 1;
    a->ended = a->column_count == 0;
    return a->made.failed ? no_memory(a) : true;
}

/* ---- batches ---- */

static bool open_batch(arrow_source *a)
{
    const struct ArrowArray *b = &a->batch;
    if (b->length < 0 || b->offset < 0 || b->offset > INT64_MAX / 64 - b->length)
        return contradicts(a, TEXT("+s"), "length");
    if (b->n_children != a->schema.n_children || !b->children)
        return contradicts(a, TEXT("+s"), "n_children");
    for (size_t i = 0; i < a->column_count; i++) {
        const char *what = arrow_column_open(&a->columns[i], b->children[i], b->offset + b->length);
        if (what)
            return contradicts(a, a->columns[i].name, what);
    }
    a->next = 0;
    return true;
}

static void release_batch(arrow_source *a)
{
    if (a->batch.release)
        a->batch.release(&a->batch);
    a->batch = (struct ArrowArray){0};
}

/* False: the stream has ended, or there is a fault. */
static bool next_batch(arrow_source *a)
{
    release_batch(a);
    int code = a->stream.get_next(&a->stream, &a->batch);
    if (code != 0) {
        a->batch.release = NULL;
        return broke_off(a, code);
    }
    a->ended = !a->batch.release;
    return !a->ended && open_batch(a);
}

/* ---- rows ---- */

static message_id remark_message(arrow_verdict kind)
{
    return kind == ARROW_NO_DECIMAL ? MSG_arrow_no_decimal : kind == ARROW_NO_DAY ? MSG_arrow_no_day : MSG_arrow_not_utf8;
}

static void remark(arrow_source *a, arrow_verdict kind, size_t column, text shown)
{
    problem p = {.what = message_of1(remark_message(kind), shown), .source = a->number, .row = a->row,
                 .column = (uint32_t)column + 1, .header = text_trim(a->columns[column].name), .value = shown};
    problem_add(&a->remarks, p);
}

static bool write_cell(arrow_source *a, size_t column, int64_t at)
{
    size_t before = a->made.length;
    arrow_verdict verdict = arrow_cell_write(&a->columns[column], at, a->memo, &a->made);
    if (verdict == ARROW_FINE)
        return true;
    if (verdict == ARROW_BAD_OFFSET || verdict == ARROW_BAD_INDEX)
        return contradicts(a, a->columns[column].name, verdict == ARROW_BAD_OFFSET ? "offsets" : "dictionary");
    if (!a->made.failed)
        remark(a, verdict, column, (text){a->made.bytes ? a->made.bytes + before : "", a->made.length - before});
    return !a->remarks.failed || no_memory(a);
}

static bool row_is_null(const struct ArrowArray *rows, int64_t at)
{
    const uint8_t *valid = rows->null_count != 0 && rows->n_buffers > 0 && rows->buffers ? rows->buffers[0] : NULL;
    return valid && !(valid[at / 8] >> at % 8 & 1);
}

static bool write_row(arrow_source *a)
{
    int64_t at = a->batch.offset + a->next++;
    bool blank = row_is_null(&a->batch, at);
    a->row++;
    for (size_t i = 0; i < a->column_count; i++) {
        if (i > 0)
            arrow_char_write(',', &a->made);
        if (!blank && !write_cell(a, i, at))
            return false;
    }
    arrow_char_write('\n', &a->made);
    return a->made.failed ? no_memory(a) : true;
}

/* Some rows as text; nothing at the end. */
static bool make(arrow_source *a)
{
    enum { ENOUGH = 64 * 1024 };
    a->made.length = a->given = 0;
    while (!a->ended && a->made.length < ENOUGH && a->fault == ARROW_WHOLE)
        if (a->batch.release && a->next < a->batch.length ? !write_row(a) : !next_batch(a))
            break;
    if (a->fault != ARROW_WHOLE)
        return false;
    if (a->hasher && a->made.length > 0 && !hasher_add(a->hasher, a->made.bytes, a->made.length))
        return no_memory(a);
    return true;
}

static bool read_text(void *context, char *out, size_t room, size_t *got)
{
    arrow_source *a = context;
    if (a->given == a->made.length && !make(a))
        return false;
    size_t left = a->made.length - a->given;
    *got = left < room ? left : room;
    if (*got > 0)
        memcpy(out, a->made.bytes + a->given, *got);
    a->given += *got;
    return true;
}

/* ---- the whole ---- */

static bool begin(arrow_source *a)
{
    int code = a->stream.get_schema(&a->stream, &a->schema);
    if (code != 0) {
        a->schema.release = NULL;
        return broke_off(a, code);
    }
    return describe(a) && write_header(a) && (!a->hasher || hasher_add(a->hasher, a->made.bytes, a->made.length) || no_memory(a));
}

void arrow_open(arrow_source *a, struct ArrowArrayStream *stream, uint32_t number, bool hash)
{
    *a = (arrow_source){.stream = *stream, .number = number};
    stream->release = NULL;
    a->feed = (feed_stream){read_text, a};
    if (hash && !(a->hasher = hasher_new()))
        no_memory(a);
    else
        begin(a);
}

void arrow_close(arrow_source *a)
{
    release_batch(a);
    if (a->schema.release)
        a->schema.release(&a->schema);
    if (a->stream.release)
        a->stream.release(&a->stream);
    problem_list_free(&a->remarks);
    buffer_free(&a->made);
    hasher_free(a->hasher);
    mem_free(a->columns);
    mem_free(a->memo);
    *a = (arrow_source){0};
}

bool arrow_digest(arrow_source *a, digest *out)
{
    return a->hasher && a->ended && a->given == a->made.length && hasher_finish(a->hasher, out);
}

assess_status arrow_judge(const arrow_source *a, text name, assess_error *err)
{
    switch (a->fault) {
    case ARROW_NO_MEMORY:
        return error_no_memory(err);
    case ARROW_BROKEN_OFF:
        return error_set(err, ASSESS_E_SYSTEM, message_of2(MSG_read_arrow, name, text_of(a->said)));
    case ARROW_CONTRADICTS:
        return error_set(err, ASSESS_E_CALL, message_of3(MSG_call_arrow_invalid, name, a->where, text_of(a->said)));
    case ARROW_WHOLE:
        break;
    }
    return ASSESS_OK;
}

/* ---- problems ---- */

bool arrow_report_types(const arrow_source *a, problem_list *problems)
{
    bool any = false;
    for (size_t i = 0; i < a->column_count; i++) {
        const arrow_column *c = &a->columns[i];
        if (c->type.kind != ARROW_OTHER && c->type.kind != ARROW_ZONED)
            continue;
        text type = text_of(c->format), zone = c->type.kind == ARROW_ZONED ? text_of(c->format + 4) : type;
        message_id id = c->type.kind == ARROW_ZONED ? MSG_arrow_zone : MSG_arrow_type;
        problem_add(problems, (problem){.what = message_of2(id, text_trim(c->name), zone), .source = a->number, .row = 1,
                                        .column = (uint32_t)i + 1, .header = text_trim(c->name), .value = type});
        any = true;
    }
    return any;
}

static int compare_places(const problem *a, const problem *b)
{
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static bool is_explained(const problem_list *remarks, const problem *p)
{
    size_t low = 0, high = remarks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_places(&remarks->items[middle], p);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* What the list says of a cell that a remark is about would only repeat it in other words. */
static void drop_explained(problem_list *list, size_t before, const problem_list *remarks)
{
    size_t kept = before;
    for (size_t i = before; i < list->count; i++) {
        const problem *p = &list->items[i];
        bool dropped = p->severity == PROBLEM_ERROR && p->column > 0 && is_explained(remarks, p);
        list->errors -= dropped;
        if (!dropped)
            list->items[kept++] = *p;
    }
    list->count = kept;
}

void arrow_report_remarks(const arrow_source *a, problem_list *problems, const sheet *s, size_t before)
{
    drop_explained(problems, before, &a->remarks);
    for (size_t i = 0; i < a->remarks.count; i++) {
        const problem *p = &a->remarks.items[i];
        if (p->column <= s->count && !means_nothing(s, p->column - 1))
            problem_add(problems, *p);
    }
}
