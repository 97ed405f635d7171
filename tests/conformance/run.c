/* run.c: the cases of cases.tsv through the C interface of an installed libassess; README.md says what it writes.
 *
 *     ./run cases.tsv SOURCE OUT
 */
#define _POSIX_C_SOURCE 200809L
#include <assess/assess.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, LINE = 4096, PATH = 4352 };
enum column { NAME, RULES, PERIOD, SETTINGS, IGNORED, INPUTS, LANGUAGE, STATUS, ERROR, PROBLEMS, RESULTS, EXPLAIN_ID, EXPLAIN, COLUMNS };

typedef struct list {
    const char *items[MOST];
    size_t count;
} list;

typedef struct handles {
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
} handles;

static int split(char *line, char mark, char **fields, int most)
{
    int count = 0;
    for (char *at = line; at && count < most; count++) {
        fields[count] = at;
        at = strchr(at, mark);
        if (at)
            *at++ = '\0';
    }
    return count;
}

static list words_of(char *text)
{
    list l = {{0}, 0};
    char *fields[MOST];
    int count = *text ? split(text, ' ', fields, MOST) : 0;
    for (int i = 0; i < count; i++)
        l.items[l.count++] = fields[i];
    return l;
}

static int write_file(const char *folder, const char *name, const char *ending, const char *bytes, size_t length)
{
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, length, f) != length || fclose(f))
        return fprintf(stderr, "cannot write %s\n", path), 1;
    return 0;
}

static int write_problems(const handles *h, const char *folder, const char *name)
{
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s.problems.txt", folder, name);
    FILE *f = fopen(path, "wb");
    for (size_t i = 0; f && i < assess_batch_problem_count(h->batch); i++) {
        assess_problem p = {.size = sizeof p};
        if (assess_batch_problem(h->batch, i, &p, NULL))
            return 1;
        fprintf(f, "%s:%u\n", p.id, (unsigned)p.row);
    }
    return !f || fclose(f);
}

static assess_status load(char **c, const char *rules, handles *h, assess_error *err)
{
    const char *folders[] = {rules};
    list settings = words_of(c[SETTINGS]);
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .settings = settings.items,
                               .setting_count = settings.count, .period = c[PERIOD]};
    return assess_scheme_load(c[RULES], &o, &h->scheme, err);
}

static assess_status fill(char **c, handles *h, assess_error *err)
{
    list ignored = words_of(c[IGNORED]), inputs = words_of(c[INPUTS]);
    assess_batch_options o = {.size = sizeof o, .ignored_kinds = ignored.items, .ignored_kind_count = ignored.count};
    assess_status s = assess_batch_new(h->scheme, &o, &h->batch, err);
    s = s ? s : assess_batch_read(h->batch, inputs.items, inputs.count, err);
    if (s == ASSESS_E_INPUT) /* a wrong path: what else is wrong belongs to the problems */
        assess_batch_finish(h->batch, NULL);
    return s ? s : assess_batch_finish(h->batch, err);
}

static assess_status give(char **c, const char *folder, handles *h, assess_error *err)
{
    assess_language language = strcmp(c[LANGUAGE], "en") == 0 ? ASSESS_EN : ASSESS_ZH;
    assess_explain_options o = {.size = sizeof o, .language = language, .format = ASSESS_FORMAT_JSON};
    char *csv = NULL, *why = NULL;
    size_t length = 0;
    assess_status s = assess_result_new(h->batch, NULL, &h->result, err);
    s = s ? s : assess_result_csv(h->result, language, &csv, &length, err);
    if (!s && write_file(folder, c[NAME], "results.csv", csv, length))
        s = ASSESS_E_SYSTEM;
    if (!s && *c[EXPLAIN_ID])
        s = assess_explain(h->result, c[EXPLAIN_ID], &o, &why, err);
    if (!s && why && write_file(folder, c[NAME], "explain.json", why, strlen(why)))
        s = ASSESS_E_SYSTEM;
    assess_text_free(csv);
    assess_text_free(why);
    return s;
}

static int run_case(char **c, const char *rules, const char *folder)
{
    handles h = {0};
    assess_error err = {0};
    char outcome[96];
    assess_status s = load(c, rules, &h, &err);
    s = s ? s : fill(c, &h, &err);
    s = s ? s : give(c, folder, &h, &err);
    snprintf(outcome, sizeof outcome, "%d %s\n", (int)s, err.id);
    int failed = write_problems(&h, folder, c[NAME]) || write_file(folder, c[NAME], "outcome.txt", outcome, strlen(outcome));
    assess_result_free(h.result);
    assess_batch_free(h.batch);
    assess_scheme_free(h.scheme);
    return failed;
}

int main(int argc, char **argv)
{
    char line[LINE], rules[PATH], *columns[COLUMNS];
    FILE *f = argc == 4 ? fopen(argv[1], "rb") : NULL;
    if (!f || snprintf(rules, sizeof rules, "%s/rules", argv[2]) < 0)
        return fprintf(stderr, "usage: run CASES SOURCE OUT (in SOURCE)\n"), 2;
    int failed = 0;
    for (int row = 0; fgets(line, sizeof line, f); row++) {
        line[strcspn(line, "\n")] = '\0';
        if (row > 0 && line[0] != '#' && split(line, '\t', columns, COLUMNS) == COLUMNS)
            failed |= run_case(columns, rules, argv[3]);
    }
    fclose(f);
    return failed;
}
