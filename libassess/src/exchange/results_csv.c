/* results_csv: the file that people open in a spreadsheet and programs compare byte for byte.
 * One pass, one growing buffer; the only other memory is a scratch buffer for flags and reasons, reused from row to
 * row. */
#include "base/csv_cell.h"
#include "exchange/exchange.h"

static const char HEADER[] = "\xEF\xBB\xBFid,name,unit,status,score,grade,rank,flags,reasons\r\n";

enum { TYPICAL_ROW = 64 }; /* bytes; only saves a few doublings of the buffer */

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

static void add_reasons(buffer *out, const result *r, uint32_t subject, assess_language language, buffer *scratch)
{
    scratch->length = 0;
    result_print_reasons(r, subject, language, scratch);
    csv_add_cell(out, buffer_text(scratch));
}

static void add_row(buffer *out, const result *r, uint32_t subject, assess_language language, bool has_reasons,
                    buffer *scratch)
{
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
    if (has_reasons)
        add_reasons(out, r, subject, language, scratch);
    buffer_add(out, "\r\n", 2);
}

void exchange_results_csv(const result *r, assess_language language, buffer *out)
{
    buffer scratch = {0};
    size_t next = 0; /* findings are sorted by subject: one look tells whether a row has reasons */
    if (!MEM_RESERVE(out->bytes, out->capacity, out->length + sizeof HEADER + r->count * TYPICAL_ROW))
        out->failed = true;
    buffer_add(out, HEADER, sizeof HEADER - 1);
    for (size_t i = 0; i < r->count && !out->failed; i++) {
        bool has_reasons = next < r->finding_count && r->findings[next].subject == i;
        add_row(out, r, (uint32_t)i, language, has_reasons, &scratch);
        while (next < r->finding_count && r->findings[next].subject == i)
            next++;
    }
    out->failed |= scratch.failed;
    buffer_free(&scratch);
}
