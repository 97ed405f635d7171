/* recovery.c: see recovery.h. */
#include <string.h>

#include "rules/recovery.h"

/* What can be in doubt: whether something is declared, decided, or used. */
enum {
    SCHEME = 1u << 0,
    ROLES = 1u << 1,
    ITEMS = 1u << 2,
    KINDS = 1u << 3,
    ATTRIBUTES = 1u << 4,
    MEASURES = 1u << 5,
    PARAMS = 1u << 6,
    SCORE = 1u << 7,
    GRADES = 1u << 8,     /* which there are */
    GRADE = 1u << 9,      /* whether one is given */
    RESULTS = 1u << 10,
    LEVELS = 1u << 11,
    CALENDAR = 1u << 12,
    NAMES = 1u << 13,     /* what things are called */
    USES_ITEMS = 1u << 14,
    USES_KINDS = 1u << 15,
    USES_ATTRIBUTES = 1u << 16,
    USES_MEASURES = 1u << 17,
    ORDER = 1u << 18,     /* of who is above whom */
    CLAUSE = 1u << 19,
    LISTS = 1u << 20,     /* what is put into lists that the file makes itself */
    USES = USES_ITEMS | USES_KINDS | USES_ATTRIBUTES | USES_MEASURES,
    EVERYTHING = (1u << 21) - 1,
    BANDS = 1u << 21      /* a grade of the list could not be read: no other statement has a part in that */
};

/* --- what a statement leaves in doubt --- */

static const struct effect {
    const char *word;
    unsigned doubt;
} effects[] = {
    {"scheme", SCHEME | LEVELS}, {"clause", CLAUSE}, {"param", PARAMS}, {"items", ITEMS}, {"roles", ROLES}, {"kinds", KINDS}, {"attributes", ATTRIBUTES},
    {"measures", MEASURES}, {"score", SCORE | RESULTS | ORDER}, {"grades", GRADES | BANDS | GRADE | RESULTS}, {"grade_by", GRADE | RESULTS}, {"list", RESULTS}, {"use", EVERYTHING},
    {"of", EVERYTHING}, {"ballots", USES_ITEMS}, {"events", USES_KINDS}, {"attribute", USES_ATTRIBUTES}, {"measure", USES_MEASURES},
};

/* What is in doubt already when a message only follows from it; what it brings into doubt itself; and whether it says something of what
 * is written, which a lost figure beside it has no part in. */
