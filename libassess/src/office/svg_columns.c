/* svg_columns: a distribution as columns side by side, with the lines that cut it. */
#include "office/svg_parts.h"

enum { LEFT = 20, RIGHT = 700, CUT_ROW = 16, FOOT = 40, HEIGHT = 170, CUT_ROWS = 3 };

typedef struct drawing {
    html *h;
    const svg_columns *c;
    int64_t top, foot; /* of the columns */
    uint64_t most;
} drawing;

static int64_t edge(const drawing *d, size_t column)
{
    return LEFT + (int64_t)column * (RIGHT - LEFT) / (int64_t)d->c->column_count;
}

static uint64_t highest(const svg_columns *c)
{
    uint64_t most = 1;
    for (size_t i = 0; i < c->column_count; i++)
        most = c->columns[i].count > most ? c->columns[i].count : most;
    return most;
}

/* Something is never drawn as nothing. */
static int64_t height_of(const drawing *d, uint64_t count)
{
    int64_t height = (int64_t)(count * HEIGHT / d->most);
    return count && height == 0 ? 1 : height;
}

static void draw_column(const drawing *d, size_t i)
{
    uint64_t count = d->c->columns[i].count;
    int64_t left = edge(d, i), width = edge(d, i + 1) - left, height = height_of(d, count);
    if (count == 0)
        return;
    picture_box(d->h, d->c->words.id, 1, (box){left + 1, d->foot - height, width > 3 ? width - 2 : width, height});
    if (width >= picture_digits(count) + 2)
        picture_number(d->h, "c h", left + width / 2, d->foot - height - 4, count);
}

/* Every so many edges get a label, as many as have room. */
static size_t label_step(const drawing *d)
{
    int64_t widest = picture_width(d->c->end);
    for (size_t i = 0; i < d->c->column_count; i++) {
        int64_t width = picture_width(d->c->columns[i].from);
        widest = width > widest ? width : widest;
    }
    size_t room = (size_t)((RIGHT - LEFT) / (widest + 10));
    return room >= d->c->column_count ? 1 : (d->c->column_count + room - 1) / room;
}

static void draw_foot(const drawing *d)
{
    size_t step = label_step(d);
    picture_line(d->h, "a", LEFT, d->foot, RIGHT, d->foot);
    for (size_t i = 0; i < d->c->column_count; i += step)
        picture_text(d->h, "c", edge(d, i), d->foot + 16, d->c->columns[i].from);
    if (d->c->column_count % step == 0)
        picture_text(d->h, "c", RIGHT, d->foot + 16, d->c->end);
    picture_text(d->h, "c", PICTURE_WIDTH / 2, d->foot + 34, d->c->axis);
}

/* Neighbouring labels stand on different lines, so that lines close together can be read. */
static void draw_cut(const drawing *d, size_t i)
{
    const svg_cut *cut = &d->c->cuts[i];
    int64_t x = edge(d, cut->before), y = (int64_t)(i % CUT_ROWS) * CUT_ROW + 12, half = picture_width(cut->label) / 2;
    int64_t at = x - half < 0 ? half : x + half > PICTURE_WIDTH ? PICTURE_WIDTH - half : x;
    picture_line(d->h, "k", x, y + 4, x, d->foot);
    picture_text(d->h, "c h", at, y, cut->label);
}

void svg_draw_columns(html *h, const svg_columns *c)
{
    size_t rows = c->cut_count < CUT_ROWS ? c->cut_count : CUT_ROWS;
    int64_t top = (int64_t)rows * CUT_ROW + 22;
    drawing d = {.h = h, .c = c, .top = top, .foot = top + HEIGHT, .most = highest(c)};
    picture_begin(h, &c->words, d.foot + FOOT);
    picture_patterns(h, c->words.id, 2);
    for (size_t i = 0; i < c->column_count; i++)
        draw_column(&d, i);
    draw_foot(&d);
    for (size_t i = 0; i < c->cut_count; i++)
        draw_cut(&d, i);
    html_end(h);
}
