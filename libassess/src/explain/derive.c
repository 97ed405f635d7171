/* derive.c: one line per statement, in the order of the document. */
#include "explain/privacy.h"

static text keep(derivation *d, buffer *b)
{
    char *kept = b->failed ? NULL : arena_text(&d->memory, b->bytes ? b->bytes : "", b->length);
    text t = {kept ? kept : "", kept ? b->length : 0};
    d->failed |= !kept;
    buffer_free(b);
    return t;
}

static void say(const derivation *d, buffer *out, const char *zh, const char *en)
{
    buffer_add_string(out, d->language == ASSESS_ZH ? zh : en);
}

static void say_fraction(buffer *out, fraction f)
{
    char digits[160];
    buffer_add(out, digits, fraction_print(f, digits, sizeof digits));
}

static rounding score_rounding(const derivation *d) { return plan_score_rounding(d->outcome->plan, result_level(d->outcome, d->subject)); }

static void say_figure(void *user, node_id id, buffer *out)
{
    const derivation *d = user;
    fraction f = d->values[id].value;
    if (d->values[id].missing != NODE_NONE) {
        say(d, out, "（暂缺）", "(missing)");
    } else if (d->outcome->plan->nodes[id].kind == KIND_TRUTH) {
        say(d, out, f.num ? "是" : "否", f.num ? "yes" : "no");
    } else if (d->open[id] == SHOWN_NOT) {
        say(d, out, "（不显示）", "(not shown)");
    } else {
        if (d->open[id] == SHOWN_ROUNDED) {
            buffer_add_string(out, "≈");
            fraction_round(f, score_rounding(d), &f);
        }
        say_fraction(out, f);
    }
}

static text formula_of(derivation *d, node_id id)
{
    buffer b = {0};
    plan_print_formula(d->outcome->plan, id, d->language, &b);
    return keep(d, &b);
}

static text figures_of(derivation *d, node_id id)
{
    buffer b = {0};
    plan_print_figures(d->outcome->plan, id, d->language, say_figure, d, &b);
    return keep(d, &b);
}

static text value_of(derivation *d, node_id id)
{
    buffer b = {0};
    say_figure(d, id, &b);
    return keep(d, &b);
}

/* --- what a figure rests on --- */

/* The event sources below the figure; a named part has a line of its own. */
static void find_sources(derivation *d, node_id top)
{
    const plan *p = d->outcome->plan;
    d->source_count = 0;
    for (node_id id = 0; id < p->node_count; id++)
        d->part[id] = id == top;
    for (size_t o = p->node_count; o-- > 0;) {
        node_id id = p->order[o];
        const node *n = &p->nodes[id];
        if (!d->part[id])
            continue;
        if (n->op == OP_EVENTS)
            d->sources[d->source_count++] = n->source;
        for (uint32_t i = 0; !op_is_source(n->op) && !op_is_barrier(n->op) && i < n->arg_count; i++)
            d->part[n->args[i]] |= !p->nodes[n->args[i]].name.en.length;
    }
}

static bool rests_on(const derivation *d, const event *e)
{
    if (e->subject != d->subject && e->liable != d->subject)
        return false;
    for (size_t i = 0; i < d->source_count; i++)
        if (engine_event_counts(d->outcome, d->sources[i], e, d->subject))
            return true;
    return false;
}

static void add_events(derivation *d, explain_line *line, node_id id)
{
    const batch *b = d->outcome->batch;
    size_t count = 0;
    find_sources(d, id);
    if (!d->source_count)
        return;
    for (size_t i = 0; i < b->event_count; i++)
        count += rests_on(d, &b->events[i]);
    line->events = arena_alloc(&d->memory, (count + 1) * sizeof *line->events);
    d->failed |= !line->events;
    for (size_t i = 0; line->event_count < count && !d->failed; i++)
        if (rests_on(d, &b->events[i]))
            line->events[line->event_count++] = &b->events[i];
}

static void add_tally(derivation *d, explain_line *line, node_id id)
{
    const node *n = &d->outcome->plan->nodes[id];
    if (n->op != OP_BALLOTS)
        return;
    const ballot_source *s = &d->outcome->plan->ballots[n->source];
    line->tally = engine_tally(d->outcome, n->source, d->subject);
    line->has_tally = true;
    if (s->trim != SOURCE_NONE && (s->reducer == BALLOT_MEAN || s->reducer == BALLOT_SUM))
        line->cut_off = line->tally.counted - line->tally.used;
}

/* --- the lines --- */

static bool is_plain_source(const node *n) { return op_is_source(n->op); }

