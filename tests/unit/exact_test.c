/* Decimals and fractions: every figure here was worked out by hand or from a definition, never with a double. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/exact.h"

#define MOST ((int128)(((uint128)1 << 127) - 1)) /* 2^127 - 1, a prime */
#define LEAST (-MOST - 1)
#define TWO(n) ((int128)1 << (n))

static const decimal ONE = {1, 0}, HUNDREDTH = {1, 2}, HALF = {5, 1}, FIFTH = {2, 1}, TEN = {10, 0};

static fraction ratio(int128 num, int128 den)
{
    fraction f = {num, den};
    return f;
}

static void check_value(fraction f, int128 num, int128 den, const char *file, int line)
{
    f = fraction_reduce(f);
    _assert_true(f.num == num, "numerator in lowest terms", file, line);
    _assert_true(f.den == den, "denominator in lowest terms", file, line);
}
#define assert_value(f, num, den) check_value((f), (num), (den), __FILE__, __LINE__)

static void check_decimal(const char *written, decimal_error error, int64_t coeff, int scale, const char *file,
                          int line)
{
    decimal d = {-1, -1};
    _assert_int_equal(decimal_parse(written, strlen(written), &d), error, file, line);
    if (error == DECIMAL_OK) {
        _assert_true(d.coeff == coeff, "coefficient", file, line);
        _assert_int_equal((LargestIntegralType)d.scale, (LargestIntegralType)scale, file, line);
    }
}
#define assert_decimal(written, coeff, scale) check_decimal((written), DECIMAL_OK, (coeff), (scale), __FILE__, __LINE__)
#define assert_no_decimal(written, error) check_decimal((written), (error), 0, 0, __FILE__, __LINE__)

/* ---- decimal_parse ---- */

static void test_parse_reads_a_decimal_as_written(void **state)
{
    (void)state;
    assert_decimal("0", 0, 0);
    assert_decimal("90", 90, 0);
    assert_decimal("84.25", 8425, 2);
    assert_decimal("84.250", 84250, 3);
    assert_decimal(".5", 5, 1);
    assert_decimal("007", 7, 0);
}

static void test_parse_reads_signs(void **state)
{
    (void)state;
    assert_decimal("-0.50", -50, 2);
    assert_decimal("+3", 3, 0);
    assert_decimal("-.5", -5, 1);
    assert_decimal("-0", 0, 0);
}

static void test_parse_takes_fifteen_digits_and_nine_places(void **state)
{
    (void)state;
    assert_decimal("999999999999999", INT64_C(999999999999999), 0);
    assert_decimal("-999999.999999999", INT64_C(-999999999999999), 9);
    assert_decimal("0.000000001", 1, 9);
    assert_decimal("0000000000000000000000000012", 12, 0);
}

static void test_parse_does_not_count_trailing_zeros_behind_the_point(void **state)
{
    (void)state;
    assert_decimal("1.5000000000000000000000", 15, 1);
    assert_decimal("90.00000000000000000", 90, 0);
    assert_decimal("999999999999999.0", INT64_C(999999999999999), 0);
}

static void test_parse_refuses_what_is_too_long(void **state)
{
    (void)state;
    assert_no_decimal("1000000000000000", DECIMAL_TOO_LONG);
    assert_no_decimal("0.0000000001", DECIMAL_TOO_LONG);
    assert_no_decimal("1234567.123456789", DECIMAL_TOO_LONG);
    assert_no_decimal("99999999999999999999999999999999999999999999999999", DECIMAL_TOO_LONG);
}

static void test_parse_refuses_exponents_by_name(void **state)
{
    (void)state;
    assert_no_decimal("1e400", DECIMAL_EXPONENT);
    assert_no_decimal("1.5E-3", DECIMAL_EXPONENT);
    assert_no_decimal("-2e+5", DECIMAL_EXPONENT);
}

static void test_parse_refuses_what_is_no_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",     " ",   "+",    "-",    ".",    "5.",   "-.",   "1.2.3", "90分",
                                        "NaN",  "nan", "Inf",  "-inf", "0x1F", "1,5",  "1e",   "1e+",   "e5",
                                        "--1",  "+-1", "1 ",   " 1",   "1 2",  "1.e5", "９０", "1e5x",  "1_000",
                                        "1.-5", "٣",   "1.5.", "½",    "1/2",  "$5",   "5%"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_no_decimal(wrong[i], DECIMAL_NOT_A_NUMBER);
    decimal d;
    assert_int_equal(decimal_parse("1\0", 2, &d), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(decimal_parse(NULL, 0, &d), DECIMAL_NOT_A_NUMBER);
}

/* ---- decimal_from_double ---- */

/* A source text c / 10^s is read as the double nearest to it, and c and 10^s are exact: so a correctly rounded
 * division makes that double. The decimal wanted is c / 10^s without trailing zeros. */
static void test_from_double_finds_each_short_decimal_exhaustive(void **state)
{
    (void)state;
    for (int scale = 0; scale <= 4; scale++) {
        for (int64_t c = 0; c <= 200000; c++) {
            double value = (double)c / (double)power_of_ten(scale);
            int64_t coeff = c;
            int places = scale;
            for (; places > 0 && coeff % 10 == 0; places--)
                coeff /= 10;
            decimal d;
            if (!decimal_from_double(value, &d) || d.coeff != coeff || d.scale != places)
                fail_msg("%lld / 10^%d", (long long)c, scale);
            if (!decimal_from_double(-value, &d) || d.coeff != -coeff || d.scale != places)
                fail_msg("-%lld / 10^%d", (long long)c, scale);
        }
    }
}

