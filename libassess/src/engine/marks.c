/* marks.c: what becomes of a ballot by who gave it: refused by a rule on sheets, heard by a filter of raters. Worked out from the
 * raters, or taken as it was sealed: everything after this looks at marks alone, so that nobody has to keep the raters. */
#include "engine/run.h"

typedef struct filters {
    uint32_t first[PLAN_MAX_MARKS + 1]; /* source */
    uint32_t roles[PLAN_MAX_MARKS + 1]; /* of all sources with the filter: the ballots of others stay unmarked */
    size_t count;
} filters;

/* Which bit each source asks for. */
static bool number_filters(result *r, filters *f)
{
    const plan *p = r->plan;
    f->count = plan_filters(p, f->first);
    uint64_t *bits = f->count ? r->inner->filter_marks = mem_zalloc(p->ballot_count, sizeof *bits) : NULL;
    for (uint32_t i = 0; bits && i < p->ballot_count; i++)
        for (size_t k = 0; k < f->count; k++)
            if (plan_same_filter(p, f->first[k], i)) {
                bits[i] = (uint64_t)1 << (p->sheet_rule_count + k);
                f->roles[k] |= p->ballots[i].roles;
            }
    return bits || !f->count;
}

static bool passes(const result *r, const ballot_source *s, uint32_t person)
{
    return plan_in_set(r->plan->sets[s->set].members, r->plan->sets[s->set].count, attribute_word(r, s->attribute, person));
}

/* passing[rater]: the bits of the filters that the rater passes. A rater who is none of the people has no attributes. */
static void find_passing(const result *r, const filters *f, uint64_t *passing)
{
    const interner *raters = &r->batch->ballots.raters;
    for (size_t i = 0; i < raters->count; i++) {
        uint32_t person = intern_find(&r->batch->people.ids, raters->texts[i]);
        for (size_t k = 0; person != INTERN_NONE && k < f->count; k++)
            if (passes(r, &r->plan->ballots[f->first[k]], person))
                passing[i] |= r->inner->filter_marks[f->first[k]];
    }
}

/* The bits of the filters that look at ballots of the role. */
static uint64_t bits_of_role(const result *r, const filters *f, uint32_t role)
{
    uint64_t bits = 0;
    for (size_t k = 0; k < f->count; k++)
        if (f->roles[k] >> role & 1)
            bits |= r->inner->filter_marks[f->first[k]];
    return bits;
}

static assess_status mark_raters(result *r, const filters *f, uint64_t *marks, assess_error *err)
{
    const ballots *b = &r->batch->ballots;
    uint64_t of_role[PLAN_MAX_ROLES], *passing = mem_zalloc(b->raters.count + 1, sizeof *passing);
    if (!passing)
        return error_no_memory(err);
    find_passing(r, f, passing);
    for (uint32_t role = 0; role < PLAN_MAX_ROLES; role++)
        of_role[role] = bits_of_role(r, f, role);
    for (size_t i = 0; i < b->count; i++)
        if (b->rater[i] != RATER_ANONYMOUS)
            marks[i] |= passing[b->rater[i]] & of_role[b->role[i]];
    mem_free(passing);
    return ASSESS_OK;
}

static assess_status work_out(result *r, const filters *f, unsigned threads, assess_error *err)
{
    uint64_t *marks = mem_zalloc(r->batch->ballots.count, sizeof *marks);
    r->own_marks = marks;
    assess_status s = marks ? check_sheets(r, threads, marks, err) : error_no_memory(err);
    s = s || !f->count ? s : mark_raters(r, f, marks, err);
    r->marks = s ? NULL : marks;
    return s;
}

static void count_refused(result *r)
{
    for (size_t i = 0; i < r->batch->ballots.count; i++) {
        uint64_t by = r->marks[i] & r->refusing;
        r->refused_count += by != 0;
        for (size_t rule = 0; by; rule++, by >>= 1)
            r->sheet_refused[rule] += by & 1;
    }
}

assess_status mark_ballots(result *r, unsigned threads, assess_error *err)
{
    filters f = {0};
    size_t rules = r->plan->sheet_rule_count;
    if (!number_filters(r, &f) || (rules && !(r->sheet_refused = mem_zalloc(rules, sizeof *r->sheet_refused))))
        return error_no_memory(err);
    if (!r->batch->ballots.count || (!rules && !f.count))
        return ASSESS_OK;
    r->refusing = rules < PLAN_MAX_MARKS ? ((uint64_t)1 << rules) - 1 : UINT64_MAX;
    r->marks = plan_marks_raters(r->plan) ? r->batch->ballots.marks : NULL; /* else all of it can be worked out, and is */
    assess_status s = r->marks ? ASSESS_OK : work_out(r, &f, threads, err);
    if (!s && rules)
        count_refused(r);
    return s;
}
