/* vocabulary.c: what the tables may say, as the plan has it. */
#include "engine/engine.h"

static vocabulary_word word_of(text id, label words) { return (vocabulary_word){id, words.zh, words.en}; }

static const vocabulary_word *options_of(const plan_item *item, arena *memory)
{
    vocabulary_word *words = arena_zalloc(memory, (item->option_count + 1) * sizeof *words);
    for (size_t i = 0; words && i < item->option_count; i++)
        words[i] = word_of(item->options[i].id, item->options[i].words);
    return words;
}

static bool fill_items(const plan *p, arena *memory, vocabulary *out)
{
    vocabulary_item *items = arena_zalloc(memory, (p->item_count + 1) * sizeof *items);
    if (!items)
        return false;
    for (size_t i = 0; i < p->item_count; i++) {
        items[i].word = word_of(p->items[i].id, p->items[i].words);
        items[i].maximum = p->items[i].maximum;
        items[i].option_count = p->items[i].option_count;
        items[i].lenient = p->items[i].lenient;
        if (!(items[i].options = options_of(&p->items[i], memory)))
            return false;
    }
    out->items = items;
    out->item_count = p->item_count;
    return true;
}

static bool fill_roles(const plan *p, arena *memory, vocabulary *out)
{
    vocabulary_role *roles = arena_zalloc(memory, (p->role_count + 1) * sizeof *roles);
    if (!roles)
        return false;
    for (size_t i = 0; i < p->role_count; i++)
        roles[i] = (vocabulary_role){word_of(p->roles[i].id, p->roles[i].words), p->roles[i].used};
    out->roles = roles;
    out->role_count = p->role_count;
    return true;
}

/* What a kind's rows must carry follows from what the plan does with them. */
static void demand(const event_source *s, vocabulary_kind *kind)
{
    bool of_figure = s->reducer == EVENT_SUM || s->reducer == EVENT_HIGHEST || s->reducer == EVENT_LOWEST;
    event_figure figure = of_figure ? s->figure : FIGURE_NONE, bound = s->bound.figure;
    kind->needs_from |= s->reducer == EVENT_MONTHS || s->reducer == EVENT_DAYS || s->window != WINDOW_ANY ||
                        figure >= FIGURE_SPAN_DAYS || bound >= FIGURE_SPAN_DAYS;
    kind->needs_points |= figure == FIGURE_POINTS || bound == FIGURE_POINTS;
    kind->needs_amount |= figure == FIGURE_AMOUNT || bound == FIGURE_AMOUNT;
    kind->uses_liable |= s->part != PART_SUBJECT;
}

static bool fill_kinds(const plan *p, arena *memory, vocabulary *out)
{
    vocabulary_kind *kinds = arena_zalloc(memory, (p->kind_count + 1) * sizeof *kinds);
    if (!kinds)
        return false;
    for (size_t k = 0; k < p->kind_count; k++) {
        kinds[k].word = word_of(p->kinds[k].id, p->kinds[k].words);
        for (size_t s = 0; s < p->event_count; s++)
            if (p->events[s].kinds[k / 64] >> (k % 64) & 1)
                demand(&p->events[s], &kinds[k]);
    }
    out->kinds = kinds;
    out->kind_count = p->kind_count;
    return true;
}

bool engine_vocabulary(const plan *p, arena *memory, vocabulary *out)
{
    *out = (vocabulary){.needs_ratings = p->ballot_count > 0, .period = p->period};
    return fill_items(p, memory, out) && fill_roles(p, memory, out) && fill_kinds(p, memory, out);
}
