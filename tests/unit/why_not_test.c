/* why not: the nearest changes that would have given a better grade, each of them tried. */
#include "made_derivation.h"

#define KINDS_PM "kinds { { 'p', zh = '分', en = 'points' }, { 'm', zh = '扣', en = 'minus' } }\n"
#define GRADES "clause '6'\ngrades { { 'a', zh = '优秀', en = 'Excellent', from = 90 }, { 'b', zh = '称职', en = 'Competent', from = 60 }, { 'c', zh = '不称职', en = 'Poor', from = 0 } }\n"
#define POINTS "clause '1'\nlocal given = events 'p':points():sum()\nlocal minus = step { events 'm':points():sum(), zh = '扣分', en = 'Deductions' }\n"
#define SCORE_AND(more) SCHEME KINDS_PM POINTS "score { given - minus, not_below = 0, round = half_up(2), zh = '得分', en = 'Score' }\n" GRADES more
#define HEAD "\nWhat would have given a better grade (each by itself, all others unchanged):\n"

static uint32_t person(made_run *m, const char *points)
{
    uint32_t s = run_subject(m, "1", NULL);
    run_event(m, s, "p", .points = points);
    return s;
}

/* 88.84 lies 1.16 below 90. */
static void test_points_that_the_band_needs(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    uint32_t s = person(&m, "88.84");
    run_now(&m);
    assert_says(&m, s, HEAD "  · a score of 90.00 (it is 88.84, 1.16 more) → Excellent\n");
    assert_says_zh(&m, s, "  · 得分 90.00（现 88.84，差 1.16 分） → 优秀\n");
    run_close(&m);
}

static void test_best_grade_has_no_why_not(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    uint32_t s = person(&m, "90");
    run_now(&m);
    assert_says_not(&m, s, "What would");
    run_close(&m);
}

/* 5 - 20 = -15, held at 0: 75 points are lacking for 60, not 60. */
static void test_floor_is_told_with_what_it_hides(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    uint32_t s = person(&m, "5");
    run_event(&m, s, "m", .points = "20");
    run_now(&m);
    assert_says(&m, s, "a score of 60.00 (it is 0.00, before the floor -15.00, 75.00 more) → Competent\n");
    run_close(&m);
}

/* The cap of 80 lies below the 90 that the best grade needs. */
static void test_cap_in_the_way_is_told(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "kinds { { 'p', zh = '分', en = 'points' }, { 'q', zh = '准', en = 'leave' } }\nscore { events 'p':points():sum(), not_above = events 'q':count() + 80, round = half_up(2), zh = '得分', en = 'Score' }\n" GRADES);
    uint32_t s = person(&m, "85");
    run_now(&m);
    assert_says(&m, s, "a score of 90.00 (it is 80.00, 10.00 more) → Excellent, but its cap holds the score at 80\n");
    run_close(&m);
}

/* 91 - 0.5 - 2 = 88.5: without the 2 it is 90.5, without the 0.5 it is 89. */
static void test_only_events_that_matter_alone_are_named(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    uint32_t s = person(&m, "91");
    run_event(&m, s, "m", .points = "0.5", .from = "2026-02-03");
    run_event(&m, s, "m", .points = "2", .from = "2026-03-04");
    run_now(&m);
    assert_says(&m, s, "  · without made.csv row 4: minus 2026-03-04 → Excellent\n");
    assert_says_zh(&m, s, "  · 没有 made.csv 第 4 行的扣 2026-03-04 → 优秀\n");
    assert_says_not(&m, s, "without made.csv row 3");
    run_close(&m);
}

static void test_statement_that_lowered_the_grade_is_named(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND("clause '7'\nveto { minus:at_least(1), bars = 'a', zh = '否决', en = 'Veto' }\n"));
    uint32_t s = person(&m, "99");
    run_event(&m, s, "m", .points = "1");
    run_now(&m);
    assert_says(&m, s, HEAD "  · without “Veto” (7) → Excellent\n  · without made.csv row 3: minus → Excellent\n");
    assert_says_not(&m, s, "a score of"); /* the points are there */
    run_close(&m);
}

