/* report_parts: report.html, a chapter after the other. A report lays out the tables of a result and counts nothing itself. */
#ifndef ASSESS_OFFICE_REPORT_PARTS_H
#define ASSESS_OFFICE_REPORT_PARTS_H

#include "assess/office.h"
#include "office/cells.h"
#include "office/html.h"

enum { REPORT_CHAPTERS = 24 };

/* A chapter that stands in the report. */
typedef struct chapter {
    const char *first; /* id of its first table, "" for the overview */
    text title;        /* lives in the report's memory */
} chapter;

typedef struct report {
    html page; /* what is being written just now */
    assess_result *result;
    assess_language language;
    assess_office_order order;
    size_t rows, bars;           /* at most so many in a table, in a picture */
    assess_table **tables;       /* [assess_result_table_count], NULL until it is asked for */
    size_t table_count;
    chapter chapters[REPORT_CHAPTERS];
    size_t chapter_count;
    buffer empty;                /* titles of what has nothing to show this time */
    size_t table_number, picture_number;
    arena memory;
    assess_status status;
    assess_error *err;
} report;

/* The table with this number, NULL where it could not be made (the report has failed then); and with this id, NULL: there is none. */
const assess_table *report_table(report *r, size_t number);
const assess_table *report_table_of(report *r, const char *id);
text report_fact(report *r, const char *id); /* of the table `about`: "scheme", "period" … */
bool id_has_base(const char *id, const char *base); /* "quota:1" has the base "quota" */
size_t chapter_of(const report *r, const char *base); /* number of the chapter whose first table has that base; 0: none */
text report_keep(report *r, buffer *b);               /* a copy in the report's memory; frees the buffer */
void report_failed(report *r);                        /* no memory */

/* --- report_tables.c --- */
void write_table(report *r, const assess_table *t);

/* --- report_pictures.c: nothing for a table that has no picture --- */
void write_picture(report *r, const assess_table *t);

/* --- report_overview.c --- */
void write_overview(report *r);

/* --- report_method.c --- */
void write_check(report *r); /* how a reader can see for himself that the report is right */

/* --- report_style.c --- */
extern const char *const report_style[]; /* ends with NULL */

#endif
