/* The calendar of working days: the file of the rules against what the State Council announced, and small ones by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/calendar.h"

typedef struct made_calendar {
    arena memory;
    char *bytes;
    calendar c;
    message wrong;
    uint32_t line;
} made_calendar;

static bool read_text(made_calendar *m, const char *bytes)
{
    *m = (made_calendar){.bytes = NULL};
    return calendar_read(text_of(bytes), &m->memory, &m->c, &m->wrong, &m->line);
}

static int open_published(void **state)
{
    static made_calendar m;
    FILE *f = fopen("rules/calendar.csv", "rb");
    char *bytes = f ? calloc(1, 1 << 18) : NULL;
    if (!bytes)
        return -1;
    fread(bytes, 1, (1 << 18) - 1, f);
    fclose(f);
    bool fine = read_text(&m, bytes);
    m.bytes = bytes;
    *state = &m;
    return fine ? 0 : -1;
}

static int close_published(void **state)
{
    made_calendar *m = *state;
    free(m->bytes);
    arena_free(&m->memory);
    return 0;
}

static date day_of(const char *written)
{
    date d = DATE_NONE;
    assert_int_equal(date_parse(written, strlen(written), &d), DATE_OK);
    return d;
}

static bool works(const calendar *c, const char *written) { return calendar_count(c, day_of(written) - 1, day_of(written)) == 1; }

static int32_t count(const calendar *c, const char *from, const char *to) { return calendar_count(c, day_of(from), day_of(to)); }

static void step_to(const calendar *c, const char *from, int64_t n, const char *expected, int line)
{
    char found[16];
    date d;
    _assert_true(calendar_step(c, day_of(from), n, &d), "covered", __FILE__, line);
    date_print(d, found);
    _assert_string_equal(found, expected, __FILE__, line);
}
#define assert_step(c, from, n, expected) step_to((c), (from), (n), (expected), __LINE__)

/* ---- what was announced ---- */

/* 国务院办公厅关于2026年部分节假日安排的通知: 春节 2月15日至23日放假, 2月14日、28日上班. */
static void test_spring_festival_2026(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_true(works(c, "2026-02-13"));
    assert_true(works(c, "2026-02-14")); /* a Saturday */
    for (int day = 15; day <= 23; day++) {
        char written[16];
        snprintf(written, sizeof written, "2026-02-%d", day);
        assert_false(works(c, written));
    }
    assert_true(works(c, "2026-02-24"));
    assert_true(works(c, "2026-02-28")); /* a Saturday */
    assert_false(works(c, "2026-03-01"));
}

/* 关于2025年部分节假日安排的通知: 国庆节、中秋节 10月1日至8日放假, 9月28日、10月11日上班. */
static void test_national_day_2025(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_true(works(c, "2025-09-28")); /* a Sunday */
    assert_true(works(c, "2025-09-30"));
    for (int day = 1; day <= 8; day++) {
        char written[16];
        snprintf(written, sizeof written, "2025-10-0%d", day);
        assert_false(works(c, written));
    }
    assert_true(works(c, "2025-10-09"));
    assert_true(works(c, "2025-10-11")); /* a Saturday */
    assert_false(works(c, "2025-10-12"));
}

/* 2019 年通知: 2018年12月29日上班, 12月30日至2019年1月1日放假: a year's notice speaks of the year before. */
static void test_new_year_of_2019_reaches_into_2018(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_true(works(c, "2018-12-29")); /* a Saturday */
    assert_false(works(c, "2018-12-31")); /* a Monday */
    assert_true(works(c, "2019-01-02"));
}

/* 2020: the Spring Festival holiday was extended to 2 February. */
static void test_extended_spring_festival_2020(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_false(works(c, "2020-01-31")); /* a Friday */
    assert_true(works(c, "2020-02-03"));
}

/* Published totals of the announced years: 248, 248 and 251 working days. */
static void test_working_days_of_whole_years(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_int_equal(count(c, "2025-12-31", "2026-12-31"), 248);
    assert_int_equal(count(c, "2024-12-31", "2025-12-31"), 248);
    assert_int_equal(count(c, "2023-12-31", "2024-12-31"), 251);
}

static void test_years_from_2007_to_2026_are_covered(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_false(calendar_covers(c, day_of("2006-12-31")));
    assert_true(calendar_covers(c, day_of("2007-01-01")));
    assert_true(calendar_covers(c, day_of("2026-12-31")));
    assert_false(calendar_covers(c, day_of("2027-01-01")));
}

/* ---- counting ---- */

static void test_count_leaves_the_first_day_out(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_int_equal(count(c, "2026-02-13", "2026-02-13"), 0);
    assert_int_equal(count(c, "2026-02-13", "2026-02-14"), 1);
    assert_int_equal(count(c, "2026-02-13", "2026-02-24"), 2);
    assert_int_equal(count(c, "2026-02-24", "2026-02-13"), 0); /* not later */
}

static void test_steps_go_to_working_days_only(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    assert_step(c, "2026-02-13", 1, "2026-02-14");
    assert_step(c, "2026-02-13", 2, "2026-02-24");
    assert_step(c, "2026-02-15", 1, "2026-02-24"); /* from a holiday on */
    assert_step(c, "2026-02-15", 0, "2026-02-15");
    assert_step(c, "2026-02-24", -1, "2026-02-14");
    assert_step(c, "2026-02-20", -1, "2026-02-14"); /* from a holiday back */
    assert_step(c, "2026-02-14", -1, "2026-02-13");
}

