/* idindex: the ids of people once more, laid out for speed. Ballots name two people in every row, in random order: a
 * lookup here touches one place of memory instead of three, and that place can be asked for ahead of time. Only short
 * ids are in it, as most are; the others are looked up in the batch. Read-only once made, so safe from many threads. */
#ifndef ASSESS_EXCHANGE_IDINDEX_H
#define ASSESS_EXCHANGE_IDINDEX_H

#include "base/intern.h"
#include "exchange/bytes.h"

enum { SHORT_ID_BYTES = 12 };

enum { BUCKET_IDS = 4 };

typedef struct id_slot {
    uint64_t first;  /* the id's bytes 0..7, zeros behind a shorter one */
    uint32_t rest;   /* bytes 8..11 */
    uint32_t number; /* + 1; 0: free */
} id_slot;

/* What the processor fetches at once. A full one overflows into the next. */
typedef struct id_bucket {
    id_slot slots[BUCKET_IDS];
} id_bucket;

typedef struct id_index {
    void *block;
    id_bucket *buckets; /* aligned within the block; NULL: no index was made, no key is quick */
    size_t mask;
    uint64_t key[2];
} id_index;

/* A cell as the index looks for it. */
typedef struct id_key {
    uint64_t first;
    uint32_t rest;
    bool quick;      /* a short id that text_clean would leave as it is */
    size_t at;       /* where the search begins */
} id_key;

bool id_index_make(id_index *index, const interner *ids); /* false: no memory */
void id_index_free(id_index *index);

static inline size_t id_place(const id_index *index, uint64_t first, uint32_t rest)
{
    __extension__ typedef unsigned __int128 wide;
    wide product = (wide)(first ^ index->key[0]) * (rest ^ index->key[1]);
    return (size_t)((uint64_t)product ^ (uint64_t)(product >> 64)) & index->mask;
}

/* The bytes of a text of 1..12 bytes as numbers, without reading beyond its end: where it is shorter than a number, two
 * overlapping reads cover it. */
static inline void id_bytes(text id, uint64_t *first, uint32_t *rest)
{
    const char *p = id.bytes;
    size_t length = id.length;
    *rest = 0;
    if (length >= 8) {
        *first = load_8(p);
        if (length > 8)
            *rest = load_4(p + length - 4) >> 8 * (SHORT_ID_BYTES - length);
    } else if (length >= 4) {
        *first = load_4(p) | (uint64_t)load_4(p + length - 4) << 8 * (length - 4);
    } else {
        *first = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[length / 2] << 8 * (length / 2) |
                 (uint64_t)(unsigned char)p[length - 1] << 8 * (length - 1);
    }
}

/* Makes the key of a cell and asks for its place in memory. */
static inline void id_index_ask(const id_index *index, text cell, id_key *key)
{
    const uint64_t high_bits = UINT64_C(0x8080808080808080);
    uint64_t first;
    uint32_t rest;
    key->quick = false;
    if (!index->buckets || cell.length == 0 || cell.length > SHORT_ID_BYTES || (unsigned char)cell.bytes[0] <= ' ' ||
        (unsigned char)cell.bytes[cell.length - 1] <= ' ')
        return;
    id_bytes(cell, &first, &rest);
    key->first = first;
    key->rest = rest;
    key->quick = ((first | rest) & high_bits) == 0;
    key->at = id_place(index, first, rest);
    __builtin_prefetch(&index->buckets[key->at]);
}

/* The number of a quick key; INTERN_NONE when there is no such id. All slots of a bucket are compared at once, because
 * which one it is cannot be guessed. A free slot has number 0, and 0 - 1 is INTERN_NONE. */
static inline uint32_t id_index_find(const id_index *index, const id_key *key)
{
    for (size_t at = key->at;; at = (at + 1) & index->mask) {
        const id_slot *slots = index->buckets[at].slots;
        uint32_t found = 0;
        for (int i = 0; i < BUCKET_IDS; i++) {
            uint64_t unlike = (slots[i].first ^ key->first) | (slots[i].rest ^ key->rest);
            found |= slots[i].number & -(uint32_t)(unlike == 0);
        }
        if (found != 0 || slots[BUCKET_IDS - 1].number == 0)
            return found - 1;
    }
}

#endif
