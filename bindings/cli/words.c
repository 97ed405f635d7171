/* words: the catalogue as tables. */
#include "words.h"

static const char *const sentences[WORD_COUNT][ASSESS_LANGUAGE_COUNT] = {
#define WORD(name, en, zh) [WORD_##name] = {[ASSESS_ZH] = zh, [ASSESS_EN] = en},
#include "words.def"
#undef WORD
};

static const char *const names[WORD_COUNT] = {
#define WORD(name, en, zh) [WORD_##name] = #name,
#include "words.def"
#undef WORD
};

const topic topics[] = {
#define TOPIC(name, title_en, title_zh, en, zh)                                                                        \
    {#name, {[ASSESS_ZH] = title_zh, [ASSESS_EN] = title_en}, {[ASSESS_ZH] = zh, [ASSESS_EN] = en}},
#include "topics.def"
#undef TOPIC
};
const size_t topic_count = sizeof topics / sizeof *topics;

const char *word(assess_language language, word_id id)
{
    return sentences[id][language];
}

const char *word_name(word_id id)
{
    return names[id];
}
