/* The whole way under memory failure: a scheme that uses every part (tests/rules/valid/whole.lua) and every table, from the files to the seal.
 * Each call is made to fail at each of its allocations in turn; it must say so, leave nothing behind and work the next time. Of a call that
 * repeats what another test tries at every allocation, a part is enough, and under a
 * sanitizer a smaller one: the steps are primes, so that a function called again and again fails each time at another place. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
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

#define RULES "tests/rules/valid/whole.lua"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { ALL = 7, SOME = 31, FEW = 53 };
#else
enum { ALL = 1, SOME = 7, FEW = 11 };
#endif

enum { MOST_ALLOCATIONS = 1000000, TABLES = 6, PATH = 96 };

static char folder[] = "/tmp/assess-whole-XXXXXX";
static char paths[TABLES][PATH], sealed[PATH];
static assess_scheme *scheme, *other_scheme;
static assess_batch *batch, *other_batch;
static assess_result *result, *other_result;

/* ---- the tables ---- */

static const struct table {
    const char *name, *bytes;
} tables[TABLES] = {
    {"people.csv", "id,name,unit,category,职级,年龄,期限\na,甲,u1,,处级,55,2026-03-01\nb,乙,u1,,科级,31,\nc,丙,u2,,科级,71,\nd,丁,u2,,科级,,\n"
                   "u1,一科,,单位,,,\nu2,二科,,单位,,,\n"},
    {"ratings.csv", "subject,rater,role,work,opinion\na,r1,peer,90,A\na,r2,peer,91,A\na,r3,peer,70,B\nb,r1,peer,80,B\nb,r2,peer,85,A\n"
                    "c,r1,peer,70,A\nd,r4,peer,60,\na,r9,leader,80,A\nb,r9,leader,70,A\nc,r9,leader,70,B\n"},
    {"events.csv", "subject,kind,from,to,points\na,fault,2026-11-01,,3\nb,fault,2026-11-02,2026-11-03,7\n"},
    {"measures.csv", "subject,measure,value,target,baseline\nu1,speed,95,90,80\na,speed,2.5,,\n"},
    {"history.csv", "subject,period,score,grade\na,2025,60,优秀\nb,2025,,合格\n"},
    {"decisions.csv", "subject,kind,grade,date,by,meeting,reason\nb,calibration,excellent,2026-12-20,局党组,第12次会议,平衡\na,objection,,2025-12-21,c,,d\n"
                      "d,override,合格,2026-12-20,局党组,,据实\na,override,failed,2026-12-22,局党组,,核实\n"},
};

static int write_tables(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(sealed, PATH, "%s/batch.db", folder);
    for (size_t i = 0; i < TABLES; i++) {
        snprintf(paths[i], PATH, "%s/%s", folder, tables[i].name);
        FILE *f = fopen(paths[i], "w");
        if (!f || fputs(tables[i].bytes, f) < 0 || fclose(f))
            return -1;
    }
    return 0;
}

static int remove_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < TABLES; i++)
        unlink(paths[i]);
    return rmdir(folder); /* nothing else may be left */
}

/* ---- failing everywhere ---- */

typedef assess_status (*action)(assess_error *err);

/* `undo` frees what `act` made when it came through. */
static void fail_at_each(long step, action act, void (*undo)(void))
{
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n += step) {
        assess_error err = {0};
        mem_fault_after(n);
        status = act(&err);
        mem_fault_after(-1);
        if (status && strcmp(err.id, "system.no_memory") != 0)
            fail_msg("after %ld allocations: %s: %s", n, err.id, err.message[ASSESS_EN]);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_true(n < MOST_ALLOCATIONS);
    }
    undo();
}

static void fail_everywhere(action act, void (*undo)(void)) { fail_at_each(1, act, undo); }

static char *made;

static void forget(void) { assess_text_free(made); }

/* ---- schemes ---- */

