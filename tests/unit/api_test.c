/* api: the public interface as a program outside the library sees it: public headers only. */
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

#include "assess/assess.h"

#define BUREAU "rules/bureau.lua"
#define REVIEW "rules/democratic-review.lua"

static void check_call(assess_status status, const assess_error *err, const char *id, const char *file, int line)
{
    _assert_int_equal(status, ASSESS_E_CALL, file, line);
    _assert_int_equal(err->status, ASSESS_E_CALL, file, line);
    _assert_string_equal(err->id, id, file, line);
    _assert_true(err->message[ASSESS_ZH][0] && err->message[ASSESS_EN][0], "both languages", file, line);
}
/* The call must be refused with that id; `err` is cleared before it. */
#define assert_call_error(call, id)                          \
    do {                                                     \
        assess_error err = {0};                              \
        assess_status status_ = (call);                      \
        check_call(status_, &err, (id), __FILE__, __LINE__); \
    } while (0)

static void check_fine(assess_status status, const assess_error *err, const char *file, int line)
{
    if (status)
        print_error("%s %s:%u %s\n", err->id, err->file, err->line, err->message[ASSESS_EN]);
    _assert_int_equal(status, ASSESS_OK, file, line);
}
#define assert_fine(call)                              \
    do {                                               \
        assess_error err = {0};                        \
        assess_status status_ = (call);                \
        check_fine(status_, &err, __FILE__, __LINE__); \
    } while (0)

static assess_scheme *scheme_of(const char *rules)
{
    assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    assess_scheme *s = NULL;
    assert_fine(assess_scheme_load(rules, &o, &s, &err));
    return s;
}

static assess_batch *batch_of(const char *rules, int hashed)
{
    assess_scheme *s = scheme_of(rules);
    assess_batch_options o = {.size = sizeof o, .threads = 1, .hash_inputs = hashed};
    assess_batch *b = NULL;
    assert_fine(assess_batch_new(s, &o, &b, &err));
    assess_scheme_free(s);
    return b;
}

/* ---- a folder of its own for each test ---- */

static int make_folder(void **state)
{
    char *path = strdup("/tmp/assess-api-XXXXXX");
    *state = path;
    return path && mkdtemp(path) ? 0 : -1;
}

static char *inside(void **state, const char *name)
{
    static char path[4][256];
    static unsigned turn;
    char *p = path[turn++ % 4];
    snprintf(p, sizeof path[0], "%s/%s", (const char *)*state, name);
    return p;
}

static int remove_folder(void **state)
{
    char command[256];
    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    int left = system(command);
    free(*state);
    return left;
}

static void write_text(const char *path, const char *bytes)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(bytes, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static char *read_text(const char *path)
{
    static char bytes[65536];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(bytes, 1, sizeof bytes - 1, f);
    bytes[n] = '\0';
    fclose(f);
    return bytes;
}

/* ---- a batch of three people ---- */

enum { PEER = 1, LEADER = 2, PEOPLE = 3, BALLOTS = 5 };

static const char *const ids[PEOPLE] = {"001", "002", "003"}, *const names[PEOPLE] = {"赵一", "钱二", "孙三"},
                  *const units[PEOPLE] = {"办公室", "办公室", "财务股"};
static const int32_t starts[PEOPLE] = {INT32_MIN, 20454 /* 2026-01-01 */, 20758 /* 2026-11-01 */};
static const uint32_t subject[BALLOTS] = {0, 0, 0, 1, 1}, rater[BALLOTS] = {7, 8, 9, 7, UINT32_MAX};
static const uint8_t role[BALLOTS] = {PEER, PEER, LEADER, PEER, LEADER};

/* In tenths. 001: peers (86.5 + 89) / 2 = 87.75, leader 92: 0.4 × 87.75 + 0.6 × 92 = 90.3. 002: 0.4 × 80 + 0.6 × 81 = 80.6. */
static const int64_t marks[5][BALLOTS] = {
    {85, 90, 90, 80, 80}, {90, 90, 90, 80, 80}, {90, 90, 90, 80, 80}, {520, 530, 560, 480, 490}, {80, 90, 90, 80, 80}};

static void add_people(assess_batch *b) { assert_fine(assess_batch_add_people(b, PEOPLE, ids, names, units, starts, &err)); }

static void add_ballots(assess_batch *b)
{
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    assert_fine(assess_batch_add_ballots(b, BALLOTS, subject, rater, role, values, 1, &err));
}

static assess_batch *full_batch(void)
{
    assess_batch *b = batch_of(BUREAU, 0);
    add_people(b);
    add_ballots(b);
    assert_fine(assess_batch_finish(b, &err));
    return b;
}

static assess_result *full_result(void)
{
    assess_batch *b = full_batch();
    assess_result *r = NULL;
    assert_fine(assess_result_new(b, NULL, &r, &err));
    assess_batch_free(b);
    return r;
}

static void assert_row(assess_result *r, size_t index, const char *status, const char *score, const char *grade, uint32_t rank)
{
    assess_row row = {.size = sizeof row};
    assert_fine(assess_result_row(r, index, ASSESS_EN, &row, &err));
    assert_string_equal(row.status, status);
    assert_string_equal(row.score, score);
    assert_string_equal(row.grade, grade);
    assert_int_equal(row.rank, rank);
}

/* ---- results ---- */

static void test_columns_in_memory_give_results(void **state)
{
    (void)state;
    assess_result *r = full_result();
    assert_int_equal(assess_result_count(r), 3);
    assert_row(r, 0, "assessed", "90.30", "excellent", 1);
    assert_row(r, 1, "assessed", "80.60", "competent", 2);
    assert_row(r, 2, "excluded", "", "", 0); /* in post since November */
    assess_result_free(r);
}

static void test_columns_give_the_same_results_as_files(void **state)
{
    char *folder = *state, *csv = NULL, *same = NULL;
    size_t length = 0, same_length = 0;
    write_text(inside(state, "people.csv"), "id,name,unit,start\n001,赵一,办公室,\n002,钱二,办公室,2026-01-01\n003,孙三,财务股,2026-11-01\n");
    write_text(inside(state, "ratings.csv"), "subject,rater,role,virtue,ability,diligence,performance,integrity\n"
               "001,x,peer,8.5,9,9,52,8\n001,y,peer,9,9,9,53,9\n001,z,leader,9,9,9,56,9\n002,x,peer,8,8,8,48,8\n002,,leader,8,8,8,49,8\n");
    assess_batch *b = batch_of(BUREAU, 0);
    const char *paths[] = {folder};
    assess_result *from_files = NULL, *from_columns = full_result();
    assert_fine(assess_batch_read(b, paths, 1, &err));
    assert_fine(assess_batch_finish(b, &err));
    assert_fine(assess_result_new(b, NULL, &from_files, &err));
    assert_fine(assess_result_csv(from_files, ASSESS_ZH, &csv, &length, &err));
    assert_fine(assess_result_csv(from_columns, ASSESS_ZH, &same, &same_length, &err));
    assert_int_equal(length, same_length);
    assert_string_equal(csv, same);
    assess_text_free(csv);
    assess_text_free(same);
    assess_result_free(from_files);
    assess_result_free(from_columns);
    assess_batch_free(b);
}

static void test_row_tells_everything_of_a_person(void **state)
{
    (void)state;
    assess_result *r = full_result();
    assess_row row = {.size = sizeof row};
    assert_fine(assess_result_row(r, 2, ASSESS_ZH, &row, &err));
    assert_string_equal(row.id, "003");
    assert_string_equal(row.name, "孙三");
    assert_string_equal(row.unit, "财务股");
    assert_string_equal(row.flags, "");
    assert_string_equal(row.reasons, "九(二) 在岗未满6个月");
    assert_fine(assess_result_row(r, 2, ASSESS_EN, &row, &err));
    assert_string_equal(row.reasons, "九(二) in post for less than 6 months");
    assess_result_free(r);
}

static void test_incomplete_row_says_what_is_missing(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_result *r = NULL;
    assess_row row = {.size = sizeof row};
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    add_people(b);
    assert_fine(assess_batch_add_ballots(b, 2, subject, rater, role, values, 1, &err)); /* no leader */
    assert_fine(assess_batch_finish(b, &err));
    assert_fine(assess_result_new(b, NULL, &r, &err));
    assert_row(r, 0, "incomplete", "", "", 0);
    assert_fine(assess_result_row(r, 0, ASSESS_EN, &row, &err));
    assert_string_equal(row.reasons, "四(二)3 no ballot of leader that counts");
    assess_result_free(r);
    assess_batch_free(b);
}

/* ---- lifetimes ---- */

/* All six orders of three. */
static void test_handles_are_freed_in_any_order(void **state)
{
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        assess_scheme *s = scheme_of(BUREAU);
        assess_batch *b = NULL;
        assess_result *r = NULL;
        assert_fine(assess_batch_new(s, NULL, &b, &err));
        add_people(b);
        add_ballots(b);
        assert_fine(assess_batch_finish(b, &err));
        assert_fine(assess_result_new(b, NULL, &r, &err));
        for (size_t n = 0; n < 3; n++) {
            if (orders[i][n] == 0)
                assess_scheme_free(s);
            else if (orders[i][n] == 1)
                assess_batch_free(b);
            else
                assess_result_free(r);
            if (n < 2 && orders[i][2] == 2)
                assert_row(r, 0, "assessed", "90.30", "excellent", 1); /* the last one still works */
        }
    }
}

