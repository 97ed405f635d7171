/* batch.c: the tables of one assessment. Rows and names are the work of assess.lua; here are columns. */
#include <limits.h>

#include "binding.h"

enum { FUNCTION_VALUE = 1 }; /* the user value that holds the progress function */

static assess_status count_items(const assess_scheme *scheme, size_t *items, assess_error *err)
{
    assess_table *table = NULL;
    assess_status status = assess_scheme_table(scheme, "items", ASSESS_EN, &table, err);
    *items = assess_table_rows(table);
    assess_table_free(table);
    return status;
}

int batch_new(lua_State *L)
{
    assess_error err = {0};
    assess_batch *batch = NULL;
    assess_batch_options options = {.size = sizeof options, .progress = on_progress};
    lua_settop(L, 2);
    assess_scheme *scheme = handle_at(L, 1, SCHEME_NAME);
    options.threads = option_number(L, 2, "threads");
    options.hash_inputs = option_flag(L, 2, "hash_inputs");
    option(L, 2, "ignore");
    options.ignored_kinds = texts_at(L, -1, "ignore", &options.ignored_kind_count);
    box *b = box_new(L, BATCH_NAME, FUNCTION_VALUE);
    if (option(L, 2, "progress") != LUA_TNIL)
        luaL_checktype(L, -1, LUA_TFUNCTION);
    lua_setiuservalue(L, -2, FUNCTION_VALUE);
    options.user = &b->hears;
    if (count_items(scheme, &b->items, &err) || assess_batch_new(scheme, &options, &batch, &err))
        return push_failure(L, &err);
    b->handle = batch;
    return 1;
}

static box *begin(lua_State *L)
{
    box *b = box_at(L, 1, BATCH_NAME);
    lua_getiuservalue(L, 1, FUNCTION_VALUE);
    progress_begin(L, &b->hears);
    b->busy = true;
    return b;
}

static void end(lua_State *L, box *b)
{
    b->busy = false;
    progress_end(L, &b->hears);
}

/* Reading and checking go on in spite of problems: those are for batch:problems(). */
static int push_done(lua_State *L, assess_status status, const assess_error *err)
{
    if (status)
        return push_failure(L, err);
    lua_pushboolean(L, 1);
    return 1;
}

static int batch_close(lua_State *L)
{
    box *b = luaL_checkudata(L, 1, BATCH_NAME);
    if (b->busy)
        return luaL_error(L, "expected an idle batch but it is at work: do not close it in its own progress function");
    assess_batch_free(b->handle);
    b->handle = NULL;
    return 0;
}

static int batch_read(lua_State *L)
{
    assess_error err = {0};
    size_t count = 0;
    lua_settop(L, 2);
    box_at(L, 1, BATCH_NAME);
    if (lua_type(L, 2) == LUA_TSTRING) {
        lua_createtable(L, 1, 0);
        lua_pushvalue(L, 2);
        lua_rawseti(L, -2, 1);
        lua_replace(L, 2);
    }
    luaL_checktype(L, 2, LUA_TTABLE);
    const char *const *paths = texts_at(L, 2, "paths", &count);
    box *b = begin(L);
    assess_status status = assess_batch_read(b->handle, paths, count, &err);
    end(L, b);
    return push_done(L, status, &err);
}

static int batch_finish(lua_State *L)
{
    assess_error err = {0};
    box *b = begin(L);
    assess_status status = assess_batch_finish(b->handle, &err);
    end(L, b);
    return push_done(L, status, &err);
}

/* ---- columns ---- */

/* The whole number at the place i of a list; false is `absent`, unless there is no such thing. */
static lua_Integer whole_at(lua_State *L, int list, size_t i, lua_Integer low, lua_Integer high, const lua_Integer *absent,
                            const char *what)
{
    int whole = 0;
    int type = lua_rawgeti(L, list, (lua_Integer)i + 1);
    lua_Integer n = type == LUA_TNUMBER ? lua_tointegerx(L, -1, &whole) : 0;
    if (type == LUA_TBOOLEAN && !lua_toboolean(L, -1) && absent)
        whole = 1, n = *absent;
    else if (!whole || n < low || n > high)
        luaL_error(L, "%s[%d]: expected a whole number in its range but found %s", what, (int)i + 1, luaL_tolstring(L, -1, NULL));
    lua_pop(L, 1);
    return n;
}

