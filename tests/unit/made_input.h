/* made_input: a rule file and tables as text, read, checked and carried out as those of a user. */
#ifndef MADE_INPUT_H
#define MADE_INPUT_H

#include "exchange/reading.h"
#include "made_run.h"

static inline void input_open_at(made_run *m, const char *rules, const char *period, const char *file, int line)
{
    run_open_with(m, rules, &(made_load){.period = period}, file, line);
    for (size_t i = 0; i < TABLE_COUNT; i++)
        m->b->has_table[i] = false;
}
/* For 2026. */
#define input_open(m, rules) input_open_at((m), (rules), "2026", __FILE__, __LINE__)

static inline void input_read(made_run *m, batch_table table, const char *bytes)
{
    static const char *const names[] = {"people.csv", "ratings.csv", "events.csv", "measures.csv", "history.csv", "decisions.csv", "raters.csv"};
    static const feed_limits usual = {1 << 20, 1 << 24, 0};
    read_options one = {.threads = 1};
    assess_error err = {0};
    assess_status s = exchange_read_memory(m->b, table, text_of(names[table]), bytes, strlen(bytes), &one, usual, &err);
    if (s)
        print_error("%s\n", err.message[ASSESS_EN]);
    assert_int_equal(s, ASSESS_OK);
}
#define input_people(m, rows) input_read((m), TABLE_PEOPLE, (rows))
#define input_events(m, rows) input_read((m), TABLE_EVENTS, (rows))
#define input_measures(m, rows) input_read((m), TABLE_MEASURES, (rows))
#define input_raters(m, rows) input_read((m), TABLE_RATERS, (rows))
#define input_history(m, rows) input_read((m), TABLE_HISTORY, (rows))

static inline void input_print(const made_run *m)
{
    for (size_t i = 0; i < m->b->problems.count; i++) {
        const problem *p = &m->b->problems.items[i];
        buffer out = {0};
        message_render(&out, p->what, ASSESS_EN);
        print_message("  %s %u:%u %.*s\n", message_name(p->what.id), p->row, p->column, (int)out.length, out.bytes);
        buffer_free(&out);
    }
}

/* Everything is in: so many problems. */
static inline void input_finish(made_run *m, size_t errors, size_t notices, const char *file, int line)
{
    assert_true(batch_finish(m->b, 1));
    if (m->b->problems.errors != errors || m->b->problems.notices != notices)
        input_print(m);
    _assert_int_equal(m->b->problems.errors, errors, file, line);
    _assert_int_equal(m->b->problems.notices, notices, file, line);
}
#define input_problems(m, errors, notices) input_finish((m), (errors), (notices), __FILE__, __LINE__)

static inline bool input_says(const problem *p, const char *said)
{
    buffer out = {0};
    message_render(&out, p->what, ASSESS_EN);
    buffer_add_char(&out, '\0');
    bool speaks = strstr(out.bytes, said) != NULL;
    buffer_free(&out);
    return speaks;
}

static inline const problem *input_problem(const made_run *m, const char *id, uint32_t row, uint32_t column, const char *said,
                                           const char *file, int line)
{
    for (size_t i = 0; i < m->b->problems.count; i++) {
        const problem *p = &m->b->problems.items[i];
        if (strcmp(message_name(p->what.id), id) == 0 && p->row == row && p->column == column && input_says(p, said))
            return p;
    }
    input_print(m);
    print_error("%s %u:%u '%s' is not there\n", id, row, column, said);
    _fail(file, line);
    return NULL;
}
/* The problem stands at that row and column, and its sentence says so. */
#define assert_problem(m, id, row, column, said) input_problem((m), (id), (row), (column), (said), __FILE__, __LINE__)

static inline void input_run_at(made_run *m, const char *file, int line)
{
    engine_options one = {.threads = 1};
    assess_error err = {0};
    input_finish(m, 0, 0, file, line);
    if (engine_run(m->p, m->b, &one, &m->r, &err))
        print_error("%s\n", err.message[ASSESS_EN]);
    _assert_int_equal(err.status, ASSESS_OK, file, line);
}
/* Nothing is wrong with the tables; the scheme is carried out. */
#define input_run(m) input_run_at((m), __FILE__, __LINE__)

/* A scheme whose score is that figure, missing figures and all. */
#define FIGURE(figure) "score { " figure ", round = half_up(2), " WORDS " }\n"

#endif
