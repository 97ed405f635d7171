/* exchange: the table of decisions, read and checked. */
#include "made_input.h"

/* Units beside people, each with grades of their own; a rule leaves people without a grade. */
#define RULES                                                                                                                  \
    SCHEME2 "kinds { { 'p', zh = '分', en = 'points' }, { 'n', zh = '立案', en = 'case' } }\n"                                 \
            "local points = events 'p':points():sum()\n"                                                                       \
            "score { points, round = half_up(0), " WORDS " }\n"                                                                \
            "grades { { 'excellent', from = 90, zh = '优秀', en = 'Excellent' }, { 'fit', from = 60, zh = '称职', en = 'Fit' },\n" \
            "         { 'unfit', from = 0, zh = '不称职', en = 'Unfit' } }\n"                                                  \
            "no_grade { events 'n':any(), zh = '立案未结', en = 'under investigation' }\n"                                     \
            "of 'units'\n"                                                                                                     \
            "score { points, round = half_up(0), " WORDS " }\n"                                                                \
            "grades { { 'good', from = 50, zh = '优秀', en = 'Good' }, { 'bad', from = 0, zh = '较差', en = 'Bad' } }\n"
#define SCHEME2                                                                                                  \
    "scheme { id = 'x', format = 1, units = '单位', title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', " \
    "en = 'Paper' } }\n"
#define PEOPLE "id,name,unit,category\nu1,甲股,,单位\n1,张三,甲股,\n2,李四,甲股,\n"
#define HEADER "subject,kind,grade,date,by,meeting,reason\n"

static void open_with(made_run *m, const char *rows)
{
    input_open(m, RULES);
    input_people(m, PEOPLE);
    input_read(m, TABLE_DECISIONS, rows);
}

static void test_a_row_says_who_decided_what_when_and_why(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,calibration,excellent,2026-12-20,局党组,第12次会议,抢险中表现突出\n");
    input_problems(&m, 0, 0);
    assert_int_equal(m.b->decision_count, 1);
    const decision *d = &m.b->decisions[0];
    assert_int_equal(d->subject, 1); /* behind the unit */
    assert_int_equal(d->kind, DECISION_CALIBRATION);
    assert_int_equal(d->grade, 0);
    assert_int_equal(d->day, made_date("2026-12-20"));
    assert_int_equal(d->row, 2);
    made_text_equal(d->by, "局党组", __FILE__, __LINE__);
    made_text_equal(d->meeting, "第12次会议", __FILE__, __LINE__);
    made_text_equal(d->reason, "抢险中表现突出", __FILE__, __LINE__);
    run_close(&m);
}

static void test_headers_and_words_may_be_chinese_and_in_any_order(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, "理由,会议名称,决定机关,决定日期,考核等次,决定类型,工号\n"
                  "核实,,局党组,2026年12月20日,称职,改定,1\n"
                  "属实,,考评委,2026/12/21,优秀,复核,1\n"
                  "平衡,,局党组,2026-12-22,Unfit,校准会,2\n");
    input_problems(&m, 0, 0);
    assert_int_equal(m.b->decision_count, 3);
    assert_int_equal(m.b->decisions[0].kind, DECISION_OVERRIDE);
    assert_int_equal(m.b->decisions[0].grade, 1);
    assert_int_equal(m.b->decisions[1].kind, DECISION_OBJECTION);
    assert_int_equal(m.b->decisions[1].grade, 0);
    assert_int_equal(m.b->decisions[2].kind, DECISION_CALIBRATION);
    assert_int_equal(m.b->decisions[2].grade, 2);
    run_close(&m);
}

/* 优秀 is 'excellent' of a person and 'good' of a unit: numbers 0 and 3 of all grades. */
static void test_a_grade_is_one_of_the_subjects_own_level(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "u1,override,优秀,2026-12-20,a,,b\n1,override,优秀,2026-12-20,a,,b\nu1,objection,excellent,2026-12-21,a,,b\n");
    assert_problem(&m, "input.decision_grade_unknown", 4, 3, "expected one of Good, Bad");
    assert_int_equal(m.b->decision_count, 2);
    assert_int_equal(m.b->decisions[0].grade, 3);
    assert_int_equal(m.b->decisions[1].grade, 0);
    run_close(&m);
}

