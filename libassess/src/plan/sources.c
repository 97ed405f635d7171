/* sources.c: where a figure comes from, in words: ballots, events, columns, earlier results. */
#include "plan/printer.h"

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

void print_set(printer *w, value_kind kind, const uint32_t *members, size_t count)
{
    size_t said = 0;
    for (size_t i = 0; i < count; i++) {
        say_list(w, &said);
        say_member(w, kind, members[i]);
    }
}

void print_roles(printer *w, uint32_t roles)
{
    size_t said = 0;
    for (size_t r = 0; r < w->plan->role_count; r++) {
        if (!(roles >> r & 1))
            continue;
        say_list(w, &said);
        say_label(w, w->plan->roles[r].words);
    }
}

void print_options(printer *w, uint32_t number, uint64_t options)
{
    const plan_item *item = &w->plan->items[number];
    size_t said = 0;
    for (size_t o = 0; o < item->option_count; o++) {
        if (!(options >> o & 1))
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
        buffer_add_decimal(w->out, row->share);
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

static void say_tie(printer *w, option_tie tie)
{
    static const char *const zh[] = {"（并列时取较好的）", "（并列时取较差的）", "（并列时缺）"};
    static const char *const en[] = {" (of a tie: the better one)", " (of a tie: the worse one)", " (missing where there is a tie)"};
    say(w, zh[tie], en[tie]);
}

static void say_ballots(printer *w, const ballot_source *s)
{
    static const char *const zh[] = {"的平均分", "的计分票数", "的不计分票数", "的无效票数", "的合计", "的中位数", "的最高分", "的最低分", "的票数", "票数最多的选项"};
    static const char *const en[] = {"mean of ", "number of counted ", "number of uncounted ", "number of invalid ", "sum of ",
                                     "median of ", "highest of ", "lowest of ", "number of ", "most chosen option of "};
    bool chinese = w->language == ASSESS_ZH;
    if (!chinese) {
        buffer_add_string(w->out, en[s->reducer]);
        buffer_add_string(w->out, "ballots of ");
    }
    print_roles(w, s->roles);
    if (s->attribute != SOURCE_NONE) {
        say(w, "（", " (");
        say_label(w, w->plan->attributes[s->attribute].words);
        say(w, "为", ": ");
        print_set(w, KIND_WORD, w->plan->sets[s->set].members, w->plan->sets[s->set].count);
        say(w, "）", ")");
    }
    say(w, "评分", "");
    if (s->item != ITEM_TOTAL) {
        say(w, "“", " on “");
        say_label(w, w->plan->items[s->item].words);
        say(w, "”", "”");
    }
    if (s->reducer == BALLOT_CHOSEN) {
        say(w, "选“", " choosing “");
        print_options(w, s->item, s->options);
        say(w, "”", "”");
    }
    if (chinese)
        buffer_add_string(w->out, zh[s->reducer]);
    if (s->reducer == BALLOT_MOST_CHOSEN)
        say_tie(w, s->tie);
    if (s->trim != SOURCE_NONE)
        say_trim(w, s);
    if (s->least > 1) {
        say(w, "（不足 ", " (fewer than ");
        buffer_add_integer(w->out, s->least);
        say(w, " 张时缺）", ": missing)");
    }
}

const char *comparison_words(node_op op, assess_language language)
{
    switch (op) {
    case OP_AT_LEAST: return language == ASSESS_ZH ? " 达到 " : " is at least ";
    case OP_MORE_THAN: return language == ASSESS_ZH ? " 超过 " : " is more than ";
    case OP_AT_MOST: return language == ASSESS_ZH ? " 不超过 " : " is at most ";
    case OP_LESS_THAN: return language == ASSESS_ZH ? " 不满 " : " is less than ";
    default: return language == ASSESS_ZH ? " 等于 " : " is exactly ";
    }
}

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
    if (s->lasting) {
        say(w, "（影响期 ", " (with an effect of ");
        buffer_add_integer(w->out, s->lasting);
        say_unit(w, s->lasting == 1, " 个月", " month");
        say(w, "）", ")");
    }
    switch (s->window) {
    case WINDOW_ANY: break;
    case WINDOW_PERIOD: say(w, "（考评期内）", " (in the period)"); break;
    case WINDOW_LAST_MONTHS:
        say(w, "（最近 ", " (in the last ");
        buffer_add_integer(w->out, s->months);
        say_unit(w, s->months == 1, " 个月内", " month");
        say(w, "）", ")");
        break;
    case WINDOW_SPAN:
        say(w, "（", " (");
        buffer_add_date(w->out, s->span.from);
        say(w, " 至 ", " to ");
        buffer_add_date(w->out, s->span.to);
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
    buffer_add_decimal(w->out, b->limit);
    say(w, "）", ")");
}

static void say_events(printer *w, const event_source *s)
{
    static const char *const zh[] = {"的次数", "合计", "最高", "最低", "的累计月数", "的累计天数", "平均", "的累计工作日数", "按月数加权的平均", "按天数加权的平均"};
    static const char *const en[] = {"number of ", "", "highest ", "lowest ", "months of ", "days of ", "mean ", "working days of ", "mean, weighed by months, of ", "mean, weighed by days, of "};
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

/* M03, Q1, H2 as people say them */
static void say_part_zh(printer *w, text part)
{
    const char *number = part.bytes + 1;
    if (part.bytes[0] == 'H') {
        buffer_add_string(w->out, number[0] == '1' ? "上半年" : "下半年");
        return;
    }
    size_t zero = number[0] == '0';
    buffer_add_string(w->out, part.bytes[0] == 'Q' ? "第" : "");
    buffer_add(w->out, number + zero, part.length - 1 - zero);
    buffer_add_string(w->out, part.bytes[0] == 'Q' ? "季度" : "月");
}

static void say_part_en(printer *w, text part)
{
    static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    if (part.bytes[0] == 'M') {
        buffer_add_string(w->out, names[(part.bytes[1] - '0') * 10 + part.bytes[2] - '1']);
    } else {
        buffer_add_string(w->out, "the ");
        buffer_add_string(w->out, ordinals[part.bytes[1] - '1']);
        buffer_add_string(w->out, part.bytes[0] == 'Q' ? " quarter" : " half");
    }
    buffer_add_string(w->out, " of ");
}

static void say_past_period(printer *w, const past_source *s)
{
    if (s->part.length && w->language == ASSESS_EN)
        say_part_en(w, s->part);
    if (s->year == -1)
        say(w, "上年度", "last year");
    else if (s->year == 0)
        say(w, "本年度", "this year");
    else {
        buffer_add_integer(w->out, -s->year);
        say(w, " 年前", " years ago");
    }
    if (s->part.length && w->language == ASSESS_ZH)
        say_part_zh(w, s->part);
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
    print_set(w, KIND_GRADE, w->plan->sets[s->set].members, w->plan->sets[s->set].count);
    say(w, "的年数", "");
    if (s->reducer == PAST_IN_A_ROW && s->years) {
        say(w, "（至多 ", " (at most ");
        buffer_add_integer(w->out, s->years);
        say(w, " 年）", ")");
    }
}

void print_key(printer *w, group_key key, uint32_t attribute)
{
    if (key == GROUP_BY_BATCH) {
        say(w, "全体", "all");
    } else if (key == GROUP_BY_UNIT && w->plan->level_count > 1 && w->plan->levels[1].being == BEING_PERSON) {
        say(w, "本人各", "the person's ");
        say_label(w, w->plan->levels[0].words);
    } else if (key == GROUP_BY_UNIT) {
        say(w, "本单位", "the unit");
    } else {
        say(w, "同一", "the same ");
        say_label(w, w->plan->attributes[attribute].words);
    }
}

static void say_constant(printer *w, const node *n)
{
    switch (n->kind) {
    case KIND_TRUTH: say(w, n->constant.num ? "是" : "否", n->constant.num ? "yes" : "no"); break;
    case KIND_WORD: say_word(w, (uint32_t)n->constant.num); break;
    case KIND_GRADE: say_label(w, w->plan->grades[n->constant.num].words); break;
    case KIND_DAY: buffer_add_date(w->out, (date)n->constant.num); break;
    case KIND_MINUTE: buffer_add_minute(w->out, (int64_t)n->constant.num); break;
    default: buffer_add_fraction(w->out, n->constant); break;
    }
}

static void say_takes_part(printer *w, const node *n)
{
    if (w->plan->level_count > 1)
        say_label(w, w->plan->levels[n->source].words);
    say(w, "参加考评", w->plan->level_count > 1 ? " take part" : "takes part");
}

void print_source(printer *w, const node *n)
{
    switch (n->op) {
    case OP_CONSTANT: say_constant(w, n); break;
    case OP_BALLOTS: say_ballots(w, &w->plan->ballots[n->source]); break;
    case OP_EVENTS: say_events(w, &w->plan->events[n->source]); break;
    case OP_ATTRIBUTE: say_label(w, w->plan->attributes[n->source].words); break;
    case OP_MEASURE: say_measure(w, &w->plan->measured[n->source]); break;
    case OP_PAST: say_past(w, &w->plan->past[n->source]); break;
    case OP_PERIOD: say(w, n->source ? "考评期末" : "考评期初", n->source ? "end of the period" : "beginning of the period"); break;
    case OP_MONTHS_IN_POST: say(w, "在岗整月数", "whole months in post"); break;
    case OP_TAKES_PART: say_takes_part(w, n); break;
    default: break;
    }
}

bool plan_rates(const plan *p, uint32_t role, uint32_t item)
{
    if (!plan_asks(p, role, item))
        return false;
    for (size_t i = 0; i < p->ballot_count; i++)
        if (p->ballots[i].roles >> role & 1 && (p->ballots[i].item == ITEM_TOTAL || p->ballots[i].item == item))
            return true;
    for (size_t i = 0; i < p->sheet_rule_count; i++)
        if (p->sheet_rules[i].roles >> role & 1 && p->sheet_rules[i].complete)
            return true;
    return false;
}
