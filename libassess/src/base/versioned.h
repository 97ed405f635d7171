/* versioned: structs that begin with their size, so that a program and a library of different releases understand each other.
 * Fields are only ever added at the end. */
#ifndef ASSESS_BASE_VERSIONED_H
#define ASSESS_BASE_VERSIONED_H

#include <stdbool.h>
#include <stddef.h>

/* The size that a struct had when `field` was its last one. */
#define SIZE_THROUGH(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))

typedef enum versioned_fault {
    VERSIONED_FINE,
    VERSIONED_SIZE,  /* smaller than the first version, or larger than any struct of this kind will ever be */
    VERSIONED_NEWER  /* has something that this release does not know; what it knows is there */
} versioned_fault;

/* A struct that the caller filled, as this release knows it (out[size]): what the caller's has, zeros for the rest.
 * NULL: all zeros. `first`: the size of the first version. */
versioned_fault versioned_take(void *out, size_t size, size_t first, const void *given);

/* A struct that the caller wants filled. Whether it can be: */
bool versioned_fits(const void *out, size_t first);
/* The fields of full[size] that the caller's struct has room for, zeros behind them; its size stays as the caller set it. */
void versioned_give(void *out, const void *full, size_t size);

#endif
