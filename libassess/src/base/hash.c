/* hash: a thin coat over OpenSSL's EVP, with functions that 1.1.1 and 3.x both have. */
#include "base/hash.h"

#include <limits.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include "base/mem.h"

struct hasher {
    EVP_MD_CTX *context;
};

hasher *hasher_new(void)
{
    hasher *h = mem_alloc(sizeof *h);
    if (!h)
        return NULL;
    h->context = EVP_MD_CTX_new();
    if (!h->context || EVP_DigestInit_ex(h->context, EVP_sha256(), NULL) != 1) {
        hasher_free(h);
        return NULL;
    }
    return h;
}

bool hasher_add(hasher *h, const void *bytes, size_t length)
{
    return length == 0 || EVP_DigestUpdate(h->context, bytes, length) == 1;
}

bool hasher_finish(hasher *h, digest *out)
{
    return EVP_DigestFinal_ex(h->context, out->bytes, NULL) == 1 &&
           EVP_DigestInit_ex(h->context, NULL, NULL) == 1; /* the same digest again, without looking it up */
}

void hasher_free(hasher *h)
{
    if (!h)
        return;
    EVP_MD_CTX_free(h->context);
    mem_free(h);
}

bool digest_of(const void *bytes, size_t length, digest *out)
{
    return EVP_Digest(length ? bytes : "", length, out->bytes, NULL, EVP_sha256(), NULL) == 1;
}

bool digest_keyed(const void *key, size_t key_length, const void *bytes, size_t length, digest *out)
{
    if (key_length > INT_MAX)
        return false;
    unsigned written = sizeof out->bytes;
    /* A NULL key would mean “the key of last time”. */
    return HMAC(EVP_sha256(), key_length ? key : "", (int)key_length, length ? bytes : "", length, out->bytes,
                &written) != NULL;
}

void digest_print(const digest *d, char out[65])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < sizeof d->bytes; i++) {
        out[2 * i] = digits[d->bytes[i] >> 4];
        out[2 * i + 1] = digits[d->bytes[i] & 15];
    }
    out[64] = '\0';
}

bool random_bytes(void *out, size_t length)
{
    return length <= INT_MAX && RAND_bytes(out, (int)length) == 1;
}
