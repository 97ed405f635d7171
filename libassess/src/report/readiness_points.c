/* readiness_points: how a checklist is put together, printed and handed to programs. */
#include "report/lists.h"
#include "report/readiness.h"

#include "batch/group.h"

enum { UNIT_NAMES = 6, MOST_ROWS = 100000 /* in JSON: a list of millions would take more memory than the tables */ };

point *point_add(readiness *c, const char *id, point_state state, size_t count, message title, message what)
{
    if (!MEM_RESERVE(c->points, c->capacity, c->count + 1)) {
        c->failed = true;
        return NULL;
    }
    point *p = &c->points[c->count++];
    *p = (point){.id = id, .state = state, .count = count, .title = title, .what = what};
    return p;
}

void point_subject(readiness *c, point *p, uint32_t subject)
{
    if (!p || !MEM_RESERVE(p->subjects, p->subject_capacity, p->subject_count + 1))
        c->failed = true;
    else
        p->subjects[p->subject_count++] = subject;
}

text point_text(readiness *c, text value)
{
    char *copy = arena_text(&c->memory, value.length ? value.bytes : "", value.length);
    c->failed |= !copy;
    return copy ? (text){copy, value.length} : TEXT("");
}

text point_digits(readiness *c, size_t number)
{
    char digits[24];
    return point_text(c, number_text(number, digits));
}

bool point_row(const readiness *c, point *p) { return ++p->row_count <= (c->for_programs ? MOST_ROWS : UNIT_LIMIT); }

void point_cell(readiness *c, point *p, text value)
{
    text copy = point_text(c, value);
    if (!p || !MEM_RESERVE(p->cells, p->cell_capacity, p->cell_count + 1))
        c->failed = true;
    else
        p->cells[p->cell_count++] = copy;
}

void point_words(readiness *c, point *p, message m)
{
    buffer words = {0};
    message_render(&words, m, c->language);
    point_cell(c, p, buffer_text(&words));
    c->failed |= words.failed;
    buffer_free(&words);
}

void point_number(readiness *c, point *p, size_t number)
{
    char digits[24];
    point_cell(c, p, number_text(number, digits));
}

message message_of_label(message_id id, label words)
{
    message m = message_of1(id, label_in(words, ASSESS_EN));
    m.zh[0] = label_in(words, ASSESS_ZH);
    return m;
}

void points_free(readiness *c)
{
    for (size_t i = 0; i < c->count; i++) {
        mem_free(c->points[i].subjects);
        mem_free(c->points[i].cells);
    }
    mem_free(c->points);
    mem_free(c->unit_of);
    intern_free(&c->units);
    ballot_counts_free(&c->ballots);
    arena_free(&c->memory);
}

/* ---- for people ---- */

static void message_cell(table *t, const page *p, message m)
{
    buffer words = {0};
    message_render(&words, m, p->language);
    table_cell(t, buffer_text(&words));
    t->failed |= words.failed;
    buffer_free(&words);
}

/* A mark and a word, never a colour alone. */
static void print_checklist(page *p, const readiness *c)
{
    static const message_id states[] = {MSG_ready_done, MSG_ready_note, MSG_ready_open};
    table t = {.columns = 4, .right = 1u << 2};
    page_heading(p, MSG_ready_heading, TEXT(""));
    for (size_t i = 0; i < c->count; i++) {
        const point *one = &c->points[i];
        table_word(&t, p, states[one->state]);
        message_cell(&t, p, one->title);
        if (one->state == POINT_DONE && !one->count) /* a 0 would read as none of what the title names */
            table_cell(&t, TEXT(""));
        else
            table_number(&t, one->count);
        message_cell(&t, p, one->what);
    }
    table_print(&t, p);
}

/* "ballots of Leader  3" */
static void print_point_title(page *p, const point *one)
{
    buffer words = {0};
    message_render(&words, one->title, p->language);
    buffer_add_string(&words, "  ");
    buffer_add_integer(&words, (int64_t)one->count);
    buffer_add_char(p->out, '\n');
    page_title(p, message_of1(MSG_ready_plain, buffer_text(&words)));
    p->out->failed |= words.failed;
    buffer_free(&words);
}

static void names_cell(table *t, const page *p, const readiness *c, const uint64_t *keys, size_t count)
{
    const subjects *people = &c->r->batch->people;
    buffer names = {0};
    for (size_t i = 0; i < count && i < UNIT_NAMES; i++) {
        uint32_t subject = (uint32_t)keys[i];
        buffer_add_string(&names, !i ? "" : p->language == ASSESS_ZH ? "、" : ", ");
        buffer_add_text(&names, people->ids.texts[subject]);
        buffer_add_string(&names, people->name[subject].length ? " " : "");
        buffer_add_text(&names, people->name[subject]);
    }
    if (count > UNIT_NAMES)
        buffer_add_string(&names, " …");
    table_cell(t, buffer_text(&names));
    t->failed |= names.failed;
    buffer_free(&names);
}

/* The subjects of a point, those of one unit side by side, in the order of the people. NULL: no memory. */
static uint64_t *by_unit(const readiness *c, const point *one)
{
    uint64_t *keys = mem_alloc((one->subject_count + 1) * sizeof *keys);
    for (size_t i = 0; keys && i < one->subject_count; i++)
        keys[i] = (uint64_t)c->unit_of[one->subjects[i]] << 32 | one->subjects[i];
    if (keys)
        group_sort_keys(keys, one->subject_count);
    return keys;
}

static size_t count_of_unit(const uint64_t *keys, size_t count)
{
    size_t n = 1;
    while (n < count && keys[n] >> 32 == keys[0] >> 32)
        n++;
    return n;
}

