/* refusals.c: input that the scheme itself calls wrong. Whether it does is known only when the figures stand, so a scheme with
 * `refuse` is carried out as soon as its tables are read; the outcome is kept for the result. */
#include "api/handles.h"

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

assess_status find_refusals(assess_batch *b, assess_error *err)
{
    const plan *p = b->scheme->plan;
    engine_options o = {.threads = b->threads};
    result *r = NULL;
    if (!may_refuse(p) || b->tables->problems.errors)
        return ASSESS_OK;
    assess_status s = engine_run(p, b->tables, &o, &r, err);
    if (s)
        return s;
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].kind == FINDING_REFUSED)
            name_refusal(b->tables, p, &r->findings[i]);
    problem_list_sort(&b->tables->problems);
    if (b->tables->problems.failed)
        s = error_no_memory(err);
    if (s || b->tables->problems.errors)
        result_free(r);
    else
        atomic_store(&b->ran, r);
    return s;
}
