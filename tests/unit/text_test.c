/* UTF-8, the forms in which texts are kept and compared, buffers, and foreign encodings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/text.h"

static int never_fail(void **state)
{
    (void)state;
    mem_fault_after(-1);
    return 0;
}

static void check_text(text actual, text expected, const char *file, int line)
{
    if (!text_equal(actual, expected)) {
        print_error("\"%.*s\" is not \"%.*s\"\n", (int)actual.length, actual.bytes, (int)expected.length,
                    expected.bytes);
        _fail(file, line);
    }
}
#define assert_text(actual, expected) check_text((actual), TEXT(expected), __FILE__, __LINE__)

/* ---- comparing ---- */

static void test_text_of_null_is_empty(void **state)
{
    (void)state;
    assert_int_equal(text_of(NULL).length, 0);
    assert_int_equal(text_of("abc").length, 3);
}

static void test_equal_needs_every_byte(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("甲"), text_of("甲")));
    assert_false(text_equal(TEXT("a"), TEXT("ab")));
    assert_false(text_equal(TEXT("a"), TEXT("b")));
    assert_true(text_equal((text){NULL, 0}, TEXT("")));
}

static void test_compare_goes_by_bytes_then_length(void **state)
{
    (void)state;
    assert_int_equal(text_compare(TEXT("a"), TEXT("b")), -1);
    assert_int_equal(text_compare(TEXT("b"), TEXT("a")), 1);
    assert_int_equal(text_compare(TEXT("a"), TEXT("ab")), -1);
    assert_int_equal(text_compare(TEXT("ab"), TEXT("a")), 1);
    assert_int_equal(text_compare(TEXT("ab"), TEXT("ab")), 0);
    assert_int_equal(text_compare(TEXT("Z"), TEXT("a")), -1);  /* no locale */
    assert_int_equal(text_compare(TEXT("z"), TEXT("甲")), -1); /* bytes are unsigned */
    assert_int_equal(text_compare((text){NULL, 0}, TEXT("")), 0);
}

/* ---- UTF-8 ---- */

static void check_invalid(const char *bytes, size_t length, size_t expected, const char *file, int line)
{
    /* On the heap and of that size, so that a sanitizer sees a byte read too many. */
    char *copy = mem_alloc(length);
    memcpy(copy, bytes, length);
    _assert_int_equal(utf8_invalid_at(copy, length), expected, file, line);
    mem_free(copy);
}
#define assert_invalid(literal, expected) check_invalid((literal), sizeof(literal) - 1, (expected), __FILE__, __LINE__)
#define assert_valid(literal) check_invalid((literal), sizeof(literal) - 1, sizeof(literal) - 1, __FILE__, __LINE__)

static void test_valid_is_what_unicode_defines(void **state)
{
    (void)state;
    assert_valid("");
    assert_valid("plain");
    assert_valid("\xC2\x80\xDF\xBF");                 /* U+0080 U+07FF */
    assert_valid("\xE0\xA0\x80\xEF\xBF\xBF");         /* U+0800 U+FFFF */
    assert_valid("\xED\x9F\xBF\xEE\x80\x80");         /* U+D7FF U+E000 */
    assert_valid("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"); /* U+10000 U+10FFFF */
    assert_valid("a\0b");
}

static void test_invalid_of_each_kind_is_found(void **state)
{
    (void)state;
    assert_invalid("\x80", 0); /* a tail alone */
    assert_invalid("ab\xBFz", 2);
    assert_invalid("\xC0\x80", 0);         /* overlong NUL */
    assert_invalid("\xC1\xBF", 0);         /* overlong DEL */
    assert_invalid("\xE0\x9F\xBF", 0);     /* overlong U+07FF */
    assert_invalid("\xF0\x8F\xBF\xBF", 0); /* overlong U+FFFF */
    assert_invalid("\xED\xA0\x80", 0);     /* U+D800, a surrogate */
    assert_invalid("\xED\xBF\xBF", 0);     /* U+DFFF */
    assert_invalid("\xF4\x90\x80\x80", 0); /* U+110000 */
    assert_invalid("\xF5\x80\x80\x80", 0);
    assert_invalid("\xFE", 0);
    assert_invalid("\xFF\xFE", 0);
    assert_invalid("\xC3(", 0); /* no tail */
    assert_invalid("\xE5\xBC(", 0);
    assert_invalid("\xE5(\xA0", 0);
    assert_invalid("\xF0\x9F(\x80", 0);
    assert_invalid("\xF0\x9F\x98(", 0);
}

