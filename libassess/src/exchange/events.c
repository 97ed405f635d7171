/* events: dated facts about a subject. What an event must say depends on its kind. */
#include "exchange/reading.h"

enum {
    COLUMN_SUBJECT,
    COLUMN_KIND,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_POINTS,
    COLUMN_AMOUNT,
    COLUMN_LIABLE,
    COLUMN_REF,
    COLUMN_NOTE
};

static const column_spec event_columns[] = {
    [COLUMN_SUBJECT] = {"subject", "对象", "对象编号|被考评人|被考评人编号|人员编号|编号|工号|subject-id|person-id|id",
                        true},
    [COLUMN_KIND] = {"kind", "类型", "类别|事项|事项类型|事项类别|type", true},
    [COLUMN_FROM] = {"from", "开始", "开始日期|起始日期|开始时间|起始时间|发生日期|日期|date|start|start-date", false},
    [COLUMN_TO] = {"to", "结束", "结束日期|截止日期|终止日期|结束时间|截止时间|end|end-date|until", false},
    [COLUMN_POINTS] = {"points", "分值", "分数|扣分值|point", false},
    [COLUMN_AMOUNT] = {"amount", "数量", "数额|金额|次数", false},
    [COLUMN_LIABLE] = {"liable", "连带责任人", "连带责任人编号|连带责任|liable-id", false},
    [COLUMN_REF] = {"ref", "依据", "文号|凭据|reference", false},
    [COLUMN_NOTE] = {"note", "说明", "备注|notes|remark|remarks", false},
};

/* Rows with the same thing to notice: named once, at the first of them. A log of a year would otherwise drown everything else. */
typedef struct alike {
    size_t count;
    uint32_t row; /* the first */
    text value;
} alike;

typedef struct event_state {
    word_cache kinds;
    size_t *ignored;       /* [ignored kind]: rows passed over */
    alike *liable_unused;  /* [kind] */
    alike liable_is_subject;
    bool ends;             /* a `from` was seen while there is no column `to` */
} event_state;

static bool begin_events(reading *in, sheet *s, void *memory)
{
    event_state *state = memory;
    state->ignored = arena_zalloc(&s->texts, (in->options->ignored_kind_count + 1) * sizeof *state->ignored);
    state->liable_unused = arena_zalloc(&s->texts, (in->b->words.kind_count + 1) * sizeof *state->liable_unused);
    return state->ignored && state->liable_unused;
}

/* Ignored kinds may be unknown to the scheme, or one of its own by another spelling. */
static uint32_t find_ignored(reading *in, text key, uint32_t word)
{
    uint32_t found = lexicon_find(&in->ignored, key);
    if (found != WORD_NONE || word == WORD_NONE)
        return found;
    return in->kind_ignored[word];
}

/* False: what the kind asks for is not known, or nobody wants to know. */
static bool read_kind(reading *in, line *l, event_state *state, uint32_t *kind)
{
    text written = line_trimmed(l, l->sheet->column[COLUMN_KIND]), key;
    if (l->sheet->column[COLUMN_KIND] == NO_COLUMN) /* the header has been named for that */
        return false;
    if (written.length == 0) {
        line_report(l, PROBLEM_ERROR, l->sheet->column[COLUMN_KIND], message_of(MSG_input_kind_missing));
        return false;
    }
    if (in->options->ignored_kind_count == 0) {
        l->failed |= !lexicon_look_up(&in->kinds, &state->kinds, l->scratch, written, kind, &key);
    } else {
        l->failed |= !text_key(l->scratch, written, &key);
        *kind = l->failed ? WORD_NONE : lexicon_find(&in->kinds, key);
        uint32_t ignored = l->failed ? WORD_NONE : find_ignored(in, key, *kind);
        if (ignored != WORD_NONE) {
            state->ignored[ignored]++;
            return false;
        }
    }
    if (!l->failed && *kind == WORD_NONE)
        line_report_unknown(l, l->sheet->column[COLUMN_KIND], &in->kinds, written, key, MSG_input_kind_unknown,
                            MSG_input_kind_unknown_near);
    return !l->failed && *kind != WORD_NONE;
}

/* ---- dates ---- */

static void report_order(line *l, date from)
{
    char day[16];
    text begin = {day, date_print(from, day)};
    size_t column = l->sheet->column[COLUMN_TO];
    line_report(l, PROBLEM_ERROR, column, message_of2(MSG_input_end_before_begin, line_trimmed(l, column), begin));
}

static void read_dates(line *l, event_state *state, event *e)
{
    size_t from = l->sheet->column[COLUMN_FROM], to = l->sheet->column[COLUMN_TO];
    bool good = line_date(l, from, &e->from);
    good = line_date(l, to, &e->to) && good;
    if (!good)
        return;
    if (e->from == DATE_NONE && e->to != DATE_NONE)
        line_report(l, PROBLEM_ERROR, to, message_of(MSG_input_end_without_begin));
    else if (e->to == DATE_NONE)
        e->to = e->from;
    else if (e->to < e->from)
        report_order(l, e->from);
    state->ends |= e->from != DATE_NONE && to == NO_COLUMN;
}

