/* Which part is what stands in relations (name.rels): a part is never looked for by where programs usually put it, but for the workbook
 * itself. Types are compared by their last word: the strict variant of the format has other addresses before it. */
#include "office/workbook_read.h"

#include <string.h>

/* ---- names of parts ---- */

static text folder_of(text name)
{
    while (name.length > 0 && name.bytes[name.length - 1] != '/')
        name.length--;
    return name;
}

static text last_word(text type)
{
    size_t at = folder_of(type).length;
    return (text){type.bytes + at, type.length - at};
}

/* Takes the last folder away: xl/worksheets/ becomes xl/. */
static void leave_folder(buffer *b)
{
    if (b->length > 0)
        b->length--;
    while (b->length > 0 && b->bytes[b->length - 1] != '/')
        b->length--;
}

/* worksheets/sheet1.xml, ../xl/a.xml and /xl/a.xml, seen from a folder, as the name of a part. */
static text resolve(arena *memory, text folder, text target)
{
    buffer b = {0};
    size_t at = target.length > 0 && target.bytes[0] == '/';
    if (at == 0)
        buffer_add_text(&b, folder);
    while (at < target.length) {
        const char *step = target.bytes + at, *slash = memchr(step, '/', target.length - at);
        size_t length = slash ? (size_t)(slash - step) : target.length - at;
        if (length == 2 && memcmp(step, "..", 2) == 0)
            leave_folder(&b);
        else if (!(length == 1 && *step == '.'))
            buffer_add(&b, step, length + (slash != NULL));
        at += length + (slash != NULL);
    }
    const char *copy = b.failed ? NULL : arena_text(memory, b.length > 0 ? b.bytes : "", b.length);
    text name = {copy, b.length};
    buffer_free(&b);
    return name;
}

/* ---- relations ---- */

static text keep(relations *r, const char *value)
{
    text t = text_of(value);
    t.bytes = arena_text(r->memory, t.bytes ? t.bytes : "", t.length);
    if (!t.bytes)
        xml_stop(&r->xml, XML_NO_MEMORY);
    return t;
}

static void start_relation(void *context, const char *name, const char **attributes)
{
    relations *r = context;
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (!xml_is(name, "Relationship") || (mode && xml_is(mode, "External")))
        return;
    relation one = {.id = keep(r, xml_attribute(attributes, "Id")), .kind = keep(r, xml_attribute(attributes, "Type")),
                    .target = resolve(r->memory, r->folder, text_of(xml_attribute(attributes, "Target")))};
    if (r->xml.fault != XML_FINE)
        return;
    one.kind = last_word(one.kind);
    if (!one.target.bytes || !MEM_RESERVE(r->items, r->capacity, r->count + 1))
        xml_stop(&r->xml, XML_NO_MEMORY);
    else if (r->count == ZIP_MOST_PARTS)
        xml_stop(&r->xml, XML_TOO_LARGE);
    else
        r->items[r->count++] = one;
}

static xml_fault read_relations(relations *r, zip *archive, const char *name)
{
    size_t part = zip_find(archive, text_of(name));
    if (part == SIZE_MAX)
        return XML_FINE;
    return xml_read(archive, part, (xml_handlers){start_relation, NULL, NULL}, r, &r->xml);
}

const relation *relation_of(const relations *r, const char *id)
{
    for (size_t i = 0; id && i < r->count; i++)
        if (text_equal(r->items[i].id, text_of(id)))
            return &r->items[i];
    return NULL;
}

text relations_name(arena *memory, text name)
{
    buffer b = {0};
    buffer_add_text(&b, folder_of(name));
    buffer_add_string(&b, "_rels/");
    buffer_add_text(&b, last_word(name));
    buffer_add_string(&b, ".rels");
    text made = {b.failed ? NULL : arena_text(memory, b.bytes, b.length), b.length};
    buffer_free(&b);
    return made;
}

xml_fault relations_read(relations *r, zip *archive, text name)
{
    text own = relations_name(r->memory, name);
    r->folder = folder_of(name);
    return own.bytes ? read_relations(r, archive, own.bytes) : XML_NO_MEMORY;
}

void relations_free(relations *r)
{
    mem_free(r->items);
    r->items = NULL;
    r->count = r->capacity = 0;
}

size_t relations_part(const relations *r, const zip *archive, text kind)
{
    for (size_t i = 0; i < r->count; i++)
        if (text_equal(r->items[i].kind, kind))
            return zip_find(archive, r->items[i].target);
    return SIZE_MAX;
}

/* ---- the workbook ---- */

