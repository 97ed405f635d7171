/* events in windows and within bounds, at the edges: the day before, the day itself, the day after. */
#include "made_input.h"

#define FAULTS "kinds { { 'fault', zh = '过错', en = 'Fault' } }\nlocal faults = events 'fault'\n"

static void run_faults(made_run *m, const char *rules, const char *period, const char *events)
{
    input_open_at(m, rules, period, __FILE__, __LINE__);
    input_people(m, "id,name\n1,a\n2,b\n");
    input_events(m, events);
    input_run(m);
}

/* Events that lie outside every window of the scheme are noticed. */
static void run_outside(made_run *m, const char *rules, const char *period, const char *events)
{
    engine_options one = {.threads = 1};
    input_open_at(m, rules, period, __FILE__, __LINE__);
    input_people(m, "id,name\n1,a\n2,b\n");
    input_events(m, events);
    input_problems(m, 0, 1);
    assert_problem(m, "input.events_outside", 0, 0, "events outside the period");
    assert_int_equal(engine_run(m->p, m->b, &one, &m->r, NULL), ASSESS_OK);
}

static void test_events_in_the_period_include_its_first_and_last_day(void **state)
{
    made_run m;
    (void)state;
    run_outside(&m, SCHEME FAULTS FIGURE("faults:in_period():count() + faults:count() * 10"), "2026",
                "subject,kind,from,to\n1,fault,2026-01-01,2026-01-01\n1,fault,2026-12-31,2026-12-31\n1,fault,2025-12-31,2025-12-31\n"
                "1,fault,2027-01-01,2027-01-01\n1,fault,2025-12-01,2026-01-01\n");
    assert_score(&m, 0, "53.00"); /* 1 Jan, 31 Dec, and the span that reaches into the year; five in all */
    run_close(&m);
}

/* Up to 31 Dec 2026: two years begin on 1 Jan 2025, six months on 1 Jul 2026. */
static void test_the_last_years_and_months_begin_on_their_day(void **state)
{
    made_run m;
    (void)state;
    run_outside(&m, SCHEME FAULTS FIGURE("faults:in_last { years = 2 }:count() + faults:in_last { months = 6 }:count() * 10"), "2026",
                "subject,kind,from,to\n1,fault,2024-12-31,2024-12-31\n1,fault,2025-01-01,2025-01-01\n1,fault,2026-06-30,2026-06-30\n"
                "1,fault,2026-07-01,2026-07-01\n1,fault,2026-12-31,2026-12-31\n");
    assert_score(&m, 0, "24.00");
    run_close(&m);
}

/* Up to 29 Feb 2024 one year begins on 1 Mar 2023; up to 28 Feb 2025 on 1 Mar 2024, which is not 29 Feb. */
static void test_a_year_back_over_a_leap_day(void **state)
{
    made_run m;
    (void)state;
    run_outside(&m, SCHEME FAULTS FIGURE("faults:in_last { years = 1 }:count()"), "2024-02",
                "subject,kind,from,to\n1,fault,2023-02-28,2023-02-28\n1,fault,2023-03-01,2023-03-01\n1,fault,2024-02-29,2024-02-29\n");
    assert_score(&m, 0, "2.00");
    run_close(&m);
    run_outside(&m, SCHEME FAULTS FIGURE("faults:in_last { years = 1 }:count()"), "2025-02",
                "subject,kind,from,to\n1,fault,2024-02-29,2024-02-29\n1,fault,2024-03-01,2024-03-01\n1,fault,2025-02-28,2025-02-28\n");
    assert_score(&m, 0, "2.00");
    run_close(&m);
}

static void test_a_window_between_two_days_includes_both(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS FIGURE("faults:between('2026-02-28', '2026-06-30'):count()"), "2026",
               "subject,kind,from,to\n1,fault,2026-02-27,2026-02-27\n1,fault,2026-02-28,2026-02-28\n1,fault,2026-06-30,2026-06-30\n"
               "1,fault,2026-07-01,2026-07-01\n2,fault,2026-01-01,2026-12-31\n");
    assert_score(&m, 0, "2.00");
    assert_score(&m, 1, "1.00"); /* it covers the window */
    run_close(&m);
}

/* Spans are united and cut: 27 Feb – 1 Mar 2024 is 4 days with the leap day; with 1 – 2 Mar, which touches it, 5. */
static void test_days_are_united_and_cut_to_the_window(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS FIGURE("faults:days() + faults:between('2024-02-29', '2024-12-31'):days() * 100"), "2024",
               "subject,kind,from,to\n1,fault,2024-02-27,2024-03-01\n1,fault,2024-03-01,2024-03-02\n");
    assert_score(&m, 0, "305.00"); /* from 29 Feb on: 29 Feb, 1 and 2 Mar */
    run_close(&m);
}

/* A window before the period has its own days: 30 and 31 December 2025, and 1 January. */
static void test_days_of_a_window_that_reaches_before_the_period(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS FIGURE("faults:in_last { years = 2 }:days() + faults:days() * 100"), "2026",
               "subject,kind,from,to\n1,fault,2025-12-30,2026-01-01\n");
    assert_score(&m, 0, "103.00");
    run_close(&m);
}

