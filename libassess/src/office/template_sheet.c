/* template_sheet.c: a sheet to be filled in: header with notes, what may be typed into each column, what is filled in already. */
#include <stdio.h>

#include "office/template.h"

enum { ROOM = 5000, LEAST_ROWS = 20000, FORMULA = 256 };

/* ---- where things are ---- */

static size_t last_row(const form *f)
{
    size_t wanted = f->rows + ROOM;
    wanted = wanted < LEAST_ROWS ? LEAST_ROWS : wanted;
    return wanted < BOOK_MOST_ROWS ? wanted : BOOK_MOST_ROWS - 1;
}

static book_area column_area(const form *f, size_t column)
{
    return (book_area){f->sheet, 1, column, last_row(f), column};
}

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

/* ---- how a column looks ---- */

static book_style entry_style(const field *f)
{
    static const book_style styles[] = {[FIELD_LONG] = BOOK_ENTRY_WRAPPED, [FIELD_NUMBER] = BOOK_ENTRY_NUMBER,
                                        [FIELD_POINTS] = BOOK_ENTRY_NUMBER, [FIELD_DATE] = BOOK_ENTRY_DATE};
    if (f->locked || f->unused)
        return BOOK_TEXT;
    return f->kind < sizeof styles / sizeof *styles && styles[f->kind] ? styles[f->kind] : BOOK_ENTRY;
}

static unsigned width_of(const field *f)
{
    static const unsigned widths[] = {[FIELD_ID] = 12, [FIELD_SUBJECT] = 12, [FIELD_TEXT] = 16, [FIELD_LONG] = 32, [FIELD_ROLE] = 10,
                                      [FIELD_WORD] = 16, [FIELD_OFFER] = 12, [FIELD_NUMBER] = 10, [FIELD_POINTS] = 10, [FIELD_DATE] = 13};
    enum { FILTER_BUTTON = 4, WIDEST = 40, UNUSED = 6 };
    if (f->unused)
        return UNUSED;
    size_t needed = text_columns(f->title) + FILTER_BUTTON;
    for (size_t i = 0; f->list && i < f->list->count; i++) {
        size_t word = text_columns(f->list->words[i]) + 2;
        needed = word > needed ? word : needed;
    }
    needed = needed < widths[f->kind] ? widths[f->kind] : needed;
    return (unsigned)(needed < WIDEST ? needed : WIDEST);
}

static book_style header_style(const field *f)
{
    if (f->locked || f->unused)
        return BOOK_HEADER;
    return f->required ? BOOK_HEADER_REQUIRED : BOOK_HEADER_OPTIONAL;
}

/* ---- notes ---- */

static text both_limits(maker *m, const field *f)
{
    if (f->low.length && f->high.length)
        return say(m, message_of2(MSG_template_limits, f->low, f->high));
    if (f->low.length)
        return say(m, message_of1(MSG_template_at_least, f->low));
    return f->high.length ? say(m, message_of1(MSG_template_at_most, f->high)) : TEXT("");
}

text template_limits(maker *m, const field *f)
{
    switch (f->kind) {
    case FIELD_NUMBER:
    case FIELD_POINTS: return both_limits(m, f);
    case FIELD_DATE: return say_id(m, MSG_template_date);
    default: return TEXT("");
    }
}

static text comment_of(maker *m, const field *f)
{
    message_id need = f->unused ? MSG_template_is_unused : f->locked ? MSG_template_is_locked : f->required ? MSG_template_is_required : MSG_template_is_optional;
    text head = say(m, message_of2(MSG_template_comment, f->id, say_id(m, need)));
    text limits = f->unused ? TEXT("") : template_limits(m, f);
    text example = f->example.length && !f->unused ? say(m, message_of1(MSG_template_example, f->example)) : TEXT("");
    buffer all = {0};
    const text lines[] = {head, f->about, limits, example};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].length && all.length)
            buffer_add_char(&all, '\n');
        buffer_add_text(&all, lines[i]);
    }
    char *copy = all.failed ? NULL : arena_text(&m->memory, all.bytes, all.length);
    text kept = {copy, copy ? all.length : 0};
    m->failed |= !copy;
    buffer_free(&all);
    return kept;
}

static text hint_of(maker *m, const field *f)
{
    text limits = template_limits(m, f);
    return limits.length ? say(m, message_of2(MSG_template_hint, f->about, limits)) : f->about;
}

/* ---- what may be typed ---- */

static const form *people_form(const maker *m)
{
    for (size_t i = 0; i < m->form_count; i++)
        if (m->forms[i].table == FORM_PEOPLE)
            return &m->forms[i];
    return NULL;
}

/* The ids of the sheet of people, as far down as it is filled in. */
static void check_subject(maker *m, const field *f, book_check *check, char formula[FORMULA])
{
    const form *people = people_form(m);
    if (!people || !people->sheet)
        return;
    text name = book_sheet_name(people->sheet);
    snprintf(formula, FORMULA, "=OFFSET('%.*s'!$A$2,0,0,MAX(1,COUNTA('%.*s'!$A$2:$A$%zu)),1)", (int)name.length, name.bytes,
             (int)name.length, name.bytes, last_row(people) + 1);
    check->kind = BOOK_CHECK_LIST;
    check->formula = formula;
    check->refusal = say(m, message_of1(MSG_template_refuse_subject, f->title));
}

