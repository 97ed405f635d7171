/* forms_parts: what forms.c fills a form from. */
#ifndef ASSESS_OFFICE_FORMS_PARTS_H
#define ASSESS_OFFICE_FORMS_PARTS_H

#include "assess/office.h"
#include "assess/table.h"
#include "office/docx.h"
#include "office/fill.h"

/* --- forms_people.c: whom the form is about --- */

/* The chosen rows of the table `results`, and as a last column how each result came about (not in a public notice, which
 * has few of the other columns too). */
typedef struct form_people {
    assess_result *result;
    assess_language language;
    assess_table *table;
    size_t *columns, column_count; /* of the table */
    size_t *rows, row_count;       /* of the table */
    size_t first, shown;           /* of the rows: those on the form that is just written */
    bool is_public;
    unsigned *beings;              /* [row of the table]: a fill_being */
    unsigned wanted;               /* whom the form is for; 0: everybody */
    size_t left_out;               /* rows that the form is not for */
    text left_called;              /* what such rows are called; owned by `about` */
    assess_table *about;           /* what there is to be known of the result */
    char *derivation;       /* the one last asked for */
    assess_status failed;   /* deriving it */
    assess_progress progress; /* told before one is derived; NULL where each person is a file */
    void *user;
    assess_error *err;
} form_people;

assess_status people_open(form_people *p, assess_result *result, const fill_form *form, const assess_office_form_options *options,
                          assess_error *err); /* p can be closed in every case */
void people_close(form_people *p);
fill_table people_table(form_people *p);
const char *people_about(const form_people *p, size_t shown_row, const char *column); /* also where the form must not show it */

/* --- forms_data.c: what else can be said --- */

typedef struct form_field {
    text id, title, value;
} form_field;

typedef struct form_table {
    assess_table *made;
    fill_table shown;
} form_table;

typedef struct form_data {
    arena memory;
    assess_result *result;
    assess_language language;
    assess_office_order order;
    bool is_public;
    form_people people;
    fill_table people_shown, fields_shown;
    form_field *fields;
    size_t field_count, field_capacity, given; /* the last `given` of them come from the caller */
    form_table **tables;                       /* those that the form asked for */
    size_t table_count, table_capacity;
    fill_names table_ids;
} form_data;

assess_status data_open(form_data *d, assess_result *result, const fill_form *form, const assess_office_form_options *options,
                        assess_error *err); /* d can be closed in every case */
void data_close(form_data *d);
bool is_table_id(text id);
assess_status data_table(form_data *d, text id, const fill_table **out, assess_error *err);
/* Every field of the caller must stand in the form. */
assess_status data_check_given(const form_data *d, const fill_form *form, assess_error *err);

/* --- forms_files.c --- */

assess_status form_read(const char *path, buffer *out, assess_error *err);
/* save_file, but never over the form itself. */
assess_status form_save(const char *form, const char *path, text bytes, bool force, assess_error *err);
/* A file for each person in a folder: begun, added to, ended. The folder appears whole or not at all where it is new. */
typedef struct form_folder {
    const char *form, *path;
    char *staging; /* NULL: the folder exists, its files are replaced one by one */
    char **names;
    size_t name_count, name_capacity;
} form_folder;
assess_status folder_begin(form_folder *f, const char *form, const char *path, bool force, assess_error *err);
assess_status folder_add(form_folder *f, const char *id, text bytes, assess_error *err);
assess_status folder_end(form_folder *f, assess_status status, assess_error *err); /* in every case; returns status or its own */

#endif
