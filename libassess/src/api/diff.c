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

assess_status assess_diff(assess_result *a, assess_result *b, const assess_diff_options *options, char **out, size_t *moved,
                          assess_error *err)
{
    if (!a || !b || !out)
        return bad_argument(err, "a, b, out");
    OPTIONS(assess_diff_options, o, options, err);
    if (!is_language(o.language) || (unsigned)o.format > ASSESS_DIFF_CSV)
        return bad_argument(err, "language, format");
    buffer text_of_it = {0};
    diff *d = diff_of(a->outcome, b->outcome);
    if (!d)
        return error_no_memory(err);
    print(d, &o, &text_of_it);
    if (moved)
        *moved = diff_moved(d);
    diff_free(d);
    return give_text(&text_of_it, out, NULL, err);
}
