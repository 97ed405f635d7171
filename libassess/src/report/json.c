/* json: the whole result for programs, "assess.result/1". Decimals are strings; what is absent is null; members are
 * only ever added. Reasons are in `language`, all else is language-free or given in both. */
#include "report/report.h"

#include "base/json.h"
#include "report/counts.h"
#include "report/quotas.h"
#include "report/rosters.h"

static void add_digest(json *j, const char *key, const digest *d)
{
    char hex[65];
    json_key(j, key);
    if (!d) {
        json_null(j);
        return;
    }
    digest_print(d, hex);
    json_string(j, hex);
}

static void add_date(json *j, const char *key, date d)
{
    char iso[16];
    json_key(j, key);
    if (date_print(d, iso) == 0)
        json_null(j);
    else
        json_string(j, iso);
}

static void add_scheme(json *j, const plan *p)
{
    json_key(j, "scheme");
    json_begin_object(j);
    json_member_text(j, "id", p->id);
    json_member_words(j, "title", p->title.zh, p->title.en);
    json_member_words(j, "source", p->source.zh, p->source.en);
    add_date(j, "effective", p->effective);
    add_date(j, "expires", p->until);
    json_member_text(j, "subjects", p->of_units ? TEXT("units") : TEXT("people"));
    json_end_object(j);

    json_key(j, "period");
    json_begin_object(j);
    json_member_text(j, "text", p->period_text);
    add_date(j, "from", p->period.from);
    add_date(j, "to", p->period.to);
    json_end_object(j);
}

