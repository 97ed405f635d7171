/* marks: a cell of an item: points from 0 to its maximum, or one of its options. */
#ifndef ASSESS_EXCHANGE_MARKS_H
#define ASSESS_EXCHANGE_MARKS_H

#include "batch/batch.h"
#include "exchange/bytes.h"
#include "exchange/lexicon.h"
#include "exchange/sheet.h"

typedef struct mark_rule {
    const vocabulary_item *item;
    int64_t most[DECIMAL_MAX_SCALE + 1]; /* [places]: the maximum in units of that place, rounded down */
    int finest;                          /* places up to which the maximum fits 63 bits */
    lexicon options;
    text label;                          /* of the item, for sentences */
    text allowed;                        /* the maximum, or the options, for sentences */
} mark_rule;

/* False: no memory. The texts live in the arena. */
bool mark_rule_set(mark_rule *rule, const vocabulary_item *item, arena *texts);
void mark_rule_free(mark_rule *rule);

/* Points as almost everybody writes them: up to seven ASCII characters, digits with at most one point between them, within
 * the range. The characters are worked on together, eight bytes as one number, and without a branch that depends on where
 * the point is, for no processor guesses that. False: it needs a closer look. Eight bytes must be readable at the cell,
 * as they are in a chunk. */
static inline bool mark_quick(const mark_rule *rule, text cell, decimal *out)
{
    const uint64_t zeros = UINT64_C(0x3030303030303030), low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    if (cell.length == 0 || cell.length > 7)
        return false;
    /* The first point; behind the last character stands one that counts when there is no other. */
    unsigned bits = 8 * (unsigned)cell.length;
    uint64_t word = load_8(cell.bytes), other = word ^ UINT64_C(0x2E2E2E2E2E2E2E2E);
    uint64_t points = ~(((other & low) + low) | other | low) | UINT64_C(0x80) << bits;
    unsigned before = (unsigned)__builtin_ctzll(points) - 7, has_point = before != bits;
    unsigned places = (bits - before) / 8 - has_point, digit_bits = bits - 8 * has_point;
    if (digit_bits == 0 || (has_point & (places == 0)))
        return false;
    /* Without it, and with zeros in front: "59.5" becomes "00000595", the last digit in the highest byte. */
    uint64_t whole = (UINT64_C(1) << before) - 1;
    word = (word & whole) | (word >> 8 & ~whole);
    uint64_t digits = ((word << (64 - digit_bits)) | zeros >> digit_bits) - zeros;
    if (((digits + UINT64_C(0x7676767676767676)) | digits) & UINT64_C(0x8080808080808080))
        return false;
    digits = digits * 10 + (digits >> 8); /* pairs, then four and four, then eight */
    digits = ((digits & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064) +
              (digits >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001)) >> 32;
    *out = (decimal){(int64_t)digits, (int)places};
    return places <= (unsigned)rule->finest && out->coeff <= rule->most[places];
}

/* The closer look. What is wrong is reported as a problem of that column, and the answer is false. */
bool mark_read(const mark_rule *rule, word_cache *cache, line *l, size_t column, decimal *out);

#endif
