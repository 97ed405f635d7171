/* ratings: the header tells wide from long; the lines of each piece go into a part of its own, and the parts are put
 * together in the order of the file. A rater's number in the batch follows the first appearance in the file, whichever
 * thread met the rater first.
 *
 * No problem of this table names a rater: who rated is between the ballot and the file. */
#include "exchange/ratings.h"

#include <string.h>

#include "base/parallel.h"

static const column_spec rating_columns[] = {
    [RATING_SUBJECT] = {"subject", "被考评人",
                        "被考评人编号|被评人|被评议人|被考核人|被考评单位|被评议单位|考评对象|评议对象|对象|subject-id",
                        true},
    [RATING_RATER] = {"rater", "考评人", "考评人编号|评分人|评议人|评价人|考核人|rater-id", true},
    [RATING_ROLE] = {"role", "角色", "考评角色|评分角色|考评人角色|考评人身份|身份", true},
    [RATING_ITEM] = {"item", "项目", "考评项目|评分项目|评议项目|item-id", true},
    [RATING_VALUE] = {"value", "分值", "得分|分数|评分|取值|选项|score|points", true},
};

enum { WIDE_SPECS = RATING_ITEM };

/* ---- parts and workers ---- */

static void part_free(rating_part *p)
{
    mem_free(p->values);
    mem_free(p->scale);
    mem_free(p->filled);
    mem_free(p->lacking);
    mem_free(p->fresh);
    problem_list_free(&p->problems);
}

/* Room for that many raters. */
static bool know_raters(rating_worker *w, size_t count)
{
    if (count <= w->room)
        return true;
    size_t room = (count > 2 * w->room ? count : 2 * w->room) / 64 * 64 + 64;
    if (!MEM_WIDEN(w->numbers, room) || !MEM_WIDEN(w->met, room / 64))
        return false;
    memset(w->met + w->room / 64, 0, (room - w->room) / 8);
    w->room = room;
    return true;
}

static bool open_part(const rating_job *job, rating_part *p)
{
    p->values = mem_zalloc(job->columns + 1, sizeof *p->values);
    p->scale = mem_zalloc(job->columns + 1, sizeof *p->scale);
    p->filled = mem_zalloc(job->unknown_count + 1, sizeof *p->filled);
    p->lacking = mem_zalloc(job->columns + 1, sizeof *p->lacking);
    return p->values && p->scale && p->filled && p->lacking;
}

static bool open_worker(const rating_job *job, rating_worker *w)
{
    const batch *b = job->table->in->b;
    w->cells = mem_zalloc(job->table->sheet.count * RATING_BLOCK, sizeof *w->cells);
    w->options = mem_zalloc(b->words.item_count + 1, sizeof *w->options);
    w->marks = mem_zalloc(1, sizeof *w->marks);
    return w->cells && w->options && w->marks && know_raters(w, b->people.count);
}

/* It takes some 32 bytes a person: not for a table that is short beside that of the people. */
static bool index_people(rating_job *job)
{
    enum { LINE_BYTES = 8 };
    const interner *ids = &job->table->in->b->people.ids;
    return job->table->pipeline.feed->size / LINE_BYTES < ids->count || id_index_make(&job->ids, ids);
}

static bool job_open(rating_job *job)
{
    const open_table *t = job->table;
    size_t group = t->pipeline.group, threads = t->in->options->threads;
    job->parts = mem_zalloc(group, sizeof *job->parts);
    job->workers = mem_zalloc(threads, sizeof *job->workers);
    bool done = job->parts && job->workers && index_people(job);
    for (size_t i = 0; done && i < group; i++)
        done = open_part(job, &job->parts[i]);
    for (size_t i = 0; done && i < threads; i++)
        done = open_worker(job, &job->workers[i]);
    return done;
}

static void job_close(rating_job *job)
{
    for (size_t i = 0; job->parts && i < job->table->pipeline.group; i++)
        part_free(&job->parts[i]);
    for (size_t i = 0; job->workers && i < job->table->in->options->threads; i++) {
        intern_free(&job->workers[i].others);
        mem_free(job->workers[i].numbers);
        mem_free(job->workers[i].met);
        mem_free(job->workers[i].options);
        mem_free(job->workers[i].marks);
        mem_free(job->workers[i].cells);
    }
    mem_free(job->parts);
    mem_free(job->workers);
    id_index_free(&job->ids);
}

