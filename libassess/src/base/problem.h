/* problem: what is wrong with the input, all of it, each with file, row, column, value and what to do. */
#ifndef ASSESS_BASE_PROBLEM_H
#define ASSESS_BASE_PROBLEM_H

#include "base/message.h"

typedef enum problem_severity {
    PROBLEM_ERROR,  /* stops the run */
    PROBLEM_NOTICE  /* worth knowing, stops nothing */
} problem_severity;

typedef struct problem {
    problem_severity severity;
    message what;     /* says what was expected, what was found, what to do */
    uint32_t source;  /* number of the file in the batch's sources; PROBLEM_NO_SOURCE when it is about none */
    uint32_t row;     /* 1-based row as a spreadsheet counts, header = 1; 0 = the whole file */
    uint32_t column;  /* 1-based column; 0 = the whole row */
    text header;      /* the column's header as written */
    text value;       /* the cell as written, at most 80 bytes of it */
} problem;

#define PROBLEM_NO_SOURCE UINT32_MAX
enum { PROBLEM_LIST_LIMIT = 20000 }; /* so many errors and so many notices are kept; the rest is counted */

typedef struct problem_list {
    arena texts;
    problem *items;
    size_t count, capacity;
    size_t errors, notices; /* of all, also those beyond the limit */
    bool failed;            /* no memory: the list is not whole */
} problem_list;

void problem_add(problem_list *list, problem p);                 /* copies every text, at most 400 bytes of each */
void problem_list_append(problem_list *list, const problem_list *other, uint32_t row_offset);
void problem_list_sort(problem_list *list);                      /* by source, row, column, message */
void problem_list_free(problem_list *list);

#endif
