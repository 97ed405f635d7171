/* inspect: whether a file is a sealed batch that holds together, before anything in it is believed. */
#ifndef ASSESS_STORE_INSPECT_H
#define ASSESS_STORE_INSPECT_H

#include "store/connection.h"

/* Opens a file that somebody else may have made: nothing is written, not even beside it. On failure the connection is
 * still to be closed. */
assess_status inspect_open(connection *c, const char *path, assess_error *err);

/* For verify, which reports instead of refusing: whether each page, index and row is as it must be. */
assess_status inspect_integrity(connection *c, bool *sound, assess_error *err);

#endif
