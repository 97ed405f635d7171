/* api: what a batch has read, and a scheme, as tables: what a template is made from. Expected rows stand in the tables above them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "assess/assess.h"
#include "base/mem.h"

static const char PEOPLE[] = "id,name,unit,category,start,性别\n1,甲,一科,干部,2025-03-04,女\n2,乙,一科,,,男\n3,丙,二科,,,\n";

typedef struct made {
    assess_scheme *scheme;
    assess_batch *batch;
    char folder[64];
} made;

static void write_file(const made *m, const char *name, const char *content)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", m->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void read_all(made *m, const char *raters)
{
    const char *folders[] = {"rules"}, *paths[] = {m->folder};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .period = "2026"};
    assess_error err = {0};
    strcpy(m->folder, "/tmp/assess-input-XXXXXX");
    assert_non_null(mkdtemp(m->folder));
    write_file(m, "people.csv", PEOPLE);
    write_file(m, "raters.csv", raters);
    assert_int_equal(assess_scheme_load("bureau", &o, &m->scheme, &err), ASSESS_OK);
    assert_int_equal(assess_batch_new(m->scheme, NULL, &m->batch, &err), ASSESS_OK);
    assert_int_equal(assess_batch_read(m->batch, paths, 1, &err), ASSESS_OK);
}

static void end(made *m)
{
    char path[128];
    static const char *const names[] = {"people.csv", "raters.csv"};
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", m->folder, names[i]);
        unlink(path);
    }
    rmdir(m->folder);
    assess_batch_free(m->batch);
    assess_scheme_free(m->scheme);
}

static assess_table *take(const made *m, const char *id)
{
    assess_table *t = NULL;
    assess_error err = {0};
    assert_int_equal(assess_batch_table(m->batch, id, ASSESS_ZH, &t, &err), ASSESS_OK);
    return t;
}

static assess_table *take_scheme(const char *rules, const char *id)
{
    const char *folders[] = {"rules"};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .period = "2026"};
    assess_scheme *scheme = NULL;
    assess_table *t = NULL;
    assess_error err = {0};
    assert_int_equal(assess_scheme_load(rules, &o, &scheme, &err), ASSESS_OK);
    assert_int_equal(assess_scheme_table(scheme, id, ASSESS_ZH, &t, &err), ASSESS_OK);
    assess_scheme_free(scheme);
    return t;
}

/* A row's cells, separated by '|'. */
static void assert_row(const assess_table *t, size_t row, const char *expected)
{
    char all[1024] = "";
    assert_true(row < assess_table_rows(t));
    for (size_t c = 0; c < assess_table_columns(t); c++) {
        strcat(all, c ? "|" : "");
        strcat(all, assess_table_cell(t, row, c));
    }
    assert_string_equal(all, expected);
}

/* Cell of the row whose first column is `key`. */
static const char *cell_of(const assess_table *t, const char *key, const char *column)
{
    for (size_t i = 0; i < assess_table_rows(t); i++)
        if (strcmp(assess_table_cell(t, i, 0), key) == 0)
            return assess_table_cell(t, i, assess_table_column(t, column));
    return NULL;
}

static void test_people_are_as_they_were_read(void **state)
{
    made m;
    (void)state;
    read_all(&m, "rater,role\nL1,leader\n");
    assess_table *t = take(&m, "people");
    assert_int_equal(assess_table_rows(t), 3);
    assert_row(t, 0, "1|甲|一科|干部||2025-03-04|people|女");
    assert_row(t, 2, "3|丙|二科||||people|");
    assess_table_free(t);
    end(&m);
}

static void test_raters_are_as_they_were_read(void **state)
{
    made m;
    (void)state;
    read_all(&m, "rater,role,subject,unit,name\nL1,leader,,,李\n1,peer,2,,\n2,peer,,二科,\n");
    assess_table *t = take(&m, "raters");
    assert_int_equal(assess_table_rows(t), 3);
    assert_row(t, 0, "L1|leader|||李");
    assert_row(t, 1, "1|peer|2||");
    assert_row(t, 2, "2|peer||二科|");
    assess_table_free(t);
    end(&m);
}

