/* run.h: what the parts of the engine share. */
#ifndef ASSESS_ENGINE_RUN_H
#define ASSESS_ENGINE_RUN_H

#include "engine/engine.h"

enum {
    BLOCK = 128,          /* subjects evaluated together: all columns of a block stay in the cache */
    BLOCKS_PER_TASK = 32
};

/* In the place of a missing value: this node could not be computed exactly. An error where its value is asked for. */
#define BROKEN 0x80000000u
static inline bool is_broken(node_id missing) { return missing != NODE_NONE && (missing & BROKEN) != 0; }

/* Ballots of one subject, in one (role, item) or of one source. */
typedef struct tally {
    int128 sum; /* of the ballots used, in units of 10^-scale */
    uint32_t counted, not_counted, invalid;
    uint32_t used; /* of a source: those left after trimming, the one or two in the middle, the one at the end, those chosen */
} tally;

/* Where the figures of a ballot source stand. */
typedef struct ballot_place {
    uint32_t first, count; /* its slots in `slot_list`, to be added up; or, when listed, its column in `listed` */
    int scale;
    bool chosen; /* the sums say how many marked one of the options */
    bool listed;
} ballot_place;

/* The values of one node for everybody. */
typedef struct column {
    node_id node;
    int64_t *whole;    /* [subject], in units of the node's rounding; of all that are whole numbers by their nature */
    fraction *values;  /* [subject], else */
    node_id *missing;  /* [subject] */
} column;

/* Which group a subject is in. */
typedef struct membership {
    group_key key;
    uint32_t attribute;
    uint32_t *group;   /* [subject]; NULL: everybody is in group 0 */
    interner words;    /* [group]: the text it goes by: the unit's id or name, or the attribute */
    uint32_t count;
} membership;

static inline uint32_t group_of(const membership *m, uint32_t subject) { return m->group ? m->group[subject] : 0; }
static inline text group_name(const membership *m, uint32_t group) { return m->group ? m->words.texts[group] : TEXT(""); }

/* What a barrier found. */
typedef struct group_column {
    uint32_t *place, *tied; /* [subject]: places and draws; 0: not in the cohort */
    const membership *of;   /* else, for each group: */
    fraction *values;       /* [group] */
    node_id *missing;       /* [group] */
    uint32_t nodes;         /* that say the same and share it */
} group_column;

/* What engine_run leaves in the result for engine_trace: sums over ballots, who is touched by which event, what the barriers
 * found. */
struct workings {
    ballot_place *places;          /* [plan->ballot_count] */
    uint32_t *slot_list;
    size_t slot_list_count;
    size_t slot_count;             /* distinct (role, item) of the plain sources */
    tally *tallies;                /* [subject][slot] */
    size_t listed_count;
    tally *listed;                 /* [subject][listed]: sources that look at single ballots' values, or at who gave them */
    uint32_t *event_start;         /* [count + 1]: where a subject's entries begin in event_entries; NULL: no events */
    uint32_t *event_entries;       /* numbers of events, in the order of the input */
    size_t most_events;            /* of one subject */
    uint64_t *filter_marks;        /* [plan->ballot_count]: the bit that a ballot's mark needs; 0: any rater. NULL: all of them 0 */
    struct inputs *inputs;         /* attributes, measures and history as the nodes read them; NULL: the plan reads none */
    uint8_t *level;                /* [subject], NULL: everybody is of level 0 */
    uint32_t *unit_of;             /* [subject]: the subject that is its unit, SUBJECT_NONE; NULL: no units in the batch */
    membership **memberships;
    size_t membership_count, membership_capacity;
    column **columns;              /* [node]: kept from one pass to a later one; NULL */
    group_column **groups;         /* [node]: what a barrier found; NULL */
    bool *kept;                    /* [node] scratch */
    size_t node_count;
};

static inline bool has_events(const struct workings *w, uint32_t subject)
{
    return w->event_start && w->event_start[subject] != w->event_start[subject + 1];
}

