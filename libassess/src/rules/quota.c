/* quota.c: how many may, or must, have a grade. A quota is nodes of the plan like everything else; plan_quota says which of them is
 * its base, its line, and who is beyond it. */
#include <string.h>

#include "rules/loader.h"

static const char upper_fields[] = "rate number within base round at_least minimum_base pool order tie over among limit zh en";
static const char lower_fields[] = "rate number within base round at_least minimum_base pool order among limit zh en";

/* What the parts of one quota hand to each other. */
typedef struct making {
    plan_quota q;
    node_id before;    /* the grade as it stands before it */
    node_id counted;   /* who belongs to the base */
    label words;
    group_key key;
    uint32_t attribute;
} making;

/* --- fields --- */

/* Whether the field says `first`, or nothing; else it must say `second`. */
static bool one_of_two(lua_State *L, const char *name, const char *first, const char *second, text both)
{
    text said;
    if (!field_text(L, 1, name, &said) || text_equal(said, text_of(first)))
        return true;
    if (!text_equal(said, text_of(second)))
        refuse_word_of(L, said, both);
    return false;
}

static quota_tie read_tie(lua_State *L)
{
    text tie;
    if (!field_text(L, 1, "tie", &tie))
        refuse(L, message_of(MSG_rules_quota_tie));
    if (text_equal(tie, TEXT("all_in")))
        return TIE_ALL_IN;
    if (text_equal(tie, TEXT("all_out")))
        return TIE_ALL_OUT;
    if (!text_equal(tie, TEXT("list")))
        refuse_word_of(L, tie, TEXT("all_in, all_out, list"));
    return TIE_LIST;
}

/* One grade, or a list of them that follow each other. */
static void read_grades(lua_State *L, plan_quota *q)
{
    lua_rawgeti(L, 1, 1);
    bool several = lua_type(L, -1) == LUA_TTABLE;
    if (several)
        check_fields(L, -1, "quota", "", ANY_PLACES);
    size_t n = several ? (size_t)lua_rawlen(L, -1) : 1;
    for (size_t i = 0; i < n; i++) {
        if (several)
            lua_rawgeti(L, -1, (lua_Integer)i + 1);
        uint32_t grade = need_grade(L, need_text(L, -1, "quota"));
        if (several)
            lua_pop(L, 1);
        if (i && grade != q->last_grade + 1)
            refuse(L, message_of(MSG_rules_quota_grades));
        q->grade = i ? q->grade : grade;
        q->last_grade = grade;
    }
    if (!n)
        refuse(L, message_of(MSG_rules_quota_grades));
    lua_pop(L, 1);
}

/* --- names --- */

static text joined(lua_State *L, text words, const char *what)
{
    buffer b = {0};
    sandbox_charge(L, words.length); /* may not return: before anything is held */
    buffer_add_text(&b, words);
    buffer_add_string(&b, what);
    char *kept = b.failed ? NULL : arena_text(&loader_of(L)->plan->memory, b.bytes, b.length);
    text whole = {kept, b.length};
    buffer_free(&b);
    if (!kept)
        no_memory(L);
    return whole;
}

/* The figures of a quota go by its words, so that those of several can be told apart. */
static label figure_name(lua_State *L, const making *m, const char *zh, const char *en)
{
    return (label){joined(L, m->words.zh, zh), joined(L, m->words.en, en)};
}

/* --- conditions --- */

static node_id both(lua_State *L, node_id a, node_id b) { return b == NODE_NONE ? a : add_op2(L, OP_BOTH, a, b); }

/* Whether the grade so far is one of these. */
static node_id has_grade(lua_State *L, const making *m, uint32_t first, uint32_t last)
{
    plan *p = loader_of(L)->plan;
    uint32_t *members = arena_alloc(&p->memory, (last - first + 1) * sizeof *members);
    plan_set *set = members ? PLAN_APPEND(p, sets, set_count, set_capacity) : NULL;
    if (!set)
        no_memory(L);
    *set = (plan_set){members, last - first + 1};
    for (uint32_t g = first; g <= last; g++)
        members[g - first] = g;
    return add_node(L, (node){.op = OP_AMONG, .args = &m->before, .arg_count = 1, .source = (uint32_t)(p->set_count - 1)});
}

static node_id count_of(lua_State *L, const making *m, node_id condition, label name)
{
    group_source how_many;
    memset(&how_many, 0, sizeof how_many);
    how_many.op = GROUP_COUNT_OF;
    how_many.level = loader_of(L)->level;
    how_many.key = m->key;
    how_many.attribute = m->attribute;
    return add_node(L, (node){.op = OP_GROUP, .args = &condition, .arg_count = 1, .source = add_group(L, how_many), .name = name});
}

/* --- how many --- */

static void check_rate(lua_State *L, node_id rate)
{
    const node *n = &loader_of(L)->plan->nodes[rate];
    char digits[160];
    if (n->op != OP_CONSTANT || (fraction_sign(n->constant) >= 0 && fraction_compare(n->constant, fraction_of(1, 1)) <= 0))
        return;
    size_t length = fraction_print(n->constant, digits, sizeof digits);
    refuse(L, message_of1(MSG_rules_quota_rate, (text){digits, length}));
}

