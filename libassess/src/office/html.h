/* html: a page, written element by element; it is well-formed XML as well, so that any program can read it again.
 *
 * There is no way to write anything but elements and attributes of two closed lists, and text, which is always escaped.
 * No script, no style beside the sheet, no reference that leads out of the page can be written: who tries fails the page. */
#ifndef ASSESS_OFFICE_HTML_H
#define ASSESS_OFFICE_HTML_H

#include "base/message.h"

enum { HTML_DEPTH = 32 };

typedef struct html {
    buffer *out;
    assess_language language;
    const char *open[HTML_DEPTH]; /* elements that are not ended yet, the outermost first; names are constants */
    size_t depth;
    bool in_tag; /* the innermost element still takes attributes */
} html;

/* Attributes follow the element they belong to, before its content. */
void html_begin(html *h, const char *element);
void html_attribute(html *h, const char *name, text value);
void html_attribute_string(html *h, const char *name, const char *value);
void html_attribute_integer(html *h, const char *name, int64_t value);
void html_end(html *h);

/* Characters that would be obeyed instead of shown stand as \x1b, \u202e. */
void html_text(html *h, text t);
void html_string(html *h, const char *nul_terminated);
void html_integer(html *h, int64_t value);
void html_message(html *h, message m);

/* An element with nothing but text in it; class NULL: none. */
void html_leaf(html *h, const char *element, const char *class_name, text content);
void html_leaf_message(html *h, const char *element, const char *class_name, message m);

/* Puts in what another writer has made whole. */
void html_take(html *h, const html *part);

/* The doctype, and <html> with <head>: title and style sheet, and a policy that lets nothing else in. Then <body> is open. */
void html_begin_page(html *h, text title, const char *style_sheet);
void html_end_page(html *h); /* a page with an element left open has failed */

#endif
