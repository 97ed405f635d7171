/* office/html: what is written is well-formed, escaped, and leads nowhere. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "office/html.h"

typedef struct page {
    buffer out;
    html h;
} page;

static void open_page(page *p)
{
    *p = (page){.h = {.language = ASSESS_EN}};
    p->h.out = &p->out;
}

static void assert_written(page *p, const char *expected)
{
    assert_false(p->out.failed);
    assert_int_equal(p->h.depth, 0);
    buffer_add_char(&p->out, '\0');
    assert_string_equal(p->out.bytes, expected);
    buffer_free(&p->out);
}

static void assert_refused(page *p)
{
    assert_true(p->out.failed);
    buffer_free(&p->out);
}

static void write_leaf(page *p, const char *bytes)
{
    open_page(p);
    html_leaf(&p->h, "td", NULL, text_of(bytes));
}

static void test_text_that_looks_like_markup_stays_text(void **state)
{
    page p;
    (void)state;
    write_leaf(&p, "<script>a&b</script>\"'");
    assert_written(&p, "<td>&lt;script&gt;a&amp;b&lt;/script&gt;&quot;&#39;</td>");
}

static void test_an_attribute_cannot_be_left_by_a_quote(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    html_begin(&p.h, "td");
    html_attribute(&p.h, "class", TEXT("a\" id='x' b=\"<&>"));
    html_end(&p.h);
    assert_written(&p, "<td class=\"a&quot; id=&#39;x&#39; b=&quot;&lt;&amp;&gt;\"></td>");
}

/* U+202E turns the direction of writing, U+009B begins a control sequence; both are shown, neither is sent. */
static void test_characters_that_would_be_obeyed_are_shown(void **state)
{
    page p;
    (void)state;
    write_leaf(&p, "a\x1b[1m\xE2\x80\xAE" "b\xC2\x9B\nc");
    assert_written(&p, "<td>a\\x1b[1m\\u202eb\\x9b\\x0ac</td>");
}

/* XML has no U+FFFE, and a byte that is no UTF-8 is none in HTML either. */
static void test_what_is_no_character_becomes_u_fffd(void **state)
{
    page p;
    (void)state;
    write_leaf(&p, "a\xFF\xEF\xBF\xBE\xC0z");
    assert_written(&p, "<td>a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz</td>");
}

static void test_chinese_and_joined_letters_stay_as_they_are(void **state)
{
    page p;
    (void)state;
    write_leaf(&p, "䶮·🏛\xE2\x80\x8D");
    assert_written(&p, "<td>䶮·🏛\xE2\x80\x8D</td>");
}

static void test_only_elements_that_may_be_empty_close_themselves(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    html_begin(&p.h, "p");
    html_begin(&p.h, "br");
    html_end(&p.h);
    html_begin(&p.h, "code");
    html_end(&p.h);
    html_end(&p.h);
    assert_written(&p, "<p><br/><code></code></p>\n");
}

static void test_an_element_of_no_list_is_refused(void **state)
{
    static const char *const elements[] = {"script", "iframe", "img", "form", "object", "link", "base", "p onclick", ""};
    (void)state;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        page p;
        open_page(&p);
        html_begin(&p.h, elements[i]);
        assert_refused(&p);
    }
}

static void test_an_attribute_of_no_list_is_refused(void **state)
{
    static const char *const attributes[] = {"onclick", "style", "src", "action", "xlink:href", "srcset", "id=\"a\" onload", ""};
    (void)state;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        page p;
        open_page(&p);
        html_begin(&p.h, "p");
        html_attribute_string(&p.h, attributes[i], "x");
        assert_refused(&p);
    }
}

static void test_a_reference_that_leaves_the_page_is_refused(void **state)
{
    static const char *const outside[][2] = {{"href", "http://a.example"}, {"href", "//a.example"}, {"href", "javascript:alert(1)"},
                                             {"href", ""},                 {"href", " #s1"},        {"fill", "url(http://a.example)"},
                                             {"fill", "url("}};
    (void)state;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        page p;
        open_page(&p);
        html_begin(&p.h, outside[i][0][0] == 'h' ? "a" : "rect");
        html_attribute_string(&p.h, outside[i][0], outside[i][1]);
        assert_refused(&p);
    }
}

