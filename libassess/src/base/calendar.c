/* calendar: see calendar.h. Both questions are answered by one look-up in the counts of the days before. */
#include "base/calendar.h"

#include <string.h>

enum { THURSDAY = 3 /* 1970-01-01, counted from Monday */ };

typedef enum exception { NO_EXCEPTION, HOLIDAY, WORKDAY } exception;

typedef struct reader {
    text rest;
    uint32_t line;
    arena *memory;
    message *wrong;
    calendar *out;
    int first_year, last_year;
    date latest;        /* of the row before */
    date *days;         /* [count] of the rows */
    exception *kinds;
    size_t count, day_capacity, kind_capacity;
} reader;

static bool fail(reader *r, message m)
{
    *r->wrong = m;
    return false;
}

static bool take_line(reader *r, text *line)
{
    if (!r->rest.length)
        return false;
    const char *end = memchr(r->rest.bytes, '\n', r->rest.length);
    size_t length = end ? (size_t)(end - r->rest.bytes) : r->rest.length, skip = length + (end != NULL);
    *line = text_trim((text){r->rest.bytes, length});
    r->rest = (text){r->rest.bytes + skip, r->rest.length - skip};
    r->line++;
    return true;
}

/* The cell before the next comma; the comma is taken as well. */
static text take_cell(text *row)
{
    const char *comma = row->length ? memchr(row->bytes, ',', row->length) : NULL;
    size_t length = comma ? (size_t)(comma - row->bytes) : row->length, skip = length + (comma != NULL);
    text cell = text_trim((text){row->bytes, length});
    *row = (text){row->bytes + skip, row->length - skip};
    return cell;
}

/* 1 January stands for its year; the years follow on one another. */
static bool note_year(reader *r, date d)
{
    int year, month, day;
    date_split(d, &year, &month, &day);
    if (month != 1 || day != 1)
        return true;
    if (r->last_year && year != r->last_year + 1) {
        char missing[16];
        date_make(r->last_year + 1, 1, 1, &d);
        date_print(d, missing);
        char *kept = arena_text(r->memory, missing, 4);
        return fail(r, kept ? message_of1(MSG_rules_calendar_gap, (text){kept, 4}) : message_of(MSG_no_memory));
    }
    r->first_year = r->first_year ? r->first_year : year;
    r->last_year = year;
    return true;
}

static bool read_row(reader *r, text line)
{
    text row = line, day = take_cell(&row), kind = take_cell(&row);
    date d;
    bool holiday = text_equal(kind, TEXT("holiday"));
    if (date_parse(day.bytes, day.length, &d) != DATE_OK || (!holiday && !text_equal(kind, TEXT("workday"))) ||
        (r->count && d <= r->latest))
        return fail(r, message_of1(MSG_rules_calendar_row, line));
    if (!MEM_RESERVE(r->days, r->day_capacity, r->count + 1) || !MEM_RESERVE(r->kinds, r->kind_capacity, r->count + 1))
        return fail(r, message_of(MSG_no_memory));
    r->days[r->count] = r->latest = d;
    r->kinds[r->count++] = holiday ? HOLIDAY : WORKDAY;
    return note_year(r, d);
}

static bool read_rows(reader *r)
{
    text line;
    bool header = false;
    while (take_line(r, &line)) {
        if (!line.length || line.bytes[0] == '#')
            continue;
        if (header && !read_row(r, line))
            return false;
        if (!header && !text_equal(line, TEXT("date,kind,name")))
            return fail(r, message_of1(MSG_rules_calendar_row, line));
        header = true;
    }
    return r->first_year ? true : fail(r, message_of(MSG_rules_calendar_empty));
}

static bool is_weekend(date d) { return ((d % 7 + 7) % 7 + THURSDAY) % 7 >= 5; }

static void count_days(reader *r)
{
    calendar *c = r->out;
    uint32_t count = 0;
    size_t row = 0;
    for (date d = c->first; d <= c->last; d++) {
        while (row < r->count && r->days[row] < d)
            row++;
        exception e = row < r->count && r->days[row] == d ? r->kinds[row] : NO_EXCEPTION;
        if (e == WORKDAY || (e == NO_EXCEPTION && !is_weekend(d)))
            c->working[count++] = d;
        c->through[d - c->first] = count;
    }
}

bool calendar_read(text bytes, arena *memory, calendar *out, message *wrong, uint32_t *line)
{
    reader r = {.rest = bytes, .memory = memory, .wrong = wrong, .out = out};
    bool fine = read_rows(&r);
    *line = r.line ? r.line : 1;
    if (fine) {
        date_make(r.first_year, 1, 1, &out->first);
        date_make(r.last_year, 12, 31, &out->last);
        size_t days = (size_t)(out->last - out->first) + 1;
        out->through = arena_alloc(memory, days * sizeof *out->through);
        out->working = arena_alloc(memory, days * sizeof *out->working);
        fine = (out->through && out->working) || fail(&r, message_of(MSG_no_memory));
    }
    if (fine)
        count_days(&r);
    mem_free(r.days);
    mem_free(r.kinds);
    return fine;
}

int32_t calendar_count(const calendar *c, date from, date to)
{
    return to > from ? (int32_t)(c->through[to - c->first] - c->through[from - c->first]) : 0;
}

int32_t calendar_count_within(const calendar *c, date_span span)
{
    uint32_t before = span.from > c->first ? c->through[span.from - 1 - c->first] : 0;
    return span.to >= span.from ? (int32_t)(c->through[span.to - c->first] - before) : 0;
}

bool calendar_step(const calendar *c, date from, int64_t n, date *out)
{
    *out = from;
    if (!calendar_covers(c, from))
        return false;
    if (n == 0)
        return true;
    bool works = c->through[from - c->first] > (from == c->first ? 0 : c->through[from - c->first - 1]);
    int64_t upto = c->through[from - c->first], total = c->through[c->last - c->first];
    if (n > total || n < -total)
        n = n > 0 ? total + 1 : -total - 1;
    int64_t index = n > 0 ? upto + n - 1 : upto - works + n;
    if (index >= 0 && index < total) {
        *out = c->working[index];
        return true;
    }
    *out = n > 0 ? c->last + 1 : c->first - 1;
    return false;
}
