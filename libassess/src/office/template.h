/* template: what the files of the template share: the sheets of a scheme's input workbook as lists of columns, before anything is
 * laid out. All texts live in the maker's memory or in its tables. */
#ifndef ASSESS_OFFICE_TEMPLATE_H
#define ASSESS_OFFICE_TEMPLATE_H

#include "assess/office.h"
#include "base/message.h"
#include "office/book.h"
#include "office/cells.h"

typedef enum scheme_part { PART_INPUTS, PART_ITEMS, PART_OPTIONS, PART_ROLES, PART_KINDS, PART_MEASURES, PART_ATTRIBUTES, PART_WORDS,
                           PART_GRADES, PART_LEVELS, PART_ABOUT, PART_COUNT } scheme_part;

typedef enum field_kind {
    FIELD_ID,      /* an id, kept as text */
    FIELD_SUBJECT, /* an id of the sheet of people, when the workbook has one */
    FIELD_TEXT,
    FIELD_LONG,    /* a text of several lines */
    FIELD_ROLE,    /* the one role of the sheet */
    FIELD_WORD,    /* one of a list, nothing else */
    FIELD_OFFER,   /* one of a list; anything else after a question */
    FIELD_NUMBER,
    FIELD_POINTS,  /* a number that is not negative */
    FIELD_DATE
} field_kind;

/* Words to choose from: a column of the hidden sheet of words. */
typedef struct word_list {
    text title;
    const text *words;
    size_t count;
    book_area area; /* where they stand, once the sheet is laid out */
} word_list;

typedef struct field {
    text id, title, about, example;
    field_kind kind;
    bool required;
    bool locked;      /* filled in already; not to be changed */
    bool unused;      /* must be there, and stays empty */
    text low, high;   /* of a number; empty: open */
    const word_list *list;
} field;

typedef enum form_table { FORM_PEOPLE, FORM_RATINGS, FORM_EVENTS, FORM_MEASURES, FORM_HISTORY, FORM_DECISIONS, FORM_RATERS } form_table;

/* A sheet to be filled in. */
typedef struct form {
    form_table table;
    text name;      /* of the sheet */
    text about;     /* who fills it in, with what */
    bool required;  /* the scheme needs the table */
    field *fields;  /* [count] */
    size_t count, capacity, frozen; /* columns that stay in view */
    text *cells;    /* [row][field]: what is filled in already */
    size_t rows;
    book_sheet *sheet;
} form;

enum { MOST_FORMS = 48, MOST_LISTS = 256 };

typedef struct maker {
    assess_language language;
    arena memory;
    assess_table *parts[PART_COUNT]; /* of the scheme */
    assess_table *people, *raters;   /* NULL: nobody is known yet */
    word_list lists[MOST_LISTS];
    size_t list_count;
    form forms[MOST_FORMS];
    size_t form_count;
    bool of_rater;                   /* a workbook for one rater */
    text rater, rater_name;
    bool failed;                     /* no memory */
} maker;

/* --- template.c --- */
text say(maker *m, message what);                         /* a sentence in the maker's language */
text say_id(maker *m, message_id id);
text about_scheme(const maker *m, const char *id);        /* of the table `about` */
bool has_word(text list, text word);                      /* of a list parted by blanks */
size_t row_of(const assess_table *t, const char *column, text value); /* SIZE_MAX: none */

/* --- template_fields.c: which sheets with which columns --- */
void template_forms(maker *m);                            /* all that the scheme reads */
form *template_add_form(maker *m, form_table table, text name);
field *template_add_field(maker *m, form *f, field what); /* NULL: no memory */
void template_add_items(maker *m, form *f, text role); /* those that the role rates first */
text template_role_title(const maker *m, text role);
text template_ratings_name(maker *m, text role);

/* --- template_fill.c: what is known already --- */
void template_fill(maker *m);
text *template_add_row(maker *m, form *f, size_t capacity); /* [f->count] empty cells; NULL: no memory */

/* --- template_sheet.c, template_words.c, template_guide.c: laying out --- */
void template_lay_form(maker *m, form *f);
void template_lay_words(maker *m, book_sheet *s);
void template_lay_identity(maker *m, book_sheet *s);
void template_lay_guide(maker *m, book_sheet *s);
text template_limits(maker *m, const field *f);           /* "0 to 10"; "" */

/* --- template.c: a whole workbook --- */
void template_open(const assess_scheme *scheme, const assess_office_template_options *o, maker *m, assess_status *status,
                   assess_error *err);
assess_status template_write(maker *m, const char *path, bool force, assess_error *err);
void template_close(maker *m);

#endif
