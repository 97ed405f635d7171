/* lists.c: figures that need the single values of a subject's ballots — the middle one, the ends, what is left between them —
 * or that look at who gave them. The ballots of such a source are laid side by side by subject
 * (two walks, no comparison), sorted where that is needed, reduced, and let go. */
#include "base/parallel.h"
#include "batch/group.h"
#include "engine/points.h"
#include "engine/run.h"

enum { SUBJECTS_PER_TASK = 4096 };

typedef struct list {
    result *r;
    uint32_t source;      /* the first of those that share the list */
    uint32_t *sharing;    /* [sharing_count]: all of them */
    size_t sharing_count;
    points of;
    bool by_option;       /* values are numbers of options, of valid ballots; else points of those that count */
    uint64_t filter;      /* the bit of the mark that says whether the rater is looked at; 0: everybody */
    size_t *first;        /* [subject + 1]: where a subject's values begin */
    uint64_t *values;
    tally *counts;        /* [subject] */
    bool sorted;
    arena memory;
} list;

static bool in_order(const ballot_source *s)
{
    return s->trim != SOURCE_NONE || ballots_are_single(s->reducer);
}

bool lists_need(const ballot_source *s) { return in_order(s) || s->attribute != SOURCE_NONE; }

static uint64_t filter_of(const struct workings *w, uint32_t source) { return w->filter_marks ? w->filter_marks[source] : 0; }

static bool share_a_list(const ballot_source *a, const ballot_source *b)
{
    return a->roles == b->roles && a->item == b->item && (a->reducer == BALLOT_CHOSEN) == (b->reducer == BALLOT_CHOSEN);
}

/* --- laying them side by side --- */

static bool looked_at(const list *l, size_t ballot)
{
    const ballots *b = &l->r->batch->ballots;
    if (!(l->r->plan->ballots[l->source].roles >> b->role[ballot] & 1))
        return false;
    return !l->filter || (l->r->marks[ballot] & l->filter);
}

static bool has_value(const list *l, uint8_t state) { return state == COUNTED || (l->by_option && state == NOT_COUNTED); }

static void count_ballot(list *l, uint32_t subject, uint8_t state)
{
    tally *t = &l->counts[subject];
    t->counted += state == COUNTED;
    t->not_counted += state == NOT_COUNTED;
    t->invalid += state == INVALID;
    l->first[subject + 2] += has_value(l, state);
}

static void place_ballot(list *l, uint32_t subject, size_t ballot, int64_t points_given)
{
    int64_t value = l->by_option ? l->of.readings[0].cells[ballot] : points_given;
    l->values[l->first[subject + 1]++] = (uint64_t)value; /* points are never below 0 */
}

/* The first walk counts, the second places. */
static void walk(list *l, bool placing)
{
    const ballots *b = &l->r->batch->ballots;
    int64_t sum[CHUNK];
    uint8_t state[CHUNK];
    for (size_t at = 0; at < b->count; at += CHUNK) {
        size_t n = b->count - at < CHUNK ? b->count - at : CHUNK;
        points_read(&l->of, at, n, sum, state);
        for (size_t i = 0; i < n; i++) {
            if (!looked_at(l, at + i))
                continue;
            if (!placing)
                count_ballot(l, b->subject[at + i], state[i]);
            else if (has_value(l, state[i]))
                place_ballot(l, b->subject[at + i], at + i, sum[i]);
        }
    }
}

static bool lay_out(list *l)
{
    size_t people = l->r->count;
    l->first = mem_zalloc(people + 2, sizeof *l->first);
    l->counts = mem_zalloc(people + 1, sizeof *l->counts);
    if (!l->first || !l->counts)
        return false;
    walk(l, false);
    for (size_t s = 0; s < people; s++)
        l->first[s + 2] += l->first[s + 1]; /* now [s + 1] is where s begins, and where it ends once it is placed */
    l->values = mem_alloc((l->first[people + 1] + 1) * sizeof *l->values);
    if (!l->values)
        return false;
    walk(l, true);
    return true;
}

/* --- reducing --- */

/* Of so many in order, those from *low up to before *high stay. */
static void cut_ends(const plan_trim *t, size_t count, size_t *low, size_t *high)
{
    const trim_row *row = NULL;
    for (size_t i = 0; i < t->row_count && t->rows[i].from <= count; i++)
        row = &t->rows[i];
    if (!row)
        return;
    size_t share = (size_t)((int128)count * row->share.coeff / power_of_ten(row->share.scale));
    *low += row->share.coeff ? share : row->low;
    *high -= row->share.coeff ? share : row->high;
}

