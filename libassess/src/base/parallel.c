/* parallel: threads that take numbers from one counter. */
#define _GNU_SOURCE /* sched_getaffinity */
#include "base/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST_THREADS = 256 };

typedef struct job {
    size_t count;
    atomic_size_t next;
    parallel_task task;
    void *context;
} job;

typedef struct worker {
    pthread_t thread;
    job *job;
    unsigned number;
} worker;

static void work(job *j, unsigned number)
{
    size_t index;
    while ((index = atomic_fetch_add_explicit(&j->next, 1, memory_order_relaxed)) < j->count)
        j->task(j->context, index, number);
}

static void *work_on_thread(void *argument)
{
    worker *w = argument;
    work(w->job, w->number);
    return NULL;
}

/* Signals stay with the threads of the program that uses the library. */
static unsigned start_workers(worker *workers, unsigned count, job *j)
{
    sigset_t all, before;
    unsigned started = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; started < count; started++) {
        workers[started].job = j;
        workers[started].number = started + 1; /* 0 is the caller */
        if (pthread_create(&workers[started].thread, NULL, work_on_thread, &workers[started]) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void parallel_run(size_t count, unsigned threads, parallel_task task, void *context)
{
    worker workers[MOST_THREADS - 1];
    job j = {.count = count, .task = task, .context = context};
    atomic_init(&j.next, 1);
    if (count == 0)
        return;
    if (threads > MOST_THREADS)
        threads = MOST_THREADS;
    if (threads > count)
        threads = (unsigned)count;
    unsigned started = threads > 1 ? start_workers(workers, threads - 1, &j) : 0;
    task(context, 0, 0);
    work(&j, 0);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

unsigned parallel_processors(void)
{
    long online = 0;
#ifdef __linux__
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        online = CPU_COUNT(&set);
#endif
    if (online < 1) /* more processors than the set holds, or another system */
        online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (unsigned)online;
}
