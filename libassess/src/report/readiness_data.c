/* readiness_data: figures that the scheme needs of somebody and does not find, and holidays that the calendar does not know. */
#include "report/lists.h"
#include "report/readiness.h"

static bool is_of_data(const readiness *c, const finding *f)
{
    return f->kind == FINDING_MISSING && c->r->plan->nodes[f->about].op != OP_BALLOTS;
}

static void data_row(readiness *c, point *p, const finding *f)
{
    const subjects *people = &c->r->batch->people;
    buffer why = {0};
    finding_print(c->r, f, c->language, &why);
    point_cell(c, p, people->ids.texts[f->subject]);
    point_cell(c, p, people->name[f->subject]);
    point_cell(c, p, people->unit[f->subject]);
    point_cell(c, p, buffer_text(&why));
    c->failed |= why.failed;
    buffer_free(&why);
}

static size_t count_lacking(const readiness *c)
{
    size_t count = 0;
    uint32_t last = SUBJECT_NONE;
    for (size_t i = 0; i < c->r->finding_count; i++) {
        const finding *f = &c->r->findings[i];
        if (!is_of_data(c, f) || f->subject == last)
            continue;
        last = f->subject;
        count++;
    }
    return count;
}

static void ready_figures(readiness *c)
{
    static const point_column columns[] = {{"id", MSG_report_id, CELL_WORDS},     {"name", MSG_report_person, CELL_WORDS},
                                           {"unit", MSG_report_unit, CELL_WORDS}, {"reason", MSG_report_reason, CELL_WORDS}};
    size_t count = count_lacking(c);
    point *p = point_add(c, "missing_data", count ? POINT_OPEN : POINT_DONE, count, message_of(MSG_ready_data),
                         message_of(count ? MSG_ready_data_lacking : MSG_ready_data_all));
    if (!p || !count)
        return;
    p->columns = columns;
    p->column_count = sizeof columns / sizeof *columns;
    for (size_t i = 0; !c->failed && i < c->r->finding_count; i++)
        if (is_of_data(c, &c->r->findings[i]) && point_row(c, p))
            data_row(c, p, &c->r->findings[i]);
}

void ready_data(readiness *c)
{
    if (c->scored)
        ready_figures(c);
    if (c->r->plan->past_count && !c->r->batch->words.needs_history)
        point_add(c, "history", POINT_NOTE, 1, message_of(MSG_ready_history), message_of(MSG_ready_history_left));
}

/* ---- holidays ---- */

static int year_of(date d)
{
    int year, month, day;
    date_split(d, &year, &month, &day);
    return year;
}

static bool covers_year(const calendar *days, int year)
{
    date first;
    return date_make(year, 1, 1, &first) && calendar_covers(days, first);
}

static void name_year(readiness *c, int year, point_state state, message_id what)
{
    text file = c->r->plan->files[c->r->plan->calendar_file].name, digits = point_digits(c, (size_t)year);
    point *p = point_add(c, "calendar", state, 1, message_of(MSG_ready_calendar), message_of2(what, file, digits));
    if (!p)
        return;
    p->about_key = "year";
    p->about = digits;
}

/* Scoring, public notice and objections come behind the period's end: about a quarter of a year. */
static bool runs_into(const plan *p, int year)
{
    enum { DAYS_AFTER = 92 };
    return year_of(p->period.to + DAYS_AFTER) == year;
}

/* A scheme that counts no working days needs no calendar. */
void ready_calendar(readiness *c)
{
    const plan *scheme = c->r->plan;
    size_t before = c->count;
    if (!scheme->calendar)
        return;
    int last = year_of(scheme->period.to);
    for (int year = year_of(scheme->period.from); year <= last && !c->failed; year++)
        if (!covers_year(scheme->calendar, year))
            name_year(c, year, POINT_OPEN, MSG_ready_calendar_lacking);
    if (runs_into(scheme, last + 1) && !covers_year(scheme->calendar, last + 1))
        name_year(c, last + 1, POINT_NOTE, MSG_ready_calendar_next);
    if (c->count == before)
        point_add(c, "calendar", POINT_DONE, 0, message_of(MSG_ready_calendar), message_of(MSG_ready_calendar_all));
}
