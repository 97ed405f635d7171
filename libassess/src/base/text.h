/* text: UTF-8 without locale. Lengths are bytes; nothing needs a NUL unless it says so. */
#ifndef ASSESS_BASE_TEXT_H
#define ASSESS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

typedef struct text {
    const char *bytes;
    size_t length;
} text;

#define TEXT(literal) ((text){(literal), sizeof(literal) - 1})
text text_of(const char *nul_terminated); /* NULL gives an empty text */
bool text_equal(text a, text b);
int text_compare(text a, text b); /* by bytes, that is by code point */

/* Offset of the first byte that is not valid UTF-8 (surrogates and overlong forms are not), or length. */
size_t utf8_invalid_at(const char *bytes, size_t length);
/* Offset of the first byte that is not ASCII, or length. */
size_t utf8_ascii_end(const char *bytes, size_t length);
/* Decodes one code point of valid UTF-8, advances *at. A malformed byte counts as one U+FFFD. */
uint32_t utf8_next(const char *bytes, size_t length, size_t *at);

/* Without blanks at both ends: space, TAB, CR, LF, NBSP, U+3000, the zero-width characters and direction marks. */
text text_trim(text t);

/* As a cell is read: trimmed, full-width ASCII forms (digits, letters, signs) folded to ASCII, NFC. The result is
 * `t` itself (trimmed) where nothing changes, else a copy in the arena. False: no memory or not valid UTF-8. */
bool text_clean(arena *a, text t, text *out);
/* As a name is kept: trimmed and NFC, nothing folded. */
bool text_clean_name(arena *a, text t, text *out);
/* As a header or label is compared: text_clean, then NFKC casefold, without `*`, `_` as '-', and without blanks, but
 * for a '-' where they part two Latin words: "Start Date", start_date and start-date are one, so are "股 室" and 股室. */
bool text_key(arena *a, text t, text *out);

/* Columns on a terminal: wide characters count 2, combining marks 0. */
size_t text_columns(text t);

/* Edit distance of two keys, at most `limit` + 1; for “did you mean”. */
size_t text_distance(text a, text b, size_t limit);
/* The candidate nearest to `word` within a third of its length, rounded up, or an empty text. */
text text_suggest(text word, const text *candidates, size_t count);

/* Growing byte buffer; after a failure `failed` stays set and appends do nothing. */
typedef struct buffer {
    char *bytes;
    size_t length, capacity;
    bool failed;
} buffer;
void buffer_add(buffer *b, const char *bytes, size_t length);
void buffer_add_text(buffer *b, text t);
void buffer_add_string(buffer *b, const char *nul_terminated);
void buffer_add_char(buffer *b, char c);
void buffer_add_integer(buffer *b, int64_t value);
text buffer_text(const buffer *b);
/* For a page that people read: control characters and direction marks stand as \x1b, \u202e, and are never sent. */
void buffer_add_visible(buffer *b, text t);
bool is_hidden_character(uint32_t c); /* one of those */
void buffer_free(buffer *b);

/* What a file's bytes are. */
typedef enum encoding {
    ENCODING_UTF8,    /* with or without BOM */
    ENCODING_UTF16LE, /* by its BOM, as Excel's “Unicode text” */
    ENCODING_GB18030
} encoding;
/* GB18030 to UTF-8 for a stream: converts as much of in as is whole, appends to out, sets *used. `final` says
 * that nothing follows, so that a cut character is an error. On failure *used is the offset of the bad byte. */
typedef struct decoder decoder;
decoder *decoder_new(encoding from); /* NULL: no memory or the system cannot convert it */
bool decoder_feed(decoder *d, const char *in, size_t length, bool final, buffer *out, size_t *used);
void decoder_free(decoder *d);

#endif
