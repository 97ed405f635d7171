/* vocabulary.c: what people call a word, and which level a category belongs to. */
#include "batch/vocabulary.h"

text word_label(const vocabulary_word *word)
{
    return word->zh.length > 0 ? word->zh : word->en.length > 0 ? word->en : word->id;
}

uint32_t vocabulary_level(const vocabulary *words, text category)
{
    return words->unit_category.length > 0 && text_equal(category, words->unit_category);
}
