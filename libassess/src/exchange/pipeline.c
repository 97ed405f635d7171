#include "exchange/pipeline.h"

#include "base/parallel.h"

enum { PIECES_PER_THREAD = 8, MOST_PIECES = 32 };

bool pipeline_open(pipeline *p, feed *f, unsigned threads)
{
    size_t group = (size_t)threads * PIECES_PER_THREAD;
    *p = (pipeline){.feed = f, .threads = threads, .group = group < MOST_PIECES ? group : MOST_PIECES};
    p->ready = mem_zalloc(p->group, sizeof *p->ready);
    p->coming = mem_zalloc(p->group, sizeof *p->coming);
    return p->ready && p->coming;
}

void pipeline_close(pipeline *p)
{
    for (size_t i = 0; p->ready && p->coming && i < p->group; i++) {
        chunk_free(&p->ready[i].chunk);
        chunk_free(&p->coming[i].chunk);
    }
    mem_free(p->ready);
    mem_free(p->coming);
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

static void swap_groups(pipeline *p)
{
    piece *pieces = p->ready;
    p->ready = p->coming;
    p->coming = pieces;
    p->ready_count = p->coming_count;
    p->coming_count = 0;
}

bool pipeline_fill(pipeline *p)
{
    read_ahead(p);
    swap_groups(p);
    return p->ready_count > 0;
}

typedef struct group_work {
    pipeline *pipeline;
    const stage *stage;
} group_work;

/* Task 0 reads ahead, on the calling thread: a stream is called on no other. The others work. */
static void run_task(void *context, size_t index, unsigned worker)
{
    const group_work *g = context;
    pipeline *p = g->pipeline;
    if (index == 0) {
        read_ahead(p);
    } else if (g->stage->in_order) {
        for (size_t i = 0; i < p->ready_count; i++)
            g->stage->work(g->stage->context, &p->ready[i], i, worker);
    } else {
        g->stage->work(g->stage->context, &p->ready[index - 1], index - 1, worker);
    }
}

static uint64_t bytes_of(const pipeline *p)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < p->ready_count; i++)
        bytes += p->ready[i].chunk.text.length;
    return bytes;
}

void pipeline_run(pipeline *p, const stage *s)
{
    group_work g = {p, s};
    while (p->ready_count > 0) {
        size_t tasks = s->in_order ? 1 : p->ready_count;
        if (s->prepare && !s->prepare(s->context, p->ready, p->ready_count))
            return;
        parallel_run(1 + tasks, p->threads, run_task, &g);
        if (!s->gather(s->context, p->ready_count, bytes_of(p)))
            return;
        swap_groups(p);
    }
}
