/* decided.c: decisions by people in words, and for programs. */
#include "engine/result.h"
#include "plan/printer.h"

text decision_kind_label(uint8_t kind, assess_language language)
{
    const vocabulary_word *word = &decision_kind_words[kind];
    return language == ASSESS_ZH ? word->zh : word->en;
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

/* Who had no grade, for want of data or by a rule, is given one. */
static void say_move(printer *w, const decided *d)
{
    if (d->before == GRADE_NONE) {
        say(w, "评为 ", "graded ");
    } else {
        say(w, "由 ", "");
        say_grade(w, d->before);
        say(w, " 改为 ", " → ");
    }
    say_grade(w, d->after);
}

static void say_effect(printer *w, const result *r, const decided *d)
{
    switch (d->effect) {
    case DECIDED_MOVED: say_move(w, d); break;
    case DECIDED_EXCLUDED:
        say(w, "拟评为 ", "would be ");
        say_grade(w, d->row->grade == DECISION_NO_GRADE ? GRADE_NONE : (uint8_t)d->row->grade);
        say(w, "，因不参加考评而未生效", ", without effect because the subject is not to be assessed");
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
void decided_print_reason(const result *r, const decided *d, assess_language language, buffer *out)
{
    printer p = {.plan = r->plan, .language = language, .out = out}, *w = &p;
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
    buffer_add_text(out, decision_kind_label(d->row->kind, language));
    say(w, "：", ": ");
    say_decided(w, r, d);
    say(w, "，理由：", ", reason: ");
    say_written(w, d->row->reason);
}

static void json_grade(json *j, const char *key, const plan *p, uint8_t grade)
{
    json_key(j, key);
    if (grade == GRADE_NONE)
        json_null(j);
    else
        json_text(j, p->grades[grade].id);
}

static void json_rule(json *j, const char *key, const plan *p, uint32_t number)
{
    const statement *s = number == STATEMENT_NONE ? NULL : &p->statements[number];
    json_key(j, key);
    if (!s) {
        json_null(j);
        return;
    }
    json_begin_object(j);
    json_member_text(j, "clause", plan_clause_number(p, s->at));
    json_member_words(j, "title", s->words.zh, s->words.en);
    json_end_object(j);
}

void decided_json(const result *r, const decided *d, json *j)
{
    const subjects *people = &r->batch->people;
    char day[16];
    json_begin_object(j);
    json_member_text(j, "id", people->ids.texts[d->row->subject]);
    json_member_text(j, "name", people->name[d->row->subject]);
    json_member_text(j, "kind", decision_kind_words[d->row->kind].id);
    json_member_text(j, "date", (text){day, date_print(d->row->day, day)});
    json_member_text(j, "by", d->row->by);
    json_member_text(j, "meeting", d->row->meeting);
    json_member_text(j, "reason", d->row->reason);
    json_member_text(j, "effect", text_of(decided_effect_id((decided_effect)d->effect)));
    json_grade(j, "before", r->plan, d->before);
    json_grade(j, "after", r->plan, d->after);
    json_rule(j, "set_aside", r->plan, d->set_aside);
    json_rule(j, "over_quota", r->plan, d->over);
    json_end_object(j);
}
