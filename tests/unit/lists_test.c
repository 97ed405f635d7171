/* who is on a list: by facts everybody, by score or grade the assessed, for nobody else has any. */
#include "made_run.h"

#define RULES SCHEME "kinds { { 'out', zh = '出', en = 'Out' }, { 'fault', zh = '过', en = 'Fault' } }\n" \
    "exclude { events 'out':any(), " WORDS " }\nscore { 95 - events 'fault':count(), round = half_up(0), " WORDS " }\n" \
    "grades { { 'good', from = 90, " WORDS " }, { 'poor', from = 0, " WORDS " } }\n" \
    "list { 'prize', grade():is('good'), purpose = 'honour', " WORDS " }\n" \
    "list { 'mend', events 'fault':any(), purpose = 'follow_up', " WORDS " }\n"

static size_t lists_of(const result *r, uint32_t subject, uint32_t *last)
{
    size_t count, lists = 0;
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++)
        if (f[i].kind == FINDING_LIST) {
            lists++;
            *last = r->plan->statements[f[i].about].about;
        }
    return lists;
}

static void test_lists_by_grade_are_for_the_assessed_and_by_facts_for_everybody(void **state)
{
    made_run m;
    uint32_t list = 0;
    (void)state;
    run_open(&m, RULES);
    uint32_t in = run_subject(&m, "in", NULL), out = run_subject(&m, "out", NULL), neither = run_subject(&m, "neither", NULL);
    run_event(&m, out, "out", .from = NULL);
    run_event(&m, out, "fault", .from = NULL);
    run_event(&m, neither, "out", .from = NULL);
    run_now(&m);
    assert_int_equal(lists_of(m.r, in, &list), 1); /* 95 points are good */
    assert_string_equal(m.p->lists[list].id.bytes, "prize");
    assert_int_equal(lists_of(m.r, out, &list), 1); /* excluded: 94 points would be good, but only the fault counts */
    assert_string_equal(m.p->lists[list].id.bytes, "mend");
    assert_int_equal(lists_of(m.r, neither, &list), 0);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lists_by_grade_are_for_the_assessed_and_by_facts_for_everybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
