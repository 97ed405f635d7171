/* arrow_read: an Arrow stream as a feed: its rows become lines of CSV while they are read, so that a table has one way in. */
#ifndef ASSESS_EXCHANGE_ARROW_READ_H
#define ASSESS_EXCHANGE_ARROW_READ_H

#include "base/problem.h"
#include "exchange/arrow_types.h"
#include "exchange/feed.h"
#include "exchange/sheet.h"

typedef enum arrow_fault {
    ARROW_WHOLE,
    ARROW_NO_MEMORY,
    ARROW_BROKEN_OFF,  /* the stream says why */
    ARROW_CONTRADICTS  /* what it gives is no table */
} arrow_fault;

typedef struct arrow_source {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray batch;   /* at hand; released when its rows are written */
    arrow_column *columns;
    size_t column_count;       /* without the columns at the end that are pandas' own */
    int64_t next;              /* the row of the batch that is written next */
    uint32_t row;              /* the last one written, as problems count; the header is 1 */
    bool ended;
    struct arrow_memo *memo;
    buffer made;               /* text of some rows … */
    size_t given;              /* … and how much of it has been handed out */
    hasher *hasher;
    problem_list remarks;      /* about cells that no table holds, in order of rows and columns */
    uint32_t number;           /* of the batch's source */
    arrow_fault fault;
    text where;                /* ARROW_CONTRADICTS: the column, and … */
    char said[400];            /* … what does; ARROW_BROKEN_OFF: the stream's own words */
    feed_stream feed;
} arrow_source;

/* Takes the stream over, whatever happens, and reads its schema. A fault is left in a->fault; arrow_close is due in every case. */
void arrow_open(arrow_source *a, struct ArrowArrayStream *stream, uint32_t number, bool hash);
void arrow_close(arrow_source *a);

/* Names the columns whose types no table holds; true: there are some, and the table must not be read. */
bool arrow_report_types(const arrow_source *a, problem_list *problems);
/* The remarks become problems, in place of those that the list has about the same cells since it had `before` of them. Not about
 * columns that mean nothing. */
void arrow_report_remarks(const arrow_source *a, problem_list *problems, const sheet *s, size_t before);
/* SHA-256 of the whole text; false: it was not read to its end, or not asked for. */
bool arrow_digest(arrow_source *a, digest *out);
assess_status arrow_judge(const arrow_source *a, text name, assess_error *err);

#endif
