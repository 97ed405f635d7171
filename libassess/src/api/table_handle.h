/* table_handle.h: what the handle of a table holds. */
#ifndef ASSESS_API_TABLE_HANDLE_H
#define ASSESS_API_TABLE_HANDLE_H

#include "api/handles.h"
#include "report/grid.h"

struct assess_table {
    handle head;
    grid g;
};

void table_drop(assess_table *t); /* a reference */

/* scheme_tables.c: the tables of a scheme; ids[count]. */
size_t scheme_table_count(void);
const char *scheme_table_id(size_t index);
void scheme_table_make(const plan *p, size_t index, assess_language language, grid *out);

#endif
