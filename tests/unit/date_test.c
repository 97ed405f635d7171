/* Civil days, months as the regulations count them, and periods. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

static date day_of(int year, int month, int day)
{
    date d = DATE_NONE;
    assert_true(date_make(year, month, day, &d));
    return d;
}

/* The calendar's own rule, written out: the lengths of the months, and February by 4, 100, 400. */
static int last_day(int year, int month)
{
    switch (month) {
    case 2:
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
        return 30;
    default:
        return 31;
    }
}

/* ---- days ---- */

static void test_make_counts_from_1970(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(1970, 1, 2), 1);
    assert_int_equal(day_of(1969, 12, 31), -1);
    assert_int_equal(day_of(2000, 3, 1), 11017);     /* 30 * 365 + 7 leap days (72 … 96) + 31 + 29 */
    assert_int_equal(day_of(1, 1, 1), -719162);      /* Python: date(1, 1, 1) - date(1970, 1, 1) */
    assert_int_equal(day_of(9999, 12, 31), 2932896); /* Python: date.max - date(1970, 1, 1) */
}

static void test_every_day_follows_the_day_before_exhaustive(void **state)
{
    (void)state;
    date expected = -719162;
    for (int year = 1; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            for (int day = 1; day <= last_day(year, month); day++, expected++) {
                date d;
                int y, m, n;
                if (!date_make(year, month, day, &d) || d != expected)
                    fail_msg("%d-%d-%d", year, month, day);
                date_split(d, &y, &m, &n);
                if (y != year || m != month || n != day)
                    fail_msg("split of %d-%d-%d", year, month, day);
            }
        }
    }
    assert_int_equal(expected, 2932897);
}

static void test_make_refuses_days_that_do_not_exist(void **state)
{
    (void)state;
    static const int wrong[][3] = {{2026, 2, 29}, {2024, 2, 30}, {1900, 2, 29}, {2026, 4, 31}, {2026, 0, 1},
                                   {2026, 13, 1}, {2026, 1, 0},  {2026, 1, 32}, {0, 1, 1},     {10000, 1, 1},
                                   {-1, 1, 1},    {2026, 1, -1}, {2026, -1, 1}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        date d = 42;
        assert_false(date_make(wrong[i][0], wrong[i][1], wrong[i][2], &d));
        assert_int_equal(d, 42);
    }
    assert_int_equal(day_of(2000, 2, 29) + 1, day_of(2000, 3, 1));
}

/* ---- reading and writing ---- */

static void check_read(const char *written, date_error error, date expected, const char *file, int line)
{
    date d = DATE_NONE;
    _assert_int_equal(date_parse(written, strlen(written), &d), error, file, line);
    if (error == DATE_OK)
        _assert_int_equal((LargestIntegralType)d, (LargestIntegralType)expected, file, line);
}
#define assert_read(written, expected) check_read((written), DATE_OK, (expected), __FILE__, __LINE__)
#define assert_unread(written, error) check_read((written), (error), 0, __FILE__, __LINE__)

static void test_parse_reads_every_spelling(void **state)
{
    (void)state;
    const date d = day_of(2026, 3, 4);
    assert_read("2026-03-04", d);
    assert_read("2026-3-4", d);
    assert_read("2026/3/4", d);
    assert_read("2026/03/04", d);
    assert_read("2026.3.4", d);
    assert_read("2026年3月4日", d);
    assert_read("2026年03月04日", d);
}

static void test_parse_folds_full_width_forms_and_blanks(void **state)
{
    (void)state;
    const date d = day_of(2026, 3, 14);
    assert_read("２０２６－０３－１４", d);
    assert_read("２０２６年３月１４日", d);
    assert_read("２０２６／３／１４", d);
    assert_read("２０２６．３．１４", d);
    assert_read("  2026-03-14\t", d);
    assert_read("\xE3\x80\x80"
                "2026-03-14\xC2\xA0\r\n",
                d); /* U+3000 and NBSP */
    assert_read("2026-03-14                                                        ", d);
}

static void test_parse_accepts_midnight_behind_the_date(void **state)
{
    (void)state;
    const date d = day_of(2026, 3, 4);
    assert_read("2026-03-04 00:00", d);
    assert_read("2026-03-04 00:00:00", d);
    assert_read("2026/3/4 0:00", d);
    assert_read("2026/3/4  0:00:00", d);
    assert_read("2026-03-04T00:00:00", d);
    assert_read("2026年3月4日 00:00", d);
}

