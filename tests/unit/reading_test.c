/* What must not depend on how a table is read: encodings, line ends, delimiters, chunks, threads; and what happens when
 * memory runs out. */
#include "made_tables.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- comparing batches ---- */

static void assert_same_column(const void *a, const void *b, size_t count, size_t size)
{
    if (count > 0)
        assert_memory_equal(a, b, count * size);
}

static void assert_same_interner(const interner *a, const interner *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_true(text_equal(a->texts[i], b->texts[i]));
}

static void assert_same_ballots(const ballots *a, const ballots *b)
{
    assert_int_equal(a->count, b->count);
    assert_same_column(a->subject, b->subject, a->count, sizeof *a->subject);
    assert_same_column(a->rater, b->rater, a->count, sizeof *a->rater);
    assert_same_column(a->role, b->role, a->count, sizeof *a->role);
    assert_same_column(a->row, b->row, a->count, sizeof *a->row);
    for (size_t item = 0; item < a->item_count; item++) {
        assert_int_equal(a->scale[item], b->scale[item]);
        assert_same_column(a->values[item], b->values[item], a->count, sizeof **a->values);
    }
    assert_same_interner(&a->raters, &b->raters);
}

static void assert_same_problems(const problem_list *a, const problem_list *b)
{
    assert_int_equal(a->errors, b->errors);
    assert_int_equal(a->notices, b->notices);
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const problem *p = &a->items[i], *q = &b->items[i];
        assert_int_equal(p->what.id, q->what.id);
        assert_int_equal(p->row, q->row);
        assert_int_equal(p->column, q->column);
        assert_true(text_equal(p->value, q->value) && text_equal(p->header, q->header));
        for (int k = 0; k < MESSAGE_MAX_ARGS; k++)
            assert_true(text_equal(p->what.args[k], q->what.args[k]));
    }
}

static void assert_same_batch(const batch *a, const batch *b)
{
    assert_same_interner(&a->people.ids, &b->people.ids);
    for (size_t i = 0; i < a->people.count; i++) {
        assert_true(text_equal(a->people.name[i], b->people.name[i]));
        assert_int_equal(a->people.row[i], b->people.row[i]);
    }
    assert_int_equal(a->event_count, b->event_count);
    for (size_t i = 0; i < a->event_count; i++) {
        assert_int_equal(a->events[i].subject, b->events[i].subject);
        assert_int_equal(a->events[i].row, b->events[i].row);
        assert_true(text_equal(a->events[i].note, b->events[i].note));
    }
    assert_same_ballots(&a->ballots, &b->ballots);
    assert_same_problems(&a->problems, &b->problems);
    assert_int_equal(a->invalid_ballots, b->invalid_ballots);
}

/* ---- tables of some size, with every kind of row ---- */

enum { SOME_PEOPLE = 40, SOME_BALLOTS = 700 };

static char *some_people(bool wrong)
{
    char *table = malloc(SOME_PEOPLE * 64), *at = table;
    at += sprintf(at, "id,name,unit\r\n");
    for (int i = 0; i < SOME_PEOPLE; i++)
        at += sprintf(at,
                      wrong && i % 9 == 8   ? "P%03d,x%d\n"
                      : wrong && i % 9 == 7 ? "P%03d,a\"%d,\n"
                      : i % 7 == 3          ? "\"P%03d\",\"名 \"\"%d\"\"\nx\",一科\r\n"
                                            : "P%03d,某%d,二科\r\n",
                      i, i);
    return table;
}

static char *some_ratings(bool wrong)
{
    static const char *const roles[] = {"peer", "leader", "群众", "\"peer\"", "self", "领导", "Peer ", "peer"};
    char *table = malloc(SOME_BALLOTS * 80), *at = table;
    at += sprintf(at, "role,subject,rater,virtue,ability,diligence,performance,integrity\n");
    for (int i = 0; i < SOME_BALLOTS; i++) {
        at += sprintf(at, "%s,P%03d,%s%d,%d,%d.%d,%d", roles[i % 8], i * 7 % SOME_PEOPLE, i % 3 ? "R" : "P0", i, i % 11,
                      i % 10, i % 10, i % 10);
        at += sprintf(at, i % 97 == 5 ? ",\"%d.125\",%d" : i % 13 == 4 ? ",４%d,%d" : ",%d,%d", i % 10, i % 10);
        at += sprintf(at, wrong && i % 31 == 7 ? "x\n" : wrong && i % 53 == 9 ? ",y\r\n" : i % 5 == 0 ? "\r\n" : "\n");
        if (i % 101 == 3)
            at += sprintf(at, i % 2 ? "\n" : ",,,\r");
    }
    if (wrong)
        sprintf(at, "peer,P001,again,1,1,1,1,1\npeer,P001,again,1,1,1,1,1\npeer,\"P001,last,1,1,1,1,1\n");
    return table;
}

