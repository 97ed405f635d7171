/* decoder: foreign encodings by the system's iconv. A byte order mark at the start is dropped, whatever the
 * encoding. */
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

struct decoder {
    iconv_t converter;
    bool started; /* something has been written: a mark would be text now */
};

static const char *charset_name(encoding from)
{
    switch (from) {
    case ENCODING_UTF16LE:
        return "UTF-16LE";
    case ENCODING_GB18030:
        return "GB18030";
    case ENCODING_UTF8:
        break;
    }
    return "UTF-8";
}

decoder *decoder_new(encoding from)
{
    decoder *d = mem_zalloc(1, sizeof *d);
    if (!d)
        return NULL;
    d->converter = iconv_open("UTF-8", charset_name(from));
    if (d->converter == (iconv_t)-1) {
        mem_free(d);
        return NULL;
    }
    return d;
}

/* One call of the converter into room that is there; errno is the answer, 0 when all was converted. */
static int convert(decoder *d, char **in, size_t *left, buffer *out)
{
    char *to = out->bytes + out->length;
    size_t room = out->capacity - out->length;
    errno = 0;
    size_t result = iconv(d->converter, in, left, &to, &room);
    out->length = out->capacity - room;
    return result == (size_t)-1 ? errno : 0;
}

static void drop_mark(decoder *d, buffer *out, size_t start)
{
    if (d->started || out->length == start)
        return;
    d->started = true;
    if (out->length - start >= 3 && memcmp(out->bytes + start, "\xEF\xBB\xBF", 3) == 0) {
        out->length -= 3;
        memmove(out->bytes + start, out->bytes + start + 3, out->length - start);
    }
}

bool decoder_feed(decoder *d, const char *in, size_t length, bool final, buffer *out, size_t *used)
{
    union {
        const char *read_only;
        char *at;
    } input = {in}; /* iconv wants a pointer to bytes that it does not write */
    size_t left = length, start = out->length;
    int problem = E2BIG;
    *used = 0;
    while (left > 0 && problem == E2BIG && !out->failed) {
        size_t need = out->length + left + left / 2 + 16; /* two bytes of GB18030 become three */
        if (!MEM_RESERVE(out->bytes, out->capacity, need))
            out->failed = true;
        else
            problem = convert(d, &input.at, &left, out);
    }
    *used = length - left;
    if (out->failed)
        return false;
    drop_mark(d, out, start);
    return left == 0 || (problem == EINVAL && !final);
}

void decoder_free(decoder *d)
{
    if (!d)
        return;
    iconv_close(d->converter);
    mem_free(d);
}
