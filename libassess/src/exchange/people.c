/* people: one row per subject. What is no standard column is an attribute that rules can read. */
#include "exchange/reading.h"

enum { PERSON_ID, PERSON_NAME, PERSON_UNIT, PERSON_CATEGORY, PERSON_POST, PERSON_START };

static const column_spec people_columns[] = {
    [PERSON_ID] = {"id", "编号",
                   "工号|人员编号|人员工号|职工编号|职工号|员工编号|员工号|person-id|employee-id|staff-id", true},
    [PERSON_NAME] = {"name", "姓名", "名称|人员姓名|职工姓名|员工姓名", true},
    [PERSON_UNIT] = {"unit", "单位",
                     "部门|股室|处室|科室|所在单位|所在部门|所属单位|所属部门|单位名称|部门名称|department", false},
    [PERSON_CATEGORY] = {"category", "类别", "人员类别|分类", false},
    [PERSON_POST] = {"post", "职务", "职务职级|现任职务|职位|position", false},
    [PERSON_START] = {"start", "到岗日期", "到岗时间|到职日期|上岗日期|入职日期|入职时间|start-date", false},
};

const char *exchange_people_column(text header, arena *memory)
{
    text key;
    if (header.length == 0 || !text_key(memory, header, &key))
        return NULL;
    const column_spec *spec = sheet_spelling(people_columns, sizeof people_columns / sizeof *people_columns, key);
    return spec ? spec->id : NULL;
}

typedef struct people_state {
    size_t *attribute; /* [column]: its attribute, or SIZE_MAX */
    bool *kept;        /* [column]: no rule reads it, so it stays as it was written */
    text *cells;       /* [column]: of the row at hand, cleaned */
    size_t separators; /* names whose separator was another point */
} people_state;

static bool begin_people(reading *in, sheet *s, void *memory)
{
    people_state *state = memory;
    state->attribute = arena_alloc(&s->texts, s->count * sizeof *state->attribute);
    state->kept = arena_zalloc(&s->texts, s->count * sizeof *state->kept);
    state->cells = arena_alloc(&s->texts, s->count * sizeof *state->cells);
    if (!state->attribute || !state->kept || !state->cells)
        return false;
    for (size_t i = 0; i < s->count; i++)
        state->attribute[i] = SIZE_MAX;
    attributes_match(in, s, &people_form, state->attribute);
    for (size_t i = 0; !s->failed && i < s->count; i++) {
        if (s->meaning[i] != COLUMN_UNKNOWN && s->meaning[i] != COLUMN_NUMBERING)
            continue;
        s->meaning[i] = COLUMN_TAKEN;
        state->attribute[i] = batch_attribute(s->b, s->written[i]);
        state->kept[i] = true;
        s->failed |= state->attribute[i] == SIZE_MAX;
    }
    return !s->failed;
}

/* ---- names ---- */

/* The points that people type between the parts of a name: U+2022, U+2027, U+30FB, U+FF0E, U+FF65. */
static bool is_other_point(const unsigned char *p, size_t left)
{
    return left >= 3 &&
           ((p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA2 || p[2] == 0xA7)) ||
            (p[0] == 0xE3 && p[1] == 0x83 && p[2] == 0xBB) || (p[0] == 0xEF && p[1] == 0xBC && p[2] == 0x8E) ||
            (p[0] == 0xEF && p[1] == 0xBD && p[2] == 0xA5));
}

static bool has_other_point(text name)
{
    const unsigned char *p = (const unsigned char *)name.bytes;
    for (size_t i = 0; i < name.length; i++)
        if (p[i] >= 0xE2 && is_other_point(p + i, name.length - i))
            return true;
    return false;
}

/* The separator of a name is U+00B7, whatever point was typed (民委发〔2016〕33号). */
static bool unify_points(arena *a, text *name)
{
    char *copy = arena_alloc(a, name->length);
    size_t length = 0;
    if (!copy)
        return false;
    for (size_t i = 0; i < name->length; i++) {
        if (is_other_point((const unsigned char *)name->bytes + i, name->length - i)) {
            copy[length++] = '\xC2';
            copy[length++] = '\xB7';
            i += 2;
        } else {
            copy[length++] = name->bytes[i];
        }
    }
    *name = (text){copy, length};
    return true;
}

static text read_name(line *l, size_t column, people_state *state)
{
    text name = TEXT("");
    if (column == NO_COLUMN) /* the header has been named for that; the rest of the row is checked all the same */
        return name;
    if (!text_clean_name(l->scratch, l->cells[column], &name)) {
        l->failed = true;
    } else if (has_other_point(name)) {
        state->separators++;
        l->failed |= !unify_points(l->scratch, &name);
    }
    return name;
}

