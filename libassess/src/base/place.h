/* place: how a new file gets to its name whole or not at all: made beside it, flushed, moved.
 *
 * The last part of a path is never followed when it is a symbolic link; its folder is, because home directories often
 * lie behind one. */
#ifndef ASSESS_BASE_PLACE_H
#define ASSESS_BASE_PLACE_H

#include <limits.h>

#include "base/message.h"

enum { PLACE_PATH = PATH_MAX + NAME_MAX + 2 };

/* A new file on its way to `target`. */
typedef struct place {
    const char *shown;          /* the target as the user wrote it; borrowed */
    char target[PLACE_PATH];    /* its folder without symbolic links */
    char temporary[PLACE_PATH]; /* beside it; "" when there is none */
    bool force;
} place;

/* Makes the empty file `temporary`, mode 0600, closed again. Without `force` an existing target is E_CALL. */
assess_status place_prepare(place *p, const char *path, bool force, assess_error *err);
/* Sets the file's mode, flushes it and moves it to the target. Nothing may have it open for writing any more. */
assess_status place_commit(place *p, unsigned mode, assess_error *err);
/* Removes the temporary file. Harmless after place_commit. */
void place_discard(place *p);

/* The folder of `path` resolved and its last part behind it; false: there is no such folder, or it is too long. */
bool place_resolve(const char *path, char out[PLACE_PATH]);
/* Appends to a NUL-terminated path; false when it gets too long. */
bool place_append(char path[PLACE_PATH], const char *more);
bool place_exists(const char *path);

#endif
