/* symbols.c: the things a rule file holds in its hands — ballots, events, figures, conditions — and what can be done with
 * them. Nothing is computed: every operation adds a node to the plan. */
#include <string.h>

#include "rules/loader.h"

static const char symbol_name[] = "assess.symbol";

/* What a value is called in messages. Callers carry the English words about; refuse() finds the Chinese ones to them. */
typedef struct name_of_kind {
    char en[24]; /* its own bytes: a linker may put equal literals in one place, and "table" is a word as well */
    const char *zh;
} name_of_kind;

static const name_of_kind kind_words[SYMBOL_KIND_COUNT] = {
    {"a figure", "数"},         {"a condition", "条件"},    {"a word", "文字"},    {"a grade", "等次"},     {"a day", "日期"},
    {"a time", "时刻"},         {"ballots", "评分票"},      {"points of ballots", "评分票的分值"},          {"events", "事项"},
    {"figures of events", "事项的数值"}, {"a rounding", "修约方式"}, {"a choice", "可选参数"}, {"a cohort", "一组对象"},
    {"a measure", "指标"}, {"an earlier period", "以前的某一考评期"}, {"earlier years", "以前各年度"}};

static const name_of_kind type_words[LUA_NUMTYPES] = {
    [LUA_TNIL] = {"nil", "空（没有值）"},     [LUA_TBOOLEAN] = {"boolean", "真假值"},  [LUA_TNUMBER] = {"number", "数字"},
    [LUA_TSTRING] = {"string", "字符串"},     [LUA_TTABLE] = {"table", "表 { … }"},     [LUA_TFUNCTION] = {"a word without brackets", "没有写括号的词"},
    [LUA_TLIGHTUSERDATA] = {"userdata", "其他值"}, [LUA_TUSERDATA] = {"userdata", "其他值"}, [LUA_TTHREAD] = {"thread", "线程"}};

const char *symbol_words(symbol_kind kind) { return kind_words[kind].en; }

/* By the place of the words, not by what they say: a text of the rule file is never taken for one of them. */
static const char *in_chinese(const char *words)
{
    for (size_t i = 0; i < SYMBOL_KIND_COUNT; i++)
        if (kind_words[i].en == words)
            return kind_words[i].zh;
    for (size_t i = 0; i < LUA_NUMTYPES; i++)
        if (type_words[i].en == words)
            return type_words[i].zh;
    return NULL;
}

message in_both_languages(message m)
{
    for (int i = 0; i < MESSAGE_MAX_ARGS; i++)
        if (!m.zh[i].length)
            m.zh[i] = text_of(in_chinese(m.args[i].bytes));
    return m;
}

symbol *symbol_push(lua_State *L, symbol_kind kind)
{
    refuse_in_call(L);
    symbol *s = lua_newuserdatauv(L, sizeof *s, 0);
    memset(s, 0, sizeof *s);
    s->kind = kind;
    s->node = NODE_NONE;
    luaL_setmetatable(L, symbol_name);
    return s;
}

symbol *symbol_at(lua_State *L, int index) { return luaL_testudata(L, index, symbol_name); }

const char *kind_of_value(lua_State *L, int index)
{
    symbol *s = symbol_at(L, index);
    int type = lua_type(L, index);
    return s ? symbol_words(s->kind) : type == LUA_TNONE ? type_words[LUA_TNIL].en : type_words[type].en;
}

symbol *symbol_need(lua_State *L, int index, symbol_kind kind, const char *what)
{
    symbol *s = symbol_at(L, index);
    if (*what == ':' && lua_isnone(L, index)) /* events("late").count() */
        refuse(L, message_of1(MSG_rules_no_colon, text_of(what)));
    if (!s || s->kind != kind)
        refuse(L, message_of3(MSG_rules_wrong_symbol, text_of(what), text_of(symbol_words(kind)),
                              text_of(kind_of_value(L, index))));
    return s;
}

/* A function of `each` computes; what describes the scheme stands outside of it. */
void refuse_in_call(lua_State *L)
{
    if (loader_of(L)->calling)
        refuse(L, message_of(MSG_each_describes));
}

