/* print.c: a derivation for people and as JSON. */
#include <string.h>

#include "base/json.h"
#include "explain/lines.h"

/* Names, notes and words of a rule file may hold anything; a line break in one of them must not pass for a line of ours. */
static void pad(buffer *out, text t, size_t columns)
{
    size_t start = out->length;
    buffer_add_visible(out, t);
    size_t used = out->failed ? columns : text_columns((text){out->bytes + start, out->length - start});
    do
        buffer_add_char(out, ' ');
    while (++used < columns);
}

/* --- text --- */

/* What the rules gave, where people decided otherwise: the two are not to be taken for each other. */
static void say_computed(const derivation *d, buffer *out)
{
    const result *r = d->outcome;
    uint8_t computed = result_computed_grade(r, d->subject);
    if (computed == r->grade[d->subject])
        return;
    say(d, out, "（按决定", " (by decision");
    if (assessed(d)) {
        say(d, out, "；计算为", "; computed: ");
        buffer_add_visible(out, grade_words(r->plan, computed, d->language));
    }
    say(d, out, "）", ")");
}

/* A scheme may have a score, a grade, both or, where it only keeps lists, neither. */
static void outcome(const derivation *d, buffer *out)
{
    static const char *const zh[] = {"已考评", "不参加考评", "资料不全，未能考评"};
    static const char *const en[] = {"assessed", "not assessed", "incomplete, not assessed"};
    const result *r = d->outcome;
    char score[64];
    bool scored = result_print_score(r, d->subject, score) > 0, graded = r->grade[d->subject] != GRADE_NONE;
    say(d, out, "结果：", "Result: ");
    if (!assessed(d) || (!scored && !graded))
        say(d, out, zh[r->status[d->subject]], en[r->status[d->subject]]);
    if (scored) {
        buffer_add_string(out, score);
        say(d, out, " 分", " points");
    }
    if (graded && (scored || !assessed(d)))
        say(d, out, "，", ", ");
    if (graded)
        buffer_add_visible(out, label_in(r->plan->grades[r->grade[d->subject]].words, d->language));
    say_computed(d, out);
    buffer_add_char(out, '\n');
}

static void head(const derivation *d, buffer *out)
{
    const result *r = d->outcome;
    const subjects *people = &r->batch->people;
    buffer_add_visible(out, people->ids.texts[d->subject]);
    buffer_add_char(out, ' ');
    buffer_add_visible(out, people->name[d->subject]);
    if (people->unit[d->subject].length) {
        buffer_add_string(out, " · ");
        buffer_add_visible(out, people->unit[d->subject]);
    }
    buffer_add_string(out, " · ");
    buffer_add_visible(out, label_in(r->plan->title, d->language));
    buffer_add_string(out, " · ");
    buffer_add_visible(out, r->plan->period_text);
    buffer_add_string(out, "\n");
    outcome(d, out);
    for (size_t i = 0; i < d->reason_count; i++) {
        buffer_add_string(out, "  · ");
        buffer_add_visible(out, d->reasons[i]);
        buffer_add_char(out, '\n');
    }
    buffer_add_char(out, '\n');
}

static void print_tally(const derivation *d, const explain_line *line, buffer *out)
{
    if (!line->has_tally)
        return;
    buffer_add_string(out, "                └ ");
    say(d, out, "计分 ", "");
    buffer_add_integer(out, line->tally.counted);
    say(d, out, " 张", line->tally.counted == 1 ? " ballot counted" : " ballots counted");
    if (line->cut_off) {
        say(d, out, "（其中去掉 ", " (");
        buffer_add_integer(out, line->cut_off);
        say(d, out, " 张）", " of them cut off)");
    }
    if (line->tally.not_counted) {
        say(d, out, "，不计分 ", ", ");
        buffer_add_integer(out, line->tally.not_counted);
        say(d, out, " 张", " not counted");
    }
    if (line->tally.invalid) {
        say(d, out, "，无效 ", ", ");
        buffer_add_integer(out, line->tally.invalid);
        say(d, out, " 张", " invalid");
    }
    buffer_add_char(out, '\n');
}

