/* Ratings, wide and long, line by line of the contract's chapter “Input tables”. */
#include "made_tables.h"

#include <stdlib.h>

#define WIDE "subject,rater,role," ITEMS "\n"
#define LONG "subject,rater,role,item,value\n"
#define OPINION "subject,rater,role,opinion\n"

/* The cell of an item as hundredths, whatever the column's scale. */
static int64_t hundredths(const batch *b, size_t item, size_t ballot)
{
    const ballots *d = &b->ballots;
    assert_true(d->scale[item] <= 9);
    int128 value = (int128)d->values[item][ballot] * 100, unit = power_of_ten(d->scale[item]);
    assert_true(value % unit == 0);
    return (int64_t)(value / unit);
}

/* ---- wide ---- */

/* `ratings`, wide: `subject` 被考评人, `rater` 考评人, `role` 角色, “then one column per item: its id or its Chinese
 * label”. */
static void test_a_wide_ballot_is_read(void **state)
{
    static const char *const headers[] = {WIDE, "被考评人,考评人,角色,德,能,勤,绩,廉\n",
                                          "Subject,RATER,role,Virtue,能,diligence,绩*,廉\n"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char table[256];
        strcpy(table, headers[i]);
        strcat(table, "2,9,peer,9.5,8,10,55.25,0\n");
        batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(table));
        assert_clean(b);
        assert_int_equal(b->ballots.count, 1);
        assert_int_equal(b->ballots.subject[0], 1);
        assert_text(b->ballots.raters.texts[b->ballots.rater[0]], "9");
        assert_int_equal(b->ballots.role[0], 1);
        assert_int_equal(b->ballots.row[0], 2);
        static const int64_t expected[] = {950, 800, 1000, 5525, 0};
        for (size_t item = 0; item < 5; item++)
            assert_true(hundredths(b, item, 0) == expected[item]);
        batch_free(b);
    }
}

static void test_columns_come_in_any_order(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE, RATINGS("绩,序号,角色,德,廉,勤,被考评人,能,考评人\n60,1,群众,1,2,3,4,5,6\n"));
    (void)state;
    assert_clean(b);
    static const int64_t expected[] = {100, 500, 300, 6000, 200};
    for (size_t item = 0; item < 5; item++)
        assert_true(hundredths(b, item, 0) == expected[item]);
    assert_int_equal(b->ballots.subject[0], 3);
    batch_free(b);
}

/* `role` 角色 (`self` 本人, `peer` 群众, `leader` 领导, `committee` 考评组, `public` 社会). */
static void test_roles_have_ids_and_chinese_names(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS(WIDE "1,a,peer,1,1,1,1,1\n1,b,群众,1,1,1,1,1\n1,c,Leader,1,1,1,1,1\n1,d,领导,1,1,1,1,1\n"));
    (void)state;
    assert_clean(b);
    static const uint8_t expected[] = {1, 1, 2, 2};
    assert_memory_equal(b->ballots.role, expected, 4);
    batch_free(b);
}

/* “A role that the scheme knows but does not use is a notice”: one per role and file, its ballots checked, not kept. */
static void test_unused_roles_are_checked_and_left_out(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS(WIDE "1,1,self,1,1,1,1,1\n2,2,本人,1,1,1,1,1\n1,x,考评组,1,1,1,1,1\n1,x,peer,1,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 0, 2);
    assert_said(assert_notice(b, "input.role_unused", 0, 0), "rows left out: ");
    assert_int_equal(b->ballots.count, 1);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, RATINGS(WIDE "1,1,self,1,11,1,1,1\n"));
    assert_error(b, "input.mark_range", 2, 5);
    batch_free(b);
}

