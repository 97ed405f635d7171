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
    return (s->part == PART_SUBJECT ? e->subject : e->liable) == subject;
}

bool engine_event_counts(const plan *p, uint32_t source, const event *e, uint32_t subject)
{
    return of_kind(&p->events[source], e) && plays_part(&p->events[source], e, subject);
}

/* A sum of decimals in the scale of the longest so far. */
typedef struct decimal_sum {
    int128 coeff;
    int scale;
} decimal_sum;

static void add_decimal(decimal_sum *sum, decimal d)
{
    if (d.coeff == CELL_BLANK)
        return;
    if (d.scale > sum->scale) {
        sum->coeff *= power_of_ten(d.scale - sum->scale);
        sum->scale = d.scale;
    }
    sum->coeff += (int128)d.coeff * power_of_ten(sum->scale - d.scale);
}

static fraction months_of(date_span *spans, size_t count, date_span period)
{
    int64_t months = 0, days = 0;
    count = date_spans_unite(spans, count, period);
    for (size_t i = 0; i < count; i++) {
        month_span length = date_span_months(spans[i].from, spans[i].to);
        months += length.months;
        days += length.days;
    }
    return fraction_of(months * 30 + days, 30); /* 30 days make a month */
}

fraction reduce_events(const result *r, const event_source *s, uint32_t subject, date_span *spans)
{
    const struct workings *w = r->inner;
    if (!w->event_start)
        return fraction_of(0, 1);
    int64_t count = 0;
    decimal_sum sum = {0, 0};
    for (uint32_t i = w->event_start[subject]; i < w->event_start[subject + 1]; i++) {
        const event *e = &r->batch->events[w->event_entries[i]];
        if (!of_kind(s, e) || !plays_part(s, e, subject))
            continue;
        if (s->reducer == EVENT_MONTHS)
            spans[count] = (date_span){e->from, e->to};
        else if (s->reducer != EVENT_COUNT)
            add_decimal(&sum, s->reducer == EVENT_POINTS ? e->points : e->amount);
        count++;
    }
    if (s->reducer == EVENT_MONTHS)
        return months_of(spans, (size_t)count, r->plan->period);
    if (s->reducer == EVENT_COUNT)
        return fraction_of(count, 1);
    return (fraction){sum.coeff, power_of_ten(sum.scale)};
}
