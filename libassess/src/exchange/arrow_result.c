/* arrow_result: the columns of results.csv as an Arrow stream. */
#include <string.h>

#include "exchange/arrow_out.h"
#include "exchange/exchange.h"

enum { ID, NAME, UNIT, STATUS, SCORE, GRADE, RANK, FLAGS, REASONS, COLUMNS };

typedef struct result_rows {
    const result *r;
    assess_language language;
    void (*release)(void *owner);
    void *owner;
    out_field fields[COLUMNS];
    out_pair metadata[4];
    const char *statuses[STATUS_COUNT];
    const char *grades[PLAN_MAX_GRADES];   /* without those of another level that are called the same */
    uint8_t word_of[PLAN_MAX_GRADES];      /* [grade]: its number among them */
    size_t word_count;
    buffer scratch;
} result_rows;

static void release(void *context)
{
    result_rows *rows = context;
    rows->release(rows->owner);
    buffer_free(&rows->scratch);
    mem_free(rows);
}

/* ---- the schema ---- */

static void find_words(result_rows *rows)
{
    const plan *p = rows->r->plan;
    for (size_t g = 0; g < p->grade_count; g++) {
        size_t word = 0;
        while (word < rows->word_count && strcmp(rows->grades[word], p->grades[g].id.bytes) != 0)
            word++;
        rows->grades[word] = p->grades[g].id.bytes;
        rows->word_of[g] = (uint8_t)word;
        rows->word_count += word == rows->word_count;
    }
    for (int s = 0; s < STATUS_COUNT; s++)
        rows->statuses[s] = status_id((subject_status)s);
}

static bool has_score(const result *r, uint32_t subject)
{
    return r->status[subject] == STATUS_ASSESSED && r->plan->levels[result_level(r, subject)].score != SIZE_MAX;
}

/* In units of so many places. False: more than 38 digits, which only a scheme of two levels could come to. */
static bool score_at(const result *r, uint32_t subject, int places, int128 *out)
{
    decimal unit = plan_score_rounding(r->plan, result_level(r, subject)).unit;
    int128 coeff = (int128)r->score[subject] * unit.coeff, power = power_of_ten(places - unit.scale);
    int128 limit = (int128)power_of_ten(18) * power_of_ten(18) * 100;
    *out = 0;
    if (coeff >= limit / power || coeff <= -limit / power)
        return false;
    *out = coeff * power;
    return true;
}

static int find_places(const plan *p)
{
    int places = 0;
    for (uint32_t l = 0; l < p->level_count; l++) {
        int own = p->levels[l].score == SIZE_MAX ? 0 : plan_score_rounding(p, l).unit.scale;
        places = own > places ? own : places;
    }
    return places;
}

static int find_digits(const result *r, int places)
{
    const int128 limit = power_of_ten(18);
    int128 score;
    for (uint32_t i = 0; i < r->count; i++)
        if (has_score(r, i) && (!score_at(r, i, places, &score) || score >= limit || score <= -limit))
            return 38;
    return 18;
}

static void describe(result_rows *rows)
{
    static const out_field fields[COLUMNS] = {
        [ID] = {.name = "id"},
        [NAME] = {.name = "name"},
        [UNIT] = {.name = "unit"},
        [STATUS] = {.name = "status", .kind = OUT_WORD, .word_count = STATUS_COUNT},
        [SCORE] = {.name = "score", .kind = OUT_DECIMAL, .nullable = true},
        [GRADE] = {.name = "grade", .kind = OUT_WORD, .nullable = true},
        [RANK] = {.name = "rank", .kind = OUT_INTEGER, .nullable = true},
        [FLAGS] = {.name = "flags"},
        [REASONS] = {.name = "reasons"},
    };
    memcpy(rows->fields, fields, sizeof fields);
    find_words(rows);
    rows->fields[STATUS].words = rows->statuses;
    rows->fields[GRADE].words = rows->grades;
    rows->fields[GRADE].word_count = rows->word_count;
    rows->fields[SCORE].places = find_places(rows->r->plan);
    rows->fields[SCORE].digits = find_digits(rows->r, rows->fields[SCORE].places);
}

static void tell(result_rows *rows)
{
    const plan *p = rows->r->plan;
    rows->metadata[0] = (out_pair){"assess.version", ASSESS_VERSION};
    rows->metadata[1] = (out_pair){"assess.scheme", p->id.bytes};
    rows->metadata[2] = (out_pair){"assess.period", p->period_text.bytes};
    rows->metadata[3] = (out_pair){"assess.language", rows->language == ASSESS_ZH ? "zh" : "en"};
}

/* ---- rows ---- */

static void add_score(result_rows *rows, uint32_t subject, out_column *column)
{
    int128 score;
    if (has_score(rows->r, subject) && score_at(rows->r, subject, rows->fields[SCORE].places, &score))
        out_decimal(column, score);
    else
        out_null(column);
}

static void add_grade(const result_rows *rows, uint32_t subject, out_column *column)
{
    uint8_t grade = rows->r->grade[subject];
    if (grade == GRADE_NONE)
        out_null(column);
    else
        out_word(column, rows->word_of[grade]);
}

static void add_printed(result_rows *rows, out_column *column)
{
    if (rows->scratch.failed)
        out_fail(column);
    else
        out_text(column, buffer_text(&rows->scratch));
    rows->scratch.length = 0;
    rows->scratch.failed = false;
}

static void add_row(void *context, size_t row, out_column *columns)
{
    result_rows *rows = context;
    const result *r = rows->r;
    const subjects *people = &r->batch->people;
    uint32_t subject = (uint32_t)row;
    out_text(out_column_at(columns, ID), people->ids.texts[subject]);
    out_text(out_column_at(columns, NAME), people->name[subject]);
    out_text(out_column_at(columns, UNIT), people->unit[subject]);
    out_word(out_column_at(columns, STATUS), r->status[subject]);
    add_score(rows, subject, out_column_at(columns, SCORE));
    add_grade(rows, subject, out_column_at(columns, GRADE));
    if (r->rank[subject])
        out_integer(out_column_at(columns, RANK), (int32_t)r->rank[subject]);
    else
        out_null(out_column_at(columns, RANK));
    result_print_flags(r, subject, &rows->scratch);
    add_printed(rows, out_column_at(columns, FLAGS));
    result_print_reasons(r, subject, rows->language, &rows->scratch);
    add_printed(rows, out_column_at(columns, REASONS));
}

bool exchange_result_arrow(const result *r, assess_language language, void (*give_back)(void *owner), void *owner,
                           struct ArrowArrayStream *out)
{
    result_rows *rows = mem_zalloc(1, sizeof *rows);
    *out = (struct ArrowArrayStream){0};
    if (!rows) {
        give_back(owner);
        return false;
    }
    *rows = (result_rows){.r = r, .language = language, .release = give_back, .owner = owner};
    describe(rows);
    tell(rows);
    const out_table table = {.rows = r->count, .fields = rows->fields, .field_count = COLUMNS, .metadata = rows->metadata,
                             .metadata_count = sizeof rows->metadata / sizeof *rows->metadata, .row = add_row, .release = release,
                             .context = rows};
    return arrow_out_open(&table, out);
}
