/* rules: every word of the rule language, and the plan it builds. Lines: SCHEME is line 1. */
#include <dirent.h>

#include "made_rules.h"

#define BASE SCHEME "clause '1'\n" ITEMS ROLES KINDS /* lines 1 to 5; the next one is line 6 */

static const node *node_of(const plan *p, node_id id)
{
    assert_true(id < p->node_count);
    return &p->nodes[id];
}

/* The figure of a step is a named copy of a node: this is what stands below it. */
static const node *step_node(const plan *p, size_t n) { return node_of(p, made_step(p, n)); }

static void assert_constant(const plan *p, node_id id, int64_t num, int64_t den)
{
    assert_int_equal(node_of(p, id)->op, OP_CONSTANT);
    assert_int_equal(fraction_compare(node_of(p, id)->constant, fraction_of(num, den)), 0);
}

/* ---- scheme ---- */

static void test_scheme_gives_id_titles_and_effective_day(void **state)
{
    (void)state;
    plan *p = load("scheme { id = 'year', format = 1, effective = '2008-11-01', title = { zh = '题', en = 'Title' },\n"
                   " source = { zh = '源', en = 'Source' } }\n" SCORE);
    date day;
    assert_true(date_make(2008, 11, 1, &day));
    assert_text(p->id, "year");
    assert_text(label_in(p->title, ASSESS_ZH), "题");
    assert_text(label_in(p->title, ASSESS_EN), "Title");
    assert_text(label_in(p->source, ASSESS_ZH), "源");
    assert_int_equal(p->effective, day);
    assert_text(p->effective_text, "2008-11-01");
    plan_free(p);
}

static void test_scheme_is_about_people_of_any_time_unless_it_says_otherwise(void **state)
{
    (void)state;
    plan *p = load(SCHEME SCORE);
    assert_false(p->of_units);
    assert_int_equal(p->effective, DATE_NONE);
    plan_free(p);
}

static void test_scheme_of_units(void **state)
{
    (void)state;
    plan *p = load("scheme { id = 'x', format = 1, subjects = 'units', title = { " WORDS " }, source = { " WORDS " } }\n" SCORE);
    assert_true(p->of_units);
    plan_free(p);
}

static void test_scheme_comes_first(void **state)
{
    (void)state;
    assert_refused("\nclause '1'\n" SCHEME SCORE, "rules.no_scheme", 2);
}

/* ---- clause and origins ---- */

static void test_clause_is_in_force_until_the_next_one(void **state)
{
    (void)state;
    plan *p = load(SCHEME "step { 1, " WORDS " }\nclause '一'\nstep { 2, " WORDS " }\nstep { 3, " WORDS " }\nclause '二'\n"
                          "step { 4, " WORDS " }\n" SCORE);
    assert_text(plan_clause_number(p, p->statements[0].at), ""); /* none is in force yet */
    assert_text(plan_clause_number(p, p->statements[1].at), "一");
    assert_text(plan_clause_number(p, p->statements[2].at), "一");
    assert_text(plan_clause_number(p, p->statements[3].at), "二");
    assert_int_equal(p->statements[3].at.line, 7);
    plan_free(p);
}

static void test_clause_named_again_is_the_same_clause(void **state)
{
    (void)state;
    plan *p = load(SCHEME "clause '1'\nstep { 1, " WORDS " }\nclause '2'\nclause '1'\nstep { 2, " WORDS " }\n" SCORE);
    assert_int_equal(p->clause_count, 3); /* none, 1, 2 */
    assert_int_equal(p->statements[0].at.clause, p->statements[1].at.clause);
    assert_int_equal(p->clauses[1].line, 2);
    plan_free(p);
}

static void test_declarations_know_clause_and_line(void **state)
{
    (void)state;
    plan *p = load(BASE "events 'fault' events 'bonus' step { ballots 'peer':total():count(), " WORDS " }\n" SCORE);
    assert_int_equal(p->items[0].at.line, 3);
    assert_int_equal(p->roles[1].at.line, 4);
    assert_int_equal(p->kinds[1].at.line, 5);
    assert_text(plan_clause_number(p, p->kinds[1].at), "1");
    plan_free(p);
}

/* ---- items, roles, kinds ---- */

static void test_items_are_points_up_to_a_maximum(void **state)
{
    (void)state;
    plan *p = load(SCHEME "items { { 'a', zh = '甲', en = 'A', points = 2.5 }, { 'b', zh = '乙', en = 'B', points = 7.5 }, total = 10 }\n"
                   ROLES "step { ballots 'peer':total():mean(), " WORDS " }\n" SCORE);
    assert_int_equal(p->item_count, 2);
    assert_text(p->items[0].id, "a");
    assert_text(p->items[1].words.zh, "乙");
    assert_int_equal(p->items[0].maximum.coeff, 25); /* 2.5 */
    assert_int_equal(p->items[0].maximum.scale, 1);
    assert_int_equal(p->items[0].option_count, 0);
    assert_false(p->items[0].lenient);
    assert_int_equal(fraction_compare(fraction_from_decimal(p->total), fraction_of(10, 1)), 0);
    plan_free(p);
}

static void test_items_of_options_count_or_do_not(void **state)
{
    (void)state;
    plan *p = load(SCHEME "items { { 'o', zh = '意', en = 'O', invalid = 'counted_apart', options = {\n"
                          " { 'A', zh = '好', en = 'Good', points = 92.5 }, { 'F', zh = '不', en = 'Unknown', counted = false } } } }\n"
                   ROLES "step { ballots 'peer':item 'o':mean(), " WORDS " }\n" SCORE);
    const plan_item *item = &p->items[0];
    assert_true(item->lenient);
    assert_int_equal(item->option_count, 2);
    assert_text(item->options[0].id, "A");
    assert_true(item->options[0].counted);
    assert_int_equal(item->options[0].points.coeff, 925);
    assert_false(item->options[1].counted);
    assert_text(item->options[1].words.en, "Unknown");
    plan_free(p);
}

static void test_roles_of_the_language_have_names_of_their_own(void **state)
{
    static const char *const names[][3] = {{"self", "本人", "self"}, {"peer", "群众", "colleagues"}, {"leader", "领导", "leader"},
                                           {"committee", "考评组", "committee"}, {"public", "社会", "public"}};
    (void)state;
    plan *p = load(SCHEME "roles { 'self', 'peer', 'leader', 'committee', 'public' }\n" SCORE);
    for (size_t i = 0; i < 5; i++) {
        assert_text(p->roles[i].id, names[i][0]);
        assert_text(p->roles[i].words.zh, names[i][1]);
        assert_text(p->roles[i].words.en, names[i][2]);
        assert_false(p->roles[i].used);
        assert_false(p->roles[i].signed_);
    }
    plan_free(p);
}

