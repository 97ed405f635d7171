/* item_roles: items that only some roles judge, from the rule file over the tables to the figures. */
#include <assess/batch.h>
#include <assess/scheme.h>

#include "made_input.h"
#include "plan/page.h"
#include "report/ballots.h"

/* Leaders judge all three, colleagues the first alone, the panel the first two. */
#define PANEL_ROLES "roles { 'peer', 'leader', { 'panel', zh = '评审组', en = 'Panel' } }\n"
#define PANEL_ITEMS \
    "items { { 'virtue', zh = '德', en = 'Virtue', points = 40 },\n" \
    "{ 'ability', zh = '能', en = 'Ability', points = 30, roles = { 'leader', 'panel' } },\n" \
    "{ 'opinion', zh = '意见', en = 'Opinion', roles = { 'leader' }, options = {\n" \
    "{ 'A', zh = '优', en = 'Good', points = 100 }, { 'B', zh = '良', en = 'Fair', points = 80 } } } }\n"
#define STEP(figure) "step { " figure ", " WORDS " }\n"
#define PANEL SCHEME PANEL_ROLES PANEL_ITEMS \
    STEP("ballots 'peer':total():mean()") STEP("ballots 'panel':total():mean()") STEP("ballots { 'leader', 'panel' }:item 'ability':mean()") \
    STEP("ballots { 'peer', 'leader', 'panel' }:item 'virtue':mean()") STEP("ballots 'leader':item 'opinion':mean()") SCORE
#define TWO "id,name\ns,甲\nt,乙\n"
#define WIDE "subject,rater,role,virtue,ability,opinion\n"

enum { MOST_NODES = 64 };

static void made_figure(const made_run *m, size_t step, const char *expected, const char *file, int line)
{
    cell values[MOST_NODES];
    char shown[160];
    assert_true(m->p->node_count <= MOST_NODES && engine_trace(m->r, 0, values));
    const cell *c = &values[made_step(m->p, step)];
    if (c->missing == NODE_NONE)
        fraction_print(c->value, shown, sizeof shown);
    _assert_string_equal(c->missing == NODE_NONE ? shown : "-", expected, file, line);
}
#define assert_figure(m, step, expected) made_figure((m), (step), (expected), __FILE__, __LINE__)

static void open_panel(made_run *m, const char *ratings)
{
    input_open(m, PANEL);
    input_people(m, TWO);
    input_read(m, TABLE_RATINGS, ratings);
}

/* peer: (30 + 36) / 2 = 33; panel: 20 + 25 = 45; ability: (21 + 25) / 2 = 23; virtue: (30 + 36 + 28 + 20) / 4 = 28.5; opinion: B */
static void assert_panel(const made_run *m)
{
    assert_figure(m, 0, "33");
    assert_figure(m, 1, "45");
    assert_figure(m, 2, "23");
    assert_figure(m, 3, "28.5");
    assert_figure(m, 4, "80");
}

static void test_every_role_fills_in_its_own_items(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, WIDE "s,a,peer,30,,\ns,b,peer,36,,\ns,c,leader,28,21,B\ns,d,panel,20,25,\n");
    input_run(&m);
    assert_panel(&m);
    run_close(&m);
}

static void test_a_table_of_one_role_has_no_column_for_what_it_does_not_judge(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, "subject,rater,role,virtue\ns,a,peer,30\ns,b,peer,36\n");
    input_read(&m, TABLE_RATINGS, WIDE "s,c,leader,28,21,B\ns,d,panel,20,25,\n");
    input_run(&m);
    assert_panel(&m);
    run_close(&m);
}

static void test_rows_of_a_long_table_are_those_that_the_role_judges(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, "subject,rater,role,item,value\ns,a,peer,virtue,30\ns,b,peer,virtue,36\ns,c,leader,virtue,28\ns,c,leader,ability,21\n"
                   "s,c,leader,opinion,B\ns,d,panel,ability,25\ns,d,panel,virtue,20\n");
    input_run(&m);
    assert_panel(&m);
    run_close(&m);
}

static void test_a_value_of_an_item_of_other_roles_is_a_mistake(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, WIDE "s,a,peer,30,0,\ns,c,leader,28,21,B\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.item_unasked", 2, 5, "the role 'peer' (群众) does not judge the item 'ability' (能)");
    run_close(&m);
}

static void test_a_row_of_an_item_of_other_roles_is_a_mistake(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, "subject,rater,role,item,value\ns,a,peer,virtue,30\ns,a,peer,opinion,A\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.item_unasked", 3, 0, "does not judge the item 'opinion' (意见)");
    run_close(&m);
}

static void test_an_item_that_the_role_judges_must_be_filled_in(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, WIDE "s,d,panel,20,,\n");
    input_problems(&m, 1, 0);
    assert_int_equal(m.b->problems.items[0].row, 2);
    assert_int_equal(m.b->problems.items[0].column, 5);
    run_close(&m);
    open_panel(&m, "subject,rater,role,item,value\ns,d,panel,virtue,20\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.ballot_item_missing", 2, 0, "Ability");
    run_close(&m);
}

