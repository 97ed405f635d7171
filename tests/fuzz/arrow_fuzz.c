/* Tables of an Arrow stream: columns of every type, sliced, with nulls and dictionaries, in several batches, every buffer no longer than
 * it must be. What a type cannot rule out (offsets of texts, places of views, indices of dictionaries) is taken from the input as it
 * is. Nothing may crash, leak or read astray; everything is released once; and the batch does not depend on the number of threads and
 * is the one that the same text gives. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/made_arrow.h"
#include "exchange/arrow_read.h"
#include "exchange/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define WORD(id, zh) {{id, sizeof id - 1}, {zh, sizeof zh - 1}, {"", 0}}

static const vocabulary_item ITEMS[] = {{WORD("i", "德"), {75, 1}, NULL, 0, false}, {WORD("j", "绩"), {999999999999, 0}, NULL, 0, false}};
static const vocabulary_role ROLES[] = {{WORD("peer", "群众"), true}, {WORD("1", "民"), true}};
static const vocabulary_kind KINDS[] = {{WORD("leave", "病假"), true, false, false, false}};
static const char *const names[] = {"id", "name", "subject", "rater", "role", "i", "j", "kind", "from", "value", "item", "", "x", NULL};
static const char *const formats[] = {"n", "b", "c", "C", "s", "S", "i", "I", "l", "L", "f", "g", "u", "U", "vu", "tdD", "tdm",
                                      "tss:", "tsn:+08:00", "d:9,2,32", "d:18,3,64", "d:38,2", "d:76,1,256", "+l", "tss:Asia/Shanghai"};
enum { FORMATS = sizeof formats / sizeof *formats, NAMES = sizeof names / sizeof *names, MOST_ROWS = 12, MOST_BATCHES = 3, MOST_BUFFERS = 400 };

static void require(bool what)
{
    if (!what)
        abort();
}

/* ---- the input as numbers ---- */

typedef struct input {
    const uint8_t *at, *end;
    void *kept[MOST_BUFFERS]; /* buffers of the arrays */
    size_t kept_count;
} input;

static unsigned pick(input *in, unsigned below)
{
    return in->at < in->end ? *in->at++ % below : 0;
}

static void *buffer_of(input *in, size_t length)
{
    uint8_t *out = malloc(length > 0 ? length : 1);
    size_t given = (size_t)(in->end - in->at) < length ? (size_t)(in->end - in->at) : length;
    require(out && in->kept_count < MOST_BUFFERS);
    memset(out, 0, length);
    if (given > 0)
        memcpy(out, in->at, given);
    in->at += given;
    in->kept[in->kept_count++] = out;
    return out;
}

/* ---- arrays ---- */

static size_t width_of(const char *format)
{
    arrow_type t = arrow_type_of(format);
    return t.kind == ARROW_OTHER || t.kind == ARROW_ZONED ? 8 : (size_t)t.width;
}

/* Texts end where the last offset says, and that is where their bytes end. */
static void fill_texts(input *in, made_column *c, size_t width, size_t values)
{
    uint8_t *offsets = buffer_of(in, (values + 1) * width);
    int64_t total = pick(in, 40), small = 0;
    for (size_t i = 0; i <= values; i++) {
        int64_t step = pick(in, 8);
        small = small + step < total ? small + step : total;
        int64_t value = pick(in, 16) == 1 ? (int64_t)pick(in, 60) - 9 : small; /* now and then astray */
        value = i == values ? total : value;
        int32_t narrow = (int32_t)value;
        memcpy(offsets + i * width, width == 4 ? (void *)&narrow : (void *)&value, width);
    }
    c->buffers[1] = offsets;
    c->buffers[2] = buffer_of(in, (size_t)total);
}

