/* engine: what a plan makes of tables. Every expected figure is worked out by hand beside it. */
#include "made_run.h"

#define NUMBERS "items { { 'a', zh = '甲', en = 'A', points = 60 }, { 'b', zh = '乙', en = 'B', points = 40 } }\n"
#define LENIENT "items { { 'a', zh = '甲', en = 'A', points = 60, invalid = 'counted_apart' }, { 'b', zh = '乙', en = 'B', points = 40, invalid = 'counted_apart' } }\n"
#define OPTIONS "items { { 'o', zh = '意', en = 'O', invalid = 'counted_apart', options = { { 'A', points = 100, " WORDS " },\n" \
                " { 'B', points = 92.5, " WORDS " }, { 'F', counted = false, " WORDS " } } } }\n"
#define PEER "roles { 'peer', 'leader' }\nlocal peer, leader = ballots 'peer':total(), ballots 'leader':total()\n"
#define SCORE_OF(figure, round) "score { " figure ", round = " round ", " WORDS " }\n"
/* The score is what the events say: for tests about what happens with a score. */
#define GIVEN "kinds { { 'p', zh = '分', en = 'points' }, { 'm', zh = '扣', en = 'minus' } }\n" \
              "local given = events 'p':points():sum() - events 'm':points():sum()\n"

/* ---- ballots ---- */

