/* batch.h: the tables of one assessment: people, ratings, events, measures, history, decisions. */
#ifndef ASSESS_BATCH_H
#define ASSESS_BATCH_H

#include "assess/scheme.h"
#include "assess/workbook.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct assess_batch assess_batch;

/* Told now and then how far the work is; `total` may be 0 when unknown. Not 0 = cancel: the call returns ASSESS_E_CALL
 * with id "call.cancelled" and leaves nothing half-done. Called on the calling thread only. */
typedef int (*assess_progress)(void *user, uint64_t done, uint64_t total);

/* Set size first, the rest to 0. */
typedef struct assess_batch_options {
    size_t size;
    const char *const *ignored_kinds; /* kinds of events that are meant to be passed over: [ignored_kind_count]; "history": there is
                                       * no table of earlier results, as in the first year of a scheme */
    size_t ignored_kind_count;
    unsigned threads;                 /* 0: as many as there are processors */
    int hash_inputs;                  /* not 0: SHA-256 of every file; needed to seal */
    assess_progress progress;         /* may be NULL */
    void *user;
    const assess_workbook_reader *workbooks; /* reads .xlsx, such as assess_office_workbooks() of libassess-office; borrowed for as long
                                              * as the batch lives; NULL: workbooks are problems that say to save them as CSV */
} assess_batch_options;

/* An empty batch for a scheme that was loaded with a period; keeps the scheme alive.
 *  options  NULL: defaults
 *  out      owned by the caller: assess_batch_free
 *  Returns ASSESS_OK, ASSESS_E_CALL (no period, wrong option size), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_new(const assess_scheme *scheme, const assess_batch_options *options,
                                          assess_batch **out, assess_error *err);
ASSESS_API void assess_batch_free(assess_batch *batch); /* NULL is harmless. Since 0.1. */

/* Reads files and folders: CSV, and workbooks where the options have a reader. Tables are recognised by the name of the file, of a
 * workbook by that of the sheet (see the manual page). Everything that is wrong with
 * their content is collected as problems, not returned as an error.
 *  Returns ASSESS_OK also when there are problems; ASSESS_E_INPUT (a path that does not exist or is no table, also among
 *  the problems), ASSESS_E_SYSTEM (unreadable file, no memory), ASSESS_E_CALL "call.cancelled". Since 0.1. */
ASSESS_API assess_status assess_batch_read(assess_batch *batch, const char *const *paths, size_t path_count,
                                           assess_error *err);

/* People as columns instead of files; may be called again, the numbers of the people go on.
 *  ids     [count] NUL-terminated UTF-8, none of them empty
 *  names   [count] as ids, a text may be empty; NULL: all empty
 *  units   [count] as names
 *  starts  [count] first day in post, days since 1970-01-01, INT32_MIN where empty; NULL: all empty
 *  Copied. An id that stands twice is a problem.
 *  Returns ASSESS_OK also when there are problems, ASSESS_E_CALL (batch finished, an id empty, a text not UTF-8, a day beyond the
 *  years 1 to 9999), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_add_people(assess_batch *batch, size_t count, const char *const *ids,
                                                 const char *const *names, const char *const *units,
                                                 const int32_t *starts, assess_error *err);

/* Ballots as columns, after the people.
 *  subject  [count] number of the person, 0-based in the order they were added
 *  rater    [count] any number that tells raters apart, UINT32_MAX = anonymous; NULL: all anonymous
 *  role     [count] number of the role in the scheme's order (assess_scheme_describe as JSON lists them)
 *  values   [item_count][count] coefficient: value = coefficient / 10^scale; of an item with options: the option's number;
 *           INT64_MIN = blank
 *  scale    places of the coefficients, 0 to 9
 *  Copied. Values out of range, unknown subjects and roles are problems; nothing of the call is kept then.
 *  Returns ASSESS_OK also when there are problems, ASSESS_E_CALL (batch finished, an array missing, a scale that does not fit),
 *  ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_add_ballots(assess_batch *batch, size_t count, const uint32_t *subject,
                                                  const uint32_t *rater, const uint8_t *role,
                                                  const int64_t *const *values, int scale, assess_error *err);

/* Checks across tables, once everything is in; nothing can be added from here on. A scheme with `refuse` is carried out, and so are
 * tables with decisions: what they mean for whom is named as notices.
 *  Returns ASSESS_OK (there may be notices), ASSESS_E_INPUT (there is a problem of severity error), ASSESS_E_CALL
 *  (finished already), ASSESS_E_SYSTEM; with `refuse` or decisions also what assess_result_new returns. Since 0.1. */