/* 0.5, 3 and 2.5: together 6, mean 2. */
static void test_figures_of_events_are_reduced(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS FIGURE("faults:points():sum() + faults:points():highest() * 10 + faults:points():lowest() * 100 + faults:points():mean() * 1000"),
               "2026", "subject,kind,points\n1,fault,0.5\n1,fault,3\n1,fault,2.5\n");
    assert_score(&m, 0, "2086.00"); /* 6 + 30 + 50 + 2000 */
    assert_status_of(&m, 1, STATUS_INCOMPLETE);
    run_close(&m);
}

/* 7 ÷ 3 is no short decimal: three times the mean is the sum again. */
static void test_the_mean_of_figures_is_exact_and_missing_without_any(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS FIGURE("(faults:amount():mean() * 3):or_else(-1)"), "2026",
               "subject,kind,amount\n1,fault,1\n1,fault,2\n1,fault,4\n");
    assert_score(&m, 0, "7.00");
    assert_score(&m, 1, "-1.00");
    run_close(&m);
}

static void test_without_any_event_at_all_a_mean_is_missing_and_a_count_is_none(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME FAULTS FIGURE("faults:points():mean():or_else(5) + faults:points():highest():or_else(50) + faults:count() + faults:days()"));
    input_people(&m, "id,name\n1,a\n");
    input_run(&m);
    assert_score(&m, 0, "55.00");
    run_close(&m);
}

/* A span of one day is 1, of a leap February 29. */
static void test_days_of_a_span_count_both_ends(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS FIGURE("faults:span_days():lowest() + faults:span_days():highest() * 100"), "2024",
               "subject,kind,from,to\n1,fault,2024-05-01,2024-05-01\n1,fault,2024-02-01,2024-02-29\n");
    assert_score(&m, 0, "2901.00");
    run_close(&m);
}

/* 2.99, 3 and 3.01 against 3. */
static void test_a_bound_is_the_laws_comparison(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS
               FIGURE("faults:only { points = { at_least = 3 } }:count() + faults:only { points = { more_than = 3 } }:count() * 10\n"
                      "+ faults:only { points = { at_most = 3 } }:count() * 100 + faults:only { points = { less_than = 3 } }:count() * 1000\n"
                      "+ faults:only { points = { exactly = 3 } }:count() * 10000"),
               "2026", "subject,kind,points\n1,fault,2.99\n1,fault,3\n1,fault,3.01\n");
    assert_score(&m, 0, "11212.00");
    run_close(&m);
}

static void test_bounds_on_amounts_and_on_spans(void **state)
{
    made_run m;
    (void)state;
    run_faults(&m, SCHEME FAULTS
               FIGURE("faults:only { amount = { more_than = 30 } }:points():sum() + faults:only { span_days = { at_least = 15 } }:count() * 100"), "2026",
               "subject,kind,from,to,points,amount\n1,fault,2026-01-01,2026-01-14,1,30\n1,fault,2026-02-01,2026-02-15,2,30.5\n"
               "1,fault,2026-03-01,2026-03-16,4,31\n");
    assert_score(&m, 0, "206.00"); /* 2 + 4 points; 15 and 16 days */
    run_close(&m);
}

static void test_a_bound_asks_every_event_for_its_figure(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME FAULTS FIGURE("faults:only { points = { at_least = 3 } }:in_period():count()"));
    input_people(&m, "id,name\n1,a\n");
    input_events(&m, "subject,kind,from,points\n1,fault,,3\n1,fault,2026-01-01,\n");
    input_problems(&m, 2, 1); /* and a notice that there is no column `to` */
    assert_problem(&m, "input.event_needs", 2, 3, "'from'");
    assert_problem(&m, "input.event_needs", 3, 4, "'points'");
    run_close(&m);
}

/* Own 1; liable for one of 2 points; both at once counts once, and is noticed: 1 + 2 + 4. */
static void test_events_of_either_part_count_once(void **state)
{
    made_run m;
    engine_options one = {.threads = 1};
    (void)state;
    input_open(&m, SCHEME FAULTS FIGURE("faults:as_either():points():sum() + faults:as_liable():points():sum() * 10 + faults:points():sum() * 100"));
    input_people(&m, "id,name\n1,a\n2,b\n");
    input_events(&m, "subject,kind,points,liable\n1,fault,1,\n2,fault,2,1\n1,fault,4,1\n");
    input_problems(&m, 0, 1);
    assert_int_equal(engine_run(m.p, m.b, &one, &m.r, NULL), ASSESS_OK);
    assert_score(&m, 0, "567.00"); /* 7 + 60 + 500 */
    assert_score(&m, 1, "202.00");
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events_in_the_period_include_its_first_and_last_day),
        cmocka_unit_test(test_the_last_years_and_months_begin_on_their_day),
        cmocka_unit_test(test_a_year_back_over_a_leap_day),
        cmocka_unit_test(test_a_window_between_two_days_includes_both),
        cmocka_unit_test(test_days_are_united_and_cut_to_the_window),
        cmocka_unit_test(test_days_of_a_window_that_reaches_before_the_period),
        cmocka_unit_test(test_figures_of_events_are_reduced),
        cmocka_unit_test(test_the_mean_of_figures_is_exact_and_missing_without_any),
        cmocka_unit_test(test_without_any_event_at_all_a_mean_is_missing_and_a_count_is_none),
        cmocka_unit_test(test_days_of_a_span_count_both_ends),
        cmocka_unit_test(test_a_bound_is_the_laws_comparison),
        cmocka_unit_test(test_bounds_on_amounts_and_on_spans),
        cmocka_unit_test(test_a_bound_asks_every_event_for_its_figure),
        cmocka_unit_test(test_events_of_either_part_count_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
