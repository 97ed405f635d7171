/* sheet: headers to columns. A header that means nothing is compared with what is missing, so that a slip of the pen
 * is named once, as what it is. */
#include "exchange/sheet.h"

#include <string.h>

static bool is_numbering(text key)
{
    return text_equal(key, TEXT("序号")) || text_equal(key, TEXT("行号")) || text_equal(key, TEXT("no")) ||
           text_equal(key, TEXT("no."));
}

/* A column that is there to be looked at, such as 姓名（供核对） beside an id. */
static bool is_for_reference(text key)
{
    static const text endings[] = {{"(供核对)", 11}, {"(forreference)", 14}, {"(for-reference)", 15}};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        text e = endings[i];
        if (key.length > e.length && memcmp(key.bytes + key.length - e.length, e.bytes, e.length) == 0)
            return true;
    }
    return false;
}

static int meaning_of(text key)
{
    if (key.length == 0)
        return COLUMN_NAMELESS;
    return is_numbering(key) || is_for_reference(key) ? COLUMN_NUMBERING : COLUMN_UNKNOWN;
}

static bool copy_header(sheet *s, size_t i, text cell)
{
    text trimmed = text_trim(cell), key;
    char *copy = arena_text(&s->texts, trimmed.bytes, trimmed.length);
    if (!copy)
        return false;
    s->written[i] = (text){copy, trimmed.length};
    if (!text_key(&s->texts, s->written[i], &key))
        return false;
    s->keys[i] = key;
    s->meaning[i] = meaning_of(key);
    return true;
}

bool sheet_begin(sheet *s, batch *b, uint32_t source, const text *cells, size_t count, uint32_t row)
{
    *s = (sheet){.b = b, .source = source, .header_row = row, .problems = &b->problems};
    while (count > 0 && text_trim(cells[count - 1]).length == 0)
        count--;
    s->count = count;
    s->written = arena_alloc(&s->texts, count * sizeof *s->written);
    s->keys = arena_alloc(&s->texts, count * sizeof *s->keys);
    s->meaning = arena_alloc(&s->texts, count * sizeof *s->meaning);
    bool done = s->written && s->keys && s->meaning;
    for (size_t i = 0; done && i < count; i++)
        done = copy_header(s, i, cells[i]);
    for (size_t i = 0; i < MOST_SPECS; i++)
        s->column[i] = NO_COLUMN;
    return done;
}

void sheet_free(sheet *s)
{
    arena_free(&s->texts);
}

void sheet_report(sheet *s, problem_severity severity, size_t column, message what)
{
    problem p = {.severity = severity, .what = what, .source = s->source, .row = s->header_row};
    if (column != NO_COLUMN) {
        p.column = (uint32_t)column + 1;
        p.header = s->written[column];
    }
    problem_add(s->problems, p);
}

size_t sheet_errors(const sheet *s)
{
    return s->problems->errors;
}

/* ---- standard columns ---- */

/* The next of the words parted by '|'; false when there is none left. */
static bool next_word(const char **at, text *out)
{
    if (**at == '\0')
        return false;
    size_t length = strcspn(*at, "|");
    *out = (text){*at, length};
    *at += length + ((*at)[length] == '|');
    return true;
}

static bool is_spelling_of(const column_spec *spec, text key)
{
    const char *at = spec->spellings;
    text word;
    if (text_equal(key, text_of(spec->id)) || text_equal(key, text_of(spec->zh)))
        return true;
    while (next_word(&at, &word))
        if (text_equal(key, word))
            return true;
    return false;
}

const column_spec *sheet_spelling(const column_spec *specs, size_t spec_count, text key)
{
    for (size_t k = 0; k < spec_count; k++)
        if (is_spelling_of(&specs[k], key))
            return &specs[k];
    return NULL;
}

void sheet_report_twice(sheet *s, size_t first, size_t second)
{
    buffer number = {0};
    buffer_add_integer(&number, (int64_t)first + 1);
    s->failed |= number.failed;
    sheet_report(s, PROBLEM_ERROR, second,
                 message_of3(MSG_input_column_twice, s->written[second], buffer_text(&number), s->written[first]));
    s->meaning[second] = COLUMN_EXPLAINED;
    buffer_free(&number);
}

void sheet_match(sheet *s, const column_spec *specs, size_t spec_count)
{
    for (size_t i = 0; i < s->count; i++) {
        for (size_t k = 0; s->meaning[i] == COLUMN_UNKNOWN && k < spec_count; k++) {
            if (!is_spelling_of(&specs[k], s->keys[i]))
                continue;
            s->meaning[i] = (int)k;
            if (s->column[k] == NO_COLUMN)
                s->column[k] = i;
            else
                sheet_report_twice(s, s->column[k], i);
        }
    }
}

bool sheet_is_known(const sheet *s)
{
    for (size_t i = 0; i < MOST_SPECS; i++)
        if (s->column[i] != NO_COLUMN)
            return true;
    return false;
}

void sheet_check_repeated(sheet *s)
{
    interner seen = {0};
    uint32_t *first = arena_alloc(&s->texts, (s->count + 1) * sizeof *first);
    s->failed |= !first;
    for (size_t i = 0; first && i < s->count; i++) {
        size_t before = seen.count;
        if (s->meaning[i] == COLUMN_NAMELESS || s->meaning[i] == COLUMN_EXPLAINED)
            continue;
        uint32_t number = intern_add(&seen, s->keys[i]);
        s->failed |= number == INTERN_NONE;
        if (seen.count > before)
            first[number] = (uint32_t)i;
        else if (number != INTERN_NONE)
            sheet_report_twice(s, first[number], i);
    }
    intern_free(&seen);
}