static void print_place(const derivation *d, const event *e, buffer *out)
{
    buffer_add_visible(out, d->outcome->batch->sources[e->source].name);
    say(d, out, " 第 ", " row ");
    buffer_add_integer(out, e->row);
    say(d, out, " 行：", ": ");
}

static void print_event(const derivation *d, const event *e, buffer *out)
{
    const batch *b = d->outcome->batch;
    const vocabulary_word *kind = &b->words.kinds[e->kind].word;
    buffer_add_string(out, "                └ ");
    if (!d->for_person)
        print_place(d, e, out);
    buffer_add_visible(out, d->language == ASSESS_ZH ? kind->zh : kind->en);
    if (e->from != DATE_NONE) {
        buffer_add_char(out, ' ');
        buffer_add_date(out, e->from);
        if (e->to != e->from) {
            say(d, out, " 至 ", " to ");
            buffer_add_date(out, e->to);
        }
    }
    if (e->points.coeff != CELL_BLANK) {
        buffer_add_char(out, ' ');
        buffer_add_decimal(out, e->points);
        say(d, out, " 分", " points");
    }
    if (e->amount.coeff != CELL_BLANK) {
        say(d, out, " 数量 ", " amount ");
        buffer_add_decimal(out, e->amount);
    }
    if (e->subject != d->subject) {
        say(d, out, "，对 ", ", liable for ");
        buffer_add_visible(out, b->people.ids.texts[e->subject]);
        say(d, out, " 负连带责任", "");
    }
    if (e->ref.length) {
        buffer_add_string(out, d->language == ASSESS_ZH ? "，" : ", ");
        buffer_add_visible(out, e->ref);
    }
    if (e->note.length) {
        say(d, out, "（", " (");
        buffer_add_visible(out, e->note);
        say(d, out, "）", ")");
    }
    buffer_add_char(out, '\n');
}

static bool is_condition(statement_kind k)
{
    return k == STATEMENT_EXCLUDE || k == STATEMENT_REFUSE || k == STATEMENT_LIST ||
           (statement_changes_grade(k) && k != STATEMENT_QUOTA);
}

static void print_line(const derivation *d, const explain_line *line, buffer *out)
{
    buffer_add_string(out, "  ");
    pad(out, line->clause, 14);
    buffer_add_visible(out, line->words);
    const text parts[] = {line->formula, line->figures, line->value};
    for (size_t i = 0; i < 3; i++) {
        if (!parts[i].length || (i == 1 && line->about->kind == STATEMENT_QUOTA)) /* its note says them in a sentence */
            continue;
        bool condition = is_condition(line->about->kind);
        bool rounded = parts[i].length >= 3 && memcmp(parts[i].bytes, "≈", 3) == 0 && i == 2;
        buffer_add_string(out, condition || rounded ? "\n                " : "\n                = ");
        buffer_add_visible(out, parts[i]);
    }
    if (line->note.length) {
        buffer_add_string(out, "\n                → ");
        buffer_add_visible(out, line->note);
    }
    buffer_add_char(out, '\n');
    print_tally(d, line, out);
    for (size_t i = 0; i < line->event_count; i++)
        print_event(d, line->events[i], out);
}

static void print_decision(const derivation *d, const explain_decision *x, buffer *out)
{
    const decision *row = x->of->row;
    buffer_add_string(out, "  ");
    pad(out, d->language == ASSESS_ZH ? TEXT("决定") : TEXT("decision"), 14);
    buffer_add_text(out, decision_kind_label(row->kind, d->language));
    say(d, out, "，", ", ");
    buffer_add_date(out, row->day);
    say(d, out, " ", " by ");
    buffer_add_visible(out, row->by);
    if (row->meeting.length) {
        say(d, out, "（", " (");
        buffer_add_visible(out, row->meeting);
        say(d, out, "）", ")");
    }
    say(d, out, "\n                理由：", "\n                reason: ");
    buffer_add_visible(out, row->reason);
    buffer_add_string(out, "\n                → ");
    buffer_add_visible(out, x->effect);
    buffer_add_char(out, '\n');
}

