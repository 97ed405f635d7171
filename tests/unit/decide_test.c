/* engine, explain, report: what decisions by people make of a result. */
#include "made_input.h"

#include "explain/explain.h"
#include "report/decisions.h"
#include "report/diff.h"
#include "report/report.h"

/* The score is what the events say. 'v' vetoes the best grade, 'n' leaves without one, 'g' excludes; without a first day in post
 * the data are incomplete. One of a unit may be excellent. */
#define RULES \
    SCHEME "kinds { { 'p', zh = '分', en = 'points' }, { 'v', zh = '否决', en = 'veto' }, { 'n', zh = '立案', en = 'case' }, { 'g', zh = '借调', en = 'away' } }\n" \
    "local score_of_all = score { events 'p':points():sum(), round = half_up(0), zh = '得分', en = 'Score' }\n" \
    "clause '6'\n" \
    "grades { { 'excellent', from = 90, zh = '优秀', en = 'Excellent' }, { 'fit', from = 60, zh = '称职', en = 'Fit' },\n" \
    "         { 'unfit', from = 0, zh = '不称职', en = 'Unfit' } }\n" \
    "exclude { events 'g':any(), zh = '借调在外', en = 'away' }\n" \
    "exclude { months_in_post():less_than(6), zh = '新到', en = 'new' }\n" \
    "clause '7'\n" \
    "quota { 'excellent', within = 'unit', number = 1, tie = 'all_in', over = 'next_grade', zh = '优秀名额', en = 'places' }\n" \
    "clause '8'\n" \
    "veto { events 'v':any(), bars = 'excellent', zh = '一票否决', en = 'one veto' }\n" \
    "no_grade { events 'n':any(), zh = '立案未结', en = 'under investigation' }\n" \
    "clause '9'\n" \
    "list { 'prize', grade():exactly(grade 'excellent'), purpose = 'honour', zh = '表彰', en = 'Prize' }\n" \
    "list { 'praise', score_of_all:exactly(85), purpose = 'honour', zh = '表扬', en = 'Praise' }\n" \
    "list { 'mend', grade():exactly(grade 'unfit'), purpose = 'follow_up', zh = '整改', en = 'Mend' }\n" \
    "rank { within = 'batch', zh = '名次', en = 'Rank' }\n"

/* Unit 甲: 1 has 95 and the place, 2 has 92 and is over it, 3 has 70, 4 has 50. Unit 乙: 5 has 93 and a veto, 6 has 80 and a case,
 * 7 is away, 8 has 85 and no first day. */
#define PEOPLE \
    "id,name,unit,start\n1,赵,甲,2000-01-01\n2,钱,甲,2000-01-01\n3,孙,甲,2000-01-01\n4,李,甲,2000-01-01\n5,周,乙,2000-01-01\n6,吴,乙,2000-01-01\n" \
    "7,郑,乙,2000-01-01\n8,王,乙,\n"
#define EVENTS \
    "subject,kind,points,from,to\n1,p,95,,\n2,p,92,,\n3,p,70,,\n4,p,50,,\n5,p,93,,\n6,p,80,,\n7,p,99,,\n8,p,85,,\n5,v,,2026-03-01,\n" \
    "6,n,,2026-03-01,\n7,g,,2026-03-01,\n"
#define HEADER "subject,kind,grade,date,by,meeting,reason\n"
enum { ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT };

static void run_with(made_run *m, const char *decisions)
{
    input_open(m, RULES);
    input_people(m, PEOPLE);
    input_events(m, EVENTS);
    if (decisions)
        input_read(m, TABLE_DECISIONS, decisions);
    input_run(m);
}

static const decided *last_of(const made_run *m, uint32_t subject)
{
    size_t count;
    const decided *rows = result_decided(m->r, subject, &count);
    assert_int_not_equal(count, 0);
    return &rows[count - 1];
}

static bool is_listed(const made_run *m, uint32_t subject, const char *id)
{
    size_t count;
    const finding *f = result_findings(m->r, subject, &count);
    for (size_t i = 0; i < count; i++)
        if (f[i].kind == FINDING_LIST && text_equal(m->p->lists[m->p->statements[f[i].about].about].id, text_of(id)))
            return true;
    return false;
}

/* ---- one decision ---- */

