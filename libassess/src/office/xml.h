/* xml: a part of an archive as elements, by expat. No document type, so no entities of anybody's making; names without their
 * prefix, because programs choose different ones for the same. */
#ifndef ASSESS_OFFICE_XML_H
#define ASSESS_OFFICE_XML_H

#include <expat.h>
#include <string.h>

#include "office/zip.h"

typedef enum xml_fault { XML_FINE, XML_NO_MEMORY, XML_DAMAGED, XML_LOCKED, XML_TOO_LARGE, XML_FORBIDDEN } xml_fault;

typedef struct xml_handlers {
    void (*start)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name);
    void (*characters)(void *context, const char *bytes, int length);
} xml_handlers;

typedef struct xml {
    XML_Parser parser;
    zip *archive;
    xml_handlers handlers;
    void *context;
    xml_fault fault;  /* the first one; a handler sets it by xml_stop */
    bool finished;
    uint64_t bytes;   /* handed to the parser so far */
    struct xml_piece {
        char *bytes;
        size_t length; /* 0: the part has come to its end */
        zip_fault fault;
    } pieces[2];      /* of a part of an archive: the one that is next, and the one behind it */
} xml;

/* Begins a part of the archive. xml_close is due in every case. */
xml_fault xml_open(xml *x, zip *archive, size_t part, xml_handlers handlers, void *context);
/* Looks at the next piece; x->finished then tells whether it was the last. */
xml_fault xml_step(xml *x);
void xml_stop(xml *x, xml_fault why);
void xml_close(xml *x);
/* All of a part. */
xml_fault xml_read(zip *archive, size_t part, xml_handlers handlers, void *context, xml *x);

/* A part that is in memory already, in UTF-8: in another encoding it is XML_FORBIDDEN, for its bytes are looked at. */
xml_fault xml_read_bytes(text part, xml_handlers handlers, void *context, xml *x);
/* The tag at hand, in bytes of the part. At the end of <a/> it is empty and begins behind the tag. */
typedef struct xml_tag {
    size_t begin, end;
} xml_tag;
xml_tag xml_here(const xml *x);

/* The name behind its prefix. */
static inline const char *xml_local(const char *name)
{
    for (const char *at = name; *at; at++)
        if (*at == ':')
            return at + 1;
    return name;
}

/* Millions of names are compared with a few: nearly all differ in their first letter. */
static inline bool xml_is(const char *name, const char *local)
{
    return name[0] == local[0] && strcmp(name, local) == 0;
}

/* The value of an attribute without prefix; NULL when there is none. */
const char *xml_attribute(const char **attributes, const char *name);
/* The same with any prefix: r:id. */
const char *xml_prefixed(const char **attributes, const char *local);
bool xml_is_true(const char *value); /* 1, true; NULL is not */

#endif
