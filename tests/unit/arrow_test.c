/* Arrow streams in: what each type becomes as text, what is refused, who releases what, and that a table from a stream is the table
 * that the same text gives. The arrays are built by hand from the Arrow specification; tests/product/arrow_test.py asks pyarrow. */
#include "made_tables.h"

#include <float.h>
#include <math.h>
#include <pthread.h>

#include "base/exact.h"
#include "exchange/arrow_read.h"
#include "made_arrow.h"

/* ---- a stream as text ---- */

typedef struct shown {
    char text[4096];
    arrow_fault fault;
    char said[400];
    size_t remarks;
    message_id remark;   /* the first one … */
    uint32_t row, column; /* … and its cell */
    int schemas, arrays, streams;
} shown;

static void check_released(const made_stream *s, const struct ArrowArrayStream *stream)
{
    assert_int_equal(s->held, 0);
    assert_int_equal(s->streams, 1);
    assert_null(stream->release);
}

/* The feed asks for `room` bytes at a time. */
static shown show_in_steps(made_stream *s, size_t room)
{
    shown out = {.remark = MESSAGE_COUNT};
    struct ArrowArrayStream stream = made_open(s);
    arrow_source a;
    size_t length = 0, got = 1;
    arrow_open(&a, &stream, 0, false);
    assert_null(stream.release); /* taken over */
    while (a.fault == ARROW_WHOLE && got > 0 && a.feed.read(a.feed.context, out.text + length, room, &got))
        length += got;
    out.text[length] = '\0';
    out.fault = a.fault;
    strcpy(out.said, a.said);
    out.remarks = a.remarks.count;
    if (a.remarks.count > 0) {
        out.remark = a.remarks.items[0].what.id;
        out.row = a.remarks.items[0].row;
        out.column = a.remarks.items[0].column;
    }
    arrow_close(&a);
    check_released(s, &stream);
    return out;
}

static shown show(made_stream *s)
{
    return show_in_steps(s, 2048);
}

static shown show_batch(const made_column *columns, size_t count, int64_t rows)
{
    made_batch b = {.length = rows, .columns = columns};
    made_stream s = {.batches = &b, .batch_count = 1, .column_count = count, .error_at = -1};
    return show(&s);
}

static void check_column(made_column c, const char *expected, const char *file, int line)
{
    c.name = "c";
    shown s = show_batch(&c, 1, c.length);
    if (s.fault != ARROW_WHOLE)
        print_error("%s\n", s.said);
    _assert_int_equal(s.fault, ARROW_WHOLE, file, line);
    _assert_string_equal(s.text, expected, file, line);
}
#define assert_column(expected, ...) check_column((made_column){__VA_ARGS__}, "c\n" expected, __FILE__, __LINE__)

static void check_fault(made_column c, const char *what, const char *file, int line)
{
    c.name = "c";
    shown s = show_batch(&c, 1, 2);
    _assert_int_equal(s.fault, ARROW_CONTRADICTS, file, line);
    _assert_string_equal(s.said, what, file, line);
}
#define assert_contradicts(what, ...) check_fault((made_column){__VA_ARGS__}, what, __FILE__, __LINE__)

#define VALUES(type, ...) ((const type[]){__VA_ARGS__})
#define BITS(...) ((const uint8_t[]){__VA_ARGS__})
#define OFFSETS(...) VALUES(int32_t, __VA_ARGS__)

/* ---- types ---- */

static void test_whole_numbers_of_every_width(void **state)
{
    (void)state;
    assert_column("-128\n127\n", .format = "c", .length = 2, .buffers = {NULL, VALUES(int8_t, INT8_MIN, INT8_MAX)});
    assert_column("0\n255\n", .format = "C", .length = 2, .buffers = {NULL, VALUES(uint8_t, 0, UINT8_MAX)});
    assert_column("-32768\n32767\n", .format = "s", .length = 2, .buffers = {NULL, VALUES(int16_t, INT16_MIN, INT16_MAX)});
    assert_column("65535\n", .format = "S", .length = 1, .buffers = {NULL, VALUES(uint16_t, UINT16_MAX)});
    assert_column("-2147483648\n", .format = "i", .length = 1, .buffers = {NULL, VALUES(int32_t, INT32_MIN)});
    assert_column("4294967295\n", .format = "I", .length = 1, .buffers = {NULL, VALUES(uint32_t, UINT32_MAX)});
    assert_column("-9223372036854775808\n", .format = "l", .length = 1, .buffers = {NULL, VALUES(int64_t, INT64_MIN)});
    assert_column("18446744073709551615\n", .format = "L", .length = 1, .buffers = {NULL, VALUES(uint64_t, UINT64_MAX)});
}

static void test_nothing_and_truth(void **state)
{
    (void)state;
    assert_column("\n\n", .format = "n", .length = 2, .null_count = 2);
    assert_column("1\n0\n1\n", .format = "b", .length = 3, .buffers = {NULL, BITS(0x05)});
    assert_column("0\n1\n", .format = "b", .length = 2, .offset = 7, .buffers = {NULL, BITS(0x00, 0x01)});
}

