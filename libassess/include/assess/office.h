/* office.h: workbooks, reports and forms for people at a desk: libassess-office, a library of its own beside libassess.
 *
 * It reads .xlsx into a batch and writes results as a workbook, a report and forms. It uses libassess by its public headers
 * only; a program that needs no office files links libassess alone. The rules of assess.h on threads and ownership hold here. */
#ifndef ASSESS_OFFICE_H
#define ASSESS_OFFICE_H

#include "assess/assess.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this library; the same as assess_version() when both come from one release. Static. Since 0.1. */
ASSESS_API const char *assess_office_version(void);

/* In what order the subjects of a list stand. */
typedef enum assess_office_order {
    ASSESS_ORDER_ROSTER = 0,  /* as in the table people: the usual one */
    ASSESS_ORDER_PINYIN = 1,  /* by the sound of the name; a surname as surnames are read (曾 zēng, 单 shàn) */
    ASSESS_ORDER_STROKES = 2, /* by the strokes of the name, 笔画, as ICU counts them: 阝 as 3 and 艹 as 4, where mainland usage has 2
                               * and 3, and equal numbers not by the first stroke. Check a list before it is published so. */
    ASSESS_ORDER_COUNT
} assess_office_order;

/* Not 0 when this library was built with ICU, which pinyin and strokes need. Since 0.1. */
ASSESS_API int assess_office_can_sort(void);

/* ---- forms ---- */

/* Set size first, the rest to 0. */
typedef struct assess_office_form_options {
    size_t size;
    assess_language language;  /* of the values, where the form does not say its own */
    assess_language notices_in; /* language of the notices */
    int force;                 /* not 0: replaces an existing file */
    int separate;              /* not 0: a file for each person, <id>.html or <id>.docx in the folder `path`; else all in the file `path` */
    const char *const *fields; /* what the form asks for: [field_count] texts "NAME=VALUE", each name once */
    size_t field_count;
    const char *const *ids;    /* whom the form is about: [id_count]; NULL: everybody */
    size_t id_count;
    const char *grade;         /* only who has this grade, by its id or its words; NULL: everybody */
    assess_office_order order; /* in what order they stand */
    assess_progress progress;  /* told before each person's page; may be NULL */
    void *user;
} assess_office_form_options;

/* Fills a form: an HTML file or a Word document (its name ends in .docx) with {{fields}} that belongs to the user (libassess/forms has some, and
 * README.md there says what may stand in the braces). What is written is of the same kind. Values are escaped, and nothing is cut: what is longer than the form's box for it is told among the notices.
 * A form that says `{{%public}}` is given neither scores nor ids, and cannot be `separate`. The same result and form give the same bytes.
 * A file appears whole or not at all, readable by its owner alone; so does a new folder (`separate`). In a folder that
 * exists, which needs `force`, files are replaced one by one.
 *  result   of this run or of assess_store_replay
 *  form     path of the form: HTML in UTF-8 of at most 1 MiB, a document of at most 8 MiB
 *  path     the file to write, or with `separate` the folder
 *  options  NULL: defaults
 *  notices  a line each: columns that the tables lack, values that are longer than their box; "" when
 *           there is nothing to say. Owned by the caller: assess_text_free; may be NULL
 *  Returns ASSESS_OK, ASSESS_E_CALL (a mistake in the form, with file and line, of a document the paragraph; a document with macros
 *  or anything that is taken from elsewhere; a field, an id or a grade that there is not; the path exists;
 *  a public notice with `separate`; "call.cancelled", or "call.cancelled_between" where files had been replaced already; an order that needs ICU), ASSESS_E_SYSTEM. Cost: O(rows of the tables shown); `derivation` runs assess_explain for each person. Since 0.1. */
ASSESS_API assess_status assess_office_write_form(assess_result *result, const char *form, const char *path,
                                                  const assess_office_form_options *options, char **notices, assess_error *err);

