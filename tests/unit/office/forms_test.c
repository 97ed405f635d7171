/* Writing forms from a result: what a call must not do, and memory that runs out at each allocation in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/office.h"
#include "base/mem.h"

enum { LEADER = 2, MOST_ALLOCATIONS = 100000 };

static assess_scheme *scheme;
static assess_batch *batch;
static assess_result *result;
static char folder[] = "/tmp/forms-test-XXXXXX", file[64], inner[64], own[64];

static int begin(void **state)
{
    (void)state;
    static const char *const ids[] = {"1", "2"}, *const names[] = {"王芳", "李雷"}, *const units[] = {"办公室", "办公室"};
    static const uint32_t subject[] = {0, 0, 1, 1};
    static const uint8_t role[] = {1, LEADER, 1, LEADER};
    static const int64_t tens[] = {9, 9, 7, 7}, sixties[] = {57, 57, 42, 42}, *const values[] = {tens, tens, tens, sixties, tens};
    assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    if (!mkdtemp(folder) || assess_scheme_load("rules/bureau.lua", &o, &scheme, NULL) || assess_batch_new(scheme, NULL, &batch, NULL) ||
        assess_batch_add_people(batch, 2, ids, names, units, NULL, NULL) ||
        assess_batch_add_ballots(batch, 4, subject, NULL, role, values, 0, NULL) || assess_batch_finish(batch, NULL) ||
        assess_result_new(batch, NULL, &result, NULL))
        return -1;
    snprintf(file, sizeof file, "%s/form.html", folder);
    snprintf(inner, sizeof inner, "%s/each", folder);
    snprintf(own, sizeof own, "%s/own.html", folder);
    return 0;
}

static void clear(void)
{
    char path[128];
    unlink(file);
    for (int i = 1; i <= 2; i++) {
        snprintf(path, sizeof path, "%s/%d.html", inner, i);
        unlink(path);
    }
    rmdir(inner);
}

static int end(void **state)
{
    (void)state;
    clear();
    unlink(own);
    assess_result_free(result);
    assess_batch_free(batch);
    assess_scheme_free(scheme);
    return rmdir(folder); /* nothing else was left in it */
}

static void write_own(const char *form)
{
    FILE *f = fopen(own, "w");
    assert_non_null(f);
    fputs(form, f);
    assert_int_equal(fclose(f), 0);
}

static void assert_file(const char *path, const char *expected)
{
    char bytes[512] = {0};
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_true(fread(bytes, 1, sizeof bytes - 1, f) > 0);
    fclose(f);
    assert_string_equal(bytes, expected);
}

/* ---- what is written ---- */

/* 9 × 4 + 57 = 93 of 100: 优秀; 7 × 4 + 42 = 70: 称职 (rules/bureau.lua: 90 and 70). */
static void test_people_stand_in_one_file_or_in_one_each(void **state)
{
    (void)state;
    char path[128], *notices;
    write_own("{{#people}}{{@}} {{id}} {{name}} {{score}} {{grade}} {{?sex}}{{?sex}}\n{{/people}}\n");
    assert_int_equal(assess_office_write_form(result, own, file, NULL, &notices, NULL), ASSESS_OK);
    assert_file(file, "1 1 王芳 93.00 优秀 \n2 2 李雷 70.00 称职 \n");
    assert_non_null(strstr(notices, "sex"));
    assess_text_free(notices);
    assess_office_form_options each = {.size = sizeof each, .separate = 1, .language = ASSESS_EN};
    assert_int_equal(assess_office_write_form(result, own, inner, &each, NULL, NULL), ASSESS_OK);
    snprintf(path, sizeof path, "%s/2.html", inner);
    assert_file(path, "1 2 李雷 70.00 Competent \n");
    clear();
}

static void test_a_chosen_grade_is_named_by_id_or_words(void **state)
{
    (void)state;
    static const char *const grades[] = {"competent", "称职"};
    write_own("{{#people}}{{name}}{{/people}}\n");
    for (int i = 0; i < 2; i++) {
        assess_office_form_options o = {.size = sizeof o, .grade = grades[i], .force = 1};
        assert_int_equal(assess_office_write_form(result, own, file, &o, NULL, NULL), ASSESS_OK);
        assert_file(file, "李雷\n");
    }
    clear();
}

