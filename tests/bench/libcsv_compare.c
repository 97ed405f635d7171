/* What libcsv's tokenizing alone costs on a file of ballots: its callbacks only count. Reading the file is not counted.
 *
 *     cc -O2 tests/bench/libcsv_compare.c -lcsv -o libcsv_compare && ./libcsv_compare ratings.csv
 *
 * Prints the best of five runs. Compare it with the whole of reading (tokenizing, checking, storing) of the same file.
 */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct counts {
    size_t cells, records, bytes;
} counts;

static void on_cell(void *bytes, size_t length, void *user)
{
    counts *c = user;
    (void)bytes;
    c->cells++;
    c->bytes += length;
}

static void on_record(int end, void *user)
{
    counts *c = user;
    (void)end;
    c->records++;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0)
        return NULL;
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    if (bytes && fread(bytes, 1, *length, file) != *length) {
        free(bytes);
        bytes = NULL;
    }
    fclose(file);
    return bytes;
}

static double tokenize(const char *bytes, size_t length, counts *c)
{
    enum { CHUNK = 512 * 1024 };
    struct csv_parser parser;
    double begin = now();
    *c = (counts){0, 0, 0};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return -1;
    for (size_t at = 0; at < length; at += CHUNK) {
        size_t part = length - at < CHUNK ? length - at : CHUNK;
        if (csv_parse(&parser, bytes + at, part, on_cell, on_record, c) != part)
            return -1;
    }
    csv_fini(&parser, on_cell, on_record, c);
    csv_free(&parser);
    return now() - begin;
}

int main(int count, char **arguments)
{
    enum { RUNS = 5 };
    size_t length = 0;
    char *bytes = count == 2 ? read_file(arguments[1], &length) : NULL;
    counts c;
    double best = 1e9;
    if (!bytes) {
        fputs("usage: libcsv_compare FILE.csv\n", stderr);
        return 2;
    }
    for (int run = 0; run < RUNS; run++) {
        double seconds = tokenize(bytes, length, &c);
        if (seconds >= 0 && seconds < best)
            best = seconds;
    }
    printf("libcsv: %.3f s for %zu bytes, %zu records, %zu cells\n", best, length, c.records, c.cells);
    free(bytes);
    return 0;
}
