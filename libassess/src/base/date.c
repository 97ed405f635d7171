/* date: the arithmetic of the proleptic Gregorian calendar. Years are counted from March, so that the leap day is
 * the last one and the lengths of the months follow one formula (400 years = 146097 days). */
#include "base/date.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_OF_ERA = 146097, YEARS_OF_ERA = 400, EPOCH_FROM_MARCH_0 = 719468 };

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int64_t year, int month)
{
    static const signed char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return (a >= 0 ? a : a - b + 1) / b;
}

static int64_t days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = floor_divide(year, YEARS_OF_ERA), year_of_era = year - era * YEARS_OF_ERA;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_OF_ERA + day_of_era - EPOCH_FROM_MARCH_0;
}

static void civil_from_days(int64_t days, int *year, int *month, int *day)
{
    days += EPOCH_FROM_MARCH_0;
    int64_t era = floor_divide(days, DAYS_OF_ERA), day_of_era = days - era * DAYS_OF_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int)(from_march + (from_march < 10 ? 3 : -9));
    *year = (int)(year_of_era + era * YEARS_OF_ERA + (*month <= 2));
}

bool date_make(int year, int month, int day, date *out)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_length(year, month))
        return false;
    *out = (date)days_from_civil(year, month, day);
    return true;
}

void date_split(date d, int *year, int *month, int *day)
{
    civil_from_days(d, year, month, day);
}

/* ---- reading ---- */

enum { YEAR_SIGN = 1, MONTH_SIGN = 2, DAY_SIGN = 3, FOLDED_MAX = 40 };

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* One byte for the character at `in` and how long that was; 0 when it has no place in a date. */
static size_t fold_character(const unsigned char *in, size_t left, char *out)
{
    static const struct {
        char bytes[4], folded;
    } words[] = {
        {"\xE5\xB9\xB4", YEAR_SIGN}, {"\xE6\x9C\x88", MONTH_SIGN}, {"\xE6\x97\xA5", DAY_SIGN}, {"\xE3\x80\x80", ' '}};
    if (in[0] < 0x80) {
        *out = (char)in[0];
        return in[0] >= ' ' || is_blank(*out) ? 1 : 0;
    }
    if (left >= 2 && memcmp(in, "\xC2\xA0", 2) == 0) { /* no-break space */
        *out = ' ';
        return 2;
    }
    if (left < 3)
        return 0;
    if (in[0] == 0xEF && in[1] == 0xBC && in[2] >= 0x81 && in[2] <= 0xBF) { /* U+FF01.. stands for '!'.. */
        *out = (char)(in[2] - 0x81 + '!');
        return 3;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (memcmp(in, words[i].bytes, 3) == 0) {
            *out = words[i].folded;
            return 3;
        }
    }
    return 0;
}

/* The text without blanks around it, full-width forms and 年月日 as single bytes. */
static bool fold(const char *text, size_t length, char out[FOLDED_MAX], cursor *folded)
{
    size_t count = 0;
    for (size_t at = 0; at < length;) {
        char c;
        size_t step = fold_character((const unsigned char *)text + at, length - at, &c);
        at += step;
        if (step == 0)
            return false;
        if (count == 0 && is_blank(c))
            continue;
        if (count == FOLDED_MAX) {
            if (!is_blank(c))
                return false;
            continue;
        }
        out[count++] = c;
    }
    while (count > 0 && is_blank(out[count - 1]))
        count--;
    folded->at = out;
    folded->end = out + count;
    return true;
}

static bool take(cursor *c, char wanted)
{
    if (c->at == c->end || *c->at != wanted)
        return false;
    c->at++;
    return true;
}

static bool take_number(cursor *c, int least, int most, int *out)
{
    int digits = 0, value = 0;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9' && digits < most) {
        value = value * 10 + (*c->at++ - '0');
        digits++;
    }
    *out = value;
    return digits >= least;
}

/* Behind the date: 14:05, 14:05:00. */
static bool take_time(cursor *c, int *hour, int *minute)
{
    int second = 0;
    if (!take(c, ' ') && !take(c, 'T'))
        return false;
    while (take(c, ' '))
        ;
    if (!take_number(c, 1, 2, hour) || !take(c, ':') || !take_number(c, 2, 2, minute))
        return false;
    if (take(c, ':') && !take_number(c, 2, 2, &second))
        return false;
    return c->at == c->end && second == 0;
}

