/* pipeline: while one group of chunks is worked on, the next one is read, converted and hashed. What comes out never
 * depends on the number of threads or on where the chunks were cut. */
#ifndef ASSESS_EXCHANGE_PIPELINE_H
#define ASSESS_EXCHANGE_PIPELINE_H

#include "exchange/csv.h"
#include "exchange/feed.h"

/* A chunk and how far it has been read. */
typedef struct piece {
    chunk chunk;
    csv_reader reader;
    size_t most_records; /* line ends in the text: it has no more records than that */
} piece;

typedef struct pipeline {
    feed *feed;
    unsigned threads;
    size_t group;            /* pieces in a group, at most */
    piece *ready, *coming;   /* [group] */
    size_t ready_count, coming_count;
} pipeline;

/* How a group is worked on. */
typedef struct stage {
    bool in_order;           /* pieces one after the other, else each for itself */
    bool (*prepare)(void *context, const piece *pieces, size_t count); /* before each group, alone; may be NULL */
    void (*work)(void *context, piece *p, size_t number, unsigned worker);
    bool (*gather)(void *context, size_t pieces, uint64_t bytes); /* after each group, alone; false: stop */
    void *context;
} stage;

bool pipeline_open(pipeline *p, feed *f, unsigned threads); /* false: no memory */
void pipeline_close(pipeline *p);
bool pipeline_fill(pipeline *p);                            /* the first group; false: there is nothing */
void pipeline_run(pipeline *p, const stage *s);             /* all groups from the one that is ready */

#endif
