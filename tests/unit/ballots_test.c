/* ballots: what can be made of the ballots of a subject: of several roles, trimmed, in order, by option, by some raters. */
#include "explain/explain.h"
#include "made_run.h"

#define HUNDRED "items { { 'a', zh = '甲', en = 'A', points = 100, invalid = 'counted_apart' } }\n"
#define OPINION "items { { 'opinion', zh = '意见', en = 'Opinion', invalid = 'counted_apart', options = {\n" \
                "{ 'A', zh = '优', en = 'Good', points = 100 }, { 'B', zh = '良', en = 'Fair', points = 100 },\n" \
                "{ 'C', zh = '差', en = 'Poor', points = 0 }, { 'D', zh = '不了解', en = 'Unknown', counted = false } } } }\n"
#define STEP(figure) "step { " figure ", " WORDS " }\n"
#define PEER "ballots 'peer':total()"

enum { MOST_NODES = 256 };

/* The figure of the n-th step as people read it, "-" when it is missing. */
static void made_figure(const made_run *m, size_t step, uint32_t subject, const char *expected, const char *file, int line)
{
    cell values[MOST_NODES];
    char shown[160];
    assert_true(m->p->node_count <= MOST_NODES && engine_trace(m->r, subject, values));
    const cell *c = &values[made_step(m->p, step)];
    if (c->missing == NODE_NONE)
        fraction_print(c->value, shown, sizeof shown);
    _assert_string_equal(c->missing == NODE_NONE ? shown : "-", expected, file, line);
}
#define assert_figure(m, step, expected) made_figure((m), (step), 0, (expected), __FILE__, __LINE__)

/* One subject with these ballots of colleagues, separated by blanks; "_" is a blank one. */
static void run_points(made_run *m, const char *rules, const char *points, const char *file, int line)
{
    char cell_text[16];
    run_open_with(m, rules, &(made_load){.period = "2026"}, file, line);
    uint32_t s = run_subject(m, "s", NULL);
    int used;
    for (const char *at = points; sscanf(at, "%15s%n", cell_text, &used) == 1; at += used)
        run_ballot(m, s, "peer", strcmp(cell_text, "_") == 0 ? BLANK : cell_text);
    run_now_at(m, file, line);
}

static void made_points(const char *rules, const char *points, const char *expected, const char *file, int line)
{
    made_run m;
    run_points(&m, rules, points, file, line);
    made_figure(&m, 0, 0, expected, file, line);
    run_close(&m);
}
#define assert_points(figure, points, expected) \
    made_points(SCHEME HUNDRED ROLES STEP(figure) SCORE, (points), (expected), __FILE__, __LINE__)
#define assert_options(figure, points, expected) \
    made_points(SCHEME OPINION ROLES STEP(figure) SCORE, (points), (expected), __FILE__, __LINE__)

/* ---- several roles ---- */

static void test_roles_together_are_one_heap(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME HUNDRED ROLES STEP("ballots { 'peer', 'leader' }:total():mean()") STEP(PEER ":mean()") STEP("ballots { 'leader', 'peer' }:total():invalid()") SCORE);
    uint32_t s = run_subject(&m, "s", NULL);
    run_ballot(&m, s, "peer", "80");
    run_ballot(&m, s, "peer", "90");
    run_ballot(&m, s, "leader", "70");
    run_ballot(&m, s, "leader", BLANK);
    run_ballot(&m, s, "self", "100");
    run_now(&m);
    assert_figure(&m, 0, "80"); /* (80 + 90 + 70) / 3 */
    assert_figure(&m, 1, "85");
    assert_figure(&m, 2, "1");
    ballot_tally t = engine_tally(m.r, 0, s);
    assert_int_equal(t.counted, 3);
    assert_int_equal(t.used, 3);
    assert_int_equal(t.invalid, 1);
    run_close(&m);
}

static void test_order_of_the_roles_does_not_make_another_source(void **state)
{
    (void)state;
    plan *p = load(SCHEME HUNDRED ROLES STEP("ballots { 'peer', 'leader' }:total():mean()") STEP("ballots { 'leader', 'peer' }:total():mean() + 1") SCORE);
    assert_int_equal(p->ballot_count, 1);
    plan_free(p);
}