static void test_cut_sequences_are_invalid(void **state)
{
    (void)state;
    assert_invalid("张\xC3", 3);
    assert_invalid("张\xE5", 3);
    assert_invalid("张\xE5\xBC", 3);
    assert_invalid("张\xF0", 3);
    assert_invalid("张\xF0\x9F", 3);
    assert_invalid("张\xF0\x9F\x98", 3);
}

static void test_invalid_is_found_at_each_offset(void **state)
{
    (void)state;
    char bytes[100];
    for (size_t at = 0; at < sizeof bytes; at++) {
        memset(bytes, 'a', sizeof bytes);
        bytes[at] = '\xFF';
        assert_int_equal(utf8_invalid_at(bytes, sizeof bytes), at);
        assert_int_equal(utf8_ascii_end(bytes, sizeof bytes), at);
        assert_int_equal(utf8_invalid_at(bytes, at), at);
    }
}

/* utf8proc decides by a table of its own; every sequence of up to three bytes and a sample of four. */
static void test_validity_agrees_with_utf8proc_exhaustive(void **state)
{
    (void)state;
    static const unsigned char fourth[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
    for (uint32_t n = 0; n < 1u << 24; n++) {
        unsigned char p[4] = {(unsigned char)(n >> 16), (unsigned char)(n >> 8), (unsigned char)n, 0};
        for (size_t i = 0; i < (p[0] >= 0xF0 ? sizeof fourth : 1); i++) {
            utf8proc_int32_t c;
            p[3] = fourth[i];
            size_t length = p[0] >= 0xF0 ? 4 : 3;
            utf8proc_ssize_t step = utf8proc_iterate(p, (utf8proc_ssize_t)length, &c);
            size_t at = 0;
            uint32_t decoded = utf8_next((const char *)p, length, &at);
            if (step < 0 ? decoded != 0xFFFD || at != 1 : decoded != (uint32_t)c || at != (size_t)step)
                fail_msg("%02x %02x %02x %02x", p[0], p[1], p[2], p[3]);
            if ((utf8_invalid_at((const char *)p, length) == 0) != (step < 0))
                fail_msg("%02x %02x %02x %02x", p[0], p[1], p[2], p[3]);
        }
    }
}

/* ---- trimming ---- */

static void test_trim_takes_every_blank_from_both_ends(void **state)
{
    (void)state;
    assert_text(text_trim(TEXT(" \t\r\n x y \t\r\n")), "x y");
    assert_text(text_trim(TEXT("\xC2\xA0x\xC2\xA0")), "x");           /* NBSP */
    assert_text(text_trim(TEXT("\xE3\x80\x80张\xE3\x80\x80")), "张"); /* U+3000 */
    assert_text(text_trim(TEXT("\xEF\xBB\xBFx\xEF\xBB\xBF")), "x");   /* U+FEFF */
    assert_text(text_trim(TEXT("\xE2\x80\x8Bx\xE2\x80\x8F")), "x");   /* U+200B, U+200F */
    assert_text(text_trim(TEXT("\xE2\x80\xAAx\xE2\x80\xAE")), "x");   /* U+202A, U+202E */
    assert_text(text_trim(TEXT("\xE2\x81\xA0x\xE2\x81\xA0")), "x");   /* U+2060 */
}

static void test_trim_leaves_other_characters(void **state)
{
    (void)state;
    assert_text(text_trim(TEXT("x")), "x");
    assert_text(text_trim(TEXT("张 三")), "张 三");
    assert_text(text_trim(TEXT("\xE2\x80\x90x\xE2\x80\xA9")), "\xE2\x80\x90x\xE2\x80\xA9"); /* U+2010, U+2029 */
    assert_text(text_trim(TEXT("\xE3\x80\x81x")), "\xE3\x80\x81x");                         /* 、 */
    assert_text(text_trim(TEXT("à\xC3\xA0")), "à\xC3\xA0"); /* ends in A0 without being NBSP */
}

static void test_trim_of_blanks_only_is_empty(void **state)
{
    (void)state;
    assert_text(text_trim(TEXT(" \xE3\x80\x80\t")), "");
    assert_text(text_trim(TEXT("")), "");
    assert_int_equal(text_trim((text){NULL, 0}).length, 0);
}

static void test_trim_is_safe_on_cut_characters(void **state)
{
    (void)state;
    assert_text(text_trim(TEXT("\xE3\x80")), "\xE3\x80");
    assert_text(text_trim(TEXT("\x80\x80")), "\x80\x80");
}

/* ---- cleaning ---- */

typedef bool (*cleaner)(arena *a, text t, text *out);

static void check_cleaned(cleaner f, text in, text expected, const char *file, int line)
{
    arena a = {0};
    text out = {"unset", 5};
    _assert_true(f(&a, in, &out), "cleans", file, line);
    check_text(out, expected, file, line);
    arena_free(&a);
}
#define assert_cell(in, expected) check_cleaned(text_clean, TEXT(in), TEXT(expected), __FILE__, __LINE__)
#define assert_name(in, expected) check_cleaned(text_clean_name, TEXT(in), TEXT(expected), __FILE__, __LINE__)
#define assert_key(in, expected) check_cleaned(text_key, TEXT(in), TEXT(expected), __FILE__, __LINE__)

static void check_untouched(cleaner f, text in, size_t from, const char *file, int line)
{
    arena a = {0};
    text out;
    _assert_true(f(&a, in, &out), "cleans", file, line);
    _assert_true(out.bytes == in.bytes + from, "the text itself", file, line);
    _assert_true(a.head == NULL, "nothing copied", file, line);
}
#define assert_untouched(f, in, from) check_untouched((f), TEXT(in), (from), __FILE__, __LINE__)

static void test_clean_returns_the_text_itself_where_nothing_changes(void **state)
{
    (void)state;
    assert_untouched(text_clean, "P00012", 0);
    assert_untouched(text_clean, "  84.5 ", 2);
    assert_untouched(text_clean, "张小明", 0);
    assert_untouched(text_clean, "办公室(一)、二", 0);
    assert_untouched(text_clean, "阿卜杜拉·买买提", 0);
    assert_untouched(text_clean, "ひらがな", 0); /* not in the short list, found unchanged by the tables */
    assert_untouched(text_clean_name, "ＡＢ张", 0);
    assert_untouched(text_clean_name, "𠀀䶮", 0);
}

static void test_clean_folds_full_width_forms(void **state)
{
    (void)state;
    assert_cell("９５．５", "95.5");
    assert_cell("ＡＢｃ", "ABc");
    assert_cell("（一）！～", "(一)!~");
    assert_cell("－５", "-5");
    assert_cell("　张三　", "张三");
    assert_cell("￥", "￥"); /* U+FFE5 is no form of an ASCII sign */
}

static void test_clean_composes(void **state)
{
    (void)state;
    assert_cell("e\xCC\x81", "é");
    assert_cell("ａ\xCC\x81", "á"); /* folded first, then composed */
    assert_name("A\xCC\x8A", "Å");
    assert_name("\xE2\x84\xAB", "Å"); /* U+212B, the Angstrom sign */
    assert_name("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한");
}

static void test_clean_name_folds_nothing(void **state)
{
    (void)state;
    assert_name(" ＡＢ１２ ", "ＡＢ１２");
}

static void test_clean_of_blanks_is_empty(void **state)
{
    (void)state;
    assert_cell("  \t", "");
    check_cleaned(text_clean, (text){NULL, 0}, TEXT(""), __FILE__, __LINE__);
    check_cleaned(text_key, (text){NULL, 0}, TEXT(""), __FILE__, __LINE__);
}

static void test_clean_refuses_what_is_not_utf8(void **state)
{
    (void)state;
    arena a = {0};
    text out;
    assert_false(text_clean(&a, TEXT("张\xFF"), &out));
    assert_false(text_clean(&a, TEXT("\xE5\xBC"), &out));
    assert_false(text_clean(&a, TEXT("abc\xED\xA0\x80"), &out));
    assert_false(text_clean_name(&a, TEXT("\xC0\x80"), &out));
    assert_false(text_key(&a, TEXT("a\x80"), &out));
    arena_free(&a);
}

static void test_clean_takes_long_texts(void **state)
{
    (void)state;
    enum { LETTERS = 5000 };
    arena a = {0};
    buffer in = {0}, expected = {0};
    for (int i = 0; i < LETTERS; i++) {
        buffer_add_string(&in, "ｚe\xCC\x81");
        buffer_add_string(&expected, "zé");
    }
    text out;
    assert_true(text_clean(&a, buffer_text(&in), &out));
    check_text(out, buffer_text(&expected), __FILE__, __LINE__);
    buffer_free(&in);
    buffer_free(&expected);
    arena_free(&a);
}

static size_t encode_after(const char *before, uint32_t c, char out[16])
{
    size_t length = strlen(before);
    memcpy(out, before, length);
    return length + (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out + length);
}

/* Against utf8proc's own NFC: every character alone, and behind letters that some marks compose with. */
static void test_clean_name_is_nfc_of_every_character_exhaustive(void **state)
{
    (void)state;
    static const char *const before[] = {"x", "e", "张", "か", "\xEA\xB0\x80"}; /* U+AC00 takes a final jamo */
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            char bytes[16] = {0};
            text in = {bytes, encode_after(before[i], c, bytes)}, out;
            bytes[in.length] = '\0';
            in = text_trim(in);
            char trimmed[16] = {0};
            memcpy(trimmed, in.bytes, in.length);
            utf8proc_uint8_t *expected = utf8proc_NFC((const utf8proc_uint8_t *)trimmed);
            arena a = {0};
            if (!text_clean_name(&a, in, &out) || !text_equal(out, text_of((const char *)expected)))
                fail_msg("U+%04X behind %s", (unsigned)c, before[i]);
            arena_free(&a);
            free(expected);
        }
    }
}

