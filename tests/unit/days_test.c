/* Days of the rule language: constants, what lies between, later days, the calendar of working days, versions by date. */
#include "made_run.h"

/* 2026: New Year 1–3 January, made up on the 4th; Spring Festival 15–23 February, made up on the 14th. */
#define CALENDAR "date,kind,name\n2026-01-01,holiday,a\n2026-01-02,holiday,a\n2026-01-03,holiday,a\n2026-01-04,workday,a\n" \
                 "2026-02-14,workday,b\n2026-02-16,holiday,b\n2026-02-17,holiday,b\n2026-02-18,holiday,b\n2026-02-19,holiday,b\n" \
                 "2026-02-20,holiday,b\n2026-02-23,holiday,b\n"

static const made_file files[] = {{"calendar.csv", CALENDAR}, {NULL, NULL}};
static const made_load in_2026 = {.period = "2026", .files = files};

/* The score of a scheme whose only figure this is, of one person in post since `start`. */
static void score_of(const char *figure, const char *start, const char *expected, int line)
{
    char rules[1024];
    made_run m;
    snprintf(rules, sizeof rules, SCHEME "score { 1 * (%s), round = half_up(1), " WORDS " }\n", figure);
    run_open_with(&m, rules, &in_2026, __FILE__, line);
    run_subject(&m, "a", start);
    run_now_at(&m, __FILE__, line);
    made_score(&m, 0, expected, __FILE__, line);
    run_close(&m);
}
#define assert_figure(figure, expected) score_of((figure), NULL, (expected), __LINE__)
#define assert_day(day_figure, expected) score_of("when((" day_figure "):exactly(day '" expected "'), 1, 0)", NULL, "1.0", __LINE__)

static void test_days_between(void **state)
{
    (void)state;
    assert_figure("days_between(period_start(), period_end())", "364.0"); /* 365 days, the first one left out */
    assert_figure("days_between(day '2026-03-01', day '2026-02-27')", "-2.0");
    assert_figure("months_between(period_start(), period_end())", "12.0");
    assert_figure("months_between(day '2026-01-15', day '2026-03-13')", "1.0"); /* two months end on 14 March */
    assert_figure("months_between(day '2026-03-01', day '2026-01-01')", "0.0");
    assert_figure("minutes_between(moment '2026-03-04 23:30', moment '2026-03-05T00:15')", "45.0");
    assert_figure("minutes_between(moment '2026-03-05 00:15', moment '2026-03-04 23:30')", "-45.0");
    assert_figure("minutes_between(moment '2026-12-31 08:30', period_end():at '09:05')", "35.0");
}

static void test_working_days_between(void **state)
{
    (void)state;
    assert_figure("working_days_between(day '2026-01-01', day '2026-01-04')", "1.0");
    assert_figure("working_days_between(day '2026-02-13', day '2026-02-24')", "2.0"); /* the 14th and the 24th */
    assert_figure("working_days_between(day '2026-02-24', day '2026-02-13')", "0.0");
}

static void test_later_days(void **state)
{
    (void)state;
    assert_day("day '2026-02-27':plus_days(3)", "2026-03-02");
    assert_day("day '2026-02-27':plus_days(-27)", "2026-01-31");
    assert_day("day '2026-01-31':plus_months(1)", "2026-02-28");
    assert_day("day '2026-01-31':plus_months(-2)", "2025-11-30");
    assert_day("day '2026-02-13':plus_working_days(2)", "2026-02-24");
    assert_day("day '2026-02-24':plus_working_days(-1)", "2026-02-14");
    assert_day("day '2026-02-15':plus_working_days(0)", "2026-02-15");
}

static void test_comparisons_of_days_have_words_of_their_own(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local a, b = day '2026-01-01', period_end()\nstep { a:before(b), " WORDS " } step { a:not_before(b), " WORDS " }\n"
                   "step { a:after(b), " WORDS " } step { a:not_after(b), " WORDS " }\n" SCORE);
    assert_formula(p, made_step(p, 0), "2026-01-01 is before end of the period");
    assert_formula(p, made_step(p, 1), "2026-01-01 is not before end of the period");
    assert_formula(p, made_step(p, 2), "2026-01-01 is after end of the period");
    assert_formula(p, made_step(p, 3), "2026-01-01 is not after end of the period");
    plan_free(p);
    assert_refused(SCHEME "local c = months_in_post():before(day '2026-01-01')\n" SCORE, "rules.wrong_symbol", 2);
}

