/* calendar: which days are working days: Monday to Friday, but for public holidays, and make-up working days. Known for
 * whole years, from a data file; outside them nobody can say. */
#ifndef ASSESS_BASE_CALENDAR_H
#define ASSESS_BASE_CALENDAR_H

#include "base/date.h"
#include "base/message.h"

typedef struct calendar {
    date first, last;  /* the days it covers, whole years */
    uint32_t *through; /* [last - first + 1]: working days from the first day up to that one */
    date *working;     /* [through[last - first]]: the working days, in order */
} calendar;

/* Reads a file of lines date,kind,name, kind holiday or workday, in the order of the days; lines that begin with # say
 * something to people. A year is covered when its 1 January is named. False: *wrong and *line say why, or there is no
 * memory (MSG_no_memory). The arrays belong to the arena, the message's texts to `bytes` and the arena. */
bool calendar_read(text bytes, arena *memory, calendar *out, message *wrong, uint32_t *line);

static inline bool calendar_covers(const calendar *c, date d) { return d >= c->first && d <= c->last; }

/* Working days after `from`, up to `to`; 0 when it is not later. Both days must be covered. */
int32_t calendar_count(const calendar *c, date from, date to);
/* Working days from `from` to `to`, both included and covered; 0 when to is earlier. */
int32_t calendar_count_within(const calendar *c, date_span span);
/* The n-th working day after `from`, or before it when n < 0; the day itself for 0. False: not covered, then *out is a day
 * of the year that is missing. */
bool calendar_step(const calendar *c, date from, int64_t n, date *out);

#endif
