/* weights.c: weighted { { figure, weight }, … }: a weighted sum whose weights are proved to add up before there is any data. A
 * weight is a figure, a parameter, or a table of them: then every combination of rows is tried. */
#include <string.h>

#include "rules/loader.h"

enum { PAIRS_MAX = 256, KEYS_MAX = 16, COMBINATIONS_MAX = 10000 };

/* What a weight's tables look at, and everything that it may be as far as their rows tell it apart. */
typedef struct weight_key {
    node_id node;
    value_kind kind;
    fraction *may;
    size_t count, capacity;
    size_t now;
} weight_key;

typedef struct weights {
    node_id figure[PAIRS_MAX], weight[PAIRS_MAX];
    bool may_be_zero[PAIRS_MAX];
    size_t count;
    weight_key keys[KEYS_MAX];
    size_t key_count;
    fraction total;
} weights;

static const fraction anything_else = {-1, 1}; /* a word that no row lists */

/* --- what the keys may be --- */

static weight_key *key_of(lua_State *L, weights *w, node_id id)
{
    for (size_t i = 0; i < w->key_count; i++)
        if (w->keys[i].node == id)
            return &w->keys[i];
    if (w->key_count == KEYS_MAX)
        refuse(L, message_of(MSG_rules_weights_many));
    w->keys[w->key_count] = (weight_key){.node = id, .kind = node_kind(L, id)};
    return &w->keys[w->key_count++];
}

static void add_value(lua_State *L, weight_key *k, fraction value)
{
    sandbox_charge(L, 1 + k->count);
    for (size_t i = 0; i < k->count; i++)
        if (fraction_compare(k->may[i], value) == 0)
            return;
    if (k->count == k->capacity) {
        size_t capacity = 2 * k->capacity + 16;
        fraction *more = arena_alloc(&loader_of(L)->plan->memory, capacity * sizeof *more);
        if (!more)
            no_memory(L);
        if (k->count)
            memcpy(more, k->may, k->count * sizeof *more);
        k->may = more;
        k->capacity = capacity;
    }
    k->may[k->count++] = value;
}

/* An edge, and a little to both sides of it: edges have at most 9 places, so nothing lies between. */
static void add_edge(lua_State *L, weight_key *k, decimal edge)
{
    fraction at = fraction_from_decimal(edge), little = fraction_of(1, power_of_ten(DECIMAL_MAX_SCALE + 1)), side;
    add_value(L, k, at);
    if (fraction_add(at, little, &side))
        add_value(L, k, side);
    if (fraction_subtract(at, little, &side))
        add_value(L, k, side);
}

static void add_row(lua_State *L, weight_key *k, const table_row *row)
{
    for (size_t i = 0; i < row->word_count; i++)
        add_value(L, k, fraction_of(row->words[i], 1));
    if (row->otherwise && k->kind != KIND_NUMBER)
        add_value(L, k, anything_else);
    if (!row->otherwise && k->kind == KIND_NUMBER)
        add_edge(L, k, row->from);
}

/* Goes through the tables below a weight; all that they give must be figures of the rule file. */
static void read_weight(lua_State *L, weights *w, size_t pair, node_id id, unsigned depth)
{
    const plan *p = loader_of(L)->plan;
    const node *n = &p->nodes[id];
    int sign = n->op == OP_CONSTANT ? fraction_sign(n->constant) : 1;
    sandbox_charge(L, 10);
    if ((n->op != OP_CONSTANT && n->op != OP_TABLE) || sign < 0 || (sign == 0 && !depth) || depth > KEYS_MAX ||
        (n->op == OP_TABLE && p->tables[n->source].linear))
        refuse(L, message_of(MSG_rules_weight_figure));
    w->may_be_zero[pair] |= sign == 0;
    if (n->op == OP_CONSTANT)
        return;
    weight_key *k = key_of(L, w, n->args[0]);
    for (size_t r = 0; r < p->tables[n->source].row_count; r++) {
        add_row(L, k, &p->tables[n->source].rows[r]);
        read_weight(L, w, pair, n->args[r + 1], depth + 1);
    }
    if (!k->count) /* every row is `otherwise` */
        add_value(L, k, fraction_of(0, 1));
}

/* --- trying all combinations --- */

/* The weight where every key is what it is now; false: no row. */
static bool weight_now(const plan *p, const weights *w, node_id id, fraction *out)
{
    const node *n = &p->nodes[id];
    while (n->op == OP_TABLE) {
        size_t k = 0;
        while (w->keys[k].node != n->args[0])
            k++;
        size_t row = plan_table_row(&p->tables[n->source], w->keys[k].may[w->keys[k].now]);
        if (row == p->tables[n->source].row_count)
            return false;
        n = &p->nodes[n->args[row + 1]];
    }
    *out = n->constant;
    return true;
}

static bool sum_now(lua_State *L, const weights *w, fraction *sum)
{
    *sum = fraction_of(0, 1);
    sandbox_charge(L, 10 * w->count);
    for (size_t i = 0; i < w->count; i++) {
        fraction weight;
        if (!weight_now(loader_of(L)->plan, w, w->weight[i], &weight))
            return false;
        if (!fraction_add(*sum, weight, sum))
            refuse(L, message_of(MSG_rules_weight_figure));
    }
    return true;
}

