/* exact: fractions. Every operation has the same three ways. Operands of 64 bits cannot overflow 128 and need no check;
 * wider ones are tried as they are; only when that overflows is anything reduced, and then the result is worked out in
 * 256 bits so that “does not fit” is the truth about the value and not about the way there.
 *
 * Products of 128 bits are made by hand: the compilers' checked multiplication calls a function that not every
 * run-time library has. */
#include "base/exact.h"

#include <string.h>

/* ---- 128 and 256 bits ---- */

#define INT128_LIMIT ((uint128)1 << 127) /* magnitude of the smallest int128 */

static uint128 magnitude(int128 v)
{
    return v < 0 ? -(uint128)v : (uint128)v;
}

static bool with_sign(bool negative, uint128 size, int128 *out)
{
    if (size > INT128_LIMIT - !negative)
        return false;
    *out = (int128)(negative ? -size : size);
    return true;
}

typedef struct wide {
    uint128 high, low;
} wide;

static wide wide_multiply(uint128 a, uint128 b)
{
    uint64_t a1 = (uint64_t)(a >> 64), a0 = (uint64_t)a;
    uint64_t b1 = (uint64_t)(b >> 64), b0 = (uint64_t)b;
    uint128 low = (uint128)a0 * b0;
    uint128 left = (uint128)a1 * b0 + (low >> 64);
    uint128 right = (uint128)a0 * b1 + (uint64_t)left;
    wide product = {(uint128)a1 * b1 + (left >> 64) + (right >> 64), right << 64 | (uint64_t)low};
    return product;
}

static wide wide_add(wide a, wide b)
{
    wide sum = {a.high + b.high, a.low + b.low};
    sum.high += sum.low < b.low;
    return sum;
}

static wide wide_subtract(wide a, wide b)
{
    wide difference = {a.high - b.high - (a.low < b.low), a.low - b.low};
    return difference;
}

static int wide_compare(wide a, wide b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return a.low < b.low ? -1 : a.low > b.low;
}

/* Long division in base 2. Rare enough to be simple; d < 2^127. */
static wide wide_divide(wide a, uint128 d, uint128 *rest)
{
    wide quotient = {0, 0};
    if (a.high == 0) {
        quotient.low = a.low / d;
        *rest = a.low % d;
        return quotient;
    }
    uint128 r = a.high % d;
    quotient.high = a.high / d;
    for (int bit = 127; bit >= 0; bit--) {
        r = r << 1 | (a.low >> bit & 1);
        if (r >= d) {
            r -= d;
            quotient.low |= (uint128)1 << bit;
        }
    }
    *rest = r;
    return quotient;
}

static bool multiply_checked(uint128 a, uint128 b, uint128 *out)
{
    if ((a | b) >> 64 == 0) {
        *out = a * b;
        return true;
    }
    wide product = wide_multiply(a, b);
    *out = product.low;
    return product.high == 0;
}

static bool multiply_signed(int128 a, int128 b, int128 *out)
{
    uint128 size;
    return multiply_checked(magnitude(a), magnitude(b), &size) && with_sign((a < 0) != (b < 0), size, out);
}

static int trailing_zeros(uint128 v) /* v > 0 */
{
    uint64_t low = (uint64_t)v;
    return low ? __builtin_ctzll(low) : 64 + __builtin_ctzll((uint64_t)(v >> 64));
}

static uint64_t gcd64(uint64_t a, uint64_t b) /* both > 0 */
{
    int twos = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    while (b) {
        b >>= __builtin_ctzll(b);
        uint64_t smaller = a < b ? a : b;
        b = a < b ? b - a : a - b;
        a = smaller;
    }
    return a << twos;
}

static uint128 gcd128(uint128 a, uint128 b)
{
    if (a == 0 || b == 0)
        return a | b;
    int twos = trailing_zeros(a | b);
    a >>= trailing_zeros(a);
    b >>= trailing_zeros(b);
    while (a != b) {
        if ((a | b) >> 64 == 0)
            return (uint128)gcd64((uint64_t)a, (uint64_t)b) << twos;
        if (a > b) {
            a -= b;
            a >>= trailing_zeros(a);
        } else {
            b -= a;
            b >>= trailing_zeros(b);
        }
    }
    return a << twos;
}

