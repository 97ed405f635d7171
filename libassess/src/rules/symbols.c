/* symbols.c: the things a rule file holds in its hands — ballots, events, figures, conditions — and what can be done with
 * them. Nothing is computed: every operation adds a node to the plan. */
#include <string.h>

#include "rules/loader.h"

static const char symbol_name[] = "assess.symbol";

static const char *const kind_words[SYMBOL_KIND_COUNT] = {
    "a figure", "a condition", "ballots", "points of ballots", "events", "figures of events", "a rounding", "a choice"};

const char *symbol_words(symbol_kind kind) { return kind_words[kind]; }

symbol *symbol_push(lua_State *L, symbol_kind kind)
{
    symbol *s = lua_newuserdatauv(L, sizeof *s, 0);
    memset(s, 0, sizeof *s);
    s->kind = kind;
    s->node = NODE_NONE;
    luaL_setmetatable(L, symbol_name);
    return s;
}

symbol *symbol_at(lua_State *L, int index) { return luaL_testudata(L, index, symbol_name); }

const char *kind_of_value(lua_State *L, int index)
{
    symbol *s = symbol_at(L, index);
    return s ? kind_words[s->kind] : luaL_typename(L, index);
}

symbol *symbol_need(lua_State *L, int index, symbol_kind kind, const char *what)
{
    symbol *s = symbol_at(L, index);
    if (!s || s->kind != kind)
        refuse(L, message_of3(MSG_rules_wrong_symbol, text_of(what), text_of(kind_words[kind]),
                              text_of(kind_of_value(L, index))));
    return s;
}

/* Charged for the search for an equal node as well. */
node_id add_node(lua_State *L, node n)
{
    plan *p = loader_of(L)->plan;
    sandbox_charge(L, 10 + (p->node_count < PLAN_SEARCHED_NODES ? p->node_count : PLAN_SEARCHED_NODES) / 16);
    n.at = here(L);
    node_id id = plan_add(p, n);
    if (id == NODE_NONE && p->node_count >= PLAN_MAX_NODES)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    if (id == NODE_NONE)
        no_memory(L);
    return id;
}

void push_symbol_of(lua_State *L, node_id id)
{
    bool truth = loader_of(L)->plan->nodes[id].kind == KIND_TRUTH;
    symbol_push(L, truth ? SYMBOL_TRUTH : SYMBOL_NUMBER)->node = id;
}

void push_node(lua_State *L, node n) { push_symbol_of(L, add_node(L, n)); }

static node_id add_constant(lua_State *L, fraction value)
{
    return add_node(L, (node){.op = OP_CONSTANT, .constant = value});
}

node_id need_number(lua_State *L, int index, const char *what)
{
    if (symbol_at(L, index))
        return symbol_need(L, index, SYMBOL_NUMBER, what)->node;
    return add_constant(L, fraction_from_decimal(need_decimal(L, index, what)));
}

static int binary(lua_State *L, node_op op, const char *what)
{
    node_id a = need_number(L, 1, what), b = need_number(L, 2, what);
    push_node(L, (node){.op = op, .args = {a, b, NODE_NONE}});
    return 1;
}

#define BINARY(function, op, what) \
    static int function(lua_State *L) { return binary(L, op, what); }
BINARY(add, OP_ADD, "+")
BINARY(subtract, OP_SUBTRACT, "-")
BINARY(multiply, OP_MULTIPLY, "*")
BINARY(divide, OP_DIVIDE, "/")
BINARY(at_least, OP_AT_LEAST, ":at_least")
BINARY(more_than, OP_MORE_THAN, ":more_than")
BINARY(at_most, OP_AT_MOST, ":at_most")
BINARY(less_than, OP_LESS_THAN, ":less_than")
BINARY(exactly, OP_EXACTLY, ":exactly")
BINARY(not_below, OP_NOT_BELOW, ":not_below")
BINARY(not_above, OP_NOT_ABOVE, ":not_above")
BINARY(or_else, OP_OR_ELSE, ":or_else")

static int negate(lua_State *L)
{
    node_id a = need_number(L, 1, "-"), zero = add_constant(L, fraction_of(0, 1));
    push_node(L, (node){.op = OP_SUBTRACT, .args = {zero, a, NODE_NONE}});
    return 1;
}

/* < <= == .. # // % on symbols: Lua would answer with a truth of its own, so each is a mistake. */
static int wrong_operator(lua_State *L) { return refuse(L, message_of(MSG_rules_operator_on_symbol)); }

/* --- ballots --- */

static int total(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_BALLOTS, ":total");
    loader *l = loader_of(L);
    for (size_t i = 0; i < l->plan->item_count; i++)
        if (l->plan->items[i].option_count)
            refuse(L, message_of1(MSG_rules_total_of_options, l->plan->items[i].id));
    symbol *s = symbol_push(L, SYMBOL_POINTS);
    s->ballots = from.ballots;
    s->ballots.item = ITEM_TOTAL;
    return 1;
}

static int item(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_BALLOTS, ":item");
    text id = need_text(L, 2, ":item");
    size_t number = plan_find_item(loader_of(L)->plan, id);
    if (number == SIZE_MAX)
        refuse(L, message_of1(MSG_rules_unknown_item, id));
    symbol *s = symbol_push(L, SYMBOL_POINTS);
    s->ballots = from.ballots;
    s->ballots.item = (uint32_t)number;
    return 1;
}

