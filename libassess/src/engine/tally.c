/* tally.c: adding up the ballots, the work that takes the time of a run.
 *
 * Ballots are taken in their order, a chunk at a time: first one number per ballot (its total, or the points of an item),
 * column by column, then into the tally of its subject and role. Sums of integers do not depend on the order, so threads
 * take slices of the ballots with tallies of their own, which are added together at the end. */
#include <string.h>

#include "base/parallel.h"
#include "engine/run.h"

enum { CHUNK = 1024, SLICE_MIN_BALLOTS = 1 << 16, SLICES_MAX = 8, MAX_OPTIONS = 64, NO_SLOT = UINT16_MAX };

/* What a ballot counts as; the larger wins. */
enum { COUNTED, NOT_COUNTED, INVALID };

/* How one item's cells become numbers. */
typedef struct reading {
    const plan_item *item;
    const int64_t *cells;
    int64_t factor;              /* numbers: times this */
    int64_t points[MAX_OPTIONS]; /* options: by number */
} reading;

/* One number per ballot, and which slot of its subject it goes to by the ballot's role. */
typedef struct expression {
    uint32_t item;
    int scale;
    reading *readings;
    size_t reading_count;
    uint16_t slot_of_role[PLAN_MAX_ROLES]; /* a plan has at most PLAN_MAX_NODES sources */
} expression;

typedef struct job {
    result *r;
    expression *expressions;
    size_t expression_count;
    tally **slices; /* tallies of each slice; [0] is the result's own */
    size_t slice_count;
    arena memory;
} job;

/* When the batch has no blank cell at all: a plain sum, which compilers turn into vectors. */
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
        bool bad = cells[i] <= CELL_INVALID;
        state[i] = bad ? INVALID : state[i];
        sum[i] += bad ? 0 : cells[i] * g->factor;
    }
}

static void read_options(const reading *g, size_t first, size_t n, int64_t *sum, uint8_t *state)
{
    const int64_t *cells = g->cells + first;
    for (size_t i = 0; i < n; i++) {
        if (cells[i] <= CELL_INVALID)
            state[i] = INVALID;
        else if (!g->item->options[cells[i]].counted)
            state[i] = NOT_COUNTED;
        else
            sum[i] += g->points[cells[i]];
    }
}

static void add_chunk(const job *j, const expression *e, tally *tallies, size_t first, size_t n)
{
    const ballots *b = &j->r->batch->ballots;
    size_t slots = j->r->inner->slot_count;
    int64_t sum[CHUNK];
    uint8_t state[CHUNK];
    memset(sum, 0, n * sizeof *sum);
    memset(state, COUNTED, n);
    for (size_t i = 0; i < e->reading_count; i++) {
        const reading *g = &e->readings[i];
        if (g->item->option_count)
            read_options(g, first, n, sum, state);
        else if (j->r->batch->invalid_ballots)
            read_numbers(g, first, n, sum, state);
        else
            read_whole_numbers(g, first, n, sum);
    }
    for (size_t i = 0; i < n; i++) {
        uint16_t number = e->slot_of_role[b->role[first + i]];
        if (number == NO_SLOT)
            continue;
        tally *t = &tallies[b->subject[first + i] * slots + number];
        t->sum += state[i] == COUNTED ? sum[i] : 0;
        t->counted += state[i] == COUNTED;
        t->not_counted += state[i] == NOT_COUNTED;
        t->invalid += state[i] == INVALID;
    }
}

static void add_slice(void *context, size_t index, unsigned worker)
{
    (void)worker;
    const job *j = context;
    size_t count = j->r->batch->ballots.count;
    size_t end = count * (index + 1) / j->slice_count;
    for (size_t at = count * index / j->slice_count; at < end; at += CHUNK)
        for (size_t e = 0; e < j->expression_count; e++)
            add_chunk(j, &j->expressions[e], j->slices[index], at, end - at < CHUNK ? end - at : CHUNK);
}

static void join_slices(void *context, size_t index, unsigned worker)
{
    (void)worker;
    const job *j = context;
    size_t all = j->r->count * j->r->inner->slot_count;
    size_t end = all * (index + 1) / j->slice_count;
    for (size_t s = 1; s < j->slice_count; s++)
        for (size_t i = all * index / j->slice_count; i < end; i++) {
            j->slices[0][i].sum += j->slices[s][i].sum;
            j->slices[0][i].counted += j->slices[s][i].counted;
            j->slices[0][i].not_counted += j->slices[s][i].not_counted;
            j->slices[0][i].invalid += j->slices[s][i].invalid;
        }
}

/* --- setting up --- */

static bool item_in(const expression *e, size_t item) { return e->item == ITEM_TOTAL || e->item == item; }

static int needed_scale(const result *r, const expression *e)
{
    int scale = 0;
    for (size_t i = 0; i < r->plan->item_count; i++) {
        const plan_item *item = &r->plan->items[i];
        if (!item_in(e, i))
            continue;
        if (!item->option_count && r->batch->ballots.scale[i] > scale)
            scale = r->batch->ballots.scale[i];
        for (size_t o = 0; o < item->option_count; o++)
            if (item->options[o].counted && item->options[o].points.scale > scale)
                scale = item->options[o].points.scale;
    }
    return scale;
}

