/* select.c: choosing some of a cohort: the first, the last, or by lot. Each is a condition, to be used wherever one is. */
#include <string.h>

#include "rules/loader.h"

static const char top_fields[] = "by within among ties";

static bool ties_all_in(lua_State *L, const char *word_name)
{
    text ties = require_text(L, 1, "ties", word_name);
    bool all_in = text_equal(ties, TEXT("all_in"));
    if (!all_in && !text_equal(ties, TEXT("all_out")))
        refuse_word_of(L, ties, TEXT("all_in, all_out"));
    return all_in;
}

static node_id how_many(lua_State *L, const char *word_name)
{
    lua_rawgeti(L, 1, 1);
    node_id n = need_number(L, -1, word_name);
    lua_pop(L, 1);
    return n;
}

/* Who does not belong is not chosen, whatever else is missing. */
static int push_chosen(lua_State *L, node_id cohort, node_id last_place, node_id n)
{
    push_symbol_of(L, add_op2(L, OP_BOTH, cohort, add_op2(L, OP_AT_MOST, last_place, n)));
    return 1;
}

static int choose_by_order(lua_State *L, const char *word_name, bool from_low)
{
    group_key key;
    uint32_t attribute;
    need_table(L, 1, word_name);
    check_fields(L, 1, word_name, top_fields, 1);
    node_id n = how_many(L, word_name);
    bool all_in = ties_all_in(L, word_name);
    read_within(L, 1, word_name, &key, &attribute);
    chain by = read_chain(L, 1, "by", word_name);
    node_id cohort = read_cohort(L, 1), place = add_places(L, key, attribute, cohort, &by, from_low, (label){0});
    return push_chosen(L, cohort, all_in ? place : last_of_tie(L, place), n);
}

/* top { 3, within = "batch", ties = "all_in" }: whether the subject is among the first three by the score, or by = { … }. */
static int word_top(lua_State *L) { return choose_by_order(L, "top", false); }

/* last { 3, … }: the same from the other end. */
static int word_last(lua_State *L) { return choose_by_order(L, "last", true); }

/* draw { 3, seed = 2026, within = "batch" }: whether the subject is among the first three of a draw that anybody can repeat. */
static int word_draw(lua_State *L)
{
    group_source lots;
    memset(&lots, 0, sizeof lots);
    lots.op = GROUP_DRAW;
    lots.level = loader_of(L)->level;
    need_table(L, 1, "draw");
    check_fields(L, 1, "draw", "seed within among", 1);
    node_id n = how_many(L, "draw");
    read_within(L, 1, "draw", &lots.key, &lots.attribute);
    node_id seed = field_number(L, 1, "seed");
    if (seed == NODE_NONE)
        refuse(L, message_of2(MSG_rules_field_missing, TEXT("draw"), TEXT("seed")));
    node_id args[2] = {read_cohort(L, 1), seed};
    return push_chosen(L, args[0], add_group_node(L, lots, args, 2), n);
}

const word select_words[] = {{"top", word_top}, {"last", word_last}, {"draw", word_draw}, {NULL, NULL}};