/* (59.25 + 40) and (60 + 39.5): mean 99.375, half up 99.38. Columns keep the places of their longest figure. */
static void test_totals_add_items_of_different_scales(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER SCORE_OF("peer:mean()", "half_up(2)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "60", "39.5");
    run_ballot(&m, s, "peer", "59.25", "40");
    run_now(&m);
    assert_score(&m, s, "99.38");
    run_close(&m);
}

/* (100 + 100 + 85) / 3 = 95; (80 + 80 + 85) / 3 = 81.666… */
static void test_means_are_exact(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER SCORE_OF("peer:mean() * 3", "half_up(9)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "40", "40");
    run_ballot(&m, s, "peer", "40", "40");
    run_ballot(&m, s, "peer", "45", "40");
    run_now(&m);
    assert_score(&m, s, "245.000000000"); /* three times the mean is the sum again */
    run_close(&m);
}

static void test_item_means_are_of_that_item_alone(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS "roles { 'peer' }\n" SCORE_OF("ballots 'peer':item 'b':mean()", "half_up(1)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "60", "10.5");
    run_ballot(&m, s, "peer", "0", "20");
    run_now(&m);
    assert_score(&m, s, "15.3"); /* 30.5 / 2 = 15.25 */
    run_close(&m);
}

static void test_roles_and_subjects_are_kept_apart(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER SCORE_OF("peer:mean() * 1000 + leader:mean()", "half_up(0)"));
    uint32_t a = run_subject(&m, "a", NULL), b = run_subject(&m, "b", NULL);
    run_ballot(&m, a, "peer", "1", "0");
    run_ballot(&m, b, "leader", "2", "0");
    run_ballot(&m, b, "peer", "3", "0");
    run_ballot(&m, a, "leader", "4", "0");
    run_now(&m);
    assert_score(&m, a, "1004");
    assert_score(&m, b, "3002");
    run_close(&m);
}

/* A 100 and B 92.5 count: 96.25; F does not. */
static void test_options_give_their_points_or_do_not_count(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPTIONS "roles { 'peer' }\n" SCORE_OF("ballots 'peer':item 'o':mean()", "half_up(2)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "A");
    run_ballot(&m, s, "peer", "F");
    run_ballot(&m, s, "peer", "B");
    run_now(&m);
    assert_score(&m, s, "96.25");
    run_close(&m);
}

static void test_options_are_counted_by_what_they_are(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPTIONS "roles { 'peer' }\nlocal o = ballots 'peer':item 'o'\n"
                 SCORE_OF("o:count() * 100 + o:not_counted() * 10 + o:invalid()", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    static const char *const marks[] = {"A", "B", "F", BLANK, "A", DOUBLE, BLANK, "F"};
    for (size_t i = 0; i < 8; i++)
        run_ballot(&m, s, "peer", marks[i]);
    run_now(&m);
    assert_score(&m, s, "323"); /* A B A; F F; blank, double, blank */
    ballot_tally t = engine_tally(m.r, 0, s);
    assert_int_equal(t.counted, 3);
    assert_int_equal(t.not_counted, 2);
    assert_int_equal(t.invalid, 3);
    run_close(&m);
}

static void test_one_blank_cell_makes_the_whole_ballot_invalid_for_its_total(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME LENIENT PEER SCORE_OF("peer:mean() * 100 + peer:invalid()", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "60", BLANK);
    run_ballot(&m, s, "peer", "1", "2");
    run_ballot(&m, s, "peer", DOUBLE, "40");
    run_now(&m);
    assert_score(&m, s, "302"); /* mean 3, two invalid */
    run_close(&m);
}

static void test_blank_cell_leaves_the_other_items_of_the_ballot_alone(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME LENIENT "roles { 'peer' }\n" SCORE_OF("ballots 'peer':item 'a':mean() * 100 + ballots 'peer':item 'b':count()", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "60", BLANK);
    run_ballot(&m, s, "peer", "20", "2");
    run_now(&m);
    assert_score(&m, s, "4001"); /* mean of a 40, one ballot counts for b */
    run_close(&m);
}

/* 20 items × 15 roles are 300 sources, more than a byte can number. */
static void test_sources_may_be_hundreds(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "local items_, roles_ = {}, {}\nfor i = 1, 20 do items_[i] = { 'i' .. i, points = 9, " WORDS " } end items(items_)\n"
                 "for r = 1, 15 do roles_[r] = { 'r' .. r, " WORDS " } end roles(roles_)\nlocal sum = months_in_post()\n"
                 "for r = 1, 15 do for i = 1, 20 do sum = sum + ballots('r' .. r):item('i' .. i):mean() end end\n" SCORE_OF("sum", "half_up(0)"));
    assert_int_equal(m.p->ballot_count, 300);
    uint32_t s = run_subject(&m, "1", "2026-12-31");
    const char *row[20];
    for (size_t i = 0; i < 20; i++)
        row[i] = i % 2 ? "3" : "1";
    for (int r = 1; r <= 15; r++) {
        char role[16];
        snprintf(role, sizeof role, "r%d", r);
        run_ballot_row(&m, s, role, row);
    }
    run_now(&m);
    assert_score(&m, s, "600"); /* 15 × (10 × 1 + 10 × 3) */
    run_close(&m);
}

/* ---- events ---- */

#define EVENTS "kinds { { 'fault', zh = '过错', en = 'Fault' }, { 'bonus', zh = '加分', en = 'Bonus' }, { 'leave', zh = '请假', en = 'Leave' } }\n"
#define EVENTS_USED "events { 'fault', 'bonus', 'leave' }\n"

/* 1.5 + 0.25 + 3 = 4.75; the bonus is of another kind, the empty cell counts for nothing. */
static void test_points_of_events_are_added_in_any_scale(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED SCORE_OF("events 'fault':points():sum()", "half_up(2)"));
    uint32_t s = run_subject(&m, "1", NULL), other = run_subject(&m, "2", NULL);
    run_event(&m, s, "fault", .points = "1.5");
    run_event(&m, s, "bonus", .points = "9");
    run_event(&m, s, "fault", .points = "0.25");
    run_event(&m, s, "fault", .points = NULL);
    run_event(&m, other, "fault", .points = "7");
    run_event(&m, s, "fault", .points = "3");
    run_now(&m);
    assert_score(&m, s, "4.75");
    assert_score(&m, other, "7.00");
    run_close(&m);
}

/* Mean and highest of the same colleagues are two figures of clause 1; the same mean in clause 2 is another sentence, with that clause. */
static void test_what_figures_of_one_clause_lack_is_said_once(void **state)
{
    made_run m;
    buffer reasons = {0};
    (void)state;
    run_open(&m, SCHEME NUMBERS "clause '1'\nroles { 'peer' }\nlocal peer = ballots 'peer':item 'a'\n"
                 "local one = step { peer:mean() + peer:highest(), zh = '甲', en = 'one' }\n"
                 "clause '2'\nlocal two = step { peer:mean(), zh = '乙', en = 'two' }\n" SCORE_OF("one + two + ballots 'peer':item 'b':count()", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    result_print_reasons(m.r, s, ASSESS_EN, &reasons);
    assert_text(buffer_text(&reasons), "1 no ballot of colleagues that counts;2 no ballot of colleagues that counts");
    buffer_free(&reasons);
    run_close(&m);
}

/* 3 faults: 3 x 10^14 x 10^14 = 3 x 10^28 is more than 64 bits hold, and 3 / (7 x 10^14) has a denominator of more than 32. */
static void test_a_remark_says_a_figure_of_any_size(void **state)
{
    made_run m;
    buffer reasons = {0};
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED "local n = events 'fault':count()\n"
                 "step { n * 100000000000000 * 100000000000000, remark = true, zh = '大', en = 'large' }\n"
                 "step { n / 700000000000000, remark = true, zh = '小', en = 'small' }\n"
                 "step { n / 4, remark = true, zh = '平', en = 'plain' }\n" SCORE_OF("n", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    for (int i = 0; i < 3; i++)
        run_event(&m, s, "fault", .points = "1");
    run_now(&m);
    result_print_reasons(m.r, s, ASSESS_EN, &reasons);
    buffer_add_char(&reasons, '\0');
    const char *said = reasons.bytes;
    assert_non_null(strstr(said, "large 30000000000000000000000000000;"));
    assert_non_null(strstr(said, "(3/700000000000000);"));
    assert_non_null(strstr(said, "plain 0.75"));
    buffer_free(&reasons);
    run_close(&m);
}

static void test_amounts_and_counts_of_several_kinds(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED "local e = events { 'fault', 'bonus' }\n" SCORE_OF("e:amount():sum() * 100 + e:count()", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_event(&m, s, "fault", .amount = "2.5", .points = "100");
    run_event(&m, s, "bonus", .amount = "0.5");
    run_event(&m, s, "leave", .amount = "40");
    run_now(&m);
    assert_score(&m, s, "302"); /* 3 together, two events */
    run_close(&m);
}

static void test_events_without_any_are_zero(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED "local e = events 'fault'\n"
                 SCORE_OF("e:points():sum() + e:amount():sum() + e:count() + e:months()", "half_up(1)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    assert_score(&m, s, "0.0");
    run_close(&m);
}

static void test_liable_is_the_other_part_of_an_event(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED "local e = events 'fault'\n"
                 SCORE_OF("e:points():sum() * 10 + e:as_liable():points():sum()", "half_up(0)"));
    uint32_t a = run_subject(&m, "a", NULL), b = run_subject(&m, "b", NULL), c = run_subject(&m, "c", NULL);
    run_event(&m, a, "fault", .points = "2", .has_liable = true, .liable = b);
    run_event(&m, b, "fault", .points = "1");
    run_event(&m, c, "fault", .points = "3", .has_liable = true, .liable = c);
    run_now(&m);
    assert_score(&m, a, "20");
    assert_score(&m, b, "12"); /* 1 of his own, 2 as the one liable */
    assert_score(&m, c, "33"); /* both at once */
    run_close(&m);
}

/* 01-01 to 03-31 (3 months) and 07-01 to 10-01 (3 months and a day): 6 months and 1/30. */
static void test_months_unite_spans_that_overlap_or_touch(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED SCORE_OF("events { 'leave', 'fault' }:months()", "half_up(3)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_event(&m, s, "leave", .from = "2026-07-01", .to = "2026-10-01");
    run_event(&m, s, "leave", .from = "2026-01-01", .to = "2026-02-28");
    run_event(&m, s, "fault", .from = "2026-02-15", .to = "2026-03-30");
    run_event(&m, s, "leave", .from = "2026-03-31");
    run_now(&m);
    assert_score(&m, s, "6.033");
    run_close(&m);
}

/* From before the year to 2026-02-10: 1 month and 10 days; from 2026-12-25 on: 7 days; another year: nothing. 17/30 = 0.5666… */
static void test_months_are_cut_to_the_period(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED SCORE_OF("events 'leave':months()", "half_up(3)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_event(&m, s, "leave", .from = "2025-09-01", .to = "2026-02-10");
    run_event(&m, s, "leave", .from = "2026-12-25", .to = "2027-03-01");
    run_event(&m, s, "leave", .from = "2024-01-01", .to = "2024-12-31");
    run_now(&m);
    assert_score(&m, s, "1.567");
    run_close(&m);
}

/* Both first and last day count: 07-01 to 12-31 is six months, 07-02 is a day short of it. */
static void test_months_in_post_are_whole_months_to_the_last_day(void **state)
{
    static const char *const starts[][2] = {{"2026-07-01", "6"}, {"2026-07-02", "5"}, {"2026-12-31", "0"}, {"2027-01-01", "0"},
                                            {"2030-05-05", "0"}, {"2025-01-01", "24"}, {"2026-08-31", "4"}};
    made_run m;
    (void)state;
    run_open(&m, SCHEME SCORE_OF("months_in_post()", "half_up(0)"));
    for (size_t i = 0; i < 7; i++)
        run_subject(&m, starts[i][0], starts[i][0]);
    run_now(&m);
    for (uint32_t i = 0; i < 7; i++)
        assert_score(&m, i, starts[i][1]);
    run_close(&m);
}

/* ---- what is missing ---- */

static void test_missing_figures_make_the_score_incomplete_and_are_all_named(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER "clause '3'\n" SCORE_OF("peer:mean() + leader:mean() + months_in_post()", "half_up(0)"));
    uint32_t none = run_subject(&m, "1", NULL), some = run_subject(&m, "2", "2026-01-01");
    run_ballot(&m, some, "peer", "1", "1");
    run_now(&m);
    assert_status_of(&m, none, STATUS_INCOMPLETE);
    assert_reasons(&m, none, "3 no ballot of colleagues that counts;3 no ballot of leader that counts;3 no start date");
    assert_score(&m, none, "");
    assert_reasons(&m, some, "3 no ballot of leader that counts");
    run_close(&m);
}

static void test_or_else_settles_what_is_missing_and_is_not_named(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER SCORE_OF("peer:mean():or_else(7) * 10 + leader:mean()", "half_up(0)"));
    uint32_t full = run_subject(&m, "1", NULL), half = run_subject(&m, "2", NULL), none = run_subject(&m, "3", NULL);
    run_ballot(&m, full, "peer", "1", "0");
    run_ballot(&m, full, "leader", "2", "0");
    run_ballot(&m, half, "leader", "2", "0");
    run_now(&m);
    assert_score(&m, full, "12");
    assert_score(&m, half, "72");
    assert_reasons(&m, none, "no ballot of leader that counts"); /* not that of colleagues, which is provided for */
    run_close(&m);
}

static void test_when_needs_only_the_branch_it_takes(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER SCORE_OF("when(peer:count():at_least(1), peer:mean(), leader:mean())", "half_up(0)"));
    uint32_t peers = run_subject(&m, "1", NULL), leaders = run_subject(&m, "2", NULL), none = run_subject(&m, "3", NULL);
    run_ballot(&m, peers, "peer", "3", "0");
    run_ballot(&m, leaders, "leader", "4", "0");
    run_now(&m);
    assert_score(&m, peers, "3");
    assert_score(&m, leaders, "4");
    assert_reasons(&m, none, "no ballot of leader that counts"); /* the branch taken */
    run_close(&m);
}

static void test_when_without_its_condition_is_missing(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME SCORE_OF("when(months_in_post():at_least(1), 1, 2)", "half_up(0)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    assert_status_of(&m, s, STATUS_INCOMPLETE);
    assert_reasons(&m, s, "no start date");
    run_close(&m);
}

/* Kleene's tables: what is known decides where it can. Y yes, N no, U unknown, for both sides. */
static void test_conditions_are_settled_by_what_is_known(void **state)
{
    static const struct expected {
        const char *word, *left, *right;
        subject_status status;
    } all[] = {
        {"all_of", "Y", "Y", STATUS_EXCLUDED},   {"all_of", "Y", "N", STATUS_ASSESSED},   {"all_of", "N", "U", STATUS_ASSESSED},
        {"all_of", "U", "N", STATUS_ASSESSED},   {"all_of", "Y", "U", STATUS_INCOMPLETE}, {"all_of", "U", "Y", STATUS_INCOMPLETE},
        {"all_of", "U", "U", STATUS_INCOMPLETE}, {"any_of", "N", "N", STATUS_ASSESSED},   {"any_of", "N", "Y", STATUS_EXCLUDED},
        {"any_of", "Y", "U", STATUS_EXCLUDED},   {"any_of", "U", "Y", STATUS_EXCLUDED},   {"any_of", "N", "U", STATUS_INCOMPLETE},
        {"any_of", "U", "N", STATUS_INCOMPLETE}, {"any_of", "U", "U", STATUS_INCOMPLETE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char rules[1024];
        made_run m;
        snprintf(rules, sizeof rules, SCHEME EVENTS EVENTS_USED SCORE "local Y, N = events 'fault':count():exactly(0), events 'fault':any()\n"
                 "local U = months_in_post():at_least(0)\nexclude { %s { %s, %s }, " WORDS " }\n", all[i].word, all[i].left, all[i].right);
        run_open(&m, rules);
        uint32_t s = run_subject(&m, "1", NULL);
        run_now(&m);
        assert_status_of(&m, s, all[i].status);
        run_close(&m);
    }
}

static void test_unless_of_the_unknown_is_unknown(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME SCORE "exclude { unless(months_in_post():at_least(6)), " WORDS " }\n");
    uint32_t known = run_subject(&m, "1", "2026-12-01"), unknown = run_subject(&m, "2", NULL);
    run_now(&m);
    assert_status_of(&m, known, STATUS_EXCLUDED);
    assert_status_of(&m, unknown, STATUS_INCOMPLETE);
    run_close(&m);
}

static void test_unknown_keeps_where_the_rule_says_so(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME SCORE "exclude { months_in_post():less_than(6), unknown = 'keep', " WORDS " }\n");
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    assert_status_of(&m, s, STATUS_ASSESSED);
    assert_score(&m, s, "1");
    run_close(&m);
}

static void test_missing_source_of_two_statements_is_named_once(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "local in_post = months_in_post()\n" SCORE_OF("in_post", "half_up(0)") "exclude { in_post:less_than(6), " WORDS " }\n");
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    assert_reasons(&m, s, "no start date");
    run_close(&m);
}

static void test_every_exclusion_is_named_and_nothing_else(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS EVENTS_USED NUMBERS PEER SCORE_OF("peer:mean()", "half_up(0)") "clause '九'\nexclude { events 'leave':any(), zh = '请假', en = 'on leave' }\n"
                 "exclude { months_in_post():less_than(6), zh = '新到', en = 'new' }\n");
    uint32_t s = run_subject(&m, "1", "2026-11-01");
    run_event(&m, s, "leave", .from = "2026-01-01");
    run_now(&m);
    assert_status_of(&m, s, STATUS_EXCLUDED);
    assert_reasons(&m, s, "九 on leave;九 new"); /* that there is no ballot does not matter any more */
    assert_grade(&m, s, "");
    run_close(&m);
}

/* ---- rounding ---- */

/* By definition: ties away from zero, to the even neighbour, toward zero, away from zero; units of 0.5, 0.2 and 10. */
static void test_scores_are_rounded_as_the_scheme_says(void **state)
{
    static const char *const all[][3] = {
        {"half_up(2)", "2.345", "2.35"},          {"half_up(2)", "2.344999999", "2.34"},     {"half_up(2)", "-2.345", "-2.35"},
        {"half_up(0)", "89.5", "90"},             {"half_up(0)", "89.499999999", "89"},      {"half_even(2)", "2.345", "2.34"},
        {"half_even(2)", "2.355", "2.36"},        {"half_even(2)", "2.345000001", "2.35"},   {"half_even(0)", "-0.5", "0"},
        {"half_even(0)", "-1.5", "-2"},           {"round_down(2)", "2.349", "2.34"},        {"round_down(2)", "-2.349", "-2.34"},
        {"round_up(2)", "2.340000001", "2.35"},   {"round_up(2)", "2.34", "2.34"},           {"round_up(2)", "-2.341", "-2.35"},
        {"half_up { to = 0.5 }", "2.25", "2.5"},  {"half_up { to = 0.5 }", "2.24", "2.0"},   {"half_even { to = 0.5 }", "2.25", "2.0"},
        {"half_up { to = 0.2 }", "2.3", "2.4"},   {"round_down { to = 0.2 }", "2.39", "2.2"}, {"half_up { to = 10 }", "85", "90"},
        {"half_even { to = 10 }", "85", "80"},    {"half_even { to = 10 }", "95", "100"},    {"half_up(9)", "0.000000001", "0.000000001"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char rules[1024];
        made_run m;
        snprintf(rules, sizeof rules, SCHEME "score { '%s', round = %s, " WORDS " }\n", all[i][1], all[i][0]);
        run_open(&m, rules);
        run_subject(&m, "1", NULL);
        run_now(&m);
        assert_score(&m, 0, all[i][2]);
        run_close(&m);
    }
}

static void test_floor_and_cap_flag_only_what_they_change(void **state)
{
    static const char *const all[][4] = {{"50", "0", "50.00", ""}, {"101", "0", "100.00", "capped"}, {"100", "0", "100.00", ""},
                                         {"1", "1", "0.00", ""},   {"1", "1.01", "0.00", "capped"}};
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN "clause '7'\nscore { given, not_below = 0, not_above = 100, round = half_up(2), " WORDS " }\n");
    for (size_t i = 0; i < 5; i++) {
        uint32_t s = run_subject(&m, all[i][0][0] == '5' ? "x" : (const char *[]){"", "b", "c", "d", "e"}[i], NULL);
        run_event(&m, s, "p", .points = all[i][0]);
        run_event(&m, s, "m", .points = all[i][1]);
    }
    run_now(&m);
    for (uint32_t i = 0; i < 5; i++) {
        assert_score(&m, i, all[i][2]);
        assert_flags(&m, i, all[i][3]);
    }
    assert_reasons(&m, 1, "7 worked out to 101, held at the limit");
    assert_reasons(&m, 4, "7 worked out to -0.01, held at the limit");
    run_close(&m);
}

/* ---- grades ---- */

#define BANDS "grades { { 'a', from = 90, zh = '优', en = 'Best' }, { 'b', from = 70, printed_to = 89, zh = '称', en = 'Good' },\n" \
              " { 'c', from = 60, printed_to = 69, zh = '基', en = 'Fair' }, { 'd', from = 0, printed_to = 59, zh = '不', en = 'Poor' } }\n"

static void check_bands(const char *round, const char *const (*all)[3], size_t count)
{
    char rules[2048], id[24];
    made_run m;
    snprintf(rules, sizeof rules, SCHEME GIVEN "score { given, round = %s, " WORDS " }\n" BANDS, round);
    run_open(&m, rules);
    for (size_t i = 0; i < count; i++) {
        snprintf(id, sizeof id, "%zu", i);
        uint32_t s = run_subject(&m, id, NULL);
        bool negative = all[i][0][0] == '-';
        run_event(&m, s, negative ? "m" : "p", .points = all[i][0] + negative);
    }
    run_now(&m);
    for (uint32_t i = 0; i < count; i++) {
        assert_grade(&m, i, all[i][1]);
        assert_flags(&m, i, all[i][2]);
    }
    run_close(&m);
}

/* On both sides of each edge, and of each printed figure: between them is the gap. */
static void test_bands_begin_at_their_edge_and_gaps_are_flagged(void **state)
{
    static const char *const all[][3] = {
        {"100", "a", ""},    {"90.01", "a", ""},   {"90", "a", ""},    {"89.99", "b", "gap"}, {"89.01", "b", "gap"}, {"89", "b", ""},
        {"70", "b", ""},     {"69.99", "c", "gap"}, {"69.01", "c", "gap"}, {"69", "c", ""},   {"60", "c", ""},       {"59.99", "d", "gap"},
        {"59.01", "d", "gap"}, {"59", "d", ""},    {"0.01", "d", ""},  {"0", "d", ""}};
    (void)state;
    check_bands("half_up(2)", all, sizeof all / sizeof *all);
}

/* 89.995 is 90.00 before the bands are looked at; 89.994 is 89.99. */
static void test_bands_take_the_rounded_score(void **state)
{
    static const char *const all[][3] = {{"89.995", "a", ""}, {"89.994", "b", "gap"}, {"89.004", "b", ""}, {"89.005", "b", "gap"}};
    (void)state;
    check_bands("half_up(2)", all, 4);
}

static void test_whole_points_leave_no_gap(void **state)
{
    static const char *const all[][3] = {{"89.5", "a", ""}, {"89.49", "b", ""}, {"69.5", "b", ""}, {"59.5", "c", ""}, {"59.4", "d", ""}};
    (void)state;
    check_bands("half_up(0)", all, 5);
}

static void test_scores_below_zero_have_the_lowest_grade(void **state)
{
    static const char *const all[][3] = {{"-0.01", "d", ""}, {"-50", "d", ""}};
    (void)state;
    check_bands("half_up(2)", all, 2);
}

/* In steps of 2: an edge at 59.5 is reached by 60 and not by 58; 57.9 printed is exceeded by 58. */
static void test_edges_between_two_possible_scores(void **state)
{
    static const char *const all[][3] = {{"60", "x", ""}, {"59.1", "x", ""}, {"58", "y", "gap"}, {"56", "y", ""}};
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN "score { given, round = half_up { to = 2 }, " WORDS " }\n"
                 "grades { { 'x', from = 59.5, " WORDS " }, { 'y', from = 0, printed_to = 57.9, " WORDS " } }\n");
    for (size_t i = 0; i < 4; i++)
        run_event(&m, run_subject(&m, all[i][0], NULL), "p", .points = all[i][0]);
    run_now(&m);
    for (uint32_t i = 0; i < 4; i++) {
        assert_grade(&m, i, all[i][1]);
        assert_flags(&m, i, all[i][2]);
    }
    run_close(&m);
}

static void test_gap_is_explained_with_the_printed_figures(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN SCORE_OF("given", "half_up(2)") "clause '六'\n" BANDS);
    uint32_t s = run_subject(&m, "1", NULL);
    run_event(&m, s, "p", .points = "89.4");
    run_now(&m);
    assert_reasons(&m, s, "六 the score 89.40 lies between the printed figures 89 and 90, taken as Good");
    run_close(&m);
}

/* ---- vetoes ---- */

#define VETOES "kinds { { 'one', " WORDS " }, { 'two', " WORDS " } }\nclause '4'\nveto { events 'one':any(), bars = 'a', zh = '一', en = 'first' }\n" \
               "veto { events 'two':any(), bars = 'b', zh = '二', en = 'second' }\n"

static void test_vetoes_bar_a_grade_and_those_above_it(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN SCORE_OF("given", "half_up(0)") BANDS VETOES);
    uint32_t plain = run_subject(&m, "plain", NULL), one = run_subject(&m, "one", NULL), two = run_subject(&m, "two", NULL),
             both = run_subject(&m, "both", NULL), low = run_subject(&m, "low", NULL);
    for (uint32_t s = plain; s <= both; s++)
        run_event(&m, s, "p", .points = "95");
    run_event(&m, low, "p", .points = "75");
    run_event(&m, one, "one", .points = NULL);
    run_event(&m, two, "two", .points = NULL);
    run_event(&m, both, "two", .points = NULL);
    run_event(&m, both, "one", .points = NULL);
    run_event(&m, low, "one", .points = NULL);
    run_now(&m);
    assert_grade(&m, plain, "a");
    assert_grade(&m, one, "b");
    assert_grade(&m, two, "c");
    assert_grade(&m, both, "c"); /* the stricter one, whatever their order */
    assert_grade(&m, low, "b");
    assert_flags(&m, plain, "");
    assert_flags(&m, one, "veto");
    assert_flags(&m, low, ""); /* changed nothing */
    assert_reasons(&m, one, "4 first: Best → Good");
    assert_reasons(&m, both, "4 first: Best → Good;4 second: Good → Fair");
    assert_reasons(&m, low, "4 first");
    run_close(&m);
}

