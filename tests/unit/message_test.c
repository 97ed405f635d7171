/* The catalogue as a whole, and rendering; nothing here depends on what a single sentence says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/message.h"

static const struct {
    const char *id, *sentence[ASSESS_LANGUAGE_COUNT];
} CATALOGUE[] = {
#define MESSAGE(name, id, en, zh) {id, {[ASSESS_ZH] = zh, [ASSESS_EN] = en}},
#include "base/messages.def"
#undef MESSAGE
};

/* ---- the catalogue ---- */

static bool is_id_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static void test_each_id_is_language_free_and_fits(void **state)
{
    (void)state;
    assess_error err;
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        const char *id = message_name((message_id)i);
        assert_string_equal(id, CATALOGUE[i].id);
        assert_true(strlen(id) < sizeof err.id);
        assert_non_null(strchr(id, '.'));
        for (const char *c = id; *c; c++)
            assert_true(is_id_character(*c));
    }
}

/* An id has one meaning; sentences that differ only in how much they can say of it stand side by side. */
static void test_sentences_of_one_id_stand_side_by_side(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        for (int j = 0; j + 1 < i; j++) {
            if (strcmp(CATALOGUE[i].id, CATALOGUE[j].id) == 0 && strcmp(CATALOGUE[j].id, CATALOGUE[j + 1].id) != 0)
                fail_msg("%s has two places", CATALOGUE[i].id);
        }
    }
}

static void test_each_sentence_is_one_line_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
            const char *s = CATALOGUE[i].sentence[language];
            if (*s == '\0' || strchr(s, '\n') || utf8_invalid_at(s, strlen(s)) != strlen(s))
                fail_msg("%s", CATALOGUE[i].id);
        }
    }
}

/* Bit n: the sentence has the argument {n}; bit 7: it has braces that are no argument. */
static unsigned arguments_of(const char *s)
{
    unsigned found = 0;
    for (; *s; s++) {
        if (*s != '{')
            continue;
        bool is_argument = s[1] >= '0' && s[1] <= '9' && s[2] == '}';
        found |= !is_argument ? 0 : s[1] - '0' < MESSAGE_MAX_ARGS ? 1u << (s[1] - '0') : 1u << 7;
    }
    return found;
}

static void test_each_sentence_has_the_same_arguments_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        unsigned zh = arguments_of(CATALOGUE[i].sentence[ASSESS_ZH]);
        unsigned en = arguments_of(CATALOGUE[i].sentence[ASSESS_EN]);
        if (zh != en || en > 15)
            fail_msg("%s", CATALOGUE[i].id);
    }
}

/* ---- rendering ---- */

static const text ARGUMENTS[MESSAGE_MAX_ARGS] = {{"第一{1}", 9}, {"", 0}, {"three", 5}, {"{0}", 3}};

/* The sentence with its arguments put in by the simplest means. */
static void substitute(const char *s, buffer *out)
{
    while (*s) {
        if (s[0] == '{' && s[1] >= '0' && s[1] <= '3' && s[2] == '}') {
            buffer_add_text(out, ARGUMENTS[s[1] - '0']);
            s += 3;
        } else if (s[0] == '{' && s[1] >= '0' && s[1] <= '3' && s[2] == '|') { /* none of them is 1 */
            for (s = strchr(s + 3, '|') + 1; *s != '}'; s++)
                buffer_add_char(out, *s);
            s++;
        } else {
            buffer_add_char(out, *s++);
        }
    }
}

static void assert_rendered(message m, const char *expected)
{
    buffer b = {0};
    message_render(&b, m, ASSESS_EN);
    buffer_add_char(&b, '\0');
    assert_string_equal(b.bytes, expected);
    buffer_free(&b);
}

/* One of a thing, none of it, and several; 11 and 21 are several. */
static void test_words_go_with_their_number(void **state)
{
    (void)state;
    assert_rendered(message_of4(MSG_report_size, TEXT("1"), TEXT("1"), TEXT("1"), TEXT("r")), "1 subject · 1 ballot · 1 event · rules r");
    assert_rendered(message_of4(MSG_report_size, TEXT("0"), TEXT("11"), TEXT("21"), TEXT("r")), "0 subjects · 11 ballots · 21 events · rules r");
    assert_rendered(message_of2(MSG_report_refused_ballots, TEXT("1"), TEXT("x")), "1 ballot does not count: x");
    assert_rendered(message_of2(MSG_report_refused_ballots, TEXT("2"), TEXT("x")), "2 ballots do not count: x");
}

