/* Decision tables, weights that hang on tables, limits on grades, lists and refusals: what the words build and what comes out. */
#include "made_run.h"

#define BANDS                                                                                                          \
    "grades { { 'good', zh = '好', en = 'Good', from = 90 }, { 'fair', zh = '中', en = 'Fair', from = 60 },"              \
    " { 'poor', zh = '差', en = 'Poor', from = 0 } }\n"
#define NO_BANDS "grades { { 'good', zh = '好', en = 'Good' }, { 'fair', zh = '中', en = 'Fair' }, { 'poor', zh = '差', en = 'Poor' } }\n"
#define POINTS "local points = events 'bonus':points():sum()\n"
#define HEAD SCHEME KINDS POINTS "local faults = events 'fault':count()\n"
#define SCORED HEAD "score { points, round = half_up(2), " WORDS " }\n"
#define STEP(figure) "step { " figure ", " WORDS " }\n"

/* A subject with so many points and faults. */
static uint32_t subject(made_run *m, const char *id, const char *points, int faults)
{
    uint32_t s = run_subject(m, id, "2020-01-01");
    run_event(m, s, "bonus", .from = "2026-03-01", .points = points);
    for (int i = 0; i < faults; i++)
        run_event(m, s, "fault", .from = "2026-03-01");
    return s;
}

/* ---- by ---- */

static void test_rows_stand_in_the_order_of_the_grades(void **state)
{
    (void)state;
    plan *p = load(SCORED BANDS STEP("by(grade(), { poor = 3, good = 1, fair = 2 })"));
    const plan_table *t = &p->tables[0];
    assert_int_equal(t->key, KIND_GRADE);
    assert_int_equal(t->row_count, 3);
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(t->rows[i].words[0], i);
    assert_formula(p, made_step(p, 0), "by the grade so far: Good → 1; Fair → 2; Poor → 3");
    plan_free(p);
}

static void test_words_without_an_order_stand_in_that_of_their_bytes(void **state)
{
    (void)state;
    plan *p = load(SCORED BANDS "local w = by(grade(), { good = 'x', fair = 'y', poor = 'z' })\n" STEP("by(w, { z = 3, y = 2, x = 1 })"));
    assert_formula(p, made_step(p, 0), "by (by the grade so far: Good → x; Fair → y; Poor → z): x → 1; y → 2; z → 3");
    plan_free(p);
}

static void test_row_of_several_words_and_otherwise(void **state)
{
    (void)state;
    plan *p = load(SCORED BANDS STEP("by(grade(), { { 'poor', 'good', gives = 1 }, { otherwise = 2 } })"));
    assert_formula(p, made_step(p, 0), "by the grade so far: Poor, Good → 1; otherwise → 2");
    plan_free(p);
}

static void test_table_gives_days_grades_and_conditions(void **state)
{
    (void)state;
    plan *p = load(SCORED BANDS "local d = by(grade(), { good = day '2026-01-01', otherwise = period_end() })\n"
                   "local g = by(grade(), { good = grade 'fair', otherwise = grade 'poor' })\n"
                   "local t = by(grade(), { good = points:more_than(1), otherwise = points:more_than(2) })\n"
                   STEP("d") STEP("g") STEP("t"));
    assert_int_equal(p->nodes[made_step(p, 0)].kind, KIND_DAY);
    assert_int_equal(p->nodes[made_step(p, 1)].kind, KIND_GRADE);
    assert_int_equal(p->nodes[made_step(p, 2)].kind, KIND_TRUTH);
    plan_free(p);
}

/* The words of a declared column are all the words there are; those of an undeclared one need `otherwise`. Columns come from
 * a plan here, because the rule language names them elsewhere. */
static void test_words_that_a_key_may_be_come_from_all_its_branches(void **state)
{
    (void)state;
    assert_refused(SCORED BANDS "local w = when(points:more_than(5), by(grade(), { good = 'x', otherwise = 'y' }), by(grade(), { good = 'x', otherwise = 'z' }))\n"
                                "local v = by(w, { x = 1, y = 2 })\n" SCORE,
                   "rules.table_hole", 8);
}

