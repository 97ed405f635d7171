/* arrow_cells: see arrow_cells.h. Binary numbers are only looked at here: what leaves is the decimal that they were written as. */
#include "exchange/arrow_cells.h"

#include <string.h>

#include "base/date.h"
#include "base/exact.h"

static char *make_room(buffer *out, size_t more)
{
    if (!out->failed && !MEM_RESERVE(out->bytes, out->capacity, out->length + more))
        out->failed = true;
    return out->failed ? NULL : out->bytes + out->length;
}

/* ---- text ---- */

enum { IS_SPECIAL = 1, IS_WIDE = 2 };

/* Copies the bytes, and says whether they need quotes, and whether they are more than ASCII. */
static unsigned copy_and_look(text t, char *to)
{
    unsigned seen = 0;
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.bytes[i];
        to[i] = t.bytes[i];
        seen |= (unsigned)(c == ',' || c == '"' || c == '\n' || c == '\r') * IS_SPECIAL;
        seen |= (unsigned)(c >= 0x80) * IS_WIDE;
    }
    return seen;
}

static void write_quoted(text t, buffer *out)
{
    char *begin = make_room(out, 2 * t.length + 2), *to = begin;
    if (!begin)
        return;
    *to++ = '"';
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == '"')
            *to++ = '"';
        *to++ = t.bytes[i];
    }
    *to++ = '"';
    out->length += (size_t)(to - begin);
}

arrow_verdict arrow_text_write(text t, buffer *out)
{
    char *to = t.length > 0 ? make_room(out, t.length) : NULL;
    unsigned seen = to ? copy_and_look(t, to) : 0;
    if (seen & IS_WIDE && utf8_invalid_at(t.bytes, t.length) != t.length) {
        buffer_add_string(out, "\xEF\xBF\xBD"); /* U+FFFD */
        return ARROW_NOT_UTF8;
    }
    if (seen & IS_SPECIAL)
        write_quoted(t, out);
    else if (to)
        out->length += t.length;
    return ARROW_FINE;
}