/* What a person wrote comes back, for a source text of at most 15 digits has one double alone (IEEE 754: 15 digits survive). */
static void test_doubles_are_the_decimals_they_were_written_as(void **state)
{
    (void)state;
    assert_column("0.1\n59.995\n-0.5\n0\n0\n9\n999999999999999\n0.000000001\n", .format = "g", .length = 8,
                  .buffers = {NULL, VALUES(double, 0.1, 59.995, -0.5, 0.0, -0.0, 9.0, 999999999999999.0, 1e-9)});
    assert_column("0.1\n59.995\n8.5\n1234567\n", .format = "f", .length = 4, .buffers = {NULL, VALUES(float, 0.1F, 59.995F, 8.5F, 1234567.0F)});
}

static void test_not_a_number_is_blank(void **state)
{
    (void)state;
    assert_column("\n1\n", .format = "g", .length = 2, .buffers = {NULL, VALUES(double, (double)NAN, 1)});
    assert_column("\n", .format = "f", .length = 1, .buffers = {NULL, VALUES(float, NAN)});
}

static void check_remark(made_column c, message_id id, const char *text)
{
    c.name = "c";
    shown s = show_batch(&c, 1, 1);
    assert_int_equal(s.fault, ARROW_WHOLE);
    assert_int_equal(s.remarks, 1);
    assert_int_equal(s.remark, id);
    assert_int_equal(s.row, 2);
    assert_int_equal(s.column, 1);
    assert_string_equal(s.text, text);
}

