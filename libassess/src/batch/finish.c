/* finish: what can only be checked when all rows are in. */
#include "base/figure.h"
#include "base/parallel.h"
#include "batch/batch.h"
#include "batch/repeats.h"
#include "batch/units.h"

/* ---- tables that are missing or empty ---- */

static void report_table(batch *b, message_id id, const char *english, const char *chinese)
{
    message what = message_of2(id, text_of(english), text_of(chinese));
    problem_add(&b->problems, (problem){.what = what, .source = PROBLEM_NO_SOURCE});
}

/* A file that could not be found or not be read at all: the tables that lack may have been in it. */
static bool has_unread_file(const batch *b)
{
    for (size_t i = 0; i < b->problems.count; i++)
        if (b->problems.items[i].severity == PROBLEM_ERROR && b->problems.items[i].row == 0)
            return true;
    return false;
}

/* What is needed of the tables; `unread` is settled first, since a missing table is an error that counts as one. */
typedef struct table_check {
    batch *b;
    bool unread;
} table_check;

/* An empty or missing table is only named when nothing else explains why it has no rows. */
static void check_table(const table_check *c, bool needed, batch_table table, size_t rows, const char *english,
                        const char *chinese)
{
    if (needed && !c->b->has_table[table] && !c->unread)
        report_table(c->b, MSG_input_table_missing, english, chinese);
    else if (needed && rows == 0 && c->b->problems.errors == 0)
        report_table(c->b, MSG_input_table_without_rows, english, chinese);
}

static void check_tables(batch *b)
{
    const vocabulary *words = &b->words;
    table_check c = {b, has_unread_file(b)};
    check_table(&c, true, TABLE_PEOPLE, b->people.count, "people", "人员");
    check_table(&c, words->needs_ratings, TABLE_RATINGS, b->ballots.count, "ratings", "评分");
    check_table(&c, words->needs_measures, TABLE_MEASURES, b->measure_count, "measures", "指标");
    if (words->needs_history && !b->has_table[TABLE_HISTORY] && !c.unread)
        report_table(b, MSG_input_history_missing, "history", "历年");
    else
        check_table(&c, words->needs_history, TABLE_HISTORY, b->history_count, "history", "历年");
}

/* ---- rows that repeat another ---- */

typedef struct row_place {
    uint32_t source, row;
} row_place;

/* “… (first in row N)”, with the file where it is another one; `about` and what it is called are arguments of the
 * sentence. */
static void report_again(const batch *b, const message_id ids[2], text about, text called, row_place first,
                         row_place again, problem_list *problems)
{
    buffer row = {0};
    if (problems->errors < PROBLEM_LIST_LIMIT) /* beyond it, they are only counted */
        buffer_add_integer(&row, first.row);
    bool elsewhere = first.source != again.source && first.source < b->source_count;
    text file = elsewhere ? b->sources[first.source].name : TEXT("");
    message what = message_of4(ids[elsewhere], about, buffer_text(&row), file, called);
    problem_add(problems, (problem){.what = what, .source = again.source, .row = again.row});
    problems->failed |= row.failed;
    buffer_free(&row);
}

static bool ballot_key(const void *context, uint32_t row, uint64_t *key)
{
    enum { ROLE_BITS = 5 };
    const ballots *d = &((const batch *)context)->ballots;
    *key = (uint64_t)d->rater[row] << ROLE_BITS | d->role[row];
    return d->rater[row] != RATER_ANONYMOUS;
}

/* Neither the rater nor a value is named: who gave what stays between them. */
static void report_ballot(const void *context, uint32_t first, uint32_t again, problem_list *problems)
{
    const batch *b = context;
    row_place at_first = {batch_ballot_source(b, first), b->ballots.row[first]};
    row_place at_again = {batch_ballot_source(b, again), b->ballots.row[again]};
    const vocabulary_word *role = &b->words.roles[b->ballots.role[first]].word;
    report_again(b, (const message_id[2]){MSG_input_ballot_twice, MSG_input_ballot_twice_elsewhere}, role->id,
                 word_label(role), at_first, at_again, problems);
}

static bool check_ballots(batch *b, unsigned threads)
{
    const ballots *d = &b->ballots;
    repeat_search search = {d->subject, d->count, b->people.count, b, ballot_key, report_ballot};
    return repeats_find(&search, threads, &b->problems);
}

static bool measure_key(const void *context, uint32_t row, uint64_t *key)
{
    *key = ((const batch *)context)->measures[row].measure;
    return true;
}

