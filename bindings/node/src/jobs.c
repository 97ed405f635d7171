/* jobs.c: what takes long, on a thread of its own: load, test, run, check, seal, verify, replay.
 *
 * A job is made on the thread of JavaScript from one object, which is kept as long as the job lives: index.js has made it and its
 * buffers, and nobody changes them. `work` runs on another thread and touches neither JavaScript nor anything that another thread
 * may touch; `settle` runs on the thread of JavaScript again. */
#include "addon.h"

typedef struct texts {
    const char **at;
    size_t count;
} texts;

enum { STATE_CANCEL, STATE_DONE, STATE_TOTAL, STATE_COUNT }; /* the cells of `state`, a BigInt64Array that index.js reads and writes */

typedef struct job job;
struct job {
    void (*work)(job *j);
    napi_value (*settle)(napi_env env, job *j); /* what the promise gives; NULL: the error */
    napi_async_work async;
    napi_deferred deferred;
    napi_ref about;
    box *busy; /* may be NULL */
    assess_error err;
    assess_status status;
    int64_t *state;

    const char *rules, *path, *anchor;
    texts folders, settings, paths, ignored, ids, names, units;
    assess_scheme_options scheme_options;
    assess_batch_options batch_options;
    assess_language language;
    assess_format format;
    unsigned threads;
    bool force, wants_readiness, has_people, has_ballots;
    int32_t *starts;
    size_t ballots;
    uint32_t *subject, *rater;
    uint8_t *role;
    const int64_t **values; /* [items] */
    int scale;

    assess_scheme *scheme;
    assess_mistakes *wrong;
    assess_batch *batch;
    assess_result *result;
    assess_result *lent; /* of a box that is busy; not ours to free */
    char *text;
    size_t passed, failed, open;
};

/* ---- the work ---- */

static int on_progress(void *user, uint64_t done, uint64_t total)
{
    int64_t *state = ((job *)user)->state;
    if (!state)
        return 0;
    __atomic_store_n(&state[STATE_DONE], (int64_t)done, __ATOMIC_RELAXED);
    __atomic_store_n(&state[STATE_TOTAL], (int64_t)total, __ATOMIC_RELAXED);
    return __atomic_load_n(&state[STATE_CANCEL], __ATOMIC_RELAXED) != 0;
}

static void work_load(job *j)
{
    j->status = assess_scheme_check(j->rules, &j->scheme_options, &j->scheme, &j->wrong, &j->err);
}

static void work_test(job *j)
{
    j->status = assess_scheme_test(j->rules, &j->scheme_options, j->language, j->format, &j->passed, &j->failed, &j->text, &j->err);
}

static void add_columns(job *j)
{
    if (j->has_people)
        j->status = assess_batch_add_people(j->batch, j->ids.count, j->ids.at, j->names.at, j->units.at, j->starts, &j->err);
    if (!j->status && j->has_ballots)
        j->status = assess_batch_add_ballots(j->batch, j->ballots, j->subject, j->rater, j->role, j->values, j->scale, &j->err);
}

/* What is wrong across tables is worth knowing even when a path is missing; the first error is the one to tell. */
static void fill(job *j)
{
    assess_error later = {0};
    if (j->paths.count)
        j->status = assess_batch_read(j->batch, j->paths.at, j->paths.count, &j->err);
    if (!j->status)
        add_columns(j);
    if (j->status && j->status != ASSESS_E_INPUT)
        return;
    assess_status finished = assess_batch_finish(j->batch, j->status ? &later : &j->err);
    if (!j->status)
        j->status = finished;
}

static void work_run(job *j)
{
    assess_result_options options = {.size = sizeof options, .threads = j->threads, .progress = on_progress, .user = j};
    j->status = assess_batch_new(j->scheme, &j->batch_options, &j->batch, &j->err);
    if (!j->status)
        fill(j);
    if (!j->status && !j->wants_readiness)
        j->status = assess_result_new(j->batch, &options, &j->result, &j->err);
    bool checked = !j->status || j->status == ASSESS_E_INPUT;
    if (j->wants_readiness && checked) /* what is wrong stands in the problems */
        j->status = assess_batch_readiness(j->batch, j->language, j->format, &j->text, &j->open, &j->err);
}

static void work_seal(job *j)
{
    assess_seal_options options = {.size = sizeof options,
                                   .language = j->language,
                                   .force = j->force,
                                   .threads = j->threads,
                                   .progress = on_progress,
                                   .user = j,
                                   .anchor = &j->text};
    j->status = assess_store_seal(j->lent, j->path, &options, &j->err);
}

