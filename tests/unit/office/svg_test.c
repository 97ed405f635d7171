/* office/svg: where bars, columns and lines stand. Bars begin at x = 150 and reach to x = 640, columns stand from 20 to 700 and are
 * 170 high: the expected numbers are worked out from that by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "office/svg.h"

static const svg_words words = {"g1", {"T", 1}, {"D", 1}};
static const text two_parts[] = {{"within", 6}, {"over", 4}};

static char *finished(buffer *out)
{
    assert_false(out->failed);
    buffer_add_char(out, '\0');
    return out->bytes;
}

static char *draw_bars(buffer *out, const svg_bars *b)
{
    html h = {.out = out};
    svg_draw_bars(&h, b);
    assert_int_equal(h.depth, 0);
    return finished(out);
}

static char *draw_columns(buffer *out, const svg_columns *c)
{
    html h = {.out = out};
    svg_draw_columns(&h, c);
    assert_int_equal(h.depth, 0);
    return finished(out);
}

static size_t times(const char *in, const char *what)
{
    size_t count = 0;
    for (const char *at = strstr(in, what); at; at = strstr(at + 1, what))
        count++;
    return count;
}

static void assert_has(const char *drawn, const char *what)
{
    if (!strstr(drawn, what))
        print_error("%s\nis not in\n%s\n", what, drawn);
    assert_non_null(strstr(drawn, what));
}

/* 3 of 4 within, 1 over: (640 - 150) * 3 / 4 = 367 from the left. */
static void test_parts_share_the_bar_by_their_counts(void **state)
{
    const uint64_t parts[] = {3, 1};
    const svg_bar bar = {.label = TEXT("u"), .parts = parts, .total = TEXT("4")};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 2, .bars = &bar, .bar_count = 1});
    assert_has(drawn, "<rect x=\"150\" y=\"30\" width=\"367\" height=\"17\" class=\"b l0\"/>");
    assert_has(drawn, "<rect x=\"517\" y=\"30\" width=\"123\" height=\"17\" class=\"b l1\"/>");
    buffer_free(&out);
}

/* The second part lies under a pattern of its own, so that it is told apart without colour. */
static void test_parts_differ_by_pattern(void **state)
{
    const uint64_t parts[] = {3, 1};
    const svg_bar bar = {.label = TEXT("u"), .parts = parts, .total = TEXT("4")};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 2, .bars = &bar, .bar_count = 1});
    assert_has(drawn, "<pattern id=\"g1p1\"");
    assert_int_equal(times(drawn, "fill=\"url(#g1p1)\""), 2); /* legend and bar */
    buffer_free(&out);
}

/* Half as many, half as long: 490 / 2 = 245. */
static void test_bars_are_as_long_as_what_they_count(void **state)
{
    const uint64_t first[] = {4}, second[] = {2};
    const svg_bar bars[] = {{.label = TEXT("a"), .parts = first, .total = TEXT("4")}, {.label = TEXT("b"), .parts = second, .total = TEXT("2")}};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 1, .bars = bars, .bar_count = 2});
    assert_has(drawn, "width=\"490\" height=\"17\"");
    assert_has(drawn, "width=\"245\" height=\"17\"");
    buffer_free(&out);
}

static void test_bars_of_a_whole_are_all_of_one_length(void **state)
{
    const uint64_t first[] = {4, 0}, second[] = {0, 2};
    const svg_bar bars[] = {{.label = TEXT("a"), .parts = first, .total = TEXT("4")}, {.label = TEXT("b"), .parts = second, .total = TEXT("2")}};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 2, .bars = bars, .bar_count = 2, .of_whole = true});
    assert_has(drawn, "y=\"30\" width=\"490\" height=\"17\" class=\"b l0\"");
    assert_has(drawn, "y=\"56\" width=\"490\" height=\"17\" class=\"b l1\"");
    buffer_free(&out);
}

/* 1 of 2 allowed: the line stands at 150 + 490, beyond the bar, and the bar ends at 150 + 245. */
static void test_the_mark_may_lie_beyond_the_bar(void **state)
{
    const uint64_t parts[] = {1, 0};
    const svg_bar bar = {.label = TEXT("u"), .parts = parts, .total = TEXT("2"), .mark = 2, .marked = true};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 2, .bars = &bar, .bar_count = 1, .mark = TEXT("quota")});
    assert_has(drawn, "<rect x=\"150\" y=\"30\" width=\"245\"");
    assert_has(drawn, "<line class=\"m\" x1=\"640\" y1=\"27\" x2=\"640\" y2=\"50\"/>");
    buffer_free(&out);
}

