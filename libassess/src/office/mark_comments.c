/* mark_comments: what is there already stays; comments that an earlier check wrote go, with the boxes that they were shown in. See mark.h. */
#define _GNU_SOURCE /* memmem */
#include "office/mark.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"

static const char AUTHOR[] = "assess";

/* ---- the texts ---- */

typedef struct comments {
    xml xml;
    patch patch;
    const marks *marks;
    bool *done;              /* [marks->count]: has its words in a comment that was there */
    unsigned depth;
    xml_tag authors, list, text_tag;
    size_t authors_end, list_end;
    unsigned author_count, own_author; /* own_author: from 1; 0: not there */
    bool in_authors, in_comment_text;
    text prefix;
    buffer author;
    buffer nameless;         /* a byte for each author: not 0 when the name is blank */
    /* the comment at hand */
    size_t begin;
    uint32_t row, column;
    bool is_own, is_nameless, plain;
    size_t plain_begin, plain_end; /* of a <t> that is in no run */
    size_t words_end;              /* of it and of all runs */
    buffer words;
    /* cells whose comment goes */
    cell_range *gone;
    size_t gone_count, gone_capacity;
} comments;

static const mark *find_mark(const marks *m, uint32_t row, uint32_t column)
{
    size_t low = 0, high = m->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const mark *k = &m->items[middle];
        if (k->row < row || (k->row == row && k->column < column))
            low = middle + 1;
        else
            high = middle;
    }
    const mark *found = low < m->count ? &m->items[low] : NULL;
    return found && found->row == row && found->column == column ? found : NULL;
}

static void add_tag(buffer *b, const char *begin, text prefix, const char *rest)
{
    buffer_add_string(b, begin);
    buffer_add_text(b, prefix);
    buffer_add_string(b, rest);
}

/* <r><t xml:space="preserve">words</t></r> */
static void add_run(buffer *b, text prefix, text before, text words)
{
    add_tag(b, "<", prefix, "r>");
    add_tag(b, "<", prefix, "t xml:space=\"preserve\">");
    add_escaped(b, before);
    add_escaped(b, words);
    add_tag(b, "</", prefix, "t>");
    add_tag(b, "</", prefix, "r>");
}

static void add_comment(buffer *b, text prefix, const mark *m, unsigned author)
{
    add_tag(b, "<", prefix, "comment ref=\"");
    add_cell_name(b, m->row, m->column);
    buffer_add_string(b, "\" authorId=\"");
    buffer_add_integer(b, author);
    buffer_add_string(b, "\">");
    add_tag(b, "<", prefix, "text>");
    add_run(b, prefix, TEXT(""), m->words);
    add_tag(b, "</", prefix, "text>");
    add_tag(b, "</", prefix, "comment>");
}

static void start_comment(comments *c, const char **attributes)
{
    const char *reference = xml_attribute(attributes, "ref"), *author = xml_attribute(attributes, "authorId");
    size_t at = 0;
    if (!reference || !cell_of_reference(text_of(reference), &at, &c->row, &c->column))
        c->row = c->column = 0;
    c->begin = xml_here(&c->xml).begin;
    unsigned long number = author ? strtoul(author, NULL, 10) : ULONG_MAX - 1;
    c->is_own = c->own_author > 0 && number + 1 == c->own_author;
    c->is_nameless = number < c->nameless.length && c->nameless.bytes[number];
    c->plain = false;
    c->words_end = 0;
    c->words.length = 0;
}

static void insert_tag(comments *c, size_t at, const char *begin, const char *rest)
{
    buffer tag = {0};
    add_tag(&tag, begin, c->prefix, rest);
    patch_insert(&c->patch, at, buffer_text(&tag));
    c->patch.failed |= tag.failed;
    buffer_free(&tag);
}

static void insert_words(comments *c, const mark *m, size_t text_end)
{
    buffer b = {0};
    add_run(&b, c->prefix, c->words.length > 0 ? TEXT("\n") : TEXT(""), m->words);
    c->patch.failed |= b.failed || c->words.failed;
    if (c->words_end > 0)
        patch_insert(&c->patch, c->words_end, buffer_text(&b));
    else
        patch_inside(&c->patch, c->text_tag, text_end, buffer_text(&b));
    buffer_free(&b);
}

/* Words that a comment has without runs become one, so that ours can follow. */
static void extend_comment(comments *c, size_t text_end)
{
    const mark *m = find_mark(c->marks, c->row, c->column);
    if (!m)
        return;
    c->done[m - c->marks->items] = true;
    if (c->words.length > 0 && memmem(c->words.bytes, c->words.length, m->words.bytes, m->words.length))
        return; /* from an earlier check */
    if (c->plain) {
        insert_tag(c, c->plain_begin, "<", "r>");
        insert_tag(c, c->plain_end, "</", "r>");
    }
    insert_words(c, m, text_end);
}