/* "处级, otherwise": what the keys are now. */
static text name_rows(lua_State *L, const weights *w)
{
    const plan *p = loader_of(L)->plan;
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (size_t i = 0; i < w->key_count; i++) {
        char digits[160];
        fraction f = w->keys[i].may[w->keys[i].now];
        text name = {digits, fraction_print(f, digits, sizeof digits)};
        if (w->keys[i].kind != KIND_NUMBER && f.num < 0)
            name = TEXT("otherwise");
        else if (w->keys[i].kind != KIND_NUMBER)
            name = w->keys[i].kind == KIND_GRADE ? p->grades[f.num].id : p->words[f.num].id;
        luaL_addstring(&b, i ? ", " : "");
        luaL_addlstring(&b, name.bytes, name.length);
    }
    luaL_pushresult(&b);
    text all;
    all.bytes = lua_tolstring(L, -1, &all.length);
    return all;
}

static void check_sum(lua_State *L, const weights *w)
{
    char found[160], wanted[160];
    fraction sum;
    if (!sum_now(L, w, &sum) || fraction_compare(sum, w->total) == 0)
        return;
    text total = {wanted, fraction_print(w->total, wanted, sizeof wanted)}, is = {found, fraction_print(sum, found, sizeof found)};
    if (!w->key_count)
        refuse(L, message_of2(MSG_rules_weights, total, is));
    refuse(L, message_of3(MSG_rules_weights_row, total, is, name_rows(L, w)));
}

static bool next_combination(weights *w)
{
    for (size_t i = 0; i < w->key_count; i++) {
        if (++w->keys[i].now < w->keys[i].count)
            return true;
        w->keys[i].now = 0;
    }
    return false;
}

static void check_sums(lua_State *L, weights *w)
{
    size_t combinations = 1;
    for (size_t i = 0; i < w->key_count; i++)
        if ((combinations *= w->keys[i].count) > COMBINATIONS_MAX)
            refuse(L, message_of(MSG_rules_weights_many));
    do
        check_sum(L, w);
    while (next_combination(w));
}

/* --- the sum --- */

static node_id plus(lua_State *L, node_id so_far, node_id next)
{
    return so_far == NODE_NONE ? next : add_op2(L, OP_ADD, so_far, next);
}

static node_id figure_of(lua_State *L, const weights *w, size_t i, bool missing_is_zero)
{
    return missing_is_zero ? add_op2(L, OP_OR_ELSE, w->figure[i], add_figure(L, 0)) : w->figure[i];
}

static node_id plain_sum(lua_State *L, const weights *w, bool missing_is_zero)
{
    node_id sum = NODE_NONE;
    for (size_t i = 0; i < w->count; i++)
        sum = plus(L, sum, add_op2(L, OP_MULTIPLY, figure_of(L, w, i, missing_is_zero), w->weight[i]));
    return sum;
}

/* A sum that can do without some of its figures: those without weight, or all that are missing while the others share the total. */
static node_id lenient_sum(lua_State *L, const weights *w, bool missing_is_zero, bool shared)
{
    node_id args[2 * PAIRS_MAX];
    for (size_t i = 0; i < w->count; i++) {
        args[2 * i] = figure_of(L, w, i, missing_is_zero);
        args[2 * i + 1] = w->weight[i];
    }
    return add_node(L, (node){.op = OP_WEIGHTED, .args = args, .arg_count = (uint32_t)(2 * w->count), .source = shared});
}

static node_id weighted_sum(lua_State *L, const weights *w)
{
    text missing = TEXT("incomplete");
    field_text(L, 1, "missing", &missing);
    bool zero = text_equal(missing, TEXT("zero")), shared = text_equal(missing, TEXT("reweight")), lenient = shared;
    if (!zero && !shared && !text_equal(missing, TEXT("incomplete")))
        refuse_word_of(L, missing, TEXT("incomplete, reweight, zero"));
    for (size_t i = 0; i < w->count; i++)
        lenient |= w->may_be_zero[i];
    return lenient ? lenient_sum(L, w, zero, shared) : plain_sum(L, w, zero);
}

/* A parameter that whoever runs the scheme has set to 0: the figure has no part in the sum and need not be known. A 0 that stands
 * in the file itself is a mistake. */
static bool is_set_to_nothing(const plan *p, node_id weight)
{
    const node *n = &p->nodes[weight];
    return n->op == OP_CONSTANT && n->source != 0 && fraction_sign(n->constant) == 0;
}

static void read_pair(lua_State *L, weights *w)
{
    need_table(L, -1, "weighted");
    check_fields(L, -1, "weighted", "", 2);
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    w->weight[w->count] = need_number(L, -1, "weighted");
    w->figure[w->count] = need_number(L, -2, "weighted");
    lua_pop(L, 2);
    if (is_set_to_nothing(loader_of(L)->plan, w->weight[w->count]))
        return;
    read_weight(L, w, w->count, w->weight[w->count], 0);
    w->count++;
}

/* weighted { { figure, 0.40 }, { figure, 0.60 }, total = 1, missing = "incomplete" } */
int word_weighted(lua_State *L)
{
    lua_settop(L, 1);
    need_table(L, 1, "weighted");
    check_fields(L, 1, "weighted", "total missing", ANY_PLACES);
    decimal total = {1, 0};
    field_decimal(L, 1, "total", &total);
    size_t n = (size_t)lua_rawlen(L, 1);
    if (n < 2)
        refuse(L, message_of(MSG_rules_weighted_empty));
    if (n > PAIRS_MAX)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    weights *w = memset(lua_newuserdatauv(L, sizeof *w, 0), 0, sizeof *w);
    w->total = fraction_from_decimal(total);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        read_pair(L, w);
        lua_pop(L, 1);
    }
    if (!w->count)
        refuse(L, message_of(MSG_rules_weight_figure));
    check_sums(L, w);
    push_symbol_of(L, weighted_sum(L, w));
    return 1;
}
