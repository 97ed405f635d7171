/* plan: what a rule file means, as data. A typed, acyclic graph of nodes (each a column over the subjects), the
 * statements in the document's order, and every figure with the clause it comes from.
 *
 * A node's arguments have lower numbers than the node, but for OP_TAKES_PART, whose conditions may stand later in the
 * document; `order` lists all nodes so that arguments come first. A node with a barrier (OP_GROUP, OP_OF_UNIT) looks at other
 * subjects: it can be computed only when its arguments stand for everybody, so the nodes fall into stages with the
 * barriers between them. A plan is immutable once plan_check has passed and may be shared by threads. */
#ifndef ASSESS_PLAN_PLAN_H
#define ASSESS_PLAN_PLAN_H

#include "base/calendar.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/message.h"
#include "plan/sources.h"

enum {
    PLAN_MAX_NODES = 10000,
    PLAN_SEARCHED_NODES = 1024, /* the latest, for an equal one */
    PLAN_MAX_STATEMENTS = 10000,
    PLAN_MAX_ROLES = 32, /* a set of roles is a uint32_t */
    PLAN_MAX_GRADES = 64,
    PLAN_MAX_ITEMS = 256,
    PLAN_MAX_MEASURES = 512,
    PLAN_MAX_ATTRIBUTES = 256,
    PLAN_MAX_PARAMS = 256,
    PLAN_MAX_FILES = 64,
    PLAN_MAX_OPTIONS = 64, /* of an item; a set of options is a uint64_t */
    PLAN_MAX_LEVELS = 2,
    PLAN_MAX_WORDS = 4096,
    PLAN_MAX_STAGES = 64,
    PLAN_MAX_MARKS = 64 /* a mark of a ballot is a uint64_t */
};

/* --- declarations --- */

typedef struct plan_option {
    text id;
    label words;
    bool counted;
    decimal points; /* when counted */
    uint32_t word;  /* number in plan.words, where the item has `choices` */
} plan_option;

typedef struct plan_item {
    text id;
    label words;
    decimal maximum;      /* points from 0 to this, when there are no options */
    plan_option *options;
    size_t option_count;
    bool lenient;         /* a blank or doubly marked cell makes the ballot invalid instead of the input wrong */
    plan_set choices;     /* the counted options as words, once some figure is the one most chosen */
    uint32_t unasked;     /* set of the roles that do not judge it: their ballots have no such line */
    origin at;
} plan_item;

typedef struct plan_role {
    text id;
    label words;
    bool used;   /* some source reads its ballots */
    bool signed_; /* the raters answer by name: its figures may be shown however few they are */
    bool announced; /* how many ballots chose what is announced to everybody when they are counted */
    origin at;
} plan_role;

typedef struct plan_kind {
    text id;
    label words;
    bool used;
    origin at;
} plan_kind;

typedef struct plan_measure {
    text id;
    label words;
    bool lower_is_better;
    bool optional;  /* a subject without a row is no mistake: the figure is missing */
    bool used;
    uint32_t levels; /* that use it, as bits */
    node_id target, baseline; /* where the row gives none; NODE_NONE */
    origin at;
} plan_measure;

/* A column of people that the scheme reads. */
typedef struct plan_attribute {
    text id;           /* "category", "post", "start", "unit" and "name" are the standard columns */
    label words;
    value_kind kind;   /* KIND_NUMBER, KIND_WORD, KIND_DAY, KIND_MINUTE */
    plan_set choices;  /* KIND_WORD: numbers in plan.words; empty: any text */
    bool bounded;      /* KIND_NUMBER: from minimum to maximum */
    decimal minimum, maximum;
    bool needed;       /* an empty cell is a mistake of the input */
    bool optional;     /* the column may be absent: everybody's is empty then */
    bool used;
    uint32_t levels;   /* that use it, as bits; 0: all */
    uint32_t level;    /* at which it is declared: who must fill it in when no statement uses it */
    origin at;
} plan_attribute;

/* A word that a column may hold or a table may give. */
typedef struct plan_word {
    text id;
    label words; /* may be empty: the id stands for itself */
} plan_word;

typedef struct plan_grade {
    text id;
    uint32_t level;
    label words;
    bool has_from;
    decimal from;        /* lower edge, included; grades without bands have none */
    bool has_printed_to;
    decimal printed_to;  /* upper figure as the document prints it; above it and below the next band: a gap */
    origin at;
} plan_grade;

typedef struct plan_param {
    text name;      /* "rounding" */
    label words;
    bool is_choice;
    text *choices;
    label *choice_words; /* [choice]: what people call it; the id where nothing was said */
    size_t choice_count;
    text choice;    /* value of a choice */
    decimal value, minimum, maximum;
    text default_text;
    bool set;       /* by the user */
    bool used;
    origin at;
} plan_param;

