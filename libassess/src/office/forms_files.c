/* forms_files: reading a form, and files named after people. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* rename */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/place.h"
#include "office/forms_parts.h"
#include "office/save.h"

enum { MOST_BYTES = 1 << 20, LONGEST_NAME = 120 };

static assess_status fail(message_id id, assess_status status, const char *path, assess_error *err)
{
    return error_set_at(err, status, message_of1(id, text_of(path)), path, 0, NULL);
}

/* ---- reading ---- */

static assess_status read_all(int file, const char *path, buffer *out, assess_error *err)
{
    char piece[8192];
    ssize_t got;
    while ((got = read(file, piece, sizeof piece)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(MSG_read_broken, ASSESS_E_SYSTEM, path, err);
        if (out->length + (size_t)got > MOST_BYTES)
            return fail(MSG_form_too_large, ASSESS_E_CALL, path, err);
        buffer_add(out, piece, (size_t)got);
    }
    return out->failed ? error_no_memory(err) : ASSESS_OK;
}

assess_status form_read(const char *path, buffer *out, assess_error *err)
{
    struct stat s;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT || errno == ENOTDIR ? fail(MSG_form_no_file, ASSESS_E_CALL, path, err)
                                                   : fail(MSG_read_denied, ASSESS_E_SYSTEM, path, err);
    bool regular = fstat(file, &s) == 0 && S_ISREG(s.st_mode);
    assess_status status = regular ? read_all(file, path, out, err) : fail(MSG_form_no_file, ASSESS_E_CALL, path, err);
    close(file);
    return status;
}

/* ---- writing ---- */

/* Also with force: a form is the user's work. */
static assess_status spare_form(const char *form, const char *path, assess_error *err)
{
    struct stat a, b;
    bool same = stat(form, &a) == 0 && stat(path, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
    return same ? fail(MSG_form_over_itself, ASSESS_E_CALL, path, err) : ASSESS_OK;
}

assess_status form_save(const char *form, const char *path, text bytes, bool force, assess_error *err)
{
    assess_status status = spare_form(form, path, err);
    return status == ASSESS_OK ? save_file(path, bytes, force, err) : status;
}

/* ---- names ---- */

/* Letters and digits of every script stay; what a file system or a shell could take for something else becomes %2F. */
static bool is_plain(unsigned char c, bool first)
{
    bool letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
    return letter || c == '_' || (!first && (c == '-' || c == '.'));
}

static void add_safe(buffer *out, const char *id)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t begin = out->length;
    for (size_t i = 0; id[i]; i++) {
        unsigned char c = (unsigned char)id[i];
        if (is_plain(c, i == 0)) {
            buffer_add_char(out, id[i]);
            continue;
        }
        buffer_add_char(out, '%');
        buffer_add_char(out, hex[c >> 4]);
        buffer_add_char(out, hex[c & 15]);
    }
    digest d;
    if (out->length - begin <= LONGEST_NAME || out->failed || !digest_of(id, strlen(id), &d))
        return;
    char digits[65];
    digest_print(&d, digits);
    out->length = begin;
    buffer_add_string(out, digits);
}

static char *file_name(const char *folder, const char *id)
{
    buffer name = {0};
    buffer_add_string(&name, folder);
    buffer_add_char(&name, '/');
    add_safe(&name, id);
    buffer_add_string(&name, ".html");
    buffer_add_char(&name, '\0');
    if (!name.failed)
        return name.bytes;
    buffer_free(&name);
    return NULL;
}

/* ---- a folder of files ---- */

static assess_status make_staging(form_folder *f, assess_error *err)
{
    buffer name = {0};
    size_t length = strlen(f->path);
    while (length > 1 && f->path[length - 1] == '/')
        length--;
    buffer_add(&name, f->path, length);
    buffer_add_string(&name, ".assess-XXXXXX");
    buffer_add_char(&name, '\0');
    if (name.failed) {
        buffer_free(&name);
        return error_no_memory(err);
    }
    if (!mkdtemp(name.bytes)) {
        buffer_free(&name);
        return fail(MSG_file_cannot_create, ASSESS_E_SYSTEM, f->path, err);
    }
    f->staging = name.bytes;
    return ASSESS_OK;
}

assess_status folder_begin(form_folder *f, const char *form, const char *path, bool force, assess_error *err)
{
    struct stat s;
    *f = (form_folder){.form = form, .path = path};
    if (lstat(path, &s) != 0)
        return make_staging(f, err);
    if (!force || stat(path, &s) != 0 || !S_ISDIR(s.st_mode))
        return fail(MSG_file_exists, ASSESS_E_CALL, path, err);
    return ASSESS_OK;
}

assess_status folder_add(form_folder *f, const char *id, text bytes, assess_error *err)
{
    char *name = file_name(f->staging ? f->staging : f->path, id);
    if (!name || !MEM_RESERVE(f->names, f->name_capacity, f->name_count + 1)) {
        mem_free(name);
        return error_no_memory(err);
    }
    f->names[f->name_count++] = name;
    return form_save(f->form, name, bytes, !f->staging, err);
}

static void remove_staging(const form_folder *f)
{
    for (size_t i = 0; i < f->name_count; i++)
        unlink(f->names[i]);
    rmdir(f->staging);
}

/* rename replaces an empty folder that has come into being meanwhile, which harms nobody. */
assess_status folder_end(form_folder *f, assess_status status, assess_error *err)
{
    if (f->staging && status == ASSESS_OK && rename(f->staging, f->path) != 0)
        status = fail(MSG_file_cannot_create, ASSESS_E_SYSTEM, f->path, err);
    if (f->staging && status != ASSESS_OK)
        remove_staging(f);
    for (size_t i = 0; i < f->name_count; i++)
        mem_free(f->names[i]);
    mem_free(f->names);
    mem_free(f->staging);
    return status;
}
