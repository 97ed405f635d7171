/* result.c: assess_result_* and assess_explain. */
#include "api/handles.h"
#include "exchange/exchange.h"
#include "explain/explain.h"
#include "report/report.h"

assess_status result_enter(assess_result *r, assess_error *err) { return handle_enter(r, HANDLE_RESULT, "result", err); }

void result_drop(assess_result *r)
{
    if (!handle_drop(r))
        return;
    result_tables_free(&r->available);
    result_free(r->outcome);
    buffer *buffers[] = {&r->id, &r->name, &r->unit, &r->score, &r->flags, &r->reasons};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_free(buffers[i]);
    batch_drop(r->batch);
    mem_free(r);
}

assess_status result_leave(assess_result *r, assess_status status)
{
    handle_leave(r);
    result_drop(r);
    return status;
}

void assess_result_free(assess_result *r)
{
    if (handle_close(r, HANDLE_RESULT))
        result_drop(r);
}

assess_status assess_result_keep(assess_result *r, assess_error *err)
{
    assess_status s = handle_check(r, HANDLE_RESULT, "result", err);
    if (s)
        return s;
    handle_share(r);
    atomic_fetch_add(&r->kept, 1);
    return ASSESS_OK;
}

void assess_result_release(assess_result *r)
{
    if (!r || atomic_load(&r->head.kind) != HANDLE_RESULT)
        return;
    size_t kept = atomic_load(&r->kept);
    while (kept > 0 && !atomic_compare_exchange_weak(&r->kept, &kept, kept - 1))
        continue;
    if (kept > 0)
        result_drop(r);
}

static assess_status carry_out(assess_batch *b, const assess_result_options *o, assess_result **out, assess_error *err)
{
    if (!b->finished)
        return error_set(err, ASSESS_E_CALL, message_of(MSG_call_not_finished));
    assess_result *r = mem_zalloc(1, sizeof *r);
    if (!r)
        return error_no_memory(err);
    handle_open(&r->head, HANDLE_RESULT);
    atomic_init(&r->kept, 0);
    handle_share(b);
    r->batch = b;
    r->threads = thread_count(o->threads);
    engine_options run = {r->threads, o->progress, o->user};
    r->outcome = atomic_exchange(&b->ran, NULL);
    assess_status s = r->outcome ? ASSESS_OK : engine_run(b->scheme->plan, b->tables, &run, &r->outcome, err);
    if (!s) {
        result_tables_find(r->outcome, &r->available);
        s = r->available.failed ? error_no_memory(err) : ASSESS_OK;
    }
    if (s)
        result_drop(r);
    else
        *out = r;
    return s;
}

assess_status assess_result_new(assess_batch *b, const assess_result_options *options, assess_result **out, assess_error *err)
{
    if (!out)
        return bad_argument(err, "out");
    OPTIONS(assess_result_options, user, o, options, err);
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, carry_out(b, &o, out, err));
}

size_t assess_result_count(const assess_result *r) { return handle_is_open(r, HANDLE_RESULT) ? r->outcome->count : 0; }

static const char *shown(buffer *b, text t)
{
    b->length = 0;
    b->failed = false;
    buffer_add_text(b, t);
    buffer_add_char(b, '\0');
    return b->failed ? "" : b->bytes;
}

static assess_status show_row(assess_result *r, size_t index, assess_language language, assess_row *out, assess_error *err)
{
    const result *o = r->outcome;
    uint32_t i = (uint32_t)index;
    char score[64];
    size_t n = result_print_score(o, i, score);
    out->id = shown(&r->id, o->batch->people.ids.texts[i]);
    out->name = shown(&r->name, o->batch->people.name[i]);
    out->unit = shown(&r->unit, o->batch->people.unit[i]);
    out->status = status_id((subject_status)o->status[i]);
    out->score = shown(&r->score, (text){score, n});
    out->grade = o->grade[i] == GRADE_NONE ? "" : o->plan->grades[o->grade[i]].id.bytes;
    out->rank = o->rank[i];
    r->flags.length = r->reasons.length = 0;
    r->flags.failed = r->reasons.failed = false;
    result_print_flags(o, i, &r->flags);
    result_print_reasons(o, i, language, &r->reasons);
    buffer_add_char(&r->flags, '\0');
    buffer_add_char(&r->reasons, '\0');
    bool failed = r->id.failed || r->name.failed || r->unit.failed || r->score.failed || r->flags.failed || r->reasons.failed;
    out->flags = failed ? "" : r->flags.bytes;
    out->reasons = failed ? "" : r->reasons.bytes;
    return failed ? error_no_memory(err) : ASSESS_OK;
}

