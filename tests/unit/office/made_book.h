/* made_book: workbooks that a test puts together part by part, in memory. */
#ifndef MADE_BOOK_H
#define MADE_BOOK_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <minizip/zip.h>

#include "assess/office.h"

#define MAIN_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define REL_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PKG_NS "http://schemas.openxmlformats.org/package/2006/relationships"

typedef struct made_part {
    const char *name, *content;
} made_part;

typedef struct made_book {
    char path[64];
    char *bytes;
    size_t length;
} made_book;

/* minizip writes files; what is tested reads memory. */
static inline made_book make_archive(const made_part *parts, size_t count)
{
    made_book m = {.path = "/tmp/assess-made-XXXXXX"};
    int file = mkstemp(m.path);
    assert_true(file >= 0);
    close(file);
    zipFile z = zipOpen(m.path, APPEND_STATUS_CREATE);
    assert_non_null(z);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(zipOpenNewFileInZip(z, parts[i].name, NULL, NULL, 0, NULL, 0, NULL, Z_DEFLATED, 6), ZIP_OK);
        assert_int_equal(zipWriteInFileInZip(z, parts[i].content, (unsigned)strlen(parts[i].content)), ZIP_OK);
        assert_int_equal(zipCloseFileInZip(z), ZIP_OK);
    }
    assert_int_equal(zipClose(z, NULL), ZIP_OK);
    FILE *in = fopen(m.path, "rb");
    assert_non_null(in);
    fseek(in, 0, SEEK_END);
    m.length = (size_t)ftell(in);
    rewind(in);
    m.bytes = malloc(m.length + 1);
    assert_int_equal(fread(m.bytes, 1, m.length, in), m.length);
    fclose(in);
    return m;
}

static inline void unmake(made_book *m)
{
    unlink(m->path);
    free(m->bytes);
    m->bytes = NULL;
}

/* A workbook of one sheet `ratings`; shared and styles may be NULL. */
static inline made_book make_book(const char *rows, const char *behind, const char *shared, const char *styles, const char *settings)
{
    static char sheet[4 * 1024 * 1024], book[1024], texts[8192];
    snprintf(sheet, sizeof sheet, "<worksheet xmlns=\"" MAIN_NS "\"><sheetData>%s</sheetData>%s</worksheet>", rows, behind);
    snprintf(book, sizeof book, "<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" REL_NS "\">%s<sheets><sheet name=\"ratings\" r:id=\"a\"/></sheets></workbook>",
             settings);
    snprintf(texts, sizeof texts, "<sst>%s</sst>", shared ? shared : "");
    const made_part parts[] = {
        {"_rels/.rels", "<Relationships xmlns=\"" PKG_NS "\"><Relationship Id=\"a\" Type=\"" REL_NS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", book},
        {"xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" PKG_NS "\"><Relationship Id=\"a\" Type=\"" REL_NS "/worksheet\" Target=\"sheet.xml\"/>"
                                       "<Relationship Id=\"b\" Type=\"" REL_NS "/sharedStrings\" Target=\"../xl/./texts.xml\"/>"
                                       "<Relationship Id=\"c\" Type=\"" REL_NS "/styles\" Target=\"/xl/styles.xml\"/></Relationships>"},
        {"xl/sheet.xml", sheet},
        {"xl/texts.xml", texts},
        {"xl/styles.xml", styles ? styles : "<styleSheet/>"},
    };
    return make_archive(parts, sizeof parts / sizeof *parts);
}

/* All of a sheet, NUL-terminated. */
static inline assess_workbook_fault read_all(assess_workbook *book, size_t sheet, char *out, size_t room)
{
    const assess_workbook_reader *reader = assess_office_workbooks();
    size_t length = 0, got = 1;
    assess_workbook_fault fault = reader->begin(book, sheet);
    while (fault == ASSESS_WORKBOOK_FINE && got > 0) {
        assert_true(length + 8 < room);
        fault = reader->read(book, out + length, 7, &got); /* less than a line at a time */
        length += got;
    }
    out[length] = '\0';
    return fault;
}

#endif
