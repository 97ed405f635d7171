/* run.c: the cases of cases.tsv and the calls of calls.tsv through the C interface of an installed libassess; README.md says what it
 * writes.
 *
 *     ./run SOURCE OUT
 */
#define _POSIX_C_SOURCE 200809L
#include <assess/assess.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 8, LINE = 4096, PATH = 4352, CASES = 256 };
enum column { NAME, RULES, PERIOD, SETTINGS, IGNORED, INPUTS, LANGUAGE, STATUS, ERROR, PROBLEMS, RESULTS, EXPLAIN_ID, EXPLAIN, COLUMNS };
enum call_column { CALL_NAME, CALL_CASE, CALL, ARGUMENT, OUTPUT, CALL_COLUMNS };

typedef struct list {
    const char *items[MOST];
    size_t count;
} list;

/* One case at work. */
typedef struct handles {
    const char *rules_folder;
    int hashes;
    assess_progress progress;
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

static list words_of(const char *text, char *copy)
{
    list l = {{0}, 0};
    char *fields[MOST];
    snprintf(copy, LINE, "%s", text);
    int count = *copy ? split(copy, ' ', fields, MOST) : 0;
    for (int i = 0; i < count; i++)
        l.items[l.count++] = fields[i];
    return l;
}

static FILE *open_output(const char *folder, const char *name, const char *ending)
{
    char path[PATH];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    FILE *f = fopen(path, "wb");
    if (!f)
        fprintf(stderr, "cannot write %s\n", path);
    return f;
}

static int write_file(const char *folder, const char *name, const char *ending, const char *bytes, size_t length)
{
    FILE *f = open_output(folder, name, ending);
    return !f || fwrite(bytes, 1, length, f) != length || fclose(f);
}

static int write_problems(const handles *h, const char *folder, const char *name)
{
    FILE *f = open_output(folder, name, "problems.txt");
    for (size_t i = 0; f && i < assess_batch_problem_count(h->batch); i++) {
        assess_problem p = {.size = sizeof p};
        if (assess_batch_problem(h->batch, i, &p, NULL))
            return 1;
        fprintf(f, "%s:%u\n", p.id, (unsigned)p.row);
    }
    return !f || fclose(f);
}

/* ---- the way to a result ---- */

static assess_language language_of(char **c) { return strcmp(c[LANGUAGE], "en") == 0 ? ASSESS_EN : ASSESS_ZH; }

static assess_status load(char **c, const char *more, handles *h, assess_error *err)
{
    const char *folders[] = {h->rules_folder};
    char text[LINE], copy[LINE];
    snprintf(text, sizeof text, "%s%s%s", c[SETTINGS], *c[SETTINGS] && *more ? " " : "", more);
    list settings = words_of(text, copy);
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1, .settings = settings.items,
                               .setting_count = settings.count, .period = c[PERIOD]};
    return assess_scheme_load(c[RULES], &o, &h->scheme, err);
}

static assess_status fill(char **c, handles *h, assess_error *err)
{
    char ignored_copy[LINE], inputs_copy[LINE];
    list ignored = words_of(c[IGNORED], ignored_copy), inputs = words_of(c[INPUTS], inputs_copy);
    assess_batch_options o = {.size = sizeof o, .ignored_kinds = ignored.items, .ignored_kind_count = ignored.count,
                              .hash_inputs = h->hashes, .progress = h->progress};
    assess_status s = assess_batch_new(h->scheme, &o, &h->batch, err);
    s = s ? s : assess_batch_read(h->batch, inputs.items, inputs.count, err);
    if (s == ASSESS_E_INPUT) /* a wrong path: what else is wrong belongs to the problems */
        assess_batch_finish(h->batch, NULL);
    return s ? s : assess_batch_finish(h->batch, err);
}

static assess_status whole(char **c, const char *more, handles *h, assess_error *err)
{
    assess_status s = load(c, more, h, err);
    s = s ? s : fill(c, h, err);
    return s ? s : assess_result_new(h->batch, NULL, &h->result, err);
}

