/* terminal: see terminal.h. No locale: bytes are UTF-8, and a byte that is not is shown in hexadecimal. */
#include "terminal.h"

#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>

/* Decodes one character; an invalid byte counts as a character of its own, reported as INVALID. */
#define INVALID UINT32_MAX

static uint32_t next_char(const char **text)
{
    const unsigned char *p = (const unsigned char *)*text;
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
        int tail;
    } forms[] = {{0x80, 0x00, 0, 0}, {0xE0, 0xC0, 0x80, 1}, {0xF0, 0xE0, 0x800, 2}, {0xF8, 0xF0, 0x10000, 3}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if ((p[0] & forms[i].mask) != forms[i].lead)
            continue;
        uint32_t c = p[0] & (unsigned char)~forms[i].mask;
        int k = 1;
        for (; k <= forms[i].tail && (p[k] & 0xC0) == 0x80; k++)
            c = c << 6 | (p[k] & 0x3F);
        if (k <= forms[i].tail || c < forms[i].least || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
            break;
        *text += k;
        return c;
    }
    *text += 1;
    return INVALID;
}

static bool is_wide(uint32_t c)
{
    static const uint32_t wide[][2] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},  {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6},
                                       {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (c >= wide[i][0] && c <= wide[i][1])
            return true;
    return false;
}

static bool is_combining(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x20D0 && c <= 0x20FF) ||
           (c >= 0xFE00 && c <= 0xFE0F);
}

/* What a terminal obeys instead of showing: controls, marks of direction, ends of lines. */
static bool is_hidden(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool mark = c == 0x61C || c == 0x200E || c == 0x200F || c == 0xFEFF;
    bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool line = c == 0x2028 || c == 0x2029;
    return control || mark || direction || line;
}

static size_t char_columns(uint32_t c)
{
    if (c == INVALID || c < 0x20 || (c >= 0x7F && c < 0xA0))
        return 4; /* \x1b */
    if (is_hidden(c))
        return 6; /* \u202e */
    return is_combining(c) ? 0 : is_wide(c) ? 2 : 1;
}

size_t columns_of(const char *text)
{
    size_t columns = 0;
    while (*text)
        columns += char_columns(next_char(&text));
    return columns;
}

static void put_char(FILE *to, const char *from, const char *end, uint32_t c)
{
    if (c == INVALID)
        fprintf(to, "\\x%02x", (unsigned)(unsigned char)*from);
    else if (is_hidden(c))
        fprintf(to, c > 0xFF ? "\\u%04x" : "\\x%02x", (unsigned)c);
    else
        fwrite(from, 1, (size_t)(end - from), to);
}

void put_visible(FILE *to, const char *text)
{
    while (*text) {
        const char *from = text;
        uint32_t c = next_char(&text);
        put_char(to, from, text, c);
    }
}

/* The length of a style such as ESC[1m at `text`, 0: it is none. */
static size_t style_length(const char *text)
{
    size_t inner = text[0] == '\x1b' && text[1] == '[' ? strspn(text + 2, "0123456789;") : 0;
    return inner && text[2 + inner] == 'm' ? inner + 3 : 0;
}

void put_page(FILE *to, const char *text, bool styled)
{
    while (*text) {
        const char *from = text;
        size_t code = styled ? style_length(text) : 0;
        if (code || *text == '\n') {
            text += code ? code : 1;
            fwrite(from, 1, (size_t)(text - from), to);
            continue;
        }
        uint32_t c = next_char(&text);
        put_char(to, from, text, c);
    }
}

void put_spaces(FILE *to, size_t count)
{
    while (count--)
        putc(' ', to);
}

void put_padded(FILE *to, const char *text, size_t columns)
{
    size_t used = 0;
    bool cut = columns_of(text) > columns;
    while (*text) {
        const char *from = text;
        uint32_t c = next_char(&text);
        if (used + char_columns(c) > columns - cut)
            break;
        put_char(to, from, text, c);
        used += char_columns(c);
    }
    if (cut)
        fputs("…", to);
    put_spaces(to, columns - used - cut);
}

