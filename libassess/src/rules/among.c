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

/* Number of the level's grade of that id, or UINT32_MAX. */
static uint32_t find_grade(const plan *p, uint32_t level, text id)
{
    const plan_level *l = &p->levels[level];
    for (uint32_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        if (text_equal(p->grades[g].id, id))
            return g;
    return UINT32_MAX;
}

static message unknown_grade(loader *asked, uint32_t level, text id)
{
    const plan *p = asked->plan;
    asked->grade_level = level;
    const plan_level *l = &p->levels[level];
    text near = TEXT("");
    if (l->grade_count > 0)
        near = nearest_word(id, p->grades + l->first_grade, sizeof *p->grades, l->grade_count);
    return message_of2(near.length ? MSG_rules_unknown_grade_near : MSG_rules_unknown_grade, id, near);
}

uint32_t need_grade_of(lua_State *L, uint32_t level, text id)
{
    const plan *p = loader_of(L)->plan;
    uint32_t found = find_grade(p, level, id);
    if (found == UINT32_MAX)
        refuse(L, unknown_grade(loader_of(L), level, id));
    return found;
}

/* Grades named before `grades { … }`: what came out last year may count for this year's score. Their numbers are filled in when
 * the file has been read. */
typedef struct waiting_set {
    struct waiting_set *next;
    uint32_t set, level;
    node_op comparison; /* OP_AMONG: those named; OP_AT_LEAST, OP_AT_MOST: from or up to the one named */
    const text *ids;
    size_t count;
    origin at;
} waiting_set;

/* Appends the numbers of the grades meant; false: *unknown is no grade of the level. */
static bool find_members(const plan *p, const waiting_set *w, uint32_t *members, size_t *count, text *unknown)
{
    const plan_level *l = &p->levels[w->level];
    *count = 0;
    for (size_t i = 0; i < w->count; i++) {
        uint32_t named = find_grade(p, w->level, w->ids[i]);
        *unknown = w->ids[i];
        if (named == UINT32_MAX)
            return false;
        uint32_t first = w->comparison == OP_AT_LEAST ? l->first_grade : named;
        uint32_t last = w->comparison == OP_AT_MOST ? l->first_grade + l->grade_count - 1 : named;
        for (uint32_t g = first; g <= last; g++)
            members[(*count)++] = g;
    }
    return true;
}

static uint32_t wait_for_grades(lua_State *L, waiting_set w)
{
    loader *l = loader_of(L);
    waiting_set *kept = arena_alloc(&l->plan->memory, sizeof *kept);
    text *ids = arena_alloc(&l->plan->memory, (w.count + 1) * sizeof *ids);
    plan_set *fresh = kept && ids ? PLAN_APPEND(l->plan, sets, set_count, set_capacity) : NULL;
    if (!fresh)
        no_memory(L);
    memcpy(ids, w.ids, w.count * sizeof *ids);
    w.set = (uint32_t)(l->plan->set_count - 1);
    w.ids = ids;
    w.at = here(L);
    *kept = w;
    *(l->last_waiting ? &l->last_waiting->next : &l->waiting) = kept;
    l->last_waiting = kept;
    return w.set;
}

static uint32_t add_grade_set(lua_State *L, uint32_t level, node_op comparison, const text *ids, size_t count)
{
    const plan *p = loader_of(L)->plan;
    waiting_set w = {.level = level, .comparison = comparison, .ids = ids, .count = count};
    uint32_t members[PLAN_MAX_GRADES];
    text unknown = TEXT("");
    if (count > PLAN_MAX_GRADES)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    if (!p->levels[level].grade_count)
        return wait_for_grades(L, w);
    if (!find_members(p, &w, members, &count, &unknown))
        refuse(L, unknown_grade(loader_of(L), level, unknown));
    return add_set(L, members, count);
}

static bool settle(loader *l, const waiting_set *w)
{
    plan *p = l->plan;
    plan_set *set = &p->sets[w->set];
    text unknown = TEXT("");
    set->members = arena_alloc(&p->memory, PLAN_MAX_GRADES * sizeof *set->members);
    if (!set->members)
        return false;
    if (!find_members(p, w, set->members, &set->count, &unknown))
        note_error(l, ASSESS_E_RULES, unknown_grade(l, w->level, unknown), w->at);
    return true;
}

bool settle_grade_sets(loader *l)
{
    bool fine = true;
    for (const waiting_set *w = l->waiting; w && fine; w = w->next)
        fine = settle(l, w);
    return fine;
}

/* Where a node is one of two grades, the first decides: all grades of one node are of one level. Its arguments stand before a
 * node that gives a grade, so the way down ends. */
uint32_t level_of_grade(const plan *p, node_id id)
{
    for (const node *n = &p->nodes[id];; n = &p->nodes[id]) {
        if (n->op == OP_CONSTANT)
            return p->grades[n->constant.num].level;
        if (n->op == OP_BANDS || n->op == OP_UNKNOWN)
            return n->source;
        if (n->op == OP_PAST)
            return p->past[n->source].level;
        bool second = n->op == OP_WHEN || (n->op == OP_TABLE && n->arg_count > 1); /* a table without rows: its key is the grade before */
        id = n->args[second ? 1 : 0];
    }
}

/* --- words --- */

uint32_t word_number(lua_State *L, text id)
{
    plan *p = loader_of(L)->plan;
    sandbox_charge(L, 10 + p->word_count / 8); /* for the search */
    uint32_t number = plan_word_number(p, id);
    if (number == UINT32_MAX && p->word_count >= PLAN_MAX_WORDS)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    if (number == UINT32_MAX)
        no_memory(L);
    return number;
}

const plan_set *word_choices(const plan *p, const node *source)
{
    const plan_set *declared = source->op == OP_ATTRIBUTE ? &p->attributes[source->source].choices
                               : source->op == OP_BALLOTS ? &p->items[p->ballots[source->source].item].choices
                                                          : NULL;
    return declared && declared->count ? declared : NULL;
}

/* The declared words that the node may be; NULL: any text. */
static const plan_set *choices_of(const plan *p, node_id id)
{
    const node *n = &p->nodes[id];
    while (n->op == OP_OR_ELSE || n->op == OP_OF_UNIT)
        n = &p->nodes[n->args[0]];
    return word_choices(p, n);
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

uint32_t need_choice(lua_State *L, const plan_set *choices, text id)
{
    uint32_t number = word_number(L, id);
    if (choices && !plan_in_set(choices->members, choices->count, number))
        refuse_word(L, choices, id);
    return number;
}

uint32_t need_word_of(lua_State *L, node_id of, text id) { return need_choice(L, choices_of(loader_of(L)->plan, of), id); }

/* --- the methods --- */

static int push_among(lua_State *L, node_id value, uint32_t set)
{
    push_symbol_of(L, add_node(L, (node){.op = OP_AMONG, .args = &value, .arg_count = 1, .source = set}));
    return 1;
}

static uint32_t add_word_set(lua_State *L, node_id of, const text *ids, size_t count)
{
    const plan_set *choices = choices_of(loader_of(L)->plan, of);
    uint32_t *members = lua_newuserdatauv(L, count * sizeof *members, 0);
    for (size_t i = 0; i < count; i++)
        members[i] = need_choice(L, choices, ids[i]);
    return add_set(L, members, count);
}

/* The list of ids at `index`, no id twice. */
static text *read_ids(lua_State *L, int index, const char *what, size_t *count)
{
    need_table(L, index, what);
    check_fields(L, index, what, "", ANY_PLACES);
    *count = (size_t)lua_rawlen(L, index);
    if (!*count)
        refuse(L, message_of1(MSG_rules_list_empty, text_of(what)));
    text *ids = lua_newuserdatauv(L, *count * sizeof *ids, 0);
    for (size_t i = 0; i < *count; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        ids[i] = need_text(L, -1, what);
        lua_pop(L, 1);
        sandbox_charge(L, i / 8);
        for (size_t j = 0; j < i; j++)
            if (text_equal(ids[j], ids[i]))
                refuse(L, message_of2(MSG_rules_list_repeats, text_of(what), ids[i]));
    }
    return ids;
}

uint32_t read_grade_set(lua_State *L, int index, const char *what, uint32_t level)
{
    size_t count;
    const text *ids = read_ids(L, index, what, &count);
    return add_grade_set(L, level, OP_AMONG, ids, count);
}

static int push_among_ids(lua_State *L, const char *what, const text *ids, size_t count)
{
    symbol *s = symbol_at(L, 1);
    bool grade = s && s->kind == SYMBOL_GRADE;
    node_id value = grade ? s->node : symbol_need(L, 1, SYMBOL_WORD, what)->node;
    uint32_t set = grade ? add_grade_set(L, level_of_grade(loader_of(L)->plan, value), OP_AMONG, ids, count)
                         : add_word_set(L, value, ids, count);
    return push_among(L, value, set);
}

static int is(lua_State *L)
{
    text id = need_text(L, 2, ":is");
    return push_among_ids(L, ":is", &id, 1);
}

static int is_one_of(lua_State *L)
{
    size_t count;
    const text *ids = read_ids(L, 2, ":is_one_of", &count);
    return push_among_ids(L, ":is_one_of", ids, count);
}

static int compare_grade(lua_State *L, node_op comparison, const char *what)
{
    node_id value = symbol_need(L, 1, SYMBOL_GRADE, what)->node;
    text id = need_text(L, 2, what);
    return push_among(L, value, add_grade_set(L, level_of_grade(loader_of(L)->plan, value), comparison, &id, 1));
}

/* grade:at_least "competent": that one or a better one; at_most: that one or a worse one. */
static int at_least(lua_State *L) { return compare_grade(L, OP_AT_LEAST, ":at_least"); }
static int at_most(lua_State *L) { return compare_grade(L, OP_AT_MOST, ":at_most"); }

const method among_methods[] = {
    {"is", IS(WORD) | IS(GRADE), is},    {"is_one_of", IS(WORD) | IS(GRADE), is_one_of},
    {"at_least", IS(GRADE), at_least},   {"at_most", IS(GRADE), at_most},
    {NULL, 0, NULL},
};
