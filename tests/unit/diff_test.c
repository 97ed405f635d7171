/* report: two results compared. */
#include "made_result.h"

#include <stdio.h>

#include "report/diff.h"

/* 1: 95.00 in both. 2: 59.00, then 61.00. 3: left out the first time. 4 only in the first, 5 only in the second. */
typedef struct two {
    made a, b;
} two;

static void two_start(two *t)
{
    made_start(&t->a);
    made_subject(&t->a, "1", "甲", "办公室", 9500);
    made_subject(&t->a, "2", "乙", "办公室", 5900);
    made_exclude(&t->a, made_subject(&t->a, "3", "丙", "人事股", 0));
    made_subject(&t->a, "4", "丁", "人事股", 7000);
    made_start(&t->b);
    made_subject(&t->b, "5", "戊", "人事股", 8000);
    made_subject(&t->b, "3", "丙", "人事股", 7000);
    made_subject(&t->b, "2", "乙", "办公室", 6100);
    made_subject(&t->b, "1", "甲", "办公室", 9500);
}

static void two_end(two *t)
{
    made_end(&t->a);
    made_end(&t->b);
}

static void test_subjects_are_matched_by_id_whatever_their_order(void **state)
{
    two t;
    (void)state;
    two_start(&t);
    diff *d = diff_of(&t.a.result, &t.b.result);
    assert_non_null(d);
    assert_int_equal(d->subjects, 5);
    assert_int_equal(diff_moved(d), 4); /* all but 1 */
    assert_int_equal(d->moves[0].a, 1); /* in the order of the first, then those of the second alone */
    assert_int_equal(d->moves[0].b, 2);
    assert_int_equal(d->moves[0].fields, MOVED_SCORE | MOVED_GRADE);
    assert_int_equal(d->moves[1].fields, MOVED_STATUS | MOVED_SCORE | MOVED_GRADE);
    assert_int_equal(d->moves[2].b, SUBJECT_NONE);
    assert_int_equal(d->moves[3].a, SUBJECT_NONE);
    assert_int_equal(d->added, 1);
    assert_int_equal(d->removed, 1);
    diff_free(d);
    two_end(&t);
}

static void test_result_does_not_move_against_itself(void **state)
{
    two t;
    (void)state;
    two_start(&t);
    diff *d = diff_of(&t.a.result, &t.a.result);
    assert_int_equal(diff_moved(d), 0);
    diff_free(d);
    two_end(&t);
}

/* 95 to whole numbers and 95.00 to hundredths are one score. */
static void test_scores_of_different_rounding_are_compared_as_figures(void **state)
{
    made a, b;
    (void)state;
    made_start(&a);
    made_start(&b);
    made_subject(&a, "1", "甲", "", 9500);
    made_subject(&b, "1", "甲", "", 95);
    b.score_node.round.unit = (decimal){1, 0};
    b.grade[0] = 0;
    diff *d = diff_of(&a.result, &b.result);
    assert_int_equal(diff_moved(d), 0);
    b.score[0] = 96;
    diff *other = diff_of(&a.result, &b.result);
    assert_int_equal(other->moves[0].fields, MOVED_SCORE);
    diff_free(d);
    diff_free(other);
    made_end(&a);
    made_end(&b);
}

static void test_rank_and_flags_move_as_well(void **state)
{
    made a, b;
    (void)state;
    made_start(&a);
    made_start(&b);
    made_subject(&a, "1", "甲", "", 9500);
    made_subject(&b, "1", "甲", "", 9500);
    a.rank[0] = 1;
    b.rank[0] = 2;
    b.flags[0] = FLAG_TIE | FLAG_QUOTA;
    diff *d = diff_of(&a.result, &b.result);
    assert_int_equal(d->moves[0].fields, MOVED_RANK | MOVED_FLAGS);
    buffer page = {0}, csv = {0};
    report_diff(d, ASSESS_ZH, false, &page);
    assert_non_null(strstr(made_text(&page), "– → 并列；名额")); /* people read words, */
    report_diff_csv(d, ASSESS_ZH, &csv);
    assert_non_null(strstr(made_text(&csv), ",tie;quota,")); /* programs ids */
    buffer_free(&page);
    buffer_free(&csv);
    diff_free(d);
    made_end(&a);
    made_end(&b);
}

