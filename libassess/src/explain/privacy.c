/* privacy.c: which figures of a derivation can be shown without giving a ballot away; the numbers are those of privacy.h. */
#include "explain/privacy.h"

/* --- sets of ballots (1, 2) --- */

/* The ballots of one subject that a source rests on. */
typedef struct ballot_set {
    const ballot_source *source;
    uint32_t count;
    bool open; /* signed */
} ballot_set;

static bool all_signed(const plan *p, uint32_t roles)
{
    for (size_t r = 0; r < p->role_count; r++)
        if ((roles >> r & 1) && !p->roles[r].signed_)
            return false;
    return true;
}

static uint32_t rests_on(const result *r, uint32_t source, uint32_t subject)
{
    const ballot_source *s = &r->plan->ballots[source];
    ballot_tally t = engine_tally(r, source, subject);
    bool told = ballots_are_told(s->reducer) && !ballots_are_single(s->reducer) && t.counted >= s->least; /* else nothing, or the figure is missing */
    return told ? t.used : 0;
}

static bool set_within(const plan_set *a, const plan_set *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!plan_in_set(b->members, b->count, a->members[i]))
            return false;
    return true;
}

static bool sets_meet(const plan_set *a, const plan_set *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (plan_in_set(b->members, b->count, a->members[i]))
            return true;
    return false;
}

static bool disjoint(const plan *p, const ballot_source *a, const ballot_source *b)
{
    if (!(a->roles & b->roles))
        return true;
    return a->attribute != SOURCE_NONE && a->attribute == b->attribute && !sets_meet(&p->sets[a->set], &p->sets[b->set]);
}

static bool same_rule(const ballot_source *a, const ballot_source *b)
{
    return a->roles == b->roles && a->trim == b->trim && a->attribute == b->attribute && a->set == b->set;
}

/* By their rules, all ballots of `a` are ballots of `b`. */
static bool rule_within(const plan *p, const ballot_source *a, const ballot_source *b)
{
    if (same_rule(a, b))
        return true;
    if ((a->roles & ~b->roles) || b->trim != SOURCE_NONE)
        return false;
    return b->attribute == SOURCE_NONE || (a->attribute == b->attribute && set_within(&p->sets[a->set], &p->sets[b->set]));
}

static bool part_of(const plan *p, const ballot_set *a, const ballot_set *b)
{
    return rule_within(p, a->source, b->source) && (!rule_within(p, b->source, a->source) || a->count < b->count);
}

static bool equal_sets(const plan *p, const ballot_set *a, const ballot_set *b)
{
    return a->count == b->count && rule_within(p, a->source, b->source) && rule_within(p, b->source, a->source);
}

/* One of the largest parts of sets[whole], and the first of those that are the same. */
static bool is_direct_part(const plan *p, const ballot_set *sets, size_t count, size_t part, size_t whole)
{
    if (!part_of(p, &sets[part], &sets[whole]))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool between = part_of(p, &sets[part], &sets[i]) && part_of(p, &sets[i], &sets[whole]);
        if (between || (i < part && equal_sets(p, &sets[i], &sets[part])))
            return false;
    }
    return true;
}

static bool overlaps_otherwise(const plan *p, const ballot_set *a, const ballot_set *b)
{
    return !disjoint(p, a->source, b->source) && !rule_within(p, a->source, b->source) && !rule_within(p, b->source, a->source);
}

/* What is left of sets[whole] without its parts; *roles: whose ballots those can be. */
static uint32_t remainder_of(const plan *p, const ballot_set *sets, size_t count, size_t whole, uint32_t *roles)
{
    uint32_t rest = sets[whole].count;
    *roles = sets[whole].source->roles;
    for (size_t k = 0; k < count; k++) {
        const ballot_source *s = sets[k].source, *of = sets[whole].source;
        if (!is_direct_part(p, sets, count, k, whole))
            continue;
        rest = rest < sets[k].count ? 1 : rest - sets[k].count;
        if (s->roles != of->roles && s->trim == of->trim && s->attribute == of->attribute && s->set == of->set)
            *roles &= ~s->roles;
    }
    return rest;
}

static bool too_small(const plan *p, const ballot_set *sets, size_t count, size_t i, unsigned smallest)
{
    uint32_t roles;
    if (sets[i].open)
        return false;
    for (size_t k = 0; k < count; k++)
        if (overlaps_otherwise(p, &sets[i], &sets[k]))
            return true;
    uint32_t rest = remainder_of(p, sets, count, i, &roles);
    return rest > 0 && rest < smallest && !(roles && all_signed(p, roles));
}

static bool closed_by_own(const result *r, uint32_t subject, unsigned smallest, ballot_set *sets)
{
    size_t count = 0;
    for (uint32_t s = 0; s < r->plan->ballot_count; s++) {
        uint32_t n = rests_on(r, s, subject);
        if (n)
            sets[count++] = (ballot_set){&r->plan->ballots[s], n, all_signed(r->plan, r->plan->ballots[s].roles)};
    }
    for (size_t i = 0; i < count; i++)
        if (too_small(r->plan, sets, count, i, smallest))
            return true;
    return false;
}

