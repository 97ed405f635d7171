/* vocabulary.c: what people call a word, which level a category belongs to, and the kinds of decisions. */
#include "batch/vocabulary.h"

text word_label(const vocabulary_word *word)
{
    return word->zh.length > 0 ? word->zh : word->en.length > 0 ? word->en : word->id;
}

text word_label_en(const vocabulary_word *word)
{
    return word->en.length > 0 ? word->en : word_label(word);
}

#define WORD(id, zh, en) {{id, sizeof id - 1}, {zh, sizeof zh - 1}, {en, sizeof en - 1}}

const vocabulary_word decision_kind_words[DECISION_KINDS] = {
    [DECISION_CALIBRATION] = WORD("calibration", "校准", "calibration"),
    [DECISION_OVERRIDE] = WORD("override", "改定", "override"),
    [DECISION_OBJECTION] = WORD("objection", "申诉", "objection"),
};

uint32_t vocabulary_level(const vocabulary *words, text category)
{
    return words->unit_category.length > 0 && text_equal(category, words->unit_category);
}
