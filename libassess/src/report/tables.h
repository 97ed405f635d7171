/* tables: a result as grids, one for each thing that people look at. What they are stands in assess/table.h. */
#ifndef ASSESS_REPORT_TABLES_H
#define ASSESS_REPORT_TABLES_H

#include "engine/result.h"
#include "report/grid.h"

typedef struct result_table result_table;

/* All tables that this result has. */
typedef struct result_tables {
    arena memory;
    result_table *items;
    const char **ids;
    size_t count, capacity;
    bool failed; /* no memory */
} result_tables;

void result_tables_find(const result *r, result_tables *out); /* out can be freed in every case */
void result_tables_free(result_tables *t);

/* Makes one of them; `out` can be freed in every case. */
void result_table_make(const result *r, const result_tables *all, size_t number, assess_language language, grid *out);

/* people, raters, asked: what a batch has read; false: there is no such table. `out` can be freed in every case. */
bool batch_table_make(const plan *p, const batch *b, const char *id, assess_language language, grid *out);

/* The method, the same of a scheme alone; the grid has been begun. */
void table_clauses(const plan *p, grid *g);
void table_parameters(const plan *p, grid *g);
void table_method(const plan *p, grid *g);

#endif
