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

/* The texts of the column of people that goes by this id, [subject]; NULL: there is none, and everybody's is empty. Not for
 * `start`, which is kept as days. */
const text *attribute_column(const batch *b, text id);

#endif