static void test_parse_refuses_other_times(void **state)
{
    (void)state;
    assert_unread("2026-03-04 08:30", DATE_NOT_A_DATE);
    assert_unread("2026-03-04 00:00:01", DATE_NOT_A_DATE);
    assert_unread("2026-03-04 00", DATE_NOT_A_DATE);
    assert_unread("2026-03-04 00:0", DATE_NOT_A_DATE);
    assert_unread("2026-03-04 00:00:0", DATE_NOT_A_DATE);
    assert_unread("2026-03-04 00:00Z", DATE_NOT_A_DATE);
    assert_unread("2026-03-04T", DATE_NOT_A_DATE);
    assert_unread("2026-03-0400:00", DATE_NOT_A_DATE);
}

static void test_parse_refuses_what_is_no_date(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        " ",
                                        "2026",
                                        "2026-03",
                                        "20260304",
                                        "26-03-04",
                                        "2026-03-04x",
                                        "2026-03/04",
                                        "2026年3月4",
                                        "2026年3月",
                                        "2026-003-04",
                                        "2026-03-004",
                                        "12026-03-04",
                                        "-2026-03-04",
                                        "2026--3-4",
                                        "2026-3-",
                                        "三月四日",
                                        "2026\x01"
                                        "3\x02"
                                        "4\x03",
                                        "2026-03-04\xFF",
                                        "2026-03-04\xE5",
                                        "46085",
                                        "2026 - 3 - 4",
                                        "2026-03-04 2026-03-04 2026-03-04 2026-03-04",
                                        "明天"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_unread(wrong[i], DATE_NOT_A_DATE);
    date d;
    assert_int_equal(date_parse(NULL, 0, &d), DATE_NOT_A_DATE);
}

static void test_parse_tells_days_that_do_not_exist(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2026-02-29", "2026-13-01",    "2026-00-10", "2026/4/31",
                                        "0000-01-01", "2026年2月30日", "1900-02-29", "2026-01-00"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_unread(wrong[i], DATE_DOES_NOT_EXIST);
}

static void check_printed(date d, const char *expected, const char *file, int line)
{
    char out[16];
    size_t length = date_print(d, out);
    _assert_string_equal(out, expected, file, line);
    _assert_int_equal(length, strlen(expected), file, line);
}
#define assert_printed(d, expected) check_printed((d), (expected), __FILE__, __LINE__)

static void test_print_writes_iso_8601(void **state)
{
    (void)state;
    assert_printed(day_of(2026, 3, 4), "2026-03-04");
    assert_printed(day_of(1, 1, 1), "0001-01-01");
    assert_printed(day_of(9999, 12, 31), "9999-12-31");
    assert_printed(DATE_NONE, "");
}

/* Year 0 is the leap year before year 1; 5881580-07-11 is the known last day of a 32-bit number of days. */
static void test_print_writes_every_number_of_days(void **state)
{
    (void)state;
    assert_printed(day_of(9999, 12, 31) + 1, "10000-01-01");
    assert_printed(day_of(1, 1, 1) - 1, "0000-12-31");
    assert_printed(day_of(1, 1, 1) - 367, "-0001-12-31");
    assert_printed(INT32_MAX, "5881580-07-11");
    assert_printed(DATE_NONE + 1, "-5877641-06-24");
}

/* ---- months ---- */

/* From the last day of each month, one month on: that month's own last day where it is shorter, else the same day. */
static void check_month_ends(int year)
{
    for (int month = 1; month <= 12; month++) {
        int to_year = month == 12 ? year + 1 : year, to_month = month % 12 + 1;
        int from_day = last_day(year, month), most = last_day(to_year, to_month);
        date expected = day_of(to_year, to_month, from_day < most ? from_day : most);
        assert_int_equal(date_add_months(day_of(year, month, from_day), 1), expected);
    }
}

static void test_add_a_month_to_each_month_end_of_a_common_year(void **state)
{
    (void)state;
    check_month_ends(2026);
    assert_int_equal(date_add_months(day_of(2026, 1, 31), 1), day_of(2026, 2, 28));
}

static void test_add_a_month_to_each_month_end_of_a_leap_year(void **state)
{
    (void)state;
    check_month_ends(2024);
    assert_int_equal(date_add_months(day_of(2024, 1, 31), 1), day_of(2024, 2, 29));
    assert_int_equal(date_add_months(day_of(2024, 1, 30), 1), day_of(2024, 2, 29));
    assert_int_equal(date_add_months(day_of(2024, 2, 29), 12), day_of(2025, 2, 28));
    assert_int_equal(date_add_months(day_of(2024, 2, 29), 48), day_of(2028, 2, 29));
}

