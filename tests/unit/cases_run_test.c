/* cases that run: what a case may say of a subject, what it may expect, and what is reported when it does not come. */
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

/* Score = mean of the peers, 0 without any, minus the points of faults; clause 3 leaves out who is new. */
#define RULES                                                                                                              \
    "scheme { id = 't', format = 1, effective = '2020-01-01', title = { zh = '方案', en = 'Scheme' }, source = { zh = '文', en = 't' } }\n" \
    "clause '1'\nitems { { 'a', zh = '甲', en = 'A', points = 10 } }\nroles { 'peer' }\n"                                   \
    "kinds { { 'fault', zh = '过错', en = 'Fault' } }\n"                                                                   \
    "local n = param { 'n', default = 1, min = 0, max = 2, zh = '倍数', en = 'factor' }\n"                                  \
    "local mean = step { ballots 'peer':total():mean(), zh = '群众分', en = 'Colleagues' }\n"                               \
    "local any = step { events 'fault':any(), zh = '有过错', en = 'Any fault' }\n"                                          \
    "clause '2'\nlocal fine = step { events 'fault':points():sum(), zh = '扣分', en = 'Deducted', remark = true }\n"        \
    "score { mean * n - fine, round = half_up(1), zh = '得分', en = 'Score' }\n"                                            \
    "clause '3'\nexclude { months_in_post():less_than(6), unknown = 'keep', zh = '新任', en = 'new in post' }\n"

typedef struct outcome {
    assess_status status;
    assess_error err;
    size_t passed, failed;
    char *report;
} outcome;

static char folder[64];

static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void make_files(const char *rules, const char *cases)
{
    strcpy(folder, "/tmp/assess-cases-XXXXXX");
    assert_non_null(mkdtemp(folder));
    write_file("t.lua", rules);
    write_file("t.cases.lua", cases);
}

static void remove_files(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/t.lua", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/t.cases.lua", folder);
    unlink(path);
    rmdir(folder);
}

static outcome run_files(assess_language language, assess_format format)
{
    outcome o = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/t.lua", folder);
    o.status = assess_scheme_test(path, NULL, language, format, &o.passed, &o.failed, &o.report, &o.err);
    return o;
}

static outcome run_of(const char *rules, const char *cases, assess_language language, assess_format format)
{
    make_files(rules, cases);
    outcome o = run_files(language, format);
    remove_files();
    return o;
}

static outcome run_as(const char *cases, assess_language language, assess_format format)
{
    return run_of(RULES, cases, language, format);
}

static void check_passes(const char *cases, const char *file, int line)
{
    outcome o = run_as(cases, ASSESS_EN, ASSESS_FORMAT_TEXT);
    if (o.status || o.failed)
        print_error("%s%s\n", o.err.message[ASSESS_EN], o.report ? o.report : "");
    _assert_int_equal(o.status, ASSESS_OK, file, line);
    _assert_int_equal(o.failed, 0, file, line);
    _assert_true(o.passed > 0, "a case ran", file, line);
    assess_text_free(o.report);
}
#define assert_passes(cases) check_passes((cases), __FILE__, __LINE__)

static void check_reports(const char *cases, assess_format format, const char *said, const char *file, int line)
{
    outcome o = run_as(cases, ASSESS_EN, format);
    _assert_int_equal(o.status, ASSESS_OK, file, line);
    if (!strstr(o.report, said))
        print_error("%s\n", o.report);
    _assert_true(strstr(o.report, said) != NULL, said, file, line);
    assess_text_free(o.report);
}
#define assert_reports(cases, said) check_reports((cases), ASSESS_FORMAT_TEXT, (said), __FILE__, __LINE__)
#define assert_reports_json(cases, said) check_reports((cases), ASSESS_FORMAT_JSON, (said), __FILE__, __LINE__)

/* (8 + 9 + 8) / 3 = 25/3 = 8.333…; 2 points of faults. */
#define THREE "peer = { { 8 }, { 9 }, { 8 } }, events = { { 'fault', points = 2, ref = 'A-1', note = 'late' } }"

static void test_step_is_expected_as_a_fraction(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', " THREE ", expect = { figures = { ['群众分'] = '25/3' } } }\n");
}

