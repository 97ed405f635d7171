/* docx_pieces: a part of a document between docx_read.c, docx_tags.c and docx_parts.c. */
#ifndef ASSESS_OFFICE_DOCX_PIECES_H
#define ASSESS_OFFICE_DOCX_PIECES_H

#include "office/docx.h"
#include "office/xml.h"

enum { DOCX_MOST_DEPTH = 200, DOCX_MOST_TAGS = 4096 };

#define NO_PIECE SIZE_MAX

typedef enum docx_element {
    ELEMENT_OTHER,      /* something that is seen on paper, or may be */
    ELEMENT_PARAGRAPH,
    ELEMENT_RUN,
    ELEMENT_WORDS,      /* <w:t> */
    ELEMENT_ROW,
    ELEMENT_CELL,
    ELEMENT_TABLE,
    ELEMENT_BLOCKS,     /* holds paragraphs: the body, a text box, a header */
    ELEMENT_INLINE,     /* holds runs: a link, an insertion */
    ELEMENT_PROPERTIES, /* of a paragraph, run, row or cell */
    ELEMENT_SECTION,    /* <w:sectPr> */
    ELEMENT_BLANK,      /* a tab or a line break */
    ELEMENT_DELETED,    /* text that is marked as deleted */
    ELEMENT_CODE,       /* what a field of Word's own computes */
    ELEMENT_UNSEEN      /* marks of Word's own */
} docx_element;

typedef enum docx_piece_kind { PIECE_START, PIECE_END, PIECE_TEXT } docx_piece_kind;

typedef struct docx_piece {
    docx_piece_kind kind;
    docx_element element; /* also of an END */
    bool words;           /* a TEXT in which names may stand */
    bool gone;            /* a START: it is left out with all it holds */
    bool full, tagged;    /* paragraphs and rows: something is seen there; a section, remark or instruction stands there */
    size_t at, length;    /* of a tag: bytes of the part, none for the end of <a/>; of a text: bytes of `texts` */
    size_t parent;        /* START around it */
    size_t end;           /* of a START: its END; of an END: its START */
} docx_piece;

typedef struct docx_tag {
    size_t said, said_length; /* bytes of `says`, without the braces */
    char sign;                /* # ^ / % ! or 0 */
    size_t first, first_at;   /* the text it begins in, and where */
    size_t last, last_end;    /* the text it ends in, and the byte behind it */
    size_t partner;           /* of # ^ /: the other one */
    size_t place;             /* the START that it stands at; NO_PIECE: where it is written */
    bool behind;              /* stands behind the end of that element */
    uint32_t paragraph;
} docx_tag;

typedef struct docx_pieces {
    const char *file;
    uint32_t before; /* paragraphs in the parts before this one */
    text part;
    buffer texts, says;
    docx_piece *pieces;
    size_t count, capacity;
    docx_tag *tags;
    size_t tag_count, tag_capacity;
    uint32_t paragraphs;
    assess_error *err;
} docx_pieces;

static inline text docx_says(const docx_pieces *p, size_t at, size_t length) { return length ? (text){p->says.bytes + at, length} : TEXT(""); }
static inline text docx_said(const docx_pieces *p, const docx_tag *t) { return docx_says(p, t->said, t->said_length); }

/* p has part, file and err, and is freed in every case. */
assess_status docx_read(docx_pieces *p);
assess_status docx_find_tags(docx_pieces *p);
/* Appends the part as the text of a form. */
assess_status docx_compile(docx_pieces *p, buffer *out);
void docx_pieces_free(docx_pieces *p);
/* Appends the filled text as a part; cells that have lost all their paragraphs are given an empty one, pictures a number each. */
void docx_finish(text filled, buffer *out);

#endif
