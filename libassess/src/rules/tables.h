/* tables.h: what decision tables are made of: the words or grades that a key may be, and the rows. */
#ifndef ASSESS_RULES_TABLES_H
#define ASSESS_RULES_TABLES_H

#include "rules/loader.h"

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

void *table_scratch(lua_State *L, size_t size); /* zeros that go with the Lua state, whatever happens */
axis axis_open(lua_State *L, node_id key, const char *word_name);
text axis_name(lua_State *L, const axis *a, uint32_t number);
uint32_t axis_number(lua_State *L, const axis *a, text id);       /* of the word or grade of that id, which the key may be */
void axis_take(lua_State *L, axis *a, uint32_t number);           /* it has a row now: only one */

typedef struct builder {
    const char *word_name;
    table_row *rows;
    node_id *args; /* the key, then a value a row */
    uint32_t count;
    bool has_otherwise;
} builder;

builder table_open(lua_State *L, const char *word_name, size_t most);
node_id table_value(lua_State *L, const builder *b, int index);   /* a node, a figure, or a text, which is a word; of one kind */
table_row *table_add(builder *b, node_id value);
void table_say(lua_State *L, table_row *row, const uint32_t *numbers, size_t count);
void table_otherwise(lua_State *L, builder *b, int index);        /* the field `otherwise`, when there is one */
node_id table_gives(lua_State *L, const builder *b, int index);   /* the field `gives` */
/* Whatever the key may be has a row, and `otherwise` has something left to take. */
void table_complete(lua_State *L, const builder *b, const axis *a);
node_id table_close(lua_State *L, builder *b, node_id key);

#endif
