/* ratings: pieces of a table of ballots, read by many threads, each into a part of its own. */
#ifndef ASSESS_EXCHANGE_RATINGS_H
#define ASSESS_EXCHANGE_RATINGS_H

#include "exchange/idindex.h"
#include "exchange/reading.h"

enum { RATING_SUBJECT, RATING_RATER, RATING_ROLE, RATING_ITEM, RATING_VALUE, RATING_SPECS };
enum { MOST_ROLES = 32 };

/* What comes out of one piece. Its rows go straight to where they will stay: behind those of the pieces before it, had
 * all their lines been kept; the gaps that other lines leave are closed afterwards. Wide tables fill values[item]; long
 * ones fill item, places and values[0].
 *
 * A rater while reading is the subject's number when the rater is in the table people, as most are; else that many more
 * than the worker's number for the text; or RATER_ANONYMOUS. */
typedef struct rating_part {
    size_t first, room;       /* its rows in the columns, and how many there may be */
    size_t count;
    uint32_t *subject, *rater, *row; /* row: within the piece */
    uint8_t *role, *places;
    uint16_t *item;
    int64_t **values;
    int *scale;               /* [column of values]: common to the whole column, wide only */
    problem_list problems;
    bool *filled;             /* [unknown]: that column holds something */
    size_t unused[MOST_ROLES]; /* rows of roles that the scheme does not use */
    uint32_t rows;            /* records in the piece */
    size_t lines;
    uint32_t *fresh;          /* raters that this worker had not met before, in order */
    size_t fresh_count, fresh_capacity;
    uint32_t rows_before;
    unsigned worker;
    bool failed;              /* no memory */
} rating_part;

/* What a thread keeps from piece to piece. */
typedef struct rating_worker {
    interner others;          /* raters that are not in the table people */
    uint32_t *numbers;        /* [rater]: its number in the batch, once a group with it was gathered */
    uint64_t *met;            /* a bit for each rater: small enough to stay near the processor */
    size_t room;              /* for so many raters, a multiple of 64 */
    word_cache roles, items, *options; /* [item] */
    mark_cache *marks;
    text *cells;              /* [RATING_BLOCK][column] */
} rating_worker;

enum { RATING_BLOCK = 32 };   /* lines whose people are looked up ahead */

/* The fields that every line of ratings begins with. */
typedef struct rating_head {
    uint32_t subject, rater, role;
} rating_head;

typedef struct rating_job {
    open_table *table;
    bool is_long;
    bool keeps_rows;          /* every column is there that tells whose ballot a row is */
    size_t *unknown;          /* columns that mean nothing, in order */
    size_t unknown_count;
    bool *filled;             /* [unknown] */
    size_t columns;           /* of values in a part */
    size_t *item_column;      /* [item], wide */
    bool *quick;              /* [item]: points, which mark_quick reads; wide */
    rating_part *parts;       /* [group] */
    rating_worker *workers;   /* [threads] */
    size_t unused[MOST_ROLES];
    size_t errors_before;     /* before the group, up to the limit: a part need not keep more than what is left of it */
    id_index ids;
} rating_job;

/* Wide tables: the header's items, and one line. */
void wide_match(rating_job *job);
void wide_line(rating_job *job, rating_part *p, rating_worker *w, line *l);
/* Long tables: one line. */
void long_line(rating_job *job, rating_part *p, rating_worker *w, line *l);

/* Where the rows of either form go: the batch, or the rows that are put together later. */
size_t rows_held(const rating_job *job);
bool rows_reserve(rating_job *job, size_t count);               /* false: no memory */
void rows_place(rating_job *job, rating_part *p);               /* sets the part's columns from p->first */
void rows_move(rating_job *job, rating_part *p, size_t to);     /* moves the part's rows down, p->first is then `to` */
bool rows_keep(rating_job *job, size_t parts, size_t count);    /* they count from here on; false: no memory */

#endif
