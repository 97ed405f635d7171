/* tables_subjects.c: the tables with a row a subject. */
#include "report/counts.h"
#include "report/rosters.h"
#include "report/tables_parts.h"

#include <stdlib.h>

void who_columns(grid *g, message_id named, bool unit)
{
    grid_column_word(g, "id", MSG_report_id, CELLS_TEXT);
    grid_column_word(g, "name", named, CELLS_TEXT);
    if (unit)
        grid_column_word(g, "unit", MSG_report_unit, CELLS_TEXT);
}

void who_cells(grid *g, const result *r, uint32_t subject, bool unit)
{
    grid_text(g, r->batch->people.ids.texts[subject]);
    grid_text(g, r->batch->people.name[subject]);
    if (unit)
        grid_text(g, r->batch->people.unit[subject]);
}

static void score_cell(grid *g, const result *r, uint32_t subject)
{
    char score[64];
    grid_text(g, (text){score, result_print_score(r, subject, score)});
}

static void grade_cell(grid *g, const result *r, uint32_t subject)
{
    if (r->grade[subject] == GRADE_NONE)
        grid_empty(g);
    else
        grid_label(g, r->plan->grades[r->grade[subject]].words);
}

static void rank_cell(grid *g, const result *r, uint32_t subject)
{
    if (r->rank[subject])
        grid_integer(g, r->rank[subject]);
    else
        grid_empty(g);
}

static void status_cell(grid *g, const result *r, uint32_t subject)
{
    static const message_id words[STATUS_COUNT] = {
        [STATUS_ASSESSED] = MSG_report_assessed, [STATUS_EXCLUDED] = MSG_report_excluded, [STATUS_INCOMPLETE] = MSG_report_incomplete};
    grid_word(g, words[r->status[subject]]);
}

static void flags_cell(grid *g, const result *r, uint32_t subject)
{
    buffer all = {0};
    flags_in_words(r, subject, g->language, &all);
    grid_buffer(g, &all);
}

static void separate(buffer *words, assess_language language)
{
    if (words->length)
        buffer_add_string(words, language == ASSESS_ZH ? "；" : "; ");
}

/* --- results --- */

/* A standard column that nobody has filled is no column. */
static bool is_filled(const result *r, const text *column) { return column != r->batch->people.blank; }

static text attribute_title(const result *r, text name, assess_language language)
{
    size_t known = plan_find_attribute(r->plan, name);
    return known == SIZE_MAX ? name : label_in(r->plan->attributes[known].words, language);
}

static void results_columns(grid *g, const result *r)
{
    const subjects *people = &r->batch->people;
    if (r->plan->level_count > 1)
        grid_column_word(g, "level", MSG_table_level, CELLS_TEXT);
    who_columns(g, named_in(r->plan), is_filled(r, people->unit));
    if (is_filled(r, people->category))
        grid_column_word(g, "category", MSG_table_category, CELLS_TEXT);
    if (is_filled(r, people->post))
        grid_column_word(g, "post", MSG_table_post, CELLS_TEXT);
    grid_column_word(g, "status", MSG_table_status, CELLS_TEXT);
    grid_column_word(g, "score", MSG_report_score, CELLS_NUMBER);
    grid_column_word(g, "grade", MSG_report_grade, CELLS_TEXT);
    grid_column_word(g, "rank", MSG_report_rank, CELLS_NUMBER);
    grid_column_word(g, "flags", MSG_table_flags, CELLS_TEXT);
    grid_column_word(g, "reasons", MSG_report_reason, CELLS_TEXT);
    for (size_t a = 0; a < people->attribute_count; a++)
        grid_column_text(g, people->attribute_names[a], attribute_title(r, people->attribute_names[a], g->language), CELLS_TEXT);
}

static void reasons_cell(grid *g, const result *r, uint32_t subject)
{
    size_t count;
    buffer reasons = {0};
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++) {
        separate(&reasons, g->language);
        finding_print(r, &f[i], g->language, &reasons);
    }
    grid_buffer(g, &reasons);
}