/* A ballot, or everything that a rater handed in, that does not count: its ballots are invalid. */
typedef struct sheet_rule {
    uint32_t roles;
    bool per_rater;        /* looks at all ballots of a rater in the role together, else at each by itself */
    bool complete;         /* every item filled */
    bool not_all_same;     /* per rater: not the same total everywhere; per ballot: not the same share in every item */
    bool has_top;
    decimal top_from;      /* a total (or, with `item`, points) from here on is at the top; or … */
    uint64_t top_options;  /* … one of these options of `item`; 0: by points */
    uint32_t item;         /* ITEM_TOTAL */
    decimal top_share;     /* at most this share of them at the top, rounded down; or … */
    uint32_t top_count;    /* … at most so many, when the share is 0 */
    label words;
    origin at;
} sheet_rule;

typedef enum statement_kind {
    STATEMENT_STEP,     /* a named figure of the derivation */
    STATEMENT_SCORE,
    STATEMENT_EXCLUDE,  /* not to be assessed */
    STATEMENT_REFUSE,   /* for whom it holds, the input is wrong */
    STATEMENT_GRADES,   /* the grades, and the grade by the bands or by `grade_by` */
    STATEMENT_VETO,     /* bars grades: at most the grade `limit` */
    STATEMENT_CEILING,  /* at most the grade `limit` */
    STATEMENT_FLOOR,    /* at least the grade `limit` */
    STATEMENT_FORCE,    /* exactly the grade `limit` */
    STATEMENT_NO_GRADE, /* takes part, and gets no grade */
    STATEMENT_QUOTA,    /* at most, or at least, so many of a grade */
    STATEMENT_RANK,
    STATEMENT_LIST,     /* puts those for whom it holds on a list: consequences, honours, decisions */
    STATEMENT_COUNT
} statement_kind;

typedef struct statement {
    statement_kind kind;
    uint32_t level;
    node_id node;       /* its figure or condition; STATEMENT_GRADES: the grade it gives, NODE_NONE: grades without bands */
    node_id before;     /* STATEMENT_SCORE: the value before floor, cap and rounding; those that change the grade: the grade before */
    node_id after;      /* those that change the grade: the grade after */
    label words;
    bool remark;        /* STATEMENT_STEP: stands among the reasons when it is not 0 */
    bool unknown_keeps; /* STATEMENT_EXCLUDE: a missing figure does not exclude (otherwise: incomplete) */
    uint32_t limit;     /* VETO … FORCE: number of the grade */
    uint32_t about;     /* STATEMENT_QUOTA: number in plan.quotas; STATEMENT_LIST: in plan.lists */
    origin at;
} statement;

const char *statement_kind_id(statement_kind kind); /* "step", "no_grade" */
text plan_statement_word(statement_kind kind, assess_language language); /* "计算", "不定等次" */
/* From STATEMENT_VETO to STATEMENT_QUOTA. */
static inline bool statement_changes_grade(statement_kind k) { return k >= STATEMENT_VETO && k <= STATEMENT_QUOTA; }

typedef enum quota_tie { TIE_ALL_IN, TIE_ALL_OUT, TIE_LIST } quota_tie;

/* A quota is made of nodes, so that its list and its line can be explained: base × rate = exact, allowed = exact rounded; those
 * who have the grade stand in their places; who is behind the line is over. A lower limit turns it round: those who have a
 * better grade stand in their places from the low end, and the first of them, as many as are lacking, are over. */
typedef struct plan_quota {
    uint32_t grade, last_grade; /* the grades that it counts, best first; mostly one */
    bool at_least;       /* a lower limit: who would have to follow is listed, nobody is moved */
    bool overflow_lists; /* who is over keeps the grade and is listed for decision; else: gets the grade below last_grade */
    quota_tie tie;
    uint32_t group;      /* the group_source of the places: its key is the quota's group */
    node_id base, rate, exact, allowed, eligible, place, tied, over;
    node_id at_line;     /* NODE_NONE unless TIE_LIST */
    node_id have;        /* at_least: how many have the grade or a worse one; else NODE_NONE */
    /* as the rule file says it, for print; NODE_NONE, or a unit of 0: it does not */
    node_id counted, among, least, minimum_base;
    rounding round;
    group_key pool;      /* with minimum_base */
    uint32_t pool_attribute;
} plan_quota;

typedef enum list_purpose { LIST_FOLLOW_UP, LIST_DECISION, LIST_HONOUR, LIST_NO_HONOUR } list_purpose;

typedef struct plan_list {
    text id;
    list_purpose purpose;
} plan_list;

/* What the rows of a level are: matters are days, cases, incidents … that nobody writes a letter to. */
typedef enum plan_being { BEING_PERSON, BEING_UNIT, BEING_MATTER } plan_being;

