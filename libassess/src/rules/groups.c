/* groups.c: figures that look at others: what a cohort has together, and the place in it. */
#include <string.h>

#include "rules/loader.h"

/* The field `within`: "batch", "unit", or the id of an attribute. */
void read_within(lua_State *L, int index, const char *word_name, group_key *key, uint32_t *attribute)
{
    const plan *p = loader_of(L)->plan;
    text within = require_text(L, index, "within", word_name);
    *attribute = 0;
    *key = text_equal(within, TEXT("unit")) ? GROUP_BY_UNIT : GROUP_BY_BATCH;
    if (*key == GROUP_BY_UNIT || text_equal(within, TEXT("batch")))
        return;
    size_t number = plan_find_attribute(p, within);
    if (number == SIZE_MAX)
        refuse(L, message_of2(MSG_rules_word_of, within, TEXT("batch, unit")));
    *key = GROUP_BY_ATTRIBUTE;
    *attribute = (uint32_t)number;
    note_used_attribute(L, (uint32_t)number);
}

/* Who belongs: those of this level (or of the level `of`) who take part, or the field `among`. */
node_id read_cohort(lua_State *L, int index)
{
    loader *l = loader_of(L);
    text of;
    uint32_t level = field_text(L, index, "of", &of) ? need_level(L, of) : l->level;
    lua_getfield(L, index, "among");
    if (!lua_isnil(L, -1))
        return need_truth(L, -1, "among");
    node_id all = plan_takes_part(l->plan, level, here(L));
    if (all == NODE_NONE)
        no_memory(L);
    return all;
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
    s->group.attribute = attribute;
    return 1;
}

static int ask(lua_State *L, group_op op, const char *what)
{
    symbol from = *symbol_need(L, 1, SYMBOL_ACROSS, what);
    node_id args[2] = {from.cohort, from.node};
    from.group.op = op;
    push_symbol_of(L, add_group_node(L, from.group, args, 2));
    return 1;
}

static int mean(lua_State *L) { return ask(L, GROUP_MEAN, ":mean"); }
static int sum(lua_State *L) { return ask(L, GROUP_SUM, ":sum"); }
static int median(lua_State *L) { return ask(L, GROUP_MEDIAN, ":median"); }
static int highest(lua_State *L) { return ask(L, GROUP_HIGHEST, ":highest"); }
static int lowest(lua_State *L) { return ask(L, GROUP_LOWEST, ":lowest"); }
static int count(lua_State *L) { return ask(L, GROUP_COUNT_OF, ":count"); }
static int place(lua_State *L) { return ask(L, GROUP_PLACE, ":place"); }

/* rank { within = "batch", zh = …, en = … }: by the score, from high to low, 1 1 3. */
static int word_rank(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    plan_level *l = current_level(L);
    need_table(L, 1, "rank");
    check_fields(L, 1, "rank", "within among zh en", 0);
    label words = require_label(L, 1, "rank");
    group_source place_by_score;
    memset(&place_by_score, 0, sizeof place_by_score);
    place_by_score.op = GROUP_PLACE;
    read_within(L, 1, "rank", &place_by_score.key, &place_by_score.attribute);
    if (l->rank != SIZE_MAX)
        refuse(L, message_of(MSG_rules_rank_twice));
    if (l->score == SIZE_MAX)
        refuse(L, message_of(MSG_rules_rank_without_score));
    node_id args[2] = {read_cohort(L, 1), p->statements[l->score].node};
    node_id id = add_group_node(L, place_by_score, args, 2);
    add_statement(L, (statement){.kind = STATEMENT_RANK, .node = id, .before = NODE_NONE, .after = NODE_NONE, .words = words});
    l->rank = p->statement_count - 1;
    return 0;
}

const method cohort_methods[] = {
    {"mean", IS(ACROSS), mean},     {"sum", IS(ACROSS), sum},       {"median", IS(ACROSS), median}, {"highest", IS(ACROSS), highest},
    {"lowest", IS(ACROSS), lowest}, {"count", IS(ACROSS), count},   {"place", IS(ACROSS), place},   {NULL, 0, NULL},
};

const word cohort_words[] = {{"across", word_across}, {"rank", word_rank}, {NULL, NULL}};
