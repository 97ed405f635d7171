/* limits.c: grades that are given, held and taken away, lists of people, and input that is refused. */
#include <string.h>

#include "rules/loader.h"

static bool same_figure(const node *a, const node *b)
{
    return a->op == b->op && a->source == b->source && a->arg_count == b->arg_count &&
           memcmp(a->args, b->args, a->arg_count * sizeof *a->args) == 0;
}

/* The grade at this place under a name of its own, one node however often it is asked for: tables by it are told to be by the
 * same. */
static node_id grade_so_far(lua_State *L)
{
    const plan *p = loader_of(L)->plan;
    label words = {TEXT("至此的等次"), TEXT("the grade so far")};
    node_id before = grade_before(L);
    sandbox_charge(L, 1 + (p->node_count - before) / 8);
    for (node_id id = before + 1; id < p->node_count; id++)
        if (text_equal(p->nodes[id].name.en, words.en) && same_figure(&p->nodes[id], &p->nodes[before]))
            return id;
    return named(L, before, words);
}

/* grade "competent": that grade; grade(): the grade as it stands at this place of the document. */
static int word_grade(lua_State *L)
{
    bool of_id = lua_gettop(L) > 0;
    push_symbol_of(L, of_id ? grade_constant(L, need_grade(L, need_text(L, 1, "grade")))
                            : grade_so_far(L));
    return 1;
}

/* The table at 1 with its words, and the condition or grade that stands first in it. */
static node_id read_statement(lua_State *L, const char *word_name, const char *fields, symbol_kind kind, label *words)
{
    need_table(L, 1, word_name);
    check_fields(L, 1, word_name, fields, 1);
    *words = require_label(L, 1, word_name);
    return first_symbol(L, kind, word_name)->node;
}

/* grade_by { figure, zh = …, en = … }: for grades without bands. */
static int word_grade_by(lua_State *L)
{
    plan_level *l = current_level(L);
    label words;
    node_id id = read_statement(L, "grade_by", "zh en", SYMBOL_GRADE, &words);
    if (l->grades == SIZE_MAX || l->grade != NODE_NONE)
        refuse(L, message_of(l->grades == SIZE_MAX ? MSG_rules_grade_not_yet : MSG_rules_grade_by_again));
    add_statement(L, (statement){.kind = STATEMENT_GRADES, .node = id, .before = NODE_NONE, .after = id, .words = words});
    l->grades = loader_of(L)->plan->statement_count - 1;
    l->grade = id;
    return 0;
}

/* The most severe wins, whatever the order of the facts: what raises a grade stands before what holds it down. */
static void check_order(lua_State *L)
{
    const plan *p = loader_of(L)->plan;
    for (size_t i = 0; i < p->statement_count; i++) {
        statement_kind k = p->statements[i].kind;
        if (p->statements[i].level == loader_of(L)->level && (k == STATEMENT_VETO || k == STATEMENT_CEILING || k == STATEMENT_NO_GRADE))
            refuse(L, message_of1(MSG_rules_floor_behind, p->statements[i].words.zh));
    }
}

static int limit(lua_State *L, statement_kind kind, const char *word_name, const char *fields, const char *field)
{
    label words;
    node_id condition = read_statement(L, word_name, fields, SYMBOL_TRUTH, &words);
    uint32_t grade = need_grade(L, require_text(L, 1, field, word_name));
    if (kind == STATEMENT_FLOOR)
        check_order(L);
    limit_grade(L, kind, condition, grade, words);
    return 0;
}

static int word_ceiling(lua_State *L) { return limit(L, STATEMENT_CEILING, "ceiling", "at_most zh en", "at_most"); }
static int word_floor(lua_State *L) { return limit(L, STATEMENT_FLOOR, "floor", "at_least zh en", "at_least"); }
static int word_force(lua_State *L) { return limit(L, STATEMENT_FORCE, "force", "is zh en", "is"); }

/* A grade that nobody has: a table without rows. */
static node_id no_grade_at_all(lua_State *L, node_id before)
{
    plan *p = loader_of(L)->plan;
    plan_table *t = PLAN_APPEND(p, tables, table_count, table_capacity);
    if (!t)
        no_memory(L);
    t->key = KIND_GRADE;
    return add_node(L, (node){.op = OP_TABLE, .args = &before, .arg_count = 1, .source = (uint32_t)(p->table_count - 1), .kind = KIND_GRADE});
}

/* no_grade { condition, zh = …, en = … }: takes part, and gets no grade. */
static int word_no_grade(lua_State *L)
{
    label words;
    node_id condition = read_statement(L, "no_grade", "zh en", SYMBOL_TRUTH, &words);
    change_grade_where(L, (statement){.kind = STATEMENT_NO_GRADE, .node = condition, .words = words}, no_grade_at_all(L, grade_before(L)));
    return 0;
}

/* refuse { condition, zh = …, en = … }: for whom it holds, the input is wrong. */
static int word_refuse(lua_State *L)
{
    label words;
    node_id condition = read_statement(L, "refuse", "zh en", SYMBOL_TRUTH, &words);
    add_statement(L, (statement){.kind = STATEMENT_REFUSE, .node = condition, .before = NODE_NONE, .after = NODE_NONE, .words = words});
    return 0;
}

/* --- lists --- */

static list_purpose read_purpose(lua_State *L)
{
    static const char *const names[] = {"follow_up", "decision", "honour", "no_honour"};
    text given = require_text(L, 1, "purpose", "list");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_equal(given, text_of(names[i])))
            return (list_purpose)i;
    refuse_word_of(L, given, TEXT("follow_up, decision, honour, no_honour"));
    return LIST_FOLLOW_UP;
}

/* Several statements may put people on one list. */
static uint32_t list_number(lua_State *L, text id, list_purpose purpose)
{
    plan *p = loader_of(L)->plan;
    sandbox_charge(L, 1 + p->list_count / 8);
    for (size_t i = 0; i < p->list_count; i++) {
        if (!text_equal(p->lists[i].id, id))
            continue;
        if (p->lists[i].purpose != purpose)
            refuse(L, message_of1(MSG_rules_list_purpose, id));
        return (uint32_t)i;
    }
    plan_list *fresh = PLAN_APPEND(p, lists, list_count, list_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = (plan_list){id, purpose};
    return (uint32_t)(p->list_count - 1);
}

/* list { "rectify", condition, purpose = "follow_up", zh = …, en = … } */
static int word_list(lua_State *L)
{
    need_table(L, 1, "list");
    check_fields(L, 1, "list", "purpose zh en", 2);
    label words = require_label(L, 1, "list");
    lua_rawgeti(L, 1, 1);
    text id = need_text(L, -1, "list");
    lua_rawgeti(L, 1, 2);
    node_id condition = need_truth(L, -1, "list");
    uint32_t about = list_number(L, id, read_purpose(L));
    add_statement(L, (statement){.kind = STATEMENT_LIST, .node = condition, .before = NODE_NONE, .after = NODE_NONE, .words = words, .about = about});
    return 0;
}

const word limit_words[] = {
    {"grade", word_grade},   {"grade_by", word_grade_by}, {"ceiling", word_ceiling}, {"floor", word_floor}, {"force", word_force},
    {"no_grade", word_no_grade}, {"refuse", word_refuse}, {"list", word_list},       {NULL, NULL},
};
