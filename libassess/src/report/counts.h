/* counts: how many of everything, over all subjects and per unit. */
#ifndef ASSESS_REPORT_COUNTS_H
#define ASSESS_REPORT_COUNTS_H

#include "report/ballots.h"

enum { COUNT_FLAGS = 6, FEW_BALLOTS = 5 }; /* FEW_BALLOTS: below this a mean may point at a person (k) */

/* What is counted of one level alone. */
typedef struct level_counts {
    size_t subjects;
    size_t status[STATUS_COUNT];
    size_t kind[FINDING_COUNT]; /* subjects with a finding of that kind */
    size_t ties;                /* subjects with that flag */
    size_t decided;             /* subjects who are not assessed and have a grade by decision */
    uint32_t highest, lowest;   /* subjects with the highest and lowest score, SUBJECT_NONE: nobody */
} level_counts;

typedef struct counts {
    size_t status[STATUS_COUNT]; /* of all levels */
    level_counts levels[PLAN_MAX_LEVELS];
    size_t grade[PLAN_MAX_GRADES];
    size_t flag[COUNT_FLAGS];      /* by the bit's number */
    size_t kind[FINDING_COUNT];    /* of all levels */
    /* By role: assessed subjects whose score rests on fewer than FEW_BALLOTS anonymous ballots of it. 0 for a role in
     * which nobody has more: one supervising leader is no small group, but the rule. */
    size_t few_ballots[PLAN_MAX_ROLES];
    size_t not_counted;       /* valid ballots whose option does not count */
    ballot_counts ballots;
} counts;

/* What the column of names is called: of persons of the level, of all levels together, of what the people (level 0) are part of. */
message_id named_at(const plan *p, uint32_t level);
message_id named_in(const plan *p);
message_id named_parts(const plan *p);
/* The same of the numbers of people (level 0), and of the groups that they make. */
message_id counted_at(const plan *p, uint32_t level);
message_id parts_of(const plan *p);
/* A unit as people call it: one that is assessed itself may go by its id. */
text part_called(const result *r, text unit);

/* The marks as people call them; results.csv has their ids. */
void flags_in_words(const result *r, uint32_t subject, assess_language language, buffer *out);

bool counts_take(const result *r, counts *out); /* false: no memory; out can be freed */
void counts_free(counts *c);
size_t counts_of_flag(const counts *c, result_flag flag);

/* Counts of the people (level 0) per unit, units in the order of the people. */
typedef struct unit_counts {
    interner names;
    uint32_t *of;  /* [subject]: number of its unit */
    size_t *people, *assessed, *excluded;
    size_t *grade; /* [unit][plan->grade_count] */
} unit_counts;

bool unit_counts_take(const result *r, unit_counts *out); /* false: no memory; out can be freed */
void unit_counts_free(unit_counts *u);

#endif
