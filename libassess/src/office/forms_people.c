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
    return column < p->column_count ? assess_table_column_id(p->table, p->columns[column]) : "derivation";
}

static const char *column_title(const void *of, size_t column)
{
    const form_people *p = of;
    if (column < p->column_count)
        return assess_table_column_title(p->table, p->columns[column]);
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
    assess_explain_options how = {.size = sizeof how, .language = p->language};
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
    return derivation(p, row);
}

fill_table people_table(form_people *p)
{
    return (fill_table){p->column_count + !p->is_public, column_id, column_title, open_rows, cell, p};
}

/* ---- choosing ---- */

/* The words of a grade that is named by its id or its words. */
static assess_status grade_words(form_people *p, const char *grade, char **out, assess_error *err)
{
    assess_table *grades = NULL;
    const char *words = grade;
    if (assess_result_table(p->result, "grades", p->language, &grades, NULL) == ASSESS_OK)
        for (size_t i = 0; i < assess_table_rows(grades); i++)
            if (strcmp(assess_table_cell(grades, i, assess_table_column(grades, "id")), grade) == 0)
                words = assess_table_cell(grades, i, assess_table_column(grades, "grade"));
    buffer copy = {0};
    buffer_add_string(&copy, words);
    assess_status status = office_give_text(&copy, out, NULL, err);
    assess_table_free(grades);
    return status;
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
    assess_status status = ok && !en.failed && !zh.failed ? error_set(err, ASSESS_E_CALL, m) : error_no_memory(err);
    buffer_free(&en);
    buffer_free(&zh);
    mem_free(there.items);
    return status;
}

static assess_status check_ids(const form_people *p, const assess_office_form_options *o, assess_error *err)
{
    for (size_t k = 0; k < o->id_count; k++) {
        bool found = false;
        for (size_t i = 0; i < assess_table_rows(p->table) && !found; i++)
            found = strcmp(cell_of(p, i, "id"), o->ids[k]) == 0;
        if (!found)
            return error_set(err, ASSESS_E_CALL, message_of1(MSG_form_no_such_id, text_of(o->ids[k])));
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
    for (size_t i = 0; i < count; i++)
        if (is_wanted(p, i, grade, o))
            p->rows[p->row_count++] = i;
    p->shown = p->row_count;
    return p->row_count == 0 && grade && o->id_count == 0 ? no_such_grade(p, o->grade, err) : ASSESS_OK;
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

assess_status people_open(form_people *p, assess_result *result, const fill_form *form, const assess_office_form_options *o,
                          assess_error *err)
{
    char *grade = NULL;
    *p = (form_people){.result = result, .language = form->in_language ? form->language : o->language, .is_public = form->is_public,
                       .progress = o->separate ? NULL : o->progress, .user = o->user, .err = err};
    assess_status status = office_table(result, "results", p->language, o->order, &p->table, err);
    if (status == ASSESS_OK)
        status = choose_columns(p, err);
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
    assess_text_free(p->derivation);
    mem_free(p->columns);
    mem_free(p->rows);
}
