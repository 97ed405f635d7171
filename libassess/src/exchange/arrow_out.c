/* arrow_out: see arrow_out.h.
 *
 * Whoever takes an array may move one of its children elsewhere and release it there, so each node owns what it points to, and a
 * parent owns no more than the places where its children stand. */
#include "exchange/arrow_out.h"

#include <errno.h>
#include <string.h>

enum { BATCH_ROWS = 65536, BATCH_TEXT = 1 << 30 }; /* offsets are numbers of 31 bits */

/* ---- schemas ---- */

typedef struct schema_node {
    char *format, *name, *metadata;
    struct ArrowSchema *places, **children, *dictionary;
} schema_node;

static void release_schema(struct ArrowSchema *s)
{
    schema_node *n = s->private_data;
    for (int64_t i = 0; i < s->n_children; i++)
        if (s->children[i]->release)
            s->children[i]->release(s->children[i]);
    if (n->dictionary && n->dictionary->release)
        n->dictionary->release(n->dictionary);
    mem_free(n->format);
    mem_free(n->name);
    mem_free(n->metadata);
    mem_free(n->places);
    mem_free(n->children);
    mem_free(n->dictionary);
    mem_free(n);
    s->release = NULL;
}

static char *copy(const char *t)
{
    size_t size = strlen(t) + 1;
    char *out = mem_alloc(size);
    if (out)
        memcpy(out, t, size);
    return out;
}

/* A node that release_schema can take back, whatever it lacks. */
static bool begin_schema(struct ArrowSchema *s, const char *format, const char *name, bool nullable)
{
    schema_node *n = mem_zalloc(1, sizeof *n);
    *s = (struct ArrowSchema){.flags = nullable ? ARROW_FLAG_NULLABLE : 0};
    if (!n)
        return false;
    s->private_data = n;
    s->release = release_schema;
    s->format = n->format = copy(format);
    s->name = n->name = copy(name);
    return n->format && n->name;
}

static void add_length(buffer *b, size_t length)
{
    int32_t number = (int32_t)length;
    buffer_add(b, (const char *)&number, sizeof number);
}

static void add_metadata_text(buffer *b, const char *t)
{
    add_length(b, strlen(t));
    buffer_add_string(b, t);
}

static bool set_metadata(struct ArrowSchema *s, const out_pair *pairs, size_t count)
{
    buffer b = {0};
    add_length(&b, count);
    for (size_t i = 0; i < count; i++) {
        add_metadata_text(&b, pairs[i].key);
        add_metadata_text(&b, pairs[i].value);
    }
    if (b.failed) {
        buffer_free(&b);
        return false;
    }
    s->metadata = ((schema_node *)s->private_data)->metadata = b.bytes;
    return true;
}

static bool add_children(struct ArrowSchema *s, size_t count)
{
    schema_node *n = s->private_data;
    n->places = mem_zalloc(count + 1, sizeof *n->places);
    n->children = mem_zalloc(count + 1, sizeof *n->children);
    if (!n->places || !n->children)
        return false;
    for (size_t i = 0; i < count; i++)
        n->children[i] = &n->places[i];
    s->children = n->children;
    s->n_children = (int64_t)count;
    return true;
}

static bool add_dictionary(struct ArrowSchema *s)
{
    schema_node *n = s->private_data;
    n->dictionary = mem_zalloc(1, sizeof *n->dictionary);
    s->dictionary = n->dictionary;
    return n->dictionary && begin_schema(n->dictionary, "u", "", false);
}

/* d:18,2 */
static void print_format(const out_field *f, char out[32])
{
    static const char *const fixed[] = {[OUT_TEXT] = "u", [OUT_WORD] = "c", [OUT_DECIMAL] = "d:", [OUT_INTEGER] = "i", [OUT_DAY] = "tdD"};
    char number[64];
    strcpy(out, fixed[f->kind]);
    if (f->kind != OUT_DECIMAL)
        return;
    decimal_print(f->digits, 0, number);
    strcat(strcat(out, number), ",");
    decimal_print(f->places, 0, number);
    strcat(out, number);
}

static bool describe_field(struct ArrowSchema *s, const out_field *f)
{
    char format[32];
    const out_pair title = {"assess.title", f->title};
    print_format(f, format);
    return begin_schema(s, format, f->name, f->nullable) && (!f->title || set_metadata(s, &title, 1)) &&
           (f->kind != OUT_WORD || add_dictionary(s));
}

