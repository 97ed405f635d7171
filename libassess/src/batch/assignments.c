/* assignments: see assignments.h. */
#include "batch/assignments.h"

static bool keep_name(assignments *list, uint32_t rater, text name)
{
    char *copy = name.length ? arena_text(&list->raters.bytes, name.bytes, name.length) : NULL;
    if (copy)
        list->names[rater] = (text){copy, name.length};
    return copy || !name.length;
}

bool assignments_add(assignments *list, assignment row, text rater, text name)
{
    size_t known = list->raters.count;
    if (!MEM_RESERVE(list->rows, list->capacity, list->count + 1) ||
        !MEM_RESERVE(list->names, list->name_capacity, known + 1))
        return false;
    row.rater = intern_add(&list->raters, rater);
    if (row.rater == INTERN_NONE)
        return false;
    if (row.rater == known)
        list->names[known] = TEXT("");
    if (!list->names[row.rater].length && !keep_name(list, row.rater, name))
        return false;
    list->rows[list->count++] = row;
    return true;
}

size_t assignments_bytes(const assignments *list)
{
    enum { SLOT_BYTES = 8 + 4, TURNOUT_BYTES = 56 }; /* what the checklist before scoring takes for a row */
    return list->count * (sizeof *list->rows + TURNOUT_BYTES) + list->raters.count * 2 * sizeof(text) +
           list->raters.slot_count * SLOT_BYTES;
}

void assignments_free(assignments *list)
{
    mem_free(list->rows);
    mem_free(list->names);
    intern_free(&list->raters);
    intern_free(&list->units);
    *list = (assignments){0};
}
