/* vocabulary: what the tables of one scheme may say — items, roles, kinds of events, measures — so that reading
 * can check every cell. Made from a plan; texts live as long as the plan. */
#ifndef ASSESS_BATCH_VOCABULARY_H
#define ASSESS_BATCH_VOCABULARY_H

#include "base/date.h"
#include "base/exact.h"
#include "base/text.h"

typedef struct vocabulary_word {
    text id;     /* "virtue" */
    text zh, en; /* labels; may be empty */
} vocabulary_word;

typedef struct vocabulary_item {
    vocabulary_word word;
    decimal maximum;                /* a number from 0 to this, when there are no options */
    const vocabulary_word *options; /* else one of these, by id or label in either case */
    size_t option_count;            /* 0: numbers */
    bool lenient;                   /* a blank or doubly marked cell is an invalid ballot, not an error */
    uint32_t unasked;               /* set of the roles whose ballots have no such line */
} vocabulary_item;

static inline bool item_is_asked(const vocabulary_item *item, uint32_t role) { return !(item->unasked >> role & 1); }

typedef struct vocabulary_role {
    vocabulary_word word;
    bool used; /* the scheme knows it; false: it does not use it, a notice */
} vocabulary_role;

typedef struct vocabulary_kind {
    vocabulary_word word;
    bool needs_from, needs_points, needs_amount; /* an empty cell is an error */
    bool uses_liable;
} vocabulary_kind;

typedef struct vocabulary_measure {
    vocabulary_word word;
    uint32_t needed_by; /* levels, as bits: a subject of one of them without a row is an error */
} vocabulary_measure;

/* A grade that a decision may name, best first within its level. */
typedef struct vocabulary_grade {
    vocabulary_word word;
    uint32_t level;
} vocabulary_grade;

/* What people decide about a result. In the order in which they count on one day: the meeting, the authority, the objection to both. */
typedef enum decision_kind { DECISION_CALIBRATION, DECISION_OVERRIDE, DECISION_OBJECTION, DECISION_KINDS } decision_kind;
extern const vocabulary_word decision_kind_words[DECISION_KINDS];

enum { VOCABULARY_LEVELS = 2 };

typedef enum attribute_kind { ATTRIBUTE_TEXT, ATTRIBUTE_WORD, ATTRIBUTE_NUMBER, ATTRIBUTE_DAY, ATTRIBUTE_MINUTE } attribute_kind;

/* A column of people that the scheme reads; the standard columns may be among them. */
typedef struct vocabulary_attribute {
    vocabulary_word word;
    attribute_kind kind;
    const vocabulary_word *choices; /* ATTRIBUTE_WORD: one of these, by id or label in either case */
    size_t choice_count;
    bool bounded;                   /* ATTRIBUTE_NUMBER: from minimum to maximum */
    decimal minimum, maximum;
    uint32_t needed_by;             /* levels, as bits: an empty cell of a subject of one of them is an error */
    bool optional;                  /* the column may be absent: everybody's is empty then */
} vocabulary_attribute;

typedef struct vocabulary {
    const vocabulary_item *items;
    size_t item_count;
    const vocabulary_role *roles;
    size_t role_count; /* at most 32 */
    const vocabulary_kind *kinds;
    size_t kind_count;
    const vocabulary_measure *measures;
    size_t measure_count;
    const vocabulary_attribute *attributes;
    size_t attribute_count;
    const vocabulary_grade *grades;
    size_t grade_count;
    uint32_t no_grade;  /* levels, as bits, of which the scheme itself leaves subjects without a grade */
    text unit_category; /* rows of people of this category are units: level 1; "": there is one level */
    bool reads_units;   /* figures of people come from the row of their unit: a notice where there is none */
    bool needs_ratings, needs_measures, needs_history; /* a missing table is an error; events may always be missing */
    date_span period;   /* in which events are expected */
} vocabulary;

/* The level of a subject of that category. */
uint32_t vocabulary_level(const vocabulary *words, text category);

/* What people call the word: its Chinese label, else the English one, else the id. */
text word_label(const vocabulary_word *word);
/* The same for who reads English; word_label is what who reads Chinese knows. */
text word_label_en(const vocabulary_word *word);

#endif