/* Said once, however many rows need it; and not of items that nobody here judges. */
static void test_a_column_that_a_row_needs_is_missing(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, "subject,rater,role,virtue\ns,a,peer,30\ns,d,panel,20\nt,d,panel,21\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.item_column_missing", 1, 0, "'ability' (能)");
    run_close(&m);
}

static void test_a_misspelt_header_of_such_a_column_is_named_once(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, "subject,rater,role,virtue,abilty\ns,d,panel,20,25\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.item_column_missing_near", 1, 5, "by 'abilty'");
    run_close(&m);
}

static void test_a_role_that_is_not_known_is_the_only_mistake_of_its_row(void **state)
{
    made_run m;
    (void)state;
    open_panel(&m, WIDE "s,d,pannel,20,25,\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.role_unknown_near", 2, 3, "panel");
    run_close(&m);
}

/* What a role does not judge cannot make its ballot blank or uncounted. */
static void test_a_ballot_counts_by_its_own_items(void **state)
{
    made_run m;
    ballot_counts c;
    (void)state;
    input_open(&m, SCHEME PANEL_ROLES
               "items { { 'virtue', zh = '德', en = 'Virtue', points = 40, invalid = 'counted_apart' },\n"
               "{ 'opinion', zh = '意见', en = 'Opinion', roles = { 'leader' }, invalid = 'counted_apart', options = {\n"
               "{ 'D', zh = '不了解', en = 'Unknown', counted = false }, { 'A', zh = '优', en = 'Good', points = 100 } } } }\n"
               "sheets { 'peer', 'leader', per = 'ballot', complete = true, " WORDS " }\n"
               STEP("ballots { 'peer', 'leader', 'panel' }:item 'virtue':mean()") STEP("ballots 'leader':item 'opinion':not_counted()")
               STEP("ballots 'leader':item 'opinion':invalid()") SCORE);
    input_people(&m, TWO);
    input_read(&m, TABLE_RATINGS, "subject,rater,role,virtue,opinion\ns,a,peer,30,\ns,b,panel,36,\ns,c,leader,24,D\ns,d,leader,9,\ns,e,peer,,\n");
    input_run(&m);
    assert_figure(&m, 0, "30"); /* (30 + 36 + 24) / 3: the ballots of d and e are incomplete */
    assert_figure(&m, 1, "1");
    assert_figure(&m, 2, "1");
    assert_true(ballot_counts_take(m.r, &c));
    ballot_count peers = ballot_counts_of(&c, 0, 0), panel = ballot_counts_of(&c, 0, 2);
    assert_int_equal(peers.counted, 1);
    assert_int_equal(peers.invalid, 1);
    assert_int_equal(panel.counted, 1);
    ballot_counts_free(&c);
    run_close(&m);
}

/* 20 of 40 and 15 of 30 are the same share; the leader's opinion has no part in the panel's ballot. */
static void test_uniform_is_judged_over_the_items_of_the_role(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME PANEL_ROLES PANEL_ITEMS "sheets { 'panel', 'leader', per = 'ballot', not_all_same = true, " WORDS " }\n"
               STEP("ballots { 'leader', 'panel' }:item 'virtue':mean()") STEP("ballots 'peer':item 'virtue':mean()") SCORE);
    input_people(&m, TWO);
    input_read(&m, TABLE_RATINGS, WIDE "s,a,panel,20,15,\ns,b,panel,30,15,\ns,c,leader,32,24,A\ns,d,leader,32,24,B\ns,e,peer,20,,\n");
    input_run(&m);
    assert_figure(&m, 0, "31"); /* b: 30, c: 32; a is uniform, and so is d: 80 % of 40, of 30 and of 100 */
    assert_figure(&m, 1, "20");
    run_close(&m);
}

/* ---- one name, another maximum ---- */

#define WEIGHTS SCHEME "roles { 'peer', 'leader' }\n" \
    "items { { 'virtue', zh = '德', en = 'Virtue', points = 20, roles = { 'peer' } },\n" \
    "{ 'virtue-l', zh = '德', en = 'Virtue', points = 30, roles = { 'leader' } } }\n" \
    STEP("ballots 'peer':total():mean()") STEP("ballots 'leader':total():mean()") SCORE

static void made_weights(const char *ratings, const char *file, int line)
{
    made_run m;
    input_open(&m, WEIGHTS);
    input_people(&m, TWO);
    input_read(&m, TABLE_RATINGS, ratings);
    input_run_at(&m, file, line);
    made_figure(&m, 0, "18", file, line); /* of 20 */
    made_figure(&m, 1, "25", file, line); /* of 30 */
    run_close(&m);
}

static void test_items_of_one_name_are_told_apart_by_the_role(void **state)
{
    (void)state;
    made_weights("subject,rater,role,德\ns,a,peer,18\ns,b,leader,25\n", __FILE__, __LINE__);
    made_weights("subject,rater,role,Virtue\ns,b,leader,25\ns,a,peer,18\n", __FILE__, __LINE__);
    made_weights("subject,rater,role,virtue-l,virtue\ns,a,peer,,18\ns,b,leader,25,\n", __FILE__, __LINE__);
    made_weights("subject,rater,role,item,value\ns,a,peer,德,18\ns,b,leader,德,25\n", __FILE__, __LINE__);
    made_weights("subject,rater,role,item,value\ns,a,peer,virtue,18\ns,b,leader,virtue-l,25\n", __FILE__, __LINE__);
}

