/* spells: events that last, each weighing by how long; kinds that belong together; versions that begin within the period. */
#include "made_input.h"

#define POSTS "kinds { { 'post', zh = '任职', en = 'Post' }, { 'other', zh = '其他', en = 'Other' } }\nlocal posts, other = events 'post', events 'other'\n"
#define MEAN(by) FIGURE("posts:points():mean { by = '" by "' }:or_else(-1) + other:count()")

static void run_posts(made_run *m, const char *rules, const char *events)
{
    input_open(m, rules);
    input_people(m, "id,name\n1,a\n");
    input_events(m, events);
    input_run(m);
}

static void made_posts(const char *rules, const char *events, const char *expected, const char *file, int line)
{
    made_run m;
    run_posts(&m, rules, events);
    made_score(&m, 0, expected, file, line);
    run_close(&m);
}
#define assert_posts(rules, events, expected) made_posts((rules), (events), (expected), __FILE__, __LINE__)

#define ROWS "subject,kind,from,to,points\n"

static void test_each_spell_weighs_by_its_months(void **state)
{
    (void)state;
    /* 3 months of 80, 9 of 92: (240 + 828) / 12 */
    assert_posts(SCHEME POSTS MEAN("months"), ROWS "1,post,2026-01-01,2026-03-31,80\n1,post,2026-04-01,2026-12-31,92\n", "89.00");
    /* 90 days of 80, 275 of 92: (7200 + 25300) / 365 = 89.0410… */
    assert_posts(SCHEME POSTS MEAN("days"), ROWS "1,post,2026-01-01,2026-03-31,80\n1,post,2026-04-01,2026-12-31,92\n", "89.04");
}

/* 1 January to 10 February is a month and 10 days, 4/3 months; 11 February to 10 April two months. (4/3 × 60 + 2 × 90) / (10/3) = 78 */
static void test_thirty_days_that_are_left_over_make_a_month(void **state)
{
    (void)state;
    assert_posts(SCHEME POSTS MEAN("months"), ROWS "1,post,2026-01-01,2026-02-10,60\n1,post,2026-02-11,2026-04-10,90\n", "78.00");
}

/* Half a year of each lies in 2026; what lies outside it has no weight, and no day in it is no mean. */
static void test_spells_are_cut_to_the_period(void **state)
{
    made_run m;
    engine_options one = {.threads = 1};
    (void)state;
    assert_posts(SCHEME POSTS MEAN("months"), ROWS "1,post,2020-01-01,2026-06-30,60\n1,post,2026-07-01,2030-12-31,90\n", "75.00");
    input_open(&m, SCHEME POSTS MEAN("months"));
    input_people(&m, "id,name\n1,a\n");
    input_events(&m, ROWS "1,post,2025-01-01,2025-12-31,60\n");
    input_problems(&m, 0, 1);
    assert_int_equal(engine_run(m.p, m.b, &one, &m.r, NULL), ASSESS_OK);
    assert_score(&m, 0, "-1.00");
    run_close(&m);
}

/* The second half: 2 months of 60 (July, August), 4 of 90. */
static void test_spells_are_cut_to_the_window_that_was_asked_for(void **state)
{
    (void)state;
    assert_posts(SCHEME POSTS FIGURE("posts:between('2026-07-01', '2026-12-31'):points():mean { by = 'months' } + other:count()"),
                 ROWS "1,post,2026-01-01,2026-08-31,60\n1,post,2026-09-01,2026-12-31,90\n", "80.00");
}

/* Two posts at once: 12 months of 60 and 6 of 90, (720 + 540) / 18 = 70; united, they are 12 months. */
static void test_posts_at_the_same_time_weigh_each_by_itself(void **state)
{
    static const char events[] = ROWS "1,post,2026-01-01,2026-12-31,60\n1,post,2026-07-01,2026-12-31,90\n";
    (void)state;
    assert_posts(SCHEME POSTS MEAN("months"), events, "70.00");
    assert_posts(SCHEME POSTS FIGURE("posts:months() + other:count()"), events, "12.00");
}