/* ---- remarks ---- */

static void test_remarks_stand_among_the_reasons_unless_they_are_zero(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN "clause '5'\nstep { events 'm':points():sum(), zh = '扣分', en = 'Deductions', remark = true }\n" SCORE_OF("given", "half_up(0)"));
    uint32_t with = run_subject(&m, "1", NULL), without = run_subject(&m, "2", NULL);
    run_event(&m, with, "m", .points = "1.5");
    run_event(&m, with, "m", .points = "0.25");
    run_now(&m);
    assert_reasons(&m, with, "5 Deductions 1.75");
    assert_reasons(&m, without, "");
    run_close(&m);
}

/* ---- ranks ---- */

#define RANK "rank { within = 'batch', " WORDS " }\n"

static void test_ranks_are_1_1_3_and_ties_are_flagged(void **state)
{
    static const struct expected {
        const char *points, *flags;
        uint32_t rank;
    } all[] = {{"70", "", 5}, {"90", "tie", 1}, {"80", "tie", 3}, {"90", "tie", 1}, {"80", "tie", 3}};
    char id[24];
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN SCORE_OF("given", "half_up(0)") RANK);
    for (size_t i = 0; i < 5; i++) {
        snprintf(id, sizeof id, "%zu", i);
        run_event(&m, run_subject(&m, id, NULL), "p", .points = all[i].points);
    }
    run_now(&m);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(m.r->rank[i], all[i].rank);
        assert_flags(&m, i, all[i].flags);
    }
    run_close(&m);
}

