/* why_not.c: the nearest changes that would have given a better grade, or an assessment at all. Each is tried: the plan is evaluated
 * for this subject with one thing taken otherwise, everybody else as they are. */
#include "explain/privacy.h"
#include "explain/why_not.h"

enum { CHANGES_MAX = 64, EVENTS_TRIED = 256 };

/* --- one change tried --- */

static bool known_then(const search *w, node_id id) { return id != NODE_NONE && w->then[id].missing == NODE_NONE; }

static bool in_level(const search *w, const statement *s) { return &w->p->levels[s->level] == w->level; }

static subject_status status_then(const search *w)
{
    bool incomplete = false;
    for (size_t i = 0; i < w->p->statement_count; i++) {
        const statement *s = &w->p->statements[i];
        if (s->kind != STATEMENT_EXCLUDE || !in_level(w, s))
            continue;
        if (known_then(w, s->node) && w->then[s->node].value.num)
            return STATUS_EXCLUDED;
        incomplete |= !known_then(w, s->node) && !s->unknown_keeps;
    }
    const size_t results[] = {w->level->score, w->level->grades};
    for (size_t i = 0; i < 2; i++)
        if (results[i] != SIZE_MAX && w->p->statements[results[i]].node != NODE_NONE)
            incomplete |= !known_then(w, w->p->statements[results[i]].node);
    return incomplete ? STATUS_INCOMPLETE : STATUS_ASSESSED;
}

static uint32_t grade_then(const search *w)
{
    return known_then(w, w->level->grade) ? (uint32_t)w->then[w->level->grade].value.num : GRADE_NONE;
}

static bool try_changes(search *w, const trace_change *changes, size_t count)
{
    w->d->failed |= !engine_trace_with(w->d->outcome, w->d->subject, changes, count, w->then);
    return !w->d->failed;
}

/* Whether that leads to a better grade, or to an assessment, and may be told. */
bool change_helps(search *w, const trace_change *changes, size_t count)
{
    if (!try_changes(w, changes, count) || status_then(w) != STATUS_ASSESSED || !privacy_may_tell(w->d, w->then))
        return false;
    return !assessed(w->d) || grade_then(w) < w->now;
}

/* --- what is said of it --- */

explain_change *change_add(search *w, const char *kind)
{
    if (w->d->failed || w->d->change_count >= CHANGES_MAX)
        return NULL;
    explain_change *c = &w->d->changes[w->d->change_count++];
    *c = (explain_change){.kind = kind};
    if (assessed(w->d) && grade_then(w) < w->p->grade_count)
        c->grade = w->p->grades[grade_then(w)].id;
    return c;
}

/* The grade that it would be has a quota in which this subject has no place yet, and others have theirs. */
static bool quota_was_not_asked(const search *w)
{
    uint32_t grade = grade_then(w);
    for (size_t i = 0; i < w->p->statement_count; i++) {
        const statement *s = &w->p->statements[i];
        const plan_quota *q = s->kind == STATEMENT_QUOTA && in_level(w, s) ? &w->p->quotas[s->about] : NULL;
        if (q && !q->at_least && grade >= q->grade && grade <= q->last_grade && !known(w->d, q->place))
            return true;
    }
    return false;
}

/* " → 优秀" */
void change_say_result(const search *w, buffer *out)
{
    buffer_add_string(out, " → ");
    if (!assessed(w->d)) {
        say(w->d, out, "参加考评", "assessed");
    } else if (grade_then(w) < w->p->grade_count) {
        say_label(w->d, out, w->p->grades[grade_then(w)].words);
        if (quota_was_not_asked(w))
            say(w->d, out, "（名额另计）", " (if the quota has a place)");
    }
}

text change_units(search *w, int128 units, decimal unit)
{
    char digits[64];
    buffer b = {0};
    buffer_add(&b, digits, decimal_print(units * unit.coeff, unit.scale, digits));
    return keep_text(w->d, &b);
}

static void say_quoted(const derivation *d, buffer *out, label l)
{
    buffer_add_string(out, "“");
    say_label(d, out, l);
    buffer_add_string(out, "”");
}

/* --- (a) points --- */