static void report_measure(const void *context, uint32_t first, uint32_t again, problem_list *problems)
{
    const batch *b = context;
    const measure *one = &b->measures[first], *other = &b->measures[again];
    const vocabulary_word *word = &b->words.measures[one->measure].word;
    report_again(b, (const message_id[2]){MSG_input_measure_twice, MSG_input_measure_twice_elsewhere}, word->id,
                 word_label(word), (row_place){one->source, one->row}, (row_place){other->source, other->row},
                 problems);
}

static bool check_measures(batch *b, unsigned threads)
{
    uint32_t *subject = mem_resize(NULL, b->measure_count, sizeof *subject);
    for (size_t i = 0; subject && i < b->measure_count; i++)
        subject[i] = b->measures[i].subject;
    repeat_search search = {subject, b->measure_count, b->people.count, b, measure_key, report_measure};
    bool done = subject && repeats_find(&search, threads, &b->problems);
    mem_free(subject);
    return done;
}

/* Subjects without a row of a measure that the scheme needs of them. */
static bool check_absent_measures(batch *b)
{
    const vocabulary *words = &b->words;
    bool *seen = mem_alloc(b->people.count + 1);
    for (size_t m = 0; seen && words->needs_measures && b->has_table[TABLE_MEASURES] && m < words->measure_count; m++) {
        for (size_t i = 0; i < b->people.count; i++)
            seen[i] = !(words->measures[m].needed_by >> vocabulary_level(words, b->people.category[i]) & 1);
        for (size_t i = 0; i < b->measure_count; i++)
            seen[b->measures[i].subject] |= b->measures[i].measure == m;
        for (size_t i = 0; i < b->people.count; i++)
            if (!seen[i])
                problem_add(&b->problems, (problem){.what = message_of2(MSG_input_measure_absent, words->measures[m].word.id,
                                                                        word_label(&words->measures[m].word)),
                                                    .source = b->people.source[i], .row = b->people.row[i]});
    }
    mem_free(seen);
    return seen != NULL;
}

typedef struct history_check {
    const batch *b;
    uint32_t *subject, *period; /* [history] */
    interner periods;
} history_check;

static bool history_key(const void *context, uint32_t row, uint64_t *key)
{
    *key = ((const history_check *)context)->period[row];
    return true;
}

static void report_history(const void *context, uint32_t first, uint32_t again, problem_list *problems)
{
    const batch *b = ((const history_check *)context)->b;
    const history *one = &b->history[first], *other = &b->history[again];
    report_again(b, (const message_id[2]){MSG_input_history_twice, MSG_input_history_twice_elsewhere}, one->period,
                 one->period, (row_place){one->source, one->row}, (row_place){other->source, other->row}, problems);
}

/* 2025 and 2025-01-01..2025-12-31 are one period. */
static uint32_t number_period(interner *periods, text period)
{
    date_span span;
    bool known = period_parse(period.bytes, period.length, &span);
    return intern_add(periods, known ? (text){(const char *)&span, sizeof span} : period);
}

static bool number_periods(history_check *check)
{
    const batch *b = check->b;
    for (size_t i = 0; i < b->history_count; i++) {
        check->subject[i] = b->history[i].subject;
        check->period[i] = number_period(&check->periods, b->history[i].period);
        if (check->period[i] == INTERN_NONE)
            return false;
    }
    return true;
}

static bool check_history(batch *b, unsigned threads)
{
    size_t count = b->history_count;
    history_check check = {.b = b};
    check.subject = mem_resize(NULL, count, sizeof *check.subject);
    check.period = mem_resize(NULL, count, sizeof *check.period);
    repeat_search search = {check.subject, count, b->people.count, &check, history_key, report_history};
    bool done = check.subject && check.period && number_periods(&check) && repeats_find(&search, threads, &b->problems);
    intern_free(&check.periods);
    mem_free(check.subject);
    mem_free(check.period);
    return done;
}

static bool decision_key(const void *context, uint32_t row, uint64_t *key)
{
    enum { BEFORE_ALL_DAYS = 1000000, KIND_BITS = 2 }; /* days are counted from 1970, those before it below 0 */
    const decision *d = &((const batch *)context)->decisions[row];
    *key = (uint64_t)(d->day + BEFORE_ALL_DAYS) << KIND_BITS | d->kind;
    return true;
}

static void report_decision(const void *context, uint32_t first, uint32_t again, problem_list *problems)
{
    const batch *b = context;
    const decision *one = &b->decisions[first], *other = &b->decisions[again];
    report_again(b, (const message_id[2]){MSG_input_decision_twice, MSG_input_decision_twice_elsewhere}, decision_kind_words[one->kind].id,
                 decision_kind_words[one->kind].zh, (row_place){one->source, one->row}, (row_place){other->source, other->row}, problems);
}