/* ---- what is missing ---- */

static size_t nearest_unknown(sheet *s, const text *words, size_t word_count)
{
    text *candidates = arena_alloc(&s->texts, (s->count + 1) * sizeof *candidates);
    size_t count = 0;
    s->failed |= !candidates;
    for (size_t i = 0; candidates && i < s->count; i++)
        if (s->meaning[i] == COLUMN_UNKNOWN)
            candidates[count++] = s->keys[i];
    for (size_t w = 0; w < word_count; w++) {
        text nearest = text_suggest(words[w], candidates, count);
        for (size_t i = 0; nearest.length > 0 && i < s->count; i++)
            if (s->keys[i].bytes == nearest.bytes)
                return i;
    }
    return NO_COLUMN;
}

void sheet_report_missing(sheet *s, message_id plain, message_id with_suggestion, text id, text label,
                          const text *words, size_t word_count)
{
    size_t near = nearest_unknown(s, words, word_count);
    if (near == NO_COLUMN) {
        sheet_report(s, PROBLEM_ERROR, NO_COLUMN, message_of2(plain, id, label));
    } else {
        sheet_report(s, PROBLEM_ERROR, near, message_of3(with_suggestion, id, label, s->written[near]));
        s->meaning[near] = COLUMN_EXPLAINED;
    }
}

static size_t words_of(const column_spec *spec, text *words, size_t room)
{
    const char *at = spec->spellings;
    size_t count = 2;
    words[0] = text_of(spec->id);
    words[1] = text_of(spec->zh);
    while (count < room && next_word(&at, &words[count]))
        count++;
    return count;
}

enum { MOST_WORDS = 24 };

/* Two neighbouring letters have changed places: strat for start. */
static bool is_swapped(text a, text b)
{
    size_t at = 0;
    if (a.length != b.length)
        return false;
    while (at < a.length && a.bytes[at] == b.bytes[at])
        at++;
    return at + 1 < a.length && a.bytes[at] == b.bytes[at + 1] && a.bytes[at + 1] == b.bytes[at] &&
           memcmp(a.bytes + at + 2, b.bytes + at + 2, a.length - at - 2) == 0;
}

/* Headers of two or three characters are all alike (性别 and 类别): only longer ones can be nearly another. */
static bool is_nearly(text key, text word)
{
    size_t characters = 0;
    for (size_t at = 0; at < word.length; characters++)
        utf8_next(word.bytes, word.length, &at);
    return characters >= 4 && (text_distance(key, word, 1) <= 1 || is_swapped(key, word));
}

static bool report_misspelt(sheet *s, size_t column, const column_spec *spec)
{
    text words[MOST_WORDS];
    size_t count = words_of(spec, words, MOST_WORDS);
    for (size_t w = 0; w < count && s->meaning[column] == COLUMN_UNKNOWN; w++) {
        if (!is_nearly(s->keys[column], words[w]))
            continue;
        sheet_report(s, PROBLEM_ERROR, column,
                     message_of3(MSG_input_column_misspelt, s->written[column], text_of(spec->id), text_of(spec->zh)));
        s->meaning[column] = COLUMN_EXPLAINED;
    }
    return s->meaning[column] == COLUMN_EXPLAINED;
}

void sheet_check(sheet *s, const column_spec *specs, size_t spec_count)
{
    text words[MOST_WORDS];
    for (size_t k = 0; k < spec_count; k++) {
        if (!specs[k].required || s->column[k] != NO_COLUMN)
            continue;
        size_t count = words_of(&specs[k], words, MOST_WORDS);
        sheet_report_missing(s, MSG_input_column_missing, MSG_input_column_missing_near, text_of(specs[k].id),
                             text_of(specs[k].zh), words, count);
    }
    for (size_t k = 0; k < spec_count; k++)
        for (size_t i = 0; s->column[k] == NO_COLUMN && i < s->count; i++)
            if (s->meaning[i] == COLUMN_UNKNOWN)
                s->misspelt[k] |= report_misspelt(s, i, &specs[k]);
}

static size_t characters_of(text t)
{
    size_t count = 0;
    for (size_t at = 0; at < t.length; count++)
        utf8_next(t.bytes, t.length, &at);
    return count;
}

/* A third of the longer word may differ, rounded up: 结朿 for 结束, 责任人 for 连带责任人. */
static size_t distance_of_words(text key, text word)
{
    size_t one = characters_of(key), other = characters_of(word), longer = one > other ? one : other;
    size_t limit = (longer + 2) / 3, distance = text_distance(key, word, limit);
    return one >= 2 && distance <= limit ? distance : SIZE_MAX;
}

const column_spec *sheet_nearest(const sheet *s, size_t column, const column_spec *specs, size_t spec_count)
{
    const column_spec *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t k = 0; k < spec_count; k++) {
        text words[MOST_WORDS];
        size_t count = s->column[k] == NO_COLUMN ? words_of(&specs[k], words, MOST_WORDS) : 0;
        for (size_t w = 0; w < count; w++) {
            size_t distance = distance_of_words(s->keys[column], words[w]);
            if (distance < best) {
                best = distance;
                nearest = &specs[k];
            }
        }
    }
    return nearest;
}
