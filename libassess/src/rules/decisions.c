/* decisions.c: by(key, { … }) and steps(figure, { … }). Every word and every grade that the key may be has its row, once; what is
 * missing or double is named when the file is read. */
#include <stdlib.h>
#include <string.h>

#include "rules/tables.h"

/* --- by: a value a word --- */

typedef struct numbered {
    uint32_t number;
    text id;
} numbered;

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = ((const numbered *)a)->number, y = ((const numbered *)b)->number;
    return (x > y) - (x < y);
}

/* by(key, { ["领导"] = 0.4, otherwise = 0.3 }) */
static node_id read_map(lua_State *L, axis *a, int index)
{
    size_t all, count = 0;
    text *keys = sorted_keys(L, index, "by", &all);
    numbered *order = table_scratch(L, (all + 1) * sizeof *order);
    builder b = table_open(L, "by", all);
    for (size_t i = 0; i < all; i++) {
        if (text_equal(keys[i], TEXT("otherwise")))
            continue;
        lua_pushlstring(L, keys[i].bytes, keys[i].length);
        order[count].id = need_text(L, -1, "by");
        order[count].number = axis_number(L, a, order[count].id);
        count++;
        lua_pop(L, 1);
    }
    qsort(order, count, sizeof *order, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, order[i].id.bytes, order[i].id.length);
        lua_rawget(L, index);
        node_id value = table_value(L, &b, lua_gettop(L));
        axis_take(L, a, order[i].number);
        table_say(L, table_add(&b, value), &order[i].number, 1);
        lua_pop(L, 1);
    }
    table_otherwise(L, &b, index);
    table_complete(L, &b, a);
    return table_close(L, &b, a->key);
}

/* { "处级", "科级", gives = 0.4 } */
static void read_row_of_words(lua_State *L, builder *b, axis *a, int index)
{
    size_t n = (size_t)lua_rawlen(L, index);
    if (!n)
        refuse(L, message_of1(MSG_rules_table_form, text_of(b->word_name)));
    uint32_t *numbers = table_scratch(L, (n + 1) * sizeof *numbers);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        numbers[i] = axis_number(L, a, need_text(L, -1, b->word_name));
        axis_take(L, a, numbers[i]);
        lua_pop(L, 1);
    }
    node_id value = table_gives(L, b, index);
    table_say(L, table_add(b, value), numbers, n);
}

/* The row of the list at 2; it stays on the stack. `otherwise` stands last. */
static int next_row(lua_State *L, const builder *b, size_t i, size_t n, const char *fields, size_t places)
{
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    int row = lua_gettop(L);
    need_table(L, row, b->word_name);
    check_fields(L, row, b->word_name, fields, places);
    if (field_given(L, row, "otherwise") && (i + 1 < n || lua_rawlen(L, row) || field_given(L, row, "gives")))
        refuse(L, message_of(MSG_rules_table_last));
    return row;
}

static node_id read_list(lua_State *L, axis *a)
{
    size_t n = (size_t)lua_rawlen(L, 2);
    check_fields(L, 2, "by", "", ANY_PLACES);
    builder b = table_open(L, "by", n);
    for (size_t i = 0; i < n; i++) {
        int row = next_row(L, &b, i, n, "gives otherwise", ANY_PLACES);
        if (field_given(L, row, "otherwise"))
            table_otherwise(L, &b, row);
        else
            read_row_of_words(L, &b, a, row);
        lua_settop(L, row - 1);
    }
    table_complete(L, &b, a);
    return table_close(L, &b, a->key);
}

static int word_by(lua_State *L)
{
    lua_settop(L, 2);
    luaL_checkstack(L, STACK_NEEDED, NULL);
    node_id key = need_value(L, 1, "by");
    need_table(L, 2, "by");
    axis a = axis_open(L, key, "by");
    push_symbol_of(L, lua_rawlen(L, 2) ? read_list(L, &a) : read_map(L, &a, 2));
    return 1;
}

/* --- steps: a value from an edge on --- */

