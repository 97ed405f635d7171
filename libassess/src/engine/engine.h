/* engine: plan + batch -> result. Columns in, columns out; blocks of subjects are split over threads; the result is the
 * same to the last bit for any number of them and for any order of the ballots. */
#ifndef ASSESS_ENGINE_ENGINE_H
#define ASSESS_ENGINE_ENGINE_H

#include "engine/result.h"

typedef struct engine_options {
    unsigned threads; /* >= 1 */
    int (*progress)(void *user, uint64_t done, uint64_t total); /* subjects; may be NULL; not 0 = cancel */
    void *user;
} engine_options;

/* The vocabulary of the tables that this plan reads; its texts belong to the plan, its arrays to the arena. */
bool engine_vocabulary(const plan *p, arena *memory, vocabulary *out);

/* Runs the plan. The batch must have no errors. The result borrows plan and batch. */
assess_status engine_run(const plan *p, const batch *b, const engine_options *options, result **out, assess_error *err);

/* One value of the graph for one subject. */
typedef struct cell {
    fraction value;  /* a truth is 0 or 1 */
    node_id missing; /* the node that had nothing to say, or NODE_NONE when there is a value */
} cell;

/* The values of all nodes for one subject, computed by the same code as in the run: values[plan->node_count]. */
bool engine_trace(const result *r, uint32_t subject, cell *values);

/* One thing taken otherwise than it is. */
typedef enum change_kind {
    CHANGE_EVENT,    /* as if the row `without` were not there */
    CHANGE_VALUE,    /* the node, and every other that reads the same source, has this value */
    CHANGE_MISSING,  /* the node alone has none */
    CHANGE_STATEMENT /* as if the statement did not hold: the grade after it is the grade before, nobody is excluded by it … */
} change_kind;

typedef struct trace_change {
    change_kind kind;
    const event *without;
    node_id node;
    fraction value;
    uint32_t statement;
} trace_change;

/* The same with these changes. What looks at other subjects stays as the run found it: places, figures of groups and units. */
bool engine_trace_with(const result *r, uint32_t subject, const trace_change *changes, size_t count, cell *values);

/* How many have a place by that GROUP_PLACE node in the group of the subject. */
size_t engine_cohort(const result *r, node_id place, uint32_t subject);

/* How many ballots a source found for a subject. `used`: those whose values the figure is made of: left after trimming, the one
 * or two in the middle, the highest, the lowest; of a figure that is a number of ballots, all that are counted. */
typedef struct ballot_tally {
    uint32_t counted, not_counted, invalid, used;
} ballot_tally;
ballot_tally engine_tally(const result *r, uint32_t source, uint32_t subject);

/* True when event `e` belongs to the source for this subject. */
bool engine_event_counts(const result *r, uint32_t source, const event *e, uint32_t subject);

#endif
