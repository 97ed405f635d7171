/* explain: a line for every kind of statement, in words. */
#include "made_derivation.h"

#define KINDS_P "kinds { { 'p', zh = '分', en = 'points' } }\n"
#define GRADED SCHEME KINDS_P "clause '1'\nlocal total = score { events 'p':points():sum(), round = half_up(0), zh = '得分', en = 'Score' }\n" \
    "grades { { 'a', zh = '优秀', en = 'Excellent', from = 90 }, { 'b', zh = '称职', en = 'Competent', from = 60 }, { 'c', zh = '不称职', en = 'Poor', from = 0 } }\n"

static void open_with(made_run *m) { run_open(m, GRADED); }

static uint32_t person(made_run *m, const char *id, const char *points)
{
    uint32_t s = run_subject(m, id, NULL);
    run_event(m, s, "p", .points = points);
    return s;
}

static node_id score_of(const plan *p) { return p->statements[p->levels[0].score].node; }
static node_id score_at_least(plan *p, int64_t from) { return PLAN_OP(p, AT_LEAST, score_of(p), plan_figure_of(p, from, 1)); }

/* ---- quotas ---- */

/* 23 people take part, 15 % of them is 3.45, half up 3; five are excellent: 99, 98, 97, 96, 95. */
static void open_quota(made_run *m, const char *const *excellent, quota_tie tie)
{
    open_with(m);
    plan_quota_of(m->p, "a", 15, tie, MADE_WORDS("优秀名额", "Places for excellent"));
    plan_settle(m->p);
    for (int i = 0; i < 23; i++) {
        char id[8];
        snprintf(id, sizeof id, "%d", i);
        person(m, id, i < 5 ? excellent[i] : "70");
    }
    run_now(m);
}

static const char *const apart[] = {"99", "98", "97", "96", "95"};

static void test_quota_says_places_standing_line_and_what_follows(void **state)
{
    made_run m;
    (void)state;
    open_quota(&m, apart, TIE_ALL_OUT);
    assert_says_zh(&m, 3, "名额：本单位参加 23 人 × 15% = 3.45 → 3 人；有资格 5 人，本人列第 4，界线在第 3 与第 4 之间；超出名额，改为称职\n");
    assert_says(&m, 3, "quota: 23 taking part in the unit × 15% = 3.45 → 3; 5 eligible, place 4, the line lies between places 3 and 4; "
                       "over the quota: Competent instead\n");
    assert_says_zh(&m, 3, "参加人数 × 15%，四舍五入到 1\n");
    run_close(&m);
}

static void excellent_of(made_run *m, const char *id, const char *unit)
{
    uint32_t s;
    assert_true(batch_add_subject(m->b, text_of(id), text_of(id), text_of(unit), TEXT(""), TEXT(""), made_date(NULL), m->source,
                                  (uint32_t)m->b->people.count + 2, &s));
    run_event(m, s, "p", .points = "95");
}

/* Two units of three, 0.6 + 0.6 = 1.2 → 1: the remainders tie, so the place goes to the unit that stands first. */
static void test_quota_of_a_small_group_says_that_it_shares_a_pool(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, GRADED "quota { 'a', rate = 0.2, within = 'unit', round = round_down(0), minimum_base = 6, pool = 'batch', tie = 'all_in', "
                        "over = 'next_grade', zh = '名额', en = 'Places' }\n");
    for (int i = 0; i < 6; i++) {
        char id[2] = {(char)('0' + i), '\0'};
        excellent_of(&m, id, i < 3 ? "first" : "second");
    }
    run_now(&m);
    assert_says(&m, 0, "quota: 3 taking part in the unit × 20% = 0.6 (too few alone, shared out with other groups) → 1; ");
    assert_says(&m, 3, "quota: 3 taking part in the unit × 20% = 0.6 (too few alone, shared out with other groups) → 0; ");
    assert_says_zh(&m, 3, "本单位参加 3 人 × 20% = 0.6（人数较少，与其他范围合并计算） → 0 人；");
    run_close(&m);
}

static void test_quota_within_and_not_concerned(void **state)
{
    made_run m;
    (void)state;
    open_quota(&m, apart, TIE_ALL_OUT);
    assert_says(&m, 0, "place 1, the line lies between places 3 and 4; within the quota\n");
    assert_says(&m, 9, "→ 3; takes no place\n");
    run_close(&m);
}

/* 99, 98, 97, 97, 97: three share place 3. */
static void test_tie_at_the_line_is_named(void **state)
{
    static const char *const tied[] = {"99", "98", "97", "97", "97"};
    made_run m;
    (void)state;
    open_quota(&m, tied, TIE_LIST);
    assert_says(&m, 3, "shares place 3 with 2 others, the line lies between places 3 and 4; tied at the line, to be decided\n");
    assert_says_zh(&m, 3, "本人与另外 2 人并列第 3，界线在第 3 与第 4 之间；在界线上并列，待研究确定\n");
    run_close(&m);
}

