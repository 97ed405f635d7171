/* trace: one subject again with something taken otherwise. Every expected figure is worked out beside it. */
#include "made_run.h"

#define KINDS_MP "kinds { { 'p', zh = '分', en = 'points' }, { 'm', zh = '扣', en = 'minus' } }\n"
#define GRADES "grades { { 'good', zh = '好', en = 'Good', from = 80 }, { 'fair', zh = '中', en = 'Fair', from = 60 }, { 'poor', zh = '差', en = 'Poor', from = 0 } }\n"
#define WHOLE SCHEME KINDS_MP "local p = step { events 'p':points():sum(), zh = '得', en = 'Given' }\n" \
              "score { p - events 'm':points():sum(), round = half_up(1), " WORDS " }\n" GRADES \
              "veto { events 'm':count():at_least(2), bars = 'good', zh = '否', en = 'Veto' }\n" \
              "exclude { p:less_than(10), zh = '少', en = 'few' }\n"

/* 90 given, 3 and 4 taken: 83, good but for the veto of two deductions. */
static uint32_t open_whole(made_run *m)
{
    run_open(m, WHOLE);
    uint32_t s = run_subject(m, "1", NULL);
    run_event(m, s, "p", .points = "90");
    run_event(m, s, "m", .points = "3");
    run_event(m, s, "m", .points = "4");
    run_now(m);
    return s;
}

static cell *traced(const made_run *m, uint32_t s, const trace_change *changes, size_t count)
{
    cell *values = mem_alloc((m->p->node_count + 1) * sizeof *values);
    assert_non_null(values);
    assert_true(engine_trace_with(m->r, s, changes, count, values));
    return values;
}

static void assert_whole(const cell *values, node_id id, int64_t expected)
{
    assert_int_equal(values[id].missing, NODE_NONE);
    assert_int_equal(fraction_compare(values[id].value, fraction_of(expected, 1)), 0);
}

static node_id score_node(const made_run *m) { return m->p->statements[m->p->levels[0].score].node; }
static node_id grade_node(const made_run *m) { return m->p->levels[0].grade; }

static uint32_t statement_of(const made_run *m, statement_kind kind)
{
    uint32_t i = 0;
    while (m->p->statements[i].kind != kind)
        i++;
    return i;
}

static void test_trace_without_changes_is_the_run(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_whole(&m);
    cell *values = traced(&m, s, NULL, 0);
    assert_whole(values, score_node(&m), 83);
    assert_whole(values, grade_node(&m), 1);
    mem_free(values);
    run_close(&m);
}

/* Without the 4: 87, one deduction, no veto. */
static void test_event_left_out_counts_nowhere(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_whole(&m);
    trace_change c = {.kind = CHANGE_EVENT, .without = &m.b->events[2]};
    cell *values = traced(&m, s, &c, 1);
    assert_whole(values, score_node(&m), 87);
    assert_whole(values, grade_node(&m), 0);
    mem_free(values);
    run_close(&m);
}

/* 70 instead of 90, wherever that source is read: 63. */
static void test_value_of_a_source_changes_wherever_it_is_read(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_whole(&m);
    trace_change c = {.kind = CHANGE_VALUE, .node = m.p->statements[0].node, .value = fraction_of(70, 1)};
    cell *values = traced(&m, s, &c, 1);
    assert_whole(values, score_node(&m), 63);
    mem_free(values);
    run_close(&m);
}

static void test_statement_lifted_leaves_the_grade_before_it(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_whole(&m);
    trace_change c = {.kind = CHANGE_STATEMENT, .statement = statement_of(&m, STATEMENT_VETO)};
    cell *values = traced(&m, s, &c, 1);
    assert_whole(values, grade_node(&m), 0);
    assert_whole(values, m.p->statements[c.statement].node, 1); /* the condition itself stands as it was */
    mem_free(values);
    run_close(&m);
}

/* 5 instead of 90 excludes; without the exclusion nobody is. */
static void test_exclusion_lifted_does_not_hold(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_whole(&m), number = statement_of(&m, STATEMENT_EXCLUDE);
    trace_change c[2] = {{.kind = CHANGE_VALUE, .node = m.p->statements[0].node, .value = fraction_of(5, 1)},
                         {.kind = CHANGE_STATEMENT, .statement = number}};
    cell *with = traced(&m, s, c, 1), *without = traced(&m, s, c, 2);
    assert_whole(with, m.p->statements[number].node, 1);
    assert_whole(without, m.p->statements[number].node, 0);
    mem_free(with);
    mem_free(without);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trace_without_changes_is_the_run),
        cmocka_unit_test(test_event_left_out_counts_nowhere),
        cmocka_unit_test(test_value_of_a_source_changes_wherever_it_is_read),
        cmocka_unit_test(test_statement_lifted_leaves_the_grade_before_it),
        cmocka_unit_test(test_exclusion_lifted_does_not_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
