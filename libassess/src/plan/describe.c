/* describe.c: the whole scheme as a table that somebody who is no programmer can compare with the document and sign. Every row stands
 * beside its clause and is broken at the page's edge under its own beginning. */
#include "plan/page.h"
#include "plan/printer.h"

static void say_id(printer *w, text id, label words)
{
    buffer_add_text(w->out, id);
    buffer_add_string(w->out, "  ");
    say_label(w, words);
}

/* --- declarations --- */

static void describe_param(printer *w, const plan_param *q)
{
    char digits[64];
    buffer_add_text(w->out, q->name);
    buffer_add_string(w->out, " = ");
    buffer_add_text(w->out, plan_param_value(q, digits));
    buffer_add_string(w->out, "  ");
    say_label(w, q->words);
    say(w, "；可取 ", "; may be ");
    for (size_t i = 0; i < q->choice_count; i++) {
        if (i)
            say(w, "、", ", ");
        plan_print_choice(q, q->choices[i], w->language, w->out);
    }
    if (!q->is_choice) {
        buffer_add_decimal(w->out, q->minimum);
        say(w, " 至 ", " to ");
        buffer_add_decimal(w->out, q->maximum);
    }
    say(w, "；默认 ", "; default ");
    buffer_add_text(w->out, q->default_text);
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
            buffer_add_decimal(w->out, o->points);
        else
            say(w, "不计", "not counted");
    }
}

static void describe_item(printer *w, const plan_item *item)
{
    say_id(w, item->id, item->words);
    buffer_add_string(w->out, "  ");
    if (item->option_count) {
        describe_options(w, item);
    } else {
        buffer_add_string(w->out, "0–");
        buffer_add_decimal(w->out, item->maximum);
        say_unit(w, item->maximum.coeff == 1 && !item->maximum.scale, " 分", " point");
    }
    if (item->lenient)
        say(w, "；空白或多选为无效票", "; a blank or doubly marked ballot is invalid");
    if (item->unasked) {
        say(w, "；由", "; judged by ");
        print_roles(w, ~item->unasked);
        say(w, "评", "");
    }
}

static void describe_role(printer *w, const plan_role *role)
{
    say_id(w, role->id, role->words);
    if (!role->used)
        say(w, "  （不计分）", "  (known, not counted)");
    if (role->signed_)
        say(w, "  （署名）", "  (signed)");
    if (role->announced)
        say(w, "  （票数当场公布）", "  (counts announced)");
}

static void describe_kind(printer *w, const plan_kind *kind) { say_id(w, kind->id, kind->words); }

static void say_attribute_kind(printer *w, const plan_attribute *a)
{
    if (a->choices.count) {
        print_set(w, KIND_WORD, a->choices.members, a->choices.count);
        return;
    }
    switch (a->kind) {
    case KIND_NUMBER: say(w, "数字", "a number"); break;
    case KIND_DAY: say(w, "日期", "a day"); break;
    case KIND_MINUTE: say(w, "日期和时间", "a day and time"); break;
    default: say(w, "文本", "a text"); break;
    }
    if (a->bounded) {
        say(w, " ", " from ");
        buffer_add_decimal(w->out, a->minimum);
        say(w, " 至 ", " to ");
        buffer_add_decimal(w->out, a->maximum);
    }
}

static void describe_attribute(printer *w, const plan_attribute *a)
{
    say_id(w, a->id, a->words);
    buffer_add_string(w->out, "  ");
    say_attribute_kind(w, a);
    if (a->needed)
        say(w, "；必填", "; needed");
    if (a->optional)
        say(w, "；可无此列", "; the column may be absent");
}

static void describe_printed(printer *w, node_id figure, const char *zh, const char *en)
{
    if (figure == NODE_NONE)
        return;
    say(w, zh, en);
    plan_print_node(w->plan, figure, w->language, w->out);
}

static void describe_measure(printer *w, const plan_measure *m)
{
    say_id(w, m->id, m->words);
    describe_printed(w, m->target, "  目标 ", "  target ");
    describe_printed(w, m->baseline, "  基数 ", "  baseline ");
    if (m->lower_is_better)
        say(w, "  （越低越好）", "  (lower is better)");
    if (m->optional)
        say(w, "  （可缺）", "  (may be missing)");
}