static int64_t load_32(const uint8_t *at)
{
    int32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static int64_t load_64(const uint8_t *at)
{
    int64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static arrow_verdict write_text(const arrow_values *v, int width, int64_t at, buffer *out)
{
    const uint8_t *offset = v->offsets + at * width, *last = v->offsets + v->end * width;
    int64_t from = width == 4 ? load_32(offset) : load_64(offset), to = width == 4 ? load_32(offset + 4) : load_64(offset + 8);
    int64_t end = width == 4 ? load_32(last) : load_64(last);
    if (from < 0 || to < from || to > end || (to > from && !v->data))
        return ARROW_BAD_OFFSET;
    return to == from ? ARROW_FINE : arrow_text_write((text){(const char *)v->data + from, (size_t)(to - from)}, out);
}

/* Twelve bytes in place, or where in which piece the text lies. */
static arrow_verdict write_view(const arrow_values *v, int64_t at, buffer *out)
{
    enum { IN_PLACE = 12 };
    const uint8_t *view = v->data + at * 16;
    int64_t length = load_32(view), piece = load_32(view + 8), from = load_32(view + 12);
    if (length >= 0 && length <= IN_PLACE)
        return arrow_text_write((text){(const char *)view + 4, (size_t)length}, out);
    if (length < 0 || piece < 0 || piece >= v->piece_count || !v->pieces[piece] || from < 0 ||
        from + length > v->piece_sizes[piece])
        return ARROW_BAD_OFFSET;
    return arrow_text_write((text){(const char *)v->pieces[piece] + from, (size_t)length}, out);
}

/* ---- whole numbers and decimals ---- */

static int64_t load_signed(const uint8_t *data, int width, int64_t at)
{
    int16_t two;
    switch (width) {
    case 1:
        return (int8_t)data[at];
    case 2:
        memcpy(&two, data + at * 2, sizeof two);
        return two;
    case 4:
        return load_32(data + at * 4);
    default:
        return load_64(data + at * 8);
    }
}

static uint64_t load_unsigned(const uint8_t *data, int width, int64_t at)
{
    uint64_t value = (uint64_t)load_signed(data, width, at);
    return width == 8 ? value : value & ((UINT64_C(1) << width * 8) - 1);
}

static void write_number(int128 coeff, int places, buffer *out)
{
    char *to = make_room(out, 64);
    for (; places > 0 && coeff % 10 == 0; places--)
        coeff /= 10;
    if (to)
        out->length += decimal_print(coeff, places, to);
}

/* False: a number of 256 bits that does not fit half of them. */
static bool load_decimal(const uint8_t *data, int width, int64_t at, int128 *out)
{
    const uint8_t *value = data + at * width;
    int128 halves[2];
    if (width <= 8) {
        *out = load_signed(data, width, at);
        return true;
    }
    memcpy(halves, value, (size_t)width);
    const uint16_t probe = 1;
    bool low_first = *(const uint8_t *)&probe == 1;
    *out = width == 16 || low_first ? halves[0] : halves[1];
    return width == 16 || (low_first ? halves[1] : halves[0]) == (*out < 0 ? -1 : 0);
}

/* Beyond 38 digits, which is all that 128 bits are for. */
static arrow_verdict write_decimal(const arrow_type *t, const arrow_values *v, int64_t at, buffer *out)
{
    int128 coeff, limit = (int128)power_of_ten(18) * power_of_ten(18) * 100;
    if (!load_decimal(v->data, t->width, at, &coeff) || coeff >= limit || coeff <= -limit) {
        buffer_add_string(out, "?");
        return ARROW_NO_DECIMAL;
    }
    write_number(coeff, t->places, out);
    return ARROW_FINE;
}

/* ---- binary numbers ---- */

/* For people to find the number by: its first digits. */
static void show_digits(double size, buffer *out)
{
    char digits[64];
    int scale = size < 1e6 ? 9 : 0;
    double power = (double)power_of_ten(scale);
    size_t length = decimal_print((int64_t)(size * power), scale, digits);
    buffer_add(out, digits, length);
    buffer_add_string(out, "…");
}

static void show_number(double value, buffer *out)
{
    double size = value < 0 ? -value : value;
    if (value < 0)
        buffer_add_char(out, '-');
    if (size < 1e18) {
        show_digits(size, out);
        return;
    }
    int power = 0;
    for (; size >= 10 && size <= 1.7976931348623157e308; power++)
        size /= 10;
    if (size >= 10) {
        buffer_add_string(out, "inf");
        return;
    }
    show_digits(size, out);
    buffer_add_string(out, "e");
    buffer_add_integer(out, power);
}

static arrow_verdict write_half(float value, buffer *out)
{
    decimal d;
    if (value != value)
        return ARROW_FINE;
    if (decimal_from_float(value, &d)) {
        write_number(d.coeff, d.scale, out);
        return ARROW_FINE;
    }
    show_number((double)value, out);
    return ARROW_NO_DECIMAL;
}

static arrow_verdict write_double(double value, buffer *out)
{
    decimal d;
    if (value != value) /* not a number: pandas has no other blank */
        return ARROW_FINE;
    if (decimal_from_double(value, &d)) {
        write_number(d.coeff, d.scale, out);
        return ARROW_FINE;
    }
    show_number(value, out);
    return ARROW_NO_DECIMAL;
}

static struct arrow_memo_entry *remembered(arrow_memo *memo, uint64_t bits)
{
    enum { PLACES = sizeof memo->entries / sizeof *memo->entries };
    return &memo->entries[(bits * UINT64_C(0x9E3779B97F4A7C15) >> 48) % PLACES];
}

/* Keeps what was written since `before`. */
static void remember(struct arrow_memo_entry *e, uint64_t bits, const buffer *out, size_t before)
{
    size_t length = out->length - before;
    if (out->failed || length == 0 || length > sizeof e->text)
        return;
    e->bits = bits;
    e->length = (uint8_t)length;
    memcpy(e->text, out->bytes + before, length);
}

static arrow_verdict write_real(const arrow_values *v, int width, int64_t at, arrow_memo *memo, buffer *out)
{
    uint64_t bits;
    double value;
    float half;
    if (width == 4) {
        memcpy(&half, v->data + at * 4, sizeof half);
        return write_half(half, out);
    }
    memcpy(&bits, v->data + at * 8, sizeof bits);
    memcpy(&value, v->data + at * 8, sizeof value);
    struct arrow_memo_entry *e = remembered(memo, bits);
    char *to = make_room(out, sizeof e->text);
    if (to && e->length > 0 && e->bits == bits) {
        memcpy(to, e->text, sizeof e->text); /* all of it: a length that never changes is copied at once */
        out->length += e->length;
        return ARROW_FINE;
    }
    size_t before = out->length;
    arrow_verdict verdict = write_double(value, out);
    if (verdict == ARROW_FINE)
        remember(e, bits, out, before);
    return verdict;
}

/* ---- days and moments ---- */

enum { DAY_SECONDS = 24 * 60 * 60, DAY_MINUTES = 24 * 60 };

static bool is_day(int64_t day)
{
    const int64_t first = -719162, last = 2932896; /* 0001-01-01, 9999-12-31 */
    return day >= first && day <= last;
}

static arrow_verdict write_no_day(int64_t value, buffer *out)
{
    buffer_add_integer(out, value);
    return ARROW_NO_DAY;
}

static arrow_verdict write_day(int64_t day, buffer *out)
{
    char *to = make_room(out, 16);
    if (!is_day(day))
        return write_no_day(day, out);
    if (to)
        out->length += date_print((date)day, to);
    return ARROW_FINE;
}

static int64_t divide_down(int64_t a, int64_t b, int64_t *rest)
{
    int64_t quotient = a / b - (a % b < 0);
    *rest = a - quotient * b;
    return quotient;
}

/* 8, 2 -> 08 */
static void write_padded(int64_t value, int digits, buffer *out)
{
    for (int i = digits - 1; i >= 0; i--)
        buffer_add_char(out, (char)('0' + value / power_of_ten(i) % 10));
}

static arrow_verdict write_moment(const arrow_type *t, int64_t value, buffer *out)
{
    char *to = make_room(out, 32);
    int64_t part, in_day, seconds = divide_down(value, power_of_ten(t->places), &part);
    if (!is_day(seconds / DAY_SECONDS))
        return write_no_day(value, out);
    seconds += t->east * INT64_C(60);
    int64_t day = divide_down(seconds, DAY_SECONDS, &in_day);
    if (!is_day(day))
        return write_no_day(value, out);
    if (in_day == 0 && part == 0)
        return write_day(day, out);
    if (to)
        out->length += minute_print(day * DAY_MINUTES + in_day / 60, to);
    if (in_day % 60 != 0 || part != 0) {
        buffer_add_char(out, ':');
        write_padded(in_day % 60, 2, out);
    }
    if (part != 0) {
        buffer_add_char(out, '.');
        write_padded(part, t->places, out);
    }
    return ARROW_FINE;
}

/* ---- any of them ---- */

static arrow_verdict write_value(const arrow_type *t, const arrow_values *v, int64_t at, arrow_memo *memo, buffer *out)
{
    if (arrow_is_null(v, at))
        return ARROW_FINE;
    switch (t->kind) {
    case ARROW_BOOL:
        arrow_char_write(v->data[at / 8] >> at % 8 & 1 ? '1' : '0', out);
        return ARROW_FINE;
    case ARROW_SIGNED:
        buffer_add_integer(out, load_signed(v->data, t->width, at));
        return ARROW_FINE;
    case ARROW_UNSIGNED:
        write_number((int128)load_unsigned(v->data, t->width, at), 0, out);
        return ARROW_FINE;
    case ARROW_REAL:
        return write_real(v, t->width, at, memo, out);
    case ARROW_DECIMAL:
        return write_decimal(t, v, at, out);
    case ARROW_DAY:
        return write_day(load_32(v->data + at * 4), out);
    case ARROW_MOMENT:
        return write_moment(t, load_64(v->data + at * 8), out);
    case ARROW_TEXT:
        return write_text(v, t->width, at, out);
    case ARROW_VIEW:
        return write_view(v, at, out);
    case ARROW_NULL:
    case ARROW_OTHER:
    case ARROW_ZONED:
        break;
    }
    return ARROW_FINE;
}

arrow_verdict arrow_cell_write(const arrow_column *c, int64_t at, arrow_memo *memo, buffer *out)
{
    if (!c->encoded)
        return write_value(&c->type, &c->values, c->values.offset + at, memo, out);
    int64_t place = c->indices.offset + at, count = c->values.end - c->values.offset;
    if (arrow_is_null(&c->indices, place))
        return ARROW_FINE;
    uint64_t index = c->index.kind == ARROW_SIGNED ? (uint64_t)load_signed(c->indices.data, c->index.width, place)
                                                   : load_unsigned(c->indices.data, c->index.width, place);
    if (index >= (uint64_t)count)
        return ARROW_BAD_INDEX;
    return write_value(&c->type, &c->values, c->values.offset + (int64_t)index, memo, out);
}