static void fill_views(input *in, made_column *c, size_t values)
{
    uint8_t *views = buffer_of(in, values * 16);
    for (size_t i = 0; i < values; i++) {
        int32_t length = (int32_t)pick(in, 30) - 1, piece = (int32_t)pick(in, 4) - 1, from = (int32_t)pick(in, 30) - 1;
        memcpy(views + i * 16, &length, 4);
        if (length > 12) {
            memcpy(views + i * 16 + 8, &piece, 4);
            memcpy(views + i * 16 + 12, &from, 4);
        }
    }
    int64_t *sizes = buffer_of(in, 2 * sizeof *sizes);
    sizes[0] = pick(in, 40);
    sizes[1] = pick(in, 40);
    c->n_buffers = 5;
    c->buffers[1] = views;
    c->buffers[2] = buffer_of(in, (size_t)sizes[0]);
    c->buffers[3] = buffer_of(in, (size_t)sizes[1]);
    c->buffers[4] = sizes;
}

static void fill(input *in, made_column *c, const char *format, size_t rows)
{
    size_t before = pick(in, 10), values = before + rows;
    c->format = format;
    c->length = (int64_t)rows;
    c->offset = (int64_t)before;
    bool nulls = pick(in, 2);
    if (nulls)
        c->buffers[0] = buffer_of(in, (values + 7) / 8);
    c->null_count = nulls ? -1 : 0;
    if (strcmp(format, "n") == 0 || (rows == 0 && pick(in, 2)))
        c->n_buffers = strcmp(format, "vu") == 0 ? 3 : 0;
    else if (strcmp(format, "u") == 0 || strcmp(format, "U") == 0)
        fill_texts(in, c, width_of(format), values);
    else if (strcmp(format, "vu") == 0)
        fill_views(in, c, values);
    else
        c->buffers[1] = buffer_of(in, strcmp(format, "b") == 0 ? (values + 7) / 8 : values * width_of(format));
}

typedef struct table {
    made_batch batches[MOST_BATCHES];
    made_column columns[MOST_BATCHES][MADE_COLUMNS], words[MOST_BATCHES][MADE_COLUMNS];
    size_t batch_count, column_count;
    int error_at;
} table;

static void fill_column(input *in, table *t, size_t b, size_t i, size_t rows)
{
    made_column *c = &t->columns[b][i], *first = &t->columns[0][i];
    bool encoded = b == 0 ? pick(in, 4) == 1 : first->dictionary != NULL;
    c->name = b == 0 ? names[pick(in, NAMES)] : first->name;
    const char *format = b > 0 ? (encoded ? t->words[0][i].format : first->format) : formats[pick(in, FORMATS)];
    if (!encoded) {
        fill(in, c, format, rows);
        return;
    }
    fill(in, &t->words[b][i], format, pick(in, 5));
    fill(in, c, b > 0 ? first->format : formats[2 + pick(in, 8)], rows);
    c->dictionary = &t->words[b][i];
}

static void fill_table(input *in, table *t)
{
    t->batch_count = 1 + pick(in, MOST_BATCHES);
    t->column_count = pick(in, MADE_COLUMNS + 1);
    t->error_at = pick(in, 8) == 7 ? (int)pick(in, MOST_BATCHES) : -1;
    for (size_t b = 0; b < t->batch_count; b++) {
        size_t rows = pick(in, MOST_ROWS), before = pick(in, 3);
        t->batches[b] = (made_batch){.length = (int64_t)rows, .offset = (int64_t)before, .columns = t->columns[b]};
        if (pick(in, 4) == 1) {
            t->batches[b].valid = buffer_of(in, (before + rows + 7) / 8);
            t->batches[b].null_count = -1;
        }
        for (size_t i = 0; i < t->column_count; i++)
            fill_column(in, t, b, i, before + rows);
    }
}

static made_stream stream_of(const table *t)
{
    return (made_stream){.batches = t->batches, .batch_count = t->batch_count, .column_count = t->column_count, .error_at = t->error_at,
                         .words = "stopped"};
}

/* ---- reading ---- */

