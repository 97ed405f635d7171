/* run.c: the stages of a run: ballots, events, then passes over the subjects with the barriers between them. */
#include <string.h>

#include "base/parallel.h"
#include "engine/outcome.h"
#include "engine/pass.h"

typedef struct task {
    finding_list found;
    fault failed;
    assess_error *stopped; /* by a function of the rule file */
} task;

typedef struct crew {
    result *r;
    const decider *how;
    const pass *now;
    block *blocks; /* one per worker */
    task *tasks;   /* [wave] */
    size_t wave;   /* tasks between two gatherings: the next ones use their room again */
    size_t first;  /* task of the wave at hand */
} crew;

enum { TASKS_PER_THREAD = 8 };

static void run_task(void *context, size_t index, unsigned worker)
{
    crew *c = context;
    block *k = &c->blocks[worker];
    task *t = &c->tasks[index];
    size_t first = (c->first + index) * BLOCK * BLOCKS_PER_TASK, end = first + BLOCK * BLOCKS_PER_TASK;
    end = end < c->r->count ? end : c->r->count;
    k->failed.node = NODE_NONE;
    for (size_t at = first; at < end && k->failed.node == NODE_NONE && !k->hatch_error.status; at += BLOCK) {
        block_evaluate(k, (uint32_t)at, end - at < BLOCK ? end - at : BLOCK, c->now->nodes, c->now->count);
        for (size_t i = 0; i < c->now->column_count; i++)
            column_take(c->now->columns[i], k);
        block_decide(k, c->how, c->now, c->r, &t->found);
    }
    if (k->hatch_error.status && (t->stopped = mem_alloc(sizeof *t->stopped)) != NULL)
        *t->stopped = k->hatch_error;
    t->found.failed |= k->hatch_error.status && !t->stopped;
    k->hatch_error.status = ASSESS_OK;
    t->failed = k->failed;
}

static assess_status refuse_range(const result *r, fault f, assess_error *err)
{
    find_culprit(r, &f);
    if (f.year)
        return refuse_year(r, f.year, f.subject, err);
    buffer formula = {0};
    const node *n = &r->plan->nodes[f.node];
    plan_print_node(r->plan, f.node, ASSESS_EN, &formula);
    text id = r->batch->people.ids.texts[f.subject], clause = plan_clause_number(r->plan, n->at);
    assess_status s = error_set_at(err, ASSESS_E_INPUT, message_of2(MSG_range_figure, id, buffer_text(&formula)),
                                   r->plan->files[n->at.file].name.bytes, n->at.line, clause.bytes);
    buffer_free(&formula);
    return s;
}

/* What the task has found goes behind what those before it have, in the order of the subjects. */
static assess_status gather(const crew *c, task *t, finding_list *all, assess_error *err)
{
    if (t->stopped && err && !err->status)
        *err = *t->stopped;
    if (t->stopped)
        return t->stopped->status;
    if (t->failed.node != NODE_NONE)
        return refuse_range(c->r, t->failed, err);
    if (t->found.failed || !MEM_RESERVE(all->items, all->capacity, all->count + t->found.count))
        return error_no_memory(err);
    if (t->found.count)
        memcpy(all->items + all->count, t->found.items, t->found.count * sizeof *all->items);
    all->count += t->found.count;
    t->found.count = 0;
    return ASSESS_OK;
}

/* From the end on, so that everything moves once. Of one subject, what an earlier pass found comes first. */
static void merge(finding *all, size_t old, const finding *fresh, size_t count)
{
    for (size_t at = old + count; count > 0; at--) {
        bool from_old = old > 0 && all[old - 1].subject > fresh[count - 1].subject;
        all[at - 1] = from_old ? all[--old] : fresh[--count];
    }
}

/* Takes the list over, or empties it. */
static assess_status merge_findings(result *r, finding_list *fresh, assess_error *err)
{
    size_t old = r->finding_count;
    if (!old) {
        findings_free(r->findings, old);
        r->findings = fresh->items;
        r->finding_count = fresh->count;
        *fresh = (finding_list){0};
        return ASSESS_OK;
    }
    if (!MEM_WIDEN(r->findings, old + fresh->count))
        return error_no_memory(err);
    merge(r->findings, old, fresh->items, fresh->count);
    r->finding_count = old + fresh->count;
    fresh->count = 0;
    return ASSESS_OK;
}

assess_status add_findings(result *r, finding *fresh, size_t count, assess_error *err)
{
    finding_list list = {.items = fresh, .count = count, .capacity = count};
    assess_status s = merge_findings(r, &list, err);
    findings_free(list.items, list.count);
    return s;
}

static bool open_crew(crew *c, unsigned threads)
{
    c->wave = (size_t)threads * TASKS_PER_THREAD;
    c->tasks = mem_zalloc(c->wave, sizeof *c->tasks);
    c->blocks = mem_zalloc(threads, sizeof *c->blocks);
    bool fine = c->tasks && c->blocks;
    for (unsigned i = 0; fine && i < threads; i++)
        fine = block_open(&c->blocks[i], c->r);
    return fine;
}

static void close_crew(crew *c, unsigned threads)
{
    for (unsigned i = 0; c->blocks && i < threads; i++)
        block_close(&c->blocks[i]);
    mem_free(c->blocks);
    for (size_t t = 0; c->tasks && t < c->wave; t++) {
        findings_free(c->tasks[t].found.items, c->tasks[t].found.count);
        mem_free(c->tasks[t].stopped);
    }
    mem_free(c->tasks);
}

