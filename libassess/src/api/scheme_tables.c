/* scheme_tables.c: a scheme as tables: what may stand in the input, and the rules. */
#include "api/table_handle.h"
#include "engine/run.h"
#include "exchange/exchange.h"
#include "report/tables.h"

static void key_columns(grid *g, const char *id, message_id title)
{
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, id, title, CELLS_TEXT);
}

static void make_items(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    key_columns(g, "item", MSG_table_item);
    grid_column_word(g, "points", MSG_table_points, CELLS_NUMBER);
    grid_column_word(g, "options", MSG_table_options, CELLS_NUMBER);
    for (size_t i = 0; i < p->item_count; i++) {
        const plan_item *item = &p->items[i];
        grid_text(g, item->id);
        grid_label(g, item->words);
        grid_decimal(g, !item->option_count, item->maximum);
        grid_integer(g, (int64_t)item->option_count);
    }
}

static void make_options(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    grid_column_word(g, "item", MSG_table_item, CELLS_TEXT);
    key_columns(g, "option", MSG_table_option);
    grid_column_word(g, "points", MSG_table_points, CELLS_NUMBER);
    grid_column_word(g, "counted", MSG_table_counted, CELLS_NUMBER);
    for (size_t i = 0; i < p->item_count; i++) {
        for (size_t k = 0; k < p->items[i].option_count; k++) {
            const plan_option *o = &p->items[i].options[k];
            grid_text(g, p->items[i].id);
            grid_text(g, o->id);
            grid_label(g, o->words);
            grid_decimal(g, o->counted, o->points);
            grid_truth(g, o->counted);
        }
    }
}

static void add_id(buffer *list, text id)
{
    if (list->length)
        buffer_add_char(list, ' ');
    buffer_add_text(list, id);
}

/* Ids, parted by blanks. */
static void items_cell(const plan *p, uint32_t role, grid *g)
{
    buffer all = {0};
    for (size_t i = 0; i < p->item_count; i++)
        if (plan_rates(p, role, (uint32_t)i))
            add_id(&all, p->items[i].id);
    grid_buffer(g, &all);
}

static void make_roles(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    key_columns(g, "role", MSG_table_role);
    grid_column_word(g, "counted", MSG_table_counted, CELLS_NUMBER);
    grid_column_word(g, "signed", MSG_table_signed, CELLS_NUMBER);
    grid_column_word(g, "items", MSG_table_items, CELLS_TEXT);
    for (size_t i = 0; i < p->role_count; i++) {
        grid_text(g, p->roles[i].id);
        grid_label(g, p->roles[i].words);
        grid_truth(g, p->roles[i].used);
        grid_truth(g, p->roles[i].signed_);
        items_cell(p, (uint32_t)i, g);
    }
}

static void make_kinds(const plan *p, const vocabulary *words, grid *g)
{
    key_columns(g, "kind", MSG_table_kind);
    grid_column_word(g, "from", MSG_table_needs_from, CELLS_NUMBER);
    grid_column_word(g, "points", MSG_table_needs_points, CELLS_NUMBER);
    grid_column_word(g, "amount", MSG_table_needs_amount, CELLS_NUMBER);
    grid_column_word(g, "liable", MSG_table_liable, CELLS_NUMBER);
    for (size_t i = 0; i < p->kind_count; i++) {
        const vocabulary_kind *k = &words->kinds[i];
        grid_text(g, p->kinds[i].id);
        grid_label(g, p->kinds[i].words);
        grid_truth(g, k->needs_from);
        grid_truth(g, k->needs_points);
        grid_truth(g, k->needs_amount);
        grid_truth(g, k->uses_liable);
    }
}

/* The same; all where nothing says which. */
static void levels_cell(const plan *p, uint32_t levels, grid *g)
{
    buffer all = {0};
    for (size_t i = 0; i < p->level_count; i++) {
        if (levels && !(levels >> i & 1))
            continue;
        add_id(&all, p->levels[i].id);
    }
    grid_buffer(g, &all);
}

static void make_measures(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    key_columns(g, "measure", MSG_table_measure);
    grid_column_word(g, "required", MSG_table_required, CELLS_NUMBER);
    grid_column_word(g, "lower_is_better", MSG_table_lower_better, CELLS_NUMBER);
    grid_column_word(g, "levels", MSG_table_level, CELLS_TEXT);
    for (size_t i = 0; i < p->measure_count; i++) {
        grid_text(g, p->measures[i].id);
        grid_label(g, p->measures[i].words);
        grid_truth(g, !p->measures[i].optional);
        grid_truth(g, p->measures[i].lower_is_better);
        levels_cell(p, p->measures[i].levels, g);
    }
}

/* A column that goes by the id or by a name of a standard one is read from its cells. */
static void standard_cell(const plan_attribute *a, grid *g)
{
    const text headers[] = {a->id, a->words.zh, a->words.en};
    const char *found = NULL;
    for (size_t i = 0; i < sizeof headers / sizeof *headers && !found; i++)
        found = exchange_people_column(headers[i], &g->memory);
    grid_text(g, text_of(found));
}

