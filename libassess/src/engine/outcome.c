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
bool bands_of(const plan *p, band *bands)
{
    if (p->score == SIZE_MAX)
        return true;
    rounding unit = p->nodes[p->statements[p->score].node].round;
    for (size_t g = 0; g < p->grade_count; g++) {
        bands[g].printed = INT64_MAX;
        if (!to_units(p->grades[g].from, unit, ROUND_UP, &bands[g].from) ||
            (g && p->grades[g].has_printed_to && !to_units(p->grades[g].printed_to, unit, ROUND_DOWN, &bands[g].printed)))
            return false;
    }
    return true;
}

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
    const band *bands;
    finding_list *found;
    size_t i;
    uint32_t subject;
    bool excluded, incomplete;
} lane;

static bool known(const lane *l, node_id id) { return l->k->missing[id * BLOCK + l->i] == NODE_NONE; }
static fraction value(const lane *l, node_id id) { return l->k->values[id * BLOCK + l->i]; }

static void check_exclusions(lane *l)
{
    const plan *p = l->r->plan;
    for (uint32_t s = 0; s < p->statement_count; s++) {
        const statement *st = &p->statements[s];
        if (st->kind != STATEMENT_EXCLUDE || !known(l, st->node) || !value(l, st->node).num)
            continue;
        l->excluded = true;
        find(l->found, l->subject, FINDING_EXCLUDED, s, fraction_of(0, 1));
    }
}

/* A sum is missing as soon as one part is; every part that is missing is named. */
static void find_missing(lane *l, const bool *needed)
{
    for (node_id id = 0; id < l->r->plan->node_count; id++)
        if (needed[id] && l->k->missing[id * BLOCK + l->i] == id)
            find(l->found, l->subject, FINDING_MISSING, id, fraction_of(0, 1));
}

static void check_completeness(lane *l)
{
    const plan *p = l->r->plan;
    for (uint32_t s = 0; s < p->statement_count; s++) {
        const statement *st = &p->statements[s];
        if (st->kind == STATEMENT_EXCLUDE && !st->unknown_keeps && !known(l, st->node)) {
            l->incomplete = true;
            find(l->found, l->subject, FINDING_MISSING, l->k->missing[st->node * BLOCK + l->i], fraction_of(0, 1));
        } else if (st->kind == STATEMENT_SCORE && !known(l, st->node)) {
            l->incomplete = true;
            find_missing(l, l->r->inner->needed_by_score);
        }
    }
}

static void set_score(lane *l, uint32_t number)
{
    const statement *s = &l->r->plan->statements[number];
    const node *n = &l->r->plan->nodes[s->node];
    int128 units;
    if (!fraction_round_units(value(l, n->args[0]), n->round, &units) || units > INT64_MAX || units < -INT64_MAX) {
        l->k->failed = s->node;
        l->k->failed_subject = l->subject;
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
    while (g < p->grade_count && score < l->bands[g].from)
        g++;
    if (g == p->grade_count)
        return;
    l->r->grade[l->subject] = (uint8_t)g;
    if (score > l->bands[g].printed) {
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
    for (uint32_t s = 0; s < p->statement_count; s++)
        if (p->statements[s].kind == STATEMENT_STEP && p->statements[s].remark && known(l, p->statements[s].node) &&
            value(l, p->statements[s].node).num)
            find(l->found, l->subject, FINDING_REMARK, s, value(l, p->statements[s].node));
    if (p->score != SIZE_MAX)
        set_score(l, (uint32_t)p->score);
    set_grade(l);
    for (uint32_t s = 0; s < p->statement_count; s++)
        if (p->statements[s].kind == STATEMENT_VETO)
            apply_veto(l, s);
}

static void decide(lane *l)
{
    l->r->grade[l->subject] = GRADE_NONE;
    check_exclusions(l);
    if (!l->excluded)
        check_completeness(l);
    l->r->status[l->subject] = l->excluded ? STATUS_EXCLUDED : l->incomplete ? STATUS_INCOMPLETE : STATUS_ASSESSED;
    if (l->r->status[l->subject] == STATUS_ASSESSED)
        decide_assessed(l);
}

void block_decide(block *k, const band *bands, result *r, finding_list *found)
{
    for (size_t i = 0; i < k->lanes; i++) {
        lane l = {.k = k, .r = r, .bands = bands, .found = found, .i = i, .subject = k->first + (uint32_t)i};
        decide(&l);
    }
}
