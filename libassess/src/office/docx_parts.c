/* docx_parts: see docx_pieces.h. */
#include "office/docx_pieces.h"

#include <string.h>

typedef struct compiler {
    docx_pieces *p;
    buffer *out;
    bool *has;    /* [count of pieces]: tags stand at this START */
    size_t tag;   /* the next by where it is written */
    uint32_t paragraph;
    size_t order; /* how many ends of sections have been written, as their numbers go up */
    assess_status status;
} compiler;

/* ---- markup ---- */

/* Braces of the document's own must not be taken for those of a form; a line is a paragraph. */
static void add_plain(buffer *out, text t, bool escape)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        if (c == '{')
            buffer_add_string(out, "&#123;");
        else if (c == '\n' || c == '\r')
            buffer_add_char(out, ' ');
        else if (escape && (c == '&' || c == '<' || c == '>'))
            buffer_add_string(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
        else
            buffer_add_char(out, c);
    }
}

static text raw_of(const docx_pieces *p, const docx_piece *piece) { return (text){p->part.bytes + piece->at, piece->length}; }

static bool is_words_element(const docx_pieces *p, const docx_piece *e)
{
    return e->element == ELEMENT_WORDS && e->parent != NO_PIECE && p->pieces[e->parent].element == ELEMENT_RUN;
}

static const char BEGIN_WORDS[] = "<w:t xml:space=\"preserve\">";

/* An error speaks of the line of the form: the number of the paragraph. */
static void count_paragraphs(compiler *c, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (c->p->pieces[i].kind == PIECE_START && c->p->pieces[i].element == ELEMENT_PARAGRAPH && c->paragraph++ > 0)
            buffer_add_char(c->out, '\n');
}

static void add_tag_of_document(const compiler *c, const docx_piece *e)
{
    if (is_words_element(c->p, e)) {
        buffer_add_string(c->out, e->kind == PIECE_START ? BEGIN_WORDS : "</w:t>");
        return;
    }
    add_plain(c->out, raw_of(c->p, e), false);
}

/* ---- what stood in braces ---- */

static void add_braces(const compiler *c, const docx_tag *t)
{
    buffer_add_string(c->out, "{{");
    buffer_add_text(c->out, docx_said(c->p, t));
    buffer_add_string(c->out, "}}");
}

/* Sections end in the opposite order in which they begin, so what is out of order lies across another one. */
static void add_section(compiler *c, size_t tag)
{
    docx_pieces *p = c->p;
    if (tag + 1 <= c->order && c->status == ASSESS_OK) {
        text said = docx_said(p, &p->tags[tag]);
        c->status = docx_fault(p->file, p->before + p->tags[tag].paragraph,
                               message_of1(MSG_docx_section_shares, text_trim((text){said.bytes + 1, said.length - 1})), p->err);
    }
    c->order = tag + 1;
    add_braces(c, &p->tags[tag]);
}

static void add_placed(compiler *c, size_t start, bool behind, bool all)
{
    for (size_t i = 0; c->has[start] && i < c->p->tag_count; i++) {
        const docx_tag *t = &c->p->tags[i];
        if (t->place != start || (!all && t->behind != behind))
            continue;
        if (t->partner == NO_PIECE)
            add_braces(c, t);
        else
            add_section(c, i);
    }
}

/* The run's own tag and properties once more, which may be long. */
static void begin_run_again(compiler *c, size_t run)
{
    enum { MOST_BYTES = 32 * 1024 * 1024 };
    const docx_pieces *p = c->p;
    if (c->out->length > MOST_BYTES && c->status == ASSESS_OK)
        c->status = docx_fault(p->file, c->paragraph, message_of(MSG_docx_too_large), p->err);
    if (c->status != ASSESS_OK)
        return;
    add_plain(c->out, raw_of(p, &p->pieces[run]), false);
    size_t at = run + 1;
    while (p->pieces[at].kind == PIECE_TEXT)
        at++;
    for (size_t i = at; p->pieces[at].element == ELEMENT_PROPERTIES && i <= p->pieces[at].end; i++)
        if (p->pieces[i].kind != PIECE_TEXT)
            add_plain(c->out, raw_of(p, &p->pieces[i]), false);
    buffer_add_string(c->out, BEGIN_WORDS);
}

static void add_written(compiler *c, size_t tag)
{
    const docx_tag *t = &c->p->tags[tag];
    if (t->place != NO_PIECE)
        return;
    if (t->partner == NO_PIECE) {
        add_braces(c, t);
        return;
    }
    buffer_add_string(c->out, "</w:t></w:r>");
    add_section(c, tag);
    begin_run_again(c, c->p->pieces[c->p->pieces[t->first].parent].parent);
}