/* The id of an item is that item, whoever judges. */
static void test_the_id_of_an_item_of_others_is_a_mistake(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, WEIGHTS);
    input_people(&m, TWO);
    input_read(&m, TABLE_RATINGS, "subject,rater,role,item,value\ns,a,peer,virtue-l,18\n");
    input_read(&m, TABLE_RATINGS, "subject,rater,role,virtue-l\ns,b,peer,18\n");
    input_problems(&m, 4, 0);
    assert_problem(&m, "input.item_unasked", 2, 0, "'virtue-l'");
    assert_problem(&m, "input.ballot_item_missing", 2, 0, "Virtue");
    assert_problem(&m, "input.item_unasked", 2, 4, "'virtue-l'");
    assert_problem(&m, "input.item_column_missing", 1, 0, "'virtue'");
    run_close(&m);
}

static void test_each_has_its_own_maximum(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, WEIGHTS);
    input_people(&m, TWO);
    input_read(&m, TABLE_RATINGS, "subject,rater,role,德\ns,a,peer,25\ns,b,leader,25\n");
    input_problems(&m, 1, 0);
    assert_int_equal(m.b->problems.items[0].row, 2);
    run_close(&m);
}

static void test_the_scheme_says_who_judges_what(void **state)
{
    plan *p = load(PANEL);
    buffer zh = {0}, en = {0};
    (void)state;
    plan_describe(p, ASSESS_ZH, &zh);
    plan_describe(p, ASSESS_EN, &en);
    buffer_add_char(&zh, '\0');
    buffer_add_char(&en, '\0');
    assert_non_null(strstr(zh.bytes, "0–30 分；由领导、评审组评"));
    assert_non_null(strstr(en.bytes, "0–30 points; judged by leader, Panel"));
    assert_non_null(strstr(en.bytes, "0–40 points\n"));
    buffer_free(&zh);
    buffer_free(&en);
    plan_free(p);
}

/* ---- columns in memory ---- */

/* The scheme of nurses: head, colleague, patient judge ethics, team, skill, service as clause 第三条 says. */
static void add_column(assess_batch *b, uint8_t role, int64_t skill)
{
    uint32_t subject = 0;
    int64_t ethics = 1, team = role == 1 ? 1 : INT64_MIN, service = INT64_MIN;
    const int64_t *values[] = {&ethics, &team, &skill, &service};
    assert_int_equal(assess_batch_add_ballots(b, 1, &subject, NULL, &role, values, 0, NULL), ASSESS_OK);
}

static void test_columns_in_memory_are_blank_where_the_role_does_not_judge(void **state)
{
    static const char *const ids[] = {"s"};
    assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    assess_scheme *scheme = NULL;
    assess_batch *b = NULL;
    (void)state;
    assert_int_equal(assess_scheme_load("tests/rules/valid/nurses.lua", &o, &scheme, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_new(scheme, NULL, &b, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_add_people(b, 1, ids, NULL, NULL, NULL, NULL), ASSESS_OK);
    add_column(b, 0, 90);
    add_column(b, 1, INT64_MIN);
    assert_int_equal(assess_batch_ballot_count(b), 2);
    assert_int_equal(assess_batch_problem_count(b), 0);
    add_column(b, 1, 0);
    assert_int_equal(assess_batch_ballot_count(b), 2);
    assert_int_equal(assess_batch_problem_count(b), 1);
    assess_batch_free(b);
    assess_scheme_free(scheme);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_role_fills_in_its_own_items),
        cmocka_unit_test(test_a_table_of_one_role_has_no_column_for_what_it_does_not_judge),
        cmocka_unit_test(test_rows_of_a_long_table_are_those_that_the_role_judges),
        cmocka_unit_test(test_a_value_of_an_item_of_other_roles_is_a_mistake),
        cmocka_unit_test(test_a_row_of_an_item_of_other_roles_is_a_mistake),
        cmocka_unit_test(test_an_item_that_the_role_judges_must_be_filled_in),
        cmocka_unit_test(test_a_column_that_a_row_needs_is_missing),
        cmocka_unit_test(test_a_misspelt_header_of_such_a_column_is_named_once),
        cmocka_unit_test(test_a_role_that_is_not_known_is_the_only_mistake_of_its_row),
        cmocka_unit_test(test_a_ballot_counts_by_its_own_items),
        cmocka_unit_test(test_uniform_is_judged_over_the_items_of_the_role),
        cmocka_unit_test(test_items_of_one_name_are_told_apart_by_the_role),
        cmocka_unit_test(test_the_id_of_an_item_of_others_is_a_mistake),
        cmocka_unit_test(test_each_has_its_own_maximum),
        cmocka_unit_test(test_the_scheme_says_who_judges_what),
        cmocka_unit_test(test_columns_in_memory_are_blank_where_the_role_does_not_judge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
