/* What goes into a workbook comes out of it: read back part by part, as XML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <locale.h>
#include <minizip/unzip.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "office/book.h"
#include "office/book_inside.h"

typedef struct folder {
    char path[64], target[96];
} folder;

static int make_folder(void **state)
{
    folder *f = calloc(1, sizeof *f);
    strcpy(f->path, "/tmp/assess-book-XXXXXX");
    *state = f;
    if (!mkdtemp(f->path))
        return -1;
    snprintf(f->target, sizeof f->target, "%s/book.xlsx", f->path);
    return 0;
}

static int remove_folder(void **state)
{
    folder *f = *state;
    chmod(f->path, 0700);
    unlink(f->target);
    int result = rmdir(f->path); /* fails when a temporary file was left */
    free(f);
    return result;
}

static size_t files_in(const char *path)
{
    DIR *stream = opendir(path);
    size_t count = 0;
    assert_non_null(stream);
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        count += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
    closedir(stream);
    return count;
}

static book *open_book(const folder *f, const book_options *options)
{
    book *b = NULL;
    assess_error err = {0};
    assert_int_equal(book_open(f->target, options, &b, &err), ASSESS_OK);
    assert_non_null(b);
    return b;
}

static void commit(book *b)
{
    assess_error err = {0};
    assess_status status = book_commit(b, &err);
    if (status != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
}

/* One part of the archive as a text to be freed. */
static char *part(const folder *f, const char *name)
{
    unz_file_info about;
    unzFile archive = unzOpen(f->target);
    assert_non_null(archive);
    if (unzLocateFile(archive, name, 1) != UNZ_OK)
        fail_msg("no part %s", name);
    assert_int_equal(unzGetCurrentFileInfo(archive, &about, NULL, 0, NULL, 0, NULL, 0), UNZ_OK);
    char *content = calloc(1, about.uncompressed_size + 1);
    assert_int_equal(unzOpenCurrentFile(archive), UNZ_OK);
    assert_int_equal(unzReadCurrentFile(archive, content, (unsigned)about.uncompressed_size), (int)about.uncompressed_size);
    unzCloseCurrentFile(archive);
    unzClose(archive);
    return content;
}

static void assert_part_has(const folder *f, const char *name, const char *expected)
{
    char *content = part(f, name);
    if (!strstr(content, expected))
        fail_msg("%s lacks %s:\n%s", name, expected, content);
    free(content);
}

static void assert_part_lacks(const folder *f, const char *name, const char *unwanted)
{
    char *content = part(f, name);
    if (strstr(content, unwanted))
        fail_msg("%s has %s", name, unwanted);
    free(content);
}

static const char SHEET[] = "xl/worksheets/sheet1.xml";

static book_sheet *one_sheet(book *b)
{
    return book_add_sheet(b, TEXT("表"));
}

/* ---- cells ---- */

static void texts_that_look_like_formulas_are_strings(void **state)
{
    const folder *f = *state;
    static const char *const typed[] = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "http://example.org/", "{=1}"};
    book *b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        book_text(s, i, 0, text_of(typed[i]), BOOK_TEXT);
    commit(b);
    assert_part_lacks(f, SHEET, "<f>");
    assert_part_lacks(f, SHEET, "hyperlink");
    assert_part_has(f, SHEET, "t=\"inlineStr\"><is><t>=1+1</t>");
    assert_part_has(f, SHEET, "<t>＝1+1</t>");
}

static void numbers_are_numbers_with_their_decimals(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b);
    book_number(s, 0, 0, TEXT("87.50"), BOOK_NUMBER);
    book_number(s, 1, 0, TEXT("-0.07"), BOOK_NUMBER);
    book_number(s, 2, 0, TEXT("12.5"), BOOK_SHARE); /* of a hundred: 0.125 */
    commit(b);
    assert_part_has(f, SHEET, "<v>87.5</v>");
    assert_part_has(f, SHEET, "<v>-0.07000000000000001</v>"); /* the double nearest to -0.07 in 16 digits */
    assert_part_has(f, SHEET, "<v>0.125</v>");
    assert_part_has(f, "xl/styles.xml", "formatCode=\"0.0%\"");
}