enum { CHANGES_SHOWN = 6 };

static void print_changes(const derivation *d, buffer *out)
{
    bool better = assessed(d);
    if (!d->change_count)
        return;
    say(d, out, better ? "\n怎样会得到更高的等次（各项单独成立，其他人和其他各项不变）：\n" : "\n怎样会参加考评（各项单独成立，其他人和其他各项不变）：\n",
        better ? "\nWhat would have given a better grade (each by itself, all others unchanged):\n"
               : "\nWhat would have led to an assessment (each by itself, all others unchanged):\n");
    bool all = d->change_count <= CHANGES_SHOWN;
    for (size_t i = 0; i < (all ? d->change_count : CHANGES_SHOWN - 1); i++) {
        buffer_add_string(out, "  · ");
        buffer_add_visible(out, d->changes[i].words);
        buffer_add_char(out, '\n');
    }
    if (all)
        return;
    say(d, out, "  · 另有 ", "  · and ");
    buffer_add_integer(out, (int64_t)(d->change_count - (CHANGES_SHOWN - 1)));
    say(d, out, " 项\n", " more\n");
}

static void foot(const derivation *d, buffer *out)
{
    if (d->singles)
        say(d, out, "\n中位数、最高分、最低分出自单张评分票，为保护考评人，不显示。\n",
            "\nA median, highest or lowest figure is a single ballot; to protect the raters, it is not shown.\n");
    if (!d->closed)
        return;
    if (d->closed_by_others)
        say(d, out, "\n所用的其他人的数中，有一组评分不足 ", "\nAmong the figures of others that stand in this, one group has fewer than ");
    else
        say(d, out, "\n有一组评分不足 ", "\nOne group has fewer than ");
    buffer_add_integer(out, d->smallest_group);
    say(d, out, " 张，为保护考评人，各组平均分均不显示；由平均分得出的数只显示到得分的小数位数（≈）或不显示。\n",
        " ballots; to protect the raters, no group's mean is shown and figures made from them only as exact as the score (≈), or not at all.\n");
}

void explain_text(const derivation *d, buffer *out)
{
    head(d, out);
    for (size_t i = 0; i < d->line_count; i++)
        print_line(d, &d->lines[i], out);
    for (size_t i = 0; i < d->decision_count; i++)
        print_decision(d, &d->decisions[i], out);
    print_changes(d, out);
    foot(d, out);
}

/* --- JSON --- */

static void json_date(json *j, const char *key, date d)
{
    char digits[16];
    size_t n = date_print(d, digits);
    json_member_text(j, key, (text){digits, n});
}

static void json_decimal(json *j, const char *key, decimal value)
{
    char digits[64];
    size_t n = value.coeff == CELL_BLANK ? 0 : decimal_print(value.coeff, value.scale, digits);
    json_member_text(j, key, (text){digits, n});
}

static void json_event(const derivation *d, const event *e, json *j)
{
    const batch *b = d->outcome->batch;
    json_begin_object(j);
    json_member_text(j, "file", b->sources[e->source].name);
    json_member_integer(j, "row", e->row);
    json_member_text(j, "kind", b->words.kinds[e->kind].word.id);
    json_date(j, "from", e->from);
    json_date(j, "to", e->to);
    json_decimal(j, "points", e->points);
    json_decimal(j, "amount", e->amount);
    json_member_text(j, "subject", b->people.ids.texts[e->subject]);
    json_member_text(j, "liable", e->liable == SUBJECT_NONE ? TEXT("") : b->people.ids.texts[e->liable]);
    json_member_text(j, "ref", e->ref);
    json_member_text(j, "note", e->note);
    json_end_object(j);
}

