/* inputs.c: attributes of people, measures and history as the nodes read them: texts turned into values once a run, rows put
 * beside their subjects. */
#include <string.h>

#include "batch/attribute.h"
#include "batch/group.h"
#include "engine/run.h"

/* A column of people as values. */
typedef struct typed_column {
    const value_column *of;  /* the batch's, read together with the table, or `own`; NULL: nothing reads it */
    value_column own;
    const uint32_t *words;   /* [choice]: the values are numbers of choices, which are these of plan.words; NULL: they are the values */
} typed_column;

typedef struct past_row {
    date_span span;
    int32_t year;                    /* 0: no whole year */
    int8_t grade[PLAN_MAX_LEVELS];   /* by the grades of that level; -1: none of them */
} past_row;

struct inputs {
    typed_column *attributes;        /* [plan->attribute_count] */
    size_t attribute_count;
    grouping measures, history;      /* rows by subject */
    past_row *past;                  /* [batch->history_count] */
};

void inputs_free(struct inputs *in)
{
    if (!in)
        return;
    for (size_t i = 0; in->attributes && i < in->attribute_count; i++) {
        mem_free(in->attributes[i].own.values);
        mem_free(in->attributes[i].own.scale);
    }
    mem_free(in->attributes);
    group_free(&in->measures);
    group_free(&in->history);
    mem_free(in->past);
    mem_free(in);
}

/* --- attributes --- */

/* What was checked when the table was read is read again; a cell that is wrong all the same (a sealed file may come from
 * anywhere) has no value. */
static bool read_cell(attribute_reader *r, text written, const plan_attribute *a, value_column *c, size_t subject)
{
    decimal value;
    attribute_answer answer = attribute_read(r, written, &value);
    c->values[subject] = CELL_BLANK;
    if (answer == ATTRIBUTE_READ) {
        c->values[subject] = value.coeff;
        if (c->scale)
            c->scale[subject] = (uint8_t)value.scale;
    } else if (answer == ATTRIBUTE_NO_WORD && !a->choices.count) {
        c->values[subject] = -1;
    }
    return answer != ATTRIBUTE_NO_MEMORY;
}

static bool read_texts(const result *r, const vocabulary_attribute *about, const plan_attribute *a, value_column *c)
{
    attribute_column texts = attribute_find(r->batch, a->id);
    attribute_reader reader;
    char room[ATTRIBUTE_ROOM];
    bool fine = attribute_open(&reader, about);
    for (uint32_t i = 0; fine && i < r->count; i++)
        fine = read_cell(&reader, attribute_text(r->batch, texts, i, room), a, c, i);
    attribute_close(&reader);
    return fine;
}

static void copy_start(const result *r, value_column *c)
{
    for (size_t i = 0; i < r->count; i++)
        c->values[i] = r->batch->people.start[i] == DATE_NONE ? CELL_BLANK : r->batch->people.start[i];
}

/* All words that the rules name: what a text may be compared with. */
static const vocabulary_word *all_words(const plan *p, arena *memory)
{
    vocabulary_word *words = arena_zalloc(memory, (p->word_count + 1) * sizeof *words);
    for (size_t i = 0; words && i < p->word_count; i++)
        words[i] = (vocabulary_word){p->words[i].id, p->words[i].words.zh, p->words[i].words.en};
    return words;
}

static bool read_attribute(const result *r, vocabulary_attribute about, const vocabulary_word *words, size_t number, typed_column *c)
{
    const plan_attribute *a = &r->plan->attributes[number];
    bool start = text_equal(a->id, TEXT("start"));
    c->words = a->kind == KIND_WORD && a->choices.count ? a->choices.members : NULL;
    c->of = start || about.kind == ATTRIBUTE_TEXT ? NULL : batch_values(r->batch, number);
    if (c->of)
        return true;
    c->of = &c->own;
    c->own.values = mem_alloc((r->count + 1) * sizeof *c->own.values);
    c->own.scale = a->kind == KIND_NUMBER ? mem_zalloc(r->count + 1, sizeof *c->own.scale) : NULL;
    if (!c->own.values || (a->kind == KIND_NUMBER && !c->own.scale))
        return false;
    if (start) {
        copy_start(r, &c->own);
        return true;
    }
    if (about.kind == ATTRIBUTE_TEXT) {
        about.kind = ATTRIBUTE_WORD;
        about.choices = words;
        about.choice_count = r->plan->word_count;
    }
    return read_texts(r, &about, a, &c->own);
}

