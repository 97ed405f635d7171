/* rosters: see rosters.h. The members of a list stand in the order of the people, each once, with every reason. */
#include "report/rosters.h"

static bool is_on(const result *r, const finding *f, uint32_t list)
{
    return f->kind == FINDING_LIST && r->plan->statements[f->about].about == list;
}

/* The next finding from `at` on that puts somebody new on the list; finding_count: none. */
static size_t next_member(const result *r, uint32_t list, size_t at, uint32_t last)
{
    while (at < r->finding_count && (!is_on(r, &r->findings[at], list) || r->findings[at].subject == last))
        at++;
    return at;
}

/* How long each list is, from one look at all findings. */
typedef struct roster {
    size_t first; /* finding that puts somebody on it */
    size_t count; /* members */
    uint32_t last;
} roster;

static void count_members(const result *r, roster *lists)
{
    for (size_t i = 0; i < r->finding_count; i++) {
        const finding *f = &r->findings[i];
        if (f->kind != FINDING_LIST)
            continue;
        roster *l = &lists[r->plan->statements[f->about].about];
        if (!l->count)
            l->first = i;
        l->count += !l->count || l->last != f->subject;
        l->last = f->subject;
    }
}

label roster_title(const plan *p, uint32_t list)
{
    size_t s = 0;
    while (p->statements[s].kind != STATEMENT_LIST || p->statements[s].about != list)
        s++;
    return p->statements[s].words;
}

message_id roster_purpose(const plan *p, uint32_t list)
{
    static const message_id words[] = {MSG_report_follow_up, MSG_report_decision, MSG_report_honour, MSG_report_no_honour};
    return words[p->lists[list].purpose];
}

static void print_heading(page *p, const result *r, uint32_t list, size_t count)
{
    char digits[24];
    buffer title = {0};
    buffer_add_text(&title, label_in(roster_title(r->plan, list), p->language));
    buffer_add_string(&title, "  ");
    buffer_add_text(&title, number_text(count, digits));
    page_heading(p, roster_purpose(r->plan, list), buffer_text(&title));
    p->out->failed |= title.failed;
    buffer_free(&title);
}

static void reasons_cell(table *t, const page *p, const result *r, uint32_t list, size_t first)
{
    buffer words = {0};
    for (size_t i = first; i < r->finding_count && r->findings[i].subject == r->findings[first].subject; i++) {
        if (!is_on(r, &r->findings[i], list))
            continue;
        buffer_add_string(&words, words.length ? p->language == ASSESS_ZH ? "；" : "; " : "");
        finding_print(r, &r->findings[i], p->language, &words);
    }
    table_cell(t, buffer_text(&words));
    t->failed |= words.failed;
    buffer_free(&words);
}

static void member_row(table *t, const page *p, const result *r, uint32_t list, size_t first)
{
    subject_cells(t, r, r->findings[first].subject, !r->plan->of_units);
    reasons_cell(t, p, r, list, first);
}

static void print_roster(page *p, const result *r, uint32_t list, const roster *of)
{
    size_t shown = 0;
    if (!of->count)
        return;
    print_heading(p, r, list, of->count);
    table t = {.columns = r->plan->of_units ? 3 : 4, .header = true};
    subject_header(&t, p, named_in(r->plan), !r->plan->of_units);
    table_word(&t, p, MSG_report_reason);
    for (size_t i = of->first; i < r->finding_count && shown < LIST_LIMIT;
         i = next_member(r, list, i, r->findings[i].subject), shown++)
        member_row(&t, p, r, list, i);
    table_print(&t, p);
    add_more(p, MSG_report_more, of->count, shown);
}

void rosters_print(page *p, const result *r)
{
    roster *lists = mem_zalloc(r->plan->list_count + 1, sizeof *lists);
    p->out->failed |= !lists;
    if (lists)
        count_members(r, lists);
    for (uint32_t list = 0; lists && list < r->plan->list_count; list++)
        print_roster(p, r, list, &lists[list]);
    mem_free(lists);
}

static void json_roster(json *j, const result *r, uint32_t list)
{
    static const char *const purposes[] = {"follow_up", "decision", "honour", "no_honour"};
    label title = roster_title(r->plan, list);
    json_begin_object(j);
    json_member_text(j, "id", r->plan->lists[list].id);
    json_member_text(j, "purpose", text_of(purposes[r->plan->lists[list].purpose]));
    json_member_words(j, "title", title.zh, title.en);
    json_key(j, "members");
    json_begin_array(j);
    for (size_t i = next_member(r, list, 0, SUBJECT_NONE); i < r->finding_count; i = next_member(r, list, i, r->findings[i].subject))
        json_text(j, r->batch->people.ids.texts[r->findings[i].subject]);
    json_end_array(j);
    json_end_object(j);
}

void rosters_json(json *j, const result *r)
{
    json_key(j, "lists");
    json_begin_array(j);
    for (uint32_t list = 0; list < r->plan->list_count; list++)
        json_roster(j, r, list);
    json_end_array(j);
}
