/* batch.c: assess/batch.h, one function each. */
#include "core.h"

static PyObject *batch_new(PyObject *module, PyObject *arguments)
{
    job j;
    texts ignored;
    PyObject *object, *ignored_list;
    int hashes;
    unsigned threads;
    handle *scheme;
    if (!PyArg_ParseTuple(arguments, "OOIp", &object, &ignored_list, &threads, &hashes) ||
        !(scheme = handle_from(module, object, KIND_SCHEME)) || !texts_take(&ignored, ignored_list))
        return NULL;
    handle *made = (handle *)handle_new(module, KIND_BATCH);
    assess_batch *batch = NULL;
    assess_batch_options options = {.size = sizeof options, .ignored_kinds = ignored.at, .ignored_kind_count = ignored.count,
                                    .threads = threads, .hash_inputs = hashes, .progress = job_watch,
                                    .workbooks = workbooks()};
    options.user = made ? &made->running : NULL; /* a batch is called by its handle alone, so the handle outlives every call */
    bool fine = made && job_begin(&j, scheme, NULL, NULL) &&
                job_end(&j, assess_batch_new(scheme->thing, &options, &batch, &j.err));
    texts_drop(&ignored);
    if (fine)
        made->thing = batch;
    else
        Py_CLEAR(made);
    return (PyObject *)made;
}

static PyObject *batch_read(PyObject *module, PyObject *arguments)
{
    job j;
    texts paths;
    PyObject *object, *path_list, *progress;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OOO", &object, &path_list, &progress) || !(h = handle_from(module, object, KIND_BATCH)) ||
        !texts_take(&paths, path_list))
        return NULL;
    bool fine = job_begin(&j, h, NULL, progress) && job_end(&j, assess_batch_read(h->thing, paths.at, paths.count, &j.err));
    texts_drop(&paths);
    return fine ? Py_NewRef(Py_None) : NULL;
}

static PyObject *batch_finish(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object, *progress;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OO", &object, &progress) || !(h = handle_from(module, object, KIND_BATCH)) ||
        !job_begin(&j, h, NULL, progress) || !job_end(&j, assess_batch_finish(h->thing, &j.err)))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *batch_readiness(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object, *progress;
    int language, format;
    size_t open = 0;
    char *text = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OiiO", &object, &language, &format, &progress) ||
        !(h = handle_from(module, object, KIND_BATCH)) || !job_begin(&j, h, NULL, progress) ||
        !job_end(&j, assess_batch_readiness(h->thing, (assess_language)language, (assess_format)format, &text, &open, &j.err)))
        return NULL;
    return Py_BuildValue("Nn", text_move(text), (Py_ssize_t)open);
}

/* ---- problems ---- */

static PyObject *problem_tuple(const assess_problem *p)
{
    return Py_BuildValue("iNNNkkNNNN", (int)p->severity, text_new(p->id), text_new(p->file), text_new(p->sheet),
                         (unsigned long)p->row, (unsigned long)p->column, text_new(p->header), text_new(p->value),
                         text_new(p->message[ASSESS_ZH]), text_new(p->message[ASSESS_EN]));
}

static PyObject *batch_problem(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    Py_ssize_t index;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "On", &object, &index) || !(h = handle_from(module, object, KIND_BATCH)) ||
        !job_lock(&j, h))
        return NULL;
    assess_problem p = {.size = sizeof p};
    assess_status status = assess_batch_problem(h->thing, (size_t)index, &p, &j.err);
    PyObject *made = status == ASSESS_OK ? problem_tuple(&p) : NULL; /* its texts last until the next call: copied while locked */
    if (job_end(&j, status))
        return made;
    Py_XDECREF(made);
    return NULL;
}

static PyObject *batch_problems(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    int language, format;
    char *text = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oii", &object, &language, &format) || !(h = handle_from(module, object, KIND_BATCH)) ||
        !job_begin(&j, h, NULL, NULL) ||
        !job_end(&j, assess_batch_problems(h->thing, (assess_language)language, (assess_format)format, &text, &j.err)))
        return NULL;
    return text_move(text);
}

static PyObject *batch_counts(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_from(module, object, KIND_BATCH);
    if (!h || !job_lock(&j, h))
        return NULL;
    const assess_batch *b = h->thing;
    PyObject *made = Py_BuildValue("nnnnn", (Py_ssize_t)assess_batch_problem_count(b), (Py_ssize_t)assess_batch_error_count(b),
                                   (Py_ssize_t)assess_batch_notice_count(b), (Py_ssize_t)assess_batch_people_count(b),
                                   (Py_ssize_t)assess_batch_ballot_count(b));
    job_end(&j, ASSESS_OK);
    return made;
}

PyMethodDef batch_functions[] = {
    {"batch_new", batch_new, METH_VARARGS, "batch_new(scheme, ignored, threads, hash_inputs)"},
    {"batch_read", batch_read, METH_VARARGS, "batch_read(batch, paths, progress)"},
    {"batch_finish", batch_finish, METH_VARARGS, "batch_finish(batch, progress)"},
    {"batch_readiness", batch_readiness, METH_VARARGS, "batch_readiness(batch, language, format, progress): text, open points"},
    {"batch_problem", batch_problem, METH_VARARGS, "batch_problem(batch, index)"},
    {"batch_problems", batch_problems, METH_VARARGS, "batch_problems(batch, language, format)"},
    {"batch_counts", batch_counts, METH_O, "batch_counts(batch): problems kept, errors, notices, people, ballots"},
    {NULL, NULL, 0, NULL}};
