/* lines.h: what the writers of a derivation's lines share. */
#ifndef ASSESS_EXPLAIN_LINES_H
#define ASSESS_EXPLAIN_LINES_H

#include "base/figure.h"
#include "explain/explain.h"

static inline void say(const derivation *d, buffer *out, const char *zh, const char *en)
{
    buffer_add_string(out, d->language == ASSESS_ZH ? zh : en);
}

/* What a rule file calls something. */
static inline void say_label(const derivation *d, buffer *out, label l) { buffer_add_text(out, label_in(l, d->language)); }

static inline bool known(const derivation *d, node_id id) { return id != NODE_NONE && d->values[id].missing == NODE_NONE; }
static inline bool holds(const derivation *d, node_id id) { return known(d, id) && d->values[id].value.num; }
static inline bool shown(const derivation *d, node_id id) { return known(d, id) && d->open[id] != SHOWN_NOT; }
static inline bool assessed(const derivation *d) { return d->outcome->status[d->subject] == STATUS_ASSESSED; }

/* --- derive.c --- */
text keep_text(derivation *d, buffer *b); /* in the arena; frees the buffer */
text formula_of(derivation *d, node_id id);
text figures_of(derivation *d, node_id id);
void derive_condition(derivation *d, explain_line *line, node_id id); /* formula, figures and events of a condition */

/* --- grade_lines.c --- */
void derive_grades(derivation *d, explain_line *line, const statement *s);
void derive_limit(derivation *d, explain_line *line, const statement *s); /* veto, ceiling, floor, fixed grade, no grade */
bool say_change(const derivation *d, buffer *out, const statement *s);    /* "Excellent → Competent"; false: no change */

/* --- quota_line.c --- */
void derive_quota(derivation *d, explain_line *line, const statement *s);

/* --- why_not.c --- */
void derive_changes(derivation *d);

#endif
