/* docx: see docx.h. */
#include "office/docx_pieces.h"

#include <string.h>
#include <strings.h>

#include "office/zip_write.h"

enum { MOST_SOURCE = 64 * 1024 * 1024 };

/* No character of XML, and no value has it: control characters are made visible there. */
static const char BETWEEN_PARTS = '\1';

const fill_markup DOCX_MARKUP = {{"</w:t><w:br/><w:t xml:space=\"preserve\">", sizeof "</w:t><w:br/><w:t xml:space=\"preserve\">" - 1},
                                 {"</w:t><w:tab/><w:t xml:space=\"preserve\">", sizeof "</w:t><w:tab/><w:t xml:space=\"preserve\">" - 1}};

static const char OLD_WORD[] = "\xD0\xCF\x11\xE0"; /* also of documents with a password */

static bool begins_with(text t, const char *begin) { return t.length >= strlen(begin) && memcmp(t.bytes, begin, strlen(begin)) == 0; }

bool docx_is(text bytes) { return begins_with(bytes, "PK") || begins_with(bytes, OLD_WORD); }

bool docx_is_named(const char *file)
{
    size_t length = strlen(file);
    return length > 5 && strcasecmp(file + length - 5, ".docx") == 0;
}

assess_status docx_fault(const char *file, uint32_t paragraph, message m, assess_error *err)
{
    return error_set_at(err, ASSESS_E_CALL, m, file, paragraph, NULL);
}

static assess_status fault(const docx *d, message_id id, assess_error *err) { return docx_fault(d->file, 0, message_of(id), err); }

static assess_status fault_of_zip(const docx *d, zip_fault f, assess_error *err)
{
    static const message_id ids[] = {[ZIP_DAMAGED] = MSG_docx_damaged, [ZIP_LOCKED] = MSG_docx_locked, [ZIP_TOO_LARGE] = MSG_docx_too_large};
    if (f == ZIP_FINE)
        return ASSESS_OK;
    return f == ZIP_NO_MEMORY ? error_no_memory(err) : fault(d, ids[f], err);
}

/* ---- what is refused ---- */

typedef struct check {
    docx *d;
    xml xml;
    message wrong; /* of the first thing that is; its id MESSAGE_COUNT: nothing */
    char word[120];
    bool no_memory, found;
} check;

static bool text_ends(const char *t, const char *end)
{
    size_t n = t ? strlen(t) : 0, m = strlen(end);
    return n >= m && strcasecmp(t + n - m, end) == 0;
}

static void refuse(check *c, message_id id, const char *word)
{
    size_t length = strlen(word), kept = length < sizeof c->word ? length : sizeof c->word - 1;
    while (kept < length && kept > 0 && ((unsigned char)word[kept] & 0xC0) == 0x80)
        kept--; /* whole characters */
    memcpy(c->word, word, kept);
    c->wrong = message_of1(id, (text){c->word, kept});
    xml_stop(&c->xml, XML_FORBIDDEN);
}

/* A link is followed by who clicks on it; all else would be fetched when the document is opened. */
static void check_relation(void *context, const char *name, const char **attributes)
{
    check *c = context;
    const char *type = xml_attribute(attributes, "Type"), *target = xml_attribute(attributes, "Target");
    const char *mode = xml_attribute(attributes, "TargetMode");
    if (!xml_is(name, "Relationship") || !type)
        return;
    bool outside = mode && strcasecmp(mode, "External") == 0 && !text_ends(type, "/hyperlink");
    if (outside || text_ends(type, "/attachedTemplate") || text_ends(type, "/aFChunk"))
        refuse(c, MSG_docx_outside, target ? target : "");
    if (text_ends(type, "/vbaProject") || text_ends(type, "/control"))
        refuse(c, MSG_docx_macros, "");
}

/* ---- which parts are filled ---- */