static void test_steps_go_by_either_language(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '2', " THREE ", expect = { figures = { Deducted = 2, ['扣分'] = '2.0' } } }\n");
}

static void test_condition_is_expected_as_a_truth(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', " THREE ", expect = { figures = { ['有过错'] = true } } }\n"
                  "case 'y' { clause = '1', expect = { figures = { ['有过错'] = false } } }\n");
}

static void test_step_without_a_value_is_expected_as_empty(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', expect = { status = 'incomplete', figures = { ['群众分'] = '' } } }\n");
}

static void test_wrong_figure_is_told_with_its_name(void **state)
{
    (void)state;
    assert_reports("case 'x' { clause = '1', " THREE ", expect = { figures = { ['群众分'] = '8.33' } } }\n",
                   "t.cases.lua:1: case “x” (1, 1): figures 群众分 expected '8.33' but found '8.333333… (25/3)'");
    assert_reports_json("case 'x' { clause = '1', " THREE ", expect = { figures = { Deducted = 3 } } }\n",
                        "\"field\":\"figures\",\"name\":\"Deducted\",\"expected\":\"3\",\"found\":\"2\"");
}

static void test_reasons_are_found_in_either_language(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '3', start = '2026-12-01', expect = { reasons = 'new in post' } }\n"
                  "case 'y' { clause = '3', start = '2026-12-01', expect = { reasons = '新任' } }\n"
                  "case 'z' { clause = '1', peer = { { 8 } }, expect = { reasons = '' } }\n");
}

static void test_reasons_that_are_not_there_are_told(void **state)
{
    (void)state;
    assert_reports("case 'x' { clause = '3', start = '2026-12-01', expect = { reasons = 'on leave' } }\n",
                   "reasons expected 'on leave' but found '3 new in post'");
    assert_reports("case 'x' { clause = '2', " THREE ", expect = { reasons = '' } }\n", "reasons expected '' but found '2 Deducted 2'");
}

static void test_what_is_missing_can_be_expected(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', expect = { missing = 'no ballot' } }\n"
                  "case 'y' { clause = '1', peer = { { 8 } }, expect = { missing = '' } }\n");
    assert_reports("case 'x' { clause = '1', peer = { { 8 } }, expect = { missing = 'ballot' } }\n",
                   "missing expected 'ballot' but found ''");
}

static void test_score_that_is_not_there_says_why(void **state)
{
    (void)state;
    assert_reports("case 'x' { clause = '1', expect = { score = '8.00' } }\n",
                   "score expected '8.00' but found 'incomplete: 1 no ballot of colleagues that counts'");
}

static void test_subject_on_no_list_is_on_none(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', peer = { { 8 } }, expect = { lists = {} } }\n");
}

static void test_two_ballots_of_one_rater_are_refused(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', refused = 'input.ballot_twice', peer = { { 8, by = 'r1' }, { 9, by = 'r1' } } }\n"
                  "case 'y' { clause = '1', peer = { { 8, by = 'r1' }, { 9, by = 'r2' } }, expect = { score = '8.5' } }\n");
}

static void test_mistake_of_the_tables_fails_a_case_that_does_not_expect_it(void **state)
{
    (void)state;
    assert_reports("case 'x' { clause = '1', peer = { { 8, by = 'r1' }, { 9, by = 'r1' } }, expect = { score = '8.5' } }\n",
                   "(1): must not be refused, but is: ");
}

#define REFUSES                                                                                                            \
    "scheme { id = 'q', format = 1, title = { zh = '方案', en = 'Scheme' }, source = { zh = '文', en = 't' } }\nclause '1'\n" \
    "kinds { { 'fault', zh = '过错', en = 'Fault' } }\nlocal n = events 'fault':count()\n"                                 \
    "score { 100 / n, round = half_up(0), zh = '得分', en = 'Score' }\n"                                                  \
    "clause '2'\nrefuse { n:at_least(2), zh = '过多', en = 'too many' }\n"

/* Two faults are refused, though 100 / 2 is the score expected. */
static void test_refuse_of_the_rule_file_fails_a_case_that_does_not_expect_it(void **state)
{
    (void)state;
    outcome o = run_of(REFUSES, "case 'x' { clause = '2', events = { { 'fault' }, { 'fault' } }, expect = { score = '50' } }\n", ASSESS_EN, ASSESS_FORMAT_TEXT);
    assert_int_equal(o.status, ASSESS_OK);
    assert_int_equal(o.failed, 1);
    assert_non_null(strstr(o.report, "t.cases.lua:1: case “x” (2): must not be refused, but is: 2 too many\n"));
    assess_text_free(o.report);
}

