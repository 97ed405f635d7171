/* mark_sheet: of a sheet only the formats of marked cells change; a cell that is not there yet is put in its place. See mark.h. */
#include "office/mark.h"

#include <stdlib.h>
#include <string.h>

typedef struct column_format {
    uint32_t first, last, format;
} column_format;

typedef struct sheet_patch {
    xml xml;
    mark_context *context;
    patch patch;
    text name;
    const marks *marks;
    size_t next;             /* of the marks */
    unsigned depth;
    bool in_rows;
    text prefix;
    xml_tag rows, row_tag;
    uint32_t row, column, row_format;
    bool row_has_format;
    column_format *columns;
    size_t column_count, column_capacity;
    size_t boxes_at;         /* where the element legacyDrawing belongs; 0: not known yet */
    bool has_boxes;
    char boxes_id[64];
} sheet_patch;

/* ---- cells ---- */

static uint32_t number_of(const char *value, uint32_t otherwise)
{
    return value && *value >= '0' && *value <= '9' ? (uint32_t)strtoul(value, NULL, 10) : otherwise;
}

static mark *mark_at_hand(const sheet_patch *s)
{
    return s->next < s->marks->count ? &s->marks->items[s->next] : NULL;
}

/* What a new cell of the row at hand looks like. */
static uint32_t format_of_new(const sheet_patch *s, uint32_t column)
{
    if (s->row_has_format)
        return s->row_format;
    for (size_t i = 0; i < s->column_count; i++)
        if (column >= s->columns[i].first && column <= s->columns[i].last)
            return s->columns[i].format;
    return 0;
}

static void add_cell(sheet_patch *s, buffer *out, mark *m)
{
    m->base = format_of_new(s, m->column);
    buffer_add_char(out, '<');
    buffer_add_text(out, s->prefix);
    buffer_add_string(out, "c r=\"");
    add_cell_name(out, m->row, m->column);
    buffer_add_string(out, "\" s=\"");
    buffer_add_integer(out, styles_marked(s->context->styles, m->base, m->kind));
    buffer_add_string(out, "\"/>");
}

/* The marked cells of the row before a column. */
static void add_cells(sheet_patch *s, buffer *out, uint32_t row, uint32_t before)
{
    for (mark *m = mark_at_hand(s); m && m->row == row && m->column < before; m = mark_at_hand(s)) {
        add_cell(s, out, m);
        s->next++;
    }
}

static void add_row(sheet_patch *s, buffer *out, uint32_t row)
{
    s->row_has_format = false;
    buffer_add_char(out, '<');
    buffer_add_text(out, s->prefix);
    buffer_add_string(out, "row r=\"");
    buffer_add_integer(out, row);
    buffer_add_string(out, "\">");
    add_cells(s, out, row, UINT32_MAX);
    buffer_add_string(out, "</");
    buffer_add_text(out, s->prefix);
    buffer_add_string(out, "row>");
}

/* The marked rows before a row. */
static void add_rows(sheet_patch *s, buffer *out, uint32_t before)
{
    for (mark *m = mark_at_hand(s); m && m->row < before; m = mark_at_hand(s))
        add_row(s, out, m->row);
}

static void put(sheet_patch *s, size_t at, buffer *b)
{
    if (b->length > 0)
        patch_insert(&s->patch, at, buffer_text(b));
    s->patch.failed |= b->failed;
    buffer_free(b);
}

static void put_inside(sheet_patch *s, xml_tag tag, size_t at, buffer *b)
{
    if (b->length > 0)
        patch_inside(&s->patch, tag, at, buffer_text(b));
    s->patch.failed |= b->failed;
    buffer_free(b);
}

/* The format of a cell without the mark of an earlier copy. */
static uint32_t unmarked(const sheet_patch *s, uint32_t format)
{
    mark_styles *styles = s->context->styles;
    uint32_t before;
    if (!styles_is_marked(styles, format))
        return format;
    if (former_format(s->context->former, s->name, s->row, s->column, &before) && !styles_is_marked(styles, before))
        return before;
    return styles_marked(styles, format, MARK_NONE);
}

