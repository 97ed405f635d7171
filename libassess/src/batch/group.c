/* group: each part of the rows is counted on its own, the counts of all parts become places, and each part then puts
 * its rows into its own places. The parts lie in the order of the rows, so the result does not depend on their number.
 */
#include "batch/group.h"

#include "base/mem.h"
#include "base/parallel.h"

enum { MOST_PARTS = 8, FEW_KEYS = 48, ROWS_WORTH_A_PART = 50000 };

typedef struct grouping_job {
    const uint32_t *group;
    size_t count, groups, parts;
    uint32_t *places; /* [part][group] */
    grouping *out;
    group_word word;
    const void *context;
} grouping_job;

static size_t part_begin(const grouping_job *job, size_t part)
{
    return job->count / job->parts * part + (part < job->count % job->parts ? part : job->count % job->parts);
}

static void count_part(void *context, size_t part, unsigned worker)
{
    const grouping_job *job = context;
    uint32_t *places = job->places + part * job->groups;
    (void)worker;
    for (size_t i = part_begin(job, part), end = part_begin(job, part + 1); i < end; i++)
        places[job->group[i]]++;
}

/* Groups come in random order, and so do the places that are written to: each is asked for some rows ahead. */
static void place_part(void *context, size_t part, unsigned worker)
{
    enum { AHEAD = 24 };
    const grouping_job *job = context;
    uint32_t *places = job->places + part * job->groups;
    size_t i = part_begin(job, part), end = part_begin(job, part + 1);
    (void)worker;
    for (; i < end; i++) {
        uint32_t place = places[job->group[i]]++, later = i + AHEAD < end ? places[job->group[i + AHEAD]] : place;
        if (job->word) {
            __builtin_prefetch(&job->out->words[later], 1);
            job->out->words[place] = job->word(job->context, (uint32_t)i);
        } else {
            __builtin_prefetch(&job->out->member[later], 1);
            job->out->member[place] = (uint32_t)i;
        }
    }
}

static void counts_to_places(const grouping_job *job, uint32_t *first)
{
    uint32_t at = 0;
    for (size_t g = 0; g < job->groups; g++) {
        first[g] = at;
        for (size_t part = 0; part < job->parts; part++) {
            uint32_t *place = &job->places[part * job->groups + g];
            uint32_t count = *place;
            *place = at;
            at += count;
        }
    }
    first[job->groups] = at;
}

static size_t parts_for(size_t count, unsigned threads)
{
    size_t parts = threads < MOST_PARTS ? threads : MOST_PARTS;
    size_t worth = count / ROWS_WORTH_A_PART;
    parts = parts < worth ? parts : worth;
    return parts > 0 ? parts : 1;
}

static bool run(grouping_job *job, unsigned threads)
{
    grouping *out = job->out;
    *out = (grouping){0};
    if (job->count >= UINT32_MAX)
        return false;
    job->places = mem_zalloc(job->parts * job->groups, sizeof *job->places);
    out->first = mem_resize(NULL, job->groups + 1, sizeof *out->first);
    if (job->word)
        out->words = mem_resize(NULL, job->count, sizeof *out->words);
    else
        out->member = mem_resize(NULL, job->count, sizeof *out->member);
    if (!job->places || !out->first || (!out->words && !out->member)) {
        mem_free(job->places);
        group_free(out);
        return false;
    }
    parallel_run(job->parts, threads, count_part, job);
    counts_to_places(job, out->first);
    parallel_run(job->parts, threads, place_part, job);
    mem_free(job->places);
    return true;
}

bool group_rows(const uint32_t *group, size_t count, size_t groups, unsigned threads, grouping *out)
{
    grouping_job job = {
        .group = group, .count = count, .groups = groups, .parts = parts_for(count, threads), .out = out};
    return run(&job, threads);
}

bool group_words(const uint32_t *group, size_t count, size_t groups, unsigned threads, group_word word,
                 const void *context, grouping *out)
{
    grouping_job job = {
        .group = group, .count = count, .groups = groups, .parts = parts_for(count, threads), .out = out};
    job.word = word;
    job.context = context;
    return run(&job, threads);
}

void group_free(grouping *g)
{
    mem_free(g->first);
    mem_free(g->member);
    mem_free(g->words);
    *g = (grouping){0};
}

static void insertion_sort(uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t key = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1] > key; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

static void sift_down(uint64_t *keys, size_t root, size_t count)
{
    uint64_t key = keys[root];
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && keys[child + 1] > keys[child])
            child++;
        if (keys[child] <= key)
            break;
        keys[root] = keys[child];
    }
    keys[root] = key;
}

static void heap_sort(uint64_t *keys, size_t count)
{
    for (size_t root = count / 2; root-- > 0;)
        sift_down(keys, root, count);
    for (size_t end = count; end-- > 1;) {
        uint64_t largest = keys[0];
        keys[0] = keys[end];
        keys[end] = largest;
        sift_down(keys, 0, end);
    }
}

void group_sort_keys(uint64_t *keys, size_t count)
{
    if (count <= FEW_KEYS)
        insertion_sort(keys, count);
    else
        heap_sort(keys, count);
}
