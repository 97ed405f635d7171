/* The tables by topic; each function begins the grid and fills it. `which` is a level, a quota's statement or a list. */
#ifndef ASSESS_REPORT_TABLES_PARTS_H
#define ASSESS_REPORT_TABLES_PARTS_H

#include "report/tables.h"

typedef struct table_request {
    const result *r;
    const char *id;
    assess_language language;
    uint32_t which;
    finding_kind kind; /* of tables of findings */
} table_request;

/* The highest level belongs to no unit. */
static inline bool has_no_unit(const plan *p, uint32_t level) { return p->of_units || level > 0; }

/* Begins the grid under this title; behind the first level the level's own words stand before it. */
void table_begin_level(const table_request *q, grid *g, message_id title);

/* --- tables_subjects.c --- */
void table_results(const table_request *q, grid *g);
void table_ranking(const table_request *q, grid *g);
void table_ties(const table_request *q, grid *g);
void table_findings(const table_request *q, grid *g);
void table_decide(const table_request *q, grid *g);
void table_list(const table_request *q, grid *g);
void who_columns(grid *g, message_id named, bool unit); /* id, name as `named` calls it, and where there is one the unit */
void who_cells(grid *g, const result *r, uint32_t subject, bool unit);
bool is_to_decide(const result *r, const finding *f);

/* --- tables_counts.c --- */
void table_summary(const table_request *q, grid *g);
void table_grades(const table_request *q, grid *g);
void table_units(const table_request *q, grid *g);
void table_ballots(const table_request *q, grid *g);
void table_raters(const table_request *q, grid *g);
void table_quota(const table_request *q, grid *g);

/* --- tables_votes.c --- */
void table_votes(const table_request *q, grid *g);

/* --- tables_decisions.c --- */
void table_decisions(const table_request *q, grid *g);
void table_calibration(const table_request *q, grid *g);

/* --- tables_distribution.c --- */
void table_distribution(const table_request *q, grid *g);

/* --- tables_method.c --- */
void table_inputs(const table_request *q, grid *g);
void table_about(const table_request *q, grid *g);

#endif