static void test_the_grade_becomes_the_one_decided_on_and_nothing_else_changes(void **state)
{
    made_run plain, m;
    (void)state;
    run_with(&plain, NULL);
    run_with(&m, HEADER "4,calibration,fit,2026-12-20,局党组,第12次会议,带病坚持工作\n");
    assert_grade(&plain, FOUR, "unfit");
    assert_grade(&m, FOUR, "fit");
    assert_int_equal(result_computed_grade(m.r, FOUR), 2);
    for (uint32_t i = 0; i < m.r->count; i++) {
        assert_int_equal(m.r->score[i], plain.r->score[i]);
        assert_int_equal(m.r->rank[i], plain.r->rank[i]);
        assert_int_equal(m.r->status[i], plain.r->status[i]);
        if (i != FOUR)
            assert_int_equal(m.r->grade[i], plain.r->grade[i]);
    }
    assert_flags(&m, FOUR, "override");
    run_close(&plain);
    run_close(&m);
}

static void assert_reasons_zh(const made_run *m, uint32_t subject, const char *expected)
{
    buffer b = {0};
    result_print_reasons(m->r, subject, ASSESS_ZH, &b);
    made_text_equal(buffer_text(&b), expected, __FILE__, __LINE__);
    buffer_free(&b);
}

static void test_the_reason_says_who_when_what_and_why(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "3,override,unfit,2026-12-21,局党组,,核实\n4,calibration,fit,2026-12-20,局党组,第12次会议,带病坚持工作\n");
    assert_reasons_zh(&m, FOUR, "决定 2026-12-20 局党组（第12次会议） 校准：由 不称职 改为 称职，理由：带病坚持工作");
    assert_reasons_zh(&m, THREE, "9 整改;决定 2026-12-21 局党组 改定：由 称职 改为 不称职，理由：核实");
    assert_reasons(&m, FOUR, "decision 2026-12-20 by 局党组 (第12次会议), calibration: Unfit → Fit, reason: 带病坚持工作");
    run_close(&m);
}

static void test_a_semicolon_of_the_table_does_not_part_reasons(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "4,override,fit,2026-12-20,a;b,c;d,x;8 一票否决\n");
    assert_reasons_zh(&m, FOUR, "决定 2026-12-20 a；b（c；d） 改定：由 不称职 改为 称职，理由：x；8 一票否决");
    run_close(&m);
}

static void test_a_grade_that_stands_already_is_recorded_without_a_flag(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "3,override,fit,2026-12-20,a,,b\n");
    assert_grade(&m, THREE, "fit");
    assert_flags(&m, THREE, "");
    assert_int_equal(last_of(&m, THREE)->effect, DECIDED_SAME);
    assert_reasons_zh(&m, THREE, "决定 2026-12-20 a 改定：维持 称职，理由：b");
    run_close(&m);
}

static void test_an_objection_that_is_turned_down_changes_nothing_but_the_record(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "4,objection,,2026-12-20,考评委,,事实清楚\n3,objection,excellent,2026-12-20,考评委,,属实\n7,objection,,2026-12-20,考评委,,b\n");
    assert_grade(&m, FOUR, "unfit");
    assert_flags(&m, FOUR, "");
    assert_reasons(&m, FOUR, "9 Mend;decision 2026-12-20 by 考评委, objection: turned down, Unfit stands, reason: 事实清楚");
    assert_grade(&m, THREE, "excellent");
    assert_flags(&m, THREE, "override");
    assert_reasons_zh(&m, SEVEN, "6 借调在外;决定 2026-12-20 考评委 申诉：未予支持，维持原结果，理由：b");
    run_close(&m);
}

/* ---- several ---- */

static void test_the_last_grade_by_date_holds(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "4,objection,,2027-01-09,a,,b\n4,override,unfit,2026-12-22,a,,b\n4,calibration,fit,2026-12-20,a,,b\n4,objection,excellent,2027-01-08,a,,b\n");
    size_t count;
    const decided *rows = result_decided(m.r, FOUR, &count);
    const uint8_t befores[] = {2, 1, 2, 0}, afters[] = {1, 2, 0, 0};
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].before, befores[i]);
        assert_int_equal(rows[i].after, afters[i]);
    }
    assert_grade(&m, FOUR, "excellent");
    assert_int_equal(result_computed_grade(m.r, FOUR), 2);
    run_close(&m);
}

