/* reasons.c: the findings of a result in words. */
#include "engine/engine.h"
#include "plan/printer.h"

static void say_few_ballots(printer *w, const ballot_source *s)
{
    if (s->least <= 1) {
        say(w, "没有有效的", "no ballot of ");
        print_roles(w, s->roles);
        say(w, "评分", " that counts");
        return;
    }
    say(w, "有效的", "fewer than ");
    if (w->language == ASSESS_EN) {
        buffer_add_integer(w->out, s->least);
        buffer_add_string(w->out, " ballots of ");
    }
    print_roles(w, s->roles);
    say(w, "评分不足 ", " that count");
    if (w->language == ASSESS_ZH) {
        buffer_add_integer(w->out, s->least);
        buffer_add_string(w->out, " 张");
    }
}

/* Enough ballots, and none of the options has the most of them. */
static bool has_tie(const result *r, uint32_t source, uint32_t subject)
{
    const ballot_source *s = &r->plan->ballots[source];
    return s->reducer == BALLOT_MOST_CHOSEN && engine_tally(r, source, subject).counted >= s->least;
}

static void say_missing(printer *w, const result *r, uint32_t subject, node_id id)
{
    const plan *p = w->plan;
    const node *n = &p->nodes[id];
    if (n->op == OP_BALLOTS && has_tie(r, n->source, subject)) {
        say(w, "票数最多的选项有并列：", "a tie for the ");
        plan_print_node(p, id, w->language, w->out);
    } else if (n->op == OP_BALLOTS) {
        say_few_ballots(w, &p->ballots[n->source]);
    } else if (n->op == OP_MONTHS_IN_POST) {
        say(w, "没有到岗日期", "no start date");
    } else if (n->op == OP_OF_UNIT) {
        say(w, "没有", "nothing for ");
        plan_print_node(p, id, w->language, w->out);
    } else if (op_is_source(n->op)) {
        say(w, "没有“", "no “");
        plan_print_node(p, id, w->language, w->out);
        say(w, "”", "”");
    } else if (n->op == OP_TABLE) {
        say(w, "表中没有适用的一行：", "no row of the table holds for ");
        plan_print_node(p, n->args[0], w->language, w->out);
    } else {
        say(w, "", "nothing to work out ");
        plan_print_node(p, id, w->language, w->out);
        say(w, "无法算出", "");
    }
}

static void say_gap(printer *w, const result *r, uint32_t subject, uint32_t grade)
{
    const plan_grade *given = &w->plan->grades[grade], *above = &w->plan->grades[grade - 1];
    char score[64];
    result_print_score(r, subject, score);
    say(w, "得分 ", "the score ");
    buffer_add_string(w->out, score);
    say(w, "，介于文件规定的 ", " lies between the printed figures ");
    buffer_add_decimal(w->out, given->printed_to);
    say(w, " 分与 ", " and ");
    buffer_add_decimal(w->out, above->from);
    say(w, " 分之间，暂评为", ", taken as ");
    say_label(w, given->words);
}

/* What the statement made of the grade. */
static void say_change(printer *w, const finding *f)
{
    const plan *p = w->plan;
    uint32_t before = f->before, after = f->grade;
    say_label(w, p->statements[f->about].words);
    if (before == after || before >= p->grade_count)
        return;
    say(w, "：", ": ");
    say_label(w, p->grades[before].words);
    buffer_add_string(w->out, " → ");
    if (after < p->grade_count)
        say_label(w, p->grades[after].words);
    else
        say(w, "不定等次", "no grade");
}

/* The words of a statement, and what became of the subject by it. */
static void say_statement(printer *w, const statement *s, const char *zh, const char *en)
{
    say_clause(w, s->at);
    say_label(w, s->words);
    say(w, zh, en);
}

void finding_print(const result *r, const finding *f, assess_language language, buffer *out)
{
    printer w = {.plan = r->plan, .language = language, .out = out};
    const plan *p = r->plan;
    const statement *s = f->about < p->statement_count ? &p->statements[f->about] : NULL;
    switch (f->kind) {
    case FINDING_EXCLUDED:
    case FINDING_REFUSED:
    case FINDING_LIST: say_statement(&w, s, "", ""); break;
    case FINDING_QUOTA_LINE: say_statement(&w, s, "：在名额界线上并列，待研究确定", ": tied at the line, to be decided"); break;
    case FINDING_QUOTA_SHORT:
        say_statement(&w, s, "：名额下限未满，依次应列入，待研究确定", ": below the lower limit, next in line, to be decided");
        break;
    case FINDING_QUOTA_LISTED: say_statement(&w, s, "：超出名额，待研究确定", ": over the quota, to be decided"); break;
    case FINDING_REMARK:
        say_statement(&w, s, "：", " ");
        buffer_add_fraction(out, finding_figure(f));
        break;
    case FINDING_MISSING:
        say_clause(&w, p->nodes[f->about].at);
        say_missing(&w, r, f->subject, f->about);
        break;
    case FINDING_CAPPED:
        say_clause(&w, s->at);
        say(&w, "算得 ", "worked out to ");
        buffer_add_fraction(out, finding_figure(f));
        say(&w, "，按上限或下限计", ", held at the limit");
        break;
    case FINDING_GAP:
        say_clause(&w, p->grades[f->about].at);
        say_gap(&w, r, f->subject, f->about);
        break;
    case FINDING_VETO:
    case FINDING_LIMIT:
    case FINDING_QUOTA:
        say_clause(&w, s->at);
        say_change(&w, f);
        break;
    case FINDING_DECISION: decided_print_reason(r, &r->decided[f->about], language, out); break;
    case FINDING_COUNT: break;
    }
}

void findings_print(const result *r, const finding *f, size_t count, assess_language language, buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add_char(out, ';');
        finding_print(r, &f[i], language, out);
    }
}

void result_print_reasons(const result *r, uint32_t subject, assess_language language, buffer *out)
{
    size_t count;
    const finding *f = result_findings(r, subject, &count);
    findings_print(r, f, count, language, out);
}