/* --- what is made of ballots (3, 4, 5) --- */

static bool is_score(const plan *p, node_id id)
{
    for (size_t l = 0; l < p->level_count; l++)
        if (p->levels[l].score != SIZE_MAX && p->statements[p->levels[l].score].node == id)
            return true;
    return false;
}

static bool units_are_assessed(const result *r)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (result_level(r, i) && r->status[i] != STATUS_ASSESSED)
            return false;
    return true;
}

/* Nobody but the assessed is told a score. */
static bool score_is_public(const derivation *d, const node *reader)
{
    const plan *p = d->outcome->plan;
    if (reader->op == OP_GROUP)
        return p->nodes[reader->args[0]].op == OP_TAKES_PART;
    if (reader->op == OP_OF_UNIT)
        return units_are_assessed(d->outcome);
    return d->outcome->status[d->subject] == STATUS_ASSESSED;
}

/* Marks of ballot sources, carried on to every figure that is made of theirs, up to the public score. */
static void spread(const derivation *d, uint32_t *marks)
{
    const plan *p = d->outcome->plan;
    for (size_t i = 0; i < p->node_count; i++) {
        node_id id = p->order[i];
        const node *n = &p->nodes[id];
        if (n->kind == KIND_TRUTH || n->kind == KIND_GRADE || plan_is_ordinal(p, n))
            continue;
        for (uint32_t a = 0; a < n->arg_count; a++)
            if (marks[n->args[a]] && !(is_score(p, n->args[a]) && score_is_public(d, n)))
                marks[id] |= marks[n->args[a]];
    }
}

static void find_marks(derivation *d, uint32_t *singles)
{
    const plan *p = d->outcome->plan;
    for (node_id id = 0; id < p->node_count; id++) {
        const ballot_source *s = p->nodes[id].op == OP_BALLOTS ? &p->ballots[p->nodes[id].source] : NULL;
        d->roles[id] = s && ballots_are_told(s->reducer) ? s->roles : 0;
        singles[id] = s && ballots_are_single(s->reducer) && !all_signed(p, s->roles);
        d->singles |= singles[id] != 0;
    }
    spread(d, d->roles);
    spread(d, singles);
}

static bool looks_at_ballots_of_others(const derivation *d)
{
    const plan *p = d->outcome->plan;
    for (node_id id = 0; id < p->node_count; id++)
        if (op_is_barrier(p->nodes[id].op) && d->roles[id])
            return true;
    return false;
}

static node_id score_node(const derivation *d)
{
    const plan *p = d->outcome->plan;
    const plan_level *l = &p->levels[result_level(d->outcome, d->subject)];
    return l->score == SIZE_MAX ? NODE_NONE : p->statements[l->score].node;
}

/* A single ballot in the score could be worked out from it and the means. */
static void find_closed(derivation *d, const uint32_t *singles, ballot_set *scratch)
{
    const result *r = d->outcome;
    node_id score = score_node(d);
    d->closed = (score != NODE_NONE && singles[score]) || closed_by_own(r, d->subject, d->smallest_group, scratch);
    if (d->closed || !looks_at_ballots_of_others(d))
        return;
    for (uint32_t i = 0; i < r->count && !d->closed; i++)
        d->closed = d->closed_by_others = closed_by_own(r, i, d->smallest_group, scratch);
}

static bool several(uint32_t roles) { return (roles & (roles - 1)) != 0; }

/* The only argument that rests on ballots, of a sum or difference; else NODE_NONE. */
static node_id only_part(const derivation *d, node_id id)
{
    const node *n = &d->outcome->plan->nodes[id];
    if (n->op != OP_ADD && n->op != OP_SUBTRACT)
        return NODE_NONE;
    bool first = d->roles[n->args[0]] != 0, second = d->roles[n->args[1]] != 0;
    return first == second ? NODE_NONE : n->args[first ? 0 : 1];
}

/* What the part must be, about, where the sum or difference is about `whole`. */
static bool part_from(const derivation *d, node_id id, node_id part, fraction whole, fraction *out)
{
    const node *n = &d->outcome->plan->nodes[id];
    node_id other = n->args[n->args[0] == part];
    fraction known_value = d->values[other].value;
    if (d->values[other].missing != NODE_NONE)
        return false;
    if (n->op == OP_ADD)
        return fraction_subtract(whole, known_value, out);
    return n->args[0] == part ? fraction_add(whole, known_value, out) : fraction_subtract(known_value, whole, out);
}

static node_id before_score(const derivation *d)
{
    const plan *p = d->outcome->plan;
    const plan_level *l = &p->levels[result_level(d->outcome, d->subject)];
    return l->score == SIZE_MAX ? NODE_NONE : p->statements[l->score].before;
}

