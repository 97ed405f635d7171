/* report: what people look at. Made from the result alone. */
#ifndef ASSESS_REPORT_REPORT_H
#define ASSESS_REPORT_REPORT_H

#include "engine/result.h"

/* The summary of a run for a terminal: heading, counts by status and grade, a table per unit, people in a gap between
 * bands, vetoes, exclusions and incomplete ones with reasons, invalid ballots, what to look at next. */
void report_summary(const result *r, assess_language language, bool color, buffer *out);
/* Everything as JSON, "assess.result/1". */
void report_json(const result *r, assess_language language, buffer *out);

/* What still lacks before scoring, as a checklist for a terminal or as JSON. `r`: carried out when `scored`, else plan, batch and
 * count alone; `failure`: why it could not be carried out, with the id MESSAGE_COUNT when nothing failed. How many points are open. */
size_t report_readiness(const result *r, bool scored, message failure, assess_language language, bool for_programs, buffer *out);

/* Two results compared; borrows both. NULL: no memory. */
typedef struct diff diff;
diff *diff_of(const result *a, const result *b);
void diff_free(diff *d);
size_t diff_moved(const diff *d); /* subjects that move, or are on one side only */
void report_diff(const diff *d, assess_language language, bool color, buffer *out); /* for a terminal */
void report_diff_csv(const diff *d, assess_language language, buffer *out);         /* one row for each that moves */
void report_diff_json(const diff *d, assess_language language, buffer *out);        /* "assess.diff/1" */

#endif