static int list_at(lua_State *L, int index, const char *what, size_t count)
{
    if (!lua_istable(L, index) || lua_rawlen(L, index) != count)
        luaL_error(L, "%s: expected a list of %d", what, (int)count);
    return lua_absindex(L, index);
}

static void *column(lua_State *L, size_t count, size_t width) { return lua_newuserdatauv(L, (count + 1) * width, 0); }

static uint32_t *numbers_at(lua_State *L, int index, const char *what, size_t count, const lua_Integer *absent)
{
    int list = list_at(L, index, what, count);
    uint32_t *out = column(L, count, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = (uint32_t)whole_at(L, list, i, 0, UINT32_MAX, absent, what);
    return out;
}

static uint8_t *roles_at(lua_State *L, int index, size_t count)
{
    int list = list_at(L, index, "role", count);
    uint8_t *out = column(L, count, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = (uint8_t)whole_at(L, list, i, 0, UINT8_MAX, NULL, "role");
    return out;
}

static int32_t *days_at(lua_State *L, int index, size_t count)
{
    static const lua_Integer absent = INT32_MIN;
    if (lua_isnil(L, index))
        return NULL;
    int list = list_at(L, index, "start", count);
    int32_t *out = column(L, count, sizeof *out);
    for (size_t i = 0; i < count; i++)
        out[i] = (int32_t)whole_at(L, list, i, INT32_MIN, INT32_MAX, &absent, "start");
    return out;
}

/* values[item][ballot], false where blank. */
static const int64_t *const *values_at(lua_State *L, int index, size_t count)
{
    static const lua_Integer blank = INT64_MIN;
    luaL_checktype(L, index, LUA_TTABLE);
    size_t items = lua_rawlen(L, index);
    const int64_t **out = column(L, items, sizeof *out);
    luaL_checkstack(L, (int)(2 * items) + LUA_MINSTACK, "items");
    for (size_t item = 0; item < items; item++) {
        lua_rawgeti(L, index, (lua_Integer)item + 1);
        int list = list_at(L, lua_gettop(L), "values", count);
        int64_t *values = column(L, count, sizeof *values);
        for (size_t i = 0; i < count; i++)
            values[i] = whole_at(L, list, i, INT64_MIN, INT64_MAX, &blank, "values");
        out[item] = values;
    }
    return out;
}

/* (batch, ids, names, units, starts): columns; true, or nil and the error. */
static int batch_people_columns(lua_State *L)
{
    assess_error err = {0};
    size_t count = 0, names_count = 0, units_count = 0;
    lua_settop(L, 5);
    assess_batch *b = handle_at(L, 1, BATCH_NAME);
    luaL_checktype(L, 2, LUA_TTABLE);
    const char *const *ids = texts_at(L, 2, "id", &count);
    const char *const *names = texts_at(L, 3, "name", &names_count);
    const char *const *units = texts_at(L, 4, "unit", &units_count);
    if ((names && names_count != count) || (units && units_count != count))
        return luaL_error(L, "name, unit: expected as many as there are ids, %d", (int)count);
    const int32_t *starts = days_at(L, 5, count);
    return push_done(L, assess_batch_add_people(b, count, ids, names, units, starts, &err), &err);
}

/* (batch, subjects, raters, roles, values, scale): columns of numbers, as in C; false: anonymous, blank. */
static int batch_ballots_columns(lua_State *L)
{
    static const lua_Integer anonymous = UINT32_MAX;
    assess_error err = {0};
    lua_settop(L, 6);
    box *b = box_at(L, 1, BATCH_NAME);
    luaL_checktype(L, 2, LUA_TTABLE);
    luaL_checktype(L, 5, LUA_TTABLE);
    size_t count = lua_rawlen(L, 2);
    lua_Integer scale = luaL_checkinteger(L, 6);
    list_at(L, 5, "values", b->items); /* the library reads as many columns as its scheme has items */
    luaL_argcheck(L, scale >= 0 && scale <= 9, 6, "expected 0 to 9 places");
    const uint32_t *subjects = numbers_at(L, 2, "subject", count, NULL);
    const uint32_t *raters = numbers_at(L, 3, "rater", count, &anonymous);
    const uint8_t *roles = roles_at(L, 4, count);
    const int64_t *const *values = values_at(L, 5, count);
    return push_done(L, assess_batch_add_ballots(b->handle, count, subjects, raters, roles, values, (int)scale, &err), &err);
}

/* ---- what is wrong, what lacks ---- */

static int counts(lua_State *L)
{
    assess_batch *b = handle_at(L, 1, BATCH_NAME);
    const struct {
        const char *name;
        size_t count;
    } all[] = {{"people", assess_batch_people_count(b)},
               {"ballots", assess_batch_ballot_count(b)},
               {"errors", assess_batch_error_count(b)},
               {"notices", assess_batch_notice_count(b)},
               {"problems", assess_batch_problem_count(b)}};
    lua_createtable(L, 0, 5);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        lua_pushinteger(L, (lua_Integer)all[i].count);
        lua_setfield(L, -2, all[i].name);
    }
    return 1;
}

static void set(lua_State *L, const char *name, const char *value)
{
    lua_pushstring(L, value);
    lua_setfield(L, -2, name);
}

static void push_problem(lua_State *L, const assess_problem *p)
{
    lua_createtable(L, 0, 10);
    set(L, "severity", p->severity == ASSESS_SEVERITY_ERROR ? "error" : "notice");
    set(L, "id", p->id);
    set(L, "file", p->file);
    set(L, "sheet", p->sheet);
    set(L, "header", p->header);
    set(L, "value", p->value);
    set(L, "zh", p->message[ASSESS_ZH]);
    set(L, "en", p->message[ASSESS_EN]);
    lua_pushinteger(L, p->row);
    lua_setfield(L, -2, "row");
    lua_pushinteger(L, p->column);
    lua_setfield(L, -2, "column");
}

static int batch_problems(lua_State *L)
{
    assess_error err = {0};
    assess_batch *b = handle_at(L, 1, BATCH_NAME);
    size_t n = assess_batch_problem_count(b);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        assess_problem p = {.size = sizeof p};
        if (assess_batch_problem(b, i, &p, &err))
            return push_failure(L, &err);
        push_problem(L, &p);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int batch_report(lua_State *L)
{
    assess_error err = {0};
    assess_batch *b = handle_at(L, 1, BATCH_NAME);
    assess_language language = language_at(L, 2);
    assess_format format = format_at(L, 3);
    char **out = text_new(L);
    return push_text(L, assess_batch_problems(b, language, format, out, &err), out, &err);
}

/* The checklist, and how many points of it are open. */
static int batch_readiness(lua_State *L)
{
    assess_error err = {0};
    size_t open = 0;
    assess_language language = language_at(L, 2);
    assess_format format = format_at(L, 3);
    char **out = text_new(L);
    box *b = begin(L);
    assess_status status = assess_batch_readiness(b->handle, language, format, out, &open, &err);
    end(L, b);
    if (status)
        return push_failure(L, &err);
    push_text(L, status, out, &err);
    lua_pushinteger(L, (lua_Integer)open);
    return 2;
}

void batch_class(lua_State *L)
{
    static const luaL_Reg methods[] = {{"read", batch_read},
                                       {"people_columns", batch_people_columns},
                                       {"ballots_columns", batch_ballots_columns},
                                       {"finish", batch_finish},
                                       {"counts", counts},
                                       {"problems", batch_problems},
                                       {"report", batch_report},
                                       {"readiness", batch_readiness},
                                       {"run", result_new},
                                       {NULL, NULL}};
    class_new(L, BATCH_NAME, methods, batch_close, NULL);
}