/* --- result.c --- */
struct workings *workings_new(const plan *p); /* NULL: no memory */

static inline uint32_t level_of(const struct workings *w, uint32_t subject) { return w && w->level ? w->level[subject] : 0; }

/* --- marks.c --- */
/* What is decided from the raters: all that the tallies know of them. */
assess_status mark_ballots(result *r, unsigned threads, assess_error *err);

/* --- sheets.c --- */
/* Into the marks of all ballots; each rule looks at all of them, those that another refuses too. */
assess_status check_sheets(result *r, unsigned threads, uint64_t *marks, assess_error *err);

/* --- tally.c --- */
assess_status tally_ballots(result *r, unsigned threads, assess_error *err);

/* --- lists.c --- */
bool lists_need(const ballot_source *s); /* it cannot be had from sums alone */
assess_status list_ballots(result *r, unsigned threads, assess_error *err);

/* --- events.c --- */
assess_status index_events(result *r, assess_error *err);
/* E_RULES: an event whose working days are counted lies in a year that the calendar lacks. */
assess_status check_event_days(const result *r, assess_error *err);
/* The part of time that the source looks at. */
date_span engine_window(const plan *p, const event_source *s);

/* --- inputs.c --- */
assess_status read_inputs(result *r, unsigned threads, assess_error *err);
void inputs_free(struct inputs *in);
/* The number in plan.words that a word attribute has for a subject; -1: none, or one that the rules do not name. */
int64_t attribute_word(const result *r, uint32_t attribute, uint32_t subject);

/* --- level.c --- */
assess_status find_levels(result *r, unsigned threads, assess_error *err);
/* The groups of that key; NULL: no memory. */
const membership *membership_of(result *r, group_key key, uint32_t attribute);

/* A figure that is asked for and could not be computed exactly. */
typedef struct fault {
    node_id node; /* NODE_NONE: none */
    uint32_t subject;
    int year;     /* that the calendar lacks; 0: it is not about that */
} fault;

/* --- evaluate.c --- */
typedef struct block {
    const result *outcome;
    uint32_t first;     /* subject of lane 0 */
    size_t lanes;
    fraction *values;   /* [node][BLOCK]: of KIND_NUMBER */
    int64_t *whole;     /* [node][BLOCK]: of all other kinds, which are whole numbers by their nature: a quarter of the memory to walk through */
    node_id *missing;   /* [node][BLOCK] */
    date_span *spans;   /* scratch */
    bool *wanted;       /* [node] scratch */
    bool *constant;     /* [node]: the same for everybody, computed once */
    void *hatch;        /* the machine for OP_EACH; NULL: the plan has none */
    assess_error hatch_error; /* of the first call that failed; the block stops there */
    fraction *inputs;   /* scratch of a call */
    fraction *room;     /* [BLOCK]: scratch of an operation that works in fractions and gives what is whole */
    bool broken_constant;
    bool broken;        /* some operation of the block could not be carried out exactly */
    fault failed;       /* the first */
    const trace_change *changes; /* what is to be taken otherwise than it is; of a trace only */
    size_t change_count;
} block;

static inline bool is_number(const block *k, node_id id) { return k->outcome->plan->nodes[id].kind == KIND_NUMBER; }

static inline fraction lane_value(const block *k, node_id id, size_t lane)
{
    size_t at = id * BLOCK + lane;
    return is_number(k, id) ? k->values[at] : fraction_of(k->whole[at], 1);
}

static inline void lane_set(block *k, node_id id, size_t lane, fraction value)
{
    size_t at = id * BLOCK + lane;
    if (is_number(k, id))
        k->values[at] = value;
    else
        k->whole[at] = (int64_t)value.num;
}

/* Known, and not 0. */
static inline bool lane_holds(const block *k, node_id id, size_t lane)
{
    size_t at = id * BLOCK + lane;
    return k->missing[at] == NODE_NONE && (is_number(k, id) ? k->values[at].num != 0 : k->whole[at] != 0);
}