/* LibreOffice forgets authors: then the first words tell whether a check wrote it. */
static bool begins_as_ours(text words)
{
    static const message_id ids[] = {MSG_mark_at_error, MSG_mark_at_notice, MSG_mark_row_error, MSG_mark_row_notice, MSG_mark_sheet_error,
                                     MSG_mark_sheet_notice};
    bool found = false;
    for (size_t i = 0; i < 2 * sizeof ids / sizeof *ids; i++) {
        buffer b = {0};
        message_render(&b, message_of1(ids[i / 2], TEXT("")), i % 2 ? ASSESS_EN : ASSESS_ZH);
        found |= !b.failed && words.length >= b.length && memcmp(words.bytes, b.bytes, b.length) == 0;
        buffer_free(&b);
    }
    return found;
}

static void drop_comment(comments *c, size_t end)
{
    patch_replace(&c->patch, c->begin, end - c->begin, TEXT(""));
    if (!MEM_RESERVE(c->gone, c->gone_capacity, c->gone_count + 1))
        xml_stop(&c->xml, XML_NO_MEMORY);
    else
        c->gone[c->gone_count++] = (cell_range){.row = c->row, .column = c->column};
}

static void start_element(void *context, const char *name, const char **attributes)
{
    comments *c = context;
    xml_tag here = xml_here(&c->xml);
    c->depth++;
    if (c->depth == 1) {
        c->prefix = tag_prefix(c->patch.old, here);
    } else if (c->depth == 2 && xml_is(name, "authors")) {
        c->authors = here;
        c->in_authors = true;
    } else if (c->depth == 2 && xml_is(name, "commentList")) {
        c->list = here;
    } else if (c->depth == 3 && c->list.end > 0 && xml_is(name, "comment")) {
        start_comment(c, attributes);
    } else if (c->depth == 4 && xml_is(name, "text")) {
        c->in_comment_text = true;
        c->text_tag = here;
    } else if (c->depth == 5 && c->in_comment_text && xml_is(name, "t")) {
        c->plain = true;
        c->plain_begin = here.begin;
    }
}

static void end_author(comments *c)
{
    c->author_count++;
    buffer_add_char(&c->nameless, text_trim(buffer_text(&c->author)).length == 0);
    if (text_equal(buffer_text(&c->author), text_of(AUTHOR)))
        c->own_author = c->author_count;
    c->author.length = 0;
}

static void end_element(void *context, const char *name)
{
    comments *c = context;
    xml_tag here = xml_here(&c->xml);
    if (c->depth == 3 && c->in_authors)
        end_author(c);
    if (c->depth == 2 && c->in_authors) {
        c->in_authors = false;
        c->authors_end = here.begin;
    }
    if (c->depth == 2 && c->list.end > 0)
        c->list_end = here.begin;
    if (c->depth == 5 && c->in_comment_text && (xml_is(name, "t") || xml_is(name, "r")))
        c->words_end = here.end;
    if (c->depth == 5 && c->in_comment_text && xml_is(name, "t"))
        c->plain_end = here.end;
    if (c->depth == 4 && c->in_comment_text) {
        c->in_comment_text = false;
        c->is_own |= c->is_nameless && begins_as_ours(buffer_text(&c->words));
        if (!c->is_own)
            extend_comment(c, here.begin);
    }
    if (c->depth == 3 && c->list.end > 0 && c->list_end == 0 && c->is_own)
        drop_comment(c, here.end);
    c->depth--;
}

static void read_words(void *context, const char *bytes, int length)
{
    comments *c = context;
    if (c->in_authors)
        buffer_add(&c->author, bytes, (size_t)length);
    else if (c->in_comment_text)
        buffer_add(&c->words, bytes, (size_t)length);
}

static const char NO_COMMENTS[] = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"";

static void begin_part(const package *p, buffer *out)
{
    buffer_add_string(out, NO_COMMENTS);
    buffer_add_string(out, package_main_address(p));
    buffer_add_string(out, "\"><authors/><commentList/></comments>");
}

static bool is_commented(const comments *c, size_t number)
{
    return number < MARK_MOST_COMMENTS && !c->done[number];
}

static void add_all(comments *c)
{
    buffer author = {0}, all = {0};
    bool is_new = c->own_author == 0;
    if (is_new)
        c->own_author = c->author_count + 1;
    for (size_t i = 0; i < c->marks->count; i++)
        if (is_commented(c, i))
            add_comment(&all, c->prefix, &c->marks->items[i], c->own_author - 1);
    if (all.length > 0 && is_new) {
        add_tag(&author, "<", c->prefix, "author>");
        buffer_add_string(&author, AUTHOR);
        add_tag(&author, "</", c->prefix, "author>");
        patch_inside(&c->patch, c->authors, c->authors_end, buffer_text(&author));
    }
    if (all.length > 0)
        patch_inside(&c->patch, c->list, c->list_end, buffer_text(&all));
    c->patch.failed |= author.failed || all.failed;
    buffer_free(&author);
    buffer_free(&all);
}

