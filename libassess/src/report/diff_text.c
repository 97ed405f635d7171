/* diff_text.c: a comparison for people: what is compared, who moves and why, and how many from where to where. */
#include "report/diff.h"
#include "report/lists.h"
#include "report/page.h"

enum { MOVES_SHOWN = 200, MATRIX_COLUMNS = TABLE_MAX_COLUMNS - 1 };

/* --- what is compared --- */

static void add_settings(const plan *p, buffer *out)
{
    for (size_t i = 0; i < p->param_count; i++) {
        const plan_param *param = &p->params[i];
        char digits[64];
        if (!param->set)
            continue;
        if (out->length)
            buffer_add_char(out, ' ');
        buffer_add_text(out, param->name);
        buffer_add_char(out, '=');
        buffer_add_text(out, plan_param_value(param, digits));
    }
}

static void side_row(table *t, const page *p, const char *side, const result *r)
{
    buffer settings = {0};
    add_settings(r->plan, &settings);
    table_cell(t, text_of(side));
    table_cell(t, r->plan->id);
    table_cell(t, r->plan->period_text);
    table_cell(t, buffer_text(&settings));
    table_cell(t, label_in(r->plan->title, p->language));
    t->failed |= settings.failed;
    buffer_free(&settings);
}

static void print_sides(page *p, const diff *d)
{
    table t = {.columns = 5};
    page_title(p, message_of(MSG_diff_title));
    side_row(&t, p, "A", d->a);
    side_row(&t, p, "B", d->b);
    table_print(&t, p);
}

static void print_count(page *p, const diff *d)
{
    char moved[24], all[24], added[24], removed[24];
    if (!d->move_count)
        page_sentence(p, message_of1(MSG_diff_nobody, number_text(d->subjects, all)));
    else if (d->added + d->removed == 0)
        page_sentence(p, message_of2(MSG_diff_moved, number_text(d->move_count, moved), number_text(d->subjects, all)));
    else
        page_sentence(p, message_of4(MSG_diff_moved_apart, number_text(d->move_count, moved), number_text(d->subjects, all),
                                     number_text(d->added, added), number_text(d->removed, removed)));
}

/* --- who moves --- */

static void standing_words(const page *p, const result *r, size_t standing, buffer *out)
{
    static const message_id more[STANDING_MORE] = {MSG_diff_no_grade, MSG_report_excluded, MSG_report_incomplete, MSG_diff_absent};
    size_t grades = r->plan->grade_count;
    if (standing < grades)
        buffer_add_text(out, label_in(r->plan->grades[standing].words, p->language));
    else
        message_render(out, message_of(more[standing - grades]), p->language);
}

static void status_words(const page *p, const result *r, uint32_t subject, buffer *out)
{
    static const message_id words[STATUS_COUNT] = {MSG_report_assessed, MSG_report_excluded, MSG_report_incomplete};
    message_render(out, message_of(subject == SUBJECT_NONE ? MSG_diff_absent : words[r->status[subject]]), p->language);
}

static void field_words(const page *p, const result *r, uint32_t subject, moved_field f, buffer *out)
{
    if (f == MOVED_STATUS)
        status_words(p, r, subject, out);
    else if (f == MOVED_GRADE && subject != SUBJECT_NONE && r->grade[subject] != GRADE_NONE)
        buffer_add_text(out, label_in(r->plan->grades[r->grade[subject]].words, p->language));
    else if (f == MOVED_FLAGS && subject != SUBJECT_NONE)
        flags_in_words(r, subject, p->language, out);
    else
        diff_print_field(r, subject, f, out);
    if (!out->length)
        buffer_add_string(out, "–");
}

/* "A → B", or what both have. */
static void field_cell(table *t, const page *p, const diff *d, const move *m, moved_field f)
{
    buffer a = {0}, b = {0};
    bool moves = (m->fields & f) != 0 || m->a == SUBJECT_NONE || m->b == SUBJECT_NONE;
    field_words(p, d->a, m->a, f, &a);
    field_words(p, d->b, m->b, f, &b);
    if (moves && !text_equal(buffer_text(&a), buffer_text(&b))) {
        buffer_add_string(&a, " → ");
        buffer_add_text(&a, buffer_text(&b));
    }
    table_cell(t, buffer_text(&a));
    t->failed |= a.failed || b.failed;
    buffer_free(&a);
    buffer_free(&b);
}

static void add_signed(buffer *out, const char *sign, const buffer *reasons)
{
    if (!reasons->length)
        return;
    if (out->length)
        buffer_add_string(out, "  ");
    buffer_add_string(out, sign);
    buffer_add_text(out, buffer_text(reasons));
}

static void reasons_cell(table *t, const page *p, const diff *d, const move *m)
{
    buffer gone = {0}, fresh = {0}, both = {0};
    const char *between = p->language == ASSESS_ZH ? "；" : "; ";
    diff_print_reasons(d->a, m->a, d->b, m->b, p->language, between, &gone);
    diff_print_reasons(d->b, m->b, d->a, m->a, p->language, between, &fresh);
    add_signed(&both, "− ", &gone);
    add_signed(&both, "+ ", &fresh);
    table_cell(t, buffer_text(&both));
    t->failed |= gone.failed || fresh.failed || both.failed;
    buffer_free(&gone);
    buffer_free(&fresh);
    buffer_free(&both);
}