/* ---- trimming ---- */

#define TABLE PEER ":trimmed { { from = 5, drop = 1 }, { from = 20, drop = 2 } }"

static void test_below_the_first_row_nothing_is_cut_off(void **state)
{
    (void)state;
    assert_points(TABLE ":mean()", "1 2 3 60", "16.5"); /* 66 / 4 */
}

static void test_exactly_at_a_row_it_applies(void **state)
{
    (void)state;
    assert_points(TABLE ":mean()", "1 2 3 4 60", "3"); /* (2 + 3 + 4) / 3 */
}

static void test_one_below_the_next_row_the_former_applies(void **state)
{
    (void)state; /* 1 … 18 and 60: 2 … 18 are left, 170 / 17 */
    assert_points(TABLE ":mean()", "60 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18", "10");
}

static void test_at_the_next_row_two_are_cut_off_at_each_end(void **state)
{
    (void)state; /* 1 … 19 and 60: 3 … 18 are left, 168 / 16 */
    assert_points(TABLE ":mean()", "60 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19", "10.5");
}

static void test_only_counted_ballots_reach_a_row(void **state)
{
    (void)state; /* four counted */
    assert_points(TABLE ":mean()", "1 2 3 60 _ _", "16.5");
}

static void test_of_equal_ballots_one_is_cut_off(void **state)
{
    (void)state; /* (60 + 60 + 1) / 3 */
    assert_points(TABLE ":mean()", "60 1 60 1 60", "40.333333… (121/3)");
}

static void test_the_ends_may_be_cut_differently(void **state)
{
    (void)state;
    assert_points(PEER ":trimmed { { from = 3, high = 1 } }:mean()", "10 20 60", "15");
    assert_points(PEER ":trimmed { { from = 3, low = 1 } }:mean()", "10 20 60", "40");
    assert_points(PEER ":trimmed { { from = 4, high = 2, low = 1 } }:mean()", "10 20 60 70", "20");
}

static void test_a_share_is_rounded_down(void **state)
{
    (void)state;
    assert_points(PEER ":trimmed { { share = 0.1 } }:sum()", "1 2 3 4 5 6 7 8 9", "45");          /* 0.9 → none */
    assert_points(PEER ":trimmed { { share = 0.1 } }:sum()", "1 2 3 4 5 6 7 8 9 10", "44");       /* 55 − 1 − 10 */
    assert_points(PEER ":trimmed { { from = 3, share = 0.34 } }:sum()", "1 2 3", "2");            /* 1.02 → 1 at each end */
}

static void test_sum_after_trimming_is_of_those_left(void **state)
{
    (void)state;
    assert_points(TABLE ":sum()", "1 2 3 4 60", "9");
}

static void test_ends_of_what_is_left(void **state)
{
    (void)state;
    assert_points(TABLE ":highest()", "1 2 3 5 60", "5");
    assert_points(TABLE ":lowest()", "1 2 3 5 60", "2");
    assert_points(TABLE ":median()", "1 2 3 5 60", "3");
}

static void test_least_looks_at_the_ballots_before_the_cut(void **state)
{
    (void)state;
    assert_points(TABLE ":mean { least = 5 }", "1 2 3 4 60", "3");
    assert_points(TABLE ":mean { least = 6 }", "1 2 3 4 60", "-");
}

/* ---- in order ---- */

static void test_median(void **state)
{
    (void)state;
    assert_points(PEER ":median()", "9.5", "9.5");
    assert_points(PEER ":median()", "90 10 20", "20");
    assert_points(PEER ":median()", "90 10.25 20 7", "15.125"); /* (10.25 + 20) / 2 */
    assert_points(PEER ":median()", "", "-");
}

static void test_highest_lowest_and_sum(void **state)
{
    (void)state;
    assert_points(PEER ":highest()", "90 100 20.5", "100");
    assert_points(PEER ":lowest()", "90 100 20.5", "20.5");
    assert_points(PEER ":highest()", "_ _", "-");
    assert_points(PEER ":sum()", "90 100 20.5", "210.5");
    assert_points(PEER ":sum()", "", "0");
}

