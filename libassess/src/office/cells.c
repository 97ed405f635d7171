/* cells: see cells.h. */
#include "office/cells.h"

#include <string.h>

text cell_of(const assess_table *t, size_t row, const char *column)
{
    return text_of(assess_table_cell(t, row, assess_table_column(t, column)));
}

bool cell_is(const assess_table *t, size_t row, const char *column) { return text_equal(cell_of(t, row, column), TEXT("1")); }

bool is_for_programs(const assess_table *t, const char *column)
{
    static const char *const coded[] = {"summary", "grades", "ballots", "raters", "about", "parameters"};
    text id = text_of(assess_table_id(t));
    const char *colon = memchr(id.bytes, ':', id.length);
    id.length = colon ? (size_t)(colon - id.bytes) : id.length;
    for (size_t i = 0; strcmp(column, "id") == 0 && i < sizeof coded / sizeof *coded; i++)
        if (text_equal(id, text_of(coded[i])))
            return true;
    return false;
}
