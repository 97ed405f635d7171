/* The list of what is wrong with the input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/problem.h"

static int never_fail(void **state)
{
    (void)state;
    mem_fault_after(-1);
    return 0;
}

static problem problem_at(problem_severity severity, uint32_t source, uint32_t row, uint32_t column)
{
    problem p = {
        .severity = severity, .what = message_of(MSG_no_memory), .source = source, .row = row, .column = column};
    return p;
}

static problem problem_saying(const char *argument)
{
    problem p = problem_at(PROBLEM_ERROR, 0, 1, 1);
    p.what.args[0] = text_of(argument);
    return p;
}

/* ---- adding ---- */

static void test_add_copies_every_text(void **state)
{
    (void)state;
    problem_list list = {0};
    char bytes[] = "before";
    problem p = problem_at(PROBLEM_ERROR, 3, 12, 6);
    p.header = p.value = p.what.args[0] = text_of(bytes);
    problem_add(&list, p);
    memcpy(bytes, "after!", 6);
    assert_true(text_equal(list.items[0].header, TEXT("before")));
    assert_true(text_equal(list.items[0].value, TEXT("before")));
    assert_true(text_equal(list.items[0].what.args[0], TEXT("before")));
    assert_int_equal(list.items[0].source, 3);
    assert_int_equal(list.items[0].row, 12);
    assert_int_equal(list.items[0].column, 6);
    problem_list_free(&list);
}

static void test_add_counts_errors_and_notices(void **state)
{
    (void)state;
    problem_list list = {0};
    problem_add(&list, problem_at(PROBLEM_ERROR, 0, 1, 1));
    problem_add(&list, problem_at(PROBLEM_NOTICE, 0, 1, 1));
    problem_add(&list, problem_at(PROBLEM_NOTICE, 0, 2, 1));
    assert_int_equal(list.errors, 1);
    assert_int_equal(list.notices, 2);
    assert_int_equal(list.count, 3);
    assert_false(list.failed);
    problem_list_free(&list);
}

/* A value keeps 80 bytes: 26 characters of three make 78. Other texts keep 400: 133 make 399. */
static void test_add_cuts_long_texts_between_characters(void **state)
{
    (void)state;
    char many[901];
    for (size_t i = 0; i < 900; i += 3)
        memcpy(many + i, "张", 3);
    many[900] = '\0';
    problem_list list = {0};
    problem p = problem_saying(many);
    p.header = p.value = text_of(many);
    problem_add(&list, p);
    assert_int_equal(list.items[0].value.length, 78);
    assert_int_equal(list.items[0].header.length, 399);
    assert_int_equal(list.items[0].what.args[0].length, 399);
    problem_list_free(&list);
}

static void test_add_beyond_the_limit_only_counts(void **state)
{
    (void)state;
    problem_list list = {0};
    for (uint32_t i = 0; i < PROBLEM_LIST_LIMIT + 5; i++)
        problem_add(&list, problem_at(PROBLEM_ERROR, 0, i + 1, 1));
    assert_int_equal(list.count, PROBLEM_LIST_LIMIT);
    assert_int_equal(list.errors, PROBLEM_LIST_LIMIT + 5);
    assert_int_equal(list.items[PROBLEM_LIST_LIMIT - 1].row, PROBLEM_LIST_LIMIT);
    problem_list_free(&list);
}

static void test_notices_never_crowd_out_an_error(void **state)
{
    (void)state;
    problem_list list = {0};
    for (uint32_t i = 0; i < PROBLEM_LIST_LIMIT + 5; i++)
        problem_add(&list, problem_at(PROBLEM_NOTICE, 0, i + 1, 1));
    problem_add(&list, problem_at(PROBLEM_ERROR, 0, 7, 1));
    assert_int_equal(list.count, PROBLEM_LIST_LIMIT + 1);
    assert_int_equal(list.items[PROBLEM_LIST_LIMIT].severity, PROBLEM_ERROR);
    assert_int_equal(list.errors, 1);
    problem_list_free(&list);
}

static void test_add_without_memory_says_that_the_list_is_not_whole(void **state)
{
    (void)state;
    bool done = false;
    for (long n = 0; !done; n++) {
        problem_list list = {0};
        problem p = problem_saying("argument");
        p.header = p.value = TEXT("x");
        mem_fault_after(n);
        for (int i = 0; i < 100; i++)
            problem_add(&list, p);
        mem_fault_after(-1);
        done = !list.failed;
        assert_int_equal(list.errors, 100);
        assert_int_equal(done, list.count == 100 && list.items[99].value.length == 1);
        problem_list_free(&list);
        assert_true(n < 100);
    }
}

/* ---- appending ---- */

static void test_append_moves_rows_but_not_whole_files(void **state)
{
    (void)state;
    problem_list list = {0}, part = {0};
    problem_add(&part, problem_at(PROBLEM_ERROR, 1, 2, 3));
    problem_add(&part, problem_at(PROBLEM_NOTICE, 1, 0, 0));
    problem_list_append(&list, &part, 1000);
    problem_list_free(&part);
    assert_int_equal(list.items[0].row, 1002);
    assert_int_equal(list.items[1].row, 0);
    assert_int_equal(list.errors, 1);
    assert_int_equal(list.notices, 1);
    problem_list_free(&list);
}

