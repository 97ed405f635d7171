/* hatch.c: OP_EACH, a function of the rule file called for one subject after the other. The folder that knows Lua runs it. */
#include "engine/run.h"

bool hatch_open(block *k)
{
    const plan *p = k->outcome->plan;
    uint32_t most = 0;
    if (!p->hatch_count)
        return true;
    for (node_id id = 0; id < p->node_count; id++)
        if (p->nodes[id].op == OP_EACH && p->nodes[id].arg_count > most)
            most = p->nodes[id].arg_count;
    k->inputs = mem_alloc((most + 1) * sizeof *k->inputs);
    k->hatch = k->inputs ? p->hatch.open(p->hatch.state) : NULL;
    return k->hatch != NULL;
}

void hatch_close(block *k)
{
    if (k->hatch)
        k->outcome->plan->hatch.close(k->hatch);
    mem_free(k->inputs);
}

/* A missing input makes the value missing, and the function is not called. */
static node_id take_inputs(block *k, const node *n, size_t lane)
{
    for (uint32_t a = 0; a < n->arg_count; a++) {
        node_id lack = k->missing[n->args[a] * BLOCK + lane];
        if (lack != NODE_NONE)
            return lack;
        k->inputs[a] = lane_value(k, n->args[a], lane);
    }
    return NODE_NONE;
}

void take_each_function(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const plan_hatch *hatch = &k->outcome->plan->hatch;
    for (size_t i = 0; i < k->lanes; i++) {
        bool gave_nothing = false;
        out[i] = fraction_of(0, 1);
        missing[i] = take_inputs(k, n, i);
        if (missing[i] != NODE_NONE || k->hatch_error.status)
            continue;
        assess_status s = hatch->call(k->hatch, n->source, k->inputs, n->arg_count, &out[i], &gave_nothing, &k->hatch_error);
        missing[i] = s || gave_nothing ? id : NODE_NONE;
    }
}