/* Charged for the search for an equal node as well. */
node_id add_node(lua_State *L, node n)
{
    plan *p = loader_of(L)->plan;
    refuse_in_call(L);
    sandbox_charge(L, 10 + n.arg_count + (p->node_count < PLAN_SEARCHED_NODES ? p->node_count : PLAN_SEARCHED_NODES) / 16);
    n.at = here(L);
    node_id id = plan_add(p, n);
    if (id == NODE_NONE && p->node_count >= PLAN_MAX_NODES)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    if (id == NODE_NONE)
        no_memory(L);
    return id;
}

value_kind node_kind(lua_State *L, node_id id) { return loader_of(L)->plan->nodes[id].kind; }

node_id add_op(lua_State *L, node_op op, const node_id *args, uint32_t count)
{
    value_kind kind = count ? node_kind(L, args[count - 1]) : KIND_NUMBER;
    return add_node(L, (node){.op = op, .args = args, .arg_count = count, .kind = kind});
}

node_id add_op1(lua_State *L, node_op op, node_id a) { return add_op(L, op, &a, 1); }

node_id add_op2(lua_State *L, node_op op, node_id a, node_id b)
{
    node_id args[2] = {a, b};
    return add_op(L, op, args, 2);
}

node_id add_source(lua_State *L, node_op op, uint32_t source, value_kind kind)
{
    return add_node(L, (node){.op = op, .source = source, .kind = kind});
}

void push_symbol_of(lua_State *L, node_id id)
{
    symbol_push(L, (symbol_kind)node_kind(L, id))->node = id;
}

static node_id add_constant(lua_State *L, fraction value)
{
    return add_node(L, (node){.op = OP_CONSTANT, .constant = value});
}

node_id add_figure(lua_State *L, int64_t value) { return add_constant(L, fraction_of(value, 1)); }

node_id need_number(lua_State *L, int index, const char *what)
{
    if (symbol_at(L, index))
        return symbol_need(L, index, SYMBOL_NUMBER, what)->node;
    return add_constant(L, fraction_from_decimal(need_decimal(L, index, what)));
}

node_id need_truth(lua_State *L, int index, const char *what) { return symbol_need(L, index, SYMBOL_TRUTH, what)->node; }

node_id need_value(lua_State *L, int index, const char *what)
{
    symbol *s = symbol_at(L, index);
    return s && s->kind <= SYMBOL_MINUTE ? s->node : need_number(L, index, what);
}

static int binary(lua_State *L, node_op op, const char *what)
{
    node_id a = need_number(L, 1, what), b = need_number(L, 2, what);
    push_symbol_of(L, add_op2(L, op, a, b));
    return 1;
}

/* A value and one of its own kind. */
static int binary_same(lua_State *L, node_op op, const char *what)
{
    node_id a = need_value(L, 1, what), b = need_value(L, 2, what);
    if (node_kind(L, a) != node_kind(L, b))
        refuse(L, message_of3(MSG_rules_wrong_symbol, text_of(what), text_of(symbol_words((symbol_kind)node_kind(L, a))),
                              text_of(symbol_words((symbol_kind)node_kind(L, b)))));
    push_symbol_of(L, add_op2(L, op, a, b));
    return 1;
}

#define BINARY(function, op, what) \
    static int function(lua_State *L) { return binary(L, op, what); }
#define BINARY_SAME(function, op, what) \
    static int function(lua_State *L) { return binary_same(L, op, what); }
BINARY(add, OP_ADD, "+")
BINARY(subtract, OP_SUBTRACT, "-")
BINARY(multiply, OP_MULTIPLY, "*")
BINARY(divide, OP_DIVIDE, "/")
BINARY_SAME(at_least, OP_AT_LEAST, ":at_least")
BINARY_SAME(more_than, OP_MORE_THAN, ":more_than")
BINARY_SAME(at_most, OP_AT_MOST, ":at_most")
BINARY_SAME(less_than, OP_LESS_THAN, ":less_than")
BINARY_SAME(exactly, OP_EXACTLY, ":exactly")
BINARY(not_below, OP_NOT_BELOW, ":not_below")
BINARY(not_above, OP_NOT_ABOVE, ":not_above")

