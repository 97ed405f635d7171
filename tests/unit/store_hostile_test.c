/* store: files that nobody sealed. They are refused with a sentence, without a crash, a wait or a byte written. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink, mkfifo */
#include "made_store.h"

#include "store/inspect.h"

/* ---- files that nobody sealed ---- */

static void test_a_missing_file_is_the_machines_failure(void **state)
{
    assert_refused(*state, ASSESS_E_SYSTEM, MSG_store_cannot_open);
}

static void assert_bytes_refused(const fixture *f, const void *bytes, size_t length, message_id id)
{
    write_whole(f->path, bytes, length);
    assert_refused(f, ASSESS_E_INPUT, id);
}

static void test_an_empty_file_is_refused(void **state)
{
    assert_bytes_refused(*state, "", 0, MSG_store_not_sealed);
}

static void test_a_table_is_refused(void **state)
{
    assert_bytes_refused(*state, "编号,姓名\n1,张三\n", 24, MSG_store_not_sealed);
}

static void test_a_zip_archive_is_refused(void **state)
{
    char zip[4096] = "PK\x03\x04";
    assert_bytes_refused(*state, zip, sizeof zip, MSG_store_not_sealed);
}

static void test_another_database_is_refused(void **state)
{
    fixture *f = *state;
    write_whole(f->path, "", 0);
    edit(f, "CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_sealed);
}

#define HOSTILE(name, sql, id)                                                                                         \
    static void test_a_file_with_##name##_is_refused(void **state)                                                     \
    {                                                                                                                  \
        edit(*state, sql);                                                                                             \
        assert_refused(*state, ASSESS_E_INPUT, MSG_store_##id);                                                        \
    }

HOSTILE(another_application_id, "PRAGMA application_id = 1", not_sealed)
HOSTILE(another_format, "PRAGMA user_version = 4", other_format)
HOSTILE(the_format_before_with_the_tables_of_this_one, "PRAGMA user_version = 2", other_tables)
HOSTILE(the_first_format_with_the_tables_of_this_one, "PRAGMA user_version = 1", other_tables)
HOSTILE(an_extra_table, "CREATE TABLE extra(a)", other_tables)
HOSTILE(an_extra_index, "CREATE INDEX extra ON subject(id)", other_tables)
HOSTILE(a_view, "CREATE VIEW extra AS SELECT * FROM subject", other_tables)
HOSTILE(a_trigger, "CREATE TRIGGER extra AFTER INSERT ON meta BEGIN DELETE FROM meta; END", other_tables)
HOSTILE(statistics, "ANALYZE", other_tables)
HOSTILE(a_table_less, "DROP TABLE history", other_tables)
HOSTILE(a_column_more, "ALTER TABLE subject ADD COLUMN extra TEXT", other_tables)
HOSTILE(a_table_replaced_by_a_view,
        "DROP TABLE setting; CREATE VIEW setting AS SELECT 1 AS ordinal, 'a' AS name, 'b' AS value", other_tables)
HOSTILE(a_log_for_a_journal, "PRAGMA journal_mode=WAL", in_use)
HOSTILE(a_reference_to_nothing, "UPDATE result SET subject = 77 WHERE subject = 2", damaged)
HOSTILE(no_scheme, "DELETE FROM meta WHERE key = 'scheme'", damaged)
HOSTILE(no_rule_file, "DELETE FROM rule_file", damaged)
HOSTILE(a_scheme_that_is_not_utf8, "UPDATE meta SET value = CAST(x'ff41' AS TEXT) WHERE key = 'scheme'", damaged)
HOSTILE(a_setting_that_is_not_utf8, "UPDATE setting SET value = CAST(x'ff41' AS TEXT)", damaged)
HOSTILE(a_head_that_is_no_hash, "UPDATE chain SET hash = replace(hash, substr(hash, 1, 1), 'x')", damaged)

static void assert_refused_at_once(const fixture *f)
{
    time_t before = time(NULL);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_other_tables);
    assert_true(time(NULL) - before < 5);
}

/* The row takes half a minute to compute, in one call that nothing interrupts; SQLite would do so while checking the
 * file. */
static void test_a_column_that_takes_for_ever_is_not_computed(void **state)
{
    fixture *f = *state;
    edit(f, "CREATE TABLE slow(a INTEGER NOT NULL, b INTEGER NOT NULL AS (a)) STRICT; INSERT INTO slow VALUES(500000); "
            "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE slow(a INTEGER NOT NULL, b "
            "INTEGER NOT NULL "
            "AS (instr(hex(zeroblob(a)), hex(zeroblob(a / 2)) || 1))) STRICT' WHERE name = 'slow'");
    assert_refused_at_once(f);
}

static void test_a_schema_of_many_tables_is_not_loaded(void **state)
{
    fixture *f = *state;
    sqlite3 *db;
    char sql[] = "CREATE TABLE t0000(a)";
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    for (int i = 0; i < 2000; i++) {
        for (int digit = 0, rest = i; digit < 4; digit++, rest /= 10)
            sql[17 - digit] = (char)('0' + rest % 10);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_refused_at_once(f);
}

static void assert_beside_refused(const fixture *f, const char *suffix)
{
    char beside[128];
    strcpy(beside, f->path);
    strcat(beside, suffix);
    write_whole(beside, "left over", 9);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_in_use);
    assert_int_equal(access(beside, F_OK), 0);
}

static void test_a_journal_beside_the_file_is_neither_played_nor_removed(void **state)
{
    assert_beside_refused(*state, "-journal");
}

static void test_a_log_beside_the_file_is_neither_played_nor_removed(void **state)
{
    assert_beside_refused(*state, "-wal");
}

/* The one test that waits: for the patience that a lock is given. */
static void test_a_file_that_is_being_written_is_not_read(void **state)
{
    fixture *f = *state;
    sqlite3 *db;
    assess_error err = {0};
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(try_open(f->path, &err), ASSESS_E_SYSTEM);
    assert_string_equal(err.id, message_name(MSG_store_locked));
    sqlite3_close(db);
}

static void test_a_symbolic_link_is_refused(void **state)
{
    fixture *f = *state;
    char real[128];
    strcpy(real, f->folder);
    strcat(real, "/real.db");
    assert_int_equal(rename(f->path, real), 0);
    assert_int_equal(symlink(real, f->path), 0);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_a_file);
}