/* From the score downwards, as long as one part rests on ballots and all others are in the open. What is shown is calculated from
 * what is public, not from the figures themselves: the score, or what it was before a floor or cap as the reasons have it. */
static void open_what_follows(derivation *d)
{
    node_id id = before_score(d), part;
    fraction about;
    rounding r = plan_score_rounding(d->outcome->plan, result_level(d->outcome, d->subject));
    if (id == NODE_NONE || d->values[id].missing != NODE_NONE || !fraction_round(d->values[id].value, r, &about))
        return;
    for (; id != NODE_NONE && several(d->roles[id]); id = part) {
        d->open[id] = SHOWN_ROUNDED;
        d->about[id] = about;
        part = only_part(d, id);
        if (part != NODE_NONE && !part_from(d, id, part, about, &about))
            return;
    }
}

void privacy_settle(derivation *d)
{
    const plan *p = d->outcome->plan;
    ballot_set *scratch = arena_alloc(&d->memory, (p->ballot_count + 1) * sizeof *scratch);
    d->roles = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *d->roles);
    d->open = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *d->open);
    d->about = arena_alloc(&d->memory, (p->node_count + 1) * sizeof *d->about);
    uint32_t *singles = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *singles);
    if (!scratch || !singles || !d->roles || !d->open || !d->about) {
        d->failed = true;
        return;
    }
    find_marks(d, singles);
    find_closed(d, singles, scratch);
    for (node_id id = 0; id < p->node_count; id++)
        d->open[id] = singles[id] || (d->closed && d->roles[id]) ? SHOWN_NOT : SHOWN_EXACT;
    if (!d->closed || d->outcome->status[d->subject] != STATUS_ASSESSED || score_node(d) == NODE_NONE) /* nobody else is told a score */
        return;
    open_what_follows(d);
    d->open[score_node(d)] = SHOWN_EXACT;
}

/* --- why not (6) --- */

static bool moved(const derivation *d, const cell *then, node_id id)
{
    const cell *now = &d->values[id];
    return now->missing != then[id].missing || (now->missing == NODE_NONE && fraction_compare(now->value, then[id].value) != 0);
}

/* From the score down to its value before floor, cap and rounding, and further to the last mixture; false: that has moved. */
static bool pass_path(const derivation *d, const cell *then, bool *on_path)
{
    const plan *p = d->outcome->plan;
    node_id id = score_node(d), before = before_score(d);
    while (id != NODE_NONE && id != before) {
        on_path[id] = true;
        id = p->nodes[id].args[0];
    }
    for (node_id below; id != NODE_NONE; id = below) {
        below = only_part(d, id);
        if (below == NODE_NONE)
            return !moved(d, then, id);
        on_path[id] = true;
    }
    return true;
}

static bool whole_steps(fraction step, rounding r)
{
    rounding unit = {ROUND_DOWN, r.unit};
    fraction whole;
    unit.unit.coeff *= r.mode == ROUND_HALF_EVEN ? 2 : 1;
    return fraction_round(step, unit, &whole) && fraction_compare(step, whole) == 0;
}

/* Moved by whole units and on the same side of 0, a value is rounded as it was before, so that the new score follows from the old one. */
static bool score_follows(const derivation *d, const cell *then)
{
    node_id before = before_score(d);
    fraction step;
    if (before == NODE_NONE || !moved(d, then, before))
        return true;
    const cell *old = &d->values[before], *fresh = &then[before];
    return old->missing == NODE_NONE && fresh->missing == NODE_NONE && fraction_sign(old->value) * fraction_sign(fresh->value) > 0 &&
           fraction_subtract(fresh->value, old->value, &step) &&
           whole_steps(step, plan_score_rounding(d->outcome->plan, result_level(d->outcome, d->subject)));
}

/* What the ballots have any say in, through conditions and grades as well; the score is public. */
static bool ballots_have_a_say(const derivation *d, const bool *say_in, node_id id)
{
    const node *n = &d->outcome->plan->nodes[id];
    if (d->roles[id] && n->op == OP_BALLOTS)
        return true;
    for (uint32_t a = 0; a < n->arg_count; a++)
        if (say_in[n->args[a]] && n->args[a] != score_node(d))
            return true;
    return false;
}

bool privacy_may_tell(const derivation *d, const cell *then)
{
    const plan *p = d->outcome->plan;
    if (!d->closed && !d->singles)
        return true;
    bool *say_in = mem_zalloc(2 * (p->node_count + 1), sizeof *say_in);
    if (!say_in)
        return false;
    bool *on_path = say_in + p->node_count + 1;
    bool fine = pass_path(d, then, on_path) && score_follows(d, then);
    for (size_t i = 0; fine && i < p->node_count; i++) {
        node_id id = p->order[i];
        say_in[id] = ballots_have_a_say(d, say_in, id);
        fine = !say_in[id] || on_path[id] || id == score_node(d) || !moved(d, then, id);
    }
    mem_free(say_in);
    return fine;
}
