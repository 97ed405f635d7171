/* repeats: first only whether there are any: the rows become numbers, sorted subject by subject, and two neighbours are
 * equal or not. Tables without repeats, that is nearly all, are done then. Else the rows are looked at again one by
 * one, now with their place among the subject's rows, to say which repeats which.
 *
 * Each range of subjects has a list of problems of its own; the lists are put together in order, so that threads leave
 * no trace. */
#include "batch/repeats.h"

#include "base/parallel.h"
#include "batch/group.h"

enum { PLACE_BITS = 64 - REPEAT_KEY_BITS, RANGES_PER_THREAD = 4 };

typedef struct range_findings {
    problem_list problems;
    bool failed, any;
} range_findings;

typedef struct repeat_job {
    const repeat_search *search;
    grouping groups;
    size_t ranges;
    range_findings *findings; /* [ranges] */
} repeat_job;

static size_t range_begin(const repeat_job *job, size_t range)
{
    size_t subjects = job->search->subjects;
    return subjects / job->ranges * range + subjects % job->ranges * range / job->ranges;
}

static size_t sort_keys(const repeat_search *search, const uint32_t *member, size_t count, uint64_t *keys)
{
    size_t kept = 0;
    uint64_t key;
    for (size_t place = 0; place < count; place++)
        if (search->key(search->context, member[place], &key))
            keys[kept++] = key << PLACE_BITS | place;
    group_sort_keys(keys, kept);
    return kept;
}

static void check_subject(const repeat_search *search, const uint32_t *member, size_t count, uint64_t *keys,
                          problem_list *problems)
{
    const uint64_t place = (UINT64_C(1) << PLACE_BITS) - 1;
    size_t kept = sort_keys(search, member, count, keys);
    for (size_t i = 1, first = 0; i < kept; i++) {
        if (keys[i] >> PLACE_BITS != keys[first] >> PLACE_BITS)
            first = i;
        else
            search->report(search->context, member[keys[first] & place], member[keys[i] & place], problems);
    }
}

static size_t largest_group(const uint32_t *first, size_t begin, size_t end)
{
    size_t largest = 0;
    for (size_t g = begin; g < end; g++)
        if (first[g + 1] - first[g] > largest)
            largest = first[g + 1] - first[g];
    return largest;
}

static void check_range(void *context, size_t range, unsigned worker)
{
    const repeat_job *job = context;
    const uint32_t *first = job->groups.first;
    range_findings *own = &job->findings[range];
    size_t begin = range_begin(job, range), end = range_begin(job, range + 1);
    size_t largest = largest_group(first, begin, end);
    uint64_t *keys = mem_resize(NULL, largest, sizeof *keys);
    (void)worker;
    own->failed = !keys || largest >> PLACE_BITS != 0;
    for (size_t g = begin; !own->failed && g < end; g++)
        if (first[g + 1] - first[g] > 1)
            check_subject(job->search, job->groups.member + first[g], first[g + 1] - first[g], keys, &own->problems);
    mem_free(keys);
}

/* ---- whether there are any ---- */

/* A row that repeats nothing is unlike every other. */
static uint64_t word_of(const void *context, uint32_t row)
{
    const repeat_search *search = context;
    uint64_t key;
    return search->key(search->context, row, &key) ? key : UINT64_C(1) << 63 | row;
}

static void look_in_range(void *context, size_t range, unsigned worker)
{
    const repeat_job *job = context;
    const uint32_t *first = job->groups.first;
    uint64_t *words = job->groups.words;
    bool any = false;
    (void)worker;
    for (size_t g = range_begin(job, range), end = range_begin(job, range + 1); g < end; g++) {
        group_sort_keys(words + first[g], first[g + 1] - first[g]);
        for (uint32_t i = first[g] + 1; i < first[g + 1]; i++)
            any |= words[i] == words[i - 1];
    }
    job->findings[range].any = any;
}

static bool are_there_any(repeat_job *job, unsigned threads, bool *any)
{
    const repeat_search *search = job->search;
    *any = false;
    if (!group_words(search->subject, search->count, search->subjects, threads, word_of, search, &job->groups))
        return false;
    parallel_run(job->ranges, threads, look_in_range, job);
    for (size_t i = 0; i < job->ranges; i++)
        *any |= job->findings[i].any;
    group_free(&job->groups);
    return true;
}

/* ---- all of them ---- */

static bool gather(repeat_job *job, problem_list *problems)
{
    bool done = true;
    for (size_t i = 0; i < job->ranges; i++) {
        range_findings *own = &job->findings[i];
        done = done && !own->failed;
        problem_list_append(problems, &own->problems, 0);
        problem_list_free(&own->problems);
    }
    return done && !problems->failed;
}

static bool report_all(repeat_job *job, unsigned threads, problem_list *problems)
{
    const repeat_search *search = job->search;
    if (!group_rows(search->subject, search->count, search->subjects, threads, &job->groups))
        return false;
    parallel_run(job->ranges, threads, check_range, job);
    group_free(&job->groups);
    return gather(job, problems);
}

bool repeats_find(const repeat_search *search, unsigned threads, problem_list *problems)
{
    repeat_job job = {.search = search, .ranges = (size_t)threads * RANGES_PER_THREAD};
    bool any = false;
    if (search->count < 2)
        return true;
    job.findings = mem_zalloc(job.ranges, sizeof *job.findings);
    bool done = job.findings && are_there_any(&job, threads, &any) && (!any || report_all(&job, threads, problems));
    mem_free(job.findings);
    return done;
}
