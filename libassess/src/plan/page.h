/* page.h: rows of a page for people: a clause column, and a text broken at the page's edge under its own beginning. */
#ifndef ASSESS_PLAN_PAGE_H
#define ASSESS_PLAN_PAGE_H

#include "base/text.h"

enum { PAGE_WIDTH = 100, PAGE_CLAUSE_LEAST = 12, PAGE_CLAUSE_MOST = 24 };

/* Both end the line; control characters are made visible. */
void page_row(buffer *out, text clause, size_t clause_columns, text row);
void page_line(buffer *out, text line, size_t indent);

#endif
