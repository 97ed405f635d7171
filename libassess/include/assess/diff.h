/* diff.h: two results side by side: who moves from the one to the other, and why. */
#ifndef ASSESS_DIFF_H
#define ASSESS_DIFF_H

#include "assess/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In what form a comparison is wanted. */
typedef enum assess_diff_format {
    ASSESS_DIFF_TEXT = 0, /* for people: who moves and why, and how many from which grade to which */
    ASSESS_DIFF_JSON = 1, /* "assess.diff/1" */
    ASSESS_DIFF_CSV = 2   /* one row for each subject that moves */
} assess_diff_format;

/* Set size first, the rest to 0. */
typedef struct assess_diff_options {
    size_t size;
    assess_language language;
    assess_diff_format format;
    int color; /* not 0: text with terminal colours */
} assess_diff_options;

/* Compares two results, of different rule files, parameters or sealed batches. Subjects are the same when their ids are. One
 * moves whose status, score, grade, rank, flags or lists differ, and one who is in only one of the results.
 *  options  NULL: defaults
 *  out      a text owned by the caller: assess_text_free
 *  moved    how many move; may be NULL
 *  Returns ASSESS_OK, ASSESS_E_CALL (wrong option size, an unknown format), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_diff(assess_result *a, assess_result *b, const assess_diff_options *options, char **out,
                                     size_t *moved, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
