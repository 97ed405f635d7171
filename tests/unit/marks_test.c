/* marks: what is decided from the raters, sealed, and taken from the file again. The raters of a sealed file cannot be told apart, so
 * whatever comes out the same came out of the marks. The seed of what is drawn by chance stands below. */
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/exchange.h"
#include "made_run.h"
#include "store/store.h"

#define DECLARED SCHEME \
    "attributes { { 'rank', " WORDS ", words = { '处级', '科级' }, optional = true } }\n" \
    "items { { 'a', zh = '甲', en = 'A', points = 6, invalid = 'counted_apart' }, { 'b', zh = '乙', en = 'B', points = 4, invalid = 'counted_apart' } }\n" ROLES

#define RULES DECLARED \
    "sheets { 'peer', per = 'rater', complete = true, not_all_same = true, " WORDS " }\n" \
    "sheets { 'peer', 'leader', per = 'ballot', not_all_same = true, " WORDS " }\n" \
    "local all = ballots { 'peer', 'leader' }\n" \
    "step { all:total():invalid(), " WORDS " }\n" \
    "step { ballots 'peer':of_raters { 'rank', '处级' }:total():sum(), " WORDS " }\n" \
    "step { all:of_raters { 'rank', '科级', '处级' }:total():count(), " WORDS " }\n" \
    "score { all:total():mean():or_else(0) + ballots 'peer':of_raters { 'rank', '处级' }:total():mean():or_else(0), round = half_up(3), " WORDS " }\n"

enum { ROUNDS = 60, PEOPLE = 6, MOST_BALLOTS = 40, PEER = 1, LEADER = 2 };

static uint64_t chance = 20261126;

static unsigned below(unsigned limit)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance >> 33) % limit;
}

/* ---- a batch, and the same from its file ---- */

typedef struct twice {
    char path[64];
    made_run live, again;
} twice;

static void add_ballot(batch *b, uint32_t subject, const char *rater, uint8_t role, int64_t first, int64_t second)
{
    ballots *d = &b->ballots;
    assert_true(batch_reserve_ballots(b, d->count + 1));
    d->subject[d->count] = subject;
    d->role[d->count] = role;
    d->rater[d->count] = rater ? intern_add(&d->raters, text_of(rater)) : RATER_ANONYMOUS;
    d->row[d->count] = (uint32_t)d->count + 2;
    d->values[0][d->count] = first;
    d->values[1][d->count] = second;
    d->count++;
}

static void open_people(twice *t, const char *rules)
{
    static const char *const ranks[PEOPLE] = {"处级", "科级", "处级", "", "科级", "处级"};
    run_open(&t->live, rules);
    for (int i = 0; i < PEOPLE; i++)
        run_subject(&t->live, (const char[]){(char)('a' + i), '\0'}, NULL);
    size_t rank = batch_attribute(t->live.b, TEXT("rank"));
    for (uint32_t i = 0; i < PEOPLE; i++)
        assert_true(batch_set_attribute(t->live.b, rank, i, text_of(ranks[i])));
    assert_true(batch_begin_segment(t->live.b, t->live.source));
}

static void carry_out(made_run *m)
{
    const engine_options engine = {.threads = 2};
    assert_true(batch_finish(m->b, 1));
    assert_int_equal(engine_run(m->p, m->b, &engine, &m->r, NULL), ASSESS_OK);
}

static void seal_run(twice *t)
{
    buffer csv = {0};
    strcpy(t->path, "/tmp/assess-marks-XXXXXX");
    int made = mkstemp(t->path);
    assert_true(made >= 0);
    close(made);
    exchange_results_csv(t->live.r, ASSESS_ZH, &csv);
    seal s = {.outcome = t->live.r, .results_csv = buffer_text(&csv), .language = ASSESS_ZH, .engine_version = TEXT("0.1.0"), .threads = 2};
    assert_int_equal(store_write(&s, t->path, true, NULL), ASSESS_OK);
    buffer_free(&csv);
}

static void replay_run(twice *t, const char *rules)
{
    store *s = NULL;
    run_open(&t->again, rules);
    t->again.b->source_count = 0; /* the file has its own */
    assert_int_equal(store_open(t->path, &s, NULL), ASSESS_OK);
    assert_int_equal(store_read(s, t->again.b, NULL), ASSESS_OK);
    store_close(s);
    carry_out(&t->again);
}

static void do_twice(twice *t, const char *rules)
{
    carry_out(&t->live);
    seal_run(t);
    replay_run(t, rules);
}

static void close_twice(twice *t)
{
    run_close(&t->live);
    run_close(&t->again);
    unlink(t->path);
}

/* ---- the same ---- */

