/* statements.c: the words that say what is done: sources, figures, and the statements of the scheme. */
#include <string.h>

#include "rules/loader.h"

static statement *add_statement(lua_State *L, statement s)
{
    plan *p = loader_of(L)->plan;
    if (p->statement_count >= PLAN_MAX_STATEMENTS)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    statement *fresh = PLAN_APPEND(p, statements, statement_count, statement_capacity);
    if (!fresh)
        no_memory(L);
    s.at = here(L);
    *fresh = s;
    return fresh;
}

/* The first element of the table at 1 as a symbol of the kind; stays on the stack. */
static symbol *first_symbol(lua_State *L, symbol_kind kind, const char *word_name)
{
    lua_rawgeti(L, 1, 1);
    return symbol_need(L, -1, kind, word_name);
}

/* --- sources --- */

static text nearest(text id, const void *words, size_t stride, size_t count)
{
    text names[PLAN_MAX_KINDS];
    for (size_t i = 0; i < count; i++)
        names[i] = *(const text *)((const char *)words + i * stride);
    return text_suggest(id, names, count);
}

static int word_ballots(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    text id = need_text(L, 1, "ballots");
    size_t role = plan_find_role(p, id);
    if (role == SIZE_MAX) {
        text near = nearest(id, p->roles, sizeof *p->roles, p->role_count);
        refuse(L, message_of2(near.length ? MSG_rules_unknown_role_near : MSG_rules_unknown_role, id, near));
    }
    symbol_push(L, SYMBOL_BALLOTS)->ballots.role = (uint32_t)role;
    return 1;
}

static void add_kind(lua_State *L, symbol *s, int index)
{
    plan *p = loader_of(L)->plan;
    text id = need_text(L, index, "events");
    size_t kind = plan_find_kind(p, id);
    if (kind == SIZE_MAX) {
        text near = nearest(id, p->kinds, sizeof *p->kinds, p->kind_count);
        refuse(L, message_of2(near.length ? MSG_rules_unknown_kind_near : MSG_rules_unknown_kind, id, near));
    }
    p->kinds[kind].used = true;
    s->events.kinds[kind / 64] |= (uint64_t)1 << (kind % 64);
}

static int word_events(lua_State *L)
{
    lua_settop(L, 1);
    symbol *s = symbol_push(L, SYMBOL_EVENTS);
    if (lua_type(L, 1) == LUA_TSTRING) {
        add_kind(L, s, 1);
        return 1;
    }
    need_table(L, 1, "events");
    check_fields(L, 1, "events", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (!n)
        refuse(L, message_of(MSG_rules_events_empty));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        add_kind(L, s, -1);
        lua_pop(L, 1);
    }
    return 1;
}

static int word_months_in_post(lua_State *L)
{
    push_node(L, (node){.op = OP_MONTHS_IN_POST});
    return 1;
}

/* --- figures --- */

static void check_weight_sum(lua_State *L, fraction sum, fraction total)
{
    if (fraction_compare(sum, total) == 0)
        return;
    char found[160], wanted[160];
    size_t n = fraction_print(sum, found, sizeof found), m = fraction_print(total, wanted, sizeof wanted);
    refuse(L, message_of2(MSG_rules_weights, (text){wanted, m}, (text){found, n}));
}

/* figure × weight of the pair at the top of the stack; the weight goes into the sum. */
static node_id weigh(lua_State *L, fraction *sum)
{
    need_table(L, -1, "weighted");
    check_fields(L, -1, "weighted", "", 2);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    node_id weight = need_number(L, -1, "weighted"), figure = need_number(L, -2, "weighted");
    lua_pop(L, 2);
    const node *w = &loader_of(L)->plan->nodes[weight];
    if (w->op != OP_CONSTANT || fraction_sign(w->constant) <= 0 || !fraction_add(*sum, w->constant, sum))
        refuse(L, message_of(MSG_rules_weight_figure));
    return add_node(L, (node){.op = OP_MULTIPLY, .args = {figure, weight, NODE_NONE}});
}

