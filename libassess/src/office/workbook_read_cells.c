/* Numbers are decimal text from end to end: no binary floating point, so 0.30000000000000004 becomes the 0.3 that the sheet
 * shows by counting digits. */
#include "office/workbook_read.h"

#include <string.h>

#include "base/date.h"
#include "base/exact.h"

enum { KEPT_DIGITS = sizeof ((cell_number *)0)->digits };

/* ---- a number as written in the file ---- */

typedef struct scan {
    cell_number number;
    int round_up;       /* the first digit beyond those kept is 5 or more */
    bool any, over;     /* a digit was there; one beyond those kept was */
} scan;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void take_digit(scan *s, char c, bool behind_point)
{
    cell_number *n = &s->number;
    s->any = true;
    if (n->count == 0 && c == '0') {
        n->point -= behind_point;
        return;
    }
    n->point += !behind_point;
    if (n->count < KEPT_DIGITS) {
        n->digits[n->count++] = c;
    } else if (!s->over) {
        s->over = true;
        s->round_up = c >= '5';
    }
}

/* [E][+-]digits up to the end. */
static bool take_exponent(text t, size_t at, int *out)
{
    enum { LARGEST = 9999 };
    bool negative = at < t.length && t.bytes[at] == '-';
    int value = 0;
    at += at < t.length && (t.bytes[at] == '-' || t.bytes[at] == '+');
    if (at >= t.length)
        return false;
    for (; at < t.length; at++) {
        if (!is_digit(t.bytes[at]) || value > LARGEST)
            return false;
        value = value * 10 + (t.bytes[at] - '0');
    }
    *out = negative ? -value : value;
    return true;
}

static void round_digits(scan *s)
{
    cell_number *n = &s->number;
    int at = n->count;
    if (!s->round_up)
        return;
    while (at > 0 && n->digits[at - 1] == '9')
        at--;
    n->count = at;
    if (at > 0) {
        n->digits[at - 1]++;
        return;
    }
    n->digits[0] = '1';
    n->count = 1;
    n->point++;
}

static void drop_zeros(cell_number *n)
{
    while (n->count > 0 && n->digits[n->count - 1] == '0')
        n->count--;
    if (n->count == 0)
        *n = (cell_number){.point = 0};
}

bool number_of_cell(text t, cell_number *out)
{
    scan s = {.number = {.negative = t.length > 0 && t.bytes[0] == '-'}};
    size_t at = t.length > 0 && (t.bytes[0] == '-' || t.bytes[0] == '+');
    bool behind_point = false;
    int exponent = 0;
    for (; at < t.length && (is_digit(t.bytes[at]) || (t.bytes[at] == '.' && !behind_point)); at++) {
        if (t.bytes[at] == '.')
            behind_point = true;
        else
            take_digit(&s, t.bytes[at], behind_point);
    }
    if (!s.any)
        return false;
    if (at < t.length && ((t.bytes[at] != 'e' && t.bytes[at] != 'E') || !take_exponent(t, at + 1, &exponent)))
        return false;
    round_digits(&s);
    s.number.point += exponent;
    drop_zeros(&s.number);
    *out = s.number;
    return true;
}

/* ---- as text ---- */

static void add_zeros(buffer *out, int count)
{
    for (; count > 0; count--)
        buffer_add_char(out, '0');
}

static void add_whole(buffer *out, const cell_number *n)
{
    int whole = n->count < n->point ? n->count : n->point;
    if (n->point <= 0) {
        buffer_add_char(out, '0');
        return;
    }
    buffer_add(out, n->digits, (size_t)whole);
    add_zeros(out, n->point - whole);
}

static void add_plain(buffer *out, const cell_number *n)
{
    int whole = n->point > 0 ? n->point : 0;
    if (n->negative)
        buffer_add_char(out, '-');
    add_whole(out, n);
    if (n->count <= whole)
        return;
    buffer_add_char(out, '.');
    add_zeros(out, -n->point);
    buffer_add(out, n->digits + whole, (size_t)(n->count - whole));
}

static void add_percentage(buffer *out, cell_number n)
{
    n.point += n.count > 0 ? 2 : 0;
    add_plain(out, &n);
    buffer_add_char(out, '%');
}

static bool is_whole(const cell_number *n)
{
    return n->count <= (n->point > 0 ? n->point : 0);
}

static void add_padded(buffer *out, const cell_number *n, const cell_format *format)
{
    int digits = n->point > 0 ? n->point : 1;
    if (n->negative || !is_whole(n)) {
        add_plain(out, n);
        return;
    }
    buffer_add_string(out, format->prefix);
    add_zeros(out, format->zeros - digits);
    add_whole(out, n);
}

/* ---- days and times ---- */

enum { SECONDS_OF_DAY = 86400, LAST_SERIAL = 2958465 };

typedef struct moment {
    int64_t day;     /* as the workbook counts */
    int32_t seconds; /* of the day, to the nearest */
} moment;