static void assert_same_csv(const twice *t)
{
    buffer live = {0}, again = {0};
    exchange_results_csv(t->live.r, ASSESS_ZH, &live);
    exchange_results_csv(t->again.r, ASSESS_ZH, &again);
    assert_false(live.failed || again.failed);
    assert_true(text_equal(buffer_text(&live), buffer_text(&again)));
    buffer_free(&live);
    buffer_free(&again);
}

static void assert_same_figures(const twice *t)
{
    cell live[128], again[128];
    assert_true(t->live.p->node_count <= 128);
    for (uint32_t s = 0; s < PEOPLE; s++) {
        assert_true(engine_trace(t->live.r, s, live) && engine_trace(t->again.r, s, again));
        for (size_t n = 0; n < t->live.p->node_count; n++) {
            assert_int_equal(live[n].missing, again[n].missing);
            if (live[n].missing == NODE_NONE)
                assert_int_equal(fraction_compare(live[n].value, again[n].value), 0);
        }
    }
}

static void assert_same_counts(const twice *t)
{
    const result *live = t->live.r, *again = t->again.r;
    assert_int_equal(live->refused_count, again->refused_count);
    for (size_t i = 0; i < t->live.p->sheet_rule_count; i++)
        assert_int_equal(live->sheet_refused[i], again->sheet_refused[i]);
    assert_int_equal(live->batch->invalid_ballots, again->batch->invalid_ballots);
}

static void assert_same(const twice *t)
{
    assert_same_csv(t);
    assert_same_figures(t);
    assert_same_counts(t);
}

static void draw_ballots(batch *b)
{
    bool given[PEOPLE][PEOPLE + 1][2] = {{{false}}};
    for (unsigned i = 1 + below(MOST_BALLOTS); i > 0; i--) {
        unsigned subject = below(PEOPLE), rater = below(PEOPLE + 1), leader = below(3) == 0;
        int64_t first = below(8) ? (int64_t)below(7) : CELL_BLANK, second = below(12) ? (int64_t)below(5) : CELL_INVALID;
        if (given[subject][rater][leader] && rater < PEOPLE)
            continue;
        given[subject][rater][leader] = true;
        add_ballot(b, subject, rater < PEOPLE ? (const char[]){(char)('a' + rater), '\0'} : NULL, leader ? LEADER : PEER, first, second);
    }
}

static void test_whatever_was_handed_in_the_file_gives_it_again(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        twice t;
        open_people(&t, RULES);
        draw_ballots(t.live.b);
        do_twice(&t, RULES);
        assert_same(&t);
        close_twice(&t);
    }
}

/* A result from a file can be sealed again: nothing of what was withheld is needed. */
static void test_what_a_file_gives_can_be_sealed_and_replayed_once_more(void **state)
{
    (void)state;
    twice t, more;
    open_people(&t, RULES);
    draw_ballots(t.live.b);
    do_twice(&t, RULES);
    more.live = t.again;
    seal_run(&more);
    replay_run(&more, RULES);
    assert_same(&more);
    unlink(t.path);
    run_close(&t.live);
    close_twice(&more);
}

/* ---- what stands in the file ---- */

