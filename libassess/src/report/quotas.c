/* quotas: see quotas.h. */
#include "report/quotas.h"

#include "report/lists.h"

enum { LINE_NAMES = 6, QUOTA_COLUMNS = 7 };

static bool is_quota(const result *r, size_t number) { return r->plan->statements[number].kind == STATEMENT_QUOTA; }
static const plan_quota *quota_of(const result *r, size_t number) { return &r->plan->quotas[r->plan->statements[number].about]; }

/* --- for people --- */

static void figure_cell(table *t, bool known, fraction f)
{
    char digits[160];
    text shown = {digits, known ? fraction_print(f, digits, sizeof digits) : 0};
    table_cell(t, shown);
}

static void group_cell(table *t, const page *p, const result *r, const plan_quota *q, const quota_line *line)
{
    bool whole = r->plan->groups[q->group].key == GROUP_BY_BATCH;
    if (line->name.length)
        table_cell(t, line->name);
    else
        table_word(t, p, whole ? MSG_report_quota_all : MSG_report_quota_none);
}

static void names_cell(table *t, const page *p, const result *r, const quota_line *line)
{
    buffer names = {0};
    for (size_t i = 0; i < line->at_line_count && i < LINE_NAMES; i++) {
        if (i)
            buffer_add_string(&names, p->language == ASSESS_ZH ? "、" : ", ");
        buffer_add_text(&names, called(r, line->at_line[i]));
    }
    if (line->at_line_count > LINE_NAMES)
        buffer_add_string(&names, " …");
    table_cell(t, buffer_text(&names));
    t->failed |= names.failed;
    buffer_free(&names);
}

/* Who ties is named only where ties are left to people. */
static bool names_line(const plan_quota *q) { return q->at_line != NODE_NONE; }

static void quota_header(table *t, const page *p, const plan_quota *q, bool is_decided)
{
    static const message_id behind[] = {MSG_report_quota_line, MSG_report_quota_decided};
    static const message_id upper[] = {MSG_report_quota_group, MSG_report_quota_base,   MSG_report_quota_rate, MSG_report_quota_exact,
                                       MSG_report_quota_allowed, MSG_report_quota_within, MSG_report_quota_over};
    static const message_id lower[] = {MSG_report_quota_group, MSG_report_quota_base,     MSG_report_quota_rate, MSG_report_quota_exact,
                                       MSG_report_quota_required, MSG_report_quota_have, MSG_report_quota_next};
    for (size_t i = 0; i < QUOTA_COLUMNS; i++)
        table_word(t, p, q->at_least ? lower[i] : upper[i]);
    if (names_line(q))
        table_word(t, p, behind[0]);
    if (is_decided)
        table_word(t, p, behind[1]);
}

static void quota_row(table *t, const page *p, const result *r, const plan_quota *q, const quota_line *line)
{
    group_cell(t, p, r, q, line);
    figure_cell(t, line->known, line->base);
    figure_cell(t, line->known && line->has_rate, line->rate);
    figure_cell(t, line->known, line->exact);
    figure_cell(t, line->known, line->allowed);
    table_number(t, line->within);
    table_number(t, line->over);
    if (names_line(q))
        names_cell(t, p, r, line);
    if (r->decided_count)
        table_number(t, line->decided);
}

static void list_quota(page *p, const result *r, uint32_t number)
{
    const plan_quota *q = quota_of(r, number);
    quota_lines lines;
    p->out->failed |= !result_quota_lines(r, number, &lines);
    if (lines.count && !p->out->failed) {
        size_t shown = 0;
        bool is_decided = r->decided_count > 0;
        size_t columns = QUOTA_COLUMNS + names_line(q) + is_decided;
        table t = {.columns = columns, .right = 0x7Eu | (is_decided ? 1u << (columns - 1) : 0), .header = true};
        page_heading(p, MSG_report_quota, label_in(r->plan->statements[number].words, p->language));
        quota_header(&t, p, q, is_decided);
        for (; shown < lines.count && shown < UNIT_LIMIT; shown++)
            quota_row(&t, p, r, q, &lines.lines[shown]);
        table_print(&t, p);
        add_more(p, MSG_report_more_units, lines.count, shown);
    }
    quota_lines_free(&lines);
}

void list_quotas(page *p, const result *r)
{
    for (uint32_t s = 0; s < r->plan->statement_count; s++)
        if (is_quota(r, s))
            list_quota(p, r, s);
}

/* --- for programs --- */

static void member_figure(json *j, const char *key, bool known, fraction f)
{
    char digits[160];
    json_key(j, key);
    if (known)
        json_text(j, (text){digits, fraction_print(f, digits, sizeof digits)});
    else
        json_null(j);
}

static void json_line(json *j, const result *r, const quota_line *line)
{
    json_begin_object(j);
    json_member_text(j, "group", line->name);
    member_figure(j, "base", line->known, line->base);
    member_figure(j, "rate", line->known && line->has_rate, line->rate);
    member_figure(j, "exact", line->known, line->exact);
    member_figure(j, "allowed", line->known, line->allowed);
    json_member_integer(j, "within", (int64_t)line->within);
    json_member_integer(j, "over", (int64_t)line->over);
    if (r->batch->has_table[TABLE_DECISIONS])
        json_member_integer(j, "after_decisions", (int64_t)line->decided);
    json_key(j, "at_line");
    json_begin_array(j);
    for (size_t i = 0; i < line->at_line_count; i++)
        json_text(j, r->batch->people.ids.texts[line->at_line[i]]);
    json_end_array(j);
    json_end_object(j);
}

static void json_grades(json *j, const plan *p, const plan_quota *q)
{
    json_key(j, "grades");
    json_begin_array(j);
    for (uint32_t g = q->grade; g <= q->last_grade; g++)
        json_text(j, p->grades[g].id);
    json_end_array(j);
}

static void json_quota(json *j, const result *r, uint32_t number)
{
    const plan_quota *q = quota_of(r, number);
    label words = r->plan->statements[number].words;
    quota_lines lines;
    j->out->failed |= !result_quota_lines(r, number, &lines);
    json_begin_object(j);
    json_member_text(j, "clause", plan_clause_number(r->plan, r->plan->statements[number].at));
    json_member_words(j, "title", words.zh, words.en);
    json_grades(j, r->plan, q);
    json_member_text(j, "limit", q->at_least ? TEXT("at_least") : TEXT("at_most"));
    json_key(j, "groups");
    json_begin_array(j);
    for (size_t i = 0; !j->out->failed && i < lines.count; i++)
        json_line(j, r, &lines.lines[i]);
    json_end_array(j);
    json_end_object(j);
    quota_lines_free(&lines);
}

void json_quotas(json *j, const result *r)
{
    json_key(j, "quotas");
    json_begin_array(j);
    for (uint32_t s = 0; s < r->plan->statement_count; s++)
        if (is_quota(r, s))
            json_quota(j, r, s);
    json_end_array(j);
}
