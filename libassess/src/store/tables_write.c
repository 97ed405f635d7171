/* tables_write: a table after the other, each with one statement. */
#include "store/tables.h"

#include <time.h>

const char *const table_words[TABLE_COUNT] = {"people", "ratings", "events", "measures", "history", "decisions", "raters"};

/* ---- values ---- */

static void bind_decimal(query *s, decimal d, char scratch[64])
{
    bool empty = d.coeff == CELL_BLANK;
    bind_text(s, (text){scratch, empty ? 0 : decimal_print(d.coeff, d.scale, scratch)});
}

static void bind_date(query *s, date d, char scratch[16])
{
    bind_text(s, (text){scratch, date_print(d, scratch)});
}

static void bind_reference(query *s, uint32_t number, size_t count)
{
    if (number < count)
        bind_integer(s, number);
    else
        bind_null(s);
}

static void bind_origin(query *s, const batch *b, uint32_t source, uint32_t row)
{
    bind_reference(s, source, b->source_count);
    bind_integer(s, row);
}

static void bind_digest(query *s, const digest *d, char scratch[65])
{
    digest_print(d, scratch);
    bind_text(s, text_of(scratch));
}

/* ---- what the run was ---- */

/* UTC, ISO 8601. */
static text sealing_time(char out[32])
{
    enum { DAY = 86400 };
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t days = now.tv_sec / DAY, second = now.tv_sec % DAY;
    size_t length = date_print((date)days, out);
    const int parts[3] = {(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60)};
    for (int i = 0; i < 3; i++) {
        out[length++] = i == 0 ? 'T' : ':';
        out[length++] = (char)('0' + parts[i] / 10);
        out[length++] = (char)('0' + parts[i] % 10);
    }
    out[length++] = 'Z';
    return (text){out, length};
}

static void list_tables(const batch *b, buffer *out)
{
    for (int table = 0; table < TABLE_COUNT; table++) {
        if (!b->has_table[table])
            continue;
        if (out->length)
            buffer_add_char(out, ',');
        buffer_add_string(out, table_words[table]);
    }
}

static void put_meta(query *s, const char *key, text value)
{
    bind_text(s, text_of(key));
    bind_text(s, value);
    query_run(s);
}

static assess_status write_meta(connection *c, const seal *run, assess_error *err)
{
    query s;
    char sealed_at[32];
    buffer tables = {0}, count = {0};
    const plan *p = run->outcome->plan;
    list_tables(run->outcome->batch, &tables);
    buffer_add_integer(&count, (int64_t)run->outcome->batch->ballots.count);
    query_open(&s, c, "INSERT INTO meta(key, value) VALUES(?, ?)");
    put_meta(&s, "ballots", buffer_text(&count));
    put_meta(&s, "engine_version", run->engine_version);
    put_meta(&s, "language", run->language == ASSESS_ZH ? TEXT("zh") : TEXT("en"));
    put_meta(&s, "period", p->period_text);
    put_meta(&s, "scheme", p->id);
    put_meta(&s, "sealed_at", sealing_time(sealed_at));
    put_meta(&s, "tables", buffer_text(&tables));
    assess_status status = query_close(&s, err);
    if (status == ASSESS_OK && (tables.failed || count.failed))
        status = error_no_memory(err);
    buffer_free(&tables);
    buffer_free(&count);
    return status;
}

static assess_status write_settings(connection *c, const seal *run, assess_error *err)
{
    query s;
    const plan *p = run->outcome->plan;
    char scratch[64];
    int64_t ordinal = 0;
    query_open(&s, c, "INSERT INTO setting(ordinal, name, value) VALUES(?, ?, ?)");
    for (size_t i = 0; i < p->param_count; i++) {
        const plan_param *param = &p->params[i];
        if (!param->set)
            continue;
        bind_integer(&s, ordinal++);
        bind_text(&s, param->name);
        if (param->is_choice)
            bind_text(&s, param->choice);
        else
            bind_decimal(&s, param->value, scratch);
        query_run(&s);
    }
    return query_close(&s, err);
}

