/* problem: a list that stays of bearable size whatever the input is: texts are cut, and beyond the limit of its kind
 * a problem is only counted. Errors and notices have a limit each, so that notices never hide an error. */
#include "base/problem.h"

#include <stdlib.h>

enum { VALUE_BYTES = 80, TEXT_BYTES = 400 };

/* The first bytes of t, in whole characters, copied. */
static text keep(problem_list *list, text t, size_t most)
{
    if (t.length > most) {
        t.length = most;
        while (t.length > 0 && ((unsigned char)t.bytes[t.length] & 0xC0) == 0x80)
            t.length--;
    }
    if (t.length == 0)
        return TEXT("");
    const char *copy = arena_text(&list->texts, t.bytes, t.length);
    if (!copy) {
        list->failed = true;
        return TEXT("");
    }
    return (text){copy, t.length};
}

void problem_add(problem_list *list, problem p)
{
    size_t *of_kind = p.severity == PROBLEM_ERROR ? &list->errors : &list->notices;
    if (++*of_kind > PROBLEM_LIST_LIMIT)
        return;
    if (!MEM_RESERVE(list->items, list->capacity, list->count + 1)) {
        list->failed = true;
        return;
    }
    for (int i = 0; i < MESSAGE_MAX_ARGS; i++)
        p.what.args[i] = keep(list, p.what.args[i], TEXT_BYTES);
    for (int i = 0; i < MESSAGE_MAX_ARGS; i++)
        p.what.zh[i] = keep(list, p.what.zh[i], TEXT_BYTES);
    p.header = keep(list, p.header, TEXT_BYTES);
    p.value = keep(list, p.value, VALUE_BYTES);
    list->items[list->count++] = p;
}

void problem_list_append(problem_list *list, const problem_list *other, uint32_t row_offset)
{
    size_t kept_errors = 0;
    for (size_t i = 0; i < other->count; i++) {
        problem p = other->items[i];
        kept_errors += p.severity == PROBLEM_ERROR;
        if (p.row != 0)
            p.row += row_offset;
        problem_add(list, p);
    }
    list->errors += other->errors - kept_errors;
    list->notices += other->notices - (other->count - kept_errors);
    list->failed |= other->failed;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

/* Every part counts in the end, so that the order never depends on the order of adding. */
static int compare_problems(const void *left, const void *right)
{
    const problem *a = left, *b = right;
    int order = compare_numbers(a->source, b->source);
    order = order ? order : compare_numbers(a->row, b->row);
    order = order ? order : compare_numbers(a->column, b->column);
    order = order ? order : compare_numbers(a->what.id, b->what.id);
    for (int i = 0; i < MESSAGE_MAX_ARGS && !order; i++)
        order = text_compare(a->what.args[i], b->what.args[i]);
    order = order ? order : compare_numbers(a->severity, b->severity);
    order = order ? order : text_compare(a->header, b->header);
    return order ? order : text_compare(a->value, b->value);
}

void problem_list_sort(problem_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_problems);
}

void problem_list_free(problem_list *list)
{
    arena_free(&list->texts);
    mem_free(list->items);
    *list = (problem_list){0};
}
