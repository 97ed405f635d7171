/* cases.c: the word `case` of a cases file:
 *
 *     case "exactly 90 is excellent" { clause = "六", peer = { {9,9,9,54,9} }, leader = { {9,9,9,54,9} },
 *                                      expect = { score = "90.00", grade = "excellent" } }
 *
 * One subject stands in the case itself; several stand in lists, because the order of the input is part of it:
 * people = { { "a", peer = … }, { "b", … } }, units = { { "office", … } }. */
#include <string.h>

#include "rules/case_reader.h"
#include "rules/recovery.h"

/* What every subject may say beside the roles' ballots and the attributes. */
#define SUBJECT_FIELDS "name unit category post start measures history events expect"

static size_t add_known(char *known, text id)
{
    if (known) {
        *known = ' ';
        memcpy(known + 1, id.bytes, id.length);
    }
    return id.length + 1;
}

/* Writes the ids of the roles and attributes behind `at`, or counts their bytes when it is NULL. */
static size_t add_ids(const plan *p, char *at)
{
    size_t length = 0;
    for (size_t r = 0; r < p->role_count; r++)
        length += add_known(at ? at + length : NULL, p->roles[r].id);
    for (size_t i = 0; i < p->attribute_count; i++)
        length += add_known(at ? at + length : NULL, p->attributes[i].id);
    return length;
}

/* The fields of a case or a subject: the given ones and one for each role and attribute. */
static const char *known_fields(lua_State *L, const char *more)
{
    const plan *p = reader_of(L)->plan;
    size_t length = strlen(more);
    char *known = case_keep(L, length + add_ids(p, NULL) + 1, 1);
    memcpy(known, more, length);
    add_ids(p, known + length);
    return known;
}

static void read_subject(lua_State *L, int index, text fallback_id, const rule_case *c, case_subject *s)
{
    lua_rawgeti(L, index, 1);
    s->id = lua_isnil(L, -1) ? fallback_id : case_text(L, -1, "case");
    lua_pop(L, 1);
    s->name = s->id;
    s->category = reader_of(L)->plan->levels[s->level].category;
    case_field(L, index, "name", &s->name);
    case_field(L, index, "unit", &s->unit);
    case_field(L, index, "category", &s->category);
    case_field(L, index, "post", &s->post);
    s->start = case_date(L, index, "start");
    read_attributes(L, index, s);
    read_ballots(L, index, s);
    read_events(L, index, s);
    read_measures(L, index, s);
    read_history(L, index, s);
    read_expectation(L, index, !c->refused.length, &s->expect);
}

/* The level that a list of the case is about: `people` is the scheme's first one, whatever it is called. */
static uint32_t level_of_list(lua_State *L, const char *name)
{
    const plan *p = reader_of(L)->plan;
    for (uint32_t l = 0; strcmp(name, "units") == 0 && l < p->level_count; l++)
        if (text_equal(p->levels[l].id, TEXT("units")))
            return l;
    if (strcmp(name, "units") == 0 && !p->of_units)
        refuse(L, message_of(MSG_cases_no_units));
    return 0;
}

static void read_list(lua_State *L, int index, const char *name, rule_case *c)
{
    size_t n = push_list(L, index, name);
    int list = lua_gettop(L);
    uint32_t level = n ? level_of_list(L, name) : 0;
    const char *known = known_fields(L, SUBJECT_FIELDS);
    for (size_t i = 0; i < n; i++) {
        case_subject *s = &c->subjects[c->subject_count++];
        s->level = level;
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        need_table(L, -1, name);
        check_fields(L, -1, name, known, 1);
        read_subject(L, lua_gettop(L), TEXT("?"), c, s);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_subjects(lua_State *L, int index, rule_case *c)
{
    size_t people = push_list(L, index, "people"), units = push_list(L, index, "units");
    bool alone = lua_isnil(L, -1) && lua_isnil(L, -2);
    lua_pop(L, 2);
    c->subjects = case_keep(L, people + units + 1, sizeof *c->subjects);
    if (alone) {
        c->subject_count = 1;
        read_subject(L, index, TEXT("1"), c, &c->subjects[0]);
        return;
    }
    if (people + units == 0)
        refuse(L, message_of(MSG_cases_nothing_expected));
    read_list(L, index, "units", c);
    read_list(L, index, "people", c);
}

static bool is_subject(const rule_case *c, size_t count, text id)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(c->subjects[i].id, id))
            return true;
    return false;
}

/* Every person has an id of his own, and who is liable is one of them. */
static void check_people(lua_State *L, const rule_case *c)
{
    sandbox_charge(L, c->subject_count * c->subject_count / 16);
    for (size_t i = 0; i < c->subject_count; i++) {
        const case_subject *s = &c->subjects[i];
        if (is_subject(c, i, s->id))
            refuse(L, message_of1(MSG_cases_person_twice, s->id));
        for (size_t e = 0; e < s->event_count; e++) {
            sandbox_charge(L, c->subject_count / 16);
            if (s->events[e].liable.length && !is_subject(c, c->subject_count, s->events[e].liable))
                refuse(L, message_of1(MSG_cases_liable, s->events[e].liable));
        }
    }
}

