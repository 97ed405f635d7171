/* SHA-256 by the vectors of FIPS 180-2 (appendix B), HMAC by those of RFC 4231 (section 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"

/* FIPS 180-2 B.1 */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
/* FIPS 180-2 B.2: "abcdbcde…nopq", two blocks */
#define TWO_BLOCKS "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
/* FIPS 180-2 B.3: a million "a" */
#define MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
/* NIST CAVP SHA256ShortMsg, Len = 0 */
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void check_digest(const digest *d, const char *expected, const char *file, int line)
{
    char printed[65];
    digest_print(d, printed);
    _assert_string_equal(printed, expected, file, line);
}
#define assert_digest(d, expected) check_digest((d), (expected), __FILE__, __LINE__)

static void test_digest_of_abc(void **state)
{
    (void)state;
    digest d;
    assert_true(digest_of("abc", 3, &d));
    assert_digest(&d, ABC);
}

static void test_digest_of_two_blocks(void **state)
{
    (void)state;
    digest d;
    assert_true(digest_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, &d));
    assert_digest(&d, TWO_BLOCKS);
}

static void test_digest_of_nothing(void **state)
{
    (void)state;
    digest d;
    assert_true(digest_of(NULL, 0, &d));
    assert_digest(&d, EMPTY);
}

static void test_hasher_adds_up_pieces(void **state)
{
    (void)state;
    char thousand[1000];
    memset(thousand, 'a', sizeof thousand);
    hasher *h = hasher_new();
    assert_non_null(h);
    for (int i = 0; i < 1000; i++)
        assert_true(hasher_add(h, thousand, sizeof thousand));
    digest d;
    assert_true(hasher_finish(h, &d));
    assert_digest(&d, MILLION);
    hasher_free(h);
}

static void test_hasher_is_empty_after_finish(void **state)
{
    (void)state;
    digest d;
    hasher *h = hasher_new();
    assert_non_null(h);
    assert_true(hasher_add(h, "something else", 14));
    assert_true(hasher_finish(h, &d));
    assert_true(hasher_finish(h, &d));
    assert_digest(&d, EMPTY);
    assert_true(hasher_add(h, "abc", 3) && hasher_add(h, NULL, 0));
    assert_true(hasher_finish(h, &d));
    assert_digest(&d, ABC);
    hasher_free(h);
}

static void test_hasher_new_without_memory_is_null(void **state)
{
    (void)state;
    mem_fault_after(0);
    hasher *h = hasher_new();
    mem_fault_after(-1);
    assert_null(h);
    hasher_free(h);
}

/* RFC 4231, 4.2 */
static void test_keyed_with_a_short_key(void **state)
{
    (void)state;
    uint8_t key[20];
    digest d;
    memset(key, 0x0b, sizeof key);
    assert_true(digest_keyed(key, sizeof key, "Hi There", 8, &d));
    assert_digest(&d, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

/* RFC 4231, 4.3 */
static void test_keyed_with_a_key_shorter_than_the_digest(void **state)
{
    (void)state;
    digest d;
    assert_true(digest_keyed("Jefe", 4, "what do ya want for nothing?", 28, &d));
    assert_digest(&d, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* RFC 4231, 4.7 */
static void test_keyed_with_a_key_longer_than_a_block(void **state)
{
    (void)state;
    uint8_t key[131];
    digest d;
    memset(key, 0xaa, sizeof key);
    assert_true(digest_keyed(key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First", 54, &d));
    assert_digest(&d, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

/* HMAC of nothing under the empty key: Python 3, hmac.new(b"", b"", "sha256") */
static void test_keyed_with_nothing_forgets_the_key_before(void **state)
{
    (void)state;
    digest d;
    assert_true(digest_keyed("Jefe", 4, "x", 1, &d));
    assert_true(digest_keyed(NULL, 0, NULL, 0, &d));
    assert_digest(&d, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void test_random_bytes_differ_from_call_to_call(void **state)
{
    (void)state;
    uint8_t first[32] = {0}, second[32] = {0};
    assert_true(random_bytes(first, sizeof first));
    assert_true(random_bytes(second, sizeof second));
    assert_memory_not_equal(first, second, sizeof first); /* equal once in 2^256 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digest_of_abc),
        cmocka_unit_test(test_digest_of_two_blocks),
        cmocka_unit_test(test_digest_of_nothing),
        cmocka_unit_test(test_hasher_adds_up_pieces),
        cmocka_unit_test(test_hasher_is_empty_after_finish),
        cmocka_unit_test(test_hasher_new_without_memory_is_null),
        cmocka_unit_test(test_keyed_with_a_short_key),
        cmocka_unit_test(test_keyed_with_a_key_shorter_than_the_digest),
        cmocka_unit_test(test_keyed_with_a_key_longer_than_a_block),
        cmocka_unit_test(test_keyed_with_nothing_forgets_the_key_before),
        cmocka_unit_test(test_random_bytes_differ_from_call_to_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
