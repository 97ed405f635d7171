/* tables_distribution.c: how many have which score. Rows are of one width, a round figure, and cut where a grade's line falls, so
 * that every row lies in one band. Scores are whole numbers of the scheme's rounding here, so no row is off by a hair. */
#include "report/counts.h"
#include "report/tables_parts.h"

#include <stdlib.h>

enum { MOST_ROWS = 24 };

/* Scores of a level as multiples of its rounding's unit. */
typedef struct span {
    int64_t low, high;
    size_t count;
} span;

typedef struct edges {
    int64_t *items; /* ascending; row k goes from items[k] to below items[k + 1] */
    size_t count, capacity;
    bool failed;
} edges;

static bool has_score(const result *r, uint32_t subject, uint32_t level)
{
    return r->status[subject] == STATUS_ASSESSED && result_level(r, subject) == level;
}

static span find_span(const result *r, uint32_t level)
{
    span s = {.count = 0};
    for (uint32_t i = 0; i < r->count; i++) {
        if (!has_score(r, i, level))
            continue;
        s.low = s.count == 0 || r->score[i] < s.low ? r->score[i] : s.low;
        s.high = s.count == 0 || r->score[i] > s.high ? r->score[i] : s.high;
        s.count++;
    }
    return s;
}

static int64_t floor_to(int64_t value, int64_t width)
{
    int64_t rest = value % width;
    return value - (rest < 0 ? rest + width : rest);
}

/* The smallest of 1, 2, 5, 10, 20 … whole points, or of the unit where points are finer, that needs no more than MOST_ROWS rows. */
static int64_t find_width(span s, int64_t point)
{
    static const int64_t steps[] = {2, 5, 10};
    int64_t base = s.high - s.low >= point ? point : 1, width = base;
    for (size_t k = 0; (s.high - s.low) / width >= MOST_ROWS && base < INT64_MAX / 10; k++) {
        width = base * steps[k % 3];
        if (k % 3 == 2)
            base = width;
    }
    return width;
}

static void add_edge(edges *e, int64_t at)
{
    if (!MEM_RESERVE(e->items, e->capacity, e->count + 1))
        e->failed = true;
    else
        e->items[e->count++] = at;
}

/* A grade's line as a multiple of the unit, upwards: the lowest score that reaches it. */
static bool line_of(const plan *p, const plan_grade *grade, decimal unit, int64_t *out)
{
    int128 units;
    (void)p;
    if (!grade->has_from || !fraction_round_units(fraction_from_decimal(grade->from), (rounding){ROUND_UP, unit}, &units))
        return false;
    *out = (int64_t)units;
    return units >= INT64_MIN / 2 && units <= INT64_MAX / 2;
}

static int compare_edges(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

static void find_edges(const result *r, uint32_t level, span s, decimal unit, int64_t width, edges *e)
{
    const plan_level *l = &r->plan->levels[level];
    int64_t line, first = floor_to(s.low, width), last = floor_to(s.high, width) + width;
    for (int64_t at = first; at <= last; at += width)
        add_edge(e, at);
    for (size_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        if (line_of(r->plan, &r->plan->grades[g], unit, &line) && line > first && line < last && line % width != 0)
            add_edge(e, line);
    if (!e->failed)
        qsort(e->items, e->count, sizeof *e->items, compare_edges);
}

static size_t row_of(const edges *e, int64_t score)
{
    size_t low = 0, high = e->count - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (score < e->items[middle])
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* The band in which the row lies: that of the highest line not above it. */
static uint8_t band_of(const result *r, uint32_t level, int64_t from, decimal unit)
{
    const plan_level *l = &r->plan->levels[level];
    int64_t line;
    for (size_t g = l->first_grade; g < l->first_grade + l->grade_count; g++)
        if (line_of(r->plan, &r->plan->grades[g], unit, &line) && line <= from)
            return (uint8_t)g;
    return GRADE_NONE;
}

static bool has_bands(const plan *p, uint32_t level)
{
    const plan_level *l = &p->levels[level];
    return l->grade_count > 0 && p->grades[l->first_grade].has_from;
}

typedef struct row_count {
    size_t all, moved; /* moved: their grade is not that of the band */
} row_count;

/* A veto, a quota or a decision gives another grade than the score: who adds the rows up by bands must see how many. */
static void count_rows(const result *r, uint32_t level, const edges *e, decimal unit, row_count *count)
{
    for (uint32_t i = 0; i < r->count; i++) {
        if (!has_score(r, i, level))
            continue;
        size_t row = row_of(e, r->score[i]);
        count[row].all++;
        count[row].moved += r->grade[i] != band_of(r, level, e->items[row], unit);
    }
}

static void units_cell(grid *g, int64_t units, decimal unit)
{
    char digits[64];
    grid_text(g, (text){digits, decimal_print((int128)units * unit.coeff, unit.scale, digits)});
}

static void fill(const table_request *q, grid *g, const edges *e, decimal unit)
{
    const result *r = q->r;
    row_count *count = mem_zalloc(e->count, sizeof *count);
    g->failed |= !count;
    if (count)
        count_rows(r, q->which, e, unit, count);
    for (size_t k = 0; count && k + 1 < e->count; k++) {
        units_cell(g, e->items[k], unit);
        units_cell(g, e->items[k + 1], unit);
        grid_integer(g, (int64_t)count[k].all);
        uint8_t band = band_of(r, q->which, e->items[k], unit);
        grid_text(g, band == GRADE_NONE ? TEXT("") : label_in(r->plan->grades[band].words, g->language));
        if (has_bands(r->plan, q->which))
            grid_integer(g, (int64_t)count[k].moved);
    }
    mem_free(count);
}

void table_distribution(const table_request *q, grid *g)
{
    decimal unit = plan_score_rounding(q->r->plan, q->which).unit;
    span s = find_span(q->r, q->which);
    edges e = {0};
    table_begin_level(q, g, MSG_table_distribution);
    grid_note(g, message_of(has_bands(q->r->plan, q->which) ? MSG_table_distribution_bands : MSG_table_distribution_note));
    grid_column_word(g, "from", MSG_table_from, CELLS_NUMBER);
    grid_column_word(g, "below", MSG_table_below, CELLS_NUMBER);
    grid_column_word(g, "people", counted_at(q->r->plan, q->which), CELLS_NUMBER);
    grid_column_word(g, "band", MSG_table_band, CELLS_TEXT);
    if (has_bands(q->r->plan, q->which))
        grid_column_word(g, "moved", MSG_table_moved, CELLS_NUMBER);
    if (s.count == 0)
        return;
    int64_t point = unit.coeff > power_of_ten(unit.scale) ? 1 : power_of_ten(unit.scale) / unit.coeff;
    find_edges(q->r, q->which, s, unit, find_width(s, point), &e);
    g->failed |= e.failed;
    if (!g->failed)
        fill(q, g, &e, unit);
    mem_free(e.items);
}