static const struct consequence {
    message_id id;
    unsigned follows_from, leads_to;
    bool alone;
} consequences[] = {
    {MSG_rules_field_unknown, 0, 0, true},
    {MSG_rules_field_unknown_near, 0, 0, true},
    {MSG_rules_field_missing, 0, 0, true},
    {MSG_rules_not_a_figure, 0, 0, true}, /* these look at a value that is not lost: see refuse_lost */
    {MSG_rules_inexact_figure, 0, 0, true},
    {MSG_rules_not_a_text, 0, 0, true},
    {MSG_rules_bad_text, 0, 0, true},
    {MSG_rules_not_a_table, 0, 0, true},
    {MSG_rules_not_a_truth, 0, 0, true},
    {MSG_rules_word_of, 0, 0, true},
    {MSG_rules_bad_date, 0, 0, true},
    {MSG_rules_bad_moment, 0, 0, true},
    {MSG_rules_bad_clock, 0, 0, true},
    {MSG_rules_weights, 0, 0, true}, /* a lost weight is none that could be added up */
    {MSG_rules_weighted_empty, LISTS, USES, true},
    {MSG_rules_figures, LISTS, USES, true},
    {MSG_rules_conditions, LISTS, USES, true},
    {MSG_rules_list_empty, LISTS, USES, true},
    {MSG_rules_events_empty, LISTS, USES, true},
    {MSG_rules_roles_empty, LISTS, USES, true},
    {MSG_rules_chosen_empty, LISTS, USES, true},
    {MSG_rules_table_empty, LISTS, USES, true},
    {MSG_rules_items_empty, LISTS, 0, true},
    {MSG_rules_choices, LISTS, 0, true},
    {MSG_rules_options, LISTS, 0, true},
    {MSG_rules_chain, LISTS, 0, false},
    {MSG_rules_grades, LEVELS | LISTS, LEVELS, true},
    {MSG_rules_cycle, LEVELS, 0, true},
    {MSG_rules_score_without_rounding, 0, 0, true},
    {MSG_rules_quota_rounding, 0, 0, true},
    {MSG_rules_quota_tie, 0, 0, true},
    {MSG_rules_quota_over, 0, 0, true},
    {MSG_rules_unknown_word, 0, USES, true}, /* it may be a figure that was to be made of them */
    {MSG_rules_unknown_word_near, 0, USES, true},
    {MSG_rules_no_scheme, SCHEME, SCHEME | LEVELS, true},
    {MSG_rules_scheme_twice, SCHEME, 0, true},
    {MSG_rules_units_of_units, SCHEME, 0, true},
    {MSG_rules_expires, SCHEME, 0, true},
    {MSG_rules_not_yet_in_force, SCHEME, 0, true},
    {MSG_rules_not_yet_at_first, SCHEME, 0, true},
    {MSG_rules_no_longer_in_force, SCHEME, 0, true},
    {MSG_rules_one_level, LEVELS, LEVELS, true},
    {MSG_rules_unknown_role, ROLES, 0, true},
    {MSG_rules_unknown_role_near, ROLES, 0, true},
    {MSG_rules_unknown_item, ITEMS, 0, true},
    {MSG_rules_unknown_item_near, ITEMS, 0, true},
    {MSG_rules_unknown_option, ITEMS, 0, true},
    {MSG_rules_unknown_option_near, ITEMS, 0, true},
    {MSG_rules_items_total, ITEMS, 0, true},
    {MSG_rules_items_again, ITEMS, 0, true},
    {MSG_rules_item_before_roles, ROLES, 0, true},
    {MSG_rules_item_of_others, ITEMS | ROLES, 0, true},
    {MSG_rules_items_of_one_name, ITEMS | ROLES, 0, true},
    {MSG_rules_role_without_items, ITEMS | ROLES, 0, true},
    {MSG_rules_total_of_roles, ITEMS | ROLES, 0, true},
    {MSG_rules_no_option_counts, ITEMS, 0, true},
    {MSG_rules_items_unused, ITEMS | USES_ITEMS, 0, true},
    {MSG_rules_sheets_one_item, ITEMS, 0, true},
    {MSG_rules_total_of_options, ITEMS, 0, true},
    {MSG_rules_no_options, ITEMS, 0, false},
    {MSG_rules_unknown_kind, KINDS, USES_KINDS, true},
    {MSG_rules_unknown_kind_near, KINDS, USES_KINDS, true},
    {MSG_rules_kind_unused, KINDS | USES_KINDS, 0, true},
    {MSG_rules_unknown_attribute, ATTRIBUTES, USES_ATTRIBUTES, true},
    {MSG_rules_unknown_attribute_near, ATTRIBUTES, USES_ATTRIBUTES, true},
    {MSG_rules_unknown_group, ATTRIBUTES, USES_ATTRIBUTES, true},
    {MSG_rules_unknown_group_near, ATTRIBUTES, USES_ATTRIBUTES, true},
    {MSG_rules_raters_attribute, ATTRIBUTES, USES_ATTRIBUTES, true},
    {MSG_rules_raters_attribute_near, ATTRIBUTES, USES_ATTRIBUTES, true},
    {MSG_rules_attribute_unused, ATTRIBUTES | USES_ATTRIBUTES, 0, true},
    {MSG_rules_unknown_choice, ATTRIBUTES, 0, true},
    {MSG_rules_unknown_choice_near, ATTRIBUTES, 0, true},
    {MSG_rules_unknown_measure, MEASURES, USES_MEASURES, true},
    {MSG_rules_unknown_measure_near, MEASURES, USES_MEASURES, true},
    {MSG_rules_measure_unused, MEASURES | USES_MEASURES, 0, true},
    {MSG_rules_word_names, NAMES, 0, true},
    {MSG_call_unknown_setting, PARAMS, 0, true},
    {MSG_rules_grade_of_people, LEVELS, LEVELS, true},
    {MSG_rules_score_twice, LEVELS, LEVELS, true}, /* `of` may be missing */
    {MSG_rules_rank_twice, LEVELS, LEVELS, true},
    {MSG_rules_no_score, RESULTS | ORDER | GRADE, USES, true}, /* which may be what uses them */
    {MSG_rules_bands_without_score, SCORE, SCORE | ORDER | USES, true},
    {MSG_rules_no_order, ORDER, ORDER | SCORE | USES, true},
    {MSG_rules_unknown_grade, GRADES, 0, true},
    {MSG_rules_unknown_grade_near, GRADES, 0, true},
    {MSG_rules_grade_not_yet, GRADE, GRADE, true},
    {MSG_rules_grade_by_again, GRADE, 0, true},
    {MSG_rules_grade_twice, BANDS, 0, true},
    {MSG_rules_grade_order, BANDS, 0, true},
    {MSG_rules_grade_overlap, BANDS, 0, true},
    {MSG_rules_grade_printed_below, BANDS, 0, true},
    {MSG_rules_grade_hole, BANDS, 0, true},
    {MSG_rules_grade_off_grid, BANDS | SCORE, 0, true},
    {MSG_rules_grade_too_high, BANDS | SCORE | ITEMS, 0, true},
    {MSG_rules_grade_too_low, BANDS | SCORE | ITEMS, 0, true},
    {MSG_rules_veto_lowest, GRADES, 0, true},
    {MSG_rules_quota_grades, GRADES, 0, true},
    {MSG_rules_quota_lowest, GRADES, 0, true},
    {MSG_rules_quota_best, GRADES, 0, true},
    {MSG_rules_table_hole, GRADES, 0, false},
    {MSG_rules_table_otherwise, GRADES, 0, false},
    {MSG_rules_matrix_hole, GRADES, 0, false},
    {MSG_rules_calendar_missing, CALENDAR, CALENDAR, true},
    {MSG_rules_calendar_row, CALENDAR, CALENDAR, true},
    {MSG_rules_calendar_gap, CALENDAR, CALENDAR, true},
    {MSG_rules_calendar_empty, CALENDAR, CALENDAR, true},
};

