/* order: in what order the subjects of a list stand. Roster order is how the tables come; ICU knows the two others. */
#ifndef ASSESS_OFFICE_ORDER_H
#define ASSESS_OFFICE_ORDER_H

#include "assess/office.h"

/* A table of the result with its rows in that order. A table without names, or whose order says something (a ranking), stays as it is. */
assess_status office_table(assess_result *result, const char *id, assess_language language, assess_office_order order,
                           assess_table **out, assess_error *err);
/* Sorts by the column `name`, rows with equal names as they stood. */
assess_status office_arrange(assess_table *t, assess_office_order order, assess_error *err);

#endif
