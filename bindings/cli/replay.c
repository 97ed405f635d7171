/* assess replay: a sealed batch, computed again from nothing but the file. */
#include "outputs.h"
#include "session.h"

static const option_id options[] = {OPT_REPLAY_OUT, OPT_FORCE, OPT_LANG, OPT_JSON, OPT_QUIET, OPT_COLOR, OPT_HELP};

static const char EXAMPLE[] = "replay bureau-2026/batch.db";

static int write_results(const cli *c, session *s, outputs *o)
{
    assess_error err = {0};
    catch_signals();
    int status = outputs_begin(c, o);
    if (status != ASSESS_OK)
        return status;
    bool written = assess_result_write_csv(s->result, o->temporary[OUTPUT_CSV], s->sealed_in, 0, &err) == ASSESS_OK;
    if (written && !stop_signal())
        return outputs_commit(c, o);
    outputs_discard(o);
    outputs_rename_in(o, &err);
    return stop_signal() ? stopped(c) : complain_error(c, &err);
}

static int print_summary(const cli *c, session *s)
{
    assess_error err = {0};
    char *summary = NULL;
    if (c->quiet && !c->json)
        return ASSESS_OK;
    if (assess_result_summary(s->result, c->screen, c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT, c->color_out,
                              &summary, &err) != ASSESS_OK)
        return complain_error(c, &err);
    put_summary(c, summary);
    return ASSESS_OK;
}

static int replay(cli *c, const arguments *a)
{
    session s = {0};
    outputs o = {0};
    const char *folder = a->value[OPT_REPLAY_OUT];
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND, ARGS(word(c->screen, WORD_OPERANDS_FILE), EXAMPLE));
    o.wanted[OUTPUT_CSV] = true;
    int status = folder ? outputs_plan(c, folder, a->value[OPT_FORCE] != NULL, &o) : ASSESS_OK;
    if (status == ASSESS_OK)
        status = session_replay(c, a->operands[0], &s);
    if (status == ASSESS_OK && folder)
        status = write_results(c, &s, &o);
    if (status == ASSESS_OK)
        status = print_summary(c, &s);
    session_close(&s);
    return status;
}

const command command_replay = {
    .name = "replay",
    .summary = WORD_REPLAY,
    .more = WORD_REPLAY_MORE,
    .operands = WORD_OPERANDS_FILE,
    .examples = WORD_REPLAY_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = 1,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = replay,
};
