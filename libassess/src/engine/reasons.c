/* reasons.c: the findings of a result in words. */
#include "engine/result.h"
#include "plan/printer.h"

static void say_clause(printer *w, origin at)
{
    text number = plan_clause_number(w->plan, at);
    buffer_add_text(w->out, number);
    if (number.length)
        buffer_add_char(w->out, ' ');
}

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

static void say_missing(printer *w, node_id id)
{
    const plan *p = w->plan;
    const node *n = &p->nodes[id];
    if (n->op == OP_BALLOTS) {
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

text grade_words(const plan *p, uint8_t grade, assess_language language)
{
    if (grade < p->grade_count)
        return label_in(p->grades[grade].words, language);
    return language == ASSESS_ZH ? TEXT("不定等次") : TEXT("no grade");
}

static void say_grade(printer *w, uint8_t grade) { buffer_add_text(w->out, grade_words(w->plan, grade, w->language)); }

/* Words of a table; reasons are parted by ';', which theirs must not seem to do. */
static void say_written(printer *w, text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == ';')
            buffer_add_string(w->out, "；");
        else
            buffer_add_char(w->out, t.bytes[i]);
    }
}

static void say_set_aside(printer *w, const statement *s)
{
    bool capped = s->kind == STATEMENT_VETO || s->kind == STATEMENT_CEILING;
    say(w, "（与“", " (against “");
    say_clause(w, s->at);
    say_label(w, s->words);
    say(w, "”的规定不符", "”");
    if (capped) {
        say(w, "，该规定最高为", ", which allows at most ");
        say_label(w, w->plan->grades[s->limit].words);
    }
    say(w, "，依决定执行）", ", carried out as decided)");
}

static void say_over(printer *w, const decided *d)
{
    const statement *s = &w->plan->statements[d->over];
    say(w, "（“", " (over the quota “");
    say_clause(w, s->at);
    say_label(w, s->words);
    say(w, "”名额 ", "”: ");
    if (w->language == ASSESS_ZH) {
        buffer_add_fraction(w->out, d->allowed);
        buffer_add_string(w->out, " 名，决定后为 ");
        buffer_add_integer(w->out, d->held);
    } else {
        buffer_add_integer(w->out, d->held);
        buffer_add_string(w->out, " after all decisions, ");
        buffer_add_fraction(w->out, d->allowed);
    }
    say(w, " 名，超出名额，依决定执行）", " allowed, carried out as decided)");
}

static void say_effect(printer *w, const result *r, const decided *d)
{
    switch (d->effect) {
    case DECIDED_MOVED:
        say(w, "由 ", "");
        say_grade(w, d->before);
        say(w, " 改为 ", " → ");
        say_grade(w, d->after);
        break;
    case DECIDED_EXCLUDED:
        say_grade(w, d->row->grade == DECISION_NO_GRADE ? GRADE_NONE : (uint8_t)d->row->grade);
        say(w, "，因不参加考评而未生效", ", without effect, because the subject is not to be assessed");
        break;
    default:
        if (r->status[d->row->subject] == STATUS_EXCLUDED || d->before == GRADE_NONE) {
            say(w, "维持原结果", "the result stands");
            break;
        }
        say(w, "维持 ", "");
        say_grade(w, d->before);
        say(w, "", " stands");
    }
}

static void say_decided(printer *w, const result *r, const decided *d)
{
    if (d->row->kind == DECISION_OBJECTION)
        say(w, d->effect == DECIDED_TURNED_DOWN ? "未予支持，" : "予以支持，", d->effect == DECIDED_TURNED_DOWN ? "turned down, " : "upheld, ");
    say_effect(w, r, d);
    if (d->set_aside != STATEMENT_NONE)
        say_set_aside(w, &w->plan->statements[d->set_aside]);
    if (d->over != STATEMENT_NONE)
        say_over(w, d);
}

void decided_print(const result *r, const decided *d, assess_language language, buffer *out)
{
    say_decided(&(printer){.plan = r->plan, .language = language, .out = out}, r, d);
}

/* “决定 2026-12-20 局党组（第12次会议） 校准：由 称职 改为 优秀，理由：…” */
static void say_decision(printer *w, const result *r, const decided *d)
{
    const vocabulary_word *kind = &decision_kind_words[d->row->kind];
    say(w, "决定 ", "decision ");
    buffer_add_date(w->out, d->row->day);
    say(w, " ", " by ");
    say_written(w, d->row->by);
    if (d->row->meeting.length) {
        say(w, "（", " (");
        say_written(w, d->row->meeting);
        say(w, "）", ")");
    }
    say(w, " ", ", ");
    buffer_add_text(w->out, w->language == ASSESS_ZH ? kind->zh : kind->en);
    say(w, "：", ": ");
    say_decided(w, r, d);
    say(w, "，理由：", ", reason: ");
    say_written(w, d->row->reason);
}

/* What the statement made of the grade. */
static void say_change(printer *w, const finding *f)
{
    const plan *p = w->plan;
    uint32_t before = (uint32_t)f->figure.num, after = f->grade;
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
        buffer_add_fraction(out, f->figure);
        break;
    case FINDING_MISSING:
        say_clause(&w, p->nodes[f->about].at);
        say_missing(&w, f->about);
        break;
    case FINDING_CAPPED:
        say_clause(&w, s->at);
        say(&w, "算得 ", "worked out to ");
        buffer_add_fraction(out, f->figure);
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
    case FINDING_DECISION: say_decision(&w, r, &r->decided[f->about]); break;
    case FINDING_COUNT: break;
    }
}

void result_print_reasons(const result *r, uint32_t subject, assess_language language, buffer *out)
{
    size_t count;
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add_char(out, ';');
        finding_print(r, &f[i], language, out);
    }
}
