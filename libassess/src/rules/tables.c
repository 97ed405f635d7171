/* tables.c: decision tables: by(key, { … }), steps(figure, { … }), matrix { … }. Every word and every grade that the key may be has
 * its row, once; what is missing or double is named when the file is read. */
#include <stdlib.h>
#include <string.h>

#include "rules/loader.h"

/* --- what a key may be --- */

enum { KEYS_MAX = PLAN_MAX_WORDS, STACK_NEEDED = 40 };

/* The words or grades that a key may be, as numbers. */
typedef struct axis {
    node_id key;
    value_kind kind;
    bool closed;    /* it can be nothing but these */
    uint32_t level; /* of grades */
    bool *may;      /* [KEYS_MAX] */
    bool *taken;    /* [KEYS_MAX]: has a row */
} axis;

/* Scratch that goes with the Lua state, whatever happens. */
static void *scratch(lua_State *L, size_t size)
{
    sandbox_charge(L, size / 64);
    return memset(lua_newuserdatauv(L, size, 0), 0, size);
}

/* Which arguments give the value of a node that only picks among them: from, up to. */
static bool picks(const node *n, uint32_t *from)
{
    *from = n->op == OP_WHEN || n->op == OP_TABLE ? 1 : 0;
    return n->op == OP_WHEN || n->op == OP_TABLE || n->op == OP_OR_ELSE || n->op == OP_OF_UNIT || n->op == OP_LOWER ||
           n->op == OP_HIGHER || n->op == OP_NEXT_GRADE;
}

/* A declared column, a constant; anything else may be any word. */
static bool mark_words(const plan *p, const node *n, bool *may)
{
    if (n->op == OP_CONSTANT) {
        may[(size_t)n->constant.num] = true;
        return true;
    }
    if (n->op != OP_ATTRIBUTE || !p->attributes[n->source].choices.count)
        return false;
    const plan_set *choices = &p->attributes[n->source].choices;
    for (size_t i = 0; i < choices->count; i++)
        may[choices->members[i]] = true;
    return true;
}

static void find_words(lua_State *L, axis *a)
{
    const plan *p = loader_of(L)->plan;
    bool *below = scratch(L, a->key + 1);
    a->closed = below[a->key] = true;
    for (node_id id = a->key + 1; id-- > 0;) {
        uint32_t from;
        const node *n = &p->nodes[id];
        if (!below[id])
            continue;
        if (picks(n, &from))
            for (uint32_t i = from; i < n->arg_count; i++)
                below[n->args[i]] = true;
        else
            a->closed &= mark_words(p, n, a->may);
    }
}

/* The level whose grades the key is about: that of the nearest band or constant below it. */
static uint32_t level_of_grades(lua_State *L, node_id key)
{
    const plan *p = loader_of(L)->plan;
    bool *below = scratch(L, key + 1);
    below[key] = true;
    for (node_id id = key + 1; id-- > 0;) {
        uint32_t from;
        const node *n = &p->nodes[id];
        if (below[id] && n->op == OP_BANDS)
            return n->source;
        if (below[id] && n->op == OP_CONSTANT)
            return p->grades[n->constant.num].level;
        for (uint32_t i = 0; below[id] && picks(n, &from) && from + i < n->arg_count; i++)
            below[n->args[from + i]] = true;
    }
    return loader_of(L)->level;
}