static void check_double(double value, int64_t coeff, int scale, const char *file, int line)
{
    decimal d;
    _assert_true(decimal_from_double(value, &d), "has a decimal", file, line);
    _assert_true(d.coeff == coeff, "coefficient", file, line);
    _assert_int_equal((LargestIntegralType)d.scale, (LargestIntegralType)scale, file, line);
}
#define assert_double(value, coeff, scale) check_double((value), (coeff), (scale), __FILE__, __LINE__)

static void test_from_double_reads_what_a_person_wrote(void **state)
{
    (void)state;
    assert_double(0.1, 1, 1);
    assert_double(59.995, 59995, 3);
    assert_double(-0.0, 0, 0);
    assert_double(0.000000001, 1, 9);
    assert_double(123456.789012345, INT64_C(123456789012345), 9);
    assert_double(999999999999999.0, INT64_C(999999999999999), 0);
    assert_double(-999999.999999999, INT64_C(-999999999999999), 9);
}

static void test_from_double_refuses_what_nobody_writes(void **state)
{
    (void)state;
    static const double wrong[] = {0.1 + 0.2, 1.0 / 3.0, 1e15, -1e15, 1e300, 5e-324, 1e-10, 0.00000000011};
    volatile double zero = 0.0;
    decimal d;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(decimal_from_double(wrong[i], &d));
    assert_false(decimal_from_double(1.0 / zero, &d));
    assert_false(decimal_from_double(-1.0 / zero, &d));
    assert_false(decimal_from_double(zero / zero, &d));
}

/* ---- printing ---- */

static void check_printed(int128 coeff, int scale, const char *expected, const char *file, int line)
{
    char out[64];
    size_t length = decimal_print(coeff, scale, out);
    _assert_string_equal(out, expected, file, line);
    _assert_int_equal(length, strlen(expected), file, line);
}
#define assert_printed(coeff, scale, expected) check_printed((coeff), (scale), (expected), __FILE__, __LINE__)

static void test_print_keeps_the_places(void **state)
{
    (void)state;
    assert_printed(0, 0, "0");
    assert_printed(0, 2, "0.00");
    assert_printed(-50, 2, "-0.50");
    assert_printed(8425, 2, "84.25");
    assert_printed(-1, 9, "-0.000000001");
    assert_printed(100, 0, "100");
}

/* 2^127 = 170141183460469231731687303715884105728 */
static void test_print_writes_the_extremes(void **state)
{
    (void)state;
    assert_printed(MOST, 0, "170141183460469231731687303715884105727");
    assert_printed(LEAST, 0, "-170141183460469231731687303715884105728");
    assert_printed(LEAST, 18, "-170141183460469231731.687303715884105728");
    assert_printed((int128)UINT64_MAX + 1, 0, "18446744073709551616");
    assert_printed(1, 18, "0.000000000000000001");
}

static void test_parse_and_print_agree(void **state)
{
    (void)state;
    static const char *const texts[] = {"0", "0.00", "-0.50", "84.25", "999999999999999", "-999999.999999999", "10.0"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        decimal d;
        assert_int_equal(decimal_parse(texts[i], strlen(texts[i]), &d), DECIMAL_OK);
        assert_printed(d.coeff, d.scale, texts[i]);
    }
}

static void check_fraction_text(fraction f, const char *expected, const char *file, int line)
{
    char out[160];
    size_t length = fraction_print(f, out, sizeof out);
    _assert_string_equal(out, expected, file, line);
    _assert_int_equal(length, strlen(expected), file, line);
}
#define assert_fraction_text(f, expected) check_fraction_text((f), (expected), __FILE__, __LINE__)

static void test_fraction_print_ends_where_the_decimal_ends(void **state)
{
    (void)state;
    assert_fraction_text(ratio(337, 4), "84.25");
    assert_fraction_text(ratio(8400, 100), "84");
    assert_fraction_text(ratio(-1, 2), "-0.5");
    assert_fraction_text(ratio(0, 7), "0");
    assert_fraction_text(ratio(1, 512), "0.001953125"); /* 9 places, the most */
}

/* 253 / 3 = 84.333…; 2 / 3 = 0.666… is cut, not rounded */
static void test_fraction_print_shows_endless_decimals_with_the_fraction(void **state)
{
    (void)state;
    assert_fraction_text(ratio(253, 3), "84.333333… (253/3)");
    assert_fraction_text(ratio(506, 6), "84.333333… (253/3)");
    assert_fraction_text(ratio(-2, 3), "-0.666666… (-2/3)");
    assert_fraction_text(ratio(-1, 30000000), "-0.000000… (-1/30000000)");
    assert_fraction_text(ratio(1, 1024), "0.000976… (1/1024)"); /* ends after 10 places: one too many */
}