static const struct {
    moved_field field;
    message_id heading;
} columns[] = {{MOVED_STATUS, MSG_diff_status}, {MOVED_SCORE, MSG_report_score}, {MOVED_GRADE, MSG_report_grade},
               {MOVED_RANK, MSG_report_rank},   {MOVED_FLAGS, MSG_diff_flags},   {MOVED_LISTS, MSG_diff_lists}};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/* Score and grade always; of the others those in which somebody moves. */
static unsigned fields_shown(const diff *d)
{
    unsigned shown = MOVED_SCORE | MOVED_GRADE;
    for (size_t i = 0; i < d->move_count; i++)
        shown |= d->moves[i].fields;
    return d->added || d->removed ? shown | MOVED_STATUS : shown;
}

static void moves_header(table *t, const page *p, const diff *d, unsigned shown)
{
    table_word(t, p, MSG_report_id);
    table_word(t, p, named_in(d->a->plan));
    for (size_t c = 0; c < COLUMN_COUNT; c++)
        if (shown & columns[c].field)
            table_word(t, p, columns[c].heading);
    table_word(t, p, MSG_diff_why);
}

static void move_row(table *t, const page *p, const diff *d, const move *m, unsigned shown)
{
    const result *r = m->a == SUBJECT_NONE ? d->b : d->a;
    uint32_t subject = m->a == SUBJECT_NONE ? m->b : m->a;
    table_cell(t, r->batch->people.ids.texts[subject]);
    table_cell(t, r->batch->people.name[subject]);
    for (size_t c = 0; c < COLUMN_COUNT; c++)
        if (shown & columns[c].field)
            field_cell(t, p, d, m, columns[c].field);
    reasons_cell(t, p, d, m);
}

static void print_moves(page *p, const diff *d)
{
    char digits[24];
    unsigned shown = fields_shown(d);
    table t = {.columns = 3, .header = true};
    if (!d->move_count)
        return;
    for (size_t c = 0; c < COLUMN_COUNT; c++)
        t.columns += (shown & columns[c].field) != 0;
    page_heading(p, MSG_diff_who, TEXT(""));
    moves_header(&t, p, d, shown);
    for (size_t i = 0; i < d->move_count && i < MOVES_SHOWN; i++)
        move_row(&t, p, d, &d->moves[i], shown);
    table_print(&t, p);
    if (d->move_count > MOVES_SHOWN)
        page_sentence(p, message_of_number(MSG_diff_more, d->move_count - MOVES_SHOWN, digits));
}

/* --- from where to where --- */

static size_t standing_sum(const diff *d, bool row, size_t at)
{
    size_t rows = standing_count(d->a), width = standing_count(d->b), sum = 0;
    for (size_t i = 0; i < (row ? width : rows); i++)
        sum += row ? d->standings[at * width + i] : d->standings[i * width + at];
    return sum;
}

static void standing_cell(table *t, const page *p, const result *r, size_t standing)
{
    buffer words = {0};
    standing_words(p, r, standing, &words);
    table_cell(t, buffer_text(&words));
    t->failed |= words.failed;
    buffer_free(&words);
}

/* The columns of b that anybody stands in, from number *next on, as many as fit. */
static size_t pick_columns(const diff *d, size_t *next, size_t picked[MATRIX_COLUMNS])
{
    size_t count = 0;
    for (; *next < standing_count(d->b) && count < MATRIX_COLUMNS; ++*next)
        if (standing_sum(d, false, *next))
            picked[count++] = *next;
    return count;
}

static void print_part(page *p, const diff *d, const size_t *picked, size_t count)
{
    table t = {.columns = count + 1, .header = true, .right = ~1u};
    table_cell(&t, TEXT(""));
    for (size_t c = 0; c < count; c++)
        standing_cell(&t, p, d->b, picked[c]);
    for (size_t s = 0; s < standing_count(d->a); s++) {
        if (!standing_sum(d, true, s))
            continue;
        standing_cell(&t, p, d->a, s);
        for (size_t c = 0; c < count; c++)
            table_number(&t, d->standings[s * standing_count(d->b) + picked[c]]);
    }
    table_print(&t, p);
}

static void print_matrix(page *p, const diff *d)
{
    size_t next = 0, picked[MATRIX_COLUMNS];
    page_heading(p, MSG_diff_matrix, TEXT(""));
    for (size_t count; (count = pick_columns(d, &next, picked)) > 0;)
        print_part(p, d, picked, count);
}

void report_diff(const diff *d, assess_language language, bool color, buffer *out)
{
    page p = {out, language, color};
    print_sides(&p, d);
    print_count(&p, d);
    print_moves(&p, d);
    print_matrix(&p, d);
}
