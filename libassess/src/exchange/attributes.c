/* attributes: the columns of people that the scheme reads: found by their id or label, each cell checked. */
#include "exchange/reading.h"

bool attributes_prepare(reading *in)
{
    size_t count = in->b->words.attribute_count, readers = count * in->options->threads;
    in->readers = arena_zalloc(&in->texts, (readers + 1) * sizeof *in->readers);
    in->attribute_column = arena_alloc(&in->texts, (count + 1) * sizeof *in->attribute_column);
    bool done = in->readers && in->attribute_column;
    for (size_t i = 0; done && i < readers; i++)
        done = attribute_open(&in->readers[i], &in->b->words.attributes[i % count]);
    return done;
}

void attributes_release(reading *in)
{
    for (size_t i = 0; in->readers && i < in->b->words.attribute_count * in->options->threads; i++)
        attribute_close(&in->readers[i]);
}

/* ---- the header ---- */

/* The standard column of that id, SIZE_MAX: it is none. */
static size_t standard_column(const table_form *form, text id)
{
    for (size_t k = 0; k < form->spec_count; k++)
        if (text_equal(text_of(form->specs[k].id), id))
            return k;
    return SIZE_MAX;
}

/* A standard column may stand under the name that the scheme has for it. */
static void match_standard(sheet *s, size_t column, size_t standard)
{
    if (s->column[standard] != NO_COLUMN) {
        sheet_report_twice(s, s->column[standard], column);
        return;
    }
    s->column[standard] = column;
    s->meaning[column] = (int)standard;
}

/* Attributes go by their id, however the header spells them. One whose name is also that of a standard column (职务) reads the
 * same cells. */
static void match_own(reading *in, sheet *s, size_t column, uint32_t word, size_t *own)
{
    if (in->attribute_column[word] != NO_COLUMN) {
        sheet_report_twice(s, in->attribute_column[word], column);
        return;
    }
    in->attribute_column[word] = column;
    if (s->meaning[column] == COLUMN_UNKNOWN)
        s->meaning[column] = COLUMN_TAKEN;
    own[column] = batch_attribute(s->b, s->b->words.attributes[word].word.id);
    s->failed |= own[column] == SIZE_MAX;
}

static void report_missing(reading *in, sheet *s, size_t number)
{
    const vocabulary_word *word = &in->b->words.attributes[number].word;
    const text words[3] = {word->id, word->zh, word->en};
    sheet_report_missing(s, MSG_input_column_missing, MSG_input_column_missing_near, word->id, word_label(word), words, 3);
}

/* Standard columns stand in their places by now, whatever they are called. */
static void settle(reading *in, sheet *s, const table_form *form)
{
    const vocabulary *words = &in->b->words;
    for (size_t i = 0; i < words->attribute_count; i++) {
        size_t standard = standard_column(form, words->attributes[i].word.id);
        if (standard != SIZE_MAX)
            in->attribute_column[i] = s->column[standard];
        if (in->attribute_column[i] == NO_COLUMN && !words->attributes[i].optional)
            report_missing(in, s, i);
    }
}

void attributes_match(reading *in, sheet *s, const table_form *form, size_t *own)
{
    for (size_t i = 0; i < in->b->words.attribute_count; i++)
        in->attribute_column[i] = NO_COLUMN;
    for (size_t i = 0; i < s->count; i++) {
        bool free = s->meaning[i] == COLUMN_UNKNOWN;
        uint32_t word = free || s->meaning[i] >= 0 ? lexicon_find(&in->attributes, s->keys[i]) : WORD_NONE;
        if (word == WORD_NONE)
            continue;
        size_t standard = standard_column(form, in->b->words.attributes[word].word.id);
        if (standard == SIZE_MAX)
            match_own(in, s, i, word, own);
        else if (free)
            match_standard(s, i, standard);
    }
    settle(in, s, form);
}

/* ---- cells ---- */

/* What may stand in the column, as far as a sentence can hold it. */
static void describe(const vocabulary_attribute *about, buffer out[ASSESS_LANGUAGE_COUNT])
{
    enum { DESCRIBED_BYTES = 1000 };
    static const vocabulary_word more = {.id = {"…", sizeof "…" - 1}};
    bool fits = true;
    for (size_t i = 0; i < about->choice_count && fits; i++) {
        fits = out[ASSESS_EN].length <= DESCRIBED_BYTES && out[ASSESS_ZH].length <= DESCRIBED_BYTES;
        word_describe_both(out, fits ? &about->choices[i] : &more);
    }
}

