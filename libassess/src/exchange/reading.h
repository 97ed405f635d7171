/* reading: what one call of exchange_read has at hand, and the tables as it sees them. */
#ifndef ASSESS_EXCHANGE_READING_H
#define ASSESS_EXCHANGE_READING_H

#include "batch/attribute.h"
#include "exchange/exchange.h"
#include "exchange/lexicon.h"
#include "exchange/longform.h"
#include "exchange/marks.h"
#include "exchange/pipeline.h"
#include "exchange/sheet.h"

typedef struct reading {
    batch *b;
    const read_options *options;
    feed_limits limits;
    lexicon roles, kinds, measures, items, attributes;
    lexicon decision_kinds, grades[VOCABULARY_LEVELS]; /* grades: no grade at all is the number behind them */
    lexicon ignored;          /* event kinds to pass over; the word is the place in the options */
    uint32_t *kind_ignored;   /* [kind]: that place, or WORD_NONE */
    mark_rule *rules;         /* [item] */
    attribute_reader *readers;    /* [worker][attribute of the scheme] */
    size_t *attribute_column;     /* [attribute of the scheme]: its column in the people that are read, or NO_COLUMN */
    long_rows rows;           /* of all long tables, put together at the end */
    struct book *book;        /* the workbook whose sheet is being read; NULL: it is a file of text, or … */
    struct arrow_source *arrow; /* … a stream */
    bool may_stay_empty;      /* the sheet at hand is one of a template, and the scheme can do without its table */
    bool only_header;         /* the sheet that was read last has a header and nothing else */
    arena texts;
    uint64_t bytes_done, bytes_total;
    bool cancelled;
    bool too_thin;            /* a table took far more memory than its file is long: nothing is read after it */
} reading;

/* A table that is read line by line, in order. `state` is the table's own, zeroed before begin. */
typedef struct table_form {
    const column_spec *specs;
    size_t spec_count;
    size_t state_size;
    bool (*begin)(reading *in, sheet *s, void *state); /* after the header was matched; false: no memory */
    void (*row)(reading *in, line *l, void *state);    /* l->failed: no memory. Or NULL, and each row is looked at and taken (lookahead.h): */
    size_t (*look_bytes)(const reading *in);           /* what `look` finds out takes so much room */
    /* By any thread, in any order: checks the row and leaves its cells, cleaned, in place of those that were written. */
    void (*look)(const reading *in, line *l, const void *state, text *cells, void *found, unsigned worker);
    void (*ask)(const reading *in, const text *cells, const void *state); /* the row will be taken soon */
    void (*take)(reading *in, line *l, void *state, const void *found);   /* in order, alone */
    void (*wrong_row)(line *l, size_t cells);          /* a row wrong in its form, with so many cells to rely on; or NULL */
    void (*end)(reading *in, sheet *s, void *state);   /* notices about the whole table */
} table_form;

extern const table_form people_form, events_form, measures_form, history_form, decisions_form, raters_form;

/* attributes.c: the columns of people that the scheme reads. */
bool attributes_prepare(reading *in); /* false: no memory */
void attributes_release(reading *in);
/* Finds them, and names those that are missing; own[column] becomes the attribute of the batch. */
void attributes_match(reading *in, sheet *s, const table_form *form, size_t *own);
/* Checks their cells, cleaned, of a subject of that category, and leaves what they say in values[attribute]. */
void attributes_check(const reading *in, line *l, const text *cells, text category, decimal *values, unsigned worker);

/* decisions.c: the kinds, and by level the grades, that a decision may name. */
bool decisions_prepare(reading *in); /* false: no memory */
void decisions_release(reading *in);

/* Reads the opened feed as that table; false: no memory. What the feed stumbled over is left in f->fault. */
bool read_table(reading *in, feed *f, batch_table table, uint32_t source);

/* A table with its header read: what is left are its lines. */
typedef struct open_table {
    reading *in;
    sheet sheet;
    pipeline pipeline;
    uint32_t rows;        /* records in the groups that are done */
    size_t lines;         /* of them, those that were not blank */
    bool failed;          /* no memory */
} open_table;

/* Ratings, wide or long; the header is not matched yet. */
void read_ratings(open_table *t);
/* Finds the columns of ratings in a header, items too; for all but those the rows are not looked at. */
void ratings_match(const reading *in, sheet *s);

/* A column whose cells are nobody's: without a header too, where that is no error in itself. */
bool means_nothing(const sheet *s, size_t column);
void report_nameless(sheet *s, size_t column);

/* What clerks write beside an id, such as a name: a notice, and true. */
bool notice_beside_an_id(sheet *s, size_t column);
/* The cells of a record that are what they seem: behind a quote that is not closed, where one ends is anybody's guess. */
size_t sure_cells(const csv_record *record);
/* After each row that was taken: looks now and then whether the table takes far more than its file is long. */
void table_took_row(open_table *t, line *l);
/* Reports progress; true when the caller wants to stop. */
bool reading_advance(reading *in, uint64_t bytes);
/* The next record that is not blank as a line; false at the end of the piece. What is wrong with the record's form is
 * reported, and the line then is `wrong`. */
bool next_line_of(piece *p, csv_record *record, line *l);
/* A cell that is none of the lexicon's words: with the words it may be and the nearest one. */
void line_report_unknown(line *l, size_t column, const lexicon *words, text written, text key, message_id plain,
                         message_id with_suggestion);
/* A notice about the whole table: about what, how many, and what people call it. */
void sheet_notice_count(sheet *s, message_id id, text about, size_t count, text called);

/* Like exchange_read, with limits that tests choose. */
assess_status exchange_read_limited(batch *b, const char *const *paths, size_t count, const read_options *options,
                                    feed_limits limits, assess_error *err);
/* One table from memory, as if it were a file of that name; batch_finish comes after. */
assess_status exchange_read_memory(batch *b, batch_table table, text name, const char *bytes, size_t length,
                                   const read_options *options, feed_limits limits, assess_error *err);
assess_status exchange_read_arrow_limited(batch *b, batch_table table, text name, struct ArrowArrayStream *stream,
                                          const read_options *options, feed_limits limits, assess_error *err);

#endif
