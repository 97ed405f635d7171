/* culprit.c: a figure of a group that could not be computed because a member's could not: whose, and which. Who reads the message
 * can do something about the member's figure, not about the group's. Looked for only when the run has failed. */
#include "engine/run.h"

/* What the barrier's arguments rest on, in order. */
static size_t nodes_before(const plan *p, const node *barrier, node_id *out)
{
    size_t count = 0;
    for (size_t i = 0; i < p->node_count; i++)
        if (p->nodes[p->order[i]].stage < barrier->stage)
            out[count++] = p->order[i];
    return count;
}

/* The argument that could not be computed for the subject in lane 0; who is surely outside the cohort spoils nothing. */
static node_id broken_argument(const block *k, const node *n)
{
    if (k->missing[n->args[0] * BLOCK] == NODE_NONE && !lane_holds(k, n->args[0], 0))
        return NODE_NONE;
    for (uint32_t a = 0; a < n->arg_count; a++)
        if (is_broken(k->missing[n->args[a] * BLOCK]))
            return k->missing[n->args[a] * BLOCK] & ~BROKEN;
    return NODE_NONE;
}

static bool look_among_members(block *k, const node *n, const group_column *g, const node_id *nodes, size_t count, fault *f)
{
    uint32_t group = group_of(g->of, f->subject);
    for (uint32_t i = 0; i < k->outcome->count; i++) {
        if (group_of(g->of, i) != group)
            continue;
        block_evaluate(k, i, 1, nodes, count);
        node_id found = broken_argument(k, n);
        if (found == NODE_NONE)
            continue;
        *f = fault_of(k, found, 0);
        return true;
    }
    return false;
}

static bool look_behind(const result *r, fault *f)
{
    const node *n = &r->plan->nodes[f->node];
    const group_column *g = n->op == OP_GROUP ? r->inner->groups[f->node] : NULL;
    node_id *nodes = g ? mem_alloc((r->plan->node_count + 1) * sizeof *nodes) : NULL;
    block k = {.outcome = r};
    bool found = nodes && block_open(&k, r) && look_among_members(&k, n, g, nodes, nodes_before(r->plan, n, nodes), f);
    if (nodes)
        block_close(&k);
    mem_free(nodes);
    return found;
}

fault fault_of(const block *k, node_id id, size_t lane)
{
    const plan *p = k->outcome->plan;
    const node *n = &p->nodes[id];
    fault f = {id, k->first + (uint32_t)lane, 0};
    if (n->op == OP_EVENTS)
        f.year = year_of_window_not_covered(p, &p->events[n->source]);
    else if (n->arg_count == 2)
        f.year = year_not_covered(p, n, lane_value(k, n->args[0], lane), lane_value(k, n->args[1], lane));
    return f;
}

void find_culprit(const result *r, fault *f)
{
    while (look_behind(r, f)) /* a member's figure may be a group's again, of an earlier stage */
        ;
}