static void complain_word(line *l, size_t column, const attribute_reader *r, text cell)
{
    buffer words[ASSESS_LANGUAGE_COUNT] = {{0}, {0}};
    text key, near = TEXT("");
    if (errors_are_only_counted(l->problems)) {
        line_report(l, PROBLEM_ERROR, column, message_of1(MSG_input_attribute_word, cell));
        return;
    }
    describe(r->about, words);
    if (text_key(l->scratch, cell, &key))
        near = text_suggest(key, r->keys.texts, r->keys.count);
    else
        l->failed = true;
    message what = message_of3(near.length ? MSG_input_attribute_word_near : MSG_input_attribute_word, cell, TEXT(""), near);
    message_list(&what, 1, words);
    line_report(l, PROBLEM_ERROR, column, what);
    l->failed |= words[ASSESS_EN].failed || words[ASSESS_ZH].failed;
    buffer_free(&words[ASSESS_EN]);
    buffer_free(&words[ASSESS_ZH]);
}

static void complain_range(line *l, size_t column, const vocabulary_attribute *about, text cell)
{
    char low[64], high[64];
    text minimum = {low, decimal_print(about->minimum.coeff, about->minimum.scale, low)};
    text maximum = {high, decimal_print(about->maximum.coeff, about->maximum.scale, high)};
    line_report(l, PROBLEM_ERROR, column, message_of3(MSG_input_attribute_range, cell, minimum, maximum));
}

static void complain_time(line *l, size_t column, attribute_kind kind, attribute_answer answer, text cell)
{
    message_id of_minute = answer == ATTRIBUTE_NO_SUCH_DAY ? MSG_input_time_does_not_exist : MSG_input_not_a_time;
    message_id of_day = answer == ATTRIBUTE_NO_SUCH_DAY ? MSG_input_date_does_not_exist : MSG_input_not_a_date;
    line_report(l, PROBLEM_ERROR, column, message_of1(kind == ATTRIBUTE_MINUTE ? of_minute : of_day, cell));
}

static void complain(line *l, size_t column, const attribute_reader *r, attribute_answer answer, text cell)
{
    const vocabulary_attribute *about = r->about;
    switch (answer) {
    case ATTRIBUTE_EMPTY:
        line_report(l, PROBLEM_ERROR, column, message_of2(MSG_input_attribute_missing, about->word.id, word_label(&about->word)));
        break;
    case ATTRIBUTE_NO_NUMBER:
        line_report(l, PROBLEM_ERROR, column, message_of1(number_complaint(r->number, cell), cell));
        break;
    case ATTRIBUTE_OUT_OF_RANGE: complain_range(l, column, about, cell); break;
    case ATTRIBUTE_NO_DATE:
    case ATTRIBUTE_NO_SUCH_DAY: complain_time(l, column, about->kind, answer, cell); break;
    case ATTRIBUTE_NO_WORD: complain_word(l, column, r, cell); break;
    case ATTRIBUTE_NO_MEMORY: l->failed = true; break;
    case ATTRIBUTE_READ: break;
    }
}

/* The dates of `start` are read, and complained of, by the line itself. */
static bool is_start(const vocabulary_attribute *about) { return text_equal(about->word.id, TEXT("start")); }

void attributes_check(const reading *in, line *l, const text *cells, text category, decimal *values, unsigned worker)
{
    size_t count = in->b->words.attribute_count;
    uint32_t level = vocabulary_level(&in->b->words, category);
    for (size_t i = 0; i < count; i++) {
        attribute_reader *r = &in->readers[worker * count + i];
        size_t column = in->attribute_column[i];
        decimal *value = &values[i];
        *value = (decimal){CELL_BLANK, 0};
        if (column == NO_COLUMN)
            continue;
        bool kept_as_it_is = r->about->kind == ATTRIBUTE_TEXT || (cells[column].length && is_start(r->about));
        attribute_answer answer = ATTRIBUTE_READ;
        if (!kept_as_it_is || !cells[column].length)
            answer = attribute_read(r, cells[column], value);
        if (answer != ATTRIBUTE_READ)
            value->coeff = CELL_BLANK;
        if (answer != ATTRIBUTE_EMPTY || r->about->needed_by >> level & 1)
            complain(l, column, r, answer, cells[column]);
    }
}
