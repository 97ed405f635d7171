/* A workbook as sheets of CSV, and what is said about its cells. */
#include "made_book.h"

#include "base/mem.h"

static char csv[1024 * 1024];

static assess_workbook *open_made(const made_book *m)
{
    assess_workbook *book = NULL;
    const assess_workbook_reader *reader = assess_office_workbooks();
    assert_int_equal(reader->open(reader->user, m->bytes, m->length, &book), ASSESS_WORKBOOK_FINE);
    assert_non_null(book);
    return book;
}

static void assert_read(const char *rows, const char *behind, const char *shared, const char *styles, const char *expected)
{
    made_book m = make_book(rows, behind, shared, styles, "");
    assess_workbook *book = open_made(&m);
    assert_int_equal(read_all(book, 0, csv, sizeof csv), ASSESS_WORKBOOK_FINE);
    assert_string_equal(csv, expected);
    assert_int_equal(read_all(book, 0, csv, sizeof csv), ASSESS_WORKBOOK_FINE); /* a second time the same */
    assert_string_equal(csv, expected);
    assess_office_workbooks()->close(book);
    unmake(&m);
}

static void assert_fault(const char *rows, const char *behind, assess_workbook_fault expected)
{
    made_book m = make_book(rows, behind, NULL, NULL, "");
    assess_workbook *book = open_made(&m);
    assert_int_equal(read_all(book, 0, csv, sizeof csv), expected);
    assess_office_workbooks()->close(book);
    unmake(&m);
}

static void test_line_n_is_row_n_and_cell_k_is_column_k(void **state)
{
    (void)state;
    assert_read("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"D2\"><v>2</v></c></row><row r=\"5\"><c r=\"A5\"><v>3</v></c></row>", "", NULL, NULL,
                "\n,1,,2\n\n\n3\n");
}

static void test_rows_and_cells_may_leave_out_where_they_are(void **state)
{
    (void)state;
    assert_read("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c r=\"B3\"><v>3</v></c><c><v>4</v></c></row>", "", NULL, NULL,
                "1,,2\n\n,3,4\n");
    assert_read("<row><c r=\"A4\"><v>1</v></c></row>", "", NULL, NULL, "\n\n\n1\n");
}

static void test_nothing_stands_behind_the_last_content(void **state)
{
    (void)state;
    assert_read("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"Z1\" s=\"3\"/></row><row r=\"900\"><c r=\"A900\" s=\"2\"/></row><row r=\"1048576\"/>",
                "", NULL, NULL, "1\n");
    assert_read("", "", NULL, NULL, "");
}

static void test_texts_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    assert_read("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>,b</t></r></is></c>"
                "<c t=\"str\"><f>A1</f><v>&lt;_x000A_&gt;</v></c><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c></row>",
                "", "<si><t>甲</t></si><si><r><t>a\"</t></r><r><t>b</t></r><rPh><t>no</t></rPh></si>", NULL,
                "甲,\"a\"\"b\",\"a,b\",\"<\n>\",TRUE,FALSE\n");
}

static void test_numbers_take_the_format_of_their_cell(void **state)
{
    (void)state;
    assert_read("<row><c s=\"0\"><v>46085</v></c><c s=\"1\"><v>46085</v></c><c s=\"2\"><v>7</v></c><c s=\"99\"><v>8</v></c><c s=\"3\"><v>0.5</v></c></row>", "",
                NULL,
                "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"000\"/><numFmt numFmtId=\"170\" formatCode=\"yyyy-mm-dd\"/></numFmts>"
                "<cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf/><xf numFmtId=\"170\"/><xf numFmtId=\"176\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>",
                "46085,2026-03-04,007,8,50%\n");
}

static void test_a_workbook_may_count_from_1904(void **state)
{
    (void)state;
    made_book m = make_book("<row><c s=\"0\"><v>44623</v></c></row>", "", NULL,
                            "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>", "<workbookPr date1904=\"1\"/>");
    assess_workbook *book = open_made(&m);
    assert_int_equal(read_all(book, 0, csv, sizeof csv), ASSESS_WORKBOOK_FINE);
    assert_string_equal(csv, "2026-03-04\n");
    assess_office_workbooks()->close(book);
    unmake(&m);
}