/* ---- keys ---- */

static void test_key_ignores_case_and_joins_words(void **state)
{
    (void)state;
    assert_key("Start Date", "start-date");
    assert_key("start-date", "start-date");
    assert_key("start_date", "start-date");
    assert_key("START  DATE", "start-date");
    assert_key("Start\r\nDate", "start-date");
    assert_key("start - date", "start-date");
    assert_key("Start\xC2\xA0"
               "Date *",
               "start-date");
}

static void test_key_drops_blanks_between_characters(void **state)
{
    (void)state;
    assert_key("股 室", "股室");
    assert_key("股\xE3\x80\x80室", "股室");
    assert_key("绩\n完成数量", "绩完成数量");
    assert_key("A 类", "a类");
    assert_key("第 1 项", "第1项");
}

static void test_key_folds_width_case_and_compatibility(void **state)
{
    (void)state;
    assert_key("ＡＢ", "ab");
    assert_key("Straße", "strasse");
    assert_key("ÉCOLE", "école");
    assert_key("㈠", "(一)");
    assert_key("①", "1");
    assert_key("ｽﾀｰﾄ", "スタート");
    assert_key("ＳＴＡＲＴ＿ＤＡＴＥ", "start-date");
}

static void test_key_drops_stars_and_invisible_characters(void **state)
{
    (void)state;
    assert_key("*姓名", "姓名");
    assert_key("姓名＊", "姓名");
    assert_key("姓\xE2\x80\x8B名", "姓名"); /* U+200B is default-ignorable */
    assert_key("Start *Date", "start-date");
    assert_key("*", "");
}

