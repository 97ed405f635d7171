/* groups.c: figures that look at others: what a cohort has together, and the place in it. */
#include <string.h>

#include "rules/loader.h"

/* None of "batch", "unit" and the attributes. */
static void refuse_group(lua_State *L, text id)
{
    const plan *p = loader_of(L)->plan;
    text always[] = {TEXT("batch"), TEXT("unit")}, near = text_suggest(id, always, 2);
    if (near.length)
        refuse(L, message_of2(MSG_rules_unknown_group_near, id, near));
    refuse_unknown(L, MSG_rules_unknown_group, MSG_rules_unknown_group_near, id, p->attributes, sizeof *p->attributes, p->attribute_count);
}

void read_group_key(lua_State *L, text id, group_key *key, uint32_t *attribute)
{
    plan *p = loader_of(L)->plan;
    *attribute = 0;
    *key = text_equal(id, TEXT("unit")) ? GROUP_BY_UNIT : GROUP_BY_BATCH;
    if (*key == GROUP_BY_UNIT || text_equal(id, TEXT("batch")))
        return;
    size_t number = plan_find_attribute(p, id);
    if (number == SIZE_MAX)
        refuse_group(L, id);
    *key = GROUP_BY_ATTRIBUTE;
    *attribute = (uint32_t)number;
    note_used_attribute(L, (uint32_t)number);
}

/* The field `within`: "batch", "unit", or the id of an attribute. */
void read_within(lua_State *L, int index, const char *word_name, group_key *key, uint32_t *attribute)
{
    read_group_key(L, require_text(L, index, "within", word_name), key, attribute);
}

node_id take_part(lua_State *L, uint32_t level)
{
    node_id all = plan_takes_part(loader_of(L)->plan, level, here(L));
    if (all == NODE_NONE)
        no_memory(L);
    return all;
}

/* takes_part(): the condition that no exclude holds, for a cohort that says more than that. */
static int word_takes_part(lua_State *L)
{
    push_symbol_of(L, take_part(L, loader_of(L)->level));
    return 1;
}

/* of = "people": the level to look at. */
static uint32_t level_asked(lua_State *L, int index)
{
    text of;
    return field_text(L, index, "of", &of) ? need_level(L, of) : loader_of(L)->level;
}

/* Who belongs: those of this level (or of the level `of`) who take part, or the field `among`. */
node_id read_cohort(lua_State *L, int index)
{
    node_id among = field_condition(L, index, "among");
    return among == NODE_NONE ? take_part(L, level_asked(L, index)) : among;
}

uint32_t add_group(lua_State *L, group_source wanted)
{
    plan *p = loader_of(L)->plan;
    for (size_t i = 0; i < p->group_count; i++)
        if (memcmp(&p->groups[i], &wanted, sizeof wanted) == 0)
            return (uint32_t)i;
    group_source *fresh = PLAN_APPEND(p, groups, group_count, group_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = wanted;
    return (uint32_t)(p->group_count - 1);
}

node_id add_group_node(lua_State *L, group_source wanted, const node_id *args, uint32_t count)
{
    return add_node(L, (node){.op = OP_GROUP, .args = args, .arg_count = count, .source = add_group(L, wanted)});
}

/* across { figure, within = "unit", among = condition }: the cohort, waiting for what is asked of it. */
static int word_across(lua_State *L)
{
    need_table(L, 1, "across");
    check_fields(L, 1, "across", "within among of", 1);
    lua_rawgeti(L, 1, 1);
    node_id value = need_value(L, -1, "across"), cohort = read_cohort(L, 1);
    group_key key;
    uint32_t attribute;
    read_within(L, 1, "across", &key, &attribute);
    symbol *s = symbol_push(L, SYMBOL_ACROSS);
    s->node = value;
    s->cohort = cohort;
    s->group.key = key;
    s->group.level = level_asked(L, 1);
    s->group.attribute = attribute;
    return 1;
}

/* Figures and conditions can be added up, whatever has an order can be put in it. */
#define ADDS_UP (IS(NUMBER) | IS(TRUTH))
#define HAS_ORDER (IS_VALUE & ~IS(WORD))

static void need_kind(lua_State *L, node_id id, unsigned kinds, const char *what)
{
    symbol_kind found = (symbol_kind)node_kind(L, id);
    if (!(kinds >> found & 1))
        refuse(L, message_of3(MSG_rules_wrong_symbol, text_of(what), text_of(symbol_words(kinds & IS(NUMBER) ? SYMBOL_NUMBER : SYMBOL_TRUTH)),
                              text_of(symbol_words(found))));
}

static node_id ask_node(lua_State *L, group_op op, unsigned kinds, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_ACROSS, what);
    node_id args[2] = {from.cohort, from.node};
    need_kind(L, from.node, kinds, what);
    from.group.op = op;
    return add_group_node(L, from.group, args, 2);
}

