/* rows: where the lines of ratings go: those of wide tables are ballots of the batch, those of long ones wait in the
 * reading until all tables are in. Both are columns. */
#include <string.h>

#include "base/parallel.h"
#include "exchange/ratings.h"

size_t rows_held(const rating_job *job)
{
    const reading *in = job->table->in;
    return job->is_long ? in->rows.count : in->b->ballots.count;
}

bool rows_reserve(rating_job *job, size_t count)
{
    reading *in = job->table->in;
    return job->is_long ? long_reserve(&in->rows, count) : batch_reserve_ballots(in->b, count);
}

static int64_t *values_of(const rating_job *job, size_t column)
{
    const reading *in = job->table->in;
    return job->is_long ? in->rows.value : in->b->ballots.values[column];
}

void rows_place(rating_job *job, rating_part *p)
{
    const long_rows *rows = &job->table->in->rows;
    const ballots *d = &job->table->in->b->ballots;
    size_t first = p->first;
    p->subject = (job->is_long ? rows->subject : d->subject) + first;
    p->rater = (job->is_long ? rows->rater : d->rater) + first;
    p->row = (job->is_long ? rows->row : d->row) + first;
    p->role = (job->is_long ? rows->role : d->role) + first;
    p->item = job->is_long ? rows->item + first : NULL;
    p->places = job->is_long ? rows->places + first : NULL;
    for (size_t i = 0; i < job->columns; i++)
        p->values[i] = values_of(job, i) + first;
}

void rows_move(rating_job *job, rating_part *p, size_t to)
{
    const rating_part from = *p;
    for (size_t i = 0; i < job->columns; i++)
        memmove(values_of(job, i) + to, p->values[i], p->count * sizeof **p->values);
    p->first = to;
    rows_place(job, p);
    memmove(p->subject, from.subject, p->count * sizeof *p->subject);
    memmove(p->rater, from.rater, p->count * sizeof *p->rater);
    memmove(p->row, from.row, p->count * sizeof *p->row);
    memmove(p->role, from.role, p->count * sizeof *p->role);
    if (job->is_long) {
        memmove(p->item, from.item, p->count * sizeof *p->item);
        memmove(p->places, from.places, p->count * sizeof *p->places);
    }
}

/* ---- wide: one scale for each column ---- */

static void scale_part(void *context, size_t number, unsigned worker)
{
    const rating_job *job = context;
    const rating_part *p = &job->parts[number];
    (void)worker;
    for (size_t item = 0; item < job->columns; item++) {
        int64_t factor = power_of_ten(job->table->in->b->ballots.scale[item] - p->scale[item]);
        for (size_t i = 0; factor > 1 && i < p->count; i++)
            if (p->values[item][i] > CELL_INVALID)
                p->values[item][i] *= factor;
    }
}

static bool keep_ballots(rating_job *job, size_t parts, size_t count)
{
    batch *b = job->table->in->b;
    for (size_t i = 0; i < parts; i++) /* also for a part that keeps no row: where the cuts fall must not matter */
        for (size_t item = 0; item < job->columns; item++)
            batch_raise_scale(b, item, job->parts[i].scale[item]);
    if (count == b->ballots.count)
        return true;
    if (!batch_begin_segment(b, job->table->sheet.source))
        return false;
    parallel_run(parts, job->table->in->options->threads, scale_part, job);
    b->ballots.count = count;
    return true;
}

bool rows_keep(rating_job *job, size_t parts, size_t count)
{
    long_rows *rows = &job->table->in->rows;
    if (!job->is_long)
        return keep_ballots(job, parts, count);
    if (count > rows->count && !long_begin_segment(rows, job->table->sheet.source))
        return false;
    rows->count = count;
    return true;
}