static void test_quota_is_json_with_its_figures(void **state)
{
    made_run m;
    (void)state;
    open_quota(&m, apart, TIE_ALL_OUT);
    char *out = derived(&m, 3, ASSESS_EN, true, 0);
    assert_non_null(strstr(out, "{\"kind\":\"quota\",\"clause\":\"\",\"words\":\"Places for excellent\",\"formula\":\"number taking part × 15%, rounded half up to 1\","
                                "\"figures\":\"23 taking part in the unit × 15% = 3.45 → 3\",\"value\":\"\",\"note\":\"quota: "));
    mem_free(out);
    run_close(&m);
}

/* The words of a rule file make the same line. Of 10 people, 25 % are 2.5, rounded down 2. */
static void test_quota_of_a_rule_file_is_told_alike(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, GRADED "clause '9'\nquota { 'a', rate = 0.25, within = 'unit', round = round_down(0), tie = 'all_in', over = 'next_grade', order = { total }, zh = '优秀名额', en = 'Places' }\n");
    for (int i = 0; i < 10; i++) {
        char id[8];
        snprintf(id, sizeof id, "%d", i);
        person(&m, id, i < 3 ? apart[i] : "70");
    }
    run_now(&m);
    assert_says_zh(&m, 2, "名额：本单位参加 10 人 × 25% = 2.5 → 2 人；有资格 3 人，本人列第 3，界线在第 2 与第 3 之间；超出名额，改为称职\n");
    assert_says(&m, 2, "  9             Places\n                = number taking part × 25%, rounded down to 1\n");
    assert_says(&m, 2, "“Places”: among the first 2 (it is place 3) → Excellent\n");
    run_close(&m);
}

/* ---- what holds the grade ---- */

static void assert_limit(statement_kind kind, int64_t from, const char *grade, const char *points, const char *en, const char *zh)
{
    made_run m;
    open_with(&m);
    plan_limit(m.p, kind, score_at_least(m.p, from), grade, MADE_WORDS("规定", "Rule"));
    plan_settle(m.p);
    uint32_t s = person(&m, "1", points);
    run_now(&m);
    assert_says(&m, s, en);
    assert_says_zh(&m, s, zh);
    run_close(&m);
}

static void test_ceiling_floor_and_fixed_grade_say_what_they_do(void **state)
{
    (void)state;
    assert_limit(STATEMENT_CEILING, 90, "b", "95", "95 is at least 90\n                → yes: the grade is at most Competent (Excellent → Competent)\n", "→ 符合，最高评为称职（优秀 → 称职）\n");
    assert_limit(STATEMENT_FLOOR, 1, "b", "5", "→ yes: the grade is at least Competent (Poor → Competent)\n", "→ 符合，至少评为称职（不称职 → 称职）\n");
    assert_limit(STATEMENT_FORCE, 1, "a", "5", "→ yes: the grade is Excellent (Poor → Excellent)\n", "→ 符合，评为优秀（不称职 → 优秀）\n");
}

static void test_limit_that_changes_nothing_says_so(void **state)
{
    (void)state;
    assert_limit(STATEMENT_CEILING, 1, "b", "5", "yes: the grade is at most Competent, which changes nothing\n", "符合，最高评为称职（等次未受影响）\n");
}

static void test_limit_that_does_not_hold_says_so(void **state)
{
    (void)state;
    assert_limit(STATEMENT_CEILING, 90, "b", "80", "80 is at least 90\n                → no, not by this clause\n", "→ 不符合本条\n");
}

/* The grade is missing where the condition holds. */
static void test_no_grade_says_so(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    plan *p = m.p;
    node_id before = p->levels[0].grade, condition = score_at_least(p, 10);
    plan_table *t = PLAN_APPEND(p, tables, table_count, table_capacity);
    table_row *row = arena_zalloc(&p->memory, sizeof *row);
    *row = (table_row){.from = {100000, 0}};
    *t = (plan_table){.key = KIND_NUMBER, .rows = row, .row_count = 1}; /* no row is reached: missing */
    node_id none = plan_op(p, (node){.op = OP_TABLE, .args = (const node_id[]){score_of(p), before}, .arg_count = 2, .kind = KIND_GRADE});
    node_id args[3] = {condition, none, before};
    node_id after = plan_op(p, (node){.op = OP_WHEN, .args = args, .arg_count = 3, .kind = KIND_GRADE});
    plan_say(p, (statement){.kind = STATEMENT_NO_GRADE, .node = condition, .before = before, .after = after, .words = MADE_WORDS("试用期", "On probation")});
    p->levels[0].grade = after;
    plan_settle(p);
    uint32_t s = person(&m, "1", "95");
    run_now(&m);
    assert_says(&m, s, "→ yes: no grade is given (Excellent → no grade)\n");
    assert_says_zh(&m, s, "→ 符合，不定等次（优秀 → 不定等次）\n");
    assert_says_zh(&m, s, "没有“试用期” → 优秀\n"); /* why not */
    run_close(&m);
}

