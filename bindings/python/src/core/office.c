/* office.c: assess/office.h, one function each: workbooks and reports. */
#include <assess/office.h>

#include "core.h"

const assess_workbook_reader *workbooks(void) { return assess_office_workbooks(); }

static PyObject *office_write_results(PyObject *module, PyObject *arguments)
{
    job j, *watched = &j;
    PyObject *object, *progress;
    const char *path;
    int language, force;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OyipO", &object, &path, &language, &force, &progress) ||
        !(h = handle_from(module, object, KIND_RESULT)) || !job_begin(&j, h, NULL, progress))
        return NULL;
    assess_office_results_options options = {.size = sizeof options, .language = (assess_language)language, .force = force,
                                             .progress = job_watch, .user = &watched};
    return job_end(&j, assess_office_write_results(h->thing, path, &options, &j.err)) ? Py_NewRef(Py_None) : NULL;
}

static PyObject *office_report(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    int language;
    unsigned rows, bars;
    char *text = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OiII", &object, &language, &rows, &bars) ||
        !(h = handle_from(module, object, KIND_RESULT)) || !job_begin(&j, h, NULL, NULL))
        return NULL;
    assess_office_report_options options = {.size = sizeof options, .language = (assess_language)language, .rows = rows, .bars = bars};
    return job_end(&j, assess_office_report(h->thing, &options, &text, NULL, &j.err)) ? text_move(text) : NULL;
}

static PyObject *office_write_report(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    const char *path;
    int language, force;
    unsigned rows, bars;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OyipII", &object, &path, &language, &force, &rows, &bars) ||
        !(h = handle_from(module, object, KIND_RESULT)) || !job_begin(&j, h, NULL, NULL))
        return NULL;
    assess_office_report_options options = {.size = sizeof options, .language = (assess_language)language, .force = force, .rows = rows,
                                            .bars = bars};
    return job_end(&j, assess_office_write_report(h->thing, path, &options, &j.err)) ? Py_NewRef(Py_None) : NULL;
}

static PyObject *office_write_template(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    const char *path;
    int language, force;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oyip", &object, &path, &language, &force) || !(h = handle_from(module, object, KIND_SCHEME)) ||
        !job_begin(&j, h, NULL, NULL))
        return NULL;
    assess_office_template_options options = {.size = sizeof options, .language = (assess_language)language, .force = force};
    return job_end(&j, assess_office_write_template(h->thing, path, &options, &j.err)) ? Py_NewRef(Py_None) : NULL;
}

/* A copy of a workbook, or of another table the list of its problems. */
static PyObject *mark(PyObject *module, PyObject *arguments, bool workbook)
{
    job j;
    PyObject *object;
    const char *table, *output;
    int language, force;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oyyip", &object, &table, &output, &language, &force) ||
        !(h = handle_from(module, object, KIND_BATCH)) || !job_begin(&j, h, NULL, NULL))
        return NULL;
    assess_office_mark_options options = {.size = sizeof options, .language = (assess_language)language, .force = force};
    assess_status status = workbook ? assess_office_mark(h->thing, table, output, &options, &j.err)
                                    : assess_office_problem_list(h->thing, table, output, &options, &j.err);
    return job_end(&j, status) ? Py_NewRef(Py_None) : NULL;
}

static PyObject *office_mark(PyObject *module, PyObject *arguments) { return mark(module, arguments, true); }

static PyObject *office_problem_list(PyObject *module, PyObject *arguments) { return mark(module, arguments, false); }

PyMethodDef office_functions[] = {
    {"office_write_results", office_write_results, METH_VARARGS, "office_write_results(result, path, language, force, progress)"},
    {"office_report", office_report, METH_VARARGS, "office_report(result, language, rows, bars)"},
    {"office_write_report", office_write_report, METH_VARARGS, "office_write_report(result, path, language, force, rows, bars)"},
    {"office_write_template", office_write_template, METH_VARARGS, "office_write_template(scheme, path, language, force)"},
    {"office_mark", office_mark, METH_VARARGS, "office_mark(batch, workbook, output, language, force)"},
    {"office_problem_list", office_problem_list, METH_VARARGS, "office_problem_list(batch, table, output, language, force)"},
    {NULL, NULL, 0, NULL}};