static void results_row(grid *g, const result *r, uint32_t subject)
{
    const subjects *people = &r->batch->people;
    char room[ATTRIBUTE_ROOM];
    if (r->plan->level_count > 1)
        grid_label(g, r->plan->levels[result_level(r, subject)].words);
    who_cells(g, r, subject, is_filled(r, people->unit));
    if (is_filled(r, people->category))
        grid_text(g, people->category[subject]);
    if (is_filled(r, people->post))
        grid_text(g, people->post[subject]);
    status_cell(g, r, subject);
    score_cell(g, r, subject);
    grade_cell(g, r, subject);
    rank_cell(g, r, subject);
    flags_cell(g, r, subject);
    reasons_cell(g, r, subject);
    for (size_t a = 0; a < people->attribute_count; a++)
        grid_text(g, batch_attribute_text(r->batch, a, subject, room));
}

void table_results(const table_request *q, grid *g)
{
    grid_begin_word(g, q->id, MSG_table_results, q->language);
    results_columns(g, q->r);
    for (uint32_t i = 0; i < q->r->count && !g->failed; i++)
        results_row(g, q->r, i);
}

/* --- ranking and ties --- */

typedef struct placed {
    uint32_t rank, group, subject;
} placed;

static int compare_placed(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->subject < b->subject ? -1 : a->subject > b->subject;
}

static int compare_levels(const void *left, const void *right)
{
    const placed *a = left, *b = right;
    return a->rank != b->rank ? (a->rank < b->rank ? -1 : 1) : compare_placed(left, right);
}

/* Who has a rank on the level (and shares it, when `tied`), group by group; NULL: no memory. */
static placed *find_placed(const result *r, uint32_t level, bool tied, size_t *count)
{
    placed *all = mem_alloc((r->count + 1) * sizeof *all);
    *count = 0;
    for (uint32_t i = 0; all && i < r->count; i++)
        if (r->rank[i] && result_level(r, i) == level && (!tied || r->flags[i] & FLAG_TIE))
            all[(*count)++] = (placed){r->rank[i], result_rank_group(r, i), i};
    if (all && *count)
        qsort(all, *count, sizeof *all, tied ? compare_levels : compare_placed);
    return all;
}

static void ranking_columns(grid *g, const result *r, uint32_t level)
{
    if (result_ranks_groups(r, level))
        grid_column_word(g, "group", MSG_report_quota_group, CELLS_TEXT);
    grid_column_word(g, "rank", MSG_report_rank, CELLS_NUMBER);
    who_columns(g, named_at(r->plan, level), !has_no_unit(r->plan, level));
    grid_column_word(g, "score", MSG_report_score, CELLS_NUMBER);
    if (r->plan->levels[level].grade_count)
        grid_column_word(g, "grade", MSG_report_grade, CELLS_TEXT);
    grid_column_word(g, "flags", MSG_table_flags, CELLS_TEXT);
}

static void ranking_rows(grid *g, const result *r, uint32_t level, const placed *all, size_t count)
{
    for (size_t i = 0; i < count && !g->failed; i++) {
        uint32_t subject = all[i].subject;
        if (result_ranks_groups(r, level))
            grid_text(g, result_rank_group_name(r, subject, g->language));
        grid_integer(g, all[i].rank);
        who_cells(g, r, subject, !has_no_unit(r->plan, level));
        score_cell(g, r, subject);
        if (r->plan->levels[level].grade_count)
            grade_cell(g, r, subject);
        flags_cell(g, r, subject);
    }
}

static void ranking(const table_request *q, grid *g, message_id title, bool tied)
{
    size_t count;
    table_begin_level(q, g, title);
    ranking_columns(g, q->r, q->which);
    placed *all = find_placed(q->r, q->which, tied, &count);
    g->failed |= !all;
    ranking_rows(g, q->r, q->which, all, count);
    mem_free(all);
}

void table_ranking(const table_request *q, grid *g) { ranking(q, g, MSG_report_ranking, false); }
void table_ties(const table_request *q, grid *g) { ranking(q, g, MSG_report_ties, true); }

