/* outputs: see outputs.h. Paths are made before the work begins: no want of memory can stop the cleaning up. */
#include "outputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const file_names[OUTPUT_COUNT] = {
    [OUTPUT_CSV] = "results.csv", [OUTPUT_DB] = "batch.db", [OUTPUT_XLSX] = "results.xlsx", [OUTPUT_HTML] = "report.html"};
static const char *const format_names[OUTPUT_COUNT] = {
    [OUTPUT_CSV] = "csv", [OUTPUT_DB] = "db", [OUTPUT_XLSX] = "xlsx", [OUTPUT_HTML] = "html"};

/* ---- formats ---- */

static bool is_built(output_kind kind)
{
#ifdef ASSESS_WITH_OFFICE
    (void)kind;
    return true;
#else
    return kind == OUTPUT_CSV || kind == OUTPUT_DB;
#endif
}

const char *output_format(output_kind kind)
{
    return format_names[kind];
}

static int take_format(const cli *c, const char *name, outputs *o)
{
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        if (strcmp(name, format_names[k]) != 0)
            continue;
        if (!is_built((output_kind)k))
            return complain(c, ASSESS_E_CALL, WORD_FORMAT_NO_OFFICE, ARGS(name));
        o->wanted[k] = true;
        return ASSESS_OK;
    }
    return complain(c, ASSESS_E_CALL, WORD_FORMAT_UNKNOWN, ARGS(name));
}

int outputs_formats(const cli *c, const char *list, outputs *o)
{
    int status = ASSESS_OK;
    *o = (outputs){0};
    if (!list)
        list = "csv,db";
    for (bool more = true; more && status == ASSESS_OK;) {
        char name[32];
        size_t length = strcspn(list, ",");
        snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), list);
        status = take_format(c, name, o);
        more = list[length] == ',';
        list += length + more;
    }
    return status;
}

/* ---- before the work ---- */

static bool join(char out[OUTPUT_PATH], const char *folder, const char *name)
{
    size_t outer = strlen(folder), inner = strlen(name);
    if (outer + 1 + inner >= OUTPUT_PATH) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(out, folder, outer);
    out[outer] = '/';
    memcpy(out + outer + 1, name, inner + 1);
    return true;
}

/* Cuts the last component off: "a/b" -> "a", "b" -> ".", "/b" -> "/". */
static void parent_of(const char *path, char out[OUTPUT_PATH])
{
    strcpy(out, path);
    char *slash = strrchr(out, '/');
    if (!slash)
        strcpy(out, ".");
    else
        slash[slash == out] = '\0';
}

static bool is_folder(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

/* The outermost part of the path that does not exist yet; its parent does. */
static int find_created(const cli *c, outputs *o)
{
    char parent[OUTPUT_PATH];
    struct stat s;
    strcpy(o->created, o->folder);
    for (parent_of(o->created, parent); !is_folder(parent); parent_of(o->created, parent)) {
        if (stat(parent, &s) == 0)
            return complain(c, ASSESS_E_CALL, WORD_OUT_NOT_FOLDER, ARGS(parent));
        if (errno != ENOENT)
            return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(o->folder, failure_text(c, errno)));
        strcpy(o->created, parent);
    }
    if (access(parent, W_OK | X_OK) != 0)
        return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(o->folder, failure_text(c, errno)));
    return ASSESS_OK;
}

static int look_into(const cli *c, outputs *o)
{
    struct stat s;
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        if (!o->wanted[k])
            continue;
        bool there = lstat(o->final[k], &s) == 0;
        if (there && !S_ISREG(s.st_mode) && !S_ISLNK(s.st_mode))
            return complain(c, ASSESS_E_CALL, WORD_OUT_NO_FILE, ARGS(o->final[k]));
        if (there && !o->force)
            return complain(c, ASSESS_E_CALL, WORD_OUT_EXISTS, ARGS(o->final[k]));
    }
    if (access(o->folder, W_OK | X_OK) != 0)
        return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(o->folder, failure_text(c, errno)));
    return ASSESS_OK;
}

int outputs_plan(const cli *c, const char *folder, bool force, outputs *o)
{
    struct stat s;
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    if (length == 0 || length + 64 > OUTPUT_PATH)
        return complain(c, ASSESS_E_CALL, length ? WORD_OUT_TOO_LONG : WORD_NEEDS_VALUE,
                        ARGS("--out", word(c->screen, WORD_ARG_FOLDER)));
    memcpy(o->folder, folder, length);
    o->folder[length] = '\0';
    o->force = force;
    for (int k = 0; k < OUTPUT_COUNT; k++)
        join(o->final[k], o->folder, file_names[k]);
    if (stat(o->folder, &s) != 0)
        return find_created(c, o);
    o->folder_exists = true;
    if (!S_ISDIR(s.st_mode))
        return complain(c, ASSESS_E_CALL, WORD_OUT_NOT_FOLDER, ARGS(o->folder));
    return look_into(c, o);
}

/* ---- staging ---- */