/* Everybody of the unit but the rater, and once where two rows mean the same person. */
static void test_asked_writes_units_and_everybody_out(void **state)
{
    made m;
    (void)state;
    read_all(&m, "rater,role,subject,unit,name\n2,peer,,一科,\n2,peer,1,,\n2,peer,3,,\nL1,leader,,,李\n");
    assess_table *t = take(&m, "asked");
    assert_int_equal(assess_table_rows(t), 5);
    assert_row(t, 0, "2||peer|1|甲|一科");
    assert_row(t, 1, "2||peer|3|丙|二科");
    assert_row(t, 2, "L1|李|leader|1|甲|一科");
    assert_row(t, 4, "L1|李|leader|3|丙|二科");
    assess_table_free(t);
    end(&m);
}

static void test_an_unknown_table_is_named(void **state)
{
    made m;
    assess_table *t = NULL;
    assess_error err = {0};
    (void)state;
    read_all(&m, "rater,role\nL1,leader\n");
    assert_int_equal(assess_batch_table(m.batch, "ballots", ASSESS_EN, &t, &err), ASSESS_E_CALL);
    assert_null(t);
    assert_non_null(strstr(err.message[ASSESS_EN], "ballots"));
    assert_int_equal(assess_batch_table(NULL, "people", ASSESS_EN, &t, NULL), ASSESS_E_CALL);
    end(&m);
}

static void test_tables_of_a_batch_survive_every_memory_failure(void **state)
{
    made m;
    (void)state;
    read_all(&m, "rater,role,subject,unit,name\n2,peer,,一科,\nL1,leader,,,李\n");
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_table *t = NULL;
        assess_error err = {0};
        mem_fault_after(n);
        status = assess_batch_table(m.batch, "asked", ASSESS_ZH, &t, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || (status == ASSESS_E_SYSTEM && t == NULL));
        assess_table_free(t);
    }
    end(&m);
}

/* rules/bureau.lua, period 2026. */
static void test_a_scheme_says_of_itself_what_a_template_carries(void **state)
{
    assess_table *t = take_scheme("bureau", "about");
    (void)state;
    assert_string_equal(cell_of(t, "scheme", "value"), "bureau");
    assert_string_equal(cell_of(t, "from", "value"), "2026-01-01");
    assert_string_equal(cell_of(t, "to", "value"), "2026-12-31");
    assert_int_equal(strlen(cell_of(t, "rules", "value")), 64);
    assess_table_free(t);
}

/* rules/five-star.lua: each office rates items of its own; rules/bureau.lua: both roles rate all five. */
static void test_roles_name_the_items_that_they_rate(void **state)
{
    assess_table *t = take_scheme("bureau", "roles");
    (void)state;
    assert_string_equal(cell_of(t, "peer", "items"), "virtue ability diligence performance integrity");
    assert_string_equal(cell_of(t, "self", "items"), "");
    assess_table_free(t);
    t = take_scheme("five-star", "roles");
    assert_non_null(strstr(assess_table_cell(t, 0, assess_table_column(t, "items")), "study-content"));
    assert_null(strstr(assess_table_cell(t, 0, assess_table_column(t, "items")), "public-bins"));
    assess_table_free(t);
}

/* rules/unit-target.lua: the attribute `category` is the standard column, `duties` is not. */
static void test_attributes_name_the_standard_column_that_they_are_read_from(void **state)
{
    assess_table *t = take_scheme("unit-target", "attributes");
    (void)state;
    assert_string_equal(cell_of(t, "category", "standard"), "category");
    assert_string_equal(cell_of(t, "duties", "standard"), "");
    assess_table_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_are_as_they_were_read),
        cmocka_unit_test(test_raters_are_as_they_were_read),
        cmocka_unit_test(test_asked_writes_units_and_everybody_out),
        cmocka_unit_test(test_an_unknown_table_is_named),
        cmocka_unit_test(test_tables_of_a_batch_survive_every_memory_failure),
        cmocka_unit_test(test_a_scheme_says_of_itself_what_a_template_carries),
        cmocka_unit_test(test_roles_name_the_items_that_they_rate),
        cmocka_unit_test(test_attributes_name_the_standard_column_that_they_are_read_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
