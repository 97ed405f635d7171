/* ratings: pieces of a table of ballots, read by many threads, each into a part of its own. */
#ifndef ASSESS_EXCHANGE_RATINGS_H
#define ASSESS_EXCHANGE_RATINGS_H

#include "exchange/idindex.h"
#include "exchange/reading.h"

enum { RATING_SUBJECT, RATING_RATER, RATING_ROLE, RATING_ITEM, RATING_VALUE, RATING_SPECS };
enum { MOST_ROLES = 32 };

/* A rater while reading: the subject's number when a rater is in the table people, as most are; else that many more
 * than the worker's number for the text; or RATER_ANONYMOUS. What came out of one piece. Wide tables fill values[item]; long ones fill item, places and values[0]. */
typedef struct rating_part {
    size_t count, capacity;
    uint32_t *subject;
    uint32_t *rater;
    uint32_t *row;            /* within the piece */
    uint8_t *role;
    int64_t **values;
    int *scale;               /* [column of values]: common to the whole column, wide only */
    uint16_t *item;
    uint8_t *places;
    problem_list problems;
    size_t unused[MOST_ROLES]; /* rows of roles that the scheme does not use */
    uint32_t rows;            /* records in the piece */
    size_t lines;
    uint32_t *fresh;          /* raters that this worker had not met before, in order */
    size_t fresh_count, fresh_capacity;
    size_t offset;            /* where its rows go */
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
    size_t columns;           /* of values in a part */
    size_t *item_column;      /* [item], wide */
    bool *quick;              /* [item]: points, which mark_quick reads; wide */
    rating_part *parts;       /* [group] */
    rating_worker *workers;   /* [threads] */
    size_t unused[MOST_ROLES];
    id_index ids;
} rating_job;

/* Room for one more row; false: no memory. */
bool part_reserve(const rating_job *job, rating_part *p);

/* Wide tables: the header's items, one line, and a group's parts into the batch. */
void wide_match(rating_job *job);
void wide_line(rating_job *job, rating_part *p, rating_worker *w, line *l);
bool wide_gather(rating_job *job, size_t parts);

/* Long tables: one line, a group's parts into the reading, and everything read into ballots. */
void long_line(rating_job *job, rating_part *p, rating_worker *w, line *l, const rating_head *head);
bool long_gather(rating_job *job, size_t parts);

#endif
