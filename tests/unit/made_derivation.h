/* made_derivation: derivations of made runs, and statements that a test adds to a plan by itself. */
#ifndef MADE_DERIVATION_H
#define MADE_DERIVATION_H

#include "explain/explain.h"
#include "made_run.h"

/* The page or the JSON, owned by the caller. */
static inline char *derived(const made_run *m, uint32_t subject, assess_language language, bool as_json, unsigned smallest)
{
    derivation d;
    buffer out = {0};
    assert_true(explain_subject(m->r, subject, language, smallest, &d));
    (as_json ? explain_json : explain_text)(&d, &out);
    explain_free(&d);
    buffer_add_char(&out, '\0');
    assert_false(out.failed);
    return out.bytes;
}

static inline void made_says(const made_run *m, uint32_t subject, assess_language language, const char *words, bool expected,
                             const char *file, int line)
{
    char *out = derived(m, subject, language, false, 0);
    if ((strstr(out, words) != NULL) != expected)
        print_error("%s '%s' in\n%s\n", expected ? "missing" : "not expected:", words, out);
    _assert_int_equal(strstr(out, words) != NULL, expected, file, line);
    mem_free(out);
}
#define assert_says(m, subject, words) made_says((m), (subject), ASSESS_EN, (words), true, __FILE__, __LINE__)
#define assert_says_zh(m, subject, words) made_says((m), (subject), ASSESS_ZH, (words), true, __FILE__, __LINE__)
#define assert_says_not(m, subject, words) made_says((m), (subject), ASSESS_EN, (words), false, __FILE__, __LINE__)

/* --- statements added to the plan; plan_settle when all are there --- */

static inline node_id plan_op(plan *p, node n)
{
    node_id id = plan_add(p, n);
    assert_int_not_equal(id, NODE_NONE);
    return id;
}
#define PLAN_OP(p, its_op, ...)                                                                                           \
    plan_op((p), (node){.op = OP_##its_op, .args = (const node_id[]){__VA_ARGS__}, .arg_count = sizeof((const node_id[]){__VA_ARGS__}) / sizeof(node_id)})

static inline node_id plan_figure_of(plan *p, int64_t num, int64_t den) { return plan_add(p, (node){.op = OP_CONSTANT, .constant = fraction_of(num, den)}); }

static inline uint32_t plan_grade_number(const plan *p, const char *id)
{
    uint32_t g = 0;
    while (g < p->grade_count && !text_equal(p->grades[g].id, text_of(id)))
        g++;
    return g;
}

static inline statement *plan_say(plan *p, statement s)
{
    statement *fresh = PLAN_APPEND(p, statements, statement_count, statement_capacity);
    assert_non_null(fresh);
    *fresh = s;
    return fresh;
}

/* The grade is held, given or taken away where the condition holds. */
static inline void plan_limit(plan *p, statement_kind kind, node_id condition, const char *grade, label words)
{
    uint32_t number = grade ? plan_grade_number(p, grade) : 0;
    node_id before = p->levels[0].grade;
    node_id limit = plan_op(p, (node){.op = OP_CONSTANT, .kind = KIND_GRADE, .constant = fraction_of(number, 1)});
    node_id held = kind == STATEMENT_FORCE ? limit
                                           : plan_op(p, (node){.op = kind == STATEMENT_FLOOR ? OP_HIGHER : OP_LOWER, .args = (const node_id[]){before, limit}, .arg_count = 2});
    node_id args[3] = {PLAN_OP(p, BOTH, PLAN_OP(p, KNOWN, condition), condition), held, before};
    node_id after = plan_op(p, (node){.op = OP_WHEN, .args = args, .arg_count = 3, .kind = KIND_GRADE});
    plan_say(p, (statement){.kind = kind, .node = condition, .before = before, .after = after, .words = words, .limit = number});
    p->levels[0].grade = after;
}

static inline node_id plan_group(plan *p, group_op op, group_key key, const node_id *args, uint32_t count)
{
    group_source *g = PLAN_APPEND(p, groups, group_count, group_capacity);
    assert_non_null(g);
    *g = (group_source){.op = op, .key = key};
    return plan_op(p, (node){.op = OP_GROUP, .args = args, .arg_count = count, .source = (uint32_t)(p->group_count - 1)});
}

/* At most so large a share of the unit may have the grade, by score; who is over gets the next one. */
static inline void plan_quota_of(plan *p, const char *grade, int64_t percent, quota_tie tie, label words)
{
    plan_quota q = {.grade = plan_grade_number(p, grade), .last_grade = plan_grade_number(p, grade), .tie = tie, .at_line = NODE_NONE,
                    .counted = NODE_NONE, .among = NODE_NONE, .least = NODE_NONE, .minimum_base = NODE_NONE, .have = NODE_NONE,
                    .round = {ROUND_HALF_UP, {1, 0}}};
    plan_set *set = PLAN_APPEND(p, sets, set_count, set_capacity);
    assert_non_null(set);
    set->members = arena_alloc(&p->memory, sizeof *set->members);
    set->members[0] = q.grade;
    set->count = 1;
    node_id before = p->levels[0].grade, score = p->statements[p->levels[0].score].node, part = plan_takes_part(p, 0, (origin){0, 0, 0});
    q.base = plan_group(p, GROUP_COUNT_OF, GROUP_BY_UNIT, &part, 1);
    q.rate = plan_figure_of(p, percent, 100);
    q.exact = PLAN_OP(p, MULTIPLY, q.base, q.rate);
    q.allowed = plan_op(p, (node){.op = OP_ROUND, .args = &q.exact, .arg_count = 1, .round = q.round});
    node_id has = plan_op(p, (node){.op = OP_AMONG, .args = &before, .arg_count = 1, .source = (uint32_t)(p->set_count - 1)});
    q.eligible = PLAN_OP(p, BOTH, part, has);
    q.place = plan_group(p, GROUP_PLACE, GROUP_BY_UNIT, (const node_id[]){q.eligible, score}, 2);
    q.group = (uint32_t)(p->group_count - 1);
    q.tied = PLAN_OP(p, TIED, q.place);
    q.over = PLAN_OP(p, MORE_THAN, q.place, q.allowed);
    node_id end = PLAN_OP(p, SUBTRACT, PLAN_OP(p, ADD, q.place, q.tied), plan_figure_of(p, 1, 1));
    if (tie == TIE_LIST)
        q.at_line = PLAN_OP(p, BOTH, PLAN_OP(p, AT_MOST, q.place, q.allowed), PLAN_OP(p, MORE_THAN, end, q.allowed));
    node_id args[3] = {PLAN_OP(p, BOTH, PLAN_OP(p, KNOWN, q.over), q.over), PLAN_OP(p, NEXT_GRADE, before), before};
    node_id after = plan_op(p, (node){.op = OP_WHEN, .args = args, .arg_count = 3, .kind = KIND_GRADE});
    plan_quota *kept = PLAN_APPEND(p, quotas, quota_count, quota_capacity);
    assert_non_null(kept);
    *kept = q;
    plan_say(p, (statement){.kind = STATEMENT_QUOTA, .node = q.over, .before = before, .after = after, .words = words, .limit = q.grade,
                            .about = (uint32_t)(p->quota_count - 1)});
    p->levels[0].grade = after;
}

static inline void plan_settle(plan *p)
{
    assess_error err = {0};
    assert_int_equal(plan_order(p, &err), ASSESS_OK);
}

#define MADE_WORDS(chinese, english) ((label){TEXT(chinese), TEXT(english)})

#endif