static char *some_long_ratings(void)
{
    static const char *const items[] = {"virtue", "能", "diligence", "绩", "integrity"};
    char *table = malloc(SOME_BALLOTS * 64), *at = table;
    at += sprintf(at, "subject;rater;role;item;value\n");
    for (int i = 0; i < SOME_BALLOTS; i++) {
        int row = i * 1009 % SOME_BALLOTS, ballot = row / 5; /* shuffled: 1009 and 700 have no common divisor */
        at += sprintf(at, "P%03d;R%d;%s;%s;%d.%d\n", ballot % SOME_PEOPLE, ballot, ballot % 2 ? "peer" : "领导",
                      items[row % 5], row % 10, i % 7);
    }
    return table;
}

static batch *read_three(const char *people, const char *ratings, const char *more, unsigned threads,
                         size_t chunk_bytes)
{
    const given tables[] = {PEOPLE(people), RATINGS(ratings),
                            EVENTS("subject,kind,from,to,note\nP001,sick-leave,2026-01-01,,\"a\nb\"\nP002,veto,,,x\n"),
                            RATINGS(more)};
    return read_with(bureau(), tables, 4, (read_options){.threads = threads},
                     (feed_limits){chunk_bytes, 1 << 20, chunk_bytes});
}

/* The same batch and the same problems for any number of threads and wherever the chunks are cut. */
static void check_threads_and_chunks(bool wrong)
{
    static const size_t chunks[] = {1, 3, 16, 61, 100, 1000, 30000};
    static const unsigned threads[] = {1, 2, 7};
    char *people = some_people(wrong), *ratings = some_ratings(wrong), *more = some_long_ratings();
    batch *whole = read_three(people, ratings, more, 1, 1 << 20);
    assert_true(whole->ballots.count > SOME_BALLOTS / 2);
    assert_int_equal(whole->problems.errors > 40, wrong); /* in 8 rows of people and 37 of ratings, and a few more */
    for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++) {
        for (size_t t = 0; t < 3; t++) {
            batch *b = read_three(people, ratings, more, threads[t], chunks[c]);
            assert_same_batch(b, whole);
            batch_free(b);
        }
    }
    batch_free(whole);
    free(people);
    free(ratings);
    free(more);
}

static void test_threads_and_chunks_do_not_change_a_batch(void **state)
{
    (void)state;
    check_threads_and_chunks(false);
}

static void test_threads_and_chunks_do_not_change_problems(void **state)
{
    (void)state;
    check_threads_and_chunks(true);
}

/* ---- encodings ---- */

static size_t convert(const char *to, const char *table, char *out, size_t room)
{
    iconv_t converter = iconv_open(to, "UTF-8");
    char in[1024], *from = in, *at = out;
    size_t left = strlen(table), free_bytes = room;
    assert_true(converter != (iconv_t)-1);
    memcpy(in, table, left);
    assert_true(iconv(converter, &from, &left, &at, &free_bytes) != (size_t)-1);
    iconv_close(converter);
    return room - free_bytes;
}

static const char CHINESE_PEOPLE[] = "编号,姓名,单位\n员1,张䶮,一科\n员2,𬱖買提·艾力,\"二,\n科\"\n员3,欧阳静,三科\n";

static void check_encoding(const char *name, const char *mark, size_t mark_length)
{
    char bytes[2048];
    batch *expected = READ(bureau(), PEOPLE(CHINESE_PEOPLE));
    memcpy(bytes, mark, mark_length);
    size_t length = mark_length + convert(name, CHINESE_PEOPLE, bytes + mark_length, sizeof bytes - mark_length);
    assert_clean(expected);
    for (size_t chunk = 1; chunk < 80; chunk += chunk < 8 ? 1 : 13) {
        const given table = {TABLE_PEOPLE, bytes, length};
        batch *b = read_with(bureau(), &table, 1, (read_options){.threads = 2}, (feed_limits){chunk, 1 << 20, chunk});
        assert_same_batch(b, expected);
        batch_free(b);
    }
    batch_free(expected);
}

/* “UTF-8 with or without BOM, or GB18030, found out by itself”; UTF-16 is what Excel calls “Unicode text”. 䶮 is not in
 * GBK, 𬱖 has four bytes. */