static void test_value_by_the_word_of_each(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, HEAD "local size = steps(points, { { from = 50, gives = 'large' }, { otherwise = 'small' } })\n"
                      "score { by(size, { large = 10, small = 7 }), round = half_up(0), " WORDS " }\n");
    uint32_t large = subject(&m, "a", "50", 0), small = subject(&m, "b", "49.99", 0);
    run_now(&m);
    assert_score(&m, large, "10");
    assert_score(&m, small, "7");
    run_close(&m);
}

/* ---- steps ---- */

/* From 7 (rounded) at 90 to 10 at 100: at 95 half-way, 8.5, which is no rounded value, so that the score may round it: 9. */
/* Without a fault the table has no row, so that the grade is missing: poor stands for it. */
static void test_grade_stands_for_a_missing_grade(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, HEAD NO_BANDS "grade_by { steps(faults, { { from = 1, gives = grade 'good' }, open = true }):or_else 'poor', " WORDS " }\n"
                      "score { points, round = half_up(0), " WORDS " }\n");
    uint32_t with = subject(&m, "a", "1", 1), without = subject(&m, "b", "1", 0);
    run_now(&m);
    assert_int_equal(m.r->grade[with], 0);
    assert_int_equal(m.r->grade[without], 2);
    run_close(&m);
    assert_refused(HEAD NO_BANDS "grade_by { steps(faults, { { from = 1, gives = grade 'good' }, open = true }):or_else 'por', " WORDS " }\n" SCORE,
                   "rules.unknown_grade_near", 6);
}

static void test_straight_line_between_rounded_values_is_not_rounded(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, HEAD "local seven = (faults * 7):rounded(half_up(0))\nlocal line = steps(points, { { from = 100, gives = 10 }, { from = 90, gives = seven },"
                      " { otherwise = 0 }, linear = true })\nstep { line, " WORDS " }\nscore { line, round = half_up(0), " WORDS " }\n");
    uint32_t s = subject(&m, "a", "95", 1), at_edge = subject(&m, "b", "90", 1);
    run_now(&m);
    made_score(&m, s, "9", __FILE__, __LINE__);
    made_score(&m, at_edge, "7", __FILE__, __LINE__);
    run_close(&m);
}

static void test_steps_take_the_first_edge_that_is_reached(void **state)
{
    (void)state;
    static const char *const points[] = {"100", "99.99", "90", "89.99", "80.01", "80"}, *const scores[] = {"10", "8", "8", "5", "5", "0"};
    made_run m;
    run_open(&m, HEAD "score { steps(points, { { from = 100, gives = 10 }, { from = 90, gives = 8 }, { above = 80, gives = 5 }, { otherwise = 0 } }),"
                      " round = half_up(0), " WORDS " }\n");
    for (size_t i = 0; i < 6; i++)
        subject(&m, points[i], points[i], 0);
    run_now(&m);
    for (uint32_t i = 0; i < 6; i++)
        assert_score(&m, i, scores[i]);
    run_close(&m);
}

static void test_figure_below_an_open_table_is_missing(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, HEAD "local s = step { steps(points, { { from = 10, gives = 1 }, open = true }), " WORDS " }\n"
                      "score { s, round = half_up(0), " WORDS " }\n");
    uint32_t s = subject(&m, "a", "9.99", 0);
    run_now(&m);
    assert_status_of(&m, s, STATUS_INCOMPLETE);
    assert_reasons(&m, s, "no row of the table holds for points of Bonus");
    run_close(&m);
}

static void test_edge_may_be_a_parameter(void **state)
{
    (void)state;
    plan *p = load_with(HEAD "local edge = param { 'edge', default = 90, min = 0, max = 100, " WORDS " }\n"
                        "score { steps(points, { { from = edge, gives = 1 }, { otherwise = 0 } }), round = half_up(0), " WORDS " }\n",
                        .settings = {"edge=85.5"});
    assert_int_equal(p->tables[0].rows[0].from.coeff, 855);
    plan_free(p);
}

