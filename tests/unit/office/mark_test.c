/* office: copies of workbooks in which what is wrong is marked; archives that are written. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "office/mark.h"
#include "office/save.h"
#include "office/zip_write.h"

/* ---- patches ---- */

static void assert_patched(patch *p, const char *expected)
{
    buffer out = {0};
    assert_true(patch_apply(p, &out));
    buffer_add_char(&out, '\0');
    assert_string_equal(out.bytes, expected);
    buffer_free(&out);
    patch_free(p);
}

static void test_an_attribute_that_is_there_gets_another_value(void **state)
{
    patch p = {.old = TEXT("<c ss=\"8\" r='A1' s = \"3\"/>")};
    (void)state;
    patch_attribute(&p, (xml_tag){0, p.old.length}, "s", TEXT("17"));
    assert_patched(&p, "<c ss=\"8\" r='A1' s = \"17\"/>");
}

static void test_an_attribute_that_is_not_there_is_put_behind_the_name(void **state)
{
    patch p = {.old = TEXT("<x:c r=\"s=1\"/>")};
    (void)state;
    patch_number(&p, (xml_tag){0, p.old.length}, "s", 4);
    assert_patched(&p, "<x:c s=\"4\" r=\"s=1\"/>");
}

static void test_an_empty_element_is_opened_up(void **state)
{
    patch p = {.old = TEXT("<a><x:b k=\"/>\"/></a>")};
    (void)state;
    patch_inside(&p, (xml_tag){3, 16}, 16, TEXT("<x:c/>"));
    assert_patched(&p, "<a><x:b k=\"/>\"><x:c/></x:b></a>");
}

static void test_edits_may_come_in_any_order(void **state)
{
    patch p = {.old = TEXT("0123456789")};
    (void)state;
    patch_replace(&p, 7, 2, TEXT("-"));
    patch_insert(&p, 2, TEXT("a"));
    patch_insert(&p, 2, TEXT("b"));
    assert_patched(&p, "01ab23456-9");
}

static void test_words_are_written_so_that_xml_takes_them(void **state)
{
    buffer b = {0};
    (void)state;
    add_escaped(&b, TEXT("<a & \"b\">\x01\n\xEF\xBF\xBF得"));
    buffer_add_char(&b, '\0');
    assert_string_equal(b.bytes, "&lt;a &amp; &quot;b&quot;&gt;\n得");
    buffer_free(&b);
}

static void test_columns_are_counted_in_letters(void **state)
{
    buffer b = {0};
    (void)state;
    add_cell_name(&b, 12, 702);
    add_cell_name(&b, 1, 703);
    buffer_add_char(&b, '\0');
    assert_string_equal(b.bytes, "ZZ12AAA1"); /* 702 = 26 x 26 + 26 */
    buffer_free(&b);
}

/* ---- archives ---- */

static void put_archive(buffer *out, const char *const *parts)
{
    zip_writer *w = zip_write_begin();
    assert_non_null(w);
    for (; *parts; parts += 2)
        assert_int_equal(zip_write_part(w, parts[0], text_of(parts[1])), ZIP_FINE);
    assert_int_equal(zip_write_end(w, out), ZIP_FINE);
    zip_write_free(w);
}

static void assert_part(zip *z, const char *name, const char *expected)
{
    buffer b = {0};
    assert_int_not_equal(zip_find(z, text_of(name)), SIZE_MAX);
    assert_int_equal(zip_whole(z, zip_find(z, text_of(name)), &b), ZIP_FINE);
    assert_true(text_equal(buffer_text(&b), text_of(expected)));
    buffer_free(&b);
}

static void test_parts_that_are_written_are_read_again(void **state)
{
    static const char *const parts[] = {"a.xml", "one", "b/c.xml", "", NULL};
    buffer archive = {0};
    zip *z;
    (void)state;
    put_archive(&archive, parts);
    assert_int_equal(zip_open(archive.bytes, archive.length, &z), ZIP_FINE);
    assert_part(z, "a.xml", "one");
    assert_part(z, "b/c.xml", "");
    zip_close(z);
    buffer_free(&archive);
}

static void test_the_same_parts_give_the_same_bytes(void **state)
{
    static const char *const parts[] = {"a.xml", "one", NULL};
    buffer one = {0}, other = {0};
    (void)state;
    put_archive(&one, parts);
    put_archive(&other, parts);
    assert_true(text_equal(buffer_text(&one), buffer_text(&other)));
    buffer_free(&one);
    buffer_free(&other);
}

