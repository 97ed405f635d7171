/* store: verifying. Every change of a sealed file is noticed, and the report says which part was changed. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "made_store.h"

/* ---- verifying ---- */

typedef struct verdict {
    bool passed; /* all of them */
    arena memory;
    store_check *checks;
    size_t count;
} verdict;

static verdict verify(const fixture *f)
{
    verdict v = {.passed = true};
    store *s = open_file(f);
    assert_int_equal(store_verify(s, &v.memory, &v.checks, &v.count, NULL), ASSESS_OK);
    for (size_t i = 0; i < v.count; i++)
        v.passed = v.passed && v.checks[i].passed;
    store_close(s);
    return v;
}

static const store_check *find_check(const verdict *v, message_id what)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->checks[i].what == what)
            return &v->checks[i];
    return NULL;
}

static void assert_fails(const fixture *f, message_id what)
{
    verdict v = verify(f);
    const store_check *check = find_check(&v, what);
    assert_false(v.passed);
    assert_non_null(check);
    assert_false(check->passed);
    assert_int_not_equal(store_check_sentence(check).id, what); /* not the claim with something else behind it */
    arena_free(&v.memory);
}

static void assert_sentence(const store_check *check, assess_language language, const char *expected)
{
    buffer b = {0};
    message_render(&b, store_check_sentence(check), language);
    assert_text(buffer_text(&b), text_of(expected));
    buffer_free(&b);
}

/* Three people were sealed and three are there: the sentence says what the number counts. */
static void test_a_check_that_fails_says_so_in_a_sentence(void **state)
{
    edit(*state, "UPDATE subject SET unit = '财务股' WHERE number = 1");
    edit(*state, "UPDATE setting SET value = 'hundredths' WHERE ordinal = 0");
    verdict v = verify(*state);
    const store_check *people = find_check(&v, MSG_store_claim_people), *settings = find_check(&v, MSG_store_claim_settings);
    assert_sentence(people, ASSESS_EN, "the people are not as they were sealed; the number of people there now is 3");
    assert_sentence(people, ASSESS_ZH, "人员表与封存时不一致；表中现有 3 人");
    assert_sentence(settings, ASSESS_EN, "the parameter 'rounding' is not as it was sealed, or was added or removed");
    assert_sentence(settings, ASSESS_ZH, "参数“rounding”与封存时不一致，或是后来添加、删除的");
    assert_sentence(find_check(&v, MSG_store_claim_sources), ASSESS_EN, "the list of input files and their hashes is as it was sealed: 3");
    arena_free(&v.memory);
}

static void test_an_untouched_file_verifies(void **state)
{
    verdict v = verify(*state);
    assert_true(v.passed);
    assert_int_equal(v.count, PART_COUNT + 4);
    arena_free(&v.memory);
}

static void test_the_chain_head_is_that_of_the_last_entry(void **state)
{
    fixture *f = *state;
    char hexadecimal[65];
    store *s = open_file(f);
    digest_print(&store_get(s)->anchor.head, hexadecimal);
    assert_answer(f, "SELECT hash FROM chain ORDER BY seq DESC LIMIT 1", hexadecimal);
    /* 7 of meta, 2 settings, 2 rule files, 3 sources, 10 parts of tables */
    assert_int_equal(store_get(s)->anchor.length, 24);
    store_close(s);
}

/* By hand, from chain.h: the tree over one row is its leaf, 0x00 and the fields "rounding", "whole" and the ordinal 0.
 */
static void test_a_leaf_is_the_hash_of_the_canonical_bytes(void **state)
{
    static const char row[] = "\0\0\0\0\x08rounding\0\0\0\x05whole\0\0\0\x01"
                              "0";
    digest leaf;
    char hexadecimal[65];
    assert_true(digest_of(row, sizeof row - 1, &leaf));
    digest_print(&leaf, hexadecimal);
    assert_answer(*state, "SELECT content FROM chain WHERE kind = 'setting' AND name = 'rounding'", hexadecimal);
}