static void test_edge_reached_and_edge_above_of_one_figure(void **state)
{
    (void)state;
    plan *p = load(HEAD "local s = steps(points, { { above = 80, gives = 1 }, { from = 80, gives = 2 }, { otherwise = 0 } })\n" SCORE);
    plan_free(p);
    assert_refused(HEAD "local s = steps(points, { { from = 80, gives = 1 }, { above = 80, gives = 2 }, { otherwise = 0 } })\n" SCORE,
                   "rules.steps_order", 5);
}

/* ---- figures ---- */

static void test_smallest_largest_sum_absolute_and_between(void **state)
{
    (void)state;
    static const char *const figures[] = {"least { points, 3, 7 }", "most { points, 3, 7 }", "sum { points, 3, 7 }", "abs(points - 9)",
                                          "clamp(points, 6, 8)", "(points / 3):rounded(half_up(1))"};
    static const char *const scores[] = {"3.00", "7.00", "15.00", "4.00", "6.00", "1.70"}; /* points = 5; 5 / 3 = 1.666… */
    for (size_t i = 0; i < 6; i++) {
        char rules[1024];
        made_run m;
        snprintf(rules, sizeof rules, HEAD "score { 1 * %s, round = half_up(2), " WORDS " }\n", figures[i]);
        run_open(&m, rules);
        uint32_t s = subject(&m, "a", "5", 0);
        run_now(&m);
        assert_score(&m, s, scores[i]);
        run_close(&m);
    }
}

static void test_rounded_figure_goes_into_sums(void **state)
{
    (void)state;
    plan *p = load(HEAD "local r = points:rounded(half_up(1))\nscore { r * 0.4 + r, round = half_up(2), " WORDS " }\n");
    plan_free(p);
    assert_refused(HEAD "local r = points:rounded(half_up(1)):or_else(0)\nscore { r, round = half_up(2), " WORDS " }\n",
                   "rules.rounded_twice", 6);
    assert_refused(HEAD "local r = points:rounded(half_up(2)):rounded(half_up(1))\n" SCORE, "rules.rounded_twice", 5);
}

/* ---- weights ---- */

#define SIZES "local size = steps(points, { { from = 50, gives = 'large' }, { otherwise = 'small' } })\n"

static void test_weights_by_a_table_add_up_row_by_row(void **state)
{
    (void)state;
    plan *p = load(HEAD SIZES "local w = weighted { { points, by(size, { large = 0.3, small = 0.4 }) }, { faults, by(size, { large = 0.7, small = 0.6 }) } }\n" SCORE);
    plan_free(p);
    assert_refused(HEAD SIZES "local w = weighted { { points, by(size, { large = 0.3, small = 0.4 }) }, { faults, by(size, { large = 0.7, small = 0.7 }) } }\n" SCORE,
                   "rules.weights_row", 6);
}

static void test_weights_by_steps_are_tried_at_and_between_the_edges(void **state)
{
    (void)state;
    /* 0.5 + 0.5 everywhere but from 10 up to 20, where the second table is a step behind */
    assert_refused(HEAD "local w = weighted { { points, steps(faults, { { from = 10, gives = 0.4 }, { otherwise = 0.5 } }) },\n"
                        " { faults, steps(faults, { { from = 20, gives = 0.6 }, { otherwise = 0.5 } }) } }\n" SCORE,
                   "rules.weights_row", 5);
    plan *p = load(HEAD "local w = weighted { { points, steps(faults, { { from = 10, gives = 0.4 }, { otherwise = 0.5 } }) },\n"
                        " { faults, steps(faults, { { from = 10, gives = 0.6 }, { otherwise = 0.5 } }) } }\n" SCORE);
    plan_free(p);
}

static void test_weights_of_nested_tables(void **state)
{
    (void)state;
    plan *p = load(HEAD SIZES "local few = steps(faults, { { from = 2, gives = 'many' }, { otherwise = 'few' } })\n"
                        "local w = weighted { { points, by(size, { large = by(few, { few = 0.5, many = 0.4 }), small = 0.3 }) },\n"
                        " { faults, by(size, { large = by(few, { few = 0.5, many = 0.6 }), small = 0.7 }) } }\n" SCORE);
    plan_free(p);
}

static void test_weight_of_a_table_with_nothing_but_otherwise(void **state)
{
    (void)state;
    plan *p = load(HEAD "local w = weighted { { points, steps(faults, { { otherwise = 0.5 } }) }, { faults, 0.5 } }\n" SCORE);
    plan_free(p);
}

