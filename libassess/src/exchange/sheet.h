/* sheet: one table on its way into the batch: what its columns mean, and the line that is being read.
 *
 * Nothing here knows of CSV: a table of a workbook is read the same way. */
#ifndef ASSESS_EXCHANGE_SHEET_H
#define ASSESS_EXCHANGE_SHEET_H

#include "batch/batch.h"

#define NO_COLUMN SIZE_MAX
enum { MOST_COLUMNS = 4096, MOST_SPECS = 12 };

/* A standard column of a table. */
typedef struct column_spec {
    const char *id, *zh;    /* as messages call it */
    const char *spellings;  /* further keys, parted by '|' */
    bool required;
} column_spec;

/* What a column is; from 0 on it is the number of its column_spec. */
enum {
    COLUMN_UNKNOWN = -1,
    COLUMN_NAMELESS = -2,  /* no header */
    COLUMN_EXPLAINED = -3, /* a problem has named it */
    COLUMN_TAKEN = -4,     /* means something to this table only */
    COLUMN_NUMBERING = -5  /* 序号, 姓名（供核对）: says nothing */
};

typedef struct sheet {
    batch *b;
    uint32_t source;
    uint32_t header_row;
    size_t count;             /* columns with a header, up to the last one */
    text *written, *keys;     /* [count]: the header as written, and as it is compared */
    int *meaning;             /* [count] */
    size_t column[MOST_SPECS]; /* [spec]: its column, or NO_COLUMN */
    bool misspelt[MOST_SPECS]; /* [spec]: there under a wrong name, which a problem has named */
    arena texts;
    problem_list *problems;   /* where problems of the header go */
    bool of_workbook;         /* its rows end with their last cell, and its columns need no header as long as they are empty */
    bool failed;              /* no memory */
} sheet;

/* Takes the header; false: no memory. */
bool sheet_begin(sheet *s, batch *b, uint32_t source, const text *cells, size_t count, uint32_t row);
void sheet_free(sheet *s);

/* Finds the standard columns and names those that are there twice. */
/* The column that goes by that key; NULL: none. */
const column_spec *sheet_spelling(const column_spec *specs, size_t spec_count, text key);
void sheet_match(sheet *s, const column_spec *specs, size_t spec_count);
/* True when at least one standard column is there: lines can be looked at, whatever else is wrong with the header. */
bool sheet_is_known(const sheet *s);
/* Names required columns that are missing and headers that are nearly one of the others. */
void sheet_check(sheet *s, const column_spec *specs, size_t spec_count);
/* Names a missing column, with the unknown header that is nearest to one of its words. */
void sheet_report_missing(sheet *s, message_id plain, message_id with_suggestion, text id, text label,
                          const text *words, size_t word_count);
/* Two columns of the same key, whatever they mean. */
void sheet_check_repeated(sheet *s);
/* Two columns that mean the same. */
void sheet_report_twice(sheet *s, size_t first, size_t second);
/* The standard column, none of those that are there, whose name is nearest to a header; NULL when none is near. */
const column_spec *sheet_nearest(const sheet *s, size_t column, const column_spec *specs, size_t spec_count);
void sheet_report(sheet *s, problem_severity severity, size_t column, message what);
size_t sheet_errors(const sheet *s);

/* ---- one line ---- */

typedef struct line {
    const sheet *sheet;
    const text *cells;        /* [sheet->count]; those that the row does not have are empty */
    uint32_t row, rows_before; /* the row is counted from behind these */
    problem_list *problems;   /* where problems of this line go */
    arena *scratch;           /* texts that live until the line is stored */
    bool failed;              /* no memory */
    bool wrong;               /* a problem was an error */
} line;

void line_report(line *l, problem_severity severity, size_t column, message what);
/* So many errors that the next one is only counted: its sentence need not be made. */
bool errors_are_only_counted(const problem_list *problems);
/* The cell without the blanks around it; empty where there is no such column. */
text line_trimmed(const line *l, size_t column);
text line_clean(line *l, size_t column);

/* Each reports what is wrong and returns false then. An empty cell is CELL_BLANK, DATE_NONE. */
bool line_date(line *l, size_t column, date *out);
/* A number of 0 or more; any number when `negative`. */
bool line_number(line *l, size_t column, bool negative, decimal *out);
/* The subject of that id; an empty cell is wrong. While no people are known, every id is let through. */
bool line_subject(line *l, size_t column, uint32_t *out);

/* Complains of an id that is nobody's: with `plain`, or where only zeros in front are missing or too many, with whom is likely meant. */
void line_report_nobody(line *l, size_t column, text id, message_id plain);

/* The sentence for a text that is no decimal, MESSAGE_COUNT for DECIMAL_OK. */
message_id number_complaint(decimal_error error, text written);

#endif