static void test_moment_is_printed_as_written(void **state)
{
    (void)state;
    plan *p = load(SCHEME "step { moment '2026-03-04 08:05', " WORDS " } step { moment '1969-12-31 23:59', " WORDS " }\n"
                   "step { period_end():at '08:05', " WORDS " }\n" SCORE);
    assert_formula(p, made_step(p, 0), "2026-03-04 08:05");
    assert_formula(p, made_step(p, 1), "1969-12-31 23:59");
    assert_formula(p, made_step(p, 2), "end of the period 08:05");
    plan_free(p);
}

static void test_number_of_days_from_data_is_taken(void **state)
{
    (void)state;
    score_of("days_between(period_end(), period_end():plus_days(months_in_post()))", "2026-01-01", "12.0", __LINE__);
    score_of("when(months_in_post():known(), 1, 0)", "2026-01-01", "1.0", __LINE__);
    score_of("when(months_in_post():known(), 1, 0)", NULL, "0.0", __LINE__);
    score_of("days_between(period_end(), period_end():plus_days(months_in_post()))", NULL, "", __LINE__); /* missing stays missing */
}

/* ---- errors ---- */

static void run_fails(const char *figure, assess_status status, const char *id, const char *part, int line)
{
    char rules[1024];
    made_run m;
    assess_error err = {0};
    snprintf(rules, sizeof rules, SCHEME "score { 1 * (%s), round = half_up(1), " WORDS " }\n", figure);
    run_open_with(&m, rules, &in_2026, __FILE__, line);
    run_subject(&m, "somebody", "2020-01-01");
    _assert_int_equal(run_try(&m, 1, &err), status, __FILE__, line);
    _assert_string_equal(err.id, id, __FILE__, line);
    _assert_true(strstr(err.message[ASSESS_EN], part) != NULL, err.message[ASSESS_EN], __FILE__, line);
    run_close(&m);
}

/* Of two people one needs the working days of 2027; the other comes first in the table and has the same sum over both. */
static void test_sum_that_a_member_spoils_names_the_member(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    run_open_with(&m,
                  SCHEME "local days = when(months_in_post():more_than(3), working_days_between(period_end(), period_end():plus_days(9)), 0)\n"
                         "score { across { days, within = 'batch' }:sum(), round = half_up(1), " WORDS " }\n",
                  &in_2026, __FILE__, __LINE__);
    run_subject(&m, "newcomer", "2026-12-01");
    run_subject(&m, "veteran", "2020-01-01");
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_RULES);
    assert_string_equal(err.id, "rules.calendar_year");
    assert_non_null(strstr(err.message[ASSESS_EN], "2027 are needed (for veteran)"));
    run_close(&m);
}

static void test_year_that_the_calendar_lacks_is_named_with_the_file(void **state)
{
    (void)state;
    run_fails("working_days_between(day '2026-12-01', day '2027-01-05')", ASSESS_E_RULES, "rules.calendar_year", "2027", __LINE__);
    run_fails("working_days_between(day '2025-12-31', day '2026-01-05')", ASSESS_E_RULES, "rules.calendar_year", "2025", __LINE__);
    run_fails("days_between(period_end(), period_end():plus_working_days(1))", ASSESS_E_RULES, "rules.calendar_year", "calendar.csv", __LINE__);
}

/* Leave from Fri 13 to Tue 24 February 2026: the 13th, the make-up day 14th, the 24th: 3 working days. From 1 to 5 January: the
 * make-up day 4th and Mon 5th: 2. */
static const char leave_rules[] = SCHEME "kinds { { 'leave', zh = '假', en = 'Leave' } }\n"
    "local e = events 'leave'\nscore { e:span_working_days():sum() + 10 * e:only { span_working_days = { at_least = 3 } }:count(), round = half_up(0), " WORDS " }\n";

