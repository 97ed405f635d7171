/* forms_people: the rows of people on a form. */
#include <string.h>

#include "office/call.h"
#include "office/forms_parts.h"
#include "office/order.h"

static bool is_public_column(const char *id)
{
    static const char *const all[] = {"name", "unit", "category", "post", "grade"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(id, all[i]) == 0)
            return true;
    return false;
}

static const char *cell_of(const form_people *p, size_t row, const char *column)
{
    return assess_table_cell(p->table, row, assess_table_column(p->table, column));
}

const char *people_about(const form_people *p, size_t shown_row, const char *column)
{
    return cell_of(p, p->rows[p->first + shown_row], column);
}

/* ---- as the form sees them ---- */

static const char *column_id(const void *of, size_t column)
{
    const form_people *p = of;
    if (column < p->column_count)
        return assess_table_column_id(p->table, p->columns[column]);
    return column == p->column_count ? "is-unit" : "derivation";
}

static const char *column_title(const void *of, size_t column)
{
    const form_people *p = of;
    if (column < p->column_count)
        return assess_table_column_title(p->table, p->columns[column]);
    if (column == p->column_count)
        return p->language == ASSESS_ZH ? "是单位" : "is a unit";
    return p->language == ASSESS_ZH ? "推导说明" : "derivation";
}

static assess_status open_rows(void *of, const fill_scope *at, size_t *rows, assess_error *err)
{
    (void)at, (void)err;
    *rows = ((form_people *)of)->shown;
    return ASSESS_OK;
}

/* Behind the heading, which a form has of its own. */
static const char *derivation(form_people *p, size_t row)
{
    assess_explain_options how = {.size = sizeof how, .language = p->language, .for_person = 1};
    assess_text_free(p->derivation);
    p->derivation = NULL;
    if (p->failed == ASSESS_OK)
        p->failed = office_go_on(p->progress, p->user, row, p->row_count, 0, p->err);
    if (p->failed == ASSESS_OK)
        p->failed = assess_explain(p->result, people_about(p, row, "id"), &how, &p->derivation, p->err);
    const char *rest = p->derivation ? strchr(p->derivation, '\n') : NULL;
    return rest ? rest + 1 : "";
}

static const char *cell(void *of, size_t row, size_t column)
{
    form_people *p = of;
    if (column < p->column_count)
        return assess_table_cell(p->table, p->rows[p->first + row], p->columns[column]);
    if (column == p->column_count)
        return p->beings[p->rows[p->first + row]] == FILL_UNIT ? "1" : "";
    return derivation(p, row);
}

fill_table people_table(form_people *p)
{
    return (fill_table){p->column_count + 1 + !p->is_public, column_id, column_title, open_rows, cell, p};
}

/* ---- who they are ---- */

/* The table `about` tells, where not every row is a person: of:matter … with what rows of that level are called. */
static unsigned being_called(form_people *p, const char *level, text *called)
{
    size_t ids = assess_table_column(p->about, "id"), values = assess_table_column(p->about, "value");
    for (size_t i = 0; i < assess_table_rows(p->about); i++) {
        const char *id = assess_table_cell(p->about, i, ids), *words = assess_table_cell(p->about, i, values);
        unsigned being;
        if (strncmp(id, "of:", 3) != 0 || (level[0] && strcmp(level, words) != 0) || !fill_being_of(text_of(id + 3), &being))
            continue;
        *called = text_of(words);
        return being;
    }
    return FILL_PERSON;
}

static assess_status find_beings(form_people *p, assess_error *err)
{
    size_t count = assess_table_rows(p->table);
    assess_status status = assess_result_table(p->result, "about", p->language, &p->about, err);
    p->beings = mem_zalloc(count + 1, sizeof *p->beings);
    if (!p->beings)
        return error_no_memory(err);
    for (size_t i = 0; i < count && status == ASSESS_OK; i++) {
        text called = TEXT("");
        p->beings[i] = being_called(p, cell_of(p, i, "level"), &called);
    }
    return status;
}

static bool is_for(const form_people *p, size_t row) { return !p->wanted || (p->beings[row] & p->wanted); }

/* ---- choosing ---- */

/* The words of a grade that is named by its id or its words. */
static assess_status grade_words(form_people *p, const char *grade, char **out, assess_error *err)
{
    assess_table *grades = NULL;
    static const char *const tables[] = {"grades", "grades:units"};
    buffer copy = {0};
    for (size_t t = 0; t < 2 && !copy.length; t++) {
        if (assess_result_table(p->result, tables[t], p->language, &grades, NULL) != ASSESS_OK)
            continue;
        for (size_t i = 0; i < assess_table_rows(grades) && !copy.length; i++)
            if (strcmp(assess_table_cell(grades, i, assess_table_column(grades, "id")), grade) == 0)
                buffer_add_string(&copy, assess_table_cell(grades, i, assess_table_column(grades, "grade")));
        assess_table_free(grades);
    }
    if (!copy.length)
        buffer_add_string(&copy, grade);
    return office_give_text(&copy, out, NULL, err);
}

