/* place.c: what needs an order: places 1 1 3, draws, medians. One whole-number key, as a rounded score is, goes by a radix sort,
 * because a run may have millions; everything else by merging, comparing exact values. */
#include <string.h>

#include "engine/run.h"

typedef struct entry {
    uint64_t key; /* smaller = better; when compared by merging: not used */
    uint32_t subject;
} entry;

typedef struct sorting {
    const result *r;
    const node *n;
    const group_source *source;
    const membership *of;
    digest *drawn; /* [subject]: GROUP_DRAW */
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

static entry *sort_by_key(entry *a, entry *b, size_t n)
{
    for (int shift = 0; n && shift < 64; shift += RADIX_BITS)
        if (sort_digit(a, b, n, shift)) {
            entry *swap = a;
            a = b;
            b = swap;
        }
    return a;
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

static int compare(const sorting *s, uint32_t a, uint32_t b)
{
    if (s->of->group && s->of->group[a] != s->of->group[b])
        return s->of->group[a] < s->of->group[b] ? -1 : 1;
    return s->drawn ? memcmp(s->drawn[a].bytes, s->drawn[b].bytes, sizeof s->drawn[a].bytes) : compare_values(s, a, b);
}

static void merge(const sorting *s, const entry *from, entry *to, size_t low, size_t middle, size_t high)
{
    size_t a = low, b = middle;
    for (size_t i = low; i < high; i++) {
        bool first = a < middle && (b >= high || compare(s, from[a].subject, from[b].subject) <= 0);
        to[i] = from[first ? a++ : b++];
    }
}

static entry *sort_by_merging(const sorting *s, entry *a, entry *b, size_t n)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n, high = low + 2 * width < n ? low + 2 * width : n;
            merge(s, a, b, low, middle, high);
        }
        entry *swap = a;
        a = b;
        b = swap;
    }
    return a;
}

/* --- the order --- */

static bool by_one_whole_key(const sorting *s)
{
    return !s->drawn && !s->of->group && s->n->arg_count == 2 && s->r->inner->columns[s->n->args[1]]->whole;
}

static uint64_t key_of(const sorting *s, uint32_t subject)
{
    uint64_t low_first = (uint64_t)s->r->inner->columns[s->n->args[1]]->whole[subject] + (uint64_t)INT64_MAX;
    return s->source->low_first & 1 ? low_first : UINT64_MAX - low_first;
}

static size_t collect(const sorting *s, entry *entries)
{
    size_t n = 0;
    bool keyed = by_one_whole_key(s);
    for (uint32_t i = 0; i < s->r->count; i++)
        if (in_cohort(s->r, s->n, i))
            entries[n++] = (entry){keyed ? key_of(s, i) : 0, i};
    return n;
}

static bool same_place(const sorting *s, uint32_t a, uint32_t b)
{
    return compare(s, a, b) == 0 && !s->drawn;
}

static bool same_group(const sorting *s, uint32_t a, uint32_t b) { return !s->of->group || s->of->group[a] == s->of->group[b]; }

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
        uint32_t group = s->of->group ? s->of->group[sorted[i].subject] : 0;
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
        char digits[160];
        buffer b = {0};
        buffer_add(&b, digits, fraction_print(column_value(s->r->plan, seed, i), digits, sizeof digits));
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
    if (out->place && out->tied && op == GROUP_DRAW) {
        s->drawn = mem_alloc((r->count + 1) * sizeof *s->drawn);
        return s->drawn && draw(s, s->drawn);
    }
    return out->place && out->tied;
}

assess_status place_find(result *r, node_id id, group_column *out, assess_error *err)
{
    const node *n = &r->plan->nodes[id];
    sorting s = {.r = r, .n = n, .source = &r->plan->groups[n->source], .of = out->of};
    entry *entries = mem_alloc((2 * r->count + 2) * sizeof *entries);
    bool fine = entries && open_places(r, s.source->op, &s, out);
    if (fine) {
        size_t count = collect(&s, entries);
        entry *sorted = by_one_whole_key(&s) ? sort_by_key(entries, entries + r->count, count)
                                             : sort_by_merging(&s, entries, entries + r->count, count);
        if (s.source->op == GROUP_MEDIAN)
            give_medians(&s, sorted, count, out, id);
        else
            give_places(&s, sorted, count, out);
    }
    mem_free(entries);
    mem_free(s.drawn);
    return fine ? ASSESS_OK : error_no_memory(err);
}
