/* tables.c: see tables.h. */
#include <stdlib.h>
#include <string.h>

#include "rules/tables.h"

/* --- what a key may be --- */

void *table_scratch(lua_State *L, size_t size)
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
    bool *below = table_scratch(L, a->key + 1);
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

static void find_grades(lua_State *L, axis *a)
{
    const plan *p = loader_of(L)->plan;
    a->closed = true;
    a->level = level_of_grade(p, a->key);
    const plan_level *l = &p->levels[a->level];
    for (uint32_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        a->may[g] = true;
}

axis axis_open(lua_State *L, node_id key, const char *word_name)
{
    axis a = {.key = key, .kind = node_kind(L, key)};
    if (a.kind != KIND_WORD && a.kind != KIND_GRADE)
        refuse_kind(L, text_of(word_name), IS(WORD) | IS(GRADE), text_of(symbol_words((symbol_kind)a.kind)));
    a.may = table_scratch(L, KEYS_MAX);
    a.taken = table_scratch(L, KEYS_MAX);
    if (a.kind == KIND_WORD)
        find_words(L, &a);
    else
        find_grades(L, &a);
    return a;
}

text axis_name(lua_State *L, const axis *a, uint32_t number)
{
    const plan *p = loader_of(L)->plan;
    return a->kind == KIND_GRADE ? p->grades[number].id : p->words[number].id;
}

/* "领导, 职员": all that it may be, or those without a row. */
static text axis_list(lua_State *L, const axis *a, bool without_row)
{
    luaL_Buffer b;
    size_t length = 0;
    luaL_buffinit(L, &b);
    for (uint32_t n = 0; n < KEYS_MAX && length < 400; n++) {
        if (!a->may[n] || (without_row && a->taken[n]))
            continue;
        text name = axis_name(L, a, n);
        luaL_addstring(&b, length ? ", " : "");
        luaL_addlstring(&b, name.bytes, name.length);
        length += name.length + 2;
    }
    luaL_pushresult(&b);
    text all;
    all.bytes = lua_tolstring(L, -1, &all.length);
    return all;
}

uint32_t axis_number(lua_State *L, const axis *a, text id)
{
    if (a->kind == KIND_GRADE)
        return need_grade_of(L, a->level, id);
    uint32_t number = word_number(L, id);
    if (a->closed && !a->may[number])
        refuse(L, message_of2(MSG_rules_table_word, id, axis_list(L, a, false)));
    return number;
}

void axis_take(lua_State *L, axis *a, uint32_t number)
{
    if (a->taken[number])
        refuse(L, message_of1(MSG_rules_table_twice, axis_name(L, a, number)));
    a->taken[number] = true;
}

/* --- building --- */

builder table_open(lua_State *L, const char *word_name, size_t most)
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

node_id table_value(lua_State *L, const builder *b, int index)
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

table_row *table_add(builder *b, node_id value)
{
    b->args[++b->count] = value;
    return &b->rows[b->count - 1];
}

void table_say(lua_State *L, table_row *row, const uint32_t *numbers, size_t count)
{
    row->words = arena_alloc(&loader_of(L)->plan->memory, (count + 1) * sizeof *row->words);
    if (!row->words)
        no_memory(L);
    memcpy(row->words, numbers, count * sizeof *numbers);
    row->word_count = count;
}

node_id table_close(lua_State *L, builder *b, node_id key)
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

void table_complete(lua_State *L, const builder *b, const axis *a)
{
    text missing = axis_list(L, a, true);
    if (!b->count)
        refuse(L, message_of1(MSG_rules_table_empty, text_of(b->word_name)));
    if (a->closed && missing.length && !b->has_otherwise)
        refuse(L, message_of1(MSG_rules_table_hole, missing));
    if (a->closed && !missing.length && b->has_otherwise)
        refuse(L, message_of(MSG_rules_table_otherwise));
    if (!a->closed && !b->has_otherwise)
        refuse(L, message_of(MSG_rules_table_open));
}

void table_otherwise(lua_State *L, builder *b, int index)
{
    lua_getfield(L, index, "otherwise");
    if (!lua_isnil(L, -1)) {
        if (b->has_otherwise)
            refuse(L, message_of1(MSG_rules_table_twice, TEXT("otherwise")));
        node_id value = table_value(L, b, lua_gettop(L));
        table_add(b, value)->otherwise = b->has_otherwise = true;
    }
    lua_pop(L, 1);
}

node_id table_gives(lua_State *L, const builder *b, int index)
{
    lua_getfield(L, index, "gives");
    if (lua_isnil(L, -1))
        refuse(L, message_of2(MSG_rules_field_missing, text_of(b->word_name), TEXT("gives")));
    node_id value = table_value(L, b, lua_gettop(L));
    lua_pop(L, 1);
    return value;
}

/* --- keys --- */

static int compare_keys(const void *a, const void *b) { return text_compare(*(const text *)a, *(const text *)b); }

text *sorted_keys(lua_State *L, int index, const char *word_name, size_t *count)
{
    size_t all = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        all++;
    text *keys = table_scratch(L, (all + 1) * sizeof *keys);
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