static void test_a_folder_is_refused(void **state)
{
    fixture *f = *state;
    strcpy(f->path, f->folder);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_a_file);
}

static void test_a_pipe_is_refused_without_waiting(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkfifo(f->path, 0600), 0);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_a_file);
}

/* Opens, reads and verifies; whatever the outcome, only a file that says the same may verify. */
static void examine(const fixture *f)
{
    store *s = NULL;
    assess_error err = {0};
    arena memory = {0};
    store_check *checks;
    size_t count;
    assess_status status = store_open(f->path, &s, &err);
    assert_true(status == ASSESS_OK || status == ASSESS_E_INPUT);
    if (status == ASSESS_OK) {
        batch *b = batch_new(&f->words);
        assess_status read = store_read(s, b, NULL);
        assess_status verified = store_verify(s, &memory, &checks, &count, NULL);
        bool passed = verified == ASSESS_OK;
        for (size_t i = 0; i < count; i++)
            passed = passed && checks[i].passed;
        assert_true(read == ASSESS_OK || read == ASSESS_E_INPUT);
        assert_true(verified == ASSESS_OK || verified == ASSESS_E_INPUT);
        if (passed)
            assert_text(store_get(s)->results_csv, buffer_text(&f->csv));
        batch_free(b);
        arena_free(&memory);
        store_close(s);
    }
    assert_int_equal(count_files(f->folder), 1);
}

static void test_a_file_cut_anywhere_is_refused(void **state)
{
    fixture *f = *state;
    size_t length;
    char *bytes = read_whole(f->path, &length);
    for (size_t cut = 0; cut < length; cut += cut < 1024 ? 33 : 1021) {
        assess_error err = {0};
        write_whole(f->path, bytes, cut);
        assert_int_equal(try_open(f->path, &err), ASSESS_E_INPUT);
    }
    free(bytes);
}

static void test_a_flipped_bit_is_harmless(void **state)
{
    fixture *f = *state;
    size_t length;
    char *bytes = read_whole(f->path, &length);
    for (size_t at = 0; at < length; at += at < 200 ? 1 : 127) {
        bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
        write_whole(f->path, bytes, length);
        examine(f);
        bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
    }
    free(bytes);
}

