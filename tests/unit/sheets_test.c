/* sheets: which ballots count at all, by each ballot or by everything that a rater handed in. */
#include "explain/explain.h"
#include "made_run.h"
#include "report/report.h"

#define TWO "items { { 'a', zh = '甲', en = 'A', points = 60, invalid = 'counted_apart' },\n" \
            "{ 'b', zh = '乙', en = 'B', points = 40, invalid = 'counted_apart' } }\n"
#define SHEETS(rule) "sheets { " rule ", zh = '甲规', en = 'First rule' }\n"
#define MEAN "step { ballots { 'peer', 'leader' }:total():mean(), " WORDS " }\n"
#define RULES(rule) SCHEME TWO ROLES SHEETS(rule) MEAN SCORE

/* Counted and invalid ballots of the first source. */
static void made_counts(const made_run *m, uint32_t subject, uint32_t counted, uint32_t invalid, const char *file, int line)
{
    ballot_tally t = engine_tally(m->r, 0, subject);
    _assert_int_equal(t.counted, counted, file, line);
    _assert_int_equal(t.invalid, invalid, file, line);
}
#define assert_counts(m, subject, counted, invalid) made_counts((m), (subject), (counted), (invalid), __FILE__, __LINE__)

static void open_people(made_run *m, const char *rules)
{
    static const char *const ids[] = {"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9"};
    run_open(m, rules);
    for (size_t i = 0; i < 10; i++)
        run_subject(m, ids[i], NULL);
}

/* ---- complete ---- */

static void test_one_blank_cell_refuses_everything_of_the_rater_in_that_role(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', complete = true"));
    run_named(&m, "r", 0, "peer", "50", "30");
    run_named(&m, "r", 1, "peer", "50", BLANK);
    run_named(&m, "r", 2, "leader", "50", BLANK); /* another role: invalid for itself alone */
    run_named(&m, "r", 3, "leader", "50", "30");
    run_named(&m, "q", 0, "peer", "40", "30");
    run_now(&m);
    assert_counts(&m, 0, 1, 1);
    assert_counts(&m, 1, 0, 1);
    assert_counts(&m, 2, 0, 1);
    assert_counts(&m, 3, 1, 0);
    assert_int_equal(m.r->sheet_refused[0], 2);
    assert_int_equal(m.r->refused_count, 2);
    run_close(&m);
}

static void test_an_incomplete_ballot_by_itself_leaves_the_others(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, SCHEME TWO ROLES SHEETS("'peer', per = 'ballot', complete = true") "step { ballots 'peer':item 'a':mean(), " WORDS " }\n" SCORE);
    run_named(&m, "r", 0, "peer", "50", DOUBLE); /* item a is filled, and does not count all the same */
    run_named(&m, "r", 1, "peer", "50", "30");
    run_now(&m);
    assert_counts(&m, 0, 0, 1);
    assert_counts(&m, 1, 1, 0);
    run_close(&m);
}

static void test_anonymous_ballots_are_sheets_of_their_own(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', complete = true, not_all_same = true, top = { from = 90, count = 0 }"));
    run_ballot(&m, 0, "peer", "55", "40");
    run_ballot(&m, 1, "peer", "55", "40");
    run_ballot(&m, 2, "peer", "55", BLANK);
    run_now(&m);
    assert_counts(&m, 0, 1, 0);
    assert_counts(&m, 1, 1, 0);
    assert_counts(&m, 2, 0, 1);
    assert_int_equal(m.r->sheet_refused[0], 1);
    run_close(&m);
}

/* ---- not all the same ---- */

static void test_the_same_total_everywhere_is_refused(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', not_all_same = true"));
    run_named(&m, "r", 0, "peer", "50", "30");
    run_named(&m, "r", 1, "peer", "45.5", "34.5"); /* 80 as well */
    run_named(&m, "q", 0, "peer", "50", "30");
    run_named(&m, "q", 1, "peer", "50", "30.1");
    run_named(&m, "s", 0, "peer", "50", "30"); /* one ballot is never all the same */
    run_now(&m);
    assert_counts(&m, 0, 2, 1);
    assert_counts(&m, 1, 1, 1);
    run_close(&m);
}

static void test_a_blank_ballot_has_no_total_to_compare(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', not_all_same = true"));
    run_named(&m, "r", 0, "peer", "50", "30");
    run_named(&m, "r", 1, "peer", "50", BLANK);
    run_named(&m, "q", 2, "peer", "50", "30");
    run_named(&m, "q", 3, "peer", "50", "30");
    run_named(&m, "q", 4, "peer", "50", BLANK);
    run_now(&m);
    assert_counts(&m, 0, 1, 0); /* only one total */
    assert_counts(&m, 2, 0, 1); /* two totals, alike */
    assert_counts(&m, 4, 0, 1);
    assert_int_equal(m.r->sheet_refused[0], 3);
    run_close(&m);
}

