/* result.c: results, their tables and derivations, comparison and sealed files. */
#include "binding.h"

/* While the library calls back, nothing may be done with the batch, nor may anything be done to the new result. */
int result_new(lua_State *L)
{
    assess_error err = {0};
    assess_result *result = NULL;
    listener hears;
    assess_result_options options = {.size = sizeof options, .progress = on_progress, .user = &hears};
    lua_settop(L, 2);
    box *batch = box_at(L, 1, BATCH_NAME);
    options.threads = option_number(L, 2, "threads");
    box *b = box_new(L, RESULT_NAME, 0);
    int place = lua_gettop(L);
    option(L, 2, "progress");
    progress_begin(L, &hears);
    batch->busy = true;
    assess_status status = assess_result_new(batch->handle, &options, &result, &err);
    batch->busy = false;
    b->handle = result;
    progress_end(L, &hears);
    if (status)
        return push_failure(L, &err);
    lua_pushvalue(L, place);
    return 1;
}

static int result_close(lua_State *L)
{
    box *b = luaL_checkudata(L, 1, RESULT_NAME);
    if (b->busy)
        return luaL_error(L, "expected an idle result but it is at work: do not close it in its own progress function");
    assess_result_free(b->handle);
    b->handle = NULL;
    return 0;
}

static assess_result *self(lua_State *L) { return handle_at(L, 1, RESULT_NAME); }

static int result_count(lua_State *L)
{
    lua_pushinteger(L, (lua_Integer)assess_result_count(self(L)));
    return 1;
}

/* What is absent is nil. */
static void set(lua_State *L, const char *name, const char *value, bool may_be_absent)
{
    if (may_be_absent && !*value)
        return;
    lua_pushstring(L, value);
    lua_setfield(L, -2, name);
}

static void push_row(lua_State *L, const assess_row *row)
{
    lua_createtable(L, 0, 9);
    set(L, "id", row->id, false);
    set(L, "name", row->name, false);
    set(L, "unit", row->unit, false);
    set(L, "status", row->status, false);
    set(L, "score", row->score, true);
    set(L, "grade", row->grade, true);
    set(L, "flags", row->flags, false);
    set(L, "reasons", row->reasons, false);
    if (!row->rank)
        return;
    lua_pushinteger(L, row->rank);
    lua_setfield(L, -2, "rank");
}

static int result_row(lua_State *L)
{
    assess_error err = {0};
    assess_row row = {.size = sizeof row};
    assess_result *r = self(L);
    lua_Integer number = luaL_checkinteger(L, 2);
    size_t index = number < 1 ? SIZE_MAX : (size_t)number - 1;
    if (assess_result_row(r, index, language_at(L, 3), &row, &err))
        return push_failure(L, &err);
    push_row(L, &row);
    return 1;
}

static int result_csv(lua_State *L)
{
    assess_error err = {0};
    assess_result *r = self(L);
    assess_language language = language_at(L, 2);
    size_t length = 0;
    char **out = text_new(L);
    if (assess_result_csv(r, language, out, &length, &err))
        return push_failure(L, &err);
    lua_pushlstring(L, *out, length);
    return 1;
}

static int result_write_csv(lua_State *L)
{
    assess_error err = {0};
    lua_settop(L, 3);
    assess_result *r = self(L);
    const char *path = text_at(L, 2, "path");
    assess_language language = option_language(L, 3);
    if (assess_result_write_csv(r, path, language, option_flag(L, 3, "force"), &err))
        return push_failure(L, &err);
    lua_pushboolean(L, 1);
    return 1;
}

static int result_summary(lua_State *L)
{
    assess_error err = {0};
    assess_result *r = self(L);
    assess_language language = language_at(L, 2);
    assess_format format = format_at(L, 3);
    char **out = text_new(L);
    return push_text(L, assess_result_summary(r, language, format, 0, out, &err), out, &err);
}

static int result_explain(lua_State *L)
{
    assess_error err = {0};
    lua_settop(L, 3);
    assess_result *r = self(L);
    const char *id = text_at(L, 2, "id");
    assess_explain_options options = {.size = sizeof options,
                                      .language = option_language(L, 3),
                                      .format = option_format(L, 3),
                                      .smallest_group = option_number(L, 3, "smallest_group")};
    char **out = text_new(L);
    return push_text(L, assess_explain(r, id, &options, out, &err), out, &err);
}

