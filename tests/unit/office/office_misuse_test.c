/* office_misuse: what a program must not do with libassess-office, and gets an error for. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "assess/office.h"

static assess_result *make_result(void)
{
    static const char *const paths[] = {"tests/conformance/tables/small"};
    assess_scheme_options about = {.size = sizeof about, .period = "2026"};
    assess_scheme *s = NULL;
    assess_batch *b = NULL;
    assess_result *r = NULL;
    assert_int_equal(assess_scheme_load("rules/bureau.lua", &about, &s, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_new(s, NULL, &b, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_read(b, paths, 1, NULL), ASSESS_OK);
    assert_int_equal(assess_batch_finish(b, NULL), ASSESS_OK);
    assert_int_equal(assess_result_new(b, NULL, &r, NULL), ASSESS_OK);
    assess_batch_free(b);
    assess_scheme_free(s);
    return r;
}

static int make_path(void **state)
{
    char *path = malloc(64);
    snprintf(path, 64, "/tmp/assess-office-misuse-%ld.xlsx", (long)getpid());
    *state = path;
    return 0;
}

static int remove_path(void **state)
{
    unlink(*state);
    free(*state);
    return 0;
}

static int free_it(void *user, uint64_t done, uint64_t total)
{
    (void)done;
    (void)total;
    assess_result_free(user);
    return 0;
}

/* The result goes when the call has ended, with an error: it is no longer there to be written whole. */
static void test_a_result_freed_while_it_is_written_is_an_error(void **state)
{
    assess_result *r = make_result();
    assess_office_results_options o = {.size = sizeof o, .progress = free_it, .user = r};
    assess_error err = {0};
    assert_int_equal(assess_office_write_results(r, *state, &o, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.freed");
    assert_int_equal(access(*state, F_OK), -1);
}

static void test_what_is_missing_or_no_result_is_refused(void **state)
{
    assess_table *table = NULL;
    assess_result *r = make_result();
    assess_error none = {0}, other = {0}, path = {0};
    assert_int_equal(assess_result_table(r, "about", ASSESS_EN, &table, NULL), ASSESS_OK);
    assert_int_equal(assess_office_write_results(NULL, *state, NULL, &none), ASSESS_E_CALL);
    assert_int_equal(assess_office_write_results((assess_result *)(void *)table, *state, NULL, &other), ASSESS_E_CALL);
    assert_int_equal(assess_office_write_results(r, NULL, NULL, &path), ASSESS_E_CALL);
    assert_string_equal(none.id, "call.argument");
    assert_string_equal(other.id, "call.other_handle");
    assert_string_equal(path.id, "call.argument");
    assess_table_free(table);
    assess_result_free(r);
}

/* 40: with `user` as its last field, as the struct was released first. */
static void test_options_of_every_size_are_errors_or_taken(void **state)
{
    assess_result *r = make_result();
    for (size_t size = 0; size <= sizeof(assess_office_results_options); size += 4) {
        assess_office_results_options o = {.size = size, .force = 1};
        assess_error err = {0};
        assess_status status = assess_office_write_results(r, *state, &o, &err);
        assert_int_equal(status, size < 40 ? ASSESS_E_CALL : ASSESS_OK);
        assert_string_equal(err.id, size < 40 ? "call.options_size" : "");
    }
    assess_result_free(r);
}

/* An older libassess asks for the first version of these structs, a newer one for more: a sheet's name comes either way. */
static void test_the_reader_fills_structs_that_are_too_small_with_nothing(void **state)
{
    const assess_workbook_reader *reader = assess_office_workbooks();
    struct { assess_workbook_sheet known; const char *more; } newer = {.known.size = sizeof newer, .more = "left over"};
    assess_workbook_sheet small = {.size = 8, .name = "mine"};
    assess_workbook *book = NULL;
    static unsigned char bytes[1 << 18];
    assess_result *r = make_result();
    assert_int_equal(assess_office_write_results(r, *state, NULL, NULL), ASSESS_OK);
    assess_result_free(r);
    FILE *f = fopen(*state, "rb");
    assert_non_null(f);
    size_t length = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    assert_int_equal(reader->open(reader->user, bytes, length, &book), ASSESS_WORKBOOK_FINE);
    reader->sheet(book, 0, &newer.known);
    assert_true(newer.known.name && *newer.known.name);
    assert_null(newer.more);
    reader->sheet(book, 0, &small);
    assert_string_equal(small.name, "mine");
    reader->close(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_result_freed_while_it_is_written_is_an_error, make_path, remove_path),
        cmocka_unit_test_setup_teardown(test_what_is_missing_or_no_result_is_refused, make_path, remove_path),
        cmocka_unit_test_setup_teardown(test_options_of_every_size_are_errors_or_taken, make_path, remove_path),
        cmocka_unit_test_setup_teardown(test_the_reader_fills_structs_that_are_too_small_with_nothing, make_path, remove_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
