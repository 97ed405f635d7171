/* print.c: a formula of a plan in the words of its document. */
#include <string.h>

#include "plan/printer.h"

/* A formula without names may share its parts so that it is longer than any page: it ends in “…”. */
enum { FORMULA_DEPTH = 48, FORMULA_BYTES = 4096 };

void plan_print_rounding(rounding r, assess_language language, buffer *out)
{
    static const char *const zh[] = {"四舍五入", "四舍六入五成双", "只舍不入", "只入不舍"};
    static const char *const en[] = {"rounded half up", "rounded half to even", "rounded down", "rounded up"};
    printer w = {.language = language, .out = out};
    buffer_add_string(out, language == ASSESS_ZH ? zh[r.mode] : en[r.mode]);
    say(&w, "到 ", " to ");
    buffer_add_decimal(out, r.unit);
}

static const char *day_words(node_op op, assess_language language)
{
    switch (op) {
    case OP_AT_LEAST: return language == ASSESS_ZH ? " 不早于 " : " is not before ";
    case OP_MORE_THAN: return language == ASSESS_ZH ? " 晚于 " : " is after ";
    case OP_AT_MOST: return language == ASSESS_ZH ? " 不晚于 " : " is not after ";
    case OP_LESS_THAN: return language == ASSESS_ZH ? " 早于 " : " is before ";
    default: return language == ASSESS_ZH ? " 即为 " : " is ";
    }
}

static bool is_time(value_kind kind) { return kind == KIND_DAY || kind == KIND_MINUTE; }

static const char *infix(node_op op, value_kind of, assess_language language)
{
    if (op >= OP_AT_LEAST && op <= OP_EXACTLY)
        return is_time(of) ? day_words(op, language) : comparison_words(op, language);
    switch (op) {
    case OP_ADD: return " + ";
    case OP_SUBTRACT: return " − ";
    case OP_MULTIPLY: return " × ";
    case OP_DIVIDE: return " ÷ ";
    case OP_BOTH: return language == ASSESS_ZH ? " 且 " : " and ";
    case OP_EITHER: return language == ASSESS_ZH ? " 或 " : " or ";
    case OP_NOT_BELOW: return language == ASSESS_ZH ? "，最低 " : ", not below ";
    case OP_NOT_ABOVE: return language == ASSESS_ZH ? "，最高 " : ", not above ";
    case OP_OR_ELSE: return language == ASSESS_ZH ? "，没有的按 " : ", or where there is none ";
    default: return NULL;
    }
}

static int binding(node_op op)
{
    switch (op) {
    case OP_MULTIPLY: case OP_DIVIDE: return 4;
    case OP_ADD: case OP_SUBTRACT: return 3;
    case OP_AT_LEAST: case OP_MORE_THAN: case OP_AT_MOST: case OP_LESS_THAN: case OP_EXACTLY: return 2;
    case OP_BOTH: case OP_EITHER: case OP_NOT_BELOW: case OP_NOT_ABOVE: case OP_OR_ELSE: case OP_ROUND: case OP_WEIGHTED: return 1;
    case OP_WHEN: case OP_TABLE: return 0;
    default: return 5;
    }
}

static bool is_junction(node_op op) { return op == OP_BOTH || op == OP_EITHER; }

/* a − (b + c), a, not below (b, not above c), (a or b) and c. */
static bool needs_brackets(node_op parent, node_op child, bool second)
{
    bool one_way = parent == OP_SUBTRACT || parent == OP_DIVIDE || parent == OP_NOT_BELOW || parent == OP_NOT_ABOVE ||
                   parent == OP_OR_ELSE;
    if (parent == OP_WEIGHTED)
        return binding(child) < binding(OP_MULTIPLY);
    if (parent == OP_TABLE) /* a table in a row of another one, and a condition, would run on into the next row */
        return binding(child) == 0;
    return binding(child) < binding(parent) + (second && one_way) ||
           (is_junction(parent) && is_junction(child) && parent != child);
}

static void say_formula(printer *w, node_id id);

static bool is_copy(const node *a, const node *b)
{
    bool same = a->op == b->op && a->arg_count == b->arg_count && a->source == b->source;
    for (uint32_t i = 0; same && i < a->arg_count; i++)
        same = a->args[i] == b->args[i];
    return same;
}

/* The grade as a statement leaves it: its formula would say again what all the statements before it do. */
static bool is_grade_after(const plan *p, node_id id, bool argument)
{
    const node *n = &p->nodes[id];
    for (size_t s = 0; n->kind == KIND_GRADE && !op_is_source(n->op) && s < p->statement_count; s++) {
        const statement *t = &p->statements[s];
        bool gives = statement_changes_grade(t->kind) || (argument && t->kind == STATEMENT_GRADES);
        bool named = argument && n->name.en.length; /* a step, which has its own words */
        if (gives && t->after != NODE_NONE && (t->after == id || (!named && is_copy(n, &p->nodes[t->after]))))
            return true;
    }
    return false;
}

