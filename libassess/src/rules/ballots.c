/* ballots.c: ballots as sources of figures. */
#include <string.h>

#include "rules/loader.h"

static uint32_t role_at(lua_State *L, int index, const char *what)
{
    const plan *p = loader_of(L)->plan;
    text id = need_text(L, index, what);
    size_t role = plan_find_role(p, id);
    if (role == SIZE_MAX)
        refuse_unknown(L, MSG_rules_unknown_role, MSG_rules_unknown_role_near, id, p->roles, sizeof *p->roles, p->role_count);
    return (uint32_t)1 << role;
}

uint32_t read_roles(lua_State *L, int index, const char *what)
{
    uint32_t roles = 0;
    size_t n = (size_t)lua_rawlen(L, index);
    if (!n)
        refuse(L, message_of1(MSG_rules_roles_empty, text_of(what)));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        roles |= role_at(L, -1, what);
        lua_pop(L, 1);
    }
    return roles;
}

/* ballots "peer", ballots { "peer", "leader" } */
static int word_ballots(lua_State *L)
{
    uint32_t roles;
    if (lua_type(L, 1) == LUA_TTABLE) {
        check_fields(L, 1, "ballots", "", ANY_PLACES);
        roles = read_roles(L, 1, "ballots");
    } else {
        roles = role_at(L, 1, "ballots");
    }
    symbol_push(L, SYMBOL_BALLOTS)->ballots =
        (ballot_source){.roles = roles, .trim = SOURCE_NONE, .least = 1, .attribute = SOURCE_NONE, .set = SOURCE_NONE};
    return 1;
}

void refuse_total_of_options(lua_State *L)
{
    const plan *p = loader_of(L)->plan;
    for (size_t i = 0; i < p->item_count; i++)
        if (p->items[i].option_count)
            refuse(L, message_of1(MSG_rules_total_of_options, p->items[i].id));
}

static int total(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_BALLOTS, ":total");
    refuse_total_of_options(L);
    symbol *s = symbol_push(L, SYMBOL_POINTS);
    s->ballots = from.ballots;
    s->ballots.item = ITEM_TOTAL;
    return 1;
}

uint32_t find_item(lua_State *L, text id)
{
    size_t number = plan_find_item(loader_of(L)->plan, id);
    if (number == SIZE_MAX)
        refuse(L, message_of1(MSG_rules_unknown_item, id));
    return (uint32_t)number;
}

static int item(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_BALLOTS, ":item");
    uint32_t number = find_item(L, need_text(L, 2, ":item"));
    symbol *s = symbol_push(L, SYMBOL_POINTS);
    s->ballots = from.ballots;
    s->ballots.item = number;
    return 1;
}

/* --- whose --- */

static uint32_t find_attribute(lua_State *L, text id)
{
    plan *p = loader_of(L)->plan;
    size_t number = plan_find_attribute(p, id);
    if (number == SIZE_MAX)
        refuse(L, message_of1(MSG_rules_raters_attribute, id));
    if (p->attributes[number].kind != KIND_WORD)
        refuse(L, message_of(MSG_rules_raters));
    note_used_attribute(L, (uint32_t)number);
    return (uint32_t)number;
}

/* A word that the attribute may hold. */
static uint32_t read_rater_word(lua_State *L, const plan_attribute *of)
{
    text id = need_text(L, -1, ":of_raters");
    uint32_t number = word_number(L, id);
    sandbox_charge(L, of->choices.count); /* for the search */
    if (of->choices.count && !plan_in_set(of->choices.members, of->choices.count, number))
        refuse(L, message_of2(MSG_rules_word_of, id, of->id));
    return number;
}

/* :of_raters { "rank", "处级", "科级" }: of those raters alone, as the table of people has them. */
static int of_raters(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_BALLOTS, ":of_raters");
    plan *p = loader_of(L)->plan;
    need_table(L, 2, ":of_raters");
    check_fields(L, 2, ":of_raters", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 2);
    if (n < 2 || from.ballots.attribute != SOURCE_NONE)
        refuse(L, message_of(MSG_rules_raters));
    lua_rawgeti(L, 2, 1);
    uint32_t attribute = find_attribute(L, need_text(L, -1, ":of_raters"));
    uint32_t *members = arena_alloc(&p->memory, n * sizeof *members);
    if (!members)
        no_memory(L);
    for (size_t i = 0; i + 1 < n; i++) {
        lua_rawgeti(L, 2, (lua_Integer)i + 2);
        members[i] = read_rater_word(L, &p->attributes[attribute]);
        lua_pop(L, 1);
    }
    uint32_t set = add_set(L, members, n - 1);
    symbol *s = symbol_push(L, SYMBOL_BALLOTS);
    s->ballots = from.ballots;
    s->ballots.attribute = attribute;
    s->ballots.set = set;
    return 1;
}

/* --- trimming --- */

