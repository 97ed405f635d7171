/* scheme.c: what a scheme says of itself, and tables as values. */
#include "addon.h"

static napi_value columns_of(napi_env env, const assess_table *t)
{
    static const char *const cells[] = {"text", "number", "share", "date", "figure"};
    napi_value list;
    size_t n = assess_table_columns(t);
    napi_create_array_with_length(env, n, &list);
    for (size_t c = 0; c < n; c++) {
        napi_value one;
        size_t kind = (size_t)assess_table_column_cells(t, c);
        napi_create_object(env, &one);
        set_text(env, one, "id", assess_table_column_id(t, c));
        set_text(env, one, "title", assess_table_column_title(t, c));
        set_text(env, one, "cells", kind < sizeof cells / sizeof *cells ? cells[kind] : "text");
        napi_set_element(env, list, (uint32_t)c, one);
    }
    return list;
}

/* A scope for every row: a table may have a million. */
static napi_value rows_of(napi_env env, const assess_table *t)
{
    napi_value list, row;
    size_t rows = assess_table_rows(t), columns = assess_table_columns(t);
    napi_create_array_with_length(env, rows, &list);
    for (size_t r = 0; r < rows; r++) {
        napi_handle_scope scope;
        napi_open_handle_scope(env, &scope);
        napi_create_array_with_length(env, columns, &row);
        for (size_t c = 0; c < columns; c++)
            napi_set_element(env, row, (uint32_t)c, new_text(env, assess_table_cell(t, r, c)));
        napi_set_element(env, list, (uint32_t)r, row);
        napi_close_handle_scope(env, scope);
    }
    return list;
}

napi_value table_value(napi_env env, assess_table *t)
{
    napi_value out;
    napi_create_object(env, &out);
    set_text(env, out, "id", assess_table_id(t));
    set_text(env, out, "title", assess_table_title(t));
    set_text(env, out, "note", assess_table_note(t));
    set(env, out, "columns", columns_of(env, t));
    set(env, out, "rows", rows_of(env, t));
    assess_table_free(t);
    return out;
}

napi_value table_ids(napi_env env, size_t count, const char *(*id)(const void *owner, size_t index), const void *owner)
{
    napi_value list;
    napi_create_array_with_length(env, count, &list);
    for (size_t i = 0; i < count; i++)
        napi_set_element(env, list, (uint32_t)i, new_text(env, id(owner, i)));
    return list;
}

static napi_value scheme_about(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_scheme *s = handle_of(env, a.at[0], BOX_SCHEME);
    napi_value out = NULL;
    if (!s || napi_create_object(env, &out) != napi_ok)
        return NULL;
    set_text(env, out, "id", assess_scheme_id(s));
    set_text(env, out, "period", assess_scheme_period(s));
    set_text(env, out, "zh", assess_scheme_title(s, ASSESS_ZH));
    set_text(env, out, "en", assess_scheme_title(s, ASSESS_EN));
    return out;
}

static napi_value scheme_describe(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    char *out = NULL;
    assess_scheme *s = handle_of(env, a.at[0], BOX_SCHEME);
    if (!s)
        return NULL;
    if (assess_scheme_describe(s, number_of(env, a.at[1]), number_of(env, a.at[2]), &out, &err))
        return fail(env, &err);
    return take_text(env, out);
}

static const char *scheme_table_id(const void *owner, size_t index) { return assess_scheme_table_id(owner, index); }

static napi_value scheme_tables(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_scheme *s = handle_of(env, a.at[0], BOX_SCHEME);
    return s ? table_ids(env, assess_scheme_table_count(s), scheme_table_id, s) : NULL;
}

static napi_value scheme_table(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    assess_table *table = NULL;
    assess_scheme *s = handle_of(env, a.at[0], BOX_SCHEME);
    const char *id = s ? text_of(env, a.at[1]) : NULL;
    if (!id)
        return NULL;
    if (assess_scheme_table(s, id, number_of(env, a.at[2]), &table, &err))
        return fail(env, &err);
    return table_value(env, table);
}

void define_scheme(napi_env env, napi_value exports)
{
    define(env, exports, "schemeAbout", scheme_about);
    define(env, exports, "schemeDescribe", scheme_describe);
    define(env, exports, "schemeTables", scheme_tables);
    define(env, exports, "schemeTable", scheme_table);
}
