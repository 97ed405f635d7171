/* decisions: what people decided, and what calibration made of the grades. */
#ifndef ASSESS_REPORT_DECISIONS_H
#define ASSESS_REPORT_DECISIONS_H

#include "engine/result.h"
#include "report/page.h"

void list_decisions(page *p, const result *r);
/* How many of each unit have each grade before and after calibration; nothing when nobody was calibrated. */
void list_calibration(page *p, const result *r);

/* Counts of the subjects of level 0 who have a grade or had one. Before: the grade that the subject's first calibration found,
 * after: the one that its last calibration left; of everybody else, twice the grade that the rules gave. What an override or an
 * objection changed is not in it. */
typedef struct calibration {
    interner units;          /* by name, in the order of the people; of a scheme whose subjects are units, a single one without name */
    size_t grade_count;      /* of level 0; behind them stand those without a grade */
    size_t *before, *after;  /* [unit][grade_count + 1] */
    size_t calibrated;       /* subjects with a calibration that had an effect or confirmed the grade */
} calibration;

bool calibration_take(const result *r, calibration *out); /* false: no memory; out can be freed */
void calibration_free(calibration *c);

#endif
