/* table.c: assess_table_*, assess_result_table* and assess_scheme_table*. */
#include "api/table_handle.h"

#include <string.h>

_Static_assert((int)CELLS_FIGURE == (int)ASSESS_CELLS_FIGURE && (int)CELLS_DATE == (int)ASSESS_CELLS_DATE,
               "the kinds of cells are one list");

void table_drop(assess_table *t)
{
    if (!handle_drop(t))
        return;
    grid_free(&t->g);
    mem_free(t);
}

void assess_table_free(assess_table *t)
{
    if (handle_close(t, HANDLE_TABLE))
        table_drop(t);
}

static bool is_table(const assess_table *t) { return handle_readable(t, HANDLE_TABLE); }

const char *assess_table_id(const assess_table *t) { return is_table(t) ? t->g.id : ""; }
const char *assess_table_title(const assess_table *t) { return is_table(t) ? t->g.title : ""; }
const char *assess_table_note(const assess_table *t) { return is_table(t) ? t->g.note : ""; }
size_t assess_table_columns(const assess_table *t) { return is_table(t) ? t->g.column_count : 0; }
size_t assess_table_rows(const assess_table *t) { return is_table(t) ? grid_rows(&t->g) : 0; }

static bool has_column(const assess_table *t, size_t column) { return is_table(t) && column < t->g.column_count; }

const char *assess_table_column_id(const assess_table *t, size_t column)
{
    return has_column(t, column) ? t->g.columns[column].id : "";
}

const char *assess_table_column_title(const assess_table *t, size_t column)
{
    return has_column(t, column) ? t->g.columns[column].title : "";
}

assess_cells assess_table_column_cells(const assess_table *t, size_t column)
{
    return has_column(t, column) ? (assess_cells)t->g.columns[column].cells : ASSESS_CELLS_TEXT;
}

const char *assess_table_cell(const assess_table *t, size_t row, size_t column)
{
    return has_column(t, column) && row < grid_rows(&t->g) ? grid_cell(&t->g, row, column) : "";
}

size_t assess_table_column(const assess_table *t, const char *id)
{
    if (!is_table(t) || !id)
        return SIZE_MAX;
    for (size_t i = 0; i < t->g.column_count; i++)
        if (strcmp(t->g.columns[i].id, id) == 0)
            return i;
    return SIZE_MAX;
}

static bool is_permutation(const size_t *order, size_t rows, bool *seen)
{
    for (size_t k = 0; k < rows; k++) {
        if (order[k] >= rows || seen[order[k]])
            return false;
        seen[order[k]] = true;
    }
    return true;
}

static assess_status arrange(assess_table *t, const size_t *order, assess_error *err)
{
    if (!order)
        return bad_argument(err, "order");
    size_t rows = grid_rows(&t->g), width = t->g.column_count;
    bool *seen = mem_zalloc(rows + 1, sizeof *seen);
    const char **cells = mem_zalloc(rows * width + 1, sizeof *cells);
    assess_status s = ASSESS_OK;
    if (!seen || !cells)
        s = error_no_memory(err);
    else if (!is_permutation(order, rows, seen))
        s = bad_argument(err, "order");
    mem_free(seen);
    if (s) {
        mem_free(cells);
        return s;
    }
    for (size_t k = 0; k < rows; k++)
        memcpy(cells + k * width, t->g.cells + order[k] * width, width * sizeof *cells);
    mem_free(t->g.cells);
    t->g.cells = cells;
    t->g.count = t->g.capacity = rows * width;
    return ASSESS_OK;
}

assess_status assess_table_arrange(assess_table *t, const size_t *order, assess_error *err)
{
    assess_status s = handle_enter(t, HANDLE_TABLE, "table", err);
    if (s)
        return s;
    s = arrange(t, order, err);
    handle_leave(t);
    table_drop(t);
    return s;
}

static assess_table *new_table(void)
{
    assess_table *t = mem_zalloc(1, sizeof *t);
    if (t)
        handle_open(&t->head, HANDLE_TABLE);
    return t;
}

static assess_status give(assess_table *t, assess_table **out, assess_error *err)
{
    if (t->g.failed) {
        assess_table_free(t);
        return error_no_memory(err);
    }
    *out = t;
    return ASSESS_OK;
}

static assess_status no_table(const char *id, assess_error *err)
{
    return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_no_table, text_of(id)));
}

/* --- of a result --- */

size_t assess_result_table_count(const assess_result *r) { return handle_is_open(r, HANDLE_RESULT) ? r->available.count : 0; }

const char *assess_result_table_id(const assess_result *r, size_t index)
{
    return handle_is_open(r, HANDLE_RESULT) && index < r->available.count ? r->available.ids[index] : "";
}

static assess_status make_table(assess_result *r, const char *id, assess_language language, assess_table **out, assess_error *err)
{
    if (!id || !out || !is_language(language))
        return bad_argument(err, "id, language, out");
    size_t number = 0;
    while (number < r->available.count && strcmp(r->available.ids[number], id) != 0)
        number++;
    if (number == r->available.count)
        return no_table(id, err);
    assess_table *t = new_table();
    if (!t)
        return error_no_memory(err);
    result_table_make(r->outcome, &r->available, number, language, &t->g);
    return give(t, out, err);
}

assess_status assess_result_table(assess_result *r, const char *id, assess_language language, assess_table **out, assess_error *err)
{
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, make_table(r, id, language, out, err));
}

/* --- of a batch --- */

static assess_status make_batch_table(const assess_batch *b, const char *id, assess_language language, assess_table **out,
                                      assess_error *err)
{
    if (!id || !out || !is_language(language))
        return bad_argument(err, "id, language, out");
    assess_table *t = new_table();
    if (!t)
        return error_no_memory(err);
    if (batch_table_make(b->scheme->plan, b->tables, id, language, &t->g))
        return give(t, out, err);
    assess_table_free(t);
    return no_table(id, err);
}

assess_status assess_batch_table(const assess_batch *b, const char *id, assess_language language, assess_table **out, assess_error *err)
{
    assess_batch *entered = (assess_batch *)b;
    assess_status s = batch_enter(entered, err);
    return s ? s : batch_leave(entered, make_batch_table(b, id, language, out, err));
}

/* --- of a scheme --- */

static bool is_scheme(const assess_scheme *s) { return handle_is_open(s, HANDLE_SCHEME); }

size_t assess_scheme_table_count(const assess_scheme *s) { return is_scheme(s) ? scheme_table_count() : 0; }

const char *assess_scheme_table_id(const assess_scheme *s, size_t index)
{
    return is_scheme(s) && index < scheme_table_count() ? scheme_table_id(index) : "";
}

assess_status assess_scheme_table(const assess_scheme *s, const char *id, assess_language language, assess_table **out,
                                  assess_error *err)
{
    if (scheme_check(s, err))
        return ASSESS_E_CALL;
    if (!id || !out || !is_language(language))
        return bad_argument(err, "id, language, out");
    size_t number = 0, count = scheme_table_count();
    while (number < count && strcmp(scheme_table_id(number), id) != 0)
        number++;
    if (number == count)
        return no_table(id, err);
    assess_table *t = new_table();
    if (!t)
        return error_no_memory(err);
    scheme_table_make(s->plan, number, language, &t->g);
    return give(t, out, err);
}