static void make_attributes(const plan *p, const vocabulary *words, grid *g)
{
    static const char *const kinds[KIND_COUNT] = {"number", "truth", "word", "grade", "day", "minute", ""};
    (void)words;
    key_columns(g, "attribute", MSG_table_attribute);
    grid_column_word(g, "kind", MSG_table_kind, CELLS_TEXT);
    grid_column_word(g, "required", MSG_table_required, CELLS_NUMBER);
    grid_column_word(g, "optional", MSG_table_optional, CELLS_NUMBER);
    grid_column_word(g, "min", MSG_table_min, CELLS_NUMBER);
    grid_column_word(g, "max", MSG_table_max, CELLS_NUMBER);
    grid_column_word(g, "levels", MSG_table_level, CELLS_TEXT);
    grid_column_word(g, "standard", MSG_table_standard, CELLS_TEXT);
    for (size_t i = 0; i < p->attribute_count; i++) {
        const plan_attribute *a = &p->attributes[i];
        grid_text(g, a->id);
        grid_label(g, a->words);
        grid_text(g, text_of(kinds[a->kind]));
        grid_truth(g, a->needed);
        grid_truth(g, a->optional);
        grid_decimal(g, a->bounded, a->minimum);
        grid_decimal(g, a->bounded, a->maximum);
        levels_cell(p, a->levels, g);
        standard_cell(a, g);
    }
}

static void make_words(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    grid_column_word(g, "attribute", MSG_table_attribute, CELLS_TEXT);
    key_columns(g, "word", MSG_table_choices);
    for (size_t i = 0; i < p->attribute_count; i++) {
        const plan_set *choices = &p->attributes[i].choices;
        for (size_t k = 0; k < choices->count; k++) {
            const plan_word *w = &p->words[choices->members[k]];
            text shown = label_in(w->words, g->language);
            grid_text(g, p->attributes[i].id);
            grid_text(g, w->id);
            grid_text(g, shown.length ? shown : w->id);
        }
    }
}

static void make_grades(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    grid_column_word(g, "level", MSG_table_level, CELLS_TEXT);
    key_columns(g, "grade", MSG_report_grade);
    grid_column_word(g, "from", MSG_table_from, CELLS_NUMBER);
    grid_column_word(g, "printed_to", MSG_table_printed_to, CELLS_NUMBER);
    for (size_t i = 0; i < p->grade_count; i++) {
        const plan_grade *d = &p->grades[i];
        grid_text(g, p->levels[d->level].id);
        grid_text(g, d->id);
        grid_label(g, d->words);
        grid_decimal(g, d->has_from, d->from);
        grid_decimal(g, d->has_printed_to, d->printed_to);
    }
}

static void make_levels(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    key_columns(g, "level", MSG_table_level);
    grid_column_word(g, "category", MSG_table_category, CELLS_TEXT);
    for (size_t i = 0; i < p->level_count; i++) {
        grid_text(g, p->levels[i].id);
        grid_label(g, p->levels[i].words);
        grid_text(g, p->levels[i].category);
    }
}

/* Which input tables the scheme reads; people it always reads. */
static void make_inputs(const plan *p, const vocabulary *words, grid *g)
{
    const struct {
        const char *id;
        message_id title;
        bool read, required;
    } tables[] = {{"people", MSG_table_people, true, true},
                  {"ratings", MSG_table_ratings, p->item_count > 0, words->needs_ratings},
                  {"events", MSG_table_events, p->kind_count > 0, false},
                  {"measures", MSG_table_measures, p->measure_count > 0, words->needs_measures},
                  {"history", MSG_table_history, p->past_count > 0, words->needs_history}};
    key_columns(g, "table", MSG_table_table);
    grid_column_word(g, "required", MSG_table_required, CELLS_NUMBER);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (!tables[i].read)
            continue;
        grid_text(g, text_of(tables[i].id));
        grid_word(g, tables[i].title);
        grid_truth(g, tables[i].required);
    }
}

static void make_about(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    table_method(p, g);
}

static void make_clauses(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    table_clauses(p, g);
}

static void make_parameters(const plan *p, const vocabulary *words, grid *g)
{
    (void)words;
    table_parameters(p, g);
}

static const struct {
    const char *id;
    message_id title;
    void (*make)(const plan *p, const vocabulary *words, grid *g);
} all[] = {{"inputs", MSG_table_inputs, make_inputs},
           {"levels", MSG_table_level, make_levels},
           {"items", MSG_table_items, make_items},
           {"options", MSG_table_options, make_options},
           {"roles", MSG_table_roles, make_roles},
           {"kinds", MSG_table_kinds, make_kinds},
           {"measures", MSG_table_measures, make_measures},
           {"attributes", MSG_table_attributes, make_attributes},
           {"words", MSG_table_words, make_words},
           {"grades", MSG_report_grades, make_grades},
           {"clauses", MSG_table_clauses, make_clauses},
           {"parameters", MSG_table_parameters, make_parameters},
           {"about", MSG_table_about_scheme, make_about}};

size_t scheme_table_count(void) { return sizeof all / sizeof *all; }
const char *scheme_table_id(size_t index) { return all[index].id; }

void scheme_table_make(const plan *p, size_t index, assess_language language, grid *out)
{
    arena memory = {0};
    vocabulary words;
    grid_begin_word(out, all[index].id, all[index].title, language);
    if (engine_vocabulary(p, &memory, &words))
        all[index].make(p, &words, out);
    else
        out->failed = true;
    arena_free(&memory);
}
