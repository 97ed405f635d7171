/* template_fields.c: which sheets a scheme's template has, and which columns they have. */
#include "office/template.h"

#include <string.h>

/* ---- forms and fields ---- */

form *template_add_form(maker *m, form_table table, text name)
{
    if (m->form_count == MOST_FORMS)
        m->failed = true;
    form *f = &m->forms[m->failed ? 0 : m->form_count++];
    *f = (form){.table = table, .name = name, .frozen = 2};
    return f;
}

/* Two columns of one name would be taken for a mistake; the id is another name for the second. */
static text unlike_others(const form *f, field what)
{
    for (size_t i = 0; i < f->count; i++)
        if (text_equal(f->fields[i].title, what.title))
            return what.id;
    return what.title;
}

field *template_add_field(maker *m, form *f, field what)
{
    if (f->count == f->capacity) {
        size_t capacity = f->capacity ? 2 * f->capacity : 16;
        field *wider = arena_zalloc(&m->memory, capacity * sizeof *wider);
        m->failed |= !wider;
        if (!wider)
            return NULL;
        if (f->count)
            memcpy(wider, f->fields, f->count * sizeof *wider);
        f->fields = wider;
        f->capacity = capacity;
    }
    what.title = unlike_others(f, what);
    f->fields[f->count] = what;
    return &f->fields[f->count++];
}

/* ---- words to choose from ---- */

static bool is_among(const text *words, size_t count, text word)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal(words[i], word))
            return true;
    return false;
}

/* The cells of that column in rows where `key` is `value` (NULL: in all), each once. NULL: there are none. */
static const word_list *list_of(maker *m, text title, const assess_table *t, const char *column, const char *key, text value)
{
    size_t rows = assess_table_rows(t), count = 0;
    text *words = arena_alloc(&m->memory, (rows + 1) * sizeof *words);
    m->failed |= !words || m->list_count == MOST_LISTS;
    for (size_t i = 0; !m->failed && i < rows; i++) {
        text word = cell_of(t, i, column);
        if ((!key || text_equal(cell_of(t, i, key), value)) && word.length && !is_among(words, count, word))
            words[count++] = word;
    }
    if (m->failed || count == 0)
        return NULL;
    m->lists[m->list_count] = (word_list){.title = title, .words = words, .count = count};
    return &m->lists[m->list_count++];
}

static const word_list *list_of_words(maker *m, text title, const message_id *words, size_t count)
{
    text *copies = arena_alloc(&m->memory, count * sizeof *copies);
    m->failed |= !copies || m->list_count == MOST_LISTS;
    if (m->failed)
        return NULL;
    for (size_t i = 0; i < count; i++)
        copies[i] = say_id(m, words[i]);
    m->lists[m->list_count] = (word_list){.title = title, .words = copies, .count = count};
    return &m->lists[m->list_count++];
}

/* ---- the standard columns ---- */

enum need { OPTIONAL, REQUIRED };

typedef struct standard_column {
    form_table table;
    const char *id, *zh;
    field_kind kind;
    enum need need;
    const char *about[ASSESS_LANGUAGE_COUNT], *example[ASSESS_LANGUAGE_COUNT];
} standard_column;

static const standard_column standard_columns[] = {
#define COLUMN(table, id, zh, kind, need, about_en, about_zh, example_en, example_zh)                                          \
    {FORM_##table, id, zh, FIELD_##kind, need, {[ASSESS_EN] = about_en, [ASSESS_ZH] = about_zh},                                \
     {[ASSESS_EN] = example_en, [ASSESS_ZH] = example_zh}},
#include "office/template_columns.def"
#undef COLUMN
};

static field standard_field(const maker *m, const standard_column *c)
{
    return (field){.id = text_of(c->id),
                   .title = text_of(m->language == ASSESS_ZH ? c->zh : c->id),
                   .about = text_of(c->about[m->language]),
                   .example = text_of(c->example[m->language]),
                   .kind = c->kind,
                   .required = c->need == REQUIRED,
                   .low = c->kind == FIELD_POINTS ? TEXT("0") : TEXT("")};
}

static void add_standard(maker *m, form *f)
{
    for (size_t i = 0; i < sizeof standard_columns / sizeof *standard_columns; i++)
        if (standard_columns[i].table == f->table)
            template_add_field(m, f, standard_field(m, &standard_columns[i]));
}

static field *find_field(form *f, const char *id)
{
    for (size_t i = 0; i < f->count; i++)
        if (text_equal(f->fields[i].id, text_of(id)))
            return &f->fields[i];
    return NULL;
}

static void give_list(form *f, const char *id, const word_list *list)
{
    field *found = find_field(f, id);
    if (!found)
        return;
    found->list = list;
    if (list && !found->example.length)
        found->example = list->words[0];
    if (!list && (found->kind == FIELD_WORD || found->kind == FIELD_OFFER))
        found->kind = FIELD_TEXT;
}

