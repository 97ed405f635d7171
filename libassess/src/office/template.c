/* template.c: assess_office_write_template: the input workbook of a scheme. */
#include "office/call.h"
#include "office/template.h"

#include <string.h>

/* ---- texts ---- */

text say(maker *m, message what)
{
    buffer words = {0};
    message_render(&words, what, m->language);
    char *copy = words.failed ? NULL : arena_text(&m->memory, words.bytes ? words.bytes : "", words.length);
    text kept = {copy ? copy : "", copy ? words.length : 0};
    m->failed |= !copy;
    buffer_free(&words);
    return kept;
}

text say_id(maker *m, message_id id) { return say(m, message_of(id)); }

bool has_word(text list, text word)
{
    for (size_t at = 0; at < list.length;) {
        size_t end = at;
        while (end < list.length && list.bytes[end] != ' ')
            end++;
        if (text_equal((text){list.bytes + at, end - at}, word))
            return true;
        at = end + 1;
    }
    return false;
}

size_t row_of(const assess_table *t, const char *column, text value)
{
    for (size_t i = 0; i < assess_table_rows(t); i++)
        if (text_equal(cell_of(t, i, column), value))
            return i;
    return SIZE_MAX;
}

text about_scheme(const maker *m, const char *id)
{
    size_t row = row_of(m->parts[PART_ABOUT], "id", text_of(id));
    return row == SIZE_MAX ? TEXT("") : cell_of(m->parts[PART_ABOUT], row, "value");
}

/* ---- opening and closing ---- */

static assess_status take_parts(const assess_scheme *scheme, maker *m, assess_error *err)
{
    static const char *const ids[PART_COUNT] = {
        [PART_INPUTS] = "inputs", [PART_ITEMS] = "items",           [PART_OPTIONS] = "options", [PART_ROLES] = "roles",
        [PART_KINDS] = "kinds",   [PART_MEASURES] = "measures",     [PART_WORDS] = "words",     [PART_ATTRIBUTES] = "attributes",
        [PART_GRADES] = "grades", [PART_LEVELS] = "levels",         [PART_ABOUT] = "about"};
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < PART_COUNT && status == ASSESS_OK; i++)
        status = assess_scheme_table(scheme, ids[i], m->language, &m->parts[i], err);
    return status;
}

void template_open(const assess_scheme *scheme, const assess_office_template_options *o, maker *m, assess_status *status,
                   assess_error *err)
{
    *m = (maker){.language = o->language};
    *status = take_parts(scheme, m, err);
    if (*status == ASSESS_OK && o->batch)
        *status = assess_batch_table(o->batch, "people", o->language, &m->people, err);
    if (*status == ASSESS_OK && o->batch)
        *status = assess_batch_table(o->batch, "raters", o->language, &m->raters, err);
}

void template_close(maker *m)
{
    for (size_t i = 0; i < PART_COUNT; i++)
        assess_table_free(m->parts[i]);
    assess_table_free(m->people);
    assess_table_free(m->raters);
    arena_free(&m->memory);
}

/* ---- laying out ---- */

/* Tabs stand in the order in which sheets are made; checks refer to sheets, so all are made before any is filled. */
static void lay_out(maker *m, book *b)
{
    book_sheet *guide = book_add_sheet(b, say_id(m, MSG_template_sheet_guide));
    for (size_t i = 0; i < m->form_count; i++)
        m->forms[i].sheet = book_add_sheet(b, m->forms[i].name);
    book_sheet *words = book_add_sheet(b, say_id(m, MSG_template_sheet_words)), *identity = book_add_sheet(b, TEXT("_assess"));
    book_hide(words);
    book_hide(identity);
    template_lay_words(m, words);
    template_lay_identity(m, identity);
    template_lay_guide(m, guide);
    for (size_t i = 0; i < m->form_count; i++)
        template_lay_form(m, &m->forms[i]);
    book_show_first(guide);
}

assess_status template_write(maker *m, const char *path, bool force, assess_error *err)
{
    book *b;
    if (m->failed)
        return error_no_memory(err);
    book_options options = {.force = force, .language = m->language, .title = about_scheme(m, "title")};
    assess_status status = book_open(path, &options, &b, err);
    if (status)
        return status;
    lay_out(m, b);
    if (!m->failed)
        return book_commit(b, err);
    book_discard(b);
    return error_no_memory(err);
}

assess_status assess_office_write_template(const assess_scheme *scheme, const char *path, const assess_office_template_options *options,
                                           assess_error *err)
{
    maker m;
    assess_office_template_options o;
    assess_status status = OFFICE_OPTIONS(assess_office_template_options, batch, &o, options, err);
    if (status != ASSESS_OK)
        return status;
    if (!scheme || !path || !options || (unsigned)o.language >= ASSESS_LANGUAGE_COUNT)
        return office_bad_argument(err, "scheme, path, options");
    template_open(scheme, &o, &m, &status, err);
    if (status == ASSESS_OK) {
        template_forms(&m);
        template_fill(&m);
        status = template_write(&m, path, o.force, err);
    }
    template_close(&m);
    return status;
}
