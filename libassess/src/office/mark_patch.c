/* mark_patch: see mark.h. */
#include "office/mark.h"

#include <stdlib.h>
#include <string.h>

/* ---- edits ---- */

void patch_replace(patch *p, size_t at, size_t length, text t)
{
    if (!MEM_RESERVE(p->edits, p->capacity, p->count + 1)) {
        p->failed = true;
        return;
    }
    p->edits[p->count++] = (patch_edit){at, length, p->texts.length, t.length};
    buffer_add_text(&p->texts, t);
}

void patch_insert(patch *p, size_t at, text t)
{
    patch_replace(p, at, 0, t);
}

/* Texts grow in the order of the calls, so their places keep equal edits apart. */
static int compare_edits(const void *left, const void *right)
{
    const patch_edit *a = left, *b = right;
    return a->at != b->at ? (a->at > b->at) - (a->at < b->at) : (a->text_at > b->text_at) - (a->text_at < b->text_at);
}

bool patch_apply(patch *p, buffer *out)
{
    size_t at = 0;
    if (p->failed || p->texts.failed)
        return false;
    if (p->count > 1)
        qsort(p->edits, p->count, sizeof *p->edits, compare_edits);
    for (size_t i = 0; i < p->count; i++) {
        const patch_edit *e = &p->edits[i];
        buffer_add(out, p->old.bytes + at, e->at - at);
        buffer_add(out, p->texts.bytes + e->text_at, e->text_length);
        at = e->at + e->length;
    }
    buffer_add(out, p->old.bytes + at, p->old.length - at);
    return !out->failed;
}

void patch_free(patch *p)
{
    mem_free(p->edits);
    buffer_free(&p->texts);
    *p = (patch){0};
}

/* ---- tags, which expat has found to be right ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool tag_is_empty(text part, xml_tag t)
{
    return t.end >= 2 && part.bytes[t.end - 2] == '/';
}

static size_t name_end(text part, xml_tag t)
{
    size_t at = t.begin + 1;
    while (at < t.end && !is_blank(part.bytes[at]) && part.bytes[at] != '/' && part.bytes[at] != '>')
        at++;
    return at;
}

static text element_name(text part, xml_tag t)
{
    return (text){part.bytes + t.begin + 1, name_end(part, t) - t.begin - 1};
}

text tag_prefix(text part, xml_tag t)
{
    text name = element_name(part, t);
    const char *colon = memchr(name.bytes, ':', name.length);
    return (text){name.bytes, colon ? (size_t)(colon - name.bytes) + 1 : 0};
}

/* The value of the attribute that begins at *at, and its name; *at is then behind it. False: there is none any more. */
static bool next_attribute(text part, size_t end, size_t *at, text *name, text *value)
{
    size_t begin = *at, quote;
    while (begin < end && is_blank(part.bytes[begin]))
        begin++;
    for (quote = begin; quote < end && part.bytes[quote] != '"' && part.bytes[quote] != '\'';)
        quote++;
    const char *close = quote < end ? memchr(part.bytes + quote + 1, part.bytes[quote], end - quote - 1) : NULL;
    if (!close)
        return false;
    *name = (text){part.bytes + begin, quote - begin};
    while (name->length > 0 && (name->bytes[name->length - 1] == '=' || is_blank(name->bytes[name->length - 1])))
        name->length--;
    *value = (text){part.bytes + quote + 1, (size_t)(close - part.bytes) - quote - 1};
    *at = (size_t)(close - part.bytes) + 1;
    return true;
}

text tag_attribute(text part, xml_tag t, const char *name)
{
    text found, value;
    for (size_t at = name_end(part, t); next_attribute(part, t.end, &at, &found, &value);)
        if (text_equal(found, text_of(name)))
            return value;
    return (text){NULL, 0};
}

void patch_attribute(patch *p, xml_tag t, const char *name, text value)
{
    text old = tag_attribute(p->old, t, name);
    buffer b = {0};
    if (old.bytes) {
        patch_replace(p, (size_t)(old.bytes - p->old.bytes), old.length, value);
        return;
    }
    buffer_add_char(&b, ' ');
    buffer_add_string(&b, name);
    buffer_add_string(&b, "=\"");
    buffer_add_text(&b, value);
    buffer_add_char(&b, '"');
    p->failed |= b.failed;
    patch_insert(p, name_end(p->old, t), buffer_text(&b));
    buffer_free(&b);
}

void patch_number(patch *p, xml_tag t, const char *name, uint64_t value)
{
    buffer b = {0};
    buffer_add_integer(&b, (int64_t)value);
    p->failed |= b.failed;
    patch_attribute(p, t, name, buffer_text(&b));
    buffer_free(&b);
}

void patch_inside(patch *p, xml_tag opened, size_t at, text t)
{
    buffer b = {0};
    if (!tag_is_empty(p->old, opened)) {
        patch_insert(p, at, t);
        return;
    }
    buffer_add_char(&b, '>');
    buffer_add_text(&b, t);
    buffer_add_string(&b, "</");
    buffer_add_text(&b, element_name(p->old, opened));
    buffer_add_char(&b, '>');
    p->failed |= b.failed;
    patch_replace(p, opened.end - 2, 2, buffer_text(&b));
    buffer_free(&b);
}

/* ---- words ---- */

static const char *entity_of(char c)
{
    return c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : c == '\r' ? "&#13;" : NULL;
}

/* U+FFFE and U+FFFF: no character of XML. */
static bool is_no_character(text t, size_t at)
{
    const unsigned char *c = (const unsigned char *)t.bytes + at;
    return t.length - at >= 3 && c[0] == 0xEF && c[1] == 0xBF && c[2] >= 0xBE;
}

void add_escaped(buffer *out, text t)
{
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        const char *entity = entity_of(t.bytes[i]);
        if (entity)
            buffer_add_string(out, entity);
        else if (is_no_character(t, i))
            i += 2;
        else if (c >= ' ' || c == '\t' || c == '\n')
            buffer_add_char(out, t.bytes[i]);
    }
}

void add_cell_name(buffer *out, uint32_t row, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (; column > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    buffer_add(out, letters + at, sizeof letters - at);
    buffer_add_integer(out, row);
}
