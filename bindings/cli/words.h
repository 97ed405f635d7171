/* words: the sentences of the command line; see words.def. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <assess/assess.h>

typedef enum word_id {
#define WORD(name, en, zh) WORD_##name,
#include "words.def"
#undef WORD
    WORD_COUNT
} word_id;

const char *word(assess_language language, word_id id);
const char *word_name(word_id id); /* "NO_INPUT": language-free, for programs */

typedef struct topic {
    const char *name;
    const char *title[ASSESS_LANGUAGE_COUNT], *text[ASSESS_LANGUAGE_COUNT];
} topic;
extern const topic topics[];
extern const size_t topic_count;

#endif
