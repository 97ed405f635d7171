/* cells: the cells of a table by the ids of its columns. */
#ifndef ASSESS_OFFICE_CELLS_H
#define ASSESS_OFFICE_CELLS_H

#include "assess/table.h"
#include "base/text.h"

text cell_of(const assess_table *t, size_t row, const char *column);  /* empty when there is no such column */
bool cell_is(const assess_table *t, size_t row, const char *column);  /* a yes: "1" */
/* Ids that stand beside their words: for programs, which take the table itself. */
bool is_for_programs(const assess_table *t, const char *column);

#endif