static void test_figure_of_no_weight_need_not_be_known(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, HEAD SIZES "score { weighted { { points, by(size, { large = 1, small = 0.6 }) }, { months_in_post(), by(size, { large = 0, small = 0.4 }) } },"
                            " round = half_up(0), " WORDS " }\n");
    uint32_t s = run_subject(&m, "a", NULL);
    run_event(&m, s, "bonus", .from = "2026-03-01", .points = "60");
    run_now(&m);
    assert_score(&m, s, "60");
    run_close(&m);
}

#define WEIGHTS_SET(a, b, total) "local a = param { 'a', default = " a ", min = 0, max = 1, " WORDS " }\nlocal b = param { 'b', default = " b ", min = 0, max = 1, " WORDS " }\n" \
    "local w = weighted { { points, a }, { months_in_post(), b }, total = " total " }\n"

/* b is a parameter that is 0, so the months in post, which are missing, need not be known: 1 × 60. */
static void test_parameter_of_no_weight_leaves_its_figure_out(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, HEAD WEIGHTS_SET("1", "0", "1") "score { w, round = half_up(0), " WORDS " }\n");
    uint32_t s = run_subject(&m, "a", NULL);
    run_event(&m, s, "bonus", .from = "2026-03-01", .points = "60");
    run_now(&m);
    assert_score(&m, s, "60");
    run_close(&m);
    assert_refused(HEAD WEIGHTS_SET("0", "0", "0") SCORE, "rules.weight_figure", 7);
}

/* One whose second figure, the months in post, is missing: 80 points. */
static void score_without_start(const char *policy, const char *total, const char *expected)
{
    char rules[1024];
    made_run m;
    snprintf(rules, sizeof rules, HEAD "score { weighted { { points, 0.4 * %s }, { months_in_post(), 0.6 * %s }, missing = '%s', total = %s },"
             " round = half_up(0), " WORDS " }\n", total, total, policy, total);
    run_open(&m, rules);
    uint32_t s = run_subject(&m, "a", NULL);
    run_event(&m, s, "bonus", .from = "2026-03-01", .points = "80");
    run_now(&m);
    assert_score(&m, s, expected);
    run_close(&m);
}

static void test_missing_figure_by_the_three_policies(void **state)
{
    (void)state;
    score_without_start("incomplete", "1", "");
    score_without_start("zero", "1", "32");        /* 0.4 × 80 */
    score_without_start("reweight", "1", "80");    /* 0.4 × 80 ÷ 0.4 */
    score_without_start("reweight", "10", "800");  /* 4 × 80 ÷ 4 × 10 */
}

static void test_reweighted_sum_of_nothing_names_every_figure(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, SCHEME ITEMS ROLES "local p, l = ballots 'peer':total():mean(), ballots 'leader':total():mean()\n"
                 "score { weighted { { p, 0.4 }, { l, 0.6 }, missing = 'reweight' }, round = half_up(0), " WORDS " }\n");
    uint32_t s = run_subject(&m, "a", NULL);
    run_now(&m);
    assert_status_of(&m, s, STATUS_INCOMPLETE);
    assert_reasons(&m, s, "no ballot of colleagues that counts;no ballot of leader that counts");
    run_close(&m);
}

/* ---- grades ---- */

static void test_grade_is_given_by_a_table(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, HEAD NO_BANDS "grade_by { steps(faults, { { from = 3, gives = grade 'poor' }, { from = 1, gives = grade 'fair' }, { otherwise = grade 'good' } }), " WORDS " }\n");
    uint32_t none = subject(&m, "a", "1", 0), one = subject(&m, "b", "1", 1), three = subject(&m, "c", "1", 3);
    run_now(&m);
    assert_grade(&m, none, "good");
    assert_grade(&m, one, "fair");
    assert_grade(&m, three, "poor");
    run_close(&m);
}

static void test_grade_by_needs_grades_before_it(void **state)
{
    (void)state;
    assert_refused(HEAD "grade_by { grade 'good', " WORDS " }\n" NO_BANDS, "rules.unknown_grade", 5);
    assert_refused(HEAD NO_BANDS "local g = grade()\n" SCORE, "rules.grade_not_yet", 6);
}

