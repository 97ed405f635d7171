/* feed: see feed.h. Files are read with pread into own memory, never mapped: a file that shrinks meanwhile must not
 * bring the program down. */
#include "exchange/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/csv.h"

enum { BLOCK_BYTES = 256 * 1024 };

/* ---- bytes ---- */

size_t feed_read(const feed *f, uint64_t position, char *out, size_t length, feed_fault *fault)
{
    size_t done = 0;
    if (f->file < 0) {
        uint64_t left = f->size - position;
        done = left < length ? (size_t)left : length;
        if (done > 0)
            memcpy(out, f->memory + position, done);
        return done;
    }
    while (done < length) {
        ssize_t got = pread(f->file, out + done, length - done, (off_t)(position + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            *fault = FEED_BROKEN;
        if (got <= 0)
            break;
        done += (size_t)got;
    }
    return done;
}

/* Room for `more` bytes and the padding behind them. */
static bool make_room(feed *f, buffer *b, size_t more)
{
    if (MEM_RESERVE(b->bytes, b->capacity, b->length + more + CSV_PADDING))
        return true;
    f->fault = FEED_NO_MEMORY;
    return false;
}

/* The same from a stream, which gives as much as it has made. */
static size_t take_made(feed *f, buffer *out, size_t length)
{
    size_t got = 0;
    if (!make_room(f, out, length))
        return 0;
    if (!f->stream->read(f->stream->context, out->bytes + out->length, length, &got))
        f->fault = FEED_STREAM;
    out->length += got;
    f->position += got;
    if (got == 0)
        f->size = f->position;
    return got;
}

/* Takes the next bytes, all that are there up to `length`, behind those of `out`. */
static size_t take_bytes(feed *f, buffer *out, size_t length)
{
    uint64_t left = f->size - f->position;
    size_t wanted = left < length ? (size_t)left : length;
    if (f->stream)
        return take_made(f, out, length);
    if (!make_room(f, out, wanted))
        return 0;
    char *begin = out->bytes + out->length;
    size_t got = feed_read(f, f->position, begin, wanted, &f->fault);
    if (got < wanted && f->fault == FEED_FINE)
        f->fault = FEED_CHANGED;
    if (f->fault == FEED_FINE && f->hasher && !hasher_add(f->hasher, begin, got))
        f->fault = FEED_NO_MEMORY;
    out->length += got;
    f->position += got;
    return got;
}

/* ---- opening ---- */

static void begin(feed *f, bool hash, unsigned threads)
{
    if (hash && f->fault == FEED_FINE && !(f->hasher = hasher_new()))
        f->fault = FEED_NO_MEMORY;
    if (f->fault == FEED_FINE)
        feed_find_encoding(f, threads);
    if (f->fault == FEED_FINE && f->encoding != ENCODING_UTF8 && !(f->decoder = decoder_new(f->encoding)))
        f->fault = FEED_NO_CONVERTER;
}

void feed_open_file(feed *f, const char *path, feed_limits limits, bool hash, unsigned threads)
{
    struct stat about;
    *f = (feed){.limits = limits, .encoding = ENCODING_UTF8};
    f->file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe must not make it wait */
    if (f->file < 0 || fstat(f->file, &about) != 0)
        f->fault = FEED_UNREADABLE;
    else if (!S_ISREG(about.st_mode))
        f->fault = FEED_NOT_A_FILE;
    else
        f->size = (uint64_t)about.st_size;
    begin(f, hash, threads);
}

void feed_open_memory(feed *f, const char *bytes, size_t length, feed_limits limits, bool hash, unsigned threads)
{
    *f = (feed){.limits = limits, .encoding = ENCODING_UTF8, .file = -1, .memory = bytes, .size = length};
    begin(f, hash, threads);
}

void feed_open_stream(feed *f, const feed_stream *stream, feed_limits limits)
{
    *f = (feed){.limits = limits, .encoding = ENCODING_UTF8, .file = -1, .stream = stream, .size = UINT64_MAX, .delimiter = ','};
}

void feed_close(feed *f)
{
    if (f->file >= 0)
        close(f->file);
    decoder_free(f->decoder);
    hasher_free(f->hasher);
    buffer_free(&f->raw);
    buffer_free(&f->tail);
    f->file = -1;
    f->decoder = NULL;
    f->hasher = NULL;
}

void chunk_free(chunk *c)
{
    buffer_free(&c->text);
}

bool feed_digest(feed *f, digest *out)
{
    return f->hasher && f->fault == FEED_FINE && f->position == f->size && hasher_finish(f->hasher, out);
}

/* ---- the second pass: text ---- */

static bool is_marked_utf8(const buffer *b)
{
    return b->length >= 3 && memcmp(b->bytes, "\xEF\xBB\xBF", 3) == 0;
}

static bool is_drained(const feed *f)
{
    return f->position == f->size && f->raw.length == 0;
}

static void skip_rest(feed *f)
{
    hasher_free(f->hasher); /* it would be the digest of a part */
    f->hasher = NULL;
    f->position = f->size;
    f->raw.length = 0;
}

static void drop_utf8_mark(buffer *out)
{
    if (!is_marked_utf8(out))
        return;
    out->length -= 3;
    memmove(out->bytes, out->bytes + 3, out->length);
}

static void fill_plain(feed *f, buffer *out, size_t wanted)
{
    enum { MARK_BYTES = 3 };
    bool first = f->position == 0 && !f->stream;
    take_bytes(f, out, first && wanted < MARK_BYTES ? MARK_BYTES : wanted);
    if (first && f->fault == FEED_FINE)
        drop_utf8_mark(out);
}

/* The text before the bad byte is still handed out, as far as its records are whole. */
static void stop_at_bad_byte(feed *f, size_t used)
{
    f->bad_byte = f->encoding == ENCODING_UTF16LE ? FEED_CUT_UTF16 : FEED_UNKNOWN_BYTES;
    f->fault_at = f->position - f->raw.length + used;
    skip_rest(f);
}

/* One block through the converter; what is left of it is the beginning of a character. */
static void fill_converted(feed *f, buffer *out, size_t wanted)
{
    size_t used;
    take_bytes(f, &f->raw, wanted < BLOCK_BYTES ? wanted : BLOCK_BYTES);
    if (f->fault != FEED_FINE)
        return;
    if (decoder_feed(f->decoder, f->raw.bytes, f->raw.length, f->position == f->size, out, &used)) {
        f->raw.length -= used;
        memmove(f->raw.bytes, f->raw.bytes + used, f->raw.length);
    } else if (out->failed) {
        f->fault = FEED_NO_MEMORY;
    } else {
        stop_at_bad_byte(f, used);
    }
}

static void fill(feed *f, buffer *out, size_t wanted)
{
    while (out->length < wanted && !is_drained(f) && f->fault == FEED_FINE) {
        if (f->decoder)
            fill_converted(f, out, wanted - out->length);
        else
            fill_plain(f, out, wanted - out->length);
    }
}

/* The tail of the last chunk begins this one. */
static void begin_chunk(feed *f, chunk *out)
{
    out->overlong = false;
    out->text.length = 0;
    if (f->tail.length > 0 && make_room(f, &out->text, f->tail.length)) {
        memcpy(out->text.bytes, f->tail.bytes, f->tail.length);
        out->text.length = f->tail.length;
    }
    f->tail.length = 0;
}

/* What lies behind the last whole record is kept for the next chunk. */
static bool keep_tail(feed *f, buffer *out, size_t cut)
{
    size_t length = out->length - cut;
    if (!make_room(f, &f->tail, length))
        return false;
    if (length > 0)
        memcpy(f->tail.bytes, out->bytes + cut, length);
    f->tail.length = length;
    out->length = cut;
    return true;
}

/* Reads until at least one record is whole. A record that is longer than allowed is handed out as it is, as the last.
 */
static bool cut_chunk(feed *f, chunk *c)
{
    buffer *out = &c->text;
    for (size_t wanted = f->limits.chunk_bytes;; wanted *= 2) {
        if (wanted < out->length + 1)
            wanted = out->length + 1;
        fill(f, out, wanted);
        if (f->fault != FEED_FINE)
            return false;
        if (!f->started && !f->stream && out->length > 0)
            f->delimiter = csv_delimiter(out->bytes, out->length);
        if (is_drained(f) && f->bad_byte == FEED_FINE)
            return true;
        size_t cut = csv_cut(out->bytes, out->length, f->delimiter);
        if (cut > 0)
            return keep_tail(f, out, cut);
        if (is_drained(f)) {
            f->fault = f->bad_byte;
            return false;
        }
        if (out->length > f->limits.record_bytes) {
            c->overlong = true;
            skip_rest(f);
            return true;
        }
    }
}

/* UTF-8 is used as it is, so it must still be what the first pass found. */
static bool is_still_utf8(feed *f, const buffer *out)
{
    if (f->decoder || utf8_invalid_at(out->bytes, out->length) == out->length)
        return true;
    f->fault = FEED_CHANGED;
    return false;
}

bool feed_next(feed *f, chunk *c)
{
    if (f->fault != FEED_FINE)
        return false;
    begin_chunk(f, c);
    if (f->fault != FEED_FINE || !cut_chunk(f, c))
        return false;
    f->started = true;
    buffer *out = &c->text;
    if (out->length == 0 || !make_room(f, out, 0) || (!c->overlong && !is_still_utf8(f, out)))
        return false;
    memset(out->bytes + out->length, '\0', CSV_PADDING);
    out->bytes[out->length] = '\n';
    return true;
}