/* ---- fractions ---- */

static inline bool is_small(fraction f)
{
    return f.num == (int64_t)f.num && f.den == (int64_t)f.den;
}

fraction fraction_from_decimal(decimal d)
{
    return fraction_of(d.coeff, power_of_ten(d.scale));
}

fraction fraction_reduce(fraction a)
{
    if (a.num == 0)
        return fraction_of(0, 1);
    if (a.den == 1)
        return a;
    uint128 g = gcd128(magnitude(a.num), (uint128)a.den);
    if (g == 1)
        return a;
    uint128 num = magnitude(a.num) / g;
    a.num = (int128)(a.num < 0 ? -num : num);
    a.den = (int128)((uint128)a.den / g);
    return a;
}

int fraction_sign(fraction a)
{
    return a.num < 0 ? -1 : a.num > 0;
}

int fraction_compare_unlike(fraction a, fraction b)
{
    if (is_small(a) && is_small(b)) {
        int128 left = a.num * b.den, right = b.num * a.den;
        return left < right ? -1 : left > right;
    }
    int sign = fraction_sign(a);
    if (sign != fraction_sign(b))
        return sign < fraction_sign(b) ? -1 : 1;
    int larger =
        wide_compare(wide_multiply(magnitude(a.num), (uint128)b.den), wide_multiply(magnitude(b.num), (uint128)a.den));
    return sign * larger;
}

static bool add_unreduced(fraction a, fraction b, fraction *out)
{
    fraction sum;
    if (a.den == b.den) {
        sum.den = a.den;
        if (__builtin_add_overflow(a.num, b.num, &sum.num))
            return false;
    } else {
        int128 left, right;
        if (!multiply_signed(a.num, b.den, &left) || !multiply_signed(b.num, a.den, &right) ||
            __builtin_add_overflow(left, right, &sum.num) || !multiply_signed(a.den, b.den, &sum.den))
            return false;
    }
    *out = sum;
    return true;
}

/* a + b, or a - b, in lowest terms (Knuth, Seminumerical Algorithms 4.5.1): the numerator may need 255 bits before
 * the last common divisor is taken out. */
static bool add_exact(fraction a, fraction b, bool minus, fraction *out)
{
    a = fraction_reduce(a);
    b = fraction_reduce(b);
    uint128 common = gcd128((uint128)a.den, (uint128)b.den);
    uint128 a_part = (uint128)a.den / common, b_part = (uint128)b.den / common, rest;
    wide left = wide_multiply(magnitude(a.num), b_part), right = wide_multiply(magnitude(b.num), a_part), total;
    bool a_negative = a.num < 0, b_negative = (b.num < 0) != minus, negative = a_negative;
    if (a_negative == b_negative) {
        total = wide_add(left, right);
    } else if (wide_compare(left, right) >= 0) {
        total = wide_subtract(left, right);
    } else {
        total = wide_subtract(right, left);
        negative = b_negative;
    }
    if (total.high == 0 && total.low == 0) {
        *out = fraction_of(0, 1);
        return true;
    }
    wide_divide(total, common, &rest);
    uint128 last = gcd128(rest, common), den;
    total = wide_divide(total, last, &rest);
    return total.high == 0 && multiply_checked(a_part, (uint128)b.den / last, &den) &&
           with_sign(negative, total.low, &out->num) && with_sign(false, den, &out->den);
}

bool fraction_add_unlike(fraction a, fraction b, fraction *out)
{
    if (is_small(a) && is_small(b)) {
        int64_t a_den = (int64_t)a.den, b_den = (int64_t)b.den;
        if (a_den % b_den == 0) { /* keeps the denominators of long sums small */
            out->num = a.num + b.num * (a_den / b_den);
            out->den = a_den;
        } else {
            out->num = a.num * b_den + b.num * a_den;
            out->den = (int128)a_den * b_den;
        }
        return true;
    }
    return add_unreduced(a, b, out) || add_exact(a, b, false, out);
}