static void test_on_one_day_the_meeting_comes_first_and_the_objection_last(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "4,objection,unfit,2026-12-20,a,,b\n4,override,excellent,2026-12-20,a,,b\n4,calibration,fit,2026-12-20,a,,b\n");
    assert_grade(&m, FOUR, "unfit");
    assert_flags(&m, FOUR, "override"); /* there and back again: the record has both */
    run_close(&m);
}

/* ---- who has no grade ---- */

static void test_who_is_excluded_gets_no_grade_by_a_decision_either(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "7,override,excellent,2026-12-20,a,,b\n");
    assert_grade(&m, SEVEN, "");
    assert_flags(&m, SEVEN, "");
    assert_status_of(&m, SEVEN, STATUS_EXCLUDED);
    assert_reasons_zh(&m, SEVEN, "6 借调在外;决定 2026-12-20 a 改定：拟评为 优秀，因不参加考评而未生效，理由：b");
    assert_false(is_listed(&m, SEVEN, "prize"));
    run_close(&m);
}

static void test_who_is_incomplete_gets_the_grade_and_stays_incomplete(void **state)
{
    made_run m;
    char score[64];
    (void)state;
    run_with(&m, HEADER "8,override,fit,2026-12-20,a,,b\n");
    assert_grade(&m, EIGHT, "fit");
    assert_flags(&m, EIGHT, "override");
    assert_status_of(&m, EIGHT, STATUS_INCOMPLETE);
    assert_int_equal(result_print_score(m.r, EIGHT, score), 0);
    assert_int_equal(m.r->rank[EIGHT], 0);
    assert_reasons_zh(&m, EIGHT, "6 没有到岗日期;决定 2026-12-20 a 改定：评为 称职，理由：b");
    run_close(&m);
}

static void test_no_grade_can_be_decided_on_and_undone(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "3,override,不确定等次,2026-12-20,a,,b\n6,override,fit,2026-12-20,a,,b\n");
    assert_grade(&m, THREE, "");
    assert_flags(&m, THREE, "override");
    assert_status_of(&m, THREE, STATUS_ASSESSED);
    assert_grade(&m, SIX, "fit"); /* against the rule that leaves 6 without a grade */
    assert_reasons(&m, SIX, "8 under investigation: Fit → no grade;decision 2026-12-20 by a, override: graded Fit (against “8 under investigation”, "
                            "carried out as decided), reason: b");
    run_close(&m);
}

/* ---- rules that are set aside ---- */

static void test_above_a_veto_is_carried_out_and_said(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "5,override,excellent,2026-12-20,a,,b\n");
    assert_grade(&m, FIVE, "excellent");
    assert_flags(&m, FIVE, "veto;override");
    assert_int_equal(m.p->statements[last_of(&m, FIVE)->set_aside].kind, STATEMENT_VETO);
    assert_reasons_zh(&m, FIVE, "8 一票否决：优秀 → 称职;9 表彰;决定 2026-12-20 a 改定：由 称职 改为 优秀（与“8 一票否决”的规定不符，该规定最高为称职，依决定执行），理由：b");
    run_close(&m);
}

static void test_below_a_veto_sets_nothing_aside(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "5,override,unfit,2026-12-20,a,,b\n");
    assert_int_equal(last_of(&m, FIVE)->set_aside, STATEMENT_NONE);
    run_close(&m);
}

/* One place in 甲, which 1 has: 3 is the second. */
static void test_over_a_quota_is_carried_out_and_said(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "3,calibration,excellent,2026-12-20,a,,b\n");
    assert_grade(&m, THREE, "excellent");
    assert_int_equal(last_of(&m, THREE)->held, 2);
    assert_reasons_zh(&m, THREE, "9 表彰;决定 2026-12-20 a 校准：由 称职 改为 优秀（“7 优秀名额”名额 1 名，决定后为 2 名，超出名额，依决定执行），理由：b");
    assert_reasons(&m, THREE, "9 Prize;decision 2026-12-20 by a, calibration: Fit → Excellent (over the quota “7 places”: 2 after all decisions, 1 allowed, "
                              "carried out as decided), reason: b");
    run_close(&m);
}

