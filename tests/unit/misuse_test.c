/* misuse: what a program must not do with handles and structs, and gets an error for. Public headers only. */
#include <pthread.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "assess/assess.h"

/* ---- the year-end example, small and always there ---- */

static const char *const paths[] = {"examples/year-end"};

typedef struct trio {
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
} trio;

static void check_fine(assess_status status, const assess_error *err, int line)
{
    if (status)
        print_error("%s: %s\n", err->id, err->message[ASSESS_EN]);
    _assert_int_equal(status, ASSESS_OK, __FILE__, line);
}
#define assert_fine(call)                    \
    do {                                     \
        assess_error err = {0};              \
        assess_status status_ = (call);      \
        check_fine(status_, &err, __LINE__); \
    } while (0)

static void check_refused(assess_status status, const assess_error *err, const char *id, int line)
{
    _assert_int_equal(status, ASSESS_E_CALL, __FILE__, line);
    _assert_string_equal(err->id, id, __FILE__, line);
    _assert_true(err->message[ASSESS_ZH][0] && err->message[ASSESS_EN][0], "both languages", __FILE__, line);
}
#define assert_refused(call, id)                      \
    do {                                              \
        assess_error err = {0};                       \
        assess_status status_ = (call);               \
        check_refused(status_, &err, (id), __LINE__); \
    } while (0)

static assess_batch *open_batch(assess_scheme **scheme, assess_progress progress, void *user)
{
    assess_scheme_options about = {.size = sizeof about, .period = "2026"};
    assess_batch_options options = {.size = sizeof options, .threads = 1, .hash_inputs = 1, .progress = progress, .user = user};
    assess_batch *b = NULL;
    assert_fine(assess_scheme_load("rules/bureau.lua", &about, scheme, &err));
    assert_fine(assess_batch_new(*scheme, &options, &b, &err));
    return b;
}

static trio make_trio(void)
{
    trio t = {0};
    t.batch = open_batch(&t.scheme, NULL, NULL);
    assert_fine(assess_batch_read(t.batch, paths, 1, &err));
    assert_fine(assess_batch_finish(t.batch, &err));
    assert_fine(assess_result_new(t.batch, NULL, &t.result, &err));
    return t;
}

static void free_trio(trio *t)
{
    assess_scheme_free(t->scheme);
    assess_batch_free(t->batch);
    assess_result_free(t->result);
}

/* ---- freed ---- */

/* The batch holds the scheme, so its memory is still there: seen for certain. */
static void test_a_freed_scheme_is_refused(void **state)
{
    trio t = make_trio();
    char *out = NULL;
    assess_batch *b = NULL;
    (void)state;
    assess_scheme_free(t.scheme);
    assert_refused(assess_scheme_describe(t.scheme, ASSESS_EN, ASSESS_FORMAT_TEXT, &out, &err), "call.freed");
    assert_refused(assess_batch_new(t.scheme, NULL, &b, &err), "call.freed");
    assert_string_equal(assess_scheme_id(t.scheme), "");
    assert_int_equal(assess_scheme_table_count(t.scheme), 0);
    assert_string_equal(assess_scheme_period(t.scheme), "");
    assert_null(out);
    free_trio(&t); /* and frees it a second time */
}

static void test_a_freed_batch_is_refused(void **state)
{
    trio t = make_trio();
    assess_result *again = NULL;
    assess_problem problem = {.size = sizeof problem};
    char *out = NULL;
    (void)state;
    assess_batch_free(t.batch);
    assert_refused(assess_result_new(t.batch, NULL, &again, &err), "call.freed");
    assert_refused(assess_batch_problem(t.batch, 0, &problem, &err), "call.freed");
    assert_refused(assess_batch_readiness(t.batch, ASSESS_EN, ASSESS_FORMAT_TEXT, &out, NULL, &err), "call.freed");
    assert_int_equal(assess_batch_people_count(t.batch), 0);
    assert_int_equal(assess_batch_notice_count(t.batch), 0);
    free_trio(&t);
}

/* Freeing twice must not take what the children hold: the result still reads. */
static void test_a_second_free_takes_nothing_from_the_children(void **state)
{
    trio t = make_trio();
    assess_row row = {.size = sizeof row};
    (void)state;
    for (int i = 0; i < 5; i++) {
        assess_scheme_free(t.scheme);
        assess_batch_free(t.batch);
    }
    assert_true(assess_result_count(t.result) > 0);
    assert_fine(assess_result_row(t.result, 0, ASSESS_ZH, &row, &err));
    assess_result_free(t.result);
}

