/* sheets.c: ballots that do not count because of the sheet they stand on: left blank, the same everywhere, too many at the
 * top. A sheet is one ballot, or everything that one rater handed in in one role. */
#include "batch/group.h"
#include "engine/points.h"
#include "engine/run.h"

/* What is to be known of each ballot. */
enum { FILLED = 1, HAS_TOTAL = 2, AT_TOP = 4, SAME_SHARES = 8 };

typedef struct sheets {
    result *r;
    const sheet_rule *rule;
    size_t number;         /* of the rule */
    points total, item;    /* `item`: of the rule's item, when it has one */
    uint8_t *known;        /* [ballot] */
    int64_t *totals;       /* [ballot], where it has one */
    uint32_t *rater;       /* [ballot]: groups for by_rater; the anonymous are the last one */
    grouping by_rater;
    uint64_t *marks;       /* [ballot]: the outcome */
} sheets;

/* --- one ballot --- */

static bool reaches(int64_t sum, int scale, decimal from)
{
    return (int128)sum * power_of_ten(from.scale) >= (int128)from.coeff * power_of_ten(scale);
}

static bool has_option(const reading *g, size_t ballot, uint64_t options)
{
    int64_t option = g->cells[ballot];
    return !cell_is_empty(option) && (options >> option & 1);
}

/* The same share of the maximum in every item. */
static bool same_shares(const points *p, size_t ballot)
{
    const reading *a = &p->readings[0];
    int128 first = points_of_cell(a, ballot);
    for (size_t i = 1; i < p->reading_count; i++)
        if ((int128)points_of_cell(&p->readings[i], ballot) * a->maximum != first * p->readings[i].maximum)
            return false;
    return true;
}

static void mark_top(const sheets *j, size_t first, size_t n, const int64_t *total)
{
    const sheet_rule *rule = j->rule;
    int64_t points_given[CHUNK];
    uint8_t state[CHUNK];
    if (rule->item != ITEM_TOTAL)
        points_read(&j->item, first, n, points_given, state);
    for (size_t i = 0; i < n; i++) {
        bool top;
        if (rule->top_options)
            top = has_option(&j->item.readings[0], first + i, rule->top_options);
        else if (rule->item != ITEM_TOTAL)
            top = state[i] == COUNTED && reaches(points_given[i], j->item.scale, rule->top_from);
        else
            top = (j->known[first + i] & HAS_TOTAL) && reaches(total[i], j->total.scale, rule->top_from);
        j->known[first + i] |= top ? AT_TOP : 0;
    }
}

static void mark_chunk(const sheets *j, size_t first, size_t n)
{
    int64_t *sum = j->totals + first;
    uint8_t state[CHUNK];
    points_read(&j->total, first, n, sum, state);
    for (size_t i = 0; i < n; i++)
        j->known[first + i] = (state[i] != INVALID ? FILLED : 0) | (state[i] == COUNTED ? HAS_TOTAL : 0);
    for (size_t i = 0; !j->rule->per_rater && j->rule->not_all_same && i < n; i++)
        if (state[i] == COUNTED && same_shares(&j->total, first + i))
            j->known[first + i] |= SAME_SHARES;
    if (j->rule->has_top)
        mark_top(j, first, n, sum);
}

static bool of_rule(const sheets *j, size_t ballot) { return j->rule->roles >> j->r->batch->ballots.role[ballot] & 1; }

static void refuse(const sheets *j, size_t ballot)
{
    j->marks[ballot] |= (uint64_t)1 << j->number;
}

static void judge_alone(const sheets *j, size_t ballot)
{
    if ((j->rule->complete && !(j->known[ballot] & FILLED)) || (j->known[ballot] & SAME_SHARES))
        refuse(j, ballot);
}

/* --- all ballots of a rater in one role --- */

typedef struct pile {
    size_t count, filled, top, totals;
    int64_t lowest, highest;
} pile;

static void add_to_pile(pile *p, uint8_t known, int64_t total)
{
    p->count++;
    p->filled += (known & FILLED) != 0;
    p->top += (known & AT_TOP) != 0;
    if (!(known & HAS_TOTAL))
        return;
    p->lowest = p->totals && p->lowest < total ? p->lowest : total;
    p->highest = p->totals && p->highest > total ? p->highest : total;
    p->totals++;
}

