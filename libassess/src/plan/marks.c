/* marks.c: see plan.h. */
#include <string.h>

#include "plan/plan.h"

bool plan_same_filter(const plan *p, uint32_t a, uint32_t b)
{
    const ballot_source *one = &p->ballots[a], *other = &p->ballots[b];
    if (one->attribute != other->attribute || one->attribute == SOURCE_NONE || one->set == other->set)
        return one->attribute == other->attribute;
    const plan_set *s = &p->sets[one->set], *t = &p->sets[other->set];
    return s->count == t->count && memcmp(s->members, t->members, s->count * sizeof *s->members) == 0;
}

size_t plan_filters(const plan *p, uint32_t *first)
{
    size_t count = 0, most = PLAN_MAX_MARKS - (p->sheet_rule_count < PLAN_MAX_MARKS ? p->sheet_rule_count : PLAN_MAX_MARKS);
    for (uint32_t i = 0; i < p->ballot_count && count <= most; i++) {
        size_t k = 0;
        while (k < count && !plan_same_filter(p, first[k], i))
            k++;
        if (p->ballots[i].attribute != SOURCE_NONE && k == count)
            first[count++] = i;
    }
    return count;
}

bool plan_marks_raters(const plan *p)
{
    uint32_t first[PLAN_MAX_MARKS + 1];
    for (size_t i = 0; i < p->sheet_rule_count; i++)
        if (p->sheet_rules[i].per_rater)
            return true;
    return plan_filters(p, first) > 0;
}
