/* grid: a table of a result or a scheme, as workbook, report and forms lay it out: ids that never change, titles and cells in
 * one language. All texts are copies. Cells are added from left to right, row after row. */
#ifndef ASSESS_REPORT_GRID_H
#define ASSESS_REPORT_GRID_H

#include "base/exact.h"
#include "base/message.h"
#include "plan/plan.h"

typedef enum grid_cells { CELLS_TEXT, CELLS_NUMBER, CELLS_SHARE, CELLS_DATE, CELLS_FIGURE } grid_cells;

typedef struct grid_column {
    const char *id, *title;
    grid_cells cells;
} grid_column;

typedef struct grid {
    arena memory;
    assess_language language;
    const char *id, *title, *note;
    grid_column *columns;
    size_t column_count, column_capacity;
    const char **cells;
    size_t count, capacity;
    bool failed; /* no memory: the grid is not whole */
} grid;

void grid_begin(grid *g, const char *id, text title, assess_language language);
void grid_begin_word(grid *g, const char *id, message_id title, assess_language language);
void grid_note(grid *g, message m);
void grid_free(grid *g);

void grid_column_word(grid *g, const char *id, message_id title, grid_cells cells);
void grid_column_text(grid *g, text id, text title, grid_cells cells);

void grid_text(grid *g, text value);
void grid_empty(grid *g);
void grid_word(grid *g, message_id word);
void grid_label(grid *g, label l);
void grid_buffer(grid *g, buffer *b);              /* and frees it */
void grid_integer(grid *g, int64_t value);
void grid_truth(grid *g, bool truth);              /* "1", or empty */
void grid_decimal(grid *g, bool given, decimal d);
void grid_figure(grid *g, bool known, fraction f); /* "84.25", "253/3" */
void grid_share(grid *g, size_t part, size_t whole);
void grid_date(grid *g, date d);
void grid_digest(grid *g, const digest *d);

static inline size_t grid_rows(const grid *g) { return g->column_count ? g->count / g->column_count : 0; }
static inline const char *grid_cell(const grid *g, size_t row, size_t column) { return g->cells[row * g->column_count + column]; }

#endif