static void drop(handles *h)
{
    assess_result_free(h->result);
    assess_batch_free(h->batch);
    assess_scheme_free(h->scheme);
    h->result = NULL;
    h->batch = NULL;
    h->scheme = NULL;
}

/* ---- cases ---- */

static assess_status give(char **c, const char *folder, handles *h, assess_error *err)
{
    assess_explain_options o = {.size = sizeof o, .language = language_of(c), .format = ASSESS_FORMAT_JSON};
    char *csv = NULL, *why = NULL;
    size_t length = 0;
    assess_status s = assess_result_csv(h->result, o.language, &csv, &length, err);
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
    handles h = {.rules_folder = rules};
    assess_error err = {0};
    char outcome[96];
    assess_status s = whole(c, "", &h, &err);
    s = s ? s : give(c, folder, &h, &err);
    snprintf(outcome, sizeof outcome, "%d %s\n", (int)s, err.id);
    int failed = write_problems(&h, folder, c[NAME]) || write_file(folder, c[NAME], "outcome.txt", outcome, strlen(outcome));
    drop(&h);
    return failed;
}

/* ---- calls: each writes into `out` what it gives ---- */

typedef assess_status call_function(char **c, const char *argument, handles *h, FILE *out, assess_error *err);

/* What a call of the library gave, written and freed. */
static assess_status put(FILE *out, assess_status s, char **text)
{
    if (!s)
        fputs(*text, out);
    assess_text_free(*text);
    return s;
}

static assess_status call_problems(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    char *text = NULL;
    (void)argument;
    assess_status s = load(c, "", h, err);
    s = s ? s : fill(c, h, err);
    return put(out, h->batch ? assess_batch_problems(h->batch, language_of(c), ASSESS_FORMAT_JSON, &text, err) : s, &text);
}

static assess_status call_readiness(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    char *text = NULL;
    size_t open = 0;
    (void)argument;
    assess_status s = load(c, "", h, err);
    s = s ? s : fill(c, h, err);
    s = s ? s : assess_batch_readiness(h->batch, language_of(c), ASSESS_FORMAT_JSON, &text, &open, err);
    if (!s)
        fprintf(out, "%zu\n", open);
    return put(out, s, &text);
}

static assess_status call_scheme(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    char *text = NULL;
    (void)argument;
    assess_status s = load(c, "", h, err);
    return put(out, s ? s : assess_scheme_describe(h->scheme, language_of(c), ASSESS_FORMAT_JSON, &text, err), &text);
}

static assess_status call_cases(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    const char *folders[] = {h->rules_folder};
    assess_scheme_options o = {.size = sizeof o, .folders = folders, .folder_count = 1};
    size_t passed = 0, failed = 0;
    char *text = NULL;
    (void)argument;
    assess_status s = assess_scheme_test(c[RULES], &o, language_of(c), ASSESS_FORMAT_TEXT, &passed, &failed, &text, err);
    if (!s)
        fprintf(out, "%zu %zu\n", passed, failed);
    return put(out, s, &text);
}

static assess_status call_summary(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    char *text = NULL;
    (void)argument;
    h->hashes = 1;
    assess_status s = whole(c, "", h, err);
    return put(out, s ? s : assess_result_summary(h->result, language_of(c), ASSESS_FORMAT_JSON, 0, &text, err), &text);
}

static assess_status call_explain(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    assess_explain_options o = {.size = sizeof o, .language = language_of(c)};
    char *text = NULL;
    assess_status s = whole(c, "", h, err);
    return put(out, s ? s : assess_explain(h->result, argument, &o, &text, err), &text);
}

