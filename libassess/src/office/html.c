/* html: see html.h. Names of elements and attributes are constants of this program; that they are in the lists is checked all the
 * same, because what is not written down here should not come into being by a slip elsewhere. */
#include "office/html.h"

#include <string.h>

/* What an element is: whether it may be empty, and whether a line ends behind it, which lets people read the source. */
typedef enum element_form { FORM_INLINE = 0, FORM_LINE = 1, FORM_EMPTY = 2, FORM_EMPTY_LINE = 3 } element_form;

static const struct {
    const char *name;
    element_form form;
} elements[] = {
    {"html", FORM_LINE},     {"head", FORM_LINE},       {"body", FORM_LINE},        {"meta", FORM_EMPTY_LINE},
    {"title", FORM_LINE},    {"style", FORM_LINE},      {"header", FORM_LINE},      {"main", FORM_LINE},
    {"footer", FORM_LINE},   {"nav", FORM_LINE},        {"section", FORM_LINE},     {"div", FORM_LINE},
    {"h1", FORM_LINE},       {"h2", FORM_LINE},         {"h3", FORM_LINE},          {"p", FORM_LINE},
    {"ol", FORM_LINE},       {"ul", FORM_LINE},         {"li", FORM_LINE},          {"dl", FORM_LINE},
    {"dt", FORM_INLINE},     {"dd", FORM_LINE},         {"figure", FORM_LINE},      {"figcaption", FORM_LINE},
    {"table", FORM_LINE},    {"caption", FORM_LINE},    {"thead", FORM_LINE},       {"tbody", FORM_LINE},
    {"tr", FORM_LINE},       {"th", FORM_INLINE},       {"td", FORM_INLINE},        {"a", FORM_INLINE},
    {"span", FORM_INLINE},   {"strong", FORM_INLINE},   {"code", FORM_INLINE},      {"br", FORM_EMPTY},
    {"svg", FORM_LINE},      {"g", FORM_LINE},          {"desc", FORM_LINE},        {"defs", FORM_LINE},
    {"pattern", FORM_LINE},  {"rect", FORM_EMPTY_LINE}, {"line", FORM_EMPTY_LINE},  {"path", FORM_EMPTY_LINE},
    {"circle", FORM_EMPTY},  {"text", FORM_LINE},       {"colgroup", FORM_LINE},    {"col", FORM_EMPTY},
};

static const char *const attributes[] = {
    "lang",  "charset", "name",   "content", "http-equiv", "class",  "id",          "scope",        "role",        "tabindex",
    "href",  "colspan", "viewBox", "width",  "height",     "x",      "y",           "x1",           "y1",          "x2",
    "y2",    "cx",      "cy",     "r",       "d",          "fill",   "text-anchor", "patternUnits", "aria-label",  "aria-labelledby",
    "aria-hidden", "patternTransform",
};

static const element_form *form_of(const char *element)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, element) == 0)
            return &elements[i].form;
    return NULL;
}

/* References stay inside the page: "#s3", "url(#p-1)". */
static bool stays_inside(const char *name, text value)
{
    if (strcmp(name, "href") == 0)
        return value.length > 0 && value.bytes[0] == '#';
    return strcmp(name, "fill") != 0 || value.length < 4 || memcmp(value.bytes, "url(", 4) != 0 ||
           (value.length > 4 && value.bytes[4] == '#');
}

static bool may_stand(const char *name, text value)
{
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (strcmp(attributes[i], name) == 0)
            return stays_inside(name, value);
    return false;
}

static void fail(html *h)
{
    h->out->failed = true;
}

static void close_tag(html *h)
{
    if (h->in_tag)
        buffer_add_char(h->out, '>');
    h->in_tag = false;
}

/* ---- text ---- */

