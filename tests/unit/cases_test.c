/* cases: what a file of worked cases says, read against the words of a scheme. Wrong files: tests/rules/invalid/cases-*. */
#include "made_rules.h"
#include "rules/cases.h"

#define RULES SCHEME ITEMS ROLES KINDS                                                                                     \
    "local style = param { 'style', choices = { 'up', 'down' }, default = 'up', " WORDS " }\n"                            \
    "local share = param { 'share', default = 0.5, min = 0, max = 1, " WORDS " }\nevents 'fault' events 'bonus'\n"        \
    "score { ballots 'peer':total():mean() * share, round = choose(style, { up = round_up(1), down = round_down(1) }), " WORDS " }\n"

typedef struct made_cases {
    plan *p;
    case_list list;
} made_cases;

static made_cases open_cases_of(const char *rules, const char *cases)
{
    made_cases m = {.p = load(rules)};
    assess_error err = {0};
    if (cases_load(m.p, TEXT("made.cases.lua"), text_of(cases), &m.list, &err))
        print_error("%s:%u: %s\n", err.file, err.line, err.message[ASSESS_EN]);
    assert_int_equal(err.status, ASSESS_OK);
    return m;
}

static made_cases open_cases(const char *cases) { return open_cases_of(RULES, cases); }

static void close_cases(made_cases *m)
{
    cases_free(&m->list);
    plan_free(m->p);
}

static void assert_cell(decimal cell, int64_t coeff, int scale)
{
    assert_true(cell.coeff == coeff);
    assert_int_equal(cell.scale, scale);
}

static void test_case_has_name_clause_line_and_period(void **state)
{
    (void)state;
    made_cases m = open_cases("\ncase '九十分' { clause = '六', expect = { score = '' } }\n"
                              "case \"two\" { clause = 4, period = '2025H2', expect = { score = '' } }\n");
    assert_int_equal(m.list.count, 2);
    assert_text(m.list.items[0].name, "九十分");
    assert_text(m.list.items[0].clause, "六");
    assert_text(m.list.items[0].period, "2026"); /* unless said */
    assert_int_equal(m.list.items[0].line, 2);
    assert_text(m.list.items[1].clause, "4");
    assert_text(m.list.items[1].period, "2025H2");
    close_cases(&m);
}

static void test_case_about_one_person_needs_no_list(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', unit = 'office', start = '2026-03-04', expect = { status = 'assessed' } }\n");
    const case_subject *s = &m.list.items[0].subjects[0];
    date day;
    assert_true(date_make(2026, 3, 4, &day));
    assert_int_equal(m.list.items[0].subject_count, 1);
    assert_text(s->id, "1");
    assert_text(s->unit, "office");
    assert_int_equal(s->start, day);
    assert_int_equal(s->ballot_count, 0);
    close_cases(&m);
}

static void test_ballots_stand_under_their_role(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', leader = { { 1, '2.50' } }, peer = { { 59.5, 40 }, { 0, '' } }, "
                              "expect = { score = '' } }\n");
    const case_subject *s = &m.list.items[0].subjects[0];
    assert_int_equal(s->ballot_count, 3); /* in the order of the scheme's roles: self, peer, leader */
    assert_int_equal(s->ballots[0].role, 1);
    assert_cell(s->ballots[0].cells[0], 595, 1);
    assert_cell(s->ballots[0].cells[1], 40, 0);
    assert_int_equal(s->ballots[1].role, 1);
    assert_true(s->ballots[1].cells[1].coeff == CASE_BLANK);
    assert_int_equal(s->ballots[2].role, 2);
    assert_cell(s->ballots[2].cells[1], 250, 2);
    close_cases(&m);
}

static void test_ballot_of_one_item_may_stand_alone(void **state)
{
    (void)state;
    made_cases m = open_cases_of(
        SCHEME "items { { 'o', " WORDS ", invalid = 'counted_apart', options = { { 'A', points = 2, " WORDS " }, { 'B', points = 1, " WORDS " } } } }\n"
               "roles { 'public' }\nscore { ballots 'public':item 'o':mean(), round = half_up(0), " WORDS " }\n",
        "case 'x' { clause = '1', public = { 'B', '', { 'A' } }, expect = { score = '' } }\n");
    const case_subject *s = &m.list.items[0].subjects[0];
    assert_int_equal(s->ballot_count, 3);
    assert_cell(s->ballots[0].cells[0], 1, 0); /* the number of the option */
    assert_true(s->ballots[1].cells[0].coeff == CASE_BLANK);
    assert_cell(s->ballots[2].cells[0], 0, 0);
    close_cases(&m);
}

