/* two levels: units and their people in one batch. */
#include "made_input.h"
#include "report/report.h"

#define TWO "scheme { id = 'x', format = 1, units = '单位', title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', en = 'Paper' } }\n"
#define POINTS "kinds { { 'p', zh = '分', en = 'points' } }\nlocal points = events 'p':points():sum()\n"
#define SCORED "score { points, round = half_up(1), " WORDS " }\n"

/* a and b belong to 一科 (by name), c to u2 (by id). 10, 20 and 40 points; the units 1 and 2. */
#define PEOPLE_AND_UNITS "id,name,unit,category\na,甲,一科,\nu1,一科,,单位\nb,乙,一科,干部\nu2,二科,,单位\nc,丙,u2,\n"
#define GIVEN_POINTS "subject,kind,points\na,p,10\nb,p,20\nc,p,40\nu1,p,1\nu2,p,2\n"

static void open_two(made_run *m, const char *rules)
{
    input_open(m, rules);
    input_people(m, PEOPLE_AND_UNITS);
    input_events(m, GIVEN_POINTS);
}

static void test_each_level_has_its_own_score_and_grades(void **state)
{
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS "of 'units'\nscore { points * 100, round = half_up(0), " WORDS " }\n"
                 "grades { { 'good', zh = '好', en = 'Good', from = 200 }, { 'fair', zh = '中', en = 'Fair', from = 0 } }\n"
                 "of 'people'\n" SCORED "grades { { 'good', zh = '优', en = 'Very good', from = 20 }, { 'poor', zh = '差', en = 'Poor', from = 0 } }\n");
    input_run(&m);
    assert_score(&m, 0, "10.0");
    assert_score(&m, 1, "100");
    assert_score(&m, 3, "200");
    assert_score(&m, 4, "40.0");
    assert_grade(&m, 0, "poor");
    assert_grade(&m, 1, "fair");
    assert_grade(&m, 2, "good");
    assert_grade(&m, 3, "good");
    assert_string_equal(m.p->grades[m.r->grade[2]].words.en.bytes, "Very good");
    assert_string_equal(m.p->grades[m.r->grade[3]].words.en.bytes, "Good");
    assert_int_equal(result_level(m.r, 1), 1);
    assert_int_equal(result_level(m.r, 2), 0);
    run_close(&m);
}

/* 10 + 1 · 1000, 20 + 1 · 1000, 40 + 2 · 1000; the unit of a unit is itself. */
static void test_the_units_figure_is_that_of_each_of_its_people(void **state)
{
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS "of 'units'\nlocal own = points * 1000\nscore { own, round = half_up(0), " WORDS " }\nof 'people'\n"
                 "score { points + of_unit(own), round = half_up(0), " WORDS " }\n");
    input_run(&m);
    assert_score(&m, 0, "1010");
    assert_score(&m, 1, "1000");
    assert_score(&m, 2, "1020");
    assert_score(&m, 4, "2040");
    run_close(&m);
}

/* The unit's rounded score itself, and what is made of it afterwards. */
static void test_the_units_score_feeds_its_peoples(void **state)
{
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS "of 'units'\nlocal whole = score { points / 3, round = half_up(1), " WORDS " }\nof 'people'\n"
                 "score { of_unit(whole) * 10, round = half_up(2), " WORDS " }\n");
    input_run(&m);
    assert_score(&m, 1, "0.3"); /* 1 ÷ 3 */
    assert_score(&m, 0, "3.00"); /* not 3.33 */
    assert_score(&m, 4, "7.00"); /* 2 ÷ 3 = 0.7 */
    run_close(&m);
}

/* u1: (10 + 20) ÷ 2 = 15; u2: 40; and everybody in the unit has the same. */
static void test_a_unit_looks_at_its_people(void **state)
{
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS "of 'units'\nscore { across { points, within = 'unit', of = 'people' }:mean() * 10 + across { points, within = 'batch' }:sum(), "
                 "round = half_up(0), " WORDS " }\nof 'people'\nscore { across { points, within = 'unit' }:count(), round = half_up(0), " WORDS " }\n");
    input_run(&m);
    assert_score(&m, 1, "153"); /* and 1 + 2 over the units */
    assert_score(&m, 3, "403");
    assert_score(&m, 0, "2");
    assert_score(&m, 4, "1");
    run_close(&m);
}

