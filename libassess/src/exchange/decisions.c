/* decisions: what people decided about results. A row that is taken must be one that can be carried out without a question: who
 * decided, when, why, and what becomes of the grade. */
#include "exchange/reading.h"

enum { DECISION_SUBJECT, DECISION_KIND, DECISION_GRADE, DECISION_DAY, DECISION_BY, DECISION_MEETING, DECISION_REASON };

static const column_spec decision_columns[] = {
    [DECISION_SUBJECT] = {"subject", "对象", "对象编号|被考评人|被考评人编号|人员编号|编号|工号|subject-id|person-id|id", true},
    [DECISION_KIND] = {"kind", "类型", "类别|决定类型|决定类别|决定种类|处理类型|type", true},
    [DECISION_GRADE] = {"grade", "等次", "考核等次|考评等次|等级|决定等次|确定等次|改定等次|评定等次|最终等次|new-grade|final-grade", true},
    [DECISION_DAY] = {"date", "日期", "决定日期|会议日期|裁定日期|作出日期|决定时间|时间|day", true},
    [DECISION_BY] = {"by", "决定人", "决定机关|决定单位|决定机构|裁定人|审定人|审定机关|作出决定者|decided-by|authority", true},
    [DECISION_MEETING] = {"meeting", "会议", "会议名称|会议届次|会次|session", false},
    [DECISION_REASON] = {"reason", "理由", "决定理由|原因|事由|依据|说明|reasons|grounds", true},
};

/* ---- what a decision may say ---- */

static const char *const more_kinds[DECISION_KINDS][6] = {
    [DECISION_CALIBRATION] = {"校准会", "校准会议", "等次校准", "calibrated"},
    [DECISION_OVERRIDE] = {"裁定", "改评", "核定", "审定", "决定", "overridden"},
    [DECISION_OBJECTION] = {"复核", "申诉复核", "复议", "异议", "appeal", "review"},
};
static const char *const no_grade_words[] = {"不确定等次", "不定等次", "不评等次", "不评定等次", "未定等次", "no-grade", "none"};

static bool add_kinds(lexicon *l)
{
    bool done = lexicon_add_words(l, decision_kind_words, sizeof *decision_kind_words, DECISION_KINDS);
    for (uint32_t kind = 0; kind < DECISION_KINDS; kind++)
        for (size_t i = 0; done && i < 6 && more_kinds[kind][i]; i++)
            done = lexicon_add(l, text_of(more_kinds[kind][i]), kind);
    return done;
}

static bool add_grades(lexicon *l, const vocabulary *words, uint32_t level)
{
    bool done = true;
    for (int labels = 0; labels < 2; labels++)
        for (size_t i = 0; done && i < words->grade_count; i++) {
            const vocabulary_word *word = &words->grades[i].word;
            if (words->grades[i].level != level)
                continue;
            if (labels)
                done = lexicon_add(l, word->zh, (uint32_t)i) && lexicon_add(l, word->en, (uint32_t)i);
            else
                done = lexicon_add(l, word->id, (uint32_t)i);
            if (!labels)
                word_describe_both(l->described, word);
        }
    return done && !l->described[ASSESS_EN].failed && !l->described[ASSESS_ZH].failed;
}

static bool add_no_grade(lexicon *l, const vocabulary *words)
{
    const vocabulary_word word = {.id = TEXT("no-grade"), .zh = TEXT("不确定等次"), .en = TEXT("no grade")};
    bool done = true;
    for (size_t i = 0; done && i < sizeof no_grade_words / sizeof *no_grade_words; i++)
        done = lexicon_add(l, text_of(no_grade_words[i]), (uint32_t)words->grade_count);
    word_describe_both(l->described, &word);
    return done && !l->described[ASSESS_EN].failed && !l->described[ASSESS_ZH].failed;
}

bool decisions_prepare(reading *in)
{
    const vocabulary *words = &in->b->words;
    bool done = add_kinds(&in->decision_kinds);
    for (uint32_t level = 0; done && level < VOCABULARY_LEVELS; level++) {
        done = add_grades(&in->grades[level], words, level);
        if (done && words->no_grade >> level & 1)
            done = add_no_grade(&in->grades[level], words);
    }
    return done;
}

void decisions_release(reading *in)
{
    lexicon_free(&in->decision_kinds);
    for (size_t level = 0; level < VOCABULARY_LEVELS; level++)
        lexicon_free(&in->grades[level]);
}

/* ---- a row ---- */

typedef struct decision_state {
    word_cache kinds, grades[VOCABULARY_LEVELS];
} decision_state;

static bool begin_decisions(reading *in, sheet *s, void *memory)
{
    (void)in;
    (void)s;
    (void)memory;
    return true;
}

