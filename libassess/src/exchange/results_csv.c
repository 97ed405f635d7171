/* results_csv: the file that people open in a spreadsheet and programs compare byte for byte.
 * One pass, one growing buffer; the only other memory is a scratch buffer for flags and reasons, reused from row to
 * row. */
#include "exchange/exchange.h"

static const char HEADER[] = "\xEF\xBB\xBFid,name,unit,status,score,grade,rank,flags,reasons\r\n";

enum { TYPICAL_ROW = 64 }; /* bytes; only saves a few doublings of the buffer */

/* The full-width forms of = + - @, which some spreadsheets fold to ASCII before they look. */
static bool starts_full_width_formula(text t)
{
    static const char forms[][4] = {"\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    if (t.length < 3 || (unsigned char)t.bytes[0] != 0xEF)
        return false;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (text_equal((text){t.bytes, 3}, (text){forms[i], 3}))
            return true;
    return false;
}

/* True for a cell that a spreadsheet would run instead of show. */
static bool starts_formula(text t)
{
    if (t.length == 0)
        return false;
    switch (t.bytes[0]) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
        return true;
    default:
        return starts_full_width_formula(t);
    }
}

static bool needs_quotes(text t)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.bytes[i];
        if (c == ',' || c == '"' || c == '\r' || c == '\n')
            return true;
    }
    return false;
}

static void add_doubling_quotes(buffer *out, text t)
{
    size_t run = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] != '"')
            continue;
        buffer_add(out, t.bytes + run, i + 1 - run);
        run = i;
    }
    buffer_add(out, t.bytes + run, t.length - run);
}

/* A cell with words that came from outside: tables or rule file. */
static void add_cell(buffer *out, text t)
{
    bool formula = starts_formula(t), quotes = needs_quotes(t);
    if (!formula && !quotes) {
        buffer_add_text(out, t);
        return;
    }
    if (quotes)
        buffer_add_char(out, '"');
    if (formula)
        buffer_add_char(out, '\'');
    add_doubling_quotes(out, t);
    if (quotes)
        buffer_add_char(out, '"');
}

/* A figure that we printed: a negative score is a number, not a formula. */
static void add_score(buffer *out, const result *r, uint32_t subject)
{
    char score[64];
    buffer_add(out, score, result_print_score(r, subject, score));
}

static void add_grade(buffer *out, const result *r, uint32_t subject)
{
    if (r->grade[subject] != GRADE_NONE)
        add_cell(out, r->plan->grades[r->grade[subject]].id);
}

static void add_flags(buffer *out, const result *r, uint32_t subject, buffer *scratch)
{
    if (r->flags[subject] == 0)
        return;
    scratch->length = 0;
    result_print_flags(r, subject, scratch);
    add_cell(out, buffer_text(scratch));
}

static void add_reasons(buffer *out, const result *r, uint32_t subject, assess_language language, buffer *scratch)
{
    scratch->length = 0;
    result_print_reasons(r, subject, language, scratch);
    add_cell(out, buffer_text(scratch));
}

static void add_row(buffer *out, const result *r, uint32_t subject, assess_language language, bool has_reasons,
                    buffer *scratch)
{
    const subjects *people = &r->batch->people;
    add_cell(out, people->ids.texts[subject]);
    buffer_add_char(out, ',');
    add_cell(out, people->name[subject]);
    buffer_add_char(out, ',');
    add_cell(out, people->unit[subject]);
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
