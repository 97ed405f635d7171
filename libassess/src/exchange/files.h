/* files: the paths of a call as the tables to read, people first. */
#ifndef ASSESS_EXCHANGE_FILES_H
#define ASSESS_EXCHANGE_FILES_H

#include "exchange/exchange.h"

typedef struct table_file {
    const char *path;
    batch_table table;
    bool is_sheet;
    size_t sheet_number; /* of a workbook */
    text sheet;          /* its name */
    bool from_template;  /* of a workbook that `assess template` made */
    digest sha256;       /* of the workbook when its sheets were listed */
    uint64_t size;       /* of the file; of a sheet its share */
    uint64_t device, number; /* tell whether two paths are one file */
} table_file;

typedef struct file_list {
    table_file *items;
    size_t count, capacity;
    arena texts;
} file_list;

/* A path that does not exist or is no table is a problem of the batch, and E_INPUT; the others are listed all the
 * same. */
assess_status files_list(file_list *list, batch *b, const char *const *paths, size_t count, const read_options *options,
                         assess_error *err);
void files_free(file_list *list);

#endif