static void add_rules(json *j, const plan *p)
{
    digest d;
    json_key(j, "rules");
    json_begin_object(j);
    if (plan_digest(p, &d))
        add_digest(j, "sha256", &d);
    else
        j->out->failed = true;
    json_key(j, "files");
    json_begin_array(j);
    for (size_t i = 0; i < p->file_count; i++) {
        json_begin_object(j);
        json_member_text(j, "name", p->files[i].name);
        add_digest(j, "sha256", &p->files[i].sha256);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void add_parameters(json *j, const plan *p)
{
    json_key(j, "parameters");
    json_begin_array(j);
    for (size_t i = 0; i < p->param_count; i++) {
        const plan_param *param = &p->params[i];
        char digits[64];
        json_begin_object(j);
        json_member_text(j, "name", param->name);
        json_member_text(j, "value", plan_param_value(param, digits));
        json_member_truth(j, "set", param->set);
        json_end_object(j);
    }
    json_end_array(j);
}

static void add_inputs(json *j, const batch *b)
{
    json_key(j, "inputs");
    json_begin_array(j);
    for (size_t i = 0; i < b->source_count; i++) {
        json_begin_object(j);
        json_member_text(j, "name", b->sources[i].name);
        add_digest(j, "sha256", b->sources[i].hashed ? &b->sources[i].sha256 : NULL);
        json_end_object(j);
    }
    json_end_array(j);
}

/* Where there are two, whose it is. */
static void add_level(json *j, const plan *p, uint32_t level)
{
    if (p->level_count > 1)
        json_member_text(j, "level", p->levels[level].id);
}

static void add_grade_counts(json *j, const plan *p, const counts *c)
{
    json_key(j, "grades");
    json_begin_array(j);
    for (size_t g = 0; g < p->grade_count; g++) {
        json_begin_object(j);
        json_member_text(j, "id", p->grades[g].id);
        add_level(j, p, p->grades[g].level);
        json_member_words(j, "title", p->grades[g].words.zh, p->grades[g].words.en);
        json_member_integer(j, "count", (int64_t)c->grade[g]);
        json_end_object(j);
    }
    json_end_array(j);
}

/* How many ballots each rule on sheets refused; nothing when the scheme has none. */
static void add_sheets(json *j, const result *r)
{
    if (!r->plan->sheet_rule_count)
        return;
    json_member_integer(j, "refused_ballots", (int64_t)r->refused_count);
    json_key(j, "sheets");
    json_begin_array(j);
    for (size_t i = 0; i < r->plan->sheet_rule_count; i++) {
        const sheet_rule *rule = &r->plan->sheet_rules[i];
        json_begin_object(j);
        json_member_text(j, "clause", plan_clause_number(r->plan, rule->at));
        json_member_words(j, "title", rule->words.zh, rule->words.en);
        json_member_integer(j, "refused", (int64_t)r->sheet_refused[i]);
        json_end_object(j);
    }
    json_end_array(j);
}

static void add_counts(json *j, const result *r)
{
    counts c;
    j->out->failed |= !counts_take(r, &c);
    json_key(j, "counts");
    json_begin_object(j);
    json_member_integer(j, "subjects", (int64_t)r->count);
    json_member_integer(j, "ballots", (int64_t)r->batch->ballots.count);
    json_member_integer(j, "invalid_ballots", (int64_t)c.ballots.blank);
    json_member_integer(j, "uncounted_ballots", (int64_t)c.not_counted);
    add_sheets(j, r);
    json_member_integer(j, "events", (int64_t)r->batch->event_count);
    json_member_integer(j, "notices", (int64_t)r->batch->problems.notices);
    for (int s = 0; s < STATUS_COUNT; s++)
        json_member_integer(j, status_id((subject_status)s), (int64_t)c.status[s]);
    add_grade_counts(j, r->plan, &c);
    json_key(j, "flags");
    json_begin_object(j);
    for (unsigned flag = 1; flag < FLAG_END; flag <<= 1)
        json_member_integer(j, flag_id((result_flag)flag), (int64_t)counts_of_flag(&c, (result_flag)flag));
    json_end_object(j);
    json_end_object(j);
    counts_free(&c);
}

/* ---- rows ---- */

static void add_outcome(json *j, const result *r, uint32_t subject)
{
    char score[64];
    size_t length = result_print_score(r, subject, score);
    json_key(j, "score");
    if (length)
        json_text(j, (text){score, length});
    else
        json_null(j);
    json_key(j, "grade");
    if (r->grade[subject] == GRADE_NONE)
        json_null(j);
    else
        json_text(j, r->plan->grades[r->grade[subject]].id);
    json_key(j, "rank");
    if (r->rank[subject])
        json_integer(j, r->rank[subject]);
    else
        json_null(j);
}

static void add_flags(json *j, uint8_t flags)
{
    json_key(j, "flags");
    json_begin_array(j);
    for (unsigned flag = 1; flag < FLAG_END; flag <<= 1)
        if (flags & flag)
            json_string(j, flag_id((result_flag)flag));
    json_end_array(j);
}

/* `next` walks through the findings with the subjects: both are in the same order. */
static void add_reasons(json *j, const result *r, uint32_t subject, assess_language language, size_t *next,
                        buffer *scratch)
{
    json_key(j, "reasons");
    json_begin_array(j);
    for (; *next < r->finding_count && r->findings[*next].subject == subject; (*next)++) {
        scratch->length = 0;
        finding_print(r, &r->findings[*next], language, scratch);
        json_text(j, buffer_text(scratch));
    }
    json_end_array(j);
}

static void add_rows(json *j, const result *r, assess_language language)
{
    const subjects *people = &r->batch->people;
    buffer scratch = {0};
    size_t next = 0;
    json_key(j, "rows");
    json_begin_array(j);
    for (uint32_t i = 0; i < r->count; i++) {
        json_begin_object(j);
        json_member_text(j, "id", people->ids.texts[i]);
        json_member_text(j, "name", people->name[i]);
        json_member_text(j, "unit", people->unit[i]);
        add_level(j, r->plan, result_level(r, i));
        json_member_text(j, "status", text_of(status_id((subject_status)r->status[i])));
        add_outcome(j, r, i);
        add_flags(j, r->flags[i]);
        add_reasons(j, r, i, language, &next, &scratch);
        json_end_object(j);
    }
    json_end_array(j);
    j->out->failed |= scratch.failed;
    buffer_free(&scratch);
}

/* There where the table was given. */
static void add_decisions(json *j, const result *r)
{
    if (!r->batch->has_table[TABLE_DECISIONS])
        return;
    json_key(j, "decisions");
    json_begin_array(j);
    for (size_t i = 0; i < r->decided_count; i++)
        decided_json(r, &r->decided[i], j);
    json_end_array(j);
}

void report_json(const result *r, assess_language language, buffer *out)
{
    json j = {.out = out};
    json_begin_object(&j);
    json_member_text(&j, "schema", TEXT("assess.result/1"));
    json_member_text(&j, "engine_version", TEXT(ASSESS_VERSION));
    json_member_text(&j, "language", language == ASSESS_ZH ? TEXT("zh") : TEXT("en"));
    add_scheme(&j, r->plan);
    add_rules(&j, r->plan);
    add_parameters(&j, r->plan);
    add_inputs(&j, r->batch);
    add_counts(&j, r);
    json_quotas(&j, r);
    rosters_json(&j, r);
    add_decisions(&j, r);
    add_rows(&j, r, language);
    json_end_object(&j);
    buffer_add_char(out, '\n');
}