static void test_each_level_has_its_own_ranks_and_exclusions(void **state)
{
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS "of 'units'\n" SCORED "rank { within = 'batch', " WORDS " }\nof 'people'\n" SCORED
                 "exclude { points:at_least(40), " WORDS " }\nrank { within = 'batch', " WORDS " }\n");
    input_run(&m);
    assert_int_equal(m.r->rank[3], 1);
    assert_int_equal(m.r->rank[1], 2);
    assert_int_equal(m.r->rank[2], 1);
    assert_int_equal(m.r->rank[0], 2);
    assert_status_of(&m, 4, STATUS_EXCLUDED);
    assert_int_equal(m.r->rank[4], 0);
    run_close(&m);
}

static void test_people_without_a_row_of_their_unit_are_noticed_and_missing(void **state)
{
    made_run m;
    engine_options one = {.threads = 1};
    (void)state;
    input_open(&m, TWO POINTS "of 'units'\n" SCORED "of 'people'\nscore { of_unit(points), round = half_up(0), " WORDS " }\n");
    input_people(&m, "id,name,unit,category\na,甲,三科,\nb,乙,三科,\nc,丙,四科,\nu,一科,,单位\nd,丁,一科,\n");
    input_problems(&m, 0, 2);
    assert_problem(&m, "input.unit_without_row", 0, 0, "'三科', which figures of its people are taken from (2 of them)");
    assert_problem(&m, "input.unit_without_row", 0, 0, "the category '单位'");
    assert_int_equal(engine_run(m.p, m.b, &one, &m.r, NULL), ASSESS_OK);
    assert_status_of(&m, 0, STATUS_INCOMPLETE);
    assert_reasons(&m, 0, "nothing for the unit's points of points");
    assert_status_of(&m, 4, STATUS_ASSESSED);
    run_close(&m);
}

/* A measure that only units use is not asked of people, and a rank that only people have not of units. */
static void test_what_is_needed_is_needed_of_those_whose_statements_use_it(void **state)
{
    static const char rules[] = TWO "measures { { 'rate', zh = '率', en = 'Rate' } }\n"
        "attributes { { 'n', zh = '数', en = 'N', number = true, needed = true } }\n"
        "of 'units'\nscore { measure 'rate':value(), round = half_up(0), " WORDS " }\n"
        "of 'people'\nscore { attribute 'n', round = half_up(0), " WORDS " }\n";
    made_run m;
    (void)state;
    input_open(&m, rules);
    input_people(&m, "id,name,unit,category,n\na,甲,一科,,3\nu,一科,,单位,\n");
    input_measures(&m, "subject,measure,value\nu,rate,5\n");
    input_run(&m);
    assert_score(&m, 0, "3");
    assert_score(&m, 1, "5");
    run_close(&m);
    input_open(&m, rules);
    input_people(&m, "id,name,unit,category,n\na,甲,一科,,\nu,一科,,单位,\n");
    input_measures(&m, "subject,measure,value\na,rate,5\n");
    input_problems(&m, 2, 0);
    assert_problem(&m, "input.attribute_missing", 2, 5, "'n'");
    assert_problem(&m, "input.measure_absent", 3, 0, "'rate'");
    run_close(&m);
}

/* Last year's grade is one of the own level's: 好 of the units, 优 of the people. */
static void test_grades_of_history_are_those_of_the_level(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, TWO POINTS "of 'units'\nlocal last = past { year = -1 }:grade()\n"
               "score { when(last:is('good'), 1, 0):or_else(9), round = half_up(0), " WORDS " }\n"
               "grades { { 'good', zh = '好', en = 'Good', from = 1 }, { 'fair', zh = '中', en = 'Fair', from = 0 } }\n"
               "of 'people'\nlocal own = past { year = -1 }:grade()\n"
               "score { when(own:is('top'), 1, 0):or_else(9) + when(of_unit(last):is('good'), 10, 0), round = half_up(0), " WORDS " }\n"
               "grades { { 'top', zh = '优', en = 'Top', from = 1 }, { 'low', zh = '差', en = 'Low', from = 0 } }\n");
    input_people(&m, PEOPLE_AND_UNITS);
    input_history(&m, "subject,period,grade\na,2025,优\nb,2025,好\nu1,2025,好\nu2,2025,中\nc,2025,差\n");
    input_run(&m);
    assert_score(&m, 0, "11");
    assert_score(&m, 2, "19"); /* 好 is no grade of people */
    assert_score(&m, 4, "0");
    assert_score(&m, 1, "1");
    run_close(&m);
}