/* "rounding=whole" */
static text join_setting(lua_State *L, text name, text value)
{
    char *joined = case_keep(L, name.length + 1 + value.length, 1);
    memcpy(joined, name.bytes, name.length);
    joined[name.length] = '=';
    memcpy(joined + name.length + 1, value.bytes, value.length);
    return (text){joined, name.length + 1 + value.length};
}

/* Of several, the first in the order of their bytes: Lua's own order is another one in every run. */
static void refuse_setting(lua_State *L, int index)
{
    const plan *p = reader_of(L)->plan;
    text first = {NULL, 0};
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        text key = TEXT("?");
        if (lua_type(L, -2) == LUA_TSTRING)
            key.bytes = lua_tolstring(L, -2, &key.length);
        if (plan_find_param(p, key) == SIZE_MAX && (!first.bytes || text_compare(key, first) < 0))
            first = key;
    }
    refuse_unknown(L, MSG_cases_setting, MSG_cases_setting_near, first, p->params, sizeof *p->params, p->param_count);
}

/* set = { rounding = "whole" }, in the order of the scheme's parameters. */
static void read_settings(lua_State *L, int index, rule_case *c)
{
    const plan *p = reader_of(L)->plan;
    lua_getfield(L, index, "set");
    if (lua_isnil(L, -1))
        return;
    need_table(L, -1, "set");
    int at = lua_gettop(L);
    c->settings = case_keep(L, p->param_count, sizeof *c->settings);
    size_t given = 0;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        sandbox_charge(L, p->param_count);
        given++;
    }
    for (size_t i = 0; i < p->param_count; i++) {
        text value;
        if (!case_field(L, at, p->params[i].name.bytes, &value))
            continue;
        c->settings[c->setting_count++] = join_setting(L, p->params[i].name, value);
    }
    if (given != c->setting_count)
        refuse_setting(L, at);
}

/* A clause of the scheme or of a file that it uses; where the scheme numbers none, there is nothing to go by. The case is read on. */
static void check_clause(lua_State *L, text clause)
{
    const plan *p = reader_of(L)->plan;
    text near = {"", 0};
    sandbox_charge(L, p->clause_count);
    for (size_t i = 1; i < p->clause_count; i++) {
        if (text_equal(p->clauses[i].number, clause))
            return;
        near = nearer(clause, near, p->clauses[i].number);
    }
    if (p->clause_count > 1)
        complain(L, message_of2(near.length ? MSG_cases_clause_near : MSG_cases_clause, clause, near));
}

static int read_case(lua_State *L)
{
    reader *r = reader_of(L);
    need_table(L, 1, "case");
    lua_pushvalue(L, lua_upvalueindex(1));
    rule_case c = {.name = case_text(L, -1, "case"), .line = here(L).line, .period = TEXT("2026")};
    check_fields(L, 1, "case", known_fields(L, "clause period set refused people units " SUBJECT_FIELDS), 0);
    r->now = &c;
    if (!case_field(L, 1, "clause", &c.clause))
        refuse(L, message_of2(MSG_rules_field_missing, TEXT("case"), TEXT("clause")));
    check_clause(L, c.clause);
    date_span period;
    if (case_field(L, 1, "period", &c.period) && !period_parse(c.period.bytes, c.period.length, &period))
        refuse(L, message_of1(MSG_call_period, c.period));
    case_field(L, 1, "refused", &c.refused);
    read_settings(L, 1, &c);
    read_subjects(L, 1, &c);
    check_people(L, &c);
    rule_case *fresh = plan_grow((void **)&r->out->items, &r->out->count, &r->out->capacity, sizeof *r->out->items);
    if (!fresh)
        no_memory(L);
    *fresh = c;
    return 0;
}

static int word_case(lua_State *L)
{
    need_text(L, 1, "case");
    lua_settop(L, 1);
    lua_pushcclosure(L, read_case, 1);
    recover_in(L, "case");
    return 1;
}

static const word case_words[] = {{"case", word_case}, {"ipairs", word_ipairs}, {NULL, NULL}};
static const word *const case_lists[] = {case_words, NULL};

assess_status cases_load_all(const plan *p, text file_name, text bytes, case_list *out, mistake_list *mistakes, assess_error *err)
{
    assess_error unheard = {0};
    rules_request request = {.file_name = file_name, .bytes = bytes};
    reader r = {.plan = p, .out = out};
    *out = (case_list){0};
    loader l = {.words = case_lists, .request = &request, .err = err ? err : &unheard, .steps_left = RULES_STEPS, .step_budget = RULES_STEPS,
                .user = &r, .plan = plan_new()};
    assess_status status = l.plan ? run_sandboxed(&l) : error_no_memory(l.err);
    status = hand_over(&l, status, mistakes);
    plan_free(l.plan);
    if (status)
        cases_free(out);
    return status;
}

assess_status cases_load(const plan *p, text file_name, text bytes, case_list *out, assess_error *err)
{
    return cases_load_all(p, file_name, bytes, out, NULL, err);
}

void cases_free(case_list *c)
{
    mem_free(c->items);
    arena_free(&c->memory);
    *c = (case_list){0};
}
