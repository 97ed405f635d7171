/* mem: malloc with a door in front of it. The only mutable global of the library is the fault counter, and only
 * test builds have it. */
#include "base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef ASSESS_FAULTS
#include <stdatomic.h>

static atomic_long fault_limit = -1;
static atomic_long fault_asked;

void mem_fault_after(long successes)
{
    atomic_store(&fault_limit, successes);
    atomic_store(&fault_asked, 0);
}

long mem_fault_count(void)
{
    return atomic_load(&fault_asked);
}

static bool fault_due(void)
{
    long number = atomic_fetch_add(&fault_asked, 1);
    long limit = atomic_load(&fault_limit);
    return limit >= 0 && number >= limit;
}
#else
static inline bool fault_due(void)
{
    return false;
}
#endif

/* The product, never 0 so that NULL always means no memory; false on overflow. */
static bool block_size(size_t count, size_t size, size_t *out)
{
    if (__builtin_mul_overflow(count, size, out))
        return false;
    if (*out == 0)
        *out = 1;
    return true;
}

void *mem_alloc(size_t size)
{
    return fault_due() ? NULL : malloc(size ? size : 1);
}

void *mem_zalloc(size_t count, size_t size)
{
    size_t total;
    if (!block_size(count, size, &total) || fault_due())
        return NULL;
    return calloc(1, total);
}

void *mem_resize(void *block, size_t count, size_t size)
{
    size_t total;
    if (!block_size(count, size, &total) || fault_due())
        return NULL;
    return realloc(block, total);
}

void mem_free(void *block)
{
    free(block);
}

/* The caller's pointer has its own type: memcpy reads and writes it without breaking the aliasing rules. */
bool mem_widen(void *items, size_t capacity, size_t item_size)
{
    void *block;
    memcpy(&block, items, sizeof block);
    void *wider = mem_resize(block, capacity, item_size);
    if (wider)
        memcpy(items, &wider, sizeof wider);
    return wider != NULL;
}

bool mem_reserve(void **items, size_t *capacity, size_t need, size_t item_size)
{
    enum { FIRST = 8 };
    if (need <= *capacity)
        return true;
    size_t doubled = *capacity > SIZE_MAX / 2 ? need : *capacity * 2;
    size_t wanted = need > doubled ? need : doubled;
    if (wanted < FIRST)
        wanted = FIRST;
    if (!mem_widen(items, wanted, item_size))
        return false;
    *capacity = wanted;
    return true;
}

/* ---- arena ---- */

enum { ARENA_ALIGN = 16, ARENA_FIRST_BLOCK = 1024, ARENA_LARGEST_BLOCK = 256 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(ARENA_ALIGN) char bytes[];
};

static struct arena_block *block_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = mem_alloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->next = NULL;
    block->used = 0;
    block->size = size;
    return block;
}

/* The block that takes `size` bytes: a new head, twice the old one; or, for something large, a block of its own
 * behind the head, so that the room left in the head is not lost. */
static struct arena_block *arena_grow(arena *a, size_t size)
{
    struct arena_block *head = a->head;
    size_t usual = head ? head->size * 2 : ARENA_FIRST_BLOCK;
    if (usual > ARENA_LARGEST_BLOCK)
        usual = ARENA_LARGEST_BLOCK;
    bool own = head && size > usual / 4;
    struct arena_block *block = block_new(size > usual || own ? size : usual);
    if (!block)
        return NULL;
    if (own) {
        block->next = head->next;
        head->next = block;
    } else {
        block->next = head;
        a->head = block;
    }
    return block;
}

static void *arena_take(arena *a, size_t size, size_t align)
{
    struct arena_block *head = a->head;
    if (head) {
        size_t start = (head->used + align - 1) & ~(align - 1);
        if (start <= head->size && size <= head->size - start) {
            head->used = start + size;
            return head->bytes + start;
        }
    }
    struct arena_block *block = arena_grow(a, size);
    if (!block)
        return NULL;
    block->used = size;
    return block->bytes;
}

void *arena_alloc(arena *a, size_t size)
{
    return arena_take(a, size ? size : 1, ARENA_ALIGN);
}

void *arena_zalloc(arena *a, size_t size)
{
    void *block = arena_alloc(a, size);
    if (block)
        memset(block, 0, size);
    return block;
}

/* Texts need no alignment: a million short ids are packed. */
char *arena_text(arena *a, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = arena_take(a, length + 1, 1);
    if (!copy)
        return NULL;
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void arena_free(arena *a)
{
    struct arena_block *block = a->head;
    a->head = NULL;
    while (block) {
        struct arena_block *next = block->next;
        mem_free(block);
        block = next;
    }
}
