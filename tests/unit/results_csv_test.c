/* exchange/results_csv: the bytes of results.csv, as the contract promises them. */
#include "made_result.h"

#include "exchange/exchange.h"

#define BOM "\xEF\xBB\xBF"
#define HEADER BOM "id,name,unit,status,score,grade,rank,flags,reasons\r\n"

static void assert_csv(made *m, assess_language language, const char *expected)
{
    buffer b = {0};
    exchange_results_csv(&m->result, language, &b);
    assert_string_equal(made_text(&b), expected);
    buffer_free(&b);
    made_end(m);
}

static void test_nobody_gives_the_header_alone(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    assert_csv(&m, ASSESS_ZH, HEADER);
}

static void test_a_plain_score_has_no_flags_and_no_reasons(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    m.rank[made_subject(&m, "1001", "张三", "办公室", 8940)] = 3;
    assert_csv(&m, ASSESS_ZH, HEADER "1001,张三,办公室,assessed,89.40,good,3,,\r\n");
}

static void test_whoever_is_excluded_has_reasons_and_nothing_else(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    made_exclude(&m, made_subject(&m, "1001", "张三", "办公室", 8940));
    made_subject(&m, "1002", "李四", "", 5000);
    assert_csv(&m, ASSESS_ZH,
               HEADER "1001,张三,办公室,excluded,,,,,九(二) 到岗不足\r\n"
                      "1002,李四,,assessed,50.00,poor,,,\r\n");
}

static void test_reasons_are_in_the_language_asked_for(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    made_exclude(&m, made_subject(&m, "1", "", "", 0));
    assert_csv(&m, ASSESS_EN, HEADER "1,,,excluded,,,,,九(二) too new\r\n");
}

static void test_flags_are_separated_by_semicolons(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    uint32_t i = made_subject(&m, "1", "a", "b", 8950);
    m.flags[i] = FLAG_GAP | FLAG_TIE | FLAG_VETO;
    m.rank[i] = 1;
    assert_csv(&m, ASSESS_ZH, HEADER "1,a,b,assessed,89.50,good,1,veto;gap;tie,\r\n");
}

/* RFC 4180: a cell with a comma, a quote or a line break is quoted, a quote in it doubled. */
static void test_separators_inside_a_cell_are_quoted(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    made_subject(&m, "1,2", "the \"boss\"", "a\nb", 100);
    assert_csv(&m, ASSESS_ZH, HEADER "\"1,2\",\"the \"\"boss\"\"\",\"a\nb\",assessed,1.00,poor,,,\r\n");
}

/* hardening.md, 5: = + - @ TAB CR LF and the full-width forms. Only at the start of the cell does a sign do harm. */
static void test_formulas_are_made_harmless(void **state)
{
    static const struct { const char *name, *cell; } cases[] = {
        {"=1+1", "'=1+1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@A1", "'@A1"}, {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""}, {"\nx", "\"'\nx\""}, {"＝1", "'＝1"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠1", "'＠1"},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"a=1", "a=1"}, {"1-2", "1-2"}, {"（一）", "（一）"}, {"'", "'"},
    };
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char expected[256] = HEADER "1,";
        made m;
        made_start(&m);
        made_subject(&m, "1", cases[k].name, "", 6000);
        strcat(strcat(expected, cases[k].cell), ",,assessed,60.00,good,,,\r\n");
        assert_csv(&m, ASSESS_ZH, expected);
    }
}

static void test_id_and_unit_are_made_harmless_too(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    made_subject(&m, "-7", "n", "=u", 6000);
    assert_csv(&m, ASSESS_ZH, HEADER "'-7,n,'=u,assessed,60.00,good,,,\r\n");
}

/* A figure that we printed ourselves is a number, whatever it begins with. */
static void test_a_negative_score_stays_a_number(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    made_subject(&m, "1", "n", "u", -50);
    assert_csv(&m, ASSESS_ZH, HEADER "1,n,u,assessed,-0.50,poor,,,\r\n");
}

static void test_a_scheme_without_grades_leaves_the_grade_empty(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    uint32_t i = made_subject(&m, "1", "n", "u", 8500);
    m.grade[i] = GRADE_NONE;
    assert_csv(&m, ASSESS_ZH, HEADER "1,n,u,assessed,85.00,,,,\r\n");
}

static void test_the_parts_of_a_file_are_the_file(void **state)
{
    made m;
    buffer whole = {0}, parts = {0};
    (void)state;
    made_start(&m);
    made_exclude(&m, made_subject(&m, "1", "a", "u", 6000));
    made_subject(&m, "2", "b", "u", 6000);
    made_exclude(&m, made_subject(&m, "3", "c", "u", 6000));
    exchange_results_csv(&m.result, ASSESS_ZH, &whole);
    for (size_t i = 0; i < 3; i++)
        exchange_results_part(&m.result, ASSESS_ZH, i, i + 1, &parts);
    assert_int_equal(parts.length, whole.length);
    assert_memory_equal(parts.bytes, whole.bytes, whole.length);
    buffer_free(&whole);
    buffer_free(&parts);
    made_end(&m);
}

#ifdef ASSESS_FAULTS
static void write_csv(const result *r, buffer *out)
{
    exchange_results_csv(r, ASSESS_ZH, out);
}

static void test_want_of_memory_is_never_a_short_file(void **state)
{
    made m;
    (void)state;
    made_start(&m);
    m.flags[made_subject(&m, "1", "\"a\"", "u", 6000)] = FLAG_GAP;
    made_exclude(&m, made_subject(&m, "2", "b", "u", 6000));
    made_starve(write_csv, &m.result);
    made_end(&m);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_gives_the_header_alone),
        cmocka_unit_test(test_a_plain_score_has_no_flags_and_no_reasons),
        cmocka_unit_test(test_whoever_is_excluded_has_reasons_and_nothing_else),
        cmocka_unit_test(test_reasons_are_in_the_language_asked_for),
        cmocka_unit_test(test_flags_are_separated_by_semicolons),
        cmocka_unit_test(test_separators_inside_a_cell_are_quoted),
        cmocka_unit_test(test_formulas_are_made_harmless),
        cmocka_unit_test(test_id_and_unit_are_made_harmless_too),
        cmocka_unit_test(test_a_negative_score_stays_a_number),
        cmocka_unit_test(test_a_scheme_without_grades_leaves_the_grade_empty),
        cmocka_unit_test(test_the_parts_of_a_file_are_the_file),
#ifdef ASSESS_FAULTS
        cmocka_unit_test(test_want_of_memory_is_never_a_short_file),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
