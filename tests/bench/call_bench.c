/* call_bench.c: what one call costs in C; bindings/python/tests/overhead.py, bindings/lua/test/overhead.lua and
 * bindings/node/test/overhead.js measure the same calls in the same way, and bindings/README.md has the figures.
 *
 * Usage: call_bench RULES INPUT      (rules and examples/year-end)
 * Prints, for each call, the fastest of AGAIN rounds, in nanoseconds of the processor a call: others on the machine count little then. */
#include <assess/assess.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AGAIN = 5 };
static const char BEST[] = "1602"; /* the best of the example */

typedef struct bench {
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
    const char *const *paths;
} bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void must(assess_status status, const assess_error *err)
{
    if (!status)
        return;
    fprintf(stderr, "%s\n", err->message[ASSESS_EN]);
    exit((int)status);
}

static assess_result *run(bench *b)
{
    assess_error err = {0};
    assess_result *result = NULL;
    assess_batch_options options = {.size = sizeof options, .threads = 1};
    assess_result_options result_options = {.size = sizeof result_options, .threads = 1};
    must(assess_batch_new(b->scheme, &options, &b->batch, &err), &err);
    must(assess_batch_read(b->batch, b->paths, 1, &err), &err);
    must(assess_batch_finish(b->batch, &err), &err);
    must(assess_result_new(b->batch, &result_options, &result, &err), &err);
    assess_batch_free(b->batch);
    return result;
}

/* ---- what is measured: call number k ---- */

static void count(bench *b, size_t k)
{
    (void)k;
    if (assess_result_count(b->result) == 0)
        exit(1);
}

static void row(bench *b, size_t k)
{
    assess_error err = {0};
    assess_row r = {.size = sizeof r};
    must(assess_result_row(b->result, k % assess_result_count(b->result), ASSESS_ZH, &r, &err), &err);
}

static void no_row(bench *b, size_t k)
{
    assess_error err = {0};
    assess_row r = {.size = sizeof r};
    (void)k;
    if (assess_result_row(b->result, SIZE_MAX, ASSESS_ZH, &r, &err) != ASSESS_E_CALL)
        exit(1);
}

static void explain(bench *b, size_t k)
{
    assess_error err = {0};
    char *text = NULL;
    (void)k;
    must(assess_explain(b->result, BEST, NULL, &text, &err), &err);
    assess_text_free(text);
}

static void whole(bench *b, size_t k)
{
    (void)k;
    assess_result_free(run(b));
}

static const struct call {
    const char *name;
    size_t times;
    void (*call)(bench *b, size_t k);
} calls[] = {{"count: a number", 1000000, count},
             {"row: nine fields", 200000, row},
             {"row that is not there: an error", 50000, no_row},
             {"explain: a text", 2000, explain},
             {"run: 180 people from 14 files", 20, whole}};

static double measure(bench *b, const struct call *c)
{
    double best = 0;
    for (int again = 0; again < AGAIN; again++) {
        double start = now();
        for (size_t k = 0; k < c->times; k++)
            c->call(b, k);
        double took = (now() - start) / (double)c->times;
        best = again == 0 || took < best ? took : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    assess_error err = {0};
    if (argc != 3)
        return fprintf(stderr, "usage: call_bench RULES INPUT\n"), 2;
    const char *folders[] = {argv[1]}, *paths[] = {argv[2]};
    bench b = {.paths = paths};
    assess_scheme_options options = {.size = sizeof options, .folders = folders, .folder_count = 1, .period = "2026"};
    must(assess_scheme_load("bureau", &options, &b.scheme, &err), &err);
    b.result = run(&b);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        printf("%-40s %12.0f ns\n", calls[i].name, measure(&b, &calls[i]));
    assess_result_free(b.result);
    assess_scheme_free(b.scheme);
    return 0;
}