/* ---- one line ---- */

static bool read_role(const reading *in, rating_worker *w, line *l, uint32_t *role)
{
    size_t column = l->sheet->column[RATING_ROLE];
    *role = WORD_NONE;
    if (column == NO_COLUMN) /* the header has been named for that */
        return false;
    if (word_cache_find(&w->roles, l->cells[column], role))
        return true;
    text written = line_trimmed(l, column), key;
    if (written.length == 0) {
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_role_missing));
        return false;
    }
    if (!lexicon_look_up(&in->roles, &w->roles, l->scratch, written, role, &key)) {
        l->failed = true;
        return false;
    }
    if (*role != WORD_NONE)
        return true;
    line_report_unknown(l, column, &in->roles, written, key, MSG_input_role_unknown, MSG_input_role_unknown_near);
    return false;
}

static bool meet_rater(rating_part *p, rating_worker *w, uint32_t rater)
{
    const uint64_t bit = UINT64_C(1) << rater % 64;
    if (!know_raters(w, (size_t)rater + 1))
        return false;
    if (w->met[rater / 64] & bit)
        return true;
    if (!MEM_RESERVE(p->fresh, p->fresh_capacity, p->fresh_count + 1))
        return false;
    w->met[rater / 64] |= bit;
    p->fresh[p->fresh_count++] = rater;
    return true;
}

static uint32_t find_rater(const rating_job *job, rating_worker *w, line *l, const id_key *key)
{
    const subjects *people = &job->table->in->b->people;
    uint32_t found = key->quick ? id_index_find(&job->ids, key) : INTERN_NONE;
    if (found != INTERN_NONE)
        return found;
    text id = line_clean(l, l->sheet->column[RATING_RATER]);
    if (id.length == 0)
        return RATER_ANONYMOUS;
    found = key->quick ? INTERN_NONE : intern_find(&people->ids, id);
    if (found != INTERN_NONE)
        return found;
    found = intern_add(&w->others, id);
    l->failed |= found >= RATER_ANONYMOUS - people->count;
    return l->failed ? RATER_ANONYMOUS : (uint32_t)people->count + found;
}

static void find_subject(const rating_job *job, line *l, const id_key *key, uint32_t *subject)
{
    *subject = key->quick ? id_index_find(&job->ids, key) : INTERN_NONE;
    if (*subject == INTERN_NONE)
        line_subject(l, l->sheet->column[RATING_SUBJECT], subject);
}

/* A line whose people have been asked for. */
typedef struct asked_line {
    line line;
    id_key subject, rater;
} asked_line;

static void read_line(rating_job *job, rating_part *p, rating_worker *w, asked_line *asked)
{
    const reading *in = job->table->in;
    line *l = &asked->line;
    rating_head head = {.rater = find_rater(job, w, l, &asked->rater)};
    find_subject(job, l, &asked->subject, &head.subject);
    read_role(in, w, l, &head.role);
    if (p->count == p->room || (head.rater != RATER_ANONYMOUS && !meet_rater(p, w, head.rater)))
        l->failed = true;
    if (l->failed)
        return;
    bool known = !l->wrong; /* a bad row of a long table is kept when one knows whose it is, so that its ballot is not
                               said to lack it */
    p->row[p->count] = l->row;
    p->subject[p->count] = head.subject;
    p->rater[p->count] = head.rater;
    p->role[p->count] = (uint8_t)head.role;
    if (job->is_long)
        long_line(job, p, w, l);
    else
        wide_line(job, p, w, l);
    if (l->failed || !job->keeps_rows || !(job->is_long ? known : !l->wrong))
        return;
    if (!in->b->words.roles[head.role].used)
        p->unused[head.role]++;
    else if (head.subject != SUBJECT_NONE)
        p->count++;
}

