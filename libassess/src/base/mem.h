/* mem: the one door to the heap, and arenas.
 *
 * Every allocation of the library passes through here, so that a test build (ASSESS_FAULTS) can make each one
 * fail in turn. Nothing here aborts: NULL means no memory, and the caller returns ASSESS_E_SYSTEM. */
#ifndef ASSESS_BASE_MEM_H
#define ASSESS_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

void *mem_alloc(size_t size);
void *mem_zalloc(size_t count, size_t size);                   /* zeroed; NULL when count * size overflows */
void *mem_resize(void *block, size_t count, size_t size);      /* like realloc; the old block stays on failure */
void mem_free(void *block);                                    /* NULL is harmless */

/* Grows a dynamic array so that it holds at least `need` elements; doubles. False: no memory, array unchanged. */
bool mem_reserve(void **items, size_t *capacity, size_t need, size_t item_size);
#define MEM_RESERVE(items, capacity, need) \
    mem_reserve((void **)&(items), &(capacity), (need), sizeof *(items))

/* Gives the array that `items` points to room for exactly `capacity` elements. False: no memory, array unchanged. */
bool mem_widen(void *items, size_t capacity, size_t item_size);
#define MEM_WIDEN(items, capacity) mem_widen(&(items), (capacity), sizeof *(items))

/* Bump allocator: many small objects of one lifetime, freed together. Memory is aligned to 16 bytes, not zeroed. */
typedef struct arena {
    struct arena_block *head;
} arena;

void *arena_alloc(arena *a, size_t size);
void *arena_zalloc(arena *a, size_t size);
char *arena_text(arena *a, const char *text, size_t length);   /* NUL-terminated copy */
void arena_free(arena *a);                                     /* leaves an empty arena */

#ifdef ASSESS_FAULTS
/* Test builds only: let `successes` allocations through and fail all that follow; negative = never fail. */
void mem_fault_after(long successes);
long mem_fault_count(void);                                    /* allocations asked for since the last call above */
#endif

#endif