/* A text that is only a name for groups is never looked into. */
static bool is_looked_into(const plan *p, uint32_t attribute)
{
    const plan_attribute *a = &p->attributes[attribute];
    bool found = a->kind != KIND_WORD || a->choices.count;
    for (size_t i = 0; !found && i < p->ballot_count; i++)
        found = p->ballots[i].attribute == attribute;
    for (size_t i = 0; !found && i < p->node_count; i++)
        found = p->nodes[i].op == OP_ATTRIBUTE && p->nodes[i].source == attribute;
    return found;
}

static bool read_attributes(const result *r, struct inputs *in)
{
    const plan *p = r->plan;
    arena memory = {0};
    vocabulary words;
    in->attribute_count = p->attribute_count;
    in->attributes = mem_zalloc(p->attribute_count + 1, sizeof *in->attributes);
    const vocabulary_word *all = all_words(p, &memory);
    bool fine = in->attributes && all && engine_vocabulary(p, &memory, &words);
    for (uint32_t i = 0; fine && i < p->attribute_count; i++)
        if (p->attributes[i].used && is_looked_into(p, i))
            fine = read_attribute(r, words.attributes[i], all, i, &in->attributes[i]);
    arena_free(&memory);
    return fine;
}

int64_t attribute_word(const result *r, uint32_t attribute, uint32_t subject)
{
    const typed_column *c = &r->inner->inputs->attributes[attribute];
    int64_t value = c->of && c->of->values ? c->of->values[subject] : CELL_BLANK;
    return value == CELL_BLANK ? -1 : c->words ? c->words[value] : value;
}

/* --- rows by subject --- */

static bool group_measures(const result *r, struct inputs *in, unsigned threads)
{
    const batch *b = r->batch;
    uint32_t *subject = mem_alloc((b->measure_count + 1) * sizeof *subject);
    for (size_t i = 0; subject && i < b->measure_count; i++)
        subject[i] = b->measures[i].subject;
    bool fine = subject && group_rows(subject, b->measure_count, r->count, threads, &in->measures);
    mem_free(subject);
    return fine;
}

static bool group_history(const result *r, struct inputs *in, unsigned threads)
{
    const batch *b = r->batch;
    uint32_t *subject = mem_alloc((b->history_count + 1) * sizeof *subject);
    for (size_t i = 0; subject && i < b->history_count; i++)
        subject[i] = b->history[i].subject;
    bool fine = subject && group_rows(subject, b->history_count, r->count, threads, &in->history);
    mem_free(subject);
    return fine;
}

/* --- history --- */

static int32_t whole_year(date_span s)
{
    int year, month, day;
    date first, last;
    date_split(s.from, &year, &month, &day);
    bool whole = date_make(year, 1, 1, &first) && date_make(year, 12, 31, &last) && s.from == first && s.to == last;
    return whole ? year : 0;
}

static void read_period(const history *h, past_row *row)
{
    const date_span never = {DATE_NONE, DATE_NONE};
    bool known = period_parse(h->period.bytes, h->period.length, &row->span);
    row->span = known ? row->span : never;
    row->year = known ? whole_year(row->span) : 0;
}

