/* store.h: a run sealed in one SQLite file: inputs, rule text, parameters, results and their hashes. */
#ifndef ASSESS_STORE_H
#define ASSESS_STORE_H

#include "assess/result.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Set size first, the rest to 0. */
typedef struct assess_seal_options {
    size_t size;
    assess_language language; /* of the reasons in the sealed results */
    int force;                /* not 0: replaces an existing file */
    unsigned threads;         /* 0: as many as there are processors */
    assess_progress progress; /* may be NULL */
    void *user;
    char **anchor;            /* may be NULL: where to put "COUNT:HASH" (assess_store_anchor); owned by the caller */
} assess_seal_options;

/* Seals the result into a new file, mode 0400, written beside `path` and renamed: it appears whole or not at all. Raters
 * become keyed pseudonyms, in an order that says nothing; the key is made for this file and thrown away. What they
 * answered is in the file, readable by whoever may read it, but for ballots that a rule on sheets refused, where the scheme
 * decides by rater: those leave a mark alone. The batch must have been read with hash_inputs.
 *  options  NULL: defaults
 *  Returns ASSESS_OK, ASSESS_E_CALL (the file exists, no hashes, "call.cancelled"), ASSESS_E_INPUT (a text of more than
 *  1 MiB), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_store_seal(assess_result *result, const char *path, const assess_seal_options *options,
                                           assess_error *err);

/* Checks a sealed file: structure, hashes of every part, the chain, and that running the sealed rules over the sealed
 * inputs gives the sealed results again. Where the ballots have been deleted after sealing the last cannot be checked;
 * the report says so, and the rest decides.
 *  anchor  "COUNT:HASH" as printed when it was sealed, or NULL; with it, a rewritten or cut file is noticed as well
 *  report  what was checked, a line each, and what was not; a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_INPUT (does not verify; the report says why), ASSESS_E_CALL (an anchor that is none),
 *  ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_store_verify(const char *path, const char *anchor, assess_language language,
                                             assess_format format, char **report, assess_error *err);

/* Runs a sealed batch again from what the file holds, once it has been checked as assess_store_verify does: what was
 * changed after sealing gives no result.
 *  out       the result, owned by the caller: assess_result_free. Writing it in the language of the seal gives the same bytes.
 *  language  of the reasons when it was sealed; may be NULL
 *  Returns ASSESS_OK, ASSESS_E_INPUT (no sealed batch, damaged or changed), ASSESS_E_RULES, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_store_replay(const char *path, assess_result **out, assess_language *language,
                                             assess_error *err);

/* "COUNT:HASH" of a sealed file, to be kept elsewhere. It is read as it stands: only assess_store_verify says whether it is right.
 *  out  a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_INPUT (no sealed batch), ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_store_anchor(const char *path, char **out, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
