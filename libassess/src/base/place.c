/* place.c: temporary files beside their target, and moving them without clobbering. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h> /* rename */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

/* Appends to a NUL-terminated path; false when it gets too long. */
bool place_append(char path[PLACE_PATH], const char *more)
{
    size_t length = strlen(path), added = strlen(more);
    if (added >= PLACE_PATH - length)
        return false;
    memcpy(path + length, more, added + 1);
    return true;
}

/* The folder of `path`, resolved, with '/' at its end; *name is the last part of path. */
static bool find_folder(const char *path, char folder[PLACE_PATH], const char **name)
{
    char given[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) + 1 : 0;
    *name = path + length;
    if (length >= sizeof given || **name == '\0' || strlen(*name) > NAME_MAX)
        return false;
    memcpy(given, path, length);
    given[length] = '\0';
    return realpath(length ? given : ".", folder) && (strcmp(folder, "/") == 0 || place_append(folder, "/"));
}

bool place_resolve(const char *path, char out[PLACE_PATH])
{
    const char *name;
    return find_folder(path, out, &name) && place_append(out, name);
}

static assess_status fail(assess_status status, message_id id, const char *path, assess_error *err)
{
    return error_set_at(err, status, message_of1(id, text_of(path)), path, 0, NULL);
}

/* ---- a new file ---- */

static bool name_temporary(place *p)
{
    uint8_t chance[8];
    char name[2 * sizeof chance + 1];
    const char *base;
    if (!random_bytes(chance, sizeof chance) || !find_folder(p->target, p->temporary, &base))
        return false;
    for (size_t i = 0; i < sizeof chance; i++) {
        name[2 * i] = "0123456789abcdef"[chance[i] >> 4];
        name[2 * i + 1] = "0123456789abcdef"[chance[i] & 15];
    }
    name[sizeof name - 1] = '\0';
    return place_append(p->temporary, ".assess-") && place_append(p->temporary, name) && place_append(p->temporary, ".tmp");
}

bool place_exists(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

assess_status place_prepare(place *p, const char *path, bool force, assess_error *err)
{
    p->shown = path;
    p->force = force;
    p->temporary[0] = '\0';
    if (!place_resolve(path, p->target))
        return fail(ASSESS_E_SYSTEM, MSG_file_cannot_create, path, err);
    if (!force && place_exists(p->target))
        return fail(ASSESS_E_CALL, MSG_file_exists, path, err);
    if (!name_temporary(p)) {
        p->temporary[0] = '\0';
        return fail(ASSESS_E_SYSTEM, MSG_file_cannot_create, path, err);
    }
    int file = open(p->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file >= 0 && close(file) == 0)
        return ASSESS_OK;
    if (file < 0)
        p->temporary[0] = '\0';
    return fail(ASSESS_E_SYSTEM, MSG_file_cannot_create, path, err);
}

static bool flush(const char *path, unsigned mode)
{
    int file = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return false;
    bool done = fchmod(file, mode) == 0 && fsync(file) == 0;
    return close(file) == 0 && done;
}

/* The name is on the disk when the folder is; a file system that cannot flush folders keeps its own promises. */
static void flush_folder(const char *path)
{
    char folder[PLACE_PATH];
    const char *name;
    int file = find_folder(path, folder, &name) ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    (void)fsync(file);
    close(file);
}

/* Where a file system has no hard links, the name is taken by an empty file first, which the rename then replaces. */
static bool claim_and_rename(const place *p)
{
    int file = open(p->target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return false;
    close(file);
    if (rename(p->temporary, p->target) == 0)
        return true;
    int reason = errno;
    unlink(p->target);
    errno = reason;
    return false;
}

/* link, unlike rename, never replaces what stands at the target. */
static bool move_without_clobbering(const place *p)
{
    if (link(p->temporary, p->target) == 0)
        return unlink(p->temporary) == 0 || errno == ENOENT;
    return errno != EEXIST && claim_and_rename(p);
}

/* errno of a failed write as a sentence about the target. */
static assess_status failed(const place *p, assess_error *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;
    return fail(ASSESS_E_SYSTEM, full ? MSG_file_disk_full : MSG_file_cannot_write, p->shown, err);
}

assess_status place_commit(place *p, unsigned mode, assess_error *err)
{
    if (!flush(p->temporary, mode))
        return failed(p, err);
    bool moved = p->force ? rename(p->temporary, p->target) == 0 : move_without_clobbering(p);
    if (!moved && errno == EEXIST)
        return fail(ASSESS_E_CALL, MSG_file_exists, p->shown, err);
    if (!moved)
        return failed(p, err);
    p->temporary[0] = '\0';
    flush_folder(p->target);
    return ASSESS_OK;
}

void place_discard(place *p)
{
    if (p->temporary[0] != '\0')
        unlink(p->temporary);
    p->temporary[0] = '\0';
}
