/* readiness_decide: the arithmetic of quotas, and what people will have to decide. Only numbers: who it is stands in the result. */
#include "report/lists.h"
#include "report/readiness.h"

/* ---- quotas ---- */

static void figure_cell(readiness *c, point *p, bool known, fraction f)
{
    char digits[160];
    point_cell(c, p, (text){digits, known ? fraction_print(f, digits, sizeof digits) : 0});
}

static void group_cell(readiness *c, point *p, const plan_quota *q, text name)
{
    bool whole = c->r->plan->groups[q->group].key == GROUP_BY_BATCH;
    if (name.length || c->for_programs)
        point_cell(c, p, name);
    else
        point_words(c, p, message_of(whole ? MSG_report_quota_all : MSG_report_quota_none));
}

static void quota_row(readiness *c, point *p, const plan_quota *q, const quota_line *line)
{
    group_cell(c, p, q, line->name);
    figure_cell(c, p, line->known, line->base);
    figure_cell(c, p, line->known && line->has_rate, line->rate);
    figure_cell(c, p, line->known, line->exact);
    figure_cell(c, p, line->known, line->allowed);
}

static void ready_quota(readiness *c, uint32_t number)
{
    static const point_column upper[] = {{"group", MSG_report_quota_group, CELL_WORDS}, {"base", MSG_report_quota_base, CELL_FIGURE},
                                         {"rate", MSG_report_quota_rate, CELL_FIGURE}, {"exact", MSG_report_quota_exact, CELL_FIGURE},
                                         {"allowed", MSG_report_quota_allowed, CELL_FIGURE}};
    static const point_column lower[] = {{"group", MSG_report_quota_group, CELL_WORDS}, {"base", MSG_report_quota_base, CELL_FIGURE},
                                         {"rate", MSG_report_quota_rate, CELL_FIGURE}, {"exact", MSG_report_quota_exact, CELL_FIGURE},
                                         {"allowed", MSG_report_quota_required, CELL_FIGURE}};
    const statement *s = &c->r->plan->statements[number];
    const plan_quota *q = &c->r->plan->quotas[s->about];
    quota_lines lines;
    c->failed |= !result_quota_lines(c->r, number, &lines);
    point *p = point_add(c, "quota", POINT_DONE, lines.count, message_of(MSG_ready_quota), message_of_label(MSG_ready_quota_told, s->words));
    if (p) {
        p->about_key = "clause";
        p->about = plan_clause_number(c->r->plan, s->at);
        p->columns = q->at_least ? lower : upper;
        p->column_count = sizeof upper / sizeof *upper;
    }
    for (size_t i = 0; !c->failed && i < lines.count; i++)
        if (point_row(c, p))
            quota_row(c, p, q, &lines.lines[i]);
    quota_lines_free(&lines);
}

void ready_quotas(readiness *c)
{
    for (uint32_t s = 0; c->scored && !c->failed && s < c->r->plan->statement_count; s++)
        if (c->r->plan->statements[s].kind == STATEMENT_QUOTA)
            ready_quota(c, s);
}

/* ---- what people decide ---- */

static void decide_row(readiness *c, point *p, const char *id, message what, size_t count)
{
    if (!count || !p)
        return;
    p->count += count;
    if (!point_row(c, p))
        return;
    if (c->for_programs)
        point_cell(c, p, text_of(id));
    point_number(c, p, count);
    point_words(c, p, what);
}

static bool is_for_decision(const plan *p, const finding *f, uint32_t list)
{
    return f->kind == FINDING_LIST && p->statements[f->about].about == list;
}

/* Findings are sorted by subject; who is on a list twice counts once. */
static size_t count_members(const readiness *c, uint32_t list, label *title)
{
    const plan *p = c->r->plan;
    size_t count = 0;
    uint32_t last = SUBJECT_NONE;
    for (size_t i = 0; i < c->r->finding_count; i++) {
        const finding *f = &c->r->findings[i];
        if (!is_for_decision(p, f, list) || f->subject == last)
            continue;
        last = f->subject;
        *title = p->statements[f->about].words;
        count++;
    }
    return count;
}