static void test_nobody_without_a_spell_has_a_mean(void **state)
{
    (void)state;
    assert_posts(SCHEME POSTS MEAN("months"), ROWS "1,other,2026-01-01,2026-01-01,\n", "0.00"); /* -1 + 1 */
}

static void test_a_spell_needs_its_first_day_and_its_figure(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME POSTS MEAN("months"));
    input_people(&m, "id,name\n1,a\n");
    input_events(&m, ROWS "1,post,,,80\n1,post,2026-01-01,2026-03-31,\n");
    input_problems(&m, 2, 0);
    run_close(&m);
}

static void made_said(const char *rules, assess_language language, const char *expected, const char *file, int line)
{
    plan *p = made_plan_of(rules, NULL, file, line);
    buffer out = {0};
    plan_print_formula(p, made_step(p, 0), language, &out);
    buffer_add_char(&out, '\0');
    _assert_string_equal(out.bytes, expected, file, line);
    buffer_free(&out);
    plan_free(p);
}
#define assert_said(rules, language, expected) made_said((rules), (language), (expected), __FILE__, __LINE__)

static void test_what_weighs_is_said(void **state)
{
    (void)state;
    assert_said(SCHEME KINDS "step { events { 'fault', 'bonus' }:points():mean { by = 'months' }, " WORDS " }\n" SCORE, ASSESS_ZH, "过错、加分的分值按月数加权的平均");
    assert_said(SCHEME KINDS "step { events { 'fault', 'bonus' }:amount():mean { by = 'days' }, " WORDS " }\n" SCORE, ASSESS_EN,
                   "mean, weighed by days, of amount of Fault, Bonus");
}

/* ---- kinds that belong together ---- */

/* Each kind at most 3, both at most 5; the same list elsewhere. Points: 4 → 3 and 2.5 → 5.5 → 5; two events. */
static void test_a_list_of_kinds_is_named_once(void **state)
{
    (void)state;
    assert_posts(SCHEME KINDS "local set = { 'fault', 'bonus' }\nlocal parts = {}\n"
                 "for i, kind in ipairs(set) do parts[i] = events(kind):points():sum():not_above(3) end\n"
                 FIGURE("sum(parts):not_above(5) + events(set):count() * 100"),
                 ROWS "1,fault,2026-01-01,,4\n1,bonus,2026-01-01,,2.5\n", "205.00");
}

/* 4 + 2.5, at most 5, and one event of at least 3 points. */
static void test_events_of_a_category_are_used_in_several_figures(void **state)
{
    (void)state;
    assert_posts(SCHEME KINDS "local set = events { 'fault', 'bonus' }\n"
                 FIGURE("set:points():sum():not_above(5) + set:only { points = { at_least = 3 } }:count() * 100"),
                 ROWS "1,fault,2026-01-01,,4\n1,bonus,2026-01-01,,2.5\n", "105.00");
}

/* ---- versions ---- */

#define TWO(policy) "dated { ['2025-07-01'] = 4, ['2026-07-01'] = 5" policy " }"

static void made_version(const char *rules, const char *period, int expected, const char *file, int line)
{
    plan *p = made_plan_of(rules, &(made_load){.period = period}, file, line);
    const node *figure = &p->nodes[p->nodes[p->statements[p->levels[0].score].node].args[0]];
    _assert_int_equal((int)figure->constant.num, expected, file, line);
    plan_free(p);
}
#define assert_version(rules, period, expected) made_version((rules), (period), (expected), __FILE__, __LINE__)

static void test_the_version_of_the_last_day_counts_unless_said_otherwise(void **state)
{
    (void)state;
    assert_version(SCHEME FIGURE(TWO("")), "2026", 5);
    assert_version(SCHEME FIGURE(TWO(", astride = 'end'")), "2026", 5);
    assert_version(SCHEME FIGURE(TWO("")), "2026H1", 4);
}

/* A version that begins on the first day is in force on it. */
static void test_the_version_of_the_first_day(void **state)
{
    (void)state;
    assert_version(SCHEME FIGURE(TWO(", astride = 'start'")), "2026", 4);
    assert_version(SCHEME FIGURE(TWO(", astride = 'start'")), "2026H2", 5);
    assert_version(SCHEME FIGURE(TWO(", astride = 'start'")), NULL, 5);
}

