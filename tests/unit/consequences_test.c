/* What follows from a result, as a program outside the library sees it: refused input, lists, and a calendar that is sealed with the
 * rules. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "assess/assess.h"

static const char rules[] =
    "scheme { id = 'x', format = 1, title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', en = 'Paper' } }\n"
    "kinds { { 'fault', zh = '过错', en = 'Fault' } }\n"
    "local faults = events 'fault':count()\n"
    "clause '2'\n"
    "refuse { faults:at_least(3), zh = '次数不符', en = 'too many' }\n"
    "score { 100 - faults, round = half_up(0), zh = '得分', en = 'Score' }\n"
    "grades { { 'good', zh = '好', en = 'Good', from = 99 }, { 'poor', zh = '差', en = 'Poor', from = 0 } }\n"
    "clause '3'\n"
    "list { 'mend', faults:at_least(1), purpose = 'follow_up', zh = '限期整改', en = 'Mend' }\n"
    "list { 'prize', grade():exactly(grade 'good'), purpose = 'honour', zh = '表彰', en = 'Prize' }\n"
    "step { working_days_between(day '2026-02-13', day '2026-02-24'), zh = '工作日', en = 'Working days' }\n"
    "ceiling { faults:at_least(1), at_most = 'poor', zh = '限高', en = 'Held' }\n";

static const char calendar[] = "date,kind,name\n2026-01-01,holiday,元旦\n2026-02-14,workday,春节\n2026-02-16,holiday,春节\n2026-02-17,holiday,春节\n"
                               "2026-02-18,holiday,春节\n2026-02-19,holiday,春节\n2026-02-20,holiday,春节\n2026-02-23,holiday,春节\n";

static int make_folder(void **state)
{
    char *path = strdup("/tmp/assess-follows-XXXXXX");
    *state = path;
    return path && mkdtemp(path) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    int left = system(command);
    free(*state);
    return left;
}

static const char *inside(void **state, const char *name)
{
    static char path[4][256];
    static unsigned turn;
    char *p = path[turn++ % 4];
    snprintf(p, sizeof path[0], "%s/%s", (const char *)*state, name);
    return p;
}

static void write_text(const char *path, const char *bytes)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(bytes, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static assess_status read_batch(void **state, const char *events, assess_batch **out, assess_error *err)
{
    assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    assess_batch_options how = {.size = sizeof how, .threads = 2, .hash_inputs = 1};
    assess_scheme *s = NULL;
    write_text(inside(state, "x.lua"), rules);
    write_text(inside(state, "calendar.csv"), calendar);
    write_text(inside(state, "people.csv"), "id,name\nP1,赵一\nP2,钱二\nP3,孙三\n");
    write_text(inside(state, "events.csv"), events);
    assert_int_equal(assess_scheme_load(inside(state, "x.lua"), &o, &s, err), ASSESS_OK);
    assert_int_equal(assess_batch_new(s, &how, out, err), ASSESS_OK);
    assess_scheme_free(s);
    const char *paths[] = {inside(state, "people.csv"), inside(state, "events.csv")};
    assert_int_equal(assess_batch_read(*out, paths, 2, err), ASSESS_OK);
    return assess_batch_finish(*out, err);
}

static assess_result *result_of(void **state, const char *events)
{
    assess_error err = {0};
    assess_batch *b = NULL;
    assess_result *r = NULL;
    assert_int_equal(read_batch(state, events, &b, &err), ASSESS_OK);
    assert_int_equal(assess_result_new(b, NULL, &r, &err), ASSESS_OK);
    assess_batch_free(b);
    return r;
}

#define THREE "id,kind,from\nP2,fault,2026-03-01\nP2,fault,2026-03-02\nP2,fault,2026-03-03\n"
#define ONE "id,kind,from\nP2,fault,2026-03-01\n"

static void test_refused_input_is_a_problem_at_the_row_of_the_person(void **state)
{
    assess_error err = {0};
    assess_batch *b = NULL;
    assess_problem p = {.size = sizeof p};
    assert_int_equal(read_batch(state, THREE, &b, &err), ASSESS_E_INPUT);
    assert_int_equal(assess_batch_error_count(b), 1);
    assert_int_equal(assess_batch_problem(b, 0, &p, &err), ASSESS_OK);
    assert_string_equal(p.id, "input.refused");
    assert_non_null(strstr(p.file, "people.csv"));
    assert_int_equal(p.row, 3);
    assert_string_equal(p.message[ASSESS_EN], "P2 is refused by 2: too many (次数不符)");
    assert_string_equal(p.message[ASSESS_ZH], "“P2”按 2 不予受理：次数不符（too many）");
    assess_batch_free(b);
}

static void test_refused_input_is_not_run(void **state)
{
    assess_error err = {0};
    assess_batch *b = NULL;
    assess_result *r = NULL;
    assert_int_equal(read_batch(state, THREE, &b, &err), ASSESS_E_INPUT);
    assert_int_equal(assess_result_new(b, NULL, &r, &err), ASSESS_E_CALL);
    assert_null(r);
    assess_batch_free(b);
}

static void test_batch_that_nobody_takes_is_freed_with_its_outcome(void **state)
{
    assess_error err = {0};
    assess_batch *b = NULL;
    assert_int_equal(read_batch(state, ONE, &b, &err), ASSESS_OK);
    assess_batch_free(b);
}

static void test_second_result_of_a_batch_is_the_same(void **state)
{
    assess_error err = {0};
    assess_batch *b = NULL;
    assess_result *r[2] = {NULL, NULL};
    char *csv[2] = {NULL, NULL};
    assert_int_equal(read_batch(state, ONE, &b, &err), ASSESS_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(assess_result_new(b, NULL, &r[i], &err), ASSESS_OK);
        assert_int_equal(assess_result_csv(r[i], ASSESS_EN, &csv[i], NULL, &err), ASSESS_OK);
    }
    assert_string_equal(csv[0], csv[1]);
    for (int i = 0; i < 2; i++) {
        assess_text_free(csv[i]);
        assess_result_free(r[i]);
    }
    assess_batch_free(b);
}

static void test_lists_stand_in_the_summary(void **state)
{
    assess_error err = {0};
    assess_result *r = result_of(state, ONE);
    char *out = NULL;
    assert_int_equal(assess_result_summary(r, ASSESS_EN, ASSESS_FORMAT_TEXT, 0, &out, &err), ASSESS_OK);
    assert_non_null(strstr(out, "To be followed up:  Mend  1\n"));
    assert_non_null(strstr(out, "To be honoured:  Prize  3\n")); /* all: the ceiling comes behind the list */
    assert_non_null(strstr(out, "Grades held, raised or fixed by a clause  1\n"));
    assert_non_null(strstr(out, "3 Held: Good → Poor"));
    assess_text_free(out);
    assert_int_equal(assess_result_summary(r, ASSESS_ZH, ASSESS_FORMAT_TEXT, 0, &out, &err), ASSESS_OK);
    assert_non_null(strstr(out, "后续处理：  限期整改  1\n"));
    assess_text_free(out);
    assess_result_free(r);
}

