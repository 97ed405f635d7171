/* tables.c: which tables a result has, in the order of a report. */
#include "report/tables_parts.h"
#include "report/votes.h"

struct result_table {
    void (*make)(const table_request *q, grid *g);
    uint32_t which;
    finding_kind kind;
};

static void add(result_tables *t, const char *id, result_table item)
{
    char *kept = arena_text(&t->memory, id, text_of(id).length);
    size_t capacity = t->capacity;
    if (!kept || !MEM_RESERVE(t->items, capacity, t->count + 1) || !MEM_RESERVE(t->ids, t->capacity, t->count + 1)) {
        t->failed = true;
        return;
    }
    t->items[t->count] = item;
    t->ids[t->count++] = kept;
}

static void add_named(result_tables *t, const char *id, text behind, result_table item)
{
    buffer name = {0};
    buffer_add_string(&name, id);
    buffer_add_char(&name, ':');
    buffer_add_text(&name, behind);
    buffer_add_char(&name, '\0');
    if (name.failed)
        t->failed = true;
    else
        add(t, name.bytes, item);
    buffer_free(&name);
}

/* Of the first level the plain id, of the second "ranking:units". */
static void add_level(result_tables *t, const result *r, const char *id, uint32_t level, void (*make)(const table_request *, grid *))
{
    result_table item = {.make = make, .which = level};
    if (level == 0)
        add(t, id, item);
    else
        add_named(t, id, r->plan->levels[level].id, item);
}

static void add_outcomes(const result *r, result_tables *t)
{
    for (uint32_t l = 0; l < r->plan->level_count; l++) {
        if (r->plan->levels[l].grade_count)
            add_level(t, r, "grades", l, table_grades);
        if (r->plan->levels[l].score != SIZE_MAX)
            add_level(t, r, "distribution", l, table_distribution);
    }
    if (!r->plan->of_units)
        add(t, "units", (result_table){.make = table_units});
    for (uint32_t l = 0; l < r->plan->level_count; l++)
        if (r->plan->levels[l].rank != SIZE_MAX)
            add_level(t, r, "ranking", l, table_ranking);
}

static bool has_statement(const plan *p, statement_kind kind)
{
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].kind == kind)
            return true;
    return false;
}

static bool has_gaps(const plan *p)
{
    for (size_t i = 0; i < p->grade_count; i++)
        if (p->grades[i].has_printed_to)
            return true;
    return false;
}

static void add_subjects(const result *r, result_tables *t)
{
    const plan *p = r->plan;
    add(t, "decide", (result_table){.make = table_decide});
    if (r->decided_count) {
        add(t, "decisions", (result_table){.make = table_decisions});
        if (p->levels[0].grade_count)
            add(t, "calibration", (result_table){.make = table_calibration});
    }
    if (has_statement(p, STATEMENT_EXCLUDE))
        add(t, "excluded", (result_table){.make = table_findings, .kind = FINDING_EXCLUDED});
    add(t, "incomplete", (result_table){.make = table_findings, .kind = FINDING_MISSING});
    if (has_statement(p, STATEMENT_VETO))
        add(t, "vetoes", (result_table){.make = table_findings, .kind = FINDING_VETO});
    if (has_gaps(p))
        add(t, "gaps", (result_table){.make = table_findings, .kind = FINDING_GAP});
    for (uint32_t l = 0; l < p->level_count; l++)
        if (p->levels[l].rank != SIZE_MAX)
            add_level(t, r, "ties", l, table_ties);
}

static void add_numbered(result_tables *t, const char *id, size_t number, result_table item)
{
    char digits[64];
    add_named(t, id, (text){digits, decimal_print((int128)number, 0, digits)}, item);
}

static void add_quotas_and_lists(const result *r, result_tables *t)
{
    size_t quotas = 0;
    for (uint32_t s = 0; s < r->plan->statement_count; s++)
        if (r->plan->statements[s].kind == STATEMENT_QUOTA)
            add_numbered(t, "quota", ++quotas, (result_table){.make = table_quota, .which = s});
    for (uint32_t l = 0; l < r->plan->list_count; l++)
        add_named(t, "list", r->plan->lists[l].id, (result_table){.make = table_list, .which = l});
}

void table_begin_level(const table_request *q, grid *g, message_id title)
{
    grid_begin_word(g, q->id, title, q->language);
    if (q->which == 0)
        return;
    buffer words = {0};
    buffer_add_text(&words, label_in(q->r->plan->levels[q->which].words, q->language));
    buffer_add_string(&words, q->language == ASSESS_ZH ? "" : ": ");
    buffer_add_string(&words, g->title);
    const char *whole = arena_text(&g->memory, words.bytes ? words.bytes : "", words.length);
    g->failed |= words.failed || !whole;
    g->title = whole ? whole : "";
    buffer_free(&words);
}

static void make_clauses(const table_request *q, grid *g)
{
    grid_begin_word(g, q->id, MSG_table_clauses, q->language);
    table_clauses(q->r->plan, g);
}

static void make_parameters(const table_request *q, grid *g)
{
    grid_begin_word(g, q->id, MSG_table_parameters, q->language);
    table_parameters(q->r->plan, g);
}

void result_tables_find(const result *r, result_tables *t)
{
    *t = (result_tables){.count = 0};
    add(t, "results", (result_table){.make = table_results});
    add(t, "summary", (result_table){.make = table_summary});
    add_outcomes(r, t);
    add_subjects(r, t);
    add_quotas_and_lists(r, t);
    if (r->plan->role_count) {
        add(t, "ballots", (result_table){.make = table_ballots});
        if (votes_have_lines(r->plan))
            add(t, "votes", (result_table){.make = table_votes});
        add(t, "raters", (result_table){.make = table_raters});
    }
    add(t, "clauses", (result_table){.make = make_clauses});
    if (r->plan->param_count)
        add(t, "parameters", (result_table){.make = make_parameters});
    add(t, "inputs", (result_table){.make = table_inputs});
    add(t, "about", (result_table){.make = table_about});
}

void result_tables_free(result_tables *t)
{
    mem_free(t->items);
    mem_free(t->ids);
    arena_free(&t->memory);
    *t = (result_tables){.count = 0};
}

void result_table_make(const result *r, const result_tables *all, size_t number, assess_language language, grid *out)
{
    const result_table *t = &all->items[number];
    table_request q = {.r = r, .id = all->ids[number], .language = language, .which = t->which, .kind = t->kind};
    t->make(&q, out);
}
