/* level.c: which subjects are people and which are units, whose unit is which, and who is in a group with whom. */
#include "batch/attribute.h"
#include "batch/units.h"
#include "engine/run.h"

assess_status find_levels(result *r, assess_error *err)
{
    if (r->plan->level_count == 1)
        return ASSESS_OK;
    r->inner->level = mem_alloc(r->count + 1);
    r->inner->unit_of = mem_alloc((r->count + 1) * sizeof *r->inner->unit_of);
    bool fine = r->inner->level && r->inner->unit_of && units_find(r->batch, r->inner->level, r->inner->unit_of);
    return fine ? ASSESS_OK : error_no_memory(err);
}

/* --- groups --- */

/* A declared word is one word however it is written. */
static text word_of(const result *r, uint32_t attribute, text written, uint32_t subject)
{
    int64_t number = r->plan->attributes[attribute].choices.count ? attribute_word(r, attribute, subject) : -1;
    return number < 0 ? written : r->plan->words[number].id;
}

/* The text that a subject's group goes by. */
static text group_word_of(const result *r, const membership *m, const text *words, uint32_t subject)
{
    const subjects *people = &r->batch->people;
    if (m->key == GROUP_BY_ATTRIBUTE)
        return word_of(r, m->attribute, words ? words[subject] : TEXT(""), subject);
    uint32_t unit = r->inner->unit_of ? r->inner->unit_of[subject] : SUBJECT_NONE;
    return unit != SUBJECT_NONE ? people->ids.texts[unit] : people->unit[subject];
}

text result_group_word(const result *r, group_key key, uint32_t attribute, uint32_t subject)
{
    membership m = {.key = key, .attribute = attribute};
    const text *texts = key == GROUP_BY_ATTRIBUTE ? attribute_column(r->batch, r->plan->attributes[attribute].id) : NULL;
    return group_word_of(r, &m, texts, subject);
}

static bool number_groups(const result *r, membership *m)
{
    const text *texts = m->key == GROUP_BY_ATTRIBUTE ? attribute_column(r->batch, r->plan->attributes[m->attribute].id) : NULL;
    interner words = {0};
    m->group = mem_alloc((r->count + 1) * sizeof *m->group);
    bool fine = m->group != NULL;
    for (uint32_t i = 0; fine && i < r->count; i++) {
        m->group[i] = intern_add(&words, group_word_of(r, m, texts, i));
        fine = m->group[i] != INTERN_NONE;
    }
    m->count = (uint32_t)words.count;
    intern_free(&words);
    return fine;
}

const membership *membership_of(result *r, group_key key, uint32_t attribute)
{
    struct workings *w = r->inner;
    for (size_t i = 0; i < w->membership_count; i++)
        if (w->memberships[i]->key == key && (key != GROUP_BY_ATTRIBUTE || w->memberships[i]->attribute == attribute))
            return w->memberships[i];
    membership *m = mem_zalloc(1, sizeof *m);
    if (!m || !MEM_RESERVE(w->memberships, w->membership_capacity, w->membership_count + 1)) {
        mem_free(m);
        return NULL;
    }
    *m = (membership){.key = key, .attribute = attribute, .count = 1};
    w->memberships[w->membership_count++] = m;
    return key == GROUP_BY_BATCH || number_groups(r, m) ? m : NULL;
}
