/* case_tables.c: a case as the tables of a batch. */
#include "api/cases.h"

static bool add_subject(const case_subject *s, const plan *p, batch *b, uint32_t source, uint32_t row)
{
    uint32_t number;
    if (!batch_add_subject(b, s->id, s->name, s->unit, s->category, s->post, s->start, source, row, &number))
        return false;
    for (size_t i = 0; number != SUBJECT_NONE && i < p->attribute_count; i++) {
        if (!s->attributes[i].length)
            continue;
        size_t column = batch_attribute(b, p->attributes[i].id);
        if (column == SIZE_MAX || !batch_set_attribute(b, column, number, s->attributes[i]))
            return false;
    }
    return true;
}

static bool add_subjects(const rule_case *c, const plan *p, batch *b, uint32_t source)
{
    for (size_t i = 0; i < c->subject_count; i++)
        if (!add_subject(&c->subjects[i], p, b, source, (uint32_t)i + 1))
            return false;
    for (size_t t = 0; t < TABLE_COUNT; t++)
        b->has_table[t] = true;
    return true;
}

/* Reading the cases has made sure that every column can hold its item's maximum at the cells' places. */
static bool add_ballot(batch *b, uint32_t subject, const case_ballot *v)
{
    ballots *t = &b->ballots;
    uint32_t rater = v->by.length ? intern_add(&t->raters, v->by) : RATER_ANONYMOUS;
    if ((v->by.length && rater == INTERN_NONE) || !batch_reserve_ballots(b, t->count + 1))
        return false;
    for (size_t i = 0; i < b->words.item_count; i++) {
        decimal points = v->cells[i];
        if (points.coeff != CASE_BLANK)
            batch_raise_scale(b, i, points.scale);
        bool blank = points.coeff == CASE_BLANK;
        t->values[i][t->count] = blank ? CELL_BLANK : points.coeff * power_of_ten(t->scale[i] - points.scale);
    }
    t->subject[t->count] = subject;
    t->rater[t->count] = rater;
    t->role[t->count] = (uint8_t)v->role;
    t->row[t->count++] = 1;
    return true;
}

static bool add_event(batch *b, uint32_t subject, const case_event *v, uint32_t source)
{
    event e = {.subject = subject, .kind = (uint16_t)v->kind, .from = v->from, .to = v->to, .points = v->points,
               .amount = v->amount, .ref = v->ref, .note = v->note, .source = source, .row = v->line, .liable = SUBJECT_NONE};
    if (v->liable.length)
        e.liable = intern_find(&b->people.ids, v->liable);
    return batch_add_event(b, e);
}

static bool add_measure(batch *b, uint32_t subject, const case_measure *v, uint32_t source, uint32_t row)
{
    return batch_add_measure(b, (measure){.subject = subject, .measure = (uint16_t)v->measure, .value = v->value,
                                          .target = v->target, .baseline = v->baseline, .source = source, .row = row});
}

static bool add_history(batch *b, uint32_t subject, const case_history *v, uint32_t source, uint32_t row)
{
    return batch_add_history(b, (history){.subject = subject, .period = v->period, .grade = v->grade, .score = v->score,
                                          .source = source, .row = row});
}

static bool add_rows(const case_subject *s, batch *b, uint32_t subject, uint32_t source, uint32_t row)
{
    bool fine = true;
    for (size_t i = 0; fine && i < s->ballot_count; i++)
        fine = add_ballot(b, subject, &s->ballots[i]);
    for (size_t i = 0; fine && i < s->event_count; i++)
        fine = add_event(b, subject, &s->events[i], source);
    for (size_t i = 0; fine && i < s->measure_count; i++)
        fine = add_measure(b, subject, &s->measures[i], source, row);
    for (size_t i = 0; fine && i < s->history_count; i++)
        fine = add_history(b, subject, &s->history[i], source, row);
    return fine;
}

bool case_fill(const rule_case *c, const plan *p, batch *b)
{
    uint32_t source = batch_add_source(b, c->name);
    bool fine = source != PROBLEM_NO_SOURCE && batch_begin_segment(b, source) && add_subjects(c, p, b, source);
    for (uint32_t i = 0; fine && i < c->subject_count; i++)
        fine = add_rows(&c->subjects[i], b, i, source, c->line);
    return fine && batch_finish(b, 1);
}
