/* table.c: assess/table.h; borrowed texts become tuples. */
#include "core.h"

/* ---- which tables there are ---- */

/* The ids [get(thing, 0) … get(thing, count - 1)] of a handle's tables, as a tuple. */
static PyObject *ids_of(const void *thing, size_t count, const char *(*get)(const void *, size_t))
{
    PyObject *made = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; made && i < count; i++) {
        PyObject *id = text_new(get(thing, i));
        if (!id)
            Py_CLEAR(made);
        else
            PyTuple_SetItem(made, (Py_ssize_t)i, id);
    }
    return made;
}

static const char *of_result(const void *thing, size_t index)
{
    return assess_result_table_id(thing, index);
}

static const char *of_scheme(const void *thing, size_t index)
{
    return assess_scheme_table_id(thing, index);
}

static PyObject *result_tables(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_from(module, object, KIND_RESULT);
    if (!h || !job_lock(&j, h))
        return NULL;
    PyObject *ids = ids_of(h->thing, assess_result_table_count(h->thing), of_result);
    job_end(&j, ASSESS_OK);
    return ids;
}

static PyObject *scheme_tables(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_from(module, object, KIND_SCHEME);
    if (!h || !job_lock(&j, h))
        return NULL;
    PyObject *ids = ids_of(h->thing, assess_scheme_table_count(h->thing), of_scheme);
    job_end(&j, ASSESS_OK);
    return ids;
}

/* ---- one table ---- */

static assess_status make(handle_kind kind, void *thing, const char *id, int language, assess_table **out, assess_error *err)
{
    if (kind == KIND_RESULT)
        return assess_result_table(thing, id, (assess_language)language, out, err);
    if (kind == KIND_BATCH)
        return assess_batch_table(thing, id, (assess_language)language, out, err);
    return assess_scheme_table(thing, id, (assess_language)language, out, err);
}

static PyObject *table_of(PyObject *module, PyObject *arguments, handle_kind kind)
{
    job j;
    PyObject *object;
    const char *id;
    int language;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "Osi", &object, &id, &language) || !(h = handle_from(module, object, kind)))
        return NULL;
    handle *made = (handle *)handle_new(module, KIND_TABLE);
    assess_table *table = NULL;
    bool fine = made && job_begin(&j, h, NULL, NULL) && job_end(&j, make(kind, h->thing, id, language, &table, &j.err));
    if (fine)
        made->thing = table;
    else
        Py_CLEAR(made);
    return (PyObject *)made;
}

static PyObject *result_table(PyObject *module, PyObject *arguments)
{
    return table_of(module, arguments, KIND_RESULT);
}

static PyObject *batch_table(PyObject *module, PyObject *arguments)
{
    return table_of(module, arguments, KIND_BATCH);
}

static PyObject *scheme_table(PyObject *module, PyObject *arguments)
{
    return table_of(module, arguments, KIND_SCHEME);
}

/* ---- what is in it ---- */

static PyObject *columns_of(const assess_table *t)
{
    size_t count = assess_table_columns(t);
    PyObject *made = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; made && i < count; i++) {
        PyObject *column = Py_BuildValue("NNi", text_new(assess_table_column_id(t, i)), text_new(assess_table_column_title(t, i)),
                                         (int)assess_table_column_cells(t, i));
        if (!column)
            Py_CLEAR(made);
        else
            PyTuple_SetItem(made, (Py_ssize_t)i, column);
    }
    return made;
}

static PyObject *table_about(PyObject *module, PyObject *object)
{
    job j;
    handle *h = handle_from(module, object, KIND_TABLE);
    if (!h || !job_lock(&j, h))
        return NULL;
    const assess_table *t = h->thing;
    PyObject *made = Py_BuildValue("NNNNn", text_new(assess_table_id(t)), text_new(assess_table_title(t)),
                                   text_new(assess_table_note(t)), columns_of(t), (Py_ssize_t)assess_table_rows(t));
    job_end(&j, ASSESS_OK);
    return made;
}

static PyObject *cells_of(const assess_table *t, size_t row)
{
    size_t count = assess_table_columns(t);
    PyObject *made = PyTuple_New((Py_ssize_t)count);
    for (size_t i = 0; made && i < count; i++) {
        PyObject *cell = text_new(assess_table_cell(t, row, i));
        if (!cell)
            Py_CLEAR(made);
        else
            PyTuple_SetItem(made, (Py_ssize_t)i, cell);
    }
    return made;
}

static PyObject *table_row(PyObject *module, PyObject *arguments)
{
    job j;
    PyObject *object;
    Py_ssize_t row;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "On", &object, &row) || !(h = handle_from(module, object, KIND_TABLE)) || !job_lock(&j, h))
        return NULL;
    PyObject *cells = cells_of(h->thing, (size_t)row);
    job_end(&j, ASSESS_OK);
    return cells;
}

static bool fill_order(size_t *order, size_t count, PyObject *numbers)
{
    for (size_t i = 0; i < count; i++) {
        order[i] = PyLong_AsSize_t(PyTuple_GetItem(numbers, (Py_ssize_t)i));
        if (PyErr_Occurred())
            return false;
    }
    return true;
}

/* The library takes as many numbers as there are rows, so they are counted first. */
static bool arrange(handle *h, PyObject *numbers)
{
    job j;
    size_t count = (size_t)PyTuple_Size(numbers);
    size_t *order = PyMem_Calloc(count + 1, sizeof *order);
    bool fine = order ? fill_order(order, count, numbers) : (PyErr_NoMemory(), false);
    if (fine && job_lock(&j, h)) {
        bool fits = assess_table_rows(h->thing) == count;
        fine = job_end(&j, fits ? assess_table_arrange(h->thing, order, &j.err) : ASSESS_OK);
        if (!fits)
            PyErr_SetString(PyExc_ValueError, "expected the number of every row once");
    }
    PyMem_Free(order);
    return fine && !PyErr_Occurred();
}

static PyObject *table_arrange(PyObject *module, PyObject *arguments)
{
    PyObject *object, *sequence;
    handle *h;
    if (!PyArg_ParseTuple(arguments, "OO", &object, &sequence) || !(h = handle_from(module, object, KIND_TABLE)))
        return NULL;
    PyObject *numbers = PySequence_Tuple(sequence);
    bool fine = numbers && arrange(h, numbers);
    Py_XDECREF(numbers);
    return fine ? Py_NewRef(Py_None) : NULL;
}

PyMethodDef table_functions[] = {
    {"result_tables", result_tables, METH_O, "result_tables(result): ids"},
    {"scheme_tables", scheme_tables, METH_O, "scheme_tables(scheme): ids"},
    {"result_table", result_table, METH_VARARGS, "result_table(result, id, language)"},
    {"batch_table", batch_table, METH_VARARGS, "batch_table(batch, id, language)"},
    {"scheme_table", scheme_table, METH_VARARGS, "scheme_table(scheme, id, language)"},
    {"table_about", table_about, METH_O, "table_about(table): id, title, note, columns (id, title, cells), rows"},
    {"table_row", table_row, METH_VARARGS, "table_row(table, row): cells"},
    {"table_arrange", table_arrange, METH_VARARGS, "table_arrange(table, order)"},
    {NULL, NULL, 0, NULL}};
