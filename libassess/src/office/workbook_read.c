#define _GNU_SOURCE /* memmem */
#include "office/workbook_read.h"

#include <string.h>

#include "assess/office.h"
#include "base/versioned.h"

struct assess_workbook {
    zip *archive;
    book_parts parts;
    shared_texts texts;
    cell_formats formats;
    bool prepared;        /* texts and formats are read, with the first sheet */
    uint64_t most_bytes;  /* of texts, and of CSV in all */
    sheet_reader sheet;
};

assess_workbook_fault fault_of_xml(xml_fault fault)
{
    static const assess_workbook_fault faults[] = {
        [XML_FINE] = ASSESS_WORKBOOK_FINE, [XML_NO_MEMORY] = ASSESS_WORKBOOK_NO_MEMORY, [XML_DAMAGED] = ASSESS_WORKBOOK_DAMAGED,
        [XML_LOCKED] = ASSESS_WORKBOOK_LOCKED, [XML_TOO_LARGE] = ASSESS_WORKBOOK_TOO_LARGE,
        [XML_FORBIDDEN] = ASSESS_WORKBOOK_FORBIDDEN};
    return faults[fault];
}

/* ---- what the bytes are ---- */

static bool begins_with(const char *bytes, size_t length, const char *word, size_t word_length)
{
    return length >= word_length && memcmp(bytes, word, word_length) == 0;
}

static bool has_name(const char *bytes, size_t length, const char *name)
{
    char wide[64];
    size_t count = strlen(name);
    for (size_t i = 0; i < count; i++) {
        wide[2 * i] = name[i];
        wide[2 * i + 1] = '\0';
    }
    return memmem(bytes, length, wide, 2 * count) != NULL;
}

/* Old workbooks and encrypted new ones are both of this kind: only the names in their directory tell them apart. */
static assess_workbook_fault kind_of_compound(const char *bytes, size_t length)
{
    if (has_name(bytes, length, "EncryptedPackage"))
        return ASSESS_WORKBOOK_LOCKED;
    if (has_name(bytes, length, "WordDocument") || has_name(bytes, length, "PowerPoint Document"))
        return ASSESS_WORKBOOK_DOCUMENT;
    return ASSESS_WORKBOOK_OLD;
}

static assess_workbook_fault of_archive(zip_fault fault)
{
    switch (fault) {
    case ZIP_FINE:
        return ASSESS_WORKBOOK_FINE;
    case ZIP_NO_MEMORY:
        return ASSESS_WORKBOOK_NO_MEMORY;
    case ZIP_LOCKED:
        return ASSESS_WORKBOOK_LOCKED;
    case ZIP_TOO_LARGE:
        return ASSESS_WORKBOOK_TOO_LARGE;
    case ZIP_DAMAGED:
        break;
    }
    return ASSESS_WORKBOOK_DAMAGED;
}

/* ---- the functions of a reader ---- */

static void close_book(assess_workbook *book)
{
    if (!book)
        return;
    sheet_reader_end(&book->sheet);
    texts_free(&book->texts);
    formats_free(&book->formats);
    parts_free(&book->parts);
    zip_close(book->archive);
    mem_free(book);
}

/* Texts and CSV stay below what a batch may take for a file: 4 times its length, and half of the 256 MiB beside that. */
static uint64_t most_bytes_of(size_t length)
{
    return 128 * 1024 * 1024 + 4 * (uint64_t)length;
}

static assess_workbook_fault open_archive(const void *bytes, size_t length, assess_workbook **out)
{
    assess_workbook *book = mem_zalloc(1, sizeof *book);
    if (!book)
        return ASSESS_WORKBOOK_NO_MEMORY;
    assess_workbook_fault fault = of_archive(zip_open(bytes, length, &book->archive));
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = parts_read(&book->parts, book->archive);
    book->most_bytes = most_bytes_of(length);
    book->sheet = (sheet_reader){.texts = &book->texts, .formats = &book->formats, .from_1904 = book->parts.from_1904,
                                 .csv_left = book->most_bytes};
    if (fault == ASSESS_WORKBOOK_FINE)
        *out = book;
    else
        close_book(book);
    return fault;
}

static assess_workbook_fault open_book(void *user, const void *bytes, size_t length, assess_workbook **out)
{
    (void)user;
    *out = NULL;
    if (begins_with(bytes, length, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
        return kind_of_compound(bytes, length);
    return begins_with(bytes, length, "PK", 2) ? open_archive(bytes, length, out) : ASSESS_WORKBOOK_UNKNOWN;
}

static size_t count_sheets(const assess_workbook *book)
{
    return book->parts.count;
}

static void describe_sheet(const assess_workbook *book, size_t index, assess_workbook_sheet *out)
{
    const book_sheet *sheet = &book->parts.sheets[index];
    const assess_workbook_sheet full = {.name = sheet->name.bytes, .hidden = sheet->hidden};
    if (versioned_fits(out, SIZE_THROUGH(assess_workbook_sheet, hidden)))
        versioned_give(out, &full, sizeof full);
}

static assess_workbook_fault prepare(assess_workbook *book)
{
    assess_workbook_fault fault = ASSESS_WORKBOOK_FINE;
    if (book->prepared)
        return fault;
    texts_free(&book->texts);
    formats_free(&book->formats);
    if (book->parts.formats != SIZE_MAX)
        fault = formats_read(&book->formats, book->archive, book->parts.formats);
    if (fault == ASSESS_WORKBOOK_FINE && book->parts.texts != SIZE_MAX)
        fault = texts_read(&book->texts, book->archive, book->parts.texts, book->most_bytes / 2);
    book->prepared = fault == ASSESS_WORKBOOK_FINE;
    return fault;
}

static assess_workbook_fault begin_sheet(assess_workbook *book, size_t index)
{
    sheet_reader_end(&book->sheet);
    assess_workbook_fault fault = prepare(book);
    return fault == ASSESS_WORKBOOK_FINE ? sheet_reader_begin(&book->sheet, book->archive, book->parts.sheets[index].part) : fault;
}

static assess_workbook_fault read_sheet(assess_workbook *book, char *out, size_t room, size_t *got)
{
    return sheet_reader_read(&book->sheet, out, room, got);
}

static size_t count_remarks(const assess_workbook *book)
{
    return book->sheet.remark_count;
}

static void describe_remark(assess_workbook *book, size_t index, assess_workbook_remark *out)
{
    const remark *r = &book->sheet.remarks[index];
    const assess_workbook_remark full = {.kind = r->kind, .row = r->where.row, .column = r->where.column, .last_row = r->where.last_row,
                                         .last_column = r->where.last_column, .count = r->count, .text = r->text};
    if (versioned_fits(out, SIZE_THROUGH(assess_workbook_remark, text)))
        versioned_give(out, &full, sizeof full);
}

const assess_workbook_reader *assess_office_workbooks(void)
{
    static const assess_workbook_reader reader = {
        .size = sizeof reader, .open = open_book, .close = close_book, .sheet_count = count_sheets, .sheet = describe_sheet,
        .begin = begin_sheet, .read = read_sheet, .remark_count = count_remarks, .remark = describe_remark};
    return &reader;
}
