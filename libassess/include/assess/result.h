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

/* Runs the scheme over a finished batch without errors. Keeps batch and scheme alive.
 * ASSESS_E_CALL: not finished or has errors; ASSESS_E_INPUT "input.range": a figure leaves 128-bit exact arithmetic. */
ASSESS_API assess_status assess_result_new(assess_batch *batch, const assess_result_options *options,
                                           assess_result **out, assess_error *err);
ASSESS_API void assess_result_free(assess_result *result);

/* One line of results.csv; texts live until the next call on this result. */
typedef struct assess_row {
    size_t size; /* set by the caller */
    const char *id, *name, *unit;
    const char *status;  /* "assessed", "excluded", "incomplete" */
    const char *score;   /* exact decimal, "" unless assessed */
    const char *grade;   /* the grade's id, "" when there is none */
    uint32_t rank;       /* 0: none */
    const char *flags;   /* "veto;gap" */
    const char *reasons; /* clause and words, separated by ';' */
} assess_row;
ASSESS_API size_t assess_result_count(const assess_result *result);
ASSESS_API assess_status assess_result_row(assess_result *result, size_t index, assess_language language, assess_row *out,
                                           assess_error *err);

/* results.csv as the contract says: UTF-8 with BOM, written beside `path` and renamed; an existing file only with force. */
ASSESS_API assess_status assess_result_write_csv(assess_result *result, const char *path, assess_language language,
                                                 int force, assess_error *err);
/* The same bytes as a text in memory, of *length bytes. */
ASSESS_API assess_status assess_result_csv(assess_result *result, assess_language language, char **out, size_t *length,
                                           assess_error *err);
/* Counts by status and grade, per unit, gaps, vetoes, exclusions with reasons, what to look at next; or everything as
 * JSON ("assess.result/1"). `color` not 0: with terminal colours. */
ASSESS_API assess_status assess_result_summary(assess_result *result, assess_language language, assess_format format,
                                               int color, char **out, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
