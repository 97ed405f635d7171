/* place.c: what needs an order: places 1 1 3, draws, medians. A radix sort by 64 bits of every key, because a run may have millions;
 * where these bits cannot tell two values apart that differ, a merge sort by the exact values puts the group right. */
#include <string.h>

#include "base/figure.h"
#include "engine/run.h"

typedef struct entry {
    uint64_t key; /* smaller = better */
    uint32_t subject;
} entry;

typedef struct sorting {
    const result *r;
    const node *n;
    const group_source *source;
    const membership *of;
    bool draws;    /* GROUP_DRAW … */
    digest *drawn; /* … [subject] */
} sorting;

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

/* The entries sorted by their keys, those of one key as they were before, in *a; *b: the other half. */
static void sort_by_key(entry **a, entry **b, size_t n)
{
    for (int shift = 0; n && shift < 64; shift += RADIX_BITS)
        if (sort_digit(*a, *b, n, shift)) {
            entry *swap = *a;
            *a = *b;
            *b = swap;
        }
}

/* --- comparing --- */

static int compare_values(const sorting *s, uint32_t a, uint32_t b)
{
    int side = 0;
    for (uint32_t i = 1; !side && i < s->n->arg_count; i++) {
        const column *c = s->r->inner->columns[s->n->args[i]];
        side = c->whole ? (c->whole[a] > c->whole[b]) - (c->whole[a] < c->whole[b]) : fraction_compare(c->values[a], c->values[b]);
        if (!(s->source->low_first >> (i - 1) & 1))
            side = -side;
    }
    return side;
}

/* Of two in one group. */
static int compare(const sorting *s, uint32_t a, uint32_t b)
{
    return s->drawn ? memcmp(s->drawn[a].bytes, s->drawn[b].bytes, sizeof s->drawn[a].bytes) : compare_values(s, a, b);
}

static bool same_group(const sorting *s, uint32_t a, uint32_t b) { return group_of(s->of, a) == group_of(s->of, b); }

static void merge(const sorting *s, const entry *from, entry *to, size_t low, size_t middle, size_t high)
{
    size_t a = low, b = middle;
    for (size_t i = low; i < high; i++) {
        bool first = a < middle && (b >= high || compare(s, from[a].subject, from[b].subject) <= 0);
        to[i] = from[first ? a++ : b++];
    }
}

/* Sorts a[0 … n); b is room. */
static void sort_by_merging(const sorting *s, entry *a, entry *b, size_t n)
{
    entry *from = a, *to = b;
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n, high = low + 2 * width < n ? low + 2 * width : n;
            merge(s, from, to, low, middle, high);
        }
        entry *swap = from;
        from = to;
        to = swap;
    }
    if (from != a)
        memcpy(a, from, n * sizeof *a);
}

/* --- the order --- */

static uint32_t key_count(const sorting *s) { return s->draws ? 1 : s->n->arg_count - 1; }

/* Of a fraction the whole billionths: in the right order, though not always told apart. */
static int64_t nearly(fraction value)
{
    rounding billionths = {ROUND_DOWN, {1, 9}};
    int128 units;
    if (fraction_round_units(value, billionths, &units) && units < INT64_MAX && units > -INT64_MAX)
        return (int64_t)units;
    return value.num < 0 ? -INT64_MAX : INT64_MAX;
}

static uint64_t first_bytes(const digest *d)
{
    uint64_t key = 0;
    for (int i = 0; i < 8; i++)
        key = key << 8 | d->bytes[i];
    return key;
}

static uint64_t key_of(const sorting *s, uint32_t number, uint32_t subject)
{
    if (s->draws)
        return first_bytes(&s->drawn[subject]);
    const column *c = s->r->inner->columns[s->n->args[number]];
    uint64_t low_first = (uint64_t)(c->whole ? c->whole[subject] : nearly(c->values[subject])) + (uint64_t)INT64_MAX;
    return s->source->low_first >> (number - 1) & 1 ? low_first : UINT64_MAX - low_first;
}

static bool in_order(const sorting *s, const entry *sorted, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (compare(s, sorted[i - 1].subject, sorted[i].subject) > 0)
            return false;
    return true;
}

/* Whether the keys tell everybody apart who is not equal. */
static bool is_exact(const sorting *s)
{
    bool exact = !s->draws;
    for (uint32_t number = 1; exact && number < s->n->arg_count; number++)
        exact = s->r->inner->columns[s->n->args[number]]->whole != NULL;
    return exact;
}

