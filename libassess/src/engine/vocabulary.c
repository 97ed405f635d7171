/* vocabulary.c: what the tables may say, as the plan has it. */
#include "engine/run.h"

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
    event_figure figure = event_reduces_figure(s->reducer) ? s->figure : FIGURE_NONE, bound = s->bound.figure;
    kind->needs_from |= event_measures_spans(s->reducer) || s->window != WINDOW_ANY || s->lasting ||
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

static bool fill_measures(const plan *p, arena *memory, vocabulary *out)
{
    vocabulary_measure *measures = arena_zalloc(memory, (p->measure_count + 1) * sizeof *measures);
    for (size_t i = 0; measures && i < p->measure_count; i++)
        measures[i] = (vocabulary_measure){word_of(p->measures[i].id, p->measures[i].words),
                                           p->measures[i].optional ? 0 : p->measures[i].levels};
    out->measures = measures;
    out->measure_count = p->measure_count;
    return measures != NULL;
}

static attribute_kind kind_of(const plan_attribute *a)
{
    switch (a->kind) {
    case KIND_NUMBER: return ATTRIBUTE_NUMBER;
    case KIND_DAY: return ATTRIBUTE_DAY;
    case KIND_MINUTE: return ATTRIBUTE_MINUTE;
    default: return a->choices.count ? ATTRIBUTE_WORD : ATTRIBUTE_TEXT;
    }
}

static const vocabulary_word *choices_of(const plan *p, const plan_attribute *a, arena *memory)
{
    vocabulary_word *words = arena_zalloc(memory, (a->choices.count + 1) * sizeof *words);
    for (size_t i = 0; words && i < a->choices.count; i++)
        words[i] = word_of(p->words[a->choices.members[i]].id, p->words[a->choices.members[i]].words);
    return words;
}

static bool fill_attributes(const plan *p, arena *memory, vocabulary *out)
{
    vocabulary_attribute *attributes = arena_zalloc(memory, (p->attribute_count + 1) * sizeof *attributes);
    if (!attributes)
        return false;
    for (size_t i = 0; i < p->attribute_count; i++) {
        const plan_attribute *a = &p->attributes[i];
        attributes[i] = (vocabulary_attribute){.word = word_of(a->id, a->words), .kind = kind_of(a), .choice_count = a->choices.count,
                                               .bounded = a->bounded, .minimum = a->minimum, .maximum = a->maximum,
                                               .needed_by = !a->needed ? 0 : a->levels ? a->levels : a->used ? UINT32_MAX : 1u << a->level,
                                               .optional = a->optional};
        if (!(attributes[i].choices = choices_of(p, a, memory)))
            return false;
    }
    out->attributes = attributes;
    out->attribute_count = p->attribute_count;
    return true;
}

static bool fill_grades(const plan *p, arena *memory, vocabulary *out)
{
    vocabulary_grade *grades = arena_zalloc(memory, (p->grade_count + 1) * sizeof *grades);
    for (size_t i = 0; grades && i < p->grade_count; i++)
        grades[i] = (vocabulary_grade){word_of(p->grades[i].id, p->grades[i].words), p->grades[i].level};
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].kind == STATEMENT_NO_GRADE)
            out->no_grade |= 1u << p->statements[i].level;
    out->grades = grades;
    out->grade_count = p->grade_count;
    return grades != NULL;
}

static bool reads_units(const plan *p)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->nodes[i].op == OP_OF_UNIT)
            return true;
    return false;
}

/* Events are expected in the period, and in the windows that reach beyond it. */
static date_span expected(const plan *p)
{
    date_span all = p->period;
    for (size_t i = 0; i < p->event_count; i++) {
        date_span window = engine_window(p, &p->events[i]);
        window.from = date_add_months(window.from, -p->events[i].lasting); /* what began then may still have its effect */
        all.from = window.from < all.from ? window.from : all.from;
        all.to = window.to > all.to ? window.to : all.to;
    }
    return all;
}

bool engine_vocabulary(const plan *p, arena *memory, vocabulary *out)
{
    *out = (vocabulary){.needs_ratings = p->ballot_count > 0, .needs_measures = p->measured_count > 0,
                        .needs_history = p->past_count > 0, .reads_units = reads_units(p), .period = expected(p)};
    if (p->level_count > 1)
        out->unit_category = p->levels[1].category;
    return fill_items(p, memory, out) && fill_roles(p, memory, out) && fill_kinds(p, memory, out) &&
           fill_measures(p, memory, out) && fill_attributes(p, memory, out) && fill_grades(p, memory, out);
}