static void start_cell(sheet_patch *s, const char **attributes)
{
    buffer b = {0};
    xml_tag here = xml_here(&s->xml);
    const char *name = xml_attribute(attributes, "r");
    uint32_t row = s->row, column = s->column + 1, format = number_of(xml_attribute(attributes, "s"), 0);
    size_t at = 0;
    if ((name && !cell_of_reference(text_of(name), &at, &row, &column)) || row != s->row || column <= s->column) {
        xml_stop(&s->xml, XML_DAMAGED);
        return;
    }
    s->column = column;
    add_cells(s, &b, row, column);
    put(s, here.begin, &b);
    mark *m = mark_at_hand(s);
    uint32_t plain = unmarked(s, format), wanted = plain;
    if (m && m->row == row && m->column == column) {
        m->base = plain;
        wanted = styles_marked(s->context->styles, plain < s->context->styles->count ? plain : format, m->kind);
        s->next++;
    }
    if (wanted != format)
        patch_number(&s->patch, here, "s", wanted);
}

/* ---- rows ---- */

static bool is_within(text spans, uint32_t first, uint32_t last)
{
    char copy[32] = "", *end;
    if (spans.length >= sizeof copy || !memchr(spans.bytes, ':', spans.length))
        return false;
    memcpy(copy, spans.bytes, spans.length);
    unsigned long from = strtoul(copy, &end, 10), to = *end == ':' ? strtoul(end + 1, NULL, 10) : 0;
    return from <= first && last <= to;
}

/* From where to where a row has cells is said to help programs along; wrong, it would lead them astray. */
static void widen_spans(sheet_patch *s, xml_tag tag)
{
    mark *m = mark_at_hand(s);
    text spans = tag_attribute(s->patch.old, tag, "spans");
    size_t last = s->next;
    if (!spans.bytes || !m || m->row != s->row)
        return;
    while (last + 1 < s->marks->count && s->marks->items[last + 1].row == s->row)
        last++;
    if (!is_within(spans, m->column, s->marks->items[last].column))
        patch_attribute(&s->patch, tag, "spans", TEXT("1:16384"));
}

static void start_row(sheet_patch *s, const char **attributes)
{
    buffer b = {0};
    uint32_t row = number_of(xml_attribute(attributes, "r"), s->row + 1);
    s->row_tag = xml_here(&s->xml);
    if (row <= s->row || row > MOST_SHEET_ROWS) {
        xml_stop(&s->xml, XML_DAMAGED);
        return;
    }
    add_rows(s, &b, row);
    put(s, s->row_tag.begin, &b);
    s->row = row;
    s->column = 0;
    s->row_format = number_of(xml_attribute(attributes, "s"), 0);
    s->row_has_format = xml_is_true(xml_attribute(attributes, "customFormat"));
    widen_spans(s, s->row_tag);
}

static void end_row(sheet_patch *s)
{
    buffer b = {0};
    add_cells(s, &b, s->row, UINT32_MAX);
    put_inside(s, s->row_tag, xml_here(&s->xml).begin, &b);
}

static void end_rows(sheet_patch *s)
{
    buffer b = {0};
    add_rows(s, &b, UINT32_MAX);
    put_inside(s, s->rows, xml_here(&s->xml).begin, &b);
    s->in_rows = false;
}

/* ---- what stands around the rows ---- */

static void keep_columns(sheet_patch *s, const char **attributes)
{
    if (!MEM_RESERVE(s->columns, s->column_capacity, s->column_count + 1)) {
        xml_stop(&s->xml, XML_NO_MEMORY);
        return;
    }
    s->columns[s->column_count++] = (column_format){.first = number_of(xml_attribute(attributes, "min"), 0),
                                                    .last = number_of(xml_attribute(attributes, "max"), 0),
                                                    .format = number_of(xml_attribute(attributes, "style"), 0)};
}

/* The elements that may stand behind legacyDrawing. */
static bool stands_behind_boxes(const char *name)
{
    static const char *const names[] = {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                                        "tableParts", "extLst", "AlternateContent"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(name, names[i]))
            return true;
    return false;
}

static void start_part(sheet_patch *s, const char *name, const char **attributes)
{
    xml_tag here = xml_here(&s->xml);
    const char *id = xml_prefixed(attributes, "id");
    if (xml_is(name, "sheetData")) {
        s->in_rows = true;
        s->rows = here;
    } else if (xml_is(name, "legacyDrawing") && id && strlen(id) < sizeof s->boxes_id) {
        s->has_boxes = true;
        strcpy(s->boxes_id, id);
    } else if (!s->boxes_at && s->rows.end > 0 && stands_behind_boxes(name)) {
        s->boxes_at = here.begin;
    }
}

static void start_element(void *context, const char *name, const char **attributes)
{
    sheet_patch *s = context;
    s->depth++;
    if (s->depth == 1)
        s->prefix = tag_prefix(s->patch.old, xml_here(&s->xml));
    else if (s->depth == 2)
        start_part(s, name, attributes);
    else if (s->depth == 3 && s->in_rows && xml_is(name, "row"))
        start_row(s, attributes);
    else if (s->depth == 4 && s->in_rows && xml_is(name, "c"))
        start_cell(s, attributes);
    else if (s->depth == 3 && xml_is(name, "col"))
        keep_columns(s, attributes);
}