static void test_roles_may_be_signed_and_have_other_names(void **state)
{
    (void)state;
    plan *p = load(SCHEME "roles { { 'leader', signed = true }, { 'client', zh = '服务对象', en = 'Clients' }, { 'peer', signed = false } }\n" SCORE);
    assert_true(p->roles[0].signed_);
    assert_text(p->roles[0].words.zh, "领导");
    assert_text(p->roles[1].words.zh, "服务对象");
    assert_false(p->roles[1].signed_);
    assert_false(p->roles[2].signed_);
    plan_free(p);
}

static void test_role_with_only_one_name_is_refused(void **state)
{
    (void)state;
    assert_refused(SCHEME "roles { { 'peer', en = 'Peers' } }\n" SCORE, "rules.field_missing", 2);
}

static void test_role_is_used_once_a_figure_reads_its_ballots(void **state)
{
    (void)state;
    plan *p = load(BASE "events 'fault' events 'bonus'\nlocal p = ballots 'peer':total():mean()\nlocal l = ballots 'leader'\n" SCORE);
    assert_false(p->roles[0].used);
    assert_true(p->roles[1].used);
    assert_false(p->roles[2].used); /* named, but nothing was asked of it */
    plan_free(p);
}

static void test_kinds_add_up_over_several_lists(void **state)
{
    (void)state;
    plan *p = load(SCHEME KINDS "kinds { { 'trip', " WORDS " } }\nevents { 'fault', 'bonus', 'trip' }\n" SCORE);
    assert_int_equal(p->kind_count, 3);
    assert_text(p->kinds[2].id, "trip");
    assert_true(p->kinds[0].used && p->kinds[1].used && p->kinds[2].used);
    plan_free(p);
}

/* ---- ballots ---- */

#define KINDS_USED "events { 'fault', 'bonus' }\n"

static void test_ballots_are_reduced_in_four_ways(void **state)
{
    (void)state;
    plan *p = load(BASE KINDS_USED "local t = ballots 'leader':total()\nstep { t:mean(), " WORDS " } step { t:count(), " WORDS " }\n"
                   "step { t:not_counted(), " WORDS " } step { t:invalid(), " WORDS " }\n" SCORE);
    static const ballot_reducer reducers[] = {BALLOT_MEAN, BALLOT_COUNT, BALLOT_NOT_COUNTED, BALLOT_INVALID};
    assert_int_equal(p->ballot_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const node *n = step_node(p, i);
        assert_int_equal(n->op, OP_BALLOTS);
        assert_int_equal(n->kind, KIND_NUMBER);
        assert_int_equal(p->ballots[n->source].reducer, reducers[i]);
        assert_int_equal(p->ballots[n->source].roles, 1u << 2);
        assert_int_equal(p->ballots[n->source].item, ITEM_TOTAL);
    }
    plan_free(p);
}

static void test_ballots_of_one_item(void **state)
{
    (void)state;
    plan *p = load(BASE KINDS_USED "step { ballots 'peer':item 'b':mean(), " WORDS " }\n" SCORE);
    assert_int_equal(p->ballots[step_node(p, 0)->source].item, 1);
    assert_int_equal(p->ballots[step_node(p, 0)->source].roles, 1u << 1);
    plan_free(p);
}

static void test_ballots_asked_twice_are_one_source(void **state)
{
    (void)state;
    plan *p = load(BASE KINDS_USED "step { ballots 'peer':total():mean(), " WORDS " }\nstep { ballots 'peer':total():mean(), " WORDS " }\n" SCORE);
    assert_int_equal(p->ballot_count, 1);
    plan_free(p);
}

/* ---- events ---- */

static const event_source *step_events(const plan *p, size_t n)
{
    assert_int_equal(step_node(p, n)->op, OP_EVENTS);
    return &p->events[step_node(p, n)->source];
}

static void test_events_are_reduced_in_four_ways(void **state)
{
    (void)state;
    plan *p = load(SCHEME KINDS "local e = events { 'bonus', 'fault' }\nstep { e:count(), " WORDS " } step { e:points():sum(), " WORDS " }\n"
                   "step { e:amount():sum(), " WORDS " } step { e:months(), " WORDS " }\n" SCORE);
    static const event_reducer reducers[] = {EVENT_COUNT, EVENT_SUM, EVENT_SUM, EVENT_MONTHS};
    static const event_figure figures[] = {FIGURE_NONE, FIGURE_POINTS, FIGURE_AMOUNT, FIGURE_NONE};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(step_events(p, i)->reducer, reducers[i]);
        assert_int_equal(step_events(p, i)->figure, figures[i]);
        assert_int_equal(step_events(p, i)->part, PART_SUBJECT);
        assert_true(step_events(p, i)->kinds[0] == 3); /* bits of kinds 0 and 1 */
    }
    plan_free(p);
}

static void test_events_of_one_kind_may_be_named_without_braces(void **state)
{
    (void)state;
    plan *p = load(SCHEME KINDS "step { events 'bonus':count(), " WORDS " }\nstep { events { 'fault' }:count(), " WORDS " }\n" SCORE);
    assert_true(step_events(p, 0)->kinds[0] == 2); /* the bit of kind 1 */
    assert_true(step_events(p, 1)->kinds[0] == 1);
    plan_free(p);
}

static void test_events_as_liable_are_those_of_the_other_part(void **state)
{
    (void)state;
    plan *p = load(SCHEME KINDS "local e = events { 'fault', 'bonus' }\nstep { e:as_liable():points():sum(), " WORDS " }\n"
                   "step { e:points():sum(), " WORDS " }\n" SCORE);
    assert_int_equal(step_events(p, 0)->part, PART_LIABLE);
    assert_int_equal(step_events(p, 1)->part, PART_SUBJECT); /* as_liable made something new */
    plan_free(p);
}

static void test_any_is_more_than_no_event(void **state)
{
    (void)state;
    plan *p = load(SCHEME KINDS KINDS_USED "exclude { events 'fault':any(), " WORDS " }\n" SCORE);
    const node *n = node_of(p, made_statement(p, STATEMENT_EXCLUDE, 0)->node);
    assert_int_equal(n->op, OP_MORE_THAN);
    assert_int_equal(n->kind, KIND_TRUTH);
    assert_int_equal(p->events[node_of(p, n->args[0])->source].reducer, EVENT_COUNT);
    assert_constant(p, n->args[1], 0, 1);
    plan_free(p);
}

/* The 512th kind is the last bit of the last word. */
static void test_events_of_the_last_possible_kind(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local all = {}\nfor i = 1, 512 do all[i] = { 'k' .. i, " WORDS " } end\nkinds(all)\n"
                   "local names = {}\nfor i, k in ipairs(all) do names[i] = k[1] end\nevents(names)\n"
                   "step { events 'k512':count(), " WORDS " }\n" SCORE);
    assert_int_equal(p->kind_count, 512);
    assert_true(step_events(p, 0)->kinds[7] == (uint64_t)1 << 63);
    assert_true(step_events(p, 0)->kinds[0] == 0);
    plan_free(p);
}