static void work_verify(job *j)
{
    j->status = assess_store_verify(j->path, j->anchor, j->language, j->format, &j->text, &j->err);
}

static void work_replay(job *j) { j->status = assess_store_replay(j->path, &j->result, &j->language, &j->err); }

/* ---- what comes of it ---- */

/* The box owns the handle from here on. */
static napi_value take_scheme(napi_env env, job *j)
{
    assess_scheme *scheme = j->scheme;
    j->scheme = NULL;
    return box_new(env, BOX_SCHEME, scheme);
}

static napi_value take_result(napi_env env, job *j)
{
    assess_result *result = j->result;
    j->result = NULL;
    return box_new(env, BOX_RESULT, result);
}

static napi_value take_report(napi_env env, job *j)
{
    char *text = j->text;
    j->text = NULL;
    return take_text(env, text);
}

static napi_value settle_load(napi_env env, job *j) { return j->status ? NULL : take_scheme(env, j); }

static napi_value settle_test(napi_env env, job *j)
{
    napi_value out;
    if (j->status || napi_create_object(env, &out) != napi_ok)
        return NULL;
    set(env, out, "passed", new_number(env, (double)j->passed));
    set(env, out, "failed", new_number(env, (double)j->failed));
    set(env, out, "report", take_report(env, j));
    return out;
}

static void set_counts(napi_env env, napi_value out, const assess_batch *batch)
{
    set(env, out, "errors", new_number(env, (double)assess_batch_error_count(batch)));
    set(env, out, "notices", new_number(env, (double)assess_batch_notice_count(batch)));
    set(env, out, "people", new_number(env, (double)assess_batch_people_count(batch)));
    set(env, out, "ballots", new_number(env, (double)assess_batch_ballot_count(batch)));
}

/* The problems, one by one and as the command line shows them. */
static void set_problems(napi_env env, napi_value out, job *j, assess_format format)
{
    char *report = NULL;
    set(env, out, "problems", problem_list(env, j->batch));
    if (assess_batch_problems(j->batch, j->language, format, &report, NULL) == ASSESS_OK)
        set(env, out, "report", take_text(env, report));
}

/* error.mistakes: everything that is wrong with the rule file, as errors. */
static void set_mistakes(napi_env env, napi_value error, const assess_mistakes *wrong)
{
    napi_value list, more;
    size_t count = assess_mistakes_count(wrong);
    assess_error one;
    if (napi_create_array_with_length(env, count, &list) != napi_ok)
        return;
    for (uint32_t i = 0; i < count && assess_mistakes_get(wrong, i, &one, NULL) == ASSESS_OK; i++)
        napi_set_element(env, list, i, new_error(env, &one));
    set(env, error, "mistakes", list);
    if (napi_get_boolean(env, assess_mistakes_more(wrong) != 0, &more) == napi_ok)
        set(env, error, "moreMistakes", more);
}

/* Problems go with the error as well: error.problems, and error.report in words. */
static napi_value failed_run(napi_env env, job *j)
{
    napi_value error = new_error(env, &j->err);
    if (error && j->wrong)
        set_mistakes(env, error, j->wrong);
    if (error && j->batch)
        set_problems(env, error, j, ASSESS_FORMAT_TEXT);
    return error;
}

static napi_value settle_run(napi_env env, job *j)
{
    napi_value out;
    if (j->status || napi_create_object(env, &out) != napi_ok)
        return NULL;
    set_counts(env, out, j->batch);
    set_problems(env, out, j, j->format);
    if (j->wants_readiness) {
        set(env, out, "readiness", take_report(env, j));
        set(env, out, "open", new_number(env, (double)j->open));
    } else {
        set(env, out, "handle", take_result(env, j));
    }
    return out;
}

static napi_value settle_seal(napi_env env, job *j) { return j->status ? NULL : take_report(env, j); }

/* A file that does not verify is an answer, not an exception: the report says why. */
static napi_value settle_verify(napi_env env, job *j)
{
    napi_value out, verified;
    if ((j->status && j->status != ASSESS_E_INPUT) || napi_create_object(env, &out) != napi_ok)
        return NULL;
    napi_get_boolean(env, j->status == ASSESS_OK, &verified);
    set(env, out, "verified", verified);
    set(env, out, "report", take_report(env, j));
    if (j->status)
        set(env, out, "error", new_error(env, &j->err));
    return out;
}

static napi_value settle_replay(napi_env env, job *j)
{
    napi_value out;
    if (j->status || napi_create_object(env, &out) != napi_ok)
        return NULL;
    set(env, out, "handle", take_result(env, j));
    set(env, out, "language", new_number(env, j->language));
    return out;
}

