/* Files and folders: what is read, in which order, and what is said about the rest. */
#include "made_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/naming.h"

/* A folder of its own for each test; what was written is removed at the end. */
typedef struct folder {
    char path[64];
    char files[16][128];
    size_t count;
} folder;

static int make_folder(void **state)
{
    folder *f = calloc(1, sizeof *f);
    strcpy(f->path, "/tmp/assess-files-XXXXXX");
    *state = f;
    return mkdtemp(f->path) ? 0 : -1;
}

static int remove_folder(void **state)
{
    folder *f = *state;
    for (size_t i = f->count; i-- > 0;)
        if (unlink(f->files[i]) != 0)
            rmdir(f->files[i]);
    int result = rmdir(f->path);
    free(f);
    return result;
}

static const char *path_of(folder *f, const char *name)
{
    char *path = f->files[f->count++];
    strcpy(path, f->path);
    strcat(strcat(path, "/"), name);
    return path;
}

static const char *put(folder *f, const char *name, const char *content)
{
    const char *path = path_of(f, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    return path;
}

static const char WIDE_HEADER[] = "subject,rater,role," ITEMS "\n";
static const char LONG_HEADER[] = "subject,rater,role,item,value\n";

static void put_joined(folder *f, const char *name, const char *first, const char *second)
{
    char content[512];
    snprintf(content, sizeof content, "%s%s", first, second);
    put(f, name, content);
}

static batch *read_paths(const char *const *paths, size_t count, assess_status expected)
{
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    assess_error err = {0};
    read_options options = {.threads = 2, .hash = true};
    assert_non_null(b);
    assert_int_equal(exchange_read(b, paths, count, &options, &err), expected);
    assert_int_equal(err.status, expected);
    assert_true(batch_finish(b, 1));
    return b;
}

#define READ_PATHS(expected, ...)                                                                                      \
    read_paths((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *),        \
               (expected))

/* ---- names ---- */

/* Contract: “tables are recognised by file or sheet name …, with or without a suffix such as `ratings-office.csv`”. */
static void test_tables_are_recognised_by_name(void **state)
{
    static const struct {
        const char *name;
        batch_table table;
    } cases[] = {
        {"people.csv", TABLE_PEOPLE},
        {"人员.csv", TABLE_PEOPLE},
        {"/a/b/People.CSV", TABLE_PEOPLE},
        {"ratings-office.csv", TABLE_RATINGS},
        {"评分 (2).csv", TABLE_RATINGS},
        {"评分", TABLE_RATINGS},
        {"ratings_2026.xlsx", TABLE_RATINGS},
        {"评分表.csv", TABLE_RATINGS},
        {"ratings2.txt", TABLE_RATINGS},
        {"ratings.office.csv", TABLE_RATINGS},
        {"ratings办公室.csv", TABLE_RATINGS},
        {"评分（办公室）.csv", TABLE_RATINGS},
        {"events", TABLE_EVENTS},
        {"事项.tsv", TABLE_EVENTS},
        {"measures.csv", TABLE_MEASURES},
        {"指标-1.csv", TABLE_MEASURES},
        {"history.csv", TABLE_HISTORY},
        {"历年.csv", TABLE_HISTORY},
        {"raters.csv", TABLE_RATERS},
        {"Raters-office.csv", TABLE_RATERS},
        {"考评人.csv", TABLE_RATERS},
        {"考评人表.csv", TABLE_RATERS},
        {"评分人 (2).csv", TABLE_RATERS},
        {"评分安排-办公室.csv", TABLE_RATERS},
        {"评分安排", TABLE_RATERS},
        {"评分办公室.csv", TABLE_COUNT}, /* as before: a Han character makes another word of it */
        {"考评人员.csv", TABLE_COUNT},
        {"results.csv", TABLE_COUNT},
        {"peoples.csv", TABLE_COUNT},
        {"my-people.csv", TABLE_COUNT},
        {"评分标准.csv", TABLE_COUNT},
        {"", TABLE_COUNT},
        {".csv", TABLE_COUNT},
        {"people/x.csv", TABLE_COUNT},
        {"\xff\xfe", TABLE_COUNT},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (exchange_table_of(text_of(cases[i].name)) != cases[i].table)
            fail_msg("%s", cases[i].name);
}

static void test_formats_are_told_by_the_ending(void **state)
{
    (void)state;
    assert_int_equal(format_of(TEXT("a.csv")), FORMAT_TEXT);
    assert_int_equal(format_of(TEXT("a.TXT")), FORMAT_TEXT);
    assert_int_equal(format_of(TEXT("x/a.b.xlsx")), FORMAT_WORKBOOK);
    assert_int_equal(format_of(TEXT("a.XLS")), FORMAT_WORKBOOK);
    assert_int_equal(format_of(TEXT("csv")), FORMAT_OTHER);
    assert_int_equal(format_of(TEXT("a.csv.bak")), FORMAT_OTHER);
    assert_int_equal(format_of(TEXT("x.csv/a")), FORMAT_OTHER);
}

/* ---- folders ---- */

static void test_a_folder_gives_its_tables_in_the_order_of_their_names(void **state)
{
    folder *f = *state;
    put_joined(f, "ratings-b.csv", WIDE_HEADER, "1,b,peer,1,1,1,1,1\n");
    put_joined(f, "ratings-a.csv", WIDE_HEADER, "1,a,peer,1,1,1,1,1\n");
    put(f, "人员.csv", "id,name\n1,甲\n");
    put(f, "notes.md", "none of our business");
    put(f, ".~lock.people.csv#", "x");
    put(f, ".people.csv", "x");
    put(f, "~$people.xlsx", "x");
    mkdir(path_of(f, "last-year"), 0700);
    batch *b = READ_PATHS(ASSESS_OK, f->path);
    assert_clean(b);
    assert_int_equal(b->source_count, 3);
    assert_int_equal(exchange_table_of(b->sources[0].name), TABLE_PEOPLE); /* people first, whatever their place */
    assert_text(b->ballots.raters.texts[0], "a");
    assert_text(b->ballots.raters.texts[1], "b");
    assert_int_equal(batch_ballot_source(b, 0), 1);
    assert_int_equal(batch_ballot_source(b, 1), 2);
    batch_free(b);
}

/* "Errors, never guesses": a table that cannot be read is not a table that is not there. */
static void test_a_table_of_a_folder_that_is_no_file_is_an_error(void **state)
{
    folder *f = *state;
    put_joined(f, "ratings.csv", WIDE_HEADER, "1,a,peer,1,1,1,1,1\n");
    put(f, "people.csv", "id,name\n1,甲\n");
    mkdir(path_of(f, "events-a.csv"), 0700);
    assert_int_equal(symlink("nowhere", path_of(f, "events-b.csv")), 0);
    batch *b = READ_PATHS(ASSESS_E_INPUT, f->path);
    assert_int_equal(b->problems.errors, 2);
    batch_free(b);
}

static void test_other_csv_files_and_workbooks_of_a_folder_are_a_notice(void **state)
{
    folder *f = *state;
    put(f, "people.csv", "id,name\n1,甲\n");
    put(f, "results.csv", "id\n");
    put(f, "汇总.xlsx", "PK");
    batch *b = READ_PATHS(ASSESS_OK, f->path);
    assert_counts(b, 0, 2);
    assert_notice(b, "input.file_unknown", 0, 0);
    assert_said(assert_notice(b, "input.file_workbook", 0, 0),
                "汇总.xlsx' is a workbook"); /* no reader of workbooks is given here */
    batch_free(b);
}

static void test_a_folder_without_tables_is_an_error(void **state)
{
    folder *f = *state;
    put(f, "notes.md", "x");
    batch *b = READ_PATHS(ASSESS_E_INPUT, f->path);
    assert_said(assert_error(b, "input.folder_without_tables", 0, 0), "expected CSV files");
    batch_free(b);
}

/* ---- single paths ---- */

static void test_a_workbook_is_an_error_that_says_what_to_do(void **state)
{
    folder *f = *state;
    const char *people = put(f, "people.csv", "id,name\n1,甲\n"), *book = put(f, "ratings.xlsx", "PK\3\4");
    batch *b = READ_PATHS(ASSESS_E_INPUT, people, book);
    assert_said(assert_error(b, "input.workbook", 0, 0), "CSV UTF-8");
    assert_int_equal(b->people.count, 1); /* the others are read all the same, so that all problems are named */
    batch_free(b);
    b = READ_PATHS(ASSESS_E_INPUT, f->path);
    assert_error(b, "input.workbook", 0, 0);
    batch_free(b);
}

static void test_a_workbook_by_another_name_is_seen(void **state)
{
    folder *f = *state;
    const char *people = put(f, "people.csv", "PK\3\4 and so on");
    batch *b = READ_PATHS(ASSESS_OK, people);
    assert_only_error(b, "input.workbook_inside", 0, 0);
    batch_free(b);
}

static void test_paths_that_are_missing_or_no_table_are_errors(void **state)
{
    folder *f = *state;
    const char *other = put(f, "other.csv", "x");
    batch *b = READ_PATHS(ASSESS_E_INPUT, "/no/such/file.csv", other, "/dev/null");
    assert_counts(b, 3, 0); /* the tables that the scheme needs may have been in what was not found */
    assert_said(assert_error(b, "input.path_missing", 0, 0), "/no/such/file.csv");
    assert_error(b, "input.path_no_table", 0, 0);
    batch_free(b);
}

static void test_a_pipe_does_not_hang(void **state)
{
    folder *f = *state;
    const char *people = path_of(f, "people.csv");
    assert_int_equal(mkfifo(people, 0600), 0);
    batch *b = READ_PATHS(ASSESS_E_INPUT, people);
    assert_error(b, "input.not_a_file", 0, 0);
    batch_free(b);
}

static void test_a_file_given_twice_is_read_once(void **state)
{
    folder *f = *state;
    const char *people = put(f, "people.csv", "id,name\n1,甲\n");
    batch *b = READ_PATHS(ASSESS_OK, f->path, people);
    assert_counts(b, 0, 1);
    assert_notice(b, "input.file_given_twice", 0, 0);
    batch_free(b);
}

/* Contract: “unreadable file” is exit 4, the machine failed. */
static void test_an_unreadable_file_is_a_failure_of_the_machine(void **state)
{
    folder *f = *state;
    const char *people = put(f, "people.csv", "id,name\n1,甲\n");
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    assess_error err = {0};
    read_options options = {.threads = 1};
    if (geteuid() != 0) { /* root reads everything */
        assert_int_equal(chmod(people, 0), 0);
        assert_int_equal(exchange_read(b, &people, 1, &options, &err), ASSESS_E_SYSTEM);
        assert_string_equal(err.id, "system.read_denied");
    }
    batch_free(b);
}

static void test_an_empty_file_is_an_error(void **state)
{
    folder *f = *state;
    const char *people = put(f, "people.csv", "");
    batch *b = READ_PATHS(ASSESS_OK, people);
    assert_only_error(b, "input.file_empty", 0, 0);
    batch_free(b);
}

/* Contract: “Several files of one table are put together.” A long ballot may be spread over them. */
static void test_several_files_of_one_table_are_put_together(void **state)
{
    folder *f = *state;
    const char *first = put(f, "people.csv", "id,name\n1,甲\n"),
               *second = put(f, "people-2.csv", "name,工号\n乙,2\n丙,1\n");
    put_joined(f, "ratings-1.csv", LONG_HEADER, "2,a,peer,virtue,1\n2,a,peer,ability,2\n");
    put_joined(f, "ratings-2.csv", LONG_HEADER, "2,a,peer,勤,3\n2,a,peer,绩,4.5\n2,a,peer,廉,5\n2,a,peer,德,5\n");
    batch *b = READ_PATHS(ASSESS_OK, first, second, f->files[2], f->files[3]);
    assert_int_equal(b->people.count, 2);
    assert_int_equal(b->ballots.count, 1);
    assert_true(b->ballots.values[3][0] == 45 && b->ballots.values[4][0] == 5);
    assert_counts(b, 2, 0);
    assert_said(assert_error(b, "input.person_twice_elsewhere", 3, 2), "row 2 of '");
    const problem *p = assert_error(b, "input.item_twice_elsewhere", 5, 0);
    assert_int_equal(p->source, 3);
    batch_free(b);
}

static void test_each_source_has_its_hash(void **state)
{
    folder *f = *state;
    static const char content[] = "\xEF\xBB\xBFid,name\r\n1,甲\r\n"; /* the hash is of the bytes, mark and all */
    const char *people = put(f, "people.csv", content);
    digest expected;
    batch *b = READ_PATHS(ASSESS_OK, people);
    assert_clean(b);
    assert_true(digest_of(content, sizeof content - 1, &expected));
    assert_true(b->sources[0].hashed);
    assert_memory_equal(&b->sources[0].sha256, &expected, sizeof expected);
    batch_free(b);
}

/* ---- progress ---- */

typedef struct watched {
    uint64_t done, total;
    unsigned calls, cancel_at;
} watched;

static int watch(void *user, uint64_t done, uint64_t total)
{
    watched *w = user;
    assert_true(done >= w->done && done <= total);
    w->done = done;
    w->total = total;
    return ++w->calls == w->cancel_at;
}

static void test_progress_reaches_the_end(void **state)
{
    folder *f = *state;
    watched w = {0};
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    put(f, "people.csv", "id,name\n1,甲\n2,乙\n");
    put_joined(f, "ratings.csv", WIDE_HEADER, "1,b,peer,1,1,1,1,1\n");
    read_options options = {.threads = 2, .progress = watch, .user = &w};
    const char *path = f->path;
    assert_int_equal(exchange_read(b, &path, 1, &options, NULL), ASSESS_OK);
    assert_true(w.calls >= 2);
    assert_true(w.done == w.total);
    batch_free(b);
}

static void test_progress_can_cancel(void **state)
{
    folder *f = *state;
    watched w = {.cancel_at = 1};
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    assess_error err = {0};
    put(f, "people.csv", "id,name\n1,甲\n2,乙\n");
    read_options options = {.threads = 2, .progress = watch, .user = &w};
    const char *path = f->path;
    assert_int_equal(exchange_read(b, &path, 1, &options, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.cancelled");
    assert_int_equal(w.calls, 1);
    batch_free(b);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_are_recognised_by_name),
        cmocka_unit_test(test_formats_are_told_by_the_ending),
        IN_FOLDER(test_a_folder_gives_its_tables_in_the_order_of_their_names),
        IN_FOLDER(test_a_table_of_a_folder_that_is_no_file_is_an_error),
        IN_FOLDER(test_other_csv_files_and_workbooks_of_a_folder_are_a_notice),
        IN_FOLDER(test_a_folder_without_tables_is_an_error),
        IN_FOLDER(test_a_workbook_is_an_error_that_says_what_to_do),
        IN_FOLDER(test_a_workbook_by_another_name_is_seen),
        IN_FOLDER(test_paths_that_are_missing_or_no_table_are_errors),
        IN_FOLDER(test_a_pipe_does_not_hang),
        IN_FOLDER(test_a_file_given_twice_is_read_once),
        IN_FOLDER(test_an_unreadable_file_is_a_failure_of_the_machine),
        IN_FOLDER(test_an_empty_file_is_an_error),
        IN_FOLDER(test_several_files_of_one_table_are_put_together),
        IN_FOLDER(test_each_source_has_its_hash),
        IN_FOLDER(test_progress_reaches_the_end),
        IN_FOLDER(test_progress_can_cancel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