static void test_nothing_is_drawn_for_nothing(void **state)
{
    const uint64_t parts[] = {0, 0};
    const svg_bar bar = {.label = TEXT("u"), .parts = parts, .total = TEXT("0")};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 2, .bars = &bar, .bar_count = 1});
    assert_int_equal(times(drawn, "height=\"17\""), 0);
    buffer_free(&out);
}

/* 1 of 1 000 000 would be no unit wide, and is one wide: it is there. */
static void test_something_is_never_drawn_as_nothing(void **state)
{
    const uint64_t parts[] = {999999, 1};
    const svg_bar bar = {.label = TEXT("u"), .parts = parts, .total = TEXT("1000000")};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 2, .bars = &bar, .bar_count = 1});
    assert_has(drawn, "width=\"1\" height=\"17\" class=\"b l1\"");
    buffer_free(&out);
}

static void test_a_picture_has_title_and_description(void **state)
{
    const uint64_t parts[] = {1};
    const svg_bar bar = {.label = TEXT("<u>"), .parts = parts, .total = TEXT("1")};
    buffer out = {0};
    (void)state;
    char *drawn = draw_bars(&out, &(svg_bars){.words = words, .parts = two_parts, .part_count = 1, .bars = &bar, .bar_count = 1});
    assert_has(drawn, "<svg role=\"img\" viewBox=\"0 0 720 40\" aria-labelledby=\"g1t0 g1d0\"><title id=\"g1t0\">T</title>\n<desc id=\"g1d0\">D</desc>");
    assert_has(drawn, ">&lt;u&gt;</text>");
    buffer_free(&out);
}

/* 12 Chinese characters are 24 columns; 10 of them and the sign of what is left out are 21. */
static void test_a_long_label_is_cut(void **state)
{
    buffer out = {0};
    (void)state;
    svg_cut_text(&out, TEXT("一二三四五六七八九十百千"), 22);
    assert_string_equal(finished(&out), "一二三四五六七八九十…");
    buffer_free(&out);
}

/* Three columns of 680 / 3; the highest is 170, one of half as many 85. The cut lies between the first two, at 20 + 226. */
static void test_columns_and_the_line_that_cuts_them(void **state)
{
    const svg_column columns[] = {{TEXT("50"), 2}, {TEXT("60"), 4}, {TEXT("70"), 0}};
    const svg_cut cut = {1, TEXT("pass from 60")};
    buffer out = {0};
    (void)state;
    char *drawn = draw_columns(&out, &(svg_columns){.words = words, .columns = columns, .column_count = 3, .end = TEXT("80"), .cuts = &cut, .cut_count = 1, .axis = TEXT("score")});
    assert_has(drawn, "<rect x=\"21\" y=\"123\" width=\"224\" height=\"85\" class=\"b l1\"/>");
    assert_has(drawn, "<rect x=\"247\" y=\"38\" width=\"225\" height=\"170\" class=\"b l1\"/>");
    assert_has(drawn, "<line class=\"k\" x1=\"246\" y1=\"16\" x2=\"246\" y2=\"208\"/>");
    assert_int_equal(times(drawn, "class=\"b l1\""), 2); /* none for the empty one */
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_share_the_bar_by_their_counts),
        cmocka_unit_test(test_parts_differ_by_pattern),
        cmocka_unit_test(test_bars_are_as_long_as_what_they_count),
        cmocka_unit_test(test_bars_of_a_whole_are_all_of_one_length),
        cmocka_unit_test(test_the_mark_may_lie_beyond_the_bar),
        cmocka_unit_test(test_nothing_is_drawn_for_nothing),
        cmocka_unit_test(test_something_is_never_drawn_as_nothing),
        cmocka_unit_test(test_a_picture_has_title_and_description),
        cmocka_unit_test(test_a_long_label_is_cut),
        cmocka_unit_test(test_columns_and_the_line_that_cuts_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
