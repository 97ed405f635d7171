/* mistakes.c: see mistakes.h. */
#include <string.h>

#include "rules/mistakes.h"

enum { DEEPEST = PLAN_MAX_FILES };

static void copy(char *out, size_t size, text t)
{
    size_t n = t.length < size ? t.length : size - 1;
    if (n)
        memcpy(out, t.bytes, n);
    out[n] = '\0';
}

static void fill(assess_error *said, const plan *p, assess_status status, message m, origin at)
{
    char file[256], clause[128];
    bool of_files = status == ASSESS_E_RULES || at.line;
    copy(file, sizeof file, of_files && at.file < p->file_count ? p->files[at.file].name : TEXT(""));
    copy(clause, sizeof clause, plan_clause_number(p, at));
    *said = (assess_error){0};
    error_set_at(said, status, m, file, of_files && !at.line ? 1 : at.line, clause); /* the whole file: its first line */
}

/* A line that runs several times, or a figure that is asked for in several ways, is mended once. */
static bool stands_there(const mistake_list *list, const rule_mistake *m)
{
    for (size_t i = 0; i < list->count; i++) {
        const rule_mistake *other = &list->items[i];
        bool same_name = m->names && other->names == m->names && strcmp(other->about, m->about) == 0;
        bool same_place = other->at.file == m->at.file && other->at.line == m->at.line;
        if (same_name || (same_place && strcmp(other->said.message[ASSESS_EN], m->said.message[ASSESS_EN]) == 0))
            return true;
    }
    return false;
}

bool mistakes_add(mistake_list *list, const plan *p, assess_status status, message m, unsigned names, origin at)
{
    if (!MEM_RESERVE(list->items, list->capacity, list->count + 1))
        return false;
    rule_mistake *fresh = &list->items[list->count];
    fresh->at = at;
    fresh->names = names;
    copy(fresh->about, sizeof fresh->about, names ? m.args[0] : TEXT(""));
    fill(&fresh->said, p, status, m, at);
    bool known = stands_there(list, fresh), full = list->count == MISTAKES_MOST;
    list->more |= full && !known;
    list->count += !known && !full;
    return true;
}

void mistakes_free(mistake_list *list)
{
    mem_free(list->items);
    *list = (mistake_list){0};
}

/* --- in order --- */

/* The lines that lead to the place, from the first file on. */
static size_t way_to(origin at, const origin *used_at, uint32_t way[DEEPEST])
{
    size_t depth = 1;
    for (origin up = at; up.file && depth < DEEPEST; depth++)
        up = used_at[up.file];
    for (size_t i = depth; i-- > 0; at = used_at[at.file])
        way[i] = at.line ? at.line : UINT32_MAX;
    return depth;
}

static bool stands_before(origin a, origin b, const origin *used_at)
{
    uint32_t way_a[DEEPEST], way_b[DEEPEST];
    size_t depth_a = way_to(a, used_at, way_a), depth_b = way_to(b, used_at, way_b);
    for (size_t i = 0; i < depth_a && i < depth_b; i++)
        if (way_a[i] != way_b[i])
            return way_a[i] < way_b[i];
    return depth_a < depth_b;
}

void mistakes_sort(mistake_list *list, const origin *used_at)
{
    for (size_t i = 1; i < list->count; i++) {
        rule_mistake m = list->items[i];
        size_t at = i;
        for (; at && stands_before(m.at, list->items[at - 1].at, used_at); at--)
            list->items[at] = list->items[at - 1];
        list->items[at] = m;
    }
}
