/* evaluate.c: the subject-level graph over a block of subjects, node after node, column after column.
 *
 * A missing value carries the node it started from, so that every reason can name its source. An operation that cannot
 * be carried out exactly (division by 0, more than 128 bits) is such a node as well: that is an error only where its value
 * is asked for, so when(n:more_than(0), a / n, 0) is safe.
 *
 * Truths, words, grades and days are whole numbers of 64 bits (whole.c); fractions are four times as long to walk through. */
#include "engine/run.h"

static void take(block *k, node_id id);

/* The events of a batch without events; the highest and the lowest of them are missing, which is no value to begin with. */
static bool is_empty(const result *r, const node *n)
{
    if (n->op != OP_EVENTS || r->inner->event_start)
        return false;
    event_reducer reducer = r->plan->events[n->source].reducer;
    return reducer == EVENT_SUM || !event_reduces_figure(reducer);
}

static bool rests_on_constants(const block *k, const node *n)
{
    bool constant = !op_is_source(n->op) && !op_is_from_others(n->op) && n->op != OP_EACH;
    for (uint32_t a = 0; constant && a < n->arg_count; a++)
        constant = k->constant[n->args[a]];
    return constant;
}

/* What is the same for every subject is computed once, not once a block. */
static void fill_constants(block *k)
{
    const plan *p = k->outcome->plan;
    k->lanes = BLOCK;
    for (size_t o = 0; o < p->node_count; o++) {
        node_id id = p->order[o];
        const node *n = &p->nodes[id];
        for (size_t i = 0; i < BLOCK; i++) {
            k->missing[id * BLOCK + i] = NODE_NONE;
            lane_set(k, id, i, n->op == OP_CONSTANT ? n->constant : fraction_of(0, 1));
        }
        k->constant[id] = n->op == OP_CONSTANT || n->op == OP_PERIOD || is_empty(k->outcome, n) || rests_on_constants(k, n);
        if (k->constant[id] && (n->op == OP_PERIOD || !op_is_source(n->op)))
            take(k, id);
    }
    k->broken_constant = k->broken;
}

bool block_open(block *k, const result *r)
{
    size_t nodes = r->plan->node_count + 1;
    *k = (block){.outcome = r, .failed = {.node = NODE_NONE}};
    k->values = mem_alloc(nodes * BLOCK * sizeof *k->values);
    k->whole = mem_alloc(nodes * BLOCK * sizeof *k->whole);
    k->room = mem_alloc(BLOCK * sizeof *k->room);
    k->missing = mem_alloc(nodes * BLOCK * sizeof *k->missing);
    k->spans = mem_alloc((r->inner->most_events + 1) * sizeof *k->spans);
    k->wanted = mem_zalloc(nodes, sizeof *k->wanted);
    k->constant = mem_zalloc(nodes, sizeof *k->constant);
    if (!k->values || !k->whole || !k->room || !k->missing || !k->spans || !k->wanted || !k->constant)
        return false;
    fill_constants(k);
    return hatch_open(k);
}

void block_close(block *k)
{
    mem_free(k->values);
    mem_free(k->whole);
    mem_free(k->room);
    mem_free(k->missing);
    mem_free(k->wanted);
    mem_free(k->constant);
    hatch_close(k);
    mem_free(k->spans);
}

/* --- sources --- */

static void take_months_in_post(block *k, node_id id, fraction *out, node_id *missing)
{
    const subjects *people = &k->outcome->batch->people;
    date last = k->outcome->plan->period.to;
    for (size_t i = 0; i < k->lanes; i++) {
        date start = people->start[k->first + i];
        missing[i] = start == DATE_NONE ? id : NODE_NONE;
        bool counts = start != DATE_NONE && start <= last;
        out[i] = fraction_of(counts ? date_span_months(start, last).months : 0, 1);
    }
}

static void take_events(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const event_source *s = &k->outcome->plan->events[n->source];
    node_id none = s->reducer == EVENT_WORKDAYS ? id | BROKEN : id; /* only for want of a year of the calendar */
    node_id of_nothing = events_make_a_figure_of_nothing(s->reducer) ? NODE_NONE : id;
    for (size_t i = 0; i < k->lanes; i++) {
        out[i] = fraction_of(0, 1);
        missing[i] = of_nothing;
        if (!has_events(k->outcome->inner, k->first + (uint32_t)i)) /* nearly everybody */
            continue;
        missing[i] = reduce_events(k, s, k->first + (uint32_t)i, &out[i]) ? NODE_NONE : none;
        k->broken |= is_broken(missing[i]);
    }
}

