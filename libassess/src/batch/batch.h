/* batch: the tables of one assessment, as columns. Filled once, checked once, then read only and safe to share
 * between threads. All texts are cleaned (text_clean) UTF-8 in the batch's arenas. */
#ifndef ASSESS_BATCH_BATCH_H
#define ASSESS_BATCH_BATCH_H

#include "base/date.h"
#include "base/exact.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/problem.h"
#include "batch/assignments.h"
#include "batch/vocabulary.h"

#define SUBJECT_NONE UINT32_MAX
#define RATER_ANONYMOUS UINT32_MAX

/* A cell without a value; a cell with more than one option marked. Both make the ballot invalid. */
#define CELL_BLANK INT64_MIN
#define CELL_INVALID (INT64_MIN + 1)
/* A cell of a ballot that a rule on sheets refused, and whose value was therefore not sealed: the mark says the rest. */
#define CELL_WITHHELD (INT64_MIN + 2)
static inline bool cell_is_empty(int64_t cell) { return cell <= CELL_WITHHELD; }

/* One file (or one table of a workbook, or "memory") that rows came from. */
typedef struct batch_source {
    text name;     /* as the user gave it; of a sheet: "file.xlsx [sheet]" */
    text file, sheet; /* its two parts; `sheet` is empty when there is none */
    digest sha256; /* of its bytes; zeros when not asked for */
    bool hashed;
} batch_source;

/* What the cells of an attribute of the vocabulary say (attribute.h); NULL: nothing so far. */
typedef struct value_column {
    int64_t *values; /* [capacity of the people]; CELL_BLANK: empty */
    uint8_t *scale;  /* [the same], of numbers; NULL: whole */
} value_column;

/* The table `people`, in the order of the input: the order of every output. */
typedef struct subjects {
    size_t count;
    interner ids;          /* number of an id = number of the subject */
    text *blank;           /* [capacity] empty texts: what every text column is until it holds something */
    text *name, *unit, *category, *post; /* `blank`, or the column's own; set by batch_add_subject alone */
    date *start;           /* DATE_NONE: empty */
    uint32_t *source, *row;
    text *attribute_names; /* further columns, header as written */
    text **attributes;     /* [attribute][subject], as `name`; set by batch_set_attribute alone */
    size_t attribute_count;
    size_t own_columns;    /* text columns that hold something */
    value_column *values;  /* [attribute of the vocabulary], of the first `valued` people; set by batch_add_values alone */
    size_t valued;
    size_t capacity;
} subjects;

/* The table `ratings`: one row per ballot = everything one rater gave one subject in one role. */
typedef struct ballots {
    size_t count, capacity;
    uint32_t *subject;
    uint32_t *rater;   /* number in `raters`, or RATER_ANONYMOUS */
    uint8_t *role;     /* number in the vocabulary */
    int64_t **values;  /* [item][ballot]: coefficient, or the option's number, or CELL_BLANK / CELL_INVALID */
    int *scale;        /* [item]: value = coefficient / 10^scale; 0 for options */
    uint32_t *row;     /* row in its source */
    uint64_t *marks;   /* what was decided from the raters when they were known (plan.h); NULL: they are known, or nothing was */
    size_t item_count;
    struct ballot_segment {    /* ballots first.. up to the next segment's first come from `source` */
        size_t first;
        uint32_t source;
    } *segments;
    size_t segment_count, segment_capacity;
    interner raters;
} ballots;

typedef struct event {
    uint32_t subject;
    uint32_t liable;      /* SUBJECT_NONE: nobody */
    uint16_t kind;        /* number in the vocabulary */
    date from, to;        /* both included; DATE_NONE when empty; `to` = `from` when only it is empty */
    decimal points;       /* coeff CELL_BLANK when empty */
    decimal amount;       /* coeff CELL_BLANK when empty */
    text ref, note;
    uint32_t source, row;
} event;

typedef struct measure {
    uint32_t subject;
    uint16_t measure;
    decimal value, target, baseline; /* coeff CELL_BLANK when empty */
    uint32_t source, row;
} measure;

typedef struct history {
    uint32_t subject;
    text period, grade;
    decimal score; /* coeff CELL_BLANK when empty */
    uint32_t source, row;
} history;