static void test_events_have_days_points_amount_and_who_is_liable(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', people = {\n"
                              " { 'a', events = { { 'fault', points = 1.5, amount = '2', liable = 'b' }, { 'bonus', from = '2026-01-02' },\n"
                              "                   { 'bonus', from = '2026-01-02', to = '2026-01-05' } }, expect = { score = '' } },\n"
                              " { 'b', expect = { score = '' } } } }\n");
    const case_event *e = m.list.items[0].subjects[0].events;
    assert_int_equal(m.list.items[0].subjects[0].event_count, 3);
    assert_int_equal(e[0].kind, 0);
    assert_cell(e[0].points, 15, 1);
    assert_cell(e[0].amount, 2, 0);
    assert_text(e[0].liable, "b");
    assert_int_equal(e[0].from, DATE_NONE);
    assert_int_equal(e[1].kind, 1);
    assert_true(e[1].points.coeff == CASE_BLANK);
    assert_int_equal(e[1].to, e[1].from); /* an empty end is the same day */
    assert_int_equal(e[2].to - e[2].from, 3);
    close_cases(&m);
}

static void test_people_keep_their_order(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', people = { { 'b', expect = { rank = 1 } }, { 7, expect = { rank = 2 } } } }\n");
    assert_int_equal(m.list.items[0].subject_count, 2);
    assert_text(m.list.items[0].subjects[0].id, "b");
    assert_text(m.list.items[0].subjects[1].id, "7");
    assert_text(m.list.items[0].subjects[1].expect.rank, "2");
    close_cases(&m);
}

static void test_settings_are_written_as_on_the_command_line(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', set = { share = 0.25, style = 'down' }, expect = { score = '' } }\n");
    assert_int_equal(m.list.items[0].setting_count, 2); /* in the order of the scheme's parameters */
    assert_text(m.list.items[0].settings[0], "style=down");
    assert_text(m.list.items[0].settings[1], "share=0.25");
    close_cases(&m);
}

/* Each setting goes through Lua's stack, which has room for twenty values. */
static void test_settings_may_be_many(void **state)
{
    (void)state;
    made_cases m = open_cases_of(SCHEME "for i = 1, 100 do param { 'p' .. i, default = 1, min = 0, max = 2, " WORDS " } end\n" SCORE,
                                 "local all = {}\nfor i = 1, 100 do all['p' .. i] = 2 end\n"
                                 "case 'x' { clause = '1', set = all, expect = { score = '' } }\n");
    assert_int_equal(m.list.items[0].setting_count, 100);
    assert_text(m.list.items[0].settings[99], "p100=2");
    close_cases(&m);
}

static void test_expectations_are_only_what_was_asked(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', expect = { score = 90.5, flags = '', rank = 3 } }\n");
    const case_expectation *e = &m.list.items[0].subjects[0].expect;
    assert_true(e->has_score && e->has_flags && e->has_rank);
    assert_false(e->has_status || e->has_grade);
    assert_text(e->score, "90.5");
    assert_text(e->flags, "");
    assert_text(e->rank, "3");
    close_cases(&m);
}

static void test_cases_may_be_made_in_a_loop(void **state)
{
    (void)state;
    made_cases m = open_cases("for i, points in ipairs { 10, 20 } do\n"
                              "  case('case ' .. i) { clause = '1', peer = { { points, 0 } }, expect = { score = '' } }\nend\n");
    assert_int_equal(m.list.count, 2);
    assert_text(m.list.items[1].name, "case 2");
    assert_cell(m.list.items[1].subjects[0].ballots[0].cells[0], 20, 0);
    close_cases(&m);
}

static void test_file_without_cases_is_an_empty_list(void **state)
{
    (void)state;
    made_cases m = open_cases("-- none yet\n");
    assert_int_equal(m.list.count, 0);
    close_cases(&m);
}

