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
enum { FORMULA_DEPTH = 48, FORMULA_BYTES = 4096, MINUTES_OF_DAY = 1440 };

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

static void say_two_digits(printer *w, int n)
{
    buffer_add_char(w->out, (char)('0' + n / 10));
    buffer_add_char(w->out, (char)('0' + n % 10));
}

/* 2026-03-04 08:30 */
static void say_minute(printer *w, int64_t minute)
{
    int64_t of_day = (minute % MINUTES_OF_DAY + MINUTES_OF_DAY) % MINUTES_OF_DAY;
    say_date(w, (date)((minute - of_day) / MINUTES_OF_DAY));
    buffer_add_char(w->out, ' ');
    say_two_digits(w, (int)of_day / 60);
    buffer_add_char(w->out, ':');
    say_two_digits(w, (int)of_day % 60);
}

static void say_list(printer *w, size_t *count)
{
    if ((*count)++)
        say(w, "、", ", ");
}

static void say_word(printer *w, uint32_t number)
{
    if (number >= w->plan->word_count) {
        say(w, "其他", "another");
        return;
    }
    const plan_word *word = &w->plan->words[number];
    if (word->words.en.length)
        say_label(w, word->words);
    else
        buffer_add_text(w->out, word->id);
}

static void say_member(printer *w, value_kind kind, uint32_t number)
{
    if (kind == KIND_GRADE)
        say_label(w, w->plan->grades[number].words);
    else
        say_word(w, number);
}

static void say_set(printer *w, value_kind kind, const uint32_t *members, size_t count)
{
    size_t said = 0;
    for (size_t i = 0; i < count; i++) {
        say_list(w, &said);
        say_member(w, kind, members[i]);
    }
}

static void say_roles(printer *w, uint32_t roles)
{
    size_t said = 0;
    for (size_t r = 0; r < w->plan->role_count; r++) {
        if (!(roles >> r & 1))
            continue;
        say_list(w, &said);
        say_label(w, w->plan->roles[r].words);
    }
}

static void say_options(printer *w, const ballot_source *s)
{
    const plan_item *item = &w->plan->items[s->item];
    size_t said = 0;
    for (size_t o = 0; o < item->option_count; o++) {
        if (!(s->options >> o & 1))
            continue;
        say_list(w, &said);
        say_label(w, item->options[o].words);
    }
}

static void say_trim_row(printer *w, const trim_row *row)
{
    if (row->from > 1) {
        say(w, "满 ", "from ");
        buffer_add_integer(w->out, row->from);
        say(w, " 张时", " ballots on ");
    }
    if (row->share.coeff) {
        say(w, "两端各去掉比例 ", "cutting off the share ");
        say_decimal(w, row->share);
        say(w, "", " at each end");
        return;
    }
    say(w, "去掉 ", "without the ");
    buffer_add_integer(w->out, row->high);
    say(w, " 个最高分、", " highest and the ");
    buffer_add_integer(w->out, row->low);
    say(w, " 个最低分", " lowest");
}

static void say_trim(printer *w, const ballot_source *s)
{
    const plan_trim *t = &w->plan->trims[s->trim];
    say(w, "（", " (");
    for (size_t i = 0; i < t->row_count; i++) {
        if (i)
            say(w, "；", "; ");
        say_trim_row(w, &t->rows[i]);
    }
    say(w, "）", ")");
}

static void say_ballots(printer *w, const ballot_source *s)
{
    static const char *const zh[] = {"的平均分", "的计分票数", "的不计分票数", "的无效票数", "的合计", "的中位数", "的最高分", "的最低分", "的票数"};
    static const char *const en[] = {"mean of ", "number of counted ", "number of uncounted ", "number of invalid ", "sum of ",
                                     "median of ", "highest of ", "lowest of ", "number of "};
    bool chinese = w->language == ASSESS_ZH;
    if (!chinese)
        buffer_add_string(w->out, en[s->reducer]);
    say_roles(w, s->roles);
    if (s->attribute != SOURCE_NONE) {
        say(w, "（", " (");
        say_label(w, w->plan->attributes[s->attribute].words);
        say(w, "为", ": ");
        say_set(w, KIND_WORD, w->plan->sets[s->set].members, w->plan->sets[s->set].count);
        say(w, "）", ")");
    }
    say(w, "评分", " ballots");
    if (s->item != ITEM_TOTAL) {
        say(w, "“", " on “");
        say_label(w, w->plan->items[s->item].words);
        say(w, "”", "”");
    }
    if (s->reducer == BALLOT_CHOSEN) {
        say(w, "选“", " choosing “");
        say_options(w, s);
        say(w, "”", "”");
    }
    if (chinese)
        buffer_add_string(w->out, zh[s->reducer]);
    if (s->trim != SOURCE_NONE)
        say_trim(w, s);
    if (s->least > 1) {
        say(w, "（不足 ", " (fewer than ");
        buffer_add_integer(w->out, s->least);
        say(w, " 张时缺）", ": missing)");
    }
}

