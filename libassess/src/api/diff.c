/* diff.c: assess_diff. */
#include "api/handles.h"
#include "report/report.h"

static void print(const diff *d, const assess_diff_options *o, buffer *out)
{
    switch (o->format) {
    case ASSESS_DIFF_TEXT: report_diff(d, o->language, o->color != 0, out); break;
    case ASSESS_DIFF_JSON: report_diff_json(d, o->language, out); break;
    case ASSESS_DIFF_CSV: report_diff_csv(d, o->language, out); break;
    }
}

static assess_status compare(const assess_result *a, const assess_result *b, const assess_diff_options *o, char **out, size_t *moved,
                             assess_error *err)
{
    buffer words = {0};
    diff *d = diff_of(a->outcome, b->outcome);
    if (!d)
        return error_no_memory(err);
    print(d, o, &words);
    if (moved)
        *moved = diff_moved(d);
    diff_free(d);
    return give_text(&words, out, NULL, err);
}

/* A result beside itself is one that is in use once. */
static assess_status enter_other(assess_result *a, assess_result *b, assess_error *err)
{
    return a == b ? ASSESS_OK : result_enter(b, err);
}

assess_status assess_diff(assess_result *a, assess_result *b, const assess_diff_options *options, char **out, size_t *moved,
                          assess_error *err)
{
    if (!a || !b || !out)
        return bad_argument(err, "a, b, out");
    OPTIONS(assess_diff_options, color, o, options, err);
    if (!is_language(o.language) || (unsigned)o.format > ASSESS_DIFF_CSV)
        return bad_argument(err, "language, format");
    assess_status s = result_enter(a, err);
    if (s)
        return s;
    s = enter_other(a, b, err);
    if (!s) {
        s = compare(a, b, &o, out, moved, err);
        if (a != b)
            result_leave(b, s);
    }
    return result_leave(a, s);
}