static void test_ranks_are_of_the_assessed_alone(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN SCORE_OF("given", "half_up(0)") RANK "exclude { months_in_post():less_than(6), unknown = 'keep', " WORDS " }\n");
    uint32_t low = run_subject(&m, "low", NULL), gone = run_subject(&m, "gone", "2026-12-01");
    run_event(&m, low, "p", .points = "1");
    run_event(&m, gone, "p", .points = "99");
    run_now(&m);
    assert_int_equal(m.r->rank[low], 1);
    assert_int_equal(m.r->rank[gone], 0);
    run_close(&m);
}

/* Units of 0.000000001: scores over many digits of the radix, on both sides of zero. */
static void test_ranks_order_small_large_and_negative_scores(void **state)
{
    static const char *const points[] = {"0", "123456.789012345", "-0.000000001", "0.000000001", "-123456", "123456.789012346", "4.096"};
    static const uint32_t ranks[] = {5, 2, 6, 4, 7, 1, 3};
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN SCORE_OF("given", "half_up(9)") RANK);
    for (size_t i = 0; i < 7; i++) {
        bool negative = points[i][0] == '-';
        run_event(&m, run_subject(&m, points[i], NULL), negative ? "m" : "p", .points = points[i] + negative);
    }
    run_now(&m);
    for (uint32_t i = 0; i < 7; i++)
        assert_int_equal(m.r->rank[i], ranks[i]);
    run_close(&m);
}