static void say_top(printer *w, const sheet_rule *rule)
{
    say(w, "；高分（", "; at the top (");
    if (rule->item != ITEM_TOTAL) {
        say(w, "“", "“");
        say_label(w, w->plan->items[rule->item].words);
        say(w, "”", "” ");
    }
    if (rule->top_options) {
        print_options(w, rule->item, rule->top_options);
    } else {
        say(w, "达到 ", "from ");
        buffer_add_decimal(w->out, rule->top_from);
    }
    say(w, "）不超过", ") at most ");
    if (rule->top_share.coeff) {
        say(w, "比例 ", "the share ");
        buffer_add_decimal(w->out, rule->top_share);
    } else {
        say(w, " ", "");
        buffer_add_integer(w->out, rule->top_count);
        say(w, " 张", "");
    }
}

static void describe_sheet_rule(printer *w, const sheet_rule *rule)
{
    say_label(w, rule->words);
    say(w, "（", " (");
    print_roles(w, rule->roles);
    say(w, rule->per_rater ? "，同一考评人的全部评分" : "，逐张", rule->per_rater ? ", all that one rater handed in" : ", each ballot by itself");
    say(w, "）", ")");
    if (rule->complete)
        say(w, "；各项填写完整", "; every item filled");
    if (rule->not_all_same)
        say(w, rule->per_rater ? "；各票总分不全相同" : "；各项得分率不全相同",
            rule->per_rater ? "; not the same total everywhere" : "; not the same share of the maximum in every item");
    if (rule->has_top)
        say_top(w, rule);
}

static void describe_grade(printer *w, const plan_grade *g)
{
    say_id(w, g->id, g->words);
    if (g->has_from) {
        say(w, "  ", "  from ");
        buffer_add_decimal(w->out, g->from);
        say(w, " 分以上", "");
    }
    if (g->has_printed_to) {
        say(w, "（文件写至 ", ", printed up to ");
        buffer_add_decimal(w->out, g->printed_to);
        say(w, " 分）", "");
    }
}

/* --- statements --- */

/* The formula, unless it says no more than the words. */
static void say_meaning(printer *w, const statement *s)
{
    buffer formula = {0};
    bool condition = s->kind == STATEMENT_EXCLUDE || s->kind == STATEMENT_REFUSE || s->kind == STATEMENT_LIST || statement_changes_grade(s->kind);
    if (s->kind == STATEMENT_QUOTA)
        plan_print_quota(w->plan, &w->plan->quotas[s->about], w->language, &formula);
    else if (s->node != NODE_NONE)
        plan_print_formula(w->plan, s->node, w->language, &formula);
    if (formula.length && !text_equal(buffer_text(&formula), label_in(s->words, w->language))) {
        if (s->kind == STATEMENT_QUOTA)
            say(w, "：", ": ");
        else if (condition)
            say(w, "：如 ", ": if ");
        else
            buffer_add_string(w->out, s->words.en.length ? " = " : "");
        buffer_add_text(w->out, buffer_text(&formula));
    }
    w->out->failed |= formula.failed;
    buffer_free(&formula);
}

static void say_limit(printer *w, const statement *s)
{
    switch (s->kind) {
    case STATEMENT_VETO:
    case STATEMENT_CEILING: say(w, "，最高评为", " → the grade is at most "); break;
    case STATEMENT_FLOOR: say(w, "，至少评为", " → the grade is at least "); break;
    case STATEMENT_FORCE: say(w, "，评为", " → the grade is "); break;
    case STATEMENT_NO_GRADE: say(w, "，不定等次", " → no grade"); return;
    default: return;
    }
    say_label(w, w->plan->grades[s->limit].words);
}

text plan_statement_word(statement_kind kind, assess_language language)
{
    static const char *const zh[STATEMENT_COUNT] = {"计算", "得分", "不参加考评", "不予受理", "等次", "一票否决", "等次上限", "等次下限", "直接定等", "不定等次", "名额", "排名", "名单"};
    static const char *const en[STATEMENT_COUNT] = {"step", "score", "not assessed", "refused input", "grade", "veto", "ceiling", "floor", "fixed grade", "no grade", "quota", "rank", "list"};
    return text_of(language == ASSESS_ZH ? zh[kind] : en[kind]);
}

