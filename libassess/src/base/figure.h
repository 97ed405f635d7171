/* figure: numbers, days and times behind what a buffer holds, as people read them. */
#ifndef ASSESS_BASE_FIGURE_H
#define ASSESS_BASE_FIGURE_H

#include "base/date.h"
#include "base/exact.h"
#include "base/text.h"

void buffer_add_decimal(buffer *b, decimal d);     /* 0.50 */
void buffer_add_fraction(buffer *b, fraction f);   /* 84.25, or 84.333333… (253/3) */
void buffer_add_percent(buffer *b, fraction rate);  /* 15%, or the fraction itself where 100 times it does not fit */
void buffer_add_date(buffer *b, date d);           /* 2026-03-04; nothing for DATE_NONE */
void buffer_add_minute(buffer *b, int64_t minute); /* 2026-03-04 14:05 */

#endif