static const statement *score_of(const search *w) { return w->level->score == SIZE_MAX ? NULL : &w->p->statements[w->level->score]; }

/* The highest that the score can be, where its cap is below what is needed: tried with exactly that. */
static bool is_capped_below(search *w, const statement *s, fraction need, fraction *cap)
{
    trace_change c = {.kind = CHANGE_VALUE, .node = s->before, .value = need};
    if (w->d->closed || w->d->singles || s->before == NODE_NONE || !try_changes(w, &c, 1) || !known_then(w, s->node))
        return false;
    *cap = w->then[s->node].value;
    return fraction_compare(*cap, need) < 0;
}

/* The score as it is counted against the need: before a floor that lifted it. */
static int128 units_before_floor(const search *w, const statement *s, rounding r, int128 score)
{
    int128 before;
    if (!(w->d->outcome->flags[w->d->subject] & FLAG_CAPPED) || !known(w->d, s->before))
        return score;
    return fraction_round_units(w->d->values[s->before].value, r, &before) && before < score ? before : score;
}

static void say_score(search *w, const statement *s, int128 need, rounding r, bool capped, fraction cap)
{
    derivation *d = w->d;
    int128 score = d->outcome->score[d->subject], counted = units_before_floor(w, s, r, score);
    explain_change *c = change_add(w, "score");
    buffer b = {0};
    if (!c)
        return;
    c->clause = plan_clause_number(w->p, s->at);
    c->needed = change_units(w, need, r.unit);
    c->lacking = change_units(w, need - counted, r.unit);
    say(d, &b, "得分 ", "a score of ");
    buffer_add_text(&b, c->needed);
    say(d, &b, "（现 ", " (it is ");
    buffer_add_text(&b, change_units(w, score, r.unit));
    if (counted != score) {
        say(d, &b, "，按下限计前 ", ", before the floor ");
        buffer_add_text(&b, change_units(w, counted, r.unit));
    }
    say(d, &b, "，差 ", ", ");
    buffer_add_text(&b, c->lacking);
    say(d, &b, " 分）", " more)");
    change_say_result(w, &b);
    if (capped) {
        say(d, &b, "，但得分按上限最高为 ", ", but its cap holds the score at ");
        buffer_add_fraction(&b, cap);
    }
    c->words = keep_text(d, &b);
}

static bool try_score(search *w, const statement *s, uint32_t grade)
{
    rounding up = {ROUND_UP, w->p->nodes[s->node].round.unit};
    int128 need;
    fraction cap = fraction_of(0, 1), value;
    if (!w->p->grades[grade].has_from || !fraction_round_units(fraction_from_decimal(w->p->grades[grade].from), up, &need) ||
        need <= w->d->outcome->score[w->d->subject])
        return false;
    value = (fraction){need * up.unit.coeff, power_of_ten(up.unit.scale)};
    bool capped = is_capped_below(w, s, value, &cap);
    trace_change c = {.kind = CHANGE_VALUE, .node = s->node, .value = value};
    if (!change_helps(w, &c, 1))
        return false;
    say_score(w, s, need, w->p->nodes[s->node].round, capped, cap);
    return true;
}

static void find_score(search *w)
{
    const statement *s = score_of(w);
    node_id by = w->level->grades == SIZE_MAX ? NODE_NONE : w->p->statements[w->level->grades].node;
    if (!s || by == NODE_NONE || w->p->nodes[by].op != OP_BANDS || !known(w->d, by))
        return;
    for (uint32_t g = (uint32_t)w->d->values[by].value.num; g-- > w->level->first_grade;)
        if (try_score(w, s, g))
            return;
}

/* --- (e) places --- */

static void say_quota(search *w, const statement *s, fraction needed)
{
    derivation *d = w->d;
    const plan_quota *q = &w->p->quotas[s->about];
    explain_change *c = change_add(w, "quota");
    buffer b = {0}, place = {0};
    if (!c)
        return;
    buffer_add_fraction(&place, needed);
    c->needed = keep_text(d, &place);
    c->clause = plan_clause_number(w->p, s->at);
    say_quoted(d, &b, s->words);
    say(d, &b, "列前 ", ": among the first ");
    buffer_add_text(&b, c->needed);
    say(d, &b, " 名（现第 ", " (it is place ");
    buffer_add_fraction(&b, d->values[q->place].value);
    if (known(d, q->tied) && d->values[q->tied].value.num > 1)
        say(d, &b, "，并列", ", shared");
    say(d, &b, "）", ")");
    change_say_result(w, &b);
    c->words = keep_text(d, &b);
}