static void test_a_kept_result_outlives_its_owner_and_is_refused(void **state)
{
    trio t = make_trio();
    assess_row row = {.size = sizeof row};
    (void)state;
    assert_refused(assess_result_keep(NULL, &err), "call.argument");
    assess_result_release(NULL);
    assess_result_release(t.result); /* one too many */
    assert_fine(assess_result_keep(t.result, &err));
    assess_result_free(t.result);
    assess_result_free(t.result);
    assert_refused(assess_result_row(t.result, 0, ASSESS_ZH, &row, &err), "call.freed");
    assert_refused(assess_result_keep(t.result, &err), "call.freed");
    assert_int_equal(assess_result_count(t.result), 0);
    assess_result_release(t.result);
    assess_scheme_free(t.scheme);
    assess_batch_free(t.batch);
}

/* ---- of another kind ---- */

static void test_handles_of_another_kind_are_refused(void **state)
{
    trio t = make_trio();
    assess_table *table = NULL;
    char *out = NULL;
    size_t order[1] = {0};
    (void)state;
    assert_fine(assess_result_table(t.result, "about", ASSESS_EN, &table, &err));
    void *handles[] = {t.scheme, t.batch, t.result, table};
    for (size_t i = 0; i < 4; i++) {
        if (i != 0) {
            assert_refused(assess_scheme_describe(handles[i], ASSESS_EN, ASSESS_FORMAT_TEXT, &out, &err), "call.other_handle");
            assert_string_equal(assess_scheme_title(handles[i], ASSESS_ZH), "");
            assess_scheme_free(handles[i]); /* does nothing */
        }
        if (i != 1) {
            assert_refused(assess_batch_finish(handles[i], &err), "call.other_handle");
            assert_int_equal(assess_batch_ballot_count(handles[i]), 0);
            assess_batch_free(handles[i]);
        }
        if (i != 2) {
            assert_refused(assess_result_csv(handles[i], ASSESS_EN, &out, NULL, &err), "call.other_handle");
            assert_refused(assess_diff(t.result, handles[i], NULL, &out, NULL, &err), "call.other_handle");
            assert_int_equal(assess_result_count(handles[i]), 0);
            assess_result_free(handles[i]);
            assess_result_release(handles[i]);
        }
        if (i != 3) {
            assert_refused(assess_table_arrange(handles[i], order, &err), "call.other_handle");
            assert_string_equal(assess_table_cell(handles[i], 0, 0), "");
            assess_table_free(handles[i]);
        }
    }
    assert_true(assess_table_rows(table) > 0 && assess_result_count(t.result) > 0); /* all of them are still in order */
    assess_table_free(table);
    free_trio(&t);
}

/* ---- in use ---- */

typedef struct intruder {
    trio t;
    unsigned told;
    char seen[48];      /* the id of the error of a call from the callback */
    size_t people;      /* what a count says meanwhile */
    int frees;
} intruder;

static int read_again(void *user, uint64_t done, uint64_t total)
{
    intruder *i = user;
    assess_error err = {0};
    (void)done;
    (void)total;
    if (i->told++ == 0) {
        assess_batch_read(i->t.batch, paths, 1, &err);
        memcpy(i->seen, err.id, sizeof i->seen);
        i->people = assess_batch_people_count(i->t.batch);
        if (i->frees)
            assess_batch_free(i->t.batch);
    }
    return 0;
}

static void test_a_callback_cannot_read_into_the_same_batch(void **state)
{
    intruder i = {.people = 77};
    (void)state;
    i.t.batch = open_batch(&i.t.scheme, read_again, &i);
    assert_fine(assess_batch_read(i.t.batch, paths, 1, &err));
    assert_true(i.told > 0);
    assert_string_equal(i.seen, "call.busy");
    assert_int_equal(i.people, 0);
    assert_fine(assess_batch_finish(i.t.batch, &err)); /* and the batch is as without the callback */
    assert_true(assess_batch_people_count(i.t.batch) > 0);
    free_trio(&i.t);
}

static void test_a_callback_may_free_the_batch_that_is_being_read(void **state)
{
    intruder i = {.frees = 1};
    (void)state;
    i.t.batch = open_batch(&i.t.scheme, read_again, &i);
    assert_fine(assess_batch_read(i.t.batch, paths, 1, &err));
    assess_scheme_free(i.t.scheme); /* no leak: the sanitizers watch */
}

static int free_the_result(void *user, uint64_t done, uint64_t total)
{
    intruder *i = user;
    assess_row row = {.size = sizeof row};
    assess_error err = {0};
    (void)done;
    (void)total;
    if (i->told++ == 0) {
        assess_result_row(i->t.result, 0, ASSESS_ZH, &row, &err);
        memcpy(i->seen, err.id, sizeof i->seen);
        free_trio(&i->t);
        free_trio(&i->t);
    }
    return 0;
}

