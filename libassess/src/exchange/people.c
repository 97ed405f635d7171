/* people: one row per subject. What is no standard column is an attribute that rules can read. */
#include <stdalign.h>
#include <string.h>

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
    text *cells;       /* [worker][column]: of the row at hand, cleaned */
    size_t id;         /* its column, or NO_COLUMN */
    size_t separators; /* names whose separator was another point */
    size_t named, nameless; /* people with and without a name … */
    uint32_t first_nameless; /* … and the row of the first one */
} people_state;

/* What looking at a row has found. */
typedef struct person_seen {
    date start;        /* DATE_NONE also when it is wrong: the other tables would else complain of an unknown id */
    bool known;        /* it has an id */
    bool separator;
    bool nameless;
    decimal values[];  /* [attribute of the vocabulary] */
} person_seen;

static bool begin_people(reading *in, sheet *s, void *memory)
{
    people_state *state = memory;
    state->attribute = arena_alloc(&s->texts, s->count * sizeof *state->attribute);
    state->kept = arena_zalloc(&s->texts, s->count * sizeof *state->kept);
    state->cells = arena_alloc(&s->texts, in->options->threads * s->count * sizeof *state->cells);
    if (!state->attribute || !state->kept || !state->cells)
        return false;
    for (size_t i = 0; i < s->count; i++)
        state->attribute[i] = SIZE_MAX;
    attributes_match(in, s, &people_form, state->attribute);
    state->id = s->column[PERSON_ID];
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

static text read_name(line *l, size_t column, bool *separator)
{
    text name = TEXT("");
    if (!text_clean_name(l->scratch, l->cells[column], &name)) {
        l->failed = true;
    } else if (has_other_point(name)) {
        *separator = true;
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

static void clean_cells(line *l, const people_state *state, text *cells)
{
    for (size_t i = 0; i < l->sheet->count; i++)
        cells[i] = state->kept[i] ? read_as_written(l, i) : line_clean(l, i);
}

static text cell_of(const sheet *s, const text *cells, size_t standard)
{
    size_t column = s->column[standard];
    return column == NO_COLUMN ? TEXT("") : cells[column];
}

static bool check_id(line *l, const text *cells)
{
    size_t column = l->sheet->column[PERSON_ID];
    bool known = cell_of(l->sheet, cells, PERSON_ID).length > 0;
    if (!l->failed && !known && column != NO_COLUMN)
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_id_missing));
    return known;
}

/* Days and times whose text the batch can print from their values. */
static void leave_to_values(const reading *in, text *cells, const decimal *values)
{
    const vocabulary *words = &in->b->words;
    for (size_t i = 0; i < words->attribute_count; i++) {
        size_t column = in->attribute_column[i];
        if (column != NO_COLUMN && values[i].coeff != CELL_BLANK && attribute_prints_back(words->attributes[i].kind, cells[column]))
            cells[column] = TEXT("");
    }
}

static size_t person_bytes(const reading *in)
{
    size_t bytes = sizeof(person_seen) + in->b->words.attribute_count * sizeof(decimal);
    return (bytes + alignof(person_seen) - 1) / alignof(person_seen) * alignof(person_seen);
}

static void look_at_person(const reading *in, line *l, const void *memory, text *cells, void *found, unsigned worker)
{
    const people_state *state = memory;
    const sheet *s = l->sheet;
    person_seen *seen = found;
    text *cleaned = &state->cells[worker * s->count];
    size_t name = s->column[PERSON_NAME];
    *seen = (person_seen){.start = DATE_NONE};
    clean_cells(l, state, cleaned);
    seen->known = check_id(l, cleaned);
    if (!line_date(l, s->column[PERSON_START], &seen->start))
        seen->start = DATE_NONE;
    attributes_check(in, l, cleaned, cell_of(s, cleaned, PERSON_CATEGORY), seen->values, worker);
    leave_to_values(in, cleaned, seen->values);
    if (name != NO_COLUMN) /* the header has been named for that; the rest of the row is checked all the same */
        cleaned[name] = read_name(l, name, &seen->separator);
    seen->nameless = seen->known && name != NO_COLUMN && cleaned[name].length == 0;
    memcpy(cells, cleaned, s->count * sizeof *cells);
}

/* What follows takes as long as memory needs to fetch the place of the id. */
static void ask_for_person(const reading *in, const text *cells, const void *memory)
{
    const people_state *state = memory;
    const interner *ids = &in->b->people.ids;
    if (state->id != NO_COLUMN)
        intern_ask(ids, intern_hash(ids, cells[state->id]), 0);
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

static void set_attributes(line *l, const people_state *state, uint32_t number)
{
    for (size_t i = 0; i < l->sheet->count; i++)
        if (state->attribute[i] != SIZE_MAX && l->cells[i].length > 0)
            l->failed |= !batch_set_attribute(l->sheet->b, state->attribute[i], number, l->cells[i]);
}

/* The batch keeps no more values once a row came without: texts are all that is left. */
static void print_values(const reading *in, line *l, const people_state *state, const decimal *values, uint32_t number)
{
    const vocabulary *words = &in->b->words;
    char room[ATTRIBUTE_ROOM];
    for (size_t i = 0; i < words->attribute_count; i++) {
        size_t column = in->attribute_column[i];
        if (column != NO_COLUMN && state->attribute[column] != SIZE_MAX && l->cells[column].length == 0)
            l->failed |= !batch_set_attribute(l->sheet->b, state->attribute[column], number,
                                              attribute_print(words->attributes[i].kind, values[i].coeff, room));
    }
}

static void add_person(const reading *in, line *l, const people_state *state, const person_seen *seen)
{
    const sheet *s = l->sheet;
    const text *c = l->cells;
    size_t problems = l->problems->count;
    uint32_t number;
    if (!batch_add_subject(s->b, cell_of(s, c, PERSON_ID), cell_of(s, c, PERSON_NAME), cell_of(s, c, PERSON_UNIT),
                           cell_of(s, c, PERSON_CATEGORY), cell_of(s, c, PERSON_POST), seen->start, s->source, l->row, &number) ||
        (number != SUBJECT_NONE && !batch_add_values(s->b, seen->values))) {
        l->failed = true;
    } else if (number == SUBJECT_NONE) {
        point_to_id(l, problems);
    } else {
        set_attributes(l, state, number);
        if (s->b->people.valued != s->b->people.count)
            print_values(in, l, state, seen->values, number);
    }
}

static void take_person(reading *in, line *l, void *memory, const void *found)
{
    people_state *state = memory;
    const person_seen *seen = found;
    state->separators += seen->separator;
    state->named += seen->known && !seen->nameless;
    if (seen->nameless && state->nameless++ == 0)
        state->first_nameless = l->row;
    if (seen->known)
        add_person(in, l, state, seen);
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

/* Where hardly anybody has a name, none is expected: a day or a matter goes by its id. */
static void notice_nameless(sheet *s, const people_state *state)
{
    buffer row = {0};
    if (!state->nameless || state->nameless > state->named)
        return;
    buffer_add_integer(&row, state->first_nameless);
    s->failed |= row.failed;
    sheet_notice_count(s, MSG_input_name_empty, buffer_text(&row), state->nameless, TEXT(""));
    buffer_free(&row);
}

static void end_people(reading *in, sheet *s, void *memory)
{
    const people_state *state = memory;
    (void)in;
    if (state->separators > 0)
        sheet_notice_count(s, MSG_input_name_separators, TEXT("·"), state->separators, TEXT(""));
    notice_nameless(s, state);
}

const table_form people_form = {.specs = people_columns,
                                .spec_count = sizeof people_columns / sizeof *people_columns,
                                .state_size = sizeof(people_state),
                                .begin = begin_people,
                                .look_bytes = person_bytes,
                                .look = look_at_person,
                                .ask = ask_for_person,
                                .take = take_person,
                                .wrong_row = keep_wrong_person,
                                .end = end_people};
