/* run_fuzz.c: any bytes as a rule file that is carried out over a unit and its people, with whatever tables it asks for. A scheme that loads
 * gives a result or a sentence, and what is written from it is valid UTF-8. */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "explain/explain.h"
#include "report/report.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(claim) do { if (!(claim)) abort(); } while (0)

enum { SUBJECTS = 6, BALLOTS = 5 };

static bool resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)user;
    (void)name;
    (void)memory;
    *bytes = TEXT("kinds { { 'fault', zh = 'f', en = 'f' } }\n");
    *file_name = TEXT("used.lua");
    return true;
}

static bool resolve_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)user;
    (void)memory;
    *bytes = TEXT("date,kind,name\n2026-01-01,holiday,a\n2026-01-04,workday,a\n");
    *file_name = name;
    return true;
}

/* Somewhere between nothing and the maximum, other in each row; every fifth is blank. */
static int64_t cell_of(const vocabulary_item *item, size_t row)
{
    if (row % 5 == 4)
        return CELL_BLANK;
    return item->option_count ? (int64_t)(row % item->option_count) : item->maximum.coeff / (int64_t)(row % 3 + 1);
}

static void add_ballots(batch *b, uint32_t subject)
{
    ballots *t = &b->ballots;
    HOLDS(batch_reserve_ballots(b, t->count + b->words.role_count * BALLOTS));
    for (size_t i = 0; i < b->words.item_count; i++)
        batch_raise_scale(b, i, b->words.items[i].maximum.scale);
    for (size_t n = 0; n < b->words.role_count * BALLOTS; n++) {
        size_t at = t->count++;
        for (size_t i = 0; i < b->words.item_count; i++)
            t->values[i][at] = cell_of(&b->words.items[i], n + i + subject);
        t->subject[at] = subject;
        t->rater[at] = RATER_ANONYMOUS;
        t->role[at] = (uint8_t)(n / BALLOTS);
        t->row[at] = (uint32_t)at + 2;
    }
}

static void add_rows(batch *b, uint32_t subject)
{
    date day;
    HOLDS(date_parse("2026-02-03", 10, &day) == DATE_OK);
    for (size_t k = 0; k < b->words.kind_count; k++)
        HOLDS(batch_add_event(b, (event){.subject = subject, .liable = 0, .kind = (uint16_t)k, .from = day, .to = day + 9, .points = {15, 1},
                                         .amount = {(int64_t)subject, 0}}));
    for (size_t m = 0; m < b->words.measure_count; m++)
        HOLDS(batch_add_measure(b, (measure){subject, (uint16_t)m, {(int64_t)subject * 7, 1}, {2, 0}, {0, 0}, 0, 2}));
    HOLDS(batch_add_history(b, (history){.subject = subject, .period = TEXT("2025"), .grade = TEXT("fair"), .score = {805, 1}}));
}

static void add_attributes(batch *b, uint32_t subject)
{
    static const char *const values[] = {"", "17", "2026-03-01", "2026-03-01 08:30", "other"};
    for (size_t a = 0; a < b->words.attribute_count; a++) {
        const vocabulary_attribute *v = &b->words.attributes[a];
        text value = v->choice_count ? v->choices[subject % v->choice_count].id : text_of(values[(subject + a) % 5]);
        HOLDS(batch_set_attribute(b, batch_attribute(b, v->word.id), subject, value));
    }
}

static void fill(batch *b)
{
    static const char *const ids[SUBJECTS] = {"1", "2", "3", "4", "5", "6"};
    uint32_t source = batch_add_source(b, TEXT("made.csv")), number;
    memset(b->has_table, true, sizeof b->has_table);
    HOLDS(batch_begin_segment(b, source));
    for (size_t i = 0; i < SUBJECTS; i++) {
        HOLDS(batch_add_subject(b, text_of(ids[i]), text_of(ids[i]), TEXT("1"), i ? TEXT("") : b->words.unit_category, TEXT(""),
                                DATE_NONE, source, (uint32_t)i + 2, &number));
        if (i == SUBJECTS - 1) /* the last one has nothing */
            continue;
        add_ballots(b, number);
        add_rows(b, number);
        add_attributes(b, number);
    }
    HOLDS(batch_finish(b, 1));
}

static void check_words(buffer *words)
{
    HOLDS(!words->failed && utf8_invalid_at(words->bytes, words->length) == words->length);
    buffer_free(words);
}

static void write_all(const result *r, assess_language language)
{
    buffer summary = {0}, json = {0};
    report_summary(r, language, true, &summary);
    check_words(&summary);
    report_json(r, language, &json);
    check_words(&json);
    for (uint32_t s = 0; s < SUBJECTS; s += 2) {
        derivation d;
        buffer page = {0}, tree = {0};
        HOLDS(explain_subject(r, s, language, 5, &d));
        explain_text(&d, &page);
        explain_json(&d, &tree);
        explain_free(&d);
        check_words(&page);
        check_words(&tree);
    }
}

static void compare(const result *r)
{
    diff *d = diff_of(r, r);
    buffer words = {0};
    HOLDS(d && diff_moved(d) == 0);
    report_diff_json(d, ASSESS_ZH, &words);
    diff_free(d);
    check_words(&words);
}

static void run(const plan *p)
{
    arena memory = {0};
    vocabulary words;
    result *r = NULL;
    assess_error err = {0};
    HOLDS(engine_vocabulary(p, &memory, &words));
    batch *b = batch_new(&words);
    HOLDS(b);
    fill(b);
    assess_status s = engine_run(p, b, &(engine_options){.threads = 1}, &r, &err);
    HOLDS(s == ASSESS_OK || (err.status == s && err.message[ASSESS_EN][0] && err.message[ASSESS_ZH][0]));
    if (r) {
        write_all(r, ASSESS_ZH);
        write_all(r, ASSESS_EN);
        compare(r);
    }
    result_free(r);
    batch_free(b);
    arena_free(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rules_request request = {.file_name = TEXT("fuzz.lua"), .bytes = {size ? (const char *)data : "", size}, .period = TEXT("2026"),
                             .resolve = resolve, .data = resolve_data};
    plan *p = NULL;
    if (rules_load(&request, &p, NULL) == ASSESS_OK)
        run(p);
    plan_free(p);
    return 0;
}