static void numbers_of_more_than_fifteen_digits_are_texts(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    book_number(s, 0, 0, TEXT("123456789012345"), BOOK_NUMBER);  /* 15 digits */
    book_number(s, 1, 0, TEXT("1234567890123456"), BOOK_NUMBER); /* 16 */
    book_number(s, 2, 0, TEXT("15/7"), BOOK_NUMBER);
    commit(b);
    assert_part_has(f, SHEET, "<v>123456789012345</v>");
    assert_part_has(f, SHEET, "<t>1234567890123456</t>");
    assert_part_has(f, SHEET, "<t>15/7</t>");
}

static void a_fraction_is_a_number_of_six_decimals(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b);
    book_figure(s, 0, 0, TEXT("1/8"), BOOK_NUMBER);
    book_figure(s, 1, 0, TEXT("2.5"), BOOK_NUMBER);
    book_figure(s, 2, 0, TEXT("1/0"), BOOK_NUMBER);
    commit(b);
    assert_part_has(f, SHEET, "<v>0.125</v>");
    assert_part_has(f, SHEET, "<v>2.5</v>");
    assert_part_has(f, "xl/sharedStrings.xml", "<t>1/0</t>");
    assert_part_has(f, "xl/styles.xml", "formatCode=\"0.000000\"");
}

static void a_wrapped_text_needs_lines_of_15_points(void **state)
{
    (void)state;
    assert_true(book_height(TEXT("一二三四"), 10) == 15);          /* 4 x 2.1 = 8.4 of 9 */
    assert_true(book_height(TEXT("一二三四五六七八九十"), 10) == 45); /* 21 of 9 a line: 3 lines */
    assert_true(book_height(TEXT("a\nb"), 10) == 30);
    assert_true(book_height(TEXT(""), 10) == 15);
}

static void a_decimal_is_the_nearest_double(void **state)
{
    (void)state;
    static const char *const decimals[] = {"0.1", "9.7", "87.55", "99999.99999", "0.000000000000001", "-123456789.012345"};
    for (size_t i = 0; i < sizeof decimals / sizeof *decimals; i++) {
        double value;
        unsigned places;
        assert_true(book_decimal(text_of(decimals[i]), 0, &value, &places));
        assert_true(value == strtod(decimals[i], NULL)); /* correctly rounded in glibc */
        assert_int_equal(places, strlen(strchr(decimals[i], '.') + 1));
    }
}

static void what_is_no_decimal_is_refused(void **state)
{
    (void)state;
    static const char *const others[] = {"", "-", ".5", "5.", "1e5", "1.2.3", "+1", " 1", "1 ", "0x10", "inf", "１"};
    double value;
    unsigned places;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(book_decimal(text_of(others[i]), 0, &value, &places));
}

static void a_day_is_a_date_and_an_old_one_a_text(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    book_date(s, 0, 0, TEXT("2026-03-04"), BOOK_DATE); /* day 46085 of the spreadsheets' calendar */
    book_date(s, 1, 0, TEXT("1900-02-28"), BOOK_DATE); /* before their false leap day */
    commit(b);
    assert_part_has(f, SHEET, "<v>46085</v>");
    assert_part_has(f, SHEET, "<t>1900-02-28</t>");
}

static void a_text_that_is_too_long_is_cut_and_says_so(void **state)
{
    const folder *f = *state;
    size_t length = BOOK_MOST_TEXT + 1;
    char *bytes = malloc(length);
    memset(bytes, 'x', length);
    book *b = open_book(f, &(book_options){.in_order = true, .language = ASSESS_EN});
    book_sheet *s = one_sheet(b);
    book_text(s, 0, 0, (text){bytes, length - 1}, BOOK_TEXT);
    book_text(s, 1, 0, (text){bytes, length}, BOOK_TEXT);
    commit(b);
    free(bytes);
    assert_part_has(f, SHEET, "x… (cut off here: a cell holds no more)</t>");
    char *content = part(f, SHEET);
    char *first = strstr(content, "<t>x");
    assert_int_equal(strspn(first + 3, "x"), BOOK_MOST_TEXT); /* the one that fits is whole */
    free(content);
}