static size_t count_chosen(const uint64_t *values, size_t count, uint64_t options)
{
    size_t chosen = 0;
    for (size_t i = 0; i < count; i++)
        chosen += options >> values[i] & 1;
    return chosen;
}

static void reduce(const plan *p, const ballot_source *s, const uint64_t *values, size_t count, tally *out)
{
    size_t low = 0, high = count;
    if (s->reducer == BALLOT_CHOSEN) {
        out->used = (uint32_t)count_chosen(values, count, s->options);
        return;
    }
    if (s->trim != SOURCE_NONE)
        cut_ends(&p->trims[s->trim], count, &low, &high);
    if (s->reducer == BALLOT_MEDIAN && high > low) {
        size_t above = low + (high - low) / 2;
        low = low + (high - low - 1) / 2;
        high = above + 1;
    }
    if (s->reducer == BALLOT_HIGHEST && high > low)
        low = high - 1;
    if (s->reducer == BALLOT_LOWEST && high > low)
        high = low + 1;
    out->used = (uint32_t)(high - low);
    for (size_t i = low; i < high; i++)
        out->sum += (int128)values[i];
}

static void reduce_subjects(void *context, size_t task, unsigned worker)
{
    (void)worker;
    const list *l = context;
    const plan *p = l->r->plan;
    struct workings *w = l->r->inner;
    size_t end = (task + 1) * SUBJECTS_PER_TASK < l->r->count ? (task + 1) * SUBJECTS_PER_TASK : l->r->count;
    for (size_t subject = task * SUBJECTS_PER_TASK; subject < end; subject++) {
        uint64_t *values = l->values + l->first[subject];
        size_t count = l->first[subject + 1] - l->first[subject];
        if (l->sorted)
            group_sort_keys(values, count);
        for (size_t i = 0; i < l->sharing_count; i++) {
            tally *out = &w->listed[subject * w->listed_count + w->places[l->sharing[i]].first];
            *out = l->counts[subject];
            reduce(p, &p->ballots[l->sharing[i]], values, count, out);
        }
    }
}

static void close_list(list *l)
{
    mem_free(l->first);
    mem_free(l->values);
    mem_free(l->counts);
    arena_free(&l->memory);
}

/* The sources that share the list of the first one. */
static bool find_sharing(list *l, bool *done)
{
    const plan *p = l->r->plan;
    struct workings *w = l->r->inner;
    l->sharing = arena_alloc(&l->memory, p->ballot_count * sizeof *l->sharing);
    for (uint32_t i = l->source; l->sharing && i < p->ballot_count; i++) {
        if (!w->places[i].listed || filter_of(w, i) != l->filter || !share_a_list(&p->ballots[i], &p->ballots[l->source]))
            continue;
        done[i] = true;
        w->places[i].scale = l->of.scale;
        l->sorted |= in_order(&p->ballots[i]);
        l->sharing[l->sharing_count++] = i;
    }
    return l->sharing != NULL;
}

static assess_status take_list(result *r, uint32_t source, unsigned threads, bool *done, assess_error *err)
{
    const ballot_source *s = &r->plan->ballots[source];
    list l = {.r = r, .source = source, .by_option = s->reducer == BALLOT_CHOSEN, .filter = filter_of(r->inner, source)};
    assess_status status = points_open(&l.of, r, s->item, false, &l.memory, err);
    if (!status && (!find_sharing(&l, done) || !lay_out(&l)))
        status = error_no_memory(err);
    if (!status)
        parallel_run((r->count + SUBJECTS_PER_TASK - 1) / SUBJECTS_PER_TASK, threads, reduce_subjects, &l);
    close_list(&l);
    return status;
}

assess_status list_ballots(result *r, unsigned threads, assess_error *err)
{
    struct workings *w = r->inner;
    for (size_t i = 0; i < r->plan->ballot_count; i++)
        if (w->places[i].listed)
            w->places[i].first = (uint32_t)w->listed_count++;
    if (!w->listed_count)
        return ASSESS_OK;
    w->listed = r->count <= SIZE_MAX / w->listed_count ? mem_zalloc(r->count * w->listed_count + 1, sizeof *w->listed) : NULL;
    bool *done = mem_zalloc(r->plan->ballot_count, sizeof *done);
    assess_status s = w->listed && done ? ASSESS_OK : error_no_memory(err);
    for (uint32_t i = 0; !s && i < r->plan->ballot_count; i++)
        if (w->places[i].listed && !done[i])
            s = take_list(r, i, threads, done, err);
    mem_free(done);
    return s;
}