/* The text is for people to find the cell by: the first digits of 1/3, of 2^60, of the largest double (1.7976931348623157e308). */
static void test_doubles_that_nobody_writes_are_named(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{1.0 / 3, "c\n0.333333333…\n"},    {-2.0 / 3, "c\n-0.666666666…\n"},        {1e15, "c\n1000000000000000…\n"},
                 {0x1p60, "c\n1.152921504…e18\n"}, {DBL_MAX, "c\n1.797693134…e308\n"},      {(double)INFINITY, "c\ninf\n"},
                 {1e-10, "c\n0.000000000…\n"},     {-(double)INFINITY, "c\n-inf\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_remark((made_column){.format = "g", .length = 1, .buffers = {NULL, &cases[i].value}}, MSG_arrow_no_decimal, cases[i].text);
    check_remark((made_column){.format = "f", .length = 1, .buffers = {NULL, VALUES(float, 16777216.0F)}}, MSG_arrow_no_decimal,
                 "c\n16777216…\n"); /* 2^24: its neighbour 16777217 is the same float */
}

static void test_decimals_of_every_width(void **state)
{
    (void)state;
    const int128 wide[] = {-1250, 0, ((int128)INT64_MAX + 1) * 10};
    const int128 large[] = {-125, -1}; /* the low half, and above it the sign */
    assert_column("-12.5\n0\n922337203685477580.8\n", .format = "d:38,2", .length = 3, .buffers = {NULL, (int128[]){wide[0], wide[1], wide[2]}});
    assert_column("12.5\n", .format = "d:9,2,32", .length = 1, .buffers = {NULL, VALUES(int32_t, 1250)});
    assert_column("-0.005\n", .format = "d:18,3,64", .length = 1, .buffers = {NULL, VALUES(int64_t, -5)});
    assert_column("-12.5\n", .format = "d:76,1,256", .length = 1, .buffers = {NULL, large});
    assert_column("0.00000000000000000000000000000000000001\n", .format = "d:38,38,128", .length = 1, .buffers = {NULL, (int128[]){1}});
}

static void test_a_decimal_beyond_38_digits_is_named(void **state)
{
    (void)state;
    const int128 large[] = {0, 1}; /* 2^128 */
    check_remark((made_column){.format = "d:76,0,256", .length = 1, .buffers = {NULL, large}}, MSG_arrow_no_decimal, "c\n?\n");
}

/* 2026-03-04 is day 20516, 20516 × 86400 = 1772582400 seconds (date -d 2026-03-04 +%s, in UTC). */
static void test_days_and_moments(void **state)
{
    (void)state;
    const int64_t s = 1772582400;
    assert_column("2026-03-04\n1969-12-31\n", .format = "tdD", .length = 2, .buffers = {NULL, VALUES(int32_t, 20516, -1)});
    assert_column("2026-03-04\n2026-03-04 00:00:00.001\n", .format = "tdm", .length = 2, .buffers = {NULL, VALUES(int64_t, s * 1000, s * 1000 + 1)});
    assert_column("2026-03-04\n2026-03-04 17:30\n1969-12-31 23:59:59\n", .format = "tss:", .length = 3,
                  .buffers = {NULL, VALUES(int64_t, s, s + 17 * 3600 + 1800, -1)});
    assert_column("2026-03-04 00:00:05\n", .format = "tsm:", .length = 1, .buffers = {NULL, VALUES(int64_t, (s + 5) * 1000)});
    assert_column("2026-03-04 00:00:00.000005\n", .format = "tsu:", .length = 1, .buffers = {NULL, VALUES(int64_t, s * 1000000 + 5)});
    assert_column("1969-12-31 23:59:59.999999999\n", .format = "tsn:", .length = 1, .buffers = {NULL, VALUES(int64_t, -1)});
}

static void test_moments_of_a_zone_are_told_in_it(void **state)
{
    (void)state;
    const int64_t s = 1772582400;
    assert_column("2026-03-04\n", .format = "tss:UTC", .length = 1, .buffers = {NULL, &s});
    assert_column("2026-03-04 08:00\n", .format = "tss:+08:00", .length = 1, .buffers = {NULL, &s});
    assert_column("2026-03-03 20:30\n", .format = "tss:-03:30", .length = 1, .buffers = {NULL, &s});
}

static void test_days_beyond_the_calendar_are_named(void **state)
{
    (void)state;
    check_remark((made_column){.format = "tdD", .length = 1, .buffers = {NULL, VALUES(int32_t, 2932897)}}, MSG_arrow_no_day, "c\n2932897\n");
    check_remark((made_column){.format = "tss:", .length = 1, .buffers = {NULL, VALUES(int64_t, INT64_MIN)}}, MSG_arrow_no_day,
                 "c\n-9223372036854775808\n");
    check_remark((made_column){.format = "tss:+08:00", .length = 1, .buffers = {NULL, VALUES(int64_t, INT64_C(253402300799))}},
                 MSG_arrow_no_day, "c\n253402300799\n"); /* 9999-12-31 23:59:59 UTC is in 10000 there */
}

static void test_texts_with_offsets_of_both_widths(void **state)
{
    (void)state;
    assert_column("ab\n\n张三\n", .format = "u", .length = 3, .buffers = {NULL, OFFSETS(0, 2, 2, 8), "ab张三"});
    assert_column("b\n张三\n", .format = "U", .length = 2, .buffers = {NULL, VALUES(int64_t, 1, 2, 8), "ab张三"});
    assert_column("\n\n", .format = "u", .length = 2, .buffers = {NULL, OFFSETS(0, 0, 0), NULL});
}

/* A text of one column that needs quotes gets them, as RFC 4180 has it. */
static void test_texts_are_quoted_where_they_must(void **state)
{
    (void)state;
    assert_column("\"a,b\"\n\"say \"\"x\"\"\"\n\"1\n2\"\n\"\r\"\n", .format = "u", .length = 4,
                  .buffers = {NULL, OFFSETS(0, 3, 10, 13, 14), "a,bsay \"x\"1\n2\r"});
}

typedef struct view {
    int32_t length;
    char begin[4];
    int32_t piece, from; /* of a text of up to 12 bytes: its other bytes */
} view;

static void test_views_short_and_long(void **state)
{
    (void)state;
    static const char first[] = "a text of more than twelve bytes", second[] = "前面十二个字节以外的长文本";
    view views[] = {{3, "abc", 0, 0}, {32, "a te", 0, 0}, {0, "", 0, 0}, {39, "", 1, 0}, {21, "", 1, 18}, {12, "", 0, 0}};
    memcpy(views[5].begin, "exactly 12 b", 12);
    assert_column("abc\na text of more than twelve bytes\n\n前面十二个字节以外的长文本\n节以外的长文本\nexactly 12 b\n", .format = "vu",
                  .length = 6, .n_buffers = 5, .buffers = {NULL, views, first, second, VALUES(int64_t, 32, 39)});
    assert_column("abc\n", .format = "vu", .length = 1, .n_buffers = 3, .buffers = {NULL, views, NULL});
}

/* ---- nulls, offsets, dictionaries ---- */

static void test_nulls_are_blank(void **state)
{
    (void)state;
    assert_column("\n7\n", .format = "i", .length = 2, .null_count = 1, .buffers = {BITS(0x02), VALUES(int32_t, 5, 7)});
    assert_column("\n7\n", .format = "i", .length = 2, .null_count = -1, .buffers = {BITS(0x02), VALUES(int32_t, 5, 7)});
    assert_column("a\n\n", .format = "u", .length = 2, .null_count = -1, .buffers = {BITS(0x01), OFFSETS(0, 1, 1), "a"});
}

/* “-1 if not yet computed”; a producer that counted none may leave a bitmap behind that says otherwise. */
static void test_no_validity_means_no_nulls(void **state)
{
    (void)state;
    assert_column("5\n", .format = "i", .length = 1, .null_count = -1, .buffers = {NULL, VALUES(int32_t, 5)});
    assert_column("5\n", .format = "i", .length = 1, .null_count = 0, .buffers = {BITS(0x00), VALUES(int32_t, 5)});
}

static void test_a_column_of_nulls_needs_no_values(void **state)
{
    (void)state;
    assert_column("\n\n", .format = "g", .length = 2, .null_count = 2, .buffers = {BITS(0x00), NULL});
}

static void test_an_offset_counts_for_values_and_nulls(void **state)
{
    (void)state;
    assert_column("\n13\n", .format = "i", .length = 2, .offset = 9, .null_count = -1,
                  .buffers = {BITS(0xFF, 0x05), VALUES(int32_t, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13)});
    assert_column("cd\n\n", .format = "u", .length = 2, .offset = 1, .buffers = {NULL, OFFSETS(0, 2, 4, 4), "abcd"});
}

static void test_dictionaries_of_texts_and_numbers(void **state)
{
    (void)state;
    const made_column words = {.format = "u", .length = 3, .buffers = {NULL, OFFSETS(0, 4, 5, 5), "peer,"}};
    const made_column numbers = {.format = "g", .length = 2, .offset = 1, .buffers = {NULL, VALUES(double, 7, 0.1, 8.5)}};
    const made_column gaps = {.format = "u", .length = 2, .null_count = 1, .buffers = {BITS(0x02), OFFSETS(0, 0, 1), "x"}};
    assert_column("\",\"\npeer\n\n", .format = "c", .length = 3, .buffers = {NULL, VALUES(int8_t, 1, 0, 2)}, .dictionary = &words);
    assert_column("8.5\n\n0.1\n", .format = "I", .length = 3, .offset = 1, .null_count = 1,
                  .buffers = {BITS(0x0A), VALUES(uint32_t, 9, 1, 9, 0)}, .dictionary = &numbers);
    assert_column("\nx\n", .format = "L", .length = 2, .buffers = {NULL, VALUES(uint64_t, 0, 1)}, .dictionary = &gaps);
}

static void test_an_empty_column_needs_no_buffers(void **state)
{
    (void)state;
    const made_column words = {.format = "u", .length = 0};
    assert_column("", .format = "u", .length = 0);
    assert_column("", .format = "vu", .length = 0, .n_buffers = 3);
    assert_column("", .format = "g", .length = 0);
    assert_column("", .format = "c", .length = 0, .dictionary = &words);
}

/* ---- batches ---- */

static const made_column THREE[] = {{.name = "a", .format = "i", .length = 4, .buffers = {NULL, (const int32_t[]){1, 2, 3, 4}}},
                                    {.name = "b", .format = "u", .length = 4, .buffers = {NULL, (const int32_t[]){0, 1, 2, 3, 4}, "wxyz"}}};

/* A slice: the parent's offset counts on top of the children's own; a null row is blank whatever its cells say. */
static void test_the_offset_and_nulls_of_the_batch_count(void **state)
{
    (void)state;
    const made_batch slice = {.length = 2, .offset = 1, .columns = THREE};
    const made_batch gap = {.length = 4, .null_count = 1, .valid = (const uint8_t[]){0x0D}, .columns = THREE};
    made_stream s = {.batches = &slice, .batch_count = 1, .column_count = 2, .error_at = -1};
    assert_string_equal(show(&s).text, "a,b\n2,x\n3,y\n");
    made_stream t = {.batches = &gap, .batch_count = 1, .column_count = 2, .error_at = -1};
    assert_string_equal(show(&t).text, "a,b\n1,w\n,\n3,y\n4,z\n");
}

static void test_batches_follow_each_other_also_empty_ones(void **state)
{
    (void)state;
    const made_batch b[] = {{.columns = THREE}, {.length = 1, .columns = THREE}, {.columns = THREE}, {.length = 1, .offset = 3, .columns = THREE}};
    made_stream s = {.batches = b, .batch_count = 4, .column_count = 2, .error_at = -1};
    shown out = show(&s);
    assert_string_equal(out.text, "a,b\n1,w\n4,z\n");
    assert_int_equal(s.arrays, 4);
    assert_int_equal(s.schemas, 1);
}

static void test_text_does_not_depend_on_the_steps_it_is_taken_in(void **state)
{
    (void)state;
    const made_batch b[] = {{.length = 4, .columns = THREE}, {.length = 3, .columns = THREE}};
    for (size_t room = 1; room < 20; room++) {
        made_stream s = {.batches = b, .batch_count = 2, .column_count = 2, .error_at = -1};
        assert_string_equal(show_in_steps(&s, room).text, "a,b\n1,w\n2,x\n3,y\n4,z\n1,w\n2,x\n3,y\n");
    }
}

static void test_the_unnamed_index_of_pandas_is_left_out(void **state)
{
    (void)state;
    static const char *const others[] = {"__index_level___", "__index_level_x__", "__index_level_0_x", "_index_level_0__", "__index_level__"};
    made_column columns[] = {THREE[0], THREE[1], {.name = "__index_level_0__", .format = "+l"}, {.name = "__index_level_12__", .format = "+l"}};
    assert_string_equal(show_batch(columns, 2, 1).text, "a,b\n1,w\n");
    columns[2].length = columns[3].length = 4;
    assert_string_equal(show_batch(columns, 4, 1).text, "a,b\n1,w\n");
    columns[2] = THREE[0];
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        columns[2].name = others[i];
        assert_non_null(strstr(show_batch(columns, 3, 1).text, others[i]));
    }
}

