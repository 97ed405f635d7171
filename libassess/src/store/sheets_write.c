/* sheets_write: subjects are encoded in blocks by several threads, then stored in order. The order within
 * a sheet is that of the pseudonyms, which is chance, and of the text for anonymous ballots: the order of the input,
 * which could tell who came first, is gone. */
#include "store/sheets.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/parallel.h"
#include "batch/group.h"

enum {
    MOST_SUBJECTS_PER_BLOCK = 256,
    BALLOTS_PER_BLOCK = 8192, /* about */
    RATERS_PER_TASK = 4096,
    TASKS_AT_ONCE = 16, /* blocks or tasks between two questions whether to go on */
    COLUMNS_AHEAD = 16, /* ballots */
    RATERS_AHEAD = 8,   /* ballots whose columns are there by then */
    SHEET_LIMIT = 128 * 1024, /* bytes of values in one row, and of marks; a row may hold 1 MiB */
    RATER_LIMIT = 512 * 1024, /* bytes of pseudonyms in one row */
    KEY_SIZE = 32
};

/* One ballot on its way. */
typedef struct sheet {
    const char *text; /* points into the block's texts once these stand still; an offset before */
    size_t offset, length;
    uint64_t mark;
    uint8_t role;
    bool anonymous;
    uint8_t pseudonym[PSEUDONYM_SIZE];
} sheet;

/* The ballots of a block of subjects, encoded; sheets of one subject and role side by side, in their order. */
typedef struct block {
    buffer texts;
    hasher *h; /* made once: a new one for every ballot would take longer than hashing */
    sheet *sheets;
    size_t capacity, count;
    bool failed;
} block;

typedef struct encoding_job {
    const batch *b;
    const result *r;
    bool marks; /* are kept */
    grouping groups;
    uint8_t key[KEY_SIZE];
    digest *raters; /* [raters.count]: each rater's own key */
    block *blocks;  /* [TASKS_AT_ONCE] */
    size_t subjects_per_block;
    size_t first_task, first_block; /* of those that run at once */
    unsigned threads;
    bool *rater_failed; /* [tasks] */
} encoding_job;

/* The compiler may not leave this out, although nobody reads the bytes again. */
static void wipe(void *bytes, size_t length)
{
    volatile uint8_t *at = bytes;
    while (length-- > 0)
        *at++ = 0;
}

/* ---- values ---- */

static void add_decimal(buffer *out, int64_t coeff, int scale)
{
    char digits[64];
    while (scale > 0 && coeff % 10 == 0) {
        coeff /= 10;
        scale--;
    }
    if (scale == 0)
        buffer_add_integer(out, coeff);
    else
        buffer_add(out, digits, decimal_print(coeff, scale, digits));
}

/* Of a refused ballot nothing but its mark is needed any more, and whether it was blank somewhere, which a run counts. */
static void add_refused(buffer *out, const ballots *d, uint32_t ballot)
{
    bool invalid = false;
    for (size_t item = 0; item < d->item_count; item++)
        invalid |= d->values[item][ballot] <= CELL_INVALID;
    if (!invalid)
        buffer_add_char(out, SHEET_WITHHELD);
    for (size_t item = 0; invalid && item < d->item_count; item++) {
        if (item > 0)
            buffer_add_char(out, ',');
        buffer_add_char(out, SHEET_BLANK);
    }
    buffer_add_char(out, '\n');
}

static void add_values(buffer *out, const ballots *d, uint32_t ballot)
{
    for (size_t item = 0; item < d->item_count; item++) {
        int64_t value = d->values[item][ballot];
        if (item > 0)
            buffer_add_char(out, ',');
        if (value == CELL_BLANK)
            buffer_add_char(out, SHEET_BLANK);
        else if (value == CELL_INVALID)
            buffer_add_char(out, SHEET_INVALID);
        else
            add_decimal(out, value, d->scale[item]);
    }
    buffer_add_char(out, '\n');
}

/* ---- pseudonyms ---- */