static void test_append_copies_the_texts(void **state)
{
    (void)state;
    problem_list list = {0}, part = {0};
    problem_add(&part, problem_saying("text"));
    problem_list_append(&list, &part, 0);
    problem_list_free(&part);
    assert_true(text_equal(list.items[0].what.args[0], TEXT("text")));
    problem_list_free(&list);
}

/* 15,000 and 20,000 + 3 errors, and 2 notices: 20,000 errors and 2 notices are kept, 35,003 errors counted */
static void test_append_counts_what_neither_list_keeps(void **state)
{
    (void)state;
    problem_list list = {0}, part = {0};
    for (uint32_t i = 0; i < 15000; i++)
        problem_add(&list, problem_at(PROBLEM_ERROR, 0, i + 1, 1));
    for (uint32_t i = 0; i < 20003; i++)
        problem_add(&part, problem_at(PROBLEM_ERROR, 0, i + 1, 1));
    problem_add(&part, problem_at(PROBLEM_NOTICE, 0, 1, 1));
    problem_add(&part, problem_at(PROBLEM_NOTICE, 0, 2, 1));
    problem_list_append(&list, &part, 15000);
    assert_int_equal(list.errors, 35003);
    assert_int_equal(list.notices, 2);
    assert_int_equal(list.count, 20002);
    problem_list_free(&list);
    problem_list_free(&part);
}

static void test_append_of_a_list_that_is_not_whole_is_not_whole(void **state)
{
    (void)state;
    problem_list list = {0}, part = {.failed = true};
    problem_list_append(&list, &part, 0);
    assert_true(list.failed);
    problem_list_free(&list);
}

/* ---- sorting ---- */

static void test_sort_goes_by_source_row_column(void **state)
{
    (void)state;
    static const uint32_t places[][3] = {{1, 5, 2}, {1, 5, 1}, {0, 9, 9}, {PROBLEM_NO_SOURCE, 0, 0},
                                         {1, 0, 0}, {1, 3, 7}};
    static const uint32_t sorted[][3] = {{0, 9, 9}, {1, 0, 0}, {1, 3, 7},
                                         {1, 5, 1}, {1, 5, 2}, {PROBLEM_NO_SOURCE, 0, 0}};
    problem_list list = {0};
    for (int i = 0; i < 6; i++)
        problem_add(&list, problem_at(PROBLEM_ERROR, places[i][0], places[i][1], places[i][2]));
    problem_list_sort(&list);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(list.items[i].source, sorted[i][0]);
        assert_int_equal(list.items[i].row, sorted[i][1]);
        assert_int_equal(list.items[i].column, sorted[i][2]);
    }
    problem_list_free(&list);
}

static void test_sort_does_not_depend_on_the_order_of_adding(void **state)
{
    (void)state;
    static const char *const words[] = {"b", "a", "d", "c"};
    problem_list list = {0}, reversed = {0};
    for (int i = 0; i < 4; i++) {
        problem_add(&list, problem_saying(words[i]));
        problem_add(&reversed, problem_saying(words[3 - i]));
    }
    problem_list_sort(&list);
    problem_list_sort(&reversed);
    for (int i = 0; i < 4; i++)
        assert_true(text_equal(list.items[i].what.args[0], reversed.items[i].what.args[0]));
    assert_true(text_equal(list.items[0].what.args[0], TEXT("a")));
    problem_list_free(&list);
    problem_list_free(&reversed);
}

static void test_sort_of_nothing_is_nothing(void **state)
{
    (void)state;
    problem_list list = {0};
    problem_list_sort(&list);
    assert_int_equal(list.count, 0);
    problem_list_free(&list);
}

static void test_free_leaves_an_empty_list(void **state)
{
    (void)state;
    problem_list list = {0};
    problem_add(&list, problem_saying("x"));
    problem_list_free(&list);
    assert_int_equal(list.count + list.errors + list.capacity, 0);
    problem_add(&list, problem_saying("y"));
    assert_int_equal(list.count, 1);
    problem_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_copies_every_text),
        cmocka_unit_test(test_add_counts_errors_and_notices),
        cmocka_unit_test(test_add_cuts_long_texts_between_characters),
        cmocka_unit_test(test_add_beyond_the_limit_only_counts),
        cmocka_unit_test(test_notices_never_crowd_out_an_error),
        cmocka_unit_test_teardown(test_add_without_memory_says_that_the_list_is_not_whole, never_fail),
        cmocka_unit_test(test_append_moves_rows_but_not_whole_files),
        cmocka_unit_test(test_append_copies_the_texts),
        cmocka_unit_test(test_append_counts_what_neither_list_keeps),
        cmocka_unit_test(test_append_of_a_list_that_is_not_whole_is_not_whole),
        cmocka_unit_test(test_sort_goes_by_source_row_column),
        cmocka_unit_test(test_sort_does_not_depend_on_the_order_of_adding),
        cmocka_unit_test(test_sort_of_nothing_is_nothing),
        cmocka_unit_test(test_free_leaves_an_empty_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