/* A number without its word is the slip that this is for: an English sentence that counts something in the plural says it by number. */
static void test_no_english_sentence_counts_in_the_plural_alone(void **state)
{
    static const char *const things[] = {"events", "ballots", "people", "units", "subjects", "rows", "columns", "cells", "sheets", "raters", "groups", "ranks", "workbooks", "mistakes"};
    (void)state;
    for (int i = 0; i < MESSAGE_COUNT; i++)
        for (const char *s = CATALOGUE[i].sentence[ASSESS_EN]; (s = strstr(s, "} ")) != NULL; s++)
            for (size_t t = 0; t < sizeof things / sizeof *things; t++)
                if (strncmp(s + 2, things[t], strlen(things[t])) == 0 && !strchr("abcdefghijklmnopqrstuvwxyz'", s[2 + strlen(things[t])]))
                    fail_msg("%s: {0} %s", CATALOGUE[i].id, things[t]);
}

static void test_render_puts_every_argument_in_its_place(void **state)
{
    (void)state;
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
            buffer actual = {0}, expected = {0};
            message m = message_of4((message_id)i, ARGUMENTS[0], ARGUMENTS[1], ARGUMENTS[2], ARGUMENTS[3]);
            message_render(&actual, m, (assess_language)language);
            substitute(CATALOGUE[i].sentence[language], &expected);
            assert_true(text_equal(buffer_text(&actual), buffer_text(&expected)));
            buffer_free(&actual);
            buffer_free(&expected);
        }
    }
}

static void test_message_of_fewer_arguments_leaves_the_others_empty(void **state)
{
    (void)state;
    message m = message_of2(MSG_no_memory, TEXT("a"), TEXT("b"));
    assert_int_equal(m.id, MSG_no_memory);
    assert_true(text_equal(m.args[0], TEXT("a")) && text_equal(m.args[1], TEXT("b")));
    assert_int_equal(m.args[2].length + m.args[3].length, 0);
    m = message_of3(MSG_no_memory, TEXT("a"), TEXT("b"), TEXT("c"));
    assert_true(text_equal(m.args[2], TEXT("c")));
    m = message_of1(MSG_no_memory, TEXT("a"));
    assert_int_equal(m.args[0].length, 1);
    m = message_of(MSG_no_memory);
    assert_int_equal(m.args[0].length, 0);
}

/* The first message that has an argument. */
static message_id with_argument(void)
{
    int i = 0;
    while (i < MESSAGE_COUNT && !strstr(CATALOGUE[i].sentence[ASSESS_EN], "{0}"))
        i++;
    assert_true(i < MESSAGE_COUNT);
    return (message_id)i;
}

static void test_render_shows_bytes_that_are_not_utf8_as_replacement_characters(void **state)
{
    (void)state;
    buffer out = {0};
    message_render(&out, message_of1(with_argument(), TEXT("张\xD5.csv\xFF")), ASSESS_EN);
    buffer_add_char(&out, '\0');
    assert_non_null(strstr(out.bytes, "张\xEF\xBF\xBD.csv\xEF\xBF\xBD"));
    assert_int_equal(utf8_invalid_at(out.bytes, out.length), out.length);
    buffer_free(&out);
}

/* ---- errors ---- */

static void test_error_set_returns_the_status_without_a_place_for_it(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ASSESS_E_RULES, message_of(MSG_no_memory)), ASSESS_E_RULES);
    assert_int_equal(error_no_memory(NULL), ASSESS_E_SYSTEM);
}

static void test_error_set_at_fills_every_field(void **state)
{
    (void)state;
    assess_error err = {0};
    message m = message_of(MSG_no_memory);
    assert_int_equal(error_set_at(&err, ASSESS_E_RULES, m, "规则.lua", 7, "第十四条"), ASSESS_E_RULES);
    assert_int_equal(err.status, ASSESS_E_RULES);
    assert_string_equal(err.id, "system.no_memory");
    assert_string_equal(err.message[ASSESS_ZH], CATALOGUE[MSG_no_memory].sentence[ASSESS_ZH]);
    assert_string_equal(err.message[ASSESS_EN], CATALOGUE[MSG_no_memory].sentence[ASSESS_EN]);
    assert_string_equal(err.file, "规则.lua");
    assert_int_equal(err.line, 7);
    assert_int_equal(err.column, 0);
    assert_string_equal(err.clause, "第十四条");
}

