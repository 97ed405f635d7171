/* books: a workbook is read into memory whole, so that what is read, hashed and sealed are the same bytes. */
#include "exchange/books.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "exchange/csv.h"

/* ---- one workbook ---- */

enum { MOST_BOOK_BYTES = 512 * 1024 * 1024 };

static book_fault file_fault(feed_fault fault)
{
    return (book_fault){.file = fault};
}

static feed_fault take_bytes(book *b, int file)
{
    struct stat about;
    feed bytes = {.file = file};
    feed_fault fault = FEED_FINE;
    if (fstat(file, &about) != 0)
        return FEED_UNREADABLE;
    if (!S_ISREG(about.st_mode))
        return FEED_NOT_A_FILE;
    if (about.st_size == 0)
        return FEED_EMPTY;
    b->length = (size_t)about.st_size;
    if (about.st_size > MOST_BOOK_BYTES || !(b->bytes = mem_alloc(b->length)))
        return about.st_size > MOST_BOOK_BYTES ? FEED_STREAM : FEED_NO_MEMORY;
    size_t got = feed_read(&bytes, 0, b->bytes, b->length, &fault);
    return fault != FEED_FINE ? fault : got < b->length ? FEED_CHANGED : FEED_FINE;
}

static feed_fault load(book *b, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return FEED_UNREADABLE;
    feed_fault fault = take_bytes(b, file);
    close(file);
    return fault == FEED_FINE && !digest_of(b->bytes, b->length, &b->sha256) ? FEED_NO_MEMORY : fault;
}

static bool read_stream(void *context, char *out, size_t room, size_t *got)
{
    book *b = context;
    b->fault = b->reader->read(b->opened, out, room, got);
    return b->fault == ASSESS_WORKBOOK_FINE;
}

book_fault book_take(book *b, const assess_workbook_reader *reader, const char *path)
{
    *b = (book){.reader = reader, .path = path};
    feed_fault fault = load(b, path);
    if (fault == FEED_STREAM)
        return (book_fault){.book = ASSESS_WORKBOOK_TOO_LARGE};
    if (fault != FEED_FINE)
        return file_fault(fault);
    b->stream = (feed_stream){read_stream, b};
    return (book_fault){.book = reader->open(reader->user, b->bytes, b->length, &b->opened)};
}

void book_close(book *b)
{
    if (b->opened)
        b->reader->close(b->opened);
    mem_free(b->bytes);
    *b = (book){0};
}

assess_workbook_fault book_begin(book *b, size_t sheet)
{
    b->fault = b->reader->begin(b->opened, sheet);
    b->stream.context = b;
    return b->fault;
}

message_id book_message(assess_workbook_fault fault)
{
    static const message_id ids[ASSESS_WORKBOOK_FAULT_COUNT] = {
        [ASSESS_WORKBOOK_FINE] = MESSAGE_COUNT,
        [ASSESS_WORKBOOK_NO_MEMORY] = MSG_no_memory,
        [ASSESS_WORKBOOK_UNKNOWN] = MSG_workbook_unknown,
        [ASSESS_WORKBOOK_OLD] = MSG_workbook_old,
        [ASSESS_WORKBOOK_LOCKED] = MSG_workbook_locked,
        [ASSESS_WORKBOOK_BINARY] = MSG_workbook_binary,
        [ASSESS_WORKBOOK_OPENDOCUMENT] = MSG_workbook_opendocument,
        [ASSESS_WORKBOOK_DOCUMENT] = MSG_workbook_document,
        [ASSESS_WORKBOOK_DAMAGED] = MSG_workbook_damaged,
        [ASSESS_WORKBOOK_FORBIDDEN] = MSG_workbook_forbidden,
        [ASSESS_WORKBOOK_TOO_LARGE] = MSG_workbook_too_large,
    };
    return fault < ASSESS_WORKBOOK_FAULT_COUNT ? ids[fault] : MSG_workbook_damaged;
}

/* ---- which sheets are tables ---- */

typedef struct listing {
    file_list *list;
    batch *into;
    const read_options *options;
    book book;
    table_file file;   /* what the sheets have in common */
    size_t first;      /* of the list, when the workbook began */
    bool from_template;
    long expected_sheets; /* as the template was made; 0: not known */
    assess_error *err;
} listing;

