/* plan.c: building the graph. Equal unnamed nodes are found by a plain search over the latest ones: a plan has tens of
 * nodes, and its size is bounded by PLAN_MAX_NODES. */
#include "plan/plan.h"

#include <string.h>

text label_in(label l, assess_language language) { return language == ASSESS_ZH ? l.zh : l.en; }

static const operation operations[OP_COUNT] = {
#define X(name, arity, takes, gives) {#name, arity, KIND_##takes, KIND_##gives},
    PLAN_OPERATIONS(X)
#undef X
};

static const plan_level no_level = {.score = SIZE_MAX, .rank = SIZE_MAX, .grades = SIZE_MAX, .grade = NODE_NONE, .takes_part = NODE_NONE};

const char *statement_kind_id(statement_kind kind)
{
    static const char *const ids[STATEMENT_COUNT] = {
        "step", "score", "exclude", "refuse", "grades", "veto", "ceiling", "floor", "force", "no_grade", "quota", "rank", "list"};
    return ids[kind];
}

const operation *plan_operation(node_op op) { return &operations[op]; }

plan *plan_new(void)
{
    plan *p = mem_zalloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->effective = p->until = DATE_NONE;
    for (size_t i = 0; i < PLAN_MAX_LEVELS; i++)
        p->levels[i] = no_level;
    p->level_count = 1;
    if (!PLAN_APPEND(p, clauses, clause_count, clause_capacity)) {
        mem_free(p);
        return NULL;
    }
    return p;
}

void plan_free(plan *p)
{
    if (!p)
        return;
    if (p->hatch.release)
        p->hatch.release(p->hatch.state);
    void *lists[] = {p->nodes,  p->statements, p->ballots,  p->trims,      p->sheet_rules, p->events, p->measured, p->past,
                     p->groups, p->sets,       p->tables,   p->quotas,     p->lists,       p->measures, p->attributes,
                     p->words,  p->items,      p->roles,    p->kinds,      p->grades,      p->params, p->clauses,  p->files, p->versions};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        mem_free(lists[i]);
    arena_free(&p->memory);
    mem_free(p);
}

void *plan_grow(void **items, size_t *count, size_t *capacity, size_t item_size)
{
    if (!mem_reserve(items, capacity, *count + 1, item_size))
        return NULL;
    char *fresh = (char *)*items + *count * item_size;
    memset(fresh, 0, item_size);
    ++*count;
    return fresh;
}

static bool same_node(const node *a, const node *b)
{
    return a->op == b->op && a->kind == b->kind && a->arg_count == b->arg_count && a->source == b->source &&
           (!a->arg_count || memcmp(a->args, b->args, a->arg_count * sizeof *a->args) == 0) &&
           a->constant.num == b->constant.num && a->constant.den == b->constant.den &&
           a->round.mode == b->round.mode && a->round.unit.coeff == b->round.unit.coeff &&
           a->round.unit.scale == b->round.unit.scale && a->at.clause == b->at.clause;
}

/* Unnamed nodes of one clause that say the same are one node. Constants of different clauses stay apart, because each
 * figure is shown with its own clause. What lies too far back is not found again, which costs only a second node. */
static node_id find_same(const plan *p, const node *n)
{
    size_t last = p->node_count > PLAN_SEARCHED_NODES ? p->node_count - PLAN_SEARCHED_NODES : 0;
    for (size_t i = p->node_count; i-- > last;)
        if (!p->nodes[i].name.en.length && same_node(&p->nodes[i], n))
            return (node_id)i;
    return NODE_NONE;
}

node_id plan_add(plan *p, node n)
{
    n.kind = operations[n.op].gives == KIND_SAME ? n.kind : operations[n.op].gives;
    node_id same = n.name.en.length ? NODE_NONE : find_same(p, &n);
    if (same != NODE_NONE)
        return same;
    if (p->node_count >= PLAN_MAX_NODES)
        return NODE_NONE;
    node_id *args = arena_alloc(&p->memory, (n.arg_count + 1) * sizeof *args);
    node *fresh = args ? PLAN_APPEND(p, nodes, node_count, node_capacity) : NULL;
    if (!fresh)
        return NODE_NONE;
    for (uint32_t i = 0; i < n.arg_count; i++)
        args[i] = n.args[i];
    n.args = args;
    *fresh = n;
    return (node_id)(p->node_count - 1);
}

node_id plan_takes_part(plan *p, uint32_t level, origin at)
{
    plan_level *l = &p->levels[level];
    if (l->takes_part == NODE_NONE)
        l->takes_part = plan_add(p, (node){.op = OP_TAKES_PART, .source = level, .at = at});
    return l->takes_part;
}

