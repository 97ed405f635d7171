/* numbers_fuzz.c: the parsers of numbers, dates and periods, and the laws of exact arithmetic on what they read. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(law) do { if (!(law)) abort(); } while (0)

/* What is printed reads back as the same number. */
static void check_decimal(decimal d)
{
    char digits[64];
    decimal again;
    size_t n = decimal_print(d.coeff, d.scale, digits);
    HOLDS(decimal_parse(digits, n, &again) == DECIMAL_OK);
    HOLDS(fraction_compare(fraction_from_decimal(d), fraction_from_decimal(again)) == 0);
}

/* The order of the operands does not matter; a − b is −(b − a); a (a + b) is a a + a b. */
static void check_laws(fraction a, fraction b)
{
    fraction one, other, square, mixed;
    if (fraction_add(a, b, &one))
        HOLDS(fraction_add(b, a, &other) && fraction_compare(one, other) == 0);
    if (fraction_multiply(a, b, &one))
        HOLDS(fraction_multiply(b, a, &other) && fraction_compare(one, other) == 0);
    if (fraction_subtract(a, b, &one) && fraction_subtract(b, a, &other))
        HOLDS(fraction_sign(one) == -fraction_sign(other) && fraction_sign(one) == fraction_compare(a, b));
    if (fraction_add(a, b, &one) && fraction_multiply(a, one, &one) && fraction_multiply(a, a, &square) &&
        fraction_multiply(a, b, &mixed) && fraction_add(square, mixed, &other))
        HOLDS(fraction_compare(one, other) == 0);
}

/* A fraction in lowest terms is the same number, and prints as one that ends in as many places as it needs. */
static void check_forms(fraction a)
{
    int128 coeff;
    int scale;
    char shown[160];
    fraction reduced = fraction_reduce(a);
    HOLDS(fraction_compare(a, reduced) == 0 && reduced.den > 0 && reduced.den <= a.den);
    if (fraction_as_decimal(a, DECIMAL_MAX_SCALE, &coeff, &scale)) {
        fraction power = {power_of_ten(scale), 1}, back;
        HOLDS(fraction_multiply(a, power, &back) && fraction_compare(back, (fraction){coeff, 1}) == 0);
        HOLDS(scale == 0 || coeff % 10 != 0);
    }
    HOLDS(fraction_print(a, shown, sizeof shown) == strlen(shown));
}

static void check_pair(fraction a, fraction b)
{
    fraction sum, back, product, quotient;
    int order = fraction_compare(a, b);
    HOLDS(order == -fraction_compare(b, a));
    check_laws(a, b);
    if (fraction_divide(a, b, &quotient))
        check_forms(quotient);
    if (fraction_add(a, b, &sum) && fraction_subtract(sum, b, &back))
        HOLDS(fraction_compare(a, back) == 0);
    if (fraction_sign(b) != 0 && fraction_multiply(a, b, &product) && fraction_divide(product, b, &quotient))
        HOLDS(fraction_compare(a, quotient) == 0);
    HOLDS(!fraction_divide(a, fraction_of(0, 1), &quotient));
}

/* A rounded value is a multiple of the unit, less than one unit away (half a unit at most for the halves), on the right side,
 * and rounding it again changes nothing. */
static void check_rounding(fraction a, decimal unit, rounding_mode mode)
{
    rounding r = {mode, unit};
    fraction rounded, again, distance;
    if (unit.coeff <= 0 || !fraction_round(a, r, &rounded))
        return;
    HOLDS(fraction_round(rounded, r, &again) && fraction_compare(rounded, again) == 0);
    if (fraction_subtract(a, rounded, &distance)) {
        int side = fraction_sign(distance) * fraction_sign(a); /* of the value behind its rounding, seen from 0 */
        HOLDS(mode != ROUND_DOWN || side >= 0);
        HOLDS(mode != ROUND_UP || side <= 0);
        distance.num = distance.num < 0 ? -distance.num : distance.num;
        HOLDS(fraction_compare(distance, fraction_from_decimal(unit)) < 0);
        fraction half = {unit.coeff, 2 * (int128)power_of_ten(unit.scale)};
        HOLDS(mode == ROUND_DOWN || mode == ROUND_UP || fraction_compare(distance, half) <= 0);
    }
}

static void check_date(const char *text, size_t length)
{
    date d, again;
    char digits[16];
    date_span period;
    if (date_parse(text, length, &d) == DATE_OK) {
        size_t n = date_print(d, digits);
        HOLDS(date_parse(digits, n, &again) == DATE_OK && again == d);
        HOLDS(date_span_months(d, d).months == 0 && date_span_months(d, d).days == 1);
        date later = date_add_months(d, 7);
        month_span span = date_span_months(d, later - 1);
        HOLDS(span.months == 7 && span.days == 0);
    }
    if (period_parse(text, length, &period))
        HOLDS(period.from <= period.to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *cut = size ? memchr(text, ' ', size) : NULL;
    size_t first = cut ? (size_t)(cut - text) : size;
    decimal a = {0, 0}, b = {1, 0};
    bool read_a = decimal_parse(text, first, &a) == DECIMAL_OK;
    bool read_b = cut && decimal_parse(cut + 1, size - first - 1, &b) == DECIMAL_OK;
    check_date(text, size);
    if (!read_a)
        return 0;
    check_decimal(a);
    check_forms(fraction_from_decimal(a));
    if (read_b) {
        check_pair(fraction_from_decimal(a), fraction_from_decimal(b));
        for (int mode = 0; mode < ROUND_MODE_COUNT; mode++)
            check_rounding(fraction_from_decimal(a), b, (rounding_mode)mode);
    }
    return 0;
}