static void read_exact(lua_State *L, making *m)
{
    plan_quota *q = &m->q;
    node_id number = field_number(L, 1, "number");
    q->rate = field_number(L, 1, "rate");
    if ((number == NODE_NONE) == (q->rate == NODE_NONE))
        refuse(L, message_of(MSG_rules_quota_amount));
    m->counted = q->counted != NODE_NONE ? q->counted : add_op2(L, OP_BOTH, take_part(L, loader_of(L)->level), add_op1(L, OP_KNOWN, m->before));
    q->base = count_of(L, m, m->counted, figure_name(L, m, "：基数", ": base"));
    q->exact = number;
    if (q->rate == NODE_NONE)
        return;
    check_rate(L, q->rate);
    q->exact = add_op2(L, OP_MULTIPLY, q->base, q->rate);
}

static rounding read_rounding(lua_State *L)
{
    lua_getfield(L, 1, "round");
    if (lua_isnil(L, -1))
        refuse(L, message_of(MSG_rules_quota_rounding));
    rounding r = symbol_need(L, -1, SYMBOL_ROUNDING, "round")->round;
    lua_pop(L, 1);
    if (r.unit.coeff != 1 || r.unit.scale != 0)
        refuse(L, message_of(MSG_rules_quota_rounding));
    return r;
}

/* Whether the group is so small that it shares with others. */
static node_id read_pooled(lua_State *L, const making *m)
{
    node_id smallest = m->q.minimum_base;
    if ((smallest != NODE_NONE) != field_given(L, 1, "pool"))
        refuse(L, message_of(MSG_rules_quota_pool));
    if (smallest == NODE_NONE)
        return NODE_NONE;
    node_id parts[2] = {add_op2(L, OP_MORE_THAN, m->q.base, add_figure(L, 0)), add_op2(L, OP_LESS_THAN, m->q.base, smallest)};
    return add_node(L, (node){.op = OP_BOTH, .args = parts, .arg_count = 2, .name = figure_name(L, m, "：合并计算", ": shares in a pool")});
}

static node_id allot(lua_State *L, making *m, node_id pooled)
{
    plan_quota *q = &m->q;
    group_source shares;
    text pool;
    memset(&shares, 0, sizeof shares);
    shares.op = GROUP_ALLOT;
    shares.level = loader_of(L)->level;
    shares.key = m->key;
    shares.attribute = m->attribute;
    shares.round.mode = q->round.mode;
    shares.round.unit.coeff = q->round.unit.coeff;
    shares.round.unit.scale = q->round.unit.scale;
    field_text(L, 1, "pool", &pool);
    read_group_key(L, pool, &q->pool, &q->pool_attribute);
    shares.pool = q->pool;
    shares.pool_attribute = q->pool_attribute;
    node_id args[3] = {m->counted, q->exact, pooled};
    return add_group_node(L, shares, args, 3);
}

/* Never fewer than at_least, for a group that has anybody and a quota of its own. */
static void raise_allowed(lua_State *L, making *m, node_id pooled)
{
    if (m->q.least == NODE_NONE)
        return;
    node_id own = add_op2(L, OP_MORE_THAN, m->q.base, add_figure(L, 0));
    if (pooled != NODE_NONE)
        own = add_op2(L, OP_BOTH, own, add_op1(L, OP_NOT, pooled));
    node_id args[3] = {own, add_op2(L, OP_NOT_BELOW, m->q.allowed, m->q.least), m->q.allowed};
    m->q.allowed = add_op(L, OP_WHEN, args, 3);
}

static void read_allowed(lua_State *L, making *m)
{
    node_id pooled = read_pooled(L, m);
    m->q.allowed = m->q.exact;
    if (m->q.rate != NODE_NONE || pooled != NODE_NONE || field_given(L, 1, "round")) {
        m->q.round = read_rounding(L);
        m->q.allowed = pooled != NODE_NONE ? allot(L, m, pooled)
                                           : add_node(L, (node){.op = OP_ROUND, .args = &m->q.exact, .arg_count = 1, .round = m->q.round});
    }
    raise_allowed(L, m, pooled);
    node allowed = loader_of(L)->plan->nodes[m->q.allowed];
    allowed.name = figure_name(L, m, "：名额", ": allowed");
    m->q.allowed = add_node(L, allowed);
}

/* --- who --- */

/* Of several grades, the better one comes first whatever the order says. */
static chain read_order(lua_State *L, const making *m)
{
    chain by = read_chain(L, 1, "order", "quota");
    if (m->q.at_least || m->q.grade == m->q.last_grade)
        return by;
    if (by.count == CHAIN_MOST)
        refuse(L, message_of1(MSG_rules_chain, TEXT("order")));
    memmove(by.keys + 1, by.keys, by.count * sizeof *by.keys);
    by.keys[0] = m->before;
    by.low_first = by.low_first << 1 | 1;
    by.count++;
    return by;
}