bool plan_in_set(const uint32_t *members, size_t count, int128 value)
{
    for (size_t i = 0; i < count; i++)
        if (members[i] == value)
            return true;
    return false;
}

size_t plan_table_row(const plan_table *t, fraction key)
{
    for (size_t r = 0; r < t->row_count; r++) {
        const table_row *row = &t->rows[r];
        if (row->otherwise || (t->key != KIND_NUMBER && plan_in_set(row->words, row->word_count, key.num)))
            return r;
        if (t->key == KIND_NUMBER && fraction_compare(key, fraction_from_decimal(row->from)) >= row->above)
            return r;
    }
    return t->row_count;
}

rounding plan_score_rounding(const plan *p, uint32_t level)
{
    return p->nodes[p->statements[p->levels[level].score].node].round;
}

bool plan_is_ordinal(const plan *p, const node *n)
{
    return n->op == OP_TIED || (n->op == OP_GROUP && (p->groups[n->source].op == GROUP_PLACE || p->groups[n->source].op == GROUP_COUNT_OF));
}

/* Marks of nodes, carried on to every figure that is made of theirs. */
static void spread(const plan *p, uint32_t *marks)
{
    for (size_t i = 0; i < p->node_count; i++) {
        node_id id = p->order[i];
        const node *n = &p->nodes[id];
        for (uint32_t a = 0; n->kind != KIND_TRUTH && n->kind != KIND_GRADE && !plan_is_ordinal(p, n) && a < n->arg_count; a++)
            marks[id] |= marks[n->args[a]];
    }
}

void plan_roles_below(const plan *p, uint32_t *roles)
{
    for (node_id id = 0; id < p->node_count; id++) {
        const node *n = &p->nodes[id];
        roles[id] = n->op == OP_BALLOTS && ballots_are_told(p->ballots[n->source].reducer) ? p->ballots[n->source].roles : 0;
    }
    spread(p, roles);
}

#define FIND(list, counter, field)                   \
    for (size_t i = 0; i < p->counter; i++)          \
        if (text_equal(p->list[i].field, id))        \
            return i;                                \
    return SIZE_MAX

size_t plan_find_item(const plan *p, text id) { FIND(items, item_count, id); }
size_t plan_find_role(const plan *p, text id) { FIND(roles, role_count, id); }
size_t plan_find_kind(const plan *p, text id) { FIND(kinds, kind_count, id); }
size_t plan_find_param(const plan *p, text id) { FIND(params, param_count, name); }
size_t plan_find_measure(const plan *p, text id) { FIND(measures, measure_count, id); }
size_t plan_find_attribute(const plan *p, text id) { FIND(attributes, attribute_count, id); }

uint32_t plan_word_number(plan *p, text id)
{
    for (size_t i = 0; i < p->word_count; i++)
        if (text_equal(p->words[i].id, id))
            return (uint32_t)i;
    if (p->word_count >= PLAN_MAX_WORDS)
        return UINT32_MAX;
    char *kept = arena_text(&p->memory, id.bytes, id.length);
    plan_word *w = kept ? PLAN_APPEND(p, words, word_count, word_capacity) : NULL;
    if (!w)
        return UINT32_MAX;
    w->id = (text){kept, id.length};
    return (uint32_t)(p->word_count - 1);
}

void plan_print_choice(const plan_param *q, text choice, assess_language language, buffer *out)
{
    text words = choice;
    for (size_t i = 0; i < q->choice_count; i++)
        if (text_equal(q->choices[i], choice))
            words = label_in(q->choice_words[i], language);
    buffer_add_text(out, words);
    if (text_equal(words, choice))
        return;
    buffer_add_string(out, language == ASSESS_ZH ? "（" : " (");
    buffer_add_text(out, choice);
    buffer_add_string(out, language == ASSESS_ZH ? "）" : ")");
}

text plan_param_value(const plan_param *q, char digits[64])
{
    return q->is_choice ? q->choice : (text){digits, decimal_print(q->value.coeff, q->value.scale, digits)};
}

text plan_clause_number(const plan *p, origin at) { return p->clauses[at.clause].number; }

static bool hash_text(hasher *h, text t)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)t.length >> (8 * i));
    return hasher_add(h, length, sizeof length) && hasher_add(h, t.bytes, t.length);
}

bool plan_digest(const plan *p, digest *out)
{
    hasher *h = hasher_new();
    bool fine = h != NULL;
    for (size_t i = 0; fine && i < p->file_count; i++)
        fine = hash_text(h, p->files[i].name) && hash_text(h, p->files[i].bytes);
    fine = fine && hasher_finish(h, out);
    hasher_free(h);
    return fine;
}
