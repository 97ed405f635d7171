/* lookahead: see lookahead.h. Each piece fills a part of bounded room; the rows of a piece that need more than that, because there are very
 * many to the byte, are looked at when it is their turn. While one group's rows are taken, the next group's are looked at: there are two halves of parts. */
#include "exchange/lookahead.h"

enum {
    AHEAD_BYTES = 32 * 1024 * 1024, /* of all parts, whatever the number of threads: two to four times their chunks, as rows are written */
    ALONE_BYTES = 64 * 1024,      /* with one thread nothing is ahead, and the rows at hand stay in the cache */
    ASK_AHEAD = 8
};

/* A row that was looked at. */
typedef struct row_seen {
    uint32_t row;  /* within the piece */
    uint32_t sure; /* cells to rely on, of a row that is wrong in its form */
    bool wrong;
} row_seen;

typedef struct row_part {
    row_seen *rows;
    text *cells;   /* [row][column]: cleaned, but for rows that are wrong */
    char *found;   /* [row]: what the form's `look` has left */
    size_t count;
    problem_list problems;
    size_t errors_before; /* that were known when it was begun */
    arena texts;
    bool more;     /* the piece has rows that were not looked at */
    bool failed;   /* no memory */
} row_part;

typedef struct row_job {
    open_table *table;
    const lookahead_use *use;
    row_part *parts; /* [half][pipeline.group]; not ahead: the first one does for all */
    bool ahead;
    unsigned looked, taken; /* groups that were begun; half n % 2 is that of group n */
    size_t room, look_bytes;
    size_t errors_before;
} row_job;

/* ---- looking ---- */

static void *found_of(const row_job *job, const row_part *p, size_t row) { return p->found + row * job->look_bytes; }

static bool has_room(row_part *p, const row_job *job)
{
    if (!p->rows)
        p->rows = mem_alloc(job->room * sizeof *p->rows);
    if (!p->cells)
        p->cells = mem_alloc((job->room * job->table->sheet.count + 1) * sizeof *p->cells);
    if (!p->found)
        p->found = mem_alloc(job->room * job->look_bytes + 1);
    return p->rows && p->cells && p->found;
}

static void look_at(row_job *job, row_part *p, line *l, const csv_record *record, unsigned worker)
{
    row_seen *seen = &p->rows[p->count];
    *seen = (row_seen){.row = l->row, .wrong = l->wrong, .sure = (uint32_t)sure_cells(record)};
    if (!l->wrong)
        job->use->form->look(job->table->in, l, job->use->state, record->cells, found_of(job, p, p->count), worker);
    p->count++;
}

static void fill(row_job *job, row_part *p, piece *source, unsigned worker)
{
    const sheet *s = &job->table->sheet;
    line l = {.sheet = s, .problems = &p->problems, .scratch = &p->texts};
    p->count = 0;
    p->errors_before = job->errors_before;
    p->problems.errors = p->errors_before;
    p->failed = !has_room(p, job);
    for (p->more = true; !p->failed && p->count < job->room;) {
        csv_record record = {.cells = p->cells + p->count * s->count, .capacity = s->count};
        p->more = next_line_of(source, &record, &l);
        if (!p->more)
            break;
        look_at(job, p, &l, &record, worker);
        p->failed = l.failed;
    }
    p->failed |= p->problems.failed;
}

static row_part *half_of(const row_job *job, unsigned group) { return job->parts + (job->ahead ? group % 2 * job->table->pipeline.group : 0); }

static void work(void *context, piece *source, size_t number, unsigned worker)
{
    row_job *job = context;
    if (job->ahead)
        fill(job, &half_of(job, job->looked - 1)[number], source, worker);
}

static bool prepare(void *context, const piece *pieces, size_t count)
{
    row_job *job = context;
    size_t errors = sheet_errors(&job->table->sheet);
    (void)pieces;
    (void)count;
    job->looked++;
    job->errors_before = errors < PROBLEM_LIST_LIMIT ? errors : PROBLEM_LIST_LIMIT;
    return true;
}

/* ---- taking ---- */

static void take_row(row_job *job, const row_part *p, size_t number, line *l)
{
    open_table *t = job->table;
    const table_form *form = job->use->form;
    const row_seen *seen = &p->rows[number];
    l->cells = p->cells + number * t->sheet.count;
    l->row = t->rows + seen->row;
    l->wrong = false;
    if (seen->wrong && form->wrong_row) {
        form->wrong_row(l, seen->sure);
    } else if (!seen->wrong) {
        job->use->taken(job->use->context, l);
        form->take(t->in, l, job->use->state, found_of(job, p, number));
    }
}

static void take_problems(row_job *job, row_part *p)
{
    p->problems.errors -= p->errors_before;
    problem_list_append(job->table->sheet.problems, &p->problems, job->table->rows);
    problem_list_free(&p->problems);
}

static bool take_rows(row_job *job, row_part *p)
{
    open_table *t = job->table;
    const table_form *form = job->use->form;
    line l = {.sheet = &t->sheet, .problems = t->sheet.problems, .scratch = &p->texts, .failed = p->failed};
    take_problems(job, p);
    for (size_t i = 0; i < p->count && !l.failed && !t->in->too_thin; i++) {
        if (i + ASK_AHEAD < p->count && !p->rows[i + ASK_AHEAD].wrong)
            form->ask(t->in, p->cells + (i + ASK_AHEAD) * t->sheet.count, job->use->state);
        take_row(job, p, i, &l);
        table_took_row(t, &l);
    }
    t->failed |= l.failed || t->sheet.problems->failed;
    arena_free(&p->texts);
    return !t->failed && !t->in->too_thin;
}

static bool take_part(row_job *job, row_part *p, piece *source)
{
    if (!job->ahead)
        fill(job, p, source, 0);
    while (take_rows(job, p) && p->more)
        fill(job, p, source, 0);
    job->table->rows += source->reader.row;
    return !job->table->failed && !job->table->in->too_thin;
}

static bool gather(void *context, piece *pieces, size_t count, uint64_t bytes)
{
    row_job *job = context;
    row_part *parts = half_of(job, job->taken++);
    for (size_t i = 0; i < count; i++)
        if (!take_part(job, &parts[job->ahead ? i : 0], &pieces[i]))
            return false;
    return !reading_advance(job->table->in, bytes);
}

/* ---- the table ---- */

static void close_parts(row_job *job)
{
    for (size_t i = 0; job->parts && i < 2 * job->table->pipeline.group; i++) {
        row_part *p = &job->parts[i];
        mem_free(p->rows);
        mem_free(p->cells);
        mem_free(p->found);
        problem_list_free(&p->problems);
        arena_free(&p->texts);
    }
    mem_free(job->parts);
}

void lookahead_run(open_table *t, const lookahead_use *use)
{
    row_job job = {.table = t, .use = use, .ahead = t->pipeline.threads > 1, .look_bytes = use->form->look_bytes(t->in)};
    stage s = {.overlaps = job.ahead, .prepare = prepare, .work = work, .gather = gather, .context = &job};
    size_t row_bytes = sizeof(row_seen) + t->sheet.count * sizeof(text) + job.look_bytes;
    job.room = (job.ahead ? AHEAD_BYTES / (2 * t->pipeline.group) : ALONE_BYTES) / row_bytes + 1;
    job.parts = mem_zalloc(2 * t->pipeline.group, sizeof *job.parts);
    if (job.parts)
        pipeline_run(&t->pipeline, &s);
    else
        t->failed = true;
    close_parts(&job);
}
