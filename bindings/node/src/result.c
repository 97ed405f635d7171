/* result.c: what is read from a result at once, on the thread of JavaScript. */
#include "addon.h"

static napi_value result_count(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    return r ? new_number(env, (double)assess_result_count(r)) : NULL;
}

/* An array, the rank last: it costs half of what an object does; index.js names them. */
static napi_value row_value(napi_env env, const assess_row *row)
{
    const char *const texts[] = {row->id, row->name, row->unit, row->status, row->score, row->grade, row->flags, row->reasons};
    enum { TEXTS = sizeof texts / sizeof *texts };
    napi_value out;
    napi_create_array_with_length(env, TEXTS + 1, &out);
    for (uint32_t i = 0; i < TEXTS; i++)
        napi_set_element(env, out, i, new_text(env, texts[i]));
    napi_set_element(env, out, TEXTS, new_number(env, row->rank));
    return out;
}

static napi_value result_row(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    assess_row row = {.size = sizeof row};
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    if (!r)
        return NULL;
    if (assess_result_row(r, number_of(env, a.at[1]), number_of(env, a.at[2]), &row, &err))
        return fail(env, &err);
    return row_value(env, &row);
}

static napi_value result_csv(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    char *text = NULL;
    size_t length = 0;
    napi_value out = NULL;
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    if (!r)
        return NULL;
    if (assess_result_csv(r, number_of(env, a.at[1]), &text, &length, &err))
        return fail(env, &err);
    napi_create_buffer_copy(env, length, text, NULL, &out);
    assess_text_free(text);
    return out;
}

static napi_value result_write_csv(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    const char *path = r ? text_of(env, a.at[1]) : NULL;
    if (path && assess_result_write_csv(r, path, number_of(env, a.at[2]), (int)number_of(env, a.at[3]), &err))
        return fail(env, &err);
    return NULL;
}

static napi_value result_summary(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    char *out = NULL;
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    if (!r)
        return NULL;
    if (assess_result_summary(r, number_of(env, a.at[1]), number_of(env, a.at[2]), 0, &out, &err))
        return fail(env, &err);
    return take_text(env, out);
}

static napi_value result_explain(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    char *out = NULL;
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    const char *id = r ? text_of(env, a.at[1]) : NULL;
    if (!id)
        return NULL;
    assess_explain_options options = {.size = sizeof options,
                                      .language = number_of(env, a.at[2]),
                                      .format = number_of(env, a.at[3]),
                                      .smallest_group = number_of(env, a.at[4])};
    if (assess_explain(r, id, &options, &out, &err))
        return fail(env, &err);
    return take_text(env, out);
}

static const char *result_table_id(const void *owner, size_t index) { return assess_result_table_id(owner, index); }

static napi_value result_tables(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    return r ? table_ids(env, assess_result_table_count(r), result_table_id, r) : NULL;
}

static napi_value result_table(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    assess_table *table = NULL;
    assess_result *r = handle_of(env, a.at[0], BOX_RESULT);
    const char *id = r ? text_of(env, a.at[1]) : NULL;
    if (!id)
        return NULL;
    if (assess_result_table(r, id, number_of(env, a.at[2]), &table, &err))
        return fail(env, &err);
    return table_value(env, table);
}

static napi_value result_diff(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    char *text = NULL;
    size_t moved = 0;
    napi_value out;
    assess_result *first = handle_of(env, a.at[0], BOX_RESULT);
    assess_result *second = first ? handle_of(env, a.at[1], BOX_RESULT) : NULL;
    assess_diff_options options = {.size = sizeof options, .language = number_of(env, a.at[2]), .format = number_of(env, a.at[3])};
    if (!second)
        return NULL;
    if (assess_diff(first, second, &options, &text, &moved, &err))
        return fail(env, &err);
    napi_create_object(env, &out);
    set(env, out, "text", take_text(env, text));
    set(env, out, "moved", new_number(env, (double)moved));
    return out;
}

static napi_value store_anchor(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_error err = {0};
    char *out = NULL;
    const char *path = text_of(env, a.at[0]);
    if (!path)
        return NULL;
    if (assess_store_anchor(path, &out, &err))
        return fail(env, &err);
    return take_text(env, out);
}

void define_result(napi_env env, napi_value exports)
{
    define(env, exports, "resultCount", result_count);
    define(env, exports, "resultRow", result_row);
    define(env, exports, "resultCsv", result_csv);
    define(env, exports, "resultWriteCsv", result_write_csv);
    define(env, exports, "resultSummary", result_summary);
    define(env, exports, "resultExplain", result_explain);
    define(env, exports, "resultTables", result_tables);
    define(env, exports, "resultTable", result_table);
    define(env, exports, "diff", result_diff);
    define(env, exports, "anchor", store_anchor);
}
