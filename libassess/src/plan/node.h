/* node.h: one node of the graph, a column over the subjects: what operations there are, what they take and give. */
#ifndef ASSESS_PLAN_NODE_H
#define ASSESS_PLAN_NODE_H

#include "assess/error.h"
#include "base/exact.h"
#include "base/text.h"

typedef uint32_t node_id;
#define NODE_NONE UINT32_MAX

/* A text for people; both languages are required where a rule file gives words. */
typedef struct label {
    text zh, en;
} label;
text label_in(label l, assess_language language);

/* Where in the rule files something stands. */
typedef struct origin {
    uint16_t file;   /* number in plan.files */
    uint16_t clause; /* number in plan.clauses; 0 = none in force */
    uint32_t line;
} origin;

/* What a column holds. A number is an exact fraction; all others are whole: a truth is 0 or 1, a word its number in plan.words (or -1: one that
 * the rule files do not name), a grade its number in plan.grades, a day the days and a minute the minutes since 1970. */
typedef enum value_kind {
    KIND_NUMBER,
    KIND_TRUTH,
    KIND_WORD,
    KIND_GRADE,
    KIND_DAY,
    KIND_MINUTE,
    KIND_SAME, /* in the list below: the kind of the arguments, which the caller has checked and gives with the node */
    KIND_COUNT
} value_kind;

enum { ARGS_ANY = -1 };

/* Every operation of the graph: name, number of arguments, kind of the arguments, kind of the result. */
#define PLAN_OPERATIONS(X)                                                                                       \
    X(CONSTANT, 0, NUMBER, SAME)         /* a figure of the rule file or a parameter, a grade, a word */         \
    X(BALLOTS, 0, NUMBER, SAME)          /* a ballot_source reduced to one number, or to a word */               \
    X(EVENTS, 0, NUMBER, NUMBER)         /* an event_source reduced to one number */                             \
    X(ATTRIBUTE, 0, NUMBER, SAME)        /* a column of people */                                                \
    X(MEASURE, 0, NUMBER, NUMBER)        /* value, target or baseline of a measure */                            \
    X(PAST, 0, NUMBER, SAME)             /* a past_source: an earlier result */                                  \
    X(PERIOD, 0, NUMBER, DAY)            /* source 0: first day, 1: last day of the period */                    \
    X(MONTHS_IN_POST, 0, NUMBER, NUMBER) /* whole months from `start` to the period's last day, included */      \
    X(TAKES_PART, ARGS_ANY, TRUTH, TRUTH)/* of the level `source`, and no exclude of it holds; never missing */  \
    /* up to here the sources: op_is_source */                                                                   \
    X(ADD, 2, NUMBER, NUMBER)                                                                                    \
    X(SUBTRACT, 2, NUMBER, NUMBER)                                                                               \
    X(MULTIPLY, 2, NUMBER, NUMBER)                                                                               \
    X(DIVIDE, 2, NUMBER, NUMBER)                                                                                 \
    X(NOT_BELOW, 2, NUMBER, NUMBER)      /* the larger of value and floor */                                     \
    X(NOT_ABOVE, 2, NUMBER, NUMBER)      /* the smaller of value and cap */                                      \
    X(ROUND, 1, NUMBER, NUMBER)                                                                                  \
    X(OR_ELSE, 2, SAME, SAME)            /* the second where the first is missing */                             \
    X(KNOWN, 1, SAME, TRUTH)             /* whether it is not missing */                                         \
    X(AT_LEAST, 2, SAME, TRUTH)          /* 以上; of days and minutes: not before */                             \
    X(MORE_THAN, 2, SAME, TRUTH)         /* 超过 */                                                              \
    X(AT_MOST, 2, SAME, TRUTH)           /* 以下 */                                                              \
    X(LESS_THAN, 2, SAME, TRUTH)         /* 不满 */                                                              \
    X(EXACTLY, 2, SAME, TRUTH)                                                                                   \
    X(AMONG, 1, SAME, TRUTH)             /* a word or grade is one of the set `source` */                        \
    X(BOTH, 2, TRUTH, TRUTH)                                                                                     \
    X(EITHER, 2, TRUTH, TRUTH)                                                                                   \
    X(NOT, 1, TRUTH, TRUTH)                                                                                      \
    X(WHEN, 3, SAME, SAME)               /* condition (a truth), value if so, value if not */                    \
    X(TABLE, ARGS_ANY, SAME, SAME)       /* key, then one value a row of the table `source` */                   \
    X(WEIGHTED, ARGS_ANY, NUMBER, NUMBER)/* figure, weight, …; a figure without weight may be missing; `source` 1: so may \
                                          * all but one, the weights of what is known share the total */         \
    X(BANDS, 1, NUMBER, GRADE)           /* the grade of a score, by the bands of the level `source` */          \
    X(LOWER, 2, GRADE, GRADE)            /* the worse of two grades */                                           \
    X(HIGHER, 2, GRADE, GRADE)           /* the better of two grades */                                          \
    X(NEXT_GRADE, 1, GRADE, GRADE)       /* one lower; the last one stays */                                     \
    X(MONTHS, 2, DAY, NUMBER)            /* whole months from .. to, both days included; 0 when to < from */     \
    X(DAYS, 2, DAY, NUMBER)              /* days after the first up to the second, signed */                     \
    X(WORKDAYS, 2, DAY, NUMBER)          /* working days after the first up to the second; 0 when not later */   \
    X(MINUTES, 2, MINUTE, NUMBER)        /* minutes from .. to, signed */                                        \
    X(PLUS_DAYS, 2, SAME, DAY)           /* the day so many days later */                                        \
    X(PLUS_WORKDAYS, 2, SAME, DAY)       /* the so-manieth working day after it */                               \
    X(PLUS_MONTHS, 2, SAME, DAY)                                                                                 \
    X(AT, 2, SAME, MINUTE)               /* that minute of the day */                                            \
    X(GROUP, ARGS_ANY, SAME, NUMBER)     /* a group_source over others; argument 0: who belongs to the cohort */ \
    X(TIED, 1, NUMBER, NUMBER)           /* how many share the place that the GROUP_PLACE node gave */           \
    X(OF_UNIT, 1, SAME, SAME)            /* the value of the subject's unit; missing when it has none */         \
    X(EACH, ARGS_ANY, NUMBER, NUMBER)    /* the hatch `source`, a function of the rule file, per subject */      \
    X(UNKNOWN, 0, NUMBER, SAME)          /* what a statement with a mistake would have given; no plan that is handed out has it */

