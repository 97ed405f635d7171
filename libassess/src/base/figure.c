/* figure.c: see figure.h. */
#include "base/figure.h"

void buffer_add_decimal(buffer *b, decimal d)
{
    char digits[64];
    buffer_add(b, digits, decimal_print(d.coeff, d.scale, digits));
}

void buffer_add_fraction(buffer *b, fraction f)
{
    char digits[160];
    buffer_add(b, digits, fraction_print(f, digits, sizeof digits));
}

void buffer_add_percent(buffer *b, fraction rate)
{
    fraction percent;
    bool fits = fraction_multiply(rate, fraction_of(100, 1), &percent);
    buffer_add_fraction(b, fits ? percent : rate);
    if (fits)
        buffer_add_char(b, '%');
}

void buffer_add_date(buffer *b, date d)
{
    char digits[16];
    buffer_add(b, digits, date_print(d, digits));
}

void buffer_add_minute(buffer *b, int64_t minute)
{
    char digits[24];
    buffer_add(b, digits, minute_print(minute, digits));
}
