/* book: what may be typed into cells, filters, names, protection, and looks that depend on values. */
#include <stdio.h>
#include <string.h>

#include "office/book_inside.h"

enum { TITLE_UNITS = 32, HINT_UNITS = 255, REFERENCE_BYTES = NAME_BYTES + 64 };

/* ---- references ---- */

static void letters_of(size_t column, char out[4])
{
    char reversed[4];
    size_t count = 0;
    for (size_t rest = column + 1; rest > 0 && count < 3; rest = (rest - 1) / 26)
        reversed[count++] = (char)('A' + (rest - 1) % 26);
    for (size_t i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    out[count] = '\0';
}

char *book_reference(book *b, book_area a)
{
    char first[4], last[4], reference[REFERENCE_BYTES];
    letters_of(a.first_column, first);
    letters_of(a.last_column, last);
    int length = snprintf(reference, sizeof reference, "='%s'!$%s$%zu:$%s$%zu", a.sheet->name, first, a.first_row + 1,
                          last, a.last_row + 1);
    char *copy = arena_text(&b->texts, reference, (size_t)length);
    if (!copy)
        book_out_of_memory(b);
    return copy;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Three letters at most and then only digits, R, C, R1C1: a cell. */
static bool looks_like_cell(const char *name)
{
    size_t letters = strcspn(name, "0123456789");
    bool rows = strspn(name, "RrCc0123456789") == strlen(name);
    return rows || (letters <= 3 && strspn(name + letters, "0123456789") == strlen(name + letters) && name[letters]);
}

static bool is_name(const char *name)
{
    if (!is_letter(*name) || strlen(name) > 100 || looks_like_cell(name))
        return false;
    for (; *name; name++)
        if (!is_letter(*name) && !is_digit(*name) && *name != '.')
            return false;
    return true;
}

void book_define(book *b, const char *name, book_area area)
{
    if (!book_area_ready(area))
        return;
    char *reference = book_reference(b, area);
    if (!is_name(name))
        book_fail(b, ASSESS_E_CALL, MSG_office_refused);
    else if (reference)
        book_note(b, workbook_define_name(b->workbook, name, reference));
}

void book_filter(book_area a)
{
    if (!book_area_ready(a) || a.sheet->filtered)
        return;
    ((book_sheet *)a.sheet)->filtered = true;
    book_note(a.sheet->owner, worksheet_autofilter(a.sheet->sheet, (lxw_row_t)a.first_row, (lxw_col_t)a.first_column,
                                                   (lxw_row_t)a.last_row, (lxw_col_t)a.last_column));
}

/* ---- what may be typed ---- */

static const uint8_t number_kinds[] = {
    [BOOK_CHECK_WHOLE] = LXW_VALIDATION_TYPE_INTEGER,
    [BOOK_CHECK_DECIMAL] = LXW_VALIDATION_TYPE_DECIMAL,
    [BOOK_CHECK_LENGTH] = LXW_VALIDATION_TYPE_LENGTH,
};

static uint8_t criteria_of(const book_check *check)
{
    if (check->low.length == 0)
        return LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO;
    return check->high.length == 0 ? LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO : LXW_VALIDATION_CRITERIA_BETWEEN;
}

static bool number_of(text t, double *out)
{
    unsigned places;
    return t.length == 0 || book_decimal(t, 0, out, &places);
}

static bool take_numbers(const book_check *check, lxw_data_validation *v)
{
    v->validate = number_kinds[check->kind];
    v->criteria = criteria_of(check);
    if (!number_of(check->low, &v->minimum_number) || !number_of(check->high, &v->maximum_number))
        return false;
    v->value_number = check->low.length ? v->minimum_number : v->maximum_number;
    return check->low.length || check->high.length;
}

static bool day_of(text t, lxw_datetime *out)
{
    return t.length == 0 || book_day(t, out);
}

static bool take_days(const book_check *check, lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_DATE;
    v->criteria = criteria_of(check);
    if (!day_of(check->low, &v->minimum_datetime) || !day_of(check->high, &v->maximum_datetime))
        return false;
    v->value_datetime = check->low.length ? v->minimum_datetime : v->maximum_datetime;
    return check->low.length || check->high.length;
}

static bool keep_formula(book *b, const book_check *check, lxw_data_validation *v)
{
    size_t length = check->formula ? strlen(check->formula) : 0;
    v->value_formula = length > 0 && length <= MOST_FORMULA ? arena_text(&b->texts, check->formula, length) : NULL;
    return v->value_formula != NULL;
}

static bool take_formula(book *b, const book_check *check, lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
    return keep_formula(b, check, v);
}

/* The list is always a range: libxlsxwriter overruns its memory with long lists of Chinese words. */
static bool take_list(book *b, const book_check *check, lxw_data_validation *v)
{
    v->validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA; /* until it is put: see put_check */
    if (check->formula)
        return keep_formula(b, check, v);
    v->value_formula = book_area_ready(check->from) ? book_reference(b, check->from) : NULL;
    return v->value_formula != NULL;
}

static bool take_check(book *b, const book_check *check, lxw_data_validation *v)
{
    switch (check->kind) {
    case BOOK_CHECK_LIST:
        return take_list(b, check, v);
    case BOOK_CHECK_FORMULA:
        return take_formula(b, check, v);
    case BOOK_CHECK_DATE:
        return take_days(check, v);
    case BOOK_CHECK_ANY:
        v->validate = LXW_VALIDATION_TYPE_ANY;
        return true;
    default:
        return take_numbers(check, v);
    }
}

static void take_words(book *b, const book_check *check, lxw_data_validation *v)
{
    v->ignore_blank = v->show_input = v->show_error = v->dropdown = LXW_VALIDATION_ON;
    v->error_type = check->warns ? LXW_VALIDATION_ERROR_TYPE_WARNING : LXW_VALIDATION_ERROR_TYPE_STOP;
    v->input_title = book_keep(b, check->hint_title, TITLE_UNITS);
    v->input_message = book_keep(b, check->hint, HINT_UNITS);
    v->error_title = book_keep(b, check->refusal_title, TITLE_UNITS);
    v->error_message = book_keep(b, check->refusal, HINT_UNITS);
}

static lxw_data_val_obj *last_check(const lxw_worksheet *sheet)
{
    lxw_data_val_obj *last = STAILQ_FIRST(sheet->data_validations);
    while (last && STAILQ_NEXT(last, list_pointers))
        last = STAILQ_NEXT(last, list_pointers);
    return last;
}

/* A list's range is copied twice by libxlsxwriter 1.1, and one copy never freed; a formula is copied once. So the list goes in as a
 * formula, and what was kept of it is named a list. */
static void put_check(book_area a, lxw_data_validation *v, bool list)
{
    lxw_worksheet *sheet = a.sheet->sheet;
    locale_t before = book_enter(a.sheet->owner);
    lxw_error error = worksheet_data_validation_range(sheet, (lxw_row_t)a.first_row, (lxw_col_t)a.first_column,
                                                      (lxw_row_t)a.last_row, (lxw_col_t)a.last_column, v);
    book_leave(before);
    if (error == LXW_NO_ERROR && list)
        last_check(sheet)->validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    book_note(a.sheet->owner, error);
}

void book_check_area(book_area a, const book_check *check)
{
    lxw_data_validation v = {0};
    if (!book_area_ready(a))
        return;
    book *b = a.sheet->owner;
    take_words(b, check, &v);
    if (!take_check(b, check, &v))
        book_fail(b, ASSESS_E_CALL, MSG_office_refused);
    if (b->status == ASSESS_OK)
        put_check(a, &v, check->kind == BOOK_CHECK_LIST);
}

static void protect(book_sheet *s, bool rows)
{
    lxw_protection free_things = {.format_cells = 1, .format_columns = 1, .format_rows = 1, .sort = 1, .autofilter = 1,
                                  .insert_rows = rows, .delete_rows = rows};
    if (s && s->owner->status == ASSESS_OK)
        worksheet_protect(s->sheet, NULL, &free_things);
}

void book_protect(book_sheet *s) { protect(s, false); }
void book_protect_header(book_sheet *s) { protect(s, true); }

/* ---- looks that depend on values ---- */

static void put_condition(book_area a, lxw_conditional_format *condition)
{
    locale_t before = book_enter(a.sheet->owner);
    book_note(a.sheet->owner,
              worksheet_conditional_format_range(a.sheet->sheet, (lxw_row_t)a.first_row, (lxw_col_t)a.first_column,
                                                 (lxw_row_t)a.last_row, (lxw_col_t)a.last_column, condition));
    book_leave(before);
}

void book_highlight(book_area a, const char *formula, book_style style)
{
    lxw_conditional_format condition = {.type = LXW_CONDITIONAL_TYPE_FORMULA};
    if (!book_area_ready(a))
        return;
    book *b = a.sheet->owner;
    size_t length = strlen(formula);
    if (length == 0 || length > MOST_FORMULA)
        book_fail(b, ASSESS_E_CALL, MSG_office_refused);
    condition.value_string = arena_text(&b->texts, formula, length);
    condition.format = book_mark(b, style);
    if (!condition.value_string)
        book_out_of_memory(b);
    if (b->status == ASSESS_OK)
        put_condition(a, &condition);
}
