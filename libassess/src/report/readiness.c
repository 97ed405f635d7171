/* readiness: see readiness.h. */
#include "report/readiness.h"

/* ---- which levels look at whose ballots ---- */

typedef struct roles_walk {
    const plan *p;
    uint32_t *levels; /* [node]: levels whose figures rest on it, as bits */
} roles_walk;

/* What a node of others is made of belongs to their level. */
static uint32_t levels_below(const plan *p, const node *n, uint32_t levels)
{
    if (n->op == OP_OF_UNIT)
        return 1u << (p->level_count - 1);
    return n->op == OP_GROUP ? 1u << p->groups[n->source].level : levels;
}

static void mark(roles_walk *w, node_id id, uint32_t level)
{
    if (id != NODE_NONE)
        w->levels[id] |= 1u << level;
}

static void walk_down(roles_walk *w)
{
    const plan *p = w->p;
    for (size_t i = 0; i < p->statement_count; i++) {
        mark(w, p->statements[i].node, p->statements[i].level);
        mark(w, p->statements[i].after, p->statements[i].level);
    }
    for (size_t i = p->node_count; i-- > 0;) {
        const node *n = &p->nodes[p->order[i]];
        uint32_t levels = w->levels[p->order[i]];
        for (uint32_t a = 0; levels && a < n->arg_count; a++)
            w->levels[n->args[a]] |= levels_below(p, n, levels);
    }
}

static void take_source(readiness *c, const ballot_source *s, uint32_t levels)
{
    for (size_t l = 0; l < c->r->plan->level_count; l++) {
        c->reads[l] |= levels >> l & 1 ? s->roles : 0;
        c->needs[l] |= (levels >> l & 1) && s->least ? s->roles : 0;
    }
}

void readiness_find_roles(readiness *c)
{
    const plan *p = c->r->plan;
    roles_walk w = {p, arena_zalloc(&c->memory, (p->node_count + 1) * sizeof *w.levels)};
    c->failed |= !w.levels;
    if (!w.levels || !p->order)
        return;
    walk_down(&w);
    for (node_id id = 0; id < p->node_count; id++)
        if (p->nodes[id].op == OP_BALLOTS)
            take_source(c, &p->ballots[p->nodes[id].source], w.levels[id]);
}

/* ---- the checklist ---- */

static void number_units(readiness *c)
{
    const subjects *people = &c->r->batch->people;
    c->unit_of = mem_alloc((people->count + 1) * sizeof *c->unit_of);
    c->failed |= !c->unit_of;
    for (size_t i = 0; !c->failed && i < people->count; i++) {
        c->unit_of[i] = intern_add(&c->units, people->unit[i]);
        c->failed |= c->unit_of[i] == INTERN_NONE;
    }
}

static void ready_tables(readiness *c)
{
    const problem_list *problems = &c->r->batch->problems;
    if (problems->errors)
        point_add(c, "tables", POINT_OPEN, problems->errors, message_of(MSG_ready_tables), message_of(MSG_ready_tables_wrong));
    else
        point_add(c, "tables", problems->notices ? POINT_NOTE : POINT_DONE, problems->notices, message_of(MSG_ready_tables),
                  message_of(problems->notices ? MSG_ready_tables_notices : MSG_ready_tables_right));
}

/* A calendar without a year is a point of its own. */
static void ready_scoring(readiness *c)
{
    if (c->failure.id != MESSAGE_COUNT)
        point_add(c, "scoring", POINT_OPEN, 1, message_of(MSG_ready_scoring), c->failure);
}

static void take_points(readiness *c)
{
    static void (*const parts[])(readiness *) = {ready_tables, ready_scoring, ready_ballots, ready_turnout, ready_same,  ready_data,
                                                 ready_calendar, ready_quotas,  ready_decide,  ready_params};
    for (size_t i = 0; !c->failed && i < sizeof parts / sizeof *parts; i++)
        parts[i](c);
}

static size_t count_open(const readiness *c)
{
    size_t open = 0;
    for (size_t i = 0; i < c->count; i++)
        open += c->points[i].state == POINT_OPEN;
    return open;
}

size_t report_readiness(const result *r, bool scored, message failure, assess_language language, bool for_programs, buffer *out)
{
    readiness c = {.r = r, .scored = scored, .failure = failure, .language = language, .for_programs = for_programs};
    c.failed = !ballot_counts_take(r, &c.ballots);
    readiness_find_roles(&c);
    number_units(&c);
    take_points(&c);
    size_t open = count_open(&c);
    out->failed |= c.failed;
    if (!c.failed && for_programs)
        points_json(&c, open, out);
    else if (!c.failed)
        points_print(&c, open, out);
    points_free(&c);
    return open;
}
