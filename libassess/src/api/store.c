/* store.c: assess_store_*. The store keeps tables and hashes; running the sealed rules again happens here. */
#include <stdio.h>
#include <string.h>

#include "api/handles.h"
#include "base/json.h"
#include "exchange/exchange.h"
#include "rules/rules.h"
#include "store/store.h"

/* --- anchors --- */

static void print_anchor(const store_anchor *a, buffer *out)
{
    char head[65];
    digest_print(&a->head, head);
    buffer_add_integer(out, (int64_t)a->length);
    buffer_add_char(out, ':');
    buffer_add_string(out, head);
}

static assess_status give_anchor(const store_anchor *a, char **out, assess_error *err)
{
    buffer b = {0};
    print_anchor(a, &b);
    return give_text(&b, out, NULL, err);
}

/* E_CALL unless it is a count and the 64 digits of a hash, as print_anchor writes them: a slip of the pen must not look
 * like a changed file. */
static assess_status check_anchor_form(const char *anchor, assess_error *err)
{
    enum { MOST_DIGITS = 18, HASH_DIGITS = 64 };
    size_t count = strspn(anchor, "0123456789");
    if (count >= 1 && count <= MOST_DIGITS && anchor[count] == ':' &&
        strspn(anchor + count + 1, "0123456789abcdef") == HASH_DIGITS && anchor[count + 1 + HASH_DIGITS] == '\0')
        return ASSESS_OK;
    return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_anchor, text_of(anchor)));
}

/* --- sealing --- */

/* The memory for the anchor is there before the file is: nothing can fail afterwards. */
static assess_status seal_result(seal *s, const char *path, const assess_seal_options *o, assess_error *err)
{
    store_anchor anchor = {.length = INT64_MAX}; /* none is longer */
    buffer b = {0};
    print_anchor(&anchor, &b);
    buffer_add_char(&b, '\0');
    s->anchor = &anchor;
    assess_status status = b.failed ? error_no_memory(err) : store_write(s, path, o->force != 0, err);
    b.length = 0;
    if (!status)
        print_anchor(&anchor, &b);
    if (!status && o->anchor)
        return give_text(&b, o->anchor, NULL, err);
    buffer_free(&b);
    return status;
}

static assess_status seal_into(assess_result *r, const char *path, const assess_seal_options *o, assess_error *err)
{
    if (!r->batch->hash)
        return error_set(err, ASSESS_E_CALL, message_of(MSG_call_not_hashed));
    buffer csv = {0};
    exchange_results_csv(r->outcome, o->language, &csv);
    seal s = {.outcome = r->outcome, .results_csv = buffer_text(&csv), .language = o->language,
              .engine_version = text_of(assess_version()), .threads = thread_count(o->threads),
              .progress = o->progress, .user = o->user};
    assess_status status = csv.failed ? error_no_memory(err) : seal_result(&s, path, o, err);
    buffer_free(&csv);
    return status;
}

assess_status assess_store_seal(assess_result *r, const char *path, const assess_seal_options *options, assess_error *err)
{
    OPTIONS(assess_seal_options, anchor, o, options, err);
    if (!path || !is_language(o.language))
        return bad_argument(err, "path, language");
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, seal_into(r, path, &o, err));
}

/* --- running again --- */

/* The sealed file that is called `name` with this ending; the scheme's own is none of those that it asks for. */
static bool find_sealed(const store_header *h, text name, text ending, text *bytes, text *file_name)
{
    for (size_t i = 1; i < h->file_count; i++) {
        text file = h->file_names[i];
        if (file.length != name.length + ending.length || !text_equal((text){file.bytes, name.length}, name) ||
            !text_equal((text){file.bytes + name.length, ending.length}, ending))
            continue;
        *bytes = h->file_bytes[i];
        *file_name = file;
        return true;
    }
    return false;
}

/* `use` finds the other rule files among the sealed ones. */
static bool resolve_sealed(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)memory;
    return find_sealed(user, name, TEXT(".lua"), bytes, file_name);
}

static bool data_sealed(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)memory;
    return find_sealed(user, name, TEXT(""), bytes, file_name);
}

