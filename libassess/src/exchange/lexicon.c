#include "exchange/lexicon.h"

#include <string.h>

bool lexicon_add(lexicon *l, text spelling, uint32_t word)
{
    arena scratch = {0};
    text key;
    size_t before = l->keys.count;
    if (spelling.length == 0)
        return true;
    bool done = text_key(&scratch, spelling, &key) && MEM_RESERVE(l->words, l->capacity, before + 1) &&
                MEM_RESERVE(l->spellings, l->spelling_capacity, before + 1) && intern_add(&l->keys, key) != INTERN_NONE;
    if (done && l->keys.count > before) {
        l->words[before] = word;
        l->spellings[before] = spelling;
    }
    arena_free(&scratch);
    return done;
}

/* Any of its spellings may stand in a cell; a sentence names the one that its reader knows. A letter is ticked on ballots, so it
 * stands before its meaning: "A 满意". */
void word_describe(buffer *out, const vocabulary_word *word, assess_language language)
{
    text called = language == ASSESS_ZH ? word_label(word) : word_label_en(word);
    if (out->length > 0)
        buffer_add_string(out, language == ASSESS_ZH ? "、" : ", ");
    if (word->id.length == 1 && !text_equal(word->id, called)) {
        buffer_add_text(out, word->id);
        buffer_add_char(out, ' ');
    }
    buffer_add_text(out, called);
}

void word_describe_both(buffer out[ASSESS_LANGUAGE_COUNT], const vocabulary_word *word)
{
    word_describe(&out[ASSESS_EN], word, ASSESS_EN);
    word_describe(&out[ASSESS_ZH], word, ASSESS_ZH);
}

void message_list(message *m, size_t number, const buffer lists[ASSESS_LANGUAGE_COUNT])
{
    m->args[number] = buffer_text(&lists[ASSESS_EN]);
    m->zh[number] = buffer_text(&lists[ASSESS_ZH]);
}

bool lexicon_add_words(lexicon *l, const void *words, size_t stride, size_t count)
{
    bool done = true;
    for (int labels = 0; labels < 2; labels++) {
        for (size_t i = 0; done && i < count; i++) {
            const vocabulary_word *word = (const void *)((const char *)words + i * stride);
            uint32_t number = (uint32_t)i;
            if (labels)
                done = lexicon_add(l, word->zh, number) && lexicon_add(l, word->en, number);
            else
                done = lexicon_add(l, word->id, number);
            if (!labels)
                word_describe_both(l->described, word);
        }
    }
    return done && !l->described[ASSESS_EN].failed && !l->described[ASSESS_ZH].failed;
}

void lexicon_free(lexicon *l)
{
    intern_free(&l->keys);
    mem_free(l->words);
    mem_free(l->spellings);
    buffer_free(&l->described[ASSESS_EN]);
    buffer_free(&l->described[ASSESS_ZH]);
    *l = (lexicon){0};
}

uint32_t lexicon_find(const lexicon *l, text key)
{
    uint32_t found = intern_find(&l->keys, key);
    return found == INTERN_NONE ? WORD_NONE : l->words[found];
}

text lexicon_suggest(const lexicon *l, text key)
{
    text nearest = text_suggest(key, l->keys.texts, l->keys.count);
    uint32_t found = nearest.length > 0 ? intern_find(&l->keys, nearest) : INTERN_NONE;
    return found == INTERN_NONE ? TEXT("") : l->spellings[found];
}

static void remember(word_cache *cache, text cell, uint32_t word)
{
    if (word == WORD_NONE || cell.length > KNOWN_BYTES || cache->count == KNOWN_SPELLINGS)
        return;
    struct known_spelling *known = &cache->known[cache->count++];
    known->word = word;
    known->length = (unsigned char)cell.length;
    memcpy(known->bytes, cell.bytes, cell.length);
}

bool lexicon_look_up(const lexicon *l, word_cache *cache, arena *scratch, text cell, uint32_t *word, text *key)
{
    *key = TEXT("");
    if (word_cache_find(cache, cell, word))
        return true;
    if (!text_key(scratch, cell, key))
        return false;
    *word = lexicon_find(l, *key);
    remember(cache, cell, *word);
    return true;
}
