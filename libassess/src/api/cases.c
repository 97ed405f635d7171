/* cases.c: assess_scheme_test. Each case goes the way of every batch: tables, engine, derivation; the case file only says
 * what goes in and what must come out. */
#include <stdio.h>

#include "api/handles.h"
#include "base/json.h"
#include "explain/explain.h"
#include "rules/cases.h"
#include "rules/rules.h"

typedef struct trial {
    rule_place place;
    text rule_bytes, cases_name;
    assess_language language;
    const plan *plan;   /* the scheme with its defaults, which the cases file was read against */
    bool *reached;      /* [plan->clause_count] */
    size_t passed, failed;
    buffer lines;       /* one for each expectation that does not hold */
    buffer problems;    /* the same as JSON */
    json json;
    arena memory;
} trial;

static void say(trial *t, const char *zh, const char *en) { buffer_add_string(&t->lines, t->language == ASSESS_ZH ? zh : en); }

static assess_status load_rules(trial *t, text period, const text *settings, size_t count, plan **out, assess_error *err)
{
    rules_request request = {.file_name = file_base_name(t->place.path), .bytes = t->rule_bytes, .period = period,
                             .settings = settings, .setting_count = count, .resolve = rule_resolve, .data = rule_data, .user = &t->place};
    return rules_load(&request, out, err);
}

/* --- tables of a case --- */

static bool add_people(const rule_case *c, batch *b, uint32_t source)
{
    for (size_t i = 0; i < c->subject_count; i++) {
        const case_subject *s = &c->subjects[i];
        uint32_t number;
        if (!batch_add_subject(b, s->id, s->id, s->unit, TEXT(""), TEXT(""), s->start, source, (uint32_t)i + 1, &number))
            return false;
    }
    b->has_table[TABLE_PEOPLE] = b->has_table[TABLE_RATINGS] = true;
    return true;
}

/* Reading the cases has made sure that every column can hold its item's maximum at the cells' places. */
static bool add_ballot(batch *b, uint32_t subject, const case_ballot *v)
{
    ballots *t = &b->ballots;
    if (!batch_reserve_ballots(b, t->count + 1))
        return false;
    for (size_t i = 0; i < b->words.item_count; i++) {
        decimal points = v->cells[i];
        if (points.coeff != CASE_BLANK)
            batch_raise_scale(b, i, points.scale);
        bool blank = points.coeff == CASE_BLANK;
        t->values[i][t->count] = blank ? CELL_BLANK : points.coeff * power_of_ten(t->scale[i] - points.scale);
    }
    t->subject[t->count] = subject;
    t->rater[t->count] = RATER_ANONYMOUS;
    t->role[t->count] = (uint8_t)v->role;
    t->row[t->count++] = 1;
    return true;
}

static bool add_event(batch *b, uint32_t subject, const case_event *v, uint32_t source)
{
    event e = {.subject = subject, .kind = (uint16_t)v->kind, .from = v->from, .to = v->to, .points = v->points,
               .amount = v->amount, .source = source, .row = v->line, .liable = SUBJECT_NONE};
    if (v->liable.length)
        e.liable = intern_find(&b->people.ids, v->liable);
    return batch_add_event(b, e);
}

static bool fill_batch(const rule_case *c, batch *b)
{
    uint32_t source = batch_add_source(b, c->name);
    bool fine = source != PROBLEM_NO_SOURCE && add_people(c, b, source);
    for (uint32_t i = 0; fine && i < c->subject_count; i++) {
        for (size_t v = 0; fine && v < c->subjects[i].ballot_count; v++)
            fine = add_ballot(b, i, &c->subjects[i].ballots[v]);
        for (size_t e = 0; fine && e < c->subjects[i].event_count; e++)
            fine = add_event(b, i, &c->subjects[i].events[e], source);
    }
    return fine && batch_finish(b, 1);
}

/* --- comparing --- */

static void report_difference(trial *t, const rule_case *c, const case_subject *s, const char *what, text expected, text found)
{
    buffer_add_visible(&t->lines, t->cases_name);
    buffer_add_char(&t->lines, ':');
    buffer_add_integer(&t->lines, c->line);
    say(t, "：算例“", ": case “");
    buffer_add_visible(&t->lines, c->name);
    say(t, "”（", "” (");
    buffer_add_visible(&t->lines, c->clause);
    say(t, "，", ", ");
    buffer_add_visible(&t->lines, s->id);
    say(t, "）：", "): ");
    buffer_add_string(&t->lines, what);
    say(t, " 应为“", " expected '");
    buffer_add_visible(&t->lines, expected);
    say(t, "”，实为“", "' but found '");
    buffer_add_visible(&t->lines, found);
    say(t, "”\n", "'\n");
    json_begin_object(&t->json);
    json_member_text(&t->json, "case", c->name);
    json_member_integer(&t->json, "line", c->line);
    json_member_text(&t->json, "clause", c->clause);
    json_member_text(&t->json, "subject", s->id);
    json_member_text(&t->json, "field", text_of(what));
    json_member_text(&t->json, "expected", expected);
    json_member_text(&t->json, "found", found);
    json_end_object(&t->json);
}