static void test_a_reference_within_the_page_is_written(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    html_begin(&p.h, "a");
    html_attribute_string(&p.h, "href", "#s1");
    html_end(&p.h);
    assert_written(&p, "<a href=\"#s1\"></a>");
}

static void test_an_attribute_behind_content_is_refused(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    html_begin(&p.h, "p");
    html_text(&p.h, TEXT("x"));
    html_attribute_string(&p.h, "class", "n");
    assert_refused(&p);
}

static void test_ending_more_than_was_begun_is_refused(void **state)
{
    page p;
    (void)state;
    write_leaf(&p, "");
    html_end(&p.h);
    assert_refused(&p);
}

static void test_a_page_with_an_open_element_is_refused(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    html_begin_page(&p.h, TEXT("t"), "");
    html_begin(&p.h, "p");
    html_end_page(&p.h);
    assert_refused(&p);
}

static void test_too_deep_nesting_is_refused_not_written_past_the_end(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    for (int i = 0; i < HTML_DEPTH + 5; i++)
        html_begin(&p.h, "div");
    assert_int_equal(p.h.depth, HTML_DEPTH);
    assert_refused(&p);
}

static void test_a_style_sheet_cannot_leave_its_element_or_the_page(void **state)
{
    static const char *const sheets[] = {"p{}</style>", "p{background:url(x)}", "@import 'x';", "p{content:\"\\3c\"}", "a&b{}"};
    (void)state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        page p;
        open_page(&p);
        html_begin_page(&p.h, TEXT("t"), sheets[i]);
        assert_refused(&p);
    }
}

static void test_a_page_says_its_language_and_lets_nothing_in(void **state)
{
    page p;
    (void)state;
    open_page(&p);
    html_begin_page(&p.h, TEXT("a<b"), "p{margin:0}");
    html_end_page(&p.h);
    assert_written(&p, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\"/>\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                       "<title>a&lt;b</title>\n<style>p{margin:0}</style>\n</head>\n<body></body>\n</html>\n");
}

static void test_a_part_that_is_not_whole_is_not_taken_in(void **state)
{
    page p, part;
    (void)state;
    open_page(&p);
    open_page(&part);
    html_begin(&part.h, "p");
    html_begin(&p.h, "main");
    html_take(&p.h, &part.h);
    buffer_free(&part.out);
    assert_refused(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_that_looks_like_markup_stays_text),
        cmocka_unit_test(test_an_attribute_cannot_be_left_by_a_quote),
        cmocka_unit_test(test_characters_that_would_be_obeyed_are_shown),
        cmocka_unit_test(test_what_is_no_character_becomes_u_fffd),
        cmocka_unit_test(test_chinese_and_joined_letters_stay_as_they_are),
        cmocka_unit_test(test_only_elements_that_may_be_empty_close_themselves),
        cmocka_unit_test(test_an_element_of_no_list_is_refused),
        cmocka_unit_test(test_an_attribute_of_no_list_is_refused),
        cmocka_unit_test(test_a_reference_that_leaves_the_page_is_refused),
        cmocka_unit_test(test_a_reference_within_the_page_is_written),
        cmocka_unit_test(test_an_attribute_behind_content_is_refused),
        cmocka_unit_test(test_ending_more_than_was_begun_is_refused),
        cmocka_unit_test(test_a_page_with_an_open_element_is_refused),
        cmocka_unit_test(test_too_deep_nesting_is_refused_not_written_past_the_end),
        cmocka_unit_test(test_a_style_sheet_cannot_leave_its_element_or_the_page),
        cmocka_unit_test(test_a_page_says_its_language_and_lets_nothing_in),
        cmocka_unit_test(test_a_part_that_is_not_whole_is_not_taken_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