static void say_argument(printer *w, node_id parent, int i)
{
    const node *n = &w->plan->nodes[parent], *arg = &w->plan->nodes[n->args[i]];
    bool leaf = (op_is_source(arg->op) || op_is_from_others(arg->op) || arg->op == OP_EACH) && arg->op != OP_CONSTANT;
    leaf |= arg->op == OP_TABLE && arg->kind != KIND_GRADE; /* what it gives for this subject; its rows stand in the formula */
    bool grade = is_grade_after(w->plan, n->args[i], true);
    if (w->figure && (leaf || grade || arg->name.en.length)) {
        w->figure(w->user, n->args[i], w->out);
        return;
    }
    if (grade) {
        say(w, "等次", "the grade");
        return;
    }
    if (arg->name.en.length) {
        say_label(w, arg->name);
        return;
    }
    bool wrap = needs_brackets(n->op, arg->op, i == 1);
    if (wrap)
        buffer_add_char(w->out, '(');
    say_formula(w, n->args[i]);
    if (wrap && !w->cut)
        buffer_add_char(w->out, ')');
}

static bool has_room(printer *w)
{
    if (!w->cut && w->depth < FORMULA_DEPTH && w->out->length - w->start < FORMULA_BYTES)
        return true;
    if (!w->cut)
        buffer_add_string(w->out, "…");
    w->cut = true;
    return false;
}

static void say_row_key(printer *w, const plan_table *t, const table_row *row)
{
    if (row->otherwise) {
        say(w, "其他", "otherwise");
    } else if (t->key == KIND_NUMBER) {
        say(w, row->above ? "超过 " : "达到 ", row->above ? "more than " : "from ");
        buffer_add_decimal(w->out, row->from);
    } else {
        print_set(w, t->key, row->words, row->word_count);
    }
}

static uint32_t taken_argument(const printer *w, node_id id) { return w->choice ? w->choice(w->user, id) : 0; }

/* 按 类别：领导 0.4，其他 0.3 */
static void say_table(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    const plan_table *t = &w->plan->tables[n->source];
    if (!t->row_count) {
        say(w, "不定等次", "no grade");
        return;
    }
    say(w, "按 ", "by ");
    say_argument(w, id, 0);
    say(w, "：", ": ");
    uint32_t taken = taken_argument(w, id);
    for (uint32_t i = 0, said = 0; i < t->row_count && !w->cut; i++) {
        if (taken && taken != i + 1)
            continue;
        if (said++)
            say(w, "；", "; ");
        say_row_key(w, t, &t->rows[i]);
        buffer_add_string(w->out, " → ");
        say_argument(w, id, (int)i + 1);
    }
    if (t->linear && !w->cut)
        say(w, "；其间按直线插入", "; between them on a straight line");
}

/* A × 0.3 + B × 0.7（缺项的权重按比例分给其余各项） */
static void say_weighted(printer *w, node_id id)
{
    for (uint32_t a = 0; a < w->plan->nodes[id].arg_count && !w->cut; a += 2) {
        buffer_add_string(w->out, a ? " + " : "");
        say_argument(w, id, (int)a);
        buffer_add_string(w->out, " × ");
        say_argument(w, id, (int)a + 1);
    }
    if (!w->cut && w->plan->nodes[id].source)
        say(w, "（缺项的权重按比例分给其余各项）", " (the weight of what is missing is shared among the others)");
}

/* Of figures, only the branch that was taken. */
static void say_choice(printer *w, node_id id)
{
    uint32_t taken = taken_argument(w, id);
    say(w, "如 ", "if ");
    say_argument(w, id, 0);
    if (taken != 2) {
        say(w, " 则 ", " then ");
        say_argument(w, id, 1);
    }
    if (taken != 1) {
        say(w, " 否则 ", " else ");
        say_argument(w, id, 2);
    }
}

static void say_between(printer *w, node_id id, const char *zh, const char *en)
{
    say(w, "", en);
    say(w, "", " from ");
    say_argument(w, id, 0);
    say(w, " 至 ", " to ");
    if (w->cut)
        return;
    say_argument(w, id, 1);
    say(w, zh, "");
}

/* A 1 of the rule file, forwards or back; a parameter goes by its name. */
static bool is_single(const node *n)
{
    return n->op == OP_CONSTANT && !n->source && n->constant.den == 1 && (n->constant.num == 1 || n->constant.num == -1);
}