/* A column that is missing has been named with the header. */
static void report_empty(line *l, size_t spec)
{
    size_t column = l->sheet->column[spec];
    if (column != NO_COLUMN)
        line_report(l, PROBLEM_ERROR, column,
                    message_of2(MSG_input_decision_needs, text_of(decision_columns[spec].id), text_of(decision_columns[spec].zh)));
}

/* False: not known; a problem says why. */
static bool look_up(line *l, const lexicon *words, word_cache *cache, size_t column, message_id plain, message_id near, uint32_t *word)
{
    text written = line_trimmed(l, column), key;
    if (!lexicon_look_up(words, cache, l->scratch, written, word, &key)) {
        l->failed = true;
        return false;
    }
    if (*word == WORD_NONE)
        line_report_unknown(l, column, words, written, key, plain, near);
    return *word != WORD_NONE;
}

static bool read_decision_kind(reading *in, line *l, decision_state *state, decision *d)
{
    size_t column = l->sheet->column[DECISION_KIND];
    uint32_t kind = 0;
    if (line_trimmed(l, column).length == 0) {
        report_empty(l, DECISION_KIND);
        return false;
    }
    bool known = look_up(l, &in->decision_kinds, &state->kinds, column, MSG_input_decision_kind_unknown, MSG_input_decision_kind_near, &kind);
    d->kind = known ? (uint8_t)kind : 0;
    return known;
}

/* An objection that names no grade was turned down. */
static void take_empty_grade(reading *in, line *l, uint32_t level, bool kind_known, decision *d)
{
    const vocabulary_word *kind = &decision_kind_words[d->kind];
    message what = message_of2(MSG_input_decision_grade_missing, kind->id, kind->zh);
    message_list(&what, 2, in->grades[level].described);
    d->grade = DECISION_TURNED_DOWN;
    if (kind_known && d->kind != DECISION_OBJECTION && l->sheet->column[DECISION_GRADE] != NO_COLUMN)
        line_report(l, PROBLEM_ERROR, l->sheet->column[DECISION_GRADE], what);
}

static void read_grade(reading *in, line *l, decision_state *state, bool kind_known, decision *d)
{
    size_t column = l->sheet->column[DECISION_GRADE];
    uint32_t level = d->subject == SUBJECT_NONE ? 0 : vocabulary_level(&in->b->words, in->b->people.category[d->subject]);
    uint32_t grade = 0;
    if (line_trimmed(l, column).length == 0) {
        take_empty_grade(in, l, level, kind_known, d);
    } else if (in->grades[level].keys.count == 0) {
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_decision_no_grades));
    } else if (look_up(l, &in->grades[level], &state->grades[level], column, MSG_input_decision_grade_unknown,
                       MSG_input_decision_grade_near, &grade)) {
        d->grade = grade == in->b->words.grade_count ? DECISION_NO_GRADE : (uint16_t)grade;
    }
}

/* As it is written: what people sign is not folded. */
static text read_words(line *l, size_t spec, bool needed)
{
    size_t column = l->sheet->column[spec];
    text words = TEXT("");
    if (column != NO_COLUMN && !text_clean_name(l->scratch, l->cells[column], &words))
        l->failed = true;
    else if (needed && words.length == 0)
        report_empty(l, spec);
    return words;
}

static void read_day(line *l, decision *d)
{
    if (line_date(l, l->sheet->column[DECISION_DAY], &d->day) && d->day == DATE_NONE)
        report_empty(l, DECISION_DAY);
}

static void read_decision(reading *in, line *l, void *memory)
{
    decision_state *state = memory;
    const sheet *s = l->sheet;
    decision d = {.source = s->source, .row = l->row};
    line_subject(l, s->column[DECISION_SUBJECT], &d.subject);
    bool kind_known = read_decision_kind(in, l, state, &d);
    read_grade(in, l, state, kind_known, &d);
    read_day(l, &d);
    d.by = read_words(l, DECISION_BY, true);
    d.meeting = read_words(l, DECISION_MEETING, false);
    d.reason = read_words(l, DECISION_REASON, true);
    bool whole = kind_known && d.day != DATE_NONE && d.by.length > 0 && d.reason.length > 0 && s->column[DECISION_GRADE] != NO_COLUMN;
    if (whole && !l->wrong && !l->failed && d.subject != SUBJECT_NONE)
        l->failed = !batch_add_decision(s->b, d);
}

static void end_decisions(reading *in, sheet *s, void *memory)
{
    (void)in;
    (void)s;
    (void)memory;
}

const table_form decisions_form = {.specs = decision_columns,
                                   .spec_count = sizeof decision_columns / sizeof *decision_columns,
                                   .state_size = sizeof(decision_state),
                                   .begin = begin_decisions,
                                   .row = read_decision,
                                   .end = end_decisions};
