/* module.c: require "assess.core", after a look at who is asking. */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include <dlfcn.h>

#include "binding.h"

/* The functions behind lua.h come from the program that loads this module. Those of LuaJIT and of Lua 5.1 to 5.3 have the names of
 * ours and other layouts: a wrong figure is as likely as a crash. All of these have lua_newuserdata, which Lua 5.4 made a
 * macro. luaL_error is the same in all of them, so it may be called; nothing else may. */
static void refuse_others(lua_State *L)
{
    if (dlsym(RTLD_DEFAULT, "lua_newuserdata"))
        luaL_error(L, "assess: expected PUC Lua 5.4 but this program is LuaJIT or an older Lua; run it with lua5.4, "
                      "or call the command line: assess run --json");
}

static void need_5_4(lua_State *L)
{
    luaL_checkversion(L);
    lua_getglobal(L, "_VERSION");
    const char *version = lua_tostring(L, -1);
    if (!version || strcmp(version, "Lua 5.4") != 0)
        luaL_error(L, "assess: expected Lua 5.4 but this is %s; run it with lua5.4", version ? version : "an unknown Lua");
    lua_pop(L, 1);
}

static int version(lua_State *L) { return lua_pushstring(L, assess_version()), 1; }

static const luaL_Reg functions[] = {{"version", version},     {"load", scheme_load},     {"test", scheme_test},
                                     {"diff", result_diff},    {"verify", store_verify},  {"replay", store_replay},
                                     {"anchor", store_anchor}, {NULL, NULL}};

/* For assess.lua, which adds methods in Lua. */
static void set_methods(lua_State *L, const char *class, const char *name)
{
    luaL_getmetatable(L, class);
    lua_getfield(L, -1, "__index");
    lua_setfield(L, -3, name);
    lua_pop(L, 1);
}

__attribute__((visibility("default"))) int luaopen_assess_core(lua_State *L);
int luaopen_assess_core(lua_State *L)
{
    refuse_others(L);
    need_5_4(L);
    error_class(L);
    text_class(L);
    table_class(L);
    scheme_class(L);
    batch_class(L);
    result_class(L);
    luaL_newlib(L, functions);
    set_methods(L, SCHEME_NAME, "scheme_methods");
    set_methods(L, BATCH_NAME, "batch_methods");
    set_methods(L, RESULT_NAME, "result_methods");
    return 1;
}
