/* case_expect.c: what must come out of a case. */
#include "rules/case_reader.h"

static bool is_list(const plan *p, text id)
{
    for (size_t i = 0; i < p->list_count; i++)
        if (text_equal(p->lists[i].id, id))
            return true;
    return false;
}

static void refuse_list(lua_State *L, text id)
{
    const plan *p = reader_of(L)->plan;
    text near = {"", 0};
    for (size_t i = 0; i < p->list_count; i++)
        near = nearer(id, near, p->lists[i].id);
    refuse(L, message_of2(near.length ? MSG_cases_list_near : MSG_cases_list, id, near));
}

static void read_lists(lua_State *L, int index, case_expectation *e)
{
    const plan *p = reader_of(L)->plan;
    size_t n = push_list(L, index, "lists");
    e->has_lists = !lua_isnil(L, -1);
    e->lists = case_keep(L, n, sizeof *e->lists);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        text id = case_text(L, -1, "lists");
        if (!is_list(p, id))
            refuse_list(L, id);
        e->lists[e->list_count++] = id;
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* --- figures --- */

static bool is_named(const case_expectation *e, text name)
{
    for (size_t i = 0; i < e->figure_count; i++)
        if (text_equal(e->figures[i].name, name))
            return true;
    return false;
}

/* Adds the figure of that name when the table on the stack has it. */
static void read_figure(lua_State *L, int index, text name, case_expectation *e)
{
    if (!name.length || is_named(e, name)) /* steps of two levels may share a name */
        return;
    lua_getfield(L, index, name.bytes);
    if (lua_type(L, -1) == LUA_TBOOLEAN)
        e->figures[e->figure_count++] = (case_figure){name, lua_toboolean(L, -1) ? TEXT("true") : TEXT("false")};
    else if (!lua_isnil(L, -1))
        e->figures[e->figure_count++] = (case_figure){name, case_text(L, -1, "figures")};
    lua_pop(L, 1);
}

static text nearest_figure(const plan *p, text name)
{
    text near = {"", 0};
    for (size_t i = 0; i < p->statement_count; i++) {
        if (p->statements[i].kind != STATEMENT_STEP)
            continue;
        near = nearer(name, near, p->statements[i].words.zh);
        near = nearer(name, near, p->statements[i].words.en);
    }
    return near;
}

/* Of several, the first in the order of their bytes: Lua's own order is another one in every run. */
static void refuse_unknown_figure(lua_State *L, int index, const case_expectation *e)
{
    text first = {NULL, 0};
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        text key = TEXT("?");
        if (lua_type(L, -2) == LUA_TSTRING)
            key.bytes = lua_tolstring(L, -2, &key.length);
        if (!is_named(e, key) && (!first.bytes || text_compare(key, first) < 0))
            first = key;
    }
    text near = nearest_figure(reader_of(L)->plan, first);
    refuse(L, message_of2(near.length ? MSG_cases_figure_near : MSG_cases_figure, first, near));
}

/* In the order of the scheme's steps. */
static void read_figures(lua_State *L, int index, case_expectation *e)
{
    const plan *p = reader_of(L)->plan;
    size_t given = 0;
    lua_getfield(L, index, "figures");
    if (!lua_isnil(L, -1)) {
        need_table(L, -1, "figures");
        int at = lua_gettop(L);
        for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
            given++;
        sandbox_charge(L, p->statement_count + given);
        e->figures = case_keep(L, given, sizeof *e->figures);
        for (size_t i = 0; i < p->statement_count && e->figure_count < given; i++) {
            if (p->statements[i].kind != STATEMENT_STEP)
                continue;
            read_figure(L, at, p->statements[i].words.zh, e);
            if (e->figure_count < given)
                read_figure(L, at, p->statements[i].words.en, e);
        }
        if (e->figure_count < given)
            refuse_unknown_figure(L, at, e);
    }
    lua_pop(L, 1);
}

static bool expects_something(const case_expectation *e)
{
    return e->has_status || e->has_score || e->has_grade || e->has_rank || e->has_flags || e->has_reasons || e->has_missing ||
           e->has_lists || e->figure_count > 0;
}

void read_expectation(lua_State *L, int index, bool needed, case_expectation *e)
{
    lua_getfield(L, index, "expect");
    if (lua_isnil(L, -1) && !needed) {
        lua_pop(L, 1);
        return;
    }
    need_table(L, -1, "expect");
    int at = lua_gettop(L);
    check_fields(L, at, "expect", "status score grade rank flags reasons lists figures missing", 0);
    e->has_status = case_field(L, at, "status", &e->status);
    e->has_score = case_field(L, at, "score", &e->score);
    e->has_grade = case_field(L, at, "grade", &e->grade);
    e->has_rank = case_field(L, at, "rank", &e->rank);
    e->has_flags = case_field(L, at, "flags", &e->flags);
    e->has_reasons = case_field(L, at, "reasons", &e->reasons);
    e->has_missing = case_field(L, at, "missing", &e->missing);
    read_lists(L, at, e);
    read_figures(L, at, e);
    if (!expects_something(e))
        refuse(L, message_of(MSG_cases_nothing_expected));
    lua_pop(L, 1);
}
