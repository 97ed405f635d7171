#include "exchange/idindex.h"

#include "base/hash.h"

/* Keyed by chance, as the interner is: no file can be made whose ids all fall into one place. */
static void choose_keys(id_index *index)
{
    if (!random_bytes(index->key, sizeof index->key))
        index->key[0] = index->key[1] = (uint64_t)(uintptr_t)index->block;
    index->key[0] |= 1;
    index->key[1] |= UINT64_C(1) << 63 | 1;
}

/* Zeros stand for the end of an id, so none with a NUL in it is taken. */
static bool is_indexed(text id)
{
    return id.length > 0 && id.length <= SHORT_ID_BYTES && !memchr(id.bytes, '\0', id.length);
}

static void insert(id_index *index, text id, uint32_t number)
{
    id_slot slot = {.number = number + 1};
    id_bytes(id, &slot.first, &slot.rest);
    size_t at = id_place(index, slot.first, slot.rest);
    while (index->buckets[at].slots[BUCKET_IDS - 1].number != 0)
        at = (at + 1) & index->mask;
    id_slot *free_slot = index->buckets[at].slots;
    while (free_slot->number != 0)
        free_slot++;
    *free_slot = slot;
}

/* At most two thirds of the slots are taken, so that few buckets are full. */
bool id_index_make(id_index *index, const interner *ids)
{
    const size_t line = sizeof(id_bucket);
    size_t buckets = 16;
    while (buckets * BUCKET_IDS / 3 * 2 < ids->count)
        buckets *= 2;
    *index = (id_index){.block = mem_zalloc(buckets + 1, line), .mask = buckets - 1};
    if (!index->block)
        return false;
    size_t beyond = (uintptr_t)index->block % line;
    index->buckets = (void *)((char *)index->block + (beyond > 0 ? line - beyond : 0));
    choose_keys(index);
    for (size_t i = 0; i < ids->count; i++)
        if (is_indexed(ids->texts[i]))
            insert(index, ids->texts[i], (uint32_t)i);
    return true;
}

void id_index_free(id_index *index)
{
    mem_free(index->block);
    *index = (id_index){0};
}
