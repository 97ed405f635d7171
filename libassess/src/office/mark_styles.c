/* mark_styles: a cell with a mark has the format that it had, but for fill and border. See mark.h. */
#include "office/mark.h"

#include <stdlib.h>
#include <string.h>

/* Fills that nobody else chooses, so that the marks of an earlier copy are known again. */
static const char *const colours[2][2] = {[LIST_FILLS] = {[MARK_ERROR] = "FFFFC9C7", [MARK_NOTICE] = "FFFFE8A6"},
                                          [LIST_BORDERS] = {[MARK_ERROR] = "FFC5221D", [MARK_NOTICE] = "FFC28A07"}};

/* ---- reading ---- */

static unsigned long number_of(const char *value)
{
    return value && *value >= '0' && *value <= '9' ? strtoul(value, NULL, 10) : 0;
}

static bool is_fill_of_mark(const mark_styles *s, unsigned long number)
{
    for (size_t i = 0; i < s->fill_count; i++)
        if (s->fills[i] == number)
            return true;
    return false;
}

static void keep_format(mark_styles *s, const char **attributes)
{
    format_span format = {.tag = xml_here(&s->xml), .marked = is_fill_of_mark(s, number_of(xml_attribute(attributes, "fillId")))};
    if (MEM_RESERVE(s->formats, s->capacity, s->count + 1))
        s->formats[s->count++] = format;
    else
        xml_stop(&s->xml, XML_NO_MEMORY);
}

/* An earlier copy added one of each kind; programs that saved it since may have made a few more of them. */
static void note_colour(mark_styles *s, const char *colour)
{
    enum { MOST_FILLS = 64 };
    if (!colour || !(xml_is(colour, colours[LIST_FILLS][MARK_ERROR]) || xml_is(colour, colours[LIST_FILLS][MARK_NOTICE])))
        return;
    if (s->fill_count == MOST_FILLS)
        return;
    if (MEM_RESERVE(s->fills, s->fill_capacity, s->fill_count + 1))
        s->fills[s->fill_count++] = s->list->count - 1;
    else
        xml_stop(&s->xml, XML_NO_MEMORY);
}

static void start_list(mark_styles *s, const char *name)
{
    static const char *const names[] = {"fills", "borders", "cellXfs"};
    s->list = NULL;
    for (size_t i = 0; i < FORMAT_LISTS; i++)
        if (xml_is(name, names[i]) && !s->lists[i].seen)
            s->list = &s->lists[i];
    if (s->list) {
        s->list->seen = true;
        s->list->tag = xml_here(&s->xml);
    }
}

static void start_style(void *context, const char *name, const char **attributes)
{
    mark_styles *s = context;
    s->depth++;
    if (s->depth == 2)
        start_list(s, name);
    if (!s->list || s->depth < 3)
        return;
    if (s->depth == 3)
        s->list->count++;
    if (s->depth == 3 && s->list == &s->lists[LIST_FORMATS])
        keep_format(s, attributes);
    if (s->list == &s->lists[LIST_FILLS] && xml_is(name, "fgColor"))
        note_colour(s, xml_attribute(attributes, "rgb"));
}

static void end_style(void *context, const char *name)
{
    mark_styles *s = context;
    xml_tag here = xml_here(&s->xml);
    (void)name;
    if (s->list && s->depth == 3 && s->list == &s->lists[LIST_FORMATS])
        s->formats[s->count - 1].end = here.end;
    if (s->list && s->depth == 2) {
        s->list->end = here.begin;
        s->list = NULL;
    }
    s->depth--;
}

xml_fault styles_open(mark_styles *s, package *p, text name)
{
    xml_fault fault = package_part(p, name, &s->bytes);
    if (fault == XML_FINE)
        fault = xml_read_bytes(buffer_text(&s->bytes), (xml_handlers){start_style, end_style, NULL}, s, &s->xml);
    if (fault == XML_FINE && s->count > 0 && !(s->numbers = mem_zalloc(s->count * MARK_KIND_COUNT, sizeof *s->numbers)))
        fault = XML_NO_MEMORY;
    return fault;
}

void styles_free(mark_styles *s)
{
    buffer_free(&s->bytes);
    mem_free(s->fills);
    mem_free(s->formats);
    mem_free(s->made);
    mem_free(s->numbers);
    *s = (mark_styles){0};
}

/* ---- formats with a mark ---- */

bool styles_is_marked(const mark_styles *s, uint32_t format)
{
    return format < s->count && s->formats[format].marked;
}

static bool can_mark(const mark_styles *s)
{
    return s->lists[LIST_FILLS].seen && s->lists[LIST_BORDERS].seen && s->count > 0;
}

