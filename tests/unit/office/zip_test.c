/* Archives within limits. */
#include "made_book.h"

#include "office/zip.h"

static zip_fault open_bytes(const char *bytes, size_t length)
{
    zip *z = NULL;
    zip_fault fault = zip_open(bytes, length, &z);
    assert_int_equal(fault == ZIP_FINE, z != NULL);
    zip_close(z);
    return fault;
}

static void test_parts_are_found_by_name_without_case(void **state)
{
    (void)state;
    const made_part parts[] = {{"xl/SharedStrings.xml", "texts"}, {"xl\\sheet.xml", "sheet"}};
    made_book m = make_archive(parts, 2);
    zip *z = NULL;
    char out[16];
    size_t got;
    assert_int_equal(zip_open(m.bytes, m.length, &z), ZIP_FINE);
    assert_int_equal(zip_find(z, TEXT("xl/sharedstrings.xml")), 0);
    assert_int_equal(zip_find(z, TEXT("xl/sheet.xml")), 1);
    assert_true(zip_find(z, TEXT("xl/other.xml")) == SIZE_MAX);
    assert_int_equal(zip_begin(z, 1, ZIP_READ), ZIP_FINE);
    assert_int_equal(zip_next(z, out, sizeof out, &got), ZIP_FINE);
    assert_int_equal(got, 5);
    assert_memory_equal(out, "sheet", 5);
    assert_int_equal(zip_next(z, out, sizeof out, &got), ZIP_FINE);
    assert_int_equal(got, 0);
    zip_close(z);
    unmake(&m);
}

static void test_a_name_that_stands_twice_is_damage(void **state)
{
    (void)state;
    const made_part parts[] = {{"a/b.xml", "1"}, {"A/B.xml", "2"}};
    made_book m = make_archive(parts, 2);
    assert_int_equal(open_bytes(m.bytes, m.length), ZIP_DAMAGED);
    unmake(&m);
}

static void test_an_archive_may_be_cut_anywhere(void **state)
{
    (void)state;
    const made_part parts[] = {{"a.xml", "some words"}, {"b.xml", "more words"}};
    made_book m = make_archive(parts, 2);
    for (size_t length = 0; length + 22 < m.length; length++) { /* the last 22 bytes tell where the list of parts is */
        char *cut = malloc(length + 1); /* of its own, so that a sanitizer sees what is read behind it */
        memcpy(cut, m.bytes, length);
        assert_int_equal(open_bytes(cut, length), ZIP_DAMAGED);
        free(cut);
    }
    unmake(&m);
}

static zip_fault read_first(const char *bytes, size_t length)
{
    zip *z = NULL;
    char out[4096];
    size_t got = 1;
    zip_fault fault = zip_open(bytes, length, &z);
    if (fault == ZIP_FINE)
        fault = zip_begin(z, 0, ZIP_READ);
    while (fault == ZIP_FINE && got > 0)
        fault = zip_next(z, out, sizeof out, &got);
    zip_close(z);
    return fault;
}

/* Bit 0 of the flags, in the local header at 6 and in the directory at 8: APPNOTE 4.4.4. */
static void test_encrypted_parts_are_locked(void **state)
{
    (void)state;
    const made_part parts[] = {{"a.xml", "some words"}};
    made_book m = make_archive(parts, 1);
    for (size_t i = 0; i + 10 < m.length; i++)
        if (memcmp(m.bytes + i, "PK\1\2", 4) == 0)
            m.bytes[i + 8] |= 1;
    assert_int_equal(read_first(m.bytes, m.length), ZIP_LOCKED);
    unmake(&m);
}

/* Sizes and checksums in the list of parts (bytes 16 to 27) are changed one after the other: nothing is read beyond them. */
static void test_lies_about_sizes_and_checksums_are_found(void **state)
{
    (void)state;
    const made_part parts[] = {{"a.xml", "some words that are some words that are some words"}};
    made_book m = make_archive(parts, 1);
    size_t at = 0;
    while (memcmp(m.bytes + at, "PK\1\2", 4) != 0)
        at++;
    for (size_t i = at + 16; i < at + 28; i++) {
        m.bytes[i] ^= 0x55;
        zip_fault fault = read_first(m.bytes, m.length);
        assert_true(fault == ZIP_DAMAGED || fault == ZIP_TOO_LARGE);
        m.bytes[i] ^= 0x55;
    }
    assert_int_equal(read_first(m.bytes, m.length), ZIP_FINE);
    unmake(&m);
}

/* 256 MiB and 16 times the archive are the limit: 300 MiB of blanks come out of 0.3 MiB. */
static void test_what_comes_out_is_limited(void **state)
{
    (void)state;
    size_t length = (size_t)300 << 20;
    char *blanks = malloc(length + 1);
    memset(blanks, ' ', length);
    blanks[length] = '\0';
    const made_part parts[] = {{"a.xml", blanks}};
    made_book m = make_archive(parts, 1);
    free(blanks);
    assert_int_equal(read_first(m.bytes, m.length), ZIP_TOO_LARGE);
    unmake(&m);
}

/* Many sheets may name one part: looking through it again and again ends like reading it again and again. */
static void test_what_is_looked_through_is_limited(void **state)
{
    (void)state;
    size_t length = (size_t)200 << 20, got = 1;
    char *blanks = malloc(length + 1), *room = malloc(1 << 20);
    memset(blanks, ' ', length);
    blanks[length] = '\0';
    const made_part parts[] = {{"a.xml", blanks}};
    made_book m = make_archive(parts, 1);
    zip *z;
    free(blanks);
    assert_int_equal(zip_open(m.bytes, m.length, &z), ZIP_FINE);
    zip_fault faults[2];
    for (int i = 0; i < 2; i++) {
        faults[i] = zip_begin(z, 0, ZIP_LOOK_THROUGH);
        for (got = 1; faults[i] == ZIP_FINE && got > 0;)
            faults[i] = zip_next(z, room, 1 << 20, &got);
    }
    assert_int_equal(faults[0], ZIP_FINE);
    assert_int_equal(faults[1], ZIP_TOO_LARGE);
    zip_close(z);
    free(room);
    unmake(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts_are_found_by_name_without_case),
        cmocka_unit_test(test_a_name_that_stands_twice_is_damage),
        cmocka_unit_test(test_an_archive_may_be_cut_anywhere),
        cmocka_unit_test(test_encrypted_parts_are_locked),
        cmocka_unit_test(test_lies_about_sizes_and_checksums_are_found),
        cmocka_unit_test(test_what_comes_out_is_limited),
        cmocka_unit_test(test_what_is_looked_through_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
