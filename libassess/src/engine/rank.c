/* rank.c: 1 1 3 over everybody assessed, by score from high to low. A radix sort, because a run may have millions. */
#include <string.h>

#include "engine/run.h"

typedef struct entry {
    uint64_t key; /* smaller = better */
    uint32_t subject;
} entry;

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS };

/* One pass over the digit at `shift`; false when all entries share it and nothing moved. */
static bool sort_digit(const entry *from, entry *to, size_t n, int shift)
{
    size_t count[RADIX] = {0}, at = 0;
    for (size_t i = 0; i < n; i++)
        count[from[i].key >> shift & (RADIX - 1)]++;
    if (count[from[0].key >> shift & (RADIX - 1)] == n)
        return false;
    for (size_t d = 0; d < RADIX; d++) {
        size_t here = count[d];
        count[d] = at;
        at += here;
    }
    for (size_t i = 0; i < n; i++)
        to[count[from[i].key >> shift & (RADIX - 1)]++] = from[i];
    return true;
}

static entry *sort_entries(entry *a, entry *b, size_t n)
{
    for (int shift = 0; shift < 64; shift += RADIX_BITS)
        if (sort_digit(a, b, n, shift)) {
            entry *swap = a;
            a = b;
            b = swap;
        }
    return a;
}

static size_t collect(const result *r, entry *entries)
{
    size_t n = 0;
    for (size_t i = 0; i < r->count; i++)
        if (r->status[i] == STATUS_ASSESSED)
            entries[n++] = (entry){(uint64_t)INT64_MAX - (uint64_t)r->score[i], (uint32_t)i};
    return n;
}

assess_status rank_batch(result *r, assess_error *err)
{
    if (r->plan->rank == SIZE_MAX || !r->count)
        return ASSESS_OK;
    entry *entries = mem_zalloc(r->count, 2 * sizeof *entries);
    if (!entries)
        return error_no_memory(err);
    size_t n = collect(r, entries);
    entry *sorted = n ? sort_entries(entries, entries + r->count, n) : entries;
    for (size_t i = 0; i < n; i++) {
        bool same = i && sorted[i].key == sorted[i - 1].key;
        r->rank[sorted[i].subject] = same ? r->rank[sorted[i - 1].subject] : (uint32_t)i + 1;
        if (!same)
            continue;
        r->flags[sorted[i].subject] |= FLAG_TIE;
        r->flags[sorted[i - 1].subject] |= FLAG_TIE;
    }
    mem_free(entries);
    return ASSESS_OK;
}
