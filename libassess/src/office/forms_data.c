/* forms_data: the fields of the whole form, and the tables of the result. */
#include <string.h>

#include "office/forms_parts.h"
#include "office/order.h"

/* ---- fields ---- */

static const char *field_id(const void *of, size_t column) { return ((const form_data *)of)->fields[column].id.bytes; }

static const char *field_title(const void *of, size_t column) { return ((const form_data *)of)->fields[column].title.bytes; }

static const char *field_value(void *of, size_t row, size_t column)
{
    (void)row;
    return ((const form_data *)of)->fields[column].value.bytes;
}

static assess_status open_one(void *of, const fill_scope *at, size_t *rows, assess_error *err)
{
    (void)of, (void)at, (void)err;
    *rows = 1;
    return ASSESS_OK;
}

static bool keep(form_data *d, text *t)
{
    char *copy = arena_text(&d->memory, t->bytes, t->length);
    if (copy)
        t->bytes = copy;
    return copy;
}

static assess_status add_field(form_data *d, text id, text title, text value, assess_error *err)
{
    form_field f = {id, title, value};
    if (!keep(d, &f.id) || !keep(d, &f.title) || !keep(d, &f.value) || !MEM_RESERVE(d->fields, d->field_capacity, d->field_count + 1))
        return error_no_memory(err);
    d->fields[d->field_count++] = f;
    return ASSESS_OK;
}

/* The rows of a table of figures (id, what, value) as fields. */
static assess_status add_figures(form_data *d, const char *id, bool (*wanted)(const char *), assess_error *err)
{
    assess_table *t = NULL;
    assess_status status = assess_result_table(d->result, id, d->language, &t, err);
    size_t name = assess_table_column(t, "id"), what = assess_table_column(t, "what"), value = assess_table_column(t, "value");
    for (size_t i = 0; i < assess_table_rows(t) && status == ASSESS_OK; i++)
        if (wanted(assess_table_cell(t, i, name)))
            status = add_field(d, text_of(assess_table_cell(t, i, name)), text_of(assess_table_cell(t, i, what)),
                               text_of(assess_table_cell(t, i, value)), err);
    assess_table_free(t);
    return status;
}

static bool is_any(const char *id)
{
    (void)id;
    return true;
}

/* What a public notice may say of the batch: by what rules and of what time. */
static bool is_of_scheme(const char *id)
{
    static const char *const all[] = {"title", "source", "effective", "period", "from", "to"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(id, all[i]) == 0)
            return true;
    return false;
}

static text field_named(const form_data *d, const char *id)
{
    for (size_t i = 0; i < d->field_count; i++)
        if (strcmp(d->fields[i].id.bytes, id) == 0)
            return d->fields[i].value;
    return TEXT("");
}

/* 2026年度, 2026年第1季度, 2026年上半年, 2026年3月; what is none of these stands as it is. */
static void period_in_words(text period, buffer *out)
{
    const char *more = period.length > 4 ? period.bytes + 4 : "";
    buffer_add(out, period.bytes, period.length > 4 ? 4 : period.length);
    if (period.length == 4) {
        buffer_add_string(out, "年度");
    } else if (more[0] == 'Q') {
        buffer_add_string(out, "年第");
        buffer_add(out, more + 1, period.length - 5);
        buffer_add_string(out, "季度");
    } else if (more[0] == 'H') {
        buffer_add_string(out, more[1] == '1' ? "年上半年" : "年下半年");
    } else if (more[0] == '-' && period.length == 7) {
        buffer_add_string(out, "年");
        buffer_add(out, more + 1 + (more[1] == '0'), period.length - 5 - (more[1] == '0'));
        buffer_add_string(out, "月");
    } else {
        buffer_add(out, more, period.length > 4 ? period.length - 4 : 0);
    }
}

static assess_status add_period(form_data *d, assess_error *err)
{
    buffer words = {0};
    text period = field_named(d, "period");
    if (d->language == ASSESS_ZH)
        period_in_words(period, &words);
    else
        buffer_add_text(&words, period);
    assess_status status = words.failed ? error_no_memory(err)
                                        : add_field(d, TEXT("period-words"), d->language == ASSESS_ZH ? TEXT("考评期名称") : TEXT("period in words"),
                                                    buffer_text(&words), err);
    buffer_free(&words);
    return status;
}

/* ---- fields of the caller ---- */

static assess_status check_given(const form_data *d, text name, assess_error *err)
{
    size_t own = d->field_count - d->given;
    for (size_t i = 0; i < d->field_count; i++)
        if (text_equal(d->fields[i].id, name) || text_equal(d->fields[i].title, name))
            return error_set(err, ASSESS_E_CALL, message_of1(i < own ? MSG_form_field_taken : MSG_form_field_twice, name));
    return ASSESS_OK;
}

static assess_status add_given(form_data *d, text given, assess_error *err)
{
    const char *sign = memchr(given.bytes, '=', given.length);
    text name = text_trim((text){given.bytes, sign ? (size_t)(sign - given.bytes) : 0});
    if (!name.length || utf8_invalid_at(given.bytes, given.length) < given.length)
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_form_field_form, given));
    assess_status status = check_given(d, name, err);
    if (status == ASSESS_OK)
        status = add_field(d, name, name, (text){sign + 1, (size_t)(given.bytes + given.length - sign - 1)}, err);
    d->given += status == ASSESS_OK;
    return status;
}

/* A table of the result that is not there cannot be given as a field. */
static bool add_absent_fields(fill_names *out, const fill_names *absent)
{
    bool ok = true;
    for (size_t i = 0; i < absent->count && ok; i++)
        ok = is_table_id(absent->items[i]) || fill_add_name(out, absent->items[i]);
    return ok;
}

