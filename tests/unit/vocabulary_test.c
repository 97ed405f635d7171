/* Finding a word of a scheme by what people write for it. */
#include "made_tables.h"

/* Number of the word, as reading finds it; WORD_NONE. */
static uint32_t find_among(const vocabulary_word *words, size_t stride, size_t count, text written)
{
    lexicon l = {0};
    arena scratch = {0};
    text key;
    assert_true(lexicon_add_words(&l, words, stride, count));
    assert_true(text_key(&scratch, written, &key));
    uint32_t found = lexicon_find(&l, key);
    lexicon_free(&l);
    arena_free(&scratch);
    return found;
}

static uint32_t find(text written) { return find_among(&KINDS->word, sizeof *KINDS, 5, written); }

static void test_a_word_is_found_by_id_and_by_either_label(void **state)
{
    (void)state;
    assert_int_equal(find(TEXT("balancing")), 2);
    assert_int_equal(find(TEXT("搞平衡")), 2);
    assert_int_equal(find(TEXT("sick leave")), 0);
}

static void test_case_blanks_and_width_do_not_matter(void **state)
{
    (void)state;
    assert_int_equal(find(TEXT(" Balancing ")), 2);
    assert_int_equal(find(TEXT("SICK_LEAVE")), 0);
    assert_int_equal(find(TEXT("ｖｅｔｏ")), 4);
    assert_int_equal(find(TEXT("一票 否决*")), 4);
}

static void test_other_words_are_not_found(void **state)
{
    (void)state;
    assert_int_equal(find(TEXT("balance")), WORD_NONE);
    assert_int_equal(find(TEXT("")), WORD_NONE);
    assert_int_equal(find_among(&KINDS->word, sizeof *KINDS, 0, TEXT("veto")), WORD_NONE);
}

/* A label never hides another word's id. */
static void test_ids_come_before_labels(void **state)
{
    static const vocabulary_word words[] = {WORD("a", "b", ""), WORD("b", "a", "")};
    (void)state;
    assert_int_equal(find_among(words, sizeof *words, 2, TEXT("b")), 1);
    assert_int_equal(find_among(words, sizeof *words, 2, TEXT("a")), 0);
}

static void test_the_label_is_chinese_else_english_else_the_id(void **state)
{
    static const vocabulary_word words[] = {WORD("a", "甲", "Alpha"), WORD("b", "", "Beta"), WORD("c", "", "")};
    (void)state;
    assert_text(word_label(&words[0]), "甲");
    assert_text(word_label(&words[1]), "Beta");
    assert_text(word_label(&words[2]), "c");
}

/* ---- cells ---- */

static void test_a_cell_seen_before_is_the_same_word(void **state)
{
    lexicon l = {0};
    word_cache cache = {.count = 0};
    arena scratch = {0};
    (void)state;
    assert_true(lexicon_add_words(&l, KINDS, sizeof *KINDS, 5));
    static const char *const cells[] = {"veto", "一票否决", "VETO", "Sick Leave", "病假", "none", "veto", "病假"};
    for (size_t i = 0; i < 8; i++) {
        uint32_t word;
        text key;
        assert_true(lexicon_look_up(&l, &cache, &scratch, text_of(cells[i]), &word, &key));
        assert_int_equal(word, find(text_of(cells[i])));
    }
    assert_text(lexicon_suggest(&l, TEXT("balansing")), "balancing");
    assert_text(lexicon_suggest(&l, TEXT("xyz")), "");
    lexicon_free(&l);
    arena_free(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_word_is_found_by_id_and_by_either_label),
        cmocka_unit_test(test_case_blanks_and_width_do_not_matter),
        cmocka_unit_test(test_other_words_are_not_found),
        cmocka_unit_test(test_ids_come_before_labels),
        cmocka_unit_test(test_the_label_is_chinese_else_english_else_the_id),
        cmocka_unit_test(test_a_cell_seen_before_is_the_same_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
