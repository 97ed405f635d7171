/* history: what came out in earlier periods. Periods and grades are kept as they are written; a period must be one. */
#include "exchange/reading.h"

enum { HISTORY_SUBJECT, HISTORY_PERIOD, HISTORY_SCORE, HISTORY_GRADE };

static const column_spec history_columns[] = {
    [HISTORY_SUBJECT] = {"subject", "对象", "对象编号|被考评人|被考评人编号|人员编号|编号|工号|subject-id|person-id|id",
                         true},
    [HISTORY_PERIOD] = {"period", "年度", "期间|考核年度|考核期间|年份|year", true},
    [HISTORY_SCORE] = {"score", "得分", "分数|分值|成绩|points", false},
    [HISTORY_GRADE] = {"grade", "等次", "考核等次|等级|结果|考核结果", false},
};

/* A table with neither a score nor a grade says nothing. */
static bool begin_history(reading *in, sheet *s, void *memory)
{
    static const text words[] = {{"score", 5}, {"得分", 6}, {"grade", 5}, {"等次", 6}};
    (void)in;
    (void)memory;
    if (s->column[HISTORY_SCORE] == NO_COLUMN && s->column[HISTORY_GRADE] == NO_COLUMN)
        sheet_report_missing(s, MSG_input_column_missing, MSG_input_column_missing_near, TEXT("score"), TEXT("得分"),
                             words, 4);
    return true;
}

static void read_history(reading *in, line *l, void *memory)
{
    const sheet *s = l->sheet;
    history h = {.source = s->source, .row = l->row};
    (void)in;
    (void)memory;
    line_subject(l, s->column[HISTORY_SUBJECT], &h.subject);
    h.period = line_clean(l, s->column[HISTORY_PERIOD]);
    h.grade = line_clean(l, s->column[HISTORY_GRADE]);
    bool has_period = s->column[HISTORY_PERIOD] != NO_COLUMN;
    if (!l->failed && h.period.length == 0 && has_period)
        line_report(l, PROBLEM_ERROR, s->column[HISTORY_PERIOD], message_of(MSG_input_period_missing));
    date_span span;
    if (!l->failed && h.period.length > 0 && !period_parse(h.period.bytes, h.period.length, &span))
        line_report(l, PROBLEM_ERROR, s->column[HISTORY_PERIOD], message_of1(MSG_input_period_unknown, h.period));
    line_number(l, s->column[HISTORY_SCORE], true, &h.score);
    if (has_period && !l->wrong && !l->failed && h.subject != SUBJECT_NONE)
        l->failed = !batch_add_history(s->b, h);
}

static void end_history(reading *in, sheet *s, void *memory)
{
    (void)in;
    (void)s;
    (void)memory;
}

const table_form history_form = {.specs = history_columns,
                                 .spec_count = sizeof history_columns / sizeof *history_columns,
                                 .state_size = 1,
                                 .begin = begin_history,
                                 .row = read_history,
                                 .end = end_history};