static const char *entity(uint32_t c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* Not to be had in XML, nor shown by any program. */
static bool is_no_character(uint32_t c)
{
    return (c & 0xFFFE) == 0xFFFE;
}

static void add_character(buffer *out, uint32_t c, const char *bytes, size_t length)
{
    const char *escaped = entity(c);
    if (escaped)
        buffer_add_string(out, escaped);
    else if (is_hidden_character(c))
        buffer_add_visible(out, (text){bytes, length});
    else if (is_no_character(c) || c == 0xFFFD)
        buffer_add_string(out, "\xEF\xBF\xBD");
    else
        buffer_add(out, bytes, length);
}

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

static void add_escaped(buffer *out, text t)
{
    for (size_t at = 0; at < t.length;) {
        size_t start = at;
        while (at < t.length && is_plain(t.bytes[at]))
            at++;
        if (at > start) {
            buffer_add(out, t.bytes + start, at - start);
            continue;
        }
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        add_character(out, c, t.bytes + start, at - start);
    }
}

void html_text(html *h, text t)
{
    close_tag(h);
    add_escaped(h->out, t);
}

void html_string(html *h, const char *nul_terminated)
{
    html_text(h, text_of(nul_terminated));
}

void html_integer(html *h, int64_t value)
{
    close_tag(h);
    buffer_add_integer(h->out, value);
}

void html_message(html *h, message m)
{
    buffer line = {0};
    message_render(&line, m, h->language);
    html_text(h, buffer_text(&line));
    h->out->failed |= line.failed;
    buffer_free(&line);
}

/* ---- elements ---- */

void html_begin(html *h, const char *element)
{
    close_tag(h);
    if (h->depth == HTML_DEPTH || !form_of(element)) {
        fail(h);
        return;
    }
    h->open[h->depth++] = element;
    buffer_add_char(h->out, '<');
    buffer_add_string(h->out, element);
    h->in_tag = true;
}

void html_attribute(html *h, const char *name, text value)
{
    if (!h->in_tag || !may_stand(name, value)) {
        fail(h);
        return;
    }
    buffer_add_char(h->out, ' ');
    buffer_add_string(h->out, name);
    buffer_add_string(h->out, "=\"");
    add_escaped(h->out, value);
    buffer_add_char(h->out, '"');
}

void html_attribute_string(html *h, const char *name, const char *value)
{
    html_attribute(h, name, text_of(value));
}

void html_attribute_integer(html *h, const char *name, int64_t value)
{
    buffer digits = {0};
    buffer_add_integer(&digits, value);
    html_attribute(h, name, buffer_text(&digits));
    h->out->failed |= digits.failed;
    buffer_free(&digits);
}

static void add_end_tag(html *h, const char *element)
{
    close_tag(h);
    buffer_add_string(h->out, "</");
    buffer_add_string(h->out, element);
    buffer_add_char(h->out, '>');
}

void html_end(html *h)
{
    if (h->depth == 0) {
        fail(h);
        return;
    }
    const char *element = h->open[--h->depth];
    element_form form = *form_of(element);
    if (h->in_tag && (form & FORM_EMPTY)) {
        buffer_add_string(h->out, "/>");
        h->in_tag = false;
    } else {
        add_end_tag(h, element);
    }
    if (form & FORM_LINE)
        buffer_add_char(h->out, '\n');
}

static void begin_leaf(html *h, const char *element, const char *class_name)
{
    html_begin(h, element);
    if (class_name)
        html_attribute_string(h, "class", class_name);
}

void html_leaf(html *h, const char *element, const char *class_name, text content)
{
    begin_leaf(h, element, class_name);
    html_text(h, content);
    html_end(h);
}

void html_leaf_message(html *h, const char *element, const char *class_name, message m)
{
    begin_leaf(h, element, class_name);
    html_message(h, m);
    html_end(h);
}

void html_take(html *h, const html *part)
{
    close_tag(h);
    if (part->depth != 0 || part->out->failed)
        fail(h);
    buffer_add_text(h->out, buffer_text(part->out));
}

/* ---- the page ---- */

static void meta(html *h, const char *name, const char *value, const char *content)
{
    html_begin(h, "meta");
    html_attribute_string(h, name, value);
    if (content)
        html_attribute_string(h, "content", content);
    html_end(h);
}

/* A style sheet is no text: what stands in it is not escaped, so it must not hold anything that would have to be. */
static void write_style(html *h, const char *sheet)
{
    if (strpbrk(sheet, "<&\\") || strstr(sheet, "@import") || strstr(sheet, "url("))
        fail(h);
    html_begin(h, "style");
    close_tag(h);
    buffer_add_string(h->out, sheet);
    html_end(h);
}

void html_begin_page(html *h, text title, const char *style_sheet)
{
    buffer_add_string(h->out, "<!DOCTYPE html>\n");
    html_begin(h, "html");
    html_attribute_string(h, "lang", h->language == ASSESS_ZH ? "zh-CN" : "en");
    html_begin(h, "head");
    meta(h, "charset", "utf-8", NULL);
    meta(h, "http-equiv", "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    meta(h, "name", "viewport", "width=device-width, initial-scale=1");
    html_leaf(h, "title", NULL, title);
    write_style(h, style_sheet);
    html_end(h);
    html_begin(h, "body");
}

void html_end_page(html *h)
{
    html_end(h);
    html_end(h);
    if (h->depth != 0)
        fail(h);
}
