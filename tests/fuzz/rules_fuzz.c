/* rules_fuzz.c: any bytes as a rule file, as the file that it uses, and as the cases of a fixed scheme. Whatever they are, the load
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

static void check_error(assess_status status, const assess_error *err)
{
    HOLDS(status == ASSESS_E_RULES && err->status == status);
    HOLDS(err->message[ASSESS_EN][0] && err->message[ASSESS_ZH][0] && err->file[0] && err->line > 0);
}

static void check_origin(const plan *p, origin at)
{
    HOLDS(at.file < p->file_count && at.clause < p->clause_count);
}

static void check_plan(const plan *p)
{
    HOLDS(p->node_count <= PLAN_MAX_NODES && p->statement_count <= PLAN_MAX_STATEMENTS && p->score < p->statement_count);
    for (node_id id = 0; id < p->node_count; id++) {
        const node *n = &p->nodes[id];
        check_origin(p, n->at);
        HOLDS(n->op != OP_BALLOTS || n->source < p->ballot_count);
        HOLDS(n->op != OP_EVENTS || n->source < p->event_count);
        for (int i = 0; i < plan_operation(n->op)->arity; i++)
            HOLDS(n->args[i] < id && (n->op == OP_WHEN || p->nodes[n->args[i]].kind == plan_operation(n->op)->takes));
    }
    for (size_t i = 0; i < p->statement_count; i++)
        check_origin(p, p->statements[i].at);
}

static void load_rules(text bytes)
{
    rules_request request = {.file_name = TEXT("fuzz.lua"), .bytes = bytes, .period = TEXT("2026"), .resolve = resolve, .user = &bytes};
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    text bytes = {size ? (const char *)data : "", size};
    load_rules(bytes);
    load_cases(bytes);
    return 0;
}
