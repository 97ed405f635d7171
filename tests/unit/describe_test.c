/* rules show: the scheme as a page that somebody can compare with the document and sign. */
#include "made_derivation.h"
#include "plan/page.h"

static char *described(const plan *p, assess_language language)
{
    buffer b = {0};
    plan_describe(p, language, &b);
    buffer_add_char(&b, '\0');
    assert_false(b.failed);
    return b.bytes;
}

static void made_describes(const plan *p, assess_language language, const char *words, const char *file, int line)
{
    char *out = described(p, language);
    if (!strstr(out, words))
        print_error("missing '%s' in\n%s\n", words, out);
    _assert_true(strstr(out, words) != NULL, words, file, line);
    mem_free(out);
}
#define assert_describes(p, words) made_describes((p), ASSESS_EN, (words), __FILE__, __LINE__)
#define assert_describes_zh(p, words) made_describes((p), ASSESS_ZH, (words), __FILE__, __LINE__)

#define GRADED SCHEME "kinds { { 'p', zh = '分', en = 'points' } }\nscore { events 'p':points():sum(), round = half_up(0), " WORDS " }\n" \
    "grades { { 'a', zh = '优秀', en = 'Excellent', from = 90 }, { 'b', zh = '称职', en = 'Competent', from = 60 }, { 'c', zh = '不称职', en = 'Poor', from = 0 } }\n"

/* ---- rows ---- */

static void assert_row(const char *clause, const char *row, const char *expected)
{
    buffer b = {0};
    page_row(&b, text_of(clause), 12, text_of(row));
    buffer_add_char(&b, '\0');
    assert_string_equal(b.bytes, expected);
    buffer_free(&b);
}

/* 四(二)3 takes 7 columns, 六 takes 2: both texts begin at column 16. */
static void test_clauses_are_aligned_by_columns_of_the_terminal(void **state)
{
    (void)state;
    assert_row("四(二)3", "德", "  四(二)3       德\n");
    assert_row("六", "德", "  六            德\n");
    assert_row("", "德", "                德\n");
}

static void test_long_clause_stands_above_its_text(void **state)
{
    (void)state;
    assert_row("失职追究制第四条第二款", "德", "  失职追究制第四条第二款\n                德\n");
}

static size_t longest_line(const char *page)
{
    size_t longest = 0;
    for (const char *end; (end = strchr(page, '\n')); page = end + 1) {
        size_t columns = text_columns((text){page, (size_t)(end - page)});
        longest = columns > longest ? columns : longest;
    }
    return longest;
}

/* 84 columns are left of 100: 42 wide characters. */
static void test_chinese_breaks_anywhere_but_before_a_closing_mark(void **state)
{
    buffer row = {0};
    (void)state;
    for (int i = 0; i < 42; i++)
        buffer_add_string(&row, "字");
    buffer_add_string(&row, "，后");
    buffer_add_char(&row, '\0');
    buffer b = {0};
    page_row(&b, TEXT("六"), 12, text_of(row.bytes));
    buffer_add_char(&b, '\0');
    assert_non_null(strstr(b.bytes, "字\n                字，后\n"));
    assert_true(longest_line(b.bytes) <= PAGE_WIDTH);
    buffer_free(&b);
    buffer_free(&row);
}

static void test_latin_breaks_at_blanks(void **state)
{
    buffer row = {0};
    (void)state;
    for (int i = 0; i < 40; i++)
        buffer_add_string(&row, "words ");
    buffer_add_char(&row, '\0');
    buffer b = {0};
    page_row(&b, TEXT("6"), 12, text_of(row.bytes));
    buffer_add_char(&b, '\0');
    assert_true(longest_line(b.bytes) <= PAGE_WIDTH);
    assert_null(strstr(b.bytes, " \n"));
    assert_non_null(strstr(b.bytes, "words\n                words"));
    buffer_free(&b);
    buffer_free(&row);
}

static void test_word_longer_than_the_page_is_not_lost(void **state)
{
    char row[301];
    (void)state;
    memset(row, 'x', 300);
    row[300] = '\0';
    buffer b = {0};
    page_row(&b, TEXT("6"), 12, text_of(row));
    assert_int_equal(b.length, 16 + 300 + 1);
    buffer_free(&b);
}

static void test_control_characters_are_made_visible(void **state)
{
    (void)state;
    assert_row("6\n7", "a\x1B[2J\nb", "  6\\x0a7        a\\x1b[2J\\x0ab\n");
}

