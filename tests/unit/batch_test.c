/* The tables of an assessment as columns, and what is checked when all of them are in. */
#include "made_tables.h"

static batch *empty_batch(void)
{
    vocabulary words = bureau();
    batch *b = batch_new(&words);
    assert_non_null(b);
    return b;
}

static uint32_t add_person(batch *b, const char *id)
{
    uint32_t number;
    text none = TEXT("");
    b->has_table[TABLE_PEOPLE] = true;
    assert_true(batch_add_subject(b, text_of(id), text_of("某人"), none, none, none, DATE_NONE, 0,
                                  (uint32_t)b->people.count + 2, &number));
    return number;
}

static void add_ballot(batch *b, uint32_t subject, const char *rater, uint8_t role, int64_t value, uint32_t row)
{
    ballots *d = &b->ballots;
    size_t n = d->count;
    assert_true(batch_reserve_ballots(b, n + 1));
    d->subject[n] = subject;
    d->rater[n] = rater ? intern_add(&d->raters, text_of(rater)) : RATER_ANONYMOUS;
    d->role[n] = role;
    d->row[n] = row;
    for (size_t i = 0; i < d->item_count; i++)
        d->values[i][n] = value;
    d->count = n + 1;
}

/* ---- storage ---- */

static void test_texts_are_copied(void **state)
{
    char id[] = "7", name[] = "王芳";
    uint32_t number;
    batch *b = empty_batch();
    (void)state;
    assert_true(
        batch_add_subject(b, text_of(id), text_of(name), TEXT("一科"), TEXT(""), TEXT("科员"), 3, 0, 2, &number));
    id[0] = name[0] = '?';
    assert_int_equal(number, 0);
    assert_text(b->people.ids.texts[0], "7");
    assert_text(b->people.name[0], "王芳");
    assert_text(b->people.unit[0], "一科");
    assert_text(b->people.category[0], "");
    assert_text(b->people.post[0], "科员");
    assert_int_equal(b->people.start[0], 3);
    batch_free(b);
}

/* Contract, input tables: “a second row for one person” is an error. The first one stays. */
static void test_a_second_row_for_one_person_is_an_error(void **state)
{
    batch *b = empty_batch();
    (void)state;
    batch_add_source(b, TEXT("people.csv"));
    assert_int_equal(add_person(b, "1"), 0);
    assert_int_equal(add_person(b, "1"), SUBJECT_NONE);
    assert_int_equal(add_person(b, "2"), 1);
    assert_int_equal(b->people.count, 2);
    assert_said(assert_error(b, "input.person_twice", 3, 0), "row 2 already; correct the id, or delete one");
    batch_free(b);
}

static void test_attributes_are_columns_that_exist_for_all(void **state)
{
    batch *b = empty_batch();
    (void)state;
    add_person(b, "1");
    assert_int_equal(batch_attribute(b, TEXT("民族")), 0);
    assert_int_equal(batch_attribute(b, TEXT("年龄")), 1);
    assert_int_equal(batch_attribute(b, TEXT("民族")), 0);
    for (int i = 2; i < 40; i++)
        add_person(b, (const char[]){(char)('A' + i), '\0'});
    assert_int_equal(b->people.attribute_count, 2);
    for (size_t i = 0; i < b->people.count; i++)
        assert_int_equal(b->people.attributes[0][i].length + b->people.attributes[1][i].length, 0);
    batch_free(b);
}

static batch *batch_with_attributes(const vocabulary_attribute attributes[2])
{
    vocabulary words = bureau();
    words.attributes = attributes;
    words.attribute_count = 2;
    batch *b = batch_new(&words);
    assert_non_null(b);
    return b;
}

static void test_values_stand_beside_the_texts_as_soon_as_there_is_one(void **state)
{
    const vocabulary_attribute attributes[2] = {{.kind = ATTRIBUTE_NUMBER}, {.kind = ATTRIBUTE_DAY}};
    const decimal none = {CELL_BLANK, 0};
    batch *b = batch_with_attributes(attributes);
    (void)state;
    for (int i = 0; i < 40; i++) { /* more than the first room for people */
        add_person(b, (const char[]){(char)('A' + i), '\0'});
        assert_true(batch_add_values(b, (const decimal[2]){i == 20 ? (decimal){455, 1} : none, none}));
    }
    const value_column *age = batch_values(b, 0);
    assert_true(age->values[19] == CELL_BLANK && age->values[21] == CELL_BLANK);
    assert_true(age->values[20] == 455 && age->scale[20] == 1); /* 45.5 */
    assert_null(batch_values(b, 1)->values);
    batch_free(b);
}

