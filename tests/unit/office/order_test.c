/* office: lists by pinyin and by strokes. The expected orders are those of a dictionary: the syllable first, then its tone. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/mem.h"
#include "office/order.h"

static assess_scheme *scheme;

static int load(void **state)
{
    const assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    (void)state;
    return assess_scheme_load("rules/democratic-review.lua", &o, &scheme, NULL);
}

static int unload(void **state)
{
    (void)state;
    assess_scheme_free(scheme);
    return 0;
}

/* A result of subjects with these names, none of them assessed, whose lists stand in the order of the roster. */
static assess_result *made(size_t count, const char *const *names)
{
    static const char *const ids[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    static const uint32_t subject[] = {0};
    static const uint8_t role[] = {0};
    static const int64_t opinion[] = {0};
    static const int64_t *const values[] = {opinion};
    assess_batch *b;
    assess_result *r;
    assert_int_equal(assess_batch_new(scheme, NULL, &b, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_add_people(b, count, ids, names, NULL, NULL, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_add_ballots(b, 1, subject, NULL, role, values, 0, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_finish(b, NULL), ASSESS_OK);
    assert_int_equal(assess_result_new(b, NULL, &r, NULL), ASSESS_OK);
    assess_batch_free(b);
    return r;
}

static void assert_order(assess_office_order order, size_t count, const char *const *names, const char *expected)
{
    char found[256] = "";
    assess_result *r = made(count, names);
    assess_table *t;
    assert_int_equal(office_table(r, "results", ASSESS_ZH, order, &t, NULL), ASSESS_OK);
    assert_int_equal(assess_table_rows(t), count);
    for (size_t i = 0; i < count; i++) {
        strcat(found, i ? " " : "");
        strcat(found, assess_table_cell(t, i, assess_table_column(t, "name")));
    }
    assert_string_equal(found, expected);
    assess_table_free(t);
    assess_result_free(r);
}

static void test_the_roster_is_the_usual_order(void **state)
{
    static const char *const names[] = {"王五", "李四", "张三"};
    (void)state;
    assert_order(ASSESS_ORDER_ROSTER, 3, names, "王五 李四 张三");
}

/* lǐ, wáng, zhāng */
static void test_pinyin_is_the_order_of_sounds(void **state)
{
    static const char *const names[] = {"王五", "张三", "李四"};
    (void)state;
    if (assess_office_can_sort())
        assert_order(ASSESS_ORDER_PINYIN, 3, names, "李四 王五 张三");
}

/* As a surname 曾 is zēng and not céng, 单 is shàn and not dān, 解 is xiè and not jiě: dèng, shàn, xiè, zēng. */
static void test_a_surname_is_sorted_as_surnames_are_read(void **state)
{
    static const char *const names[] = {"曾红", "解放", "单强", "邓平"};
    (void)state;
    if (assess_office_can_sort())
        assert_order(ASSESS_ORDER_PINYIN, 4, names, "邓平 单强 解放 曾红");
}

/* 丁 has 2 strokes, 王 4, 李 7, 魏 17. */
static void test_strokes_are_counted(void **state)
{
    static const char *const names[] = {"魏一", "李四", "丁一", "王五"};
    (void)state;
    if (assess_office_can_sort())
        assert_order(ASSESS_ORDER_STROKES, 4, names, "丁一 王五 李四 魏一");
}

static void test_equal_names_stand_as_in_the_roster(void **state)
{
    static const char *const names[] = {"王五", "李四", "王五"};
    assess_result *r = made(3, names);
    assess_table *t;
    (void)state;
    if (assess_office_can_sort()) {
        assert_int_equal(office_table(r, "results", ASSESS_ZH, ASSESS_ORDER_PINYIN, &t, NULL), ASSESS_OK);
        assert_string_equal(assess_table_cell(t, 1, 0), "1");
        assert_string_equal(assess_table_cell(t, 2, 0), "3");
        assess_table_free(t);
    }
    assess_result_free(r);
}

static void test_an_order_that_does_not_exist_is_refused(void **state)
{
    static const char *const names[] = {"王五"};
    assess_result *r = made(1, names);
    assess_table *t = NULL;
    (void)state;
    assert_int_equal(office_table(r, "results", ASSESS_ZH, ASSESS_ORDER_COUNT, &t, NULL), ASSESS_E_CALL);
    assert_null(t);
    assess_result_free(r);
}

static void test_without_memory_nothing_is_leaked(void **state)
{
    static const char *const names[] = {"曾红", "李四"};
    assess_result *r = made(2, names);
    (void)state;
    for (long successes = 0; assess_office_can_sort(); successes++) {
        assess_table *t = NULL;
        mem_fault_after(successes);
        assess_status s = office_table(r, "results", ASSESS_ZH, ASSESS_ORDER_PINYIN, &t, NULL);
        mem_fault_after(-1);
        assert_true(s == ASSESS_OK || (s == ASSESS_E_SYSTEM && !t));
        assess_table_free(t);
        if (s == ASSESS_OK)
            break;
    }
    assess_result_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_roster_is_the_usual_order),
        cmocka_unit_test(test_pinyin_is_the_order_of_sounds),
        cmocka_unit_test(test_a_surname_is_sorted_as_surnames_are_read),
        cmocka_unit_test(test_strokes_are_counted),
        cmocka_unit_test(test_equal_names_stand_as_in_the_roster),
        cmocka_unit_test(test_an_order_that_does_not_exist_is_refused),
        cmocka_unit_test(test_without_memory_nothing_is_leaked),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
