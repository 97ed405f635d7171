/* trace.c: one subject again, as it was or with something taken otherwise; and what else a derivation asks of the workings. */
#include "engine/run.h"

bool is_left_out(const block *k, const event *e)
{
    for (size_t c = 0; c < k->change_count; c++)
        if (k->changes[c].kind == CHANGE_EVENT && k->changes[c].without == e)
            return true;
    return false;
}

static void set(block *k, node_id id, fraction value, node_id missing)
{
    for (size_t i = 0; i < k->lanes; i++) {
        lane_set(k, id, i, value);
        k->missing[id * BLOCK + i] = missing;
    }
}

static bool reads_the_same(const plan *p, node_id a, node_id b)
{
    const node *x = &p->nodes[a], *y = &p->nodes[b];
    return a == b || (x->op == y->op && x->source == y->source && op_is_source(x->op) && x->op != OP_CONSTANT);
}

/* The grade before stands already: it is an argument of the grade after. */
static void lift(block *k, const statement *s, node_id id)
{
    if (statement_changes_grade(s->kind) && s->after == id)
        set(k, id, lane_value(k, s->before, 0), k->missing[s->before * BLOCK]);
    else if (!statement_changes_grade(s->kind) && s->node == id)
        set(k, id, fraction_of(0, 1), NODE_NONE);
}

void block_change(block *k, node_id id)
{
    const plan *p = k->outcome->plan;
    for (size_t c = 0; c < k->change_count; c++) {
        const trace_change *change = &k->changes[c];
        if (change->kind == CHANGE_VALUE && reads_the_same(p, change->node, id))
            set(k, id, change->value, NODE_NONE);
        if (change->kind == CHANGE_MISSING && change->node == id)
            set(k, id, fraction_of(0, 1), id);
        if (change->kind == CHANGE_STATEMENT)
            lift(k, &p->statements[change->statement], id);
    }
}

bool engine_trace_with(const result *r, uint32_t subject, const trace_change *changes, size_t count, cell *values)
{
    block k;
    bool fine = block_open(&k, r);
    k.changes = changes;
    k.change_count = count;
    if (fine)
        block_evaluate(&k, subject, 1, r->plan->order, r->plan->node_count);
    for (node_id id = 0; fine && id < r->plan->node_count; id++)
        values[id] = (cell){lane_value(&k, id, 0), k.missing[id * BLOCK]};
    block_close(&k);
    return fine;
}

bool engine_trace(const result *r, uint32_t subject, cell *values) { return engine_trace_with(r, subject, NULL, 0, values); }

size_t engine_cohort(const result *r, node_id place, uint32_t subject)
{
    const group_column *g = r->inner->groups[place];
    const uint32_t *group = g->of->group;
    size_t count = 0;
    for (size_t i = 0; i < r->count; i++)
        count += g->place[i] && (!group || group[i] == group[subject]);
    return count;
}
