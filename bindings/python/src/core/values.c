/* values.c: texts in and out, and errors as exceptions. */
#include <string.h>

#include "core.h"

PyObject *text_new(const char *utf8)
{
    return PyUnicode_DecodeUTF8(utf8, (Py_ssize_t)strlen(utf8), "replace");
}

PyObject *text_move(char *text)
{
    PyObject *made = text_new(text ? text : "");
    assess_text_free(text);
    return made;
}

/* Borrowed from the object; NULL: an exception is set. */
static const char *text_in(PyObject *item)
{
    char *bytes;
    Py_ssize_t length;
    if (PyBytes_Check(item))
        return PyBytes_AsStringAndSize(item, &bytes, NULL) == 0 ? bytes : NULL; /* refuses a NUL inside */
    const char *utf8 = PyUnicode_AsUTF8AndSize(item, &length);
    if (utf8 && (size_t)length != strlen(utf8)) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return utf8;
}

static bool fill(texts *t)
{
    for (size_t i = 0; i < t->count; i++)
        if (!(t->at[i] = text_in(PyTuple_GetItem(t->kept, (Py_ssize_t)i))))
            return false;
    return true;
}

bool texts_take(texts *t, PyObject *sequence)
{
    *t = (texts){.kept = PySequence_Tuple(sequence)};
    if (!t->kept)
        return false;
    t->count = (size_t)PyTuple_Size(t->kept);
    t->at = PyMem_Calloc(t->count + 1, sizeof *t->at);
    if (t->at && fill(t))
        return true;
    if (!t->at)
        PyErr_NoMemory();
    texts_drop(t);
    return false;
}

void texts_drop(texts *t)
{
    PyMem_Free((void *)t->at);
    Py_XDECREF(t->kept);
    *t = (texts){0};
}

/* ---- errors ---- */

/* The exception classes are Python's: assess.errors.failure makes the right one. */
static PyObject *error_from(PyObject *arguments)
{
    PyObject *module = arguments ? PyImport_ImportModule("assess.errors") : NULL;
    PyObject *make = module ? PyObject_GetAttrString(module, "failure") : NULL;
    PyObject *error = make ? PyObject_CallObject(make, arguments) : NULL;
    Py_XDECREF(make);
    Py_XDECREF(module);
    Py_XDECREF(arguments);
    return error;
}

static void raise_from(PyObject *arguments)
{
    PyObject *error = error_from(arguments);
    if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
}

static PyObject *arguments_of(assess_status status, const assess_error *err)
{
    return Py_BuildValue("iNNNNkkN", (int)status, text_new(err->id), text_new(err->message[ASSESS_ZH]), text_new(err->message[ASSESS_EN]),
                         text_new(err->file), (unsigned long)err->line, (unsigned long)err->column, text_new(err->clause));
}

void raise_failure(assess_status status, const assess_error *err) { raise_from(arguments_of(status, err)); }

static PyObject *mistake_list(const assess_mistakes *wrong)
{
    Py_ssize_t count = (Py_ssize_t)assess_mistakes_count(wrong);
    PyObject *list = PyTuple_New(count);
    for (Py_ssize_t i = 0; list && i < count; i++) {
        assess_error one;
        PyObject *error = assess_mistakes_get(wrong, (size_t)i, &one, NULL) == ASSESS_OK ? error_from(arguments_of(one.status, &one)) : NULL;
        if (error)
            PyTuple_SetItem(list, i, error); /* takes it */
        else
            Py_CLEAR(list);
    }
    return list;
}

/* Without memory for the list the exception goes without. */
void attach_mistakes(const assess_mistakes *wrong)
{
    PyObject *type, *error, *trace;
    PyErr_Fetch(&type, &error, &trace);
    PyErr_NormalizeException(&type, &error, &trace);
    PyObject *list = wrong && error ? mistake_list(wrong) : NULL;
    if (list) {
        PyObject_SetAttrString(error, "mistakes", list);
        PyObject_SetAttrString(error, "more_mistakes", assess_mistakes_more(wrong) ? Py_True : Py_False);
    }
    Py_XDECREF(list);
    PyErr_Clear();
    PyErr_Restore(type, error, trace);
}

void raise_refusal(const char *id, const char *zh, const char *en)
{
    raise_from(Py_BuildValue("isssskks", (int)ASSESS_E_CALL, id, zh, en, "", 0ul, 0ul, ""));
}
