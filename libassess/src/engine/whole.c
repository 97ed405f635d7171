/* whole.c: the operations that give a truth, a word, a grade or a day: whole numbers by their nature.
 *
 * What is missing and what holds is as good as chance, so a jump on it is foretold wrongly every second time: `&` and `|` on truths need none. */
#include "engine/run.h"

static void take_period(block *k, const node *n, int64_t *out)
{
    date_span period = k->outcome->plan->period;
    for (size_t i = 0; i < k->lanes; i++)
        out[i] = n->source ? period.to : period.from;
}

/* Of this level, no exclude holds, and none that needs to be known is unknown. */
static void take_part(block *k, const node *n, int64_t *out)
{
    const plan *p = k->outcome->plan;
    for (size_t i = 0; i < k->lanes; i++)
        out[i] = level_of(k->outcome->inner, k->first + (uint32_t)i) == n->source;
    for (size_t s = 0, a = 0; s < p->statement_count; s++) {
        const statement *e = &p->statements[s];
        if (e->kind != STATEMENT_EXCLUDE || e->level != n->source)
            continue;
        node_id id = n->args[a++];
        for (size_t i = 0; i < k->lanes; i++) {
            bool known = k->missing[id * BLOCK + i] == NODE_NONE, holds = k->whole[id * BLOCK + i] != 0;
            out[i] &= !((known & holds) | (!known & !e->unknown_keeps));
        }
    }
}

/* --- truths --- */

static void take_known(block *k, const node *n, int64_t *restrict out)
{
    const node_id *restrict lack = &k->missing[n->args[0] * BLOCK];
    for (size_t i = 0, lanes = k->lanes; i < lanes; i++)
        out[i] = lack[i] == NODE_NONE;
}

static void take_not(block *k, const node *n, int64_t *restrict out, node_id *restrict missing)
{
    const node_id *restrict lack = &k->missing[n->args[0] * BLOCK];
    const int64_t *restrict a = &k->whole[n->args[0] * BLOCK];
    for (size_t i = 0, lanes = k->lanes; i < lanes; i++) {
        missing[i] = lack[i];
        out[i] = (lack[i] == NODE_NONE) & !a[i];
    }
}

/* What is known settles these even when the other side is missing: no and … is no, yes or … is yes. */
static void take_junction(block *k, const node *n, int64_t *restrict out, node_id *restrict missing)
{
    const uint32_t other = n->op == OP_BOTH; /* a truth that settles it becomes 1 */
    const node_id *restrict lack_a = &k->missing[n->args[0] * BLOCK], *restrict lack_b = &k->missing[n->args[1] * BLOCK];
    const int64_t *restrict a = &k->whole[n->args[0] * BLOCK], *restrict b = &k->whole[n->args[1] * BLOCK];
    for (size_t i = 0, lanes = k->lanes; i < lanes; i++) {
        uint32_t know_a = lack_a[i] == NODE_NONE, know_b = lack_b[i] == NODE_NONE;
        uint32_t settled = (know_a & ((uint32_t)a[i] ^ other)) | (know_b & ((uint32_t)b[i] ^ other));
        node_id lack = know_a ? lack_b[i] : lack_a[i];
        missing[i] = settled | (know_a & know_b) ? NODE_NONE : lack;
        out[i] = settled ^ other;
    }
}

static void compare_numbers(const block *k, const node *n, const bool of[3], int64_t *out, const node_id *missing)
{
    const fraction *a = &k->values[n->args[0] * BLOCK], *b = &k->values[n->args[1] * BLOCK];
    for (size_t i = 0; i < k->lanes; i++)
        out[i] = (missing[i] == NODE_NONE) & of[fraction_compare(a[i], b[i]) + 1];
}

static void compare_whole(const block *k, const node *n, const bool of[3], int64_t *restrict out, const node_id *restrict missing)
{
    const int64_t *restrict a = &k->whole[n->args[0] * BLOCK], *restrict b = &k->whole[n->args[1] * BLOCK];
    const bool less = of[0], equal = of[1], more = of[2];
    for (size_t i = 0, lanes = k->lanes; i < lanes; i++) {
        bool below = a[i] < b[i], above = a[i] > b[i];
        out[i] = (missing[i] == NODE_NONE) & ((below & less) | (above & more) | (!(below | above) & equal));
    }
}

