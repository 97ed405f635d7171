/* group.c: what a barrier finds over the subjects of a group: how many, sum, mean, highest, lowest. Places, draws and medians need
 * an order and stand in place.c, whole shares of a pool in allot.c. Everything is a sum or a comparison of exact values, so no
 * order of work can change it. */
#include "engine/run.h"

bool in_cohort(const result *r, const node *n, uint32_t subject)
{
    const column *of = r->inner->columns[n->args[0]];
    bool in = of->missing[subject] == NODE_NONE && of->whole[subject] && level_of(r->inner, subject) == r->plan->groups[n->source].level;
    for (uint32_t a = 1; in && a < n->arg_count; a++)
        in = r->inner->columns[n->args[a]]->missing[subject] == NODE_NONE;
    return in;
}

void group_column_free(group_column *g)
{
    if (!g || --g->nodes)
        return;
    mem_free(g->place);
    mem_free(g->tied);
    mem_free(g->values);
    mem_free(g->missing);
    mem_free(g);
}

void group_spoil(group_column *g, uint32_t group, node_id id)
{
    if (!is_broken(g->missing[group]))
        g->missing[group] = id | BROKEN;
}

static void add_value(group_column *g, uint32_t group, group_op op, fraction value, uint32_t before, node_id id)
{
    fraction *so_far = &g->values[group];
    switch (op) {
    case GROUP_HIGHEST:
        if (!before || fraction_compare(value, *so_far) > 0)
            *so_far = value;
        break;
    case GROUP_LOWEST:
        if (!before || fraction_compare(value, *so_far) < 0)
            *so_far = value;
        break;
    case GROUP_SUM:
    case GROUP_MEAN:
        if (!fraction_add(*so_far, value, so_far))
            group_spoil(g, group, id);
        break;
    case GROUP_COUNT_OF:
    case GROUP_MEDIAN:
    case GROUP_PLACE:
    case GROUP_DRAW:
    case GROUP_ALLOT: break;
    }
}

/* Who is surely outside the cohort spoils nothing: a unit among people, somebody excluded. */
static void spoil_broken(const result *r, const node *n, group_column *g, uint32_t subject, node_id id)
{
    const column *of = r->inner->columns[n->args[0]];
    bool other = level_of(r->inner, subject) != r->plan->groups[n->source].level;
    if (other || (of->missing[subject] == NODE_NONE && !of->whole[subject]))
        return;
    for (uint32_t a = 0; a < n->arg_count; a++)
        if (is_broken(r->inner->columns[n->args[a]]->missing[subject]))
            group_spoil(g, group_of(g->of, subject), id);
}

static void add_all(const result *r, node_id id, group_column *g, uint32_t *count)
{
    const node *n = &r->plan->nodes[id];
    group_op op = r->plan->groups[n->source].op;
    const column *values = n->arg_count > 1 ? r->inner->columns[n->args[1]] : NULL;
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t group = group_of(g->of, i);
        if (!in_cohort(r, n, i)) {
            spoil_broken(r, n, g, i, id);
            continue;
        }
        if (values)
            add_value(g, group, op, column_value(r->plan, values, i), count[group], id);
        count[group]++;
    }
}

static void finish(group_column *g, uint32_t group, group_op op, uint32_t count, node_id id)
{
    if (op == GROUP_COUNT_OF)
        g->values[group] = fraction_of(count, 1);
    else if (!count && op != GROUP_SUM && g->missing[group] == NODE_NONE)
        g->missing[group] = id;
    else if (op == GROUP_MEAN && count && !fraction_divide(g->values[group], fraction_of(count, 1), &g->values[group]))
        group_spoil(g, group, id);
}

static assess_status sum_up(const result *r, node_id id, group_column *g, assess_error *err)
{
    group_op op = r->plan->groups[r->plan->nodes[id].source].op;
    uint32_t *count = mem_zalloc(g->of->count + 1, sizeof *count);
    if (!count)
        return error_no_memory(err);
    add_all(r, id, g, count);
    for (uint32_t group = 0; group < g->of->count; group++)
        finish(g, group, op, count[group], id);
    mem_free(count);
    return ASSESS_OK;
}

static bool open_groups(result *r, const group_source *s, group_column *g)
{
    g->of = membership_of(r, s->key, s->attribute);
    if (!g->of)
        return false;
    g->values = mem_alloc((g->of->count + 1) * sizeof *g->values);
    g->missing = mem_alloc((g->of->count + 1) * sizeof *g->missing);
    for (uint32_t i = 0; g->values && g->missing && i < g->of->count; i++) {
        g->values[i] = fraction_of(0, 1);
        g->missing[i] = NODE_NONE;
    }
    return g->values && g->missing;
}

static bool needs_order(group_op op) { return op == GROUP_PLACE || op == GROUP_DRAW || op == GROUP_MEDIAN; }

/* What a node that says the same has found: a step is a copy of its figure under a name. NULL: nothing yet. */
static group_column *find_same(const result *r, node_id id)
{
    const node *n = &r->plan->nodes[id];
    for (node_id other = 0; other < id; other++) {
        const node *o = &r->plan->nodes[other];
        bool same = o->op == OP_GROUP && o->source == n->source && o->arg_count == n->arg_count && r->inner->groups[other];
        for (uint32_t a = 0; same && a < n->arg_count; a++)
            same = o->args[a] == n->args[a];
        if (same)
            return r->inner->groups[other];
    }
    return NULL;
}

assess_status group_find(result *r, node_id id, assess_error *err)
{
    const group_source *s = &r->plan->groups[r->plan->nodes[id].source];
    group_column *same = find_same(r, id), *g = same ? same : mem_zalloc(1, sizeof *g);
    r->inner->groups[id] = g;
    if (g)
        g->nodes++;
    if (same)
        return ASSESS_OK;
    if (!g || !open_groups(r, s, g))
        return error_no_memory(err);
    if (s->op == GROUP_ALLOT)
        return allot_find(r, id, g, err);
    return needs_order(s->op) ? place_find(r, id, g, err) : sum_up(r, id, g, err);
}
