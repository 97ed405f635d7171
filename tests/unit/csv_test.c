/* The tokenizer alone: records and cells after RFC 4180, and where a text may be cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "exchange/csv.h"

enum { CELLS = 4 };

/* The records of a text in a form that can be compared: cells in [], ; behind each record, ! and a number for a flaw.
 */
typedef struct written {
    char bytes[4096];
    size_t length;
} written;

static void write_bytes(written *w, const char *bytes, size_t length)
{
    assert_true(w->length + length < sizeof w->bytes);
    memcpy(w->bytes + w->length, bytes, length);
    w->length += length;
    w->bytes[w->length] = '\0';
}

static void write_record(written *w, const csv_record *record)
{
    for (size_t i = 0; i < record->count && i < record->capacity; i++) {
        write_bytes(w, "[", 1);
        write_bytes(w, record->cells[i].bytes, record->cells[i].length);
        write_bytes(w, "]", 1);
    }
    if (record->surplus)
        write_bytes(w, "+", 1);
    if (record->flaw != CSV_FINE) {
        const char flaw[2] = {'!', (char)('0' + record->flaw)};
        write_bytes(w, flaw, 2);
    }
    write_bytes(w, ";", 1);
}

static void read_all(const char *bytes, size_t length, char delimiter, written *w)
{
    text cells[CELLS];
    char *copy = malloc(length + CSV_PADDING);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    memset(copy + length, '\0', CSV_PADDING);
    copy[length] = '\n';
    csv_reader reader = {copy, copy + length, delimiter, 0};
    csv_record record = {.cells = cells, .capacity = CELLS};
    while (csv_next(&reader, &record))
        write_record(w, &record);
    free(copy);
}

static void check_records(const char *bytes, char delimiter, const char *expected, const char *file, int line)
{
    written w = {.length = 0};
    read_all(bytes, strlen(bytes), delimiter, &w);
    _assert_string_equal(w.bytes, expected, file, line);
}
#define assert_records(bytes, expected) check_records((bytes), ',', (expected), __FILE__, __LINE__)

/* ---- records ---- */

static void test_a_record_ends_at_each_kind_of_line_end(void **state)
{
    (void)state;
    assert_records("a,b\nc,d\n", "[a][b];[c][d];");
    assert_records("a,b\r\nc,d\r\n", "[a][b];[c][d];");
    assert_records("a,b\rc,d\r", "[a][b];[c][d];");
    assert_records("a,b\nc,d", "[a][b];[c][d];");
    assert_records("a\r\n\r\nb", "[a];[];[b];");
    assert_records("\n\r", "[];[];");
    assert_records("", "");
}

static void test_an_empty_cell_is_a_cell(void **state)
{
    (void)state;
    assert_records(",", "[][];");
    assert_records("a,,\n", "[a][][];");
    assert_records("\"\",\"\"\n", "[][];");
}

/* Words of eight bytes: cells and records that begin and end anywhere in them. */
static void test_cells_of_every_length_are_found(void **state)
{
    char bytes[256], expected[256];
    (void)state;
    for (size_t first = 0; first < 20; first++) {
        for (size_t second = 0; second < 20; second++) {
            size_t n = 0, m = 0;
            memset(bytes, 'x', sizeof bytes);
            memset(expected, 'x', sizeof expected);
            bytes[n = first] = ',';
            n += 1 + second;
            memcpy(bytes + n, "\r\nend", 6);
            expected[m] = '[';
            m += 1 + first;
            memcpy(expected + m, "][", 2);
            m += 2 + second;
            memcpy(expected + m, "];[end];", 9);
            assert_records(bytes, expected);
        }
    }
}

static void test_signs_below_the_comma_are_no_delimiters(void **state)
{
    (void)state;
    assert_records(" !#$%&'()*+,\x01\x1f\n", "[ !#$%&'()*+][\x01\x1f];");
    assert_records("第一,第二\n", "[第一][第二];");
    check_records("a;b,c;d\n", ';', "[a][b,c][d];", __FILE__, __LINE__);
    check_records("a\tb,c\n", '\t', "[a][b,c];", __FILE__, __LINE__);
}

