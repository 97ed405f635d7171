/* derive.c: one line per statement, in the order of the document. */
#include "explain/lines.h"
#include "explain/privacy.h"

text keep_text(derivation *d, buffer *b)
{
    char *kept = b->failed ? NULL : arena_text(&d->memory, b->bytes ? b->bytes : "", b->length);
    text t = {kept ? kept : "", kept ? b->length : 0};
    d->failed |= !kept;
    buffer_free(b);
    return t;
}

/* A word of the rule files by its label, any other as nothing they name. */
static void say_word(const derivation *d, buffer *out, int128 number)
{
    const plan *p = d->outcome->plan;
    if (number < 0 || (size_t)number >= p->word_count)
        say(d, out, "（规则未列）", "(none that the rules name)");
    else if (p->words[number].words.en.length)
        say_label(d, out, p->words[number].words);
    else
        buffer_add_text(out, p->words[number].id);
}

static void say_number(const derivation *d, buffer *out, node_id id, fraction f)
{
    if (d->open[id] == SHOWN_ROUNDED) {
        buffer_add_string(out, "≈");
        f = d->about[id];
    }
    buffer_add_fraction(out, f);
}

static void say_figure(void *user, node_id id, buffer *out)
{
    const derivation *d = user;
    fraction f = d->values[id].value;
    if (d->values[id].missing != NODE_NONE) {
        say(d, out, "（暂缺）", "(missing)");
        return;
    }
    if (d->open[id] == SHOWN_NOT) {
        say(d, out, "（不显示）", "(not shown)");
        return;
    }
    switch (d->outcome->plan->nodes[id].kind) {
    case KIND_TRUTH: say(d, out, f.num ? "是" : "否", f.num ? "yes" : "no"); break;
    case KIND_WORD: say_word(d, out, f.num); break;
    case KIND_GRADE: say_label(d, out, d->outcome->plan->grades[f.num].words); break;
    case KIND_DAY: buffer_add_date(out, (date)f.num); break;
    case KIND_MINUTE: buffer_add_minute(out, (int64_t)f.num); break;
    default: say_number(d, out, id, f); break;
    }
}

text formula_of(derivation *d, node_id id)
{
    buffer b = {0};
    plan_print_formula(d->outcome->plan, id, d->language, &b);
    return keep_text(d, &b);
}

/* The row of a table, the branch of a choice: what the others would have given says nothing about this subject. A row that
 * was found by a figure that is not shown is not told. */
static uint32_t taken_argument(void *user, node_id id)
{
    const derivation *d = user;
    const node *n = &d->outcome->plan->nodes[id];
    const cell *key = &d->values[n->args[0]];
    if (key->missing != NODE_NONE || d->open[n->args[0]] == SHOWN_NOT)
        return 0;
    if (n->op == OP_WHEN)
        return key->value.num ? 1 : 2;
    const plan_table *t = &d->outcome->plan->tables[n->source];
    size_t row = plan_table_row(t, key->value);
    return row < t->row_count ? (uint32_t)row + 1 : 0;
}

text figures_of(derivation *d, node_id id)
{
    buffer b = {0};
    plan_print_figures(d->outcome->plan, id, d->language, say_figure, taken_argument, d, &b);
    return keep_text(d, &b);
}