static const struct consequence *consequence_of(message_id id)
{
    static const struct consequence plain = {MSG_no_memory, 0, 0, false};
    for (size_t i = 0; i < sizeof consequences / sizeof *consequences; i++)
        if (consequences[i].id == id)
            return &consequences[i];
    return &plain;
}

/* An id that stands in quotes but once has no part in any statement besides its declaration, not even in one with a mistake. */
static bool is_mentioned_twice(const plan *p, text id)
{
    size_t times = 0;
    for (size_t f = 0; f < p->file_count; f++) {
        text all = p->files[f].bytes;
        for (size_t i = 1; i + id.length < all.length; i++) {
            bool quoted = (all.bytes[i - 1] == '"' || all.bytes[i - 1] == '\'') && all.bytes[i + id.length] == all.bytes[i - 1];
            times += quoted && memcmp(all.bytes + i, id.bytes, id.length) == 0;
        }
    }
    return times > 1;
}

static bool contains(const plan *p, const char *what)
{
    size_t n = strlen(what);
    for (size_t f = 0; f < p->file_count; f++)
        for (size_t i = 0; i + n <= p->files[f].bytes.length; i++)
            if (memcmp(p->files[f].bytes.bytes + i, what, n) == 0)
                return true;
    return false;
}

/* Where there are mistakes, something is unused only if none of the statements with one can have used it. */
static bool may_be_used(const plan *p, message m)
{
    switch (m.id) {
    case MSG_rules_kind_unused:
    case MSG_rules_attribute_unused:
    case MSG_rules_measure_unused: return is_mentioned_twice(p, m.args[0]);
    case MSG_rules_items_unused: return contains(p, "ballots");
    case MSG_rules_param_unused: return true; /* it goes by the name that `local` gave it */
    default: return false;
    }
}

bool is_consequence(const loader *l, message m)
{
    const struct consequence *c = consequence_of(m.id);
    return (l->doubt & c->follows_from) || (l->tainted && !c->alone) || (l->found.count && may_be_used(l->plan, m));
}

