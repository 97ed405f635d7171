/* diff_data.c: a comparison for programs and spreadsheets. */
#include "base/csv_cell.h"
#include "base/json.h"
#include "report/diff.h"

static const moved_field fields[] = {MOVED_STATUS, MOVED_SCORE, MOVED_GRADE, MOVED_RANK, MOVED_FLAGS, MOVED_LISTS};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static const result *side_with(const diff *d, const move *m, uint32_t *subject)
{
    *subject = m->a == SUBJECT_NONE ? m->b : m->a;
    return m->a == SUBJECT_NONE ? d->b : d->a;
}

static const char *change_id(const move *m)
{
    return m->a == SUBJECT_NONE ? "added" : m->b == SUBJECT_NONE ? "removed" : "changed";
}

/* --- CSV --- */

static void csv_field(const result *r, uint32_t subject, moved_field f, buffer *scratch, buffer *out)
{
    scratch->length = 0;
    diff_print_field(r, subject, f, scratch);
    buffer_add_char(out, ',');
    if (f == MOVED_SCORE) /* a figure that we printed: a negative score is a number, not a formula */
        buffer_add_text(out, buffer_text(scratch));
    else
        csv_add_cell(out, buffer_text(scratch));
}

static void csv_reasons(const result *r, uint32_t subject, const result *other, uint32_t its_subject, assess_language language,
                        buffer *scratch, buffer *out)
{
    scratch->length = 0;
    diff_print_reasons(r, subject, other, its_subject, language, ";", scratch);
    buffer_add_char(out, ',');
    csv_add_cell(out, buffer_text(scratch));
}

static void csv_row(const diff *d, const move *m, assess_language language, buffer *scratch, buffer *out)
{
    uint32_t subject;
    const subjects *people = &side_with(d, m, &subject)->batch->people;
    csv_add_cell(out, people->ids.texts[subject]);
    buffer_add_char(out, ',');
    csv_add_cell(out, people->name[subject]);
    buffer_add_char(out, ',');
    csv_add_cell(out, people->unit[subject]);
    buffer_add_char(out, ',');
    buffer_add_string(out, change_id(m));
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        csv_field(d->a, m->a, fields[f], scratch, out);
        csv_field(d->b, m->b, fields[f], scratch, out);
    }
    csv_reasons(d->a, m->a, d->b, m->b, language, scratch, out);
    csv_reasons(d->b, m->b, d->a, m->a, language, scratch, out);
    buffer_add(out, "\r\n", 2);
}

void report_diff_csv(const diff *d, assess_language language, buffer *out)
{
    buffer scratch = {0};
    buffer_add_string(out, "\xEF\xBB\xBFid,name,unit,change");
    for (size_t f = 0; f < FIELD_COUNT; f++)
        for (int side = 0; side < 2; side++) {
            buffer_add_char(out, ',');
            buffer_add_string(out, moved_field_id(fields[f]));
            buffer_add_string(out, side ? "_b" : "_a");
        }
    buffer_add_string(out, ",reasons_gone,reasons_new\r\n");
    for (size_t i = 0; i < d->move_count && !out->failed; i++)
        csv_row(d, &d->moves[i], language, &scratch, out);
    out->failed |= scratch.failed;
    buffer_free(&scratch);
}

/* --- JSON --- */

static void json_settings(json *j, const plan *p)
{
    json_key(j, "parameters");
    json_begin_object(j);
    for (size_t i = 0; i < p->param_count; i++) {
        const plan_param *param = &p->params[i];
        char digits[64];
        json_member_text(j, param->name.bytes, plan_param_value(param, digits));
    }
    json_end_object(j);
}

static void json_side(json *j, const char *key, const result *r)
{
    char hex[65];
    digest rules;
    json_key(j, key);
    json_begin_object(j);
    json_member_text(j, "scheme", r->plan->id);
    json_member_text(j, "period", r->plan->period_text);
    if (plan_digest(r->plan, &rules)) {
        digest_print(&rules, hex);
        json_member_text(j, "sha256", text_of(hex));
    } else {
        j->out->failed = true;
    }
    json_settings(j, r->plan);
    json_end_object(j);
}

