/* tables_counts.c: the tables that count: the whole batch, grades, units, ballots, quotas. Whole numbers and exact figures only. */
#include "report/counts.h"
#include "report/lists.h"
#include "report/tables_parts.h"

/* --- summary --- */

static void figure_row(grid *g, message_id what, const char *id, size_t value)
{
    grid_text(g, text_of(id));
    grid_word(g, what);
    grid_integer(g, (int64_t)value);
}

static void score_row(grid *g, const result *r, const char *id, message_id what, uint32_t subject)
{
    char score[64];
    grid_text(g, text_of(id));
    grid_word(g, what);
    grid_text(g, (text){score, result_print_score(r, subject, score)});
}

/* The mean of all scores, half up, with the places of a score. */
static void mean_row(grid *g, const result *r, size_t assessed)
{
    int128 sum = 0, mean;
    char digits[64];
    decimal unit = plan_score_rounding(r->plan, 0).unit;
    for (uint32_t i = 0; i < r->count; i++)
        if (r->status[i] == STATUS_ASSESSED && result_level(r, i) == 0)
            sum += r->score[i];
    rounding whole = {ROUND_HALF_UP, {1, 0}};
    grid_text(g, text_of("mean"));
    grid_word(g, MSG_table_mean);
    bool known = fraction_round_units((fraction){sum, (int128)assessed}, whole, &mean);
    grid_text(g, (text){digits, known ? decimal_print(mean * unit.coeff, unit.scale, digits) : 0});
}

static void outcome_rows(grid *g, const result *r, const counts *c)
{
    figure_row(g, MSG_table_subjects, "subjects", r->count);
    figure_row(g, MSG_report_assessed, "assessed", c->status[STATUS_ASSESSED]);
    figure_row(g, MSG_report_excluded, "excluded", c->status[STATUS_EXCLUDED]);
    figure_row(g, MSG_report_incomplete, "incomplete", c->status[STATUS_INCOMPLETE]);
    if (c->levels[0].highest == SUBJECT_NONE)
        return;
    score_row(g, r, "highest", MSG_table_highest, c->levels[0].highest);
    score_row(g, r, "lowest", MSG_table_lowest, c->levels[0].lowest);
    mean_row(g, r, c->levels[0].status[STATUS_ASSESSED]);
}

static size_t count_to_decide(const result *r)
{
    size_t count = 0;
    uint32_t last = SUBJECT_NONE;
    for (size_t i = 0; i < r->finding_count; i++) {
        if (!is_to_decide(r, &r->findings[i]) || r->findings[i].subject == last)
            continue;
        last = r->findings[i].subject;
        count++;
    }
    return count;
}

void table_summary(const table_request *q, grid *g)
{
    const result *r = q->r;
    counts c;
    grid_begin_word(g, q->id, MSG_report_outcome, q->language);
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, "what", MSG_table_figure, CELLS_TEXT);
    grid_column_word(g, "value", MSG_table_value, CELLS_NUMBER);
    g->failed |= !counts_take(r, &c);
    outcome_rows(g, r, &c);
    figure_row(g, MSG_table_vetoes, "vetoes", c.kind[FINDING_VETO]);
    figure_row(g, MSG_table_gaps, "gaps", counts_of_flag(&c, FLAG_GAP));
    figure_row(g, MSG_table_ties, "ties", counts_of_flag(&c, FLAG_TIE));
    figure_row(g, MSG_table_to_decide, "decide", count_to_decide(r));
    figure_row(g, MSG_report_ballots, "ballots", r->batch->ballots.count);
    figure_row(g, MSG_table_invalid, "invalid", c.ballots.blank + r->refused_count);
    figure_row(g, MSG_table_not_counted, "not_counted", c.not_counted);
    figure_row(g, MSG_table_events, "events", r->batch->event_count);
    figure_row(g, MSG_table_notices, "notices", r->batch->problems.notices);
    counts_free(&c);
}

/* --- grades --- */

