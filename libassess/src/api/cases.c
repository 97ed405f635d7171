/* cases.c: assess_scheme_test. Each case goes the way of every batch: tables, engine, derivation; the case file only says
 * what goes in and what must come out. */
#include <stdio.h>
#include <string.h>

#include "api/cases.h"

static assess_status load_rules(trial *t, text period, const text *settings, size_t count, plan **out, assess_error *err)
{
    rules_request request = {.file_name = file_base_name(t->place.path), .bytes = t->rule_bytes, .period = period,
                             .settings = settings, .setting_count = count, .resolve = rule_resolve, .data = rule_data, .user = &t->place};
    return rules_load(&request, out, err);
}

/* --- one case --- */

/* Clauses keep their numbers whatever the settings, because they are declared in the order of the file. */
static bool judge_subject(trial *t, const rule_case *c, const result *r, uint32_t i, bool *passed)
{
    derivation d;
    bool fine = explain_subject(r, i, t->language, 0, &d);
    if (fine) {
        *passed &= case_compare(t, c, i, &d);
        explain_clauses(&d, t->used);
    }
    explain_free(&d);
    return fine;
}

static void error_of_finding(const result *r, const finding *f, assess_error *err)
{
    buffer words = {0};
    *err = (assess_error){.status = ASSESS_E_INPUT};
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++) {
        words.length = 0;
        finding_print(r, f, (assess_language)l, &words);
        snprintf(err->message[l], sizeof err->message[l], "%.*s", (int)words.length, words.bytes ? words.bytes : "");
    }
    buffer_free(&words);
}

/* A `refuse` of the rule file holds for somebody. */
static bool is_refused(const result *r, assess_error *why)
{
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].kind == FINDING_REFUSED) {
            error_of_finding(r, &r->findings[i], why);
            return true;
        }
    return false;
}

/* Somebody of the case is expected to be refused; the others of it are looked at as well. */
static bool expects_refusal(const rule_case *c)
{
    for (size_t i = 0; i < c->subject_count; i++)
        if (c->subjects[i].expect.has_status && text_equal(c->subjects[i].expect.status, TEXT("refused")))
            return true;
    return false;
}

static assess_status judge(trial *t, const rule_case *c, const result *r, bool *passed, assess_error *err)
{
    assess_error why = {0};
    bool fine = true;
    if ((is_refused(r, &why) && !expects_refusal(c)) || c->refused.length)
        *passed = case_refused_as_expected(t, c, &why);
    for (uint32_t i = 0; fine && i < c->subject_count; i++)
        fine = judge_subject(t, c, r, i, passed);
    return fine ? ASSESS_OK : error_no_memory(err);
}

/* Tables with a mistake are not run: the first of it is what the case is refused for. */
static bool has_mistake(const batch *b, assess_error *why)
{
    for (size_t i = 0; i < b->problems.count; i++)
        if (b->problems.items[i].severity == PROBLEM_ERROR) {
            *why = (assess_error){0};
            error_set(why, ASSESS_E_INPUT, b->problems.items[i].what);
            return true;
        }
    return false;
}

static assess_status run_tables(trial *t, const rule_case *c, const plan *p, const batch *b, bool *passed, assess_error *err)
{
    engine_options one = {.threads = 1};
    assess_error mistake;
    result *r = NULL;
    if (has_mistake(b, &mistake)) {
        *passed = case_refused_as_expected(t, c, &mistake);
        return ASSESS_OK;
    }
    assess_status s = engine_run(p, b, &one, &r, err);
    s = s ? s : judge(t, c, r, passed, err);
    result_free(r);
    return s;
}

/* A case may be about people without any row in a table. */
static batch *new_batch(const plan *p, arena *memory)
{
    vocabulary words;
    if (!engine_vocabulary(p, memory, &words))
        return NULL;
    words.needs_ratings = words.needs_measures = words.needs_history = false;
    return batch_new(&words);
}

static assess_status try_case(trial *t, const rule_case *c, bool *passed, assess_error *err)
{
    plan *p = NULL;
    arena memory = {0};
    assess_status s = load_rules(t, c->period, c->settings, c->setting_count, &p, err);
    if (s)
        return s;
    batch *b = new_batch(p, &memory);
    s = b && case_fill(c, p, b) ? run_tables(t, c, p, b, passed, err) : error_no_memory(err);
    batch_free(b);
    arena_free(&memory);
    plan_free(p);
    return s;
}

/* Clauses in force where the rules refused the case were reached as well. */
static void mark_clause(trial *t, text number)
{
    for (size_t c = 1; number.length && c < t->plan->clause_count; c++)
        t->used[c] |= text_equal(t->plan->clauses[c].number, number);
}