static void find_grades(lua_State *L, axis *a)
{
    const plan *p = loader_of(L)->plan;
    a->closed = true;
    a->level = level_of_grades(L, a->key);
    const plan_level *l = &p->levels[a->level];
    for (uint32_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        a->may[g] = true;
}

static axis open_axis(lua_State *L, node_id key, const char *word_name)
{
    axis a = {.key = key, .kind = node_kind(L, key)};
    if (a.kind != KIND_WORD && a.kind != KIND_GRADE)
        refuse_kind(L, text_of(word_name), IS(WORD) | IS(GRADE), text_of(symbol_words((symbol_kind)a.kind)));
    a.may = scratch(L, KEYS_MAX);
    a.taken = scratch(L, KEYS_MAX);
    if (a.kind == KIND_WORD)
        find_words(L, &a);
    else
        find_grades(L, &a);
    return a;
}

static text name_of(lua_State *L, const axis *a, uint32_t number)
{
    const plan *p = loader_of(L)->plan;
    return a->kind == KIND_GRADE ? p->grades[number].id : p->words[number].id;
}

/* "领导, 职员": those that may be, with or without a row. */
static text list_names(lua_State *L, const axis *a, bool without_row)
{
    luaL_Buffer b;
    size_t length = 0;
    luaL_buffinit(L, &b);
    for (uint32_t n = 0; n < KEYS_MAX && length < 400; n++) {
        if (!a->may[n] || (without_row && a->taken[n]))
            continue;
        text name = name_of(L, a, n);
        luaL_addstring(&b, length ? ", " : "");
        luaL_addlstring(&b, name.bytes, name.length);
        length += name.length + 2;
    }
    luaL_pushresult(&b);
    text all;
    all.bytes = lua_tolstring(L, -1, &all.length);
    return all;
}

static uint32_t word_number(lua_State *L, text id)
{
    sandbox_charge(L, 10 + loader_of(L)->plan->word_count / 8);
    uint32_t number = plan_word_number(loader_of(L)->plan, id);
    if (number == UINT32_MAX)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    return number;
}

/* The number of the word or grade of that id, which the key may be. */
static uint32_t key_number(lua_State *L, const axis *a, text id)
{
    if (a->kind == KIND_GRADE)
        return need_grade_of(L, a->level, id);
    uint32_t number = word_number(L, id);
    if (a->closed && !a->may[number])
        refuse(L, message_of2(MSG_rules_table_word, id, list_names(L, a, false)));
    return number;
}

static void take_key(lua_State *L, axis *a, uint32_t number)
{
    if (a->taken[number])
        refuse(L, message_of1(MSG_rules_table_twice, name_of(L, a, number)));
    a->taken[number] = true;
}

/* --- building --- */

typedef struct builder {
    const char *word_name;
    table_row *rows;
    node_id *args; /* the key, then a value a row */
    uint32_t count;
    bool has_otherwise;
} builder;

static builder open_builder(lua_State *L, const char *word_name, size_t most)
{
    arena *memory = &loader_of(L)->plan->memory;
    builder b = {.word_name = word_name};
    sandbox_charge(L, 16 * most);
    b.rows = arena_zalloc(memory, (most + 1) * sizeof *b.rows);
    b.args = arena_zalloc(memory, (most + 2) * sizeof *b.args);
    if (!b.rows || !b.args)
        no_memory(L);
    return b;
}

/* A node, a figure, or a text, which is a word here. All rows give the same kind. */
static node_id read_value(lua_State *L, const builder *b, int index)
{
    node_id id;
    if (lua_type(L, index) == LUA_TSTRING)
        id = add_node(L, (node){.op = OP_CONSTANT, .kind = KIND_WORD,
                                .constant = fraction_of(word_number(L, need_text(L, index, b->word_name)), 1)});
    else
        id = need_value(L, index, b->word_name);
    if (b->count && node_kind(L, id) != node_kind(L, b->args[1]))
        refuse(L, message_of3(MSG_rules_wrong_symbol, text_of(b->word_name), text_of(symbol_words((symbol_kind)node_kind(L, b->args[1]))),
                              text_of(symbol_words((symbol_kind)node_kind(L, id)))));
    return id;
}

static table_row *add_row(builder *b, node_id value)
{
    b->args[++b->count] = value;
    return &b->rows[b->count - 1];
}

static void add_words(lua_State *L, table_row *row, const uint32_t *numbers, size_t count)
{
    row->words = arena_alloc(&loader_of(L)->plan->memory, (count + 1) * sizeof *row->words);
    if (!row->words)
        no_memory(L);
    memcpy(row->words, numbers, count * sizeof *numbers);
    row->word_count = count;
}

static node_id close_builder(lua_State *L, builder *b, node_id key)
{
    plan *p = loader_of(L)->plan;
    plan_table *t = PLAN_APPEND(p, tables, table_count, table_capacity);
    if (!t)
        no_memory(L);
    *t = (plan_table){.key = node_kind(L, key), .rows = b->rows, .row_count = b->count};
    b->args[0] = key;
    return add_node(L, (node){.op = OP_TABLE, .args = b->args, .arg_count = b->count + 1, .source = (uint32_t)(p->table_count - 1),
                              .kind = node_kind(L, b->args[1])});
}

/* Whatever the key may be has a row, and `otherwise` has something left to take. */
static void check_complete(lua_State *L, const builder *b, const axis *a)
{
    text missing = list_names(L, a, true);
    if (!b->count)
        refuse(L, message_of1(MSG_rules_table_empty, text_of(b->word_name)));
    if (a->closed && missing.length && !b->has_otherwise)
        refuse(L, message_of1(MSG_rules_table_hole, missing));
    if (a->closed && !missing.length && b->has_otherwise)
        refuse(L, message_of(MSG_rules_table_otherwise));
    if (!a->closed && !b->has_otherwise)
        refuse(L, message_of(MSG_table_open));
}

/* --- by: a value a word --- */

static int compare_keys(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

text *sorted_keys(lua_State *L, int index, const char *word_name, size_t *count)
{
    size_t all = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        all++;
    text *keys = scratch(L, (all + 1) * sizeof *keys);
    *count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            refuse(L, message_of1(MSG_rules_table_form, text_of(word_name)));
        keys[*count].bytes = lua_tolstring(L, -2, &keys[*count].length);
        ++*count;
    }
    sandbox_charge(L, 20 * all);
    qsort(keys, *count, sizeof *keys, compare_keys);
    return keys;
}

static void read_otherwise(lua_State *L, builder *b, int index)
{
    lua_getfield(L, index, "otherwise");
    if (!lua_isnil(L, -1)) {
        if (b->has_otherwise)
            refuse(L, message_of1(MSG_rules_table_twice, TEXT("otherwise")));
        node_id value = read_value(L, b, lua_gettop(L));
        add_row(b, value)->otherwise = b->has_otherwise = true;
    }
    lua_pop(L, 1);
}

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
    numbered *order = scratch(L, (all + 1) * sizeof *order);
    builder b = open_builder(L, "by", all);
    for (size_t i = 0; i < all; i++) {
        if (text_equal(keys[i], TEXT("otherwise")))
            continue;
        lua_pushlstring(L, keys[i].bytes, keys[i].length);
        order[count].id = need_text(L, -1, "by");
        order[count].number = key_number(L, a, order[count].id);
        count++;
        lua_pop(L, 1);
    }
    qsort(order, count, sizeof *order, compare_numbers);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, order[i].id.bytes, order[i].id.length);
        lua_rawget(L, index);
        node_id value = read_value(L, &b, lua_gettop(L));
        take_key(L, a, order[i].number);
        add_words(L, add_row(&b, value), &order[i].number, 1);
        lua_pop(L, 1);
    }
    read_otherwise(L, &b, index);
    check_complete(L, &b, a);
    return close_builder(L, &b, a->key);
}