/* On the last place within the line, and there alone. */
static void try_quota(search *w, const statement *s)
{
    const plan_quota *q = &w->p->quotas[s->about];
    if (!known(w->d, q->place) || !shown(w->d, q->allowed) || fraction_sign(w->d->values[q->allowed].value) <= 0)
        return;
    trace_change c[2] = {{.kind = CHANGE_VALUE, .node = q->place, .value = w->d->values[q->allowed].value},
                         {.kind = CHANGE_VALUE, .node = q->tied, .value = fraction_of(1, 1)}};
    if (change_helps(w, c, q->tied == NODE_NONE ? 1 : 2))
        say_quota(w, s, w->d->values[q->allowed].value);
}

/* --- (c) statements --- */

static void say_statement(search *w, const statement *s)
{
    derivation *d = w->d;
    explain_change *c = change_add(w, "statement");
    buffer b = {0};
    if (!c)
        return;
    c->clause = plan_clause_number(w->p, s->at);
    say(d, &b, "没有", "without ");
    say_quoted(d, &b, s->words);
    if (c->clause.length) {
        say(d, &b, "（", " (");
        buffer_add_text(&b, c->clause);
        say(d, &b, "）", ")");
    }
    change_say_result(w, &b);
    c->words = keep_text(d, &b);
}

static bool bears_down(const search *w, const statement *s)
{
    const derivation *d = w->d;
    if (s->kind == STATEMENT_EXCLUDE)
        return !assessed(d) && holds(d, s->node);
    return statement_changes_grade(s->kind) && assessed(d) && d->values[s->before].missing == NODE_NONE &&
           (!known(d, s->after) || fraction_compare(d->values[s->after].value, d->values[s->before].value) > 0);
}

static void find_statements(search *w)
{
    for (uint32_t i = 0; i < w->p->statement_count && !w->d->failed; i++) {
        const statement *s = &w->p->statements[i];
        if (!in_level(w, s) || !bears_down(w, s))
            continue;
        trace_change c = {.kind = CHANGE_STATEMENT, .statement = i};
        if (s->kind == STATEMENT_QUOTA)
            try_quota(w, s);
        if (change_helps(w, &c, 1))
            say_statement(w, s);
    }
}

/* --- (b) events --- */

static bool counts_for(const derivation *d, const event *e)
{
    if (e->subject != d->subject && e->liable != d->subject)
        return false;
    for (uint32_t s = 0; s < d->outcome->plan->event_count; s++)
        if (engine_event_counts(d->outcome, s, e, d->subject))
            return true;
    return false;
}

static void say_event(search *w, const event *e)
{
    derivation *d = w->d;
    const batch *all = d->outcome->batch;
    explain_change *c = change_add(w, "event");
    buffer b = {0};
    if (!c)
        return;
    c->event = e;
    say(d, &b, d->for_person ? "没有" : "没有 ", "without ");
    if (!d->for_person) {
        buffer_add_text(&b, all->sources[e->source].name);
        say(d, &b, " 第 ", " row ");
        buffer_add_integer(&b, e->row);
        say(d, &b, " 行的", ": ");
    }
    say_label(d, &b, w->p->kinds[e->kind].words);
    if (e->from != DATE_NONE) {
        buffer_add_char(&b, ' ');
        buffer_add_date(&b, e->from);
    }
    change_say_result(w, &b);
    c->words = keep_text(d, &b);
}

static void find_events(search *w)
{
    const batch *b = w->d->outcome->batch;
    size_t tried = 0;
    for (size_t i = 0; i < b->event_count && tried < EVENTS_TRIED && !w->d->failed; i++) {
        trace_change c = {.kind = CHANGE_EVENT, .without = &b->events[i]};
        if (!counts_for(w->d, c.without))
            continue;
        tried++;
        if (change_helps(w, &c, 1))
            say_event(w, c.without);
    }
}

