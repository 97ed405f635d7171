/* ballots: see ballots.h. Only items with an option that is not counted have to be looked at, or all where a cell of the batch is
 * blank or doubly marked: the cells of all others have been found good when they were read. A ballot that a rule on sheets refused is invalid. */
#include "report/ballots.h"

static bool has_uncounted(const plan_item *item)
{
    for (size_t o = 0; o < item->option_count; o++)
        if (!item->options[o].counted)
            return true;
    return false;
}

static ballot_fate fate_of_cell(const plan_item *item, int64_t cell)
{
    if (cell_is_empty(cell))
        return BALLOT_BAD;
    return item->option_count && !item->options[cell].counted ? BALLOT_UNCOUNTED : BALLOT_COUNTED;
}

/* The roles that rate the item; one that rates nothing at all is judged by everything. */
static uint32_t raters_of(const plan *p, uint32_t item)
{
    uint32_t roles = 0;
    for (uint32_t role = 0; role < p->role_count; role++)
        if (!p->roles[role].used || plan_rates(p, role, item))
            roles |= 1u << role;
    return roles;
}

void ballot_judge_open(const result *r, ballot_judge *out)
{
    out->r = r;
    out->count = 0;
    for (uint32_t i = 0; i < r->plan->item_count; i++) {
        if (!r->batch->invalid_ballots && !has_uncounted(&r->plan->items[i]))
            continue;
        out->items[out->count] = i;
        out->roles[out->count++] = raters_of(r->plan, i);
    }
}

static ballot_fate fate_of_cells(const ballot_judge *judge, size_t ballot)
{
    const result *r = judge->r;
    ballot_fate worst = BALLOT_COUNTED;
    for (size_t i = 0; i < judge->count; i++) {
        uint32_t item = judge->items[i];
        if (!(judge->roles[i] >> r->batch->ballots.role[ballot] & 1))
            continue;
        ballot_fate f = fate_of_cell(&r->plan->items[item], r->batch->ballots.values[item][ballot]);
        worst = f > worst ? f : worst;
    }
    return worst;
}

ballot_fate ballot_judge_of(const ballot_judge *judge, size_t ballot)
{
    return ballot_is_refused(judge->r, ballot) ? BALLOT_BAD : fate_of_cells(judge, ballot);
}

/* A ballot whose values were not sealed is not blank. */
static bool is_blank(const ballot_judge *judge, size_t ballot)
{
    const result *r = judge->r;
    for (size_t i = 0; i < judge->count; i++)
        if (judge->roles[i] >> r->batch->ballots.role[ballot] & 1 &&
            r->batch->ballots.values[judge->items[i]][ballot] <= CELL_INVALID)
            return true;
    return false;
}

size_t ballots_blank(const plan *p, const batch *b)
{
    const result r = {.plan = p, .batch = b};
    ballot_judge judge;
    size_t blank = 0;
    ballot_judge_open(&r, &judge);
    for (size_t i = 0; b->invalid_ballots && i < b->ballots.count; i++)
        blank += is_blank(&judge, i);
    return blank;
}

bool ballot_counts_take(const result *r, ballot_counts *out)
{
    const ballots *b = &r->batch->ballots;
    ballot_judge judge;
    ballot_judge_open(r, &judge);
    *out = (ballot_counts){.roles = r->plan->role_count, .blank = ballots_blank(r->plan, r->batch)};
    if (out->roles == 0 || b->count == 0)
        return true;
    if (r->count > SIZE_MAX / out->roles || !(out->of = mem_zalloc(r->count * out->roles, sizeof *out->of)))
        return false;
    for (size_t i = 0; i < b->count; i++) {
        ballot_count *count = &out->of[b->subject[i] * out->roles + b->role[i]];
        ballot_fate f = ballot_judge_of(&judge, i);
        count->counted += f == BALLOT_COUNTED;
        count->not_counted += f == BALLOT_UNCOUNTED;
        count->invalid += f == BALLOT_BAD;
    }
    return true;
}

void ballot_counts_free(ballot_counts *b)
{
    mem_free(b->of);
    *b = (ballot_counts){0};
}

ballot_count ballot_counts_of(const ballot_counts *b, uint32_t subject, uint32_t role)
{
    return b->of && role < b->roles ? b->of[subject * b->roles + role] : (ballot_count){0};
}