static void test_add_months_backwards_and_none(void **state)
{
    (void)state;
    assert_int_equal(date_add_months(day_of(2026, 3, 31), -1), day_of(2026, 2, 28));
    assert_int_equal(date_add_months(day_of(2026, 1, 15), -1), day_of(2025, 12, 15));
    assert_int_equal(date_add_months(day_of(2026, 1, 15), -13), day_of(2024, 12, 15));
    assert_int_equal(date_add_months(day_of(2026, 8, 31), 0), day_of(2026, 8, 31));
}

static void test_add_months_keeps_none_and_stays_in_range(void **state)
{
    (void)state;
    assert_int_equal(date_add_months(DATE_NONE, 1), DATE_NONE);
    assert_int_equal(date_add_months(day_of(2026, 1, 1), INT32_MAX), INT32_MAX);
    assert_int_equal(date_add_months(day_of(2026, 1, 1), INT32_MIN), DATE_NONE + 1);
}

static void check_span(date from, date to, int months, int days, const char *file, int line)
{
    month_span span = date_span_months(from, to);
    _assert_int_equal((LargestIntegralType)span.months, (LargestIntegralType)months, file, line);
    _assert_int_equal((LargestIntegralType)span.days, (LargestIntegralType)days, file, line);
}
#define assert_span(from, to, months, days) check_span((from), (to), (months), (days), __FILE__, __LINE__)

static void test_span_counts_whole_months_and_days(void **state)
{
    (void)state;
    assert_span(day_of(2026, 1, 1), day_of(2026, 12, 31), 12, 0);
    assert_span(day_of(2026, 1, 1), day_of(2026, 6, 30), 6, 0);
    assert_span(day_of(2026, 1, 1), day_of(2026, 7, 1), 6, 1);
    assert_span(day_of(2026, 3, 10), day_of(2026, 3, 10), 0, 1);
    assert_span(day_of(2026, 7, 2), day_of(2026, 12, 31), 5, 30);
    assert_span(day_of(2026, 7, 1), day_of(2026, 12, 31), 6, 0);
}

/* A month from the 31st ends on the last day of a shorter month (clause of the contract: “or that month's last day”).
 */
static void test_span_from_a_month_end(void **state)
{
    (void)state;
    assert_span(day_of(2026, 1, 31), day_of(2026, 2, 27), 1, 0);
    assert_span(day_of(2026, 1, 31), day_of(2026, 2, 26), 0, 27);
    assert_span(day_of(2026, 1, 31), day_of(2026, 2, 28), 1, 1);
    assert_span(day_of(2024, 1, 31), day_of(2024, 2, 28), 1, 0);
    assert_span(day_of(2026, 8, 31), day_of(2027, 2, 27), 6, 0);
}

static void test_span_that_is_none_is_empty(void **state)
{
    (void)state;
    assert_span(day_of(2026, 1, 2), day_of(2026, 1, 1), 0, 0);
}

/* The header's definition, taken literally: the largest m whose date is not after the day behind. */
static void test_span_follows_its_definition_exhaustive(void **state)
{
    (void)state;
    for (date from = day_of(2023, 12, 1); from <= day_of(2024, 12, 31); from++) {
        for (date to = from; to < from + 800; to++) {
            int months = 0;
            while (date_add_months(from, months + 1) <= to + 1)
                months++;
            month_span span = date_span_months(from, to);
            if (span.months != months || span.days != to + 1 - date_add_months(from, months))
                fail_msg("from day %d to day %d", (int)from, (int)to);
        }
    }
}

/* ---- spans ---- */

static const date_span WHOLE = {100, 200};

static void check_united(date_span *spans, size_t count, const date_span *expected, size_t left, const char *file,
                         int line)
{
    _assert_int_equal(date_spans_unite(spans, count, WHOLE), left, file, line);
    for (size_t i = 0; i < left; i++) {
        _assert_int_equal((LargestIntegralType)spans[i].from, (LargestIntegralType)expected[i].from, file, line);
        _assert_int_equal((LargestIntegralType)spans[i].to, (LargestIntegralType)expected[i].to, file, line);
    }
}
#define assert_united(spans, expected)                                                                                 \
    check_united((spans), sizeof(spans) / sizeof *(spans), (expected), sizeof(expected) / sizeof *(expected),          \
                 __FILE__, __LINE__)

static void test_unite_cuts_to_the_period_and_drops_what_lies_outside(void **state)
{
    (void)state;
    date_span spans[] = {{50, 99}, {90, 110}, {190, 300}, {201, 250}};
    const date_span expected[] = {{100, 110}, {190, 200}};
    assert_united(spans, expected);
}

