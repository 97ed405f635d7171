/* outcome.c: what the figures of a subject mean: excluded, incomplete or assessed, with which score and grade, and why. */
#include "engine/outcome.h"

static bool to_units(decimal d, rounding unit, rounding_mode mode, int64_t *out)
{
    int128 units;
    unit.mode = mode;
    if (!fraction_round_units(fraction_from_decimal(d), unit, &units) || units > INT64_MAX || units < INT64_MIN)
        return false;
    *out = (int64_t)units;
    return true;
}

/* Lower edges are never negative, so rounding up and down are ceiling and floor. */
static bool set_bands(const plan *p, band *bands)
{
    if (p->score == SIZE_MAX)
        return true;
    rounding unit = p->nodes[p->statements[p->score].node].round;
    for (size_t g = 0; g < p->grade_count; g++) {
        bands[g].printed = INT64_MAX;
        if (!to_units(p->grades[g].from, unit, ROUND_UP, &bands[g].from) ||
            (g && p->grades[g].has_printed_to &&
             !to_units(p->grades[g].printed_to, unit, ROUND_DOWN, &bands[g].printed)))
            return false;
    }
    return true;
}

static void sort_statements(const plan *p, decider *d)
{
    for (uint32_t s = 0; s < p->statement_count; s++) {
        if (p->statements[s].kind == STATEMENT_EXCLUDE)
            d->excludes[d->exclude_count++] = s;
        else if (p->statements[s].kind == STATEMENT_VETO)
            d->vetoes[d->veto_count++] = s;
        else if (p->statements[s].kind == STATEMENT_STEP && p->statements[s].remark)
            d->remarks[d->remark_count++] = s;
    }
}

assess_status decider_open(decider *d, const plan *p, assess_error *err)
{
    size_t n = p->statement_count + 1;
    *d = (decider){0};
    d->bands = arena_zalloc(&d->memory, (p->grade_count + 1) * sizeof *d->bands);
    d->excludes = arena_alloc(&d->memory, n * sizeof *d->excludes);
    d->vetoes = arena_alloc(&d->memory, n * sizeof *d->vetoes);
    d->remarks = arena_alloc(&d->memory, n * sizeof *d->remarks);
    if (!d->bands || !d->excludes || !d->vetoes || !d->remarks)
        return error_no_memory(err);
    sort_statements(p, d);
    return set_bands(p, d->bands) ? ASSESS_OK : error_set(err, ASSESS_E_RULES, message_of(MSG_range_bands));
}

void decider_close(decider *d) { arena_free(&d->memory); }

static void find(finding_list *list, uint32_t subject, finding_kind kind, uint32_t about, fraction figure)
{
    if (!MEM_RESERVE(list->items, list->capacity, list->count + 1)) {
        list->failed = true;
        return;
    }
    list->items[list->count++] = (finding){subject, about, kind, figure};
}

typedef struct lane {
    block *k;
    result *r;
    const decider *d;
    finding_list *found;
    size_t i;
    uint32_t subject;
    bool excluded, incomplete;
} lane;

static bool known(const lane *l, node_id id) { return l->k->missing[id * BLOCK + l->i] == NODE_NONE; }
static fraction value(const lane *l, node_id id) { return l->k->values[id * BLOCK + l->i]; }

static node_id missing(const lane *l, node_id id) { return l->k->missing[id * BLOCK + l->i]; }

static void fail(lane *l, node_id id)
{
    if (l->k->failed == NODE_NONE) {
        l->k->failed = id;
        l->k->failed_subject = l->subject;
    }
}

/* A figure that is asked for and could not be computed exactly ends the run. */
static void check_sound(lane *l, const statement *s)
{
    if (l->k->broken && s->node != NODE_NONE && is_broken(l->r->plan, missing(l, s->node)))
        fail(l, missing(l, s->node));
}

static void check_exclusions(lane *l)
{
    for (size_t i = 0; i < l->d->exclude_count; i++) {
        const statement *s = &l->r->plan->statements[l->d->excludes[i]];
        check_sound(l, s);
        if (!known(l, s->node) || !value(l, s->node).num)
            continue;
        l->excluded = true;
        find(l->found, l->subject, FINDING_EXCLUDED, l->d->excludes[i], fraction_of(0, 1));
    }
}

/* Whether the argument's being missing makes the node missing: not so for the branch that a condition does not take. */
static bool bears(const lane *l, const node *n, int argument)
{
    if (known(l, n->args[argument]))
        return false;
    if (n->op != OP_WHEN || argument == 0)
        return true;
    return known(l, n->args[0]) && argument == (value(l, n->args[0]).num ? 1 : 2);
}