static void end_element(void *context, const char *name)
{
    sheet_patch *s = context;
    if (s->depth == 3 && s->in_rows && xml_is(name, "row"))
        end_row(s);
    if (s->depth == 2 && s->in_rows)
        end_rows(s);
    if (s->depth == 1 && !s->boxes_at)
        s->boxes_at = xml_here(&s->xml).begin;
    s->depth--;
}

/* ---- comments ---- */

static void add_boxes_element(sheet_patch *s, text id)
{
    buffer b = {0};
    buffer_add_char(&b, '<');
    buffer_add_text(&b, s->prefix);
    buffer_add_string(&b, "legacyDrawing xmlns:r=\"");
    buffer_add_string(&b, package_relations_address(s->context->package));
    buffer_add_string(&b, "\" r:id=\"");
    buffer_add_text(&b, id);
    buffer_add_string(&b, "\"/>");
    put(s, s->boxes_at, &b);
}

/* A part that is named and not there comes into being. */
static comment_parts parts_of(const sheet_patch *s, const relations *r)
{
    comment_parts parts = {.comments = TEXT(""), .boxes = TEXT("")};
    const relation *boxes = s->has_boxes ? relation_of(r, s->boxes_id) : NULL;
    for (size_t i = 0; i < r->count; i++)
        if (text_equal(r->items[i].kind, TEXT("comments")))
            parts.comments = r->items[i].target;
    if (boxes)
        parts.boxes = boxes->target;
    return parts;
}

static const char COMMENTS_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
static const char BOXES_TYPE[] = "application/vnd.openxmlformats-officedocument.vmlDrawing";

static xml_fault add_comments_part(package *p, text sheet, comment_parts *parts)
{
    text id;
    if (parts->comments.length > 0)
        return XML_FINE;
    parts->comments = package_new_name(p, "xl/comments", ".xml");
    if (!parts->comments.bytes)
        return XML_NO_MEMORY;
    xml_fault fault = package_relate(p, sheet, parts->comments, "comments", &id);
    return fault == XML_FINE ? package_declare(p, parts->comments, COMMENTS_TYPE) : fault;
}

static xml_fault add_boxes_part(sheet_patch *s, text sheet, comment_parts *parts)
{
    package *p = s->context->package;
    text id;
    if (parts->boxes.length > 0)
        return XML_FINE;
    if (s->has_boxes)
        return XML_DAMAGED; /* named, but not related */
    parts->boxes = package_new_name(p, "xl/drawings/vmlDrawing", ".vml");
    if (!parts->boxes.bytes)
        return XML_NO_MEMORY;
    xml_fault fault = package_relate(p, sheet, parts->boxes, "vmlDrawing", &id);
    if (fault == XML_FINE)
        fault = package_declare_extension(p, "vml", BOXES_TYPE);
    if (fault == XML_FINE)
        add_boxes_element(s, id);
    return fault;
}

static xml_fault comment(sheet_patch *s, text sheet)
{
    relations own = {.memory = &s->context->package->memory};
    xml_fault fault = relations_read(&own, s->context->package->archive, sheet);
    comment_parts parts = parts_of(s, &own);
    if (fault == XML_FINE && (s->marks->count > 0 || parts.comments.length > 0)) {
        fault = add_comments_part(s->context->package, sheet, &parts);
        if (fault == XML_FINE)
            fault = add_boxes_part(s, sheet, &parts);
        if (fault == XML_FINE)
            fault = mark_comments(s->context, &parts, s->marks);
    }
    relations_free(&own);
    return fault;
}

xml_fault mark_sheet(mark_context *c, text sheet, text name, const marks *m)
{
    buffer bytes = {0};
    sheet_patch s = {.context = c, .name = name, .marks = m};
    xml_fault fault = package_part(c->package, sheet, &bytes);
    s.patch.old = buffer_text(&bytes);
    if (fault == XML_FINE)
        fault = xml_read_bytes(s.patch.old, (xml_handlers){start_element, end_element, NULL}, &s, &s.xml);
    if (fault == XML_FINE && s.next < m->count)
        fault = XML_DAMAGED; /* no rows at all: not the sheet that was read */
    if (fault == XML_FINE)
        fault = comment(&s, sheet);
    fault = package_patch(c->package, sheet, &s.patch, fault);
    mem_free(s.columns);
    buffer_free(&bytes);
    return fault;
}