static assess_status refuse(listing *l, message what)
{
    problem_add(&l->into->problems, (problem){.what = what, .source = PROBLEM_NO_SOURCE});
    return error_set_at(l->err, ASSESS_E_INPUT, what, l->file.path, 0, NULL);
}

static void notice(listing *l, message what)
{
    problem_add(&l->into->problems, (problem){.severity = PROBLEM_NOTICE, .what = what, .source = PROBLEM_NO_SOURCE});
}

static assess_status refuse_fault(listing *l, book_fault fault)
{
    text name = text_of(l->file.path);
    switch (fault.file) {
    case FEED_FINE:
        break;
    case FEED_NO_MEMORY:
        return error_no_memory(l->err);
    case FEED_EMPTY:
        return refuse(l, message_of1(MSG_workbook_no_bytes, name));
    case FEED_NOT_A_FILE:
        return refuse(l, message_of1(MSG_input_not_a_file, name));
    case FEED_UNREADABLE:
        return error_set(l->err, ASSESS_E_SYSTEM, message_of1(MSG_read_denied, name));
    case FEED_CHANGED:
        return error_set(l->err, ASSESS_E_SYSTEM, message_of1(MSG_read_changed, name));
    default:
        return error_set(l->err, ASSESS_E_SYSTEM, message_of1(MSG_read_broken, name));
    }
    if (fault.book == ASSESS_WORKBOOK_NO_MEMORY)
        return error_no_memory(l->err);
    return refuse(l, message_of1(book_message(fault.book), name));
}

static assess_workbook_sheet sheet_at(const listing *l, size_t index)
{
    assess_workbook_sheet sheet = {.size = sizeof sheet, .name = ""};
    l->book.reader->sheet(l->book.opened, index, &sheet);
    return sheet;
}

static size_t sheets_of(const listing *l)
{
    return l->book.reader->sheet_count(l->book.opened);
}

static assess_status add_sheet(listing *l, size_t index, batch_table table)
{
    file_list *list = l->list;
    text name = text_of(sheet_at(l, index).name);
    table_file file = l->file;
    file.table = table;
    file.sheet_number = index;
    file.from_template = l->from_template;
    file.sheet = (text){arena_text(&list->texts, name.bytes, name.length), name.length};
    if (!file.sheet.bytes || !MEM_RESERVE(list->items, list->capacity, list->count + 1))
        return error_no_memory(l->err);
    list->items[list->count++] = file;
    return ASSESS_OK;
}

/* The sheet that a marked copy of a workbook has at its end. */
static bool is_list_of_problems(text begin)
{
    bool found = false;
    for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
        buffer title = {0};
        message_render(&title, message_of(MSG_mark_title), (assess_language)language);
        found |= !title.failed && begin.length >= title.length && memcmp(begin.bytes, title.bytes, title.length) == 0;
        buffer_free(&title);
    }
    return found;
}

/* Whether anything stands in the sheet at all that somebody may have filled in. */
static assess_status has_content(listing *l, size_t index, bool *out)
{
    char first[256];
    size_t length = 0, got = 1;
    assess_workbook_fault fault = book_begin(&l->book, index);
    while (fault == ASSESS_WORKBOOK_FINE && got > 0 && length < sizeof first) {
        fault = l->book.reader->read(l->book.opened, first + length, sizeof first - length, &got);
        length += got;
    }
    *out = length > 0 && !is_list_of_problems((text){first, length});
    return fault == ASSESS_WORKBOOK_FINE ? ASSESS_OK : refuse_fault(l, (book_fault){.book = fault});
}

static bool is_explanation(text name)
{
    static const char *const names[] = {"填写说明", "说明", "字典", "instructions", "notes", "dictionary"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(name, text_of(names[i])))
            return true;
    return false;
}

/* A visible sheet that is none: worth a notice when there is something in it, for it may be one under another name. */
static assess_status pass_over(listing *l, size_t index)
{
    bool filled = false;
    text name = text_of(sheet_at(l, index).name);
    if (l->from_template && is_explanation(name))
        return ASSESS_OK;
    assess_status status = has_content(l, index, &filled);
    if (status == ASSESS_OK && filled)
        notice(l, message_of2(MSG_workbook_sheet_unknown, text_of(l->file.path), name));
    return status;
}

static bool is_about(text name)
{
    return text_equal(name, TEXT("_assess"));
}

