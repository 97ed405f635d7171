/* refusals.c: input that the scheme itself calls wrong, and decisions that are not what they seem. Both are known only when the
 * figures stand, so a scheme with `refuse`, and tables with decisions, are carried out as soon as they are read; the outcome is
 * kept for the result. */
#include "api/handles.h"
#include "base/figure.h"

static bool may_refuse(const plan *p)
{
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].kind == STATEMENT_REFUSE)
            return true;
    return false;
}

static void name_refusal(batch *b, const plan *p, const finding *f)
{
    const statement *s = &p->statements[f->about];
    text clause = plan_clause_number(p, s->at);
    message m = message_of4(MSG_input_refused, b->people.ids.texts[f->subject], clause.length ? clause : p->files[s->at.file].name,
                            s->words.zh, s->words.en);
    problem_add(&b->problems, (problem){.severity = PROBLEM_ERROR, .what = m, .source = b->people.source[f->subject],
                                        .row = b->people.row[f->subject]});
}

static void notice_decision(batch *b, const decided *d, message_id id, text about)
{
    message m = message_of2(id, b->people.ids.texts[d->row->subject], about);
    problem_add(&b->problems, (problem){.severity = PROBLEM_NOTICE, .what = m, .source = d->row->source, .row = d->row->row});
}

static void notice_same(batch *b, const result *r, const decided *d)
{
    message m = message_of2(MSG_input_decision_same, b->people.ids.texts[d->row->subject], grade_words(r->plan, d->after, ASSESS_EN));
    m.zh[1] = grade_words(r->plan, d->after, ASSESS_ZH);
    problem_add(&b->problems, (problem){.severity = PROBLEM_NOTICE, .what = m, .source = d->row->source, .row = d->row->row});
}

static void notice_day(batch *b, const result *r, const decided *d)
{
    buffer day = {0};
    buffer_add_date(&day, d->row->day);
    if (d->row->day < r->plan->period.from)
        notice_decision(b, d, MSG_input_decision_early, buffer_text(&day));
    b->problems.failed |= day.failed;
    buffer_free(&day);
}

static void notice_decisions(batch *b, const result *r)
{
    for (size_t i = 0; i < r->decided_count; i++) {
        const decided *d = &r->decided[i];
        if (d->effect == DECIDED_EXCLUDED)
            notice_decision(b, d, MSG_input_decision_excluded, TEXT(""));
        if (d->effect == DECIDED_SAME)
            notice_same(b, r, d);
        if (d->effect == DECIDED_MOVED && r->status[d->row->subject] == STATUS_INCOMPLETE)
            notice_decision(b, d, MSG_input_decision_incomplete, TEXT(""));
        notice_day(b, r, d);
    }
}

assess_status find_refusals(assess_batch *b, assess_error *err)
{
    const plan *p = b->scheme->plan;
    engine_options o = {.threads = b->threads};
    result *r = NULL;
    if ((!may_refuse(p) && !b->tables->decision_count) || b->tables->problems.errors)
        return ASSESS_OK;
    assess_status s = engine_run(p, b->tables, &o, &r, err);
    if (s)
        return s;
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].kind == FINDING_REFUSED)
            name_refusal(b->tables, p, &r->findings[i]);
    notice_decisions(b->tables, r);
    problem_list_sort(&b->tables->problems);
    if (b->tables->problems.failed)
        s = error_no_memory(err);
    if (s || b->tables->problems.errors)
        result_free(r);
    else
        atomic_store(&b->ran, r);
    return s;
}
