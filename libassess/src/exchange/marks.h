/* marks: a cell of an item: points from 0 to its maximum, or one of its options. */
#ifndef ASSESS_EXCHANGE_MARKS_H
#define ASSESS_EXCHANGE_MARKS_H

#include "batch/batch.h"
#include "exchange/bytes.h"
#include "exchange/lexicon.h"
#include "exchange/sheet.h"

typedef struct mark_rule {
    const vocabulary_item *item;
    int64_t most[DECIMAL_MAX_SCALE + 1]; /* [places]: the maximum in units of that place, rounded down; -1 where a value
                                            with so many places could need more than 63 bits */
    lexicon options;
    text label;                          /* of the item, for sentences */
    text maximum;                        /* of points, for sentences; of options there is a list */
} mark_rule;

/* False: no memory. The texts live in the arena. */
bool mark_rule_set(mark_rule *rule, const vocabulary_item *item, arena *texts);
void mark_rule_free(mark_rule *rule);

/* What one thread has read before: people write few different marks, over and over. A short cell is one number, and the
 * number says where its value was put; zeroed, it holds nothing. */
enum { KNOWN_MARKS_BITS = 11, KNOWN_MARK_BYTES = 7 };
typedef struct mark_cache {
    struct known_mark {
        uint64_t cell;
        int32_t coeff, places;
    } known[1 << KNOWN_MARKS_BITS];
} mark_cache;

/* Digits with at most one point between them, seven characters at most; false: it needs a closer look. */
bool mark_parse(text cell, int32_t *coeff, int32_t *places);

/* Points as almost everybody writes them, within the range. False: it needs a closer look. Eight bytes must be readable
 * at the cell, as they are in a chunk. */
static inline bool mark_quick(const mark_rule *rule, mark_cache *cache, text cell, int64_t *coeff, int *places)
{
    static const uint64_t bytes_of[KNOWN_MARK_BYTES + 1] = {
        0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF};
    if (cell.length == 0 || cell.length > KNOWN_MARK_BYTES)
        return false;
    uint64_t word = load_8(cell.bytes) & bytes_of[cell.length];
    struct known_mark *known = &cache->known[word * UINT64_C(0x9E3779B97F4A7C15) >> (64 - KNOWN_MARKS_BITS)];
    if (known->cell != word) {
        if (!mark_parse(cell, &known->coeff, &known->places))
            return false;
        known->cell = word;
    }
    *coeff = known->coeff;
    *places = known->places;
    return *coeff <= rule->most[*places];
}

/* The closer look. What is wrong is reported as a problem of that column, and the answer is false. */
bool mark_read(const mark_rule *rule, word_cache *cache, line *l, size_t column, decimal *out);

#endif