static void no_bytes_can_break_the_file(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    book_text(s, 0, 0, TEXT("a\x01" "b\xE2\x80\xAE" "c\xFF" "d\xEF\xBF\xBE" "e<&>\r\nf\rg\0h"), BOOK_TEXT);
    book_text(s, 1, 0, TEXT("_x0041_ _x41_ _x"), BOOK_TEXT);
    commit(b);
    assert_part_has(f, SHEET, "<t>a\\x01b\\u202ec\xEF\xBF\xBD" "d\xEF\xBF\xBD" "e&lt;&amp;&gt;\nf\ng\\x00h</t>");
    assert_part_has(f, SHEET, "<t>_x005F_x0041_ _x41_ _x</t>");
}

/* ---- sheets ---- */

static void assert_name(book *b, const char *wanted, const char *expected)
{
    text name = book_sheet_name(book_add_sheet(b, text_of(wanted)));
    assert_int_equal(name.length, strlen(expected));
    assert_memory_equal(name.bytes, expected, name.length);
}

static void sheet_names_become_ones_that_spreadsheets_take(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    assert_name(b, "结果", "结果");
    assert_name(b, "a/b[c]:*?\\", "a-b-c-----");
    assert_name(b, "", "Sheet");
    assert_name(b, "results", "results");
    assert_name(b, "RESULTS", "RESULTS 2");
    assert_name(b, "History", "History 2");
    assert_name(b, "'a'", "\xE2\x80\x99" "a\xE2\x80\x99");
    assert_name(b, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一");
    assert_name(b, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二四", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九 2");
    book_discard(b);
}

/* 2026!$A$1 is no reference; libxlsxwriter quotes names for signs and Chinese, but not for digits. */
static void a_name_that_would_need_quotes_gets_brackets(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    assert_name(b, "2026", "(2026)");
    assert_name(b, "A1", "(A1)");
    assert_name(b, "rc", "(rc)");
    assert_name(b, "2026年", "2026年");
    book_filter((book_area){b->sheets, 0, 0, 3, 3});
    commit(b);
    assert_part_has(f, "xl/workbook.xml", ">'(2026)'!$A$1:$D$4<");
}

static void hidden_sheets_filters_and_panes_are_there(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *hidden = book_add_sheet(b, TEXT("字典")), *s = one_sheet(b);
    book_hide(hidden);
    book_freeze(s, 1, 2);
    book_filter((book_area){s, 0, 0, 9, 3});
    book_text(s, 0, 0, TEXT("姓名"), BOOK_HEADER);
    book_define(b, "grades", (book_area){hidden, 0, 0, 4, 0});
    commit(b);
    assert_part_has(f, "xl/workbook.xml", "name=\"字典\" sheetId=\"1\" state=\"hidden\"");
    assert_part_has(f, "xl/workbook.xml", "<definedName name=\"grades\">'字典'!$A$1:$A$5</definedName>");
    assert_part_has(f, "xl/worksheets/sheet2.xml", "<pane xSplit=\"2\" ySplit=\"1\" topLeftCell=\"C2\"");
    assert_part_has(f, "xl/worksheets/sheet2.xml", "<autoFilter ref=\"A1:D10\"/>");
    assert_part_has(f, "xl/worksheets/sheet2.xml", "tabSelected=\"1\"");
}

static void a_column_is_as_wide_as_its_widest_cell(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b);
    book_text(s, 0, 0, TEXT("三个处室名称"), BOOK_TEXT); /* 6 characters of 2.1, and 2 of margin: 15 */
    book_columns(s, 1, 2, 20, BOOK_ENTRY);
    commit(b);
    assert_part_has(f, SHEET, "<col min=\"1\" max=\"1\" width=\"15.7109375\"");
    assert_part_has(f, SHEET, "<col min=\"2\" max=\"2\" width=\"20.7109375\"");
}

static void paper_is_a4_across_with_title_and_page_numbers(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.language = ASSESS_EN});
    book_sheet *s = one_sheet(b);
    book_columns(s, 0, 9, 20, BOOK_TEXT);
    book_set_print(s, &(book_print){.title = TEXT("R&D 2026"), .foot = TEXT("bureau"), .repeat_rows = 1});
    commit(b);
    assert_part_has(f, SHEET, "paperSize=\"9\"");
    assert_part_has(f, SHEET, "orientation=\"landscape\"");
    assert_part_has(f, SHEET, "fitToHeight=\"0\"");
    assert_part_has(f, SHEET, "<oddHeader>&amp;C&amp;\"-,Bold\"R&amp;&amp;D 2026</oddHeader>");
    assert_part_has(f, SHEET, "<oddFooter>&amp;Lbureau&amp;RPage &amp;P of &amp;N</oddFooter>");
    assert_part_has(f, "xl/workbook.xml", "_xlnm.Print_Titles\" localSheetId=\"0\">'表'!$1:$1<");
}

