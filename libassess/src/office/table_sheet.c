/* table_sheet: see table_sheet.h. The header stands in the first row, so that sorting, filters and programs work. */
#include "office/table_sheet.h"
#include "office/cells.h"

#include <string.h>

enum { LONG_BYTES = 72, WRAPPED_WIDTH = 60, ONE_LINE = 15, KEPT_COLUMNS = 4, ROWS_BETWEEN_REPORTS = 4096 };

static size_t most_rows(const table_sheet *t)
{
    return t->most_rows ? t->most_rows : BOOK_MOST_ROWS - 1;
}

static text value_at(const table_sheet *t, size_t row, size_t column)
{
    return text_of(assess_table_cell(t->table, row, column));
}

/* ---- how the columns are laid out ---- */

static bool is_long(text cell)
{
    return cell.length > LONG_BYTES || (cell.length > 0 && memchr(cell.bytes, '\n', cell.length));
}

static void look_at(const table_sheet *t, size_t column, sheet_column *out)
{
    assess_cells cells = assess_table_column_cells(t->table, column);
    if (cells != ASSESS_CELLS_TEXT && cells != ASSESS_CELLS_FIGURE)
        return;
    for (size_t row = 0; row < assess_table_rows(t->table); row++) {
        text cell = value_at(t, row, column);
        if (cells == ASSESS_CELLS_TEXT)
            out->wrapped |= is_long(cell);
        else
            out->exact_too |= cell.length > 0 && !book_is_decimal(cell);
    }
}

static bool plan_columns(table_sheet *t)
{
    size_t count = assess_table_columns(t->table);
    t->columns = mem_zalloc(count + 1, sizeof *t->columns);
    t->width = 0;
    for (size_t c = 0; t->columns && c < count; c++) {
        t->columns[c].at = t->width;
        t->columns[c].skipped = is_for_programs(t->table, assess_table_column_id(t->table, c));
        if (t->columns[c].skipped)
            continue;
        look_at(t, c, &t->columns[c]);
        t->width += t->columns[c].exact_too ? 2 : 1;
    }
    return t->columns != NULL;
}

/* The columns that say who it is stay in view. */
static size_t kept_columns(const table_sheet *t)
{
    size_t name = assess_table_column(t->table, "name"), unit = assess_table_column(t->table, "unit");
    if (name < KEPT_COLUMNS)
        return t->columns[name].at + 1;
    return unit == 0 ? 1 : 0;
}

/* ---- header ---- */

static void put_exact_title(const table_sheet *t, book_sheet *s, size_t column)
{
    buffer words = {0};
    text title = text_of(assess_table_column_title(t->table, column));
    message_render(&words, message_of1(MSG_office_exactly, title), t->language);
    book_text(s, 0, t->columns[column].at + 1, book_words(t->book, &words), BOOK_HEADER);
    buffer_free(&words);
}

static void put_header(const table_sheet *t, book_sheet *s)
{
    for (size_t c = 0; c < assess_table_columns(t->table); c++) {
        if (t->columns[c].skipped)
            continue;
        book_text(s, 0, t->columns[c].at, text_of(assess_table_column_title(t->table, c)), BOOK_HEADER);
        if (t->columns[c].wrapped)
            book_columns(s, t->columns[c].at, t->columns[c].at, WRAPPED_WIDTH, BOOK_TEXT);
        if (t->columns[c].exact_too)
            put_exact_title(t, s, c);
    }
}

static void set_paper(const table_sheet *t, book_sheet *s)
{
    buffer title = {0};
    buffer_add_string(&title, assess_table_title(t->table));
    if (*t->subtitle) {
        buffer_add_string(&title, t->language == ASSESS_ZH ? "　" : " · ");
        buffer_add_string(&title, t->subtitle);
    }
    book_print print = {.title = book_words(t->book, &title), .foot = text_of(assess_table_note(t->table)), .repeat_rows = 1,
                        .landscape = t->charted, .lines = !t->charted};
    book_set_print(s, &print);
    buffer_free(&title);
}

/* ---- rows ---- */

static void put_cell(const table_sheet *t, book_sheet *s, size_t row, size_t column, text cell)
{
    const sheet_column *to = &t->columns[column];
    switch (assess_table_column_cells(t->table, column)) {
    case ASSESS_CELLS_NUMBER:
        book_number(s, row, to->at, cell, BOOK_NUMBER);
        return;
    case ASSESS_CELLS_SHARE:
        book_number(s, row, to->at, cell, BOOK_SHARE);
        return;
    case ASSESS_CELLS_DATE:
        book_date(s, row, to->at, cell, BOOK_DATE);
        return;
    case ASSESS_CELLS_FIGURE:
        book_figure(s, row, to->at, cell, BOOK_NUMBER);
        if (to->exact_too && cell.length > 0)
            book_text(s, row, to->at + 1, cell, BOOK_TEXT);
        return;
    default:
        if (cell.length > 0)
            book_text(s, row, to->at, cell, to->wrapped ? BOOK_WRAPPED : BOOK_TEXT);
    }
}

/* One line is what every row has. */
static void set_height(const table_sheet *t, book_sheet *s, size_t row, size_t from)
{
    double height = 0;
    for (size_t c = 0; c < assess_table_columns(t->table); c++) {
        double needed = t->columns[c].wrapped ? book_height(value_at(t, from, c), WRAPPED_WIDTH) : 0;
        height = needed > height ? needed : height;
    }
    if (height > ONE_LINE)
        book_row_height(s, row, height);
}

static void report(table_sheet *t)
{
    uint64_t done = t->done < t->total ? t->done : t->total;
    if (t->progress && t->done % ROWS_BETWEEN_REPORTS == 0 && t->progress(t->user, done, t->total) != 0)
        t->cancelled = true;
}

static void put_rows(table_sheet *t, book_sheet *s, size_t from, size_t count)
{
    for (size_t i = 0; i < count && !t->cancelled; i++, t->done++) {
        for (size_t c = 0; c < assess_table_columns(t->table); c++)
            if (!t->columns[c].skipped)
                put_cell(t, s, i + 1, c, value_at(t, from + i, c));
        set_height(t, s, i + 1, from + i);
        report(t);
    }
}

static void put_none(const table_sheet *t, book_sheet *s)
{
    buffer words = {0};
    message_render(&words, message_of(MSG_office_none), t->language);
    book_text(s, 1, 0, book_words(t->book, &words), BOOK_TEXT);
    buffer_free(&words);
}

static void put_sheet(table_sheet *t, size_t from, size_t count)
{
    book_sheet *s = book_add_sheet(t->book, text_of(assess_table_title(t->table)));
    t->first = t->first ? t->first : s;
    put_header(t, s);
    if (t->width > 0)
        book_filter((book_area){s, 0, 0, count, t->width - 1});
    book_freeze(s, 1, kept_columns(t));
    set_paper(t, s);
    put_rows(t, s, from, count);
    if (count == 0 && t->says_none)
        put_none(t, s);
}

void table_sheet_write(table_sheet *t)
{
    size_t rows = assess_table_rows(t->table), at = 0;
    t->first = NULL;
    if (!plan_columns(t)) {
        book_out_of_memory(t->book);
        return;
    }
    do {
        size_t count = rows - at < most_rows(t) ? rows - at : most_rows(t);
        put_sheet(t, at, count);
        at += count;
    } while (at < rows && !t->cancelled);
}

book_area table_sheet_rows(const table_sheet *t, size_t column)
{
    size_t rows = assess_table_rows(t->table), at = t->columns[column].at;
    return (book_area){t->first, 1, at, rows < most_rows(t) ? rows : most_rows(t), at};
}