static int ask(lua_State *L, group_op op, unsigned kinds, const char *what)
{
    push_symbol_of(L, ask_node(L, op, kinds, what));
    return 1;
}

static int mean(lua_State *L) { return ask(L, GROUP_MEAN, IS(NUMBER), ":mean"); }
static int sum(lua_State *L) { return ask(L, GROUP_SUM, ADDS_UP, ":sum"); }
static int median(lua_State *L) { return ask(L, GROUP_MEDIAN, IS(NUMBER), ":median"); }
static int highest(lua_State *L) { return ask(L, GROUP_HIGHEST, IS(NUMBER), ":highest"); }
static int lowest(lua_State *L) { return ask(L, GROUP_LOWEST, IS(NUMBER), ":lowest"); }
static int count(lua_State *L) { return ask(L, GROUP_COUNT_OF, IS_VALUE, ":count"); }
static int share(lua_State *L) { return ask(L, GROUP_MEAN, IS(TRUTH), ":share"); }

/* The better of two grades has the lower number. */
static bool low_is_better(lua_State *L, node_id id) { return node_kind(L, id) == KIND_GRADE; }

static node_id place_node(lua_State *L, bool from_low, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_ACROSS, what);
    chain by = {.keys = {from.node}, .count = 1, .low_first = low_is_better(L, from.node)};
    need_kind(L, from.node, HAS_ORDER, what);
    return add_places(L, from.group.key, from.group.attribute, from.cohort, &by, from_low, (label){0});
}

static int place(lua_State *L)
{
    push_symbol_of(L, place_node(L, false, ":place"));
    return 1;
}

static int place_from_low(lua_State *L)
{
    push_symbol_of(L, place_node(L, true, ":place_from_low"));
    return 1;
}

/* 前15%: the place by the size of the cohort. */
static int top_share(lua_State *L)
{
    node_id at = place_node(L, false, ":top_share"), of = ask_node(L, GROUP_COUNT_OF, HAS_ORDER, ":top_share");
    push_symbol_of(L, add_op2(L, OP_DIVIDE, at, of));
    return 1;
}

/* 后5%: the same from the other end. */
static int last_share(lua_State *L)
{
    node_id at = place_node(L, true, ":last_share"), of = ask_node(L, GROUP_COUNT_OF, HAS_ORDER, ":last_share");
    push_symbol_of(L, add_op2(L, OP_DIVIDE, at, of));
    return 1;
}

/* --- chains --- */

node_id add_places(lua_State *L, group_key key, uint32_t attribute, node_id cohort, const chain *by, bool from_low, label name)
{
    node_id args[CHAIN_MOST + 1] = {cohort};
    group_source wanted;
    memset(&wanted, 0, sizeof wanted);
    wanted.op = GROUP_PLACE;
    wanted.level = loader_of(L)->level;
    wanted.key = key;
    wanted.attribute = attribute;
    wanted.low_first = from_low ? by->low_first ^ (((uint32_t)1 << by->count) - 1) : by->low_first;
    memcpy(args + 1, by->keys, by->count * sizeof *args);
    return add_node(L, (node){.op = OP_GROUP, .args = args, .arg_count = by->count + 1, .source = add_group(L, wanted), .name = name});
}