static void begin_part(rating_job *job, rating_part *p, unsigned worker)
{
    p->count = 0;
    p->lines = 0;
    p->worker = worker;
    p->fresh_count = 0;
    p->failed = false;
    p->problems.errors = job->errors_before;
    memset(p->unused, 0, sizeof p->unused);
    memset(p->scale, 0, job->columns * sizeof *p->scale);
    memset(p->filled, 0, job->unknown_count * sizeof *p->filled);
    memset(p->lacking, 0, job->columns * sizeof *p->lacking);
}

static text cell_of(const csv_record *record, size_t column)
{
    return column == NO_COLUMN ? TEXT("") : record->cells[column];
}

static void note_filled(const rating_job *job, rating_part *p, const text *cells)
{
    for (size_t i = 0; i < job->unknown_count; i++)
        p->filled[i] = p->filled[i] || text_trim(cells[job->unknown[i]]).length > 0;
}

/* Takes up to RATING_BLOCK lines that are fit to be read, and asks for their people: by the time a line is read, its
 * people have come from memory. False at the end of the piece. */
static bool take_block(const rating_job *job, rating_part *p, rating_worker *w, piece *source, asked_line *block,
                       size_t *count)
{
    const sheet *s = &job->table->sheet;
    csv_record record = {.cells = w->cells, .capacity = s->count};
    *count = 0;
    while (*count < RATING_BLOCK) {
        asked_line *next = &block[*count];
        if (!next_line_of(source, &record, &next->line))
            return false;
        p->lines++;
        if (next->line.wrong)
            continue;
        note_filled(job, p, record.cells);
        id_index_ask(&job->ids, cell_of(&record, s->column[RATING_SUBJECT]), &next->subject);
        id_index_ask(&job->ids, cell_of(&record, s->column[RATING_RATER]), &next->rater);
        record.cells += s->count;
        ++*count;
    }
    return true;
}

/* The same for raters who are none of the people; a cell that is no quick key is not looked up often. */
static void ask_others(const rating_job *job, const rating_worker *w, const asked_line *block, size_t count)
{
    uint32_t hash[RATING_BLOCK];
    size_t column = job->table->sheet.column[RATING_RATER], asked = 0;
    for (size_t i = 0; i < count; i++)
        if (block[i].rater.quick && id_index_find(&job->ids, &block[i].rater) == INTERN_NONE)
            hash[asked++] = intern_hash(&w->others, block[i].line.cells[column]);
    for (int step = 0; step < INTERN_STEPS; step++)
        for (size_t i = 0; i < asked; i++)
            intern_ask(&w->others, hash[i], step);
}

static void work(void *context, piece *source, size_t number, unsigned worker)
{
    rating_job *job = context;
    rating_part *p = &job->parts[number];
    rating_worker *w = &job->workers[worker];
    arena scratch = {0};
    asked_line block[RATING_BLOCK];
    size_t count;
    begin_part(job, p, worker);
    for (size_t i = 0; i < RATING_BLOCK; i++)
        block[i].line = (line){.sheet = &job->table->sheet, .problems = &p->problems, .scratch = &scratch};
    for (bool more = true; more && !p->failed;) {
        more = take_block(job, p, w, source, block, &count);
        ask_others(job, w, block, count);
        for (size_t i = 0; i < count && !p->failed; i++) {
            read_line(job, p, w, &block[i]);
            p->failed = block[i].line.failed;
        }
    }
    p->failed |= p->problems.failed;
    p->rows = source->reader.row;
    arena_free(&scratch);
}

/* ---- a group ---- */

/* A worker takes pieces in their order, so a rater new to the batch is fresh in the first piece that has it. */
static bool number_raters(rating_job *job, const rating_part *p)
{
    const rating_worker *w = &job->workers[p->worker];
    batch *b = job->table->in->b;
    for (size_t i = 0; i < p->fresh_count; i++) {
        uint32_t rater = p->fresh[i];
        size_t people = b->people.count;
        text id = rater < people ? b->people.ids.texts[rater] : w->others.texts[rater - people];
        w->numbers[rater] = intern_add(&b->ballots.raters, id);
        if (w->numbers[rater] == INTERN_NONE)
            return false;
    }
    return true;
}

