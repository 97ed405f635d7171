/* intern: a hash table with open addressing. A slot keeps 32 bits of the hash beside the number, so that probing
 * reads the texts themselves about once. The hash is keyed by chance, so that no input file can be made whose ids
 * all fall into one place; nothing that anybody sees depends on it, for numbers follow the order of appearance. */
#include "base/intern.h"

#include <string.h>

#include "base/hash.h"

struct intern_slot {
    uint32_t hash;
    uint32_t place; /* number + 1; 0: free */
};

enum { FIRST_SLOTS = 64 };

static uint64_t fold_product(uint64_t a, uint64_t b)
{
    __extension__ typedef unsigned __int128 product;
    product p = (product)a * b;
    return (uint64_t)p ^ (uint64_t)(p >> 64);
}

/* Eight bytes a step: mix in, multiply to 128 bits, fold the halves together. */
static uint32_t hash_of(uint64_t key, text t)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio */
    const char *at = t.bytes;
    uint64_t hash = key ^ t.length, word;
    size_t left = t.length;
    for (; left >= sizeof word; left -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        hash = fold_product(hash ^ word, key);
    }
    if (left > 0) {
        word = 0;
        memcpy(&word, at, left);
        hash = fold_product(hash ^ word, key);
    }
    hash = fold_product(hash, odd);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot of t, or the free slot where it would go. */
static size_t probe(const interner *in, text t, uint32_t hash)
{
    size_t mask = in->slot_count - 1, at = hash & mask;
    for (; in->slots[at].place != 0; at = (at + 1) & mask) {
        if (in->slots[at].hash == hash && text_equal(in->texts[in->slots[at].place - 1], t))
            break;
    }
    return at;
}

uint32_t intern_find(const interner *in, text t)
{
    if (in->slot_count == 0)
        return INTERN_NONE;
    /* A free slot has place 0, and 0 - 1 is INTERN_NONE. */
    return in->slots[probe(in, t, hash_of(in->key, t))].place - 1;
}

uint32_t intern_hash(const interner *in, text t) { return hash_of(in->key, t); }

void intern_ask(const interner *in, uint32_t hash, int step)
{
    if (in->slot_count == 0)
        return;
    const struct intern_slot *slot = &in->slots[hash & (in->slot_count - 1)];
    if (step == 0)
        __builtin_prefetch(slot);
    else if (slot->place && slot->hash == hash)
        __builtin_prefetch(step == 1 ? (const void *)&in->texts[slot->place - 1] : (const void *)in->texts[slot->place - 1].bytes);
}

static void choose_key(interner *in)
{
    if (!random_bytes(&in->key, sizeof in->key))
        in->key = (uint64_t)(uintptr_t)in->slots;
    in->key |= 1;
}

/* Twice the slots; two thirds of them at most are ever taken. */
static bool grow(interner *in)
{
    size_t count = in->slot_count ? in->slot_count * 2 : FIRST_SLOTS, mask = count - 1;
    struct intern_slot *slots = mem_resize(NULL, count, sizeof *slots);
    if (!slots)
        return false;
    memset(slots, 0, count * sizeof *slots); /* written: a page of zeros that is read first stops all threads for a moment when it is written to */
    for (size_t i = 0; i < in->slot_count; i++) {
        if (in->slots[i].place == 0)
            continue;
        size_t at = in->slots[i].hash & mask;
        while (slots[at].place != 0)
            at = (at + 1) & mask;
        slots[at] = in->slots[i];
    }
    mem_free(in->slots);
    in->slots = slots;
    if (in->slot_count == 0)
        choose_key(in);
    in->slot_count = count;
    return true;
}

uint32_t intern_add(interner *in, text t)
{
    if (in->slot_count == 0 && !grow(in))
        return INTERN_NONE;
    uint32_t hash = hash_of(in->key, t);
    size_t at = probe(in, t, hash);
    if (in->slots[at].place != 0)
        return in->slots[at].place - 1;
    if (in->count >= INTERN_NONE - 1 || !MEM_RESERVE(in->texts, in->capacity, in->count + 1))
        return INTERN_NONE;
    if (in->count + 1 > in->slot_count / 3 * 2) {
        if (!grow(in))
            return INTERN_NONE;
        at = probe(in, t, hash);
    }
    const char *copy = arena_text(&in->bytes, t.bytes, t.length);
    if (!copy)
        return INTERN_NONE;
    uint32_t number = (uint32_t)in->count++;
    in->texts[number] = (text){copy, t.length};
    in->slots[at] = (struct intern_slot){hash, number + 1};
    return number;
}

void intern_free(interner *in)
{
    arena_free(&in->bytes);
    mem_free(in->texts);
    mem_free(in->slots);
    *in = (interner){0};
}