static void test_every_encoding_gives_the_same_batch(void **state)
{
    (void)state;
    check_encoding("UTF-8", "", 0);
    check_encoding("UTF-8", "\xEF\xBB\xBF", 3);
    check_encoding("GB18030", "", 0);
    check_encoding("GB18030", "\x84\x31\x95\x33", 4);
    check_encoding("UTF-16LE", "\xFF\xFE", 2);
}

static void check_bytes(const char *bytes, size_t length, const char *id, const char *said, const char *file, int line)
{
    const given table = {TABLE_PEOPLE, bytes, length};
    for (size_t stretch = 1; stretch <= 80; stretch++) { /* wherever the first pass is divided */
        batch *b = read_with(bureau(), &table, 1, (read_options){.threads = 2}, (feed_limits){512, 1 << 20, stretch});
        check_said(check_problem(b, PROBLEM_ERROR, id, 0, 0, file, line), said, file, line);
        batch_free(b);
    }
}
#define assert_bytes(bytes, id, said) check_bytes((bytes), sizeof(bytes) - 1, (id), (said), __FILE__, __LINE__)

static void test_bytes_that_are_no_text_are_named_with_their_offset(void **state)
{
    (void)state;
    assert_bytes("id,name\n1,\xD5\xC5\xFF\xFF\n", "input.unknown_bytes", "byte 12 ");
    assert_bytes("id,name\n1,\xD5\xC5\n2,\xD5", "input.unknown_bytes", "byte 15 ");
    assert_bytes("\xEF\xBB\xBFid,name\n1,\xD5\xC5\n", "input.damaged_utf8", "byte 13;");
    assert_bytes("id,name\n1,一二三四五六七八九十一二三四五六七\n2,\xD5\xC5\n", "input.damaged_utf8", "byte 64;");
    assert_bytes("id,name\n1,一二三四五六七八九十一二三四五六七\x80\n", "input.damaged_utf8", "byte 61;");
    assert_bytes("id,name\n1,一二三四五六七八九十一二三四五六七\xF0\xA0\xAE\n", "input.damaged_utf8", "byte 61;");
    assert_bytes("id,name\n1,一二三四五六七八九十一二三四五六七\xE4\xB8", "input.damaged_utf8", "byte 61;");
    assert_bytes("\xFE\xFF\0i\0d", "input.utf16", "UTF-16");
    assert_bytes("i\0d\0,\0n\0a\0m\0e\0\n\0", "input.utf16", "UTF-16");
    assert_bytes("\xFF\xFEi\0d\0,\0n", "input.cut_utf16", "byte 8;");
}

/* What comes before a bad byte is still checked, as far as its rows are whole. */
static void test_rows_before_a_bad_byte_are_read(void **state)
{
    static const char bytes[] = "id,name,start\n1,\xD5\xC5,x\n2,\xC0\xEE,y\n3,\xFF\xFF,z\n";
    (void)state;
    for (size_t chunk = 1; chunk < 64; chunk += 5) {
        const given table = {TABLE_PEOPLE, bytes, sizeof bytes - 1};
        batch *b = read_with(bureau(), &table, 1, (read_options){.threads = 2}, (feed_limits){chunk, 1 << 20, 0});
        assert_counts(b, 3, 0);
        assert_error(b, "input.not_a_date", 2, 3);
        assert_error(b, "input.not_a_date", 3, 3);
        batch_free(b);
    }
}

/* “CSV (comma, semicolon or tab…)”, with any line end. */
static void test_delimiters_and_line_ends_do_not_matter(void **state)
{
    static const char *const tables[] = {"id,name,unit\n1,a;b,x\n2,c,y\n",       "id;name;unit\n1;\"a;b\";x\n2;c;y\n",
                                         "id\tname\tunit\n1\ta;b\tx\n2\tc\ty\n", "id,name,unit\r\n1,a;b,x\r\n2,c,y\r\n",
                                         "id,name,unit\r1,a;b,x\r2,c,y",         "id,name,unit\n1,a;b,x\r\n2,c,y\r"};
    batch *expected = READ(bureau(), PEOPLE(tables[0]));
    (void)state;
    assert_clean(expected);
    for (size_t i = 1; i < sizeof tables / sizeof *tables; i++) {
        batch *b = READ(bureau(), PEOPLE(tables[i]));
        assert_same_batch(b, expected);
        batch_free(b);
    }
    batch_free(expected);
}

/* ---- limits ---- */

