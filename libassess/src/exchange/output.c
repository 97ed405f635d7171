/* output: a file that appears whole or not at all. It is written beside its target under a name nobody guesses, flushed
 * to the disk, and only then given its name; the folder is flushed too, so that the name survives a power cut. */
#define _GNU_SOURCE /* renameat2 */
#include "base/place.h"
#include "exchange/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_BYTES = 256 * 1024, ATTEMPTS = 16, BEGIN_BYTES = 8 * 1024 * 1024 };

struct output {
    int file;    /* the temporary file, -1 when closed */
    int failure; /* errno of the first write that failed */
    bool force;
    size_t filled;
    off_t written, begun; /* bytes handed over; of them, those whose way to the disk was begun */
    char *path, *temporary, *folder;
    char *bytes; /* [BUFFER_BYTES] */
    arena texts;
};

/* ---- saying what failed ---- */

static assess_status refuse(const char *path, assess_status status, message_id id, assess_error *err)
{
    return error_set_at(err, status, message_of1(id, text_of(path)), path, 0, NULL);
}

static assess_status explain(const char *path, int failure, assess_error *err)
{
    switch (failure) {
    case EEXIST:
        return refuse(path, ASSESS_E_CALL, MSG_output_exists, err);
    case ENOENT:
    case ENOTDIR:
        return refuse(path, ASSESS_E_CALL, MSG_output_no_folder, err);
    case EISDIR:
    case ENOTEMPTY:
        return refuse(path, ASSESS_E_CALL, MSG_output_is_folder, err);
    case ENODEV:
        return refuse(path, ASSESS_E_CALL, MSG_file_no_file, err);
    case EACCES:
    case EPERM:
    case EROFS:
        return refuse(path, ASSESS_E_SYSTEM, MSG_output_denied, err);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return refuse(path, ASSESS_E_SYSTEM, MSG_output_disk_full, err);
    case ENOMEM:
        return error_no_memory(err);
    default:
        return refuse(path, ASSESS_E_SYSTEM, MSG_output_failed, err);
    }
}

/* ---- opening ---- */

static bool set_names(output *o, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    o->path = arena_text(&o->texts, path, strlen(path));
    o->folder = folder > 0 ? arena_text(&o->texts, path, folder) : arena_text(&o->texts, "./", 2);
    return o->path && o->folder;
}

/* ".assess-0123456789abcdef.tmp" beside the target. */
static bool set_temporary(output *o, unsigned attempt)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t chance[8] = {0};
    buffer name = {0};
    if (!random_bytes(chance, sizeof chance))
        chance[0] = (uint8_t)attempt;
    buffer_add_string(&name, o->folder);
    buffer_add_string(&name, ".assess-");
    for (size_t i = 0; i < sizeof chance; i++) {
        buffer_add_char(&name, digits[chance[i] >> 4]);
        buffer_add_char(&name, digits[chance[i] & 15]);
    }
    buffer_add_string(&name, ".tmp");
    o->temporary = name.failed ? NULL : arena_text(&o->texts, name.bytes, name.length);
    buffer_free(&name);
    return o->temporary != NULL;
}

/* The errno of what failed, 0 when the file is there. */
static int create_temporary(output *o)
{
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!set_temporary(o, attempt))
            return ENOMEM;
        o->file = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (o->file >= 0)
            return 0;
        if (errno != EEXIST)
            return errno;
    }
    return EIO;
}

/* An early answer to what commit would refuse anyway; commit looks again. */
static int check_target(const char *path, bool force)
{
    struct stat about;
    if (*path == '\0')
        return ENOENT;
    if (lstat(path, &about) != 0)
        return 0;
    if (S_ISDIR(about.st_mode))
        return EISDIR;
    if (!place_is_for_a_file(path))
        return ENODEV;
    return force ? 0 : EEXIST;
}