static bool describe_table(struct ArrowSchema *s, const out_table *t)
{
    bool done = begin_schema(s, "+s", "", false) && set_metadata(s, t->metadata, t->metadata_count) && add_children(s, t->field_count);
    for (size_t i = 0; done && i < t->field_count; i++)
        done = describe_field(s->children[i], &t->fields[i]);
    return done;
}

/* ---- columns ---- */

struct out_column {
    const out_field *field;
    size_t count, nulls;
    uint8_t *valid;   /* [BATCH_ROWS / 8]; NULL: none is null yet */
    uint8_t *values;  /* [rows] of the kind's width; texts: [rows + 1] offsets */
    buffer bytes;     /* of texts */
    bool failed;
};

static size_t width_of(out_kind kind)
{
    return kind == OUT_DECIMAL ? sizeof(int128) : kind == OUT_WORD ? 1 : sizeof(int32_t);
}

out_column *out_column_at(out_column *columns, size_t index)
{
    return &columns[index];
}

void out_fail(out_column *c)
{
    c->failed = true;
}

static void put(out_column *c, const void *value, size_t at)
{
    size_t width = width_of(c->field->kind);
    memcpy(c->values + at * width, value, width);
}

/* The bits so far are set; those behind them are not looked at before their cells are added. */
static void begin_nulls(out_column *c)
{
    c->valid = mem_alloc(BATCH_ROWS / 8);
    c->failed |= !c->valid;
    if (c->valid)
        memset(c->valid, 0xFF, BATCH_ROWS / 8);
}

void out_text(out_column *c, text t)
{
    buffer_add_text(&c->bytes, t);
    c->failed |= c->bytes.failed || c->bytes.length > INT32_MAX;
    int32_t end = (int32_t)c->bytes.length;
    put(c, &end, ++c->count);
}

void out_null(out_column *c)
{
    static const uint8_t nothing[sizeof(int128)];
    if (!c->valid)
        begin_nulls(c);
    if (c->valid)
        c->valid[c->count / 8] &= (uint8_t) ~(1U << c->count % 8);
    c->nulls++;
    if (c->field->kind == OUT_TEXT)
        out_text(c, TEXT(""));
    else
        put(c, nothing, c->count++);
}

void out_word(out_column *c, size_t word)
{
    int8_t index = (int8_t)word;
    put(c, &index, c->count++);
}

void out_decimal(out_column *c, int128 coeff)
{
    put(c, &coeff, c->count++);
}

void out_integer(out_column *c, int32_t value)
{
    put(c, &value, c->count++);
}

void out_day(out_column *c, date d)
{
    put(c, &d, c->count++);
}

static bool open_column(out_column *c, const out_field *f, size_t rows)
{
    *c = (out_column){.field = f};
    c->values = mem_zalloc(rows + 1, width_of(f->kind));
    return c->values != NULL;
}

static void close_column(out_column *c)
{
    mem_free(c->valid);
    mem_free(c->values);
    buffer_free(&c->bytes);
}

/* ---- arrays ---- */

typedef struct array_node {
    const void *buffers[3];
    void *owned[3];
    struct ArrowArray *places, **children, *dictionary;
} array_node;

static void release_array(struct ArrowArray *a)
{
    array_node *n = a->private_data;
    for (int64_t i = 0; i < a->n_children; i++)
        if (a->children[i]->release)
            a->children[i]->release(a->children[i]);
    if (n->dictionary && n->dictionary->release)
        n->dictionary->release(n->dictionary);
    for (int i = 0; i < 3; i++)
        mem_free(n->owned[i]);
    mem_free(n->places);
    mem_free(n->children);
    mem_free(n->dictionary);
    mem_free(n);
    a->release = NULL;
}

static array_node *begin_array(struct ArrowArray *a, size_t length, int64_t buffers)
{
    array_node *n = mem_zalloc(1, sizeof *n);
    *a = (struct ArrowArray){.length = (int64_t)length, .n_buffers = buffers};
    if (!n)
        return NULL;
    a->private_data = n;
    a->buffers = n->buffers;
    a->release = release_array;
    return n;
}

/* The node owns the column's buffers from here on. */
static void take_buffers(array_node *n, out_column *c)
{
    static const char nothing[1];
    void *const owned[3] = {c->valid, c->values, c->bytes.bytes};
    for (int i = 0; i < 3; i++)
        n->buffers[i] = n->owned[i] = owned[i];
    if (!n->buffers[2] && c->field->kind == OUT_TEXT)
        n->buffers[2] = nothing;
    c->valid = c->values = NULL;
    c->bytes = (buffer){0};
}