static void test_lists_stand_in_the_json(void **state)
{
    assess_error err = {0};
    assess_result *r = result_of(state, ONE);
    char *out = NULL;
    assert_int_equal(assess_result_summary(r, ASSESS_EN, ASSESS_FORMAT_JSON, 0, &out, &err), ASSESS_OK);
    assert_non_null(strstr(out, "\"lists\":[{\"id\":\"mend\",\"purpose\":\"follow_up\",\"title\":{\"zh\":\"限期整改\",\"en\":\"Mend\"},\"members\":[\"P2\"]},"
                                "{\"id\":\"prize\",\"purpose\":\"honour\",\"title\":{\"zh\":\"表彰\",\"en\":\"Prize\"},\"members\":[\"P1\",\"P2\",\"P3\"]}]"));
    assert_non_null(strstr(out, "\"name\":\"calendar.csv\""));
    assess_text_free(out);
    assess_result_free(r);
}

static void test_sealed_calendar_is_the_one_that_is_replayed(void **state)
{
    assess_error err = {0};
    assess_result *r = result_of(state, ONE), *again = NULL;
    char *report = NULL;
    const char *sealed = inside(state, "sealed.db");
    assess_seal_options o = {.size = sizeof o, .language = ASSESS_EN};
    assert_int_equal(assess_store_seal(r, sealed, &o, &err), ASSESS_OK);
    assert_int_equal(unlink(inside(state, "calendar.csv")), 0);
    assert_int_equal(assess_store_verify(sealed, NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &report, &err), ASSESS_OK);
    assert_int_equal(assess_store_replay(sealed, &again, NULL, &err), ASSESS_OK);
    assess_text_free(report);
    assess_result_free(again);
    assess_result_free(r);
}

static void test_calendar_of_the_rule_folders_is_found_and_the_one_beside_goes_first(void **state)
{
    assess_error err = {0};
    const char *const folders[] = {"rules"};
    assess_scheme_options o = {.size = sizeof o, .period = "2026", .folders = folders, .folder_count = 1};
    assess_scheme *s = NULL;
    write_text(inside(state, "x.lua"), rules);
    assert_int_equal(assess_scheme_load(inside(state, "x.lua"), &o, &s, &err), ASSESS_OK);
    assess_scheme_free(s);
    write_text(inside(state, "calendar.csv"), "date,kind,name\nbroken\n");
    assert_int_equal(assess_scheme_load(inside(state, "x.lua"), &o, &s, &err), ASSESS_E_RULES);
    assert_string_equal(err.file, "calendar.csv");
    assert_int_equal(err.line, 2);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_refused_input_is_a_problem_at_the_row_of_the_person),
        IN_FOLDER(test_refused_input_is_not_run),
        IN_FOLDER(test_batch_that_nobody_takes_is_freed_with_its_outcome),
        IN_FOLDER(test_second_result_of_a_batch_is_the_same),
        IN_FOLDER(test_lists_stand_in_the_summary),
        IN_FOLDER(test_lists_stand_in_the_json),
        IN_FOLDER(test_sealed_calendar_is_the_one_that_is_replayed),
        IN_FOLDER(test_calendar_of_the_rule_folders_is_found_and_the_one_beside_goes_first),
    };
    return cmocka_run_group_tests_name("consequences", tests, NULL, NULL);
}