/* What stands for a value that is missing: of a condition true or false, of a word a text, of a grade its id, else as everywhere. */
static node_id need_stand_in(lua_State *L, node_id of)
{
    value_kind kind = node_kind(L, of);
    fraction plain = fraction_of(lua_toboolean(L, 2), 1);
    if (kind == KIND_WORD && lua_type(L, 2) == LUA_TSTRING)
        plain = fraction_of(need_word_of(L, of, need_text(L, 2, ":or_else")), 1);
    else if (kind == KIND_GRADE && lua_type(L, 2) == LUA_TSTRING)
        plain = fraction_of(need_grade_of(L, level_of_grade(loader_of(L)->plan, of), need_text(L, 2, ":or_else")), 1);
    else if (kind != KIND_TRUTH || lua_type(L, 2) != LUA_TBOOLEAN)
        return need_value(L, 2, ":or_else");
    return add_node(L, (node){.op = OP_CONSTANT, .kind = kind, .constant = plain});
}

static int or_else(lua_State *L)
{
    node_id a = need_value(L, 1, ":or_else"), b = need_stand_in(L, a);
    if (node_kind(L, a) != node_kind(L, b))
        refuse(L, message_of3(MSG_rules_wrong_symbol, TEXT(":or_else"), text_of(symbol_words((symbol_kind)node_kind(L, a))),
                              text_of(symbol_words((symbol_kind)node_kind(L, b)))));
    push_symbol_of(L, add_op2(L, OP_OR_ELSE, a, b));
    return 1;
}

static int known(lua_State *L)
{
    push_symbol_of(L, add_op1(L, OP_KNOWN, need_value(L, 1, ":known")));
    return 1;
}

static int negate(lua_State *L)
{
    push_symbol_of(L, add_op2(L, OP_SUBTRACT, add_figure(L, 0), need_number(L, 1, "-")));
    return 1;
}

/* < <= == .. # // % on symbols: Lua would answer with a truth of its own, so each is a mistake. */
static int wrong_operator(lua_State *L) { return refuse(L, message_of(MSG_rules_operator_on_symbol)); }

/* step { … } { … }: a comma was forgotten, or a word. */
static int wrong_call(lua_State *L) { return refuse(L, message_of(MSG_rules_called)); }

/* --- methods --- */

static const method value_methods[] = {
    {"at_least", IS_ORDERED, at_least},   {"more_than", IS_ORDERED, more_than}, {"at_most", IS_ORDERED, at_most},
    {"less_than", IS_ORDERED, less_than}, {"exactly", IS_VALUE, exactly},       {"not_below", IS(NUMBER), not_below},
    {"not_above", IS(NUMBER), not_above}, {"or_else", IS_VALUE, or_else},       {"not_before", IS_TIME, at_least},
    {"after", IS_TIME, more_than},        {"not_after", IS_TIME, at_most},      {"before", IS_TIME, less_than},
    {"known", IS_VALUE, known},           {NULL, 0, NULL},
};

static const method *const method_lists[] = {value_methods,  ballot_methods, event_methods, filter_methods, among_methods, measure_methods,
                                             past_methods,   cohort_methods, figure_methods, date_methods,  NULL};

/* The method of that name for that kind of symbol; NULL: none. *kinds: what it can be said of. */
static const method *method_of(text name, symbol_kind kind, unsigned *kinds)
{
    *kinds = 0;
    for (const method *const *list = method_lists; *list; list++)
        for (const method *m = *list; m->name; m++) {
            if (!text_equal(text_of(m->name), name))
                continue;
            *kinds |= m->kinds;
            if (m->kinds >> kind & 1)
                return m;
        }
    return NULL;
}

const char *rules_method(size_t index, unsigned *kinds)
{
    for (const method *const *list = method_lists; *list; list++)
        for (const method *m = *list; m->name; m++)
            if (index-- == 0) {
                *kinds = m->kinds;
                return m->name;
            }
    return NULL;
}