/* --- what a barrier found --- */

static void take_group(block *k, node_id id, fraction *out, node_id *missing)
{
    const group_column *g = k->outcome->inner->groups[id];
    for (size_t i = 0; i < k->lanes; i++) {
        uint32_t subject = k->first + (uint32_t)i, group = group_of(g->of, subject);
        out[i] = g->place ? fraction_of(g->place[subject], 1) : g->values[group];
        missing[i] = g->place ? (g->place[subject] ? NODE_NONE : id) : g->missing[group];
        k->broken |= is_broken(missing[i]);
    }
}

static void take_tied(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const group_column *g = k->outcome->inner->groups[n->args[0]];
    for (size_t i = 0; i < k->lanes; i++) {
        uint32_t tied = g->tied[k->first + i];
        out[i] = fraction_of(tied, 1);
        missing[i] = tied ? NODE_NONE : id;
    }
}

static void take_of_unit(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const struct workings *w = k->outcome->inner;
    const column *c = w->columns[n->args[0]];
    for (size_t i = 0; i < k->lanes; i++) {
        uint32_t unit = w->unit_of ? w->unit_of[k->first + i] : SUBJECT_NONE;
        node_id lack = unit != SUBJECT_NONE ? c->missing[unit] : id;
        out[i] = lack == NODE_NONE ? column_value(k->outcome->plan, c, unit) : fraction_of(0, 1);
        missing[i] = lack == NODE_NONE ? NODE_NONE : is_broken(lack) ? id | BROKEN : id;
        k->broken |= is_broken(missing[i]);
    }
}

/* --- arithmetic --- */

static inline bool apply(node_op op, const node *n, fraction a, fraction b, fraction *out)
{
    switch (op) {
    case OP_ADD: return fraction_add(a, b, out);
    case OP_SUBTRACT: return fraction_subtract(a, b, out);
    case OP_MULTIPLY: return fraction_multiply(a, b, out);
    case OP_DIVIDE: return fraction_divide(a, b, out);
    case OP_ROUND: return fraction_round(a, n->round, out);
    case OP_NOT_BELOW: *out = fraction_compare(a, b) < 0 ? b : a; return true;
    case OP_NOT_ABOVE: *out = fraction_compare(a, b) > 0 ? b : a; return true;
    default: return false;
    }
}

static inline void take_each(block *k, node_op op, node_id id, const node *n, fraction *out, node_id *missing)
{
    bool two = n->arg_count == 2;
    const fraction *a = &k->values[n->args[0] * BLOCK], *b = two ? &k->values[n->args[1] * BLOCK] : a;
    const node_id *lack_a = &k->missing[n->args[0] * BLOCK], *lack_b = two ? &k->missing[n->args[1] * BLOCK] : lack_a;
    for (size_t i = 0, lanes = k->lanes; i < lanes; i++) {
        missing[i] = lack_a[i] != NODE_NONE ? lack_a[i] : lack_b[i];
        out[i] = fraction_of(0, 1);
        if (missing[i] == NODE_NONE && !apply(op, n, a[i], b[i], &out[i])) {
            missing[i] = id | BROKEN;
            k->broken = true;
        }
    }
}

/* The commonest operations are decided once a block, not once a subject. */
static void take_plain(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    switch (n->op) {
    case OP_ADD: take_each(k, OP_ADD, id, n, out, missing); break;
    case OP_SUBTRACT: take_each(k, OP_SUBTRACT, id, n, out, missing); break;
    case OP_MULTIPLY: take_each(k, OP_MULTIPLY, id, n, out, missing); break;
    case OP_ROUND: take_each(k, OP_ROUND, id, n, out, missing); break;
    case OP_NOT_BELOW: take_each(k, OP_NOT_BELOW, id, n, out, missing); break;
    default: take_each(k, n->op, id, n, out, missing); break;
    }
}

/* Days and minutes are whole, and too few for their difference to be none. */
static void take_distance(block *k, const node *n, fraction *out, node_id *missing)
{
    const node_id from = n->args[0] * BLOCK, to = n->args[1] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        missing[i] = k->missing[from + i] != NODE_NONE ? k->missing[from + i] : k->missing[to + i];
        out[i] = fraction_of(missing[i] == NODE_NONE ? k->whole[to + i] - k->whole[from + i] : 0, 1);
    }
}