static void json_of_subject(json *j, const char *key, const result *r, uint32_t subject, buffer *scratch)
{
    json_key(j, key);
    if (subject == SUBJECT_NONE) {
        json_null(j);
        return;
    }
    json_begin_object(j);
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        scratch->length = 0;
        diff_print_field(r, subject, fields[f], scratch);
        if (fields[f] == MOVED_RANK && scratch->length) {
            json_member_integer(j, "rank", r->rank[subject]);
            continue;
        }
        json_key(j, moved_field_id(fields[f]));
        if (scratch->length || fields[f] == MOVED_FLAGS || fields[f] == MOVED_LISTS)
            json_text(j, buffer_text(scratch));
        else
            json_null(j);
    }
    json_end_object(j);
}

static void json_reasons(json *j, const char *key, const diff *d, const move *m, bool gone, assess_language language, buffer *scratch)
{
    scratch->length = 0;
    if (gone)
        diff_print_reasons(d->a, m->a, d->b, m->b, language, ";", scratch);
    else
        diff_print_reasons(d->b, m->b, d->a, m->a, language, ";", scratch);
    json_member_text(j, key, buffer_text(scratch));
}

static void json_move(json *j, const diff *d, const move *m, assess_language language, buffer *scratch)
{
    uint32_t subject;
    const subjects *people = &side_with(d, m, &subject)->batch->people;
    json_begin_object(j);
    json_member_text(j, "id", people->ids.texts[subject]);
    json_member_text(j, "name", people->name[subject]);
    json_member_text(j, "unit", people->unit[subject]);
    json_member_text(j, "change", text_of(change_id(m)));
    json_key(j, "fields");
    json_begin_array(j);
    for (size_t f = 0; f < FIELD_COUNT; f++)
        if (m->fields & fields[f])
            json_string(j, moved_field_id(fields[f]));
    json_end_array(j);
    json_of_subject(j, "a", d->a, m->a, scratch);
    json_of_subject(j, "b", d->b, m->b, scratch);
    json_reasons(j, "reasons_gone", d, m, true, language, scratch);
    json_reasons(j, "reasons_new", d, m, false, language, scratch);
    json_end_object(j);
}

static void json_standings(json *j, const diff *d)
{
    json_key(j, "standings");
    json_begin_array(j);
    for (size_t a = 0; a < standing_count(d->a); a++)
        for (size_t b = 0; b < standing_count(d->b); b++) {
            size_t count = d->standings[a * standing_count(d->b) + b];
            if (!count)
                continue;
            json_begin_object(j);
            json_member_text(j, "from", standing_id(d->a, a));
            json_member_text(j, "to", standing_id(d->b, b));
            json_member_integer(j, "count", (int64_t)count);
            json_end_object(j);
        }
    json_end_array(j);
}

void report_diff_json(const diff *d, assess_language language, buffer *out)
{
    json j = {.out = out};
    buffer scratch = {0};
    json_begin_object(&j);
    json_member_text(&j, "schema", TEXT("assess.diff/1"));
    json_side(&j, "a", d->a);
    json_side(&j, "b", d->b);
    json_member_integer(&j, "subjects", (int64_t)d->subjects);
    json_member_integer(&j, "moved", (int64_t)d->move_count);
    json_member_integer(&j, "added", (int64_t)d->added);
    json_member_integer(&j, "removed", (int64_t)d->removed);
    json_standings(&j, d);
    json_key(&j, "moves");
    json_begin_array(&j);
    for (size_t i = 0; i < d->move_count && !out->failed; i++)
        json_move(&j, d, &d->moves[i], language, &scratch);
    json_end_array(&j);
    json_end_object(&j);
    buffer_add_char(out, '\n');
    out->failed |= scratch.failed;
    buffer_free(&scratch);
}