/* “a role that the scheme does not know” is an error. */
static void test_unknown_roles_are_errors(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(WIDE "1,a,pear,1,1,1,1,1\n1,b,外星人,1,1,1,1,1\n1,c, ,1,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_said(assert_error(b, "input.role_unknown_near", 2, 3), "did you mean 'peer'?");
    assert_said(assert_error(b, "input.role_unknown", 3, 3), "expected one of self, peer, leader, committee, public");
    assert_error(b, "input.role_missing", 4, 3);
    batch_free(b);
}

/* “A blank `rater` is an anonymous ballot”: any number of them. */
static void test_blank_raters_are_anonymous(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(WIDE "1,,peer,1,1,1,1,1\n1,　,peer,1,1,1,1,1\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->ballots.rater[0], RATER_ANONYMOUS);
    assert_int_equal(b->ballots.rater[1], RATER_ANONYMOUS);
    batch_free(b);
}

/* Raters in the table people or not, short or long, written in full width or not: one person is one rater. */
static void test_a_rater_is_the_same_however_written(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name\n1,甲\n2,乙\n员工0001,丙\nan-id-of-more-than-12-bytes,丁\n"),
                    RATINGS(WIDE "1,2,peer,1,1,1,1,1\n1, ２ ,peer,1,1,1,1,1\n1,员工0001,peer,1,1,1,1,1\n"
                                 "1,员工０００１,peer,1,1,1,1,1\n1,an-id-of-more-than-12-bytes,peer,1,1,1,1,1\n"
                                 "1,\"an-id-of-more-than-12-bytes\",peer,1,1,1,1,1\n1,outsider,peer,1,1,1,1,1\n"
                                 "1,ｏutsider,peer,1,1,1,1,1\n２,outsider,peer,1,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 4, 0);
    for (uint32_t row = 3; row <= 9; row += 2)
        assert_error(b, "input.ballot_twice", row, 0);
    assert_int_equal(b->ballots.raters.count, 4);
    batch_free(b);
}

/* “an id that is not in `people`” is an error. */
static void test_unknown_subjects_are_errors(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(WIDE "5,a,peer,1,1,1,1,1\n,a,peer,1,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.subject_unknown", 2, 1);
    assert_error(b, "input.subject_missing", 3, 1);
    batch_free(b);
}

/* “a value out of the item's range, negative points, a number that is not one (`90分`, `1e400`, `NaN`)”. */
static void test_wrong_marks_are_errors_that_say_what_to_do(void **state)
{
    static const struct {
        const char *cell, *id, *said;
    } cases[] = {
        {"10.01", "input.mark_range", "from 0 to 10 for 'Virtue' but found '10.01'"},
        {"-1", "input.mark_negative", "never negative"},
        {"-0.5", "input.mark_negative", "never negative"},
        {"9分", "input.number_with_unit", "'9分'"},
        {"90%", "input.number_with_unit", "'90%'"},
        {"1e400", "input.number_exponent", "'1e400'"},
        {"NaN", "input.not_a_number", "'NaN'"},
        {"inf", "input.not_a_number", "'inf'"},
        {"0x8", "input.number_with_unit", "'0x8'"},
        {"8.", "input.not_a_number", "'8.'"},
        {".", "input.not_a_number", "'.'"},
        {"1.2.3", "input.not_a_number", "'1.2.3'"},
        {"--1", "input.not_a_number", "'--1'"},
        {"九", "input.not_a_number", "'九'"},
        {"0.0000000001", "input.number_too_long", "9 decimal places"},
        {"1000000000000000", "input.number_too_long", "15 digits"},
        {"", "input.mark_missing", "the cell is empty"},
        {" ", "input.mark_missing", "the cell is empty"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char table[256];
        strcpy(table, WIDE "1,a,peer,");
        strcat(table, cases[i].cell);
        strcat(table, ",1,1,1,1\n");
        batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(table));
        assert_counts(b, 1, 0);
        assert_said(assert_error(b, cases[i].id, 2, 4), cases[i].said);
        batch_free(b);
    }
}

/* “Full-width digits are read as digits”; every way of writing that is a number. */
static void test_marks_are_taken_as_written(void **state)
{
    static const struct {
        const char *cell;
        int64_t hundredths;
    } cases[] = {{"0", 0},
                 {"10", 1000},
                 {"10.0", 1000},
                 {"9.5", 950},
                 {"９.５", 950},
                 {"９．５", 950},
                 {" 7 ", 700},
                 {"\"7.25\"", 725},
                 {"+3", 300},
                 {".5", 50},
                 {"007", 700},
                 {"3.140000", 314},
                 {"0.000000000", 0},
                 {"10.00000", 1000},
                 {"2.5000000", 250},
                 {"1.00000000", 100},
                 {"00000009.5", 950},
                 {"4.250000000000", 425},
                 {"-0", 0},
                 {"　8　", 800}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char table[256];
        strcpy(table, WIDE "1,a,peer,1,1,1,1,");
        strcat(table, cases[i].cell);
        strcat(table, "\n");
        batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(table));
        assert_clean(b);
        assert_true(hundredths(b, 4, 0) == cases[i].hundredths);
        batch_free(b);
    }
}

/* Short numbers go through the quick reading; the careful one must say the same, the first time and again. */
static void test_quick_and_careful_reading_agree_exhaustive(void **state)
{
    static const char alphabet[] = "0159.-x";
    const vocabulary_item item = {WORD("i", "", ""), {51, 1}, NULL, 0, false, 0}; /* at most 5.1 */
    mark_rule rule;
    arena texts = {0};
    mark_cache *cache = calloc(1, sizeof *cache);
    (void)state;
    assert_true(mark_rule_set(&rule, &item, &texts));
    for (size_t n = 0, length = 1; length <= 6; n++) {
        char cell[24];
        size_t rest = n;
        memset(cell, ',', sizeof cell);
        for (size_t i = 0; i < length; i++, rest /= 7)
            cell[i] = alphabet[rest % 7];
        if (rest > 0) {
            n = SIZE_MAX;
            length++;
            continue;
        }
        decimal quick, careful;
        bool good = decimal_parse(cell, length, &careful) == DECIMAL_OK && careful.coeff >= 0 &&
                    (int128)careful.coeff * 10 <= (int128)51 * power_of_ten(careful.scale);
        for (int again = 0; again < 2; again++) {
            bool taken = mark_quick(&rule, cache, (text){cell, length}, &quick.coeff, &quick.scale);
            if (taken && (!good || quick.coeff != careful.coeff || quick.scale != careful.scale))
                fail_msg("%.*s", (int)length, cell);
            if (good && !taken && cell[0] != '-' && cell[0] != '.')
                fail_msg("%.*s is not taken", (int)length, cell);
        }
    }
    mark_rule_free(&rule);
    arena_free(&texts);
    free(cache);
}

/* A column has one scale, that of its longest value. */
static void test_a_column_has_one_scale(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE,
             RATINGS(WIDE "1,a,peer,1,1,1,1,1\n1,b,peer,1.5,1,1,1,1\n1,c,peer,2,1,1,1.125,1\n1,d,peer,0.25,1,1,1,1\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->ballots.scale[0], 2);
    static const int64_t expected[] = {100, 150, 200, 25};
    for (size_t i = 0; i < 4; i++)
        assert_true(b->ballots.values[0][i] == expected[i]);
    assert_int_equal(b->ballots.scale[1], 0);
    assert_int_equal(b->ballots.scale[3], 3);
    assert_true(b->ballots.values[3][0] == 1000 && b->ballots.values[3][2] == 1125);
    batch_free(b);
}

/* 12 digits before the point leave room for 6 behind it in 63 bits. */
static void test_too_many_places_for_a_large_maximum_are_an_error(void **state)
{
    static const vocabulary_item large[] = {{WORD("sum", "总额", ""), {999999999999, 0}, NULL, 0, false, 0}};
    vocabulary words = bureau();
    words.items = large;
    words.item_count = 1;
    batch *b = READ(words, FOUR_PEOPLE,
                    RATINGS("subject,rater,role,sum\n1,a,peer,999999999999\n1,b,peer,0.000001\n1,c,peer,0.0000001\n"
                            "1,d,peer,0.1000000\n"));
    (void)state;
    assert_only_error(b, "input.mark_places", 4, 4);
    batch_free(b);
}

/* ---- headers of wide tables ---- */

/* “a role or item that the scheme does not know”, “a column that is missing or misspelt (with a suggestion)”. */
static void test_wrong_item_columns_are_errors(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS("subject,rater,role,virtue,ability,diligence,performanse\n1,a,peer,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_said(assert_error(b, "input.item_column_missing_near", 1, 7),
                "'performance' (绩) is missing; did you mean it by 'performanse'");
    assert_said(assert_error(b, "input.item_column_missing", 1, 0), "'integrity' (廉)");
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE,
             RATINGS("subject,rater,role," ITEMS ",创新,performances\n1,a,peer,1,1,1,1,1,1,1\n"));
    assert_counts(b, 2, 0);
    assert_error(b, "input.rating_column_unknown", 1, 9);
    assert_error(b, "input.rating_column_near", 1, 10);
    batch_free(b);
}

static void test_wrong_standard_columns_are_errors(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS("subject,role," ITEMS "\n1,peer,1,1,1,1,1\n"));
    (void)state;
    assert_only_error(b, "input.column_missing", 1, 0);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, RATINGS("subjet,rater,role," ITEMS "\n1,a,peer,1,1,1,1,1\n"));
    assert_only_error(b, "input.column_missing_near", 1, 1);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE,
             RATINGS("subject,rater,role,virtue,德,ability,diligence,performance,integrity\n1,a,peer,1,1,1,1,1,1\n"));
    assert_only_error(b, "input.column_twice", 1, 5);
    batch_free(b);
}

