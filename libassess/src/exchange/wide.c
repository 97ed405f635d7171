/* wide: one row per ballot, one column per item. */
#include "exchange/ratings.h"

/* ---- header ---- */

static void match_items(rating_job *job)
{
    sheet *s = &job->table->sheet;
    for (size_t i = 0; i < s->count; i++) {
        uint32_t item = s->meaning[i] == COLUMN_UNKNOWN ? lexicon_find(&job->table->in->items, s->keys[i]) : WORD_NONE;
        if (item == WORD_NONE)
            continue;
        if (job->item_column[item] != NO_COLUMN) {
            sheet_report_twice(s, job->item_column[item], i);
        } else {
            job->item_column[item] = i;
            s->meaning[i] = COLUMN_TAKEN;
        }
    }
}

/* Whether the header is what people call the item, which its id alone is not. */
static bool is_called(sheet *s, size_t column, const vocabulary_word *word)
{
    text zh, en;
    if (!text_key(&s->texts, word->zh, &zh) || !text_key(&s->texts, word->en, &en))
        s->failed = true;
    return !s->failed && (text_equal(s->keys[column], zh) || text_equal(s->keys[column], en));
}

/* One column for items of one name, each judged by roles of its own. */
static void share_columns(rating_job *job)
{
    const vocabulary *words = &job->table->in->b->words;
    sheet *s = &job->table->sheet;
    for (uint32_t item = 0; item < words->item_count; item++)
        for (uint32_t i = 0; job->item_column[item] == NO_COLUMN && words->items[item].unasked && i < words->item_count; i++)
            if (job->item_column[i] != NO_COLUMN && ratings_same_name(words, item, i) && is_called(s, job->item_column[i], &words->items[i].word))
                job->item_column[item] = job->item_column[i];
}

static void report_lacking(const rating_job *job, size_t item)
{
    const reading *in = job->table->in;
    const vocabulary_word *word = &in->b->words.items[item].word;
    const text words[3] = {word->id, word->zh, word->en};
    sheet_report_missing(&job->table->sheet, MSG_input_item_column_missing, MSG_input_item_column_missing_near, word->id,
                         in->rules[item].label, words, 3);
}

void wide_match(rating_job *job)
{
    sheet *s = &job->table->sheet;
    const reading *in = job->table->in;
    size_t items = in->b->words.item_count;
    job->item_column = arena_alloc(&s->texts, (items + 1) * sizeof *job->item_column);
    job->quick = arena_alloc(&s->texts, (items + 1) * sizeof *job->quick);
    job->lacking = arena_zalloc(&s->texts, (items + 1) * sizeof *job->lacking);
    if (!job->item_column || !job->quick || !job->lacking) {
        s->failed = true;
        return;
    }
    for (size_t item = 0; item < items; item++) {
        job->item_column[item] = NO_COLUMN;
        job->quick[item] = in->rules[item].item->option_count == 0;
    }
    match_items(job);
    share_columns(job);
    for (size_t item = 0; item < items; item++) {
        if (job->item_column[item] == NO_COLUMN && !in->b->words.items[item].unasked)
            report_lacking(job, item);
    }
}

void wide_report_lacking(const rating_job *job)
{
    for (size_t item = 0; !job->is_long && item < job->columns; item++)
        if (job->lacking[item])
            report_lacking(job, item);
}

/* ---- lines ---- */

static void raise_part(rating_part *p, size_t item, int scale)
{
    int64_t factor = power_of_ten(scale - p->scale[item]), *values = p->values[item];
    for (size_t i = 0; i < p->count; i++)
        if (values[i] > CELL_INVALID)
            values[i] *= factor;
    p->scale[item] = scale;
}

static inline int64_t scaled(rating_part *p, size_t item, int64_t coeff, int places)
{
    static const int64_t powers[DECIMAL_MAX_SCALE + 1] = {1,      10,      100,      1000,      10000,
                                                          100000, 1000000, 10000000, 100000000, 1000000000};
    if (places > p->scale[item])
        raise_part(p, item, places);
    return coeff * powers[p->scale[item] - places];
}

/* The cell that needs a closer look. */
static int64_t read_mark(rating_job *job, rating_part *p, rating_worker *w, line *l, size_t item)
{
    decimal value = {CELL_BLANK, 0};
    if (mark_read(&job->table->in->rules[item], &w->options[item], l, job->item_column[item], &value) &&
        value.coeff > CELL_INVALID)
        return scaled(p, item, value.coeff, value.scale);
    return value.coeff;
}

/* Whether the row's ballot has no such item; one of a role that was not understood is taken not to have those of some roles. */
static bool is_unasked(const vocabulary_item *about, uint32_t role)
{
    return about->unasked && (role >= MOST_ROLES || !item_is_asked(about, role));
}

/* Nothing may stand there, unless it is of the item of that name which the role judges. */
static int64_t read_unasked(const rating_job *job, line *l, size_t item, uint32_t role)
{
    size_t column = job->item_column[item];
    const vocabulary *words = &job->table->in->b->words;
    uint32_t meant = ratings_item_for(words, (uint32_t)item, role);
    bool of_another = meant != item && job->item_column[meant] == column;
    if (role < MOST_ROLES && !of_another && line_trimmed(l, column).length > 0)
        line_report(l, PROBLEM_ERROR, column, ratings_unasked(words, item, role));
    return CELL_UNASKED;
}

/* How many items were to be filled in, when none is; 0: something is there, or nothing has to be. */
static size_t empty_items(const rating_job *job, const line *l, uint32_t role)
{
    size_t needed = 0;
    for (size_t item = 0; item < job->columns; item++) {
        if (line_trimmed(l, job->item_column[item]).length > 0)
            return 0;
        const vocabulary_item *about = job->table->in->rules[item].item;
        needed += !about->lenient && job->item_column[item] != NO_COLUMN && !is_unasked(about, role);
    }
    return needed;
}

/* A row that was left as it is gets one sentence, not one for each cell. */
static bool report_empty_row(rating_job *job, rating_part *p, line *l)
{
    buffer number = {0};
    size_t items = empty_items(job, l, p->role[p->count]);
    if (items < 2)
        return false;
    buffer_add_integer(&number, (int64_t)items);
    l->failed |= number.failed;
    line_report(l, PROBLEM_ERROR, NO_COLUMN, message_of1(MSG_input_ballot_empty, buffer_text(&number)));
    for (size_t item = 0; item < job->columns; item++)
        p->values[item][p->count] = CELL_BLANK;
    buffer_free(&number);
    return true;
}

void wide_line(rating_job *job, rating_part *p, rating_worker *w, line *l)
{
    const mark_rule *rules = job->table->in->rules;
    const size_t *columns = job->item_column, count = job->columns, row = p->count;
    int64_t *const *values = p->values, coeff;
    int places;
    if (count > 1 && line_trimmed(l, columns[0]).length == 0 && report_empty_row(job, p, l))
        return;
    for (size_t item = 0; item < count; item++) {
        if (is_unasked(rules[item].item, p->role[row])) {
            values[item][row] = read_unasked(job, l, item, p->role[row]);
            continue;
        }
        if (columns[item] == NO_COLUMN) { /* the header has been named for that, or is when all lines are read */
            p->lacking[item] |= rules[item].item->unasked != 0;
            values[item][row] = CELL_BLANK;
            continue;
        }
        text cell = l->cells[columns[item]];
        if (job->quick[item] && mark_quick(&rules[item], w->marks, cell, &coeff, &places))
            values[item][row] = scaled(p, item, coeff, places);
        else
            values[item][row] = read_mark(job, p, w, l, item);
    }
}
