/* call: what every call of the public interface needs. */
#ifndef ASSESS_OFFICE_CALL_H
#define ASSESS_OFFICE_CALL_H

#include "base/message.h"

/* Options of any release: what the caller does not know stays 0. False: the size makes no sense. `given` NULL: all 0. */
bool office_options_copy(void *out, size_t size, const void *given);
assess_status office_bad_argument(assess_error *err, const char *what);
/* The bytes and a NUL, owned by the caller from here on; frees them on failure. */
assess_status office_give_text(buffer *b, char **out, size_t *length, assess_error *err);

#endif
