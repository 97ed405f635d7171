/* A sheet, pulled: every call parses until there is enough CSV to hand out. A row is put together before it is written, so that
 * nothing stands behind its last cell with content, and no row stands behind the last one with content. */
#include "office/workbook_read.h"

#include <stdlib.h>
#include <string.h>

/* ---- remarks ---- */

enum { MOST_REMARKS = 20000 }; /* as many problems as a batch keeps; those in rows that may be titles do not count */

static bool fail(sheet_reader *s, xml_fault fault)
{
    xml_stop(&s->xml, fault);
    return false;
}

static void add_remark(sheet_reader *s, remark r, text shown)
{
    enum { SHOWN_BYTES = 80 };
    if (s->remark_count >= MOST_REMARKS && r.where.row > ASSESS_WORKBOOK_HEADER_ROWS)
        return;
    size_t length = shown.length < SHOWN_BYTES ? shown.length : SHOWN_BYTES;
    while (length > 0 && length < shown.length && ((unsigned char)shown.bytes[length] & 0xC0) == 0x80)
        length--;
    r.text = arena_text(&s->memory, shown.bytes, length);
    if (!r.text || !MEM_RESERVE(s->remarks, s->remark_capacity, s->remark_count + 1))
        fail(s, XML_NO_MEMORY);
    else
        s->remarks[s->remark_count++] = r;
}

static void remark_cell(sheet_reader *s, assess_cell_remark kind, text shown)
{
    add_remark(s, (remark){.kind = kind, .where = {s->row, s->column, s->row, s->column}}, shown);
}

/* ---- a row out ---- */

static text text_of_cell(const sheet_reader *s, const cell *c)
{
    return (text){s->line.bytes + c->begin, c->length};
}

static size_t bytes_of_row(const sheet_reader *s, uint32_t row)
{
    size_t bytes = row - s->lines;
    if (s->cell_count > 0)
        bytes += s->cells[s->cell_count - 1].column;
    for (size_t i = 0; i < s->cell_count; i++)
        bytes += s->cells[i].length;
    return bytes;
}

static void add_repeated(buffer *out, char c, size_t count)
{
    for (; count > 0; count--)
        buffer_add_char(out, c);
}

static void write_row(sheet_reader *s, uint32_t row)
{
    size_t bytes = bytes_of_row(s, row);
    uint32_t column = 1;
    if (s->cell_count == 0)
        return;
    if (bytes > s->csv_left) {
        fail(s, XML_TOO_LARGE);
        return;
    }
    s->csv_left -= bytes;
    add_repeated(&s->csv, '\n', row - 1 - s->lines);
    s->lines = row;
    for (const cell *c = s->cells; c < s->cells + s->cell_count; c++) {
        add_repeated(&s->csv, ',', c->column - column);
        column = c->column;
        buffer_add_text(&s->csv, text_of_cell(s, c));
    }
    buffer_add_char(&s->csv, '\n');
}

/* ---- merged cells ---- */

enum { FILLED_COLUMNS = 1024, FILLED_BYTES = 1000 }; /* no header is longer; a title may be merged over a whole row */

static void hold_text(sheet_reader *s, merge *m, text shown)
{
    if (shown.length > FILLED_BYTES)
        return;
    const char *copy = arena_text(&s->memory, shown.bytes, shown.length);
    if (copy)
        m->shown = (text){copy, shown.length};
    else
        fail(s, XML_NO_MEMORY);
}

/* Merges that begin in this row and hold something are worth a remark, and a text for the cells that they cover. */
static void meet_merges(sheet_reader *s, uint32_t row)
{
    merges *m = &s->merges;
    size_t i = 0;
    while (m->reached < m->count && m->items[m->reached].range.row < row)
        m->reached++;
    for (; m->reached < m->count && m->items[m->reached].range.row == row; m->reached++) {
        merge *at = &m->items[m->reached];
        while (i < s->cell_count && s->cells[i].column < at->range.column)
            i++;
        bool again = at > m->items && at[-1].range.row == row && at[-1].range.column == at->range.column;
        if (i == s->cell_count || s->cells[i].column != at->range.column || again)
            continue; /* two merges of one cell: no program writes them */
        text shown = text_of_cell(s, &s->cells[i]);
        add_remark(s, (remark){.kind = ASSESS_CELL_MERGED, .where = at->range}, shown);
        if (row <= ASSESS_WORKBOOK_HEADER_ROWS)
            hold_text(s, at, shown);
    }
}

static int compare_cells(const void *left, const void *right)
{
    const cell *a = left, *b = right;
    return (a->column > b->column) - (a->column < b->column);
}

