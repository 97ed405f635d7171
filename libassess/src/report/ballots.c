/* ballots: see ballots.h. Only items with an option that is not counted have to be looked at, or all where a cell of the batch is
 * blank or doubly marked: the cells of all others have been found good when they were read. A ballot that a rule on sheets refused is invalid. */
#include "report/ballots.h"

typedef enum fate { COUNTED, NOT_COUNTED, INVALID } fate; /* the larger wins */

static bool has_uncounted(const plan_item *item)
{
    for (size_t o = 0; o < item->option_count; o++)
        if (!item->options[o].counted)
            return true;
    return false;
}

static fate fate_of_cell(const plan_item *item, int64_t cell)
{
    if (cell_is_empty(cell))
        return INVALID;
    return item->option_count && !item->options[cell].counted ? NOT_COUNTED : COUNTED;
}

/* Numbers of the items that can decide. */
typedef struct deciding {
    uint32_t items[PLAN_MAX_ITEMS];
    size_t count;
} deciding;

static void find_deciding(const result *r, deciding *d)
{
    d->count = 0;
    for (uint32_t i = 0; i < r->plan->item_count; i++)
        if (r->batch->invalid_ballots || has_uncounted(&r->plan->items[i]))
            d->items[d->count++] = i;
}

static fate fate_of_ballot(const result *r, const deciding *d, size_t ballot)
{
    fate worst = ballot_is_refused(r, ballot) ? INVALID : COUNTED;
    for (size_t i = 0; i < d->count; i++) {
        fate f = fate_of_cell(&r->plan->items[d->items[i]], r->batch->ballots.values[d->items[i]][ballot]);
        worst = f > worst ? f : worst;
    }
    return worst;
}

bool ballot_counts_take(const result *r, ballot_counts *out)
{
    const ballots *b = &r->batch->ballots;
    deciding d;
    find_deciding(r, &d);
    *out = (ballot_counts){.roles = r->plan->role_count};
    if (out->roles == 0 || b->count == 0)
        return true;
    if (r->count > SIZE_MAX / out->roles || !(out->of = mem_zalloc(r->count * out->roles, sizeof *out->of)))
        return false;
    for (size_t i = 0; i < b->count; i++) {
        ballot_count *count = &out->of[b->subject[i] * out->roles + b->role[i]];
        fate f = fate_of_ballot(r, &d, i);
        count->counted += f == COUNTED;
        count->not_counted += f == NOT_COUNTED;
        count->invalid += f == INVALID;
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