static void key_raters(void *context, size_t index, unsigned worker)
{
    encoding_job *job = context;
    const interner *raters = &job->b->ballots.raters;
    size_t task = job->first_task + index, end = (task + 1) * RATERS_PER_TASK;
    (void)worker;
    for (size_t i = task * RATERS_PER_TASK; i < end && i < raters->count; i++)
        if (!digest_keyed(job->key, sizeof job->key, raters->texts[i].bytes, raters->texts[i].length, &job->raters[i]))
            job->rater_failed[task] = true;
}

static void put_number(uint8_t out[4], uint32_t number)
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(number >> (24 - 8 * i));
}

static bool make_pseudonym(hasher *h, const digest *rater, uint32_t subject, uint8_t role, uint8_t out[PSEUDONYM_SIZE])
{
    uint8_t numbers[8];
    digest d;
    put_number(numbers, subject);
    put_number(numbers + 4, role);
    if (!hasher_add(h, rater->bytes, sizeof rater->bytes) || !hasher_add(h, numbers, sizeof numbers) ||
        !hasher_finish(h, &d))
        return false;
    memcpy(out, d.bytes, PSEUDONYM_SIZE);
    return true;
}

/* ---- blocks ---- */

/* The ballots of a subject lie anywhere in the columns: without asking early, each cell is a wait for memory. */
static void fetch_columns(const ballots *d, uint32_t ballot)
{
    __builtin_prefetch(&d->role[ballot]);
    __builtin_prefetch(&d->rater[ballot]);
    for (size_t item = 0; item < d->item_count; item++)
        __builtin_prefetch(&d->values[item][ballot]);
}

static void fetch_rater(const encoding_job *job, uint32_t ballot)
{
    uint32_t rater = job->b->ballots.rater[ballot];
    if (rater != RATER_ANONYMOUS)
        __builtin_prefetch(&job->raters[rater]);
}

static void encode_ballot(const encoding_job *job, block *out, uint32_t subject, uint32_t ballot)
{
    const ballots *d = &job->b->ballots;
    sheet *s = &out->sheets[out->count++];
    *s =
        (sheet){.offset = out->texts.length, .role = d->role[ballot], .anonymous = d->rater[ballot] == RATER_ANONYMOUS};
    s->mark = job->marks ? job->r->marks[ballot] : 0;
    if (job->marks && ballot_is_refused(job->r, ballot))
        add_refused(&out->texts, d, ballot);
    else
        add_values(&out->texts, d, ballot);
    s->length = out->texts.length - s->offset;
    if (!s->anonymous && !make_pseudonym(out->h, &job->raters[d->rater[ballot]], subject, s->role, s->pseudonym))
        out->failed = true;
}

static int compare_sheets(const void *left, const void *right)
{
    const sheet *a = left, *b = right;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if (a->anonymous != b->anonymous)
        return a->anonymous ? 1 : -1;
    if (!a->anonymous)
        return memcmp(a->pseudonym, b->pseudonym, PSEUDONYM_SIZE);
    int order = text_compare((text){a->text, a->length}, (text){b->text, b->length});
    return order ? order : (a->mark > b->mark) - (a->mark < b->mark);
}

/* The block's subjects: from first, up to but without the one returned. */
static size_t block_end(const encoding_job *job, size_t number, size_t *first)
{
    size_t people = job->b->people.count, begin = number * job->subjects_per_block;
    *first = begin < people ? begin : people;
    return people - *first < job->subjects_per_block ? people : *first + job->subjects_per_block;
}

static void encode_subject(const encoding_job *job, block *out, size_t subject, size_t last)
{
    const uint32_t *places = job->groups.first, *member = job->groups.member;
    for (size_t i = places[subject]; i < places[subject + 1]; i++) {
        if (i + COLUMNS_AHEAD < last)
            fetch_columns(&job->b->ballots, member[i + COLUMNS_AHEAD]);
        if (i + RATERS_AHEAD < last)
            fetch_rater(job, member[i + RATERS_AHEAD]);
        encode_ballot(job, out, (uint32_t)subject, member[i]);
    }
}

