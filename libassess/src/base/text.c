/* text: bytes first, characters only where a byte is not ASCII. */
#include "base/text.h"

#include <string.h>

#include <utf8proc.h>

text text_of(const char *nul_terminated)
{
    text t = {nul_terminated ? nul_terminated : "", nul_terminated ? strlen(nul_terminated) : 0};
    return t;
}

bool text_equal(text a, text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

int text_compare(text a, text b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
    if (order)
        return order < 0 ? -1 : 1;
    return a.length < b.length ? -1 : a.length > b.length;
}

/* ---- UTF-8 ---- */

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Length of the well-formed sequence of two or more bytes at p (Unicode, table 3-7), 0 when there is none. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < 2 || !is_tail(p[1]))
        return 0;
    if (p[0] < 0xE0)
        return 2;
    if (left < 3 || !is_tail(p[2]))
        return 0;
    if (p[0] < 0xF0) {
        bool overlong = p[0] == 0xE0 && p[1] < 0xA0, surrogate = p[0] == 0xED && p[1] > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    bool overlong = p[0] == 0xF0 && p[1] < 0x90, beyond = p[0] == 0xF4 && p[1] > 0x8F;
    return left < 4 || !is_tail(p[3]) || overlong || beyond ? 0 : 4;
}

static uint64_t load8(const unsigned char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Where the run of ASCII that starts at `at` ends. */
static size_t ascii_end(const unsigned char *p, size_t length, size_t at)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    while (length - at >= 32) {
        uint64_t any = load8(p + at) | load8(p + at + 8) | load8(p + at + 16) | load8(p + at + 24);
        if (any & high_bits)
            break;
        at += 32;
    }
    while (length - at >= 8 && !(load8(p + at) & high_bits))
        at += 8;
    while (at < length && p[at] < 0x80)
        at++;
    return at;
}

size_t utf8_ascii_end(const char *bytes, size_t length)
{
    return ascii_end((const unsigned char *)bytes, length, 0);
}

/* Where the run of U+1000..CFFF that starts at `at` ends: three bytes each, of which only the form can be wrong. */
static size_t common_end(const unsigned char *p, size_t length, size_t at)
{
    while (length - at >= 3 && (unsigned)(p[at] - 0xE1) <= 0xEC - 0xE1 && is_tail(p[at + 1]) && is_tail(p[at + 2]))
        at += 3;
    return at;
}

size_t utf8_invalid_at(const char *bytes, size_t length)
{
    const unsigned char *p = (const unsigned char *)bytes;
    size_t at = 0;
    while (at < length) {
        size_t start = at;
        at = p[at] < 0x80 ? ascii_end(p, length, at) : common_end(p, length, at);
        if (at != start)
            continue;
        size_t step = sequence_length(p + at, length - at);
        if (step == 0)
            return at;
        at += step;
    }
    return length;
}

/* A malformed byte counts as one U+FFFD, so that no caller can run past the end. */
uint32_t utf8_next(const char *bytes, size_t length, size_t *at)
{
    const unsigned char *p = (const unsigned char *)bytes + *at;
    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    size_t step = sequence_length(p, length - *at);
    *at += step ? step : 1;
    switch (step) {
    case 2:
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    case 3:
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    case 4:
        return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    default:
        return 0xFFFD;
    }
}

/* ---- blanks ---- */

static bool is_ascii_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* U+200B..200F and U+202A..202E (zero-width and direction marks), U+2060, U+3000, U+FEFF */
static bool is_blank_of_3(const unsigned char *p)
{
    switch (p[0]) {
    case 0xE2:
        if (p[1] == 0x80)
            return (p[2] >= 0x8B && p[2] <= 0x8F) || (p[2] >= 0xAA && p[2] <= 0xAE);
        return p[1] == 0x81 && p[2] == 0xA0;
    case 0xE3:
        return p[1] == 0x80 && p[2] == 0x80;
    case 0xEF:
        return p[1] == 0xBB && p[2] == 0xBF;
    default:
        return false;
    }
}

static bool is_no_break_space(const unsigned char *p)
{
    return p[0] == 0xC2 && p[1] == 0xA0;
}

static size_t blank_at_start(const unsigned char *p, size_t length)
{
    if (length >= 1 && is_ascii_blank(p[0]))
        return 1;
    if (length >= 2 && is_no_break_space(p))
        return 2;
    return length >= 3 && is_blank_of_3(p) ? 3 : 0;
}

static size_t blank_at_end(const unsigned char *p, size_t length)
{
    if (length >= 1 && is_ascii_blank(p[length - 1]))
        return 1;
    if (length >= 2 && is_no_break_space(p + length - 2))
        return 2;
    return length >= 3 && is_blank_of_3(p + length - 3) ? 3 : 0;
}

text text_trim(text t)
{
    size_t step;
    while ((step = blank_at_start((const unsigned char *)t.bytes, t.length)) > 0) {
        t.bytes += step;
        t.length -= step;
    }
    while ((step = blank_at_end((const unsigned char *)t.bytes, t.length)) > 0)
        t.length -= step;
    return t;
}

/* ---- for people ---- */

size_t text_columns(text t)
{
    size_t columns = 0;
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        columns += c >= 0x20 && c < 0x7F ? 1 : (size_t)utf8proc_charwidth((utf8proc_int32_t)c);
    }
    return columns;
}

enum { WORD_MAX = 64 }; /* characters of a word that can be mistyped; longer ones are no near miss of anything */

static bool decode_word(text t, uint32_t out[WORD_MAX], size_t *count)
{
    *count = 0;
    for (size_t at = 0; at < t.length; (*count)++) {
        if (*count == WORD_MAX)
            return false;
        out[*count] = utf8_next(t.bytes, t.length, &at);
    }
    return true;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Levenshtein's distance in characters, one row of the table at a time. */
size_t text_distance(text a, text b, size_t limit)
{
    uint32_t x[WORD_MAX], y[WORD_MAX];
    size_t x_count, y_count, row[WORD_MAX + 1];
    if (text_equal(a, b))
        return 0;
    if (!decode_word(a, x, &x_count) || !decode_word(b, y, &y_count))
        return limit + 1;
    for (size_t j = 0; j <= y_count; j++)
        row[j] = j;
    for (size_t i = 1; i <= x_count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= y_count; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (x[i - 1] != y[j - 1]));
            diagonal = above;
        }
    }
    return row[y_count] <= limit ? row[y_count] : limit + 1;
}

text text_suggest(text word, const text *candidates, size_t count)
{
    uint32_t characters[WORD_MAX];
    size_t length, best = SIZE_MAX;
    text nearest = {"", 0};
    if (!decode_word(word, characters, &length) || length < 2)
        return nearest;
    size_t limit = (length + 2) / 3; /* a third, rounded up: one of the two characters of 姓名 */
    for (size_t i = 0; i < count; i++) {
        size_t distance = text_distance(word, candidates[i], limit);
        if (distance <= limit && distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}
