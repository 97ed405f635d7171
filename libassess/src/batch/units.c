/* units: see units.h. */
#include "batch/units.h"

#include "base/parallel.h"

/* A unit goes by its name or by its id. The name comes first, because that is what people write. */
typedef struct unit_names {
    interner words;
    uint32_t *unit; /* [word]: the subject */
} unit_names;

static bool name_units(const batch *b, const uint8_t *level, unit_names *n)
{
    const subjects *people = &b->people;
    n->unit = mem_alloc((2 * people->count + 1) * sizeof *n->unit);
    for (int by_id = 0; n->unit && by_id < 2; by_id++)
        for (uint32_t i = 0; i < people->count; i++) {
            if (!level[i])
                continue;
            size_t known = n->words.count;
            uint32_t word = intern_add(&n->words, by_id ? people->ids.texts[i] : people->name[i]);
            if (word == INTERN_NONE)
                return false;
            if (word == known)
                n->unit[word] = i;
        }
    return n->unit != NULL;
}

enum { PART_SUBJECTS = 4096 };

typedef struct search {
    const batch *b;
    unit_names names;
    uint8_t *level;
    uint32_t *unit_of;
} search;

static size_t end_of_part(const search *s, size_t index)
{
    size_t end = (index + 1) * PART_SUBJECTS;
    return end < s->b->people.count ? end : s->b->people.count;
}

static void find_levels_of_part(void *context, size_t index, unsigned worker)
{
    const search *s = context;
    (void)worker;
    for (size_t i = index * PART_SUBJECTS, end = end_of_part(s, index); i < end; i++)
        s->level[i] = (uint8_t)vocabulary_level(&s->b->words, s->b->people.category[i]);
}

static void find_units_of_part(void *context, size_t index, unsigned worker)
{
    const search *s = context;
    (void)worker;
    for (size_t i = index * PART_SUBJECTS, end = end_of_part(s, index); i < end; i++) {
        uint32_t word = s->level[i] ? INTERN_NONE : intern_find(&s->names.words, s->b->people.unit[i]);
        s->unit_of[i] = s->level[i] ? (uint32_t)i : word == INTERN_NONE ? SUBJECT_NONE : s->names.unit[word];
    }
}

bool units_find(const batch *b, unsigned threads, uint8_t *level, uint32_t *unit_of)
{
    search s = {.b = b, .level = level, .unit_of = unit_of};
    size_t parts = (b->people.count + PART_SUBJECTS - 1) / PART_SUBJECTS;
    parallel_run(parts, threads, find_levels_of_part, &s);
    bool fine = name_units(b, level, &s.names);
    if (fine)
        parallel_run(parts, threads, find_units_of_part, &s);
    intern_free(&s.names.words);
    mem_free(s.names.unit);
    return fine;
}

/* ---- units without a row ---- */

static void report_unit(batch *b, text unit, size_t people)
{
    buffer number = {0};
    buffer_add_integer(&number, (int64_t)people);
    message what = message_of3(MSG_input_unit_without_row, unit, buffer_text(&number), b->words.unit_category);
    problem_add(&b->problems, (problem){.severity = PROBLEM_NOTICE, .what = what, .source = PROBLEM_NO_SOURCE});
    b->problems.failed |= number.failed;
    buffer_free(&number);
}

static bool count_lost(const batch *b, const uint32_t *unit_of, interner *lost, size_t *people)
{
    for (size_t i = 0; i < b->people.count; i++) {
        if (unit_of[i] != SUBJECT_NONE || b->people.unit[i].length == 0)
            continue;
        uint32_t word = intern_add(lost, b->people.unit[i]);
        if (word == INTERN_NONE)
            return false;
        people[word]++;
    }
    return true;
}

bool units_notice(batch *b, unsigned threads)
{
    size_t count = b->people.count;
    if (!b->words.reads_units)
        return true;
    uint8_t *level = mem_alloc(count + 1);
    uint32_t *unit_of = mem_alloc((count + 1) * sizeof *unit_of);
    size_t *people = mem_zalloc(count + 1, sizeof *people);
    interner lost = {0};
    bool fine = level && unit_of && people && units_find(b, threads, level, unit_of) && count_lost(b, unit_of, &lost, people);
    for (size_t i = 0; fine && i < lost.count; i++)
        report_unit(b, lost.texts[i], people[i]);
    intern_free(&lost);
    mem_free(level);
    mem_free(unit_of);
    mem_free(people);
    return fine;
}
