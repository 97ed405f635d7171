/* report_tables: a table of the result as a table of the page. */
#include "office/cells.h"
#include "office/report_parts.h"

#include <string.h>

enum {
    SHORT_COLUMNS = 18,  /* a cell no wider than this is not broken into lines */
    NARROW_COLUMNS = 40, /* with a wider one the table takes the whole width, */
    FEW_COLUMNS = 6,     /* and so it does with this many columns */
    MANY_COLUMNS = 10,   /* with this many it is wide */
    KEPT_ROWS = 12       /* so few rows stay on one page */
};

/* ---- which columns are shown ---- */

/* What a statement says begins with its kind. */
static bool is_said_already(const assess_table *t, size_t column)
{
    return id_has_base(assess_table_id(t), "clauses") && strcmp(assess_table_column_id(t, column), "kind") == 0;
}

/* Of everybody, what fits on a sheet of paper: the workbook has the rest. */
static bool is_left_to_workbook(const assess_table *t, size_t column)
{
    static const char *const left[] = {"category", "post", "flags"};
    if (!id_has_base(assess_table_id(t), "results"))
        return false;
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (strcmp(assess_table_column_id(t, column), left[i]) == 0)
            return true;
    return column > assess_table_column(t, "reasons");
}

typedef struct column_look {
    bool shown;
    size_t widest; /* in columns of a terminal */
} column_look;

/* A column that holds nothing is left out. */
static column_look look_of(const assess_table *t, size_t column, size_t rows)
{
    column_look look = {.shown = false};
    if (is_for_programs(t, assess_table_column_id(t, column)) || is_said_already(t, column) || is_left_to_workbook(t, column))
        return look;
    for (size_t row = 0; row < rows; row++) {
        text value = text_of(assess_table_cell(t, row, column));
        size_t width = value.length > look.widest ? text_columns(value) : 0;
        look.shown |= value.length > 0;
        look.widest = width > look.widest ? width : look.widest;
    }
    return look;
}

/* ---- laying out ---- */

static const char *class_of(const assess_table *t, size_t column, column_look look)
{
    switch (assess_table_column_cells(t, column)) {
    case ASSESS_CELLS_NUMBER:
    case ASSESS_CELLS_SHARE:
    case ASSESS_CELLS_FIGURE: return "n";
    case ASSESS_CELLS_DATE: return "d";
    default: return look.widest <= SHORT_COLUMNS ? "s" : "w";
    }
}

/* A short title is not broken: two characters would stand one above the other. */
static const char *head_class(const assess_table *t, size_t column, column_look look)
{
    enum { SHORT_TITLE = 6 };
    const char *class = class_of(t, column, look);
    bool is_short = text_columns(text_of(assess_table_column_title(t, column))) <= SHORT_TITLE;
    return strcmp(class, "n") == 0 && is_short ? "n k" : class;
}

static void write_head(report *r, const assess_table *t, const column_look *looks)
{
    html *h = &r->page;
    html_begin(h, "thead");
    html_begin(h, "tr");
    for (size_t c = 0; c < assess_table_columns(t); c++) {
        if (!looks[c].shown)
            continue;
        html_begin(h, "th");
        html_attribute_string(h, "scope", "col");
        html_attribute_string(h, "class", head_class(t, c, looks[c]));
        html_string(h, assess_table_column_title(t, c));
        html_end(h);
    }
    html_end(h);
    html_end(h);
}

static void write_cell(report *r, const assess_table *t, size_t row, size_t column, column_look look, bool first)
{
    html *h = &r->page;
    const char *value = assess_table_cell(t, row, column);
    html_begin(h, first ? "th" : "td");
    if (first)
        html_attribute_string(h, "scope", "row");
    html_attribute_string(h, "class", class_of(t, column, look));
    if (strcmp(assess_table_column_id(t, column), "set") == 0 && strcmp(value, "1") == 0)
        html_message(h, message_of(MSG_office_yes));
    else
        html_string(h, value);
    html_end(h);
}

static void write_row(report *r, const assess_table *t, size_t row, const column_look *looks)
{
    bool first = true;
    html_begin(&r->page, "tr");
    for (size_t c = 0; c < assess_table_columns(t); c++) {
        if (!looks[c].shown)
            continue;
        write_cell(r, t, row, c, looks[c], first);
        first = false;
    }
    html_end(&r->page);
}

static text number_of(report *r, size_t value)
{
    buffer digits = {0};
    buffer_add_integer(&digits, (int64_t)value);
    return report_keep(r, &digits);
}

/* A table of few and short cells is no wider than it must be; one of many columns may break every cell on paper. */
static const char *width_class(const assess_table *t, const column_look *looks)
{
    size_t shown = 0, widest = 0;
    for (size_t c = 0; c < assess_table_columns(t); c++) {
        shown += looks[c].shown;
        widest = looks[c].shown && looks[c].widest > widest ? looks[c].widest : widest;
    }
    if (shown >= MANY_COLUMNS)
        return "wide";
    return shown < FEW_COLUMNS && widest <= NARROW_COLUMNS ? "fit" : "full";
}

static void begin_table(report *r, const assess_table *t, size_t rows, const column_look *looks)
{
    html *h = &r->page;
    buffer id = {0};
    text number = number_of(r, ++r->table_number);
    buffer_add_char(&id, 't');
    buffer_add_text(&id, number);
    text name = report_keep(r, &id);
    html_begin(h, "div");
    html_attribute_string(h, "class", rows <= KEPT_ROWS ? "scroll keep" : "scroll");
    html_attribute_string(h, "role", "region");
    html_attribute_string(h, "tabindex", "0");
    html_attribute(h, "aria-labelledby", name);
    html_begin(h, "table");
    html_attribute_string(h, "class", width_class(t, looks));
    html_begin(h, "caption");
    html_attribute(h, "id", name);
    html_message(h, message_of2(MSG_office_table, number, text_of(assess_table_title(t))));
    html_end(h);
}

/* A fact that is not known is not told. */
static bool is_void(const assess_table *t, size_t row)
{
    return id_has_base(assess_table_id(t), "about") && cell_of(t, row, "value").length == 0;
}

static void write_rows(report *r, const assess_table *t, size_t rows, const column_look *looks)
{
    begin_table(r, t, rows, looks);
    write_head(r, t, looks);
    html_begin(&r->page, "tbody");
    for (size_t row = 0; row < rows && !r->page.out->failed; row++)
        if (!is_void(t, row))
            write_row(r, t, row, looks);
    html_end(&r->page);
    html_end(&r->page);
    html_end(&r->page);
}

void write_table(report *r, const assess_table *t)
{
    size_t rows = assess_table_rows(t), columns = assess_table_columns(t), shown = rows < r->rows ? rows : r->rows;
    column_look *looks = mem_zalloc(columns + 1, sizeof *looks);
    if (!looks) {
        report_failed(r);
        return;
    }
    for (size_t c = 0; c < columns; c++)
        looks[c] = look_of(t, c, shown);
    if (assess_table_note(t)[0])
        html_leaf(&r->page, "p", "note", text_of(assess_table_note(t)));
    write_rows(r, t, shown, looks);
    if (shown < rows)
        html_leaf_message(&r->page, "p", "more", message_of2(MSG_office_more_rows, number_of(r, shown), number_of(r, rows - shown)));
    mem_free(looks);
}