static assess_status write_rule_files(connection *c, const seal *run, assess_error *err)
{
    query s;
    const plan *p = run->outcome->plan;
    char scratch[65];
    query_open(&s, c, "INSERT INTO rule_file(ordinal, name, content, sha256) VALUES(?, ?, ?, ?)");
    for (size_t i = 0; i < p->file_count; i++) {
        digest d = {{0}};
        if (!digest_of(p->files[i].bytes.bytes, p->files[i].bytes.length, &d))
            s.code = s.code == SQLITE_OK ? SQLITE_NOMEM : s.code;
        bind_integer(&s, (int64_t)i);
        bind_text(&s, p->files[i].name);
        bind_text(&s, p->files[i].bytes);
        bind_digest(&s, &d, scratch);
        query_run(&s);
    }
    return query_close(&s, err);
}

/* ---- sources ---- */

/* Which tables a source gave rows to: a bit for each. */
static void mark(uint8_t *kinds, const batch *b, uint32_t source, batch_table table)
{
    if (source < b->source_count)
        kinds[source] |= (uint8_t)(1 << table);
}

static void mark_all(uint8_t *kinds, const batch *b)
{
    for (size_t i = 0; i < b->people.count; i++)
        mark(kinds, b, b->people.source[i], TABLE_PEOPLE);
    for (size_t i = 0; i < b->ballots.segment_count; i++)
        mark(kinds, b, b->ballots.segments[i].source, TABLE_RATINGS);
    for (size_t i = 0; i < b->event_count; i++)
        mark(kinds, b, b->events[i].source, TABLE_EVENTS);
    for (size_t i = 0; i < b->measure_count; i++)
        mark(kinds, b, b->measures[i].source, TABLE_MEASURES);
    for (size_t i = 0; i < b->history_count; i++)
        mark(kinds, b, b->history[i].source, TABLE_HISTORY);
    for (size_t i = 0; i < b->decision_count; i++)
        mark(kinds, b, b->decisions[i].source, TABLE_DECISIONS);
    for (size_t i = 0; i < b->asked.count; i++)
        mark(kinds, b, b->asked.rows[i].source, TABLE_RATERS);
}

static void write_source(query *s, const batch_source *source, size_t number, uint8_t kinds, buffer *scratch)
{
    char hexadecimal[65] = "";
    scratch->length = 0;
    for (int table = 0; table < TABLE_COUNT; table++) {
        if (!(kinds >> table & 1))
            continue;
        if (scratch->length)
            buffer_add_char(scratch, ',');
        buffer_add_string(scratch, table_words[table]);
    }
    if (source->hashed)
        digest_print(&source->sha256, hexadecimal);
    bind_integer(s, (int64_t)number);
    bind_text(s, source->name);
    bind_text(s, buffer_text(scratch));
    bind_text(s, text_of(hexadecimal));
    query_run(s);
}

static assess_status write_sources(connection *c, const seal *run, assess_error *err)
{
    query s;
    const batch *b = run->outcome->batch;
    buffer scratch = {0};
    uint8_t *kinds = mem_zalloc(b->source_count, 1);
    if (!kinds)
        return error_no_memory(err);
    mark_all(kinds, b);
    query_open(&s, c, "INSERT INTO source(number, name, kind, sha256) VALUES(?, ?, ?, ?)");
    for (size_t i = 0; i < b->source_count; i++)
        write_source(&s, &b->sources[i], i, kinds[i], &scratch);
    assess_status status = query_close(&s, err);
    if (status == ASSESS_OK && scratch.failed)
        status = error_no_memory(err);
    buffer_free(&scratch);
    mem_free(kinds);
    return status;
}

/* ---- the tables ---- */

