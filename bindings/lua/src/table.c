/* table.c: a table of the library as a plain Lua table. It is freed as soon as it has been copied. */
#include "binding.h"

static int table_free(lua_State *L)
{
    assess_table **t = luaL_checkudata(L, 1, "assess.table");
    assess_table_free(*t);
    *t = NULL;
    return 0;
}

void table_class(lua_State *L)
{
    luaL_newmetatable(L, "assess.table");
    lua_pushcfunction(L, table_free);
    lua_setfield(L, -2, "__gc");
    lua_pop(L, 1);
}

assess_table **table_new(lua_State *L)
{
    assess_table **t = lua_newuserdatauv(L, sizeof *t, 0);
    *t = NULL;
    luaL_setmetatable(L, "assess.table");
    return t;
}

static void set(lua_State *L, const char *name, const char *value)
{
    lua_pushstring(L, value);
    lua_setfield(L, -2, name);
}

static void push_columns(lua_State *L, const assess_table *t)
{
    static const char *const cells[] = {"text", "number", "share", "date", "figure"};
    size_t n = assess_table_columns(t);
    lua_createtable(L, (int)n, 0);
    for (size_t c = 0; c < n; c++) {
        size_t kind = (size_t)assess_table_column_cells(t, c);
        lua_createtable(L, 0, 3);
        set(L, "id", assess_table_column_id(t, c));
        set(L, "title", assess_table_column_title(t, c));
        set(L, "cells", kind < sizeof cells / sizeof *cells ? cells[kind] : "text");
        lua_rawseti(L, -2, (lua_Integer)c + 1);
    }
}

/* A row is read by number and by the id of the column: row[1], row.id. The ids stand on the stack once, for all rows. */
static void push_rows(lua_State *L, const assess_table *t)
{
    size_t rows = assess_table_rows(t), columns = assess_table_columns(t);
    int ids = lua_gettop(L) + 1;
    luaL_checkstack(L, (int)columns + LUA_MINSTACK, "columns");
    for (size_t c = 0; c < columns; c++)
        lua_pushstring(L, assess_table_column_id(t, c));
    lua_createtable(L, (int)rows, 0);
    for (size_t r = 0; r < rows; r++) {
        lua_createtable(L, (int)columns, (int)columns);
        for (size_t c = 0; c < columns; c++) {
            lua_pushvalue(L, ids + (int)c);
            lua_pushstring(L, assess_table_cell(t, r, c));
            lua_pushvalue(L, -1);
            lua_rawseti(L, -4, (lua_Integer)c + 1);
            lua_rawset(L, -3);
        }
        lua_rawseti(L, -2, (lua_Integer)r + 1);
    }
    lua_insert(L, ids);
    lua_settop(L, ids);
}

int table_push(lua_State *L, assess_status status, assess_table **t, const assess_error *err)
{
    if (status)
        return push_failure(L, err);
    lua_createtable(L, 0, 5);
    set(L, "id", assess_table_id(*t));
    set(L, "title", assess_table_title(*t));
    set(L, "note", assess_table_note(*t));
    push_columns(L, *t);
    lua_setfield(L, -2, "columns");
    push_rows(L, *t);
    lua_setfield(L, -2, "rows");
    assess_table_free(*t);
    *t = NULL;
    return 1;
}