static void test_more_ballots_than_a_short_sort_takes(void **state)
{
    made_run m;
    char points[8];
    (void)state;
    run_open(&m, SCHEME HUNDRED ROLES STEP(PEER ":median()") STEP(PEER ":highest()") SCORE);
    uint32_t s = run_subject(&m, "s", NULL);
    for (int i = 0; i < 101; i++) {
        snprintf(points, sizeof points, "%d", i * 37 % 101); /* 0 … 100, each once: 37 and 101 have no common factor */
        run_ballot(&m, s, "peer", points);
    }
    run_now(&m);
    assert_figure(&m, 0, "50");
    assert_figure(&m, 1, "100");
    run_close(&m);
}

/* ---- too few ---- */

static void test_least(void **state)
{
    (void)state;
    assert_points(PEER ":mean { least = 3 }", "80 90", "-");
    assert_points(PEER ":mean { least = 3 }", "80 90 _", "-");
    assert_points(PEER ":mean { least = 3 }", "80 90 70", "80");
    assert_points(PEER ":median { least = 3 }", "80 90", "-");
    assert_points(PEER ":mean {}", "80", "80");
}

static void test_too_few_ballots_are_a_reason(void **state)
{
    made_run m;
    (void)state;
    run_points(&m, SCHEME HUNDRED ROLES "score { " PEER ":mean { least = 3 }, round = half_up(0), " WORDS " }\n", "80 90", __FILE__, __LINE__);
    assert_status_of(&m, 0, STATUS_INCOMPLETE);
    assert_reasons(&m, 0, "fewer than 3 ballots of colleagues that count");
    buffer b = {0};
    result_print_reasons(m.r, 0, ASSESS_ZH, &b);
    assert_text(buffer_text(&b), "有效的群众评分不足 3 张");
    buffer_free(&b);
    run_close(&m);
}

/* ---- options ---- */

#define VOTES "ballots 'peer':item 'opinion'"

static void test_chosen_counts_ballots_of_these_options(void **state)
{
    (void)state;
    assert_options(VOTES ":chosen { 'A' }", "A A B C D _ !", "2"); /* B has the points of A, and is another option */
    assert_options(VOTES ":chosen { 'A', 'B' }", "A A B C D _", "3");
    assert_options(VOTES ":chosen { 'D' }", "A D D", "2");
    assert_options(VOTES ":chosen { 'A' }", "", "0");
}

static void test_share_is_of_the_counted_ballots(void **state)
{
    (void)state;
    assert_options(VOTES ":share { 'A', 'B' }", "A A B C D _", "0.75"); /* 3 of 4 */
    assert_options(VOTES ":share { 'C' }", "A A B", "0");
    assert_options(VOTES ":share { 'A' }", "D D _", "-");
    assert_options(VOTES ":share { 'A' }", "", "-");
}

static void test_an_item_may_have_sixty_four_options(void **state)
{
    made_run m;
    buffer rules = {0};
    char line[96];
    (void)state;
    buffer_add_string(&rules, SCHEME "items { { 'opinion', zh = '意见', en = 'Opinion', options = {");
    for (int i = 0; i < PLAN_MAX_OPTIONS; i++) {
        snprintf(line, sizeof line, "{ 'o%d', zh = '选%d', en = 'O%d', points = %d },", i, i, i, i);
        buffer_add_string(&rules, line);
    }
    buffer_add_string(&rules, "} } }\n" ROLES STEP(VOTES ":chosen { 'o0', 'o63' }") STEP(VOTES ":mean()") SCORE);
    buffer_add_char(&rules, '\0');
    run_open(&m, rules.bytes);
    uint32_t s = run_subject(&m, "s", NULL);
    run_ballot(&m, s, "peer", "o63");
    run_ballot(&m, s, "peer", "o62");
    run_ballot(&m, s, "peer", "o0");
    run_now(&m);
    assert_figure(&m, 0, "2");
    assert_figure(&m, 1, "41.666666… (125/3)"); /* (63 + 62 + 0) / 3 */
    run_close(&m);
    buffer_free(&rules);
}

