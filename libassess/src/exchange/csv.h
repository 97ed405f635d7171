/* csv: text to records of cells, after RFC 4180, and no more than that: no numbers, no headers, no encoding.
 *
 * Cells are not copied: they point into the text, which is changed in place where a quote was doubled. An own
 * tokenizer, because the one of libcsv hands over one byte at a time and reads the same ballots several times slower
 * (tests/bench/libcsv_compare.c measures it). */
#ifndef ASSESS_EXCHANGE_CSV_H
#define ASSESS_EXCHANGE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* What is wrong with the form of a record; the first flaw counts. */
typedef enum csv_flaw {
    CSV_FINE,
    CSV_UNCLOSED_QUOTE,   /* the text ends inside quotes */
    CSV_STRAY_QUOTE,      /* a quote inside a cell that does not begin with one */
    CSV_TEXT_AFTER_QUOTE, /* "abc"d */
    CSV_NUL               /* a NUL byte */
} csv_flaw;

typedef struct csv_record {
    text *cells;          /* [capacity], set by the caller; the first `count` are filled */
    size_t capacity;
    size_t count;         /* cells in the record, also those beyond the capacity */
    bool surplus;         /* a cell beyond the capacity holds something */
    csv_flaw flaw;
    size_t flaw_cell;     /* 0-based */
    uint32_t row;         /* 1-based within the text; a line break in quotes does not count */
} csv_record;

/* The text must have CSV_PADDING writable bytes behind `end`, and a line end as the first of them. */
enum { CSV_PADDING = 80 };

typedef struct csv_reader {
    char *at, *end;
    char delimiter;
    uint32_t row;         /* records read so far */
} csv_reader;

/* The next record; false at the end of the text. */
bool csv_next(csv_reader *r, csv_record *out);
/* True when no cell of the record holds more than blanks. */
bool csv_is_blank(const csv_record *record);

/* Comma, semicolon or TAB: whichever parts the first line most often, outside quotes. */
char csv_delimiter(const char *bytes, size_t length);
/* Length of the whole records at the start of the bytes when more may follow; 0: not even one is whole. */
size_t csv_cut(const char *bytes, size_t length, char delimiter);
/* Line ends, quoted or not: a text has no more records than that. */
size_t csv_most_records(const char *bytes, size_t length);

#endif