static bool breaks(const sheet_rule *rule, const pile *p)
{
    size_t most = rule->top_count;
    if (rule->top_share.coeff)
        most = (size_t)((int128)p->count * rule->top_share.coeff / power_of_ten(rule->top_share.scale));
    return (rule->complete && p->filled < p->count) || (rule->not_all_same && p->totals > 1 && p->lowest == p->highest) ||
           (rule->has_top && p->top > most);
}

static void judge_pile(const sheets *j, size_t rater, uint32_t role)
{
    const ballots *b = &j->r->batch->ballots;
    size_t first = j->by_rater.first[rater], end = j->by_rater.first[rater + 1];
    pile p = {0};
    for (size_t i = first; i < end; i++) {
        uint32_t ballot = j->by_rater.member[i];
        if (b->role[ballot] == role)
            add_to_pile(&p, j->known[ballot], j->totals[ballot]);
    }
    for (size_t i = first; p.count && breaks(j->rule, &p) && i < end; i++)
        if (b->role[j->by_rater.member[i]] == role)
            refuse(j, j->by_rater.member[i]);
}

static void judge_raters(const sheets *j)
{
    size_t raters = j->r->batch->ballots.raters.count;
    for (size_t rater = 0; rater < raters; rater++)
        for (uint32_t role = 0; role < PLAN_MAX_ROLES; role++)
            if (j->rule->roles >> role & 1)
                judge_pile(j, rater, role);
    for (size_t i = j->by_rater.first[raters]; i < j->by_rater.first[raters + 1]; i++)
        if (of_rule(j, j->by_rater.member[i]))
            judge_alone(j, j->by_rater.member[i]); /* nobody knows what else an anonymous rater handed in */
}

static assess_status apply_rule(sheets *j, size_t number, assess_error *err)
{
    size_t count = j->r->batch->ballots.count;
    arena memory = {0};
    j->number = number;
    j->rule = &j->r->plan->sheet_rules[number];
    assess_status s = points_open(&j->total, j->r, ITEM_TOTAL, !j->rule->per_rater, &memory, err);
    if (!s && j->rule->item != ITEM_TOTAL)
        s = points_open(&j->item, j->r, j->rule->item, false, &memory, err);
    for (size_t at = 0; !s && at < count; at += CHUNK)
        mark_chunk(j, at, count - at < CHUNK ? count - at : CHUNK);
    for (size_t i = 0; !s && !j->rule->per_rater && i < count; i++)
        if (of_rule(j, i))
            judge_alone(j, i);
    if (!s && j->rule->per_rater)
        judge_raters(j);
    arena_free(&memory);
    return s;
}

static bool group_raters(sheets *j, unsigned threads)
{
    const ballots *b = &j->r->batch->ballots;
    bool wanted = false;
    for (size_t i = 0; i < j->r->plan->sheet_rule_count; i++)
        wanted |= j->r->plan->sheet_rules[i].per_rater;
    if (!wanted)
        return true;
    j->rater = mem_alloc(b->count * sizeof *j->rater);
    for (size_t i = 0; j->rater && i < b->count; i++)
        j->rater[i] = b->rater[i] == RATER_ANONYMOUS ? (uint32_t)b->raters.count : b->rater[i];
    return j->rater && group_rows(j->rater, b->count, b->raters.count + 1, threads, &j->by_rater);
}

static void close_sheets(sheets *j)
{
    mem_free(j->known);
    mem_free(j->totals);
    mem_free(j->rater);
    group_free(&j->by_rater);
}

assess_status check_sheets(result *r, unsigned threads, uint64_t *marks, assess_error *err)
{
    size_t rules = r->plan->sheet_rule_count, count = r->batch->ballots.count;
    if (!rules)
        return ASSESS_OK;
    sheets j = {.r = r, .marks = marks};
    j.known = mem_alloc(count);
    j.totals = mem_alloc(count * sizeof *j.totals);
    assess_status s = j.known && j.totals && group_raters(&j, threads) ? ASSESS_OK : error_no_memory(err);
    for (size_t i = 0; !s && i < rules; i++)
        s = apply_rule(&j, i, err);
    close_sheets(&j);
    return s;
}
