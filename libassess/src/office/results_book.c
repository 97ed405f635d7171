/* results_book: results.xlsx, the tables of a result as sheets, with charts beside the grades, the scores and the units. */
#include <stdio.h>
#include <string.h>

#include "assess/office.h"
#include "office/call.h"
#include "office/order.h"
#include "office/table_sheet.h"

/* The results, the ranking and, at most, the ties have a row a subject: what is to be written, about. */
enum { LONG_TABLES = 3, MOST_CHARTED_UNITS = 40, CHART_GAP = 1, UNIT_PIXELS = 24, UNIT_MARGIN = 160, UNIT_LEAST = 320 };

/* A line of the list of contents. */
typedef struct entry {
    const char *sheet, *note;
    size_t rows;
} entry;

typedef struct results_book {
    assess_result *result;
    assess_office_results_options options;
    book *book;
    const char *subtitle;   /* scheme and period */
    uint64_t done, total;
    entry *entries;
    size_t count, capacity;
    arena texts;
} results_book;

static assess_status make(const results_book *w, const char *id, assess_table **out, assess_error *err)
{
    return office_table(w->result, id, w->options.language, w->options.order, out, err);
}

static const char *copy_of(results_book *w, text t)
{
    const char *copy = arena_text(&w->texts, t.bytes ? t.bytes : "", t.length);
    if (!copy)
        book_out_of_memory(w->book);
    return copy ? copy : "";
}

/* ---- what stands over every page ---- */

static const char *value_in(const assess_table *about, const char *id)
{
    size_t ids = assess_table_column(about, "id"), values = assess_table_column(about, "value");
    for (size_t row = 0; row < assess_table_rows(about); row++)
        if (strcmp(assess_table_cell(about, row, ids), id) == 0)
            return assess_table_cell(about, row, values);
    return "";
}

static assess_status find_subtitle(results_book *w, assess_error *err)
{
    assess_table *about = NULL;
    buffer words = {0};
    assess_status status = make(w, "about", &about, err);
    if (status != ASSESS_OK)
        return status;
    buffer_add_string(&words, value_in(about, "title"));
    if (*value_in(about, "period"))
        buffer_add_char(&words, ' ');
    buffer_add_string(&words, value_in(about, "period"));
    w->subtitle = words.failed ? NULL : arena_text(&w->texts, words.bytes ? words.bytes : "", words.length);
    buffer_free(&words);
    assess_table_free(about);
    return w->subtitle ? ASSESS_OK : error_no_memory(err);
}

/* ---- charts ---- */

static text title_of(const table_sheet *t, size_t column)
{
    return text_of(assess_table_column_title(t->table, column));
}

/* What the chart shows in words, too, for those who cannot see it. */
static void put_chart(const table_sheet *t, book_chart *chart)
{
    chart->description = chart->title;
    book_add_chart(t->first, 1, t->width + CHART_GAP, chart);
}

static void chart_grades(const table_sheet *t)
{
    size_t grade = assess_table_column(t->table, "grade"), share = assess_table_column(t->table, "share");
    if (grade == SIZE_MAX || share == SIZE_MAX)
        return;
    book_series series = {title_of(t, share), table_sheet_rows(t, share)};
    book_chart chart = {.kind = BOOK_CHART_BAR, .title = text_of(assess_table_title(t->table)), .categories = table_sheet_rows(t, grade),
                        .series = &series, .series_count = 1, .shares = true};
    put_chart(t, &chart);
}

/* "excellent from 90, competent from 75": the lines that the scores are cut at. */
static void add_lines(const assess_table *grades, assess_language language, buffer *out)
{
    size_t name = assess_table_column(grades, "grade"), from = assess_table_column(grades, "from");
    for (size_t row = 0; row < assess_table_rows(grades); row++) {
        text line = text_of(assess_table_cell(grades, row, from));
        if (line.length == 0)
            continue;
        if (out->length)
            buffer_add_string(out, language == ASSESS_ZH ? "，" : ", ");
        message_render(out, message_of2(MSG_office_from_line, text_of(assess_table_cell(grades, row, name)), line), language);
    }
}