/* 3 takes the place of 1: the meeting keeps to the quota. */
static void test_a_place_that_another_decision_frees_is_free(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "3,calibration,excellent,2026-12-20,a,,b\n1,calibration,fit,2026-12-20,a,,b\n");
    assert_int_equal(last_of(&m, THREE)->over, STATEMENT_NONE);
    assert_grade(&m, ONE, "fit");
    run_close(&m);
}

static uint32_t quota_statement(const made_run *m)
{
    uint32_t s = 0;
    while (m->p->statements[s].kind != STATEMENT_QUOTA)
        s++;
    return s;
}

/* 甲: 1 within, 2 over, as computed; with 2 and 3 brought back there are three. 乙: nobody has a place; 5 would, but for the veto. */
static void test_quota_lines_say_how_the_grades_stand_after_decisions(void **state)
{
    made_run m;
    quota_lines lines;
    (void)state;
    run_with(&m, HEADER "3,calibration,excellent,2026-12-20,a,,b\n2,calibration,excellent,2026-12-20,a,,b\n");
    assert_true(result_quota_lines(m.r, quota_statement(&m), &lines));
    assert_int_equal(lines.count, 2);
    assert_int_equal(lines.lines[0].within, 1);
    assert_int_equal(lines.lines[0].over, 1);
    assert_int_equal(lines.lines[0].decided, 3);
    assert_int_equal(lines.lines[1].within, 1);
    assert_int_equal(lines.lines[1].decided, 0);
    quota_lines_free(&lines);
    run_close(&m);
}

/* ---- lists ---- */

static void test_lists_follow_the_grade_that_was_decided_on(void **state)
{
    made_run plain, m;
    (void)state;
    run_with(&plain, NULL);
    run_with(&m, HEADER "1,override,unfit,2026-12-20,a,,b\n4,override,excellent,2026-12-20,a,,b\n8,override,unfit,2026-12-20,a,,b\n"
                         "6,override,excellent,2026-12-20,a,,b\n");
    assert_true(is_listed(&plain, ONE, "prize") && is_listed(&plain, FOUR, "mend"));
    assert_false(is_listed(&m, ONE, "prize"));
    assert_true(is_listed(&m, ONE, "mend"));
    assert_true(is_listed(&m, FOUR, "prize"));
    assert_false(is_listed(&m, FOUR, "mend"));
    assert_true(is_listed(&m, EIGHT, "mend"));
    assert_false(is_listed(&m, EIGHT, "praise")); /* 85 points would do, but who is incomplete has no score */
    assert_true(is_listed(&m, SIX, "prize")); /* whom a rule leaves without a grade */
    assert_false(is_listed(&m, TWO, "prize"));
    run_close(&plain);
    run_close(&m);
}

static void test_nobody_is_on_a_list_of_a_grade_without_one(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, HEADER "4,override,no-grade,2026-12-20,a,,b\n");
    assert_false(is_listed(&m, FOUR, "mend"));
    assert_false(is_listed(&m, FOUR, "prize"));
    run_close(&m);
}

/* ---- in words ---- */

#define DECIDED HEADER "4,calibration,fit,2026-12-20,局党组,第12次会议,带病坚持工作\n5,override,excellent,2026-12-21,局党组,,重大贡献\n"

static char *explained(const made_run *m, uint32_t subject, assess_language language, bool as_json)
{
    derivation d;
    buffer out = {0};
    assert_true(explain_subject(m->r, subject, language, 0, &d));
    (as_json ? explain_json : explain_text)(&d, &out);
    explain_free(&d);
    buffer_add_char(&out, '\0');
    return out.bytes;
}

static void assert_in(char *page, const char *words)
{
    if (!strstr(page, words))
        print_error("missing: %s\n%s\n", words, page);
    assert_non_null(strstr(page, words));
    mem_free(page);
}

static void test_explain_ends_with_the_decision(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, DECIDED);
    assert_in(explained(&m, FOUR, ASSESS_ZH, false), "结果：50 分，称职（按决定；计算为不称职）\n");
    assert_in(explained(&m, FOUR, ASSESS_ZH, false), "  决定          校准，2026-12-20 局党组（第12次会议）\n                理由：带病坚持工作\n                → 由 不称职 改为 称职\n");
    assert_in(explained(&m, FOUR, ASSESS_EN, false), "  decision      calibration, 2026-12-20 by 局党组 (第12次会议)\n                reason: 带病坚持工作\n                → Unfit → Fit\n");
    assert_in(explained(&m, FOUR, ASSESS_ZH, false), "列入“整改”：否（按决定后的等次）");
    run_close(&m);
}

