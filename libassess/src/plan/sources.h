/* sources.h: what stands behind a node's `source`: where its figure comes from, whom it looks at, what it is among. */
#ifndef ASSESS_PLAN_SOURCES_H
#define ASSESS_PLAN_SOURCES_H

#include "base/date.h"
#include "plan/node.h"

enum { PLAN_MAX_KINDS = 512 }; /* of events */

/* Ballots of some roles, each reduced to a number (its total, or the points of one item), then over the ballots. */
typedef enum ballot_reducer {
    BALLOT_MEAN,        /* of the counted ballots, after trimming; missing when there are fewer than `least` */
    BALLOT_COUNT,       /* ballots counted */
    BALLOT_NOT_COUNTED, /* valid ballots whose option is not counted (不了解) */
    BALLOT_INVALID,     /* blank, doubly marked or refused by a sheet rule */
    BALLOT_SUM,
    BALLOT_MEDIAN,      /* missing as the mean */
    BALLOT_HIGHEST,
    BALLOT_LOWEST,
    BALLOT_CHOSEN       /* ballots with one of the options in `options` */
} ballot_reducer;

/* Figures made of single ballots' values, which a mean (or a share) of few would give away; how many there are does not. */
static inline bool ballots_are_told(ballot_reducer r) { return r != BALLOT_COUNT && r != BALLOT_NOT_COUNTED && r != BALLOT_INVALID; }
/* One ballot's value (or two of them), however many there are. */
static inline bool ballots_are_single(ballot_reducer r) { return r == BALLOT_MEDIAN || r == BALLOT_HIGHEST || r == BALLOT_LOWEST; }

#define ITEM_TOTAL UINT32_MAX
#define SOURCE_NONE UINT32_MAX

typedef struct ballot_source {
    uint64_t options;   /* BALLOT_CHOSEN: set of options of the item */
    uint32_t roles;     /* set of roles */
    uint32_t item;      /* ITEM_TOTAL: the sum of all items */
    ballot_reducer reducer;
    uint32_t trim;      /* number in plan.trims, SOURCE_NONE: nothing is cut off */
    uint32_t least;     /* fewer counted ballots: missing; 0: a number of ballots, never missing */
    uint32_t attribute; /* only raters whose attribute is one of the set; SOURCE_NONE: all */
    uint32_t set;
} ballot_source;

/* Cutting off the highest and the lowest: by the number of counted ballots, the last row with from <= number counts. */
typedef struct trim_row {
    uint32_t from;
    uint32_t high, low;       /* so many at each end … */
    decimal share;            /* … or this share of them at each end, rounded down; coeff 0: none */
} trim_row;

typedef struct plan_trim {
    trim_row *rows;
    size_t row_count;
} plan_trim;

typedef enum event_part { PART_SUBJECT, PART_LIABLE, PART_EITHER } event_part;
typedef enum event_reducer {
    EVENT_COUNT,
    EVENT_SUM,
    EVENT_HIGHEST, /* missing when there is none */
    EVENT_LOWEST,
    EVENT_MONTHS,  /* united spans cut to the window, or else to the period: months + days / 30 */
    EVENT_DAYS,    /* united spans cut to the window, or else to the period: days */
    EVENT_MEAN,    /* missing when there is none */
    EVENT_WORKDAYS /* as EVENT_DAYS: working days */
} event_reducer;
/* A reducer of figures of events, not of the events themselves. */
static inline bool event_reduces_figure(event_reducer r)
{
    return r == EVENT_SUM || r == EVENT_HIGHEST || r == EVENT_LOWEST || r == EVENT_MEAN;
}
static inline bool event_measures_spans(event_reducer r) { return r == EVENT_MONTHS || r == EVENT_DAYS || r == EVENT_WORKDAYS; }
typedef enum event_figure { FIGURE_NONE, FIGURE_POINTS, FIGURE_AMOUNT, FIGURE_SPAN_DAYS, FIGURE_SPAN_WORKDAYS } event_figure;
/* Which part of time: any, the period, or from `months` months before the period's last day on (that day included). */
typedef enum event_window { WINDOW_ANY, WINDOW_PERIOD, WINDOW_LAST_MONTHS, WINDOW_SPAN } event_window;

