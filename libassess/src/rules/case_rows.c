/* case_rows.c: the rows that a subject of a case has in the tables. */
#include "rules/case_reader.h"

/* A column of whole numbers must be able to hold the item's maximum at the places of each cell. */
static bool has_room(decimal maximum, int places)
{
    return places <= maximum.scale || (int128)maximum.coeff * power_of_ten(places - maximum.scale) < (int128)1 << 62;
}

/* A cell that no table may hold, of a column that stands at `at`: kept when the case must be refused, else a mistake of the cases file. */
static void wrong_cell(lua_State *L, message of_file, message of_table, origin at)
{
    rule_case *c = reader_of(L)->now;
    if (!c->refused.length)
        refuse(L, of_file);
    if (c->wrong_count < CASE_WRONGS_MOST)
        c->wrong[c->wrong_count++] = (case_wrong){of_table, plan_clause_number(reader_of(L)->plan, at)};
}

static text decimal_text(lua_State *L, decimal d)
{
    char *kept = case_keep(L, 64, 1);
    return (text){kept, decimal_print(d.coeff, d.scale, kept)};
}

static decimal read_points(lua_State *L, const plan_item *item)
{
    decimal d = need_decimal(L, -1, "a ballot");
    bool within = d.coeff >= 0 && fraction_compare(fraction_from_decimal(d), fraction_from_decimal(item->maximum)) <= 0 &&
                  has_room(item->maximum, d.scale);
    if (!within)
        wrong_cell(L, message_of1(MSG_cases_points, item->id),
                        message_of3(MSG_input_mark_range, decimal_text(L, d), decimal_text(L, item->maximum), item->id), item->at);
    return within ? d : (decimal){CASE_BLANK, 0};
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
    out->cells = case_keep(L, p->item_count, sizeof *out->cells);
    if (lua_type(L, -1) != LUA_TTABLE) {
        if (p->item_count != 1)
            refuse(L, message_of(MSG_cases_ballot));
        out->cells[0] = read_cell(L, &p->items[0]);
        return;
    }
    check_fields(L, -1, p->roles[role].id.bytes, "by", ANY_PLACES);
    case_field(L, -1, "by", &out->by);
    if ((size_t)lua_rawlen(L, -1) != p->item_count)
        refuse(L, message_of(MSG_cases_ballot));
    for (size_t i = 0; i < p->item_count; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        out->cells[i] = read_cell(L, &p->items[i]);
        lua_pop(L, 1);
    }
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

void read_ballots(lua_State *L, int index, case_subject *s)
{
    const plan *p = reader_of(L)->plan;
    s->ballots = case_keep(L, count_ballots(L, index), sizeof *s->ballots);
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
    check_fields(L, index, "events", "from to points amount liable ref note", 1);
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
    case_field(L, index, "ref", &e->ref);
    case_field(L, index, "note", &e->note);
    e->line = here(L).line;
}

void read_events(lua_State *L, int index, case_subject *s)
{
    size_t n = push_list(L, index, "events");
    s->events = case_keep(L, n, sizeof *s->events);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        need_table(L, -1, "events");
        read_event(L, lua_gettop(L), &s->events[s->event_count++]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* --- measures and history --- */

static decimal any_decimal(lua_State *L, int index, const char *name)
{
    decimal d = {CASE_BLANK, 0};
    field_decimal(L, index, name, &d);
    return d;
}

static void read_measure(lua_State *L, int index, case_measure *m)
{
    const plan *p = reader_of(L)->plan;
    check_fields(L, index, "measures", "value target baseline", 1);
    lua_rawgeti(L, index, 1);
    text id = need_text(L, -1, "measures");
    size_t number = plan_find_measure(p, id);
    if (number == SIZE_MAX)
        refuse(L, message_of1(MSG_cases_measure, id));
    lua_pop(L, 1);
    *m = (case_measure){(uint32_t)number, any_decimal(L, index, "value"), any_decimal(L, index, "target"),
                        any_decimal(L, index, "baseline")};
}

void read_measures(lua_State *L, int index, case_subject *s)
{
    size_t n = push_list(L, index, "measures");
    s->measures = case_keep(L, n, sizeof *s->measures);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        need_table(L, -1, "measures");
        read_measure(L, lua_gettop(L), &s->measures[s->measure_count++]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void read_past(lua_State *L, int index, case_history *h)
{
    date_span period;
    check_fields(L, index, "history", "grade score", 1);
    lua_rawgeti(L, index, 1);
    h->period = case_text(L, -1, "history");
    lua_pop(L, 1);
    if (!period_parse(h->period.bytes, h->period.length, &period))
        refuse(L, message_of1(MSG_call_period, h->period));
    case_field(L, index, "grade", &h->grade);
    h->score = any_decimal(L, index, "score");
}

void read_history(lua_State *L, int index, case_subject *s)
{
    size_t n = push_list(L, index, "history");
    s->history = case_keep(L, n, sizeof *s->history);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        need_table(L, -1, "history");
        read_past(L, lua_gettop(L), &s->history[s->history_count++]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/* --- attributes --- */

static bool is_choice_of(const plan *p, const plan_attribute *a, text value)
{
    for (size_t i = 0; i < a->choices.count; i++) {
        const plan_word *w = &p->words[a->choices.members[i]];
        if (text_equal(value, w->id) || text_equal(value, w->words.zh) || text_equal(value, w->words.en))
            return true;
    }
    return a->choices.count == 0;
}

static bool is_within(const plan_attribute *a, text value)
{
    decimal d;
    if (decimal_parse(value.bytes, value.length, &d) != DECIMAL_OK)
        return false;
    fraction f = fraction_from_decimal(d);
    return !a->bounded || (fraction_compare(f, fraction_from_decimal(a->minimum)) >= 0 &&
                           fraction_compare(f, fraction_from_decimal(a->maximum)) <= 0);
}

static bool fits(const plan *p, const plan_attribute *a, text value)
{
    date day;
    int64_t minute;
    switch (a->kind) {
    case KIND_NUMBER: return is_within(a, value);
    case KIND_WORD: return is_choice_of(p, a, value);
    case KIND_DAY: return date_parse(value.bytes, value.length, &day) == DATE_OK;
    case KIND_MINUTE: return minute_parse(value.bytes, value.length, &minute) == DATE_OK;
    default: return true;
    }
}

/* Columns that stand in the subject itself. */
static bool is_standard(text id)
{
    static const char *const ids[] = {"name", "unit", "category", "post", "start"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (text_equal(id, text_of(ids[i])))
            return true;
    return false;
}

static void refuse_cell(lua_State *L, const plan_attribute *a, text value)
{
    message of_file = message_of2(MSG_cases_attribute, a->id, value);
    if (!a->bounded) {
        wrong_cell(L, of_file, of_file, a->at);
        return;
    }
    text low = decimal_text(L, a->minimum), high = decimal_text(L, a->maximum);
    wrong_cell(L, message_of4(MSG_cases_attribute_range, a->id, value, low, high), message_of3(MSG_input_attribute_range, value, low, high), a->at);
}

/* An empty cell is no mistake of the file: cases leave out what they are not about. */
static void note_empty(lua_State *L, const plan_attribute *a)
{
    message m = message_of2(MSG_input_attribute_missing, a->id, a->words.en);
    m.zh[1] = a->words.zh;
    if (a->needed && reader_of(L)->now->refused.length)
        wrong_cell(L, m, m, a->at);
}

void read_attributes(lua_State *L, int index, case_subject *s)
{
    const plan *p = reader_of(L)->plan;
    s->attributes = case_keep(L, p->attribute_count, sizeof *s->attributes);
    for (size_t i = 0; i < p->attribute_count; i++) {
        const plan_attribute *a = &p->attributes[i];
        if (is_standard(a->id))
            continue;
        if (!case_field(L, index, a->id.bytes, &s->attributes[i]) || !s->attributes[i].length) {
            note_empty(L, a);
        } else if (!fits(p, a, s->attributes[i])) {
            refuse_cell(L, a, s->attributes[i]);
            s->attributes[i] = TEXT("");
        }
    }
}
