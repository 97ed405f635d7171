/* year_end.c: a program that links libassess. It runs a batch, prints who is excellent, and explains the first of them.
 *
 *     cc year_end.c $(pkg-config --cflags --libs assess) -o year_end
 *     ./year_end RULES_FOLDER INPUT_FOLDER
 */
#include <assess/assess.h>
#include <stdio.h>
#include <string.h>

static int fail(const assess_error *err)
{
    fprintf(stderr, "%s:%u: %s (clause %s)\n", err->file, (unsigned)err->line, err->message[ASSESS_EN], err->clause);
    return err->status;
}

static int print_excellent(assess_result *result, assess_error *err)
{
    char first[64] = "";
    for (size_t i = 0; i < assess_result_count(result); i++) {
        assess_row row = {.size = sizeof row};
        if (assess_result_row(result, i, ASSESS_EN, &row, err))
            return fail(err);
        if (strcmp(row.grade, "excellent") != 0)
            continue;
        printf("%-8s %s %s (rank %u)\n", row.id, row.score, row.name, (unsigned)row.rank);
        if (!first[0])
            snprintf(first, sizeof first, "%s", row.id);
    }
    char *why = NULL;
    assess_explain_options how = {.size = sizeof how, .language = ASSESS_EN};
    if (first[0] && assess_explain(result, first, &how, &why, err))
        return fail(err);
    printf("\n%s", why ? why : "");
    assess_text_free(why);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return fprintf(stderr, "usage: year_end RULES_FOLDER INPUT_FOLDER\n"), 2;
    assess_error err = {0};
    assess_scheme *scheme = NULL;
    assess_batch *batch = NULL;
    assess_result *result = NULL;
    const char *folders[] = {argv[1]}, *inputs[] = {argv[2]};
    assess_scheme_options options = {.size = sizeof options, .folders = folders, .folder_count = 1, .period = "2026"};
    int status = 0;
    if (assess_scheme_load("bureau", &options, &scheme, &err) || assess_batch_new(scheme, NULL, &batch, &err) ||
        assess_batch_read(batch, inputs, 1, &err) || assess_batch_finish(batch, &err) ||
        assess_result_new(batch, NULL, &result, &err))
        status = fail(&err);
    else
        status = print_excellent(result, &err);
    assess_result_free(result); /* any order: a child keeps its parent alive */
    assess_batch_free(batch);
    assess_scheme_free(scheme);
    return status;
}