/* ---- options ---- */

/* “letter or label, either case”. */
static void test_options_are_read_by_letter_or_label(void **state)
{
    static const char *const cells[] = {"A",    "a", "满意",   "Ａ", "B", "基本满意", "c",
                                        "一般", "d", "不满意", "F",  "f", "不了解",   " 满 意 "};
    static const int64_t expected[] = {0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4, 0};
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char table[128];
        strcpy(table, OPINION "1,,public,");
        strcat(table, cells[i]);
        strcat(table, "\n");
        batch *b = READ(review(), FOUR_PEOPLE, RATINGS(table));
        assert_clean(b);
        assert_true(b->ballots.values[0][0] == expected[i]);
        assert_int_equal(b->invalid_ballots, 0);
        batch_free(b);
    }
}

/* “A blank value, or more than one option in a cell (`AB`, `A;C`), is an invalid ballot: … no error.” */
static void test_blank_and_double_marks_are_invalid_ballots(void **state)
{
    static const char *const cells[] = {"",     "  ",  "AB",  "A;C",      "bd", "满意;一般", "\"满意,一般\"",
                                        "A、B", "A/B", "A C", "满意一般", "aa", "Ａ；Ｃ",    "满意 不满意"};
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char table[128];
        strcpy(table, OPINION "1,,public,");
        strcat(table, cells[i]);
        strcat(table, "\n");
        batch *b = READ(review(), FOUR_PEOPLE, RATINGS(table));
        assert_clean(b);
        assert_true(b->ballots.values[0][0] == (i < 2 ? CELL_BLANK : CELL_INVALID));
        assert_int_equal(b->invalid_ballots, 1);
        batch_free(b);
    }
}

