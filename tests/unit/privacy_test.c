/* privacy: everything that a derivation shows is set against everything that could have been handed in. */
#include "explain/privacy.h"
#include "made_derivation.h"

/* ---- the attack: try all ballots there could be ----
 *
 * A scheme is run on every combination of small ballots. Whoever reads a derivation can keep those combinations that give the very
 * same page, and has worked a mean out if it is the same in all of them. The score and what the rules decide by it are in everybody's
 * result; so a page may leave no fewer means possible than score, grade and the answers of conditions do. */

enum { POINTS = 4, BALLOTS = 3, WORLDS = POINTS * POINTS * POINTS };

typedef struct world {
    int points[BALLOTS];       /* 0 … 3 each: two colleagues, one leader */
    char *page;                /* text and JSON, without the ids */
    char result[512];          /* score, grade, reasons, as they stand in the results, and the answers of conditions */
} world;

#define ITEM "items { { 'a', zh = '甲', en = 'A', points = 3 } }\nroles { 'peer', 'leader' }\n"
#define MEANS SCHEME ITEM "kinds { { 'm', zh = '扣', en = 'minus' } }\nlocal peer = step { ballots 'peer':total():mean(), zh = '群众', en = 'Colleagues' }\n" \
    "local leader = step { ballots 'leader':total():mean(), zh = '领导', en = 'Leader' }\nlocal minus = step { events 'm':points():sum(), zh = '扣分', en = 'Deductions' }\n"
#define GRADES "grades { { 'a', zh = '优', en = 'Good', from = 2 }, { 'b', zh = '中', en = 'Fair', from = 1 }, { 'c', zh = '差', en = 'Poor', from = 0 } }\n"

static void note_result(const made_run *m, world *w)
{
    char score[64];
    size_t at = result_print_score(m->r, 0, score);
    buffer reasons = {0};
    result_print_reasons(m->r, 0, ASSESS_EN, &reasons);
    buffer_add_char(&reasons, '\0');
    at = (size_t)snprintf(w->result, sizeof w->result, "%.*s|%d|%s|", (int)at, score, m->r->grade[0], reasons.bytes);
    buffer_free(&reasons);
    cell *values = mem_alloc((m->p->node_count + 1) * sizeof *values);
    assert_true(engine_trace(m->r, 0, values));
    for (size_t s = 0; s < m->p->statement_count; s++) { /* answers of conditions stand in the result */
        const statement *t = &m->p->statements[s];
        if (t->node != NODE_NONE && m->p->nodes[t->node].kind == KIND_TRUTH)
            w->result[at++] = values[t->node].missing == NODE_NONE && values[t->node].value.num ? '1' : '0';
    }
    w->result[at] = '\0';
    mem_free(values);
}

static void open_world(world *w, const char *rules, int number)
{
    made_run m;
    char written[8];
    run_open(&m, rules);
    uint32_t s = run_subject(&m, "1", NULL);
    for (int b = 0; b < BALLOTS; b++, number /= POINTS) {
        w->points[b] = number % POINTS;
        snprintf(written, sizeof written, "%d", w->points[b]);
        run_ballot(&m, s, b == 2 ? "leader" : "peer", written);
    }
    if (m.p->kind_count)
        run_event(&m, s, "m", .points = "0.5");
    run_now(&m);
    char *page = derived(&m, s, ASSESS_EN, false, 3), *as_json = derived(&m, s, ASSESS_ZH, true, 3);
    w->page = mem_alloc(strlen(page) + strlen(as_json) + 1);
    strcpy(w->page, page);
    strcat(w->page, as_json);
    note_result(&m, w);
    mem_free(page);
    mem_free(as_json);
    run_close(&m);
}

/* The number of different values that a mean (0: of colleagues, 1: of the leader) has among the worlds like `which`. */
static int possible(const world *worlds, int which, int mean, bool by_page)
{
    bool seen[2 * POINTS] = {false};
    int count = 0;
    for (int i = 0; i < WORLDS; i++) {
        const char *a = by_page ? worlds[i].page : worlds[i].result, *b = by_page ? worlds[which].page : worlds[which].result;
        int value = mean ? worlds[i].points[2] : worlds[i].points[0] + worlds[i].points[1];
        if (strcmp(a, b) != 0 || seen[value])
            continue;
        seen[value] = true;
        count++;
    }
    return count;
}

static void attack(const char *rules)
{
    world worlds[WORLDS] = {{{0}, NULL, ""}};
    for (int i = 0; i < WORLDS; i++)
        open_world(&worlds[i], rules, i);
    for (int i = 0; i < WORLDS; i++)
        for (int mean = 0; mean < 2; mean++)
            if (possible(worlds, i, mean, true) < possible(worlds, i, mean, false))
                fail_msg("the page tells more than the result:\n%s", worlds[i].page);
    for (int i = 0; i < WORLDS; i++)
        mem_free(worlds[i].page);
}

static void test_blend_gives_no_mean_away(void **state)
{
    (void)state;
    attack(MEANS "score { weighted { { peer, 0.4 }, { leader, 0.6 } } - minus, not_below = 0, round = half_up(1), " WORDS " }\n" GRADES);
}

