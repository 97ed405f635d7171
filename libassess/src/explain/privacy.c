/* privacy.c: which figures of a derivation can be shown without giving a ballot away. */
#include "explain/privacy.h"

static bool all_signed(const plan *p, uint32_t roles)
{
    for (size_t r = 0; r < p->role_count; r++)
        if ((roles >> r & 1) && !p->roles[r].signed_)
            return false;
    return true;
}

static bool is_single(const ballot_source *s)
{
    return s->reducer == BALLOT_MEDIAN || s->reducer == BALLOT_HIGHEST || s->reducer == BALLOT_LOWEST;
}

static bool is_sum(const ballot_source *s) { return s->reducer == BALLOT_MEAN || s->reducer == BALLOT_SUM; }

/* What is cut off protects nobody: those left are counted. */
static bool too_small(const derivation *d, uint32_t source)
{
    const plan *p = d->outcome->plan;
    const ballot_source *s = &p->ballots[source];
    ballot_tally t = engine_tally(d->outcome, source, d->subject);
    return ballots_are_told(s) && !is_single(s) && !all_signed(p, s->roles) && t.used > 0 && t.used < d->smallest_group;
}

static bool is_within(uint32_t a, uint32_t b) { return (a & b) == a || (a & b) == b; }

static bool have_common(const plan_set *a, const plan_set *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (a->members[i] == b->members[j])
                return true;
    return false;
}

static bool same_raters(const ballot_source *a, const ballot_source *b) { return a->attribute == b->attribute && a->set == b->set; }

static bool no_common_raters(const plan *p, const ballot_source *a, const ballot_source *b)
{
    return a->attribute != SOURCE_NONE && a->attribute == b->attribute && !have_common(&p->sets[a->set], &p->sets[b->set]);
}

/* Two sums over nearly the same ballots give the few away that are in one of them alone: those cut off, those of the other role,
 * those of the other raters. Where neither is a part of the other, as many may be in one as in the other. */
static bool differ_by_few(const derivation *d, uint32_t one, uint32_t other)
{
    const plan *p = d->outcome->plan;
    const ballot_source *a = &p->ballots[one], *b = &p->ballots[other];
    if (!is_sum(a) || !is_sum(b) || a->item != b->item || !is_within(a->roles, b->roles) || all_signed(p, a->roles | b->roles) ||
        no_common_raters(p, a, b))
        return false;
    ballot_tally s = engine_tally(d->outcome, one, d->subject), t = engine_tally(d->outcome, other, d->subject);
    uint32_t difference = s.used > t.used ? s.used - t.used : t.used - s.used;
    bool cut = a->trim != b->trim && (s.used < s.counted || t.used < t.counted);
    if (!cut && same_raters(a, b) && a->roles != b->roles && all_signed(p, a->roles ^ b->roles))
        return false;
    bool crossing = cut || (!same_raters(a, b) && a->attribute != SOURCE_NONE && b->attribute != SOURCE_NONE);
    return difference < d->smallest_group && (difference || (crossing && s.used));
}

/* Figures that are one ballot, or the mean of two: by node, carried on to what is made of them. */
static void mark_singles(const derivation *d, uint32_t *singles)
{
    const plan *p = d->outcome->plan;
    for (node_id id = 0; id < p->node_count; id++) {
        const node *n = &p->nodes[id];
        const ballot_source *s = n->op == OP_BALLOTS ? &p->ballots[n->source] : NULL;
        singles[id] = s && is_single(s) && !all_signed(p, s->roles);
    }
    plan_spread(p, singles);
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

static node_id score_node(const derivation *d)
{
    const plan *p = d->outcome->plan;
    const plan_level *l = &p->levels[result_level(d->outcome, d->subject)];
    return l->score == SIZE_MAX ? NODE_NONE : p->statements[l->score].node;
}

/* From the score downwards, as long as one part rests on ballots and all others are in the open: who knows the score knows
 * these figures too. Any other mixture of the groups could be set against the score and solved. */
static void open_what_follows(derivation *d, const uint32_t *roles)
{
    const plan *p = d->outcome->plan;
    for (node_id id = score_node(d); id != NODE_NONE && several(roles[id]); id = only_part(p, roles, id))
        d->open[id] = SHOWN_ROUNDED;
}

/* A single ballot in the score could be worked out from it and the means. */
static bool must_close(const derivation *d, const uint32_t *singles)
{
    const plan *p = d->outcome->plan;
    bool closed = score_node(d) != NODE_NONE && singles[score_node(d)];
    for (uint32_t s = 0; s < p->ballot_count; s++) {
        closed |= too_small(d, s);
        for (uint32_t other = 0; other < s; other++)
            closed |= differ_by_few(d, s, other);
    }
    return closed;
}

void privacy_settle(derivation *d)
{
    const plan *p = d->outcome->plan;
    uint32_t *roles = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *roles);
    uint32_t *singles = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *singles);
    d->open = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *d->open);
    if (!roles || !singles || !d->open) {
        d->failed = true;
        return;
    }
    plan_roles_below(p, roles);
    mark_singles(d, singles);
    d->closed = must_close(d, singles);
    for (node_id id = 0; id < p->node_count; id++)
        d->singles |= singles[id] != 0;
    for (node_id id = 0; id < p->node_count; id++)
        d->open[id] = singles[id] || (d->closed && roles[id]) ? SHOWN_NOT : SHOWN_EXACT;
    if (d->closed && d->outcome->status[d->subject] == STATUS_ASSESSED) /* nobody else is told a score */
        open_what_follows(d, roles);
}