static void add_text(compiler *c, size_t piece)
{
    const docx_pieces *p = c->p;
    text t = {p->texts.bytes + p->pieces[piece].at, p->pieces[piece].length};
    size_t at = 0;
    for (; p->pieces[piece].words && c->tag < p->tag_count && p->tags[c->tag].first <= piece; c->tag++) {
        const docx_tag *one = &p->tags[c->tag];
        if (one->first == piece) {
            add_plain(c->out, (text){t.bytes + at, one->first_at - at}, true);
            add_written(c, c->tag);
        }
        if (one->last > piece)
            return;
        at = one->last_end;
    }
    add_plain(c->out, (text){t.bytes + at, t.length - at}, true);
}

/* ---- the part as a whole ---- */

static void pass_tags(compiler *c, size_t end)
{
    while (c->tag < c->p->tag_count && c->p->tags[c->tag].first < end)
        c->tag++;
}

/* Returns the piece that is looked at next. */
static size_t add_piece(compiler *c, size_t i)
{
    const docx_piece *e = &c->p->pieces[i];
    if (e->kind == PIECE_TEXT) {
        add_text(c, i);
    } else if (e->kind == PIECE_END) {
        add_tag_of_document(c, e);
        add_placed(c, e->end, true, false);
    } else if (e->gone) {
        count_paragraphs(c, i, e->end);
        add_placed(c, i, false, true);
        if (e->element != ELEMENT_BLANK)
            pass_tags(c, e->end);
        return e->end + 1;
    } else {
        count_paragraphs(c, i, i + 1);
        add_placed(c, i, false, false);
        add_tag_of_document(c, e);
    }
    return i + 1;
}

assess_status docx_compile(docx_pieces *p, buffer *out)
{
    compiler c = {.p = p, .out = out, .paragraph = p->before, .has = mem_zalloc(p->count, sizeof *c.has)};
    if (!c.has)
        return error_no_memory(p->err);
    for (size_t i = 0; i < p->tag_count; i++)
        if (p->tags[i].place != NO_PIECE)
            c.has[p->tags[i].place] = true;
    for (size_t i = 0; i < p->count && c.status == ASSESS_OK;)
        i = add_piece(&c, i);
    mem_free(c.has);
    return out->failed ? error_no_memory(p->err) : c.status;
}

/* ---- back to a part ---- */

static bool ends_with(text t, const char *end)
{
    size_t length = strlen(end);
    return t.length >= length && memcmp(t.bytes + t.length - length, end, length) == 0;
}

static bool ends_in_paragraph(text t)
{
    while (t.length && (t.bytes[t.length - 1] == ' ' || t.bytes[t.length - 1] == '\n' || t.bytes[t.length - 1] == '\t'))
        t.length--;
    if (ends_with(t, "</w:p>"))
        return true;
    size_t begin = t.length;
    while (begin > 0 && t.bytes[begin - 1] != '<')
        begin--;
    text tag = {t.bytes + begin, t.length - begin};
    return ends_with(tag, "/>") && tag.length >= 5 && (memcmp(tag.bytes, "w:p/", 4) == 0 || memcmp(tag.bytes, "w:p ", 4) == 0);
}

/* What must end in a paragraph. */
static bool needs_paragraph(text rest)
{
    static const char *const all[] = {"</w:tc>", "</w:txbxContent>", "</w:hdr>", "</w:ftr>", "</w:footnote>", "</w:endnote>"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (rest.length >= strlen(all[i]) && memcmp(rest.bytes, all[i], strlen(all[i])) == 0)
            return true;
    return false;
}

/* Where the number of a picture stands: Word wants each once, also where pictures are repeated. */
static bool find_picture_id(text rest, size_t *from, size_t *to)
{
    static const char PICTURE[] = "<wp:docPr ", ID[] = " id=\"";
    if (rest.length < sizeof PICTURE - 1 || memcmp(rest.bytes, PICTURE, sizeof PICTURE - 1) != 0)
        return false;
    for (size_t i = 0; i + sizeof ID - 1 < rest.length && rest.bytes[i] != '>'; i++) {
        if (memcmp(rest.bytes + i, ID, sizeof ID - 1) != 0)
            continue;
        for (*from = *to = i + sizeof ID - 1; *to < rest.length && rest.bytes[*to] >= '0' && rest.bytes[*to] <= '9';)
            ++*to;
        return *to < rest.length && rest.bytes[*to] == '"' && *to > *from;
    }
    return false;
}

void docx_finish(text filled, buffer *out)
{
    size_t done = 0, from, to;
    int64_t pictures = 0;
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    for (size_t at = 0; at < filled.length; at++) {
        text before = {filled.bytes, at}, rest = {filled.bytes + at, filled.length - at};
        if (filled.bytes[at] != '<')
            continue;
        if (needs_paragraph(rest) && !ends_in_paragraph(before)) {
            buffer_add(out, filled.bytes + done, at - done);
            buffer_add_string(out, "<w:p/>");
            done = at;
        } else if (find_picture_id(rest, &from, &to)) {
            buffer_add(out, filled.bytes + done, at + from - done);
            buffer_add_integer(out, ++pictures);
            done = at + to;
        }
    }
    buffer_add(out, filled.bytes + done, filled.length - done);
}
