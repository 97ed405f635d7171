/* tables_method.c: by what rules and from what files a result was made. */
#include "report/tables_parts.h"

static void says_cell(grid *g, const plan *p, const statement *s)
{
    buffer words = {0};
    plan_print_statement(p, s, g->language, &words);
    grid_buffer(g, &words);
}

void table_clauses(const plan *p, grid *g)
{
    if (p->level_count > 1)
        grid_column_word(g, "level", MSG_table_level, CELLS_TEXT);
    grid_column_word(g, "clause", MSG_table_clause, CELLS_TEXT);
    grid_column_word(g, "kind", MSG_table_kind, CELLS_TEXT);
    grid_column_word(g, "says", MSG_table_says, CELLS_TEXT);
    for (size_t i = 0; i < p->statement_count && !g->failed; i++) {
        const statement *s = &p->statements[i];
        if (p->level_count > 1)
            grid_label(g, p->levels[s->level].words);
        grid_text(g, plan_clause_number(p, s->at));
        grid_text(g, plan_statement_word(s->kind, g->language));
        says_cell(g, p, s);
    }
}

static void choices_cell(grid *g, const plan_param *q)
{
    buffer all = {0};
    for (size_t i = 0; i < q->choice_count; i++) {
        if (i)
            buffer_add_string(&all, g->language == ASSESS_ZH ? "、" : ", ");
        plan_print_choice(q, q->choices[i], g->language, &all);
    }
    grid_buffer(g, &all);
}

static void value_cell(grid *g, const plan_param *q, text value)
{
    buffer words = {0};
    plan_print_choice(q, value, g->language, &words);
    grid_buffer(g, &words);
}

/* As --set takes it. */
static void setting_cell(grid *g, const plan_param *q)
{
    char digits[64];
    buffer all = {0};
    buffer_add_text(&all, q->name);
    buffer_add_char(&all, '=');
    buffer_add_text(&all, plan_param_value(q, digits));
    grid_buffer(g, &all);
}

static void parameter_row(grid *g, const plan *p, const plan_param *q)
{
    char digits[64];
    grid_text(g, plan_clause_number(p, q->at));
    grid_text(g, q->name);
    grid_label(g, q->words);
    value_cell(g, q, plan_param_value(q, digits));
    value_cell(g, q, q->default_text);
    grid_truth(g, q->set);
    grid_decimal(g, !q->is_choice, q->minimum);
    grid_decimal(g, !q->is_choice, q->maximum);
    choices_cell(g, q);
    setting_cell(g, q);
}

void table_parameters(const plan *p, grid *g)
{
    grid_column_word(g, "clause", MSG_table_clause, CELLS_TEXT);
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, "title", MSG_table_meaning, CELLS_TEXT);
    grid_column_word(g, "value", MSG_table_value, CELLS_TEXT);
    grid_column_word(g, "default", MSG_table_default, CELLS_TEXT);
    grid_column_word(g, "set", MSG_table_set, CELLS_NUMBER);
    grid_column_word(g, "min", MSG_table_min, CELLS_NUMBER);
    grid_column_word(g, "max", MSG_table_max, CELLS_NUMBER);
    grid_column_word(g, "choices", MSG_table_choices, CELLS_TEXT);
    grid_column_word(g, "setting", MSG_table_setting, CELLS_TEXT);
    for (size_t i = 0; i < p->param_count && !g->failed; i++)
        parameter_row(g, p, &p->params[i]);
}

void table_inputs(const table_request *q, grid *g)
{
    const batch *b = q->r->batch;
    grid_begin_word(g, q->id, MSG_table_inputs, q->language);
    grid_column_word(g, "file", MSG_table_file, CELLS_TEXT);
    grid_column_text(g, TEXT("sha256"), TEXT("SHA-256"), CELLS_TEXT);
    for (size_t i = 0; i < b->source_count && !g->failed; i++) {
        grid_text(g, b->sources[i].name);
        if (b->sources[i].hashed)
            grid_digest(g, &b->sources[i].sha256);
        else
            grid_empty(g);
    }
}

static void begin_row(grid *g, const char *id, message_id what)
{
    grid_text(g, text_of(id));
    grid_word(g, what);
}

static void add_rules(grid *g, const plan *p)
{
    digest d;
    begin_row(g, "rules", MSG_table_rules_digest);
    if (plan_digest(p, &d))
        grid_digest(g, &d);
    else
        g->failed = true;
}

static void add_versions(grid *g, const plan *p)
{
    for (size_t i = 0; i < p->version_count; i++) {
        begin_row(g, "version", MSG_table_version_taken);
        grid_text(g, p->versions[i].taken);
    }
}

/* A scheme may have been loaded without a period. */
static void period_day(grid *g, const plan *p, date day)
{
    if (p->period_text.length)
        grid_date(g, day);
    else
        grid_empty(g);
}

/* Who is assessed, where it is not simply people. */
static void add_beings(grid *g, const plan *p)
{
    static const struct {
        const char *id;
        message_id what;
    } rows[] = {[BEING_PERSON] = {"of:person", MSG_table_of_person}, [BEING_UNIT] = {"of:unit", MSG_table_of_unit},
                [BEING_MATTER] = {"of:matter", MSG_table_of_matter}};
    for (size_t l = 0; l < p->level_count; l++) {
        if (p->level_count == 1 && p->levels[0].being == BEING_PERSON)
            continue;
        begin_row(g, rows[p->levels[l].being].id, rows[p->levels[l].being].what);
        grid_label(g, p->levels[l].words);
    }
}

void table_about(const table_request *q, grid *g)
{
    grid_begin_word(g, q->id, MSG_table_about, q->language);
    table_method(q->r->plan, g);
}

void table_method(const plan *p, grid *g)
{
    grid_column_word(g, "id", MSG_table_key, CELLS_TEXT);
    grid_column_word(g, "what", MSG_table_figure, CELLS_TEXT);
    grid_column_word(g, "value", MSG_table_value, CELLS_TEXT);
    begin_row(g, "title", MSG_table_scheme);
    grid_label(g, p->title);
    begin_row(g, "scheme", MSG_table_scheme_id);
    grid_text(g, p->id);
    add_beings(g, p);
    begin_row(g, "source", MSG_table_source);
    grid_label(g, p->source);
    begin_row(g, "effective", MSG_table_effective);
    grid_date(g, p->effective);
    begin_row(g, "period", MSG_table_period);
    grid_text(g, p->period_text);
    begin_row(g, "from", MSG_table_first_day);
    period_day(g, p, p->period.from);
    begin_row(g, "to", MSG_table_last_day);
    period_day(g, p, p->period.to);
    add_versions(g, p);
    add_rules(g, p);
    begin_row(g, "engine", MSG_table_engine);
    grid_text(g, text_of(ASSESS_VERSION));
}
