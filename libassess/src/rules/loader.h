/* loader.h: what the parts of the rule language share while one rule file is turned into a plan. */
#ifndef ASSESS_RULES_LOADER_H
#define ASSESS_RULES_LOADER_H

#include <lauxlib.h>
#include <lua.h>

#include "rules/rules.h"

enum {
    RULES_MEMORY_LIVE = 16 * 1024 * 1024,
    RULES_MEMORY_TOTAL = 256 * 1024 * 1024,
    RULES_TEXT_LENGTH = 4096, /* of one text; bounds what a single instruction can compare, hash or copy */
    RULES_STEPS = 5 * 1000 * 1000, /* Lua instructions and units charged by the words */
    RULES_HOOK_STEP = 1000,
    RULES_USE_DEPTH = 8
};

typedef struct word {
    const char *name;
    lua_CFunction run;
} word;

typedef struct loader {
    const word *const *words; /* what the file may say: lists that end in a NULL name, the last one followed by NULL */
    plan *plan;
    const rules_request *request;
    assess_error *err;       /* never NULL here */
    assess_status status;    /* set together with err */
    lua_State *L;
    size_t memory_live, memory_total;
    long steps_left;
    enum { REFUSED_NOTHING, REFUSED_LIVE, REFUSED_TOTAL, REFUSED_TEXT, REFUSED_BY_MACHINE } refused; /* the last block */
    uint32_t refused_line;
    bool parsing;            /* a file: no line of it runs yet */
    bool calling;            /* a function of `each`: nothing can be described any more */
    long step_budget;        /* what steps_left began with, for the message */
    bool *setting_used;      /* [setting_count] */
    uint16_t file;           /* whose statements run now */
    uint16_t clause;
    uint32_t level;          /* whose statements run now */
    unsigned depth;          /* of `use` */
    struct waiting_set *waiting, *last_waiting; /* grades named before they are declared: among.c */
    void *user;              /* of the words: cases.c */
} loader;

static inline loader *loader_of(lua_State *L) { return *(loader **)lua_getextraspace(L); }

/* --- sandbox.c --- */
lua_State *sandbox_open(loader *l);
void sandbox_charge(lua_State *L, size_t units);
/* Ends the load with this message at the line of the rule file that called the word. Does not return. */
int refuse(lua_State *L, message m);
int refuse_status(lua_State *L, assess_status status, message m);
int refuse_line(lua_State *L, uint32_t line, message m); /* of the current file, when nothing of it runs */
assess_status note_error(loader *l, assess_status status, message m, origin at); /* and returns the status */
origin here(lua_State *L); /* file, clause and line of the calling rule statement */
int no_memory(lua_State *L);

/* --- lint.c: the text before Lua sees it --- */
assess_status lint_source(text bytes, const char *file, assess_error *err);

/* --- syntax.c --- */
message lua_sentence(text said); /* what Lua said of a file, without the place, as a sentence; its texts are those of `said` */

/* --- symbols.c: what a rule file holds in its hands --- */
/* The first six are nodes, in the order of value_kind. */
typedef enum symbol_kind {
    SYMBOL_NUMBER,
    SYMBOL_TRUTH,
    SYMBOL_WORD,
    SYMBOL_GRADE,
    SYMBOL_DAY,
    SYMBOL_MINUTE,
    SYMBOL_BALLOTS,  /* ballots of some roles */
    SYMBOL_POINTS,   /* one number per ballot */
    SYMBOL_EVENTS,   /* events of some kinds */
    SYMBOL_FIGURES,  /* one number per event */
    SYMBOL_ROUNDING,
    SYMBOL_CHOICE,   /* a parameter with choices */
    SYMBOL_ACROSS,   /* a figure of a cohort */
    SYMBOL_MEASURE,
    SYMBOL_PAST,       /* an earlier period */
    SYMBOL_PAST_YEARS, /* several earlier years */
    SYMBOL_KIND_COUNT
} symbol_kind;

typedef struct symbol {
    symbol_kind kind;
    node_id node;
    ballot_source ballots;
    event_source events;
    group_source group;
    uint32_t measure;
    past_source past;
    node_id cohort;
    rounding round;
    size_t param;
} symbol;

/* What can be said behind a symbol of these kinds: a set of bits. */
typedef struct method {
    const char *name;
    unsigned kinds;
    lua_CFunction run;
} method;
#define IS(kind) (1u << SYMBOL_##kind)
#define IS_ORDERED (IS(NUMBER) | IS(TRUTH) | IS(DAY) | IS(MINUTE))
#define IS_TIME (IS(DAY) | IS(MINUTE))
#define IS_VALUE (IS(NUMBER) | IS(TRUTH) | IS(WORD) | IS(GRADE) | IS(DAY) | IS(MINUTE))

