/* The one door to the heap, and arenas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static int never_fail(void **state)
{
    (void)state;
    mem_fault_after(-1);
    return 0;
}

static void test_alloc_of_nothing_is_not_null(void **state)
{
    (void)state;
    void *block = mem_alloc(0);
    assert_non_null(block);
    mem_free(block);
}

static void test_free_of_null_is_harmless(void **state)
{
    (void)state;
    mem_free(NULL);
}

static void test_zalloc_is_zeroed(void **state)
{
    (void)state;
    static const unsigned char zeros[40];
    unsigned char *block = mem_zalloc(10, 4);
    assert_non_null(block);
    assert_memory_equal(block, zeros, sizeof zeros);
    mem_free(block);
}

static void test_zalloc_fails_when_the_product_overflows(void **state)
{
    (void)state;
    assert_null(mem_zalloc(SIZE_MAX / 2, 3));
}

static void test_resize_fails_when_the_product_overflows_and_keeps_the_block(void **state)
{
    (void)state;
    char *block = mem_alloc(4);
    assert_non_null(block);
    memcpy(block, "abc", 4);
    assert_null(mem_resize(block, SIZE_MAX, 2));
    assert_string_equal(block, "abc");
    mem_free(block);
}

static void test_resize_to_nothing_gives_a_block(void **state)
{
    (void)state;
    void *block = mem_resize(mem_alloc(8), 0, 8);
    assert_non_null(block);
    mem_free(block);
}

static void test_reserve_starts_with_eight_and_doubles(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    assert_true(MEM_RESERVE(items, capacity, 1));
    assert_int_equal(capacity, 8);
    assert_true(MEM_RESERVE(items, capacity, 9));
    assert_int_equal(capacity, 16);
    assert_true(MEM_RESERVE(items, capacity, 100)); /* more than double: what is needed */
    assert_int_equal(capacity, 100);
    mem_free(items);
}

static void test_reserve_leaves_the_array_alone_when_it_fits(void **state)
{
    (void)state;
    int storage[4], *items = storage;
    size_t capacity = 4;
    assert_true(MEM_RESERVE(items, capacity, 4));
    assert_ptr_equal(items, storage);
}

static void test_reserve_changes_nothing_when_it_fails(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    assert_true(MEM_RESERVE(items, capacity, 8));
    int *before = items;
    items[7] = 42;
    mem_fault_after(0);
    assert_false(MEM_RESERVE(items, capacity, 9));
    assert_ptr_equal(items, before);
    assert_int_equal(capacity, 8);
    assert_int_equal(items[7], 42);
    mem_free(items);
}

static void test_reserve_fails_when_the_size_overflows(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    assert_false(MEM_RESERVE(items, capacity, SIZE_MAX));
    assert_null(items);
}

static void test_fault_lets_so_many_through(void **state)
{
    (void)state;
    mem_fault_after(2);
    void *first = mem_alloc(1), *second = mem_zalloc(1, 1), *third = mem_alloc(1);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(third);
    assert_null(mem_resize(NULL, 1, 1)); /* and all that follow fail too */
    assert_int_equal(mem_fault_count(), 4);
    mem_free(first);
    mem_free(second);
}

/* ---- arena ---- */

static void test_arena_memory_is_aligned_to_16(void **state)
{
    (void)state;
    arena a = {0};
    for (size_t size = 0; size < 3000; size += 7) {
        assert_non_null(arena_text(&a, "x", 1)); /* packed: moves the next one off its boundary */
        void *block = arena_alloc(&a, size);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % 16, 0);
    }
    arena_free(&a);
}

