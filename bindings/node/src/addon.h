/* addon.h: what the parts of the addon share.
 *
 * This is the lower half of index.js and called by nobody else. Texts come as bytes that end in NUL, lists of texts as one run of such
 * bytes, languages and formats as the numbers of the C headers. A handle of the library lives in a box, an external value.
 * What a job on another thread works with is held by a reference, and its box is marked busy: no object of the library is
 * ever used by two threads at a time. */
#ifndef ASSESS_NODE_ADDON_H
#define ASSESS_NODE_ADDON_H

#define NAPI_VERSION 8
#include <assess/assess.h>
#include <node_api.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC visibility push(hidden)

typedef enum box_kind { BOX_SCHEME = 0x5343, BOX_RESULT = 0x5253 } box_kind;

typedef struct box {
    box_kind kind;
    bool busy;    /* a job is at work on it */
    void *handle; /* NULL: closed */
} box;

/* ---- values; where one returns NULL or false, an exception is pending ---- */
napi_value box_new(napi_env env, box_kind kind, void *handle);
box *box_of(napi_env env, napi_value value, box_kind kind);
/* The handle itself; an exception when it is closed or busy. */
void *handle_of(napi_env env, napi_value value, box_kind kind);
napi_value close_box(napi_env env, napi_callback_info info);

napi_value property(napi_env env, napi_value object, const char *name);
bool is_absent(napi_env env, napi_value value);
const char *text_of(napi_env env, napi_value value);
uint32_t number_of(napi_env env, napi_value value);
/* The texts of a run of bytes; an array to be freed, NULL with count 0 for null. */
bool texts_of(napi_env env, napi_value value, const char ***texts, size_t *count);
/* The elements of a typed array of that kind and length; NULL for null. */
bool array_of(napi_env env, napi_value value, napi_typedarray_type type, size_t length, void **out);

napi_value new_text(napi_env env, const char *text);
/* A text of the library, freed. */
napi_value take_text(napi_env env, char *text);
napi_value new_number(napi_env env, double number);
void set(napi_env env, napi_value object, const char *name, napi_value value);
void set_text(napi_env env, napi_value object, const char *name, const char *text);

/* An AssessError. */
napi_value new_error(napi_env env, const assess_error *err);
/* Throws it; returns NULL. */
napi_value fail(napi_env env, const assess_error *err);
napi_value problem_list(napi_env env, assess_batch *batch);
napi_value table_value(napi_env env, assess_table *table);
napi_value table_ids(napi_env env, size_t count, const char *(*id)(const void *owner, size_t index), const void *owner);

/* ---- functions ---- */
enum { MOST_ARGUMENTS = 8 };
typedef struct arguments {
    napi_value at[MOST_ARGUMENTS]; /* undefined where there is none */
} arguments;
arguments arguments_of(napi_env env, napi_callback_info info);
void define(napi_env env, napi_value exports, const char *name, napi_callback function);

void define_scheme(napi_env env, napi_value exports);
void define_result(napi_env env, napi_value exports);
void define_jobs(napi_env env, napi_value exports);

#pragma GCC visibility pop
#endif