/* 100 / 0 is no figure; 100 / 1 is. */
static void test_a_figure_that_cannot_be_computed_fails_its_case_alone(void **state)
{
    (void)state;
    outcome o = run_of(REFUSES, "case 'x' { clause = '1', expect = { score = '1' } }\n"
                                "case 'y' { clause = '1', events = { { 'fault' } }, expect = { score = '100' } }\n", ASSESS_EN, ASSESS_FORMAT_TEXT);
    assert_int_equal(o.status, ASSESS_OK);
    assert_int_equal(o.failed, 1);
    assert_int_equal(o.passed, 1);
    assert_non_null(strstr(o.report, "t.cases.lua:1: case “x” (1): must not be refused, but is: "));
    assert_non_null(strstr(o.report, "cannot be computed exactly"));
    assess_text_free(o.report);
}

static void test_setting_out_of_bounds_may_be_expected(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', set = { n = 3 }, refused = 'call.setting_bounds' }\n");
}

static void test_period_before_the_regulation_may_be_expected(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', period = '2019', refused = '2020-01-01' }\n");
}

static void test_case_that_is_not_refused_is_told(void **state)
{
    (void)state;
    assert_reports("case 'x' { clause = '1', refused = 'input', peer = { { 8 } } }\n", "(1): must be refused ('input'), but is not\n");
}

static void test_clauses_are_told_with_the_lines_of_their_cases(void **state)
{
    (void)state;
    assert_reports("case 'x' { clause = '1', peer = { { 8 } }, expect = { score = '8.0' } }\n"
                   "case 'y' { clause = '2', " THREE ", expect = { score = '6.3' } }\n",
                   "clauses reached 2/3\n  1  cases 2, lines 1, 2\n  2  cases 2, lines 1, 2\nno case reaches: 3\n");
}

#define QUOTA                                                                                                              \
    "scheme { id = 'q', format = 1, title = { zh = '方案', en = 'Scheme' }, source = { zh = '文', en = 't' } }\nclause '1'\n" \
    "items { { 'a', zh = '甲', en = 'A', points = 10 } }\nroles { 'peer' }\n"                                              \
    "score { ballots 'peer':total():mean(), round = half_up(0), zh = '得分', en = 'Score' }\n"                             \
    "grades { { 'good', zh = '好', en = 'Good', from = 5 }, { 'poor', zh = '差', en = 'Poor', from = 0 } }\nclause '2'\n"     \
    "quota { 'good', number = 1, within = 'batch', tie = 'all_in', over = 'next_grade', zh = '名额', en = 'quota' }\n"      \
    "clause '3'\nlist { 'again', grade():is 'poor', purpose = 'follow_up', zh = '名单', en = 'list' }\n"

/* One who is good stays within the quota of one; of two, one is behind the line and poor, so on the list. */
static void test_quota_is_reached_when_it_draws_its_line(void **state)
{
    (void)state;
    outcome within = run_of(QUOTA, "case 'x' { clause = '2', peer = { { 9 } }, expect = { grade = 'good', lists = {} } }\n", ASSESS_EN, ASSESS_FORMAT_TEXT);
    assert_int_equal(within.failed, 0);
    assert_non_null(strstr(within.report, "no case reaches: 2, 3\n"));
    outcome over = run_of(QUOTA, "case 'x' { clause = '2', people = { { 'a', peer = { { 9 } }, expect = { grade = 'good' } },\n"
                                 "{ 'b', peer = { { 8 } }, expect = { grade = 'poor', flags = 'quota', lists = { 'again' } } } } }\n",
                          ASSESS_EN, ASSESS_FORMAT_TEXT);
    assert_int_equal(over.failed, 0);
    assert_non_null(strstr(over.report, "clauses reached 3/3\n"));
    assess_text_free(within.report);
    assess_text_free(over.report);
}

