/* csv_check: the rows of `result` are what a database shows, results.csv is what people were given: they must say the
 * same. Cells are compared as they read, whatever the quoting, and with or without the apostrophe that keeps a
 * spreadsheet from running them. */
#include "store/sealed.h"

#include <string.h>

enum { COLUMNS = 9, RANK_COLUMN = 6 };

/* Reads one cell of RFC 4180 at *rest into `cell`; *last tells whether its row ends with it. False: no more cells or an
 * unclosed quote. */
static bool next_cell(text *rest, buffer *cell, bool *last)
{
    const char *at = rest->bytes, *end = at + rest->length;
    bool quoted = at < end && *at == '"';
    cell->length = 0;
    if (at == end)
        return false;
    at += quoted;
    while (at < end && (quoted || (*at != ',' && *at != '\r' && *at != '\n'))) {
        if (quoted && *at == '"') {
            if (at + 1 < end && at[1] == '"')
                at++;
            else {
                at++;
                quoted = false;
                continue;
            }
        }
        buffer_add_char(cell, *at++);
    }
    *last = at == end || *at != ',';
    if (at < end && *at == '\r')
        at++;
    if (at < end && (*at == ',' || *at == '\n'))
        at++;
    *rest = (text){at, (size_t)(end - at)};
    return !quoted;
}

static bool says(const buffer *cell, text value)
{
    text c = buffer_text(cell);
    if (text_equal(c, value))
        return true;
    return c.length > 0 && c.bytes[0] == '\'' && text_equal((text){c.bytes + 1, c.length - 1}, value);
}

static bool same_row(query *row, text *csv, buffer *cell)
{
    for (int i = 0; i < COLUMNS; i++) {
        bool last = false;
        text value = column_text(row, i);
        if (i == RANK_COLUMN && column_integer(row, i) == 0)
            value = TEXT("");
        if (!next_cell(csv, cell, &last) || last != (i == COLUMNS - 1) || !says(cell, value))
            return false;
    }
    return true;
}

static bool skip_header(text *csv)
{
    const char *end = csv->length ? memchr(csv->bytes, '\n', csv->length) : NULL;
    if (!end)
        return false;
    csv->length -= (size_t)(end + 1 - csv->bytes);
    csv->bytes = end + 1;
    return true;
}

assess_status sealed_compare_csv(store *s, arena *memory, csv_comparison *out, assess_error *err)
{
    query rows;
    buffer cell = {0};
    text csv = s->header.results_csv;
    out->same = skip_header(&csv);
    query_open(&rows, &s->c,
               "SELECT s.id, s.name, s.unit, r.status, r.score, r.grade, r.rank, r.flags, r.reasons "
               "FROM subject AS s JOIN result AS r ON r.subject = s.number ORDER BY s.number");
    while (out->same && query_step(&rows)) {
        out->same = same_row(&rows, &csv, &cell);
        out->rows += out->same;
        text id = out->same ? TEXT("") : column_text(&rows, 0);
        const char *copy = id.length ? arena_text(memory, id.bytes, id.length) : NULL;
        if (copy)
            out->where = (text){copy, id.length};
    }
    assess_status status = query_close(&rows, err);
    if (status == ASSESS_OK && cell.failed)
        status = error_no_memory(err);
    out->same = out->same && csv.length == 0;
    buffer_free(&cell);
    return status;
}
