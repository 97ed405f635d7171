/* case_report.c: how many cases passed, and which clauses they reach. */
#include "api/cases.h"

enum { LINES_SHOWN = 12 }; /* of the cases that reach a clause */

static bool bears_statements(const plan *p, size_t clause)
{
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].at.clause == clause)
            return true;
    for (size_t i = 0; i < p->item_count; i++)
        if (p->items[i].at.clause == clause)
            return true;
    return false;
}

static size_t count_clauses(const trial *t, bool reached)
{
    size_t count = 0;
    for (size_t c = 1; c < t->plan->clause_count; c++)
        count += bears_statements(t->plan, c) && (t->reached[c].count > 0) == reached;
    return count;
}

/* The lines of the cases file: "5, 12, 30". */
static void say_lines(trial *t, const clause_cases *reached)
{
    for (size_t i = 0; i < reached->count && i < LINES_SHOWN; i++) {
        if (i)
            trial_say(t, "、", ", ");
        buffer_add_integer(&t->lines, t->cases->items[reached->cases[i]].line);
    }
    if (reached->count > LINES_SHOWN)
        buffer_add_string(&t->lines, " …");
}

static size_t widest_clause(const plan *p)
{
    size_t widest = 0;
    for (size_t c = 1; c < p->clause_count; c++) {
        size_t columns = bears_statements(p, c) ? text_columns(p->clauses[c].number) : 0;
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

static void say_reached(trial *t)
{
    size_t widest = widest_clause(t->plan);
    for (size_t c = 1; c < t->plan->clause_count; c++) {
        text number = t->plan->clauses[c].number;
        if (!bears_statements(t->plan, c) || !t->reached[c].count)
            continue;
        buffer_add_string(&t->lines, "  ");
        buffer_add_visible(&t->lines, number);
        for (size_t n = text_columns(number); n < widest; n++)
            buffer_add_char(&t->lines, ' ');
        trial_say(t, "  算例 ", "  cases ");
        buffer_add_integer(&t->lines, (int64_t)t->reached[c].count);
        trial_say(t, " 个，行 ", ", lines ");
        say_lines(t, &t->reached[c]);
        buffer_add_char(&t->lines, '\n');
    }
}

static void say_missed(trial *t)
{
    size_t said = 0;
    trial_say(t, "没有算例涉及的条款：", "no case reaches: ");
    for (size_t c = 1; c < t->plan->clause_count; c++) {
        if (!bears_statements(t->plan, c) || t->reached[c].count)
            continue;
        if (said++)
            trial_say(t, "、", ", ");
        buffer_add_visible(&t->lines, t->plan->clauses[c].number);
    }
    buffer_add_char(&t->lines, '\n');
}

void case_report_text(trial *t)
{
    size_t reached = count_clauses(t, true), missed = count_clauses(t, false);
    buffer_add_text(&t->lines, t->plan->id);
    trial_say(t, "：", ": ");
    buffer_add_integer(&t->lines, (int64_t)(t->passed + t->failed));
    trial_say(t, " 个算例，通过 ", t->passed + t->failed == 1 ? " case, " : " cases, ");
    buffer_add_integer(&t->lines, (int64_t)t->passed);
    trial_say(t, "，未通过 ", " passed, ");
    buffer_add_integer(&t->lines, (int64_t)t->failed);
    trial_say(t, "\n算例涉及的条款 ", " failed\nclauses reached ");
    buffer_add_integer(&t->lines, (int64_t)reached);
    buffer_add_string(&t->lines, "/");
    buffer_add_integer(&t->lines, (int64_t)(reached + missed));
    buffer_add_char(&t->lines, '\n');
    say_reached(t);
    if (missed)
        say_missed(t);
}

static void json_clauses(const trial *t, json *j, const char *key, bool reached)
{
    json_key(j, key);
    json_begin_array(j);
    for (size_t c = 1; c < t->plan->clause_count; c++)
        if (bears_statements(t->plan, c) && (t->reached[c].count > 0) == reached)
            json_text(j, t->plan->clauses[c].number);
    json_end_array(j);
}

/* Which cases reach which clause. */
static void json_coverage(const trial *t, json *j)
{
    json_key(j, "coverage");
    json_begin_array(j);
    for (size_t c = 1; c < t->plan->clause_count; c++) {
        if (!bears_statements(t->plan, c))
            continue;
        json_begin_object(j);
        json_member_text(j, "clause", t->plan->clauses[c].number);
        json_key(j, "cases");
        json_begin_array(j);
        for (size_t i = 0; i < t->reached[c].count; i++) {
            const rule_case *one = &t->cases->items[t->reached[c].cases[i]];
            json_begin_object(j);
            json_member_text(j, "case", one->name);
            json_member_integer(j, "line", one->line);
            json_end_object(j);
        }
        json_end_array(j);
        json_end_object(j);
    }
    json_end_array(j);
}

void case_report_json(trial *t, buffer *out)
{
    json j = {.out = out};
    json_begin_object(&j);
    json_member_text(&j, "schema", TEXT("assess.rules-test/1"));
    json_member_text(&j, "scheme", t->plan->id);
    json_member_integer(&j, "passed", (int64_t)t->passed);
    json_member_integer(&j, "failed", (int64_t)t->failed);
    json_clauses(t, &j, "clauses_reached", true);
    json_clauses(t, &j, "clauses_missed", false);
    json_key(&j, "failures");
    buffer_add_text(out, buffer_text(&t->problems));
    j.comma = true; /* that was a whole value */
    json_coverage(t, &j);
    json_end_object(&j);
    buffer_add_char(out, '\n');
}
