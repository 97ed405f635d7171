/* disk.c: looking at a file without opening a database on it, and clearing away what SQLite leaves beside one. */
#include "store/disk.h"

#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What SQLite may put beside a database. */
static const char *const companions[] = {"-journal", "-wal", "-shm"};
enum { COMPANION_COUNT = sizeof companions / sizeof *companions };

static assess_status fail(assess_status status, message_id id, const char *path, assess_error *err)
{
    return error_set_at(err, status, message_of1(id, text_of(path)), path, 0, NULL);
}

void disk_discard(place *p)
{
    size_t length = strlen(p->temporary);
    for (size_t i = 0; length && i < COMPANION_COUNT; i++) {
        if (place_append(p->temporary, companions[i]))
            unlink(p->temporary);
        p->temporary[length] = '\0';
    }
    place_discard(p);
}

/* A journal or log beside the file would be played into it, or its contents taken for the file's. */
static bool has_companion(char path[PLACE_PATH])
{
    size_t length = strlen(path);
    bool found = false;
    for (size_t i = 0; i < COMPANION_COUNT && !found; i++) {
        found = place_append(path, companions[i]) && place_exists(path);
        path[length] = '\0';
    }
    return found;
}

assess_status disk_find(const char *path, char out[PLACE_PATH], int64_t *size, assess_error *err)
{
    struct stat found;
    if (!place_resolve(path, out) || lstat(out, &found) != 0)
        return fail(ASSESS_E_SYSTEM, MSG_store_cannot_open, path, err);
    if (!S_ISREG(found.st_mode))
        return fail(ASSESS_E_INPUT, MSG_store_not_a_file, path, err);
    if (has_companion(out))
        return fail(ASSESS_E_INPUT, MSG_store_in_use, path, err);
    *size = found.st_size;
    return ASSESS_OK;
}

int disk_read_first(const char *path, void *out, int length)
{
    sqlite3_vfs *layer = sqlite3_vfs_find(NULL);
    sqlite3_file *file = layer ? mem_zalloc(1, (size_t)layer->szOsFile) : NULL;
    const char *name = file ? sqlite3_create_filename(path, "", "", 0, NULL) : NULL;
    int code = SQLITE_NOMEM;
    if (name)
        code = layer->xOpen(layer, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_NOFOLLOW, NULL);
    if (name && code == SQLITE_OK)
        code = file->pMethods->xRead(file, out, length, 0);
    if (file && file->pMethods)
        file->pMethods->xClose(file);
    if (name)
        sqlite3_free_filename(name);
    mem_free(file);
    return code;
}