/* A copy of a copy would differ if packing were done anew, or if dates and attributes were lost. */
static void test_a_part_is_copied_as_it_is_packed(void **state)
{
    static const char *const parts[] = {"a.xml", "one one one one one", NULL};
    buffer first = {0}, second = {0};
    zip *z;
    (void)state;
    put_archive(&first, parts);
    assert_int_equal(zip_open(first.bytes, first.length, &z), ZIP_FINE);
    zip_writer *w = zip_write_begin();
    assert_int_equal(zip_write_copy(w, z, 0), ZIP_FINE);
    assert_int_equal(zip_write_end(w, &second), ZIP_FINE);
    zip_write_free(w);
    zip_close(z);
    assert_true(text_equal(buffer_text(&first), buffer_text(&second)));
    buffer_free(&first);
    buffer_free(&second);
}

/* ---- workbooks ---- */

#define MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define PACKAGE "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\""
#define RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define CELL(name, words) "<c r=\"" name "\" s=\"1\" t=\"inlineStr\"><is><t>" words "</t></is></c>"

static const char PEOPLE[] = "<worksheet " MAIN "><cols><col min=\"2\" max=\"2\" style=\"1\"/></cols><sheetData>"
                             "<row r=\"1\" spans=\"1:2\">" CELL("A1", "编号") CELL("B1", "姓名")
                             "</row><row r=\"3\" spans=\"1:1\">" CELL("A3", "1001") "</row><row r=\"4\">" CELL("A4", "1001")
                             "</row></sheetData><extLst/></worksheet>";
static const char STYLES[] = "<styleSheet " MAIN "><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders><border/></borders>"
                             "<cellXfs count=\"2\"><xf fontId=\"0\"/>"
                             "<xf numFmtId=\"49\" applyNumberFormat=\"1\"><alignment horizontal=\"center\"/></xf></cellXfs></styleSheet>";
#define RELATION(id, kind, target) "<Relationship Id=\"" id "\" Type=\"" RELATIONS "/" kind "\" Target=\"" target "\"/>"
#define RELATED(lines) "<Relationships " PACKAGE ">" lines "</Relationships>"
#define BOOK_WITH(sheet, styles)                                                                                                   \
    {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",                   \
     "_rels/.rels", RELATED(RELATION("r", "officeDocument", "xl/workbook.xml")),                                                 \
     "xl/workbook.xml", "<workbook " MAIN " xmlns:r=\"" RELATIONS "\"><sheets>"                                                  \
                        "<sheet name=\"人员\" sheetId=\"4\" r:id=\"rId1\"/></sheets></workbook>",                                 \
     "xl/_rels/workbook.xml.rels", RELATED(RELATION("rId1", "worksheet", "worksheets/sheet1.xml")                                \
                                           RELATION("rId7", "styles", "styles.xml")),                                            \
     "xl/worksheets/sheet1.xml", sheet, "xl/styles.xml", styles, NULL}

static assess_scheme *scheme;
static char folder[] = "/tmp/assess-mark-XXXXXX", input[64], output[64];

