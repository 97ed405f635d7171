/* range.c: between which figures the value of a node can lie, whatever the data. Only what is certain is said: a figure of which
 * too little is known has no bounds. */
#include "plan/range.h"

static const range anything = {0};

static range at_least(int64_t low) { return (range){.has_low = true, .low = fraction_of(low, 1)}; }

static range between(fraction low, fraction high) { return (range){true, true, low, high}; }

/* --- sources --- */

static range of_item(const plan_item *item)
{
    range r = between(fraction_of(0, 1), fraction_from_decimal(item->maximum));
    bool any = false;
    for (size_t o = 0; o < item->option_count; o++) {
        fraction points = fraction_from_decimal(item->options[o].points);
        if (!item->options[o].counted)
            continue;
        r.low = !any || fraction_compare(points, r.low) < 0 ? points : r.low;
        r.high = !any || fraction_compare(points, r.high) > 0 ? points : r.high;
        any = true;
    }
    return r;
}

static range of_total(const plan *p)
{
    range r = between(fraction_of(0, 1), fraction_of(0, 1));
    for (size_t i = 0; i < p->item_count; i++) {
        range item = of_item(&p->items[i]);
        if (!fraction_add(r.low, item.low, &r.low) || !fraction_add(r.high, item.high, &r.high))
            return anything;
    }
    return r;
}

static range of_ballots(const plan *p, const ballot_source *s)
{
    switch (s->reducer) {
    case BALLOT_MEAN:
    case BALLOT_MEDIAN:
    case BALLOT_HIGHEST:
    case BALLOT_LOWEST: return s->item == ITEM_TOTAL ? of_total(p) : of_item(&p->items[s->item]);
    case BALLOT_SUM:
    case BALLOT_COUNT:
    case BALLOT_NOT_COUNTED:
    case BALLOT_INVALID:
    case BALLOT_CHOSEN: return at_least(0);
    }
    return anything;
}

static range of_attribute(const plan_attribute *a)
{
    return a->bounded ? between(fraction_from_decimal(a->minimum), fraction_from_decimal(a->maximum)) : anything;
}

/* A parameter may be set to anything within its bounds. */
static range of_constant(const plan *p, const node *n)
{
    const plan_param *q = n->source ? &p->params[n->source - 1] : NULL;
    return q ? between(fraction_from_decimal(q->minimum), fraction_from_decimal(q->maximum)) : between(n->constant, n->constant);
}

static bool may_be_negative(event_figure f) { return f == FIGURE_AMOUNT; }

static range of_source(const plan *p, const node *n)
{
    switch (n->op) {
    case OP_CONSTANT: return of_constant(p, n);
    case OP_BALLOTS: return of_ballots(p, &p->ballots[n->source]);
    case OP_EVENTS: return may_be_negative(p->events[n->source].figure) ? anything : at_least(0);
    case OP_ATTRIBUTE: return of_attribute(&p->attributes[n->source]);
    case OP_MONTHS_IN_POST: return at_least(0);
    case OP_PAST: return p->past[n->source].reducer == PAST_SCORE ? anything : at_least(0);
    default: return anything;
    }
}

/* --- operations --- */

static range add(range a, range b)
{
    range r = {.has_low = a.has_low && b.has_low, .has_high = a.has_high && b.has_high};
    r.has_low = r.has_low && fraction_add(a.low, b.low, &r.low);
    r.has_high = r.has_high && fraction_add(a.high, b.high, &r.high);
    return r;
}

static range negative(range a)
{
    range r = {.has_low = a.has_high, .has_high = a.has_low};
    r.has_low = r.has_low && fraction_subtract(fraction_of(0, 1), a.high, &r.low);
    r.has_high = r.has_high && fraction_subtract(fraction_of(0, 1), a.low, &r.high);
    return r;
}

static range scaled(range a, fraction factor)
{
    range r = {.has_low = a.has_low, .has_high = a.has_high};
    if (fraction_sign(factor) < 0)
        return anything;
    r.has_low = r.has_low && fraction_multiply(a.low, factor, &r.low);
    r.has_high = r.has_high && fraction_multiply(a.high, factor, &r.high);
    return r;
}

static bool is_one_value(range a) { return a.has_low && a.has_high && fraction_compare(a.low, a.high) == 0; }

static bool is_not_negative(range a) { return a.has_low && fraction_sign(a.low) >= 0; }