/* ---- some raters ---- */

/* Makes the first source one of raters with that word in that column of people, as :of_raters does with a declared attribute. */
static void look_at_raters(made_run *m, const char *attribute, const char *word)
{
    plan *p = m->p;
    plan_attribute *a = PLAN_APPEND(p, attributes, attribute_count, attribute_capacity);
    plan_set *set = PLAN_APPEND(p, sets, set_count, set_capacity);
    uint32_t *member = arena_alloc(&p->memory, sizeof *member);
    assert_true(a && set && member);
    *a = (plan_attribute){.id = text_of(attribute), .kind = KIND_WORD, .words = {TEXT("职级"), TEXT("Rank")}, .used = true};
    *member = plan_word_number(p, text_of(word));
    *set = (plan_set){member, 1};
    p->ballots[0].attribute = (uint32_t)p->attribute_count - 1;
    p->ballots[0].set = (uint32_t)p->set_count - 1;
}

static uint32_t person(made_run *m, const char *id, const char *category)
{
    uint32_t number;
    assert_true(batch_add_subject(m->b, text_of(id), text_of(id), TEXT("unit"), text_of(category), TEXT(""), DATE_NONE, m->source,
                                  (uint32_t)m->b->people.count + 2, &number));
    return number;
}

static void open_raters(made_run *m, const char *figure_and_rest)
{
    run_open(m, figure_and_rest);
    uint32_t s = person(m, "s", "");
    person(m, "r1", "处级");
    person(m, "r2", "科级");
    person(m, "r3", " 处级 ");
    run_named(m, "r1", s, "peer", "80");
    run_named(m, "r2", s, "peer", "10");
    run_named(m, "r3", s, "peer", "90");
    run_named(m, "r3", s, "leader", "50");
    run_named(m, "stranger", s, "peer", "20");
    run_ballot(m, s, "peer", "30");
}

static void test_only_raters_with_that_word_count(void **state)
{
    made_run m;
    (void)state;
    open_raters(&m, SCHEME HUNDRED ROLES STEP(PEER ":mean()") STEP(PEER ":count()") SCORE);
    look_at_raters(&m, "category", "处级");
    run_now(&m);
    assert_figure(&m, 0, "85"); /* r1 and r3; r2 has another rank, the stranger and the anonymous none */
    assert_figure(&m, 1, "5");
    assert_int_equal(engine_tally(m.r, 0, 0).counted, 2);
    run_close(&m);
}

static void test_a_further_column_is_found_by_its_id(void **state)
{
    made_run m;
    (void)state;
    open_raters(&m, SCHEME HUNDRED ROLES STEP(PEER ":median()") SCORE);
    look_at_raters(&m, "rank", "senior");
    size_t number = batch_attribute(m.b, TEXT("rank")); /* as reading names it, whatever the header */
    for (size_t i = 0; i < m.b->people.count; i++)
        m.b->people.attributes[number][i] = i == 2 ? TEXT("Senior") : TEXT("junior");
    run_now(&m);
    assert_figure(&m, 0, "10"); /* r2 */
    run_close(&m);
}

static void test_without_the_column_nobody_counts(void **state)
{
    made_run m;
    (void)state;
    open_raters(&m, SCHEME HUNDRED ROLES STEP(PEER ":mean()") SCORE);
    look_at_raters(&m, "rank", "senior");
    run_now(&m);
    assert_figure(&m, 0, "-");
    run_close(&m);
}

/* ---- words ---- */

