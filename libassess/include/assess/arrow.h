/* arrow.h: tables of other programs in, results out, as streams of the Arrow C interface: pandas, polars, pyarrow, DuckDB, R and
 * many others speak it. Nothing of Arrow is linked. Streams come from and go to code in this process, which is trusted with
 * pointers; for bytes of a file or a network use that library's reader.
 *
 *     struct ArrowArrayStream people, ratings, rows;         // `people`, `ratings` filled by the other library
 *     if (assess_batch_add_arrow(batch, "people", "staff", &people, &err) ||
 *         assess_batch_add_arrow(batch, "ratings", "survey", &ratings, &err) ||
 *         assess_batch_finish(batch, &err) || assess_result_new(batch, NULL, &result, &err) ||
 *         assess_result_arrow(result, ASSESS_EN, &rows, &err))
 *         puts(err.message[ASSESS_EN]);
 */
#ifndef ASSESS_ARROW_H
#define ASSESS_ARROW_H

#include "assess/arrow_abi.h"
#include "assess/table.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Reads a table from a stream, as assess_batch_read reads it from a file: the columns are found by their names as headers are
 * (English or Chinese, in any order; ratings wide or long), and every check, problem and notice is that of a file. People come before
 * the tables that speak of them; a table may be given in several calls. Problems call the table `name` and count rows as a spreadsheet
 * does: the header is row 1, the first row of the first batch row 2.
 *  table   "people", "ratings", "events", "measures", "history", "decisions", "raters", or as files have it in Chinese: "人员", "评分" …
 *  name    UTF-8, not empty; what problems, summary and seal call this table ("survey 2026"); copied
 *  stream  taken over in every case, also when the call fails: its `release` is NULL afterwards. Only when `stream` is NULL or
 *          released already is there nothing to take over.
 *
 * Types of columns (the letters are those of the Arrow C data interface):
 *   n                   all cells blank
 *   u U vu              text, as a cell of a file: blanks around it do not count, "" is a blank cell
 *   c C s S i I l L     whole numbers
 *   f g                 the shortest decimal of at most 15 digits (f: 7) and 9 places that is written as this number: 0.1 is 0.1,
 *                       exactly. NaN is blank. A number that is none (1/3) is a problem that names the cell: round it first.
 *   d:p,s d:p,s,b       decimals of 32, 64 or 128 bits, of 256 bits where the value fits 128; s from 0 to 38
 *   b                   true is 1, false is 0
 *   tdD tdm             days; of milliseconds the day they fall on, which must be its beginning
 *   tss: tsm: tsu: tsn: days with or without the time: no time at midnight, else "2026-03-04 17:30", "… 17:30:05". With a zone the
 *                       moment is told in that zone, which must be UTC or an offset such as +08:00; of named zones (Asia/Shanghai)
 *                       the rules are not known here: convert to local time without zone first.
 *   a dictionary of any of these, by indices of any whole type
 *  A null is a blank cell. Every other type is a problem that names column and type, and the table is not read then. Columns at the end
 *  that pandas makes of an index without a name (__index_level_0__) are left out.
 *
 * With hash_inputs the table is sealed under the SHA-256 of its text: a line of headers and a line a row, cells parted by commas, in
 * quotes (doubled inside) where they hold a comma, a quote, CR or LF, each line ended by LF, in UTF-8, numbers without zeros behind
 * the point. It depends on the values and the order of columns and rows, not on batches, types of text or dictionaries.
 *
 *  Returns ASSESS_OK also when there are problems; ASSESS_E_CALL (batch finished, no such table, a name that is empty or not UTF-8,
 *  no stream, "call.arrow_invalid": what the stream gives is no table or contradicts itself, "call.cancelled"), ASSESS_E_SYSTEM (no
 *  memory, "read.arrow": the stream broke off, with what it says). After an error the rows read so far may stay: give the batch up.
 *  The stream is called on the calling thread alone. Memory: a batch of the stream and some MiB of text; the rest is that of the table.
 *  Progress is told in bytes of text, of a total that is not known (0). Since 0.1. */
ASSESS_API assess_status assess_batch_add_arrow(assess_batch *batch, const char *table, const char *name,
                                                struct ArrowArrayStream *stream, assess_error *err);

/* The rows of results.csv as a stream, in batches of at most 65 536 rows. Its columns, always in this order:
 *   id       u   not null
 *   name     u   not null; "" where there is none
 *   unit     u   not null; as name
 *   status   dictionary (c) of u: assessed, excluded, incomplete; not null
 *   score    d:18,s   s: the places of the scheme's scores (0 to 9); null unless assessed, or where the scheme has no score;
 *                     d:38,s where a score has more than 18 digits
 *   grade    dictionary (c) of u: the ids of the scheme's grades, best first; null where there is none; after decisions by people
 *   rank     i   null where there is none
 *   flags    u   not null; "veto;gap", "" where there is none
 *   reasons  u   not null; clause and words in this language, separated by ';'
 * A cell is the value itself: nothing is put before "=" or "+" as in results.csv, for no spreadsheet reads it.
 * The schema's metadata: assess.version, assess.scheme (its id), assess.period, assess.language ("zh", "en").
 *  out  filled; whoever takes it releases it, on any thread. It keeps the result alive, so assess_result_free may come first. Not for
 *       two threads at once; get_last_error gives English, until the next call on the stream.
 *  Returns ASSESS_OK, ASSESS_E_CALL (an argument is missing), ASSESS_E_SYSTEM (no memory). On failure `out` is left released. Cost:
 *  O(rows), most of it while the batches are asked for. A stream that runs out of memory returns ENOMEM and can be asked again. Since 0.1. */
ASSESS_API assess_status assess_result_arrow(assess_result *result, assess_language language, struct ArrowArrayStream *out,
                                             assess_error *err);

/* A table (table.h) as a stream: its columns under their ids, rows in batches of at most 65 536. Cells of the kind
 *   ASSESS_CELLS_TEXT, _FIGURE   u, not null, "" where there is nothing (a figure may be a fraction: "15/7")
 *   ASSESS_CELLS_NUMBER, _SHARE  d:38,s, null where there is nothing; s: the most places that a cell of the column has. A column
 *                                with a cell that is no decimal of at most 38 digits stays u.
 *   ASSESS_CELLS_DATE            tdD, null where there is nothing
 * The schema's metadata: assess.version, assess.table (the id), assess.title, assess.note; each column's: assess.title.
 *  table  may be freed or arranged afterwards: the stream shows it as it is now
 *  out    as in assess_result_arrow
 *  Returns ASSESS_OK, ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_table_arrow(const assess_table *table, struct ArrowArrayStream *out, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