static assess_status add_named(listing *l, bool *any)
{
    assess_status status = ASSESS_OK;
    for (size_t i = 0; status == ASSESS_OK && i < sheets_of(l); i++) {
        assess_workbook_sheet sheet = sheet_at(l, i);
        batch_table table = exchange_table_of(text_of(sheet.name));
        if (table == TABLE_COUNT)
            continue;
        if (sheet.hidden)
            notice(l, message_of2(MSG_workbook_sheet_hidden, text_of(l->file.path), text_of(sheet.name)));
        else
            status = add_sheet(l, i, table);
        *any |= !sheet.hidden;
    }
    return status;
}

static assess_status pass_over_others(listing *l)
{
    assess_status status = ASSESS_OK;
    for (size_t i = 0; status == ASSESS_OK && i < sheets_of(l); i++) {
        assess_workbook_sheet sheet = sheet_at(l, i);
        if (!sheet.hidden && !is_about(text_of(sheet.name)) && exchange_table_of(text_of(sheet.name)) == TABLE_COUNT)
            status = pass_over(l, i);
    }
    return status;
}

/* No sheet is called like a table: then the file may be, when it is clear which sheet is meant. */
static assess_status add_by_file_name(listing *l)
{
    text name = text_of(l->file.path);
    batch_table table = exchange_table_of(name);
    size_t filled = 0, which = 0;
    assess_status status = ASSESS_OK;
    if (table == TABLE_COUNT)
        return refuse(l, message_of1(MSG_workbook_without_tables, name));
    for (size_t i = 0; status == ASSESS_OK && i < sheets_of(l); i++) {
        assess_workbook_sheet sheet = sheet_at(l, i);
        bool has = false;
        if (!sheet.hidden && !is_about(text_of(sheet.name)) && !is_explanation(text_of(sheet.name)))
            status = has_content(l, i, &has);
        filled += has;
        which = has ? i : which;
    }
    if (status != ASSESS_OK)
        return status;
    if (filled == 1)
        return add_sheet(l, which, table);
    return refuse(l, message_of1(filled == 0 ? MSG_workbook_empty : MSG_workbook_which_sheet, name));
}

/* ---- what a template says of itself ---- */

enum { ABOUT_BYTES = 4096 };

static assess_status read_about(listing *l, size_t index, buffer *out)
{
    size_t got = 1;
    assess_workbook_fault fault = book_begin(&l->book, index);
    while (fault == ASSESS_WORKBOOK_FINE && got > 0 && out->length < ABOUT_BYTES) {
        if (!MEM_RESERVE(out->bytes, out->capacity, out->length + ABOUT_BYTES + CSV_PADDING))
            return error_no_memory(l->err);
        fault = l->book.reader->read(l->book.opened, out->bytes + out->length, ABOUT_BYTES, &got);
        out->length += got;
    }
    if (fault != ASSESS_WORKBOOK_FINE)
        return refuse_fault(l, (book_fault){.book = fault});
    if (!MEM_RESERVE(out->bytes, out->capacity, out->length + CSV_PADDING))
        return error_no_memory(l->err);
    memset(out->bytes + out->length, '\0', CSV_PADDING);
    out->bytes[out->length] = '\n';
    return ASSESS_OK;
}

static text up_to_12(const char *hex)
{
    enum { SHOWN = 12 };
    size_t length = strlen(hex);
    return (text){hex, length < SHOWN ? length : SHOWN};
}

static assess_status check_rules(listing *l, text written)
{
    const char *own = l->options->rules;
    text shown = written.length > 12 ? (text){written.bytes, 12} : written;
    if (own[0] != '\0' && written.length > 0 && !text_equal(written, text_of(own)))
        notice(l, message_of3(MSG_workbook_other_rules, text_of(l->file.path), shown, up_to_12(own)));
    return ASSESS_OK;
}

