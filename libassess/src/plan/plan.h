/* plan: what a rule file means, as data. A typed, acyclic graph of nodes (each a column over the subjects), the
 * statements in the document's order, and every figure with the clause it comes from.
 *
 * A node's arguments always have lower numbers than the node: evaluating in order of number needs no search and a
 * cycle cannot be written down. A plan is immutable once plan_check has passed and may be shared by threads. */
#ifndef ASSESS_PLAN_PLAN_H
#define ASSESS_PLAN_PLAN_H

#include "assess/error.h"
#include "base/date.h"
#include "base/exact.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/message.h"
#include "base/text.h"

typedef uint32_t node_id;
#define NODE_NONE UINT32_MAX

enum {
    PLAN_MAX_NODES = 10000,
    PLAN_SEARCHED_NODES = 1024, /* the latest, for an equal one */
    PLAN_MAX_STATEMENTS = 10000,
    PLAN_MAX_ROLES = 32, /* a set of roles is a uint32_t */
    PLAN_MAX_GRADES = 64,
    PLAN_MAX_ITEMS = 256,
    PLAN_MAX_KINDS = 512,
    PLAN_MAX_PARAMS = 256,
    PLAN_MAX_FILES = 64
};

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

typedef enum value_kind { KIND_NUMBER, KIND_TRUTH } value_kind;

/* Every operation of the graph: name, number of arguments, kind of the arguments, kind of the result. */
#define PLAN_OPERATIONS(X)                                                                                   \
    X(CONSTANT, 0, NUMBER, NUMBER)     /* a figure of the rule file or a parameter */                        \
    X(BALLOTS, 0, NUMBER, NUMBER)      /* a ballot_source reduced to one number */                           \
    X(EVENTS, 0, NUMBER, NUMBER)       /* an event_source reduced to one number */                           \
    X(MONTHS_IN_POST, 0, NUMBER, NUMBER) /* whole months from `start` to the period's last day, included */  \
    X(ADD, 2, NUMBER, NUMBER)                                                                                \
    X(SUBTRACT, 2, NUMBER, NUMBER)                                                                           \
    X(MULTIPLY, 2, NUMBER, NUMBER)                                                                           \
    X(DIVIDE, 2, NUMBER, NUMBER)                                                                             \
    X(NOT_BELOW, 2, NUMBER, NUMBER)    /* the larger of value and floor */                                   \
    X(NOT_ABOVE, 2, NUMBER, NUMBER)    /* the smaller of value and cap */                                    \
    X(ROUND, 1, NUMBER, NUMBER)                                                                              \
    X(OR_ELSE, 2, NUMBER, NUMBER)      /* the second where the first is missing */                           \
    X(AT_LEAST, 2, NUMBER, TRUTH)      /* 以上 */                                                            \
    X(MORE_THAN, 2, NUMBER, TRUTH)     /* 超过 */                                                            \
    X(AT_MOST, 2, NUMBER, TRUTH)       /* 以下 */                                                            \
    X(LESS_THAN, 2, NUMBER, TRUTH)     /* 不满 */                                                            \
    X(EXACTLY, 2, NUMBER, TRUTH)                                                                             \
    X(BOTH, 2, TRUTH, TRUTH)                                                                                 \
    X(EITHER, 2, TRUTH, TRUTH)                                                                               \
    X(NOT, 1, TRUTH, TRUTH)                                                                                  \
    X(WHEN, 3, NUMBER, NUMBER)         /* condition (a truth), value if so, value if not */

typedef enum node_op {
#define X(name, arity, takes, gives) OP_##name,
    PLAN_OPERATIONS(X)
#undef X
    OP_COUNT
} node_op;

typedef struct node {
    node_op op;
    value_kind kind;
    node_id args[3];
    fraction constant; /* OP_CONSTANT */
    rounding round;    /* OP_ROUND */
    uint32_t source;   /* OP_BALLOTS, OP_EVENTS: number of the source; OP_CONSTANT: number of the parameter + 1, or 0 */
    label name;        /* given by a step; empty: the formula stands for itself */
    origin at;
} node;

/* Ballots of one role, each reduced to a number (its total, or the points of one item), then over the ballots. */
typedef enum ballot_reducer {
    BALLOT_MEAN,       /* of the counted ballots; missing when there is none */
    BALLOT_COUNT,      /* ballots counted */
    BALLOT_NOT_COUNTED,/* valid ballots whose option is not counted (不了解) */
    BALLOT_INVALID     /* blank or doubly marked ballots */
} ballot_reducer;

#define ITEM_TOTAL UINT32_MAX

typedef struct ballot_source {
    uint32_t role;
    uint32_t item; /* ITEM_TOTAL: the sum of all items */
    ballot_reducer reducer;
} ballot_source;

typedef enum event_part { PART_SUBJECT, PART_LIABLE } event_part;
typedef enum event_reducer {
    EVENT_COUNT,
    EVENT_POINTS, /* sum of `points` */
    EVENT_AMOUNT, /* sum of `amount` */
    EVENT_MONTHS  /* united spans cut to the period: months + days / 30 */
} event_reducer;

typedef struct event_source {
    uint64_t kinds[PLAN_MAX_KINDS / 64]; /* set of kind numbers */
    event_part part;
    event_reducer reducer;
} event_source;

typedef struct plan_option {
    text id;
    label words;
    bool counted;
    decimal points; /* when counted */
} plan_option;

typedef struct plan_item {
    text id;
    label words;
    decimal maximum;      /* points from 0 to this, when there are no options */
    plan_option *options;
    size_t option_count;
    bool lenient;         /* a blank or doubly marked cell makes the ballot invalid instead of the input wrong */
    origin at;
} plan_item;