typedef enum node_op {
#define X(name, arity, takes, gives) OP_##name,
    PLAN_OPERATIONS(X)
#undef X
    OP_COUNT
} node_op;

typedef struct node {
    node_op op;
    value_kind kind;
    uint32_t arg_count;
    const node_id *args;
    fraction constant; /* OP_CONSTANT */
    rounding round;    /* OP_ROUND */
    uint32_t source;   /* number of the source, set, table, level …; OP_CONSTANT: number of the parameter + 1, or 0 */
    label name;        /* given by a step; empty: the formula stands for itself */
    origin at;
    unsigned stage;    /* set by plan_check: how many barriers lie before it */
} node;

typedef struct operation {
    const char *name;
    int arity; /* or ARGS_ANY */
    value_kind takes, gives;
} operation;
const operation *plan_operation(node_op op);
static inline bool op_is_source(node_op op) { return op <= OP_TAKES_PART; } /* takes nothing from other nodes */
static inline bool op_is_barrier(node_op op) { return op == OP_GROUP || op == OP_OF_UNIT; }
/* Its values come from other subjects and stand since the last barrier: nothing is evaluated below it. */
static inline bool op_is_from_others(node_op op) { return op_is_barrier(op) || op == OP_TIED; }
/* Whether the comparison OP_AT_LEAST … OP_EXACTLY holds, where fraction_compare gave `side`. */
static inline bool op_compares(node_op op, int side)
{
    switch (op) {
    case OP_AT_LEAST: return side >= 0;
    case OP_MORE_THAN: return side > 0;
    case OP_AT_MOST: return side <= 0;
    case OP_LESS_THAN: return side < 0;
    default: return side == 0;
    }
}

#endif