/* At most this much from one item, in units of 10^-scale. */
static int128 most_of(const plan_item *item, int scale)
{
    int128 most = 0;
    for (size_t o = 0; o < item->option_count; o++) {
        decimal points = item->options[o].counted ? item->options[o].points : (decimal){0, 0};
        int128 units = (int128)points.coeff * power_of_ten(scale - points.scale);
        most = units > most ? units : most;
    }
    decimal maximum = item->maximum; /* 0 with options; may have more places than any ballot */
    int128 units = maximum.scale > scale ? maximum.coeff / power_of_ten(maximum.scale - scale)
                                         : (int128)maximum.coeff * power_of_ten(scale - maximum.scale);
    return units > most ? units : most;
}

/* The largest number a ballot can make must stay far inside 64 bits; cells are known to be within the items' maxima. */
static bool fits(const result *r, const expression *e)
{
    int128 most = 0;
    for (size_t i = 0; i < r->plan->item_count; i++)
        if (item_in(e, i))
            most += most_of(&r->plan->items[i], e->scale);
    return most < (int128)1 << 62;
}

static bool fill_readings(job *j, expression *e)
{
    const plan *p = j->r->plan;
    e->readings = arena_zalloc(&j->memory, (p->item_count + 1) * sizeof *e->readings);
    for (size_t i = 0; e->readings && i < p->item_count; i++) {
        if (!item_in(e, i))
            continue;
        reading *g = &e->readings[e->reading_count++];
        g->item = &p->items[i];
        g->cells = j->r->batch->ballots.values[i];
        g->factor = power_of_ten(e->scale - (g->item->option_count ? 0 : j->r->batch->ballots.scale[i]));
        for (size_t o = 0; o < g->item->option_count; o++)
            g->points[o] = g->item->options[o].points.coeff * power_of_ten(e->scale - g->item->options[o].points.scale);
    }
    return e->readings != NULL;
}

static expression *expression_for(job *j, uint32_t item)
{
    for (size_t e = 0; e < j->expression_count; e++)
        if (j->expressions[e].item == item)
            return &j->expressions[e];
    expression *e = &j->expressions[j->expression_count++];
    e->item = item;
    memset(e->slot_of_role, NO_SLOT, sizeof e->slot_of_role);
    e->scale = needed_scale(j->r, e);
    return e;
}

static bool lay_out(job *j)
{
    const plan *p = j->r->plan;
    struct workings *w = j->r->inner;
    j->expressions = arena_zalloc(&j->memory, (p->ballot_count + 1) * sizeof *j->expressions);
    w->slots = mem_zalloc(p->ballot_count + 1, sizeof *w->slots);
    w->slot_of_source = mem_zalloc(p->ballot_count + 1, sizeof *w->slot_of_source);
    if (!j->expressions || !w->slots || !w->slot_of_source)
        return false;
    for (size_t i = 0; i < p->ballot_count; i++) {
        expression *e = expression_for(j, p->ballots[i].item);
        uint32_t role = (uint32_t)__builtin_ctz(p->ballots[i].roles);
        uint16_t *number = &e->slot_of_role[role];
        if (*number == NO_SLOT) {
            *number = (uint16_t)w->slot_count;
            w->slots[w->slot_count++] = (slot){role, e->item, e->scale};
        }
        w->slot_of_source[i] = *number;
    }
    return true;
}

static bool fill_all(job *j)
{
    for (size_t e = 0; e < j->expression_count; e++)
        if (!fill_readings(j, &j->expressions[e]))
            return false;
    return true;
}

static bool open_slices(job *j, unsigned threads)
{
    size_t count = j->r->batch->ballots.count / SLICE_MIN_BALLOTS + 1, all = j->r->count * j->r->inner->slot_count + 1;
    count = count < threads ? count : threads;
    count = count < SLICES_MAX ? count : SLICES_MAX;
    j->slices = arena_zalloc(&j->memory, count * sizeof *j->slices);
    for (size_t s = 0; j->slices && s < count; s++, j->slice_count++)
        if (!(j->slices[s] = mem_zalloc(all, sizeof **j->slices)))
            break;
    if (!j->slice_count)
        return false;
    j->r->inner->tallies = j->slices[0]; /* fewer slices than wished, for want of memory, only take longer */
    return true;
}

static void close_job(job *j)
{
    for (size_t s = 1; s < j->slice_count; s++)
        mem_free(j->slices[s]);
    arena_free(&j->memory);
}

assess_status tally_ballots(result *r, unsigned threads, assess_error *err)
{
    job j = {.r = r};
    assess_status status = lay_out(&j) ? ASSESS_OK : error_no_memory(err);
    for (size_t e = 0; !status && e < j.expression_count; e++)
        if (!fits(r, &j.expressions[e]))
            status = error_set(err, ASSESS_E_INPUT, message_of(MSG_range_ballots));
    if (!status && (!fill_all(&j) || !open_slices(&j, threads)))
        status = error_no_memory(err);
    if (!status && r->batch->ballots.count) {
        parallel_run(j.slice_count, threads, add_slice, &j);
        parallel_run(j.slice_count, threads, join_slices, &j);
    }
    close_job(&j);
    return status;
}