static void test_nobody_is_ranked_without_a_rank_statement(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME SCORE);
    run_subject(&m, "1", NULL);
    run_now(&m);
    assert_int_equal(m.r->rank[0], 0);
    run_close(&m);
}

/* ---- what cannot be computed ---- */

static void check_failure(const char *rules, const char *id, const char *says, uint32_t line)
{
    made_run m;
    assess_error err = {0};
    run_open(&m, rules);
    uint32_t fine = run_subject(&m, "fine", "2026-01-01"), bad = run_subject(&m, "the-one", "2026-12-31");
    run_event(&m, fine, "p", .points = "1");
    run_event(&m, bad, "p", .points = "999999999999999");
    run_event(&m, run_subject(&m, "later", "2026-12-31"), "p", .points = "999999999999999");
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, id);
    assert_non_null(strstr(err.message[ASSESS_EN], says));
    assert_non_null(strstr(err.message[ASSESS_EN], "the-one"));
    assert_non_null(strstr(err.message[ASSESS_ZH], "the-one"));
    assert_string_equal(err.file, "made.lua");
    assert_int_equal(err.line, line);
    assert_null(m.r);
    run_close(&m);
}

/* The fourth power of 10^15 − 1 needs 200 bits. */
static void test_overflow_names_the_person_and_the_figure(void **state)
{
    (void)state;
    check_failure(SCHEME GIVEN "local square = given * given\n" SCORE_OF("square * square", "half_up(2)"), "input.range", "×", 5);
}

/* In post for 0 whole months: fine has 12. */
static void test_division_by_zero_names_the_person_and_the_figure(void **state)
{
    (void)state;
    check_failure(SCHEME GIVEN SCORE_OF("given / months_in_post()", "half_up(2)"), "input.range", "÷ whole months in post", 4);
}

/* 10^15 in units of 10^-9 is 10^24: more than 64 bits. */
static void test_score_beyond_64_bits_names_the_person(void **state)
{
    (void)state;
    check_failure(SCHEME GIVEN SCORE_OF("given", "half_up(9)"), "input.range", "word", 4);
}

static void test_failed_exclusion_names_the_person(void **state)
{
    (void)state;
    check_failure(SCHEME GIVEN SCORE "exclude { (given / months_in_post()):more_than(2000000000000000 / 10), " WORDS " }\n", "input.range", "÷", 5);
}

static void test_division_by_zero_is_no_error_where_nothing_asks_for_it(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME GIVEN "local months = months_in_post()\n" SCORE_OF("when(months:more_than(0), given / months, 0)", "half_up(2)")
                 "exclude { all_of { months:more_than(0), (given / months):more_than(100) }, " WORDS " }\n");
    uint32_t none = run_subject(&m, "1", "2026-12-31"), two = run_subject(&m, "2", "2026-11-01");
    run_event(&m, none, "p", .points = "5");
    run_event(&m, two, "p", .points = "5");
    run_now(&m);
    assert_score(&m, none, "0.00");
    assert_score(&m, two, "2.50");
    run_close(&m);
}

static void test_division_by_zero_is_not_missing(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    run_open(&m, SCHEME SCORE_OF("(1 / months_in_post()):or_else(3)", "half_up(2)"));
    run_subject(&m, "1", "2026-12-31");
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_INPUT);
    run_close(&m);
}

