/* exchange: files into a batch, results out of it. Reading collects every problem in the batch; writing happens
 * beside the target and is renamed into place, so that an output appears whole or not at all. */
#ifndef ASSESS_EXCHANGE_EXCHANGE_H
#define ASSESS_EXCHANGE_EXCHANGE_H

#include "assess/arrow_abi.h"
#include "assess/error.h"
#include "assess/workbook.h"
#include "batch/batch.h"
#include "engine/result.h"

typedef struct read_options {
    unsigned threads;          /* >= 1 */
    bool hash;                 /* SHA-256 of every source, for sealing */
    const text *ignored_kinds; /* event kinds that are passed over on purpose (ids or labels) */
    size_t ignored_kind_count;
    /* Called now and then with bytes done and bytes in all; not NULL result = cancel. May be NULL. */
    int (*progress)(void *user, uint64_t done, uint64_t total);
    void *user;
    const assess_workbook_reader *workbooks; /* NULL: workbooks are refused */
    text scheme, period; /* what a template for input must have been made for */
    char rules[65];      /* SHA-256 of the rules; "": not known */
} read_options;

/* Reads every path: a folder (its recognised files, not its sub-folders) or a single file. People first, whatever
 * their place in the list. What is wrong with the content becomes a problem of the batch; the status is an error only
 * when the machine fails (E_SYSTEM), a path does not exist or is no table (E_INPUT, also added as a problem). */
assess_status exchange_read(batch *b, const char *const *paths, size_t count, const read_options *options,
                            assess_error *err);

/* One table from an Arrow stream, which is taken over in every case. Its status as assess_batch_add_arrow has it. */
assess_status exchange_read_arrow(batch *b, batch_table table, text name, struct ArrowArrayStream *stream,
                                  const read_options *options, assess_error *err);
/* The table that is called exactly so, in either language. TABLE_COUNT: none. */
batch_table exchange_table_named(text name);

/* The table that a file or sheet name means: "ratings-office.csv" and "评分 (2).csv" are ratings. TABLE_COUNT: none. */
batch_table exchange_table_of(text name);

/* The id of the standard column of people that goes by this header ("职务" and "现任职务" are "post"); NULL: none. `memory` is for
 * the key; without memory: NULL, too. */
const char *exchange_people_column(text header, arena *memory);

/* An output on its way: written to a temporary file beside `path` (mode 0600), then moved into place by commit, which
 * flushes it to the disk first. Without `force` an existing file is E_CALL and is left alone. Discard removes it. */
typedef struct output output;
assess_status output_open(const char *path, bool force, output **out, assess_error *err);
void output_write(output *o, const void *bytes, size_t length);      /* a failure is kept for commit */
assess_status output_commit(output *o, assess_error *err);           /* frees o, in every case */
void output_discard(output *o);

/* results.csv, byte for byte as the contract says (UTF-8 with BOM, CRLF, cells that a spreadsheet would run made harmless),
 * appended to `out`: the rows of the subjects from `first` up to `end`, before the first subject of all the header. */
void exchange_results_part(const result *r, assess_language language, size_t first, size_t end, buffer *out);
/* All of it. */
void exchange_results_csv(const result *r, assess_language language, buffer *out);
/* All of it, made by so many threads (at least 1), a few parts ahead of what is written. False: no memory. */
bool exchange_write_results(const result *r, assess_language language, unsigned threads, output *o);
/* The same columns as an Arrow stream (arrow.h), which gives the owner of the result back when it is released. False: no memory, and
 * the owner was given back. */
bool exchange_result_arrow(const result *r, assess_language language, void (*give_back)(void *owner), void *owner,
                           struct ArrowArrayStream *out);

#endif
