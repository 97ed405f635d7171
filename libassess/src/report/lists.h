/* lists: the parts of the summary that name people. Each prints nothing when it has nobody to name. */
#ifndef ASSESS_REPORT_LISTS_H
#define ASSESS_REPORT_LISTS_H

#include "report/counts.h"
#include "report/page.h"

enum { LIST_LIMIT = 20, UNIT_LIMIT = 30 };

/* Of the subjects of one level. */
void list_findings(page *p, const result *r, const counts *c, size_t level, finding_kind kind, message_id heading);
void list_ties(page *p, const result *r, const counts *c, size_t level);
void list_ranking(page *p, const result *r, const counts *c, size_t level); /* levels without grades: the ranking is the outcome */
void list_units(page *p, const result *r);

/* The columns that say who: id, name and perhaps the unit. */
void subject_header(table *t, const page *p, message_id named, bool unit);
void subject_cells(table *t, const result *r, uint32_t subject, bool unit);
text called(const result *r, uint32_t subject);      /* the name, or the id of somebody whose name is not given */
void add_more(page *p, message_id id, size_t total, size_t shown); /* "… 3 more", when something was left out */
text number_text(size_t number, char digits[24]);                         /* lives in digits */
message message_of_number(message_id id, size_t number, char digits[24]); /* {0} = number */

#endif
