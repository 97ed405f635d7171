/* People, events, measures and history, line by line of the contract's chapter “Input tables”. */
#include "made_tables.h"

#include <stdio.h>
#include <stdlib.h>

#define MEASURES(text) {TABLE_MEASURES, (text), 0}
#define HISTORY(text) {TABLE_HISTORY, (text), 0}

/* ---- headers ---- */

/* “Headers in English or Chinese; columns in any order”. */
static void test_people_have_english_headers_in_any_order(void **state)
{
    batch *b = READ(bureau(), PEOPLE("start,post,category,unit,name,id\n2026-03-04,科员,公务员,一科,王芳,7\n"));
    (void)state;
    assert_clean(b);
    assert_text(b->people.ids.texts[0], "7");
    assert_text(b->people.name[0], "王芳");
    assert_text(b->people.unit[0], "一科");
    assert_text(b->people.category[0], "公务员");
    assert_text(b->people.post[0], "科员");
    date expected;
    assert_true(date_make(2026, 3, 4, &expected));
    assert_int_equal(b->people.start[0], expected);
    assert_int_equal(b->people.row[0], 2);
    batch_free(b);
}

/* `id` 编号/工号, `name` 姓名/名称, `unit` 单位/部门/股室, `category` 类别, `post` 职务, `start` 到岗日期. */
static void test_people_have_chinese_headers(void **state)
{
    static const char *const headers[] = {"编号,姓名,单位,类别,职务,到岗日期",
                                          "工号,名称,部门,类别,职务,到岗日期",
                                          "工号,姓名,股室,类别,职务,到岗日期",
                                          "人员编号,姓名,处室,人员类别,职务职级,到岗时间",
                                          " ID , Name*,UNIT,Category,post,\"Start\nDate\"",
                                          "工 号,姓　名,科室,类别,职务,上岗日期"};
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char table[256];
        strcpy(table, headers[i]);
        strcat(table, "\n7,王芳,一科,公务员,科员,2026-03-04\n");
        batch *b = READ(bureau(), PEOPLE(table));
        assert_clean(b);
        assert_text(b->people.unit[0], "一科");
        assert_text(b->people.post[0], "科员");
        assert_int_equal(b->people.attribute_count, 0);
        batch_free(b);
    }
}

/* What stands beside an id so that people see whom they rate is no part of the table, and no reason for a notice. */
static void test_columns_for_reference_are_passed_over(void **state)
{
    static const char *const headers[] = {"姓名（供核对）", "姓名(供核对)", "name (for reference)", "Name (For Reference)"};
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        char table[256];
        snprintf(table, sizeof table, "subject,%s,kind\n7,王芳,veto\n", headers[i]);
        batch *b = READ(bureau(), PEOPLE("id,name\n7,王芳\n"), EVENTS(table));
        assert_clean(b);
        assert_int_equal(b->problems.count, 0);
        assert_int_equal(b->event_count, 1);
        batch_free(b);
    }
}

/* “unknown columns of `people` are kept as attributes that rules can read”. */
static void test_unknown_columns_of_people_are_attributes(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,性别,备 注,序号\n1,甲,女, x ,1\n2,乙,,y,2\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->people.attribute_count, 3);
    assert_text(b->people.attribute_names[1], "备 注");
    assert_text(b->people.attributes[0][0], "女");
    assert_text(b->people.attributes[0][1], "");
    assert_text(b->people.attributes[1][0], "x");
    batch_free(b);
}

static const vocabulary_attribute TIMES[] = {{.word = WORD("called", "来电时间", "called"), .kind = ATTRIBUTE_MINUTE, .optional = true},
                                             {.word = WORD("born", "出生日期", "born"), .kind = ATTRIBUTE_DAY, .optional = true}};

static vocabulary bureau_with_times(void)
{
    vocabulary words = bureau();
    words.attributes = TIMES;
    words.attribute_count = 2;
    return words;
}

static void assert_cell(const batch *b, size_t attribute, uint32_t subject, const char *expected)
{
    char room[ATTRIBUTE_ROOM];
    assert_text(batch_attribute_text(b, attribute, subject, room), expected);
}