static assess_status load_with(const char *lenient, assess_scheme **out, assess_error *err)
{
    const char *const folders[] = {"rules"}, *const settings[] = {lenient};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .settings = settings, .setting_count = 1, .period = "2026"};
    return assess_scheme_load(RULES, &o, out, err);
}

static assess_status load(assess_error *err) { return load_with("lenient=no", &scheme, err); }
static void unload(void) { assess_scheme_free(scheme); }

static void test_scheme_is_loaded_or_not(void **state)
{
    (void)state;
    fail_everywhere(load, unload);
}

static assess_status show_page(assess_error *err) { return assess_scheme_describe(scheme, ASSESS_ZH, ASSESS_FORMAT_TEXT, &made, err); }
static assess_status show_json(assess_error *err) { return assess_scheme_describe(scheme, ASSESS_EN, ASSESS_FORMAT_JSON, &made, err); }

static void test_scheme_is_described_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL), ASSESS_OK);
    fail_everywhere(show_page, forget);
    fail_everywhere(show_json, forget);
    unload();
}

static assess_status try_cases(assess_error *err)
{
    const char *const folders[] = {"rules"};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1};
    size_t passed, failed;
    assess_status s = assess_scheme_test(RULES, &o, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &made, err);
    assert_true(s || (passed == 1 && failed == 0));
    return s;
}

static void test_cases_are_run_or_not(void **state)
{
    (void)state;
    fail_at_each(FEW, try_cases, forget);
}

/* ---- batches and results ---- */

static assess_status read_into(const assess_scheme *of, assess_batch **out, assess_error *err)
{
    const char *const all[TABLES] = {paths[0], paths[1], paths[2], paths[3], paths[4], paths[5]};
    assess_batch_options o = {.size = sizeof o, .threads = 1, .hash_inputs = 1};
    assess_status s = assess_batch_new(of, &o, out, err);
    if (s)
        return s;
    s = assess_batch_read(*out, all, TABLES, err);
    s = s ? s : assess_batch_finish(*out, err);
    if (s)
        assess_batch_free(*out);
    return s;
}

static assess_status fill(assess_error *err) { return read_into(scheme, &batch, err); }
static void empty(void) { assess_batch_free(batch); }

static void test_tables_are_read_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL), ASSESS_OK);
    fail_at_each(ALL, fill, empty);
    unload();
}

static assess_status run(assess_error *err)
{
    assess_result_options o = {.size = sizeof o, .threads = 1};
    return assess_result_new(batch, &o, &result, err);
}

static void drop(void) { assess_result_free(result); }

static void test_batch_is_run_or_not(void **state)
{
    (void)state;
    assert_int_equal(load(NULL) || fill(NULL), 0);
    fail_everywhere(run, drop);
    empty();
    unload();
}

static int open_results(void **state)
{
    (void)state;
    return load(NULL) || fill(NULL) || run(NULL) || load_with("lenient=yes", &other_scheme, NULL) ||
           read_into(other_scheme, &other_batch, NULL) || assess_result_new(other_batch, NULL, &other_result, NULL);
}

static int close_results(void **state)
{
    (void)state;
    assess_result_free(other_result);
    assess_batch_free(other_batch);
    assess_scheme_free(other_scheme);
    drop();
    empty();
    unload();
    return 0;
}

/* ---- what is written ---- */

static assess_status write_rows(assess_error *err)
{
    assess_status s = ASSESS_OK;
    for (size_t i = 0; !s && i < assess_result_count(result); i++) {
        assess_row row = {.size = sizeof row};
        s = assess_result_row(result, i, ASSESS_ZH, &row, err);
    }
    return s;
}

static assess_status write_csv_text(assess_error *err) { return assess_result_csv(result, ASSESS_ZH, &made, NULL, err); }
static assess_status write_summary(assess_error *err) { return assess_result_summary(result, ASSESS_ZH, ASSESS_FORMAT_TEXT, 1, &made, err); }
static assess_status write_json(assess_error *err) { return assess_result_summary(result, ASSESS_EN, ASSESS_FORMAT_JSON, 0, &made, err); }
static void nothing(void) {}

