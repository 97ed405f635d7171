/* Filling a form: what stands in the braces, what is refused and where, and that nothing of a value is ever markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "office/fill.h"

/* ---- made tables ---- */

enum { MADE_COLUMNS = 4 };

typedef struct made_table {
    const char *ids[MADE_COLUMNS], *titles[MADE_COLUMNS];
    size_t columns, rows;
    const char *cells[4][MADE_COLUMNS];
} made_table;

static const char *made_id(const void *of, size_t column) { return ((const made_table *)of)->ids[column]; }
static const char *made_title(const void *of, size_t column) { return ((const made_table *)of)->titles[column]; }
static const char *made_cell(void *of, size_t row, size_t column) { return ((const made_table *)of)->cells[row][column]; }

static assess_status made_open(void *of, const fill_scope *at, size_t *rows, assess_error *err)
{
    (void)at, (void)err;
    *rows = ((made_table *)of)->rows;
    return ASSESS_OK;
}

static made_table whole = {{"period", "phone"}, {"考核期", "电话"}, 2, 1, {{"2026", "8888-1"}}};
static made_table people = {{"name", "grade", "summary", "birth"}, {"姓名", "等次", "个人总结", "出生 年月"}, 4, 3,
                            {{"王芳", "优秀", "一\n二", "1990.01"}, {"李&<b>\"雷\"</b>'", "称职", "", "1991.02"}, {"赵云", "优秀", "", ""}}};
static made_table nobody = {{"name"}, {"姓名"}, 1, 0, {{NULL}}};

static fill_table as_table(made_table *t)
{
    return (fill_table){t->columns, made_id, made_title, made_open, made_cell, t};
}

/* What the form said was too long. */
static char too_long[256];

static void note_length(void *user, const fill_scope *at, text field, size_t lines, size_t room)
{
    (void)user;
    snprintf(too_long, sizeof too_long, "%s %.*s %zu/%zu", at->table->cell(at->table->of, at->row, 0), (int)field.length, field.bytes, lines,
             room);
}

static fill_table tables[3];
static const text table_ids[] = {{"people", 6}, {"nobody", 6}};

static assess_status find_table(void *user, text id, const fill_table **out, assess_error *err)
{
    (void)user, (void)err;
    *out = text_equal(id, TEXT("people")) ? &tables[1] : text_equal(id, TEXT("nobody")) ? &tables[2] : NULL;
    return ASSESS_OK;
}

static assess_status fill(const char *source, buffer *out, fill_form *form, assess_error *err)
{
    tables[0] = as_table(&whole);
    tables[1] = as_table(&people);
    tables[2] = as_table(&nobody);
    fill_data data = {.fields = &tables[0], .table = find_table, .table_ids = table_ids, .table_count = 2, .too_long = note_length};
    too_long[0] = '\0';
    assess_status status = fill_parse(text_of(source), "form.html", form, err);
    if (status == ASSESS_OK)
        status = fill_bind(form, &data, err);
    return status == ASSESS_OK ? fill_write(form, &data, out, err) : status;
}

static void assert_filled(const char *source, const char *expected)
{
    buffer out = {0};
    fill_form form;
    assess_error err = {0};
    if (fill(source, &out, &form, &err) != ASSESS_OK)
        fail_msg("%s: %s", source, err.message[ASSESS_EN]);
    buffer_add_char(&out, '\0');
    assert_string_equal(out.bytes, expected);
    buffer_free(&out);
    fill_free(&form);
}