static bool cancelled(const engine_options *o, uint64_t done, unsigned passes)
{
    return o->progress && o->progress(o->user, done, (uint64_t)passes + 2) != 0;
}

static assess_status run_wave(crew *c, size_t count, unsigned threads, finding_list *all, assess_error *err)
{
    assess_status s = ASSESS_OK;
    parallel_run(count, threads, run_task, c);
    for (size_t t = 0; !s && t < count; t++)
        s = gather(c, &c->tasks[t], all, err);
    c->first += count;
    return s;
}

static assess_status walk(result *r, const decider *how, const pass *now, unsigned threads, assess_error *err)
{
    size_t per_task = (size_t)BLOCK * BLOCKS_PER_TASK, tasks = (r->count + per_task - 1) / per_task;
    crew c = {.r = r, .how = how, .now = now};
    finding_list found = {0};
    if (threads > tasks) /* a block of columns for a worker without a task would be memory for nothing */
        threads = (unsigned)tasks;
    bool fine = MEM_RESERVE(found.items, found.capacity, 1) && open_crew(&c, threads); /* a list, though it may be empty */
    assess_status s = fine ? ASSESS_OK : error_no_memory(err);
    while (!s && c.first < tasks)
        s = run_wave(&c, tasks - c.first < c.wave ? tasks - c.first : c.wave, threads, &found, err);
    s = s ? s : merge_findings(r, &found, err);
    findings_free(found.items, found.count);
    close_crew(&c, threads);
    return s;
}

static assess_status find_barriers(result *r, unsigned stage, assess_error *err)
{
    assess_status s = ASSESS_OK;
    for (node_id id = 0; !s && id < r->plan->node_count; id++)
        if (r->plan->nodes[id].op == OP_GROUP && r->plan->nodes[id].stage == stage)
            s = group_find(r, id, err);
    return s;
}

/* Columns that no later barrier looks at; those of OF_UNIT are what it found. */
static void drop_columns(result *r, unsigned stage)
{
    const plan *p = r->plan;
    bool *kept = r->inner->kept;
    for (node_id id = 0; id < p->node_count; id++)
        kept[id] = false;
    for (node_id id = 0; id < p->node_count; id++)
        for (uint32_t a = 0; op_is_barrier(p->nodes[id].op) && a < p->nodes[id].arg_count; a++)
            kept[p->nodes[id].args[a]] |= p->nodes[id].stage > stage || p->nodes[id].op == OP_OF_UNIT;
    for (node_id id = 0; id < p->node_count; id++) {
        if (kept[id])
            continue;
        column_free(r->inner->columns[id]);
        r->inner->columns[id] = NULL;
    }
}

static assess_status take_pass(result *r, const decider *how, unsigned number, unsigned threads, assess_error *err)
{
    pass now;
    assess_status s = number ? find_barriers(r, number, err) : ASSESS_OK;
    if (!s && number)
        drop_columns(r, number);
    if (s)
        return s;
    s = pass_open(&now, r, number, err);
    if (!s && (now.count || pass_decides(&now)))
        s = walk(r, how, &now, threads, err);
    pass_close(&now);
    return s;
}

static assess_status take_passes(result *r, const engine_options *o, unsigned threads, assess_error *err)
{
    decider how;
    assess_status s = decider_open(&how, r->plan, err);
    for (unsigned number = 0; !s && number < r->plan->stage_count; number++) {
        s = take_pass(r, &how, number, threads, err);
        if (!s && cancelled(o, 2 + number, r->plan->stage_count))
            s = error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled));
    }
    decider_close(&how);
    return s;
}

static result *open_result(const plan *p, const batch *b)
{
    result *r = mem_zalloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->plan = p;
    r->batch = b;
    r->count = b->people.count;
    r->inner = workings_new(p);
    r->status = mem_zalloc(r->count + 1, sizeof *r->status);
    r->score = mem_zalloc(r->count + 1, sizeof *r->score);
    r->grade = mem_zalloc(r->count + 1, sizeof *r->grade);
    r->rank = mem_zalloc(r->count + 1, sizeof *r->rank);
    r->flags = mem_zalloc(r->count + 1, sizeof *r->flags);
    if (r->inner && r->status && r->score && r->grade && r->rank && r->flags)
        return r;
    result_free(r);
    return NULL;
}

static assess_status run_stages(result *r, const engine_options *o, assess_error *err)
{
    unsigned threads = o->threads ? o->threads : 1;
    assess_status s = read_inputs(r, threads, err);
    s = s ? s : mark_ballots(r, threads, err);
    s = s ? s : tally_ballots(r, threads, err);
    s = s ? s : list_ballots(r, threads, err);
    if (!s && cancelled(o, 1, r->plan->stage_count))
        s = error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled));
    s = s ? s : index_events(r, err);
    s = s ? s : check_event_days(r, err);
    s = s ? s : find_levels(r, threads, err);
    s = s ? s : take_passes(r, o, threads, err);
    return s ? s : apply_decisions(r, err);
}

assess_status engine_run(const plan *p, const batch *b, const engine_options *options, result **out, assess_error *err)
{
    if (b->problems.errors)
        return error_set(err, ASSESS_E_CALL, message_of(MSG_call_batch_has_errors));
    result *r = open_result(p, b);
    if (!r)
        return error_no_memory(err);
    assess_status s = run_stages(r, options, err);
    if (s)
        result_free(r);
    else
        *out = r;
    return s;
}