/* With both, neither veto alone is to blame. */
static void test_two_vetoes_are_not_named_one_by_one(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND("veto { minus:at_least(1), bars = 'a', zh = '否一', en = 'One' }\nveto { given:at_least(1), bars = 'a', zh = '否二', en = 'Two' }\n"));
    uint32_t s = person(&m, "99");
    run_event(&m, s, "m", .points = "1");
    run_now(&m);
    assert_says_not(&m, s, "without");
    run_close(&m);
}

#define MEANS SCHEME "items { { 'a', zh = '甲', en = 'A', points = 60 }, { 'b', zh = '乙', en = 'B', points = 40 } }\nroles { 'peer', 'leader' }\n" \
    "local peer = step { ballots 'peer':total():mean(), zh = '群众', en = 'Colleagues' }\nlocal leader = step { ballots 'leader':total():mean(), zh = '领导', en = 'Leader' }\n" \
    "score { weighted { { peer, 0.4 }, { leader, 0.6 } }, round = half_up(2), zh = '得分', en = 'Score' }\n" GRADES

/* 0.4 × 85 + 0.6 × 90 = 88. With 90 of the leader, colleagues need (89.995 - 54) / 0.4 = 89.9875, in hundredths 89.99; with 85 of
 * colleagues, the leader needs (89.995 - 34) / 0.6 = 93.325, 93.33: half up to two places, 89.995 is 90. */
static uint32_t open_means(made_run *m, size_t leaders)
{
    run_open(m, MEANS);
    uint32_t s = run_subject(m, "1", NULL);
    for (size_t i = 0; i < 5; i++)
        run_ballot(m, s, "peer", "50", "35");
    for (size_t i = 0; i < leaders; i++)
        run_ballot(m, s, "leader", "55", "35");
    run_now(m);
    return s;
}

static void test_smallest_mean_of_each_group_that_would_do(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_means(&m, 5);
    assert_says(&m, s, "  · Colleagues of 89.99 (it is 85) → Excellent\n  · Leader of 93.33 (it is 90) → Excellent\n");
    run_close(&m);
}

static void test_means_are_not_told_where_they_are_not_shown(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_means(&m, 1);
    assert_says(&m, s, "a score of 90.00 (it is 88.00, 2.00 more) → Excellent\n");
    assert_says_not(&m, s, "89.99");
    assert_says_not(&m, s, "93.33");
    run_close(&m);
}

/* Ten of the unit, 20 % is 2: who is third needs to be among the first two, or no quota. */
static void test_place_within_the_quota_is_told(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    plan_quota_of(m.p, "a", 20, TIE_ALL_OUT, MADE_WORDS("优秀名额", "Places"));
    plan_settle(m.p);
    for (int i = 0; i < 10; i++) {
        char id[8], points[8];
        snprintf(id, sizeof id, "%d", i);
        snprintf(points, sizeof points, "%d", i < 4 ? 99 - i : 70);
        run_event(&m, run_subject(&m, id, NULL), "p", .points = points);
    }
    run_now(&m);
    assert_says(&m, 2, HEAD "  · “Places”: among the first 2 (it is place 3) → Excellent\n  · without “Places” → Excellent\n");
    run_close(&m);
}

/* 20 more points give the grade; whether its quota has a place depends on the others, who are not tried. */
static void test_quota_that_was_not_asked_is_named(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    plan_quota_of(m.p, "a", 20, TIE_ALL_OUT, MADE_WORDS("优秀名额", "Places"));
    plan_settle(m.p);
    uint32_t s = person(&m, "70");
    run_now(&m);
    assert_says(&m, s, "20.00 more) → Excellent (if the quota has a place)\n");
    assert_says_zh(&m, s, "→ 优秀（名额另计）\n");
    run_close(&m);
}