/* ---- the page ---- */

static void test_page_ends_with_lines_to_sign(void **state)
{
    (void)state;
    plan *p = load(GRADED);
    assert_describes(p, "\nCompared with the document and found right:\n\nName: __________________  Date: ______________  Signature: __________________\n");
    assert_describes_zh(p, "\n以上与文件核对无误：\n\n姓名：__________________  日期：______________  签字：__________________\n");
    plan_free(p);
}

static void test_parameters_are_called_readings_with_their_bounds(void **state)
{
    (void)state;
    plan *p = load(SCHEME ITEMS ROLES "local f = param { 'level', default = 0.5, min = 0.1, max = 2, zh = '系数', en = 'factor' }\n"
                   "score { ballots 'peer':total():mean() * f, round = half_up(2), " WORDS " }\n");
    assert_describes(p, "Parameters (readings where the document is silent or leaves a choice; --set NAME=VALUE)\n"
                        "                level = 0.5  factor; may be 0.1 to 2; default 0.5\n");
    assert_describes_zh(p, "参数（文件未定或可选之处的取法；可用 --set 名称=值 设定）\n                level = 0.5  系数；可取 0.1 至 2；默认 0.5\n");
    plan_free(p);
}

static void test_quota_is_told_in_words(void **state)
{
    (void)state;
    plan *p = load(GRADED);
    plan_quota_of(p, "a", 15, TIE_LIST, MADE_WORDS("优秀名额", "Places"));
    plan_settle(p);
    assert_describes(p, "quota: Places: Excellent at most 15% of the base within the unit, rounded half up to\n                1; order: word; ");
    assert_describes_zh(p, "名额：优秀名额：优秀至多 15%（占基数的比例），在本单位内，四舍五入到 1；次序：字");
    plan_free(p);
}

static void test_limits_lists_and_conditions_are_told_in_words(void **state)
{
    (void)state;
    plan *p = load(GRADED);
    node_id score = p->statements[p->levels[0].score].node, top = PLAN_OP(p, AT_LEAST, score, plan_figure_of(p, 90, 1));
    plan_limit(p, STATEMENT_CEILING, top, "b", MADE_WORDS("上限", "Ceiling"));
    plan_limit(p, STATEMENT_FLOOR, top, "b", MADE_WORDS("下限", "Floor"));
    plan_limit(p, STATEMENT_FORCE, top, "b", MADE_WORDS("直接", "Fixed"));
    *(plan_list *)PLAN_APPEND(p, lists, list_count, list_capacity) = (plan_list){.id = TEXT("l"), .purpose = LIST_HONOUR};
    plan_say(p, (statement){.kind = STATEMENT_LIST, .node = top, .before = NODE_NONE, .after = NODE_NONE, .words = MADE_WORDS("表彰", "Honours")});
    plan_settle(p);
    assert_describes(p, "ceiling: Ceiling: if word is at least 90 → the grade is at most Competent\n");
    assert_describes(p, "floor: Floor: if word is at least 90 → the grade is at least Competent\n");
    assert_describes(p, "fixed grade: Fixed: if word is at least 90 → the grade is Competent\n");
    assert_describes(p, "list: Honours (honour): if word is at least 90\n");
    assert_describes_zh(p, "名单：表彰（表彰）：如 字 达到 90\n");
    plan_free(p);
}

static void test_columns_measures_and_valid_ballots_are_listed(void **state)
{
    (void)state;
    plan *p = load(SCHEME ITEMS ROLES "score { ballots 'peer':total():mean(), round = half_up(2), " WORDS " }\n");
    *(plan_attribute *)PLAN_APPEND(p, attributes, attribute_count, attribute_capacity) =
        (plan_attribute){.id = TEXT("age"), .words = MADE_WORDS("年龄", "Age"), .kind = KIND_NUMBER, .bounded = true, .minimum = {18, 0}, .maximum = {65, 0}, .needed = true};
    *(plan_measure *)PLAN_APPEND(p, measures, measure_count, measure_capacity) =
        (plan_measure){.id = TEXT("days"), .words = MADE_WORDS("天数", "Days"), .lower_is_better = true, .target = NODE_NONE, .baseline = NODE_NONE};
    *(sheet_rule *)PLAN_APPEND(p, sheet_rules, sheet_rule_count, sheet_rule_capacity) =
        (sheet_rule){.roles = 2, .per_rater = true, .has_top = true, .top_from = {90, 0}, .top_count = 3, .item = ITEM_TOTAL, .words = MADE_WORDS("优秀票数", "Few top marks")};
    assert_describes(p, "Columns of people\n                age  Age  a number from 18 to 65; needed\n");
    assert_describes(p, "Measures\n                days  Days  (lower is better)\n");
    assert_describes(p, "Sheets that count (others are invalid)\n                Few top marks (colleagues, all that one rater handed in); at the top (from 90) at\n                most 3\n");
    plan_free(p);
}