ASSESS_API assess_status assess_batch_finish(assess_batch *batch, assess_error *err);

typedef enum assess_severity { ASSESS_SEVERITY_ERROR = 0, ASSESS_SEVERITY_NOTICE = 1 } assess_severity;

/* One problem; texts live as long as the batch, "" where there is nothing. */
typedef struct assess_problem {
    size_t size;          /* set by the caller to sizeof(assess_problem) */
    assess_severity severity;
    const char *id;       /* language-free: "input.value_range" */
    const char *file;
    uint32_t row;         /* as a spreadsheet counts, header = 1; 0: the whole file */
    uint32_t column;      /* 1-based; 0: the whole row */
    const char *header;   /* the column's header as written */
    const char *value;    /* the cell as written, cut after 80 bytes */
    const char *message[ASSESS_LANGUAGE_COUNT]; /* expected, found, what to do; valid until the next call on this batch */
    const char *sheet;    /* of a workbook: the sheet in `file`; valid until the next call on this batch */
} assess_problem;

/* How many problems are kept (the first 20 000 in order of file and row), and how many errors and notices there are in all;
 * 0 for NULL. Since 0.1. */
ASSESS_API size_t assess_batch_problem_count(const assess_batch *batch);
ASSESS_API size_t assess_batch_error_count(const assess_batch *batch);
ASSESS_API size_t assess_batch_notice_count(const assess_batch *batch);
/* One of the problems that are kept.
 *  index  below assess_batch_problem_count
 *  out    out->size set by the caller; its texts are borrowed from the batch
 *  Returns ASSESS_OK, ASSESS_E_CALL (no such index, wrong size), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_problem(assess_batch *batch, size_t index, assess_problem *out, assess_error *err);
/* All that are kept: lines for people in this language, errors first, or JSON ("assess.check/1").
 *  out  a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_problems(assess_batch *batch, assess_language language, assess_format format,
                                               char **out, assess_error *err);
/* What still lacks before scoring, as a checklist: missing ballots and turnout, too few ballots, needed data, holidays, the arithmetic
 * of quotas, what people will have to decide. Every point is done, a note, or open. The scheme is carried out for it when the tables
 * have no errors (the next assess_result_new takes that outcome over); with errors, or when it cannot be carried out, the list says
 * so as an open point, and leaves out what follows from the result. No value of a ballot is in it; raters are named who have not
 * returned their ballots (table `raters`) and, in the text only, those who gave everyone the same total: the text is for the one who
 * imports, not for a report.
 *  batch        finished
 *  format       ASSESS_FORMAT_TEXT: a page for people in this language; ASSESS_FORMAT_JSON: the object that `assess check --json`
 *               adds as "readiness", with the first 100 000 names of every list ("left_out" says how many more)
 *  out          a text owned by the caller: assess_text_free
 *  open_points  how many points are open; may be NULL
 *  Cost: a run, and O(n log n) over ballots, people and rows of raters. Not for two threads at once on one batch.
 *  Returns ASSESS_OK also when points are open, ASSESS_E_CALL (not finished, an argument is missing), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_readiness(assess_batch *batch, assess_language language, assess_format format, char **out,
                                                size_t *open_points, assess_error *err);
/* Rows of people, and ballots, that are in; 0 for NULL. Since 0.1. */
ASSESS_API size_t assess_batch_people_count(const assess_batch *batch);
ASSESS_API size_t assess_batch_ballot_count(const assess_batch *batch);

#ifdef __cplusplus
}
#endif
#endif