/* Every way of writing them that is one byte off the printed one is here, and is kept as it is. */
static void test_days_and_times_are_there_as_they_were_written(void **state)
{
    static const char *const cells[][2] = {
        {"2026-07-07 09:15", "2000-02-29"}, {"2026/07/07 09:15", "2000/02/29"}, {"2026-07-07 9:15", "2000-2-29"},
        {"2026年7月7日 09:15", "2000.2.29"}, {"2026-07-07 09:15:00", "2000年2月29日"}, {"2026-07-07 00:00", "1900-01-01"},
        {"2026-07-07 23:59", "9999-12-31"}, {"", "1969-12-31"}, {"1969-12-31 23:59", ""}};
    enum { ROWS = sizeof cells / sizeof *cells };
    char table[1024] = "id,name,called,born\n";
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        snprintf(table + strlen(table), sizeof table - strlen(table), "%zu,甲,%s,%s\n", i, cells[i][0], cells[i][1]);
    batch *b = READ(bureau_with_times(), PEOPLE(table));
    assert_clean(b);
    for (uint32_t i = 0; i < ROWS; i++) {
        assert_cell(b, 0, i, cells[i][0]);
        assert_cell(b, 1, i, cells[i][1]);
    }
    batch_free(b);
}

/* The text is what takes the room: 16 bytes and a pointer to them, a million times. */
static void test_a_time_that_prints_back_is_kept_as_a_value_alone(void **state)
{
    batch *b = READ(bureau_with_times(), PEOPLE("id,name,called,born\n1,甲,2026-07-07 09:15,\n2,乙,2026-07-07 9:15,\n"));
    (void)state;
    assert_text(b->people.attributes[0][0], "");
    assert_text(b->people.attributes[0][1], "2026-07-07 9:15");
    batch_free(b);
}

/* Row 2 is kept without values, for its id: from then on nobody's are complete, and texts are all there is. */
static void test_times_behind_a_row_without_values_are_there_too(void **state)
{
    batch *b = READ(bureau_with_times(), PEOPLE("id,name,called,born\n1,甲,2026-07-07 09:15,\n2,乙\n3,丙,2026-07-08 09:15,\n"));
    (void)state;
    assert_cell(b, 0, 0, "2026-07-07 09:15");
    assert_cell(b, 0, 1, "");
    assert_cell(b, 0, 2, "2026-07-08 09:15");
    batch_free(b);
}

static const vocabulary_attribute ATTRIBUTES[] = {{.word = WORD("children", "子女数", "children")}};

static vocabulary bureau_with_attribute(void)
{
    vocabulary words = bureau();
    words.attributes = ATTRIBUTES;
    words.attribute_count = 1;
    return words;
}

static void test_attributes_of_the_scheme_go_by_their_id(void **state)
{
    batch *b = READ(bureau_with_attribute(), PEOPLE("id,name,子女数\n1,甲,2\n"));
    (void)state;
    assert_clean(b);
    assert_text(b->people.attribute_names[0], "children");
    batch_free(b);
    b = READ(bureau_with_attribute(), PEOPLE("id,name,子女数目\n1,甲,2\n"));
    assert_said(assert_error(b, "input.column_missing_near", 1, 3), "'子女数目'");
    batch_free(b);
    b = READ(bureau_with_attribute(), PEOPLE("id,name,children,子女数\n1,甲,2,3\n"));
    assert_only_error(b, "input.column_twice", 1, 4);
    batch_free(b);
}

/* “a column that is missing or misspelt (with a suggestion)” is an error. */
static void test_a_missing_column_is_an_error(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,unit\n1,一科\n"));
    (void)state;
    assert_counts(b, 1, 0);
    assert_said(assert_error(b, "input.column_missing", 1, 0), "'name' (姓名)");
    batch_free(b);
}

/* A wrong header of people does not hide what is wrong below it, and the ids are known to the other tables. */
static void test_a_missing_name_does_not_hide_the_rest(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,start\n1,2026-02-30\n"), EVENTS("subject,kind\n1,veto\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.column_missing", 1, 0);
    assert_error(b, "input.date_does_not_exist", 2, 2);
    batch_free(b);
}

static void test_a_misspelt_column_is_an_error_with_a_suggestion(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,nmae\n1,甲\n"));
    (void)state;
    assert_only_error(b, "input.column_missing_near", 1, 2);
    assert_said(assert_error(b, "input.column_missing_near", 1, 2), "did you mean it by 'nmae'?");
    batch_free(b);
    b = READ(bureau(), PEOPLE("id,name,strat,units\n1,甲,,\n"));
    assert_said(assert_error(b, "input.column_misspelt", 1, 3), "did you mean 'start'");
    assert_said(assert_error(b, "input.column_misspelt", 1, 4), "did you mean 'unit'");
    batch_free(b);
    b = READ(bureau(), PEOPLE("id,name,到港日期\n1,甲,\n"));
    assert_error(b, "input.column_misspelt", 1, 3);
    batch_free(b);
}

