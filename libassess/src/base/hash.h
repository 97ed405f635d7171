/* hash: SHA-256 and HMAC-SHA-256, by the system's cryptographic library. */
#ifndef ASSESS_BASE_HASH_H
#define ASSESS_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct digest {
    uint8_t bytes[32];
} digest;

typedef struct hasher hasher;
hasher *hasher_new(void);                                   /* NULL: no memory */
bool hasher_add(hasher *h, const void *bytes, size_t length);
bool hasher_finish(hasher *h, digest *out);                 /* the hasher is then empty and can be used again */
void hasher_free(hasher *h);

bool digest_of(const void *bytes, size_t length, digest *out);
bool digest_keyed(const void *key, size_t key_length, const void *bytes, size_t length, digest *out); /* HMAC */
void digest_print(const digest *d, char out[65]);           /* lower-case hexadecimal and NUL */
bool random_bytes(void *out, size_t length);                /* from the system; false when it has none */

#endif