static void test_a_callback_may_free_the_result_that_is_being_sealed(void **state)
{
    char folder[] = "/tmp/assess-misuse-XXXXXX", path[64], *report = NULL;
    intruder i = {.t = make_trio()};
    assess_seal_options o = {.size = sizeof o, .progress = free_the_result, .user = &i};
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/batch.db", folder);
    assert_fine(assess_store_seal(i.t.result, path, &o, &err));
    assert_string_equal(i.seen, "call.busy");
    assert_fine(assess_store_verify(path, NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &report, &err));
    assess_text_free(report);
    assert_int_equal(unlink(path) + rmdir(folder), 0);
}

typedef struct meeting {
    sem_t inside, over; /* the first call is inside its callback; it may go on */
} meeting;

static int wait_inside(void *user, uint64_t done, uint64_t total)
{
    meeting *m = user;
    (void)done;
    (void)total;
    sem_post(&m->inside);
    sem_wait(&m->over);
    return 1; /* enough: the call is cancelled */
}

typedef struct task {
    trio *t;
    meeting *meeting;
    assess_error err;
} task;

static void *run_it(void *user)
{
    task *k = user;
    assess_result_options o = {.size = sizeof o, .threads = 1, .progress = wait_inside, .user = k->meeting};
    assess_result *again = NULL;
    assess_result_new(k->t->batch, &o, &again, &k->err);
    return NULL;
}

static void test_a_second_thread_on_one_batch_is_refused(void **state)
{
    trio t = make_trio();
    meeting m;
    task k = {.t = &t, .meeting = &m};
    assess_result *again = NULL;
    pthread_t other;
    (void)state;
    sem_init(&m.inside, 0, 0);
    sem_init(&m.over, 0, 0);
    assert_int_equal(pthread_create(&other, NULL, run_it, &k), 0);
    sem_wait(&m.inside);
    assert_refused(assess_result_new(t.batch, NULL, &again, &err), "call.busy");
    assess_row row = {.size = sizeof row};
    assert_fine(assess_result_row(t.result, 0, ASSESS_ZH, &row, &err)); /* another object is free */
    sem_post(&m.over);
    pthread_join(other, NULL);
    assert_string_equal(k.err.id, "call.cancelled");
    assert_fine(assess_result_new(t.batch, NULL, &again, &err)); /* and afterwards the batch is free */
    assess_result_free(again);
    free_trio(&t);
}

static void test_a_result_may_be_compared_with_itself(void **state)
{
    trio t = make_trio();
    char *out = NULL;
    size_t moved = 7;
    (void)state;
    assert_fine(assess_diff(t.result, t.result, NULL, &out, &moved, &err));
    assert_int_equal(moved, 0);
    assess_text_free(out);
    assert_fine(assess_result_csv(t.result, ASSESS_ZH, &out, NULL, &err)); /* it was left */
    assess_text_free(out);
    free_trio(&t);
}

/* ---- fork ---- */

static void test_after_a_fork_both_go_on(void **state)
{
    trio t = make_trio();
    assess_result *again = NULL;
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        assess_result_options o = {.size = sizeof o, .threads = 2};
        assess_status s = assess_result_new(t.batch, &o, &again, NULL);
        assess_result_free(again);
        free_trio(&t);
        _exit((int)s);
    }
    assert_fine(assess_result_new(t.batch, NULL, &again, &err));
    assess_result_free(again);
    int how = -1;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == ASSESS_OK);
    free_trio(&t);
}

/* ---- structs of other releases ---- */

typedef struct newer_row { assess_row known; const char *more; uint64_t number; } newer_row;

static void test_rows_are_given_to_programs_of_any_release(void **state)
{
    trio t = make_trio();
    newer_row newer = {.known.size = sizeof newer, .more = "left over", .number = 7};
    (void)state;
    assert_fine(assess_result_row(t.result, 0, ASSESS_ZH, &newer.known, &err));
    assert_true(newer.known.size == sizeof newer && *newer.known.id);
    assert_true(newer.more == NULL && newer.number == 0);
    static const size_t sizes[] = {0, 8, offsetof(assess_row, reasons), 4097, SIZE_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assess_row row = {.size = sizes[i], .id = "mine"};
        assert_refused(assess_result_row(t.result, 0, ASSESS_ZH, &row, &err), "call.argument");
        assert_string_equal(row.id, "mine");
    }
    free_trio(&t);
}

typedef struct newer_problem { assess_problem known; const char *more; } newer_problem;

