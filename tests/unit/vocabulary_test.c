/* Finding a word of a scheme by what people write for it. */
#include "made_tables.h"

static size_t find(text written)
{
    arena scratch = {0};
    text key;
    assert_true(text_key(&scratch, written, &key));
    size_t found = vocabulary_find(KINDS, sizeof *KINDS, 5, key);
    arena_free(&scratch);
    return found;
}

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
    assert_true(find(TEXT("balance")) == SIZE_MAX);
    assert_true(find(TEXT("")) == SIZE_MAX);
    assert_true(vocabulary_find(KINDS, sizeof *KINDS, 0, TEXT("veto")) == SIZE_MAX);
}

/* A label never hides another word's id. */
static void test_ids_come_before_labels(void **state)
{
    static const vocabulary_word words[] = {WORD("a", "b", ""), WORD("b", "a", "")};
    (void)state;
    assert_int_equal(vocabulary_find(words, sizeof *words, 2, TEXT("b")), 1);
    assert_int_equal(vocabulary_find(words, sizeof *words, 2, TEXT("a")), 0);
}

static void test_the_label_is_chinese_else_english_else_the_id(void **state)
{
    static const vocabulary_word words[] = {WORD("a", "甲", "Alpha"), WORD("b", "", "Beta"), WORD("c", "", "")};
    (void)state;
    assert_text(word_label(&words[0]), "甲");
    assert_text(word_label(&words[1]), "Beta");
    assert_text(word_label(&words[2]), "c");
}

/* ---- the lexicon, which is what reading uses ---- */

static void test_the_lexicon_finds_what_the_vocabulary_finds(void **state)
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
        size_t expected = find(text_of(cells[i]));
        assert_int_equal(word, expected == SIZE_MAX ? WORD_NONE : expected);
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
        cmocka_unit_test(test_the_lexicon_finds_what_the_vocabulary_finds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
