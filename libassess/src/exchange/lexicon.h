/* lexicon: the words that a cell may hold, by every spelling, to their numbers. Filled once; finding is safe from many
 * threads. */
#ifndef ASSESS_EXCHANGE_LEXICON_H
#define ASSESS_EXCHANGE_LEXICON_H

#include <string.h>

#include "base/intern.h"
#include "base/message.h"
#include "batch/vocabulary.h"

#define WORD_NONE UINT32_MAX

typedef struct lexicon {
    interner keys;
    uint32_t *words;    /* [key] */
    text *spellings;    /* [key]: as it is shown; borrowed */
    size_t capacity, spelling_capacity;
    buffer described[ASSESS_LANGUAGE_COUNT]; /* all words, as a sentence of the language lists them */
} lexicon;

/* One spelling; the first word that takes it keeps it. False: no memory. */
bool lexicon_add(lexicon *l, text spelling, uint32_t word);
/* Appends what people call the word in the language, behind a comma where something stands already. */
void word_describe(buffer *out, const vocabulary_word *word, assess_language language);
/* The same for each language. */
void word_describe_both(buffer out[ASSESS_LANGUAGE_COUNT], const vocabulary_word *word);
/* Puts both lists into the message as argument `number`; they are borrowed. */
void message_list(message *m, size_t number, const buffer lists[ASSESS_LANGUAGE_COUNT]);
/* Ids, then labels, of an array of structs that begin with a vocabulary_word. */
bool lexicon_add_words(lexicon *l, const void *words, size_t stride, size_t count);
void lexicon_free(lexicon *l);

uint32_t lexicon_find(const lexicon *l, text key);
/* The spelling nearest to `key`, or an empty text. */
text lexicon_suggest(const lexicon *l, text key);

/* What one thread has looked up before: cells repeat a few spellings over and over. */
enum { KNOWN_SPELLINGS = 8, KNOWN_BYTES = 23 };
typedef struct word_cache {
    struct known_spelling {
        uint32_t word;
        unsigned char length;
        char bytes[KNOWN_BYTES];
    } known[KNOWN_SPELLINGS];
    size_t count;
} word_cache;

static inline bool word_cache_find(const word_cache *cache, text cell, uint32_t *word)
{
    for (size_t i = 0; i < cache->count; i++) {
        const struct known_spelling *known = &cache->known[i];
        if (known->length == cell.length && memcmp(known->bytes, cell.bytes, cell.length) == 0) {
            *word = known->word;
            return true;
        }
    }
    return false;
}

/* Looks a cell up as it is written; *key is its text_key where the cache did not know it. False: no memory. */
bool lexicon_look_up(const lexicon *l, word_cache *cache, arena *scratch, text cell, uint32_t *word, text *key);

#endif
