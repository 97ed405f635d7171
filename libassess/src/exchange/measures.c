/* measures: one number about a subject per row, with its target and what it is compared with. */
#include "exchange/reading.h"

enum { MEASURE_SUBJECT, MEASURE_MEASURE, MEASURE_VALUE, MEASURE_TARGET, MEASURE_BASELINE };

static const column_spec measure_columns[] = {
    [MEASURE_SUBJECT] = {"subject", "对象", "对象编号|被考评人|被考评人编号|人员编号|编号|工号|subject-id|person-id|id",
                         true},
    [MEASURE_MEASURE] = {"measure", "指标", "指标名称|指标项目|indicator", true},
    [MEASURE_VALUE] = {"value", "数值", "实际值|完成值|完成数", true},
    [MEASURE_TARGET] = {"target", "目标", "目标值|任务数|目标数", false},
    [MEASURE_BASELINE] = {"baseline", "基数", "基期值|基准|基准值", false},
};

typedef struct measure_state {
    word_cache words;
} measure_state;

static bool begin_measures(reading *in, sheet *s, void *memory)
{
    (void)in;
    (void)s;
    (void)memory;
    return true;
}

static bool read_measure_word(reading *in, line *l, measure_state *state, uint32_t *word)
{
    size_t column = l->sheet->column[MEASURE_MEASURE];
    text written = line_trimmed(l, column), key;
    if (column == NO_COLUMN) /* the header has been named for that */
        return false;
    if (written.length == 0) {
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_measure_missing));
        return false;
    }
    if (!lexicon_look_up(&in->measures, &state->words, l->scratch, written, word, &key)) {
        l->failed = true;
        return false;
    }
    if (*word != WORD_NONE)
        return true;
    line_report_unknown(l, column, &in->measures, written, key, MSG_input_measure_unknown,
                        MSG_input_measure_unknown_near);
    return false;
}

static void read_measure(reading *in, line *l, void *memory)
{
    measure_state *state = memory;
    const sheet *s = l->sheet;
    measure m = {.source = s->source, .row = l->row};
    uint32_t word = 0;
    bool good = line_subject(l, s->column[MEASURE_SUBJECT], &m.subject);
    good = read_measure_word(in, l, state, &word) && good;
    m.measure = (uint16_t)word;
    good = line_number(l, s->column[MEASURE_VALUE], true, &m.value) && good;
    line_number(l, s->column[MEASURE_TARGET], true, &m.target);
    line_number(l, s->column[MEASURE_BASELINE], true, &m.baseline);
    bool has_value = s->column[MEASURE_VALUE] != NO_COLUMN;
    if (good && has_value && m.value.coeff == CELL_BLANK && line_trimmed(l, s->column[MEASURE_VALUE]).length == 0)
        line_report(l, PROBLEM_ERROR, s->column[MEASURE_VALUE], message_of(MSG_input_measure_value_missing));
    if (good && !l->wrong && !l->failed && m.subject != SUBJECT_NONE)
        l->failed = !batch_add_measure(s->b, m);
}

static void end_measures(reading *in, sheet *s, void *memory)
{
    (void)in;
    (void)s;
    (void)memory;
}

const table_form measures_form = {.specs = measure_columns,
                                  .spec_count = sizeof measure_columns / sizeof *measure_columns,
                                  .state_size = sizeof(measure_state),
                                  .begin = begin_measures,
                                  .row = read_measure,
                                  .end = end_measures};
