/* tables: a feed as one of the tables: its header, its lines, what is wrong with their form. */
#include "exchange/reading.h"

#include <string.h>

#include "exchange/arrow_read.h"
#include "exchange/books.h"
#include "exchange/lookahead.h"

bool reading_advance(reading *in, uint64_t bytes)
{
    const read_options *options = in->options;
    in->bytes_done += bytes;
    if (in->bytes_done > in->bytes_total && !in->arrow) /* Chinese characters of GB18030 are longer in UTF-8 */
        in->bytes_done = in->bytes_total;
    if (options->progress && options->progress(options->user, in->bytes_done, in->bytes_total) != 0)
        in->cancelled = true;
    return in->cancelled;
}

void sheet_notice_count(sheet *s, message_id id, text about, size_t count, text called)
{
    buffer number = {0};
    buffer_add_integer(&number, (int64_t)count);
    s->failed |= number.failed;
    message what = message_of3(id, about, buffer_text(&number), called);
    problem_add(s->problems, (problem){.severity = PROBLEM_NOTICE, .what = what, .source = s->source});
    buffer_free(&number);
}

/* Suggestions take time, and beyond the limit nobody reads them. */
void line_report_unknown(line *l, size_t column, const lexicon *words, text written, text key, message_id plain,
                         message_id with_suggestion)
{
    text near = errors_are_only_counted(l->problems) ? TEXT("") : lexicon_suggest(words, key);
    message_id id = near.length > 0 ? with_suggestion : plain;
    message what = message_of3(id, written, TEXT(""), near);
    message_list(&what, 1, words->described);
    line_report(l, PROBLEM_ERROR, column, what);
}

/* ---- the form of a record ---- */

static message_id flaw_message(csv_flaw flaw)
{
    switch (flaw) {
    case CSV_UNCLOSED_QUOTE:
        return MSG_input_unclosed_quote;
    case CSV_STRAY_QUOTE:
        return MSG_input_stray_quote;
    case CSV_TEXT_AFTER_QUOTE:
        return MSG_input_text_after_quote;
    case CSV_NUL:
        return MSG_input_nul;
    case CSV_FINE:
        break;
    }
    return MESSAGE_COUNT;
}

static void report_form(line *l, size_t cell, message_id id)
{
    const sheet *s = l->sheet;
    problem p = {.what = message_of(id), .source = s->source, .row = l->row, .column = (uint32_t)cell + 1};
    if (cell < s->count)
        p.header = s->written[cell];
    problem_add(l->problems, p);
    l->wrong = true;
}

static void report_width(line *l, message_id id, size_t found)
{
    buffer expected = {0}, seen = {0};
    if (errors_are_only_counted(l->problems)) {
        line_report(l, PROBLEM_ERROR, NO_COLUMN, message_of(id));
        return;
    }
    buffer_add_integer(&expected, (int64_t)l->sheet->count);
    buffer_add_integer(&seen, (int64_t)found);
    l->failed |= expected.failed || seen.failed;
    line_report(l, PROBLEM_ERROR, NO_COLUMN, message_of2(id, buffer_text(&expected), buffer_text(&seen)));
    buffer_free(&expected);
    buffer_free(&seen);
}

/* As many as a cell of a spreadsheet holds; every cell then fits into the sealed file. */
enum { MOST_CHARACTERS = 32767 };

static size_t characters_of(text cell)
{
    size_t count = 0;
    for (size_t i = 0; i < cell.length; i++)
        count += ((unsigned char)cell.bytes[i] & 0xC0) != 0x80;
    return count;
}

/* The first cell that is too long, `count` when none is. */
static size_t find_long_cell(const text *cells, size_t count)
{
    if (count == 0 || cells[count - 1].bytes + cells[count - 1].length - cells[0].bytes <= MOST_CHARACTERS)
        return count; /* nearly always: the whole row is shorter than a cell may be */
    for (size_t i = 0; i < count; i++)
        if (cells[i].length > MOST_CHARACTERS && characters_of(cells[i]) > MOST_CHARACTERS)
            return i;
    return count;
}