#define DECLARED SCHEME ITEMS ROLES                                                                                        \
    "attributes { { 'rank', words = { { '处级', zh = '处级', en = 'head' } }, " WORDS " }, { 'age', number = true, min = 16, max = 80, " WORDS " }, " \
    "{ 'received', day = true, " WORDS " }, { 'at', time = true, " WORDS " } }\n"                                           \
    "measures { { 'speed', optional = true, " WORDS " } }\n"                                                               \
    "step { attribute 'age', zh = '年龄', en = 'Age' }\nstep { measure 'speed':value(), zh = '速度', en = 'Speed' }\n"      \
    "step { attribute 'received', zh = '日期', en = 'Day' }\nstep { attribute 'at', zh = '时间', en = 'Time' }\n"           \
    "step { attribute 'rank', zh = '职级', en = 'Rank' }\n"                                                                \
    "score { ballots 'peer':total():mean(), round = half_up(0), " WORDS " }\n"

static void test_attributes_are_kept_as_written(void **state)
{
    (void)state;
    made_cases m = open_cases_of(DECLARED, "case 'x' { clause = '1', rank = 'head', age = 45.50, received = '2026年3月4日', at = '2026-03-04 08:30', "
                                           "name = '赵一', post = '科长', category = 'c', expect = { score = '' } }\n");
    const case_subject *s = &m.list.items[0].subjects[0];
    assert_text(s->attributes[0], "head"); /* a label will do, as in a table */
    assert_text(s->attributes[1], "45.5");
    assert_text(s->attributes[2], "2026年3月4日");
    assert_text(s->attributes[3], "2026-03-04 08:30");
    assert_text(s->name, "赵一");
    assert_text(s->post, "科长");
    assert_text(s->category, "c");
    close_cases(&m);
}

static void test_measures_and_history_may_leave_figures_out(void **state)
{
    (void)state;
    made_cases m = open_cases_of(DECLARED, "case 'x' { clause = '1', measures = { { 'speed', value = '-3.5', target = 30 } }, "
                                           "history = { { '2025', grade = 'good' }, { '2026Q1', score = 80 } }, expect = { score = '' } }\n");
    const case_subject *s = &m.list.items[0].subjects[0];
    assert_int_equal(s->measure_count, 1);
    assert_cell(s->measures[0].value, -35, 1);
    assert_cell(s->measures[0].target, 30, 0);
    assert_true(s->measures[0].baseline.coeff == CASE_BLANK);
    assert_int_equal(s->history_count, 2);
    assert_text(s->history[0].grade, "good");
    assert_true(s->history[0].score.coeff == CASE_BLANK);
    assert_text(s->history[1].period, "2026Q1");
    assert_cell(s->history[1].score, 80, 0);
    close_cases(&m);
}

static void test_figures_stand_in_the_order_of_the_steps(void **state)
{
    (void)state;
    made_cases m = open_cases_of(DECLARED, "case 'x' { clause = '1', expect = { figures = { Speed = '1/3', ['年龄'] = 45, Rank = true } } }\n");
    const case_expectation *e = &m.list.items[0].subjects[0].expect;
    assert_int_equal(e->figure_count, 3);
    assert_text(e->figures[0].name, "年龄");
    assert_text(e->figures[1].value, "1/3");
    assert_text(e->figures[2].value, "true");
    close_cases(&m);
}

static void test_refused_case_needs_no_expectation(void **state)
{
    (void)state;
    made_cases m = open_cases("case 'x' { clause = '1', refused = 'input', peer = { { 1, 2, by = 'r1' } } }\n");
    assert_text(m.list.items[0].refused, "input");
    assert_text(m.list.items[0].subjects[0].ballots[0].by, "r1");
    close_cases(&m);
}

static void test_units_come_before_the_people(void **state)
{
    (void)state;
    made_cases m = open_cases_of("scheme { id = 'x', format = 1, units = '单位', title = { zh = '方案', en = 'S' }, source = { zh = '文', en = 'P' } }\n" SCORE
                                 "of 'units'\n" SCORE,
                                 "case 'x' { clause = '1', people = { { 'a', unit = 'u', expect = { score = 1 } } }, units = { { 'u', expect = { score = 1 } } } }\n");
    const rule_case *c = &m.list.items[0];
    assert_int_equal(c->subject_count, 2);
    assert_text(c->subjects[0].id, "u");
    assert_text(c->subjects[0].category, "单位");
    assert_int_equal(c->subjects[0].level, 1);
    assert_int_equal(c->subjects[1].level, 0);
    close_cases(&m);
}

/* ---- hostile files ---- */