static batch *new_batch(void)
{
    vocabulary words = {.items = ITEMS, .item_count = 2, .roles = ROLES, .role_count = 2, .kinds = KINDS, .kind_count = 1, .period = {20454, 20818}};
    batch *b = batch_new(&words);
    require(b != NULL);
    return b;
}

static assess_status read_stream(const table *t, batch_table which, batch *b, unsigned threads, size_t chunk_bytes)
{
    made_stream s = stream_of(t);
    struct ArrowArrayStream stream = made_open(&s);
    read_options o = {.threads = threads, .hash = true};
    assess_status status = exchange_read_arrow_limited(b, which, TEXT("t"), &stream, &o, (feed_limits){chunk_bytes, 1 << 16, 0}, NULL);
    require(s.held == 0 && s.streams == 1 && !stream.release);
    require(status != ASSESS_OK || batch_finish(b, threads));
    return status;
}

/* The text of a stream that has no faults and no remarks; false: it has. */
static bool text_of_stream(const table *t, buffer *out)
{
    made_stream s = stream_of(t);
    struct ArrowArrayStream stream = made_open(&s);
    arrow_source a;
    char some[64];
    size_t got = 1;
    arrow_open(&a, &stream, 0, false);
    while (a.fault == ARROW_WHOLE && got > 0 && a.feed.read(a.feed.context, some, sizeof some, &got))
        buffer_add(out, some, got);
    bool plain = a.fault == ARROW_WHOLE && a.remarks.count == 0;
    for (size_t i = 0; i < a.column_count; i++)
        plain = plain && a.columns[i].type.kind != ARROW_OTHER && a.columns[i].type.kind != ARROW_ZONED;
    arrow_close(&a);
    return plain;
}

static void require_same(const batch *a, const batch *b)
{
    require(a->people.count == b->people.count && a->ballots.count == b->ballots.count && a->event_count == b->event_count);
    require(a->problems.errors == b->problems.errors && a->problems.notices == b->problems.notices);
    for (size_t i = 0; i < a->problems.count; i++) {
        const problem *p = &a->problems.items[i], *q = &b->problems.items[i];
        require(p->what.id == q->what.id && p->row == q->row && p->column == q->column && text_equal(p->value, q->value));
    }
}

/* A table of one column is a problem of a file alone, one without any has no delimiter; files with NUL may be no text. */
static void compare_with_text(const table *t, batch_table which, const batch *expected)
{
    buffer text_bytes = {0};
    if (text_of_stream(t, &text_bytes) && t->column_count > 1 && !memchr(text_bytes.bytes, '\0', text_bytes.length)) {
        batch *b = new_batch();
        read_options o = {.threads = 1, .hash = true};
        require(exchange_read_memory(b, which, TEXT("t"), text_bytes.bytes, text_bytes.length, &o, (feed_limits){1 << 16, 1 << 16, 0}, NULL) ==
                    ASSESS_OK &&
                batch_finish(b, 1));
        require_same(b, expected);
        require(b->sources[0].hashed == expected->sources[0].hashed &&
                memcmp(&b->sources[0].sha256, &expected->sources[0].sha256, sizeof(digest)) == 0);
        batch_free(b);
    }
    buffer_free(&text_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {.at = data, .end = data + size};
    table *t = calloc(1, sizeof *t);
    require(t != NULL);
    batch_table which = (batch_table)pick(&in, TABLE_COUNT);
    size_t chunk_bytes = 1 + pick(&in, 200);
    fill_table(&in, t);
    batch *one = new_batch(), *many = new_batch();
    assess_status status = read_stream(t, which, one, 1, 1 << 16);
    require(read_stream(t, which, many, 5, chunk_bytes) == status);
    if (status == ASSESS_OK) {
        require_same(one, many);
        compare_with_text(t, which, one);
    }
    batch_free(one);
    batch_free(many);
    for (size_t i = 0; i < in.kept_count; i++)
        free(in.kept[i]);
    free(t);
    return 0;
}
