/* books: workbooks by way of the reader that the caller gave: which of their sheets are tables, and each of these as a feed. */
#ifndef ASSESS_EXCHANGE_BOOKS_H
#define ASSESS_EXCHANGE_BOOKS_H

#include "exchange/feed.h"
#include "exchange/files.h"

/* Why a workbook is not there: a fault of the file, or one that the reader found. */
typedef struct book_fault {
    feed_fault file;
    assess_workbook_fault book;
} book_fault;

/* A workbook in memory. */
typedef struct book {
    const assess_workbook_reader *reader;
    const char *path;  /* NULL: none is open; borrowed */
    char *bytes;
    size_t length;
    digest sha256;
    assess_workbook *opened;
    feed_stream stream; /* of the sheet that was begun */
    assess_workbook_fault fault; /* why the stream broke off */
} book;

/* book_close is due in every case. */
book_fault book_take(book *b, const assess_workbook_reader *reader, const char *path);
void book_close(book *b);
/* The sheet as b->stream. */
assess_workbook_fault book_begin(book *b, size_t sheet);

/* Adds the sheets that are tables to the list. What is wrong with the workbook as a whole is a problem of the batch, and E_INPUT. */
assess_status books_list(file_list *list, batch *b, const char *path, uint64_t device, uint64_t number, const read_options *options,
                         assess_error *err);

/* The sentence for a workbook that cannot be read. */
message_id book_message(assess_workbook_fault fault);

/* What the reader had to say about cells below the header becomes problems of the batch, in place of those that the batch has about the
 * same cells since it had `before` of them. */
void book_report_remarks(const book *b, batch *into, uint32_t source, uint32_t header_row, const text *headers, size_t header_count,
                         size_t before);

#endif