static void test_months_in_post_is_a_source(void **state)
{
    (void)state;
    plan *p = load(SCHEME "step { months_in_post(), " WORDS " }\n" SCORE);
    assert_int_equal(step_node(p, 0)->op, OP_MONTHS_IN_POST);
    plan_free(p);
}

/* ---- figures ---- */

static void test_arithmetic_keeps_the_order_of_its_sides(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nstep { m + 1, " WORDS " } step { 2 - m, " WORDS " } step { m * 0.25, " WORDS " }\n"
                   "step { 12 / m, " WORDS " } step { -m, " WORDS " }\n" SCORE);
    static const node_op ops[] = {OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_SUBTRACT};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(step_node(p, i)->op, ops[i]);
    assert_constant(p, step_node(p, 0)->args[1], 1, 1);
    assert_constant(p, step_node(p, 1)->args[0], 2, 1);
    assert_constant(p, step_node(p, 2)->args[1], 1, 4);
    assert_constant(p, step_node(p, 3)->args[0], 12, 1);
    assert_constant(p, step_node(p, 4)->args[0], 0, 1); /* −m is 0 − m */
    assert_int_equal(node_of(p, step_node(p, 4)->args[1])->op, OP_MONTHS_IN_POST);
    plan_free(p);
}

/* A figure written as text keeps its places: 0.10 is read as it stands. */
static void test_figures_may_be_written_as_text(void **state)
{
    (void)state;
    plan *p = load(SCHEME "step { months_in_post() * '0.10', " WORDS " }\n" SCORE);
    assert_constant(p, step_node(p, 0)->args[1], 1, 10);
    plan_free(p);
}

/* 0.1 + 0.2 is 0.30000000000000004 in Lua: no figure of any document. 0.5 + 0.25 is exactly 0.75. */
static void test_figures_calculated_in_lua_must_be_short_decimals(void **state)
{
    (void)state;
    assert_refused(SCHEME "step { months_in_post() * (0.1 + 0.2), " WORDS " }\n" SCORE, "rules.inexact_figure", 2);
    assert_refused(SCHEME "step { months_in_post() * (1 / 3), " WORDS " }\n" SCORE, "rules.inexact_figure", 2);
    assert_refused(SCHEME "step { months_in_post() * (1 / 0), " WORDS " }\n" SCORE, "rules.inexact_figure", 2);
    assert_refused(SCHEME "step { 1000000000000000, " WORDS " }\n" SCORE, "rules.inexact_figure", 2); /* 16 digits */
    plan *p = load(SCHEME "step { months_in_post() * (0.5 + 0.25), " WORDS " }\n" SCORE);
    assert_constant(p, step_node(p, 0)->args[1], 3, 4);
    plan_free(p);
}

static void test_equal_figures_of_a_clause_are_one_node(void **state)
{
    (void)state;
    plan *p = load(SCHEME "clause '1'\nlocal a, b = months_in_post() + 1, months_in_post() + 1\nstep { a - b, " WORDS " }\n" SCORE);
    assert_int_equal(step_node(p, 0)->args[0], step_node(p, 0)->args[1]);
    plan_free(p);
}

static void test_equal_figures_of_two_clauses_stay_apart(void **state)
{
    (void)state;
    plan *p = load(SCHEME "clause '1'\nlocal a = months_in_post() + 1\nclause '2'\nlocal b = months_in_post() + 1\nstep { a - b, " WORDS " }\n" SCORE);
    const node *n = step_node(p, 0);
    assert_int_not_equal(n->args[0], n->args[1]);
    assert_text(plan_clause_number(p, node_of(p, n->args[0])->at), "1");
    assert_text(plan_clause_number(p, node_of(p, n->args[1])->at), "2");
    plan_free(p);
}

static void test_arguments_have_lower_numbers_than_their_node(void **state)
{
    (void)state;
    plan *p = load(BASE KINDS_USED "local p, m = ballots 'peer':total():mean(), months_in_post()\n"
                   "score { when(all_of { p:at_least(1), m:at_most(2) }, p * m, -p):or_else(3), not_below = 0, round = half_up(2), " WORDS " }\n");
    for (node_id id = 0; id < p->node_count; id++)
        for (uint32_t i = 0; i < p->nodes[id].arg_count; i++)
            assert_true(p->nodes[id].args[i] < id);
    plan_free(p);
}

static void test_weighted_is_a_sum_of_products(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nlocal a = step { m, zh = '子', en = 'a' }\nlocal b = step { m, zh = '丑', en = 'b' }\n"
                   "step { weighted { { a, 0.4 }, { b, 0.6 } }, " WORDS " }\n" SCORE);
    assert_formula(p, made_step(p, 2), "a × 0.4 + b × 0.6");
    plan_free(p);
}

/* Every pair goes through Lua's stack, which has room for twenty values. */
static void test_weighted_takes_many_pairs(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m, w = months_in_post(), {}\nfor i = 1, 200 do w[i] = { m + i, 0.005 } end\n"
                   "score { weighted(w), round = half_up(2), " WORDS " }\n");
    size_t products = 0;
    for (node_id id = 0; id < p->node_count; id++)
        products += p->nodes[id].op == OP_MULTIPLY;
    assert_int_equal(products, 200);
    plan_free(p);
}

static void test_weighted_may_add_up_to_another_total(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nstep { weighted { { m, 60 }, { m, 40 }, total = 100 }, " WORDS " }\n" SCORE);
    assert_int_equal(step_node(p, 0)->op, OP_ADD);
    plan_free(p);
}

static void test_weights_may_be_parameters(void **state)
{
    (void)state;
    const char *rules = SCHEME "local m = months_in_post()\nlocal w = param { 'w', default = 0.4, min = 0, max = 1, " WORDS " }\n"
                               "step { weighted { { m, w }, { m, 0.6 } }, " WORDS " }\n" SCORE;
    plan_free(load(rules));
    assert_refused_with(rules, ASSESS_E_RULES, "rules.weights", 4, .settings = {"w=0.5"});
}

static void test_comparisons_are_conditions(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nexclude { m:at_least(1), " WORDS " } exclude { m:more_than(2), " WORDS " }\n"
                   "exclude { m:at_most(3), " WORDS " } exclude { m:less_than(4), " WORDS " } exclude { m:exactly(5), " WORDS " }\n" SCORE);
    static const node_op ops[] = {OP_AT_LEAST, OP_MORE_THAN, OP_AT_MOST, OP_LESS_THAN, OP_EXACTLY};
    for (size_t i = 0; i < 5; i++) {
        const node *n = node_of(p, made_statement(p, STATEMENT_EXCLUDE, i)->node);
        assert_int_equal(n->op, ops[i]);
        assert_int_equal(n->kind, KIND_TRUTH);
        assert_constant(p, n->args[1], (int64_t)i + 1, 1);
    }
    plan_free(p);
}