static bool compare(trial *t, const rule_case *c, const case_subject *s, bool asked, const char *what, text expected, text found)
{
    if (!asked || text_equal(expected, found))
        return true;
    report_difference(t, c, s, what, expected, found);
    return false;
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

static bool compare_subject(trial *t, const rule_case *c, const result *r, uint32_t i)
{
    const case_subject *s = &c->subjects[i];
    const case_expectation *e = &s->expect;
    char score[64];
    buffer rank = {0}, flags = {0};
    size_t n = result_print_score(r, i, score);
    if (r->rank[i])
        buffer_add_integer(&rank, r->rank[i]);
    result_print_flags(r, i, &flags);
    text grade = r->grade[i] == GRADE_NONE ? TEXT("") : r->plan->grades[r->grade[i]].id;
    bool fine = compare(t, c, s, e->has_status, "status", e->status, status_of(r, i));
    fine &= compare(t, c, s, e->has_score, "score", e->score, (text){score, n});
    fine &= compare(t, c, s, e->has_grade, "grade", e->grade, grade);
    fine &= compare(t, c, s, e->has_rank, "rank", e->rank, buffer_text(&rank));
    fine &= compare(t, c, s, e->has_flags, "flags", e->flags, buffer_text(&flags));
    buffer_free(&rank);
    buffer_free(&flags);
    return fine;
}

/* Clauses keep their numbers whatever the settings, because they are declared in the order of the file. */
static bool note_clauses(trial *t, const result *r, uint32_t subject)
{
    derivation d;
    bool fine = explain_subject(r, subject, t->language, 0, &d);
    if (fine)
        explain_clauses(&d, t->reached);
    explain_free(&d);
    return fine;
}

static assess_status judge(trial *t, const rule_case *c, const plan *p, const batch *b, assess_error *err)
{
    engine_options one = {.threads = 1};
    result *r = NULL;
    assess_status s = engine_run(p, b, &one, &r, err);
    if (s)
        return s;
    bool passed = true, fine = true;
    for (uint32_t i = 0; fine && i < c->subject_count; i++) {
        passed &= compare_subject(t, c, r, i);
        fine = note_clauses(t, r, i);
    }
    *(passed ? &t->passed : &t->failed) += 1;
    result_free(r);
    return fine ? ASSESS_OK : error_no_memory(err);
}

static assess_status try_case(trial *t, const rule_case *c, assess_error *err)
{
    plan *p = NULL;
    vocabulary words;
    arena memory = {0};
    assess_status s = load_rules(t, c->period, c->settings, c->setting_count, &p, err);
    if (s)
        return s;
    batch *b = NULL;
    if (engine_vocabulary(p, &memory, &words)) {
        words.needs_ratings = words.needs_measures = words.needs_history = false; /* a case gives what it is about */
        b = batch_new(&words);
    }
    if (!b || !fill_batch(c, b))
        s = error_no_memory(err);
    s = s ? s : judge(t, c, p, b, err);
    batch_free(b);
    arena_free(&memory);
    plan_free(p);
    return s;
}

/* A setting or a figure that does not fit is the case file's fault, at the line of the case. */
static assess_status run_case(trial *t, const rule_case *c, assess_error *err)
{
    assess_error why = {0};
    assess_status s = try_case(t, c, &why);
    if (s == ASSESS_E_CALL || s == ASSESS_E_INPUT) {
        s = why.status = ASSESS_E_RULES;
        snprintf(why.file, sizeof why.file, "%s", t->cases_name.bytes);
        why.line = c->line;
    }
    if (s && err && !err->status)
        *err = why;
    return s;
}

/* --- the report --- */

static bool bears_statements(const plan *p, size_t clause)
{
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].at.clause == clause)
            return true;
    for (size_t i = 0; i < p->item_count; i++)
        if (p->items[i].at.clause == clause)
            return true;
    return false;
}

static void list_clauses(trial *t, bool reached, buffer *out, size_t *count)
{
    *count = 0;
    for (size_t c = 1; c < t->plan->clause_count; c++) {
        if (!bears_statements(t->plan, c) || t->reached[c] != reached)
            continue;
        if ((*count)++)
            buffer_add_string(out, t->language == ASSESS_ZH ? "、" : ", ");
        buffer_add_text(out, t->plan->clauses[c].number);
    }
}