static void test_formulas_say_what_is_done(void **state)
{
    (void)state;
    plan *p = load(SCHEME HUNDRED ROLES STEP("ballots { 'peer', 'leader' }:total():trimmed { { from = 5, drop = 1 }, { from = 20, share = 0.1 } }:mean { least = 3 }")
                       STEP(PEER ":median()") SCORE);
    assert_formula(p, made_step(p, 0), "mean of ballots of colleagues, leader (from 5 ballots on without the 1 highest and the 1 lowest; "
                                       "from 20 ballots on cutting off the share 0.1 at each end) (fewer than 3: missing)");
    assert_formula(p, made_step(p, 1), "median of ballots of colleagues");
    plan_free(p);
    p = load(SCHEME OPINION ROLES STEP(VOTES ":share { 'A', 'B' }") SCORE);
    assert_formula(p, made_step(p, 0), "number of ballots of colleagues on “Opinion” choosing “Good, Fair” ÷ "
                                       "number of counted ballots of colleagues on “Opinion”");
    plan_free(p);
}

static void test_a_share_is_no_remark(void **state)
{
    (void)state;
    assert_refused(SCHEME OPINION ROLES "step { " VOTES ":share { 'A' }, remark = true, " WORDS " }\n" SCORE, "rules.remark_of_ballots", 6);
}

/* ---- protection of raters ---- */

static bool closed(const made_run *m, unsigned smallest)
{
    derivation d;
    assert_true(explain_subject(m->r, 0, ASSESS_EN, smallest, &d));
    bool answer = d.closed;
    explain_free(&d);
    return answer;
}

/* The value of the n-th line of the derivation. */
static void made_value(const made_run *m, size_t line_number, const char *expected, const char *file, int line)
{
    derivation d;
    assert_true(explain_subject(m->r, 0, ASSESS_EN, 5, &d));
    made_text_equal(d.lines[line_number].value, expected, file, line);
    explain_free(&d);
}
#define assert_value(m, line_number, expected) made_value((m), (line_number), (expected), __FILE__, __LINE__)

static void test_ballots_left_after_trimming_protect(void **state)
{
    made_run m;
    (void)state;
    run_points(&m, SCHEME HUNDRED ROLES STEP(TABLE ":mean()") SCORE, "1 2 3 4 5 60", __FILE__, __LINE__);
    assert_value(&m, 0, "(not shown)"); /* six counted, four left */
    run_close(&m);
    run_points(&m, SCHEME HUNDRED ROLES STEP(TABLE ":mean()") SCORE, "1 2 3 4 5 6 60", __FILE__, __LINE__);
    assert_value(&m, 0, "4"); /* (2 + … + 6) / 5 */
    run_close(&m);
}

static void test_a_mean_beside_its_trimmed_one_closes_both(void **state)
{
    made_run m;
    (void)state; /* 7 × the one − 5 × the other is the two that were cut off */
    run_points(&m, SCHEME HUNDRED ROLES STEP(TABLE ":mean()") STEP(PEER ":mean()") SCORE, "1 2 3 4 5 6 60", __FILE__, __LINE__);
    assert_value(&m, 0, "(not shown)");
    assert_value(&m, 1, "(not shown)");
    run_close(&m);
}

static void test_single_ballots_are_never_shown(void **state)
{
    static const char *const rules[] = {SCHEME HUNDRED ROLES STEP(PEER ":median()") STEP(PEER ":mean()") SCORE,
                                        SCHEME HUNDRED ROLES STEP(PEER ":highest() + 1") STEP(PEER ":mean()") SCORE,
                                        SCHEME HUNDRED ROLES STEP(PEER ":lowest()") STEP(PEER ":mean()") SCORE};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        made_run m;
        run_points(&m, rules[i], "10 20 30 40 50 60", __FILE__, __LINE__);
        assert_value(&m, 0, "(not shown)");
        assert_value(&m, 1, "35"); /* 210 / 6 */
        run_close(&m);
    }
}

static void test_derivation_says_why_a_single_ballot_is_not_shown(void **state)
{
    made_run m;
    derivation d;
    buffer out = {0};
    (void)state;
    run_points(&m, SCHEME HUNDRED ROLES STEP(PEER ":highest()") SCORE, "10 20 30 40 50 60", __FILE__, __LINE__);
    assert_true(explain_subject(m.r, 0, ASSESS_EN, 5, &d));
    explain_text(&d, &out);
    explain_free(&d);
    buffer_add_char(&out, '\0');
    assert_non_null(strstr(out.bytes, "A median, highest or lowest figure is a single ballot"));
    buffer_free(&out);
    run_close(&m);
}

