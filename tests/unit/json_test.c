/* base/json: what is written is valid JSON, to the byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/json.h"

static void assert_written(buffer *b, const char *expected)
{
    assert_false(b->failed);
    assert_int_equal(b->length, strlen(expected));
    assert_memory_equal(b->bytes, expected, b->length);
    buffer_free(b);
}

static void test_members_and_elements_are_separated_by_single_commas(void **state)
{
    buffer b = {0};
    json j = {.out = &b};
    (void)state;
    json_begin_object(&j);
    json_member_integer(&j, "a", -1);
    json_key(&j, "b");
    json_begin_array(&j);
    json_integer(&j, 1);
    json_truth(&j, true);
    json_null(&j);
    json_begin_object(&j);
    json_end_object(&j);
    json_begin_array(&j);
    json_end_array(&j);
    json_end_array(&j);
    json_member_text(&j, "c", TEXT("x"));
    json_end_object(&j);
    assert_int_equal(j.depth, 0);
    assert_written(&b, "{\"a\":-1,\"b\":[1,true,null,{},[]],\"c\":\"x\"}");
}

static void test_text_is_escaped_as_rfc_8259_demands(void **state)
{
    buffer b = {0};
    json j = {.out = &b};
    (void)state;
    json_text(&j, (text){"\"\\/\b\f\n\r\t\0\x1b\x7f", 11});
    assert_written(&b, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001b\\u007f\"");
}

/* U+009B begins a control sequence as ESC [ does, U+202E turns the direction of writing, U+2028 ends a line. */
static void test_controls_beyond_ascii_are_escaped(void **state)
{
    buffer b = {0};
    json j = {.out = &b};
    (void)state;
    json_string(&j, "a\xC2\x9B\xE2\x80\xAE\xE2\x80\xA8z");
    assert_written(&b, "\"a\\u009b\\u202e\\u2028z\"");
}

static void test_chinese_goes_through_as_utf8(void **state)
{
    buffer b = {0};
    json j = {.out = &b};
    (void)state;
    json_string(&j, "考评·𬱖");
    assert_written(&b, "\"考评·𬱖\"");
}

/* One U+FFFD for each byte that does not belong, and what follows is kept. */
static void test_bytes_that_are_not_utf8_are_replaced(void **state)
{
    buffer b = {0};
    json j = {.out = &b};
    (void)state;
    json_text(&j, (text){"a\xFF\xE8\x80z", 5});
    assert_written(&b, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

static void test_keys_are_escaped_too(void **state)
{
    buffer b = {0};
    json j = {.out = &b};
    (void)state;
    json_begin_object(&j);
    json_member_integer(&j, "a\"b", INT64_MIN);
    json_end_object(&j);
    assert_written(&b, "{\"a\\\"b\":-9223372036854775808}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members_and_elements_are_separated_by_single_commas),
        cmocka_unit_test(test_text_is_escaped_as_rfc_8259_demands),
        cmocka_unit_test(test_controls_beyond_ascii_are_escaped),
        cmocka_unit_test(test_chinese_goes_through_as_utf8),
        cmocka_unit_test(test_bytes_that_are_not_utf8_are_replaced),
        cmocka_unit_test(test_keys_are_escaped_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