static void test_values_of_some_are_the_values_of_nobody(void **state)
{
    const vocabulary_attribute attributes[2] = {{.kind = ATTRIBUTE_NUMBER}, {.kind = ATTRIBUTE_DAY}};
    const decimal seven[2] = {{7, 0}, {7, 0}};
    batch *b = batch_with_attributes(attributes);
    (void)state;
    add_person(b, "1");
    assert_true(batch_add_values(b, seven));
    assert_non_null(batch_values(b, 0));
    add_person(b, "2"); /* as a caller without a table adds people */
    assert_null(batch_values(b, 0));
    add_person(b, "3");
    assert_true(batch_add_values(b, seven));
    assert_null(batch_values(b, 0));
    batch_free(b);
}

static void test_raising_a_scale_keeps_the_values(void **state)
{
    batch *b = empty_batch();
    (void)state;
    add_ballot(b, 0, NULL, 1, 7, 2);
    add_ballot(b, 0, NULL, 1, CELL_BLANK, 3);
    add_ballot(b, 0, NULL, 1, CELL_INVALID, 4);
    batch_raise_scale(b, 3, 2);
    batch_raise_scale(b, 3, 1);
    assert_int_equal(b->ballots.scale[3], 2);
    assert_int_equal(b->ballots.scale[2], 0);
    assert_true(b->ballots.values[3][0] == 700);
    assert_true(b->ballots.values[3][1] == CELL_BLANK);
    assert_true(b->ballots.values[3][2] == CELL_INVALID);
    batch_free(b);
}

static void test_a_ballot_knows_its_source(void **state)
{
    batch *b = empty_batch();
    (void)state;
    assert_int_equal(batch_ballot_source(b, 0), PROBLEM_NO_SOURCE);
    assert_true(batch_begin_segment(b, 1));
    assert_true(batch_begin_segment(b, 4)); /* the first one stayed empty */
    add_ballot(b, 0, NULL, 1, 1, 2);
    add_ballot(b, 0, NULL, 1, 1, 3);
    assert_true(batch_begin_segment(b, 4));
    add_ballot(b, 0, NULL, 1, 1, 4);
    assert_true(batch_begin_segment(b, 2));
    add_ballot(b, 0, NULL, 1, 1, 2);
    static const uint32_t expected[] = {4, 4, 4, 2};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(batch_ballot_source(b, i), expected[i]);
    batch_free(b);
}

/* ---- batch_finish ---- */

/* Contract: “a second ballot of the same rater for the same subject in the same role” is an error. */
static void test_a_second_ballot_is_named_with_the_first_ones_row(void **state)
{
    batch *b = empty_batch();
    (void)state;
    batch_add_source(b, TEXT("a.csv"));
    batch_add_source(b, TEXT("b.csv"));
    add_person(b, "1");
    add_person(b, "2");
    batch_begin_segment(b, 0);
    add_ballot(b, 0, "r", 1, 1, 2);
    add_ballot(b, 0, "r", 2, 1, 3);  /* another role */
    add_ballot(b, 1, "r", 1, 1, 4);  /* another subject */
    add_ballot(b, 0, "s", 1, 1, 5);  /* another rater */
    add_ballot(b, 0, NULL, 1, 1, 6); /* anonymous ones are never the same */
    add_ballot(b, 0, NULL, 1, 1, 7);
    add_ballot(b, 0, "r", 1, 9, 8);
    batch_begin_segment(b, 1);
    add_ballot(b, 0, "r", 1, 9, 2);
    assert_true(batch_finish(b, 2));
    assert_counts(b, 2, 0);
    const problem *here = assert_error(b, "input.ballot_twice", 8, 0);
    assert_int_equal(here->source, 0);
    assert_said(here, "first in row 2;");
    const problem *elsewhere = assert_error(b, "input.ballot_twice_elsewhere", 2, 0);
    assert_int_equal(elsewhere->source, 1);
    assert_said(elsewhere, "first in row 2 of 'a.csv'");
    batch_free(b);
}

/* Hardening 5: “errors name file and row …, never a rater beside a value”. */
static void test_a_second_ballot_names_neither_rater_nor_value(void **state)
{
    char said[2][2048];
    batch *b = empty_batch();
    (void)state;
    batch_add_source(b, TEXT("a.csv"));
    add_person(b, "1");
    batch_begin_segment(b, 0);
    add_ballot(b, 0, "secretname", 1, 777, 2);
    add_ballot(b, 0, "secretname", 1, 888, 3);
    assert_true(batch_finish(b, 1));
    const problem *p = assert_error(b, "input.ballot_twice", 3, 0);
    sentence(p, ASSESS_EN, said[0]);
    sentence(p, ASSESS_ZH, said[1]);
    for (int i = 0; i < 2; i++) {
        assert_false(contains(said[i], "secretname"));
        assert_false(contains(said[i], "888") || contains(said[i], "777"));
    }
    assert_int_equal(p->value.length, 0);
    batch_free(b);
}