/* ---- what the kind asks for ---- */

static void require_one(line *l, bool needed, bool empty, size_t spec, const vocabulary_kind *kind)
{
    size_t column = l->sheet->column[spec];
    if (!needed || !empty || line_trimmed(l, column).length > 0 || l->sheet->misspelt[spec])
        return;
    message what = message_of4(MSG_input_event_needs, kind->word.id, word_label(&kind->word),
                               text_of(event_columns[spec].id), text_of(event_columns[spec].zh));
    line_report(l, PROBLEM_ERROR, column, what);
}

static void count_alike(reading *in, line *l, alike *a, size_t column)
{
    if (a->count++ > 0)
        return;
    text value = line_trimmed(l, column);
    const char *kept = arena_text(&in->texts, value.bytes, value.length);
    l->failed |= !kept;
    a->row = l->row;
    a->value = (text){kept, kept ? value.length : 0};
}

static void report_alike(sheet *s, const alike *a, size_t spec, message_id id, text kind, text called)
{
    if (a->count == 0)
        return;
    size_t column = s->column[spec];
    buffer number = {0};
    buffer_add_integer(&number, (int64_t)a->count);
    s->failed |= number.failed;
    problem_add(s->problems, (problem){.severity = PROBLEM_NOTICE, .what = message_of3(id, buffer_text(&number), kind, called),
                                       .source = s->source, .row = a->row, .column = (uint32_t)column + 1,
                                       .header = s->written[column], .value = a->value});
    buffer_free(&number);
}

static void read_liable(reading *in, line *l, event_state *state, const vocabulary_kind *kind, event *e)
{
    size_t column = l->sheet->column[COLUMN_LIABLE];
    text id = line_clean(l, column);
    e->liable = SUBJECT_NONE;
    if (id.length == 0 || l->failed)
        return;
    const subjects *people = &l->sheet->b->people;
    e->liable = intern_find(&people->ids, id);
    if (e->liable == INTERN_NONE && people->count > 0)
        line_report_nobody(l, column, id, MSG_input_liable_unknown);
    else if (kind && !kind->uses_liable)
        count_alike(in, l, &state->liable_unused[e->kind], column);
    else if (e->liable == e->subject && e->liable != SUBJECT_NONE)
        count_alike(in, l, &state->liable_is_subject, column);
}

static void require(line *l, const vocabulary_kind *kind, const event *e)
{
    require_one(l, kind->needs_from, e->from == DATE_NONE, COLUMN_FROM, kind);
    require_one(l, kind->needs_points, e->points.coeff == CELL_BLANK, COLUMN_POINTS, kind);
    require_one(l, kind->needs_amount, e->amount.coeff == CELL_BLANK, COLUMN_AMOUNT, kind);
}

/* Whatever is wrong with the kind, and also when it is to be ignored, the other cells are looked at: all that is wrong
 * is named at once. */
static void read_event(reading *in, line *l, void *memory)
{
    event_state *state = memory;
    const sheet *s = l->sheet;
    event e = {.source = s->source, .row = l->row};
    uint32_t number = 0;
    const vocabulary_kind *kind = read_kind(in, l, state, &number) ? &in->b->words.kinds[number] : NULL;
    e.kind = (uint16_t)number;
    line_subject(l, s->column[COLUMN_SUBJECT], &e.subject);
    read_dates(l, state, &e);
    line_number(l, s->column[COLUMN_POINTS], false, &e.points);
    line_number(l, s->column[COLUMN_AMOUNT], false, &e.amount);
    if (kind)
        require(l, kind, &e);
    read_liable(in, l, state, kind, &e);
    e.ref = line_clean(l, s->column[COLUMN_REF]);
    e.note = line_clean(l, s->column[COLUMN_NOTE]);
    if (kind && !l->wrong && !l->failed && e.subject != SUBJECT_NONE)
        l->failed = !batch_add_event(s->b, e);
}

static void end_events(reading *in, sheet *s, void *memory)
{
    const event_state *state = memory;
    for (size_t i = 0; i < in->options->ignored_kind_count; i++)
        if (state->ignored[i] > 0)
            sheet_notice_count(s, MSG_input_kind_ignored, in->options->ignored_kinds[i], state->ignored[i], TEXT(""));
    for (size_t i = 0; i < in->b->words.kind_count; i++) {
        const vocabulary_word *kind = &in->b->words.kinds[i].word;
        report_alike(s, &state->liable_unused[i], COLUMN_LIABLE, MSG_input_liable_unused, kind->id, word_label(kind));
    }
    report_alike(s, &state->liable_is_subject, COLUMN_LIABLE, MSG_input_liable_is_subject, TEXT(""), TEXT(""));
    if (state->ends && !s->misspelt[COLUMN_TO])
        sheet_report(s, PROBLEM_NOTICE, NO_COLUMN, message_of(MSG_input_events_without_end));
}

const table_form events_form = {.specs = event_columns,
                                .spec_count = sizeof event_columns / sizeof *event_columns,
                                .state_size = sizeof(event_state),
                                .begin = begin_events,
                                .row = read_event,
                                .end = end_events};