static assess_status no_such_grade(const form_people *p, const char *grade, assess_error *err)
{
    fill_names there = {0};
    buffer en = {0}, zh = {0};
    bool ok = true;
    for (size_t i = 0; i < assess_table_rows(p->table) && ok; i++)
        if (cell_of(p, i, "grade")[0])
            ok = fill_add_name(&there, text_of(cell_of(p, i, "grade")));
    fill_list(&en, there.items, there.count, ASSESS_EN);
    fill_list(&zh, there.items, there.count, ASSESS_ZH);
    message m = message_of2(MSG_form_no_such_grade, text_of(grade), buffer_text(&en));
    m.zh[1] = buffer_text(&zh);
    if (!there.count) /* nobody has a grade, or the scheme gives none */
        m = message_of(MSG_form_no_grades);
    assess_status status = ok && !en.failed && !zh.failed ? error_set(err, ASSESS_E_CALL, m) : error_no_memory(err);
    buffer_free(&en);
    buffer_free(&zh);
    mem_free(there.items);
    return status;
}

static assess_status not_for(form_people *p, size_t row, assess_error *err)
{
    text called = TEXT("");
    being_called(p, cell_of(p, row, "level"), &called);
    return error_set(err, ASSESS_E_CALL, message_of2(MSG_form_not_for, text_of(cell_of(p, row, "id")), called));
}

static assess_status check_ids(form_people *p, const assess_office_form_options *o, assess_error *err)
{
    for (size_t k = 0; k < o->id_count; k++) {
        size_t row = 0;
        while (row < assess_table_rows(p->table) && strcmp(cell_of(p, row, "id"), o->ids[k]) != 0)
            row++;
        if (row == assess_table_rows(p->table))
            return error_set(err, ASSESS_E_CALL, message_of1(MSG_form_no_such_id, text_of(o->ids[k])));
        if (!is_for(p, row))
            return not_for(p, row, err);
    }
    return ASSESS_OK;
}

static bool is_wanted(const form_people *p, size_t row, const char *grade, const assess_office_form_options *o)
{
    bool found = o->id_count == 0;
    for (size_t k = 0; k < o->id_count && !found; k++)
        found = strcmp(cell_of(p, row, "id"), o->ids[k]) == 0;
    const char *has = cell_of(p, row, "grade");
    return found && (!grade || strcmp(has, grade) == 0) && (!p->is_public || has[0]);
}

static assess_status choose_rows(form_people *p, const char *grade, const assess_office_form_options *o, assess_error *err)
{
    size_t count = assess_table_rows(p->table);
    p->rows = mem_zalloc(count + 1, sizeof *p->rows);
    if (!p->rows)
        return error_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        bool wanted = is_wanted(p, i, grade, o);
        if (wanted && is_for(p, i))
            p->rows[p->row_count++] = i;
        else if (wanted && p->left_out++ == 0)
            being_called(p, cell_of(p, i, "level"), &p->left_called);
    }
    p->shown = p->row_count;
    return p->row_count == 0 && grade && o->id_count == 0 && !p->left_out ? no_such_grade(p, o->grade, err) : ASSESS_OK;
}

static assess_status choose_columns(form_people *p, assess_error *err)
{
    size_t count = assess_table_columns(p->table);
    p->columns = mem_zalloc(count + 1, sizeof *p->columns);
    if (!p->columns)
        return error_no_memory(err);
    for (size_t i = 0; i < count; i++)
        if (!p->is_public || is_public_column(assess_table_column_id(p->table, i)))
            p->columns[p->column_count++] = i;
    return ASSESS_OK;
}

/* Nobody at all whom the form could be for: it is the wrong one. */
static assess_status check_form(form_people *p, assess_error *err)
{
    size_t count = assess_table_rows(p->table);
    text called = TEXT("");
    for (size_t i = 0; i < count; i++)
        if (is_for(p, i))
            return ASSESS_OK;
    if (count == 0)
        return ASSESS_OK;
    being_called(p, cell_of(p, 0, "level"), &called);
    return error_set(err, ASSESS_E_CALL, message_of1(MSG_form_of_others, called));
}

assess_status people_open(form_people *p, assess_result *result, const fill_form *form, const assess_office_form_options *o,
                          assess_error *err)
{
    char *grade = NULL;
    *p = (form_people){.result = result, .language = form->in_language ? form->language : o->language, .is_public = form->is_public,
                       .progress = o->separate ? NULL : o->progress, .user = o->user, .wanted = form->beings, .err = err};
    assess_status status = office_table(result, "results", p->language, o->order, &p->table, err);
    if (status == ASSESS_OK)
        status = choose_columns(p, err);
    if (status == ASSESS_OK)
        status = find_beings(p, err);
    if (status == ASSESS_OK)
        status = check_form(p, err);
    if (status == ASSESS_OK)
        status = check_ids(p, o, err);
    if (status == ASSESS_OK && o->grade)
        status = grade_words(p, o->grade, &grade, err);
    if (status == ASSESS_OK)
        status = choose_rows(p, grade, o, err);
    assess_text_free(grade);
    return status;
}

void people_close(form_people *p)
{
    assess_table_free(p->table);
    assess_table_free(p->about);
    mem_free(p->beings);
    assess_text_free(p->derivation);
    mem_free(p->columns);
    mem_free(p->rows);
}
