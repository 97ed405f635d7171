/* fill: a form's text with {{fields}}, filled from tables. What may stand in the braces is told in libassess/forms/README.md.
 *
 * A form is parsed, then bound to the tables it is filled from (every name is looked up, also in rows that there are none of), then
 * written. The text between the braces is the form's own and stands as it is; every value is escaped for HTML and XML. */
#ifndef ASSESS_OFFICE_FILL_H
#define ASSESS_OFFICE_FILL_H

#include "base/message.h"

/* Where the filling stands: a row of a table, in a row of another one. */
typedef struct fill_scope {
    const struct fill_table *table;
    size_t row;    /* of the table */
    size_t number; /* of those shown, from 1 */
    const struct fill_scope *outer;
} fill_scope;

/* A table as a form sees it. Its columns never change; its rows may depend on where it is opened. */
typedef struct fill_table {
    size_t column_count;
    const char *(*column_id)(const void *of, size_t column);
    const char *(*column_title)(const void *of, size_t column);
    assess_status (*open)(void *of, const fill_scope *at, size_t *rows, assess_error *err);
    const char *(*cell)(void *of, size_t row, size_t column);
    void *of;
} fill_table;

/* What a form is filled from. */
typedef struct fill_data {
    const fill_table *fields; /* one row: what can be said anywhere */
    /* A table by its id; *out NULL: there is none. */
    assess_status (*table)(void *user, text id, const fill_table **out, assess_error *err);
    bool (*is_table)(text id); /* the name of a table, also of one that is not there just now; may be NULL */
    const text *table_ids;     /* [table_count], for a hint */
    size_t table_count;
    /* A value that is longer than the form's box for it; may be NULL. */
    void (*too_long)(void *user, const fill_scope *at, text field, size_t lines, size_t room);
    void *user;
} fill_data;

/* How a value is written: what stands for a line break and a tab in it, which belong to the value. */
typedef struct fill_markup {
    text line_break, tab;
} fill_markup;

/* Names, each once. */
typedef struct fill_names {
    text *items;
    size_t count, capacity;
} fill_names;
bool fill_add_name(fill_names *n, text name); /* false: no memory */

/* What a row of people is: somebody, some office, or something that nobody writes to. */
typedef enum fill_being { FILL_PERSON = 1, FILL_UNIT = 2, FILL_MATTER = 4 } fill_being;
bool fill_being_of(text word, unsigned *out); /* person, 个人 …; false: none of these words */

/* {{%holds FIELD WIDTHxLINES}} */
typedef struct fill_box {
    text field; /* as the form writes it */
    size_t width, lines;
    uint32_t line;
} fill_box;

/* {{%field NAME what it is}} */
typedef struct fill_ask {
    text name, meaning;
    uint32_t line;
} fill_ask;

typedef struct fill_node fill_node;

typedef struct fill_form {
    arena memory;
    const char *file; /* borrowed, for errors */
    fill_markup markup; /* of HTML, once it is parsed */
    fill_node *nodes;
    size_t count, capacity;
    text title;
    bool in_language; /* the form is in `language`, whatever is asked for */
    assess_language language;
    bool is_public;
    unsigned beings; /* whom the form is for, bits of fill_being; 0: everybody */
    fill_box *boxes;
    size_t box_count, box_capacity;
    fill_ask *asks;
    size_t ask_count, ask_capacity;
    fill_names absent, left_open; /* optional names that the tables do not have: to be told, and {{name|}} */
    bool *used; /* [column_count of data.fields]: the form has it */
} fill_form;

/* Reads a form's text; `source` and `file` must live as long as the form, which can be freed in every case.
 *  Returns ASSESS_OK, ASSESS_E_CALL (what is wrong, file and line), ASSESS_E_SYSTEM. */
assess_status fill_parse(text source, const char *file, fill_form *out, assess_error *err);
/* Looks every name up. Returns ASSESS_OK, ASSESS_E_CALL (an unknown name, a field that was not given), ASSESS_E_SYSTEM. */
assess_status fill_bind(fill_form *form, const fill_data *data, assess_error *err);
/* Appends the filled form; returns what a table's `open` returned, or ASSESS_E_SYSTEM. */
assess_status fill_write(const fill_form *form, const fill_data *data, buffer *out, assess_error *err);
void fill_free(fill_form *form);

/* How many lines of `width` full-width characters a text takes; each line break begins one. */
size_t fill_lines(text value, size_t width);
/* Names in a row, for a sentence: "姓名、单位 …". */
void fill_list(buffer *out, const text *names, size_t count, assess_language language);
/* One of them more, behind `before` others. */
void fill_list_more(buffer *out, text name, size_t before, assess_language language);
/* Complains of a name: the sentence ids[0] with the name and what is shown, or ids[1] with the name of `all` that is near it between. */
assess_status fill_unknown(const fill_form *form, uint32_t line, text name, const message_id ids[2], const fill_names *shown,
                           const fill_names *all, assess_error *err);

#endif