static void test_lists_are_compared_by_their_ids(void **state)
{
    made a, b;
    plan_list lists[] = {{.id = TEXT("rectify")}, {.id = TEXT("honour")}};
    (void)state;
    made_start(&a);
    made_start(&b);
    made_subject(&a, "1", "甲", "", 9500);
    made_subject(&b, "1", "甲", "", 9500);
    a.plan.lists = b.plan.lists = lists;
    a.statements[1].about = 0;
    b.statements[1].about = 1;
    a.findings[a.result.finding_count++] = (finding){.about = 1, .kind = FINDING_LIST, .grade = GRADE_NONE};
    b.findings[b.result.finding_count++] = (finding){.about = 1, .kind = FINDING_LIST, .grade = GRADE_NONE};
    diff *d = diff_of(&a.result, &b.result);
    assert_int_equal(d->moves[0].fields, MOVED_LISTS);
    buffer csv = {0};
    report_diff_csv(d, ASSESS_EN, &csv);
    assert_non_null(strstr(made_text(&csv), ",rectify,honour,"));
    buffer_free(&csv);
    diff_free(d);
    made_end(&a);
    made_end(&b);
}

static void test_table_says_from_where_to_where_and_why(void **state)
{
    two t;
    buffer b = {0};
    (void)state;
    two_start(&t);
    diff *d = diff_of(&t.a.result, &t.b.result);
    report_diff(d, ASSESS_EN, false, &b);
    const char *page = made_text(&b);
    assert_non_null(strstr(page, "  4 of 5 subjects move, 1 of them only in B and 1 only in A\n"));
    assert_non_null(strstr(page, "  2   乙    assessed                       59.00 → 61.00  Poor → Good"));
    assert_non_null(strstr(page, "  3   丙    not to be assessed → assessed  – → 70.00      – → Good     − 九(二) too new\n"));
    assert_non_null(strstr(page, "  4   丁    assessed → not there           70.00 → –      Good → –"));
    assert_non_null(strstr(page, "  5   戊    not there → assessed           – → 80.00      – → Good"));
    buffer_free(&b);
    diff_free(d);
    two_end(&t);
}

/* Rows: good (1 and 4), poor (2), left out (3), not there (5); columns: good, not there. */
static void test_matrix_counts_everybody_once(void **state)
{
    two t;
    buffer b = {0};
    (void)state;
    two_start(&t);
    diff *d = diff_of(&t.a.result, &t.b.result);
    report_diff(d, ASSESS_ZH, false, &b);
    assert_non_null(strstr(made_text(&b), "              好  不在其中\n"
                                          "  好           1         1\n"
                                          "  差           1         0\n"
                                          "  不参加考评   1         0\n"
                                          "  不在其中     1         0\n"));
    buffer_free(&b);
    diff_free(d);
    two_end(&t);
}

static void test_csv_has_a_row_for_each_that_moves(void **state)
{
    two t;
    buffer b = {0};
    (void)state;
    two_start(&t);
    diff *d = diff_of(&t.a.result, &t.b.result);
    report_diff_csv(d, ASSESS_ZH, &b);
    assert_string_equal(made_text(&b),
                        "\xEF\xBB\xBFid,name,unit,change,status_a,status_b,score_a,score_b,grade_a,grade_b,rank_a,rank_b,flags_a,flags_b,"
                        "lists_a,lists_b,reasons_gone,reasons_new\r\n"
                        "2,乙,办公室,changed,assessed,assessed,59.00,61.00,poor,good,,,,,,,,\r\n"
                        "3,丙,人事股,changed,excluded,assessed,,70.00,,good,,,,,,,九(二) 到岗不足,\r\n"
                        "4,丁,人事股,removed,assessed,,70.00,,good,,,,,,,,,\r\n"
                        "5,戊,人事股,added,,assessed,,80.00,,good,,,,,,,,\r\n");
    buffer_free(&b);
    diff_free(d);
    two_end(&t);
}

