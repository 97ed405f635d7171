/* docx_read: see docx_pieces.h. */
#include "office/docx_pieces.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

typedef struct reader {
    docx_pieces *p;
    xml xml;
    size_t open, depth; /* the innermost START, and how many there are */
    buffer code;        /* of the field of Word's that is just read */
    message_id wrong;   /* what is wrong beyond XML; MESSAGE_COUNT: nothing */
    char word[32];      /* that it is about */
} reader;

static docx_element element_of(const char *name)
{
    static const struct {
        const char *name;
        docx_element element;
    } known[] = {{"p", ELEMENT_PARAGRAPH}, {"r", ELEMENT_RUN}, {"t", ELEMENT_WORDS}, {"tr", ELEMENT_ROW}, {"tc", ELEMENT_CELL},
                 {"tbl", ELEMENT_TABLE}, {"body", ELEMENT_BLOCKS}, {"txbxContent", ELEMENT_BLOCKS}, {"hdr", ELEMENT_BLOCKS},
                 {"ftr", ELEMENT_BLOCKS}, {"footnote", ELEMENT_BLOCKS}, {"endnote", ELEMENT_BLOCKS}, {"sdtContent", ELEMENT_INLINE},
                 {"hyperlink", ELEMENT_INLINE}, {"ins", ELEMENT_INLINE}, {"smartTag", ELEMENT_INLINE}, {"pPr", ELEMENT_PROPERTIES},
                 {"rPr", ELEMENT_PROPERTIES}, {"trPr", ELEMENT_PROPERTIES}, {"tcPr", ELEMENT_PROPERTIES}, {"tblPrEx", ELEMENT_PROPERTIES},
                 {"sectPr", ELEMENT_SECTION}, {"tab", ELEMENT_BLANK}, {"br", ELEMENT_BLANK}, {"cr", ELEMENT_BLANK}, {"delText", ELEMENT_DELETED},
                 {"instrText", ELEMENT_CODE}, {"proofErr", ELEMENT_UNSEEN}, {"bookmarkStart", ELEMENT_UNSEEN},
                 {"bookmarkEnd", ELEMENT_UNSEEN}, {"lastRenderedPageBreak", ELEMENT_UNSEEN}, {"softHyphen", ELEMENT_UNSEEN}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (xml_is(name, known[i].name))
            return known[i].element;
    return ELEMENT_OTHER;
}

static void stop(reader *r, message_id wrong, const char *word)
{
    r->wrong = wrong;
    snprintf(r->word, sizeof r->word, "%s", word);
    xml_stop(&r->xml, XML_FORBIDDEN);
}

static docx_piece *add_piece(reader *r, docx_piece piece)
{
    docx_pieces *p = r->p;
    if (!MEM_RESERVE(p->pieces, p->capacity, p->count + 1)) {
        xml_stop(&r->xml, XML_NO_MEMORY);
        return NULL;
    }
    p->pieces[p->count] = piece;
    return &p->pieces[p->count++];
}

/* ---- fields of Word's own ---- */

/* They bring in a file or start a program when the document is opened. */
static bool leads_out(const char *code, size_t length)
{
    static const char *const all[] = {"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strlen(all[i]) == length && strncasecmp(code, all[i], length) == 0)
            return true;
    return false;
}

static void check_code(reader *r, text code)
{
    char word[32];
    code = text_trim(code);
    size_t length = 0;
    while (length < code.length && code.bytes[length] != ' ' && code.bytes[length] != '\t' && code.bytes[length] != '\n')
        length++;
    if (length == 0 || length >= sizeof word || !leads_out(code.bytes, length))
        return;
    memcpy(word, code.bytes, length);
    word[length] = '\0';
    stop(r, MSG_docx_field_code, word);
}

static void look_at_code(reader *r, const char *name, const char **attributes)
{
    if (xml_is(name, "fldSimple")) {
        check_code(r, text_of(xml_prefixed(attributes, "instr")));
    } else if (xml_is(name, "fldChar")) {
        check_code(r, buffer_text(&r->code));
        r->code.length = 0;
    }
}

/* ---- pieces ---- */

/* Other vocabularies have a p and a t of their own. */
static bool is_of_word(const reader *r, xml_tag tag)
{
    text part = r->p->part;
    return tag.end - tag.begin > 3 && memcmp(part.bytes + tag.begin + 1, "w:", 2) == 0;
}

/* Page and column breaks are seen. */
static docx_element kind_of(const reader *r, const char *name, const char **attributes, xml_tag tag)
{
    if (!is_of_word(r, tag))
        return ELEMENT_OTHER;
    const char *type = xml_is(name, "br") ? xml_prefixed(attributes, "type") : NULL;
    return type && !xml_is(type, "textWrapping") ? ELEMENT_OTHER : element_of(name);
}

static void on_start(void *context, const char *name, const char **attributes)
{
    reader *r = context;
    xml_tag tag = xml_here(&r->xml);
    docx_piece piece = {.kind = PIECE_START, .at = tag.begin, .length = tag.end - tag.begin, .parent = r->open};
    piece.element = kind_of(r, name, attributes, tag);
    if (r->depth++ == DOCX_MOST_DEPTH || (r->open == NO_PIECE && !is_of_word(r, tag))) {
        xml_stop(&r->xml, XML_DAMAGED);
        return;
    }
    if (is_of_word(r, tag))
        look_at_code(r, name, attributes);
    r->p->paragraphs += piece.element == ELEMENT_PARAGRAPH;
    if (add_piece(r, piece))
        r->open = r->p->count - 1;
}

static void on_end(void *context, const char *name)
{
    reader *r = context;
    (void)name;
    xml_tag tag = xml_here(&r->xml);
    docx_piece *start = &r->p->pieces[r->open];
    docx_piece piece = {.kind = PIECE_END, .element = start->element, .at = tag.begin, .length = tag.end - tag.begin, .parent = start->parent,
                        .end = r->open};
    start->end = r->p->count;
    r->open = start->parent;
    r->depth--;
    add_piece(r, piece);
}

static bool is_words(const docx_pieces *p, size_t open)
{
    const docx_piece *t = &p->pieces[open];
    return t->element == ELEMENT_WORDS && t->parent != NO_PIECE && p->pieces[t->parent].element == ELEMENT_RUN;
}

static void on_characters(void *context, const char *bytes, int length)
{
    reader *r = context;
    docx_pieces *p = r->p;
    docx_piece *last = p->count ? &p->pieces[p->count - 1] : NULL;
    size_t at = p->texts.length;
    buffer_add(&p->texts, bytes, (size_t)length);
    if (last && last->kind == PIECE_TEXT)
        last->length += (size_t)length;
    else
        add_piece(r, (docx_piece){.kind = PIECE_TEXT, .words = is_words(p, r->open), .at = at, .length = (size_t)length, .parent = r->open});
    if (p->pieces && p->pieces[r->open].element == ELEMENT_CODE)
        buffer_add(&r->code, bytes, (size_t)length);
    if (p->texts.failed || r->code.failed)
        xml_stop(&r->xml, XML_NO_MEMORY);
}

static assess_status fault_of(const reader *r, xml_fault fault)
{
    docx_pieces *p = r->p;
    if (fault == XML_NO_MEMORY)
        return error_no_memory(p->err);
    if (r->wrong != MESSAGE_COUNT)
        return docx_fault(p->file, p->before + p->paragraphs, message_of1(r->wrong, text_of(r->word)), p->err);
    return docx_fault(p->file, 0, message_of(fault == XML_FINE ? MSG_docx_empty : MSG_docx_damaged), p->err);
}

assess_status docx_read(docx_pieces *p)
{
    reader r = {.p = p, .open = NO_PIECE, .wrong = MESSAGE_COUNT};
    xml_fault fault = xml_read_bytes(p->part, (xml_handlers){on_start, on_end, on_characters}, &r, &r.xml);
    buffer_free(&r.code);
    return fault == XML_FINE && p->count ? ASSESS_OK : fault_of(&r, fault);
}

void docx_pieces_free(docx_pieces *p)
{
    mem_free(p->pieces);
    mem_free(p->tags);
    buffer_free(&p->texts);
    buffer_free(&p->says);
}
