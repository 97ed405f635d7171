/* csv_cell: one cell of a CSV file that people open in a spreadsheet. */
#ifndef ASSESS_BASE_CSV_CELL_H
#define ASSESS_BASE_CSV_CELL_H

#include "base/text.h"

/* A cell with words that came from outside, tables or rule file: quoted where it must be, and with a ' before what a
 * spreadsheet would run instead of show. */
void csv_add_cell(buffer *out, text t);

#endif