/* ---- lists, refusals, grades by a table ---- */

static void test_lists_say_yes_or_no(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    plan_list *l = PLAN_APPEND(m.p, lists, list_count, list_capacity);
    *l = (plan_list){.id = TEXT("talk"), .purpose = LIST_FOLLOW_UP};
    node_id below = PLAN_OP(m.p, LESS_THAN, score_of(m.p), plan_figure_of(m.p, 60, 1));
    plan_say(m.p, (statement){.kind = STATEMENT_LIST, .node = below, .before = NODE_NONE, .after = NODE_NONE, .words = MADE_WORDS("谈话提醒", "To be talked to")});
    plan_settle(m.p);
    uint32_t on = person(&m, "1", "5"), off = person(&m, "2", "95");
    run_now(&m);
    assert_says(&m, on, "5 is less than 60\n                → on the list “To be talked to”: yes\n");
    assert_says(&m, off, "→ on the list “To be talked to”: no\n");
    assert_says_zh(&m, on, "→ 列入“谈话提醒”：是\n");
    run_close(&m);
}

static void test_refusals_say_whether_the_input_is_wrong(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    node_id above = PLAN_OP(m.p, MORE_THAN, score_of(m.p), plan_figure_of(m.p, 100, 1));
    plan_say(m.p, (statement){.kind = STATEMENT_REFUSE, .node = above, .before = NODE_NONE, .after = NODE_NONE, .words = MADE_WORDS("超过满分", "Over the maximum")});
    plan_settle(m.p);
    uint32_t s = person(&m, "1", "5");
    run_now(&m);
    assert_says(&m, s, "5 is more than 100\n                → no: accepted\n");
    assert_says_zh(&m, s, "→ 否，予以受理\n");
    run_close(&m);
}

/* The grade that a condition asks for is called by its name, not by the statements that made it. */
static void test_grade_between_statements_is_called_the_grade(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    plan_limit(m.p, STATEMENT_CEILING, score_at_least(m.p, 95), "b", MADE_WORDS("上限", "Ceiling"));
    plan_set *set = PLAN_APPEND(m.p, sets, set_count, set_capacity);
    *set = (plan_set){.members = arena_zalloc(&m.p->memory, sizeof *set->members), .count = 1};
    node_id grade = m.p->levels[0].grade;
    node_id best = plan_op(m.p, (node){.op = OP_AMONG, .args = &grade, .arg_count = 1, .source = (uint32_t)(m.p->set_count - 1)});
    plan_say(m.p, (statement){.kind = STATEMENT_LIST, .node = best, .before = NODE_NONE, .after = NODE_NONE, .words = MADE_WORDS("表彰", "Honours")});
    plan_settle(m.p);
    uint32_t s = person(&m, "1", "96");
    run_now(&m);
    assert_says(&m, s, "the grade is Excellent\n                Competent is Excellent\n                → on the list “Honours”: no\n");
    run_close(&m);
}

/* grade_by: a table over the score, without bands. */
static void test_grade_by_a_table_shows_the_table_and_the_grade(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    plan *p = m.p;
    plan_table *t = PLAN_APPEND(p, tables, table_count, table_capacity);
    table_row *rows = arena_zalloc(&p->memory, 2 * sizeof *rows);
    rows[0] = (table_row){.from = {80, 0}};
    rows[1] = (table_row){.otherwise = true};
    *t = (plan_table){.key = KIND_NUMBER, .rows = rows, .row_count = 2};
    node_id a = plan_op(p, (node){.op = OP_CONSTANT, .kind = KIND_GRADE, .constant = fraction_of(0, 1)});
    node_id c = plan_op(p, (node){.op = OP_CONSTANT, .kind = KIND_GRADE, .constant = fraction_of(2, 1)});
    node_id by = plan_op(p, (node){.op = OP_TABLE, .args = (const node_id[]){score_of(p), a, c}, .arg_count = 3, .kind = KIND_GRADE});
    statement *s = &p->statements[p->levels[0].grades];
    s->node = s->after = p->levels[0].grade = by;
    plan_settle(p);
    uint32_t one = person(&m, "1", "85");
    run_now(&m);
    assert_says(&m, one, "  1             Grade\n                = by Score: from 80 → Excellent; otherwise → Poor\n"
                         "                = by 85: from 80 → Excellent\n                → Excellent\n");
    run_close(&m);
}

/* ---- values that are no numbers ---- */

