/* result.c: assess/result.h, explain.h and diff.h, one function each. */
#include "core.h"

static PyObject *result_new(PyObject *module, PyObject *arguments)
{
    job j, *watched = &j;
    PyObject *object, *progress;
    unsigned threads;
    handle *batch;
    if (!PyArg_ParseTuple(arguments, "OIO", &object, &threads, &progress) || !(batch = handle_from(module, object, KIND_BATCH)))
        return NULL;
    handle *made = (handle *)handle_new(module, KIND_RESULT);
    assess_result *result = NULL;
    assess_result_options options = {.size = sizeof options, .threads = threads, .progress = job_watch, .user = &watched};
    bool fine = made && job_begin(&j, batch, NULL, progress) &&
                job_end(&j, assess_result_new(batch->thing, &options, &result, &j.err));
    if (made)
        made->thing = result; /* freed with the handle when a signal came at the very end */
    if (!fine)
        Py_CLEAR(made);
    return (PyObject *)made;
}

/* ---- rows ---- */

static PyObject *result_count(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_from(module, object, KIND_RESULT);
    if (!h || !job_lock(&j, h))
        return NULL;
    size_t n = assess_result_count(h->thing);
    return job_end(&j, ASSESS_OK) ? PyLong_FromSize_t(n) : NULL;
}

static PyObject *row_tuple(const assess_row *r)
{
    return Py_BuildValue("NNNNNNkNN", text_new(r->id), text_new(r->name), text_new(r->unit), text_new(r->status),
                         text_new(r->score), text_new(r->grade), (unsigned long)r->rank, text_new(r->flags), text_new(r->reasons));
}

static PyObject *result_row(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    Py_ssize_t index;
    int language;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oni", &object, &index, &language) || !(h = handle_from(module, object, KIND_RESULT)) ||
        !job_lock(&j, h))
        return NULL;
    assess_row row = {.size = sizeof row};
    assess_status status = assess_result_row(h->thing, (size_t)index, (assess_language)language, &row, &j.err);
    PyObject *made = status == ASSESS_OK ? row_tuple(&row) : NULL; /* its texts last until the next call: copied while locked */
    if (job_end(&j, status))
        return made;
    Py_XDECREF(made);
    return NULL;
}

/* ---- texts ---- */

static PyObject *result_csv(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    int language;
    char *text = NULL;
    size_t length = 0;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oi", &object, &language) || !(h = handle_from(module, object, KIND_RESULT)) ||
        !job_begin(&j, h, NULL, NULL) || !job_end(&j, assess_result_csv(h->thing, (assess_language)language, &text, &length, &j.err)))
        return NULL;
    PyObject *made = PyBytes_FromStringAndSize(text, (Py_ssize_t)length);
    assess_text_free(text);
    return made;
}

static PyObject *result_write_csv(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    const char *path;
    int language, force;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oyip", &object, &path, &language, &force) || !(h = handle_from(module, object, KIND_RESULT)) ||
        !job_begin(&j, h, NULL, NULL) ||
        !job_end(&j, assess_result_write_csv(h->thing, path, (assess_language)language, force, &j.err)))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *result_summary(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    int language, format, color;
    char *text = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oiip", &object, &language, &format, &color) ||
        !(h = handle_from(module, object, KIND_RESULT)) || !job_begin(&j, h, NULL, NULL) ||
        !job_end(&j, assess_result_summary(h->thing, (assess_language)language, (assess_format)format, color, &text, &j.err)))
        return NULL;
    return text_move(text);
}

static PyObject *explain(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    const char *id;
    int language, format;
    unsigned smallest;
    char *text = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OsiiI", &object, &id, &language, &format, &smallest) ||
        !(h = handle_from(module, object, KIND_RESULT)) || !job_begin(&j, h, NULL, NULL))
        return NULL;
    assess_explain_options options = {.size = sizeof options, .language = (assess_language)language,
                                      .format = (assess_format)format, .smallest_group = smallest};
    return job_end(&j, assess_explain(h->thing, id, &options, &text, &j.err)) ? text_move(text) : NULL;
}

static PyObject *diff(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *objects[2];
    int language, format;
    size_t moved = 0;
    char *text = NULL;
    handle *a, *b;
    if (!PyArg_ParseTuple(arguments, "OOii", &objects[0], &objects[1], &language, &format) ||
        !(a = handle_from(module, objects[0], KIND_RESULT)) || !(b = handle_from(module, objects[1], KIND_RESULT)) ||
        !job_begin(&j, a, b, NULL))
        return NULL;
    assess_diff_options options = {.size = sizeof options, .language = (assess_language)language, .format = (assess_diff_format)format};
    if (!job_end(&j, assess_diff(a->thing, b->thing, &options, &text, &moved, &j.err)))
        return NULL;
    return Py_BuildValue("Nn", text_move(text), (Py_ssize_t)moved);
}

PyMethodDef result_functions[] = {
    {"result_new", result_new, METH_VARARGS, "result_new(batch, threads, progress)"},
    {"result_count", result_count, METH_O, "result_count(result)"},
    {"result_row", result_row, METH_VARARGS, "result_row(result, index, language)"},
    {"result_csv", result_csv, METH_VARARGS, "result_csv(result, language): bytes"},
    {"result_write_csv", result_write_csv, METH_VARARGS, "result_write_csv(result, path, language, force)"},
    {"result_summary", result_summary, METH_VARARGS, "result_summary(result, language, format, color)"},
    {"explain", explain, METH_VARARGS, "explain(result, id, language, format, smallest_group)"},
    {"diff", diff, METH_VARARGS, "diff(a, b, language, format): text, moved"},
    {NULL, NULL, 0, NULL}};
