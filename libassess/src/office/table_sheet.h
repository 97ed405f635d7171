/* table_sheet: a table of the library as a sheet of a workbook. */
#ifndef ASSESS_OFFICE_TABLE_SHEET_H
#define ASSESS_OFFICE_TABLE_SHEET_H

#include "assess/table.h"
#include "office/book.h"

/* How a column of the table is laid out. */
typedef struct sheet_column {
    size_t at;     /* column of the sheet */
    bool wrapped;  /* long texts */
    bool skipped;  /* for programs: not on the sheet */
    bool exact_too; /* fractions: the next column of the sheet holds their texts */
} sheet_column;

typedef struct table_sheet {
    book *book;
    const assess_table *table;
    assess_language language;
    const char *subtitle;  /* over each printed page, behind the table's title; "" for none */
    bool says_none;        /* a table without rows says so */
    size_t most_rows;      /* of a sheet, without the header; 0: as many as a sheet holds */
    bool charted;          /* something stands beside the rows: no lines are printed between cells */
    int (*progress)(void *user, uint64_t done, uint64_t total); /* as assess_progress; may be NULL */
    void *user;
    uint64_t done, total;  /* rows written; about how many there are, for progress */
    bool cancelled;

    /* made by table_sheet_write */
    book_sheet *first; /* the sheet that holds the header and the first rows */
    sheet_column *columns;
    size_t width;      /* columns of the sheet */
} table_sheet;

/* Lays the table out, in several sheets where it has more rows than one holds. Free `columns` with mem_free in every case. */
void table_sheet_write(table_sheet *t);
/* Rows of the table as an area of `first`; the column is one of the table. */
book_area table_sheet_rows(const table_sheet *t, size_t column);

#endif