static assess_status give_row(assess_result *r, size_t index, assess_language language, assess_row *out, assess_error *err)
{
    if (!out || !versioned_fits(out, SIZE_THROUGH(assess_row, reasons)) || index >= r->outcome->count || !is_language(language))
        return bad_argument(err, "index, language, out.size");
    assess_row full = {.size = sizeof full};
    assess_status s = show_row(r, index, language, &full, err);
    if (!s)
        versioned_give(out, &full, sizeof full);
    return s;
}

assess_status assess_result_row(assess_result *r, size_t index, assess_language language, assess_row *out, assess_error *err)
{
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, give_row(r, index, language, out, err));
}

static assess_status give_csv(const assess_result *r, assess_language language, char **out, size_t *length, assess_error *err)
{
    if (!out || !is_language(language))
        return bad_argument(err, "language, out");
    buffer b = {0};
    exchange_results_csv(r->outcome, language, &b);
    return give_text(&b, out, length, err);
}

assess_status assess_result_csv(assess_result *r, assess_language language, char **out, size_t *length, assess_error *err)
{
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, give_csv(r, language, out, length, err));
}

static assess_status write_csv(const assess_result *r, const char *path, assess_language language, int force, assess_error *err)
{
    if (!path || !is_language(language))
        return bad_argument(err, "path, language");
    output *o = NULL;
    assess_status s = output_open(path, force != 0, &o, err);
    if (s)
        return s;
    if (exchange_write_results(r->outcome, language, r->threads, o))
        return output_commit(o, err);
    output_discard(o);
    return error_no_memory(err);
}

assess_status assess_result_write_csv(assess_result *r, const char *path, assess_language language, int force,
                                      assess_error *err)
{
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, write_csv(r, path, language, force, err));
}

static assess_status give_summary(const assess_result *r, assess_language language, assess_format format, int color, char **out,
                                  assess_error *err)
{
    if (!out || !is_language(language))
        return bad_argument(err, "language, out");
    buffer b = {0};
    if (format == ASSESS_FORMAT_JSON)
        report_json(r->outcome, language, &b);
    else
        report_summary(r->outcome, language, color != 0, &b);
    return give_text(&b, out, NULL, err);
}

assess_status assess_result_summary(assess_result *r, assess_language language, assess_format format, int color, char **out,
                                    assess_error *err)
{
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, give_summary(r, language, format, color, out, err));
}

static assess_status explain_one(assess_result *r, const char *id, const assess_explain_options *o, char **out, assess_error *err)
{
    arena memory = {0};
    text wanted;
    uint32_t subject = SUBJECT_NONE;
    if (text_clean(&memory, text_of(id), &wanted))
        subject = intern_find(&r->outcome->batch->people.ids, wanted);
    arena_free(&memory);
    if (subject == INTERN_NONE)
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_no_subject, text_of(id)));
    derivation d;
    buffer b = {0};
    bool (*explain)(const result *, uint32_t, assess_language, unsigned, derivation *) = o->for_person ? explain_to_person : explain_subject;
    if (!explain(r->outcome, subject, o->language, o->smallest_group, &d))
        b.failed = true;
    else if (o->format == ASSESS_FORMAT_JSON)
        explain_json(&d, &b);
    else
        explain_text(&d, &b);
    explain_free(&d);
    return give_text(&b, out, NULL, err);
}

assess_status assess_explain(assess_result *r, const char *id, const assess_explain_options *options, char **out,
                             assess_error *err)
{
    if (!id || !out)
        return bad_argument(err, "id, out");
    OPTIONS(assess_explain_options, smallest_group, o, options, err);
    if (!is_language(o.language))
        return bad_argument(err, "language");
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, explain_one(r, id, &o, out, err));
}