bool fraction_subtract_unlike(fraction a, fraction b, fraction *out)
{
    if (magnitude(b.num) == INT128_LIMIT)
        return add_exact(a, b, true, out);
    b.num = -b.num;
    return fraction_add(a, b, out);
}

/* (n1 * n2) / (d1 * d2). Without common divisors between any n and any d the products are in lowest terms. */
static bool quotient_of_products(bool negative, uint128 n1, uint128 n2, uint128 d1, uint128 d2, fraction *out)
{
    uint128 *above[2] = {&n1, &n2}, *below[2] = {&d1, &d2};
    uint128 num, den;
    if (n1 == 0 || n2 == 0) {
        *out = fraction_of(0, 1);
        return true;
    }
    if (!multiply_checked(n1, n2, &num) || !multiply_checked(d1, d2, &den) || num >= INT128_LIMIT ||
        den >= INT128_LIMIT) {
        for (int i = 0; i < 4; i++) {
            uint128 *n = above[i / 2], *d = below[i % 2], g = gcd128(*n, *d);
            *n /= g;
            *d /= g;
        }
        if (!multiply_checked(n1, n2, &num) || !multiply_checked(d1, d2, &den))
            return false;
    }
    fraction result;
    if (!with_sign(negative, num, &result.num) || !with_sign(false, den, &result.den))
        return false;
    *out = result;
    return true;
}

bool fraction_multiply(fraction a, fraction b, fraction *out)
{
    if (is_small(a) && is_small(b)) {
        out->num = a.num * b.num;
        out->den = a.den * b.den;
        return true;
    }
    return quotient_of_products((a.num < 0) != (b.num < 0), magnitude(a.num), magnitude(b.num), (uint128)a.den,
                                (uint128)b.den, out);
}

bool fraction_divide(fraction a, fraction b, fraction *out)
{
    if (b.num == 0)
        return false;
    if (is_small(a) && is_small(b)) {
        fraction quotient = {a.num * b.den, a.den * b.num};
        out->num = b.num < 0 ? -quotient.num : quotient.num;
        out->den = b.num < 0 ? -quotient.den : quotient.den;
        return true;
    }
    return quotient_of_products((a.num < 0) != (b.num < 0), magnitude(a.num), (uint128)b.den, (uint128)a.den,
                                magnitude(b.num), out);
}

/* ---- rounding ---- */

/* Whether the quotient goes one further from zero; half says how the rest compares with half the divisor. */
static bool rounds_away(rounding_mode mode, bool odd, bool exact, int half)
{
    switch (mode) {
    case ROUND_HALF_UP:
        return half >= 0;
    case ROUND_HALF_EVEN:
        return half > 0 || (half == 0 && odd);
    case ROUND_UP:
        return !exact;
    case ROUND_DOWN:
    case ROUND_MODE_COUNT:
        break;
    }
    return false;
}

static uint64_t divide_small(uint64_t n, uint64_t d, rounding_mode mode)
{
    uint64_t q = n / d, rest = n % d, lack = d - rest;
    return q + rounds_away(mode, q & 1, rest == 0, (rest > lack) - (rest < lack));
}

static uint128 divide_medium(uint128 n, uint128 d, rounding_mode mode)
{
    uint128 q = n / d, rest = n % d, lack = d - rest;
    return q + rounds_away(mode, q & 1, rest == 0, (rest > lack) - (rest < lack));
}

/* n * power / (d * coeff), one divisor after the other: the quotient of the quotient, and both rests put together. */
static bool divide_large(uint128 n, uint64_t power, uint128 d, uint64_t coeff, rounding_mode mode, uint128 *out)
{
    uint128 inner, outer;
    wide q = wide_divide(wide_multiply(n, power), d, &inner);
    q = wide_divide(q, coeff, &outer);
    wide rest = wide_add(wide_multiply(outer, d), (wide){0, inner});
    wide lack = wide_subtract(wide_multiply(d, coeff), rest);
    if (q.high)
        return false;
    *out = q.low + rounds_away(mode, q.low & 1, inner == 0 && outer == 0, wide_compare(rest, lack));
    return *out != 0 || q.low == 0;
}

