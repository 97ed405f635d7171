/* Bytes as a workbook: as an archive when they begin with PK, else as the XML of a sheet, with texts and formats behind the first and second
 * NUL, in an archive that is whole. Nothing may crash, leak or read astray; what comes out is UTF-8, its rows and remarks lie within a sheet,
 * and it does not depend on how much is asked for at a time. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "assess/office.h"
#include "base/mem.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool what)
{
    if (!what)
        abort();
}

/* ---- an archive of stored parts ---- */

static void add_number(buffer *b, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_add_char(b, (char)(number >> 8 * i));
}

typedef struct archive {
    buffer bytes, list;
    unsigned count;
} archive;

static void add_sizes(buffer *b, text content)
{
    add_number(b, 0, 2); /* stored */
    add_number(b, 0, 4);
    add_number(b, (uint32_t)crc32(0, (const Bytef *)content.bytes, (uInt)content.length), 4);
    add_number(b, (uint32_t)content.length, 4);
    add_number(b, (uint32_t)content.length, 4);
}

static void add_part(archive *a, const char *name, text content)
{
    uint32_t at = (uint32_t)a->bytes.length;
    buffer_add(&a->bytes, "PK\3\4\24\0\0\0", 8);
    add_sizes(&a->bytes, content);
    add_number(&a->bytes, (uint32_t)strlen(name), 2);
    add_number(&a->bytes, 0, 2);
    buffer_add_string(&a->bytes, name);
    buffer_add_text(&a->bytes, content);
    buffer_add(&a->list, "PK\1\2\24\0\24\0\0\0", 10);
    add_sizes(&a->list, content);
    add_number(&a->list, (uint32_t)strlen(name), 2);
    for (int i = 0; i < 3; i++)
        add_number(&a->list, 0, 4);
    add_number(&a->list, at, 4);
    buffer_add_string(&a->list, name);
    a->count++;
}

static void end_archive(archive *a)
{
    uint32_t at = (uint32_t)a->bytes.length, length = (uint32_t)a->list.length;
    buffer_add_text(&a->bytes, buffer_text(&a->list));
    buffer_add(&a->bytes, "PK\5\6\0\0\0\0", 8);
    add_number(&a->bytes, a->count, 2);
    add_number(&a->bytes, a->count, 2);
    add_number(&a->bytes, length, 4);
    add_number(&a->bytes, at, 4);
    add_number(&a->bytes, 0, 2);
}

static text up_to_nul(text *rest)
{
    const char *nul = rest->length > 0 ? memchr(rest->bytes, '\0', rest->length) : NULL;
    text part = {rest->bytes, nul ? (size_t)(nul - rest->bytes) : rest->length};
    size_t used = part.length + (nul != NULL);
    *rest = (text){rest->bytes + used, rest->length - used};
    return part;
}

static void make_book(archive *a, text input)
{
    add_part(a, "_rels/.rels", TEXT("<R><Relationship Id='a' Type='/officeDocument' Target='xl/workbook.xml'/></R>"));
    add_part(a, "xl/workbook.xml", TEXT("<w xmlns:r='r'><sheet name='people' r:id='s'/></w>"));
    add_part(a, "xl/_rels/workbook.xml.rels",
             TEXT("<R><Relationship Id='s' Type='/worksheet' Target='s.xml'/><Relationship Id='t' Type='/sharedStrings' Target='t.xml'/>"
                  "<Relationship Id='f' Type='/styles' Target='f.xml'/></R>"));
    add_part(a, "xl/s.xml", up_to_nul(&input));
    text shared = up_to_nul(&input), formats = up_to_nul(&input);
    add_part(a, "xl/t.xml", shared.length > 0 ? shared : TEXT("<sst><si><t>a</t></si><si><t>b,c</t></si></sst>"));
    add_part(a, "xl/f.xml", formats.length > 0 ? formats : TEXT("<s><cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='9'/></cellXfs></s>"));
    end_archive(a);
}

/* ---- reading ---- */

static const assess_workbook_reader *reader;

static void check_remarks(assess_workbook *book)
{
    for (size_t i = 0; i < reader->remark_count(book); i++) {
        assess_workbook_remark r = {.size = sizeof r};
        reader->remark(book, i, &r);
        require(r.kind < ASSESS_CELL_REMARK_COUNT && r.text && r.row <= r.last_row && r.last_row <= 1048576 && r.column <= r.last_column &&
                r.last_column <= 16384);
    }
}

static assess_workbook_fault read_sheet(assess_workbook *book, size_t sheet, size_t room, buffer *out)
{
    enum { ENOUGH = 1 << 20 };
    char piece[4096];
    size_t got = 1;
    assess_workbook_fault fault = reader->begin(book, sheet);
    while (fault == ASSESS_WORKBOOK_FINE && got > 0 && out->length < ENOUGH) {
        fault = reader->read(book, piece, room, &got);
        buffer_add(out, piece, got);
    }
    check_remarks(book);
    return fault;
}

static void read_book(const char *bytes, size_t length)
{
    assess_workbook *book = NULL;
    assess_workbook_fault fault = reader->open(reader->user, bytes, length, &book);
    require((fault == ASSESS_WORKBOOK_FINE) == (book != NULL));
    for (size_t i = 0; book && i < reader->sheet_count(book) && i < 4; i++) {
        assess_workbook_sheet about = {.size = sizeof about};
        buffer one = {0}, other = {0};
        reader->sheet(book, i, &about);
        require(about.name != NULL);
        assess_workbook_fault fault = read_sheet(book, i, 4096, &one), again = read_sheet(book, i, 61, &other);
        require(one.length >= 1 << 20 || (fault == again && text_equal(buffer_text(&one), buffer_text(&other))));
        require(utf8_invalid_at(one.bytes, one.length) == one.length || one.length >= 1 << 20);
        buffer_free(&one);
        buffer_free(&other);
    }
    reader->close(book);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    reader = assess_office_workbooks();
    if (size >= 2 && memcmp(data, "PK", 2) == 0) {
        read_book((const char *)data, size);
        return 0;
    }
    archive a = {0};
    make_book(&a, (text){(const char *)data, size});
    read_book(a.bytes.bytes, a.bytes.length);
    buffer_free(&a.bytes);
    buffer_free(&a.list);
    return 0;
}
