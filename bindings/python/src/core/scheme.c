/* scheme.c: assess/scheme.h, one function each. */
#include "core.h"

static bool load(PyObject *module, job *j, const char *rules, const assess_scheme_options *options, PyObject **out)
{
    assess_scheme *scheme = NULL;
    assess_mistakes *wrong = NULL;
    *out = NULL;
    if (!job_begin(j, NULL, NULL, NULL))
        return false;
    if (!job_end(j, assess_scheme_check(rules, options, &scheme, &wrong, &j->err))) {
        attach_mistakes(wrong);
        assess_mistakes_free(wrong);
        return false;
    }
    *out = handle_new(module, KIND_SCHEME);
    if (*out)
        ((handle *)*out)->thing = scheme;
    else
        assess_scheme_free(scheme);
    return *out != NULL;
}

static PyObject *scheme_load(PyObject *module, PyObject *arguments)
{
    job j;
    texts folders = {0}, settings = {0};
    const char *rules, *period;
    PyObject *folder_list, *setting_list, *made = NULL;
    if (!PyArg_ParseTuple(arguments, "yOOz", &rules, &folder_list, &setting_list, &period))
        return NULL;
    if (texts_take(&folders, folder_list) && texts_take(&settings, setting_list)) {
        assess_scheme_options options = {.size = sizeof options, .folders = folders.at, .folder_count = folders.count,
                                         .settings = settings.at, .setting_count = settings.count, .period = period};
        load(module, &j, rules, &options, &made);
    }
    texts_drop(&folders);
    texts_drop(&settings);
    return made;
}

static PyObject *scheme_test(PyObject *module, PyObject *arguments)
{
    job j;
    texts folders;
    const char *rules;
    PyObject *folder_list;
    int language, format;
    size_t passed = 0, failed = 0;
    char *report = NULL;
    (void)module;
    if (!PyArg_ParseTuple(arguments, "yOii", &rules, &folder_list, &language, &format) || !texts_take(&folders, folder_list))
        return NULL;
    assess_scheme_options options = {.size = sizeof options, .folders = folders.at, .folder_count = folders.count};
    bool fine = job_begin(&j, NULL, NULL, NULL) &&
                job_end(&j, assess_scheme_test(rules, &options, (assess_language)language, (assess_format)format, &passed, &failed,
                                               &report, &j.err));
    texts_drop(&folders);
    return fine ? Py_BuildValue("nnN", (Py_ssize_t)passed, (Py_ssize_t)failed, text_move(report)) : NULL;
}

static PyObject *scheme_describe(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    int language, format;
    char *text = NULL;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Oii", &object, &language, &format) || !(h = handle_from(module, object, KIND_SCHEME)))
        return NULL;
    if (!job_begin(&j, h, NULL, NULL) ||
        !job_end(&j, assess_scheme_describe(h->thing, (assess_language)language, (assess_format)format, &text, &j.err)))
        return NULL;
    return text_move(text);
}

/* What it says of itself; the texts are borrowed, so they are copied while it is locked. */
static PyObject *scheme_about(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_from(module, object, KIND_SCHEME);
    if (!h || !job_lock(&j, h))
        return NULL;
    const assess_scheme *s = h->thing;
    PyObject *made = Py_BuildValue("NNNN", text_new(assess_scheme_id(s)), text_new(assess_scheme_period(s)),
                                   text_new(assess_scheme_title(s, ASSESS_ZH)), text_new(assess_scheme_title(s, ASSESS_EN)));
    job_end(&j, ASSESS_OK);
    return made;
}

PyMethodDef scheme_functions[] = {
    {"scheme_load", scheme_load, METH_VARARGS, "scheme_load(rules, folders, settings, period)"},
    {"scheme_test", scheme_test, METH_VARARGS, "scheme_test(rules, folders, language, format): passed, failed, report"},
    {"scheme_describe", scheme_describe, METH_VARARGS, "scheme_describe(scheme, language, format)"},
    {"scheme_about", scheme_about, METH_O, "scheme_about(scheme): id, period, titles (zh, en)"},
    {NULL, NULL, 0, NULL}};