static assess_status write_subjects(connection *c, const seal *run, assess_error *err)
{
    query s;
    const batch *b = run->outcome->batch;
    char day[16];
    const subjects *p = &b->people;
    query_open(&s, c,
               "INSERT INTO subject(number, id, name, unit, category, post, start, source, row) "
               "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < p->count; i++) {
        bind_integer(&s, (int64_t)i);
        bind_text(&s, p->ids.texts[i]);
        bind_text(&s, p->name[i]);
        bind_text(&s, p->unit[i]);
        bind_text(&s, p->category[i]);
        bind_text(&s, p->post[i]);
        bind_date(&s, p->start[i], day);
        bind_origin(&s, b, p->source[i], p->row[i]);
        query_run(&s);
    }
    return query_close(&s, err);
}

static assess_status write_attributes(connection *c, const seal *run, assess_error *err)
{
    query s;
    const subjects *p = &run->outcome->batch->people;
    query_open(&s, c, "INSERT INTO attribute(number, name) VALUES(?, ?)");
    for (size_t i = 0; i < p->attribute_count; i++) {
        bind_integer(&s, (int64_t)i);
        bind_text(&s, p->attribute_names[i]);
        query_run(&s);
    }
    return query_close(&s, err);
}

/* Empty ones are not stored. */
static assess_status write_attribute_values(connection *c, const seal *run, assess_error *err)
{
    query s;
    const subjects *p = &run->outcome->batch->people;
    query_open(&s, c, "INSERT INTO subject_attribute(subject, attribute, value) VALUES(?, ?, ?)");
    for (size_t i = 0; i < p->count; i++) {
        for (size_t a = 0; a < p->attribute_count; a++) {
            if (p->attributes[a][i].length == 0)
                continue;
            bind_integer(&s, (int64_t)i);
            bind_integer(&s, (int64_t)a);
            bind_text(&s, p->attributes[a][i]);
            query_run(&s);
        }
    }
    return query_close(&s, err);
}

static assess_status write_events(connection *c, const seal *run, assess_error *err)
{
    query s;
    const batch *b = run->outcome->batch;
    char from[16], to[16], points[64], amount[64];
    query_open(&s, c,
               "INSERT INTO event(number, subject, kind, first_day, last_day, points, amount, liable, ref, note, "
               "source, row) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < b->event_count; i++) {
        const event *e = &b->events[i];
        bind_integer(&s, (int64_t)i);
        bind_integer(&s, e->subject);
        bind_text(&s, b->words.kinds[e->kind].word.id);
        bind_date(&s, e->from, from);
        bind_date(&s, e->to, to);
        bind_decimal(&s, e->points, points);
        bind_decimal(&s, e->amount, amount);
        bind_reference(&s, e->liable, b->people.count);
        bind_text(&s, e->ref);
        bind_text(&s, e->note);
        bind_origin(&s, b, e->source, e->row);
        query_run(&s);
    }
    return query_close(&s, err);
}

static assess_status write_measures(connection *c, const seal *run, assess_error *err)
{
    query s;
    const batch *b = run->outcome->batch;
    char value[64], target[64], baseline[64];
    query_open(&s, c,
               "INSERT INTO measure(number, subject, measure, value, target, baseline, source, row) "
               "VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < b->measure_count; i++) {
        const measure *m = &b->measures[i];
        bind_integer(&s, (int64_t)i);
        bind_integer(&s, m->subject);
        bind_text(&s, b->words.measures[m->measure].word.id);
        bind_decimal(&s, m->value, value);
        bind_decimal(&s, m->target, target);
        bind_decimal(&s, m->baseline, baseline);
        bind_origin(&s, b, m->source, m->row);
        query_run(&s);
    }
    return query_close(&s, err);
}

static assess_status write_history(connection *c, const seal *run, assess_error *err)
{
    query s;
    const batch *b = run->outcome->batch;
    char score[64];
    query_open(&s, c,
               "INSERT INTO history(number, subject, period, score, grade, source, row) "
               "VALUES(?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < b->history_count; i++) {
        const history *h = &b->history[i];
        bind_integer(&s, (int64_t)i);
        bind_integer(&s, h->subject);
        bind_text(&s, h->period);
        bind_decimal(&s, h->score, score);
        bind_text(&s, h->grade);
        bind_origin(&s, b, h->source, h->row);
        query_run(&s);
    }
    return query_close(&s, err);
}