/* 性别 is one character away from 类别, and no slip of the pen. */
static void test_short_headers_are_not_taken_for_misspelt(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,性别,职级\n1,甲,女,九级\n"));
    (void)state;
    assert_clean(b);
    batch_free(b);
}

static void test_two_columns_of_one_meaning_are_an_error(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,单位,部门\n1,甲,x,y\n"));
    (void)state;
    assert_only_error(b, "input.column_twice", 1, 4);
    batch_free(b);
    b = READ(bureau(), PEOPLE("id,name,民族,民 族\n1,甲,x,y\n"));
    assert_said(assert_error(b, "input.column_twice", 1, 4), "column 3");
    batch_free(b);
}

static void test_a_column_without_header_is_an_error(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,,name\n1,x,甲\n"));
    (void)state;
    assert_only_error(b, "input.column_nameless", 1, 2);
    batch_free(b);
    b = READ(bureau(), PEOPLE("id,name,,\n1,甲,,\n"));
    assert_clean(b);
    batch_free(b);
}

static void test_one_column_means_that_nothing_parts_them(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id|name\n1|甲\n"));
    (void)state;
    assert_only_error(b, "input.one_column", 1, 1);
    batch_free(b);
}

/* ---- lines ---- */

/* “a file or table that is empty” is an error. */
static void test_an_empty_table_is_an_error(void **state)
{
    static const char *const tables[] = {"\n",      "\xEF\xBB\xBF", ",,,\r\n \r\n",
                                         "id,name", "id,name\n",    "id,name\n,\n\n"};
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        batch *b = READ(bureau(), PEOPLE(tables[i]));
        assert_only_error(b, i < 3 ? "input.file_empty" : "input.only_header", 0, 0);
        batch_free(b);
    }
}

