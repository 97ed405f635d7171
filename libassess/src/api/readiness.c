/* readiness.c: assess_batch_readiness. */
#include "api/handles.h"
#include "report/report.h"

/* The outcome that finding refusals left, or a new one; NULL: the scheme cannot be carried out, and err says why. */
static result *carry_out(assess_batch *b, assess_error *err)
{
    engine_options o = {.threads = b->threads};
    result *r = atomic_exchange(&b->ran, NULL);
    if (!r && engine_run(b->scheme->plan, b->tables, &o, &r, err))
        r = NULL;
    return r;
}

/* For the first who asks for a result. */
static void keep_outcome(assess_batch *b, result *r)
{
    result *nothing = NULL;
    if (r && !atomic_compare_exchange_strong(&b->ran, &nothing, r))
        result_free(r);
}

/* What a wrong table or rule file makes impossible is a point of the list; a machine that fails is not. */
static bool is_of_input(const assess_error *err) { return err->status == ASSESS_E_INPUT || err->status == ASSESS_E_RULES; }

static message why_not(const assess_error *err)
{
    message m = message_of1(MSG_ready_scoring_fails, text_of(err->message[ASSESS_EN]));
    m.zh[0] = text_of(err->message[ASSESS_ZH]);
    return m;
}

static assess_status readiness(assess_batch *b, assess_language language, assess_format format, char **out,
                               size_t *open_points, assess_error *err)
{
    if (!b->finished || !out || !is_language(language))
        return bad_argument(err, "batch, language, out");
    assess_error failed = {0};
    result *r = b->tables->problems.errors ? NULL : carry_out(b, &failed);
    if (failed.status && !is_of_input(&failed)) {
        if (err && !err->status)
            *err = failed;
        return failed.status;
    }
    const result bare = {.plan = b->scheme->plan, .batch = b->tables, .count = b->tables->people.count};
    buffer text_out = {0};
    size_t open = report_readiness(r ? r : &bare, r != NULL, failed.status ? why_not(&failed) : message_of(MESSAGE_COUNT), language,
                                   format == ASSESS_FORMAT_JSON, &text_out);
    keep_outcome(b, r);
    if (open_points)
        *open_points = open;
    return give_text(&text_out, out, NULL, err);
}

assess_status assess_batch_readiness(assess_batch *b, assess_language language, assess_format format, char **out,
                                     size_t *open_points, assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, readiness(b, language, format, out, open_points, err));
}