/* Behind the date: nothing, or the midnight that spreadsheets write (0:00, 00:00:00). */
static bool take_midnight(cursor *c)
{
    int hour, minute;
    return c->at == c->end || (take_time(c, &hour, &minute) && hour == 0 && minute == 0);
}

static bool take_date(cursor *c, int *year, int *month, int *day)
{
    static const char separators[][2] = {{'-', '-'}, {'/', '/'}, {'.', '.'}, {YEAR_SIGN, MONTH_SIGN}};
    if (!take_number(c, 4, 4, year))
        return false;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (take(c, separators[i][0]))
            return take_number(c, 1, 2, month) && take(c, separators[i][1]) && take_number(c, 1, 2, day) &&
                   (separators[i][0] != YEAR_SIGN || take(c, DAY_SIGN));
    }
    return false;
}

/* The number that `digits` bytes are; -1: not all of them are digits. */
static int digits_at(const char *text, size_t digits)
{
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/* 2026-03-04: what nearly all cells are, read without being folded. False says nothing about other forms. */
static bool read_iso_date(const char *text, int *year, int *month, int *day)
{
    *year = digits_at(text, 4);
    *month = digits_at(text + 5, 2);
    *day = digits_at(text + 8, 2);
    return text[4] == '-' && text[7] == '-' && *year >= 0 && *month >= 0 && *day >= 0;
}

/* 2026-03-04 08:30 */
static bool read_iso_minute(const char *text, int *year, int *month, int *day, int *hour, int *minute)
{
    *hour = digits_at(text + 11, 2);
    *minute = digits_at(text + 14, 2);
    return text[10] == ' ' && text[13] == ':' && *hour >= 0 && *minute >= 0 && read_iso_date(text, year, month, day);
}

enum { ISO_DATE = 10, ISO_MINUTE = 16 };

static bool read_date(const char *text, size_t length, int *year, int *month, int *day)
{
    char folded[FOLDED_MAX];
    cursor c;
    if (length == ISO_DATE && read_iso_date(text, year, month, day))
        return true;
    return fold(text, length, folded, &c) && take_date(&c, year, month, day) && take_midnight(&c);
}

static bool read_minute(const char *text, size_t length, int *year, int *month, int *day, int *hour, int *minute)
{
    char folded[FOLDED_MAX];
    cursor c;
    if (length == ISO_MINUTE && read_iso_minute(text, year, month, day, hour, minute))
        return true;
    return fold(text, length, folded, &c) && take_date(&c, year, month, day) && take_time(&c, hour, minute);
}

date_error date_parse(const char *text, size_t length, date *out)
{
    int year, month, day;
    if (!read_date(text, length, &year, &month, &day))
        return DATE_NOT_A_DATE;
    return date_make(year, month, day, out) ? DATE_OK : DATE_DOES_NOT_EXIST;
}

enum { HOUR = 60, DAY_MINUTES = 24 * HOUR };

date_error minute_parse(const char *text, size_t length, int64_t *out)
{
    int year, month, day, hour, minute;
    date d;
    if (!read_minute(text, length, &year, &month, &day, &hour, &minute))
        return DATE_NOT_A_DATE;
    if (!date_make(year, month, day, &d) || hour > 23 || minute > 59)
        return DATE_DOES_NOT_EXIST;
    *out = (int64_t)d * DAY_MINUTES + hour * HOUR + minute;
    return DATE_OK;
}

size_t date_print(date d, char out[16])
{
    int year, month, day;
    size_t length = 0;
    out[0] = '\0';
    if (d == DATE_NONE)
        return 0;
    date_split(d, &year, &month, &day);
    if (year < 0)
        out[length++] = '-';
    int rest = year < 0 ? -year : year, power = 1000;
    while (rest / power >= 10)
        power *= 10;
    for (; power > 0; power /= 10)
        out[length++] = (char)('0' + rest / power % 10);
    const int parts[2] = {month, day};
    for (int i = 0; i < 2; i++) {
        out[length++] = '-';
        out[length++] = (char)('0' + parts[i] / 10);
        out[length++] = (char)('0' + parts[i] % 10);
    }
    out[length] = '\0';
    return length;
}

size_t minute_print(int64_t minute, char out[24])
{
    enum { DAY = 24 * 60 };
    int in_day = (int)((minute % DAY + DAY) % DAY);
    size_t length = date_print((date)((minute - in_day) / DAY), out);
    const char clock[] = {' ', (char)('0' + in_day / 600), (char)('0' + in_day / 60 % 10), ':', (char)('0' + in_day % 60 / 10), (char)('0' + in_day % 10), 0};
    for (size_t i = 0; i < sizeof clock; i++)
        out[length + i] = clock[i];
    return length + sizeof clock - 1;
}

/* ---- months ---- */

static int64_t add_months(int64_t from, int64_t months)
{
    int year, month, day;
    civil_from_days(from, &year, &month, &day);
    int64_t total = (int64_t)year * 12 + (month - 1) + months;
    int64_t to_year = floor_divide(total, 12);
    int to_month = (int)(total - to_year * 12) + 1, last = month_length(to_year, to_month);
    return days_from_civil(to_year, to_month, day < last ? day : last);
}

date date_add_months(date d, int months)
{
    if (d == DATE_NONE)
        return DATE_NONE;
    int64_t result = add_months(d, months);
    if (result > INT32_MAX)
        return INT32_MAX;
    return result <= DATE_NONE ? DATE_NONE + 1 : (date)result;
}

month_span date_span_months(date from, date to)
{
    month_span span = {0, 0};
    int year, month, day, end_year, end_month;
    int64_t end = (int64_t)to + 1;
    if (from > to)
        return span;
    civil_from_days(from, &year, &month, &day);
    civil_from_days(end, &end_year, &end_month, &day);
    /* This many months later lies in the month of `end`: one month more is behind it, one month less is not. */
    int64_t months = ((int64_t)end_year - year) * 12 + (end_month - month);
    if (add_months(from, months) > end)
        months--;
    span.months = (int32_t)months;
    span.days = (int32_t)(end - add_months(from, months));
    return span;
}

/* ---- spans ---- */

static int span_compare(const void *left, const void *right)
{
    const date_span *a = left, *b = right;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

static size_t spans_cut(date_span *spans, size_t count, date_span within)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        date_span s = spans[i];
        s.from = s.from > within.from ? s.from : within.from;
        s.to = s.to < within.to ? s.to : within.to;
        if (s.from <= s.to)
            spans[kept++] = s;
    }
    return kept;
}