static void finish_text(trial *t)
{
    size_t reached, missed;
    buffer yes = {0}, no = {0};
    list_clauses(t, true, &yes, &reached);
    list_clauses(t, false, &no, &missed);
    buffer_add_text(&t->lines, t->plan->id);
    say(t, "：", ": ");
    buffer_add_integer(&t->lines, (int64_t)(t->passed + t->failed));
    say(t, " 个算例，通过 ", " cases, ");
    buffer_add_integer(&t->lines, (int64_t)t->passed);
    say(t, "，未通过 ", " passed, ");
    buffer_add_integer(&t->lines, (int64_t)t->failed);
    say(t, "\n算例涉及的条款 ", " failed\nclauses reached ");
    buffer_add_integer(&t->lines, (int64_t)reached);
    buffer_add_string(&t->lines, "/");
    buffer_add_integer(&t->lines, (int64_t)(reached + missed));
    say(t, "：", ": ");
    buffer_add_text(&t->lines, buffer_text(&yes));
    if (missed) {
        say(t, "\n没有算例涉及的条款：", "\nno case reaches: ");
        buffer_add_text(&t->lines, buffer_text(&no));
    }
    buffer_add_char(&t->lines, '\n');
    buffer_free(&yes);
    buffer_free(&no);
}

static void json_clauses(trial *t, json *j, const char *key, bool reached)
{
    json_key(j, key);
    json_begin_array(j);
    for (size_t c = 1; c < t->plan->clause_count; c++)
        if (bears_statements(t->plan, c) && t->reached[c] == reached)
            json_text(j, t->plan->clauses[c].number);
    json_end_array(j);
}

static void finish_json(trial *t, buffer *out)
{
    json j = {.out = out};
    json_begin_object(&j);
    json_member_text(&j, "schema", TEXT("assess.rules-test/1"));
    json_member_text(&j, "scheme", t->plan->id);
    json_member_integer(&j, "passed", (int64_t)t->passed);
    json_member_integer(&j, "failed", (int64_t)t->failed);
    json_clauses(t, &j, "clauses_reached", true);
    json_clauses(t, &j, "clauses_missed", false);
    json_key(&j, "failures");
    buffer_add_text(out, buffer_text(&t->problems));
    json_end_object(&j);
    buffer_add_char(out, '\n');
}

/* bureau.lua -> bureau.cases.lua */
static assess_status read_cases(trial *t, case_list *out, assess_error *err)
{
    buffer path = {0};
    text bytes;
    text rules = t->place.path, ending = TEXT(".lua");
    if (rules.length >= ending.length &&
        text_equal((text){rules.bytes + rules.length - ending.length, ending.length}, ending))
        rules.length -= ending.length;
    buffer_add_text(&path, rules);
    buffer_add_string(&path, ".cases.lua");
    char *name = path.failed ? NULL : arena_text(&t->memory, path.bytes, path.length);
    buffer_free(&path);
    if (!name)
        return error_no_memory(err);
    t->cases_name = file_base_name(text_of(name));
    assess_status s = file_read(name, RULES_MAX_SOURCE, &t->memory, &bytes, err);
    return s ? s : cases_load(t->plan, t->cases_name, bytes, out, err);
}

static assess_status run_all(trial *t, assess_error *err)
{
    case_list list = {0};
    t->reached = arena_zalloc(&t->memory, t->plan->clause_count * sizeof *t->reached);
    assess_status s = t->reached ? read_cases(t, &list, err) : error_no_memory(err);
    t->json.out = &t->problems;
    json_begin_array(&t->json);
    for (size_t i = 0; !s && i < list.count; i++)
        s = run_case(t, &list.items[i], err);
    json_end_array(&t->json);
    cases_free(&list);
    return s;
}

static assess_status give_report(trial *t, assess_format format, size_t *passed, size_t *failed, char **report, assess_error *err)
{
    buffer out = {0};
    if (format == ASSESS_FORMAT_JSON) {
        finish_json(t, &out);
    } else {
        finish_text(t);
        buffer_add_text(&out, buffer_text(&t->lines));
    }
    out.failed |= t->lines.failed || t->problems.failed;
    *passed = t->passed;
    *failed = t->failed;
    return give_text(&out, report, NULL, err);
}

assess_status assess_scheme_test(const char *rules, const assess_scheme_options *options, assess_language language,
                                 assess_format format, size_t *passed, size_t *failed, char **report, assess_error *err)
{
    if (!rules || !passed || !failed || !report || !is_language(language))
        return bad_argument(err, "rules, language, passed, failed, report");
    OPTIONS(assess_scheme_options, o, options, err);
    if (!o.folders && o.folder_count)
        return bad_argument(err, "folders");
    trial t = {.language = language};
    plan *p = NULL;
    assess_status s = rule_find(rules, o.folders, o.folder_count, &t.memory, &t.place, err);
    s = s ? s : file_read(t.place.path.bytes, RULES_MAX_SOURCE, &t.memory, &t.rule_bytes, err);
    s = s ? s : load_rules(&t, TEXT(""), NULL, 0, &p, err);
    t.plan = p;
    s = s ? s : run_all(&t, err);
    s = s ? s : give_report(&t, format, passed, failed, report, err);
    plan_free(p);
    buffer_free(&t.lines);
    buffer_free(&t.problems);
    arena_free(&t.memory);
    return s;
}
