/* handles.h: what the public handles hold. A child counts a reference on its parent, so objects may be freed in any
 * order. */
#ifndef ASSESS_API_HANDLES_H
#define ASSESS_API_HANDLES_H

#include "api/handle.h"
#include "assess/assess.h"
#include "base/versioned.h"
#include "engine/engine.h"
#include "exchange/exchange.h"
#include "report/tables.h"
#include "rules/mistakes.h"

struct assess_scheme {
    handle head;
    plan *plan;
};

struct assess_mistakes {
    handle head;
    mistake_list list;
};

struct assess_batch {
    handle head;
    assess_scheme *scheme;
    arena memory; /* of the vocabulary and the options */
    batch *tables;
    text *ignored;
    size_t ignored_count;
    unsigned threads;
    bool hash;
    bool finished;
    _Atomic(result *) ran; /* of a scheme that may refuse its input: carried out when it was read, for the first who asks */
    assess_progress progress;
    void *user;
    assess_workbook_reader workbooks; /* size 0: none */
    buffer shown[ASSESS_LANGUAGE_COUNT]; /* the problem last asked for */
};

struct assess_result {
    handle head;
    atomic_size_t kept; /* by assess_result_keep */
    assess_batch *batch;
    unsigned threads; /* that it was carried out with, and is written with */
    result *outcome;
    result_tables available;
    buffer id, name, unit, score, flags, reasons; /* the row last asked for */
};

assess_scheme *scheme_wrap(plan *p); /* takes the plan, also when it fails (NULL) */
assess_mistakes *mistakes_wrap(mistake_list list); /* the same of a list */
void scheme_drop(assess_scheme *s); /* a reference */
void batch_drop(assess_batch *b);
void result_drop(assess_result *r);
/* How this batch reads its tables; the options borrow from it. False: no memory. */
bool batch_reading(assess_batch *b, read_options *out);

/* A call on a batch or a result begins and ends; the end hands the status on. A scheme never changes: a check is enough. */
assess_status scheme_check(const assess_scheme *s, assess_error *err);
assess_status batch_enter(assess_batch *b, assess_error *err);
assess_status batch_leave(assess_batch *b, assess_status status);
assess_status result_enter(assess_result *r, assess_error *err);
assess_status result_leave(assess_result *r, assess_status status);

/* The option struct as this library knows it; `last` is the last field of its first version. */
assess_status options_take(void *out, size_t size, size_t first, const void *given, assess_error *err);
#define OPTIONS(type, last, name, given, err)                                                               \
    type name;                                                                                              \
    if (options_take(&name, sizeof name, SIZE_THROUGH(type, last), (given), (err)))                         \
    return ASSESS_E_CALL

assess_status bad_argument(assess_error *err, const char *what);
bool is_language(assess_language language);
/* Hands a buffer's bytes to the caller as a NUL-terminated text; frees it when it failed. */
assess_status give_text(buffer *b, char **out, size_t *length, assess_error *err);
unsigned thread_count(unsigned asked);

/* --- refusals.c --- */
assess_status find_refusals(assess_batch *b, assess_error *err); /* adds a problem for every one */

/* --- files.c --- */
assess_status file_read(const char *path, size_t limit, arena *memory, text *out, assess_error *err);
/* Where a scheme's rules come from: a file, the folders its `use` looks in. */
typedef struct rule_place {
    text path;      /* of the scheme's own file */
    text folder;    /* of that file, "" = the current one */
    const char *const *folders;
    size_t folder_count;
} rule_place;
assess_status rule_find(const char *rules, const char *const *folders, size_t folder_count, arena *memory,
                        rule_place *out, assess_error *err);
bool rule_resolve(void *place, text name, arena *memory, text *bytes, text *file_name);
bool rule_data(void *place, text name, arena *memory, text *bytes, text *file_name); /* "calendar.csv" */
text file_base_name(text path);

/* scheme_json.c: "assess.scheme/1" */
void scheme_json(const plan *p, assess_language language, buffer *out);

#endif