static void test_each_level_has_its_statements_and_grades(void **state)
{
    (void)state;
    plan *p = load(GRADED);
    p->level_count = 2;
    p->levels[0].words = MADE_WORDS("人员", "people");
    p->levels[1].words = MADE_WORDS("单位", "units");
    plan_say(p, (statement){.kind = STATEMENT_STEP, .level = 1, .node = plan_figure_of(p, 7, 1), .before = NODE_NONE, .after = NODE_NONE, .words = MADE_WORDS("单位的", "Of the unit")});
    plan_settle(p);
    assert_describes(p, "Subjects: people, units\n");
    assert_describes(p, "\nStatements: units\n                Of the unit = 7\n");
    assert_describes_zh(p, "\n计算与规定：人员\n");
    plan_free(p);
}

static void test_parts_of_years_are_told_as_people_say_them(void **state)
{
    (void)state;
    plan *p = load(SCHEME "step { past 'M02':score() + past 'M12':score(), zh = '合', en = 'sum' }\n"
                          "step { past 'Q3':score(), zh = '季', en = 'quarter' }\n"
                          "score { past { year = -1, part = 'H2' }:score() + past 'H1':score(), round = half_up(0), " WORDS " }\n");
    assert_describes_zh(p, "合 = 本年度2月得分 + 本年度12月得分\n");
    assert_describes(p, "sum = score of February of this year + score of December of this year\n");
    assert_describes_zh(p, "季 = 本年度第3季度得分\n");
    assert_describes(p, "quarter = score of the third quarter of this year\n");
    assert_describes_zh(p, "上年度下半年得分 + 本年度上半年得分");
    assert_describes(p, "score of the second half of last year + score of the first half of");
    plan_free(p);
}

static void test_page_without_memory_fails_cleanly(void **state)
{
    (void)state;
    plan *p = load(GRADED);
    bool done = false;
    for (long n = 0; !done; n++) {
        buffer b = {0};
        mem_fault_after(n);
        plan_describe(p, ASSESS_EN, &b);
        mem_fault_after(-1);
        done = !b.failed;
        buffer_free(&b);
        assert_true(n < 10000);
    }
    plan_free(p);
}

static void test_what_is_not_known_is_said_to_be_lacking(void **state)
{
    (void)state;
    plan *p = load(GRADED "measures { { 'm', zh = '用时', en = 'time taken', optional = true } }\n"
                          "refuse { unless(measure 'm':value():known()), zh = '缺', en = 'no time' }\n");
    assert_describes(p, "refused input: no time: if there is no time taken\n");
    assert_describes_zh(p, "没有用时");
    plan_free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clauses_are_aligned_by_columns_of_the_terminal),
        cmocka_unit_test(test_long_clause_stands_above_its_text),
        cmocka_unit_test(test_chinese_breaks_anywhere_but_before_a_closing_mark),
        cmocka_unit_test(test_latin_breaks_at_blanks),
        cmocka_unit_test(test_word_longer_than_the_page_is_not_lost),
        cmocka_unit_test(test_control_characters_are_made_visible),
        cmocka_unit_test(test_page_ends_with_lines_to_sign),
        cmocka_unit_test(test_parameters_are_called_readings_with_their_bounds),
        cmocka_unit_test(test_quota_is_told_in_words),
        cmocka_unit_test(test_limits_lists_and_conditions_are_told_in_words),
        cmocka_unit_test(test_columns_measures_and_valid_ballots_are_listed),
        cmocka_unit_test(test_each_level_has_its_statements_and_grades),
        cmocka_unit_test(test_parts_of_years_are_told_as_people_say_them),
        cmocka_unit_test(test_what_is_not_known_is_said_to_be_lacking),
        cmocka_unit_test(test_page_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