typedef struct book_reader {
    xml xml;
    const zip *archive;
    relations *relations;
    book_parts *parts;
    size_t seen; /* sheets of every kind: each is looked for in the relations */
} book_reader;

static void keep_sheet(book_reader *r, const char **attributes)
{
    book_parts *p = r->parts;
    const relation *found = relation_of(r->relations, xml_prefixed(attributes, "id"));
    const char *name = xml_attribute(attributes, "name"), *state = xml_attribute(attributes, "state");
    if (!found || !name || r->seen++ == ZIP_MOST_PARTS) {
        xml_stop(&r->xml, XML_DAMAGED);
        return;
    }
    if (!text_equal(found->kind, TEXT("worksheet")))
        return; /* a sheet that is a chart, or of an old macro language */
    book_sheet sheet = {.name = text_of(name), .part = zip_find(r->archive, found->target), .hidden = state && !xml_is(state, "visible")};
    sheet.name.bytes = arena_text(&p->memory, sheet.name.bytes, sheet.name.length);
    if (!sheet.name.bytes || !MEM_RESERVE(p->sheets, p->capacity, p->count + 1))
        xml_stop(&r->xml, XML_NO_MEMORY);
    else if (sheet.part == SIZE_MAX)
        xml_stop(&r->xml, XML_DAMAGED);
    else
        p->sheets[p->count++] = sheet;
}

static void start_book(void *context, const char *name, const char **attributes)
{
    book_reader *r = context;
    if (xml_is(name, "sheet"))
        keep_sheet(r, attributes);
    else if (xml_is(name, "workbookPr"))
        r->parts->from_1904 = xml_is_true(xml_attribute(attributes, "date1904"));
}

static assess_workbook_fault read_book(book_parts *parts, zip *archive, text name)
{
    relations own = {.memory = &parts->memory};
    book_reader r = {.archive = archive, .relations = &own, .parts = parts};
    xml_fault fault = relations_read(&own, archive, name);
    if (fault == XML_FINE)
        fault = xml_read(archive, zip_find(archive, name), (xml_handlers){start_book, NULL, NULL}, &r, &r.xml);
    parts->book = zip_find(archive, name);
    parts->texts = relations_part(&own, archive, TEXT("sharedStrings"));
    parts->formats = relations_part(&own, archive, TEXT("styles"));
    relations_free(&own);
    return fault_of_xml(fault);
}

/* ---- what else an archive may be ---- */

static bool has_part(const zip *archive, const char *name)
{
    return zip_find(archive, text_of(name)) != SIZE_MAX;
}

static assess_workbook_fault kind_without_book(zip *archive)
{
    char words[128];
    size_t part = zip_find(archive, TEXT("mimetype")), got = 0;
    if (part != SIZE_MAX && zip_begin(archive, part, ZIP_READ) == ZIP_FINE && zip_next(archive, words, sizeof words, &got) == ZIP_FINE)
        return got >= 46 && memcmp(words, "application/vnd.oasis.opendocument.spreadsheet", 46) == 0 ? ASSESS_WORKBOOK_OPENDOCUMENT
               : got >= 34 && memcmp(words, "application/vnd.oasis.opendocument", 34) == 0           ? ASSESS_WORKBOOK_DOCUMENT
                                                                                                     : ASSESS_WORKBOOK_UNKNOWN;
    if (has_part(archive, "xl/workbook.bin"))
        return ASSESS_WORKBOOK_BINARY;
    if (has_part(archive, "word/document.xml") || has_part(archive, "ppt/presentation.xml"))
        return ASSESS_WORKBOOK_DOCUMENT;
    return ASSESS_WORKBOOK_UNKNOWN;
}

static text book_name(const relations *package, const zip *archive)
{
    for (size_t i = 0; i < package->count; i++)
        if (text_equal(package->items[i].kind, TEXT("officeDocument")) && zip_find(archive, package->items[i].target) != SIZE_MAX)
            return package->items[i].target;
    return TEXT("xl/workbook.xml");
}

assess_workbook_fault parts_read(book_parts *parts, zip *archive)
{
    relations package = {.memory = &parts->memory, .folder = TEXT("")};
    assess_workbook_fault fault = kind_without_book(archive);
    if (fault == ASSESS_WORKBOOK_UNKNOWN)
        fault = fault_of_xml(read_relations(&package, archive, "_rels/.rels"));
    text name = book_name(&package, archive);
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = has_part(archive, name.bytes) ? read_book(parts, archive, name) : ASSESS_WORKBOOK_UNKNOWN;
    relations_free(&package);
    return fault;
}

void parts_free(book_parts *parts)
{
    mem_free(parts->sheets);
    arena_free(&parts->memory);
    *parts = (book_parts){0};
}
