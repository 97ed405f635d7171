/* declarations.c: the words that say what there is: the scheme, its clauses, parameters, items, roles and kinds. */
#include <string.h>

#include "rules/recovery.h"

#define FRESH(list, counter, cap) fresh_element(L, (void **)&p->list, &p->counter, &p->cap, sizeof *p->list)

static void *fresh_element(lua_State *L, void **items, size_t *count, size_t *capacity, size_t size)
{
    void *element = plan_grow(items, count, capacity, size);
    if (!element)
        no_memory(L);
    return element;
}

/* --- scheme --- */

static void read_effective(lua_State *L, plan *p)
{
    if (!field_text(L, 1, "effective", &p->effective_text))
        return;
    if (date_parse(p->effective_text.bytes, p->effective_text.length, &p->effective) != DATE_OK)
        refuse(L, message_of1(MSG_rules_bad_date, p->effective_text));
}

/* units = "单位": rows of people of that category are units, the second level. */
static void read_units(lua_State *L, plan *p)
{
    text category;
    if (!field_text(L, 1, "units", &category))
        return;
    if (p->of_units)
        refuse(L, message_of(MSG_rules_units_of_units));
    p->levels[1].id = TEXT("units");
    p->levels[1].words = (label){TEXT("单位"), TEXT("units")};
    p->levels[1].being = BEING_UNIT;
    p->levels[1].category = category;
    p->level_count = 2;
}

/* { "matter", zh = "签到日", en = "days" }: what the rows of a level are, and what people call them. */
static void read_being(lua_State *L, plan_level *level, int index)
{
    static const char *const words[] = {[BEING_PERSON] = "person", [BEING_UNIT] = "unit", [BEING_MATTER] = "matter"};
    need_table(L, index, "called");
    check_fields(L, index, "called", "zh en", 1);
    text id = table_id(L, index, "called");
    size_t being = 0;
    while (being < sizeof words / sizeof *words && !text_equal(id, text_of(words[being])))
        being++;
    if (being == sizeof words / sizeof *words)
        refuse(L, message_of2(MSG_rules_word_of, id, TEXT("person, unit, matter")));
    level->being = (plan_being)being;
    level->words = require_label(L, index, "called");
}

/* called = { people = { … }, units = { … } }: where rows are not the people and the units that the levels are named after. */
static void read_called(lua_State *L, plan *p)
{
    lua_getfield(L, 1, "called");
    int list = lua_gettop(L);
    if (!lua_isnil(L, list)) {
        need_table(L, list, "called");
        check_fields(L, list, "called", p->level_count > 1 ? "people units" : p->of_units ? "units" : "people", 0);
        for (size_t i = 0; i < p->level_count; i++) {
            lua_getfield(L, list, p->levels[i].id.bytes);
            if (!lua_isnil(L, -1))
                read_being(L, &p->levels[i], lua_gettop(L));
            lua_pop(L, 1);
        }
    }
    lua_pop(L, 1);
}

/* `until` is a word of Lua. */
static void read_until(lua_State *L, plan *p)
{
    text until;
    if (!field_text(L, 1, "expires", &until))
        return;
    if (date_parse(until.bytes, until.length, &p->until) != DATE_OK)
        refuse(L, message_of1(MSG_rules_bad_date, until));
    if (p->effective != DATE_NONE && p->until < p->effective)
        refuse(L, message_of2(MSG_rules_expires, until, p->effective_text));
}

static int word_scheme(lua_State *L)
{
    loader *l = loader_of(L);
    plan *p = l->plan;
    need_table(L, 1, "scheme");
    check_fields(L, 1, "scheme", "id format effective expires astride subjects units called title source", 0);
    if (p->files[l->file].declared)
        refuse(L, message_of(MSG_rules_scheme_twice));
    text id = require_text(L, 1, "id", "scheme");
    decimal format;
    if (!field_decimal(L, 1, "format", &format) || format.coeff != 1 || format.scale != 0)
        refuse(L, message_of(MSG_rules_format));
    label title = require_label_field(L, 1, "title", "scheme");
    p->files[l->file].title = title;
    p->files[l->file].declared = true;
    if (l->depth)
        return 0;
    p->id = id;
    p->title = title;
    p->source = require_label_field(L, 1, "source", "scheme");
    read_effective(L, p);
    read_until(L, p);
    p->astride = read_astride(L, 1, ASTRIDE_END);
    text subjects = TEXT("people");
    field_text(L, 1, "subjects", &subjects);
    p->of_units = text_equal(subjects, TEXT("units"));
    if (!p->of_units && !text_equal(subjects, TEXT("people")))
        refuse(L, message_of1(MSG_rules_subjects, subjects));
    p->levels[0].id = p->of_units ? TEXT("units") : TEXT("people");
    p->levels[0].words = p->of_units ? (label){TEXT("单位"), TEXT("units")} : (label){TEXT("人员"), TEXT("people")};
    p->levels[0].being = p->of_units ? BEING_UNIT : BEING_PERSON;
    read_units(L, p);
    read_called(L, p);
    return 0;
}

