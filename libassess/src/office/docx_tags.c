/* docx_tags: see docx_pieces.h. */
#include "office/docx_pieces.h"
#include "office/fill_nodes.h"

#include <string.h>

static assess_status fault(const docx_pieces *p, uint32_t paragraph, message m)
{
    return docx_fault(p->file, p->before + paragraph, m, p->err);
}

/* ---- signs as a Chinese keyboard writes them ---- */

static uint32_t folded(uint32_t c)
{
    static const char signs[] = "{}#^/%!?|=@";
    if (c == 0x3000 || c == 0xA0)
        return ' ';
    return c > 0xFF00 && c < 0xFF5F && strchr(signs, (int)(c - 0xFEE0)) ? c - 0xFEE0 : c;
}

/* Appends the character at `at`; its sign where it is one. */
static void add_folded(buffer *out, text t, size_t *at, bool fold)
{
    size_t begin = *at;
    uint32_t c = utf8_next(t.bytes, t.length, at), sign = folded(c);
    if (fold && sign != c)
        buffer_add_char(out, (char)sign);
    else
        buffer_add(out, t.bytes + begin, *at - begin);
}

/* `raw` stands behind p->says: trimmed and with its signs folded it takes its own place. Of remarks and instructions only the
 * first character is a sign; what stands behind = is a value. */
static bool fold_said(docx_pieces *p, docx_tag *t)
{
    buffer out = {0};
    text raw = text_trim(docx_says(p, t->said, p->says.length - t->said));
    bool fold = true;
    for (size_t at = 0; at < raw.length;) {
        add_folded(&out, raw, &at, fold);
        char last = out.length ? out.bytes[out.length - 1] : '\0';
        fold = fold && last != '=' && !(out.length == 1 && (last == '%' || last == '!'));
    }
    p->says.length = t->said;
    buffer_add_text(&p->says, buffer_text(&out));
    t->said_length = out.length;
    t->sign = out.length && strchr("#^/%!", out.bytes[0]) ? out.bytes[0] : '\0';
    bool fine = !out.failed && !p->says.failed;
    buffer_free(&out);
    return fine;
}

/* ---- finding them ---- */

typedef struct scan {
    docx_pieces *p;
    docx_tag tag;
    bool inside;              /* of braces */
    uint32_t before;          /* the sign before, in this paragraph; 0: none */
    size_t before_in, before_at;
    uint32_t paragraph;
} scan;

static assess_status unclosed(const scan *s)
{
    const docx_pieces *p = s->p;
    text said = docx_says(p, s->tag.said, p->says.length - s->tag.said);
    enum { SHOWN = 60 };
    size_t length = 0;
    while (length < said.length && length < SHOWN)
        utf8_next(said.bytes, said.length, &length);
    return fault(p, s->paragraph, message_of1(MSG_docx_unclosed_braces, (text){said.bytes, length}));
}

static assess_status begin_tag(scan *s)
{
    if (s->p->tag_count == DOCX_MOST_TAGS)
        return fault(s->p, s->paragraph, message_of(MSG_docx_too_many));
    s->inside = true;
    s->tag = (docx_tag){.said = s->p->says.length, .first = s->before_in, .first_at = s->before_at, .partner = NO_PIECE, .place = NO_PIECE,
                        .paragraph = s->paragraph};
    return ASSESS_OK;
}

static assess_status end_tag(scan *s, size_t piece, size_t end)
{
    docx_pieces *p = s->p;
    if (p->says.failed)
        return error_no_memory(p->err);
    p->says.length--; /* the first of the closing braces */
    if (p->says.bytes[p->says.length] != '}')
        p->says.length -= 2; /* it was a full-width one */
    s->tag.last = piece;
    s->tag.last_end = end;
    s->inside = false;
    if (!fold_said(p, &s->tag) || !MEM_RESERVE(p->tags, p->tag_capacity, p->tag_count + 1))
        return error_no_memory(p->err);
    p->tags[p->tag_count++] = s->tag;
    return ASSESS_OK;
}

static assess_status scan_text(scan *s, size_t piece)
{
    docx_pieces *p = s->p;
    text t = {p->texts.bytes + p->pieces[piece].at, p->pieces[piece].length};
    assess_status status = ASSESS_OK;
    for (size_t at = 0, begin; (begin = at) < t.length && status == ASSESS_OK;) {
        uint32_t sign = folded(utf8_next(t.bytes, t.length, &at)), before = s->before;
        s->before = sign;
        if (before == (s->inside ? '}' : '{') && sign == before) {
            status = s->inside ? end_tag(s, piece, at) : begin_tag(s);
            s->before = 0;
        } else if (s->inside) {
            buffer_add(&p->says, t.bytes + begin, at - begin);
        } else {
            s->before_in = piece;
            s->before_at = begin;
        }
    }
    return p->says.failed ? error_no_memory(p->err) : status;
}

