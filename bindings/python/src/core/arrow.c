/* arrow.c: streams of the Arrow C interface in capsules, as the Arrow PyCapsule interface wants them. */
#include <stdlib.h>

#include "core.h"

static const char STREAM[] = "arrow_array_stream", SCHEMA[] = "arrow_schema";

/* Whoever took the struct over has set `release` to NULL; only else is it ours to release. */
static void drop_stream(PyObject *capsule)
{
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream && stream->release)
        stream->release(stream);
    free(stream);
}

static void drop_schema(PyObject *capsule)
{
    struct ArrowSchema *schema = PyCapsule_GetPointer(capsule, SCHEMA);
    if (schema && schema->release)
        schema->release(schema);
    free(schema);
}

static PyObject *capsule_of(void *zeroed, const char *name, PyCapsule_Destructor drop)
{
    PyObject *capsule = zeroed ? PyCapsule_New(zeroed, name, drop) : PyErr_NoMemory();
    if (!capsule)
        free(zeroed);
    return capsule;
}

PyObject *stream_capsule_new(struct ArrowArrayStream **out)
{
    *out = calloc(1, sizeof **out);
    return capsule_of(*out, STREAM, drop_stream);
}

static PyObject *result_arrow(PyObject *module, PyObject *arguments)
{
    job j;
    int language;
    PyObject *object;
    struct ArrowArrayStream *stream;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oi", &object, &language) || !(h = handle_from(module, object, KIND_RESULT)))
        return NULL;
    PyObject *capsule = stream_capsule_new(&stream);
    if (capsule && job_begin(&j, h, NULL, NULL) &&
        job_end(&j, assess_result_arrow(h->thing, (assess_language)language, stream, &j.err)))
        return capsule;
    Py_XDECREF(capsule);
    return NULL;
}

static PyObject *table_arrow(PyObject *module, PyObject *object)
{
    job j;
    struct ArrowArrayStream *stream;
    handle *h = handle_from(module, object, KIND_TABLE);
    PyObject *capsule = h ? stream_capsule_new(&stream) : NULL;
    if (capsule && job_begin(&j, h, NULL, NULL) && job_end(&j, assess_table_arrow(h->thing, stream, &j.err)))
        return capsule;
    Py_XDECREF(capsule);
    return NULL;
}

static PyObject *stream_schema(PyObject *module, PyObject *capsule)
{
    (void)module;
    struct ArrowArrayStream *stream = PyCapsule_GetPointer(capsule, STREAM);
    if (stream && !stream->release) {
        PyErr_SetString(PyExc_ValueError, "expected a stream that nobody has taken yet");
        return NULL;
    }
    struct ArrowSchema *schema = stream ? calloc(1, sizeof *schema) : NULL;
    PyObject *made = stream ? capsule_of(schema, SCHEMA, drop_schema) : NULL;
    if (!made || stream->get_schema(stream, schema) == 0)
        return made;
    schema->release = NULL; /* nothing was given */
    Py_DECREF(made);
    return PyErr_NoMemory();
}

static PyObject *batch_add_arrow(PyObject *module, PyObject *arguments)
{
    job j;
    const char *table, *name;
    PyObject *object, *capsule, *progress;
    struct ArrowArrayStream *stream;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OssOO", &object, &table, &name, &capsule, &progress) ||
        !(h = handle_from(module, object, KIND_BATCH)) || !(stream = PyCapsule_GetPointer(capsule, STREAM)))
        return NULL;
    if (!job_begin(&j, h, NULL, progress) || !job_end(&j, assess_batch_add_arrow(h->thing, table, name, stream, &j.err)))
        return NULL;
    Py_RETURN_NONE;
}

PyMethodDef arrow_functions[] = {
    {"batch_add_arrow", batch_add_arrow, METH_VARARGS, "batch_add_arrow(batch, table, name, stream, progress)"},
    {"result_arrow", result_arrow, METH_VARARGS, "result_arrow(result, language)"},
    {"table_arrow", table_arrow, METH_O, "table_arrow(table)"},
    {"stream_schema", stream_schema, METH_O, "stream_schema(stream): the schema of a stream that nobody has read"},
    {NULL, NULL, 0, NULL}};
