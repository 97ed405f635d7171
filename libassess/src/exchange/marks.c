#include "exchange/marks.h"

/* ---- rules ---- */

static void set_range(mark_rule *rule, decimal maximum)
{
    for (int places = 0; places <= DECIMAL_MAX_SCALE; places++) {
        int64_t *most = &rule->most[places];
        if (places < maximum.scale)
            *most = maximum.coeff / power_of_ten(maximum.scale - places);
        else if (__builtin_mul_overflow(maximum.coeff, power_of_ten(places - maximum.scale), most))
            *most = -1;
    }
}

bool mark_rule_set(mark_rule *rule, const vocabulary_item *item, arena *texts)
{
    char number[64];
    *rule = (mark_rule){.item = item, .label = word_label(&item->word)};
    set_range(rule, item->maximum);
    if (!lexicon_add_words(&rule->options, item->options, sizeof *item->options, item->option_count))
        return false;
    rule->maximum.length = decimal_print(item->maximum.coeff, item->maximum.scale, number);
    rule->maximum.bytes = arena_text(texts, number, rule->maximum.length);
    return rule->maximum.bytes != NULL;
}

void mark_rule_free(mark_rule *rule)
{
    lexicon_free(&rule->options);
}

/* ---- options ---- */

/* Bytes of a sign that people put between options; 0 when there is none at p. Full-width forms are folded already, and
 * a blank between letters has become '-'. */
static size_t separator_length(text key, size_t at)
{
    const char *p = key.bytes + at;
    size_t left = key.length - at;
    if (*p == ',' || *p == ';' || *p == '/' || *p == '|' || *p == '+' || *p == '\\' || *p == '&' || *p == '-')
        return 1;
    return left >= 3 && p[0] == '\xE3' && p[1] == '\x80' && p[2] == '\x81' ? 3 : 0; /* 、 */
}

static size_t option_at(const lexicon *options, text key, size_t at, size_t choice)
{
    text spelling = options->keys.texts[choice];
    text part = {key.bytes + at, spelling.length};
    return at + spelling.length <= key.length && text_equal(part, spelling) ? spelling.length : 0;
}

/* True when the key is nothing but options, two or more of them, one behind the other or with signs between them: "ab",
 * "a;c", "满意,一般". best[at] is the largest number of options that end at `at`, + 1. */
static bool is_several(const lexicon *options, text key)
{
    enum { LONGEST = 128 };
    unsigned char best[LONGEST + 1] = {1};
    if (key.length > LONGEST)
        return false;
    for (size_t at = 0; at < key.length; at++) {
        if (best[at] == 0)
            continue;
        size_t sign = separator_length(key, at);
        if (sign > 0 && best[at + sign] < best[at])
            best[at + sign] = best[at];
        for (size_t i = 0; i < options->keys.count; i++) {
            size_t length = option_at(options, key, at, i);
            if (length > 0 && best[at + length] < best[at] + 1)
                best[at + length] = (unsigned char)(best[at] + 1);
        }
    }
    return best[key.length] >= 3;
}

static bool complain(line *l, size_t column, message_id id, text found, const mark_rule *rule)
{
    message what = message_of3(id, found, rule->maximum, word_label_en(&rule->item->word));
    what.zh[2] = rule->label;
    if (rule->item->option_count > 0)
        message_list(&what, 1, rule->options.described);
    line_report(l, PROBLEM_ERROR, column, what);
    return false;
}

static bool read_option(const mark_rule *rule, word_cache *cache, line *l, size_t column, text written, decimal *out)
{
    uint32_t word;
    text key;
    if (!lexicon_look_up(&rule->options, cache, l->scratch, written, &word, &key)) {
        l->failed = true;
        return false;
    }
    bool several = word == WORD_NONE && is_several(&rule->options, key);
    *out = (decimal){several ? CELL_INVALID : (int64_t)word, 0};
    if (word != WORD_NONE || (several && rule->item->lenient))
        return true;
    return complain(l, column, several ? MSG_input_option_several : MSG_input_option_unknown, written, rule);
}

/* ---- points ---- */

bool mark_parse(text cell, int32_t *coeff, int32_t *places)
{
    size_t point = 0; /* 1 + its place */
    int32_t value = 0;
    for (size_t i = 0; i < cell.length; i++) {
        unsigned digit = (unsigned)(unsigned char)cell.bytes[i] - '0';
        if (digit <= 9)
            value = value * 10 + (int32_t)digit;
        else if (cell.bytes[i] == '.' && point == 0 && i > 0 && i + 1 < cell.length)
            point = i + 1;
        else
            return false;
    }
    *coeff = value;
    *places = point > 0 ? (int32_t)(cell.length - point) : 0;
    return true;
}

static message_id range_complaint(const mark_rule *rule, decimal *out)
{
    if (out->coeff < 0)
        return MSG_input_mark_negative;
    while (rule->most[out->scale] < 0 && out->coeff % 10 == 0) {
        out->coeff /= 10;
        out->scale--;
    }
    if (rule->most[out->scale] < 0)
        return MSG_input_mark_places;
    return out->coeff > rule->most[out->scale] ? MSG_input_mark_range : MESSAGE_COUNT;
}

static bool read_points(const mark_rule *rule, line *l, size_t column, text written, decimal *out)
{
    text cleaned = line_clean(l, column);
    if (l->failed)
        return false;
    message_id id = number_complaint(decimal_parse(cleaned.bytes, cleaned.length, out), cleaned);
    if (id == MESSAGE_COUNT)
        id = range_complaint(rule, out);
    return id == MESSAGE_COUNT || complain(l, column, id, written, rule);
}

bool mark_read(const mark_rule *rule, word_cache *cache, line *l, size_t column, decimal *out)
{
    text written = line_trimmed(l, column);
    if (written.length == 0 && rule->item->lenient) {
        *out = (decimal){CELL_BLANK, 0};
        return true;
    }
    if (written.length == 0)
        return complain(l, column, rule->item->option_count > 0 ? MSG_input_option_missing : MSG_input_mark_missing,
                        written, rule);
    if (rule->item->option_count > 0)
        return read_option(rule, cache, l, column, written, out);
    return read_points(rule, l, column, written, out);
}
