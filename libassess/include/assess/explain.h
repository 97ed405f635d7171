/* explain.h: how one result came about, clause by clause. */
#ifndef ASSESS_EXPLAIN_H
#define ASSESS_EXPLAIN_H

#include "assess/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Set size first, the rest to 0. */
typedef struct assess_explain_options {
    size_t size;
    assess_language language;
    assess_format format;     /* JSON: "assess.explain/1" */
    unsigned smallest_group;  /* ballots a group needs for its mean to be shown; 0: 5; never below 3 */
    int for_person;           /* not 0: as the person is told it, without names of files and numbers of rows (text only). Since 0.1. */
} assess_explain_options;

/* Derives the result of the person `id` by running the plan again for that person alone: every figure with its clause
 * and where it came from, and the nearest changes that would have given a better grade. Ballots appear as counts and means
 * only, and a mean only where no single ballot can be worked out from it (see the manual page, privacy).
 *  options  NULL: defaults
 *  out      a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_CALL (no such id, wrong option size), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_explain(assess_result *result, const char *id, const assess_explain_options *options,
                                        char **out, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