static node_id read_gives(lua_State *L, const builder *b, int index)
{
    lua_getfield(L, index, "gives");
    if (lua_isnil(L, -1))
        refuse(L, message_of2(MSG_rules_field_missing, text_of(b->word_name), TEXT("gives")));
    node_id value = read_value(L, b, lua_gettop(L));
    lua_pop(L, 1);
    return value;
}

static bool has_field(lua_State *L, int index, const char *name)
{
    bool has = lua_getfield(L, index, name) != LUA_TNIL;
    lua_pop(L, 1);
    return has;
}

/* { "处级", "科级", gives = 0.4 } */
static void read_row_of_words(lua_State *L, builder *b, axis *a, int index)
{
    size_t n = (size_t)lua_rawlen(L, index);
    if (!n)
        refuse(L, message_of1(MSG_rules_table_form, text_of(b->word_name)));
    uint32_t *numbers = scratch(L, (n + 1) * sizeof *numbers);
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, index, (lua_Integer)i + 1);
        numbers[i] = key_number(L, a, need_text(L, -1, b->word_name));
        take_key(L, a, numbers[i]);
        lua_pop(L, 1);
    }
    node_id value = read_gives(L, b, index);
    add_words(L, add_row(b, value), numbers, n);
}

/* The row of the list at 2; it stays on the stack. `otherwise` stands last. */
static int next_row(lua_State *L, const builder *b, size_t i, size_t n, const char *fields, size_t places)
{
    lua_rawgeti(L, 2, (lua_Integer)i + 1);
    int row = lua_gettop(L);
    need_table(L, row, b->word_name);
    check_fields(L, row, b->word_name, fields, places);
    if (has_field(L, row, "otherwise") && (i + 1 < n || lua_rawlen(L, row) || has_field(L, row, "gives")))
        refuse(L, message_of(MSG_rules_table_last));
    return row;
}

static node_id read_list(lua_State *L, axis *a)
{
    size_t n = (size_t)lua_rawlen(L, 2);
    check_fields(L, 2, "by", "", ANY_PLACES);
    builder b = open_builder(L, "by", n);
    for (size_t i = 0; i < n; i++) {
        int row = next_row(L, &b, i, n, "gives otherwise", ANY_PLACES);
        if (has_field(L, row, "otherwise"))
            read_otherwise(L, &b, row);
        else
            read_row_of_words(L, &b, a, row);
        lua_settop(L, row - 1);
    }
    check_complete(L, &b, a);
    return close_builder(L, &b, a->key);
}

