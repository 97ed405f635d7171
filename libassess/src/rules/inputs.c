/* inputs.c: columns of people and measures: what there is, and the figures they give. */
#include "rules/loader.h"

/* --- attributes: declared --- */

static label word_label_of(lua_State *L, int index)
{
    check_fields(L, index, "words", "zh en", 1);
    return require_label(L, index, "words");
}

static void name_word(lua_State *L, uint32_t number, label words)
{
    plan_word *w = &loader_of(L)->plan->words[number];
    if (w->words.en.length && (!text_equal(w->words.zh, words.zh) || !text_equal(w->words.en, words.en)))
        refuse(L, message_of1(MSG_rules_word_names, w->id));
    w->words = words;
}

/* "处级", or { "处级", zh = …, en = … } */
static uint32_t read_word(lua_State *L, int index)
{
    bool named = lua_type(L, index) == LUA_TTABLE;
    text id = named ? table_id(L, index, "words") : need_text(L, index, "words");
    uint32_t number = word_number(L, id);
    if (named)
        name_word(L, number, word_label_of(L, index));
    return number;
}

static void read_words(lua_State *L, int index, plan_attribute *a)
{
    lua_getfield(L, index, "words");
    int list = lua_gettop(L);
    need_table(L, list, "words");
    check_fields(L, list, "words", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, list);
    if (!n)
        refuse(L, message_of1(MSG_rules_list_empty, TEXT("words")));
    sandbox_charge(L, n);
    uint32_t *members = arena_alloc(&loader_of(L)->plan->memory, n * sizeof *members);
    if (!members)
        no_memory(L);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        members[i] = read_word(L, lua_gettop(L));
        lua_pop(L, 1);
        sandbox_charge(L, i / 8);
        for (size_t j = 0; j < i; j++)
            if (members[j] == members[i])
                refuse(L, message_of2(MSG_rules_list_repeats, TEXT("words"), loader_of(L)->plan->words[members[i]].id));
    }
    a->choices = (plan_set){members, n};
    lua_pop(L, 1);
}

/* What its cells hold: exactly one field says so. */
static void read_kind(lua_State *L, int index, plan_attribute *a)
{
    static const struct kind_field {
        const char *name;
        value_kind kind;
    } fields[] = {{"number", KIND_NUMBER}, {"day", KIND_DAY}, {"time", KIND_MINUTE}, {"text", KIND_WORD}};
    size_t said = field_given(L, index, "words");
    a->kind = KIND_WORD;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (field_truth(L, index, fields[i].name, false)) {
            a->kind = fields[i].kind;
            said++;
        }
    if (said != 1)
        refuse(L, message_of1(MSG_rules_attribute_kind, a->id));
    if (field_given(L, index, "words"))
        read_words(L, index, a);
}

static void read_bounds(lua_State *L, int index, plan_attribute *a)
{
    bool low = field_decimal(L, index, "min", &a->minimum), high = field_decimal(L, index, "max", &a->maximum);
    a->bounded = low && high;
    bool ordered = !a->bounded || fraction_compare(fraction_from_decimal(a->minimum), fraction_from_decimal(a->maximum)) <= 0;
    if (low != high || (low && a->kind != KIND_NUMBER) || !ordered)
        refuse(L, message_of1(MSG_rules_attribute_bounds, a->id));
}

static void check_standard(lua_State *L, const plan_attribute *a)
{
    bool is_text = text_equal(a->id, TEXT("name")) || text_equal(a->id, TEXT("unit")) || text_equal(a->id, TEXT("category")) ||
                   text_equal(a->id, TEXT("post"));
    if (text_equal(a->id, TEXT("id")) || (text_equal(a->id, TEXT("start")) && a->kind != KIND_DAY) || (is_text && a->kind != KIND_WORD))
        refuse(L, message_of1(MSG_rules_attribute_standard, a->id));
}

