/* vocabulary: finding a word by what people write for it. */
#include "batch/vocabulary.h"

text word_label(const vocabulary_word *word)
{
    return word->zh.length > 0 ? word->zh : word->en.length > 0 ? word->en : word->id;
}

uint32_t vocabulary_level(const vocabulary *words, text category)
{
    return words->unit_category.length > 0 && text_equal(category, words->unit_category);
}

static const vocabulary_word *word_at(const void *words, size_t stride, size_t number)
{
    return (const vocabulary_word *)(const void *)((const char *)words + number * stride);
}

/* True when `spelling` is compared as `key`. A spelling that cannot be compared (no memory) is not the word. */
static bool means(arena *scratch, text spelling, text key)
{
    text own;
    if (spelling.length == 0)
        return false;
    return text_equal(spelling, key) || (text_key(scratch, spelling, &own) && text_equal(own, key));
}

/* Ids are looked through before labels, so that a label can never hide another word's id. */
size_t vocabulary_find(const void *words, size_t stride, size_t count, text key)
{
    arena scratch = {0};
    size_t found = SIZE_MAX;
    for (size_t i = 0; key.length > 0 && i < count && found == SIZE_MAX; i++)
        if (means(&scratch, word_at(words, stride, i)->id, key))
            found = i;
    for (size_t i = 0; key.length > 0 && i < count && found == SIZE_MAX; i++) {
        const vocabulary_word *word = word_at(words, stride, i);
        if (means(&scratch, word->zh, key) || means(&scratch, word->en, key))
            found = i;
    }
    arena_free(&scratch);
    return found;
}