const char *rules_symbol_name(unsigned kind) { return kind < SYMBOL_KIND_COUNT ? kind_words[kind].en : NULL; }

enum { METHODS_MAX = 128 };

static size_t methods_for(symbol_kind kind, text names[METHODS_MAX])
{
    size_t count = 0;
    for (const method *const *list = method_lists; *list; list++)
        for (const method *m = *list; m->name && count < METHODS_MAX; m++)
            if (m->kinds >> kind & 1)
                names[count++] = text_of(m->name);
    return count;
}

static text suggest_method(text name, symbol_kind kind)
{
    text names[METHODS_MAX];
    return text_suggest(name, names, methods_for(kind, names));
}

/* ":count, :days"; stays on the stack */
static text list_methods(lua_State *L, symbol_kind kind)
{
    text names[METHODS_MAX], all;
    size_t count = methods_for(kind, names);
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t i = 0; i < count; i++) {
        luaL_addstring(&b, i ? ", :" : ":");
        luaL_addlstring(&b, names[i].bytes, names[i].length);
    }
    luaL_pushresult(&b);
    all.bytes = lua_tolstring(L, -1, &all.length);
    return all;
}

/* "ballots, events"; stays on the stack */
static text kinds_text(lua_State *L, unsigned kinds, assess_language language)
{
    luaL_Buffer b;
    bool first = true;
    luaL_buffinit(L, &b);
    for (unsigned k = 0; k < SYMBOL_KIND_COUNT; k++) {
        if (!(kinds >> k & 1))
            continue;
        luaL_addstring(&b, first ? "" : language == ASSESS_ZH ? "、" : ", ");
        luaL_addstring(&b, language == ASSESS_ZH ? kind_words[k].zh : kind_words[k].en);
        first = false;
    }
    luaL_pushresult(&b);
    text all;
    all.bytes = lua_tolstring(L, -1, &all.length);
    return all;
}

int refuse_kind(lua_State *L, text name, unsigned kinds, text found)
{
    message m = message_of3(MSG_rules_wrong_symbol, name, kinds_text(L, kinds, ASSESS_EN), found);
    m.zh[1] = kinds_text(L, kinds, ASSESS_ZH);
    return refuse(L, m);
}

static int find_method(lua_State *L)
{
    text name = {"", 0};
    unsigned kinds;
    symbol_kind kind = symbol_at(L, 1)->kind;
    if (lua_type(L, 2) == LUA_TSTRING)
        name.bytes = lua_tolstring(L, 2, &name.length);
    const method *m = method_of(name, kind, &kinds);
    if (m) {
        lua_pushcfunction(L, m->run);
        return 1;
    }
    text near = suggest_method(name, kind), of = text_of(symbol_words(kind));
    if (kinds)
        return refuse_kind(L, text_of(lua_pushfstring(L, ":%s", name.bytes)), kinds, of);
    if (near.length)
        return refuse(L, message_of3(MSG_rules_unknown_method_near, name, of, near));
    text all = list_methods(L, kind);
    return refuse(L, message_of3(all.length ? MSG_rules_unknown_method_of : MSG_rules_unknown_method, name, of, all));
}

void symbols_install(lua_State *L)
{
    static const word metamethods[] = {
        {"__add", add},        {"__sub", subtract},  {"__mul", multiply},    {"__div", divide},
        {"__unm", negate},     {"__index", find_method}, {"__lt", wrong_operator}, {"__le", wrong_operator},
        {"__eq", wrong_operator}, {"__concat", wrong_operator}, {"__len", wrong_operator}, {"__idiv", wrong_operator},
        {"__mod", wrong_operator}, {"__call", wrong_call}, {"__newindex", wrong_operator},
    };
    luaL_newmetatable(L, symbol_name);
    for (size_t i = 0; i < sizeof metamethods / sizeof *metamethods; i++) {
        lua_pushcfunction(L, metamethods[i].run);
        lua_setfield(L, -2, metamethods[i].name);
    }
    lua_pop(L, 1);
}
