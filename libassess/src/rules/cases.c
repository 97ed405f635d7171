/* cases.c: the word `case` of a cases file:
 *
 *     case "exactly 90 is excellent" { clause = "六", peer = { {9,9,9,54,9} }, leader = { {9,9,9,54,9} },
 *                                      expect = { score = "90.00", grade = "excellent" } }
 *
 * One person stands in the case itself; several stand in people = { a = { … }, b = { … } } — as a list, because the order of
 * the people is part of the input: people = { { "a", peer = … }, { "b", … } }. */
#include "rules/cases.h"

#include <string.h>

#include "rules/loader.h"

typedef struct reader {
    const plan *plan; /* the scheme under test */
    case_list *out;
} reader;

static reader *reader_of(lua_State *L) { return loader_of(L)->user; }

static void *kept(lua_State *L, size_t count, size_t size)
{
    sandbox_charge(L, (count + 1) * size / 4); /* bounds what a file of small tables can make the list hold */
    void *block = arena_zalloc(&reader_of(L)->out->memory, (count + 1) * size);
    if (!block)
        no_memory(L);
    return block;
}

/* A text or a number as it is written there; kept with the cases. */
static text case_text(lua_State *L, int index, const char *what)
{
    char digits[64];
    text t;
    if (lua_type(L, index) == LUA_TNUMBER) {
        decimal d = need_decimal(L, index, what);
        t = (text){digits, decimal_print(d.coeff, d.scale, digits)};
    } else {
        t = lua_type(L, index) == LUA_TSTRING && lua_rawlen(L, index) == 0 ? TEXT("") : need_text(L, index, what);
    }
    char *copy = arena_text(&reader_of(L)->out->memory, t.bytes, t.length);
    if (!copy)
        no_memory(L);
    return (text){copy, t.length};
}

static bool case_field(lua_State *L, int index, const char *name, text *out)
{
    lua_getfield(L, index, name);
    bool given = !lua_isnil(L, -1);
    if (given)
        *out = case_text(L, -1, name);
    lua_pop(L, 1);
    return given;
}

static date case_date(lua_State *L, int index, const char *name)
{
    text t;
    date d;
    if (!case_field(L, index, name, &t) || !t.length)
        return DATE_NONE;
    if (date_parse(t.bytes, t.length, &d) != DATE_OK)
        refuse(L, message_of1(MSG_rules_bad_date, t));
    return d;
}

static decimal case_decimal(lua_State *L, int index, const char *name)
{
    decimal d = {CASE_BLANK, 0};
    if (field_decimal(L, index, name, &d) && d.coeff < 0)
        refuse(L, message_of1(MSG_cases_negative, text_of(name)));
    return d;
}

/* A column of whole numbers must be able to hold the item's maximum at the places of each cell. */
static bool has_room(decimal maximum, int places)
{
    return places <= maximum.scale || (int128)maximum.coeff * power_of_ten(places - maximum.scale) < (int128)1 << 62;
}

static decimal read_points(lua_State *L, const plan_item *item)
{
    decimal d = need_decimal(L, -1, "a ballot");
    if (d.coeff < 0 || fraction_compare(fraction_from_decimal(d), fraction_from_decimal(item->maximum)) > 0 ||
        !has_room(item->maximum, d.scale))
        refuse(L, message_of1(MSG_cases_points, item->id));
    return d;
}

static decimal read_cell(lua_State *L, const plan_item *item)
{
    if (lua_type(L, -1) == LUA_TSTRING && lua_rawlen(L, -1) == 0)
        return (decimal){CASE_BLANK, 0};
    if (!item->option_count)
        return read_points(L, item);
    text id = need_text(L, -1, "a ballot");
    for (size_t o = 0; o < item->option_count; o++)
        if (text_equal(item->options[o].id, id))
            return (decimal){(int64_t)o, 0};
    refuse(L, message_of1(MSG_cases_option, id));
    return (decimal){0, 0};
}