static void test_the_same_share_in_every_item_is_refused(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'ballot', not_all_same = true"));
    run_named(&m, "r", 0, "peer", "45", "30");   /* 0.75 and 0.75 */
    run_named(&m, "r", 1, "peer", "45", "30.1");
    run_ballot(&m, 2, "peer", "60", "40");       /* needs no name */
    run_ballot(&m, 3, "peer", "0", "0");
    run_ballot(&m, 4, "peer", "45", BLANK);      /* nothing to compare: invalid for itself, refused by no rule */
    run_now(&m);
    assert_counts(&m, 0, 0, 1);
    assert_counts(&m, 1, 1, 0);
    assert_counts(&m, 2, 0, 1);
    assert_counts(&m, 3, 0, 1);
    assert_int_equal(m.r->sheet_refused[0], 3);
    run_close(&m);
}

static void test_shares_of_maxima_with_more_places_than_any_ballot(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, SCHEME "items { { 'a', zh = '甲', en = 'A', points = 2.5 }, { 'b', zh = '乙', en = 'B', points = 1.25 } }\n" ROLES
                        SHEETS("'peer', per = 'ballot', not_all_same = true") MEAN SCORE);
    run_ballot(&m, 0, "peer", "2", "1"); /* 0.8 and 0.8 */
    run_ballot(&m, 1, "peer", "1", "1"); /* 0.4 and 0.8 */
    run_now(&m);
    assert_counts(&m, 0, 0, 1);
    assert_counts(&m, 1, 1, 0);
    run_close(&m);
}

/* ---- the top ---- */

static void hand_in(made_run *m, const char *rater, size_t count, size_t top)
{
    for (uint32_t i = 0; i < count; i++)
        run_named_row(m, rater, i, "peer", (const char *const[]){i < top ? "60" : "50", "30"}); /* 90 or 80 */
}

static void test_a_share_at_the_top_is_rounded_down(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', top = { from = 90, share = 0.3 }"));
    hand_in(&m, "three", 10, 3); /* 3 of 10 are at most 0.3 */
    hand_in(&m, "two", 9, 2);    /* 2.7 → 2 */
    hand_in(&m, "much", 9, 3);
    run_now(&m);
    assert_int_equal(m.r->sheet_refused[0], 9);
    assert_counts(&m, 0, 2, 1);
    run_close(&m);
}

static void test_a_number_at_the_top(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', top = { from = 90, count = 3 }"));
    hand_in(&m, "three", 10, 3);
    hand_in(&m, "four", 4, 4);
    run_now(&m);
    assert_int_equal(m.r->sheet_refused[0], 4);
    run_close(&m);
}

static void test_the_top_may_be_points_of_an_item(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, RULES("'peer', per = 'rater', top = { from = 59.5, item = 'a', count = 0 }"));
    run_named(&m, "r", 0, "peer", "59.5", "0");
    run_named(&m, "q", 0, "peer", "59.4", "40");
    run_now(&m);
    assert_counts(&m, 0, 1, 1);
    run_close(&m);
}

static void test_the_top_may_be_an_option(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, SCHEME "items { { 'o', zh = '意见', en = 'Opinion', invalid = 'counted_apart', options = { { 'A', zh = '优', en = 'Good', points = 90 },\n"
                           "{ 'B', zh = '良', en = 'Fair', points = 90 }, { 'D', zh = '不了解', en = 'Unknown', counted = false } } } }\n" ROLES
                    SHEETS("'peer', per = 'rater', top = { option = 'A', item = 'o', share = 0.5 }")
                    "step { ballots 'peer':item 'o':mean(), " WORDS " }\n" SCORE);
    const char *const half[] = {"A", "B"}, *const more[] = {"A", "A", "B"}, *const unknown[] = {"A", "D", "D", BLANK};
    for (uint32_t i = 0; i < 2; i++)
        run_named(&m, "half", i, "peer", half[i]);
    for (uint32_t i = 0; i < 3; i++)
        run_named(&m, "more", i, "peer", more[i]); /* 1.5 → 1 */
    for (uint32_t i = 0; i < 4; i++)
        run_named(&m, "unknown", i, "peer", unknown[i]);
    run_now(&m);
    assert_int_equal(m.r->sheet_refused[0], 3);
    assert_counts(&m, 1, 1, 1);
    assert_int_equal(engine_tally(m.r, 0, 1).not_counted, 1);
    run_close(&m);
}

/* ---- several rules, and what people see ---- */

#define TWO_RULES SCHEME TWO ROLES "clause '五'\n" SHEETS("'peer', per = 'ballot', complete = true") \
    "sheets { 'peer', per = 'rater', not_all_same = true, zh = '乙规', en = 'Second rule' }\n" MEAN SCORE

