/* groups_bench.c: what places, ranks and quotas cost over a large batch whose people are in units.
 *
 * One ballot a person, units of UNIT_PEOPLE. The same batch is run by one scheme after another, each with one thing more than
 * `plain`, so that the difference is what that thing costs.
 * Usage: groups_bench [people [threads]]
 * Prints the fastest and the median of RUNS runs of each scheme. */
#include <assess/assess.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { RUNS = 5, UNIT_PEOPLE = 20 };

#define WORDS "zh = '字', en = 'words'"
#define PLAIN                                                                                                                        \
    "scheme { id = 'groups', format = 1, title = { zh = '组', en = 'Groups' }, source = { zh = '测', en = 'A measure' } }\n"         \
    "items { { 'a', points = 100, " WORDS " }, { 'b', points = 100, " WORDS " } } roles { 'peer' }\n"                                 \
    "local second = ballots 'peer':item 'b':mean()\n"                                                                                \
    "local total = score { ballots 'peer':item 'a':mean(), round = half_up(2), " WORDS " }\n"                                         \
    "step { second, " WORDS " }\n"                                                                                                  \
    "grades { { 'excellent', from = 85, " WORDS " }, { 'good', from = 60, " WORDS " }, { 'poor', from = 0, " WORDS " } }\n"
#define RANK(within, by) "rank { within = '" within "', " by WORDS " }\n"
#define QUOTA(more) "quota { 'excellent', rate = 0.15, within = 'unit', round = round_down(0), " more "tie = 'list', over = 'next_grade', " WORDS " }\n"

static const struct scheme {
    const char *name, *rules;
} schemes[] = {
    {"plain", PLAIN},
    {"rank in the batch", PLAIN RANK("batch", "")},
    {"rank in units", PLAIN RANK("unit", "")},
    {"rank in the batch, chain with a mean", PLAIN RANK("batch", "by = { total, second }, ")},
    {"rank in units, chain with a mean", PLAIN RANK("unit", "by = { total, second }, ")},
    {"rank in the batch by a mean alone", PLAIN RANK("batch", "by = { second }, ")},
    {"quota in units", PLAIN QUOTA("")},
    {"quota in units, all pooled", PLAIN QUOTA("minimum_base = 30, pool = 'batch', ")},
    {"rank and quota in units", PLAIN RANK("unit", "") QUOTA("")},
    {"median in units", PLAIN "step { across { total, within = 'unit' }:median(), " WORDS " }\n"},
    {"draw of one in each unit", PLAIN "step { draw { 1, seed = 2026, within = 'unit' }, " WORDS " }\n"},
};

static void *need(size_t count, size_t size)
{
    void *block = calloc(count, size);
    if (!block) {
        fprintf(stderr, "no memory\n");
        exit(4);
    }
    return block;
}

static void must(assess_status status, const assess_error *err)
{
    if (status) {
        fprintf(stderr, "%s\n", err->message[ASSESS_EN]);
        exit(status);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state >> 11;
}

static assess_scheme *load(const char *rules)
{
    char path[] = "./groups_bench.XXXXXX";
    assess_error err = {0};
    assess_scheme *scheme = NULL;
    assess_scheme_options o = {.size = sizeof o, .period = "2026"};
    int fd = mkstemp(path);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f || fputs(rules, f) < 0 || fclose(f) != 0)
        exit(4);
    assess_status status = assess_scheme_load(path, &o, &scheme, &err);
    remove(path);
    must(status, &err);
    return scheme;
}

/* Scores in hundredths from 50 to 100; people of a unit stand scattered over the table. */
static assess_batch *fill(const assess_scheme *scheme, size_t people)
{
    assess_error err = {0};
    assess_batch *batch = NULL;
    size_t units = people / UNIT_PEOPLE + 1;
    char(*texts)[2][24] = need(people, sizeof *texts);
    const char **ids = need(people, sizeof *ids), **names = need(people, sizeof *names);
    uint32_t *subject = need(people, sizeof *subject);
    uint8_t *role = need(people, 1);
    int64_t *values[2] = {need(people, sizeof **values), need(people, sizeof **values)};
    uint64_t state = 88172645463325252u;
    for (size_t p = 0; p < people; p++) {
        snprintf(texts[p][0], sizeof texts[p][0], "P%zu", p);
        snprintf(texts[p][1], sizeof texts[p][1], "U%zu", (size_t)(next_random(&state) % units));
        ids[p] = texts[p][0];
        names[p] = texts[p][1];
        subject[p] = (uint32_t)p;
        for (int i = 0; i < 2; i++)
            values[i][p] = 5000 + (int64_t)(next_random(&state) % 5001);
    }
    must(assess_batch_new(scheme, NULL, &batch, &err), &err);
    must(assess_batch_add_people(batch, people, ids, NULL, names, NULL, &err), &err);
    must(assess_batch_add_ballots(batch, people, subject, NULL, role, (const int64_t *const *)values, 2, &err), &err);
    must(assess_batch_finish(batch, &err), &err);
    void *blocks[] = {texts, ids, names, subject, role, values[0], values[1]};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        free(blocks[i]);
    return batch;
}

static int by_time(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void measure(const struct scheme *s, size_t people, unsigned threads)
{
    double times[RUNS];
    assess_scheme *scheme = load(s->rules);
    assess_batch *batch = fill(scheme, people);
    for (int i = 0; i < RUNS; i++) {
        assess_error err = {0};
        assess_result *result = NULL;
        assess_result_options o = {.size = sizeof o, .threads = threads};
        double start = now();
        must(assess_result_new(batch, &o, &result, &err), &err);
        times[i] = now() - start;
        assess_result_free(result);
    }
    assess_batch_free(batch);
    assess_scheme_free(scheme);
    qsort(times, RUNS, sizeof *times, by_time);
    printf("%-40s %.3f s  %.3f s\n", s->name, times[0], times[RUNS / 2]);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    size_t people = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
    unsigned threads = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1;
    printf("people %zu  units of about %d  threads %u\n%-40s fastest  median of %d\n", people, UNIT_PEOPLE, threads, "", RUNS);
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        measure(&schemes[i], people, threads);
    return 0;
}
