/* book: sheets, their names, columns and paper. */
#include <stdio.h>
#include <string.h>

#include "office/book_inside.h"

enum { LINE_POINTS = 15, MOST_LINES = 27, NARROWEST = 6, WIDEST = 60, MARGIN = 2, UPRIGHT_COLUMNS = 90, PAPER_A4 = 9, HEADER_UNITS = 200 };

/* ---- names ---- */

static size_t units_of(uint32_t c)
{
    return c > 0xFFFF ? 2 : 1;
}

/* ' would have to be doubled wherever the sheet is spoken of, and hidden characters make two names look alike. */
static text allowed(text t, size_t start, size_t end, uint32_t c)
{
    if (c == '\'')
        return TEXT("\xE2\x80\x99");
    if (c == 0xFFFE || c == 0xFFFF || c == 0xFFFD || is_hidden_character(c) || (c < 0x80 && strchr("[]:*?/\\", (int)c)))
        return TEXT("-");
    return (text){t.bytes + start, end - start};
}

/* Characters of t that a name may have, up to so many. */
static void add_name(buffer *out, text t, size_t most)
{
    size_t units = 0;
    for (size_t at = 0; at < t.length;) {
        size_t start = at;
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        units += units_of(c);
        if (units > most)
            return;
        buffer_add_text(out, allowed(t, start, at, c));
    }
}

static bool is_word(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

/* 2026, A1 and R1C1 need quotes where a formula names them, and libxlsxwriter would leave them out: brackets make it quote. */
static bool needs_brackets(text name)
{
    bool digit = false, letters_r_c = name.length <= 2;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if (!is_word((unsigned char)c))
            return false;
        digit |= c >= '0' && c <= '9';
        letters_r_c &= strchr("RrCc", c) != NULL;
    }
    return digit || letters_r_c;
}

static void make_name(buffer *out, text wanted, unsigned number)
{
    char suffix[16] = "";
    if (number > 1)
        snprintf(suffix, sizeof suffix, " %u", number);
    text plain = wanted.length ? wanted : TEXT("Sheet");
    bool brackets = number == 1 && needs_brackets(plain);
    buffer_add_string(out, brackets ? "(" : "");
    add_name(out, plain, NAME_UNITS - (brackets ? 2 : strlen(suffix)));
    buffer_add_string(out, brackets ? ")" : suffix);
}

static bool taken(book *b, text key)
{
    for (const book_sheet *s = b->sheets; s; s = s->next) {
        text other;
        if (!text_key(&b->texts, text_of(s->name), &other) || text_equal(other, key))
            return true;
    }
    return text_equal(key, TEXT("history"));
}

static bool try_name(book *b, text wanted, unsigned number, char out[NAME_BYTES], bool *memory)
{
    buffer name = {0};
    text key;
    make_name(&name, wanted, number);
    *memory = !name.failed && text_key(&b->texts, buffer_text(&name), &key);
    bool found = *memory && name.length < NAME_BYTES && !taken(b, key);
    if (found) {
        memcpy(out, name.bytes, name.length);
        out[name.length] = '\0';
    }
    buffer_free(&name);
    return found;
}

/* "name", then "name 2", "name 3" … until no sheet has it. */
static bool find_name(book *b, text wanted, char out[NAME_BYTES])
{
    bool memory = true;
    for (unsigned number = 1; number < 10000 && memory; number++)
        if (try_name(b, wanted, number, out, &memory))
            return true;
    return false;
}

/* ---- sheets ---- */

static void append(book *b, book_sheet *s)
{
    if (b->last)
        b->last->next = s;
    else
        b->sheets = s;
    b->last = s;
}

book_sheet *book_add_sheet(book *b, text name)
{
    book_sheet *s = b->status == ASSESS_OK ? mem_zalloc(1, sizeof *s) : NULL;
    if (s) {
        s->owner = b;
        if (find_name(b, text_trim(name), s->name))
            s->sheet = workbook_add_worksheet(b->workbook, s->name);
    }
    if (!s || !s->sheet) {
        book_out_of_memory(b);
        mem_free(s);
        return NULL;
    }
    append(b, s);
    return s;
}

text book_sheet_name(const book_sheet *s)
{
    return text_of(s ? s->name : NULL);
}