uint32_t styles_marked(mark_styles *s, uint32_t base, mark_kind kind)
{
    if (!can_mark(s))
        return base;
    base = base < s->count ? base : 0;
    uint32_t *number = &s->numbers[base * MARK_KIND_COUNT + kind];
    if (*number > 0)
        return *number;
    if (!MEM_RESERVE(s->made, s->made_capacity, s->made_count + 1)) {
        s->failed = true;
        return base;
    }
    *number = (uint32_t)(s->count + s->made_count);
    s->made[s->made_count++] = (made_format){base, kind};
    return *number;
}

/* ---- writing ---- */

/* <x:color rgb="…"/> */
static void add_coloured(buffer *b, text prefix, const char *element, const char *colour)
{
    buffer_add_char(b, '<');
    buffer_add_text(b, prefix);
    buffer_add_string(b, element);
    buffer_add_string(b, " rgb=\"");
    buffer_add_string(b, colour);
    buffer_add_string(b, "\"/>");
}

static void add_tag(buffer *b, const char *begin, text prefix, const char *rest)
{
    buffer_add_string(b, begin);
    buffer_add_text(b, prefix);
    buffer_add_string(b, rest);
}

static void add_fill(buffer *b, text prefix, const char *colour)
{
    add_tag(b, "<", prefix, "fill>");
    add_tag(b, "<", prefix, "patternFill patternType=\"solid\">");
    add_coloured(b, prefix, "fgColor", colour);
    add_tag(b, "<", prefix, "bgColor indexed=\"64\"/>");
    add_tag(b, "</", prefix, "patternFill>");
    add_tag(b, "</", prefix, "fill>");
}

static void add_border(buffer *b, text prefix, const char *colour)
{
    static const char *const sides[] = {"left", "right", "top", "bottom"};
    add_tag(b, "<", prefix, "border>");
    for (size_t i = 0; i < 4; i++) {
        add_tag(b, "<", prefix, sides[i]);
        buffer_add_string(b, " style=\"medium\">");
        add_coloured(b, prefix, "color", colour);
        add_tag(b, "</", prefix, sides[i]);
        buffer_add_char(b, '>');
    }
    add_tag(b, "<", prefix, "diagonal/>");
    add_tag(b, "</", prefix, "border>");
}

static void extend(mark_styles *s, patch *p, size_t which, void (*add)(buffer *, text, const char *))
{
    format_list *list = &s->lists[which];
    buffer b = {0};
    for (size_t kind = 0; kind < 2; kind++) {
        add(&b, tag_prefix(p->old, list->tag), colours[which][kind]);
        list->marks[kind] = list->count++;
    }
    patch_number(p, list->tag, "count", list->count);
    patch_inside(p, list->tag, list->end, buffer_text(&b));
    p->failed |= b.failed;
    buffer_free(&b);
}

static bool add_format(const mark_styles *s, const made_format *made, buffer *out)
{
    const format_span *base = &s->formats[made->base];
    patch p = {.old = {s->bytes.bytes + base->tag.begin, base->end - base->tag.begin}};
    xml_tag tag = {0, base->tag.end - base->tag.begin};
    bool is_marked = made->kind != MARK_NONE;
    patch_number(&p, tag, "fillId", is_marked ? s->lists[LIST_FILLS].marks[made->kind] : 0);
    patch_number(&p, tag, "borderId", is_marked ? s->lists[LIST_BORDERS].marks[made->kind] : 0);
    patch_number(&p, tag, "applyFill", is_marked);
    patch_number(&p, tag, "applyBorder", is_marked);
    bool fine = patch_apply(&p, out);
    patch_free(&p);
    return fine;
}

static void add_formats(mark_styles *s, patch *p)
{
    buffer b = {0};
    format_list *list = &s->lists[LIST_FORMATS];
    for (size_t i = 0; i < s->made_count; i++)
        p->failed |= !add_format(s, &s->made[i], &b);
    patch_number(p, list->tag, "count", s->count + s->made_count);
    patch_inside(p, list->tag, list->end, buffer_text(&b));
    p->failed |= b.failed;
    buffer_free(&b);
}

xml_fault styles_write(mark_styles *s, package *p, text name)
{
    patch changes = {.old = buffer_text(&s->bytes)};
    if (s->failed)
        return XML_NO_MEMORY;
    if (s->made_count == 0)
        return XML_FINE;
    extend(s, &changes, LIST_FILLS, add_fill);
    extend(s, &changes, LIST_BORDERS, add_border);
    add_formats(s, &changes);
    return package_patch(p, name, &changes, XML_FINE);
}