static void derive_step(derivation *d, explain_line *line, const statement *s)
{
    text formula = formula_of(d, s->node);
    if (!text_equal(formula, line->words))
        line->formula = formula;
    if (!is_plain_source(&d->outcome->plan->nodes[s->node]))
        line->figures = figures_of(d, s->node);
    line->value = value_of(d, s->node);
    add_tally(d, line, s->node);
    add_events(d, line, s->node);
}

static void derive_score(derivation *d, explain_line *line, const statement *s)
{
    char score[64];
    line->formula = formula_of(d, s->node);
    line->figures = figures_of(d, s->node);
    add_tally(d, line, d->outcome->plan->nodes[s->node].args[0]);
    add_events(d, line, s->node);
    size_t n = result_print_score(d->outcome, d->subject, score);
    char *kept = arena_text(&d->memory, score, n);
    d->failed |= !kept;
    line->value = (text){kept ? kept : "", kept ? n : 0};
}

static void derive_exclude(derivation *d, explain_line *line, const statement *s)
{
    const cell *c = &d->values[s->node];
    buffer note = {0};
    line->formula = formula_of(d, s->node);
    line->figures = figures_of(d, s->node);
    add_events(d, line, s->node);
    if (c->missing != NODE_NONE)
        say(d, &note, s->unknown_keeps ? "无法判断，仍参加考评" : "无法判断，暂不能考评",
            s->unknown_keeps ? "unknown, and assessed all the same" : "unknown, so that no assessment is possible");
    else
        say(d, &note, c->value.num ? "符合，不参加考评" : "不符合本条", c->value.num ? "yes: not assessed" : "no, not by this clause");
    line->note = keep(d, &note);
}

static void derive_veto(derivation *d, explain_line *line, const statement *s)
{
    const plan *p = d->outcome->plan;
    bool fired = d->values[s->node].missing == NODE_NONE && d->values[s->node].value.num;
    buffer note = {0};
    line->formula = formula_of(d, s->node);
    add_events(d, line, s->node);
    if (fired) {
        say(d, &note, "有，最高评为", "yes: the grade is at most ");
        buffer_add_text(&note, label_in(p->grades[s->limit].words, d->language));
        if (!(d->outcome->flags[d->subject] & FLAG_VETO))
            say(d, &note, "（等次未受影响）", ", which changes nothing");
    } else {
        say(d, &note, "没有", "none");
    }
    line->note = keep(d, &note);
}

static void say_grade(derivation *d, buffer *out, uint32_t g)
{
    const plan_grade *grade = &d->outcome->plan->grades[g];
    char from[64];
    decimal_print(grade->from.coeff, grade->from.scale, from);
    buffer_add_text(out, label_in(grade->words, d->language));
    say(d, out, "（", " (from ");
    buffer_add_string(out, from);
    say(d, out, " 分以上）", ")");
}

/* The grade that the score alone gives, before any veto. */
static uint32_t grade_by_score(const derivation *d)
{
    size_t count;
    const finding *f = result_findings(d->outcome, d->subject, &count);
    for (size_t i = 0; i < count; i++)
        if (f[i].kind == FINDING_VETO || f[i].kind == FINDING_LIMIT || f[i].kind == FINDING_QUOTA)
            return (uint32_t)f[i].figure.num; /* the first change starts from it */
    return d->outcome->grade[d->subject];
}

static void derive_grades(derivation *d, explain_line *line)
{
    uint32_t g = grade_by_score(d);
    buffer note = {0};
    if (d->outcome->status[d->subject] != STATUS_ASSESSED || g == GRADE_NONE) {
        say(d, &note, "不评等次", "no grade");
    } else {
        if (g)
            say(d, &note, "未达到", "below ");
        if (g)
            say_grade(d, &note, g - 1);
        if (g)
            say(d, &note, "，", ", ");
        say(d, &note, "达到", "reaches ");
        say_grade(d, &note, g);
    }
    line->note = keep(d, &note);
    line->clause = plan_clause_number(d->outcome->plan, line->about->at);
    line->words = d->language == ASSESS_ZH ? TEXT("按得分确定等次") : TEXT("Grade by the score");
}

static void derive_rank(derivation *d, explain_line *line)
{
    uint32_t rank = d->outcome->rank[d->subject], group = result_rank_group(d->outcome, d->subject);
    size_t assessed = 0;
    for (uint32_t i = 0; i < d->outcome->count; i++)
        assessed += d->outcome->rank[i] != 0 && result_rank_group(d->outcome, i) == group &&
                    result_level(d->outcome, i) == result_level(d->outcome, d->subject);
    buffer note = {0};
    if (!rank) {
        say(d, &note, "不排名", "not ranked");
    } else {
        say(d, &note, "第 ", "");
        buffer_add_integer(&note, rank);
        say(d, &note, " 名，共 ", " of ");
        buffer_add_integer(&note, (int64_t)assessed);
        say(d, &note, d->outcome->plan->of_units ? " 个单位" : " 人", "");
        if (d->outcome->flags[d->subject] & FLAG_TIE)
            say(d, &note, "（并列）", " (shared)");
    }
    line->note = keep(d, &note);
}