static void test_grades_days_and_minutes_are_shown_as_such(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    node_id day = plan_op(m.p, (node){.op = OP_PERIOD, .source = 1, .name = MADE_WORDS("末日", "Last day")});
    node_id minute = plan_op(m.p, (node){.op = OP_CONSTANT, .kind = KIND_MINUTE, .constant = fraction_of((20514 * 24 + 8) * 60 + 5, 1), .name = MADE_WORDS("时刻", "Time")});
    node_id grade = plan_op(m.p, (node){.op = OP_NEXT_GRADE, .args = &m.p->levels[0].grade, .arg_count = 1, .name = MADE_WORDS("降一等", "One lower")});
    const node_id steps[] = {day, minute, grade};
    for (size_t i = 0; i < 3; i++)
        plan_say(m.p, (statement){.kind = STATEMENT_STEP, .node = steps[i], .before = NODE_NONE, .after = NODE_NONE, .words = m.p->nodes[steps[i]].name});
    plan_settle(m.p);
    uint32_t s = person(&m, "1", "95");
    run_now(&m);
    assert_says(&m, s, "= 2026-12-31\n");
    assert_says(&m, s, "= 2026-03-02 08:05\n"); /* date -u -d @$((20514*86400+8*3600+5*60)) */
    assert_says(&m, s, "= one grade below the grade\n                = one grade below Excellent\n                = Competent\n");
    run_close(&m);
}

/* ---- levels ---- */

static void test_statements_of_the_other_level_are_left_out(void **state)
{
    made_run m;
    (void)state;
    open_with(&m);
    m.p->level_count = 2;
    m.p->levels[1].category = TEXT("unit");
    node_id n = plan_op(m.p, (node){.op = OP_CONSTANT, .constant = fraction_of(7, 1), .name = MADE_WORDS("单位的", "Of the unit")});
    plan_say(m.p, (statement){.kind = STATEMENT_STEP, .level = 1, .node = n, .before = NODE_NONE, .after = NODE_NONE, .words = m.p->nodes[n].name});
    plan_settle(m.p);
    uint32_t s = person(&m, "1", "95");
    run_now(&m);
    assert_says(&m, s, "Score");
    assert_says_not(&m, s, "Of the unit");
    run_close(&m);
}

/* ---- text from outside ---- */

/* Neither a name nor a number of a document can pass for a line of the derivation. */
static void test_line_breaks_in_texts_from_outside_forge_no_line(void **state)
{
    made_run m;
    uint32_t s;
    (void)state;
    open_with(&m);
    assert_true(batch_add_subject(m.b, TEXT("1\n  2  Forged"), TEXT("x\n  3  Forged"), TEXT("u\r\n  4  Forged"), TEXT(""), TEXT(""), DATE_NONE, m.source, 2, &s));
    run_event(&m, s, "p", .points = "60", .ref = "\xE2\x80\xA8  5  Forged\n  6  Forged\x1B[2J", .note = "\n  7  Forged");
    run_now(&m);
    char *out = derived(&m, s, ASSESS_EN, false, 0);
    for (const char *at = out; (at = strchr(at, '\n')); at++)
        assert_false(strncmp(at + 1, "  ", 2) == 0 && strstr(at + 1, "Forged") == at + 6);
    assert_non_null(strstr(out, "\\x0a  2  Forged x\\x0a  3  Forged · u\\x0d\\x0a  4  Forged"));
    assert_non_null(strstr(out, "\\u2028  5  Forged\\x0a  6  Forged\\x1b[2J (\\x0a  7  Forged)"));
    mem_free(out);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quota_says_places_standing_line_and_what_follows),
        cmocka_unit_test(test_quota_of_a_small_group_says_that_it_shares_a_pool),
        cmocka_unit_test(test_quota_within_and_not_concerned),
        cmocka_unit_test(test_tie_at_the_line_is_named),
        cmocka_unit_test(test_quota_of_a_rule_file_is_told_alike),
        cmocka_unit_test(test_quota_is_json_with_its_figures),
        cmocka_unit_test(test_ceiling_floor_and_fixed_grade_say_what_they_do),
        cmocka_unit_test(test_limit_that_changes_nothing_says_so),
        cmocka_unit_test(test_limit_that_does_not_hold_says_so),
        cmocka_unit_test(test_no_grade_says_so),
        cmocka_unit_test(test_lists_say_yes_or_no),
        cmocka_unit_test(test_refusals_say_whether_the_input_is_wrong),
        cmocka_unit_test(test_grade_between_statements_is_called_the_grade),
        cmocka_unit_test(test_grade_by_a_table_shows_the_table_and_the_grade),
        cmocka_unit_test(test_grades_days_and_minutes_are_shown_as_such),
        cmocka_unit_test(test_statements_of_the_other_level_are_left_out),
        cmocka_unit_test(test_line_breaks_in_texts_from_outside_forge_no_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