static void test_unite_joins_what_overlaps_or_touches(void **state)
{
    (void)state;
    date_span spans[] = {{120, 130}, {131, 140}, {110, 121}, {142, 150}};
    const date_span expected[] = {{110, 140}, {142, 150}}; /* day 141 lies between */
    assert_united(spans, expected);
}

static void test_unite_keeps_the_longer_of_two_that_start_together(void **state)
{
    (void)state;
    date_span spans[] = {{120, 150}, {120, 125}, {130, 131}};
    const date_span expected[] = {{120, 150}};
    assert_united(spans, expected);
}

static void test_unite_drops_spans_that_end_before_they_begin(void **state)
{
    (void)state;
    date_span spans[] = {{150, 140}, {160, 160}};
    const date_span expected[] = {{160, 160}};
    assert_united(spans, expected);
}

static void test_unite_of_nothing_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(date_spans_unite(NULL, 0, WHOLE), 0);
}

static void test_unite_reaches_the_ends_of_the_type(void **state)
{
    (void)state;
    date_span spans[] = {{INT32_MAX, INT32_MAX}, {INT32_MIN, INT32_MAX}};
    assert_int_equal(date_spans_unite(spans, 2, (date_span){INT32_MIN, INT32_MAX}), 1);
}

/* ---- periods ---- */

static void check_period(const char *written, date from, date to, const char *file, int line)
{
    date_span span;
    _assert_true(period_parse(written, strlen(written), &span), written, file, line);
    _assert_int_equal((LargestIntegralType)span.from, (LargestIntegralType)from, file, line);
    _assert_int_equal((LargestIntegralType)span.to, (LargestIntegralType)to, file, line);
}
#define assert_period(written, from, to) check_period((written), (from), (to), __FILE__, __LINE__)

static void test_period_of_a_year(void **state)
{
    (void)state;
    assert_period("2026", day_of(2026, 1, 1), day_of(2026, 12, 31));
    assert_period("9999", day_of(9999, 1, 1), day_of(9999, 12, 31));
}

static void test_period_of_each_month(void **state)
{
    (void)state;
    char written[] = "2024-00";
    for (int month = 1; month <= 12; month++) {
        written[5] = (char)('0' + month / 10);
        written[6] = (char)('0' + month % 10);
        assert_period(written, day_of(2024, month, 1), day_of(2024, month, last_day(2024, month)));
    }
}

static void test_period_of_quarters_and_halves(void **state)
{
    (void)state;
    assert_period("2026Q1", day_of(2026, 1, 1), day_of(2026, 3, 31));
    assert_period("2026Q2", day_of(2026, 4, 1), day_of(2026, 6, 30));
    assert_period("2026Q3", day_of(2026, 7, 1), day_of(2026, 9, 30));
    assert_period("2026Q4", day_of(2026, 10, 1), day_of(2026, 12, 31));
    assert_period("2026H1", day_of(2026, 1, 1), day_of(2026, 6, 30));
    assert_period("2026H2", day_of(2026, 7, 1), day_of(2026, 12, 31));
}

static void test_period_from_day_to_day(void **state)
{
    (void)state;
    assert_period("2026-01-01..2026-06-30", day_of(2026, 1, 1), day_of(2026, 6, 30));
    assert_period("2026-05-05..2026-05-05", day_of(2026, 5, 5), day_of(2026, 5, 5));
}

static void test_period_refuses_everything_else(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "202",
                                        "20260",
                                        "2026Q0",
                                        "2026Q5",
                                        "2026H0",
                                        "2026H3",
                                        "2026Q",
                                        "2026Q11",
                                        "2026-00",
                                        "2026-13",
                                        "2026-1",
                                        "2026-",
                                        "2026x",
                                        "2026-01-01",
                                        "0000",
                                        "0000Q1",
                                        "2026-06-30..2026-01-01",
                                        "2026-01-01..",
                                        "..2026-01-01",
                                        "2026-01-01..2026-02-30",
                                        "2026-01-01...2026-02-03",
                                        "2026 Q1",
                                        " 2026",
                                        ".."};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        date_span span;
        if (period_parse(wrong[i], strlen(wrong[i]), &span))
            fail_msg("read \"%s\"", wrong[i]);
    }
    date_span span;
    assert_false(period_parse(NULL, 0, &span));
}

/* ---- times ---- */

static int64_t minute_of(const char *text)
{
    int64_t minute = -1;
    assert_int_equal(minute_parse(text, strlen(text), &minute), DATE_OK);
    return minute;
}

