/* store.c: assess/store.h, one function each. */
#include "core.h"

static PyObject *store_seal(PyObject *module, PyObject *arguments)
{
    job j, *watched = &j;
    PyObject *object, *progress;
    const char *path;
    int language, force;
    unsigned threads;
    char *anchor = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OyipIO", &object, &path, &language, &force, &threads, &progress) ||
        !(h = handle_from(module, object, KIND_RESULT)) || !job_begin(&j, h, NULL, progress))
        return NULL;
    assess_seal_options options = {.size = sizeof options, .language = (assess_language)language, .force = force, .threads = threads,
                                   .progress = job_watch, .user = &watched, .anchor = &anchor};
    if (job_end(&j, assess_store_seal(h->thing, path, &options, &j.err)))
        return text_move(anchor);
    assess_text_free(anchor);
    return NULL;
}

/* A file that does not verify is an answer, not an error. */
static PyObject *store_verify(PyObject *module, PyObject *arguments)
{
    job j;
    const char *path, *anchor;
    int language, format;
    char *report = NULL;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "yzii", &path, &anchor, &language, &format) || !job_begin(&j, NULL, NULL, NULL))
        return NULL;
    assess_status status =
        assess_store_verify(path, anchor, (assess_language)language, (assess_format)format, &report, &j.err);
    bool verified = status == ASSESS_OK;
    if (job_end(&j, status == ASSESS_E_INPUT && report ? ASSESS_OK : status))
        return Py_BuildValue("NN", PyBool_FromLong(verified), text_move(report));
    assess_text_free(report);
    return NULL;
}

static PyObject *store_replay(PyObject *module, PyObject *arguments)
{
    job j;
    const char *path;
    assess_language language = ASSESS_ZH;
    assess_result *result = NULL;
    if (!PyArg_ParseTuple(arguments, "y", &path))
        return NULL;
    handle *made = (handle *)handle_new(module, KIND_RESULT);
    bool fine = made && job_begin(&j, NULL, NULL, NULL) && job_end(&j, assess_store_replay(path, &result, &language, &j.err));
    if (made)
        made->thing = result;
    if (fine)
        return Py_BuildValue("Ni", made, (int)language);
    Py_XDECREF((PyObject *)made);
    return NULL;
}

static PyObject *store_anchor(PyObject *module, PyObject *arguments)
{
    job j;
    const char *path;
    char *anchor = NULL;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "y", &path) || !job_begin(&j, NULL, NULL, NULL) ||
        !job_end(&j, assess_store_anchor(path, &anchor, &j.err)))
        return NULL;
    return text_move(anchor);
}

PyMethodDef store_functions[] = {
    {"store_seal", store_seal, METH_VARARGS, "store_seal(result, path, language, force, threads, progress): anchor"},
    {"store_verify", store_verify, METH_VARARGS, "store_verify(path, anchor, language, format): verified, report"},
    {"store_replay", store_replay, METH_VARARGS, "store_replay(path): result, language"},
    {"store_anchor", store_anchor, METH_VARARGS, "store_anchor(path)"},
    {NULL, NULL, 0, NULL}};
