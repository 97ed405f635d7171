/* results_csv: the file that people open in a spreadsheet and programs compare byte for byte.
 * One pass, part by part; the only other memory is a scratch buffer for flags and reasons, reused from row to
 * row. */
#include "base/csv_cell.h"
#include "exchange/exchange.h"

static const char HEADER[] = "\xEF\xBB\xBFid,name,unit,status,score,grade,rank,flags,reasons\r\n";

/* A figure that we printed: a negative score is a number, not a formula. */
static void add_score(buffer *out, const result *r, uint32_t subject)
{
    char score[64];
    buffer_add(out, score, result_print_score(r, subject, score));
}

static void add_grade(buffer *out, const result *r, uint32_t subject)
{
    if (r->grade[subject] != GRADE_NONE)
        csv_add_cell(out, r->plan->grades[r->grade[subject]].id);
}

static void add_flags(buffer *out, const result *r, uint32_t subject, buffer *scratch)
{
    if (r->flags[subject] == 0)
        return;
    scratch->length = 0;
    result_print_flags(r, subject, scratch);
    csv_add_cell(out, buffer_text(scratch));
}

/* Findings are sorted by subject: those of this one begin at `at`. */
static void add_reasons(buffer *out, const result *r, results_place *at, assess_language language, buffer *scratch)
{
    size_t first = at->finding;
    while (at->finding < r->finding_count && r->findings[at->finding].subject == at->subject)
        at->finding++;
    if (at->finding == first)
        return;
    scratch->length = 0;
    findings_print(r, r->findings + first, at->finding - first, language, scratch);
    csv_add_cell(out, buffer_text(scratch));
}

static void add_row(buffer *out, const result *r, results_place *at, assess_language language, buffer *scratch)
{
    uint32_t subject = (uint32_t)at->subject;
    const subjects *people = &r->batch->people;
    csv_add_cell(out, people->ids.texts[subject]);
    buffer_add_char(out, ',');
    csv_add_cell(out, people->name[subject]);
    buffer_add_char(out, ',');
    csv_add_cell(out, people->unit[subject]);
    buffer_add_char(out, ',');
    buffer_add_string(out, status_id((subject_status)r->status[subject]));
    buffer_add_char(out, ',');
    add_score(out, r, subject);
    buffer_add_char(out, ',');
    add_grade(out, r, subject);
    buffer_add_char(out, ',');
    if (r->rank[subject])
        buffer_add_integer(out, r->rank[subject]);
    buffer_add_char(out, ',');
    add_flags(out, r, subject, scratch);
    buffer_add_char(out, ',');
    add_reasons(out, r, at, language, scratch);
    buffer_add(out, "\r\n", 2);
}

bool exchange_results_part(const result *r, assess_language language, results_place *at, size_t most, buffer *out)
{
    buffer scratch = {0};
    if (!at->begun)
        buffer_add(out, HEADER, sizeof HEADER - 1);
    at->begun = true;
    for (; at->subject < r->count && out->length < most && !out->failed; at->subject++)
        add_row(out, r, at, language, &scratch);
    out->failed |= scratch.failed;
    buffer_free(&scratch);
    return at->subject < r->count && !out->failed;
}

void exchange_results_csv(const result *r, assess_language language, buffer *out)
{
    results_place begin = {0};
    exchange_results_part(r, language, &begin, SIZE_MAX, out);
}
