/* privacy.c: which figures of a derivation can be shown without giving a ballot away. */
#include "explain/privacy.h"

static bool too_small(const derivation *d, uint32_t source)
{
    const plan *p = d->outcome->plan;
    ballot_tally t = engine_tally(d->outcome, source, d->subject);
    return !p->roles[p->ballots[source].role].signed_ && t.counted > 0 && t.counted < d->smallest_group;
}

/* How many groups of ballots a node's value is made of; two or more cannot be told apart from their mixture. */
static void add_groups(const plan *p, node_id id, bool *groups)
{
    const node *n = &p->nodes[id];
    if (n->op == OP_BALLOTS && p->ballots[n->source].reducer == BALLOT_MEAN)
        groups[n->source] = true;
    for (int i = 0; i < plan_operation(n->op)->arity; i++)
        add_groups(p, n->args[i], groups);
}

static openness openness_of(derivation *d, node_id id, bool *groups)
{
    const plan *p = d->outcome->plan;
    size_t count = 0;
    for (size_t s = 0; s < p->ballot_count; s++)
        groups[s] = false;
    add_groups(p, id, groups);
    for (size_t s = 0; s < p->ballot_count; s++)
        count += groups[s];
    if (!d->closed || !count || p->nodes[id].kind == KIND_TRUTH)
        return SHOWN_EXACT;
    return count > 1 ? SHOWN_ROUNDED : SHOWN_NOT;
}

void privacy_settle(derivation *d)
{
    const plan *p = d->outcome->plan;
    for (uint32_t s = 0; s < p->ballot_count; s++)
        d->closed |= p->ballots[s].reducer == BALLOT_MEAN && too_small(d, s);
    bool *groups = arena_zalloc(&d->memory, p->ballot_count + 1);
    d->open = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *d->open);
    d->failed |= !groups || !d->open;
    for (node_id id = 0; !d->failed && id < p->node_count; id++)
        d->open[id] = openness_of(d, id, groups);
}
