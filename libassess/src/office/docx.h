/* docx: a Word document as a form. What stands in its braces is turned into the text of a form that fill.h knows, and what comes out is put
 * back; all else of the archive is copied as it is packed.
 *   docx.c        the archive: what is refused, which parts are filled, the new archive
 *   docx_read.c   a part as pieces
 *   docx_tags.c   what stands in braces, and around what a section lies
 *   docx_parts.c  a part as the text of a form
 *
 * Word cuts what is typed into runs wherever it likes, so braces and names are sought in the paragraph as a whole; what is filled in
 * looks as the place where it begins. A section lies around the whole of what it begins and ends in: words of one paragraph, paragraphs,
 * rows of a table. A paragraph or a row that holds nothing but sections, remarks and instructions is left out itself. */
#ifndef ASSESS_OFFICE_DOCX_H
#define ASSESS_OFFICE_DOCX_H

#include "office/fill.h"
#include "office/zip.h"

typedef struct docx_part {
    size_t number; /* in the archive */
} docx_part;

typedef struct docx {
    zip *archive;
    const char *file; /* borrowed, for errors */
    docx_part *parts; /* those that are filled: the document first */
    size_t count, capacity;
    buffer source;    /* all of them as the text of one form */
} docx;

/* Whether these are the bytes of an archive, or of what older Word writes: no page of HTML in any case. */
bool docx_is(text bytes);
bool docx_is_named(const char *file); /* so by its ending, which what is made from it has too */
assess_status docx_fault(const char *file, uint32_t paragraph, message m, assess_error *err);

/* Reads a document; bytes and file must live as long as it does, which can be closed in every case.
 *  Returns ASSESS_OK, ASSESS_E_CALL (damaged, macros, parts from elsewhere, braces that do not match), ASSESS_E_SYSTEM. */
assess_status docx_open(text bytes, const char *file, docx *out, assess_error *err);
/* A document from the filled text. `out` is empty before. */
assess_status docx_write(docx *d, text filled, buffer *out, assess_error *err);
void docx_close(docx *d);

/* How a value is written there. */
extern const fill_markup DOCX_MARKUP;

#endif
