/* page.c: see page.h. Chinese breaks between any two characters, but not before a closing mark nor behind an opening one; Latin words
 * break at blanks. */
#include "plan/page.h"

static size_t width_of(text t, size_t from, size_t to) { return text_columns((text){t.bytes + from, to - from}); }

static bool is_one_of(uint32_t c, const char *marks)
{
    text all = text_of(marks);
    for (size_t at = 0; at < all.length;)
        if (utf8_next(all.bytes, all.length, &at) == c)
            return true;
    return false;
}

static bool closes(uint32_t c) { return is_one_of(c, "，。；：、！？）》”’…％,.;:!?)]%"); }
static bool opens(uint32_t c) { return is_one_of(c, "（《“‘(["); }

/* Between the character that ends at `at` and the next one. */
static bool may_break(text t, size_t start, size_t at)
{
    size_t next = at, before = start;
    uint32_t a = utf8_next(t.bytes, t.length, &before), b = utf8_next(t.bytes, t.length, &next);
    if (b == ' ' || closes(b) || opens(a))
        return false;
    return a == ' ' || width_of(t, start, at) == 2 || width_of(t, at, next) == 2;
}

static void add_blanks(buffer *out, size_t count)
{
    while (count--)
        buffer_add_char(out, ' ');
}

static void add_part(buffer *out, text t, size_t from, size_t to)
{
    while (to > from && t.bytes[to - 1] == ' ')
        to--;
    buffer_add(out, t.bytes + from, to - from);
}

/* The cursor stands at column `used`. */
static void add_broken(buffer *out, text t, size_t used, size_t indent)
{
    size_t start = 0, fit = 0, columns = used;
    for (size_t at = 0; at < t.length;) {
        size_t here = at;
        utf8_next(t.bytes, t.length, &at);
        columns += width_of(t, here, at);
        if (columns > PAGE_WIDTH && fit > start && t.bytes[here] != ' ') {
            add_part(out, t, start, fit);
            buffer_add_char(out, '\n');
            add_blanks(out, indent);
            start = fit;
            columns = indent + width_of(t, start, at);
        }
        if (at < t.length && may_break(t, here, at))
            fit = at;
    }
    add_part(out, t, start, t.length);
    buffer_add_char(out, '\n');
}

static void add_visibly(buffer *out, text t, size_t used, size_t indent)
{
    buffer visible = {0};
    buffer_add_visible(&visible, t);
    add_broken(out, buffer_text(&visible), used, indent);
    out->failed |= visible.failed;
    buffer_free(&visible);
}

void page_line(buffer *out, text line, size_t indent)
{
    add_blanks(out, indent);
    add_visibly(out, line, indent, indent);
}

void page_row(buffer *out, text clause, size_t clause_columns, text row)
{
    size_t start = out->length, indent = 2 + clause_columns + 2;
    add_blanks(out, 2);
    buffer_add_visible(out, clause);
    size_t used = out->failed ? indent : text_columns((text){out->bytes + start, out->length - start});
    if (used >= indent) {
        buffer_add_char(out, '\n');
        used = 0;
    }
    add_blanks(out, indent - used);
    add_visibly(out, row, indent, indent);
}