static void test_arena_objects_do_not_overlap(void **state)
{
    (void)state;
    enum { COUNT = 2000 };
    arena a = {0};
    unsigned char *blocks[COUNT];
    for (int i = 0; i < COUNT; i++) {
        size_t size = (size_t)(i * 37 % 700); /* some larger than a quarter of a block */
        blocks[i] = arena_alloc(&a, size);
        assert_non_null(blocks[i]);
        memset(blocks[i], i % 251, size);
    }
    for (int i = 0; i < COUNT; i++) {
        for (size_t at = 0; at < (size_t)(i * 37 % 700); at++)
            assert_int_equal(blocks[i][at], i % 251);
    }
    arena_free(&a);
}

static void test_arena_zalloc_is_zeroed_after_used_memory(void **state)
{
    (void)state;
    static const unsigned char zeros[5000];
    arena a = {0};
    unsigned char *large = arena_zalloc(&a, sizeof zeros);
    assert_non_null(large);
    assert_memory_equal(large, zeros, sizeof zeros);
    arena_free(&a);
}

static void test_arena_text_ends_in_nul(void **state)
{
    (void)state;
    arena a = {0};
    assert_string_equal(arena_text(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_text(&a, NULL, 0), "");
    arena_free(&a);
}

static void test_arena_keeps_room_of_head_behind_a_large_object(void **state)
{
    (void)state;
    arena a = {0};
    char *before = arena_text(&a, "a", 1);
    assert_non_null(arena_alloc(&a, 1 << 20));
    char *after = arena_text(&a, "b", 1);
    assert_ptr_equal(after, before + 2);
    arena_free(&a);
}

static void test_arena_fails_on_sizes_beyond_memory(void **state)
{
    (void)state;
    arena a = {0};
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, SIZE_MAX - 20));
    assert_null(arena_text(&a, "", SIZE_MAX));
    assert_non_null(arena_alloc(&a, 16)); /* and works on */
    arena_free(&a);
}

static void test_arena_is_empty_and_usable_after_free(void **state)
{
    (void)state;
    arena a = {0};
    assert_non_null(arena_alloc(&a, 10));
    arena_free(&a);
    assert_null(a.head);
    assert_non_null(arena_alloc(&a, 10));
    arena_free(&a);
    arena_free(&a);
}

static void test_arena_survives_each_failing_allocation(void **state)
{
    (void)state;
    bool done = false;
    for (long n = 0; !done; n++) {
        arena a = {0};
        mem_fault_after(n);
        done = arena_alloc(&a, 100) && arena_zalloc(&a, 100000) && arena_text(&a, "name", 4) && arena_alloc(&a, 5000);
        mem_fault_after(-1);
        arena_free(&a);
        assert_true(n < 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alloc_of_nothing_is_not_null),
        cmocka_unit_test(test_free_of_null_is_harmless),
        cmocka_unit_test(test_zalloc_is_zeroed),
        cmocka_unit_test(test_zalloc_fails_when_the_product_overflows),
        cmocka_unit_test(test_resize_fails_when_the_product_overflows_and_keeps_the_block),
        cmocka_unit_test(test_resize_to_nothing_gives_a_block),
        cmocka_unit_test(test_reserve_starts_with_eight_and_doubles),
        cmocka_unit_test(test_reserve_leaves_the_array_alone_when_it_fits),
        cmocka_unit_test_teardown(test_reserve_changes_nothing_when_it_fails, never_fail),
        cmocka_unit_test(test_reserve_fails_when_the_size_overflows),
        cmocka_unit_test_teardown(test_fault_lets_so_many_through, never_fail),
        cmocka_unit_test(test_arena_memory_is_aligned_to_16),
        cmocka_unit_test(test_arena_objects_do_not_overlap),
        cmocka_unit_test(test_arena_zalloc_is_zeroed_after_used_memory),
        cmocka_unit_test(test_arena_text_ends_in_nul),
        cmocka_unit_test(test_arena_keeps_room_of_head_behind_a_large_object),
        cmocka_unit_test(test_arena_fails_on_sizes_beyond_memory),
        cmocka_unit_test(test_arena_is_empty_and_usable_after_free),
        cmocka_unit_test_teardown(test_arena_survives_each_failing_allocation, never_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
