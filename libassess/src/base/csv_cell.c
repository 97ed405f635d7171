/* csv_cell: see csv_cell.h. */
#include "base/csv_cell.h"

#include <string.h>

/* The full-width forms of = + - @, which some spreadsheets fold to ASCII before they look. */
static bool starts_full_width_formula(text t)
{
    static const char forms[][4] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    if (t.length < 3 || (unsigned char)t.bytes[0] != 0xEF)
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_equal((text){t.bytes, 3}, (text){forms[i], 3}))
            return true;
    return false;
}

/* True for a cell that a spreadsheet would run instead of show. */
static bool starts_formula(text t)
{
    if (t.length == 0)
        return false;
    switch (t.bytes[0]) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
        return true;
    default:
        return starts_full_width_formula(t);
    }
}

/* Not 0: one of the eight bytes is `c`. */
static uint64_t with_byte(uint64_t word, unsigned char c)
{
    const uint64_t ones = 0x0101010101010101, highest = 0x8080808080808080;
    word ^= ones * c;
    return (word - ones) & ~word & highest;
}

static bool is_special(char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; }

static bool needs_quotes(text t)
{
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= t.length; i += sizeof word) {
        memcpy(&word, t.bytes + i, sizeof word);
        if (with_byte(word, ',') | with_byte(word, '"') | with_byte(word, '\r') | with_byte(word, '\n'))
            return true;
    }
    while (i < t.length && !is_special(t.bytes[i]))
        i++;
    return i < t.length;
}

static void add_doubling_quotes(buffer *out, text t)
{
    size_t run = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] != '"')
            continue;
        buffer_add(out, t.bytes + run, i + 1 - run);
        run = i;
    }
    buffer_add(out, t.bytes + run, t.length - run);
}

void csv_add_cell(buffer *out, text t)
{
    bool formula = starts_formula(t), quotes = needs_quotes(t);
    if (!formula && !quotes) {
        buffer_add_text(out, t);
        return;
    }
    if (quotes)
        buffer_add_char(out, '"');
    if (formula)
        buffer_add_char(out, '\'');
    add_doubling_quotes(out, t);
    if (quotes)
        buffer_add_char(out, '"');
}