node_id last_of_tie(lua_State *L, node_id place)
{
    return add_op2(L, OP_SUBTRACT, add_op2(L, OP_ADD, place, add_op1(L, OP_TIED, place)), add_figure(L, 1));
}

/* The figure, or { figure, low_first = true }, at the top of the stack. */
static void read_key(lua_State *L, const char *field, chain *out)
{
    bool low = false;
    int before = lua_gettop(L);
    if (lua_type(L, -1) == LUA_TTABLE) {
        check_fields(L, -1, field, "low_first", 1);
        low = field_truth(L, before, "low_first", false);
        lua_rawgeti(L, before, 1);
    }
    node_id key = symbol_at(L, -1) ? need_value(L, -1, field) : symbol_need(L, -1, SYMBOL_NUMBER, field)->node;
    need_kind(L, key, HAS_ORDER, field);
    if (low != low_is_better(L, key))
        out->low_first |= (uint32_t)1 << out->count;
    out->keys[out->count++] = key;
    lua_settop(L, before);
}

static chain chain_of_score(lua_State *L, const char *field, const char *word_name)
{
    const plan_level *l = current_level(L);
    if (l->score == SIZE_MAX)
        refuse(L, message_of2(MSG_rules_no_order, text_of(word_name), text_of(field)));
    return (chain){.keys = {loader_of(L)->plan->statements[l->score].node}, .count = 1};
}

chain read_chain(lua_State *L, int index, const char *field, const char *word_name)
{
    chain out = {.count = 0};
    lua_getfield(L, index, field);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return chain_of_score(L, field, word_name);
    }
    need_table(L, -1, field);
    check_fields(L, -1, field, "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, -1);
    if (!n || n > CHAIN_MOST)
        refuse(L, message_of1(MSG_rules_chain, text_of(field)));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        read_key(L, field, &out);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return out;
}

/* rank { within = "batch", by = { figure, { figure, low_first = true } }, zh = …, en = … }: 1 1 3, by the score unless said. */
static int word_rank(lua_State *L)
{
    plan_level *l = current_level(L);
    need_table(L, 1, "rank");
    check_fields(L, 1, "rank", "within among by zh en", 0);
    label words = require_label(L, 1, "rank");
    group_key key;
    uint32_t attribute;
    read_within(L, 1, "rank", &key, &attribute);
    if (l->rank != SIZE_MAX)
        refuse(L, message_of(MSG_rules_rank_twice));
    chain by = read_chain(L, 1, "by", "rank");
    node_id id = add_places(L, key, attribute, read_cohort(L, 1), &by, false, words);
    add_statement(L, (statement){.kind = STATEMENT_RANK, .node = id, .before = NODE_NONE, .after = NODE_NONE, .words = words});
    l->rank = loader_of(L)->plan->statement_count - 1;
    return 0;
}

const method cohort_methods[] = {
    {"mean", IS(ACROSS), mean},       {"sum", IS(ACROSS), sum},     {"median", IS(ACROSS), median},
    {"highest", IS(ACROSS), highest}, {"lowest", IS(ACROSS), lowest}, {"count", IS(ACROSS), count},
    {"share", IS(ACROSS), share},     {"place", IS(ACROSS), place}, {"place_from_low", IS(ACROSS), place_from_low},
    {"top_share", IS(ACROSS), top_share}, {"last_share", IS(ACROSS), last_share}, {NULL, 0, NULL},
};

const word cohort_words[] = {{"across", word_across}, {"rank", word_rank}, {"takes_part", word_takes_part}, {NULL, NULL}};
