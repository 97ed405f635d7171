/* past.c: what came out earlier, from the table history. */
#include "rules/loader.h"

enum { MOST_YEARS = 100 };

/* M01 … M12, Q1 … Q4, H1, H2 */
static bool is_part(text part)
{
    char month = part.length == 3 && part.bytes[0] == 'M' ? part.bytes[1] : '\0', digit = part.length ? part.bytes[part.length - 1] : '\0';
    if (month)
        return (month == '0' && digit >= '1' && digit <= '9') || (month == '1' && digit >= '0' && digit <= '2');
    return part.length == 2 && ((part.bytes[0] == 'Q' && digit >= '1' && digit <= '4') || (part.bytes[0] == 'H' && digit >= '1' && digit <= '2'));
}

static text need_part(lua_State *L, int index)
{
    text part = need_text(L, index, "past");
    if (!is_part(part))
        refuse(L, message_of1(MSG_rules_past_part, part));
    return part;
}

/* past { year = -1 }, past "Q1", past { year = -1, part = "H2" } */
static int word_past(lua_State *L)
{
    past_source source = {.level = loader_of(L)->level, .part = TEXT("")};
    if (lua_type(L, 1) == LUA_TSTRING) {
        source.part = need_part(L, 1);
    } else {
        need_table(L, 1, "past");
        check_fields(L, 1, "past", "year part", 0);
        lua_getfield(L, 1, "year");
        source.year = lua_isnil(L, -1) ? 0 : need_whole(L, -1, "year", -MOST_YEARS, 0);
        lua_getfield(L, 1, "part");
        if (!lua_isnil(L, -1))
            source.part = need_part(L, lua_gettop(L));
    }
    if (!source.year && !source.part.length)
        refuse(L, message_of(MSG_rules_past_this_year));
    symbol_push(L, SYMBOL_PAST)->past = source;
    return 1;
}

/* past_years { 3 }; past_years(): as many as there are */
static int word_past_years(lua_State *L)
{
    past_source source = {.level = loader_of(L)->level, .part = TEXT("")};
    if (lua_gettop(L)) {
        need_table(L, 1, "past_years");
        check_fields(L, 1, "past_years", "", 1);
        lua_rawgeti(L, 1, 1);
        source.years = need_whole(L, -1, "past_years", 1, MOST_YEARS);
    }
    symbol_push(L, SYMBOL_PAST_YEARS)->past = source;
    return 1;
}

static bool same(const past_source *a, const past_source *b)
{
    return a->reducer == b->reducer && a->level == b->level && a->year == b->year && text_equal(a->part, b->part) && a->set == b->set &&
           a->years == b->years;
}

static int push_past(lua_State *L, past_source wanted, past_reducer reducer, value_kind kind)
{
    plan *p = loader_of(L)->plan;
    size_t i = 0;
    wanted.reducer = reducer;
    sandbox_charge(L, 10 + p->past_count / 8);
    while (i < p->past_count && !same(&p->past[i], &wanted))
        i++;
    if (i == p->past_count) {
        past_source *fresh = PLAN_APPEND(p, past, past_count, past_capacity);
        if (!fresh)
            no_memory(L);
        *fresh = wanted;
    }
    push_symbol_of(L, add_source(L, OP_PAST, (uint32_t)i, kind));
    return 1;
}

static int score(lua_State *L)
{
    return push_past(L, symbol_need(L, 1, SYMBOL_PAST, ":score")->past, PAST_SCORE, KIND_NUMBER);
}

static int grade(lua_State *L)
{
    return push_past(L, symbol_need(L, 1, SYMBOL_PAST, ":grade")->past, PAST_GRADE, KIND_GRADE);
}

static int years_with(lua_State *L, past_reducer reducer, const char *what)
{
    past_source source = symbol_need(L, 1, SYMBOL_PAST_YEARS, what)->past;
    if (reducer == PAST_COUNT && !source.years)
        refuse(L, message_of(MSG_rules_past_years_open));
    source.set = read_grade_set(L, 2, what, source.level);
    return push_past(L, source, reducer, KIND_NUMBER);
}

static int count(lua_State *L) { return years_with(L, PAST_COUNT, ":count"); }
static int in_a_row(lua_State *L) { return years_with(L, PAST_IN_A_ROW, ":in_a_row"); }

const method past_methods[] = {
    {"score", IS(PAST), score},        {"grade", IS(PAST), grade},
    {"count", IS(PAST_YEARS), count},  {"in_a_row", IS(PAST_YEARS), in_a_row},
    {NULL, 0, NULL},
};

const word past_words[] = {{"past", word_past}, {"past_years", word_past_years}, {NULL, NULL}};