bool block_open(block *k, const result *r);
void block_close(block *k);
/* Evaluates these nodes, whose arguments come first or stand from before the last barrier. */
void block_evaluate(block *k, uint32_t first, size_t lanes, const node_id *nodes, size_t count);

/* --- whole.c --- */
/* The operations that give what is whole; false: this is none of them. */
bool take_whole(block *k, const node *n, int64_t *out, node_id *missing);

/* --- inputs.c --- */
/* Days, minutes, words. */
void take_whole_attribute(const block *k, node_id id, const node *n, int64_t *out, node_id *missing);
void take_input(block *k, node_id id, const node *n, fraction *out, node_id *missing);

/* --- events.c --- */
bool events_make_a_figure_of_nothing(event_reducer reducer); /* 0; the highest, lowest or mean of no events is no figure */
/* The figure of an event source for one subject who has events. False: there is nothing it could be. */
bool reduce_events(block *k, const event_source *s, uint32_t subject, fraction *out);

/* --- trace.c --- */
void block_change(block *k, node_id id);                    /* the value just computed, taken otherwise */
bool is_left_out(const block *k, const event *e);

/* --- culprit.c --- */
fault fault_of(const block *k, node_id id, size_t lane);
/* A figure of a group, spoiled by a member's: the member and that figure in its place. */
void find_culprit(const result *r, fault *f);

/* --- hatch.c --- */
bool hatch_open(block *k); /* false: no memory */
void hatch_close(block *k);
void take_each_function(block *k, node_id id, const node *n, fraction *out, node_id *missing);

/* --- sources.c --- */
void take_ballots(block *k, node_id id, const node *n, fraction *out, node_id *missing);

/* --- days.c --- */
void take_days(block *k, node_id id, const node *n, fraction *out, node_id *missing);
/* The year that the calendar lacks for this operation on these arguments; 0: none. */
int year_not_covered(const plan *p, const node *n, fraction a, fraction b);
assess_status refuse_year(const result *r, int year, uint32_t subject, assess_error *err);
/* The same for working days of events in the window of the source. */
int year_of_window_not_covered(const plan *p, const event_source *s);

/* --- column.c --- */
column *column_open(const plan *p, node_id id, size_t count); /* NULL: no memory */
void column_free(column *c);
void column_take(column *c, const block *k);                   /* the lanes of the block */
fraction column_value(const plan *p, const column *c, uint32_t subject);

/* --- decide.c --- */
/* Lays the decisions of the batch over what was computed. */
assess_status apply_decisions(result *r, assess_error *err);
/* Adds to held[group] of the quota that the statement sets: how many have its grades when all decisions stand. */
void count_decided(const result *r, uint32_t statement, block *k, uint32_t *held);

/* --- decide_lists.c --- */
/* Puts those whose grade was decided on otherwise on the lists that it leads to, and takes them off the others. */
assess_status relist_decided(result *r, block *k, assess_error *err);

/* --- run.c --- */
assess_status add_findings(result *r, finding *fresh, size_t count, assess_error *err); /* sorted by subject; takes them */

/* --- group.c --- */
/* What the barrier `id` finds in the columns of its arguments, which stand for everybody. */
assess_status group_find(result *r, node_id id, assess_error *err);
void group_column_free(group_column *g);
/* A value that could not be computed makes its whole group's figure uncomputable, if anybody asks for it. */
void group_spoil(group_column *g, uint32_t group, node_id id);
/* True when the subject belongs to the cohort of the barrier. */
bool in_cohort(const result *r, const node *n, uint32_t subject);

/* --- place.c --- */
assess_status place_find(result *r, node_id id, group_column *out, assess_error *err);

/* --- allot.c --- */
assess_status allot_find(result *r, node_id id, group_column *out, assess_error *err);

#endif
