/* grid: see grid.h. A cell that says what the one above it says shares its text: units, grades and words repeat for thousands of rows. */
#include "report/grid.h"

#include <string.h>

static const char *keep(grid *g, text t)
{
    const char *copy = t.length ? arena_text(&g->memory, t.bytes, t.length) : "";
    g->failed |= !copy;
    return copy ? copy : "";
}

static const char *keep_word(grid *g, message m)
{
    buffer words = {0};
    message_render(&words, m, g->language);
    const char *kept = keep(g, buffer_text(&words));
    g->failed |= words.failed;
    buffer_free(&words);
    return kept;
}

void grid_begin(grid *g, const char *id, text title, assess_language language)
{
    *g = (grid){.language = language, .note = ""};
    g->id = keep(g, text_of(id));
    g->title = keep(g, title);
}

void grid_begin_word(grid *g, const char *id, message_id title, assess_language language)
{
    grid_begin(g, id, text_of(""), language);
    g->title = keep_word(g, message_of(title));
}

void grid_note(grid *g, message m) { g->note = keep_word(g, m); }

void grid_free(grid *g)
{
    mem_free(g->columns);
    mem_free(g->cells);
    arena_free(&g->memory);
    *g = (grid){0};
}

static void add_column(grid *g, const char *id, const char *title, grid_cells cells)
{
    if (!MEM_RESERVE(g->columns, g->column_capacity, g->column_count + 1))
        g->failed = true;
    else
        g->columns[g->column_count++] = (grid_column){id, title, cells};
}

void grid_column_word(grid *g, const char *id, message_id title, grid_cells cells)
{
    add_column(g, keep(g, text_of(id)), keep_word(g, message_of(title)), cells);
}

void grid_column_text(grid *g, text id, text title, grid_cells cells) { add_column(g, keep(g, id), keep(g, title), cells); }

static bool repeats(const grid *g, text value)
{
    if (g->count < g->column_count)
        return false;
    const char *above = g->cells[g->count - g->column_count];
    return strncmp(above, value.bytes, value.length) == 0 && above[value.length] == '\0';
}

void grid_text(grid *g, text value)
{
    if (g->failed || !MEM_RESERVE(g->cells, g->capacity, g->count + 1)) {
        g->failed = true;
        return;
    }
    bool shared = value.length && repeats(g, value);
    const char *cell = shared ? g->cells[g->count - g->column_count] : keep(g, value);
    g->cells[g->count++] = cell;
}

void grid_empty(grid *g) { grid_text(g, text_of("")); }

void grid_buffer(grid *g, buffer *b)
{
    g->failed |= b->failed;
    grid_text(g, buffer_text(b));
    buffer_free(b);
}

void grid_word(grid *g, message_id word)
{
    buffer words = {0};
    message_render(&words, message_of(word), g->language);
    grid_buffer(g, &words);
}

void grid_label(grid *g, label l) { grid_text(g, label_in(l, g->language)); }

void grid_integer(grid *g, int64_t value)
{
    char digits[64];
    grid_text(g, (text){digits, decimal_print(value, 0, digits)});
}

void grid_truth(grid *g, bool truth) { grid_text(g, text_of(truth ? "1" : "")); }

void grid_decimal(grid *g, bool given, decimal d)
{
    char digits[64];
    grid_text(g, (text){digits, given ? decimal_print(d.coeff, d.scale, digits) : 0});
}

/* What ends within 9 places is a decimal; of the rest only the fraction is the figure. */
void grid_figure(grid *g, bool known, fraction f)
{
    char digits[160];
    size_t length = known ? fraction_print(f, digits, sizeof digits) : 0;
    const char *open = length ? memchr(digits, '(', length) : NULL;
    if (open)
        grid_text(g, (text){open + 1, (size_t)(digits + length - open) - 2});
    else
        grid_text(g, (text){digits, length});
}

void grid_share(grid *g, size_t part, size_t whole)
{
    int128 tenths;
    char digits[64];
    rounding r = {ROUND_HALF_UP, {1, 1}};
    bool known = whole && fraction_round_units((fraction){(int128)part * 100, (int128)whole}, r, &tenths);
    grid_text(g, (text){digits, known ? decimal_print(tenths, 1, digits) : 0});
}

void grid_date(grid *g, date d)
{
    char iso[16];
    grid_text(g, (text){iso, date_print(d, iso)});
}

void grid_digest(grid *g, const digest *d)
{
    char hex[65];
    digest_print(d, hex);
    grid_text(g, text_of(hex));
}
