/* Values of cells as the text that a sheet shows. */
#include "made_book.h"

#include "office/workbook_read.h"

static assess_cell_remark last_remark;

static const char *shown(const char *written, const char *code, bool from_1904)
{
    static char out[512];
    buffer b = {0};
    cell_format format = format_of_code(text_of(code));
    last_remark = add_number(&b, text_of(written), &format, from_1904);
    assert_false(b.failed);
    snprintf(out, sizeof out, "%.*s", (int)b.length, b.bytes ? b.bytes : "");
    buffer_free(&b);
    return out;
}

static void assert_shown(const char *written, const char *code, const char *expected)
{
    assert_string_equal(shown(written, code, false), expected);
    assert_int_equal(last_remark, ASSESS_CELL_REMARK_COUNT);
}

/* Excel shows 15 digits: 0.1 + 0.2 is stored as 0.30000000000000004. */
static void test_numbers_have_no_binary_noise(void **state)
{
    (void)state;
    assert_shown("0.30000000000000004", "General", "0.3");
    assert_shown("8.9999999999999996", "General", "9");
    assert_shown("59.994999999999997", "General", "59.995");
    assert_shown("-99.999999999999999", "0.00", "-100");
    assert_shown("123456789012345", "General", "123456789012345");
    assert_shown("0.1234567890123456", "General", "0.123456789012346");
}

static void test_numbers_have_no_exponent(void **state)
{
    (void)state;
    assert_shown("1E3", "General", "1000");
    assert_shown("1.5e+2", "General", "150");
    assert_shown("25E-4", "General", "0.0025");
    assert_shown("1.1010119900101E+14", "General", "110101199001010");
    assert_shown("0", "General", "0");
    assert_shown("-0.0", "General", "0");
    assert_shown("00012.500", "General", "12.5");
    assert_shown("+7", "General", "7");
    assert_shown(".5", "General", "0.5");
}

static void test_what_is_no_number_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "-", ".", "1e", "1e+", "NaN", "1.2.3", "12 3", "0x1F", "1e99999999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_shown(texts[i], "General", texts[i]);
    assert_shown("1E-200", "General", "1E-200");
}

/* 16 digits before the point: the last one is no longer what was typed. */
static void test_more_than_15_digits_are_remarked(void **state)
{
    (void)state;
    static const char *const numbers[] = {"1000000000000000", "1.1010119900101123E+17", "999999999999999.9", "1E+300"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        shown(numbers[i], "General", false);
        assert_int_equal(last_remark, ASSESS_CELL_DIGITS_LOST);
    }
}

static void test_zeros_and_letters_of_a_format_belong_to_an_id(void **state)
{
    (void)state;
    assert_shown("123", "000000", "000123");
    assert_shown("0", "000", "000");
    assert_shown("1234567", "000000", "1234567");
    assert_shown("12", "\"S\"000", "S012");
    assert_shown("12", "\\A\\-000", "A-012");
    assert_shown("7", "\"K\"0", "K7");
    assert_shown("12.5", "000000", "12.5"); /* no id: a format must not change a figure */
    assert_shown("-12", "0000", "-12");
    assert_shown("85", "0\"分\"", "85"); /* a unit behind is no part of the figure */
    assert_shown("85", "\"得分\"00", "85");
    assert_shown("85", "#,##0", "85");
    assert_shown("85", "0000-0000", "85");
}

static void test_percentages_are_as_shown(void **state)
{
    (void)state;
    assert_shown("0.85", "0%", "85%");
    assert_shown("0.8549", "0%", "85.49%"); /* digits that the format hides stay */
    assert_shown("1", "0.00%", "100%");
    assert_shown("0", "0%", "0%");
    assert_shown("0.00005", "0%", "0.005%");
}

