/* statements.c: the words that say what is done: conditions, roundings, and the statements of the scheme. */
#include <string.h>

#include "rules/recovery.h"

statement *add_statement(lua_State *L, statement s)
{
    plan *p = loader_of(L)->plan;
    if (p->statement_count >= PLAN_MAX_STATEMENTS)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    statement *fresh = PLAN_APPEND(p, statements, statement_count, statement_capacity);
    if (!fresh)
        no_memory(L);
    s.at = here(L);
    s.level = loader_of(L)->level;
    *fresh = s;
    return fresh;
}

plan_level *current_level(lua_State *L) { return &loader_of(L)->plan->levels[loader_of(L)->level]; }

symbol *first_symbol(lua_State *L, symbol_kind kind, const char *word_name)
{
    lua_rawgeti(L, 1, 1);
    return symbol_need(L, -1, kind, word_name);
}

/* --- conditions and roundings --- */

static int word_all_of(lua_State *L) { return fold_list(L, OP_BOTH, need_truth, MSG_rules_conditions, "all_of"); }
static int word_any_of(lua_State *L) { return fold_list(L, OP_EITHER, need_truth, MSG_rules_conditions, "any_of"); }

static int word_unless(lua_State *L)
{
    push_symbol_of(L, add_op1(L, OP_NOT, need_truth(L, 1, "unless")));
    return 1;
}

/* when(condition, value, value otherwise): two figures, grades, words or days */
static int word_when(lua_State *L)
{
    node_id args[3] = {need_truth(L, 1, "when"), need_value(L, 2, "when"), need_value(L, 3, "when")};
    if (node_kind(L, args[1]) != node_kind(L, args[2]))
        refuse(L, message_of3(MSG_rules_wrong_symbol, TEXT("when"), text_of(symbol_words((symbol_kind)node_kind(L, args[1]))),
                              text_of(symbol_words((symbol_kind)node_kind(L, args[2])))));
    push_symbol_of(L, add_op(L, OP_WHEN, args, 3));
    return 1;
}

static int push_rounding(lua_State *L, rounding_mode mode, const char *word_name)
{
    rounding r = {mode, {1, 0}};
    if (lua_type(L, 1) == LUA_TTABLE) {
        check_fields(L, 1, word_name, "to", 0);
        if (!field_decimal(L, 1, "to", &r.unit) || r.unit.coeff <= 0)
            refuse(L, message_of1(MSG_rules_rounding, text_of(word_name)));
    } else {
        decimal places = need_decimal(L, 1, word_name);
        if (places.scale != 0 || places.coeff < 0 || places.coeff > DECIMAL_MAX_SCALE)
            refuse(L, message_of1(MSG_rules_rounding, text_of(word_name)));
        r.unit.scale = (int)places.coeff;
    }
    symbol_push(L, SYMBOL_ROUNDING)->round = r;
    return 1;
}

static int word_half_up(lua_State *L) { return push_rounding(L, ROUND_HALF_UP, "half_up"); }
static int word_half_even(lua_State *L) { return push_rounding(L, ROUND_HALF_EVEN, "half_even"); }
static int word_round_down(lua_State *L) { return push_rounding(L, ROUND_DOWN, "round_down"); }
static int word_round_up(lua_State *L) { return push_rounding(L, ROUND_UP, "round_up"); }

/* --- statements --- */

node_id named(lua_State *L, node_id id, label words)
{
    node copy = loader_of(L)->plan->nodes[id];
    copy.name = words;
    return add_node(L, copy);
}

/* step { figure, zh = …, en = …, remark = true }: a figure of the derivation; with remark it stands among the reasons of
 * everybody for whom it is not 0. */
static int word_step(lua_State *L)
{
    need_table(L, 1, "step");
    check_fields(L, 1, "step", "remark zh en", 1);
    label words = require_label(L, 1, "step");
    lua_rawgeti(L, 1, 1);
    node_id id = named(L, need_value(L, -1, "step"), words);
    add_statement(L, (statement){.kind = STATEMENT_STEP, .node = id, .before = NODE_NONE, .after = NODE_NONE, .words = words,
                                 .remark = field_truth(L, 1, "remark", false)});
    push_symbol_of(L, id);
    return 1;
}

static node_id bounded(lua_State *L, node_id id, const char *name, node_op op)
{
    node_id limit = field_number(L, 1, name);
    return limit == NODE_NONE ? id : add_op2(L, op, id, limit);
}

