/* versioned: structs with their size first, between a program and a library of different releases. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/versioned.h"

/* The same struct in three releases. */
typedef struct first { size_t size; int32_t a; } first;
typedef struct second { size_t size; int32_t a, b; } second;
typedef struct third { size_t size; int32_t a, b; const char *c; } third;

enum { FIRST = SIZE_THROUGH(second, a) };

static void test_size_through_ends_with_the_field(void **state)
{
    (void)state;
    assert_int_equal(SIZE_THROUGH(second, a), 12); /* 8 of the size, 4 of a: without the padding that sizeof has */
    assert_int_equal(SIZE_THROUGH(second, b), 16);
}

static void test_nothing_given_is_all_zeros(void **state)
{
    second out = {1, 2, 3};
    (void)state;
    assert_int_equal(versioned_take(&out, sizeof out, FIRST, NULL), VERSIONED_FINE);
    assert_true(out.size == 0 && out.a == 0 && out.b == 0);
}

static void test_an_older_callers_struct_is_filled_with_zeros(void **state)
{
    union { first given; unsigned char room[sizeof(second)]; } older;
    second out;
    (void)state;
    memset(&older, 0x55, sizeof older);
    older.given = (first){.size = FIRST, .a = 7};
    assert_int_equal(versioned_take(&out, sizeof out, FIRST, &older.given), VERSIONED_FINE);
    assert_int_equal(out.a, 7);
    assert_int_equal(out.b, 0); /* what lies behind the struct is not looked at */
}

static void test_a_newer_callers_struct_is_taken_when_the_rest_is_zero(void **state)
{
    third given = {.size = sizeof given, .a = 7, .b = 8};
    second out;
    (void)state;
    assert_int_equal(versioned_take(&out, sizeof out, FIRST, &given), VERSIONED_FINE);
    assert_true(out.a == 7 && out.b == 8);
}

static void test_what_this_release_does_not_know_is_told(void **state)
{
    third given = {.size = sizeof given, .a = 7, .c = "wanted"};
    second out;
    (void)state;
    assert_int_equal(versioned_take(&out, sizeof out, FIRST, &given), VERSIONED_NEWER);
    assert_int_equal(out.a, 7);
}

static void test_sizes_that_cannot_be_are_refused(void **state)
{
    static const size_t sizes[] = {0, 1, 7, 8, FIRST - 1, 4097, 1u << 20, SIZE_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        second given = {.size = sizes[i], .a = 7}, out = {.a = 1};
        assert_int_equal(versioned_take(&out, sizeof out, FIRST, &given), VERSIONED_SIZE);
        assert_int_equal(out.a, 0);
        assert_false(versioned_fits(&given, FIRST));
    }
}

static void test_an_older_caller_gets_the_fields_it_knows(void **state)
{
    const second full = {.size = sizeof full, .a = 7, .b = 8};
    second out = {.size = FIRST, .a = 1, .b = 2};
    (void)state;
    assert_true(versioned_fits(&out, FIRST));
    versioned_give(&out, &full, sizeof full);
    assert_true(out.size == FIRST && out.a == 7);
    assert_int_equal(out.b, 2); /* not the caller's struct any more: untouched */
}

static void test_a_newer_caller_gets_zeros_behind(void **state)
{
    const second full = {.size = sizeof full, .a = 7, .b = 8};
    third out = {.size = sizeof out, .c = "left over"};
    (void)state;
    assert_true(versioned_fits(&out, FIRST));
    versioned_give(&out, &full, sizeof full);
    assert_true(out.size == sizeof out && out.a == 7 && out.b == 8);
    assert_null(out.c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_size_through_ends_with_the_field),
        cmocka_unit_test(test_nothing_given_is_all_zeros),
        cmocka_unit_test(test_an_older_callers_struct_is_filled_with_zeros),
        cmocka_unit_test(test_a_newer_callers_struct_is_taken_when_the_rest_is_zero),
        cmocka_unit_test(test_what_this_release_does_not_know_is_told),
        cmocka_unit_test(test_sizes_that_cannot_be_are_refused),
        cmocka_unit_test(test_an_older_caller_gets_the_fields_it_knows),
        cmocka_unit_test(test_a_newer_caller_gets_zeros_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