static void test_single_ballots_of_signed_roles_are_shown(void **state)
{
    (void)state;
    made_run m;
    run_points(&m, SCHEME HUNDRED "roles { { 'peer', signed = true } }\n" STEP(PEER ":highest()") SCORE, "10 20", __FILE__, __LINE__);
    assert_value(&m, 0, "20");
    run_close(&m);
}

static void test_a_single_ballot_in_the_score_closes_every_mean(void **state)
{
    made_run m;
    (void)state;
    run_points(&m, SCHEME HUNDRED ROLES STEP(PEER ":mean()") "score { " PEER ":mean() + " PEER ":median(), round = half_up(0), " WORDS " }\n",
               "10 20 30 40 50 60", __FILE__, __LINE__);
    assert_true(closed(&m, 5));
    assert_value(&m, 0, "(not shown)");
    run_close(&m);
}

static void run_two_roles(made_run *m, const char *roles, size_t leaders)
{
    buffer rules = {0};
    buffer_add_string(&rules, SCHEME HUNDRED);
    buffer_add_string(&rules, roles);
    buffer_add_string(&rules, STEP("ballots { 'peer', 'leader' }:total():mean()") STEP(PEER ":mean()") SCORE);
    buffer_add_char(&rules, '\0');
    run_open(m, rules.bytes);
    uint32_t s = run_subject(m, "s", NULL);
    for (size_t i = 0; i < 6; i++)
        run_ballot(m, s, "peer", "80");
    for (size_t i = 0; i < leaders; i++)
        run_ballot(m, s, "leader", "90");
    run_now(m);
    buffer_free(&rules);
}

static void test_a_heap_beside_its_part_gives_the_other_part_away(void **state)
{
    made_run m;
    (void)state;
    run_two_roles(&m, ROLES, 2);
    assert_true(closed(&m, 5));
    run_close(&m);
    run_two_roles(&m, ROLES, 5);
    assert_false(closed(&m, 5));
    run_close(&m);
    run_two_roles(&m, "roles { 'peer', { 'leader', signed = true } }\n", 2);
    assert_false(closed(&m, 5));
    run_close(&m);
}

/* Ten ballots of seniors a and of so many of the other rank b: all together beside those of a alone. */
static bool part_is_closed(size_t others)
{
    made_run m;
    char id[32];
    run_open(&m, SCHEME HUNDRED ROLES STEP(PEER ":sum()") STEP(PEER ":mean()") SCORE);
    uint32_t s = person(&m, "s", "");
    for (size_t i = 0; i < 10 + others; i++) {
        snprintf(id, sizeof id, "r%zu", i);
        person(&m, id, i < 10 ? "a" : "b");
        run_named(&m, id, s, "peer", "80");
    }
    look_at_raters(&m, "category", "a");
    run_now(&m);
    bool answer = closed(&m, 5);
    run_close(&m);
    return answer;
}

static void test_some_raters_beside_all_give_the_others_away(void **state)
{
    (void)state;
    assert_false(part_is_closed(0));
    assert_true(part_is_closed(1));
    assert_true(part_is_closed(4));
    assert_false(part_is_closed(5));
}

static void test_one_table_written_twice_is_one(void **state)
{
    (void)state;
    plan *p = load(SCHEME HUNDRED ROLES STEP(TABLE ":mean()") STEP(TABLE ":mean() + 1") STEP(PEER ":trimmed { { from = 5, drop = 2 } }:mean()") SCORE);
    assert_int_equal(p->trim_count, 2);
    assert_int_equal(p->ballot_count, 2);
    plan_free(p);
}

static void test_derivation_says_how_many_were_cut_off(void **state)
{
    made_run m;
    derivation d;
    buffer out = {0};
    (void)state;
    run_points(&m, SCHEME HUNDRED ROLES STEP(TABLE ":mean()") SCORE, "1 2 3 4 5 6 60 _", __FILE__, __LINE__);
    assert_true(explain_subject(m.r, 0, ASSESS_EN, 5, &d));
    explain_text(&d, &out);
    explain_json(&d, &out);
    explain_free(&d);
    buffer_add_char(&out, '\0');
    assert_non_null(strstr(out.bytes, "7 ballots counted (2 of them cut off), 1 invalid"));
    assert_non_null(strstr(out.bytes, "\"counted\":7,\"not_counted\":0,\"invalid\":1,\"cut_off\":2"));
    buffer_free(&out);
    run_close(&m);
}

