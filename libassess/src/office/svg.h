/* svg: the two pictures of a report, drawn into a page: bars made of parts, with a line to hold them against, and columns of a
 * distribution, with the lines that cut it. Everything is told apart by pattern as well as by colour, every number is written
 * beside what it measures, and title and description say in words what is to be seen. All coordinates are whole numbers. */
#ifndef ASSESS_OFFICE_SVG_H
#define ASSESS_OFFICE_SVG_H

#include "office/html.h"

enum { SVG_LOOKS = 6, SVG_PARTS = 16 };

/* What stands beside every picture; `id` is a prefix that no other picture of the page has. */
typedef struct svg_words {
    const char *id;
    text title, description;
} svg_words;

typedef struct svg_bar {
    text label;
    const uint64_t *parts; /* [part_count] from the left */
    text total;            /* written behind the bar */
    uint64_t mark;         /* how far the bar may, or must, reach; drawn when marked */
    bool marked;
} svg_bar;

typedef struct svg_bars {
    svg_words words;
    const text *parts; /* [part_count] their names, for the legend */
    size_t part_count; /* 1 .. SVG_PARTS */
    const svg_bar *bars;
    size_t bar_count;
    text mark;     /* what the mark is, for the legend; empty: there are none */
    bool of_whole; /* every bar is drawn as long as any other; else the longest fills the picture */
} svg_bars;

void svg_draw_bars(html *h, const svg_bars *b);

typedef struct svg_column {
    text from; /* where it begins */
    uint64_t count;
} svg_column;

typedef struct svg_cut {
    size_t before; /* the column that begins at the cut */
    text label;
} svg_cut;

typedef struct svg_columns {
    svg_words words;
    const svg_column *columns;
    size_t column_count; /* at least 1 */
    text end;            /* where the last column ends */
    const svg_cut *cuts;
    size_t cut_count;
    text axis; /* what is measured along the foot */
} svg_columns;

void svg_draw_columns(html *h, const svg_columns *c);

/* The style sheet's lines for pictures. */
extern const char svg_style[];

/* The longest beginning of a text of at most so many columns of a terminal (wide characters count two), "…" behind it when cut. */
void svg_cut_text(buffer *out, text t, size_t columns);

#endif
