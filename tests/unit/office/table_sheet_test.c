/* A table as a sheet: what a column holds decides how its cells are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <minizip/unzip.h>
#include <stdio.h>
#include <unistd.h>

#include "api/table_handle.h"
#include "office/table_sheet.h"

static const char TARGET[] = "/tmp/assess-table-sheet.xlsx";

/* One column of each kind; `rows` of the same cells. */
static void fill(assess_table *t, size_t rows)
{
    static const char *const cells[] = {"=1", "87.50", "12.5", "2026-03-04", "15/7"};
    grid *g = &t->g;
    grid_begin(g, "t", TEXT("表"), ASSESS_ZH);
    grid_column_text(g, TEXT("name"), TEXT("姓名"), CELLS_TEXT);
    grid_column_text(g, TEXT("score"), TEXT("得分"), CELLS_NUMBER);
    grid_column_text(g, TEXT("share"), TEXT("占比"), CELLS_SHARE);
    grid_column_text(g, TEXT("day"), TEXT("日期"), CELLS_DATE);
    grid_column_text(g, TEXT("exact"), TEXT("算得"), CELLS_FIGURE);
    for (size_t i = 0; i < rows * 5; i++)
        grid_text(g, text_of(cells[i % 5]));
    assert_false(g->failed);
}

static void write_table(table_sheet *t, size_t rows)
{
    assess_table table = {0};
    handle_open(&table.head, HANDLE_TABLE);
    assess_error err = {0};
    fill(&table, rows);
    assert_int_equal(book_open(TARGET, &(book_options){.force = true, .in_order = true}, &t->book, &err), ASSESS_OK);
    t->table = &table;
    t->subtitle = "";
    table_sheet_write(t);
    mem_free(t->columns);
    if (book_commit(t->book, &err) != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
    grid_free(&table.g);
}

static char *part(const char *name)
{
    unz_file_info about;
    unzFile archive = unzOpen(TARGET);
    assert_non_null(archive);
    if (unzLocateFile(archive, name, 1) != UNZ_OK) {
        unzClose(archive);
        return NULL;
    }
    assert_int_equal(unzGetCurrentFileInfo(archive, &about, NULL, 0, NULL, 0, NULL, 0), UNZ_OK);
    char *content = calloc(1, about.uncompressed_size + 1);
    assert_int_equal(unzOpenCurrentFile(archive), UNZ_OK);
    assert_int_equal(unzReadCurrentFile(archive, content, (unsigned)about.uncompressed_size), (int)about.uncompressed_size);
    unzCloseCurrentFile(archive);
    unzClose(archive);
    return content;
}

static void assert_has(const char *content, const char *expected)
{
    if (!content || !strstr(content, expected))
        fail_msg("lacks %s:\n%s", expected, content ? content : "(no such part)");
}

static int remove_target(void **state)
{
    (void)state;
    unlink(TARGET);
    return 0;
}

static void each_kind_of_cell_is_what_it_is(void **state)
{
    (void)state;
    table_sheet t = {.language = ASSESS_ZH};
    write_table(&t, 1);
    char *sheet = part("xl/worksheets/sheet1.xml");
    assert_has(sheet, "<t>=1</t>");
    assert_has(sheet, "<v>87.5</v>");
    assert_has(sheet, "<v>0.125</v>");  /* 12.5 of a hundred */
    assert_has(sheet, "<v>46085</v>");  /* the day's number: 2026-03-04 */
    free(sheet);
}

static void a_fraction_has_a_second_column_with_its_text(void **state)
{
    (void)state;
    table_sheet t = {.language = ASSESS_ZH};
    write_table(&t, 1);
    char *sheet = part("xl/worksheets/sheet1.xml");
    assert_has(sheet, "<t>算得（精确值）</t>");
    assert_has(sheet, "<v>2.142857142857143</v>"); /* 15/7 in 16 digits */
    assert_has(sheet, "<t>15/7</t>");
    assert_int_equal(t.width, 6);
    free(sheet);
}

static void rows_that_do_not_fit_go_on_in_a_second_sheet(void **state)
{
    (void)state;
    table_sheet t = {.language = ASSESS_ZH, .most_rows = 2};
    write_table(&t, 5);
    char *names = part("xl/workbook.xml"), *first = part("xl/worksheets/sheet1.xml"), *third = part("xl/worksheets/sheet3.xml");
    assert_has(names, "<sheet name=\"表\"");
    assert_has(names, "<sheet name=\"表 2\"");
    assert_has(names, "<sheet name=\"表 3\"");
    assert_has(first, "<dimension ref=\"A1:F3\"/>"); /* header and 2 rows */
    assert_has(third, "<dimension ref=\"A1:F2\"/>"); /* header and the fifth */
    assert_has(third, "<t>姓名</t>");
    free(names);
    free(first);
    free(third);
}

static void a_table_without_rows_says_none_outside_the_filter(void **state)
{
    (void)state;
    table_sheet t = {.language = ASSESS_EN, .says_none = true};
    write_table(&t, 0);
    char *sheet = part("xl/worksheets/sheet1.xml");
    assert_has(sheet, "<row r=\"2\"><c r=\"A2\"");
    assert_has(sheet, "<t>none</t>");
    assert_has(sheet, "<autoFilter ref=\"A1:E1\"/>");
    free(sheet);
}

static int stop_at_once(void *user, uint64_t done, uint64_t total)
{
    (void)user, (void)total;
    return done == 0;
}

static void a_progress_that_says_stop_stops(void **state)
{
    (void)state;
    table_sheet t = {.language = ASSESS_EN, .progress = stop_at_once};
    write_table(&t, 3);
    assert_true(t.cancelled);
    assert_int_equal(t.done, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(each_kind_of_cell_is_what_it_is, remove_target),
        cmocka_unit_test_teardown(a_fraction_has_a_second_column_with_its_text, remove_target),
        cmocka_unit_test_teardown(rows_that_do_not_fit_go_on_in_a_second_sheet, remove_target),
        cmocka_unit_test_teardown(a_table_without_rows_says_none_outside_the_filter, remove_target),
        cmocka_unit_test_teardown(a_progress_that_says_stop_stops, remove_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