static void open_two_rules(made_run *m)
{
    open_people(m, TWO_RULES);
    run_named(m, "r", 0, "peer", "50", "30");
    run_named(m, "r", 1, "peer", "50", "30");
    run_named(m, "r", 2, "peer", "50", BLANK);
    run_named(m, "q", 0, "peer", "40", "30");
    run_now(m);
}

static void test_each_rule_looks_at_all_ballots(void **state)
{
    made_run m;
    (void)state;
    open_two_rules(&m);
    assert_int_equal(m.r->sheet_refused[0], 1);
    assert_int_equal(m.r->sheet_refused[1], 3); /* the blank one among them */
    assert_int_equal(m.r->refused_count, 3);
    assert_counts(&m, 0, 1, 1);
    run_close(&m);
}

static void test_summary_and_json_say_how_many_each_rule_refused(void **state)
{
    made_run m;
    buffer out = {0};
    (void)state;
    open_two_rules(&m);
    report_summary(m.r, ASSESS_EN, false, &out);
    report_summary(m.r, ASSESS_ZH, false, &out);
    report_json(m.r, ASSESS_EN, &out);
    buffer_add_char(&out, '\0');
    assert_non_null(strstr(out.bytes, "1 ballot does not count: 五 First rule"));
    assert_non_null(strstr(out.bytes, "3 ballots do not count: 五 Second rule"));
    assert_non_null(strstr(out.bytes, "有 3 张评分票按无效处理：五 乙规"));
    assert_non_null(strstr(out.bytes, "\"refused_ballots\":3,\"sheets\":[{\"clause\":\"五\",\"title\":{\"zh\":\"甲规\",\"en\":\"First rule\"},\"refused\":1}"));
    buffer_free(&out);
    run_close(&m);
}

static void test_explain_counts_refused_ballots_as_invalid(void **state)
{
    made_run m;
    derivation d;
    (void)state;
    open_two_rules(&m);
    assert_true(explain_subject(m.r, 0, ASSESS_EN, 5, &d));
    assert_int_equal(d.lines[0].tally.invalid, 1);
    explain_free(&d);
    run_close(&m);
}

static void test_the_scheme_in_words_has_its_sheets(void **state)
{
    buffer out = {0};
    (void)state;
    plan *p = load(SCHEME TWO ROLES SHEETS("'peer', 'leader', per = 'rater', complete = true, not_all_same = true, top = { from = 90, share = 0.3 }")
                       SHEETS("'self', per = 'ballot', not_all_same = true") SHEETS("'self', per = 'rater', top = { from = 50, item = 'a', count = 2 }") MEAN SCORE);
    plan_describe(p, ASSESS_EN, &out);
    plan_describe(p, ASSESS_ZH, &out);
    buffer_add_char(&out, '\0');
    assert_non_null(strstr(out.bytes, "First rule (colleagues, leader, all that one rater handed in); every item filled;\n"
                                      "                not the same total everywhere; at the top (from 90) at most the share 0.3\n"));
    assert_non_null(strstr(out.bytes, "First rule (self, each ballot by itself); not the same share of the maximum in every\n                item\n"));
    assert_non_null(strstr(out.bytes, "at the top (“A” from 50) at most 2\n"));
    assert_non_null(strstr(out.bytes, "甲规（群众、领导，同一考评人的全部评分）；各项填写完整；各票总分不全相同；高分（达到\n                90）不超过比例 0.3\n"));
    buffer_free(&out);
    plan_free(p);
}

static void test_without_a_ballot_nothing_is_refused(void **state)
{
    made_run m;
    (void)state;
    open_people(&m, TWO_RULES);
    run_now(&m);
    assert_int_equal(m.r->sheet_refused[1], 0);
    assert_int_equal(m.r->refused_count, 0);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_blank_cell_refuses_everything_of_the_rater_in_that_role),
        cmocka_unit_test(test_an_incomplete_ballot_by_itself_leaves_the_others),
        cmocka_unit_test(test_anonymous_ballots_are_sheets_of_their_own),
        cmocka_unit_test(test_the_same_total_everywhere_is_refused),
        cmocka_unit_test(test_a_blank_ballot_has_no_total_to_compare),
        cmocka_unit_test(test_the_same_share_in_every_item_is_refused),
        cmocka_unit_test(test_shares_of_maxima_with_more_places_than_any_ballot),
        cmocka_unit_test(test_a_share_at_the_top_is_rounded_down),
        cmocka_unit_test(test_a_number_at_the_top),
        cmocka_unit_test(test_the_top_may_be_points_of_an_item),
        cmocka_unit_test(test_the_top_may_be_an_option),
        cmocka_unit_test(test_each_rule_looks_at_all_ballots),
        cmocka_unit_test(test_summary_and_json_say_how_many_each_rule_refused),
        cmocka_unit_test(test_explain_counts_refused_ballots_as_invalid),
        cmocka_unit_test(test_the_scheme_in_words_has_its_sheets),
        cmocka_unit_test(test_without_a_ballot_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
