/* quota_line.c: the line of a quota: how many places there are, who stands where, and what the line between them does.
 *
 * 名额：本单位参加 23 人 × 15% = 3.45 → 3 人；有资格 5 人，本人列第 4，界线在第 3 与第 4 之间；超出名额，改为称职 */
#include "explain/lines.h"

static const plan_quota *quota_of(const derivation *d, const statement *s) { return &d->outcome->plan->quotas[s->about]; }

static bool counts_units(const derivation *d, const statement *s) { return d->outcome->plan->levels[s->level].being != BEING_PERSON; }

static void say_count(const derivation *d, buffer *out, const statement *s, node_id id)
{
    buffer_add_fraction(out, d->values[id].value);
    say(d, out, counts_units(d, s) ? " 个" : " 人", "");
}

static void say_group(const derivation *d, buffer *out, const group_source *g)
{
    if (g->key == GROUP_BY_BATCH) {
        say(d, out, "全体", " in all");
    } else if (g->key == GROUP_BY_UNIT) {
        say(d, out, "本单位", " in the unit");
    } else {
        say(d, out, "同一", " of the same ");
        say_label(d, out, d->outcome->plan->attributes[g->attribute].words);
    }
}

/* 本单位参加 23 人 × 15% */
static void say_base(const derivation *d, buffer *out, const statement *s)
{
    const plan_quota *q = quota_of(d, s);
    const group_source *g = &d->outcome->plan->groups[q->group];
    if (d->language == ASSESS_ZH)
        say_group(d, out, g);
    bool all = q->counted == NODE_NONE; /* who take part, and no other base */
    say(d, out, all ? "参加 " : "基数 ", all ? "" : "a base of ");
    say_count(d, out, s, q->base);
    say(d, out, "", all ? " taking part" : "");
    if (d->language == ASSESS_EN)
        say_group(d, out, g);
    buffer_add_string(out, " × ");
    buffer_add_percent(out, d->values[q->rate].value);
}

/* A base too small for places of its own: what the share becomes depends on the other groups of the pool. */
static bool in_pool(const derivation *d, const plan_quota *q)
{
    return q->minimum_base != NODE_NONE && known(d, q->minimum_base) && fraction_compare(d->values[q->base].value, d->values[q->minimum_base].value) < 0;
}

static void say_places(const derivation *d, buffer *out, const statement *s)
{
    const plan_quota *q = quota_of(d, s);
    if (shown(d, q->base) && shown(d, q->rate) && shown(d, q->exact)) {
        say_base(d, out, s);
        buffer_add_string(out, " = ");
        buffer_add_fraction(out, d->values[q->exact].value);
        if (in_pool(d, q))
            say(d, out, "（人数较少，与其他范围合并计算）", " (too few alone, shared out with other groups)");
        buffer_add_string(out, " → ");
    }
    if (shown(d, q->allowed))
        say_count(d, out, s, q->allowed);
    else
        say(d, out, "（不显示或无法算出）", "(not shown, or unknown)");
}

static void say_place(const derivation *d, buffer *out, const plan_quota *q)
{
    int64_t tied = known(d, q->tied) ? (int64_t)d->values[q->tied].value.num : 1;
    if (tied > 1) {
        say(d, out, "本人与另外 ", "shares place ");
        if (d->language == ASSESS_ZH) {
            buffer_add_integer(out, tied - 1);
            buffer_add_string(out, " 人并列第 ");
        }
    } else {
        say(d, out, "本人列第 ", "place ");
    }
    buffer_add_fraction(out, d->values[q->place].value);
    if (tied > 1 && d->language == ASSESS_EN) {
        buffer_add_string(out, " with ");
        buffer_add_integer(out, tied - 1);
        buffer_add_string(out, tied > 2 ? " others" : " other");
    }
}

static int64_t eligible(const derivation *d, const plan_quota *q) { return (int64_t)engine_cohort(d->outcome, q->place, d->subject); }