static void test_times_are_printed_as_they_are_written(void **state)
{
    (void)state;
    static const char *const written[] = {"2026-03-04 08:05", "2026-12-31 23:59", "1970-01-01 00:00", "1969-12-31 23:59"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        char out[24];
        assert_int_equal(minute_print(minute_of(written[i]), out), strlen(written[i]));
        assert_string_equal(out, written[i]);
    }
}

/* A day has 1440 minutes; 1969-12-31 23:59 is the one before the first. */
static void test_times_count_minutes_from_1970(void **state)
{
    (void)state;
    assert_int_equal(minute_of("1970-01-01 00:00"), 0);
    assert_int_equal(minute_of("1970-01-02 01:05"), 1440 + 65);
    assert_int_equal(minute_of("1969-12-31 23:59"), -1);
    assert_int_equal(minute_of("2024-03-01 00:00") - minute_of("2024-02-29 23:59"), 1);
}

static void test_times_are_written_in_several_ways(void **state)
{
    static const char *const same[] = {"2026-03-04 14:05:00", "2026/3/4 14:05", "2026.3.4 14:05", "2026年3月4日 14:05", "2026-03-04T14:05", " 2026-03-04  14:05 "};
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_int_equal(minute_of(same[i]), minute_of("2026-03-04 14:05"));
    assert_int_equal(minute_of("2026-03-04 9:05"), minute_of("2026-03-04 09:05"));
}

static void test_what_is_no_time_is_refused(void **state)
{
    static const struct {
        const char *text;
        date_error error;
    } wrong[] = {{"2026-03-04", DATE_NOT_A_DATE},        {"14:05", DATE_NOT_A_DATE},           {"2026-03-04 14:5", DATE_NOT_A_DATE},
                 {"2026-03-04 14:05:01", DATE_NOT_A_DATE}, {"2026-03-04 14:05 x", DATE_NOT_A_DATE}, {"2026-03-04 24:00", DATE_DOES_NOT_EXIST},
                 {"2026-03-04 12:60", DATE_DOES_NOT_EXIST}, {"2026-02-29 12:00", DATE_DOES_NOT_EXIST}, {"", DATE_NOT_A_DATE}};
    int64_t minute;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(minute_parse(wrong[i].text, strlen(wrong[i].text), &minute), wrong[i].error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times_are_printed_as_they_are_written),
        cmocka_unit_test(test_times_count_minutes_from_1970),
        cmocka_unit_test(test_times_are_written_in_several_ways),
        cmocka_unit_test(test_what_is_no_time_is_refused),
        cmocka_unit_test(test_make_counts_from_1970),
        cmocka_unit_test(test_every_day_follows_the_day_before_exhaustive),
        cmocka_unit_test(test_make_refuses_days_that_do_not_exist),
        cmocka_unit_test(test_parse_reads_every_spelling),
        cmocka_unit_test(test_parse_folds_full_width_forms_and_blanks),
        cmocka_unit_test(test_parse_accepts_midnight_behind_the_date),
        cmocka_unit_test(test_parse_refuses_other_times),
        cmocka_unit_test(test_parse_refuses_what_is_no_date),
        cmocka_unit_test(test_parse_tells_days_that_do_not_exist),
        cmocka_unit_test(test_print_writes_iso_8601),
        cmocka_unit_test(test_print_writes_every_number_of_days),
        cmocka_unit_test(test_add_a_month_to_each_month_end_of_a_common_year),
        cmocka_unit_test(test_add_a_month_to_each_month_end_of_a_leap_year),
        cmocka_unit_test(test_add_months_backwards_and_none),
        cmocka_unit_test(test_add_months_keeps_none_and_stays_in_range),
        cmocka_unit_test(test_span_counts_whole_months_and_days),
        cmocka_unit_test(test_span_from_a_month_end),
        cmocka_unit_test(test_span_that_is_none_is_empty),
        cmocka_unit_test(test_span_follows_its_definition_exhaustive),
        cmocka_unit_test(test_unite_cuts_to_the_period_and_drops_what_lies_outside),
        cmocka_unit_test(test_unite_joins_what_overlaps_or_touches),
        cmocka_unit_test(test_unite_keeps_the_longer_of_two_that_start_together),
        cmocka_unit_test(test_unite_drops_spans_that_end_before_they_begin),
        cmocka_unit_test(test_unite_of_nothing_is_nothing),
        cmocka_unit_test(test_unite_reaches_the_ends_of_the_type),
        cmocka_unit_test(test_period_of_a_year),
        cmocka_unit_test(test_period_of_each_month),
        cmocka_unit_test(test_period_of_quarters_and_halves),
        cmocka_unit_test(test_period_from_day_to_day),
        cmocka_unit_test(test_period_refuses_everything_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