/* One ballot: its cells in the order of the items, or the one cell itself. */
static void read_ballot(lua_State *L, uint32_t role, case_ballot *out)
{
    const plan *p = reader_of(L)->plan;
    out->role = role;
    out->cells = kept(L, p->item_count, sizeof *out->cells);
    if (lua_type(L, -1) != LUA_TTABLE) {
        if (p->item_count != 1)
            refuse(L, message_of(MSG_cases_ballot));
        out->cells[0] = read_cell(L, &p->items[0]);
        return;
    }
    if ((size_t)lua_rawlen(L, -1) != p->item_count)
        refuse(L, message_of(MSG_cases_ballot));
    for (size_t i = 0; i < p->item_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        out->cells[i] = read_cell(L, &p->items[i]);
        lua_pop(L, 1);
    }
}

/* Leaves the list of that name on the stack and returns its length; 0 when there is none. */
static size_t push_list(lua_State *L, int index, const char *name)
{
    lua_getfield(L, index, name);
    if (lua_isnil(L, -1))
        return 0;
    need_table(L, -1, name);
    check_fields(L, -1, name, "", ANY_PLACES);
    return (size_t)lua_rawlen(L, -1);
}

static size_t count_ballots(lua_State *L, int index)
{
    const plan *p = reader_of(L)->plan;
    size_t total = 0;
    for (size_t r = 0; r < p->role_count; r++) {
        total += push_list(L, index, p->roles[r].id.bytes);
        lua_pop(L, 1);
    }
    return total;
}