static assess_status call_rows(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    (void)argument;
    assess_status s = whole(c, "", h, err);
    for (size_t i = 0; !s && i < assess_result_count(h->result); i++) {
        assess_row r = {.size = sizeof r};
        char rank[16] = "";
        s = assess_result_row(h->result, i, language_of(c), &r, err);
        if (!s && r.rank)
            snprintf(rank, sizeof rank, "%u", (unsigned)r.rank);
        if (!s)
            fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.id, r.name, r.unit, r.status, r.score, r.grade, rank, r.flags,
                    r.reasons);
    }
    return s;
}

static void put_columns(FILE *out, const assess_table *t)
{
    static const char *const cells[] = {"text", "number", "share", "date", "figure"};
    for (size_t i = 0; i < assess_table_columns(t); i++)
        fprintf(out, "%s\t%s\t%s\n", assess_table_column_id(t, i), assess_table_column_title(t, i), cells[assess_table_column_cells(t, i)]);
}

static assess_status put_table(FILE *out, assess_status s, assess_table **made)
{
    assess_table *t = *made;
    if (!s) {
        fprintf(out, "%s\t%s\t%s\n", assess_table_id(t), assess_table_title(t), assess_table_note(t));
        put_columns(out, t);
    }
    for (size_t row = 0; !s && row < assess_table_rows(t); row++)
        for (size_t i = 0, last = assess_table_columns(t); i < last; i++)
            fprintf(out, "%s%s", assess_table_cell(t, row, i), i + 1 < last ? "\t" : "\n");
    assess_table_free(t);
    return s;
}

static assess_status call_table(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    assess_table *t = NULL;
    assess_status s = whole(c, "", h, err);
    return put_table(out, s ? s : assess_result_table(h->result, argument, language_of(c), &t, err), &t);
}

static assess_status call_scheme_table(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    assess_table *t = NULL;
    assess_status s = load(c, "", h, err);
    return put_table(out, s ? s : assess_scheme_table(h->scheme, argument, language_of(c), &t, err), &t);
}

static assess_status call_diff(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    handles other = {.rules_folder = h->rules_folder};
    assess_diff_options o = {.size = sizeof o, .language = language_of(c), .format = ASSESS_DIFF_JSON};
    char *text = NULL;
    size_t moved = 0;
    assess_status s = whole(c, "", h, err);
    s = s ? s : whole(c, argument, &other, err);
    s = s ? s : assess_diff(h->result, other.result, &o, &text, &moved, err);
    if (!s)
        fprintf(out, "%zu\n", moved);
    drop(&other);
    return put(out, s, &text);
}

/* Sealed, verified by the anchor, not verified by another, and what a replay gives. The file has no name that outputs could show. */
static assess_status sealed(char **c, const char *path, handles *h, FILE *out, assess_error *err)
{
    static const char wrong[] = "1:0000000000000000000000000000000000000000000000000000000000000000";
    char *anchor = NULL, *report = NULL, *denied = NULL, *again = NULL, *csv = NULL;
    size_t length = 0;
    assess_error other = {0};
    assess_result *replayed = NULL;
    assess_language language = ASSESS_ZH;
    assess_seal_options o = {.size = sizeof o, .language = language_of(c), .anchor = &anchor};
    assess_status s = assess_store_seal(h->result, path, &o, err);
    s = s ? s : assess_store_anchor(path, &again, err);
    s = s ? s : assess_store_verify(path, anchor, language_of(c), ASSESS_FORMAT_TEXT, &report, err);
    if (!s)
        fprintf(out, "%s %d\n", strcmp(anchor, again) == 0 ? "same" : "other",
                (int)assess_store_verify(path, wrong, ASSESS_EN, ASSESS_FORMAT_TEXT, &denied, &other));
    s = s ? s : assess_store_replay(path, &replayed, &language, err);
    s = s ? s : assess_result_csv(replayed, language, &csv, &length, err);
    if (!s && fwrite(csv, 1, length, out) != length)
        s = ASSESS_E_SYSTEM;
    char *const texts[] = {anchor, report, denied, again, csv};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assess_text_free(texts[i]);
    assess_result_free(replayed);
    return s;
}