static void test_a_used_file_begins_and_ends_at_the_level_of_its_use(void **state)
{
    static const made_file files[] = {
        {"part", "scheme { id = 'part', format = 1, title = { zh = '分', en = 'Part' } }\nstep { 1, zh = '一', en = 'one' }\n"
                 "of 'people'\nstep { 2, zh = '二', en = 'two' }\n"},
        {NULL, NULL}};
    plan *p = load_with(TWO "of 'units'\nuse 'part'\nstep { 3, zh = '三', en = 'three' }\n" SCORE, .files = files);
    (void)state;
    assert_int_equal(made_statement(p, STATEMENT_STEP, 0)->level, 1);
    assert_int_equal(made_statement(p, STATEMENT_STEP, 1)->level, 0);
    assert_int_equal(made_statement(p, STATEMENT_STEP, 2)->level, 1);
    plan_free(p);
}

/* 20 ÷ n over the people, 10, 20 and 40: 2 + 1 + 0.5. No unit has points of that kind, and nobody asks what 20 ÷ 0 would be. */
static void test_what_cannot_be_worked_out_for_units_does_not_spoil_the_sum_of_their_people(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, TWO POINTS "of 'people'\nscore { across { 20 / points, within = 'batch' }:sum(), round = half_up(1), " WORDS " }\n"
                   "of 'units'\nscore { 1, round = half_up(0), " WORDS " }\n");
    input_people(&m, PEOPLE_AND_UNITS);
    input_events(&m, "subject,kind,points\na,p,10\nb,p,20\nc,p,40\n");
    input_run(&m);
    assert_score(&m, 0, "3.5");
    assert_score(&m, 1, "1");
    run_close(&m);
}

