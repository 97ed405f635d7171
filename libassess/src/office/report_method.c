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

void write_check(report *r)
{
    html_leaf_message(&r->page, "p", NULL, message_of(MSG_office_check));
    html_begin(&r->page, "ul");
    command(r, MSG_office_check_seal, message_of(MSG_office_verify));
    command(r, MSG_office_check_again, message_of2(MSG_office_run, report_fact(r, "scheme"), report_fact(r, "period")));
    command(r, MSG_office_check_one, message_of2(MSG_office_explain, report_fact(r, "scheme"), report_fact(r, "period")));
    html_end(&r->page);
}
