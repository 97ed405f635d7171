/* events.c: who is touched by which event, and what a source makes of them. */
#include "engine/run.h"

static void count_entries(const batch *b, uint32_t *start)
{
    for (size_t i = 0; i < b->event_count; i++) {
        const event *e = &b->events[i];
        start[e->subject + 1]++;
        if (e->liable != SUBJECT_NONE && e->liable != e->subject)
            start[e->liable + 1]++;
    }
}

static void place_entries(const batch *b, struct workings *w, uint32_t *next)
{
    for (size_t i = 0; i < b->event_count; i++) {
        const event *e = &b->events[i];
        w->event_entries[next[e->subject]++] = (uint32_t)i;
        if (e->liable != SUBJECT_NONE && e->liable != e->subject)
            w->event_entries[next[e->liable]++] = (uint32_t)i;
    }
}

assess_status index_events(result *r, assess_error *err)
{
    struct workings *w = r->inner;
    const batch *b = r->batch;
    if (!b->event_count)
        return ASSESS_OK;
    w->event_start = mem_zalloc(r->count + 2, sizeof *w->event_start);
    w->event_entries = mem_zalloc(2 * b->event_count, sizeof *w->event_entries);
    uint32_t *next = mem_zalloc(r->count + 2, sizeof *next);
    if (w->event_start && w->event_entries && next) {
        count_entries(b, w->event_start);
        for (size_t s = 0; s < r->count; s++) {
            if (w->event_start[s + 1] > w->most_events)
                w->most_events = w->event_start[s + 1];
            next[s + 1] = w->event_start[s + 1] += w->event_start[s];
        }
        place_entries(b, w, next);
    }
    bool fine = w->event_start && w->event_entries && next;
    mem_free(next);
    return fine ? ASSESS_OK : error_no_memory(err);
}

static bool of_kind(const event_source *s, const event *e) { return s->kinds[e->kind / 64] >> (e->kind % 64) & 1; }

static bool plays_part(const event_source *s, const event *e, uint32_t subject)
{
    switch (s->part) {
    case PART_SUBJECT: return e->subject == subject;
    case PART_LIABLE: return e->liable == subject;
    case PART_EITHER: break;
    }
    return true; /* whoever the event is filed under plays one of the two */
}

date_span engine_window(const plan *p, const event_source *s)
{
    date_span window = p->period;
    if (s->window == WINDOW_SPAN)
        window = s->span;
    else if (s->window == WINDOW_LAST_MONTHS)
        window.from = date_add_months(window.to + 1, -s->months);
    return window;
}

/* The days of an event that has a date, or of its effect. */
static date_span span_of(const event_source *s, const event *e)
{
    return (date_span){e->from, s->lasting ? date_add_months(e->from, s->lasting) - 1 : e->to};
}

/* An event without a date lies in no window. */
static bool in_window(const plan *p, const event_source *s, const event *e)
{
    if (s->window == WINDOW_ANY)
        return true;
    date_span window = engine_window(p, s);
    return e->from != DATE_NONE && e->from <= window.to && span_of(s, e).to >= window.from;
}

/* Both days count, where they are working days. The year of each is covered: check_event_days. */
static int64_t working_days_of(const calendar *c, date_span span)
{
    int32_t first = span.from > c->first ? calendar_count(c, span.from - 1, span.from) : (int32_t)c->through[0];
    return first + calendar_count(c, span.from, span.to);
}

static decimal figure_of(const result *r, const event *e, event_figure f)
{
    decimal none = {CELL_BLANK, 0};
    if (e->from == DATE_NONE && f >= FIGURE_SPAN_DAYS)
        return none;
    switch (f) {
    case FIGURE_POINTS: return e->points;
    case FIGURE_AMOUNT: return e->amount;
    case FIGURE_SPAN_DAYS: return (decimal){e->to - e->from + 1, 0};
    case FIGURE_SPAN_WORKDAYS: return (decimal){working_days_of(r->plan->calendar, (date_span){e->from, e->to}), 0};
    default: return none;
    }
}

static bool within_bound(const result *r, const figure_bound *b, const event *e)
{
    if (b->figure == FIGURE_NONE)
        return true;
    decimal d = figure_of(r, e, b->figure);
    if (d.coeff == CELL_BLANK)
        return false;
    return op_compares(b->comparison, fraction_compare(fraction_from_decimal(d), fraction_from_decimal(b->limit)));
}

static bool counts(const result *r, const event_source *s, const event *e, uint32_t subject)
{
    return of_kind(s, e) && plays_part(s, e, subject) && in_window(r->plan, s, e) && within_bound(r, &s->bound, e);
}

bool engine_event_counts(const result *r, uint32_t source, const event *e, uint32_t subject)
{
    return counts(r, &r->plan->events[source], e, subject);
}

/* A sum of decimals in the scale of the longest so far. */
typedef struct decimal_sum {
    int128 coeff;
    int scale;
    uint32_t count;
} decimal_sum;