unsigned names_of(message_id id)
{
    switch (id) {
    case MSG_rules_global:
    case MSG_rules_unknown_word:
    case MSG_rules_unknown_word_near: return NAMES;
    case MSG_rules_unknown_role:
    case MSG_rules_unknown_role_near: return ROLES;
    case MSG_rules_unknown_item:
    case MSG_rules_unknown_item_near: return ITEMS;
    case MSG_rules_unknown_kind:
    case MSG_rules_unknown_kind_near: return KINDS;
    case MSG_rules_unknown_group:
    case MSG_rules_unknown_group_near:
    case MSG_rules_raters_attribute:
    case MSG_rules_raters_attribute_near:
    case MSG_rules_unknown_attribute:
    case MSG_rules_unknown_attribute_near: return ATTRIBUTES;
    case MSG_rules_choice_missing:
    case MSG_rules_choice_unknown: return PARAMS;
    case MSG_rules_unknown_measure:
    case MSG_rules_unknown_measure_near: return MEASURES;
    case MSG_rules_unknown_grade:
    case MSG_rules_unknown_grade_near: return GRADES;
    case MSG_rules_table_word:
    case MSG_rules_table_word_near:
    case MSG_rules_unknown_choice:
    case MSG_rules_unknown_choice_near: return ATTRIBUTES | NAMES; /* the words in them */
    default: return 0;
    }
}

/* Where none is declared at all, that is the mistake, whatever name it is noticed by. */
static unsigned none_declared(const loader *l, unsigned of)
{
    const plan *p = l->plan;
    if (l->user) /* cases: the names are those of the scheme */
        return 0;
    unsigned none = (p->role_count ? 0 : ROLES) | (p->item_count ? 0 : ITEMS) | (p->kind_count ? 0 : KINDS) | (p->levels[l->grade_level].grade_count ? 0 : GRADES | GRADE) |
                    (p->attribute_count ? 0 : ATTRIBUTES) | (p->measure_count ? 0 : MEASURES);
    return none & of;
}

void note_consequences(loader *l, message_id id)
{
    const struct consequence *c = consequence_of(id);
    l->doubt |= c->leads_to | none_declared(l, c->follows_from & (GRADE | GRADES) ? c->follows_from | GRADE | GRADES : c->follows_from);
}

void doubt_names(loader *l) { l->doubt |= NAMES; }

/* --- stand-ins --- */

void push_lost(lua_State *L)
{
    loader_of(L)->has_lost = true;
    symbol_push(L, SYMBOL_LOST);
}

/* Of the nearest words more than one may be meant. A name that is near to one of the file's own is no word; one that is near to nothing
 * may do anything. */
void push_unknown(lua_State *L, text name, bool near_to_something)
{
    unsigned meant = near_to_something ? 0 : EVERYTHING;
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++) {
        text known = text_of(effects[i].word);
        meant |= text_suggest(name, &known, 1).length ? effects[i].doubt : 0;
    }
    push_lost(L);
    symbol_at(L, -1)->meant = meant;
}

static void stand_in_for_score(lua_State *L)
{
    plan_level *l = current_level(L);
    if (l->score != SIZE_MAX)
        return;
    add_statement(L, (statement){.kind = STATEMENT_SCORE, .node = add_unknown(L, KIND_NUMBER), .before = NODE_NONE, .after = NODE_NONE});
    l->score = loader_of(L)->plan->statement_count - 1;
}

static void stand_in_for_grade(lua_State *L)
{
    plan_level *l = current_level(L);
    if (l->grade != NODE_NONE)
        return;
    l->grade = add_unknown(L, KIND_GRADE);
    add_statement(L, (statement){.kind = STATEMENT_GRADES, .node = l->grade, .before = NODE_NONE, .after = l->grade});
    l->grades = loader_of(L)->plan->statement_count - 1;
}

/* So that the file has said what it is. */
static void stand_in_for_scheme(loader *l)
{
    plan_file *f = &l->plan->files[l->file];
    if (!f->declared)
        f->title = (label){TEXT("?"), TEXT("?")};
    f->declared = true;
}

static unsigned doubt_of(const char *name)
{
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (strcmp(effects[i].word, name) == 0)
            return effects[i].doubt;
    return 0;
}

/* A statement that would have done this had a mistake. */
static void suppose(lua_State *L, unsigned doubt)
{
    loader *l = loader_of(L);
    l->doubt |= doubt;
    if (doubt == EVERYTHING) /* there is no telling what: nothing stands in the way of what follows */
        return;
    if (doubt & CLAUSE)
        l->clause = 0;
    if (doubt & SCHEME)
        stand_in_for_scheme(l);
    if (doubt & SCORE)
        stand_in_for_score(L);
    if (doubt & GRADE)
        stand_in_for_grade(L);
}

void suppose_called(lua_State *L, const symbol *lost) { suppose(L, lost->meant); }
void suppose_turns(lua_State *L) { suppose(L, EVERYTHING); }
void suppose_written(lua_State *L) { suppose(L, LISTS); }

/* --- what is lost --- */