static void place_eligible(lua_State *L, making *m)
{
    plan_quota *q = &m->q;
    const plan_level *l = current_level(L);
    uint32_t first = q->at_least ? l->first_grade : q->grade, last = q->at_least ? q->grade - 1 : q->last_grade;
    chain by = read_order(L, m);
    q->eligible = both(L, add_op2(L, OP_BOTH, take_part(L, loader_of(L)->level), has_grade(L, m, first, last)), q->among);
    q->place = add_places(L, m->key, m->attribute, q->eligible, &by, q->at_least, figure_name(L, m, "：次序", ": place"));
    q->group = loader_of(L)->plan->nodes[q->place].source;
    q->tied = add_op1(L, OP_TIED, q->place);
}

static void draw_line(lua_State *L, plan_quota *q)
{
    q->over = add_op2(L, OP_MORE_THAN, q->tie == TIE_ALL_OUT ? last_of_tie(L, q->place) : q->place, q->allowed);
    if (q->tie == TIE_LIST)
        q->at_line = add_op2(L, OP_BOTH, add_op2(L, OP_AT_MOST, q->place, q->allowed), add_op2(L, OP_MORE_THAN, last_of_tie(L, q->place), q->allowed));
}

/* Who would have to follow until the lower limit is reached; who ties with the last of them is named as well. */
static void draw_lower_line(lua_State *L, making *m)
{
    const plan_level *l = current_level(L);
    plan_quota *q = &m->q;
    node_id there = has_grade(L, m, q->grade, l->first_grade + l->grade_count - 1);
    q->have = count_of(L, m, add_op2(L, OP_BOTH, take_part(L, loader_of(L)->level), there), figure_name(L, m, "：已有人数", ": number so far"));
    q->over = add_op2(L, OP_AT_MOST, q->place, add_op2(L, OP_SUBTRACT, q->allowed, q->have));
}

/* --- what becomes of them --- */

static node_id grade_after(lua_State *L, const making *m)
{
    const plan_quota *q = &m->q;
    if (q->at_least || q->overflow_lists)
        return m->before;
    node_id moved = q->at_line == NODE_NONE ? q->over : add_op2(L, OP_EITHER, q->over, q->at_line);
    node_id last = add_node(L, (node){.op = OP_CONSTANT, .kind = KIND_GRADE, .constant = fraction_of(q->last_grade, 1)});
    node_id args[3] = {add_op2(L, OP_BOTH, add_op1(L, OP_KNOWN, moved), moved), add_op1(L, OP_NEXT_GRADE, last), m->before};
    return add_node(L, (node){.op = OP_WHEN, .args = args, .arg_count = 3, .kind = KIND_GRADE, .name = figure_name(L, m, "：等次", ": grade")});
}

static void read_limit(lua_State *L, plan_quota *q)
{
    const plan_level *l = current_level(L);
    text id = loader_of(L)->plan->grades[q->at_least ? q->grade : q->last_grade].id;
    if (q->at_least && q->grade == l->first_grade)
        refuse(L, message_of1(MSG_rules_quota_best, id));
    if (q->at_least)
        return;
    q->tie = read_tie(L);
    if (!field_given(L, 1, "over"))
        refuse(L, message_of(MSG_rules_quota_over));
    q->overflow_lists = !one_of_two(L, "over", "next_grade", "list", TEXT("next_grade, list"));
    if (!q->overflow_lists && q->last_grade + 1 >= l->first_grade + l->grade_count)
        refuse(L, message_of1(MSG_rules_quota_lowest, id));
}

static uint32_t keep_quota(lua_State *L, plan_quota q)
{
    plan *p = loader_of(L)->plan;
    plan_quota *fresh = PLAN_APPEND(p, quotas, quota_count, quota_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = q;
    return (uint32_t)(p->quota_count - 1);
}

/* quota { "excellent", rate = 0.15, within = "unit", round = round_down(0), tie = "list", over = "next_grade", zh = …, en = … } */
static int word_quota(lua_State *L)
{
    making m = {.before = NODE_NONE};
    plan_quota *q = &m.q;
    need_table(L, 1, "quota");
    q->at_least = !one_of_two(L, "limit", "at_most", "at_least", TEXT("at_most, at_least"));
    check_fields(L, 1, "quota", q->at_least ? lower_fields : upper_fields, 1);
    m.words = require_label(L, 1, "quota");
    q->at_line = q->have = NODE_NONE;
    q->counted = field_condition(L, 1, "base");
    q->among = field_condition(L, 1, "among");
    q->least = field_number(L, 1, "at_least");
    q->minimum_base = field_number(L, 1, "minimum_base");
    m.before = grade_before(L);
    read_grades(L, q);
    read_within(L, 1, "quota", &m.key, &m.attribute);
    read_limit(L, q);
    read_exact(L, &m);
    read_allowed(L, &m);
    place_eligible(L, &m);
    if (q->at_least)
        draw_lower_line(L, &m);
    else
        draw_line(L, q);
    node_id after = grade_after(L, &m);
    change_grade(L, (statement){.kind = STATEMENT_QUOTA, .node = q->over, .before = m.before, .after = after, .words = m.words,
                                .limit = q->grade, .about = keep_quota(L, *q)});
    return 0;
}

const word quota_words[] = {{"quota", word_quota}, {NULL, NULL}};