/* The grades of the same level: "distribution:units" goes with "grades:units". A scheme may have scores and no grades. */
static void find_lines(const results_book *w, const char *distribution, buffer *out)
{
    assess_table *grades = NULL;
    buffer id = {0};
    buffer_add_string(&id, "grades");
    buffer_add_string(&id, strchr(distribution, ':') ? strchr(distribution, ':') : "");
    buffer_add_char(&id, '\0');
    assess_status status = id.failed ? ASSESS_E_SYSTEM : make(w, id.bytes, &grades, NULL);
    if (status == ASSESS_OK)
        add_lines(grades, w->options.language, out);
    else if (status == ASSESS_E_SYSTEM)
        book_out_of_memory(w->book);
    assess_table_free(grades);
    buffer_free(&id);
}

static void chart_distribution(const results_book *w, const table_sheet *t)
{
    size_t from = assess_table_column(t->table, "from"), people = assess_table_column(t->table, "people");
    buffer lines = {0}, title = {0};
    if (from == SIZE_MAX || people == SIZE_MAX)
        return;
    find_lines(w, assess_table_id(t->table), &lines);
    if (lines.length)
        message_render(&title, message_of2(MSG_office_chart, text_of(assess_table_title(t->table)), book_words(w->book, &lines)),
                       w->options.language);
    else
        buffer_add_string(&title, assess_table_title(t->table));
    book_series series = {title_of(t, people), table_sheet_rows(t, people)};
    book_chart chart = {.kind = BOOK_CHART_COLUMN, .title = book_words(w->book, &title), .across = title_of(t, from),
                        .up = title_of(t, people), .categories = table_sheet_rows(t, from), .series = &series, .series_count = 1, .joined = true};
    put_chart(t, &chart);
    buffer_free(&lines);
    buffer_free(&title);
}

/* The columns of the grades stand behind `incomplete`. */
static void chart_units(const table_sheet *t)
{
    book_series series[20];
    size_t last = assess_table_column(t->table, "incomplete"), columns = assess_table_columns(t->table), count = 0;
    size_t units = assess_table_rows(t->table);
    for (size_t c = last == SIZE_MAX ? columns : last + 1; c < columns && count < sizeof series / sizeof *series; c++)
        series[count++] = (book_series){title_of(t, c), table_sheet_rows(t, c)};
    if (count == 0)
        return;
    unsigned height = UNIT_MARGIN + UNIT_PIXELS * (unsigned)units;
    book_chart chart = {.kind = BOOK_CHART_STACKED_BAR, .title = text_of(assess_table_title(t->table)),
                        .categories = table_sheet_rows(t, 0), .series = series, .series_count = count,
                        .height = height < UNIT_LEAST ? UNIT_LEAST : height};
    put_chart(t, &chart);
}

static bool is_called(const char *id, const char *name)
{
    size_t length = strlen(name);
    return strncmp(id, name, length) == 0 && (id[length] == '\0' || id[length] == ':');
}

static bool is_charted(const assess_table *table)
{
    const char *id = assess_table_id(table);
    size_t rows = assess_table_rows(table);
    if (is_called(id, "units"))
        return rows >= 2 && rows <= MOST_CHARTED_UNITS;
    return rows > 0 && (is_called(id, "grades") || is_called(id, "distribution"));
}

static void add_chart(const results_book *w, const table_sheet *t)
{
    const char *id = assess_table_id(t->table);
    if (is_called(id, "grades"))
        chart_grades(t);
    else if (is_called(id, "distribution"))
        chart_distribution(w, t);
    else
        chart_units(t);
}

/* ---- sheets ---- */

static bool is_shown(const assess_table *table)
{
    const char *id = assess_table_id(table);
    return assess_table_rows(table) > 0 || strcmp(id, "results") == 0 || strcmp(id, "excluded") == 0 || strcmp(id, "incomplete") == 0;
}

static void remember(results_book *w, const table_sheet *t)
{
    if (!MEM_RESERVE(w->entries, w->capacity, w->count + 1)) {
        book_out_of_memory(w->book);
        return;
    }
    w->entries[w->count++] = (entry){copy_of(w, book_sheet_name(t->first)), copy_of(w, text_of(assess_table_note(t->table))),
                                     assess_table_rows(t->table)};
}

static assess_status add_table(results_book *w, const assess_table *table, assess_error *err)
{
    table_sheet t = {.book = w->book, .table = table, .language = w->options.language, .subtitle = w->subtitle,
                     .says_none = true, .charted = is_charted(table), .progress = w->options.progress, .user = w->options.user,
                     .done = w->done, .total = w->total};
    table_sheet_write(&t);
    if (!t.cancelled && t.first) {
        if (t.charted)
            add_chart(w, &t);
        remember(w, &t);
    }
    w->done = t.done;
    mem_free(t.columns);
    return t.cancelled ? error_set(err, ASSESS_E_CALL, message_of(MSG_call_cancelled)) : ASSESS_OK;
}

