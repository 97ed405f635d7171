/* letters: ballots that mark an option, as what most of them say and as points. */
#include "explain/privacy.h"
#include "made_derivation.h"

/* B and C have the same points; D is not counted. */
#define LETTERS "items { { 'l', zh = '评价', en = 'Letter', invalid = 'counted_apart', options = {\n" \
                "{ 'A', zh = '优', en = 'Good', points = 90 }, { 'B', zh = '良', en = 'Fair', points = 70 },\n" \
                "{ 'C', zh = '中', en = 'So-so', points = 70 }, { 'D', zh = '不了解', en = 'Unknown', counted = false },\n" \
                "{ 'E', zh = '好', en = 'Best', points = 95 } } } }\n"
#define STEP(figure) "step { " figure ", zh = '评定', en = 'Verdict' }\n"
#define PEER "ballots 'peer':item 'l'"
#define MOST(how) SCHEME ROLES LETTERS STEP(PEER ":most_chosen { " how " }") SCORE

enum { MOST_NODES = 64 };

static void open_letters(made_run *m, const char *rules, const char *letters)
{
    char cell_text[16];
    int used;
    run_open(m, rules);
    uint32_t s = run_subject(m, "s", NULL);
    for (const char *at = letters; sscanf(at, "%15s%n", cell_text, &used) == 1; at += used)
        run_ballot(m, s, "peer", strcmp(cell_text, "_") == 0 ? BLANK : cell_text);
    run_now(m);
}

/* The first step: the id of a word, a figure, or "-" when it is missing. */
static void made_verdict(const char *rules, const char *letters, const char *expected, const char *file, int line)
{
    made_run m;
    cell values[MOST_NODES];
    char shown[160] = "-";
    open_letters(&m, rules, letters);
    assert_true(m.p->node_count <= MOST_NODES && engine_trace(m.r, 0, values));
    node_id id = made_step(m.p, 0);
    if (values[id].missing == NODE_NONE && m.p->nodes[id].kind == KIND_WORD)
        snprintf(shown, sizeof shown, "%s", m.p->words[values[id].value.num].id.bytes);
    else if (values[id].missing == NODE_NONE)
        fraction_print(values[id].value, shown, sizeof shown);
    _assert_string_equal(shown, expected, file, line);
    run_close(&m);
}
#define assert_verdict(rules, letters, expected) made_verdict((rules), (letters), (expected), __FILE__, __LINE__)

static void test_the_option_that_most_ballots_have(void **state)
{
    (void)state;
    assert_verdict(MOST("tie = 'better'"), "A B B C", "B");
    assert_verdict(MOST("tie = 'worse'"), "A B B C", "B");
    assert_verdict(MOST("tie = 'missing'"), "A B B C", "B");
    assert_verdict(MOST("tie = 'missing'"), "A", "A");
    assert_verdict(MOST("tie = 'missing'"), "A B B A A", "A"); /* a tie on the way is none at the end */
}

/* E has more points than A and stands last; of B and C, equal in points, the first is better. */
static void test_a_tie_goes_by_its_policy(void **state)
{
    (void)state;
    assert_verdict(MOST("tie = 'better'"), "A E", "E");
    assert_verdict(MOST("tie = 'worse'"), "A E", "A");
    assert_verdict(MOST("tie = 'better'"), "C B", "B");
    assert_verdict(MOST("tie = 'worse'"), "C B", "C");
    assert_verdict(MOST("tie = 'better'"), "A A B B E E", "E");
    assert_verdict(MOST("tie = 'worse'"), "A A B B E E", "B");
    assert_verdict(MOST("tie = 'missing'"), "A A B B C", "-");
}

static void test_what_is_not_counted_is_never_most_chosen(void **state)
{
    (void)state;
    assert_verdict(MOST("tie = 'better'"), "D D D B", "B");
    assert_verdict(MOST("tie = 'better'"), "D D D", "-");
    assert_verdict(MOST("tie = 'better'"), "_ _ C", "C");
}

/* D and the blank one are no ballots that count. */
static void test_fewer_than_least_are_no_majority(void **state)
{
    (void)state;
    assert_verdict(MOST("tie = 'better', least = 3"), "A A D _", "-");
    assert_verdict(MOST("tie = 'better', least = 3"), "A A B D _", "A");
    assert_verdict(MOST("tie = 'better'"), "", "-");
}

static void test_the_option_is_a_word_for_conditions_and_tables(void **state)
{
    (void)state;
    assert_verdict(SCHEME ROLES LETTERS STEP("when(" PEER ":most_chosen { tie = 'better' }:is_one_of { 'A', 'E' }, 3, 1)") SCORE, "A A B", "3");
    assert_verdict(SCHEME ROLES LETTERS STEP("by(" PEER ":most_chosen { tie = 'better' }, { A = 5, B = 4, C = 3, E = 6 })") SCORE, "C C B", "3");
}

static void test_several_policies_share_one_walk_over_the_ballots(void **state)
{
    made_run m;
    cell values[MOST_NODES];
    (void)state;
    open_letters(&m, SCHEME ROLES LETTERS STEP(PEER ":most_chosen { tie = 'better' }") STEP(PEER ":most_chosen { tie = 'worse' }")
                 STEP(PEER ":chosen { 'A', 'D' }") STEP(PEER ":mean()") SCORE, "A A B B D");
    assert_true(engine_trace(m.r, 0, values));
    const char *const expected[] = {"A", "B"};
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(m.p->words[values[made_step(m.p, i)].value.num].id.bytes, expected[i]);
    assert_true(values[made_step(m.p, 2)].value.num == 3);
    assert_int_equal(fraction_compare(values[made_step(m.p, 3)].value, fraction_of(80, 1)), 0); /* (90 + 90 + 70 + 70) / 4 */
    run_close(&m);
}