/* weighted { { figure, 0.40 }, { figure, 0.60 } }: the sum of the products; the weights must add up to 1 (or `total`). */
static int word_weighted(lua_State *L)
{
    need_table(L, 1, "weighted");
    check_fields(L, 1, "weighted", "total", ANY_PLACES);
    decimal total = {1, 0};
    field_decimal(L, 1, "total", &total);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (n < 2)
        refuse(L, message_of(MSG_rules_weighted_empty));
    fraction sum = fraction_of(0, 1);
    node_id so_far = NODE_NONE;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        node_id product = weigh(L, &sum);
        lua_pop(L, 1);
        so_far = i ? add_node(L, (node){.op = OP_ADD, .args = {so_far, product, NODE_NONE}}) : product;
    }
    check_weight_sum(L, sum, fraction_from_decimal(total));
    push_symbol_of(L, so_far);
    return 1;
}

static int fold_conditions(lua_State *L, node_op op, const char *word_name)
{
    need_table(L, 1, word_name);
    check_fields(L, 1, word_name, "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (n < 2)
        refuse(L, message_of1(MSG_rules_conditions, text_of(word_name)));
    node_id so_far = NODE_NONE;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        node_id next = symbol_need(L, -1, SYMBOL_TRUTH, word_name)->node;
        lua_pop(L, 1);
        so_far = i ? add_node(L, (node){.op = op, .args = {so_far, next, NODE_NONE}}) : next;
    }
    push_symbol_of(L, so_far);
    return 1;
}

static int word_all_of(lua_State *L) { return fold_conditions(L, OP_BOTH, "all_of"); }
static int word_any_of(lua_State *L) { return fold_conditions(L, OP_EITHER, "any_of"); }

static int word_unless(lua_State *L)
{
    push_node(L, (node){.op = OP_NOT, .args = {symbol_need(L, 1, SYMBOL_TRUTH, "unless")->node, NODE_NONE, NODE_NONE}});
    return 1;
}

/* when(condition, figure, figure otherwise) */
static int word_when(lua_State *L)
{
    node_id condition = symbol_need(L, 1, SYMBOL_TRUTH, "when")->node;
    node_id yes = need_number(L, 2, "when"), no = need_number(L, 3, "when");
    push_node(L, (node){.op = OP_WHEN, .args = {condition, yes, no}});
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

/* The figure under a name of its own: a copy of the node, so that the name belongs to this statement alone. */
static node_id named(lua_State *L, node_id id, label words)
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
    node_id id = named(L, need_number(L, -1, "step"), words);
    add_statement(L, (statement){.kind = STATEMENT_STEP, .node = id, .before = NODE_NONE, .words = words,
                                 .remark = field_truth(L, 1, "remark", false)});
    symbol_push(L, SYMBOL_NUMBER)->node = id;
    return 1;
}

static bool bound(lua_State *L, const char *name, node_op op, node_id *id)
{
    lua_getfield(L, 1, name);
    if (lua_isnil(L, -1))
        return false;
    node_id limit = need_number(L, -1, name);
    push_node(L, (node){.op = op, .args = {*id, limit, NODE_NONE}});
    *id = symbol_at(L, -1)->node;
    return true;
}

/* score { figure, not_below = 0, not_above = 100, round = half_up(2), zh = …, en = … } */
static int word_score(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "score");
    check_fields(L, 1, "score", "not_below not_above round zh en", 1);
    if (p->score != SIZE_MAX)
        refuse(L, message_of(MSG_rules_score_twice));
    label words = require_label(L, 1, "score");
    lua_rawgeti(L, 1, 1);
    node_id before = need_number(L, -1, "score"), id = before;
    bound(L, "not_below", OP_NOT_BELOW, &id);
    bound(L, "not_above", OP_NOT_ABOVE, &id);
    lua_getfield(L, 1, "round");
    if (lua_isnil(L, -1))
        refuse(L, message_of(MSG_rules_score_without_rounding));
    rounding r = symbol_need(L, -1, SYMBOL_ROUNDING, "round")->round;
    push_node(L, (node){.op = OP_ROUND, .args = {id, NODE_NONE, NODE_NONE}, .round = r});
    id = named(L, symbol_at(L, -1)->node, words);
    add_statement(L, (statement){.kind = STATEMENT_SCORE, .node = id, .before = before, .words = words});
    p->score = p->statement_count - 1;
    symbol_push(L, SYMBOL_NUMBER)->node = id;
    return 1;
}

