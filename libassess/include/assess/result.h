/* result.h: what came out for everybody, in the order of the people. */
#ifndef ASSESS_RESULT_H
#define ASSESS_RESULT_H

#include "assess/batch.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct assess_result assess_result;

/* Set size first, the rest to 0. */
typedef struct assess_result_options {
    size_t size;
    unsigned threads; /* 0: as many as there are processors; the result does not depend on it */
    assess_progress progress;
    void *user;
} assess_result_options;

/* Runs the scheme over a finished batch. Keeps batch and scheme alive.
 *  options  NULL: defaults
 *  out      owned by the caller: assess_result_free
 *  Returns ASSESS_OK, ASSESS_E_CALL (batch not finished or with errors, "call.cancelled"), ASSESS_E_INPUT (a figure leaves exact
 *  arithmetic of 128 bits), ASSESS_E_RULES (a function of `each` fails, the calendar lacks a year), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_result_new(assess_batch *batch, const assess_result_options *options,
                                           assess_result **out, assess_error *err);
ASSESS_API void assess_result_free(assess_result *result); /* NULL is harmless. Since 0.1. */

/* For libraries that make several calls on a result as one: it does not go before assess_result_release, even should its owner free it in a
 * callback; calls on it are errors from then on. One release for each keep that returned ASSESS_OK; one too many is harmless.
 *  Returns ASSESS_OK, ASSESS_E_CALL (no result, or a freed one). Since 0.1. */
ASSESS_API assess_status assess_result_keep(assess_result *result, assess_error *err);
ASSESS_API void assess_result_release(assess_result *result);

/* One line of results.csv; texts live until the next call on this result. */
typedef struct assess_row {
    size_t size; /* set by the caller */
    const char *id, *name, *unit;
    const char *status;  /* "assessed", "excluded", "incomplete" */
    const char *score;   /* exact decimal, "" unless assessed */
    const char *grade;   /* the grade's id, "" when there is none; after decisions by people */
    uint32_t rank;       /* 0: none */
    const char *flags;   /* "veto;gap" */
    const char *reasons; /* clause and words, separated by ';' */
} assess_row;
/* How many rows there are, one for every row of people; 0 for NULL. Since 0.1. */
ASSESS_API size_t assess_result_count(const assess_result *result);
/* One row, its reasons in this language.
 *  index  below assess_result_count
 *  out    out->size set by the caller; its texts are borrowed from the result
 *  Returns ASSESS_OK, ASSESS_E_CALL (no such index, wrong size), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_result_row(assess_result *result, size_t index, assess_language language, assess_row *out,
                                           assess_error *err);

/* results.csv: UTF-8 with BOM, lines that end in CRLF, reasons in this language. Written beside `path` and renamed: the file appears
 * whole or not at all.
 *  force  not 0: replaces an existing file
 *  Returns ASSESS_OK, ASSESS_E_CALL (the file exists, the path is a folder), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_result_write_csv(assess_result *result, const char *path, assess_language language,
                                                 int force, assess_error *err);
/* The same bytes in memory.
 *  out     a text owned by the caller: assess_text_free
 *  length  bytes before the NUL; may be NULL
 *  Returns ASSESS_OK, ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_result_csv(assess_result *result, assess_language language, char **out, size_t *length,
                                           assess_error *err);
/* Counts by status and grade, per unit, gaps, vetoes, exclusions with reasons, what to look at next; or everything as
 * JSON ("assess.result/1").
 *  color  not 0: text with terminal colours
 *  out    a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_result_summary(assess_result *result, assess_language language, assess_format format,
                                               int color, char **out, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