static void test_result_is_written_or_not(void **state)
{
    (void)state;
    fail_everywhere(write_rows, nothing);
    fail_everywhere(write_csv_text, forget);
    fail_everywhere(write_summary, forget);
    fail_everywhere(write_json, forget);
}

static const char *subject;

static assess_status explain_in(assess_language language, assess_format format, assess_error *err)
{
    assess_explain_options o = {.size = sizeof o, .language = language, .format = format};
    return assess_explain(result, subject, &o, &made, err);
}

static assess_status explain_page(assess_error *err) { return explain_in(ASSESS_ZH, ASSESS_FORMAT_TEXT, err); }
static assess_status explain_json(assess_error *err) { return explain_in(ASSESS_EN, ASSESS_FORMAT_JSON, err); }

/* a: graded by the quota; b: vetoed; c: excluded; d: incomplete; u1: a unit. */
static void test_every_result_is_explained_or_not(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "u1"};
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        subject = ids[i];
        fail_at_each(i ? SOME : ALL, explain_page, forget);
    }
    subject = ids[0];
    fail_at_each(SOME, explain_json, forget);
}

static assess_status compare_as(assess_diff_format format, assess_error *err)
{
    assess_diff_options o = {.size = sizeof o, .format = format};
    size_t moved = 0;
    assess_status s = assess_diff(result, other_result, &o, &made, &moved, err);
    assert_true(s || moved > 0);
    return s;
}

static assess_status compare_text(assess_error *err) { return compare_as(ASSESS_DIFF_TEXT, err); }
static assess_status compare_json(assess_error *err) { return compare_as(ASSESS_DIFF_JSON, err); }
static assess_status compare_csv(assess_error *err) { return compare_as(ASSESS_DIFF_CSV, err); }

static void test_results_are_compared_or_not(void **state)
{
    (void)state;
    fail_everywhere(compare_text, forget);
    fail_everywhere(compare_json, forget);
    fail_everywhere(compare_csv, forget);
}

/* ---- the seal ---- */

static assess_status seal(assess_error *err)
{
    assess_seal_options o = {.size = sizeof o, .threads = 1};
    return assess_store_seal(result, sealed, &o, err);
}

static assess_result *again;

static assess_status replay(assess_error *err) { return assess_store_replay(sealed, &again, NULL, err); }
static void drop_again(void) { assess_result_free(again); }

static assess_status verify(assess_error *err)
{
    made = NULL;
    assess_status s = assess_store_verify(sealed, NULL, ASSESS_ZH, ASSESS_FORMAT_TEXT, &made, err);
    if (s)
        assess_text_free(made);
    return s;
}

static void test_result_is_sealed_verified_and_replayed_or_not(void **state)
{
    (void)state;
    fail_everywhere(seal, nothing);
    fail_at_each(SOME, verify, forget);
    fail_at_each(SOME, replay, drop_again);
    assert_int_equal(unlink(sealed), 0);
}

#define WITH_RESULTS(test) cmocka_unit_test_setup_teardown(test, open_results, close_results)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scheme_is_loaded_or_not),
        cmocka_unit_test(test_scheme_is_described_or_not),
        cmocka_unit_test(test_cases_are_run_or_not),
        cmocka_unit_test(test_tables_are_read_or_not),
        cmocka_unit_test(test_batch_is_run_or_not),
        WITH_RESULTS(test_result_is_written_or_not),
        WITH_RESULTS(test_every_result_is_explained_or_not),
        WITH_RESULTS(test_results_are_compared_or_not),
        WITH_RESULTS(test_result_is_sealed_verified_and_replayed_or_not),
    };
    return cmocka_run_group_tests(tests, write_tables, remove_tables);
}
