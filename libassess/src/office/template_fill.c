/* template_fill.c: what is known already stands in the template: people, and a row for each figure that they need. */
#include "office/template.h"

#include <string.h>

text *template_add_row(maker *m, form *f, size_t capacity)
{
    if (!f->cells && !m->failed)
        f->cells = arena_zalloc(&m->memory, (capacity * f->count + 1) * sizeof *f->cells);
    m->failed |= !f->cells;
    return f->cells ? &f->cells[f->rows++ * f->count] : NULL;
}

/* A column of people goes by its id; one that the scheme does not know keeps the header that it has. */
static void add_unknown_columns(maker *m, form *f)
{
    for (size_t c = assess_table_column(m->people, "level") + 1; c < assess_table_columns(m->people); c++) {
        text id = text_of(assess_table_column_id(m->people, c));
        bool known = false;
        for (size_t i = 0; i < f->count; i++)
            known |= text_equal(f->fields[i].id, id);
        if (!known)
            template_add_field(m, f, (field){.id = id, .title = id, .kind = FIELD_TEXT, .about = say_id(m, MSG_template_about_kept)});
    }
}

static void fill_people(maker *m, form *f)
{
    size_t rows = assess_table_rows(m->people);
    add_unknown_columns(m, f);
    for (size_t i = 0; i < rows; i++) {
        text *row = template_add_row(m, f, rows);
        for (size_t k = 0; row && k < f->count; k++)
            row[k] = cell_of(m->people, i, f->fields[k].id.bytes);
    }
}

static size_t field_number(const form *f, const char *id)
{
    for (size_t i = 0; i < f->count; i++)
        if (text_equal(f->fields[i].id, text_of(id)))
            return i;
    return 0;
}

static void add_measures_of(maker *m, form *f, size_t person, size_t capacity)
{
    const assess_table *measures = m->parts[PART_MEASURES];
    for (size_t i = 0; i < assess_table_rows(measures); i++) {
        if (!has_word(cell_of(measures, i, "levels"), cell_of(m->people, person, "level")))
            continue;
        text *row = template_add_row(m, f, capacity);
        if (!row)
            return;
        row[field_number(f, "subject")] = cell_of(m->people, person, "id");
        row[field_number(f, "measure")] = cell_of(measures, i, "measure");
    }
}

/* Everybody's figures, as far as a sheet has rows for them. */
static void fill_measures(maker *m, form *f)
{
    size_t people = assess_table_rows(m->people), most = people * assess_table_rows(m->parts[PART_MEASURES]);
    if (most >= BOOK_MOST_ROWS)
        return;
    for (size_t i = 0; i < people; i++)
        add_measures_of(m, f, i, most);
}

static void fill_raters(maker *m, form *f)
{
    size_t rows = assess_table_rows(m->raters);
    for (size_t i = 0; i < rows; i++) {
        text *row = template_add_row(m, f, rows);
        for (size_t k = 0; row && k < f->count; k++) {
            text cell = cell_of(m->raters, i, f->fields[k].id.bytes);
            row[k] = f->fields[k].kind == FIELD_WORD ? template_role_title(m, cell) : cell;
        }
    }
}

void template_fill(maker *m)
{
    if (!m->people)
        return;
    for (size_t i = 0; i < m->form_count; i++) {
        if (m->forms[i].table == FORM_PEOPLE)
            fill_people(m, &m->forms[i]);
        if (m->forms[i].table == FORM_MEASURES)
            fill_measures(m, &m->forms[i]);
        if (m->forms[i].table == FORM_RATERS)
            fill_raters(m, &m->forms[i]);
    }
}
