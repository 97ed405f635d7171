/* template_guide.c: the first sheet: how to fill in the others, in words and with examples. */
#include "office/template.h"

enum { COLUMNS = 5 };

/* Latin letters are narrower than the digits that widths are counted in. */
static const size_t line_columns[ASSESS_LANGUAGE_COUNT] = {[ASSESS_ZH] = 116, [ASSESS_EN] = 132};

static const unsigned widths[COLUMNS] = {18, 18, 12, 52, 18};

typedef struct guide {
    maker *m;
    book_sheet *s;
    size_t row;
} guide;

/* ---- paragraphs ---- */

static bool may_end(uint32_t before, uint32_t next)
{
    static const uint32_t never_first[] = {0x3002, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A, 0xFF09, 0x201D, 0x300B, 0x3009, 0xFF1F};
    for (size_t i = 0; i < sizeof never_first / sizeof *never_first; i++)
        if (next == never_first[i])
            return false;
    return before == ' ' || (before >= 0x2E80 && next >= 0x80);
}

/* As much of t as fits on a line; at least one character. */
static size_t line_length(text t, size_t most)
{
    size_t at = 0, end = 0;
    uint32_t before = 0;
    if (text_columns(t) <= most)
        return t.length;
    while (at < t.length) {
        size_t start = at;
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        if (start > 0 && may_end(before, c))
            end = start;
        if (text_columns((text){t.bytes, at}) > most)
            return end ? end : start ? start : at;
        before = c;
    }
    return t.length;
}

static void paragraph(guide *g, text t)
{
    while (t.length > 0) {
        size_t length = line_length(t, line_columns[g->m->language]);
        book_text(g->s, g->row++, 0, (text){t.bytes, length}, BOOK_TEXT);
        t = text_trim((text){t.bytes + length, t.length - length});
    }
}

static void heading(guide *g, message_id title)
{
    g->row++;
    book_text(g->s, g->row++, 0, say_id(g->m, title), BOOK_HEADING);
}

static void paragraphs(guide *g, const message_id *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        paragraph(g, say_id(g->m, lines[i]));
}

#define PARAGRAPHS(g, ...) \
    paragraphs((g), (const message_id[]){__VA_ARGS__}, sizeof((const message_id[]){__VA_ARGS__}) / sizeof(message_id))

/* ---- tables ---- */

static void header_row(guide *g, const message_id *titles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        book_text(g->s, g->row, i, say_id(g->m, titles[i]), BOOK_HEADER);
    g->row++;
}

/* Readers differ in whether they make room for a second line by themselves. Before the other cells of the row. */
static void wide_cell(guide *g, text t)
{
    enum { WIDE = 3, LINE_POINTS = 15 };
    size_t lines = (text_columns(t) + widths[WIDE] - 1) / widths[WIDE];
    if (lines > 1)
        book_row_height(g->s, g->row, (double)(lines * LINE_POINTS));
    book_text(g->s, g->row, WIDE, t, BOOK_WRAPPED);
}

static text mark(guide *g, bool yes)
{
    return yes ? say_id(g->m, MSG_template_yes) : TEXT("");
}

static void say_colours(guide *g)
{
    static const struct {
        book_style style;
        message_id what, means;
        bool of_rater;
    } looks[] = {{BOOK_HEADER_REQUIRED, MSG_template_colour_required, MSG_template_means_required, true},
                 {BOOK_HEADER_OPTIONAL, MSG_template_colour_optional, MSG_template_means_optional, false},
                 {BOOK_HEADER, MSG_template_colour_locked, MSG_template_means_locked, true},
                 {BOOK_DOUBTFUL, MSG_template_colour_missing, MSG_template_means_missing, true},
                 {BOOK_BAD, MSG_template_colour_repeated, MSG_template_means_repeated, false}};
    heading(g, MSG_template_colours);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if (g->m->of_rater && !looks[i].of_rater)
            continue;
        book_text(g->s, g->row, 0, say_id(g->m, looks[i].what), looks[i].style);
        book_text(g->s, g->row++, 1, say_id(g->m, looks[i].means), BOOK_TEXT);
    }
}

static void say_sheets(guide *g)
{
    static const char *const tables[] = {[FORM_PEOPLE] = "people",   [FORM_RATINGS] = "ratings",     [FORM_EVENTS] = "events",
                                         [FORM_MEASURES] = "measures", [FORM_HISTORY] = "history",   [FORM_DECISIONS] = "decisions",
                                         [FORM_RATERS] = "raters"};
    static const message_id titles[] = {MSG_template_column_sheet, MSG_template_column_table, MSG_template_column_required,
                                        MSG_template_column_who};
    heading(g, MSG_template_sheets);
    header_row(g, titles, sizeof titles / sizeof *titles);
    for (size_t i = 0; i < g->m->form_count; i++) {
        const form *f = &g->m->forms[i];
        wide_cell(g, f->about);
        book_text(g->s, g->row, 0, f->name, BOOK_STRONG);
        book_text(g->s, g->row, 1, text_of(tables[f->table]), BOOK_TEXT);
        book_text(g->s, g->row++, 2, mark(g, f->required), BOOK_TEXT);
    }
}

