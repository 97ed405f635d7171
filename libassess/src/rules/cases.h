/* cases: worked cases beside a rule file, as data. Each says which clause it proves, what goes in, what must come out. */
#ifndef ASSESS_RULES_CASES_H
#define ASSESS_RULES_CASES_H

#include "plan/plan.h"

#define CASE_BLANK INT64_MIN /* coefficient of a cell without a value */

typedef struct case_ballot {
    uint32_t role;
    decimal *cells; /* [plan->item_count]: points, or the number of the option; CASE_BLANK */
} case_ballot;

typedef struct case_event {
    uint32_t kind;
    date from, to; /* DATE_NONE */
    decimal points, amount;
    text liable;
    uint32_t line;
} case_event;

/* A text that is absent was not asked about. */
typedef struct case_expectation {
    text status, score, grade, rank, flags;
    bool has_status, has_score, has_grade, has_rank, has_flags;
} case_expectation;

typedef struct case_subject {
    text id, unit;
    date start;
    case_ballot *ballots;
    size_t ballot_count;
    case_event *events;
    size_t event_count;
    case_expectation expect;
} case_subject;

typedef struct rule_case {
    text name, clause, period;
    uint32_t line;
    text *settings;
    size_t setting_count;
    case_subject *subjects;
    size_t subject_count;
} rule_case;

typedef struct case_list {
    arena memory;
    rule_case *items;
    size_t count, capacity;
} case_list;

/* E_RULES with file and line when the file is wrong; the cases are checked against the words of `p`. */
assess_status cases_load(const plan *p, text file_name, text bytes, case_list *out, assess_error *err);
void cases_free(case_list *c);

#endif
