/* mark_package: see mark.h. */
#include "office/mark.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "office/zip_write.h"

/* ---- parts ---- */

/* As the archive writes it: names are compared without case there. */
static text name_in(const package *p, text name)
{
    size_t number = zip_find(p->archive, name);
    return number == SIZE_MAX ? name : zip_name(p->archive, number);
}

static made_part *made_of(const package *p, text name)
{
    name = name_in(p, name);
    for (size_t i = 0; i < p->count; i++)
        if (text_equal(p->made[i].name, name))
            return &p->made[i];
    return NULL;
}

static xml_fault fault_of_zip(zip_fault fault)
{
    static const xml_fault faults[] = {[ZIP_FINE] = XML_FINE, [ZIP_NO_MEMORY] = XML_NO_MEMORY, [ZIP_DAMAGED] = XML_DAMAGED,
                                       [ZIP_LOCKED] = XML_LOCKED, [ZIP_TOO_LARGE] = XML_TOO_LARGE};
    return faults[fault];
}

xml_fault package_part(const package *p, text name, buffer *out)
{
    const made_part *made = made_of(p, name);
    size_t number = zip_find(p->archive, name);
    if (made)
        buffer_add_text(out, buffer_text(&made->bytes));
    else if (number != SIZE_MAX)
        return fault_of_zip(zip_whole(p->archive, number, out));
    return out->failed ? XML_NO_MEMORY : XML_FINE;
}

static bool keep(package *p, text name, buffer *bytes)
{
    name = name_in(p, name);
    const char *copy = arena_text(&p->memory, name.bytes, name.length);
    if (!copy || !MEM_RESERVE(p->made, p->capacity, p->count + 1))
        return false;
    p->made[p->count++] = (made_part){{copy, name.length}, *bytes};
    return true;
}

xml_fault package_set(package *p, text name, buffer *bytes)
{
    made_part *made = made_of(p, name);
    bool fine = !bytes->failed;
    if (fine && made) {
        buffer_free(&made->bytes);
        made->bytes = *bytes;
    } else if (fine) {
        fine = keep(p, name, bytes);
    }
    if (!fine)
        buffer_free(bytes);
    *bytes = (buffer){0};
    return fine ? XML_FINE : XML_NO_MEMORY;
}

xml_fault package_patch(package *p, text name, patch *changes, xml_fault fault)
{
    buffer out = {0};
    if (fault == XML_FINE && !patch_apply(changes, &out))
        fault = XML_NO_MEMORY;
    patch_free(changes);
    if (fault == XML_FINE)
        return package_set(p, name, &out);
    buffer_free(&out);
    return fault;
}

text package_new_name(package *p, const char *before, const char *after)
{
    char name[64];
    for (unsigned n = 1;; n++) {
        text t = {name, (size_t)snprintf(name, sizeof name, "%s%u%s", before, n, after)};
        if (!made_of(p, t) && zip_find(p->archive, t) == SIZE_MAX) {
            t.bytes = arena_text(&p->memory, name, t.length);
            return t;
        }
    }
}

const char *package_main_address(const package *p)
{
    return p->strict ? "http://purl.oclc.org/ooxml/spreadsheetml/main" : "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
}

const char *package_relations_address(const package *p)
{
    return p->strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
                     : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
}

/* ---- a list of relations or of types, to which one is added ---- */

typedef struct addition {
    xml xml;
    patch patch;
    xml_tag root;
    unsigned depth, highest; /* of ids like rId3, ar4 */
    const char *wanted;      /* extension that may be there already */
    bool found;
    const buffer *line;
} addition;

static unsigned number_behind(const char *id)
{
    unsigned number = 0;
    for (; id && *id; id++)
        number = *id >= '0' && *id <= '9' && number < 100000000 ? number * 10 + (unsigned)(*id - '0') : 0;
    return number;
}

static void start_entry(void *context, const char *name, const char **attributes)
{
    addition *a = context;
    const char *extension = xml_attribute(attributes, "Extension");
    unsigned number = number_behind(xml_attribute(attributes, "Id"));
    if (a->depth++ == 0)
        a->root = xml_here(&a->xml);
    a->highest = number > a->highest ? number : a->highest;
    a->found |= xml_is(name, "Default") && extension && strcasecmp(extension, a->wanted) == 0;
}

static void end_entry(void *context, const char *name)
{
    addition *a = context;
    (void)name;
    if (--a->depth == 0 && a->line)
        patch_inside(&a->patch, a->root, xml_here(&a->xml).begin, buffer_text(a->line));
}

static xml_fault look_at(addition *a, text part)
{
    a->patch.old = part;
    return xml_read_bytes(part, (xml_handlers){start_entry, end_entry, NULL}, a, &a->xml);
}

static void add_attribute(buffer *b, const char *name, text value)
{
    buffer_add_char(b, ' ');
    buffer_add_string(b, name);
    buffer_add_string(b, "=\"");
    add_escaped(b, value);
    buffer_add_char(b, '"');
}