/* ---- rows ---- */

enum { ID_BYTES = 200 }; /* of a row that is wrong in its form: a longer id is no id */

/* A summary that is printed on a form keeps its full-width commas. */
static text read_as_written(line *l, size_t column)
{
    text cell = TEXT("");
    l->failed |= !text_clean_name(l->scratch, l->cells[column], &cell);
    return cell;
}

static void clean_cells(line *l, const people_state *state)
{
    for (size_t i = 0; i < l->sheet->count; i++)
        state->cells[i] = state->kept[i] ? read_as_written(l, i) : line_clean(l, i);
}

static text cell_of(const line *l, const people_state *state, size_t standard)
{
    size_t column = l->sheet->column[standard];
    return column == NO_COLUMN ? TEXT("") : state->cells[column];
}

static bool read_id(line *l, const people_state *state, text *id)
{
    size_t column = l->sheet->column[PERSON_ID];
    *id = cell_of(l, state, PERSON_ID);
    if (!l->failed && id->length == 0 && column != NO_COLUMN)
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_id_missing));
    return !l->failed && id->length > 0;
}

/* The batch has reported the second row of a person; it does not know of columns. */
static void point_to_id(line *l, size_t problems_before)
{
    problem_list *list = l->problems;
    size_t column = l->sheet->column[PERSON_ID];
    text header = l->sheet->written[column];
    if (list->count == problems_before)
        return;
    const char *copy = arena_text(&list->texts, header.bytes, header.length);
    l->failed |= !copy;
    list->items[list->count - 1].column = (uint32_t)column + 1;
    list->items[list->count - 1].header = (text){copy, copy ? header.length : 0};
}

static void read_attributes(line *l, const people_state *state, uint32_t number)
{
    for (size_t i = 0; i < l->sheet->count; i++)
        if (state->attribute[i] != SIZE_MAX && l->cells[i].length > 0)
            l->failed |= !batch_set_attribute(l->sheet->b, state->attribute[i], number, state->cells[i]);
}

/* A person with a wrong date is kept: the other tables would else complain of an unknown id. */
static void read_person(reading *in, line *l, void *memory)
{
    people_state *state = memory;
    const sheet *s = l->sheet;
    uint32_t number;
    date start;
    text id, name = read_name(l, s->column[PERSON_NAME], state);
    clean_cells(l, state);
    bool known = read_id(l, state, &id);
    const interner *ids = &s->b->people.ids;
    intern_ask(ids, intern_hash(ids, id), 0); /* what follows takes as long as memory needs to fetch the place of the id */
    if (!line_date(l, s->column[PERSON_START], &start))
        start = DATE_NONE;
    text unit = cell_of(l, state, PERSON_UNIT), category = cell_of(l, state, PERSON_CATEGORY), post = cell_of(l, state, PERSON_POST);
    attributes_check(in, l, state->cells, category);
    if (!known || l->failed)
        return;
    size_t problems = l->problems->count;
    if (!batch_add_subject(s->b, id, name, unit, category, post, start, s->source, l->row, &number))
        l->failed = true;
    else if (number == SUBJECT_NONE)
        point_to_id(l, problems);
    else if (batch_add_values(s->b, in->attribute_values))
        read_attributes(l, state, number);
    else
        l->failed = true;
}

/* A row with a cell too few is still somebody's: the other tables would else complain of an unknown id. */
static void keep_wrong_person(line *l, size_t cells)
{
    size_t column = l->sheet->column[PERSON_ID];
    text id = column < cells ? line_clean(l, column) : TEXT("");
    const text none = TEXT("");
    uint32_t number;
    if (l->failed || id.length == 0 || id.length > ID_BYTES ||
        intern_find(&l->sheet->b->people.ids, id) != INTERN_NONE)
        return;
    l->failed |= !batch_add_subject(l->sheet->b, id, none, none, none, none, DATE_NONE, l->sheet->source, l->row, &number);
}

static void end_people(reading *in, sheet *s, void *memory)
{
    const people_state *state = memory;
    (void)in;
    if (state->separators > 0)
        sheet_notice_count(s, MSG_input_name_separators, TEXT("·"), state->separators, TEXT(""));
}

const table_form people_form = {.specs = people_columns,
                                .spec_count = sizeof people_columns / sizeof *people_columns,
                                .state_size = sizeof(people_state),
                                .begin = begin_people,
                                .row = read_person,
                                .wrong_row = keep_wrong_person,
                                .end = end_people};
