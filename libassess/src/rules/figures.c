/* figures.c: figures made of figures: the smallest and the largest, between two bounds, rounded. */
#include "rules/loader.h"

int fold_list(lua_State *L, node_op op, node_id (*need)(lua_State *, int, const char *), message_id too_few, const char *word_name)
{
    need_table(L, 1, word_name);
    check_fields(L, 1, word_name, "", ANY_PLACES);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (n < 2)
        refuse(L, message_of1(too_few, text_of(word_name)));
    node_id so_far = NODE_NONE;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        node_id next = need(L, -1, word_name);
        lua_pop(L, 1);
        so_far = i ? add_op2(L, op, so_far, next) : next;
    }
    push_symbol_of(L, so_far);
    return 1;
}

static int word_least(lua_State *L) { return fold_list(L, OP_NOT_ABOVE, need_number, MSG_rules_figures, "least"); }
static int word_most(lua_State *L) { return fold_list(L, OP_NOT_BELOW, need_number, MSG_rules_figures, "most"); }
static int word_sum(lua_State *L) { return fold_list(L, OP_ADD, need_number, MSG_rules_figures, "sum"); }

static int word_abs(lua_State *L)
{
    node_id x = need_number(L, 1, "abs");
    push_symbol_of(L, add_op2(L, OP_NOT_BELOW, x, add_op2(L, OP_SUBTRACT, add_figure(L, 0), x)));
    return 1;
}

/* clamp(x, low, high) */
static int word_clamp(lua_State *L)
{
    node_id x = need_number(L, 1, "clamp"), low = need_number(L, 2, "clamp"), high = need_number(L, 3, "clamp");
    const node *a = &loader_of(L)->plan->nodes[low], *b = &loader_of(L)->plan->nodes[high];
    if (a->op == OP_CONSTANT && b->op == OP_CONSTANT && fraction_compare(a->constant, b->constant) > 0)
        refuse(L, message_of(MSG_rules_clamp));
    push_symbol_of(L, add_op2(L, OP_NOT_ABOVE, add_op2(L, OP_NOT_BELOW, x, low), high));
    return 1;
}

static int rounded(lua_State *L)
{
    node_id x = need_number(L, 1, ":rounded");
    rounding r = symbol_need(L, 2, SYMBOL_ROUNDING, ":rounded")->round;
    push_symbol_of(L, add_node(L, (node){.op = OP_ROUND, .args = &x, .arg_count = 1, .round = r}));
    return 1;
}

const method figure_methods[] = {{"rounded", IS(NUMBER), rounded}, {NULL, 0, NULL}};

const word figure_words[] = {
    {"weighted", word_weighted}, {"least", word_least}, {"most", word_most}, {"sum", word_sum},
    {"abs", word_abs},           {"clamp", word_clamp}, {NULL, NULL},
};
