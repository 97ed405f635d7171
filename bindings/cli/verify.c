/* assess verify: does a sealed batch hold together? */
#include "cli.h"

static const option_id options[] = {OPT_ANCHOR, OPT_LANG, OPT_JSON, OPT_QUIET, OPT_COLOR, OPT_HELP};

static const char EXAMPLE[] = "verify bureau-2026/batch.db";

/* A file that does not verify has a report as well: it says which check failed. */
static int verify(cli *c, const arguments *a)
{
    assess_error err = {0};
    char *report = NULL;
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND, ARGS(word(c->screen, WORD_OPERANDS_FILE), EXAMPLE));
    assess_status status = assess_store_verify(a->operands[0], a->value[OPT_ANCHOR], c->screen,
                                               c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT, &report, &err);
    cli talk = *c;
    talk.json = c->json && !report; /* one object on standard output, not two */
    if (c->quiet && !c->json)
        assess_text_free(report);
    else
        put_owned(c, report);
    return status == ASSESS_OK ? ASSESS_OK : complain_error(&talk, &err);
}

const command command_verify = {
    .name = "verify",
    .summary = WORD_VERIFY,
    .more = WORD_VERIFY_MORE,
    .operands = WORD_OPERANDS_FILE,
    .examples = WORD_VERIFY_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = 1,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = verify,
};