static void test_fraction_print_writes_the_extremes(void **state)
{
    (void)state;
    assert_fraction_text(ratio(LEAST, 1), "-170141183460469231731687303715884105728");
    /* 2^127 / 3: 170141183460469231731687303715884105728 = 3 * 56713727820156410577229101238628035242 + 2 */
    assert_fraction_text(ratio(LEAST, 3), "-56713727820156410577229101238628035242.666666… "
                                          "(-170141183460469231731687303715884105728/3)");
    /* (2^127 - 2) / (2^127 - 1) */
    assert_fraction_text(ratio(MOST - 1, MOST), "0.999999… (170141183460469231731687303715884105726/"
                                                "170141183460469231731687303715884105727)");
}

static void test_fraction_print_cuts_between_characters(void **state)
{
    (void)state;
    char out[16];
    assert_int_equal(fraction_print(ratio(253, 3), out, 11), 9); /* "84.333333" and not half of "…" */
    assert_string_equal(out, "84.333333");
    assert_int_equal(fraction_print(ratio(253, 3), out, 13), 12);
    assert_int_equal(fraction_print(ratio(253, 3), out, 1), 0);
    assert_string_equal(out, "");
    assert_int_equal(fraction_print(ratio(253, 3), NULL, 0), 0);
}

/* ---- arithmetic ---- */

static void test_power_of_ten_is_what_it_says(void **state)
{
    (void)state;
    int64_t power = 1;
    for (int e = 0; e <= 18; e++, power *= e <= 18 ? 10 : 1)
        assert_true(power_of_ten(e) == power);
}

static void test_from_decimal_is_the_same_value(void **state)
{
    (void)state;
    assert_value(fraction_from_decimal((decimal){8425, 2}), 337, 4);
    assert_value(fraction_from_decimal((decimal){-5, 0}), -5, 1);
}

static void test_reduce_takes_out_common_factors(void **state)
{
    (void)state;
    assert_value(ratio(6, 4), 3, 2);
    assert_value(ratio(-6, 4), -3, 2);
    assert_value(ratio(0, 9), 0, 1);
    assert_value(ratio(7, 1), 7, 1);
    assert_value(ratio(TWO(100) * 3, TWO(100) * 5), 3, 5);
    assert_value(ratio(LEAST, TWO(126)), -2, 1);
    assert_value(ratio(MOST, MOST), 1, 1);
    assert_value(ratio(LEAST, MOST), LEAST, MOST); /* neighbours have no common factor */
    assert_value(ratio((int128)1000000007 * 1000000009 * 12, (int128)1000000007 * 1000000009 * 18), 2, 3);
}

static void check_add(fraction a, fraction b, int128 num, int128 den, const char *file, int line)
{
    fraction sum;
    _assert_true(fraction_add(a, b, &sum), "fits", file, line);
    check_value(sum, num, den, file, line);
    _assert_true(fraction_add(b, a, &sum), "fits the other way round", file, line);
    check_value(sum, num, den, file, line);
}
#define assert_sum(a, b, num, den) check_add((a), (b), (num), (den), __FILE__, __LINE__)

static void test_add_of_small_fractions(void **state)
{
    (void)state;
    assert_sum(ratio(1, 3), ratio(1, 6), 1, 2);
    assert_sum(ratio(1, 4), ratio(2, 4), 3, 4);
    assert_sum(ratio(-1, 2), ratio(1, 2), 0, 1);
    assert_sum(ratio(1, 100), ratio(3, 10), 31, 100);
    assert_sum(ratio(INT64_MAX, 1), ratio(INT64_MAX, 1), (int128)INT64_MAX * 2, 1);
    assert_sum(ratio(INT64_MIN, 1), ratio(INT64_MIN, 1), (int128)INT64_MIN * 2, 1);
}

/* The largest 64-bit products: -2^63 / (2^63-1) - 2^63 / (2^63-2) =
 * -2^63 (2 * 2^63 - 3) / ((2^63-1)(2^63-2)), and 2^63 - 2 = 2 (2^62 - 1). */
static void test_add_of_the_largest_small_fractions(void **state)
{
    (void)state;
    assert_sum(ratio(INT64_MIN, INT64_MAX), ratio(INT64_MIN, INT64_MAX - 1), -TWO(62) * ((int128)INT64_MAX * 2 - 1),
               (int128)INT64_MAX * (TWO(62) - 1));
}

/* 1/2^100 + 1/2^101 = 3/2^101: the plain denominator 2^201 does not fit, the lowest does */
static void test_add_reduces_when_the_plain_denominator_overflows(void **state)
{
    (void)state;
    assert_sum(ratio(1, TWO(100)), ratio(1, TWO(101)), 3, TWO(101));
    assert_sum(ratio(MOST, TWO(126)), ratio(0, TWO(100)), MOST, TWO(126));
}

/* (2^127-1)/3 + (2^127-3)/3 = (2^128-4)/3: the numerator does not fit, but 2^128 = 1 (mod 3), so it divides:
 * 113427455640312821154458202477256070484 */
static void test_add_finds_a_sum_that_fits_only_in_lowest_terms(void **state)
{
    (void)state;
    int128 third = (TWO(126) - 1) / 3 * 4; /* 4 (2^126 - 1) / 3 */
    assert_sum(ratio(MOST, 3), ratio(MOST - 2, 3), third, 1);
    assert_sum(ratio(-MOST, 3), ratio(-(MOST - 2), 3), -third, 1);
}

/* n/p + n/q with p = 2^61-1, q = 2^64-59 (primes) and n = p q fits only because everything cancels: q + p */
static void test_add_of_unreduced_fractions_cancels_first(void **state)
{
    (void)state;
    int128 p = TWO(61) - 1, q = TWO(64) - 59;
    assert_sum(ratio(p * q, p), ratio(p * q, q), p + q, 1);
}

