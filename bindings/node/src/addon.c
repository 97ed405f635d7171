/* addon.c: values in and out, errors, and the start of the addon. */
#include "addon.h"

#include <stdio.h>

/* ---- boxes ---- */

static void free_handle(box *b)
{
    if (b->kind == BOX_SCHEME)
        assess_scheme_free(b->handle);
    else
        assess_result_free(b->handle);
    b->handle = NULL;
}

static void box_free(napi_env env, void *data, void *hint)
{
    (void)env, (void)hint;
    free_handle(data);
    free(data);
}

napi_value box_new(napi_env env, box_kind kind, void *handle)
{
    napi_value value = NULL;
    box *b = malloc(sizeof *b);
    box made = {kind, false, handle};
    if (b && napi_create_external(env, b, box_free, NULL, &value) == napi_ok) {
        *b = made;
        return value;
    }
    free(b);
    free_handle(&made);
    napi_throw_error(env, NULL, "no memory for a handle");
    return NULL;
}

box *box_of(napi_env env, napi_value value, box_kind kind)
{
    napi_valuetype type;
    void *data = NULL;
    if (napi_typeof(env, value, &type) == napi_ok && type == napi_external)
        napi_get_value_external(env, value, &data);
    if (data && ((box *)data)->kind == kind)
        return data;
    napi_throw_type_error(env, NULL, kind == BOX_SCHEME ? "expected a Scheme" : "expected a Result");
    return NULL;
}

void *handle_of(napi_env env, napi_value value, box_kind kind)
{
    box *b = box_of(env, value, kind);
    if (b && !b->handle)
        napi_throw_type_error(env, NULL, "expected an open object but it is closed: use it before close()");
    else if (b && b->busy)
        napi_throw_type_error(env, NULL, "expected an idle object but it is at work: await what was called before");
    return b && !b->busy ? b->handle : NULL;
}

/* (kind of box is its own business) Closing twice is harmless. */
napi_value close_box(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    void *data = NULL;
    if (napi_get_value_external(env, a.at[0], &data) != napi_ok || !data)
        return napi_throw_type_error(env, NULL, "expected a Scheme or a Result"), NULL;
    if (((box *)data)->busy)
        return napi_throw_type_error(env, NULL, "expected an idle object but it is at work: await what was called before"), NULL;
    free_handle(data);
    return NULL;
}

/* ---- in ---- */

arguments arguments_of(napi_env env, napi_callback_info info)
{
    arguments a;
    size_t count = MOST_ARGUMENTS;
    napi_get_cb_info(env, info, &count, a.at, NULL, NULL);
    return a;
}

napi_value property(napi_env env, napi_value object, const char *name)
{
    napi_value value = NULL;
    if (napi_get_named_property(env, object, name, &value) != napi_ok)
        napi_get_undefined(env, &value);
    return value;
}

bool is_absent(napi_env env, napi_value value)
{
    napi_valuetype type;
    return !value || napi_typeof(env, value, &type) != napi_ok || type == napi_undefined || type == napi_null;
}

static const char *bytes_of(napi_env env, napi_value value, size_t *length)
{
    void *bytes = NULL;
    bool is_buffer = false;
    *length = 0;
    if (napi_is_buffer(env, value, &is_buffer) == napi_ok && is_buffer)
        napi_get_buffer_info(env, value, &bytes, length);
    if (bytes && *length && ((const char *)bytes)[*length - 1] == '\0')
        return bytes;
    napi_throw_type_error(env, NULL, "expected a text");
    return NULL;
}

const char *text_of(napi_env env, napi_value value)
{
    size_t length;
    return bytes_of(env, value, &length);
}

uint32_t number_of(napi_env env, napi_value value)
{
    uint32_t number = 0;
    napi_get_value_uint32(env, value, &number);
    return number;
}

bool texts_of(napi_env env, napi_value value, const char ***texts, size_t *count)
{
    size_t length, n = 0;
    *texts = NULL;
    *count = 0;
    if (is_absent(env, value))
        return true;
    const char *bytes = bytes_of(env, value, &length);
    if (!bytes)
        return false;
    for (size_t i = 0; i < length; i++)
        n += bytes[i] == '\0';
    if (!(*texts = malloc(n * sizeof **texts)))
        return napi_throw_error(env, NULL, "no memory for a list"), false;
    for (; *count < n; bytes += strlen(bytes) + 1)
        (*texts)[(*count)++] = bytes;
    return true;
}