static const char *comparison_words(node_op op, assess_language language);

static void say_event_kinds(printer *w, const event_source *s)
{
    size_t said = 0;
    for (size_t k = 0; k < w->plan->kind_count; k++) {
        if (!(s->kinds[k / 64] >> (k % 64) & 1))
            continue;
        say_list(w, &said);
        say_label(w, w->plan->kinds[k].words);
    }
}

static void say_window(printer *w, const event_source *s)
{
    switch (s->window) {
    case WINDOW_ANY: break;
    case WINDOW_PERIOD: say(w, "（考核期内）", " (in the period)"); break;
    case WINDOW_LAST_MONTHS:
        say(w, "（最近 ", " (in the last ");
        buffer_add_integer(w->out, s->months);
        say(w, " 个月内）", " months)");
        break;
    case WINDOW_SPAN:
        say(w, "（", " (");
        say_date(w, s->span.from);
        say(w, " 至 ", " to ");
        say_date(w, s->span.to);
        say(w, "）", ")");
        break;
    }
}

static void say_event_figure(printer *w, event_figure f)
{
    static const char *const zh[] = {"", "分值", "数量", "天数", "工作日数"};
    static const char *const en[] = {"", "points", "amount", "days", "working days"};
    say(w, zh[f], en[f]);
}

static void say_bound(printer *w, const figure_bound *b)
{
    if (b->figure == FIGURE_NONE)
        return;
    say(w, "（", " (");
    say_event_figure(w, b->figure);
    buffer_add_string(w->out, comparison_words(b->comparison, w->language));
    say_decimal(w, b->limit);
    say(w, "）", ")");
}

static void say_events(printer *w, const event_source *s)
{
    static const char *const zh[] = {"的次数", "合计", "最高", "最低", "的累计月数", "的累计天数", "平均"};
    static const char *const en[] = {"number of ", "", "highest ", "lowest ", "months of ", "days of ", "mean "};
    bool of_figure = event_reduces_figure(s->reducer);
    if (w->language == ASSESS_EN) {
        buffer_add_string(w->out, en[s->reducer]);
        say_event_figure(w, of_figure ? s->figure : FIGURE_NONE);
        buffer_add_string(w->out, of_figure ? " of " : "");
    }
    say_event_kinds(w, s);
    if (s->part == PART_LIABLE)
        say(w, "（作为连带责任人）", " (as the one liable)");
    if (s->part == PART_EITHER)
        say(w, "（本人或作为连带责任人）", " (as subject or as the one liable)");
    say_window(w, s);
    say_bound(w, &s->bound);
    if (w->language == ASSESS_ZH) {
        buffer_add_string(w->out, of_figure ? "的" : "");
        say_event_figure(w, of_figure ? s->figure : FIGURE_NONE);
        buffer_add_string(w->out, zh[s->reducer]);
    }
}

static void say_measure(printer *w, const measure_source *s)
{
    static const char *const zh[] = {"", "的目标", "的基数"};
    static const char *const en[] = {"", "target of ", "baseline of "};
    if (w->language == ASSESS_EN)
        buffer_add_string(w->out, en[s->field]);
    say_label(w, w->plan->measures[s->measure].words);
    if (w->language == ASSESS_ZH)
        buffer_add_string(w->out, zh[s->field]);
}

static void say_past_period(printer *w, const past_source *s)
{
    if (s->year == -1)
        say(w, "上年度", "last year");
    else if (s->year == 0)
        say(w, "本年度", "this year");
    else {
        buffer_add_integer(w->out, -s->year);
        say(w, " 年前", " years ago");
    }
    if (s->part.length) {
        buffer_add_char(w->out, ' ');
        buffer_add_text(w->out, s->part);
    }
}

