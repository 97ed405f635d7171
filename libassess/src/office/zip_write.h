/* zip_write: a new archive in memory: parts of our own, and parts of another archive as they are packed there. */
#ifndef ASSESS_OFFICE_ZIP_WRITE_H
#define ASSESS_OFFICE_ZIP_WRITE_H

#include "office/zip.h"

typedef struct zip_writer zip_writer;

zip_writer *zip_write_begin(void); /* NULL: no memory */
/* Packs the bytes; the date is always the first that an archive knows, 1980-01-01. */
zip_fault zip_write_part(zip_writer *w, const char *name, text bytes);
/* The same bytes, date and attributes; what only the archive said beside them (extra fields) is dropped. */
zip_fault zip_write_copy(zip_writer *w, zip *from, size_t number);
/* `out`, empty before, is then the whole archive. */
zip_fault zip_write_end(zip_writer *w, buffer *out);
void zip_write_free(zip_writer *w); /* NULL is harmless */

#endif