static void report_long_cell(line *l, const text *cells, size_t cell)
{
    const sheet *s = l->sheet;
    buffer most = {0}, found = {0};
    buffer_add_integer(&most, MOST_CHARACTERS);
    buffer_add_integer(&found, (int64_t)characters_of(cells[cell]));
    l->failed |= most.failed || found.failed;
    problem p = {.what = message_of2(MSG_input_cell_too_long, buffer_text(&most), buffer_text(&found)),
                 .source = s->source, .row = l->row, .column = (uint32_t)cell + 1};
    if (cell < s->count)
        p.header = s->written[cell];
    problem_add(l->problems, p);
    l->wrong = true;
    buffer_free(&most);
    buffer_free(&found);
}

/* Of a workbook: the cell stands right of the last header. */
static void report_surplus(line *l, size_t found)
{
    if (l->sheet->of_workbook)
        line_report(l, PROBLEM_ERROR, NO_COLUMN, message_of(MSG_workbook_cell_without_header));
    else
        report_width(l, MSG_input_row_too_long, found);
}

static size_t kept_cells(const csv_record *record)
{
    return record->count < record->capacity ? record->count : record->capacity;
}

static void check_form(const piece *p, const csv_record *record, line *l)
{
    size_t count = kept_cells(record), cell = find_long_cell(record->cells, count);
    if (record->flaw != CSV_FINE)
        report_form(l, record->flaw_cell, flaw_message(record->flaw));
    else if (p->chunk.overlong)
        report_form(l, 0, MSG_input_record_too_long);
    else if (cell < count)
        report_long_cell(l, record->cells, cell);
    else if (record->count < l->sheet->count && !l->sheet->of_workbook)
        report_width(l, MSG_input_row_too_short, record->count);
    else if (record->surplus)
        report_surplus(l, record->count);
}

/* A sheet writes no cell behind the last one with content. */
static void complete_row(csv_record *record)
{
    for (size_t i = record->count; i < record->capacity; i++)
        record->cells[i] = TEXT("");
}

bool next_line_of(piece *p, csv_record *record, line *l)
{
    while (csv_next(&p->reader, record)) {
        bool maybe_blank = record->count > 0 && record->cells[0].length == 0;
        if (maybe_blank && record->flaw == CSV_FINE && csv_is_blank(record))
            continue;
        if (l->sheet->of_workbook)
            complete_row(record);
        l->cells = record->cells;
        l->row = l->rows_before + record->row;
        l->wrong = false;
        check_form(p, record, l);
        return true;
    }
    return false;
}

/* ---- lines in order ---- */

typedef struct ordered_table {
    open_table *table;
    const table_form *form;
    void *state;
    text *cells;    /* [sheet.count] */
    size_t *filled; /* [sheet.count]: cells in columns that mean nothing */
    size_t *unused; /* those columns */
    size_t unused_count;
} ordered_table;

static void count_unused(void *context, const line *l)
{
    const ordered_table *o = context;
    for (size_t i = 0; i < o->unused_count; i++)
        o->filled[o->unused[i]] += line_trimmed(l, o->unused[i]).length > 0;
}

size_t sure_cells(const csv_record *record)
{
    return record->flaw == CSV_FINE ? kept_cells(record) : record->flaw_cell;
}

enum { LINES_BETWEEN_LOOKS = 256 };

/* What the rows of the tables may take (those of a stream stand in the caller's memory, which has no such limit), so that files of 64 MiB or less are answered within 256 MiB and four times their
 * length, with their texts, the rows that are looked at ahead and everything else. A table that anybody would write takes far less; one of a few bytes a
 * row, or of columns with one cell filled, may not. Longer files may take what they need. */
static uint64_t most_row_bytes(uint64_t file_bytes)
{
    const uint64_t mib = 1024 * 1024, kept = 64 * mib;
    return 160 * mib + 3 * (file_bytes < kept ? file_bytes : kept) + 16 * (file_bytes > kept ? file_bytes - kept : 0);
}

static bool is_too_thin(const reading *in)
{
    return !in->arrow && batch_row_bytes(in->b) > most_row_bytes(in->bytes_total);
}

static void report_too_thin(reading *in, line *l)
{
    in->too_thin = true;
    line_report(l, PROBLEM_ERROR, NO_COLUMN, message_of(MSG_input_table_too_thin));
}

void table_took_row(open_table *t, line *l)
{
    t->lines++;
    if (t->lines % LINES_BETWEEN_LOOKS == 0 && is_too_thin(t->in))
        report_too_thin(t->in, l);
    t->failed = l->failed;
}