/* ---- what may be typed ---- */

static void a_list_is_a_range_however_long_its_words(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b), *words = book_add_sheet(b, TEXT("字典"));
    for (size_t i = 0; i < 300; i++)
        book_text(words, i, 1, TEXT("一二三四五六七八九"), BOOK_TEXT);
    book_check_area((book_area){s, 1, 0, 1000, 0},
                    &(book_check){.kind = BOOK_CHECK_LIST, .from = {words, 0, 1, 299, 1}, .hint_title = TEXT("等次"),
                                  .hint = TEXT("请从列表中选择"), .refusal = TEXT("不在列表中")});
    commit(b);
    assert_part_has(f, SHEET, "<dataValidation type=\"list\" allowBlank=\"1\"");
    assert_part_has(f, SHEET, "<formula1>'字典'!$B$1:$B$300</formula1>");
    assert_part_has(f, SHEET, "promptTitle=\"等次\" prompt=\"请从列表中选择\"");
    assert_part_has(f, SHEET, "sqref=\"A2:A1001\"");
}

static void bounds_are_exact_and_may_be_open(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b);
    book_check_area((book_area){s, 1, 0, 9, 0}, &(book_check){.kind = BOOK_CHECK_DECIMAL, .low = TEXT("0"), .high = TEXT("99.5")});
    book_check_area((book_area){s, 1, 1, 9, 1}, &(book_check){.kind = BOOK_CHECK_WHOLE, .low = TEXT("1")});
    book_check_area((book_area){s, 1, 2, 9, 2}, &(book_check){.kind = BOOK_CHECK_DATE, .low = TEXT("2026-01-01"), .high = TEXT("2026-12-31")});
    book_check_area((book_area){s, 1, 3, 9, 3}, &(book_check){.kind = BOOK_CHECK_LENGTH, .high = TEXT("18")});
    book_check_area((book_area){s, 1, 4, 9, 4}, &(book_check){.kind = BOOK_CHECK_FORMULA, .formula = "=LEN(E2)=18"});
    commit(b);
    assert_part_has(f, SHEET, "<formula1>0</formula1><formula2>99.5</formula2>");
    assert_part_has(f, SHEET, "operator=\"greaterThanOrEqual\"");
    assert_part_has(f, SHEET, "<formula1>46023</formula1><formula2>46387</formula2>"); /* those days */
    assert_part_has(f, SHEET, "type=\"textLength\" operator=\"lessThanOrEqual\"");
    assert_part_has(f, SHEET, "<formula1>LEN(E2)=18</formula1>");
}

static void long_hints_are_cut_to_what_a_spreadsheet_shows(void **state)
{
    const folder *f = *state;
    char words[1201] = "";
    for (size_t i = 0; i < 400; i++)
        strcat(words, "字");
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b);
    book_check_area((book_area){s, 1, 0, 9, 0},
                    &(book_check){.kind = BOOK_CHECK_ANY, .hint_title = text_of(words), .hint = text_of(words)});
    commit(b);
    char *content = part(f, SHEET), *title = strstr(content, "promptTitle=\"") + 13, *hint = strstr(content, "prompt=\"") + 8;
    assert_int_equal(strcspn(title, "\""), 32 * 3); /* 31 characters and the ellipsis, 3 bytes each */
    assert_int_equal(strcspn(hint, "\""), 255 * 3);
    free(content);
}

static void protection_leaves_entries_open(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_sheet *s = one_sheet(b);
    book_protect(s);
    book_columns(s, 0, 0, 12, BOOK_ENTRY);
    book_comment(s, 0, 0, TEXT("必填"));
    book_highlight((book_area){s, 1, 0, 9, 0}, "=LEN(A2)=0", BOOK_BAD);
    commit(b);
    assert_part_has(f, SHEET, "<sheetProtection sheet=\"1\"");
    assert_part_has(f, "xl/styles.xml", "<protection locked=\"0\"/>");
    assert_part_has(f, "xl/comments1.xml", "必填");
    assert_part_has(f, SHEET, "<formula>LEN(A2)=0</formula>");
}