static size_t graded(const plan_level *l, const counts *c)
{
    size_t all = 0;
    for (size_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        all += c->grade[g];
    return all;
}

void table_grades(const table_request *q, grid *g)
{
    const plan *p = q->r->plan;
    const plan_level *l = &p->levels[q->which];
    counts c;
    table_begin_level(q, g, MSG_report_grades);
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, "grade", MSG_report_grade, CELLS_TEXT);
    grid_column_word(g, "from", MSG_table_from, CELLS_NUMBER);
    grid_column_word(g, "people", counted_at(q->r->plan, q->which), CELLS_NUMBER);
    grid_column_word(g, "share", MSG_table_share, CELLS_SHARE);
    g->failed |= !counts_take(q->r, &c);
    for (size_t i = l->first_grade; i < l->first_grade + l->grade_count; i++) {
        grid_text(g, p->grades[i].id);
        grid_label(g, p->grades[i].words);
        grid_decimal(g, p->grades[i].has_from, p->grades[i].from);
        grid_integer(g, (int64_t)c.grade[i]);
        grid_share(g, c.grade[i], graded(l, &c));
    }
    counts_free(&c);
}

/* --- units --- */

static void unit_columns(grid *g, const plan *p)
{
    const plan_level *l = &p->levels[0];
    grid_column_word(g, "unit", named_parts(p), CELLS_TEXT);
    grid_column_word(g, "people", counted_at(p, 0), CELLS_NUMBER);
    grid_column_word(g, "assessed", MSG_report_assessed, CELLS_NUMBER);
    grid_column_word(g, "excluded", MSG_report_excluded, CELLS_NUMBER);
    grid_column_word(g, "incomplete", MSG_report_incomplete, CELLS_NUMBER);
    for (size_t i = l->first_grade; i < l->first_grade + l->grade_count; i++)
        grid_column_text(g, p->grades[i].id, label_in(p->grades[i].words, g->language), CELLS_NUMBER);
}

static void unit_row(grid *g, const result *r, const unit_counts *u, size_t unit)
{
    const plan *p = r->plan;
    const plan_level *l = &p->levels[0];
    if (u->names.texts[unit].length)
        grid_text(g, part_called(r, u->names.texts[unit]));
    else
        grid_word(g, MSG_report_no_unit);
    grid_integer(g, (int64_t)u->people[unit]);
    grid_integer(g, (int64_t)u->assessed[unit]);
    grid_integer(g, (int64_t)u->excluded[unit]);
    grid_integer(g, (int64_t)(u->people[unit] - u->assessed[unit] - u->excluded[unit]));
    for (size_t i = l->first_grade; i < l->first_grade + l->grade_count; i++)
        grid_integer(g, (int64_t)u->grade[unit * p->grade_count + i]);
}

void table_units(const table_request *q, grid *g)
{
    unit_counts u;
    grid_begin_word(g, q->id, parts_of(q->r->plan), q->language);
    unit_columns(g, q->r->plan);
    if (!unit_counts_take(q->r, &u))
        g->failed = true;
    for (size_t i = 0; i < u.names.count && !g->failed; i++)
        unit_row(g, q->r, &u, i);
    unit_counts_free(&u);
}

/* --- ballots and raters --- */

/* What one role's ballots come to. */
typedef struct role_counts {
    size_t counted, not_counted, invalid, subjects, least, most;
} role_counts;

static role_counts count_role(const result *r, const counts *c, uint32_t role)
{
    role_counts all = {.least = SIZE_MAX};
    for (uint32_t i = 0; i < r->count; i++) {
        ballot_count one = ballot_counts_of(&c->ballots, i, role);
        all.counted += one.counted;
        all.not_counted += one.not_counted;
        all.invalid += one.invalid;
        if (one.counted == 0)
            continue;
        all.subjects++;
        all.least = one.counted < all.least ? one.counted : all.least;
        all.most = one.counted > all.most ? one.counted : all.most;
    }
    return all;
}