/* u1 has 0 points here, and 20 / 0 is asked for by its people: an error, not people who are incomplete. */
static void test_a_units_figure_that_cannot_be_computed_ends_the_run(void **state)
{
    made_run m;
    assess_error err = {0};
    engine_options one = {.threads = 1};
    (void)state;
    input_open(&m, TWO POINTS "of 'units'\n" SCORED "of 'people'\nscore { of_unit(20 / points), round = half_up(0), " WORDS " }\n");
    input_people(&m, PEOPLE_AND_UNITS);
    input_events(&m, "subject,kind,points\na,p,10\nb,p,20\nc,p,40\nu1,p,0\nu2,p,2\n");
    input_problems(&m, 0, 0);
    assert_int_equal(engine_run(m.p, m.b, &one, &m.r, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, "input.range");
    run_close(&m);
}

/* People need no barrier and are decided in the first pass, units wait for the sum of their people: 10 + 20 and 40. Units stand among
 * people in the table, and so do their findings. */
static void test_findings_of_people_and_of_units_stand_in_the_order_of_the_table(void **state)
{
    const uint32_t subjects[] = {0, 1, 2, 3, 4, 4};
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS SCORED "step { points, remark = true, zh = '得分', en = 'own' }\n"
                 "list { 'many', points:more_than(30), purpose = 'follow_up', zh = '多', en = 'many' }\n"
                 "of 'units'\nlocal all = across { points, within = 'unit', of = 'people' }:sum()\n"
                 "step { all, remark = true, zh = '合计', en = 'in all' }\nscore { all, round = half_up(0), " WORDS " }\n");
    input_run(&m);
    assert_int_equal(m.r->finding_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(m.r->findings[i].subject, subjects[i]);
    assert_reasons(&m, 0, "own 10");
    assert_reasons(&m, 1, "in all 30");
    assert_reasons(&m, 3, "in all 40");
    assert_reasons(&m, 4, "own 40;many");
    assert_score(&m, 1, "30");
    assert_score(&m, 4, "40.0");
    run_close(&m);
}

static void assert_shown(const made_run *m, const char *words)
{
    buffer b = {0};
    report_summary(m->r, ASSESS_EN, false, &b);
    buffer_add_char(&b, '\0');
    if (!strstr(b.bytes, words))
        print_error("--- missing: %s\n%s", words, b.bytes);
    assert_non_null(strstr(b.bytes, words));
    buffer_free(&b);
}

/* 3 people of whom one is excluded, 2 units of whom both have the same score. */
static void test_the_summary_lists_units_apart_from_people(void **state)
{
    made_run m;
    (void)state;
    open_two(&m, TWO POINTS "of 'units'\nscore { points * 0 + 7, round = half_up(0), " WORDS " }\nrank { within = 'batch', " WORDS " }\n"
                 "of 'people'\n" SCORED "exclude { points:at_least(40), zh = '多', en = 'too many' }\n"
                 "grades { { 'good', zh = '优', en = 'Good', from = 20 }, { 'poor', zh = '差', en = 'Poor', from = 0 } }\n");
    input_run(&m);
    assert_shown(&m, "Outcome  people\n  assessed            2  66.7%");
    assert_shown(&m, "Outcome  units\n  assessed            2  100.0%");
    assert_shown(&m, "Grades  people\n  Good  1  50.0%");
    assert_shown(&m, "scores from 10.0 (a) to 20.0 (b)");
    assert_shown(&m, "scores from 7 (u1) to 7 (u1)");
    assert_shown(&m, "Ranking  units\n  rank  id  name  score\n     1  u1  一科      7\n     1  u2  二科      7\n");
    assert_shown(&m, "By unit  2\n  unit  people  assessed  Good  Poor\n  一科       2         2     1     1\n  二科       1         0     0     0\n");
    assert_shown(&m, "not to be assessed  people 1\n  id  name  unit  clause and reason\n  c   丙    u2    too many\n");
    assert_shown(&m, "Ties  units 1\n  rank 1, score 7, shared by 2: 一科, 二科\n");
    run_close(&m);
}

static void test_without_memory_a_run_ends_with_that(void **state)
{
    (void)state;
    for (long n = 0;; n++) {
        made_run m;
        assess_error err = {0};
        engine_options one = {.threads = 1};
        open_two(&m, TWO POINTS "of 'units'\n" SCORED "of 'people'\nscore { of_unit(points), round = half_up(0), " WORDS " }\n");
        assert_true(batch_finish(m.b, 1));
        mem_fault_after(n);
        assess_status s = engine_run(m.p, m.b, &one, &m.r, &err);
        mem_fault_after(-1);
        if (s == ASSESS_OK)
            assert_score(&m, 4, "2");
        else
            assert_int_equal(s, ASSESS_E_SYSTEM);
        run_close(&m);
        if (s == ASSESS_OK)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_level_has_its_own_score_and_grades),
        cmocka_unit_test(test_the_units_figure_is_that_of_each_of_its_people),
        cmocka_unit_test(test_the_units_score_feeds_its_peoples),
        cmocka_unit_test(test_a_unit_looks_at_its_people),
        cmocka_unit_test(test_each_level_has_its_own_ranks_and_exclusions),
        cmocka_unit_test(test_people_without_a_row_of_their_unit_are_noticed_and_missing),
        cmocka_unit_test(test_what_is_needed_is_needed_of_those_whose_statements_use_it),
        cmocka_unit_test(test_grades_of_history_are_those_of_the_level),
        cmocka_unit_test(test_a_used_file_begins_and_ends_at_the_level_of_its_use),
        cmocka_unit_test(test_a_units_figure_that_cannot_be_computed_ends_the_run),
        cmocka_unit_test(test_what_cannot_be_worked_out_for_units_does_not_spoil_the_sum_of_their_people),
        cmocka_unit_test(test_findings_of_people_and_of_units_stand_in_the_order_of_the_table),
        cmocka_unit_test(test_the_summary_lists_units_apart_from_people),
        cmocka_unit_test(test_without_memory_a_run_ends_with_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
