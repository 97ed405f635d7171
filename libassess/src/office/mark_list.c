/* mark_list: all problems of a file, as a sheet of its copy or as CSV. See mark.h. */
#include "office/mark.h"

#include <string.h>

#include "base/csv_cell.h"
#include "base/message.h"
#include "office/call.h"
#include "office/save.h"

/* ---- the problems of a file ---- */

static text copy_of(listing *l, const char *words)
{
    text t = text_of(words);
    t.bytes = arena_text(&l->texts, words, t.length);
    return t;
}

static bool keep(listing *l, const assess_problem *p, assess_language language)
{
    listed one = {.severity = p->severity, .row = p->row, .column = p->column, .sheet = copy_of(l, p->sheet),
                  .header = copy_of(l, p->header), .value = copy_of(l, p->value), .message = copy_of(l, p->message[language])};
    if (!one.sheet.bytes || !one.header.bytes || !one.value.bytes || !one.message.bytes ||
        !MEM_RESERVE(l->items, l->capacity, l->count + 1))
        return false;
    l->items[l->count++] = one;
    return true;
}

/* A count cannot say what is wrong with a batch: one that was freed, or that another call is using, has no problems either. */
static assess_status check_batch(assess_batch *batch, assess_error *err)
{
    char *none = NULL;
    assess_status s = assess_batch_problems(batch, ASSESS_EN, ASSESS_FORMAT_TEXT, &none, err);
    assess_text_free(none);
    return s;
}

assess_status listing_collect(listing *l, assess_batch *batch, const char *file, assess_language language, assess_error *err)
{
    size_t count = assess_batch_problem_count(batch);
    assess_status checked = count ? ASSESS_OK : check_batch(batch, err);
    if (checked)
        return checked;
    for (size_t i = 0; i < count; i++) {
        assess_problem p = {.size = sizeof p};
        assess_status s = assess_batch_problem(batch, i, &p, err);
        if (s)
            return s;
        if (strcmp(p.file, file) == 0 && !keep(l, &p, language))
            return error_no_memory(err);
    }
    return l->count > 0 ? ASSESS_OK : error_set_at(err, ASSESS_E_CALL, message_of1(MSG_mark_nothing, text_of(file)), file, 0, NULL);
}

void listing_free(listing *l)
{
    mem_free(l->items);
    arena_free(&l->texts);
    *l = (listing){0};
}

/* ---- the sheet ---- */

/* Without memory `out` has failed. */
static text words_of(buffer *out, arena *a, message_id id, assess_language language)
{
    buffer b = {0};
    message_render(&b, message_of(id), language);
    const char *copy = b.failed ? NULL : arena_text(a, b.bytes, b.length);
    text t = {copy, copy ? b.length : 0};
    out->failed |= !copy;
    buffer_free(&b);
    return t;
}

