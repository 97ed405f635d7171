/* save: a file that appears whole or not at all. */
#ifndef ASSESS_OFFICE_SAVE_H
#define ASSESS_OFFICE_SAVE_H

#include "base/message.h"

/* Written beside `path`, flushed, renamed; 0600. Without `force` an existing file is E_CALL. */
assess_status save_file(const char *path, text bytes, bool force, assess_error *err);

#endif