/* By the rules: 60 points are needed for fit, which 4 has by the decision alone. */
static void test_where_people_have_decided_no_better_figure_is_spoken_of(void **state)
{
    made_run m;
    (void)state;
    run_with(&m, DECIDED);
    assert_in(explained(&m, FOUR, ASSESS_EN, true), "\"why_not\":[]");
    run_close(&m);
}

static void test_json_has_the_decisions_where_the_table_was_given(void **state)
{
    made_run plain, m;
    buffer with = {0}, without = {0};
    (void)state;
    run_with(&plain, NULL);
    run_with(&m, DECIDED);
    report_json(m.r, ASSESS_EN, &with);
    report_json(plain.r, ASSESS_EN, &without);
    buffer_add_char(&with, '\0');
    buffer_add_char(&without, '\0');
    assert_non_null(strstr(with.bytes, "\"decisions\":[{\"id\":\"4\",\"name\":\"李\",\"kind\":\"calibration\",\"date\":\"2026-12-20\",\"by\":\"局党组\","
                                       "\"meeting\":\"第12次会议\",\"reason\":\"带病坚持工作\",\"effect\":\"moved\",\"before\":\"unfit\",\"after\":\"fit\","
                                       "\"set_aside\":null,\"over_quota\":null},"));
    assert_non_null(strstr(with.bytes, "\"set_aside\":{\"clause\":\"8\",\"title\":{\"zh\":\"一票否决\",\"en\":\"one veto\"}}"));
    assert_non_null(strstr(with.bytes, "\"after_decisions\":1"));
    assert_null(strstr(without.bytes, "decision\":"));
    assert_null(strstr(without.bytes, "decisions"));
    assert_in(explained(&m, FOUR, ASSESS_EN, true), "\"computed_grade\":\"unfit\",\"decisions\":[{\"id\":\"4\"");
    assert_in(explained(&m, ONE, ASSESS_EN, true), "\"computed_grade\":\"excellent\",\"decisions\":[]");
    buffer_free(&with);
    buffer_free(&without);
    run_close(&plain);
    run_close(&m);
}

/* 甲: 4 moves from unfit to fit (before: 1 excellent, 2 fit with the one over the quota, 1 unfit). 5's override is not in the table
 * of calibration; 6 has no grade by a rule, 7 and 8 are not assessed. */
static void test_the_summary_lists_decisions_and_what_calibration_moved(void **state)
{
    made_run m;
    buffer out = {0};
    (void)state;
    run_with(&m, DECIDED);
    report_summary(m.r, ASSESS_ZH, false, &out);
    buffer_add_char(&out, '\0');
    assert_in(out.bytes, "决定  2\n"
                         "  编号  姓名  单位  类型  原等次  决定后  日期        决定人                理由\n"
                         "  4     李    甲    校准  不称职  称职    2026-12-20  局党组（第12次会议）  带病坚持工作\n"
                         "  5     周    乙    改定  称职    优秀    2026-12-21  局党组                重大贡献\n"
                         "  与规定不符（一票否决、等次限制或名额）而依决定执行的：1 项，所涉条款见 results.csv 的理由一栏\n"
                         "\n校准前后各等次人数  1\n"
                         "  单位      优秀   称职  不称职  不定等次\n"
                         "  甲           1  2 → 3   1 → 0         0\n"
                         "  （全体）     1  3 → 4   1 → 0         1\n");
    run_close(&m);
}

static void test_the_counts_of_calibration_can_be_had(void **state)
{
    made_run m;
    calibration c;
    (void)state;
    run_with(&m, HEADER "4,calibration,fit,2026-12-20,a,,b\n4,objection,excellent,2026-12-21,a,,b\n5,calibration,fit,2026-12-20,a,,b\n8,calibration,fit,2026-12-20,a,,b\n");
    assert_true(calibration_take(m.r, &c));
    const size_t before[2][4] = {{1, 2, 1, 0}, {0, 1, 0, 2}}, after[2][4] = {{1, 3, 0, 0}, {0, 2, 0, 1}};
    assert_int_equal(c.calibrated, 3);
    assert_int_equal(c.units.count, 2);
    for (size_t u = 0; u < 2; u++)
        for (size_t g = 0; g < 4; g++) {
            assert_int_equal(c.before[u * 4 + g], before[u][g]);
            assert_int_equal(c.after[u * 4 + g], after[u][g]);
        }
    calibration_free(&c);
    run_close(&m);
}

