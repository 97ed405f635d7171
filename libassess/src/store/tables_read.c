/* tables_read: what readers of tables promise the engine (texts in UTF-8, days that exist, an end not before its
 * beginning, points that are not negative) is checked again, for a chain proves only that a file is whole, not who made
 * it. */
#include "store/tables.h"

#include "store/chain.h"
#include "store/schema.h"
#include "store/words.h"

/* A row while its columns are taken; `sound` turns false at the first value that cannot be. */
typedef struct row_reader {
    query s;
    batch *b;
    int64_t next; /* rows are numbered 0, 1, 2 … */
    bool sound, no_memory;
} row_reader;

static void start(row_reader *r, connection *c, batch *b, const char *sql)
{
    *r = (row_reader){.b = b, .sound = true};
    query_open(&r->s, c, sql);
}

/* The next row, whose first column is its number. */
static bool next_row(row_reader *r)
{
    if (!r->sound || r->no_memory || !query_step(&r->s))
        return false;
    r->sound = column_integer(&r->s, 0) == r->next++;
    return r->sound;
}

static assess_status finish(row_reader *r, const char *table, assess_error *err)
{
    connection *c = r->s.connection;
    assess_status status = query_close(&r->s, err);
    if (status == ASSESS_OK && r->no_memory)
        status = error_no_memory(err);
    if (status == ASSESS_OK && !r->sound)
        status = words_refuse_row(c, table, r->next - 1, err);
    return status;
}

/* ---- columns ---- */

static text take_text(row_reader *r, int column)
{
    text t = column_text(&r->s, column);
    r->sound = r->sound && utf8_invalid_at(t.bytes, t.length) == t.length;
    return t;
}

/* A number below `limit`, or `none` for NULL. */
static uint32_t take_reference(row_reader *r, int column, size_t limit, uint32_t none)
{
    if (column_is_null(&r->s, column))
        return none;
    int64_t number = column_integer(&r->s, column);
    r->sound = r->sound && number >= 0 && (uint64_t)number < limit;
    return (uint32_t)number;
}

static uint32_t take_row_number(row_reader *r, int column)
{
    int64_t number = column_integer(&r->s, column);
    r->sound = r->sound && number >= 0 && number < UINT32_MAX;
    return (uint32_t)number;
}

static uint32_t take_subject(row_reader *r, int column)
{
    r->sound = r->sound && !column_is_null(&r->s, column);
    return take_reference(r, column, r->b->people.count, SUBJECT_NONE);
}

static date take_date(row_reader *r, int column)
{
    date d = DATE_NONE;
    text t = column_text(&r->s, column);
    r->sound = r->sound && (t.length == 0 || date_parse(t.bytes, t.length, &d) == DATE_OK);
    return d;
}

static decimal take_decimal(row_reader *r, int column)
{
    decimal d = {.coeff = CELL_BLANK};
    text t = column_text(&r->s, column);
    r->sound = r->sound && (t.length == 0 || decimal_parse(t.bytes, t.length, &d) == DECIMAL_OK);
    return d;
}

static decimal take_positive(row_reader *r, int column)
{
    decimal d = take_decimal(r, column);
    r->sound = r->sound && (d.coeff == CELL_BLANK || d.coeff >= 0);
    return d;
}

/* ---- tables ---- */

static assess_status read_table_list(connection *c, batch *b, assess_error *err)
{
    query s;
    query_open(&s, c, "SELECT value FROM meta WHERE key = 'tables'");
    text list = query_step(&s) ? column_text(&s, 0) : TEXT("");
    for (size_t at = 0; at < list.length;) {
        size_t end = at;
        while (end < list.length && list.bytes[end] != ',')
            end++;
        for (int table = 0; table < TABLE_COUNT; table++)
            if (text_equal((text){list.bytes + at, end - at}, text_of(table_words[table])))
                b->has_table[table] = true;
        at = end + 1;
    }
    return query_close(&s, err);
}

