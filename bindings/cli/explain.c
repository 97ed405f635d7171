/* assess explain: how one result came about, from a sealed batch or from rules and tables. */
#include <string.h>

#include "session.h"

static const option_id options[] = {OPT_RULES, OPT_PERIOD, OPT_SET,   OPT_IGNORE, OPT_K,   OPT_THREADS,
                                    OPT_LANG,  OPT_JSON,   OPT_QUIET, OPT_COLOR,  OPT_HELP};

static const char EXAMPLE[] = "explain 1007 bureau-2026/batch.db";
static const char EXAMPLE_TABLES[] = "explain 1007 --rules bureau --period 2026 year-end/";

enum { SMALLEST_K = 3, USUAL_K = 5, LARGEST_K = 1000000 };

/* A sealed batch brings rules and period along; anything else needs them. */
static int get_result(const cli *c, const arguments *a, session *s)
{
    bool told = a->value[OPT_RULES] || a->value[OPT_PERIOD] || a->value[OPT_SET] || a->value[OPT_IGNORE];
    if (a->operand_count == 2 && is_sealed(a->operands[1])) {
        if (told)
            return complain(c, ASSESS_E_CALL, WORD_SEALED_WITH_RULES, ARGS(a->operands[1]));
        return session_replay(c, a->operands[1], s);
    }
    int status = session_load(c, a, EXAMPLE_TABLES, s);
    if (status == ASSESS_OK)
        status = session_read(c, a, 1, EXAMPLE_TABLES, s);
    if (status == ASSESS_OK)
        status = session_compute(c, a, s);
    return status;
}

static int print_explanation(const cli *c, const char *id, unsigned k, session *s)
{
    assess_error err = {0};
    char *text = NULL;
    assess_explain_options how = {.size = sizeof how,
                                  .language = c->screen,
                                  .format = c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT,
                                  .smallest_group = k};
    if (assess_explain(s->result, id, &how, &text, &err) != ASSESS_OK)
        return complain_error(c, &err);
    put_owned(c, text);
    return ASSESS_OK;
}

static int explain(cli *c, const arguments *a)
{
    session s = {0};
    unsigned k;
    if (!number_option(c, a, OPT_K, SMALLEST_K, LARGEST_K, USUAL_K, &k))
        return ASSESS_E_CALL;
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND, ARGS(word(c->screen, WORD_OPERANDS_EXPLAIN), EXAMPLE));
    if (a->operand_count == 1)
        return complain(c, ASSESS_E_CALL, WORD_NO_INPUT, ARGS(EXAMPLE));
    int status = get_result(c, a, &s);
    if (status == ASSESS_OK)
        status = print_explanation(c, a->operands[0], k, &s);
    session_close(&s);
    return status;
}

const command command_explain = {
    .name = "explain",
    .summary = WORD_EXPLAIN,
    .more = WORD_EXPLAIN_MORE,
    .operands = WORD_OPERANDS_EXPLAIN,
    .examples = WORD_EXPLAIN_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = SIZE_MAX,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = explain,
};