static void add_styled(buffer *out, uint32_t row, uint32_t column, text t, uint32_t format)
{
    if (t.length == 0 && format == 0)
        return;
    buffer_add_string(out, "<c r=\"");
    add_cell_name(out, row, column);
    buffer_add_string(out, "\" s=\"");
    buffer_add_integer(out, format);
    buffer_add_string(out, "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    add_escaped(out, t);
    buffer_add_string(out, "</t></is></c>");
}

static void add_text(buffer *out, uint32_t row, uint32_t column, text t)
{
    add_styled(out, row, column, t, 0);
}

static void begin_row(buffer *out, uint32_t row)
{
    buffer_add_string(out, "<row r=\"");
    buffer_add_integer(out, row);
    buffer_add_string(out, "\">");
}

enum { FIRST_ROW = 3 };

static const message_id headings[LIST_COLUMNS] = {MSG_mark_kind, MSG_mark_sheet, MSG_mark_cell, MSG_mark_header, MSG_mark_value, MSG_mark_message};

static void add_place(buffer *out, const listed *p)
{
    add_cell_name(out, p->row ? p->row : 1, p->row && p->column ? p->column : 1);
}

static void add_problem(buffer *out, uint32_t row, const listed *p, const text kinds[2])
{
    buffer place = {0};
    add_place(&place, p);
    begin_row(out, row);
    add_text(out, row, LIST_KIND, kinds[p->severity == ASSESS_SEVERITY_NOTICE]);
    add_text(out, row, LIST_SHEET, p->sheet);
    add_text(out, row, LIST_CELL, buffer_text(&place));
    add_text(out, row, LIST_HEADER, p->header);
    add_styled(out, row, LIST_VALUE, p->value, p->format);
    add_text(out, row, LIST_MESSAGE, p->message);
    buffer_add_string(out, "</row>");
    out->failed |= place.failed;
    buffer_free(&place);
}

static void add_rows(buffer *out, arena *a, const listing *l, assess_language language)
{
    const text kinds[2] = {words_of(out, a, MSG_mark_error, language), words_of(out, a, MSG_mark_notice, language)};
    begin_row(out, 1);
    add_text(out, 1, 1, words_of(out, a, MSG_mark_title, language));
    buffer_add_string(out, "</row>");
    begin_row(out, 2);
    for (uint32_t i = 0; i < LIST_COLUMNS; i++)
        add_text(out, 2, i + 1, words_of(out, a, headings[i], language));
    buffer_add_string(out, "</row>");
    for (size_t i = 0; i < l->count; i++)
        add_problem(out, (uint32_t)i + FIRST_ROW, &l->items[i], kinds);
}

/* 'it''s a sheet'!B12 */
static void add_link(buffer *out, uint32_t row, const listed *p)
{
    buffer_add_string(out, "<hyperlink ref=\"");
    add_cell_name(out, row, LIST_CELL);
    buffer_add_string(out, "\" location=\"'");
    for (size_t i = 0; i < p->sheet.length; i++) {
        add_escaped(out, (text){p->sheet.bytes + i, 1});
        if (p->sheet.bytes[i] == '\'')
            buffer_add_char(out, '\'');
    }
    buffer_add_string(out, "'!");
    add_place(out, p);
    buffer_add_string(out, "\"/>");
}

static void add_columns(buffer *out)
{
    static const int widths[LIST_COLUMNS] = {8, 16, 9, 18, 22, 100};
    buffer_add_string(out, "<cols>");
    for (int i = 0; i < LIST_COLUMNS; i++) {
        buffer_add_string(out, "<col min=\"");
        buffer_add_integer(out, i + 1);
        buffer_add_string(out, "\" max=\"");
        buffer_add_integer(out, i + 1);
        buffer_add_string(out, "\" width=\"");
        buffer_add_integer(out, widths[i]);
        buffer_add_string(out, "\" customWidth=\"1\"/>");
    }
    buffer_add_string(out, "</cols>");
}

static void fill_sheet(buffer *out, mark_context *c, const listing *l)
{
    buffer_add_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"");
    buffer_add_string(out, package_main_address(c->package));
    buffer_add_string(out, "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" "
                           "state=\"frozen\"/></sheetView></sheetViews>");
    add_columns(out);
    buffer_add_string(out, "<sheetData>");
    add_rows(out, &c->package->memory, l, c->language);
    buffer_add_string(out, "</sheetData><hyperlinks>");
    for (size_t i = 0; i < l->count; i++)
        add_link(out, (uint32_t)i + FIRST_ROW, &l->items[i]);
    /* As wide as the paper, and as many pages as it takes. */
    buffer_add_string(out, "</hyperlinks><pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
                           "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/></worksheet>");
}

/* ---- among the sheets of the workbook ---- */

typedef struct sheets {
    xml xml;
    patch patch;
    unsigned depth;
    xml_tag list;
    uint32_t highest;
    text name, id; /* of the new sheet */
    const char *address;
    arena *memory;
} sheets;

static void start_element(void *context, const char *name, const char **attributes)
{
    sheets *s = context;
    const char *number = xml_attribute(attributes, "sheetId");
    uint32_t value = 0;
    if (++s->depth == 2 && xml_is(name, "sheets"))
        s->list = xml_here(&s->xml);
    for (; s->depth == 3 && number && *number >= '0' && *number <= '9' && value < 100000000; number++)
        value = value * 10 + (uint32_t)(*number - '0');
    s->highest = value > s->highest ? value : s->highest;
}

static void add_attribute(buffer *b, const char *name, text value)
{
    buffer_add_char(b, ' ');
    buffer_add_string(b, name);
    buffer_add_string(b, "=\"");
    add_escaped(b, value);
    buffer_add_char(b, '"');
}

static void end_element(void *context, const char *name)
{
    sheets *s = context;
    buffer b = {0};
    if (s->depth-- != 2 || !xml_is(name, "sheets"))
        return;
    buffer_add_char(&b, '<');
    buffer_add_text(&b, tag_prefix(s->patch.old, s->list));
    buffer_add_string(&b, "sheet xmlns:r=\"");
    buffer_add_string(&b, s->address);
    buffer_add_char(&b, '"');
    add_attribute(&b, "name", s->name);
    buffer_add_string(&b, " sheetId=\"");
    buffer_add_integer(&b, (int64_t)s->highest + 1);
    buffer_add_char(&b, '"');
    add_attribute(&b, "r:id", s->id);
    buffer_add_string(&b, "/>");
    patch_inside(&s->patch, s->list, xml_here(&s->xml).begin, buffer_text(&b));
    s->patch.failed |= b.failed;
    buffer_free(&b);
}