static void a_chart_names_its_cells(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    for (size_t i = 0; i < 3; i++) {
        book_text(s, i, 0, TEXT("优秀"), BOOK_TEXT);
        book_number(s, i, 1, TEXT("12.5"), BOOK_SHARE);
    }
    book_series series = {TEXT("=人数"), {s, 0, 1, 2, 1}};
    book_add_chart(s, 4, 0, &(book_chart){.kind = BOOK_CHART_BAR, .title = TEXT("=等次"), .categories = {s, 0, 0, 2, 0},
                                          .series = &series, .series_count = 1, .shares = true});
    commit(b);
    assert_part_has(f, "xl/charts/chart1.xml", "<c:f>'表'!$B$1:$B$3</c:f>");
    assert_part_has(f, "xl/charts/chart1.xml", "<a:t>-等次</a:t>"); /* a title is never a formula */
}

/* ---- failures ---- */

static void assert_commit_fails(book *b, assess_status status, const char *id)
{
    assess_error err = {0};
    assert_int_equal(book_commit(b, &err), status);
    assert_string_equal(err.id, id);
}

static void a_cell_out_of_bounds_or_out_of_order_fails_the_book(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    book_text(one_sheet(b), BOOK_MOST_ROWS, 0, TEXT("x"), BOOK_TEXT);
    assert_commit_fails(b, ASSESS_E_CALL, "office.refused");
    b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    book_text(s, 5, 0, TEXT("x"), BOOK_TEXT);
    book_text(s, 4, 0, TEXT("x"), BOOK_TEXT);
    assert_commit_fails(b, ASSESS_E_CALL, "office.refused");
    assert_int_equal(files_in(f->path), 0);
}

static void a_wrong_check_or_name_fails_the_book(void **state)
{
    const folder *f = *state;
    static const char *const names[] = {"A1", "R1C1", "1a", "a b", "", "RC"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        book *b = open_book(f, &(book_options){0});
        book_define(b, names[i], (book_area){one_sheet(b), 0, 0, 0, 0});
        assert_commit_fails(b, ASSESS_E_CALL, "office.refused");
    }
    book *b = open_book(f, &(book_options){0});
    book_check_area((book_area){one_sheet(b), 0, 0, 0, 0}, &(book_check){.kind = BOOK_CHECK_DECIMAL, .low = TEXT("1/3")});
    assert_commit_fails(b, ASSESS_E_CALL, "office.refused");
}

static void an_existing_file_is_left_alone(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){0});
    one_sheet(b);
    commit(b);
    struct stat about;
    assert_int_equal(stat(f->target, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assess_error err = {0};
    assert_int_equal(book_open(f->target, &(book_options){0}, &b, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, "call.file_exists");
    assert_null(b);
    b = open_book(f, &(book_options){.force = true});
    one_sheet(b);
    commit(b);
    assert_int_equal(files_in(f->path), 1);
}

static void a_discarded_book_leaves_nothing(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.in_order = true});
    book_text(one_sheet(b), 0, 0, TEXT("x"), BOOK_TEXT);
    book_discard(b);
    book_discard(NULL);
    assert_int_equal(files_in(f->path), 0);
}

static int open_files(void)
{
    int count = 0;
    for (int file = 0; file < 256; file++)
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

static void no_file_stays_open(void **state)
{
    const folder *f = *state;
    int before = open_files();
    book *b = open_book(f, &(book_options){.in_order = true});
    book_text(one_sheet(b), 0, 0, TEXT("x"), BOOK_TEXT);
    book_discard(b);
    b = open_book(f, &(book_options){.in_order = true});
    book_text(one_sheet(b), 0, 0, TEXT("x"), BOOK_TEXT);
    commit(b);
    assert_int_equal(open_files(), before);
}

/* Files may grow to so many bytes, as on a disk that is full then. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_part_that_the_disk_cut_short_is_noticed(void **state)
{
    const folder *f = *state;
    book *b = open_book(f, &(book_options){.in_order = true});
    book_sheet *s = one_sheet(b);
    for (size_t row = 0; row < 3000; row++) /* some 200 KB of XML, a tenth of it packed */
        book_text(s, row, 0, TEXT("一样的内容"), BOOK_TEXT);
    limit_files(64 * 1024);
    assess_error err = {0};
    assess_status status = book_commit(b, &err);
    limit_files(RLIM_INFINITY);
    assert_int_equal(status, ASSESS_E_SYSTEM);
    assert_string_equal(err.id, "system.disk_full");
    assert_int_equal(files_in(f->path), 0);
}