static void test_working_days_of_events_count_both_ends(void **state)
{
    made_run m;
    (void)state;
    run_open_with(&m, leave_rules, &in_2026, __FILE__, __LINE__);
    uint32_t s = run_subject(&m, "a", NULL);
    run_event(&m, s, "leave", .from = "2026-02-13", .to = "2026-02-24");
    run_event(&m, s, "leave", .from = "2026-01-01", .to = "2026-01-05");
    run_now(&m);
    made_score(&m, s, "15", __FILE__, __LINE__); /* 3 + 2, and one of them has at least 3 */
    run_close(&m);
}

static void test_event_in_a_year_that_the_calendar_lacks_is_named(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    run_open_with(&m, leave_rules, &in_2026, __FILE__, __LINE__);
    run_event(&m, run_subject(&m, "somebody", NULL), "leave", .from = "2025-12-31", .to = "2026-01-05");
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_RULES);
    assert_non_null(strstr(err.message[ASSESS_EN], "2025"));
    assert_string_equal(err.file, "calendar.csv");
    run_close(&m);
}

static void test_part_of_a_day_cannot_be_added(void **state)
{
    (void)state;
    run_fails("days_between(period_end(), period_end():plus_days(months_in_post() / 5))", ASSESS_E_INPUT, "input.range", "somebody", __LINE__);
    run_fails("days_between(period_end(), period_end():plus_days(months_in_post() * 1000000))", ASSESS_E_INPUT, "input.range", "somebody", __LINE__);
}

static void test_year_that_nobody_asks_for_is_no_error(void **state)
{
    (void)state;
    assert_figure("when(day '2026-01-01':after(period_end()), working_days_between(day '2026-12-01', day '2027-01-05'), 7)", "7.0");
}

/* ---- the calendar belongs to the rules ---- */

static void test_calendar_is_a_file_of_the_plan_when_working_days_are_counted(void **state)
{
    (void)state;
    plan *with = load_with(SCHEME "local d = period_end():plus_working_days(1)\nlocal e = period_end():plus_working_days(2)\n" SCORE, .files = files);
    assert_int_equal(with->file_count, 2);
    assert_text(with->files[1].name, "calendar.csv");
    assert_text(with->files[1].bytes, CALENDAR);
    assert_int_equal(with->calendar_file, 1);
    plan *without = load_with(SCHEME "local d = period_end():plus_days(1)\n" SCORE, .files = files);
    assert_int_equal(without->file_count, 1);
    assert_null(without->calendar);
    plan_free(with);
    plan_free(without);
}

/* Each thread runs the rule file once more for its functions: with the calendar of the plan. */
static void test_functions_of_the_rule_file_know_the_calendar(void **state)
{
    (void)state;
    assert_figure("each(function(s) return s.n + 1 end, { n = working_days_between(day '2026-02-13', day '2026-02-24') })", "3.0");
}

static void test_other_calendar_is_another_digest(void **state)
{
    (void)state;
    static const char rules[] = SCHEME "local d = period_end():plus_working_days(1)\n" SCORE;
    static const made_file other[] = {{"calendar.csv", "date,kind,name\n2026-01-01,holiday,a\n"}, {NULL, NULL}};
    plan *a = load_with(rules, .files = files), *b = load_with(rules, .files = other);
    digest x, y;
    assert_true(plan_digest(a, &x) && plan_digest(b, &y));
    assert_memory_not_equal(&x, &y, sizeof x);
    plan_free(a);
    plan_free(b);
}

/* ---- versions ---- */

#define SHARES "dated { ['2008-11-01'] = 0.5, ['2026-07-01'] = 0.6 }"

static void assert_share(const char *period, int64_t tenths)
{
    plan *p = load_with(SCHEME "step { months_in_post() * " SHARES ", " WORDS " }\n" SCORE, .period = period);
    const node *n = &p->nodes[made_step(p, 0)];
    assert_int_equal(fraction_compare(p->nodes[n->args[1]].constant, fraction_of(tenths, 10)), 0);
    plan_free(p);
}