/* ---- the boxes ---- */

/* The part is no XML that a parser must take: what programs write there is looked for as text. */
typedef struct box {
    text all;
    uint32_t row, column;
} box;

static text between(text t, size_t from, const char *begin, const char *end)
{
    const char *found = from < t.length ? memmem(t.bytes + from, t.length - from, begin, strlen(begin)) : NULL;
    const char *behind = found ? found + strlen(begin) : NULL;
    const char *close = behind ? memmem(behind, t.length - (size_t)(behind - t.bytes), end, strlen(end)) : NULL;
    return close ? (text){behind, (size_t)(close - behind)} : (text){NULL, 0};
}

static uint32_t number_in(text shape, const char *begin, const char *end)
{
    text t = text_trim(between(shape, 0, begin, end));
    uint32_t number = 0;
    for (size_t i = 0; i < t.length && t.bytes[i] >= '0' && t.bytes[i] <= '9' && number < MOST_SHEET_ROWS; i++)
        number = number * 10 + (uint32_t)(t.bytes[i] - '0');
    return number + 1;
}

static bool next_box(text part, size_t *at, box *out)
{
    static const char BEGIN[] = "<v:shape ", END[] = "</v:shape>";
    text inner = between(part, *at, BEGIN, END);
    if (!inner.bytes)
        return false;
    out->all = (text){inner.bytes - strlen(BEGIN), inner.length + strlen(BEGIN) + strlen(END)};
    out->row = number_in(inner, "<x:Row>", "</x:Row>");
    out->column = number_in(inner, "<x:Column>", "</x:Column>");
    bool is_note = memmem(inner.bytes, inner.length, "\"Note\"", 6) != NULL;
    out->row = is_note ? out->row : 0;
    *at = (size_t)(out->all.bytes - part.bytes) + out->all.length;
    return true;
}

static int compare_cells(const void *left, const void *right)
{
    const cell_range *a = left, *b = right;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row) : (a->column > b->column) - (a->column < b->column);
}

static void drop_boxes(comments *c, patch *p)
{
    box b;
    if (c->gone_count == 0)
        return;
    qsort(c->gone, c->gone_count, sizeof *c->gone, compare_cells);
    for (size_t at = 0; next_box(p->old, &at, &b);) {
        cell_range where = {.row = b.row, .column = b.column};
        if (bsearch(&where, c->gone, c->gone_count, sizeof *c->gone, compare_cells))
            patch_replace(p, (size_t)(b.all.bytes - p->old.bytes), b.all.length, TEXT(""));
    }
}

static uint64_t highest_number(text part)
{
    static const char BEGIN[] = "\"_x0000_s";
    uint64_t highest = 1024;
    for (const char *at = part.bytes; (at = memmem(at, part.length - (size_t)(at - part.bytes), BEGIN, sizeof BEGIN - 1));) {
        uint64_t number = 0;
        for (at += sizeof BEGIN - 1; *at >= '0' && *at <= '9' && number < 1000000000; at++)
            number = number * 10 + (uint64_t)(*at - '0');
        highest = number > highest ? number : highest;
    }
    return highest;
}

static void add_number_element(buffer *b, const char *name, uint64_t value)
{
    buffer_add_string(b, "<x:");
    buffer_add_string(b, name);
    buffer_add_char(b, '>');
    buffer_add_integer(b, (int64_t)value);
    buffer_add_string(b, "</x:");
    buffer_add_string(b, name);
    buffer_add_char(b, '>');
}

/* From column and pixel, row and pixel, to column and pixel, row and pixel: right of the cell, as high as its words need. */
static void add_anchor(buffer *b, const mark *m)
{
    enum { WIDE = 4, LEAST = 3, CHARACTERS = 20 };
    uint32_t high = LEAST + (uint32_t)(text_columns(m->words) / (2 * CHARACTERS));
    uint32_t from = m->row > 1 ? m->row - 2 : 0;
    const uint32_t places[] = {m->column, 15, from, 10, m->column + WIDE, 15, from + (high < 16 ? high : 16), 4};
    buffer_add_string(b, "<x:Anchor>");
    for (size_t i = 0; i < 8; i++) {
        buffer_add_string(b, i ? ", " : "");
        buffer_add_integer(b, places[i]);
    }
    buffer_add_string(b, "</x:Anchor>");
}