static void test_key_keeps_signs_that_make_a_difference(void **state)
{
    (void)state;
    assert_key("A-", "a-");
    assert_key("A+", "a+");
    assert_key("1-11", "1-11");
    assert_key("11-1", "11-1");
    assert_key("1.5", "1.5");
}

static void test_key_returns_the_text_itself_where_nothing_changes(void **state)
{
    (void)state;
    assert_untouched(text_key, "满意", 0);
    assert_untouched(text_key, "start-date", 0);
    assert_untouched(text_key, " a1 ", 1);
    assert_untouched(text_key, "姓名2", 0);
}

static void test_key_of_a_key_is_the_key_exhaustive(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char bytes[16];
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        arena a = {0};
        text in = {bytes, encode_after("A b", c, bytes)}, once, twice;
        if (!text_key(&a, in, &once) || !text_key(&a, once, &twice) || !text_equal(once, twice))
            fail_msg("U+%04X", (unsigned)c);
        arena_free(&a);
    }
}

/* ---- columns and near misses ---- */

static void test_columns_counts_wide_characters_twice(void **state)
{
    (void)state;
    assert_int_equal(text_columns(TEXT("abc")), 3);
    assert_int_equal(text_columns(TEXT("张三")), 4);
    assert_int_equal(text_columns(TEXT("e\xCC\x81")), 1);
    assert_int_equal(text_columns(TEXT("买买提·阿")), 9);
    assert_int_equal(text_columns(TEXT("ＡＢ")), 4);
    assert_int_equal(text_columns(TEXT("\t\x7F")), 0);
    assert_int_equal(text_columns(TEXT("")), 0);
}