/* --- clause --- */

/* A clause of a used file is told apart by the title of that file. */
static text full_number(lua_State *L, loader *l, text number)
{
    if (!l->depth)
        return number;
    text title = l->plan->files[l->file].title.zh;
    sandbox_charge(L, title.length + number.length);
    char *joined = arena_alloc(&l->plan->memory, title.length + 1 + number.length + 1);
    if (!joined)
        no_memory(L);
    memcpy(joined, title.bytes, title.length);
    joined[title.length] = ' ';
    memcpy(joined + title.length + 1, number.bytes, number.length);
    joined[title.length + 1 + number.length] = '\0';
    return (text){joined, title.length + 1 + number.length};
}

static int word_clause(lua_State *L)
{
    loader *l = loader_of(L);
    plan *p = l->plan;
    text number = full_number(L, l, need_text(L, 1, "clause"));
    sandbox_charge(L, 10 + p->clause_count / 8); /* for the search */
    for (size_t i = 1; i < p->clause_count; i++)
        if (text_equal(p->clauses[i].number, number)) {
            l->clause = (uint16_t)i;
            return 0;
        }
    if (p->clause_count >= UINT16_MAX)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    plan_clause *c = FRESH(clauses, clause_count, clause_capacity);
    *c = (plan_clause){number, l->file, here(L).line};
    l->clause = (uint16_t)(p->clause_count - 1);
    return 0;
}

/* --- param --- */

static bool find_setting(loader *l, text name, text *value)
{
    for (size_t i = 0; i < l->request->setting_count; i++) {
        text s = l->request->settings[i];
        if (s.length > name.length && s.bytes[name.length] == '=' && memcmp(s.bytes, name.bytes, name.length) == 0) {
            l->setting_used[i] = true;
            *value = (text){s.bytes + name.length + 1, s.length - name.length - 1};
            return true;
        }
    }
    return false;
}

/* "yes", or { "half", zh = "半年", en = "half a year" } */
static void read_choice(lua_State *L, int index, text *id, label *words)
{
    bool named = lua_type(L, index) == LUA_TTABLE;
    *id = named ? table_id(L, index, "choices") : need_text(L, index, "choices");
    *words = (label){*id, *id};
    if (named) {
        check_fields(L, index, "choices", "zh en", 1);
        *words = require_label(L, index, "choices");
    } else if (text_equal(*id, TEXT("yes"))) {
        words->zh = TEXT("是");
    } else if (text_equal(*id, TEXT("no"))) {
        words->zh = TEXT("否");
    }
}

