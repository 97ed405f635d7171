/* encoding: the first pass of a feed. The first bytes decide, or all of them together: strict UTF-8 or not. That is
 * looked for in stretches of the file side by side, each from the first character that begins in it to the last one. */
#include <string.h>

#include "base/parallel.h"
#include "exchange/feed.h"

enum { SAMPLE_BYTES = 4096, BLOCK_BYTES = 256 * 1024, USUAL_STRETCH = 4 * 1024 * 1024, LONGEST_CHARACTER = 4 };

static bool begins_with(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

/* Text has no NUL; every second or third byte of UTF-16 is one where it holds digits and delimiters. */
static bool looks_like_utf16(const char *bytes, size_t length)
{
    size_t zeros = 0;
    for (size_t i = 0; i < length; i++)
        zeros += bytes[i] == '\0';
    return length >= 8 && zeros * 8 >= length;
}

/* What the first bytes alone decide. True when nothing is left to find out. */
static bool decide_by_mark(feed *f, const char *bytes, size_t length)
{
    if (begins_with(bytes, length, "PK\3\4", 4) || begins_with(bytes, length, "\xD0\xCF\x11\xE0", 4))
        f->fault = FEED_WORKBOOK;
    else if (begins_with(bytes, length, "\xFF\xFE", 2) && !begins_with(bytes, length, "\xFF\xFE\0\0", 4))
        f->encoding = ENCODING_UTF16LE;
    else if (begins_with(bytes, length, "\xFF\xFE", 2) || begins_with(bytes, length, "\xFE\xFF", 2) ||
             looks_like_utf16(bytes, length))
        f->fault = FEED_UTF16;
    else
        return false;
    return true;
}

/* ---- strict UTF-8 ---- */

typedef struct stretch {
    uint64_t bad; /* the first byte that is not UTF-8, UINT64_MAX when all are */
    feed_fault fault;
} stretch;

typedef struct utf8_search {
    const feed *f;
    size_t stretch_bytes;
    stretch *stretches;
} utf8_search;

static bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static size_t length_by_lead(char c)
{
    unsigned char lead = (unsigned char)c;
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Where the first character of a stretch begins: behind the one that reaches into it. */
static uint64_t first_character(const feed *f, uint64_t begin, feed_fault *fault)
{
    char before[LONGEST_CHARACTER - 1];
    size_t length = begin < sizeof before ? (size_t)begin : sizeof before;
    if (feed_read(f, begin - length, before, length, fault) < length)
        return begin;
    for (size_t back = 1; back <= length; back++) {
        char c = before[length - back];
        if (!is_tail(c))
            return length_by_lead(c) > back ? begin + length_by_lead(c) - back : begin;
    }
    return begin;
}

/* Looks at the characters that begin in begin .. end; the last one may end up to three bytes later. */
static void search_stretch(const feed *f, uint64_t begin, uint64_t end, stretch *out)
{
    uint64_t stop = f->size - end < LONGEST_CHARACTER ? f->size : end + LONGEST_CHARACTER - 1;
    uint64_t position = first_character(f, begin, &out->fault);
    char *block = mem_alloc(BLOCK_BYTES);
    if (!block)
        out->fault = FEED_NO_MEMORY;
    while (out->fault == FEED_FINE && out->bad == UINT64_MAX && position < end) {
        size_t wanted = stop - position < BLOCK_BYTES ? (size_t)(stop - position) : BLOCK_BYTES;
        size_t length = feed_read(f, position, block, wanted, &out->fault);
        size_t valid = utf8_invalid_at(block, length);
        bool cut = length - valid < LONGEST_CHARACTER && position + length < stop; /* perhaps only that */
        if (length < wanted && out->fault == FEED_FINE)
            out->fault = FEED_CHANGED;
        position += valid;
        if (valid < length && !cut && position < end)
            out->bad = position;
        if (valid < length && !cut)
            break;
    }
    mem_free(block);
}

static void search_task(void *context, size_t index, unsigned worker)
{
    const utf8_search *search = context;
    uint64_t length = search->stretch_bytes, begin = index * length, size = search->f->size;
    (void)worker;
    search_stretch(search->f, begin, size - begin < length ? size : begin + length, &search->stretches[index]);
}

/* The offset of the first byte that is not UTF-8, UINT64_MAX when all are. */
static uint64_t find_bad_byte(feed *f, unsigned threads)
{
    size_t length = f->limits.stretch_bytes > 0 ? f->limits.stretch_bytes : USUAL_STRETCH;
    size_t count = (size_t)((f->size + length - 1) / length);
    utf8_search search = {f, length, mem_zalloc(count, sizeof *search.stretches)};
    uint64_t bad = UINT64_MAX;
    if (!search.stretches) {
        f->fault = FEED_NO_MEMORY;
        return bad;
    }
    for (size_t i = 0; i < count; i++)
        search.stretches[i].bad = UINT64_MAX;
    parallel_run(count, threads, search_task, &search);
    for (size_t i = 0; i < count && bad == UINT64_MAX && f->fault == FEED_FINE; i++) {
        f->fault = search.stretches[i].fault;
        bad = search.stretches[i].bad;
    }
    mem_free(search.stretches);
    return bad;
}

/* ---- the decision ---- */

/* GB18030 hardly ever happens to be valid UTF-8 for long: after so many characters of more than one byte it is UTF-8.
 */
static bool is_surely_utf8(feed *f, uint64_t bad)
{
    enum { SURELY = 16 };
    char block[SAMPLE_BYTES];
    size_t found = 0;
    for (uint64_t position = 0; position < bad && found < SURELY && f->fault == FEED_FINE;) {
        size_t wanted = bad - position < sizeof block ? (size_t)(bad - position) : sizeof block;
        size_t length = feed_read(f, position, block, wanted, &f->fault);
        if (length == 0)
            break;
        for (size_t i = utf8_ascii_end(block, length); i < length; i++)
            found += (unsigned char)block[i] >= 0xC0;
        position += length;
    }
    return found >= SURELY;
}

void feed_find_encoding(feed *f, unsigned threads)
{
    char sample[SAMPLE_BYTES];
    size_t length = feed_read(f, 0, sample, f->size < sizeof sample ? (size_t)f->size : sizeof sample, &f->fault);
    if (f->fault == FEED_FINE && f->size == 0)
        f->fault = FEED_EMPTY;
    if (f->fault != FEED_FINE || decide_by_mark(f, sample, length))
        return;
    uint64_t bad = find_bad_byte(f, threads);
    if (bad == UINT64_MAX || f->fault != FEED_FINE)
        return;
    if (begins_with(sample, length, "\xEF\xBB\xBF", 3) || is_surely_utf8(f, bad)) {
        f->fault = FEED_DAMAGED_UTF8;
        f->fault_at = bad;
    } else {
        f->encoding = ENCODING_GB18030;
    }
}
