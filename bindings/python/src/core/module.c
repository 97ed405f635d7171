/* module.c: assess._core. Its state is the type Handle. */
#include "core.h"

static PyObject *version(PyObject *module, PyObject *nothing)
{
    (void)module, (void)nothing;
    return text_new(assess_version());
}

/* Frees what the handle holds, of whatever kind. The handle stays, closed; closing it again does nothing. */
static PyObject *close_handle(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_alive(module, object);
    if (!h)
        return NULL;
    if (!h->thing)
        Py_RETURN_NONE;
    if (!job_begin(&j, h, NULL, NULL))
        return NULL;
    handle_free_thing(h->kind, h->thing);
    h->thing = NULL;
    job_end(&j, ASSESS_OK);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {{"version", version, METH_NOARGS, "version()"},
                                  {"close", close_handle, METH_O, "close(handle)"},
                                  {NULL, NULL, 0, NULL}};

static int add_type(PyObject *module)
{
    PyTypeObject **type = PyModule_GetState(module);
    *type = handle_type_new(module);
    if (!handle_watch_forks())
        return PyErr_NoMemory(), -1;
    return *type ? PyModule_AddType(module, *type) : -1;
}

static int fill(PyObject *module)
{
    PyMethodDef *const lists[] = {functions,       scheme_functions, batch_functions, result_functions,
                                  table_functions, store_functions,  arrow_functions, office_functions};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (PyModule_AddFunctions(module, lists[i]) < 0)
            return -1;
    return add_type(module);
}

static int traverse(PyObject *module, visitproc visitor, void *arg)
{
    PyTypeObject **type = PyModule_GetState(module);
    visitproc visit = visitor; /* the macro's name for it */
    Py_VISIT(*type);
    return 0;
}

static int clear(PyObject *module)
{
    PyTypeObject **type = PyModule_GetState(module);
    Py_CLEAR(*type);
    return 0;
}

static void drop(void *module)
{
    clear(module);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                 .m_name = "assess._core",
                                 .m_doc = "The functions of libassess, one by one. Use the package assess instead.",
                                 .m_size = sizeof(PyTypeObject *),
                                 .m_slots = slots,
                                 .m_traverse = traverse,
                                 .m_clear = clear,
                                 .m_free = drop};

PyMODINIT_FUNC PyInit__core(void); /* Python declares it nowhere */

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