/* A grade of history is one of the level's by its id or its name in either language. */
static bool read_grades(const result *r, struct inputs *in, uint32_t level, arena *memory)
{
    const plan *p = r->plan;
    const plan_level *l = &p->levels[level];
    vocabulary_word *words = arena_zalloc(memory, (l->grade_count + 1) * sizeof *words);
    vocabulary_attribute about = {.kind = ATTRIBUTE_WORD, .choices = words, .choice_count = l->grade_count};
    for (uint32_t g = 0; words && g < l->grade_count; g++) {
        const plan_grade *grade = &p->grades[l->first_grade + g];
        words[g] = (vocabulary_word){grade->id, grade->words.zh, grade->words.en};
    }
    attribute_reader reader = {0};
    bool fine = words && attribute_open(&reader, &about);
    for (size_t i = 0; fine && i < r->batch->history_count; i++) {
        decimal value;
        attribute_answer answer = attribute_read(&reader, r->batch->history[i].grade, &value);
        in->past[i].grade[level] = answer == ATTRIBUTE_READ ? (int8_t)(l->first_grade + (uint32_t)value.coeff) : -1;
        fine = answer != ATTRIBUTE_NO_MEMORY;
    }
    attribute_close(&reader);
    return fine;
}

static bool read_history(const result *r, struct inputs *in, unsigned threads)
{
    const batch *b = r->batch;
    arena memory = {0};
    in->past = mem_zalloc(b->history_count + 1, sizeof *in->past);
    bool fine = in->past && group_history(r, in, threads);
    for (size_t i = 0; fine && i < b->history_count; i++)
        read_period(&b->history[i], &in->past[i]);
    for (uint32_t l = 0; fine && l < r->plan->level_count; l++)
        fine = read_grades(r, in, l, &memory);
    arena_free(&memory);
    return fine;
}

assess_status read_inputs(result *r, unsigned threads, assess_error *err)
{
    const plan *p = r->plan;
    if (!p->attribute_count && !p->measured_count && !p->past_count)
        return ASSESS_OK;
    struct inputs *in = r->inner->inputs = mem_zalloc(1, sizeof *in);
    bool fine = in && read_attributes(r, in) && (!p->measured_count || group_measures(r, in, threads)) &&
                (!p->past_count || read_history(r, in, threads));
    return fine ? ASSESS_OK : error_no_memory(err);
}

/* --- nodes --- */

/* Where nothing is known neither value nor scale says anything. */
static inline fraction figure_of(const typed_column *c, uint32_t subject, bool known)
{
    int64_t value = known ? c->of->values[subject] : 0;
    return fraction_of(value, c->of->scale && known ? power_of_ten(c->of->scale[subject]) : 1);
}

static void take_attribute(const block *k, node_id id, const typed_column *c, fraction *out, node_id *missing)
{
    for (size_t i = 0; i < k->lanes; i++) {
        uint32_t subject = k->first + (uint32_t)i;
        bool known = c->of->values && c->of->values[subject] != CELL_BLANK;
        out[i] = figure_of(c, subject, known);
        missing[i] = known ? NODE_NONE : id;
    }
}

void take_whole_attribute(const block *k, node_id id, const node *n, int64_t *out, node_id *missing)
{
    const typed_column *c = &k->outcome->inner->inputs->attributes[n->source];
    const int64_t *values = c->of->values ? c->of->values + k->first : NULL;
    for (size_t i = 0; i < k->lanes; i++) {
        bool known = values && values[i] != CELL_BLANK;
        missing[i] = known ? NODE_NONE : id;
        out[i] = !known ? 0 : c->words ? c->words[values[i]] : values[i];
    }
}

static bool measure_of(const result *r, const measure_source *s, uint32_t subject, fraction *out)
{
    const grouping *rows = &r->inner->inputs->measures;
    for (uint32_t i = rows->first[subject]; i < rows->first[subject + 1]; i++) {
        const measure *m = &r->batch->measures[rows->member[i]];
        if (m->measure != s->measure)
            continue;
        decimal d = s->field == OF_MEASURE_VALUE ? m->value : s->field == OF_MEASURE_TARGET ? m->target : m->baseline;
        if (d.coeff != CELL_BLANK)
            *out = fraction_from_decimal(d);
        return d.coeff != CELL_BLANK;
    }
    return false;
}