/* ---- what contradicts itself ---- */

static void test_contradictions_of_a_column_are_found(void **state)
{
    (void)state;
    const made_column one = {.format = "u", .length = 1, .buffers = {NULL, OFFSETS(0, 1), "x"}};
    assert_contradicts("length", .format = "i", .length = 1, .buffers = {NULL, VALUES(int32_t, 1)});
    assert_contradicts("offset", .format = "i", .length = 2, .offset = -1, .buffers = {NULL, VALUES(int32_t, 1, 2)});
    assert_contradicts("offset", .format = "i", .length = 2, .offset = INT64_MAX, .buffers = {NULL, VALUES(int32_t, 1, 2)});
    assert_contradicts("offset", .format = "i", .length = 2, .null_count = 3, .buffers = {NULL, VALUES(int32_t, 1, 2)});
    assert_contradicts("null_count", .format = "i", .length = 2, .null_count = 1, .buffers = {NULL, VALUES(int32_t, 1, 2)});
    assert_contradicts("buffers", .format = "i", .length = 2, .buffers = {NULL, NULL});
    assert_contradicts("n_buffers", .format = "i", .length = 2, .n_buffers = 3, .buffers = {NULL, VALUES(int32_t, 1, 2)});
    assert_contradicts("n_buffers", .format = "vu", .length = 2, .n_buffers = 2, .buffers = {NULL, NULL});
    assert_contradicts("dictionary", .format = "c", .length = 2, .buffers = {NULL, VALUES(int8_t, 0, 1)}, .dictionary = &one);
    assert_contradicts("dictionary", .format = "c", .length = 2, .buffers = {NULL, VALUES(int8_t, 0, -1)}, .dictionary = &one);
}