/* What a form says of itself.
 *  title   "" when it says none
 *  fields  what it asks for, a line each: name, TAB, meaning
 *  Both owned by the caller: assess_text_free. Returns ASSESS_OK, ASSESS_E_CALL (no form, a mistake in it), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_office_form_about(const char *form, char **title, char **fields, assess_error *err);

/* Set size first, the rest to 0. */
typedef struct assess_office_results_options {
    size_t size;
    assess_language language; /* of titles, words and reasons */
    int force;                /* not 0: replaces an existing file */
    assess_office_order order; /* of the rows of subjects; a ranking and what stands by its rank stay as they are */
    assess_progress progress; /* told about how much is written */
    void *user;
} assess_office_results_options;

/* results.xlsx: the tables of a result (table.h) as a workbook of A4 pages, a sheet each, in their order: the header in the first
 * row, filtered and kept in view; numbers, shares and dates as such, everything else as text that never runs as a formula. A figure
 * that is a fraction stands as a number of six decimals and, in a column beside it, exactly. Tables without rows are left
 * out, but for `excluded` and `incomplete`, which say so; the last sheet lists the others. A table of more than 1 048 575 rows goes on in
 * a sheet of the same name with a number. The same result gives the same bytes. Mode 0600; written beside `path` and moved:
 * the file appears whole or not at all.
 *  options  NULL: Chinese, nothing is replaced
 *  Returns ASSESS_OK, ASSESS_E_CALL (the file exists, no ICU for this order, "call.cancelled"), ASSESS_E_SYSTEM (no folder, no permission, disk full, no
 *  memory). Threads: one call at a time on a result. Cost: O(cells); the archive of a large result is held in memory, packed. Since 0.1. */
ASSESS_API assess_status assess_office_write_results(assess_result *result, const char *path,
                                                     const assess_office_results_options *options, assess_error *err);

/* Reads .xlsx and .xlsm: for assess_batch_options.workbooks. Static; safe for any number of threads. A part of more than 512 KiB is unpacked on a second thread while it is read, where the
 * machine has one to spare.
 *     assess_batch_options options = {.size = sizeof options, .workbooks = assess_office_workbooks()};
 * Since 0.1. */
ASSESS_API const assess_workbook_reader *assess_office_workbooks(void);

/* Set size first, the rest to 0. */
typedef struct assess_office_report_options {
    size_t size;
    assess_language language;
    int force;     /* not 0: replaces an existing file */
    uint32_t rows; /* most rows of a table, 0: 500; a sentence says how many more there are */
    uint32_t bars; /* most bars of a picture, 0: 30 */
    assess_office_order order; /* of the rows of subjects; a ranking stays one */
} assess_office_report_options;

/* A result as a page for people: report.html, UTF-8, well-formed XML as well. One file without script and without any
 * reference that leads out of it, made for screen, phone and A4 paper: the outcome in sentences, pictures and tables, whom people have to
 * decide on, the method clause by clause, the hashes of the inputs. It shows what the tables of the result show (table.h)
 * and computes nothing; the same result gives the same bytes. Written beside `path` and renamed: the file appears
 * whole or not at all, readable by its owner alone.
 *  options  NULL: defaults
 *  Returns ASSESS_OK, ASSESS_E_CALL (an argument is missing, the file exists, the path is a folder), ASSESS_E_SYSTEM.
 *  Cost: O(rows) time, and memory for every table at once. Since 0.1. */
ASSESS_API assess_status assess_office_write_report(assess_result *result, const char *path,
                                                    const assess_office_report_options *options, assess_error *err);
/* The same bytes in memory; `force` means nothing here.
 *  out     a text owned by the caller: assess_text_free
 *  length  bytes before the NUL; may be NULL
 *  Returns ASSESS_OK, ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_office_report(assess_result *result, const assess_office_report_options *options, char **out,
                                              size_t *length, assess_error *err);

/* Set size first, the rest to 0. */
typedef struct assess_office_template_options {
    size_t size;
    assess_language language;  /* of headers, words and instructions */
    int force;                 /* not 0: replaces what exists */
    const assess_batch *batch; /* people, and raters, that are known already; made for the same scheme and read, finished or not;
                                * borrowed for the call. NULL: none */
    assess_progress progress;  /* told before each workbook; may be NULL */
    void *user;
} assess_office_template_options;