static void test_cells_beyond_the_capacity_are_counted(void **state)
{
    (void)state;
    assert_records("1,2,3,4,,  ,\n", "[1][2][3][4];");
    assert_records("1,2,3,4,,x\n", "[1][2][3][4]+;");
}

/* ---- quotes ---- */

static void test_quotes_hold_delimiters_line_ends_and_doubled_quotes(void **state)
{
    (void)state;
    assert_records("\"a,b\",c\n", "[a,b][c];");
    assert_records("\"a\nb\r\nc\rd\",e\n", "[a\nb\r\nc\rd][e];");
    assert_records("\"say \"\"no\"\"\",x\n\"\"\"\"\n", "[say \"no\"][x];[\"];");
    assert_records("\"last\"", "[last];");
    assert_records("\"a\"  ,b\n", "[a][b];");
}

static void test_a_quoted_line_break_adds_no_row(void **state)
{
    text cells[CELLS];
    char bytes[256] = "\"a\n\n\nb\"\nc\n";
    csv_reader reader = {bytes, bytes + strlen(bytes), ',', 0};
    csv_record record = {.cells = cells, .capacity = CELLS};
    (void)state;
    assert_true(csv_next(&reader, &record));
    assert_true(csv_next(&reader, &record));
    assert_int_equal(record.row, 2);
    assert_false(csv_next(&reader, &record));
}

static void test_flaws_of_quotes_are_named(void **state)
{
    (void)state;
    assert_records("a,b\"c,d\nnext\n", "[a][b\"c][d]!2;[next];");
    assert_records("a, \"b\"\n", "[a][ \"b\"]!2;");
    assert_records("\"a\"b,c\nnext\n", "[a][c]!3;[next];");
    assert_records("a,\"b\nc,d\n", "[a][b\nc,d\n]!1;");
    assert_records("\"", "[]!1;");
}

static void test_the_first_flaw_counts(void **state)
{
    text cells[CELLS];
    char bytes[256] = "ok,a\"b,\"c\"d\n";
    csv_reader reader = {bytes, bytes + strlen(bytes), ',', 0};
    csv_record record = {.cells = cells, .capacity = CELLS};
    (void)state;
    assert_true(csv_next(&reader, &record));
    assert_int_equal(record.flaw, CSV_STRAY_QUOTE);
    assert_int_equal(record.flaw_cell, 1);
}

static void test_nul_is_a_flaw(void **state)
{
    static const char bytes[] = "a,\0b\nc,\"d\0\"\ne", expected[] = "[a][\0b]!4;[c][d\0]!4;[e];";
    written w = {.length = 0};
    (void)state;
    read_all(bytes, sizeof bytes - 1, ',', &w);
    assert_int_equal(w.length, sizeof expected - 1);
    assert_memory_equal(w.bytes, expected, w.length);
}

static void test_blank_records_hold_nothing_but_blanks(void **state)
{
    text cells[CELLS];
    char bytes[256] = ",  ,\t,,,\n,,,,,x\n,x\n";
    csv_reader reader = {bytes, bytes + strlen(bytes), ',', 0};
    csv_record record = {.cells = cells, .capacity = CELLS};
    (void)state;
    assert_true(csv_next(&reader, &record));
    assert_true(csv_is_blank(&record));
    assert_true(csv_next(&reader, &record));
    assert_false(csv_is_blank(&record));
    assert_true(csv_next(&reader, &record));
    assert_false(csv_is_blank(&record));
}

/* ---- the header line ---- */

static void check_delimiter(const char *header, char expected, const char *file, int line)
{
    _assert_int_equal(csv_delimiter(header, strlen(header)), expected, file, line);
}
#define assert_delimiter(header, expected) check_delimiter((header), (expected), __FILE__, __LINE__)