static bool gather_part(rating_job *job, rating_part *p)
{
    open_table *t = job->table;
    if (p->failed)
        return false;
    p->rows_before = t->rows;
    p->problems.errors -= job->errors_before;
    problem_list_append(t->sheet.problems, &p->problems, t->rows);
    problem_list_free(&p->problems);
    t->rows += p->rows;
    t->lines += p->lines;
    for (size_t role = 0; role < MOST_ROLES; role++)
        job->unused[role] += p->unused[role];
    for (size_t i = 0; i < job->unknown_count; i++)
        job->filled[i] |= p->filled[i];
    for (size_t item = 0; !job->is_long && item < job->columns; item++)
        job->lacking[item] |= p->lacking[item];
    return !t->sheet.problems->failed && number_raters(job, p);
}

/* Each piece gets the places that its rows would take if every line were kept. */
static bool prepare(void *context, const piece *pieces, size_t count)
{
    rating_job *job = context;
    size_t first = rows_held(job), errors = sheet_errors(&job->table->sheet);
    job->errors_before = errors < PROBLEM_LIST_LIMIT ? errors : PROBLEM_LIST_LIMIT;
    for (size_t i = 0; i < count; i++) {
        job->parts[i].first = first;
        job->parts[i].room = pieces[i].most_records - pieces[i].reader.row;
        first += job->parts[i].room;
    }
    if (!rows_reserve(job, first + 1)) {
        job->table->failed = true;
        return false;
    }
    for (size_t i = 0; i < count; i++)
        rows_place(job, &job->parts[i]);
    return true;
}

/* Raters get their numbers in the batch, rows their numbers in the file. */
static void settle_part(void *context, size_t number, unsigned worker)
{
    const rating_job *job = context;
    const rating_part *p = &job->parts[number];
    const uint32_t *numbers = job->workers[p->worker].numbers;
    (void)worker;
    for (size_t i = 0; i < p->count; i++)
        if (p->rater[i] != RATER_ANONYMOUS)
            p->rater[i] = numbers[p->rater[i]];
    for (size_t i = 0; i < p->count; i++)
        p->row[i] += p->rows_before;
}

static bool gather_parts(rating_job *job, size_t parts)
{
    size_t end = rows_held(job);
    for (size_t i = 0; i < parts; i++) {
        rating_part *p = &job->parts[i];
        if (!gather_part(job, p))
            return false;
        if (p->first != end)
            rows_move(job, p, end);
        end += p->count;
    }
    parallel_run(parts, job->table->in->options->threads, settle_part, job);
    return rows_keep(job, parts, end);
}

static bool gather(void *context, piece *pieces, size_t count, uint64_t bytes)
{
    rating_job *job = context;
    open_table *t = job->table;
    (void)pieces;
    t->failed = !gather_parts(job, count);
    return !t->failed && !reading_advance(t->in, bytes);
}

/* ---- the table ---- */

static bool has_item_column(const reading *in, const sheet *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->meaning[i] == COLUMN_UNKNOWN && lexicon_find(&in->items, s->keys[i]) != WORD_NONE)
            return true;
    return false;
}

/* Long: a column for the item's name, and one for its value or at least none that is an item itself. */
static bool is_long_form(const reading *in, const sheet *s)
{
    return s->column[RATING_ITEM] != NO_COLUMN && (s->column[RATING_VALUE] != NO_COLUMN || !has_item_column(in, s));
}

static void forget_long_columns(sheet *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->meaning[i] == RATING_ITEM || s->meaning[i] == RATING_VALUE)
            s->meaning[i] = COLUMN_UNKNOWN;
}

static void find_unknown_columns(rating_job *job)
{
    sheet *s = &job->table->sheet;
    job->unknown = arena_zalloc(&s->texts, (s->count + 1) * sizeof *job->unknown);
    job->filled = arena_zalloc(&s->texts, (s->count + 1) * sizeof *job->filled);
    s->failed |= !job->unknown || !job->filled;
    for (size_t i = 0; !s->failed && i < s->count; i++)
        if (means_nothing(s, i))
            job->unknown[job->unknown_count++] = i;
}