/* With n = 2^120 + 1, odd and 2 modulo 3 and modulo 5: 5 n/(6 * 2^100) + 3 n/(10 * 2^100) = (25 + 9) n/(30 * 2^100)
 * = 17 n/(15 * 2^100). */
static void test_add_takes_the_last_divisor_out(void **state)
{
    (void)state;
    int128 n = TWO(120) + 1;
    assert_sum(ratio(5 * n, 6 * TWO(100)), ratio(3 * n, 10 * TWO(100)), 17 * n, 15 * TWO(100));
}

/* With q = 2^61 - 1: (q 2^65 + 3)/(3 q) + (q 2^65 - 5)/(5 q), both in lowest terms, for q = 1 and 2^65 = 2 modulo 3
 * and modulo 5. The numerator over 15 q is 5 q 2^65 + 15 + 3 q 2^65 - 15 = q 2^68: 129 bits, until q goes out. */
static void test_add_takes_the_last_divisor_out_of_a_wide_numerator(void **state)
{
    (void)state;
    int128 q = TWO(61) - 1;
    assert_sum(ratio(q * TWO(65) + 3, 3 * q), ratio(q * TWO(65) - 5, 5 * q), TWO(68), 15);
}

static void test_add_overflows_where_the_value_does_not_fit(void **state)
{
    (void)state;
    fraction out;
    assert_false(fraction_add(ratio(MOST, 1), ratio(1, 1), &out));
    assert_false(fraction_add(ratio(LEAST, 1), ratio(-1, 1), &out));
    assert_false(fraction_add(ratio(1, MOST), ratio(1, MOST - 1), &out));
    assert_false(fraction_add(ratio(1, MOST), ratio(1, 2), &out));
    assert_sum(ratio(MOST, 1), ratio(LEAST, 1), -1, 1);
    assert_sum(ratio(MOST - 1, 1), ratio(1, 1), MOST, 1);
    assert_sum(ratio(LEAST + 1, 1), ratio(-1, 1), LEAST, 1);
}

static void check_difference(fraction a, fraction b, int128 num, int128 den, const char *file, int line)
{
    fraction out;
    _assert_true(fraction_subtract(a, b, &out), "fits", file, line);
    check_value(out, num, den, file, line);
}
#define assert_difference(a, b, num, den) check_difference((a), (b), (num), (den), __FILE__, __LINE__)

static void test_subtract_of_small_fractions(void **state)
{
    (void)state;
    assert_difference(ratio(1, 2), ratio(1, 3), 1, 6);
    assert_difference(ratio(1, 3), ratio(1, 2), -1, 6);
    assert_difference(ratio(0, 1), ratio(INT64_MIN, 1), TWO(63), 1);
}

static void test_subtract_of_the_extremes(void **state)
{
    (void)state;
    fraction out;
    assert_difference(ratio(-1, 1), ratio(LEAST, 1), MOST, 1);
    assert_difference(ratio(LEAST, 1), ratio(LEAST, 1), 0, 1);
    assert_difference(ratio(LEAST, 3), ratio(LEAST, 3), 0, 1);
    assert_difference(ratio(LEAST, 1), ratio(-MOST, 1), -1, 1);
    assert_false(fraction_subtract(ratio(0, 1), ratio(LEAST, 1), &out)); /* 2^127 does not fit */
    assert_false(fraction_subtract(ratio(LEAST, 1), ratio(1, 1), &out));
    assert_difference(ratio(0, 1), ratio(LEAST, 2), TWO(126), 1);
}

static void check_product(fraction a, fraction b, int128 num, int128 den, const char *file, int line)
{
    fraction out;
    _assert_true(fraction_multiply(a, b, &out), "fits", file, line);
    check_value(out, num, den, file, line);
    _assert_true(fraction_multiply(b, a, &out), "fits the other way round", file, line);
    check_value(out, num, den, file, line);
}
#define assert_product(a, b, num, den) check_product((a), (b), (num), (den), __FILE__, __LINE__)

static void test_multiply_of_small_fractions(void **state)
{
    (void)state;
    assert_product(ratio(2, 3), ratio(3, 4), 1, 2);
    assert_product(ratio(-2, 3), ratio(3, 4), -1, 2);
    assert_product(ratio(-2, 3), ratio(-3, 4), 1, 2);
    assert_product(ratio(0, 3), ratio(MOST, 4), 0, 1);
    assert_product(ratio(INT64_MIN, 1), ratio(INT64_MIN, 1), TWO(126), 1);
}

/* 2^100/3^20 * 3^30/2^90 = 2^10 * 3^10: both plain products overflow */
static void test_multiply_reduces_across_when_it_overflows(void **state)
{
    (void)state;
    int128 three_20 = INT64_C(3486784401), three_30 = three_20 * 59049;
    assert_product(ratio(TWO(100), three_20), ratio(three_30, TWO(90)), (int128)1024 * 59049, 1);
    assert_product(ratio(MOST, 7), ratio(7, MOST), 1, 1);
    assert_product(ratio(MOST, TWO(126)), ratio(TWO(126), MOST), 1, 1);
}