static void test_the_delimiter_is_found_on_the_first_line(void **state)
{
    (void)state;
    assert_delimiter("id,name\n1;2;3;4;5", ',');
    assert_delimiter("id;name;a,b\n", ';');
    assert_delimiter("id\tname\r\n", '\t');
    assert_delimiter("id", ',');
    assert_delimiter("", ',');
}

static void test_quoted_delimiters_on_the_first_line_do_not_count(void **state)
{
    (void)state;
    assert_delimiter("\"a,b,c,d\";e;f\n", ';');
    assert_delimiter("\"a \"\"b,c\"\", d\n,,\";e\n", ';');
    assert_delimiter("it\"s;a;b\n,,,,\n", ';');
}

/* ---- cutting ---- */

static void check_cut(const char *bytes, size_t expected, const char *file, int line)
{
    _assert_int_equal(csv_cut(bytes, strlen(bytes), ','), expected, file, line);
}
#define assert_cut(bytes, expected) check_cut((bytes), (expected), __FILE__, __LINE__)

static void test_a_text_is_cut_behind_its_last_whole_record(void **state)
{
    (void)state;
    assert_cut("a\nb\nc", 4);
    assert_cut("a\rb", 2);
    assert_cut("abc", 0);
    assert_cut("", 0);
}

/* A CR at the very end may be half of a line end. */
static void test_a_last_carriage_return_ends_nothing_yet(void **state)
{
    (void)state;
    assert_cut("a\nb\r", 2);
    assert_cut("a\r", 0);
    assert_cut("\"a\"\r", 0);
    assert_cut("a\r\nb\r\n", 6);
}

static void test_no_cut_within_quotes(void **state)
{
    (void)state;
    assert_cut("a\n\"b\nc\n", 2);
    assert_cut("a\n\"b\nc\"\nd\ne", 10);
    assert_cut("\"a\"", 0);
    assert_cut("\"a\"\"\n\"\nb", 7);
    assert_cut("x\"y\nz\n", 6); /* a stray quote opens nothing */
}

/* Cutting anywhere and reading the two parts gives the records of the whole: every prefix of a nasty text. */
static void test_parts_give_the_records_of_the_whole(void **state)
{
    static const char nasty[] = "h,\"x\ny\"\r\n\"a\"\"\",b\rc\"d,\"e\"f\n\n\"\n\",\"\"\r\n,\r\"z";
    const size_t length = sizeof nasty - 1;
    written whole = {.length = 0};
    (void)state;
    read_all(nasty, length, ',', &whole);
    for (size_t end = 0; end <= length; end++) {
        written parts = {.length = 0};
        size_t cut = csv_cut(nasty, end, ',');
        assert_true(cut <= end);
        read_all(nasty, cut, ',', &parts);
        read_all(nasty + cut, length - cut, ',', &parts);
        assert_string_equal(parts.bytes, whole.bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_record_ends_at_each_kind_of_line_end),
        cmocka_unit_test(test_an_empty_cell_is_a_cell),
        cmocka_unit_test(test_cells_of_every_length_are_found),
        cmocka_unit_test(test_signs_below_the_comma_are_no_delimiters),
        cmocka_unit_test(test_cells_beyond_the_capacity_are_counted),
        cmocka_unit_test(test_quotes_hold_delimiters_line_ends_and_doubled_quotes),
        cmocka_unit_test(test_a_quoted_line_break_adds_no_row),
        cmocka_unit_test(test_flaws_of_quotes_are_named),
        cmocka_unit_test(test_the_first_flaw_counts),
        cmocka_unit_test(test_nul_is_a_flaw),
        cmocka_unit_test(test_blank_records_hold_nothing_but_blanks),
        cmocka_unit_test(test_the_delimiter_is_found_on_the_first_line),
        cmocka_unit_test(test_quoted_delimiters_on_the_first_line_do_not_count),
        cmocka_unit_test(test_a_text_is_cut_behind_its_last_whole_record),
        cmocka_unit_test(test_a_last_carriage_return_ends_nothing_yet),
        cmocka_unit_test(test_no_cut_within_quotes),
        cmocka_unit_test(test_parts_give_the_records_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