static void test_conditions_are_joined_from_left_to_right(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nlocal a, b, c = m:at_least(1), m:at_least(2), m:at_least(3)\n"
                   "exclude { all_of { a, b, c }, " WORDS " } exclude { any_of { a, b }, " WORDS " } exclude { unless(a), " WORDS " }\n" SCORE);
    const node *all = node_of(p, made_statement(p, STATEMENT_EXCLUDE, 0)->node);
    assert_int_equal(all->op, OP_BOTH);
    assert_int_equal(node_of(p, all->args[0])->op, OP_BOTH); /* (a and b) and c */
    assert_constant(p, node_of(p, all->args[1])->args[1], 3, 1);
    assert_int_equal(node_of(p, made_statement(p, STATEMENT_EXCLUDE, 1)->node)->op, OP_EITHER);
    assert_int_equal(node_of(p, made_statement(p, STATEMENT_EXCLUDE, 2)->node)->op, OP_NOT);
    plan_free(p);
}

static void test_conditions_may_be_many(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m, c = months_in_post(), {}\nfor i = 1, 200 do c[i] = m:exactly(i) end\nexclude { any_of(c), " WORDS " }\n" SCORE);
    size_t joints = 0;
    for (node_id id = 0; id < p->node_count; id++)
        joints += p->nodes[id].op == OP_EITHER;
    assert_int_equal(joints, 199);
    plan_free(p);
}

static void test_when_or_else_floor_and_cap(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nstep { when(m:at_least(6), 2, m), " WORDS " } step { m:or_else(0), " WORDS " }\n"
                   "step { m:not_below(1), " WORDS " } step { m:not_above(9), " WORDS " }\n" SCORE);
    const node *when = step_node(p, 0);
    assert_int_equal(when->op, OP_WHEN);
    assert_int_equal(node_of(p, when->args[0])->op, OP_AT_LEAST);
    assert_constant(p, when->args[1], 2, 1);
    assert_int_equal(node_of(p, when->args[2])->op, OP_MONTHS_IN_POST);
    assert_int_equal(step_node(p, 1)->op, OP_OR_ELSE);
    assert_int_equal(step_node(p, 2)->op, OP_NOT_BELOW);
    assert_int_equal(step_node(p, 3)->op, OP_NOT_ABOVE);
    plan_free(p);
}

/* ---- roundings ---- */

static rounding score_rounding(const char *round)
{
    char rules[1024];
    snprintf(rules, sizeof rules, SCHEME "score { 1, round = %s, " WORDS " }\n", round);
    plan *p = load(rules);
    rounding r = node_of(p, p->statements[p->levels[0].score].node)->round;
    plan_free(p);
    return r;
}

static void test_roundings_are_modes_and_units(void **state)
{
    static const struct expected {
        const char *written;
        rounding_mode mode;
        int64_t coeff;
        int scale;
    } all[] = {
        {"half_up(2)", ROUND_HALF_UP, 1, 2},         {"half_up(0)", ROUND_HALF_UP, 1, 0},
        {"half_even(1)", ROUND_HALF_EVEN, 1, 1},     {"round_down(9)", ROUND_DOWN, 1, 9},
        {"round_up(3)", ROUND_UP, 1, 3},             {"half_up { to = 0.5 }", ROUND_HALF_UP, 5, 1},
        {"round_down { to = 10 }", ROUND_DOWN, 10, 0}, {"half_even { to = '0.20' }", ROUND_HALF_EVEN, 20, 2},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        rounding r = score_rounding(all[i].written);
        assert_int_equal(r.mode, all[i].mode);
        assert_int_equal(r.unit.coeff, all[i].coeff);
        assert_int_equal(r.unit.scale, all[i].scale);
    }
}

/* ---- statements ---- */

static void test_step_names_a_copy_of_its_figure(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nlocal a = step { m, zh = '甲', en = 'first', remark = true }\n"
                   "step { m, zh = '乙', en = 'second' }\nstep { a + 1, zh = '丙', en = 'third' }\n" SCORE);
    assert_text(step_node(p, 0)->name.en, "first");
    assert_text(step_node(p, 1)->name.zh, "乙");
    assert_int_not_equal(made_step(p, 0), made_step(p, 1));
    assert_int_equal(step_node(p, 2)->args[0], made_step(p, 0)); /* what a step returns is the named one */
    assert_true(made_statement(p, STATEMENT_STEP, 0)->remark);
    assert_false(made_statement(p, STATEMENT_STEP, 1)->remark);
    plan_free(p);
}

static void test_score_is_rounded_behind_floor_and_cap(void **state)
{
    (void)state;
    plan *p = load(SCHEME "score { months_in_post() + 1, not_below = 0, not_above = 100, round = half_up(1), zh = '分', en = 'Points' }\n");
    const statement *s = &p->statements[p->levels[0].score];
    const node *round = node_of(p, s->node), *cap = node_of(p, round->args[0]), *floor = node_of(p, cap->args[0]);
    assert_int_equal(s->kind, STATEMENT_SCORE);
    assert_int_equal(round->op, OP_ROUND);
    assert_text(round->name.en, "Points");
    assert_int_equal(cap->op, OP_NOT_ABOVE);
    assert_constant(p, cap->args[1], 100, 1);
    assert_int_equal(floor->op, OP_NOT_BELOW);
    assert_constant(p, floor->args[1], 0, 1);
    assert_int_equal(floor->args[0], s->before);
    assert_int_equal(node_of(p, s->before)->op, OP_ADD);
    plan_free(p);
}

static void test_score_can_be_used_further_down(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local s = score { months_in_post(), round = half_up(0), " WORDS " }\nexclude { s:less_than(6), " WORDS " }\n");
    assert_int_equal(node_of(p, made_statement(p, STATEMENT_EXCLUDE, 0)->node)->args[0], p->statements[p->levels[0].score].node);
    plan_free(p);
}

static void test_grades_have_edges_and_printed_ends(void **state)
{
    (void)state;
    plan *p = load(SCHEME "score { months_in_post(), round = half_up(0), " WORDS " }\n" "grades { { 'good', zh = '好', en = 'Good', from = 59.5 }, { 'poor', zh = '差', en = 'Poor', from = 0, printed_to = 59 } }\n");
    assert_int_equal(p->grade_count, 2);
    assert_text(p->grades[0].id, "good");
    assert_int_equal(p->grades[0].from.coeff, 595);
    assert_false(p->grades[0].has_printed_to);
    assert_true(p->grades[1].has_printed_to);
    assert_int_equal(p->grades[1].printed_to.coeff, 59);
    assert_int_equal(p->nodes[made_statement(p, STATEMENT_GRADES, 0)->node].op, OP_BANDS);
    plan_free(p);
}

static void test_exclude_decides_what_the_unknown_means(void **state)
{
    (void)state;
    plan *p = load(SCHEME SCORE "local c = months_in_post():less_than(6)\nexclude { c, " WORDS " }\nexclude { c, unknown = 'keep', " WORDS " }\n"
                   "exclude { c, unknown = 'incomplete', " WORDS " }\n");
    assert_false(made_statement(p, STATEMENT_EXCLUDE, 0)->unknown_keeps);
    assert_true(made_statement(p, STATEMENT_EXCLUDE, 1)->unknown_keeps);
    assert_false(made_statement(p, STATEMENT_EXCLUDE, 2)->unknown_keeps);
    plan_free(p);
}

