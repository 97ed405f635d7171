/* each: a function of the rule file, called per subject with exact figures. */
#include "made_run.h"

#define PEER_STEP "local p = step { ballots 'peer':total():mean(), " WORDS " }\n"
#define EACH(body) SCHEME "items { { 'a', points = 100, " WORDS " } }\nroles { 'peer' }\n" PEER_STEP \
    "local two = half_up(2)\nlocal f = step { each(function(s) " body " end, { p = p, n = 3 }), " WORDS " }\nscore { f, round = half_up(2), " WORDS " }\n"

#define PLAIN(before, body) SCHEME "items { { 'a', points = 100, " WORDS " } }\nroles { 'peer' }\n" PEER_STEP before \
    "score { each(function(s) " body " end, { p = p }), round = half_up(2), " WORDS " }\n"

static void score_of(const char *rules, const char *points, const char *expected)
{
    made_run m;
    run_open(&m, rules);
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", points);
    run_now(&m);
    char score[64];
    result_print_score(m.r, s, score);
    assert_string_equal(score, expected);
    run_close(&m);
}

/* 0.1 × 3 + 60 = 60.3: exact where doubles would give 60.300000000000004. */
static void test_figures_in_a_function_are_exact(void **state)
{
    (void)state;
    score_of(EACH("return s.p * 0.1 * s.n + 60"), "1", "60.30");
}

static void test_a_function_may_decide_by_its_figures(void **state)
{
    (void)state;
    const char *rules = EACH("if s.p >= 60 and not (s.p < 70) then return 2 elseif eq(s.p, 50) then return 1 end return 0");
    score_of(rules, "70", "2.00");
    score_of(rules, "50", "1.00");
    score_of(rules, "69.99", "0.00");
}

/* 2 / 3 = 0.666… → 0.67 */
static void test_a_function_rounds_with_a_rounding_made_outside(void **state)
{
    (void)state;
    score_of(EACH("return rounded(s.p / s.n, two)"), "2", "0.67");
}

static void test_nothing_returned_is_missing(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, EACH("if s.p > 50 then return 1 end"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "50");
    run_now(&m);
    assert_int_equal(m.r->status[s], STATUS_INCOMPLETE);
    run_close(&m);
}

static void test_a_missing_input_is_not_given_to_the_function(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, EACH("return 1"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    assert_int_equal(m.r->status[s], STATUS_INCOMPLETE);
    run_close(&m);
}

static void stops_with(const char *rules, const char *id)
{
    made_run m;
    assess_error err = {0};
    run_open(&m, rules);
    for (int i = 0; i < 3; i++) {
        char name[8] = {(char)('1' + i)};
        run_ballot(&m, run_subject(&m, name, NULL), "peer", "50");
    }
    assert_int_equal(run_try(&m, 2, &err), ASSESS_E_RULES);
    assert_string_equal(err.id, id);
    assert_int_equal(err.line, 6);
    run_close(&m);
}

static void test_an_endless_function_ends_the_run(void **state)
{
    (void)state;
    stops_with(EACH("while true do end"), "rules.limit_steps");
}

static void test_a_function_that_fills_tables_ends_the_run(void **state)
{
    (void)state;
    stops_with(EACH("local t = {} for i = 1, 100000000 do t[i] = { i } end return 1"), "rules.limit_steps");
}

static void test_a_division_by_zero_ends_the_run(void **state)
{
    (void)state;
    stops_with(EACH("return s.p / (s.n - 3)"), "rules.each_range");
}

static void test_words_that_describe_are_refused_in_a_function(void **state)
{
    (void)state;
    stops_with(EACH("return months_in_post()"), "rules.each_describes");
    stops_with(EACH("clause '9' return 1"), "rules.each_describes");
    stops_with(EACH("return p + 1"), "rules.each_describes");
}

/* 1, 2, 3 … would depend on who comes first. */
static void test_a_function_keeps_no_figure(void **state)
{
    (void)state;
    stops_with(PLAIN("local k = 0\n", "k = k + 1 return k"), "rules.each_keeps");
}

/* Refused when the file is read. */
static void test_a_function_reaches_no_table(void **state)
{
    (void)state;
    assert_refused(PLAIN("local k = {}\n", "k[1] = s.p return 1"), "rules.each_keeps", 6);
    assert_refused(PLAIN("local k = {}\nlocal function g() return k end\n", "g()[1] = 1 return 1"), "rules.each_keeps", 6);
}

static void test_a_function_reaches_figures_and_functions(void **state)
{
    (void)state;
    score_of(PLAIN("local k = 4\nlocal function g(x) return x * k end\n", "return g(s.p)"), "2", "8.00");
}

static void test_a_number_that_is_no_decimal_is_no_result(void **state)
{
    (void)state;
    stops_with(EACH("return 0 / 0"), "rules.inexact_figure");
}

static void test_a_text_is_no_result(void **state)
{
    (void)state;
    stops_with(EACH("return {}"), "rules.each_gives");
}

/* Subjects in any number of threads: every worker has a machine of its own. */
static void test_threads_do_not_change_the_result(void **state)
{
    (void)state;
    int64_t first[400];
    for (unsigned threads = 1; threads <= 3; threads++) {
        made_run m;
        assess_error err = {0};
        run_open(&m, EACH("local sum = 0 for i = 1, 10 do sum = sum + s.p / i end return sum"));
        for (int i = 0; i < 400; i++) {
            char id[16], points[16];
            snprintf(id, sizeof id, "%d", i);
            snprintf(points, sizeof points, "%d", i % 101);
            run_ballot(&m, run_subject(&m, id, NULL), "peer", points);
        }
        assert_int_equal(run_try(&m, threads, &err), ASSESS_OK);
        for (int i = 0; i < 400; i++) {
            if (threads == 1)
                first[i] = m.r->score[i];
            assert_int_equal(m.r->score[i], first[i]);
        }
        run_close(&m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_in_a_function_are_exact),
        cmocka_unit_test(test_a_function_may_decide_by_its_figures),
        cmocka_unit_test(test_a_function_rounds_with_a_rounding_made_outside),
        cmocka_unit_test(test_nothing_returned_is_missing),
        cmocka_unit_test(test_a_missing_input_is_not_given_to_the_function),
        cmocka_unit_test(test_an_endless_function_ends_the_run),
        cmocka_unit_test(test_a_function_that_fills_tables_ends_the_run),
        cmocka_unit_test(test_a_division_by_zero_ends_the_run),
        cmocka_unit_test(test_words_that_describe_are_refused_in_a_function),
        cmocka_unit_test(test_a_function_keeps_no_figure),
        cmocka_unit_test(test_a_function_reaches_no_table),
        cmocka_unit_test(test_a_function_reaches_figures_and_functions),
        cmocka_unit_test(test_a_number_that_is_no_decimal_is_no_result),
        cmocka_unit_test(test_a_text_is_no_result),
        cmocka_unit_test(test_threads_do_not_change_the_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
