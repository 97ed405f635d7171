/* scheme.c: rule files. */
#include "binding.h"

/* { NAME = value }: texts "NAME=value" in a list on top of the stack. A fraction has to be written as a string, exactly. */
static void push_settings(lua_State *L, int settings)
{
    lua_Integer n = 0;
    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, settings)) {
        if (lua_type(L, -2) != LUA_TSTRING || (lua_type(L, -1) != LUA_TSTRING && !lua_isinteger(L, -1)))
            luaL_error(L, "settings: expected { NAME = \"0.25\" }, names with strings or whole numbers, but found a %s with a %s",
                       luaL_typename(L, -2), luaL_typename(L, -1));
        lua_pushvalue(L, -2);
        lua_pushliteral(L, "=");
        lua_pushvalue(L, -3);
        lua_concat(L, 3);
        lua_rawseti(L, -4, ++n);
        lua_pop(L, 1);
    }
}

static void read_options(lua_State *L, int index, assess_scheme_options *o)
{
    o->size = sizeof *o;
    option(L, index, "folders");
    o->folders = texts_at(L, -1, "folders", &o->folder_count);
    if (option(L, index, "settings") == LUA_TTABLE)
        push_settings(L, lua_gettop(L));
    o->settings = texts_at(L, -1, "settings", &o->setting_count);
    o->period = option_text(L, index, "period");
}

/* Freed by the collector when a table finds no memory. */
static int free_mistakes(lua_State *L)
{
    assess_mistakes **wrong = lua_touserdata(L, 1);
    assess_mistakes_free(*wrong);
    *wrong = NULL;
    return 0;
}

static assess_mistakes **mistakes_new(lua_State *L)
{
    assess_mistakes **wrong = lua_newuserdatauv(L, sizeof *wrong, 0);
    *wrong = NULL;
    if (luaL_newmetatable(L, "assess.mistakes")) {
        lua_pushcfunction(L, free_mistakes);
        lua_setfield(L, -2, "__gc");
    }
    lua_setmetatable(L, -2);
    return wrong;
}

/* nil and the error, with all mistakes of the files as its `mistakes`. */
static int push_mistakes(lua_State *L, const assess_error *err, assess_mistakes **wrong)
{
    assess_error one;
    push_failure(L, err);
    lua_newtable(L);
    for (size_t i = 0; i < assess_mistakes_count(*wrong) && assess_mistakes_get(*wrong, i, &one, NULL) == ASSESS_OK; i++) {
        push_failure(L, &one);
        lua_rawseti(L, -3, (lua_Integer)i + 1);
        lua_pop(L, 1); /* its nil */
    }
    lua_setfield(L, -2, "mistakes");
    lua_pushboolean(L, assess_mistakes_more(*wrong));
    lua_setfield(L, -2, "more_mistakes");
    assess_mistakes_free(*wrong);
    *wrong = NULL;
    return 2;
}

int scheme_load(lua_State *L)
{
    assess_error err = {0};
    assess_scheme_options options = {0};
    assess_scheme *scheme = NULL;
    lua_settop(L, 2);
    const char *rules = text_at(L, 1, "rules");
    read_options(L, 2, &options);
    box *b = box_new(L, SCHEME_NAME, 0);
    assess_mistakes **wrong = mistakes_new(L);
    if (assess_scheme_check(rules, &options, &scheme, wrong, &err))
        return push_mistakes(L, &err, wrong);
    lua_pop(L, 1);
    b->handle = scheme;
    return 1;
}

/* passed, failed, report */
int scheme_test(lua_State *L)
{
    assess_error err = {0};
    assess_scheme_options options = {0};
    size_t passed = 0, failed = 0;
    lua_settop(L, 2);
    const char *rules = text_at(L, 1, "rules");
    read_options(L, 2, &options);
    assess_language language = option_language(L, 2);
    assess_format format = option_format(L, 2);
    char **report = text_new(L);
    if (assess_scheme_test(rules, &options, language, format, &passed, &failed, report, &err))
        return push_failure(L, &err);
    lua_pushinteger(L, (lua_Integer)passed);
    lua_pushinteger(L, (lua_Integer)failed);
    return 2 + push_text(L, ASSESS_OK, report, &err);
}

static int scheme_close(lua_State *L)
{
    box *b = luaL_checkudata(L, 1, SCHEME_NAME);
    assess_scheme_free(b->handle);
    b->handle = NULL;
    return 0;
}

static int scheme_id(lua_State *L) { return lua_pushstring(L, assess_scheme_id(handle_at(L, 1, SCHEME_NAME))), 1; }

static int scheme_title(lua_State *L)
{
    assess_scheme *s = handle_at(L, 1, SCHEME_NAME);
    lua_pushstring(L, assess_scheme_title(s, language_at(L, 2)));
    return 1;
}

static int scheme_period(lua_State *L) { return lua_pushstring(L, assess_scheme_period(handle_at(L, 1, SCHEME_NAME))), 1; }

static int scheme_describe(lua_State *L)
{
    assess_error err = {0};
    assess_scheme *s = handle_at(L, 1, SCHEME_NAME);
    assess_language language = language_at(L, 2);
    assess_format format = format_at(L, 3);
    char **out = text_new(L);
    return push_text(L, assess_scheme_describe(s, language, format, out, &err), out, &err);
}

static int scheme_tables(lua_State *L)
{
    assess_scheme *s = handle_at(L, 1, SCHEME_NAME);
    size_t n = assess_scheme_table_count(s);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_pushstring(L, assess_scheme_table_id(s, i));
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    return 1;
}

static int scheme_table(lua_State *L)
{
    assess_error err = {0};
    assess_scheme *s = handle_at(L, 1, SCHEME_NAME);
    const char *id = text_at(L, 2, "id");
    assess_language language = language_at(L, 3);
    assess_table **t = table_new(L);
    return table_push(L, assess_scheme_table(s, id, language, t, &err), t, &err);
}

void scheme_class(lua_State *L)
{
    static const luaL_Reg methods[] = {{"id", scheme_id},           {"title", scheme_title},   {"period", scheme_period},
                                       {"describe", scheme_describe}, {"tables", scheme_tables}, {"table", scheme_table},
                                       {"batch", batch_new},        {NULL, NULL}};
    class_new(L, SCHEME_NAME, methods, scheme_close, NULL);
}