static assess_status load_sealed(store *s, assess_scheme **out, assess_error *err)
{
    const store_header *h = store_get(s);
    plan *p = NULL;
    rules_request request = {.file_name = h->file_names[0], .bytes = h->file_bytes[0], .period = h->period,
                             .settings = h->settings, .setting_count = h->setting_count, .resolve = resolve_sealed, .data = data_sealed,
                             .user = (void *)h};
    assess_status status = rules_load(&request, &p, err);
    if (status)
        return status;
    *out = scheme_wrap(p);
    return *out ? ASSESS_OK : error_no_memory(err);
}

static assess_status rerun(store *s, assess_result **out, assess_error *err)
{
    assess_scheme *scheme = NULL;
    assess_batch *b = NULL;
    static const char *const may_lack[] = {"history"}; /* it was sealed without, when that had been said */
    assess_batch_options options = {.size = sizeof options, .hash_inputs = 1, .ignored_kinds = may_lack, .ignored_kind_count = 1};
    assess_status status = load_sealed(s, &scheme, err);
    status = status ? status : assess_batch_new(scheme, &options, &b, err);
    status = status ? status : store_read(s, b->tables, err);
    status = status ? status : assess_batch_finish(b, err);
    status = status ? status : assess_result_new(b, NULL, out, err);
    assess_batch_free(b);
    assess_scheme_free(scheme);
    return status;
}

static bool gives_sealed_results(const store *s, const assess_result *again, assess_status *status, assess_error *err)
{
    buffer csv = {0};
    exchange_results_csv(again->outcome, store_get(s)->language, &csv);
    bool same = text_equal(buffer_text(&csv), store_get(s)->results_csv);
    *status = csv.failed ? error_no_memory(err) : ASSESS_OK;
    buffer_free(&csv);
    return same;
}

static assess_status refuse(message_id id, const char *path, assess_error *err)
{
    return error_set_at(err, ASSESS_E_INPUT, message_of1(id, text_of(path)), path, 0, NULL);
}

/* A result to be shown to people: of a file that is as it was sealed, and the same as was sealed. */
static assess_status rerun_checked(store *s, const char *path, assess_result **out, assess_error *err)
{
    assess_result *again = NULL;
    bool untouched;
    assess_status status = store_is_untouched(s, &untouched, err);
    if (!status && !untouched)
        status = refuse(MSG_store_changed, path, err);
    status = status ? status : rerun(s, &again, err);
    if (!status && !gives_sealed_results(s, again, &status, err) && !status)
        status = refuse(MSG_store_other_results, path, err);
    if (status)
        assess_result_free(again);
    else
        *out = again;
    return status;
}

assess_status assess_store_replay(const char *path, assess_result **out, assess_language *language, assess_error *err)
{
    if (!path || !out)
        return bad_argument(err, "path, out");
    store *s = NULL;
    assess_status status = store_open(path, &s, err);
    status = status ? status : rerun_checked(s, path, out, err);
    if (!status && language)
        *language = store_get(s)->language;
    store_close(s);
    return status;
}

assess_status assess_store_anchor(const char *path, char **out, assess_error *err)
{
    if (!path || !out)
        return bad_argument(err, "path, out");
    store *s = NULL;
    assess_status status = store_open(path, &s, err);
    status = status ? status : give_anchor(&store_get(s)->anchor, out, err);
    store_close(s);
    return status;
}

/* --- verify --- */

typedef struct verdict {
    store_check *checks; /* the store's own, then the two made here */
    size_t count;
    bool passed;
    bool whole; /* nothing was left out */
} verdict;

static bool same_results(store *s, assess_status *status, assess_error *err)
{
    assess_result *again = NULL;
    *status = rerun(s, &again, err);
    if (*status)
        return false;
    bool same = gives_sealed_results(s, again, status, err);
    assess_result_free(again);
    return same;
}

static void add_check(verdict *v, message_id what, bool passed)
{
    v->checks[v->count++] = (store_check){.what = what, .passed = passed};
    v->passed &= passed;
}

static void add_own_check(verdict *v, const store_check *check)
{
    v->checks[v->count++] = *check;
    v->passed &= check->passed;
    v->whole &= !check->left_out;
}

static void check_anchor(store *s, const char *anchor, verdict *v)
{
    buffer b = {0};
    print_anchor(&store_get(s)->anchor, &b);
    bool same = !b.failed && text_equal(buffer_text(&b), text_of(anchor));
    add_check(v, same ? MSG_verify_anchor : MSG_verify_other_anchor, same);
    buffer_free(&b);
}