static void encode_block(void *context, size_t index, unsigned worker)
{
    encoding_job *job = context;
    block *out = &job->blocks[index];
    size_t first, end = block_end(job, job->first_block + index, &first);
    const uint32_t *places = job->groups.first;
    size_t count = places[end] - places[first];
    (void)worker;
    out->count = out->texts.length = 0;
    out->failed = !MEM_RESERVE(out->sheets, out->capacity, count);
    for (size_t s = first; s < end && !out->failed; s++)
        encode_subject(job, out, s, places[end]);
    out->failed = out->failed || out->texts.failed;
    for (size_t i = 0; i < out->count && !out->failed; i++)
        out->sheets[i].text = out->texts.bytes + out->sheets[i].offset;
    for (size_t s = first, at = 0; s < end && !out->failed; s++) {
        size_t own = places[s + 1] - places[s];
        if (own > 1)
            qsort(out->sheets + at, own, sizeof *out->sheets, compare_sheets);
        at += own;
    }
}

/* ---- rows ---- */

typedef struct row_writer {
    query insert;
    buffer raters, sheets, marks;
    bool has_marks;
} row_writer;

static void add_mark(buffer *out, uint64_t mark)
{
    int places = 1;
    while (places < 16 && mark >> 4 * places)
        places++;
    while (places-- > 0)
        buffer_add_char(out, "0123456789abcdef"[mark >> 4 * places & 15]);
    buffer_add_char(out, '\n');
}

static bool has_room(const row_writer *w)
{
    return w->sheets.length < SHEET_LIMIT && w->marks.length < SHEET_LIMIT && w->raters.length < RATER_LIMIT;
}

/* As many of the sheets as one row takes, all of one role; returns how many. */
static size_t gather_row(row_writer *w, const sheet *sheets, size_t count)
{
    size_t taken = 0;
    w->raters.length = w->sheets.length = w->marks.length = 0;
    for (; taken < count && sheets[taken].role == sheets[0].role && has_room(w); taken++) {
        const sheet *s = &sheets[taken];
        if (!s->anonymous)
            buffer_add(&w->raters, (const char *)s->pseudonym, PSEUDONYM_SIZE);
        buffer_add(&w->sheets, s->text, s->length);
        if (w->has_marks)
            add_mark(&w->marks, s->mark);
    }
    return taken;
}

static void write_row(row_writer *w, size_t subject, uint8_t role, int64_t part, size_t count)
{
    query *s = &w->insert;
    bind_integer(s, ((int64_t)subject * 32 + role) * 65536 + part); /* as the table demands */
    bind_integer(s, (int64_t)subject);
    bind_integer(s, role);
    bind_integer(s, part);
    bind_integer(s, (int64_t)count);
    bind_blob(s, w->raters.bytes, w->raters.length);
    bind_text(s, buffer_text(&w->sheets));
    bind_text(s, buffer_text(&w->marks));
    query_run(s);
}

/* What a UNIQUE constraint over subject, role and rater would refuse: a batch without problems has none. */
static bool has_rater_twice(const sheet *sheets, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!sheets[i].anonymous && compare_sheets(&sheets[i - 1], &sheets[i]) == 0)
            return true;
    return false;
}

static void write_subject(row_writer *w, size_t subject, const sheet *sheets, size_t count)
{
    int64_t part = 0;
    if (w->insert.code == SQLITE_OK && has_rater_twice(sheets, count))
        w->insert.code = SQLITE_CONSTRAINT_UNIQUE;
    for (size_t at = 0, taken; at < count && w->insert.code == SQLITE_OK; at += taken) {
        bool same_role = at > 0 && sheets[at].role == sheets[at - 1].role;
        part = same_role ? part + 1 : 0;
        taken = gather_row(w, sheets + at, count - at);
        write_row(w, subject, sheets[at].role, part, taken);
    }
}

/* False: no memory. */
static bool write_block(row_writer *w, const encoding_job *job, size_t index)
{
    const block *done = &job->blocks[index];
    size_t first, end = block_end(job, job->first_block + index, &first);
    if (done->failed)
        return false;
    for (size_t s = first, at = 0; s < end; s++) {
        size_t own = job->groups.first[s + 1] - job->groups.first[s];
        write_subject(w, s, done->sheets + at, own);
        at += own;
    }
    return !w->raters.failed && !w->sheets.failed && !w->marks.failed;
}

