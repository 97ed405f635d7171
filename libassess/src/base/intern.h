/* intern: texts to dense numbers 0, 1, 2 … in order of first appearance. Finding is safe from many threads as
 * long as nobody adds. */
#ifndef ASSESS_BASE_INTERN_H
#define ASSESS_BASE_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/text.h"

#define INTERN_NONE UINT32_MAX

typedef struct interner {
    arena bytes;
    text *texts;          /* [count] */
    size_t count, capacity;
    struct intern_slot *slots; /* open addressing, power of two */
    size_t slot_count;
    uint64_t key;         /* of the hash, by chance: no input can be made to collide */
} interner;

/* The number of `t`, added with a copy of its bytes when new. INTERN_NONE: no memory. */
uint32_t intern_add(interner *in, text t);
uint32_t intern_find(const interner *in, text t); /* INTERN_NONE when absent */
/* For many texts that are looked up one after the other: asks memory for what the look-up of a text of that hash will touch, each step
 * for what the step before has led to. Take every step for all texts before the next one. */
enum { INTERN_STEPS = 3 };
uint32_t intern_hash(const interner *in, text t);
void intern_ask(const interner *in, uint32_t hash, int step);
void intern_free(interner *in);

#endif