static void test_a_comparison_shows_who_moves_by_a_decision(void **state)
{
    made_run a, b;
    buffer out = {0};
    (void)state;
    run_with(&a, HEADER "3,override,unfit,2026-12-20,a,,b\n");
    run_with(&b, HEADER "3,override,unfit,2026-12-20,a,,b\n4,override,fit,2026-12-20,c,,d\n");
    diff *d = diff_of(a.r, b.r);
    assert_non_null(d);
    assert_int_equal(diff_moved(d), 1);
    assert_int_equal(d->moves[0].a, FOUR);
    assert_int_equal(d->moves[0].fields, MOVED_GRADE | MOVED_FLAGS | MOVED_LISTS);
    report_diff(d, ASSESS_ZH, false, &out);
    buffer_add_char(&out, '\0');
    assert_in(out.bytes, "+ 决定 2026-12-20 c 改定：由 不称职 改为 称职，理由：d");
    diff_free(d);
    run_close(&a);
    run_close(&b);
}

/* ---- whatever is decided ---- */

typedef struct drawn {
    uint32_t seed;
    char rows[64][64];
    size_t count;
} drawn;

static uint32_t draw(drawn *d, uint32_t below)
{
    d->seed = d->seed * 1664525u + 1013904223u;
    return (d->seed >> 8) % below;
}

static void draw_rows(drawn *d)
{
    static const char *const kinds[] = {"calibration", "override", "objection"}, *const grades[] = {"excellent", "fit", "unfit", "no-grade", ""};
    bool taken[9][3][6] = {{{false}}};
    d->count = 0;
    for (size_t i = 0; i < 24; i++) {
        uint32_t who = 1 + draw(d, 8), kind = draw(d, 3), day = draw(d, 6), grade = draw(d, kind == 2 ? 5 : 4);
        if (!taken[who][kind][day])
            snprintf(d->rows[d->count++], sizeof d->rows[0], "%u,%s,%s,2026-12-2%u,a,,b\n", who, kinds[kind], grades[grade], day);
        taken[who][kind][day] = true;
    }
}

static void shuffle_rows(drawn *d)
{
    for (size_t i = d->count; i > 1; i--) {
        char kept[64];
        size_t k = draw(d, (uint32_t)i);
        memcpy(kept, d->rows[i - 1], sizeof kept);
        memcpy(d->rows[i - 1], d->rows[k], sizeof kept);
        memcpy(d->rows[k], kept, sizeof kept);
    }
}

static void run_drawn(made_run *m, const drawn *d)
{
    buffer rows = {0};
    buffer_add_string(&rows, HEADER);
    for (size_t i = 0; i < d->count; i++)
        buffer_add_string(&rows, d->rows[i]);
    buffer_add_char(&rows, '\0');
    run_with(m, rows.bytes);
    buffer_free(&rows);
}

/* The grade that the rows themselves give: the latest day, on one day the kind that counts last, an empty one aside. */
static uint8_t expected_grade(const made_run *m, const made_run *plain, uint32_t subject)
{
    const decision *last = NULL;
    for (size_t i = 0; i < m->b->decision_count; i++) {
        const decision *d = &m->b->decisions[i];
        if (d->subject != subject || d->grade == DECISION_TURNED_DOWN)
            continue;
        if (!last || d->day > last->day || (d->day == last->day && d->kind > last->kind))
            last = d;
    }
    if (!last || plain->r->status[subject] == STATUS_EXCLUDED)
        return plain->r->grade[subject];
    return last->grade == DECISION_NO_GRADE ? GRADE_NONE : (uint8_t)last->grade;
}

