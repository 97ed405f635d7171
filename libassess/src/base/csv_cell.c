/* csv_cell: see csv_cell.h. */
#include "base/csv_cell.h"

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

static bool needs_quotes(text t)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        if (c == ',' || c == '"' || c == '\r' || c == '\n')
            return true;
    }
    return false;
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