static assess_status call_seal(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    char folder[] = "/tmp/assess-XXXXXX", path[64];
    (void)argument;
    h->hashes = 1;
    assess_status s = whole(c, "", h, err);
    if (s || !mkdtemp(folder))
        return s ? s : ASSESS_E_SYSTEM;
    snprintf(path, sizeof path, "%s/sealed.db", folder);
    s = sealed(c, path, h, out, err);
    remove(path);
    remove(folder);
    return s;
}

static int stop_at_once(void *user, uint64_t done, uint64_t total)
{
    (void)user, (void)done, (void)total;
    return 1;
}

static assess_status call_cancel(char **c, const char *argument, handles *h, FILE *out, assess_error *err)
{
    (void)argument, (void)out;
    h->progress = stop_at_once;
    return whole(c, "", h, err);
}

static call_function *function_of(const char *name)
{
    static const struct {
        const char *name;
        call_function *function;
    } all[] = {{"problems", call_problems}, {"readiness", call_readiness}, {"scheme", call_scheme}, {"cases", call_cases},
               {"summary", call_summary},   {"explain", call_explain},     {"rows", call_rows},     {"table", call_table},
               {"scheme_table", call_scheme_table}, {"diff", call_diff},   {"seal", call_seal},     {"cancel", call_cancel}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            return all[i].function;
    return NULL;
}

static int run_call(char **call, char **c, const char *rules, const char *folder)
{
    handles h = {.rules_folder = rules};
    assess_error err = {0};
    call_function *function = function_of(call[CALL]);
    FILE *out = function ? open_output(folder, call[CALL_NAME], "call") : NULL;
    if (!out)
        return fprintf(stderr, "%s: no call %s\n", call[CALL_NAME], call[CALL]), 1;
    assess_status s = function(c, call[ARGUMENT], &h, out, &err);
    if (s)
        fprintf(out, "%d %s\n", (int)s, err.id);
    drop(&h);
    return fclose(out) != 0;
}

/* ---- the two tables ---- */

/* The lines of a table, in fields; the first field of each is to be freed. Their count; -1: it cannot be read. */
static int read_table(const char *source, const char *name, int columns, char *(*rows)[COLUMNS])
{
    char path[PATH], line[LINE];
    int count = 0;
    snprintf(path, sizeof path, "%s/tests/conformance/%s", source, name);
    FILE *f = fopen(path, "rb");
    for (int number = 0; f && count < CASES && fgets(line, sizeof line, f); number++) {
        line[strcspn(line, "\n")] = '\0';
        char *kept = number > 0 && line[0] != '#' ? strdup(line) : NULL;
        if (kept && split(kept, '\t', rows[count], columns) == columns)
            count++;
        else
            free(kept);
    }
    return f && !fclose(f) ? count : -1;
}

static char **case_of(const char *name, char *(*rows)[COLUMNS], int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(rows[i][NAME], name) == 0)
            return rows[i];
    return NULL;
}

int main(int argc, char **argv)
{
    static char *cases[CASES][COLUMNS], *calls[CASES][COLUMNS];
    char rules[PATH];
    if (argc != 3 || snprintf(rules, sizeof rules, "%s/rules", argv[1]) < 0)
        return fprintf(stderr, "usage: run SOURCE OUT (in SOURCE)\n"), 2;
    int count = read_table(argv[1], "cases.tsv", COLUMNS, cases), failed = 0;
    int call_count = read_table(argv[1], "calls.tsv", CALL_COLUMNS, calls);
    for (int i = 0; i < count; i++)
        failed |= run_case(cases[i], rules, argv[2]);
    for (int i = 0; i < call_count; i++) {
        char **c = case_of(calls[i][CALL_CASE], cases, count);
        failed |= !c || run_call(calls[i], c, rules, argv[2]);
    }
    for (int i = 0; i < count; i++)
        free(cases[i][0]);
    for (int i = 0; i < call_count; i++)
        free(calls[i][0]);
    return failed || count <= 0 || call_count <= 0;
}