/* By group, then by the chain: the last key first, since each sort keeps the order of the one before. */
static entry *sort_all(const sorting *s, entry *a, entry *b, size_t n)
{
    bool exact = is_exact(s);
    for (uint32_t number = key_count(s); number >= 1; number--) {
        for (size_t i = 0; i < n; i++)
            a[i].key = key_of(s, number, a[i].subject);
        sort_by_key(&a, &b, n);
    }
    for (size_t i = 0; s->of->group && i < n; i++)
        a[i].key = s->of->group[a[i].subject];
    if (s->of->group)
        sort_by_key(&a, &b, n);
    for (size_t i = 0, end; !exact && i < n; i = end) {
        for (end = i + 1; end < n && same_group(s, a[i].subject, a[end].subject);)
            end++;
        if (!in_order(s, a + i, end - i))
            sort_by_merging(s, a + i, b + i, end - i);
    }
    return a;
}

static size_t collect(const sorting *s, entry *entries)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->r->count; i++)
        if (in_cohort(s->r, s->n, i))
            entries[n++] = (entry){0, i};
    return n;
}

static bool same_place(const sorting *s, uint32_t a, uint32_t b)
{
    return !s->draws && same_group(s, a, b) && compare_values(s, a, b) == 0;
}

static void give_places(const sorting *s, const entry *sorted, size_t n, group_column *out)
{
    size_t start = 0; /* of the group */
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        if (i && !same_group(s, sorted[i - 1].subject, sorted[i].subject))
            start = i;
        while (end < n && same_place(s, sorted[i].subject, sorted[end].subject))
            end++;
        for (size_t at = i; at < end; at++) {
            out->place[sorted[at].subject] = (uint32_t)(i - start) + 1;
            out->tied[sorted[at].subject] = (uint32_t)(end - i);
        }
        i = end;
    }
}

/* The middle value, or the mean of the two in the middle. */
static void give_medians(const sorting *s, const entry *sorted, size_t n, group_column *out, node_id id)
{
    const column *c = s->r->inner->columns[s->n->args[1]];
    for (uint32_t g = 0; g < s->of->count; g++)
        out->missing[g] = id;
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && same_group(s, sorted[i].subject, sorted[end].subject))
            end++;
        uint32_t group = group_of(s->of, sorted[i].subject);
        fraction low = column_value(s->r->plan, c, sorted[i + (end - i - 1) / 2].subject);
        fraction high = column_value(s->r->plan, c, sorted[i + (end - i) / 2].subject);
        bool fine = fraction_add(low, high, &out->values[group]) &&
                    fraction_divide(out->values[group], fraction_of(2, 1), &out->values[group]);
        out->missing[group] = fine ? NODE_NONE : id | BROKEN;
        i = end;
    }
}

/* SHA-256 of the seed as a decimal, a colon and the id: anybody can repeat the draw. */
static bool draw(const sorting *s, digest *drawn)
{
    const column *seed = s->r->inner->columns[s->n->args[1]];
    for (uint32_t i = 0; i < s->r->count; i++) {
        if (!in_cohort(s->r, s->n, i))
            continue;
        buffer b = {0};
        buffer_add_fraction(&b, column_value(s->r->plan, seed, i));
        buffer_add_char(&b, ':');
        buffer_add_text(&b, s->r->batch->people.ids.texts[i]);
        bool fine = !b.failed && digest_of(b.bytes, b.length, &drawn[i]);
        buffer_free(&b);
        if (!fine)
            return false;
    }
    return true;
}

static bool open_places(const result *r, group_op op, sorting *s, group_column *out)
{
    if (op == GROUP_MEDIAN)
        return true;
    out->place = mem_zalloc(r->count + 1, sizeof *out->place);
    out->tied = mem_zalloc(r->count + 1, sizeof *out->tied);
    if (out->place && out->tied && s->draws) {
        s->drawn = mem_alloc((r->count + 1) * sizeof *s->drawn);
        return s->drawn && draw(s, s->drawn);
    }
    return out->place && out->tied;
}

assess_status place_find(result *r, node_id id, group_column *out, assess_error *err)
{
    const node *n = &r->plan->nodes[id];
    sorting s = {.r = r, .n = n, .source = &r->plan->groups[n->source], .of = out->of};
    s.draws = s.source->op == GROUP_DRAW;
    entry *entries = mem_alloc((2 * r->count + 2) * sizeof *entries);
    bool fine = entries && open_places(r, s.source->op, &s, out);
    if (fine) {
        size_t count = collect(&s, entries);
        entry *sorted = sort_all(&s, entries, entries + r->count, count);
        if (s.source->op == GROUP_MEDIAN)
            give_medians(&s, sorted, count, out, id);
        else
            give_places(&s, sorted, count, out);
    }
    mem_free(entries);
    mem_free(s.drawn);
    return fine ? ASSESS_OK : error_no_memory(err);
}