/* ---- no memory ---- */

static void test_run_without_memory_fails_cleanly(void **state)
{
    made_run m;
    (void)state;
    open_raters(&m, SCHEME HUNDRED ROLES STEP(PEER ":mean()") STEP(TABLE ":mean()") STEP(PEER ":highest()")
                        "sheets { 'peer', per = 'rater', complete = true, " WORDS " }\n" SCORE);
    look_at_raters(&m, "category", "处级");
    assert_true(batch_finish(m.b, 1));
    m.b->problems.errors = 0;
    for (long successes = 0;; successes++) {
        engine_options o = {.threads = 2};
        assess_error err = {0};
        mem_fault_after(successes);
        assess_status s = engine_run(m.p, m.b, &o, &m.r, &err);
        mem_fault_after(-1);
        if (!s)
            break;
        assert_int_equal(s, ASSESS_E_SYSTEM);
        assert_null(m.r);
        assert_true(successes < 1000);
    }
    assert_figure(&m, 0, "85");
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roles_together_are_one_heap),
        cmocka_unit_test(test_order_of_the_roles_does_not_make_another_source),
        cmocka_unit_test(test_below_the_first_row_nothing_is_cut_off),
        cmocka_unit_test(test_exactly_at_a_row_it_applies),
        cmocka_unit_test(test_one_below_the_next_row_the_former_applies),
        cmocka_unit_test(test_at_the_next_row_two_are_cut_off_at_each_end),
        cmocka_unit_test(test_only_counted_ballots_reach_a_row),
        cmocka_unit_test(test_of_equal_ballots_one_is_cut_off),
        cmocka_unit_test(test_the_ends_may_be_cut_differently),
        cmocka_unit_test(test_a_share_is_rounded_down),
        cmocka_unit_test(test_sum_after_trimming_is_of_those_left),
        cmocka_unit_test(test_ends_of_what_is_left),
        cmocka_unit_test(test_least_looks_at_the_ballots_before_the_cut),
        cmocka_unit_test(test_median),
        cmocka_unit_test(test_highest_lowest_and_sum),
        cmocka_unit_test(test_more_ballots_than_a_short_sort_takes),
        cmocka_unit_test(test_least),
        cmocka_unit_test(test_too_few_ballots_are_a_reason),
        cmocka_unit_test(test_chosen_counts_ballots_of_these_options),
        cmocka_unit_test(test_share_is_of_the_counted_ballots),
        cmocka_unit_test(test_an_item_may_have_sixty_four_options),
        cmocka_unit_test(test_only_raters_with_that_word_count),
        cmocka_unit_test(test_a_further_column_is_found_by_its_id),
        cmocka_unit_test(test_without_the_column_nobody_counts),
        cmocka_unit_test(test_formulas_say_what_is_done),
        cmocka_unit_test(test_a_share_is_no_remark),
        cmocka_unit_test(test_ballots_left_after_trimming_protect),
        cmocka_unit_test(test_a_mean_beside_its_trimmed_one_closes_both),
        cmocka_unit_test(test_single_ballots_are_never_shown),
        cmocka_unit_test(test_derivation_says_why_a_single_ballot_is_not_shown),
        cmocka_unit_test(test_single_ballots_of_signed_roles_are_shown),
        cmocka_unit_test(test_a_single_ballot_in_the_score_closes_every_mean),
        cmocka_unit_test(test_a_heap_beside_its_part_gives_the_other_part_away),
        cmocka_unit_test(test_some_raters_beside_all_give_the_others_away),
        cmocka_unit_test(test_one_table_written_twice_is_one),
        cmocka_unit_test(test_derivation_says_how_many_were_cut_off),
        cmocka_unit_test(test_run_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