static void assert_refused(const char *source, const char *id, uint32_t line, const char *words)
{
    buffer out = {0};
    fill_form form;
    assess_error err = {0};
    assert_int_equal(fill(source, &out, &form, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, id);
    assert_string_equal(err.file, "form.html");
    if (err.line != line || !strstr(err.message[ASSESS_EN], words))
        fail_msg("line %u: %s", err.line, err.message[ASSESS_EN]);
    buffer_free(&out);
    fill_free(&form);
}

/* ---- fields ---- */

static void test_text_without_braces_stands_as_it_is(void **state)
{
    (void)state;
    assert_filled("<p>{ 一 } & }}</p>\n", "<p>{ 一 } & }}</p>\n");
}

static void test_a_field_is_found_by_id_by_title_and_as_headers_are_compared(void **state)
{
    (void)state;
    assert_filled("{{period}} {{考核期}} {{ Period }}", "2026 2026 2026");
    assert_filled("{{#people}}{{出生年月}},{{/people}}", "1990.01,1991.02,,");
}

static void test_what_is_markup_in_a_value_is_escaped(void **state)
{
    (void)state;
    assert_filled("{{#people 等次=称职}}{{姓名}}{{/people}}", "李&amp;&lt;b&gt;&quot;雷&quot;&lt;/b&gt;&#39;");
}

static void test_braces_in_a_value_are_not_filled_again(void **state)
{
    (void)state;
    whole.cells[0][1] = "{{period}}";
    assert_filled("{{phone}}", "{{period}}");
    whole.cells[0][1] = "8888-1";
}

static void test_line_breaks_are_kept_and_hidden_characters_shown(void **state)
{
    (void)state;
    whole.cells[0][1] = "a\r\nb\x1b\xE2\x80\xAE";
    assert_filled("{{phone}}", "a\nb\\x1b\\u202e");
    whole.cells[0][1] = "8888-1";
}

static void test_an_optional_field_that_there_is_not_is_empty_and_told(void **state)
{
    (void)state;
    buffer out = {0};
    fill_form form;
    assert_int_equal(fill("[{{?性别}}{{? 性别}}{{?电话}}]", &out, &form, NULL), ASSESS_OK);
    assert_true(text_equal(buffer_text(&out), TEXT("[8888-1]")));
    assert_int_equal(form.absent.count, 1);
    assert_true(text_equal(form.absent.items[0], TEXT("性别")));
    buffer_free(&out);
    fill_free(&form);
}

static void test_of_several_names_the_first_that_there_is_counts(void **state)
{
    (void)state;
    assert_filled("{{sex|phone|period}} {{period | phone}}", "8888-1 2026");
    assert_filled("{{#sex|phone}}{{?sex|gender}}yes{{/sex|phone}}", "yes");
    assert_refused("{{phne|fax}}", "form.unknown_field", 1, "nothing here is called 'phne'; did you mean 'phone'?");
}

static void test_a_name_that_ends_in_a_bar_is_empty_and_not_told(void **state)
{
    (void)state;
    buffer out = {0};
    fill_form form;
    assert_int_equal(fill("[{{性别|}}{{电话|}}{{#sex|性别|}}x{{/sex|性别|}}]", &out, &form, NULL), ASSESS_OK);
    assert_true(text_equal(buffer_text(&out), TEXT("[8888-1]")));
    assert_int_equal(form.absent.count, 0);
    buffer_free(&out);
    fill_free(&form);
}

static void test_an_unknown_field_names_line_neighbour_and_what_there_is(void **state)
{
    (void)state;
    assert_refused("a\n\n{{perod}}", "form.unknown_field", 3, "did you mean 'period'? There are: 考核期, 电话.");
    assert_refused("{{#people}}\n{{工号}}{{/people}}", "form.unknown_field", 2, "there are: 姓名, 等次, 个人总结, 出生 年月, 考核期, 电话");
}

static void test_an_unknown_field_is_found_where_no_row_is_shown(void **state)
{
    (void)state;
    assert_refused("{{#nobody}}\n{{grade}}{{/nobody}}", "form.unknown_field", 2, "'grade'");
    assert_refused("{{^period}}{{nmae}}{{/period}}", "form.unknown_field", 1, "'nmae'");
}

/* ---- sections ---- */

static void test_a_section_repeats_over_the_rows_and_numbers_them(void **state)
{
    (void)state;
    assert_filled("{{#people}}{{@}}{{grade}} {{/people}}", "1优秀 2称职 3优秀 ");
}

static void test_a_filter_chooses_rows_and_the_numbers_go_on_without_gaps(void **state)
{
    (void)state;
    assert_filled("{{#people grade=优秀}}{{@}}{{姓名}} {{/people}}", "1王芳 2赵云 ");
    assert_filled("{{#people grade != 优秀}}{{@}} {{/people}}", "1 ");
    assert_filled("{{#people 出生年月=}}{{姓名}}{{/people}}", "赵云");
}

static void test_inside_a_row_the_outer_fields_are_seen_too(void **state)
{
    (void)state;
    assert_filled("{{#people grade=称职}}{{period}}{{#nobody}}x{{/nobody}}{{/people}}", "2026");
}

static void test_a_section_in_a_row_can_go_over_another_table(void **state)
{
    (void)state;
    assert_filled("{{#people}}{{#people grade=称职}}{{birth}}{{/people}};{{/people}}", "1991.02;1991.02;1991.02;");
}

static void test_the_inverse_stands_when_there_are_no_rows(void **state)
{
    (void)state;
    assert_filled("{{#nobody}}x{{/nobody}}{{^nobody}}none {{period}}{{/nobody}}", "none 2026");
    assert_filled("{{^people}}none{{/people}}", "");
    assert_filled("{{^people grade=不称职}}none{{/people}}", "none");
}

static void test_a_section_of_a_field_stands_when_it_is_not_empty(void **state)
{
    (void)state;
    assert_filled("{{#people}}{{#summary}}[{{summary}}]{{/summary}}{{^summary}}-{{/summary}}{{/people}}", "[一\n二]--");
}

static void test_an_optional_section_that_there_is_not_is_left_out_whole(void **state)
{
    (void)state;
    assert_filled("{{#?units}}{{people}}{{/units}}{{^?units}}no units{{/?units}}", "no units");
}

static void test_sections_and_comments_alone_on_a_line_leave_no_line(void **state)
{
    (void)state;
    assert_filled("a\n  {{#people grade=称职}}\r\n{{birth}}\n{{/people}}\n{{! a\ncomment }}\nb\n", "a\n1991.02\nb\n");
}

static void test_sections_that_do_not_match_are_refused_with_their_lines(void **state)
{
    (void)state;
    assert_refused("\n{{#people}}\n", "form.unclosed", 2, "{{#people}}");
    assert_refused("\n{{/people}}\n", "form.not_open", 2, "{{/people}}");
    assert_refused("{{#people}}\n{{#name}}\n{{/people}}{{/name}}", "form.misnested", 3, "{{/name}}, which closes the section of line 2");
    assert_refused("{{#peple}}{{/peple}}", "form.unknown_section", 1, "did you mean 'people'? The tables are: people, nobody");
    assert_refused("{{#people grad=1}}{{/people}}", "form.unknown_field", 1, "did you mean 'grade'");
    assert_refused("{{#people grade}}{{/people}}", "form.filter", 1, "COLUMN=VALUE");
    assert_refused("{{#period a=b}}{{/period}}", "form.filter_of_field", 1, "period");
}

static void test_seventeen_sections_in_one_another_are_too_deep(void **state)
{
    (void)state;
    buffer source = {0};
    for (int i = 0; i < 17; i++)
        buffer_add_string(&source, "{{#people}}\n");
    buffer_add_char(&source, '\0');
    assert_refused(source.bytes, "form.too_deep", 17, "16");
    buffer_free(&source);
}

static void test_braces_that_are_wrong_are_refused(void **state)
{
    (void)state;
    assert_refused("a\n{{period", "form.unclosed_braces", 2, "'{{'");
    assert_refused("{{period }\n}}", "form.unclosed_braces", 1, "'{{'");
    assert_refused("{{}}", "form.no_name", 1, "expected a name");
    assert_refused("{{ # }}", "form.no_name", 1, "expected a name");
    assert_refused("a\n\xFF", "form.not_utf8", 2, "UTF-8");
    assert_refused("{{@}}", "form.number", 1, "{{@}}");
}

/* ---- instructions ---- */

static void test_instructions_are_read_in_both_languages_and_leave_nothing(void **state)
{
    (void)state;
    static const char *const sources[] = {"{{%title A form}}\n{{%language en}}\n{{%public}}\n{{%field phone whom to call}}\nx",
                                          "\xEF\xBB\xBF{{%标题 A form}}\n{{%语言 en}}\n{{%公示}}\n{{%填写 phone whom to call}}\nx"};
    for (size_t i = 0; i < 2; i++) {
        buffer out = {0};
        fill_form form;
        assert_int_equal(fill(sources[i], &out, &form, NULL), ASSESS_OK);
        assert_true(text_equal(buffer_text(&out), TEXT("x")));
        assert_true(text_equal(form.title, TEXT("A form")));
        assert_true(form.in_language && form.language == ASSESS_EN && form.is_public);
        assert_true(text_equal(form.asks[0].meaning, TEXT("whom to call")));
        buffer_free(&out);
        fill_free(&form);
    }
}

static void test_instructions_that_are_wrong_are_refused(void **state)
{
    (void)state;
    assert_refused("\n{{%tilte a}}", "form.directive", 2, "%tilte");
    assert_refused("{{%language fr}}", "form.language", 1, "'fr'");
    assert_refused("{{%holds summary}}{{#people}}{{summary}}{{/people}}", "form.box", 1, "38x24");
    assert_refused("{{%holds summary 0x3}}{{#people}}{{summary}}{{/people}}", "form.box", 1, "38x24");
    assert_refused("{{%holds sumary 3x3}}{{#people}}{{summary}}{{/people}}", "form.box_unused", 1, "{{sumary}}");
    assert_refused("x\n{{%field fax where to}}", "form.asks", 2, "--field fax=");
    assert_refused("{{%public}}{{#people}}{{score}}{{/people}}", "form.public_field", 1, "neither scores nor ids");
}

/* Two full-width characters a line: 一, 二二, 二 and 三 make four lines. */
static void test_a_value_takes_lines_by_its_width_and_its_line_breaks(void **state)
{
    (void)state;
    assert_int_equal(fill_lines(TEXT("一\n二二二\n三"), 2), 4);
    assert_int_equal(fill_lines(TEXT("abcd"), 2), 1);
    assert_int_equal(fill_lines(TEXT("abcde"), 2), 2);
    assert_int_equal(fill_lines(TEXT("a\n\n"), 2), 3);
    assert_int_equal(fill_lines(TEXT(""), 2), 0);
}

static void test_a_value_longer_than_its_box_is_whole_and_told(void **state)
{
    (void)state;
    assert_filled("{{%holds 个人总结 5x1}}{{#people}}{{个人总结}}{{/people}}", "一\n二");
    assert_string_equal(too_long, "王芳 个人总结 2/1");
    assert_filled("{{%holds 个人总结 5x1}}{{#people}}{{?小结|个人总结}}{{/people}}", "一\n二");
    assert_string_equal(too_long, "王芳 个人总结 2/1");
    assert_filled("{{%holds 个人总结 5x2}}{{#people}}{{个人总结}}{{/people}}", "一\n二");
    assert_string_equal(too_long, "");
}

/* ---- memory ---- */

static void test_without_memory_it_says_so(void **state)
{
    (void)state;
    static const char *const sources[] = {"{{%field phone x}}{{%holds 个人总结 5x1}}{{#people 等次=优秀}}{{@}}{{?性别}}{{出 生年月}}{{个人总结}}{{/people}}",
                                          "{{#people}}{{nmae}}{{/people}}", "{{#peple}}{{/peple}}", "{{#people}}{{#name}}{{/people}}"};
    for (size_t i = 0; i < 4; i++) {
        assess_status status = ASSESS_E_SYSTEM;
        for (long n = 0; status == ASSESS_E_SYSTEM; n++) {
            buffer out = {0};
            fill_form form;
            assess_error err = {0};
            mem_fault_after(n);
            status = fill(sources[i], &out, &form, &err);
            mem_fault_after(-1);
            assert_true(n < 1000);
            if (status == ASSESS_E_SYSTEM)
                assert_string_equal(err.id, "system.no_memory");
            buffer_free(&out);
            fill_free(&form);
        }
        assert_int_equal(status, i == 0 ? ASSESS_OK : ASSESS_E_CALL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_without_braces_stands_as_it_is),
        cmocka_unit_test(test_a_field_is_found_by_id_by_title_and_as_headers_are_compared),
        cmocka_unit_test(test_what_is_markup_in_a_value_is_escaped),
        cmocka_unit_test(test_braces_in_a_value_are_not_filled_again),
        cmocka_unit_test(test_line_breaks_are_kept_and_hidden_characters_shown),
        cmocka_unit_test(test_an_optional_field_that_there_is_not_is_empty_and_told),
        cmocka_unit_test(test_of_several_names_the_first_that_there_is_counts),
        cmocka_unit_test(test_a_name_that_ends_in_a_bar_is_empty_and_not_told),
        cmocka_unit_test(test_an_unknown_field_names_line_neighbour_and_what_there_is),
        cmocka_unit_test(test_an_unknown_field_is_found_where_no_row_is_shown),
        cmocka_unit_test(test_a_section_repeats_over_the_rows_and_numbers_them),
        cmocka_unit_test(test_a_filter_chooses_rows_and_the_numbers_go_on_without_gaps),
        cmocka_unit_test(test_inside_a_row_the_outer_fields_are_seen_too),
        cmocka_unit_test(test_a_section_in_a_row_can_go_over_another_table),
        cmocka_unit_test(test_the_inverse_stands_when_there_are_no_rows),
        cmocka_unit_test(test_a_section_of_a_field_stands_when_it_is_not_empty),
        cmocka_unit_test(test_an_optional_section_that_there_is_not_is_left_out_whole),
        cmocka_unit_test(test_sections_and_comments_alone_on_a_line_leave_no_line),
        cmocka_unit_test(test_sections_that_do_not_match_are_refused_with_their_lines),
        cmocka_unit_test(test_seventeen_sections_in_one_another_are_too_deep),
        cmocka_unit_test(test_braces_that_are_wrong_are_refused),
        cmocka_unit_test(test_instructions_are_read_in_both_languages_and_leave_nothing),
        cmocka_unit_test(test_instructions_that_are_wrong_are_refused),
        cmocka_unit_test(test_a_value_takes_lines_by_its_width_and_its_line_breaks),
        cmocka_unit_test(test_a_value_longer_than_its_box_is_whole_and_told),
        cmocka_unit_test(test_without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