static void json_line(const derivation *d, const explain_line *line, json *j)
{
    json_begin_object(j);
    json_key(j, "kind");
    json_string(j, statement_kind_id(line->about->kind));
    json_member_text(j, "clause", line->clause);
    json_member_text(j, "words", line->words);
    json_member_text(j, "formula", line->formula);
    json_member_text(j, "figures", line->figures);
    json_member_text(j, "value", line->value);
    json_member_text(j, "note", line->note);
    if (line->has_tally) {
        json_key(j, "ballots");
        json_begin_object(j);
        json_member_integer(j, "counted", line->tally.counted);
        json_member_integer(j, "not_counted", line->tally.not_counted);
        json_member_integer(j, "invalid", line->tally.invalid);
        if (line->cut_off)
            json_member_integer(j, "cut_off", line->cut_off);
        json_end_object(j);
    }
    json_key(j, "events");
    json_begin_array(j);
    for (size_t i = 0; i < line->event_count; i++)
        json_event(d, line->events[i], j);
    json_end_array(j);
    json_end_object(j);
}

static void json_head(const derivation *d, json *j)
{
    const result *r = d->outcome;
    const subjects *people = &r->batch->people;
    char score[64];
    buffer flags = {0};
    json_key(j, "schema");
    json_string(j, "assess.explain/1");
    json_member_text(j, "scheme", r->plan->id);
    json_member_text(j, "period", r->plan->period_text);
    json_member_text(j, "id", people->ids.texts[d->subject]);
    json_member_text(j, "name", people->name[d->subject]);
    json_member_text(j, "unit", people->unit[d->subject]);
    json_key(j, "status");
    json_string(j, status_id((subject_status)r->status[d->subject]));
    size_t n = result_print_score(r, d->subject, score);
    json_member_text(j, "score", (text){score, n});
    uint8_t grade = r->grade[d->subject];
    json_member_text(j, "grade", grade == GRADE_NONE ? TEXT("") : r->plan->grades[grade].id);
    json_member_integer(j, "rank", r->rank[d->subject]);
    result_print_flags(r, d->subject, &flags);
    json_member_text(j, "flags", buffer_text(&flags));
    j->out->failed |= flags.failed;
    buffer_free(&flags);
}

static void json_change(const derivation *d, const explain_change *c, json *j)
{
    json_begin_object(j);
    json_key(j, "kind");
    json_string(j, c->kind);
    json_member_text(j, "words", c->words);
    json_member_text(j, "clause", c->clause);
    json_member_text(j, "grade", c->grade);
    json_member_text(j, "needed", c->needed);
    json_member_text(j, "lacking", c->lacking);
    if (c->event) {
        json_key(j, "event");
        json_event(d, c->event, j);
    }
    json_end_object(j);
}

/* There where the table was given. */
static void json_decisions(const derivation *d, json *j)
{
    uint8_t computed = result_computed_grade(d->outcome, d->subject);
    if (!d->outcome->batch->has_table[TABLE_DECISIONS])
        return;
    json_member_text(j, "computed_grade", computed == GRADE_NONE ? TEXT("") : d->outcome->plan->grades[computed].id);
    json_key(j, "decisions");
    json_begin_array(j);
    for (size_t i = 0; i < d->decision_count; i++)
        decided_json(d->outcome, d->decisions[i].of, j);
    json_end_array(j);
}

void explain_json(const derivation *d, buffer *out)
{
    json j = {.out = out};
    json_begin_object(&j);
    json_head(d, &j);
    json_key(&j, "reasons");
    json_begin_array(&j);
    for (size_t i = 0; i < d->reason_count; i++)
        json_text(&j, d->reasons[i]);
    json_end_array(&j);
    json_member_truth(&j, "means_shown", !d->closed);
    json_member_integer(&j, "smallest_group", d->smallest_group);
    json_key(&j, "lines");
    json_begin_array(&j);
    for (size_t i = 0; i < d->line_count; i++)
        json_line(d, &d->lines[i], &j);
    json_end_array(&j);
    json_decisions(d, &j);
    json_key(&j, "why_not");
    json_begin_array(&j);
    for (size_t i = 0; i < d->change_count; i++)
        json_change(d, &d->changes[i], &j);
    json_end_array(&j);
    json_end_object(&j);
    buffer_add_char(out, '\n');
}
