/* case_compare.c: what a case expects against what came out. */
#include <string.h>

#include "api/cases.h"
#include "base/figure.h"

/* What differs: the field, and which one of it where there are several. */
typedef struct difference {
    const char *field;
    text name;
    text expected, found;
} difference;

/* A case that is not about a refusal ends with one, or the other way round. */
static void say_refusal(trial *t, const difference *d)
{
    if (!d->expected.length) {
        trial_say(t, "不应被拒绝，实被拒绝：", "must not be refused, but is: ");
        buffer_add_visible(&t->lines, d->found);
    } else {
        trial_say(t, "应被拒绝（“", "must be refused ('");
        buffer_add_visible(&t->lines, d->expected);
        trial_say(t, d->found.length ? "”），拒绝的却是：" : "”），实未被拒绝", d->found.length ? "'), but is for: " : "'), but is not");
        buffer_add_visible(&t->lines, d->found);
    }
    buffer_add_char(&t->lines, '\n');
}

static void say_difference(trial *t, const rule_case *c, text subject, const difference *d)
{
    buffer *out = &t->lines;
    buffer_add_visible(out, t->cases_name);
    buffer_add_char(out, ':');
    buffer_add_integer(out, c->line);
    trial_say(t, "：算例“", ": case “");
    buffer_add_visible(out, c->name);
    trial_say(t, "”（", "” (");
    buffer_add_visible(out, c->clause);
    if (subject.length)
        trial_say(t, "，", ", ");
    buffer_add_visible(out, subject);
    trial_say(t, "）：", "): ");
    if (strcmp(d->field, "refused") == 0) {
        say_refusal(t, d);
        return;
    }
    buffer_add_string(out, d->field);
    if (d->name.length)
        buffer_add_char(out, ' ');
    buffer_add_visible(out, d->name);
    trial_say(t, " 应为“", " expected '");
    buffer_add_visible(out, d->expected);
    trial_say(t, "”，实为“", "' but found '");
    buffer_add_visible(out, d->found);
    trial_say(t, "”\n", "'\n");
}

static void note_difference(trial *t, const rule_case *c, text subject, difference d)
{
    say_difference(t, c, subject, &d);
    json_begin_object(&t->json);
    json_member_text(&t->json, "case", c->name);
    json_member_integer(&t->json, "line", c->line);
    json_member_text(&t->json, "clause", c->clause);
    json_member_text(&t->json, "subject", subject);
    json_member_text(&t->json, "field", text_of(d.field));
    if (d.name.length)
        json_member_text(&t->json, "name", d.name);
    json_member_text(&t->json, "expected", d.expected);
    json_member_text(&t->json, "found", d.found);
    json_end_object(&t->json);
}

/* One subject of a case while it is compared. */
typedef struct comparison {
    trial *t;
    const rule_case *c;
    const case_subject *s;
    const derivation *d;
    bool same;
} comparison;

static void differs(comparison *m, const char *field, text name, text expected, text found)
{
    note_difference(m->t, m->c, m->s->id, (difference){field, name, expected, found});
    m->same = false;
}

static void print_findings(const derivation *d, bool missing_only, assess_language language, buffer *out);

/* Somebody who has no result: that he is excluded or incomplete says more than that there is nothing. */
static void differs_without_result(comparison *m, const char *field, text expected)
{
    buffer why = {0}, missing = {0};
    const result *r = m->d->outcome;
    buffer_add_string(&why, status_id((subject_status)r->status[m->d->subject]));
    print_findings(m->d, false, m->t->language, &missing);
    buffer_add_string(&why, missing.length ? ": " : "");
    buffer_add(&why, missing.bytes, missing.length);
    m->t->lines.failed |= why.failed || missing.failed;
    differs(m, field, TEXT(""), expected, buffer_text(&why));
    buffer_free(&why);
    buffer_free(&missing);
}

static void compare(comparison *m, bool asked, const char *field, text expected, text found)
{
    bool assessed = m->d->outcome->status[m->d->subject] == STATUS_ASSESSED;
    if (asked && expected.length && !found.length && !assessed) {
        differs_without_result(m, field, expected);
        return;
    }
    if (asked && !text_equal(expected, found))
        differs(m, field, TEXT(""), expected, found);
}