static bool moment_of(const cell_number *n, moment *out)
{
    enum { LONGEST_DAY = 7, MOST_PLACES = 20 };
    uint128 part = 0, one = 1;
    if (n->negative || n->point > LONGEST_DAY)
        return false;
    *out = (moment){0, 0};
    for (int i = 0; i < n->point; i++)
        out->day = out->day * 10 + (i < n->count ? n->digits[i] - '0' : 0);
    for (int i = n->point; i < n->count && i - n->point < MOST_PLACES && n->point > -MOST_PLACES + KEPT_DIGITS; i++) {
        part = part * 10 + (i < 0 ? 0u : (unsigned)(n->digits[i] - '0'));
        one *= 10;
    }
    out->seconds = (int32_t)((part * SECONDS_OF_DAY + one / 2) / one);
    out->day += out->seconds / SECONDS_OF_DAY;
    out->seconds %= SECONDS_OF_DAY;
    return true;
}

/* Excel counts from 1900-01-01 = 1 and takes that year for a leap year: number 60 is a day that never was. */
static bool day_of(int64_t serial, bool from_1904, date *out)
{
    enum { LEAP_BUG = 60, EPOCH_1904 = 24107, EPOCH_BEFORE = 25568, EPOCH = 25569, DAYS_TO_1904 = 1462 };
    if (from_1904) {
        *out = (date)(serial - EPOCH_1904);
        return serial >= 0 && serial <= LAST_SERIAL - DAYS_TO_1904;
    }
    *out = (date)(serial - (serial < LEAP_BUG ? EPOCH_BEFORE : EPOCH));
    return serial > 0 && serial != LEAP_BUG && serial <= LAST_SERIAL;
}

static void add_two(buffer *out, int64_t number)
{
    if (number < 10)
        buffer_add_char(out, '0');
    buffer_add_integer(out, number);
}

/* 14:05, with the seconds where there are some. */
static void add_time(buffer *out, int64_t hours, int32_t seconds)
{
    add_two(out, hours);
    buffer_add_char(out, ':');
    add_two(out, seconds / 60 % 60);
    if (seconds % 60 == 0)
        return;
    buffer_add_char(out, ':');
    add_two(out, seconds % 60);
}

static void add_day(buffer *out, date d)
{
    char shown[16];
    buffer_add(out, shown, date_print(d, shown));
}

static bool add_moment(buffer *out, const cell_number *n, format_kind kind, bool from_1904)
{
    moment m;
    date d;
    if (!moment_of(n, &m))
        return false;
    if (kind == FORMAT_TIME || kind == FORMAT_ELAPSED) {
        add_time(out, (kind == FORMAT_ELAPSED ? m.day * 24 : 0) + m.seconds / 3600, m.seconds);
        return true;
    }
    if (!day_of(m.day, from_1904, &d))
        return false;
    add_day(out, d);
    if (kind == FORMAT_MINUTE) {
        buffer_add_char(out, ' ');
        add_time(out, m.seconds / 3600, m.seconds);
    }
    return true;
}

assess_cell_remark add_number(buffer *out, text written, const cell_format *format, bool from_1904)
{
    enum { SMALLEST = -30 };
    cell_number n = {.point = 0};
    if (!number_of_cell(written, &n) || n.point < SMALLEST || n.point > KEPT_DIGITS) {
        buffer_add_text(out, written);
        return n.point > KEPT_DIGITS ? ASSESS_CELL_DIGITS_LOST : ASSESS_CELL_REMARK_COUNT;
    }
    switch ((format_kind)format->kind) {
    case FORMAT_PLAIN:
        add_plain(out, &n);
        break;
    case FORMAT_PERCENT:
        add_percentage(out, n);
        break;
    case FORMAT_ZEROS:
        add_padded(out, &n, format);
        break;
    default:
        if (add_moment(out, &n, (format_kind)format->kind, from_1904))
            break;
        add_plain(out, &n);
        return ASSESS_CELL_NO_DAY;
    }
    return ASSESS_CELL_REMARK_COUNT;
}

/* 2026-03-04T14:05:00.000Z: as the format shows it, the day alone or the time too. */
void add_iso_day(buffer *out, text written, const cell_format *format)
{
    enum { DAY = 10, TO_MINUTE = 16, TO_SECOND = 19 };
    if (written.length < TO_MINUTE || written.bytes[DAY] != 'T') {
        buffer_add_text(out, written);
        return;
    }
    bool seconds = written.length >= TO_SECOND && memcmp(written.bytes + TO_MINUTE, ":00", 3) != 0;
    buffer_add(out, written.bytes, DAY);
    if (format->kind == FORMAT_DAY)
        return;
    buffer_add_char(out, ' ');
    buffer_add(out, written.bytes + DAY + 1, (seconds ? TO_SECOND : TO_MINUTE) - DAY - 1);
}
