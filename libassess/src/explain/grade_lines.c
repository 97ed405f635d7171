/* grade_lines.c: the lines of the grade: by the score, by a table, and what holds it up or down. */
#include "explain/lines.h"

static void say_grade(const derivation *d, buffer *out, uint32_t g)
{
    if (g < d->outcome->plan->grade_count)
        say_label(d, out, d->outcome->plan->grades[g].words);
    else
        say(d, out, "不定等次", "no grade");
}

static void say_band(const derivation *d, buffer *out, uint32_t g)
{
    const plan_grade *grade = &d->outcome->plan->grades[g];
    say_grade(d, out, g);
    say(d, out, "（", " (from ");
    buffer_add_decimal(out, grade->from);
    say(d, out, " 分以上）", ")");
}

static uint32_t grade_at(const derivation *d, node_id id) { return known(d, id) ? (uint32_t)d->values[id].value.num : GRADE_NONE; }

static void note_band(const derivation *d, buffer *note, uint32_t g)
{
    bool best = g == d->outcome->plan->levels[result_level(d->outcome, d->subject)].first_grade;
    if (!best) {
        say(d, note, "未达到", "below ");
        say_band(d, note, g - 1);
        say(d, note, "，", ", ");
    }
    say(d, note, "达到", "reaches ");
    say_band(d, note, g);
}

void derive_grades(derivation *d, explain_line *line, const statement *s)
{
    buffer note = {0};
    bool bands = s->node != NODE_NONE && d->outcome->plan->nodes[s->node].op == OP_BANDS;
    uint32_t g = grade_at(d, s->node);
    line->words = bands ? (d->language == ASSESS_ZH ? TEXT("按得分确定等次") : TEXT("Grade by the score"))
                        : (d->language == ASSESS_ZH ? TEXT("等次") : TEXT("Grade"));
    if (s->node != NODE_NONE && !bands) {
        line->formula = formula_of(d, s->node);
        line->figures = figures_of(d, s->node);
    }
    if (s->node == NODE_NONE)
        say(d, &note, "由以下各条确定", "as the statements below say");
    else if (!assessed(d) || g == GRADE_NONE)
        say(d, &note, "不评等次", "no grade");
    else if (bands)
        note_band(d, &note, g);
    else
        say_grade(d, &note, g);
    line->note = keep_text(d, &note);
}

bool say_change(const derivation *d, buffer *out, const statement *s)
{
    uint32_t before = grade_at(d, s->before), after = grade_at(d, s->after);
    if (before == after)
        return false;
    say_grade(d, out, before);
    buffer_add_string(out, " → ");
    say_grade(d, out, after);
    return true;
}

static void say_limit(const derivation *d, buffer *out, const statement *s)
{
    switch (s->kind) {
    case STATEMENT_VETO: say(d, out, "有，最高评为", "yes: the grade is at most "); break;
    case STATEMENT_CEILING: say(d, out, "符合，最高评为", "yes: the grade is at most "); break;
    case STATEMENT_FLOOR: say(d, out, "符合，至少评为", "yes: the grade is at least "); break;
    case STATEMENT_FORCE: say(d, out, "符合，评为", "yes: the grade is "); break;
    case STATEMENT_NO_GRADE: say(d, out, "符合，不定等次", "yes: no grade is given"); return;
    default: return;
    }
    say_grade(d, out, s->limit);
}

/* What came of it; nobody who is not assessed has a grade to change. */
static void say_effect(derivation *d, buffer *out, const statement *s)
{
    buffer change = {0};
    if (!assessed(d))
        return;
    if (say_change(d, &change, s)) {
        say(d, out, "（", " (");
        buffer_add_text(out, buffer_text(&change));
        say(d, out, "）", ")");
    } else {
        say(d, out, "（等次未受影响）", ", which changes nothing");
    }
    d->failed |= change.failed;
    buffer_free(&change);
}

void derive_limit(derivation *d, explain_line *line, const statement *s)
{
    buffer note = {0};
    derive_condition(d, line, s->node);
    if (holds(d, s->node)) {
        say_limit(d, &note, s);
        say_effect(d, &note, s);
    } else if (!known(d, s->node)) {
        say(d, &note, "无法判断，按不符合处理", "unknown, taken as no");
    } else if (s->kind == STATEMENT_VETO) {
        say(d, &note, "没有", "none");
    } else {
        say(d, &note, "不符合本条", "no, not by this clause");
    }
    line->note = keep_text(d, &note);
}
