#include "office/workbook_read.h"

#include <string.h>

/* ---- characters ---- */

static int hexadecimal(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of an _xHHHH_ at the beginning of `p`; 0: there is none, or it is no character of its own. */
static uint32_t escaped_character(const char *p, size_t length)
{
    enum { ESCAPE_BYTES = 7 };
    uint32_t c = 0;
    if (length < ESCAPE_BYTES || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        if (hexadecimal(p[i]) < 0)
            return 0;
        c = c * 16 + (uint32_t)hexadecimal(p[i]);
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

static size_t put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | c >> 12);
    out[1] = (char)(0x80 | (c >> 6 & 0x3F));
    out[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

/* In place: what is written is never longer than its escape. */
void decode_escapes(buffer *b)
{
    enum { ESCAPE_BYTES = 7 };
    if (b->length == 0 || !memchr(b->bytes, '_', b->length))
        return;
    size_t kept = 0;
    for (size_t at = 0; at < b->length;) {
        uint32_t c = escaped_character(b->bytes + at, b->length - at);
        if (c == 0) {
            b->bytes[kept++] = b->bytes[at++];
        } else {
            kept += put_utf8(b->bytes + kept, c);
            at += ESCAPE_BYTES;
        }
    }
    b->length = kept;
}

static bool needs_quotes(text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] == ',' || t.bytes[i] == '"' || t.bytes[i] == '\n' || t.bytes[i] == '\r')
            return true;
    return false;
}

void add_quoted(buffer *out, text t)
{
    if (!needs_quotes(t)) {
        buffer_add_text(out, t);
        return;
    }
    buffer_add_char(out, '"');
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == '"')
            buffer_add_char(out, '"');
        buffer_add_char(out, t.bytes[i]);
    }
    buffer_add_char(out, '"');
}

/* ---- sharedStrings.xml ---- */

typedef struct texts_reader {
    xml xml;
    shared_texts *texts;
    buffer text;     /* the one at hand, its runs put together */
    bool in_text, in_phonetic;
    uint64_t most_bytes;
} texts_reader;

static void start_text(void *context, const char *name, const char **attributes)
{
    texts_reader *r = context;
    (void)attributes;
    if (xml_is(name, "t"))
        r->in_text = !r->in_phonetic;
    else if (xml_is(name, "rPh"))
        r->in_phonetic = true;
    else if (xml_is(name, "si"))
        r->text.length = 0;
}

static void keep_text(texts_reader *r)
{
    shared_texts *t = r->texts;
    decode_escapes(&r->text);
    add_quoted(&t->bytes, buffer_text(&r->text));
    if (t->bytes.length + (t->count + 1) * sizeof *t->ends > r->most_bytes || t->bytes.length > UINT32_MAX)
        xml_stop(&r->xml, XML_TOO_LARGE);
    else if (t->bytes.failed || r->text.failed || !MEM_RESERVE(t->ends, t->capacity, t->count + 1))
        xml_stop(&r->xml, XML_NO_MEMORY);
    else
        t->ends[t->count++] = (uint32_t)t->bytes.length;
}

static void end_text(void *context, const char *name)
{
    texts_reader *r = context;
    if (xml_is(name, "t"))
        r->in_text = false;
    else if (xml_is(name, "rPh"))
        r->in_phonetic = false;
    else if (xml_is(name, "si"))
        keep_text(r);
}

static void add_characters(void *context, const char *bytes, int length)
{
    texts_reader *r = context;
    if (!r->in_text)
        return;
    buffer_add(&r->text, bytes, (size_t)length);
    if (r->text.length > r->most_bytes)
        xml_stop(&r->xml, XML_TOO_LARGE);
}

assess_workbook_fault texts_read(shared_texts *texts, zip *archive, size_t part, uint64_t most_bytes)
{
    texts_reader r = {.texts = texts, .most_bytes = most_bytes};
    xml_fault fault = xml_read(archive, part, (xml_handlers){start_text, end_text, add_characters}, &r, &r.xml);
    buffer_free(&r.text);
    return fault_of_xml(fault);
}

void texts_free(shared_texts *texts)
{
    buffer_free(&texts->bytes);
    mem_free(texts->ends);
    *texts = (shared_texts){0};
}

text shared_text(const shared_texts *texts, size_t number)
{
    size_t begin = number > 0 ? texts->ends[number - 1] : 0;
    return (text){texts->bytes.bytes + begin, texts->ends[number] - begin};
}
