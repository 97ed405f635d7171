/* visible: characters that a terminal obeys instead of showing: C0 and C1 controls, and the marks that turn the
 * direction of writing or end a line. What joins letters (U+200C, U+200D) is part of names and stays. */
#include "base/text.h"

bool is_hidden_character(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    bool mark = c == 0x61C || c == 0x200E || c == 0x200F || c == 0xFEFF;
    bool direction = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    bool line = c == 0x2028 || c == 0x2029;
    return control || mark || direction || line;
}

static void add_escape(buffer *out, uint32_t c)
{
    static const char hex[] = "0123456789abcdef";
    int shift = c > 0xFF ? 12 : 4;
    buffer_add_string(out, c > 0xFF ? "\\u" : "\\x");
    for (; shift >= 0; shift -= 4)
        buffer_add_char(out, hex[c >> shift & 15]);
}

void buffer_add_visible(buffer *out, text t)
{
    size_t run = 0;
    for (size_t at = 0; at < t.length;) {
        size_t start = at;
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        if (!is_hidden_character(c))
            continue;
        buffer_add(out, t.bytes + run, start - run);
        add_escape(out, c);
        run = at;
    }
    if (run < t.length) /* an empty text may have no bytes to point into */
        buffer_add(out, t.bytes + run, t.length - run);
}
