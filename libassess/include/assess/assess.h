/* assess.h: carries out performance assessments exactly and explains every result.
 *
 * What is not declared in the headers of this folder is not published: do not use it, it may change any day.
 * The way through: load a scheme (a rule file), fill a batch (the tables), run it, read or explain the result, seal it.
 *
 *     assess_scheme *scheme; assess_batch *batch; assess_result *result; assess_error err = {0};
 *     if (assess_scheme_load("rules/bureau.lua", NULL, &scheme, &err) ||          // options NULL: defaults
 *         assess_batch_new(scheme, NULL, &batch, &err) || assess_batch_read(batch, paths, 1, &err) ||
 *         assess_batch_finish(batch, &err) || assess_result_new(batch, NULL, &result, &err))
 *         puts(err.message[ASSESS_EN]);
 *
 * Threads: every object may be used by one thread at a time; different objects at once by any number of threads. A
 * child keeps its parent alive, so objects may be freed in any order. Nothing here is global; nothing prints, exits, or
 * reads the environment, the clock or the locale. All texts are UTF-8.
 *
 * Misuse is an error where it can be seen (ASSESS_E_CALL; calls that return no status give 0 or "", counts of a batch
 * also while a call on it is under way): NULL, "call.argument"; an object of another
 * kind, "call.other_handle"; one that was freed, "call.freed", for certain as long as a child or a call still holds it, as a rule
 * afterwards; a batch or result on which another call is under way, from another thread or from a callback of that very call, "call.busy". To
 * free an object twice is harmless in the same measure. To free one in a callback is allowed: it goes when the call has ended.
 * A callback must return: an exception or longjmp through a call leaves its objects busy.
 * fork: between calls parent and child may both go on, each with its own copy; while a call is under way in another thread the child may
 * only exec.
 * Structs that begin with `size`: set it to sizeof the struct. A program built for an older or a newer release is served, see ABI.md. */
#ifndef ASSESS_ASSESS_H
#define ASSESS_ASSESS_H

#include "assess/arrow.h"
#include "assess/batch.h"
#include "assess/diff.h"
#include "assess/error.h"
#include "assess/explain.h"
#include "assess/result.h"
#include "assess/scheme.h"
#include "assess/store.h"
#include "assess/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0"; static. Stable since 0.1. */
ASSESS_API const char *assess_version(void);

/* Frees a text that a call of this library returned through `char **`. NULL is harmless. Stable since 0.1. */
ASSESS_API void assess_text_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