static void test_multiply_reaches_the_least_value_but_not_its_opposite(void **state)
{
    (void)state;
    fraction out;
    assert_product(ratio(TWO(64), 1), ratio(-TWO(63), 1), LEAST, 1);
    assert_false(fraction_multiply(ratio(TWO(64), 1), ratio(TWO(63), 1), &out));
    assert_false(fraction_multiply(ratio(LEAST, 1), ratio(-1, 1), &out));
    assert_product(ratio(LEAST, 1), ratio(-1, 2), TWO(126), 1);
    assert_product(ratio(LEAST, 3), ratio(3, 1), LEAST, 1);
}

static void test_multiply_overflows_where_the_value_does_not_fit(void **state)
{
    (void)state;
    fraction out;
    assert_false(fraction_multiply(ratio(MOST, 1), ratio(2, 1), &out));
    assert_false(fraction_multiply(ratio(1, MOST), ratio(1, 2), &out));
    assert_false(fraction_multiply(ratio(1, TWO(64)), ratio(1, TWO(63)), &out)); /* 2^127 as denominator */
    assert_product(ratio(1, TWO(63)), ratio(1, TWO(63)), 1, TWO(126));
}

static void check_quotient(fraction a, fraction b, int128 num, int128 den, const char *file, int line)
{
    fraction out;
    _assert_true(fraction_divide(a, b, &out), "fits", file, line);
    check_value(out, num, den, file, line);
}
#define assert_quotient(a, b, num, den) check_quotient((a), (b), (num), (den), __FILE__, __LINE__)

static void test_divide_of_small_fractions(void **state)
{
    (void)state;
    assert_quotient(ratio(1, 2), ratio(3, 4), 2, 3);
    assert_quotient(ratio(1, 2), ratio(-3, 4), -2, 3);
    assert_quotient(ratio(-1, 2), ratio(-3, 4), 2, 3);
    assert_quotient(ratio(0, 2), ratio(-3, 4), 0, 1);
    assert_quotient(ratio(INT64_MIN, 1), ratio(INT64_MIN, 1), 1, 1);
    assert_quotient(ratio(1, INT64_MAX), ratio(INT64_MIN, 1), -1, (int128)INT64_MAX * TWO(63));
}

static void test_divide_by_zero_is_refused(void **state)
{
    (void)state;
    fraction out;
    assert_false(fraction_divide(ratio(1, 1), ratio(0, 5), &out));
    assert_false(fraction_divide(ratio(0, 1), ratio(0, 1), &out));
}

/* The least value's opposite is no int128, yet it is a fine divisor when something cancels. */
static void test_divide_by_the_least_value(void **state)
{
    (void)state;
    fraction out;
    assert_quotient(ratio(LEAST, 1), ratio(LEAST, 1), 1, 1);
    assert_quotient(ratio(2, 1), ratio(LEAST, 1), -1, TWO(126));
    assert_quotient(ratio(LEAST, 5), ratio(LEAST, 3), 3, 5);
    assert_false(fraction_divide(ratio(1, 1), ratio(LEAST, 1), &out));
    assert_false(fraction_divide(ratio(LEAST, 1), ratio(-1, 1), &out));
    assert_quotient(ratio(MOST, MOST - 1), ratio(MOST, MOST - 1), 1, 1);
}

static void test_result_may_be_an_operand(void **state)
{
    (void)state;
    fraction a = ratio(1, 3), b = ratio(TWO(100), 7);
    assert_true(fraction_add(a, a, &a));
    assert_value(a, 2, 3);
    assert_true(fraction_multiply(b, a, &b));
    assert_value(b, TWO(101), 21);
    assert_true(fraction_divide(b, b, &b));
    assert_value(b, 1, 1);
}

/* 1/1 + 1/2 + … + 1/80 has a denominator of 33 digits; the way there overflows without reduction again and again.
 * Taking the same parts off again, the smallest first, must leave nothing. */
static void test_long_sums_come_out_exactly(void **state)
{
    (void)state;
    fraction sum = ratio(0, 1);
    for (int i = 1; i <= 80; i++)
        assert_true(fraction_add(sum, ratio(1, i), &sum));
    for (int i = 1; i <= 80; i++)
        assert_true(fraction_subtract(sum, ratio(1, 81 - i), &sum));
    assert_value(sum, 0, 1);
}

/* ---- comparing ---- */

static void check_order(fraction a, fraction b, int expected, const char *file, int line)
{
    _assert_true(fraction_compare(a, b) == expected, "order", file, line);
    _assert_true(fraction_compare(b, a) == -expected, "order the other way round", file, line);
}
#define assert_order(a, b, expected) check_order((a), (b), (expected), __FILE__, __LINE__)

static void test_compare_of_small_fractions(void **state)
{
    (void)state;
    assert_order(ratio(1, 2), ratio(2, 4), 0);
    assert_order(ratio(1, 3), ratio(1, 2), -1);
    assert_order(ratio(-1, 3), ratio(-1, 2), 1);
    assert_order(ratio(-1, 3), ratio(0, 7), -1);
    assert_order(ratio(0, 3), ratio(0, 7), 0);
    assert_order(ratio(INT64_MIN, INT64_MAX), ratio(INT64_MAX, INT64_MAX), -1);
}