static void drop_field(form *f, const char *id)
{
    field *found = find_field(f, id);
    if (!found)
        return;
    size_t at = (size_t)(found - f->fields);
    memmove(found, found + 1, (f->count - at - 1) * sizeof *found);
    f->count--;
}

/* ---- people ---- */

static field_kind kind_of(text kind, const word_list *words)
{
    if (text_equal(kind, TEXT("number")))
        return FIELD_NUMBER;
    if (text_equal(kind, TEXT("day")))
        return FIELD_DATE;
    return words ? FIELD_WORD : FIELD_TEXT;
}

static text attribute_about(maker *m, size_t row, text kind)
{
    if (text_equal(kind, TEXT("minute")))
        return say_id(m, MSG_template_about_minute);
    text level = cell_of(m->parts[PART_ATTRIBUTES], row, "levels");
    size_t at = row_of(m->parts[PART_LEVELS], "id", level);
    if (assess_table_rows(m->parts[PART_LEVELS]) > 1 && at != SIZE_MAX)
        return say(m, message_of1(MSG_template_about_level, cell_of(m->parts[PART_LEVELS], at, "level")));
    return say_id(m, MSG_template_about_attribute);
}

static text example_of(text kind, const word_list *words, text high)
{
    if (words)
        return words->words[0];
    if (text_equal(kind, TEXT("day")))
        return TEXT("2026-03-04");
    return text_equal(kind, TEXT("minute")) ? TEXT("2026-03-04 15:30") : high;
}

/* What the scheme reads of a standard column is said of that column, everything else has a column of its own. */
static void add_attribute(maker *m, form *f, size_t row)
{
    const assess_table *t = m->parts[PART_ATTRIBUTES];
    text id = cell_of(t, row, "id"), title = cell_of(t, row, "attribute"), kind = cell_of(t, row, "kind");
    const word_list *words = list_of(m, title, m->parts[PART_WORDS], "word", "attribute", id);
    field what = {.id = id, .title = title.length ? title : id, .about = attribute_about(m, row, kind), .kind = kind_of(kind, words),
                  .required = cell_is(t, row, "required"), .low = cell_of(t, row, "min"), .high = cell_of(t, row, "max"), .list = words};
    what.example = example_of(kind, words, what.high);
    field *standard = find_field(f, cell_of(t, row, "standard").bytes);
    if (!standard) {
        template_add_field(m, f, what);
        return;
    }
    standard->required |= what.required;
    if (!words)
        return;
    standard->list = words;
    standard->example = what.example;
    standard->kind = FIELD_WORD;
}

/* Which category makes a row a unit. */
static void say_levels(maker *m, form *f)
{
    const assess_table *t = m->parts[PART_LEVELS];
    field *category = find_field(f, "category");
    for (size_t i = 0; category && i < assess_table_rows(t); i++) {
        text word = cell_of(t, i, "category");
        if (word.length)
            category->about = say(m, message_of2(MSG_template_about_category, word, cell_of(t, i, "level")));
    }
}

static void form_people(maker *m)
{
    form *f = template_add_form(m, FORM_PEOPLE, say_id(m, MSG_template_sheet_people));
    f->about = say_id(m, MSG_template_fill_people);
    f->required = true;
    add_standard(m, f);
    say_levels(m, f);
    for (size_t i = 0; i < assess_table_rows(m->parts[PART_ATTRIBUTES]); i++)
        add_attribute(m, f, i);
}

/* ---- ratings: a sheet for each role that counts ---- */

text template_role_title(const maker *m, text role)
{
    const assess_table *t = m->parts[PART_ROLES];
    size_t row = row_of(t, "id", role);
    text title = row == SIZE_MAX ? TEXT("") : cell_of(t, row, "role");
    return title.length ? title : role;
}

text template_ratings_name(maker *m, text role)
{
    return say(m, message_of1(MSG_template_sheet_ratings, m->language == ASSESS_ZH ? template_role_title(m, role) : role));
}

static void add_item(maker *m, form *f, size_t row, bool rated)
{
    const assess_table *t = m->parts[PART_ITEMS];
    text id = cell_of(t, row, "id"), title = cell_of(t, row, "item"), points = cell_of(t, row, "points");
    const word_list *options = list_of(m, title, m->parts[PART_OPTIONS], "option", "item", id);
    field what = {.id = id, .title = title.length ? title : id, .required = rated, .kind = options ? FIELD_WORD : FIELD_NUMBER,
                  .low = options ? TEXT("") : TEXT("0"), .high = points, .list = options};
    what.unused = !rated;
    what.about = !rated ? say_id(m, MSG_template_about_unused) : options ? say_id(m, MSG_template_about_options) : say_id(m, MSG_template_about_points);
    what.example = options ? options->words[0] : points;
    template_add_field(m, f, what);
}

