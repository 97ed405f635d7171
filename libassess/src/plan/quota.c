/* quota.c: a quota in the words of its document: how many, in which order, and what becomes of ties and of those beyond it. */
#include "plan/printer.h"

static void say_grades(printer *w, const plan_quota *q)
{
    for (uint32_t g = q->grade; g <= q->last_grade; g++) {
        if (g > q->grade)
            say(w, "、", ", ");
        say_label(w, w->plan->grades[g].words);
    }
}

static void say_ties(printer *w, const plan_quota *q)
{
    static const char *const zh[] = {"；界线上并列的都评给", "；界线上并列的都不评给", "；界线上并列的列出待定"};
    static const char *const en[] = {"; all who tie at the line get it", "; nobody who ties at the line gets it",
                                     "; who ties at the line is listed for decision"};
    say(w, zh[q->tie], en[q->tie]);
}

static void say_overflow(printer *w, const plan_quota *q)
{
    if (q->overflow_lists) {
        say(w, "；超出的保留等次并列出待定", "; who is beyond it keeps the grade and is listed for decision");
        return;
    }
    say(w, "；超出的评为", "; who is beyond it gets ");
    say_label(w, w->plan->grades[q->last_grade + 1].words);
}

static void say_node(printer *w, node_id id, const char *zh_before, const char *en_before, const char *zh_behind, const char *en_behind)
{
    if (id == NODE_NONE)
        return;
    say(w, zh_before, en_before);
    plan_print_node(w->plan, id, w->language, w->out);
    say(w, zh_behind, en_behind);
}

static void say_key(printer *w, group_key key, uint32_t attribute)
{
    if (key == GROUP_BY_BATCH)
        say(w, "全体", "all");
    else if (key == GROUP_BY_UNIT)
        say(w, "本单位", "the unit");
    else
        say_label(w, w->plan->attributes[attribute].words);
}

/* 15% */
static void say_rate(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    if (n->op == OP_CONSTANT)
        buffer_add_percent(w->out, n->constant);
    else
        plan_print_node(w->plan, id, w->language, w->out);
}

static void say_amount(printer *w, const plan_quota *q)
{
    const group_source *places = &w->plan->groups[q->group];
    say_grades(w, q);
    say(w, q->at_least ? "（含更低等次）至少 " : "至多 ", q->at_least ? " (or worse) at least " : " at most ");
    if (q->rate == NODE_NONE)
        plan_print_node(w->plan, q->exact, w->language, w->out);
    else
        say_rate(w, q->rate);
    say(w, q->rate == NODE_NONE ? " 人，在" : "（占基数的比例），在", q->rate == NODE_NONE ? " within " : " of the base within ");
    say_key(w, places->key, places->attribute);
    say(w, "内", "");
    say_node(w, q->counted, "，基数为 ", ", the base being those with ", "的人数", "");
    say_node(w, q->among, "，限于 ", ", for those with ", "", "");
    if (q->round.unit.coeff) {
        say(w, "，", ", ");
        plan_print_rounding(q->round, w->language, w->out);
    }
    say_node(w, q->least, "，不少于 ", ", never fewer than ", " 人", "");
}

static void say_pool(printer *w, const plan_quota *q)
{
    if (q->minimum_base == NODE_NONE)
        return;
    say_node(w, q->minimum_base, "；基数不足 ", "; groups with a base below ", " 的，在", " share by largest remainder within ");
    say_key(w, q->pool, q->pool_attribute);
    say(w, "中合并，按最大余数分配", "");
}

static void say_order(printer *w, const plan_quota *q)
{
    const node *place = &w->plan->nodes[q->place];
    say(w, "；次序：", "; order: ");
    for (uint32_t a = 1; a < place->arg_count; a++) {
        say(w, a > 1 ? "，再按 " : "", a > 1 ? ", then by " : "");
        plan_print_node(w->plan, place->args[a], w->language, w->out);
        /* the better grade has the lower number */
        if ((w->plan->groups[q->group].low_first >> (a - 1) & 1) != (w->plan->nodes[place->args[a]].kind == KIND_GRADE))
            say(w, "（由低到高）", " (from low to high)");
    }
}

void plan_print_quota(const plan *p, const plan_quota *q, assess_language language, buffer *out)
{
    printer w = {.plan = p, .language = language, .out = out};
    say_amount(&w, q);
    say_pool(&w, q);
    say_order(&w, q);
    if (q->at_least) {
        say(&w, "；未达下限的，依次列出待定", "; while it is not reached, who is next in line is listed for decision");
        return;
    }
    say_ties(&w, q);
    say_overflow(&w, q);
}
