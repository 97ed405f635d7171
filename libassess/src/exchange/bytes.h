/* bytes: the first byte of memory as the lowest of a number, on every machine. */
#ifndef ASSESS_EXCHANGE_BYTES_H
#define ASSESS_EXCHANGE_BYTES_H

#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define LOW_FIRST_8(word) __builtin_bswap64(word)
#define LOW_FIRST_4(word) __builtin_bswap32(word)
#else
#define LOW_FIRST_8(word) (word)
#define LOW_FIRST_4(word) (word)
#endif

static inline uint64_t load_8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return LOW_FIRST_8(word);
}

static inline uint32_t load_4(const char *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return LOW_FIRST_4(word);
}

#endif