static void ballot_row(grid *g, const plan_role *role, const role_counts *c)
{
    grid_text(g, role->id);
    grid_label(g, role->words);
    grid_integer(g, (int64_t)(c->counted + c->not_counted + c->invalid));
    grid_integer(g, (int64_t)c->counted);
    grid_integer(g, (int64_t)c->not_counted);
    grid_integer(g, (int64_t)c->invalid);
    grid_integer(g, (int64_t)c->subjects);
    grid_integer(g, c->subjects ? (int64_t)c->least : 0);
    grid_integer(g, (int64_t)c->most);
}

void table_ballots(const table_request *q, grid *g)
{
    static const struct {
        const char *id;
        message_id title;
    } columns[] = {{"ballots", MSG_report_ballots}, {"counted", MSG_report_counted}, {"not_counted", MSG_report_not_counted},
                   {"invalid", MSG_report_invalid}, {"subjects", MSG_table_with_ballots}, {"least", MSG_table_least}, {"most", MSG_table_most}};
    const result *r = q->r;
    counts c;
    grid_begin_word(g, q->id, MSG_report_ballots, q->language);
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, "role", MSG_table_role, CELLS_TEXT);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        grid_column_word(g, columns[i].id, columns[i].title, CELLS_NUMBER);
    g->failed |= !counts_take(r, &c);
    for (uint32_t role = 0; role < r->plan->role_count && !g->failed; role++) {
        role_counts one = count_role(r, &c, role);
        ballot_row(g, &r->plan->roles[role], &one);
    }
    counts_free(&c);
}

/* By role and rater: how many ballots. Nothing of what they say. */
static bool count_raters(const result *r, uint32_t **out)
{
    const ballots *b = &r->batch->ballots;
    size_t roles = r->plan->role_count, raters = b->raters.count;
    *out = NULL;
    if (raters > SIZE_MAX / roles || !(*out = mem_zalloc(raters * roles + 1, sizeof **out)))
        return false;
    for (size_t i = 0; i < b->count; i++)
        if (b->rater[i] < raters)
            (*out)[b->rater[i] * roles + b->role[i]]++;
    return true;
}

static size_t count_anonymous(const result *r, uint32_t role)
{
    const ballots *b = &r->batch->ballots;
    size_t count = 0;
    for (size_t i = 0; i < b->count; i++)
        count += b->role[i] == role && b->rater[i] >= b->raters.count;
    return count;
}

static void rater_row(grid *g, const result *r, const uint32_t *given, uint32_t role)
{
    size_t raters = 0, least = SIZE_MAX, most = 0;
    for (size_t i = 0; i < r->batch->ballots.raters.count; i++) {
        size_t one = given[i * r->plan->role_count + role];
        raters += one > 0;
        least = one && one < least ? one : least;
        most = one > most ? one : most;
    }
    grid_text(g, r->plan->roles[role].id);
    grid_label(g, r->plan->roles[role].words);
    grid_integer(g, (int64_t)raters);
    grid_integer(g, (int64_t)count_anonymous(r, role));
    grid_integer(g, raters ? (int64_t)least : 0);
    grid_integer(g, (int64_t)most);
}

void table_raters(const table_request *q, grid *g)
{
    uint32_t *given;
    grid_begin_word(g, q->id, MSG_table_raters, q->language);
    grid_note(g, message_of(MSG_table_raters_note));
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, "role", MSG_table_role, CELLS_TEXT);
    grid_column_word(g, "raters", MSG_table_known_raters, CELLS_NUMBER);
    grid_column_word(g, "anonymous", MSG_table_anonymous, CELLS_NUMBER);
    grid_column_word(g, "least", MSG_table_rater_least, CELLS_NUMBER);
    grid_column_word(g, "most", MSG_table_rater_most, CELLS_NUMBER);
    g->failed |= !count_raters(q->r, &given);
    for (uint32_t role = 0; role < q->r->plan->role_count && !g->failed; role++)
        rater_row(g, q->r, given, role);
    mem_free(given);
}

