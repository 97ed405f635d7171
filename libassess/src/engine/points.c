/* points.c: see points.h. Column by column, in loops that compilers turn into vectors. */
#include <string.h>

#include "engine/points.h"

/* When the batch has no blank cell at all: a plain sum. */
static void read_whole_numbers(const reading *g, size_t first, size_t n, int64_t *sum)
{
    const int64_t *cells = g->cells + first;
    if (g->factor == 1)
        for (size_t i = 0; i < n; i++)
            sum[i] += cells[i];
    else
        for (size_t i = 0; i < n; i++)
            sum[i] += cells[i] * g->factor;
}

static void read_numbers(const reading *g, size_t first, size_t n, int64_t *sum, uint8_t *state)
{
    const int64_t *cells = g->cells + first;
    for (size_t i = 0; i < n; i++) {
        bool bad = cell_is_empty(cells[i]);
        state[i] = bad ? INVALID : state[i];
        sum[i] += bad ? 0 : cells[i] * g->factor;
    }
}

static void read_options(const reading *g, size_t first, size_t n, int64_t *sum, uint8_t *state)
{
    const int64_t *cells = g->cells + first;
    for (size_t i = 0; i < n; i++) {
        if (cell_is_empty(cells[i]))
            state[i] = INVALID;
        else if (g->item->options[cells[i]].counted)
            sum[i] += g->points[cells[i]];
        else if (state[i] == COUNTED)
            state[i] = NOT_COUNTED;
    }
}

static void read_chosen(const reading *g, uint64_t options, size_t first, size_t n, int64_t *sum, uint8_t *state)
{
    const int64_t *cells = g->cells + first;
    for (size_t i = 0; i < n; i++) {
        if (cells[i] <= CELL_INVALID) {
            state[i] = INVALID;
            continue;
        }
        sum[i] = (int64_t)(options >> cells[i] & 1);
        state[i] = g->item->options[cells[i]].counted ? COUNTED : NOT_COUNTED;
    }
}

void points_read(const points *p, size_t first, size_t n, int64_t *sum, uint8_t *state)
{
    memset(sum, 0, n * sizeof *sum);
    memset(state, COUNTED, n);
    for (size_t i = 0; i < p->reading_count; i++) {
        const reading *g = &p->readings[i];
        if (p->chosen)
            read_chosen(g, p->options, first, n, sum, state);
        else if (g->item->option_count)
            read_options(g, first, n, sum, state);
        else if (p->r->batch->invalid_ballots || p->r->batch->ballots.marks)
            read_numbers(g, first, n, sum, state);
        else
            read_whole_numbers(g, first, n, sum);
    }
    for (size_t i = 0; p->r->refused_count && i < n; i++)
        state[i] = ballot_is_refused(p->r, first + i) ? INVALID : state[i];
}

/* --- setting up --- */

static bool item_in(const points *p, size_t item) { return p->item == ITEM_TOTAL || p->item == item; }

static int larger(int a, int b) { return a > b ? a : b; }

static int needed_scale(const points *p, bool with_maxima)
{
    int scale = 0;
    for (size_t i = 0; i < p->r->plan->item_count; i++) {
        const plan_item *item = &p->r->plan->items[i];
        if (!item_in(p, i))
            continue;
        if (!item->option_count)
            scale = larger(scale, larger(p->r->batch->ballots.scale[i], with_maxima ? item->maximum.scale : 0));
        for (size_t o = 0; o < item->option_count; o++)
            if (item->options[o].counted)
                scale = larger(scale, item->options[o].points.scale);
    }
    return scale;
}

/* At most this much from one item, in units of 10^-scale. */
static int128 most_of(const plan_item *item, int scale)
{
    int128 most = 0;
    for (size_t o = 0; o < item->option_count; o++) {
        decimal best = item->options[o].counted ? item->options[o].points : (decimal){0, 0};
        int128 units = (int128)best.coeff * power_of_ten(scale - best.scale);
        most = units > most ? units : most;
    }
    decimal maximum = item->maximum; /* 0 with options; may have more places than any ballot */
    int128 units = maximum.scale > scale ? maximum.coeff / power_of_ten(maximum.scale - scale)
                                         : (int128)maximum.coeff * power_of_ten(scale - maximum.scale);
    return units > most ? units : most;
}

/* The largest number a ballot can make must stay far inside 64 bits; cells are known to be within the items' maxima. */
static bool fits(const points *p)
{
    int128 most = 0;
    for (size_t i = 0; i < p->r->plan->item_count; i++)
        if (item_in(p, i))
            most += most_of(&p->r->plan->items[i], p->scale);
    return most < (int128)1 << 62;
}

static void fill_reading(const points *p, size_t item, reading *g)
{
    const ballots *b = &p->r->batch->ballots;
    g->item = &p->r->plan->items[item];
    g->cells = b->values[item];
    g->factor = power_of_ten(p->scale - (g->item->option_count ? 0 : b->scale[item]));
    g->maximum = (int64_t)most_of(g->item, p->scale);
    for (size_t o = 0; o < g->item->option_count; o++)
        if (g->item->options[o].counted)
            g->points[o] = g->item->options[o].points.coeff * power_of_ten(p->scale - g->item->options[o].points.scale);
}

assess_status points_open(points *p, const result *r, uint32_t item, bool with_maxima, arena *memory, assess_error *err)
{
    *p = (points){.r = r, .item = item};
    p->scale = needed_scale(p, with_maxima);
    if (!fits(p))
        return error_set(err, ASSESS_E_INPUT, message_of(MSG_range_ballots));
    p->readings = arena_zalloc(memory, (r->plan->item_count + 1) * sizeof *p->readings);
    for (size_t i = 0; p->readings && i < r->plan->item_count; i++)
        if (item_in(p, i))
            fill_reading(p, i, &p->readings[p->reading_count++]);
    return p->readings ? ASSESS_OK : error_no_memory(err);
}