/* 46085 is 2026-03-04: Python's datetime(1899, 12, 30) + timedelta(46085). 14:05 is 0.586805555… of a day. */
static void test_days_and_times(void **state)
{
    (void)state;
    assert_shown("46085", "yyyy-mm-dd", "2026-03-04");
    assert_shown("46085", "m/d/yy", "2026-03-04");
    assert_shown("46085", "yyyy\"年\"m\"月\"d\"日\"", "2026-03-04");
    assert_shown("46085", "[$-804]yyyy\"年\"m\"月\";@", "2026-03-04");
    assert_shown("46085", "m\"月\"", "2026-03-04");
    assert_shown("46085", "aaaa", "2026-03-04");
    assert_shown("46085.58680555555", "yyyy/m/d h:mm", "2026-03-04 14:05");
    assert_shown("46085.586805555555", "yyyy/m/d h:mm", "2026-03-04 14:05");
    assert_shown("46085.5868171296", "yyyy/m/d h:mm:ss", "2026-03-04 14:05:01");
    assert_shown("46085.58680555555", "yyyy/m/d", "2026-03-04"); /* the sheet shows no time */
    assert_shown("46085", "yyyy/m/d h:mm", "2026-03-04 00:00");
    assert_shown("46084.999999", "yyyy/m/d h:mm", "2026-03-04 00:00"); /* the last tenth of a second of a day, rounded */
    assert_shown("0.58680555555", "h:mm", "14:05");
    assert_shown("0.58680555555", "上午/下午h\"时\"mm\"分\"", "14:05");
    assert_shown("0.00138888889", "mm:ss", "00:02");
    assert_shown("1.086805555556", "[h]:mm", "26:05");
    assert_shown("0.5", "h:mm AM/PM", "12:00");
}

/* The first days as Excel counts them: 1 is 1900-01-01, 59 1900-02-28, 61 1900-03-01, and 60 the day that never was. */
static void test_days_of_1900_and_1904(void **state)
{
    (void)state;
    assert_shown("1", "yyyy-mm-dd", "1900-01-01");
    assert_shown("59", "yyyy-mm-dd", "1900-02-28");
    assert_shown("61", "yyyy-mm-dd", "1900-03-01");
    assert_shown("2958465", "yyyy-mm-dd", "9999-12-31");
    assert_string_equal(shown("0", "yyyy-mm-dd", true), "1904-01-01");
    assert_string_equal(shown("44623", "yyyy-mm-dd", true), "2026-03-04"); /* 46085 - 1462 */
    static const char *const none[] = {"60", "0", "-1", "2958466", "99999999", "1E12"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        shown(none[i], "yyyy-mm-dd", false);
        assert_int_equal(last_remark, ASSESS_CELL_NO_DAY);
    }
    shown("2957004", "yyyy-mm-dd", true);
    assert_int_equal(last_remark, ASSESS_CELL_NO_DAY);
}

