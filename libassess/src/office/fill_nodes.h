/* fill_nodes: what a form's text consists of, between fill_parse.c and fill.c. */
#ifndef ASSESS_OFFICE_FILL_NODES_H
#define ASSESS_OFFICE_FILL_NODES_H

#include "office/fill.h"

enum { FILL_MAX_DEPTH = 16 };

typedef enum fill_kind {
    FILL_WORDS,   /* the form's own text */
    FILL_FIELD,   /* {{name}} */
    FILL_NUMBER,  /* {{@}} */
    FILL_SECTION, /* {{#name}} */
    FILL_INVERSE, /* {{^name}} */
    FILL_END      /* {{/name}} */
} fill_kind;

typedef enum fill_filter { FILTER_NONE, FILTER_EQUAL, FILTER_OTHER } fill_filter;

/* A name that was looked up: a column, `up` scopes outwards. */
typedef struct fill_place {
    bool found;
    size_t up, column;
} fill_place;

struct fill_node {
    fill_kind kind;
    bool optional; /* {{?name}} or {{name|}} */
    bool quiet;    /* {{name|}}: nobody needs to be told that it is not there */
    text name;     /* FILL_WORDS: the words */
    fill_filter filter;
    text column, value; /* of the filter */
    uint32_t line;
    size_t end; /* of a section: its FILL_END */
    /* bound: */
    const fill_table *table; /* of a section over rows */
    fill_place place, filter_place;
    fill_box *box;
};

assess_status fill_fault(const fill_form *form, uint32_t line, message m, assess_error *err);

#endif
