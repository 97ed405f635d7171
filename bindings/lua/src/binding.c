/* binding.c: boxes, errors, texts, arguments and progress of the Lua module. */
#include "binding.h"

/* ---- boxes ---- */

box *box_new(lua_State *L, const char *name, int values)
{
    box *b = lua_newuserdatauv(L, sizeof *b, values);
    *b = (box){0};
    luaL_setmetatable(L, name);
    return b;
}

box *box_at(lua_State *L, int index, const char *name)
{
    box *b = luaL_checkudata(L, index, name);
    if (!b->handle)
        luaL_error(L, "expected an open %s but it is closed: use it before close(), or make another", name);
    if (b->busy)
        luaL_error(L, "expected an idle %s but it is at work: do not use it in its own progress function", name);
    return b;
}

void *handle_at(lua_State *L, int index, const char *name) { return box_at(L, index, name)->handle; }

void class_new(lua_State *L, const char *name, const luaL_Reg *methods, lua_CFunction close, lua_CFunction length)
{
    luaL_newmetatable(L, name);
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "close");
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "__gc");
    lua_pushcfunction(L, close);
    lua_setfield(L, -2, "__close");
    if (length) {
        lua_pushcfunction(L, length);
        lua_setfield(L, -2, "__len");
    }
    lua_pop(L, 1);
}

/* ---- errors ---- */

static void set_text(lua_State *L, const char *name, const char *value)
{
    lua_pushstring(L, value);
    lua_setfield(L, -2, name);
}

/* file:line: sentence (clause X), as far as there is such a place. */
static void push_sentence(lua_State *L, const assess_error *err)
{
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    if (err->file[0])
        luaL_addstring(&b, err->file);
    if (err->file[0] && err->line) {
        lua_pushfstring(L, ":%d", (int)err->line);
        luaL_addvalue(&b);
    }
    if (err->file[0])
        luaL_addstring(&b, ": ");
    luaL_addstring(&b, err->message[ASSESS_EN]);
    if (err->clause[0]) {
        lua_pushfstring(L, " (clause %s)", err->clause);
        luaL_addvalue(&b);
    }
    luaL_pushresult(&b);
}

static void set_place(lua_State *L, const char *name, uint32_t number)
{
    if (!number)
        return;
    lua_pushinteger(L, number);
    lua_setfield(L, -2, name);
}

int push_failure(lua_State *L, const assess_error *err)
{
    lua_pushnil(L);
    lua_createtable(L, 0, 9);
    lua_pushinteger(L, err->status);
    lua_setfield(L, -2, "status");
    set_text(L, "id", err->id);
    push_sentence(L, err);
    lua_setfield(L, -2, "message");
    set_text(L, "zh", err->message[ASSESS_ZH]);
    set_text(L, "en", err->message[ASSESS_EN]);
    if (err->file[0])
        set_text(L, "file", err->file);
    if (err->clause[0])
        set_text(L, "clause", err->clause);
    set_place(L, "line", err->line);
    set_place(L, "column", err->column);
    luaL_setmetatable(L, "assess.error");
    return 2;
}

static int error_text(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_getfield(L, 1, "message");
    return 1;
}

void error_class(lua_State *L)
{
    luaL_newmetatable(L, "assess.error");
    lua_pushcfunction(L, error_text);
    lua_setfield(L, -2, "__tostring");
    lua_pop(L, 1);
}

/* ---- texts ---- */

static int text_free(lua_State *L)
{
    char **text = luaL_checkudata(L, 1, "assess.text");
    assess_text_free(*text);
    *text = NULL;
    return 0;
}

void text_class(lua_State *L)
{
    luaL_newmetatable(L, "assess.text");
    lua_pushcfunction(L, text_free);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}

char **text_new(lua_State *L)
{
    char **text = lua_newuserdatauv(L, sizeof *text, 0);
    *text = NULL;
    luaL_setmetatable(L, "assess.text");
    return text;
}

/* Freed at once when all goes well; by the collector when the string finds no memory. */
int push_text(lua_State *L, assess_status status, char **text, const assess_error *err)
{
    if (status)
        return push_failure(L, err);
    lua_pushstring(L, *text ? *text : "");
    assess_text_free(*text);
    *text = NULL;
    return 1;
}

/* ---- arguments ---- */

assess_language language_at(lua_State *L, int index)
{
    static const char *const names[] = {"zh", "en", NULL};
    return (assess_language)luaL_checkoption(L, index, "zh", names);
}

assess_format format_at(lua_State *L, int index)
{
    static const char *const names[] = {"text", "json", NULL};
    return (assess_format)luaL_checkoption(L, index, "text", names);
}