/* (n-1)/n < n/(n+1) for every n > 0, the difference being 1/(n(n+1)) */
static void test_compare_tells_the_nearest_wide_fractions_apart(void **state)
{
    (void)state;
    assert_order(ratio(MOST - 2, MOST - 1), ratio(MOST - 1, MOST), -1);
    assert_order(ratio(-(MOST - 2), MOST - 1), ratio(-(MOST - 1), MOST), 1);
    assert_order(ratio(MOST, MOST - 1), ratio(MOST - 1, MOST - 2), -1);
    assert_order(ratio(MOST, MOST), ratio(1, 1), 0);
    assert_order(ratio(LEAST, MOST), ratio(-1, 1), -1);
    assert_order(ratio(LEAST, 2), ratio(-TWO(126), 1), 0);
    assert_order(ratio(LEAST, 1), ratio(MOST, 1), -1);
    assert_order(ratio(LEAST, 1), ratio(LEAST, 1), 0);
    assert_order(ratio(1, MOST), ratio(0, 1), 1);
    assert_order(ratio(1, MOST), ratio(MOST, 1), -1);
}

static void test_sign_is_that_of_the_numerator(void **state)
{
    (void)state;
    assert_int_equal(fraction_sign(ratio(LEAST, 3)), -1);
    assert_int_equal(fraction_sign(ratio(0, 3)), 0);
    assert_int_equal(fraction_sign(ratio(MOST, 3)), 1);
}

/* ---- rounding ---- */

/* value = tenths / 10; the four modes by the definitions in exact.h */
static const struct {
    int tenths, up, even, down, away;
} ROUNDED[] = {{25, 3, 2, 2, 3},      {15, 2, 2, 1, 2},      {5, 1, 0, 0, 1},  {-5, -1, 0, 0, -1},
               {-15, -2, -2, -1, -2}, {-25, -3, -2, -2, -3}, {24, 2, 2, 2, 3}, {26, 3, 3, 2, 3},
               {-24, -2, -2, -2, -3}, {-26, -3, -3, -2, -3}, {20, 2, 2, 2, 2}, {-20, -2, -2, -2, -2},
               {1, 0, 0, 0, 1},       {-1, 0, 0, 0, -1},     {0, 0, 0, 0, 0},  {9, 1, 1, 0, 1},
               {35, 4, 4, 3, 4},      {-35, -4, -4, -3, -4}, {4, 0, 0, 0, 1},  {6, 1, 1, 0, 1}};
enum { ROUNDED_COUNT = sizeof ROUNDED / sizeof *ROUNDED };

static void check_rounded(int row, int128 widen, decimal unit, const char *file, int line)
{
    const int expected[ROUND_MODE_COUNT] = {ROUNDED[row].up, ROUNDED[row].even, ROUNDED[row].down, ROUNDED[row].away};
    for (int mode = 0; mode < ROUND_MODE_COUNT; mode++) {
        int128 units;
        rounding r = {(rounding_mode)mode, unit};
        fraction value = ratio(ROUNDED[row].tenths * widen, 10 * widen * power_of_ten(unit.scale));
        _assert_true(fraction_round_units(value, r, &units), "fits", file, line);
        if (units != expected[mode])
            fail_msg("%d tenths by mode %d gave %lld", ROUNDED[row].tenths, mode, (long long)units);
    }
}

static void test_round_by_every_mode_with_ties_and_signs(void **state)
{
    (void)state;
    for (int row = 0; row < ROUNDED_COUNT; row++)
        check_rounded(row, 1, ONE, __FILE__, __LINE__);
}

/* The same values with both parts widened take the 128-bit and the 256-bit way. */
static void test_round_is_the_same_in_every_width(void **state)
{
    (void)state;
    for (int row = 0; row < ROUNDED_COUNT; row++) {
        check_rounded(row, TWO(57), ONE, __FILE__, __LINE__);
        check_rounded(row, TWO(53) - 1, HUNDREDTH, __FILE__, __LINE__);
        check_rounded(row, TWO(80) + 1, ONE, __FILE__, __LINE__);
        check_rounded(row, TWO(117), HUNDREDTH, __FILE__, __LINE__);
    }
}

/* |value - units * unit| by the definition of each mode, in integers: value = num/den, unit = c/p, so the distance
 * times den * p is num * p - units * c * den. */
static void check_definition(int64_t num, int64_t den, rounding r)
{
    int128 units, step = (int128)r.unit.coeff * den;
    assert_true(fraction_round_units(ratio(num, den), r, &units));
    int128 value = (int128)num * power_of_ten(r.unit.scale), off = value - units * step;
    int128 size = value < 0 ? -value : value, reached = units * step < 0 ? -units * step : units * step;
    int128 distance = off < 0 ? -off : off;
    bool right;
    switch (r.mode) {
    case ROUND_DOWN:
        right = reached <= size && size < reached + step;
        break;
    case ROUND_UP:
        right = reached >= size && size > reached - step;
        break;
    case ROUND_HALF_UP:
        right = 2 * distance < step || (2 * distance == step && reached > size);
        break;
    default:
        right = 2 * distance < step || (2 * distance == step && units % 2 == 0);
        break;
    }
    if (!right)
        fail_msg("%lld/%lld by mode %d", (long long)num, (long long)den, r.mode);
}

static void test_round_follows_its_definition_exhaustive(void **state)
{
    (void)state;
    const decimal units[] = {ONE, HUNDREDTH, HALF, FIFTH, TEN, {25, 2}};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        for (int mode = 0; mode < ROUND_MODE_COUNT; mode++) {
            rounding r = {(rounding_mode)mode, units[u]};
            for (int64_t den = 1; den <= 40; den++) {
                for (int64_t num = -400; num <= 400; num++)
                    check_definition(num, den, r);
            }
        }
    }
}

