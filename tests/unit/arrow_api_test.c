/* Arrow streams through the public interface: who owns what, what results and tables look like as columns, and what happens when
 * memory runs out. What the consumer sees is checked here by hand; tests/product/arrow_test.py lets pyarrow validate it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <pthread.h>
#include <cmocka.h>

#include "assess/assess.h"
#include "base/mem.h"
#include "made_arrow.h"

/* ---- a batch of three people ---- */

/* 3 has no ballots: incomplete. By hand: peer 40 %, leader 60 %; 1 has 9 9 9 54 9 from both, 90; 2 has 8.5 8.5 8.5 60 8.5 from both, 94. */
static const char *const ids[] = {"1", "2", "3"}, *const names[] = {"甲", "乙", "丙,丁"};
static const uint32_t subject[] = {0, 0, 1, 1};
static const uint8_t role[] = {1, 2, 1, 2};
static const int64_t tens[] = {90, 90, 85, 85}, sixties[] = {540, 540, 600, 600};
static const int64_t *const values[] = {tens, tens, tens, sixties, tens};

static assess_batch *new_batch(void)
{
    assess_scheme_options so = {.size = sizeof so, .period = "2026"};
    assess_batch_options bo = {.size = sizeof bo, .threads = 1};
    assess_scheme *s = NULL;
    assess_batch *b = NULL;
    assert_int_equal(assess_scheme_load("rules/bureau.lua", &so, &s, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_new(s, &bo, &b, NULL), ASSESS_OK);
    assess_scheme_free(s);
    return b;
}

static assess_result *new_result(void)
{
    assess_result *r = NULL;
    assess_batch *b = new_batch();
    assert_int_equal(assess_batch_add_people(b, 3, ids, names, NULL, NULL, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_add_ballots(b, 4, subject, NULL, role, values, 1, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_finish(b, NULL), ASSESS_OK);
    assert_int_equal(assess_result_new(b, NULL, &r, NULL), ASSESS_OK);
    assess_batch_free(b);
    return r;
}

/* ---- what a consumer reads ---- */

static char *text_at(const struct ArrowArray *a, int64_t row)
{
    static char out[8][256];
    static unsigned turn;
    char *to = out[turn++ % 8];
    const int32_t *offsets = a->buffers[1];
    size_t length = (size_t)(offsets[row + 1] - offsets[row]);
    assert_true(length < sizeof out[0]);
    memcpy(to, (const char *)a->buffers[2] + offsets[row], length);
    to[length] = '\0';
    return to;
}

static int is_null(const struct ArrowArray *a, int64_t row)
{
    const uint8_t *valid = a->buffers[0];
    return valid && !(valid[row / 8] >> row % 8 & 1);
}

static const char *word_at(const struct ArrowArray *a, int64_t row)
{
    return text_at(a->dictionary, ((const int8_t *)a->buffers[1])[row]);
}

/* The low half: what is here is small. */
static int64_t decimal_at(const struct ArrowArray *a, int64_t row)
{
    int64_t halves[2];
    memcpy(halves, (const char *)a->buffers[1] + row * 16, sizeof halves);
    return halves[0];
}

/* The value of a key, as the specification lays metadata out. */
static const char *metadata(const struct ArrowSchema *s, const char *key)
{
    static char out[512];
    const char *at = s->metadata;
    int32_t count, length;
    memcpy(&count, at, sizeof count);
    at += sizeof count;
    for (int32_t i = 0; i < count; i++) {
        memcpy(&length, at, sizeof length);
        int found = (size_t)length == strlen(key) && memcmp(at + 4, key, strlen(key)) == 0;
        at += 4 + length;
        memcpy(&length, at, sizeof length);
        if (found) {
            memcpy(out, at + 4, (size_t)length);
            out[length] = '\0';
            return out;
        }
        at += 4 + length;
    }
    return NULL;
}

static void check_schema(const struct ArrowSchema *s, size_t index, const char *name, const char *format, int nullable)
{
    const struct ArrowSchema *c = s->children[index];
    assert_string_equal(c->name, name);
    assert_string_equal(c->format, format);
    assert_int_equal(c->flags, nullable ? ARROW_FLAG_NULLABLE : 0);
}

/* ---- results ---- */

enum { ID, NAME, UNIT, STATUS, SCORE, GRADE, RANK, FLAGS, REASONS, COLUMNS };

static void test_the_schema_of_a_result(void **state)
{
    (void)state;
    assess_result *r = new_result();
    struct ArrowArrayStream stream;
    struct ArrowSchema s;
    assert_int_equal(assess_result_arrow(r, ASSESS_EN, &stream, NULL), ASSESS_OK);
    assert_int_equal(stream.get_schema(&stream, &s), 0);
    assert_string_equal(s.format, "+s");
    assert_int_equal(s.n_children, COLUMNS);
    check_schema(&s, ID, "id", "u", 0);
    check_schema(&s, NAME, "name", "u", 0);
    check_schema(&s, UNIT, "unit", "u", 0);
    check_schema(&s, STATUS, "status", "c", 0);
    check_schema(&s, SCORE, "score", "d:18,2", 1); /* bureau rounds to 0.01 */
    check_schema(&s, GRADE, "grade", "c", 1);
    check_schema(&s, RANK, "rank", "i", 1);
    check_schema(&s, FLAGS, "flags", "u", 0);
    check_schema(&s, REASONS, "reasons", "u", 0);
    assert_string_equal(s.children[STATUS]->dictionary->format, "u");
    assert_string_equal(s.children[GRADE]->dictionary->format, "u");
    assert_string_equal(metadata(&s, "assess.version"), assess_version());
    assert_string_equal(metadata(&s, "assess.scheme"), "bureau");
    assert_string_equal(metadata(&s, "assess.period"), "2026");
    assert_string_equal(metadata(&s, "assess.language"), "en");
    stream.release(&stream);
    assess_result_free(r);
    assert_string_equal(s.children[ID]->name, "id"); /* a schema outlives its stream */
    s.release(&s);
}

static void check_row(const struct ArrowArray *a, int64_t row, const assess_row *expected)
{
    assert_string_equal(text_at(a->children[ID], row), expected->id);
    assert_string_equal(text_at(a->children[NAME], row), expected->name);
    assert_string_equal(text_at(a->children[UNIT], row), expected->unit);
    assert_string_equal(word_at(a->children[STATUS], row), expected->status);
    assert_int_equal(is_null(a->children[SCORE], row), expected->score[0] == '\0');
    assert_int_equal(is_null(a->children[GRADE], row), expected->grade[0] == '\0');
    if (expected->grade[0])
        assert_string_equal(word_at(a->children[GRADE], row), expected->grade);
    assert_int_equal(is_null(a->children[RANK], row), expected->rank == 0);
    assert_int_equal(((const int32_t *)a->children[RANK]->buffers[1])[row], expected->rank);
    assert_string_equal(text_at(a->children[FLAGS], row), expected->flags);
    assert_string_equal(text_at(a->children[REASONS], row), expected->reasons);
}

static void test_the_rows_of_a_result_are_those_of_assess_result_row(void **state)
{
    (void)state;
    assess_result *r = new_result();
    struct ArrowArrayStream stream;
    struct ArrowArray a, end;
    assert_int_equal(assess_result_arrow(r, ASSESS_ZH, &stream, NULL), ASSESS_OK);
    assert_int_equal(stream.get_next(&stream, &a), 0);
    assert_int_equal(a.length, 3);
    for (size_t i = 0; i < 3; i++) {
        assess_row row = {.size = sizeof row};
        assert_int_equal(assess_result_row(r, i, ASSESS_ZH, &row, NULL), ASSESS_OK);
        check_row(&a, (int64_t)i, &row);
    }
    assert_int_equal(decimal_at(a.children[SCORE], 0), 9000);
    assert_int_equal(decimal_at(a.children[SCORE], 1), 9400);
    assert_true(is_null(a.children[SCORE], 2));
    assert_int_equal(a.children[SCORE]->null_count, 1);
    assert_int_equal(((const int32_t *)a.children[RANK]->buffers[1])[1], 1);
    assert_int_equal(stream.get_next(&stream, &end), 0);
    assert_null(end.release);
    assert_int_equal(stream.get_next(&stream, &end), 0); /* asked again, it has still ended */
    assert_null(end.release);
    stream.release(&stream);
    assess_result_free(r);
    assert_string_equal(text_at(a.children[NAME], 2), "丙,丁"); /* an array outlives its stream */
    a.release(&a);
}

static void *read_and_release(void *argument)
{
    struct ArrowArrayStream *stream = argument;
    struct ArrowArray a;
    if (stream->get_next(stream, &a) != 0 || a.length != 3)
        return NULL;
    a.release(&a);
    stream->release(stream);
    return stream;
}

static void test_a_stream_keeps_its_result_and_may_be_released_on_any_thread(void **state)
{
    (void)state;
    assess_result *r = new_result();
    struct ArrowArrayStream stream;
    pthread_t thread;
    void *done = NULL;
    assert_int_equal(assess_result_arrow(r, ASSESS_EN, &stream, NULL), ASSESS_OK);
    assess_result_free(r);
    assert_int_equal(pthread_create(&thread, NULL, read_and_release, &stream), 0);
    assert_int_equal(pthread_join(thread, &done), 0);
    assert_ptr_equal(done, &stream);
    assert_null(stream.release);
}

/* A consumer may keep a column and give the batch back: the column's struct is moved, its place in the batch is left released. */
static void test_a_child_may_be_moved_out_of_its_batch(void **state)
{
    (void)state;
    assess_result *r = new_result();
    struct ArrowArrayStream stream;
    struct ArrowArray a, kept;
    struct ArrowSchema s, kept_schema;
    assert_int_equal(assess_result_arrow(r, ASSESS_EN, &stream, NULL), ASSESS_OK);
    assert_int_equal(stream.get_next(&stream, &a), 0);
    assert_int_equal(stream.get_schema(&stream, &s), 0);
    kept = *a.children[STATUS];
    a.children[STATUS]->release = NULL;
    a.release(&a);
    kept_schema = *s.children[STATUS];
    s.children[STATUS]->release = NULL;
    s.release(&s);
    assert_string_equal(word_at(&kept, 2), "incomplete");
    assert_string_equal(kept_schema.dictionary->format, "u");
    kept.release(&kept);
    kept_schema.release(&kept_schema);
    stream.release(&stream);
    assess_result_free(r);
}

/* 65 536 rows, and the rest. */
static void test_batches_have_at_most_65536_rows(void **state)
{
    (void)state;
    enum { MANY = 65537 };
    char (*numbers)[8] = malloc(MANY * sizeof *numbers);
    const char **pointers = malloc(MANY * sizeof *pointers);
    for (int i = 0; i < MANY; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", i);
        pointers[i] = numbers[i];
    }
    assess_batch *b = new_batch();
    assess_result *r = NULL;
    struct ArrowArrayStream stream;
    struct ArrowArray a;
    assert_int_equal(assess_batch_add_people(b, MANY, pointers, NULL, NULL, NULL, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_add_ballots(b, 4, subject, NULL, role, values, 1, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_finish(b, NULL), ASSESS_OK);
    assert_int_equal(assess_result_new(b, NULL, &r, NULL), ASSESS_OK);
    assert_int_equal(assess_result_arrow(r, ASSESS_EN, &stream, NULL), ASSESS_OK);
    assert_int_equal(stream.get_next(&stream, &a), 0);
    assert_int_equal(a.length, 65536);
    a.release(&a);
    assert_int_equal(stream.get_next(&stream, &a), 0);
    assert_int_equal(a.length, 1);
    assert_string_equal(text_at(a.children[ID], 0), "65536");
    a.release(&a);
    stream.release(&stream);
    assess_result_free(r);
    assess_batch_free(b);
    free(numbers);
    free(pointers);
}

/* ---- tables ---- */

static assess_table *table_of(assess_result *r, const char *id)
{
    assess_table *t = NULL;
    assert_int_equal(assess_result_table(r, id, ASSESS_EN, &t, NULL), ASSESS_OK);
    return t;
}

static void test_a_table_as_columns(void **state)
{
    (void)state;
    assess_result *r = new_result();
    assess_table *t = table_of(r, "results");
    struct ArrowArrayStream stream;
    struct ArrowSchema s;
    struct ArrowArray a;
    assert_int_equal(assess_table_arrow(t, &stream, NULL), ASSESS_OK);
    assert_int_equal(stream.get_schema(&stream, &s), 0);
    assert_int_equal(stream.get_next(&stream, &a), 0);
    assert_int_equal(s.n_children, assess_table_columns(t));
    assert_int_equal(a.length, 3);
    size_t score = assess_table_column(t, "score"), id = assess_table_column(t, "id");
    check_schema(&s, score, "score", "d:38,2", 1);
    check_schema(&s, id, "id", "u", 0);
    assert_string_equal(metadata(s.children[score], "assess.title"), assess_table_column_title(t, score));
    assert_string_equal(metadata(&s, "assess.table"), "results");
    assert_string_equal(metadata(&s, "assess.title"), assess_table_title(t));
    assert_int_equal(decimal_at(a.children[score], 1), 9400);
    assert_true(is_null(a.children[score], 2));
    assert_string_equal(text_at(a.children[id], 2), "3");
    a.release(&a);
    s.release(&s);
    stream.release(&stream);
    assess_table_free(t);
    assess_result_free(r);
}

static void test_a_stream_shows_the_table_as_it_was(void **state)
{
    (void)state;
    static const size_t backwards[] = {2, 1, 0};
    assess_result *r = new_result();
    assess_table *t = table_of(r, "results");
    struct ArrowArrayStream stream;
    struct ArrowArray a;
    size_t id = assess_table_column(t, "id");
    assert_int_equal(assess_table_arrow(t, &stream, NULL), ASSESS_OK);
    assert_int_equal(assess_table_arrange(t, backwards, NULL), ASSESS_OK);
    assess_table_free(t);
    assess_result_free(r);
    assert_int_equal(stream.get_next(&stream, &a), 0);
    assert_string_equal(text_at(a.children[id], 0), "1");
    a.release(&a);
    stream.release(&stream);
}

/* ---- wrong calls ---- */

static const made_column PEOPLE_COLUMN = {.name = "id", .format = "u", .length = 1, .buffers = {NULL, (const int32_t[]){0, 1}, "9"}};
static const made_batch PEOPLE_BATCH = {.length = 1, .columns = &PEOPLE_COLUMN};

static made_stream one_person(void)
{
    return (made_stream){.batches = &PEOPLE_BATCH, .batch_count = 1, .column_count = 1, .error_at = -1};
}

static void check_refused(assess_batch *b, const char *table, const char *name, const char *id)
{
    made_stream s = one_person();
    struct ArrowArrayStream stream = made_open(&s);
    assess_error err = {0};
    assert_int_equal(assess_batch_add_arrow(b, table, name, &stream, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, id);
    assert_null(stream.release); /* taken over in every case */
    assert_int_equal(s.streams, 1);
}

static void test_wrong_calls_are_refused_and_release_the_stream(void **state)
{
    (void)state;
    assess_batch *b = new_batch();
    check_refused(NULL, "people", "n", "call.argument");
    check_refused(b, NULL, "n", "call.argument");
    check_refused(b, "people", NULL, "call.argument");
    check_refused(b, "people", "", "call.argument");
    check_refused(b, "people", "\xFF", "call.argument");
    check_refused(b, "persons", "n", "call.arrow_table");
    check_refused(b, "people.csv", "n", "call.arrow_table");
    assess_batch_finish(b, NULL);
    check_refused(b, "people", "n", "call.argument");
    assess_batch_free(b);
}

static void test_without_a_stream_there_is_nothing_to_read(void **state)
{
    (void)state;
    assess_batch *b = new_batch();
    struct ArrowArrayStream released = {0};
    assess_error err = {0};
    assert_int_equal(assess_batch_add_arrow(b, "people", "n", NULL, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.argument");
    assert_int_equal(assess_batch_add_arrow(b, "people", "n", &released, NULL), ASSESS_E_CALL);
    assess_batch_free(b);
}

static void test_a_table_goes_by_its_name_in_either_language(void **state)
{
    (void)state;
    static const char *const tables[] = {"people", "人员"};
    for (size_t i = 0; i < 2; i++) {
        assess_batch *b = new_batch();
        made_stream s = one_person();
        struct ArrowArrayStream stream = made_open(&s);
        assert_int_equal(assess_batch_add_arrow(b, tables[i], "staff", &stream, NULL), ASSESS_OK);
        assert_int_equal(assess_batch_people_count(b), 1);
        assert_int_equal(s.streams, 1);
        assert_int_equal(s.held, 0);
        assess_batch_free(b);
    }
}

static void test_outputs_need_their_arguments(void **state)
{
    (void)state;
    assess_result *r = new_result();
    struct ArrowArrayStream stream = {.release = made_release_stream};
    assert_int_equal(assess_result_arrow(NULL, ASSESS_EN, &stream, NULL), ASSESS_E_CALL);
    assert_null(stream.release); /* nobody takes it for one */
    assert_int_equal(assess_result_arrow(r, (assess_language)9, &stream, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_result_arrow(r, ASSESS_EN, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_table_arrow(NULL, &stream, NULL), ASSESS_E_CALL);
    assess_result_free(r);
}

/* ---- the example of arrow.h ---- */

static const made_column RATING_COLUMNS[] = {
    {.name = "subject", .format = "u", .length = 2, .buffers = {NULL, (const int32_t[]){0, 1, 2}, "99"}},
    {.name = "rater", .format = "n", .length = 2, .null_count = 2},
    {.name = "role", .format = "u", .length = 2, .buffers = {NULL, (const int32_t[]){0, 4, 10}, "peerleader"}},
    {.name = "virtue", .format = "c", .length = 2, .buffers = {NULL, (const int8_t[]){9, 10}}},
    {.name = "ability", .format = "c", .length = 2, .buffers = {NULL, (const int8_t[]){9, 10}}},
    {.name = "diligence", .format = "c", .length = 2, .buffers = {NULL, (const int8_t[]){9, 10}}},
    {.name = "performance", .format = "g", .length = 2, .buffers = {NULL, (const double[]){54.5, 60}}},
    {.name = "integrity", .format = "c", .length = 2, .buffers = {NULL, (const int8_t[]){9, 10}}},
};
static const made_column NAMED_COLUMNS[] = {
    {.name = "id", .format = "u", .length = 1, .buffers = {NULL, (const int32_t[]){0, 1}, "9"}},
    {.name = "name", .format = "u", .length = 1, .buffers = {NULL, (const int32_t[]){0, 3}, "癸"}},
};
static const made_batch NAMED_BATCH = {.length = 1, .columns = NAMED_COLUMNS}, RATING_BATCH = {.length = 2, .columns = RATING_COLUMNS};

static made_stream named_people(void)
{
    return (made_stream){.batches = &NAMED_BATCH, .batch_count = 1, .column_count = 2, .error_at = -1};
}

static made_stream some_ratings(void)
{
    return (made_stream){.batches = &RATING_BATCH, .batch_count = 1, .column_count = 8, .error_at = -1};
}

/* By hand: 0.4 * (9 + 9 + 9 + 54.5 + 9) + 0.6 * 100 = 36.2 + 60 = 96.2. */
static void test_the_example_of_the_header(void **state)
{
    (void)state;
    assess_batch *batch = new_batch();
    assess_result *result = NULL;
    made_stream staff = named_people(), survey = some_ratings();
    struct ArrowArrayStream people = made_open(&staff), ratings = made_open(&survey), rows;
    struct ArrowArray a;
    assess_error err = {0};
    if (assess_batch_add_arrow(batch, "people", "staff", &people, &err) ||
        assess_batch_add_arrow(batch, "ratings", "survey", &ratings, &err) ||
        assess_batch_finish(batch, &err) || assess_result_new(batch, NULL, &result, &err) ||
        assess_result_arrow(result, ASSESS_EN, &rows, &err))
        fail_msg("%s", err.message[ASSESS_EN]);
    assert_int_equal(rows.get_next(&rows, &a), 0);
    assert_int_equal(decimal_at(a.children[SCORE], 0), 9620);
    a.release(&a);
    rows.release(&rows);
    assess_result_free(result);
    assess_batch_free(batch);
}

/* ---- memory ---- */

/* A table of which rows may have stayed is given up with its batch. */
static void test_tables_in_survive_every_failure_of_memory(void **state)
{
    (void)state;
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_batch *b = new_batch();
        made_stream staff = named_people(), survey = some_ratings();
        struct ArrowArrayStream people = made_open(&staff), ratings = made_open(&survey);
        assess_error err = {0};
        mem_fault_after(n);
        status = assess_batch_add_arrow(b, "people", "staff", &people, &err);
        status = status ? status : assess_batch_add_arrow(b, "ratings", "survey", &ratings, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        if (status)
            assert_string_equal(err.id, "system.no_memory");
        assert_int_equal(staff.streams, 1);
        assert_int_equal(staff.held + survey.held, 0);
        assert_true(n < 5000);
        assess_batch_free(b);
    }
}

static assess_result *result;
static assess_table *table;

static assess_status open_result(struct ArrowArrayStream *out, assess_error *err) { return assess_result_arrow(result, ASSESS_EN, out, err); }
static assess_status open_table(struct ArrowArrayStream *out, assess_error *err) { return assess_table_arrow(table, out, err); }

/* Schema and batch, asked for again after each failure, come in the end; 0: done. */
static int read_all(struct ArrowArrayStream *stream)
{
    struct ArrowSchema s = {0};
    struct ArrowArray a = {0};
    int code = stream->get_schema(stream, &s);
    if (code)
        return code;
    s.release(&s);
    code = stream->get_next(stream, &a);
    if (code)
        return code;
    assert_int_equal(a.length, 3);
    a.release(&a);
    return 0;
}

static void fail_everywhere(assess_status (*open)(struct ArrowArrayStream *, assess_error *))
{
    struct ArrowArrayStream stream;
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        mem_fault_after(n);
        status = open(&stream, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        if (status) {
            assert_string_equal(err.id, "system.no_memory");
            assert_null(stream.release);
        }
    }
    int code = ENOMEM;
    for (long n = 0; code; n++) {
        mem_fault_after(n);
        code = read_all(&stream);
        mem_fault_after(-1);
        assert_true(code == 0 || code == ENOMEM);
        assert_true(!stream.get_last_error(&stream) == !code);
        assert_true(n < 1000);
    }
    stream.release(&stream);
}

static void test_outputs_survive_every_failure_of_memory(void **state)
{
    (void)state;
    result = new_result();
    table = table_of(result, "results");
    fail_everywhere(open_result);
    fail_everywhere(open_table);
    assess_table_free(table);
    assess_result_free(result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_schema_of_a_result),
        cmocka_unit_test(test_the_rows_of_a_result_are_those_of_assess_result_row),
        cmocka_unit_test(test_a_stream_keeps_its_result_and_may_be_released_on_any_thread),
        cmocka_unit_test(test_a_child_may_be_moved_out_of_its_batch),
        cmocka_unit_test(test_batches_have_at_most_65536_rows),
        cmocka_unit_test(test_a_table_as_columns),
        cmocka_unit_test(test_a_stream_shows_the_table_as_it_was),
        cmocka_unit_test(test_wrong_calls_are_refused_and_release_the_stream),
        cmocka_unit_test(test_without_a_stream_there_is_nothing_to_read),
        cmocka_unit_test(test_a_table_goes_by_its_name_in_either_language),
        cmocka_unit_test(test_outputs_need_their_arguments),
        cmocka_unit_test(test_the_example_of_the_header),
        cmocka_unit_test(test_tables_in_survive_every_failure_of_memory),
        cmocka_unit_test(test_outputs_survive_every_failure_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