static void test_blank_rows_count_as_rows_and_hold_nothing(void **state)
{
    batch *b = READ(bureau(), PEOPLE("\n,,\nid,name\n\n1,甲\n,\n,,,,,\n2,乙\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->people.count, 2);
    assert_int_equal(b->people.row[0], 5);
    assert_int_equal(b->people.row[1], 8);
    batch_free(b);
}

static void test_rows_of_another_width_are_errors(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,unit\n1,甲\n2,乙,二科,x\n3,丙,三科,, ,\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_said(assert_error(b, "input.row_too_short", 2, 0), "expected 3 cells but found 2");
    assert_said(assert_error(b, "input.row_too_long", 3, 0), "expected 3 cells but found 4");
    batch_free(b);
}

/* “an unclosed quote” is an error; so are the other flaws of quoting. */
static void test_flaws_of_quotes_are_errors(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name\n1,a\"b\n2,\"c\"d\n\"3,x\n4,y\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_error(b, "input.stray_quote", 2, 2);
    assert_error(b, "input.text_after_quote", 3, 2);
    assert_error(b, "input.unclosed_quote", 4, 1);
    batch_free(b);
}

static void test_nul_bytes_are_errors(void **state)
{
    static const char table[] = "id,name,unit,category\n1,x\0y,zzzzzzzzzzzz,zzzzzzzzzzzzz\n";
    batch *b = READ(bureau(), {TABLE_PEOPLE, table, sizeof table - 1});
    (void)state;
    assert_only_error(b, "input.nul", 2, 2);
    batch_free(b);
}

/* RFC 4180 quoting; a line break in quotes adds no row. */
static void test_quoted_cells_are_read(void **state)
{
    batch *b = READ(bureau(), PEOPLE("\"id\",name\n\"1\",\"a \"\"b\"\"\nc, d\"\n1,again\n"));
    (void)state;
    assert_text(b->people.name[0], "a \"b\"\nc, d");
    assert_only_error(b, "input.person_twice", 3, 1);
    batch_free(b);
}

/* ---- people ---- */

static void test_an_id_must_be_there_once(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name\n ,甲\n7,乙\n７,丙\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.id_missing", 2, 1);
    assert_said(assert_error(b, "input.person_twice", 4, 1), "row 3"); /* full-width digits are digits */
    batch_free(b);
}

/* Dates: `2026-03-04`, `2026/3/4`, `2026年3月4日`; “a date that does not exist”. */
static void test_dates_are_read_or_named(void **state)
{
    batch *b =
        READ(bureau(), PEOPLE("id,name,start\n1,a,2026-03-04\n2,b,2026/3/4\n3,c,2026年3月4日\n4,d,２０２６-03-04\n"
                              "5,e,\n6,f,2026-02-29\n7,g,4.3.26\n8,h,20260304\n"));
    (void)state;
    assert_counts(b, 3, 0);
    for (size_t i = 1; i < 4; i++)
        assert_int_equal(b->people.start[i], b->people.start[0]);
    assert_int_equal(b->people.start[4], DATE_NONE);
    assert_said(assert_error(b, "input.date_does_not_exist", 7, 3), "2026-02-29");
    assert_error(b, "input.not_a_date", 8, 3);
    assert_error(b, "input.not_a_date", 9, 3);
    batch_free(b);
}

/* A result of ids alone is of no use to people: rows 3 and 5 are without, one notice says so. */
static void test_empty_names_are_one_notice_with_the_first_row(void **state)
{
    (void)state;
    batch *b = READ(bureau(), PEOPLE("id,name\n1,甲\n2,\n3,丙\n4, \n"));
    assert_said(assert_notice(b, "input.name_empty", 0, 0), "2 names are empty, the first one in row 3:");
    batch_free(b);
}

/* The days of attendance and other matters go by their ids: one of three has a name. */
static void test_no_names_are_expected_where_hardly_anybody_has_one(void **state)
{
    (void)state;
    batch *b = READ(bureau(), PEOPLE("id,name\n1,甲\n2,\n3,\n"));
    assert_counts(b, 0, 0);
    batch_free(b);
}

/* 民委发〔2016〕33号: the separator of a name is U+00B7. */
static void test_name_separators_become_one_with_a_notice(void **state)
{
    batch *b = READ(
        bureau(),
        PEOPLE("id,name\n1,古丽·热合曼\n2,買買提•艾力\n3,阿依‧古丽\n4,吐尔逊・买买提\n5,阿不都．热西提\n6, 䶮𠮷 \n"));
    (void)state;
    assert_counts(b, 0, 1);
    assert_said(assert_notice(b, "input.name_separators", 0, 0), "names changed: 4");
    assert_text(b->people.name[0], "古丽·热合曼");
    assert_text(b->people.name[1], "買買提·艾力");
    assert_text(b->people.name[2], "阿依·古丽");
    assert_text(b->people.name[3], "吐尔逊·买买提");
    assert_text(b->people.name[4], "阿不都·热西提");
    assert_text(b->people.name[5], "䶮𠮷");
    batch_free(b);
}

/* ---- events ---- */

#define EVENT_HEADER "subject,kind,from,to,points,amount,liable,ref,note\n"

static void test_an_event_is_read(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS("对象,类型,开始,结束,分值,数量,连带责任人,依据,说明\n2,搞平衡,2026-03-04,2026/3/5,1.50,,3, "
                           "文1 ,\"a, b\"\n"));
    (void)state;
    assert_clean(b);
    const event *e = &b->events[0];
    assert_int_equal(e->subject, 1);
    assert_int_equal(e->kind, 2);
    assert_int_equal(e->to - e->from, 1);
    assert_true(e->points.coeff == 150 && e->points.scale == 2);
    assert_true(e->amount.coeff == CELL_BLANK);
    assert_int_equal(e->liable, 2);
    assert_text(e->ref, "文1");
    assert_text(e->note, "a, b");
    batch_free(b);
}

/* “an empty `to` is the same day”. */
static void test_an_empty_end_is_the_same_day(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, EVENTS(EVENT_HEADER "2,sick-leave,2026-03-04,,,,,,\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->events[0].from, b->events[0].to);
    batch_free(b);
}

static void test_without_a_column_of_ends_there_is_a_notice(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,kind,from\n2,sick-leave,2026-03-04\n"));
    (void)state;
    assert_only_notice(b, "input.events_without_end", 1, 0);
    batch_free(b);
}

/* “an end before its beginning” is an error. */
static void test_an_end_before_its_beginning_is_an_error(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS(EVENT_HEADER "2,sick-leave,2026-03-04,2026-03-03,,,,,\n2,veto,,2026-03-03,,,,,\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_said(assert_error(b, "input.end_before_begin", 2, 4), "before the beginning 2026-03-04");
    assert_error(b, "input.end_without_begin", 3, 4);
    batch_free(b);
}

/* “an event kind that it does not know” is an error. */
static void test_unknown_kinds_are_errors_with_a_suggestion(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE,
             EVENTS(EVENT_HEADER
                    "2,sick-leaf,,,,,,,\n2,旷工,,,,,,,\n2,,,,,,,,\n2,VETO,,,,,,,\n2,sick leave,2026-01-01,,,,,,\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_said(assert_error(b, "input.kind_unknown_near", 2, 2), "did you mean 'sick-leave'?");
    assert_said(assert_error(b, "input.kind_unknown", 3, 2), "expected one of sick leave, deduction, balancing, overtime, veto;");
    assert_error(b, "input.kind_missing", 4, 2);
    batch_free(b);
}

/* “(`--ignore KIND` says that this is meant)”. */
static void test_ignored_kinds_are_passed_over_with_a_notice(void **state)
{
    static const text ignored[] = {{"praise", 6}, {"一票否决", 12}};
    static const given tables[] = {FOUR_PEOPLE,
                                   EVENTS(EVENT_HEADER "2,Praise,,,,,,,\n2,praise,,,,,,,\n2,veto,,,,,,,\n"
                                                       "2,sick-leave,2026-01-01,,,,,,\n")};
    read_options options = {.threads = 2, .ignored_kinds = ignored, .ignored_kind_count = 2};
    batch *b = read_with(bureau(), tables, 2, options, USUAL);
    (void)state;
    assert_counts(b, 0, 2);
    assert_int_equal(b->event_count, 1);
    assert_said(assert_notice(b, "input.kind_ignored", 0, 0), "passed over, as asked: ");
    batch_free(b);
}

/* “every problem is named”: `--ignore` says that the kind is meant, not that an id or a date may be wrong. */
static void test_the_cells_of_ignored_kinds_are_checked(void **state)
{
    static const text ignored[] = {{"praise", 6}};
    static const given tables[] = {FOUR_PEOPLE, EVENTS(EVENT_HEADER "9,praise,2026-02-30,,x,,8,,\n")};
    read_options options = {.threads = 2, .ignored_kinds = ignored, .ignored_kind_count = 1};
    batch *b = read_with(bureau(), tables, 2, options, USUAL);
    (void)state;
    assert_counts(b, 4, 1);
    assert_error(b, "input.subject_unknown", 2, 1);
    assert_error(b, "input.date_does_not_exist", 2, 3);
    assert_error(b, "input.not_a_number", 2, 5);
    assert_error(b, "input.liable_unknown", 2, 7);
    batch_free(b);
}

/* “every problem is named”: also the others of a row whose kind is unknown or missing. */
static void test_a_wrong_kind_hides_nothing_of_its_row(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS(EVENT_HEADER "9,旷工,2026-13-01,,-1,x,8,,\n,,2026-03-04,2026-03-03,,,,,\n"));
    (void)state;
    assert_counts(b, 9, 0);
    assert_error(b, "input.kind_unknown", 2, 2);
    assert_error(b, "input.subject_unknown", 2, 1);
    assert_error(b, "input.date_does_not_exist", 2, 3);
    assert_error(b, "input.number_negative", 2, 5);
    assert_error(b, "input.not_a_number", 2, 6);
    assert_error(b, "input.liable_unknown", 2, 7);
    assert_error(b, "input.kind_missing", 3, 2);
    assert_error(b, "input.subject_missing", 3, 1);
    assert_error(b, "input.end_before_begin", 3, 4);
    batch_free(b);
}

/* “every problem is named”: a wrong header hides nothing of the rows, and its own column is not complained of again. */
static void test_a_wrong_header_hides_nothing_of_the_rows(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,kindd,from,to\n9,veto,2026-02-30,\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_error(b, "input.column_missing_near", 1, 2);
    assert_error(b, "input.subject_unknown", 2, 1);
    assert_error(b, "input.date_does_not_exist", 2, 3);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, {TABLE_MEASURES, "subject,measure\n9,x\n", 0},
             {TABLE_HISTORY, "subject,score\n9,x\n", 0});
    assert_counts(b, 6, 0);
    assert_error(b, "input.column_missing", 1, 0);
    assert_error(b, "input.measure_unknown", 2, 2);
    assert_error(b, "input.not_a_number", 2, 2);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,kind,from,utnil,pionts\n1,deduction,2026-01-01,,2\n"));
    assert_counts(b, 2, 0);
    assert_error(b, "input.column_misspelt", 1, 4);
    assert_error(b, "input.column_misspelt", 1, 5);
    batch_free(b);
    b = READ(bureau(), PEOPLE("nmae,unit,start\n甲,x,2026-02-30\n"));
    assert_counts(b, 3, 0);
    assert_error(b, "input.date_does_not_exist", 2, 3);
    batch_free(b);
}

/* A misspelt column of events is named with the one that was meant. */
static void test_foreign_columns_are_named_with_what_was_meant(void **state)
{
    static const struct {
        const char *header, *meant;
    } cases[] = {{"结朿", "'to' (结束)"}, {"责任人", "'liable' (连带责任人)"}, {"分植", "'points' (分值)"}, {"nots", "'note' (说明)"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char table[200];
        snprintf(table, sizeof table, "subject,kind,from,%s\n1,veto,,2026-01-01\n", cases[i].header);
        batch *b = READ(bureau(), FOUR_PEOPLE, EVENTS(table));
        for (size_t p = 0; p < b->problems.count; p++)
            if (b->problems.items[p].column == 4 && b->problems.items[p].row == 1)
                assert_said(&b->problems.items[p], cases[i].meant);
        assert_int_equal(b->problems.errors, 1);
        batch_free(b);
    }
}

/* A near miss of a standard column of people is no attribute. */
static void test_misspelt_columns_of_people_are_errors(void **state)
{
    static const char *const headers[] = {"到岗日其", "strat", "职务职及"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char table[200];
        snprintf(table, sizeof table, "id,name,%s\n1,甲,\n", headers[i]);
        batch *b = READ(bureau(), PEOPLE(table));
        assert_only_error(b, "input.column_misspelt", 1, 3);
        batch_free(b);
    }
}

/* A spreadsheet's cell holds 32 767 characters, whatever their bytes. */
static void test_a_cell_holds_as_many_characters_as_in_a_spreadsheet(void **state)
{
    enum { MOST = 32767 };
    char *table = malloc(4 * MOST + 100);
    (void)state;
    for (int more = 0; more < 2; more++) {
        char *at = table + sprintf(table, "id,name,备注\n1,甲,");
        for (int i = 0; i < MOST + more; i++, at += 3)
            memcpy(at, "长", 3);
        strcpy(at, "\n");
        batch *b = READ(bureau(), PEOPLE(table));
        if (more)
            assert_said(assert_error(b, "input.cell_too_long", 2, 3), "at most 32767 characters in a cell but found 32768");
        assert_counts(b, (size_t)more, 0);
        assert_int_equal(b->people.count, 1);
        batch_free(b);
    }
    free(table);
}

/* A row that is wrong in its form is named once, and nobody else's row for it. */
static void test_a_person_whose_row_is_too_short_is_no_unknown_id(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,unit\n1,甲\n2,乙,x,y\n"), EVENTS(EVENT_HEADER "1,veto,,,,,,,\n2,veto,,,,,,,\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.row_too_short", 2, 0);
    assert_error(b, "input.row_too_long", 3, 0);
    batch_free(b);
}

/* “negative points, a number that is not one (`90分`, `1e400`, `NaN`)” are errors. */
static void test_numbers_that_are_none_are_errors(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE,
             EVENTS(EVENT_HEADER "1,deduction,2026-01-01,,-1,,,,\n1,deduction,2026-01-01,,90分,,,,\n"
                                 "1,deduction,2026-01-01,,1e400,,,,\n1,deduction,2026-01-01,,NaN,,,,\n"
                                 "1,deduction,2026-01-01,,1234567890123456,,,,\n1,deduction,2026-01-01,,１.５,,,,\n"));
    (void)state;
    assert_counts(b, 5, 0);
    assert_error(b, "input.number_negative", 2, 5);
    assert_said(assert_error(b, "input.number_with_unit", 3, 5), "'90分'");
    assert_error(b, "input.number_exponent", 4, 5);
    assert_error(b, "input.not_a_number", 5, 5);
    assert_error(b, "input.number_too_long", 6, 5);
    batch_free(b);
}

static void test_what_a_kind_needs_must_be_there(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS(EVENT_HEADER "1,deduction,,,,,,,\n1,overtime,2026-01-01,,,,,,\n1,veto,,,,,,,\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_said(assert_error(b, "input.event_needs", 2, 3), "needs 'from' (开始)");
    assert_said(assert_error(b, "input.event_needs", 2, 5), "needs 'points' (分值)");
    assert_said(assert_error(b, "input.event_needs", 3, 6), "needs 'amount' (数量)");
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,kind,from,to\n1,deduction,2026-01-01,\n"));
    assert_only_error(b, "input.event_needs", 2, 0);
    batch_free(b);
}

/* “an id that is not in `people`” is an error, of the subject and of the one jointly liable. */
static void test_ids_that_are_not_in_people_are_errors(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS(EVENT_HEADER "9,veto,,,,,,,\n,veto,,,,,,,\n1,balancing,2026-01-01,,1,,8,,\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_said(assert_error(b, "input.subject_unknown", 2, 1), "'9' is not in the table people");
    assert_error(b, "input.subject_missing", 3, 1);
    assert_error(b, "input.liable_unknown", 4, 7);
    batch_free(b);
}

static void test_odd_liabilities_are_notices(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS(EVENT_HEADER "1,deduction,2026-01-01,,1,,2,,\n1,balancing,2026-01-01,,1,,1,,\n"));
    (void)state;
    assert_counts(b, 0, 2);
    assert_notice(b, "input.liable_unused", 2, 7);
    assert_notice(b, "input.liable_is_subject", 3, 7);
    assert_int_equal(b->event_count, 2);
    batch_free(b);
}

/* A log of a year would otherwise drown everything else in what is the same for every row. */
static void test_alike_liabilities_are_named_once_for_each_kind_at_the_first_row(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    EVENTS(EVENT_HEADER "1,deduction,2026-01-01,,1,,2,,\n1,veto,,,,,3,,\n2,deduction,2026-01-01,,1,,3,,\n"
                           "1,balancing,2026-01-01,,1,,1,,\n3,deduction,2026-01-01,,1,,4,,\n2,balancing,2026-01-01,,1,,2,,\n"));
    (void)state;
    assert_counts(b, 0, 3);
    assert_said(assert_notice(b, "input.liable_unused", 2, 7), "(rows like this one: 3, this is the first)");
    assert_said(assert_notice(b, "input.liable_unused", 3, 7), "(rows like this one: 1, this is the first)");
    assert_said(assert_notice(b, "input.liable_is_subject", 5, 7), "(rows like this one: 2, this is the first)");
    batch_free(b);
}

static void test_unknown_columns_of_events_that_hold_something_are_errors(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, EVENTS("序号,subject,kind,登记人,登记处\n1,1,veto,,x\n2,2,veto,,\n"));
    (void)state;
    assert_counts(b, 1, 0);
    assert_error(b, "input.column_foreign", 1, 5);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,kind,开始,结朿\n1,病假,2026-01-01,2026-08-31\n"));
    assert_counts(b, 1, 0); /* and not also that there is no column 结束 */
    assert_said(assert_error(b, "input.column_foreign_near", 1, 4), "did you mean 'to' (结束)?"); /* eight months would be a day */
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,姓名,kind\n1,甲,veto\n"));
    assert_only_notice(b, "input.column_unused", 1, 2);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, EVENTS("subject,kind,form,point s\n1,veto,,\n"));
    assert_said(assert_error(b, "input.column_misspelt", 1, 4), "did you mean 'points'");
    batch_free(b);
}