static void test_other_words_are_errors_that_name_the_options(void **state)
{
    static const char *const cells[] = {"E", "满", "A;", ";", "Ax", "1", "非常满意"};
    (void)state;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        char table[128];
        strcpy(table, OPINION "1,,public,");
        strcat(table, cells[i]);
        strcat(table, "\n");
        batch *b = READ(review(), FOUR_PEOPLE, RATINGS(table));
        assert_counts(b, 1, 0);
        assert_said(assert_error(b, "input.option_unknown", 2, 4), "A satisfied, B mostly satisfied, C so-so, D dissatisfied, F do not know");
        batch_free(b);
    }
}

static void test_without_leniency_blank_and_double_marks_are_errors(void **state)
{
    batch *b = READ(strict_review(), FOUR_PEOPLE, RATINGS(OPINION "1,,public,\n1,,public,AB\n1,,public,B\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.option_missing", 2, 4);
    assert_error(b, "input.option_several", 3, 4);
    batch_free(b);
}

/* ---- long ---- */

/* `ratings`, long: `subject`, `rater`, `role`, `item` 项目, `value` 分值. The rows of a ballot may lie anywhere. */
static void test_long_rows_become_ballots(void **state)
{
    batch *b = READ(
        bureau(), FOUR_PEOPLE,
        RATINGS(
            "被考评人,考评人,角色,项目,分值\n1,a,群众,德,1\n2,a,peer,virtue,6\n1,a,peer,绩,4.5\n1,a,peer,Ability,2\n"
            "2,a,peer,廉,10\n2,a,peer,能,7\n1,a,peer,diligence,３\n1,a,peer,integrity,5\n2,a,peer,绩,9.25\n2,a,peer,勤,"
            "8\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->ballots.count, 2);
    assert_int_equal(b->ballots.row[0], 2);
    assert_int_equal(b->ballots.row[1], 3);
    static const int64_t expected[2][5] = {{100, 200, 300, 450, 500}, {600, 700, 800, 925, 1000}};
    for (size_t ballot = 0; ballot < 2; ballot++)
        for (size_t item = 0; item < 5; item++)
            assert_true(hundredths(b, item, ballot) == expected[ballot][item]);
    batch_free(b);
}

static void test_wide_and_long_give_the_same_ballots(void **state)
{
    batch *wide = READ(bureau(), FOUR_PEOPLE, RATINGS(WIDE "1,a,peer,1,2,3,4.5,5\n3,b,leader,6,7,8,9,10\n"));
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS(LONG "1,a,peer,virtue,1\n1,a,peer,ability,2\n1,a,peer,diligence,3\n1,a,peer,performance,4."
                                 "5\n1,a,peer,integrity,5\n"
                                 "3,b,leader,virtue,6\n3,b,leader,ability,7\n3,b,leader,diligence,8\n3,b,leader,"
                                 "performance,9\n3,b,leader,integrity,10\n"));
    (void)state;
    assert_clean(wide);
    assert_clean(b);
    assert_int_equal(b->ballots.count, wide->ballots.count);
    for (size_t i = 0; i < b->ballots.count; i++) {
        assert_int_equal(b->ballots.subject[i], wide->ballots.subject[i]);
        assert_int_equal(b->ballots.rater[i], wide->ballots.rater[i]);
        assert_int_equal(b->ballots.role[i], wide->ballots.role[i]);
        for (size_t item = 0; item < 5; item++)
            assert_true(b->ballots.values[item][i] == wide->ballots.values[item][i]);
    }
    batch_free(wide);
    batch_free(b);
}

static void test_missing_items_of_a_long_ballot_are_an_error(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(LONG "1,a,peer,virtue,1\n1,a,peer,能,2\n1,a,peer,绩,3\n"));
    (void)state;
    assert_counts(b, 1, 0);
    assert_said(assert_error(b, "input.ballot_item_missing", 2, 0), "no row for: Diligence, Integrity;");
    batch_free(b);
}

/* The row is named for what is wrong with it, and its ballot not once more for lacking it. */
static void test_a_wrong_long_row_is_named_once(void **state)
{
    batch *b = READ(
        bureau(), FOUR_PEOPLE,
        RATINGS(LONG
                "1,a,peer,virtue,1\n1,a,peer,能,2\n1,a,peer,绩,3\n1,a,peer,勤,11\n1,a,peer,廉洁,1\n1,a,peer,,1\n"));
    (void)state;
    assert_counts(b, 3, 0);
    assert_error(b, "input.mark_range", 5, 5);
    assert_error(b, "input.item_unknown_near", 6, 4);
    assert_error(b, "input.item_missing", 7, 4);
    batch_free(b);
}

static void test_an_item_twice_is_a_second_ballot(void **state)
{
    batch *b = READ(
        bureau(), FOUR_PEOPLE,
        RATINGS(LONG "1,a,peer,virtue,1\n1,a,peer,能,2\n1,a,peer,绩,3\n1,a,peer,勤,1\n1,a,peer,廉,1\n1,a,peer,德,9\n"));
    (void)state;
    assert_counts(b, 1, 0);
    assert_said(assert_error(b, "input.item_twice", 7, 0), "the ballot begins in row 2;");
    batch_free(b);
}

/* "A blank rater is an anonymous ballot": two values of every item are two ballots, whatever the order of the rows. */
static void test_anonymous_rows_make_as_many_ballots_as_an_item_has_values(void **state)
{
    batch *b =
        READ(bureau(), FOUR_PEOPLE,
             RATINGS(LONG "1,,peer,virtue,1\n1,,peer,virtue,2\n1,,peer,能,2\n1,,peer,绩,3\n1,,peer,勤,1\n1,,peer,廉,1\n"
                          "1,,peer,廉,4\n1,,peer,勤,4\n1,,peer,绩,4\n1,,peer,能,4\n"));
    (void)state;
    assert_counts(b, 0, 0);
    assert_int_equal(b->ballots.count, 2);
    batch_free(b);
}

static void test_anonymous_rows_that_lack_an_item_are_named(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(LONG "1,,peer,virtue,1\n1,,peer,能,2\n"));
    (void)state;
    assert_counts(b, 1, 0);
    assert_error(b, "input.ballot_item_missing", 2, 0);
    batch_free(b);
}

