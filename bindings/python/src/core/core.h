/* core.h: what the files of assess._core share. The module mirrors the C functions one by one, in bytes, numbers and handles; what
 * is pleasant to use stands in Python above it (src/assess).
 *
 * One heap type, Handle, holds whatever the library owns. Every call goes through a job: it locks the handles it uses, lets other
 * Python threads run, and ends with a value or an exception. */
#ifndef ASSESS_PYTHON_CORE_H
#define ASSESS_PYTHON_CORE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <assess/assess.h>
#include <pythread.h>
#include <stdbool.h>

/* ---- handles ---- */

typedef enum handle_kind { KIND_SCHEME, KIND_BATCH, KIND_RESULT, KIND_TABLE, KIND_COUNT } handle_kind;

typedef struct job job;

/* Nothing but handle.c knows that a Python object begins in it. */
typedef struct handle {
    PyObject_HEAD
    handle_kind kind;
    void *thing;             /* the library's object; NULL once it is freed */
    PyThread_type_lock lock; /* one call at a time on an object */
    unsigned long owner;     /* the thread that holds the lock, 0: none */
    unsigned forks;          /* how often the process had been forked when the lock was taken */
    job *running;            /* of a batch: the call whose progress is told */
} handle;

PyTypeObject *handle_type_new(PyObject *module);
PyObject *handle_new(PyObject *module, handle_kind kind);       /* with thing NULL */
handle *handle_from(PyObject *module, PyObject *object, handle_kind kind); /* NULL: it is none, TypeError is set */
handle *handle_alive(PyObject *module, PyObject *object);       /* of any kind */
void handle_free_thing(handle_kind kind, void *thing);
bool handle_watch_forks(void); /* once in a process */

/* ---- a call of the library ---- */

struct job {
    handle *used[2];         /* locked for as long as it runs; NULL: none */
    PyThreadState *released; /* NULL: this thread may touch Python */
    PyObject *progress;      /* borrowed; None or NULL: nobody wants to know */
    bool failed;             /* `progress` or a signal raised an exception … */
    PyObject *raised[3];     /* … which waits here: streams may run Python until the call is over */
    double looked, told;     /* seconds: when signals were looked for, when `progress` was called */
    job *self;               /* what job_watch is given */
    assess_error err;
};

bool job_lock(job *j, handle *h); /* for what takes microseconds: other Python threads wait meanwhile */
bool job_begin(job *j, handle *first, handle *second, PyObject *progress); /* false: an exception is set, nothing is locked */
bool job_end(job *j, assess_status status);                                /* false: an exception is set */
int job_watch(void *user, uint64_t done, uint64_t total);                  /* an assess_progress; user: job ** */

/* ---- values ---- */

/* Texts of a Python sequence of str and bytes, for as long as `kept` lives. */
typedef struct texts {
    const char **at;
    size_t count;
    PyObject *kept;
} texts;

bool texts_take(texts *t, PyObject *sequence);
void texts_drop(texts *t);
PyObject *text_new(const char *utf8);
PyObject *text_move(char *text); /* frees it as the library wants */

void raise_failure(assess_status status, const assess_error *err);
void attach_mistakes(const assess_mistakes *wrong); /* to the exception that is set, as its .mistakes */
void raise_refusal(const char *id, const char *zh, const char *en); /* the caller's mistake, found here */

/* ---- Arrow ---- */

PyObject *stream_capsule_new(struct ArrowArrayStream **out); /* with a released stream to be filled */

/* ---- workbooks ---- */

const assess_workbook_reader *workbooks(void); /* what reads them for a batch */

extern PyMethodDef scheme_functions[], batch_functions[], result_functions[], table_functions[], store_functions[], arrow_functions[],
    office_functions[];

#endif
