/* run.h: what the parts of the engine share. */
#ifndef ASSESS_ENGINE_RUN_H
#define ASSESS_ENGINE_RUN_H

#include "engine/engine.h"

enum {
    BLOCK = 128,          /* subjects evaluated together: all columns of a block stay in the cache */
    BLOCKS_PER_TASK = 32
};

/* Ballots of one (role, item) for one subject. */
typedef struct tally {
    int128 sum; /* of the counted ballots, in units of 10^-scale */
    uint32_t counted, not_counted, invalid;
} tally;

/* One distinct (role, item) of the plan's ballot sources. */
typedef struct slot {
    uint32_t role, item;
    int scale; /* common to all items of a total */
} slot;

/* What engine_run leaves in the result for engine_trace: sums over ballots, and who is touched by which event. */
struct workings {
    slot *slots;
    size_t slot_count;
    uint32_t *slot_of_source;      /* [plan->ballot_count] */
    tally *tallies;                /* [subject][slot] */
    uint32_t *event_start;         /* [count + 1]: where a subject's entries begin in event_entries; NULL: no events */
    uint32_t *event_entries;       /* numbers of events, in the order of the input */
    size_t most_events;            /* of one subject */
};

/* --- tally.c --- */
assess_status tally_ballots(result *r, unsigned threads, assess_error *err);

/* --- events.c --- */
assess_status index_events(result *r, assess_error *err);
/* The figure of an event source for one subject; spans: room for most_events. */
fraction reduce_events(const result *r, const event_source *s, uint32_t subject, date_span *spans);

/* --- evaluate.c --- */
typedef struct block {
    const result *outcome;
    uint32_t first;     /* subject of lane 0 */
    size_t lanes;
    fraction *values;   /* [node][BLOCK] */
    node_id *missing;   /* [node][BLOCK] */
    date_span *spans;   /* scratch */
    bool *wanted;       /* [node] scratch */
    bool broken;        /* some operation of the block could not be carried out exactly */
    node_id failed;     /* the node that could not be computed exactly and whose value is asked for, or NODE_NONE */
    uint32_t failed_subject;
} block;

bool block_open(block *k, const result *r);
void block_close(block *k);
void block_evaluate(block *k, uint32_t first, size_t lanes);
/* Whether a value is missing because this node, no source, could not be computed. */
bool is_broken(const plan *p, node_id missing);

/* --- rank.c --- */
assess_status rank_batch(result *r, assess_error *err);

#endif
