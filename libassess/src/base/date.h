/* date: civil days of the proleptic Gregorian calendar, months as the regulations count them, and periods.
 * No clock, no time zone, no locale. */
#ifndef ASSESS_BASE_DATE_H
#define ASSESS_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t date; /* days since 1970-01-01 */
#define DATE_NONE INT32_MIN

/* Years 1..9999. False when the day does not exist. */
bool date_make(int year, int month, int day, date *out);
void date_split(date d, int *year, int *month, int *day);

typedef enum date_error { DATE_OK, DATE_NOT_A_DATE, DATE_DOES_NOT_EXIST } date_error;

/* 2026-03-04, 2026/3/4, 2026.3.4, 2026年3月4日; surrounding blanks and full-width digits are folded before. A time of
 * 00:00 or 00:00:00 behind the date is accepted, as spreadsheets write it. */
date_error date_parse(const char *text, size_t length, date *out);
size_t date_print(date d, char out[16]); /* ISO 8601: 2026-03-04; "" for DATE_NONE */

/* A date and the time of the day behind it, to the minute: 2026-03-04 14:05, 2026/3/4 14:05:00. Minutes since 1970-01-01 00:00. */
date_error minute_parse(const char *text, size_t length, int64_t *out);
size_t minute_print(int64_t minute, char out[24]); /* 2026-03-04 14:05 */

/* The same day `months` later, or that month's last day when it has no such day. */
date date_add_months(date d, int months);

/* Length of the span from..to, both days included: the largest number of whole months m such that
 * date_add_months(from, m) is not after the day behind `to`, and the days left over. Needs from <= to. */
typedef struct month_span {
    int32_t months;
    int32_t days;
} month_span;
month_span date_span_months(date from, date to);

typedef struct date_span {
    date from, to; /* both included */
} date_span;

/* Cuts the spans to `within`, drops what lies outside, unites those that overlap or touch, sorts them.
 * Works in place and returns how many are left. */
size_t date_spans_unite(date_span *spans, size_t count, date_span within);

/* 2026, 2026-03, 2026Q1, 2026H1, 2026-01-01..2026-06-30. False when it is none of these. */
bool period_parse(const char *text, size_t length, date_span *out);

#endif
