/* print.c: a plan in the words of its document, for `rules show` and for derivations. */
#include "plan/plan.h"

typedef struct printer {
    const plan *plan;
    assess_language language;
    buffer *out;
    plan_figure figure; /* prints a node's value instead of its name; NULL: names */
    void *user;
    size_t start;       /* of the formula in out */
    unsigned depth;
    bool cut;
} printer;

/* A formula without names may share its parts so that it is longer than any page: it ends in “…”. */
enum { FORMULA_DEPTH = 48, FORMULA_BYTES = 4096 };

static void say(printer *w, const char *zh, const char *en) { buffer_add_string(w->out, w->language == ASSESS_ZH ? zh : en); }
static void say_label(printer *w, label l) { buffer_add_text(w->out, label_in(l, w->language)); }

static void say_decimal(printer *w, decimal d)
{
    char digits[64];
    buffer_add(w->out, digits, decimal_print(d.coeff, d.scale, digits));
}

static void say_fraction(printer *w, fraction f)
{
    char digits[160];
    buffer_add(w->out, digits, fraction_print(f, digits, sizeof digits));
}

static void say_date(printer *w, date d)
{
    char digits[16];
    buffer_add(w->out, digits, date_print(d, digits));
}

static void say_ballots(printer *w, const ballot_source *s)
{
    static const char *const zh[] = {"的平均分", "的计分票数", "的不计分票数", "的无效票数"};
    static const char *const en[] = {"mean of ", "number of counted ", "number of uncounted ", "number of invalid "};
    bool chinese = w->language == ASSESS_ZH;
    if (!chinese)
        buffer_add_string(w->out, en[s->reducer]);
    say_label(w, w->plan->roles[s->role].words);
    say(w, "评分", " ballots");
    if (s->item != ITEM_TOTAL) {
        say(w, "“", " on “");
        say_label(w, w->plan->items[s->item].words);
        say(w, "”", "”");
    }
    if (chinese)
        buffer_add_string(w->out, zh[s->reducer]);
}

static void say_events(printer *w, const event_source *s)
{
    static const char *const zh[] = {"的次数", "的分值合计", "的数量合计", "的累计月数"};
    static const char *const en[] = {"number of ", "points of ", "amount of ", "months of "};
    if (w->language == ASSESS_EN)
        buffer_add_string(w->out, en[s->reducer]);
    bool first = true;
    for (size_t k = 0; k < w->plan->kind_count; k++) {
        if (!(s->kinds[k / 64] >> (k % 64) & 1))
            continue;
        if (!first)
            say(w, "、", ", ");
        first = false;
        say_label(w, w->plan->kinds[k].words);
    }
    if (s->part == PART_LIABLE)
        say(w, "（作为连带责任人）", " (as the one liable)");
    if (w->language == ASSESS_ZH)
        buffer_add_string(w->out, zh[s->reducer]);
}

void plan_print_rounding(rounding r, assess_language language, buffer *out)
{
    static const char *const zh[] = {"四舍五入", "四舍六入五成双", "只舍不入", "只入不舍"};
    static const char *const en[] = {"rounded half up", "rounded half to even", "rounded down", "rounded up"};
    printer w = {.language = language, .out = out};
    buffer_add_string(out, language == ASSESS_ZH ? zh[r.mode] : en[r.mode]);
    say(&w, "到 ", " to ");
    say_decimal(&w, r.unit);
}

static const char *infix(node_op op, assess_language language)
{
    switch (op) {
    case OP_ADD: return " + ";
    case OP_SUBTRACT: return " − ";
    case OP_MULTIPLY: return " × ";
    case OP_DIVIDE: return " ÷ ";
    case OP_AT_LEAST: return language == ASSESS_ZH ? " 达到 " : " is at least ";
    case OP_MORE_THAN: return language == ASSESS_ZH ? " 超过 " : " is more than ";
    case OP_AT_MOST: return language == ASSESS_ZH ? " 不超过 " : " is at most ";
    case OP_LESS_THAN: return language == ASSESS_ZH ? " 不满 " : " is less than ";
    case OP_EXACTLY: return language == ASSESS_ZH ? " 等于 " : " is exactly ";
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
    case OP_BOTH: case OP_EITHER: case OP_NOT_BELOW: case OP_NOT_ABOVE: case OP_OR_ELSE: case OP_ROUND: return 1;
    case OP_WHEN: return 0;
    default: return 5;
    }
}

static bool is_junction(node_op op) { return op == OP_BOTH || op == OP_EITHER; }