static void decide_lists(readiness *c, point *p)
{
    for (uint32_t list = 0; list < c->r->plan->list_count; list++) {
        label title = {TEXT(""), TEXT("")};
        size_t count = c->r->plan->lists[list].purpose == LIST_DECISION ? count_members(c, list, &title) : 0;
        decide_row(c, p, c->r->plan->lists[list].id.bytes, message_of_label(MSG_ready_plain, title), count);
    }
}

static void decide_findings(readiness *c, point *p)
{
    static const struct {
        finding_kind kind;
        const char *id;
        message_id what;
    } kinds[] = {{FINDING_MISSING, "incomplete", MSG_ready_decide_incomplete}, {FINDING_GAP, "gap", MSG_ready_decide_gap},
                 {FINDING_QUOTA_LINE, "quota_line", MSG_ready_decide_line}, {FINDING_QUOTA_LISTED, "quota_over", MSG_ready_decide_over},
                 {FINDING_QUOTA_SHORT, "quota_short", MSG_ready_decide_short}};
    counts all;
    c->failed |= !counts_take(c->r, &all);
    for (size_t i = 0; !c->failed && i < sizeof kinds / sizeof *kinds; i++)
        decide_row(c, p, kinds[i].id, message_of(kinds[i].what), all.kind[kinds[i].kind]);
    counts_free(&all);
}

void ready_decide(readiness *c)
{
    static const point_column columns[] = {{"id", MSG_ready_name, CELL_WORDS}, {"count", MSG_ready_count, CELL_COUNT},
                                           {"words", MSG_ready_decide_what, CELL_WORDS}};
    point *p = c->scored ? point_add(c, "decide", POINT_DONE, 0, message_of(MSG_ready_decide), message_of(MSG_ready_decide_none)) : NULL;
    if (!p)
        return;
    decide_findings(c, p);
    decide_lists(c, p);
    p->columns = columns + !c->for_programs; /* ids are for programs alone */
    p->column_count = sizeof columns / sizeof *columns - !c->for_programs;
    if (!p->count)
        return;
    p->state = POINT_NOTE;
    p->what = message_of(MSG_ready_decide_some);
}

/* ---- settings ---- */

static void param_row(readiness *c, point *p, const plan_param *param)
{
    char digits[64];
    buffer value = {0};
    if (c->for_programs)
        buffer_add_text(&value, plan_param_value(param, digits));
    else
        plan_print_choice(param, plan_param_value(param, digits), c->language, &value);
    point_cell(c, p, param->name);
    point_cell(c, p, buffer_text(&value));
    c->failed |= value.failed;
    buffer_free(&value);
    point_cell(c, p, label_in(param->words, c->language));
}

void ready_params(readiness *c)
{
    static const point_column columns[] = {{"name", MSG_ready_name, CELL_WORDS}, {"value", MSG_ready_value, CELL_WORDS},
                                           {"words", MSG_ready_meaning, CELL_WORDS}};
    const plan *scheme = c->r->plan;
    size_t left = 0;
    for (size_t i = 0; i < scheme->param_count; i++)
        left += !scheme->params[i].set;
    if (!scheme->param_count)
        return;
    point *p = point_add(c, "settings", left ? POINT_NOTE : POINT_DONE, left, message_of(MSG_ready_params),
                         message_of(left ? MSG_ready_params_default : MSG_ready_params_set));
    if (!p)
        return;
    p->columns = columns;
    p->column_count = sizeof columns / sizeof *columns;
    for (size_t i = 0; !c->failed && i < scheme->param_count; i++)
        if (!scheme->params[i].set && point_row(c, p))
            param_row(c, p, &scheme->params[i]);
}