void book_show_first(book_sheet *s)
{
    if (s)
        s->owner->first_shown = s;
}

void book_hide(book_sheet *s)
{
    if (!s)
        return;
    s->hidden = true;
    worksheet_hide(s->sheet);
}

bool book_ready(book_sheet *s, size_t row, size_t column)
{
    if (!s || s->owner->status != ASSESS_OK)
        return false;
    bool fits = row < BOOK_MOST_ROWS && column < BOOK_MOST_COLUMNS;
    if (!fits || (s->owner->options.in_order && row < s->row)) {
        book_fail(s->owner, ASSESS_E_CALL, MSG_office_refused);
        return false;
    }
    if (row > s->row)
        s->row = row;
    return true;
}

bool book_area_ready(book_area a)
{
    if (!a.sheet || a.sheet->owner->status != ASSESS_OK)
        return false;
    if (a.first_row <= a.last_row && a.last_row < BOOK_MOST_ROWS && a.first_column <= a.last_column &&
        a.last_column < BOOK_MOST_COLUMNS)
        return true;
    book_fail(a.sheet->owner, ASSESS_E_CALL, MSG_office_refused);
    return false;
}

/* ---- columns ---- */

column_look *book_column(book_sheet *s, size_t column)
{
    if (!MEM_RESERVE(s->columns, s->column_capacity, column + 1)) {
        book_out_of_memory(s->owner);
        return NULL;
    }
    for (; s->column_count <= column; s->column_count++)
        s->columns[s->column_count] = (column_look){.style = BOOK_STYLE_COUNT};
    return &s->columns[column];
}

static size_t characters_of(text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.length; i++)
        count += ((unsigned char)t.bytes[i] & 0xC0) != 0x80;
    return count;
}

/* A Chinese character is as wide as letters are high, and so a little wider than two digits. */
static size_t width_of_line(text line)
{
    size_t columns = text_columns(line), characters = characters_of(line);
    size_t wide = columns > characters ? columns - characters : 0;
    return columns + (wide + 9) / 10;
}

/* The line that begins at *at, which moves to the next; false: there is none. A text that ends in a line feed has an empty last line. */
static bool next_line(text t, size_t *at, text *line)
{
    if (*at > t.length)
        return false;
    size_t left = t.length - *at;
    const char *start = t.bytes + *at, *feed = left ? memchr(start, '\n', left) : NULL;
    *line = (text){start, feed ? (size_t)(feed - start) : left};
    *at += line->length + 1;
    return true;
}

