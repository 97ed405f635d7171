/* quota.c: what a quota came to, group by group, for whoever has to show it. The figures are those of one member of each group,
 * evaluated anew; who is over or at the line stands in the findings. */
#include "engine/run.h"

typedef struct reading {
    const result *r;
    const plan *p;
    uint32_t number;    /* of the statement */
    const plan_quota *q;
    const membership *of;
    quota_line *lines;  /* [of->count] */
    uint32_t *first;    /* [of->count]: the first assessed member, SUBJECT_NONE */
    uint32_t *eligible; /* [of->count] */
    uint32_t *decided;  /* [of->count]: who has the grades when all decisions stand */
} reading;

static bool is_about(const reading *t, const finding *f, finding_kind kind)
{
    return f->kind == kind && f->about == t->number;
}

static void count_people(reading *t)
{
    const group_column *g = t->r->inner->groups[t->q->place];
    for (uint32_t i = 0; i < t->r->count; i++) {
        uint32_t group = group_of(t->of, i);
        bool assessed = t->r->status[i] == STATUS_ASSESSED && level_of(t->r->inner, i) == t->p->statements[t->number].level;
        if (assessed && t->first[group] == SUBJECT_NONE)
            t->first[group] = i;
        t->eligible[group] += assessed && g->place[i] != 0;
    }
    for (size_t i = 0; i < t->r->finding_count; i++) {
        const finding *f = &t->r->findings[i];
        quota_line *line = &t->lines[group_of(t->of, f->subject)];
        line->over += is_about(t, f, FINDING_QUOTA) || is_about(t, f, FINDING_QUOTA_LISTED) || is_about(t, f, FINDING_QUOTA_SHORT);
        line->at_line_count += is_about(t, f, FINDING_QUOTA_LINE);
    }
}

/* The people at the line of all groups lie in one array, group after group. */
static bool name_line(reading *t, arena *memory)
{
    size_t total = 0;
    for (uint32_t g = 0; g < t->of->count; g++)
        total += t->lines[g].at_line_count;
    uint32_t *names = arena_alloc(memory, (total + 1) * sizeof *names), **next = arena_alloc(memory, (t->of->count + 1) * sizeof *next);
    if (!names || !next)
        return false;
    for (uint32_t g = 0; g < t->of->count; g++) {
        t->lines[g].at_line = next[g] = names;
        names += t->lines[g].at_line_count;
    }
    for (size_t i = 0; i < t->r->finding_count; i++)
        if (is_about(t, &t->r->findings[i], FINDING_QUOTA_LINE))
            *next[group_of(t->of, t->r->findings[i].subject)]++ = t->r->findings[i].subject;
    return true;
}

static fraction value(const block *k, node_id id) { return lane_value(k, id, 0); }
static bool known(const block *k, node_id id) { return id == NODE_NONE || k->missing[id * BLOCK] == NODE_NONE; }

static void read_figures(const reading *t, uint32_t group, const block *k)
{
    const plan_quota *q = t->q;
    quota_line *line = &t->lines[group];
    line->known = known(k, q->base) && known(k, q->rate) && known(k, q->exact) && known(k, q->allowed);
    line->has_rate = q->rate != NODE_NONE;
    if (!line->known)
        return;
    line->base = value(k, q->base);
    line->rate = line->has_rate ? value(k, q->rate) : line->rate;
    line->exact = value(k, q->exact);
    line->allowed = value(k, q->allowed);
    if (q->have != NODE_NONE && known(k, q->have))
        line->within = (uint32_t)value(k, q->have).num;
}

static void read_line(const reading *t, uint32_t group, block *k)
{
    quota_line *line = &t->lines[group];
    uint32_t subject = t->first[group];
    line->name = group_name(t->of, group);
    if (!t->q->at_least)
        line->within = t->eligible[group] - line->over - (uint32_t)line->at_line_count;
    line->decided = t->decided[group];
    block_evaluate(k, subject, 1, t->p->order, t->p->node_count);
    read_figures(t, group, k);
}

/* Groups nobody is counted in say nothing. */
static size_t keep_lines(const reading *t)
{
    size_t kept = 0;
    for (uint32_t g = 0; g < t->of->count; g++) {
        const quota_line *line = &t->lines[g];
        bool says = t->first[g] != SUBJECT_NONE && (t->eligible[g] || (line->known && fraction_sign(line->base) > 0));
        if (says)
            t->lines[kept++] = *line;
    }
    return kept;
}

static bool read_lines(reading *t, arena *memory)
{
    block k;
    bool fine = block_open(&k, t->r);
    count_people(t);
    fine = fine && name_line(t, memory);
    if (fine && t->r->decided_count)
        count_decided(t->r, t->number, &k, t->decided);
    for (uint32_t g = 0; fine && g < t->of->count; g++)
        if (t->first[g] != SUBJECT_NONE)
            read_line(t, g, &k);
    block_close(&k);
    return fine;
}

bool result_quota_lines(const result *r, uint32_t number, quota_lines *out)
{
    const plan_quota *q = &r->plan->quotas[r->plan->statements[number].about];
    reading t = {.r = r, .p = r->plan, .number = number, .q = q, .of = r->inner->groups[q->place]->of};
    *out = (quota_lines){0};
    t.lines = out->lines = arena_zalloc(&out->memory, (t.of->count + 1) * sizeof *t.lines);
    t.eligible = arena_zalloc(&out->memory, (t.of->count + 1) * sizeof *t.eligible);
    t.decided = arena_zalloc(&out->memory, (t.of->count + 1) * sizeof *t.decided);
    t.first = arena_alloc(&out->memory, (t.of->count + 1) * sizeof *t.first);
    if (!t.lines || !t.eligible || !t.decided || !t.first)
        return false;
    for (uint32_t g = 0; g < t.of->count; g++)
        t.first[g] = SUBJECT_NONE;
    if (!read_lines(&t, &out->memory))
        return false;
    out->count = keep_lines(&t);
    return true;
}

void quota_lines_free(quota_lines *q) { arena_free(&q->memory); }
