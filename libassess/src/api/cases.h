/* cases.h: what the parts of assess_scheme_test share. */
#ifndef ASSESS_API_CASES_H
#define ASSESS_API_CASES_H

#include "api/handles.h"
#include "base/json.h"
#include "explain/explain.h"
#include "rules/cases.h"
#include "rules/rules.h"

/* The cases that reach a clause, by their numbers in the file. */
typedef struct clause_cases {
    uint32_t *cases;
    size_t count, capacity;
} clause_cases;

typedef struct trial {
    rule_place place;
    text rule_bytes, cases_name;
    assess_language language;
    const plan *plan;   /* the scheme with its defaults, which the cases file was read against */
    const case_list *cases;
    clause_cases *reached; /* [plan->clause_count] */
    bool *used;         /* [plan->clause_count]: scratch of one case */
    size_t passed, failed;
    buffer lines;       /* one for each expectation that does not hold */
    buffer problems;    /* the same as JSON */
    json json;
    arena memory;
} trial;

static inline void trial_say(trial *t, const char *zh, const char *en)
{
    buffer_add_string(&t->lines, t->language == ASSESS_ZH ? zh : en);
}

/* --- case_tables.c --- */
bool case_fill(const rule_case *c, const plan *p, batch *b); /* false: no memory */

/* --- case_compare.c: each says what differs; false: something does --- */
bool case_compare(trial *t, const rule_case *c, uint32_t subject, const derivation *d);
/* The case was refused for this reason, or (empty) was not. */
bool case_refused_as_expected(trial *t, const rule_case *c, const assess_error *why);
bool case_is_refused_for(const rule_case *c, const assess_error *why); /* the id or a part of the sentence is what the case says */

/* --- case_report.c --- */
void case_report_text(trial *t);
void case_report_json(trial *t, buffer *out);

#endif
