#include "exchange/pipeline.h"

#include "base/parallel.h"

enum { PIECES_PER_THREAD = 4, MOST_PIECES = 32 };

bool pipeline_open(pipeline *p, feed *f, unsigned threads)
{
    size_t group = (size_t)threads * PIECES_PER_THREAD;
    *p = (pipeline){.feed = f, .threads = threads, .group = group < MOST_PIECES ? group : MOST_PIECES};
    p->ready = mem_zalloc(p->group, sizeof *p->ready);
    p->coming = mem_zalloc(p->group, sizeof *p->coming);
    p->worked = mem_zalloc(p->group, sizeof *p->worked);
    return p->ready && p->coming && p->worked;
}

void pipeline_close(pipeline *p)
{
    piece *groups[] = {p->ready, p->coming, p->worked};
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        for (size_t i = 0; groups[g] && i < p->group; i++)
            chunk_free(&groups[g][i].chunk);
        mem_free(groups[g]);
    }
}

static void read_ahead(pipeline *p)
{
    p->coming_count = 0;
    while (p->coming_count < p->group) {
        piece *next = &p->coming[p->coming_count];
        if (!feed_next(p->feed, &next->chunk))
            return;
        char *bytes = next->chunk.text.bytes;
        next->reader = (csv_reader){bytes, bytes + next->chunk.text.length, p->feed->delimiter, 0};
        next->most_records = csv_most_records(bytes, next->chunk.text.length);
        p->coming_count++;
    }
}

static void swap(piece **a, piece **b)
{
    piece *pieces = *a;
    *a = *b;
    *b = pieces;
}

static void next_group(pipeline *p)
{
    swap(&p->ready, &p->worked);
    swap(&p->ready, &p->coming);
    p->worked_count = p->ready_count;
    p->ready_count = p->coming_count;
    p->coming_count = 0;
}

bool pipeline_fill(pipeline *p)
{
    read_ahead(p);
    next_group(p);
    return p->ready_count > 0;
}

typedef struct group_work {
    pipeline *pipeline;
    const stage *stage;
    bool stopped;
} group_work;

static uint64_t bytes_of(const piece *pieces, size_t count)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += pieces[i].chunk.text.length;
    return bytes;
}

static void gather(group_work *g, piece *pieces, size_t count)
{
    if (count)
        g->stopped = !g->stage->gather(g->stage->context, pieces, count, bytes_of(pieces, count));
}

/* Task 0 is the calling thread's: a stream, and whoever hears of progress, is called on no other. The others work. */
static void run_task(void *context, size_t index, unsigned worker)
{
    group_work *g = context;
    pipeline *p = g->pipeline;
    if (index == 0) {
        if (g->stage->overlaps)
            gather(g, p->worked, p->worked_count);
        if (!g->stopped)
            read_ahead(p);
    } else if (g->stage->in_order) {
        for (size_t i = 0; i < p->ready_count; i++)
            g->stage->work(g->stage->context, &p->ready[i], i, worker);
    } else {
        g->stage->work(g->stage->context, &p->ready[index - 1], index - 1, worker);
    }
}

void pipeline_run(pipeline *p, const stage *s)
{
    group_work g = {.pipeline = p, .stage = s};
    p->worked_count = 0;
    while (!g.stopped && p->ready_count > 0) {
        size_t tasks = s->in_order ? 1 : p->ready_count;
        if (s->prepare && !s->prepare(s->context, p->ready, p->ready_count))
            return;
        parallel_run(1 + tasks, p->threads, run_task, &g);
        if (!s->overlaps)
            gather(&g, p->ready, p->ready_count);
        next_group(p);
    }
    if (s->overlaps && !g.stopped)
        gather(&g, p->worked, p->worked_count);
}