/* --- quotas --- */

/* A lower limit speaks of other things than an upper one, so its columns have other ids. */
static void quota_columns(grid *g, const result *r, const plan_quota *q)
{
    static const struct {
        const char *id;
        message_id title;
        grid_cells cells;
    } group[] = {{"group", MSG_report_quota_group, CELLS_TEXT}, {"base", MSG_report_quota_base, CELLS_FIGURE},
                 {"rate", MSG_report_quota_rate, CELLS_FIGURE}, {"exact", MSG_report_quota_exact, CELLS_FIGURE}},
      upper[] = {{"allowed", MSG_report_quota_allowed, CELLS_NUMBER}, {"within", MSG_report_quota_within, CELLS_NUMBER},
                 {"over", MSG_report_quota_over, CELLS_NUMBER}},
      lower[] = {{"required", MSG_report_quota_required, CELLS_NUMBER}, {"have", MSG_report_quota_have, CELLS_NUMBER},
                 {"next", MSG_report_quota_next, CELLS_NUMBER}};
    for (size_t i = 0; i < sizeof group / sizeof *group; i++)
        grid_column_word(g, group[i].id, group[i].title, group[i].cells);
    for (size_t i = 0; i < sizeof upper / sizeof *upper; i++)
        if (q->at_least)
            grid_column_word(g, lower[i].id, lower[i].title, lower[i].cells);
        else
            grid_column_word(g, upper[i].id, upper[i].title, upper[i].cells);
    if (q->at_line != NODE_NONE)
        grid_column_word(g, "at_line", MSG_report_quota_line, CELLS_TEXT);
    if (r->decided_count)
        grid_column_word(g, "decided", MSG_report_quota_decided, CELLS_NUMBER);
}

static void at_line_cell(grid *g, const result *r, const quota_line *line)
{
    buffer names = {0};
    for (size_t i = 0; i < line->at_line_count; i++) {
        if (i)
            buffer_add_string(&names, g->language == ASSESS_ZH ? "、" : ", ");
        buffer_add_text(&names, called(r, line->at_line[i]));
    }
    grid_buffer(g, &names);
}

static text group_name(const result *r, const plan_quota *q, text word)
{
    return r->plan->groups[q->group].key == GROUP_BY_UNIT ? part_called(r, word) : word;
}

static void quota_row(grid *g, const result *r, const plan_quota *q, const quota_line *line)
{
    if (line->name.length)
        grid_text(g, group_name(r, q, line->name));
    else
        grid_word(g, r->plan->groups[q->group].key == GROUP_BY_BATCH ? MSG_report_quota_all : MSG_report_quota_none);
    grid_figure(g, line->known, line->base);
    grid_figure(g, line->known && line->has_rate, line->rate);
    grid_figure(g, line->known, line->exact);
    grid_figure(g, line->known, line->allowed);
    grid_integer(g, line->within);
    grid_integer(g, line->over);
    if (q->at_line != NODE_NONE)
        at_line_cell(g, r, line);
    if (r->decided_count)
        grid_integer(g, line->decided);
}

void table_quota(const table_request *q, grid *g)
{
    const result *r = q->r;
    const statement *s = &r->plan->statements[q->which];
    const plan_quota *quota = &r->plan->quotas[s->about];
    quota_lines lines;
    grid_begin(g, q->id, label_in(s->words, q->language), q->language);
    grid_note(g, message_of1(quota->at_least ? MSG_table_at_least : MSG_table_at_most,
                             label_in(r->plan->grades[quota->grade].words, q->language)));
    quota_columns(g, r, quota);
    g->failed |= !result_quota_lines(r, q->which, &lines);
    for (size_t i = 0; i < lines.count && !g->failed; i++)
        quota_row(g, r, quota, &lines.lines[i]);
    quota_lines_free(&lines);
}
