/* Outputs appear whole or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/exchange.h"

/* A folder of its own for each test; the target is `out.csv` in it. */
typedef struct place {
    char folder[64], target[96];
} place;

static int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    strcpy(p->folder, "/tmp/assess-output-XXXXXX");
    *state = p;
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->target, sizeof p->target, "%s/out.csv", p->folder);
    return 0;
}

static int remove_place(void **state)
{
    place *p = *state;
    chmod(p->folder, 0700);
    unlink(p->target);
    rmdir(p->target);
    int result = rmdir(p->folder); /* fails when a temporary file was left */
    free(p);
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

static void assert_content(const char *path, const char *expected)
{
    char content[256] = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(content, 1, sizeof content - 1, file);
    fclose(file);
    assert_int_equal(length, strlen(expected));
    assert_string_equal(content, expected);
}

static void put(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void assert_refused(const char *path, bool force, assess_status status, const char *id)
{
    output *o = (output *)1;
    assess_error err = {0};
    assert_int_equal(output_open(path, force, &o, &err), status);
    assert_null(o);
    assert_string_equal(err.id, id);
    assert_string_equal(err.file, path);
}

/* ---- the way it goes ---- */

static void test_nothing_appears_before_the_commit(void **state)
{
    const place *p = *state;
    output *o;
    assert_int_equal(output_open(p->target, false, &o, NULL), ASSESS_OK);
    output_write(o, "abc", 3);
    assert_int_equal(access(p->target, F_OK), -1);
    output_write(o, "", 0);
    output_write(o, "def\n", 4);
    assert_int_equal(output_commit(o, NULL), ASSESS_OK);
    assert_content(p->target, "abcdef\n");
    assert_int_equal(files_in(p->folder), 1);
}

/* Hardening 5: “Outputs are written beside their target, 0600”. */
static void test_the_file_is_for_its_owner_only(void **state)
{
    const place *p = *state;
    struct stat about;
    output *o;
    mode_t before = umask(0);
    assert_int_equal(output_open(p->target, false, &o, NULL), ASSESS_OK);
    assert_int_equal(output_commit(o, NULL), ASSESS_OK);
    umask(before);
    assert_int_equal(stat(p->target, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(about.st_size, 0);
}

static void test_discarding_leaves_nothing(void **state)
{
    const place *p = *state;
    output *o;
    assert_int_equal(output_open(p->target, false, &o, NULL), ASSESS_OK);
    output_write(o, "abc", 3);
    output_discard(o);
    output_discard(NULL);
    assert_int_equal(files_in(p->folder), 0);
}

static void test_large_and_small_writes_come_out_in_order(void **state)
{
    enum { BLOCK = 300 * 1024, BLOCKS = 5 };
    const place *p = *state;
    char *block = malloc(BLOCK), *back = malloc(BLOCK);
    output *o;
    assert_int_equal(output_open(p->target, false, &o, NULL), ASSESS_OK);
    for (int i = 0; i < BLOCKS; i++) {
        memset(block, 'a' + i, BLOCK);
        output_write(o, block, BLOCK);
        output_write(o, "-", 1);
    }
    assert_int_equal(output_commit(o, NULL), ASSESS_OK);
    FILE *file = fopen(p->target, "rb");
    for (int i = 0; i < BLOCKS; i++) {
        memset(block, 'a' + i, BLOCK);
        assert_int_equal(fread(back, 1, BLOCK, file), BLOCK);
        assert_memory_equal(back, block, BLOCK);
        assert_int_equal(fgetc(file), '-');
    }
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    free(block);
    free(back);
}

/* ---- what exists ---- */

/* Contract: “an existing result is never overwritten without `--force`”. */
static void test_an_existing_file_is_left_alone(void **state)
{
    const place *p = *state;
    put(p->target, "mine");
    assert_refused(p->target, false, ASSESS_E_CALL, "output.exists");
    assert_content(p->target, "mine");
    assert_int_equal(files_in(p->folder), 1);
}

static void test_a_file_that_appears_meanwhile_is_left_alone(void **state)
{
    const place *p = *state;
    assess_error err = {0};
    output *o;
    assert_int_equal(output_open(p->target, false, &o, NULL), ASSESS_OK);
    output_write(o, "abc", 3);
    put(p->target, "mine");
    assert_int_equal(output_commit(o, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "output.exists");
    assert_content(p->target, "mine");
    assert_int_equal(files_in(p->folder), 1);
}

static void test_force_replaces_a_file_at_the_end(void **state)
{
    const place *p = *state;
    output *o;
    put(p->target, "old");
    assert_int_equal(output_open(p->target, true, &o, NULL), ASSESS_OK);
    output_write(o, "new", 3);
    assert_content(p->target, "old");
    assert_int_equal(output_commit(o, NULL), ASSESS_OK);
    assert_content(p->target, "new");
    assert_int_equal(files_in(p->folder), 1);
}

static void test_a_link_is_replaced_and_not_followed(void **state)
{
    const place *p = *state;
    char other[128];
    struct stat about;
    output *o;
    snprintf(other, sizeof other, "%s/other", p->folder);
    put(other, "precious");
    assert_int_equal(symlink(other, p->target), 0);
    assert_refused(p->target, false, ASSESS_E_CALL, "output.exists");
    assert_int_equal(output_open(p->target, true, &o, NULL), ASSESS_OK);
    output_write(o, "new", 3);
    assert_int_equal(output_commit(o, NULL), ASSESS_OK);
    assert_content(other, "precious");
    assert_int_equal(lstat(p->target, &about), 0);
    assert_true(S_ISREG(about.st_mode));
    unlink(other);
}

static void test_a_folder_is_never_replaced(void **state)
{
    const place *p = *state;
    assert_int_equal(mkdir(p->target, 0700), 0);
    assert_refused(p->target, false, ASSESS_E_CALL, "output.is_folder");
    assert_refused(p->target, true, ASSESS_E_CALL, "output.is_folder");
}

/* ---- what fails ---- */

static void test_a_missing_folder_is_a_wrong_call(void **state)
{
    const place *p = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/none/out.csv", p->folder);
    assert_refused(path, false, ASSESS_E_CALL, "output.no_folder");
    assert_refused("", false, ASSESS_E_CALL, "output.no_folder");
}

static void test_a_forbidden_folder_is_a_failure_of_the_machine(void **state)
{
    const place *p = *state;
    if (geteuid() == 0) /* root writes everywhere */
        return;
    assert_int_equal(chmod(p->folder, 0500), 0);
    assert_refused(p->target, false, ASSESS_E_SYSTEM, "output.denied");
}

/* A limit on the size of files stands for a full disk. */
static void test_a_full_disk_leaves_nothing_half_written(void **state)
{
    enum { BLOCK = 300 * 1024 };
    const place *p = *state;
    struct rlimit before, small;
    char *block = calloc(1, BLOCK);
    assess_error err = {0};
    output *o;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100 * 1024;
    put(p->target, "old");
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(output_open(p->target, true, &o, NULL), ASSESS_OK);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    output_write(o, block, BLOCK);
    output_write(o, "x", 1);
    assess_status status = output_commit(o, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, ASSESS_E_SYSTEM);
    assert_string_equal(err.id, "output.disk_full");
    assert_content(p->target, "old");
    assert_int_equal(files_in(p->folder), 1);
    free(block);
}

static void test_every_failing_allocation_is_reported(void **state)
{
    const place *p = *state;
    assess_status status = ASSESS_E_SYSTEM;
    for (long successes = 0; status != ASSESS_OK; successes++) {
        output *o = NULL;
        assess_error err = {0};
        mem_fault_after(successes);
        status = output_open(p->target, false, &o, &err);
        mem_fault_after(-1);
        assert_int_equal(status, err.status);
        assert_true(status == ASSESS_OK || (status == ASSESS_E_SYSTEM && !o));
        output_discard(o);
        assert_int_equal(files_in(p->folder), 0);
    }
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(test_nothing_appears_before_the_commit),
        IN_PLACE(test_the_file_is_for_its_owner_only),
        IN_PLACE(test_discarding_leaves_nothing),
        IN_PLACE(test_large_and_small_writes_come_out_in_order),
        IN_PLACE(test_an_existing_file_is_left_alone),
        IN_PLACE(test_a_file_that_appears_meanwhile_is_left_alone),
        IN_PLACE(test_force_replaces_a_file_at_the_end),
        IN_PLACE(test_a_link_is_replaced_and_not_followed),
        IN_PLACE(test_a_folder_is_never_replaced),
        IN_PLACE(test_a_missing_folder_is_a_wrong_call),
        IN_PLACE(test_a_forbidden_folder_is_a_failure_of_the_machine),
        IN_PLACE(test_a_full_disk_leaves_nothing_half_written),
        IN_PLACE(test_every_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
