/* progress.c: the library tells how far it is; here Ctrl-C is heard and the caller's function called. */
#include <time.h>

#include "core.h"

/* Taking Python's lock costs other threads; nobody notices a wait as short as this. */
static const double LOOK_EVERY = 0.02, TELL_EVERY = 0.1;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Whether the caller's function wants to stop; -1 when it raised. */
static int tell(job *j, uint64_t done, uint64_t total)
{
    PyObject *answer = PyObject_CallFunction(j->progress, "KK", (unsigned long long)done, (unsigned long long)total);
    int stop = answer ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    return stop;
}

static int wants_to_stop(job *j, double at, uint64_t done, uint64_t total)
{
    if (PyErr_CheckSignals() < 0)
        return -1;
    if (!j->progress || j->progress == Py_None || at - j->told < TELL_EVERY)
        return 0;
    j->told = at;
    return tell(j, done, total);
}

int job_watch(void *user, uint64_t done, uint64_t total)
{
    job *j = *(job **)user;
    if (!j || !j->released) /* nobody is waiting */
        return 0;
    double at = now();
    if (j->failed || at - j->looked < LOOK_EVERY)
        return j->failed;
    j->looked = at;
    PyEval_RestoreThread(j->released); /* the library calls on the thread that called it */
    int stop = wants_to_stop(j, at, done, total);
    if (stop < 0) {
        j->failed = true;
        PyErr_Fetch(&j->raised[0], &j->raised[1], &j->raised[2]);
    }
    j->released = PyEval_SaveThread();
    return stop != 0;
}