static void test_failure_of_the_excluded_does_not_matter(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME SCORE_OF("1 / months_in_post()", "half_up(2)") "exclude { months_in_post():less_than(1), " WORDS " }\n");
    uint32_t s = run_subject(&m, "1", "2026-12-31");
    run_now(&m);
    assert_status_of(&m, s, STATUS_EXCLUDED);
    run_close(&m);
}

/* With five threads, the failure that is named is still the first in the order of the people. */
static void test_first_failure_is_named_whatever_the_threads(void **state)
{
    made_run m;
    char id[24];
    (void)state;
    run_open(&m, SCHEME SCORE_OF("1 / months_in_post()", "half_up(2)"));
    for (size_t i = 0; i < 20000; i++) {
        snprintf(id, sizeof id, "p%zu", i);
        run_subject(&m, id, i % 5000 == 4321 ? "2026-12-31" : "2026-01-01");
    }
    for (unsigned threads = 1; threads <= 5; threads += 2) {
        assess_error err = {0};
        assert_int_equal(run_try(&m, threads, &err), ASSESS_E_INPUT);
        assert_non_null(strstr(err.message[ASSESS_EN], "of p4321 "));
    }
    run_close(&m);
}

/* A maximum of 10^15 − 1 at nine places has 24 digits. */
static void test_points_with_too_many_places_for_their_maximum_are_refused(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    run_open(&m, SCHEME "items { { 'a', points = 999999999999999, " WORDS " } }\n" PEER SCORE_OF("peer:mean()", "half_up(0)"));
    run_ballot(&m, run_subject(&m, "1", NULL), "peer", "0.000000001");
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, "input.range");
    run_close(&m);
}

static void test_points_of_options_beyond_64_bits_are_refused(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    run_open(&m, SCHEME "items { { 'o', " WORDS ", options = { { 'A', points = 999999999999999, " WORDS " }, { 'B', points = '0.000000001', " WORDS " } } } }\n"
                 "roles { 'peer' }\n" SCORE_OF("ballots 'peer':item 'o':mean()", "half_up(0)"));
    run_ballot(&m, run_subject(&m, "1", NULL), "peer", "A");
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, "input.range");
    run_close(&m);
}

/* 10.000000001 has 11 digits, not 20: its places are not counted twice. */
static void test_maximum_with_many_places_is_no_large_number(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "items { { 'a', points = '10.000000001', " WORDS " } }\n" PEER SCORE_OF("peer:mean()", "half_up(9)"));
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "10.000000001");
    run_ballot(&m, s, "peer", "9.999999999");
    run_now(&m);
    assert_score(&m, s, "10.000000000");
    run_close(&m);
}

static void test_bands_beyond_64_bits_of_the_score_are_compared_all_the_same(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "score { months_in_post():or_else(1), round = half_up(9), " WORDS " }\ngrades { { 'a', from = 999999999999999, " WORDS " }, { 'b', from = 0, " WORDS " } }\n");
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    assert_int_equal(m.r->grade[s], 1); /* 1 point is below 10^15 - 1: the last grade */
    run_close(&m);
}

static void test_batch_with_errors_is_not_run(void **state)
{
    made_run m;
    assess_error err = {0};
    engine_options o = {.threads = 1};
    (void)state;
    run_open(&m, SCHEME SCORE);
    m.b->problems.errors = 1;
    assert_int_equal(engine_run(m.p, m.b, &o, &m.r, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.batch_has_errors");
    assert_null(m.r);
    run_close(&m);
}

/* ---- many ---- */

enum { MANY = 22000, SEED = 20260101 }; /* three ballots each: more than one slice of the work */

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

#define MANY_RULES SCHEME NUMBERS PEER GIVEN "step { events 'm':points():sum(), zh = '扣', en = 'minus', remark = true }\n" \
                   "score { weighted { { peer:mean(), 0.4 }, { leader:mean(), 0.6 } } + given, not_below = 0, round = half_up(2), " WORDS " }\n" BANDS \
                   "exclude { months_in_post():less_than(6), unknown = 'keep', " WORDS " }\n" RANK

/* The points of ballot k: whole, hundredths and those of the second item. */
typedef struct points {
    unsigned whole, part, other;
} points;

static points points_of(size_t k)
{
    uint64_t seed = SEED + k;
    unsigned whole = next_random(&seed) % 60, part = next_random(&seed) % 100;
    return (points){whole, part, next_random(&seed) % 41};
}

/* Two peers and a leader each, points in hundredths; every seventh has no leader, every eleventh is new. In `turn` the
 * ballots come in another order. */
static void open_many(made_run *m, size_t turn)
{
    char id[24], a[24], b[24];
    run_open(m, MANY_RULES);
    for (size_t i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "p%zu", i);
        run_subject(m, id, i % 11 == 0 ? "2026-11-11" : NULL);
    }
    for (size_t n = 0; n < 3 * MANY; n++) {
        size_t k = turn ? (n * 7919 + turn) % (3 * MANY) : n; /* 7919 is a prime that does not divide 66000 */
        size_t i = k / 3;
        points given = points_of(k);
        snprintf(a, sizeof a, "%u.%02u", given.whole, given.part);
        snprintf(b, sizeof b, "%u", given.other);
        if (k % 3 < 2 || i % 7)
            run_ballot(m, (uint32_t)i, k % 3 < 2 ? "peer" : "leader", a, b);
    }
    for (size_t i = 0; i < MANY; i += 5)
        run_event(m, (uint32_t)i, "m", .points = "0.5");
}

static void assert_same_result(const result *a, const result *b)
{
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->status, b->status, a->count * sizeof *a->status);
    assert_memory_equal(a->score, b->score, a->count * sizeof *a->score);
    assert_memory_equal(a->grade, b->grade, a->count * sizeof *a->grade);
    assert_memory_equal(a->rank, b->rank, a->count * sizeof *a->rank);
    assert_memory_equal(a->flags, b->flags, a->count * sizeof *a->flags);
    assert_int_equal(a->finding_count, b->finding_count);
    for (size_t i = 0; i < a->finding_count; i++) {
        assert_int_equal(a->findings[i].subject, b->findings[i].subject);
        assert_int_equal(a->findings[i].kind, b->findings[i].kind);
        assert_int_equal(a->findings[i].about, b->findings[i].about);
        assert_int_equal(fraction_compare(finding_figure(&a->findings[i]), finding_figure(&b->findings[i])), 0);
    }
}

static void test_result_does_not_depend_on_threads_or_the_order_of_ballots(void **state)
{
    static const unsigned threads[] = {1, 2, 7};
    made_run first;
    assess_error err = {0};
    (void)state;
    open_many(&first, 0);
    run_now(&first);
    for (size_t turn = 0; turn < 3; turn++) {
        made_run m;
        open_many(&m, turn * 1000 + 1);
        assert_int_equal(run_try(&m, threads[turn], &err), ASSESS_OK);
        assert_same_result(first.r, m.r);
        run_close(&m);
    }
    run_close(&first);
}