static void test_two_results_of_one_batch(void **state)
{
    (void)state;
    assess_batch *b = full_batch();
    assess_result *one = NULL, *two = NULL;
    assess_result_options o = {.size = sizeof o, .threads = 3};
    assert_fine(assess_result_new(b, NULL, &one, &err));
    assert_fine(assess_result_new(b, &o, &two, &err));
    assess_result_free(one);
    assess_batch_free(b);
    assert_row(two, 1, "assessed", "80.60", "competent", 2);
    assess_result_free(two);
}

static void test_freeing_nothing_is_harmless(void **state)
{
    (void)state;
    assess_scheme_free(NULL);
    assess_batch_free(NULL);
    assess_result_free(NULL);
    assess_text_free(NULL);
}

/* ---- misuse ---- */

static void test_missing_arguments_of_schemes_are_refused(void **state)
{
    (void)state;
    assess_scheme *s = scheme_of(BUREAU);
    char *out = NULL;
    size_t n = 0;
    assert_call_error(assess_scheme_load(NULL, NULL, &s, &err), "call.argument");
    assert_call_error(assess_scheme_load(BUREAU, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_scheme_describe(NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &out, &err), "call.argument");
    assert_call_error(assess_scheme_describe(s, ASSESS_EN, ASSESS_FORMAT_TEXT, NULL, &err), "call.argument");
    assert_call_error(assess_scheme_test(NULL, NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &n, &n, &out, &err), "call.argument");
    assert_call_error(assess_scheme_test(BUREAU, NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, NULL, &n, &out, &err), "call.argument");
    assert_call_error(assess_scheme_test(BUREAU, NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &n, &n, NULL, &err), "call.argument");
    assert_string_equal(assess_scheme_id(NULL), "");
    assert_string_equal(assess_scheme_title(NULL, ASSESS_ZH), "");
    assert_string_equal(assess_scheme_period(NULL), "");
    assess_scheme_free(s);
}

static void test_missing_arguments_of_batches_are_refused(void **state)
{
    (void)state;
    assess_scheme *s = scheme_of(BUREAU);
    assess_batch *b = batch_of(BUREAU, 0);
    assess_problem p = {.size = sizeof p};
    char *out = NULL;
    const int64_t *values[] = {marks[0], marks[1], NULL, marks[3], marks[4]};
    assert_call_error(assess_batch_new(NULL, NULL, &b, &err), "call.argument");
    assert_call_error(assess_batch_new(s, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_read(NULL, NULL, 0, &err), "call.argument");
    assert_call_error(assess_batch_read(b, NULL, 1, &err), "call.argument");
    assert_call_error(assess_batch_add_people(NULL, 1, ids, NULL, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 1, NULL, NULL, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(NULL, 1, subject, rater, role, values, 0, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(b, 1, NULL, rater, role, values, 0, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(b, 1, subject, rater, NULL, values, 0, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(b, 1, subject, rater, role, NULL, 0, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(b, 1, subject, rater, role, values, 0, &err), "call.argument"); /* a column is NULL */
    assert_call_error(assess_batch_finish(NULL, &err), "call.argument");
    assert_call_error(assess_batch_problem(NULL, 0, &p, &err), "call.argument");
    assert_call_error(assess_batch_problem(b, 0, &p, &err), "call.argument"); /* there is none */
    assert_call_error(assess_batch_problems(NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &out, &err), "call.argument");
    assert_call_error(assess_batch_problems(b, ASSESS_EN, ASSESS_FORMAT_TEXT, NULL, &err), "call.argument");
    assert_int_equal(assess_batch_problem_count(NULL) + assess_batch_error_count(NULL) + assess_batch_notice_count(NULL), 0);
    assert_int_equal(assess_batch_people_count(NULL) + assess_batch_ballot_count(NULL), 0);
    assess_batch_free(b);
    assess_scheme_free(s);
}

static void test_missing_arguments_of_results_are_refused(void **state)
{
    (void)state;
    assess_batch *b = full_batch();
    assess_result *r = full_result();
    assess_row row = {.size = sizeof row};
    char *out = NULL;
    size_t n = 0;
    assert_call_error(assess_result_new(NULL, NULL, &r, &err), "call.argument");
    assert_call_error(assess_result_new(b, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_result_row(NULL, 0, ASSESS_EN, &row, &err), "call.argument");
    assert_call_error(assess_result_row(r, 0, ASSESS_EN, NULL, &err), "call.argument");
    assert_call_error(assess_result_csv(NULL, ASSESS_EN, &out, &n, &err), "call.argument");
    assert_call_error(assess_result_csv(r, ASSESS_EN, NULL, &n, &err), "call.argument");
    assert_call_error(assess_result_write_csv(NULL, "x", ASSESS_EN, 0, &err), "call.argument");
    assert_call_error(assess_result_write_csv(r, NULL, ASSESS_EN, 0, &err), "call.argument");
    assert_call_error(assess_result_summary(NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, 0, &out, &err), "call.argument");
    assert_call_error(assess_result_summary(r, ASSESS_EN, ASSESS_FORMAT_TEXT, 0, NULL, &err), "call.argument");
    assert_call_error(assess_explain(NULL, "001", NULL, &out, &err), "call.argument");
    assert_call_error(assess_explain(r, NULL, NULL, &out, &err), "call.argument");
    assert_call_error(assess_explain(r, "001", NULL, NULL, &err), "call.argument");
    assert_int_equal(assess_result_count(NULL), 0);
    assess_result_free(r);
    assess_batch_free(b);
}

static void test_missing_arguments_of_stores_are_refused(void **state)
{
    (void)state;
    assess_result *r = full_result();
    char *out = NULL;
    assert_call_error(assess_store_seal(NULL, "x", NULL, &err), "call.argument");
    assert_call_error(assess_store_seal(r, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_store_verify(NULL, NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &out, &err), "call.argument");
    assert_call_error(assess_store_verify("x", NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, NULL, &err), "call.argument");
    assert_call_error(assess_store_replay(NULL, &r, NULL, &err), "call.argument");
    assert_call_error(assess_store_replay("x", NULL, NULL, &err), "call.argument");
    assert_call_error(assess_store_anchor(NULL, &out, &err), "call.argument");
    assert_call_error(assess_store_anchor("x", NULL, &err), "call.argument");
    assess_result_free(r);
}

static void test_lists_without_their_items_are_refused(void **state)
{
    (void)state;
    assess_scheme_options folders = {.size = sizeof folders, .folder_count = 1}, settings = {.size = sizeof settings, .setting_count = 1};
    assess_batch_options kinds = {.size = sizeof kinds, .ignored_kind_count = 1};
    assess_scheme *s = scheme_of(BUREAU), *none = NULL;
    assess_batch *b = NULL;
    assert_call_error(assess_scheme_load("bureau", &folders, &none, &err), "call.argument");
    assert_call_error(assess_scheme_load(BUREAU, &settings, &none, &err), "call.argument");
    assert_call_error(assess_batch_new(s, &kinds, &b, &err), "call.argument");
    assess_scheme_free(s);
}

static void test_languages_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    const assess_language none = (assess_language)7;
    assess_scheme *s = scheme_of(BUREAU);
    assess_batch *b = full_batch();
    assess_result *r = full_result();
    assess_row row = {.size = sizeof row};
    assess_explain_options o = {.size = sizeof o, .language = none};
    assess_seal_options sealing = {.size = sizeof sealing, .language = none};
    char *out = NULL;
    size_t n = 0;
    assert_call_error(assess_scheme_describe(s, none, ASSESS_FORMAT_TEXT, &out, &err), "call.argument");
    assert_call_error(assess_scheme_test(BUREAU, NULL, none, ASSESS_FORMAT_TEXT, &n, &n, &out, &err), "call.argument");
    assert_call_error(assess_batch_problems(b, none, ASSESS_FORMAT_TEXT, &out, &err), "call.argument");
    assert_call_error(assess_result_row(r, 0, none, &row, &err), "call.argument");
    assert_call_error(assess_result_csv(r, none, &out, &n, &err), "call.argument");
    assert_call_error(assess_result_write_csv(r, "/tmp/none/results.csv", none, 0, &err), "call.argument");
    assert_call_error(assess_result_summary(r, none, ASSESS_FORMAT_TEXT, 0, &out, &err), "call.argument");
    assert_call_error(assess_explain(r, "001", &o, &out, &err), "call.argument");
    assert_call_error(assess_store_seal(r, "/tmp/none/batch.db", &sealing, &err), "call.argument");
    assert_call_error(assess_store_verify("/tmp/none/batch.db", NULL, none, ASSESS_FORMAT_TEXT, &out, &err), "call.argument");
    assess_result_free(r);
    assess_batch_free(b);
    assess_scheme_free(s);
}

static void test_calls_out_of_turn_are_refused(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_result *r = NULL;
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    const char *paths[] = {"examples"};
    assert_call_error(assess_result_new(b, NULL, &r, &err), "call.not_finished");
    add_people(b);
    add_ballots(b);
    assert_fine(assess_batch_finish(b, &err));
    assert_call_error(assess_batch_finish(b, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, PEOPLE, ids, names, units, starts, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(b, BALLOTS, subject, rater, role, values, 1, &err), "call.argument");
    assert_call_error(assess_batch_read(b, paths, 1, &err), "call.argument");
    assert_null(r);
    assess_batch_free(b);
}

static void test_batch_needs_a_period(void **state)
{
    (void)state;
    assess_scheme *s = NULL;
    assess_batch *b = NULL;
    assert_fine(assess_scheme_load(BUREAU, NULL, &s, &err));
    assert_string_equal(assess_scheme_period(s), "");
    assert_call_error(assess_batch_new(s, NULL, &b, &err), "call.no_period");
    assess_scheme_free(s);
}

static void test_batch_with_errors_is_not_run(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_result *r = NULL;
    assess_error wrong = {0};
    add_people(b);
    assert_int_equal(assess_batch_finish(b, &wrong), ASSESS_E_INPUT); /* no ballots at all */
    assert_string_equal(wrong.id, "input.has_errors");
    assert_call_error(assess_result_new(b, NULL, &r, &err), "call.batch_has_errors");
    assert_null(r);
    assess_batch_free(b);
}

/* 003 has no ballot of a colleague and none of a leader, but came in November: not to be assessed. Nothing is open. */
static void test_readiness_is_told_of_a_finished_batch(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_result *r = NULL;
    char *text = NULL;
    size_t open = 9;
    assert_call_error(assess_batch_readiness(b, ASSESS_EN, ASSESS_FORMAT_TEXT, &text, &open, &err), "call.argument"); /* not finished */
    assess_batch_free(b);
    b = full_batch();
    assert_call_error(assess_batch_readiness(NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &text, &open, &err), "call.argument");
    assert_call_error(assess_batch_readiness(b, ASSESS_EN, ASSESS_FORMAT_TEXT, NULL, &open, &err), "call.argument");
    assert_fine(assess_batch_readiness(b, ASSESS_EN, ASSESS_FORMAT_TEXT, &text, &open, &err));
    assert_int_equal(open, 0);
    assert_non_null(strstr(text, "Ready: nothing is open."));
    assess_text_free(text);
    assert_fine(assess_batch_readiness(b, ASSESS_ZH, ASSESS_FORMAT_JSON, &text, NULL, &err)); /* and a second time */
    assert_memory_equal(text, "{\"ready\":true,", 14);
    assess_text_free(text);
    assert_fine(assess_result_new(b, NULL, &r, &err)); /* the outcome is taken over */
    assess_row row = {.size = sizeof row};
    assert_fine(assess_result_row(r, 0, ASSESS_EN, &row, &err));
    assert_string_equal(row.score, "90.30");
    assess_result_free(r);
    assert_fine(assess_batch_readiness(b, ASSESS_EN, ASSESS_FORMAT_TEXT, &text, &open, &err));
    assess_text_free(text);
    assess_batch_free(b);
}

static void test_readiness_of_wrong_tables_says_so(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    char *text = NULL;
    size_t open = 0;
    assess_error wrong = {0};
    add_people(b);
    assert_int_equal(assess_batch_finish(b, &wrong), ASSESS_E_INPUT);
    assert_fine(assess_batch_readiness(b, ASSESS_EN, ASSESS_FORMAT_JSON, &text, &open, &err));
    assert_int_equal(open, 3); /* the tables, and ballots of two roles */
    assert_non_null(strstr(text, "\"scored\":false"));
    assess_text_free(text);
    assess_batch_free(b);
}

static void test_sealing_needs_hashes(void **state)
{
    assess_result *r = full_result();
    assert_call_error(assess_store_seal(r, inside(state, "batch.db"), NULL, &err), "call.not_hashed");
    assess_result_free(r);
}

static void test_unknown_person_cannot_be_explained(void **state)
{
    (void)state;
    assess_result *r = full_result();
    char *out = NULL;
    assert_call_error(assess_explain(r, "004", NULL, &out, &err), "call.no_subject");
    assert_call_error(assess_explain(r, "", NULL, &out, &err), "call.no_subject");
    assert_call_error(assess_explain(r, "\xff\xfe", NULL, &out, &err), "call.no_subject");
    assess_result_free(r);
}

static void test_row_beyond_the_last_is_refused(void **state)
{
    (void)state;
    assess_result *r = full_result();
    assess_row row = {.size = sizeof row}, small = {.size = 8};
    assert_call_error(assess_result_row(r, 3, ASSESS_EN, &row, &err), "call.argument");
    assert_call_error(assess_result_row(r, SIZE_MAX, ASSESS_EN, &row, &err), "call.argument");
    assert_call_error(assess_result_row(r, 0, ASSESS_EN, &small, &err), "call.argument");
    assess_result_free(r);
}

/* ---- errors ---- */

static void test_error_is_optional(void **state)
{
    (void)state;
    assess_scheme *s = NULL;
    assert_int_equal(assess_scheme_load("no-such-rules", NULL, &s, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_scheme_load("tests/rules/invalid/no-score/rule.lua", NULL, &s, NULL), ASSESS_E_RULES);
    assert_null(s);
}

static void test_first_error_is_kept(void **state)
{
    (void)state;
    assess_error err = {0};
    assess_scheme *s = NULL;
    assess_scheme_load("no-such-rules", NULL, &s, &err);
    assert_int_equal(assess_scheme_load(NULL, NULL, &s, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.no_rules");
}

static void test_rule_error_names_file_line_and_clause(void **state)
{
    (void)state;
    assess_error err = {0};
    assess_scheme *s = NULL;
    assert_int_equal(assess_scheme_load("tests/rules/invalid/unknown-word-in-used-file/rule.lua", NULL, &s, &err), ASSESS_E_RULES);
    assert_string_equal(err.file, "part.lua");
    assert_int_equal(err.line, 3);
    assert_string_equal(err.clause, "附件 4(二)");
}

/* ---- option structs ---- */

static void test_options_of_no_size_are_refused(void **state)
{
    (void)state;
    assess_scheme_options scheme_none = {0}, huge = {.size = 5000};
    assess_batch_options batch_none = {0};
    assess_result_options result_none = {0};
    assess_explain_options explain_none = {0};
    assess_scheme *s = scheme_of(BUREAU), *other = NULL;
    assess_batch *b = full_batch(), *more = NULL;
    assess_result *r = full_result(), *again = NULL;
    char *out = NULL;
    assert_call_error(assess_scheme_load(BUREAU, &scheme_none, &other, &err), "call.options_size");
    assert_call_error(assess_scheme_load(BUREAU, &huge, &other, &err), "call.options_size");
    assert_call_error(assess_batch_new(s, &batch_none, &more, &err), "call.options_size");
    assert_call_error(assess_result_new(b, &result_none, &again, &err), "call.options_size");
    assert_call_error(assess_explain(r, "001", &explain_none, &out, &err), "call.options_size");
    assess_scheme_free(s);
    assess_batch_free(b);
    assess_result_free(r);
}

/* A program built when the struct ended before `workbooks`: the rest is as if it were 0, and is not looked at. */
static void test_options_of_an_older_program_are_taken(void **state)
{
    (void)state;
    const assess_workbook_reader no_reader = {.size = 1};
    assess_batch_options o = {.size = offsetof(assess_batch_options, workbooks), .workbooks = &no_reader};
    assess_scheme *s = scheme_of(BUREAU);
    assess_batch *b = NULL;
    assert_fine(assess_batch_new(s, &o, &b, &err));
    assess_batch_free(b);
    o.size = sizeof o;
    assert_call_error(assess_batch_new(s, &o, &b, &err), "call.argument");
    assess_scheme_free(s);
}

static void test_options_of_a_newer_program_are_taken(void **state)
{
    struct newer {
        assess_scheme_options known;
        const char *unknown;
    } o = {{.size = sizeof o, .period = "2026Q1"}, NULL};
    assess_scheme *s = NULL, *other = NULL;
    (void)state;
    assert_fine(assess_scheme_load(BUREAU, &o.known, &s, &err));
    assert_string_equal(assess_scheme_period(s), "2026Q1");
    o.unknown = "wanted"; /* what it asks for must not be passed over in silence */
    assert_call_error(assess_scheme_load(BUREAU, &o.known, &other, &err), "call.options_newer");
    assess_scheme_free(s);
}

/* ---- schemes ---- */

static void test_scheme_is_found_by_name_in_the_folders(void **state)
{
    static const char *const folders[] = {"/no/such/folder", "rules"}, *const settings[] = {"rounding=whole"};
    (void)state;
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 2, .settings = settings, .setting_count = 1, .period = "2026"};
    assess_scheme *s = NULL;
    assert_fine(assess_scheme_load("bureau", &o, &s, &err));
    assert_string_equal(assess_scheme_id(s), "bureau");
    assert_string_equal(assess_scheme_title(s, ASSESS_ZH), "局机关效能考核制度");
    assert_string_equal(assess_scheme_title(s, ASSESS_EN), "Efficiency assessment of bureau staff");
    assert_string_equal(assess_scheme_period(s), "2026");
    assess_scheme_free(s);
    assert_call_error(assess_scheme_load("bureaux", &o, &s, &err), "call.no_rules");
    assert_call_error(assess_scheme_load("../bureau.lua", &o, &s, &err), "call.no_rules");
}

/* Of two values nobody can tell which is meant. */
static void test_setting_given_twice_is_named_as_such(void **state)
{
    static const char *const settings[] = {"rounding=whole", "leader_signed=yes", "rounding=hundredths"};
    assess_scheme *s = NULL;
    assess_scheme_options o = {.size = sizeof o, .settings = settings, .setting_count = 3};
    assess_error err = {0};
    (void)state;
    assert_call_error(assess_scheme_load(BUREAU, &o, &s, &err), "call.setting_twice");
    assert_int_equal(assess_scheme_load(BUREAU, &o, &s, &err), ASSESS_E_CALL);
    assert_non_null(strstr(err.message[ASSESS_EN], "'rounding=whole' and 'rounding=hundredths'"));
}

static void test_setting_without_name_or_value_says_the_form(void **state)
{
    static const char *const wrong[] = {"rounding", "=whole", ""};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assess_scheme *s = NULL;
        assess_scheme_options o = {.size = sizeof o, .settings = &wrong[i], .setting_count = 1};
        assert_call_error(assess_scheme_load(BUREAU, &o, &s, &err), "call.setting_form");
    }
}

static void test_setting_that_does_not_fit_is_an_error_of_the_call(void **state)
{
    static const char *const settings[] = {"rounding=sometimes"};
    (void)state;
    assess_scheme_options o = {.size = sizeof o, .settings = settings, .setting_count = 1};
    assess_scheme *s = NULL;
    assert_call_error(assess_scheme_load(BUREAU, &o, &s, &err), "call.setting_no_choice");
}

static void test_scheme_describes_itself(void **state)
{
    (void)state;
    assess_scheme *s = scheme_of(BUREAU);
    char *text = NULL, *json = NULL;
    assert_fine(assess_scheme_describe(s, ASSESS_ZH, ASSESS_FORMAT_TEXT, &text, &err));
    assert_fine(assess_scheme_describe(s, ASSESS_ZH, ASSESS_FORMAT_JSON, &json, &err));
    assert_non_null(strstr(text, "局机关效能考核制度"));
    assert_non_null(strstr(text, "九(二)"));
    assert_non_null(strstr(json, "{\"schema\":\"assess.scheme/1\",\"id\":\"bureau\","));
    assert_non_null(strstr(json, "\"roles\":[{\"id\":\"self\""));
    assert_non_null(strstr(json, "{\"id\":\"rounding\",\"zh\":\"得分修约到百分位或整数\",\"en\":\"the score is rounded to hundredths or to whole points\","
                                 "\"clause\":\"四(二)3\",\"value\":\"hundredths\",\"default\":\"hundredths\",\"min\":\"\",\"max\":\"\",\"choices\":[\"hundredths\",\"whole\"]}"));
    assert_non_null(strstr(json, "\"says\":\"不参加考评：在岗未满6个月：如 在岗整月数 不满 6（无法判断的仍参加考评）\""));
    assess_text_free(text);
    assess_text_free(json);
    assess_scheme_free(s);
}

/* What makes a table of events and of history valid: a program that fills them in reads it here. */
static void test_scheme_says_what_its_tables_must_hold(void **state)
{
    (void)state;
    assess_scheme *s = scheme_of(BUREAU);
    char *json = NULL;
    assert_fine(assess_scheme_describe(s, ASSESS_EN, ASSESS_FORMAT_JSON, &json, &err));
    /* points():sum() also as_liable(); months() */
    assert_non_null(strstr(json, "\"clause\":\"四(三)\",\"needs\":[\"points\"],\"liable\":true}"));
    assert_non_null(strstr(json, "\"clause\":\"九(一)\",\"needs\":[\"from\"],\"liable\":false}"));
    assert_non_null(strstr(json, "\"levels\":[{\"id\":\"people\",\"zh\":\"人员\",\"en\":\"people\",\"category\":\"\"}]"));
    assert_non_null(strstr(json, "\"history\":[]"));
    assess_text_free(json);
    assess_scheme_free(s);
    s = scheme_of("rules/disclosure-cycle.lua");
    assert_fine(assess_scheme_describe(s, ASSESS_EN, ASSESS_FORMAT_JSON, &json, &err));
    assert_non_null(strstr(json, "{\"what\":\"score\",\"level\":\"units\",\"year\":0,\"part\":\"Q4\",\"years\":null}"));
    assess_text_free(json);
    assess_scheme_free(s);
}

/* `use` never leaves the folders: neither by dots nor by a path. */
static void test_use_does_not_leave_the_folder(void **state)
{
    assess_error err = {0};
    assess_scheme *s = NULL;
    write_text(inside(state, "outside.lua"), "scheme { id = 'o', format = 1, title = { zh = 'o', en = 'o' } }\n");
    assert_int_equal(mkdir(inside(state, "rules"), 0700), 0);
    write_text(inside(state, "rules/case.lua"), "scheme { id = 'c', format = 1, title = { zh = 'c', en = 'c' }, source = { zh = 'c', en = 'c' } }\nuse '../outside'\n");
    assert_int_equal(assess_scheme_load(inside(state, "rules/case.lua"), NULL, &s, &err), ASSESS_E_RULES);
    assert_string_equal(err.id, "rules.use_missing");
    assert_int_equal(err.line, 2);
}

/* ---- cases ---- */

static void test_worked_cases_of_the_schemes_pass(void **state)
{
    static const char *const rules[] = {BUREAU, REVIEW, "tests/rules/valid/language.lua"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        size_t passed = 0, failed = 0;
        char *report = NULL;
        assert_fine(assess_scheme_test(rules[i], NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &err));
        if (failed)
            print_error("%s\n", report);
        assert_int_equal(failed, 0);
        assert_true(passed > 0);
        assess_text_free(report);
    }
}

#define TINY "scheme { id = 't', format = 1, title = { zh = 't', en = 't' }, source = { zh = 't', en = 't' } }\n" \
             "items { { 'a', zh = 'a', en = 'a', points = 10 } }\nroles { 'peer' }\nclause '1'\n"                   \
             "local n = param { 'n', default = 1, min = 0, max = 2, zh = 'n', en = 'n' }\n"                         \
             "score { ballots 'peer':total():mean():or_else(0) * n, round = half_up(1), zh = 's', en = 's' }\n"     \
             "clause '2'\nexclude { months_in_post():less_than(6), unknown = 'keep', zh = 'x', en = 'x' }\n"

static void test_failed_case_is_told_and_no_error(void **state)
{
    size_t passed = 0, failed = 0;
    char *report = NULL;
    write_text(inside(state, "t.lua"), TINY);
    write_text(inside(state, "t.cases.lua"), "case 'right' { clause = '1', peer = { { 5 } }, expect = { score = '5.0' } }\n"
               "case 'wrong' { clause = '1', peer = { { 5 } }, set = { n = 2 }, expect = { score = '5.0' } }\n");
    assert_fine(assess_scheme_test(inside(state, "t.lua"), NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &err));
    assert_int_equal(passed, 1);
    assert_int_equal(failed, 1);
    assert_non_null(strstr(report, "t.cases.lua:2: case “wrong” (1, 1): score expected '5.0' but found '10.0'"));
    assert_non_null(strstr(report, "no case reaches: 2"));
    assess_text_free(report);
    assert_fine(assess_scheme_test(inside(state, "t.lua"), NULL, ASSESS_EN, ASSESS_FORMAT_JSON, &passed, &failed, &report, &err));
    assert_non_null(strstr(report, "\"passed\":1,\"failed\":1,\"clauses_reached\":[\"1\"],\"clauses_missed\":[\"2\"],\"failures\":[{\"case\":\"wrong\",\"line\":2"));
    assess_text_free(report);
}

static void test_case_may_be_about_nobody_with_a_ballot(void **state)
{
    size_t passed = 0, failed = 0;
    char *report = NULL;
    write_text(inside(state, "t.lua"), TINY);
    write_text(inside(state, "t.cases.lua"), "case 'none' { clause = '1', expect = { score = '0.0' } }\n"
               "case 'new' { clause = '2', start = '2026-12-01', expect = { status = 'excluded' } }\n");
    assert_fine(assess_scheme_test(inside(state, "t.lua"), NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &err));
    assert_int_equal(passed, 2);
    assess_text_free(report);
}

/* One column of 9, 0.000000001 and 0.5: their mean is 9.500000001 / 3 = 3.1666… */
static void test_cases_keep_every_place_of_their_points(void **state)
{
    size_t passed = 0, failed = 0;
    char *report = NULL;
    write_text(inside(state, "t.lua"), TINY);
    write_text(inside(state, "t.cases.lua"), "case 'places' { clause = '1', peer = { { 9 }, { '0.000000001' }, { 0.5 } }, expect = { score = '3.2' } }\n");
    assert_fine(assess_scheme_test(inside(state, "t.lua"), NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &err));
    assert_int_equal(passed, 1);
    assess_text_free(report);
}

static void check_wrong_cases(void **state, const char *cases, const char *id, uint32_t line)
{
    size_t passed = 0, failed = 0;
    char *report = NULL;
    assess_error err = {0};
    write_text(inside(state, "t.lua"), TINY);
    write_text(inside(state, "t.cases.lua"), cases);
    assert_int_equal(assess_scheme_test(inside(state, "t.lua"), NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &err), ASSESS_E_RULES);
    assert_string_equal(err.id, id);
    assert_string_equal(err.file, "t.cases.lua");
    assert_int_equal(err.line, line);
    assert_null(report);
}

static void test_cases_file_that_is_wrong_is_an_error_at_its_line(void **state)
{
    check_wrong_cases(state, "\ncase 'x' { clause = '1', peer = { { 11 } }, expect = { score = '0.0' } }\n", "cases.points", 2);
    check_wrong_cases(state, "\n\ncase 'x' { clause = '1', set = { n = 3 }, expect = { score = '0.0' } }\n", "call.setting_bounds", 3);
    check_wrong_cases(state, "case 'x' { clause = '1', period = 'soon', expect = { score = '0.0' } }\n", "call.period", 1);
}

static void test_rules_without_cases_or_ending_are_told_apart(void **state)
{
    size_t passed = 0, failed = 0;
    char *report = NULL;
    assess_error unreadable = {0};
    write_text(inside(state, "t.lua"), TINY);
    write_text(inside(state, "r"), TINY);
    assert_int_equal(assess_scheme_test(inside(state, "t.lua"), NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &unreadable),
                     ASSESS_E_SYSTEM);
    assert_string_equal(unreadable.id, "system.file_unreadable");
    write_text(inside(state, "r.cases.lua"), "case 'x' { clause = '1', expect = { score = '0.0' } }\n");
    assert_fine(assess_scheme_test(inside(state, "r"), NULL, ASSESS_EN, ASSESS_FORMAT_TEXT, &passed, &failed, &report, &err));
    assert_int_equal(passed, 1);
    assess_text_free(report);
}

/* ---- people as columns ---- */

static void test_people_are_cleaned_like_those_of_a_table(void **state)
{
    static const char *const odd[] = {" ００７ ", "8\t"};
    static const char *const odd_names[] = {" 李　四 ", NULL};
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_result *r = NULL;
    assess_row row = {.size = sizeof row};
    char *out = NULL;
    static const uint32_t who[] = {0};
    static const uint8_t as[] = {LEADER};
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    assert_fine(assess_batch_add_people(b, 2, odd, odd_names, NULL, NULL, &err));
    assert_fine(assess_batch_add_ballots(b, 1, who, NULL, as, values, 1, &err));
    assert_fine(assess_batch_finish(b, &err));
    assert_fine(assess_result_new(b, NULL, &r, &err));
    assert_fine(assess_result_row(r, 0, ASSESS_EN, &row, &err));
    assert_string_equal(row.id, "007"); /* full-width digits are digits */
    assert_string_equal(row.name, "李　四");
    assert_fine(assess_result_row(r, 1, ASSESS_EN, &row, &err));
    assert_string_equal(row.id, "8");
    assert_string_equal(row.name, "");
    assert_fine(assess_explain(r, "００７", NULL, &out, &err));
    assess_text_free(out);
    assess_result_free(r);
    assess_batch_free(b);
}

static void test_people_with_a_wrong_text_are_refused_whole(void **state)
{
    static const char *const empty[] = {"1", ""}, *const null[] = {"1", NULL}, *const bytes[] = {"1", "\xff"}, *const blank[] = {"1", " \t"},
                      *const fine[] = {"1", "2"};
    static const int32_t never[] = {0, INT32_MAX};
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assert_call_error(assess_batch_add_people(b, 2, empty, NULL, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 2, null, NULL, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 2, bytes, NULL, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 2, blank, NULL, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 2, fine, bytes, NULL, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 2, fine, NULL, bytes, NULL, &err), "call.argument");
    assert_call_error(assess_batch_add_people(b, 2, fine, NULL, NULL, never, &err), "call.argument");
    assert_int_equal(assess_batch_people_count(b), 0); /* nothing was half-done */
    assess_batch_free(b);
}

static void test_second_person_of_an_id_is_a_problem(void **state)
{
    static const char *const twice[] = {"1", "1"};
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_problem p = {.size = sizeof p};
    assert_fine(assess_batch_add_people(b, 2, twice, NULL, NULL, NULL, &err));
    assert_int_equal(assess_batch_error_count(b), 1);
    assert_fine(assess_batch_problem(b, 0, &p, &err));
    assert_string_equal(p.id, "input.person_twice");
    assert_string_equal(p.file, "memory");
    assert_int_equal(p.row, 2);
    assess_batch_free(b);
}

/* ---- ballots as columns ---- */

static void check_ballot_problem(uint32_t who, uint8_t as, int64_t value, const char *id)
{
    assess_batch *b = batch_of(BUREAU, 0);
    assess_problem p = {.size = sizeof p};
    const int64_t last[] = {value}, *values[] = {marks[0], marks[1], marks[2], marks[3], last};
    add_people(b);
    assert_fine(assess_batch_add_ballots(b, 1, &who, NULL, &as, values, 1, &err));
    assert_int_equal(assess_batch_error_count(b), 1);
    assert_int_equal(assess_batch_ballot_count(b), 0); /* nothing of a wrong column is kept */
    assert_fine(assess_batch_problem(b, 0, &p, &err));
    assert_string_equal(p.id, id);
    assert_int_equal(p.row, 1);
    assert_true(p.message[ASSESS_ZH][0] && p.message[ASSESS_EN][0]);
    assess_batch_free(b);
}

static void test_ballots_that_cannot_be_are_problems(void **state)
{
    (void)state;
    check_ballot_problem(PEOPLE, PEER, 100, "input.column_subject");
    check_ballot_problem(UINT32_MAX, PEER, 100, "input.column_subject");
    check_ballot_problem(0, 3, 100, "input.column_role"); /* self, peer, leader */
    check_ballot_problem(0, 255, 100, "input.column_role");
    check_ballot_problem(0, PEER, 101, "input.column_value"); /* 10.1 of 10 */
    check_ballot_problem(0, PEER, -1, "input.column_value");
    check_ballot_problem(0, PEER, INT64_MAX, "input.column_value");
    check_ballot_problem(0, PEER, INT64_MIN, "input.column_value"); /* blank where that is an error */
    check_ballot_problem(0, PEER, INT64_MIN + 1, "input.column_value");
}

static void test_scale_must_fit_the_columns(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    add_people(b);
    assert_call_error(assess_batch_add_ballots(b, 1, subject, NULL, role, values, -1, &err), "call.argument");
    assert_call_error(assess_batch_add_ballots(b, 1, subject, NULL, role, values, 10, &err), "call.argument");
    assess_batch_free(b);
}

/* The same ballots once in tenths and once in thousandths, in either order of the two halves. */
static void test_ballots_of_several_scales_are_put_together(void **state)
{
    int64_t fine_marks[5][BALLOTS];
    const int64_t *coarse[5], *fine[5], *coarse_rest[5], *fine_rest[5];
    (void)state;
    for (int i = 0; i < 5; i++) {
        for (int k = 0; k < BALLOTS; k++)
            fine_marks[i][k] = marks[i][k] * 100;
        coarse[i] = marks[i];
        fine[i] = fine_marks[i];
        coarse_rest[i] = marks[i] + 2;
        fine_rest[i] = fine_marks[i] + 2;
    }
    for (int turn = 0; turn < 2; turn++) {
        assess_batch *b = batch_of(BUREAU, 0);
        assess_result *r = NULL;
        add_people(b);
        assert_fine(assess_batch_add_ballots(b, 2, subject, rater, role, turn ? fine : coarse, turn ? 3 : 1, &err));
        assert_fine(assess_batch_add_ballots(b, BALLOTS - 2, subject + 2, rater + 2, role + 2, turn ? coarse_rest : fine_rest, turn ? 1 : 3, &err));
        assert_fine(assess_batch_finish(b, &err));
        assert_fine(assess_result_new(b, NULL, &r, &err));
        assert_row(r, 0, "assessed", "90.30", "excellent", 1);
        assert_row(r, 1, "assessed", "80.60", "competent", 2);
        assess_result_free(r);
        assess_batch_free(b);
    }
}

static void test_second_ballot_of_a_rater_is_a_problem_unless_anonymous(void **state)
{
    static const uint32_t who[] = {0, 0, 0, 0}, same[] = {3000000000u, 3000000000u, UINT32_MAX, UINT32_MAX};
    static const uint8_t as[] = {PEER, PEER, PEER, PEER};
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    assess_error wrong = {0};
    assess_problem p = {.size = sizeof p};
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    add_people(b);
    assert_fine(assess_batch_add_ballots(b, 4, who, same, as, values, 1, &err));
    assert_int_equal(assess_batch_finish(b, &wrong), ASSESS_E_INPUT);
    assert_int_equal(assess_batch_error_count(b), 1);
    assert_fine(assess_batch_problem(b, 0, &p, &err));
    assert_string_equal(p.id, "input.ballot_twice");
    assert_null(strstr(p.message[ASSESS_EN], "3000000000")); /* a rater is never named */
    assess_batch_free(b);
}

/* Options by number: A 100, B 85, C 70, D 55, F not counted; blank is an invalid ballot. (100 + 85) / 2 = 92.5. */
static void test_options_are_given_by_their_number(void **state)
{
    static const char *const stations[] = {"s"};
    static const uint32_t who[] = {0, 0, 0, 0};
    static const uint8_t as[] = {0, 0, 0, 0};
    static const int64_t opinions[] = {0, 1, 4, INT64_MIN}, beyond[] = {5};
    (void)state;
    assess_batch *b = batch_of(REVIEW, 0);
    assess_result *r = NULL;
    const int64_t *values[] = {opinions}, *wrong[] = {beyond};
    assert_fine(assess_batch_add_people(b, 1, stations, NULL, NULL, NULL, &err));
    assert_fine(assess_batch_add_ballots(b, 4, who, NULL, as, values, 9, &err));
    assert_fine(assess_batch_finish(b, &err));
    assert_fine(assess_result_new(b, NULL, &r, &err));
    assert_row(r, 0, "assessed", "92.50", "", 1);
    assess_result_free(r);
    assess_batch_free(b);
    b = batch_of(REVIEW, 0);
    assert_fine(assess_batch_add_people(b, 1, stations, NULL, NULL, NULL, &err));
    assert_fine(assess_batch_add_ballots(b, 1, who, NULL, as, wrong, 0, &err));
    assert_int_equal(assess_batch_error_count(b), 1);
    assess_batch_free(b);
}

static void test_no_rows_are_no_error_of_the_call(void **state)
{
    (void)state;
    assess_batch *b = batch_of(BUREAU, 0);
    const int64_t *values[] = {marks[0], marks[1], marks[2], marks[3], marks[4]};
    assert_fine(assess_batch_add_people(b, 0, ids, NULL, NULL, NULL, &err));
    assert_fine(assess_batch_add_ballots(b, 0, subject, NULL, role, values, 0, &err));
    assert_int_equal(assess_batch_people_count(b), 0);
    assess_batch_free(b);
}

/* ---- problems ---- */

static void test_problems_are_told_as_text_and_json(void **state)
{
    char *folder = *state, *text = NULL, *json = NULL;
    const char *paths[] = {folder};
    write_text(inside(state, "people.csv"), "id,name\n1,a\n1,b\n");
    write_text(inside(state, "ratings.csv"), "subject,rater,role,virtue,ability,diligence,performance,integrity\n1,x,peer,11,9,9,9,9\n");
    assess_batch *b = batch_of(BUREAU, 0);
    assess_problem p = {.size = sizeof p}, small = {.size = 4};
    assess_error wrong = {0};
    assert_fine(assess_batch_read(b, paths, 1, &err));
    assert_int_equal(assess_batch_finish(b, &wrong), ASSESS_E_INPUT);
    assert_int_equal(assess_batch_error_count(b), 2);
    assert_fine(assess_batch_problem(b, 0, &p, &err));
    assert_string_equal(p.id, "input.person_twice");
    assert_int_equal(p.severity, ASSESS_SEVERITY_ERROR);
    assert_int_equal(p.row, 3);
    assert_non_null(strstr(p.file, "people.csv"));
    assert_call_error(assess_batch_problem(b, 0, &small, &err), "call.argument");
    assert_fine(assess_batch_problems(b, ASSESS_EN, ASSESS_FORMAT_TEXT, &text, &err));
    assert_non_null(strstr(text, "people.csv row 3"));
    assert_non_null(strstr(text, "ratings.csv row 2"));
    assert_fine(assess_batch_problems(b, ASSESS_ZH, ASSESS_FORMAT_JSON, &json, &err));
    assert_non_null(strstr(json, "{\"schema\":\"assess.check/1\",\"scheme\":\"bureau\",\"period\":\"2026\",\"people\":1,"));
    assert_non_null(strstr(json, "\"errors\":2"));
    assess_text_free(text);
    assess_text_free(json);
    assess_batch_free(b);
}

/* ---- outputs ---- */

static void test_csv_is_written_and_not_over_another(void **state)
{
    assess_result *r = full_result();
    char *csv = NULL, *path = inside(state, "results.csv");
    size_t length = 0;
    assess_error exists = {0};
    assert_fine(assess_result_csv(r, ASSESS_EN, &csv, &length, &err));
    assert_fine(assess_result_write_csv(r, path, ASSESS_EN, 0, &err));
    assert_string_equal(read_text(path), csv);
    assert_int_equal(strlen(csv), length);
    assert_int_not_equal(assess_result_write_csv(r, path, ASSESS_ZH, 0, &exists), ASSESS_OK);
    assert_string_equal(read_text(path), csv);
    assert_fine(assess_result_write_csv(r, path, ASSESS_ZH, 1, &err));
    assert_string_not_equal(read_text(path), csv); /* the reasons are Chinese now */
    assert_int_equal(strncmp(csv, "\xEF\xBB\xBFid,name,unit,status,score,grade,rank,flags,reasons", 52), 0);
    assess_text_free(csv);
    assess_result_free(r);
}

static void test_summary_and_explanation_come_as_text_and_json(void **state)
{
    (void)state;
    assess_result *r = full_result();
    char *out = NULL;
    assess_explain_options o = {.size = sizeof o, .language = ASSESS_EN, .format = ASSESS_FORMAT_JSON};
    assert_fine(assess_result_summary(r, ASSESS_EN, ASSESS_FORMAT_TEXT, 0, &out, &err));
    assert_non_null(strstr(out, "Efficiency assessment of bureau staff"));
    assess_text_free(out);
    assert_fine(assess_result_summary(r, ASSESS_EN, ASSESS_FORMAT_JSON, 0, &out, &err));
    assert_non_null(strstr(out, "\"assess.result/1\""));
    assess_text_free(out);
    assert_fine(assess_explain(r, "001", NULL, &out, &err));
    assert_non_null(strstr(out, "90.30 分")); /* Chinese when nothing is said */
    assess_text_free(out);
    assert_fine(assess_explain(r, "001", &o, &out, &err));
    assert_non_null(strstr(out, "{\"schema\":\"assess.explain/1\""));
    assert_non_null(strstr(out, "\"means_shown\":false"));
    assess_text_free(out);
    assess_result_free(r);
}

static void test_sealed_columns_verify_and_replay(void **state)
{
    assess_batch *b = batch_of(BUREAU, 1);
    assess_result *r = NULL, *again = NULL;
    char *report = NULL, *anchor = NULL, *given = NULL, *path = inside(state, "batch.db"), *csv = NULL, *same = NULL;
    size_t n = 0;
    assess_language language = ASSESS_ZH;
    add_people(b);
    add_ballots(b); /* raters 7, 8, 9: numbers of the caller's own */
    assert_fine(assess_batch_finish(b, &err));
    assert_fine(assess_result_new(b, NULL, &r, &err));
    assess_seal_options o = {.size = sizeof o, .language = ASSESS_EN, .anchor = &given};
    assert_fine(assess_store_seal(r, path, &o, &err));
    assert_fine(assess_store_anchor(path, &anchor, &err));
    assert_string_equal(given, anchor);
    assert_fine(assess_store_verify(path, anchor, ASSESS_EN, ASSESS_FORMAT_TEXT, &report, &err));
    assert_fine(assess_store_replay(path, &again, &language, &err));
    assert_int_equal(language, ASSESS_EN);
    assert_fine(assess_result_csv(r, ASSESS_ZH, &csv, &n, &err));
    assert_fine(assess_result_csv(again, ASSESS_ZH, &same, &n, &err));
    assert_string_equal(csv, same);
    assess_text_free(csv);
    assess_text_free(same);
    assess_text_free(report);
    assess_text_free(anchor);
    assess_text_free(given);
    assess_result_free(again);
    assess_result_free(r);
    assess_batch_free(b);
}

/* ---- progress ---- */

static int stop_at_once(void *user, uint64_t done, uint64_t total)
{
    (void)total;
    *(uint64_t *)user = done + 1;
    return 1;
}

static void test_progress_cancels_a_run(void **state)
{
    (void)state;
    assess_batch *b = full_batch();
    assess_result *r = NULL;
    uint64_t asked = 0;
    assess_result_options o = {.size = sizeof o, .progress = stop_at_once, .user = &asked};
    assert_call_error(assess_result_new(b, &o, &r, &err), "call.cancelled");
    assert_true(asked > 0);
    assert_null(r);
    assert_fine(assess_result_new(b, NULL, &r, &err)); /* and nothing is broken by it */
    assess_result_free(r);
    assess_batch_free(b);
}

static void test_progress_cancels_a_seal(void **state)
{
    assess_batch *b = batch_of(BUREAU, 1);
    assess_result *r = NULL;
    char *path = inside(state, "batch.db");
    uint64_t asked = 0;
    add_people(b);
    add_ballots(b);
    assert_fine(assess_batch_finish(b, &err));
    assert_fine(assess_result_new(b, NULL, &r, &err));
    assess_seal_options o = {.size = sizeof o, .progress = stop_at_once, .user = &asked};
    assert_call_error(assess_store_seal(r, path, &o, &err), "call.cancelled");
    assert_true(asked > 0);
    assert_int_equal(access(path, F_OK), -1);
    assert_fine(assess_store_seal(r, path, NULL, &err)); /* and nothing is broken by it */
    assess_result_free(r);
    assess_batch_free(b);
}

static void test_an_anchor_that_is_none_is_a_wrong_call(void **state)
{
    static const char *const anchors[] = {"", "12", "12:", ":", "12:abc", "x:0123456789012345678901234567890123456789012345678901234567890123",
                                          "1:0123456789012345678901234567890123456789012345678901234567890123 ",
                                          "1:g123456789012345678901234567890123456789012345678901234567890123"};
    char *out = NULL;
    (void)state;
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++)
        assert_call_error(assess_store_verify("none.db", anchors[i], ASSESS_EN, ASSESS_FORMAT_TEXT, &out, &err), "call.anchor");
}

static void test_version_is_three_numbers(void **state)
{
    (void)state;
    unsigned a, b, c;
    char rest;
    assert_int_equal(sscanf(assess_version(), "%u.%u.%u%c", &a, &b, &c, &rest), 3);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

/* ---- mistakes ---- */

static const char SIX_STEPS[] = "scheme { id = 'x', format = 1, title = { zh = '方', en = 'S' }, source = { zh = '文', en = 'P' } }\n"
                                "clause '一'\n"
                                "local a = nonsense()\n"
                                "score { a * 2, ronud = half_up(0), zh = '分', en = 'P' }\n"
                                "clause '二'\n"
                                "step { months_in_pots(), zh = '月', en = 'M' }\n";

/* Lines 3, 4 and 6 are wrong. That `a` is nothing and that there is no score comes of 3 and 4. */
static void test_check_gives_every_mistake_in_the_order_of_the_file(void **state)
{
    const char *path = inside(state, "six.lua");
    assess_mistakes *wrong = NULL;
    assess_scheme *s = NULL;
    assess_error first = {0}, one = {0};
    write_text(path, SIX_STEPS);
    assert_int_equal(assess_scheme_check(path, NULL, &s, &wrong, &first), ASSESS_E_RULES);
    assert_null(s);
    assert_int_equal(assess_mistakes_count(wrong), 3);
    assert_int_equal(assess_mistakes_more(wrong), 0);
    assert_fine(assess_mistakes_get(wrong, 0, &one, NULL));
    assert_memory_equal(&one, &first, sizeof one);
    assert_fine(assess_mistakes_get(wrong, 1, &one, NULL));
    assert_string_equal(one.id, "rules.field_unknown");
    assert_int_equal(one.line, 4);
    assert_fine(assess_mistakes_get(wrong, 2, &one, NULL));
    assert_string_equal(one.clause, "二");
    assert_string_equal(one.file, "six.lua");
    assert_call_error(assess_mistakes_get(wrong, 3, &one, &err), "call.argument");
    assert_call_error(assess_mistakes_get(wrong, 0, NULL, &err), "call.argument");
    assert_call_error(assess_mistakes_get(NULL, 0, &one, &err), "call.argument");
    assess_mistakes_free(wrong);
}

/* 51 steps with a field that there is not: 50 are told. */
static void test_check_ends_at_fifty_mistakes(void **state)
{
    assess_mistakes *wrong = NULL;
    (void)state;
    assert_int_equal(assess_scheme_check("tests/rules/invalid/many-more/rule.lua", NULL, NULL, &wrong, NULL), ASSESS_E_RULES);
    assert_int_equal(assess_mistakes_count(wrong), 50);
    assert_int_equal(assess_mistakes_more(wrong), 1);
    assess_mistakes_free(wrong);
}

static void test_check_of_a_sound_file_gives_the_scheme_and_no_list(void **state)
{
    assess_mistakes *wrong = (assess_mistakes *)1;
    assess_scheme *s = NULL;
    (void)state;
    assert_fine(assess_scheme_check(BUREAU, NULL, &s, &wrong, NULL));
    assert_null(wrong);
    assert_string_equal(assess_scheme_id(s), "bureau");
    assess_scheme_free(s);
    assert_fine(assess_scheme_check(BUREAU, NULL, NULL, NULL, NULL));
    assert_int_equal(assess_mistakes_count(NULL), 0);
    assert_int_equal(assess_mistakes_more(NULL), 0);
    assess_mistakes_free(NULL);
}

static void test_check_that_cannot_begin_has_no_list(void **state)
{
    assess_mistakes *wrong = (assess_mistakes *)1;
    (void)state;
    assert_call_error(assess_scheme_check(NULL, NULL, NULL, &wrong, &err), "call.argument");
    assert_null(wrong);
    assert_int_equal(assess_scheme_check("no-such-rules", NULL, NULL, &wrong, NULL), ASSESS_E_CALL);
    assert_null(wrong);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_in_memory_give_results),
        IN_FOLDER(test_columns_give_the_same_results_as_files),
        cmocka_unit_test(test_row_tells_everything_of_a_person),
        cmocka_unit_test(test_readiness_is_told_of_a_finished_batch),
        cmocka_unit_test(test_readiness_of_wrong_tables_says_so),
        cmocka_unit_test(test_incomplete_row_says_what_is_missing),
        cmocka_unit_test(test_handles_are_freed_in_any_order),
        cmocka_unit_test(test_two_results_of_one_batch),
        cmocka_unit_test(test_freeing_nothing_is_harmless),
        cmocka_unit_test(test_missing_arguments_of_schemes_are_refused),
        cmocka_unit_test(test_missing_arguments_of_batches_are_refused),
        cmocka_unit_test(test_missing_arguments_of_results_are_refused),
        cmocka_unit_test(test_missing_arguments_of_stores_are_refused),
        cmocka_unit_test(test_lists_without_their_items_are_refused),
        cmocka_unit_test(test_languages_that_do_not_exist_are_refused),
        cmocka_unit_test(test_calls_out_of_turn_are_refused),
        cmocka_unit_test(test_batch_needs_a_period),
        cmocka_unit_test(test_batch_with_errors_is_not_run),
        IN_FOLDER(test_sealing_needs_hashes),
        cmocka_unit_test(test_unknown_person_cannot_be_explained),
        cmocka_unit_test(test_row_beyond_the_last_is_refused),
        cmocka_unit_test(test_error_is_optional),
        cmocka_unit_test(test_first_error_is_kept),
        cmocka_unit_test(test_rule_error_names_file_line_and_clause),
        cmocka_unit_test(test_options_of_no_size_are_refused),
        cmocka_unit_test(test_options_of_an_older_program_are_taken),
        cmocka_unit_test(test_options_of_a_newer_program_are_taken),
        cmocka_unit_test(test_scheme_is_found_by_name_in_the_folders),
        cmocka_unit_test(test_setting_given_twice_is_named_as_such),
        cmocka_unit_test(test_setting_without_name_or_value_says_the_form),
        cmocka_unit_test(test_setting_that_does_not_fit_is_an_error_of_the_call),
        cmocka_unit_test(test_scheme_describes_itself),
        cmocka_unit_test(test_scheme_says_what_its_tables_must_hold),
        IN_FOLDER(test_use_does_not_leave_the_folder),
        cmocka_unit_test(test_worked_cases_of_the_schemes_pass),
        IN_FOLDER(test_failed_case_is_told_and_no_error),
        IN_FOLDER(test_case_may_be_about_nobody_with_a_ballot),
        IN_FOLDER(test_cases_keep_every_place_of_their_points),
        IN_FOLDER(test_cases_file_that_is_wrong_is_an_error_at_its_line),
        IN_FOLDER(test_rules_without_cases_or_ending_are_told_apart),
        cmocka_unit_test(test_people_are_cleaned_like_those_of_a_table),
        cmocka_unit_test(test_people_with_a_wrong_text_are_refused_whole),
        cmocka_unit_test(test_second_person_of_an_id_is_a_problem),
        cmocka_unit_test(test_ballots_that_cannot_be_are_problems),
        cmocka_unit_test(test_scale_must_fit_the_columns),
        cmocka_unit_test(test_ballots_of_several_scales_are_put_together),
        cmocka_unit_test(test_second_ballot_of_a_rater_is_a_problem_unless_anonymous),
        cmocka_unit_test(test_options_are_given_by_their_number),
        cmocka_unit_test(test_no_rows_are_no_error_of_the_call),
        IN_FOLDER(test_problems_are_told_as_text_and_json),
        IN_FOLDER(test_csv_is_written_and_not_over_another),
        cmocka_unit_test(test_summary_and_explanation_come_as_text_and_json),
        IN_FOLDER(test_sealed_columns_verify_and_replay),
        IN_FOLDER(test_progress_cancels_a_seal),
        cmocka_unit_test(test_an_anchor_that_is_none_is_a_wrong_call),
        cmocka_unit_test(test_progress_cancels_a_run),
        IN_FOLDER(test_check_gives_every_mistake_in_the_order_of_the_file),
        cmocka_unit_test(test_check_ends_at_fifty_mistakes),
        cmocka_unit_test(test_check_of_a_sound_file_gives_the_scheme_and_no_list),
        cmocka_unit_test(test_check_that_cannot_begin_has_no_list),
        cmocka_unit_test(test_version_is_three_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
