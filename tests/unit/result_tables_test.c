/* report: a result as tables for workbook, report and forms. Expected numbers are counted by hand from the rows above them. */
#include "made_result.h"

#include "report/tables.h"

/* The table of that id; the test fails when the result has none. */
static void take(const made *m, const char *id, assess_language language, grid *g)
{
    result_tables all;
    result_tables_find(&m->result, &all);
    size_t number = 0;
    while (number < all.count && strcmp(all.ids[number], id) != 0)
        number++;
    assert_true(number < all.count);
    result_table_make(&m->result, &all, number, language, g);
    assert_false(g->failed);
    assert_int_equal(g->count % g->column_count, 0);
    result_tables_free(&all);
}

/* A row's cells, separated by '|'. */
static void assert_row(const grid *g, size_t row, const char *expected)
{
    char all[1024] = "";
    assert_true(row < grid_rows(g));
    for (size_t c = 0; c < g->column_count; c++) {
        strcat(all, c ? "|" : "");
        strcat(all, grid_cell(g, row, c));
    }
    assert_string_equal(all, expected);
}

static void start(made *m)
{
    made_start(m);
    made_subject(m, "1", "甲", "办公室", 9000);
    made_subject(m, "2", "乙", "办公室", 5950);
    made_exclude(m, made_subject(m, "3", "丙", "人事股", 0));
    made_subject(m, "4", "丁", "人事股", 6001);
}

static void test_results_have_a_row_for_every_row_of_people(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    take(&m, "results", ASSESS_ZH, &g);
    assert_int_equal(grid_rows(&g), 4);
    assert_string_equal(g.title, "考评结果");
    assert_row(&g, 0, "1|甲|办公室|已评定|90.00|好|||");
    assert_row(&g, 2, "3|丙|人事股|不参加考评|||||九(二) 到岗不足");
    grid_free(&g);
    made_end(&m);
}

static void test_grades_show_their_share_of_those_who_have_one(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    m.grades[0].has_from = true;
    take(&m, "grades", ASSESS_EN, &g);
    assert_row(&g, 0, "good|Good|60|2|66.7"); /* 2 of 3, half up */
    assert_row(&g, 1, "poor|Poor||1|33.3");
    grid_free(&g);
    made_end(&m);
}

static void test_units_stand_in_the_order_of_the_people(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    take(&m, "units", ASSESS_EN, &g);
    assert_int_equal(grid_rows(&g), 2);
    assert_row(&g, 0, "办公室|2|2|0|0|1|1");
    assert_row(&g, 1, "人事股|2|1|1|0|1|0");
    grid_free(&g);
    made_end(&m);
}

/* From 59.50 to 90.00 by 2 points: 58–60, 60–62 … 90–92; the line of `good`, 60, is an edge already. */
static void test_a_distribution_counts_every_score_once(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    m.grades[0].has_from = true;
    take(&m, "distribution", ASSESS_EN, &g);
    assert_int_equal(grid_rows(&g), 17);
    assert_row(&g, 0, "58.00|60.00|1||1");
    assert_row(&g, 1, "60.00|62.00|1|Good|0");
    assert_row(&g, 16, "90.00|92.00|1|Good|0");
    grid_free(&g);
    made_end(&m);
}

static void test_a_row_of_the_distribution_ends_where_a_grade_begins(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    m.grades[0].has_from = true;
    m.grades[0].from = (decimal){605, 1};
    take(&m, "distribution", ASSESS_EN, &g);
    assert_row(&g, 1, "60.00|60.50|1||1");
    assert_row(&g, 2, "60.50|62.00|0|Good|0");
    grid_free(&g);
    made_end(&m);
}

static void test_one_score_alone_makes_one_row(void **state)
{
    made m;
    grid g;
    (void)state;
    made_start(&m);
    made_subject(&m, "1", "甲", "办公室", 9000);
    take(&m, "distribution", ASSESS_EN, &g);
    assert_int_equal(grid_rows(&g), 1);
    assert_row(&g, 0, "90.00|90.01|1|");
    grid_free(&g);
    made_end(&m);
}

static void test_without_a_score_the_distribution_is_empty(void **state)
{
    made m;
    grid g;
    (void)state;
    made_start(&m);
    made_exclude(&m, made_subject(&m, "3", "丙", "人事股", 0));
    take(&m, "distribution", ASSESS_EN, &g);
    assert_int_equal(grid_rows(&g), 0);
    grid_free(&g);
    made_end(&m);
}

/* (90.00 + 59.50 + 60.01) / 3 = 69.83666… */
static void test_the_mean_is_rounded_half_up_like_a_score(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    take(&m, "summary", ASSESS_EN, &g);
    assert_row(&g, 0, "subjects|Subjects|4");
    assert_row(&g, 4, "highest|Highest score|90.00");
    assert_row(&g, 5, "lowest|Lowest score|59.50");
    assert_row(&g, 6, "mean|Mean of the scores|69.84");
    grid_free(&g);
    made_end(&m);
}

static void test_the_excluded_stand_with_clause_and_reason(void **state)
{
    made m;
    grid g;
    (void)state;
    start(&m);
    take(&m, "excluded", ASSESS_EN, &g);
    assert_int_equal(grid_rows(&g), 1);
    assert_row(&g, 0, "3|丙|人事股|九(二) too new");
    grid_free(&g);
    made_end(&m);
}

static void test_a_scheme_without_ballots_has_no_table_of_them(void **state)
{
    made m;
    result_tables all;
    (void)state;
    start(&m);
    result_tables_find(&m.result, &all);
    for (size_t i = 0; i < all.count; i++)
        assert_string_not_equal(all.ids[i], "ballots");
    result_tables_free(&all);
    made_end(&m);
}

static void test_no_want_of_memory_leaves_a_table_half_made(void **state)
{
    made m;
    result_tables all;
    (void)state;
    start(&m);
    result_tables_find(&m.result, &all);
    for (size_t t = 0; t < all.count; t++) {
        if (strcmp(all.ids[t], "clauses") == 0)
            continue; /* the made plan has no formula to print */
        for (long successes = 0;; successes++) {
            grid g;
            mem_fault_after(successes);
            result_table_make(&m.result, &all, t, ASSESS_ZH, &g);
            mem_fault_after(-1);
            bool failed = g.failed;
            grid_free(&g);
            if (!failed)
                break;
        }
    }
    result_tables_free(&all);
    made_end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results_have_a_row_for_every_row_of_people),
        cmocka_unit_test(test_grades_show_their_share_of_those_who_have_one),
        cmocka_unit_test(test_units_stand_in_the_order_of_the_people),
        cmocka_unit_test(test_a_distribution_counts_every_score_once),
        cmocka_unit_test(test_a_row_of_the_distribution_ends_where_a_grade_begins),
        cmocka_unit_test(test_one_score_alone_makes_one_row),
        cmocka_unit_test(test_without_a_score_the_distribution_is_empty),
        cmocka_unit_test(test_the_mean_is_rounded_half_up_like_a_score),
        cmocka_unit_test(test_the_excluded_stand_with_clause_and_reason),
        cmocka_unit_test(test_a_scheme_without_ballots_has_no_table_of_them),
        cmocka_unit_test(test_no_want_of_memory_leaves_a_table_half_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
