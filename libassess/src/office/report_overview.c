/* report_overview: what the result came to, in sentences. Every number is a cell of a table, or how many rows one has. */
#include "office/report_parts.h"

#include <string.h>

enum { GROUPS_NAMED = 5, PEOPLE_NAMED = 8 };

/* ---- sentences ---- */

static bool is_nothing(text value)
{
    return value.length == 0 || text_equal(value, TEXT("0"));
}

/* The value of a figure of the summary; empty: there is none. */
static text figure(report *r, const char *id)
{
    const assess_table *t = report_table_of(r, "summary");
    for (size_t row = 0; t && row < assess_table_rows(t); row++)
        if (text_equal(cell_of(t, row, "id"), text_of(id)))
            return cell_of(t, row, "value");
    return TEXT("");
}

/* Units alone, or units and people together, are no people. */
static bool are_people(report *r)
{
    const assess_table *results = report_table_of(r, "results");
    return report_table_of(r, "units") && results && assess_table_column(results, "level") == SIZE_MAX;
}

static text number(report *r, size_t value)
{
    buffer digits = {0};
    buffer_add_integer(&digits, (int64_t)value);
    return report_keep(r, &digits);
}

static void sentence(report *r, message m)
{
    html_leaf_message(&r->page, "p", NULL, m);
}

/* The sentence, and where to read on. */
static void sentence_of_chapter(report *r, message m, const char *base)
{
    size_t where = chapter_of(r, base);
    html_begin(&r->page, "li");
    html_message(&r->page, m);
    if (where) {
        buffer href = {0};
        buffer_add_string(&href, "#s");
        buffer_add_integer(&href, (int64_t)where);
        html_string(&r->page, r->language == ASSESS_ZH ? "" : " ");
        html_begin(&r->page, "a");
        html_attribute(&r->page, "href", report_keep(r, &href));
        html_message(&r->page, message_of1(MSG_office_see, r->chapters[where - 1].title));
        html_end(&r->page);
    }
    html_end(&r->page);
}

/* ---- who and what ---- */

/* Sentences of one paragraph. */
static void next_sentence(report *r, message m)
{
    if (r->language == ASSESS_EN)
        html_string(&r->page, " ");
    html_message(&r->page, m);
}

static void say_size(report *r)
{
    message_id size = are_people(r) ? MSG_office_people : MSG_office_subjects;
    html_begin(&r->page, "p");
    html_message(&r->page, message_of2(MSG_office_scope, report_fact(r, "from"), report_fact(r, "to")));
    next_sentence(r, message_of4(size, figure(r, "subjects"), figure(r, "assessed"), figure(r, "excluded"), figure(r, "incomplete")));
    if (figure(r, "highest").length)
        next_sentence(r, message_of3(MSG_office_scores, figure(r, "highest"), figure(r, "lowest"), figure(r, "mean")));
    html_end(&r->page);
}

static void say_grades(report *r, const assess_table *t)
{
    buffer list = {0};
    for (size_t row = 0; row < assess_table_rows(t); row++) {
        if (row)
            message_render(&list, message_of(MSG_office_comma), r->language);
        text share = cell_of(t, row, "share");
        text people = cell_of(t, row, "people");
        message_render(&list, message_of3(MSG_office_one_grade, cell_of(t, row, "grade"), people, share.length ? share : TEXT("0")),
                       r->language);
    }
    sentence(r, message_of2(MSG_office_grades, text_of(assess_table_title(t)), report_keep(r, &list)));
}

/* ---- quotas ---- */

/* An upper limit speaks of those over it, a lower one of those who would be next. */
typedef struct limit_words {
    const char *limit, *beyond;
    message_id one, found;
} limit_words;

static const limit_words upper = {"allowed", "over", MSG_office_one_quota, MSG_office_quota_over};
static const limit_words lower = {"required", "next", MSG_office_one_floor, MSG_office_quota_under};

static const limit_words *words_of(const assess_table *t)
{
    return assess_table_column(t, "required") == SIZE_MAX ? &upper : &lower;
}

/* The first groups beyond the limit, in words; returns how many there are in all. */
static size_t list_groups(report *r, const assess_table *t, buffer *list)
{
    const limit_words *w = words_of(t);
    size_t found = 0;
    for (size_t row = 0; row < assess_table_rows(t); row++) {
        text beyond = cell_of(t, row, w->beyond);
        if (is_nothing(beyond) || found++ >= GROUPS_NAMED)
            continue;
        if (list->length)
            message_render(list, message_of(MSG_office_comma), r->language);
        message_render(list, message_of3(w->one, cell_of(t, row, "group"), cell_of(t, row, w->limit), beyond), r->language);
    }
    if (found > GROUPS_NAMED)
        message_render(list, message_of(MSG_office_and_more), r->language);
    return found;
}