/* Some days before: a constant below 0. */
static bool say_earlier(printer *w, node_id id, const char *zh, const char *en)
{
    const node *days = &w->plan->nodes[w->plan->nodes[id].args[1]];
    if (days->op != OP_CONSTANT || fraction_sign(days->constant) >= 0)
        return false;
    char digits[160];
    fraction back = {-days->constant.num, days->constant.den};
    say(w, " 前 ", " − ");
    buffer_add(w->out, digits, fraction_print(back, digits, sizeof digits));
    say_unit(w, is_single(days), zh, en);
    return true;
}

static void say_later(printer *w, node_id id, const char *zh, const char *en)
{
    say_argument(w, id, 0);
    if (say_earlier(w, id, zh, en))
        return;
    say(w, " 后 ", " + ");
    if (w->cut)
        return;
    say_argument(w, id, 1);
    say_unit(w, is_single(&w->plan->nodes[w->plan->nodes[id].args[1]]), zh, en);
}

static void say_two_digits(printer *w, int n)
{
    buffer_add_char(w->out, (char)('0' + n / 10));
    buffer_add_char(w->out, (char)('0' + n % 10));
}

static void say_clock(printer *w, int minute_of_day)
{
    say_two_digits(w, minute_of_day / 60);
    buffer_add_char(w->out, ':');
    say_two_digits(w, minute_of_day % 60);
}

static void say_at(printer *w, node_id id)
{
    say_argument(w, id, 0);
    say(w, " ", " ");
    say_clock(w, (int)w->plan->nodes[w->plan->nodes[id].args[1]].constant.num);
}

/* The cohort, where it is not simply everybody who takes part. */
static void say_cohort(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    if (w->plan->nodes[n->args[0]].op == OP_TAKES_PART)
        return;
    say(w, "（限于 ", " (among those with: ");
    say_argument(w, id, 0);
    say(w, "）", ")");
}

static void say_keys(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    const group_source *g = &w->plan->groups[n->source];
    for (uint32_t i = 1; i < n->arg_count && !w->cut; i++) {
        if (i > 1)
            say(w, "，再按 ", ", then by ");
        say_argument(w, id, (int)i);
        /* the better grade has the lower number */
        if (g->op == GROUP_PLACE && (g->low_first >> (i - 1) & 1) != (w->plan->nodes[n->args[i]].kind == KIND_GRADE))
            say(w, "（由低到高）", " (from low to high)");
    }
}

static void say_allot(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    const group_source *g = &w->plan->groups[n->source];
    say_argument(w, id, 1);
    say(w, "，", ", ");
    plan_print_rounding(g->round, w->language, w->out);
    say(w, "；如 ", "; if ");
    if (w->cut)
        return;
    say_argument(w, id, 2);
    say(w, "，则在", ": a whole share by largest remainder within ");
    print_key(w, g->pool, g->pool_attribute);
    say(w, "中按最大余数分配", "");
}

static void say_group(printer *w, node_id id)
{
    static const char *const zh[] = {"人数", "合计", "平均", "中位数", "最高", "最低", "名次", "抽签次序"};
    static const char *const en[] = {"number", "sum", "mean", "median", "highest", "lowest", "place", "place in the draw"};
    const node *n = &w->plan->nodes[id];
    const group_source *g = &w->plan->groups[n->source];
    if (g->op == GROUP_ALLOT) {
        say_allot(w, id);
        return;
    }
    say(w, "", en[g->op]);
    say(w, "", " within ");
    print_key(w, g->key, g->attribute);
    say_cohort(w, id);
    if (n->arg_count > 1 && !w->cut) {
        say(w, g->op == GROUP_DRAW ? "以种子“" : "中“", g->op == GROUP_DRAW ? " with the seed “" : " of “");
        say_keys(w, id);
        say(w, "”的", "”");
    }
    say(w, zh[g->op], "");
}

static void say_among(printer *w, node_id id, bool is)
{
    const node *n = &w->plan->nodes[id];
    const plan_set *set = &w->plan->sets[n->source];
    say_argument(w, id, 0);
    say(w, is ? "为" : "不为", is ? " is " : " is not ");
    print_set(w, w->plan->nodes[n->args[0]].kind, set->members, set->count);
}

/* "rank is not head", "there is no score"; any other condition is only called wrong. */
static void say_not(printer *w, node_id id)
{
    const node *of = &w->plan->nodes[w->plan->nodes[id].args[0]];
    if (of->op == OP_AMONG && !of->name.en.length) {
        say_among(w, w->plan->nodes[id].args[0], false);
        return;
    }
    if (of->op == OP_KNOWN && !of->name.en.length) {
        say(w, "没有", "there is no ");
        say_argument(w, w->plan->nodes[id].args[0], 0);
        return;
    }
    say(w, "不符合：", "not ");
    say_argument(w, id, 0);
}

static void say_worse(printer *w, node_id id, const char *zh, const char *en)
{
    say_argument(w, id, 0);
    say(w, zh, en);
    if (!w->cut)
        say_argument(w, id, 1);
}