static void test_periods_stand_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *period, *words;
    } periods[] = {{"2026", "2026年度\n"}, {"2026Q1", "2026年第1季度\n"}, {"2026H2", "2026年下半年\n"}, {"2026-03", "2026年3月\n"}, {"2026-11", "2026年11月\n"},
                   {"2026-01-01..2026-06-30", "2026-01-01..2026-06-30\n"}};
    write_own("{{考评期名称}}\n");
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        assess_scheme *other;
        assess_batch *empty;
        assess_result *made;
        static const char *const id[] = {"1"};
        assess_scheme_options o = {.size = sizeof o, .period = periods[i].period};
        assess_office_form_options how = {.size = sizeof how, .force = 1};
        assert_int_equal(assess_scheme_load("rules/bureau.lua", &o, &other, NULL), ASSESS_OK);
        assert_int_equal(assess_batch_new(other, NULL, &empty, NULL), ASSESS_OK);
        assert_int_equal(assess_batch_add_people(empty, 1, id, NULL, NULL, NULL, NULL), ASSESS_OK);
        static const uint32_t subject[] = {0};
        static const uint8_t role[] = {1};
        static const int64_t ten[] = {1}, *const values[] = {ten, ten, ten, ten, ten};
        assert_int_equal(assess_batch_add_ballots(empty, 1, subject, NULL, role, values, 0, NULL), ASSESS_OK);
        assert_int_equal(assess_batch_finish(empty, NULL), ASSESS_OK);
        assert_int_equal(assess_result_new(empty, NULL, &made, NULL), ASSESS_OK);
        assert_int_equal(assess_office_write_form(made, own, file, &how, NULL, NULL), ASSESS_OK);
        assert_file(file, periods[i].words);
        assess_result_free(made);
        assess_batch_free(empty);
        assess_scheme_free(other);
    }
    clear();
}

/* ---- calls that are wrong ---- */

static void assert_wrong(const char *form, const char *path, const assess_office_form_options *o, const char *id)
{
    assess_error err = {0};
    char *notices = (char *)1;
    assert_int_equal(assess_office_write_form(result, form, path, o, &notices, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, id);
    assert_null(notices);
}

static void test_wrong_calls_say_what_is_wrong(void **state)
{
    (void)state;
    static const char *const twice[] = {"a=1", "a=2"}, *const none[] = {"a"}, *const taken[] = {"period=1"}, *const unused[] = {"perio=1"}, *const nobody[] = {"3"};
    write_own("{{a|}}{{#people}}{{name}}{{/people}}");
    assert_wrong(NULL, file, NULL, "call.argument");
    assert_wrong(own, NULL, NULL, "call.argument");
    assert_wrong("no/such.html", file, NULL, "form.no_file");
    assert_wrong(folder, file, NULL, "form.no_file");
    assert_wrong(own, file, &(assess_office_form_options){.size = 1}, "call.options_size");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .language = 7}, "call.argument");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .order = 7}, "call.argument");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .fields = twice, .field_count = 2}, "form.field_twice");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .fields = none, .field_count = 1}, "form.field_form");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .fields = taken, .field_count = 1}, "form.field_taken");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .fields = unused, .field_count = 1}, "form.no_such_field");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .ids = nobody, .id_count = 1}, "form.no_such_id");
    assert_wrong(own, file, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .grade = "x"}, "form.no_such_grade");
    assert_int_equal(access(file, F_OK), -1);
    assert_wrong(own, own, &(assess_office_form_options){.size = sizeof(assess_office_form_options), .force = 1}, "form.over_itself");
    assert_file(own, "{{a|}}{{#people}}{{name}}{{/people}}");
}

static void test_a_form_of_more_than_a_mebibyte_is_refused(void **state)
{
    (void)state;
    FILE *f = fopen(own, "w");
    assert_non_null(f);
    for (int i = 0; i <= 1 << 20; i++)
        putc('x', f);
    fclose(f);
    assert_wrong(own, file, NULL, "form.too_large");
}

static void test_a_form_says_its_title_and_what_it_asks_for(void **state)
{
    (void)state;
    char *title, *fields;
    write_own("{{%标题 名单}}\n{{%填写 电话 咨询 电话}}\n{{%填写 地址 何处}}\n");
    assert_int_equal(assess_office_form_about(own, &title, &fields, NULL), ASSESS_OK);
    assert_string_equal(title, "名单");
    assert_string_equal(fields, "电话\t咨询 电话\n地址\t何处\n");
    assess_text_free(title);
    assess_text_free(fields);
}

/* ---- cancelling ---- */

/* After so many pages. */
static int stop_after(void *user, uint64_t done, uint64_t total)
{
    (void)total;
    return done >= *(const uint64_t *)user;
}

