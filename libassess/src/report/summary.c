/* summary: what a run came to, on one page, for the clerk who has to act on it. */
#include "report/report.h"

#include "report/counts.h"
#include "report/decisions.h"
#include "report/lists.h"
#include "report/page.h"
#include "report/quotas.h"
#include "report/rosters.h"

enum { DIGEST_SHOWN = 12 }; /* hexadecimal digits: enough to see that two runs used the same rules */

/* "bureau 3f2a91c04d1e" */
static void add_rules(const plan *p, buffer *out)
{
    digest d;
    char hex[65];
    buffer_add_text(out, p->id);
    if (!plan_digest(p, &d))
        return;
    digest_print(&d, hex);
    buffer_add_char(out, ' ');
    buffer_add(out, hex, DIGEST_SHOWN);
}

static void print_title(page *p, const result *r)
{
    char people[24], sheets[24], facts[24];
    buffer rules = {0};
    page_title(p, message_of2(MSG_report_title, label_in(r->plan->title, p->language), r->plan->period_text));
    add_rules(r->plan, &rules);
    page_sentence(p, message_of4(MSG_report_size, number_text(r->count, people),
                                 number_text(r->batch->ballots.count, sheets),
                                 number_text(r->batch->event_count, facts), buffer_text(&rules)));
    p->out->failed |= rules.failed;
    buffer_free(&rules);
}

/* ---- counts with bars ---- */

static void count_row(table *t, text words, size_t part, size_t whole)
{
    buffer share = {0}, bar = {0};
    page_share(&share, part, whole);
    page_bar(&bar, part, whole);
    table_cell(t, words);
    table_number(t, part);
    table_cell(t, buffer_text(&share));
    table_cell(t, buffer_text(&bar));
    t->failed |= share.failed || bar.failed;
    buffer_free(&share);
    buffer_free(&bar);
}

/* A heading of one level says whose it is, where there are two. */
static void level_heading(page *p, const result *r, size_t level, message_id heading)
{
    text whose = r->plan->level_count > 1 ? label_in(r->plan->levels[level].words, p->language) : text_of("");
    page_heading(p, heading, whose);
}

static void print_outcome(page *p, const result *r, const counts *all, size_t level)
{
    const level_counts *c = &all->levels[level];
    static const message_id words[STATUS_COUNT] = {
        [STATUS_ASSESSED] = MSG_report_assessed,
        [STATUS_EXCLUDED] = MSG_report_excluded,
        [STATUS_INCOMPLETE] = MSG_report_incomplete,
    };
    table t = {.columns = 4, .right = 1u << 1 | 1u << 2};
    level_heading(p, r, level, MSG_report_outcome);
    for (int s = 0; s < STATUS_COUNT; s++) {
        buffer line = {0};
        message_render(&line, message_of(words[s]), p->language);
        count_row(&t, buffer_text(&line), c->status[s], c->subjects);
        t.failed |= line.failed;
        buffer_free(&line);
    }
    table_print(&t, p);
}