/* A column with something in it that is neither an item nor a standard one: somebody's marks would be lost. */
static void report_unknown_columns(rating_job *job)
{
    sheet *s = &job->table->sheet;
    const lexicon *items = &job->table->in->items;
    for (size_t i = 0; i < job->unknown_count; i++) {
        size_t column = job->unknown[i];
        if (s->meaning[column] == COLUMN_EXPLAINED)
            continue;
        if (job->filled[i] && s->meaning[column] == COLUMN_NAMELESS) {
            report_nameless(s, column);
            continue;
        }
        if (!job->filled[i] || notice_beside_an_id(s, column))
            continue;
        text near = lexicon_suggest(items, s->keys[column]), header = s->written[column];
        sheet_report(s, PROBLEM_ERROR, column,
                     near.length > 0 ? message_of2(MSG_input_rating_column_near, header, near)
                                     : message_of1(MSG_input_rating_column_unknown, header));
    }
}

bool ratings_same_name(const vocabulary *words, uint32_t a, uint32_t b)
{
    const vocabulary_word *x = &words->items[a].word, *y = &words->items[b].word;
    return (x->zh.length && text_equal(x->zh, y->zh)) || (x->en.length && text_equal(x->en, y->en));
}

uint32_t ratings_item_for(const vocabulary *words, uint32_t item, uint32_t role)
{
    if (role >= MOST_ROLES || item_is_asked(&words->items[item], role))
        return item;
    for (uint32_t i = 0; i < words->item_count; i++)
        if (item_is_asked(&words->items[i], role) && ratings_same_name(words, item, i))
            return i;
    return item;
}

message ratings_unasked(const vocabulary *words, size_t item, uint32_t role)
{
    const vocabulary_word *about = &words->items[item].word, *by = &words->roles[role].word;
    return message_of4(MSG_input_item_unasked, about->id, word_label(about), by->id, word_label(by));
}

void ratings_match(const reading *in, sheet *s)
{
    sheet_match(s, rating_columns, RATING_SPECS);
    for (size_t i = 0; i < s->count; i++)
        if (s->meaning[i] == COLUMN_UNKNOWN && lexicon_find(&in->items, s->keys[i]) != WORD_NONE)
            s->meaning[i] = COLUMN_TAKEN;
}

static void match_header(rating_job *job)
{
    const reading *in = job->table->in;
    sheet *s = &job->table->sheet;
    sheet_match(s, rating_columns, RATING_SPECS);
    job->is_long = is_long_form(in, s);
    job->columns = job->is_long ? 1 : in->b->words.item_count;
    if (!job->is_long) {
        forget_long_columns(s);
        wide_match(job);
    }
    sheet_check(s, rating_columns, job->is_long ? RATING_SPECS : WIDE_SPECS);
    sheet_check_repeated(s);
    find_unknown_columns(job);
    job->keeps_rows = s->column[RATING_SUBJECT] != NO_COLUMN && s->column[RATING_RATER] != NO_COLUMN &&
                      s->column[RATING_ROLE] != NO_COLUMN && (!job->is_long || s->column[RATING_ITEM] != NO_COLUMN);
}

static void notice_unused_roles(rating_job *job)
{
    const vocabulary *words = &job->table->in->b->words;
    for (size_t role = 0; role < words->role_count && role < MOST_ROLES; role++)
        if (job->unused[role] > 0)
            sheet_notice_count(&job->table->sheet, MSG_input_role_unused, words->roles[role].word.id, job->unused[role],
                               word_label(&words->roles[role].word));
}

void read_ratings(open_table *t)
{
    rating_job job = {.table = t};
    stage s = {.prepare = prepare, .work = work, .gather = gather, .context = &job};
    match_header(&job);
    if (t->sheet.failed || !job_open(&job))
        t->failed = true;
    else if (sheet_is_known(&t->sheet))
        pipeline_run(&t->pipeline, &s);
    wide_report_lacking(&job);
    report_unknown_columns(&job);
    notice_unused_roles(&job);
    job_close(&job);
}