static void add_part(check *c, const char *path, bool is_document)
{
    docx *d = c->d;
    size_t number = zip_find(d->archive, text_of(path + (path[0] == '/')));
    for (size_t i = 0; i < d->count; i++)
        if (d->parts[i].number == number)
            number = SIZE_MAX;
    if (number == SIZE_MAX)
        return;
    if (!MEM_RESERVE(d->parts, d->capacity, d->count + 1)) {
        xml_stop(&c->xml, XML_NO_MEMORY);
        return;
    }
    d->parts[d->count++] = (docx_part){number};
    if (!is_document)
        return;
    c->found = true;
    docx_part first = d->parts[0];
    d->parts[0] = d->parts[d->count - 1];
    d->parts[d->count - 1] = first;
}

static bool is_filled(const char *type)
{
    static const char *const all[] = {".header+xml", ".footer+xml", ".footnotes+xml", ".endnotes+xml"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (text_ends(type, all[i]))
            return true;
    return false;
}

static bool has_macros(const char *type)
{
    return text_ends(type, "vbaProject") || text_ends(type, "vbaData+xml") || text_ends(type, "activeX+xml") ||
           strstr(type, "macroEnabled") != NULL;
}

static void check_type(void *context, const char *name, const char **attributes)
{
    check *c = context;
    const char *type = xml_attribute(attributes, "ContentType"), *path = xml_attribute(attributes, "PartName");
    (void)name;
    if (!type)
        return;
    if (has_macros(type))
        refuse(c, MSG_docx_macros, "");
    else if (text_ends(type, "wordprocessingml.template.main+xml"))
        refuse(c, MSG_docx_dotx, "");
    else if (path && (text_ends(type, "wordprocessingml.document.main+xml") ? !c->found : is_filled(type)))
        add_part(c, path, text_ends(type, "main+xml"));
}

static assess_status settle(check *c, xml_fault f, assess_error *err)
{
    if (c->wrong.id != MESSAGE_COUNT)
        return docx_fault(c->d->file, 0, c->wrong, err);
    static const zip_fault faults[] = {[XML_FINE] = ZIP_FINE, [XML_NO_MEMORY] = ZIP_NO_MEMORY, [XML_DAMAGED] = ZIP_DAMAGED,
                                       [XML_LOCKED] = ZIP_LOCKED, [XML_TOO_LARGE] = ZIP_TOO_LARGE, [XML_FORBIDDEN] = ZIP_DAMAGED};
    return fault_of_zip(c->d, faults[f], err);
}

static assess_status look_at(docx *d, size_t part, void (*start)(void *, const char *, const char **), bool *found, assess_error *err)
{
    check c = {.d = d, .wrong = {.id = MESSAGE_COUNT}};
    xml_fault f = xml_read(d->archive, part, (xml_handlers){start, NULL, NULL}, &c, &c.xml);
    *found = c.found;
    return settle(&c, f, err);
}

static assess_status find_parts(docx *d, assess_error *err)
{
    size_t types = zip_find(d->archive, TEXT("[Content_Types].xml"));
    bool found = false;
    assess_status status = types == SIZE_MAX ? fault(d, MSG_docx_none, err) : look_at(d, types, check_type, &found, err);
    return status == ASSESS_OK && !found ? fault(d, MSG_docx_none, err) : status;
}

static assess_status check_relations(docx *d, assess_error *err)
{
    assess_status status = ASSESS_OK;
    bool found;
    for (size_t i = 0; i < zip_count(d->archive) && status == ASSESS_OK; i++) {
        text name = zip_name(d->archive, i);
        if (name.length > 5 && strncasecmp(name.bytes + name.length - 5, ".rels", 5) == 0)
            status = look_at(d, i, check_relation, &found, err);
    }
    return status;
}

/* ---- reading ---- */

static assess_status read_part(docx *d, size_t number, buffer *out, assess_error *err)
{
    enum { MOST_BYTES = 4 * 1024 * 1024, PIECE = 64 * 1024 };
    size_t got = 1;
    zip_fault f = zip_begin(d->archive, number, ZIP_READ);
    while (f == ZIP_FINE && got > 0) {
        if (!MEM_RESERVE(out->bytes, out->capacity, out->length + PIECE))
            return error_no_memory(err);
        f = zip_next(d->archive, out->bytes + out->length, PIECE, &got);
        out->length += got;
        if (out->length > MOST_BYTES)
            return fault(d, MSG_docx_too_large, err);
    }
    return fault_of_zip(d, f, err);
}

static assess_status compile_part(docx *d, size_t i, uint32_t *paragraphs, assess_error *err)
{
    buffer part = {0};
    docx_pieces p = {.file = d->file, .before = *paragraphs, .err = err};
    assess_status status = read_part(d, d->parts[i].number, &part, err);
    p.part = buffer_text(&part);
    if (status == ASSESS_OK)
        status = docx_read(&p);
    if (status == ASSESS_OK)
        status = docx_find_tags(&p);
    if (status == ASSESS_OK)
        status = docx_compile(&p, &d->source);
    buffer_add_char(&d->source, BETWEEN_PARTS);
    if (status == ASSESS_OK && d->source.length > MOST_SOURCE)
        status = fault(d, MSG_docx_too_large, err);
    *paragraphs += p.paragraphs;
    docx_pieces_free(&p);
    buffer_free(&part);
    return status == ASSESS_OK && d->source.failed ? error_no_memory(err) : status;
}

assess_status docx_open(text bytes, const char *file, docx *out, assess_error *err)
{
    *out = (docx){.file = file};
    uint32_t paragraphs = 0;
    if (begins_with(bytes, OLD_WORD))
        return fault(out, MSG_docx_old, err);
    assess_status status = fault_of_zip(out, zip_open(bytes.bytes, bytes.length, &out->archive), err);
    if (status == ASSESS_OK)
        status = find_parts(out, err);
    if (status == ASSESS_OK)
        status = check_relations(out, err);
    for (size_t i = 0; i < out->count && status == ASSESS_OK; i++)
        status = compile_part(out, i, &paragraphs, err);
    return status;
}

void docx_close(docx *d)
{
    zip_close(d->archive);
    mem_free(d->parts);
    buffer_free(&d->source);
    *d = (docx){0};
}

/* ---- writing ---- */

static text nth_part(text filled, size_t n)
{
    const char *end = filled.bytes + filled.length;
    for (; n > 0; n--)
        filled.bytes = (const char *)memchr(filled.bytes, BETWEEN_PARTS, (size_t)(end - filled.bytes)) + 1;
    const char *last = memchr(filled.bytes, BETWEEN_PARTS, (size_t)(end - filled.bytes));
    return (text){filled.bytes, (size_t)(last - filled.bytes)};
}

static size_t part_of(const docx *d, size_t number)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->parts[i].number == number)
            return i;
    return SIZE_MAX;
}

static zip_fault write_filled(docx *d, zip_writer *w, size_t number, text part)
{
    char name[1024];
    text n = zip_name(d->archive, number);
    buffer bytes = {0};
    if (n.length >= sizeof name)
        return ZIP_DAMAGED;
    memcpy(name, n.bytes, n.length);
    name[n.length] = '\0';
    docx_finish(part, &bytes);
    zip_fault f = bytes.failed ? ZIP_NO_MEMORY : zip_write_part(w, name, buffer_text(&bytes));
    buffer_free(&bytes);
    return f;
}

assess_status docx_write(docx *d, text filled, buffer *out, assess_error *err)
{
    zip_writer *w = zip_write_begin();
    zip_fault f = w ? ZIP_FINE : ZIP_NO_MEMORY;
    for (size_t i = 0; i < zip_count(d->archive) && f == ZIP_FINE; i++) {
        size_t part = part_of(d, i);
        f = part == SIZE_MAX ? zip_write_copy(w, d->archive, i) : write_filled(d, w, i, nth_part(filled, part));
    }
    if (f == ZIP_FINE)
        f = zip_write_end(w, out);
    zip_write_free(w);
    return fault_of_zip(d, f, err);
}