typedef struct plan_role {
    text id;
    label words;
    bool used;   /* some source reads its ballots */
    bool signed_; /* the raters answer by name: its figures may be shown however few they are */
    origin at;
} plan_role;

typedef struct plan_kind {
    text id;
    label words;
    bool used;
    origin at;
} plan_kind;

typedef struct plan_grade {
    text id;
    label words;
    decimal from;        /* lower edge, included */
    bool has_printed_to;
    decimal printed_to;  /* upper figure as the document prints it; above it and below the next band: a gap */
    origin at;
} plan_grade;

typedef struct plan_param {
    text name;      /* "rounding" */
    label words;
    bool is_choice;
    text *choices;
    size_t choice_count;
    text choice;    /* value of a choice */
    decimal value, minimum, maximum;
    text default_text;
    bool set;       /* by the user */
    bool used;
    origin at;
} plan_param;

typedef enum statement_kind {
    STATEMENT_STEP,    /* a named figure of the derivation */
    STATEMENT_SCORE,
    STATEMENT_EXCLUDE, /* not to be assessed */
    STATEMENT_VETO,    /* bars grades */
    STATEMENT_GRADES,
    STATEMENT_RANK
} statement_kind;

typedef struct statement {
    statement_kind kind;
    node_id node;       /* its figure or condition; NODE_NONE for grades and rank */
    node_id before;     /* STATEMENT_SCORE: the value before floor, cap and rounding */
    label words;
    bool remark;        /* STATEMENT_STEP: stands among the reasons when it is not 0 */
    bool unknown_keeps; /* STATEMENT_EXCLUDE: a missing figure does not exclude (otherwise: incomplete) */
    uint32_t best;      /* STATEMENT_VETO: number of the best grade still open */
    text best_id;       /* as written, resolved by plan_check */
    origin at;
} statement;

typedef struct plan_clause {
    text number; /* "四(二)3" */
    uint16_t file;
    uint32_t line;
} plan_clause;

typedef struct plan_file {
    text name; /* "bureau.lua" */
    text bytes;
    digest sha256;
    label title;
    bool declared; /* has said what it is: scheme { … } */
} plan_file;

typedef struct plan {
    arena memory;
    text id, effective_text;
    date effective;
    label title, source;
    bool of_units;        /* the subjects are units, not people */
    date_span period;
    text period_text;

    node *nodes;              size_t node_count, node_capacity;
    statement *statements;    size_t statement_count, statement_capacity;
    ballot_source *ballots;   size_t ballot_count, ballot_capacity;
    event_source *events;     size_t event_count, event_capacity;
    plan_item *items;         size_t item_count, item_capacity;
    plan_role *roles;         size_t role_count, role_capacity;
    plan_kind *kinds;         size_t kind_count, kind_capacity;
    plan_grade *grades;       size_t grade_count, grade_capacity; /* best first */
    plan_param *params;       size_t param_count, param_capacity;
    plan_clause *clauses;     size_t clause_count, clause_capacity; /* [0] is "none" */
    plan_file *files;         size_t file_count, file_capacity;

    size_t score;    /* number of the score statement, SIZE_MAX: none */
    size_t rank;     /* of the rank statement, SIZE_MAX: not ranked */
    decimal total;   /* of all items' maxima */
} plan;

plan *plan_new(void);
void plan_free(plan *p);

/* Adds a node; equal nodes without a name are shared. The kinds of the arguments have been checked by the caller
 * (plan_operation tells them). NODE_NONE: no memory or more than PLAN_MAX_NODES. */
node_id plan_add(plan *p, node n);
node_id plan_constant(plan *p, fraction value, uint32_t param_plus_one, origin at);

typedef struct operation {
    const char *name;
    int arity;
    value_kind takes, gives;
} operation;
const operation *plan_operation(node_op op);

/* Growing one of the arrays above: a zeroed new element, or NULL: no memory. */
void *plan_grow(void **items, size_t *count, size_t *capacity, size_t item_size);
#define PLAN_APPEND(p, list, counter, cap) \
    plan_grow((void **)&(p)->list, &(p)->counter, &(p)->cap, sizeof *(p)->list)

/* Number of the item/role/kind/grade/param of that id, or SIZE_MAX. */
size_t plan_find_item(const plan *p, text id);
size_t plan_find_role(const plan *p, text id);
size_t plan_find_kind(const plan *p, text id);
size_t plan_find_grade(const plan *p, text id);
size_t plan_find_param(const plan *p, text name);

text plan_clause_number(const plan *p, origin at); /* "" when none is in force */

/* Of every node: the set of roles whose ballots' means its figure is made of, as bits; a condition gives no figure away.
 * roles[node_count]. */
void plan_roles_below(const plan *p, uint32_t *roles);

/* What no single statement can see: a score with a rounding, bands from high to low without hole, parameters and
 * inputs in use, vetoes that name a grade, no ballots' mean in a remark, the period covered. First error wins. */
assess_status plan_check(plan *p, assess_error *err);

/* SHA-256 over all rule files, names and lengths included: the identity of the rules. */
bool plan_digest(const plan *p, digest *out);

/* print.c: in the words of the rule file. */
void plan_print_node(const plan *p, node_id id, assess_language language, buffer *out); /* its name, or its formula */
void plan_print_formula(const plan *p, node_id id, assess_language language, buffer *out);
/* The formula with the value of every named figure and source in its place, as `figure` prints it. */
typedef void (*plan_figure)(void *user, node_id id, buffer *out);
void plan_print_figures(const plan *p, node_id id, assess_language language, plan_figure figure, void *user, buffer *out);
void plan_print_rounding(rounding r, assess_language language, buffer *out);
void plan_describe(const plan *p, assess_language language, buffer *out); /* the whole scheme, `rules show` */

#endif