static void assert_cancelled(const char *path, const assess_office_form_options *o, const char *id)
{
    assess_error err = {0};
    assert_int_equal(assess_office_write_form(result, own, path, o, NULL, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, id);
}

/* `end` finds it, should a folder on its way have been left. */
static void test_a_folder_that_is_cancelled_does_not_appear(void **state)
{
    (void)state;
    uint64_t pages = 1;
    assess_office_form_options o = {.size = sizeof o, .separate = 1, .progress = stop_after, .user = &pages};
    write_own("{{#people}}{{name}}{{/people}}\n");
    assert_cancelled(inner, &o, "call.cancelled");
    assert_int_equal(access(inner, F_OK), -1);
}

/* "Nothing was written" would be untrue: the first of two has been replaced, and is whole. */
static void test_a_folder_that_was_there_is_said_to_be_changed(void **state)
{
    (void)state;
    char path[128];
    uint64_t pages = 1;
    assess_office_form_options o = {.size = sizeof o, .separate = 1, .force = 1};
    write_own("{{#people}}{{name}} 1{{/people}}\n");
    assert_int_equal(assess_office_write_form(result, own, inner, &o, NULL, NULL), ASSESS_OK);
    write_own("{{#people}}{{name}} 2{{/people}}\n");
    o.progress = stop_after;
    o.user = &pages;
    assert_cancelled(inner, &o, "call.cancelled_between");
    snprintf(path, sizeof path, "%s/1.html", inner);
    assert_file(path, "王芳 2\n");
    snprintf(path, sizeof path, "%s/2.html", inner);
    assert_file(path, "李雷 1\n");
    clear();
}

static void test_a_file_of_derivations_that_is_cancelled_does_not_appear(void **state)
{
    (void)state;
    uint64_t pages = 1;
    assess_office_form_options o = {.size = sizeof o, .progress = stop_after, .user = &pages};
    write_own("{{#people}}{{derivation}}{{/people}}\n");
    assert_cancelled(file, &o, "call.cancelled");
    assert_int_equal(access(file, F_OK), -1);
}

/* ---- memory ---- */

static void fail_everywhere(const char *path, int separate)
{
    static const char *const fields[] = {"电话=1"}, *const ids[] = {"1", "2"};
    assess_office_form_options o = {.size = sizeof o, .separate = separate, .fields = fields, .field_count = 1, .ids = ids, .id_count = 2};
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        char *notices = NULL;
        mem_fault_after(n);
        status = assess_office_write_form(result, own, path, &o, &notices, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_true(n < MOST_ALLOCATIONS);
        if (status)
            assert_string_equal(err.id, "system.no_memory");
        if (status)
            assert_int_equal(access(path, F_OK), -1);
        clear();
        assess_text_free(notices);
    }
}

static void test_without_memory_nothing_half_written_is_left(void **state)
{
    (void)state;
    write_own("{{%填写 电话 x}}{{%holds name 1x1}}{{#people 等次!=}}{{@}}{{name}}{{?性别}}{{/people}}{{电话}}{{#ballots}}{{role}}{{/ballots}}"
              "{{#people}}{{derivation}}{{/people}}");
    fail_everywhere(file, 0);
    fail_everywhere(inner, 1);
}

static void test_without_memory_a_form_says_nothing_of_itself(void **state)
{
    (void)state;
    assess_status status = ASSESS_E_SYSTEM;
    write_own("{{%title x}}{{%field a b}}{{name}}");
    for (long n = 0; status; n++) {
        assess_error err = {0};
        char *title, *fields;
        mem_fault_after(n);
        status = assess_office_form_about(own, &title, &fields, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || (status == ASSESS_E_SYSTEM && !title && !fields));
        assess_text_free(title);
        assess_text_free(fields);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_stand_in_one_file_or_in_one_each),
        cmocka_unit_test(test_a_chosen_grade_is_named_by_id_or_words),
        cmocka_unit_test(test_periods_stand_in_words),
        cmocka_unit_test(test_wrong_calls_say_what_is_wrong),
        cmocka_unit_test(test_a_form_of_more_than_a_mebibyte_is_refused),
        cmocka_unit_test(test_a_form_says_its_title_and_what_it_asks_for),
        cmocka_unit_test(test_a_folder_that_is_cancelled_does_not_appear),
        cmocka_unit_test(test_a_folder_that_was_there_is_said_to_be_changed),
        cmocka_unit_test(test_a_file_of_derivations_that_is_cancelled_does_not_appear),
        cmocka_unit_test(test_without_memory_nothing_half_written_is_left),
        cmocka_unit_test(test_without_memory_a_form_says_nothing_of_itself),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
