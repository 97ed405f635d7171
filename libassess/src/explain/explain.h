/* explain: one subject's derivation, clause by clause. It replays the plan for that subject with the engine's own code and
 * computes nothing itself. */
#ifndef ASSESS_EXPLAIN_EXPLAIN_H
#define ASSESS_EXPLAIN_EXPLAIN_H

#include "engine/engine.h"

/* Ballots are shown as counts and means only; privacy.h says when a mean is shown. */
enum { EXPLAIN_SMALLEST_GROUP = 5, EXPLAIN_LEAST_GROUP = 3 };

/* What a line may show of its figure. */
typedef enum openness { SHOWN_EXACT, SHOWN_ROUNDED, SHOWN_NOT } openness;

/* One statement of the derivation. Texts are in the derivation's arena. */
typedef struct explain_line {
    const statement *about;
    text clause, words, formula, figures, value; /* empty where there is nothing to say */
    text note;                                    /* what follows from it, in words */
    ballot_tally tally;
    bool has_tally;
    uint32_t cut_off;                             /* of the counted ballots, by trimming */
    const event **events;                         /* the rows it rests on */
    size_t event_count;
} explain_line;

/* A decision by people about the subject: the last step of the derivation. */
typedef struct explain_decision {
    const decided *of;
    text effect; /* "由 称职 改为 优秀" */
} explain_decision;

/* The nearest change that would have given a better grade, or an assessment at all; found out by evaluating the plan with it. */
typedef struct explain_change {
    const char *kind; /* "score", "quota", "statement", "event", "mean", "missing" */
    text words;
    text clause;
    text grade;          /* id; empty: an assessment */
    text needed, lacking; /* score, mean, place; empty where there is nothing to say */
    const event *event;  /* the row to be left out; NULL */
} explain_change;

typedef struct derivation {
    arena memory;
    const result *outcome;
    uint32_t subject;
    assess_language language;
    explain_line *lines;
    size_t line_count;
    explain_decision *decisions; /* in the order in which they count */
    size_t decision_count;
    text *reasons;
    size_t reason_count;
    explain_change *changes; /* the nearest first */
    size_t change_count;
    bool closed;             /* the ballots' means are not shown */
    bool closed_by_others;   /* because of the ballots of others, whose figures stand in this one's */
    bool singles;            /* some figure is a single ballot and is not shown */
    unsigned smallest_group;
    bool for_person;         /* who reads it has none of the tables: files and rows are not named */
    /* while it is made */
    cell *values;
    openness *open;          /* [node] */
    fraction *about;         /* [node]: what is shown where it is SHOWN_ROUNDED */
    uint32_t *roles;         /* [node]: whose ballots' values it is made of, as bits */
    bool *part;              /* [node] */
    uint32_t *sources;       /* of events, that the line rests on */
    size_t source_count;
    bool failed;             /* no memory */
} derivation;

bool explain_subject(const result *r, uint32_t subject, assess_language language, unsigned smallest_group, derivation *out);
bool explain_to_person(const result *r, uint32_t subject, assess_language language, unsigned smallest_group, derivation *out);
void explain_free(derivation *d);
void explain_text(const derivation *d, buffer *out);
void explain_json(const derivation *d, buffer *out);

/* Numbers (in plan->clauses) of the clauses that had a say in this result: used[clause_count]. */
void explain_clauses(const derivation *d, bool *used);

#endif