/* Marks what the missing figure lacks; arguments have lower numbers than their node. */
static void trace_missing(lane *l, node_id top)
{
    const plan *p = l->r->plan;
    bool *wanted = l->k->wanted;
    wanted[top] = true;
    for (node_id id = top; id != NODE_NONE; id--) /* below 0 is NODE_NONE */
        for (int i = 0; wanted[id] && i < plan_operation(p->nodes[id].op)->arity; i++)
            wanted[p->nodes[id].args[i]] |= bears(l, &p->nodes[id], i);
}

static void check_figure(lane *l, const statement *s)
{
    if (known(l, s->node))
        return;
    for (node_id id = 0; !l->incomplete && id < l->r->plan->node_count; id++)
        l->k->wanted[id] = false;
    l->incomplete = true;
    trace_missing(l, s->node);
}

/* Every source that is missing is named, once. */
static void check_completeness(lane *l)
{
    const plan *p = l->r->plan;
    for (size_t i = 0; i < l->d->exclude_count; i++)
        if (!p->statements[l->d->excludes[i]].unknown_keeps)
            check_figure(l, &p->statements[l->d->excludes[i]]);
    if (p->score != SIZE_MAX)
        check_figure(l, &p->statements[p->score]);
    for (node_id id = 0; l->incomplete && id < p->node_count; id++)
        if (l->k->wanted[id] && plan_operation(p->nodes[id].op)->arity == 0)
            find(l->found, l->subject, FINDING_MISSING, id, fraction_of(0, 1));
}

static void set_score(lane *l, uint32_t number)
{
    const statement *s = &l->r->plan->statements[number];
    const node *n = &l->r->plan->nodes[s->node];
    int128 units;
    if (!fraction_round_units(value(l, n->args[0]), n->round, &units) || units > INT64_MAX || units < -INT64_MAX) {
        fail(l, s->node);
        return;
    }
    l->r->score[l->subject] = (int64_t)units;
    if (fraction_compare(value(l, s->before), value(l, n->args[0])) != 0) {
        l->r->flags[l->subject] |= FLAG_CAPPED;
        fraction before = value(l, s->before);
        fraction_round(before, n->round, &before); /* no finer than the score: ballots stay closed */
        find(l->found, l->subject, FINDING_CAPPED, number, before);
    }
}

static void set_grade(lane *l)
{
    const plan *p = l->r->plan;
    int64_t score = l->r->score[l->subject];
    uint32_t g = 0;
    if (!p->grade_count)
        return;
    while (g + 1 < p->grade_count && score < l->d->bands[g].from) /* the last one takes all that is lower */
        g++;
    l->r->grade[l->subject] = (uint8_t)g;
    if (score > l->d->bands[g].printed) {
        l->r->flags[l->subject] |= FLAG_GAP;
        find(l->found, l->subject, FINDING_GAP, g, fraction_of(0, 1));
    }
}

static void apply_veto(lane *l, uint32_t number)
{
    const statement *s = &l->r->plan->statements[number];
    uint8_t *grade = &l->r->grade[l->subject];
    if (!known(l, s->node) || !value(l, s->node).num)
        return;
    find(l->found, l->subject, FINDING_VETO, number, fraction_of(*grade, 1));
    if (*grade == GRADE_NONE || *grade >= s->best)
        return;
    *grade = (uint8_t)s->best;
    l->r->flags[l->subject] |= FLAG_VETO;
}

static void decide_assessed(lane *l)
{
    const plan *p = l->r->plan;
    for (size_t i = 0; i < l->d->remark_count; i++) {
        node_id figure = p->statements[l->d->remarks[i]].node;
        if (known(l, figure) && value(l, figure).num)
            find(l->found, l->subject, FINDING_REMARK, l->d->remarks[i], value(l, figure));
    }
    if (p->score != SIZE_MAX)
        set_score(l, (uint32_t)p->score);
    set_grade(l);
    for (size_t i = 0; i < l->d->veto_count; i++)
        apply_veto(l, l->d->vetoes[i]);
}

static void decide(lane *l)
{
    const plan *p = l->r->plan;
    l->r->grade[l->subject] = GRADE_NONE;
    check_exclusions(l);
    for (size_t s = 0; l->k->broken && !l->excluded && s < p->statement_count; s++)
        check_sound(l, &p->statements[s]);
    if (!l->excluded)
        check_completeness(l);
    l->r->status[l->subject] = l->excluded ? STATUS_EXCLUDED : l->incomplete ? STATUS_INCOMPLETE : STATUS_ASSESSED;
    if (l->r->status[l->subject] == STATUS_ASSESSED)
        decide_assessed(l);
}

void block_decide(block *k, const decider *d, result *r, finding_list *found)
{
    for (size_t i = 0; i < k->lanes; i++) {
        lane l = {.k = k, .r = r, .d = d, .found = found, .i = i, .subject = k->first + (uint32_t)i};
        decide(&l);
    }
}
