/* level.c: which subjects are people and which are units, whose unit is which, and who is in a group with whom. */
#include "batch/attribute.h"
#include "batch/units.h"
#include "engine/run.h"

assess_status find_levels(result *r, unsigned threads, assess_error *err)
{
    if (r->plan->level_count == 1)
        return ASSESS_OK;
    r->inner->level = mem_alloc(r->count + 1);
    r->inner->unit_of = mem_alloc((r->count + 1) * sizeof *r->inner->unit_of);
    bool fine = r->inner->level && r->inner->unit_of && units_find(r->batch, threads, r->inner->level, r->inner->unit_of);
    return fine ? ASSESS_OK : error_no_memory(err);
}

/* --- groups --- */

/* A declared word is one word however it is written. */
static text word_of(const result *r, uint32_t attribute, text written, uint32_t subject)
{
    int64_t number = r->plan->attributes[attribute].choices.count ? attribute_word(r, attribute, subject) : -1;
    return number < 0 ? written : r->plan->words[number].id;
}

static text group_word_of(const result *r, const membership *m, attribute_column words, uint32_t subject, char room[ATTRIBUTE_ROOM])
{
    const subjects *people = &r->batch->people;
    if (m->key == GROUP_BY_ATTRIBUTE)
        return word_of(r, m->attribute, attribute_text(r->batch, words, subject, room), subject);
    uint32_t unit = r->inner->unit_of ? r->inner->unit_of[subject] : SUBJECT_NONE;
    return unit != SUBJECT_NONE ? people->ids.texts[unit] : people->unit[subject];
}

static bool number_groups(const result *r, membership *m)
{
    bool by_attribute = m->key == GROUP_BY_ATTRIBUTE;
    attribute_column words = attribute_find(r->batch, by_attribute ? r->plan->attributes[m->attribute].id : TEXT(""));
    char room[ATTRIBUTE_ROOM];
    m->group = mem_alloc((r->count + 1) * sizeof *m->group);
    bool fine = m->group != NULL;
    for (uint32_t i = 0; fine && i < r->count; i++) {
        m->group[i] = intern_add(&m->words, group_word_of(r, m, words, i, room));
        fine = m->group[i] != INTERN_NONE;
    }
    m->count = (uint32_t)m->words.count;
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