static void take_comparison(block *k, const node *n, int64_t *restrict out, node_id *restrict missing)
{
    const bool of[3] = {op_compares(n->op, -1), op_compares(n->op, 0), op_compares(n->op, 1)}; /* less, equal, more */
    const node_id *restrict lack_a = &k->missing[n->args[0] * BLOCK], *restrict lack_b = &k->missing[n->args[1] * BLOCK];
    for (size_t i = 0, lanes = k->lanes; i < lanes; i++)
        missing[i] = lack_a[i] != NODE_NONE ? lack_a[i] : lack_b[i];
    if (is_number(k, n->args[0]))
        compare_numbers(k, n, of, out, missing);
    else
        compare_whole(k, n, of, out, missing);
}

/* --- grades and sets of words --- */

static void take_among(block *k, const node *n, int64_t *out, node_id *missing)
{
    const plan_set *set = &k->outcome->plan->sets[n->source];
    const node_id arg = n->args[0] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        missing[i] = k->missing[arg + i];
        out[i] = (missing[i] == NODE_NONE) & plan_in_set(set->members, set->count, k->whole[arg + i]);
    }
}

/* Grades are numbered from the best on. */
static void take_side(block *k, const node *n, int64_t *out, node_id *missing)
{
    const node_id x = n->args[0] * BLOCK, y = n->args[1] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        int64_t a = k->whole[x + i], b = k->whole[y + i];
        missing[i] = k->missing[x + i] != NODE_NONE ? k->missing[x + i] : k->missing[y + i];
        out[i] = missing[i] != NODE_NONE ? 0 : (n->op == OP_LOWER) == (a > b) ? a : b;
    }
}

static void take_bands(block *k, const node *n, int64_t *out, node_id *missing)
{
    const plan *p = k->outcome->plan;
    const plan_level *l = &p->levels[n->source];
    const node_id score = n->args[0] * BLOCK;
    fraction edges[PLAN_MAX_GRADES];
    for (uint32_t g = 0; g < l->grade_count; g++)
        edges[g] = fraction_over(fraction_from_decimal(p->grades[l->first_grade + g].from), k->values[score].den);
    for (size_t i = 0; i < k->lanes; i++) {
        uint32_t g = 0;
        missing[i] = k->missing[score + i];
        while (missing[i] == NODE_NONE && g + 1 < l->grade_count && fraction_compare(k->values[score + i], edges[g]) < 0)
            g++; /* the last one takes all that is lower */
        out[i] = l->first_grade + g;
    }
}

static void take_next_grade(block *k, const node *n, int64_t *out, node_id *missing)
{
    const plan *p = k->outcome->plan;
    const node_id arg = n->args[0] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        missing[i] = k->missing[arg + i];
        uint32_t g = missing[i] == NODE_NONE ? (uint32_t)k->whole[arg + i] : 0;
        const plan_level *l = &p->levels[p->grades[g].level];
        out[i] = g + 1 < l->first_grade + l->grade_count ? g + 1 : g;
    }
}

bool take_whole(block *k, const node *n, int64_t *out, node_id *missing)
{
    switch (n->op) {
    case OP_PERIOD: take_period(k, n, out); return true;
    case OP_TAKES_PART: take_part(k, n, out); return true;
    case OP_KNOWN: take_known(k, n, out); return true;
    case OP_NOT: take_not(k, n, out, missing); return true;
    case OP_BOTH:
    case OP_EITHER: take_junction(k, n, out, missing); return true;
    case OP_AT_LEAST:
    case OP_MORE_THAN:
    case OP_AT_MOST:
    case OP_LESS_THAN:
    case OP_EXACTLY: take_comparison(k, n, out, missing); return true;
    case OP_AMONG: take_among(k, n, out, missing); return true;
    case OP_LOWER:
    case OP_HIGHER: take_side(k, n, out, missing); return true;
    case OP_BANDS: take_bands(k, n, out, missing); return true;
    case OP_NEXT_GRADE: take_next_grade(k, n, out, missing); return true;
    default: return false;
    }
}