bool array_of(napi_env env, napi_value value, napi_typedarray_type type, size_t length, void **out)
{
    napi_typedarray_type found;
    size_t found_length;
    *out = NULL;
    if (is_absent(env, value))
        return true;
    if (napi_get_typedarray_info(env, value, &found, &found_length, out, NULL, NULL) == napi_ok && found == type && found_length == length) {
        static int64_t nothing;
        *out = *out ? *out : (void *)&nothing;
        return true;
    }
    napi_throw_type_error(env, NULL, "expected columns of one length");
    return false;
}

/* ---- out ---- */

napi_value new_text(napi_env env, const char *text)
{
    napi_value value = NULL;
    napi_create_string_utf8(env, text ? text : "", NAPI_AUTO_LENGTH, &value);
    return value;
}

napi_value take_text(napi_env env, char *text)
{
    napi_value value = new_text(env, text);
    assess_text_free(text);
    return value;
}

napi_value new_number(napi_env env, double number)
{
    napi_value value = NULL;
    napi_create_double(env, number, &value);
    return value;
}

void set(napi_env env, napi_value object, const char *name, napi_value value)
{
    if (value)
        napi_set_named_property(env, object, name, value);
}

void set_text(napi_env env, napi_value object, const char *name, const char *text)
{
    set(env, object, name, new_text(env, text));
}

/* ---- errors ---- */

napi_value new_error(napi_env env, const assess_error *err)
{
    napi_value fields, class, error = NULL;
    napi_ref reference = NULL;
    napi_create_object(env, &fields);
    set(env, fields, "status", new_number(env, err->status));
    set_text(env, fields, "id", err->id);
    set_text(env, fields, "zh", err->message[ASSESS_ZH]);
    set_text(env, fields, "en", err->message[ASSESS_EN]);
    set_text(env, fields, "file", err->file);
    set(env, fields, "line", new_number(env, err->line));
    set(env, fields, "column", new_number(env, err->column));
    set_text(env, fields, "clause", err->clause);
    napi_get_instance_data(env, (void **)&reference);
    if (reference && napi_get_reference_value(env, reference, &class) == napi_ok)
        napi_new_instance(env, class, 1, &fields, &error);
    return error;
}

napi_value fail(napi_env env, const assess_error *err)
{
    napi_value error = new_error(env, err);
    if (error)
        napi_throw(env, error);
    return NULL;
}

static void forget(napi_env env, void *data, void *hint)
{
    (void)hint;
    napi_delete_reference(env, data);
}

/* The class of errors, told by index.js once in every environment. */
static napi_value use_errors(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    napi_ref reference;
    if (napi_create_reference(env, a.at[0], 1, &reference) == napi_ok)
        napi_set_instance_data(env, reference, forget, NULL);
    return NULL;
}

static napi_value problem_value(napi_env env, const assess_problem *p)
{
    napi_value out;
    napi_create_object(env, &out);
    set_text(env, out, "severity", p->severity == ASSESS_SEVERITY_ERROR ? "error" : "notice");
    set_text(env, out, "id", p->id);
    set_text(env, out, "file", p->file);
    set_text(env, out, "sheet", p->sheet);
    set(env, out, "row", new_number(env, p->row));
    set(env, out, "column", new_number(env, p->column));
    set_text(env, out, "header", p->header);
    set_text(env, out, "value", p->value);
    set_text(env, out, "zh", p->message[ASSESS_ZH]);
    set_text(env, out, "en", p->message[ASSESS_EN]);
    return out;
}

napi_value problem_list(napi_env env, assess_batch *batch)
{
    size_t count = assess_batch_problem_count(batch);
    napi_value list;
    napi_create_array_with_length(env, count, &list);
    for (size_t i = 0; i < count; i++) {
        assess_problem p = {.size = sizeof p};
        if (assess_batch_problem(batch, i, &p, NULL) == ASSESS_OK)
            napi_set_element(env, list, (uint32_t)i, problem_value(env, &p));
    }
    return list;
}

/* ---- the start ---- */

void define(napi_env env, napi_value exports, const char *name, napi_callback function)
{
    napi_value value = NULL;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, function, NULL, &value);
    set(env, exports, name, value);
}

static napi_value version(napi_env env, napi_callback_info info)
{
    (void)info;
    return new_text(env, assess_version());
}

NAPI_MODULE_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports);
NAPI_MODULE_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports)
{
    define(env, exports, "useErrors", use_errors);
    define(env, exports, "version", version);
    define(env, exports, "close", close_box);
    define_scheme(env, exports);
    define_result(env, exports);
    define_jobs(env, exports);
    return exports;
}

NAPI_MODULE_EXPORT int32_t node_api_module_get_api_version_v1(void);
NAPI_MODULE_EXPORT int32_t node_api_module_get_api_version_v1(void) { return NAPI_VERSION; }