static text value_of(derivation *d, node_id id)
{
    buffer b = {0};
    say_figure(d, id, &b);
    return keep_text(d, &b);
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

static void derive_step(derivation *d, explain_line *line, const statement *s)
{
    text formula = formula_of(d, s->node);
    if (!text_equal(formula, line->words))
        line->formula = formula;
    if (!op_is_source(d->outcome->plan->nodes[s->node].op))
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

void derive_condition(derivation *d, explain_line *line, node_id id)
{
    line->formula = formula_of(d, id);
    line->figures = figures_of(d, id);
    if (text_equal(line->formula, line->figures)) /* it names no figure */
        line->figures = (text){"", 0};
    add_events(d, line, id);
}

static void derive_exclude(derivation *d, explain_line *line, const statement *s)
{
    buffer note = {0};
    derive_condition(d, line, s->node);
    if (!known(d, s->node))
        say(d, &note, s->unknown_keeps ? "无法判断，仍参加考评" : "无法判断，暂不能考评",
            s->unknown_keeps ? "unknown, and assessed all the same" : "unknown, so that no assessment is possible");
    else
        say(d, &note, holds(d, s->node) ? "符合，不参加考评" : "不符合本条", holds(d, s->node) ? "yes: not assessed" : "no, not by this clause");
    line->note = keep_text(d, &note);
}

static void derive_refuse(derivation *d, explain_line *line, const statement *s)
{
    buffer note = {0};
    derive_condition(d, line, s->node);
    if (!known(d, s->node))
        say(d, &note, "无法判断，予以受理", "unknown, and accepted");
    else
        say(d, &note, holds(d, s->node) ? "是，输入有误，不予受理" : "否，予以受理", holds(d, s->node) ? "yes: the input is wrong" : "no: accepted");
    line->note = keep_text(d, &note);
}

static bool is_on_list(const derivation *d, const statement *s)
{
    size_t count;
    const finding *f = result_findings(d->outcome, d->subject, &count);
    for (size_t i = 0; i < count; i++)
        if (f[i].kind == FINDING_LIST && &d->outcome->plan->statements[f[i].about] == s)
            return true;
    return false;
}

static void derive_list(derivation *d, explain_line *line, const statement *s)
{
    bool yes = is_on_list(d, s);
    buffer note = {0};
    derive_condition(d, line, s->node);
    say(d, &note, "列入“", "on the list “");
    say_label(d, &note, s->words);
    say(d, &note, "”：", "”: ");
    if (!known(d, s->node) && !yes)
        say(d, &note, "无法判断，不列入", "unknown, so no");
    else
        say(d, &note, yes ? "是" : "否", yes ? "yes" : "no");
    if (yes != holds(d, s->node) && result_computed_grade(d->outcome, d->subject) != d->outcome->grade[d->subject])
        say(d, &note, "（按决定后的等次）", " (by the grade that was decided on)");
    line->note = keep_text(d, &note);
}

static void derive_rank(derivation *d, explain_line *line, const statement *s)
{
    uint32_t rank = d->outcome->rank[d->subject];
    plan_being being = d->outcome->plan->levels[s->level].being;
    buffer note = {0};
    if (!rank) {
        say(d, &note, "不排名", "not ranked");
    } else {
        say(d, &note, "第 ", "");
        buffer_add_integer(&note, rank);
        say(d, &note, " 名，共 ", " of ");
        buffer_add_integer(&note, (int64_t)engine_cohort(d->outcome, s->node, d->subject));
        say(d, &note, being == BEING_UNIT ? " 个单位" : being == BEING_PERSON ? " 人" : " 项", "");
        if (d->outcome->flags[d->subject] & FLAG_TIE)
            say(d, &note, "（并列）", " (shared)");
    }
    line->note = keep_text(d, &note);
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
    case STATEMENT_REFUSE: derive_refuse(d, line, s); break;
    case STATEMENT_GRADES: derive_grades(d, line, s); break;
    case STATEMENT_VETO:
    case STATEMENT_CEILING:
    case STATEMENT_FLOOR:
    case STATEMENT_FORCE:
    case STATEMENT_NO_GRADE: derive_limit(d, line, s); break;
    case STATEMENT_QUOTA: derive_quota(d, line, s); break;
    case STATEMENT_RANK: derive_rank(d, line, s); break;
    case STATEMENT_LIST: derive_list(d, line, s); break;
    case STATEMENT_COUNT: break;
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
        d->reasons[d->reason_count] = keep_text(d, &b);
    }
}

static void derive_decisions(derivation *d)
{
    size_t count;
    const decided *rows = result_decided(d->outcome, d->subject, &count);
    d->decisions = arena_zalloc(&d->memory, (count + 1) * sizeof *d->decisions);
    d->failed |= !d->decisions;
    for (; !d->failed && d->decision_count < count; d->decision_count++) {
        buffer effect = {0};
        decided_print(d->outcome, &rows[d->decision_count], d->language, &effect);
        d->decisions[d->decision_count] = (explain_decision){&rows[d->decision_count], keep_text(d, &effect)};
    }
}

static bool derive_subject(derivation *out, unsigned smallest_group)
{
    const result *r = out->outcome;
    uint32_t subject = out->subject;
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
        if (r->plan->statements[s].level == result_level(r, subject))
            derive_line(out, &out->lines[out->line_count++], &r->plan->statements[s]);
    if (!out->failed)
        derive_decisions(out);
    if (!out->failed)
        derive_reasons(out);
    if (!out->failed)
        derive_changes(out);
    return !out->failed;
}

void explain_free(derivation *d) { arena_free(&d->memory); }

static void mark(bool *used, origin at) { used[at.clause] = true; }

static bool drew_line(const derivation *d, const plan_quota *q) { return holds(d, q->over) || holds(d, q->at_line); }

static bool bears(const derivation *d, const explain_line *line)
{
    const statement *s = line->about;
    if (s->level != result_level(d->outcome, d->subject))
        return false;
    switch (s->kind) {
    case STATEMENT_SCORE:
    case STATEMENT_GRADES:
    case STATEMENT_RANK: return assessed(d);
    case STATEMENT_STEP: return s->remark ? holds(d, s->node) : known(d, s->node) && assessed(d);
    case STATEMENT_LIST: return is_on_list(d, s);
    case STATEMENT_QUOTA: return drew_line(d, &d->outcome->plan->quotas[s->about]);
    default: return holds(d, s->node);
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

bool explain_subject(const result *r, uint32_t subject, assess_language language, unsigned smallest_group, derivation *out)
{
    *out = (derivation){.outcome = r, .subject = subject, .language = language};
    return derive_subject(out, smallest_group);
}

bool explain_to_person(const result *r, uint32_t subject, assess_language language, unsigned smallest_group, derivation *out)
{
    *out = (derivation){.outcome = r, .subject = subject, .language = language, .for_person = true};
    return derive_subject(out, smallest_group);
}