static bool push_cell(sheet_reader *s, cell c)
{
    if (!MEM_RESERVE(s->cells, s->cell_capacity, s->cell_count + 1))
        return fail(s, XML_NO_MEMORY);
    s->cells[s->cell_count++] = c;
    return true;
}

/* The cells that the merge covers in this row, but for those that are taken: by a text of their own, or by a merge before. A cell is
 * filled once, however many merges lie over it. */
static void spread(sheet_reader *s, const merge *m, bool *taken)
{
    cell c = {.begin = s->line.length, .length = m->shown.length};
    uint32_t last = m->range.last_column < FILLED_COLUMNS ? m->range.last_column : FILLED_COLUMNS;
    bool added = false;
    for (c.column = m->range.column; c.column <= last; c.column++) {
        if (taken[c.column - 1])
            continue;
        if (!added)
            buffer_add_text(&s->line, m->shown);
        added = taken[c.column - 1] = true;
        if (!push_cell(s, c))
            return;
    }
}

/* A row that may be a header is written as if nothing were merged. */
static void fill_merges(sheet_reader *s, uint32_t row)
{
    const merges *m = &s->merges;
    size_t own = s->cell_count;
    bool taken[FILLED_COLUMNS] = {false};
    for (size_t i = 0; i < own; i++)
        if (s->cells[i].column <= FILLED_COLUMNS)
            taken[s->cells[i].column - 1] = true;
    for (size_t i = 0; i < m->count && m->items[i].range.row <= row && s->xml.fault == XML_FINE; i++)
        if (m->items[i].range.last_row >= row && m->items[i].shown.length > 0)
            spread(s, &m->items[i], taken);
    if (s->cell_count > own)
        qsort(s->cells, s->cell_count, sizeof *s->cells, compare_cells);
}

/* Rows of a header that the document leaves out may still show what a merge holds. */
static void write_left_out(sheet_reader *s, uint32_t before)
{
    cell *cells = s->cells;
    size_t count = s->cell_count, capacity = s->cell_capacity;
    s->cells = NULL;
    s->cell_count = s->cell_capacity = 0;
    for (uint32_t row = s->lines + 1; row < before && row <= ASSESS_WORKBOOK_HEADER_ROWS; row++) {
        s->cell_count = 0;
        fill_merges(s, row);
        write_row(s, row);
    }
    mem_free(s->cells);
    s->cells = cells;
    s->cell_count = count;
    s->cell_capacity = capacity;
}

static void end_row(sheet_reader *s)
{
    bool filled = s->cell_count > 0;
    if (s->merges.count > 0 && s->lines < ASSESS_WORKBOOK_HEADER_ROWS)
        write_left_out(s, s->row);
    if (s->merges.count > 0) {
        meet_merges(s, s->row);
        if (s->row <= ASSESS_WORKBOOK_HEADER_ROWS)
            fill_merges(s, s->row);
    }
    if (s->xml.fault == XML_FINE)
        write_row(s, s->row);
    s->hidden_rows += filled && s->row_hidden;
    if (s->csv.failed || s->line.failed)
        fail(s, XML_NO_MEMORY);
}

/* ---- rows and cells in ---- */

static void start_row(sheet_reader *s, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    char *end = NULL;
    unsigned long row = number ? strtoul(number, &end, 10) : s->row + 1ul;
    if (row <= s->row || row > MOST_SHEET_ROWS || (end && *end)) {
        fail(s, XML_DAMAGED);
        return;
    }
    s->row = (uint32_t)row;
    s->row_numbered = number != NULL;
    s->row_hidden = xml_is_true(xml_attribute(attributes, "hidden"));
    s->column = 0;
    s->cell_count = 0;
    s->line.length = 0;
}

/* Where the cell is; without a reference it follows the one before. */
static bool place_cell(sheet_reader *s, const char *reference)
{
    uint32_t row = s->row, column = s->column + 1;
    size_t at = 0;
    text t = text_of(reference);
    if (reference && (!cell_of_reference(t, &at, &row, &column) || at != t.length))
        return fail(s, XML_DAMAGED);
    if (row != s->row && !s->row_numbered && s->column == 0 && row > s->row)
        s->row = row; /* the row did not say which it is */
    if (row != s->row || column <= s->column || column > MOST_SHEET_COLUMNS)
        return fail(s, XML_DAMAGED);
    s->column = column;
    return true;
}

static value_kind kind_of(const char *type)
{
    static const struct {
        const char *type;
        value_kind kind;
    } kinds[] = {{"s", VALUE_SHARED}, {"n", VALUE_NUMBER}, {"inlineStr", VALUE_INLINE}, {"str", VALUE_TEXT},
                 {"b", VALUE_TRUTH},  {"e", VALUE_ERROR},  {"d", VALUE_DAY}};
    for (size_t i = 0; type && i < sizeof kinds / sizeof *kinds; i++)
        if (xml_is(type, kinds[i].type))
            return kinds[i].kind;
    return VALUE_NUMBER;
}

