/* scheme.c: assess_scheme_*. */
#include <string.h>

#include "api/handles.h"
#include "rules/rules.h"

assess_scheme *scheme_wrap(plan *p)
{
    assess_scheme *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        plan_free(p);
        return NULL;
    }
    handle_open(&s->head, HANDLE_SCHEME);
    s->plan = p;
    return s;
}

assess_status scheme_check(const assess_scheme *s, assess_error *err) { return handle_check(s, HANDLE_SCHEME, "scheme", err); }

void assess_scheme_free(assess_scheme *s)
{
    if (handle_close(s, HANDLE_SCHEME))
        scheme_drop(s);
}

void scheme_drop(assess_scheme *s)
{
    if (!handle_drop(s))
        return;
    plan_free(s->plan);
    mem_free(s);
}

/* ---- settings ---- */

/* NAME of NAME=VALUE; all of it where there is no '='. */
static text setting_name(const char *setting)
{
    text whole = text_of(setting);
    const char *equals = whole.length ? memchr(whole.bytes, '=', whole.length) : NULL;
    return equals ? (text){whole.bytes, (size_t)(equals - whole.bytes)} : whole;
}

/* Which of two values is meant nobody can tell, also when they are the same. */
static assess_status check_setting(const assess_scheme_options *o, size_t i, assess_error *err)
{
    text whole = text_of(o->settings[i]), name = setting_name(o->settings[i]);
    if (name.length == 0 || name.length == whole.length)
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_setting_form, whole));
    for (size_t k = 0; k < i; k++)
        if (text_equal(setting_name(o->settings[k]), name))
            return error_set(err, ASSESS_E_CALL,
                             message_of3(MSG_call_setting_twice, name, text_of(o->settings[k]), whole));
    return ASSESS_OK;
}

static assess_status check_settings(const assess_scheme_options *o, assess_error *err)
{
    assess_status s = ASSESS_OK;
    for (size_t i = 0; !s && i < o->setting_count; i++)
        s = check_setting(o, i, err);
    return s;
}

static assess_status load(const assess_scheme_options *o, rule_place *place, arena *memory, plan **out, mistake_list *mistakes, assess_error *err)
{
    rules_request request = {.period = text_of(o->period), .setting_count = o->setting_count, .resolve = rule_resolve, .data = rule_data,
                             .user = place, .file_name = file_base_name(place->path)};
    text *settings = arena_zalloc(memory, (o->setting_count + 1) * sizeof *settings);
    if (!settings)
        return error_no_memory(err);
    for (size_t i = 0; i < o->setting_count; i++)
        settings[i] = text_of(o->settings[i]);
    request.settings = settings;
    assess_status s = file_read(place->path.bytes, RULES_MAX_SOURCE, memory, &request.bytes, err);
    return s ? s : rules_load_all(&request, out, mistakes, err);
}

/* The plan of `rules`; what is wrong with the files in `mistakes`, which may be NULL. */
static assess_status read_rules(const char *rules, const assess_scheme_options *options, plan **out, mistake_list *mistakes, assess_error *err)
{
    OPTIONS(assess_scheme_options, period, o, options, err);
    if ((!o.folders && o.folder_count) || (!o.settings && o.setting_count))
        return bad_argument(err, "folders, settings");
    arena memory = {0};
    rule_place place;
    assess_status s = check_settings(&o, err);
    s = s ? s : rule_find(rules, o.folders, o.folder_count, &memory, &place, err);
    s = s ? s : load(&o, &place, &memory, out, mistakes, err);
    arena_free(&memory);
    return s;
}

static assess_status give_scheme(plan *p, assess_scheme **out, assess_error *err)
{
    *out = scheme_wrap(p);
    return *out ? ASSESS_OK : error_no_memory(err);
}

assess_status assess_scheme_load(const char *rules, const assess_scheme_options *options, assess_scheme **out,
                                 assess_error *err)
{
    plan *p = NULL;
    if (!rules || !out)
        return bad_argument(err, "rules, out");
    assess_status s = read_rules(rules, options, &p, NULL, err);
    return s ? s : give_scheme(p, out, err);
}

assess_status assess_scheme_check(const char *rules, const assess_scheme_options *options, assess_scheme **scheme,
                                  assess_mistakes **mistakes, assess_error *err)
{
    plan *p = NULL;
    mistake_list list = {0};
    if (mistakes)
        *mistakes = NULL;
    if (!rules)
        return bad_argument(err, "rules");
    assess_status s = read_rules(rules, options, &p, mistakes ? &list : NULL, err);
    if (list.count && !(*mistakes = mistakes_wrap(list))) {
        if (err)
            *err = (assess_error){0};
        return error_no_memory(err);
    }
    if (s || scheme)
        return s ? s : give_scheme(p, scheme, err);
    plan_free(p);
    return ASSESS_OK;
}

static bool is_scheme(const assess_scheme *s) { return handle_is_open(s, HANDLE_SCHEME); }

const char *assess_scheme_id(const assess_scheme *s) { return is_scheme(s) ? s->plan->id.bytes : ""; }

const char *assess_scheme_title(const assess_scheme *s, assess_language language)
{
    return is_scheme(s) ? label_in(s->plan->title, language).bytes : "";
}

const char *assess_scheme_period(const assess_scheme *s)
{
    return is_scheme(s) && s->plan->period_text.length ? s->plan->period_text.bytes : "";
}

/* --- describe --- */

assess_status assess_scheme_describe(const assess_scheme *s, assess_language language, assess_format format, char **out,
                                     assess_error *err)
{
    if (scheme_check(s, err))
        return ASSESS_E_CALL;
    if (!out || !is_language(language))
        return bad_argument(err, "language, out");
    buffer b = {0};
    if (format == ASSESS_FORMAT_JSON)
        scheme_json(s->plan, language, &b);
    else
        plan_describe(s->plan, language, &b);
    return give_text(&b, out, NULL, err);
}