/* Where more stand in their places than there are places for. */
static void say_line(const derivation *d, buffer *out, const plan_quota *q)
{
    if (!shown(d, q->allowed))
        return;
    int64_t allowed = (int64_t)(d->values[q->allowed].value.num / d->values[q->allowed].value.den);
    if (eligible(d, q) <= allowed)
        return;
    if (allowed < 1) {
        say(d, out, "，没有名额", ", there is no place");
        return;
    }
    say(d, out, "，界线在第 ", ", the line lies between places ");
    buffer_add_integer(out, allowed);
    say(d, out, " 与第 ", " and ");
    buffer_add_integer(out, allowed + 1);
    say(d, out, " 之间", "");
}

static void say_grade_instead(const derivation *d, buffer *out, const statement *s, const char *zh, const char *en)
{
    bool moved = known(d, s->before) && known(d, s->after) && fraction_compare(d->values[s->before].value, d->values[s->after].value) != 0;
    if (!moved)
        return;
    say(d, out, zh, en);
    say_label(d, out, d->outcome->plan->grades[d->values[s->after].value.num].words);
    say(d, out, "", " instead");
}

static void say_verdict(const derivation *d, buffer *out, const statement *s)
{
    const plan_quota *q = quota_of(d, s);
    bool over = holds(d, q->over);
    if (holds(d, q->at_line)) {
        say(d, out, "在界线上并列，待研究确定", "tied at the line, to be decided");
        say_grade_instead(d, out, s, "，暂评为", "; until then ");
    } else if (q->at_least) {
        say(d, out, over ? "名额下限未满，依次应列入，待研究确定" : "名额下限与本人无关",
            over ? "below the lower limit, next in line, to be decided" : "the lower limit does not ask for this one");
    } else if (!over) {
        say(d, out, "在名额以内", "within the quota");
    } else if (q->overflow_lists) {
        say(d, out, "超出名额，待研究确定", "over the quota, to be decided");
    } else {
        say(d, out, "超出名额", "over the quota");
        say_grade_instead(d, out, s, "，改为", ": ");
    }
}

static void say_standing(const derivation *d, buffer *out, const statement *s)
{
    const plan_quota *q = quota_of(d, s);
    if (!known(d, q->place)) {
        say(d, out, "本人不占名额", "takes no place");
        return;
    }
    say(d, out, "有资格 ", "");
    buffer_add_integer(out, eligible(d, q));
    say(d, out, counts_units(d, s) ? " 个，" : " 人，", " eligible, ");
    say_place(d, out, q);
    say_line(d, out, q);
    say(d, out, "；", "; ");
    say_verdict(d, out, s);
}

/* 参加人数 × 15%，四舍五入到 1 */
static text quota_formula(derivation *d, const statement *s)
{
    const plan_quota *q = quota_of(d, s);
    buffer out = {0};
    if (!shown(d, q->rate))
        return (text){"", 0};
    bool all = q->counted == NODE_NONE;
    say(d, &out, all ? "参加人数 × " : "基数 × ", all ? "number taking part × " : "base × ");
    buffer_add_percent(&out, d->values[q->rate].value);
    if (q->round.unit.coeff) {
        say(d, &out, "，", ", ");
        plan_print_rounding(q->round, d->language, &out);
    }
    return keep_text(d, &out);
}

void derive_quota(derivation *d, explain_line *line, const statement *s)
{
    buffer note = {0}, places = {0};
    line->formula = quota_formula(d, s);
    say_places(d, &places, s);
    say(d, &note, "名额：", "quota: ");
    buffer_add_text(&note, buffer_text(&places));
    say(d, &note, "；", "; ");
    if (assessed(d))
        say_standing(d, &note, s);
    else
        say(d, &note, "不参加考评，不占名额", "not assessed, takes no place");
    line->figures = keep_text(d, &places);
    line->note = keep_text(d, &note);
}