static void start_cell(sheet_reader *s, const char **attributes)
{
    const char *style = NULL, *type = NULL, *reference = NULL;
    for (; *attributes; attributes += 2) {
        if (xml_is(attributes[0], "r"))
            reference = attributes[1];
        else if (xml_is(attributes[0], "s"))
            style = attributes[1];
        else if (xml_is(attributes[0], "t"))
            type = attributes[1];
    }
    if (!place_cell(s, reference))
        return;
    s->kind = kind_of(type);
    s->format = style ? strtoul(style, NULL, 10) : 0;
    s->has_value = s->has_formula = false;
    s->value.length = s->formula.length = 0;
}

static text shared_value(sheet_reader *s)
{
    char *end;
    buffer_add_char(&s->value, '\0');
    size_t number = s->value.failed ? 0 : strtoul(s->value.bytes, &end, 10);
    if (s->value.failed || *end != '\0' || number >= s->texts->count) {
        fail(s, s->value.failed ? XML_NO_MEMORY : XML_DAMAGED);
        return TEXT("");
    }
    return shared_text(s->texts, number);
}

static const cell_format *format_of_cell(const sheet_reader *s)
{
    static const cell_format plain = {.kind = FORMAT_PLAIN};
    return s->format < s->formats->count ? &s->formats->items[s->format] : &plain;
}

static void add_text_value(sheet_reader *s)
{
    decode_escapes(&s->value);
    add_quoted(&s->line, buffer_text(&s->value));
}

static void add_value(sheet_reader *s)
{
    text written = text_trim(buffer_text(&s->value));
    assess_cell_remark said = ASSESS_CELL_REMARK_COUNT;
    switch (s->kind) {
    case VALUE_NUMBER:
        said = add_number(&s->line, written, format_of_cell(s), s->from_1904);
        break;
    case VALUE_SHARED:
        buffer_add_text(&s->line, shared_value(s));
        break;
    case VALUE_TEXT:
    case VALUE_INLINE:
        add_text_value(s);
        break;
    case VALUE_TRUTH:
        buffer_add_string(&s->line, text_equal(written, TEXT("1")) || text_equal(written, TEXT("true")) ? "TRUE" : "FALSE");
        break;
    case VALUE_ERROR:
        add_quoted(&s->line, written);
        said = ASSESS_CELL_ERROR;
        break;
    case VALUE_DAY:
        add_iso_day(&s->line, written, format_of_cell(s));
        break;
    }
    if (said != ASSESS_CELL_REMARK_COUNT)
        remark_cell(s, said, written);
}

static void end_cell(sheet_reader *s)
{
    size_t begin = s->line.length;
    bool is_text = s->kind == VALUE_TEXT || s->kind == VALUE_INLINE;
    s->has_value &= s->value.length > 0 || is_text;
    if (s->has_value)
        add_value(s);
    else if (s->has_formula)
        remark_cell(s, ASSESS_CELL_NOT_COMPUTED, buffer_text(&s->formula));
    if (s->value.failed || s->formula.failed || s->line.failed)
        fail(s, XML_NO_MEMORY);
    if (s->xml.fault != XML_FINE || s->line.length == begin)
        return;
    s->filled[(s->column - 1) / 64] |= UINT64_C(1) << (s->column - 1) % 64;
    push_cell(s, (cell){s->column, begin, s->line.length - begin});
}

/* ---- the document ---- */

static void keep_hidden(sheet_reader *s, const char **attributes)
{
    const char *first = xml_attribute(attributes, "min"), *last = xml_attribute(attributes, "max");
    unsigned long from = first ? strtoul(first, NULL, 10) : 0, to = last ? strtoul(last, NULL, 10) : 0;
    if (!xml_is_true(xml_attribute(attributes, "hidden")) || from < 1 || to < from)
        return;
    to = to < MOST_SHEET_COLUMNS ? to : MOST_SHEET_COLUMNS;
    for (unsigned long column = from; column <= to; column += 64 - (column - 1) % 64) {
        uint64_t bits = UINT64_MAX << (column - 1) % 64;
        if (to - column < 63 - (column - 1) % 64)
            bits &= UINT64_MAX >> (63 - (to - 1) % 64);
        s->hidden[(column - 1) / 64] |= bits;
    }
}

