/* attribute: what a cell of a declared column of people says. Reading and the engine take the same function, so that what was
 * checked is what is computed with. */
#ifndef ASSESS_BATCH_ATTRIBUTE_H
#define ASSESS_BATCH_ATTRIBUTE_H

#include "base/intern.h"
#include "batch/batch.h"

typedef enum attribute_answer {
    ATTRIBUTE_READ,
    ATTRIBUTE_EMPTY,
    ATTRIBUTE_NO_NUMBER,   /* `number` says why */
    ATTRIBUTE_OUT_OF_RANGE,
    ATTRIBUTE_NO_DATE,     /* or no time */
    ATTRIBUTE_NO_SUCH_DAY,
    ATTRIBUTE_NO_WORD,
    ATTRIBUTE_NO_MEMORY
} attribute_answer;

/* Reads one column; not for two threads at once. */
typedef struct attribute_reader {
    const vocabulary_attribute *about;
    interner keys;       /* every spelling of a choice … */
    uint32_t *choices;   /* … and the choice it means */
    size_t choice_capacity;
    interner seen;       /* cells that came before: they repeat a few spellings over and over */
    uint32_t *meanings;  /* [seen]: the choice, or INTERN_NONE */
    size_t meaning_capacity;
    arena scratch;
    decimal_error number;
} attribute_reader;

bool attribute_open(attribute_reader *r, const vocabulary_attribute *about); /* false: no memory; close it all the same */
/* The cell, cleaned. *out: the number; the days or minutes since 1970; the number of the choice. Texts are always read, as 0. */
attribute_answer attribute_read(attribute_reader *r, text cell, decimal *out);
void attribute_close(attribute_reader *r);

/* A day or a time as people write it, in `room`; of anything else, or of CELL_BLANK, nothing. */
text attribute_print(attribute_kind kind, int64_t value, char room[ATTRIBUTE_ROOM]);
/* The cell is what its value prints: the text need not be kept. */
bool attribute_prints_back(attribute_kind kind, text cell);

/* The column of people that goes by an id. */
typedef struct attribute_column {
    const text *standard; /* [subject]: the texts of a standard column; NULL: … */
    size_t own;           /* … a further one, SIZE_MAX: there is none, and everybody's cell is empty */
} attribute_column;

/* Not for `start`, which is kept as days. */
attribute_column attribute_find(const batch *b, text id);
text attribute_text(const batch *b, attribute_column c, uint32_t subject, char room[ATTRIBUTE_ROOM]);

#endif
