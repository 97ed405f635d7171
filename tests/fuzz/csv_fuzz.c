/* Bytes as each of the six tables of a fixed scheme. Nothing may crash, leak or read astray; and the batch and its
 * problems must not depend on the number of threads or on where the chunks are cut. The first byte of the input chooses
 * table, scheme and chunk size. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define WORD(id, zh) {{id, sizeof id - 1}, {zh, sizeof zh - 1}, {"", 0}}

static const vocabulary_word OPTIONS[] = {WORD("A", "满意"), WORD("B", "一般"), WORD("AB", "两可")};
static const vocabulary_item ITEMS[] = {{WORD("i", "德"), {75, 1}, NULL, 0, false},
                                        {WORD("j", "绩"), {999999999999, 0}, NULL, 0, false},
                                        {WORD("o", "意见"), {0, 0}, OPTIONS, 3, true}};
static const vocabulary_role ROLES[] = {
    {WORD("self", "本人"), false}, {WORD("peer", "群众"), true}, {WORD("p", "民"), true}};
static const vocabulary_kind KINDS[] = {{WORD("leave", "病假"), true, false, false, false},
                                        {WORD("balancing", "搞平衡"), true, true, false, true},
                                        {WORD("hours", "工时"), false, false, true, false}};
static const vocabulary_measure MEASURES[] = {{WORD("rate", "完成率"), 0}, {WORD("days", "天数"), 1}};
static const vocabulary_word CHOICES[] = {WORD("chief", "处级"), WORD("head", "科级")};
static const vocabulary_attribute ATTRIBUTES[] = {
    {.word = WORD("age", "年龄"), .kind = ATTRIBUTE_NUMBER, .bounded = true, .minimum = {16, 0}, .maximum = {70, 0}},
    {.word = WORD("post", "职级"), .kind = ATTRIBUTE_WORD, .choices = CHOICES, .choice_count = 2, .needed_by = 1, .optional = true},
    {.word = WORD("joined", "入职"), .kind = ATTRIBUTE_DAY, .optional = true},
    {.word = WORD("reported", "报告"), .kind = ATTRIBUTE_MINUTE, .optional = true}};
static const vocabulary_grade GRADES[] = {{WORD("good", "优秀"), 0}, {WORD("fair", "称职"), 0}};
static const text IGNORED[] = {{"praise", 6}, {"工时", 6}};
static const char PEOPLE[] = "id,name,age\n1,a,\n2,b,\n3,c,\n";

static vocabulary scheme(bool only_options)
{
    vocabulary v = {.items = only_options ? ITEMS + 2 : ITEMS,
                    .item_count = only_options ? 1 : 3,
                    .roles = ROLES,
                    .role_count = 3,
                    .kinds = KINDS,
                    .kind_count = 3,
                    .measures = MEASURES,
                    .measure_count = 2,
                    .attributes = ATTRIBUTES,
                    .attribute_count = 4,
                    .grades = GRADES,
                    .grade_count = 2,
                    .no_grade = 1};
    v.period = (date_span){20454, 20818}; /* 2026 */
    return v;
}

static void require(bool what)
{
    if (!what)
        abort();
}

static batch *read_once(const char *bytes, size_t size, uint8_t choice, unsigned threads, size_t chunk_bytes)
{
    vocabulary words = scheme(choice & 8);
    batch *b = batch_new(&words);
    batch_table table = (batch_table)(choice % 8 % TABLE_COUNT);
    read_options options = {
        .threads = threads, .hash = true, .ignored_kinds = IGNORED, .ignored_kind_count = choice & 16 ? 2 : 0};
    feed_limits limits = {chunk_bytes, 1 << 24, chunk_bytes};
    require(b != NULL);
    if (table != TABLE_PEOPLE)
        require(exchange_read_memory(b, TABLE_PEOPLE, TEXT("p"), PEOPLE, sizeof PEOPLE - 1, &options, limits, NULL) ==
                ASSESS_OK);
    require(exchange_read_memory(b, table, TEXT("t"), bytes, size, &options, limits, NULL) == ASSESS_OK);
    require(batch_finish(b, threads));
    return b;
}

/* ---- what must be the same ---- */

static void same_texts(const text *a, const text *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        require(text_equal(a[i], b[i]) && utf8_invalid_at(a[i].bytes, a[i].length) == a[i].length);
}

static void same_bytes(const void *a, const void *b, size_t length)
{
    require(length == 0 || memcmp(a, b, length) == 0);
}

