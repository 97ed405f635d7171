/* lists: see lists.h. Lists are cut at LIST_LIMIT; everything stands in results.csv. */
#include "report/lists.h"

#include <stdlib.h>

text number_text(size_t number, char digits[24])
{
    char *at = digits + 24;
    do {
        *--at = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return (text){at, (size_t)(digits + 24 - at)};
}

message message_of_number(message_id id, size_t number, char digits[24])
{
    return message_of1(id, number_text(number, digits));
}

void add_more(page *p, message_id id, size_t total, size_t shown)
{
    char digits[24];
    if (total > shown)
        page_sentence(p, message_of_number(id, total - shown, digits));
}

static void score_cell(table *t, const result *r, uint32_t subject)
{
    char score[64];
    size_t length = result_print_score(r, subject, score);
    table_cell(t, (text){score, length});
}

static void grade_cell(table *t, const page *p, const result *r, uint32_t subject)
{
    uint8_t grade = r->grade[subject];
    table_cell(t, grade == GRADE_NONE ? text_of("") : label_in(r->plan->grades[grade].words, p->language));
}

/* All findings of that kind which the subject has, from `first` on. */
static void reason_cell(table *t, const page *p, const result *r, size_t first, finding_kind kind)
{
    buffer words = {0};
    uint32_t subject = r->findings[first].subject;
    for (size_t i = first; i < r->finding_count && r->findings[i].subject == subject; i++) {
        if (r->findings[i].kind != kind)
            continue;
        if (words.length)
            buffer_add_string(&words, p->language == ASSESS_ZH ? "；" : "; ");
        finding_print(r, &r->findings[i], p->language, &words);
    }
    table_cell(t, buffer_text(&words));
    t->failed |= words.failed;
    buffer_free(&words);
}

static bool shows_score(finding_kind kind)
{
    return kind != FINDING_EXCLUDED && kind != FINDING_MISSING;
}

/* Units have no unit of their own to name. */
static bool has_no_unit(const result *r, size_t level) { return r->plan->of_units || level > 0; }

/* "12", or "units 12" where there are two levels. */
static void list_heading(page *p, const result *r, size_t level, message_id heading, size_t total)
{
    char digits[24];
    buffer behind = {0};
    if (r->plan->level_count > 1) {
        buffer_add_text(&behind, label_in(r->plan->levels[level].words, p->language));
        buffer_add_char(&behind, ' ');
    }
    buffer_add_text(&behind, number_text(total, digits));
    page_heading(p, heading, buffer_text(&behind));
    p->out->failed |= behind.failed;
    buffer_free(&behind);
}

void subject_header(table *t, const page *p, message_id named, bool unit)
{
    table_word(t, p, MSG_report_id);
    table_word(t, p, named);
    if (unit)
        table_word(t, p, MSG_report_unit);
}

void subject_cells(table *t, const result *r, uint32_t subject, bool unit)
{
    const subjects *people = &r->batch->people;
    table_cell(t, people->ids.texts[subject]);
    table_cell(t, people->name[subject]);
    if (unit)
        table_cell(t, people->unit[subject]);
}

static void finding_header(table *t, const page *p, const result *r, size_t level, finding_kind kind)
{
    subject_header(t, p, named_at(r->plan, (uint32_t)level), !has_no_unit(r, level));
    if (shows_score(kind)) {
        table_word(t, p, MSG_report_score);
        table_word(t, p, MSG_report_grade);
    }
    table_word(t, p, MSG_report_reason);
}

static void finding_row(table *t, const page *p, const result *r, size_t first, finding_kind kind)
{
    uint32_t subject = r->findings[first].subject;
    subject_cells(t, r, subject, !has_no_unit(r, result_level(r, subject)));
    if (shows_score(kind)) {
        score_cell(t, r, subject);
        grade_cell(t, p, r, subject);
    }
    reason_cell(t, p, r, first, kind);
}

void list_findings(page *p, const result *r, const counts *c, size_t level, finding_kind kind, message_id heading)
{
    size_t total = c->levels[level].kind[kind];
    if (total == 0)
        return;
    list_heading(p, r, level, heading, total);
    size_t before = has_no_unit(r, level) ? 2 : 3; /* id, name and, of people, their unit */
    table t = {.columns = before + (shows_score(kind) ? 3 : 1), .header = true};
    if (shows_score(kind))
        t.right = 1u << before;
    finding_header(&t, p, r, level, kind);
    size_t shown = 0;
    uint32_t last = SUBJECT_NONE;
    for (size_t i = 0; i < r->finding_count && shown < LIST_LIMIT; i++) {
        uint32_t subject = r->findings[i].subject;
        if (r->findings[i].kind != kind || subject == last || result_level(r, subject) != level)
            continue;
        last = subject;
        finding_row(&t, p, r, i, kind);
        shown++;
    }
    table_print(&t, p);
    add_more(p, MSG_report_more, total, shown);
}

/* ---- ties ---- */

enum { TIE_NAMES = 6 };

/* Somebody who shares a rank. A rank within units starts anew in each of them. */
typedef struct sharer {
    uint32_t rank, group, subject;
} sharer;

static int compare_sharers(const void *left, const void *right)
{
    const sharer *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return a->subject < b->subject ? -1 : 1;
}

/* Of a level, best rank first; NULL: no memory. */
static sharer *find_sharers(const result *r, size_t level, size_t *count)
{
    sharer *all = mem_alloc((r->count + 1) * sizeof *all);
    *count = 0;
    for (uint32_t i = 0; all && i < r->count; i++)
        if (r->flags[i] & FLAG_TIE && result_level(r, i) == level)
            all[(*count)++] = (sharer){r->rank[i], result_rank_group(r, i), i};
    if (all && *count)
        qsort(all, *count, sizeof *all, compare_sharers);
    return all;
}

text called(const result *r, uint32_t subject)
{
    const subjects *people = &r->batch->people;
    return people->name[subject].length ? people->name[subject] : people->ids.texts[subject];
}

static void print_tie(page *p, const result *r, const sharer *first, size_t count)
{
    char rank[24], number[24], score[64];
    buffer names = {0};
    for (size_t k = 0; k < count && k < TIE_NAMES; k++) {
        if (k)
            buffer_add_string(&names, p->language == ASSESS_ZH ? "、" : ", ");
        buffer_add_text(&names, called(r, first[k].subject));
    }
    if (count > TIE_NAMES)
        buffer_add_string(&names, " …");
    size_t length = result_print_score(r, first->subject, score);
    page_sentence(p, message_of4(MSG_report_tie, number_text(first->rank, rank), (text){score, length},
                                 number_text(count, number), buffer_text(&names)));
    p->out->failed |= names.failed;
    buffer_free(&names);
}

/* How many of them share the rank of the first. */
static size_t count_alike(const sharer *first, size_t count)
{
    size_t n = 1;
    while (n < count && first[n].rank == first->rank && first[n].group == first->group)
        n++;
    return n;
}

void list_ties(page *p, const result *r, const counts *c, size_t level)
{
    size_t count, total = 0;
    if (c->levels[level].ties == 0)
        return;
    sharer *all = find_sharers(r, level, &count);
    p->out->failed |= !all;
    for (size_t i = 0; i < count; i += count_alike(all + i, count - i))
        total++;
    list_heading(p, r, level, MSG_report_ties, total);
    for (size_t i = 0, shown = 0; i < count && shown < LIST_LIMIT; i += count_alike(all + i, count - i), shown++)
        print_tie(p, r, all + i, count_alike(all + i, count - i));
    add_more(p, MSG_report_tie_more, total, LIST_LIMIT);
    mem_free(all);
}

/* ---- ranking and units ---- */

static void ranking_header(table *t, const page *p, bool in_groups, bool with_ballots)
{
    static const message_id words[] = {MSG_report_rank,    MSG_report_id,          MSG_report_name,   MSG_report_score,
                                       MSG_report_counted, MSG_report_not_counted, MSG_report_invalid};
    if (in_groups)
        table_word(t, p, MSG_report_quota_group);
    for (size_t i = 0; i < (with_ballots ? 7 : 4); i++)
        table_word(t, p, words[i]);
}

/* The one role whose ballots the scheme reads; the number of roles when it reads none, or several. */
static size_t only_role(const plan *p)
{
    for (size_t s = 1; s < p->ballot_count; s++)
        if (p->ballots[s].roles != p->ballots[0].roles)
            return p->role_count;
    size_t role = 0;
    while (p->ballot_count && !(p->ballots[0].roles >> role & 1))
        role++;
    return p->ballot_count ? role : p->role_count;
}

static void ranking_row(table *t, const result *r, const counts *c, uint32_t subject, bool with_ballots)
{
    table_number(t, r->rank[subject]);
    table_cell(t, r->batch->people.ids.texts[subject]);
    table_cell(t, r->batch->people.name[subject]);
    score_cell(t, r, subject);
    if (!with_ballots)
        return;
    ballot_count count = ballot_counts_of(&c->ballots, subject, (uint32_t)only_role(r->plan));
    table_number(t, count.counted);
    table_number(t, count.not_counted);
    table_number(t, count.invalid);
}

static int compare_within_groups(const void *left, const void *right)
{
    const sharer *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return compare_sharers(left, right);
}

/* Of a level those whom the table could name, group by group, best rank first; NULL: no memory. */
static sharer *find_ranked(const result *r, size_t level, size_t *count)
{
    sharer *all = mem_alloc((r->count + 1) * sizeof *all);
    *count = 0;
    for (uint32_t i = 0; all && i < r->count; i++)
        if (r->rank[i] && r->rank[i] <= UNIT_LIMIT && result_level(r, i) == level)
            all[(*count)++] = (sharer){r->rank[i], result_rank_group(r, i), i};
    if (all && *count)
        qsort(all, *count, sizeof *all, compare_within_groups);
    return all;
}

/* How many lines each group gets: all of them together UNIT_LIMIT, but the best of each group anyway. */
static size_t lines_for_each(const sharer *all, size_t count)
{
    enum { BEST = 3 };
    size_t groups = count > 0;
    for (size_t i = 1; i < count; i++)
        groups += all[i].group != all[i - 1].group;
    size_t share = groups ? UNIT_LIMIT / groups : 0;
    return share < BEST ? BEST : share;
}

/* The counts of the ballots stand beside the score where there is one kind of them. */
void list_ranking(page *p, const result *r, const counts *c, size_t level)
{
    bool with_ballots = only_role(r->plan) < r->plan->role_count, in_groups = result_ranks_groups(r, level);
    size_t assessed = c->levels[level].status[STATUS_ASSESSED], count, shown = 0;
    if (r->plan->levels[level].rank == SIZE_MAX || assessed == 0)
        return;
    sharer *all = find_ranked(r, level, &count);
    p->out->failed |= !all;
    page_heading(p, MSG_report_ranking, r->plan->level_count > 1 ? label_in(r->plan->levels[level].words, p->language) : text_of(""));
    table t = {.columns = (with_ballots ? 7 : 4) + in_groups, .right = (1u << 0 | 1u << 3 | 7u << 4) << in_groups, .header = true};
    ranking_header(&t, p, in_groups, with_ballots);
    size_t most = lines_for_each(all, count), in_group = 0;
    for (size_t i = 0; i < count && shown < UNIT_LIMIT; i++) {
        in_group = i && all[i].group == all[i - 1].group ? in_group + 1 : 0;
        if (in_group >= most)
            continue;
        if (in_groups)
            table_cell(&t, result_rank_group_name(r, all[i].subject, p->language));
        ranking_row(&t, r, c, all[i].subject, with_ballots);
        shown++;
    }
    table_print(&t, p);
    add_more(p, MSG_report_more, assessed, shown);
    mem_free(all);
}

enum { GRADE_COLUMNS = 10 }; /* more grades than this do not fit beside the units */

static void unit_header(table *t, const page *p, const plan *scheme, uint32_t first, size_t grades)
{
    table_word(t, p, named_parts(scheme));
    table_word(t, p, counted_at(scheme, 0));
    table_word(t, p, MSG_report_assessed);
    for (size_t g = 0; g < grades; g++)
        table_cell(t, label_in(scheme->grades[first + g].words, p->language));
}

static void unit_row(table *t, const page *p, const result *r, const unit_counts *u, size_t unit, size_t grades)
{
    const plan *scheme = r->plan;
    if (u->names.texts[unit].length)
        table_cell(t, part_called(r, u->names.texts[unit]));
    else
        table_word(t, p, MSG_report_no_unit);
    table_number(t, u->people[unit]);
    table_number(t, u->assessed[unit]);
    for (size_t g = 0; g < grades; g++)
        table_number(t, u->grade[unit * scheme->grade_count + scheme->levels[0].first_grade + g]);
}

void list_units(page *p, const result *r)
{
    unit_counts u;
    const plan_level *people = &r->plan->levels[0];
    size_t grades = people->grade_count <= GRADE_COLUMNS ? people->grade_count : 0;
    char digits[24];
    if (!unit_counts_take(r, &u))
        p->out->failed = true;
    else if (u.names.count > 1 || (u.names.count == 1 && u.names.texts[0].length)) {
        page_heading(p, parts_of(r->plan), number_text(u.names.count, digits));
        table t = {.columns = 3 + grades, .right = UINT32_MAX - 1, .header = true};
        unit_header(&t, p, r->plan, people->first_grade, grades);
        size_t shown = 0;
        for (; shown < u.names.count && shown < UNIT_LIMIT; shown++)
            unit_row(&t, p, r, &u, shown, grades);
        table_print(&t, p);
        add_more(p, MSG_report_more_units, u.names.count, shown);
    }
    unit_counts_free(&u);
}