static void test_json_gives_both_sides_or_null(void **state)
{
    two t;
    buffer b = {0};
    (void)state;
    two_start(&t);
    diff *d = diff_of(&t.a.result, &t.b.result);
    report_diff_json(d, ASSESS_EN, &b);
    const char *json = made_text(&b);
    assert_non_null(strstr(json, "\"subjects\":5,\"moved\":4,\"added\":1,\"removed\":1"));
    assert_non_null(strstr(json, "{\"from\":\"poor\",\"to\":\"good\",\"count\":1}"));
    assert_non_null(strstr(json, "{\"from\":\"absent\",\"to\":\"good\",\"count\":1}"));
    assert_non_null(strstr(json, "\"change\":\"added\",\"fields\":[],\"a\":null,\"b\":{\"status\":\"assessed\",\"score\":\"80.00\""));
    buffer_free(&b);
    diff_free(d);
    two_end(&t);
}

/* More grades than a table has columns: the matrix goes on in a second table. */
static void test_matrix_of_many_grades_is_parted(void **state)
{
    made m;
    static plan_grade grades[40];
    static char ids[40][8];
    buffer b = {0};
    (void)state;
    made_start(&m);
    for (size_t g = 0; g < 40; g++) {
        snprintf(ids[g], sizeof ids[g], "g%zu", g);
        grades[g] = (plan_grade){.id = text_of(ids[g]), .words = {text_of(ids[g]), text_of(ids[g])}};
        snprintf(ids[g], sizeof ids[g], "g%zu", g);
        m.grade[made_subject(&m, ids[g], ids[g], "", 9000)] = (uint8_t)g;
    }
    m.plan.grades = grades;
    m.plan.grade_count = 40;
    diff *d = diff_of(&m.result, &m.result);
    report_diff(d, ASSESS_EN, false, &b);
    assert_non_null(strstr(made_text(&b), "g14\n"));
    assert_non_null(strstr(made_text(&b), "g39\n"));
    buffer_free(&b);
    diff_free(d);
    made_end(&m);
}

/* ---- no memory ---- */

static two *starved;

static bool write_all(buffer *out)
{
    diff *d = diff_of(&starved->a.result, &starved->b.result);
    if (!d)
        return false;
    report_diff(d, ASSESS_EN, false, out);
    report_diff_csv(d, ASSESS_EN, out);
    report_diff_json(d, ASSESS_EN, out);
    diff_free(d);
    return !out->failed;
}

static void test_without_memory_it_fails_cleanly(void **state)
{
    two t;
    bool whole = false;
    (void)state;
    two_start(&t);
    starved = &t;
    for (long n = 0; !whole; n++) {
        buffer b = {0};
        mem_fault_after(n);
        whole = write_all(&b);
        mem_fault_after(-1);
        buffer_free(&b);
        assert_true(n < 10000);
    }
    two_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_subjects_are_matched_by_id_whatever_their_order),
        cmocka_unit_test(test_result_does_not_move_against_itself),
        cmocka_unit_test(test_scores_of_different_rounding_are_compared_as_figures),
        cmocka_unit_test(test_rank_and_flags_move_as_well),
        cmocka_unit_test(test_lists_are_compared_by_their_ids),
        cmocka_unit_test(test_table_says_from_where_to_where_and_why),
        cmocka_unit_test(test_matrix_counts_everybody_once),
        cmocka_unit_test(test_csv_has_a_row_for_each_that_moves),
        cmocka_unit_test(test_json_gives_both_sides_or_null),
        cmocka_unit_test(test_matrix_of_many_grades_is_parted),
        cmocka_unit_test(test_without_memory_it_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
