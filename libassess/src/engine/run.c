/* run.c: the stages of a run: ballots, events, blocks of subjects, ranking. */
#include <string.h>

#include "base/parallel.h"
#include "engine/outcome.h"

typedef struct task {
    finding_list found;
    node_id failed;
    uint32_t failed_subject;
} task;

typedef struct crew {
    result *r;
    decider how;
    block *blocks; /* one per worker */
    task *tasks;
    size_t task_count;
} crew;

static void run_task(void *context, size_t index, unsigned worker)
{
    crew *c = context;
    block *k = &c->blocks[worker];
    task *t = &c->tasks[index];
    size_t first = index * BLOCK * BLOCKS_PER_TASK, end = first + BLOCK * BLOCKS_PER_TASK;
    end = end < c->r->count ? end : c->r->count;
    k->failed = NODE_NONE;
    for (size_t at = first; at < end && k->failed == NODE_NONE; at += BLOCK) {
        block_evaluate(k, (uint32_t)at, end - at < BLOCK ? end - at : BLOCK);
        if (k->failed == NODE_NONE)
            block_decide(k, &c->how, c->r, &t->found);
    }
    t->failed = k->failed;
    t->failed_subject = k->failed_subject;
}

static assess_status refuse_range(const result *r, const task *t, assess_error *err)
{
    buffer formula = {0};
    const node *n = &r->plan->nodes[t->failed];
    plan_print_node(r->plan, t->failed, ASSESS_EN, &formula);
    text id = r->batch->people.ids.texts[t->failed_subject], clause = plan_clause_number(r->plan, n->at);
    assess_status s = error_set_at(err, ASSESS_E_INPUT, message_of2(MSG_range_figure, id, buffer_text(&formula)),
                                   r->plan->files[n->at.file].name.bytes, n->at.line, clause.bytes);
    buffer_free(&formula);
    return s;
}

/* The findings of all tasks, in the order of the subjects. */
static assess_status gather(crew *c, assess_error *err)
{
    result *r = c->r;
    size_t total = 0;
    for (size_t t = 0; t < c->task_count; t++) {
        if (c->tasks[t].failed != NODE_NONE)
            return refuse_range(r, &c->tasks[t], err);
        if (c->tasks[t].found.failed)
            return error_no_memory(err);
        total += c->tasks[t].found.count;
    }
    r->findings = mem_alloc((total + 1) * sizeof *r->findings);
    if (!r->findings)
        return error_no_memory(err);
    for (size_t t = 0; t < c->task_count; t++) {
        if (c->tasks[t].found.count)
            memcpy(r->findings + r->finding_count, c->tasks[t].found.items, c->tasks[t].found.count * sizeof *r->findings);
        r->finding_count += c->tasks[t].found.count;
    }
    return ASSESS_OK;
}

static bool open_crew(crew *c, unsigned threads)
{
    c->tasks = mem_zalloc(c->task_count + 1, sizeof *c->tasks);
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
    for (size_t t = 0; c->tasks && t < c->task_count; t++)
        mem_free(c->tasks[t].found.items);
    mem_free(c->blocks);
    mem_free(c->tasks);
    decider_close(&c->how);
}

static assess_status decide_all(result *r, unsigned threads, assess_error *err)
{
    size_t per_task = (size_t)BLOCK * BLOCKS_PER_TASK;
    crew c = {.r = r, .task_count = (r->count + per_task - 1) / per_task};
    if (threads > c.task_count) /* a block of columns for a worker without a task would be memory for nothing */
        threads = (unsigned)c.task_count;
    assess_status s = decider_open(&c.how, r->plan, err);
    if (!s && !open_crew(&c, threads))
        s = error_no_memory(err);
    if (!s) {
        parallel_run(c.task_count, threads, run_task, &c);
        s = gather(&c, err);
    }
    close_crew(&c, threads);
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
    r->inner = mem_zalloc(1, sizeof *r->inner);
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

static bool cancelled(const engine_options *o, uint64_t done)
{
    enum { STAGES = 4 };
    return o->progress && o->progress(o->user, done, STAGES) != 0;
}

static assess_status run_stages(result *r, const engine_options *o, assess_error *err)
{
    unsigned threads = o->threads ? o->threads : 1;
    assess_status s = tally_ballots(r, threads, err);
    if (!s && cancelled(o, 1))
        s = error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled));
    s = s ? s : index_events(r, err);
    s = s ? s : decide_all(r, threads, err);
    if (!s && cancelled(o, 3))
        s = error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled));
    return s ? s : rank_batch(r, err);
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
