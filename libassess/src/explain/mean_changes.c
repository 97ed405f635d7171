/* mean_changes.c: how high the mean of one group of ballots would have had to be, all else unchanged. */
#include "explain/why_not.h"

enum { MEAN_PLACES = 2 };

static fraction highest_of_item(const plan_item *item)
{
    fraction most = fraction_from_decimal(item->maximum), points;
    for (size_t o = 0; o < item->option_count; o++) {
        points = fraction_from_decimal(item->options[o].points);
        if (item->options[o].counted && fraction_compare(points, most) > 0)
            most = points;
    }
    return most;
}

/* In hundredths: the highest that a mean of the source can be. */
static int64_t highest_mean(const plan *p, const ballot_source *s)
{
    rounding down = {ROUND_DOWN, {1, MEAN_PLACES}};
    fraction most = fraction_of(0, 1);
    int128 units;
    for (uint32_t i = 0; i < p->item_count; i++)
        if ((s->item == ITEM_TOTAL || s->item == i) && !fraction_add(most, highest_of_item(&p->items[i]), &most))
            return 0;
    return fraction_round_units(most, down, &units) && units <= INT64_MAX ? (int64_t)units : 0;
}

static bool mean_helps(search *w, node_id id, int64_t hundredths)
{
    trace_change c = {.kind = CHANGE_VALUE, .node = id, .value = fraction_of(hundredths, power_of_ten(MEAN_PLACES))};
    return change_helps(w, &c, 1);
}

static void say_mean(search *w, node_id id, int64_t hundredths)
{
    derivation *d = w->d;
    const node *n = &w->p->nodes[id];
    explain_change *c = change_add(w, "mean");
    buffer b = {0};
    decimal unit = {1, MEAN_PLACES};
    if (!c)
        return;
    c->needed = change_units(w, hundredths, unit);
    c->clause = plan_clause_number(w->p, n->at);
    plan_print_node(w->p, id, d->language, &b);
    say(d, &b, " ", " of ");
    buffer_add_text(&b, c->needed);
    say(d, &b, "（现 ", " (it is ");
    buffer_add_fraction(&b, d->values[id].value);
    say(d, &b, "）", ")");
    change_say_result(w, &b);
    c->words = keep_text(d, &b);
}

/* The smallest that helps, between the mean as it is and the highest; a higher mean is taken to help no less. */
static void try_mean(search *w, node_id id)
{
    rounding down = {ROUND_DOWN, {1, MEAN_PLACES}};
    int128 low;
    int64_t high = highest_mean(w->p, &w->p->ballots[w->p->nodes[id].source]);
    if (!fraction_round_units(w->d->values[id].value, down, &low) || low >= high || !mean_helps(w, id, high))
        return;
    for (int64_t fails = (int64_t)low; high - fails > 1;) {
        int64_t middle = fails + (high - fails) / 2;
        if (mean_helps(w, id, middle))
            high = middle;
        else
            fails = middle;
    }
    if (mean_helps(w, id, high))
        say_mean(w, id, high);
}

/* Of nodes that read the same source, the one that has a name. */
static bool stands_for_source(const plan *p, node_id id)
{
    const node *n = &p->nodes[id];
    bool fits = n->op == OP_BALLOTS && p->ballots[n->source].reducer == BALLOT_MEAN;
    for (node_id other = 0; fits && other < p->node_count; other++) {
        const node *o = &p->nodes[other];
        if (other == id || o->op != n->op || o->source != n->source)
            continue;
        bool named = o->name.en.length != 0, own = n->name.en.length != 0;
        fits = own != named ? own : id < other;
    }
    return fits;
}

void find_mean_changes(search *w)
{
    for (node_id id = 0; id < w->p->node_count && !w->d->closed && !w->d->failed; id++)
        if (stands_for_source(w->p, id) && known(w->d, id))
            try_mean(w, id);
}
