/* raters: who is asked to rate whom, a row each. Names of raters may be shown here: nothing in this table is a value. */
#include "exchange/reading.h"

enum { RATER_ID, RATER_ROLE, RATER_SUBJECT, RATER_UNIT, RATER_NAME };

static const column_spec rater_columns[] = {
    [RATER_ID] = {"rater", "考评人", "考评人编号|评分人|评分人编号|评议人|评价人|考核人|rater-id", true},
    [RATER_ROLE] = {"role", "角色", "考评人角色|评分角色|身份", true},
    [RATER_SUBJECT] = {"subject", "被考评人", "被考评人编号|对象|对象编号|subject-id", false},
    [RATER_UNIT] = {"unit", "单位", "被考评单位|部门|股室|处室|科室", false},
    [RATER_NAME] = {"name", "姓名", "考评人姓名|评分人姓名|rater-name", false},
};

enum { MOST_ROLES = 32 };

typedef struct rater_state {
    word_cache roles;
    size_t unused[MOST_ROLES]; /* rows of roles that the scheme does not use */
    uint32_t self;             /* the role in which people rate themselves; WORD_NONE */
} rater_state;

/* People come before what speaks of them, so all units there are stand in their table. */
static bool begin_raters(reading *in, sheet *s, void *memory)
{
    rater_state *state = memory;
    const subjects *people = &s->b->people;
    state->self = lexicon_find(&in->roles, TEXT("self"));
    for (size_t i = 0; i < people->count; i++)
        if (people->unit[i].length && intern_add(&s->b->asked.units, people->unit[i]) == INTERN_NONE)
            return false;
    return true;
}

static bool read_role(reading *in, line *l, rater_state *state, uint32_t *role)
{
    size_t column = l->sheet->column[RATER_ROLE];
    text written = line_trimmed(l, column), key;
    if (column == NO_COLUMN) /* the header has been named for that */
        return false;
    if (written.length == 0) {
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_role_missing));
        return false;
    }
    if (!lexicon_look_up(&in->roles, &state->roles, l->scratch, written, role, &key)) {
        l->failed = true;
        return false;
    }
    if (*role == WORD_NONE)
        line_report_unknown(l, column, &in->roles, written, key, MSG_input_role_unknown, MSG_input_role_unknown_near);
    return *role != WORD_NONE;
}

static text read_rater(line *l)
{
    size_t column = l->sheet->column[RATER_ID];
    text rater = line_clean(l, column);
    if (!l->failed && rater.length == 0 && column != NO_COLUMN)
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_rater_missing));
    return rater;
}

static void report_unit(line *l, text unit)
{
    const interner *units = &l->sheet->b->asked.units;
    text near = errors_are_only_counted(l->problems) ? TEXT("") : text_suggest(unit, units->texts, units->count);
    message_id id = near.length ? MSG_input_rater_unit_unknown_near : MSG_input_rater_unit_unknown;
    line_report(l, PROBLEM_ERROR, l->sheet->column[RATER_UNIT], message_of2(id, unit, near));
}

/* An empty cell: not one unit alone. While no people are known, every unit is let through. */
static void read_unit(line *l, uint32_t *unit)
{
    const batch *b = l->sheet->b;
    text written = line_clean(l, l->sheet->column[RATER_UNIT]);
    *unit = UNIT_NONE;
    if (l->failed || written.length == 0)
        return;
    *unit = intern_find(&b->asked.units, written);
    if (*unit == INTERN_NONE && b->people.count)
        report_unit(l, written);
}

static void read_subject(line *l, uint32_t *subject)
{
    size_t column = l->sheet->column[RATER_SUBJECT];
    *subject = SUBJECT_NONE;
    if (line_trimmed(l, column).length)
        line_subject(l, column, subject);
}

static void check_self(line *l, const rater_state *state, const assignment *a, text rater)
{
    uint32_t own = intern_find(&l->sheet->b->people.ids, rater);
    bool of_self = a->role == state->self, same = a->subject != SUBJECT_NONE && own == a->subject;
    if (of_self && (own == INTERN_NONE || (a->subject != SUBJECT_NONE && !same)))
        line_report(l, PROBLEM_ERROR, l->sheet->column[RATER_ID], message_of(MSG_input_rater_self_of_other));
    else if (!of_self && same)
        line_report(l, PROBLEM_ERROR, l->sheet->column[RATER_SUBJECT], message_of(MSG_input_rater_of_self));
}

static void keep_row(line *l, rater_state *state, assignment a, text rater)
{
    batch *b = l->sheet->b;
    text name = line_clean(l, l->sheet->column[RATER_NAME]);
    if (!b->words.roles[a.role].used)
        state->unused[a.role]++;
    else if (!l->failed && b->people.count)
        l->failed = !assignments_add(&b->asked, a, rater, name);
}

static void read_rater_row(reading *in, line *l, void *memory)
{
    rater_state *state = memory;
    const sheet *s = l->sheet;
    assignment a = {.source = s->source, .row = l->row};
    uint32_t role = WORD_NONE;
    text rater = read_rater(l);
    bool good = read_role(in, l, state, &role) && s->column[RATER_ID] != NO_COLUMN;
    a.role = (uint8_t)role;
    read_subject(l, &a.subject);
    read_unit(l, &a.unit);
    if (line_trimmed(l, s->column[RATER_SUBJECT]).length && line_trimmed(l, s->column[RATER_UNIT]).length)
        line_report(l, PROBLEM_ERROR, s->column[RATER_UNIT], message_of(MSG_input_rater_subject_and_unit));
    if (good && !l->wrong && !l->failed && s->b->people.count)
        check_self(l, state, &a, rater);
    if (good && !l->wrong && !l->failed)
        keep_row(l, state, a, rater);
}

static void end_raters(reading *in, sheet *s, void *memory)
{
    const rater_state *state = memory;
    const vocabulary *words = &in->b->words;
    for (size_t role = 0; role < words->role_count && role < MOST_ROLES; role++)
        if (state->unused[role] > 0)
            sheet_notice_count(s, MSG_input_rater_role_unused, words->roles[role].word.id, state->unused[role],
                               word_label(&words->roles[role].word));
}

const table_form raters_form = {.specs = rater_columns,
                                .spec_count = sizeof rater_columns / sizeof *rater_columns,
                                .state_size = sizeof(rater_state),
                                .begin = begin_raters,
                                .row = read_rater_row,
                                .end = end_raters};