/* Braces in a formula or a chart would stand on the filled form. */
static assess_status scan_other(const scan *s, size_t piece)
{
    const docx_pieces *p = s->p;
    const docx_piece *t = &p->pieces[piece];
    docx_element in = p->pieces[t->parent].element;
    bool passed = in == ELEMENT_DELETED || in == ELEMENT_CODE;
    for (size_t i = t->at; !passed && i + 1 < t->at + t->length; i++)
        if (p->texts.bytes[i] == '{' && p->texts.bytes[i + 1] == '{')
            return fault(p, s->paragraph, message_of(MSG_docx_no_place));
    return ASSESS_OK;
}

/* A blank within braces is part of what is said, not of the page. */
static void pass_blank(scan *s, size_t piece)
{
    s->before = 0;
    if (!s->inside)
        return;
    buffer_add_char(&s->p->says, ' ');
    s->p->pieces[piece].gone = true;
}

static assess_status scan_piece(scan *s, size_t i)
{
    docx_piece *piece = &s->p->pieces[i];
    if (piece->kind == PIECE_TEXT)
        return piece->words ? scan_text(s, i) : scan_other(s, i);
    if (piece->element == ELEMENT_PARAGRAPH) {
        if (s->inside)
            return unclosed(s);
        s->paragraph += piece->kind == PIECE_START;
        s->before = 0;
    }
    if (piece->element == ELEMENT_BLANK && piece->kind == PIECE_START)
        pass_blank(s, i);
    return ASSESS_OK;
}

static assess_status scan_all(docx_pieces *p)
{
    scan s = {.p = p};
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < p->count && status == ASSESS_OK; i++)
        status = scan_piece(&s, i);
    return status == ASSESS_OK && s.inside ? unclosed(&s) : status;
}

/* ---- sections ---- */

static message about(const docx_pieces *p, message_id id, const docx_tag *t)
{
    text said = docx_said(p, t);
    text name = text_trim((text){said.bytes + 1, said.length - 1});
    return message_of1(id, name);
}

/* Names are compared when the form is parsed. */
static assess_status pair_sections(docx_pieces *p)
{
    size_t open[FILL_MAX_DEPTH], depth = 0;
    for (size_t i = 0; i < p->tag_count; i++) {
        docx_tag *t = &p->tags[i];
        if (t->sign == '/') {
            if (depth == 0)
                return fault(p, t->paragraph, about(p, MSG_form_not_open, t));
            t->partner = open[--depth];
            p->tags[t->partner].partner = i;
        } else if (t->sign == '#' || t->sign == '^') {
            if (depth == FILL_MAX_DEPTH)
                return fault(p, t->paragraph, message_of(MSG_form_too_deep));
            open[depth++] = i;
        }
    }
    if (depth == 0)
        return ASSESS_OK;
    const docx_tag *t = &p->tags[open[depth - 1]];
    return fault(p, t->paragraph, about(p, MSG_form_unclosed, t));
}

/* ---- paragraphs and rows without anything to be seen ---- */

static void mark_around(docx_pieces *p, size_t piece, bool full)
{
    for (size_t i = piece; i != NO_PIECE; i = p->pieces[i].parent) {
        docx_piece *e = &p->pieces[i];
        if (e->element != ELEMENT_PARAGRAPH && e->element != ELEMENT_ROW)
            continue;
        if (full ? e->full : e->tagged)
            return;
        e->full |= full;
        e->tagged |= !full;
    }
}

static bool is_seen(docx_element e) { return e == ELEMENT_OTHER || e == ELEMENT_TABLE || e == ELEMENT_SECTION || e == ELEMENT_CODE; }

/* What a properties element has within is never seen, but for the end of a section of pages. */
static void mark_elements(docx_pieces *p)
{
    size_t properties_end = 0;
    for (size_t i = 0; i < p->count; i++) {
        const docx_piece *e = &p->pieces[i];
        if (e->kind != PIECE_START)
            continue;
        if (e->element == ELEMENT_PROPERTIES && i >= properties_end)
            properties_end = e->end;
        if (is_seen(e->element) && (i >= properties_end || e->element == ELEMENT_SECTION))
            mark_around(p, e->parent, true);
    }
}

static bool is_control(const docx_tag *t) { return t->sign != '\0'; }