/* a − (b + c), a, not below (b, not above c), (a or b) and c. */
static bool needs_brackets(node_op parent, node_op child, bool second)
{
    bool one_way = parent == OP_SUBTRACT || parent == OP_DIVIDE || parent == OP_NOT_BELOW || parent == OP_NOT_ABOVE ||
                   parent == OP_OR_ELSE;
    return binding(child) < binding(parent) + (second && one_way) ||
           (is_junction(parent) && is_junction(child) && parent != child);
}

static void say_formula(printer *w, node_id id);

static void say_argument(printer *w, node_id parent, int i)
{
    const node *n = &w->plan->nodes[parent], *arg = &w->plan->nodes[n->args[i]];
    bool leaf = plan_operation(arg->op)->arity == 0 && arg->op != OP_CONSTANT;
    if (w->figure && (leaf || arg->name.en.length)) {
        w->figure(w->user, n->args[i], w->out);
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

static void say_operation(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    const char *between = infix(n->op, w->language);
    if (between) {
        say_argument(w, id, 0);
        if (w->cut)
            return;
        buffer_add_string(w->out, between);
        say_argument(w, id, 1);
        return;
    }
    switch (n->op) {
    case OP_CONSTANT: say_fraction(w, n->constant); break;
    case OP_BALLOTS: say_ballots(w, &w->plan->ballots[n->source]); break;
    case OP_EVENTS: say_events(w, &w->plan->events[n->source]); break;
    case OP_MONTHS_IN_POST: say(w, "在岗整月数", "whole months in post"); break;
    case OP_ROUND:
        say_argument(w, id, 0);
        say(w, "，", ", ");
        plan_print_rounding(n->round, w->language, w->out);
        break;
    case OP_NOT:
        say(w, "不符合：", "not ");
        say_argument(w, id, 0);
        break;
    case OP_WHEN:
        say(w, "如 ", "if ");
        say_argument(w, id, 0);
        say(w, " 则 ", " then ");
        say_argument(w, id, 1);
        say(w, " 否则 ", " else ");
        say_argument(w, id, 2);
        break;
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
    plan_print_figures(p, id, language, NULL, NULL, out);
}

void plan_print_figures(const plan *p, node_id id, assess_language language, plan_figure figure, void *user, buffer *out)
{
    printer w = {.plan = p, .language = language, .out = out, .figure = figure, .user = user, .start = out->length};
    say_formula(&w, id);
}

void plan_print_node(const plan *p, node_id id, assess_language language, buffer *out)
{
    if (p->nodes[id].name.en.length)
        buffer_add_text(out, label_in(p->nodes[id].name, language));
    else
        plan_print_formula(p, id, language, out);
}

/* --- the whole scheme --- */

static void start_line(printer *w, origin at)
{
    text number = plan_clause_number(w->plan, at);
    buffer_add_string(w->out, "  ");
    buffer_add_text(w->out, number);
    size_t columns = text_columns(number);
    do
        buffer_add_char(w->out, ' ');
    while (++columns < 14);
}

static void end_line(printer *w) { buffer_add_char(w->out, '\n'); }

static void describe_head(printer *w)
{
    const plan *p = w->plan;
    say_label(w, p->title);
    buffer_add_string(w->out, "  (");
    buffer_add_text(w->out, p->id);
    buffer_add_string(w->out, ")\n");
    say(w, "依据：", "Source: ");
    say_label(w, p->source);
    end_line(w);
    if (p->effective != DATE_NONE) {
        say(w, "施行日期：", "In force: from ");
        say_date(w, p->effective);
        end_line(w);
    }
    say(w, "对象：", "Subjects: ");
    say(w, p->of_units ? "单位" : "人员", p->of_units ? "units" : "people");
    end_line(w);
}

static void describe_param(printer *w, const plan_param *q)
{
    start_line(w, q->at);
    buffer_add_text(w->out, q->name);
    buffer_add_string(w->out, " = ");
    if (q->is_choice)
        buffer_add_text(w->out, q->choice);
    else
        say_decimal(w, q->value);
    buffer_add_string(w->out, "  ");
    say_label(w, q->words);
    say(w, "；可取 ", "; may be ");
    for (size_t i = 0; i < q->choice_count; i++) {
        if (i)
            say(w, "、", ", ");
        buffer_add_text(w->out, q->choices[i]);
    }
    if (!q->is_choice) {
        say_decimal(w, q->minimum);
        say(w, " 至 ", " to ");
        say_decimal(w, q->maximum);
    }
    say(w, "；默认 ", "; default ");
    buffer_add_text(w->out, q->default_text);
    end_line(w);
}

static void describe_options(printer *w, const plan_item *item)
{
    for (size_t i = 0; i < item->option_count; i++) {
        const plan_option *o = &item->options[i];
        if (i)
            say(w, "、", ", ");
        buffer_add_text(w->out, o->id);
        buffer_add_char(w->out, ' ');
        say_label(w, o->words);
        buffer_add_char(w->out, ' ');
        if (o->counted)
            say_decimal(w, o->points);
        else
            say(w, "不计", "not counted");
    }
}

static void describe_item(printer *w, const plan_item *item)
{
    start_line(w, item->at);
    buffer_add_text(w->out, item->id);
    buffer_add_string(w->out, "  ");
    say_label(w, item->words);
    buffer_add_string(w->out, "  ");
    if (item->option_count) {
        describe_options(w, item);
    } else {
        buffer_add_string(w->out, "0–");
        say_decimal(w, item->maximum);
        say(w, " 分", " points");
    }
    if (item->lenient)
        say(w, "；空白或多选为无效票", "; a blank or doubly marked ballot is invalid");
    end_line(w);
}

static void describe_role(printer *w, const plan_role *role)
{
    start_line(w, role->at);
    buffer_add_text(w->out, role->id);
    buffer_add_string(w->out, "  ");
    say_label(w, role->words);
    if (!role->used)
        say(w, "  （不计分）", "  (known, not counted)");
    if (role->signed_)
        say(w, "  （署名）", "  (signed)");
    end_line(w);
}

static void describe_grade(printer *w, const plan_grade *g)
{
    start_line(w, g->at);
    buffer_add_text(w->out, g->id);
    buffer_add_string(w->out, "  ");
    say_label(w, g->words);
    say(w, "  自 ", "  from ");
    say_decimal(w, g->from);
    if (g->has_printed_to) {
        say(w, "，印至 ", ", printed up to ");
        say_decimal(w, g->printed_to);
    }
    end_line(w);
}

/* The formula, unless it says no more than the words. */
static void say_meaning(printer *w, const statement *s)
{
    buffer formula = {0};
    if (s->node != NODE_NONE)
        plan_print_formula(w->plan, s->node, w->language, &formula);
    if (formula.length && !text_equal(buffer_text(&formula), label_in(s->words, w->language))) {
        buffer_add_string(w->out, " = ");
        buffer_add_text(w->out, buffer_text(&formula));
    }
    w->out->failed |= formula.failed;
    buffer_free(&formula);
}

static void describe_statement(printer *w, const statement *s)
{
    static const char *const zh[] = {"", "得分", "不参加考评", "一票否决", "", "排名"};
    static const char *const en[] = {"", "score", "not assessed", "veto", "", "rank"};
    if (s->kind == STATEMENT_GRADES)
        return;
    start_line(w, s->at);
    say(w, zh[s->kind], en[s->kind]);
    if (s->kind != STATEMENT_STEP)
        say(w, "：", ": ");
    say_label(w, s->words);
    say_meaning(w, s);
    if (s->kind == STATEMENT_VETO) {
        say(w, "，最高评为", " → the grade is at most ");
        say_label(w, w->plan->grades[s->best].words);
    }
    end_line(w);
}

static void heading(printer *w, size_t count, const char *zh, const char *en)
{
    if (count) {
        end_line(w);
        say(w, zh, en);
        end_line(w);
    }
}

void plan_describe(const plan *p, assess_language language, buffer *out)
{
    printer w = {.plan = p, .language = language, .out = out};
    describe_head(&w);
    heading(&w, p->param_count, "参数（--set 名称=值）", "Parameters (--set NAME=VALUE)");
    for (size_t i = 0; i < p->param_count; i++)
        describe_param(&w, &p->params[i]);
    heading(&w, p->item_count, "评分项目", "Items of a ballot");
    for (size_t i = 0; i < p->item_count; i++)
        describe_item(&w, &p->items[i]);
    heading(&w, p->role_count, "考评人角色", "Roles of raters");
    for (size_t i = 0; i < p->role_count; i++)
        describe_role(&w, &p->roles[i]);
    heading(&w, p->kind_count, "事项类型", "Kinds of events");
    for (size_t i = 0; i < p->kind_count; i++) {
        start_line(&w, p->kinds[i].at);
        buffer_add_text(out, p->kinds[i].id);
        buffer_add_string(out, "  ");
        say_label(&w, p->kinds[i].words);
        end_line(&w);
    }
    heading(&w, p->statement_count, "计算与规定", "Statements");
    for (size_t i = 0; i < p->statement_count; i++)
        describe_statement(&w, &p->statements[i]);
    heading(&w, p->grade_count, "等次", "Grades");
    for (size_t i = 0; i < p->grade_count; i++)
        describe_grade(&w, &p->grades[i]);
}
