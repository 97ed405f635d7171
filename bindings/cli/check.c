/* assess check: are the tables in order, and what still lacks before scoring? Writes nothing but, when asked for, copies with what is
 * wrong marked. */
#include <stdlib.h>
#include <string.h>

#include "marked.h"
#include "session.h"

static const option_id options[] = {OPT_RULES, OPT_PERIOD, OPT_SET,  OPT_MARKED, OPT_IGNORE, OPT_FORCE, OPT_THREADS,
                                    OPT_READY, OPT_LANG,   OPT_JSON, OPT_QUIET,  OPT_COLOR,  OPT_HELP};
static const option_id required[] = {OPT_RULES, OPT_PERIOD};

static const char EXAMPLE[] = "check --rules bureau --period 2026 year-end/";

static void print_right(const cli *c, const session *s)
{
    char people[24], ballots[24], notices[24];
    snprintf(people, sizeof people, "%zu", assess_batch_people_count(s->batch));
    snprintf(ballots, sizeof ballots, "%zu", assess_batch_ballot_count(s->batch));
    snprintf(notices, sizeof notices, "%zu", assess_batch_notice_count(s->batch));
    say(stdout, c->screen, WORD_INPUT_RIGHT, ARGS(people, ballots, notices));
    putchar('\n');
}

/* The object of the problems, with the checklist as one member more. */
static int print_json(const cli *c, session *s, const char *checklist)
{
    char *list = NULL;
    assess_error err = {0};
    if (assess_batch_problems(s->batch, c->screen, ASSESS_FORMAT_JSON, &list, &err) != ASSESS_OK)
        return complain_error(c, &err);
    char *last = strrchr(list, '}');
    fwrite(list, 1, last ? (size_t)(last - list) : strlen(list), stdout);
    fputs(",\"readiness\":", stdout);
    fwrite(checklist, 1, strcspn(checklist, "\n"), stdout);
    puts("}");
    assess_text_free(list);
    return ASSESS_OK;
}

static int print_checklist(const cli *c, session *s, char *checklist)
{
    int status = c->json ? print_json(c, s, checklist) : ASSESS_OK;
    if (c->json || c->quiet) {
        assess_text_free(checklist);
        return status;
    }
    put_owned(c, checklist);
    return ASSESS_OK;
}

/* The scheme is carried out for it, so it is left out where nobody would see it. */
static int look_ahead(const cli *c, const arguments *a, session *s)
{
    char *checklist = NULL;
    size_t open = 0;
    assess_error err = {0};
    bool ready_asked = a->value[OPT_READY] != NULL;
    if (c->quiet && !c->json && !ready_asked)
        return ASSESS_OK;
    step_begin(c, WORD_COMPUTING);
    assess_status status =
        assess_batch_readiness(s->batch, c->screen, c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT, &checklist, &open, &err);
    step_end(c);
    if (status != ASSESS_OK)
        return complain_error(c, &err);
    int printed = print_checklist(c, s, checklist);
    return printed == ASSESS_OK && ready_asked && open ? ASSESS_E_INPUT : printed;
}

static int print_outcome(const cli *c, const arguments *a, session *s)
{
    if (!c->json && !c->quiet)
        print_right(c, s);
    int status = look_ahead(c, a, s);
    return stop_signal() ? stopped(c) : status;
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
        status = print_outcome(c, a, &s);
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
