/* scheme_json.c: a scheme as JSON: what `rules show` says, for programs. */
#include "api/handles.h"
#include "base/json.h"
#include "engine/run.h"

static void json_decimal(json *j, const char *key, bool given, decimal d)
{
    char digits[64];
    size_t n = given ? decimal_print(d.coeff, d.scale, digits) : 0;
    json_member_text(j, key, (text){digits, n});
}

/* An object that the caller ends. */
static void begin_named(const plan *p, json *j, text id, label l, origin at)
{
    json_begin_object(j);
    json_member_text(j, "id", id);
    json_member_text(j, "zh", l.zh);
    json_member_text(j, "en", l.en);
    json_member_text(j, "clause", plan_clause_number(p, at));
}

static void json_item(const plan *p, json *j, const plan_item *item)
{
    begin_named(p, j, item->id, item->words, item->at);
    json_decimal(j, "points", !item->option_count, item->maximum);
    json_key(j, "options");
    json_begin_array(j);
    for (size_t i = 0; i < item->option_count; i++) {
        const plan_option *o = &item->options[i];
        json_begin_object(j);
        json_member_text(j, "id", o->id);
        json_member_text(j, "zh", o->words.zh);
        json_member_text(j, "en", o->words.en);
        json_decimal(j, "points", o->counted, o->points);
        json_member_truth(j, "counted", o->counted);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void json_role(const plan *p, json *j, const plan_role *r)
{
    begin_named(p, j, r->id, r->words, r->at);
    json_member_truth(j, "counted", r->used);
    json_member_truth(j, "signed", r->signed_);
    json_end_object(j);
}

/* What the cells of a row of that kind must hold, by the names of the columns. */
static void json_needs(json *j, const vocabulary_kind *k)
{
    const struct {
        bool needed;
        text column;
    } cells[] = {{k->needs_from, TEXT("from")}, {k->needs_points, TEXT("points")}, {k->needs_amount, TEXT("amount")}};
    json_key(j, "needs");
    json_begin_array(j);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (cells[i].needed)
            json_text(j, cells[i].column);
    json_end_array(j);
    json_member_truth(j, "liable", k->uses_liable);
}

static void json_kinds(const plan *p, json *j, const vocabulary *words)
{
    json_key(j, "kinds");
    json_begin_array(j);
    for (size_t i = 0; i < p->kind_count; i++) {
        begin_named(p, j, p->kinds[i].id, p->kinds[i].words, p->kinds[i].at);
        json_needs(j, &words->kinds[i]);
        json_end_object(j);
    }
    json_end_array(j);
}

/* A level's subjects are the rows of people of its category; without one, all the others. */
static void json_level(const plan *p, json *j, const plan_level *l)
{
    (void)p;
    json_begin_object(j);
    json_member_text(j, "id", l->id);
    json_member_text(j, "zh", l->words.zh);
    json_member_text(j, "en", l->words.en);
    json_member_text(j, "category", l->category);
    json_end_object(j);
}

/* `year` counts from the period's year; of `count` and `in_a_row` it is null, and `years` are as many as they look at (0: all). */
static void json_past(const plan *p, json *j, const past_source *s)
{
    static const char *const what[] = {"score", "grade", "count", "in_a_row"};
    bool one = s->reducer == PAST_SCORE || s->reducer == PAST_GRADE;
    json_begin_object(j);
    json_member_text(j, "what", text_of(what[s->reducer]));
    json_member_text(j, "level", p->levels[s->level].id);
    json_key(j, "year");
    if (one)
        json_integer(j, s->year);
    else
        json_null(j);
    json_member_text(j, "part", s->part);
    json_key(j, "years");
    if (one)
        json_null(j);
    else
        json_integer(j, s->years);
    json_end_object(j);
}

static void json_attribute(const plan *p, json *j, const plan_attribute *a)
{
    static const char *const kinds[KIND_COUNT] = {"number", "truth", "word", "grade", "day", "minute", ""};
    begin_named(p, j, a->id, a->words, a->at);
    json_member_text(j, "kind", text_of(kinds[a->kind]));
    json_key(j, "choices");
    json_begin_array(j);
    for (size_t i = 0; i < a->choices.count; i++)
        json_text(j, p->words[a->choices.members[i]].id);
    json_end_array(j);
    json_decimal(j, "min", a->bounded, a->minimum);
    json_decimal(j, "max", a->bounded, a->maximum);
    json_member_truth(j, "required", a->needed);
    json_member_truth(j, "optional", a->optional);
    json_end_object(j);
}

static void json_measure(const plan *p, json *j, const plan_measure *m)
{
    begin_named(p, j, m->id, m->words, m->at);
    json_member_truth(j, "lower_is_better", m->lower_is_better);
    json_member_truth(j, "required", !m->optional);
    json_end_object(j);
}

static void json_grade(const plan *p, json *j, const plan_grade *g)
{
    begin_named(p, j, g->id, g->words, g->at);
    json_member_text(j, "level", p->levels[g->level].id);
    json_decimal(j, "from", g->has_from, g->from);
    json_decimal(j, "printed_to", g->has_printed_to, g->printed_to);
    json_end_object(j);
}

static void json_param(const plan *p, json *j, const plan_param *q)
{
    char digits[64];
    begin_named(p, j, q->name, q->words, q->at);
    json_member_text(j, "value", plan_param_value(q, digits));
    json_member_text(j, "default", q->default_text);
    json_decimal(j, "min", !q->is_choice, q->minimum);
    json_decimal(j, "max", !q->is_choice, q->maximum);
    json_key(j, "choices");
    json_begin_array(j);
    for (size_t i = 0; i < q->choice_count; i++)
        json_text(j, q->choices[i]);
    json_end_array(j);
    json_end_object(j);
}

static void json_sheet_rule(const plan *p, json *j, const sheet_rule *r)
{
    json_begin_object(j);
    json_member_text(j, "clause", plan_clause_number(p, r->at));
    json_member_text(j, "zh", r->words.zh);
    json_member_text(j, "en", r->words.en);
    json_end_object(j);
}

/* `says`: the whole statement in words, as `rules show` has it. */
static void json_statement(const plan *p, json *j, const statement *s, assess_language language)
{
    buffer words = {0};
    json_begin_object(j);
    json_member_text(j, "kind", text_of(statement_kind_id(s->kind)));
    json_member_text(j, "level", p->levels[s->level].id);
    json_member_text(j, "clause", plan_clause_number(p, s->at));
    json_member_text(j, "zh", s->words.zh);
    json_member_text(j, "en", s->words.en);
    plan_print_statement(p, s, language, &words);
    json_member_text(j, "says", buffer_text(&words));
    json_end_object(j);
    j->out->failed |= words.failed;
    buffer_free(&words);
}

#define JSON_LIST(j, key, list, counter, write)  \
    do {                                         \
        json_key(j, key);                        \
        json_begin_array(j);                     \
        for (size_t i = 0; i < p->counter; i++)  \
            write(p, j, &p->list[i]);            \
        json_end_array(j);                       \
    } while (0)

static void json_head(const plan *p, json *j)
{
    char hash[65], day[16];
    digest d;
    json_member_text(j, "schema", TEXT("assess.scheme/1"));
    json_member_text(j, "id", p->id);
    json_member_words(j, "title", p->title.zh, p->title.en);
    json_member_words(j, "source", p->source.zh, p->source.en);
    json_member_text(j, "effective", p->effective_text);
    json_member_text(j, "until", p->until == DATE_NONE ? TEXT("") : (text){day, date_print(p->until, day)});
    json_member_text(j, "subjects", p->of_units ? TEXT("units") : TEXT("people"));
    if (plan_digest(p, &d)) {
        digest_print(&d, hash);
        json_member_text(j, "sha256", text_of(hash));
    }
}

void scheme_json(const plan *p, assess_language language, buffer *out)
{
    json writer = {.out = out}, *j = &writer;
    arena memory = {0};
    vocabulary words;
    if (!engine_vocabulary(p, &memory, &words)) {
        out->failed = true;
        arena_free(&memory);
        return;
    }
    json_begin_object(j);
    json_head(p, j);
    JSON_LIST(j, "levels", levels, level_count, json_level);
    JSON_LIST(j, "items", items, item_count, json_item);
    JSON_LIST(j, "roles", roles, role_count, json_role);
    json_kinds(p, j, &words);
    JSON_LIST(j, "attributes", attributes, attribute_count, json_attribute);
    JSON_LIST(j, "measures", measures, measure_count, json_measure);
    JSON_LIST(j, "history", past, past_count, json_past);
    JSON_LIST(j, "sheet_rules", sheet_rules, sheet_rule_count, json_sheet_rule);
    JSON_LIST(j, "grades", grades, grade_count, json_grade);
    JSON_LIST(j, "parameters", params, param_count, json_param);
    json_key(j, "statements");
    json_begin_array(j);
    for (size_t i = 0; i < p->statement_count; i++)
        json_statement(p, j, &p->statements[i], language);
    json_end_array(j);
    json_end_object(j);
    buffer_add_char(out, '\n');
    arena_free(&memory);
}