static void test_no_grade_is_a_word_where_the_rules_leave_people_without_one(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,不确定等次,2026-12-20,a,,b\n2,override,no-grade,2026-12-20,a,,b\nu1,override,不确定等次,2026-12-20,a,,b\n");
    assert_problem(&m, "input.decision_grade_unknown", 4, 3, "不确定等次");
    assert_int_equal(m.b->decision_count, 2);
    assert_int_equal(m.b->decisions[0].grade, DECISION_NO_GRADE);
    assert_int_equal(m.b->decisions[1].grade, DECISION_NO_GRADE);
    run_close(&m);
}

static void test_an_objection_without_a_grade_was_turned_down(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,objection,,2026-12-20,a,,b\n");
    input_problems(&m, 0, 0);
    assert_int_equal(m.b->decisions[0].grade, DECISION_TURNED_DOWN);
    run_close(&m);
}

static void test_any_other_decision_needs_its_grade(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,,2026-12-20,a,,b\n2,校准, ,2026-12-20,a,,b\n");
    input_problems(&m, 2, 0);
    assert_problem(&m, "input.decision_grade_missing", 2, 3, "fill in one of Excellent, Fit, Unfit, no grade;");
    assert_problem(&m, "input.decision_grade_missing", 3, 3, "'calibration'");
    assert_int_equal(m.b->decision_count, 0);
    run_close(&m);
}

static void test_unknown_words_are_named_with_the_nearest(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,overide,excelent,2026-12-20,a,,b\n1,升级,良好,2026-12-20,a,,b\n");
    input_problems(&m, 4, 0);
    assert_problem(&m, "input.decision_kind_unknown", 2, 2, "did you mean 'override'? Expected one of calibration, override, objection");
    assert_problem(&m, "input.decision_grade_unknown", 2, 3, "did you mean 'excellent'?");
    assert_problem(&m, "input.decision_kind_unknown", 3, 2, "'升级'; expected one of");
    assert_problem(&m, "input.decision_grade_unknown", 3, 3, "'良好'; expected one of");
    run_close(&m);
}

static void test_who_when_and_why_must_be_there(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,fit,,,,\n1,,fit,2026-02-30,a,,b\n9,override,fit,2026-12-20,a,,b\n");
    input_problems(&m, 6, 0);
    assert_problem(&m, "input.decision_needs", 2, 4, "'date' (日期)");
    assert_problem(&m, "input.decision_needs", 2, 5, "'by' (决定人)");
    assert_problem(&m, "input.decision_needs", 2, 7, "'reason' (理由)");
    assert_problem(&m, "input.decision_needs", 3, 2, "'kind' (类型)");
    assert_problem(&m, "input.date_does_not_exist", 3, 4, "2026-02-30");
    assert_problem(&m, "input.subject_unknown", 4, 1, "'9'");
    run_close(&m);
}

static void test_a_missing_column_is_named_once(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, "subject,kind,date,by,reasn\n1,override,2026-12-20,a,b\n1,objection,2026-12-20,a,b\n");
    assert_problem(&m, "input.column_missing", 1, 0, "'grade'");
    assert_problem(&m, "input.column_missing_near", 1, 5, "'reasn'");
    assert_int_equal(m.b->problems.errors, 2);
    assert_int_equal(m.b->decision_count, 0);
    run_close(&m);
}

static void test_two_of_one_kind_about_one_subject_on_one_day_are_an_error(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,fit,2026-12-20,a,,b\n1,calibration,fit,2026-12-20,a,,b\n1,override,fit,2026-12-21,a,,b\n"
                         "2,override,fit,2026-12-20,a,,b\n1,改定,unfit,2026年12月20日,a,,b\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.decision_twice", 6, 0, "'override' (改定) about the same subject on the same day (first in row 2)");
    run_close(&m);
}

static void test_a_second_one_in_another_file_is_found(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,fit,2026-12-20,a,,b\n");
    input_read(&m, TABLE_DECISIONS, HEADER "\n1,override,unfit,2026-12-20,a,,b\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.decision_twice_elsewhere", 3, 0, "first in row 2 of 'decisions.csv'");
    run_close(&m);
}