/* The grade below the barred one is the best that is left: number 1 of 0, 1, 2. */
static void test_veto_leaves_the_grade_below(void **state)
{
    (void)state;
    plan *p = load(SCHEME KINDS KINDS_USED "score { months_in_post(), round = half_up(0), " WORDS " }\n"
                   "grades { { 'a', from = 90, " WORDS " }, { 'b', from = 60, " WORDS " }, { 'c', from = 0, " WORDS " } }\n"
                   "veto { events 'fault':any(), bars = 'a', " WORDS " }\n"
                   "veto { events 'fault':count():at_least(2), bars = 'b', " WORDS " }\n");
    assert_int_equal(made_statement(p, STATEMENT_VETO, 0)->limit, 1);
    assert_int_equal(made_statement(p, STATEMENT_VETO, 1)->limit, 2);
    assert_int_equal(made_statement(p, STATEMENT_VETO, 1)->before, made_statement(p, STATEMENT_VETO, 0)->after);
    plan_free(p);
}

static void test_rank_is_a_statement_of_the_plan(void **state)
{
    (void)state;
    plan *p = load(SCHEME SCORE "rank { within = 'batch', zh = '名次', en = 'Rank' }\n");
    assert_int_equal(p->statements[p->levels[0].rank].kind, STATEMENT_RANK);
    assert_text(p->statements[p->levels[0].rank].words.zh, "名次");
    plan_free(p);
    p = load(SCHEME SCORE);
    assert_true(p->levels[0].rank == SIZE_MAX);
    plan_free(p);
}

/* ---- parameters ---- */

#define FIGURE_PARAM SCHEME "local f = param { 'level', default = 0.5, min = 0.1, max = 2, zh = '档', en = 'level' }\nstep { f, " WORDS " }\n" SCORE

static void test_param_has_its_default_unless_set(void **state)
{
    (void)state;
    plan *p = load(FIGURE_PARAM);
    assert_false(p->params[0].set);
    assert_text(p->params[0].default_text, "0.5");
    assert_constant(p, made_step(p, 0), 1, 2);
    assert_int_equal(step_node(p, 0)->source, 1); /* number of the parameter + 1 */
    plan_free(p);
    p = load_with(FIGURE_PARAM, .settings = {"level=1.25"});
    assert_true(p->params[0].set);
    assert_constant(p, made_step(p, 0), 5, 4);
    plan_free(p);
}

static void test_param_takes_its_bounds_and_nothing_beyond(void **state)
{
    (void)state;
    plan_free(load_with(FIGURE_PARAM, .settings = {"level=0.1"}));
    plan_free(load_with(FIGURE_PARAM, .settings = {"level=2.0"}));
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.setting_bounds", 2, .settings = {"level=0.099999999"});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.setting_bounds", 2, .settings = {"level=2.000000001"});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.setting_bounds", 2, .settings = {"level=much"});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.setting_bounds", 2, .settings = {"level="});
}

static void test_settings_that_no_parameter_takes_are_refused(void **state)
{
    (void)state;
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.unknown_setting", 0, .settings = {"levels=1"});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.unknown_setting", 0, .settings = {"lev=1"});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.unknown_setting", 0, .settings = {"level"});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.unknown_setting", 0, .settings = {""});
    assert_refused_with(FIGURE_PARAM, ASSESS_E_CALL, "call.unknown_setting", 0, .settings = {"level=1", "level=2"});
}

#define CHOICE_PARAM SCHEME "local c = param { 'style', choices = { 'up', 'down' }, default = 'down', " WORDS " }\n" \
                            "score { 1, round = choose(c, { up = round_up(1), down = round_down(1) }), " WORDS " }\n"

static void test_choose_picks_by_the_parameter(void **state)
{
    (void)state;
    plan *p = load(CHOICE_PARAM);
    assert_int_equal(node_of(p, p->statements[p->levels[0].score].node)->round.mode, ROUND_DOWN);
    assert_true(p->params[0].is_choice);
    assert_int_equal(p->params[0].choice_count, 2);
    assert_text(p->params[0].choice, "down");
    plan_free(p);
    p = load_with(CHOICE_PARAM, .settings = {"style=up"});
    assert_int_equal(node_of(p, p->statements[p->levels[0].score].node)->round.mode, ROUND_UP);
    assert_text(p->params[0].choice, "up");
    plan_free(p);
    assert_refused_with(CHOICE_PARAM, ASSESS_E_CALL, "call.setting_no_choice", 2, .settings = {"style=sideways"});
}

static void test_choose_gives_whatever_stands_there(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local c = param { 'c', choices = { 'x', 'y' }, default = 'y', " WORDS " }\nlocal m = months_in_post()\n"
                   "step { choose(c, { x = 1, y = 2.5 }), " WORDS " } step { choose(c, { x = 1, y = m }), " WORDS " }\n" SCORE);
    assert_constant(p, made_step(p, 0), 5, 2);
    assert_int_equal(step_node(p, 1)->op, OP_MONTHS_IN_POST);
    plan_free(p);
}

/* ---- use ---- */

#define PART "scheme { id = 'part', format = 1, title = { zh = '附件', en = 'Annex' } }\nclause '4'\n"

static void test_use_brings_in_statements_under_their_own_clauses(void **state)
{
    static const made_file files[] = {{"part", PART KINDS "exclude { events { 'fault', 'bonus' }:any(), " WORDS " }\n"}, {NULL, NULL}};
    (void)state;
    plan *p = load_with(SCHEME "clause '1'\nuse 'part'\nstep { 1, " WORDS " }\n" SCORE, .files = files);
    const statement *used = made_statement(p, STATEMENT_EXCLUDE, 0), *after = made_statement(p, STATEMENT_STEP, 0);
    assert_int_equal(p->file_count, 2);
    assert_text(p->files[1].name, "part.lua");
    assert_text(p->files[1].title.en, "Annex");
    assert_text(plan_clause_number(p, used->at), "附件 4"); /* told apart by the title of its file */
    assert_int_equal(used->at.file, 1);
    assert_int_equal(used->at.line, 4);
    assert_text(plan_clause_number(p, after->at), "1"); /* as before the use */
    assert_int_equal(after->at.file, 0);
    assert_text(p->id, "x");
    plan_free(p);
}

static void test_use_begins_without_a_clause(void **state)
{
    static const made_file files[] = {{"part", "scheme { id = 'p', format = 1, title = { " WORDS " } }\nstep { 1, " WORDS " }\n"}, {NULL, NULL}};
    (void)state;
    plan *p = load_with(SCHEME "clause '1'\nuse 'part'\n" SCORE, .files = files);
    assert_text(plan_clause_number(p, made_statement(p, STATEMENT_STEP, 0)->at), "");
    plan_free(p);
}