static assess_status could_be_given(const fill_form *form, fill_names *out, assess_error *err)
{
    bool ok = true;
    for (size_t i = 0; i < form->ask_count && ok; i++)
        ok = fill_add_name(out, form->asks[i].name);
    return ok && add_absent_fields(out, &form->absent) && add_absent_fields(out, &form->left_open)
               ? ASSESS_OK
               : error_no_memory(err);
}

assess_status data_check_given(const form_data *d, const fill_form *form, assess_error *err)
{
    static const message_id ids[] = {MSG_form_no_such_field, MSG_form_no_such_field_near};
    assess_status status = ASSESS_OK;
    for (size_t i = d->field_count - d->given; i < d->field_count && status == ASSESS_OK; i++) {
        fill_names there = {0};
        if (form->used[i])
            continue;
        status = could_be_given(form, &there, err);
        if (status == ASSESS_OK)
            status = fill_unknown(form, 0, d->fields[i].id, ids, &there, &there, err);
        mem_free(there.items);
    }
    return status;
}

/* ---- tables of the result ---- */

static const char *table_column_id(const void *of, size_t column) { return assess_table_column_id(of, column); }

static const char *table_column_title(const void *of, size_t column) { return assess_table_column_title(of, column); }

static const char *table_cell(void *of, size_t row, size_t column) { return assess_table_cell(of, row, column); }

static assess_status open_table(void *of, const fill_scope *at, size_t *rows, assess_error *err)
{
    (void)at, (void)err;
    *rows = assess_table_rows(of);
    return ASSESS_OK;
}

/* A scheme without ballots has no table of them, but a figure that is called so. */
bool is_table_id(text id)
{
    static const char *const all[] = {"results", "summary", "grades", "distribution", "units", "ranking", "decide", "excluded", "incomplete", "vetoes",
                                      "gaps", "ties", "ballots", "votes", "raters", "decisions", "calibration", "clauses", "parameters", "inputs", "about"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (text_equal(id, text_of(all[i])))
            return true;
    return memchr(id.bytes, ':', id.length) != NULL; /* quota:1, list:honours, ranking:units */
}

static bool has_table(const form_data *d, text id)
{
    for (size_t i = 1; i < d->table_ids.count; i++)
        if (text_equal(d->table_ids.items[i], id))
            return true;
    return false;
}

static assess_status make_table(form_data *d, text id, const fill_table **out, assess_error *err)
{
    form_table *t = arena_zalloc(&d->memory, sizeof *t);
    char *name = arena_text(&d->memory, id.bytes, id.length);
    if (!t || !name || !MEM_RESERVE(d->tables, d->table_capacity, d->table_count + 1))
        return error_no_memory(err);
    assess_status status = office_table(d->result, name, d->language, d->order, &t->made, err);
    if (status != ASSESS_OK)
        return status;
    t->shown = (fill_table){assess_table_columns(t->made), table_column_id, table_column_title, open_table, table_cell, t->made};
    d->tables[d->table_count++] = t;
    *out = &t->shown;
    return ASSESS_OK;
}

assess_status data_table(form_data *d, text id, const fill_table **out, assess_error *err)
{
    *out = NULL;
    if (text_equal(id, TEXT("people")) || text_equal(id, TEXT("人员"))) {
        *out = &d->people_shown;
        return ASSESS_OK;
    }
    for (size_t i = 0; i < d->table_count; i++)
        if (text_equal(text_of(assess_table_id(d->tables[i]->made)), id))
            *out = &d->tables[i]->shown;
    return *out || !has_table(d, id) ? ASSESS_OK : make_table(d, id, out, err);
}

static assess_status name_tables(form_data *d, assess_error *err)
{
    bool ok = fill_add_name(&d->table_ids, TEXT("people"));
    size_t count = d->is_public ? 0 : assess_result_table_count(d->result);
    for (size_t i = 0; i < count && ok; i++)
        ok = fill_add_name(&d->table_ids, text_of(assess_result_table_id(d->result, i)));
    return ok ? ASSESS_OK : error_no_memory(err);
}

/* ---- all of it ---- */

static assess_status add_fields(form_data *d, const assess_office_form_options *o, assess_error *err)
{
    assess_status status = add_figures(d, "about", d->is_public ? is_of_scheme : is_any, err);
    if (status == ASSESS_OK)
        status = add_period(d, err);
    if (status == ASSESS_OK && !d->is_public)
        status = add_figures(d, "summary", is_any, err);
    for (size_t i = 0; i < o->field_count && status == ASSESS_OK; i++)
        status = add_given(d, text_of(o->fields[i]), err);
    d->fields_shown = (fill_table){d->field_count, field_id, field_title, open_one, field_value, d};
    return status;
}

assess_status data_open(form_data *d, assess_result *result, const fill_form *form, const assess_office_form_options *o, assess_error *err)
{
    *d = (form_data){.result = result, .language = form->in_language ? form->language : o->language, .order = o->order,
                     .is_public = form->is_public};
    assess_status status = people_open(&d->people, result, form, o, err);
    if (status != ASSESS_OK)
        return status;
    d->people_shown = people_table(&d->people);
    status = name_tables(d, err);
    return status == ASSESS_OK ? add_fields(d, o, err) : status;
}

void data_close(form_data *d)
{
    people_close(&d->people);
    for (size_t i = 0; i < d->table_count; i++)
        assess_table_free(d->tables[i]->made);
    mem_free(d->tables);
    mem_free(d->fields);
    mem_free(d->table_ids.items);
    arena_free(&d->memory);
}
