/* points: one number per ballot: its total, or the points of one item, as integers of a common scale, or whether one of some
 * options was marked, a chunk of ballots at a time. */
#ifndef ASSESS_ENGINE_POINTS_H
#define ASSESS_ENGINE_POINTS_H

#include "engine/result.h"

enum { CHUNK = 1024 };

/* What a ballot counts as; the larger wins. */
enum { COUNTED, NOT_COUNTED, INVALID };

/* How one item's cells become numbers. */
typedef struct reading {
    const plan_item *item;
    const int64_t *cells;
    int64_t factor;                   /* numbers: times this */
    int64_t maximum;                  /* the most that the item can give, in units of 10^-scale */
    int64_t points[PLAN_MAX_OPTIONS]; /* options: by number */
} reading;

typedef struct points {
    const result *r;
    uint32_t item;     /* ITEM_TOTAL: all of them together */
    int scale;         /* the numbers are in units of 10^-scale */
    bool chosen;       /* not points: 1 for a valid ballot with one of `options`, counted or not, else 0 */
    uint64_t options;
    reading *readings;
    size_t reading_count;
} points;

/* `with_maxima`: the scale holds the items' maxima exactly as well. An error where a number could leave 62 bits. */
assess_status points_open(points *p, const result *r, uint32_t item, bool with_maxima, arena *memory, assess_error *err);
/* Of ballots first .. first + n - 1, n <= CHUNK: sum[n], and what each counts as, refused ones included. */
void points_read(const points *p, size_t first, size_t n, int64_t *sum, uint8_t *state);
/* The points of one cell that is neither blank nor doubly marked. */
static inline int64_t points_of_cell(const reading *g, size_t ballot)
{
    return g->item->option_count ? g->points[g->cells[ballot]] : g->cells[ballot] * g->factor;
}

#endif