static void test_with_one_item_anonymous_rows_are_ballots(void **state)
{
    batch *b =
        READ(review(), FOUR_PEOPLE,
             RATINGS(LONG "1,,public,opinion,A\n1,,社会,评议意见,满意\n1,,public,opinion,\n1,r,public,opinion,AB\n"));
    (void)state;
    assert_clean(b);
    assert_int_equal(b->ballots.count, 4);
    assert_int_equal(b->invalid_ballots, 2);
    batch_free(b);
}

static void test_misspelt_columns_of_long_tables_are_errors(void **state)
{
    /* a whole ballot: lines are looked at whatever is wrong with the header */
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS("subject,rater,role,item,valeu\n1,a,peer,德,1\n1,a,peer,能,1\n1,a,peer,勤,1\n1,a,peer,绩,1\n"
                            "1,a,peer,廉,1\n"));
    (void)state;
    assert_only_error(b, "input.column_missing_near", 1, 5);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, 
             RATINGS("subject,rater,role,item,value,time\n1,a,peer,德,1,9:00\n1,a,peer,能,1,\n1,a,peer,勤,1,\n"
                     "1,a,peer,绩,1,\n1,a,peer,廉,1,\n"));
    assert_only_error(b, "input.rating_column_unknown", 1, 6);
    batch_free(b);
}

