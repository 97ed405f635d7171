/* cells: see cells.h. */
#include "office/cells.h"

text cell_of(const assess_table *t, size_t row, const char *column)
{
    return text_of(assess_table_cell(t, row, assess_table_column(t, column)));
}

bool cell_is(const assess_table *t, size_t row, const char *column) { return text_equal(cell_of(t, row, column), TEXT("1")); }