#define LIMITED(statements) SCORED BANDS statements

static void test_floor_lifts_and_says_so(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("floor { faults:at_least(1), at_least = 'fair', zh = '托底', en = 'Lifted' }\n"));
    uint32_t lifted = subject(&m, "a", "10", 1), above = subject(&m, "b", "95", 1), plain = subject(&m, "c", "10", 0);
    run_now(&m);
    assert_grade(&m, lifted, "fair");
    assert_reasons(&m, lifted, "Lifted: Poor → Fair");
    assert_grade(&m, above, "good");
    assert_reasons(&m, above, "");
    assert_grade(&m, plain, "poor");
    run_close(&m);
}

static void test_ceiling_holds_down_and_says_so(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("ceiling { faults:at_least(1), at_most = 'fair', zh = '限高', en = 'Held' }\n"));
    uint32_t held = subject(&m, "a", "95", 1), below = subject(&m, "b", "10", 1);
    run_now(&m);
    assert_grade(&m, held, "fair");
    assert_reasons(&m, held, "Held: Good → Fair");
    assert_flags(&m, held, ""); /* no veto */
    assert_grade(&m, below, "poor");
    run_close(&m);
}

static void test_fixed_grade_goes_both_ways(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("force { faults:at_least(1), is = 'fair', zh = '直接定等', en = 'Fixed' }\n"));
    uint32_t down = subject(&m, "a", "95", 1), up = subject(&m, "b", "10", 1);
    run_now(&m);
    assert_grade(&m, down, "fair");
    assert_grade(&m, up, "fair");
    assert_reasons(&m, up, "Fixed: Poor → Fair");
    run_close(&m);
}

static void test_no_grade_takes_part_and_has_a_score(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("no_grade { faults:at_least(1), zh = '不定等次', en = 'Pending' }\nrank { within = 'batch', " WORDS " }\n"));
    uint32_t pending = subject(&m, "a", "95", 1), plain = subject(&m, "b", "90", 0);
    run_now(&m);
    assert_status_of(&m, pending, STATUS_ASSESSED);
    assert_score(&m, pending, "95.00");
    assert_grade(&m, pending, "");
    assert_reasons(&m, pending, "Pending: Good → no grade");
    assert_int_equal(m.r->rank[pending], 1);
    assert_int_equal(m.r->rank[plain], 2);
    run_close(&m);
}

static void test_missing_condition_changes_no_grade(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("no_grade { months_in_post():less_than(6), zh = '新到', en = 'New' }\n"));
    uint32_t s = run_subject(&m, "a", NULL);
    run_event(&m, s, "bonus", .from = "2026-03-01", .points = "95");
    run_now(&m);
    assert_grade(&m, s, "good");
    run_close(&m);
}

static void test_floor_behind_anything_that_holds_down_is_refused(void **state)
{
    (void)state;
    assert_refused(LIMITED("no_grade { faults:at_least(9), " WORDS " }\nfloor { faults:at_least(1), at_least = 'fair', " WORDS " }\n"),
                   "rules.floor_behind", 8);
    assert_refused(LIMITED("veto { faults:at_least(9), bars = 'good', " WORDS " }\nfloor { faults:at_least(1), at_least = 'fair', " WORDS " }\n"),
                   "rules.floor_behind", 8);
}

/* ---- lists and refusals ---- */

static void test_list_gives_a_reason_to_its_members(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("list { 'mend', faults:at_least(2), purpose = 'follow_up', zh = '整改', en = 'To mend' }\n"
                         "list { 'mend', grade():exactly(grade 'poor'), purpose = 'follow_up', zh = '差等', en = 'Is poor' }\n"));
    uint32_t both = subject(&m, "a", "10", 2), none = subject(&m, "b", "95", 1);
    run_now(&m);
    assert_int_equal(m.p->list_count, 1);
    assert_reasons(&m, both, "To mend;Is poor");
    assert_reasons(&m, none, "");
    run_close(&m);
}