/* All rows of one text column, one after the other. */
static void assert_column(const twice *t, const char *sql, const char *expected)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *rows = NULL;
    buffer found = {0};
    assert_int_equal(sqlite3_open_v2(t->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        buffer_add_string(&found, (const char *)sqlite3_column_text(rows, 0));
    buffer_add_char(&found, '\0');
    assert_string_equal(found.bytes, expected);
    buffer_free(&found);
    sqlite3_finalize(rows);
    sqlite3_close(db);
}

/* b and c have blank cells; the peers' rule is bit 0. Anonymous ballots stand in the order of their text. */
#define COMPLETE DECLARED \
    "sheets { 'peer', per = 'rater', complete = true, " WORDS " }\n" \
    "step { ballots 'peer':of_raters { 'rank', '处级' }:total():count(), " WORDS " }\n" \
    "score { ballots { 'peer', 'leader' }:total():mean():or_else(0), round = half_up(1), " WORDS " }\n"

static void test_a_refused_ballot_leaves_its_mark_and_no_value(void **state)
{
    (void)state;
    twice t;
    open_people(&t, COMPLETE);
    add_ballot(t.live.b, 0, "b", PEER, 3, 2);          /* refused for the other one of b: ~ */
    add_ballot(t.live.b, 1, "b", PEER, 5, CELL_INVALID); /* blank itself */
    add_ballot(t.live.b, 2, "d", PEER, 4, 1);          /* stays, without rank */
    do_twice(&t, COMPLETE);
    assert_column(&t, "SELECT sheets FROM ballot ORDER BY number", "~\n-,-\n4,1\n");
    assert_column(&t, "SELECT marks FROM ballot ORDER BY number", "1\n1\n0\n");
    assert_same(&t);
    close_twice(&t);
}

static void test_a_rater_who_passes_is_marked_in_the_roles_that_the_filter_is_for(void **state)
{
    (void)state;
    twice t;
    open_people(&t, COMPLETE);
    add_ballot(t.live.b, 1, "a", PEER, 3, 2);
    add_ballot(t.live.b, 2, "a", LEADER, 3, 2);
    add_ballot(t.live.b, 3, NULL, PEER, 3, 2);
    do_twice(&t, COMPLETE);
    assert_column(&t, "SELECT marks FROM ballot ORDER BY number", "2\n0\n0\n"); /* the rule is bit 0, the filter bit 1 */
    assert_column(&t, "SELECT sheets FROM ballot ORDER BY number", "3,2\n3,2\n3,2\n");
    close_twice(&t);
}

#define PER_BALLOT DECLARED \
    "sheets { 'peer', per = 'ballot', not_all_same = true, " WORDS " }\n" \
    "step { when(attribute 'rank':is('处级'), 1, 0), " WORDS " }\n" \
    "score { ballots 'peer':total():mean():or_else(0), round = half_up(1), " WORDS " }\n"

static void test_rules_on_single_ballots_leave_no_marks(void **state)
{
    (void)state;
    twice t;
    open_people(&t, PER_BALLOT);
    add_ballot(t.live.b, 0, "b", PEER, 3, 2); /* 3/6 = 2/4: refused, and can be refused again */
    add_ballot(t.live.b, 0, "c", PEER, 6, 3);
    do_twice(&t, PER_BALLOT);
    assert_column(&t, "SELECT marks FROM ballot", "");
    assert_int_equal(t.again.r->refused_count, 1);
    assert_same(&t);
    close_twice(&t);
}

/* ---- files of others ---- */

static void edit_file(const twice *t, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(chmod(t->path, 0600), 0);
    assert_int_equal(sqlite3_open_v2(t->path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void assert_cannot_be_read(const char *sql)
{
    twice t;
    store *s = NULL;
    open_people(&t, COMPLETE);
    add_ballot(t.live.b, 0, "b", PEER, 3, CELL_BLANK);
    add_ballot(t.live.b, 1, "b", PEER, 5, 4);
    carry_out(&t.live);
    seal_run(&t);
    edit_file(&t, sql);
    run_open(&t.again, COMPLETE);
    assert_int_equal(store_open(t.path, &s, NULL), ASSESS_OK);
    assert_int_equal(store_read(s, t.again.b, NULL), ASSESS_E_INPUT);
    store_close(s);
    close_twice(&t);
}

#define UNREADABLE(name, sql) \
    static void test_a_file_with_##name##_cannot_be_read(void **state) \
    { \
        (void)state; \
        assert_cannot_be_read(sql); \
    }

UNREADABLE(marks_for_some_rows_alone, "UPDATE ballot SET marks = '' WHERE subject = 1")
UNREADABLE(marks_after_rows_without, "UPDATE ballot SET marks = '' WHERE subject = 0")
UNREADABLE(a_mark_too_many, "UPDATE ballot SET marks = marks || marks")
UNREADABLE(a_mark_that_is_no_number, "UPDATE ballot SET marks = 'g' || char(10)")
UNREADABLE(a_mark_of_seventeen_digits, "UPDATE ballot SET marks = '10000000000000000' || char(10)")
UNREADABLE(a_mark_with_a_zero_before_it, "UPDATE ballot SET marks = '01' || char(10)")
UNREADABLE(withheld_values_and_no_mark, "UPDATE ballot SET marks = '0' || char(10), sheets = '~' || char(10)")
UNREADABLE(withheld_values_and_no_marks, "UPDATE ballot SET marks = '', sheets = '~' || char(10)")

static void assert_holds_together(const char *path, const char *scheme)
{
    store *s = NULL;
    bool untouched = false;
    assert_int_equal(store_open(path, &s, NULL), ASSESS_OK);
    assert_int_equal(store_is_untouched(s, &untouched, NULL), ASSESS_OK);
    assert_true(untouched);
    assert_true(text_equal(store_get(s)->scheme, text_of(scheme)));
    store_close(s);
}

/* The chain of tests/golden/store-1.db, sealed when the tables had no marks: `assess run` of the tutorial's tables. */
static void test_a_file_of_the_first_format_holds_together(void **state)
{
    (void)state;
    assert_holds_together("tests/golden/store-1.db", "hall");
}

/* Sealed when there was no table of decisions: eight people of seal_test.py, drawn with the seed 2. */
static void test_a_file_of_the_second_format_holds_together(void **state)
{
    (void)state;
    assert_holds_together("tests/golden/store-2.db", "sealed");
}

/* ---- without memory ---- */

static assess_status read_and_run(const twice *t, const made_run *m, assess_error *err)
{
    const engine_options engine = {.threads = 1};
    store *s = NULL;
    result *r = NULL;
    batch *b = batch_new(&m->b->words);
    assess_status status = b ? store_open(t->path, &s, err) : error_no_memory(err);
    status = status ? status : store_read(s, b, err);
    if (!status && !batch_finish(b, 1))
        status = error_no_memory(err);
    status = status ? status : engine_run(m->p, b, &engine, &r, err);
    result_free(r);
    store_close(s);
    batch_free(b);
    return status;
}

static void test_marks_are_worked_out_and_read_whole_or_not_at_all(void **state)
{
    (void)state;
    const engine_options engine = {.threads = 1};
    assess_status status = ASSESS_E_SYSTEM;
    twice t;
    open_people(&t, RULES);
    draw_ballots(t.live.b);
    do_twice(&t, RULES);
    for (long n = 0; status; n++) {
        result *r = NULL;
        mem_fault_after(n);
        status = engine_run(t.live.p, t.live.b, &engine, &r, NULL);
        mem_fault_after(-1);
        result_free(r);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
    }
    status = ASSESS_E_SYSTEM;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        mem_fault_after(n);
        status = read_and_run(&t, &t.again, &err);
        mem_fault_after(-1);
        assert_true(status == ASSESS_OK || status == ASSESS_E_SYSTEM);
    }
    close_twice(&t);
}

/* ---- how many ---- */

/* `sheets` rules on sheets and `filters` filters, all different. */
static void write_rules(buffer *out, int sheets, int filters)
{
    char line[160];
    buffer_add_string(out, SCHEME "attributes { { 'rank', " WORDS ", text = true } }\n" ITEMS ROLES);
    for (int i = 0; i < sheets; i++)
        buffer_add_string(out, "sheets { 'peer', per = 'rater', complete = true, " WORDS " }\n");
    for (int i = 0; i < filters; i++) {
        snprintf(line, sizeof line, "step { ballots 'peer':of_raters { 'rank', 'r%d' }:total():count(), " WORDS " }\n", i);
        buffer_add_string(out, line);
    }
    buffer_add_string(out, SCORE);
    buffer_add_char(out, '\0');
}

static assess_status load_many(int sheets, int filters, assess_error *err)
{
    buffer rules = {0};
    plan *p = NULL;
    write_rules(&rules, sheets, filters);
    rules_request request = {.file_name = TEXT("x.lua"), .bytes = text_of(rules.bytes), .period = TEXT("2026")};
    assess_status status = rules_load(&request, &p, err);
    plan_free(p);
    buffer_free(&rules);
    return status;
}

static void test_sixty_four_rules_and_filters_fit_a_mark(void **state)
{
    (void)state;
    assert_int_equal(load_many(30, 34, NULL), ASSESS_OK);
}

static void test_the_filter_beyond_sixty_four_is_refused_where_it_stands(void **state)
{
    (void)state;
    assess_error err = {0};
    assert_int_not_equal(load_many(30, 35, &err), ASSESS_OK);
    assert_string_equal(err.id, "rules.too_many_marks");
    assert_int_equal(err.line, 4 + 30 + 35); /* scheme, attributes, items, roles, then a line each */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_was_handed_in_the_file_gives_it_again),
        cmocka_unit_test(test_what_a_file_gives_can_be_sealed_and_replayed_once_more),
        cmocka_unit_test(test_a_refused_ballot_leaves_its_mark_and_no_value),
        cmocka_unit_test(test_a_rater_who_passes_is_marked_in_the_roles_that_the_filter_is_for),
        cmocka_unit_test(test_rules_on_single_ballots_leave_no_marks),
        cmocka_unit_test(test_a_file_with_marks_for_some_rows_alone_cannot_be_read),
        cmocka_unit_test(test_a_file_with_marks_after_rows_without_cannot_be_read),
        cmocka_unit_test(test_a_file_with_a_mark_too_many_cannot_be_read),
        cmocka_unit_test(test_a_file_with_a_mark_that_is_no_number_cannot_be_read),
        cmocka_unit_test(test_a_file_with_a_mark_of_seventeen_digits_cannot_be_read),
        cmocka_unit_test(test_a_file_with_a_mark_with_a_zero_before_it_cannot_be_read),
        cmocka_unit_test(test_a_file_with_withheld_values_and_no_mark_cannot_be_read),
        cmocka_unit_test(test_a_file_with_withheld_values_and_no_marks_cannot_be_read),
        cmocka_unit_test(test_a_file_of_the_first_format_holds_together),
        cmocka_unit_test(test_a_file_of_the_second_format_holds_together),
        cmocka_unit_test(test_marks_are_worked_out_and_read_whole_or_not_at_all),
        cmocka_unit_test(test_sixty_four_rules_and_filters_fit_a_mark),
        cmocka_unit_test(test_the_filter_beyond_sixty_four_is_refused_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