/* The edge `from`, or `above`: a figure or a parameter. */
static void read_edge(lua_State *L, int row, table_row *out)
{
    bool from = field_given(L, row, "from");
    int scale = 0;
    int128 coeff = 0;
    out->above = !from;
    if (from == field_given(L, row, "above"))
        refuse(L, message_of(MSG_rules_steps_edge));
    lua_getfield(L, row, from ? "from" : "above");
    node_id edge = need_number(L, -1, "steps");
    const node *n = &loader_of(L)->plan->nodes[edge];
    if (n->op != OP_CONSTANT || !fraction_as_decimal(n->constant, DECIMAL_MAX_SCALE, &coeff, &scale))
        refuse(L, message_of(MSG_rules_steps_edge));
    out->from = (decimal){(int64_t)coeff, scale};
    lua_pop(L, 1);
}

enum { EDGE_SIZE = 72 };

/* "> 80", "≥ 80" */
static text edge_text(const table_row *row, char out[EDGE_SIZE])
{
    const char *sign = row->above ? "> " : "≥ ";
    size_t n = strlen(sign);
    memcpy(out, sign, n);
    return (text){out, n + decimal_print(row->from.coeff, row->from.scale, out + n)};
}

/* Every edge lies below the one before it: from 80 is lower than above 80. */
static void check_falls(lua_State *L, const table_row *before, const table_row *row)
{
    char high[EDGE_SIZE], low[EDGE_SIZE];
    int order = fraction_compare(fraction_from_decimal(row->from), fraction_from_decimal(before->from));
    if (order < 0 || (order == 0 && before->above && !row->above))
        return;
    refuse(L, message_of2(MSG_rules_steps_order, edge_text(row, low), edge_text(before, high)));
}

static void read_step(lua_State *L, builder *b, int index)
{
    table_row edge = {0};
    read_edge(L, index, &edge);
    if (b->count)
        check_falls(L, &b->rows[b->count - 1], &edge);
    node_id value = table_gives(L, b, index);
    *table_add(b, value) = edge;
}

/* A line needs two different edges, and figures at both. */
static void check_linear(lua_State *L, const builder *b)
{
    if (node_kind(L, b->args[1]) != KIND_NUMBER)
        refuse_kind(L, TEXT("steps { …, linear = true }"), IS(NUMBER), text_of(symbol_words((symbol_kind)node_kind(L, b->args[1]))));
    size_t edges = b->count - b->has_otherwise;
    bool differ = edges > 1;
    for (size_t i = 1; differ && i < edges; i++)
        differ = fraction_compare(fraction_from_decimal(b->rows[i].from), fraction_from_decimal(b->rows[i - 1].from)) != 0;
    if (!differ)
        refuse(L, message_of(MSG_rules_steps_linear));
}

/* steps(figure, { { from = 100, gives = 10 }, { above = 80, gives = 5 }, { otherwise = 0 } }) */
static int word_steps(lua_State *L)
{
    lua_settop(L, 2);
    luaL_checkstack(L, STACK_NEEDED, NULL);
    node_id key = need_number(L, 1, "steps");
    need_table(L, 2, "steps");
    check_fields(L, 2, "steps", "open linear", ANY_PLACES);
    bool open = field_truth(L, 2, "open", false), linear = field_truth(L, 2, "linear", false);
    size_t n = (size_t)lua_rawlen(L, 2);
    builder b = table_open(L, "steps", n);
    for (size_t i = 0; i < n; i++) {
        int row = next_row(L, &b, i, n, "from above gives otherwise", 0);
        if (field_given(L, row, "otherwise"))
            table_otherwise(L, &b, row);
        else
            read_step(L, &b, row);
        lua_settop(L, row - 1);
    }
    if (!b.count)
        refuse(L, message_of1(MSG_rules_table_empty, TEXT("steps")));
    if (b.has_otherwise == open)
        refuse(L, message_of(MSG_rules_steps_open));
    if (linear)
        check_linear(L, &b);
    node_id table = table_close(L, &b, key);
    plan *p = loader_of(L)->plan;
    p->tables[p->table_count - 1].linear = linear;
    push_symbol_of(L, table);
    return 1;
}

const word decision_words[] = {{"by", word_by}, {"steps", word_steps}, {"matrix", word_matrix}, {NULL, NULL}};
