/* book: what stands in cells, and how it looks. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "office/book_inside.h"

enum { FIGURE_PLACES = 6, CUT_UNITS = 80, MOST_COMMENT = 2000, COMMENT_COLUMNS = 36 };

/* ---- texts ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* A typed _x0041_ would be read as the letter A: its first _ is written as a code of that kind. */
static bool looks_like_code(text t, size_t at)
{
    if (t.length - at < 7 || t.bytes[at + 1] != 'x' || t.bytes[at + 6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (!is_hex(t.bytes[at + i]))
            return false;
    return true;
}

static void add_character(buffer *out, text t, size_t start, size_t end, uint32_t c)
{
    bool next_feeds = c == '\r' && end < t.length && t.bytes[end] == '\n';
    if (c == '\r')
        buffer_add_string(out, next_feeds ? "" : "\n");
    else if (c == '_' && looks_like_code(t, start))
        buffer_add_string(out, "_x005F_");
    else if (c == 0xFFFD || c == 0xFFFE || c == 0xFFFF)
        buffer_add_string(out, "\xEF\xBF\xBD");
    else if (is_hidden_character(c) && c != '\n' && c != '\t')
        buffer_add_visible(out, (text){t.bytes + start, end - start});
    else
        buffer_add(out, t.bytes + start, end - start);
}

/* Characters of UTF-16 in what was added since. */
static size_t units_since(const buffer *b, size_t from)
{
    size_t units = 0;
    for (size_t i = from; i < b->length; i++) {
        unsigned char c = (unsigned char)b->bytes[i];
        units += (c & 0xC0) != 0x80;
        units += c >= 0xF0;
    }
    return units;
}

static void end_cut(book *b, buffer *out, size_t keep, bool says_cut)
{
    out->length = keep;
    if (says_cut)
        message_render(out, message_of(MSG_office_cell_cut), b->options.language);
    else
        buffer_add_string(out, "\xE2\x80\xA6");
}

static void clean_into(book *b, buffer *out, text t, size_t most, bool says_cut)
{
    size_t units = 0, keep = 0, room = says_cut ? CUT_UNITS : 1;
    for (size_t at = 0; at < t.length && !out->failed;) {
        size_t start = at, was = out->length;
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        add_character(out, t, start, at, c);
        units += units_since(out, was);
        if (units + room <= most)
            keep = out->length;
        if (units > most) {
            end_cut(b, out, keep, says_cut);
            return;
        }
    }
}

/* Most cells are plain: short, of letters and digits. */
static bool is_plain(text t, size_t most)
{
    for (size_t i = 0; i < t.length; i++)
        if (t.bytes[i] < 0x20 || t.bytes[i] == '_' || t.bytes[i] == 0x7F)
            return false;
    return t.length <= most;
}

const char *book_clean(book *b, text t, size_t most, bool says_cut)
{
    buffer *out = &b->scratch;
    out->length = 0;
    if (utf8_ascii_end(t.bytes, t.length) == t.length && is_plain(t, most))
        buffer_add_text(out, t);
    else
        clean_into(b, out, t, most, says_cut);
    buffer_add_char(out, '\0');
    if (out->failed)
        book_out_of_memory(b);
    return out->failed ? NULL : out->bytes;
}

static char *keep_bytes(book *b, const char *bytes)
{
    char *copy = bytes && *bytes ? arena_text(&b->texts, bytes, strlen(bytes)) : NULL;
    if (bytes && *bytes && !copy)
        book_out_of_memory(b);
    return copy;
}

char *book_keep(book *b, text t, size_t most)
{
    return keep_bytes(b, book_clean(b, t, most, false));
}

char *book_keep_name(book *b, text t, size_t most)
{
    char *name = keep_bytes(b, book_clean(b, t, most, false));
    if (name && *name == '=')
        *name = '-';
    return name;
}

/* ---- numbers and days ---- */

typedef struct digits {
    int64_t value;
    unsigned count, places; /* significant; behind the point */
} digits;

static bool read_digits(text t, size_t at, digits *d)
{
    bool point = false, any = false;
    for (; at < t.length; at++) {
        char c = t.bytes[at];
        if (c == '.' && !point && any) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        any = true;
        d->places += point;
        d->count += d->count > 0 || c != '0';
        if (d->count > MOST_DIGITS || d->places > MOST_DIGITS)
            return false;
        d->value = d->value * 10 + (c - '0');
    }
    return any && t.bytes[t.length - 1] != '.';
}

/* Both the digits and the power of ten are exact as doubles, so that the one division gives the nearest double there is. */
bool book_decimal(text exact, unsigned shift, double *value, unsigned *places)
{
    digits d = {0};
    bool minus = exact.length > 0 && exact.bytes[0] == '-';
    if (!read_digits(exact, minus, &d) || d.places + shift > 22)
        return false;
    double scale = 1;
    for (unsigned i = 0; i < d.places + shift; i++)
        scale *= 10;
    *value = (double)(minus ? -d.value : d.value) / scale;
    *places = d.places;
    return true;
}

/* Spreadsheets count 1900 as a leap year; from March on the days are right. */
bool book_day(text iso, lxw_datetime *out)
{
    date day, first;
    if (date_parse(iso.bytes, iso.length, &day) != DATE_OK || !date_make(1900, 3, 1, &first) || day < first)
        return false;
    *out = (lxw_datetime){0};
    date_split(day, &out->year, &out->month, &out->day);
    return true;
}

/* ---- looks ---- */

typedef struct look {
    lxw_color_t ground, ink; /* 0: none */
    bool bold, wrapped, framed, unlocked;
    const char *format;      /* NULL: by decimals */
    double size;
} look;

static const look looks[BOOK_STYLE_COUNT] = {
    [BOOK_TEXT] = {.format = "@"},
    [BOOK_WRAPPED] = {.format = "@", .wrapped = true},
    [BOOK_NUMBER] = {0},
    [BOOK_SHARE] = {0},
    [BOOK_DATE] = {.format = "yyyy-mm-dd"},
    [BOOK_HEADER] = {.format = "@", .ground = 0xD9E2F3, .bold = true, .wrapped = true, .framed = true},
    [BOOK_HEADER_REQUIRED] = {.format = "@", .ground = 0xF8CBAD, .bold = true, .wrapped = true, .framed = true},
    [BOOK_HEADER_OPTIONAL] = {.format = "@", .ground = 0xE7E6E6, .bold = true, .wrapped = true, .framed = true},
    [BOOK_TITLE] = {.format = "@", .bold = true, .size = 16},
    [BOOK_HEADING] = {.format = "@", .bold = true, .size = 12},
    [BOOK_NOTE] = {.format = "@", .ink = 0x595959, .wrapped = true},
    [BOOK_STRONG] = {.format = "@", .bold = true},
    [BOOK_ENTRY] = {.format = "@", .unlocked = true},
    [BOOK_ENTRY_NUMBER] = {.format = "General", .unlocked = true},
    [BOOK_ENTRY_DATE] = {.format = "yyyy-mm-dd", .unlocked = true},
    [BOOK_ENTRY_WRAPPED] = {.format = "@", .wrapped = true, .unlocked = true},
    [BOOK_BAD] = {.format = "@", .ground = 0xFFC7CE, .ink = 0x9C0006, .framed = true, .unlocked = true},
    [BOOK_DOUBTFUL] = {.format = "@", .ground = 0xFFEB9C, .ink = 0x7F6000, .framed = true, .unlocked = true},
};

static void set_colours(lxw_format *format, const look *l)
{
    if (l->ground)
        format_set_bg_color(format, l->ground);
    if (l->ink)
        format_set_font_color(format, l->ink);
    if (l->bold)
        format_set_bold(format);
}

/* 0.00 or 0.00%, with so many decimals; @ for a number that is written as text. */
static void set_number_format(lxw_format *format, book_style style, unsigned places)
{
    char code[MOST_DIGITS + 8] = "@";
    format_set_align(format, LXW_ALIGN_RIGHT);
    format_set_indent(format, 1); /* off the text of the next column */
    if (places != FORMAT_AS_TEXT)
        snprintf(code, sizeof code, "0%s%.*s%s", places ? "." : "", (int)places, "000000000000000",
                 style == BOOK_SHARE ? "%" : "");
    format_set_num_format(format, code);
}

static void set_look(lxw_format *format, book_style style, unsigned places)
{
    const look *l = &looks[style];
    set_colours(format, l);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (l->format)
        format_set_num_format(format, l->format);
    else
        set_number_format(format, style, places);
    if (l->wrapped)
        format_set_text_wrap(format);
    if (l->framed)
        format_set_border(format, LXW_BORDER_THIN);
    if (style == BOOK_HEADER || style == BOOK_HEADER_REQUIRED || style == BOOK_HEADER_OPTIONAL)
        format_set_align(format, LXW_ALIGN_CENTER);
    if (l->unlocked)
        format_set_unlocked(format);
    if (l->size > 0)
        format_set_font_size(format, l->size);
}

lxw_format *book_format(book *b, book_style style, unsigned places)
{
    unsigned at = looks[style].format ? 0 : places;
    lxw_format **slot = &b->formats[style][at];
    if (*slot)
        return *slot;
    *slot = workbook_add_format(b->workbook);
    if (*slot)
        set_look(*slot, style, at);
    else
        book_out_of_memory(b);
    return *slot;
}

lxw_format *book_mark(book *b, book_style style)
{
    lxw_format **slot = &b->marks[style];
    if (!*slot && (*slot = workbook_add_format(b->workbook)))
        set_colours(*slot, &looks[style]);
    if (!*slot)
        book_out_of_memory(b);
    return *slot;
}

/* ---- cells ---- */

static void put_text(book_sheet *s, size_t row, size_t column, text t, book_style style, lxw_format *format)
{
    const char *cell = format ? book_clean(s->owner, t, BOOK_MOST_TEXT, true) : NULL;
    if (!cell)
        return;
    book_measure(s, column, cell, s->owner->scratch.length - 1, style);
    locale_t before = book_enter(s->owner);
    book_note(s->owner, worksheet_write_string(s->sheet, (lxw_row_t)row, (lxw_col_t)column, cell, format));
    book_leave(before);
}

void book_text(book_sheet *s, size_t row, size_t column, text t, book_style style)
{
    if (!book_ready(s, row, column))
        return;
    if (t.length == 0)
        book_blank(s, row, column, style);
    else
        put_text(s, row, column, t, style, book_format(s->owner, style, FORMAT_AS_TEXT));
}

static void put_number(book_sheet *s, size_t row, size_t column, double value, book_style style, unsigned places)
{
    lxw_format *format = book_format(s->owner, style, places);
    if (!format)
        return;
    locale_t before = book_enter(s->owner);
    book_note(s->owner, worksheet_write_number(s->sheet, (lxw_row_t)row, (lxw_col_t)column, value, format));
    book_leave(before);
}

static unsigned shift_of(book_style style)
{
    return style == BOOK_SHARE ? 2 : 0;
}

void book_number(book_sheet *s, size_t row, size_t column, text exact, book_style style)
{
    double value;
    unsigned places;
    if (exact.length == 0 || !book_ready(s, row, column))
        return;
    if (!book_decimal(exact, shift_of(style), &value, &places)) {
        put_text(s, row, column, exact, style, book_format(s->owner, style, FORMAT_AS_TEXT));
        return;
    }
    book_measure(s, column, exact.bytes, exact.length, style);
    put_number(s, row, column, value, style, places);
}

/* Numerator and denominator are whole and exact as doubles, so that the division gives the nearest double there is. */
static bool divide(text exact, double *value)
{
    const char *slash = exact.length ? memchr(exact.bytes, '/', exact.length) : NULL;
    size_t at = slash ? (size_t)(slash - exact.bytes) : 0;
    double above, below;
    unsigned places[2];
    if (!slash || !book_decimal((text){exact.bytes, at}, 0, &above, &places[0]) ||
        !book_decimal((text){slash + 1, exact.length - at - 1}, 0, &below, &places[1]))
        return false;
    *value = above / below;
    return places[0] + places[1] == 0 && below > 0;
}

void book_figure(book_sheet *s, size_t row, size_t column, text exact, book_style style)
{
    double value;
    if (!divide(exact, &value)) {
        book_number(s, row, column, exact, style);
        return;
    }
    if (!book_ready(s, row, column))
        return;
    book_measure(s, column, "0000.000000", 11, style);
    put_number(s, row, column, value, style, FIGURE_PLACES);
}

bool book_is_decimal(text exact)
{
    double value;
    unsigned places;
    return book_decimal(exact, 0, &value, &places);
}

void book_date(book_sheet *s, size_t row, size_t column, text iso, book_style style)
{
    lxw_datetime day;
    if (iso.length == 0 || !book_ready(s, row, column))
        return;
    if (!book_day(iso, &day)) {
        put_text(s, row, column, iso, style, book_format(s->owner, BOOK_TEXT, 0));
        return;
    }
    lxw_format *format = book_format(s->owner, style, 0);
    if (!format)
        return;
    book_measure(s, column, "2026-03-04", 10, style);
    locale_t before = book_enter(s->owner);
    book_note(s->owner, worksheet_write_datetime(s->sheet, (lxw_row_t)row, (lxw_col_t)column, &day, format));
    book_leave(before);
}

void book_blank(book_sheet *s, size_t row, size_t column, book_style style)
{
    lxw_format *format = book_ready(s, row, column) ? book_format(s->owner, style, FORMAT_AS_TEXT) : NULL;
    if (!format)
        return;
    locale_t before = book_enter(s->owner);
    book_note(s->owner, worksheet_write_blank(s->sheet, (lxw_row_t)row, (lxw_col_t)column, format));
    book_leave(before);
}

/* ---- comments ---- */

/* Lines that a comment of this width takes. */
static unsigned lines_of(const char *cell)
{
    size_t lines = 2;
    for (const char *at = cell; *at != '\0';) {
        text line = {at, strcspn(at, "\n")};
        lines += 1 + text_columns(line) / COMMENT_COLUMNS;
        at += line.length;
        at += *at == '\n';
    }
    return lines < 20 ? (unsigned)lines : 20;
}

void book_comment(book_sheet *s, size_t row, size_t column, text t)
{
    if (t.length == 0 || !s)
        return;
    if (s->owner->options.in_order) /* libxlsxwriter would drop it without a word */
        book_fail(s->owner, ASSESS_E_CALL, MSG_office_refused);
    const char *cell = book_ready(s, row, column) ? book_clean(s->owner, t, MOST_COMMENT, true) : NULL;
    if (!cell)
        return;
    lxw_comment_options shape = {.author = "assess", .width = 280, .height = (uint16_t)(12 + 18 * lines_of(cell))};
    locale_t before = book_enter(s->owner);
    book_note(s->owner, worksheet_write_comment_opt(s->sheet, (lxw_row_t)row, (lxw_col_t)column, cell, &shape));
    book_leave(before);
}