static assess_status check_line(listing *l, text key, text value)
{
    text name = text_of(l->file.path);
    const read_options *o = l->options;
    if (text_equal(key, TEXT("template")) && !text_equal(value, TEXT("assess-template/1")))
        return refuse(l, message_of2(MSG_workbook_other_template, name, value));
    if (text_equal(key, TEXT("scheme")) && o->scheme.length > 0 && !text_equal(value, o->scheme))
        return refuse(l, message_of3(MSG_workbook_other_scheme, name, value, o->scheme));
    if (text_equal(key, TEXT("period")) && o->period.length > 0 && value.length > 0 && !text_equal(value, o->period))
        return refuse(l, message_of3(MSG_workbook_other_period, name, value, o->period));
    if (text_equal(key, TEXT("rules")))
        return check_rules(l, value);
    if (text_equal(key, TEXT("sheets")))
        for (size_t i = 0; i < value.length && value.bytes[i] >= '0' && value.bytes[i] <= '9' && l->expected_sheets < 1000; i++)
            l->expected_sheets = l->expected_sheets * 10 + (value.bytes[i] - '0');
    return ASSESS_OK;
}

static assess_status check_about(listing *l, size_t index)
{
    buffer bytes = {0};
    text cells[2];
    csv_record record = {.cells = cells, .capacity = 2};
    assess_status status = read_about(l, index, &bytes);
    csv_reader reader = {bytes.bytes, status == ASSESS_OK ? bytes.bytes + bytes.length : bytes.bytes, ',', 0};
    l->from_template = true;
    while (status == ASSESS_OK && reader.at != reader.end && csv_next(&reader, &record))
        if (record.count >= 2)
            status = check_line(l, text_trim(cells[0]), text_trim(cells[1]));
    buffer_free(&bytes);
    return status;
}

static assess_status look_for_about(listing *l)
{
    assess_status status = ASSESS_OK;
    for (size_t i = 0; status == ASSESS_OK && i < sheets_of(l); i++)
        if (is_about(text_of(sheet_at(l, i).name)))
            status = check_about(l, i);
    return status;
}

/* A sheet that was renamed or deleted would be missed by nobody else. */
static assess_status check_count(listing *l)
{
    size_t found = l->list->count - l->first;
    buffer expected = {0}, seen = {0};
    if (l->expected_sheets <= (long)found)
        return ASSESS_OK;
    buffer_add_integer(&expected, l->expected_sheets);
    buffer_add_integer(&seen, (int64_t)found);
    assess_status status = expected.failed || seen.failed
                               ? error_no_memory(l->err)
                               : refuse(l, message_of3(MSG_workbook_sheet_missing, text_of(l->file.path), buffer_text(&expected),
                                                       buffer_text(&seen)));
    buffer_free(&expected);
    buffer_free(&seen);
    return status;
}

/* ---- the list ---- */

static assess_status list_sheets(listing *l)
{
    bool any = false;
    assess_status status = look_for_about(l);
    if (status == ASSESS_OK)
        status = add_named(l, &any);
    if (status == ASSESS_OK && !any)
        return add_by_file_name(l);
    if (status == ASSESS_OK)
        status = check_count(l);
    return status == ASSESS_OK ? pass_over_others(l) : status;
}

/* Progress counts the bytes of files: each sheet has its share. */
static void share_size(listing *l)
{
    size_t count = l->list->count - l->first;
    for (size_t i = l->first; i < l->list->count; i++)
        l->list->items[i].size = l->book.length / count;
}

assess_status books_list(file_list *list, batch *b, const char *path, uint64_t device, uint64_t number, const read_options *options,
                         assess_error *err)
{
    listing l = {.list = list, .into = b, .options = options, .first = list->count, .err = err};
    l.file = (table_file){.path = arena_text(&list->texts, path, strlen(path)), .is_sheet = true, .device = device, .number = number};
    if (!l.file.path)
        return error_no_memory(err);
    book_fault fault = book_take(&l.book, options->workbooks, l.file.path);
    l.file.sha256 = l.book.sha256;
    bool open = fault.file == FEED_FINE && fault.book == ASSESS_WORKBOOK_FINE;
    assess_status status = open ? list_sheets(&l) : refuse_fault(&l, fault);
    share_size(&l);
    book_close(&l.book);
    return status;
}

/* ---- remarks ---- */

static message_id remark_message(assess_cell_remark kind)
{
    static const message_id ids[ASSESS_CELL_REMARK_COUNT] = {
        [ASSESS_CELL_ERROR] = MSG_workbook_cell_error,
        [ASSESS_CELL_NOT_COMPUTED] = MSG_workbook_cell_not_computed,
        [ASSESS_CELL_DIGITS_LOST] = MSG_workbook_cell_digits_lost,
        [ASSESS_CELL_NO_DAY] = MSG_workbook_cell_no_day,
        [ASSESS_CELL_MERGED] = MSG_workbook_cell_merged,
        [ASSESS_CELL_HIDDEN_ROWS] = MSG_workbook_hidden_rows,
        [ASSESS_CELL_HIDDEN_COLUMNS] = MSG_workbook_hidden_columns,
    };
    return ids[kind];
}