/* A cell of it is what no table may hold, and that is what it must be refused for. */
static bool has_wrong_cell(trial *t, const rule_case *c)
{
    for (size_t i = 0; i < c->wrong_count; i++) {
        assess_error why = {0};
        error_set(&why, ASSESS_E_INPUT, c->wrong[i].what);
        if (!case_is_refused_for(c, &why))
            continue;
        mark_clause(t, c->wrong[i].clause);
        return true;
    }
    return false;
}

/* Who cannot be assessed, because the rules refuse the input or a figure cannot be computed, fails the case unless it says so; a setting
 * that does not fit is the case file's fault, at the line of the case. */
static assess_status attempt(trial *t, const rule_case *c, bool *passed, assess_error *err)
{
    assess_error why = {0};
    if (has_wrong_cell(t, c))
        return ASSESS_OK;
    assess_status s = try_case(t, c, passed, &why);
    if (s == ASSESS_E_INPUT || (s && s != ASSESS_E_SYSTEM && c->refused.length)) {
        mark_clause(t, text_of(why.clause));
        *passed = case_refused_as_expected(t, c, &why);
        return ASSESS_OK;
    }
    if (s == ASSESS_E_CALL) {
        s = why.status = ASSESS_E_RULES;
        snprintf(why.file, sizeof why.file, "%s", t->cases_name.bytes);
        why.line = c->line;
    }
    if (s && err && !err->status)
        *err = why;
    return s;
}

static bool note_clauses(trial *t, uint32_t number)
{
    for (size_t c = 0; c < t->plan->clause_count; c++) {
        clause_cases *r = &t->reached[c];
        if (!t->used[c])
            continue;
        if (!MEM_RESERVE(r->cases, r->capacity, r->count + 1))
            return false;
        r->cases[r->count++] = number;
    }
    return true;
}

static assess_status run_case(trial *t, uint32_t number, assess_error *err)
{
    bool passed = true;
    memset(t->used, 0, t->plan->clause_count * sizeof *t->used);
    assess_status s = attempt(t, &t->cases->items[number], &passed, err);
    if (s)
        return s;
    *(passed ? &t->passed : &t->failed) += 1;
    return note_clauses(t, number) ? ASSESS_OK : error_no_memory(err);
}

/* --- the whole file --- */

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

static assess_status run_all(trial *t, const case_list *list, assess_error *err)
{
    assess_status s = ASSESS_OK;
    t->cases = list;
    t->json.out = &t->problems;
    json_begin_array(&t->json);
    for (uint32_t i = 0; !s && i < list->count; i++)
        s = run_case(t, i, err);
    json_end_array(&t->json);
    return s;
}

static assess_status give_report(trial *t, assess_format format, size_t *passed, size_t *failed, char **report, assess_error *err)
{
    buffer out = {0};
    if (format == ASSESS_FORMAT_JSON) {
        case_report_json(t, &out);
    } else {
        case_report_text(t);
        buffer_add_text(&out, buffer_text(&t->lines));
    }
    out.failed |= t->lines.failed || t->problems.failed;
    *passed = t->passed;
    *failed = t->failed;
    return give_text(&out, report, NULL, err);
}

static assess_status open_trial(trial *t, const char *rules, const assess_scheme_options *o, plan **out, assess_error *err)
{
    assess_status s = rule_find(rules, o->folders, o->folder_count, &t->memory, &t->place, err);
    s = s ? s : file_read(t->place.path.bytes, RULES_MAX_SOURCE, &t->memory, &t->rule_bytes, err);
    s = s ? s : load_rules(t, TEXT(""), NULL, 0, out, err);
    if (s)
        return s;
    t->plan = *out;
    t->reached = arena_zalloc(&t->memory, t->plan->clause_count * sizeof *t->reached);
    t->used = arena_zalloc(&t->memory, t->plan->clause_count * sizeof *t->used);
    return t->reached && t->used ? ASSESS_OK : error_no_memory(err);
}

static void close_trial(trial *t)
{
    for (size_t c = 0; t->plan && t->reached && c < t->plan->clause_count; c++)
        mem_free(t->reached[c].cases);
    buffer_free(&t->lines);
    buffer_free(&t->problems);
    arena_free(&t->memory);
}

assess_status assess_scheme_test(const char *rules, const assess_scheme_options *options, assess_language language,
                                 assess_format format, size_t *passed, size_t *failed, char **report, assess_error *err)
{
    if (!rules || !passed || !failed || !report || !is_language(language))
        return bad_argument(err, "rules, language, passed, failed, report");
    OPTIONS(assess_scheme_options, period, o, options, err);
    if (!o.folders && o.folder_count)
        return bad_argument(err, "folders");
    trial t = {.language = language};
    case_list list = {0};
    plan *p = NULL;
    assess_status s = open_trial(&t, rules, &o, &p, err);
    s = s ? s : read_cases(&t, &list, err);
    s = s ? s : run_all(&t, &list, err);
    s = s ? s : give_report(&t, format, passed, failed, report, err);
    cases_free(&list);
    close_trial(&t);
    plan_free(p);
    return s;
}
