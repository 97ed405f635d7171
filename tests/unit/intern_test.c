/* Texts to dense numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/intern.h"
#include "base/parallel.h"

static int never_fail(void **state)
{
    (void)state;
    mem_fault_after(-1);
    return 0;
}

/* The decimal digits of i as an id. */
static text id_of(uint32_t i, char out[16])
{
    char *at = out + 16;
    do {
        *--at = (char)('0' + i % 10);
        i /= 10;
    } while (i);
    return (text){at, (size_t)(out + 16 - at)};
}

static void test_add_numbers_in_order_of_first_appearance(void **state)
{
    (void)state;
    interner in = {0};
    assert_int_equal(intern_add(&in, TEXT("乙")), 0);
    assert_int_equal(intern_add(&in, TEXT("甲")), 1);
    assert_int_equal(intern_add(&in, TEXT("乙")), 0);
    assert_int_equal(intern_add(&in, TEXT("丙")), 2);
    assert_int_equal(in.count, 3);
    intern_free(&in);
}

static void test_find_in_an_empty_interner_is_none(void **state)
{
    (void)state;
    const interner in = {0};
    assert_int_equal(intern_find(&in, TEXT("x")), INTERN_NONE);
}

static void test_find_of_an_absent_text_is_none(void **state)
{
    (void)state;
    interner in = {0};
    intern_add(&in, TEXT("001"));
    assert_int_equal(intern_find(&in, TEXT("01")), INTERN_NONE);
    assert_int_equal(intern_find(&in, TEXT("0010")), INTERN_NONE);
    assert_int_equal(intern_find(&in, TEXT("")), INTERN_NONE);
    intern_free(&in);
}

static void test_texts_are_copied(void **state)
{
    (void)state;
    interner in = {0};
    char name[] = "first";
    intern_add(&in, text_of(name));
    memcpy(name, "wrong", 5);
    assert_string_equal(in.texts[0].bytes, "first");
    assert_int_equal(intern_find(&in, TEXT("first")), 0);
    intern_free(&in);
}

static void test_texts_that_differ_in_nul_bytes_differ(void **state)
{
    (void)state;
    interner in = {0};
    assert_int_equal(intern_add(&in, (text){"a\0\0", 1}), 0);
    assert_int_equal(intern_add(&in, (text){"a\0\0", 2}), 1);
    assert_int_equal(intern_add(&in, (text){"a\0\0", 3}), 2);
    assert_int_equal(intern_add(&in, (text){NULL, 0}), 3);
    assert_int_equal(intern_find(&in, TEXT("")), 3);
    intern_free(&in);
}

static void test_texts_of_every_length_are_told_apart(void **state)
{
    (void)state;
    char all[200];
    interner in = {0};
    memset(all, 'x', sizeof all);
    for (uint32_t length = 0; length < sizeof all; length++)
        assert_int_equal(intern_add(&in, (text){all, length}), length);
    all[150] = 'y';
    assert_int_equal(intern_find(&in, (text){all, 150}), 150);
    assert_int_equal(intern_find(&in, (text){all, 151}), INTERN_NONE);
    intern_free(&in);
}

static void test_many_texts_are_all_found_exhaustive(void **state)
{
    (void)state;
    enum { COUNT = 300000 };
    char id[16];
    interner in = {0};
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(intern_add(&in, id_of(i * 7, id)), i);
    for (uint32_t i = 0; i < COUNT * 7; i++)
        assert_int_equal(intern_find(&in, id_of(i, id)), i % 7 == 0 ? i / 7 : INTERN_NONE);
    intern_free(&in);
}

typedef struct lookup {
    const interner *in;
    uint32_t wrong[4];
} lookup;

static void find_block(void *context, size_t index, unsigned worker)
{
    lookup *l = context;
    char id[16];
    for (uint32_t i = (uint32_t)index * 1000; i < (index + 1) * 1000; i++)
        l->wrong[worker] += intern_find(l->in, id_of(i, id)) != i;
}

static void test_find_is_right_on_many_threads(void **state)
{
    (void)state;
    char id[16];
    interner in = {0};
    for (uint32_t i = 0; i < 20000; i++)
        intern_add(&in, id_of(i, id));
    lookup l = {&in, {0}};
    parallel_run(20, 4, find_block, &l);
    assert_int_equal(l.wrong[0] + l.wrong[1] + l.wrong[2] + l.wrong[3], 0);
    intern_free(&in);
}

static void test_add_without_memory_leaves_a_whole_interner(void **state)
{
    (void)state;
    enum { COUNT = 500 }; /* makes every array grow several times */
    bool done = false;
    for (long n = 0; !done; n++) {
        char id[16];
        interner in = {0};
        mem_fault_after(n);
        uint32_t added = 0;
        while (added < COUNT && intern_add(&in, id_of(added, id)) == added)
            added++;
        mem_fault_after(-1);
        done = added == COUNT;
        assert_int_equal(in.count, added);
        for (uint32_t i = 0; i < COUNT; i++)
            assert_int_equal(intern_find(&in, id_of(i, id)), i < added ? i : INTERN_NONE);
        for (uint32_t i = 0; i < COUNT; i++) /* and it can be used on */
            assert_int_equal(intern_add(&in, id_of(i, id)), i);
        intern_free(&in);
    }
}

static void test_free_leaves_an_empty_interner(void **state)
{
    (void)state;
    interner in = {0};
    intern_add(&in, TEXT("x"));
    intern_free(&in);
    assert_int_equal(in.count, 0);
    assert_int_equal(intern_add(&in, TEXT("y")), 0);
    intern_free(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add_numbers_in_order_of_first_appearance),
        cmocka_unit_test(test_find_in_an_empty_interner_is_none),
        cmocka_unit_test(test_find_of_an_absent_text_is_none),
        cmocka_unit_test(test_texts_are_copied),
        cmocka_unit_test(test_texts_that_differ_in_nul_bytes_differ),
        cmocka_unit_test(test_texts_of_every_length_are_told_apart),
        cmocka_unit_test(test_many_texts_are_all_found_exhaustive),
        cmocka_unit_test(test_find_is_right_on_many_threads),
        cmocka_unit_test_teardown(test_add_without_memory_leaves_a_whole_interner, never_fail),
        cmocka_unit_test(test_free_leaves_an_empty_interner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