/* --- excluded and incomplete --- */

static size_t collect_exclusions(const search *w, trace_change *out)
{
    size_t count = 0;
    for (uint32_t i = 0; i < w->p->statement_count; i++)
        if (w->p->statements[i].kind == STATEMENT_EXCLUDE && in_level(w, &w->p->statements[i]) && bears_down(w, &w->p->statements[i]))
            out[count++] = (trace_change){.kind = CHANGE_STATEMENT, .statement = i};
    return count;
}

/* Where no exclusion alone would do, all together. */
static void find_exclusions(search *w)
{
    trace_change *all = arena_alloc(&w->d->memory, (w->p->statement_count + 1) * sizeof *all);
    size_t before = w->d->change_count, count;
    w->d->failed |= !all;
    find_statements(w);
    count = all ? collect_exclusions(w, all) : 0;
    if (w->d->change_count > before || count < 2 || !change_helps(w, all, count))
        return;
    explain_change *c = change_add(w, "statement");
    buffer b = {0};
    say(w->d, &b, "同时没有", "without all of ");
    for (size_t i = 0; i < count; i++) {
        if (i)
            say(w->d, &b, "、", ", ");
        say_quoted(w->d, &b, w->p->statements[all[i].statement].words);
    }
    change_say_result(w, &b);
    if (c)
        c->words = keep_text(w->d, &b);
    else
        buffer_free(&b);
}

/* Every source that is missing was named by the run; with a value for each of them, whatever it is, there is an assessment or an
 * exclusion. */
static void find_missing(search *w)
{
    derivation *d = w->d;
    size_t count, missing = 0;
    const finding *f = result_findings(d->outcome, d->subject, &count);
    trace_change *all = arena_alloc(&d->memory, (count + 1) * sizeof *all);
    d->failed |= !all;
    for (size_t i = 0; all && i < count; i++)
        if (f[i].kind == FINDING_MISSING)
            all[missing++] = (trace_change){.kind = CHANGE_VALUE, .node = f[i].about, .value = fraction_of(0, 1)};
    if (!all || !missing || !try_changes(w, all, missing) || status_then(w) == STATUS_INCOMPLETE)
        return;
    for (size_t i = 0; i < count; i++) {
        explain_change *c = f[i].kind == FINDING_MISSING ? change_add(w, "missing") : NULL;
        buffer b = {0};
        if (!c)
            continue;
        say(d, &b, missing > 1 ? "全部补齐后可以考评：" : "补齐后可以考评：",
            missing > 1 ? "once none of this is missing any more: " : "once it is no longer missing: ");
        finding_print(d->outcome, &f[i], d->language, &b);
        c->words = keep_text(d, &b);
    }
}

static void find_better(search *w)
{
    uint8_t g = result_computed_grade(w->d->outcome, w->d->subject);
    if (w->level->grades == SIZE_MAX || w->level->grade == NODE_NONE || g == w->level->first_grade)
        return;
    w->now = g == GRADE_NONE ? w->level->first_grade + w->level->grade_count : g;
    find_score(w);
    find_statements(w);
    find_events(w);
    find_mean_changes(w);
}

void derive_changes(derivation *d)
{
    const plan *p = d->outcome->plan;
    if (result_is_settled(d->outcome, d->subject))
        return; /* a better figure would not have changed what people decided */
    search w = {.d = d, .p = p, .level = &p->levels[result_level(d->outcome, d->subject)]};
    w.then = arena_alloc(&d->memory, (p->node_count + 1) * sizeof *w.then);
    d->changes = arena_zalloc(&d->memory, CHANGES_MAX * sizeof *d->changes);
    if (!w.then || !d->changes) {
        d->failed = true;
        return;
    }
    switch ((subject_status)d->outcome->status[d->subject]) {
    case STATUS_ASSESSED: find_better(&w); break;
    case STATUS_EXCLUDED:
        find_exclusions(&w);
        find_events(&w);
        break;
    case STATUS_INCOMPLETE: find_missing(&w); break;
    case STATUS_COUNT: break;
    }
}
