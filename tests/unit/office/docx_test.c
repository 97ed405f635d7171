/* docx: a Word document as the text of a form, and back. What is expected is written by hand from what word processors write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "office/docx_pieces.h"
#include "office/zip_write.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R(t) "<w:r><w:t>" t "</w:t></w:r>"
#define P(t) "<w:p>" t "</w:p>"
#define TC(t) "<w:tc><w:tcPr/>" t "</w:tc>"
#define TR(t) "<w:tr>" t "</w:tr>"
#define TBL(t) "<w:tbl><w:tblPr/>" t "</w:tbl>"
/* A run as it comes out. */
#define S(t) "<w:r><w:t xml:space=\"preserve\">" t "</w:t></w:r>"

#define TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define MAIN "<Override PartName=\"/word/document.xml\" ContentType=\"" TYPE "document.main+xml\"/>"
#define TYPES(more) "<Types xmlns=\"t\">" MAIN more "</Types>"
#define RELATION(type, target, mode) "<Relationships><Relationship Id=\"a\" Type=\"http://x/" type "\" Target=\"" target "\"" mode "/></Relationships>"

typedef struct part {
    const char *name, *bytes;
} part;

static void pack(const part *parts, size_t count, buffer *out)
{
    zip_writer *w = zip_write_begin();
    assert_non_null(w);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(zip_write_part(w, parts[i].name, text_of(parts[i].bytes)), ZIP_FINE);
    assert_int_equal(zip_write_end(w, out), ZIP_FINE);
    zip_write_free(w);
}

static void pack_body(const char *body, buffer *out)
{
    static char document[16384];
    assert_true(snprintf(document, sizeof document, "<?xml version=\"1.0\"?><w:document " W "><w:body>%s</w:body></w:document>", body) < (int)sizeof document);
    pack((part[]){{"[Content_Types].xml", TYPES("")}, {"word/document.xml", document}}, 2, out);
}

/* The form's text between <w:body> and </w:body>. */
static void assert_source_at(const char *body, const char *expected, const char *file, int line)
{
    buffer bytes = {0};
    docx d;
    assess_error err = {0};
    char found[16384];
    pack_body(body, &bytes);
    if (docx_open(buffer_text(&bytes), "own.docx", &d, &err) != ASSESS_OK)
        print_error("%s\n", err.message[ASSESS_EN]);
    _assert_int_equal(err.status, ASSESS_OK, file, line);
    snprintf(found, sizeof found, "%.*s", (int)d.source.length, d.source.bytes);
    char *from = strstr(found, "<w:body>"), *to = strstr(found, "</w:body>");
    assert_true(from && to);
    *to = '\0';
    _assert_string_equal(from + strlen("<w:body>"), expected, file, line);
    docx_close(&d);
    buffer_free(&bytes);
}
#define assert_source(body, expected) assert_source_at((body), (expected), __FILE__, __LINE__)

/* ---- fields ---- */

static void test_names_are_found_across_runs(void **state)
{
    (void)state;
    assert_source(P(R("a {") "<w:r><w:rPr><w:b/></w:rPr><w:t>{na</w:t></w:r>" R("me") "<w:proofErr w:type=\"x\"/>" R("}") R("} z")),
                  P(S("a {{name}}") "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"></w:t></w:r>" S("") "<w:proofErr w:type=\"x\"/>" S("") S(" z")));
    assert_source(P(R("{") R("{") R("name}") R("}z")), P(S("{{name}}") S("") S("") S("z")));
}

static void test_signs_of_a_chinese_keyboard_are_understood(void **state)
{
    (void)state;
    assert_source(P(R("｛｛　？性别｜sex　｝｝")), P(S("{{?性别|sex}}")));
    assert_source(P(R("｛{＃people 等次！＝优！}｝")) P(R("{{＠}}")) P(R("{{／people}}")),
                  "{{#people 等次!=优！}}\n" P(S("{{@}}")) "\n{{/people}}");
}