static void say_field(guide *g, const form *f, const field *what)
{
    text limits = template_limits(g->m, what);
    text about = limits.length ? say(g->m, message_of2(MSG_template_hint, what->about, limits)) : what->about;
    wide_cell(g, about);
    book_text(g->s, g->row, 0, f->name, BOOK_TEXT);
    book_text(g->s, g->row, 1, what->title, BOOK_STRONG);
    book_text(g->s, g->row, 2, mark(g, what->required), BOOK_TEXT);
    book_text(g->s, g->row++, 4, what->example, BOOK_TEXT);
}

/* Sheets of several roles have the same columns: each is said of once, where it is filled in. */
static bool is_said(const guide *g, const form *f, const field *what)
{
    for (const form *before = g->m->forms; before < f && f->table == FORM_RATINGS; before++)
        for (size_t k = 0; before->table == FORM_RATINGS && k < before->count; k++)
            if (text_equal(before->fields[k].id, what->id) && !before->fields[k].unused)
                return true;
    return what->locked || what->unused;
}

static void say_fields(guide *g)
{
    static const message_id titles[] = {MSG_template_column_sheet, MSG_template_column_column, MSG_template_column_required,
                                        MSG_template_column_what, MSG_template_column_example};
    heading(g, MSG_template_fields);
    header_row(g, titles, COLUMNS);
    for (size_t i = 0; i < g->m->form_count; i++) {
        const form *f = &g->m->forms[i];
        for (size_t k = 0; k < f->count; k++)
            if (!is_said(g, f, &f->fields[k]))
                say_field(g, f, &f->fields[k]);
    }
}

static void say_kinds(guide *g)
{
    static const message_id titles[] = {MSG_template_column_kind, MSG_table_needs_from, MSG_table_needs_points, MSG_table_needs_amount,
                                        MSG_table_liable};
    static const char *const needs[] = {"from", "points", "amount", "liable"};
    const assess_table *kinds = g->m->parts[PART_KINDS];
    if (!assess_table_rows(kinds))
        return;
    heading(g, MSG_template_kinds);
    header_row(g, titles, COLUMNS);
    for (size_t i = 0; i < assess_table_rows(kinds); i++) {
        book_text(g->s, g->row, 0, cell_of(kinds, i, "kind"), BOOK_STRONG);
        for (size_t k = 0; k < sizeof needs / sizeof *needs; k++)
            book_text(g->s, g->row, k + 1, mark(g, cell_is(kinds, i, needs[k])), BOOK_TEXT);
        g->row++;
    }
}

/* ---- the page ---- */

static void say_head(guide *g, message_id title)
{
    maker *m = g->m;
    text period = about_scheme(m, "period"), source = about_scheme(m, "source");
    book_text(g->s, g->row++, 0, say(m, message_of1(title, about_scheme(m, "title"))), BOOK_TITLE);
    if (period.length)
        paragraph(g, say(m, message_of3(MSG_template_period, period, about_scheme(m, "from"), about_scheme(m, "to"))));
    if (source.length)
        paragraph(g, say(m, message_of1(MSG_template_source, source)));
}

static void say_return(guide *g)
{
    maker *m = g->m;
    text scheme = about_scheme(m, "scheme"), period = about_scheme(m, "period");
    heading(g, MSG_template_return);
    PARAGRAPHS(g, MSG_template_return_1, MSG_template_return_2);
    if (!period.length)
        period = say_id(m, MSG_template_some_period);
    paragraph(g, say(m, message_of2(MSG_template_check, scheme, period)));
    paragraph(g, say(m, message_of2(MSG_template_run, scheme, period)));
    PARAGRAPHS(g, MSG_template_return_3, MSG_template_return_4);
}

static void lay_central(guide *g)
{
    say_head(g, MSG_template_title);
    heading(g, MSG_template_how);
    PARAGRAPHS(g, MSG_template_how_1, MSG_template_how_2, MSG_template_how_3, MSG_template_how_4, MSG_template_how_5, MSG_template_how_6);
    say_colours(g);
    say_sheets(g);
    if (assess_table_rows(g->m->parts[PART_ITEMS])) {
        heading(g, MSG_template_ballots);
        PARAGRAPHS(g, MSG_template_ballots_1, MSG_template_ballots_2, MSG_template_ballots_3, MSG_template_ballots_4);
    }
    say_return(g);
    say_fields(g);
    say_kinds(g);
}

static void lay_of_rater(guide *g)
{
    maker *m = g->m;
    say_head(g, MSG_template_ballot_title);
    paragraph(g, m->rater_name.length ? say(m, message_of2(MSG_template_for_name, m->rater_name, m->rater))
                                      : say(m, message_of1(MSG_template_for, m->rater)));
    heading(g, MSG_template_how);
    PARAGRAPHS(g, MSG_template_rater_1, MSG_template_rater_2, MSG_template_rater_3, MSG_template_rater_4, MSG_template_rater_5);
    say_colours(g);
    say_fields(g);
}

void template_lay_guide(maker *m, book_sheet *s)
{
    guide g = {.m = m, .s = s};
    for (size_t i = 0; i < COLUMNS; i++)
        book_columns(s, i, i, widths[i], BOOK_TEXT);
    if (m->of_rater)
        lay_of_rater(&g);
    else
        lay_central(&g);
    book_set_print(s, &(book_print){.foot = about_scheme(m, "title"), .portrait = true});
    book_protect(s);
}