static int word_by(lua_State *L)
{
    lua_settop(L, 2);
    luaL_checkstack(L, STACK_NEEDED, NULL);
    node_id key = need_value(L, 1, "by");
    need_table(L, 2, "by");
    axis a = open_axis(L, key, "by");
    push_symbol_of(L, lua_rawlen(L, 2) ? read_list(L, &a) : read_map(L, &a, 2));
    return 1;
}

/* --- steps: a value from an edge on --- */

/* The edge `from`, or `above`: a figure or a parameter. */
static void read_edge(lua_State *L, int row, table_row *out)
{
    bool from = has_field(L, row, "from");
    int scale;
    int128 coeff;
    out->above = !from;
    if (from == has_field(L, row, "above"))
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
    node_id value = read_gives(L, b, index);
    *add_row(b, value) = edge;
}

/* steps(figure, { { from = 100, gives = 10 }, { above = 80, gives = 5 }, { otherwise = 0 } }) */
static int word_steps(lua_State *L)
{
    lua_settop(L, 2);
    luaL_checkstack(L, STACK_NEEDED, NULL);
    node_id key = need_number(L, 1, "steps");
    need_table(L, 2, "steps");
    check_fields(L, 2, "steps", "open", ANY_PLACES);
    bool open = field_truth(L, 2, "open", false);
    size_t n = (size_t)lua_rawlen(L, 2);
    builder b = open_builder(L, "steps", n);
    for (size_t i = 0; i < n; i++) {
        int row = next_row(L, &b, i, n, "from above gives otherwise", 0);
        if (has_field(L, row, "otherwise"))
            read_otherwise(L, &b, row);
        else
            read_step(L, &b, row);
        lua_settop(L, row - 1);
    }
    if (!b.count)
        refuse(L, message_of1(MSG_rules_table_empty, TEXT("steps")));
    if (b.has_otherwise == open)
        refuse(L, message_of(MSG_rules_steps_open));
    push_symbol_of(L, close_builder(L, &b, key));
    return 1;
}

/* --- matrix: a value for each pair --- */

enum { MATRIX_MAX = 64 };

typedef struct side {
    axis of;
    uint32_t numbers[MATRIX_MAX];
    size_t count;
} side;

typedef struct grid {
    builder values;  /* its first row is otherwise, when there is one */
    side row, column;
    node_id *cells;  /* [row][MATRIX_MAX] */
    node_id otherwise;
} grid;

/* The place of a word on its side. */
static size_t place_on(lua_State *L, side *s, text id)
{
    uint32_t number = key_number(L, &s->of, id);
    size_t i = 0;
    while (i < s->count && s->numbers[i] != number)
        i++;
    if (i == MATRIX_MAX)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    s->numbers[i] = number;
    s->count += i == s->count;
    return i;
}

static side open_side(lua_State *L, const char *name)
{
    if (lua_getfield(L, 1, name) == LUA_TNIL)
        refuse(L, message_of2(MSG_rules_field_missing, TEXT("matrix"), text_of(name)));
    side s = {.of = open_axis(L, need_value(L, -1, "matrix"), "matrix")};
    for (uint32_t n = 0; s.of.closed && n < KEYS_MAX; n++) {
        if (s.of.may[n] && s.count == MATRIX_MAX)
            refuse(L, message_of(MSG_rules_too_many_nodes));
        if (s.of.may[n])
            s.numbers[s.count++] = n;
    }
    return s;
}

/* Places of the words at the top of the stack: one text, or a list of them. */
static size_t read_places(lua_State *L, side *s, size_t places[MATRIX_MAX])
{
    if (lua_type(L, -1) != LUA_TTABLE) {
        places[0] = place_on(L, s, need_text(L, -1, "matrix"));
        return 1;
    }
    int list = lua_gettop(L);
    size_t n = (size_t)lua_rawlen(L, list);
    check_fields(L, list, "matrix", "", ANY_PLACES);
    for (size_t i = 0; i < n && i < MATRIX_MAX; i++) {
        lua_rawgeti(L, list, (lua_Integer)i + 1);
        places[i] = place_on(L, s, need_text(L, -1, "matrix"));
        lua_pop(L, 1);
    }
    if (!n || n > MATRIX_MAX)
        refuse(L, message_of1(MSG_rules_table_form, TEXT("matrix")));
    return n;
}

