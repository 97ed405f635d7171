/* sources.c: the figures of ballot sources, from sums or from lists. */
#include "engine/run.h"

static tally tally_of(const struct workings *w, const ballot_place *at, uint32_t subject)
{
    if (at->listed)
        return w->listed[subject * w->listed_count + at->first];
    const tally *of = &w->tallies[subject * w->slot_count];
    const uint32_t *slots = &w->slot_list[at->first];
    tally all = of[slots[0]];
    for (uint32_t i = 1; i < at->count; i++) {
        const tally *t = &of[slots[i]];
        all.sum += t->sum;
        all.counted += t->counted;
        all.not_counted += t->not_counted;
        all.invalid += t->invalid;
    }
    all.used = at->chosen ? (uint32_t)all.sum : all.counted;
    return all;
}

void take_ballots(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const struct workings *w = k->outcome->inner;
    const ballot_source *s = &k->outcome->plan->ballots[n->source];
    const ballot_place *at = &w->places[n->source];
    int64_t unit = power_of_ten(at->scale);
    for (size_t i = 0; i < k->lanes; i++) {
        tally t = tally_of(w, at, k->first + (uint32_t)i);
        missing[i] = NODE_NONE;
        switch (s->reducer) {
        case BALLOT_MEAN:
        case BALLOT_MEDIAN:
        case BALLOT_HIGHEST:
        case BALLOT_LOWEST:
            missing[i] = t.used && t.counted >= s->least ? NODE_NONE : id;
            out[i] = (fraction){t.sum, t.used ? (int128)t.used * unit : 1};
            break;
        case BALLOT_SUM: out[i] = (fraction){t.sum, unit}; break;
        case BALLOT_COUNT:
            missing[i] = t.counted >= s->least ? NODE_NONE : id;
            out[i] = fraction_of(t.counted, 1);
            break;
        case BALLOT_NOT_COUNTED: out[i] = fraction_of(t.not_counted, 1); break;
        case BALLOT_INVALID: out[i] = fraction_of(t.invalid, 1); break;
        case BALLOT_CHOSEN: out[i] = fraction_of(t.used, 1); break;
        }
    }
}

static bool counts_ballots(ballot_reducer r)
{
    return r == BALLOT_COUNT || r == BALLOT_NOT_COUNTED || r == BALLOT_INVALID || r == BALLOT_CHOSEN;
}

ballot_tally engine_tally(const result *r, uint32_t source, uint32_t subject)
{
    tally t = tally_of(r->inner, &r->inner->places[source], subject);
    uint32_t used = counts_ballots(r->plan->ballots[source].reducer) ? t.counted : t.used;
    return (ballot_tally){t.counted, t.not_counted, t.invalid, used};
}