static void print_grades(page *p, const result *r, const counts *c, size_t level)
{
    const plan_level *l = &r->plan->levels[level];
    size_t assessed = c->levels[level].status[STATUS_ASSESSED] + c->levels[level].decided;
    if (l->grade_count == 0 || assessed == 0)
        return;
    table t = {.columns = 4, .right = 1u << 1 | 1u << 2};
    level_heading(p, r, level, MSG_report_grades);
    for (size_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        count_row(&t, label_in(r->plan->grades[g].words, p->language), c->grade[g], assessed);
    table_print(&t, p);
}

static void print_score_range(page *p, const result *r, const level_counts *c)
{
    char low[64], high[64];
    const subjects *people = &r->batch->people;
    if (c->highest == SUBJECT_NONE)
        return;
    text lowest = {low, result_print_score(r, c->lowest, low)};
    text highest = {high, result_print_score(r, c->highest, high)};
    page_sentence(p, message_of4(MSG_report_scores, lowest, people->ids.texts[c->lowest], highest,
                                 people->ids.texts[c->highest]));
}

/* ---- ballots ---- */

static void print_refused(page *p, const result *r)
{
    char number[24];
    for (size_t i = 0; r->refused_count && i < r->plan->sheet_rule_count; i++) {
        const sheet_rule *rule = &r->plan->sheet_rules[i];
        buffer words = {0};
        if (r->sheet_refused[i] == 0)
            continue;
        buffer_add_text(&words, plan_clause_number(r->plan, rule->at));
        buffer_add_string(&words, words.length ? " " : "");
        buffer_add_text(&words, label_in(rule->words, p->language));
        page_sentence(p, message_of2(MSG_report_refused_ballots, number_text(r->sheet_refused[i], number), buffer_text(&words)));
        p->out->failed |= words.failed;
        buffer_free(&words);
    }
}

static void print_ballots(page *p, const result *r, const counts *c)
{
    char part[24], whole[24];
    if (c->ballots.blank == 0 && c->not_counted == 0 && r->refused_count == 0)
        return;
    page_heading(p, MSG_report_ballots, text_of(""));
    if (c->ballots.blank)
        page_sentence(p, message_of2(MSG_report_invalid_ballots, number_text(c->ballots.blank, part),
                                     number_text(r->batch->ballots.count, whole)));
    if (c->not_counted)
        page_sentence(p, message_of_number(MSG_report_uncounted_ballots, c->not_counted, part));
    print_refused(p, r);
}

/* ---- what to look at next ---- */

static bool advise(page *p, message_id id, size_t number)
{
    char digits[24];
    if (number == 0)
        return false;
    page_sentence(p, message_of_number(id, number, digits));
    return true;
}

static bool advise_few(page *p, const result *r, const counts *c)
{
    bool any = false;
    char number[24], limit[24];
    for (size_t role = 0; role < r->plan->role_count; role++) {
        if (c->few_ballots[role] == 0)
            continue;
        any = true;
        page_sentence(p,
                      message_of3(MSG_report_next_few, number_text(c->few_ballots[role], number),
                                  number_text(FEW_BALLOTS, limit), label_in(r->plan->roles[role].words, p->language)));
    }
    return any;
}

/* Whose grade people have decided on need no further data. */
static size_t still_incomplete(const result *r, const counts *c)
{
    size_t left = c->status[STATUS_INCOMPLETE];
    for (size_t level = 0; level < r->plan->level_count; level++)
        left -= c->levels[level].decided;
    return left;
}

/* Subjects with such a finding about whom people have not decided yet. */
static size_t count_unsettled(const result *r, finding_kind first, finding_kind last)
{
    size_t count = 0;
    uint32_t counted = SUBJECT_NONE;
    for (size_t i = 0; i < r->finding_count; i++) {
        const finding *f = &r->findings[i];
        if (f->kind < first || f->kind > last || f->subject == counted || result_is_settled(r, f->subject))
            continue;
        counted = f->subject;
        count++;
    }
    return count;
}

static void print_next(page *p, const result *r, const counts *c)
{
    page_heading(p, MSG_report_next, text_of(""));
    bool any = advise(p, MSG_report_next_incomplete, still_incomplete(r, c));
    any |= advise(p, MSG_report_next_gap, count_unsettled(r, FINDING_GAP, FINDING_GAP));
    any |= advise(p, MSG_report_next_veto, c->kind[FINDING_VETO]);
    any |= advise(p, MSG_report_next_quota, count_unsettled(r, FINDING_QUOTA_LISTED, FINDING_QUOTA_SHORT));
    any |= advise(p, MSG_report_next_tie, counts_of_flag(c, FLAG_TIE));
    any |= advise_few(p, r, c);
    any |= advise(p, MSG_report_next_notices, r->batch->problems.notices);
    if (!any)
        page_sentence(p, message_of(MSG_report_next_nothing));
    if (r->count)
        page_sentence(p, message_of1(MSG_report_next_explain, r->batch->people.ids.texts[0]));
}

static void print_level(page *p, const result *r, const counts *c, size_t level)
{
    print_outcome(p, r, c, level);
    print_grades(p, r, c, level);
    print_score_range(p, r, &c->levels[level]);
    if (r->plan->levels[level].grade_count == 0)
        list_ranking(p, r, c, level);
}

static void print_lists(page *p, const result *r, const counts *c, size_t level)
{
    list_findings(p, r, c, level, FINDING_GAP, MSG_report_gaps);
    list_findings(p, r, c, level, FINDING_VETO, MSG_report_vetoes);
    list_findings(p, r, c, level, FINDING_LIMIT, MSG_report_limits);
    list_findings(p, r, c, level, FINDING_EXCLUDED, MSG_report_excluded);
    list_findings(p, r, c, level, FINDING_MISSING, MSG_report_incomplete);
    list_findings(p, r, c, level, FINDING_CAPPED, MSG_report_capped);
    list_ties(p, r, c, level);
}

void report_summary(const result *r, assess_language language, bool color, buffer *out)
{
    page p = {out, language, color};
    counts c;
    out->failed |= !counts_take(r, &c);
    print_title(&p, r);
    for (size_t level = 0; level < r->plan->level_count; level++)
        print_level(&p, r, &c, level);
    if (!r->plan->of_units)
        list_units(&p, r);
    list_quotas(&p, r);
    list_decisions(&p, r);
    list_calibration(&p, r);
    for (size_t level = 0; level < r->plan->level_count; level++)
        print_lists(&p, r, &c, level);
    rosters_print(&p, r);
    print_ballots(&p, r, &c);
    print_next(&p, r, &c);
    counts_free(&c);
}