/* Counting up to the n-th working day gives n, from every day of a year. */
static void test_counting_and_stepping_agree(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    for (date d = day_of("2025-01-01"); d <= day_of("2025-12-31"); d++)
        for (int n = 1; n <= 30; n++) {
            date to;
            assert_true(calendar_step(c, d, n, &to));
            assert_int_equal(calendar_count(c, d, to), n);
        }
}

static void test_step_out_of_the_calendar_tells_the_year(void **state)
{
    const calendar *c = &((made_calendar *)*state)->c;
    date d;
    assert_false(calendar_step(c, day_of("2026-12-31"), 1, &d));
    assert_int_equal(d, day_of("2027-01-01"));
    assert_false(calendar_step(c, day_of("2007-01-01"), -1, &d));
    assert_int_equal(d, day_of("2006-12-31"));
    assert_false(calendar_step(c, day_of("2026-06-01"), INT64_MAX, &d));
    assert_false(calendar_step(c, day_of("2026-06-01"), INT64_MIN + 1, &d));
    assert_false(calendar_step(c, day_of("2030-06-01"), 1, &d));
    assert_int_equal(d, day_of("2030-06-01"));
}

/* ---- reading ---- */

static void assert_wrong(const char *bytes, message_id id, uint32_t line)
{
    made_calendar m;
    assert_false(read_text(&m, bytes));
    assert_int_equal(m.wrong.id, id);
    assert_int_equal(m.line, line);
    arena_free(&m.memory);
}

static void test_remarks_line_ends_and_blanks_are_taken(void **state)
{
    (void)state;
    made_calendar m;
    assert_true(read_text(&m, "# said\r\n\r\ndate,kind,name\r\n2026-01-01 , holiday,元旦\r\n# more\r\n2026-01-03,workday,"));
    assert_int_equal(m.c.first, day_of("2026-01-01"));
    assert_int_equal(m.c.last, day_of("2026-12-31"));
    assert_int_equal(count(&m.c, "2026-01-01", "2026-01-04"), 2); /* Friday and the Saturday that is worked */
    arena_free(&m.memory);
}

static void test_rows_out_of_order_are_refused(void **state)
{
    (void)state;
    assert_wrong("date,kind,name\n2026-01-02,holiday,a\n2026-01-01,holiday,a\n", MSG_rules_calendar_row, 3);
    assert_wrong("date,kind,name\n2026-01-01,holiday,a\n2026-02-30,holiday,a\n", MSG_rules_calendar_row, 3);
    assert_wrong("date,kind,name\n\n2026-01-01,off,a\n", MSG_rules_calendar_row, 3);
}

static void test_missing_year_is_named(void **state)
{
    (void)state;
    made_calendar m;
    assert_false(read_text(&m, "date,kind,name\n2023-01-01,holiday,a\n2026-01-01,holiday,a\n"));
    assert_int_equal(m.wrong.id, MSG_rules_calendar_gap);
    assert_memory_equal(m.wrong.args[0].bytes, "2024", 4);
    arena_free(&m.memory);
}

static void test_file_without_a_year_is_refused(void **state)
{
    (void)state;
    assert_wrong("", MSG_rules_calendar_empty, 1);
    assert_wrong("date,kind,name\n2026-10-01,holiday,a\n", MSG_rules_calendar_empty, 2);
}

static void test_reading_without_memory_says_so(void **state)
{
    (void)state;
    bool done = false;
    for (long n = 0; !done; n++) {
        made_calendar m;
        mem_fault_after(n);
        done = read_text(&m, "date,kind,name\n2026-01-01,holiday,a\n");
        mem_fault_after(-1);
        if (!done)
            assert_int_equal(m.wrong.id, MSG_no_memory);
        arena_free(&m.memory);
    }
}

int main(void)
{
    const struct CMUnitTest published[] = {
        cmocka_unit_test(test_spring_festival_2026),
        cmocka_unit_test(test_national_day_2025),
        cmocka_unit_test(test_new_year_of_2019_reaches_into_2018),
        cmocka_unit_test(test_extended_spring_festival_2020),
        cmocka_unit_test(test_working_days_of_whole_years),
        cmocka_unit_test(test_years_from_2007_to_2026_are_covered),
        cmocka_unit_test(test_count_leaves_the_first_day_out),
        cmocka_unit_test(test_steps_go_to_working_days_only),
        cmocka_unit_test(test_counting_and_stepping_agree),
        cmocka_unit_test(test_step_out_of_the_calendar_tells_the_year),
    };
    const struct CMUnitTest reading[] = {
        cmocka_unit_test(test_remarks_line_ends_and_blanks_are_taken),
        cmocka_unit_test(test_rows_out_of_order_are_refused),
        cmocka_unit_test(test_missing_year_is_named),
        cmocka_unit_test(test_file_without_a_year_is_refused),
        cmocka_unit_test(test_reading_without_memory_says_so),
    };
    return cmocka_run_group_tests_name("published calendar", published, open_published, close_published) +
           cmocka_run_group_tests_name("calendar files", reading, NULL, NULL);
}