static void test_refusing_a_file_changes_no_byte_of_it(void **state)
{
    fixture *f = *state;
    size_t before_length, after_length;
    edit(f, "CREATE TABLE extra(a)");
    char *before = read_whole(f->path, &before_length);
    assess_error err = {0};
    try_open(f->path, &err);
    char *after = read_whole(f->path, &after_length);
    assert_int_equal(before_length, after_length);
    assert_memory_equal(before, after, before_length);
    free(before);
    free(after);
}

/* ---- what a connection to such a file may do ---- */

static void assert_denied(const fixture *f, const char *sql)
{
    connection c = {0};
    assert_int_equal(inspect_open(&c, f->path, NULL), ASSESS_OK);
    assert_int_not_equal(connection_run(&c, sql, NULL), ASSESS_OK);
    connection_close(&c);
}

#define DENIED(name, sql)                                                                                              \
    static void test_##name##_is_denied(void **state)                                                                  \
    {                                                                                                                  \
        assert_denied(*state, sql);                                                                                    \
    }

DENIED(writing, "DELETE FROM meta")
DENIED(attaching, "ATTACH ':memory:' AS other")
DENIED(creating, "CREATE TEMP TABLE t(a)")
DENIED(a_pragma_that_is_not_listed, "PRAGMA writable_schema=ON")
DENIED(a_function_that_is_not_listed, "SELECT load_extension('x')")
DENIED(recursion, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")
DENIED(a_text_in_double_quotes, "SELECT \"none\" FROM meta")

/* 23 entries to the fourth power are some steps. */
static void test_work_beyond_its_time_is_given_up(void **state)
{
    fixture *f = *state;
    connection c = {0};
    assess_error err = {0};
    assert_int_equal(inspect_open(&c, f->path, NULL), ASSESS_OK);
    c.deadline = 1;
    assert_int_equal(connection_run(&c,
                                    "SELECT 1 FROM chain AS a, chain AS b, chain AS c, chain AS d "
                                    "WHERE a.rows + b.rows + c.rows + d.rows < 0",
                                    &err),
                     ASSESS_E_INPUT);
    assert_string_equal(err.id, message_name(MSG_store_too_slow));
    connection_close(&c);
}

/* ---- rows that no reader of tables would have let through ---- */

static void assert_unreadable(const fixture *f, const char *sql, message_id id)
{
    assess_error err = {0};
    edit(f, sql);
    store *s = open_file(f);
    batch *b = batch_new(&f->words);
    assert_int_equal(store_read(s, b, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, message_name(id));
    assert_int_equal(utf8_invalid_at(err.message[ASSESS_ZH], strlen(err.message[ASSESS_ZH])),
                     strlen(err.message[ASSESS_ZH]));
    batch_free(b);
    store_close(s);
}

#define IMPOSSIBLE(name, sql, id)                                                                                      \
    static void test_##name##_cannot_be_read(void **state)                                                             \
    {                                                                                                                  \
        assert_unreadable(*state, sql, MSG_store_##id);                                                                \
    }

IMPOSSIBLE(a_second_person_of_one_id, "UPDATE subject SET id = '1001' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_name_that_is_not_utf8, "UPDATE subject SET name = CAST(x'e5bca0ff' AS TEXT) WHERE number = 1",
           impossible_row)
IMPOSSIBLE(a_huge_cell, "UPDATE subject SET name = CAST(zeroblob(2000000) AS TEXT) WHERE number = 0", damaged)
IMPOSSIBLE(a_day_that_does_not_exist, "UPDATE subject SET start = '2026-02-30' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_row_number_below_nothing, "UPDATE subject SET row = -1 WHERE number = 1", impossible_row)
IMPOSSIBLE(an_attribute_named_twice, "UPDATE attribute SET name = '政治面貌'", impossible_row)
IMPOSSIBLE(events_out_of_number, "UPDATE event SET number = 9 WHERE number = 1", impossible_row)
IMPOSSIBLE(a_kind_nobody_knows, "UPDATE event SET kind = '迟到' WHERE number = 1", impossible_row)
IMPOSSIBLE(an_end_before_its_beginning, "UPDATE event SET last_day = '2000-01-01' WHERE number = 0", impossible_row)
IMPOSSIBLE(negative_points, "UPDATE event SET points = '-1' WHERE number = 1", impossible_row)
IMPOSSIBLE(points_with_two_points, "UPDATE event SET points = '1.2.3' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_measure_nobody_knows, "UPDATE measure SET measure = 'x'", impossible_row)
IMPOSSIBLE(a_decision_of_a_kind_nobody_knows, "UPDATE decision SET kind = 'wish' WHERE number = 0", impossible_row)
IMPOSSIBLE(a_decision_for_a_grade_nobody_knows, "UPDATE decision SET grade = 'best' WHERE number = 0", impossible_row)
IMPOSSIBLE(an_override_that_was_turned_down, "UPDATE decision SET ruling = 'turned_down', grade = '' WHERE number = 0", impossible_row)
IMPOSSIBLE(a_decision_on_no_day, "UPDATE decision SET day = '2026-02-30' WHERE number = 0", impossible_row)
IMPOSSIBLE(decisions_out_of_number, "UPDATE decision SET number = 9 WHERE number = 1", impossible_row)
IMPOSSIBLE(a_history_score_that_is_no_number, "UPDATE history SET score = '--'", impossible_row)
IMPOSSIBLE(a_source_hash_that_is_none,
           "UPDATE source SET sha256 = replace(sha256, substr(sha256, 1, 1), 'X') WHERE number = 0", impossible_row)
IMPOSSIBLE(a_role_the_rules_do_not_know, "UPDATE role SET id = 'boss' WHERE number = 1", unknown_word)
IMPOSSIBLE(a_role_that_is_not_utf8, "UPDATE role SET id = CAST(x'ff' AS TEXT) WHERE number = 1", unknown_word)
IMPOSSIBLE(an_item_the_rules_do_not_know, "UPDATE item SET id = 'looks' WHERE number = 1", unknown_word)
IMPOSSIBLE(an_item_named_twice, "UPDATE item SET id = 'virtue'", impossible_row)
IMPOSSIBLE(items_less_than_the_rules_have, "DELETE FROM item WHERE number = 1", impossible_row)
IMPOSSIBLE(roles_out_of_number, "INSERT INTO role VALUES(5, 'peer')", impossible_row)
IMPOSSIBLE(items_out_of_number, "UPDATE item SET number = 7 WHERE number = 1", impossible_row)
IMPOSSIBLE(more_places_than_a_decimal_has, "UPDATE item SET scale = 20 WHERE number = 1", impossible_row)
IMPOSSIBLE(a_value_above_the_maximum,
           "UPDATE ballot SET sheets = '10.1,60' || char(10), count = 1, raters = x'' WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(a_value_of_more_places,
           "UPDATE ballot SET sheets = '1.01,60' || char(10), count = 1, raters = x'' WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(
    a_value_of_many_digits,
    "UPDATE ballot SET sheets = '1,99999999999999999999' || char(10), count = 1, raters = x'' WHERE number = 65536",
    impossible_row)
IMPOSSIBLE(a_negative_value,
           "UPDATE ballot SET sheets = '-1,60' || char(10), count = 1, raters = x'' WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(an_empty_value, "UPDATE ballot SET sheets = ',60' || char(10), count = 1, raters = x'' WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(a_sheet_of_one_value,
           "UPDATE ballot SET sheets = '1' || char(10), count = 1, raters = x'' WHERE number = 65536", impossible_row)
IMPOSSIBLE(a_sheet_of_three_values,
           "UPDATE ballot SET sheets = '1,2,3' || char(10), count = 1, raters = x'' WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(a_sheet_without_end, "UPDATE ballot SET sheets = '1,2', count = 1, raters = x'' WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(sheets_more_than_counted, "UPDATE ballot SET sheets = sheets || sheets WHERE number = 65536", impossible_row)
IMPOSSIBLE(sheets_less_than_counted, "UPDATE ballot SET count = 1000000000000 WHERE number = 65536", impossible_row)
IMPOSSIBLE(the_same_rater_twice,
           "UPDATE ballot SET raters = zeroblob(32), count = 2, sheets = '1,2' || char(10) || '1,2' || char(10) WHERE "
           "number = 65536",
           impossible_row)
IMPOSSIBLE(half_a_pseudonym,
           "UPDATE ballot SET raters = x'0102', count = 1, sheets = '1,2' || char(10) WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(pseudonyms_without_ballots,
           "UPDATE ballot SET raters = zeroblob(64), count = 1, sheets = '1,2' || char(10) WHERE number = 65536",
           impossible_row)
IMPOSSIBLE(ballots_out_of_order, "UPDATE ballot SET number = 100 - number", impossible_row)
IMPOSSIBLE(a_part_without_the_one_before, "UPDATE ballot SET part = 1 WHERE number = 131072", impossible_row)

static void test_an_option_the_rules_do_not_know_cannot_be_read(void **state)
{
    assert_unreadable(*state, "UPDATE item_option SET id = 'Z' WHERE number = 1", MSG_store_unknown_word);
}

static void test_options_out_of_number_cannot_be_read(void **state)
{
    assert_unreadable(*state, "UPDATE item_option SET number = 5 WHERE number = 1", MSG_store_impossible_row);
}

static void set_maximum(fixture *f, decimal maximum)
{
    vocabulary_item *items = arena_alloc(&f->memory, f->words.item_count * sizeof *items);
    memcpy(items, f->words.items, f->words.item_count * sizeof *items);
    items[1].maximum = maximum;
    f->words.items = items;
}

/* 60 was given, and the rules allow 59.5. */
static void test_a_maximum_with_places_bounds_whole_values(void **state)
{
    fixture *f = *state;
    set_maximum(f, (decimal){595, 1});
    assert_unreadable(f, "SELECT 1", MSG_store_impossible_row);
}

/* 10^15 - 1 with nine places is no int64. */
static void test_a_maximum_that_does_not_fit_its_scale_cannot_be_read(void **state)
{
    fixture *f = *state;
    set_maximum(f, (decimal){999999999999999, 0});
    assert_unreadable(f, "UPDATE item SET scale = 9 WHERE number = 1", MSG_store_impossible_row);
}

static void test_an_option_beyond_the_last_cannot_be_read(void **state)
{
    assert_unreadable(*state, "UPDATE ballot SET sheets = replace(sheets, '1', '2')", MSG_store_impossible_row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNSEALED(test_a_missing_file_is_the_machines_failure),
        UNSEALED(test_an_empty_file_is_refused),
        UNSEALED(test_a_table_is_refused),
        UNSEALED(test_a_zip_archive_is_refused),
        UNSEALED(test_another_database_is_refused),
        SEALED(test_a_file_with_another_application_id_is_refused),
        SEALED(test_a_file_with_another_format_is_refused),
        SEALED(test_a_file_with_the_format_before_with_the_tables_of_this_one_is_refused),
        SEALED(test_a_file_with_the_first_format_with_the_tables_of_this_one_is_refused),
        SEALED(test_a_file_with_an_extra_table_is_refused),
        SEALED(test_a_file_with_an_extra_index_is_refused),
        SEALED(test_a_file_with_a_view_is_refused),
        SEALED(test_a_file_with_a_trigger_is_refused),
        SEALED(test_a_file_with_statistics_is_refused),
        SEALED(test_a_file_with_a_table_less_is_refused),
        SEALED(test_a_file_with_a_column_more_is_refused),
        SEALED(test_a_file_with_a_table_replaced_by_a_view_is_refused),
        SEALED(test_a_file_with_a_log_for_a_journal_is_refused),
        SEALED(test_a_file_with_a_reference_to_nothing_is_refused),
        SEALED(test_a_file_with_no_scheme_is_refused),
        SEALED(test_a_file_with_no_rule_file_is_refused),
        SEALED(test_a_file_with_a_scheme_that_is_not_utf8_is_refused),
        SEALED(test_a_file_with_a_setting_that_is_not_utf8_is_refused),
        SEALED(test_a_file_with_a_head_that_is_no_hash_is_refused),
        SEALED(test_a_column_that_takes_for_ever_is_not_computed),
        SEALED(test_a_schema_of_many_tables_is_not_loaded),
        SEALED(test_a_journal_beside_the_file_is_neither_played_nor_removed),
        SEALED(test_a_log_beside_the_file_is_neither_played_nor_removed),
        SEALED(test_a_file_that_is_being_written_is_not_read),
        SEALED(test_a_symbolic_link_is_refused),
        UNSEALED(test_a_folder_is_refused),
        UNSEALED(test_a_pipe_is_refused_without_waiting),
        SEALED(test_a_file_cut_anywhere_is_refused),
        SEALED(test_a_flipped_bit_is_harmless),
        SEALED(test_refusing_a_file_changes_no_byte_of_it),
        SEALED(test_writing_is_denied),
        SEALED(test_attaching_is_denied),
        SEALED(test_creating_is_denied),
        SEALED(test_a_pragma_that_is_not_listed_is_denied),
        SEALED(test_a_function_that_is_not_listed_is_denied),
        SEALED(test_recursion_is_denied),
        SEALED(test_a_text_in_double_quotes_is_denied),
        SEALED(test_work_beyond_its_time_is_given_up),
        SEALED(test_a_second_person_of_one_id_cannot_be_read),
        SEALED(test_a_name_that_is_not_utf8_cannot_be_read),
        SEALED(test_a_huge_cell_cannot_be_read),
        SEALED(test_a_day_that_does_not_exist_cannot_be_read),
        SEALED(test_a_row_number_below_nothing_cannot_be_read),
        SEALED(test_an_attribute_named_twice_cannot_be_read),
        SEALED(test_events_out_of_number_cannot_be_read),
        SEALED(test_a_kind_nobody_knows_cannot_be_read),
        SEALED(test_an_end_before_its_beginning_cannot_be_read),
        SEALED(test_negative_points_cannot_be_read),
        SEALED(test_points_with_two_points_cannot_be_read),
        SEALED(test_a_measure_nobody_knows_cannot_be_read),
        SEALED(test_a_decision_of_a_kind_nobody_knows_cannot_be_read),
        SEALED(test_a_decision_for_a_grade_nobody_knows_cannot_be_read),
        SEALED(test_an_override_that_was_turned_down_cannot_be_read),
        SEALED(test_a_decision_on_no_day_cannot_be_read),
        SEALED(test_decisions_out_of_number_cannot_be_read),
        SEALED(test_a_history_score_that_is_no_number_cannot_be_read),
        SEALED(test_a_source_hash_that_is_none_cannot_be_read),
        SEALED(test_a_role_the_rules_do_not_know_cannot_be_read),
        SEALED(test_a_role_that_is_not_utf8_cannot_be_read),
        SEALED(test_an_item_the_rules_do_not_know_cannot_be_read),
        SEALED(test_an_item_named_twice_cannot_be_read),
        SEALED(test_items_less_than_the_rules_have_cannot_be_read),
        SEALED(test_roles_out_of_number_cannot_be_read),
        SEALED(test_items_out_of_number_cannot_be_read),
        SEALED(test_more_places_than_a_decimal_has_cannot_be_read),
        SEALED(test_a_value_above_the_maximum_cannot_be_read),
        SEALED(test_a_value_of_more_places_cannot_be_read),
        SEALED(test_a_value_of_many_digits_cannot_be_read),
        SEALED(test_a_negative_value_cannot_be_read),
        SEALED(test_an_empty_value_cannot_be_read),
        SEALED(test_a_sheet_of_one_value_cannot_be_read),
        SEALED(test_a_sheet_of_three_values_cannot_be_read),
        SEALED(test_a_sheet_without_end_cannot_be_read),
        SEALED(test_sheets_more_than_counted_cannot_be_read),
        SEALED(test_sheets_less_than_counted_cannot_be_read),
        SEALED(test_the_same_rater_twice_cannot_be_read),
        SEALED(test_half_a_pseudonym_cannot_be_read),
        SEALED(test_pseudonyms_without_ballots_cannot_be_read),
        SEALED(test_ballots_out_of_order_cannot_be_read),
        SEALED(test_a_part_without_the_one_before_cannot_be_read),
        REVIEW(test_an_option_the_rules_do_not_know_cannot_be_read),
        REVIEW(test_options_out_of_number_cannot_be_read),
        SEALED(test_a_maximum_with_places_bounds_whole_values),
        SEALED(test_a_maximum_that_does_not_fit_its_scale_cannot_be_read),
        REVIEW(test_an_option_beyond_the_last_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