static int reduce_ballots(lua_State *L, ballot_reducer reducer, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_POINTS, what);
    loader *l = loader_of(L);
    ballot_source wanted = from.ballots;
    wanted.reducer = reducer;
    size_t i = 0;
    while (i < l->plan->ballot_count && memcmp(&l->plan->ballots[i], &wanted, sizeof wanted) != 0)
        i++;
    if (i == l->plan->ballot_count) {
        ballot_source *fresh = PLAN_APPEND(l->plan, ballots, ballot_count, ballot_capacity);
        if (!fresh)
            no_memory(L);
        *fresh = wanted;
    }
    l->plan->roles[wanted.role].used = true;
    push_node(L, (node){.op = OP_BALLOTS, .source = (uint32_t)i});
    return 1;
}

static int mean(lua_State *L) { return reduce_ballots(L, BALLOT_MEAN, ":mean"); }
static int invalid(lua_State *L) { return reduce_ballots(L, BALLOT_INVALID, ":invalid"); }
static int not_counted(lua_State *L) { return reduce_ballots(L, BALLOT_NOT_COUNTED, ":not_counted"); }

/* --- events --- */

static int reduce_events(lua_State *L, event_source wanted, event_reducer reducer)
{
    loader *l = loader_of(L);
    wanted.reducer = reducer;
    size_t i = 0;
    while (i < l->plan->event_count && memcmp(&l->plan->events[i], &wanted, sizeof wanted) != 0)
        i++;
    if (i == l->plan->event_count) {
        event_source *fresh = PLAN_APPEND(l->plan, events, event_count, event_capacity);
        if (!fresh)
            no_memory(L);
        *fresh = wanted;
    }
    push_node(L, (node){.op = OP_EVENTS, .source = (uint32_t)i});
    return 1;
}

static int as_liable(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_EVENTS, ":as_liable");
    symbol *s = symbol_push(L, SYMBOL_EVENTS);
    s->events = from.events;
    s->events.part = PART_LIABLE;
    return 1;
}

static int figures(lua_State *L, event_reducer reducer, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_EVENTS, what);
    symbol *s = symbol_push(L, SYMBOL_FIGURES);
    s->events = from.events;
    s->events.reducer = reducer;
    return 1;
}

static int points(lua_State *L) { return figures(L, EVENT_POINTS, ":points"); }
static int amount(lua_State *L) { return figures(L, EVENT_AMOUNT, ":amount"); }

static int sum(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_FIGURES, ":sum");
    return reduce_events(L, from.events, from.events.reducer);
}

static int months(lua_State *L)
{
    return reduce_events(L, symbol_need(L, 1, SYMBOL_EVENTS, ":months")->events, EVENT_MONTHS);
}

static int count_events(lua_State *L)
{
    symbol *s = symbol_at(L, 1);
    if (s && s->kind == SYMBOL_POINTS)
        return reduce_ballots(L, BALLOT_COUNT, ":count");
    return reduce_events(L, symbol_need(L, 1, SYMBOL_EVENTS, ":count")->events, EVENT_COUNT);
}

static int any(lua_State *L)
{
    reduce_events(L, symbol_need(L, 1, SYMBOL_EVENTS, ":any")->events, EVENT_COUNT);
    node_id count = symbol_at(L, -1)->node, zero = add_constant(L, fraction_of(0, 1));
    push_node(L, (node){.op = OP_MORE_THAN, .args = {count, zero, NODE_NONE}});
    return 1;
}

static const struct method {
    const char *name;
    lua_CFunction run;
} methods[] = {
    {"total", total},         {"item", item},           {"mean", mean},           {"count", count_events},
    {"invalid", invalid},     {"not_counted", not_counted}, {"as_liable", as_liable}, {"points", points},
    {"amount", amount},       {"sum", sum},             {"months", months},       {"any", any},
    {"at_least", at_least},   {"more_than", more_than}, {"at_most", at_most},     {"less_than", less_than},
    {"exactly", exactly},     {"not_below", not_below}, {"not_above", not_above}, {"or_else", or_else},
};

enum { METHOD_COUNT = sizeof methods / sizeof *methods };

static int find_method(lua_State *L)
{
    text name = {"", 0};
    if (lua_type(L, 2) == LUA_TSTRING)
        name.bytes = lua_tolstring(L, 2, &name.length);
    text names[METHOD_COUNT];
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        names[i] = text_of(methods[i].name);
        if (text_equal(names[i], name)) {
            lua_pushcfunction(L, methods[i].run);
            return 1;
        }
    }
    text near = text_suggest(name, names, METHOD_COUNT);
    return refuse(L, message_of3(near.length ? MSG_rules_unknown_method_near : MSG_rules_unknown_method, name,
                                 text_of(kind_of_value(L, 1)), near));
}

void symbols_install(lua_State *L)
{
    static const word metamethods[] = {
        {"__add", add},        {"__sub", subtract},  {"__mul", multiply},    {"__div", divide},
        {"__unm", negate},     {"__index", find_method}, {"__lt", wrong_operator}, {"__le", wrong_operator},
        {"__eq", wrong_operator}, {"__concat", wrong_operator}, {"__len", wrong_operator}, {"__idiv", wrong_operator},
        {"__mod", wrong_operator}, {"__call", wrong_operator}, {"__newindex", wrong_operator},
    };
    luaL_newmetatable(L, symbol_name);
    for (size_t i = 0; i < sizeof metamethods / sizeof *metamethods; i++) {
        lua_pushcfunction(L, metamethods[i].run);
        lua_setfield(L, -2, metamethods[i].name);
    }
    lua_pop(L, 1);
}