/* Subjects of one kind, with their own score, grades and ranking: people, or the units they belong to. */
typedef struct plan_level {
    text id;             /* "people", "units" */
    label words;         /* "人员" */
    plan_being being;
    text category;       /* rows of people of this category belong here; "": all the others */
    size_t score;        /* number of the score statement, SIZE_MAX: none */
    size_t rank;         /* of the rank statement, SIZE_MAX: not ranked */
    size_t grades;       /* of the grades statement, SIZE_MAX: no grades */
    uint32_t first_grade, grade_count; /* in plan.grades, best first */
    node_id grade;       /* after all statements; NODE_NONE */
    node_id takes_part;  /* NODE_NONE until asked for */
} plan_level;

/* A function of the rule file, run per subject by the folder that knows Lua. */
typedef struct plan_hatch {
    void *state;
    /* An own copy of the machine for one thread, NULL: no memory. */
    void *(*open)(void *state);
    void (*close)(void *worker);
    /* One call of function `number`. ASSESS_OK with *missing set: it gave nothing. */
    assess_status (*call)(void *worker, uint32_t number, const fraction *inputs, size_t count, fraction *out, bool *missing,
                          assess_error *err);
    void (*release)(void *state);
} plan_hatch;

/* What is in force for a period in which another version begins. */
typedef enum plan_astride { ASTRIDE_END, ASTRIDE_START, ASTRIDE_REFUSE } plan_astride; /* of its last or its first day; no result */

/* Something that is dated: what the plan holds is one of several versions. */
typedef struct plan_version {
    plan_astride astride;
    text within;  /* the first day of another one that the period contains; "": none */
    text all;     /* the first days of all of them, from early to late: "2024-01-01, 2025-07-01" */
    text taken;   /* of the one that the plan holds */
    origin at;
} plan_version;

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
    date effective, until; /* DATE_NONE: not said */
    plan_astride astride;  /* of the whole scheme */
    label title, source;
    bool of_units;        /* the subjects of level 0 are units, not people */
    date_span period;
    text period_text;

    node *nodes;              size_t node_count, node_capacity;
    statement *statements;    size_t statement_count, statement_capacity;
    ballot_source *ballots;   size_t ballot_count, ballot_capacity;
    plan_trim *trims;         size_t trim_count, trim_capacity;
    sheet_rule *sheet_rules;  size_t sheet_rule_count, sheet_rule_capacity;
    event_source *events;     size_t event_count, event_capacity;
    measure_source *measured; size_t measured_count, measured_capacity;
    past_source *past;        size_t past_count, past_capacity;
    group_source *groups;     size_t group_count, group_capacity;
    plan_set *sets;           size_t set_count, set_capacity;
    plan_table *tables;       size_t table_count, table_capacity;
    plan_quota *quotas;       size_t quota_count, quota_capacity;
    plan_list *lists;         size_t list_count, list_capacity;
    plan_measure *measures;   size_t measure_count, measure_capacity;
    plan_attribute *attributes; size_t attribute_count, attribute_capacity;
    plan_word *words;         size_t word_count, word_capacity;
    plan_item *items;         size_t item_count, item_capacity;
    plan_role *roles;         size_t role_count, role_capacity;
    plan_kind *kinds;         size_t kind_count, kind_capacity;
    plan_grade *grades;       size_t grade_count, grade_capacity; /* best first */
    plan_param *params;       size_t param_count, param_capacity;
    plan_version *versions;   size_t version_count, version_capacity;
    plan_clause *clauses;     size_t clause_count, clause_capacity; /* [0] is "none" */
    plan_file *files;         size_t file_count, file_capacity;

    plan_level levels[PLAN_MAX_LEVELS];
    size_t level_count;
    plan_hatch hatch;
    size_t hatch_count;
    decimal total;   /* of all items' maxima */
    calendar *calendar;     /* NULL unless working days are counted */
    uint16_t calendar_file; /* number in plan.files */

    /* set by plan_check */
    node_id *order;  /* [node_count]: arguments come first */
    unsigned stage_count;
} plan;

plan *plan_new(void);
void plan_free(plan *p);

/* Adds a node, with a copy of its arguments; equal nodes without a name are shared. The kinds of the arguments have been
 * checked by the caller (plan_operation tells them). NODE_NONE: no memory or more than PLAN_MAX_NODES. */
node_id plan_add(plan *p, node n);
/* The truth that a subject of the level takes part; made at the first call. */
node_id plan_takes_part(plan *p, uint32_t level, origin at);

/* Growing one of the arrays above: a zeroed new element, or NULL: no memory. */
void *plan_grow(void **items, size_t *count, size_t *capacity, size_t item_size);
#define PLAN_APPEND(p, list, counter, cap) \
    plan_grow((void **)&(p)->list, &(p)->counter, &(p)->cap, sizeof *(p)->list)

