/* printer.h: what the parts of a plan's words share: print.c the formulas, sources.c where figures come from. */
#ifndef ASSESS_PLAN_PRINTER_H
#define ASSESS_PLAN_PRINTER_H

#include "base/figure.h"
#include "plan/plan.h"

typedef struct printer {
    const plan *plan;
    assess_language language;
    buffer *out;
    plan_figure figure; /* prints a node's value instead of its name; NULL: names */
    plan_choice choice; /* which argument was taken; NULL with figure */
    void *user;
    size_t start;       /* of the formula in out */
    unsigned depth;
    bool cut;
} printer;

static inline void say(printer *w, const char *zh, const char *en) { buffer_add_string(w->out, w->language == ASSESS_ZH ? zh : en); }
/* The unit behind a number: in English the plural unless it is 1. */
static inline void say_unit(printer *w, bool single, const char *zh, const char *en)
{
    say(w, zh, en);
    if (!single)
        say(w, "", "s");
}
static inline void say_label(printer *w, label l) { buffer_add_text(w->out, label_in(l, w->language)); }

static inline void say_list(printer *w, size_t *count)
{
    if ((*count)++)
        say(w, "、", ", ");
}

/* “六 ”: the number of a clause, where one is in force. */
static inline void say_clause(printer *w, origin at)
{
    text number = plan_clause_number(w->plan, at);
    buffer_add_text(w->out, number);
    if (number.length)
        buffer_add_char(w->out, ' ');
}

/* --- sources.c --- */
void print_set(printer *w, value_kind kind, const uint32_t *members, size_t count);
void print_roles(printer *w, uint32_t roles);
void print_options(printer *w, uint32_t item, uint64_t options);
void print_key(printer *w, group_key key, uint32_t attribute);
void print_source(printer *w, const node *n); /* of op_is_source */
const char *comparison_words(node_op op, assess_language language);

#endif