static void test_merged_cells_of_a_header_show_what_they_hold(void **state)
{
    (void)state;
    assert_read("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row><row r=\"3\"><c r=\"B3\"><v>3</v></c></row>",
                "<mergeCells count=\"2\"><mergeCell ref=\"A1:A3\"/><mergeCell ref=\"B1:D2\"/></mergeCells>", NULL, NULL, "1,2,2,2\n1,2,2,2\n1,3\n");
}

static void test_merged_cells_below_show_nothing_more(void **state)
{
    (void)state;
    assert_read("<row r=\"20\"><c r=\"A20\"><v>1</v></c></row><row r=\"22\"><c r=\"B22\"><v>2</v></c></row>",
                "<mergeCells><mergeCell ref=\"A20:B21\"/><mergeCell ref='B22:C22'/></mergeCells>", NULL, NULL,
                "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n1,1\n\n,2\n");
}

static assess_workbook_remark remark_at(assess_workbook *book, size_t index)
{
    assess_workbook_remark r = {.size = sizeof r};
    assess_office_workbooks()->remark(book, index, &r);
    return r;
}

static void assert_remark(assess_workbook *book, size_t index, assess_cell_remark kind, uint32_t row, uint32_t column, const char *shown)
{
    assess_workbook_remark r = remark_at(book, index);
    assert_int_equal(r.kind, kind);
    assert_int_equal(r.row, row);
    assert_int_equal(r.column, column);
    assert_string_equal(r.text, shown);
}

static void test_cells_that_hold_no_value_are_remarked(void **state)
{
    (void)state;
    made_book m = make_book("<row r=\"1\" hidden=\"1\"><c r=\"A1\" t=\"e\"><v>#REF!</v></c><c r=\"B1\"><f>A1+1</f></c><c r=\"C1\"><v>1E+17</v></c>"
                            "<c r=\"D1\"><v>1</v></c></row><row r=\"2\" hidden=\"1\"/>",
                            "<mergeCells><mergeCell ref=\"D1:E2\"/><mergeCell ref=\"G1:H2\"/></mergeCells>", NULL, NULL, "");
    assess_workbook *book = open_made(&m);
    assert_int_equal(read_all(book, 0, csv, sizeof csv), ASSESS_WORKBOOK_FINE);
    assert_int_equal(assess_office_workbooks()->remark_count(book), 5);
    assert_remark(book, 0, ASSESS_CELL_ERROR, 1, 1, "#REF!");
    assert_remark(book, 1, ASSESS_CELL_NOT_COMPUTED, 1, 2, "A1+1");
    assert_remark(book, 2, ASSESS_CELL_DIGITS_LOST, 1, 3, "1E+17");
    assert_remark(book, 3, ASSESS_CELL_MERGED, 1, 4, "1");
    assert_int_equal(remark_at(book, 3).last_row, 2);
    assert_int_equal(remark_at(book, 3).last_column, 5);
    assert_int_equal(remark_at(book, 4).kind, ASSESS_CELL_HIDDEN_ROWS);
    assert_int_equal(remark_at(book, 4).count, 1); /* the other one is empty */
    assess_office_workbooks()->close(book);
    unmake(&m);
}

