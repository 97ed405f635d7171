/* binding.h: what the parts of the Lua module share.
 *
 * A handle of the library lives in a userdata, the box. The library's own mistakes to report come back as nil and an error
 * table; a mistake of the Lua program (wrong type, closed object) is a Lua error. No Lua error is ever raised while a call of the
 * library is on its way, and nothing that the library handed over is held anywhere but in a userdata that frees it. */
#ifndef ASSESS_LUA_BINDING_H
#define ASSESS_LUA_BINDING_H

#include <assess/assess.h>
#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <string.h>

/* Others build this without our flags: no name of ours may meet one of the program that loads it. */
#pragma GCC visibility push(hidden)

#define SCHEME_NAME "assess.scheme"
#define BATCH_NAME "assess.batch"
#define RESULT_NAME "assess.result"

/* Whom the library tells how far it is. Slots are absolute places on the stack of L; L is NULL between calls. */
typedef struct listener {
    lua_State *L;
    int function, trouble; /* where the function is; where what it raised goes */
    bool failed;
} listener;

typedef struct box {
    void *handle; /* NULL: closed */
    bool busy;    /* the library is at work on it and has called back */
    size_t items; /* of a batch: how many columns of values the library will read */
    listener hears;
} box;

/* A new box on top of the stack, with `values` user values. */
box *box_new(lua_State *L, const char *name, int values);
/* The box at `index`, open and not at work; a Lua error otherwise. */
box *box_at(lua_State *L, int index, const char *name);
void *handle_at(lua_State *L, int index, const char *name);

/* The functions of an object: its metatable, with __gc, __close and __index. */
void class_new(lua_State *L, const char *name, const luaL_Reg *methods, lua_CFunction close, lua_CFunction length);

/* nil and the error as a table. */
int push_failure(lua_State *L, const assess_error *err);
void error_class(lua_State *L);

/* A place for a text of the library, on top of the stack; freed with it. */
char **text_new(lua_State *L);
void text_class(lua_State *L);
/* What a call that made `text` returns: the text, or nil and the error. */
int push_text(lua_State *L, assess_status status, char **text, const assess_error *err);

/* ---- arguments ---- */
assess_language language_at(lua_State *L, int index);                        /* "zh" unless given */
assess_format format_at(lua_State *L, int index);                            /* "text" unless given */
/* Pushes options[name], nil when options are missing; the options are a table or nothing. */
int option(lua_State *L, int options, const char *name);
unsigned option_number(lua_State *L, int options, const char *name);         /* 0 unless given; pushes nothing */
bool option_flag(lua_State *L, int options, const char *name);
const char *option_text(lua_State *L, int options, const char *name);        /* NULL unless given; leaves it on the stack */
assess_language option_language(lua_State *L, int options);
assess_format option_format(lua_State *L, int options);
/* The text at `index`: a string without a NUL in it. `what` names it in the error. */
const char *text_at(lua_State *L, int index, const char *what);
/* A list of texts as an array that stays as long as the two values it leaves on the stack; NULL for nil. */
const char *const *texts_at(lua_State *L, int index, const char *what, size_t *count);

/* ---- progress ---- */
int on_progress(void *user, uint64_t done, uint64_t total);
/* Takes the function on top of the stack, or nil, and one place more. */
void progress_begin(lua_State *L, listener *l);
/* Ends it; raises what the function raised. */
void progress_end(lua_State *L, listener *l);

/* ---- the parts ---- */
void scheme_class(lua_State *L);
void batch_class(lua_State *L);
void result_class(lua_State *L);
int table_push(lua_State *L, assess_status status, assess_table **t, const assess_error *err);
assess_table **table_new(lua_State *L);
void table_class(lua_State *L);
int scheme_load(lua_State *L);
int scheme_test(lua_State *L);
int result_new(lua_State *L);
int result_diff(lua_State *L);
int store_verify(lua_State *L);
int store_replay(lua_State *L);
int store_anchor(lua_State *L);
int store_seal(lua_State *L);
int batch_new(lua_State *L);

#pragma GCC visibility pop

#endif
