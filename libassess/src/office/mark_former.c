/* mark_former: what a cell looked like before an earlier copy marked it. The list of problems there knows: the cell with the value has
 * the format of the cell that it came from, and programs keep that when they save the workbook. See mark.h. */
#include "office/mark.h"

#include <stdlib.h>
#include <string.h>

typedef struct former_reader {
    xml xml;
    former *f;
    const shared_texts *texts;
    uint32_t row, column, format;
    bool is_shared, in_value;
    buffer value;
    former_cell cell; /* of the row at hand */
} former_reader;

static uint32_t number_of(const char *value)
{
    return value && *value >= '0' && *value <= '9' ? (uint32_t)strtoul(value, NULL, 10) : 0;
}

static void start_element(void *context, const char *name, const char **attributes)
{
    former_reader *r = context;
    const char *reference = xml_attribute(attributes, "r"), *kind = xml_attribute(attributes, "t");
    size_t at = 0;
    if (xml_is(name, "row")) {
        r->cell = (former_cell){0};
        r->column = 0;
    } else if (xml_is(name, "c")) {
        r->column++;
        if (reference)
            cell_of_reference(text_of(reference), &at, &r->row, &r->column);
        r->format = number_of(xml_attribute(attributes, "s"));
        r->is_shared = kind && xml_is(kind, "s");
        r->value.length = 0;
    }
    r->in_value = xml_is(name, "v") || xml_is(name, "t");
}

static void read_value(void *context, const char *bytes, int length)
{
    former_reader *r = context;
    if (r->in_value && (r->column == LIST_SHEET || r->column == LIST_CELL))
        buffer_add(&r->value, bytes, (size_t)length);
}

/* Shared texts are kept as CSV has them: "a ""b""". */
static void add_unquoted(buffer *out, text t)
{
    bool quoted = t.length >= 2 && t.bytes[0] == '"';
    for (size_t i = quoted; i < t.length - quoted; i++) {
        buffer_add_char(out, t.bytes[i]);
        i += quoted && t.bytes[i] == '"';
    }
}

static void look_up(former_reader *r)
{
    buffer_add_char(&r->value, '\0');
    size_t number = r->value.failed ? 0 : number_of(r->value.bytes);
    r->value.length = 0;
    if (number < r->texts->count)
        add_unquoted(&r->value, shared_text(r->texts, number));
}

static void keep_sheet(former_reader *r)
{
    const char *copy = arena_text(&r->f->texts, r->value.bytes ? r->value.bytes : "", r->value.length);
    if (copy)
        r->cell.sheet = (text){copy, r->value.length};
    else
        xml_stop(&r->xml, XML_NO_MEMORY);
}

static void end_cell(former_reader *r)
{
    size_t at = 0;
    if (r->is_shared)
        look_up(r);
    if (r->value.failed)
        xml_stop(&r->xml, XML_NO_MEMORY);
    else if (r->column == LIST_SHEET)
        keep_sheet(r);
    else if (r->column == LIST_CELL && !cell_of_reference(buffer_text(&r->value), &at, &r->cell.row, &r->cell.column))
        r->cell.row = 0;
    else if (r->column == LIST_VALUE)
        r->cell.format = r->format;
}

static void end_row(former_reader *r)
{
    former *f = r->f;
    if (r->cell.row == 0 || r->cell.sheet.length == 0 || f->count == 2 * PROBLEMS_OF_A_KIND)
        return;
    if (MEM_RESERVE(f->cells, f->capacity, f->count + 1))
        f->cells[f->count++] = r->cell;
    else
        xml_stop(&r->xml, XML_NO_MEMORY);
}

static void end_element(void *context, const char *name)
{
    former_reader *r = context;
    r->in_value = false;
    if (xml_is(name, "c"))
        end_cell(r);
    else if (xml_is(name, "row"))
        end_row(r);
}

static int compare_cells(const void *left, const void *right)
{
    const former_cell *a = left, *b = right;
    int sheets = text_compare(a->sheet, b->sheet);
    if (sheets != 0)
        return sheets;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row) : (a->column > b->column) - (a->column < b->column);
}

xml_fault former_read(former *f, const package *p, text list, const shared_texts *texts)
{
    buffer bytes = {0};
    former_reader r = {.f = f, .texts = texts};
    xml_fault fault = package_part(p, list, &bytes);
    if (fault == XML_FINE)
        fault = xml_read_bytes(buffer_text(&bytes), (xml_handlers){start_element, end_element, read_value}, &r, &r.xml);
    if (f->count > 1)
        qsort(f->cells, f->count, sizeof *f->cells, compare_cells);
    buffer_free(&r.value);
    buffer_free(&bytes);
    return fault;
}

bool former_format(const former *f, text sheet, uint32_t row, uint32_t column, uint32_t *format)
{
    const former_cell wanted = {.sheet = sheet, .row = row, .column = column};
    const former_cell *found = f->count > 0 ? bsearch(&wanted, f->cells, f->count, sizeof *f->cells, compare_cells) : NULL;
    if (found)
        *format = found->format;
    return found != NULL;
}

void former_free(former *f)
{
    mem_free(f->cells);
    arena_free(&f->texts);
    *f = (former){0};
}
