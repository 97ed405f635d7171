/* page: what every part of the summary writes with: sentences of the catalogue, headings, aligned tables, bars.
 * Names and words come from tables and rule files, so every control character is shown as \x1b, never sent. */
#ifndef ASSESS_REPORT_PAGE_H
#define ASSESS_REPORT_PAGE_H

#include "base/message.h"

typedef struct page {
    buffer *out;
    assess_language language;
    bool color;
} page;

void page_sentence(page *p, message m);                      /* indented by two, one line */
void page_heading(page *p, message_id heading, text behind); /* an empty line, then the heading in bold */
void page_title(page *p, message m);
void page_share(buffer *out, size_t part, size_t whole); /* "12.5%", half up; "" of nothing */
void page_bar(buffer *out, size_t part, size_t whole);   /* at most BAR_COLUMNS blocks */

enum { BAR_COLUMNS = 30, TABLE_MAX_COLUMNS = 16, TABLE_CELL_COLUMNS = 30 };

/* Cells are added from left to right, row after row; the first row is the header when `header` is set. */
typedef struct table {
    arena memory;
    text *cells;
    size_t count, capacity;
    size_t columns; /* 1 .. TABLE_MAX_COLUMNS */
    uint32_t right; /* bit c: column c stands to the right */
    bool header, failed;
} table;

void table_cell(table *t, text value);
void table_word(table *t, const page *p, message_id word);
void table_number(table *t, size_t value);
void table_print(table *t, page *p); /* and frees it; a failure becomes the page's */

#endif
