/* api under memory failure: every call is made to fail at each of its allocations in turn. It must say so, leave nothing
 * behind and work the next time. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "assess/assess.h"
#include "base/mem.h"

enum { LEADER = 2, MOST_ALLOCATIONS = 100000 };

static const char *const ids[] = {"1", "2"};
static const uint32_t subject[] = {0, 0, 1}, rater[] = {1, 2, 1};
static const uint8_t role[] = {1, LEADER, 1};
static const int64_t tens[] = {9, 9, 8}, sixties[] = {54, 55, 48}, *const values[] = {tens, tens, tens, sixties, tens};

static assess_scheme *scheme;
static assess_batch *batch;
static assess_result *result;

/* What one test does with memory failing: `undo` frees what it made when it came through. */
typedef struct trial {
    assess_status (*act)(assess_error *err);
    void (*undo)(void);
} trial;

static void fail_everywhere(const trial *t)
{
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        mem_fault_after(n);
        status = t->act(&err);
        mem_fault_after(-1);
        if (status && status != ASSESS_E_SYSTEM)
            print_error("after %ld: %s\n", n, err.id);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_true(n < MOST_ALLOCATIONS);
        if (status)
            assert_string_equal(err.id, "system.no_memory");
    }
    t->undo();
}

/* ---- schemes ---- */

static assess_status load(assess_error *err)
{
    static const char *const folders[] = {"rules"}, *const settings[] = {"rounding=whole"};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .settings = settings, .setting_count = 1, .period = "2026"};
    return assess_scheme_load("bureau", &o, &scheme, err);
}

static void unload(void) { assess_scheme_free(scheme); }

/* A file with many mistakes: what is wrong with it can only be said with memory. */
static assess_mistakes *mistakes;

static assess_status check_rules(assess_error *err)
{
    assess_status status = assess_scheme_check("tests/rules/invalid/many/rule.lua", NULL, NULL, &mistakes, err);
    assert_int_equal(mistakes != NULL, status == ASSESS_E_RULES);
    if (status == ASSESS_E_RULES)
        *err = (assess_error){0};
    return status == ASSESS_E_RULES ? ASSESS_OK : status;
}

static void drop_mistakes(void) { assess_mistakes_free(mistakes); }

static void test_mistakes_are_listed_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){check_rules, drop_mistakes});
}


static void test_scheme_is_loaded_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){load, unload});
}

static char *made;

static void forget(void) { assess_text_free(made); }

static assess_status describe(assess_error *err) { return assess_scheme_describe(scheme, ASSESS_ZH, ASSESS_FORMAT_JSON, &made, err); }

static void test_scheme_is_described_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL), ASSESS_OK);
    fail_everywhere(&(trial){describe, forget});
    unload();
}

static assess_status try_cases(assess_error *err)
{
    size_t passed, failed;
    return assess_scheme_test("rules/democratic-review.lua", NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &made, err);
}

static void test_cases_are_run_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){try_cases, forget});
}

/* ---- batches ---- */

static assess_status fill(assess_error *err)
{
    assess_status s = assess_batch_new(scheme, NULL, &batch, err);
    if (s)
        return s;
    s = assess_batch_add_people(batch, 2, ids, ids, ids, NULL, err);
    s = s ? s : assess_batch_add_ballots(batch, 3, subject, rater, role, values, 0, err);
    s = s ? s : assess_batch_finish(batch, err);
    if (s)
        assess_batch_free(batch);
    return s;
}

static void empty(void) { assess_batch_free(batch); }

static void test_batch_is_filled_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL), ASSESS_OK);
    fail_everywhere(&(trial){fill, empty});
    unload();
}

static assess_status list_problems(assess_error *err) { return assess_batch_problems(batch, ASSESS_EN, ASSESS_FORMAT_JSON, &made, err); }

static void test_problems_are_listed_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL), ASSESS_OK);
    assert_int_equal(assess_batch_new(scheme, NULL, &batch, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_finish(batch, NULL), ASSESS_E_INPUT); /* every table is missing */
    fail_everywhere(&(trial){list_problems, forget});
    empty();
    unload();
}