static void start_part_of_cell(sheet_reader *s, const char *name)
{
    if (xml_is(name, "v"))
        s->in_value = s->has_value = s->kind != VALUE_INLINE;
    else if (xml_is(name, "f"))
        s->in_formula = s->has_formula = true;
    else if (xml_is(name, "t") && s->kind == VALUE_INLINE)
        s->in_value = s->has_value = !s->in_phonetic;
    else if (xml_is(name, "rPh"))
        s->in_phonetic = true;
}

static void on_start(void *context, const char *name, const char **attributes)
{
    sheet_reader *s = context;
    if (!s->in_rows) {
        if (xml_is(name, "sheetData"))
            s->in_rows = true;
        else if (xml_is(name, "col"))
            keep_hidden(s, attributes);
        else if (xml_is(name, "mergeCell"))
            merges_note(&s->merges, xml_attribute(attributes, "ref"));
    } else if (xml_is(name, "c")) {
        start_cell(s, attributes);
    } else if (xml_is(name, "row")) {
        start_row(s, attributes);
    } else {
        start_part_of_cell(s, name);
    }
}

static void on_end(void *context, const char *name)
{
    sheet_reader *s = context;
    if (!s->in_rows)
        return;
    if (xml_is(name, "c"))
        end_cell(s);
    else if (xml_is(name, "v") || xml_is(name, "t"))
        s->in_value = false;
    else if (xml_is(name, "row"))
        end_row(s);
    else if (xml_is(name, "f"))
        s->in_formula = false;
    else if (xml_is(name, "rPh"))
        s->in_phonetic = false;
    else if (xml_is(name, "sheetData"))
        s->in_rows = false;
}

/* No cell of a spreadsheet is longer; libassess says so of what it gets. */
static void on_characters(void *context, const char *bytes, int length)
{
    enum { MOST_CELL_BYTES = 256 * 1024, MOST_FORMULA_BYTES = 512 };
    sheet_reader *s = context;
    if (s->in_value && s->value.length < MOST_CELL_BYTES)
        buffer_add(&s->value, bytes, (size_t)length);
    else if (s->in_formula && s->formula.length < MOST_FORMULA_BYTES)
        buffer_add(&s->formula, bytes, (size_t)length);
}

/* ---- from outside ---- */

static uint32_t count_hidden_columns(const sheet_reader *s)
{
    uint32_t count = 0;
    for (size_t i = 0; i < MOST_SHEET_COLUMNS / 64; i++)
        count += (uint32_t)__builtin_popcountll(s->hidden[i] & s->filled[i]);
    return count;
}

static void finish(sheet_reader *s)
{
    uint32_t columns = count_hidden_columns(s);
    if (!merges_agree(&s->merges))
        fail(s, XML_DAMAGED);
    if (s->hidden_rows > 0)
        add_remark(s, (remark){.kind = ASSESS_CELL_HIDDEN_ROWS, .count = s->hidden_rows}, TEXT(""));
    if (columns > 0)
        add_remark(s, (remark){.kind = ASSESS_CELL_HIDDEN_COLUMNS, .count = columns}, TEXT(""));
}

assess_workbook_fault sheet_reader_begin(sheet_reader *s, zip *archive, size_t part)
{
    s->fault = merges_find(&s->merges, archive, part);
    if (s->fault == ASSESS_WORKBOOK_FINE)
        s->fault = fault_of_xml(xml_open(&s->xml, archive, part, (xml_handlers){on_start, on_end, on_characters}, s));
    return s->fault;
}

static void parse(sheet_reader *s)
{
    s->csv.length = s->taken = 0;
    while (s->csv.length == 0 && s->fault == ASSESS_WORKBOOK_FINE && !s->xml.finished) {
        s->fault = fault_of_xml(xml_step(&s->xml));
        if (s->fault == ASSESS_WORKBOOK_FINE && s->xml.finished) {
            finish(s);
            s->fault = fault_of_xml(s->xml.fault);
        }
    }
}

assess_workbook_fault sheet_reader_read(sheet_reader *s, char *out, size_t room, size_t *got)
{
    if (s->taken == s->csv.length)
        parse(s);
    size_t left = s->csv.length - s->taken;
    *got = s->fault != ASSESS_WORKBOOK_FINE ? 0 : left < room ? left : room;
    if (*got > 0)
        memcpy(out, s->csv.bytes + s->taken, *got);
    s->taken += *got;
    return s->fault;
}

void sheet_reader_end(sheet_reader *s)
{
    xml_close(&s->xml);
    buffer_free(&s->value);
    buffer_free(&s->formula);
    buffer_free(&s->line);
    buffer_free(&s->csv);
    merges_free(&s->merges);
    mem_free(s->cells);
    mem_free(s->remarks);
    arena_free(&s->memory);
    *s = (sheet_reader){.texts = s->texts, .formats = s->formats, .from_1904 = s->from_1904, .csv_left = s->csv_left};
}
