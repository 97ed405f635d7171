/* decide_lists.c: lists follow the grade that was decided on: nobody is honoured, or followed up, for a grade that he does not have.
 * The conditions are evaluated once more for the subject alone; figures of groups and units stay as they were computed. */
#include "engine/run.h"

typedef struct relisting {
    result *r;
    block *k;
    uint8_t *grade_of;     /* [node]: levels, as bits, of whose subjects it is the grade, at some place of the document */
    trace_change *changes; /* each of them becomes the one decided on */
    size_t change_count;
    finding *fresh;
    size_t count, capacity;
    bool failed; /* no memory */
} relisting;

/* A figure that goes by a name of its own is a node of its own: `grade()` in a list is a copy of the grade that it stands for. */
static bool is_copy(const node *a, const node *b)
{
    bool same = a->op == b->op && a->kind == b->kind && a->source == b->source && a->arg_count == b->arg_count;
    for (uint32_t i = 0; same && i < a->arg_count; i++)
        same = a->args[i] == b->args[i];
    return same;
}

static void mark_copies(relisting *w, node_id of, uint32_t level)
{
    const plan *p = w->r->plan;
    if (of == NODE_NONE || p->nodes[of].op == OP_CONSTANT) /* which is what others compare with, too */
        return;
    for (node_id id = 0; id < p->node_count; id++)
        if (is_copy(&p->nodes[id], &p->nodes[of]))
            w->grade_of[id] |= 1u << level;
}

static void mark_grades(relisting *w)
{
    const plan *p = w->r->plan;
    for (size_t i = 0; i < p->statement_count; i++) {
        const statement *s = &p->statements[i];
        if (s->kind == STATEMENT_GRADES)
            mark_copies(w, s->node, s->level);
        else if (statement_changes_grade(s->kind))
            mark_copies(w, s->after, s->level);
    }
}

/* Who is not assessed has a grade by the decision, and no score. */
static void set_results(relisting *w, uint32_t subject)
{
    const result *r = w->r;
    uint32_t level = result_level(r, subject);
    size_t score = r->plan->levels[level].score;
    uint8_t grade = r->grade[subject];
    w->change_count = 0;
    for (node_id id = 0; id < w->r->plan->node_count; id++) {
        if (!(w->grade_of[id] >> level & 1))
            continue;
        w->changes[w->change_count++] = grade == GRADE_NONE ? (trace_change){.kind = CHANGE_MISSING, .node = id}
                                                            : (trace_change){.kind = CHANGE_VALUE, .node = id, .value = fraction_of(grade, 1)};
    }
    if (r->status[subject] != STATUS_ASSESSED && score != SIZE_MAX)
        w->changes[w->change_count++] = (trace_change){.kind = CHANGE_MISSING, .node = r->plan->statements[score].node};
}

static bool holds(const relisting *w, uint32_t number)
{
    return lane_holds(w->k, w->r->plan->statements[number].node, 0);
}

/* Out of the list: the finding is left to be swept away. True when it was on the list before. */
static bool take_off(finding *of, size_t count, uint32_t number, bool stays)
{
    for (size_t i = 0; i < count; i++)
        if (of[i].kind == FINDING_LIST && of[i].about == number) {
            of[i].kind = stays ? FINDING_LIST : FINDING_COUNT;
            return true;
        }
    return false;
}

static void put_on(relisting *w, uint32_t subject, uint32_t number)
{
    if (!MEM_RESERVE(w->fresh, w->capacity, w->count + 1))
        w->failed = true;
    else
        w->fresh[w->count++] = (finding){.subject = subject, .about = number, .kind = FINDING_LIST, .grade = GRADE_NONE, .before = GRADE_NONE};
}

/* With every grade as decided. Constants were changed for lane 0 alone: the other lanes still have them. */
static void evaluate_decided(relisting *w, uint32_t subject)
{
    const plan *p = w->r->plan;
    set_results(w, subject);
    w->k->changes = w->changes;
    w->k->change_count = w->change_count;
    block_evaluate(w->k, subject, 1, p->order, p->node_count);
    w->k->changes = NULL;
    w->k->change_count = 0;
}

static void restore_constants(block *k, size_t node_count)
{
    for (node_id id = 0; id < node_count; id++)
        if (k->constant[id]) {
            lane_set(k, id, 0, lane_value(k, id, 1));
            k->missing[id * BLOCK] = k->missing[id * BLOCK + 1];
        }
}

static void relist_subject(relisting *w, uint32_t subject)
{
    const plan *p = w->r->plan;
    uint32_t level = result_level(w->r, subject);
    size_t count;
    finding *of = w->r->findings + (result_findings(w->r, subject, &count) - w->r->findings);
    evaluate_decided(w, subject);
    for (uint32_t s = 0; s < p->statement_count; s++) {
        if (p->statements[s].kind != STATEMENT_LIST || p->statements[s].level != level)
            continue;
        bool now = holds(w, s);
        if (!take_off(of, count, s, now) && now)
            put_on(w, subject, s);
    }
    restore_constants(w->k, p->node_count);
}

static void sweep(result *r)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].kind != FINDING_COUNT)
            r->findings[kept++] = r->findings[i];
    r->finding_count = kept;
}

/* A function of the rule file that does not take the grade decided on ends the run, as it would have with that grade computed. */
static assess_status stop_at(const assess_error *of, assess_error *err)
{
    if (err && !err->status)
        *err = *of;
    return of->status;
}

static assess_status relist(relisting *w, assess_error *err)
{
    result *r = w->r;
    mark_grades(w);
    for (size_t i = 0; !w->failed && !w->k->hatch_error.status && i < r->decided_count; i++) {
        uint32_t subject = r->decided[i].row->subject;
        bool is_first = i == 0 || r->decided[i - 1].row->subject != subject;
        if (is_first && r->decided[i].before != r->grade[subject])
            relist_subject(w, subject);
    }
    if (w->failed || w->k->hatch_error.status)
        return w->failed ? error_no_memory(err) : stop_at(&w->k->hatch_error, err);
    sweep(r);
    finding *fresh = w->fresh;
    w->fresh = NULL;
    return w->count ? add_findings(r, fresh, w->count, err) : ASSESS_OK;
}

assess_status relist_decided(result *r, block *k, assess_error *err)
{
    size_t nodes = r->plan->node_count + 1;
    relisting w = {.r = r, .k = k};
    if (!r->plan->list_count)
        return ASSESS_OK;
    w.grade_of = mem_zalloc(nodes, sizeof *w.grade_of);
    w.changes = mem_alloc(nodes * sizeof *w.changes);
    assess_status status = w.grade_of && w.changes ? relist(&w, err) : error_no_memory(err);
    mem_free(w.grade_of);
    mem_free(w.changes);
    mem_free(w.fresh);
    return status;
}