/* The words of a text that are not in braces. */
static bool has_words(const docx_pieces *p, size_t piece, size_t *tag)
{
    text t = {p->texts.bytes + p->pieces[piece].at, p->pieces[piece].length};
    size_t at = 0;
    bool words = false;
    for (; p->pieces[piece].words && *tag < p->tag_count && p->tags[*tag].first <= piece; ++*tag) {
        const docx_tag *one = &p->tags[*tag];
        if (one->first == piece)
            words |= text_trim((text){t.bytes + at, one->first_at - at}).length > 0;
        if (one->last > piece)
            return words;
        at = one->last_end;
    }
    return words || text_trim((text){t.bytes + at, t.length - at}).length > 0;
}

static void mark_gone(docx_pieces *p)
{
    mark_elements(p);
    for (size_t i = 0, tag = 0; i < p->count; i++)
        if (p->pieces[i].kind == PIECE_TEXT && has_words(p, i, &tag))
            mark_around(p, p->pieces[i].parent, true);
    for (size_t i = 0; i < p->tag_count; i++)
        mark_around(p, p->tags[i].first, !is_control(&p->tags[i]));
    for (size_t i = 0; i < p->count; i++)
        p->pieces[i].gone |= p->pieces[i].tagged && !p->pieces[i].full;
}

/* ---- what a section lies around ---- */

static size_t depth_of(const docx_pieces *p, size_t piece)
{
    size_t depth = 0;
    for (; p->pieces[piece].parent != NO_PIECE; piece = p->pieces[piece].parent)
        depth++;
    return depth;
}

/* The innermost element that holds both. */
static size_t common_parent(const docx_pieces *p, size_t a, size_t b)
{
    size_t a_depth = depth_of(p, a), b_depth = depth_of(p, b);
    for (; a_depth > b_depth; a_depth--)
        a = p->pieces[a].parent;
    for (; b_depth > a_depth; b_depth--)
        b = p->pieces[b].parent;
    while (a != b && a != NO_PIECE) {
        a = p->pieces[a].parent;
        b = p->pieces[b].parent;
    }
    return a;
}

static bool may_repeat_in(docx_element e)
{
    return e == ELEMENT_PARAGRAPH || e == ELEMENT_INLINE || e == ELEMENT_CELL || e == ELEMENT_TABLE || e == ELEMENT_BLOCKS;
}

static size_t child_towards(const docx_pieces *p, size_t parent, size_t piece)
{
    while (p->pieces[piece].parent != parent)
        piece = p->pieces[piece].parent;
    return piece;
}

static size_t around(const docx_pieces *p, size_t piece, docx_element e)
{
    while (piece != NO_PIECE && p->pieces[piece].element != e)
        piece = p->pieces[piece].parent;
    return piece;
}

/* Within a paragraph it stands in its own run, which is cut there. */
static void place(docx_pieces *p, docx_tag *t, size_t child, bool behind)
{
    size_t run = p->pieces[p->pieces[t->first].parent].parent;
    t->place = child == run ? NO_PIECE : child;
    t->behind = behind;
}

static assess_status place_section(docx_pieces *p, docx_tag *open, docx_tag *close)
{
    size_t parent = common_parent(p, open->first, close->first);
    while (parent != NO_PIECE && !may_repeat_in(p->pieces[parent].element))
        parent = p->pieces[parent].parent;
    if (parent == NO_PIECE || around(p, open->first, ELEMENT_TABLE) != around(p, close->first, ELEMENT_TABLE))
        return fault(p, open->paragraph, about(p, MSG_docx_section_across, open));
    place(p, open, child_towards(p, parent, open->first), false);
    place(p, close, child_towards(p, parent, close->first), true);
    return ASSESS_OK;
}

/* Remarks and instructions stand where the outermost thing that is left out stood. */
static void place_alone(docx_pieces *p, docx_tag *t)
{
    for (size_t i = t->first; i != NO_PIECE; i = p->pieces[i].parent)
        if (p->pieces[i].gone)
            t->place = i;
}

assess_status docx_find_tags(docx_pieces *p)
{
    assess_status status = scan_all(p);
    if (status == ASSESS_OK)
        status = pair_sections(p);
    if (status != ASSESS_OK)
        return status;
    mark_gone(p);
    for (size_t i = 0; i < p->tag_count && status == ASSESS_OK; i++) {
        docx_tag *t = &p->tags[i];
        if (t->sign == '#' || t->sign == '^')
            status = place_section(p, t, &p->tags[t->partner]);
        else if (t->sign == '%' || t->sign == '!')
            place_alone(p, t);
    }
    return status;
}
