/* pass.c: see pass.h. A node is evaluated in every pass that needs it: to evaluate it again is cheaper than to keep its column. Only
 * what a barrier looks at is kept. */
#include "engine/pass.h"

static unsigned stage_of(const plan *p, node_id id) { return id == NODE_NONE ? 0 : p->nodes[id].stage; }

static unsigned largest(unsigned a, unsigned b) { return a > b ? a : b; }

enum { MOST_OF_A_STATEMENT = 13 };

static void statement_nodes(const plan *p, const statement *s, node_id out[MOST_OF_A_STATEMENT], size_t *count)
{
    const node_id own[3] = {s->node, s->before, s->after};
    *count = 0;
    for (size_t i = 0; i < 3; i++)
        if (own[i] != NODE_NONE)
            out[(*count)++] = own[i];
    if (s->kind != STATEMENT_QUOTA)
        return;
    const plan_quota *q = &p->quotas[s->about];
    const node_id parts[] = {q->base, q->rate, q->exact, q->allowed, q->eligible, q->place, q->tied, q->over, q->at_line, q->have};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] != NODE_NONE)
            out[(*count)++] = parts[i];
}

unsigned stage_of_statement(const plan *p, const statement *s)
{
    node_id nodes[MOST_OF_A_STATEMENT];
    size_t count;
    unsigned stage = 0;
    statement_nodes(p, s, nodes, &count);
    for (size_t i = 0; i < count; i++)
        stage = largest(stage, stage_of(p, nodes[i]));
    return stage;
}

static bool settles_outcome(const statement *s)
{
    return s->kind == STATEMENT_SCORE || s->kind == STATEMENT_EXCLUDE || s->kind == STATEMENT_REFUSE || s->kind == STATEMENT_GRADES ||
           statement_changes_grade(s->kind);
}

/* The last stage up to `most` that a statement of the level waits for. */
static unsigned last_stage(const plan *p, uint32_t level, unsigned most)
{
    unsigned last = 0;
    for (size_t i = 0; i < p->statement_count; i++) {
        unsigned stage = stage_of_statement(p, &p->statements[i]);
        if (p->statements[i].level == level && stage <= most)
            last = largest(last, stage);
    }
    return last;
}

/* What needs no barrier behind the last outcome is said together with its own level's, in the order of the rule file. */
unsigned pass_of_outcome(const plan *p, uint32_t level)
{
    unsigned settled = 0;
    for (size_t i = 0; i < p->statement_count; i++)
        if (settles_outcome(&p->statements[i]))
            settled = largest(settled, stage_of_statement(p, &p->statements[i]));
    return last_stage(p, level, settled);
}

bool pass_decides(const pass *p)
{
    bool any = p->late_count > 0;
    for (size_t level = 0; level < PLAN_MAX_LEVELS; level++)
        any |= p->decides[level];
    return any;
}

static void want_statement(const plan *p, const statement *s, bool *wanted)
{
    node_id nodes[MOST_OF_A_STATEMENT];
    size_t count;
    statement_nodes(p, s, nodes, &count);
    for (size_t i = 0; i < count; i++)
        wanted[nodes[i]] = true;
    if (s->kind != STATEMENT_QUOTA)
        return;
    const node *place = &p->nodes[p->quotas[s->about].place]; /* a barrier: what it looked at is asked for again, whether it is missing */
    for (uint32_t a = 1; a < place->arg_count; a++)
        wanted[place->args[a]] = true;
}

static void find_statements(pass *t, const plan *p, bool *wanted)
{
    unsigned outcome[PLAN_MAX_LEVELS];
    for (uint32_t level = 0; level < p->level_count; level++) {
        outcome[level] = pass_of_outcome(p, level);
        t->decides[level] = t->number == outcome[level];
    }
    for (uint32_t i = 0; i < p->statement_count; i++) {
        unsigned stage = stage_of_statement(p, &p->statements[i]);
        uint32_t level = p->statements[i].level;
        if (t->decides[level] && stage <= outcome[level])
            want_statement(p, &p->statements[i], wanted);
        if (stage != t->number || stage <= outcome[level])
            continue;
        t->late[t->late_count++] = i;
        want_statement(p, &p->statements[i], wanted);
    }
}

/* What the barriers right behind this pass look at. */
static assess_status find_columns(pass *t, result *r, bool *wanted, assess_error *err)
{
    const plan *p = r->plan;
    for (node_id id = 0; id < p->node_count; id++) {
        const node *n = &p->nodes[id];
        for (uint32_t a = 0; op_is_barrier(n->op) && a < n->arg_count; a++) {
            node_id arg = n->args[a];
            if (p->nodes[arg].stage != t->number || r->inner->columns[arg])
                continue;
            column *c = column_open(p, arg, r->count);
            if (!c)
                return error_no_memory(err);
            r->inner->columns[arg] = c;
            t->columns[t->column_count++] = c;
            wanted[arg] = true;
        }
    }
    return ASSESS_OK;
}

/* Everything below what is wanted, down to sources and to barriers, which have been computed. */
static void find_nodes(pass *t, const plan *p, bool *wanted)
{
    for (size_t i = p->node_count; i-- > 0;) {
        const node *n = &p->nodes[p->order[i]];
        for (uint32_t a = 0; wanted[p->order[i]] && !op_is_from_others(n->op) && a < n->arg_count; a++)
            wanted[n->args[a]] = true;
    }
    for (size_t i = 0; i < p->node_count; i++)
        if (wanted[p->order[i]])
            t->nodes[t->count++] = p->order[i];
}

assess_status pass_open(pass *out, result *r, unsigned number, assess_error *err)
{
    const plan *p = r->plan;
    *out = (pass){.number = number};
    bool *wanted = mem_zalloc(p->node_count + 1, sizeof *wanted);
    out->nodes = mem_alloc((p->node_count + 1) * sizeof *out->nodes);
    out->columns = mem_alloc((p->node_count + 1) * sizeof *out->columns);
    out->late = mem_alloc((p->statement_count + 1) * sizeof *out->late);
    assess_status s = wanted && out->nodes && out->columns && out->late ? ASSESS_OK : error_no_memory(err);
    if (!s) {
        find_statements(out, p, wanted);
        s = find_columns(out, r, wanted, err);
    }
    if (!s)
        find_nodes(out, p, wanted);
    mem_free(wanted);
    return s;
}

void pass_close(pass *p)
{
    mem_free(p->nodes);
    mem_free(p->columns);
    mem_free(p->late);
    *p = (pass){0};
}