static void test_distance_is_levenshteins(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 9), 3); /* Levenshtein's usual example */
    assert_int_equal(text_distance(TEXT("subject"), TEXT("subjet"), 9), 1);
    assert_int_equal(text_distance(TEXT(""), TEXT("abc"), 9), 3);
    assert_int_equal(text_distance(TEXT("abc"), TEXT(""), 9), 3);
    assert_int_equal(text_distance(TEXT("abc"), TEXT("abc"), 0), 0);
    assert_int_equal(text_distance(TEXT("满意"), TEXT("不满意"), 9), 1); /* characters, not bytes */
}

static void test_distance_stops_behind_the_limit(void **state)
{
    (void)state;
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 3), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 2), 3);
    assert_int_equal(text_distance(TEXT("kitten"), TEXT("sitting"), 0), 1);
}

static void test_distance_of_long_words_is_beyond_the_limit(void **state)
{
    (void)state;
    char first[100], second[100];
    memset(first, 'a', sizeof first);
    memcpy(second, first, sizeof first);
    second[50] = 'b';
    assert_int_equal(text_distance((text){first, 100}, (text){first, 100}, 5), 0);
    assert_int_equal(text_distance((text){first, 100}, (text){second, 100}, 5), 6);
    assert_int_equal(text_distance((text){first, 64}, (text){second, 64}, 5), 1);
}

static void test_suggest_finds_the_nearest_candidate(void **state)
{
    (void)state;
    const text words[] = {TEXT("subject"), TEXT("rater"), TEXT("role"), TEXT("姓名"), TEXT("单位")};
    assert_text(text_suggest(TEXT("subjet"), words, 5), "subject");
    assert_text(text_suggest(TEXT("ratter"), words, 5), "rater");
    assert_text(text_suggest(TEXT("姓各"), words, 5), "姓名");
}

static void test_suggest_is_silent_without_a_near_one(void **state)
{
    (void)state;
    const text words[] = {TEXT("subject"), TEXT("姓名"), TEXT("a")};
    assert_text(text_suggest(TEXT("weather"), words, 3), "");
    assert_text(text_suggest(TEXT("备注"), words, 3), "");
    assert_text(text_suggest(TEXT("b"), words, 3), ""); /* one letter is near every other */
    assert_text(text_suggest(TEXT(""), words, 3), "");
    assert_text(text_suggest(TEXT("subject"), words, 0), "");
}

static void test_suggest_takes_the_first_of_equals(void **state)
{
    (void)state;
    const text words[] = {TEXT("cat"), TEXT("bat")};
    assert_text(text_suggest(TEXT("rat"), words, 2), "cat");
}

/* ---- buffer ---- */

static void test_buffer_adds_every_kind(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_add(&b, "abc", 2);
    buffer_add_text(&b, TEXT("张"));
    buffer_add_string(&b, "-");
    buffer_add_char(&b, '!');
    buffer_add(&b, NULL, 0);
    buffer_add_integer(&b, 0);
    buffer_add_char(&b, ' ');
    buffer_add_integer(&b, INT64_MIN);
    buffer_add_char(&b, ' ');
    buffer_add_integer(&b, INT64_MAX);
    assert_text(buffer_text(&b), "ab张-!0 -9223372036854775808 9223372036854775807");
    buffer_free(&b);
}

static void test_buffer_is_empty_at_first_and_after_free(void **state)
{
    (void)state;
    buffer b = {0};
    assert_text(buffer_text(&b), "");
    buffer_add_char(&b, 'x');
    buffer_free(&b);
    assert_text(buffer_text(&b), "");
}