static bool give_column(struct ArrowArray *a, out_column *c)
{
    array_node *n = begin_array(a, c->count, c->field->kind == OUT_TEXT ? 3 : 2);
    if (!n)
        return false;
    a->null_count = (int64_t)c->nulls;
    take_buffers(n, c);
    return true;
}

static bool give_words(struct ArrowArray *a, const out_field *f)
{
    const out_field texts = {.kind = OUT_TEXT};
    out_column c;
    array_node *n = a->private_data;
    n->dictionary = mem_zalloc(1, sizeof *n->dictionary);
    a->dictionary = n->dictionary;
    bool done = open_column(&c, &texts, f->word_count);
    for (size_t i = 0; done && i < f->word_count; i++)
        out_text(&c, text_of(f->words[i]));
    done = done && n->dictionary && !c.failed && give_column(n->dictionary, &c);
    close_column(&c);
    return done;
}

static bool begin_batch(struct ArrowArray *a, size_t rows, size_t columns)
{
    array_node *n = begin_array(a, rows, 1);
    if (!n)
        return false;
    n->places = mem_zalloc(columns + 1, sizeof *n->places);
    n->children = mem_zalloc(columns + 1, sizeof *n->children);
    if (!n->places || !n->children)
        return false;
    for (size_t i = 0; i < columns; i++)
        n->children[i] = &n->places[i];
    a->children = n->children;
    a->n_children = (int64_t)columns;
    return true;
}

static bool give_batch(struct ArrowArray *a, out_column *columns, size_t count, size_t rows)
{
    bool done = begin_batch(a, rows, count);
    for (size_t i = 0; done && i < count; i++)
        done = give_column(a->children[i], &columns[i]) &&
               (columns[i].field->kind != OUT_WORD || give_words(a->children[i], columns[i].field));
    return done;
}

/* ---- the stream ---- */

typedef struct out_stream {
    out_table table;
    size_t next;
    const char *said; /* about the last call; NULL: it did not fail */
} out_stream;

static bool is_full(const out_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i].bytes.length >= BATCH_TEXT)
            return true;
    return false;
}

static bool has_failed(const out_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i].failed)
            return true;
    return false;
}

static bool open_columns(const out_table *t, out_column *columns, size_t rows)
{
    for (size_t i = 0; i < t->field_count; i++)
        if (!open_column(&columns[i], &t->fields[i], rows))
            return false;
    return true;
}

/* How many rows went into the columns. */
static size_t fill_columns(const out_stream *s, out_column *columns, size_t rows)
{
    const out_table *t = &s->table;
    size_t done = 0;
    while (done < rows && !has_failed(columns, t->field_count) && !is_full(columns, t->field_count))
        t->row(t->context, s->next + done++, columns);
    return done;
}

static bool make_batch(out_stream *s, struct ArrowArray *out)
{
    const out_table *t = &s->table;
    size_t left = t->rows - s->next, rows = left < BATCH_ROWS ? left : BATCH_ROWS;
    out_column *columns = mem_zalloc(t->field_count + 1, sizeof *columns);
    bool done = columns && open_columns(t, columns, rows);
    if (done)
        rows = fill_columns(s, columns, rows);
    done = done && !has_failed(columns, t->field_count) && give_batch(out, columns, t->field_count, rows);
    for (size_t i = 0; columns && i < t->field_count; i++)
        close_column(&columns[i]);
    mem_free(columns);
    if (done)
        s->next += rows;
    return done;
}

static int failed(out_stream *s)
{
    s->said = "no memory";
    return ENOMEM;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    out_stream *s = stream->private_data;
    s->said = NULL;
    if (describe_table(out, &s->table))
        return 0;
    if (out->release)
        out->release(out);
    return failed(s);
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    out_stream *s = stream->private_data;
    s->said = NULL;
    *out = (struct ArrowArray){0};
    if (s->next == s->table.rows || make_batch(s, out))
        return 0;
    if (out->release)
        out->release(out);
    return failed(s);
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    return ((const out_stream *)stream->private_data)->said;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    out_stream *s = stream->private_data;
    s->table.release(s->table.context);
    mem_free(s);
    stream->release = NULL;
}

bool arrow_out_open(const out_table *t, struct ArrowArrayStream *out)
{
    out_stream *s = mem_zalloc(1, sizeof *s);
    *out = (struct ArrowArrayStream){0};
    if (!s) {
        t->release(t->context);
        return false;
    }
    s->table = *t;
    *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, s};
    return true;
}