static void derive_line(derivation *d, explain_line *line, const statement *s)
{
    line->about = s;
    line->clause = plan_clause_number(d->outcome->plan, s->at);
    line->words = label_in(s->words, d->language);
    switch (s->kind) {
    case STATEMENT_STEP: derive_step(d, line, s); break;
    case STATEMENT_SCORE: derive_score(d, line, s); break;
    case STATEMENT_EXCLUDE: derive_exclude(d, line, s); break;
    case STATEMENT_VETO: derive_veto(d, line, s); break;
    case STATEMENT_GRADES: derive_grades(d, line); break;
    case STATEMENT_RANK: derive_rank(d, line); break;
    default: derive_step(d, line, s); break;
    }
}

static void derive_reasons(derivation *d)
{
    size_t count;
    const finding *f = result_findings(d->outcome, d->subject, &count);
    d->reasons = arena_zalloc(&d->memory, (count + 1) * sizeof *d->reasons);
    if (!d->reasons) {
        d->failed = true;
        return;
    }
    for (; d->reason_count < count; d->reason_count++) {
        buffer b = {0};
        finding_print(d->outcome, &f[d->reason_count], d->language, &b);
        d->reasons[d->reason_count] = keep(d, &b);
    }
}

bool explain_subject(const result *r, uint32_t subject, assess_language language, unsigned smallest_group, derivation *out)
{
    *out = (derivation){.outcome = r, .subject = subject, .language = language};
    out->smallest_group = smallest_group ? smallest_group : EXPLAIN_SMALLEST_GROUP;
    if (out->smallest_group < EXPLAIN_LEAST_GROUP)
        out->smallest_group = EXPLAIN_LEAST_GROUP;
    out->values = arena_zalloc(&out->memory, (r->plan->node_count + 1) * sizeof *out->values);
    out->lines = arena_zalloc(&out->memory, (r->plan->statement_count + 1) * sizeof *out->lines);
    out->part = arena_zalloc(&out->memory, (r->plan->node_count + 1) * sizeof *out->part);
    out->sources = arena_zalloc(&out->memory, (r->plan->node_count + 1) * sizeof *out->sources);
    out->failed = !out->values || !out->lines || !out->part || !out->sources || !engine_trace(r, subject, out->values);
    if (!out->failed)
        privacy_settle(out);
    for (size_t s = 0; !out->failed && s < r->plan->statement_count; s++)
        derive_line(out, &out->lines[out->line_count++], &r->plan->statements[s]);
    if (!out->failed)
        derive_reasons(out);
    return !out->failed;
}

void explain_free(derivation *d) { arena_free(&d->memory); }

static void mark(bool *used, origin at) { used[at.clause] = true; }

static bool is_so(const derivation *d, node_id id)
{
    return id != NODE_NONE && d->values[id].missing == NODE_NONE && d->values[id].value.num != 0;
}

/* The quota parted those it is about: this subject is behind the line, or at it. */
static bool drew_line(const derivation *d, const plan_quota *q) { return is_so(d, q->over) || is_so(d, q->at_line); }

static bool bears(const derivation *d, const explain_line *line)
{
    const statement *s = line->about;
    bool given = s->node == NODE_NONE || d->values[s->node].missing == NODE_NONE;
    bool holds = is_so(d, s->node), assessed = d->outcome->status[d->subject] == STATUS_ASSESSED;
    if (s->level != result_level(d->outcome, d->subject))
        return false;
    switch (s->kind) {
    case STATEMENT_EXCLUDE:
    case STATEMENT_REFUSE:
    case STATEMENT_VETO:
    case STATEMENT_CEILING:
    case STATEMENT_FLOOR:
    case STATEMENT_FORCE:
    case STATEMENT_NO_GRADE:
    case STATEMENT_LIST: return holds;
    case STATEMENT_QUOTA: return drew_line(d, &d->outcome->plan->quotas[s->about]);
    case STATEMENT_STEP: return s->remark ? holds : given && assessed;
    default: return assessed;
    }
}

void explain_clauses(const derivation *d, bool *used)
{
    for (size_t i = 0; i < d->line_count; i++)
        if (bears(d, &d->lines[i]))
            mark(used, d->lines[i].about->at);
    if (d->outcome->status[d->subject] == STATUS_ASSESSED)
        for (size_t i = 0; i < d->outcome->plan->item_count; i++)
            mark(used, d->outcome->plan->items[i].at);
}