static assess_status read_sources(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b, "SELECT number, name, sha256 FROM source ORDER BY number");
    while (next_row(&r)) {
        text name = take_text(&r, 1), sha256 = column_text(&r.s, 2);
        uint32_t number = batch_add_source(b, name);
        if (number == PROBLEM_NO_SOURCE) {
            r.no_memory = true;
            break;
        }
        b->sources[number].hashed = sha256.length > 0;
        r.sound = r.sound && (sha256.length == 0 || chain_scan_digest(sha256, &b->sources[number].sha256));
    }
    return finish(&r, "source", err);
}

static assess_status read_subjects(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b, "SELECT number, id, name, unit, category, post, start, source, row FROM subject ORDER BY number");
    while (next_row(&r)) {
        uint32_t number = 0;
        text id = take_text(&r, 1), name = take_text(&r, 2), unit = take_text(&r, 3);
        text category = take_text(&r, 4), post = take_text(&r, 5);
        date first_day = take_date(&r, 6);
        uint32_t source = take_reference(&r, 7, b->source_count, PROBLEM_NO_SOURCE), row = take_row_number(&r, 8);
        r.sound = r.sound && intern_find(&b->people.ids, id) == INTERN_NONE;
        if (r.sound && !batch_add_subject(b, id, name, unit, category, post, first_day, source, row, &number))
            r.no_memory = true;
    }
    return finish(&r, "subject", err);
}

static assess_status read_attributes(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b, "SELECT number, name FROM attribute ORDER BY number");
    while (next_row(&r)) {
        text name = take_text(&r, 1);
        size_t number = r.sound ? batch_attribute(b, name) : 0;
        r.no_memory = number == SIZE_MAX;
        r.sound = r.sound && (r.no_memory || (int64_t)number == r.next - 1);
    }
    return finish(&r, "attribute", err);
}

static bool keep_attribute(row_reader *r)
{
    uint32_t subject = take_subject(r, 0);
    uint32_t attribute = take_reference(r, 1, r->b->people.attribute_count, UINT32_MAX);
    text value = take_text(r, 2);
    if (!r->sound)
        return false;
    r->no_memory = !batch_set_attribute(r->b, attribute, subject, value);
    return !r->no_memory;
}

static assess_status read_attribute_values(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b, "SELECT subject, attribute, value FROM subject_attribute ORDER BY subject, attribute");
    while (query_step(&r.s) && keep_attribute(&r))
        r.next++;
    r.next++;
    return finish(&r, "subject_attribute", err);
}

static uint16_t find_kind(const vocabulary *words, text id, bool *sound)
{
    size_t i = 0;
    while (i < words->kind_count && !text_equal(words->kinds[i].word.id, id))
        i++;
    *sound = *sound && i < words->kind_count;
    return (uint16_t)i;
}

static uint16_t find_measure(const vocabulary *words, text id, bool *sound)
{
    size_t i = 0;
    while (i < words->measure_count && !text_equal(words->measures[i].word.id, id))
        i++;
    *sound = *sound && i < words->measure_count;
    return (uint16_t)i;
}

static assess_status read_events(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b,
          "SELECT number, subject, kind, first_day, last_day, points, amount, liable, ref, note, source, row "
          "FROM event ORDER BY number");
    while (next_row(&r)) {
        event e = {.subject = take_subject(&r, 1), .from = take_date(&r, 3), .to = take_date(&r, 4)};
        e.kind = find_kind(&b->words, column_text(&r.s, 2), &r.sound);
        e.points = take_positive(&r, 5);
        e.amount = take_positive(&r, 6);
        e.liable = take_reference(&r, 7, b->people.count, SUBJECT_NONE);
        e.ref = take_text(&r, 8);
        e.note = take_text(&r, 9);
        e.source = take_reference(&r, 10, b->source_count, PROBLEM_NO_SOURCE);
        e.row = take_row_number(&r, 11);
        r.sound = r.sound && (e.from == DATE_NONE || e.to == DATE_NONE || e.from <= e.to);
        if (r.sound && !batch_add_event(b, e))
            r.no_memory = true;
    }
    return finish(&r, "event", err);
}

