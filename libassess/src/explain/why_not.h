/* why_not.h: what the searches for the nearest changes share. */
#ifndef ASSESS_EXPLAIN_WHY_NOT_H
#define ASSESS_EXPLAIN_WHY_NOT_H

#include "explain/lines.h"

typedef struct search {
    derivation *d;
    const plan *p;
    const plan_level *level;
    cell *then;      /* [node]: the values with the change */
    uint32_t now;    /* the grade as it is; one below the last where there is none */
} search;

/* Whether the changes lead to a better grade, or to an assessment, and it may be told; `then` holds what they lead to. */
bool change_helps(search *w, const trace_change *changes, size_t count);
/* One that has just been tried; NULL: no room for more. */
explain_change *change_add(search *w, const char *kind);
void change_say_result(const search *w, buffer *out); /* " → Excellent" */
text change_units(search *w, int128 units, decimal unit); /* "90.00" */

/* --- mean_changes.c --- */
void find_mean_changes(search *w);

#endif