void symbols_install(lua_State *L);
symbol *symbol_push(lua_State *L, symbol_kind kind);
symbol *symbol_at(lua_State *L, int index);                          /* NULL: not a symbol */
symbol *symbol_need(lua_State *L, int index, symbol_kind kind, const char *what);
node_id add_node(lua_State *L, node n);                              /* checks memory and size */
void refuse_in_call(lua_State *L);                                   /* inside a function of `each` */
/* An operation on nodes; where its kind is that of its arguments, that of the last one. */
node_id add_op(lua_State *L, node_op op, const node_id *args, uint32_t count);
node_id add_op1(lua_State *L, node_op op, node_id a);
node_id add_op2(lua_State *L, node_op op, node_id a, node_id b);
node_id add_source(lua_State *L, node_op op, uint32_t source, value_kind kind);
node_id add_figure(lua_State *L, int64_t value);                     /* a constant whole number */
void push_symbol_of(lua_State *L, node_id id);
value_kind node_kind(lua_State *L, node_id id);
node_id need_number(lua_State *L, int index, const char *what);      /* a symbol or a plain figure */
uint32_t need_word_of(lua_State *L, node_id of, text id); /* number of a word that the node may be */
node_id need_truth(lua_State *L, int index, const char *what);
node_id need_value(lua_State *L, int index, const char *what);       /* a node of any kind, or a plain figure */
const char *symbol_words(symbol_kind kind);                          /* "ballots"; in Chinese messages in Chinese */
int refuse_kind(lua_State *L, text name, unsigned kinds, text found); /* `name` expected one of these kinds; does not return */
message in_both_languages(message m);                                /* the words of kinds among its arguments, for refuse */
const char *kind_of_value(lua_State *L, int index);                  /* what was found, for messages */

/* --- values.c: figures, texts and tables of a rule file --- */
bool number_as_decimal(lua_State *L, int index, decimal *out); /* false: not a decimal of at most 15 digits */
decimal need_decimal(lua_State *L, int index, const char *what);     /* a Lua number or a decimal as text */
text need_text(lua_State *L, int index, const char *what);           /* copied into the plan */
void need_table(lua_State *L, int index, const char *what);
/* Field of the table at `index`; false: absent. */
bool field_text(lua_State *L, int index, const char *name, text *out);
bool field_decimal(lua_State *L, int index, const char *name, decimal *out);
bool field_truth(lua_State *L, int index, const char *name, bool fallback);
node_id field_number(lua_State *L, int index, const char *name);    /* NODE_NONE: absent */
node_id field_condition(lua_State *L, int index, const char *name); /* NODE_NONE: absent */
text require_text(lua_State *L, int index, const char *name, const char *word);
label require_label(lua_State *L, int index, const char *word);      /* fields zh and en */
label require_label_field(lua_State *L, int index, const char *name, const char *word); /* name = { zh = …, en = … } */
/* Refuses keys that are neither in `known` (separated by blanks) nor one of 1, 2 … places. */
#define ANY_PLACES SIZE_MAX
void check_fields(lua_State *L, int index, const char *word, const char *known, size_t places);
bool field_given(lua_State *L, int index, const char *name);
/* A whole number from `least` to `most`. */
int32_t need_whole(lua_State *L, int index, const char *what, int32_t least, int32_t most);
/* The table's first element as an id. */
text table_id(lua_State *L, int index, const char *word);

/* The nearest of the ids that stand first in the elements of a list of the plan; empty: none is near. */
text nearest_word(text id, const void *words, size_t stride, size_t count);
/* None of them has that id: says so, with the nearest where one is near. Does not return. */
int refuse_unknown(lua_State *L, message_id plain, message_id with_near, text id, const void *words, size_t stride, size_t count);

/* --- the words, by file --- */
extern const word declaration_words[], ballot_words[], event_words[], cohort_words[], statement_words[], quota_words[], select_words[];
extern const word input_words[], past_words[], level_words[], decision_words[], figure_words[], date_words[], limit_words[], hatch_words[];
extern const method ballot_methods[], event_methods[], cohort_methods[];
extern const method filter_methods[], among_methods[], measure_methods[], past_methods[], figure_methods[], date_methods[];

/* --- ballots.c --- */
uint32_t read_roles(lua_State *L, int index, const char *what); /* the set of the roles in the list at `index` */
uint32_t find_item(lua_State *L, text id);
uint64_t find_option(lua_State *L, uint32_t item, text id);     /* as a set of one */
void refuse_total_of_options(lua_State *L);                     /* a total is of points alone */
bool field_whole(lua_State *L, int index, const char *name, uint32_t least, uint32_t *out); /* a whole number; false: absent */
bool field_part(lua_State *L, int index, const char *name, decimal *out); /* between 0 and 1, both not included; false: absent */
/* sheets.c */
int word_sheets(lua_State *L);

