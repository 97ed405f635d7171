/* handle.c: the one type of assess._core, and its lock. */
#include <pthread.h>
#include <string.h>

#include "core.h"

enum { WAIT_MICROSECONDS = 50000 };

void handle_free_thing(handle_kind kind, void *thing)
{
    switch (kind) {
    case KIND_SCHEME: assess_scheme_free(thing); break;
    case KIND_BATCH: assess_batch_free(thing); break;
    case KIND_RESULT: assess_result_free(thing); break;
    case KIND_TABLE: assess_table_free(thing); break;
    case KIND_COUNT: break;
    }
}

static void handle_dealloc(PyObject *self)
{
    handle *h = (handle *)self;
    PyTypeObject *type = Py_TYPE(self);
    handle_free_thing(h->kind, h->thing);
    if (h->lock)
        PyThread_free_lock(h->lock);
    ((freefunc)PyType_GetSlot(type, Py_tp_free))(self);
    Py_DECREF(type);
}

static PyType_Slot slots[] = {{Py_tp_dealloc, handle_dealloc},
                              {Py_tp_doc, "Something that the library owns: a scheme, a batch, a result or a table."},
                              {0, NULL}};

static PyType_Spec spec = {.name = "assess._core.Handle",
                           .basicsize = sizeof(handle),
                           .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
                           .slots = slots};

PyTypeObject *handle_type_new(PyObject *module)
{
    return (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
}

static PyTypeObject *type_of(PyObject *module)
{
    return *(PyTypeObject **)PyModule_GetState(module);
}

PyObject *handle_new(PyObject *module, handle_kind kind)
{
    PyTypeObject *type = type_of(module);
    PyObject *self = ((allocfunc)PyType_GetSlot(type, Py_tp_alloc))(type, 0); /* zeroed */
    if (!self)
        return NULL;
    handle *h = (handle *)self;
    h->kind = kind;
    h->lock = PyThread_allocate_lock();
    if (h->lock)
        return self;
    Py_DECREF(self);
    return PyErr_NoMemory();
}

handle *handle_alive(PyObject *module, PyObject *object)
{
    if (Py_IS_TYPE(object, type_of(module)))
        return (handle *)object;
    PyErr_SetString(PyExc_TypeError, "expected a handle of assess._core");
    return NULL;
}

handle *handle_from(PyObject *module, PyObject *object, handle_kind kind)
{
    static const char *const names[KIND_COUNT] = {"scheme", "batch", "result", "table"};
    handle *h = handle_alive(module, object);
    if (h && h->kind != kind) {
        PyErr_Format(PyExc_TypeError, "expected a %s but found a %s", names[kind], names[h->kind]);
        return NULL;
    }
    return h;
}

/* ---- the lock ---- */

static void leave(handle *h)
{
    if (!h)
        return;
    h->owner = 0;
    PyThread_release_lock(h->lock);
}

/* How many forks this process is away from the first. A thread that held a lock when its process was forked is not there in the
 * child, and nobody will ever release its copy of the lock. */
static unsigned forks;

static void count_fork(void) { forks++; }

bool handle_watch_forks(void) { return pthread_atfork(NULL, NULL, count_fork) == 0; }

/* Waits for another thread to be done with it; Ctrl-C ends the wait. */
static bool wait_for(handle *h)
{
    PyLockStatus got = PyThread_acquire_lock_timed(h->lock, 0, 0);
    while (got != PY_LOCK_ACQUIRED) {
        if (h->forks != forks) {
            raise_refusal("python.forked", "本进程派生时，该对象正由父进程的线程使用，在此不能再使用；请在派生之前完成调用，或在子进程中另行创建",
                          "a thread of the parent process was using this object when this process was forked: it cannot be used here; "
                          "finish the call before forking, or make another object");
            return false;
        }
        Py_BEGIN_ALLOW_THREADS
        got = PyThread_acquire_lock_timed(h->lock, WAIT_MICROSECONDS, 0);
        Py_END_ALLOW_THREADS
        if (got != PY_LOCK_ACQUIRED && PyErr_CheckSignals() < 0)
            return false;
    }
    return true;
}

static bool enter(handle *h)
{
    unsigned long me = PyThread_get_thread_ident();
    if (!h)
        return true;
    if (h->owner == me) { /* it would wait for itself */
        raise_refusal("python.busy", "该对象正在使用，其进度回调函数中不得再使用该对象",
                      "this object is in use: its own progress function must not use it");
        return false;
    }
    if (!wait_for(h))
        return false;
    h->owner = me;
    h->forks = forks;
    if (h->thing)
        return true;
    leave(h);
    raise_refusal("python.closed", "该对象已关闭，不能再使用", "this object is closed and cannot be used any more");
    return false;
}

/* ---- a call ---- */

/* Two handles are always locked in the order of their addresses, so that two threads cannot wait for each other. */
static void put_in_order(job *j, handle *first, handle *second)
{
    bool swap = second && (uintptr_t)second < (uintptr_t)first;
    j->used[0] = swap ? second : first;
    j->used[1] = second == first ? NULL : swap ? first : second;
}

static bool lock_both(job *j, handle *first, handle *second)
{
    memset(j, 0, sizeof *j);
    put_in_order(j, first, second);
    if (!enter(j->used[0]))
        return false;
    if (enter(j->used[1]))
        return true;
    leave(j->used[0]);
    return false;
}

bool job_lock(job *j, handle *h)
{
    return lock_both(j, h, NULL);
}

bool job_begin(job *j, handle *first, handle *second, PyObject *progress)
{
    if (!lock_both(j, first, second))
        return false;
    j->progress = progress;
    j->self = j;
    if (first)
        first->running = j;
    j->released = PyEval_SaveThread();
    return true;
}

bool job_end(job *j, assess_status status)
{
    if (j->released)
        PyEval_RestoreThread(j->released);
    j->released = NULL;
    for (int k = 0; k < 2; k++) {
        if (j->used[k])
            j->used[k]->running = NULL;
        leave(j->used[k]);
    }
    if (j->failed)
        PyErr_Restore(j->raised[0], j->raised[1], j->raised[2]);
    else if (status != ASSESS_OK)
        raise_failure(status, &j->err);
    return !j->failed && status == ASSESS_OK;
}
