/* versioned.c: see versioned.h. */
#include "base/versioned.h"

#include <string.h>

enum { LARGEST = 4096 }; /* a field that holds something else than a size is most often larger than this */

static size_t size_of(const void *versioned)
{
    size_t size;
    memcpy(&size, versioned, sizeof size);
    return size;
}

static bool is_zero(const unsigned char *bytes, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

bool versioned_fits(const void *out, size_t first)
{
    size_t theirs = size_of(out);
    return theirs >= first && theirs <= LARGEST;
}

versioned_fault versioned_take(void *out, size_t size, size_t first, const void *given)
{
    memset(out, 0, size);
    if (!given)
        return VERSIONED_FINE;
    if (!versioned_fits(given, first))
        return VERSIONED_SIZE;
    size_t theirs = size_of(given);
    memcpy(out, given, theirs < size ? theirs : size);
    return theirs > size && !is_zero(given, size, theirs) ? VERSIONED_NEWER : VERSIONED_FINE;
}

void versioned_give(void *out, const void *full, size_t size)
{
    size_t theirs = size_of(out), known = theirs < size ? theirs : size;
    memcpy((char *)out + sizeof theirs, (const char *)full + sizeof theirs, known - sizeof theirs);
    memset((char *)out + known, 0, theirs - known);
}
