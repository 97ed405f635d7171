/* ballots: see ballots.h. Only items whose cells can be blank, or be an option that is not counted, have to be looked
 * at: the cells of all others have been found good when they were read. A ballot that a rule on sheets refused is invalid. */
#include "report/ballots.h"

typedef enum fate { COUNTED, NOT_COUNTED, INVALID } fate; /* the larger wins */

static bool decides(const plan_item *item)
{
    return item->lenient || item->option_count > 0;
}

static fate fate_of_cell(const plan_item *item, int64_t cell)
{
    if (cell_is_empty(cell))
        return INVALID;
    return item->option_count && !item->options[cell].counted ? NOT_COUNTED : COUNTED;
}

static fate fate_of_ballot(const result *r, size_t ballot)
{
    fate worst = ballot_is_refused(r, ballot) ? INVALID : COUNTED;
    for (size_t i = 0; i < r->plan->item_count; i++) {
        if (!decides(&r->plan->items[i]))
            continue;
        fate f = fate_of_cell(&r->plan->items[i], r->batch->ballots.values[i][ballot]);
        worst = f > worst ? f : worst;
    }
    return worst;
}

static bool any_decides(const plan *p)
{
    for (size_t i = 0; i < p->item_count; i++)
        if (decides(&p->items[i]))
            return true;
    return false;
}

bool ballot_counts_take(const result *r, ballot_counts *out)
{
    const ballots *b = &r->batch->ballots;
    bool look = any_decides(r->plan) || r->refused_count;
    *out = (ballot_counts){.roles = r->plan->role_count};
    if (out->roles == 0 || b->count == 0)
        return true;
    if (r->count > SIZE_MAX / out->roles || !(out->of = mem_zalloc(r->count * out->roles, sizeof *out->of)))
        return false;
    for (size_t i = 0; i < b->count; i++) {
        ballot_count *count = &out->of[b->subject[i] * out->roles + b->role[i]];
        fate f = look ? fate_of_ballot(r, i) : COUNTED;
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