/* Both days included. */
static void take_months(block *k, const node *n, fraction *out, node_id *missing)
{
    const node_id from = n->args[0] * BLOCK, to = n->args[1] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        missing[i] = k->missing[from + i] != NODE_NONE ? k->missing[from + i] : k->missing[to + i];
        bool counts = missing[i] == NODE_NONE && k->whole[from + i] <= k->whole[to + i];
        out[i] = fraction_of(counts ? date_span_months((date)k->whole[from + i], (date)k->whole[to + i]).months : 0, 1);
    }
}

/* Adds the product of pair `a` and its weight, when the figure is known. False: it could not be computed. */
static bool add_share(const block *k, const node *n, uint32_t a, size_t i, fraction *sum, fraction *all, fraction *known)
{
    fraction figure = k->values[n->args[a] * BLOCK + i], weight = k->values[n->args[a + 1] * BLOCK + i], part;
    if (!fraction_add(*all, weight, all))
        return false;
    if (!weight.num || k->missing[n->args[a] * BLOCK + i] != NODE_NONE)
        return true;
    return fraction_multiply(figure, weight, &part) && fraction_add(*sum, part, sum) && fraction_add(*known, weight, known);
}

/* What stands in the way, NODE_NONE: nothing: a weight, a figure that could not be computed, one that has weight; when the others
 * share its weight, only all of them. */
static node_id share_missing(const block *k, const node *n, size_t i)
{
    node_id lack = NODE_NONE;
    bool any = false;
    for (uint32_t a = 0; a < n->arg_count; a += 2) {
        node_id figure = k->missing[n->args[a] * BLOCK + i], weight = k->missing[n->args[a + 1] * BLOCK + i];
        if (weight != NODE_NONE)
            return weight;
        if (!k->values[n->args[a + 1] * BLOCK + i].num)
            continue;
        if (is_broken(figure))
            return figure;
        any |= figure == NODE_NONE;
        lack = lack == NODE_NONE ? figure : lack;
    }
    return any && n->source ? NODE_NONE : lack;
}

static void take_weighted(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    for (size_t i = 0; i < k->lanes; i++) {
        fraction sum = fraction_of(0, 1), all = sum, known = sum;
        bool fine = true;
        missing[i] = share_missing(k, n, i);
        for (uint32_t a = 0; fine && missing[i] == NODE_NONE && a < n->arg_count; a += 2)
            fine = add_share(k, n, a, i, &sum, &all, &known);
        out[i] = sum;
        if (missing[i] == NODE_NONE && n->source)
            fine = fine && fraction_divide(sum, known, &out[i]) && fraction_multiply(out[i], all, &out[i]);
        if (!fine) {
            missing[i] = id | BROKEN;
            k->broken = true;
        }
    }
}

/* --- choosing --- */

/* Which argument the lane gets its value from. It is as good as chance, so a jump on it is foretold wrongly every second time. */
static uint32_t choose(const block *k, const node *n, size_t lane)
{
    size_t at = n->args[0] * BLOCK + lane;
    bool known = k->missing[at] == NODE_NONE;
    if (n->op == OP_OR_ELSE)
        return !(known | is_broken(k->missing[at]));
    return known * (2 - (k->whole[at] != 0)); /* the condition itself, where it is not known */
}

static void take_chosen_number(block *k, const node *n, fraction *out, node_id *missing)
{
    static const fraction none = {0, 1};
    for (size_t i = 0; i < k->lanes; i++) {
        size_t from = (size_t)n->args[choose(k, n, i)] * BLOCK + i;
        missing[i] = k->missing[from];
        out[i] = missing[i] == NODE_NONE ? k->values[from] : none;
    }
}

static void take_chosen_whole(block *k, const node *n, int64_t *out, node_id *missing)
{
    for (size_t i = 0; i < k->lanes; i++) {
        size_t from = (size_t)n->args[choose(k, n, i)] * BLOCK + i;
        missing[i] = k->missing[from];
        out[i] = missing[i] == NODE_NONE ? k->whole[from] : 0;
    }
}

/* --- tables --- */

