/* columns_bench.c: from columns in memory to results, against a straightforward C loop over the same columns.
 *
 * It stands for a payroll system that holds the ballots of a province in memory. Both sides get the same arrays and do the
 * whole job of `bureau` without events: totals, means per role, the blend, half-up rounding to hundredths, grade, rank.
 *   assess  assess_result_new on a finished batch, after the rule file was loaded; loading is timed with it
 *   loop    what a careful programmer writes by hand: one pass over the ballots into 64-bit sums, one over the people, a
 *           sort of the scores; no validity checks, no derivation, no threads
 * Usage: columns_bench RULES_FOLDER [people [ballots per person [threads [grouped|shuffled]]]]
 * Prints the median of RUNS runs of each, in turns, the ratio, and whether every score and rank is the same. */
#include <assess/assess.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { RUNS = 7, ITEMS = 5 };
static const int64_t maximum[ITEMS] = {1000, 1000, 1000, 6000, 1000}; /* in hundredths of a point */

typedef struct columns {
    size_t people, ballots;
    uint32_t *subject;
    uint8_t *role; /* 1 peer, 2 leader: the order of the scheme */
    int64_t *values[ITEMS];
} columns;

typedef struct answer {
    int64_t *score;
    uint32_t *rank;
} answer;

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
    return *state;
}

static void *need(size_t count, size_t size)
{
    void *block = calloc(count, size);
    if (!block) {
        fprintf(stderr, "no memory\n");
        exit(4);
    }
    return block;
}

static columns make_columns(size_t people, size_t per_person, int shuffled)
{
    columns c = {.people = people, .ballots = people * per_person};
    uint64_t state = 88172645463325252u;
    c.subject = need(c.ballots, sizeof *c.subject);
    c.role = need(c.ballots, sizeof *c.role);
    for (size_t i = 0; i < c.ballots; i++) {
        c.subject[i] = (uint32_t)(i / per_person);
        c.role[i] = i % per_person == 0 ? 2 : 1;
    }
    for (size_t i = c.ballots; shuffled && i > 1; i--) {
        size_t j = next_random(&state) % i;
        uint32_t s = c.subject[i - 1];
        uint8_t r = c.role[i - 1];
        c.subject[i - 1] = c.subject[j];
        c.role[i - 1] = c.role[j];
        c.subject[j] = s;
        c.role[j] = r;
    }
    for (int item = 0; item < ITEMS; item++) {
        c.values[item] = need(c.ballots, sizeof **c.values);
        for (size_t i = 0; i < c.ballots; i++)
            c.values[item][i] = (int64_t)(next_random(&state) % (uint64_t)(maximum[item] / 2)) + maximum[item] / 2;
    }
    return c;
}

/* --- the loop --- */

typedef struct sums {
    int64_t peer, leader;
    uint32_t peers, leaders;
} sums;

static int by_score(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (x[0] < y[0]) - (x[0] > y[0]);
}

static void loop(const columns *c, answer out, uint8_t *grade)
{
    sums *s = need(c->people, sizeof *s);
    int64_t(*order)[2] = need(c->people, sizeof *order);
    for (size_t i = 0; i < c->ballots; i++) {
        int64_t total = 0;
        for (int item = 0; item < ITEMS; item++)
            total += c->values[item][i];
        sums *t = &s[c->subject[i]];
        if (c->role[i] == 1) {
            t->peer += total;
            t->peers++;
        } else {
            t->leader += total;
            t->leaders++;
        }
    }
    for (size_t p = 0; p < c->people; p++) {
        /* (4 peer/peers + 6 leader/leaders) / 10, in hundredths, rounded half up */
        __extension__ typedef __int128 wide;
        wide num = (wide)4 * s[p].peer * s[p].leaders + (wide)6 * s[p].leader * s[p].peers;
        wide den = (wide)10 * s[p].peers * s[p].leaders;
        out.score[p] = (int64_t)((2 * num + den) / (2 * den));
        grade[p] = out.score[p] >= 9000 ? 0 : out.score[p] >= 7000 ? 1 : out.score[p] >= 6000 ? 2 : 3;
        order[p][0] = out.score[p];
        order[p][1] = (int64_t)p;
    }
    qsort(order, c->people, sizeof *order, by_score);
    for (size_t i = 0; i < c->people; i++)
        out.rank[order[i][1]] = i && order[i][0] == order[i - 1][0] ? out.rank[order[i - 1][1]] : (uint32_t)i + 1;
    free(s);
    free(order);
}

