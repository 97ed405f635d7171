/* among.c: words and grades that are one of some: :is, :is_one_of, and of grades at least and at most. */
#include <stdlib.h>
#include <string.h>

#include "rules/loader.h"

/* --- sets --- */

static int compare_members(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool same_set(const plan_set *s, const uint32_t *members, size_t count)
{
    return s->count == count && memcmp(s->members, members, count * sizeof *members) == 0;
}

uint32_t add_set(lua_State *L, const uint32_t *members, size_t count)
{
    plan *p = loader_of(L)->plan;
    sandbox_charge(L, 10 + count + p->set_count / 8);
    uint32_t *kept = arena_alloc(&p->memory, (count + 1) * sizeof *kept);
    if (!kept)
        no_memory(L);
    memcpy(kept, members, count * sizeof *kept);
    qsort(kept, count, sizeof *kept, compare_members);
    for (size_t i = 0; i < p->set_count; i++)
        if (same_set(&p->sets[i], kept, count))
            return (uint32_t)i;
    plan_set *fresh = PLAN_APPEND(p, sets, set_count, set_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = (plan_set){kept, count};
    return (uint32_t)(p->set_count - 1);
}

/* --- grades --- */

uint32_t need_grade_of(lua_State *L, uint32_t level, text id)
{
    const plan *p = loader_of(L)->plan;
    const plan_level *l = &p->levels[level];
    for (uint32_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        if (text_equal(p->grades[g].id, id))
            return g;
    text near = nearest_word(id, p->grades + l->first_grade, sizeof *p->grades, l->grade_count);
    refuse(L, message_of2(near.length ? MSG_rules_unknown_grade_near : MSG_rules_unknown_grade, id, near));
    return 0;
}

/* The level whose grade a node gives: all grades of one node are of one level. */
static uint32_t level_of_grade(const plan *p, node_id id)
{
    for (;;) {
        const node *n = &p->nodes[id];
        if (n->op == OP_CONSTANT)
            return p->grades[n->constant.num].level;
        if (n->op == OP_BANDS)
            return n->source;
        if (n->op == OP_PAST)
            return p->past[n->source].level;
        id = n->args[n->op == OP_WHEN || n->op == OP_TABLE ? 1 : 0];
    }
}

/* --- words --- */

/* The declared words that the node may be; NULL: any text. */
static const plan_set *choices_of(const plan *p, node_id id)
{
    const node *n = &p->nodes[id];
    while (n->op == OP_OR_ELSE || n->op == OP_OF_UNIT)
        n = &p->nodes[n->args[0]];
    bool declared = n->op == OP_ATTRIBUTE && p->attributes[n->source].choices.count;
    return declared ? &p->attributes[n->source].choices : NULL;
}

static void refuse_word(lua_State *L, const plan_set *choices, text id)
{
    const plan *p = loader_of(L)->plan;
    text *ids = lua_newuserdatauv(L, (choices->count + 1) * sizeof *ids, 0);
    for (size_t i = 0; i < choices->count; i++)
        ids[i] = p->words[choices->members[i]].id;
    text near = text_suggest(id, ids, choices->count);
    refuse(L, message_of2(near.length ? MSG_rules_unknown_choice_near : MSG_rules_unknown_choice, id, near));
}

static uint32_t need_word(lua_State *L, const plan_set *choices, text id)
{
    sandbox_charge(L, 10 + loader_of(L)->plan->word_count / 8);
    uint32_t number = plan_word_number(loader_of(L)->plan, id);
    if (number == UINT32_MAX)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    bool known = !choices;
    for (size_t i = 0; !known && i < choices->count; i++)
        known = choices->members[i] == number;
    if (!known)
        refuse_word(L, choices, id);
    return number;
}

/* --- the methods --- */

static uint32_t need_member(lua_State *L, node_id of, text id)
{
    const plan *p = loader_of(L)->plan;
    return node_kind(L, of) == KIND_GRADE ? need_grade_of(L, level_of_grade(p, of), id) : need_word(L, choices_of(p, of), id);
}

static int push_among(lua_State *L, node_id value, uint32_t set)
{
    push_symbol_of(L, add_node(L, (node){.op = OP_AMONG, .args = &value, .arg_count = 1, .source = set}));
    return 1;
}

static node_id need_word_or_grade(lua_State *L, const char *what)
{
    symbol *s = symbol_at(L, 1);
    return s && s->kind == SYMBOL_GRADE ? s->node : symbol_need(L, 1, SYMBOL_WORD, what)->node;
}

static int is(lua_State *L)
{
    node_id value = need_word_or_grade(L, ":is");
    uint32_t member = need_member(L, value, need_text(L, 2, ":is"));
    return push_among(L, value, add_set(L, &member, 1));
}

/* The list of ids at `index`: how many, and room for their numbers. */
static uint32_t *open_list(lua_State *L, int index, const char *what, size_t *count)
{
    need_table(L, index, what);
    check_fields(L, index, what, "", ANY_PLACES);
    *count = (size_t)lua_rawlen(L, index);
    if (!*count)
        refuse(L, message_of1(MSG_rules_list_empty, text_of(what)));
    sandbox_charge(L, *count);
    return lua_newuserdatauv(L, *count * sizeof(uint32_t), 0);
}

static text list_text(lua_State *L, int index, size_t place, const char *what)
{
    lua_rawgeti(L, index, (lua_Integer)place + 1);
    text t = need_text(L, -1, what);
    lua_pop(L, 1);
    return t;
}

static void refuse_repeats(lua_State *L, int index, const uint32_t *members, size_t count, const char *what)
{
    for (size_t i = 1; i < count; i++) {
        sandbox_charge(L, i / 8);
        for (size_t j = 0; j < i; j++)
            if (members[i] == members[j])
                refuse(L, message_of2(MSG_rules_list_repeats, text_of(what), list_text(L, index, i, what)));
    }
}

uint32_t read_grade_set(lua_State *L, int index, const char *what, uint32_t level)
{
    size_t count;
    uint32_t *members = open_list(L, index, what, &count);
    for (size_t i = 0; i < count; i++)
        members[i] = need_grade_of(L, level, list_text(L, index, i, what));
    refuse_repeats(L, index, members, count, what);
    return add_set(L, members, count);
}

static int is_one_of(lua_State *L)
{
    size_t count;
    node_id value = need_word_or_grade(L, ":is_one_of");
    uint32_t *members = open_list(L, 2, ":is_one_of", &count);
    for (size_t i = 0; i < count; i++)
        members[i] = need_member(L, value, list_text(L, 2, i, ":is_one_of"));
    refuse_repeats(L, 2, members, count, ":is_one_of");
    return push_among(L, value, add_set(L, members, count));
}

/* From one grade to another, of the level's. */
static int push_range(lua_State *L, node_id value, uint32_t first, uint32_t last)
{
    uint32_t members[PLAN_MAX_GRADES];
    size_t count = 0;
    for (uint32_t g = first; g <= last; g++)
        members[count++] = g;
    return push_among(L, value, add_set(L, members, count));
}

/* grade:at_least "competent": that one or a better one. */
static int at_least(lua_State *L)
{
    node_id value = symbol_need(L, 1, SYMBOL_GRADE, ":at_least")->node;
    uint32_t level = level_of_grade(loader_of(L)->plan, value);
    return push_range(L, value, loader_of(L)->plan->levels[level].first_grade, need_grade_of(L, level, need_text(L, 2, ":at_least")));
}

static int at_most(lua_State *L)
{
    const plan *p = loader_of(L)->plan;
    node_id value = symbol_need(L, 1, SYMBOL_GRADE, ":at_most")->node;
    const plan_level *l = &p->levels[level_of_grade(p, value)];
    uint32_t first = need_grade_of(L, level_of_grade(p, value), need_text(L, 2, ":at_most"));
    return push_range(L, value, first, l->first_grade + l->grade_count - 1);
}

const method among_methods[] = {
    {"is", IS(WORD) | IS(GRADE), is},    {"is_one_of", IS(WORD) | IS(GRADE), is_one_of},
    {"at_least", IS(GRADE), at_least},   {"at_most", IS(GRADE), at_most},
    {NULL, 0, NULL},
};
