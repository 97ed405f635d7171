/* results_csv: the file that people open in a spreadsheet and programs compare byte for byte.
 * Part by part, each for itself, in a few buffers that are used again; a part has a scratch buffer for flags and reasons. */
#include "base/csv_cell.h"
#include "base/parallel.h"
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

/* What a part goes through its subjects with. */
typedef struct cursor {
    const result *r;
    assess_language language;
    size_t finding; /* the first one of the subject at hand: findings are sorted by subject */
    buffer *out, scratch;
} cursor;

static void add_reasons(cursor *at, uint32_t subject)
{
    const result *r = at->r;
    size_t first = at->finding;
    while (at->finding < r->finding_count && r->findings[at->finding].subject == subject)
        at->finding++;
    if (at->finding == first)
        return;
    at->scratch.length = 0;
    findings_print(r, r->findings + first, at->finding - first, at->language, &at->scratch);
    csv_add_cell(at->out, buffer_text(&at->scratch));
}

static void add_row(cursor *at, uint32_t subject)
{
    const result *r = at->r;
    buffer *out = at->out;
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
    add_flags(out, r, subject, &at->scratch);
    buffer_add_char(out, ',');
    add_reasons(at, subject);
    buffer_add(out, "\r\n", 2);
}

void exchange_results_part(const result *r, assess_language language, size_t first, size_t end, buffer *out)
{
    cursor at = {.r = r, .language = language, .out = out};
    size_t count;
    if (first == 0)
        buffer_add(out, HEADER, sizeof HEADER - 1);
    if (first < end)
        at.finding = (size_t)(result_findings(r, (uint32_t)first, &count) - r->findings);
    for (size_t subject = first; subject < end && !out->failed; subject++)
        add_row(&at, (uint32_t)subject);
    out->failed |= at.scratch.failed;
    buffer_free(&at.scratch);
}

void exchange_results_csv(const result *r, assess_language language, buffer *out)
{
    exchange_results_part(r, language, 0, r->count, out);
}

/* ---- the file ---- */

enum { PART_SUBJECTS = 1024, PARTS_PER_THREAD = 4, MOST_PARTS = 64 };

typedef struct writer {
    const result *r;
    assess_language language;
    output *o;
    size_t part_count, next;           /* the first of the parts that are being made */
    buffer *made, *written;            /* [MOST_PARTS] */
    size_t made_count, written_count;
} writer;

static void make_part(const writer *w, size_t part, buffer *out)
{
    size_t first = part * PART_SUBJECTS, left = w->r->count - first;
    out->length = 0;
    exchange_results_part(w->r, w->language, first, first + (left < PART_SUBJECTS ? left : PART_SUBJECTS), out);
}

/* Task 0, on the calling thread, writes the parts made before; the others make the next ones. */
static void run_task(void *context, size_t index, unsigned worker)
{
    writer *w = context;
    (void)worker;
    for (size_t i = 0; index == 0 && i < w->written_count; i++)
        output_write(w->o, w->written[i].bytes, w->written[i].length);
    if (index > 0)
        make_part(w, w->next + index - 1, &w->made[index - 1]);
}

static void swap_parts(writer *w)
{
    buffer *parts = w->written;
    w->written = w->made;
    w->made = parts;
    w->next += w->made_count;
    w->written_count = w->made_count;
}

static bool next_wave(writer *w, unsigned threads)
{
    size_t left = w->part_count - w->next, most = (size_t)threads * PARTS_PER_THREAD;
    bool fine = true;
    most = most < MOST_PARTS ? most : MOST_PARTS;
    w->made_count = left < most ? left : most;
    parallel_run(1 + w->made_count, threads, run_task, w);
    for (size_t i = 0; i < w->made_count; i++)
        fine &= !w->made[i].failed;
    swap_parts(w);
    return fine;
}

bool exchange_write_results(const result *r, assess_language language, unsigned threads, output *o)
{
    buffer parts[2][MOST_PARTS] = {0};
    writer w = {.r = r, .language = language, .o = o, .made = parts[0], .written = parts[1],
                .part_count = r->count ? (r->count + PART_SUBJECTS - 1) / PART_SUBJECTS : 1};
    bool fine = true;
    while (fine && (w.next < w.part_count || w.written_count))
        fine = next_wave(&w, threads);
    for (size_t i = 0; i < MOST_PARTS; i++) {
        buffer_free(&parts[0][i]);
        buffer_free(&parts[1][i]);
    }
    return fine;
}