/* --- assess --- */

static void must(assess_status status, const assess_error *err)
{
    if (status) {
        fprintf(stderr, "%s\n", err->message[ASSESS_EN]);
        exit(status);
    }
}

static assess_scheme *load(const char *folder)
{
    assess_error err = {0};
    assess_scheme *scheme = NULL;
    assess_scheme_options o = {.size = sizeof o, .folders = &folder, .folder_count = 1, .period = "2026"};
    must(assess_scheme_load("bureau", &o, &scheme, &err), &err);
    return scheme;
}

static assess_batch *fill(const assess_scheme *scheme, const columns *c)
{
    assess_error err = {0};
    assess_batch *batch = NULL;
    const char **ids = need(c->people, sizeof *ids);
    char(*text)[24] = need(c->people, sizeof *text);
    for (size_t p = 0; p < c->people; p++) {
        snprintf(text[p], sizeof text[p], "P%zu", p);
        ids[p] = text[p];
    }
    must(assess_batch_new(scheme, NULL, &batch, &err), &err);
    must(assess_batch_add_people(batch, c->people, ids, NULL, NULL, NULL, &err), &err);
    must(assess_batch_add_ballots(batch, c->ballots, c->subject, NULL, c->role, (const int64_t *const *)c->values, 2, &err), &err);
    must(assess_batch_finish(batch, &err), &err);
    free(ids);
    free(text);
    return batch;
}

static size_t differences(assess_batch *batch, answer expected)
{
    assess_error err = {0};
    assess_result *result = NULL;
    size_t wrong = 0;
    must(assess_result_new(batch, NULL, &result, &err), &err);
    for (size_t p = 0; p < assess_result_count(result); p++) {
        assess_row row = {.size = sizeof row};
        char score[32];
        must(assess_result_row(result, p, ASSESS_EN, &row, &err), &err);
        snprintf(score, sizeof score, "%lld.%02lld", (long long)expected.score[p] / 100, (long long)expected.score[p] % 100);
        wrong += strcmp(row.score, score) != 0 || row.rank != expected.rank[p];
    }
    assess_result_free(result);
    return wrong;
}

static int by_time(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *times)
{
    qsort(times, RUNS, sizeof *times, by_time);
    return times[RUNS / 2];
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return fprintf(stderr, "usage: columns_bench RULES_FOLDER [people [ballots [threads [grouped|shuffled]]]]\n"), 2;
    size_t people = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000, each = argc > 3 ? strtoul(argv[3], NULL, 10) : 20;
    unsigned threads = argc > 4 ? (unsigned)strtoul(argv[4], NULL, 10) : 1;
    columns c = make_columns(people, each, argc > 5 && strcmp(argv[5], "shuffled") == 0);
    answer hand = {need(people, sizeof(int64_t)), need(people, sizeof(uint32_t))};
    uint8_t *grade = need(people, 1);
    assess_scheme *scheme = load(argv[1]);
    assess_batch *batch = fill(scheme, &c);
    double loops[RUNS], runs[RUNS];
    for (int i = 0; i < RUNS; i++) {
        assess_error err = {0};
        assess_result *result = NULL;
        assess_result_options o = {.size = sizeof o, .threads = threads};
        double start = now();
        loop(&c, hand, grade);
        loops[i] = now() - start;
        start = now();
        assess_scheme_free(load(argv[1]));
        must(assess_result_new(batch, &o, &result, &err), &err);
        runs[i] = now() - start;
        assess_result_free(result);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    double by_hand = median(loops), by_assess = median(runs);
    printf("people %zu  ballots %zu  threads %u\nloop   %.3f s (median of %d)\nassess %.3f s\nratio  %.2f\n", people, c.ballots, threads,
           by_hand, RUNS, by_assess, by_assess / by_hand);
    printf("differences %zu\npeak memory of both together %ld MiB\n", differences(batch, hand), usage.ru_maxrss / 1024);
    assess_batch_free(batch);
    assess_scheme_free(scheme);
    return 0;
}
