/* mark: a copy of a workbook in which what is wrong is marked. Nothing is written anew that is there already: parts are patched where
 * they change, all others are copied as they are packed, so that a copy differs from its original by the marks alone.
 *   mark.c           which problems, which sheets, the archive
 *   mark_patch.c     changes to the bytes of a part
 *   mark_package.c   parts of the archive: new ones, relations, types
 *   mark_styles.c    formats of cells with a mark
 *   mark_sheet.c     a sheet
 *   mark_former.c    what cells looked like before an earlier copy
 *   mark_comments.c  comments and the boxes that they are shown in
 *   mark_list.c      the sheet that lists all problems; the list of a CSV file */
#ifndef ASSESS_OFFICE_MARK_H
#define ASSESS_OFFICE_MARK_H

#include "assess/office.h"
#include "office/workbook_read.h"

/* ---- patches ---- */

typedef struct patch_edit {
    size_t at, length;           /* bytes of the part that go */
    size_t text_at, text_length; /* what comes: of `texts` */
} patch_edit;

typedef struct patch {
    text old;
    buffer texts;
    patch_edit *edits;
    size_t count, capacity;
    bool failed; /* no memory */
} patch;

void patch_replace(patch *p, size_t at, size_t length, text t); /* at one place in the order of the calls */
void patch_insert(patch *p, size_t at, text t);
void patch_attribute(patch *p, xml_tag t, const char *name, text value); /* there or not; the value without & < " */
void patch_number(patch *p, xml_tag t, const char *name, uint64_t value);
/* Inserts behind all that the element has: `at` is where its end begins; <a/>, whose tag is `opened`, is opened up. */
void patch_inside(patch *p, xml_tag opened, size_t at, text t);
bool patch_apply(patch *p, buffer *out);
void patch_free(patch *p);

text tag_prefix(text part, xml_tag t);   /* of <x:row …>: x: */
bool tag_is_empty(text part, xml_tag t); /* <a/> */
/* The value of an attribute as written; no bytes: there is none of that name. */
text tag_attribute(text part, xml_tag t, const char *name);
void add_escaped(buffer *out, text t);         /* as character data or in an attribute; what XML has no place for is left out */
void add_cell_name(buffer *out, uint32_t row, uint32_t column); /* B12 */

/* ---- the archive ---- */

typedef struct made_part {
    text name;
    buffer bytes;
} made_part;

typedef struct package {
    zip *archive;
    made_part *made;
    size_t count, capacity;
    arena memory;
    bool strict; /* the variant of the format with other addresses */
} package;

/* The part as it is by now, unpacked; `out` is empty before. A part that there is none of is empty. */
xml_fault package_part(const package *p, text name, buffer *out);
/* Takes the bytes over, in every case. */
xml_fault package_set(package *p, text name, buffer *bytes);
/* Applies and frees the patch of that part. */
xml_fault package_patch(package *p, text name, patch *changes, xml_fault fault);
/* A name like xl/comments3.xml that is free; no bytes: no memory. */
text package_new_name(package *p, const char *before, const char *after);
/* From a part to another; `id` is how the first names it. */
xml_fault package_relate(package *p, text from, text to, const char *kind, text *id);
xml_fault package_declare(package *p, text name, const char *type);                /* in [Content_Types].xml */
xml_fault package_declare_extension(package *p, const char *extension, const char *type);
zip_fault package_write(package *p, buffer *out);
void package_free(package *p);
const char *package_main_address(const package *p);      /* of the names of sheets and comments */
const char *package_relations_address(const package *p); /* of r:id */

/* ---- what is marked ---- */

typedef enum mark_kind { MARK_ERROR, MARK_NOTICE, MARK_NONE, MARK_KIND_COUNT } mark_kind; /* NONE: a mark is taken away */

typedef struct mark {
    uint32_t row, column; /* 1-based */
    mark_kind kind;
    text words;           /* a sentence a line */
    uint32_t base;        /* the format without the mark, once the sheet has been marked */
} mark;

