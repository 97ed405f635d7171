/* book: a new workbook on its way to a file. The files book*.c are the only ones that know libxlsxwriter.
 *
 * Calls that fill the workbook return nothing: the first failure is kept, everything after it does nothing, and
 * book_commit tells. So a caller lays a whole workbook out and asks once. Every text is UTF-8 and is copied.
 *
 * What libxlsxwriter leaves open is settled here: it is never given a text, name or number that it would refuse (it
 * would say so on standard error) or write into a broken file; text never becomes a formula or a link; a number is
 * written as a number only where a spreadsheet keeps it digit by digit; no locale and no clock shows in the bytes; the
 * file appears whole or not at all, and what passes over the disk on the way is for its owner alone (mode 0600). */
#ifndef ASSESS_OFFICE_BOOK_H
#define ASSESS_OFFICE_BOOK_H

#include "base/message.h"

typedef struct book book;
typedef struct book_sheet book_sheet; /* of one book, lives as long; NULL (no memory) is harmless everywhere */

enum {
    BOOK_MOST_ROWS = 1048576, /* of a sheet, with the header */
    BOOK_MOST_COLUMNS = 16384,
    BOOK_MOST_TEXT = 32767,   /* characters (UTF-16) of a cell */
    BOOK_LONG_SHEET = 10000   /* from so many rows on, a book should be `in_order` */
};

typedef struct book_options {
    bool force;    /* replaces an existing file */
    bool in_order; /* memory does not grow with the rows; each sheet's cells come row by row, filters, checks and highlights
                      before the rows that they are for, and comments are refused */
    assess_language language; /* of the footer and of what is said of a text that is too long */
    text title;    /* of the file's properties */
} book_options;

assess_status book_open(const char *path, const book_options *options, book **out, assess_error *err);
assess_status book_commit(book *b, assess_error *err); /* writes the file; frees the book in any case */
void book_discard(book *b);                            /* leaves nothing; NULL is harmless */

/* For what a caller makes on the way: the book fails, as after a failure of its own. */
void book_out_of_memory(book *b);
/* The text of a buffer; one that failed fails the book. */
text book_words(book *b, const buffer *words);

/* ---- sheets ---- */

/* The name becomes one that spreadsheets take: no []:*?/\, no ' at its ends, at most 31 characters, not "History",
 * and not the name of another sheet whatever the case (a number goes behind it then). */
book_sheet *book_add_sheet(book *b, text name);
text book_sheet_name(const book_sheet *s);
void book_show_first(book_sheet *s); /* opens with this sheet; else with the first */
void book_hide(book_sheet *s);       /* not the only one, and not the one that the file opens with */

/* ---- how cells look ---- */

typedef enum book_style {
    BOOK_TEXT,            /* format @: what is typed stays text, and so keeps its zeros and its 18 digits */
    BOOK_WRAPPED,         /* the same, in several lines */
    BOOK_NUMBER,          /* as many decimals as the text has */
    BOOK_SHARE,           /* a number of a hundred, "12.5", shown as 12.5% */
    BOOK_DATE,            /* yyyy-mm-dd */
    BOOK_HEADER,
    BOOK_HEADER_REQUIRED, /* of a column that must be filled in */
    BOOK_HEADER_OPTIONAL,
    BOOK_TITLE,           /* large */
    BOOK_HEADING,         /* bold, of a part of a page */
    BOOK_NOTE,            /* in grey, wrapped */
    BOOK_STRONG,          /* a text that matters, bold */
    BOOK_ENTRY,           /* a text to be typed: unlocked where the sheet is protected */
    BOOK_ENTRY_NUMBER,    /* a number to be typed, with the decimals that are typed */
    BOOK_ENTRY_DATE,
    BOOK_ENTRY_WRAPPED,
    BOOK_BAD,             /* wrong: red ground */
    BOOK_DOUBTFUL,        /* perhaps wrong: yellow ground */
    BOOK_STYLE_COUNT
} book_style;

/* ---- cells: rows and columns are counted from 0 ---- */

/* A text. What a cell cannot hold is cut off, and the cell says so; marks that would reorder or end a line stand as
 * \u202e (line feeds stay). Nothing is put before = + - @: the cell is a string, and a string never runs. */
void book_text(book_sheet *s, size_t row, size_t column, text t, book_style style);
/* An exact decimal such as "-87.50": a number with these decimals where it has at most 15 significant digits, else (and
 * for anything that is no decimal, such as "15/7") its text, to the right. Empty: nothing. */