static bool is_notice(const assess_workbook_remark *r)
{
    return r->kind == ASSESS_CELL_HIDDEN_ROWS || r->kind == ASSESS_CELL_HIDDEN_COLUMNS;
}

static void add_address(buffer *out, uint32_t row, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (; column > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    buffer_add(out, letters + at, sizeof letters - at);
    buffer_add_integer(out, row);
}

/* Of merged cells all of them: B3:C4. */
static void add_place(buffer *out, const assess_workbook_remark *r)
{
    if (is_notice(r)) {
        buffer_add_integer(out, r->count);
        return;
    }
    add_address(out, r->row, r->column);
    if (r->kind != ASSESS_CELL_MERGED)
        return;
    buffer_add_char(out, ':');
    add_address(out, r->last_row, r->last_column);
}

static void add_problem(batch *into, const assess_workbook_remark *r, uint32_t source, const text *headers, size_t header_count)
{
    buffer place = {0};
    problem p = {.severity = is_notice(r) ? PROBLEM_NOTICE : PROBLEM_ERROR, .source = source, .row = r->row, .column = r->column,
                 .value = text_of(r->text)};
    add_place(&place, r);
    if (r->column > 0 && r->column <= header_count)
        p.header = headers[r->column - 1];
    p.what = message_of2(remark_message(r->kind), buffer_text(&place), p.value);
    problem_add(&into->problems, p);
    into->problems.failed |= place.failed;
    buffer_free(&place);
}

static int compare_rows(const void *left, const void *right)
{
    uint32_t a = ((const assess_workbook_remark *)left)->row, b = ((const assess_workbook_remark *)right)->row;
    return (a > b) - (a < b);
}

static bool covers(const assess_workbook_remark *r, const problem *p)
{
    return p->row >= r->row && p->row <= r->last_row && p->column >= r->column && p->column <= r->last_column;
}

/* Whether one of the remarks, in order of rows, is about the cell; those that reach over several rows are looked at each time. */
static bool is_explained(const assess_workbook_remark *remarks, size_t count, const problem *p)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (remarks[middle].row < p->row)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < count && remarks[i].row == p->row; i++)
        if (covers(&remarks[i], p))
            return true;
    for (size_t i = 0; i < low; i++)
        if (remarks[i].last_row > remarks[i].row && covers(&remarks[i], p))
            return true;
    return false;
}

/* What the batch says of a cell that the reader already explained would only repeat it in other words. */
static void drop_explained(problem_list *list, size_t before, uint32_t source, const assess_workbook_remark *remarks, size_t count)
{
    size_t kept = before;
    for (size_t i = before; i < list->count; i++) {
        const problem *p = &list->items[i];
        bool dropped = p->severity == PROBLEM_ERROR && p->source == source && p->column > 0 && is_explained(remarks, count, p);
        list->errors -= dropped;
        if (!dropped)
            list->items[kept++] = *p;
    }
    list->count = kept;
}

/* Titles and headers may be merged, and what stands above a header says nothing. */
static bool matters(const assess_workbook_remark *r, uint32_t header_row)
{
    return is_notice(r) || r->last_row > header_row;
}

void book_report_remarks(const book *b, batch *into, uint32_t source, uint32_t header_row, const text *headers, size_t header_count,
                         size_t before)
{
    size_t count = b->reader->remark_count(b->opened), kept = 0;
    assess_workbook_remark *remarks = count > 0 ? mem_zalloc(count, sizeof *remarks) : NULL;
    into->problems.failed |= count > 0 && !remarks;
    for (size_t i = 0; remarks && i < count; i++) {
        assess_workbook_remark r = {.size = sizeof r, .text = ""};
        b->reader->remark(b->opened, i, &r);
        if (matters(&r, header_row))
            remarks[kept++] = r;
    }
    if (kept > 1)
        qsort(remarks, kept, sizeof *remarks, compare_rows);
    drop_explained(&into->problems, before, source, remarks, kept);
    for (size_t i = 0; i < kept; i++)
        add_problem(into, &remarks[i], source, headers, header_count);
    mem_free(remarks);
}
