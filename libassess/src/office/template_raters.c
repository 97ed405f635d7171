/* template_raters.c: assess_office_write_ballots: a folder with a workbook for every rater, that appears whole or not at all. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/place.h"
#include "office/call.h"
#include "office/template.h"

/* ---- a rater's workbook ---- */

static void add_locked(maker *m, form *f, const char *id, message_id title, message_id about)
{
    template_add_field(m, f, (field){.id = text_of(id), .title = title ? say_id(m, title) : text_of(id), .about = say_id(m, about),
                                     .kind = FIELD_TEXT, .locked = true});
}

/* What is given stands left and right of the items, so that the names stay in view. */
static void add_fields(maker *m, form *f, text role)
{
    add_locked(m, f, "subject", MSG_template_head_subject, MSG_template_given_subject);
    add_locked(m, f, "name", MSG_template_head_name, MSG_template_given_name);
    add_locked(m, f, "unit", MSG_template_head_unit, MSG_template_given_name);
    template_add_items(m, f, role);
    add_locked(m, f, "role", MSG_template_head_role, MSG_template_given_role);
    add_locked(m, f, "rater", MSG_template_head_rater, MSG_template_given_rater);
}

static form *begin_form(maker *m, text role)
{
    form *f = template_add_form(m, FORM_RATINGS, template_ratings_name(m, role));
    f->about = template_role_title(m, role);
    f->required = true;
    f->frozen = 3;
    add_fields(m, f, role);
    return f;
}

static void add_ballot(maker *m, form *f, const assess_table *asked, size_t row, size_t most)
{
    text *cells = template_add_row(m, f, most);
    if (!cells)
        return;
    cells[0] = cell_of(asked, row, "subject");
    cells[1] = cell_of(asked, row, "subject_name");
    cells[2] = cell_of(asked, row, "unit");
    cells[f->count - 2] = template_role_title(m, cell_of(asked, row, "role"));
    cells[f->count - 1] = m->rater;
}

/* Rows from `first` on that are of one rater; returns where the next begins. */
static size_t rows_of(const assess_table *asked, size_t first, const char *column, size_t end)
{
    size_t row = first + 1;
    while (row < end && text_equal(cell_of(asked, row, column), cell_of(asked, first, column)))
        row++;
    return row;
}

static void make_forms(maker *m, const assess_table *asked, size_t first, size_t end)
{
    for (size_t row = first; row < end && !m->failed;) {
        size_t next = rows_of(asked, row, "role", end), most = next - row;
        form *f = begin_form(m, cell_of(asked, row, "role"));
        for (; row < next; row++)
            add_ballot(m, f, asked, row, most);
    }
}

/* ---- names of files ---- */

static bool is_safe(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
           (c >= 0x4E00 && c <= 0x9FFF);
}

static void add_safe(buffer *out, text id, bool *changed)
{
    enum { LONGEST = 60 };
    for (size_t at = 0; at < id.length;) {
        size_t start = at;
        uint32_t c = utf8_next(id.bytes, id.length, &at);
        bool keep = is_safe(c) && out->length + (at - start) <= LONGEST;
        *changed |= !keep || (c >= 'A' && c <= 'Z');
        if (keep)
            buffer_add(out, id.bytes + start, at - start);
    }
}

/* An id that a file name cannot hold as it is, or that another differs from by capitals alone, is told apart by its hash. */
static text file_name(maker *m, text rater)
{
    enum { DIGITS = 8 };
    buffer name = {0};
    bool changed = false;
    add_safe(&name, rater, &changed);
    if (changed) {
        digest d;
        char hex[65];
        m->failed |= !digest_of(rater.bytes, rater.length, &d);
        digest_print(&d, hex);
        buffer_add_char(&name, '-');
        buffer_add(&name, hex, DIGITS);
    }
    text out = say(m, message_of1(MSG_template_file, buffer_text(&name)));
    m->failed |= name.failed;
    buffer_free(&name);
    return out;
}

/* ---- the folder ---- */

typedef struct ballots_folder {
    char target[PLACE_PATH], made[PLACE_PATH]; /* made: where the files are written; the target itself when it was there */
    bool is_new;
    const char *shown;
} ballots_folder;

static assess_status speak(const ballots_folder *f, assess_status status, message_id id, assess_error *err)
{
    return error_set_at(err, status, message_of1(id, text_of(f->shown)), f->shown, 0, NULL);
}

/* As shells complete the name of a folder, there is a / behind it. */
static bool resolve_folder(const char *path, char out[PLACE_PATH])
{
    char plain[PLACE_PATH];
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    if (length >= sizeof plain)
        return false;
    memcpy(plain, path, length);
    plain[length] = '\0';
    return place_resolve(plain, out);
}