static void bind_ruling(query *s, const vocabulary *words, const decision *d)
{
    bool named = d->grade < words->grade_count;
    bind_text(s, named ? TEXT("grade") : d->grade == DECISION_NO_GRADE ? TEXT("no_grade") : TEXT("turned_down"));
    bind_text(s, named ? words->grades[d->grade].word.id : TEXT(""));
}

static assess_status write_decisions(connection *c, const seal *run, assess_error *err)
{
    query s;
    const batch *b = run->outcome->batch;
    char day[16];
    query_open(&s, c,
               "INSERT INTO decision(number, subject, kind, ruling, grade, day, decided_by, meeting, reason, source, row) "
               "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < b->decision_count; i++) {
        const decision *d = &b->decisions[i];
        bind_integer(&s, (int64_t)i);
        bind_integer(&s, d->subject);
        bind_text(&s, decision_kind_words[d->kind].id);
        bind_ruling(&s, &b->words, d);
        bind_date(&s, d->day, day);
        bind_text(&s, d->by);
        bind_text(&s, d->meeting);
        bind_text(&s, d->reason);
        bind_origin(&s, b, d->source, d->row);
        query_run(&s);
    }
    return query_close(&s, err);
}

/* ---- results ---- */

static void write_result(query *s, const seal *run, uint32_t subject, buffer *flags, buffer *reasons)
{
    const result *r = run->outcome;
    char score[64];
    flags->length = reasons->length = 0;
    result_print_flags(r, subject, flags);
    result_print_reasons(r, subject, run->language, reasons);
    bind_integer(s, subject);
    bind_text(s, text_of(status_id((subject_status)r->status[subject])));
    bind_text(s, (text){score, result_print_score(r, subject, score)});
    bind_text(s, r->grade[subject] == GRADE_NONE ? TEXT("") : r->plan->grades[r->grade[subject]].id);
    bind_integer(s, r->rank[subject]);
    bind_text(s, buffer_text(flags));
    bind_text(s, buffer_text(reasons));
    query_run(s);
}

static assess_status write_results(connection *c, const seal *run, assess_error *err)
{
    query s;
    buffer flags = {0}, reasons = {0};
    query_open(&s, c,
               "INSERT INTO result(subject, status, score, grade, rank, flags, reasons) "
               "VALUES(?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; i < run->outcome->count && s.code == SQLITE_OK; i++)
        write_result(&s, run, (uint32_t)i, &flags, &reasons);
    assess_status status = query_close(&s, err);
    if (status == ASSESS_OK && (flags.failed || reasons.failed))
        status = error_no_memory(err);
    buffer_free(&flags);
    buffer_free(&reasons);
    return status;
}

static assess_status write_csv(connection *c, const seal *run, assess_error *err)
{
    query s;
    text csv = run->results_csv;
    int64_t ordinal = 0;
    query_open(&s, c, "INSERT INTO results_csv(ordinal, piece) VALUES(?, ?)");
    for (size_t at = 0; at < csv.length; at += CSV_PIECE) {
        size_t left = csv.length - at;
        bind_integer(&s, ordinal++);
        bind_blob(&s, csv.bytes + at, left < CSV_PIECE ? left : CSV_PIECE);
        query_run(&s);
    }
    return query_close(&s, err);
}

/* Rows that are referred to come before those that refer to them. */
assess_status tables_write(connection *c, const seal *s, assess_error *err)
{
    static assess_status (*const writers[])(connection *, const seal *, assess_error *) = {
        write_meta,             write_settings, write_rule_files, write_sources, write_subjects, write_attributes,
        write_attribute_values, write_events,   write_measures,   write_history, write_decisions, write_results, write_csv};
    enum { COUNT = sizeof writers / sizeof *writers };
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < COUNT && status == ASSESS_OK; i++) {
        status = writers[i](c, s, err);
        connection_tell(c, i + 1, COUNT);
    }
    return status;
}
