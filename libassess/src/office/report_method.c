/* report_method: how a reader can see for himself that the report is right. */
#include "office/report_parts.h"

static void command(report *r, message_id words, message line)
{
    html_begin(&r->page, "li");
    html_message(&r->page, message_of(words));
    html_begin(&r->page, "br");
    html_end(&r->page);
    html_leaf_message(&r->page, "code", NULL, line);
    html_end(&r->page);
}

/* " --set NAME=VALUE" for every parameter that this run was given another value for. */
static text settings(report *r)
{
    const assess_table *t = report_table_of(r, "parameters");
    buffer all = {0};
    for (size_t row = 0; t && row < assess_table_rows(t); row++) {
        if (!text_equal(cell_of(t, row, "set"), TEXT("1")))
            continue;
        buffer_add_string(&all, " --set ");
        buffer_add_text(&all, cell_of(t, row, "setting"));
    }
    return report_keep(r, &all);
}

void write_check(report *r)
{
    text scheme = report_fact(r, "scheme"), period = report_fact(r, "period"), set = settings(r);
    html_leaf_message(&r->page, "p", NULL, message_of(MSG_office_check));
    html_begin(&r->page, "ul");
    command(r, MSG_office_check_seal, message_of(MSG_office_verify));
    command(r, MSG_office_check_again, message_of3(MSG_office_run, scheme, period, set));
    command(r, MSG_office_check_one, message_of3(MSG_office_explain, scheme, period, set));
    html_end(&r->page);
}
