/* table.h: a result or a scheme as tables of text, ready to be laid out: what workbook, report and forms show.
 *
 * A table has an id and column ids that never change with the language, and titles and cells in the language that was
 * asked for. It is a copy: it lives on when the result is freed, and may be read by several threads at once. */
#ifndef ASSESS_TABLE_H
#define ASSESS_TABLE_H

#include "assess/result.h"
#include "assess/scheme.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct assess_table assess_table;

/* What the cells of a column hold, so that a program can align or convert them. A cell may always be empty. */
typedef enum assess_cells {
    ASSESS_CELLS_TEXT = 0,
    ASSESS_CELLS_NUMBER = 1, /* an exact decimal: "87.50", "-3" */
    ASSESS_CELLS_SHARE = 2,  /* of a hundred, without the sign: "12.5" */
    ASSESS_CELLS_DATE = 3,   /* "2026-03-04" */
    ASSESS_CELLS_FIGURE = 4  /* a decimal, or a fraction where no decimal is exact: "15/7" */
} assess_cells;

/* The tables of a result, in the order of a report: how many there are, and the id of one ("" for a number too high).
 *   results      every row of people: the columns of results.csv, category, post, and every attribute of people
 *   summary      the figures of the whole batch: one row a figure
 *   grades       a row a grade: its line, how many have it, what share of those who have a grade
 *   distribution how many have which score: rows of equal width that no line of a grade cuts through
 *   units        a row a unit: people, assessed, the grades
 *   ranking      who has a rank, best first
 *   decide       whom people have to decide on, and why
 *   decisions, calibration  what people decided; grades before and after calibration (only where the table decisions was given)
 *   excluded, incomplete, vetoes, gaps, ties: the subjects concerned, with the reasons
 *   quota:N      a quota, a row a group (N: its number, from 1)
 *   list:ID      a list of the scheme (follow-up, decision, honours)
 *   ballots      a row a role: ballots counted, not counted and invalid, and how many subjects have any
 *   votes        a row a subject, role and item: how many ballots chose what, a column an option (or a grade that totals fall in) and all of
 *                them in words; only where the rule file lets counts be shown (`announced`), or ballots are single choices and so
 *                many and so mixed that nobody's choice follows; else the words say why not
 *   raters       what can be said of raters as a whole: never of one of them
 *   clauses, parameters, inputs, about   by what rules, from what files the result was made
 * A table that cannot have rows under this scheme is left out; one that has none this time is empty.
 * With units and people in one batch, `ranking`, `grades`, `distribution` speak of people, `ranking:units` and so on of units.
 * Borrowed from the result. Since 0.1. */
ASSESS_API size_t assess_result_table_count(const assess_result *result);
ASSESS_API const char *assess_result_table_id(const assess_result *result, size_t index);

/* Makes one of them.
 *  id   as above
 *  out  owned by the caller: assess_table_free
 *  Returns ASSESS_OK, ASSESS_E_CALL (no such table), ASSESS_E_SYSTEM. Cost: O(rows), ranking O(n log n). Since 0.1. */
ASSESS_API assess_status assess_result_table(assess_result *result, const char *id, assess_language language,
                                             assess_table **out, assess_error *err);

/* The same of a scheme: inputs (the input tables that it reads), levels, items, options, roles, kinds (of events), measures,
 * attributes (columns of people), words (that they may hold), grades, clauses, parameters, about (title, period,
 * hash of the rules …). Cells of columns of numbers that tell yes from no are "1" and ""; lists of ids are parted by blanks. Since 0.1. */
ASSESS_API size_t assess_scheme_table_count(const assess_scheme *scheme);
ASSESS_API const char *assess_scheme_table_id(const assess_scheme *scheme, size_t index);
ASSESS_API assess_status assess_scheme_table(const assess_scheme *scheme, const char *id, assess_language language,
                                             assess_table **out, assess_error *err);

/* Puts the rows of a table in another order.
 *  order  [assess_table_rows] numbers of rows: the row order[k] becomes row k; each number once
 *  Returns ASSESS_OK, ASSESS_E_CALL (a number is too high or stands twice: nothing has moved), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_table_arrange(assess_table *table, const size_t *order, assess_error *err);

/* What a batch has read so far, also before assess_batch_finish: what templates and forms are filled in with.
 *  people  a row a person or unit, in their order: the standard columns, `level`, then every other column of the table
 *  raters  who is asked to rate whom, as the table has it: role, and an empty subject or unit where all are meant
 *  asked   the same written out: rater, name, role, subject, subject_name, unit; a row for everybody whom a rater is asked to rate in a
 *          role, each once, by rater, role, and in the order of the people. Cost: O(raters x roles x people).
 * Rows that were wrong are left out: look at the problems first. No ballot is in any of them.
 *  out  owned by the caller: assess_table_free
 *  Returns ASSESS_OK, ASSESS_E_CALL (no such table), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_batch_table(const assess_batch *batch, const char *id, assess_language language,
                                            assess_table **out, assess_error *err);

/* NULL is harmless. Since 0.1. */
ASSESS_API void assess_table_free(assess_table *table);

/* All borrowed from the table, never NULL: "" for NULL and for numbers too high. Since 0.1. */
ASSESS_API const char *assess_table_id(const assess_table *table);
ASSESS_API const char *assess_table_title(const assess_table *table);
ASSESS_API const char *assess_table_note(const assess_table *table); /* what its reader must know; "" when nothing */
ASSESS_API size_t assess_table_columns(const assess_table *table);
ASSESS_API const char *assess_table_column_id(const assess_table *table, size_t column);
ASSESS_API const char *assess_table_column_title(const assess_table *table, size_t column);
ASSESS_API assess_cells assess_table_column_cells(const assess_table *table, size_t column);
ASSESS_API size_t assess_table_rows(const assess_table *table);
ASSESS_API const char *assess_table_cell(const assess_table *table, size_t row, size_t column);
/* The number of the column with this id; SIZE_MAX: there is none. Since 0.1. */
ASSESS_API size_t assess_table_column(const assess_table *table, const char *id);

#ifdef __cplusplus
}
#endif
#endif
