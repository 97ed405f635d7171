/* events.c: events as sources of figures, and what follows from dates alone. */
#include <string.h>

#include "rules/loader.h"

static void add_kind(lua_State *L, symbol *s, int index)
{
    plan *p = loader_of(L)->plan;
    text id = need_text(L, index, "events");
    size_t kind = plan_find_kind(p, id);
    if (kind == SIZE_MAX)
        refuse_unknown(L, MSG_rules_unknown_kind, MSG_rules_unknown_kind_near, id, p->kinds, sizeof *p->kinds, p->kind_count);
    p->kinds[kind].used = true;
    s->events.kinds[kind / 64] |= (uint64_t)1 << (kind % 64);
}

static int word_events(lua_State *L)
{
    lua_settop(L, 1);
    symbol *s = symbol_push(L, SYMBOL_EVENTS);
    if (lua_type(L, 1) == LUA_TSTRING) {
        add_kind(L, s, 1);
        return 1;
    }
    need_table(L, 1, "events");
    check_fields(L, 1, "events", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (!n)
        refuse(L, message_of(MSG_rules_events_empty));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        add_kind(L, s, -1);
        lua_pop(L, 1);
    }
    return 1;
}


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
    push_symbol_of(L, add_source(L, OP_EVENTS, (uint32_t)i, KIND_NUMBER));
    return 1;
}

static int with_part(lua_State *L, event_part part, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_EVENTS, what);
    symbol *s = symbol_push(L, SYMBOL_EVENTS);
    s->events = from.events;
    s->events.part = part;
    return 1;
}

static int as_liable(lua_State *L) { return with_part(L, PART_LIABLE, ":as_liable"); }
static int as_either(lua_State *L) { return with_part(L, PART_EITHER, ":as_either"); }

static int figures_of(lua_State *L, event_figure figure, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_EVENTS, what);
    symbol *s = symbol_push(L, SYMBOL_FIGURES);
    s->events = from.events;
    s->events.figure = figure;
    return 1;
}

static int points(lua_State *L) { return figures_of(L, FIGURE_POINTS, ":points"); }
static int amount(lua_State *L) { return figures_of(L, FIGURE_AMOUNT, ":amount"); }
static int span_days(lua_State *L) { return figures_of(L, FIGURE_SPAN_DAYS, ":span_days"); }

static int span_working_days(lua_State *L)
{
    need_calendar(L);
    return figures_of(L, FIGURE_SPAN_WORKDAYS, ":span_working_days");
}

static int reduce_figures(lua_State *L, event_reducer reducer, const char *what)
{
    return reduce_events(L, symbol_need(L, 1, SYMBOL_FIGURES, what)->events, reducer);
}

static int sum(lua_State *L) { return reduce_figures(L, EVENT_SUM, ":sum"); }
static int highest(lua_State *L) { return reduce_figures(L, EVENT_HIGHEST, ":highest"); }
static int lowest(lua_State *L) { return reduce_figures(L, EVENT_LOWEST, ":lowest"); }
static int mean(lua_State *L) { return reduce_figures(L, EVENT_MEAN, ":mean"); }

static int reduce_spans(lua_State *L, event_reducer reducer, const char *what)
{
    return reduce_events(L, symbol_need(L, 1, SYMBOL_EVENTS, what)->events, reducer);
}

static int months(lua_State *L) { return reduce_spans(L, EVENT_MONTHS, ":months"); }
static int days(lua_State *L) { return reduce_spans(L, EVENT_DAYS, ":days"); }

static int working_days(lua_State *L)
{
    need_calendar(L);
    return reduce_spans(L, EVENT_WORKDAYS, ":working_days");
}

static int count(lua_State *L) { return reduce_spans(L, EVENT_COUNT, ":count"); }

static int any(lua_State *L)
{
    reduce_events(L, symbol_need(L, 1, SYMBOL_EVENTS, ":any")->events, EVENT_COUNT);
    node_id count = symbol_at(L, -1)->node;
    push_symbol_of(L, add_op2(L, OP_MORE_THAN, count, add_figure(L, 0)));
    return 1;
}

static int word_months_in_post(lua_State *L)
{
    push_symbol_of(L, add_source(L, OP_MONTHS_IN_POST, 0, KIND_NUMBER));
    return 1;
}

const method event_methods[] = {
    {"as_liable", IS(EVENTS), as_liable}, {"as_either", IS(EVENTS), as_either}, {"points", IS(EVENTS), points},
    {"amount", IS(EVENTS), amount},       {"span_days", IS(EVENTS), span_days}, {"span_working_days", IS(EVENTS), span_working_days}, {"sum", IS(FIGURES), sum},
    {"highest", IS(FIGURES), highest},    {"lowest", IS(FIGURES), lowest},      {"mean", IS(FIGURES), mean},
    {"months", IS(EVENTS), months},       {"days", IS(EVENTS), days},           {"count", IS(EVENTS), count},
    {"working_days", IS(EVENTS), working_days},
    {"any", IS(EVENTS), any},             {NULL, 0, NULL},
};

const word event_words[] = {{"events", word_events}, {"months_in_post", word_months_in_post}, {NULL, NULL}};
