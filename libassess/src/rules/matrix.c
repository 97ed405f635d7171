/* matrix.c: matrix { … }: a value for each pair of two keys: no hole, no overlap. */
#include "rules/tables.h"

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
    uint32_t number = axis_number(L, &s->of, id);
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
    side s = {.of = axis_open(L, need_value(L, -1, "matrix"), "matrix")};
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
    node_id value = table_gives(L, &g->values, index);
    if (!g->values.count)
        table_add(&g->values, value); /* so that the next ones are compared with its kind */
    for (size_t i = 0; i < row_count * column_count; i++) {
        size_t r = rows[i / column_count], c = columns[i % column_count];
        if (g->cells[r * MATRIX_MAX + c] != NODE_NONE)
            refuse(L, message_of2(MSG_rules_matrix_overlap, axis_name(L, &g->row.of, g->row.numbers[r]),
                                  axis_name(L, &g->column.of, g->column.numbers[c])));
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
            refuse(L, message_of2(MSG_rules_matrix_hole, axis_name(L, &g->row.of, g->row.numbers[r]),
                                  axis_name(L, &g->column.of, g->column.numbers[c])));
        hole |= here_is_one;
    }
    bool closed = g->row.of.closed && g->column.of.closed;
    if (!closed && g->otherwise == NODE_NONE)
        refuse(L, message_of(MSG_rules_table_open));
    if (closed && !hole && g->otherwise != NODE_NONE)
        refuse(L, message_of(MSG_rules_table_otherwise));
}

/* A table over one side, `values` of each of its words. */
static node_id table_over(lua_State *L, const side *s, const node_id *values, node_id otherwise)
{
    builder b = table_open(L, "matrix", s->count + 1);
    for (size_t i = 0; i < s->count; i++)
        if (values[i] != NODE_NONE)
            table_say(L, table_add(&b, values[i]), &s->numbers[i], 1);
    if (b.count < s->count || !s->of.closed)
        table_add(&b, otherwise)->otherwise = true;
    return table_close(L, &b, s->of.key);
}

static void read_grid(lua_State *L, grid *g)
{
    size_t n = (size_t)lua_rawlen(L, 1);
    g->values = table_open(L, "matrix", 2);
    g->otherwise = NODE_NONE;
    table_otherwise(L, &g->values, 1);
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
int word_matrix(lua_State *L)
{
    node_id rows[MATRIX_MAX];
    lua_settop(L, 1);
    luaL_checkstack(L, STACK_NEEDED, NULL);
    need_table(L, 1, "matrix");
    check_fields(L, 1, "matrix", "rows columns otherwise", ANY_PLACES);
    grid *g = table_scratch(L, sizeof *g);
    g->cells = table_scratch(L, sizeof *g->cells * MATRIX_MAX * MATRIX_MAX);
    g->row = open_side(L, "rows");
    g->column = open_side(L, "columns");
    read_grid(L, g);
    for (size_t r = 0; r < g->row.count; r++)
        rows[r] = table_over(L, &g->column, &g->cells[r * MATRIX_MAX], g->otherwise);
    push_symbol_of(L, table_over(L, &g->row, rows, g->otherwise));
    return 1;
}