static void test_buffer_stays_failed_and_keeps_what_it_has(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_add_string(&b, "12345678"); /* fills the first eight bytes */
    mem_fault_after(0);
    buffer_add_char(&b, 'x');
    mem_fault_after(-1);
    buffer_add_char(&b, 'y');
    assert_true(b.failed);
    assert_text(buffer_text(&b), "12345678");
    buffer_free(&b);
    assert_false(b.failed);
}

static void test_buffer_fails_on_sizes_beyond_memory(void **state)
{
    (void)state;
    buffer b = {0};
    buffer_add_char(&b, 'x');
    buffer_add(&b, "x", SIZE_MAX);
    assert_true(b.failed);
    buffer_free(&b);
}

/* ---- decoder ---- */

static void check_decoded(encoding from, text in, size_t piece, text expected, const char *file, int line)
{
    decoder *d = decoder_new(from);
    buffer out = {0};
    size_t at = 0;
    _assert_true(d != NULL, "the system converts it", file, line);
    while (at < in.length) {
        size_t used, end = at + piece < in.length ? at + piece : in.length;
        /* What was left of the piece before comes again with more behind it, as a reader would do. */
        _assert_true(decoder_feed(d, in.bytes + at, end - at, end == in.length, &out, &used), "decodes", file, line);
        piece = used == 0 ? piece + 1 : piece;
        at += used;
    }
    check_text(buffer_text(&out), expected, file, line);
    buffer_free(&out);
    decoder_free(d);
}
#define assert_decoded(from, in, expected)                                                                             \
    do {                                                                                                               \
        check_decoded((from), TEXT(in), SIZE_MAX / 2, TEXT(expected), __FILE__, __LINE__);                             \
        check_decoded((from), TEXT(in), 1, TEXT(expected), __FILE__, __LINE__);                                        \
        check_decoded((from), TEXT(in), 3, TEXT(expected), __FILE__, __LINE__);                                        \
    } while (0)

/* GB18030-2005: 张 D5C5, 䶮 FE9F (a letter of given names that GBK lacks) */
static void test_decoder_reads_gb18030(void **state)
{
    (void)state;
    assert_decoded(ENCODING_GB18030, "id,\xD0\xD5\xC3\xFB\r\n1,\xD5\xC5\xFE\x9F\r\n", "id,姓名\r\n1,张䶮\r\n");
    assert_decoded(ENCODING_GB18030, "plain", "plain");
}

/* Four bytes: U+0080 is 81308130, U+20000 is 95328236, U+1F600 is 9439FC36, U+10FFFF is E3329A35 */
static void test_decoder_reads_four_byte_characters(void **state)
{
    (void)state;
    assert_decoded(ENCODING_GB18030,
                   "\x81\x30\x81\x30"
                   "a\x95\x32\x82\x36\x94\x39\xFC\x36\xE3\x32\x9A\x35",
                   "\xC2\x80"
                   "a\xF0\xA0\x80\x80\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF");
}

static void test_decoder_reads_utf16le_without_its_mark(void **state)
{
    (void)state;
    assert_decoded(ENCODING_UTF16LE,
                   "\xFF\xFE"
                   "a\0\x20\x5F\x3D\xD8\x00\xDE",
                   "a张\xF0\x9F\x98\x80");
}

static void test_decoder_drops_a_mark_at_the_start_only(void **state)
{
    (void)state;
    assert_decoded(ENCODING_UTF8,
                   "\xEF\xBB\xBF"
                   "a\xEF\xBB\xBF",
                   "a\xEF\xBB\xBF");
    assert_decoded(ENCODING_GB18030,
                   "\x84\x31\x95\x33"
                   "a",
                   "a"); /* U+FEFF is 84319533 */
    assert_decoded(ENCODING_UTF16LE, "\xFF\xFE", "");
}

static void check_undecoded(encoding from, text in, size_t bad, const char *before, const char *file, int line)
{
    decoder *d = decoder_new(from);
    buffer out = {0};
    size_t used;
    _assert_true(!decoder_feed(d, in.bytes, in.length, true, &out, &used), "refused", file, line);
    _assert_int_equal(used, bad, file, line);
    check_text(buffer_text(&out), text_of(before), file, line);
    buffer_free(&out);
    decoder_free(d);
}
#define assert_undecoded(from, in, bad, before) check_undecoded((from), TEXT(in), (bad), (before), __FILE__, __LINE__)

