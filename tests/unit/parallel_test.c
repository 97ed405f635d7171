/* Tasks on threads: each once, whatever the number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/parallel.h"

enum { TASKS = 10000 };

typedef struct tally {
    atomic_int runs[TASKS];
    atomic_uint highest_worker;
    unsigned per_worker[512]; /* without atomics: a worker is one thread at a time */
    size_t order[TASKS];
    size_t done;
} tally;

static void count_run(void *context, size_t index, unsigned worker)
{
    tally *t = context;
    atomic_fetch_add(&t->runs[index], 1);
    t->per_worker[worker]++;
    unsigned seen = atomic_load(&t->highest_worker);
    while (worker > seen && !atomic_compare_exchange_weak(&t->highest_worker, &seen, worker))
        ;
}

static void note_order(void *context, size_t index, unsigned worker)
{
    tally *t = context;
    (void)worker;
    t->order[t->done++] = index;
}

static void check_each_once(unsigned threads, unsigned most_workers, const char *file, int line)
{
    static tally t;
    t = (tally){0};
    parallel_run(TASKS, threads, count_run, &t);
    for (int i = 0; i < TASKS; i++)
        _assert_int_equal((LargestIntegralType)t.runs[i], 1, file, line);
    _assert_true(t.highest_worker < most_workers, "worker < threads", file, line);
    unsigned total = 0;
    for (int i = 0; i < 512; i++)
        total += t.per_worker[i];
    _assert_int_equal(total, TASKS, file, line);
}
#define assert_each_once(threads, most_workers) check_each_once((threads), (most_workers), __FILE__, __LINE__)

static void test_each_task_runs_once_on_one_thread(void **state)
{
    (void)state;
    assert_each_once(1, 1);
}

static void test_each_task_runs_once_on_no_thread_to_spare(void **state)
{
    (void)state;
    assert_each_once(0, 1);
}

static void test_each_task_runs_once_on_eight_threads(void **state)
{
    (void)state;
    assert_each_once(8, 8);
}

static void test_each_task_runs_once_on_more_threads_than_allowed(void **state)
{
    (void)state;
    assert_each_once(100000, 256);
}

static void test_no_tasks_is_no_work(void **state)
{
    (void)state;
    static tally t;
    parallel_run(0, 8, count_run, &t);
    assert_int_equal(t.per_worker[0], 0);
}

static void test_fewer_tasks_than_threads_all_run(void **state)
{
    (void)state;
    static tally t;
    parallel_run(3, 8, count_run, &t);
    for (int i = 0; i < 3; i++)
        assert_int_equal(t.runs[i], 1);
    assert_true(t.highest_worker < 3);
}

static void test_one_thread_takes_tasks_in_order(void **state)
{
    (void)state;
    static tally t;
    parallel_run(TASKS, 1, note_order, &t);
    for (size_t i = 0; i < TASKS; i++)
        assert_int_equal(t.order[i], i);
}

static void test_processors_is_at_least_one(void **state)
{
    (void)state;
    assert_true(parallel_processors() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_task_runs_once_on_one_thread),
        cmocka_unit_test(test_each_task_runs_once_on_no_thread_to_spare),
        cmocka_unit_test(test_each_task_runs_once_on_eight_threads),
        cmocka_unit_test(test_each_task_runs_once_on_more_threads_than_allowed),
        cmocka_unit_test(test_no_tasks_is_no_work),
        cmocka_unit_test(test_fewer_tasks_than_threads_all_run),
        cmocka_unit_test(test_one_thread_takes_tasks_in_order),
        cmocka_unit_test(test_processors_is_at_least_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