/* <x:Relationship, as the root has its prefix */
static void begin_line(buffer *line, const addition *a, const char *element)
{
    buffer_add_char(line, '<');
    buffer_add_text(line, tag_prefix(a->patch.old, a->root));
    buffer_add_string(line, element);
}

static xml_fault end_line(package *p, text name, addition *a, buffer *line)
{
    buffer_add_string(line, "/>");
    a->line = line;
    a->depth = 0;
    xml_fault fault = line->failed ? XML_NO_MEMORY : look_at(a, a->patch.old);
    return package_patch(p, name, &a->patch, fault);
}

/* ---- relations ---- */

static const char NO_RELATIONS[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                                   "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>";

static void add_relation(package *p, buffer *line, const char *kind, text to, text id)
{
    buffer type = {0}, target = {0};
    buffer_add_string(&type, package_relations_address(p));
    buffer_add_char(&type, '/');
    buffer_add_string(&type, kind);
    buffer_add_char(&target, '/');
    buffer_add_text(&target, to);
    add_attribute(line, "Id", id);
    add_attribute(line, "Type", buffer_text(&type));
    add_attribute(line, "Target", buffer_text(&target));
    line->failed |= type.failed || target.failed;
    buffer_free(&type);
    buffer_free(&target);
}

static text name_id(package *p, unsigned number)
{
    char id[24];
    int length = snprintf(id, sizeof id, "rId%u", number);
    return (text){arena_text(&p->memory, id, (size_t)length), (size_t)length};
}

xml_fault package_relate(package *p, text from, text to, const char *kind, text *id)
{
    text name = relations_name(&p->memory, from);
    buffer part = {0}, line = {0};
    addition a = {0};
    xml_fault fault = name.bytes ? package_part(p, name, &part) : XML_NO_MEMORY;
    if (fault == XML_FINE && part.length == 0)
        buffer_add_string(&part, NO_RELATIONS);
    if (fault == XML_FINE)
        fault = part.failed ? XML_NO_MEMORY : look_at(&a, buffer_text(&part));
    *id = name_id(p, a.highest + 1);
    if (fault == XML_FINE && id->bytes) {
        begin_line(&line, &a, "Relationship");
        add_relation(p, &line, kind, to, *id);
        fault = end_line(p, name, &a, &line);
    }
    buffer_free(&part);
    buffer_free(&line);
    return id->bytes ? fault : XML_NO_MEMORY;
}

/* ---- types ---- */

static xml_fault declare(package *p, const char *element, const char *key, text value, const char *type, const char *extension)
{
    buffer part = {0}, line = {0};
    addition a = {.wanted = extension};
    xml_fault fault = package_part(p, TEXT("[Content_Types].xml"), &part);
    if (fault == XML_FINE)
        fault = look_at(&a, buffer_text(&part));
    if (fault == XML_FINE && !a.found) {
        begin_line(&line, &a, element);
        add_attribute(&line, key, value);
        add_attribute(&line, "ContentType", text_of(type));
        fault = end_line(p, TEXT("[Content_Types].xml"), &a, &line);
    }
    buffer_free(&part);
    buffer_free(&line);
    return fault;
}

xml_fault package_declare(package *p, text name, const char *type)
{
    buffer path = {0};
    buffer_add_char(&path, '/');
    buffer_add_text(&path, name);
    xml_fault fault = path.failed ? XML_NO_MEMORY : declare(p, "Override", "PartName", buffer_text(&path), type, "");
    buffer_free(&path);
    return fault;
}

xml_fault package_declare_extension(package *p, const char *extension, const char *type)
{
    return declare(p, "Default", "Extension", text_of(extension), type, extension);
}

/* ---- the archive ---- */

static zip_fault write_old(package *p, zip_writer *w)
{
    zip_fault fault = ZIP_FINE;
    for (size_t i = 0; fault == ZIP_FINE && i < zip_count(p->archive); i++) {
        text name = zip_name(p->archive, i);
        const made_part *made = made_of(p, name);
        fault = made ? zip_write_part(w, made->name.bytes, buffer_text(&made->bytes)) : zip_write_copy(w, p->archive, i);
    }
    return fault;
}

static zip_fault write_new(package *p, zip_writer *w)
{
    zip_fault fault = ZIP_FINE;
    for (size_t i = 0; fault == ZIP_FINE && i < p->count; i++)
        if (zip_find(p->archive, p->made[i].name) == SIZE_MAX)
            fault = zip_write_part(w, p->made[i].name.bytes, buffer_text(&p->made[i].bytes));
    return fault;
}

zip_fault package_write(package *p, buffer *out)
{
    zip_writer *w = zip_write_begin();
    zip_fault fault = w ? write_old(p, w) : ZIP_NO_MEMORY;
    if (fault == ZIP_FINE)
        fault = write_new(p, w);
    if (fault == ZIP_FINE)
        fault = zip_write_end(w, out);
    zip_write_free(w);
    return fault;
}

void package_free(package *p)
{
    for (size_t i = 0; i < p->count; i++)
        buffer_free(&p->made[i].bytes);
    mem_free(p->made);
    arena_free(&p->memory);
    *p = (package){0};
}