static void test_wrong_lists_are_told(void **state)
{
    (void)state;
    outcome o = run_of(QUOTA, "case 'x' { clause = '3', peer = { { 1 } }, expect = { lists = {} } }\n", ASSESS_EN, ASSESS_FORMAT_TEXT);
    assert_int_equal(o.failed, 1);
    assert_non_null(strstr(o.report, "lists expected '' but found 'again'"));
    assess_text_free(o.report);
}

static void test_json_names_the_cases_of_every_clause(void **state)
{
    (void)state;
    assert_reports_json("case 'x' { clause = '3', start = '2026-12-01', expect = { status = 'excluded' } }\n",
                        "\"failures\":[],\"coverage\":[{\"clause\":\"1\",\"cases\":[]},{\"clause\":\"2\",\"cases\":[]},"
                        "{\"clause\":\"3\",\"cases\":[{\"case\":\"x\",\"line\":1}]}]}");
}

static void test_name_unit_and_post_go_into_the_tables(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', people = { { 'a', name = '赵一', unit = '办公室', post = '科员', category = 'x', peer = { { 8 } }, "
                  "expect = { score = '8.0' } } } }\n");
}

static void test_history_keeps_period_grade_and_score(void **state)
{
    (void)state;
    assert_passes("case 'x' { clause = '1', peer = { { 8 } }, history = { { '2025', grade = 'excellent', score = 91 }, { '2026Q1', score = 80 } }, "
                  "expect = { score = '8.0' } }\n"
                  "case 'y' { clause = '1', refused = 'input.history_twice', history = { { '2025', score = 1 }, { '2025', score = 2 } } }\n");
}

/* ---- no memory ---- */

static void test_run_without_memory_fails_cleanly(void **state)
{
    (void)state;
    assess_status status = ASSESS_E_SYSTEM;
    make_files(RULES, "case 'x' { clause = '2', " THREE ", expect = { score = 1, reasons = 'x', missing = 'y', lists = {}, figures = { Deducted = 3 } } }\n"
                      "case 'y' { clause = '1', refused = 'z', peer = { { 8, by = 'r1' }, { 9, by = 'r1' } } }\n");
    for (long n = 0; status; n++) {
        mem_fault_after(n);
        outcome o = run_files(ASSESS_ZH, ASSESS_FORMAT_JSON);
        mem_fault_after(-1);
        status = o.status;
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_true(n < 100000);
        assess_text_free(o.report);
    }
    remove_files();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_step_is_expected_as_a_fraction),
        cmocka_unit_test(test_steps_go_by_either_language),
        cmocka_unit_test(test_condition_is_expected_as_a_truth),
        cmocka_unit_test(test_step_without_a_value_is_expected_as_empty),
        cmocka_unit_test(test_wrong_figure_is_told_with_its_name),
        cmocka_unit_test(test_reasons_are_found_in_either_language),
        cmocka_unit_test(test_reasons_that_are_not_there_are_told),
        cmocka_unit_test(test_what_is_missing_can_be_expected),
        cmocka_unit_test(test_score_that_is_not_there_says_why),
        cmocka_unit_test(test_subject_on_no_list_is_on_none),
        cmocka_unit_test(test_two_ballots_of_one_rater_are_refused),
        cmocka_unit_test(test_mistake_of_the_tables_fails_a_case_that_does_not_expect_it),
        cmocka_unit_test(test_setting_out_of_bounds_may_be_expected),
        cmocka_unit_test(test_period_before_the_regulation_may_be_expected),
        cmocka_unit_test(test_refuse_of_the_rule_file_fails_a_case_that_does_not_expect_it),
        cmocka_unit_test(test_a_figure_that_cannot_be_computed_fails_its_case_alone),
        cmocka_unit_test(test_case_that_is_not_refused_is_told),
        cmocka_unit_test(test_clauses_are_told_with_the_lines_of_their_cases),
        cmocka_unit_test(test_quota_is_reached_when_it_draws_its_line),
        cmocka_unit_test(test_wrong_lists_are_told),
        cmocka_unit_test(test_run_without_memory_fails_cleanly),
        cmocka_unit_test(test_json_names_the_cases_of_every_clause),
        cmocka_unit_test(test_name_unit_and_post_go_into_the_tables),
        cmocka_unit_test(test_history_keeps_period_grade_and_score),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