static void check_round(fraction f, rounding_mode mode, decimal unit, int128 num, int128 den, const char *file,
                        int line)
{
    fraction out;
    rounding r = {mode, unit};
    _assert_true(fraction_round(f, r, &out), "fits", file, line);
    check_value(out, num, den, file, line);
}
#define assert_round(f, mode, unit, num, den) check_round((f), (mode), (unit), (num), (den), __FILE__, __LINE__)

/* 59.995 is 60.00 half up: the case that binary doubles get wrong */
static void test_round_to_each_kind_of_unit(void **state)
{
    (void)state;
    assert_round(ratio(59995, 1000), ROUND_HALF_UP, HUNDREDTH, 60, 1);
    assert_round(ratio(59985, 1000), ROUND_HALF_EVEN, HUNDREDTH, 2999, 50); /* 59.98 */
    assert_round(ratio(5, 4), ROUND_HALF_UP, HALF, 3, 2);                   /* 1.25 lies between 1.0 and 1.5 */
    assert_round(ratio(5, 4), ROUND_HALF_EVEN, HALF, 1, 1);                 /* 2 units are even, 3 are not */
    assert_round(ratio(11, 10), ROUND_UP, FIFTH, 6, 5);                     /* 1.1 to 1.2 */
    assert_round(ratio(-11, 10), ROUND_DOWN, FIFTH, -1, 1);
    assert_round(ratio(85, 1), ROUND_HALF_UP, TEN, 90, 1);
    assert_round(ratio(85, 1), ROUND_HALF_EVEN, TEN, 80, 1);
}

static void test_round_refuses_a_unit_that_is_none(void **state)
{
    (void)state;
    int128 units;
    assert_false(fraction_round_units(ratio(1, 1), (rounding){ROUND_DOWN, {0, 0}}, &units));
    assert_false(fraction_round_units(ratio(1, 1), (rounding){ROUND_DOWN, {-1, 0}}, &units));
    assert_false(fraction_round_units(ratio(1, 1), (rounding){ROUND_DOWN, {1, 10}}, &units));
    assert_false(fraction_round_units(ratio(1, 1), (rounding){ROUND_DOWN, {1, -1}}, &units));
}

static void check_units(fraction f, rounding_mode mode, decimal unit, int128 expected, const char *file, int line)
{
    int128 units;
    rounding r = {mode, unit};
    _assert_true(fraction_round_units(f, r, &units), "fits", file, line);
    _assert_true(units == expected, "units", file, line);
}
#define assert_units(f, mode, unit, expected) check_units((f), (mode), (unit), (expected), __FILE__, __LINE__)

static void test_round_of_the_extremes(void **state)
{
    (void)state;
    assert_units(ratio(MOST, 1), ROUND_HALF_UP, ONE, MOST);
    assert_units(ratio(LEAST, 1), ROUND_HALF_UP, ONE, LEAST);
    assert_units(ratio(MOST, MOST), ROUND_UP, HUNDREDTH, 100);
    assert_units(ratio(1, MOST), ROUND_UP, HUNDREDTH, 1);
    assert_units(ratio(1, MOST), ROUND_HALF_UP, HUNDREDTH, 0);
    assert_units(ratio(LEAST, MOST), ROUND_UP, ONE, -2);
    assert_units(ratio(LEAST, MOST), ROUND_HALF_EVEN, ONE, -1);
    /* 2^126 - 1/2 is a tie between 2^126 - 1 (odd) and 2^126 (even) */
    assert_units(ratio(MOST, 2), ROUND_HALF_EVEN, ONE, TWO(126));
    assert_units(ratio(MOST, 2), ROUND_DOWN, ONE, TWO(126) - 1);
    const decimal longest = {INT64_C(999999999999999), 0};
    assert_units(ratio(MOST, 1), ROUND_DOWN, longest, MOST / longest.coeff);
}

static void test_round_overflows_where_the_units_do_not_fit(void **state)
{
    (void)state;
    int128 units;
    fraction out;
    assert_false(fraction_round_units(ratio(MOST, 1), (rounding){ROUND_DOWN, HUNDREDTH}, &units));
    assert_false(fraction_round_units(ratio(LEAST, 1), (rounding){ROUND_DOWN, {1, 1}}, &units));
    assert_false(fraction_round(ratio(MOST, 1), (rounding){ROUND_UP, TEN}, &out)); /* the ten above does not fit */
    assert_true(fraction_round(ratio(MOST, 1), (rounding){ROUND_DOWN, TEN}, &out));
    assert_value(out, MOST / 10 * 10, 1);
}

/* ---- as a decimal ---- */

static void check_as_decimal(fraction f, int places, int128 coeff, int scale, const char *file, int line)
{
    int128 c;
    int s;
    _assert_true(fraction_as_decimal(f, places, &c, &s), "is a decimal", file, line);
    _assert_true(c == coeff, "coefficient", file, line);
    _assert_int_equal((LargestIntegralType)s, (LargestIntegralType)scale, file, line);
}
#define assert_as_decimal(f, places, coeff, scale) check_as_decimal((f), (places), (coeff), (scale), __FILE__, __LINE__)

