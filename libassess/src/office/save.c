/* save: see save.h. */
#include "office/save.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/place.h"

static bool write_all(int file, text bytes)
{
    while (bytes.length > 0) {
        ssize_t done = write(file, bytes.bytes, bytes.length);
        if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            bytes.bytes += done;
            bytes.length -= (size_t)done;
        }
    }
    return true;
}

static bool fill(const char *path, text bytes)
{
    int file = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return false;
    bool written = write_all(file, bytes);
    int reason = errno;
    bool closed = close(file) == 0;
    if (!written)
        errno = reason;
    return written && closed;
}

assess_status save_file(const char *path, text bytes, bool force, assess_error *err)
{
    place p;
    assess_status s = place_prepare(&p, path, force, err);
    if (!s && !fill(p.temporary, bytes)) {
        bool full = errno == ENOSPC || errno == EDQUOT;
        s = error_set_at(err, ASSESS_E_SYSTEM, message_of1(full ? MSG_file_disk_full : MSG_file_cannot_write, text_of(path)), path, 0, NULL);
    }
    if (!s)
        s = place_commit(&p, S_IRUSR | S_IWUSR, err);
    place_discard(&p);
    return s;
}
