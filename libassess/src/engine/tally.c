/* tally.c: adding up the ballots, the work that takes the time of a run.
 *
 * Ballots are taken in their order, a chunk at a time: first one number per ballot (its total, or the points of an item),
 * column by column, then into the tally of its subject and role. Sums of integers do not depend on the order, so threads
 * take slices of the ballots with tallies of their own, which are added together at the end. */
#include <limits.h>
#include <string.h>

#include "base/parallel.h"
#include "engine/points.h"
#include "engine/run.h"

enum { SLICE_MIN_BALLOTS = 1 << 16, SLICES_MAX = 8 };
#define NO_SLOT UINT32_MAX

/* One number per ballot, and which slot of its subject it goes to by the ballot's role. */
typedef struct expression {
    points of;
    uint32_t slot_of_role[PLAN_MAX_ROLES];
} expression;

typedef struct job {
    result *r;
    expression *expressions;
    size_t expression_count;
    tally **slices; /* tallies of each slice; [0] is the result's own */
    size_t slice_count;
    arena memory;
} job;

static void add_chunk(const job *j, const expression *e, tally *tallies, size_t first, size_t n)
{
    const ballots *b = &j->r->batch->ballots;
    size_t slots = j->r->inner->slot_count;
    int64_t sum[CHUNK];
    uint8_t state[CHUNK];
    points_read(&e->of, first, n, sum, state);
    for (size_t i = 0; i < n; i++) {
        uint32_t number = e->slot_of_role[b->role[first + i]];
        if (number == NO_SLOT)
            continue;
        tally *t = &tallies[b->subject[first + i] * slots + number];
        t->sum += state[i] == COUNTED || (e->of.chosen && state[i] == NOT_COUNTED) ? sum[i] : 0;
        t->counted += state[i] == COUNTED;
        t->not_counted += state[i] == NOT_COUNTED;
        t->invalid += state[i] == INVALID;
    }
}

static size_t tally_count(const result *r) { return r->count * r->inner->slot_count + 1; }

/* Zeros are written, not asked for: a page of them that is read before it is written to stops all threads for a moment. */
static void add_slice(void *context, size_t index, unsigned worker)
{
    (void)worker;
    const job *j = context;
    size_t count = j->r->batch->ballots.count;
    size_t end = count * (index + 1) / j->slice_count;
    memset(j->slices[index], 0, tally_count(j->r) * sizeof **j->slices);
    for (size_t at = count * index / j->slice_count; at < end; at += CHUNK)
        for (size_t e = 0; e < j->expression_count; e++)
            add_chunk(j, &j->expressions[e], j->slices[index], at, end - at < CHUNK ? end - at : CHUNK);
}

static void join_slices(void *context, size_t index, unsigned worker)
{
    (void)worker;
    const job *j = context;
    size_t all = tally_count(j->r);
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

/* How many ballots count, do not, or are invalid, whatever the number of each is. */
static bool only_counts(const ballot_source *s)
{
    return s->reducer == BALLOT_COUNT || s->reducer == BALLOT_NOT_COUNTED || s->reducer == BALLOT_INVALID;
}

static bool serves(const points *of, const ballot_source *s)
{
    bool chosen = s->reducer == BALLOT_CHOSEN;
    return of->item == s->item && (only_counts(s) || (of->chosen == chosen && (!chosen || of->options == s->options)));
}

/* NULL: *status says why. */
static expression *expression_for(job *j, const ballot_source *s, assess_status *status, assess_error *err)
{
    for (size_t e = 0; e < j->expression_count; e++)
        if (serves(&j->expressions[e].of, s))
            return &j->expressions[e];
    expression *e = &j->expressions[j->expression_count++];
    memset(e->slot_of_role, UCHAR_MAX, sizeof e->slot_of_role); /* NO_SLOT */
    *status = points_open(&e->of, j->r, s->item, false, &j->memory, err);
    e->of.chosen = s->reducer == BALLOT_CHOSEN;
    e->of.options = s->options;
    return *status ? NULL : e;
}

/* The slots that a source adds up: one for each of its roles. */
static void lay_out_source(struct workings *w, expression *e, const ballot_source *s, ballot_place *place)
{
    place->first = (uint32_t)w->slot_list_count;
    place->scale = e->of.scale;
    place->chosen = s->reducer == BALLOT_CHOSEN;
    for (uint32_t role = 0; role < PLAN_MAX_ROLES; role++) {
        if (!(s->roles >> role & 1))
            continue;
        uint32_t *number = &e->slot_of_role[role];
        if (*number == NO_SLOT)
            *number = (uint32_t)w->slot_count++;
        w->slot_list[w->slot_list_count++] = *number;
    }
    place->count = (uint32_t)w->slot_list_count - place->first;
}

static assess_status lay_out(job *j, assess_error *err)
{
    const plan *p = j->r->plan;
    struct workings *w = j->r->inner;
    assess_status status = ASSESS_OK;
    j->expressions = arena_zalloc(&j->memory, (p->ballot_count + 1) * sizeof *j->expressions);
    w->places = mem_zalloc(p->ballot_count + 1, sizeof *w->places);
    w->slot_list = mem_zalloc(p->ballot_count + 1, PLAN_MAX_ROLES * sizeof *w->slot_list);
    if (!j->expressions || !w->places || !w->slot_list)
        return error_no_memory(err);
    for (int counts = 0; counts < 2; counts++) /* what only counts comes last and finds another's slots */
        for (size_t i = 0; !status && i < p->ballot_count; i++) {
            w->places[i].listed = lists_need(&p->ballots[i]);
            if (w->places[i].listed || only_counts(&p->ballots[i]) != counts)
                continue;
            expression *e = expression_for(j, &p->ballots[i], &status, err);
            if (e)
                lay_out_source(w, e, &p->ballots[i], &w->places[i]);
        }
    return status;
}

static bool open_slices(job *j, unsigned threads)
{
    size_t count = j->r->batch->ballots.count / SLICE_MIN_BALLOTS + 1;
    count = count < threads ? count : threads;
    count = count < SLICES_MAX ? count : SLICES_MAX;
    j->slices = arena_zalloc(&j->memory, count * sizeof *j->slices);
    for (size_t s = 0; j->slices && s < count; s++, j->slice_count++)
        if (!(j->slices[s] = mem_resize(NULL, tally_count(j->r), sizeof **j->slices)))
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
    assess_status status = lay_out(&j, err);
    if (!status && !open_slices(&j, threads))
        status = error_no_memory(err);
    if (!status) {
        parallel_run(j.slice_count, threads, add_slice, &j);
        parallel_run(j.slice_count, threads, join_slices, &j);
    }
    close_job(&j);
    return status;
}
