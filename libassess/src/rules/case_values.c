/* case_values.c: texts, figures, days and lists as a cases file writes them. */
#include "rules/case_reader.h"

void *case_keep(lua_State *L, size_t count, size_t size)
{
    sandbox_charge(L, (count + 1) * size / 4); /* bounds what a file of small tables can make the list hold */
    void *block = arena_zalloc(&reader_of(L)->out->memory, (count + 1) * size);
    if (!block)
        no_memory(L);
    return block;
}

/* A text or a number as it is written there; kept with the cases. */
text case_text(lua_State *L, int index, const char *what)
{
    char digits[64];
    text t;
    if (lua_type(L, index) == LUA_TNUMBER) {
        decimal d = need_decimal(L, index, what);
        t = (text){digits, decimal_print(d.coeff, d.scale, digits)};
    } else {
        t = lua_type(L, index) == LUA_TSTRING && lua_rawlen(L, index) == 0 ? TEXT("") : need_text(L, index, what);
    }
    char *copy = arena_text(&reader_of(L)->out->memory, t.bytes, t.length);
    if (!copy)
        no_memory(L);
    return (text){copy, t.length};
}

bool case_field(lua_State *L, int index, const char *name, text *out)
{
    lua_getfield(L, index, name);
    bool given = !lua_isnil(L, -1);
    if (given)
        *out = case_text(L, -1, name);
    lua_pop(L, 1);
    return given;
}

date case_date(lua_State *L, int index, const char *name)
{
    text t;
    date d;
    if (!case_field(L, index, name, &t) || !t.length)
        return DATE_NONE;
    if (date_parse(t.bytes, t.length, &d) != DATE_OK)
        refuse(L, message_of1(MSG_rules_bad_date, t));
    return d;
}

decimal case_decimal(lua_State *L, int index, const char *name)
{
    decimal d = {CASE_BLANK, 0};
    if (field_decimal(L, index, name, &d) && d.coeff < 0)
        refuse(L, message_of1(MSG_cases_negative, text_of(name)));
    return d;
}

size_t push_list(lua_State *L, int index, const char *name)
{
    lua_getfield(L, index, name);
    if (lua_isnil(L, -1))
        return 0;
    need_table(L, -1, name);
    check_fields(L, -1, name, "", ANY_PLACES);
    return (size_t)lua_rawlen(L, -1);
}