static assess_status keep_reason(arena *memory, const assess_error *why, store_check *out, assess_error *err)
{
    text en = text_of(why->message[ASSESS_EN]), zh = text_of(why->message[ASSESS_ZH]);
    out->detail = (text){arena_text(memory, en.bytes, en.length), en.length};
    out->zh = (text){arena_text(memory, zh.bytes, zh.length), zh.length};
    return out->detail.bytes && out->zh.bytes ? ASSESS_OK : error_no_memory(err);
}

/* Running again fails by the file's fault, so its error is a failed check, not a failure of verify. */
static assess_status check_replay(store *s, arena *memory, verdict *v, assess_error *err)
{
    assess_error why = {0};
    assess_status status;
    bool same = same_results(s, &status, &why);
    if (status == ASSESS_E_SYSTEM) {
        if (err)
            *err = why;
        return status;
    }
    add_check(v, same ? MSG_verify_replay : status ? MSG_verify_no_replay : MSG_verify_other_results, same);
    return status ? keep_reason(memory, &why, &v->checks[v->count - 1], err) : ASSESS_OK;
}

static assess_status run_checks(store *s, const char *anchor, arena *memory, verdict *v, assess_error *err)
{
    store_check *own;
    size_t count;
    assess_status status = store_verify(s, memory, &own, &count, err);
    if (status)
        return status;
    v->checks = arena_zalloc(memory, (count + 2) * sizeof *v->checks);
    if (!v->checks)
        return error_no_memory(err);
    v->passed = v->whole = true;
    for (size_t i = 0; i < count; i++)
        add_own_check(v, &own[i]);
    if (anchor)
        check_anchor(s, anchor, v);
    if (!store_get(s)->ballots_removed)
        return check_replay(s, memory, v, err);
    add_own_check(v, &(store_check){.what = MSG_verify_replay_left_out, .passed = true, .left_out = true});
    return ASSESS_OK;
}

static message_id conclusion(const verdict *v)
{
    if (!v->passed)
        return MSG_verify_failed;
    return v->whole ? MSG_verify_passed : MSG_verify_passed_in_part;
}

static void print_verdict(const verdict *v, assess_language language, buffer *out)
{
    for (size_t i = 0; i < v->count; i++) {
        const store_check *check = &v->checks[i];
        buffer_add_string(out, check->left_out ? "  – " : check->passed ? "  ✓ " : "  ✗ ");
        message_render(out, store_check_sentence(check), language);
        buffer_add_char(out, '\n');
    }
    message_render(out, message_of(conclusion(v)), language);
    buffer_add_char(out, '\n');
}

static void verdict_json(const verdict *v, assess_language language, buffer *out)
{
    json j = {.out = out};
    json_begin_object(&j);
    json_member_text(&j, "schema", TEXT("assess.verify/1"));
    json_member_truth(&j, "verified", v->passed);
    json_member_truth(&j, "complete", v->whole);
    json_key(&j, "checks");
    json_begin_array(&j);
    for (size_t i = 0; i < v->count; i++) {
        buffer words = {0};
        message_render(&words, store_check_sentence(&v->checks[i]), language);
        json_begin_object(&j);
        json_member_text(&j, "id", text_of(message_name(v->checks[i].what)));
        json_key(&j, "passed");
        if (v->checks[i].left_out)
            json_null(&j);
        else
            json_truth(&j, v->checks[i].passed);
        json_member_text(&j, "words", buffer_text(&words));
        json_end_object(&j);
        buffer_free(&words);
    }
    json_end_array(&j);
    json_end_object(&j);
    buffer_add_char(out, '\n');
}

assess_status assess_store_verify(const char *path, const char *anchor, assess_language language, assess_format format,
                                  char **report, assess_error *err)
{
    if (!path || !report || !is_language(language))
        return bad_argument(err, "path, language, report");
    if (anchor && check_anchor_form(anchor, err))
        return ASSESS_E_CALL;
    store *s = NULL;
    arena memory = {0};
    verdict v = {0};
    buffer out = {0};
    assess_status status = store_open(path, &s, err);
    status = status ? status : run_checks(s, anchor, &memory, &v, err);
    if (!status) {
        (format == ASSESS_FORMAT_JSON ? verdict_json : print_verdict)(&v, language, &out);
        status = give_text(&out, report, NULL, err);
    }
    if (!status && !v.passed)
        status = error_set(err, ASSESS_E_INPUT, message_of(MSG_verify_failed));
    store_close(s);
    arena_free(&memory);
    return status;
}