/* From four ballots on without an end each, from ten on a tenth of them: 95 90 70 70 → 80; with ten, 90 × 4 and 70 × 4 → 80. */
static void test_letters_as_points_are_trimmed_by_the_number_of_ballots(void **state)
{
    static const char rules[] = SCHEME ROLES LETTERS STEP(PEER ":trimmed { { from = 4, drop = 1 }, { from = 10, share = 0.1 } }:mean()") SCORE;
    (void)state;
    assert_verdict(rules, "A B C", "76.666666… (230/3)"); /* none is cut off: (90 + 70 + 70) / 3 */
    assert_verdict(rules, "E A B C", "80");
    assert_verdict(rules, "E A B C D", "80");
    assert_verdict(rules, "E A A A A B B B B C", "80");
}

/* ---- words ---- */

#define NEEDED SCHEME ROLES LETTERS STEP("by(" PEER ":most_chosen { tie = 'missing', least = 2 }, { A = 5, B = 4, C = 3, E = 6 })") \
    "score { by(" PEER ":most_chosen { tie = 'missing', least = 2 }, { A = 5, B = 4, C = 3, E = 6 }), round = half_up(0), " WORDS " }\n"

static void made_reason(const char *letters, assess_language language, const char *expected, const char *file, int line)
{
    made_run m;
    buffer reasons = {0};
    open_letters(&m, NEEDED, letters);
    result_print_reasons(m.r, 0, language, &reasons);
    buffer_add_char(&reasons, '\0');
    _assert_string_equal(reasons.bytes, expected, file, line);
    buffer_free(&reasons);
    run_close(&m);
}

static void test_the_reason_tells_a_tie_from_too_few_ballots(void **state)
{
    (void)state;
    made_reason("A A B B", ASSESS_ZH, "票数最多的选项有并列：群众评分“评价”票数最多的选项（并列时缺）（不足 2 张时缺）", __FILE__, __LINE__);
    made_reason("A A B B", ASSESS_EN, "a tie for the most chosen option of ballots of colleagues on “Letter” (missing where there is a tie) (fewer than 2: missing)", __FILE__, __LINE__);
    made_reason("A", ASSESS_ZH, "有效的群众评分不足 2 张", __FILE__, __LINE__);
    made_reason("A A B", ASSESS_EN, "", __FILE__, __LINE__);
}

static void test_rules_are_shown_with_the_policy(void **state)
{
    plan *p = load(SCHEME ROLES LETTERS STEP(PEER ":most_chosen { tie = 'worse' }") STEP(PEER ":most_chosen { tie = 'better' }") SCORE);
    buffer zh = {0}, en = {0};
    (void)state;
    plan_print_formula(p, made_step(p, 0), ASSESS_ZH, &zh);
    plan_print_formula(p, made_step(p, 1), ASSESS_EN, &en);
    buffer_add_char(&zh, '\0');
    buffer_add_char(&en, '\0');
    assert_string_equal(zh.bytes, "群众评分“评价”票数最多的选项（并列时取较差的）");
    assert_string_equal(en.bytes, "most chosen option of ballots of colleagues on “Letter” (of a tie: the better one)");
    buffer_free(&zh);
    buffer_free(&en);
    plan_free(p);
}

/* ---- what may be shown ---- */

/* Five ballots are a group, four are none; the table keyed by the option is as secret as the option. */
static void test_the_most_chosen_option_of_few_is_not_shown(void **state)
{
    made_run m;
    (void)state;
    open_letters(&m, NEEDED, "A A A B B");
    assert_says(&m, 0, "= by Good: Good → 5\n");
    derivation d;
    assert_true(explain_subject(m.r, 0, ASSESS_EN, 5, &d));
    assert_false(d.closed);
    explain_free(&d);
    run_close(&m);
    open_letters(&m, NEEDED, "A A A B");
    assert_true(explain_subject(m.r, 0, ASSESS_EN, 5, &d));
    assert_true(d.closed);
    explain_free(&d);
    char *page = derived(&m, 0, ASSESS_EN, false, 5);
    assert_null(strstr(page, "by Good"));
    mem_free(page);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_option_that_most_ballots_have),
        cmocka_unit_test(test_a_tie_goes_by_its_policy),
        cmocka_unit_test(test_what_is_not_counted_is_never_most_chosen),
        cmocka_unit_test(test_fewer_than_least_are_no_majority),
        cmocka_unit_test(test_the_option_is_a_word_for_conditions_and_tables),
        cmocka_unit_test(test_several_policies_share_one_walk_over_the_ballots),
        cmocka_unit_test(test_letters_as_points_are_trimmed_by_the_number_of_ballots),
        cmocka_unit_test(test_the_reason_tells_a_tie_from_too_few_ballots),
        cmocka_unit_test(test_rules_are_shown_with_the_policy),
        cmocka_unit_test(test_the_most_chosen_option_of_few_is_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
