/* book: charts of cells. */
#include "office/book_inside.h"

enum { TITLE_UNITS = 255, PLAIN_WIDTH = 480, PLAIN_HEIGHT = 288, WIDTH = 640, HEIGHT = 360, JOINED_GAP = 6, GAP = 60 };

/* Told apart in print without colour as well: from dark to light. */
static const lxw_color_t shades[] = {0x1F4E79, 0x2E75B6, 0x9DC3E6, 0xA9D18E, 0xFFD966, 0xF4B183, 0xC9C9C9, 0x7F7F7F};

static uint8_t type_of(book_chart_kind kind)
{
    switch (kind) {
    case BOOK_CHART_BAR:
        return LXW_CHART_BAR;
    case BOOK_CHART_STACKED_BAR:
        return LXW_CHART_BAR_STACKED;
    default:
        return LXW_CHART_COLUMN;
    }
}

static bool chart_ready(book_sheet *s, const book_chart *c)
{
    if (!book_ready(s, s ? s->row : 0, 0) || !book_area_ready(c->categories))
        return false;
    if (c->series_count == 0 || c->series_count > MOST_SERIES)
        book_fail(s->owner, ASSESS_E_CALL, MSG_office_refused);
    for (size_t i = 0; i < c->series_count && s->owner->status == ASSESS_OK; i++)
        book_area_ready(c->series[i].values);
    return s->owner->status == ASSESS_OK;
}

static void add_series(book *b, lxw_chart *chart, const book_chart *c, size_t number)
{
    const book_series *from = &c->series[number];
    book_area names = c->categories, values = from->values;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (!series) {
        book_out_of_memory(b);
        return;
    }
    chart_series_set_categories(series, names.sheet->name, (lxw_row_t)names.first_row, (lxw_col_t)names.first_column,
                                (lxw_row_t)names.last_row, (lxw_col_t)names.last_column);
    chart_series_set_values(series, values.sheet->name, (lxw_row_t)values.first_row, (lxw_col_t)values.first_column,
                            (lxw_row_t)values.last_row, (lxw_col_t)values.last_column);
    char *name = book_keep_name(b, from->name, TITLE_UNITS);
    if (name)
        chart_series_set_name(series, name);
    lxw_chart_fill fill = {.color = shades[number % (sizeof shades / sizeof *shades)]};
    chart_series_set_fill(series, &fill);
    if (!c->joined && c->series_count == 1)
        chart_series_set_labels(series);
}

static void name_axis(book *b, lxw_chart_axis *axis, text t)
{
    char *name = book_keep_name(b, t, TITLE_UNITS);
    if (name)
        chart_axis_set_name(axis, name);
}

static void name_chart(book *b, lxw_chart *chart, const book_chart *c)
{
    char *title = book_keep_name(b, c->title, TITLE_UNITS);
    if (title)
        chart_title_set_name(chart, title);
    else
        chart_title_off(chart);
    name_axis(b, chart->x_axis, c->across);
    name_axis(b, chart->y_axis, c->up);
}

/* In charts of bars libxlsxwriter's y axis is that of the categories. The first row of the cells is the topmost bar, as in the table. */
static void set_axes(lxw_chart *chart, const book_chart *c)
{
    bool bars = c->kind != BOOK_CHART_COLUMN;
    lxw_chart_axis *values = bars ? chart->x_axis : chart->y_axis;
    lxw_chart_font small = {.size = 9};
    lxw_chart_line thin = {.color = 0xD9D9D9, .width = 0.75};
    if (bars)
        chart_axis_set_reverse(chart->y_axis);
    if (c->shares)
        chart_axis_set_num_format(values, "0%");
    chart_axis_major_gridlines_set_line(values, &thin);
    chart_axis_set_name_font(chart->x_axis, &small);
    chart_axis_set_name_font(chart->y_axis, &small);
}

static void set_shape(lxw_chart *chart, const book_chart *c)
{
    lxw_chart_font bold = {.size = 12, .bold = LXW_TRUE};
    set_axes(chart, c);
    chart_title_set_name_font(chart, &bold);
    chart_set_series_gap(chart, c->joined ? JOINED_GAP : GAP);
    if (c->kind == BOOK_CHART_STACKED_BAR)
        chart_set_series_overlap(chart, 100);
    chart_legend_set_position(chart, c->series_count == 1 ? LXW_CHART_LEGEND_NONE : LXW_CHART_LEGEND_BOTTOM);
}

static void insert(book_sheet *s, size_t row, size_t column, lxw_chart *chart, const book_chart *c)
{
    lxw_chart_options options = {.x_scale = (double)(c->width ? c->width : WIDTH) / PLAIN_WIDTH,
                                 .y_scale = (double)(c->height ? c->height : HEIGHT) / PLAIN_HEIGHT,
                                 .description = book_keep(s->owner, c->description, TITLE_UNITS)};
    book_note(s->owner, worksheet_insert_chart_opt(s->sheet, (lxw_row_t)row, (lxw_col_t)column, chart, &options));
}

void book_add_chart(book_sheet *s, size_t row, size_t column, const book_chart *c)
{
    if (!chart_ready(s, c))
        return;
    book *b = s->owner;
    locale_t before = book_enter(b);
    lxw_chart *chart = workbook_add_chart(b->workbook, type_of(c->kind));
    if (!chart)
        book_out_of_memory(b);
    for (size_t i = 0; i < c->series_count && b->status == ASSESS_OK; i++)
        add_series(b, chart, c, i);
    if (b->status == ASSESS_OK) {
        name_chart(b, chart, c);
        set_shape(chart, c);
        insert(s, row, column, chart, c);
    }
    book_leave(before);
}