/* The same score by a plain loop over the same numbers, in hundredths of a tenth: 0.4 × (p + q) / 2 + 0.6 × l − d. */
static int64_t plain_score(size_t i)
{
    int64_t cents[3];
    for (size_t k = 0; k < 3; k++) {
        points given = points_of(3 * i + k);
        cents[k] = 100 * (int64_t)(given.whole + given.other) + given.part;
    }
    int64_t tenths = 2 * (cents[0] + cents[1]) + 6 * cents[2] - (i % 5 ? 0 : 500); /* of a hundredth */
    return tenths < 0 ? 0 : (tenths + 5) / 10;
}

static void test_many_subjects_have_the_scores_of_a_plain_loop(void **state)
{
    made_run m;
    size_t assessed = 0;
    (void)state;
    open_many(&m, 0);
    run_now(&m);
    for (size_t i = 0; i < MANY; i++) {
        subject_status expected = i % 11 == 0 ? STATUS_EXCLUDED : i % 7 == 0 ? STATUS_INCOMPLETE : STATUS_ASSESSED;
        assert_int_equal(m.r->status[i], expected);
        if (expected == STATUS_ASSESSED)
            assert_int_equal(m.r->score[i], plain_score(i));
        assessed += expected == STATUS_ASSESSED;
    }
    assert_true(assessed > 5000);
    run_close(&m);
}

static void test_findings_stand_in_the_order_of_the_people(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    open_many(&m, 0);
    assert_int_equal(run_try(&m, 7, &err), ASSESS_OK);
    for (size_t i = 1; i < m.r->finding_count; i++)
        assert_true(m.r->findings[i - 1].subject <= m.r->findings[i].subject);
    size_t seen = 0;
    for (uint32_t s = 0; s < MANY; s++) {
        size_t count;
        const finding *f = result_findings(m.r, s, &count);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(f[i].subject, s);
        seen += count;
    }
    assert_int_equal(seen, m.r->finding_count);
    run_close(&m);
}

static void test_ranks_of_many_agree_with_their_scores(void **state)
{
    made_run m;
    (void)state;
    open_many(&m, 0);
    run_now(&m);
    for (size_t i = 0; i < MANY; i += 97) {
        uint32_t better = 0;
        for (size_t j = 0; j < MANY; j++)
            better += m.r->status[j] == STATUS_ASSESSED && m.r->score[j] > m.r->score[i];
        assert_int_equal(m.r->rank[i], m.r->status[i] == STATUS_ASSESSED ? better + 1 : 0);
    }
    run_close(&m);
}

static void test_nobody_at_all_is_a_result(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, MANY_RULES);
    run_now(&m);
    assert_int_equal(m.r->count, 0);
    assert_int_equal(m.r->finding_count, 0);
    run_close(&m);
}

/* ---- derivations ---- */

static void test_trace_gives_the_values_of_the_run(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME NUMBERS PEER "step { peer:mean(), " WORDS " }\nstep { leader:mean() + 1, " WORDS " }\n" SCORE_OF("peer:mean() / 3", "half_up(2)"));
    run_subject(&m, "0", NULL);
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "50", "0");
    run_now(&m);
    cell *values = calloc(m.p->node_count, sizeof *values);
    assert_non_null(values);
    assert_true(engine_trace(m.r, s, values));
    const cell *peer = &values[made_step(m.p, 0)], *leader = &values[made_step(m.p, 1)], *score = &values[m.p->statements[m.p->levels[0].score].node];
    assert_int_equal(peer->missing, NODE_NONE);
    assert_int_equal(fraction_compare(peer->value, fraction_of(50, 1)), 0);
    assert_int_equal(m.p->nodes[leader->missing].op, OP_BALLOTS); /* the source that is missing, not the sum */
    assert_int_equal(fraction_compare(score->value, fraction_of(1667, 100)), 0);
    free(values);
    run_close(&m);
}

static void test_events_count_for_their_source_part_and_person(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME EVENTS "local e = events { 'fault', 'bonus' }\nstep { e:count(), " WORDS " }\nstep { e:as_liable():count(), " WORDS " }\nevents 'leave'\n" SCORE);
    run_subject(&m, "1", NULL);
    run_now(&m);
    event fault = {.subject = 1, .liable = 2, .kind = 0}, leave = {.subject = 1, .liable = 2, .kind = 2};
    assert_true(engine_event_counts(m.r, 0, &fault, 1));
    assert_false(engine_event_counts(m.r, 0, &fault, 2));
    assert_false(engine_event_counts(m.r, 1, &fault, 1));
    assert_true(engine_event_counts(m.r, 1, &fault, 2));
    assert_false(engine_event_counts(m.r, 0, &leave, 1));
    run_close(&m);
}

static void test_vocabulary_demands_what_the_plan_reads(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPTIONS "roles { 'self', 'peer' }\n" EVENTS "step { ballots 'peer':item 'o':mean(), " WORDS " }\n"
                 "step { events 'fault':as_liable():points():sum(), " WORDS " } step { events 'leave':months(), " WORDS " }\n"
                 "step { events 'bonus':amount():sum(), " WORDS " }\n" SCORE);
    const vocabulary *w = &m.b->words;
    assert_true(w->needs_ratings);
    assert_false(w->needs_measures || w->needs_history);
    assert_int_equal(w->items[0].option_count, 3);
    assert_true(w->items[0].lenient);
    assert_false(w->roles[0].used);
    assert_true(w->roles[1].used);
    assert_true(w->kinds[0].needs_points && w->kinds[0].uses_liable && !w->kinds[0].needs_from);
    assert_true(w->kinds[2].needs_from && !w->kinds[2].needs_points);
    assert_true(w->kinds[1].needs_amount && !w->kinds[1].uses_liable);
    run_close(&m);
}

/* ---- cancelling ---- */

typedef struct counter {
    unsigned calls, stop_at;
    uint64_t last;
} counter;

static int count_progress(void *user, uint64_t done, uint64_t total)
{
    counter *c = user;
    assert_true(done >= c->last && done <= total);
    c->last = done;
    return ++c->calls == c->stop_at;
}

static void test_progress_that_says_stop_ends_the_run(void **state)
{
    made_run m;
    (void)state;
    open_many(&m, 0);
    assert_true(batch_finish(m.b, 1));
    counter whole = {0};
    engine_options o = {.threads = 2, .progress = count_progress, .user = &whole};
    assert_int_equal(engine_run(m.p, m.b, &o, &m.r, NULL), ASSESS_OK);
    assert_true(whole.calls > 0);
    for (unsigned at = 1; at <= whole.calls; at++) {
        assess_error err = {0};
        result *r = NULL;
        counter stop = {.stop_at = at};
        o.user = &stop;
        assert_int_equal(engine_run(m.p, m.b, &o, &r, &err), ASSESS_E_CALL);
        assert_string_equal(err.id, "call.cancelled");
        assert_null(r);
        assert_int_equal(stop.calls, at); /* and asks no more */
    }
    run_close(&m);
}

/* ---- no memory ---- */

