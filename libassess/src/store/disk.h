/* disk: a file that may be a sealed batch, looked at before any database is opened on it. */
#ifndef ASSESS_STORE_DISK_H
#define ASSESS_STORE_DISK_H

#include "base/place.h"

/* Removes a temporary file and what SQLite may have left beside it. Harmless after place_commit. */
void disk_discard(place *p);
/* A regular file that no program writes to: its path without symbolic links in its folder, and its size. */
assess_status disk_find(const char *path, char out[PLACE_PATH], int64_t *size, assess_error *err);
/* Its first bytes, zeros where it has none; a SQLite result code. Safe whatever connections to it exist. */
int disk_read_first(const char *path, void *out, int length);

#endif