static void test_contradictions_are_damage(void **state)
{
    (void)state;
    assert_fault("<row r=\"2\"/><row r=\"2\"/>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("<row r=\"0\"/>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("<row r=\"1\"><c r=\"B1\"/><c r=\"B1\"/></row>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("<row r=\"1\"><c r=\"B1x\"/></row>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("<row><c t=\"s\"><v>7</v></c></row>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("<row><c t=\"s\"><v>x</v></c></row>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("<row>", "", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("", "<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>", ASSESS_WORKBOOK_DAMAGED);
    assert_fault("", "<!-- <mergeCell ref=\"A1:B2\"/> -->", ASSESS_WORKBOOK_DAMAGED); /* what the look-through takes for merged cells */
}

static void test_tags_of_merged_cells_are_found_wherever_pieces_end(void **state)
{
    (void)state;
    static char rows[65000];
    for (size_t pad = 64900; pad < 64980; pad += 3) { /* pieces are of 64 KiB */
        memset(rows, ' ', pad);
        rows[pad] = '\0';
        assert_read(rows, "<mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"C1:D2\"/><mergeCell ref=\"E1:F2\"/></mergeCells>", NULL, NULL, "");
    }
}

/* ---- large sheets ---- */

enum { MANY = 60000 };

static void many_rows(char *out, size_t room, const char *format)
{
    size_t length = 0;
    for (int i = 1; i <= MANY; i++)
        length += (size_t)snprintf(out + length, room - length, format, i, i, i);
}

/* 2.8 MB: several pieces, each parsed while the next one is unpacked. */
static void test_a_sheet_of_many_pieces_is_read_whole(void **state)
{
    static char rows[3 * 1024 * 1024], expected[1024 * 1024];
    (void)state;
    many_rows(rows, sizeof rows, "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c></row>");
    many_rows(expected, sizeof expected, "%d\n");
    assert_read(rows, "", NULL, NULL, expected);
}

/* The mistake is in the last row, when the thread that unpacks has nothing left to do. */
static void test_a_mistake_at_the_end_of_a_large_sheet_is_damage(void **state)
{
    static char rows[3 * 1024 * 1024];
    (void)state;
    many_rows(rows, sizeof rows, "<row r=\"%d\"><c r=\"A%d\"><v>%d</v></c></row>");
    strcat(rows, "<row r=\"1\"/>");
    assert_fault(rows, "", ASSESS_WORKBOOK_DAMAGED);
}

/* ---- no memory ---- */

static assess_workbook_fault read_once(const made_book *m)
{
    assess_workbook *book = NULL;
    const assess_workbook_reader *reader = assess_office_workbooks();
    assess_workbook_fault fault = reader->open(reader->user, m->bytes, m->length, &book);
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = read_all(book, 0, csv, sizeof csv);
    reader->close(book);
    return fault;
}

static void test_each_allocation_may_fail(void **state)
{
    (void)state;
    made_book m = make_book("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>b</t></is></c></row>"
                            "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>1E+17</v></c><c r=\"B3\" t=\"e\"><f>X</f><v>#N/A</v></c></row>",
                            "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>", "<si><t>a,b</t></si>",
                            "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"000\"/></numFmts><cellXfs><xf/><xf numFmtId=\"170\"/></cellXfs></styleSheet>",
                            "");
    mem_fault_after(-1);
    assert_int_equal(read_once(&m), ASSESS_WORKBOOK_FINE);
    long asked = mem_fault_count();
    assert_in_range(asked, 50, 100000);
    for (long i = 0; i < asked; i++) {
        mem_fault_after(i);
        assert_int_equal(read_once(&m), ASSESS_WORKBOOK_NO_MEMORY);
    }
    mem_fault_after(-1);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line_n_is_row_n_and_cell_k_is_column_k),
        cmocka_unit_test(test_rows_and_cells_may_leave_out_where_they_are),
        cmocka_unit_test(test_nothing_stands_behind_the_last_content),
        cmocka_unit_test(test_texts_are_quoted_where_they_must_be),
        cmocka_unit_test(test_numbers_take_the_format_of_their_cell),
        cmocka_unit_test(test_a_workbook_may_count_from_1904),
        cmocka_unit_test(test_merged_cells_of_a_header_show_what_they_hold),
        cmocka_unit_test(test_merged_cells_below_show_nothing_more),
        cmocka_unit_test(test_cells_that_hold_no_value_are_remarked),
        cmocka_unit_test(test_contradictions_are_damage),
        cmocka_unit_test(test_a_sheet_of_many_pieces_is_read_whole),
        cmocka_unit_test(test_a_mistake_at_the_end_of_a_large_sheet_is_damage),
        cmocka_unit_test(test_tags_of_merged_cells_are_found_wherever_pieces_end),
        cmocka_unit_test(test_each_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