static void describe_statement(printer *w, const statement *s)
{
    static const char *const purposes_zh[] = {"（后续处理）", "（待研究确定）", "（表彰）", "（不得表彰）"};
    static const char *const purposes_en[] = {" (follow-up)", " (for decision)", " (honour)", " (no honour)"};
    if (s->kind != STATEMENT_STEP) {
        buffer_add_text(w->out, plan_statement_word(s->kind, w->language));
        say(w, "：", ": ");
    }
    say_label(w, s->words);
    if (s->kind == STATEMENT_LIST && s->about < w->plan->list_count)
        say(w, purposes_zh[w->plan->lists[s->about].purpose], purposes_en[w->plan->lists[s->about].purpose]);
    say_meaning(w, s);
    say_limit(w, s);
    if (s->kind == STATEMENT_EXCLUDE && s->unknown_keeps)
        say(w, "（无法判断的仍参加考评）", " (unknown: assessed all the same)");
    if (s->kind == STATEMENT_STEP && s->remark)
        say(w, "（不为 0 时列为理由）", " (a reason where it is not 0)");
}

/* The grades are a list of their own; the statement says how the grade is found where that is not by their bands. */
static bool has_row(const plan *p, const statement *s)
{
    return s->kind != STATEMENT_GRADES || (s->node != NODE_NONE && p->nodes[s->node].op != OP_BANDS);
}

void plan_print_statement(const plan *p, const statement *s, assess_language language, buffer *out)
{
    printer w = {.plan = p, .language = language, .out = out};
    describe_statement(&w, s);
}

/* --- the page --- */

typedef struct scheme_page {
    printer w;    /* writes into row */
    buffer row;
    buffer *out;
    size_t clause_columns;
} scheme_page;

static void put_row(scheme_page *s, origin at)
{
    page_row(s->out, plan_clause_number(s->w.plan, at), s->clause_columns, buffer_text(&s->row));
    s->out->failed |= s->row.failed;
    s->row.length = 0;
}

/* A line of the head: no clause. */
static void put_line(scheme_page *s)
{
    page_line(s->out, buffer_text(&s->row), 0);
    s->out->failed |= s->row.failed;
    s->row.length = 0;
}

static void heading(scheme_page *s, size_t count, const char *zh, const char *en)
{
    if (!count)
        return;
    put_line(s);
    say(&s->w, zh, en);
    put_line(s);
}

static void put_subjects(scheme_page *s)
{
    printer *w = &s->w;
    const plan *p = w->plan;
    say(w, "对象：", "Subjects: ");
    for (size_t i = 0; i < p->level_count; i++) {
        if (i)
            say(w, "、", ", ");
        say_label(w, p->levels[i].words);
    }
    put_line(s);
}

/* What becomes of a period in which another version begins. */
static void say_astride(printer *w, plan_astride astride)
{
    static const char *const zh[] = {"跨施行日的考核期按期末施行的规定", "跨施行日的考核期按期初施行的规定", "跨施行日的考核期不予计算"};
    static const char *const en[] = {"a period in which another begins goes by what is in force on its last day",
                                     "a period in which another begins goes by what is in force on its first day",
                                     "a period in which another begins has no result"};
    say(w, zh[astride], en[astride]);
}

static void put_day(scheme_page *s, date d, const char *zh, const char *en)
{
    if (d == DATE_NONE)
        return;
    say(&s->w, zh, en);
    buffer_add_date(s->w.out, d);
    put_line(s);
}

static void put_head(scheme_page *s)
{
    const plan *p = s->w.plan;
    say_label(&s->w, p->title);
    buffer_add_string(&s->row, "  (");
    buffer_add_text(&s->row, p->id);
    buffer_add_string(&s->row, ")");
    put_line(s);
    say(&s->w, "依据：", "Source: ");
    say_label(&s->w, p->source);
    put_line(s);
    put_day(s, p->effective, "施行日期：", "In force: from ");
    put_day(s, p->until, "失效日期：", "In force: until ");
    if (p->effective != DATE_NONE || p->version_count) {
        say(&s->w, "版本：", "Versions: ");
        say_astride(&s->w, p->astride);
        put_line(s);
    }
    put_subjects(s);
}

#define PUT_LIST(s, list, counter, describe)            \
    for (size_t i = 0; i < (s)->w.plan->counter; i++) { \
        describe(&(s)->w, &(s)->w.plan->list[i]);       \
        put_row((s), (s)->w.plan->list[i].at);          \
    }