static int set_up(void **state)
{
    const assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(input, sizeof input, "%s/in.xlsx", folder);
    snprintf(output, sizeof output, "%s/out.xlsx", folder);
    return assess_scheme_load("rules/democratic-review.lua", &o, &scheme, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    assess_scheme_free(scheme);
    unlink(input);
    unlink(output);
    return rmdir(folder);
}

static assess_batch *read_input(void)
{
    const assess_batch_options o = {.size = sizeof o, .workbooks = assess_office_workbooks()};
    const char *const paths[] = {input};
    assess_batch *b;
    assert_int_equal(assess_batch_new(scheme, &o, &b, NULL), ASSESS_OK);
    assess_batch_read(b, paths, 1, NULL);
    assess_batch_finish(b, NULL);
    return b;
}

static assess_batch *read_book(const char *const *parts)
{
    buffer archive = {0};
    put_archive(&archive, parts);
    assert_int_equal(save_file(input, buffer_text(&archive), true, NULL), ASSESS_OK);
    buffer_free(&archive);
    return read_input();
}

/* The id 1001 stands twice, in rows 3 and 4. */
static assess_batch *read_people(void)
{
    static const char *const parts[] = BOOK_WITH(PEOPLE, STYLES);
    return read_book(parts);
}

static void load(const char *path, buffer *out)
{
    char piece[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    for (size_t got; (got = fread(piece, 1, sizeof piece, f)) > 0;)
        buffer_add(out, piece, got);
    fclose(f);
}

/* The words of a part of the copy; freed by the next call. */
static const char *part_of_copy(const char *name)
{
    static buffer part;
    buffer archive = {0};
    zip *z;
    load(output, &archive);
    assert_int_equal(zip_open(archive.bytes, archive.length, &z), ZIP_FINE);
    buffer_free(&part);
    part = (buffer){0};
    if (zip_find(z, text_of(name)) != SIZE_MAX)
        assert_int_equal(zip_whole(z, zip_find(z, text_of(name)), &part), ZIP_FINE);
    zip_close(z);
    buffer_free(&archive);
    buffer_add_char(&part, '\0');
    return part.bytes;
}

static assess_status mark_it(assess_batch *b, int force, assess_error *err)
{
    const assess_office_mark_options o = {.size = sizeof o, .language = ASSESS_EN, .force = force};
    return assess_office_mark(b, input, output, &o, err);
}

static void assert_in(const char *part, const char *words)
{
    if (!strstr(part, words))
        fail_msg("not in it: %s\n%s", words, part);
}

static void test_a_wrong_cell_gets_a_format_of_its_own(void **state)
{
    assess_batch *b = read_people();
    (void)state;
    assert_int_equal(mark_it(b, 0, NULL), ASSESS_OK);
    assert_in(part_of_copy("xl/worksheets/sheet1.xml"), "<c r=\"A4\" s=\"2\" t=\"inlineStr\"><is><t>1001</t></is></c></row></sheetData>"
                                                        "<legacyDrawing xmlns:r=\"" RELATIONS "\" r:id=\"rId2\"/><extLst/>");
    assert_in(part_of_copy("xl/worksheets/sheet1.xml"), CELL("A3", "1001"));
    assess_batch_free(b);
    unlink(output);
}

static void test_the_format_differs_in_fill_and_border_alone(void **state)
{
    assess_batch *b = read_people();
    (void)state;
    assert_int_equal(mark_it(b, 0, NULL), ASSESS_OK);
    const char *styles = part_of_copy("xl/styles.xml");
    assert_in(styles, "<cellXfs count=\"3\">"); /* 2 and the one */
    assert_in(styles, "<xf fillId=\"1\" borderId=\"1\" applyFill=\"1\" applyBorder=\"1\" numFmtId=\"49\" applyNumberFormat=\"1\"><alignment horizontal=\"center\"/></xf></cellXfs>");
    assert_in(styles, "<fills count=\"3\"><fill/>"); /* 1, red, amber */
    assert_in(styles, "<borders count=\"3\"><border/>");
    assess_batch_free(b);
    unlink(output);
}

static void test_the_list_is_the_last_sheet(void **state)
{
    assess_batch *b = read_people();
    (void)state;
    assert_int_equal(mark_it(b, 0, NULL), ASSESS_OK);
    assert_in(part_of_copy("xl/workbook.xml"), "r:id=\"rId1\"/><sheet xmlns:r=\"" RELATIONS "\" name=\"Problems\" sheetId=\"5\" "
                                               "r:id=\"rId8\"/></sheets>");
    assert_in(part_of_copy("xl/worksheets/sheet2.xml"), "<hyperlink ref=\"C3\" location=\"'人员'!A4\"/>");
    assert_in(part_of_copy("[Content_Types].xml"), "PartName=\"/xl/worksheets/sheet2.xml\"");
    assess_batch_free(b);
    unlink(output);
}

/* Written as it stands, the sheet has the cells named here at no place: an empty row, one without the column, one that is <row/>. */
static void mark_bare(const char *sheet, uint32_t row, uint32_t column, const char *expected)
{
    const char *const parts[] = BOOK_WITH(sheet, STYLES);
    mark one[] = {{.row = row, .column = column, .kind = MARK_NOTICE, .words = TEXT("words")}};
    buffer archive = {0}, out = {0};
    package p = {0};
    mark_styles styles = {0};
    former before = {0};
    mark_context c = {.package = &p, .styles = &styles, .former = &before};
    put_archive(&archive, parts);
    assert_int_equal(zip_open(archive.bytes, archive.length, &p.archive), ZIP_FINE);
    assert_int_equal(styles_open(&styles, &p, TEXT("xl/styles.xml")), XML_FINE);
    assert_int_equal(mark_sheet(&c, TEXT("xl/worksheets/sheet1.xml"), TEXT("人员"), &(marks){one, 1}), XML_FINE);
    assert_int_equal(package_part(&p, TEXT("xl/worksheets/sheet1.xml"), &out), XML_FINE);
    buffer_add_char(&out, '\0');
    assert_in(out.bytes, expected);
    buffer_free(&out);
    buffer_free(&archive);
    styles_free(&styles);
    zip_close(p.archive);
    package_free(&p);
}

static void test_a_row_that_is_not_there_is_put_in_its_place(void **state)
{
    (void)state; /* column B has the format 1, which marked is 2 */
    mark_bare(PEOPLE, 2, 2, "</row><row r=\"2\"><c r=\"B2\" s=\"2\"/></row><row r=\"3\"");
}

static void test_a_row_behind_the_last_is_put_at_the_end(void **state)
{
    (void)state;
    mark_bare(PEOPLE, 9, 1, "<row r=\"9\"><c r=\"A9\" s=\"2\"/></row></sheetData>");
}

static void test_a_cell_behind_others_widens_what_the_row_says_of_itself(void **state)
{
    (void)state;
    mark_bare(PEOPLE, 3, 3, "<row r=\"3\" spans=\"1:16384\">" CELL("A3", "1001") "<c r=\"C3\" s=\"2\"/></row>");
}

static void test_a_row_without_cells_is_opened_up(void **state)
{
    (void)state;
    mark_bare("<worksheet " MAIN "><sheetData><row r=\"3\" s=\"1\" customFormat=\"1\"/></sheetData></worksheet>", 3, 2,
              "<row r=\"3\" s=\"1\" customFormat=\"1\"><c r=\"B3\" s=\"2\"/></row>");
}

static void test_a_sheet_without_rows_gets_one(void **state)
{
    (void)state;
    mark_bare("<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData/></x:worksheet>", 1, 1,
              "<x:sheetData><x:row r=\"1\"><x:c r=\"A1\" s=\"2\"/></x:row></x:sheetData><x:legacyDrawing ");
}

static void test_cells_without_references_are_counted(void **state)
{
    (void)state;
    mark_bare("<worksheet " MAIN "><sheetData><row><c/><c/></row></sheetData></worksheet>", 1, 2, "<row><c/><c s=\"2\"/></row>");
}

/* What a comments part becomes when B2 is marked. */
static void comment_on_b2(const char *list, const char *expected)
{
    static const char *const parts[] = {"[Content_Types].xml", "<Types/>", NULL};
    mark one[] = {{.row = 2, .column = 2, .kind = MARK_ERROR, .words = TEXT("wrong")}};
    buffer archive = {0}, part = {0}, out = {0};
    package p = {0};
    mark_context c = {.package = &p};
    const comment_parts names = {TEXT("xl/comments1.xml"), TEXT("xl/drawings/vmlDrawing1.vml")};
    put_archive(&archive, parts);
    assert_int_equal(zip_open(archive.bytes, archive.length, &p.archive), ZIP_FINE);
    buffer_add_string(&part, list);
    assert_int_equal(package_set(&p, names.comments, &part), XML_FINE);
    assert_int_equal(mark_comments(&c, &names, &(marks){one, 1}), XML_FINE);
    assert_int_equal(package_part(&p, names.comments, &out), XML_FINE);
    buffer_add_char(&out, '\0');
    assert_in(out.bytes, expected);
    buffer_free(&out);
    buffer_free(&archive);
    zip_close(p.archive);
    package_free(&p);
}

#define COMMENTS(text) "<comments><authors><author>x</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text>" text \
                       "</text></comment></commentList></comments>"

static void test_words_follow_a_comment_that_is_there(void **state)
{
    (void)state;
    comment_on_b2(COMMENTS("<r><t>mine</t></r>"), "<text><r><t>mine</t></r><r><t xml:space=\"preserve\">\nwrong</t></r></text>");
}

static void test_a_plain_comment_becomes_a_run(void **state)
{
    (void)state;
    comment_on_b2(COMMENTS("<t>mine</t>"), "<text><r><t>mine</t></r><r><t xml:space=\"preserve\">\nwrong</t></r></text>");
    comment_on_b2(COMMENTS("<t>a</t><r><t>b</t></r>"), "<text><r><t>a</t></r><r><t>b</t></r><r><t xml:space=\"preserve\">\nwrong</t>");
}

static void test_words_that_are_there_are_not_said_twice(void **state)
{
    (void)state;
    comment_on_b2(COMMENTS("<r><t>mine\nwrong</t></r>"), "<text><r><t>mine\nwrong</t></r></text>");
}

static void test_an_empty_comment_gets_the_words(void **state)
{
    (void)state;
    comment_on_b2("<comments><authors><author>x</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text/></comment>"
                  "</commentList></comments>", "<text><r><t xml:space=\"preserve\">wrong</t></r></text>");
}

static void test_a_comment_without_author_is_ours_by_its_words(void **state)
{
    (void)state;
    comment_on_b2("<comments><authors><author> </author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>错误：旧</t></text>"
                  "</comment><comment ref=\"C1\" authorId=\"0\"><text><t>他人</t></text></comment></commentList></comments>",
                  "<commentList><comment ref=\"C1\" authorId=\"0\"><text><t>他人</t></text></comment><comment ref=\"B2\" authorId=\"1\">");
}

static void test_a_part_in_another_encoding_is_left_alone(void **state)
{
    xml x = {0};
    static const char wide[] = "\xFF\xFE<\0a\0/\0>\0";
    (void)state;
    assert_int_equal(xml_read_bytes((text){wide, 10}, (xml_handlers){NULL, NULL, NULL}, NULL, &x), XML_FORBIDDEN);
    assert_int_equal(xml_read_bytes(TEXT("<?xml version='1.0' encoding='GBK'?><a/>"), (xml_handlers){NULL, NULL, NULL}, NULL, &x), XML_FORBIDDEN);
}

/* ---- what is refused ---- */

static void test_the_workbook_itself_is_never_written(void **state)
{
    assess_batch *b = read_people();
    const assess_office_mark_options o = {.size = sizeof o, .force = 1};
    buffer before = {0}, after = {0};
    (void)state;
    load(input, &before);
    assert_int_equal(assess_office_mark(b, input, input, &o, NULL), ASSESS_E_CALL);
    load(input, &after);
    assert_true(text_equal(buffer_text(&before), buffer_text(&after)));
    buffer_free(&before);
    buffer_free(&after);
    assess_batch_free(b);
}

static void test_an_output_that_exists_needs_force(void **state)
{
    assess_batch *b = read_people();
    assess_error err = {0};
    (void)state;
    assert_int_equal(mark_it(b, 0, NULL), ASSESS_OK);
    assert_int_equal(mark_it(b, 0, &err), ASSESS_E_CALL);
    assert_string_equal(err.file, output);
    assert_int_equal(mark_it(b, 1, NULL), ASSESS_OK);
    assess_batch_free(b);
    unlink(output);
}

static void test_a_workbook_without_problems_is_not_copied(void **state)
{
    assess_batch *b = read_people();
    (void)state;
    assert_int_equal(assess_office_mark(b, "/nowhere/else.xlsx", output, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(assess_office_problem_list(b, "/nowhere/else.csv", output, NULL, NULL), ASSESS_E_CALL);
    assert_int_equal(access(output, F_OK), -1);
    assess_batch_free(b);
}

/* The marked copy, as if it had been corrected and came in again. */
static assess_batch *read_copy(void)
{
    buffer copy = {0};
    assess_batch *b = read_people();
    assert_int_equal(mark_it(b, 0, NULL), ASSESS_OK);
    assess_batch_free(b);
    load(output, &copy);
    assert_int_equal(save_file(input, buffer_text(&copy), true, NULL), ASSESS_OK);
    buffer_free(&copy);
    unlink(output);
    return read_input();
}

static size_t count_of(const char *part, const char *words)
{
    size_t count = 0;
    for (; (part = strstr(part, words)); part++)
        count++;
    return count;
}

static void test_a_copy_of_a_copy_has_each_mark_once(void **state)
{
    assess_batch *b = read_copy();
    (void)state;
    assert_int_equal(mark_it(b, 0, NULL), ASSESS_OK);
    assert_int_equal(count_of(part_of_copy("xl/comments1.xml"), "<comment "), 1);
    assert_int_equal(count_of(part_of_copy("xl/comments1.xml"), "<author>"), 1);
    assert_int_equal(count_of(part_of_copy("xl/drawings/vmlDrawing1.vml"), "<v:shape "), 1);
    assert_int_equal(count_of(part_of_copy("xl/workbook.xml"), "<sheet "), 2); /* the table and one list */
    assert_int_equal(count_of(part_of_copy("xl/worksheets/sheet1.xml"), "<legacyDrawing "), 1);
    assess_batch_free(b);
    unlink(output);
}

static void mark_without_memory(assess_batch *b)
{
    for (long successes = 0;; successes++) {
        mem_fault_after(successes);
        assess_status s = mark_it(b, 0, NULL);
        mem_fault_after(-1);
        if (s == ASSESS_OK)
            break;
        assert_int_equal(s, ASSESS_E_SYSTEM);
        assert_int_equal(access(output, F_OK), -1);
    }
    unlink(output);
}

static void test_without_memory_no_mark_is_renewed_by_half(void **state)
{
    assess_batch *b = read_copy();
    (void)state;
    mark_without_memory(b);
    assess_batch_free(b);
}

static void test_without_memory_nothing_is_written_or_leaked(void **state)
{
    assess_batch *b = read_people();
    (void)state;
    mark_without_memory(b);
    assess_batch_free(b);
}

static void test_a_list_without_memory_is_not_written(void **state)
{
    assess_batch *b = read_people();
    (void)state;
    for (long successes = 0;; successes++) {
        mem_fault_after(successes);
        assess_status s = assess_office_problem_list(b, input, output, NULL, NULL);
        mem_fault_after(-1);
        if (s == ASSESS_OK)
            break;
        assert_int_equal(s, ASSESS_E_SYSTEM);
        assert_int_equal(access(output, F_OK), -1);
    }
    assess_batch_free(b);
    unlink(output);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_attribute_that_is_there_gets_another_value),
        cmocka_unit_test(test_an_attribute_that_is_not_there_is_put_behind_the_name),
        cmocka_unit_test(test_an_empty_element_is_opened_up),
        cmocka_unit_test(test_edits_may_come_in_any_order),
        cmocka_unit_test(test_words_are_written_so_that_xml_takes_them),
        cmocka_unit_test(test_columns_are_counted_in_letters),
        cmocka_unit_test(test_parts_that_are_written_are_read_again),
        cmocka_unit_test(test_the_same_parts_give_the_same_bytes),
        cmocka_unit_test(test_a_part_is_copied_as_it_is_packed),
        cmocka_unit_test(test_a_wrong_cell_gets_a_format_of_its_own),
        cmocka_unit_test(test_the_format_differs_in_fill_and_border_alone),
        cmocka_unit_test(test_the_list_is_the_last_sheet),
        cmocka_unit_test(test_a_row_that_is_not_there_is_put_in_its_place),
        cmocka_unit_test(test_a_row_behind_the_last_is_put_at_the_end),
        cmocka_unit_test(test_a_cell_behind_others_widens_what_the_row_says_of_itself),
        cmocka_unit_test(test_a_row_without_cells_is_opened_up),
        cmocka_unit_test(test_a_sheet_without_rows_gets_one),
        cmocka_unit_test(test_cells_without_references_are_counted),
        cmocka_unit_test(test_words_follow_a_comment_that_is_there),
        cmocka_unit_test(test_a_plain_comment_becomes_a_run),
        cmocka_unit_test(test_words_that_are_there_are_not_said_twice),
        cmocka_unit_test(test_an_empty_comment_gets_the_words),
        cmocka_unit_test(test_a_comment_without_author_is_ours_by_its_words),
        cmocka_unit_test(test_a_part_in_another_encoding_is_left_alone),
        cmocka_unit_test(test_the_workbook_itself_is_never_written),
        cmocka_unit_test(test_an_output_that_exists_needs_force),
        cmocka_unit_test(test_a_workbook_without_problems_is_not_copied),
        cmocka_unit_test(test_without_memory_nothing_is_written_or_leaked),
        cmocka_unit_test(test_a_copy_of_a_copy_has_each_mark_once),
        cmocka_unit_test(test_without_memory_no_mark_is_renewed_by_half),
        cmocka_unit_test(test_a_list_without_memory_is_not_written),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