/* The year that is assessed: that of the period's last day. */
static int year_of(const plan *p)
{
    int year, month, day;
    date_split(p->period.to, &year, &month, &day);
    return year;
}

/* 2025, 2025-03, 2025Q1, 2025H1; false: before there were years. */
static bool span_of(const plan *p, const past_source *s, date_span *out)
{
    int year = year_of(p) + s->year;
    const char digits[] = {(char)('0' + year / 1000), (char)('0' + year / 100 % 10), (char)('0' + year / 10 % 10), (char)('0' + year % 10)};
    char written[8] = {0};
    size_t length = sizeof digits;
    memcpy(written, digits, sizeof digits);
    for (size_t i = 0; i < s->part.length && length < sizeof written; i++)
        written[length++] = s->part.bytes[i] == 'M' ? '-' : s->part.bytes[i];
    return year >= 1 && period_parse(written, length, out);
}

/* The subject's row of that span, or of that whole year; NULL: none. */
static const past_row *row_of(const struct inputs *in, uint32_t subject, date_span span, uint32_t *number)
{
    for (uint32_t i = in->history.first[subject]; i < in->history.first[subject + 1]; i++) {
        const past_row *row = &in->past[*number = in->history.member[i]];
        if (row->span.from == span.from && row->span.to == span.to)
            return row;
    }
    return NULL;
}

static bool year_has(const struct inputs *in, uint32_t subject, int year, uint32_t level, const plan_set *set)
{
    for (uint32_t i = in->history.first[subject]; i < in->history.first[subject + 1]; i++) {
        const past_row *row = &in->past[in->history.member[i]];
        if (row->year == year)
            return plan_in_set(set->members, set->count, row->grade[level]);
    }
    return false;
}

static int64_t years_of(const result *r, const past_source *s, uint32_t subject)
{
    const struct inputs *in = r->inner->inputs;
    const plan_set *set = &r->plan->sets[s->set];
    int64_t count = 0;
    int now = year_of(r->plan);
    for (int year = now - 1; year >= 1 && (!s->years || now - year <= s->years); year--) {
        bool has = year_has(in, subject, year, s->level, set);
        if (!has && s->reducer == PAST_IN_A_ROW)
            break;
        count += has;
    }
    return count;
}

static bool past_of(const result *r, const past_source *s, uint32_t subject, date_span span, fraction *out)
{
    uint32_t number;
    if (s->reducer == PAST_COUNT || s->reducer == PAST_IN_A_ROW) {
        *out = fraction_of(years_of(r, s, subject), 1);
        return true;
    }
    const past_row *row = row_of(r->inner->inputs, subject, span, &number);
    decimal score = row ? r->batch->history[number].score : (decimal){CELL_BLANK, 0};
    if (s->reducer == PAST_GRADE && row && row->grade[s->level] >= 0)
        *out = fraction_of(row->grade[s->level], 1);
    else if (s->reducer == PAST_SCORE && score.coeff != CELL_BLANK)
        *out = fraction_from_decimal(score);
    else
        return false;
    return true;
}

void take_input(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const result *r = k->outcome;
    const plan *p = r->plan;
    date_span span = {DATE_NONE + 1, DATE_NONE + 1}; /* nobody's */
    if (n->op == OP_ATTRIBUTE) {
        take_attribute(k, id, &r->inner->inputs->attributes[n->source], out, missing);
        return;
    }
    if (n->op == OP_PAST && !span_of(p, &p->past[n->source], &span))
        span = (date_span){DATE_NONE + 1, DATE_NONE + 1};
    for (size_t i = 0; i < k->lanes; i++) {
        uint32_t subject = k->first + (uint32_t)i;
        out[i] = fraction_of(0, 1);
        bool known = n->op == OP_MEASURE ? measure_of(r, &p->measured[n->source], subject, &out[i])
                                         : past_of(r, &p->past[n->source], subject, span, &out[i]);
        missing[i] = known ? NODE_NONE : id;
    }
}