static void test_a_period_within_one_version_is_never_refused(void **state)
{
    (void)state;
    assert_version(SCHEME FIGURE(TWO(", astride = 'refuse'")), "2026H1", 4);
    assert_version(SCHEME FIGURE(TWO(", astride = 'refuse'")), "2026H2", 5);
    assert_version(SCHEME FIGURE(TWO(", astride = 'refuse'")), "2025-07-01..2026-06-30", 4);
}

#define IN_FORCE(more) "scheme { id = 'x', format = 1, effective = '2025-07-01', expires = '2026-06-30'" more ", title = { zh = '方案', en = 'Scheme' }, " \
                       "source = { zh = '文件', en = 'Paper' } }\n"

static void test_the_scheme_says_it_for_all_of_its_versions(void **state)
{
    (void)state;
    assert_version(IN_FORCE(", astride = 'start'") FIGURE(TWO("")), "2025-07-01..2026-07-31", 4); /* the scheme expires within */
    assert_version(IN_FORCE("") FIGURE("4"), "2025", 4);                                          /* and begins within */
    assert_version(IN_FORCE("") FIGURE("4"), "2026H1", 4);
    assert_version(IN_FORCE(", astride = 'refuse'") FIGURE("4"), "2026H1", 4);
}

static bool describes(const char *rules, const char *period, assess_language language, const char *words, const char *file, int line)
{
    plan *p = made_plan_of(rules, &(made_load){.period = period}, file, line);
    buffer out = {0};
    plan_describe(p, language, &out);
    for (size_t i = 0; i < out.length; i++) /* long rows are broken */
        out.bytes[i] = out.bytes[i] == '\n' ? ' ' : out.bytes[i];
    buffer_add_char(&out, '\0');
    bool said = strstr(out.bytes, words) != NULL;
    if (!said)
        print_error("'%s' not in\n%s\n", words, out.bytes);
    buffer_free(&out);
    plan_free(p);
    return said;
}
#define assert_describes(rules, period, language, words) assert_true(describes((rules), (period), (language), (words), __FILE__, __LINE__))

static void test_show_says_which_policy_there_is(void **state)
{
    (void)state;
    assert_describes(IN_FORCE("") FIGURE("4"), "2025", ASSESS_ZH, "版本：跨施行日的考核期按期末施行的规定");
    assert_describes(IN_FORCE(", astride = 'start'") FIGURE("4"), "2026", ASSESS_EN, "Versions: a period in which another begins goes by what is in force on its first day");
    assert_describes(SCHEME FIGURE(TWO("")), "2026", ASSESS_ZH, "（考核期内自 2026-07-01 ");
    assert_describes(SCHEME FIGURE(TWO(", astride = 'refuse'")), "2026H1", ASSESS_ZH, "；跨施行日的考核期不予计");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_spell_weighs_by_its_months),
        cmocka_unit_test(test_thirty_days_that_are_left_over_make_a_month),
        cmocka_unit_test(test_spells_are_cut_to_the_period),
        cmocka_unit_test(test_spells_are_cut_to_the_window_that_was_asked_for),
        cmocka_unit_test(test_posts_at_the_same_time_weigh_each_by_itself),
        cmocka_unit_test(test_nobody_without_a_spell_has_a_mean),
        cmocka_unit_test(test_a_spell_needs_its_first_day_and_its_figure),
        cmocka_unit_test(test_what_weighs_is_said),
        cmocka_unit_test(test_a_list_of_kinds_is_named_once),
        cmocka_unit_test(test_events_of_a_category_are_used_in_several_figures),
        cmocka_unit_test(test_the_version_of_the_last_day_counts_unless_said_otherwise),
        cmocka_unit_test(test_the_version_of_the_first_day),
        cmocka_unit_test(test_a_period_within_one_version_is_never_refused),
        cmocka_unit_test(test_the_scheme_says_it_for_all_of_its_versions),
        cmocka_unit_test(test_show_says_which_policy_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
