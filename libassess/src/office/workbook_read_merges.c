#define _GNU_SOURCE /* memmem */
#include "office/workbook_read.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_MERGES = 1000000 };

/* ---- B12 ---- */

bool cell_of_reference(text t, size_t *at, uint32_t *row, uint32_t *column)
{
    uint32_t letters = 0, digits = 0;
    size_t i = *at;
    i += i < t.length && t.bytes[i] == '$';
    for (; i < t.length && t.bytes[i] >= 'A' && t.bytes[i] <= 'Z' && letters <= MOST_SHEET_COLUMNS; i++)
        letters = letters * 26 + (uint32_t)(t.bytes[i] - 'A' + 1);
    i += i < t.length && t.bytes[i] == '$';
    for (; i < t.length && t.bytes[i] >= '0' && t.bytes[i] <= '9' && digits <= MOST_SHEET_ROWS; i++)
        digits = digits * 10 + (uint32_t)(t.bytes[i] - '0');
    *at = i;
    *row = digits;
    *column = letters;
    return letters > 0 && letters <= MOST_SHEET_COLUMNS && digits > 0 && digits <= MOST_SHEET_ROWS;
}

bool range_of_reference(text t, cell_range *out)
{
    size_t at = 0;
    if (!cell_of_reference(t, &at, &out->row, &out->column))
        return false;
    out->last_row = out->row;
    out->last_column = out->column;
    if (at == t.length)
        return true;
    return t.bytes[at++] == ':' && cell_of_reference(t, &at, &out->last_row, &out->last_column) && at == t.length &&
           out->last_row >= out->row && out->last_column >= out->column;
}

/* ---- looking through the sheet ---- */

static uint64_t sum_of(const cell_range *r)
{
    return ((r->row * UINT64_C(1048583) + r->column) * UINT64_C(1048589) + r->last_row) * UINT64_C(16411) + r->last_column + 1;
}

static zip_fault keep_merge(merges *m, text reference)
{
    cell_range range;
    if (!range_of_reference(reference, &range))
        return ZIP_FINE; /* the sheet itself will be found to be damaged */
    m->found += sum_of(&range);
    if (m->count == MOST_MERGES)
        return ZIP_TOO_LARGE;
    if (!MEM_RESERVE(m->items, m->capacity, m->count + 1))
        return ZIP_NO_MEMORY;
    m->items[m->count++] = (merge){.range = range};
    return ZIP_FINE;
}

/* The reference of a tag <mergeCell ref="A1:B2"/>; an empty text: none. */
static text reference_of(const char *tag, size_t length)
{
    const char *begin = memmem(tag, length, "ref=", 4);
    size_t left = begin ? length - (size_t)(begin + 4 - tag) : 0;
    if (left < 2)
        return TEXT("");
    const char *quote = begin + 4, *end = memchr(quote + 1, *quote, left - 1);
    return end ? (text){quote + 1, (size_t)(end - quote - 1)} : TEXT("");
}

static const char WORD[] = "mergeCell";
enum { WORD_BYTES = sizeof WORD - 1, LONGEST_TAG = 512, WINDOW_BYTES = 64 * 1024 };

/* Takes the tags that are whole and returns how many bytes need no second look. */
static size_t look_at(merges *m, const char *bytes, size_t length, zip_fault *fault)
{
    size_t at = 0;
    const char *tag;
    while (*fault == ZIP_FINE && (tag = memmem(bytes + at, length - at, WORD, WORD_BYTES)) != NULL) {
        size_t begin = (size_t)(tag - bytes);
        bool whole = length - begin > LONGEST_TAG;
        const char *end = memchr(tag, '>', whole ? LONGEST_TAG : length - begin);
        if (!end && !whole)
            return begin;
        if (end && tag[WORD_BYTES] != 's')
            *fault = keep_merge(m, reference_of(tag, (size_t)(end - tag)));
        at = begin + WORD_BYTES;
    }
    size_t sure = length > WORD_BYTES ? length - WORD_BYTES : 0;
    return sure > at ? sure : at;
}

static zip_fault look_through(merges *m, zip *archive, char *window)
{
    size_t kept = 0, got = 1;
    zip_fault fault = ZIP_FINE;
    while (fault == ZIP_FINE && got > 0) {
        fault = zip_next(archive, window + kept, WINDOW_BYTES, &got);
        if (fault != ZIP_FINE)
            break;
        size_t length = kept + got, used = look_at(m, window, length, &fault);
        kept = length - used;
        memmove(window, window + used, kept);
    }
    return fault;
}

static int compare_merges(const void *left, const void *right)
{
    const cell_range *a = &((const merge *)left)->range, *b = &((const merge *)right)->range;
    return a->row != b->row ? (a->row > b->row) - (a->row < b->row) : (a->column > b->column) - (a->column < b->column);
}

static assess_workbook_fault of_zip(zip_fault fault)
{
    static const assess_workbook_fault faults[] = {
        [ZIP_FINE] = ASSESS_WORKBOOK_FINE, [ZIP_NO_MEMORY] = ASSESS_WORKBOOK_NO_MEMORY, [ZIP_DAMAGED] = ASSESS_WORKBOOK_DAMAGED,
        [ZIP_LOCKED] = ASSESS_WORKBOOK_LOCKED, [ZIP_TOO_LARGE] = ASSESS_WORKBOOK_TOO_LARGE};
    return faults[fault];
}

assess_workbook_fault merges_find(merges *m, zip *archive, size_t part)
{
    char *window = mem_alloc(WINDOW_BYTES + LONGEST_TAG + WORD_BYTES);
    zip_fault fault = window ? zip_begin(archive, part, ZIP_LOOK_THROUGH) : ZIP_NO_MEMORY;
    if (fault == ZIP_FINE)
        fault = look_through(m, archive, window);
    mem_free(window);
    if (m->count > 1)
        qsort(m->items, m->count, sizeof *m->items, compare_merges);
    return of_zip(fault);
}

/* ---- what the sheet says ---- */

void merges_note(merges *m, const char *reference)
{
    cell_range range;
    m->seen += reference && range_of_reference(text_of(reference), &range) ? sum_of(&range) : 1;
}

/* The look-through knows no comments, no other encodings: where it saw something else than the sheet says, nobody knows what the
 * header is. */
bool merges_agree(const merges *m)
{
    return m->found == m->seen;
}

void merges_free(merges *m)
{
    mem_free(m->items);
    *m = (merges){0};
}
