/* result.c: reading a result. */
#include "engine/run.h"

const char *status_id(subject_status s)
{
    static const char *const ids[STATUS_COUNT] = {"assessed", "excluded", "incomplete"};
    return ids[s];
}

const char *flag_id(result_flag f)
{
    switch (f) {
    case FLAG_VETO: return "veto";
    case FLAG_CAPPED: return "capped";
    case FLAG_GAP: return "gap";
    case FLAG_TIE: return "tie";
    case FLAG_QUOTA: return "quota";
    case FLAG_OVERRIDE: return "override";
    case FLAG_END: break;
    }
    return "";
}

const char *decided_effect_id(decided_effect e)
{
    static const char *const ids[DECIDED_EFFECTS] = {"moved", "same", "turned_down", "excluded"};
    return ids[e];
}

static void workings_free(struct workings *w)
{
    if (!w)
        return;
    for (size_t i = 0; w->columns && w->groups && i < w->node_count; i++) {
        column_free(w->columns[i]);
        group_column_free(w->groups[i]);
    }
    for (size_t i = 0; i < w->membership_count; i++) {
        mem_free(w->memberships[i]->group);
        intern_free(&w->memberships[i]->words);
        mem_free(w->memberships[i]);
    }
    inputs_free(w->inputs);
    void *blocks[] = {w->places, w->slot_list, w->tallies, w->listed, w->event_start, w->event_entries, w->level,
                      w->unit_of, w->filter_marks, w->memberships, w->columns, w->groups, w->kept, w};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        mem_free(blocks[i]);
}

struct workings *workings_new(const plan *p)
{
    struct workings *w = mem_zalloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->node_count = p->node_count;
    w->columns = mem_zalloc(p->node_count + 1, sizeof *w->columns);
    w->groups = mem_zalloc(p->node_count + 1, sizeof *w->groups);
    w->kept = mem_zalloc(p->node_count + 1, sizeof *w->kept);
    if (w->columns && w->groups && w->kept)
        return w;
    workings_free(w);
    return NULL;
}

void findings_free(finding *findings, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!findings[i].den)
            mem_free(findings[i].wide);
    mem_free(findings);
}

void result_free(result *r)
{
    if (!r)
        return;
    workings_free(r->inner);
    findings_free(r->findings, r->finding_count);
    void *columns[] = {r->status, r->score, r->grade, r->rank, r->flags, r->decided, r->own_marks, r->sheet_refused};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        mem_free(columns[i]);
    mem_free(r);
}

uint32_t result_level(const result *r, uint32_t subject) { return level_of(r->inner, subject); }

/* Who is ranked with whom on that level; NULL: not ranked. */
static const membership *ranked_within(const result *r, size_t level)
{
    const plan_level *l = &r->plan->levels[level];
    const group_column *g = r->inner && l->rank != SIZE_MAX ? r->inner->groups[r->plan->statements[l->rank].node] : NULL;
    return g ? g->of : NULL;
}

uint32_t result_rank_group(const result *r, uint32_t subject)
{
    const membership *m = ranked_within(r, level_of(r->inner, subject));
    return m ? group_of(m, subject) : 0;
}

bool result_ranks_groups(const result *r, size_t level)
{
    const membership *m = ranked_within(r, level);
    return m && m->key != GROUP_BY_BATCH;
}

/* A word of the scheme as people read it; any other text stands for itself. */
static text word_shown(const plan *p, text word, assess_language language)
{
    for (size_t i = 0; i < p->word_count; i++)
        if (text_equal(p->words[i].id, word) && label_in(p->words[i].words, language).length)
            return label_in(p->words[i].words, language);
    return word;
}

text result_rank_group_name(const result *r, uint32_t subject, assess_language language)
{
    const membership *m = ranked_within(r, level_of(r->inner, subject));
    text word = m ? group_name(m, group_of(m, subject)) : TEXT("");
    return m && m->key == GROUP_BY_ATTRIBUTE ? word_shown(r->plan, word, language) : word;
}

const finding *result_findings(const result *r, uint32_t subject, size_t *count)
{
    size_t low = 0, high = r->finding_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->findings[middle].subject < subject)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < r->finding_count && r->findings[low + *count].subject == subject)
        ++*count;
    return r->findings + low;
}

size_t result_print_score(const result *r, uint32_t subject, char out[64])
{
    out[0] = '\0';
    uint32_t level = level_of(r->inner, subject);
    if (r->status[subject] != STATUS_ASSESSED || r->plan->levels[level].score == SIZE_MAX)
        return 0;
    decimal unit = plan_score_rounding(r->plan, level).unit;
    return decimal_print((int128)r->score[subject] * unit.coeff, unit.scale, out);
}

void result_print_flags(const result *r, uint32_t subject, buffer *out)
{
    bool first = true;
    for (unsigned f = 1; f < FLAG_END; f <<= 1) {
        if (!(r->flags[subject] & f))
            continue;
        if (!first)
            buffer_add_char(out, ';');
        buffer_add_string(out, flag_id((result_flag)f));
        first = false;
    }
}