typedef struct figure_bound {
    event_figure figure; /* FIGURE_NONE: no bound */
    node_op comparison;  /* OP_AT_LEAST … OP_EXACTLY */
    decimal limit;
} figure_bound;

typedef struct event_source {
    uint64_t kinds[PLAN_MAX_KINDS / 64]; /* set of kind numbers */
    event_part part;
    event_reducer reducer;
    event_figure figure; /* of EVENT_SUM, EVENT_HIGHEST, EVENT_LOWEST, EVENT_MEAN */
    event_window window;
    int32_t months;
    int32_t lasting;     /* months that each has an effect, from its first day on; 0: its own span */
    date_span span;      /* WINDOW_SPAN */
    figure_bound bound;
} event_source;

typedef enum measure_field { OF_MEASURE_VALUE, OF_MEASURE_TARGET, OF_MEASURE_BASELINE } measure_field;

typedef struct measure_source {
    uint32_t measure;
    measure_field field;
} measure_source;

/* Earlier results of the same subject, from the table history. */
typedef enum past_reducer {
    PAST_SCORE,    /* of the one period meant */
    PAST_GRADE,
    PAST_COUNT,    /* periods among the last `years` whose grade is in the set */
    PAST_IN_A_ROW  /* whole years directly before this one whose grade is in the set, one after the other */
} past_reducer;

typedef struct past_source {
    past_reducer reducer;
    uint32_t level;     /* whose grades they are */
    int32_t year;       /* counted from this period's year: -1 = last year, 0 = this year (its parts) */
    text part;          /* "", "M03", "Q1", "H1" */
    uint32_t set;       /* of grades */
    int32_t years;      /* PAST_IN_A_ROW: 0: as many as there are */
} past_source;

/* --- groups --- */

typedef enum group_key { GROUP_BY_BATCH, GROUP_BY_UNIT, GROUP_BY_ATTRIBUTE } group_key;

typedef enum group_op {
    GROUP_COUNT_OF,  /* how many belong to the cohort */
    GROUP_SUM,
    GROUP_MEAN,
    GROUP_MEDIAN,
    GROUP_HIGHEST,
    GROUP_LOWEST,
    GROUP_PLACE,     /* 1 1 3 by the values, argument 1 first, the others where it ties */
    GROUP_DRAW,      /* 1 2 3 … in an order drawn from the seed, argument 1 */
    GROUP_ALLOT      /* whole shares of a pool by largest remainder: argument 1 the exact share of the group, 2 whether pooled */
} group_op;

/* Everybody in the group gets its figure, members of the cohort or not; a place and a draw only the cohort. The cohort: those
 * for whom argument 0 holds and whose other arguments are not missing. Empty cohort: count and sum 0, the others missing. */
typedef struct group_source {
    group_op op;
    group_key key;
    uint32_t level;     /* only subjects of this one belong to the cohort */
    uint32_t attribute; /* GROUP_BY_ATTRIBUTE */
    uint32_t low_first; /* GROUP_PLACE: bit i - 1 set: argument i from low to high */
    group_key pool;     /* GROUP_ALLOT: which groups share a pool */
    uint32_t pool_attribute;
    rounding round;     /* GROUP_ALLOT: of the pool's total, and of a group outside the pool */
} group_source;

/* A set of words or grades, as numbers. */
typedef struct plan_set {
    uint32_t *members;
    size_t count;
} plan_set;

/* OP_TABLE: rows[i] gives argument i + 1. By word or grade: the row that lists it. By number: the first row, from above, whose
 * lower edge `from` is reached. The last row may be `otherwise`: it takes everything left; without it, no row means missing. */
typedef struct table_row {
    uint32_t *words;   /* by word or grade */
    size_t word_count;
    decimal from;      /* by number; `above`: from is not included */
    bool above;
    bool otherwise;
} table_row;

typedef struct plan_table {
    value_kind key;    /* KIND_NUMBER, KIND_WORD, KIND_GRADE */
    bool linear;       /* by number: between two edges on the straight line between their values */
    table_row *rows;
    size_t row_count;
} plan_table;

#endif