static void test_offsets_of_texts_are_checked(void **state)
{
    (void)state;
    const view long_one = {32, "", 0, 0}, far = {32, "", 0, 1}, other = {32, "", 1, 0}, before = {32, "", 0, -1}, negative = {-1, "", 0, 0};
    const view *const bad[] = {&far, &other, &before, &negative};
    static const char text[] = "a text of more than twelve bytes";
    assert_contradicts("offsets", .format = "u", .length = 2, .buffers = {NULL, OFFSETS(0, 2, 1), "ab"});
    assert_contradicts("offsets", .format = "u", .length = 2, .buffers = {NULL, OFFSETS(-1, 1, 2), "ab"});
    assert_contradicts("offsets", .format = "u", .length = 2, .buffers = {NULL, OFFSETS(0, 5, 2), "ab"});
    assert_contradicts("offsets", .format = "u", .length = 2, .buffers = {NULL, OFFSETS(0, 1, 2), NULL});
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const view views[] = {long_one, *bad[i]};
        assert_contradicts("offsets", .format = "vu", .length = 2, .n_buffers = 4, .buffers = {NULL, views, text, VALUES(int64_t, 32)});
    }
}

static void test_a_schema_must_be_a_table(void **state)
{
    (void)state;
    const made_batch b = {.columns = THREE};
    made_stream s = {.batches = &b, .batch_count = 1, .column_count = 2, .format = "i", .error_at = -1};
    shown out = show(&s);
    assert_int_equal(out.fault, ARROW_CONTRADICTS);
    assert_string_equal(out.said, "format");
    assert_int_equal(s.arrays, 0);
}

static void test_a_text_that_is_not_utf8_is_named(void **state)
{
    (void)state;
    check_remark((made_column){.format = "u", .length = 1, .buffers = {NULL, OFFSETS(0, 2), "a\xC3"}}, MSG_arrow_not_utf8, "c\n\xEF\xBF\xBD\n");
    const made_column header = {.name = "\xFF", .format = "n"};
    const made_batch b = {.columns = &header};
    made_stream s = {.batches = &b, .batch_count = 1, .column_count = 1, .error_at = -1};
    assert_string_equal(show(&s).said, "name");
}

/* ---- streams that break off ---- */

static void test_a_stream_that_fails_says_why(void **state)
{
    (void)state;
    const made_batch b[] = {{.length = 1, .columns = THREE}, {.length = 1, .columns = THREE}};
    made_stream s = {.batches = b, .batch_count = 2, .column_count = 2, .error_at = 1, .words = "the network is down"};
    shown out = show(&s);
    assert_int_equal(out.fault, ARROW_BROKEN_OFF);
    assert_string_equal(out.said, "the network is down");
    assert_int_equal(s.arrays, 1);
    made_stream t = {.batches = b, .batch_count = 2, .column_count = 2, .schema_error = EINVAL, .error_at = -1};
    out = show(&t);
    assert_int_equal(out.fault, ARROW_BROKEN_OFF);
    assert_string_equal(out.said, "errno 22"); /* EINVAL on Linux */
    assert_int_equal(t.schemas, 0);
}

/* ---- into a batch ---- */

static assess_status read_into(batch *b, batch_table table, made_stream *s, read_options options, size_t chunk_bytes, assess_error *err)
{
    struct ArrowArrayStream stream = made_open(s);
    assess_status status = exchange_read_arrow_limited(b, table, TEXT("t"), &stream, &options, (feed_limits){chunk_bytes, 1 << 20, 0}, err);
    check_released(s, &stream);
    return status;
}

