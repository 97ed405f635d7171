/* workbook_read: .xlsx as sheets of CSV text. One file a topic:
 *   workbook_read.c          a file's bytes as a workbook, the functions that libassess calls
 *   workbook_read_parts.c    which part of the archive is which sheet
 *   workbook_read_strings.c  the texts that sheets share
 *   workbook_read_formats.c  which numbers are days, percentages, numbers with leading zeros
 *   workbook_read_cells.c    the value of a cell as the text that the sheet shows
 *   workbook_read_merges.c   merged cells
 *   workbook_read_sheet.c    a sheet, row by row */
#ifndef ASSESS_OFFICE_WORKBOOK_READ_H
#define ASSESS_OFFICE_WORKBOOK_READ_H

#include "assess/workbook.h"
#include "office/xml.h"

enum { MOST_SHEET_ROWS = 1048576, MOST_SHEET_COLUMNS = 16384 };

assess_workbook_fault fault_of_xml(xml_fault fault);

/* ---- formats ---- */

typedef enum format_kind {
    FORMAT_PLAIN,
    FORMAT_PERCENT,   /* 85% */
    FORMAT_ZEROS,     /* 000123, S012 */
    FORMAT_DAY,
    FORMAT_MINUTE,    /* a day and a time */
    FORMAT_TIME,      /* 14:05 */
    FORMAT_ELAPSED    /* 26:05 */
} format_kind;

typedef struct cell_format {
    uint8_t kind, zeros;
    char prefix[14];  /* before the zeros */
} cell_format;

typedef struct cell_formats {
    cell_format *items; /* by the number that a cell names */
    size_t count, capacity;
} cell_formats;

cell_format format_of_code(text code);     /* as written in a workbook: yyyy"年"m"月" */
cell_format format_of_builtin(long number);
assess_workbook_fault formats_read(cell_formats *formats, zip *archive, size_t part);
void formats_free(cell_formats *formats);

/* ---- texts ---- */

/* Each as CSV has it, quoted where it must be. */
typedef struct shared_texts {
    buffer bytes;
    uint32_t *ends; /* [count]: where the text ends in `bytes` */
    size_t count, capacity;
} shared_texts;

assess_workbook_fault texts_read(shared_texts *texts, zip *archive, size_t part, uint64_t most_bytes);
void texts_free(shared_texts *texts);
text shared_text(const shared_texts *texts, size_t number);

/* Replaces _x000D_ and its like by the character they stand for. */
void decode_escapes(buffer *b);
void add_quoted(buffer *out, text t); /* as a cell of CSV */

/* ---- values ---- */

/* A number of a cell: the digits that count, at most 15, without zeros at either end: 0.digits x 10^point. */
typedef struct cell_number {
    char digits[15];
    int count, point;
    bool negative;
} cell_number;

bool number_of_cell(text written, cell_number *out); /* false: no number */

/* Appends what the sheet shows, but for digits that the format hides. Returns the remark, or ASSESS_CELL_REMARK_COUNT. */
assess_cell_remark add_number(buffer *out, text written, const cell_format *format, bool from_1904);
void add_iso_day(buffer *out, text written, const cell_format *format); /* 2026-03-04T14:05:00 */

/* ---- merged cells ---- */

typedef struct cell_range {
    uint32_t row, column, last_row, last_column; /* 1-based */
} cell_range;

typedef struct merge {
    cell_range range;
    text shown; /* what it holds, as CSV has it, when it is in the rows of a header and its first cell has been read */
} merge;

typedef struct merges {
    merge *items; /* by row, then column */
    size_t count, capacity;
    size_t reached;    /* those before it begin above the row at hand */
    uint64_t found, seen; /* sums over what the look-through found, and over what the sheet then had */
} merges;

bool cell_of_reference(text t, size_t *at, uint32_t *row, uint32_t *column); /* B12, $B$12 */
bool range_of_reference(text t, cell_range *out);                            /* B12:C13, B12 */

/* Merged cells stand behind the rows that they belong to, so the sheet is looked through for them first. */
assess_workbook_fault merges_find(merges *m, zip *archive, size_t part);
void merges_note(merges *m, const char *reference); /* one that stands in the sheet */
bool merges_agree(const merges *m);
void merges_free(merges *m);

/* ---- a sheet ---- */

typedef struct cell {
    uint32_t column;
    size_t begin, length; /* of its text in the line, as CSV has it; not empty */
} cell;

typedef struct remark {
    assess_cell_remark kind;
    cell_range where;
    uint32_t count;
    const char *text;
} remark;

typedef enum value_kind { VALUE_NUMBER, VALUE_SHARED, VALUE_TEXT, VALUE_INLINE, VALUE_TRUTH, VALUE_ERROR, VALUE_DAY } value_kind;

typedef struct sheet_reader {
    const shared_texts *texts;
    const cell_formats *formats;
    bool from_1904;
    xml xml;
    assess_workbook_fault fault;
    /* where in the document */
    bool in_rows, in_value, in_formula, in_phonetic, has_value, has_formula, row_numbered;
    /* the cell at hand */
    value_kind kind;
    size_t format;
    uint32_t column;
    buffer value, formula;
    /* the row at hand */
    uint32_t row;
    bool row_hidden;
    cell *cells;
    size_t cell_count, cell_capacity;
    buffer line;
    uint32_t lines;   /* rows written */
    buffer csv;
    size_t taken;   /* of csv */
    uint64_t csv_left; /* bytes of CSV that may still come out of the workbook */
    /* the whole sheet */
    merges merges;
    uint64_t hidden[MOST_SHEET_COLUMNS / 64], filled[MOST_SHEET_COLUMNS / 64]; /* a bit for each column; filled: it has content */
    uint32_t hidden_rows;
    remark *remarks;
    size_t remark_count, remark_capacity;
    arena memory;
} sheet_reader;

/* texts, formats, from_1904 and csv_left are set before, the rest is empty; sheet_reader_end leaves it so. */
assess_workbook_fault sheet_reader_begin(sheet_reader *s, zip *archive, size_t part);
assess_workbook_fault sheet_reader_read(sheet_reader *s, char *out, size_t room, size_t *got);
void sheet_reader_end(sheet_reader *s);

/* ---- the workbook ---- */

typedef struct book_sheet {
    text name;
    size_t part;
    bool hidden;
} book_sheet;

typedef struct book_parts {
    arena memory;
    book_sheet *sheets;
    size_t count, capacity;
    size_t book;           /* the part that lists the sheets */
    size_t texts, formats; /* parts; SIZE_MAX: there is none */
    bool from_1904;
} book_parts;

assess_workbook_fault parts_read(book_parts *parts, zip *archive);
void parts_free(book_parts *parts);

/* ---- relations ---- */

typedef struct relation {
    text id, kind, target; /* kind: the last word of its type; target: the name of a part */
} relation;

typedef struct relations {
    xml xml;
    arena *memory;
    text folder;       /* of the part that they belong to */
    relation *items;
    size_t count, capacity;
} relations;

/* xl/workbook.xml has its relations in xl/_rels/workbook.xml.rels. */
text relations_name(arena *memory, text name); /* no bytes: no memory */
/* Those of the part `name`; only `memory` is set before. A part may have none. */
xml_fault relations_read(relations *r, zip *archive, text name);
void relations_free(relations *r);
const relation *relation_of(const relations *r, const char *id);
size_t relations_part(const relations *r, const zip *archive, text kind); /* SIZE_MAX: there is none */

#endif