static bool check_decisions(batch *b, unsigned threads)
{
    uint32_t *subject = mem_resize(NULL, b->decision_count, sizeof *subject);
    for (size_t i = 0; subject && i < b->decision_count; i++)
        subject[i] = b->decisions[i].subject;
    repeat_search search = {subject, b->decision_count, b->people.count, b, decision_key, report_decision};
    bool done = subject && repeats_find(&search, threads, &b->problems);
    mem_free(subject);
    return done;
}

/* ---- invalid ballots ---- */

typedef struct invalid_count {
    const ballots *ballots;
    size_t parts, *found; /* [parts] */
} invalid_count;

enum { COUNT_BLOCK = 4096 };

/* Column by column, as they lie in memory. */
static size_t count_block(const ballots *d, size_t first, size_t count)
{
    uint8_t bad[COUNT_BLOCK] = {0};
    size_t invalid = 0;
    for (size_t item = 0; item < d->item_count; item++) {
        const int64_t *values = d->values[item] + first;
        for (size_t i = 0; i < count; i++)
            bad[i] |= values[i] <= CELL_INVALID;
    }
    for (size_t i = 0; i < count; i++)
        invalid += bad[i];
    return invalid;
}

static void count_part(void *context, size_t part, unsigned worker)
{
    const invalid_count *job = context;
    const ballots *d = job->ballots;
    size_t at = (size_t)((uint128)d->count * part / job->parts),
           end = (size_t)((uint128)d->count * (part + 1) / job->parts);
    (void)worker;
    job->found[part] = 0;
    for (; at < end; at += COUNT_BLOCK)
        job->found[part] += count_block(d, at, end - at < COUNT_BLOCK ? end - at : COUNT_BLOCK);
}

static void count_invalid(batch *b, unsigned threads)
{
    enum { PARTS = 16 };
    size_t found[PARTS] = {0};
    invalid_count job = {&b->ballots, PARTS, found};
    parallel_run(PARTS, b->ballots.count > 10000 ? threads : 1, count_part, &job);
    b->invalid_ballots = 0;
    for (size_t i = 0; i < PARTS; i++)
        b->invalid_ballots += found[i];
}

/* ---- notices ---- */

static void add_count(batch *b, message what, uint32_t source, size_t count)
{
    buffer number = {0};
    buffer_add_integer(&number, (int64_t)count);
    what.args[1] = buffer_text(&number);
    problem_add(&b->problems, (problem){.severity = PROBLEM_NOTICE, .what = what, .source = source});
    b->problems.failed |= number.failed;
    buffer_free(&number);
}

/* {0}: the role's id, {1}: how many, {2}: `more`, {3}: what people call the role. */
static void report_role(batch *b, message_id id, uint32_t source, const vocabulary_word *role, size_t count, text more)
{
    message what = message_of4(id, role->id, TEXT(""), more, word_label_en(role));
    what.zh[3] = word_label(role);
    add_count(b, what, source, count);
}

/* Files leave ballots of unused roles out, with a notice of their own; these came from a program's columns. */
static void notice_unused_roles(batch *b)
{
    enum { MOST_ROLES = 32 };
    size_t seen[MOST_ROLES] = {0};
    bool every_role_used = true;
    for (size_t role = 0; role < b->words.role_count; role++)
        every_role_used = every_role_used && b->words.roles[role].used;
    for (size_t i = 0; !every_role_used && i < b->ballots.count; i++)
        seen[b->ballots.role[i] % MOST_ROLES]++;
    for (size_t role = 0; role < b->words.role_count && role < MOST_ROLES; role++) {
        const vocabulary_word *word = &b->words.roles[role].word;
        if (!b->words.roles[role].used && seen[role] > 0)
            report_role(b, MSG_input_role_unused, PROBLEM_NO_SOURCE, word, seen[role], word_label(word));
    }
}

/* What stands behind the last '-' of the file or sheet: 群众 of "a.xlsx [评分-群众]" and of "评分-群众.csv". */
static text named_for(text name)
{
    size_t end = name.length, begin;
    if (end > 0 && name.bytes[end - 1] == ']')
        end--;
    else
        for (size_t i = end; i > 0 && name.bytes[i] != '/'; i--)
            if (name.bytes[i - 1] == '.') {
                end = i - 1;
                break;
            }
    for (begin = end; begin > 0 && name.bytes[begin - 1] != '-'; begin--)
        continue;
    return begin > 0 ? (text){name.bytes + begin, end - begin} : TEXT("");
}

/* Number of the role that the table is named after, role_count: of none. */
static size_t role_of_table(const batch *b, uint32_t source)
{
    text name = source < b->source_count ? named_for(b->sources[source].name) : TEXT("");
    size_t role = 0;
    for (; name.length && role < b->words.role_count; role++) {
        const vocabulary_word *w = &b->words.roles[role].word;
        if (text_equal(name, w->id) || text_equal(name, w->zh) || text_equal(name, w->en))
            return role;
    }
    return b->words.role_count;
}

