/* svg: what the two pictures share. */
#include "office/svg_parts.h"

/* Looks from dark to light, each with a pattern of its own, so that a black-and-white print tells them apart. */
const char svg_style[] =
    "svg{display:block;width:100%;height:auto;font:12px var(--sans)}\n"
    "svg text{fill:#1a1a1a}\n"
    "svg .c{text-anchor:middle}\nsvg .e{text-anchor:end}\n"
    "svg .h{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}\n"
    "svg .w{fill:#fff}\n"
    "svg .b{stroke:#222;stroke-width:.6}\n"
    "svg .l0{fill:#1f4e79}\nsvg .l1{fill:#a9cbe6}\nsvg .l2{fill:#f6dd9c}\nsvg .l3{fill:#e9a79c}\nsvg .l4{fill:#d0d0d0}\n"
    "svg .l5{fill:#fff}\n"
    "svg .i{stroke:#222;stroke-width:.8;fill:none}\n"
    "svg .a{stroke:#222;stroke-width:1;fill:none}\nsvg .g{stroke:#d5d5d5;stroke-width:1}\n"
    "svg .m{stroke:#b00020;stroke-width:2.5;fill:none}\nsvg .k{stroke:#b00020;stroke-width:1.5;stroke-dasharray:5 3;fill:none}\n";

/* The patterns that lie over the colours; the first look is plain, the last two are one pattern and white. */
static const char *const pattern_paths[SVG_LOOKS] = {
    NULL, "M0 8L8 0M-2 2L2 -2M6 10L10 6", "M2 2h1.5v1.5h-1.5zM6 6h1.5v1.5h-1.5z", "M0 0L8 8M0 8L8 0", "M0 2h8M0 6h8", "M2 0v8M6 0v8"};

void picture_integer(html *h, const char *name, int64_t value)
{
    html_attribute_integer(h, name, value);
}

static void add_id(buffer *out, const char *prefix, char what, size_t number)
{
    buffer_add_string(out, prefix);
    buffer_add_char(out, what);
    buffer_add_integer(out, (int64_t)number);
}

static void attribute_id(html *h, const char *name, const char *prefix, char what, size_t number)
{
    buffer id = {0};
    add_id(&id, prefix, what, number);
    html_attribute(h, name, buffer_text(&id));
    h->out->failed |= id.failed;
    buffer_free(&id);
}

static void write_words(html *h, const char *element, const char *prefix, char what, text words)
{
    html_begin(h, element);
    attribute_id(h, "id", prefix, what, 0);
    html_text(h, words);
    html_end(h);
}

void picture_begin(html *h, const svg_words *w, int64_t height)
{
    buffer view = {0}, both = {0};
    buffer_add_string(&view, "0 0 720 ");
    buffer_add_integer(&view, height);
    add_id(&both, w->id, 't', 0);
    buffer_add_char(&both, ' ');
    add_id(&both, w->id, 'd', 0);
    html_begin(h, "svg");
    html_attribute_string(h, "role", "img");
    html_attribute(h, "viewBox", buffer_text(&view));
    html_attribute(h, "aria-labelledby", buffer_text(&both));
    write_words(h, "title", w->id, 't', w->title);
    write_words(h, "desc", w->id, 'd', w->description);
    h->out->failed |= view.failed || both.failed;
    buffer_free(&view);
    buffer_free(&both);
}

static void define_pattern(html *h, const char *prefix, size_t look)
{
    html_begin(h, "pattern");
    attribute_id(h, "id", prefix, 'p', look);
    html_attribute_string(h, "patternUnits", "userSpaceOnUse");
    picture_integer(h, "width", 8);
    picture_integer(h, "height", 8);
    html_begin(h, "path");
    html_attribute_string(h, "class", "i");
    html_attribute_string(h, "d", pattern_paths[look]);
    html_end(h);
    html_end(h);
}

void picture_patterns(html *h, const char *prefix, size_t looks)
{
    html_begin(h, "defs");
    for (size_t look = 1; look < looks && look < SVG_LOOKS; look++)
        define_pattern(h, prefix, look);
    html_end(h);
}

static void begin_box(html *h, box b)
{
    html_begin(h, "rect");
    picture_integer(h, "x", b.x);
    picture_integer(h, "y", b.y);
    picture_integer(h, "width", b.width);
    picture_integer(h, "height", b.height);
}

void picture_box(html *h, const char *prefix, size_t part, box b)
{
    size_t look = part % SVG_LOOKS;
    char name[] = "b l0";
    name[3] = (char)('0' + look);
    begin_box(h, b);
    html_attribute_string(h, "class", name);
    html_end(h);
    if (look == 0)
        return;
    buffer fill = {0};
    buffer_add_string(&fill, "url(#");
    add_id(&fill, prefix, 'p', look);
    buffer_add_char(&fill, ')');
    begin_box(h, b);
    html_attribute(h, "fill", buffer_text(&fill));
    html_end(h);
    h->out->failed |= fill.failed;
    buffer_free(&fill);
}

void picture_line(html *h, const char *class_name, int64_t x1, int64_t y1, int64_t x2, int64_t y2)
{
    html_begin(h, "line");
    html_attribute_string(h, "class", class_name);
    picture_integer(h, "x1", x1);
    picture_integer(h, "y1", y1);
    picture_integer(h, "x2", x2);
    picture_integer(h, "y2", y2);
    html_end(h);
}

void picture_text(html *h, const char *class_name, int64_t x, int64_t y, text t)
{
    html_begin(h, "text");
    if (class_name[0])
        html_attribute_string(h, "class", class_name);
    picture_integer(h, "x", x);
    picture_integer(h, "y", y);
    html_text(h, t);
    html_end(h);
}

void picture_number(html *h, const char *class_name, int64_t x, int64_t y, uint64_t value)
{
    buffer digits = {0};
    buffer_add_integer(&digits, (int64_t)value);
    picture_text(h, class_name, x, y, buffer_text(&digits));
    h->out->failed |= digits.failed;
    buffer_free(&digits);
}

/* At a size of 12 a column is half a Chinese character; Latin letters are a little wider than that. */
int64_t picture_width(text t)
{
    return (int64_t)text_columns(t) * 13 / 2;
}

int64_t picture_digits(uint64_t value)
{
    int64_t count = 1;
    for (; value >= 10; value /= 10)
        count++;
    return count * 7;
}

void svg_cut_text(buffer *out, text t, size_t columns)
{
    size_t fits = 0;
    if (text_columns(t) <= columns) {
        buffer_add_text(out, t);
        return;
    }
    for (size_t at = 0; at < t.length; fits = at) {
        utf8_next(t.bytes, t.length, &at);
        if (text_columns((text){t.bytes, at}) + 1 > columns)
            break;
    }
    buffer_add(out, t.bytes, fits);
    buffer_add_string(out, "…");
}