enum { TABLES_DEEP = 8 };

static bool is_lost(lua_State *L, int index, unsigned depth)
{
    const symbol *s = symbol_at(L, index);
    if (s || lua_type(L, index) != LUA_TTABLE || depth == TABLES_DEEP)
        return s && s->kind == SYMBOL_LOST;
    luaL_checkstack(L, 4, NULL);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        sandbox_charge(L, 1);
        int value = lua_gettop(L);
        bool key = is_lost(L, value - 1, depth + 1);
        loader_of(L)->doubt |= key ? LISTS : 0; /* it is not where it belongs */
        if (key || is_lost(L, value, depth + 1)) {
            lua_pop(L, 2);
            return true;
        }
    }
    return false;
}

static bool any_is_lost(lua_State *L)
{
    bool lost = false;
    for (int i = 1; loader_of(L)->has_lost && i <= lua_gettop(L) && !lost; i++)
        lost = is_lost(L, i, 0);
    return lost;
}

static int lose_results(lua_State *L)
{
    int count = lua_gettop(L);
    for (int i = 1; i <= count; i++)
        if (symbol_at(L, i)) {
            push_lost(L);
            lua_replace(L, i);
        }
    return count;
}

/* --- going on --- */

/* Where the reading stands: `use` and a new file change it. */
typedef struct reading {
    const char *now;
    bool tainted, parsing;
    uint16_t file, clause;
    uint32_t level;
    unsigned depth;
} reading;

static reading reading_of(const loader *l)
{
    return (reading){l->now, l->tainted, l->parsing, l->file, l->clause, l->level, l->depth};
}

static void read_on(loader *l, const reading *r)
{
    l->now = r->now;
    l->tainted = r->tainted;
    l->parsing = r->parsing;
    l->file = r->file;
    l->clause = r->clause;
    l->level = r->level;
    l->depth = r->depth;
}

/* The error at the top of the stack: a mistake that has been noted, or the end of the load. */
static void settle(lua_State *L, int outcome)
{
    loader *l = loader_of(L);
    l->memory_ended |= outcome == LUA_ERRMEM;
    if (!l->thrown || l->ended)
        lua_error(L);
    l->thrown = false;
}

static void call_apart(lua_State *L, int arguments, const char *name)
{
    loader *l = loader_of(L);
    reading before = reading_of(l);
    l->now = name;
    int outcome = lua_pcall(L, arguments, LUA_MULTRET, 0);
    if (outcome == LUA_OK) {
        l->now = before.now;
        l->tainted = before.tainted;
        return;
    }
    settle(L, outcome);
    lua_settop(L, 0);
    read_on(l, &before);
    suppose(L, doubt_of(name));
    push_lost(L);
}

/* Upvalues: the name, the function. */
static int run_recovering(lua_State *L)
{
    loader *l = loader_of(L);
    const char *name = lua_touserdata(L, lua_upvalueindex(1));
    int arguments = lua_gettop(L);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    if (l->calling) {
        lua_call(L, arguments, LUA_MULTRET);
        return lua_gettop(L);
    }
    bool before = l->tainted, tainted = any_is_lost(L);
    l->tainted = tainted;
    call_apart(L, arguments, name);
    l->tainted = before;
    return tainted ? lose_results(L) : lua_gettop(L);
}

void recover_in(lua_State *L, const char *name)
{
    lua_pushlightuserdata(L, (void *)(uintptr_t)name);
    lua_insert(L, -2);
    lua_pushcclosure(L, run_recovering, 2);
}

typedef struct element {
    void (*read)(lua_State *L, int index);
} element;

static int run_element(lua_State *L)
{
    element *e = lua_touserdata(L, 2);
    lua_settop(L, 1);
    e->read(L, 1);
    return 0;
}

void read_apart(lua_State *L, int index, void (*read)(lua_State *L, int index))
{
    element e = {read};
    loader *l = loader_of(L);
    index = lua_absindex(L, index);
    int top = lua_gettop(L);
    reading before = reading_of(l);
    lua_pushcfunction(L, run_element);
    lua_pushvalue(L, index);
    lua_pushlightuserdata(L, &e);
    int outcome = lua_pcall(L, 2, 0, 0);
    if (outcome == LUA_OK)
        return;
    settle(L, outcome);
    lua_settop(L, top);
    read_on(l, &before);
    l->doubt |= doubt_of(l->now);
}
