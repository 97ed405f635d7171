/* report: the summary for people and the JSON for programs. */
#include "made_result.h"

#include <stdio.h>

#include "report/page.h"
#include "report/report.h"

static char *summary_of(made *m, assess_language language, bool color, buffer *b)
{
    report_summary(&m->result, language, color, b);
    return (char *)(uintptr_t)made_text(b);
}

#define assert_says(summary, words)                                        \
    do {                                                                   \
        if (!strstr(summary, words))                                       \
            print_message("--- missing: %s\n%s", words, summary);          \
        assert_non_null(strstr(summary, words));                           \
    } while (0)

static void test_counts_and_shares_are_shown_in_both_languages(void **state)
{
    made m;
    buffer zh = {0}, en = {0};
    (void)state;
    made_start(&m);
    made_subject(&m, "1", "甲", "办公室", 9000);
    made_subject(&m, "2", "乙", "办公室", 5000);
    made_exclude(&m, made_subject(&m, "3", "丙", "人事股", 0));
    char *chinese = summary_of(&m, ASSESS_ZH, false, &zh), *english = summary_of(&m, ASSESS_EN, false, &en);
    assert_says(chinese, "测试方案 · 2026");
    assert_says(chinese, "已评定      2  66.7%"); /* 2 of 3, half up */
    assert_says(chinese, "不参加考评  1  33.3%");
    assert_says(chinese, "好  1  50.0%");         /* of the assessed */
    assert_says(chinese, "到岗不足");
    assert_says(chinese, "最低 50.00 分（2），最高 90.00 分（1）");
    assert_says(english, "Made scheme · 2026");
    assert_says(english, "assessed            2  66.7%");
    assert_says(english, "too new");
    buffer_free(&zh);
    buffer_free(&en);
    made_end(&m);
}

/* Wide characters take two columns: 办公室 (6) and the longer 行政审批股 (10) end in the same one. */
static void test_units_are_aligned_in_the_order_of_the_people(void **state)
{
    made m;
    buffer b = {0};
    (void)state;
    made_start(&m);
    made_subject(&m, "1", "甲", "行政审批股", 9000);
    made_subject(&m, "2", "乙", "办公室", 5000);
    char *s = summary_of(&m, ASSESS_ZH, false, &b);
    assert_says(s, "  单位        人数  已评定  好  差\n"
                   "  行政审批股     1       1   1   0\n"
                   "  办公室         1       1   0   1\n");
    buffer_free(&b);
    made_end(&m);
}

static void test_long_lists_are_cut_and_say_so(void **state)
{
    made m;
    buffer b = {0};
    (void)state;
    made_start(&m);
    for (int i = 0; i < 32; i++) {
        char id[16];
        snprintf(id, sizeof id, "p%02d", i);
        made_exclude(&m, made_subject(&m, id, "", "", 0));
    }
    char *s = summary_of(&m, ASSESS_EN, false, &b);
    assert_says(s, "p19");
    assert_null(strstr(s, "p20"));
    assert_says(s, "… 12 more in results.csv");
    buffer_free(&b);
    made_end(&m);
}

static void test_ties_are_named_by_rank(void **state)
{
    made m;
    buffer b = {0};
    (void)state;
    made_start(&m);
    static const uint32_t ranks[] = {2, 1, 2, 4};
    for (uint32_t i = 0; i < 4; i++) {
        static const char *const ids[] = {"1", "2", "3", "4"}, *const names[] = {"甲", "乙", "丙", "丁"};
        made_subject(&m, ids[i], names[i], "", i == 1 ? 9900 : i == 3 ? 7000 : 8800);
        m.rank[i] = ranks[i];
        m.flags[i] = ranks[i] == 2 ? FLAG_TIE : 0;
    }
    char *s = summary_of(&m, ASSESS_ZH, false, &b);
    assert_says(s, "第 2 名，88.00 分，共 2 个并列：甲、丙");
    buffer_free(&b);
    made_end(&m);
}

/* A name can hold anything; a terminal must not obey it. */
static void test_control_characters_are_shown_not_sent(void **state)
{
    made m;
    buffer b = {0};
    (void)state;
    made_start(&m);
    made_exclude(&m, made_subject(&m, "1", "a\x1b[2Jb\xC2\x9B\xE2\x80\xAE", "u", 0));
    char *s = summary_of(&m, ASSESS_EN, false, &b);
    assert_null(strchr(s, '\x1b'));
    assert_says(s, "a\\x1b[2Jb\\x9b\\u202e");
    buffer_free(&b);
    made_end(&m);
}