/* One subject with very many ballots is sorted by a heap, not by insertion. */
static void test_many_ballots_of_one_subject_are_checked(void **state)
{
    enum { MANY = 3000 };
    batch *b = empty_batch();
    (void)state;
    batch_add_source(b, TEXT("a.csv"));
    add_person(b, "1");
    batch_begin_segment(b, 0);
    for (uint32_t i = 0; i < MANY; i++) {
        char rater[8] = {'r', (char)('a' + i * 7919 % MANY / 676), (char)('a' + i * 7919 % MANY / 26 % 26),
                         (char)('a' + i * 7919 % MANY % 26), '\0'};
        add_ballot(b, 0, rater, 1, 1, i + 2);
    }
    assert_true(batch_finish(b, 3));
    assert_clean(b);
    add_ballot(b, 0, "raaa", 1, 1, MANY + 2); /* 0 * 7919 = 0: the first rater again */
    assert_true(batch_finish(b, 3));
    assert_only_error(b, "input.ballot_twice", MANY + 2, 0);
    batch_free(b);
}

static void test_problems_do_not_depend_on_the_threads(void **state)
{
    enum { PEOPLE = 300, EACH = 400 };
    problem_list expected = {0};
    (void)state;
    for (unsigned threads = 1; threads <= 7; threads += 3) {
        batch *b = empty_batch();
        batch_add_source(b, TEXT("a.csv"));
        for (uint32_t i = 0; i < PEOPLE; i++)
            add_person(b, (const char[]){(char)('a' + i / 26), (char)('a' + i % 26), '\0'});
        batch_begin_segment(b, 0);
        for (uint32_t i = 0; i < PEOPLE * EACH; i++)
            add_ballot(b, i * 7 % PEOPLE,
                       (const char[]){(char)('!' + i * 31 / 97 % 90), (char)('!' + i * 17 / 89 % 90), '\0'},
                       (uint8_t)(1 + i % 2), 1, i + 2);
        assert_true(batch_finish(b, threads));
        if (threads == 1) {
            problem_list_append(&expected, &b->problems, 0);
            assert_true(expected.count > 100);
        }
        assert_int_equal(b->problems.count, expected.count);
        for (size_t i = 0; i < expected.count; i++) {
            assert_int_equal(b->problems.items[i].row, expected.items[i].row);
            assert_true(text_equal(b->problems.items[i].what.args[1], expected.items[i].what.args[1]));
        }
        batch_free(b);
    }
    problem_list_free(&expected);
}

static void test_invalid_ballots_are_counted(void **state)
{
    batch *b = empty_batch();
    (void)state;
    batch_add_source(b, TEXT("a.csv"));
    add_person(b, "1");
    batch_begin_segment(b, 0);
    add_ballot(b, 0, NULL, 1, CELL_BLANK, 2);
    add_ballot(b, 0, NULL, 1, 0, 3);
    add_ballot(b, 0, NULL, 1, CELL_INVALID, 4);
    add_ballot(b, 0, NULL, 1, 5, 5);
    b->ballots.values[4][3] = CELL_INVALID; /* one cell is enough */
    assert_true(batch_finish(b, 1));
    assert_int_equal(b->invalid_ballots, 3);
    batch_free(b);
}

/* Contract: “a file or table that is empty or missing” is an error. */
static void test_tables_that_the_scheme_needs_must_be_there(void **state)
{
    vocabulary words = bureau();
    words.needs_ratings = words.needs_measures = words.needs_history = true;
    batch *b = batch_new(&words);
    (void)state;
    assert_non_null(b);
    assert_true(batch_finish(b, 1));
    assert_counts(b, 4, 0); /* people, ratings, measures, history; a year without events is none's fault */
    assert_error(b, "input.table_missing", 0, 0);
    batch_free(b);
}

static void test_a_table_without_rows_is_an_error(void **state)
{
    vocabulary words = bureau();
    words.needs_ratings = true;
    batch *b = batch_new(&words);
    (void)state;
    assert_non_null(b);
    add_person(b, "1");
    b->has_table[TABLE_RATINGS] = true;
    assert_true(batch_finish(b, 1));
    assert_only_error(b, "input.table_without_rows", 0, 0);
    batch_free(b);
}