/* 1 and 20718 days after 1970 beside the first day that a table can hold. */
static void test_days_long_ago_are_days_too(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,fit,0001-01-01,a,,b\n1,override,fit,9999-12-31,a,,b\n1,objection,fit,0001-01-01,a,,b\n");
    input_problems(&m, 0, 0);
    assert_int_equal(m.b->decision_count, 3);
    run_close(&m);
}

static void test_what_people_signed_is_not_folded(void **state)
{
    made_run m;
    (void)state;
    open_with(&m, HEADER "1,override,fit,2026-12-20,  局党组（扩大）  ,第１２次,\"情况属实；甲、乙\n同意\"\n");
    input_problems(&m, 0, 0);
    made_text_equal(m.b->decisions[0].by, "局党组（扩大）", __FILE__, __LINE__);
    made_text_equal(m.b->decisions[0].meeting, "第１２次", __FILE__, __LINE__);
    made_text_equal(m.b->decisions[0].reason, "情况属实；甲、乙\n同意", __FILE__, __LINE__);
    run_close(&m);
}

static void test_a_scheme_without_grades_takes_objections_that_were_turned_down_alone(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME SCORE);
    input_people(&m, "id,name\n1,张三\n");
    input_read(&m, TABLE_DECISIONS, HEADER "1,objection,,2026-12-20,a,,b\n1,override,fit,2026-12-20,a,,b\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.decision_no_grades", 3, 3, "no grade");
    assert_int_equal(m.b->decision_count, 1);
    run_close(&m);
}

static void test_the_table_is_known_by_three_names(void **state)
{
    static const char *const names[] = {"decisions.csv", "Decisions-2026.csv", "决定.csv", "决定表.csv", "裁定 (2).csv", "裁定-局党组.csv"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(exchange_table_of(text_of(names[i])), TABLE_DECISIONS);
    assert_int_equal(exchange_table_of(TEXT("决定书.csv")), TABLE_COUNT);
    assert_int_equal(exchange_table_of(TEXT("decisionsmade.csv")), TABLE_COUNT);
}

static void test_reading_takes_all_or_says_that_there_is_no_memory(void **state)
{
    static const char rows[] = HEADER "1,override,fit,2026-12-20,局党组（扩大）,第１２次,理由；一\n2,objection,,2026-12-20,a,,b\n";
    static const feed_limits usual = {1 << 20, 1 << 24, 0};
    read_options one = {.threads = 1};
    assess_status status = ASSESS_E_SYSTEM;
    made_run m;
    (void)state;
    input_open(&m, RULES);
    input_people(&m, PEOPLE);
    for (long n = 0; status; n++) {
        m.b->decision_count = 0;
        mem_fault_after(n);
        status = exchange_read_memory(m.b, TABLE_DECISIONS, TEXT("d.csv"), rows, sizeof rows - 1, &one, usual, NULL);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
    }
    assert_int_equal(m.b->decision_count, 2);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_row_says_who_decided_what_when_and_why),
        cmocka_unit_test(test_headers_and_words_may_be_chinese_and_in_any_order),
        cmocka_unit_test(test_a_grade_is_one_of_the_subjects_own_level),
        cmocka_unit_test(test_no_grade_is_a_word_where_the_rules_leave_people_without_one),
        cmocka_unit_test(test_an_objection_without_a_grade_was_turned_down),
        cmocka_unit_test(test_any_other_decision_needs_its_grade),
        cmocka_unit_test(test_unknown_words_are_named_with_the_nearest),
        cmocka_unit_test(test_who_when_and_why_must_be_there),
        cmocka_unit_test(test_a_missing_column_is_named_once),
        cmocka_unit_test(test_two_of_one_kind_about_one_subject_on_one_day_are_an_error),
        cmocka_unit_test(test_a_second_one_in_another_file_is_found),
        cmocka_unit_test(test_days_long_ago_are_days_too),
        cmocka_unit_test(test_what_people_signed_is_not_folded),
        cmocka_unit_test(test_a_scheme_without_grades_takes_objections_that_were_turned_down_alone),
        cmocka_unit_test(test_the_table_is_known_by_three_names),
        cmocka_unit_test(test_reading_takes_all_or_says_that_there_is_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