static void add_decimal(decimal_sum *sum, decimal d)
{
    if (d.coeff == CELL_BLANK)
        return;
    sum->count++;
    if (d.scale > sum->scale) {
        sum->coeff *= power_of_ten(d.scale - sum->scale);
        sum->scale = d.scale;
    }
    sum->coeff += (int128)d.coeff * power_of_ten(sum->scale - d.scale);
}

/* False: the calendar lacks a year. */
static bool count_workdays(const calendar *c, const date_span *spans, size_t count, fraction *out)
{
    int64_t days = 0;
    for (size_t i = 0; i < count; i++) {
        if (!calendar_covers(c, spans[i].from) || !calendar_covers(c, spans[i].to))
            return false;
        days += calendar_count_within(c, spans[i]);
    }
    *out = fraction_of(days, 1);
    return true;
}

static fraction length_of(const date_span *spans, size_t count, event_reducer reducer)
{
    int64_t months = 0, days = 0;
    for (size_t i = 0; i < count; i++) {
        month_span length = date_span_months(spans[i].from, spans[i].to);
        months += length.months;
        days += reducer == EVENT_DAYS ? spans[i].to - spans[i].from + 1 : length.days;
    }
    return reducer == EVENT_DAYS ? fraction_of(days, 1) : fraction_of(months * 30 + days, 30); /* 30 days make a month */
}

static void keep_extreme(decimal d, event_reducer reducer, bool *any, fraction *out)
{
    fraction f = fraction_from_decimal(d);
    if (d.coeff == CELL_BLANK)
        return;
    int side = *any ? fraction_compare(f, *out) : 0;
    if (!*any || (reducer == EVENT_HIGHEST ? side > 0 : side < 0))
        *out = f;
    *any = true;
}

bool events_make_a_figure_of_nothing(event_reducer reducer)
{
    return reducer != EVENT_HIGHEST && reducer != EVENT_LOWEST && reducer != EVENT_MEAN;
}

bool reduce_events(block *k, const event_source *s, uint32_t subject, fraction *out)
{
    const result *r = k->outcome;
    const struct workings *w = r->inner;
    date_span *spans = k->spans;
    size_t count = 0;
    decimal_sum sum = {0, 0, 0};
    bool any = false, extreme = s->reducer == EVENT_HIGHEST || s->reducer == EVENT_LOWEST;
    *out = fraction_of(0, 1);
    for (uint32_t i = w->event_start[subject]; i < w->event_start[subject + 1]; i++) {
        const event *e = &r->batch->events[w->event_entries[i]];
        if (!counts(r, s, e, subject) || (k->change_count && is_left_out(k, e)))
            continue;
        if (event_measures_spans(s->reducer))
            spans[count] = span_of(s, e);
        else if (extreme)
            keep_extreme(figure_of(r, e, s->figure), s->reducer, &any, out);
        else if (s->reducer == EVENT_SUM || s->reducer == EVENT_MEAN)
            add_decimal(&sum, figure_of(r, e, s->figure));
        count++;
    }
    if (extreme)
        return any;
    if (s->reducer == EVENT_MEAN) {
        *out = (fraction){sum.coeff, (int128)power_of_ten(sum.scale) * (sum.count ? sum.count : 1)};
        return sum.count > 0;
    }
    if (s->reducer == EVENT_COUNT)
        *out = fraction_of((int64_t)count, 1);
    else if (s->reducer == EVENT_SUM)
        *out = (fraction){sum.coeff, power_of_ten(sum.scale)};
    if (!event_measures_spans(s->reducer))
        return true;
    count = date_spans_unite(spans, count, engine_window(r->plan, s));
    if (s->reducer == EVENT_WORKDAYS)
        return count_workdays(r->plan->calendar, spans, count, out);
    *out = length_of(spans, count, s->reducer);
    return true;
}

/* --- working days --- */

static bool counts_working_days(const event_source *s)
{
    return s->figure == FIGURE_SPAN_WORKDAYS || s->bound.figure == FIGURE_SPAN_WORKDAYS;
}

static int year_of(date day)
{
    int year, month, of_month;
    date_split(day, &year, &month, &of_month);
    return year;
}

assess_status check_event_days(const result *r, assess_error *err)
{
    const calendar *c = r->plan->calendar;
    for (size_t s = 0; s < r->plan->event_count; s++)
        for (size_t i = 0; counts_working_days(&r->plan->events[s]) && i < r->batch->event_count; i++) {
            const event *e = &r->batch->events[i];
            if (!of_kind(&r->plan->events[s], e) || e->from == DATE_NONE)
                continue;
            if (!calendar_covers(c, e->from) || !calendar_covers(c, e->to))
                return refuse_year(r, year_of(calendar_covers(c, e->from) ? e->to : e->from), e->subject, err);
        }
    return ASSESS_OK;
}