static range multiply(range a, range b)
{
    if (is_one_value(b))
        return scaled(a, b.low);
    if (is_one_value(a))
        return scaled(b, a.low);
    if (!is_not_negative(a) || !is_not_negative(b))
        return anything;
    range r = {.has_low = true, .has_high = a.has_high && b.has_high};
    r.has_low = fraction_multiply(a.low, b.low, &r.low);
    r.has_high = r.has_high && fraction_multiply(a.high, b.high, &r.high);
    return r;
}

static range divide(range a, range b)
{
    fraction factor;
    bool by_one = is_one_value(b) && fraction_sign(b.low) > 0 && fraction_divide(fraction_of(1, 1), b.low, &factor);
    return by_one ? scaled(a, factor) : anything;
}

static fraction larger(fraction a, fraction b) { return fraction_compare(a, b) < 0 ? b : a; }
static fraction smaller(fraction a, fraction b) { return fraction_compare(a, b) > 0 ? b : a; }

static range not_below(range a, range b)
{
    range r = {.has_low = a.has_low || b.has_low, .has_high = a.has_high && b.has_high};
    r.low = !b.has_low ? a.low : a.has_low ? larger(a.low, b.low) : b.low;
    r.high = r.has_high ? larger(a.high, b.high) : r.high;
    return r;
}

static range not_above(range a, range b) { return negative(not_below(negative(a), negative(b))); }

static range either(range a, range b)
{
    range r = {.has_low = a.has_low && b.has_low, .has_high = a.has_high && b.has_high};
    r.low = r.has_low ? smaller(a.low, b.low) : r.low;
    r.high = r.has_high ? larger(a.high, b.high) : r.high;
    return r;
}

static range rounded(range a, rounding unit)
{
    a.has_low = a.has_low && fraction_round(a.low, unit, &a.low);
    a.has_high = a.has_high && fraction_round(a.high, unit, &a.high);
    return a;
}

/* The arguments from `first` on, whichever it is. */
static range any_of(const node *n, const range *ranges, uint32_t first)
{
    range r = n->arg_count > first ? ranges[n->args[first]] : anything;
    for (uint32_t a = first + 1; a < n->arg_count; a++)
        r = either(r, ranges[n->args[a]]);
    return r;
}

static range of_group(const plan *p, const node *n, const range *ranges)
{
    switch (p->groups[n->source].op) {
    case GROUP_MEAN:
    case GROUP_MEDIAN:
    case GROUP_HIGHEST:
    case GROUP_LOWEST: return ranges[n->args[1]];
    case GROUP_SUM: return is_not_negative(ranges[n->args[1]]) ? at_least(0) : anything;
    case GROUP_COUNT_OF:
    case GROUP_PLACE:
    case GROUP_DRAW:
    case GROUP_ALLOT: return at_least(0);
    }
    return anything;
}

static range of_node(const plan *p, const node *n, const range *ranges)
{
    const range *a = n->arg_count ? &ranges[n->args[0]] : NULL, *b = n->arg_count > 1 ? &ranges[n->args[1]] : NULL;
    if (n->kind == KIND_TRUTH)
        return between(fraction_of(0, 1), fraction_of(1, 1));
    if (n->kind != KIND_NUMBER)
        return anything;
    switch (n->op) {
    case OP_ADD: return add(*a, *b);
    case OP_SUBTRACT: return add(*a, negative(*b));
    case OP_MULTIPLY: return multiply(*a, *b);
    case OP_DIVIDE: return divide(*a, *b);
    case OP_NOT_BELOW: return not_below(*a, *b);
    case OP_NOT_ABOVE: return not_above(*a, *b);
    case OP_ROUND: return rounded(*a, n->round);
    case OP_OR_ELSE: return either(*a, *b);
    case OP_WHEN:
    case OP_TABLE: return any_of(n, ranges, 1);
    case OP_OF_UNIT: return *a;
    case OP_GROUP: return of_group(p, n, ranges);
    case OP_TIED:
    case OP_MONTHS:
    case OP_WORKDAYS: return at_least(0);
    default: return op_is_source(n->op) ? of_source(p, n) : anything;
    }
}

bool plan_range(const plan *p, node_id id, range *out)
{
    range *ranges = mem_zalloc(p->node_count + 1, sizeof *ranges);
    if (!ranges)
        return false;
    for (size_t o = 0; o < p->node_count; o++)
        ranges[p->order[o]] = of_node(p, &p->nodes[p->order[o]], ranges);
    *out = ranges[id];
    mem_free(ranges);
    return true;
}
