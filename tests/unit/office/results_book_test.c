/* results.xlsx through the public interface: what a caller can do wrong, and what happens when the machine fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assess/office.h"
#include "base/mem.h"

typedef struct fixture {
    char folder[64], target[96];
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    const char *inputs[] = {"examples/democratic-review"};
    *state = f;
    strcpy(f->folder, "/tmp/assess-results-XXXXXX");
    if (!mkdtemp(f->folder))
        return -1;
    snprintf(f->target, sizeof f->target, "%s/results.xlsx", f->folder);
    assess_scheme_options options = {.size = sizeof options, .period = "2026"};
    if (assess_scheme_load("rules/democratic-review.lua", &options, &f->scheme, NULL) != ASSESS_OK)
        return -1;
    if (assess_batch_new(f->scheme, NULL, &f->batch, NULL) != ASSESS_OK || assess_batch_read(f->batch, inputs, 1, NULL) != ASSESS_OK)
        return -1;
    return assess_batch_finish(f->batch, NULL) == ASSESS_OK && assess_result_new(f->batch, NULL, &f->result, NULL) == ASSESS_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    assess_result_free(f->result);
    assess_batch_free(f->batch);
    assess_scheme_free(f->scheme);
    unlink(f->target);
    int result = rmdir(f->folder); /* fails when a temporary file was left */
    free(f);
    return result;
}

static size_t files_in(const char *folder)
{
    DIR *stream = opendir(folder);
    size_t count = 0;
    assert_non_null(stream);
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(stream);
    return count;
}

static assess_status write_to(const fixture *f, const char *path, int force, assess_error *err)
{
    assess_office_results_options options = {.size = sizeof options, .language = ASSESS_EN, .force = force};
    return assess_office_write_results(f->result, path, &options, err);
}

static void a_workbook_for_its_owner_alone(void **state)
{
    const fixture *f = *state;
    struct stat about;
    assert_int_equal(assess_office_write_results(f->result, f->target, NULL, NULL), ASSESS_OK);
    assert_int_equal(stat(f->target, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(files_in(f->folder), 1);
}

static void what_is_there_is_replaced_only_by_force(void **state)
{
    const fixture *f = *state;
    assess_error err = {0};
    assert_int_equal(write_to(f, f->target, 0, NULL), ASSESS_OK);
    assert_int_equal(write_to(f, f->target, 0, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.file_exists");
    assert_int_equal(write_to(f, f->target, 1, NULL), ASSESS_OK);
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    const fixture *f = *state;
    assess_error err = {0};
    assert_int_equal(write_to(f, "/nowhere/results.xlsx", 0, &err), ASSESS_E_SYSTEM);
    assert_non_null(strstr(err.message[ASSESS_EN], "/nowhere/results.xlsx"));
}

static void wrong_arguments_are_refused(void **state)
{
    const fixture *f = *state;
    assess_error err = {0};
    assert_int_equal(assess_office_write_results(NULL, f->target, NULL, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.argument");
    assert_int_equal(assess_office_write_results(f->result, NULL, NULL, NULL), ASSESS_E_CALL);
    assess_office_results_options options = {.size = 0};
    assert_int_equal(assess_office_write_results(f->result, f->target, &options, NULL), ASSESS_E_CALL);
    options = (assess_office_results_options){.size = sizeof options, .language = ASSESS_LANGUAGE_COUNT};
    assert_int_equal(assess_office_write_results(f->result, f->target, &options, NULL), ASSESS_E_CALL);
    assert_int_equal(files_in(f->folder), 0);
}

static int stop_at_once(void *user, uint64_t done, uint64_t total)
{
    (void)user, (void)done, (void)total;
    return 1;
}

static void a_cancelled_workbook_leaves_nothing(void **state)
{
    const fixture *f = *state;
    assess_error err = {0};
    assess_office_results_options options = {.size = sizeof options, .progress = stop_at_once};
    assert_int_equal(assess_office_write_results(f->result, f->target, &options, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.cancelled");
    assert_int_equal(files_in(f->folder), 0);
}

static char *bytes_of(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = (size_t)ftell(file);
    char *bytes = malloc(*length);
    rewind(file);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    fclose(file);
    return bytes;
}

/* Every 7th allocation fails, as do all behind it: an error and no file, or the same file as ever. */
static void without_memory_there_is_an_error_or_the_whole_workbook(void **state)
{
    const fixture *f = *state;
    size_t expected_length, length;
    assert_int_equal(write_to(f, f->target, 1, NULL), ASSESS_OK);
    char *expected = bytes_of(f->target, &expected_length);
    assess_status status = ASSESS_E_SYSTEM;
    unlink(f->target);
    for (long allowed = 0; status != ASSESS_OK; allowed += 7) {
        assess_error err = {0};
        mem_fault_after(allowed);
        status = write_to(f, f->target, 0, &err);
        mem_fault_after(-1);
        assert_int_equal(files_in(f->folder), status == ASSESS_OK);
        assert_true(status == ASSESS_OK || strcmp(err.id, "system.no_memory") == 0);
    }
    char *bytes = bytes_of(f->target, &length);
    assert_int_equal(length, expected_length);
    assert_memory_equal(bytes, expected, length);
    free(bytes);
    free(expected);
}

#define WITH_RESULT(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RESULT(a_workbook_for_its_owner_alone),
        WITH_RESULT(what_is_there_is_replaced_only_by_force),
        WITH_RESULT(a_folder_that_is_not_there_is_named),
        WITH_RESULT(wrong_arguments_are_refused),
        WITH_RESULT(a_cancelled_workbook_leaves_nothing),
        WITH_RESULT(without_memory_there_is_an_error_or_the_whole_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
