/* office/report: the call, what it does with names, long tables and want of memory. How a report reads is a matter of
 * tests/product/report_test.py. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "assess/office.h"
#include "base/mem.h"

enum { PEOPLE = 3, LEADER = 2, MOST_ALLOCATIONS = 200000 };

typedef struct made {
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
} made;

/* Everybody has the same ballots: full marks from a peer and from the leader. */
static void add_ballots(assess_batch *b)
{
    static const uint32_t subject[] = {0, 0, 1, 1, 2, 2};
    static const uint8_t role[] = {1, LEADER, 1, LEADER, 1, LEADER};
    static const int64_t tens[] = {10, 10, 10, 10, 10, 10}, sixties[] = {60, 60, 60, 60, 60, 60}, *const values[] = {tens, tens, tens, sixties, tens};
    assert_int_equal(assess_batch_add_ballots(b, 2 * PEOPLE, subject, NULL, role, values, 0, NULL), ASSESS_OK);
}

static int open_result(void **state)
{
    static const char *const ids[PEOPLE] = {"1", "2", "3"}, *const folders[] = {"rules"};
    static const char turned[] = "A\xE2\x80\xAE"
                                 "B&"; /* in two, or the B would be a digit of the byte before it */
    static const char *const names[PEOPLE] = {"<script>alert(1)</script>", "\" onload='x'", turned}, *const units[PEOPLE] = {"甲", "甲", "</svg>"};
    static made m;
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .period = "2026"};
    *state = &m;
    assert_int_equal(assess_scheme_load("bureau", &o, &m.scheme, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_new(m.scheme, NULL, &m.batch, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_add_people(m.batch, PEOPLE, ids, names, units, NULL, NULL), ASSESS_OK);
    add_ballots(m.batch);
    assert_int_equal(assess_batch_finish(m.batch, NULL), ASSESS_OK);
    return assess_result_new(m.batch, NULL, &m.result, NULL);
}

static int close_result(void **state)
{
    made *m = *state;
    assess_result_free(m->result);
    assess_batch_free(m->batch);
    assess_scheme_free(m->scheme);
    return 0;
}

static char *report_of(void **state, const assess_office_report_options *o)
{
    char *page = NULL;
    size_t length;
    assess_error err = {0};
    assert_int_equal(assess_office_report(((made *)*state)->result, o, &page, &length, &err), ASSESS_OK);
    assert_int_equal(strlen(page), length);
    return page;
}

static void test_names_are_text_whatever_they_hold(void **state)
{
    char *page = report_of(state, NULL);
    assert_null(strstr(page, "<script"));
    assert_non_null(strstr(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_non_null(strstr(page, "&quot; onload=&#39;x&#39;"));
    assert_non_null(strstr(page, "A\\u202eB&amp;"));
    assert_non_null(strstr(page, ">&lt;/svg&gt;</text>")); /* a unit's name in the picture */
    assess_text_free(page);
}

static void test_chinese_is_the_language_that_is_not_asked_for(void **state)
{
    char *page = report_of(state, NULL);
    assert_non_null(strstr(page, "<html lang=\"zh-CN\">"));
    assess_text_free(page);
}

/* Three people, two shown: one more. */
static void test_a_long_table_is_cut_and_says_by_how_much(void **state)
{
    assess_office_report_options o = {.size = sizeof o, .language = ASSESS_EN, .rows = 2};
    char *page = report_of(state, &o);
    assert_non_null(strstr(page, "The first 2 rows are shown; 1 more is in the workbook"));
    assess_text_free(page);
}

/* Two units, one bar: one more in the table. */
static void test_a_picture_is_cut_and_says_by_how_much(void **state)
{
    assess_office_report_options o = {.size = sizeof o, .language = ASSESS_EN, .bars = 1};
    char *page = report_of(state, &o);
    assert_non_null(strstr(page, "Figure 3: By unit (1 more in the table below)"));
    assess_text_free(page);
}

static void test_the_call_is_checked(void **state)
{
    made *m = *state;
    assess_office_report_options small = {.size = 1}, language = {.size = sizeof language, .language = ASSESS_LANGUAGE_COUNT};
    char *page = NULL;
    assert_int_equal(assess_office_report(NULL, NULL, &page, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_report(m->result, NULL, NULL, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_report(m->result, &small, &page, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_report(m->result, &language, &page, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_write_report(m->result, NULL, NULL, NULL), ASSESS_E_CALL);
    assert_null(page);
}

/* ---- the file ---- */

static void test_the_file_holds_the_same_bytes_for_its_owner_alone(void **state)
{
    char folder[] = "/tmp/report-XXXXXX", path[64], *page = report_of(state, NULL);
    struct stat s;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/report.html", folder);
    assert_int_equal(assess_office_write_report(((made *)*state)->result, path, NULL, NULL), ASSESS_OK);
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_size, strlen(page));
    assert_int_equal(s.st_mode & 0777, 0600);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0); /* nothing else is left in it */
    assess_text_free(page);
}

static void test_what_exists_is_replaced_only_by_force(void **state)
{
    char path[] = "/tmp/report-XXXXXX";
    struct stat s;
    assess_office_report_options o = {.size = sizeof o, .force = 1};
    close(mkstemp(path));
    assert_int_equal(assess_office_write_report(((made *)*state)->result, path, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(stat(path, &s), 0);
    assert_int_equal(s.st_size, 0);
    assert_int_equal(assess_office_write_report(((made *)*state)->result, path, &o, NULL), ASSESS_OK);
    assert_int_equal(stat(path, &s), 0);
    assert_true(s.st_size > 0);
    unlink(path);
}

static void test_a_folder_that_is_not_there_is_said(void **state)
{
    assess_error err = {0};
    assert_int_equal(assess_office_write_report(((made *)*state)->result, "/tmp/no/such/folder/report.html", NULL, &err), ASSESS_E_SYSTEM);
    assert_string_equal(err.file, "/tmp/no/such/folder/report.html");
}

/* Every allocation is made to fail in turn: it says so, and leaves nothing behind. */
static void test_a_report_is_made_whole_or_not_at_all(void **state)
{
    char *page = NULL;
    assess_status s = ASSESS_E_SYSTEM;
    for (long n = 0; s; n += n < 200 ? 1 : 37) {
        assess_error err = {0};
        mem_fault_after(n);
        s = assess_office_report(((made *)*state)->result, NULL, &page, NULL, &err);
        mem_fault_after(-1);
        assert_true(s == ASSESS_OK || s == ASSESS_E_SYSTEM);
        assert_true(n < MOST_ALLOCATIONS);
        if (s)
            assert_string_equal(err.id, "system.no_memory");
    }
    assess_text_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_text_whatever_they_hold),
        cmocka_unit_test(test_chinese_is_the_language_that_is_not_asked_for),
        cmocka_unit_test(test_a_long_table_is_cut_and_says_by_how_much),
        cmocka_unit_test(test_a_picture_is_cut_and_says_by_how_much),
        cmocka_unit_test(test_the_call_is_checked),
        cmocka_unit_test(test_the_file_holds_the_same_bytes_for_its_owner_alone),
        cmocka_unit_test(test_what_exists_is_replaced_only_by_force),
        cmocka_unit_test(test_a_folder_that_is_not_there_is_said),
        cmocka_unit_test(test_a_report_is_made_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, open_result, close_result);
}
