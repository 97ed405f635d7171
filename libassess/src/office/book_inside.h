/* book_inside: what the files of book share; nobody else includes it, nor libxlsxwriter. */
#ifndef ASSESS_OFFICE_BOOK_INSIDE_H
#define ASSESS_OFFICE_BOOK_INSIDE_H

#include <locale.h>
#include <xlsxwriter.h>

#include "base/place.h"
#include "office/book.h"

enum {
    NAME_UNITS = 31, NAME_BYTES = 128,
    MOST_DIGITS = 15,           /* significant digits that a spreadsheet keeps */
    FORMAT_AS_TEXT = MOST_DIGITS + 1, /* of a number that is written as text */
    FORMATS = FORMAT_AS_TEXT + 1,
    MOST_FORMULA = 255, MOST_SERIES = 20
};

typedef struct column_look {
    uint16_t widest; /* display columns of the widest cell */
    uint16_t width;  /* 0: by the widest cell */
    uint8_t style;   /* BOOK_STYLE_COUNT: that of the workbook */
    bool hidden;
} column_look;

struct book_sheet {
    book *owner;
    book_sheet *next;
    lxw_worksheet *sheet;
    char name[NAME_BYTES];
    size_t row;           /* the highest so far */
    column_look *columns; /* [column_count] */
    size_t column_count, column_capacity;
    bool hidden, portrait, landscape, lines, printed, filtered;
};

struct book {
    place place;
    lxw_workbook *workbook;
    int memory;              /* the archive on its way, a file without a name; -1: it is made in place.temporary */
    char archive[PLACE_PATH];
    book_options options;
    locale_t plain;          /* decimal points, whatever the program's locale */
    lxw_format *formats[BOOK_STYLE_COUNT][FORMATS], *marks[BOOK_STYLE_COUNT];
    book_sheet *sheets, *last, *first_shown;
    buffer scratch;
    arena texts;
    assess_status status;    /* of the first failure */
    message_id failure;
};

/* The first failure counts. */
void book_fail(book *b, assess_status status, message_id id);
void book_note(book *b, lxw_error error); /* what a call of libxlsxwriter answered */
/* True when these cells may be written now; what is out of bounds or out of order is a failure. */
bool book_ready(book_sheet *s, size_t row, size_t column);
bool book_area_ready(book_area a);

/* Around every call of libxlsxwriter that may print a number. */
locale_t book_enter(book *b);
void book_leave(locale_t before);

/* Any text as one that a workbook holds, at most `most` characters of UTF-16; lives until the next call. NULL: no memory. */
const char *book_clean(book *b, text t, size_t most, bool says_cut);
/* The same as a copy that lives as long as the book; NULL where it is empty, too. */
char *book_keep(book *b, text t, size_t most);
/* Of titles: one that begins with = would be taken for a formula. */
char *book_keep_name(book *b, text t, size_t most);

/* The nearest double of an exact decimal of at most 15 significant digits; places: its decimals. */
bool book_decimal(text exact, unsigned shift, double *value, unsigned *places);
bool book_day(text iso, lxw_datetime *out);

lxw_format *book_format(book *b, book_style style, unsigned places);
lxw_format *book_mark(book *b, book_style style); /* the colours alone, over whatever a cell has */
column_look *book_column(book_sheet *s, size_t column); /* NULL: no memory */
void book_measure(book_sheet *s, size_t column, const char *cell, size_t length, book_style style);
void book_finish_sheet(book_sheet *s); /* widths, paper */

/* ='Sheet'!$A$1:$B$2; lives as long as the book; NULL: no memory */
char *book_reference(book *b, book_area a);

/* Whether an archive is whole: every part can be unpacked, and its XML ends where its first element ends. A disk that
 * fills up cuts parts short, and libxlsxwriter does not notice. */
bool book_is_whole(const char *path);

#endif