static void test_error_set_writes_every_field_of_a_fresh_error(void **state)
{
    (void)state;
    assess_error err;
    memset(&err, 'x', sizeof err);
    err.status = ASSESS_OK;
    error_no_memory(&err);
    assert_int_equal(err.status, ASSESS_E_SYSTEM);
    assert_string_equal(err.file, "");
    assert_string_equal(err.clause, "");
    assert_int_equal(err.line, 0);
}

static void test_the_first_error_wins(void **state)
{
    (void)state;
    assess_error err = {0};
    error_set_at(&err, ASSESS_E_RULES, message_of(MSG_no_memory), "first", 1, NULL);
    assert_int_equal(error_set_at(&err, ASSESS_E_CALL, message_of(MSG_no_memory), "second", 2, NULL), ASSESS_E_CALL);
    assert_int_equal(err.status, ASSESS_E_RULES);
    assert_string_equal(err.file, "first");
}

static void test_error_needs_no_memory(void **state)
{
    (void)state;
    assess_error err = {0};
    mem_fault_after(0);
    error_set(&err, ASSESS_E_INPUT, message_of1(with_argument(), TEXT("value")));
    long asked = mem_fault_count();
    mem_fault_after(-1);
    assert_int_equal(asked, 0);
    assert_non_null(strstr(err.message[ASSESS_EN], "value"));
}

/* Fields of 512, 128 and 1024 bytes; 张 has three, so that 510, 126 and at most 1023 bytes hold whole ones. */
static void test_error_cuts_between_characters(void **state)
{
    (void)state;
    char many[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(many + i, "张", 3);
    many[3000] = '\0';
    assess_error err = {0};
    error_set_at(&err, ASSESS_E_INPUT, message_of1(with_argument(), text_of(many)), many, 0, many);
    assert_int_equal(strlen(err.file), 510);
    assert_int_equal(strlen(err.clause), 126);
    for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
        size_t length = strlen(err.message[language]);
        assert_in_range(length, 1021, 1023);
        assert_int_equal(utf8_invalid_at(err.message[language], length), length);
    }
}

static void test_error_shows_a_file_name_that_is_not_utf8(void **state)
{
    (void)state;
    assess_error err = {0};
    error_set_at(&err, ASSESS_E_SYSTEM, message_of(MSG_no_memory), "\xD5\xC5.csv", 0, NULL);
    assert_string_equal(err.file, "\xEF\xBF\xBD\xEF\xBF\xBD.csv");
}

/* Some arguments are words of ours, and stand in each sentence in its language. */
static void test_argument_may_have_a_chinese_form(void **state)
{
    (void)state;
    message m = message_of3(MSG_rules_wrong_symbol, TEXT(":mean"), TEXT("ballots"), TEXT("a figure"));
    m.zh[1] = TEXT("评分票");
    buffer zh = {0}, en = {0};
    message_render(&zh, m, ASSESS_ZH);
    message_render(&en, m, ASSESS_EN);
    assert_true(text_equal(buffer_text(&zh), TEXT(":mean 需要 评分票，实为 a figure")));
    assert_true(text_equal(buffer_text(&en), TEXT(":mean expected ballots but found a figure")));
    buffer_free(&zh);
    buffer_free(&en);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_id_is_language_free_and_fits),
        cmocka_unit_test(test_sentences_of_one_id_stand_side_by_side),
        cmocka_unit_test(test_each_sentence_is_one_line_in_both_languages),
        cmocka_unit_test(test_each_sentence_has_the_same_arguments_in_both_languages),
        cmocka_unit_test(test_words_go_with_their_number),
        cmocka_unit_test(test_no_english_sentence_counts_in_the_plural_alone),
        cmocka_unit_test(test_render_puts_every_argument_in_its_place),
        cmocka_unit_test(test_message_of_fewer_arguments_leaves_the_others_empty),
        cmocka_unit_test(test_render_shows_bytes_that_are_not_utf8_as_replacement_characters),
        cmocka_unit_test(test_error_set_returns_the_status_without_a_place_for_it),
        cmocka_unit_test(test_error_set_at_fills_every_field),
        cmocka_unit_test(test_error_set_writes_every_field_of_a_fresh_error),
        cmocka_unit_test(test_the_first_error_wins),
        cmocka_unit_test(test_error_needs_no_memory),
        cmocka_unit_test(test_error_cuts_between_characters),
        cmocka_unit_test(test_argument_may_have_a_chinese_form),
        cmocka_unit_test(test_error_shows_a_file_name_that_is_not_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
