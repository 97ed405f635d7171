/* report_pictures: the tables that are easier to take in as a picture. Every number of a picture is a cell of its table, which
 * stands beneath it. */
#include "office/report_parts.h"
#include "office/svg.h"

#include <string.h>

/* What a cell counts; 0 for one that is no whole number. */
static bool read_count(text cell, uint64_t *out)
{
    *out = 0;
    if (cell.length == 0 || cell.length > 15)
        return false;
    for (size_t i = 0; i < cell.length; i++) {
        if (cell.bytes[i] < '0' || cell.bytes[i] > '9')
            return *out = 0, false;
        *out = *out * 10 + (uint64_t)(cell.bytes[i] - '0');
    }
    return true;
}

static uint64_t count_in(const assess_table *t, size_t row, size_t column)
{
    uint64_t count;
    read_count(text_of(assess_table_cell(t, row, column)), &count);
    return count;
}

static size_t at_most(size_t count, size_t most)
{
    return count < most ? count : most;
}

/* ---- the frame: figure, picture, caption ---- */

static svg_words begin_figure(report *r, const assess_table *t, message_id description)
{
    buffer id = {0}, words = {0};
    buffer_add_char(&id, 'g');
    buffer_add_integer(&id, (int64_t)++r->picture_number);
    buffer_add_char(&id, '\0');
    message_render(&words, message_of(description), r->language);
    html_begin(&r->page, "figure");
    html_begin(&r->page, "div");
    html_attribute_string(&r->page, "class", "picture");
    return (svg_words){report_keep(r, &id).bytes, text_of(assess_table_title(t)), report_keep(r, &words)};
}

static void end_figure(report *r, const assess_table *t, size_t left_out)
{
    buffer number = {0}, more = {0};
    buffer_add_integer(&number, (int64_t)r->picture_number);
    buffer_add_integer(&more, (int64_t)left_out);
    html_end(&r->page);
    html_begin(&r->page, "figcaption");
    html_message(&r->page, message_of2(MSG_office_picture, buffer_text(&number), text_of(assess_table_title(t))));
    if (left_out)
        html_message(&r->page, message_of1(MSG_office_more_bars, buffer_text(&more)));
    html_end(&r->page);
    html_end(&r->page);
    r->page.out->failed |= number.failed || more.failed;
    buffer_free(&number);
    buffer_free(&more);
}

/* ---- bars ---- */

/* Which columns a bar is made of. */
typedef struct bar_columns {
    size_t label, total, mark; /* SIZE_MAX: none */
    size_t parts[SVG_PARTS], part_count;
    bool of_whole, total_named; /* total_named: the column's title stands before the number */
    message_id description;
} bar_columns;

static text total_of(report *r, const assess_table *t, const bar_columns *c, size_t row)
{
    text value = text_of(assess_table_cell(t, row, c->total));
    if (!c->total_named || value.length == 0)
        return value;
    buffer named = {0};
    buffer_add_string(&named, assess_table_column_title(t, c->total));
    buffer_add_char(&named, ' ');
    buffer_add_text(&named, value);
    return report_keep(r, &named);
}

static void take_bars(report *r, const assess_table *t, const bar_columns *c, size_t count, svg_bar *bars, uint64_t *parts)
{
    for (size_t i = 0; i < count; i++) {
        svg_bar *b = &bars[i];
        *b = (svg_bar){.label = text_of(assess_table_cell(t, i, c->label)), .parts = parts + i * c->part_count};
        b->total = total_of(r, t, c, i);
        for (size_t k = 0; k < c->part_count; k++)
            parts[i * c->part_count + k] = count_in(t, i, c->parts[k]);
        if (c->mark != SIZE_MAX)
            b->marked = read_count(text_of(assess_table_cell(t, i, c->mark)), &b->mark);
    }
}

static void draw_bars(report *r, const assess_table *t, const bar_columns *c)
{
    size_t count = at_most(assess_table_rows(t), r->bars);
    svg_bar *bars = arena_alloc(&r->memory, (count + 1) * sizeof *bars);
    uint64_t *parts = arena_alloc(&r->memory, (count * c->part_count + 1) * sizeof *parts);
    text names[SVG_PARTS];
    if (!bars || !parts) {
        report_failed(r);
        return;
    }
    for (size_t k = 0; k < c->part_count; k++)
        names[k] = text_of(assess_table_column_title(t, c->parts[k]));
    take_bars(r, t, c, count, bars, parts);
    svg_bars picture = {.words = begin_figure(r, t, c->description), .parts = names, .part_count = c->part_count, .bars = bars,
                        .bar_count = count, .of_whole = c->of_whole};
    if (c->mark != SIZE_MAX)
        picture.mark = text_of(assess_table_column_title(t, c->mark));
    svg_draw_bars(&r->page, &picture);
    end_figure(r, t, assess_table_rows(t) - count);
}

