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
    piece *ready, *coming, *worked; /* [group]: to be worked on, being read, to be gathered (of a stage that overlaps) */
    size_t ready_count, coming_count, worked_count;
} pipeline;

/* How a group is worked on. */
typedef struct stage {
    bool in_order;           /* pieces one after the other, else each for itself */
    bool overlaps;           /* a group is gathered while the next one is worked on */
    bool (*prepare)(void *context, const piece *pieces, size_t count); /* before each group is worked on, alone; may be NULL */
    void (*work)(void *context, piece *p, size_t number, unsigned worker);
    /* After each group, in their order, on the calling thread, its worker being 0; false: stop. */
    bool (*gather)(void *context, piece *pieces, size_t count, uint64_t bytes);
    void *context;
} stage;

bool pipeline_open(pipeline *p, feed *f, unsigned threads); /* false: no memory */
void pipeline_close(pipeline *p);
bool pipeline_fill(pipeline *p);                            /* the first group; false: there is nothing */
void pipeline_run(pipeline *p, const stage *s);             /* all groups from the one that is ready */

#endif