static bool holds_text(text whole, text part)
{
    for (size_t at = 0; part.length && at + part.length <= whole.length; at++)
        if (memcmp(whole.bytes + at, part.bytes, part.length) == 0)
            return true;
    return part.length == 0 && whole.length == 0;
}

/* --- reasons: a part of them in either language --- */

static void print_findings(const derivation *d, bool missing_only, assess_language language, buffer *out)
{
    size_t count;
    const finding *f = result_findings(d->outcome, d->subject, &count);
    for (size_t i = 0; i < count; i++) {
        if (missing_only && f[i].kind != FINDING_MISSING)
            continue;
        if (out->length)
            buffer_add_char(out, ';');
        finding_print(d->outcome, &f[i], language, out);
    }
}

static void compare_findings(comparison *m, bool asked, const char *field, bool missing_only, text expected)
{
    buffer words[ASSESS_LANGUAGE_COUNT] = {{0}};
    bool holds = false;
    for (int l = 0; asked && l < ASSESS_LANGUAGE_COUNT; l++) {
        print_findings(m->d, missing_only, (assess_language)l, &words[l]);
        holds |= holds_text(buffer_text(&words[l]), expected);
        m->t->lines.failed |= words[l].failed;
    }
    if (asked && !holds)
        differs(m, field, TEXT(""), expected, buffer_text(&words[m->t->language]));
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++)
        buffer_free(&words[l]);
}

/* --- lists --- */

static void add_id(buffer *out, text id)
{
    if (out->length)
        buffer_add_char(out, ';');
    buffer_add_text(out, id);
}

/* "a;b" has "a" and "b". */
static bool has_id(text ids, text id)
{
    for (size_t at = 0; at + id.length <= ids.length; at++) {
        bool begins = at == 0 || ids.bytes[at - 1] == ';', ends = at + id.length == ids.length || ids.bytes[at + id.length] == ';';
        if (begins && ends && memcmp(ids.bytes + at, id.bytes, id.length) == 0)
            return true;
    }
    return false;
}

static bool is_expected_list(const case_expectation *e, text id)
{
    for (size_t i = 0; i < e->list_count; i++)
        if (text_equal(e->lists[i], id))
            return true;
    return false;
}

static void compare_lists(comparison *m)
{
    const result *r = m->d->outcome;
    const case_expectation *e = &m->s->expect;
    size_t count, on = 0;
    bool same = true;
    buffer expected = {0}, found = {0};
    const finding *f = result_findings(r, m->d->subject, &count);
    for (size_t i = 0; i < count; i++) {
        text id = f[i].kind == FINDING_LIST ? r->plan->lists[r->plan->statements[f[i].about].about].id : TEXT("");
        if (!id.length || has_id(buffer_text(&found), id)) /* two statements may put somebody on one list */
            continue;
        add_id(&found, id);
        same &= is_expected_list(e, id);
        on++;
    }
    for (size_t i = 0; i < e->list_count; i++)
        add_id(&expected, e->lists[i]);
    if (e->has_lists && (!same || on != e->list_count))
        differs(m, "lists", TEXT(""), buffer_text(&expected), buffer_text(&found));
    m->t->lines.failed |= expected.failed || found.failed;
    buffer_free(&expected);
    buffer_free(&found);
}

/* --- figures --- */

/* "253/3" or a decimal. */
static bool parse_figure(text t, fraction *out)
{
    decimal over, under = {1, 0};
    const char *bar = t.length ? memchr(t.bytes, '/', t.length) : NULL;
    size_t length = bar ? (size_t)(bar - t.bytes) : t.length;
    if (decimal_parse(t.bytes, length, &over) != DECIMAL_OK)
        return false;
    if (bar && decimal_parse(bar + 1, t.length - length - 1, &under) != DECIMAL_OK)
        return false;
    return fraction_divide(fraction_from_decimal(over), fraction_from_decimal(under), out);
}