/* Makes the folders below the staging folder that the wanted path has below `created`, and leaves the path in out. */
static bool make_inner(const outputs *o, char out[OUTPUT_PATH])
{
    const char *inner = o->folder_exists ? "" : o->folder + strlen(o->created);
    int length = snprintf(out, OUTPUT_PATH, "%s%s", o->staging, inner);
    if (length < 0 || length >= OUTPUT_PATH) {
        errno = ENAMETOOLONG;
        return false;
    }
    for (char *at = out + strlen(o->staging); *at;) {
        at += 1 + strcspn(at + 1, "/");
        char was = *at;
        *at = '\0';
        if (mkdir(out, 0700) != 0 && errno != EEXIST)
            return false;
        *at = was;
    }
    return true;
}

static bool make_staging(outputs *o)
{
    char parent[OUTPUT_PATH];
    if (o->folder_exists)
        strcpy(parent, o->folder);
    else
        parent_of(o->created, parent);
    if (!join(o->staging, parent, ".assess-XXXXXX") || !mkdtemp(o->staging))
        return false;
    o->staged = true;
    if (!make_inner(o, parent))
        return false;
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        char old[40];
        snprintf(old, sizeof old, "old-%s", file_names[k]);
        if (!join(o->temporary[k], parent, file_names[k]) || !join(o->old[k], parent, old))
            return false;
    }
    return true;
}

int outputs_begin(const cli *c, outputs *o)
{
    if (make_staging(o))
        return ASSESS_OK;
    int failure = errno;
    outputs_discard(o);
    return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(o->folder, failure_text(c, failure)));
}

static void replace_all(char *text, size_t size, const char *from, const char *to)
{
    size_t was = strlen(from), becomes = strlen(to);
    for (char *at = text; (at = strstr(at, from));) {
        size_t rest = strlen(at + was) + 1, room = size - (size_t)(at - text);
        if (becomes + rest > room)
            return;
        memmove(at + becomes, at + was, rest);
        memcpy(at, to, becomes);
        at += becomes;
    }
}

void outputs_rename_in(const outputs *o, assess_error *err)
{
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        if (!o->temporary[k][0])
            continue;
        replace_all(err->file, sizeof err->file, o->temporary[k], o->final[k]);
        for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++)
            replace_all(err->message[l], sizeof err->message[l], o->temporary[k], o->final[k]);
    }
}

/* Removes a folder with all that is in it; only ever called on a staging folder, which is ours. */
static void remove_tree(const char *folder)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    while (entries && (entry = readdir(entries))) {
        char path[OUTPUT_PATH];
        struct stat s;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 || !join(path, folder, entry->d_name))
            continue;
        if (lstat(path, &s) == 0 && S_ISDIR(s.st_mode))
            remove_tree(path);
        else
            unlink(path);
    }
    if (entries)
        closedir(entries);
    rmdir(folder);
}

void outputs_discard(outputs *o)
{
    if (o->staged)
        remove_tree(o->staging);
    o->staged = false;
}

/* ---- into place ---- */

static void flush_folder(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    fsync(descriptor); /* a file system that cannot is no reason to fail: the names are right already */
    close(descriptor);
}

static bool move_folder(outputs *o)
{
    char parent[OUTPUT_PATH];
    if (rename(o->staging, o->created) != 0)
        return false;
    o->staged = false;
    parent_of(o->created, parent);
    flush_folder(o->folder);
    flush_folder(parent);
    return true;
}

/* With force the old file is kept by a second name until all is done. Without, link() refuses to replace what somebody
 * else may have written in the meantime; a file system without links gets a rename. */
static bool move_file(outputs *o, int k)
{
    if (o->force) {
        o->kept_old[k] = link(o->final[k], o->old[k]) == 0;
        return o->moved[k] = rename(o->temporary[k], o->final[k]) == 0;
    }
    if (link(o->temporary[k], o->final[k]) == 0) {
        unlink(o->temporary[k]);
        return o->moved[k] = true;
    }
    struct stat s;
    if (errno == EEXIST || lstat(o->final[k], &s) == 0) {
        errno = EEXIST;
        return false;
    }
    return o->moved[k] = rename(o->temporary[k], o->final[k]) == 0;
}

static void move_back(outputs *o)
{
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        if (!o->moved[k])
            continue;
        if (o->kept_old[k])
            rename(o->old[k], o->final[k]);
        else
            unlink(o->final[k]);
    }
}

static bool move_files(outputs *o)
{
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        if (!o->wanted[k] || move_file(o, k))
            continue;
        int failure = errno;
        move_back(o);
        errno = failure;
        return false;
    }
    outputs_discard(o); /* the old files and the staging folder */
    flush_folder(o->folder);
    return true;
}

int outputs_commit(const cli *c, outputs *o)
{
    if (o->folder_exists ? move_files(o) : move_folder(o))
        return ASSESS_OK;
    int failure = errno;
    outputs_discard(o);
    return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(o->folder, failure_text(c, failure)));
}