/* “every problem is named”: a missing or misspelt column hides nothing of the lines. */
static void test_a_wrong_header_hides_nothing_of_the_lines(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS("subject,rater,rloe,virtue,ability,diligence,performance\n9,a,x,11,1,1,1\n"));
    (void)state;
    assert_counts(b, 4, 0);
    assert_error(b, "input.column_missing_near", 1, 3);
    assert_error(b, "input.item_column_missing", 1, 0);
    assert_error(b, "input.subject_unknown", 2, 1);
    assert_error(b, "input.mark_range", 2, 4);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, RATINGS("subject,rater,role,value\n9,a,x,1\n"));
    assert_error(b, "input.role_unknown", 2, 3);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, RATINGS("subject,rater,role,item\n9,a,peer,x\n"));
    assert_error(b, "input.item_unknown", 2, 4);
    assert_error(b, "input.subject_unknown", 2, 1);
    batch_free(b);
}

/* A column that means nothing is wrong when something is in it; what stands beside an id so that people can read the
 * table is a notice. */
static void test_columns_beside_an_id_and_empty_ones_are_harmless(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE,
                    RATINGS("subject,姓名,rater,role," ITEMS ",备用\n1,甲,a,peer,1,1,1,1,1,\n1,甲,b,peer,1,1,1,1,1, \n"));
    (void)state;
    assert_only_notice(b, "input.column_unused", 1, 2);
    assert_int_equal(b->ballots.count, 2);
    batch_free(b);
    b = READ(bureau(), FOUR_PEOPLE, RATINGS("subject,rater,role," ITEMS ",备用\n1,a,peer,1,1,1,1,1,\n1,b,peer,1,1,1,1,1,x\n"));
    assert_only_error(b, "input.rating_column_unknown", 1, 9);
    batch_free(b);
}

/* Hardening 5: “never a rater beside a value”, in any problem of ratings. */
static void test_no_problem_of_ratings_names_a_rater(void **state)
{
    batch *b = READ(
        bureau(), FOUR_PEOPLE,
        RATINGS(
            WIDE
            "1,SECRET,pear,11,-1,x,,1e5\n9,SECRET,peer,1,1,1,1,1\n1,SECRET,peer,1,1,1,1,1\n1,SECRET,peer,1,1,1,1,1\n"
            "1,SECRET,peer,1\n1,SEC\"RET,peer,1,1,1,1,1\n1,SECRET,peer,1,1,1,1,1,SECRET2\n"),
        RATINGS(LONG "1,SECRET,leader,virtue,1\n1,SECRET,leader,virtue,1\n1,SECRET,leader,virtu,1\n"));
    (void)state;
    assert_true(b->problems.errors >= 12);
    for (size_t i = 0; i < b->problems.count; i++) {
        const problem *p = &b->problems.items[i];
        char said[2048];
        for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
            sentence(p, (assess_language)language, said);
            assert_false(contains(said, "SEC"));
        }
        text value = p->value;
        assert_false(value.length >= 3 && memcmp(value.bytes, "SEC", 3) == 0);
    }
    batch_free(b);
}

