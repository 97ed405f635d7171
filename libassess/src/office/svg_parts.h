/* svg_parts: the strokes that pictures are made of. A picture is 720 units wide; a text stands 12 units high. */
#ifndef ASSESS_OFFICE_SVG_PARTS_H
#define ASSESS_OFFICE_SVG_PARTS_H

#include "office/svg.h"

enum { PICTURE_WIDTH = 720 };

typedef struct box {
    int64_t x, y, width, height;
} box;

void picture_begin(html *h, const svg_words *w, int64_t height); /* ended by html_end */
void picture_patterns(html *h, const char *prefix, size_t looks);
void picture_integer(html *h, const char *name, int64_t value);
void picture_box(html *h, const char *prefix, size_t part, box b); /* in the colour and pattern of that part */
void picture_line(html *h, const char *class_name, int64_t x1, int64_t y1, int64_t x2, int64_t y2);
/* class: "c" centred on x, "e" ends at x, "" begins there; with " h" on a ground of its own, with " w" white. */
void picture_text(html *h, const char *class_name, int64_t x, int64_t y, text t);
void picture_number(html *h, const char *class_name, int64_t x, int64_t y, uint64_t value);
int64_t picture_width(text t); /* about how wide it is */
int64_t picture_digits(uint64_t value);

#endif
