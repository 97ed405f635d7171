/* marks: a cell of an item: points from 0 to its maximum, or one of its options. */
#ifndef ASSESS_EXCHANGE_MARKS_H
#define ASSESS_EXCHANGE_MARKS_H

#include "batch/batch.h"
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

/* Points as almost everybody writes them: up to 15 ASCII digits with at most one point, within the range. False: it
 * needs a closer look. */
static inline bool mark_quick(const mark_rule *rule, text cell, decimal *out)
{
    enum { LONGEST = 16 };
    int64_t coeff = 0;
    size_t point = 0;
    if (cell.length == 0 || cell.length >= LONGEST)
        return false;
    for (size_t i = 0; i < cell.length; i++) {
        unsigned digit = (unsigned)(unsigned char)cell.bytes[i] - '0';
        if (digit <= 9)
            coeff = coeff * 10 + digit;
        else if (cell.bytes[i] == '.' && point == 0 && i > 0)
            point = i + 1;
        else
            return false;
    }
    size_t places = point > 0 ? cell.length - point : 0;
    if (point == cell.length || places > (size_t)rule->finest || coeff > rule->most[places])
        return false;
    *out = (decimal){coeff, (int)places};
    return true;
}

/* The closer look. What is wrong is reported as a problem of that column, and the answer is false. */
bool mark_read(const mark_rule *rule, word_cache *cache, line *l, size_t column, decimal *out);

#endif