/* A ballot has a column for every item of the scheme; some roles rate only part of them. */
void template_add_items(maker *m, form *f, text role)
{
    const assess_table *roles = m->parts[PART_ROLES], *items = m->parts[PART_ITEMS];
    size_t row = row_of(roles, "id", role);
    text rated = row == SIZE_MAX ? TEXT("") : cell_of(roles, row, "items");
    for (int pass = 1; pass >= 0; pass--)
        for (size_t i = 0; i < assess_table_rows(items); i++)
            if (has_word(rated, cell_of(items, i, "id")) == (pass == 1))
                add_item(m, f, i, pass == 1);
}

static void form_ratings(maker *m, text role, bool is_signed)
{
    form *f = template_add_form(m, FORM_RATINGS, template_ratings_name(m, role));
    f->about = say(m, message_of1(is_signed ? MSG_template_fill_ratings_signed : MSG_template_fill_ratings, template_role_title(m, role)));
    f->required = true;
    f->frozen = 3;
    add_standard(m, f);
    give_list(f, "role", list_of(m, f->name, m->parts[PART_ROLES], "role", "id", role));
    field *the_role = find_field(f, "role"), *rater = find_field(f, "rater");
    if (the_role)
        the_role->example = template_role_title(m, role);
    if (rater && (is_signed || text_equal(role, TEXT("self"))))
        rater->required = true;
    template_add_items(m, f, role);
}

static void forms_ratings(maker *m)
{
    const assess_table *t = m->parts[PART_ROLES];
    for (size_t i = 0; i < assess_table_rows(t); i++)
        if (cell_is(t, i, "counted"))
            form_ratings(m, cell_of(t, i, "id"), cell_is(t, i, "signed"));
}

/* ---- the other tables ---- */

static bool any_kind(const maker *m, const char *column)
{
    for (size_t i = 0; i < assess_table_rows(m->parts[PART_KINDS]); i++)
        if (cell_is(m->parts[PART_KINDS], i, column))
            return true;
    return false;
}

static void form_events(maker *m)
{
    static const char *const special[] = {"points", "amount", "liable"};
    form *f = template_add_form(m, FORM_EVENTS, say_id(m, MSG_template_sheet_events));
    f->about = say_id(m, MSG_template_fill_events);
    add_standard(m, f);
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        if (!any_kind(m, special[i]))
            drop_field(f, special[i]);
    give_list(f, "kind", list_of(m, f->name, m->parts[PART_KINDS], "kind", NULL, TEXT("")));
}

static void form_measures(maker *m)
{
    form *f = template_add_form(m, FORM_MEASURES, say_id(m, MSG_template_sheet_measures));
    f->about = say_id(m, MSG_template_fill_measures);
    add_standard(m, f);
    give_list(f, "measure", list_of(m, f->name, m->parts[PART_MEASURES], "measure", NULL, TEXT("")));
}

static void form_history(maker *m)
{
    form *f = template_add_form(m, FORM_HISTORY, say_id(m, MSG_template_sheet_history));
    f->about = say_id(m, MSG_template_fill_history);
    add_standard(m, f);
    give_list(f, "grade", list_of(m, f->name, m->parts[PART_GRADES], "grade", NULL, TEXT("")));
}

static void form_decisions(maker *m)
{
    static const message_id kinds[] = {MSG_template_override, MSG_template_calibration, MSG_template_objection};
    form *f = template_add_form(m, FORM_DECISIONS, say_id(m, MSG_template_sheet_decisions));
    f->about = say_id(m, MSG_template_fill_decisions);
    add_standard(m, f);
    give_list(f, "kind", list_of_words(m, f->name, kinds, sizeof kinds / sizeof *kinds));
    give_list(f, "grade", list_of(m, f->name, m->parts[PART_GRADES], "grade", NULL, TEXT("")));
}

static void form_raters(maker *m)
{
    form *f = template_add_form(m, FORM_RATERS, say_id(m, MSG_template_sheet_raters));
    f->about = say_id(m, MSG_template_fill_raters);
    add_standard(m, f);
    give_list(f, "role", list_of(m, f->name, m->parts[PART_ROLES], "role", "counted", TEXT("1")));
}

static const struct {
    const char *input;
    void (*make)(maker *m);
} makers[] = {{"people", form_people}, {"ratings", forms_ratings}, {"events", form_events}, {"measures", form_measures},
              {"history", form_history}};

void template_forms(maker *m)
{
    const assess_table *inputs = m->parts[PART_INPUTS];
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        size_t row = row_of(inputs, "id", text_of(makers[i].input)), before = m->form_count;
        if (row == SIZE_MAX)
            continue;
        makers[i].make(m);
        for (size_t k = before; k < m->form_count; k++)
            m->forms[k].required = cell_is(inputs, row, "required");
    }
    if (assess_table_rows(m->parts[PART_GRADES]))
        form_decisions(m);
    if (row_of(inputs, "id", TEXT("ratings")) != SIZE_MAX)
        form_raters(m);
}