/* ---- from the beginning to the end ---- */

static void free_texts(texts *t) { free(t->at); }

static void job_free(napi_env env, job *j)
{
    texts *const lists[] = {&j->folders, &j->settings, &j->paths, &j->ignored, &j->ids, &j->names, &j->units};
    if (j->about)
        napi_delete_reference(env, j->about);
    if (j->async)
        napi_delete_async_work(env, j->async);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free_texts(lists[i]);
    free(j->values);
    assess_text_free(j->text);
    assess_mistakes_free(j->wrong);
    assess_result_free(j->result);
    assess_batch_free(j->batch);
    if (!j->busy)
        assess_scheme_free(j->scheme);
    free(j);
}

static void execute(napi_env env, void *data)
{
    (void)env;
    job *j = data;
    j->work(j);
}

static void complete(napi_env env, napi_status status, void *data)
{
    job *j = data;
    if (j->busy)
        j->busy->busy = false;
    napi_value value = status == napi_ok ? j->settle(env, j) : NULL;
    if (value)
        napi_resolve_deferred(env, j->deferred, value);
    else
        napi_reject_deferred(env, j->deferred, failed_run(env, j));
    job_free(env, j);
}

/* The promise; NULL with an exception pending when it cannot be started. */
static napi_value start(napi_env env, job *j, napi_value about)
{
    napi_value promise, name = new_text(env, "assess");
    if (napi_create_reference(env, about, 1, &j->about) == napi_ok &&
        napi_create_async_work(env, NULL, name, execute, complete, j, &j->async) == napi_ok &&
        napi_create_promise(env, &j->deferred, &promise) == napi_ok && napi_queue_async_work(env, j->async) == napi_ok) {
        if (j->busy)
            j->busy->busy = true;
        return promise;
    }
    job_free(env, j);
    napi_throw_error(env, NULL, "no memory for a job");
    return NULL;
}

/* NULL for null. */
static const char *may_text(napi_env env, napi_value about, const char *name, bool *fine)
{
    napi_value value = property(env, about, name);
    if (!*fine || is_absent(env, value))
        return NULL;
    const char *text = text_of(env, value);
    *fine = text != NULL;
    return text;
}

static void read_texts(napi_env env, napi_value about, const char *name, texts *out, bool *fine)
{
    if (*fine)
        *fine = texts_of(env, property(env, about, name), &out->at, &out->count);
}

static void read_array(napi_env env, napi_value about, const char *name, napi_typedarray_type type, size_t length, void **out, bool *fine)
{
    if (*fine)
        *fine = array_of(env, property(env, about, name), type, length, out);
}

static bool flag(napi_env env, napi_value about, const char *name)
{
    bool set_ = false;
    napi_get_value_bool(env, property(env, about, name), &set_);
    return set_;
}

/* What all jobs may be told. */
static void read_common(napi_env env, napi_value about, job *j, bool *fine)
{
    j->rules = may_text(env, about, "rules", fine);
    j->path = may_text(env, about, "path", fine);
    j->anchor = may_text(env, about, "anchor", fine);
    read_texts(env, about, "folders", &j->folders, fine);
    read_texts(env, about, "settings", &j->settings, fine);
    read_array(env, about, "state", napi_bigint64_array, STATE_COUNT, (void **)&j->state, fine);
    j->language = number_of(env, property(env, about, "language"));
    j->format = number_of(env, property(env, about, "format"));
    j->threads = number_of(env, property(env, about, "threads"));
    j->force = flag(env, about, "force");
    j->scheme_options = (assess_scheme_options){.size = sizeof j->scheme_options,
                                                .folders = j->folders.at,
                                                .folder_count = j->folders.count,
                                                .settings = j->settings.at,
                                                .setting_count = j->settings.count,
                                                .period = may_text(env, about, "period", fine)};
}

static void read_people(napi_env env, napi_value people, job *j, bool *fine)
{
    if (is_absent(env, people))
        return;
    j->has_people = true;
    read_texts(env, people, "id", &j->ids, fine);
    read_texts(env, people, "name", &j->names, fine);
    read_texts(env, people, "unit", &j->units, fine);
    read_array(env, people, "start", napi_int32_array, j->ids.count, (void **)&j->starts, fine);
    bool same = (!j->names.at || j->names.count == j->ids.count) && (!j->units.at || j->units.count == j->ids.count);
    if (*fine && !same)
        *fine = napi_throw_type_error(env, NULL, "people: expected columns of one length") != napi_ok;
}

