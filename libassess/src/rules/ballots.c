/* ballots.c: ballots as sources of figures. */
#include <string.h>

#include "rules/loader.h"

static int word_ballots(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    text id = need_text(L, 1, "ballots");
    size_t role = plan_find_role(p, id);
    if (role == SIZE_MAX) {
        text near = nearest_word(id, p->roles, sizeof *p->roles, p->role_count);
        refuse(L, message_of2(near.length ? MSG_rules_unknown_role_near : MSG_rules_unknown_role, id, near));
    }
    symbol_push(L, SYMBOL_BALLOTS)->ballots =
        (ballot_source){.roles = (uint32_t)1 << role, .trim = SOURCE_NONE, .least = 1, .attribute = SOURCE_NONE, .set = SOURCE_NONE};
    return 1;
}


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
    for (size_t r = 0; r < l->plan->role_count; r++)
        l->plan->roles[r].used |= wanted.roles >> r & 1;
    push_symbol_of(L, add_source(L, OP_BALLOTS, (uint32_t)i, KIND_NUMBER));
    return 1;
}

static int count(lua_State *L) { return reduce_ballots(L, BALLOT_COUNT, ":count"); }
static int mean(lua_State *L) { return reduce_ballots(L, BALLOT_MEAN, ":mean"); }
static int invalid(lua_State *L) { return reduce_ballots(L, BALLOT_INVALID, ":invalid"); }
static int not_counted(lua_State *L) { return reduce_ballots(L, BALLOT_NOT_COUNTED, ":not_counted"); }

const method ballot_methods[] = {
    {"total", IS(BALLOTS), total},   {"item", IS(BALLOTS), item},     {"mean", IS(POINTS), mean},
    {"count", IS(POINTS), count},    {"invalid", IS(POINTS), invalid}, {"not_counted", IS(POINTS), not_counted},
    {NULL, 0, NULL},
};

const word ballot_words[] = {{"ballots", word_ballots}, {NULL, NULL}};