static void check_number(maker *m, const field *f, book_check *check)
{
    bool open = !f->low.length && !f->high.length;
    check->kind = BOOK_CHECK_DECIMAL;
    check->low = open ? TEXT("-999999999999") : f->low;
    check->high = open ? TEXT("999999999999") : f->high;
    check->refusal = open ? say_id(m, MSG_template_refuse_number) : say(m, message_of1(MSG_template_refuse_limits, both_limits(m, f)));
}

static void check_length(maker *m, const char *least, const char *most, book_check *check)
{
    check->kind = BOOK_CHECK_LENGTH;
    check->low = text_of(least);
    check->high = text_of(most);
    check->refusal = say(m, message_of1(MSG_template_refuse_length, check->high));
}

static void check_words(maker *m, const field *f, book_check *check)
{
    if (!f->list)
        return;
    check->kind = BOOK_CHECK_LIST;
    check->from = f->list->area;
    check->warns = f->kind == FIELD_OFFER;
    check->refusal = say_id(m, check->warns ? MSG_template_doubt_word : MSG_template_refuse_word);
}

static void choose_check(maker *m, const field *f, book_check *check, char formula[FORMULA])
{
    switch (f->kind) {
    case FIELD_ID: check_length(m, "1", "100", check); break;
    case FIELD_TEXT: check_length(m, "0", "200", check); break;
    case FIELD_LONG: check_length(m, "0", "2000", check); break;
    case FIELD_SUBJECT: check_subject(m, f, check, formula); break;
    case FIELD_ROLE:
    case FIELD_WORD:
    case FIELD_OFFER: check_words(m, f, check); break;
    case FIELD_NUMBER:
    case FIELD_POINTS: check_number(m, f, check); break;
    case FIELD_DATE:
        check->kind = BOOK_CHECK_DATE;
        check->low = TEXT("1900-03-01");
        check->high = TEXT("2199-12-31");
        check->refusal = say_id(m, MSG_template_refuse_date);
        break;
    }
}

static void lay_check(maker *m, const form *f, size_t column)
{
    const field *what = &f->fields[column];
    char formula[FORMULA] = "";
    book_check check = {.kind = BOOK_CHECK_ANY, .hint_title = what->title, .hint = hint_of(m, what),
                        .refusal_title = say_id(m, MSG_template_refused), .refusal = say_id(m, MSG_template_refuse_word)};
    if (what->locked || what->unused)
        return;
    choose_check(m, what, &check, formula);
    if (!m->failed)
        book_check_area(column_area(f, column), &check);
}

/* A cell that must be filled in, in a row where something stands. */
static void mark_missing(const form *f, size_t column)
{
    char formula[FORMULA], own[4], last[4];
    if (!f->fields[column].required || f->fields[column].locked)
        return;
    letters_of(column, own);
    letters_of(f->count - 1, last);
    snprintf(formula, sizeof formula, "=AND(COUNTA($A2:$%s2)>0,$%s2=\"\")", last, own);
    book_highlight(column_area(f, column), formula, BOOK_DOUBTFUL);
}

/* The second row of one id. MATCH compares texts; COUNTIF would take ids of 18 digits for numbers. */
static void mark_repeated(const form *f)
{
    char formula[FORMULA];
    snprintf(formula, sizeof formula, "=AND($A2<>\"\",IFERROR(MATCH($A2,$A$2:$A$%zu,0),ROW()-1)<ROW()-1)", last_row(f) + 1);
    book_highlight(column_area(f, 0), formula, BOOK_BAD);
}

/* ---- the sheet ---- */

static void lay_cell(const form *f, size_t row, size_t column)
{
    const field *what = &f->fields[column];
    text value = f->cells[row * f->count + column];
    if (!value.length)
        return;
    if (what->kind == FIELD_DATE)
        book_date(f->sheet, row + 1, column, value, entry_style(what));
    else if (what->kind == FIELD_NUMBER || what->kind == FIELD_POINTS)
        book_number(f->sheet, row + 1, column, value, entry_style(what));
    else
        book_text(f->sheet, row + 1, column, value, entry_style(what));
}

static void lay_column(maker *m, const form *f, size_t column)
{
    const field *what = &f->fields[column];
    book_columns(f->sheet, column, column, width_of(what), entry_style(what));
    book_text(f->sheet, 0, column, what->title, header_style(what));
    book_comment(f->sheet, 0, column, comment_of(m, what));
    lay_check(m, f, column);
    mark_missing(f, column);
}

void template_lay_form(maker *m, form *f)
{
    for (size_t column = 0; column < f->count; column++)
        lay_column(m, f, column);
    if (f->table == FORM_PEOPLE)
        mark_repeated(f);
    for (size_t row = 0; row < f->rows; row++)
        for (size_t column = 0; column < f->count; column++)
            lay_cell(f, row, column);
    size_t last = m->of_rater ? f->rows : last_row(f);
    book_filter((book_area){f->sheet, 0, 0, last ? last : 1, f->count - 1});
    book_freeze(f->sheet, 1, f->frozen < f->count ? f->frozen : 1);
    book_set_print(f->sheet, &(book_print){.title = f->name, .foot = about_scheme(m, "title"), .repeat_rows = 1});
    if (m->of_rater)
        book_protect(f->sheet);
    else
        book_protect_header(f->sheet);
}