static void test_refusal_is_found_for_whom_it_holds(void **state)
{
    (void)state;
    made_run m;
    run_open(&m, LIMITED("refuse { faults:at_least(2), zh = '次数不符', en = 'Too many' }\n"));
    uint32_t refused = subject(&m, "a", "10", 2), fine = subject(&m, "b", "95", 1);
    run_now(&m);
    assert_reasons(&m, refused, "Too many");
    assert_reasons(&m, fine, "");
    run_close(&m);
}

/* ---- no memory ---- */

static void test_loading_without_memory_is_an_error(void **state)
{
    (void)state;
    static const char rules[] = LIMITED("local w = weighted { { points, by(grade(), { good = 1, fair = 0.5, poor = 0.5 }) },"
                                        " { faults, by(grade(), { good = 0, otherwise = 0.5 }) }, missing = 'reweight' }\n"
                                        "local x = matrix { rows = grade(), columns = grade(), { 'good', 'good', gives = w }, otherwise = 1 }\n"
                                        "list { 'l', x:more_than(1), purpose = 'honour', " WORDS " }\nno_grade { x:more_than(2), " WORDS " }\n");
    plan *p = NULL;
    for (long n = 0; !p; n++) {
        assess_error err = {0};
        mem_fault_after(n);
        assess_status s = made_load_bytes(text_of(rules), NULL, &p, &err);
        mem_fault_after(-1);
        if (s == ASSESS_E_RULES)
            print_error("%ld: %s\n", n, err.message[ASSESS_EN]);
        assert_int_equal(s, p ? ASSESS_OK : ASSESS_E_SYSTEM);
    }
    plan_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_stand_in_the_order_of_the_grades),
        cmocka_unit_test(test_words_without_an_order_stand_in_that_of_their_bytes),
        cmocka_unit_test(test_row_of_several_words_and_otherwise),
        cmocka_unit_test(test_table_gives_days_grades_and_conditions),
        cmocka_unit_test(test_words_that_a_key_may_be_come_from_all_its_branches),
        cmocka_unit_test(test_value_by_the_word_of_each),
        cmocka_unit_test(test_grade_stands_for_a_missing_grade),
        cmocka_unit_test(test_straight_line_between_rounded_values_is_not_rounded),
        cmocka_unit_test(test_steps_take_the_first_edge_that_is_reached),
        cmocka_unit_test(test_figure_below_an_open_table_is_missing),
        cmocka_unit_test(test_edge_may_be_a_parameter),
        cmocka_unit_test(test_edge_reached_and_edge_above_of_one_figure),
        cmocka_unit_test(test_smallest_largest_sum_absolute_and_between),
        cmocka_unit_test(test_rounded_figure_goes_into_sums),
        cmocka_unit_test(test_weights_by_a_table_add_up_row_by_row),
        cmocka_unit_test(test_weights_by_steps_are_tried_at_and_between_the_edges),
        cmocka_unit_test(test_weights_of_nested_tables),
        cmocka_unit_test(test_weight_of_a_table_with_nothing_but_otherwise),
        cmocka_unit_test(test_figure_of_no_weight_need_not_be_known),
        cmocka_unit_test(test_parameter_of_no_weight_leaves_its_figure_out),
        cmocka_unit_test(test_missing_figure_by_the_three_policies),
        cmocka_unit_test(test_reweighted_sum_of_nothing_names_every_figure),
        cmocka_unit_test(test_grade_is_given_by_a_table),
        cmocka_unit_test(test_grade_by_needs_grades_before_it),
        cmocka_unit_test(test_floor_lifts_and_says_so),
        cmocka_unit_test(test_ceiling_holds_down_and_says_so),
        cmocka_unit_test(test_fixed_grade_goes_both_ways),
        cmocka_unit_test(test_no_grade_takes_part_and_has_a_score),
        cmocka_unit_test(test_missing_condition_changes_no_grade),
        cmocka_unit_test(test_floor_behind_anything_that_holds_down_is_refused),
        cmocka_unit_test(test_list_gives_a_reason_to_its_members),
        cmocka_unit_test(test_refusal_is_found_for_whom_it_holds),
        cmocka_unit_test(test_loading_without_memory_is_an_error),
    };
    return cmocka_run_group_tests_name("decisions", tests, NULL, NULL);
}