bool fraction_round_units(fraction a, rounding r, int128 *units)
{
    if (r.unit.coeff <= 0 || r.unit.scale < 0 || r.unit.scale > DECIMAL_MAX_SCALE)
        return false;
    uint128 n = magnitude(a.num), d = (uint128)a.den, result;
    uint64_t power = (uint64_t)power_of_ten(r.unit.scale), coeff = (uint64_t)r.unit.coeff;
    if ((n | d) >> 64) {
        if (!divide_large(n, power, d, coeff, r.mode, &result))
            return false;
    } else {
        n *= power;
        d *= coeff;
        result = (n | d) >> 64 ? divide_medium(n, d, r.mode) : divide_small((uint64_t)n, (uint64_t)d, r.mode);
    }
    return with_sign(a.num < 0, result, units);
}

bool fraction_round(fraction a, rounding r, fraction *out)
{
    int128 units;
    return fraction_round_units(a, r, &units) &&
           quotient_of_products(units < 0, magnitude(units), (uint128)r.unit.coeff, (uint128)power_of_ten(r.unit.scale),
                                1, out);
}

/* ---- for people ---- */

/* Takes every factor out of v and returns how many there were, looking for at most `most` of them. */
static int take_out(uint128 *v, unsigned factor, int most)
{
    int times = 0;
    for (; times < most && *v % factor == 0; times++)
        *v /= factor;
    return times;
}

bool fraction_as_decimal(fraction a, int places, int128 *coeff, int *scale)
{
    a = fraction_reduce(a);
    uint128 rest = (uint128)a.den;
    int twos = rest == 1 ? 0 : take_out(&rest, 2, places), fives = rest == 1 ? 0 : take_out(&rest, 5, places);
    if (rest != 1)
        return false;
    int needed = twos > fives ? twos : fives;
    if (!multiply_signed(a.num, power_of_ten(needed) / a.den, coeff))
        return false;
    *scale = needed;
    return true;
}

/* "84.333333… (253/3)": digits are cut, not rounded, for the ellipsis says that they go on. */
static size_t print_endless(fraction a, char out[192])
{
    enum { PLACES = 6 };
    char behind[64];
    uint128 size = magnitude(a.num), d = (uint128)a.den, rest;
    wide part = wide_divide(wide_multiply(size % d, (uint128)power_of_ten(PLACES)), d, &rest);
    size_t length = 0;
    if (a.num < 0)
        out[length++] = '-';
    length += decimal_print((int128)(size / d), 0, out + length); /* d is 2 at least: it fits */
    decimal_print((int128)part.low, PLACES, behind);              /* "0.333333" */
    memcpy(out + length, behind + 1, PLACES + 1);
    length += PLACES + 1;
    memcpy(out + length, "\xE2\x80\xA6 (", 5);
    length += 5;
    length += decimal_print(a.num, 0, out + length);
    out[length++] = '/';
    length += decimal_print(a.den, 0, out + length);
    out[length++] = ')';
    return length;
}

size_t fraction_print(fraction a, char *out, size_t size)
{
    char whole[192];
    int128 coeff;
    int scale;
    a = fraction_reduce(a);
    size_t length = fraction_as_decimal(a, DECIMAL_MAX_SCALE, &coeff, &scale) ? decimal_print(coeff, scale, whole)
                                                                              : print_endless(a, whole);
    if (size == 0)
        return 0;
    if (length > size - 1) {
        length = size - 1;
        while (length > 0 && ((unsigned char)whole[length] & 0xC0) == 0x80) /* never half a character */
            length--;
    }
    memcpy(out, whole, length);
    out[length] = '\0';
    return length;
}