static void work_in_order(void *context, piece *p, size_t number, unsigned worker)
{
    ordered_table *o = context;
    open_table *t = o->table;
    arena scratch = {0};
    csv_record record = {.cells = o->cells, .capacity = t->sheet.count};
    line l = {.sheet = &t->sheet, .rows_before = t->rows, .problems = t->sheet.problems, .scratch = &scratch};
    (void)number;
    (void)worker;
    while (!t->failed && !t->in->too_thin && next_line_of(p, &record, &l)) {
        if (!l.wrong) {
            count_unused(o, &l);
            o->form->row(t->in, &l, o->state);
        } else if (o->form->wrong_row) {
            o->form->wrong_row(&l, sure_cells(&record));
        }
        table_took_row(t, &l);
    }
    t->rows += p->reader.row;
    arena_free(&scratch);
}

static bool gather_in_order(void *context, piece *pieces, size_t count, uint64_t bytes)
{
    const ordered_table *o = context;
    (void)pieces;
    (void)count;
    return !o->table->failed && !o->table->in->too_thin && !reading_advance(o->table->in, bytes);
}

/* What clerks write beside an id so that people can read the table: it says nothing that the table needs. */
static bool is_beside_an_id(text key)
{
    static const char *const keys[] = {"name", "姓名", "名称", "unit", "单位", "部门", "股室", "处室", "科室", "category", "类别", "post", "职务"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (text_equal(key, text_of(keys[i])))
            return true;
    return false;
}

/* A column with something in it that means nothing may be a misspelt one, and what it says would be lost: 结朿 for 结束. */
static void report_foreign(sheet *s, size_t column, const column_spec *specs, size_t spec_count)
{
    const column_spec *near = sheet_nearest(s, column, specs, spec_count);
    message what = near ? message_of3(MSG_input_column_foreign_near, s->written[column], text_of(near->id),
                                      text_of(near->zh))
                        : message_of1(MSG_input_column_foreign, s->written[column]);
    if (near)
        s->misspelt[near - specs] = true;
    sheet_report(s, PROBLEM_ERROR, column, what);
}

bool notice_beside_an_id(sheet *s, size_t column)
{
    if (!is_beside_an_id(s->keys[column]))
        return false;
    sheet_report(s, PROBLEM_NOTICE, column, message_of1(MSG_input_column_unused, s->written[column]));
    return true;
}

void report_nameless(sheet *s, size_t column)
{
    report_form(&(line){.sheet = s, .problems = s->problems, .row = s->header_row}, column, MSG_input_column_nameless);
}

static void report_unused(ordered_table *o)
{
    sheet *s = &o->table->sheet;
    for (size_t i = 0; i < o->unused_count; i++) {
        size_t column = o->unused[i];
        if (s->meaning[column] == COLUMN_NAMELESS && o->filled[column] > 0)
            report_nameless(s, column);
        else if (o->filled[column] > 0 && !notice_beside_an_id(s, column))
            report_foreign(s, column, o->form->specs, o->form->spec_count);
    }
}

bool means_nothing(const sheet *s, size_t column)
{
    return s->meaning[column] == COLUMN_UNKNOWN || (s->of_workbook && s->meaning[column] == COLUMN_NAMELESS);
}

static bool begin_ordered(ordered_table *o)
{
    sheet *s = &o->table->sheet;
    size_t size = o->form->state_size;
    o->state = arena_zalloc(&s->texts, size);
    o->cells = arena_zalloc(&s->texts, s->count * sizeof *o->cells);
    o->filled = arena_zalloc(&s->texts, s->count * sizeof *o->filled);
    o->unused = arena_zalloc(&s->texts, s->count * sizeof *o->unused);
    if (!o->state || !o->cells || !o->filled || !o->unused || !o->form->begin(o->table->in, s, o->state))
        return false;
    for (size_t i = 0; i < s->count; i++)
        if (means_nothing(s, i))
            o->unused[o->unused_count++] = i;
    return !s->failed;
}

static void read_in_order(open_table *t, const table_form *form)
{
    ordered_table o = {.table = t, .form = form};
    stage s = {.in_order = true, .work = work_in_order, .gather = gather_in_order, .context = &o};
    sheet_match(&t->sheet, form->specs, form->spec_count);
    sheet_check(&t->sheet, form->specs, form->spec_count);
    sheet_check_repeated(&t->sheet);
    if (t->sheet.failed || !begin_ordered(&o)) {
        t->failed = true;
        return;
    }
    if (!sheet_is_known(&t->sheet))
        return;
    if (form->look)
        lookahead_run(t, &(lookahead_use){form, o.state, count_unused, &o});
    else
        pipeline_run(&t->pipeline, &s);
    report_unused(&o);
    form->end(t->in, &t->sheet, o.state);
}

/* ---- the header ---- */

static const table_form *form_of(batch_table table);

/* How many headers of the table the row has. */
static bool count_headers(open_table *t, batch_table table, const csv_record *record, size_t *out)
{
    const table_form *form = form_of(table);
    sheet s;
    bool done = sheet_begin(&s, t->in->b, PROBLEM_NO_SOURCE, record->cells, kept_cells(record), 0);
    problem_list unheard = {0};
    s.problems = &unheard;
    if (done && form)
        sheet_match(&s, form->specs, form->spec_count);
    else if (done)
        ratings_match(t->in, &s);
    *out = 0;
    for (size_t i = 0; done && i < s.count; i++)
        *out += s.meaning[i] >= 0 || s.meaning[i] == COLUMN_TAKEN ||
                (table == TABLE_PEOPLE && lexicon_find(&t->in->attributes, s.keys[i]) != WORD_NONE);
    done = done && !s.failed && !unheard.failed;
    problem_list_free(&unheard);
    sheet_free(&s);
    return done;
}

/* The row of a sheet that is most of a header, the lowest of equals; 0: none is. Looks at a copy, for reading changes the text. */
static uint32_t choose_header(open_table *t, batch_table table, csv_record *record)
{
    buffer copy = {0};
    const text all = buffer_text(&t->pipeline.ready[0].chunk.text);
    size_t best = 0, found;
    uint32_t chosen = 0;
    buffer_add(&copy, all.bytes, all.length + CSV_PADDING);
    t->failed |= copy.failed;
    csv_reader reader = {copy.bytes, copy.bytes + (copy.failed ? 0 : all.length), ',', 0};
    while (!t->failed && reader.row < ASSESS_WORKBOOK_HEADER_ROWS && csv_next(&reader, record)) {
        t->failed = !count_headers(t, table, record, &found);
        chosen = found > 0 && found >= best ? record->row : chosen;
        best = found > best ? found : best;
    }
    buffer_free(&copy);
    return chosen;
}

/* The first record that is not blank, or the one in that row; those before it count as rows. False when there is none. */
static bool find_header(open_table *t, uint32_t row, csv_record *record, piece **in)
{
    do {
        uint32_t rows = t->rows;
        for (size_t i = 0; i < t->pipeline.ready_count; i++) {
            *in = &t->pipeline.ready[i];
            while (csv_next(&(*in)->reader, record)) {
                record->row += rows;
                if (row > 0 ? record->row == row : record->flaw != CSV_FINE || !csv_is_blank(record))
                    return true;
            }
            rows += (*in)->reader.row;
        }
        t->rows = rows;
    } while (pipeline_fill(&t->pipeline));
    return false;
}

/* False when there is no header to go by; a problem says why, unless the table is empty. */
static bool take_header(open_table *t, batch_table table, uint32_t source, csv_record *record)
{
    piece *p;
    bool of_workbook = t->in->book != NULL;
    uint32_t row = of_workbook && t->pipeline.ready_count > 0 ? choose_header(t, table, record) : 0;
    if (t->failed || !find_header(t, row, record, &p))
        return false;
    size_t count = kept_cells(record), cell = find_long_cell(record->cells, count);
    if (!sheet_begin(&t->sheet, t->in->b, source, record->cells, count, record->row)) {
        t->failed = true;
        return false;
    }
    t->sheet.of_workbook = of_workbook;
    line l = {.sheet = &t->sheet, .problems = &t->in->b->problems, .row = record->row};
    if (record->flaw != CSV_FINE)
        report_form(&l, record->flaw_cell, flaw_message(record->flaw));
    else if (p->chunk.overlong || record->surplus)
        report_form(&l, 0, MSG_input_header_too_long);
    else if (cell < count)
        report_long_cell(&l, record->cells, cell);
    return !l.wrong;
}

/* False: the lines make no sense either. */
static bool check_header(open_table *t, const csv_record *record)
{
    sheet *s = &t->sheet;
    bool one_column = s->count == 1 && record->count == 1 && !t->pipeline.feed->stream;
    if (one_column)
        sheet_report(s, PROBLEM_ERROR, 0, message_of1(MSG_input_one_column, s->written[0]));
    for (size_t i = 0; i < s->count && !s->of_workbook; i++)
        if (s->meaning[i] == COLUMN_NAMELESS)
            report_nameless(s, i);
    return !one_column;
}

static const table_form *form_of(batch_table table)
{
    switch (table) {
    case TABLE_PEOPLE:
        return &people_form;
    case TABLE_EVENTS:
        return &events_form;
    case TABLE_MEASURES:
        return &measures_form;
    case TABLE_HISTORY:
        return &history_form;
    case TABLE_DECISIONS:
        return &decisions_form;
    case TABLE_RATERS:
        return &raters_form;
    case TABLE_RATINGS:
    case TABLE_COUNT:
        break;
    }
    return NULL;
}

/* A workbook has a sheet for every table, and for ratings one for each role; that one of them stayed empty is no mistake there, and
 * worth a word, unless a template put the sheet there and nothing needs it. That a table has no rows at all is found at the end. */
static void report_only_header(open_table *t, uint32_t source)
{
    bool may_be = t->sheet.of_workbook;
    problem_add(&t->in->b->problems, (problem){.severity = may_be ? PROBLEM_NOTICE : PROBLEM_ERROR,
                                               .what = message_of(may_be ? MSG_workbook_only_header : MSG_input_only_header),
                                               .source = source});
}

static void read_lines(open_table *t, batch_table table, uint32_t source)
{
    batch *b = t->in->b;
    size_t errors = b->problems.errors;
    const table_form *form = form_of(table);
    if (form)
        read_in_order(t, form);
    else
        read_ratings(t);
    bool whole = t->pipeline.feed->fault == FEED_FINE && !t->failed && !t->in->cancelled;
    t->in->only_header = whole && t->lines == 0 && b->problems.errors == errors;
    if (t->in->only_header && !t->in->may_stay_empty)
        report_only_header(t, source);
}

static void read_with_header(open_table *t, batch_table table, uint32_t source)
{
    batch *b = t->in->b;
    size_t errors = b->problems.errors;
    csv_record header = {.cells = mem_zalloc(MOST_COLUMNS, sizeof *header.cells), .capacity = MOST_COLUMNS};
    if (!header.cells) {
        t->failed = true;
        return;
    }
    if (take_header(t, table, source, &header)) {
        if (check_header(t, &header))
            read_lines(t, table, source);
    } else if (!t->failed && b->problems.errors == errors && t->pipeline.feed->fault == FEED_FINE) {
        problem_add(&b->problems, (problem){.what = message_of(MSG_input_file_empty), .source = source});
    }
    mem_free(header.cells);
}

/* A header that makes no sense may come from an encoding that was not recognised: the bad byte is looked for then. */
static void look_for_bad_byte(open_table *t)
{
    if (t->pipeline.feed->decoder && !t->failed && !t->in->too_thin && !t->in->cancelled)
        while (pipeline_fill(&t->pipeline))
            continue;
}

bool read_table(reading *in, feed *f, batch_table table, uint32_t source)
{
    open_table t = {.in = in};
    size_t before = in->b->problems.count;
    if (pipeline_open(&t.pipeline, f, in->options->threads)) {
        pipeline_fill(&t.pipeline);
        read_with_header(&t, table, source);
        look_for_bad_byte(&t);
    } else {
        t.failed = true;
    }
    if (in->book && t.sheet.header_row > 0 && f->fault == FEED_FINE && !in->too_thin && !in->cancelled)
        book_report_remarks(in->book, in->b, source, t.sheet.header_row, t.sheet.written, t.sheet.count, before);
    if (in->arrow && t.lines > 0 && !t.failed && !t.sheet.failed)
        arrow_report_remarks(in->arrow, &in->b->problems, &t.sheet, before);
    bool done = !t.failed && !t.sheet.failed && f->fault != FEED_NO_MEMORY && !in->b->problems.failed;
    pipeline_close(&t.pipeline);
    sheet_free(&t.sheet);
    return done;
}