static int result_tables(lua_State *L)
{
    assess_result *r = self(L);
    size_t n = assess_result_table_count(r);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushstring(L, assess_result_table_id(r, i));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int result_table(lua_State *L)
{
    assess_error err = {0};
    assess_result *r = self(L);
    const char *id = text_at(L, 2, "id");
    assess_language language = language_at(L, 3);
    assess_table **t = table_new(L);
    return table_push(L, assess_result_table(r, id, language, t, &err), t, &err);
}

/* The comparison, and how many move. */
int result_diff(lua_State *L)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    assess_error err = {0};
    size_t moved = 0;
    lua_settop(L, 3);
    assess_result *a = handle_at(L, 1, RESULT_NAME), *b = handle_at(L, 2, RESULT_NAME);
    option(L, 3, "format");
    assess_diff_options options = {.size = sizeof options,
                                   .language = option_language(L, 3),
                                   .format = (assess_diff_format)luaL_checkoption(L, lua_gettop(L), "text", formats)};
    char **out = text_new(L);
    if (assess_diff(a, b, &options, out, &moved, &err))
        return push_failure(L, &err);
    push_text(L, ASSESS_OK, out, &err);
    lua_pushinteger(L, (lua_Integer)moved);
    return 2;
}

/* ---- sealed files ---- */

/* The anchor, to be kept elsewhere. */
int store_seal(lua_State *L)
{
    assess_error err = {0};
    listener hears;
    lua_settop(L, 3);
    box *b = box_at(L, 1, RESULT_NAME);
    const char *path = text_at(L, 2, "path");
    assess_seal_options options = {.size = sizeof options,
                                   .language = option_language(L, 3),
                                   .force = option_flag(L, 3, "force"),
                                   .threads = option_number(L, 3, "threads"),
                                   .progress = on_progress,
                                   .user = &hears};
    options.anchor = text_new(L);
    option(L, 3, "progress");
    progress_begin(L, &hears);
    b->busy = true;
    assess_status status = assess_store_seal(b->handle, path, &options, &err);
    b->busy = false;
    progress_end(L, &hears);
    return push_text(L, status, options.anchor, &err);
}

/* The report; nil, the error and the report when it does not verify. */
int store_verify(lua_State *L)
{
    assess_error err = {0};
    lua_settop(L, 2);
    const char *path = text_at(L, 1, "path");
    const char *anchor = option_text(L, 2, "anchor");
    assess_language language = option_language(L, 2);
    assess_format format = option_format(L, 2);
    char **report = text_new(L);
    assess_status status = assess_store_verify(path, anchor, language, format, report, &err);
    int pushed = status ? push_failure(L, &err) : 0;
    return pushed + push_text(L, ASSESS_OK, report, &err);
}

int store_anchor(lua_State *L)
{
    assess_error err = {0};
    const char *path = text_at(L, 1, "path");
    char **out = text_new(L);
    return push_text(L, assess_store_anchor(path, out, &err), out, &err);
}

/* The result, and the language in which it was sealed. */
int store_replay(lua_State *L)
{
    assess_error err = {0};
    assess_language language = ASSESS_ZH;
    assess_result *result = NULL;
    const char *path = text_at(L, 1, "path");
    box *b = box_new(L, RESULT_NAME, 0);
    if (assess_store_replay(path, &result, &language, &err))
        return push_failure(L, &err);
    b->handle = result;
    lua_pushstring(L, language == ASSESS_EN ? "en" : "zh");
    return 2;
}

void result_class(lua_State *L)
{
    static const luaL_Reg methods[] = {{"count", result_count},     {"row", result_row},         {"csv", result_csv},
                                       {"write_csv", result_write_csv}, {"summary", result_summary}, {"explain", result_explain},
                                       {"tables", result_tables},   {"table", result_table},     {"seal", store_seal},
                                       {NULL, NULL}};
    class_new(L, RESULT_NAME, methods, result_close, result_count);
}