static assess_status check_readiness(assess_error *err)
{
    return assess_batch_readiness(batch, ASSESS_EN, ASSESS_FORMAT_TEXT, &made, NULL, err);
}

static void test_readiness_is_told_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL), ASSESS_OK);
    assert_int_equal(fill(NULL), ASSESS_OK);
    fail_everywhere(&(trial){check_readiness, forget});
    empty();
    unload();
}

/* ---- results ---- */

static int open_result(void **state)
{
    (void)state;
    return load(NULL) || fill(NULL) || assess_result_new(batch, NULL, &result, NULL);
}

static int close_result(void **state)
{
    (void)state;
    assess_result_free(result);
    empty();
    unload();
    return 0;
}

static assess_result *another;

static assess_status run(assess_error *err)
{
    assess_result_options o = {.size = sizeof o, .threads = 2};
    return assess_result_new(batch, &o, &another, err);
}

static void stop(void) { assess_result_free(another); }

static void test_batch_is_run_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){run, stop});
}

static assess_status read_row(assess_error *err)
{
    assess_row row = {.size = sizeof row};
    return assess_result_row(result, 0, ASSESS_ZH, &row, err);
}

static void nothing(void) {}

/* The texts of a row grow into buffers of the result: a row that failed must not spoil the next one. */
static void test_row_is_read_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){read_row, nothing});
    assess_row row = {.size = sizeof row};
    assert_int_equal(assess_result_row(result, 0, ASSESS_ZH, &row, NULL), ASSESS_OK);
    assert_string_equal(row.id, "1");
    assert_string_equal(row.score, "91"); /* peers 90, leader 91: 36 + 54.6 = 90.6, whole */
}

static assess_status write_csv_text(assess_error *err) { return assess_result_csv(result, ASSESS_ZH, &made, NULL, err); }

static void test_csv_is_made_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){write_csv_text, forget});
}

static assess_status summarize(assess_error *err) { return assess_result_summary(result, ASSESS_ZH, ASSESS_FORMAT_TEXT, 1, &made, err); }

static void test_summary_is_made_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){summarize, forget});
}

static assess_status summarize_json(assess_error *err) { return assess_result_summary(result, ASSESS_ZH, ASSESS_FORMAT_JSON, 0, &made, err); }

static void test_summary_as_json_is_made_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){summarize_json, forget});
}

static assess_status explain_text(assess_error *err) { return assess_explain(result, "1", NULL, &made, err); }

static void test_explanation_is_made_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){explain_text, forget});
}

static assess_status explain_json(assess_error *err)
{
    assess_explain_options o = {.size = sizeof o, .format = ASSESS_FORMAT_JSON};
    return assess_explain(result, "1", &o, &made, err);
}

static void test_explanation_as_json_is_made_or_not(void **state)
{
    (void)state;
    fail_everywhere(&(trial){explain_json, forget});
}

#define WITH_RESULT(test) cmocka_unit_test_setup_teardown(test, open_result, close_result)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scheme_is_loaded_or_not),
        cmocka_unit_test(test_mistakes_are_listed_or_not),
        cmocka_unit_test(test_scheme_is_described_or_not),
        cmocka_unit_test(test_cases_are_run_or_not),
        cmocka_unit_test(test_batch_is_filled_or_not),
        cmocka_unit_test(test_problems_are_listed_or_not), cmocka_unit_test(test_readiness_is_told_or_not),
        WITH_RESULT(test_batch_is_run_or_not),
        WITH_RESULT(test_row_is_read_or_not),
        WITH_RESULT(test_csv_is_made_or_not),
        WITH_RESULT(test_summary_is_made_or_not),
        WITH_RESULT(test_summary_as_json_is_made_or_not),
        WITH_RESULT(test_explanation_is_made_or_not),
        WITH_RESULT(test_explanation_as_json_is_made_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
