/* store: one run sealed in one SQLite file. The only folder that knows SQLite. It writes and reads tables and hashes;
 * running the rules again is its caller's work. */
#ifndef ASSESS_STORE_STORE_H
#define ASSESS_STORE_STORE_H

#include "assess/error.h"
#include "batch/batch.h"
#include "engine/result.h"

/* Where the chain ends: kept elsewhere, it tells whether the whole file was made anew. */
typedef struct store_anchor {
    uint64_t length;
    digest head;
} store_anchor;

/* What is sealed beside the batch and the rule files of its plan. */
typedef struct seal {
    const result *outcome; /* plan, batch and results */
    text results_csv;      /* the bytes of results.csv */
    assess_language language;
    text engine_version; /* "0.1.0" */
    unsigned threads;    /* to encode ballots; at least 1 */
    int (*progress)(void *user, uint64_t done, uint64_t total); /* may be NULL; not 0 = cancel */
    void *user;
    store_anchor *anchor; /* may be NULL: filled */
} seal;

/* Whole or not at all; E_CALL "call.cancelled" when `progress` asked for it. */
assess_status store_write(const seal *s, const char *path, bool force, assess_error *err);

/* A sealed file opened for reading. */
typedef struct store store;

typedef struct store_header {
    text scheme, period, engine_version, sealed_at; /* sealed_at: UTC, ISO 8601 */
    assess_language language;
    text *settings; /* "name=value" of the parameters that were set */
    size_t setting_count;
    text *file_names, *file_bytes; /* rule files; [0] is the scheme's own */
    size_t file_count;
    text results_csv;
    bool ballots_removed; /* after sealing, as the law may ask: results stand, but nothing can be computed again */
    store_anchor anchor;
} store_header;

/* Opens by the hardened way; E_INPUT when the file is no sealed batch or does not hold together. */
assess_status store_open(const char *path, store **out, assess_error *err);
const store_header *store_get(const store *s);
/* The sealed tables into an empty batch (made for the vocabulary of the sealed rules); not yet finished. E_INPUT
 * "store.ballots_removed" when there are no ballots to read any more. Ballots have no source and no row; raters are
 * named by their pseudonyms, which differ for each subject and role. */
assess_status store_read(store *s, batch *b, assess_error *err);
/* A claim that was checked. */
typedef struct store_check {
    message_id what; /* with `detail` as its argument: "the rule files are as they were sealed: 2" */
    bool passed;
    bool left_out; /* could not be made, and nothing speaks against it; `what` says so */
    text detail;   /* how much there is, or what differs; figures, ids and file names, the same in every language */
    text zh;       /* the detail as a Chinese sentence has it, where it is words; else empty */
} store_check;

/* What the report says of it: the claim, or how it does not hold. */
message store_check_sentence(const store_check *check);


/* Every check that needs no rules: integrity, schema, hashes of each part, the chain, results rows against results_csv.
 * Gives one line per check, in `memory`; ASSESS_OK when they could be made, whether they passed or not. E_INPUT: the
 * file cannot be read to the end. Removed ballots are a check that is left out; their replay is for the caller to leave out.
 */
assess_status store_verify(store *s, arena *memory, store_check **checks, size_t *count, assess_error *err);
/* Whether all of these checks pass, for those who want no report; the structure, which store_open has just checked, is
 * not gone through a second time. */
assess_status store_is_untouched(store *s, bool *untouched, assess_error *err);
void store_close(store *s);

#endif