static void test_problems_are_given_to_programs_of_any_release(void **state)
{
    static const char *const ids[] = {"1", "1"};
    const size_t first = offsetof(assess_problem, sheet);
    trio t = {0};
    assess_problem older = {.size = first, .sheet = "mine"};
    newer_problem newer = {.known.size = sizeof newer, .more = "left over"};
    (void)state;
    t.batch = open_batch(&t.scheme, NULL, NULL);
    assert_fine(assess_batch_add_people(t.batch, 2, ids, NULL, NULL, NULL, &err));
    assert_int_equal(assess_batch_finish(t.batch, NULL), ASSESS_E_INPUT); /* an id twice */
    assert_fine(assess_batch_problem(t.batch, 0, &older, &err));
    assert_true(*older.id && *older.message[ASSESS_ZH]);
    assert_string_equal(older.sheet, "mine"); /* behind what it knows */
    assert_fine(assess_batch_problem(t.batch, 0, &newer.known, &err));
    assert_string_equal(newer.known.sheet, "");
    assert_null(newer.more);
    older.size = first - 1;
    assert_refused(assess_batch_problem(t.batch, 0, &older, &err), "call.argument");
    free_trio(&t);
}

/* Every option struct, at every size from nothing to what it is: below its first version it is an error, else it is taken. */
#define LIVES_THROUGH_SIZES(type, first, call)                                \
    for (size_t size = 0; size <= sizeof(type); size++) {                     \
        type o;                                                               \
        assess_error err = {0};                                               \
        memset(&o, 0, sizeof o);                                              \
        o.size = size;                                                        \
        assess_status s = (call);                                             \
        if (size < (first))                                                   \
            check_refused(s, &err, "call.options_size", __LINE__);            \
        else                                                                  \
            check_fine(s, &err, __LINE__);                                    \
    }

static assess_status with_period(assess_scheme_options *o, assess_error *err)
{
    assess_scheme *s = NULL;
    assess_status status = assess_scheme_load("rules/bureau.lua", o, &s, err);
    assess_scheme_free(s);
    return status;
}

static assess_status with_batch(const trio *t, const assess_batch_options *o, assess_error *err)
{
    assess_batch *b = NULL;
    assess_status status = assess_batch_new(t->scheme, o, &b, err);
    assess_batch_free(b);
    return status;
}

static assess_status with_result(const trio *t, const assess_result_options *o, assess_error *err)
{
    assess_result *r = NULL;
    assess_status status = assess_result_new(t->batch, o, &r, err);
    assess_result_free(r);
    return status;
}

static assess_status with_explain(const trio *t, const assess_explain_options *o, assess_error *err)
{
    assess_row row = {.size = sizeof row};
    char *out = NULL;
    assert_int_equal(assess_result_row(t->result, 0, ASSESS_ZH, &row, NULL), ASSESS_OK);
    assess_status status = assess_explain(t->result, row.id, o, &out, err);
    assess_text_free(out);
    return status;
}

static assess_status with_diff(const trio *t, const assess_diff_options *o, assess_error *err)
{
    char *out = NULL;
    assess_status status = assess_diff(t->result, t->result, o, &out, NULL, err);
    assess_text_free(out);
    return status;
}

/* The first versions, as they were released: these numbers never change. */
static void test_options_of_every_size_are_errors_or_taken(void **state)
{
    trio t = make_trio();
    (void)state;
    LIVES_THROUGH_SIZES(assess_scheme_options, 48, with_period(&o, &err))
    LIVES_THROUGH_SIZES(assess_batch_options, 48, with_batch(&t, &o, &err))
    LIVES_THROUGH_SIZES(assess_result_options, 32, with_result(&t, &o, &err))
    LIVES_THROUGH_SIZES(assess_explain_options, 20, with_explain(&t, &o, &err))
    LIVES_THROUGH_SIZES(assess_diff_options, 20, with_diff(&t, &o, &err))
    free_trio(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_freed_scheme_is_refused),
        cmocka_unit_test(test_a_freed_batch_is_refused),
        cmocka_unit_test(test_a_second_free_takes_nothing_from_the_children),
        cmocka_unit_test(test_a_kept_result_outlives_its_owner_and_is_refused),
        cmocka_unit_test(test_handles_of_another_kind_are_refused),
        cmocka_unit_test(test_a_callback_cannot_read_into_the_same_batch),
        cmocka_unit_test(test_a_callback_may_free_the_batch_that_is_being_read),
        cmocka_unit_test(test_a_callback_may_free_the_result_that_is_being_sealed),
        cmocka_unit_test(test_a_second_thread_on_one_batch_is_refused),
        cmocka_unit_test(test_a_result_may_be_compared_with_itself),
        cmocka_unit_test(test_after_a_fork_both_go_on),
        cmocka_unit_test(test_rows_are_given_to_programs_of_any_release),
        cmocka_unit_test(test_problems_are_given_to_programs_of_any_release),
        cmocka_unit_test(test_options_of_every_size_are_errors_or_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