static void check_stopped(const char *cases, const char *id, const char *file, int line)
{
    plan *p = load(RULES);
    case_list list;
    assess_error err = {0};
    _assert_int_equal(cases_load(p, TEXT("made.cases.lua"), text_of(cases), &list, &err), ASSESS_E_RULES, file, line);
    _assert_string_equal(err.id, id, file, line);
    _assert_string_equal(err.file, "made.cases.lua", file, line);
    _assert_true(err.line > 0, "a line", file, line);
    _assert_true(list.items == NULL && list.count == 0, "nothing is kept", file, line);
    plan_free(p);
}
#define assert_stopped(cases, id) check_stopped((cases), (id), __FILE__, __LINE__)

static void test_cases_without_end_are_stopped(void **state)
{
    (void)state;
    assert_stopped("for i = 1, 1e9 do case 'x' { clause = '1', expect = { score = '' } } end\n", "rules.limit_steps");
}

/* Small tables that are named again and again would make a list far larger than Lua's own memory. */
static void test_people_named_again_and_again_are_stopped(void **state)
{
    (void)state;
    assert_stopped("local one, all = { 'a', expect = { score = '' } }, {}\nfor i = 1, 500000 do all[i] = one end\n"
                   "case 'x' { clause = '1', people = all }\n", "rules.limit_steps");
}

static void test_ballots_named_again_and_again_are_stopped(void **state)
{
    (void)state;
    assert_stopped("local one, all = { 1, 1 }, {}\nfor i = 1, 500000 do all[i] = one end\n"
                   "for i = 1, 1e9 do case 'x' { clause = '1', peer = all, expect = { score = '' } } end\n", "rules.limit_steps");
}

static void test_case_is_no_word_of_a_rule_file(void **state)
{
    (void)state;
    assert_refused(SCHEME "case 'x' { }\n", "rules.unknown_word", 2);
}

static void test_what_case_returns_needs_a_table(void **state)
{
    (void)state;
    assert_stopped("local described = case 'x'\ndescribed(5)\n", "rules.not_a_table");
    assert_stopped("case(5)\n", "rules.not_a_text");
}

/* ---- no memory ---- */

static void test_load_without_memory_fails_cleanly(void **state)
{
    (void)state;
    plan *p = load(RULES);
    const char *cases = "case 'x' { clause = '1', set = { share = 1 }, peer = { { 1, 2, by = 'r' } }, events = { { 'fault', points = 1, ref = 'n' } }, "
                        "history = { { '2025', grade = 'g', score = 1 } }, expect = { score = '', reasons = 'x', lists = {}, figures = {} } }\n"
                        "case 'y' { clause = '1', people = { { 'a', expect = { score = '' } } } }\n";
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        case_list list;
        mem_fault_after(n);
        status = cases_load(p, TEXT("made.cases.lua"), text_of(cases), &list, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_true(n < 10000);
        if (!status)
            cases_free(&list);
    }
    plan_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_case_has_name_clause_line_and_period),
        cmocka_unit_test(test_case_about_one_person_needs_no_list),
        cmocka_unit_test(test_ballots_stand_under_their_role),
        cmocka_unit_test(test_ballot_of_one_item_may_stand_alone),
        cmocka_unit_test(test_events_have_days_points_amount_and_who_is_liable),
        cmocka_unit_test(test_people_keep_their_order),
        cmocka_unit_test(test_settings_are_written_as_on_the_command_line),
        cmocka_unit_test(test_settings_may_be_many),
        cmocka_unit_test(test_expectations_are_only_what_was_asked),
        cmocka_unit_test(test_cases_may_be_made_in_a_loop),
        cmocka_unit_test(test_file_without_cases_is_an_empty_list),
        cmocka_unit_test(test_attributes_are_kept_as_written),
        cmocka_unit_test(test_measures_and_history_may_leave_figures_out),
        cmocka_unit_test(test_figures_stand_in_the_order_of_the_steps),
        cmocka_unit_test(test_refused_case_needs_no_expectation),
        cmocka_unit_test(test_units_come_before_the_people),
        cmocka_unit_test(test_cases_without_end_are_stopped),
        cmocka_unit_test(test_people_named_again_and_again_are_stopped),
        cmocka_unit_test(test_ballots_named_again_and_again_are_stopped),
        cmocka_unit_test(test_case_is_no_word_of_a_rule_file),
        cmocka_unit_test(test_what_case_returns_needs_a_table),
        cmocka_unit_test(test_load_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
