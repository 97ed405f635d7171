/* longform: see longform.h. */
#include "exchange/longform.h"

#include "batch/group.h"
#include "exchange/ratings.h"

/* ---- lines ---- */

static bool read_item(const reading *in, rating_worker *w, line *l, uint32_t *item)
{
    size_t column = l->sheet->column[RATING_ITEM];
    text written = line_trimmed(l, column), key;
    if (column == NO_COLUMN) /* the header has been named for that */
        return false;
    if (written.length == 0) {
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_item_missing));
        return false;
    }
    if (!lexicon_look_up(&in->items, &w->items, l->scratch, written, item, &key)) {
        l->failed = true;
        return false;
    }
    if (*item != WORD_NONE)
        return true;
    line_report_unknown(l, column, &in->items, written, key, MSG_input_item_unknown, MSG_input_item_unknown_near);
    return false;
}

static bool read_value(rating_job *job, rating_worker *w, line *l, uint32_t item, decimal *value)
{
    size_t column = l->sheet->column[RATING_VALUE];
    const mark_rule *rule = &job->table->in->rules[item];
    if (column == NO_COLUMN)
        return true;
    return (rule->item->option_count == 0 &&
            mark_quick(rule, w->marks, l->cells[column], &value->coeff, &value->scale)) ||
           mark_read(rule, &w->options[item], l, column, value);
}

void long_line(rating_job *job, rating_part *p, rating_worker *w, line *l)
{
    const reading *in = job->table->in;
    uint32_t item = ITEM_UNKNOWN;
    decimal value = {CELL_BLANK, 0};
    if (!read_item(in, w, l, &item) || !read_value(job, w, l, item, &value))
        item = ITEM_UNKNOWN;
    p->item[p->count] = (uint16_t)item;
    p->places[p->count] = (uint8_t)value.scale;
    p->values[0][p->count] = value.coeff;
}

/* ---- memory ---- */

bool long_reserve(long_rows *rows, size_t count)
{
    if (count <= rows->capacity)
        return true;
    size_t capacity = rows->capacity * 2 > count ? rows->capacity * 2 : count;
    if (capacity >= UINT32_MAX || !MEM_WIDEN(rows->subject, capacity) || !MEM_WIDEN(rows->rater, capacity) ||
        !MEM_WIDEN(rows->row, capacity) || !MEM_WIDEN(rows->role, capacity) || !MEM_WIDEN(rows->places, capacity) ||
        !MEM_WIDEN(rows->item, capacity) || !MEM_WIDEN(rows->value, capacity))
        return false;
    rows->capacity = capacity;
    return true;
}

void long_free(long_rows *rows)
{
    mem_free(rows->subject);
    mem_free(rows->rater);
    mem_free(rows->row);
    mem_free(rows->role);
    mem_free(rows->places);
    mem_free(rows->item);
    mem_free(rows->value);
    mem_free(rows->segments);
    *rows = (long_rows){0};
}

bool long_begin_segment(long_rows *rows, uint32_t source)
{
    if (rows->segment_count > 0 && rows->segments[rows->segment_count - 1].source == source)
        return true;
    if (!MEM_RESERVE(rows->segments, rows->segment_capacity, rows->segment_count + 1))
        return false;
    rows->segments[rows->segment_count++] = (struct long_segment){rows->count, source};
    return true;
}
