/* tables_decisions.c: what people decided, and the grades before and after calibration. */
#include "report/counts.h"
#include "report/decisions.h"
#include "report/tables_parts.h"

static void decisions_columns(grid *g, const plan *p)
{
    static const struct {
        const char *id;
        message_id title;
        grid_cells cells;
    } columns[] = {{"kind", MSG_report_decision_kind, CELLS_TEXT}, {"before", MSG_report_before, CELLS_TEXT},
                   {"after", MSG_report_after, CELLS_TEXT},        {"date", MSG_report_decision_day, CELLS_DATE},
                   {"by", MSG_report_decided_by, CELLS_TEXT},      {"meeting", MSG_table_meeting, CELLS_TEXT},
                   {"reason", MSG_report_decision_note, CELLS_TEXT}, {"effect", MSG_table_effect, CELLS_TEXT}};
    grid_column_word(g, "id", MSG_report_id, CELLS_TEXT);
    grid_column_word(g, "name", named_in(p), CELLS_TEXT);
    if (!p->of_units)
        grid_column_word(g, "unit", MSG_report_unit, CELLS_TEXT);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        grid_column_word(g, columns[i].id, columns[i].title, columns[i].cells);
}

/* Who is not assessed has no grade; that is not the same as a rule that gives none. */
static void grade_cell(grid *g, const result *r, const decided *d, uint8_t grade)
{
    bool none = grade == GRADE_NONE && r->status[d->row->subject] != STATUS_ASSESSED;
    grid_text(g, none ? TEXT("") : grade_words(r->plan, grade, g->language));
}

static void decision_row(grid *g, const result *r, const decided *d)
{
    uint32_t subject = d->row->subject;
    buffer effect = {0};
    grid_text(g, r->batch->people.ids.texts[subject]);
    grid_text(g, r->batch->people.name[subject]);
    if (!r->plan->of_units)
        grid_text(g, r->batch->people.unit[subject]);
    grid_text(g, decision_kind_label(d->row->kind, g->language));
    grade_cell(g, r, d, d->before);
    grade_cell(g, r, d, d->after);
    grid_date(g, d->row->day);
    grid_text(g, d->row->by);
    grid_text(g, d->row->meeting);
    grid_text(g, d->row->reason);
    decided_print(r, d, g->language, &effect);
    grid_buffer(g, &effect);
}

void table_decisions(const table_request *q, grid *g)
{
    grid_begin_word(g, q->id, MSG_report_decisions, q->language);
    decisions_columns(g, q->r->plan);
    for (size_t i = 0; i < q->r->decided_count && !g->failed; i++)
        decision_row(g, q->r, &q->r->decided[i]);
}

/* "excellent_before", "优秀（校准前）" */
static void grade_column(grid *g, text id, text title, const char *behind, message_id when)
{
    buffer key = {0}, words = {0};
    buffer_add_text(&key, id);
    buffer_add_string(&key, behind);
    message_render(&words, message_of1(when, title), g->language);
    grid_column_text(g, buffer_text(&key), buffer_text(&words), CELLS_NUMBER);
    g->failed |= key.failed || words.failed;
    buffer_free(&key);
    buffer_free(&words);
}

static void calibration_columns(grid *g, const plan *p)
{
    const plan_level *l = &p->levels[0];
    grid_column_word(g, "unit", named_parts(p), CELLS_TEXT);
    for (size_t i = 0; i <= l->grade_count; i++) {
        bool none = i == l->grade_count;
        text id = none ? TEXT("none") : p->grades[l->first_grade + i].id;
        text title = grade_words(p, none ? GRADE_NONE : (uint8_t)(l->first_grade + i), g->language);
        grade_column(g, id, title, "_before", MSG_table_before_calibration);
        grade_column(g, id, title, "_after", MSG_table_after_calibration);
    }
}

void table_calibration(const table_request *q, grid *g)
{
    calibration c;
    grid_begin_word(g, q->id, MSG_report_calibration, q->language);
    calibration_columns(g, q->r->plan);
    g->failed |= !calibration_take(q->r, &c);
    for (size_t u = 0; u < c.units.count && c.calibrated && !g->failed; u++) {
        if (c.units.texts[u].length)
            grid_text(g, part_called(q->r, c.units.texts[u]));
        else
            grid_word(g, MSG_report_no_unit);
        for (size_t i = u * (c.grade_count + 1); i < (u + 1) * (c.grade_count + 1); i++) {
            grid_integer(g, (int64_t)c.before[i]);
            grid_integer(g, (int64_t)c.after[i]);
        }
    }
    calibration_free(&c);
}