static void test_long_answers_are_cut_in_the_text_and_whole_in_json(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND(""));
    uint32_t s = person(&m, "90");
    for (int i = 0; i < 9; i++)
        run_event(&m, s, "p", .points = "-0.05"); /* 89.55: none alone is enough */
    run_event(&m, s, "m", .points = "0");
    run_now(&m);
    assert_says_not(&m, s, "more\n");
    run_close(&m);
    run_open(&m, SCORE_AND("veto { events 'm':count():at_least(9), bars = 'a', zh = '否', en = 'Veto' }\n"));
    s = person(&m, "95");
    for (int i = 0; i < 9; i++)
        run_event(&m, s, "m", .points = "0"); /* each of nine is one too many, and the veto */
    run_now(&m);
    assert_says(&m, s, "row 6: minus → Excellent\n  · and 5 more\n");
    char *out = derived(&m, s, ASSESS_EN, true, 0);
    assert_non_null(strstr(out, "{\"kind\":\"event\",\"words\":\"without made.csv row 11: minus → Excellent\",\"clause\":\"\",\"grade\":\"a\",\"needed\":\"\",\"lacking\":\"\",\"event\":{\"file\":\"made.csv\",\"row\":11,"));
    mem_free(out);
    run_close(&m);
}

/* ---- not assessed ---- */

static void test_excluded_are_told_what_would_let_them_in(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND("clause '9'\nexclude { events 'm':count():at_least(1), zh = '有扣分', en = 'with deductions' }\n"));
    uint32_t s = person(&m, "99");
    run_event(&m, s, "m", .points = "1");
    run_now(&m);
    assert_says(&m, s, "\nWhat would have led to an assessment (each by itself, all others unchanged):\n  · without “with deductions” (9) → assessed\n"
                       "  · without made.csv row 3: minus → assessed\n");
    assert_says_not(&m, s, "Excellent\n  · "); /* nobody who is not assessed is told a grade */
    run_close(&m);
}

static void test_two_exclusions_are_named_together(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCORE_AND("exclude { minus:at_least(1), zh = '一', en = 'one' }\nexclude { given:at_least(1), zh = '二', en = 'two' }\n"));
    uint32_t s = person(&m, "99");
    run_event(&m, s, "m", .points = "1");
    run_now(&m);
    assert_says(&m, s, "  · without all of “one”, “two” → assessed\n");
    run_close(&m);
}

static void test_incomplete_are_told_what_is_missing(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, MEANS);
    uint32_t s = run_subject(&m, "1", NULL);
    for (size_t i = 0; i < 5; i++)
        run_ballot(&m, s, "peer", "50", "35");
    run_now(&m);
    assert_says(&m, s, "  · once it is no longer missing: no ballot of leader that counts\n");
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_points_that_the_band_needs),
        cmocka_unit_test(test_best_grade_has_no_why_not),
        cmocka_unit_test(test_floor_is_told_with_what_it_hides),
        cmocka_unit_test(test_cap_in_the_way_is_told),
        cmocka_unit_test(test_only_events_that_matter_alone_are_named),
        cmocka_unit_test(test_statement_that_lowered_the_grade_is_named),
        cmocka_unit_test(test_two_vetoes_are_not_named_one_by_one),
        cmocka_unit_test(test_smallest_mean_of_each_group_that_would_do),
        cmocka_unit_test(test_means_are_not_told_where_they_are_not_shown),
        cmocka_unit_test(test_place_within_the_quota_is_told),
        cmocka_unit_test(test_quota_that_was_not_asked_is_named),
        cmocka_unit_test(test_long_answers_are_cut_in_the_text_and_whole_in_json),
        cmocka_unit_test(test_excluded_are_told_what_would_let_them_in),
        cmocka_unit_test(test_two_exclusions_are_named_together),
        cmocka_unit_test(test_incomplete_are_told_what_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
