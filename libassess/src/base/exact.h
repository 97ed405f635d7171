/* exact: decimals as scaled integers and exact fractions, with the only rounding function of the product.
 *
 * A decimal is coeff / 10^scale as it was written. A fraction is num / den with den > 0; it need not be reduced:
 * operations reduce only when 128 bits would overflow, and report false when even the reduced value does not
 * fit. Nothing here uses binary floating point, the locale or libm. */
#ifndef ASSESS_BASE_EXACT_H
#define ASSESS_BASE_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

enum { DECIMAL_MAX_DIGITS = 15, DECIMAL_MAX_SCALE = 9 };

typedef struct decimal {
    int64_t coeff; /* at most 15 digits */
    int scale;     /* 0..9 */
} decimal;

typedef struct fraction {
    int128 num;
    int128 den; /* > 0 */
} fraction;

typedef enum rounding_mode {
    ROUND_HALF_UP,   /* 四舍五入: ties away from zero */
    ROUND_HALF_EVEN, /* 四舍六入五成双: ties to the even neighbour */
    ROUND_DOWN,      /* toward zero */
    ROUND_UP,        /* away from zero */
    ROUND_MODE_COUNT
} rounding_mode;

/* To multiples of unit, where unit = unit.coeff / 10^unit.scale > 0: 0.01, 1, 0.5, 0.2, 10 … */
typedef struct rounding {
    rounding_mode mode;
    decimal unit;
} rounding;

typedef enum decimal_error {
    DECIMAL_OK,
    DECIMAL_NOT_A_NUMBER, /* empty, a unit behind it, two points, NaN, Inf, hexadecimal … */
    DECIMAL_TOO_LONG,     /* more than 15 significant digits or 9 places (trailing zeros do not count) */
    DECIMAL_EXPONENT      /* 1e400: exponents are not a way people write points */
} decimal_error;

/* Reads [+-]digits[.digits] or [+-].digits, all of `text`; ASCII digits only (fold full-width digits first). */
decimal_error decimal_parse(const char *text, size_t length, decimal *out);

/* The shortest decimal of at most 15 digits that is written as this double in a source text (0.1, 59.995).
 * False when there is none: not finite, too large, or more digits than a person writes. */
bool decimal_from_double(double value, decimal *out);
/* The same of at most 7 digits, of a number of 32 bits. */
bool decimal_from_float(float value, decimal *out);

int64_t power_of_ten(int exponent); /* 0 <= exponent <= 18 */

/* coeff / 10^scale as text, e.g. "-0.50" for (-50, 2); 0 <= scale <= 38; returns the length. */
size_t decimal_print(int128 coeff, int scale, char out[64]);

static inline fraction fraction_of(int64_t num, int64_t den) { fraction f = {num, den}; return f; }
fraction fraction_from_decimal(decimal d);

/* Each returns false when the exact result does not fit in 128/128 bits even after reduction. */
bool fraction_add_unlike(fraction a, fraction b, fraction *out);
bool fraction_subtract_unlike(fraction a, fraction b, fraction *out);
bool fraction_multiply(fraction a, fraction b, fraction *out);
bool fraction_divide(fraction a, fraction b, fraction *out); /* also false when b is 0 */

/* Most figures of a run have one denominator and few digits. */
static inline bool fractions_are_alike(fraction a, fraction b)
{
    return a.den == b.den && a.num == (int64_t)a.num && b.num == (int64_t)b.num;
}

static inline bool fraction_add(fraction a, fraction b, fraction *out)
{
    if (!fractions_are_alike(a, b))
        return fraction_add_unlike(a, b, out);
    *out = (fraction){a.num + b.num, a.den};
    return true;
}

static inline bool fraction_subtract(fraction a, fraction b, fraction *out)
{
    if (!fractions_are_alike(a, b))
        return fraction_subtract_unlike(a, b, out);
    *out = (fraction){a.num - b.num, a.den};
    return true;
}

fraction fraction_reduce(fraction a);
int fraction_compare_unlike(fraction a, fraction b);
/* -1, 0, 1; exact, never overflows. Most figures of a run have one denominator, or are compared with 0: that
 * needs no multiplication. */
static inline int fraction_compare(fraction a, fraction b)
{
    bool alike = a.den == b.den || b.num == 0;
    return alike ? (a.num > b.num) - (a.num < b.num) : fraction_compare_unlike(a, b);
}

/* The same value over this denominator, where it has one: what is compared with many figures is made like them first. */
static inline fraction fraction_over(fraction a, int128 den)
{
    bool fits = den % a.den == 0 && a.num == (int64_t)a.num && den == (int64_t)den;
    return fits ? (fraction){a.num * (den / a.den), den} : a;
}
int fraction_sign(fraction a);

/* The nearest multiple of r.unit by r.mode; *units is that multiple: value = units * unit. False on overflow. */
bool fraction_round_units(fraction a, rounding r, int128 *units);
bool fraction_round(fraction a, rounding r, fraction *out);

/* True when the value is a decimal of at most `places` places (<= 18), given then in *coeff, *scale (smallest). */
bool fraction_as_decimal(fraction a, int places, int128 *coeff, int *scale);

/* For people: an exact decimal where it ends within 9 places ("84.25"), else "84.333333… (253/3)".
 * Returns the length written; out is always NUL-terminated, size >= 160 holds every value. */
size_t fraction_print(fraction a, char *out, size_t size);

#endif