static void fill_cells(lua_State *L, grid *g, int index)
{
    size_t rows[MATRIX_MAX], columns[MATRIX_MAX];
    need_table(L, index, "matrix");
    check_fields(L, index, "matrix", "gives", 2);
    lua_rawgeti(L, index, 1);
    size_t row_count = read_places(L, &g->row, rows);
    lua_rawgeti(L, index, 2);
    size_t column_count = read_places(L, &g->column, columns);
    node_id value = read_gives(L, &g->values, index);
    if (!g->values.count)
        add_row(&g->values, value); /* so that the next ones are compared with its kind */
    for (size_t i = 0; i < row_count * column_count; i++) {
        size_t r = rows[i / column_count], c = columns[i % column_count];
        if (g->cells[r * MATRIX_MAX + c] != NODE_NONE)
            refuse(L, message_of2(MSG_rules_matrix_overlap, name_of(L, &g->row.of, g->row.numbers[r]),
                                  name_of(L, &g->column.of, g->column.numbers[c])));
        g->cells[r * MATRIX_MAX + c] = value;
    }
}

static void check_holes(lua_State *L, const grid *g)
{
    bool hole = false;
    for (size_t i = 0; i < g->row.count * g->column.count; i++) {
        size_t r = i / g->column.count, c = i % g->column.count;
        bool here_is_one = g->cells[r * MATRIX_MAX + c] == NODE_NONE;
        if (here_is_one && g->otherwise == NODE_NONE)
            refuse(L, message_of2(MSG_rules_matrix_hole, name_of(L, &g->row.of, g->row.numbers[r]),
                                  name_of(L, &g->column.of, g->column.numbers[c])));
        hole |= here_is_one;
    }
    bool closed = g->row.of.closed && g->column.of.closed;
    if (!closed && g->otherwise == NODE_NONE)
        refuse(L, message_of(MSG_table_open));
    if (closed && !hole && g->otherwise != NODE_NONE)
        refuse(L, message_of(MSG_rules_table_otherwise));
}

/* A table over one side, `values` of each of its words. */
static node_id table_over(lua_State *L, const side *s, const node_id *values, node_id otherwise)
{
    builder b = open_builder(L, "matrix", s->count + 1);
    for (size_t i = 0; i < s->count; i++)
        if (values[i] != NODE_NONE)
            add_words(L, add_row(&b, values[i]), &s->numbers[i], 1);
    if (b.count < s->count || !s->of.closed)
        add_row(&b, otherwise)->otherwise = true;
    return close_builder(L, &b, s->of.key);
}

static void read_grid(lua_State *L, grid *g)
{
    size_t n = (size_t)lua_rawlen(L, 1);
    g->values = open_builder(L, "matrix", 2);
    g->otherwise = NODE_NONE;
    read_otherwise(L, &g->values, 1);
    if (g->values.has_otherwise)
        g->otherwise = g->values.args[1];
    for (size_t i = 0; i < MATRIX_MAX * MATRIX_MAX; i++)
        g->cells[i] = NODE_NONE;
    for (size_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        int row = lua_gettop(L);
        fill_cells(L, g, row);
        lua_settop(L, row - 1);
    }
    if (!n)
        refuse(L, message_of1(MSG_rules_table_empty, TEXT("matrix")));
    check_holes(L, g);
}

/* matrix { rows = a, columns = b, { "excellent", "A", gives = 1 }, …, otherwise = 0 }: every pair once. */
static int word_matrix(lua_State *L)
{
    node_id rows[MATRIX_MAX];
    lua_settop(L, 1);
    luaL_checkstack(L, STACK_NEEDED, NULL);
    need_table(L, 1, "matrix");
    check_fields(L, 1, "matrix", "rows columns otherwise", ANY_PLACES);
    grid *g = scratch(L, sizeof *g);
    g->cells = scratch(L, sizeof *g->cells * MATRIX_MAX * MATRIX_MAX);
    g->row = open_side(L, "rows");
    g->column = open_side(L, "columns");
    read_grid(L, g);
    for (size_t r = 0; r < g->row.count; r++)
        rows[r] = table_over(L, &g->column, &g->cells[r * MATRIX_MAX], g->otherwise);
    push_symbol_of(L, table_over(L, &g->row, rows, g->otherwise));
    return 1;
}

const word decision_words[] = {{"by", word_by}, {"steps", word_steps}, {"matrix", word_matrix}, {NULL, NULL}};