void book_number(book_sheet *s, size_t row, size_t column, text exact, book_style style);
/* The same of a fraction such as "15/7": the number nearest to it, shown with six decimals. A decimal stays one. */
void book_figure(book_sheet *s, size_t row, size_t column, text exact, book_style style);
bool book_is_decimal(text exact); /* that book_number would write it as a number */
/* "2026-03-04": a date from 1900-03-01 on; anything else is written as text. Empty: nothing. */
void book_date(book_sheet *s, size_t row, size_t column, text iso, book_style style);
void book_blank(book_sheet *s, size_t row, size_t column, book_style style); /* the look without a value */
/* Seen when the pointer is over the cell. */
void book_comment(book_sheet *s, size_t row, size_t column, text t);

/* ---- columns and rows ---- */

/* Their width in characters, 0: what the widest cell needs, from 6 to 60; `style` is that of cells still empty. */
void book_columns(book_sheet *s, size_t first, size_t last, unsigned width, book_style style);
void book_hide_columns(book_sheet *s, size_t first, size_t last);
void book_row_height(book_sheet *s, size_t row, double points); /* before the next row's cells when in_order */
/* The height that a wrapped text needs in a column of this width. Spreadsheets do not all find it themselves. */
double book_height(text t, unsigned width);
void book_freeze(book_sheet *s, size_t rows, size_t columns);   /* so many stay in view */

/* Cells of a sheet, both corners included. */
typedef struct book_area {
    const book_sheet *sheet;
    size_t first_row, first_column, last_row, last_column;
} book_area;
void book_filter(book_area header_and_rows); /* one for a sheet */

/* A name of the workbook for these cells: letters, digits, _ and ., not like a cell (A1, R1C1). */
void book_define(book *b, const char *name, book_area area);

/* ---- what may be typed ---- */

typedef enum book_check_kind {
    BOOK_CHECK_LIST,    /* one of the cells of `from`, or of the range that `formula` gives: "=OFFSET(A2,0,0,9,1)" */
    BOOK_CHECK_WHOLE,   /* numbers from low to high; an empty end is open */
    BOOK_CHECK_DECIMAL,
    BOOK_CHECK_DATE,    /* low and high as 2026-03-04 */
    BOOK_CHECK_LENGTH,  /* of a text */
    BOOK_CHECK_FORMULA, /* true for the area's first cell and, moved along, for the others: "=LEN(A2)=18" */
    BOOK_CHECK_ANY      /* anything; only the hint shows */
} book_check_kind;

typedef struct book_check {
    book_check_kind kind;
    book_area from;
    text low, high;
    const char *formula;
    bool warns;                  /* it may be kept all the same */
    text hint_title, hint;       /* beside the cell; longer than 32 and 255 characters are cut, with … */
    text refusal_title, refusal; /* when something else was typed */
} book_check;
/* Once for a whole range, never cell by cell: a sheet holds some 60 000 of them. */
void book_check_area(book_area area, const book_check *check);

/* Locks the sheet without a password, but for cells and columns of BOOK_ENTRY styles. Widths, sorting and filters stay free. */
void book_protect(book_sheet *s);
void book_protect_header(book_sheet *s); /* the same, and rows may be inserted and deleted */

/* Cells take this style while a formula is true (at most 255 characters; as in BOOK_CHECK_FORMULA). */
void book_highlight(book_area area, const char *formula, book_style style);

/* ---- charts ---- */

typedef enum book_chart_kind { BOOK_CHART_COLUMN, BOOK_CHART_BAR, BOOK_CHART_STACKED_BAR } book_chart_kind;

typedef struct book_series {
    text name;
    book_area values; /* cells of numbers in one row or column */
} book_series;

typedef struct book_chart {
    book_chart_kind kind;
    text title, across, up; /* of the chart and its axes; at most 255 characters, empty: none */
    text description;       /* for those who cannot see it */
    book_area categories;
    const book_series *series;
    size_t series_count;    /* at most 20; a single one goes without legend */
    bool joined;            /* columns without gaps: a histogram */
    bool shares;            /* the values are BOOK_SHARE */
    unsigned width, height; /* pixels; 0: 640 by 360 */
} book_chart;
/* Its upper left corner at a cell. */
void book_add_chart(book_sheet *s, size_t row, size_t column, const book_chart *chart);

/* ---- paper: A4, all columns on one page's width, page numbers at the foot ---- */

typedef struct book_print {
    text title;         /* over each page */
    text foot;          /* at the foot, left of the page number */
    bool portrait, landscape; /* neither: as the width wants, upright up to 90 characters */
    bool lines;         /* between cells, empty ones as well */
    size_t repeat_rows; /* the header: so many first rows on each page */
} book_print;
void book_set_print(book_sheet *s, const book_print *print);

#endif