static void say_each(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    say(w, "按函数计算（", "a function of (");
    for (uint32_t i = 0; i < n->arg_count && !w->cut; i++) {
        if (i)
            say(w, "、", ", ");
        say_argument(w, id, (int)i);
    }
    say(w, "）", ")");
}

/* A condition that has to be known to hold is said once. */
static bool is_known_and(const plan *p, const node *n)
{
    const node *first = n->op == OP_BOTH ? &p->nodes[n->args[0]] : n;
    return first->op == OP_KNOWN && n->op == OP_BOTH && first->args[0] == n->args[1];
}

/* "the unit's score"; of "the grade so far" the article goes. */
static void say_of_unit(printer *w, node_id id)
{
    say(w, "所在单位的", "the unit's ");
    size_t start = w->out->length;
    say_argument(w, id, 0);
    text article = w->language == ASSESS_ZH ? TEXT("至此的") : TEXT("the ");
    char *said = w->out->bytes + start;
    if (w->out->failed || w->out->length < start + article.length || memcmp(said, article.bytes, article.length) != 0)
        return;
    w->out->length -= article.length;
    memmove(said, said + article.length, w->out->length - start);
}

/* A dispatch: one line or two for every operation. */
static void say_operation(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    if (is_grade_after(w->plan, id, false)) {
        say(w, "等次", "the grade");
        return;
    }
    if (is_known_and(w->plan, n)) {
        say_argument(w, id, 1);
        return;
    }
    const char *between = n->arg_count == 2 ? infix(n->op, w->plan->nodes[n->args[0]].kind, w->language) : NULL;
    if (op_is_source(n->op)) {
        print_source(w, n);
        return;
    }
    if (between) {
        say_argument(w, id, 0);
        if (w->cut)
            return;
        buffer_add_string(w->out, between);
        say_argument(w, id, 1);
        return;
    }
    switch (n->op) {
    case OP_ROUND:
        say_argument(w, id, 0);
        say(w, "，", ", ");
        plan_print_rounding(n->round, w->language, w->out);
        break;
    case OP_NOT:
        say_not(w, id);
        break;
    case OP_KNOWN:
        say(w, "有", "there is ");
        say_argument(w, id, 0);
        break;
    case OP_WHEN: say_choice(w, id); break;
    case OP_AMONG: say_among(w, id, true); break;
    case OP_TABLE: say_table(w, id); break;
    case OP_WEIGHTED: say_weighted(w, id); break;
    case OP_BANDS:
        say_argument(w, id, 0);
        say(w, "对应的等次", ": the grade of the band");
        break;
    case OP_LOWER: say_worse(w, id, "，至多 ", ", at most "); break;
    case OP_HIGHER: say_worse(w, id, "，至少 ", ", at least "); break;
    case OP_NEXT_GRADE:
        say(w, "", "one grade below ");
        say_argument(w, id, 0);
        say(w, "的下一等次", "");
        break;
    case OP_MONTHS: say_between(w, id, "的整月数", "whole months"); break;
    case OP_DAYS: say_between(w, id, "的天数", "days"); break;
    case OP_WORKDAYS: say_between(w, id, "的工作日数", "working days"); break;
    case OP_MINUTES: say_between(w, id, "的分钟数", "minutes"); break;
    case OP_PLUS_DAYS: say_later(w, id, " 天", " day"); break;
    case OP_PLUS_WORKDAYS: say_later(w, id, " 个工作日", " working day"); break;
    case OP_PLUS_MONTHS: say_later(w, id, " 个月", " month"); break;
    case OP_AT: say_at(w, id); break;
    case OP_GROUP: say_group(w, id); break;
    case OP_TIED:
        say(w, "与“", "how many share “");
        say_argument(w, id, 0);
        say(w, "”并列的人数", "”");
        break;
    case OP_OF_UNIT:
        say_of_unit(w, id);
        break;
    case OP_EACH: say_each(w, id); break;
    default: break;
    }
}

static void say_formula(printer *w, node_id id)
{
    if (!has_room(w))
        return;
    w->depth++;
    say_operation(w, id);
    w->depth--;
}

void plan_print_formula(const plan *p, node_id id, assess_language language, buffer *out)
{
    plan_print_figures(p, id, language, NULL, NULL, NULL, out);
}

void plan_print_figures(const plan *p, node_id id, assess_language language, plan_figure figure, plan_choice choice, void *user, buffer *out)
{
    printer w = {.plan = p, .language = language, .out = out, .figure = figure, .choice = choice, .user = user, .start = out->length};
    say_formula(&w, id);
}

void plan_print_node(const plan *p, node_id id, assess_language language, buffer *out)
{
    if (p->nodes[id].name.en.length)
        buffer_add_text(out, label_in(p->nodes[id].name, language));
    else
        plan_print_formula(p, id, language, out);
}
