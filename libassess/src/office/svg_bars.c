/* svg_bars: bars made of parts, one below the other. */
#include "office/svg_parts.h"

enum { LEFT = 150, RIGHT = 640, ROW = 26, BAR = 17, LEGEND_ROW = 20, LABEL_COLUMNS = 22, SWATCH = 14 };

/* ---- legend ---- */

/* Where the next entry stands; wraps at the right edge. `draw` false: only finds out how many lines there are. */
typedef struct legend {
    html *h;
    const char *prefix;
    int64_t x, y;
    bool draw;
} legend;

static void place_entry(legend *l, text words)
{
    int64_t needed = SWATCH + 6 + picture_width(words) + 18;
    if (l->x > 0 && l->x + needed > PICTURE_WIDTH) {
        l->x = 0;
        l->y += LEGEND_ROW;
    }
}

static void finish_entry(legend *l, text words)
{
    if (l->draw)
        picture_text(l->h, "", l->x + SWATCH + 6, l->y + 12, words);
    l->x += SWATCH + 6 + picture_width(words) + 18;
}

/* A downward triangle on a line, as it stands on the bars. */
static void draw_mark(html *h, int64_t x, int64_t top, int64_t bottom)
{
    buffer path = {0};
    picture_line(h, "m", x, top, x, bottom);
    buffer_add_char(&path, 'M');
    buffer_add_integer(&path, x - 4);
    buffer_add_char(&path, ' ');
    buffer_add_integer(&path, top - 1);
    buffer_add_string(&path, "h8");
    html_begin(h, "path");
    html_attribute_string(h, "class", "m");
    html_attribute(h, "d", buffer_text(&path));
    html_end(h);
    h->out->failed |= path.failed;
    buffer_free(&path);
}

static int64_t write_legend(html *h, const svg_bars *b, bool draw)
{
    legend l = {.h = h, .prefix = b->words.id, .draw = draw};
    for (size_t i = 0; i < b->part_count; i++) {
        place_entry(&l, b->parts[i]);
        if (draw)
            picture_box(h, l.prefix, i, (box){l.x, l.y + 2, SWATCH, 12});
        finish_entry(&l, b->parts[i]);
    }
    if (b->mark.length) {
        place_entry(&l, b->mark);
        if (draw)
            draw_mark(h, l.x + SWATCH / 2, l.y + 2, l.y + 16);
        finish_entry(&l, b->mark);
    }
    return l.y + LEGEND_ROW;
}

/* ---- bars ---- */

static uint64_t sum_of(const svg_bars *b, const svg_bar *bar)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < b->part_count; i++)
        sum += bar->parts[i];
    return sum;
}

static uint64_t reach(const svg_bars *b, const svg_bar *bar)
{
    uint64_t sum = sum_of(b, bar);
    return bar->marked && bar->mark > sum ? bar->mark : sum;
}

static uint64_t longest(const svg_bars *b)
{
    uint64_t most = 1;
    for (size_t i = 0; i < b->bar_count; i++)
        most = reach(b, &b->bars[i]) > most ? reach(b, &b->bars[i]) : most;
    return most;
}

/* So far from the left, in units of the picture; counts of people stay far below 2^50. */
static int64_t along(uint64_t value, uint64_t whole)
{
    return whole == 0 ? 0 : (int64_t)(value * (RIGHT - LEFT) / whole);
}

/* The number stands in its part where there is room, else only in the table. A bar of one part has it behind. */
static void write_part_number(html *h, const svg_bars *b, size_t part, box at, uint64_t value)
{
    if (b->part_count == 1 || at.width < picture_digits(value) + 6)
        return;
    bool dark = part % SVG_LOOKS == 0;
    picture_number(h, dark ? "c w" : "c h", at.x + at.width / 2, at.y + 13, value);
}

static void draw_parts(html *h, const svg_bars *b, const svg_bar *bar, int64_t y, uint64_t whole)
{
    uint64_t before = 0;
    for (size_t i = 0; i < b->part_count; i++) {
        int64_t from = along(before, whole), to = along(before + bar->parts[i], whole);
        before += bar->parts[i];
        if (bar->parts[i] == 0)
            continue;
        box at = {LEFT + from, y, to > from ? to - from : 1, BAR};
        picture_box(h, b->words.id, i, at);
        write_part_number(h, b, i, at, bar->parts[i]);
    }
}

static void draw_bar(html *h, const svg_bars *b, const svg_bar *bar, int64_t y, uint64_t most)
{
    uint64_t whole = b->of_whole ? reach(b, bar) : most;
    buffer label = {0};
    svg_cut_text(&label, bar->label, LABEL_COLUMNS);
    picture_text(h, "e", LEFT - 8, y + 13, buffer_text(&label));
    draw_parts(h, b, bar, y, whole);
    picture_text(h, "", LEFT + along(reach(b, bar), whole) + 8, y + 13, bar->total);
    if (bar->marked)
        draw_mark(h, LEFT + along(bar->mark, whole), y - 3, y + BAR + 3);
    h->out->failed |= label.failed;
    buffer_free(&label);
}

void svg_draw_bars(html *h, const svg_bars *b)
{
    bool told_apart = b->part_count > 1 || b->mark.length;
    int64_t top = (told_apart ? write_legend(h, b, false) : 0) + 10, bottom = top + (int64_t)b->bar_count * ROW;
    uint64_t most = longest(b);
    picture_begin(h, &b->words, bottom + 4);
    picture_patterns(h, b->words.id, b->part_count);
    if (told_apart)
        write_legend(h, b, true);
    for (size_t i = 0; i < b->bar_count; i++)
        draw_bar(h, b, &b->bars[i], top + (int64_t)i * ROW, most);
    picture_line(h, "a", LEFT, top - 4, LEFT, bottom - 4);
    html_end(h);
}