/* Number of the item/role/kind/grade/param of that id, or SIZE_MAX. */
size_t plan_find_item(const plan *p, text id);
size_t plan_find_role(const plan *p, text id);
/* Whether a ballot of the role has this item. */
static inline bool plan_asks(const plan *p, uint32_t role, uint32_t item) { return !(p->items[item].unasked >> role & 1); }
/* The same of any of the roles; those of one total have the same items. */
static inline bool plan_asks_any(const plan *p, uint32_t roles, uint32_t item) { return (roles & ~p->items[item].unasked) != 0; }
/* Whether the scheme looks at this item on ballots of the role. */
bool plan_rates(const plan *p, uint32_t role, uint32_t item);
size_t plan_find_kind(const plan *p, text id);
size_t plan_find_param(const plan *p, text name);
size_t plan_find_measure(const plan *p, text id);
size_t plan_find_attribute(const plan *p, text id);
/* Number of the word of that id in plan.words, added when new; UINT32_MAX: no memory or too many. */
uint32_t plan_word_number(plan *p, text id);

bool plan_in_set(const uint32_t *members, size_t count, int128 value);
/* Number of the row that the key falls into, or row_count. */
size_t plan_table_row(const plan_table *t, fraction key);

/* marks.c: what a run decides of a ballot from who gave it, a bit each: first for every rule on sheets, set where it refuses the
 * ballot; then for every distinct filter by rater, set where the rater passes. */
/* The filters, each by the first source that has it: how many, and one more than fit where there are too many.
 * first[PLAN_MAX_MARKS + 1]. */
size_t plan_filters(const plan *p, uint32_t *first);
bool plan_same_filter(const plan *p, uint32_t a, uint32_t b); /* of two sources */
/* Whether marks need to know the raters: no others can be had again from ballots alone. */
bool plan_marks_raters(const plan *p);

/* The rounding of a level's score; the level must have one. */
rounding plan_score_rounding(const plan *p, uint32_t level);

/* A choice for people: "否（no）"; the id alone where it is all there is. */
void plan_print_choice(const plan_param *q, text choice, assess_language language, buffer *out);
text plan_param_value(const plan_param *q, char digits[64]); /* as --set gives it; a choice, or the figure in `digits` */

text plan_clause_number(const plan *p, origin at); /* "" when none is in force */

/* A place, or how many: it tells nothing of the figures that it was found by. A draw and an allotment go by their figures. */
bool plan_is_ordinal(const plan *p, const node *n);

/* Of every node: the set of roles whose ballots' means its figure is made of, as bits; a condition gives no figure away.
 * A place or a count does not either. roles[node_count]. */
void plan_roles_below(const plan *p, uint32_t *roles);

/* What no single statement can see: a score with a rounding, bands from high to low without hole, parameters and
 * inputs in use, vetoes that name a grade, no ballots' mean in a remark, the period covered. Each mistake is told to `say`, with
 * texts that last no longer than the call, and line 0 where it is about the whole of a scheme; the status and `err` are of the machine alone. */
typedef void (*plan_complaint)(void *user, message m, origin at);
assess_status plan_check(plan *p, plan_complaint say, void *user, assess_error *err);
/* The part of it that a run needs: fills `order`, the stages, and the conditions of OP_TAKES_PART. */
assess_status plan_order(plan *p, assess_error *err);

/* SHA-256 over all rule files, names and lengths included: the identity of the rules. */
bool plan_digest(const plan *p, digest *out);

/* print.c, describe.c: in the words of the rule file. */
void plan_print_node(const plan *p, node_id id, assess_language language, buffer *out); /* its name, or its formula */
void plan_print_formula(const plan *p, node_id id, assess_language language, buffer *out);
/* The formula with the value of every named figure and source in its place, as `figure` prints it. */
typedef void (*plan_figure)(void *user, node_id id, buffer *out);
/* Which argument of a table or a choice was taken, 0: unknown, all are printed. */
typedef uint32_t (*plan_choice)(void *user, node_id id);
void plan_print_figures(const plan *p, node_id id, assess_language language, plan_figure figure, plan_choice choice, void *user, buffer *out);
void plan_print_rounding(rounding r, assess_language language, buffer *out);
/* One statement: what it is, its words, its formula and what it does to the grade. */
void plan_print_statement(const plan *p, const statement *s, assess_language language, buffer *out);
/* quota.c: how many, of whom, in which order, and what becomes of ties and of those beyond it. */
void plan_print_quota(const plan *p, const plan_quota *q, assess_language language, buffer *out);
void plan_describe(const plan *p, assess_language language, buffer *out); /* the whole scheme, `rules show` */

#endif
