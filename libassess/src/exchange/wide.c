/* wide: one row per ballot, one column per item. */
#include <string.h>

#include "base/parallel.h"
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

void wide_match(rating_job *job)
{
    sheet *s = &job->table->sheet;
    const reading *in = job->table->in;
    size_t items = in->b->words.item_count;
    job->item_column = arena_alloc(&s->texts, (items + 1) * sizeof *job->item_column);
    job->quick = arena_alloc(&s->texts, (items + 1) * sizeof *job->quick);
    if (!job->item_column || !job->quick) {
        s->failed = true;
        return;
    }
    for (size_t item = 0; item < items; item++) {
        job->item_column[item] = NO_COLUMN;
        job->quick[item] = in->rules[item].item->option_count == 0;
    }
    match_items(job);
    for (size_t item = 0; item < items; item++) {
        const vocabulary_word *word = &in->b->words.items[item].word;
        const text words[3] = {word->id, word->zh, word->en};
        if (job->item_column[item] == NO_COLUMN)
            sheet_report_missing(s, MSG_input_item_column_missing, MSG_input_item_column_missing_near, word->id,
                                 in->rules[item].label, words, 3);
    }
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

static inline void put_value(rating_part *p, size_t item, decimal value)
{
    static const int64_t powers[DECIMAL_MAX_SCALE + 1] = {1,      10,      100,      1000,      10000,
                                                          100000, 1000000, 10000000, 100000000, 1000000000};
    if (value.scale > p->scale[item])
        raise_part(p, item, value.scale);
    p->values[item][p->count] = value.coeff * powers[p->scale[item] - value.scale];
}

/* The cell that needs a closer look. */
static void read_mark(rating_job *job, rating_part *p, rating_worker *w, line *l, size_t item)
{
    decimal value = {CELL_BLANK, 0};
    if (mark_read(&job->table->in->rules[item], &w->options[item], l, job->item_column[item], &value) &&
        value.coeff > CELL_INVALID)
        put_value(p, item, value);
    else
        p->values[item][p->count] = value.coeff;
}

void wide_line(rating_job *job, rating_part *p, rating_worker *w, line *l)
{
    const mark_rule *rules = job->table->in->rules;
    const text *cells = l->cells;
    for (size_t item = 0; item < job->columns; item++) {
        decimal value;
        if (job->quick[item] && mark_quick(&rules[item], cells[job->item_column[item]], &value))
            put_value(p, item, value);
        else
            read_mark(job, p, w, l, item);
    }
}

/* ---- parts into the batch ---- */

static void copy_part(void *context, size_t number, unsigned worker)
{
    const rating_job *job = context;
    const rating_part *p = &job->parts[number];
    ballots *d = &job->table->in->b->ballots;
    const uint32_t *numbers = job->workers[p->worker].numbers;
    size_t at = p->offset;
    (void)worker;
    if (p->count == 0)
        return;
    memcpy(d->subject + at, p->subject, p->count * sizeof *p->subject);
    memcpy(d->role + at, p->role, p->count * sizeof *p->role);
    for (size_t i = 0; i < p->count; i++)
        d->rater[at + i] = p->rater[i] == RATER_ANONYMOUS ? RATER_ANONYMOUS : numbers[p->rater[i]];
    for (size_t i = 0; i < p->count; i++)
        d->row[at + i] = p->row[i] + p->rows_before;
    for (size_t item = 0; item < job->columns; item++) {
        int64_t factor = power_of_ten(d->scale[item] - p->scale[item]), *to = d->values[item] + at;
        memcpy(to, p->values[item], p->count * sizeof *to);
        for (size_t i = 0; factor > 1 && i < p->count; i++)
            to[i] = to[i] > CELL_INVALID ? to[i] * factor : to[i];
    }
}

bool wide_gather(rating_job *job, size_t parts)
{
    batch *b = job->table->in->b;
    size_t total = b->ballots.count;
    for (size_t i = 0; i < parts; i++) {
        job->parts[i].offset = total;
        total += job->parts[i].count;
    }
    for (size_t i = 0; i < parts; i++) /* also for a part that keeps no row: where the cuts fall must not matter */
        for (size_t item = 0; item < job->columns; item++)
            batch_raise_scale(b, item, job->parts[i].scale[item]);
    if (total == b->ballots.count)
        return true;
    if (!batch_begin_segment(b, job->table->sheet.source) || !batch_reserve_ballots(b, total))
        return false;
    parallel_run(parts, job->table->in->options->threads, copy_part, job);
    b->ballots.count = total;
    return true;
}