/* A table for one role that holds ballots of another: a slip in a column that is the same everywhere. */
static void notice_other_roles(batch *b)
{
    for (size_t s = 0; s < b->ballots.segment_count; s++) {
        size_t end = s + 1 < b->ballots.segment_count ? b->ballots.segments[s + 1].first : b->ballots.count, others = 0;
        uint32_t source = b->ballots.segments[s].source, row = 0;
        size_t role = role_of_table(b, source);
        for (size_t i = b->ballots.segments[s].first; role < b->words.role_count && i < end; i++)
            if (b->ballots.role[i] != role && others++ == 0)
                row = b->ballots.row[i];
        buffer first = {0};
        buffer_add_integer(&first, row);
        if (others)
            report_role(b, MSG_input_role_other, source, &b->words.roles[role].word, others, buffer_text(&first));
        b->problems.failed |= first.failed;
        buffer_free(&first);
    }
}

static bool is_outside(const event *e, date_span period)
{
    return e->from != DATE_NONE && (e->from > period.to || (e->to != DATE_NONE && e->to < period.from));
}

/* One notice per file: a log of many years would otherwise drown everything else. Returns where the next file begins.
 */
static size_t notice_outside(batch *b, size_t first, text period)
{
    uint32_t source = b->events[first].source;
    buffer row = {0};
    size_t outside = 0, i = first;
    for (; i < b->event_count && b->events[i].source == source; i++)
        if (is_outside(&b->events[i], b->words.period) && outside++ == 0)
            buffer_add_integer(&row, b->events[i].row);
    if (outside > 0)
        add_count(b, message_of3(MSG_input_events_outside, period, TEXT(""), buffer_text(&row)), source, outside);
    b->problems.failed |= row.failed;
    buffer_free(&row);
    return i;
}

static void notice_events_outside(batch *b)
{
    buffer period = {0};
    if (b->words.period.from == DATE_NONE || b->event_count == 0)
        return;
    buffer_add_date(&period, b->words.period.from);
    buffer_add_string(&period, "..");
    buffer_add_date(&period, b->words.period.to);
    for (size_t i = 0; i < b->event_count;)
        i = notice_outside(b, i, buffer_text(&period));
    b->problems.failed |= period.failed;
    buffer_free(&period);
}

/* ---- who is asked to rate whom ---- */

typedef struct asked_check {
    const batch *b;
    uint32_t *whom; /* [assignment]: a subject, behind them the units, behind them everybody */
} asked_check;

static bool asked_key(const void *context, uint32_t row, uint64_t *key)
{
    enum { ROLE_BITS = 5 };
    const assignment *a = &((const asked_check *)context)->b->asked.rows[row];
    *key = (uint64_t)a->rater << ROLE_BITS | a->role;
    return true;
}

static void report_asked(const void *context, uint32_t first, uint32_t again, problem_list *problems)
{
    const batch *b = ((const asked_check *)context)->b;
    const assignment *one = &b->asked.rows[first], *other = &b->asked.rows[again];
    report_again(b, (const message_id[2]){MSG_input_asked_twice, MSG_input_asked_twice_elsewhere}, b->asked.raters.texts[one->rater],
                 TEXT(""), (row_place){one->source, one->row}, (row_place){other->source, other->row}, problems);
}

static bool check_assignments(batch *b, unsigned threads)
{
    size_t people = b->people.count, units = b->asked.units.count, count = b->asked.count;
    asked_check check = {b, mem_resize(NULL, count, sizeof *check.whom)};
    for (size_t i = 0; check.whom && i < count; i++) {
        const assignment *a = &b->asked.rows[i];
        check.whom[i] = a->subject != SUBJECT_NONE ? a->subject : (uint32_t)(people + (a->unit != UNIT_NONE ? a->unit : units));
    }
    repeat_search search = {check.whom, count, people + units + 1, &check, asked_key, report_asked};
    bool done = check.whom && repeats_find(&search, threads, &b->problems);
    mem_free(check.whom);
    return done;
}

bool batch_finish(batch *b, unsigned threads)
{
    threads = threads > 0 ? threads : 1;
    check_tables(b);
    bool done = check_ballots(b, threads) && check_measures(b, threads) && check_history(b, threads) &&
                check_decisions(b, threads);
    done = done && check_assignments(b, threads);
    done = done && check_absent_measures(b) && units_notice(b, threads);
    count_invalid(b, threads);
    notice_unused_roles(b);
    notice_other_roles(b);
    notice_events_outside(b);
    problem_list_sort(&b->problems);
    return done && !b->problems.failed;
}