/* ---- filled text ---- */

/* Chinese may break between any two characters, but not before what closes or after what opens. */
static bool may_break(uint32_t before, uint32_t after)
{
    static const uint32_t closing[] = {',',    ';',    ':',    '.',    ')',    '?',    '!',    0x201D, 0x3001,
                                       0x3002, 0x300D, 0xFF01, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        if (after == closing[i])
            return false;
    if (before == ' ')
        return after != ' ';
    if (before == '(' || before == 0x201C || before == 0x300C || before == 0xFF08)
        return false;
    return is_wide(before) || is_wide(after);
}

/* The end of what fits into `room` columns from `text`; all of the line when it fits. */
static const char *fitting(const char *text, const char *end, size_t room)
{
    const char *at = text, *last = text;
    size_t used = 0;
    uint32_t before = 0;
    while (at < end) {
        const char *from = at;
        uint32_t c = next_char(&at);
        if (from > text && may_break(before, c))
            last = from;
        used += char_columns(c);
        if (used > room && last > text && c != ' ')
            return last;
        before = c;
    }
    return end;
}

/* Lines are no longer than the terminal is wide, where there is one. */
static size_t page_columns(FILE *to)
{
    enum { NARROWEST = 40 };
    struct winsize w;
    if (ioctl(fileno(to), TIOCGWINSZ, &w) != 0 || w.ws_col == 0 || w.ws_col > PAGE_COLUMNS)
        return PAGE_COLUMNS;
    return w.ws_col > NARROWEST ? w.ws_col - 1u : NARROWEST;
}

static void put_line(FILE *to, const char *text, const char *end, size_t at, size_t indent)
{
    size_t columns = page_columns(to);
    bool literal = end - text >= 2 && text[0] == ' ' && text[1] == ' ';
    while (text < end) {
        const char *stop = literal ? end : fitting(text, end, columns > at ? columns - at : 1);
        const char *shown = stop;
        while (stop < end && shown > text && shown[-1] == ' ')
            shown--;
        fwrite(text, 1, (size_t)(shown - text), to);
        text = stop;
        at = indent;
        if (text < end) {
            putc('\n', to);
            put_spaces(to, indent);
        }
    }
    putc('\n', to);
}

void put_filled(FILE *to, const char *text, size_t at, size_t indent)
{
    for (bool first = true; *text; first = false) {
        const char *end = text + strcspn(text, "\n");
        if (!first)
            put_spaces(to, indent);
        put_line(to, text, end, first ? at : indent, indent);
        text = *end ? end + 1 : end;
    }
}

/* ---- sentences ---- */

void say(FILE *to, assess_language language, word_id id, const char *const *args)
{
    for (const char *at = word(language, id); *at;) {
        bool slot = at[0] == '{' && at[1] >= '0' && at[1] < '0' + MAX_ARGS && at[2] == '}';
        if (!slot) {
            putc(*at++, to);
            continue;
        }
        const char *arg = args ? args[at[1] - '0'] : NULL;
        put_visible(to, arg ? arg : "");
        at += 3;
    }
}

void put_json_text(FILE *to, const char *text)
{
    putc('"', to);
    while (*text) {
        const char *from = text;
        uint32_t c = next_char(&text);
        if (c == INVALID)
            fputs("\\ufffd", to);
        else if (c == '"' || c == '\\')
            fprintf(to, "\\%c", (int)c);
        else if (is_hidden(c))
            fprintf(to, "\\u%04x", (unsigned)c);
        else
            fwrite(from, 1, (size_t)(text - from), to);
    }
    putc('"', to);
}

void put_style(FILE *to, bool color, style s)
{
    static const char *const codes[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[33m"};
    if (color)
        fputs(codes[s], to);
}
