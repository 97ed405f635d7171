/* buffer: bytes that grow. */
#include "base/text.h"

#include <string.h>

void buffer_add(buffer *b, const char *bytes, size_t length)
{
    if (b->failed || length == 0)
        return;
    bool fits = length <= b->capacity - b->length;
    if (!fits && (length > SIZE_MAX - b->length || !MEM_RESERVE(b->bytes, b->capacity, b->length + length))) {
        b->failed = true;
        return;
    }
    memcpy(b->bytes + b->length, bytes, length);
    b->length += length;
}

void buffer_add_text(buffer *b, text t)
{
    buffer_add(b, t.bytes, t.length);
}

void buffer_add_string(buffer *b, const char *nul_terminated)
{
    buffer_add(b, nul_terminated, strlen(nul_terminated));
}

void buffer_add_char(buffer *b, char c)
{
    buffer_add(b, &c, 1);
}

void buffer_add_integer(buffer *b, int64_t value)
{
    char digits[20], *at = digits + sizeof digits; /* 19 digits and a sign */
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        *--at = '-';
    buffer_add(b, at, (size_t)(digits + sizeof digits - at));
}

text buffer_text(const buffer *b)
{
    text t = {b->bytes ? b->bytes : "", b->length};
    return t;
}

void buffer_free(buffer *b)
{
    mem_free(b->bytes);
    *b = (buffer){0};
}