static void test_version_in_force_on_the_last_day_counts(void **state)
{
    (void)state;
    assert_share("2025", 5);
    assert_share("2026-06", 5);
    assert_share("2026-07", 6);
    assert_share("2026", 6);
    assert_share(NULL, 6); /* no period: the newest */
    assert_share("2008", 5);
    assert_refused_with(SCHEME "step { months_in_post() * " SHARES ", " WORDS " }\n" SCORE, ASSESS_E_RULES, "rules.no_version", 2, .period = "2008-10");
}

static void test_versions_may_be_anything(void **state)
{
    (void)state;
    plan *p = load_with(SCHEME "score { 1, round = dated { ['2020-01-01'] = half_up(0), ['2026-01-01'] = half_even(2) }, " WORDS " }\n", .period = "2026");
    assert_int_equal(plan_score_rounding(p, 0).mode, ROUND_HALF_EVEN);
    plan_free(p);
}

static void test_day_written_in_two_ways_is_one_day(void **state)
{
    (void)state;
    assert_refused(SCHEME "local x = dated { ['2020-01-01'] = 1, ['2020/1/1'] = 2 }\n" SCORE, "rules.table_twice", 2);
}

#define ENDS "scheme { id = 'x', format = 1, effective = '2020-01-01', expires = '2026-06-30', title = { " WORDS " }, source = { " WORDS " } }\n"

static void test_scheme_covers_what_ends_in_its_time(void **state)
{
    (void)state;
    plan *p = load_with(ENDS SCORE, .period = "2026H1");
    plan_free(p);
    assert_refused_with(ENDS SCORE, ASSESS_E_RULES, "rules.no_longer_in_force", 1, .period = "2026");
    assert_refused_with(ENDS SCORE, ASSESS_E_RULES, "rules.not_yet_in_force", 1, .period = "2019");
}

static void test_loading_a_calendar_without_memory_is_an_error(void **state)
{
    (void)state;
    static const char rules[] = SCHEME "local d = dated { ['2020-01-01'] = period_end():plus_working_days(1) }\n" SCORE;
    plan *p = NULL;
    for (long n = 0; !p; n++) {
        assess_error err = {0};
        mem_fault_after(n);
        assess_status s = made_load_bytes(text_of(rules), &in_2026, &p, &err);
        mem_fault_after(-1);
        assert_int_equal(s, p ? ASSESS_OK : ASSESS_E_SYSTEM);
    }
    plan_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_between),
        cmocka_unit_test(test_working_days_between),
        cmocka_unit_test(test_later_days),
        cmocka_unit_test(test_comparisons_of_days_have_words_of_their_own),
        cmocka_unit_test(test_moment_is_printed_as_written),
        cmocka_unit_test(test_number_of_days_from_data_is_taken),
        cmocka_unit_test(test_sum_that_a_member_spoils_names_the_member),
        cmocka_unit_test(test_year_that_the_calendar_lacks_is_named_with_the_file),
        cmocka_unit_test(test_working_days_of_events_count_both_ends),
        cmocka_unit_test(test_event_in_a_year_that_the_calendar_lacks_is_named),
        cmocka_unit_test(test_part_of_a_day_cannot_be_added),
        cmocka_unit_test(test_year_that_nobody_asks_for_is_no_error),
        cmocka_unit_test(test_calendar_is_a_file_of_the_plan_when_working_days_are_counted),
        cmocka_unit_test(test_functions_of_the_rule_file_know_the_calendar),
        cmocka_unit_test(test_other_calendar_is_another_digest),
        cmocka_unit_test(test_version_in_force_on_the_last_day_counts),
        cmocka_unit_test(test_versions_may_be_anything),
        cmocka_unit_test(test_day_written_in_two_ways_is_one_day),
        cmocka_unit_test(test_scheme_covers_what_ends_in_its_time),
        cmocka_unit_test(test_loading_a_calendar_without_memory_is_an_error),
    };
    return cmocka_run_group_tests_name("days", tests, NULL, NULL);
}
