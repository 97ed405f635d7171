/* assess check: are the tables in order? Writes nothing but, when asked for, copies with what is wrong marked. */
#include <stdlib.h>

#include "marked.h"
#include "session.h"

static const option_id options[] = {OPT_RULES, OPT_PERIOD, OPT_SET,  OPT_MARKED, OPT_IGNORE, OPT_FORCE, OPT_THREADS,
                                    OPT_LANG,  OPT_JSON,   OPT_QUIET, OPT_COLOR,  OPT_HELP};
static const option_id required[] = {OPT_RULES, OPT_PERIOD};

static const char EXAMPLE[] = "check --rules bureau --period 2026 year-end/";

static int print_outcome(const cli *c, session *s)
{
    char people[24], ballots[24], notices[24];
    char *list = NULL;
    assess_error err = {0};
    if (c->json) {
        if (assess_batch_problems(s->batch, c->screen, ASSESS_FORMAT_JSON, &list, &err) != ASSESS_OK)
            return complain_error(c, &err);
        put_owned(c, list);
        return ASSESS_OK;
    }
    if (c->quiet)
        return ASSESS_OK;
    snprintf(people, sizeof people, "%zu", assess_batch_people_count(s->batch));
    snprintf(ballots, sizeof ballots, "%zu", assess_batch_ballot_count(s->batch));
    snprintf(notices, sizeof notices, "%zu", assess_batch_notice_count(s->batch));
    say(stdout, c->screen, WORD_INPUT_RIGHT, ARGS(people, ballots, notices));
    putchar('\n');
    return ASSESS_OK;
}

static int check(cli *c, const arguments *a)
{
    session s = {0};
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_INPUT, ARGS(EXAMPLE));
    int status = session_load(c, a, EXAMPLE, &s);
    if (status == ASSESS_OK)
        status = marked_plan(c, a);
    if (status == ASSESS_OK)
        status = marked_write(c, a, &s, session_read(c, a, 0, EXAMPLE, &s));
    if (status == ASSESS_OK)
        status = print_outcome(c, &s);
    session_close(&s);
    return status;
}

const command command_check = {
    .name = "check",
    .summary = WORD_CHECK,
    .more = WORD_CHECK_MORE,
    .operands = WORD_OPERANDS_INPUTS,
    .examples = WORD_CHECK_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = SIZE_MAX,
    .options = options,
    .option_count = COUNT_OF(options),
    .required = required,
    .required_count = COUNT_OF(required),
    .run = check,
};