static void test_as_decimal_gives_the_smallest_scale(void **state)
{
    (void)state;
    assert_as_decimal(ratio(337, 4), 2, 8425, 2);
    assert_as_decimal(ratio(8400, 100), 9, 84, 0);
    assert_as_decimal(ratio(-1, 5), 1, -2, 1);
    assert_as_decimal(ratio(0, 3), 0, 0, 0);
    assert_as_decimal(ratio(1, INT64_C(1000000000000000000)), 18, 1, 18);
    assert_as_decimal(ratio(1, TWO(18)), 18, INT64_C(3814697265625), 18); /* 5^18 */
    assert_as_decimal(ratio(LEAST, 1), 18, LEAST, 0);
}

static void test_as_decimal_refuses_what_does_not_end_in_time(void **state)
{
    (void)state;
    int128 coeff;
    int scale;
    assert_false(fraction_as_decimal(ratio(1, 3), 18, &coeff, &scale));
    assert_false(fraction_as_decimal(ratio(337, 4), 1, &coeff, &scale));
    assert_false(fraction_as_decimal(ratio(1, TWO(19)), 18, &coeff, &scale));
    assert_false(fraction_as_decimal(ratio(1, MOST), 18, &coeff, &scale));
    assert_false(fraction_as_decimal(ratio(1, 7 * 10), 18, &coeff, &scale));
    assert_false(fraction_as_decimal(ratio(MOST, 2), 18, &coeff, &scale)); /* 5 (2^127 - 1) does not fit */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse_reads_a_decimal_as_written),
        cmocka_unit_test(test_parse_reads_signs),
        cmocka_unit_test(test_parse_takes_fifteen_digits_and_nine_places),
        cmocka_unit_test(test_parse_does_not_count_trailing_zeros_behind_the_point),
        cmocka_unit_test(test_parse_refuses_what_is_too_long),
        cmocka_unit_test(test_parse_refuses_exponents_by_name),
        cmocka_unit_test(test_parse_refuses_what_is_no_number),
        cmocka_unit_test(test_from_double_finds_each_short_decimal_exhaustive),
        cmocka_unit_test(test_from_double_reads_what_a_person_wrote),
        cmocka_unit_test(test_from_double_refuses_what_nobody_writes),
        cmocka_unit_test(test_print_keeps_the_places),
        cmocka_unit_test(test_print_writes_the_extremes),
        cmocka_unit_test(test_parse_and_print_agree),
        cmocka_unit_test(test_fraction_print_ends_where_the_decimal_ends),
        cmocka_unit_test(test_fraction_print_shows_endless_decimals_with_the_fraction),
        cmocka_unit_test(test_fraction_print_writes_the_extremes),
        cmocka_unit_test(test_fraction_print_cuts_between_characters),
        cmocka_unit_test(test_power_of_ten_is_what_it_says),
        cmocka_unit_test(test_from_decimal_is_the_same_value),
        cmocka_unit_test(test_reduce_takes_out_common_factors),
        cmocka_unit_test(test_add_of_small_fractions),
        cmocka_unit_test(test_add_of_the_largest_small_fractions),
        cmocka_unit_test(test_add_reduces_when_the_plain_denominator_overflows),
        cmocka_unit_test(test_add_finds_a_sum_that_fits_only_in_lowest_terms),
        cmocka_unit_test(test_add_of_unreduced_fractions_cancels_first),
        cmocka_unit_test(test_add_takes_the_last_divisor_out),
        cmocka_unit_test(test_add_takes_the_last_divisor_out_of_a_wide_numerator),
        cmocka_unit_test(test_add_overflows_where_the_value_does_not_fit),
        cmocka_unit_test(test_subtract_of_small_fractions),
        cmocka_unit_test(test_subtract_of_the_extremes),
        cmocka_unit_test(test_multiply_of_small_fractions),
        cmocka_unit_test(test_multiply_reduces_across_when_it_overflows),
        cmocka_unit_test(test_multiply_reaches_the_least_value_but_not_its_opposite),
        cmocka_unit_test(test_multiply_overflows_where_the_value_does_not_fit),
        cmocka_unit_test(test_divide_of_small_fractions),
        cmocka_unit_test(test_divide_by_zero_is_refused),
        cmocka_unit_test(test_divide_by_the_least_value),
        cmocka_unit_test(test_result_may_be_an_operand),
        cmocka_unit_test(test_long_sums_come_out_exactly),
        cmocka_unit_test(test_compare_of_small_fractions),
        cmocka_unit_test(test_compare_tells_the_nearest_wide_fractions_apart),
        cmocka_unit_test(test_sign_is_that_of_the_numerator),
        cmocka_unit_test(test_round_by_every_mode_with_ties_and_signs),
        cmocka_unit_test(test_round_is_the_same_in_every_width),
        cmocka_unit_test(test_round_follows_its_definition_exhaustive),
        cmocka_unit_test(test_round_to_each_kind_of_unit),
        cmocka_unit_test(test_round_refuses_a_unit_that_is_none),
        cmocka_unit_test(test_round_of_the_extremes),
        cmocka_unit_test(test_round_overflows_where_the_units_do_not_fit),
        cmocka_unit_test(test_as_decimal_gives_the_smallest_scale),
        cmocka_unit_test(test_as_decimal_refuses_what_does_not_end_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