static xml_fault list_in_workbook(package *p, text workbook, text name, text id)
{
    buffer bytes = {0};
    sheets s = {.name = name, .id = id, .address = package_relations_address(p)};
    xml_fault fault = package_part(p, workbook, &bytes);
    s.patch.old = buffer_text(&bytes);
    if (fault == XML_FINE)
        fault = xml_read_bytes(s.patch.old, (xml_handlers){start_element, end_element, NULL}, &s, &s.xml);
    fault = package_patch(p, workbook, &s.patch, fault);
    buffer_free(&bytes);
    return fault;
}

static bool has_sheet(const book_parts *parts, text name)
{
    for (size_t i = 0; i < parts->count; i++)
        if (text_equal(parts->sheets[i].name, name))
            return true;
    return false;
}

/* 问题清单, or with a number behind it where a sheet of that name is there. */
static text free_name(arena *a, const book_parts *parts, assess_language language)
{
    buffer failing = {0};
    text plain = words_of(&failing, a, MSG_mark_list, language), name = plain;
    for (int n = 2; name.bytes && has_sheet(parts, name); n++) {
        buffer b = {0};
        buffer_add_text(&b, plain);
        buffer_add_char(&b, ' ');
        buffer_add_integer(&b, n);
        name = (text){b.failed ? NULL : arena_text(a, b.bytes, b.length), b.length};
        buffer_free(&b);
    }
    return name;
}

static const char SHEET_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

static xml_fault add_sheet(mark_context *c, const book_parts *parts, text *part)
{
    package *p = c->package;
    text workbook = zip_name(p->archive, parts->book), id;
    text name = free_name(&p->memory, parts, c->language);
    *part = package_new_name(p, "xl/worksheets/sheet", ".xml");
    if (!part->bytes || !name.bytes)
        return XML_NO_MEMORY;
    xml_fault fault = package_relate(p, workbook, *part, "worksheet", &id);
    if (fault == XML_FINE)
        fault = package_declare(p, *part, SHEET_TYPE);
    return fault == XML_FINE ? list_in_workbook(p, workbook, name, id) : fault;
}

xml_fault mark_list(mark_context *c, const book_parts *parts, size_t number, const listing *l)
{
    buffer sheet = {0};
    text part = number == SIZE_MAX ? TEXT("") : zip_name(c->package->archive, parts->sheets[number].part);
    xml_fault fault = number == SIZE_MAX ? add_sheet(c, parts, &part) : XML_FINE;
    if (fault != XML_FINE)
        return fault;
    fill_sheet(&sheet, c, l);
    return package_set(c->package, part, &sheet);
}

/* ---- as CSV ---- */

static void add_count(buffer *out, uint32_t number)
{
    if (number > 0)
        buffer_add_integer(out, number);
    buffer_add_char(out, ',');
}

static void add_cell(buffer *out, text t, const char *end)
{
    csv_add_cell(out, t);
    buffer_add_string(out, end);
}

static void add_lines(buffer *out, arena *a, const listing *l, assess_language language)
{
    static const message_id heads[] = {MSG_mark_kind, MSG_mark_row, MSG_mark_column, MSG_mark_header, MSG_mark_value, MSG_mark_message};
    const text kinds[2] = {words_of(out, a, MSG_mark_error, language), words_of(out, a, MSG_mark_notice, language)};
    buffer_add_string(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < LIST_COLUMNS; i++)
        add_cell(out, words_of(out, a, heads[i], language), i + 1 < LIST_COLUMNS ? "," : "\r\n");
    for (size_t i = 0; i < l->count; i++) {
        const listed *p = &l->items[i];
        add_cell(out, kinds[p->severity == ASSESS_SEVERITY_NOTICE], ",");
        add_count(out, p->row);
        add_count(out, p->column);
        add_cell(out, p->header, ",");
        add_cell(out, p->value, ",");
        add_cell(out, p->message, "\r\n");
    }
}

assess_status assess_office_problem_list(assess_batch *batch, const char *table, const char *output, const assess_office_mark_options *options,
                                         assess_error *err)
{
    assess_office_mark_options o;
    buffer out = {0};
    if (OFFICE_OPTIONS(assess_office_mark_options, force, &o, options, err))
        return ASSESS_E_CALL;
    if (!batch || !table || !output || (unsigned)o.language >= ASSESS_LANGUAGE_COUNT)
        return office_bad_argument(err, "batch, table, output, options");
    listing l = {.file = table};
    assess_status s = listing_collect(&l, batch, table, o.language, err);
    if (!s)
        add_lines(&out, &l.texts, &l, o.language);
    if (!s)
        s = out.failed ? error_no_memory(err) : save_file(output, buffer_text(&out), o.force, err);
    buffer_free(&out);
    listing_free(&l);
    return s;
}