static void test_use_shares_items_roles_and_parameters(void **state)
{
    static const made_file files[] = {
        {"part", PART "local f = param { 'level', default = 1, min = 0, max = 2, " WORDS " }\n"
                      "step { ballots 'peer':total():mean() * f, " WORDS " }\n"}, {NULL, NULL}};
    (void)state;
    plan *p = load_with(SCHEME ITEMS ROLES "use 'part'\n" SCORE, .files = files, .settings = {"level=2"});
    assert_int_equal(p->params[0].at.file, 1);
    assert_true(p->params[0].set);
    plan_free(p);
}

static void test_use_keeps_names_local(void **state)
{
    static const made_file files[] = {{"part", PART "local hidden = 1\n"}, {NULL, NULL}};
    (void)state;
    assert_refused_with(SCHEME "use 'part'\nstep { hidden, " WORDS " }\n" SCORE, ASSESS_E_RULES, "rules.unknown_word", 3, .files = files);
}

static void test_use_goes_eight_files_deep_and_no_further(void **state)
{
    static const made_file files[] = {
        {"f1", PART "use 'f2'"}, {"f2", PART "use 'f3'"}, {"f3", PART "use 'f4'"}, {"f4", PART "use 'f5'"}, {"f5", PART "use 'f6'"},
        {"f6", PART "use 'f7'"}, {"f7", PART "use 'f8'"}, {"f8", PART}, {"f0", PART "use 'f1'"}, {NULL, NULL}};
    (void)state;
    plan *p = load_with(SCHEME "use 'f1'\n" SCORE, .files = files);
    assert_int_equal(p->file_count, 9);
    plan_free(p);
    assert_refused_with(SCHEME "use 'f0'\n" SCORE, ASSESS_E_RULES, "rules.use_cycle", 3, .files = files);
}

static void test_use_names_the_file_at_fault(void **state)
{
    static const made_file files[] = {{"part", PART "\n\nclouse '5'\n"}, {NULL, NULL}};
    (void)state;
    assess_error err = {0};
    plan *p = NULL;
    made_load how = {.files = files};
    assert_int_equal(made_load_bytes(text_of(SCHEME "use 'part'\n" SCORE), &how, &p, &err), ASSESS_E_RULES);
    assert_string_equal(err.file, "part.lua");
    assert_int_equal(err.line, 5);
    assert_string_equal(err.clause, "附件 4");
}

/* ---- lists and fields ---- */

static void test_for_goes_through_a_list_of_the_file(void **state)
{
    (void)state;
    plan *p = load(SCHEME "for i, x in ipairs { 10, 20, 30 } do step { x + i, " WORDS " } end\n" SCORE);
    assert_constant(p, made_step(p, 0), 11, 1);
    assert_constant(p, made_step(p, 1), 22, 1);
    assert_constant(p, made_step(p, 2), 33, 1);
    plan_free(p);
}

/* A second condition in the braces would be dropped without a word. */
static void test_fields_that_would_be_ignored_are_refused(void **state)
{
    (void)state;
    assert_refused(SCHEME "local c = months_in_post():less_than(6)\nexclude { c, c, " WORDS " }\n" SCORE, "rules.field_unknown", 3);
    assert_refused(SCHEME "step { 1, 2, " WORDS " }\n" SCORE, "rules.field_unknown", 2);
    assert_refused(SCHEME "score { 1, 2, round = half_up(0), " WORDS " }\n", "rules.field_unknown", 2);
    assert_refused(SCHEME "kinds { { 'a', 'b', " WORDS " } }\n" SCORE, "rules.field_unknown", 2);
    assert_refused(SCHEME "step { weighted { { 1, 0.5, 2 }, { 1, 0.5 } }, " WORDS " }\n" SCORE, "rules.field_unknown", 2);
    assert_refused(SCHEME "rank { 'x', within = 'batch', " WORDS " }\n" SCORE, "rules.field_unknown", 2);
}

/* Lua keeps a table in another order in every run. */
static void test_of_several_unknown_fields_always_the_same_is_named(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        assess_error err = {0};
        plan *p = NULL;
        const char *rules = SCHEME "step { 1, zz = 1, yy = 2, xx = 3, [7] = 4, ww = 5, " WORDS " }\n" SCORE;
        assert_int_equal(made_load_bytes(text_of(rules), NULL, &p, &err), ASSESS_E_RULES);
        assert_string_equal(err.message[ASSESS_EN], "step has no field '[7]'; its fields are: remark zh en");
    }
}

/* ---- period ---- */

static void test_period_is_kept_with_its_days(void **state)
{
    static const struct expected {
        const char *text, *from, *to;
    } all[] = {{"2026", "2026-01-01", "2026-12-31"}, {"2026-02", "2026-02-01", "2026-02-28"}, {"2026Q2", "2026-04-01", "2026-06-30"},
               {"2026H2", "2026-07-01", "2026-12-31"}, {"2026-03-04..2026-05-06", "2026-03-04", "2026-05-06"}};
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        plan *p = load_with(SCHEME SCORE, .period = all[i].text);
        char day[16];
        date_print(p->period.from, day);
        assert_string_equal(day, all[i].from);
        date_print(p->period.to, day);
        assert_string_equal(day, all[i].to);
        assert_text(p->period_text, all[i].text);
        plan_free(p);
    }
}

static void test_period_that_is_none_is_an_error_of_the_call(void **state)
{
    (void)state;
    assert_refused_with(SCHEME SCORE, ASSESS_E_CALL, "call.period", 0, .period = "last year");
    assert_refused_with(SCHEME SCORE, ASSESS_E_CALL, "call.period", 0, .period = "2026Q5");
}

#define SINCE_MARCH "scheme { id = 'x', format = 1, effective = '2026-03-15', title = { " WORDS " }, source = { " WORDS " } }\n" SCORE

/* In force from 15 March: a period that ends the day before is not covered, one that ends that day is. */
static void test_period_must_reach_the_effective_day(void **state)
{
    (void)state;
    assert_refused_with(SINCE_MARCH, ASSESS_E_RULES, "rules.not_yet_in_force", 1, .period = "2026-01-01..2026-03-14");
    plan_free(load_with(SINCE_MARCH, .period = "2026-01-01..2026-03-15"));
    plan_free(load(SINCE_MARCH)); /* no period: to look at it */
}

/* ---- the plan as a whole ---- */

static void test_digest_tells_rule_files_apart(void **state)
{
    static const made_file one[] = {{"part", PART}, {NULL, NULL}}, other[] = {{"part", PART "-- changed\n"}, {NULL, NULL}};
    (void)state;
    plan *p[] = {load(SCHEME SCORE), load(SCHEME SCORE), load(SCHEME SCORE "\n"),
                 load_with(SCHEME "use 'part'\n" SCORE, .files = one), load_with(SCHEME "use 'part'\n" SCORE, .files = other)};
    digest d[5];
    for (size_t i = 0; i < 5; i++) {
        assert_true(plan_digest(p[i], &d[i]));
        plan_free(p[i]);
    }
    assert_memory_equal(&d[0], &d[1], sizeof *d);
    assert_memory_not_equal(&d[0], &d[2], sizeof *d);
    assert_memory_not_equal(&d[3], &d[4], sizeof *d);
}