static void free_output(output *o)
{
    mem_free(o->bytes);
    arena_free(&o->texts);
    mem_free(o);
}

assess_status output_open(const char *path, bool force, output **out, assess_error *err)
{
    *out = NULL;
    int failure = check_target(path, force);
    if (failure != 0)
        return explain(path, failure, err);
    output *o = mem_zalloc(1, sizeof *o);
    if (!o)
        return error_no_memory(err);
    o->file = -1;
    o->force = force;
    o->bytes = mem_alloc(BUFFER_BYTES);
    failure = o->bytes && set_names(o, path) ? create_temporary(o) : ENOMEM;
    if (failure != 0) {
        free_output(o);
        return explain(path, failure, err);
    }
    *out = o;
    return ASSESS_OK;
}

/* ---- writing ---- */

/* The disk works while more is made, so that there is little to wait for at the end. Whether it does is the system's affair. */
static void begin_to_disk(output *o)
{
#ifdef SYNC_FILE_RANGE_WRITE
    if (o->written - o->begun < BEGIN_BYTES)
        return;
    (void)sync_file_range(o->file, o->begun, o->written - o->begun, SYNC_FILE_RANGE_WRITE);
    o->begun = o->written;
#else
    (void)o;
#endif
}

static void put(output *o, const char *bytes, size_t length)
{
    while (length > 0 && o->failure == 0) {
        ssize_t done = write(o->file, bytes, length);
        if (done < 0 && errno != EINTR)
            o->failure = errno;
        if (done > 0) {
            bytes += done;
            length -= (size_t)done;
            o->written += done;
        }
    }
    begin_to_disk(o);
}

static void flush(output *o)
{
    put(o, o->bytes, o->filled);
    o->filled = 0;
}

void output_write(output *o, const void *bytes, size_t length)
{
    if (length > BUFFER_BYTES - o->filled)
        flush(o);
    if (length > BUFFER_BYTES) {
        put(o, bytes, length);
    } else if (length > 0) {
        memcpy(o->bytes + o->filled, bytes, length);
        o->filled += length;
    }
}

/* ---- into place ---- */

/* Gives the file its name unless something has it. The errno of what failed, else 0. */
static int take_free_name(const output *o)
{
#if defined(__linux__) && defined(RENAME_NOREPLACE)
    if (renameat2(AT_FDCWD, o->temporary, AT_FDCWD, o->path, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != ENOSYS && errno != EINVAL)
        return errno;
#endif
    if (link(o->temporary, o->path) != 0)
        return errno;
    unlink(o->temporary);
    return 0;
}

static int take_name(const output *o)
{
    if (!o->force)
        return take_free_name(o);
    return rename(o->temporary, o->path) == 0 ? 0 : errno;
}

/* Some file systems cannot flush a folder and say EINVAL: there is nothing more to do then. */
static int flush_folder(const output *o)
{
    int folder = open(o->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), failure = 0;
    if (folder < 0)
        return errno == EACCES ? 0 : errno;
    if (fsync(folder) != 0 && errno != EINVAL && errno != ENOTSUP)
        failure = errno;
    close(folder);
    return failure;
}

static int close_file(output *o)
{
    int file = o->file;
    o->file = -1;
    return file < 0 || close(file) == 0 ? 0 : errno;
}

assess_status output_commit(output *o, assess_error *err)
{
    flush(o);
    int failure = o->failure;
    if (failure == 0 && fsync(o->file) != 0)
        failure = errno;
    int closing = close_file(o);
    failure = failure ? failure : closing;
    if (failure == 0)
        failure = take_name(o);
    if (failure != 0)
        unlink(o->temporary);
    else
        failure = flush_folder(o);
    assess_status status = failure == 0 ? ASSESS_OK : explain(o->path, failure, err);
    free_output(o);
    return status;
}

void output_discard(output *o)
{
    if (!o)
        return;
    close_file(o);
    unlink(o->temporary);
    free_output(o);
}