static void test_decoder_names_the_offset_of_the_bad_byte(void **state)
{
    (void)state;
    assert_undecoded(ENCODING_GB18030, "ab\xD5\xC5\xFF\xFFz", 4, "ab张");
    assert_undecoded(ENCODING_GB18030, "\x80", 0, "");
    assert_undecoded(ENCODING_GB18030, "a\x81\x30\x20\x20", 1, "a");
    assert_undecoded(ENCODING_UTF16LE, "a\0\x00\xDEz\0", 2, "a"); /* half a surrogate pair */
    assert_undecoded(ENCODING_UTF8, "a\xC0\x80", 1, "a");
}

static void test_decoder_refuses_a_cut_character_at_the_end(void **state)
{
    (void)state;
    assert_undecoded(ENCODING_GB18030, "a\xD5", 1, "a");
    assert_undecoded(ENCODING_GB18030, "a\x95\x32\x82", 1, "a");
    assert_undecoded(ENCODING_UTF16LE, "a\0b", 2, "a");
    assert_undecoded(ENCODING_UTF16LE, "\x3D\xD8", 0, "");
}

static void test_decoder_waits_for_the_rest_of_a_cut_character(void **state)
{
    (void)state;
    decoder *d = decoder_new(ENCODING_GB18030);
    buffer out = {0};
    size_t used = 99;
    assert_true(decoder_feed(d, "a\x95\x32\x82", 4, false, &out, &used));
    assert_int_equal(used, 1);
    assert_true(decoder_feed(d, "\x95\x32\x82\x36", 4, true, &out, &used));
    assert_int_equal(used, 4);
    assert_text(buffer_text(&out), "a\xF0\xA0\x80\x80");
    assert_true(decoder_feed(d, NULL, 0, true, &out, &used));
    assert_int_equal(used, 0);
    buffer_free(&out);
    decoder_free(d);
}

static void test_decoder_grows_as_far_as_needed(void **state)
{
    (void)state;
    enum { CHARACTERS = 100000 };
    char *in = mem_alloc(CHARACTERS * 2);
    for (size_t i = 0; i < CHARACTERS; i++)
        memcpy(in + 2 * i, "\xD5\xC5", 2);
    decoder *d = decoder_new(ENCODING_GB18030);
    buffer out = {0};
    size_t used;
    assert_true(decoder_feed(d, in, CHARACTERS * 2, true, &out, &used));
    assert_int_equal(out.length, CHARACTERS * 3);
    assert_int_equal(utf8_invalid_at(out.bytes, out.length), out.length);
    buffer_free(&out);
    decoder_free(d);
    mem_free(in);
}

static void test_decoder_free_of_null_is_harmless(void **state)
{
    (void)state;
    decoder_free(NULL);
}

/* ---- without memory ---- */

/* Texts that need every kind of copy, the last one more than fits on the stack. */
static void check_without_memory(cleaner f, text in, const char *file, int line)
{
    bool done = false;
    for (long n = 0; !done; n++) {
        arena a = {0};
        text out;
        mem_fault_after(n);
        done = f(&a, in, &out);
        mem_fault_after(-1);
        arena_free(&a);
        _assert_true(n < 20, "ends", file, line);
        _assert_true(n > 0 || !done, "needs memory", file, line);
    }
}

static void test_clean_survives_each_failing_allocation(void **state)
{
    (void)state;
    char letters[3000];
    for (size_t i = 0; i < sizeof letters; i += 3)
        memcpy(letters + i, "\xEF\xBD\x81", 3); /* ａ */
    check_without_memory(text_clean, TEXT("９５"), __FILE__, __LINE__);
    check_without_memory(text_clean_name, TEXT("e\xCC\x81"), __FILE__, __LINE__);
    check_without_memory(text_key, TEXT("Start Date"), __FILE__, __LINE__);
    check_without_memory(text_key, TEXT("É cole"), __FILE__, __LINE__);
    check_without_memory(text_clean, (text){letters, sizeof letters}, __FILE__, __LINE__);
    check_without_memory(text_key, (text){letters, sizeof letters}, __FILE__, __LINE__);
}