static void test_coarse_score_gives_no_mean_away(void **state)
{
    (void)state;
    attack(MEANS "local blend = step { weighted { { peer, 0.5 }, { leader, 0.5 } }, " WORDS " }\nscore { blend - minus, round = half_up(0), " WORDS " }\n" GRADES);
}

/* A second mixture, a third of a mean, a difference. */
static void test_other_mixtures_give_no_mean_away(void **state)
{
    (void)state;
    attack(MEANS "step { weighted { { peer, 0.5 }, { leader, 0.5 } }, " WORDS " }\nstep { peer / 3, " WORDS " }\nstep { leader - peer, " WORDS " }\n"
           "score { weighted { { peer, 0.4 }, { leader, 0.6 } } - minus, round = half_up(1), " WORDS " }\n" GRADES);
}

static void test_floors_and_caps_of_means_give_none_away(void **state)
{
    (void)state;
    attack(MEANS "local held = step { peer:not_below(1):not_above(2), " WORDS " }\n"
           "score { weighted { { held, 0.4 }, { leader, 0.6 } } - minus, not_below = 0.5, not_above = 2, round = half_up(1), " WORDS " }\n" GRADES);
}

/* Which branch was taken shows in the score; the figure of the branch does not. */
static void test_choices_by_means_give_none_away(void **state)
{
    (void)state;
    attack(MEANS "local chosen = step { when(leader:at_least(2), peer, leader), " WORDS " }\n"
           "score { weighted { { chosen, 0.4 }, { leader, 0.6 } } - minus, round = half_up(1), " WORDS " }\n" GRADES);
}

/* A veto by a mean is a condition in the result; what the grade would be without it, or without the deduction, is not. */
static void test_why_not_gives_no_mean_away(void **state)
{
    (void)state;
    attack(MEANS "local blend = weighted { { peer, 0.4 }, { leader, 0.6 } }\nscore { blend - minus, not_below = 0, round = half_up(0), " WORDS " }\n" GRADES
           "veto { leader:less_than(2), bars = 'a', " WORDS " }\nveto { (peer - minus):less_than(1), bars = 'a', " WORDS " }\n");
}

/* The deduction changes the weights: without it, another mixture would have been compared with the bands. */
static void test_events_that_change_the_mixture_are_not_tried(void **state)
{
    (void)state;
    attack(MEANS "local blend = when(minus:more_than(0), weighted { { peer, 0.9 }, { leader, 0.1 } }, weighted { { peer, 0.1 }, { leader, 0.9 } })\n"
           "score { blend, round = half_up(0), " WORDS " }\n" GRADES);
}

/* Neither shown nor told by the grade it would have led to. */
static void test_median_beside_the_score_gives_no_mean_away(void **state)
{
    (void)state;
    attack(MEANS "local m = step { ballots 'peer':total():median(), " WORDS " }\nstep { m + minus, " WORDS " }\n"
           "score { weighted { { peer, 0.4 }, { leader, 0.6 } } - minus, round = half_up(1), " WORDS " }\n" GRADES);
}

/* A function of the rule file and a table over means are no other than arithmetic. */
static void test_tables_and_functions_of_means_give_none_away(void **state)
{
    (void)state;
    attack(MEANS "local f = step { each(function(s) return s.a * 2 end, { a = leader }), " WORDS " }\n"
           "score { weighted { { peer, 0.4 }, { f, 0.6 } } - minus, round = half_up(1), " WORDS " }\n" GRADES);
}

/* ---- sets of ballots ---- */

static bool closed(const made_run *m, uint32_t subject, unsigned smallest)
{
    derivation d;
    assert_true(explain_subject(m->r, subject, ASSESS_EN, smallest, &d));
    bool is = d.closed;
    explain_free(&d);
    return is;
}

static void add_peers(made_run *m, uint32_t s, int count)
{
    for (int i = 0; i < count; i++)
        run_ballot(m, s, "peer", i % 2 ? "1" : "2");
}

/* The only ballot source of the plan, made another one. */
static void assert_closed_with(ballot_reducer reducer, int ballots, bool expected)
{
    made_run m;
    run_open(&m, SCHEME ITEM "score { ballots 'peer':total():mean(), round = half_up(2), " WORDS " }\n");
    uint32_t s = run_subject(&m, "1", NULL);
    add_peers(&m, s, ballots);
    run_now(&m);
    m.p->ballots[0].reducer = reducer;
    m.p->ballots[0].item = 0; /* choices are of an item */
    assert_int_equal(closed(&m, s, 5), expected);
    run_close(&m);
}

static void test_single_ballots_in_the_score_close_all(void **state)
{
    (void)state;
    assert_closed_with(BALLOT_MEAN, 9, false);
    assert_closed_with(BALLOT_SUM, 4, true);
    assert_closed_with(BALLOT_MEDIAN, 9, true);
    assert_closed_with(BALLOT_HIGHEST, 9, true);
    assert_closed_with(BALLOT_LOWEST, 9, true);
    assert_closed_with(BALLOT_CHOSEN, 4, true);
    assert_closed_with(BALLOT_COUNT, 1, false);
}