static void read_ballots(lua_State *L, int index, case_subject *s)
{
    const plan *p = reader_of(L)->plan;
    s->ballots = kept(L, count_ballots(L, index), sizeof *s->ballots);
    for (uint32_t r = 0; r < p->role_count; r++) {
        size_t n = push_list(L, index, p->roles[r].id.bytes);
        for (size_t i = 0; i < n; i++) {
            lua_rawgeti(L, -1, (lua_Integer)i + 1);
            read_ballot(L, r, &s->ballots[s->ballot_count++]);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
    }
}

static void read_event(lua_State *L, int index, case_event *e)
{
    check_fields(L, index, "events", "from to points amount liable", 1);
    lua_rawgeti(L, index, 1);
    text id = need_text(L, -1, "events");
    size_t kind = plan_find_kind(reader_of(L)->plan, id);
    if (kind == SIZE_MAX)
        refuse(L, message_of1(MSG_rules_unknown_kind, id));
    lua_pop(L, 1);
    e->kind = (uint32_t)kind;
    e->from = case_date(L, index, "from");
    e->to = case_date(L, index, "to");
    e->to = e->to == DATE_NONE ? e->from : e->to;
    if (e->to < e->from)
        refuse(L, message_of(MSG_cases_end_before_begin));
    e->points = case_decimal(L, index, "points");
    e->amount = case_decimal(L, index, "amount");
    case_field(L, index, "liable", &e->liable);
    e->line = here(L).line;
}

static void read_events(lua_State *L, int index, case_subject *s)
{
    size_t n = push_list(L, index, "events");
    s->events = kept(L, n, sizeof *s->events);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        need_table(L, -1, "events");
        read_event(L, lua_gettop(L), &s->events[s->event_count++]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_expectation(lua_State *L, int index, case_expectation *e)
{
    lua_getfield(L, index, "expect");
    need_table(L, -1, "expect");
    int at = lua_gettop(L);
    check_fields(L, at, "expect", "status score grade rank flags", 0);
    e->has_status = case_field(L, at, "status", &e->status);
    e->has_score = case_field(L, at, "score", &e->score);
    e->has_grade = case_field(L, at, "grade", &e->grade);
    e->has_rank = case_field(L, at, "rank", &e->rank);
    e->has_flags = case_field(L, at, "flags", &e->flags);
    if (!e->has_status && !e->has_score && !e->has_grade && !e->has_rank && !e->has_flags)
        refuse(L, message_of(MSG_cases_nothing_expected));
    lua_pop(L, 1);
}

/* The fields of a case or a person: the given ones and one for each role. */
static const char *known_fields(lua_State *L, const char *more)
{
    const plan *p = reader_of(L)->plan;
    size_t length = strlen(more);
    for (size_t r = 0; r < p->role_count; r++)
        length += 1 + p->roles[r].id.length;
    char *known = kept(L, length + 1, 1), *at = known + strlen(more);
    memcpy(known, more, strlen(more));
    for (size_t r = 0; r < p->role_count; r++) {
        *at++ = ' ';
        memcpy(at, p->roles[r].id.bytes, p->roles[r].id.length);
        at += p->roles[r].id.length;
    }
    return known;
}

static void read_subject(lua_State *L, int index, text fallback_id, case_subject *s)
{
    lua_rawgeti(L, index, 1);
    s->id = lua_isnil(L, -1) ? fallback_id : case_text(L, -1, "case");
    lua_pop(L, 1);
    case_field(L, index, "unit", &s->unit);
    s->start = case_date(L, index, "start");
    read_ballots(L, index, s);
    read_events(L, index, s);
    read_expectation(L, index, &s->expect);
}

static void read_people(lua_State *L, int index, rule_case *c)
{
    lua_getfield(L, index, "people");
    if (lua_isnil(L, -1)) {
        c->subjects = kept(L, 1, sizeof *c->subjects);
        c->subject_count = 1;
        read_subject(L, index, TEXT("1"), &c->subjects[0]);
        return;
    }
    lua_pop(L, 1);
    size_t n = push_list(L, index, "people");
    int list = lua_gettop(L);
    if (!n)
        refuse(L, message_of(MSG_cases_nothing_expected));
    const char *known = known_fields(L, "unit start events expect");
    c->subjects = kept(L, n, sizeof *c->subjects);
    for (; c->subject_count < n; c->subject_count++) {
        lua_rawgeti(L, list, (lua_Integer)c->subject_count + 1);
        need_table(L, -1, "people");
        check_fields(L, -1, "people", known, 1);
        read_subject(L, lua_gettop(L), TEXT("?"), &c->subjects[c->subject_count]);
        lua_pop(L, 1);
    }
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
    char *joined = kept(L, name.length + 1 + value.length, 1);
    memcpy(joined, name.bytes, name.length);
    joined[name.length] = '=';
    memcpy(joined + name.length + 1, value.bytes, value.length);
    return (text){joined, name.length + 1 + value.length};
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
    c->settings = kept(L, p->param_count, sizeof *c->settings);
    size_t given = 0;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
        if (++given > p->param_count)
            refuse(L, message_of(MSG_cases_setting));
    for (size_t i = 0; i < p->param_count; i++) {
        text value;
        if (!case_field(L, at, p->params[i].name.bytes, &value))
            continue;
        c->settings[c->setting_count++] = join_setting(L, p->params[i].name, value);
    }
    if (given != c->setting_count)
        refuse(L, message_of(MSG_cases_setting));
}

static int read_case(lua_State *L)
{
    reader *r = reader_of(L);
    need_table(L, 1, "case");
    lua_pushvalue(L, lua_upvalueindex(1));
    rule_case c = {.name = case_text(L, -1, "case"), .line = here(L).line, .period = TEXT("2026")};
    check_fields(L, 1, "case", known_fields(L, "clause period set people unit start events expect"), 0);
    if (!case_field(L, 1, "clause", &c.clause))
        refuse(L, message_of2(MSG_rules_field_missing, TEXT("case"), TEXT("clause")));
    date_span period;
    if (case_field(L, 1, "period", &c.period) && !period_parse(c.period.bytes, c.period.length, &period))
        refuse(L, message_of1(MSG_call_period, c.period));
    read_settings(L, 1, &c);
    read_people(L, 1, &c);
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
    return 1;
}

static const word case_words[] = {{"case", word_case}, {"ipairs", word_ipairs}, {NULL, NULL}};
static const word *const case_lists[] = {case_words, NULL};

assess_status cases_load(const plan *p, text file_name, text bytes, case_list *out, assess_error *err)
{
    assess_error unheard = {0};
    rules_request request = {.file_name = file_name, .bytes = bytes};
    reader r = {p, out};
    *out = (case_list){0};
    loader l = {.words = case_lists, .request = &request, .err = err ? err : &unheard, .steps_left = RULES_STEPS, .step_budget = RULES_STEPS,
                .user = &r, .plan = plan_new()};
    assess_status status = l.plan ? run_sandboxed(&l) : error_no_memory(l.err);
    plan_free(l.plan);
    if (status)
        cases_free(out);
    return status;
}

void cases_free(case_list *c)
{
    mem_free(c->items);
    arena_free(&c->memory);
    *c = (case_list){0};
}
