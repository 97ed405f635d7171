/* allot.c: whole shares of a pool by largest remainder, for groups too small for a quota of their own.
 *
 * The total of a pool is the sum of its groups' exact shares, rounded once. Every group gets the whole part of its own share;
 * what is left goes, one each, to the groups with the largest remainders. Where remainders tie, the larger exact share comes
 * first, then the group whose first member stands further up in the table of people. A group that is not pooled has its own
 * exact share, rounded. Everything is exact, and apart from that last resort the order of the people does not matter. */
#include <stdlib.h>

#include "engine/run.h"

/* A group that shares in a pool. */
typedef struct portion {
    uint32_t group, pool; /* groups are numbered by their first member */
    fraction exact, whole, remainder;
} portion;

typedef struct pooling {
    const result *r;
    node_id id;
    const node *n;
    rounding round;
    const membership *pools;
    group_column *out;
    bool *seen;         /* [group]: its share is known */
    portion *portions;  /* of the pooled groups */
    size_t count;
} pooling;

/* The larger remainder first within a pool. */
static int compare_portions(const void *left, const void *right)
{
    const portion *a = left, *b = right;
    int side = a->pool != b->pool ? (a->pool < b->pool ? -1 : 1) : -fraction_compare(a->remainder, b->remainder);
    side = side ? side : -fraction_compare(a->exact, b->exact);
    return side ? side : a->group < b->group ? -1 : 1;
}

static bool split(portion *p)
{
    rounding down = {ROUND_DOWN, {1, 0}};
    return fraction_round(p->exact, down, &p->whole) && fraction_subtract(p->exact, p->whole, &p->remainder);
}

/* A group's share and pool are those of its first member in the cohort. */
static void take_group(pooling *t, uint32_t subject)
{
    const result *r = t->r;
    uint32_t group = group_of(t->out->of, subject);
    fraction exact = column_value(r->plan, r->inner->columns[t->n->args[1]], subject);
    bool pooled = r->inner->columns[t->n->args[2]]->whole[subject] != 0, fine;
    if (t->seen[group])
        return;
    t->seen[group] = true;
    if (!is_broken(t->out->missing[group]))
        t->out->missing[group] = NODE_NONE;
    if (pooled) {
        portion *p = &t->portions[t->count++];
        *p = (portion){.group = group, .pool = group_of(t->pools, subject), .exact = exact};
        fine = split(p);
        t->out->values[group] = p->whole;
    } else {
        fine = fraction_round(exact, t->round, &t->out->values[group]);
    }
    if (!fine)
        group_spoil(t->out, group, t->id);
}

/* A group nobody of whom has a share has no places, and none is not known to be 0: its rate is missing. */
static void note_missing(pooling *t, uint32_t subject)
{
    uint32_t group = group_of(t->out->of, subject);
    node_id missing = t->r->inner->columns[t->n->args[1]]->missing[subject];
    if (!t->seen[group] && t->out->missing[group] == NODE_NONE && missing != NODE_NONE && !is_broken(missing))
        t->out->missing[group] = missing;
}

static void spoil_if_broken(pooling *t, uint32_t subject)
{
    for (uint32_t a = 0; a < t->n->arg_count; a++)
        if (is_broken(t->r->inner->columns[t->n->args[a]]->missing[subject]))
            group_spoil(t->out, group_of(t->out->of, subject), t->id);
}

/* How many are left of the pool's total when each of its portions has its whole part. */
static bool find_rest(const pooling *t, const portion *first, size_t count, fraction *rest)
{
    fraction total = fraction_of(0, 1), given = total;
    for (size_t i = 0; i < count; i++)
        if (!fraction_add(total, first[i].exact, &total) || !fraction_add(given, first[i].whole, &given))
            return false;
    return fraction_round(total, t->round, &total) && fraction_subtract(total, given, rest);
}

static void share_pool(pooling *t, const portion *first, size_t count)
{
    fraction rest;
    bool fine = find_rest(t, first, count, &rest);
    for (size_t i = 0; i < count; i++) {
        if (fine && fraction_compare(fraction_of((int64_t)i, 1), rest) < 0)
            fine = fraction_add(first[i].whole, fraction_of(1, 1), &t->out->values[first[i].group]);
        if (!fine)
            group_spoil(t->out, first[i].group, t->id);
    }
}

static void share_pools(pooling *t)
{
    if (t->count)
        qsort(t->portions, t->count, sizeof *t->portions, compare_portions);
    for (size_t i = 0, end; i < t->count; i = end) {
        for (end = i + 1; end < t->count && t->portions[end].pool == t->portions[i].pool;)
            end++;
        share_pool(t, t->portions + i, end - i);
    }
}

assess_status allot_find(result *r, node_id id, group_column *out, assess_error *err)
{
    const node *n = &r->plan->nodes[id];
    const group_source *s = &r->plan->groups[n->source];
    pooling t = {.r = r, .id = id, .n = n, .round = s->round, .out = out, .pools = membership_of(r, s->pool, s->pool_attribute)};
    t.seen = mem_zalloc(out->of->count + 1, sizeof *t.seen);
    t.portions = mem_alloc((out->of->count + 1) * sizeof *t.portions);
    bool fine = t.pools && t.seen && t.portions;
    for (uint32_t i = 0; fine && i < r->count; i++) {
        if (in_cohort(r, n, i)) {
            take_group(&t, i);
            continue;
        }
        note_missing(&t, i);
        spoil_if_broken(&t, i);
    }
    if (fine)
        share_pools(&t);
    mem_free(t.seen);
    mem_free(t.portions);
    return fine ? ASSESS_OK : error_no_memory(err);
}
