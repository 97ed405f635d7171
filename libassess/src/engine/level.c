/* level.c: which subjects are people and which are units, whose unit is which, and who is in a group with whom. */
#include "base/intern.h"
#include "engine/run.h"

static bool mark_levels(result *r)
{
    const plan *p = r->plan;
    const subjects *people = &r->batch->people;
    r->inner->level = mem_zalloc(r->count + 1, sizeof *r->inner->level);
    for (size_t i = 0; r->inner->level && i < r->count; i++)
        for (uint32_t l = 1; l < p->level_count; l++)
            if (text_equal(people->category[i], p->levels[l].category))
                r->inner->level[i] = (uint8_t)l;
    return r->inner->level != NULL;
}

/* A unit goes by its name or by its id. The name comes first, because that is what people write. */
typedef struct unit_names {
    interner words;
    uint32_t *unit; /* [word]: the subject */
} unit_names;

static bool name_units(const result *r, unit_names *n)
{
    const subjects *people = &r->batch->people;
    n->unit = mem_alloc((2 * r->count + 1) * sizeof *n->unit);
    for (int by_id = 0; n->unit && by_id < 2; by_id++)
        for (uint32_t i = 0; i < r->count; i++) {
            if (!r->inner->level[i])
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

/* The unit of a unit is itself. */
static bool find_units(result *r)
{
    const subjects *people = &r->batch->people;
    unit_names names = {0};
    bool fine = name_units(r, &names);
    r->inner->unit_of = fine ? mem_alloc((r->count + 1) * sizeof *r->inner->unit_of) : NULL;
    for (uint32_t i = 0; r->inner->unit_of && i < r->count; i++) {
        uint32_t word = r->inner->level[i] ? INTERN_NONE : intern_find(&names.words, people->unit[i]);
        r->inner->unit_of[i] = r->inner->level[i] ? i : word == INTERN_NONE ? SUBJECT_NONE : names.unit[word];
    }
    intern_free(&names.words);
    mem_free(names.unit);
    return fine && r->inner->unit_of;
}

assess_status find_levels(result *r, assess_error *err)
{
    if (r->plan->level_count == 1)
        return ASSESS_OK;
    return mark_levels(r) && find_units(r) ? ASSESS_OK : error_no_memory(err);
}

/* --- groups --- */

/* The text that a subject's group goes by. */
static text group_word_of(const result *r, group_key key, const text *words, uint32_t subject)
{
    const subjects *people = &r->batch->people;
    if (key == GROUP_BY_ATTRIBUTE)
        return words ? words[subject] : TEXT("");
    uint32_t unit = r->inner->unit_of ? r->inner->unit_of[subject] : SUBJECT_NONE;
    return unit != SUBJECT_NONE ? people->ids.texts[unit] : people->unit[subject];
}

/* A column of people by its id; NULL: everybody's is empty. */
static const text *column_of(const result *r, uint32_t attribute)
{
    const subjects *people = &r->batch->people;
    text id = r->plan->attributes[attribute].id;
    if (text_equal(id, TEXT("category")))
        return people->category;
    if (text_equal(id, TEXT("post")))
        return people->post;
    if (text_equal(id, TEXT("unit")))
        return people->unit;
    if (text_equal(id, TEXT("name")))
        return people->name;
    for (size_t a = 0; a < people->attribute_count; a++)
        if (text_equal(people->attribute_names[a], id))
            return people->attributes[a];
    return NULL;
}

text result_group_word(const result *r, group_key key, uint32_t attribute, uint32_t subject)
{
    return group_word_of(r, key, key == GROUP_BY_ATTRIBUTE ? column_of(r, attribute) : NULL, subject);
}

static bool number_groups(const result *r, membership *m)
{
    const text *texts = m->key == GROUP_BY_ATTRIBUTE ? column_of(r, m->attribute) : NULL;
    interner words = {0};
    m->group = mem_alloc((r->count + 1) * sizeof *m->group);
    bool fine = m->group != NULL;
    for (uint32_t i = 0; fine && i < r->count; i++) {
        m->group[i] = intern_add(&words, group_word_of(r, m->key, texts, i));
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
