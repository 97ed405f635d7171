/* readiness_same: raters who gave everyone the same total. The rater is named to the one who imports, and no value beside: neither
 * in the list nor in JSON, which may go further than this screen. */
#include "report/readiness.h"

enum { FEWEST = 3 }; /* two people alike say nothing */

#define DIFFER UINT32_MAX

/* What one rater handed in in one role. */
typedef struct pile {
    uint32_t first; /* ballot */
    uint32_t count; /* of whole ballots, all of one total; DIFFER */
} pile;

/* In units of 10^-DECIMAL_MAX_SCALE. False: an item has no points. */
static bool total_of(const result *r, size_t ballot, int128 *total)
{
    *total = 0;
    for (size_t item = 0; item < r->plan->item_count; item++) {
        const plan_item *about = &r->plan->items[item];
        int64_t cell = r->batch->ballots.values[item][ballot];
        if (cell_is_empty(cell) || (about->option_count && !about->options[cell].counted))
            return false;
        decimal d = about->option_count ? about->options[cell].points : (decimal){cell, r->batch->ballots.scale[item]};
        *total += (int128)d.coeff * power_of_ten(DECIMAL_MAX_SCALE - d.scale);
    }
    return true;
}

static void take_ballot(const result *r, pile *p, size_t ballot)
{
    int128 total, before;
    if (p->count == DIFFER || !total_of(r, ballot, &total))
        return;
    if (p->count == 0)
        p->first = (uint32_t)ballot;
    bool same = p->count == 0 || (total_of(r, p->first, &before) && before == total);
    p->count = same ? p->count + 1 : DIFFER;
}

static bool is_suspect(const pile *p) { return p->count != DIFFER && p->count >= FEWEST; }

static void say_same(readiness *c, const pile *piles, size_t roles, size_t count)
{
    static const point_column columns[] = {{"rater", MSG_ready_rater, CELL_WORDS}, {"role", MSG_ready_role, CELL_WORDS},
                                           {"people", MSG_report_people, CELL_COUNT}};
    const plan *scheme = c->r->plan;
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += is_suspect(&piles[i]);
    point *p = found ? point_add(c, "same_total", POINT_NOTE, found, message_of(MSG_ready_same), message_of(MSG_ready_same_told)) : NULL;
    if (!p)
        return;
    p->columns = columns;
    p->column_count = sizeof columns / sizeof *columns;
    p->terminal = true;
    for (size_t i = 0; !c->failed && i < count; i++) {
        if (!is_suspect(&piles[i]) || !point_row(c, p))
            continue;
        point_cell(c, p, c->r->batch->ballots.raters.texts[i / roles]);
        point_cell(c, p, label_in(scheme->roles[c->r->batch->ballots.role[piles[i].first]].words, c->language));
        point_number(c, p, piles[i].count);
    }
}

/* Places of the roles that are used, so that there are no piles for others. */
static size_t place_roles(const plan *p, uint8_t place[PLAN_MAX_ROLES])
{
    size_t used = 0;
    for (size_t role = 0; role < p->role_count; role++) {
        place[role] = (uint8_t)used;
        used += p->roles[role].used;
    }
    return used;
}

void ready_same(readiness *c)
{
    const ballots *b = &c->r->batch->ballots;
    uint8_t place[PLAN_MAX_ROLES];
    size_t roles = place_roles(c->r->plan, place), count = b->raters.count * roles;
    pile *piles = count ? mem_zalloc(count, sizeof *piles) : NULL;
    c->failed |= count && !piles;
    for (size_t i = 0; piles && i < b->count; i++)
        if (b->rater[i] != RATER_ANONYMOUS && c->r->plan->roles[b->role[i]].used)
            take_ballot(c->r, &piles[b->rater[i] * roles + place[b->role[i]]], i);
    if (piles)
        say_same(c, piles, roles, count);
    mem_free(piles);
}