static void read_choices(lua_State *L, plan_param *q)
{
    lua_getfield(L, 1, "choices");
    need_table(L, -1, "choices");
    size_t n = (size_t)lua_rawlen(L, -1);
    if (n < 2 || n > 64)
        refuse(L, message_of1(MSG_rules_choices, q->name));
    q->choices = arena_zalloc(&loader_of(L)->plan->memory, n * sizeof *q->choices);
    q->choice_words = arena_zalloc(&loader_of(L)->plan->memory, n * sizeof *q->choice_words);
    if (!q->choices || !q->choice_words)
        no_memory(L);
    for (q->choice_count = 0; q->choice_count < n; q->choice_count++) {
        lua_rawgeti(L, -1, (lua_Integer)q->choice_count + 1);
        read_choice(L, lua_gettop(L), &q->choices[q->choice_count], &q->choice_words[q->choice_count]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    q->is_choice = true;
}

static bool is_choice(const plan_param *q, text value)
{
    for (size_t i = 0; i < q->choice_count; i++)
        if (text_equal(q->choices[i], value))
            return true;
    return false;
}

enum { JOINED_LENGTH = 512 }; /* a message has room for no more */

static text join_choices(lua_State *L, const plan_param *q)
{
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t i = 0, length = 0; i < q->choice_count; i++) {
        luaL_addstring(&b, i ? ", " : "");
        if ((length += q->choices[i].length) > JOINED_LENGTH) {
            luaL_addstring(&b, "…");
            break;
        }
        luaL_addlstring(&b, q->choices[i].bytes, q->choices[i].length);
    }
    luaL_pushresult(&b);
    text all;
    all.bytes = lua_tolstring(L, -1, &all.length);
    return all;
}

static void settle_choice(lua_State *L, plan_param *q, text given)
{
    q->default_text = require_text(L, 1, "default", "param");
    if (!is_choice(q, q->default_text))
        refuse(L, message_of3(MSG_rules_default_no_choice, q->name, q->default_text, join_choices(L, q)));
    if (q->set && !is_choice(q, given))
        refuse_status(L, ASSESS_E_CALL, message_of3(MSG_rules_setting_no_choice, q->name, given, join_choices(L, q)));
    q->choice = q->default_text;
    for (size_t i = 0; q->set && i < q->choice_count; i++)
        if (text_equal(q->choices[i], given))
            q->choice = q->choices[i];
}

static bool outside(const plan_param *q, decimal d)
{
    fraction f = fraction_from_decimal(d);
    return fraction_compare(f, fraction_from_decimal(q->minimum)) < 0 ||
           fraction_compare(f, fraction_from_decimal(q->maximum)) > 0;
}

static text decimal_text(lua_State *L, decimal d)
{
    char digits[64];
    size_t n = decimal_print(d.coeff, d.scale, digits);
    text t = {lua_pushlstring(L, digits, n), n};
    return t;
}

static void settle_figure(lua_State *L, plan_param *q, text given)
{
    decimal fallback;
    if (!field_decimal(L, 1, "default", &fallback) || !field_decimal(L, 1, "min", &q->minimum) ||
        !field_decimal(L, 1, "max", &q->maximum))
        refuse(L, message_of1(MSG_rules_param_bounds, q->name));
    text low = decimal_text(L, q->minimum), high = decimal_text(L, q->maximum), shown = decimal_text(L, fallback);
    char *kept = arena_text(&loader_of(L)->plan->memory, shown.bytes, shown.length);
    if (!kept)
        no_memory(L);
    q->default_text = (text){kept, shown.length};
    if (outside(q, fallback))
        refuse(L, message_of4(MSG_rules_default_bounds, q->name, low, high, shown));
    q->value = fallback;
    if (!q->set)
        return;
    if (decimal_parse(given.bytes, given.length, &q->value) != DECIMAL_OK || outside(q, q->value))
        refuse_status(L, ASSESS_E_CALL, message_of4(MSG_rules_setting_bounds, q->name, low, high, given));
}

static int word_param(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "param");
    check_fields(L, 1, "param", "default min max choices zh en", 1);
    text name = table_id(L, 1, "param");
    if (plan_find_param(p, name) != SIZE_MAX)
        refuse(L, message_of1(MSG_rules_param_twice, name));
    if (p->param_count >= PLAN_MAX_PARAMS)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    plan_param q = {.name = name, .words = require_label(L, 1, "param"), .at = here(L)};
    text given = {"", 0};
    q.set = find_setting(loader_of(L), name, &given);
    lua_getfield(L, 1, "choices");
    bool choice = !lua_isnil(L, -1);
    lua_pop(L, 1);
    if (choice) {
        read_choices(L, &q);
        settle_choice(L, &q, given);
    } else {
        settle_figure(L, &q, given);
    }
    *(plan_param *)FRESH(params, param_count, param_capacity) = q;
    if (choice) {
        symbol_push(L, SYMBOL_CHOICE)->param = p->param_count - 1;
        return 1;
    }
    p->params[p->param_count - 1].used = true;
    push_symbol_of(L, add_node(L, (node){.op = OP_CONSTANT, .constant = fraction_from_decimal(q.value), .source = (uint32_t)p->param_count}));
    return 1;
}