static void test_formats_that_only_look_like_days(void **state)
{
    (void)state;
    static const char *const codes[] = {"General", "0.00", "#,##0.00_);[Red](#,##0.00)", "0.00E+00", "\"day\"0", "[Red]0",
                                        "G/通用格式", "@", "_-* #,##0_-", "\\d0.0", "[>100]0;\"yes\"", "", "# ?/?"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_in_range(format_of_code(text_of(codes[i])).kind, FORMAT_PLAIN, FORMAT_ZEROS);
    assert_int_equal(format_of_code(TEXT("\"open")).kind, FORMAT_PLAIN); /* cut in the middle */
    assert_int_equal(format_of_code(TEXT("[open")).kind, FORMAT_PLAIN);
    assert_int_equal(format_of_code(TEXT("0\\")).kind, FORMAT_PLAIN);
    assert_int_equal(format_of_code(TEXT("yyyy_")).kind, FORMAT_DAY);
}

/* ECMA-376 part 1, 18.8.30: 14 mm-dd-yy, 22 m/d/yy h:mm, 46 [h]:mm:ss; for Chinese 57 yyyy"年"m"月", 55 上午/下午h"时"mm"分". */
static void test_formats_without_text(void **state)
{
    (void)state;
    assert_int_equal(format_of_builtin(0).kind, FORMAT_PLAIN);
    assert_int_equal(format_of_builtin(9).kind, FORMAT_PERCENT);
    assert_int_equal(format_of_builtin(14).kind, FORMAT_DAY);
    assert_int_equal(format_of_builtin(20).kind, FORMAT_TIME);
    assert_int_equal(format_of_builtin(22).kind, FORMAT_MINUTE);
    assert_int_equal(format_of_builtin(31).kind, FORMAT_DAY);
    assert_int_equal(format_of_builtin(46).kind, FORMAT_ELAPSED);
    assert_int_equal(format_of_builtin(49).kind, FORMAT_PLAIN);
    assert_int_equal(format_of_builtin(55).kind, FORMAT_TIME);
    assert_int_equal(format_of_builtin(57).kind, FORMAT_DAY);
    assert_int_equal(format_of_builtin(-3).kind, FORMAT_PLAIN);
}

static void assert_decoded(const char *written, const char *expected)
{
    buffer b = {0};
    buffer_add_string(&b, written);
    decode_escapes(&b);
    assert_int_equal(b.length, strlen(expected));
    assert_memory_equal(b.bytes, expected, b.length);
    buffer_free(&b);
}

static void test_escapes_of_characters(void **state)
{
    (void)state;
    assert_decoded("a_x000D_b", "a\rb");
    assert_decoded("_x005F_x000D_", "_x000D_");
    assert_decoded("_x6C49_", "汉");
    assert_decoded("_x00e9_", "é");
    assert_decoded("_x000_ _xZZZZ_ _x000D", "_x000_ _xZZZZ_ _x000D");
    assert_decoded("_xD83D__x0000_", "_xD83D__x0000_"); /* no characters of their own */
}

static void assert_iso(const char *written, format_kind kind, const char *expected)
{
    buffer b = {0};
    cell_format format = {.kind = (uint8_t)kind};
    add_iso_day(&b, text_of(written), &format);
    assert_int_equal(b.length, strlen(expected));
    assert_memory_equal(b.bytes, expected, b.length);
    buffer_free(&b);
}

static void test_days_written_as_text(void **state)
{
    (void)state;
    assert_iso("2026-03-04", FORMAT_DAY, "2026-03-04");
    assert_iso("2026-03-04T00:00:00", FORMAT_DAY, "2026-03-04");
    assert_iso("2026-03-04T14:05:00.000Z", FORMAT_MINUTE, "2026-03-04 14:05");
    assert_iso("2026-03-04T14:05:30", FORMAT_MINUTE, "2026-03-04 14:05:30");
}

static void test_references(void **state)
{
    (void)state;
    cell_range r;
    assert_true(range_of_reference(TEXT("B12:AA13"), &r));
    assert_true(r.row == 12 && r.column == 2 && r.last_row == 13 && r.last_column == 27);
    assert_true(range_of_reference(TEXT("$XFD$1048576"), &r));
    assert_true(r.column == 16384 && r.last_row == 1048576);
    static const char *const wrong[] = {"", "A", "1", "A0", "XFE1", "A1048577", "A1:", "B2:A1", "A1:B2:C3", "a1", "A1 "};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(range_of_reference(text_of(wrong[i]), &r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_have_no_binary_noise),
        cmocka_unit_test(test_numbers_have_no_exponent),
        cmocka_unit_test(test_what_is_no_number_stays_as_it_is),
        cmocka_unit_test(test_more_than_15_digits_are_remarked),
        cmocka_unit_test(test_zeros_and_letters_of_a_format_belong_to_an_id),
        cmocka_unit_test(test_percentages_are_as_shown),
        cmocka_unit_test(test_days_and_times),
        cmocka_unit_test(test_days_of_1900_and_1904),
        cmocka_unit_test(test_formats_that_only_look_like_days),
        cmocka_unit_test(test_formats_without_text),
        cmocka_unit_test(test_escapes_of_characters),
        cmocka_unit_test(test_days_written_as_text),
        cmocka_unit_test(test_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