static void same_people(const subjects *a, const subjects *b)
{
    require(a->count == b->count && a->attribute_count == b->attribute_count);
    same_texts(a->ids.texts, b->ids.texts, a->count);
    same_texts(a->name, b->name, a->count);
    same_texts(a->post, b->post, a->count);
    same_bytes(a->start, b->start, a->count * sizeof *a->start);
    same_bytes(a->row, b->row, a->count * sizeof *a->row);
    for (size_t i = 0; i < a->attribute_count; i++)
        same_texts(a->attributes[i], b->attributes[i], a->count);
}

static void same_ballots(const ballots *a, const ballots *b)
{
    require(a->count == b->count && a->raters.count == b->raters.count);
    same_texts(a->raters.texts, b->raters.texts, a->raters.count);
    same_bytes(a->subject, b->subject, a->count * sizeof *a->subject);
    same_bytes(a->rater, b->rater, a->count * sizeof *a->rater);
    same_bytes(a->role, b->role, a->count);
    same_bytes(a->row, b->row, a->count * sizeof *a->row);
    for (size_t i = 0; i < a->item_count; i++) {
        require(a->scale[i] == b->scale[i]);
        same_bytes(a->values[i], b->values[i], a->count * sizeof **a->values);
    }
}

static void same_facts(const batch *a, const batch *b)
{
    require(a->event_count == b->event_count && a->measure_count == b->measure_count &&
            a->history_count == b->history_count && a->decision_count == b->decision_count);
    for (size_t i = 0; i < a->event_count; i++) {
        const event *e = &a->events[i], *f = &b->events[i];
        require(e->subject == f->subject && e->liable == f->liable && e->kind == f->kind && e->from == f->from &&
                e->to == f->to && e->row == f->row && e->points.coeff == f->points.coeff &&
                e->amount.coeff == f->amount.coeff);
        require(e->from == DATE_NONE || e->to >= e->from);
        same_texts(&e->note, &f->note, 1);
    }
    for (size_t i = 0; i < a->measure_count; i++)
        require(a->measures[i].value.coeff == b->measures[i].value.coeff && a->measures[i].row == b->measures[i].row);
    for (size_t i = 0; i < a->decision_count; i++) {
        const decision *d = &a->decisions[i], *e = &b->decisions[i];
        require(d->subject == e->subject && d->kind == e->kind && d->grade == e->grade && d->day == e->day && d->row == e->row);
        require(d->day != DATE_NONE && d->by.length > 0 && d->reason.length > 0);
        require(d->grade < 2 || d->grade == DECISION_NO_GRADE || (d->grade == DECISION_TURNED_DOWN && d->kind == DECISION_OBJECTION));
        same_texts(&d->by, &e->by, 1);
        same_texts(&d->reason, &e->reason, 1);
    }
    for (size_t i = 0; i < a->history_count; i++)
        require(text_equal(a->history[i].period, b->history[i].period) && a->history[i].row == b->history[i].row);
}

static void same_problems(const problem_list *a, const problem_list *b)
{
    require(a->errors == b->errors && a->notices == b->notices && a->count == b->count);
    for (size_t i = 0; i < a->count; i++) {
        const problem *p = &a->items[i], *q = &b->items[i];
        require(p->what.id == q->what.id && p->row == q->row && p->column == q->column && p->severity == q->severity);
        require(text_equal(p->value, q->value) && text_equal(p->header, q->header));
        for (int k = 0; k < MESSAGE_MAX_ARGS; k++)
            require(text_equal(p->what.args[k], q->what.args[k]));
    }
}

/* Every value that is kept lies in its item's range. */
static void check_values(const batch *b)
{
    for (size_t item = 0; item < b->ballots.item_count; item++) {
        const vocabulary_item *about = &b->words.items[item];
        int128 most = (int128)about->maximum.coeff * power_of_ten(b->ballots.scale[item]);
        for (size_t i = 0; i < b->ballots.count; i++) {
            int64_t value = b->ballots.values[item][i];
            if (value <= CELL_INVALID)
                require(about->lenient || b->problems.errors > 0);
            else if (about->option_count > 0)
                require(value >= 0 && (size_t)value < about->option_count);
            else
                require(value >= 0 && (int128)value * power_of_ten(about->maximum.scale) <= most);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const size_t chunks[] = {1, 3, 16, 50};
    if (size < 1)
        return 0;
    const char *bytes = (const char *)data + 1;
    batch *whole = read_once(bytes, size - 1, data[0], 1, 1 << 20);
    batch *parts = read_once(bytes, size - 1, data[0], 3, chunks[data[0] >> 5 & 3]);
    same_people(&whole->people, &parts->people);
    same_ballots(&whole->ballots, &parts->ballots);
    same_facts(whole, parts);
    same_problems(&whole->problems, &parts->problems);
    check_values(whole);
    batch_free(whole);
    batch_free(parts);
    return 0;
}