static void read_attribute(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    need_table(L, index, "attributes");
    check_fields(L, index, "attributes", "words number day time text min max needed optional zh en", 1);
    plan_attribute a = {.id = table_id(L, index, "attributes"), .words = require_label(L, index, "attributes"), .at = here(L),
                        .level = loader_of(L)->level};
    read_kind(L, index, &a);
    read_bounds(L, index, &a);
    check_standard(L, &a);
    a.needed = field_truth(L, index, "needed", false);
    a.optional = field_truth(L, index, "optional", false);
    sandbox_charge(L, 10 + p->attribute_count / 8);
    if (plan_find_attribute(p, a.id) != SIZE_MAX || p->attribute_count >= PLAN_MAX_ATTRIBUTES)
        refuse(L, message_of1(MSG_rules_attribute_twice, a.id));
    plan_attribute *fresh = PLAN_APPEND(p, attributes, attribute_count, attribute_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = a;
}

/* Each element of the list at 1. */
static int read_list(lua_State *L, const char *word_name, void (*read)(lua_State *L, int index))
{
    need_table(L, 1, word_name);
    check_fields(L, 1, word_name, "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read(L, lua_gettop(L));
        lua_pop(L, 1);
    }
    return 0;
}

static int word_attributes(lua_State *L) { return read_list(L, "attributes", read_attribute); }

/* --- attributes: read --- */

void note_used_attribute(lua_State *L, uint32_t attribute)
{
    loader_of(L)->plan->attributes[attribute].used = true;
    loader_of(L)->plan->attributes[attribute].levels |= 1u << loader_of(L)->level;
}

static int word_attribute(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    text id = need_text(L, 1, "attribute");
    size_t number = plan_find_attribute(p, id);
    if (number == SIZE_MAX)
        refuse_unknown(L, MSG_rules_unknown_attribute, MSG_rules_unknown_attribute_near, id, p->attributes, sizeof *p->attributes, p->attribute_count);
    note_used_attribute(L, (uint32_t)number);
    push_symbol_of(L, add_source(L, OP_ATTRIBUTE, (uint32_t)number, p->attributes[number].kind));
    return 1;
}

/* --- measures --- */

static void read_measure(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    need_table(L, index, "measures");
    check_fields(L, index, "measures", "optional lower_is_better target baseline zh en", 1);
    plan_measure m = {.id = table_id(L, index, "measures"), .words = require_label(L, index, "measures"), .at = here(L)};
    m.optional = field_truth(L, index, "optional", false);
    m.lower_is_better = field_truth(L, index, "lower_is_better", false);
    /* what the document prints for every subject; a row of the table may give its own */
    m.target = field_number(L, index, "target");
    m.baseline = field_number(L, index, "baseline");
    sandbox_charge(L, 10 + p->measure_count / 8);
    if (plan_find_measure(p, m.id) != SIZE_MAX || p->measure_count >= PLAN_MAX_MEASURES)
        refuse(L, message_of1(MSG_rules_measure_twice, m.id));
    plan_measure *fresh = PLAN_APPEND(p, measures, measure_count, measure_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = m;
}

static int word_measures(lua_State *L) { return read_list(L, "measures", read_measure); }

static int word_measure(lua_State *L)
{
    const plan *p = loader_of(L)->plan;
    text id = need_text(L, 1, "measure");
    size_t number = plan_find_measure(p, id);
    if (number == SIZE_MAX)
        refuse_unknown(L, MSG_rules_unknown_measure, MSG_rules_unknown_measure_near, id, p->measures, sizeof *p->measures, p->measure_count);
    symbol_push(L, SYMBOL_MEASURE)->measure = (uint32_t)number;
    return 1;
}

/* “办结率的目标”, “target of Rate”: what the rest of the document calls the row's figure or the printed one. */
static label words_of_field(lua_State *L, uint32_t measure, measure_field field)
{
    bool target = field == OF_MEASURE_TARGET;
    label words = loader_of(L)->plan->measures[measure].words;
    lua_pushlstring(L, words.zh.bytes, words.zh.length);
    lua_pushstring(L, target ? "的目标" : "的基数");
    lua_concat(L, 2);
    lua_pushstring(L, target ? "target of " : "baseline of ");
    lua_pushlstring(L, words.en.bytes, words.en.length);
    lua_concat(L, 2);
    label both = {.zh = need_text(L, -2, "measure"), .en = need_text(L, -1, "measure")};
    lua_pop(L, 2);
    return both;
}

static node_id add_measure(lua_State *L, uint32_t measure, measure_field field)
{
    plan *p = loader_of(L)->plan;
    size_t i = 0;
    p->measures[measure].used = true;
    p->measures[measure].levels |= 1u << loader_of(L)->level;
    sandbox_charge(L, 10 + p->measured_count / 8);
    while (i < p->measured_count && (p->measured[i].measure != measure || p->measured[i].field != field))
        i++;
    if (i == p->measured_count) {
        measure_source *fresh = PLAN_APPEND(p, measured, measured_count, measured_capacity);
        if (!fresh)
            no_memory(L);
        *fresh = (measure_source){measure, field};
    }
    node_id own = add_source(L, OP_MEASURE, (uint32_t)i, KIND_NUMBER);
    node_id printed = field == OF_MEASURE_TARGET     ? p->measures[measure].target
                      : field == OF_MEASURE_BASELINE ? p->measures[measure].baseline
                                                     : NODE_NONE;
    return printed == NODE_NONE ? own : named(L, add_op2(L, OP_OR_ELSE, own, printed), words_of_field(L, measure, field));
}

static uint32_t need_measure(lua_State *L, const char *what) { return symbol_need(L, 1, SYMBOL_MEASURE, what)->measure; }

static int value(lua_State *L)
{
    push_symbol_of(L, add_measure(L, need_measure(L, ":value"), OF_MEASURE_VALUE));
    return 1;
}

static int target(lua_State *L)
{
    push_symbol_of(L, add_measure(L, need_measure(L, ":target"), OF_MEASURE_TARGET));
    return 1;
}

static int baseline(lua_State *L)
{
    push_symbol_of(L, add_measure(L, need_measure(L, ":baseline"), OF_MEASURE_BASELINE));
    return 1;
}

static node_id add_met(lua_State *L, uint32_t measure)
{
    bool lower = loader_of(L)->plan->measures[measure].lower_is_better;
    node_id reached = add_measure(L, measure, OF_MEASURE_VALUE), wanted = add_measure(L, measure, OF_MEASURE_TARGET);
    return add_op2(L, lower ? OP_AT_MOST : OP_AT_LEAST, reached, wanted);
}

static int met(lua_State *L)
{
    push_symbol_of(L, add_met(L, need_measure(L, ":met")));
    return 1;
}

static text joined3(lua_State *L, const char *before, text between, const char *after)
{
    lua_pushstring(L, before);
    lua_pushlstring(L, between.bytes, between.length);
    lua_pushstring(L, after);
    lua_concat(L, 3);
    text all;
    all.bytes = lua_tolstring(L, -1, &all.length);
    all.bytes = arena_text(&loader_of(L)->plan->memory, all.bytes, all.length);
    if (!all.bytes)
        no_memory(L);
    lua_pop(L, 1);
    return all;
}

/* Its formula is the library's, not the document's: in others it stands under this name. */
static label way_words(lua_State *L, uint32_t measure)
{
    label of = loader_of(L)->plan->measures[measure].words;
    return (label){joined3(L, "", of.zh, "由基数到目标的完成比例"), joined3(L, "the way of ", of.en, " from baseline to target")};
}

/* (value − baseline) ÷ (target − baseline). Where there is no way to go, 1 if the target is met, else 0. */
static int way(lua_State *L)
{
    uint32_t m = need_measure(L, ":way");
    node_id from = add_measure(L, m, OF_MEASURE_BASELINE), to = add_measure(L, m, OF_MEASURE_TARGET);
    node_id reached = add_measure(L, m, OF_MEASURE_VALUE);
    node_id all_or_nothing[3] = {add_met(L, m), add_figure(L, 1), add_figure(L, 0)};
    node_id share = add_op2(L, OP_DIVIDE, add_op2(L, OP_SUBTRACT, reached, from), add_op2(L, OP_SUBTRACT, to, from));
    node_id args[3] = {add_op2(L, OP_EXACTLY, to, from), add_op(L, OP_WHEN, all_or_nothing, 3), share};
    push_symbol_of(L, named(L, add_op(L, OP_WHEN, args, 3), way_words(L, m)));
    return 1;
}

const method measure_methods[] = {
    {"value", IS(MEASURE), value}, {"target", IS(MEASURE), target}, {"baseline", IS(MEASURE), baseline},
    {"met", IS(MEASURE), met},     {"way", IS(MEASURE), way},       {NULL, 0, NULL},
};

const word input_words[] = {
    {"attributes", word_attributes}, {"attribute", word_attribute}, {"measures", word_measures}, {"measure", word_measure}, {NULL, NULL},
};