static void add_box(buffer *b, const mark *m, uint64_t number, const char *addresses)
{
    buffer_add_string(b, "<v:shape ");
    buffer_add_string(b, addresses);
    buffer_add_string(b, "id=\"_x0000_s");
    buffer_add_integer(b, (int64_t)number);
    buffer_add_string(b, "\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">"
                         "<v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>"
                         "<v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>"
                         "<x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/>");
    add_anchor(b, m);
    buffer_add_string(b, "<x:AutoFill>False</x:AutoFill>");
    add_number_element(b, "Row", m->row - 1);
    add_number_element(b, "Column", m->column - 1);
    buffer_add_string(b, "</x:ClientData></v:shape>\n");
}

static const char ADDRESSES[] = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
                                "xmlns:x=\"urn:schemas-microsoft-com:office:excel\" ";
static const char BOX_TYPE[] = "id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">"
                               "<v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>\n";

static void begin_boxes(buffer *out)
{
    buffer_add_string(out, "<xml ");
    buffer_add_string(out, ADDRESSES);
    buffer_add_string(out, "><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>\n</xml>");
}

/* NULL: what stands there is of no known kind. */
static const char *end_of_boxes(text part)
{
    static const char END[] = "</xml>";
    const char *last = NULL;
    for (const char *at = part.bytes; at && (at = memmem(at, part.length - (size_t)(at - part.bytes), END, sizeof END - 1)); at++)
        last = at;
    return last;
}

static bool has(text part, const char *words)
{
    return memmem(part.bytes, part.length, words, strlen(words)) != NULL;
}

static void add_boxes(comments *c, patch *p, size_t at)
{
    buffer b = {0};
    uint64_t number = highest_number(p->old);
    bool known = has(p->old, "xmlns:v=") && has(p->old, "xmlns:o=") && has(p->old, "xmlns:x=");
    const char *addresses = known ? "" : ADDRESSES;
    if (!has(p->old, "\"_x0000_t202\"")) {
        buffer_add_string(&b, "<v:shapetype ");
        buffer_add_string(&b, addresses);
        buffer_add_string(&b, BOX_TYPE);
    }
    for (size_t i = 0; i < c->marks->count; i++)
        if (is_commented(c, i))
            add_box(&b, &c->marks->items[i], ++number, addresses);
    patch_insert(p, at, buffer_text(&b));
    p->failed |= b.failed;
    buffer_free(&b);
}

static xml_fault patch_boxes(comments *c, package *p, text name)
{
    buffer bytes = {0};
    xml_fault fault = package_part(p, name, &bytes);
    if (fault == XML_FINE && bytes.length == 0)
        begin_boxes(&bytes);
    buffer_add_char(&bytes, '\0');
    if (fault != XML_FINE || bytes.failed) {
        buffer_free(&bytes);
        return fault != XML_FINE ? fault : XML_NO_MEMORY;
    }
    patch changes = {.old = {bytes.bytes, bytes.length - 1}};
    const char *end = end_of_boxes(changes.old);
    drop_boxes(c, &changes);
    if (end)
        add_boxes(c, &changes, (size_t)(end - bytes.bytes));
    fault = package_patch(p, name, &changes, XML_FINE);
    buffer_free(&bytes);
    return fault;
}

/* ---- both ---- */

static xml_fault patch_texts(comments *c, package *p, text name)
{
    buffer bytes = {0};
    xml_fault fault = package_part(p, name, &bytes);
    if (fault == XML_FINE && bytes.length == 0)
        begin_part(p, &bytes);
    c->patch.old = buffer_text(&bytes);
    if (fault == XML_FINE)
        fault = bytes.failed ? XML_NO_MEMORY
                             : xml_read_bytes(c->patch.old, (xml_handlers){start_element, end_element, read_words}, c, &c->xml);
    if (fault == XML_FINE && (c->authors.end == 0 || c->list.end == 0 || c->author.failed || c->nameless.failed))
        fault = c->author.failed || c->nameless.failed ? XML_NO_MEMORY : XML_DAMAGED;
    if (fault == XML_FINE)
        add_all(c);
    fault = package_patch(p, name, &c->patch, fault);
    buffer_free(&bytes);
    return fault;
}

xml_fault mark_comments(mark_context *context, const comment_parts *parts, const marks *m)
{
    comments c = {.marks = m, .done = mem_zalloc(m->count + 1, sizeof *c.done)};
    xml_fault fault = c.done ? patch_texts(&c, context->package, parts->comments) : XML_NO_MEMORY;
    if (fault == XML_FINE)
        fault = patch_boxes(&c, context->package, parts->boxes);
    mem_free(c.done);
    mem_free(c.gone);
    buffer_free(&c.author);
    buffer_free(&c.nameless);
    buffer_free(&c.words);
    return fault;
}