static assess_status read_measures(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b,
          "SELECT number, subject, measure, value, target, baseline, source, row FROM measure ORDER BY number");
    while (next_row(&r)) {
        measure m = {.subject = take_subject(&r, 1)};
        m.measure = find_measure(&b->words, column_text(&r.s, 2), &r.sound);
        m.value = take_decimal(&r, 3);
        m.target = take_decimal(&r, 4);
        m.baseline = take_decimal(&r, 5);
        m.source = take_reference(&r, 6, b->source_count, PROBLEM_NO_SOURCE);
        m.row = take_row_number(&r, 7);
        if (r.sound && !batch_add_measure(b, m))
            r.no_memory = true;
    }
    return finish(&r, "measure", err);
}

static assess_status read_history(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    start(&r, c, b, "SELECT number, subject, period, score, grade, source, row FROM history ORDER BY number");
    while (next_row(&r)) {
        history h = {.subject = take_subject(&r, 1), .period = take_text(&r, 2)};
        h.score = take_decimal(&r, 3);
        h.grade = take_text(&r, 4);
        h.source = take_reference(&r, 5, b->source_count, PROBLEM_NO_SOURCE);
        h.row = take_row_number(&r, 6);
        if (r.sound && !batch_add_history(b, h))
            r.no_memory = true;
    }
    return finish(&r, "history", err);
}

static uint8_t find_decision_kind(text id, bool *sound)
{
    uint8_t kind = 0;
    while (kind < DECISION_KINDS && !text_equal(decision_kind_words[kind].id, id))
        kind++;
    *sound = *sound && kind < DECISION_KINDS;
    return kind;
}

/* A grade of the subject's level. */
static uint16_t find_grade(const batch *b, uint32_t subject, text id, bool *sound)
{
    size_t i = 0;
    while (i < b->words.grade_count && !text_equal(b->words.grades[i].word.id, id))
        i++;
    *sound = *sound && i < b->words.grade_count && b->words.grades[i].level == vocabulary_level(&b->words, b->people.category[subject]);
    return (uint16_t)i;
}

static uint16_t take_ruling(row_reader *r, const decision *d, int column)
{
    text ruling = column_text(&r->s, column);
    if (text_equal(ruling, TEXT("no_grade")))
        return DECISION_NO_GRADE;
    if (text_equal(ruling, TEXT("grade")))
        return r->sound ? find_grade(r->b, d->subject, column_text(&r->s, column + 1), &r->sound) : 0;
    r->sound = r->sound && d->kind == DECISION_OBJECTION;
    return DECISION_TURNED_DOWN;
}

static assess_status read_decisions(connection *c, batch *b, assess_error *err)
{
    row_reader r;
    if (!schema_has_part(c->format, PART_DECISIONS))
        return ASSESS_OK;
    start(&r, c, b,
          "SELECT number, subject, kind, ruling, grade, day, decided_by, meeting, reason, source, row FROM decision ORDER BY number");
    while (next_row(&r)) {
        decision d = {.subject = take_subject(&r, 1), .kind = find_decision_kind(column_text(&r.s, 2), &r.sound)};
        d.grade = take_ruling(&r, &d, 3);
        d.day = take_date(&r, 5);
        d.by = take_text(&r, 6);
        d.meeting = take_text(&r, 7);
        d.reason = take_text(&r, 8);
        d.source = take_reference(&r, 9, b->source_count, PROBLEM_NO_SOURCE);
        d.row = take_row_number(&r, 10);
        if (r.sound && !batch_add_decision(b, d))
            r.no_memory = true;
    }
    return finish(&r, "decision", err);
}

assess_status tables_read(connection *c, batch *b, assess_error *err)
{
    static assess_status (*const readers[])(connection *, batch *, assess_error *) = {
        read_table_list,       read_sources, read_subjects, read_attributes,
        read_attribute_values, read_events,  read_measures, read_history, read_decisions};
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < sizeof readers / sizeof *readers && status == ASSESS_OK; i++)
        status = readers[i](c, b, err);
    return status;
}