static void add_part(bar_columns *c, size_t column)
{
    if (column != SIZE_MAX && c->part_count < SVG_PARTS)
        c->parts[c->part_count++] = column;
}

static void draw_grades(report *r, const assess_table *t)
{
    bar_columns c = {.label = assess_table_column(t, "grade"), .mark = SIZE_MAX, .description = MSG_office_picture_grades};
    c.total = assess_table_column(t, "people");
    add_part(&c, c.total);
    draw_bars(r, t, &c);
}

/* The grades stand behind the columns that count people; without grades it is these that are drawn. */
static void draw_units(report *r, const assess_table *t)
{
    bar_columns c = {.label = assess_table_column(t, "unit"), .mark = SIZE_MAX, .description = MSG_office_picture_units};
    size_t first = assess_table_column(t, "incomplete") + 1;
    bool graded = first < assess_table_columns(t);
    for (size_t k = first; k < assess_table_columns(t); k++)
        add_part(&c, k);
    for (size_t k = assess_table_column(t, "assessed"); !graded && k < first; k++)
        add_part(&c, k);
    c.total = assess_table_column(t, graded ? "assessed" : "people");
    c.of_whole = graded;
    draw_bars(r, t, &c);
}

/* Who is within and who is over an upper limit. */
static void draw_quota(report *r, const assess_table *t)
{
    bar_columns c = {.label = assess_table_column(t, "group"), .mark = assess_table_column(t, "allowed"), .total_named = true,
                     .description = MSG_office_picture_quota};
    c.total = c.mark;
    add_part(&c, assess_table_column(t, "within"));
    add_part(&c, assess_table_column(t, "over"));
    draw_bars(r, t, &c);
}

/* Who there is of a lower limit, and who would be next. */
static void draw_floor(report *r, const assess_table *t)
{
    bar_columns c = {.label = assess_table_column(t, "group"), .mark = assess_table_column(t, "required"), .total_named = true,
                     .description = MSG_office_picture_floor};
    c.total = c.mark;
    add_part(&c, assess_table_column(t, "have"));
    add_part(&c, assess_table_column(t, "next"));
    draw_bars(r, t, &c);
}

/* ---- the distribution ---- */

/* A grade's line is where the band changes from one row to the next. */
static size_t find_cuts(report *r, const assess_table *t, size_t rows, svg_cut *cuts)
{
    size_t count = 0;
    for (size_t i = 1; i < rows; i++) {
        text band = cell_of(t, i, "band");
        if (band.length == 0 || text_equal(band, cell_of(t, i - 1, "band")))
            continue;
        buffer label = {0};
        message_render(&label, message_of2(MSG_office_cut, band, cell_of(t, i, "from")), r->language);
        cuts[count++] = (svg_cut){i, report_keep(r, &label)};
    }
    return count;
}

static void draw_distribution(report *r, const assess_table *t)
{
    size_t rows = assess_table_rows(t), from = assess_table_column(t, "from"), people = assess_table_column(t, "people");
    svg_column *columns = arena_alloc(&r->memory, rows * sizeof *columns);
    svg_cut *cuts = arena_alloc(&r->memory, rows * sizeof *cuts);
    buffer axis = {0};
    if (!columns || !cuts) {
        report_failed(r);
        return;
    }
    for (size_t i = 0; i < rows; i++)
        columns[i] = (svg_column){text_of(assess_table_cell(t, i, from)), count_in(t, i, people)};
    message_render(&axis, message_of(MSG_report_score), r->language);
    svg_columns picture = {.words = begin_figure(r, t, MSG_office_picture_distribution), .columns = columns, .column_count = rows,
                           .end = cell_of(t, rows - 1, "below"), .cuts = cuts, .axis = report_keep(r, &axis)};
    picture.cut_count = find_cuts(r, t, rows, cuts);
    svg_draw_columns(&r->page, &picture);
    end_figure(r, t, 0);
}

/* ---- which table has which picture ---- */

typedef struct drawing {
    const char *base;
    void (*draw)(report *r, const assess_table *t);
    const char *needs[3]; /* columns; a table without them has no picture */
} drawing;

static const drawing drawings[] = {
    {"grades", draw_grades, {"grade", "people", "people"}},
    {"units", draw_units, {"unit", "assessed", "incomplete"}},
    {"quota", draw_quota, {"group", "allowed", "within"}},
    {"quota", draw_floor, {"group", "required", "have"}},
    {"distribution", draw_distribution, {"from", "below", "people"}},
};

static bool has_columns(const assess_table *t, const drawing *d)
{
    for (size_t i = 0; i < 3; i++)
        if (assess_table_column(t, d->needs[i]) == SIZE_MAX)
            return false;
    return true;
}

void write_picture(report *r, const assess_table *t)
{
    for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++)
        if (id_has_base(assess_table_id(t), drawings[i].base) && assess_table_rows(t) && has_columns(t, &drawings[i]))
            drawings[i].draw(r, t);
}
