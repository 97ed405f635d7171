/* decisions: see decisions.h. */
#include "report/decisions.h"

#include "report/lists.h"

/* ---- who decided what ---- */

static void decisions_header(table *t, const page *p, const plan *scheme)
{
    static const message_id words[] = {MSG_report_decision_kind, MSG_report_before, MSG_report_after, MSG_report_decision_day,
                                       MSG_report_decided_by, MSG_report_decision_note};
    subject_header(t, p, named_in(scheme), !scheme->of_units);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        table_word(t, p, words[i]);
}

static void date_cell(table *t, date day)
{
    char digits[16];
    table_cell(t, (text){digits, date_print(day, digits)});
}

/* "局党组（第12次会议）" */
static void authority_cell(table *t, const page *p, const decision *d)
{
    buffer words = {0};
    buffer_add_text(&words, d->by);
    if (d->meeting.length) {
        buffer_add_string(&words, p->language == ASSESS_ZH ? "（" : " (");
        buffer_add_text(&words, d->meeting);
        buffer_add_string(&words, p->language == ASSESS_ZH ? "）" : ")");
    }
    table_cell(t, buffer_text(&words));
    t->failed |= words.failed;
    buffer_free(&words);
}

/* Who is not assessed has no grade; that is not the same as a rule that gives none. */
static void grade_cell(table *t, const page *p, const result *r, const decided *d, uint8_t grade)
{
    bool none = grade == GRADE_NONE && r->status[d->row->subject] != STATUS_ASSESSED;
    table_cell(t, none ? TEXT("–") : grade_words(r->plan, grade, p->language));
}

static void decision_row(table *t, const page *p, const result *r, const decided *d)
{
    subject_cells(t, r, d->row->subject, !r->plan->of_units);
    table_cell(t, decision_kind_label(d->row->kind, p->language));
    grade_cell(t, p, r, d, d->before);
    grade_cell(t, p, r, d, d->after);
    date_cell(t, d->row->day);
    authority_cell(t, p, d->row);
    table_cell(t, d->row->reason);
}

static bool sets_aside(const decided *d) { return d->set_aside != STATEMENT_NONE || d->over != STATEMENT_NONE; }

/* A rule that was set aside is said again: nobody should find it out from somebody else. */
static void say_set_aside(page *p, const result *r)
{
    size_t count = 0;
    char digits[24];
    for (size_t i = 0; i < r->decided_count; i++)
        count += sets_aside(&r->decided[i]);
    if (count)
        page_sentence(p, message_of_number(MSG_report_set_aside, count, digits));
}

void list_decisions(page *p, const result *r)
{
    char digits[24];
    size_t shown = 0;
    if (!r->decided_count)
        return;
    table t = {.columns = r->plan->of_units ? 8 : 9, .header = true};
    page_heading(p, MSG_report_decisions, number_text(r->decided_count, digits));
    decisions_header(&t, p, r->plan);
    for (; shown < r->decided_count && shown < LIST_LIMIT; shown++)
        decision_row(&t, p, r, &r->decided[shown]);
    table_print(&t, p);
    add_more(p, MSG_report_more, r->decided_count, shown);
    say_set_aside(p, r);
}

/* ---- calibration ---- */

static size_t column_of(const calibration *c, const result *r, uint8_t grade)
{
    return grade == GRADE_NONE ? c->grade_count : (size_t)grade - r->plan->levels[0].first_grade;
}

static bool is_calibration(const decided *d)
{
    return d->row->kind == DECISION_CALIBRATION && (d->effect == DECIDED_MOVED || d->effect == DECIDED_SAME);
}

static void count_subject(calibration *c, const result *r, uint32_t subject, uint32_t unit)
{
    size_t count, width = c->grade_count + 1;
    const decided *rows = result_decided(r, subject, &count);
    uint8_t before = result_computed_grade(r, subject), after = before;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        if (!is_calibration(&rows[i]))
            continue;
        before = any ? before : rows[i].before;
        after = rows[i].after;
        any = true;
    }
    c->calibrated += any;
    if (!any && r->status[subject] != STATUS_ASSESSED)
        return;
    c->before[unit * width + column_of(c, r, before)]++;
    c->after[unit * width + column_of(c, r, after)]++;
}

static text unit_of(const result *r, uint32_t subject) { return r->plan->of_units ? TEXT("") : r->batch->people.unit[subject]; }

