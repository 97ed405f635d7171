/* column.c: the values of one node for everybody, kept from one pass over the subjects to the barrier behind it. What is a
 * whole number by its nature takes 8 bytes a subject: a truth, a grade, a rounded score. */
#include "engine/run.h"

static bool is_whole(const node *n) { return n->kind != KIND_NUMBER || n->op == OP_ROUND; }

static rounding unit_of(const node *n)
{
    rounding one = {ROUND_DOWN, {1, 0}};
    return n->op == OP_ROUND ? n->round : one;
}

column *column_open(const plan *p, node_id id, size_t count)
{
    column *c = mem_zalloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->node = id;
    c->missing = mem_alloc((count + 1) * sizeof *c->missing);
    if (is_whole(&p->nodes[id]))
        c->whole = mem_alloc((count + 1) * sizeof *c->whole);
    else
        c->values = mem_alloc((count + 1) * sizeof *c->values);
    if (c->missing && (c->whole || c->values))
        return c;
    column_free(c);
    return NULL;
}

void column_free(column *c)
{
    if (!c)
        return;
    mem_free(c->missing);
    mem_free(c->whole);
    mem_free(c->values);
    mem_free(c);
}

/* A rounded value that is no 64-bit number of units is as good as one that could not be computed. */
static void take_rounded(column *c, const block *k, const fraction *values)
{
    rounding unit = k->outcome->plan->nodes[c->node].round;
    bool plain = unit.unit.coeff == 1 && unit.unit.scale == 0;
    for (size_t i = 0; i < k->lanes; i++) {
        node_id *missing = &c->missing[k->first + i];
        int128 units = values[i].num;
        bool fits = *missing != NODE_NONE || (plain && values[i].den == 1) || fraction_round_units(values[i], unit, &units);
        if (!fits || units > INT64_MAX || units < -INT64_MAX)
            *missing = c->node | BROKEN;
        c->whole[k->first + i] = *missing == NODE_NONE ? (int64_t)units : 0;
    }
}

void column_take(column *c, const block *k)
{
    const fraction *values = &k->values[c->node * BLOCK];
    for (size_t i = 0; i < k->lanes; i++)
        c->missing[k->first + i] = k->missing[c->node * BLOCK + i];
    for (size_t i = 0; c->values && i < k->lanes; i++)
        c->values[k->first + i] = values[i];
    for (size_t i = 0; c->whole && !is_number(k, c->node) && i < k->lanes; i++)
        c->whole[k->first + i] = k->whole[c->node * BLOCK + i];
    if (c->whole && is_number(k, c->node))
        take_rounded(c, k, values);
}

fraction column_value(const plan *p, const column *c, uint32_t subject)
{
    if (!c->whole)
        return c->values[subject];
    rounding unit = unit_of(&p->nodes[c->node]);
    return (fraction){(int128)c->whole[subject] * unit.unit.coeff, power_of_ten(unit.unit.scale)};
}
