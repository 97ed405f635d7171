/* attribute: see attribute.h. */
#include "batch/attribute.h"

/* ---- words ---- */

/* The first choice that takes a spelling keeps it; ids come before labels. */
static bool add_spelling(attribute_reader *r, text spelling, uint32_t choice)
{
    text key;
    size_t before = r->keys.count;
    if (spelling.length == 0)
        return true;
    if (!text_key(&r->scratch, spelling, &key) || !MEM_RESERVE(r->choices, r->choice_capacity, before + 1) ||
        intern_add(&r->keys, key) == INTERN_NONE)
        return false;
    if (r->keys.count > before)
        r->choices[before] = choice;
    return true;
}

bool attribute_open(attribute_reader *r, const vocabulary_attribute *about)
{
    *r = (attribute_reader){.about = about};
    bool done = true;
    for (uint32_t i = 0; done && i < about->choice_count; i++)
        done = add_spelling(r, about->choices[i].id, i);
    for (uint32_t i = 0; done && i < about->choice_count; i++)
        done = add_spelling(r, about->choices[i].zh, i) && add_spelling(r, about->choices[i].en, i);
    arena_free(&r->scratch);
    return done;
}

void attribute_close(attribute_reader *r)
{
    intern_free(&r->keys);
    intern_free(&r->seen);
    mem_free(r->choices);
    mem_free(r->meanings);
    arena_free(&r->scratch);
    *r = (attribute_reader){0};
}

static attribute_answer look_up(attribute_reader *r, text cell, uint32_t *choice)
{
    text key;
    bool done = text_key(&r->scratch, cell, &key);
    uint32_t found = done ? intern_find(&r->keys, key) : INTERN_NONE;
    *choice = found == INTERN_NONE ? INTERN_NONE : r->choices[found];
    arena_free(&r->scratch);
    return done ? ATTRIBUTE_READ : ATTRIBUTE_NO_MEMORY;
}

/* False: no memory. */
static bool remember(attribute_reader *r, text cell, uint32_t choice)
{
    enum { MOST_SEEN = 1024, LONGEST_SEEN = 64 };
    size_t before = r->seen.count;
    if (before >= MOST_SEEN || cell.length > LONGEST_SEEN)
        return true;
    if (!MEM_RESERVE(r->meanings, r->meaning_capacity, before + 1) || intern_add(&r->seen, cell) == INTERN_NONE)
        return false;
    r->meanings[before] = choice;
    return true;
}

static attribute_answer read_word(attribute_reader *r, text cell, decimal *out)
{
    uint32_t known = intern_find(&r->seen, cell), choice = INTERN_NONE;
    if (known != INTERN_NONE)
        choice = r->meanings[known];
    else if (look_up(r, cell, &choice) || !remember(r, cell, choice))
        return ATTRIBUTE_NO_MEMORY;
    out->coeff = choice;
    return choice == INTERN_NONE ? ATTRIBUTE_NO_WORD : ATTRIBUTE_READ;
}

/* ---- numbers, days and times ---- */

static int compare(decimal a, decimal b) { return fraction_compare(fraction_from_decimal(a), fraction_from_decimal(b)); }

static attribute_answer read_number(attribute_reader *r, text cell, decimal *out)
{
    r->number = decimal_parse(cell.bytes, cell.length, out);
    if (r->number != DECIMAL_OK)
        return ATTRIBUTE_NO_NUMBER;
    bool outside = r->about->bounded && (compare(*out, r->about->minimum) < 0 || compare(*out, r->about->maximum) > 0);
    return outside ? ATTRIBUTE_OUT_OF_RANGE : ATTRIBUTE_READ;
}

static attribute_answer time_answer(date_error e)
{
    return e == DATE_OK ? ATTRIBUTE_READ : e == DATE_DOES_NOT_EXIST ? ATTRIBUTE_NO_SUCH_DAY : ATTRIBUTE_NO_DATE;
}

static attribute_answer read_day(text cell, decimal *out)
{
    date d = DATE_NONE;
    date_error e = date_parse(cell.bytes, cell.length, &d);
    out->coeff = d;
    return time_answer(e);
}

attribute_answer attribute_read(attribute_reader *r, text cell, decimal *out)
{
    *out = (decimal){0, 0};
    if (cell.length == 0)
        return ATTRIBUTE_EMPTY;
    switch (r->about->kind) {
    case ATTRIBUTE_WORD: return read_word(r, cell, out);
    case ATTRIBUTE_NUMBER: return read_number(r, cell, out);
    case ATTRIBUTE_DAY: return read_day(cell, out);
    case ATTRIBUTE_MINUTE: return time_answer(minute_parse(cell.bytes, cell.length, &out->coeff));
    case ATTRIBUTE_TEXT: break;
    }
    return ATTRIBUTE_READ;
}

/* ---- columns ---- */

const text *attribute_column(const batch *b, text id)
{
    const subjects *s = &b->people;
    const struct standard {
        text id;
        const text *texts;
    } standard[] = {{TEXT("category"), s->category}, {TEXT("post"), s->post}, {TEXT("unit"), s->unit}, {TEXT("name"), s->name}};
    for (size_t i = 0; i < sizeof standard / sizeof *standard; i++)
        if (text_equal(standard[i].id, id))
            return standard[i].texts;
    for (size_t i = 0; i < s->attribute_count; i++)
        if (text_equal(s->attribute_names[i], id))
            return s->attributes[i];
    return NULL;
}