static void test_decoder_survives_each_failing_allocation(void **state)
{
    (void)state;
    bool done = false;
    for (long n = 0; !done; n++) {
        buffer out = {0};
        size_t used = 0;
        mem_fault_after(n);
        decoder *d = decoder_new(ENCODING_GB18030);
        done = d && decoder_feed(d, "\xD5\xC5", 2, true, &out, &used);
        mem_fault_after(-1);
        assert_int_equal(used, done ? 2 : 0);
        assert_int_equal(out.failed, d && !done);
        buffer_free(&out);
        decoder_free(d);
        assert_true(n < 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_of_null_is_empty),
        cmocka_unit_test(test_equal_needs_every_byte),
        cmocka_unit_test(test_compare_goes_by_bytes_then_length),
        cmocka_unit_test(test_valid_is_what_unicode_defines),
        cmocka_unit_test(test_invalid_of_each_kind_is_found),
        cmocka_unit_test(test_cut_sequences_are_invalid),
        cmocka_unit_test(test_invalid_is_found_at_each_offset),
        cmocka_unit_test(test_validity_agrees_with_utf8proc_exhaustive),
        cmocka_unit_test(test_trim_takes_every_blank_from_both_ends),
        cmocka_unit_test(test_trim_leaves_other_characters),
        cmocka_unit_test(test_trim_of_blanks_only_is_empty),
        cmocka_unit_test(test_trim_is_safe_on_cut_characters),
        cmocka_unit_test(test_clean_returns_the_text_itself_where_nothing_changes),
        cmocka_unit_test(test_clean_folds_full_width_forms),
        cmocka_unit_test(test_clean_composes),
        cmocka_unit_test(test_clean_name_folds_nothing),
        cmocka_unit_test(test_clean_of_blanks_is_empty),
        cmocka_unit_test(test_clean_refuses_what_is_not_utf8),
        cmocka_unit_test(test_clean_takes_long_texts),
        cmocka_unit_test(test_clean_name_is_nfc_of_every_character_exhaustive),
        cmocka_unit_test(test_key_ignores_case_and_joins_words),
        cmocka_unit_test(test_key_drops_blanks_between_characters),
        cmocka_unit_test(test_key_folds_width_case_and_compatibility),
        cmocka_unit_test(test_key_drops_stars_and_invisible_characters),
        cmocka_unit_test(test_key_keeps_signs_that_make_a_difference),
        cmocka_unit_test(test_key_returns_the_text_itself_where_nothing_changes),
        cmocka_unit_test(test_key_of_a_key_is_the_key_exhaustive),
        cmocka_unit_test(test_columns_counts_wide_characters_twice),
        cmocka_unit_test(test_distance_is_levenshteins),
        cmocka_unit_test(test_distance_stops_behind_the_limit),
        cmocka_unit_test(test_distance_of_long_words_is_beyond_the_limit),
        cmocka_unit_test(test_suggest_finds_the_nearest_candidate),
        cmocka_unit_test(test_suggest_is_silent_without_a_near_one),
        cmocka_unit_test(test_suggest_takes_the_first_of_equals),
        cmocka_unit_test(test_buffer_adds_every_kind),
        cmocka_unit_test(test_buffer_is_empty_at_first_and_after_free),
        cmocka_unit_test_teardown(test_buffer_stays_failed_and_keeps_what_it_has, never_fail),
        cmocka_unit_test(test_buffer_fails_on_sizes_beyond_memory),
        cmocka_unit_test(test_decoder_reads_gb18030),
        cmocka_unit_test(test_decoder_reads_four_byte_characters),
        cmocka_unit_test(test_decoder_reads_utf16le_without_its_mark),
        cmocka_unit_test(test_decoder_drops_a_mark_at_the_start_only),
        cmocka_unit_test(test_decoder_names_the_offset_of_the_bad_byte),
        cmocka_unit_test(test_decoder_refuses_a_cut_character_at_the_end),
        cmocka_unit_test(test_decoder_waits_for_the_rest_of_a_cut_character),
        cmocka_unit_test(test_decoder_grows_as_far_as_needed),
        cmocka_unit_test(test_decoder_free_of_null_is_harmless),
        cmocka_unit_test_teardown(test_clean_survives_each_failing_allocation, never_fail),
        cmocka_unit_test_teardown(test_decoder_survives_each_failing_allocation, never_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
