/* filters.c: events narrowed by when they happened and by one of their figures. */
#include <string.h>

#include "rules/loader.h"

/* A copy of the events at 1, to be narrowed. */
static symbol *narrowed(lua_State *L, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_EVENTS, what);
    symbol *s = symbol_push(L, SYMBOL_EVENTS);
    s->events = from.events;
    return s;
}

/* The same for a window: there is one at most, because a second one would silently take the place of the first. */
static symbol *windowed(lua_State *L, event_window window, const char *what)
{
    symbol *s = narrowed(L, what);
    if (s->events.window != WINDOW_ANY)
        refuse(L, message_of1(MSG_rules_window_twice, text_of(what)));
    s->events.window = window;
    return s;
}

static int in_period(lua_State *L)
{
    windowed(L, WINDOW_PERIOD, ":in_period");
    return 1;
}

/* { years = 2 } or { months = 6 } at 2. */
static int32_t need_months(lua_State *L, const char *what)
{
    enum { MOST_YEARS = 100 };
    need_table(L, 2, what);
    check_fields(L, 2, what, "years months", 0);
    if (field_given(L, 2, "years") == field_given(L, 2, "months"))
        refuse(L, message_of2(MSG_rules_one_of_fields, text_of(what), TEXT("years, months")));
    if (field_given(L, 2, "years")) {
        lua_getfield(L, 2, "years");
        return 12 * need_whole(L, -1, "years", 1, MOST_YEARS);
    }
    lua_getfield(L, 2, "months");
    return need_whole(L, -1, "months", 1, 12 * MOST_YEARS);
}

/* :in_last { years = 2 }, :in_last { months = 6 }: up to the period's last day. */
static int in_last(lua_State *L)
{
    int32_t months = need_months(L, ":in_last");
    windowed(L, WINDOW_LAST_MONTHS, ":in_last")->events.months = months;
    return 1;
}

/* :lasting { months = 12 }: each has an effect for so long from its first day on, whatever its last day. */
static int lasting(lua_State *L)
{
    int32_t months = need_months(L, ":lasting");
    symbol *s = narrowed(L, ":lasting");
    if (s->events.lasting)
        refuse(L, message_of1(MSG_rules_window_twice, TEXT(":lasting")));
    s->events.lasting = months;
    return 1;
}

static date need_day(lua_State *L, int index, const char *what)
{
    text written = need_text(L, index, what);
    date d = DATE_NONE;
    if (date_parse(written.bytes, written.length, &d) != DATE_OK)
        refuse(L, message_of1(MSG_rules_bad_date, written));
    return d;
}

/* :between("2026-01-01", "2026-06-30"): both days included. */
static int between(lua_State *L)
{
    date_span span = {need_day(L, 2, ":between"), need_day(L, 3, ":between")};
    if (span.from > span.to)
        refuse(L, message_of(MSG_rules_between_order));
    windowed(L, WINDOW_SPAN, ":between")->events.span = span;
    return 1;
}

static const struct bound_figure {
    const char *field;
    event_figure figure;
} bound_figures[] = {{"points", FIGURE_POINTS}, {"amount", FIGURE_AMOUNT}, {"span_days", FIGURE_SPAN_DAYS}, {"span_working_days", FIGURE_SPAN_WORKDAYS}};

static const struct comparison {
    const char *field;
    node_op op;
} comparisons[] = {{"at_least", OP_AT_LEAST}, {"more_than", OP_MORE_THAN}, {"at_most", OP_AT_MOST}, {"less_than", OP_LESS_THAN}, {"exactly", OP_EXACTLY}};

/* { at_least = 3 } at `index`. */
static void read_comparison(lua_State *L, int index, figure_bound *bound)
{
    static const char fields[] = "at_least more_than at_most less_than exactly";
    size_t found = 0;
    need_table(L, index, ":only");
    check_fields(L, index, ":only", fields, 0);
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (field_decimal(L, index, comparisons[i].field, &bound->limit)) {
            bound->comparison = comparisons[i].op;
            found++;
        }
    if (found != 1)
        refuse(L, message_of2(MSG_rules_one_of_fields, TEXT(":only"), TEXT("at_least, more_than, at_most, less_than, exactly")));
}

/* :only { points = { at_least = 3 } } */
static int only(lua_State *L)
{
    figure_bound bound;
    size_t found = 0;
    memset(&bound, 0, sizeof bound);
    need_table(L, 2, ":only");
    check_fields(L, 2, ":only", "points amount span_days span_working_days", 0);
    for (size_t i = 0; i < sizeof bound_figures / sizeof *bound_figures; i++) {
        if (!field_given(L, 2, bound_figures[i].field))
            continue;
        bound.figure = bound_figures[i].figure;
        lua_getfield(L, 2, bound_figures[i].field);
        read_comparison(L, lua_gettop(L), &bound);
        found++;
    }
    if (found != 1)
        refuse(L, message_of2(MSG_rules_one_of_fields, TEXT(":only"), TEXT("points, amount, span_days, span_working_days")));
    symbol *s = narrowed(L, ":only");
    if (s->events.bound.figure != FIGURE_NONE)
        refuse(L, message_of1(MSG_rules_window_twice, TEXT(":only")));
    s->events.bound = bound;
    return 1;
}

const method filter_methods[] = {
    {"in_period", IS(EVENTS), in_period}, {"in_last", IS(EVENTS), in_last}, {"between", IS(EVENTS), between},
    {"only", IS(EVENTS), only},           {"lasting", IS(EVENTS), lasting}, {NULL, 0, NULL},
};