static void put_versions(scheme_page *s)
{
    const plan *p = s->w.plan;
    heading(s, p->version_count, "按日期的版本（另一版本用 --period 查看）", "Versions by date (--period shows another one)");
    for (size_t i = 0; i < p->version_count; i++) {
        say(&s->w, "起始日期 ", "from ");
        buffer_add_text(&s->row, p->versions[i].all);
        say(&s->w, "；以下为 ", "; what follows is the one of ");
        buffer_add_text(&s->row, p->versions[i].taken);
        say(&s->w, " 起的版本", "");
        if (p->versions[i].within.length) {
            say(&s->w, "（考核期内自 ", " (another one begins within the period, on ");
            buffer_add_text(&s->row, p->versions[i].within);
            say(&s->w, " 起施行另一版本）", ")");
        }
        if (p->versions[i].astride != p->astride) {
            say(&s->w, "；", "; ");
            say_astride(&s->w, p->versions[i].astride);
        }
        put_row(s, p->versions[i].at);
    }
}

static void put_declarations(scheme_page *s)
{
    const plan *p = s->w.plan;
    heading(s, p->param_count, "参数（文件未定或可选之处的取法；可用 --set 名称=值 设定）",
            "Parameters (readings where the document is silent or leaves a choice; --set NAME=VALUE)");
    PUT_LIST(s, params, param_count, describe_param)
    heading(s, p->item_count, "评分项目", "Items of a ballot");
    PUT_LIST(s, items, item_count, describe_item)
    heading(s, p->role_count, "考评人角色", "Roles of raters");
    PUT_LIST(s, roles, role_count, describe_role)
    heading(s, p->sheet_rule_count, "计票要求（不符合的按无效票）", "Sheets that count (others are invalid)");
    PUT_LIST(s, sheet_rules, sheet_rule_count, describe_sheet_rule)
    heading(s, p->kind_count, "事项类型", "Kinds of events");
    PUT_LIST(s, kinds, kind_count, describe_kind)
    heading(s, p->attribute_count, "人员表的列", "Columns of people");
    PUT_LIST(s, attributes, attribute_count, describe_attribute)
    heading(s, p->measure_count, "指标", "Measures");
    PUT_LIST(s, measures, measure_count, describe_measure)
}

static void put_level_heading(scheme_page *s, uint32_t level)
{
    put_line(s);
    say(&s->w, "计算与规定", "Statements");
    if (s->w.plan->level_count > 1) {
        say(&s->w, "：", ": ");
        say_label(&s->w, s->w.plan->levels[level].words);
        if (s->w.plan->levels[level].category.length) {
            say(&s->w, "（类别为“", " (category “");
            buffer_add_text(&s->row, s->w.plan->levels[level].category);
            say(&s->w, "”）", "”)");
        }
    }
    put_line(s);
}

static void put_level(scheme_page *s, uint32_t level)
{
    const plan *p = s->w.plan;
    put_level_heading(s, level);
    for (size_t i = 0; i < p->statement_count; i++) {
        if (p->statements[i].level != level || !has_row(p, &p->statements[i]))
            continue;
        describe_statement(&s->w, &p->statements[i]);
        put_row(s, p->statements[i].at);
    }
    heading(s, p->levels[level].grade_count, "等次", "Grades");
    for (uint32_t g = 0; g < p->levels[level].grade_count; g++) {
        describe_grade(&s->w, &p->grades[p->levels[level].first_grade + g]);
        put_row(s, p->grades[p->levels[level].first_grade + g].at);
    }
}

static void put_signature(scheme_page *s)
{
    put_line(s);
    say(&s->w, "以上与文件核对无误：", "Compared with the document and found right:");
    put_line(s);
    put_line(s);
    say(&s->w, "姓名：__________________  日期：______________  签字：__________________",
        "Name: __________________  Date: ______________  Signature: __________________");
    put_line(s);
}

static size_t clause_columns(const plan *p)
{
    size_t columns = PAGE_CLAUSE_LEAST;
    for (size_t i = 0; i < p->clause_count; i++) {
        size_t own = text_columns(p->clauses[i].number);
        columns = own > columns && own <= PAGE_CLAUSE_MOST ? own : columns;
    }
    return columns;
}

void plan_describe(const plan *p, assess_language language, buffer *out)
{
    scheme_page s = {.w = {.plan = p, .language = language}, .out = out, .clause_columns = clause_columns(p)};
    s.w.out = &s.row;
    put_head(&s);
    put_versions(&s);
    put_declarations(&s);
    for (uint32_t l = 0; l < p->level_count; l++)
        put_level(&s, l);
    put_signature(&s);
    buffer_free(&s.row);
}