/* `values` is one array, item after item; its length says how many items that are. index.js takes them from the scheme. */
static void read_ballots(napi_env env, napi_value ballots, job *j, bool *fine)
{
    int64_t *values = NULL;
    if (!*fine || is_absent(env, ballots))
        return;
    size_t n = j->ballots = number_of(env, property(env, ballots, "count")), items = number_of(env, property(env, ballots, "items"));
    j->has_ballots = true;
    j->scale = (int)number_of(env, property(env, ballots, "scale"));
    read_array(env, ballots, "subject", napi_uint32_array, n, (void **)&j->subject, fine);
    read_array(env, ballots, "rater", napi_uint32_array, n, (void **)&j->rater, fine);
    read_array(env, ballots, "role", napi_uint8_array, n, (void **)&j->role, fine);
    read_array(env, ballots, "values", napi_bigint64_array, n * items, (void **)&values, fine);
    if (*fine && !(j->values = malloc((items + 1) * sizeof *j->values)))
        *fine = napi_throw_error(env, NULL, "no memory for ballots") != napi_ok;
    for (size_t i = 0; *fine && i < items; i++)
        j->values[i] = values + i * n;
}

static job *job_new(napi_env env, napi_value about, void (*work)(job *), napi_value (*settle)(napi_env, job *))
{
    bool fine = true;
    job *j = calloc(1, sizeof *j);
    if (!j)
        return napi_throw_error(env, NULL, "no memory for a job"), NULL;
    j->work = work;
    j->settle = settle;
    read_common(env, about, j, &fine);
    if (fine)
        return j;
    job_free(env, j);
    return NULL;
}

static napi_value simple_job(napi_env env, napi_callback_info info, void (*work)(job *), napi_value (*settle)(napi_env, job *))
{
    arguments a = arguments_of(env, info);
    job *j = job_new(env, a.at[0], work, settle);
    return j ? start(env, j, a.at[0]) : NULL;
}

static napi_value job_load(napi_env env, napi_callback_info info) { return simple_job(env, info, work_load, settle_load); }
static napi_value job_test(napi_env env, napi_callback_info info) { return simple_job(env, info, work_test, settle_test); }
static napi_value job_verify(napi_env env, napi_callback_info info) { return simple_job(env, info, work_verify, settle_verify); }
static napi_value job_replay(napi_env env, napi_callback_info info) { return simple_job(env, info, work_replay, settle_replay); }

/* (scheme, about): the scheme is busy meanwhile. */
static napi_value job_run(napi_env env, napi_callback_info info)
{
    bool fine = true;
    arguments a = arguments_of(env, info);
    assess_scheme *scheme = handle_of(env, a.at[0], BOX_SCHEME);
    job *j = scheme ? job_new(env, a.at[1], work_run, settle_run) : NULL;
    if (!j)
        return NULL;
    j->scheme = scheme;
    j->busy = box_of(env, a.at[0], BOX_SCHEME);
    j->wants_readiness = flag(env, a.at[1], "readiness");
    read_texts(env, a.at[1], "paths", &j->paths, &fine);
    read_texts(env, a.at[1], "ignored", &j->ignored, &fine);
    read_people(env, property(env, a.at[1], "people"), j, &fine);
    read_ballots(env, property(env, a.at[1], "ballots"), j, &fine);
    j->batch_options = (assess_batch_options){.size = sizeof j->batch_options,
                                              .ignored_kinds = j->ignored.at,
                                              .ignored_kind_count = j->ignored.count,
                                              .threads = j->threads,
                                              .hash_inputs = flag(env, a.at[1], "hashes"),
                                              .progress = on_progress,
                                              .user = j};
    if (fine)
        return start(env, j, a.at[1]);
    job_free(env, j);
    return NULL;
}

/* (result, about): the result is busy meanwhile. */
static napi_value job_seal(napi_env env, napi_callback_info info)
{
    arguments a = arguments_of(env, info);
    assess_result *result = handle_of(env, a.at[0], BOX_RESULT);
    job *j = result ? job_new(env, a.at[1], work_seal, settle_seal) : NULL;
    if (!j)
        return NULL;
    j->busy = box_of(env, a.at[0], BOX_RESULT);
    j->lent = result;
    return start(env, j, a.at[1]);
}

void define_jobs(napi_env env, napi_value exports)
{
    define(env, exports, "load", job_load);
    define(env, exports, "test", job_test);
    define(env, exports, "run", job_run);
    define(env, exports, "seal", job_seal);
    define(env, exports, "verify", job_verify);
    define(env, exports, "replay", job_replay);
}
