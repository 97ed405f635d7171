/* arrow_bench.c: what Python adds to a run over tables in memory. Reads the columns that arrow_python.py wrote (the buffers of its own
 * Arrow tables, byte for byte), hands them over as the same streams, and does what it does: tables in, run, results out as a stream.
 *
 * It stands for a program in C beside an analyst's session in Python, both over the ballots of a province.
 * Usage: arrow_bench RULES_FOLDER COLUMNS_FOLDER [runs [threads]]
 * Prints seconds of each part, one line a run, in the form of arrow_python.py. */
#include <assess/assess.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PATH_ROOM = 1024, STEM_ROOM = 64, FILE_ROOM = 96, MOST_COLUMNS = 8 };

static void stop(const char *what)
{
    fprintf(stderr, "%s\n", what);
    exit(4);
}

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void *load(const char *folder, const char *name, size_t *size)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END))
        stop(path);
    *size = (size_t)ftell(in);
    rewind(in);
    void *bytes = malloc(*size + 1);
    if (!bytes || fread(bytes, 1, *size, in) != *size)
        stop(path);
    fclose(in);
    return bytes;
}

/* ---- columns as Arrow sees them; they stay where they are, so releasing frees nothing ---- */

static void release_schema(struct ArrowSchema *s)
{
    s->release = NULL;
}

static void release_array(struct ArrowArray *a)
{
    a->release = NULL;
}

typedef struct column {
    struct ArrowSchema schema;
    struct ArrowArray array;
    const void *buffers[3];
    struct column *dictionary;
} column;

typedef struct table {
    column columns[MOST_COLUMNS];
    struct ArrowSchema *schemas[MOST_COLUMNS];
    struct ArrowArray *arrays[MOST_COLUMNS];
    const void *none[1];
    size_t width;
    int64_t rows;
    int given;
} table;

static void fill(column *c, const char *name, const char *format, int64_t length, int64_t buffer_count)
{
    c->schema = (struct ArrowSchema){.format = format, .name = name, .flags = ARROW_FLAG_NULLABLE, .release = release_schema};
    c->array = (struct ArrowArray){.length = length, .n_buffers = buffer_count, .buffers = c->buffers, .release = release_array};
}

static void load_numbers(column *c, const char *folder, const char *file, const char *name, const char *format, size_t width)
{
    size_t size;
    c->buffers[1] = load(folder, file, &size);
    fill(c, name, format, (int64_t)(size / width), 2);
}

static void load_texts(column *c, const char *folder, const char *stem, const char *name)
{
    char file[FILE_ROOM];
    size_t size, length;
    snprintf(file, sizeof file, "%s.offsets", stem);
    c->buffers[1] = load(folder, file, &size);
    snprintf(file, sizeof file, "%s.bytes", stem);
    c->buffers[2] = load(folder, file, &length);
    fill(c, name, "u", (int64_t)(size / sizeof(int32_t)) - 1, 3);
}

static void load_coded(column *c, const char *folder, const char *stem, const char *format, size_t width)
{
    char words[STEM_ROOM];
    snprintf(words, sizeof words, "%s.words", stem);
    load_numbers(c, folder, stem, stem, format, width);
    c->dictionary = calloc(1, sizeof *c->dictionary);
    if (!c->dictionary)
        stop("no memory");
    load_texts(c->dictionary, folder, words, "");
    c->schema.dictionary = &c->dictionary->schema;
    c->array.dictionary = &c->dictionary->array;
}