/* --- statements.c --- */
statement *add_statement(lua_State *L, statement s); /* of the current level, here */
plan_level *current_level(lua_State *L);
/* The figure under a name of its own: a copy of the node, so that the name belongs to this place alone. */
node_id named(lua_State *L, node_id id, label words);
symbol *first_symbol(lua_State *L, symbol_kind kind, const char *word_name); /* of the table at 1; stays on the stack */
uint32_t need_grade(lua_State *L, text id);                                  /* the number of a grade of the level that runs now */
node_id grade_constant(lua_State *L, uint32_t grade);
node_id grade_before(lua_State *L); /* the grade as it stands before this statement */
void change_grade(lua_State *L, statement s); /* adds it; its `after` is the grade from here on */
/* The statement gives this grade where its condition holds, else leaves it; where the condition is missing, it does not hold. */
void change_grade_where(lua_State *L, statement s, node_id grade);
/* A statement that limits the grade. */
void limit_grade(lua_State *L, statement_kind kind, node_id condition, uint32_t grade, label words);

/* --- figures.c --- */
/* The word's list at 1, of two elements or more, folded from the left by the operation. */
int fold_list(lua_State *L, node_op op, node_id (*need)(lua_State *, int, const char *), message_id too_few, const char *word_name);

/* --- levels.c --- */
uint32_t need_level(lua_State *L, text id);

/* --- among.c --- */
/* The number of a grade of that level. */
uint32_t need_grade_of(lua_State *L, uint32_t level, text id);
uint32_t word_number(lua_State *L, text id); /* of a word of the tables, new or known */
uint32_t level_of_grade(const plan *p, node_id id); /* of a node that gives a grade */
uint32_t add_set(lua_State *L, const uint32_t *members, size_t count); /* sorted and shared */
/* The grades of the level that the table at `index` names: { "excellent", "competent" }. */
uint32_t read_grade_set(lua_State *L, int index, const char *word, uint32_t level);
/* The grades that were named before they were declared; the file has been read. */
assess_status settle_grade_sets(loader *l);

/* --- inputs.c --- */
void note_used_attribute(lua_State *L, uint32_t attribute);

/* --- groups.c --- */
void read_within(lua_State *L, int index, const char *word_name, group_key *key, uint32_t *attribute);
void read_group_key(lua_State *L, text id, group_key *key, uint32_t *attribute); /* "batch", "unit", or an attribute */
node_id read_cohort(lua_State *L, int index);
node_id take_part(lua_State *L, uint32_t level); /* the condition that a subject of the level takes part */
enum { CHAIN_MOST = 16 };
/* What people are put in order by: the first figure, where it ties the next one, and so on. */
typedef struct chain {
    node_id keys[CHAIN_MOST];
    uint32_t count, low_first; /* as in a group_source */
} chain;
chain read_chain(lua_State *L, int index, const char *field, const char *word_name); /* without the field: the score */
/* The place in the chain's order, high (or low) first, among the cohort. A place with a name is a figure of its own. */
node_id add_places(lua_State *L, group_key key, uint32_t attribute, node_id cohort, const chain *by, bool from_low, label name);
uint32_t add_group(lua_State *L, group_source wanted); /* zeroed before it was filled: compared as bytes */
node_id add_group_node(lua_State *L, group_source wanted, const node_id *args, uint32_t count);
node_id last_of_tie(lua_State *L, node_id place); /* the last place that those who share it take up */
int word_ipairs(lua_State *L);

/* --- tables.c --- */
/* The keys of the table, all texts, in the order of their bytes: Lua's own order is another one in every run. */
text *sorted_keys(lua_State *L, int index, const char *word_name, size_t *count);

/* --- matrix.c --- */
int word_matrix(lua_State *L);

/* --- weights.c --- */
int word_weighted(lua_State *L);

/* --- dates.c --- */
void need_calendar(lua_State *L); /* working days are counted: the plan has its calendar from here on */

/* --- rules.c --- */
plan_file *add_file(lua_State *L, text file_name); /* a new file of the plan, from here on the current one */
void run_file(lua_State *L, text file_name, text bytes); /* as the current file; raises on failure */
assess_status run_sandboxed(loader *l);                  /* the request's file, in a state of its own */
assess_status start_sandboxed(loader *l);                /* the same; the state stays open in l->L unless it failed */
void loader_start(loader *l, const rules_request *request, assess_error *err); /* of a rule file, with a new plan */
assess_status judge(lua_State *L, loader *l, int outcome); /* the verdict on a protected call */

/* --- hatch.c --- */
bool hatch_install(loader *l);     /* lets the plan's functions be called; false: no memory */
void hatch_settle(lua_State *L);   /* the file has been run: what its functions can reach is no table */
void hatch_prepare(lua_State *L);  /* exact figures in the state */

#endif