/* What a decision makes of the grade when it names none of the scheme's. */
#define DECISION_NO_GRADE (UINT16_MAX - 1)
#define DECISION_TURNED_DOWN UINT16_MAX /* an objection: nothing changes */

typedef struct decision {
    uint32_t subject;
    uint16_t grade; /* number in the vocabulary, or one of these two */
    uint8_t kind;   /* decision_kind */
    date day;
    text by, meeting, reason; /* as written; `meeting` may be empty */
    uint32_t source, row;
} decision;

typedef enum batch_table {
    TABLE_PEOPLE,
    TABLE_RATINGS,
    TABLE_EVENTS,
    TABLE_MEASURES,
    TABLE_HISTORY,
    TABLE_DECISIONS,
    TABLE_RATERS,
    TABLE_COUNT
} batch_table;

typedef struct batch {
    vocabulary words;
    arena texts;
    batch_source *sources;
    size_t source_count, source_capacity;
    subjects people;
    ballots ballots;
    event *events;
    size_t event_count, event_capacity;
    measure *measures;
    size_t measure_count, measure_capacity;
    history *history;
    size_t history_count, history_capacity;
    decision *decisions;
    size_t decision_count, decision_capacity;
    bool has_table[TABLE_COUNT];
    assignments asked; /* the table `raters`: never scored */
    size_t invalid_ballots; /* counted by batch_finish: ballots with a blank or doubly marked cell, also in an item that the role does not rate */
    problem_list problems;
} batch;

batch *batch_new(const vocabulary *words); /* NULL: no memory. Borrows the vocabulary's texts. */
void batch_free(batch *b);

/* Number of the new source, PROBLEM_NO_SOURCE: no memory. */
uint32_t batch_add_source(batch *b, text name);
uint32_t batch_add_sheet(batch *b, text file, text sheet); /* the same of a sheet of a workbook */

/* Appends one subject with empty attributes; false: no memory. A second one of the same id is a problem, and the
 * first stays. `*number` is the subject's number, SUBJECT_NONE for a duplicate. */
bool batch_add_subject(batch *b, text id, text name, text unit, text category, text post, date start,
                       uint32_t source, uint32_t row, uint32_t *number);
/* The column of further attributes of that header, made (empty for all) when new; SIZE_MAX: no memory. */
size_t batch_attribute(batch *b, text header);

/* Gives a subject that attribute; the text is copied. False: no memory. */
bool batch_set_attribute(batch *b, size_t attribute, uint32_t subject, text value);

/* What the attributes of the vocabulary say of the subject added last, [attribute], coeff CELL_BLANK: nothing, so that no one need read
 * the texts again. Whoever adds a subject may leave it out. False: no memory. */
bool batch_add_values(batch *b, const decimal *values);
/* The values of everybody; NULL: somebody has been added without. */
const value_column *batch_values(const batch *b, size_t attribute);

/* About what all tables but the ballots take, without the bytes of their texts. */
size_t batch_row_bytes(const batch *b);

bool batch_reserve_ballots(batch *b, size_t count); /* room for `count` in all */
bool batch_keep_marks(batch *b);                    /* from here on, a mark for every ballot */
/* The ballots appended from here on come from `source`; false: no memory. */
bool batch_begin_segment(batch *b, uint32_t source);
/* Lets the item's column hold `scale` decimal places: multiplies what it holds. The caller has checked that the item's
 * maximum at that scale fits. */
void batch_raise_scale(batch *b, size_t item, int scale);

/* Appends one event / measure / history row / decision as it is; false: no memory. */
bool batch_add_event(batch *b, event e);
bool batch_add_measure(batch *b, measure m);
bool batch_add_history(batch *b, history h);
bool batch_add_decision(batch *b, decision d);

/* The file a ballot came from. */
uint32_t batch_ballot_source(const batch *b, size_t ballot);

/* Checks across rows when everything is in: missing or empty tables, a second ballot of the same rater for the same
 * subject in the same role, a second decision of a kind about a subject on one day, notices on roles that are known but unused and on events outside the period; counts
 * invalid ballots; sorts the problems. False: no memory. */
bool batch_finish(batch *b, unsigned threads);

#endif