/* The input workbook of a scheme: instructions, then a sheet for every table that the scheme reads, by the names that the reader knows:
 * people, ratings (one for each role that counts), events, measures, history, decisions, raters. Headers are locked without a password
 * and carry notes; lists, limits and dates are checked while typing. With a batch, people stand there already and measures have a row
 * for each figure that a subject needs. A hidden sheet `_assess` says by key and value what it was made for: template
 * ("assess-template/1"), scheme, rules (SHA-256), period, sheets (how many are to be filled in). The same call gives the same bytes.
 * Written beside `path` and moved: it appears whole or not at all, mode 0600.
 *  Returns ASSESS_OK, ASSESS_E_CALL (an argument is missing, the file exists, "call.cancelled"), ASSESS_E_SYSTEM. Cost: O(people x columns).
 *  Since 0.1. */
ASSESS_API assess_status assess_office_write_template(const assess_scheme *scheme, const char *path,
                                                      const assess_office_template_options *options, assess_error *err);

/* A folder with a workbook for every rater whom the batch's table `raters` asks: a sheet for each of the rater's roles, with everybody
 * to be rated (table `asked` of the batch) on it, and nothing but the values unlocked. Named by the rater's id: 评分-1007.xlsx; what a
 * file name cannot hold is left out, and a part of the id's hash tells such names apart. The folder appears whole or not at all; with
 * `force` the files are replaced one by one in a folder that exists.
 *  options  its batch must be given
 *  count    how many were written; may be NULL
 *  Returns ASSESS_OK, ASSESS_E_CALL (as above; nobody is asked; "call.cancelled_between" where files had been replaced already when it
 *  was cancelled), ASSESS_E_SYSTEM. Cost: some milliseconds a rater. Since 0.1. */
ASSESS_API assess_status assess_office_write_ballots(const assess_scheme *scheme, const char *folder,
                                                     const assess_office_template_options *options, size_t *count, assess_error *err);

/* How what is wrong is marked. Set size first, the rest to 0. */
typedef struct assess_office_mark_options {
    size_t size;
    assess_language language; /* of comments and lists */
    int force;                /* not 0: replaces an existing output */
} assess_office_mark_options;

/* Writes a copy of a workbook in which every cell that is wrong is marked, to be corrected there and read again: its fill and border
 * become red (errors) or amber (notices), a comment has the sentences. What is wrong with a whole row is marked at its first
 * cell, with a whole sheet at A1. A sheet Problems (问题清单) at the end lists everything; assess_batch_read passes it over. All else
 * stays as it is: values, formulas, formats, checks, hidden sheets, comments. Marks of an earlier copy are renewed: where nothing
 * is wrong any more, mark and comment go. At most 2000 cells of a sheet get a comment; the list has all that the batch kept.
 *  batch     has read the workbook; finished or not
 *  workbook  its path, as assess_problem.file has it; not changed
 *  output    path of the copy, mode 0600; appears whole or not at all; not the workbook itself
 *  options   NULL: Chinese, nothing is replaced
 *  Returns ASSESS_OK; ASSESS_E_CALL (nothing wrong with that workbook, the output exists or is the workbook, an argument);
 *  ASSESS_E_INPUT (no workbook that can be marked); ASSESS_E_SYSTEM. Takes memory for the file and its largest sheet, three
 *  times. One call on a batch at a time. Since 0.1.
 *     assess_office_mark_options options = {.size = sizeof options, .language = ASSESS_EN};
 *     assess_office_mark(batch, "in/people.xlsx", "marked/people.xlsx", &options, &err); */
ASSESS_API assess_status assess_office_mark(assess_batch *batch, const char *workbook, const char *output,
                                            const assess_office_mark_options *options, assess_error *err);

/* The same list for a table that is no workbook, as CSV: UTF-8 with BOM, CRLF; kind, row, column, header, value, message; row and
 * column are empty for what concerns the whole of it. Cells that a spreadsheet would run begin with an apostrophe.
 *  table  its path, as assess_problem.file has it
 *  All else as assess_office_mark. Since 0.1. */
ASSESS_API assess_status assess_office_problem_list(assess_batch *batch, const char *table, const char *output,
                                                    const assess_office_mark_options *options, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