static void print_cell(const plan *p, value_kind kind, const cell *c, buffer *out)
{
    if (c->missing != NODE_NONE)
        return;
    int64_t whole = (int64_t)c->value.num;
    switch (kind) {
    case KIND_TRUTH: buffer_add_string(out, whole ? "true" : "false"); break;
    case KIND_WORD: buffer_add_text(out, whole >= 0 && (size_t)whole < p->word_count ? p->words[whole].id : TEXT("?")); break;
    case KIND_GRADE: buffer_add_text(out, whole >= 0 && (size_t)whole < p->grade_count ? p->grades[whole].id : TEXT("")); break;
    case KIND_MINUTE: buffer_add_minute(out, whole); break;
    case KIND_DAY: buffer_add_date(out, (date)whole); break;
    default: buffer_add_fraction(out, c->value); break;
    }
}

static bool is_figure(value_kind kind, const cell *c, text expected, text found)
{
    fraction f;
    if (kind == KIND_NUMBER && c->missing == NODE_NONE)
        return parse_figure(expected, &f) && fraction_compare(f, c->value) == 0;
    return text_equal(expected, found);
}

static const statement *step_named(const derivation *d, text name)
{
    const plan *p = d->outcome->plan;
    uint32_t level = result_level(d->outcome, d->subject);
    for (size_t i = 0; i < p->statement_count; i++) {
        const statement *s = &p->statements[i];
        if (s->kind == STATEMENT_STEP && s->level == level && (text_equal(s->words.zh, name) || text_equal(s->words.en, name)))
            return s;
    }
    return NULL;
}

static void compare_figure(comparison *m, const case_figure *f)
{
    const plan *p = m->d->outcome->plan;
    const statement *s = step_named(m->d, f->name);
    buffer found = {0};
    bool same = false;
    if (s) {
        print_cell(p, p->nodes[s->node].kind, &m->d->values[s->node], &found);
        same = is_figure(p->nodes[s->node].kind, &m->d->values[s->node], f->value, buffer_text(&found));
    }
    if (!same)
        differs(m, "figures", f->name, f->value, buffer_text(&found));
    m->t->lines.failed |= found.failed;
    buffer_free(&found);
}

/* What `assess check` would say of somebody whose input the scheme refuses. */
static text status_of(const result *r, uint32_t subject)
{
    size_t count;
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++)
        if (f[i].kind == FINDING_REFUSED)
            return TEXT("refused");
    return text_of(status_id((subject_status)r->status[subject]));
}

bool case_compare(trial *t, const rule_case *c, uint32_t i, const derivation *d)
{
    const case_expectation *e = &c->subjects[i].expect;
    const result *r = d->outcome;
    comparison m = {t, c, &c->subjects[i], d, true};
    char score[64];
    buffer rank = {0}, flags = {0};
    size_t n = result_print_score(r, i, score);
    if (r->rank[i])
        buffer_add_integer(&rank, r->rank[i]);
    result_print_flags(r, i, &flags);
    compare(&m, e->has_status, "status", e->status, status_of(r, i));
    compare(&m, e->has_score, "score", e->score, (text){score, n});
    compare(&m, e->has_grade, "grade", e->grade, r->grade[i] == GRADE_NONE ? TEXT("") : r->plan->grades[r->grade[i]].id);
    compare(&m, e->has_rank, "rank", e->rank, buffer_text(&rank));
    compare(&m, e->has_flags, "flags", e->flags, buffer_text(&flags));
    t->lines.failed |= rank.failed || flags.failed;
    buffer_free(&rank);
    buffer_free(&flags);
    compare_findings(&m, e->has_reasons, "reasons", false, e->reasons);
    compare_findings(&m, e->has_missing, "missing", true, e->missing);
    compare_lists(&m);
    for (size_t f = 0; f < e->figure_count; f++)
        compare_figure(&m, &e->figures[f]);
    return m.same;
}

bool case_is_refused_for(const rule_case *c, const assess_error *why)
{
    bool same = holds_text(text_of(why->id), c->refused);
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++)
        same |= holds_text(text_of(why->message[l]), c->refused);
    return same && c->refused.length;
}

bool case_refused_as_expected(trial *t, const rule_case *c, const assess_error *why)
{
    bool same = case_is_refused_for(c, why);
    if (!same)
        note_difference(t, c, TEXT(""), (difference){"refused", TEXT(""), c->refused, text_of(why->message[t->language])});
    return same;
}