static void close_table(table *t, size_t width)
{
    t->width = width;
    t->rows = t->columns[0].array.length;
    for (size_t i = 0; i < width; i++) {
        t->schemas[i] = &t->columns[i].schema;
        t->arrays[i] = &t->columns[i].array;
    }
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    table *t = stream->private_data;
    *out = (struct ArrowSchema){
        .format = "+s", .name = "", .n_children = (int64_t)t->width, .children = t->schemas, .release = release_schema};
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    table *t = stream->private_data;
    *out = (struct ArrowArray){.release = NULL};
    if (t->given++ == 0)
        *out = (struct ArrowArray){.length = t->rows, .n_buffers = 1, .buffers = t->none, .n_children = (int64_t)t->width,
                                   .children = t->arrays, .release = release_array};
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

static struct ArrowArrayStream stream_of(table *t)
{
    t->given = 0;
    return (struct ArrowArrayStream){get_schema, get_next, get_last_error, release_stream, t};
}

static void load_people(table *t, const char *folder)
{
    static const char *const names[] = {"id", "name", "unit"};
    char stem[STEM_ROOM];
    for (size_t i = 0; i < 3; i++) {
        snprintf(stem, sizeof stem, "people.%s", names[i]);
        load_texts(&t->columns[i], folder, stem, names[i]);
    }
    close_table(t, 3);
}

static void load_ratings(table *t, const char *folder)
{
    static const char *const items[] = {"virtue", "ability", "diligence", "performance", "integrity"};
    load_coded(&t->columns[0], folder, "subject", "i", sizeof(int32_t));
    load_numbers(&t->columns[1], folder, "rater", "rater", "i", sizeof(int32_t));
    load_coded(&t->columns[2], folder, "role", "c", 1);
    for (size_t i = 0; i < 5; i++)
        load_numbers(&t->columns[3 + i], folder, items[i], items[i], "g", sizeof(double));
    close_table(t, 8);
}

/* ---- what is timed ---- */

static void check(assess_status status, const assess_error *err)
{
    if (status != ASSESS_OK)
        stop(err->message[ASSESS_EN]);
}

/* How many rows the results have. */
static int64_t drain(assess_result *result, assess_error *err)
{
    struct ArrowArrayStream out;
    struct ArrowArray batch;
    int64_t rows = 0;
    check(assess_result_arrow(result, ASSESS_ZH, &out, err), err);
    while (out.get_next(&out, &batch) == 0 && batch.release) {
        rows += batch.length;
        batch.release(&batch);
    }
    out.release(&out);
    return rows;
}

static void once(const char *rules, table *people, table *ratings, unsigned threads)
{
    assess_error err = {0};
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
    struct ArrowArrayStream in[2] = {stream_of(people), stream_of(ratings)};
    assess_scheme_options how = {.size = sizeof how, .folders = &rules, .folder_count = 1, .period = "2026"};
    assess_batch_options options = {.size = sizeof options, .threads = threads};
    assess_result_options run = {.size = sizeof run, .threads = threads};
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), start = seconds(CLOCK_MONOTONIC);
    check(assess_scheme_load("bureau", &how, &scheme, &err), &err);
    check(assess_batch_new(scheme, &options, &batch, &err), &err);
    check(assess_batch_add_arrow(batch, "people", "people", &in[0], &err), &err);
    check(assess_batch_add_arrow(batch, "ratings", "ratings", &in[1], &err), &err);
    check(assess_batch_finish(batch, &err), &err);
    check(assess_result_new(batch, &run, &result, &err), &err);
    double ran = seconds(CLOCK_MONOTONIC);
    int64_t rows = drain(result, &err);
    double end = seconds(CLOCK_MONOTONIC);
    printf("in and run %.5f out %.5f wall %.5f cpu %.5f rows %ld\n", ran - start, end - ran, end - start,
           seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, (long)rows);
    assess_result_free(result);
    assess_batch_free(batch);
    assess_scheme_free(scheme);
}

int main(int argc, char **argv)
{
    static table people, ratings;
    if (argc < 3)
        stop("usage: arrow_bench RULES_FOLDER COLUMNS_FOLDER [runs [threads]]");
    load_people(&people, argv[2]);
    load_ratings(&ratings, argv[2]);
    int runs = argc > 3 ? atoi(argv[3]) : 3;
    for (int i = 0; i < runs; i++)
        once(argv[1], &people, &ratings, argc > 4 ? (unsigned)atoi(argv[4]) : 0);
    return 0;
}