int option(lua_State *L, int options, const char *name)
{
    if (lua_isnoneornil(L, options)) {
        lua_pushnil(L);
        return LUA_TNIL;
    }
    luaL_checktype(L, options, LUA_TTABLE);
    lua_pushstring(L, name);
    return lua_rawget(L, options);
}

unsigned option_number(lua_State *L, int options, const char *name)
{
    enum { MOST = 1024 * 1024 };
    int whole = 1;
    lua_Integer n = option(L, options, name) == LUA_TNIL ? 0 : lua_tointegerx(L, -1, &whole);
    if (!whole || n < 0 || n > MOST)
        luaL_error(L, "option %s: expected a whole number from 0 to %d but found %s", name, MOST, luaL_tolstring(L, -1, NULL));
    lua_pop(L, 1);
    return (unsigned)n;
}

bool option_flag(lua_State *L, int options, const char *name)
{
    option(L, options, name);
    bool set = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return set;
}

const char *option_text(lua_State *L, int options, const char *name)
{
    return option(L, options, name) == LUA_TNIL ? NULL : text_at(L, lua_gettop(L), name);
}

static int option_among(lua_State *L, int options, const char *name, const char *const *words)
{
    const char *given = option_text(L, options, name);
    int k = 0;
    while (given && words[k] && strcmp(words[k], given) != 0)
        k++;
    if (!words[k])
        luaL_error(L, "option %s: expected %s or %s but found %s", name, words[0], words[1], given);
    lua_pop(L, 1);
    return k;
}

assess_language option_language(lua_State *L, int options)
{
    static const char *const words[] = {"zh", "en", NULL};
    return (assess_language)option_among(L, options, "language", words);
}

assess_format option_format(lua_State *L, int options)
{
    static const char *const words[] = {"text", "json", NULL};
    return (assess_format)option_among(L, options, "format", words);
}

/* A number is no text here: Lua would change it where it stands, and 1.10 is not "1.1" to the one who wrote it. */
const char *text_at(lua_State *L, int index, const char *what)
{
    size_t length = 0;
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "%s: expected a string but found a %s", what, luaL_typename(L, index));
    const char *text = lua_tolstring(L, index, &length);
    if (strlen(text) != length)
        luaL_error(L, "%s: expected a text without a zero byte", what);
    return text;
}

/* The strings stand in a table of our own as well, so that no function that is called meanwhile can let them go. */
const char *const *texts_at(lua_State *L, int index, const char *what, size_t *count)
{
    *count = 0;
    index = lua_absindex(L, index);
    if (lua_isnil(L, index)) {
        lua_pushnil(L);
        lua_pushnil(L);
        return NULL;
    }
    if (!lua_istable(L, index))
        luaL_error(L, "%s: expected a list of strings but found a %s", what, luaL_typename(L, index));
    size_t n = lua_rawlen(L, index);
    const char **texts = lua_newuserdatauv(L, (n + 1) * sizeof *texts, 0);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        texts[i] = text_at(L, lua_gettop(L), what);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    *count = n;
    return texts;
}

/* ---- progress ---- */

/* Called by the library: nothing in here may raise an error. */
int on_progress(void *user, uint64_t done, uint64_t total)
{
    enum { NEED = 4 };
    listener *l = user;
    if (!l->L || l->failed || lua_isnil(l->L, l->function) || !lua_checkstack(l->L, NEED + LUA_MINSTACK))
        return l->failed;
    lua_pushvalue(l->L, l->function);
    lua_pushinteger(l->L, (lua_Integer)done);
    lua_pushinteger(l->L, (lua_Integer)total);
    l->failed = lua_pcall(l->L, 2, 1, 0) != LUA_OK;
    int stop = l->failed || lua_toboolean(l->L, -1);
    if (l->failed)
        lua_replace(l->L, l->trouble);
    else
        lua_pop(l->L, 1);
    return stop;
}

void progress_begin(lua_State *L, listener *l)
{
    if (!lua_isnil(L, -1))
        luaL_checktype(L, -1, LUA_TFUNCTION);
    luaL_checkstack(L, LUA_MINSTACK, NULL);
    lua_pushnil(L);
    *l = (listener){.L = L, .function = lua_gettop(L) - 1, .trouble = lua_gettop(L)};
}

void progress_end(lua_State *L, listener *l)
{
    bool failed = l->failed;
    l->L = NULL;
    l->failed = false;
    if (!failed)
        return;
    lua_pushvalue(L, l->trouble);
    lua_error(L);
}
