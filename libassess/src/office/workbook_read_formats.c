#include "office/workbook_read.h"

#include <stdlib.h>
#include <string.h>

/* ---- a format as written ---- */

typedef struct format_scan {
    text code;
    size_t at;
    bool day, month, time, elapsed, percent, other;
    cell_format zeros; /* its prefix and zeros, as long as there is nothing else */
} format_scan;

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool stands_here(const format_scan *s, const char *word)
{
    size_t length = strlen(word);
    if (s->code.length - s->at < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if (lower(s->code.bytes[s->at + i]) != word[i])
            return false;
    return true;
}

static bool skip(format_scan *s, const char *word)
{
    if (!stands_here(s, word))
        return false;
    s->at += strlen(word);
    return true;
}

/* Letters before the zeros belong to the number: S012. Anything else there is no part of an id. */
static void take_literal(format_scan *s, char c)
{
    bool is_plain = (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-';
    size_t length = strlen(s->zeros.prefix);
    if (!is_plain || s->zeros.zeros > 0 || length + 1 >= sizeof s->zeros.prefix)
        s->other = true;
    else
        s->zeros.prefix[length] = c;
}

static void take_quoted(format_scan *s)
{
    for (s->at++; s->at < s->code.length && s->code.bytes[s->at] != '"'; s->at++)
        take_literal(s, s->code.bytes[s->at]);
    s->at++;
}

/* [h]:mm counts hours beyond a day; colours, conditions and languages say nothing here. */
static void take_brackets(format_scan *s)
{
    s->at++;
    s->elapsed |= stands_here(s, "h]") || stands_here(s, "hh]") || stands_here(s, "m]") || stands_here(s, "mm]") ||
                  stands_here(s, "s]") || stands_here(s, "ss]");
    while (s->at < s->code.length && s->code.bytes[s->at] != ']')
        s->at++;
    s->at++;
}

static bool take_word(format_scan *s)
{
    if (skip(s, "am/pm") || skip(s, "a/p") || skip(s, "上午/下午")) {
        s->time = true;
        return true;
    }
    if (skip(s, "general") || skip(s, "g/通用格式") || skip(s, "e+") || skip(s, "e-")) {
        s->other = true;
        return true;
    }
    return false;
}

static void take_letter(format_scan *s)
{
    char c = lower(s->code.bytes[s->at++]);
    s->day |= c == 'y' || c == 'd' || c == 'e' || c == 'a';
    s->month |= c == 'm';
    s->time |= c == 'h' || c == 's';
    s->percent |= c == '%';
    if (c == '0' && s->zeros.zeros < 30)
        s->zeros.zeros++;
    else
        s->other = true;
}

static void take_next(format_scan *s)
{
    char c = s->code.bytes[s->at];
    if (c == '"') {
        take_quoted(s);
    } else if (c == '[') {
        take_brackets(s);
    } else if (c == '\\' && s->at + 1 < s->code.length) {
        take_literal(s, s->code.bytes[s->at + 1]);
        s->at += 2;
    } else if (c == '_' || c == '*') {
        s->at += 2;
        s->other = true;
    } else if (!take_word(s)) {
        take_letter(s);
    }
}

cell_format format_of_code(text code)
{
    format_scan s = {.code = code};
    while (s.at < code.length && code.bytes[s.at] != ';') /* the first section: what a number of 0 or more looks like */
        take_next(&s);
    bool is_day = s.day || (s.month && !s.time && !s.elapsed);
    if (s.elapsed)
        return (cell_format){.kind = FORMAT_ELAPSED};
    if (is_day || s.time)
        return (cell_format){.kind = !s.time ? FORMAT_DAY : is_day ? FORMAT_MINUTE : FORMAT_TIME};
    if (s.percent)
        return (cell_format){.kind = FORMAT_PERCENT};
    if (s.other || s.zeros.zeros < (s.zeros.prefix[0] ? 1 : 2))
        return (cell_format){.kind = FORMAT_PLAIN};
    s.zeros.kind = FORMAT_ZEROS;
    return s.zeros;
}

/* The formats that have a number and are not written out; 27 to 36 and 50 to 58 are those of Chinese versions. */
cell_format format_of_builtin(long number)
{
    static const struct {
        short first, last, kind;
    } ranges[] = {{9, 10, FORMAT_PERCENT}, {14, 17, FORMAT_DAY},  {18, 21, FORMAT_TIME}, {22, 22, FORMAT_MINUTE},
                  {27, 31, FORMAT_DAY},    {32, 35, FORMAT_TIME}, {36, 36, FORMAT_DAY},  {45, 45, FORMAT_TIME},
                  {46, 46, FORMAT_ELAPSED}, {47, 47, FORMAT_TIME}, {50, 54, FORMAT_DAY}, {55, 56, FORMAT_TIME},
                  {57, 58, FORMAT_DAY}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (number >= ranges[i].first && number <= ranges[i].last)
            return (cell_format){.kind = (uint8_t)ranges[i].kind};
    return (cell_format){.kind = FORMAT_PLAIN};
}

/* ---- styles.xml ---- */

typedef struct own_format {
    long number;
    cell_format format;
} own_format;

typedef struct styles {
    xml xml;
    own_format *own;
    size_t own_count, own_capacity;
    bool in_cells; /* cellXfs, not cellStyleXfs */
    cell_formats *formats;
} styles;

enum { MOST_FORMATS = 100000 }; /* Excel stops at 65 490 */

static void take_own(styles *s, const char **attributes)
{
    const char *number = xml_attribute(attributes, "numFmtId"), *code = xml_attribute(attributes, "formatCode");
    if (!number || !code)
        return;
    if (s->own_count == MOST_FORMATS)
        xml_stop(&s->xml, XML_TOO_LARGE);
    else if (!MEM_RESERVE(s->own, s->own_capacity, s->own_count + 1))
        xml_stop(&s->xml, XML_NO_MEMORY);
    else
        s->own[s->own_count++] = (own_format){strtol(number, NULL, 10), format_of_code(text_of(code))};
}

static int compare_own(const void *left, const void *right)
{
    const own_format *a = left, *b = right;
    return (a->number > b->number) - (a->number < b->number);
}

static cell_format format_of_number(const styles *s, long number)
{
    own_format key = {.number = number};
    const own_format *found = s->own_count > 0 ? bsearch(&key, s->own, s->own_count, sizeof key, compare_own) : NULL;
    return found ? found->format : format_of_builtin(number);
}

static void take_cell_format(styles *s, const char **attributes)
{
    const char *number = xml_attribute(attributes, "numFmtId");
    cell_formats *f = s->formats;
    if (f->count == MOST_FORMATS)
        xml_stop(&s->xml, XML_TOO_LARGE);
    else if (!MEM_RESERVE(f->items, f->capacity, f->count + 1))
        xml_stop(&s->xml, XML_NO_MEMORY);
    else
        f->items[f->count++] = format_of_number(s, number ? strtol(number, NULL, 10) : 0);
}

static void start_style(void *context, const char *name, const char **attributes)
{
    styles *s = context;
    if (xml_is(name, "numFmt")) {
        take_own(s, attributes);
    } else if (xml_is(name, "cellXfs")) {
        s->in_cells = true;
        if (s->own_count > 1)
            qsort(s->own, s->own_count, sizeof *s->own, compare_own);
    } else if (xml_is(name, "xf") && s->in_cells) {
        take_cell_format(s, attributes);
    }
}

static void end_style(void *context, const char *name)
{
    styles *s = context;
    if (xml_is(name, "cellXfs"))
        s->in_cells = false;
}

assess_workbook_fault formats_read(cell_formats *formats, zip *archive, size_t part)
{
    styles s = {.formats = formats};
    xml_fault fault = xml_read(archive, part, (xml_handlers){start_style, end_style, NULL}, &s, &s.xml);
    mem_free(s.own);
    return fault_of_xml(fault);
}

void formats_free(cell_formats *formats)
{
    mem_free(formats->items);
    *formats = (cell_formats){0};
}