static size_t widest_line(text t)
{
    size_t widest = 0, at = 0;
    for (text line; next_line(t, &at, &line);) {
        size_t width = width_of_line(line);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* A title or a note may stand over empty cells and makes no column wide; a header is bold and bears the filter's button. */
void book_measure(book_sheet *s, size_t column, const char *cell, size_t length, book_style style)
{
    bool header = style == BOOK_HEADER || style == BOOK_HEADER_REQUIRED || style == BOOK_HEADER_OPTIONAL;
    if (style == BOOK_TITLE || style == BOOK_NOTE || style == BOOK_HEADING)
        return;
    bool ascii = length < WIDEST && utf8_ascii_end(cell, length) == length;
    size_t wide = (ascii ? length : widest_line((text){cell, length})) + (header ? 3 : 0);
    column_look *look = book_column(s, column);
    if (look && wide > look->widest)
        look->widest = (uint16_t)(wide < WIDEST ? wide : WIDEST);
}

void book_columns(book_sheet *s, size_t first, size_t last, unsigned width, book_style style)
{
    for (size_t c = first; s && c <= last && book_area_ready((book_area){s, 0, c, 0, c}); c++) {
        column_look *look = book_column(s, c);
        if (!look)
            return;
        look->width = (uint16_t)(width < 255 ? width : 255);
        look->style = (uint8_t)style;
    }
}

void book_hide_columns(book_sheet *s, size_t first, size_t last)
{
    for (size_t c = first; s && c <= last && book_area_ready((book_area){s, 0, c, 0, c}); c++) {
        column_look *look = book_column(s, c);
        if (look)
            look->hidden = true;
    }
}

void book_row_height(book_sheet *s, size_t row, double points)
{
    if (book_ready(s, row, 0))
        book_note(s->owner, worksheet_set_row(s->sheet, (lxw_row_t)row, points, NULL));
}

double book_height(text t, unsigned width)
{
    size_t lines = 0, at = 0, room = width > 1 ? width - 1 : 1; /* a word may not fit the end of a line */
    for (text line; next_line(t, &at, &line);) {
        size_t columns = width_of_line(line);
        lines += columns <= room ? 1 : (columns + room - 1) / room;
    }
    return lines < MOST_LINES ? LINE_POINTS * (double)lines : LINE_POINTS * MOST_LINES;
}

void book_freeze(book_sheet *s, size_t rows, size_t columns)
{
    if (book_area_ready((book_area){s, 0, 0, rows, columns}))
        worksheet_freeze_panes(s->sheet, (lxw_row_t)rows, (lxw_col_t)columns);
}

static size_t width_of(const column_look *look)
{
    if (look->width > 0)
        return look->width;
    return (look->widest < NARROWEST ? NARROWEST : look->widest) + MARGIN;
}

static size_t set_columns(book_sheet *s)
{
    size_t total = 0;
    for (size_t c = 0; c < s->column_count && s->owner->status == ASSESS_OK; c++) {
        const column_look *look = &s->columns[c];
        lxw_row_col_options hidden = {.hidden = look->hidden};
        lxw_format *format =
            look->style < BOOK_STYLE_COUNT ? book_format(s->owner, (book_style)look->style, 0) : NULL;
        book_note(s->owner, worksheet_set_column_opt(s->sheet, (lxw_col_t)c, (lxw_col_t)c, (double)width_of(look),
                                                     format, &hidden));
        total += look->hidden ? 0 : width_of(look);
    }
    return total;
}

/* ---- paper ---- */

/* & begins a code in headers and footers; it is doubled. */
static void add_doubled(buffer *out, const char *from)
{
    for (; *from; from++) {
        buffer_add_char(out, *from);
        if (*from == '&')
            buffer_add_char(out, '&');
    }
}

static char *kept(book *b, buffer *line)
{
    char *copy = line->failed ? NULL : arena_text(&b->texts, line->bytes, line->length);
    if (!copy)
        book_out_of_memory(b);
    buffer_free(line);
    return copy;
}

static char *make_header(book *b, text title)
{
    buffer line = {0};
    const char *clean = book_clean(b, title, HEADER_UNITS / 2, false);
    buffer_add_string(&line, "&C&\"-,Bold\"");
    add_doubled(&line, clean ? clean : "");
    return kept(b, &line);
}

static char *make_footer(book *b, text foot)
{
    buffer line = {0};
    const char *clean = book_clean(b, foot, HEADER_UNITS / 2, false);
    buffer_add_string(&line, clean && *clean ? "&L" : "");
    add_doubled(&line, clean ? clean : "");
    buffer_add_string(&line, "&R");
    message_render(&line, message_of(MSG_office_page), b->options.language);
    return kept(b, &line);
}

void book_set_print(book_sheet *s, const book_print *print)
{
    if (!book_ready(s, s ? s->row : 0, 0))
        return;
    char *header = make_header(s->owner, print->title), *footer = make_footer(s->owner, print->foot);
    if (!header || !footer)
        return;
    s->printed = true;
    s->portrait = print->portrait;
    s->landscape = print->landscape;
    s->lines = print->lines;
    book_note(s->owner, worksheet_set_header(s->sheet, header));
    book_note(s->owner, worksheet_set_footer(s->sheet, footer));
    if (print->repeat_rows > 0)
        book_note(s->owner, worksheet_repeat_rows(s->sheet, 0, (lxw_row_t)print->repeat_rows - 1));
}

void book_finish_sheet(book_sheet *s)
{
    size_t width = set_columns(s);
    if (!s->printed)
        return;
    worksheet_set_paper(s->sheet, PAPER_A4);
    worksheet_fit_to_pages(s->sheet, 1, 0);
    if (s->lines)
        worksheet_gridlines(s->sheet, LXW_SHOW_ALL_GRIDLINES);
    worksheet_set_margins(s->sheet, 0.5, 0.5, 0.75, 0.75);
    if (s->landscape || (!s->portrait && width > UPRIGHT_COLUMNS))
        worksheet_set_landscape(s->sheet);
}
