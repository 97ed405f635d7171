/* page: see page.h. */
#include "report/page.h"

static const char BOLD[] = "\x1b[1m", DIM[] = "\x1b[2m", PLAIN[] = "\x1b[0m";

static void style(page *p, const char *code)
{
    if (p->color)
        buffer_add_string(p->out, code);
}

/* Arguments of a message may come from outside: the sentence is made visible as a whole. */
static void add_message(page *p, message m)
{
    buffer line = {0};
    message_render(&line, m, p->language);
    buffer_add_visible(p->out, buffer_text(&line));
    p->out->failed |= line.failed;
    buffer_free(&line);
}

void page_sentence(page *p, message m)
{
    buffer_add_string(p->out, "  ");
    add_message(p, m);
    buffer_add_char(p->out, '\n');
}

void page_title(page *p, message m)
{
    style(p, BOLD);
    add_message(p, m);
    style(p, PLAIN);
    buffer_add_char(p->out, '\n');
}

void page_heading(page *p, message_id heading, text behind)
{
    buffer_add_char(p->out, '\n');
    style(p, BOLD);
    add_message(p, message_of(heading));
    style(p, PLAIN);
    if (behind.length) {
        buffer_add_string(p->out, "  ");
        style(p, DIM);
        buffer_add_visible(p->out, behind);
        style(p, PLAIN);
    }
    buffer_add_char(p->out, '\n');
}

/* Tenths of a per cent, half up; counts of people stay far from 2^53, let alone 2^64 / 2000. */
void page_share(buffer *out, size_t part, size_t whole)
{
    if (whole == 0)
        return;
    size_t tenths = (part * 2000 + whole) / (2 * whole);
    buffer_add_integer(out, (int64_t)(tenths / 10));
    buffer_add_char(out, '.');
    buffer_add_char(out, (char)('0' + tenths % 10));
    buffer_add_char(out, '%');
}

/* U+2588 FULL BLOCK, and U+2589 … U+258F for seven eighths … one eighth of it. Something is never shown as nothing. */
void page_bar(buffer *out, size_t part, size_t whole)
{
    if (whole == 0 || part == 0)
        return;
    size_t eighths = part * (BAR_COLUMNS * 8) / whole;
    if (eighths == 0)
        eighths = 1;
    for (; eighths >= 8; eighths -= 8)
        buffer_add_string(out, "\xE2\x96\x88");
    if (eighths) {
        buffer_add_string(out, "\xE2\x96");
        buffer_add_char(out, (char)(0x88 + (8 - eighths)));
    }
}

/* ---- tables ---- */

void table_cell(table *t, text value)
{
    buffer shown = {0};
    buffer_add_visible(&shown, value);
    char *copy = arena_text(&t->memory, shown.bytes ? shown.bytes : "", shown.length);
    if (!copy || shown.failed || !MEM_RESERVE(t->cells, t->capacity, t->count + 1))
        t->failed = true;
    else
        t->cells[t->count++] = (text){copy, shown.length};
    buffer_free(&shown);
}

void table_word(table *t, const page *p, message_id word)
{
    buffer line = {0};
    message_render(&line, message_of(word), p->language);
    table_cell(t, buffer_text(&line));
    t->failed |= line.failed;
    buffer_free(&line);
}

void table_number(table *t, size_t value)
{
    buffer digits = {0};
    buffer_add_integer(&digits, (int64_t)value);
    table_cell(t, buffer_text(&digits));
    t->failed |= digits.failed;
    buffer_free(&digits);
}

/* The longest beginning of `t` that fits into `columns`; shorter by one when something is cut, for the “…”. */
static text cut(text t, size_t columns, bool *was_cut)
{
    *was_cut = text_columns(t) > columns;
    if (!*was_cut)
        return t;
    size_t fits = 0;
    for (size_t at = 0; at < t.length;) {
        utf8_next(t.bytes, t.length, &at);
        if (text_columns((text){t.bytes, at}) > columns - 1)
            break;
        fits = at;
    }
    return (text){t.bytes, fits};
}

static size_t column_width(const table *t, size_t column)
{
    size_t widest = 0;
    for (size_t i = column; i < t->count; i += t->columns) {
        size_t width = text_columns(t->cells[i]);
        if (width > widest)
            widest = width;
    }
    return widest < TABLE_CELL_COLUMNS ? widest : TABLE_CELL_COLUMNS;
}

static void add_spaces(buffer *out, size_t count)
{
    while (count--)
        buffer_add_char(out, ' ');
}

/* Padded to `width`, which may be 0. */
static void print_cell(buffer *out, text value, size_t width, bool right)
{
    bool was_cut;
    text shown = cut(value, TABLE_CELL_COLUMNS, &was_cut);
    size_t used = text_columns(shown) + was_cut;
    if (right && used < width)
        add_spaces(out, width - used);
    buffer_add_text(out, shown);
    if (was_cut)
        buffer_add_string(out, "…");
    if (!right && used < width)
        add_spaces(out, width - used);
}

static size_t last_filled(const table *t, const text *cells)
{
    size_t end = t->columns;
    while (end > 0 && cells[end - 1].length == 0)
        end--;
    return end;
}

/* The last column is neither padded nor cut: it holds the sentences. Behind the last cell that is filled there are no blanks. */
static void print_row(const table *t, const size_t *widths, const text *cells, page *p)
{
    size_t end = last_filled(t, cells);
    buffer_add_char(p->out, ' ');
    for (size_t c = 0; c < end; c++) {
        bool right = t->right >> c & 1;
        buffer_add_string(p->out, c == 0 ? " " : "  ");
        if (c + 1 == t->columns && !right)
            buffer_add_text(p->out, cells[c]);
        else
            print_cell(p->out, cells[c], right || c + 1 < end ? widths[c] : 0, right);
    }
}

void table_print(table *t, page *p)
{
    size_t widths[TABLE_MAX_COLUMNS] = {0};
    for (size_t c = 0; c < t->columns; c++)
        widths[c] = column_width(t, c);
    for (size_t i = 0; i + t->columns <= t->count; i += t->columns) {
        bool header = t->header && i == 0;
        style(p, header ? DIM : "");
        print_row(t, widths, t->cells + i, p);
        style(p, header ? PLAIN : "");
        buffer_add_char(p->out, '\n');
    }
    p->out->failed |= t->failed;
    mem_free(t->cells);
    arena_free(&t->memory);
    *t = (table){0};
}