static assess_status open_folder(const char *path, bool force, ballots_folder *f, assess_error *err)
{
    *f = (ballots_folder){.shown = path};
    if (!resolve_folder(path, f->target))
        return speak(f, ASSESS_E_CALL, MSG_output_no_folder, err);
    f->is_new = !place_exists(f->target);
    if (!f->is_new && !force)
        return speak(f, ASSESS_E_CALL, MSG_output_exists, err);
    memcpy(f->made, f->target, sizeof f->made);
    if (!f->is_new)
        return ASSESS_OK;
    if (!place_append(f->made, ".XXXXXX") || !mkdtemp(f->made)) {
        f->is_new = false; /* nothing to clear away */
        return speak(f, ASSESS_E_SYSTEM, MSG_file_cannot_create, err);
    }
    return ASSESS_OK;
}

static void clear_folder(const char *path)
{
    DIR *stream = opendir(path);
    for (struct dirent *e; stream && (e = readdir(stream)) != NULL;) {
        char file[PLACE_PATH];
        memcpy(file, path, strlen(path) + 1);
        if (e->d_name[0] != '.' && place_append(file, "/") && place_append(file, e->d_name))
            unlink(file);
    }
    if (stream)
        closedir(stream);
    rmdir(path);
}

static assess_status close_folder(ballots_folder *f, assess_status status, assess_error *err)
{
    if (!f->is_new)
        return status;
    if (status == ASSESS_OK && rename(f->made, f->target) != 0)
        status = speak(f, ASSESS_E_SYSTEM, MSG_file_cannot_write, err);
    if (status)
        clear_folder(f->made);
    return status;
}

/* ---- all of them ---- */

static assess_status write_rater(const assess_scheme *scheme, const assess_office_template_options *o, const assess_table *asked,
                                 size_t first, size_t end, const ballots_folder *folder, assess_error *err)
{
    maker m;
    assess_status status;
    char path[PLACE_PATH];
    assess_office_template_options bare = *o;
    bare.batch = NULL;
    template_open(scheme, &bare, &m, &status, err);
    m.of_rater = true;
    m.rater = cell_of(asked, first, "rater");
    m.rater_name = cell_of(asked, first, "name");
    memcpy(path, folder->made, sizeof path);
    if (status == ASSESS_OK) {
        text name = file_name(&m, m.rater);
        make_forms(&m, asked, first, end);
        if (!place_append(path, "/") || !place_append(path, name.bytes))
            status = speak(folder, ASSESS_E_SYSTEM, MSG_file_cannot_create, err);
        else
            status = template_write(&m, path, o->force, err);
    }
    template_close(&m);
    return status;
}

static assess_status write_all(const assess_scheme *scheme, const assess_office_template_options *o, const assess_table *asked,
                               const ballots_folder *folder, size_t *count, assess_error *err)
{
    size_t rows = assess_table_rows(asked);
    assess_status status = ASSESS_OK;
    *count = 0;
    for (size_t row = 0; row < rows && status == ASSESS_OK;) {
        size_t next = rows_of(asked, row, "rater", rows);
        status = write_rater(scheme, o, asked, row, next, folder, err);
        row = next;
        ++*count;
    }
    return status;
}

assess_status assess_office_write_ballots(const assess_scheme *scheme, const char *folder, const assess_office_template_options *options,
                                          size_t *count, assess_error *err)
{
    assess_table *asked = NULL;
    ballots_folder where;
    size_t written = 0;
    assess_office_template_options o;
    if (OFFICE_OPTIONS(assess_office_template_options, batch, &o, options, err))
        return ASSESS_E_CALL;
    if (!scheme || !folder || !o.batch || (unsigned)o.language >= ASSESS_LANGUAGE_COUNT)
        return office_bad_argument(err, "scheme, folder, options, batch");
    assess_status status = assess_batch_table(o.batch, "asked", o.language, &asked, err);
    if (status == ASSESS_OK && !assess_table_rows(asked))
        status = error_set(err, ASSESS_E_CALL, message_of(MSG_template_nobody_asked));
    if (status == ASSESS_OK)
        status = open_folder(folder, o.force, &where, err);
    if (status == ASSESS_OK) {
        status = write_all(scheme, &o, asked, &where, &written, err);
        status = close_folder(&where, status, err);
    }
    if (count)
        *count = status == ASSESS_OK ? written : 0;
    assess_table_free(asked);
    return status;
}