/* score { figure, not_below = 0, not_above = 100, round = half_up(2), zh = …, en = … } */
static int word_score(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "score");
    check_fields(L, 1, "score", "not_below not_above round zh en", 1);
    if (current_level(L)->score != SIZE_MAX)
        refuse(L, message_of(MSG_rules_score_twice));
    label words = require_label(L, 1, "score");
    lua_rawgeti(L, 1, 1);
    node_id before = need_number(L, -1, "score"), id = before;
    id = bounded(L, id, "not_below", OP_NOT_BELOW);
    id = bounded(L, id, "not_above", OP_NOT_ABOVE);
    lua_getfield(L, 1, "round");
    if (lua_isnil(L, -1))
        refuse(L, message_of(MSG_rules_score_without_rounding));
    rounding r = symbol_need(L, -1, SYMBOL_ROUNDING, "round")->round;
    id = named(L, add_node(L, (node){.op = OP_ROUND, .args = &id, .arg_count = 1, .round = r}), words);
    add_statement(L, (statement){.kind = STATEMENT_SCORE, .node = id, .before = before, .after = NODE_NONE, .words = words});
    current_level(L)->score = p->statement_count - 1;
    symbol_push(L, SYMBOL_NUMBER)->node = id;
    return 1;
}

static void read_grade(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    need_table(L, index, "grades");
    check_fields(L, index, "grades", "from printed_to zh en", 1);
    plan_grade g = {.level = loader_of(L)->level, .words = require_label(L, index, "grades"), .at = here(L)};
    lua_rawgeti(L, index, 1);
    g.id = need_text(L, -1, "grades");
    lua_pop(L, 1);
    g.has_from = field_decimal(L, index, "from", &g.from);
    g.has_printed_to = field_decimal(L, index, "printed_to", &g.printed_to);
    plan_grade *fresh = PLAN_APPEND(p, grades, grade_count, grade_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = g;
}

/* Bands for all of them, or for none. */
static bool have_bands(lua_State *L, const plan_level *l)
{
    const plan_grade *grades = &loader_of(L)->plan->grades[l->first_grade];
    for (uint32_t i = 1; i < l->grade_count; i++)
        if (grades[i].has_from != grades[0].has_from)
            refuse(L, message_of2(MSG_rules_field_missing, TEXT("grades"), TEXT("from")));
    return grades[0].has_from;
}

static int word_grades(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    plan_level *l = current_level(L);
    need_table(L, 1, "grades");
    check_fields(L, 1, "grades", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (n < 2 || p->grade_count + n > PLAN_MAX_GRADES || l->grade_count)
        refuse(L, message_of(MSG_rules_grades));
    l->first_grade = (uint32_t)p->grade_count;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read_apart(L, -1, read_grade);
        lua_pop(L, 1);
    }
    l->grade_count = (uint32_t)(p->grade_count - l->first_grade);
    if (!l->grade_count)
        give_up(L);
    node_id grade = NODE_NONE;
    if (have_bands(L, l)) {
        if (l->score == SIZE_MAX)
            refuse(L, message_of(MSG_rules_bands_without_score));
        grade = add_node(L, (node){.op = OP_BANDS, .args = &p->statements[l->score].node, .arg_count = 1, .source = loader_of(L)->level});
    }
    add_statement(L, (statement){.kind = STATEMENT_GRADES, .node = grade, .before = NODE_NONE, .after = grade});
    l->grades = p->statement_count - 1;
    l->grade = grade;
    return 0;
}

/* exclude { condition, zh = …, en = …, unknown = "keep" }: who is not assessed. */
static int word_exclude(lua_State *L)
{
    need_table(L, 1, "exclude");
    check_fields(L, 1, "exclude", "unknown zh en", 1);
    label words = require_label(L, 1, "exclude");
    text unknown = TEXT("incomplete");
    if (field_text(L, 1, "unknown", &unknown) && !text_equal(unknown, TEXT("keep")) &&
        !text_equal(unknown, TEXT("incomplete")))
        refuse_word_of(L, unknown, TEXT("keep, incomplete"));
    node_id id = first_symbol(L, SYMBOL_TRUTH, "exclude")->node;
    add_statement(L, (statement){.kind = STATEMENT_EXCLUDE, .node = id, .before = NODE_NONE, .after = NODE_NONE, .words = words,
                                 .unknown_keeps = text_equal(unknown, TEXT("keep"))});
    return 0;
}

/* --- what changes the grade --- */

uint32_t need_grade(lua_State *L, text id) { return need_grade_of(L, loader_of(L)->level, id); }

node_id grade_constant(lua_State *L, uint32_t grade)
{
    return add_node(L, (node){.op = OP_CONSTANT, .kind = KIND_GRADE, .constant = fraction_of(grade, 1)});
}

node_id grade_before(lua_State *L)
{
    loader_of(L)->grade_level = loader_of(L)->level;
    if (current_level(L)->grade == NODE_NONE)
        refuse(L, message_of(MSG_rules_grade_not_yet));
    return current_level(L)->grade;
}

void change_grade(lua_State *L, statement s)
{
    current_level(L)->grade = s.after;
    add_statement(L, s);
}

/* What the grade is where the condition holds: held by the limit, or the limit itself. */
static node_id limited(lua_State *L, statement_kind kind, node_id before, node_id limit)
{
    if (kind == STATEMENT_FORCE)
        return limit;
    return add_op2(L, kind == STATEMENT_FLOOR ? OP_HIGHER : OP_LOWER, before, limit);
}

void change_grade_where(lua_State *L, statement s, node_id grade)
{
    node_id holds = add_op2(L, OP_BOTH, add_op1(L, OP_KNOWN, s.node), s.node);
    s.before = grade_before(L);
    s.after = add_op(L, OP_WHEN, (node_id[3]){holds, grade, s.before}, 3);
    change_grade(L, s);
}

void limit_grade(lua_State *L, statement_kind kind, node_id condition, uint32_t grade, label words)
{
    node_id limit = grade_constant(L, grade);
    change_grade_where(L, (statement){.kind = kind, .node = condition, .words = words, .limit = grade}, limited(L, kind, grade_before(L), limit));
}

/* veto { condition, bars = "excellent", zh = …, en = … }: the grade is at most the one below the barred one. */
static int word_veto(lua_State *L)
{
    need_table(L, 1, "veto");
    check_fields(L, 1, "veto", "bars zh en", 1);
    label words = require_label(L, 1, "veto");
    grade_before(L);
    uint32_t barred = need_grade(L, require_text(L, 1, "bars", "veto"));
    const plan_level *l = current_level(L);
    if (barred + 1 >= l->first_grade + l->grade_count)
        refuse(L, message_of1(MSG_rules_veto_lowest, loader_of(L)->plan->grades[barred].id));
    limit_grade(L, STATEMENT_VETO, first_symbol(L, SYMBOL_TRUTH, "veto")->node, barred + 1, words);
    return 0;
}

/* use "dereliction": the statements of another rule file, under its own clauses. */
static int word_use(lua_State *L)
{
    loader *l = loader_of(L);
    text name = need_text(L, 1, "use"), bytes = {"", 0}, file_name = {"", 0};
    if (l->depth >= RULES_USE_DEPTH)
        refuse(L, message_of1(MSG_rules_use_cycle, name));
    if (!l->request->resolve || !l->request->resolve(l->request->user, name, &l->plan->memory, &bytes, &file_name))
        refuse(L, message_of1(MSG_rules_use_missing, name));
    if (!bytes.bytes || !file_name.bytes)
        no_memory(L);
    uint16_t file = l->file, clause = l->clause;
    uint32_t level = l->level;
    l->depth++;
    l->clause = 0;
    run_file(L, file_name, bytes);
    l->depth--;
    l->file = file;
    l->clause = clause;
    l->level = level;
    return 0;
}

static int word_ipairs_next(lua_State *L)
{
    need_table(L, 1, "ipairs"); /* a rule file may call it by itself, with anything */
    lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
    lua_pushinteger(L, i);
    return lua_rawgeti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

int word_ipairs(lua_State *L)
{
    need_table(L, 1, "ipairs");
    lua_settop(L, 1);
    lua_pushcfunction(L, word_ipairs_next);
    lua_insert(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

const word statement_words[] = {
    {"all_of", word_all_of},         {"any_of", word_any_of},
    {"unless", word_unless},         {"when", word_when},             {"half_up", word_half_up},
    {"half_even", word_half_even},   {"round_down", word_round_down}, {"round_up", word_round_up},
    {"step", word_step},             {"score", word_score},           {"grades", word_grades},
    {"exclude", word_exclude},       {"veto", word_veto},
    {"use", word_use},               {"ipairs", word_ipairs},         {NULL, NULL},
};
