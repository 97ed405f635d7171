/* readiness: what still lacks before a batch is scored, as a checklist of points; each says its state, how many it is about and
 * what to do. No point holds a value of a ballot, and no rater stands beside one. */
#ifndef ASSESS_REPORT_READINESS_H
#define ASSESS_REPORT_READINESS_H

#include "base/json.h"
#include "report/counts.h"
#include "report/report.h"

typedef enum point_state { POINT_DONE, POINT_NOTE, POINT_OPEN } point_state;

typedef enum cell_kind { CELL_WORDS, CELL_COUNT, CELL_FIGURE } cell_kind;
typedef struct point_column {
    const char *key;  /* in JSON */
    message_id title;
    cell_kind kind;   /* counts and figures stand to the right */
} point_column;

typedef struct point {
    const char *id;   /* language-free: "missing_ballots" */
    point_state state;
    size_t count;
    message title, what;
    const char *about_key; /* "role": what the point is about, in JSON; NULL: nothing */
    text about;
    uint32_t *subjects;    /* whom it is about … */
    size_t subject_count, subject_capacity;
    const point_column *columns; /* … or rows of cells */
    size_t column_count;
    size_t row_count;      /* of all, also those that a page leaves out */
    text *cells;
    size_t cell_count, cell_capacity;
    bool terminal;         /* its rows are for the eyes of who imports, not for a file */
} point;

typedef struct readiness {
    const result *r;       /* carried out, or nothing but plan, batch and count */
    bool scored;
    message failure;       /* why it could not be carried out; MESSAGE_COUNT: it was, or the tables are wrong */
    assess_language language;
    bool for_programs;     /* cells hold ids, not words */
    arena memory;          /* of everything that the points say */
    point *points;
    size_t count, capacity;
    ballot_counts ballots;
    interner units;
    uint32_t *unit_of;     /* [subject]: number in `units` */
    uint32_t reads[PLAN_MAX_LEVELS], needs[PLAN_MAX_LEVELS]; /* roles, as bits: whose ballots the level looks at, may lack none of */
    bool failed;           /* no memory */
} readiness;

/* --- readiness_points.c --- */
point *point_add(readiness *c, const char *id, point_state state, size_t count, message title, message what); /* NULL: no memory */
void point_subject(readiness *c, point *p, uint32_t subject);
/* Begins a row; false: a page has no room for it, and its cells need not be made. */
bool point_row(const readiness *c, point *p);
void point_cell(readiness *c, point *p, text value);   /* copied */
void point_words(readiness *c, point *p, message m);
void point_number(readiness *c, point *p, size_t number);
text point_text(readiness *c, text value);             /* a copy that lives as long as the points */
text point_digits(readiness *c, size_t number);
message message_of_label(message_id id, label words);  /* {0} = the words, in either language */
void points_print(const readiness *c, size_t open, buffer *out);
void points_json(const readiness *c, size_t open, buffer *out);
void points_free(readiness *c);

/* --- readiness.c --- */
void readiness_find_roles(readiness *c);               /* fills `reads` and `needs` from the plan of c->r */

/* --- the points --- */
void ready_ballots(readiness *c);   /* readiness_ballots.c */
void ready_turnout(readiness *c);   /* readiness_turnout.c */
void ready_same(readiness *c);      /* readiness_same.c */
void ready_data(readiness *c);      /* readiness_data.c … */
void ready_calendar(readiness *c);
void ready_quotas(readiness *c);    /* readiness_decide.c … */
void ready_decide(readiness *c);
void ready_params(readiness *c);

static inline bool takes_part(const readiness *c, uint32_t subject)
{
    return !c->scored || c->r->status[subject] != STATUS_EXCLUDED;
}

static inline uint32_t level_in_list(const readiness *c, uint32_t subject)
{
    return c->scored ? result_level(c->r, subject) : vocabulary_level(&c->r->batch->words, c->r->batch->people.category[subject]);
}

#endif
