/* decimal: reading and writing numbers as people write them. */
#include "base/exact.h"

#include <string.h>

int64_t power_of_ten(int exponent)
{
    /* clang-format off */
    static const int64_t powers[] = {
        1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000,
        1000000000000, 10000000000000, 100000000000000, 1000000000000000, 10000000000000000, 100000000000000000,
        1000000000000000000};
    /* clang-format on */
    return powers[exponent];
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_end(const char *text, size_t length, size_t at)
{
    while (at < length && is_digit(text[at]))
        at++;
    return at;
}

/* What stands behind a number: e5, E-400. */
static bool is_exponent(const char *text, size_t length)
{
    if (length < 2 || (text[0] != 'e' && text[0] != 'E'))
        return false;
    size_t at = text[1] == '+' || text[1] == '-' ? 2 : 1;
    return at < length && digits_end(text, length, at) == length;
}

/* The digits of text (and at most one point among them) as a number below 10^15; false when it is longer. */
static bool read_coefficient(const char *text, size_t length, int64_t *out)
{
    int64_t coeff = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '.')
            continue;
        coeff = coeff * 10 + (text[i] - '0');
        if (coeff >= INT64_C(1000000000000000))
            return false;
    }
    *out = coeff;
    return true;
}

decimal_error decimal_parse(const char *text, size_t length, decimal *out)
{
    size_t start = length > 0 && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    size_t point = digits_end(text, length, start), end = point, places = 0;
    if (end < length && text[end] == '.') {
        end = digits_end(text, length, point + 1);
        places = end - point - 1;
        if (places == 0)
            return DECIMAL_NOT_A_NUMBER;
    }
    if (end == start)
        return DECIMAL_NOT_A_NUMBER;
    if (end != length)
        return is_exponent(text + end, length - end) ? DECIMAL_EXPONENT : DECIMAL_NOT_A_NUMBER;
    int64_t coeff;
    if (places > DECIMAL_MAX_SCALE || !read_coefficient(text + start, end - start, &coeff)) {
        for (; places > 0 && text[end - 1] == '0'; places--)
            end--;
        if (places > DECIMAL_MAX_SCALE || !read_coefficient(text + start, end - start, &coeff))
            return DECIMAL_TOO_LONG;
    }
    out->coeff = text[0] == '-' ? -coeff : coeff;
    out->scale = (int)places;
    return DECIMAL_OK;
}

/* A coefficient below 2^53 and a power of ten up to 10^22 are exact doubles and a division is rounded correctly:
 * the quotient is the double that a source text with these digits stands for. */
bool decimal_from_double(double value, decimal *out)
{
    const double limit = 1e15;
    for (int scale = 0; scale <= DECIMAL_MAX_SCALE; scale++) {
        double power = (double)power_of_ten(scale), scaled = value * power;
        if (!(scaled < limit && scaled > -limit)) /* NaN fails too */
            return false;
        int64_t coeff = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        if ((double)coeff / power == value && coeff < (int64_t)limit && coeff > -(int64_t)limit) {
            out->coeff = coeff;
            out->scale = scale;
            return true;
        }
    }
    return false;
}

/* The same with a coefficient below 2^24 and a power of ten up to 10^10. */
bool decimal_from_float(float value, decimal *out)
{
    const double limit = 1e7;
    for (int scale = 0; scale <= DECIMAL_MAX_SCALE; scale++) {
        double power = (double)power_of_ten(scale), scaled = (double)value * power;
        if (!(scaled < limit && scaled > -limit))
            return false;
        int32_t coeff = (int32_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        float quotient = (float)coeff / (float)power;
        if (quotient == value && coeff < (int32_t)limit && coeff > -(int32_t)limit) {
            out->coeff = coeff;
            out->scale = scale;
            return true;
        }
    }
    return false;
}

/* Digits of v, at least `least` of them, written so that they end before `end`; returns where they begin. */
static char *print_digits(uint128 v, int least, char *end)
{
    while (v >> 64) {
        *--end = (char)('0' + (int)(v % 10));
        v /= 10;
        least--;
    }
    for (uint64_t small = (uint64_t)v; small > 0 || least > 0; small /= 10, least--)
        *--end = (char)('0' + (int)(small % 10));
    return end;
}

size_t decimal_print(int128 coeff, int scale, char out[64])
{
    char digits[64], *end = digits + sizeof digits;
    char *start = print_digits(coeff < 0 ? -(uint128)coeff : (uint128)coeff, scale + 1, end);
    size_t length = 0, whole = (size_t)(end - start) - (size_t)scale;
    if (coeff < 0)
        out[length++] = '-';
    memcpy(out + length, start, whole);
    length += whole;
    if (scale > 0) {
        out[length++] = '.';
        memcpy(out + length, start + whole, (size_t)scale);
        length += (size_t)scale;
    }
    out[length] = '\0';
    return length;
}