static bool write_blocks(connection *c, row_writer *w, encoding_job *job)
{
    size_t blocks = (job->b->people.count + job->subjects_per_block - 1) / job->subjects_per_block;
    bool done = true;
    for (; job->first_block < blocks && done && w->insert.code == SQLITE_OK; job->first_block += TASKS_AT_ONCE) {
        if (connection_tell(c, job->first_block, blocks)) {
            w->insert.code = SQLITE_INTERRUPT;
            break;
        }
        parallel_run(TASKS_AT_ONCE, job->threads, encode_block, job);
        for (size_t i = 0; i < TASKS_AT_ONCE && done; i++)
            done = write_block(w, job, i);
    }
    return done;
}

/* ---- the whole ---- */

/* Left unfinished when somebody asks to stop: then no block is encoded either. */
static bool prepare_raters(connection *c, encoding_job *job)
{
    size_t count = job->b->ballots.raters.count, tasks = (count + RATERS_PER_TASK - 1) / RATERS_PER_TASK;
    bool done = true;
    job->raters = mem_zalloc(count, sizeof *job->raters);
    job->rater_failed = mem_zalloc(tasks, sizeof *job->rater_failed);
    if (!job->raters || !job->rater_failed)
        return false;
    for (; job->first_task < tasks && !connection_tell(c, 0, 1); job->first_task += TASKS_AT_ONCE) {
        size_t left = tasks - job->first_task;
        parallel_run(left < TASKS_AT_ONCE ? left : TASKS_AT_ONCE, job->threads, key_raters, job);
    }
    for (size_t i = 0; i < tasks; i++)
        done = done && !job->rater_failed[i];
    return done;
}

static size_t choose_block(const batch *b)
{
    size_t fit = BALLOTS_PER_BLOCK / (b->ballots.count / b->people.count + 1);
    return fit < 1 ? 1 : fit < MOST_SUBJECTS_PER_BLOCK ? fit : MOST_SUBJECTS_PER_BLOCK;
}

static bool prepare(connection *c, encoding_job *job)
{
    const ballots *d = &job->b->ballots;
    job->subjects_per_block = choose_block(job->b);
    job->blocks = mem_zalloc(TASKS_AT_ONCE, sizeof *job->blocks);
    for (size_t i = 0; job->blocks && i < TASKS_AT_ONCE; i++)
        if (!(job->blocks[i].h = hasher_new()))
            return false;
    return job->blocks && group_rows(d->subject, d->count, job->b->people.count, job->threads, &job->groups) &&
           prepare_raters(c, job);
}

static void forget(encoding_job *job)
{
    wipe(job->key, sizeof job->key);
    if (job->raters)
        wipe(job->raters, job->b->ballots.raters.count * sizeof *job->raters);
    mem_free(job->raters);
    mem_free(job->rater_failed);
    for (size_t i = 0; job->blocks && i < TASKS_AT_ONCE; i++) {
        buffer_free(&job->blocks[i].texts);
        mem_free(job->blocks[i].sheets);
        hasher_free(job->blocks[i].h);
    }
    mem_free(job->blocks);
    group_free(&job->groups);
}

static assess_status write_rows(connection *c, encoding_job *job, assess_error *err)
{
    row_writer w = {.has_marks = job->marks};
    query_open(&w.insert, c,
               "INSERT INTO ballot(number, subject, role, part, count, raters, sheets, marks) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    bool done = write_blocks(c, &w, job);
    assess_status status = query_close(&w.insert, err);
    buffer_free(&w.raters);
    buffer_free(&w.sheets);
    buffer_free(&w.marks);
    return status == ASSESS_OK && !done ? error_no_memory(err) : status;
}

assess_status sheets_write(connection *c, const result *r, unsigned threads, assess_error *err)
{
    encoding_job job = {.b = r->batch, .r = r, .marks = r->marks && plan_marks_raters(r->plan), .threads = threads};
    if (job.b->ballots.count == 0)
        return ASSESS_OK;
    if (!random_bytes(job.key, sizeof job.key))
        return error_set(err, ASSESS_E_SYSTEM, message_of(MSG_store_no_chance));
    assess_status status = prepare(c, &job) ? write_rows(c, &job, err) : error_no_memory(err);
    forget(&job);
    return status;
}
