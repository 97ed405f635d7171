/* assess diff: two rule files or settings over the same tables, or two sealed batches: who moves, and why. */
#include <stdlib.h>
#include <string.h>

#include "session.h"

static const option_id options[] = {OPT_PERIOD, OPT_SET,  OPT_DIFF_FORMAT, OPT_IGNORE, OPT_THREADS,
                                    OPT_LANG,   OPT_JSON, OPT_QUIET,       OPT_COLOR,  OPT_HELP};

static const char EXAMPLE[] = "diff bureau bureau,rounding=whole --period 2026 year-end/";

/* "bureau,rounding=whole": a rule file and settings of its own, before those of --set. */
typedef struct side {
    char *rules; /* cut at the commas */
    const char **settings;
    size_t count;
} side;

static size_t count_commas(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == ',';
    return count;
}

/* False: no memory. */
static bool split_side(const arguments *a, const char *operand, side *out)
{
    out->rules = strdup(operand);
    out->settings = malloc((count_commas(operand) + a->list_count[OPT_SET] + 1) * sizeof *out->settings);
    if (!out->rules || !out->settings)
        return false;
    for (char *at = strchr(out->rules, ','); at; at = strchr(at, ',')) {
        *at++ = '\0';
        out->settings[out->count++] = at;
    }
    for (size_t i = 0; i < a->list_count[OPT_SET]; i++)
        out->settings[out->count++] = a->list[OPT_SET][i];
    return true;
}

static int compute_side(const cli *c, const arguments *a, const char *operand, session *s)
{
    side of = {0};
    if (!a->value[OPT_PERIOD])
        return complain(c, ASSESS_E_CALL, WORD_NO_PERIOD, ARGS(EXAMPLE));
    int status = split_side(a, operand, &of) ? session_open(c, of.rules, of.settings, of.count, a->value[OPT_PERIOD], s)
                                             : no_memory(c);
    if (status == ASSESS_OK)
        status = session_read(c, a, 2, EXAMPLE, s);
    if (status == ASSESS_OK)
        status = session_compute(c, a, s);
    free(of.rules);
    free(of.settings);
    return status;
}

static int get_sealed(const cli *c, const arguments *a, session sides[2])
{
    bool told = a->value[OPT_PERIOD] || a->value[OPT_SET] || a->value[OPT_IGNORE];
    if (told)
        return complain(c, ASSESS_E_CALL, WORD_SEALED_WITH_RULES, ARGS(a->operands[0]));
    if (a->operand_count > 2)
        return complain(c, ASSESS_E_CALL, WORD_EXTRA_OPERAND, ARGS(a->operands[2], "diff"));
    int status = session_replay(c, a->operands[0], &sides[0]);
    return status == ASSESS_OK ? session_replay(c, a->operands[1], &sides[1]) : status;
}

static int get_results(const cli *c, const arguments *a, session sides[2])
{
    bool first = is_sealed(a->operands[0]), second = is_sealed(a->operands[1]);
    if (first && second)
        return get_sealed(c, a, sides);
    if (first || second)
        return complain(c, ASSESS_E_CALL, WORD_DIFF_MIXED, ARGS(a->operands[first ? 0 : 1], a->operands[first ? 1 : 0]));
    int status = compute_side(c, a, a->operands[0], &sides[0]);
    return status == ASSESS_OK ? compute_side(c, a, a->operands[1], &sides[1]) : status;
}

static assess_diff_format format_of(const cli *c, const arguments *a)
{
    const char *format = a->value[OPT_DIFF_FORMAT];
    if (c->json)
        return ASSESS_DIFF_JSON;
    return format && strcmp(format, "csv") == 0 ? ASSESS_DIFF_CSV : ASSESS_DIFF_TEXT;
}

static void put_comparison(const cli *c, assess_diff_format format, char *text)
{
    if (format == ASSESS_DIFF_CSV) { /* a file for programs: as it is */
        fputs(text, stdout);
        assess_text_free(text);
    } else if (format == ASSESS_DIFF_TEXT && c->quiet) {
        assess_text_free(text);
    } else {
        put_summary(c, text);
    }
}

static int print_diff(const cli *c, const arguments *a, session sides[2])
{
    assess_error err = {0};
    char *text = NULL;
    size_t moved = 0;
    assess_diff_format format = format_of(c, a);
    assess_diff_options how = {.size = sizeof how,
                               .language = format == ASSESS_DIFF_CSV ? c->files : c->screen,
                               .format = format,
                               .color = c->color_out};
    if (assess_diff(sides[0].result, sides[1].result, &how, &text, &moved, &err) != ASSESS_OK)
        return complain_error(c, &err);
    put_comparison(c, format, text);
    return moved ? EXIT_MOVED : ASSESS_OK;
}

static int diff(cli *c, const arguments *a)
{
    session sides[2] = {{0}, {0}};
    if (a->operand_count < 2)
        return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND, ARGS(word(c->screen, WORD_OPERANDS_DIFF), EXAMPLE));
    int status = get_results(c, a, sides);
    if (status == ASSESS_OK)
        status = print_diff(c, a, sides);
    session_close(&sides[0]);
    session_close(&sides[1]);
    return status;
}

const command command_diff = {
    .name = "diff",
    .summary = WORD_DIFF,
    .more = WORD_DIFF_MORE,
    .operands = WORD_OPERANDS_DIFF,
    .examples = WORD_DIFF_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = SIZE_MAX,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = diff,
};