static void test_a_record_without_end_is_named_where_it_begins(void **state)
{
    enum { LENGTH = 5000 };
    static const feed_limits limits = {64, 1000, 0};
    char *bytes = malloc(LENGTH + 1);
    (void)state;
    memset(bytes, 'x', LENGTH);
    bytes[LENGTH] = '\0';
    memcpy(bytes, "id,name\n1,a\n2,\"b", 16);
    const given table = {TABLE_PEOPLE, bytes, LENGTH};
    batch *b = read_with(bureau(), &table, 1, (read_options){.threads = 2}, limits);
    assert_only_error(b, "input.unclosed_quote", 3, 2);
    batch_free(b);
    bytes[14] = 'b';
    b = read_with(bureau(), &table, 1, (read_options){.threads = 2}, limits);
    assert_only_error(b, "input.record_too_long", 3, 1);
    batch_free(b);
    free(bytes);
}

/* Beyond the limit of the list problems are counted, and nothing else goes wrong. */
static void test_very_many_problems_are_counted(void **state)
{
    enum { ROWS = PROBLEM_LIST_LIMIT + 5000 };
    char *table = malloc(ROWS * 32), *at = table;
    (void)state;
    at += sprintf(at, "subject,kind\n");
    for (int i = 0; i < ROWS; i++)
        at += sprintf(at, "1,sick-leaf\n");
    batch *b = READ(bureau(), FOUR_PEOPLE, EVENTS(table));
    assert_int_equal(b->problems.errors, ROWS);
    assert_int_equal(b->problems.count, PROBLEM_LIST_LIMIT);
    batch_free(b);
    free(table);
}

/* ---- no memory ---- */

/* Every allocation of a whole reading fails in turn: E_SYSTEM, and nothing leaks (the sanitizer watches). */
static void test_every_failing_allocation_is_reported(void **state)
{
    static const struct {
        batch_table table;
        const char *bytes;
    } tables[] = {{TABLE_PEOPLE, "id,name,民族\n1,王•芳,x\n2,\"乙 \"\"\",ｙ\n2,丙,\n"},
                  {TABLE_RATINGS,
                   "subject,rater,role," ITEMS "\n1,a,peer,1,2,3,4.5,x\n１,b,peer,1,2,3,4,5\n9,b,pear,1,2,3,4,5\n"},
                  {TABLE_RATINGS, "subject,rater,role,item,value\n1,c,peer,德,1\n1,c,peer,能,1\n2,1,leader,virtu,1\n"},
                  {TABLE_EVENTS, "subject,kind,from,liable\n1,balancing,2026-01-01,2\n2,vero,,\n"},
                  {TABLE_MEASURES, "subject,measure,value\n1,完成率,1\n1,average-days,2\n"},
                  {TABLE_HISTORY, "subject,period,score\n1,2025,9\n1,2025,9\n"}};
    vocabulary words = bureau();
    read_options options = {.threads = 1, .hash = true};
    bool finished = false;
    (void)state;
    for (long successes = 0; !finished; successes++) {
        batch *b = batch_new(&words);
        assess_error err = {0};
        assess_status status = ASSESS_OK;
        assert_non_null(b);
        mem_fault_after(successes);
        for (size_t i = 0; status == ASSESS_OK && i < sizeof tables / sizeof *tables; i++)
            status = exchange_read_memory(b, tables[i].table, TEXT("t.csv"), tables[i].bytes, strlen(tables[i].bytes),
                                          &options, (feed_limits){32, 1 << 20, 0}, &err);
        finished = status == ASSESS_OK && batch_finish(b, 1);
        mem_fault_after(-1);
        if (status != ASSESS_OK) {
            assert_int_equal(status, ASSESS_E_SYSTEM);
            assert_int_equal(err.status, ASSESS_E_SYSTEM);
        }
        batch_free(b);
        assert_true(successes < 20000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_and_chunks_do_not_change_a_batch),
        cmocka_unit_test(test_threads_and_chunks_do_not_change_problems),
        cmocka_unit_test(test_every_encoding_gives_the_same_batch),
        cmocka_unit_test(test_bytes_that_are_no_text_are_named_with_their_offset),
        cmocka_unit_test(test_rows_before_a_bad_byte_are_read),
        cmocka_unit_test(test_delimiters_and_line_ends_do_not_matter),
        cmocka_unit_test(test_a_record_without_end_is_named_where_it_begins),
        cmocka_unit_test(test_very_many_problems_are_counted),
        cmocka_unit_test(test_every_failing_allocation_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
