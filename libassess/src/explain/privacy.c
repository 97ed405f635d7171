/* privacy.c: which figures of a derivation can be shown without giving a ballot away. */
#include "explain/privacy.h"

static bool all_signed(const plan *p, uint32_t roles)
{
    for (size_t r = 0; r < p->role_count; r++)
        if ((roles >> r & 1) && !p->roles[r].signed_)
            return false;
    return true;
}

static bool too_small(const derivation *d, uint32_t source)
{
    const plan *p = d->outcome->plan;
    ballot_tally t = engine_tally(d->outcome, source, d->subject);
    return !all_signed(p, p->ballots[source].roles) && t.counted > 0 && t.counted < d->smallest_group;
}

static bool several(uint32_t roles) { return (roles & (roles - 1)) != 0; }

/* The only argument that rests on ballots, where the node adds to it or holds it, no finer than it was; or NODE_NONE. */
static node_id only_part(const plan *p, const uint32_t *roles, node_id id)
{
    const node *n = &p->nodes[id];
    node_id part = NODE_NONE;
    if (n->op != OP_ROUND && n->op != OP_ADD && n->op != OP_SUBTRACT && n->op != OP_NOT_BELOW && n->op != OP_NOT_ABOVE)
        return NODE_NONE;
    for (uint32_t i = 0; i < n->arg_count; i++) {
        if (!roles[n->args[i]])
            continue;
        if (part != NODE_NONE)
            return NODE_NONE;
        part = n->args[i];
    }
    return part;
}

/* From the score downwards, as long as one part rests on ballots and all others are in the open: who knows the score knows
 * these figures too. Any other mixture of the groups could be set against the score and solved. */
static void open_what_follows(derivation *d, const uint32_t *roles)
{
    const plan *p = d->outcome->plan;
    const plan_level *l = &p->levels[result_level(d->outcome, d->subject)];
    node_id id = l->score == SIZE_MAX ? NODE_NONE : p->statements[l->score].node;
    for (; id != NODE_NONE && several(roles[id]); id = only_part(p, roles, id))
        d->open[id] = SHOWN_ROUNDED;
}

void privacy_settle(derivation *d)
{
    const plan *p = d->outcome->plan;
    for (uint32_t s = 0; s < p->ballot_count; s++)
        d->closed |= p->ballots[s].reducer == BALLOT_MEAN && too_small(d, s);
    uint32_t *roles = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *roles);
    d->open = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *d->open);
    if (!roles || !d->open) {
        d->failed = true;
        return;
    }
    plan_roles_below(p, roles);
    for (node_id id = 0; id < p->node_count; id++)
        d->open[id] = d->closed && roles[id] ? SHOWN_NOT : SHOWN_EXACT;
    if (d->closed && d->outcome->status[d->subject] == STATUS_ASSESSED) /* nobody else is told a score */
        open_what_follows(d, roles);
}