static void test_colours_only_when_asked_for(void **state)
{
    made m;
    buffer b = {0};
    (void)state;
    made_start(&m);
    made_subject(&m, "1", "a", "u", 9000);
    char *s = summary_of(&m, ASSESS_EN, true, &b);
    assert_says(s, "\x1b[1mOutcome\x1b[0m");
    buffer_free(&b);
    made_end(&m);
}

/* 1/16 of 30 columns is 15 eighths: a full block and one of seven eighths. */
static void test_bars_count_eighths_and_never_hide_somebody(void **state)
{
    buffer b = {0};
    (void)state;
    page_bar(&b, 1, 16);
    buffer_add_char(&b, '|');
    page_bar(&b, 1, 1000000);
    buffer_add_char(&b, '|');
    page_bar(&b, 0, 16);
    assert_string_equal(made_text(&b), "█▉|▏|");
    buffer_free(&b);
}

/* 1/3 = 33.33…, 2/3 = 66.66…, 1/8 = 12.5 exactly, 1/2000 = 0.05 % rounds up to 0.1 %. */
static void test_shares_round_half_up_to_tenths(void **state)
{
    buffer b = {0};
    (void)state;
    static const size_t parts[][2] = {{1, 3}, {2, 3}, {1, 8}, {1, 2000}, {5, 5}, {0, 7}, {0, 0}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        page_share(&b, parts[i][0], parts[i][1]);
        buffer_add_char(&b, ' ');
    }
    assert_string_equal(made_text(&b), "33.3% 66.7% 12.5% 0.1% 100.0% 0.0%  ");
    buffer_free(&b);
}

static void test_json_holds_every_row_with_decimals_as_strings(void **state)
{
    made m;
    buffer b = {0};
    (void)state;
    made_start(&m);
    m.rank[made_subject(&m, "1", "甲", "办公室", 8950)] = 1;
    m.flags[0] = FLAG_GAP;
    made_exclude(&m, made_subject(&m, "2", "a\"b", "", 0));
    report_json(&m.result, ASSESS_ZH, &b);
    const char *s = made_text(&b);
    assert_says(s, "{\"schema\":\"assess.result/1\",");
    assert_says(s, "{\"id\":\"1\",\"name\":\"甲\",\"unit\":\"办公室\",\"status\":\"assessed\",\"score\":\"89.50\","
                   "\"grade\":\"good\",\"rank\":1,\"flags\":[\"gap\"],\"reasons\":[]}");
    assert_says(s, "{\"id\":\"2\",\"name\":\"a\\\"b\",\"unit\":\"\",\"status\":\"excluded\",\"score\":null,"
                   "\"grade\":null,\"rank\":null,\"flags\":[],\"reasons\":[\"九(二) 到岗不足\"]}");
    assert_says(s, "\"excluded\":1,\"incomplete\":0");
    buffer_free(&b);
    made_end(&m);
}

#ifdef ASSESS_FAULTS
static void write_summary(const result *r, buffer *out)
{
    report_summary(r, ASSESS_ZH, true, out);
}

static void write_json(const result *r, buffer *out)
{
    report_json(r, ASSESS_EN, out);
}

static void test_want_of_memory_is_never_a_short_text(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    for (int i = 0; i < 4; i++) {
        static const char *const ids[] = {"1", "2", "3", "4"};
        m.rank[made_subject(&m, ids[i], "n", i < 2 ? "u" : "v", 8000)] = 1;
        m.flags[i] = FLAG_TIE;
    }
    made_exclude(&m, 3);
    made_starve(write_summary, &m.result);
    made_starve(write_json, &m.result);
    made_end(&m);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_and_shares_are_shown_in_both_languages),
        cmocka_unit_test(test_units_are_aligned_in_the_order_of_the_people),
        cmocka_unit_test(test_long_lists_are_cut_and_say_so),
        cmocka_unit_test(test_ties_are_named_by_rank),
        cmocka_unit_test(test_control_characters_are_shown_not_sent),
        cmocka_unit_test(test_colours_only_when_asked_for),
        cmocka_unit_test(test_bars_count_eighths_and_never_hide_somebody),
        cmocka_unit_test(test_shares_round_half_up_to_tenths),
        cmocka_unit_test(test_json_holds_every_row_with_decimals_as_strings),
#ifdef ASSESS_FAULTS
        cmocka_unit_test(test_want_of_memory_is_never_a_short_text),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
