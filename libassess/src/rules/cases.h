/* cases: worked cases beside a rule file, as data. Each says which clause it proves, what goes in, what must come out. */
#ifndef ASSESS_RULES_CASES_H
#define ASSESS_RULES_CASES_H

#include "plan/plan.h"

#define CASE_BLANK INT64_MIN /* coefficient of a cell without a value */

typedef struct case_ballot {
    uint32_t role;
    text by;        /* the rater; empty: anonymous */
    decimal *cells; /* [plan->item_count]: points, or the number of the option; CASE_BLANK */
} case_ballot;

typedef struct case_event {
    uint32_t kind;
    date from, to; /* DATE_NONE */
    decimal points, amount;
    text liable, ref, note;
    uint32_t line;
} case_event;

typedef struct case_measure {
    uint32_t measure; /* number in plan.measures */
    decimal value, target, baseline;
} case_measure;

typedef struct case_history {
    text period, grade;
    decimal score;
} case_history;

/* The value that a step must have for the subject, as it is written: "253/3", "excellent", "true", "" for none. */
typedef struct case_figure {
    text name, value;
} case_figure;

/* What was not written was not asked about. */
typedef struct case_expectation {
    text status, score, grade, rank, flags;
    bool has_status, has_score, has_grade, has_rank, has_flags;
    text reasons, missing; /* a part of them, in either language; empty: there are none */
    bool has_reasons, has_missing;
    text *lists;           /* all the lists the subject is on */
    size_t list_count;
    bool has_lists;
    case_figure *figures;
    size_t figure_count;
} case_expectation;

typedef struct case_subject {
    uint32_t level; /* number in plan.levels */
    text id, name, unit, category, post;
    date start;
    text *attributes; /* [plan->attribute_count]: as written, empty where nothing is */
    case_measure *measures;
    size_t measure_count;
    case_history *history;
    size_t history_count;
    case_ballot *ballots;
    size_t ballot_count;
    case_event *events;
    size_t event_count;
    case_expectation expect;
} case_subject;

/* A cell of a case that must be refused which no table may hold. */
typedef struct case_wrong {
    message what;
    text clause; /* that declares the column; may be empty */
} case_wrong;

enum { CASE_WRONGS_MOST = 16 };

typedef struct rule_case {
    text name, clause, period;
    text refused; /* a message's id or a part of its sentence: loading or running must end with it; empty: neither may */
    uint32_t line;
    text *settings;
    size_t setting_count;
    case_subject *subjects;
    size_t subject_count;
    case_wrong wrong[CASE_WRONGS_MOST]; /* the first of them */
    size_t wrong_count;
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
