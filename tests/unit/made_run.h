/* made_run: a rule file and tables written in a test, carried out by the engine. */
#ifndef MADE_RUN_H
#define MADE_RUN_H

#include "engine/engine.h"
#include "made_rules.h"

#define BLANK ""
#define DOUBLE "!" /* more than one mark */

typedef struct made_run {
    plan *p;
    arena memory;
    batch *b;
    result *r;
    uint32_t source;
} made_run;

static inline void run_open_with(made_run *m, const char *rules, const made_load *how, const char *file, int line)
{
    vocabulary words;
    *m = (made_run){.p = made_plan_of(rules, how, file, line)};
    assert_true(engine_vocabulary(m->p, &m->memory, &words));
    m->b = batch_new(&words);
    assert_non_null(m->b);
    m->source = batch_add_source(m->b, TEXT("made.csv"));
    m->b->has_table[TABLE_PEOPLE] = m->b->has_table[TABLE_RATINGS] = true;
}
#define run_open(m, rules) run_open_with((m), (rules), &(made_load){.period = "2026"}, __FILE__, __LINE__)

static inline void run_close(made_run *m)
{
    result_free(m->r);
    batch_free(m->b);
    arena_free(&m->memory);
    plan_free(m->p);
}

static inline date made_date(const char *text_given)
{
    date d = DATE_NONE;
    assert_true(!text_given || date_parse(text_given, strlen(text_given), &d) == DATE_OK);
    return d;
}

static inline decimal made_decimal(const char *text_given)
{
    decimal d = {CELL_BLANK, 0};
    assert_true(!text_given || decimal_parse(text_given, strlen(text_given), &d) == DECIMAL_OK);
    return d;
}

/* start: NULL = empty */
static inline uint32_t run_subject(made_run *m, const char *id, const char *start)
{
    uint32_t number;
    assert_true(batch_add_subject(m->b, text_of(id), text_of(id), TEXT("unit"), TEXT(""), TEXT(""), made_date(start), m->source,
                                  (uint32_t)m->b->people.count + 2, &number));
    return number;
}

static inline int64_t made_cell(made_run *m, size_t item, const char *written)
{
    const vocabulary_item *v = &m->b->words.items[item];
    if (strcmp(written, BLANK) == 0 || strcmp(written, DOUBLE) == 0)
        return *written ? CELL_INVALID : CELL_BLANK;
    for (size_t o = 0; o < v->option_count; o++)
        if (text_equal(v->options[o].id, text_of(written)))
            return (int64_t)o;
    decimal d = made_decimal(written);
    batch_raise_scale(m->b, item, d.scale);
    return d.coeff * power_of_ten(m->b->ballots.scale[item] - d.scale);
}

/* An anonymous ballot: one text for each item. */
static inline void run_ballot_row(made_run *m, uint32_t subject, const char *role, const char *const *cells)
{
    ballots *t = &m->b->ballots;
    assert_true(batch_reserve_ballots(m->b, t->count + 1));
    assert_true(batch_begin_segment(m->b, m->source));
    for (size_t i = 0; i < m->b->words.item_count; i++) {
        int64_t cell_value = made_cell(m, i, cells[i]);
        t->values[i][t->count] = cell_value;
    }
    t->subject[t->count] = subject;
    t->rater[t->count] = RATER_ANONYMOUS;
    t->role[t->count] = (uint8_t)plan_find_role(m->p, text_of(role));
    t->row[t->count] = (uint32_t)t->count + 2;
    t->count++;
}
#define run_ballot(m, subject, role, ...) run_ballot_row((m), (subject), (role), (const char *const[]){__VA_ARGS__})

/* The same by a rater with a name. */
static inline void run_named_row(made_run *m, const char *rater, uint32_t subject, const char *role, const char *const *cells)
{
    run_ballot_row(m, subject, role, cells);
    m->b->ballots.rater[m->b->ballots.count - 1] = intern_add(&m->b->ballots.raters, text_of(rater));
}
#define run_named(m, rater, subject, role, ...) \
    run_named_row((m), (rater), (subject), (role), (const char *const[]){__VA_ARGS__})

typedef struct made_event {
    const char *from, *to, *points, *amount, *ref, *note;
    bool has_liable;
    uint32_t liable;
} made_event;

static inline void run_event_row(made_run *m, uint32_t subject, const char *kind, const made_event *given)
{
    event e = {.subject = subject, .liable = given->has_liable ? given->liable : SUBJECT_NONE,
               .kind = (uint16_t)plan_find_kind(m->p, text_of(kind)), .from = made_date(given->from),
               .to = made_date(given->to ? given->to : given->from), .points = made_decimal(given->points),
               .amount = made_decimal(given->amount), .ref = text_of(given->ref), .note = text_of(given->note), .source = m->source,
               .row = (uint32_t)m->b->event_count + 2};
    assert_true(batch_add_event(m->b, e));
}
#define run_event(m, subject, kind, ...) run_event_row((m), (subject), (kind), &(made_event){__VA_ARGS__})

static inline assess_status run_try(made_run *m, unsigned threads, assess_error *err)
{
    engine_options o = {.threads = threads};
    result_free(m->r);
    m->r = NULL;
    assert_true(batch_finish(m->b, 1));
    m->b->problems.errors = 0; /* an empty table may be what the test is about */
    return engine_run(m->p, m->b, &o, &m->r, err);
}

static inline void run_now_at(made_run *m, const char *file, int line)
{
    assess_error err = {0};
    if (run_try(m, 1, &err))
        print_error("%s\n", err.message[ASSESS_EN]);
    _assert_int_equal(err.status, ASSESS_OK, file, line);
}
#define run_now(m) run_now_at((m), __FILE__, __LINE__)

static inline void made_score(const made_run *m, uint32_t subject, const char *expected, const char *file, int line)
{
    char score[64];
    result_print_score(m->r, subject, score);
    _assert_string_equal(score, expected, file, line);
}
#define assert_score(m, subject, expected) made_score((m), (subject), (expected), __FILE__, __LINE__)

static inline void made_grade(const made_run *m, uint32_t subject, const char *expected, const char *file, int line)
{
    uint8_t g = m->r->grade[subject];
    made_text_equal(g == GRADE_NONE ? TEXT("") : m->p->grades[g].id, expected, file, line);
}
#define assert_grade(m, subject, expected) made_grade((m), (subject), (expected), __FILE__, __LINE__)

static inline void made_flags(const made_run *m, uint32_t subject, const char *expected, const char *file, int line)
{
    buffer b = {0};
    result_print_flags(m->r, subject, &b);
    made_text_equal(buffer_text(&b), expected, file, line);
    buffer_free(&b);
}
#define assert_flags(m, subject, expected) made_flags((m), (subject), (expected), __FILE__, __LINE__)

static inline void made_reasons(const made_run *m, uint32_t subject, const char *expected, const char *file, int line)
{
    buffer b = {0};
    result_print_reasons(m->r, subject, ASSESS_EN, &b);
    made_text_equal(buffer_text(&b), expected, file, line);
    buffer_free(&b);
}
#define assert_reasons(m, subject, expected) made_reasons((m), (subject), (expected), __FILE__, __LINE__)

#define assert_status_of(m, subject, expected) assert_int_equal((m)->r->status[subject], (expected))

#endif