static void test_run_without_memory_fails_cleanly(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, MANY_RULES);
    uint32_t a = run_subject(&m, "a", NULL), b = run_subject(&m, "b", NULL), c = run_subject(&m, "c", "2026-11-11");
    run_ballot(&m, a, "peer", "10", "20");
    run_ballot(&m, a, "leader", "30.5", "40");
    run_ballot(&m, b, "peer", "10", "20");
    run_event(&m, a, "m", .points = "1", .has_liable = true, .liable = c);
    assert_true(batch_finish(m.b, 1));
    assess_status status = ASSESS_E_SYSTEM;
    for (unsigned threads = 1; threads <= 2; threads++)
        for (long n = 0; status || n == 0; n++) {
            assess_error err = {0};
            engine_options o = {.threads = threads};
            result *r = NULL;
            mem_fault_after(n);
            status = engine_run(m.p, m.b, &o, &r, &err);
            mem_fault_after(-1);
            assert_true(n < 1000);
            assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
            assert_true((status == ASSESS_OK) == (r != NULL));
            result_free(r);
        }
    run_close(&m);
}

/* 10 / 0 for one member spoils the mean of the group: an error, whoever asks for it, and in whatever pass. */
static void test_group_figure_that_cannot_be_computed_ends_the_run(void **state)
{
    made_run m;
    assess_error err = {0};
    (void)state;
    run_open(&m, SCHEME "kinds { { 'fault', zh = '过', en = 'Fault' } }\n"
             "local mean = across { 10 / events 'fault':count(), within = 'batch' }:mean()\nscore { mean, round = half_up(0), " WORDS " }\n");
    run_subject(&m, "1", NULL);
    run_event(&m, run_subject(&m, "2", NULL), "fault", .from = NULL);
    assert_int_equal(run_try(&m, 1, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, "input.range");
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_totals_add_items_of_different_scales),
        cmocka_unit_test(test_means_are_exact),
        cmocka_unit_test(test_item_means_are_of_that_item_alone),
        cmocka_unit_test(test_roles_and_subjects_are_kept_apart),
        cmocka_unit_test(test_options_give_their_points_or_do_not_count),
        cmocka_unit_test(test_options_are_counted_by_what_they_are),
        cmocka_unit_test(test_one_blank_cell_makes_the_whole_ballot_invalid_for_its_total),
        cmocka_unit_test(test_blank_cell_leaves_the_other_items_of_the_ballot_alone),
        cmocka_unit_test(test_sources_may_be_hundreds),
        cmocka_unit_test(test_points_of_events_are_added_in_any_scale),
        cmocka_unit_test(test_what_figures_of_one_clause_lack_is_said_once),
        cmocka_unit_test(test_a_remark_says_a_figure_of_any_size),
        cmocka_unit_test(test_amounts_and_counts_of_several_kinds),
        cmocka_unit_test(test_events_without_any_are_zero),
        cmocka_unit_test(test_liable_is_the_other_part_of_an_event),
        cmocka_unit_test(test_months_unite_spans_that_overlap_or_touch),
        cmocka_unit_test(test_months_are_cut_to_the_period),
        cmocka_unit_test(test_months_in_post_are_whole_months_to_the_last_day),
        cmocka_unit_test(test_missing_figures_make_the_score_incomplete_and_are_all_named),
        cmocka_unit_test(test_or_else_settles_what_is_missing_and_is_not_named),
        cmocka_unit_test(test_when_needs_only_the_branch_it_takes),
        cmocka_unit_test(test_when_without_its_condition_is_missing),
        cmocka_unit_test(test_conditions_are_settled_by_what_is_known),
        cmocka_unit_test(test_unless_of_the_unknown_is_unknown),
        cmocka_unit_test(test_unknown_keeps_where_the_rule_says_so),
        cmocka_unit_test(test_missing_source_of_two_statements_is_named_once),
        cmocka_unit_test(test_every_exclusion_is_named_and_nothing_else),
        cmocka_unit_test(test_scores_are_rounded_as_the_scheme_says),
        cmocka_unit_test(test_floor_and_cap_flag_only_what_they_change),
        cmocka_unit_test(test_bands_begin_at_their_edge_and_gaps_are_flagged),
        cmocka_unit_test(test_bands_take_the_rounded_score),
        cmocka_unit_test(test_whole_points_leave_no_gap),
        cmocka_unit_test(test_scores_below_zero_have_the_lowest_grade),
        cmocka_unit_test(test_edges_between_two_possible_scores),
        cmocka_unit_test(test_gap_is_explained_with_the_printed_figures),
        cmocka_unit_test(test_vetoes_bar_a_grade_and_those_above_it),
        cmocka_unit_test(test_remarks_stand_among_the_reasons_unless_they_are_zero),
        cmocka_unit_test(test_ranks_are_1_1_3_and_ties_are_flagged),
        cmocka_unit_test(test_ranks_are_of_the_assessed_alone),
        cmocka_unit_test(test_ranks_order_small_large_and_negative_scores),
        cmocka_unit_test(test_nobody_is_ranked_without_a_rank_statement),
        cmocka_unit_test(test_overflow_names_the_person_and_the_figure),
        cmocka_unit_test(test_division_by_zero_names_the_person_and_the_figure),
        cmocka_unit_test(test_score_beyond_64_bits_names_the_person),
        cmocka_unit_test(test_failed_exclusion_names_the_person),
        cmocka_unit_test(test_division_by_zero_is_no_error_where_nothing_asks_for_it),
        cmocka_unit_test(test_division_by_zero_is_not_missing),
        cmocka_unit_test(test_failure_of_the_excluded_does_not_matter),
        cmocka_unit_test(test_first_failure_is_named_whatever_the_threads),
        cmocka_unit_test(test_points_with_too_many_places_for_their_maximum_are_refused),
        cmocka_unit_test(test_points_of_options_beyond_64_bits_are_refused),
        cmocka_unit_test(test_maximum_with_many_places_is_no_large_number),
        cmocka_unit_test(test_bands_beyond_64_bits_of_the_score_are_compared_all_the_same),
        cmocka_unit_test(test_batch_with_errors_is_not_run),
        cmocka_unit_test(test_result_does_not_depend_on_threads_or_the_order_of_ballots),
        cmocka_unit_test(test_many_subjects_have_the_scores_of_a_plain_loop),
        cmocka_unit_test(test_findings_stand_in_the_order_of_the_people),
        cmocka_unit_test(test_ranks_of_many_agree_with_their_scores),
        cmocka_unit_test(test_nobody_at_all_is_a_result),
        cmocka_unit_test(test_trace_gives_the_values_of_the_run),
        cmocka_unit_test(test_events_count_for_their_source_part_and_person),
        cmocka_unit_test(test_vocabulary_demands_what_the_plan_reads),
        cmocka_unit_test(test_progress_that_says_stop_ends_the_run),
        cmocka_unit_test(test_run_without_memory_fails_cleanly),
        cmocka_unit_test(test_group_figure_that_cannot_be_computed_ends_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
