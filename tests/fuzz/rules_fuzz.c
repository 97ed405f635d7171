/* rules_fuzz.c: any bytes as a rule file, as the file that it uses, as the cases of a fixed scheme, and as a calendar. Whatever they are, the load
 * ends, within its limits, with a plan that holds together or with a sentence that names a place. */
#include <stdlib.h>
#include <string.h>

#include "rules/cases.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(claim) do { if (!(claim)) abort(); } while (0)

static const char scheme[] =
    "scheme { id = 'x', format = 1, title = { zh = 'x', en = 'x' }, source = { zh = 'x', en = 'x' } }\n"
    "items { { 'a', zh = 'a', en = 'a', points = 60 }, { 'b', zh = 'b', en = 'b', points = '40.5' } }\n"
    "roles { 'self', 'peer', 'leader' }\nkinds { { 'fault', zh = 'f', en = 'f' } }\nevents 'fault'\n"
    "local style = param { 'style', choices = { 'up', 'down' }, default = 'up', zh = 's', en = 's' }\n"
    "score { ballots 'peer':total():mean(), round = choose(style, { up = round_up(1), down = round_down(1) }), zh = 's', en = 's' }\n";

static bool resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)name;
    (void)memory;
    *bytes = *(const text *)user;
    *file_name = TEXT("used.lua");
    return true;
}

static bool resolve_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)user;
    (void)memory;
    *bytes = TEXT("date,kind,name\n2026-01-01,holiday,a\n2026-01-04,workday,a\n");
    *file_name = name;
    return true;
}

static void check_error(assess_status status, const assess_error *err)
{
    HOLDS(status == ASSESS_E_RULES && err->status == status);
    HOLDS(err->message[ASSESS_EN][0] && err->message[ASSESS_ZH][0] && err->file[0] && err->line > 0);
}

static void check_origin(const plan *p, origin at)
{
    HOLDS(at.file < p->file_count && at.clause < p->clause_count);
}

static void check_node(const plan *p, node_id id)
{
    const node *n = &p->nodes[id];
    const operation *o = plan_operation(n->op);
    check_origin(p, n->at);
    HOLDS(n->op != OP_BALLOTS || n->source < p->ballot_count);
    HOLDS(n->op != OP_EVENTS || n->source < p->event_count);
    HOLDS(n->op != OP_TABLE || (n->source < p->table_count && n->arg_count == p->tables[n->source].row_count + 1));
    HOLDS(n->op != OP_WORKDAYS || p->calendar);
    HOLDS(o->arity == ARGS_ANY || n->arg_count == (uint32_t)o->arity);
    for (uint32_t i = 0; i < n->arg_count; i++) {
        HOLDS(n->args[i] < p->node_count && (n->args[i] < id || n->op == OP_TAKES_PART));
        HOLDS(o->takes == KIND_SAME || p->nodes[n->args[i]].kind == o->takes);
    }
}

static void check_plan(const plan *p)
{
    HOLDS(p->node_count <= PLAN_MAX_NODES && p->statement_count <= PLAN_MAX_STATEMENTS);
    for (node_id id = 0; id < p->node_count; id++)
        check_node(p, id);
    for (size_t i = 0; i < p->statement_count; i++)
        check_origin(p, p->statements[i].at);
}

static void load_rules(text bytes)
{
    rules_request request = {.file_name = TEXT("fuzz.lua"), .bytes = bytes, .period = TEXT("2026"), .resolve = resolve, .data = resolve_data, .user = &bytes};
    assess_error err = {0};
    plan *p = NULL;
    assess_status status = rules_load(&request, &p, &err);
    HOLDS((status == ASSESS_OK) == (p != NULL));
    if (!p) {
        check_error(status, &err);
        return;
    }
    buffer words = {0};
    check_plan(p);
    plan_describe(p, ASSESS_ZH, &words);
    HOLDS(utf8_invalid_at(words.bytes, words.length) == words.length);
    buffer_free(&words);
    plan_free(p);
}

static void load_cases(text bytes)
{
    rules_request request = {.file_name = TEXT("scheme.lua"), .bytes = text_of(scheme)};
    assess_error err = {0};
    plan *p = NULL;
    case_list cases;
    HOLDS(rules_load(&request, &p, NULL) == ASSESS_OK);
    assess_status status = cases_load(p, TEXT("fuzz.cases.lua"), bytes, &cases, &err);
    if (status)
        check_error(status, &err);
    for (size_t i = 0; !status && i < cases.count; i++)
        HOLDS(cases.items[i].subject_count > 0 && cases.items[i].setting_count <= p->param_count);
    if (!status)
        cases_free(&cases);
    plan_free(p);
}

static void load_calendar(text bytes)
{
    arena memory = {0};
    calendar c;
    message wrong;
    uint32_t line;
    if (calendar_read(bytes, &memory, &c, &wrong, &line)) {
        date to = DATE_NONE;
        HOLDS(c.first <= c.last && calendar_count(&c, c.first, c.last) >= 0);
        HOLDS(!calendar_step(&c, c.first, 1, &to) || calendar_count(&c, c.first, to) == 1);
    } else {
        HOLDS(line > 0 && wrong.id < MESSAGE_COUNT);
    }
    arena_free(&memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    text bytes = {size ? (const char *)data : "", size};
    load_rules(bytes);
    load_cases(bytes);
    load_calendar(bytes);
    return 0;
}