bool field_whole(lua_State *L, int index, const char *name, uint32_t least, uint32_t *out)
{
    decimal d;
    if (!field_decimal(L, index, name, &d))
        return false;
    if (d.scale || d.coeff < (int64_t)least || d.coeff > INT32_MAX)
        refuse(L, message_of2(MSG_rules_whole_from, text_of(name), least ? TEXT("1") : TEXT("0")));
    *out = (uint32_t)d.coeff;
    return true;
}

bool field_part(lua_State *L, int index, const char *name, decimal *out)
{
    if (!field_decimal(L, index, name, out))
        return false;
    if (out->coeff <= 0 || fraction_compare(fraction_from_decimal(*out), fraction_of(1, 1)) >= 0)
        refuse(L, message_of1(MSG_rules_part, text_of(name)));
    return true;
}

/* What a row drops must leave a ballot even where it starts. */
static void read_trim_row(lua_State *L, int index, trim_row *row)
{
    need_table(L, index, ":trimmed");
    check_fields(L, index, ":trimmed", "from drop high low share", 0);
    uint32_t drop = 0;
    row->from = 1;
    field_whole(L, index, "from", 1, &row->from);
    bool same = field_whole(L, index, "drop", 1, &drop), high = field_whole(L, index, "high", 0, &row->high),
         low = field_whole(L, index, "low", 0, &row->low), share = field_part(L, index, "share", &row->share);
    if (same + (high || low) + share != 1 || (!same && !share && !(row->high + row->low)))
        refuse(L, message_of(MSG_rules_trim_row));
    if (same)
        row->high = row->low = drop;
    char digits[64];
    if ((uint64_t)row->high + row->low >= row->from ||
        (share && fraction_compare(fraction_from_decimal(row->share), fraction_of(1, 2)) >= 0))
        refuse(L, message_of1(MSG_rules_trim_all, (text){digits, decimal_print(row->from, 0, digits)}));
}

static bool same_rows(const trim_row *a, const trim_row *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].from != b[i].from || a[i].high != b[i].high || a[i].low != b[i].low || a[i].share.coeff != b[i].share.coeff ||
            a[i].share.scale != b[i].share.scale)
            return false;
    return true;
}

/* The number of the table, which may stand there already. */
static uint32_t add_trim(lua_State *L, trim_row *rows, size_t count)
{
    plan *p = loader_of(L)->plan;
    for (size_t i = 0; i < p->trim_count; i++)
        if (p->trims[i].row_count == count && same_rows(p->trims[i].rows, rows, count))
            return (uint32_t)i;
    plan_trim *fresh = PLAN_APPEND(p, trims, trim_count, trim_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = (plan_trim){rows, count};
    return (uint32_t)p->trim_count - 1;
}

/* :trimmed { { from = 5, drop = 1 }, { from = 20, drop = 2 } } */
static int trimmed(lua_State *L)
{
    symbol from = *symbol_need(L, 1, SYMBOL_POINTS, ":trimmed");
    plan *p = loader_of(L)->plan;
    need_table(L, 2, ":trimmed");
    check_fields(L, 2, ":trimmed", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 2);
    if (!n || from.ballots.trim != SOURCE_NONE)
        refuse(L, message_of(n ? MSG_rules_trim_twice : MSG_rules_trim_row));
    sandbox_charge(L, n * sizeof(trim_row) + p->trim_count); /* for the search as well */
    trim_row *rows = arena_zalloc(&p->memory, n * sizeof *rows);
    if (!rows)
        no_memory(L);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        read_trim_row(L, lua_gettop(L), &rows[i]);
        if (i && rows[i].from <= rows[i - 1].from)
            refuse(L, message_of(MSG_rules_trim_order));
        lua_pop(L, 1);
    }
    uint32_t trim = add_trim(L, rows, n);
    symbol *s = symbol_push(L, SYMBOL_POINTS);
    s->ballots = from.ballots;
    s->ballots.trim = trim;
    return 1;
}

/* --- one number of all --- */

static bool same_source(const ballot_source *a, const ballot_source *b)
{
    return a->options == b->options && a->roles == b->roles && a->item == b->item && a->reducer == b->reducer && a->trim == b->trim &&
           a->least == b->least && a->attribute == b->attribute && a->set == b->set;
}

static node_id add_ballots(lua_State *L, ballot_source wanted, ballot_reducer reducer)
{
    plan *p = loader_of(L)->plan;
    wanted.reducer = reducer;
    size_t i = 0;
    sandbox_charge(L, 1 + p->ballot_count / 16); /* for the search */
    while (i < p->ballot_count && !same_source(&p->ballots[i], &wanted))
        i++;
    if (i == p->ballot_count) {
        ballot_source *fresh = PLAN_APPEND(p, ballots, ballot_count, ballot_capacity);
        if (!fresh)
            no_memory(L);
        *fresh = wanted;
    }
    for (size_t r = 0; r < p->role_count; r++)
        p->roles[r].used |= wanted.roles >> r & 1;
    return add_source(L, OP_BALLOTS, (uint32_t)i, KIND_NUMBER);
}