/* Excel and its kin show 00123 as 123 unless the column is text. Nothing is repaired: which of the two is right, people know. */
static void test_ids_that_lost_their_zeros_name_who_is_likely_meant(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,unit\n00123,甲,一\n77,乙,一\n"), RATINGS(WIDE "123,,peer,1,1,1,1,1\n0077,,peer,1,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_said(assert_error(b, "input.id_zeros", 2, 1), "the id '123' is not in the table people, but '00123' (甲) is");
    assert_said(assert_error(b, "input.id_zeros", 3, 1), "but '77' (乙) is");
    batch_free(b);
}

static void test_ids_of_which_only_zeros_tell_two_people_apart_name_nobody(void **state)
{
    batch *b = READ(bureau(), PEOPLE("id,name,unit\n00123,甲,一\n0123,乙,一\n"), RATINGS(WIDE "123,,peer,1,1,1,1,1\nx123,,peer,1,1,1,1,1\n"));
    (void)state;
    assert_counts(b, 2, 0);
    assert_error(b, "input.subject_unknown", 2, 1);
    assert_error(b, "input.subject_unknown", 3, 1);
    batch_free(b);
}

/* The bureau has five items: a row of which none is filled in was left, not filled in wrongly five times. */
static void test_a_row_without_any_value_is_one_error(void **state)
{
    batch *b = READ(bureau(), FOUR_PEOPLE, RATINGS(WIDE "1,a,peer,, ,,,\n2,a,peer,1,,1,1,1\n3,a,peer,,,,,1\n"));
    (void)state;
    assert_counts(b, 6, 0);
    assert_said(assert_error(b, "input.ballot_empty", 2, 0), "none of its 5 items");
    assert_error(b, "input.mark_missing", 3, 5);
    for (uint32_t column = 4; column < 8; column++)
        assert_error(b, "input.mark_missing", 4, column);
    batch_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_wide_ballot_is_read),
        cmocka_unit_test(test_columns_come_in_any_order),
        cmocka_unit_test(test_roles_have_ids_and_chinese_names),
        cmocka_unit_test(test_unused_roles_are_checked_and_left_out),
        cmocka_unit_test(test_unknown_roles_are_errors),
        cmocka_unit_test(test_blank_raters_are_anonymous),
        cmocka_unit_test(test_a_rater_is_the_same_however_written),
        cmocka_unit_test(test_unknown_subjects_are_errors),
        cmocka_unit_test(test_wrong_marks_are_errors_that_say_what_to_do),
        cmocka_unit_test(test_marks_are_taken_as_written),
        cmocka_unit_test(test_quick_and_careful_reading_agree_exhaustive),
        cmocka_unit_test(test_a_column_has_one_scale),
        cmocka_unit_test(test_too_many_places_for_a_large_maximum_are_an_error),
        cmocka_unit_test(test_wrong_item_columns_are_errors),
        cmocka_unit_test(test_wrong_standard_columns_are_errors),
        cmocka_unit_test(test_options_are_read_by_letter_or_label),
        cmocka_unit_test(test_blank_and_double_marks_are_invalid_ballots),
        cmocka_unit_test(test_other_words_are_errors_that_name_the_options),
        cmocka_unit_test(test_without_leniency_blank_and_double_marks_are_errors),
        cmocka_unit_test(test_long_rows_become_ballots),
        cmocka_unit_test(test_wide_and_long_give_the_same_ballots),
        cmocka_unit_test(test_missing_items_of_a_long_ballot_are_an_error),
        cmocka_unit_test(test_a_wrong_long_row_is_named_once),
        cmocka_unit_test(test_an_item_twice_is_a_second_ballot),
        cmocka_unit_test(test_anonymous_rows_make_as_many_ballots_as_an_item_has_values),
        cmocka_unit_test(test_anonymous_rows_that_lack_an_item_are_named),
        cmocka_unit_test(test_with_one_item_anonymous_rows_are_ballots),
        cmocka_unit_test(test_misspelt_columns_of_long_tables_are_errors),
        cmocka_unit_test(test_no_problem_of_ratings_names_a_rater),
        cmocka_unit_test(test_a_wrong_header_hides_nothing_of_the_lines),
        cmocka_unit_test(test_columns_beside_an_id_and_empty_ones_are_harmless),
        cmocka_unit_test(test_ids_that_lost_their_zeros_name_who_is_likely_meant),
        cmocka_unit_test(test_ids_of_which_only_zeros_tell_two_people_apart_name_nobody),
        cmocka_unit_test(test_a_row_without_any_value_is_one_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
