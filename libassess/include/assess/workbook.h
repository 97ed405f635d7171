/* workbook.h: how a library that can open workbooks hands their sheets to assess_batch_read.
 *
 * libassess reads tables as text; what a workbook is, it leaves to a table of functions in assess_batch_options.workbooks.
 * libassess-office has one: assess_office_workbooks(). Who only uses that need not read on. */
#ifndef ASSESS_WORKBOOK_H
#define ASSESS_WORKBOOK_H

#include "assess/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a workbook, or one of its sheets, cannot be read. libassess has a sentence for each. */
typedef enum assess_workbook_fault {
    ASSESS_WORKBOOK_FINE = 0,
    ASSESS_WORKBOOK_NO_MEMORY,
    ASSESS_WORKBOOK_UNKNOWN,      /* none of the kinds below */
    ASSESS_WORKBOOK_OLD,          /* .xls */
    ASSESS_WORKBOOK_LOCKED,       /* protected by a password */
    ASSESS_WORKBOOK_BINARY,       /* .xlsb */
    ASSESS_WORKBOOK_OPENDOCUMENT, /* .ods */
    ASSESS_WORKBOOK_DOCUMENT,     /* .docx, .pptx: no workbook at all */
    ASSESS_WORKBOOK_DAMAGED,      /* cut off, or its parts contradict the format or each other */
    ASSESS_WORKBOOK_FORBIDDEN,    /* has a document type or entities, which no spreadsheet program writes */
    ASSESS_WORKBOOK_TOO_LARGE,    /* unpacks to more than any table of this size does */
    ASSESS_WORKBOOK_FAULT_COUNT   /* not a fault: one past the last */
} assess_workbook_fault;

/* What is to be said about cells. */
typedef enum assess_cell_remark {
    ASSESS_CELL_ERROR = 0,     /* an error value: text is #N/A, #REF! … */
    ASSESS_CELL_NOT_COMPUTED,  /* a formula without its value; text is the formula, as far as it is known */
    ASSESS_CELL_DIGITS_LOST,   /* a number of more than 15 digits: the last ones are no longer those that were entered */
    ASSESS_CELL_NO_DAY,        /* shown as a date, and no day of the calendar */
    ASSESS_CELL_MERGED,        /* merged cells that hold something: from row, column to last_row, last_column */
    ASSESS_CELL_HIDDEN_ROWS,   /* `count` rows with content are hidden; the other numbers are 0 */
    ASSESS_CELL_HIDDEN_COLUMNS,/* the same of columns */
    ASSESS_CELL_REMARK_COUNT   /* not a remark: one past the last */
} assess_cell_remark;

typedef struct assess_workbook_remark {
    size_t size;               /* set by the caller */
    assess_cell_remark kind;
    uint32_t row, column;      /* 1-based */
    uint32_t last_row, last_column; /* as row and column, but for merged cells */
    uint32_t count;
    const char *text;          /* UTF-8, "" where there is nothing; borrowed until the next `begin` or `close` */
} assess_workbook_remark;

typedef struct assess_workbook_sheet {
    size_t size;               /* set by the caller */
    const char *name;          /* UTF-8, borrowed until the workbook is closed */
    int hidden;                /* not 0: hidden, in whichever way */
} assess_workbook_sheet;

typedef struct assess_workbook assess_workbook; /* whatever the reader needs; libassess never looks inside */

/* Rows from the first to this one are where a header may stand: there every cell of merged cells shows what the merge does, so that
 * headers of two levels can be told apart. */
enum { ASSESS_WORKBOOK_HEADER_ROWS = 20 };

/* A reader of workbooks. No two calls are made on one workbook at a time, but they may come from different threads;
 * different workbooks are independent. Set size first. */
typedef struct assess_workbook_reader {
    size_t size;
    void *user; /* handed to `open` */

    /* Opens the bytes of a file. They stay where they are, unchanged, until `close`. On a fault *out is NULL. Should not read
     * more than it takes to list the sheets. */
    assess_workbook_fault (*open)(void *user, const void *bytes, size_t length, assess_workbook **out);
    void (*close)(assess_workbook *book); /* NULL is harmless */

    /* The sheets in their order, hidden ones too; nothing that is no sheet of cells. */
    size_t (*sheet_count)(const assess_workbook *book);
    void (*sheet)(const assess_workbook *book, size_t index, assess_workbook_sheet *out);

    /* Begins to read a sheet; what was being read is left. */
    assess_workbook_fault (*begin)(assess_workbook *book, size_t index);
    /* The next bytes of the sheet as CSV: UTF-8, parted by commas, quoted after RFC 4180, LF at the end of a line. Line n is row n of
     * the sheet and cell k is column k: rows and cells before the last one with content are there even when empty, those behind it
     * are not. *got is 0 at the end, and only there. */
    assess_workbook_fault (*read)(assess_workbook *book, char *out, size_t room, size_t *got);
    /* What is to be said about the cells of the sheet, complete when `read` has come to its end. */
    size_t (*remark_count)(const assess_workbook *book);
    void (*remark)(assess_workbook *book, size_t index, assess_workbook_remark *out);
} assess_workbook_reader;

#ifdef __cplusplus
}
#endif
#endif