typedef struct marks {
    mark *items; /* by row and column, each cell once */
    size_t count;
} marks;

/* ---- formats ---- */

typedef struct made_format {
    uint32_t base;
    mark_kind kind;
} made_format;

typedef struct format_span {
    xml_tag tag;
    size_t end;  /* of all of it */
    bool marked; /* by an earlier copy */
} format_span;

typedef struct format_list {
    xml_tag tag;
    size_t end;      /* where its end begins */
    bool seen;
    uint32_t count;
    uint32_t marks[2]; /* of fills and borders: the number of that of each kind of mark, once they are written */
} format_list;

enum { LIST_FILLS, LIST_BORDERS, LIST_FORMATS, FORMAT_LISTS };

typedef struct mark_styles {
    xml xml;
    buffer bytes;
    format_list lists[FORMAT_LISTS];
    format_list *list;    /* the one at hand, NULL: another */
    unsigned depth;
    uint32_t *fills;      /* of marks that an earlier copy made */
    size_t fill_count, fill_capacity;
    format_span *formats; /* of cells */
    size_t count, capacity;
    made_format *made;
    size_t made_count, made_capacity;
    uint32_t *numbers;    /* [count][MARK_KIND_COUNT]: of the format with that mark; 0: not made */
    bool failed;          /* no memory */
} mark_styles;

/* Without its lists, which a sheet can do without, no cell is marked by its format. */
xml_fault styles_open(mark_styles *s, package *p, text name);
bool styles_is_marked(const mark_styles *s, uint32_t format);
/* The format of a cell that looks like `base` with that mark. */
uint32_t styles_marked(mark_styles *s, uint32_t base, mark_kind kind);
xml_fault styles_write(mark_styles *s, package *p, text name);
void styles_free(mark_styles *s);

/* ---- the formats before an earlier copy ---- */

enum { LIST_KIND = 1, LIST_SHEET, LIST_CELL, LIST_HEADER, LIST_VALUE, LIST_MESSAGE, LIST_COLUMNS = LIST_MESSAGE, /* columns of a list */
       PROBLEMS_OF_A_KIND = 20000 /* at most, that a batch keeps */ };

typedef struct former_cell {
    text sheet;
    uint32_t row, column, format;
} former_cell;

typedef struct former {
    former_cell *cells;
    size_t count, capacity;
    arena texts;
} former;

xml_fault former_read(former *f, const package *p, text list, const shared_texts *texts);
bool former_format(const former *f, text sheet, uint32_t row, uint32_t column, uint32_t *format); /* false: not known */
void former_free(former *f);

/* ---- sheets ---- */

typedef struct mark_context {
    package *package;
    mark_styles *styles;
    const former *former;
    assess_language language;
} mark_context;

enum { MARK_MOST_COMMENTS = 2000 }; /* of a sheet: a program that opens thousands more takes minutes over it */

xml_fault mark_sheet(mark_context *c, text part, text name, const marks *m);

/* The part of the comments and that of the boxes (no name: there is none) with those of the marks. */
typedef struct comment_parts {
    text comments, boxes;
} comment_parts;
xml_fault mark_comments(mark_context *c, const comment_parts *parts, const marks *m);

/* ---- lists ---- */

typedef struct listed {
    assess_severity severity;
    uint32_t row, column;
    text sheet, header, value, message;
    uint32_t format; /* of its cell, without the mark */
} listed;

typedef struct listing {
    const char *file;
    listed *items;
    size_t count, capacity;
    arena texts;
} listing;

assess_status listing_collect(listing *l, assess_batch *batch, const char *file, assess_language language, assess_error *err);
void listing_free(listing *l);
/* number: of the sheet that it replaces, SIZE_MAX: none */
xml_fault mark_list(mark_context *c, const book_parts *parts, size_t number, const listing *l);

#endif