size_t date_spans_unite(date_span *spans, size_t count, date_span within)
{
    count = spans_cut(spans, count, within);
    if (count < 2)
        return count;
    qsort(spans, count, sizeof *spans, span_compare);
    size_t last = 0;
    for (size_t i = 1; i < count; i++) {
        if ((int64_t)spans[i].from <= (int64_t)spans[last].to + 1) {
            if (spans[i].to > spans[last].to)
                spans[last].to = spans[i].to;
        } else {
            spans[++last] = spans[i];
        }
    }
    return last + 1;
}

/* ---- periods ---- */

static bool months_of(int year, int first, int count, date_span *out)
{
    date from;
    if (!date_make(year, first, 1, &from))
        return false;
    out->from = from;
    out->to = date_add_months(from, count) - 1;
    return true;
}

/* What follows the year: nothing, -MM, Qn or Hn. */
static bool part_of_year(cursor *c, int year, date_span *out)
{
    int n;
    if (c->at == c->end)
        return months_of(year, 1, 12, out);
    if (take(c, '-'))
        return take_number(c, 2, 2, &n) && c->at == c->end && months_of(year, n, 1, out);
    int length = take(c, 'Q') ? 3 : take(c, 'H') ? 6 : 0;
    if (length == 0 || !take_number(c, 1, 1, &n) || c->at != c->end)
        return false;
    return n >= 1 && n <= 12 / length && months_of(year, (n - 1) * length + 1, length, out);
}

bool period_parse(const char *text, size_t length, date_span *out)
{
    if (length < 4)
        return false;
    for (size_t i = 1; i + 1 < length; i++) {
        if (text[i] == '.' && text[i + 1] == '.') {
            date_span span;
            if (date_parse(text, i, &span.from) || date_parse(text + i + 2, length - i - 2, &span.to) ||
                span.from > span.to)
                return false;
            *out = span;
            return true;
        }
    }
    cursor c = {text, text + length};
    int year;
    return take_number(&c, 4, 4, &year) && part_of_year(&c, year, out);
}