static void read_columns(batch *b, batch_table table, const made_column *columns, size_t count, int64_t rows)
{
    const made_batch part = {.length = rows, .columns = columns};
    made_stream s = {.batches = &part, .batch_count = 1, .column_count = count, .error_at = -1};
    assess_error err = {0};
    if (read_into(b, table, &s, (read_options){.threads = 2}, 64, &err) != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
}

static const made_column TWO_PEOPLE[] = {
    {.name = "姓名", .format = "u", .length = 2, .buffers = {NULL, (const int32_t[]){0, 3, 6}, "甲乙"}},
    {.name = "编号", .format = "l", .length = 2, .buffers = {NULL, (const int64_t[]){1, 2}}},
};
static const made_column ROLE_WORDS = {.format = "u", .length = 2, .buffers = {NULL, (const int32_t[]){0, 6, 10}, "领导peer"}};
static const double TENS[] = {9, 8.5}, SIXTIES[] = {54.125, 60};
static const made_column TWO_BALLOTS[] = {
    {.name = "role", .format = "c", .length = 2, .buffers = {NULL, (const int8_t[]){0, 1}}, .dictionary = &ROLE_WORDS},
    {.name = "Subject", .format = "i", .length = 2, .buffers = {NULL, (const int32_t[]){1, 2}}},
    {.name = "rater", .format = "u", .length = 2, .null_count = 1, .buffers = {(const uint8_t[]){0x01}, (const int32_t[]){0, 1, 1}, "r"}},
    {.name = "德", .format = "g", .length = 2, .buffers = {NULL, TENS}},
    {.name = "ability", .format = "g", .length = 2, .buffers = {NULL, TENS}},
    {.name = "diligence", .format = "g", .length = 2, .buffers = {NULL, TENS}},
    {.name = "performance", .format = "g", .length = 2, .buffers = {NULL, SIXTIES}},
    {.name = "integrity", .format = "g", .length = 2, .buffers = {NULL, TENS}},
};

static batch *new_batch(void)
{
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    assert_non_null(b);
    read_columns(b, TABLE_PEOPLE, TWO_PEOPLE, 2, 2);
    return b;
}

static void test_columns_are_matched_by_name_in_either_language(void **state)
{
    (void)state;
    batch *b = new_batch();
    read_columns(b, TABLE_RATINGS, TWO_BALLOTS, 8, 2);
    assert_true(batch_finish(b, 1));
    assert_int_equal(b->problems.errors, 0);
    assert_true(text_equal(b->people.name[1], TEXT("乙")));
    assert_int_equal(b->ballots.count, 2);
    assert_int_equal(b->ballots.role[0], 2); /* leader is the third of ROLES, peer the second */
    assert_int_equal(b->ballots.role[1], 1);
    assert_int_equal(b->ballots.rater[1], RATER_ANONYMOUS);
    assert_int_equal(b->ballots.scale[3], 3); /* 54.125 has three places */
    assert_int_equal(b->ballots.values[3][0], 54125);
    assert_int_equal(b->ballots.values[3][1], 60000);
    assert_int_equal(b->ballots.row[1], 3); /* the header is row 1 */
    batch_free(b);
}

static void test_a_cell_that_is_no_decimal_is_one_problem_alone(void **state)
{
    (void)state;
    const double thirds[] = {9, 26.0 / 3};
    made_column columns[8];
    memcpy(columns, TWO_BALLOTS, sizeof columns);
    columns[3].buffers[1] = thirds;
    batch *b = new_batch();
    read_columns(b, TABLE_RATINGS, columns, 8, 2);
    const problem *p = find_problem(b, "input.arrow_no_decimal", 3, 4);
    assert_int_equal(b->problems.errors, 1);
    assert_non_null(p);
    assert_true(text_equal(p->header, TEXT("德")) && text_equal(p->value, TEXT("8.666666666…")));
    assert_true(text_equal(b->sources[p->source].name, TEXT("t")));
    batch_free(b);
}

static void test_checks_and_rows_are_those_of_a_file(void **state)
{
    (void)state;
    const double wrong[] = {11, 8.5};
    made_column columns[8];
    memcpy(columns, TWO_BALLOTS, sizeof columns);
    columns[3].buffers[1] = wrong;
    batch *b = new_batch();
    read_columns(b, TABLE_RATINGS, columns, 8, 2);
    assert_int_equal(b->problems.errors, 1); /* 德 has 10 points at most */
    assert_non_null(find_problem(b, "input.mark_range", 2, 4));
    batch_free(b);
}

/* Behind the last header that is one, a column is no column of the table: its cell is what a file's would be, a cell too many. */
static void test_cells_of_nameless_columns_are_looked_at(void **state)
{
    (void)state;
    made_column columns[] = {TWO_PEOPLE[0], TWO_PEOPLE[1], {.name = NULL, .format = "g", .length = 2, .buffers = {NULL, VALUES(double, 1.0 / 3, 1)}}};
    batch *b = new_batch();
    read_columns(b, TABLE_PEOPLE, columns, 3, 2);
    assert_non_null(find_problem(b, "input.row_too_long", 2, 0));
    assert_null(find_problem(b, "input.arrow_no_decimal", 2, 3));
    batch_free(b);
}

/* Rows are made ahead of those that are read: what was found in them says nothing when the header is wrong. */
static void test_no_cell_is_named_when_the_header_is_wrong(void **state)
{
    (void)state;
    const made_column column = {.name = "nothing", .format = "g", .length = 1, .buffers = {NULL, VALUES(double, 1.0 / 3)}};
    batch *b = new_batch();
    read_columns(b, TABLE_RATINGS, &column, 1, 1);
    assert_true(b->problems.errors > 0);
    for (size_t i = 0; i < b->problems.count; i++)
        assert_int_not_equal(b->problems.items[i].row, 2);
    batch_free(b);
}

static void test_types_that_no_table_holds_are_named_and_nothing_is_read(void **state)
{
    (void)state;
    const made_column columns[] = {{.name = "id", .format = "l", .length = 1, .buffers = {NULL, VALUES(int64_t, 9)}},
                                   {.name = "photo", .format = "z"}, {.name = "start", .format = "tsu:Asia/Shanghai"}};
    static const char *const others[] = {"", "e", "Z", "vz", "w:4", "+l", "+L", "+s", "+r", "+m", "ttm", "tDs", "tiM", "tsx:", "ts", "tss",
                                         "d:", "d:10", "d:10,", "d:10,39", "d:10,-2", "d:0,0", "d:10,2,", "d:10,2,16", "d:10,2x", "d:99999999,2", "x"};
    batch *b = new_batch();
    read_columns(b, TABLE_PEOPLE, columns, 3, 1);
    assert_int_equal(b->problems.errors, 2);
    const problem *p = find_problem(b, "input.arrow_type", 1, 2), *zone = find_problem(b, "input.arrow_zone", 1, 3);
    assert_non_null(p);
    assert_non_null(zone);
    assert_true(text_equal(p->header, TEXT("photo")) && text_equal(p->value, TEXT("z")));
    assert_true(text_equal(zone->what.args[1], TEXT("Asia/Shanghai")));
    assert_int_equal(b->people.count, 2);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(arrow_type_of(others[i]).kind, ARROW_OTHER);
    batch_free(b);
}

static void test_a_dictionary_is_of_simple_values_by_whole_indices(void **state)
{
    (void)state;
    struct ArrowSchema inner = {.format = "u", .name = ""}, words = {.format = "c", .name = "", .dictionary = &inner};
    struct ArrowSchema nested = {.format = "c", .name = "c", .dictionary = &words}, real = {.format = "g", .name = "c", .dictionary = &inner};
    arrow_column c;
    arrow_column_describe(&c, &nested);
    assert_int_equal(c.type.kind, ARROW_OTHER);
    arrow_column_describe(&c, &real);
    assert_int_equal(c.type.kind, ARROW_OTHER);
}

static void test_an_empty_stream_is_said_to_be(void **state)
{
    (void)state;
    batch *b = new_batch();
    read_columns(b, TABLE_RATINGS, TWO_BALLOTS, 8, 0);
    assert_non_null(find_problem(b, "input.only_header", 0, 0));
    read_columns(b, TABLE_EVENTS, NULL, 0, 0);
    assert_non_null(find_problem(b, "input.file_empty", 0, 0));
    batch_free(b);
}

/* Fewer columns than people have, and no delimiter to be missed. */
static void test_a_table_of_one_column_is_one(void **state)
{
    (void)state;
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    read_columns(b, TABLE_PEOPLE, &TWO_PEOPLE[1], 1, 2);
    assert_null(find_problem(b, "input.one_column", 1, 1));
    batch_free(b);
}

static void test_a_stream_that_fails_half_way_is_no_problem_of_the_table(void **state)
{
    (void)state;
    const made_batch part = {.length = 2, .columns = TWO_BALLOTS};
    made_stream s = {.batches = &part, .batch_count = 1, .column_count = 8, .error_at = 1, .words = "断了"};
    batch *b = new_batch();
    assess_error err = {0};
    assert_int_equal(read_into(b, TABLE_RATINGS, &s, (read_options){.threads = 2}, 16, &err), ASSESS_E_SYSTEM);
    assert_string_equal(err.id, "system.read_arrow");
    assert_non_null(strstr(err.message[ASSESS_ZH], "断了"));
    assert_int_equal(b->problems.errors, 0);
    batch_free(b);
}

static void test_a_contradiction_is_a_wrong_call(void **state)
{
    (void)state;
    made_column columns[8];
    memcpy(columns, TWO_BALLOTS, sizeof columns);
    columns[3].length = 1;
    const made_batch part = {.length = 2, .columns = columns};
    made_stream s = {.batches = &part, .batch_count = 1, .column_count = 8, .error_at = -1};
    batch *b = new_batch();
    assess_error err = {0};
    assert_int_equal(read_into(b, TABLE_RATINGS, &s, (read_options){.threads = 1}, 16, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.arrow_invalid");
    assert_non_null(strstr(err.message[ASSESS_EN], "'德' contradicts itself (length)"));
    batch_free(b);
}

/* ---- hashes ---- */

/* SHA-256 of the text that the header of arrow.h describes: the same for any batches and types of text. */
static void test_the_digest_is_that_of_the_text(void **state)
{
    (void)state;
    static const char text[] = "姓名,编号\n甲,1\n乙,2\n";
    const made_batch whole[] = {{.length = 2, .columns = TWO_PEOPLE}}, parts[] = {{.length = 1, .columns = TWO_PEOPLE}, {.length = 1, .offset = 1, .columns = TWO_PEOPLE}};
    made_stream streams[] = {{.batches = whole, .batch_count = 1, .column_count = 2, .error_at = -1},
                             {.batches = parts, .batch_count = 2, .column_count = 2, .error_at = -1}};
    digest expected;
    assert_true(digest_of(text, strlen(text), &expected));
    for (size_t i = 0; i < 2; i++) {
        vocabulary words = bureau();
        batch *b = batch_new(&words);
        assert_int_equal(read_into(b, TABLE_PEOPLE, &streams[i], (read_options){.threads = 1, .hash = true}, 16, NULL), ASSESS_OK);
        assert_true(b->sources[0].hashed);
        assert_memory_equal(&b->sources[0].sha256, &expected, sizeof expected);
        batch_free(b);
    }
}

/* ---- cancelling ---- */

typedef struct watch {
    int calls;
    uint64_t done, total;
} watch;

static int stop_at_once(void *user, uint64_t done, uint64_t total)
{
    *(watch *)user = (watch){((watch *)user)->calls + 1, done, total};
    return 1;
}

static void test_reading_can_be_cancelled(void **state)
{
    (void)state;
    const made_batch part = {.length = 2, .columns = TWO_BALLOTS};
    made_stream s = {.batches = &part, .batch_count = 1, .column_count = 8, .error_at = -1};
    watch w = {0};
    batch *b = new_batch();
    assess_error err = {0};
    read_options o = {.threads = 1, .progress = stop_at_once, .user = &w};
    assert_int_equal(read_into(b, TABLE_RATINGS, &s, o, 16, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.cancelled");
    assert_int_equal(w.calls, 1);
    assert_true(w.done > 0);
    assert_int_equal(w.total, 0);
    batch_free(b);
}

/* ---- threads ---- */

typedef struct same_thread {
    pthread_t caller;
    bool other;
} same_thread;

static same_thread seen;

static int get_next_watched(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    seen.other |= !pthread_equal(seen.caller, pthread_self());
    return made_get_next(stream, out);
}

/* Producers of an interpreter may be called on its own thread alone. */
static void test_the_stream_is_called_on_the_calling_thread(void **state)
{
    (void)state;
    made_batch parts[200];
    for (size_t i = 0; i < 200; i++)
        parts[i] = (made_batch){.length = 2, .columns = TWO_BALLOTS};
    made_stream s = {.batches = parts, .batch_count = 200, .column_count = 8, .error_at = -1};
    batch *b = new_batch();
    struct ArrowArrayStream stream = made_open(&s);
    stream.get_next = get_next_watched;
    seen = (same_thread){pthread_self(), false};
    read_options o = {.threads = 7};
    assert_int_equal(exchange_read_arrow_limited(b, TABLE_RATINGS, TEXT("t"), &stream, &o, (feed_limits){16, 1 << 20, 0}, NULL), ASSESS_OK);
    check_released(&s, &stream);
    assert_false(seen.other);
    assert_int_equal(b->ballots.row[399], 401);
    batch_free(b);
}

/* ---- memory ---- */

static void test_every_failure_of_memory_is_said_and_leaves_nothing(void **state)
{
    (void)state;
    assess_status status = ASSESS_E_SYSTEM;
    for (long n = 0; status != ASSESS_OK; n++) {
        const double thirds[] = {9, 26.0 / 3};
        made_column columns[8];
        memcpy(columns, TWO_BALLOTS, sizeof columns);
        columns[3].buffers[1] = thirds;
        const made_batch part = {.length = 2, .columns = columns};
        made_stream s = {.batches = &part, .batch_count = 1, .column_count = 8, .error_at = -1};
        batch *b = new_batch();
        assess_error err = {0};
        mem_fault_after(n);
        status = read_into(b, TABLE_RATINGS, &s, (read_options){.threads = 1, .hash = true}, 16, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        if (status == ASSESS_E_SYSTEM)
            assert_string_equal(err.id, "system.no_memory");
        assert_true(n < 5000);
        batch_free(b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_numbers_of_every_width),
        cmocka_unit_test(test_nothing_and_truth),
        cmocka_unit_test(test_doubles_are_the_decimals_they_were_written_as),
        cmocka_unit_test(test_not_a_number_is_blank),
        cmocka_unit_test(test_doubles_that_nobody_writes_are_named),
        cmocka_unit_test(test_decimals_of_every_width),
        cmocka_unit_test(test_a_decimal_beyond_38_digits_is_named),
        cmocka_unit_test(test_days_and_moments),
        cmocka_unit_test(test_moments_of_a_zone_are_told_in_it),
        cmocka_unit_test(test_days_beyond_the_calendar_are_named),
        cmocka_unit_test(test_texts_with_offsets_of_both_widths),
        cmocka_unit_test(test_texts_are_quoted_where_they_must),
        cmocka_unit_test(test_views_short_and_long),
        cmocka_unit_test(test_nulls_are_blank),
        cmocka_unit_test(test_no_validity_means_no_nulls),
        cmocka_unit_test(test_a_column_of_nulls_needs_no_values),
        cmocka_unit_test(test_an_offset_counts_for_values_and_nulls),
        cmocka_unit_test(test_dictionaries_of_texts_and_numbers),
        cmocka_unit_test(test_an_empty_column_needs_no_buffers),
        cmocka_unit_test(test_the_offset_and_nulls_of_the_batch_count),
        cmocka_unit_test(test_batches_follow_each_other_also_empty_ones),
        cmocka_unit_test(test_text_does_not_depend_on_the_steps_it_is_taken_in),
        cmocka_unit_test(test_the_unnamed_index_of_pandas_is_left_out),
        cmocka_unit_test(test_contradictions_of_a_column_are_found),
        cmocka_unit_test(test_offsets_of_texts_are_checked),
        cmocka_unit_test(test_a_schema_must_be_a_table),
        cmocka_unit_test(test_a_text_that_is_not_utf8_is_named),
        cmocka_unit_test(test_a_stream_that_fails_says_why),
        cmocka_unit_test(test_columns_are_matched_by_name_in_either_language),
        cmocka_unit_test(test_a_cell_that_is_no_decimal_is_one_problem_alone),
        cmocka_unit_test(test_checks_and_rows_are_those_of_a_file),
        cmocka_unit_test(test_cells_of_nameless_columns_are_looked_at),
        cmocka_unit_test(test_no_cell_is_named_when_the_header_is_wrong),
        cmocka_unit_test(test_types_that_no_table_holds_are_named_and_nothing_is_read),
        cmocka_unit_test(test_a_dictionary_is_of_simple_values_by_whole_indices),
        cmocka_unit_test(test_an_empty_stream_is_said_to_be),
        cmocka_unit_test(test_a_table_of_one_column_is_one),
        cmocka_unit_test(test_a_stream_that_fails_half_way_is_no_problem_of_the_table),
        cmocka_unit_test(test_a_contradiction_is_a_wrong_call),
        cmocka_unit_test(test_the_digest_is_that_of_the_text),
        cmocka_unit_test(test_reading_can_be_cancelled),
        cmocka_unit_test(test_the_stream_is_called_on_the_calling_thread),
        cmocka_unit_test(test_every_failure_of_memory_is_said_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