static void test_other_text_is_as_it_was(void **state)
{
    (void)state;
    assert_source(P(R("a &lt;b&gt; &amp; {c} \n“d” }}")), P(S("a &lt;b&gt; &amp; &#123;c}  “d” }}")));
    assert_source(P("<w:r w:x=\"{{y}}\"><w:tab/><w:t/></w:r>"), P("<w:r w:x=\"&#123;&#123;y}}\"><w:tab/><w:t xml:space=\"preserve\"></w:t></w:r>"));
}

static void test_a_line_break_within_braces_is_a_blank(void **state)
{
    (void)state;
    assert_source(P("<w:r><w:t>{{#people</w:t><w:br/><w:t>grade=x}}{{/people}}y</w:t></w:r>"),
                  P(S("") "{{#people grade=x}}" "<w:r><w:t xml:space=\"preserve\"></w:t><w:t xml:space=\"preserve\"></w:t></w:r>" "{{/people}}" S("y")));
}

/* ---- sections ---- */

static void test_a_section_within_a_paragraph_cuts_its_runs(void **state)
{
    (void)state;
    assert_source(P("<w:r><w:rPr><w:b/></w:rPr><w:t>a{{#x}}b{{x}}</w:t></w:r>" R("c{{/x}}d")),
                  P("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">a</w:t></w:r>{{#x}}<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">b{{x}}</w:t></w:r>"
                    S("c") "{{/x}}" S("d")));
}

static void test_a_section_lies_around_paragraphs(void **state)
{
    (void)state;
    assert_source(P(R("{{#people}}")) P(R("{{name}}")) P(R("{{/people}}")), "{{#people}}\n" P(S("{{name}}")) "\n{{/people}}");
    assert_source(P(R("a {{#x}}")) P(R("{{/x}}")), "{{#x}}" P(S("a ")) "\n{{/x}}");
}

static void test_ends_and_beginnings_may_share_a_paragraph_of_their_own(void **state)
{
    (void)state;
    assert_source(P(R("{{#x}}")) P(R("a")) P(R("{{/x}} {{^x}}")) P(R("b")) P(R("{{/x}}")),
                  "{{#x}}\n" P(S("a")) "\n{{/x}}{{^x}}\n" P(S("b")) "\n{{/x}}");
}

/* From the first cell to the last of a row. */
static void test_a_section_from_cell_to_cell_lies_around_the_row(void **state)
{
    (void)state;
    assert_source(TBL(TR(TC(P(R("{{#people}}{{@}}"))) TC(P(R("{{name}}{{/people}}"))))),
                  TBL("{{#people}}" TR(TC(P(S("{{@}}"))) TC("\n" P(S("{{name}}")))) "{{/people}}"));
}

static void test_rows_of_their_own_are_left_out(void **state)
{
    (void)state;
    assert_source(TBL(TR(TC(P(R("{{#people}}"))) TC(P(""))) TR(TC(P(R("{{name}}")))) TR(TC(P(R("{{/people}}"))))),
                  TBL("\n{{#people}}" TR(TC("\n" P(S("{{name}}")))) "\n{{/people}}"));
}

static void test_instructions_and_remarks_leave_no_paragraph(void **state)
{
    (void)state;
    assert_source(P(R("{{%title A &amp; B}}")) P(R("{{! x }}")) P(R("a{{! y }}")), "{{%title A & B}}\n{{! x}}\n" P(S("a{{! y}}")));
}

static void test_what_is_seen_keeps_its_paragraph(void **state)
{
    (void)state;
    assert_source(P(R("{{#x}}") "<w:r><w:br w:type=\"page\"/></w:r>") P(R("{{/x}}")), "{{#x}}" P(S("") "<w:r><w:br w:type=\"page\"/></w:r>") "\n{{/x}}");
    assert_source(P("<w:pPr><w:sectPr/></w:pPr>" R("{{#x}}")) P(R("{{/x}}")), "{{#x}}" P("<w:pPr><w:sectPr/></w:pPr>" S("")) "\n{{/x}}");
}

/* A text box stands inside a run of the paragraph around it. */
static void test_a_text_box_is_a_page_of_its_own(void **state)
{
    (void)state;
    assert_source(P("<w:r><w:pict><w:txbxContent>" P(R("{{#x}}")) P(R("{{x}}")) P(R("{{/x}}")) "</w:txbxContent></w:pict></w:r>" R("{{y}}")),
                  P("<w:r><w:pict><w:txbxContent>\n{{#x}}\n" P(S("{{x}}")) "\n{{/x}}</w:txbxContent></w:pict></w:r>" S("{{y}}")));
}

/* Of the letter p and t as other vocabularies have them. */
static void test_other_vocabularies_are_no_words(void **state)
{
    (void)state;
    assert_source("<a:p xmlns:a=\"a\"><a:t>x</a:t></a:p>", "<a:p xmlns:a=\"a\"><a:t>x</a:t></a:p>");
}

/* ---- what is refused ---- */

static void assert_refused(const buffer *bytes, const char *id, uint32_t paragraph)
{
    docx d;
    assess_error err = {0};
    assert_int_equal(docx_open(buffer_text(bytes), "own.docx", &d, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, id);
    assert_string_equal(err.file, "own.docx");
    assert_int_equal(err.line, paragraph);
    docx_close(&d);
}

static void assert_body_refused(const char *body, const char *id, uint32_t paragraph)
{
    buffer bytes = {0};
    pack_body(body, &bytes);
    assert_refused(&bytes, id, paragraph);
    buffer_free(&bytes);
}

static void test_mistakes_are_named_by_paragraph(void **state)
{
    (void)state;
    assert_body_refused(P(R("a")) P(R("{{name")) P(R("}}")), "form.docx_unclosed_braces", 2);
    assert_body_refused(P(R("a")) P(R("{{/x}}")), "form.not_open", 2);
    assert_body_refused(P(R("{{#x}}")) P(R("a")), "form.unclosed", 1);
    assert_body_refused(P(R("{{#x}}")) TBL(TR(TC(P(R("a {{/x}}"))))), "form.docx_section_across", 1);
    assert_body_refused(P(R("a{{#x}}")) P(R("b{{/x}}c{{#y}}")) P(R("d{{/y}}")), "form.docx_section_shares", 2);
    assert_body_refused(P("<m:t xmlns:m=\"m\">{{x}}</m:t>"), "form.docx_no_place", 1);
    assert_body_refused(P(R("{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}")), "form.too_deep", 1);
}

static void test_fields_that_lead_out_are_refused(void **state)
{
    (void)state;
    assert_body_refused(P("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\x </w:instrText></w:r>"
                          "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"), "form.docx_field_code", 1);
    assert_body_refused(P("<w:fldSimple w:instr=\" includePicture &quot;http://x&quot; \"/>"), "form.docx_field_code", 1);
    assert_source(P("<w:fldSimple w:instr=\" PAGE \"/>"), P("<w:fldSimple w:instr=\" PAGE \"/>"));
}

static void assert_parts_refused(const part *parts, size_t count, const char *id)
{
    buffer bytes = {0};
    pack(parts, count, &bytes);
    assert_refused(&bytes, id, 0);
    buffer_free(&bytes);
}
#define assert_archive_refused(id, ...) assert_parts_refused((part[]){__VA_ARGS__}, sizeof((part[]){__VA_ARGS__}) / sizeof(part), (id))

#define DOCUMENT {"word/document.xml", "<w:document " W "><w:body/></w:document>"}

static void test_macros_and_what_comes_from_elsewhere_are_refused(void **state)
{
    (void)state;
    const part types = {"[Content_Types].xml", TYPES("")};
    assert_archive_refused("form.docx_macros", {"[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/></Types>"}, DOCUMENT);
    assert_archive_refused("form.docx_macros", {"[Content_Types].xml", TYPES("<Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>")}, DOCUMENT);
    assert_archive_refused("form.docx_dotx", {"[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"" TYPE "template.main+xml\"/></Types>"}, DOCUMENT);
    assert_archive_refused("form.docx_outside", types, DOCUMENT, {"word/_rels/settings.xml.rels", RELATION("attachedTemplate", "http://evil/x.dotm", " TargetMode=\"External\"")});
    assert_archive_refused("form.docx_outside", types, DOCUMENT, {"word/_rels/document.xml.rels", RELATION("image", "http://evil/x.png", " TargetMode=\"external\"")});
    assert_archive_refused("form.docx_outside", types, DOCUMENT, {"word/_rels/document.xml.RELS", RELATION("aFChunk", "x.html", "")});
    assert_archive_refused("form.docx_macros", types, DOCUMENT, {"word/_rels/document.xml.rels", RELATION("vbaProject", "x.bin", "")});
}

static void test_links_are_kept(void **state)
{
    (void)state;
    buffer bytes = {0};
    docx d;
    pack((part[]){{"[Content_Types].xml", TYPES("")}, DOCUMENT, {"word/_rels/document.xml.rels", RELATION("hyperlink", "http://x/", " TargetMode=\"External\"")}}, 3, &bytes);
    assert_int_equal(docx_open(buffer_text(&bytes), "own.docx", &d, NULL), ASSESS_OK);
    docx_close(&d);
    buffer_free(&bytes);
}

static void test_what_is_no_document_is_refused(void **state)
{
    (void)state;
    const part types = {"[Content_Types].xml", TYPES("")};
    assert_archive_refused("form.docx_none", {"x", "y"});
    assert_archive_refused("form.docx_none", types);
    assert_archive_refused("form.docx_damaged", types, {"word/document.xml", "<w:document " W "><w:body></w:document>"});
    assert_archive_refused("form.docx_damaged", types, {"word/document.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><w:document " W "/>"});
    assert_archive_refused("form.docx_damaged", types, {"word/document.xml", "<document/>"});
    buffer old = {0};
    buffer_add(&old, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    assert_refused(&old, "form.docx_old", 0);
    old.length = 0;
    buffer_add(&old, "PK\3\4", 4);
    assert_refused(&old, "form.docx_damaged", 0);
    buffer_free(&old);
}

/* ---- back into a document ---- */

static void test_cells_keep_a_paragraph(void **state)
{
    (void)state;
    buffer out = {0};
    docx_finish(TEXT("<w:tc><w:tcPr/></w:tc><w:tc><w:p/> \n</w:tc><w:tc><w:p>x</w:p></w:tc><w:tc><w:pPr/></w:tc>"), &out);
    buffer_add_char(&out, '\0');
    assert_string_equal(strchr(out.bytes, '\n') + 1,
                        "<w:tc><w:tcPr/><w:p/></w:tc><w:tc><w:p/> \n</w:tc><w:tc><w:p>x</w:p></w:tc><w:tc><w:pPr/><w:p/></w:tc>");
    buffer_free(&out);
}

static void test_repeated_pictures_have_numbers_of_their_own(void **state)
{
    (void)state;
    buffer out = {0};
    docx_finish(TEXT("<wp:docPr name=\"a\" id=\"7\"/><wp:docPr id=\"7\" name=\"b\"/><wp:docPr name=\"c\"/><x id=\"7\"/>"), &out);
    buffer_add_char(&out, '\0');
    assert_string_equal(strchr(out.bytes, '\n') + 1,
                        "<wp:docPr name=\"a\" id=\"1\"/><wp:docPr id=\"2\" name=\"b\"/><wp:docPr name=\"c\"/><x id=\"7\"/>");
    buffer_free(&out);
}

static void read_part(const buffer *bytes, const char *name, buffer *out)
{
    zip *z;
    assert_int_equal(zip_open(bytes->bytes, bytes->length, &z), ZIP_FINE);
    assert_int_equal(zip_whole(z, zip_find(z, text_of(name)), out), ZIP_FINE);
    buffer_add_char(out, '\0');
    zip_close(z);
}

/* The header is listed before the document, and stands in the archive behind it. */
static void test_each_part_gets_what_is_its_own(void **state)
{
    (void)state;
    buffer bytes = {0}, out = {0}, again = {0}, head = {0}, other = {0};
    docx d;
    pack((part[]){{"[Content_Types].xml", "<Types><Override PartName=\"/word/h.xml\" ContentType=\"" TYPE "header+xml\"/>" MAIN MAIN "</Types>"}, DOCUMENT,
                  {"word/h.xml", "<w:hdr " W ">" P(R("{{x}}")) "</w:hdr>"}, {"word/other.xml", "{{x}}"}}, 4, &bytes);
    assert_int_equal(docx_open(buffer_text(&bytes), "own.docx", &d, NULL), ASSESS_OK);
    assert_int_equal(docx_write(&d, TEXT("document\1header\1"), &out, NULL), ASSESS_OK);
    assert_int_equal(docx_write(&d, TEXT("document\1header\1"), &again, NULL), ASSESS_OK);
    assert_true(text_equal(buffer_text(&out), buffer_text(&again)));
    read_part(&out, "word/h.xml", &head);
    read_part(&out, "word/other.xml", &other);
    assert_non_null(strstr(head.bytes, "?>\nheader"));
    assert_string_equal(other.bytes, "{{x}}");
    docx_close(&d);
    buffer_free(&bytes);
    buffer_free(&out);
    buffer_free(&again);
    buffer_free(&head);
    buffer_free(&other);
}

static void test_without_memory_nothing_is_opened_or_written(void **state)
{
    (void)state;
    buffer bytes = {0};
    pack_body(P(R("{{#people}}")) TBL(TR(TC(P(R("a{{name}} {{#x}}b"))) TC(P(R("c{{/x}}"))))) P(R("{{/people}} {{! y}}")), &bytes);
    assess_status status = ASSESS_E_SYSTEM;
    for (long successes = 0; status != ASSESS_OK; successes++) {
        docx d;
        buffer out = {0};
        assert_true(successes < 2000);
        mem_fault_after(successes);
        status = docx_open(buffer_text(&bytes), "own.docx", &d, NULL);
        if (status == ASSESS_OK)
            status = docx_write(&d, TEXT("a\1"), &out, NULL);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
        docx_close(&d);
        buffer_free(&out);
    }
    buffer_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_found_across_runs),
        cmocka_unit_test(test_signs_of_a_chinese_keyboard_are_understood),
        cmocka_unit_test(test_other_text_is_as_it_was),
        cmocka_unit_test(test_a_line_break_within_braces_is_a_blank),
        cmocka_unit_test(test_a_section_within_a_paragraph_cuts_its_runs),
        cmocka_unit_test(test_a_section_lies_around_paragraphs),
        cmocka_unit_test(test_ends_and_beginnings_may_share_a_paragraph_of_their_own),
        cmocka_unit_test(test_a_section_from_cell_to_cell_lies_around_the_row),
        cmocka_unit_test(test_rows_of_their_own_are_left_out),
        cmocka_unit_test(test_instructions_and_remarks_leave_no_paragraph),
        cmocka_unit_test(test_what_is_seen_keeps_its_paragraph),
        cmocka_unit_test(test_a_text_box_is_a_page_of_its_own),
        cmocka_unit_test(test_other_vocabularies_are_no_words),
        cmocka_unit_test(test_mistakes_are_named_by_paragraph),
        cmocka_unit_test(test_fields_that_lead_out_are_refused),
        cmocka_unit_test(test_macros_and_what_comes_from_elsewhere_are_refused),
        cmocka_unit_test(test_links_are_kept),
        cmocka_unit_test(test_what_is_no_document_is_refused),
        cmocka_unit_test(test_cells_keep_a_paragraph),
        cmocka_unit_test(test_repeated_pictures_have_numbers_of_their_own),
        cmocka_unit_test(test_each_part_gets_what_is_its_own),
        cmocka_unit_test(test_without_memory_nothing_is_opened_or_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