/* Without people, one error says so; the other tables are still checked for the rest. */
static void test_without_people_ids_are_not_complained_of(void **state)
{
    batch *b = READ(bureau(), EVENTS(EVENT_HEADER "1,veto,,,,,,,\n2,vero,,,,,3,,\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_said(assert_error(b, "input.table_missing", 0, 0), "people.csv");
    assert_error(b, "input.kind_unknown_near", 3, 2);
    batch_free(b);
}

/* ---- measures and history ---- */

/* `subject`, `measure` 指标, `value` 数值, `target` 目标, `baseline` 基数. */
static void test_a_measure_is_read(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE, MEASURES("对象,指标,数值,目标,基数\n2,完成率,98.5,100,\n2,Average Days,-3,,4\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->measure_count, 2);
    assert_int_equal(b->measures[0].measure, 0);
    assert_true(b->measures[0].value.coeff == 985 && b->measures[0].target.coeff == 100);
    assert_true(b->measures[0].baseline.coeff == CELL_BLANK);
    assert_true(b->measures[1].value.coeff == -3 && b->measures[1].baseline.coeff == 4);
    batch_free(b);
}

static void test_wrong_measures_are_errors(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE,
             MEASURES("subject,measure,value\n1,completion-rat,1\n1,产值,1\n1,,1\n1,average-days,\n9,average-days,1\n"
                      "2,average-days,1\n2,平均天数,2\n"));
    (void)state;
    assert_counts(b, 6, 0);
    assert_said(assert_error(b, "input.measure_unknown_near", 2, 2), "'completion-rate'");
    assert_error(b, "input.measure_unknown", 3, 2);
    assert_error(b, "input.measure_missing", 4, 2);
    assert_error(b, "input.measure_value_missing", 5, 3);
    assert_error(b, "input.subject_unknown", 6, 1);
    assert_said(assert_error(b, "input.measure_twice", 8, 0), "first in row 7");
    batch_free(b);
}

/* `subject`, `period` 年度, `score` 得分, `grade` 等次. */
static void test_history_is_read(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, HISTORY("对象,年度,得分,等次\n2,2025,91.5,优秀\n2,2024,,competent\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->history_count, 2);
    assert_text(b->history[0].period, "2025");
    assert_text(b->history[0].grade, "优秀");
    assert_true(b->history[0].score.coeff == 915);
    assert_true(b->history[1].score.coeff == CELL_BLANK);
    batch_free(b);
}

static void test_wrong_history_is_an_error(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, HISTORY("subject,period,grade\n1,,A\n1,2025,A\n1,2025,B\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.period_missing", 2, 2);
    assert_error(b, "input.history_twice", 4, 0);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, HISTORY("subject,period\n1,2025\n"));
    assert_only_error(b, "input.column_missing", 1, 0);
    batch_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_have_english_headers_in_any_order),
        cmocka_unit_test(test_people_have_chinese_headers),
        cmocka_unit_test(test_columns_for_reference_are_passed_over),
        cmocka_unit_test(test_unknown_columns_of_people_are_attributes),
        cmocka_unit_test(test_days_and_times_are_there_as_they_were_written),
        cmocka_unit_test(test_a_time_that_prints_back_is_kept_as_a_value_alone),
        cmocka_unit_test(test_times_behind_a_row_without_values_are_there_too),
        cmocka_unit_test(test_attributes_of_the_scheme_go_by_their_id),
        cmocka_unit_test(test_a_missing_column_is_an_error),
        cmocka_unit_test(test_a_missing_name_does_not_hide_the_rest),
        cmocka_unit_test(test_a_misspelt_column_is_an_error_with_a_suggestion),
        cmocka_unit_test(test_short_headers_are_not_taken_for_misspelt),
        cmocka_unit_test(test_two_columns_of_one_meaning_are_an_error),
        cmocka_unit_test(test_a_column_without_header_is_an_error),
        cmocka_unit_test(test_one_column_means_that_nothing_parts_them),
        cmocka_unit_test(test_an_empty_table_is_an_error),
        cmocka_unit_test(test_blank_rows_count_as_rows_and_hold_nothing),
        cmocka_unit_test(test_rows_of_another_width_are_errors),
        cmocka_unit_test(test_flaws_of_quotes_are_errors),
        cmocka_unit_test(test_nul_bytes_are_errors),
        cmocka_unit_test(test_quoted_cells_are_read),
        cmocka_unit_test(test_an_id_must_be_there_once),
        cmocka_unit_test(test_dates_are_read_or_named),
        cmocka_unit_test(test_empty_names_are_one_notice_with_the_first_row),
        cmocka_unit_test(test_no_names_are_expected_where_hardly_anybody_has_one),
        cmocka_unit_test(test_name_separators_become_one_with_a_notice),
        cmocka_unit_test(test_an_event_is_read),
        cmocka_unit_test(test_an_empty_end_is_the_same_day),
        cmocka_unit_test(test_without_a_column_of_ends_there_is_a_notice),
        cmocka_unit_test(test_an_end_before_its_beginning_is_an_error),
        cmocka_unit_test(test_unknown_kinds_are_errors_with_a_suggestion),
        cmocka_unit_test(test_ignored_kinds_are_passed_over_with_a_notice),
        cmocka_unit_test(test_numbers_that_are_none_are_errors),
        cmocka_unit_test(test_what_a_kind_needs_must_be_there),
        cmocka_unit_test(test_ids_that_are_not_in_people_are_errors),
        cmocka_unit_test(test_odd_liabilities_are_notices),
        cmocka_unit_test(test_alike_liabilities_are_named_once_for_each_kind_at_the_first_row),
        cmocka_unit_test(test_unknown_columns_of_events_that_hold_something_are_errors),
        cmocka_unit_test(test_without_people_ids_are_not_complained_of),
        cmocka_unit_test(test_a_measure_is_read),
        cmocka_unit_test(test_wrong_measures_are_errors),
        cmocka_unit_test(test_history_is_read),
        cmocka_unit_test(test_wrong_history_is_an_error),
        cmocka_unit_test(test_the_cells_of_ignored_kinds_are_checked),
        cmocka_unit_test(test_a_wrong_kind_hides_nothing_of_its_row),
        cmocka_unit_test(test_a_wrong_header_hides_nothing_of_the_rows),
        cmocka_unit_test(test_foreign_columns_are_named_with_what_was_meant),
        cmocka_unit_test(test_misspelt_columns_of_people_are_errors),
        cmocka_unit_test(test_a_cell_holds_as_many_characters_as_in_a_spreadsheet),
        cmocka_unit_test(test_a_person_whose_row_is_too_short_is_no_unknown_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
