/* feed: the bytes of one table as pieces of UTF-8 text that hold whole records.
 *
 * A first pass over the bytes finds out what they are (byte order mark, strict UTF-8, else GB18030); the second one
 * hands them out, converts them where they are not UTF-8, and takes the SHA-256 of exactly the bytes it read. */
#ifndef ASSESS_EXCHANGE_FEED_H
#define ASSESS_EXCHANGE_FEED_H

#include "base/hash.h"
#include "base/text.h"

/* Why a feed ended before its bytes did. */
typedef enum feed_fault {
    FEED_FINE,
    FEED_NO_MEMORY,
    FEED_UNREADABLE,     /* the system would not let it be read */
    FEED_BROKEN,         /* reading failed half-way */
    FEED_CHANGED,        /* not the bytes of the first pass any more */
    FEED_NO_CONVERTER,   /* this system cannot convert the encoding */
    /* the rest is about the content */
    FEED_NOT_A_FILE,     /* a device, a pipe … */
    FEED_EMPTY,
    FEED_WORKBOOK,       /* an Excel file under another name */
    FEED_UTF16,          /* UTF-16 that does not say so, or big-endian */
    FEED_DAMAGED_UTF8,   /* UTF-8 except for the byte at fault_at */
    FEED_UNKNOWN_BYTES,  /* neither UTF-8 nor GB18030 at fault_at */
    FEED_CUT_UTF16,      /* UTF-16 that stops making sense at fault_at */
    FEED_STREAM          /* a stream broke off; it knows why */
} feed_fault;

/* UTF-8 parted by commas that is made while it is read, such as a sheet of a workbook. Read by one thread at a time. */
typedef struct feed_stream {
    /* The next bytes; *got is 0 only at the end. False: there are none because of a fault. */
    bool (*read)(void *context, char *out, size_t room, size_t *got);
    void *context;
} feed_stream;

typedef struct feed_limits {
    size_t chunk_bytes;  /* text in a chunk, about; at least 1 */
    size_t record_bytes; /* a longer record is no record: a quote was not closed, or it is no table */
    size_t stretch_bytes; /* bytes that one thread looks at in the first pass; 0: a good many */
} feed_limits;

/* One piece: whole records, with a line end and padding behind them, as csv_reader wants it. */
typedef struct chunk {
    buffer text;
    bool overlong;       /* ends in the middle of a record that is too long; nothing follows */
} chunk;

typedef struct feed {
    feed_limits limits;
    int file;            /* or -1: the bytes are in memory */
    const char *memory;
    const feed_stream *stream; /* or NULL */
    uint64_t size, position; /* the size of a stream is not known before its end: UINT64_MAX */
    encoding encoding;
    decoder *decoder;
    hasher *hasher;
    buffer raw;          /* read and not yet converted */
    buffer tail;         /* text behind the last chunk's last record */
    char delimiter;      /* found with the first chunk */
    bool started;
    feed_fault bad_byte; /* the fault that comes when the text before it has been handed out */
    feed_fault fault;
    uint64_t fault_at;
} feed;

/* Opens the bytes and finds out what they are; a fault is left in f->fault. feed_close is due in every case. */
void feed_open_file(feed *f, const char *path, feed_limits limits, bool hash, unsigned threads);
void feed_open_memory(feed *f, const char *bytes, size_t length, feed_limits limits, bool hash, unsigned threads);
void feed_open_stream(feed *f, const feed_stream *stream, feed_limits limits);
void feed_close(feed *f);

/* The next chunk; false at the end and at a fault. */
bool feed_next(feed *f, chunk *c);
void chunk_free(chunk *c);

/* Up to `length` bytes from `position`; fewer only at the end or at a fault. Safe from many threads. */
size_t feed_read(const feed *f, uint64_t position, char *out, size_t length, feed_fault *fault);
/* The first pass: sets f->encoding, or the fault. */
void feed_find_encoding(feed *f, unsigned threads);

/* SHA-256 of all bytes, when all have been handed out. False: there is none. */
bool feed_digest(feed *f, digest *out);

#endif