static bool name_units(const result *r, calibration *c)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (result_level(r, i) == 0 && intern_add(&c->units, unit_of(r, i)) == INTERN_NONE)
            return false;
    size_t cells = c->units.count * (c->grade_count + 1);
    c->before = mem_zalloc(cells + 1, sizeof *c->before);
    c->after = mem_zalloc(cells + 1, sizeof *c->after);
    return c->before && c->after;
}

bool calibration_take(const result *r, calibration *out)
{
    *out = (calibration){.grade_count = r->plan->levels[0].grade_count};
    if (!name_units(r, out))
        return false;
    for (uint32_t i = 0; i < r->count; i++)
        if (result_level(r, i) == 0)
            count_subject(out, r, i, intern_find(&out->units, unit_of(r, i)));
    return true;
}

void calibration_free(calibration *c)
{
    intern_free(&c->units);
    mem_free(c->before);
    mem_free(c->after);
    *c = (calibration){0};
}

/* "3 → 4", or what it was and is. */
static void change_cell(table *t, size_t before, size_t after)
{
    char digits[24];
    buffer words = {0};
    buffer_add_text(&words, number_text(before, digits));
    if (before != after) {
        buffer_add_string(&words, " → ");
        buffer_add_text(&words, number_text(after, digits));
    }
    table_cell(t, buffer_text(&words));
    t->failed |= words.failed;
    buffer_free(&words);
}

enum { CALIBRATION_GRADES = 10 }; /* more grades than this do not fit beside the units */

static void unit_cell(table *t, const page *p, text name)
{
    if (name.length)
        table_cell(t, name);
    else
        table_word(t, p, MSG_report_no_unit);
}

static void calibration_header(table *t, const page *p, const result *r, size_t grades, size_t columns)
{
    table_word(t, p, MSG_report_unit);
    for (size_t g = 0; g < grades; g++)
        table_cell(t, label_in(r->plan->grades[r->plan->levels[0].first_grade + g].words, p->language));
    if (columns > grades)
        table_cell(t, grade_words(r->plan, GRADE_NONE, p->language));
}

static bool unit_moves(const calibration *c, size_t unit)
{
    size_t width = c->grade_count + 1;
    for (size_t g = 0; g < width; g++)
        if (c->before[unit * width + g] != c->after[unit * width + g])
            return true;
    return false;
}

static void total_row(table *t, const page *p, const calibration *c, size_t columns)
{
    size_t width = c->grade_count + 1;
    table_word(t, p, MSG_report_quota_all);
    for (size_t g = 0; g < columns; g++) {
        size_t before = 0, after = 0;
        for (size_t u = 0; u < c->units.count; u++) {
            before += c->before[u * width + g];
            after += c->after[u * width + g];
        }
        change_cell(t, before, after);
    }
}

/* The last column is for those without a grade, where there are any. */
static size_t columns_shown(const calibration *c)
{
    size_t width = c->grade_count + 1;
    for (size_t u = 0; u < c->units.count; u++)
        if (c->before[u * width + c->grade_count] || c->after[u * width + c->grade_count])
            return width;
    return c->grade_count;
}

/* Units in which nothing moves are left to the table of all units. */
static void print_calibration(page *p, const result *r, const calibration *c)
{
    size_t width = c->grade_count + 1, columns = columns_shown(c), moving = 0;
    char digits[24];
    table t = {.columns = columns + 1, .right = ~1u, .header = true};
    page_heading(p, MSG_report_calibration, number_text(c->calibrated, digits));
    calibration_header(&t, p, r, c->grade_count, columns);
    for (size_t u = 0; c->units.count > 1 && u < c->units.count; u++) {
        if (!unit_moves(c, u) || moving++ >= UNIT_LIMIT)
            continue;
        unit_cell(&t, p, c->units.texts[u]);
        for (size_t g = 0; g < columns; g++)
            change_cell(&t, c->before[u * width + g], c->after[u * width + g]);
    }
    total_row(&t, p, c, columns);
    table_print(&t, p);
    add_more(p, MSG_report_more_units, moving, UNIT_LIMIT);
}

void list_calibration(page *p, const result *r)
{
    calibration c;
    if (!r->decided_count || r->plan->levels[0].grade_count > CALIBRATION_GRADES)
        return;
    if (!calibration_take(r, &c))
        p->out->failed = true;
    else if (c.calibrated)
        print_calibration(p, r, &c);
    calibration_free(&c);
}