static void test_the_order_of_the_rows_changes_nothing(void **state)
{
    drawn d = {.seed = 20261126};
    made_run plain;
    (void)state;
    run_with(&plain, NULL);
    for (int round = 0; round < 200; round++) {
        made_run one, other;
        buffer a = {0}, b = {0};
        draw_rows(&d);
        run_drawn(&one, &d);
        shuffle_rows(&d);
        run_drawn(&other, &d);
        exchange_results_csv(one.r, ASSESS_ZH, &a);
        exchange_results_csv(other.r, ASSESS_ZH, &b);
        assert_true(text_equal(buffer_text(&a), buffer_text(&b)));
        for (uint32_t i = 0; i < one.r->count; i++) {
            assert_int_equal(one.r->grade[i], expected_grade(&one, &plain, i));
            assert_int_equal(result_computed_grade(one.r, i), plain.r->grade[i]);
            assert_int_equal(one.r->rank[i], plain.r->rank[i]);
            bool prize = one.r->grade[i] == 0 && one.r->status[i] != STATUS_EXCLUDED;
            assert_int_equal(is_listed(&one, i, "prize"), prize);
        }
        buffer_free(&a);
        buffer_free(&b);
        run_close(&one);
        run_close(&other);
    }
    run_close(&plain);
}

static void test_decisions_are_applied_whole_or_not_at_all(void **state)
{
    engine_options one = {.threads = 1};
    assess_status status = ASSESS_E_SYSTEM;
    made_run m;
    (void)state;
    run_with(&m, HEADER "1,override,unfit,2026-12-20,a,,b\n3,calibration,excellent,2026-12-20,a,,b\n4,override,excellent,2026-12-20,a,,b\n");
    for (long n = 0; status; n++) {
        result *r = NULL;
        mem_fault_after(n);
        status = engine_run(m.p, m.b, &one, &r, NULL);
        mem_fault_after(-1);
        result_free(r);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
    }
    bool done = false;
    for (long n = 0; !done; n++) {
        buffer out = {0};
        derivation d;
        mem_fault_after(n);
        report_summary(m.r, ASSESS_ZH, false, &out);
        report_json(m.r, ASSESS_ZH, &out);
        done = !out.failed && explain_subject(m.r, FOUR, ASSESS_ZH, 0, &d);
        mem_fault_after(-1);
        if (!out.failed)
            explain_free(&d);
        buffer_free(&out);
    }
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_grade_becomes_the_one_decided_on_and_nothing_else_changes),
        cmocka_unit_test(test_the_reason_says_who_when_what_and_why),
        cmocka_unit_test(test_a_semicolon_of_the_table_does_not_part_reasons),
        cmocka_unit_test(test_a_grade_that_stands_already_is_recorded_without_a_flag),
        cmocka_unit_test(test_an_objection_that_is_turned_down_changes_nothing_but_the_record),
        cmocka_unit_test(test_the_last_grade_by_date_holds),
        cmocka_unit_test(test_on_one_day_the_meeting_comes_first_and_the_objection_last),
        cmocka_unit_test(test_who_is_excluded_gets_no_grade_by_a_decision_either),
        cmocka_unit_test(test_who_is_incomplete_gets_the_grade_and_stays_incomplete),
        cmocka_unit_test(test_no_grade_can_be_decided_on_and_undone),
        cmocka_unit_test(test_above_a_veto_is_carried_out_and_said),
        cmocka_unit_test(test_below_a_veto_sets_nothing_aside),
        cmocka_unit_test(test_over_a_quota_is_carried_out_and_said),
        cmocka_unit_test(test_a_place_that_another_decision_frees_is_free),
        cmocka_unit_test(test_quota_lines_say_how_the_grades_stand_after_decisions),
        cmocka_unit_test(test_lists_follow_the_grade_that_was_decided_on),
        cmocka_unit_test(test_nobody_is_on_a_list_of_a_grade_without_one),
        cmocka_unit_test(test_explain_ends_with_the_decision),
        cmocka_unit_test(test_where_people_have_decided_no_better_figure_is_spoken_of),
        cmocka_unit_test(test_json_has_the_decisions_where_the_table_was_given),
        cmocka_unit_test(test_the_summary_lists_decisions_and_what_calibration_moved),
        cmocka_unit_test(test_the_counts_of_calibration_can_be_had),
        cmocka_unit_test(test_a_comparison_shows_who_moves_by_a_decision),
        cmocka_unit_test(test_the_order_of_the_rows_changes_nothing),
        cmocka_unit_test(test_decisions_are_applied_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
