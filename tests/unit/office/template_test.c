/* office: the template appears whole or not at all, whatever fails. What stands in it: tests/product/template_test.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <unistd.h>

#include "assess/office.h"
#include "base/mem.h"

typedef struct made {
    assess_scheme *scheme;
    assess_batch *batch;
    char folder[64], people[96], raters[96], target[96];
} made;

static void write_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static int start(void **state)
{
    static made m;
    const char *folders[] = {"rules"}, *paths[] = {m.people, m.raters};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .period = "2026"};
    assess_error err = {0};
    strcpy(m.folder, "/tmp/assess-template-XXXXXX");
    assert_non_null(mkdtemp(m.folder));
    snprintf(m.people, sizeof m.people, "%s/people.csv", m.folder);
    snprintf(m.raters, sizeof m.raters, "%s/raters.csv", m.folder);
    snprintf(m.target, sizeof m.target, "%s/target", m.folder);
    write_file(m.people, "id,name,unit\n1,甲,一科\n2,乙,一科\n");
    write_file(m.raters, "rater,role,name\n1,peer,甲\nL/1,leader,李\n");
    assert_int_equal(assess_scheme_load("bureau", &o, &m.scheme, &err), ASSESS_OK);
    assert_int_equal(assess_batch_new(m.scheme, NULL, &m.batch, &err), ASSESS_OK);
    assert_int_equal(assess_batch_read(m.batch, paths, 2, &err), ASSESS_OK);
    *state = &m;
    return 0;
}

static void remove_files(const char *folder)
{
    DIR *stream = opendir(folder);
    for (struct dirent *e; stream && (e = readdir(stream)) != NULL;) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] != '.')
            unlink(path);
    }
    if (stream)
        closedir(stream);
    rmdir(folder);
}

static int end(void **state)
{
    made *m = *state;
    remove_files(m->target);
    unlink(m->target);
    unlink(m->people);
    unlink(m->raters);
    assess_batch_free(m->batch);
    assess_scheme_free(m->scheme);
    return rmdir(m->folder); /* fails when something else was left */
}

static size_t files_in(const char *folder)
{
    DIR *stream = opendir(folder);
    size_t count = 0;
    if (!stream)
        return 0;
    for (struct dirent *e; (e = readdir(stream)) != NULL;)
        count += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(stream);
    return count;
}

static assess_office_template_options options_of(const made *m)
{
    return (assess_office_template_options){.size = sizeof(assess_office_template_options), .language = ASSESS_ZH, .batch = m->batch};
}

static void test_a_template_survives_every_memory_failure(void **state)
{
    made *m = *state;
    assess_office_template_options o = options_of(m);
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n += n < 300 ? 1 : 7) { /* the first ones take the tables of the scheme; later ones repeat for each cell */
        assess_error err = {0};
        mem_fault_after(n);
        status = assess_office_write_template(m->scheme, m->target, &o, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_int_equal(files_in(m->folder), status == ASSESS_OK ? 3 : 2); /* people, raters, and the template */
    }
}

static void test_ballots_survive_every_memory_failure(void **state)
{
    made *m = *state;
    assess_office_template_options o = options_of(m);
    assess_status status = ASSESS_E_SYSTEM;
    size_t count = 0;
    for (long n = 0; status; n += n < 300 ? 1 : 13) {
        assess_error err = {0};
        mem_fault_after(n);
        status = assess_office_write_ballots(m->scheme, m->target, &o, &count, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        assert_int_equal(files_in(m->folder), status == ASSESS_OK ? 3 : 2);
        assert_int_equal(count, status == ASSESS_OK ? 2 : 0);
    }
    assert_int_equal(files_in(m->target), 2);
}

static void test_arguments_are_checked(void **state)
{
    made *m = *state;
    assess_office_template_options o = options_of(m), without = o, unsized = o;
    assess_error err = {0};
    without.batch = NULL;
    unsized.size = 0;
    assert_int_equal(assess_office_write_template(NULL, m->target, &o, &err), ASSESS_E_CALL);
    assert_int_equal(assess_office_write_template(m->scheme, NULL, &o, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_write_template(m->scheme, m->target, &unsized, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_write_ballots(m->scheme, m->target, &without, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(files_in(m->folder), 2);
}

static void test_a_folder_that_does_not_exist_is_named(void **state)
{
    made *m = *state;
    assess_office_template_options o = options_of(m);
    assess_error err = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/none/out", m->folder);
    assert_int_equal(assess_office_write_ballots(m->scheme, path, &o, NULL, &err), ASSESS_E_CALL);
    assert_non_null(strstr(err.message[ASSESS_EN], "none/out"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_template_survives_every_memory_failure, start, end),
        cmocka_unit_test_setup_teardown(test_ballots_survive_every_memory_failure, start, end),
        cmocka_unit_test_setup_teardown(test_arguments_are_checked, start, end),
        cmocka_unit_test_setup_teardown(test_a_folder_that_does_not_exist_is_named, start, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
