/* assignments: the table `raters`: who is asked to rate whom. Never scored and never sealed: it says only how many ballots are to
 * come in, and from whom. */
#ifndef ASSESS_BATCH_ASSIGNMENTS_H
#define ASSESS_BATCH_ASSIGNMENTS_H

#include "base/intern.h"

#define UNIT_NONE UINT32_MAX

/* One row. Neither a subject nor a unit: everybody. */
typedef struct assignment {
    uint32_t rater;   /* number in `raters` */
    uint32_t subject; /* SUBJECT_NONE: not one alone */
    uint32_t unit;    /* number in `units`, UNIT_NONE */
    uint32_t source, row;
    uint8_t role;     /* number in the vocabulary */
} assignment;

typedef struct assignments {
    assignment *rows;
    size_t count, capacity;
    interner raters; /* their ids; not the numbers of `ballots.raters` */
    text *names;     /* [rater]: the first that was given; "" */
    size_t name_capacity;
    interner units;  /* as people name them */
} assignments;

/* Appends the row of a rater who goes by this id and name ("": none given); both are copied. False: no memory. */
bool assignments_add(assignments *list, assignment row, text rater, text name);
size_t assignments_bytes(const assignments *list); /* about what they take, without the bytes of their texts */
void assignments_free(assignments *list);

#endif