static assess_status add_tables(results_book *w, assess_error *err)
{
    assess_status status = ASSESS_OK;
    const size_t count = assess_result_table_count(w->result); /* 0 once its owner has freed it in a callback: that is an error then */
    for (size_t i = 0; i < count && status == ASSESS_OK; i++) {
        assess_table *table = NULL;
        status = make(w, assess_result_table_id(w->result, i), &table, err);
        if (status == ASSESS_OK && is_shown(table))
            status = add_table(w, table, err);
        assess_table_free(table);
    }
    return status;
}

/* ---- contents ---- */

enum { REMARK_WIDTH = 60 };

static void put_word(const results_book *w, book_sheet *s, size_t column, message_id id)
{
    buffer words = {0};
    message_render(&words, message_of(id), w->options.language);
    book_text(s, 0, column, book_words(w->book, &words), BOOK_HEADER);
    buffer_free(&words);
}

static void put_entry(book_sheet *s, size_t row, const entry *e)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", e->rows);
    book_text(s, row, 0, text_of(e->sheet), BOOK_TEXT);
    book_number(s, row, 1, text_of(digits), BOOK_NUMBER);
    if (!*e->note)
        return;
    book_text(s, row, 2, text_of(e->note), BOOK_WRAPPED);
    book_row_height(s, row, book_height(text_of(e->note), REMARK_WIDTH));
}

static void add_contents(results_book *w)
{
    buffer title = {0};
    message_render(&title, message_of(MSG_office_contents), w->options.language);
    book_sheet *s = book_add_sheet(w->book, book_words(w->book, &title));
    put_word(w, s, 0, MSG_office_sheet);
    put_word(w, s, 1, MSG_office_rows);
    put_word(w, s, 2, MSG_office_remark);
    book_columns(s, 2, 2, REMARK_WIDTH, BOOK_WRAPPED);
    for (size_t i = 0; i < w->count; i++)
        put_entry(s, i + 1, &w->entries[i]);
    book_freeze(s, 1, 0);
    book_print print = {.title = book_words(w->book, &title), .foot = text_of(w->subtitle), .repeat_rows = 1, .lines = true};
    book_set_print(s, &print);
    buffer_free(&title);
}

/* ---- the whole ---- */

static assess_status fill(results_book *w, assess_error *err)
{
    assess_status status = add_tables(w, err);
    if (status == ASSESS_OK)
        add_contents(w);
    return status;
}

static assess_status write_book(results_book *w, const char *path, assess_error *err)
{
    size_t rows = assess_result_count(w->result);
    w->total = (uint64_t)rows * LONG_TABLES;
    book_options options = {.force = w->options.force != 0, .in_order = rows > BOOK_LONG_SHEET,
                            .language = w->options.language, .title = text_of(w->subtitle)};
    assess_status status = book_open(path, &options, &w->book, err);
    if (status != ASSESS_OK)
        return status;
    status = fill(w, err);
    if (status == ASSESS_OK)
        return book_commit(w->book, err);
    book_discard(w->book);
    return status;
}

static assess_status take_options(const assess_office_results_options *given, assess_office_results_options *out, assess_error *err)
{
    if (OFFICE_OPTIONS(assess_office_results_options, user, out, given, err))
        return ASSESS_E_CALL;
    bool known = (unsigned)out->language < ASSESS_LANGUAGE_COUNT && (unsigned)out->order < ASSESS_ORDER_COUNT;
    return known ? ASSESS_OK : office_bad_argument(err, "options");
}

assess_status assess_office_write_results(assess_result *result, const char *path,
                                          const assess_office_results_options *options, assess_error *err)
{
    results_book w = {.result = result};
    if (!path)
        return office_bad_argument(err, "path");
    assess_status status = take_options(options, &w.options, err);
    if (status == ASSESS_OK)
        status = assess_result_keep(result, err);
    if (status != ASSESS_OK)
        return status;
    status = find_subtitle(&w, err);
    if (status == ASSESS_OK)
        status = write_book(&w, path, err);
    assess_result_release(result);
    mem_free(w.entries);
    arena_free(&w.texts);
    return status;
}
