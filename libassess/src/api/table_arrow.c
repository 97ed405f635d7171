/* table_arrow.c: assess_table_arrow: the cells of a table as what they are. */
#include <string.h>

#include "api/table_handle.h"
#include "exchange/arrow_out.h"

/* ---- what the stream keeps ---- */

typedef struct table_rows {
    assess_table *table;  /* keeps the texts alive … */
    const char **cells;   /* … and these the order that its rows had */
    size_t width, rows;
    out_field *fields;
    out_pair metadata[4];
} table_rows;

static void release(void *context)
{
    table_rows *t = context;
    table_drop(t->table);
    mem_free(t->cells);
    mem_free(t->fields);
    mem_free(t);
}

static const char *cell_at(const table_rows *t, size_t row, size_t column)
{
    return t->cells[row * t->width + column];
}

/* ---- numbers ---- */

/* -12.50 as -1250 and 2. False: another form, or more than 38 digits. */
static bool read_decimal(const char *value, int128 *coeff, int *places)
{
    enum { MOST_DIGITS = 38 };
    bool negative = *value == '-', point = false;
    int digits = 0;
    *coeff = 0;
    *places = 0;
    for (value += negative; *value; value++) {
        if (*value == '.' && !point && digits > 0) {
            point = true;
        } else if (*value >= '0' && *value <= '9' && digits < MOST_DIGITS) {
            *coeff = *coeff * 10 + (*value - '0');
            *places += point;
            digits++;
        } else {
            return false;
        }
    }
    if (negative)
        *coeff = -*coeff;
    return digits > 0 && (!point || *places > 0);
}

static bool raise(int128 *coeff, int places)
{
    int128 limit = (int128)power_of_ten(18) * power_of_ten(18) * 100;
    for (; places > 0 && *coeff < limit / 10 && *coeff > -limit / 10; places--)
        *coeff *= 10;
    return places == 0;
}

/* Whether the column's cells are decimals of one number of places, the largest among them. */
static bool find_places(const table_rows *t, size_t column, int *places)
{
    int128 coeff;
    int own;
    *places = 0;
    for (size_t row = 0; row < t->rows; row++) {
        const char *value = cell_at(t, row, column);
        if (*value && !read_decimal(value, &coeff, &own))
            return false;
        *places = *value && own > *places ? own : *places;
    }
    for (size_t row = 0; row < t->rows; row++) {
        const char *value = cell_at(t, row, column);
        if (*value && (!read_decimal(value, &coeff, &own) || !raise(&coeff, *places - own)))
            return false;
    }
    return true;
}

/* ---- columns ---- */

static bool are_days(const table_rows *t, size_t column)
{
    date day;
    for (size_t row = 0; row < t->rows; row++) {
        const char *value = cell_at(t, row, column);
        if (*value && date_parse(value, strlen(value), &day) != DATE_OK)
            return false;
    }
    return true;
}

static void describe_column(table_rows *t, size_t column)
{
    enum { DIGITS = 38 };
    const grid_column *about = &t->table->g.columns[column];
    out_field *f = &t->fields[column];
    int places;
    *f = (out_field){.name = about->id, .kind = OUT_TEXT, .title = about->title};
    if ((about->cells == CELLS_NUMBER || about->cells == CELLS_SHARE) && find_places(t, column, &places))
        *f = (out_field){.name = about->id, .kind = OUT_DECIMAL, .nullable = true, .digits = DIGITS, .places = places, .title = about->title};
    if (about->cells == CELLS_DATE && are_days(t, column))
        *f = (out_field){.name = about->id, .kind = OUT_DAY, .nullable = true, .title = about->title};
}

/* ---- rows ---- */

static void add_decimal(const char *value, int places, out_column *column)
{
    int128 coeff;
    int own;
    read_decimal(value, &coeff, &own);
    raise(&coeff, places - own);
    out_decimal(column, coeff);
}

static void add_day(const char *value, out_column *column)
{
    date day;
    date_parse(value, strlen(value), &day);
    out_day(column, day);
}

static void add_row(void *context, size_t row, out_column *columns)
{
    const table_rows *t = context;
    for (size_t i = 0; i < t->width; i++) {
        const char *value = cell_at(t, row, i);
        out_column *column = out_column_at(columns, i);
        if (t->fields[i].kind == OUT_TEXT)
            out_text(column, text_of(value));
        else if (!*value)
            out_null(column);
        else if (t->fields[i].kind == OUT_DAY)
            add_day(value, column);
        else
            add_decimal(value, t->fields[i].places, column);
    }
}

/* ---- the stream ---- */

/* What the stream shows: the table as it is now. NULL: no memory. */
static table_rows *open_rows(assess_table *table)
{
    const grid *g = &table->g;
    table_rows *t = mem_zalloc(1, sizeof *t);
    if (!t)
        return NULL;
    *t = (table_rows){.table = table, .width = g->column_count, .rows = grid_rows(g)};
    handle_share(table);
    t->cells = mem_zalloc(g->count + 1, sizeof *t->cells);
    t->fields = mem_zalloc(t->width + 1, sizeof *t->fields);
    if (!t->cells || !t->fields) {
        release(t);
        return NULL;
    }
    if (g->count > 0)
        memcpy(t->cells, g->cells, g->count * sizeof *t->cells);
    for (size_t i = 0; i < t->width; i++)
        describe_column(t, i);
    return t;
}

assess_status assess_table_arrow(const assess_table *table, struct ArrowArrayStream *out, assess_error *err)
{
    if (out)
        out->release = NULL;
    if (handle_check(table, HANDLE_TABLE, "table", err))
        return ASSESS_E_CALL;
    if (!out)
        return bad_argument(err, "out");
    table_rows *t = open_rows((assess_table *)table);
    if (!t)
        return error_no_memory(err);
    t->metadata[0] = (out_pair){"assess.version", assess_version()};
    t->metadata[1] = (out_pair){"assess.table", table->g.id};
    t->metadata[2] = (out_pair){"assess.title", table->g.title};
    t->metadata[3] = (out_pair){"assess.note", table->g.note};
    const out_table shown = {.rows = t->rows, .fields = t->fields, .field_count = t->width, .metadata = t->metadata,
                             .metadata_count = sizeof t->metadata / sizeof *t->metadata, .row = add_row, .release = release, .context = t};
    return arrow_out_open(&shown, out) ? ASSESS_OK : error_no_memory(err);
}