/* Seven less two are five, six less two are four. */
static void test_trimmed_means_count_what_is_left(void **state)
{
    (void)state;
    for (int ballots = 6; ballots < 8; ballots++) {
        made_run m;
        run_open(&m, SCHEME ITEM "score { ballots 'peer':total():trimmed { { from = 3, drop = 1 } }:mean(), round = half_up(2), " WORDS " }\n");
        uint32_t s = run_subject(&m, "1", NULL);
        add_peers(&m, s, ballots);
        run_now(&m);
        assert_int_equal(closed(&m, s, 5), ballots < 7);
        run_close(&m);
    }
}

/* Colleagues and leaders, each a mean of its own; or colleagues beside all together, which leaves the leaders. */
static void assert_closed_with_leaders(const char *other, int peers, int leaders, bool expected)
{
    made_run m;
    char rules[1024];
    snprintf(rules, sizeof rules, "%sscore { ballots 'peer':total():mean() + ballots %s:total():mean(), round = half_up(2), " WORDS " }\n", SCHEME ITEM, other);
    run_open(&m, rules);
    uint32_t s = run_subject(&m, "1", NULL);
    add_peers(&m, s, peers);
    for (int i = 0; i < leaders; i++)
        run_ballot(&m, s, "leader", "3");
    run_now(&m);
    assert_int_equal(closed(&m, s, 5), expected);
    run_close(&m);
}

static void test_each_group_needs_enough(void **state)
{
    (void)state;
    assert_closed_with_leaders("'leader'", 7, 5, false);
    assert_closed_with_leaders("'leader'", 7, 4, true);
}

static void test_what_is_left_of_a_set_without_its_parts_needs_enough(void **state)
{
    (void)state;
    assert_closed_with_leaders("{ 'peer', 'leader' }", 7, 5, false);
    assert_closed_with_leaders("{ 'peer', 'leader' }", 7, 4, true);
    assert_closed_with_leaders("{ 'peer', 'leader' }", 7, 0, false);
}

/* ---- others ---- */

/* The best of all colleagues' means is another person's mean. */
#define BEST SCHEME ITEM "local peer = step { ballots 'peer':total():mean(), zh = '群众', en = 'Colleagues' }\n" \
    "local best = step { across { peer, within = 'batch' }:highest(), zh = '最高', en = 'Best' }\nscore { peer * 2 - best, round = half_up(2), " WORDS " }\n"

static void assert_closed_beside(int others_ballots, bool expected)
{
    made_run m;
    run_open(&m, BEST);
    uint32_t s = run_subject(&m, "1", NULL), other = run_subject(&m, "2", NULL);
    add_peers(&m, s, 6);
    add_peers(&m, other, others_ballots);
    run_now(&m);
    assert_int_equal(closed(&m, s, 5), expected);
    run_close(&m);
}

static void test_figures_of_a_group_need_enough_ballots_of_everybody(void **state)
{
    (void)state;
    assert_closed_beside(6, false);
    assert_closed_beside(3, true);
}

/* Scores are public, however few the ballots behind them. */
static void test_mean_of_scores_is_shown(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME ITEM "local total = score { weighted { { ballots 'peer':total():mean(), 0.5 }, { ballots 'leader':total():mean(), 0.5 } }, round = half_up(2), " WORDS " }\n"
             "step { across { total, within = 'batch' }:mean(), zh = '平均', en = 'Mean of all scores' }\n");
    uint32_t s = run_subject(&m, "1", NULL), other = run_subject(&m, "2", NULL);
    const uint32_t both[] = {s, other};
    for (size_t i = 0; i < 2; i++) {
        add_peers(&m, both[i], 2); /* 1.5 */
        run_ballot(&m, both[i], "leader", i ? "3" : "1");
    }
    run_now(&m);
    assert_true(closed(&m, s, 5));
    assert_says(&m, s, "= 1.75\n"); /* (1.25 + 2.25) / 2 */
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blend_gives_no_mean_away),
        cmocka_unit_test(test_coarse_score_gives_no_mean_away),
        cmocka_unit_test(test_other_mixtures_give_no_mean_away),
        cmocka_unit_test(test_floors_and_caps_of_means_give_none_away),
        cmocka_unit_test(test_choices_by_means_give_none_away),
        cmocka_unit_test(test_why_not_gives_no_mean_away),
        cmocka_unit_test(test_events_that_change_the_mixture_are_not_tried),
        cmocka_unit_test(test_median_beside_the_score_gives_no_mean_away),
        cmocka_unit_test(test_tables_and_functions_of_means_give_none_away),
        cmocka_unit_test(test_single_ballots_in_the_score_close_all),
        cmocka_unit_test(test_trimmed_means_count_what_is_left),
        cmocka_unit_test(test_each_group_needs_enough),
        cmocka_unit_test(test_what_is_left_of_a_set_without_its_parts_needs_enough),
        cmocka_unit_test(test_figures_of_a_group_need_enough_ballots_of_everybody),
        cmocka_unit_test(test_mean_of_scores_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