static void unit_cell(table *t, const page *p, text unit)
{
    if (unit.length)
        table_cell(t, unit);
    else
        table_word(t, p, MSG_report_no_unit);
}

static void print_subjects(page *p, const readiness *c, const point *one)
{
    uint64_t *keys = by_unit(c, one);
    table t = {.columns = 3, .right = 1u << 1, .header = true};
    size_t shown = 0, units = 0;
    p->out->failed |= !keys;
    table_word(&t, p, MSG_report_unit);
    table_word(&t, p, MSG_ready_count);
    table_word(&t, p, MSG_ready_who);
    for (size_t i = 0, n; keys && i < one->subject_count; i += n, units++) {
        n = count_of_unit(keys + i, one->subject_count - i);
        if (units >= UNIT_LIMIT)
            continue;
        unit_cell(&t, p, c->units.texts[keys[i] >> 32]);
        table_number(&t, n);
        names_cell(&t, p, c, keys + i, n);
        shown += n;
    }
    table_print(&t, p);
    add_more(p, MSG_ready_more, one->subject_count, shown);
    mem_free(keys);
}

static void print_rows(page *p, const point *one)
{
    table t = {.columns = one->column_count, .header = true};
    for (size_t k = 0; k < one->column_count; k++) {
        table_word(&t, p, one->columns[k].title);
        t.right |= (uint32_t)(one->columns[k].kind != CELL_WORDS) << k;
    }
    for (size_t i = 0; i < one->cell_count; i++)
        table_cell(&t, one->cells[i]);
    table_print(&t, p);
    add_more(p, MSG_ready_more, one->row_count, one->cell_count / one->column_count);
}

static void print_details(page *p, const readiness *c, const point *one)
{
    if (!one->subject_count && !one->cell_count)
        return;
    print_point_title(p, one);
    if (one->subject_count)
        print_subjects(p, c, one);
    else
        print_rows(p, one);
}

void points_print(const readiness *c, size_t open, buffer *out)
{
    char digits[24];
    page p = {out, c->language, false};
    print_checklist(&p, c);
    for (size_t i = 0; i < c->count; i++)
        print_details(&p, c, &c->points[i]);
    buffer_add_char(out, '\n');
    page_title(&p, open ? message_of_number(MSG_ready_is_not, open, digits) : message_of(MSG_ready_is_ready));
}

/* ---- for programs ---- */

static void json_sentence(json *j, const point *one)
{
    static const char *const keys[ASSESS_LANGUAGE_COUNT] = {"zh", "en"};
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++) {
        buffer words = {0};
        message_render(&words, one->what, (assess_language)l);
        json_member_text(j, keys[l], buffer_text(&words));
        j->out->failed |= words.failed;
        buffer_free(&words);
    }
}

static void json_left_out(json *j, size_t total, size_t shown)
{
    if (total > shown)
        json_member_integer(j, "left_out", (int64_t)(total - shown));
}

static void json_subjects(json *j, const readiness *c, const point *one)
{
    const subjects *people = &c->r->batch->people;
    size_t shown = one->subject_count < MOST_ROWS ? one->subject_count : MOST_ROWS;
    json_left_out(j, one->subject_count, shown);
    json_key(j, "subjects");
    json_begin_array(j);
    for (size_t i = 0; i < shown; i++) {
        uint32_t subject = one->subjects[i];
        json_begin_object(j);
        json_member_text(j, "id", people->ids.texts[subject]);
        json_member_text(j, "name", people->name[subject]);
        json_member_text(j, "unit", people->unit[subject]);
        json_end_object(j);
    }
    json_end_array(j);
}

static int64_t integer_of(text digits)
{
    int64_t n = 0;
    for (size_t i = 0; i < digits.length; i++)
        n = n * 10 + (digits.bytes[i] - '0');
    return n;
}

static void json_cell(json *j, const point_column *column, text cell)
{
    if (column->kind == CELL_COUNT)
        json_member_integer(j, column->key, integer_of(cell));
    else
        json_member_text(j, column->key, cell);
}

static void json_rows(json *j, const point *one)
{
    json_left_out(j, one->row_count, one->cell_count / one->column_count);
    json_key(j, "rows");
    json_begin_array(j);
    for (size_t i = 0; i + one->column_count <= one->cell_count; i += one->column_count) {
        json_begin_object(j);
        for (size_t k = 0; k < one->column_count; k++)
            json_cell(j, &one->columns[k], one->cells[i + k]);
        json_end_object(j);
    }
    json_end_array(j);
}

static void json_point(json *j, const readiness *c, const point *one)
{
    static const char *const states[] = {"done", "note", "open"};
    json_begin_object(j);
    json_member_text(j, "id", text_of(one->id));
    json_member_text(j, "state", text_of(states[one->state]));
    json_member_integer(j, "count", (int64_t)one->count);
    if (one->about_key)
        json_member_text(j, one->about_key, one->about);
    json_sentence(j, one);
    if (one->subject_count)
        json_subjects(j, c, one);
    if (one->column_count && !one->terminal)
        json_rows(j, one);
    json_end_object(j);
}

void points_json(const readiness *c, size_t open, buffer *out)
{
    json j = {.out = out};
    size_t notes = 0;
    for (size_t i = 0; i < c->count; i++)
        notes += c->points[i].state == POINT_NOTE;
    json_begin_object(&j);
    json_member_truth(&j, "ready", open == 0);
    json_member_truth(&j, "scored", c->scored);
    json_member_integer(&j, "open", (int64_t)open);
    json_member_integer(&j, "notes", (int64_t)notes);
    json_key(&j, "points");
    json_begin_array(&j);
    for (size_t i = 0; i < c->count; i++)
        json_point(&j, c, &c->points[i]);
    json_end_array(&j);
    json_end_object(&j);
    buffer_add_char(out, '\n');
}