static void say_past(printer *w, const past_source *s)
{
    bool of_one = s->reducer == PAST_SCORE || s->reducer == PAST_GRADE;
    if (of_one) {
        say(w, "", s->reducer == PAST_SCORE ? "score of " : "grade of ");
        say_past_period(w, s);
        say(w, s->reducer == PAST_SCORE ? "得分" : "等次", "");
        return;
    }
    if (s->reducer == PAST_COUNT) {
        say(w, "最近 ", "years among the last ");
        buffer_add_integer(w->out, s->years);
        say(w, " 个年度中", " with ");
    } else {
        say(w, "此前连续", "years in a row before this one with ");
    }
    say_set(w, KIND_GRADE, w->plan->sets[s->set].members, w->plan->sets[s->set].count);
    say(w, "的年数", "");
    if (s->reducer == PAST_IN_A_ROW && s->years) {
        say(w, "（至多 ", " (at most ");
        buffer_add_integer(w->out, s->years);
        say(w, " 年）", ")");
    }
}

static void say_key(printer *w, group_key key, uint32_t attribute)
{
    if (key == GROUP_BY_BATCH) {
        say(w, "全体", "all");
    } else if (key == GROUP_BY_UNIT) {
        say(w, "本单位", "the unit");
    } else {
        say(w, "同一", "the same ");
        say_label(w, w->plan->attributes[attribute].words);
    }
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

static const char *comparison_words(node_op op, assess_language language)
{
    switch (op) {
    case OP_AT_LEAST: return language == ASSESS_ZH ? " 达到 " : " is at least ";
    case OP_MORE_THAN: return language == ASSESS_ZH ? " 超过 " : " is more than ";
    case OP_AT_MOST: return language == ASSESS_ZH ? " 不超过 " : " is at most ";
    case OP_LESS_THAN: return language == ASSESS_ZH ? " 不满 " : " is less than ";
    default: return language == ASSESS_ZH ? " 等于 " : " is exactly ";
    }
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
    case OP_BOTH: case OP_EITHER: case OP_NOT_BELOW: case OP_NOT_ABOVE: case OP_OR_ELSE: case OP_ROUND: return 1;
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
    if (parent == OP_TABLE) /* a table in a row of another one, and a condition, would run on into the next row */
        return binding(child) == 0;
    return binding(child) < binding(parent) + (second && one_way) ||
           (is_junction(parent) && is_junction(child) && parent != child);
}

static void say_formula(printer *w, node_id id);

static void say_argument(printer *w, node_id parent, int i)
{
    const node *n = &w->plan->nodes[parent], *arg = &w->plan->nodes[n->args[i]];
    bool leaf = (op_is_source(arg->op) || op_is_barrier(arg->op) || arg->op == OP_TIED || arg->op == OP_EACH) && arg->op != OP_CONSTANT;
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

static void say_constant(printer *w, const node *n)
{
    switch (n->kind) {
    case KIND_TRUTH: say(w, n->constant.num ? "是" : "否", n->constant.num ? "yes" : "no"); break;
    case KIND_WORD: say_word(w, (uint32_t)n->constant.num); break;
    case KIND_GRADE: say_label(w, w->plan->grades[n->constant.num].words); break;
    case KIND_DAY: say_date(w, (date)n->constant.num); break;
    case KIND_MINUTE: say_minute(w, (int64_t)n->constant.num); break;
    default: say_fraction(w, n->constant); break;
    }
}

static void say_row_key(printer *w, const plan_table *t, const table_row *row)
{
    if (row->otherwise) {
        say(w, "其他", "otherwise");
    } else if (t->key == KIND_NUMBER) {
        say(w, row->above ? "超过 " : "达到 ", row->above ? "more than " : "from ");
        say_decimal(w, row->from);
    } else {
        say_set(w, t->key, row->words, row->word_count);
    }
}

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
    for (size_t i = 0; i < t->row_count && !w->cut; i++) {
        if (i)
            say(w, "；", "; ");
        say_row_key(w, t, &t->rows[i]);
        buffer_add_string(w->out, " → ");
        say_argument(w, id, (int)i + 1);
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

static void say_later(printer *w, node_id id, const char *zh, const char *en)
{
    say_argument(w, id, 0);
    say(w, " 后 ", " + ");
    if (w->cut)
        return;
    say_argument(w, id, 1);
    say(w, zh, en);
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
    say_key(w, g->pool, g->pool_attribute);
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
    say_key(w, g->key, g->attribute);
    say_cohort(w, id);
    if (n->arg_count > 1 && !w->cut) {
        say(w, g->op == GROUP_DRAW ? "以种子“" : "中“", g->op == GROUP_DRAW ? " with the seed “" : " of “");
        say_keys(w, id);
        say(w, "”的", "”");
    }
    say(w, zh[g->op], "");
}

static void say_takes_part(printer *w, const node *n)
{
    if (w->plan->level_count > 1)
        say_label(w, w->plan->levels[n->source].words);
    say(w, "参加考评", w->plan->level_count > 1 ? " take part" : "takes part");
}

static void say_source(printer *w, const node *n)
{
    switch (n->op) {
    case OP_CONSTANT: say_constant(w, n); break;
    case OP_BALLOTS: say_ballots(w, &w->plan->ballots[n->source]); break;
    case OP_EVENTS: say_events(w, &w->plan->events[n->source]); break;
    case OP_ATTRIBUTE: say_label(w, w->plan->attributes[n->source].words); break;
    case OP_MEASURE: say_measure(w, &w->plan->measured[n->source]); break;
    case OP_PAST: say_past(w, &w->plan->past[n->source]); break;
    case OP_PERIOD: say(w, n->source ? "考核期末" : "考核期初", n->source ? "end of the period" : "beginning of the period"); break;
    case OP_MONTHS_IN_POST: say(w, "在岗整月数", "whole months in post"); break;
    case OP_TAKES_PART: say_takes_part(w, n); break;
    default: break;
    }
}

static void say_among(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    const plan_set *set = &w->plan->sets[n->source];
    say_argument(w, id, 0);
    say(w, "为", " is ");
    say_set(w, w->plan->nodes[n->args[0]].kind, set->members, set->count);
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

/* A dispatch: one line or two for every operation. */
static void say_operation(printer *w, node_id id)
{
    const node *n = &w->plan->nodes[id];
    const char *between = n->arg_count == 2 ? infix(n->op, w->plan->nodes[n->args[0]].kind, w->language) : NULL;
    if (op_is_source(n->op)) {
        say_source(w, n);
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
        say(w, "不符合：", "not ");
        say_argument(w, id, 0);
        break;
    case OP_KNOWN:
        say(w, "有", "there is ");
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
    case OP_AMONG: say_among(w, id); break;
    case OP_TABLE: say_table(w, id); break;
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
    case OP_PLUS_DAYS: say_later(w, id, " 天", " days"); break;
    case OP_PLUS_WORKDAYS: say_later(w, id, " 个工作日", " working days"); break;
    case OP_PLUS_MONTHS: say_later(w, id, " 个月", " months"); break;
    case OP_GROUP: say_group(w, id); break;
    case OP_TIED:
        say(w, "与“", "how many share “");
        say_argument(w, id, 0);
        say(w, "”并列的人数", "”");
        break;
    case OP_OF_UNIT:
        say(w, "所在单位的", "the unit's ");
        say_argument(w, id, 0);
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
    if (p->until != DATE_NONE) {
        say(w, "失效日期：", "In force: until ");
        say_date(w, p->until);
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

static void say_attribute_kind(printer *w, const plan_attribute *a)
{
    if (a->choices.count) {
        say_set(w, KIND_WORD, a->choices.members, a->choices.count);
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
        say_decimal(w, a->minimum);
        say(w, " 至 ", " to ");
        say_decimal(w, a->maximum);
    }
}

static void describe_attribute(printer *w, const plan_attribute *a)
{
    start_line(w, a->at);
    buffer_add_text(w->out, a->id);
    buffer_add_string(w->out, "  ");
    say_label(w, a->words);
    buffer_add_string(w->out, "  ");
    say_attribute_kind(w, a);
    if (a->needed)
        say(w, "；必填", "; needed");
    if (a->optional)
        say(w, "；可无此列", "; the column may be absent");
    end_line(w);
}

static void describe_measure(printer *w, const plan_measure *m)
{
    start_line(w, m->at);
    buffer_add_text(w->out, m->id);
    buffer_add_string(w->out, "  ");
    say_label(w, m->words);
    if (m->lower_is_better)
        say(w, "  （越低越好）", "  (lower is better)");
    if (m->optional)
        say(w, "  （可缺）", "  (may be missing)");
    end_line(w);
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
        say_options(w, &(ballot_source){.item = rule->item, .options = rule->top_options});
    } else {
        say(w, "达到 ", "from ");
        say_decimal(w, rule->top_from);
    }
    say(w, "）不超过", ") at most ");
    if (rule->top_share.coeff) {
        say(w, "比例 ", "the share ");
        say_decimal(w, rule->top_share);
    } else {
        say(w, " ", "");
        buffer_add_integer(w->out, rule->top_count);
        say(w, " 张", "");
    }
}

static void describe_sheet(printer *w, const sheet_rule *rule)
{
    start_line(w, rule->at);
    say_label(w, rule->words);
    say(w, "（", " (");
    say_roles(w, rule->roles);
    say(w, rule->per_rater ? "，同一考评人的全部评分" : "，逐张", rule->per_rater ? ", all that one rater handed in" : ", each ballot by itself");
    say(w, "）", ")");
    if (rule->complete)
        say(w, "；各项填写完整", "; every item filled");
    if (rule->not_all_same)
        say(w, rule->per_rater ? "；各票总分不全相同" : "；各项得分率不全相同",
            rule->per_rater ? "; not the same total everywhere" : "; not the same share of the maximum in every item");
    if (rule->has_top)
        say_top(w, rule);
    end_line(w);
}

static void describe_grade(printer *w, const plan_grade *g)
{
    start_line(w, g->at);
    buffer_add_text(w->out, g->id);
    buffer_add_string(w->out, "  ");
    say_label(w, g->words);
    if (g->has_from) {
        say(w, "  自 ", "  from ");
        say_decimal(w, g->from);
    }
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
    if (s->kind == STATEMENT_QUOTA)
        plan_print_quota(w->plan, &w->plan->quotas[s->about], w->language, &formula);
    else if (s->node != NODE_NONE)
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
    static const char *const zh[STATEMENT_COUNT] = {"", "得分", "不参加考评", "不予受理", "等次", "一票否决", "等次上限", "等次下限", "直接定等", "不定等次", "名额", "排名", "名单"};
    static const char *const en[STATEMENT_COUNT] = {"", "score", "not assessed", "refused input", "grade", "veto", "ceiling", "floor", "fixed grade", "no grade", "quota", "rank", "list"};
    if (s->kind == STATEMENT_GRADES && (s->node == NODE_NONE || w->plan->nodes[s->node].op == OP_BANDS))
        return;
    start_line(w, s->at);
    say(w, zh[s->kind], en[s->kind]);
    if (s->kind != STATEMENT_STEP)
        say(w, "：", ": ");
    say_label(w, s->words);
    say_meaning(w, s);
    if (s->kind >= STATEMENT_VETO && s->kind <= STATEMENT_FORCE) {
        say(w, s->kind == STATEMENT_FLOOR ? "，至少评为" : s->kind == STATEMENT_FORCE ? "，直接评为" : "，最高评为",
            s->kind == STATEMENT_FLOOR ? " → the grade is at least " : s->kind == STATEMENT_FORCE ? " → the grade is " : " → the grade is at most ");
        say_label(w, w->plan->grades[s->limit].words);
    }
    end_line(w);
}

/* Whom the statements behind it are about. */
static void describe_level(printer *w, const plan_level *l)
{
    buffer_add_string(w->out, "  ");
    say_label(w, l->words);
    if (l->category.length) {
        say(w, "（类别为“", " (category “");
        buffer_add_text(w->out, l->category);
        say(w, "”）", "”)");
    }
    say(w, "：", ":");
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
    heading(&w, p->attribute_count, "人员表的列", "Columns of people");
    for (size_t i = 0; i < p->attribute_count; i++)
        describe_attribute(&w, &p->attributes[i]);
    heading(&w, p->measure_count, "指标", "Measures");
    for (size_t i = 0; i < p->measure_count; i++)
        describe_measure(&w, &p->measures[i]);
    heading(&w, p->sheet_rule_count, "计票要求（不符合的按无效票）", "Sheets that count (others are invalid)");
    for (size_t i = 0; i < p->sheet_rule_count; i++)
        describe_sheet(&w, &p->sheet_rules[i]);
    heading(&w, p->kind_count, "事项类型", "Kinds of events");
    for (size_t i = 0; i < p->kind_count; i++) {
        start_line(&w, p->kinds[i].at);
        buffer_add_text(out, p->kinds[i].id);
        buffer_add_string(out, "  ");
        say_label(&w, p->kinds[i].words);
        end_line(&w);
    }
    heading(&w, p->statement_count, "计算与规定", "Statements");
    for (size_t i = 0; i < p->statement_count; i++) {
        if (p->level_count > 1 && (!i || p->statements[i].level != p->statements[i - 1].level))
            describe_level(&w, &p->levels[p->statements[i].level]);
        describe_statement(&w, &p->statements[i]);
    }
    heading(&w, p->grade_count, "等次", "Grades");
    for (size_t i = 0; i < p->grade_count; i++)
        describe_grade(&w, &p->grades[i]);
}