/* choose(parameter, { choice = value, … }): which value the parameter picks; every choice must be named. */
static int word_choose(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    plan_param *q = &p->params[symbol_need(L, 1, SYMBOL_CHOICE, "choose")->param];
    need_table(L, 2, "choose");
    for (size_t i = 0; i < q->choice_count; i++) {
        lua_pushlstring(L, q->choices[i].bytes, q->choices[i].length);
        if (lua_rawget(L, 2) == LUA_TNIL)
            refuse(L, message_of2(MSG_rules_choice_missing, q->name, q->choices[i]));
        lua_pop(L, 1);
    }
    size_t named = 0;
    for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1))
        if (++named > q->choice_count)
            refuse(L, message_of2(MSG_rules_choice_unknown, q->name, join_choices(L, q)));
    sandbox_charge(L, 2 * q->choice_count);
    q->used = true;
    lua_pushlstring(L, q->choice.bytes, q->choice.length);
    lua_rawget(L, 2);
    return 1;
}

/* --- items --- */

static void read_option(lua_State *L, int index, plan_option *o)
{
    need_table(L, index, "options");
    check_fields(L, index, "options", "points counted zh en", 1);
    o->id = table_id(L, index, "options");
    o->words = require_label(L, index, "options");
    o->counted = field_truth(L, index, "counted", true);
    bool has_points = field_decimal(L, index, "points", &o->points);
    if (has_points != o->counted || (has_points && o->points.coeff < 0))
        refuse(L, message_of1(MSG_rules_option_points, o->id));
}

static void read_options(lua_State *L, int index, plan_item *item)
{
    lua_getfield(L, index, "options");
    int list = lua_gettop(L);
    need_table(L, list, "options");
    check_fields(L, list, "options", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, list);
    if (n < 2 || n > PLAN_MAX_OPTIONS)
        refuse(L, message_of1(MSG_rules_options, item->id));
    item->options = arena_zalloc(&loader_of(L)->plan->memory, n * sizeof *item->options);
    if (!item->options)
        no_memory(L);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        read_option(L, lua_gettop(L), &item->options[i]);
        for (size_t j = 0; j < i; j++)
            if (text_equal(item->options[j].id, item->options[i].id))
                refuse(L, message_of1(MSG_rules_option_twice, item->options[i].id));
        lua_pop(L, 1);
    }
    item->option_count = n;
    lua_pop(L, 1);
}

static void read_invalid(lua_State *L, int index, plan_item *item)
{
    text what;
    if (!field_text(L, index, "invalid", &what))
        return;
    if (!text_equal(what, TEXT("counted_apart")))
        refuse_word_of(L, what, TEXT("counted_apart"));
    item->lenient = true;
}

/* roles = { "leader" }: the others' ballots have no such line. */
static void read_judges(lua_State *L, int index, plan_item *item)
{
    if (!field_given(L, index, "roles"))
        return;
    if (!loader_of(L)->plan->role_count)
        refuse(L, message_of1(MSG_rules_item_before_roles, item->id));
    lua_getfield(L, index, "roles");
    need_table(L, -1, "roles");
    check_fields(L, lua_gettop(L), "roles", "", ANY_PLACES);
    item->unasked = ~read_roles(L, lua_gettop(L), "roles");
    lua_pop(L, 1);
}

static void read_item(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    need_table(L, index, "items");
    check_fields(L, index, "items", "points options invalid roles zh en", 1);
    plan_item item = {.id = table_id(L, index, "items"), .words = require_label(L, index, "items"), .at = here(L)};
    bool points = field_decimal(L, index, "points", &item.maximum);
    lua_getfield(L, index, "options");
    bool options = !lua_isnil(L, -1);
    lua_pop(L, 1);
    if (points == options || (points && item.maximum.coeff <= 0))
        refuse(L, message_of1(MSG_rules_item_scale, item.id));
    if (options)
        read_options(L, index, &item);
    read_invalid(L, index, &item);
    read_judges(L, index, &item);
    if (p->item_count >= PLAN_MAX_ITEMS)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    *(plan_item *)FRESH(items, item_count, item_capacity) = item;
}