/* (a or b) and c must not be read as a or (b and c); x, not below (y, not above 3) not as (x, not below y), not above 3. */
static void test_formulas_are_printed_with_the_brackets_they_need(void **state)
{
    static const char *const all[][2] = {
        {"m - (m + 1)", "m − (m + 1)"},
        {"m - 1 + 2", "m − 1 + 2"},
        {"(m + 1) * 2", "(m + 1) × 2"},
        {"m / (m * 2)", "m ÷ (m × 2)"},
        {"m:not_below(m:not_above(3))", "m, not below (m, not above 3)"},
        {"m:not_below(0):not_above(3)", "m, not below 0, not above 3"},
        {"m:or_else(0) + 1", "(m, or where there is none 0) + 1"},
        {"when(m:at_least(6), 1, 2) + 3", "(if m is at least 6 then 1 else 2) + 3"},
        {"when(all_of { any_of { m:exactly(1), m:exactly(2) }, m:exactly(3) }, 1, 0)",
         "if (m is exactly 1 or m is exactly 2) and m is exactly 3 then 1 else 0"},
        {"when(unless(all_of { m:exactly(1), m:exactly(2) }), 1, 0)", "if not (m is exactly 1 and m is exactly 2) then 1 else 0"},
        {"when(m:not_below(1):more_than(2), 1, 0)", "if (m, not below 1) is more than 2 then 1 else 0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char rules[2048];
        snprintf(rules, sizeof rules, SCHEME "local m = step { months_in_post(), zh = 'm', en = 'm' }\nstep { %s, " WORDS " }\n" SCORE, all[i][0]);
        plan *p = load(rules);
        assert_formula(p, made_step(p, 1), all[i][1]);
        plan_free(p);
    }
}

static void test_sources_are_printed_in_both_languages(void **state)
{
    (void)state;
    plan *p = load(BASE "step { ballots 'peer':item 'b':mean(), " WORDS " }\nstep { events { 'fault', 'bonus' }:as_liable():points():sum(), " WORDS " }\n"
                        "step { months_in_post(), " WORDS " }\n" SCORE);
    made_formula(p, made_step(p, 0), ASSESS_EN, "mean of ballots of colleagues on “B”", __FILE__, __LINE__);
    made_formula(p, made_step(p, 0), ASSESS_ZH, "群众评分“乙项”的平均分", __FILE__, __LINE__);
    made_formula(p, made_step(p, 1), ASSESS_EN, "points of Fault, Bonus (as the one liable)", __FILE__, __LINE__);
    made_formula(p, made_step(p, 1), ASSESS_ZH, "过错、加分（作为连带责任人）的分值合计", __FILE__, __LINE__);
    made_formula(p, made_step(p, 2), ASSESS_ZH, "在岗整月数", __FILE__, __LINE__);
    plan_free(p);
}

/* Sixty doublings without a name would be printed as 2^60 terms. */
static void test_formulas_too_long_for_a_page_are_cut(void **state)
{
    (void)state;
    plan *p = load(SCHEME "local m = months_in_post()\nfor i = 1, 60 do m = m + m end\nscore { m, round = half_up(2), " WORDS " }\n");
    buffer b = {0};
    plan_print_formula(p, p->statements[p->levels[0].score].node, ASSESS_EN, &b);
    assert_true(b.length < 8192);
    buffer_add_char(&b, '\0');
    assert_non_null(strstr(b.bytes, "…"));
    buffer_free(&b);
    plan_free(p);
}

static void test_description_names_everything(void **state)
{
    static const char *const expected[] = {"Scheme", "(x)", "Paper", "level = 0.5", "may be 0.1 to 2", "default 0.5", "a  A  0–60 points",
                                           "known, not counted", "fault  Fault", "score: word = ", "not assessed: word: if ",
                                           "veto: word: if ", "the grade is at most Poor", "rank: word", "good  Good  from 60",
                                           "poor  Poor  from 0, printed up to 59", "In force: from 2020-01-01"};
    (void)state;
    plan *p = load("scheme { id = 'x', format = 1, effective = '2020-01-01', title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', en = 'Paper' } }\n"
                   ITEMS ROLES KINDS "local f = param { 'level', default = 0.5, min = 0.1, max = 2, " WORDS " }\n"
                   "score { ballots 'peer':total():mean() * f, round = half_up(2), " WORDS " }\n"
                   "grades { { 'good', zh = '好', en = 'Good', from = 60 }, { 'poor', zh = '差', en = 'Poor', from = 0, printed_to = 59 } }\n"
                   "exclude { events 'fault':any(), " WORDS " }\nveto { events 'bonus':any(), bars = 'good', " WORDS " }\nrank { within = 'batch', " WORDS " }\n");
    buffer b = {0};
    plan_describe(p, ASSESS_EN, &b);
    buffer_add_char(&b, '\0');
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        if (!strstr(b.bytes, expected[i]))
            print_error("missing '%s' in\n%s\n", expected[i], b.bytes);
        assert_non_null(strstr(b.bytes, expected[i]));
    }
    buffer_free(&b);
    plan_free(p);
}

/* ---- the documents that belong to the language ---- */

static char *file_text(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *bytes = calloc(1, RULES_MAX_SOURCE + 1);
    assert_non_null(bytes);
    size_t n = fread(bytes, 1, RULES_MAX_SOURCE, f);
    assert_true(n > 0);
    fclose(f);
    return bytes;
}

static void test_example_of_the_language_loads(void **state)
{
    (void)state;
    char *rules = file_text("tests/rules/valid/language.lua");
    plan *p = load(rules);
    assert_text(p->id, "language");
    plan_free(p);
    free(rules);
}

static bool has_word(const char *text_bytes, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = strstr(text_bytes, word); at; at = strstr(at + 1, word)) {
        bool starts = at == text_bytes || !strchr("abcdefghijklmnopqrstuvwxyz_", at[-1]);
        if (starts && !strchr("abcdefghijklmnopqrstuvwxyz_", at[n]))
            return true;
    }
    return false;
}

static void test_every_word_is_documented(void **state)
{
    (void)state;
    char *readme = file_text("rules/README.md");
    for (size_t i = 0; rules_word(i); i++) {
        if (!has_word(readme, rules_word(i)))
            print_error("rules/README.md does not speak of %s\n", rules_word(i));
        assert_true(has_word(readme, rules_word(i)));
    }
    free(readme);
}

static bool is_rule_file(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".lua") == 0 && !strstr(name, ".cases.") && !strstr(name, ".d.lua");
}

static bool is_in_a_file_of(const char *folder, const char *word)
{
    bool found = false;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; !found && (e = readdir(d)) != NULL;) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        char *bytes = is_rule_file(e->d_name) ? file_text(path) : NULL;
        found = bytes && has_word(bytes, word);
        free(bytes);
    }
    closedir(d);
    return found;
}