/* --- findings --- */

typedef bool (*wanted)(const table_request *q, const finding *f);

static bool is_of_kind(const table_request *q, const finding *f) { return f->kind == q->kind; }

static bool is_on_list(const table_request *q, const finding *f)
{
    return f->kind == FINDING_LIST && q->r->plan->statements[f->about].about == q->which;
}

bool is_to_decide(const result *r, const finding *f)
{
    bool listed = f->kind == FINDING_LIST && r->plan->lists[r->plan->statements[f->about].about].purpose == LIST_DECISION;
    bool open = listed || f->kind == FINDING_GAP || f->kind == FINDING_QUOTA_LISTED || f->kind == FINDING_QUOTA_LINE ||
                f->kind == FINDING_QUOTA_SHORT;
    return open && !result_is_settled(r, f->subject);
}

static bool is_decision(const table_request *q, const finding *f) { return is_to_decide(q->r, f); }

/* The findings of one subject that are wanted, from `at` on, as one cell; returns the first one behind the subject. */
static size_t findings_cell(grid *g, const table_request *q, size_t at, wanted is_wanted)
{
    const result *r = q->r;
    uint32_t subject = r->findings[at].subject;
    buffer words = {0};
    for (; at < r->finding_count && r->findings[at].subject == subject; at++) {
        if (!is_wanted(q, &r->findings[at]))
            continue;
        separate(&words, g->language);
        finding_print(r, &r->findings[at], g->language, &words);
    }
    grid_buffer(g, &words);
    return at;
}

static bool has_scores(const plan *p)
{
    for (size_t l = 0; l < p->level_count; l++)
        if (p->levels[l].score != SIZE_MAX)
            return true;
    return false;
}

static void fill_findings(const table_request *q, grid *g, wanted is_wanted, bool scores)
{
    const result *r = q->r;
    bool unit = !r->plan->of_units;
    who_columns(g, named_in(r->plan), unit);
    if (scores && has_scores(r->plan))
        grid_column_word(g, "score", MSG_report_score, CELLS_NUMBER);
    if (scores && r->plan->grade_count)
        grid_column_word(g, "grade", MSG_report_grade, CELLS_TEXT);
    grid_column_word(g, "reasons", MSG_report_reason, CELLS_TEXT);
    for (size_t i = 0; i < r->finding_count && !g->failed;) {
        if (!is_wanted(q, &r->findings[i])) {
            i++;
            continue;
        }
        uint32_t subject = r->findings[i].subject;
        who_cells(g, r, subject, unit);
        if (scores && has_scores(r->plan))
            score_cell(g, r, subject);
        if (scores && r->plan->grade_count)
            grade_cell(g, r, subject);
        i = findings_cell(g, q, i, is_wanted);
    }
}

void table_findings(const table_request *q, grid *g)
{
    static const message_id titles[FINDING_COUNT] = {[FINDING_EXCLUDED] = MSG_report_excluded, [FINDING_MISSING] = MSG_report_incomplete,
                                                     [FINDING_VETO] = MSG_report_vetoes, [FINDING_GAP] = MSG_report_gaps};
    grid_begin_word(g, q->id, titles[q->kind], q->language);
    fill_findings(q, g, is_of_kind, q->kind != FINDING_EXCLUDED && q->kind != FINDING_MISSING);
}

void table_decide(const table_request *q, grid *g)
{
    grid_begin_word(g, q->id, MSG_table_decide, q->language);
    fill_findings(q, g, is_decision, true);
}

void table_list(const table_request *q, grid *g)
{
    const plan *p = q->r->plan;
    buffer title = {0};
    message_render(&title, message_of(roster_purpose(p, q->which)), q->language);
    buffer_add_string(&title, q->language == ASSESS_ZH ? "" : " ");
    buffer_add_text(&title, label_in(roster_title(p, q->which), q->language));
    grid_begin(g, q->id, buffer_text(&title), q->language);
    g->failed |= title.failed;
    buffer_free(&title);
    fill_findings(q, g, is_on_list, true);
}