static void check_total(lua_State *L, plan *p, decimal total)
{
    fraction all = fraction_of(0, 1);
    for (size_t i = 0; i < p->item_count; i++)
        if (!fraction_add(all, fraction_from_decimal(p->items[i].maximum), &all))
            refuse(L, message_of(MSG_rules_too_many_nodes));
    if (fraction_compare(all, fraction_from_decimal(total)) != 0) {
        char sum[160];
        size_t n = fraction_print(all, sum, sizeof sum);
        refuse(L, message_of2(MSG_rules_items_total, decimal_text(L, total), (text){sum, n}));
    }
    p->total = total;
}

static int word_items(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "items");
    check_fields(L, 1, "items", "total", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (!n || p->item_count)
        refuse(L, message_of(n ? MSG_rules_items_again : MSG_rules_items_empty));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read_apart(L, -1, read_item);
        lua_pop(L, 1);
    }
    decimal total;
    if (field_decimal(L, 1, "total", &total))
        check_total(L, p, total);
    return 0;
}

/* --- roles --- */

static const struct standard_role {
    const char *id, *zh, *en;
} standard_roles[] = {
    {"self", "本人", "self"},          {"peer", "群众", "colleagues"}, {"leader", "领导", "leader"},
    {"committee", "考评组", "committee"}, {"public", "社会", "public"},
};

static text nearest_role(text id)
{
    text names[sizeof standard_roles / sizeof *standard_roles];
    for (size_t i = 0; i < sizeof standard_roles / sizeof *standard_roles; i++)
        names[i] = text_of(standard_roles[i].id);
    return text_suggest(id, names, sizeof names / sizeof *names);
}

static void name_standard_role(lua_State *L, plan_role *role)
{
    for (size_t i = 0; i < sizeof standard_roles / sizeof *standard_roles; i++)
        if (text_equal(role->id, text_of(standard_roles[i].id))) {
            role->words = (label){text_of(standard_roles[i].zh), text_of(standard_roles[i].en)};
            return;
        }
    text near = nearest_role(role->id);
    refuse(L, message_of2(near.length ? MSG_rules_role_words_near : MSG_rules_role_words, role->id, near));
}

static void read_role(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    plan_role role = {.at = here(L)};
    if (lua_type(L, index) == LUA_TSTRING) {
        role.id = need_text(L, index, "roles");
        name_standard_role(L, &role);
    } else {
        need_table(L, index, "roles");
        check_fields(L, index, "roles", "signed announced zh en", 1);
        role.id = table_id(L, index, "roles");
        role.signed_ = field_truth(L, index, "signed", false);
        role.announced = field_truth(L, index, "announced", false);
        lua_getfield(L, index, "zh");
        lua_getfield(L, index, "en");
        bool named = !lua_isnil(L, -1) || !lua_isnil(L, -2);
        lua_pop(L, 2);
        if (named)
            role.words = require_label(L, index, "roles");
        else
            name_standard_role(L, &role);
    }
    if (plan_find_role(p, role.id) != SIZE_MAX || p->role_count >= PLAN_MAX_ROLES)
        refuse(L, message_of1(MSG_rules_role_twice, role.id));
    *(plan_role *)FRESH(roles, role_count, role_capacity) = role;
}

static int word_roles(lua_State *L)
{
    need_table(L, 1, "roles");
    check_fields(L, 1, "roles", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read_apart(L, -1, read_role);
        lua_pop(L, 1);
    }
    return 0;
}

/* --- kinds --- */

static void read_kind(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    need_table(L, index, "kinds");
    check_fields(L, index, "kinds", "zh en", 1);
    plan_kind kind = {.id = table_id(L, index, "kinds"), .words = require_label(L, index, "kinds"), .at = here(L)};
    if (plan_find_kind(p, kind.id) != SIZE_MAX || p->kind_count >= PLAN_MAX_KINDS)
        refuse(L, message_of1(MSG_rules_kind_twice, kind.id));
    *(plan_kind *)FRESH(kinds, kind_count, kind_capacity) = kind;
}

static int word_kinds(lua_State *L)
{
    need_table(L, 1, "kinds");
    check_fields(L, 1, "kinds", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read_apart(L, -1, read_kind);
        lua_pop(L, 1);
    }
    return 0;
}

const word declaration_words[] = {
    {"scheme", word_scheme}, {"clause", word_clause}, {"param", word_param}, {"choose", word_choose},
    {"items", word_items},   {"roles", word_roles},   {"kinds", word_kinds}, {NULL, NULL},
};