/* Contract: “A role that the scheme knows but does not use (`self` in `bureau`) is a notice”. */
static void test_ballots_of_unused_roles_are_a_notice(void **state)
{
    batch *b = empty_batch();
    (void)state;
    add_person(b, "1");
    add_ballot(b, 0, "1", 0, 1, 2);
    add_ballot(b, 0, "2", 0, 1, 3);
    assert_true(batch_finish(b, 1));
    assert_counts(b, 0, 1);
    assert_said(assert_notice(b, "input.role_unused", 0, 0), "rows left out: 2");
    batch_free(b);
}

static event an_event(const batch *b, int month_from, int year, uint32_t row)
{
    event e = {.subject = 0, .liable = SUBJECT_NONE, .row = row, .source = 0};
    (void)b;
    assert_true(date_make(year, month_from, 1, &e.from) && date_make(year, month_from, 28, &e.to));
    return e;
}

static void test_events_outside_the_period_are_one_notice_per_file(void **state)
{
    batch *b = empty_batch();
    (void)state;
    batch_add_source(b, TEXT("events.csv"));
    add_person(b, "1");
    assert_true(batch_add_event(b, an_event(b, 6, 2026, 2)));
    assert_true(batch_add_event(b, an_event(b, 12, 2025, 3)));
    assert_true(batch_add_event(b, an_event(b, 1, 2027, 4)));
    assert_true(batch_finish(b, 1));
    assert_counts(b, 0, 1);
    const problem *p = assert_notice(b, "input.events_outside", 0, 0);
    assert_said(p, "2026-01-01..2026-12-31: 2,");
    assert_said(p, "row 3");
    batch_free(b);
}

/* ---- no memory ---- */

/* Every allocation fails in turn: the answer is “no memory”, nothing leaks (the sanitizer watches). */
static void test_every_failing_allocation_is_survived(void **state)
{
    (void)state;
    for (long successes = 0;; successes++) {
        vocabulary words = bureau();
        text none = TEXT("");
        uint32_t number;
        bool done = false;
        mem_fault_after(successes);
        batch *b = batch_new(&words);
        if (b) {
            done = batch_add_source(b, TEXT("a.csv")) != PROBLEM_NO_SOURCE &&
                   batch_add_subject(b, TEXT("1"), TEXT("甲"), none, none, none, DATE_NONE, 0, 2, &number) &&
                   batch_attribute(b, TEXT("民族")) != SIZE_MAX && batch_reserve_ballots(b, 2) &&
                   batch_begin_segment(b, 0) && batch_add_event(b, (event){.note = TEXT("x")}) &&
                   batch_add_measure(b, (measure){.row = 2}) && batch_add_history(b, (history){.period = TEXT("2025")});
            b->ballots.count = done ? 2 : 0;
            for (size_t i = 0; i < b->ballots.count; i++) {
                b->ballots.subject[i] = b->ballots.rater[i] = 0;
                b->ballots.role[i] = 1;
                b->ballots.row[i] = 2;
                for (size_t item = 0; item < 5; item++)
                    b->ballots.values[item][i] = 0;
            }
            done = done && batch_finish(b, 1);
        }
        mem_fault_after(-1);
        if (done)
            assert_error(b, "input.ballot_twice", 2, 0);
        batch_free(b);
        if (done)
            break;
        assert_true(successes < 1000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_are_copied),
        cmocka_unit_test(test_a_second_row_for_one_person_is_an_error),
        cmocka_unit_test(test_attributes_are_columns_that_exist_for_all),
        cmocka_unit_test(test_values_stand_beside_the_texts_as_soon_as_there_is_one),
        cmocka_unit_test(test_values_of_some_are_the_values_of_nobody),
        cmocka_unit_test(test_raising_a_scale_keeps_the_values),
        cmocka_unit_test(test_a_ballot_knows_its_source),
        cmocka_unit_test(test_a_second_ballot_is_named_with_the_first_ones_row),
        cmocka_unit_test(test_a_second_ballot_names_neither_rater_nor_value),
        cmocka_unit_test(test_many_ballots_of_one_subject_are_checked),
        cmocka_unit_test(test_problems_do_not_depend_on_the_threads),
        cmocka_unit_test(test_invalid_ballots_are_counted),
        cmocka_unit_test(test_tables_that_the_scheme_needs_must_be_there),
        cmocka_unit_test(test_a_table_without_rows_is_an_error),
        cmocka_unit_test(test_ballots_of_unused_roles_are_a_notice),
        cmocka_unit_test(test_events_outside_the_period_are_one_notice_per_file),
        cmocka_unit_test(test_every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