/* A figure of the points, which may say { least = 3 }. */
static int reduce_points(lua_State *L, ballot_reducer reducer, const char *what)
{
    ballot_source wanted = symbol_need(L, 1, SYMBOL_POINTS, what)->ballots;
    if (!lua_isnoneornil(L, 2)) {
        need_table(L, 2, what);
        check_fields(L, 2, what, "least", 0);
        field_whole(L, 2, "least", 1, &wanted.least);
    }
    push_symbol_of(L, add_ballots(L, wanted, reducer));
    return 1;
}

/* How many there are does not depend on what is cut off, and must not look as if it did. */
static ballot_source need_untrimmed(lua_State *L, const char *what)
{
    ballot_source wanted = symbol_need(L, 1, SYMBOL_POINTS, what)->ballots;
    if (wanted.trim != SOURCE_NONE)
        refuse(L, message_of1(MSG_rules_trim_counts, text_of(what)));
    return wanted;
}

static int count_ballots(lua_State *L, ballot_reducer reducer, const char *what)
{
    ballot_source wanted = need_untrimmed(L, what);
    wanted.least = 0;
    push_symbol_of(L, add_ballots(L, wanted, reducer));
    return 1;
}

static int sum(lua_State *L)
{
    push_symbol_of(L, add_ballots(L, symbol_need(L, 1, SYMBOL_POINTS, ":sum")->ballots, BALLOT_SUM));
    return 1;
}

static int mean(lua_State *L) { return reduce_points(L, BALLOT_MEAN, ":mean"); }
static int median(lua_State *L) { return reduce_points(L, BALLOT_MEDIAN, ":median"); }
static int highest(lua_State *L) { return reduce_points(L, BALLOT_HIGHEST, ":highest"); }
static int lowest(lua_State *L) { return reduce_points(L, BALLOT_LOWEST, ":lowest"); }
static int count(lua_State *L) { return count_ballots(L, BALLOT_COUNT, ":count"); }
static int invalid(lua_State *L) { return count_ballots(L, BALLOT_INVALID, ":invalid"); }
static int not_counted(lua_State *L) { return count_ballots(L, BALLOT_NOT_COUNTED, ":not_counted"); }

/* --- options --- */

uint64_t find_option(lua_State *L, uint32_t item_number, text id)
{
    const plan_item *of = &loader_of(L)->plan->items[item_number];
    for (size_t o = 0; o < of->option_count; o++)
        if (text_equal(of->options[o].id, id))
            return (uint64_t)1 << o;
    text near = nearest_word(id, of->options, sizeof *of->options, of->option_count);
    refuse(L, message_of3(near.length ? MSG_rules_unknown_option_near : MSG_rules_unknown_option, id, of->id, near));
    return 0;
}

static ballot_source read_options(lua_State *L, const char *what)
{
    ballot_source wanted = need_untrimmed(L, what);
    const plan *p = loader_of(L)->plan;
    if (wanted.item == ITEM_TOTAL || !p->items[wanted.item].option_count)
        refuse(L, message_of1(MSG_rules_no_options, text_of(what)));
    need_table(L, 2, what);
    check_fields(L, 2, what, "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 2);
    if (!n)
        refuse(L, message_of1(MSG_rules_chosen_empty, text_of(what)));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        wanted.options |= find_option(L, wanted.item, need_text(L, -1, what));
        lua_pop(L, 1);
    }
    return wanted;
}

static int chosen(lua_State *L)
{
    push_symbol_of(L, add_ballots(L, read_options(L, ":chosen"), BALLOT_CHOSEN));
    return 1;
}

/* Of the counted ballots, so of options that are counted. Without a ballot the divisor is missing, not 0. */
static int share(lua_State *L)
{
    ballot_source wanted = read_options(L, ":share"), all = wanted;
    const plan_item *of = &loader_of(L)->plan->items[wanted.item];
    for (size_t o = 0; o < of->option_count; o++)
        if ((wanted.options >> o & 1) && !of->options[o].counted)
            refuse(L, message_of1(MSG_rules_share_uncounted, of->options[o].id));
    all.options = 0;
    node_id some = add_ballots(L, wanted, BALLOT_CHOSEN);
    push_symbol_of(L, add_op2(L, OP_DIVIDE, some, add_ballots(L, all, BALLOT_COUNT)));
    return 1;
}

const method ballot_methods[] = {
    {"total", IS(BALLOTS), total},
    {"item", IS(BALLOTS), item},
    {"of_raters", IS(BALLOTS), of_raters},
    {"trimmed", IS(POINTS), trimmed},
    {"mean", IS(POINTS), mean},
    {"sum", IS(POINTS), sum},
    {"median", IS(POINTS), median},
    {"highest", IS(POINTS), highest},
    {"lowest", IS(POINTS), lowest},
    {"count", IS(POINTS), count},
    {"invalid", IS(POINTS), invalid},
    {"not_counted", IS(POINTS), not_counted},
    {"chosen", IS(POINTS), chosen},
    {"share", IS(POINTS), share},
    {NULL, 0, NULL},
};

const word ballot_words[] = {{"ballots", word_ballots}, {"sheets", word_sheets}, {NULL, NULL}};