/* On the line from the value of row `row` to that of the row above it. */
static bool interpolate(const block *k, const node *n, const plan_table *t, size_t row, size_t lane, fraction *out)
{
    fraction low = fraction_from_decimal(t->rows[row].from), high = fraction_from_decimal(t->rows[row - 1].from);
    fraction from = lane_value(k, n->args[row + 1], lane), to = lane_value(k, n->args[row], lane);
    fraction above, rise, width, part;
    return fraction_subtract(lane_value(k, n->args[0], lane), low, &above) && fraction_subtract(high, low, &width) &&
           fraction_subtract(to, from, &rise) && fraction_multiply(rise, above, &part) && fraction_divide(part, width, &part) &&
           fraction_add(from, part, out);
}

static void take_table(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const plan_table *t = &k->outcome->plan->tables[n->source];
    const node_id key = n->args[0] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        missing[i] = k->missing[key + i];
        out[i] = fraction_of(0, 1);
        if (missing[i] != NODE_NONE)
            continue;
        size_t row = plan_table_row(t, lane_value(k, n->args[0], i));
        missing[i] = row < t->row_count ? k->missing[n->args[row + 1] * BLOCK + i] : id;
        out[i] = missing[i] == NODE_NONE ? lane_value(k, n->args[row + 1], i) : out[i];
        bool between = t->linear && row && row < t->row_count && !t->rows[row].otherwise && missing[i] == NODE_NONE;
        if (between)
            missing[i] = k->missing[n->args[row] * BLOCK + i];
        if (between && missing[i] == NODE_NONE && !interpolate(k, n, t, row, i, &out[i])) {
            missing[i] = id | BROKEN;
            k->broken = true;
        }
    }
}

/* In fractions: numbers, and the few others that are not worth a way of their own. A dispatch, a line an operation. */
static void take_figure(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    switch (n->op) {
    case OP_BALLOTS: take_ballots(k, id, n, out, missing); break;
    case OP_EVENTS: take_events(k, id, n, out, missing); break;
    case OP_ATTRIBUTE:
    case OP_MEASURE:
    case OP_PAST: take_input(k, id, n, out, missing); break;
    case OP_MONTHS_IN_POST: take_months_in_post(k, id, out, missing); break;
    case OP_DAYS:
    case OP_MINUTES: take_distance(k, n, out, missing); break;
    case OP_MONTHS: take_months(k, n, out, missing); break;
    case OP_OR_ELSE:
    case OP_WHEN: take_chosen_number(k, n, out, missing); break;
    case OP_WEIGHTED: take_weighted(k, id, n, out, missing); break;
    case OP_TABLE: take_table(k, id, n, out, missing); break;
    case OP_WORKDAYS:
    case OP_PLUS_DAYS:
    case OP_PLUS_WORKDAYS:
    case OP_PLUS_MONTHS:
    case OP_AT: take_days(k, id, n, out, missing); break;
    case OP_GROUP: take_group(k, id, out, missing); break;
    case OP_TIED: take_tied(k, id, n, out, missing); break;
    case OP_EACH: take_each_function(k, id, n, out, missing); break;
    case OP_OF_UNIT: take_of_unit(k, id, n, out, missing); break;
    default: take_plain(k, id, n, out, missing); break;
    }
}

static void take_other(block *k, node_id id, const node *n, int64_t *out, node_id *missing)
{
    if (n->op == OP_OR_ELSE || n->op == OP_WHEN) {
        take_chosen_whole(k, n, out, missing);
    } else if (n->op == OP_ATTRIBUTE) {
        take_whole_attribute(k, id, n, out, missing);
    } else if (!take_whole(k, n, out, missing)) {
        take_figure(k, id, n, k->room, missing);
        for (size_t i = 0; i < k->lanes; i++)
            out[i] = (int64_t)k->room[i].num;
    }
}

static void take(block *k, node_id id)
{
    const node *n = &k->outcome->plan->nodes[id];
    node_id *missing = &k->missing[id * BLOCK];
    if (n->kind == KIND_NUMBER)
        take_figure(k, id, n, &k->values[id * BLOCK], missing);
    else
        take_other(k, id, n, &k->whole[id * BLOCK], missing);
}

void block_evaluate(block *k, uint32_t first, size_t lanes, const node_id *nodes, size_t count)
{
    k->first = first;
    k->lanes = lanes;
    k->broken = k->broken_constant;
    for (size_t i = 0; i < count; i++) {
        bool changeable = k->change_count && !op_is_source(k->outcome->plan->nodes[nodes[i]].op);
        if (!k->constant[nodes[i]] || changeable)
            take(k, nodes[i]);
        if (k->change_count)
            block_change(k, nodes[i]);
    }
}
