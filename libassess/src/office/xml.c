#include "office/xml.h"

#include <strings.h>

#include "base/parallel.h"

enum { PIECE_BYTES = 512 * 1024 };

static void *resize_block(void *block, size_t size)
{
    return mem_resize(block, 1, size);
}

static void on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    xml *x = user;
    bool counts = x->archive != NULL; /* a part in memory has been paid for by its bytes */
    if (counts && !zip_spend(x->archive, 1 + (uint64_t)XML_GetSpecifiedAttributeCount(x->parser) / 2))
        xml_stop(x, XML_TOO_LARGE);
    if (x->fault == XML_FINE)
        x->handlers.start(x->context, xml_local(name), attributes);
}

static void on_end(void *user, const XML_Char *name)
{
    xml *x = user;
    if (x->fault == XML_FINE && x->handlers.end)
        x->handlers.end(x->context, xml_local(name));
}

static void on_characters(void *user, const XML_Char *bytes, int length)
{
    xml *x = user;
    if (x->fault == XML_FINE)
        x->handlers.characters(x->context, bytes, length);
}

static void on_document_type(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal)
{
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    xml_stop(user, XML_FORBIDDEN);
}

void xml_stop(xml *x, xml_fault why)
{
    if (x->fault == XML_FINE)
        x->fault = why;
    XML_StopParser(x->parser, XML_FALSE);
}

static xml_fault of_zip(zip_fault fault)
{
    static const xml_fault faults[] = {[ZIP_FINE] = XML_FINE, [ZIP_NO_MEMORY] = XML_NO_MEMORY, [ZIP_DAMAGED] = XML_DAMAGED,
                                       [ZIP_LOCKED] = XML_LOCKED, [ZIP_TOO_LARGE] = XML_TOO_LARGE};
    return faults[fault];
}

static xml_fault make_parser(xml *x)
{
    static const XML_Memory_Handling_Suite memory = {mem_alloc, resize_block, mem_free};
    x->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    if (!x->parser)
        return x->fault = XML_NO_MEMORY;
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    if (x->handlers.characters)
        XML_SetCharacterDataHandler(x->parser, on_characters);
    XML_SetStartDoctypeDeclHandler(x->parser, on_document_type);
    return XML_FINE;
}

xml_fault xml_open(xml *x, zip *archive, size_t part, xml_handlers handlers, void *context)
{
    *x = (xml){.archive = archive, .handlers = handlers, .context = context};
    x->fault = of_zip(zip_begin(archive, part, ZIP_READ));
    return x->fault == XML_FINE ? make_parser(x) : x->fault;
}

static void judge(xml *x)
{
    if (x->fault == XML_FINE)
        x->fault = XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY ? XML_NO_MEMORY : XML_DAMAGED;
}

/* A tag or comment is scanned again with every piece until it ends; none that a spreadsheet writes is nearly so long. */
static bool is_endless(const xml *x)
{
    enum { TOKEN_BYTES = 4 * 1024 * 1024 };
    XML_Index begin = XML_GetCurrentByteIndex(x->parser);
    return !x->finished && x->bytes - (begin > 0 ? (uint64_t)begin : 0) > TOKEN_BYTES;
}

static void unpack(xml *x, struct xml_piece *p)
{
    p->fault = zip_next(x->archive, p->bytes, PIECE_BYTES, &p->length);
}

static void parse_piece(xml *x)
{
    const struct xml_piece *p = &x->pieces[0];
    x->bytes += p->length;
    x->finished = p->length == 0;
    if (XML_Parse(x->parser, p->bytes, (int)p->length, x->finished) == XML_STATUS_ERROR)
        judge(x);
    else if (is_endless(x))
        xml_stop(x, XML_TOO_LARGE);
}

static void step_task(void *context, size_t index, unsigned worker)
{
    xml *x = context;
    (void)worker;
    if (index == 0)
        parse_piece(x);
    else
        unpack(x, &x->pieces[1]);
}

static bool first_piece(xml *x)
{
    for (size_t i = 0; i < 2; i++)
        if (!x->pieces[i].bytes && !(x->pieces[i].bytes = mem_alloc(PIECE_BYTES)))
            return false;
    unpack(x, &x->pieces[0]);
    return true;
}

/* One piece is parsed while the next one is unpacked: a fifth of the time of a large sheet. A piece that is not full is the last with
 * something in it, so small parts are not worth a thread. */
xml_fault xml_step(xml *x)
{
    if (x->fault != XML_FINE || x->finished)
        return x->fault;
    if (!x->pieces[0].bytes && !first_piece(x))
        return x->fault = XML_NO_MEMORY;
    if ((x->fault = of_zip(x->pieces[0].fault)) != XML_FINE)
        return x->fault;
    parallel_run(2, x->pieces[0].length < PIECE_BYTES ? 1 : parallel_processors(), step_task, x);
    struct xml_piece parsed = x->pieces[0];
    x->pieces[0] = x->pieces[1];
    x->pieces[1] = parsed;
    return x->fault;
}

void xml_close(xml *x)
{
    if (x->parser)
        XML_ParserFree(x->parser);
    x->parser = NULL;
    for (size_t i = 0; i < 2; i++) {
        mem_free(x->pieces[i].bytes);
        x->pieces[i].bytes = NULL;
    }
}

xml_fault xml_read(zip *archive, size_t part, xml_handlers handlers, void *context, xml *x)
{
    xml_fault fault = xml_open(x, archive, part, handlers, context);
    while (fault == XML_FINE && !x->finished)
        fault = xml_step(x);
    xml_close(x);
    return fault;
}

/* ---- a part in memory ---- */

static void on_declaration(void *user, const XML_Char *version, const XML_Char *written, int standalone)
{
    (void)version;
    (void)standalone;
    if (written && strcasecmp(written, "UTF-8") != 0 && strcasecmp(written, "US-ASCII") != 0)
        xml_stop(user, XML_FORBIDDEN);
}

/* UTF-16 has a 0 or its mark there. */
static bool is_wide(text part)
{
    return part.length >= 2 && (!part.bytes[0] || !part.bytes[1] || (unsigned char)part.bytes[0] >= 0xFE);
}

xml_fault xml_read_bytes(text part, xml_handlers handlers, void *context, xml *x)
{
    enum { PIECE = 1024 * 1024 };
    *x = (xml){.handlers = handlers, .context = context};
    if (is_wide(part))
        return x->fault = XML_FORBIDDEN;
    if (make_parser(x) == XML_FINE)
        XML_SetXmlDeclHandler(x->parser, on_declaration);
    for (size_t at = 0; x->fault == XML_FINE && !x->finished; at += PIECE) {
        size_t left = part.length - at;
        x->finished = left <= PIECE;
        if (XML_Parse(x->parser, part.bytes + at, (int)(x->finished ? left : PIECE), x->finished) == XML_STATUS_ERROR)
            judge(x);
    }
    xml_close(x);
    return x->fault;
}

xml_tag xml_here(const xml *x)
{
    size_t begin = (size_t)XML_GetCurrentByteIndex(x->parser);
    return (xml_tag){begin, begin + (size_t)XML_GetCurrentByteCount(x->parser)};
}

/* ---- names and attributes ---- */

const char *xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (xml_is(attributes[0], name))
            return attributes[1];
    return NULL;
}

const char *xml_prefixed(const char **attributes, const char *local)
{
    for (; *attributes; attributes += 2)
        if (strchr(attributes[0], ':') && xml_is(xml_local(attributes[0]), local))
            return attributes[1];
    return NULL;
}

bool xml_is_true(const char *value)
{
    return value && (xml_is(value, "1") || xml_is(value, "true"));
}