/* `use` is shown by the rule files of the product; `ipairs` needs nothing longer than a line. */
static void test_every_word_is_in_an_example(void **state)
{
    (void)state;
    for (size_t i = 0; rules_word(i); i++) {
        bool shown = strcmp(rules_word(i), "ipairs") == 0 || is_in_a_file_of("tests/rules/valid", rules_word(i)) ||
                     is_in_a_file_of("rules", rules_word(i));
        if (!shown)
            print_error("no example uses %s\n", rules_word(i));
        assert_true(shown);
    }
}

/* ---- no memory ---- */

static void test_load_without_memory_fails_cleanly(void **state)
{
    static const made_file files[] = {{"part", PART KINDS "exclude { events { 'fault', 'bonus' }:any(), " WORDS " }\n"}, {NULL, NULL}};
    (void)state;
    const char *rules = SCHEME ITEMS ROLES "use 'part'\nlocal c = param { 'c', choices = { 'x', 'y' }, default = 'y', " WORDS " }\n"
                        "score { weighted { { ballots 'peer':total():mean(), 0.5 }, { ballots 'leader':item 'a':mean(), 0.5 } },\n"
                        " round = choose(c, { x = half_up(1), y = half_up(2) }), " WORDS " }\n"
                        "grades { { 'a', from = 1, " WORDS " }, { 'b', from = 0, " WORDS " } }\n";
    made_load how = {.period = "2026", .settings = {"c=x"}, .files = files};
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        plan *p = NULL;
        mem_fault_after(n);
        status = made_load_bytes(text_of(rules), &how, &p, &err);
        mem_fault_after(-1);
        assert_true(n < 100000);
        if (status) {
            assert_int_equal(status, ASSESS_E_SYSTEM);
            assert_null(p);
        }
        plan_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scheme_gives_id_titles_and_effective_day),
        cmocka_unit_test(test_scheme_is_about_people_of_any_time_unless_it_says_otherwise),
        cmocka_unit_test(test_scheme_of_units),
        cmocka_unit_test(test_scheme_comes_first),
        cmocka_unit_test(test_clause_is_in_force_until_the_next_one),
        cmocka_unit_test(test_clause_named_again_is_the_same_clause),
        cmocka_unit_test(test_declarations_know_clause_and_line),
        cmocka_unit_test(test_items_are_points_up_to_a_maximum),
        cmocka_unit_test(test_items_of_options_count_or_do_not),
        cmocka_unit_test(test_roles_of_the_language_have_names_of_their_own),
        cmocka_unit_test(test_roles_may_be_signed_and_have_other_names),
        cmocka_unit_test(test_role_with_only_one_name_is_refused),
        cmocka_unit_test(test_role_is_used_once_a_figure_reads_its_ballots),
        cmocka_unit_test(test_kinds_add_up_over_several_lists),
        cmocka_unit_test(test_ballots_are_reduced_in_four_ways),
        cmocka_unit_test(test_ballots_of_one_item),
        cmocka_unit_test(test_ballots_asked_twice_are_one_source),
        cmocka_unit_test(test_events_are_reduced_in_four_ways),
        cmocka_unit_test(test_events_of_one_kind_may_be_named_without_braces),
        cmocka_unit_test(test_events_as_liable_are_those_of_the_other_part),
        cmocka_unit_test(test_any_is_more_than_no_event),
        cmocka_unit_test(test_events_of_the_last_possible_kind),
        cmocka_unit_test(test_months_in_post_is_a_source),
        cmocka_unit_test(test_arithmetic_keeps_the_order_of_its_sides),
        cmocka_unit_test(test_figures_may_be_written_as_text),
        cmocka_unit_test(test_figures_calculated_in_lua_must_be_short_decimals),
        cmocka_unit_test(test_equal_figures_of_a_clause_are_one_node),
        cmocka_unit_test(test_equal_figures_of_two_clauses_stay_apart),
        cmocka_unit_test(test_arguments_have_lower_numbers_than_their_node),
        cmocka_unit_test(test_weighted_is_a_sum_of_products),
        cmocka_unit_test(test_weighted_takes_many_pairs),
        cmocka_unit_test(test_weighted_may_add_up_to_another_total),
        cmocka_unit_test(test_weights_may_be_parameters),
        cmocka_unit_test(test_comparisons_are_conditions),
        cmocka_unit_test(test_conditions_are_joined_from_left_to_right),
        cmocka_unit_test(test_conditions_may_be_many),
        cmocka_unit_test(test_when_or_else_floor_and_cap),
        cmocka_unit_test(test_roundings_are_modes_and_units),
        cmocka_unit_test(test_step_names_a_copy_of_its_figure),
        cmocka_unit_test(test_score_is_rounded_behind_floor_and_cap),
        cmocka_unit_test(test_score_can_be_used_further_down),
        cmocka_unit_test(test_grades_have_edges_and_printed_ends),
        cmocka_unit_test(test_exclude_decides_what_the_unknown_means),
        cmocka_unit_test(test_veto_leaves_the_grade_below),
        cmocka_unit_test(test_rank_is_a_statement_of_the_plan),
        cmocka_unit_test(test_param_has_its_default_unless_set),
        cmocka_unit_test(test_param_takes_its_bounds_and_nothing_beyond),
        cmocka_unit_test(test_settings_that_no_parameter_takes_are_refused),
        cmocka_unit_test(test_choose_picks_by_the_parameter),
        cmocka_unit_test(test_choose_gives_whatever_stands_there),
        cmocka_unit_test(test_use_brings_in_statements_under_their_own_clauses),
        cmocka_unit_test(test_use_begins_without_a_clause),
        cmocka_unit_test(test_use_shares_items_roles_and_parameters),
        cmocka_unit_test(test_use_keeps_names_local),
        cmocka_unit_test(test_use_goes_eight_files_deep_and_no_further),
        cmocka_unit_test(test_use_names_the_file_at_fault),
        cmocka_unit_test(test_for_goes_through_a_list_of_the_file),
        cmocka_unit_test(test_fields_that_would_be_ignored_are_refused),
        cmocka_unit_test(test_of_several_unknown_fields_always_the_same_is_named),
        cmocka_unit_test(test_period_is_kept_with_its_days),
        cmocka_unit_test(test_period_that_is_none_is_an_error_of_the_call),
        cmocka_unit_test(test_period_must_reach_the_effective_day),
        cmocka_unit_test(test_digest_tells_rule_files_apart),
        cmocka_unit_test(test_formulas_are_printed_with_the_brackets_they_need),
        cmocka_unit_test(test_sources_are_printed_in_both_languages),
        cmocka_unit_test(test_formulas_too_long_for_a_page_are_cut),
        cmocka_unit_test(test_description_names_everything),
        cmocka_unit_test(test_example_of_the_language_loads),
        cmocka_unit_test(test_every_word_is_documented),
        cmocka_unit_test(test_every_word_is_in_an_example),
        cmocka_unit_test(test_load_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
