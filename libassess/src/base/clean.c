/* clean: the forms in which a text is kept and compared. Most cells are ASCII or plain Chinese characters, which no
 * form changes: those are found by looking and returned as they are. Unicode's tables are asked only about the rest. */
#include "base/text.h"

#include <string.h>

#include <utf8proc.h>

enum { STACK_CHARACTERS = 200 };

typedef bool (*inert_test)(uint32_t c);
typedef utf8proc_int32_t (*character_map)(utf8proc_int32_t c, void *unused);

static bool is_plain_han(uint32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c < 0x2F800);
}

/* A text of such characters only is NFC: none is a combining mark, none has another canonical form. */
static bool is_inert_in_names(uint32_t c)
{
    return c < 0x300 || is_plain_han(c) || (c >= 0x3001 && c < 0x302A) || (c >= 0x2010 && c < 0x2028) ||
           (c >= 0xFF01 && c < 0xFFF0);
}

static bool is_full_width(uint32_t c)
{
    return c >= 0xFF01 && c <= 0xFF5E;
}

static bool is_inert_in_cells(uint32_t c)
{
    return is_inert_in_names(c) && !is_full_width(c);
}

static bool is_inert_in_keys(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || is_plain_han(c);
}

static bool is_inert(text t, inert_test test)
{
    for (size_t at = 0; at < t.length;) {
        if (!test(utf8_next(t.bytes, t.length, &at)))
            return false;
    }
    return true;
}

/* Where the characters U+4000..9FFF at the start of t, all inert, end: their lead bytes are E4..E9. */
static size_t han_end(text t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t.bytes;
    while (t.length - at >= 3 && p[at] >= 0xE4 && p[at] <= 0xE9 && (p[at + 1] & 0xC0) == 0x80 &&
           (p[at + 2] & 0xC0) == 0x80)
        at += 3;
    return at;
}

static text text_from(text t, size_t at)
{
    return (text){t.bytes + at, t.length - at};
}

static utf8proc_int32_t fold_full_width(utf8proc_int32_t c, void *unused)
{
    (void)unused;
    return is_full_width((uint32_t)c) ? c - 0xFF01 + '!' : c;
}

/* Encodes in place and keeps `t` itself where it was in that form already. Ends in NUL: room has one more. */
static bool encode(arena *a, text t, int options, utf8proc_int32_t *room, utf8proc_ssize_t count, text *out)
{
    utf8proc_ssize_t length = utf8proc_reencode(room, count, options);
    if (length < 0)
        return false;
    if ((size_t)length == t.length && memcmp(room, t.bytes, t.length) == 0) {
        *out = t;
        return true;
    }
    out->bytes = arena_text(a, (const char *)room, (size_t)length);
    out->length = (size_t)length;
    return out->bytes != NULL;
}

/* The normal form of t; the characters are worked on on the stack, for all but long texts. */
static bool normalize(arena *a, text t, int options, character_map map, text *out)
{
    utf8proc_int32_t stack[STACK_CHARACTERS + 1];
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)t.bytes;
    utf8proc_ssize_t length = (utf8proc_ssize_t)t.length;
    options |= UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_ssize_t count = utf8proc_decompose_custom(bytes, length, stack, STACK_CHARACTERS, options, map, NULL);
    if (count < 0)
        return false;
    if (count <= STACK_CHARACTERS)
        return encode(a, t, options, stack, count, out);
    utf8proc_int32_t *heap = mem_zalloc((size_t)count + 1, sizeof *heap);
    bool done = heap && utf8proc_decompose_custom(bytes, length, heap, count, options, map, NULL) == count &&
                encode(a, t, options, heap, count, out);
    mem_free(heap);
    return done;
}

static bool is_ascii(text t)
{
    return utf8_ascii_end(t.bytes, t.length) == t.length;
}

static bool clean(arena *a, text t, inert_test test, character_map map, text *out)
{
    t = text_trim(t);
    if (t.length == 0) {
        *out = TEXT("");
        return true;
    }
    text rest = text_from(t, han_end(t, utf8_ascii_end(t.bytes, t.length)));
    if (utf8_invalid_at(rest.bytes, rest.length) != rest.length)
        return false;
    if (is_inert(rest, test)) {
        *out = t;
        return true;
    }
    return normalize(a, t, 0, map, out);
}

bool text_clean(arena *a, text t, text *out)
{
    return clean(a, t, is_inert_in_cells, fold_full_width, out);
}

bool text_clean_name(arena *a, text t, text *out)
{
    return clean(a, t, is_inert_in_names, NULL, out);
}

/* ---- keys ---- */

static bool is_key_blank(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return c == 0x85 || category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Writes t, already folded, without what keys do not tell apart; out has room for t and may be t. A blank between two
 * Latin words is the '-' that joins them in an id ("Start Date" is start-date); any other blank is nothing ("股 室" is
 * 股室). */
static size_t squeeze(text t, char *out)
{
    size_t length = 0;
    bool blank = false;
    for (size_t at = 0; at < t.length;) {
        size_t start = at;
        uint32_t c = utf8_next(t.bytes, t.length, &at);
        if (c == '*')
            continue;
        if (is_key_blank(c)) {
            blank = true;
            continue;
        }
        char first = c == '_' ? '-' : t.bytes[start];
        if (blank && length > 0 && is_word_character(out[length - 1]) && is_word_character(first))
            out[length++] = '-';
        blank = false;
        out[length++] = first;
        memmove(out + length, t.bytes + start + 1, at - start - 1);
        length += at - start - 1;
    }
    return length;
}

static void lower_ascii(char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] >= 'A' && bytes[i] <= 'Z')
            bytes[i] = (char)(bytes[i] - 'A' + 'a');
    }
}

bool text_key(arena *a, text t, text *out)
{
    const int casefold = UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    text folded;
    if (!text_clean(a, t, &folded))
        return false;
    if (is_inert(text_from(folded, han_end(folded, 0)), is_inert_in_keys)) {
        *out = folded;
        return true;
    }
    if (!is_ascii(folded) && !normalize(a, folded, casefold, NULL, &folded))
        return false;
    char *copy = arena_text(a, folded.bytes, folded.length);
    if (!copy)
        return false;
    lower_ascii(copy, folded.length);
    out->length = squeeze((text){copy, folded.length}, copy);
    out->bytes = copy;
    copy[out->length] = '\0';
    /* What stood behind a blank may compose with what stood before it. */
    bool squeezed = out->length < folded.length && !is_ascii(*out);
    return !squeezed || normalize(a, *out, casefold, NULL, out);
}