static void say_quota(report *r, const assess_table *t)
{
    buffer list = {0};
    size_t found = list_groups(r, t, &list);
    text title = text_of(assess_table_title(t)), groups = number(r, assess_table_rows(t)), names = report_keep(r, &list);
    if (found)
        sentence_of_chapter(r, message_of4(words_of(t)->found, title, groups, number(r, found), names), "quota");
    else
        sentence_of_chapter(r, message_of2(MSG_office_quota_kept, title, groups), "quota");
}

/* ---- what somebody has to do ---- */

typedef struct remark {
    const char *figure;
    message_id says;
    const char *base; /* the chapter that has more */
} remark;

static const remark remarks[] = {
    {"incomplete", MSG_office_say_incomplete, "incomplete"}, {"vetoes", MSG_office_say_vetoes, "vetoes"},
    {"gaps", MSG_office_say_gaps, "gaps"},                   {"ties", MSG_office_say_ties, "ties"},
    {"invalid", MSG_office_say_invalid, "ballots"},          {"not_counted", MSG_office_say_not_counted, "ballots"},
    {"notices", MSG_office_say_notices, ""},
};

static bool is_remarkable(report *r)
{
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (!is_nothing(figure(r, remarks[i].figure)))
            return true;
    return false;
}

static void say_remarks(report *r)
{
    if (!is_remarkable(r)) {
        sentence(r, message_of(MSG_office_nothing));
        return;
    }
    sentence(r, message_of(MSG_office_remarkable));
    html_begin(&r->page, "ul");
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (!is_nothing(figure(r, remarks[i].figure)))
            sentence_of_chapter(r, message_of2(remarks[i].says, figure(r, remarks[i].figure), figure(r, "ballots")), remarks[i].base);
    html_end(&r->page);
}

/* "赵秀兰（人事股）、…等" */
static text name_waiting(report *r)
{
    const assess_table *t = report_table_of(r, "decide");
    buffer names = {0};
    size_t rows = t ? assess_table_rows(t) : 0;
    for (size_t row = 0; row < rows && row < PEOPLE_NAMED; row++) {
        text name = cell_of(t, row, "name"), unit = cell_of(t, row, "unit");
        if (row)
            message_render(&names, message_of(MSG_office_comma), r->language);
        message_id form = unit.length ? MSG_office_name_of_unit : MSG_office_name;
        message_render(&names, message_of2(form, name.length ? name : cell_of(t, row, "id"), unit), r->language);
    }
    if (rows > PEOPLE_NAMED)
        message_render(&names, message_of(MSG_office_and_more), r->language);
    return report_keep(r, &names);
}

static bool has_table(report *r, const char *base)
{
    for (size_t i = 0; i < r->table_count; i++)
        if (id_has_base(assess_result_table_id(r->result, i), base))
            return true;
    return false;
}

static void say_waiting(report *r, text waiting)
{
    if (is_nothing(waiting))
        sentence_of_chapter(r, message_of(MSG_office_nobody_waits), "");
    else
        sentence_of_chapter(r, message_of2(MSG_office_say_decide, waiting, name_waiting(r)), "decide");
}

/* What is decided already, and what is not yet. */
static void say_decisions(report *r)
{
    text waiting = figure(r, "decide");
    const assess_table *made = report_table_of(r, "decisions");
    size_t decided = made ? assess_table_rows(made) : 0;
    if (is_nothing(waiting) && !has_table(r, "quota") && decided == 0) {
        sentence(r, message_of(MSG_office_nobody_waits));
        return;
    }
    sentence(r, message_of(MSG_office_to_do));
    html_begin(&r->page, "ul");
    say_waiting(r, waiting);
    if (decided)
        sentence_of_chapter(r, message_of1(MSG_office_say_decided, number(r, decided)), "decisions");
    for (size_t i = 0; i < r->table_count; i++)
        if (id_has_base(assess_result_table_id(r->result, i), "quota") && report_table(r, i))
            say_quota(r, report_table(r, i));
    html_end(&r->page);
}

void write_overview(report *r)
{
    say_size(r);
    for (size_t i = 0; i < r->table_count; i++)
        if (id_has_base(assess_result_table_id(r->result, i), "grades") && report_table(r, i))
            say_grades(r, report_table(r, i));
    say_decisions(r);
    say_remarks(r);
    if (r->empty.length)
        sentence(r, message_of1(MSG_office_empty, buffer_text(&r->empty)));
    const assess_table *t = report_table_of(r, "summary");
    if (t)
        write_table(r, t);
}