/* RFC 6962, 2.1: the tree hash of no entries is that of nothing. */
static void test_the_root_of_an_empty_table_is_the_hash_of_nothing(void **state)
{
    fixture *f = *state;
    f->batch->measure_count = 0;
    assert_int_equal(write_file(f, true), ASSESS_OK);
    assert_answer(f, "SELECT content FROM chain WHERE kind = 'measures'",
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#define TAMPER(name, sql, claim)                                                                                       \
    static void test_changed_##name##_do_not_verify(void **state)                                                      \
    {                                                                                                                  \
        edit(*state, sql);                                                                                             \
        assert_fails(*state, MSG_store_claim_##claim);                                                                 \
    }

TAMPER(periods, "UPDATE meta SET value = '2027' WHERE key = 'period'", meta)
TAMPER(settings, "UPDATE setting SET value = 'hundredths' WHERE ordinal = 0", settings)
TAMPER(rule_texts, "UPDATE rule_file SET content = content || ' ' WHERE ordinal = 1", rules)
TAMPER(rule_hashes, "UPDATE rule_file SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f') || '' WHERE ordinal = 0",
       rules)
TAMPER(sources, "UPDATE source SET name = 'other.csv' WHERE number = 2", sources)
TAMPER(people, "UPDATE subject SET unit = '财务股' WHERE number = 1", people)
TAMPER(attribute_names, "UPDATE attribute SET name = '党派' WHERE number = 0", attributes)
TAMPER(attributes, "UPDATE subject_attribute SET value = '团员'", attributes)
TAMPER(roles, "UPDATE role SET id = 'public' WHERE number = 1", words)
TAMPER(items, "UPDATE item SET id = 'ability' WHERE number = 0", words)
TAMPER(ballots, "UPDATE ballot SET sheets = replace(sheets, '8.5', '9.5')", ballots)
TAMPER(raters, "UPDATE ballot SET raters = zeroblob(length(raters)) WHERE number = 65536", ballots)
TAMPER(decisions, "UPDATE decision SET reason = 'x' WHERE number = 0", decisions)
TAMPER(events, "UPDATE event SET points = '0.5' WHERE points <> ''", events)
TAMPER(measures, "UPDATE measure SET value = '3.75'", measures)
TAMPER(histories, "UPDATE history SET grade = 'competent'", history)
TAMPER(results, "UPDATE result SET score = '99.99' WHERE subject = 0", results)
TAMPER(results_csv_bytes, "UPDATE results_csv SET piece = CAST(replace(CAST(piece AS TEXT), '张三', '张五') AS BLOB)",
       results_csv)
TAMPER(result_rows_and_results_csv, "UPDATE result SET score = '99.99' WHERE subject = 0", rows_agree)
TAMPER(chain_hashes, "UPDATE chain SET hash = leaf WHERE seq = 5", chain)
TAMPER(chain_leaves, "UPDATE chain SET leaf = hash WHERE seq = 5", chain)
TAMPER(chain_contents, "UPDATE chain SET content = leaf WHERE kind = 'people'", people)
TAMPER(chain_rows, "UPDATE chain SET rows = rows + 1 WHERE kind = 'results'", results)
TAMPER(chain_numbers, "UPDATE chain SET seq = 1000 WHERE seq = (SELECT max(seq) FROM chain)", chain)
TAMPER(chain_tails, "DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)", results_csv)
TAMPER(chain_middles, "DELETE FROM chain WHERE seq = 12", chain)
TAMPER(chain_lengths,
       "INSERT INTO chain SELECT seq + 1, kind, name, rows, content, leaf, hash FROM chain WHERE seq = 24", chain)
TAMPER(chain_existences, "DELETE FROM chain", chain)
TAMPER(settings_list, "INSERT INTO setting VALUES(2, 'extra', '1')", settings)
TAMPER(people_list,
       "DELETE FROM history; DELETE FROM result WHERE subject = 2; DELETE FROM measure; "
       "UPDATE event SET liable = NULL; DELETE FROM subject_attribute WHERE subject = 2; "
       "DELETE FROM ballot WHERE subject = 2; DELETE FROM subject WHERE number = 2",
       people)
TAMPER(parts_of_ballots, "DELETE FROM ballot WHERE number = 131072", ballots)

static void test_the_report_names_the_source_that_differs(void **state)
{
    edit(*state, "UPDATE source SET sha256 = '' WHERE number = 0");
    verdict v = verify(*state);
    assert_text(find_check(&v, MSG_store_claim_sources)->detail, TEXT("people.csv"));
    arena_free(&v.memory);
}

static void test_every_check_says_how_much_there_is(void **state)
{
    verdict v = verify(*state);
    for (size_t i = 0; i < v.count; i++)
        assert_true(v.checks[i].detail.length > 0);
    assert_text(find_check(&v, MSG_store_claim_people)->detail, TEXT("3"));
    assert_text(find_check(&v, MSG_store_claim_attributes)->detail, TEXT("4")); /* two columns, two values */
    assert_text(find_check(&v, MSG_store_claim_ballots)->detail, TEXT("10"));
    assert_text(find_check(&v, MSG_store_claim_rule_hashes)->detail, TEXT("2"));
    assert_text(find_check(&v, MSG_store_claim_rows_agree)->detail, TEXT("3"));
    arena_free(&v.memory);
}

static void test_a_forged_chain_does_not_hide_rows_that_differ_from_results_csv(void **state)
{
    fixture *f = *state;
    edit(f, "UPDATE result SET grade = 'excellent' WHERE subject = 0");
    rebuild_chain(f);
    verdict v = verify(f);
    const store_check *check = find_check(&v, MSG_store_claim_rows_agree);
    assert_false(v.passed);
    assert_true(find_check(&v, MSG_store_claim_results)->passed);
    assert_false(check->passed);
    assert_text(check->detail, TEXT("1001"));
    arena_free(&v.memory);
}

static void test_a_forged_chain_does_not_hide_a_rule_file_with_another_hash(void **state)
{
    fixture *f = *state;
    edit(f, "UPDATE rule_file SET content = '-- other' WHERE ordinal = 1");
    rebuild_chain(f);
    assert_fails(f, MSG_store_claim_rule_hashes);
}

static void test_a_forged_chain_has_another_head(void **state)
{
    fixture *f = *state;
    store *s = open_file(f);
    digest before = store_get(s)->anchor.head;
    store_close(s);
    edit(f, "UPDATE event SET points = '0.5' WHERE points <> ''");
    rebuild_chain(f);
    s = open_file(f);
    assert_memory_not_equal(&store_get(s)->anchor.head, &before, sizeof before);
    store_close(s);
}

/* ---- ballots that were removed ---- */

static void test_removed_ballots_are_reported_and_the_rest_verifies(void **state)
{
    fixture *f = *state;
    edit(f, "DELETE FROM ballot; VACUUM");
    verdict v = verify(f);
    const store_check *check = find_check(&v, MSG_store_claim_ballots_removed);
    assert_true(v.passed);
    assert_non_null(check);
    assert_true(check->passed);
    assert_true(check->left_out);
    assert_text(check->detail, TEXT("10"));
    assert_null(find_check(&v, MSG_store_claim_ballots));
    arena_free(&v.memory);
}

static void test_removed_ballots_cannot_be_read(void **state)
{
    fixture *f = *state;
    assess_error err = {0};
    edit(f, "DELETE FROM ballot");
    store *s = open_file(f);
    batch *b = batch_new(&f->words);
    assert_true(store_get(s)->ballots_removed);
    assert_int_equal(store_read(s, b, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, message_name(MSG_store_ballots_removed));
    store_close(s);
    batch_free(b);
}

static void test_removed_ballots_do_not_hide_other_changes(void **state)
{
    edit(*state, "DELETE FROM ballot; UPDATE result SET rank = 1");
    assert_fails(*state, MSG_store_claim_results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEALED(test_an_untouched_file_verifies),
        SEALED(test_the_chain_head_is_that_of_the_last_entry),
        SEALED(test_a_leaf_is_the_hash_of_the_canonical_bytes),
        SEALED(test_the_root_of_an_empty_table_is_the_hash_of_nothing),
        SEALED(test_changed_periods_do_not_verify),
        SEALED(test_changed_settings_do_not_verify),
        SEALED(test_changed_rule_texts_do_not_verify),
        SEALED(test_changed_rule_hashes_do_not_verify),
        SEALED(test_changed_sources_do_not_verify),
        SEALED(test_changed_people_do_not_verify),
        SEALED(test_changed_attribute_names_do_not_verify),
        SEALED(test_changed_attributes_do_not_verify),
        SEALED(test_changed_roles_do_not_verify),
        SEALED(test_changed_items_do_not_verify),
        SEALED(test_changed_ballots_do_not_verify),
        SEALED(test_changed_raters_do_not_verify),
        SEALED(test_changed_decisions_do_not_verify),
        SEALED(test_changed_events_do_not_verify),
        SEALED(test_changed_measures_do_not_verify),
        SEALED(test_changed_histories_do_not_verify),
        SEALED(test_changed_results_do_not_verify),
        SEALED(test_changed_results_csv_bytes_do_not_verify),
        SEALED(test_changed_result_rows_and_results_csv_do_not_verify),
        SEALED(test_changed_chain_hashes_do_not_verify),
        SEALED(test_changed_chain_leaves_do_not_verify),
        SEALED(test_changed_chain_contents_do_not_verify),
        SEALED(test_changed_chain_rows_do_not_verify),
        SEALED(test_changed_chain_numbers_do_not_verify),
        SEALED(test_changed_chain_tails_do_not_verify),
        SEALED(test_changed_chain_middles_do_not_verify),
        SEALED(test_changed_chain_lengths_do_not_verify),
        SEALED(test_changed_chain_existences_do_not_verify),
        SEALED(test_changed_settings_list_do_not_verify),
        SEALED(test_changed_people_list_do_not_verify),
        SEALED(test_changed_parts_of_ballots_do_not_verify),
        SEALED(test_the_report_names_the_source_that_differs),
        SEALED(test_a_check_that_fails_says_so_in_a_sentence),
        SEALED(test_every_check_says_how_much_there_is),
        SEALED(test_a_forged_chain_does_not_hide_rows_that_differ_from_results_csv),
        SEALED(test_a_forged_chain_does_not_hide_a_rule_file_with_another_hash),
        SEALED(test_a_forged_chain_has_another_head),
        SEALED(test_removed_ballots_are_reported_and_the_rest_verifies),
        SEALED(test_removed_ballots_cannot_be_read),
        SEALED(test_removed_ballots_do_not_hide_other_changes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