static void read_grade(lua_State *L, int index)
{
    plan *p = loader_of(L)->plan;
    need_table(L, index, "grades");
    check_fields(L, index, "grades", "from printed_to zh en", 1);
    plan_grade g = {.words = require_label(L, index, "grades"), .at = here(L)};
    lua_rawgeti(L, index, 1);
    g.id = need_text(L, -1, "grades");
    lua_pop(L, 1);
    if (!field_decimal(L, index, "from", &g.from))
        refuse(L, message_of2(MSG_rules_field_missing, TEXT("grades"), TEXT("from")));
    g.has_printed_to = field_decimal(L, index, "printed_to", &g.printed_to);
    plan_grade *fresh = PLAN_APPEND(p, grades, grade_count, grade_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = g;
}

static int word_grades(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "grades");
    check_fields(L, 1, "grades", "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (n < 2 || n > PLAN_MAX_GRADES || p->grade_count)
        refuse(L, message_of(MSG_rules_grades));
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read_grade(L, lua_gettop(L));
        lua_pop(L, 1);
    }
    add_statement(L, (statement){.kind = STATEMENT_GRADES, .node = NODE_NONE, .before = NODE_NONE});
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
        refuse(L, message_of2(MSG_rules_word_of, unknown, TEXT("keep, incomplete")));
    node_id id = first_symbol(L, SYMBOL_TRUTH, "exclude")->node;
    add_statement(L, (statement){.kind = STATEMENT_EXCLUDE, .node = id, .before = NODE_NONE, .words = words,
                                 .unknown_keeps = text_equal(unknown, TEXT("keep"))});
    return 0;
}

/* veto { condition, bars = "excellent", zh = …, en = … }: the grade is at most the one below the barred one. */
static int word_veto(lua_State *L)
{
    need_table(L, 1, "veto");
    check_fields(L, 1, "veto", "bars zh en", 1);
    label words = require_label(L, 1, "veto");
    text bars = require_text(L, 1, "bars", "veto");
    node_id id = first_symbol(L, SYMBOL_TRUTH, "veto")->node;
    add_statement(L, (statement){.kind = STATEMENT_VETO, .node = id, .before = NODE_NONE, .words = words, .best_id = bars});
    return 0;
}

/* rank { within = "batch", zh = …, en = … }: by the score, from high to low, 1 1 3. */
static int word_rank(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "rank");
    check_fields(L, 1, "rank", "within zh en", 0);
    label words = require_label(L, 1, "rank");
    text within = require_text(L, 1, "within", "rank");
    if (!text_equal(within, TEXT("batch")))
        refuse(L, message_of2(MSG_rules_word_of, within, TEXT("batch")));
    if (p->rank != SIZE_MAX)
        refuse(L, message_of(MSG_rules_rank_twice));
    add_statement(L, (statement){.kind = STATEMENT_RANK, .node = NODE_NONE, .before = NODE_NONE, .words = words});
    p->rank = p->statement_count - 1;
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
    l->depth++;
    l->clause = 0;
    run_file(L, file_name, bytes);
    l->depth--;
    l->file = file;
    l->clause = clause;
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
    {"ballots", word_ballots},       {"events", word_events},         {"months_in_post", word_months_in_post},
    {"weighted", word_weighted},     {"all_of", word_all_of},         {"any_of", word_any_of},
    {"unless", word_unless},         {"when", word_when},             {"half_up", word_half_up},
    {"half_even", word_half_even},   {"round_down", word_round_down}, {"round_up", word_round_up},
    {"step", word_step},             {"score", word_score},           {"grades", word_grades},
    {"exclude", word_exclude},       {"veto", word_veto},             {"rank", word_rank},
    {"use", word_use},               {"ipairs", word_ipairs},         {NULL, NULL},
};