static void the_locale_of_the_program_does_not_show(void **state)
{
    const folder *f = *state;
    locale_t comma = newlocale(LC_ALL_MASK, "de_DE.UTF-8", (locale_t)0);
    locale_t before = comma ? uselocale(comma) : (locale_t)0;
    book *b = open_book(f, &(book_options){0});
    book_number(one_sheet(b), 0, 0, TEXT("0.5"), BOOK_NUMBER);
    commit(b);
    if (comma) {
        assert_ptr_equal(uselocale(before), comma); /* and is left as it was */
        freelocale(comma);
    }
    assert_part_has(f, SHEET, "<v>0.5</v>");
}

/* Every allocation of ours fails in turn: an error and no file, or a whole file. libxlsxwriter's own are its own. */
static void without_memory_there_is_an_error_and_no_file(void **state)
{
    const folder *f = *state;
    assess_status status = ASSESS_E_SYSTEM;
    for (long allowed = 0; status != ASSESS_OK && allowed < 1000; allowed++) {
        assess_error err = {0};
        book *b = NULL;
        mem_fault_after(allowed);
        status = book_open(f->target, &(book_options){.title = TEXT("结果")}, &b, &err);
        if (status == ASSESS_OK) {
            book_sheet *s = book_add_sheet(b, TEXT("表"));
            book_text(s, 0, 0, TEXT("姓\x01名"), BOOK_HEADER);
            book_check_area((book_area){s, 1, 0, 9, 0}, &(book_check){.kind = BOOK_CHECK_LIST, .from = {s, 1, 1, 9, 1}});
            book_set_print(s, &(book_print){.title = TEXT("结果")});
            status = book_commit(b, &err);
        }
        mem_fault_after(-1);
        assert_int_equal(files_in(f->path), status == ASSESS_OK);
        assert_true(status == ASSESS_OK || strcmp(err.id, "system.no_memory") == 0);
    }
    assert_int_equal(status, ASSESS_OK);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(texts_that_look_like_formulas_are_strings),
        IN_FOLDER(numbers_are_numbers_with_their_decimals),
        IN_FOLDER(numbers_of_more_than_fifteen_digits_are_texts),
        IN_FOLDER(a_fraction_is_a_number_of_six_decimals),
        cmocka_unit_test(a_wrapped_text_needs_lines_of_15_points),
        cmocka_unit_test(a_decimal_is_the_nearest_double),
        cmocka_unit_test(what_is_no_decimal_is_refused),
        IN_FOLDER(a_day_is_a_date_and_an_old_one_a_text),
        IN_FOLDER(a_text_that_is_too_long_is_cut_and_says_so),
        IN_FOLDER(no_bytes_can_break_the_file),
        IN_FOLDER(sheet_names_become_ones_that_spreadsheets_take),
        IN_FOLDER(a_name_that_would_need_quotes_gets_brackets),
        IN_FOLDER(hidden_sheets_filters_and_panes_are_there),
        IN_FOLDER(a_column_is_as_wide_as_its_widest_cell),
        IN_FOLDER(paper_is_a4_across_with_title_and_page_numbers),
        IN_FOLDER(a_list_is_a_range_however_long_its_words),
        IN_FOLDER(bounds_are_exact_and_may_be_open),
        IN_FOLDER(long_hints_are_cut_to_what_a_spreadsheet_shows),
        IN_FOLDER(protection_leaves_entries_open),
        IN_FOLDER(a_chart_names_its_cells),
        IN_FOLDER(a_cell_out_of_bounds_or_out_of_order_fails_the_book),
        IN_FOLDER(a_wrong_check_or_name_fails_the_book),
        IN_FOLDER(an_existing_file_is_left_alone),
        IN_FOLDER(a_discarded_book_leaves_nothing),
        IN_FOLDER(no_file_stays_open),
        IN_FOLDER(a_part_that_the_disk_cut_short_is_noticed),
        IN_FOLDER(the_locale_of_the_program_does_not_show),
        IN_FOLDER(without_memory_there_is_an_error_and_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
