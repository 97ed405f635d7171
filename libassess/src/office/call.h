/* call: what every call of the public interface needs. */
#ifndef ASSESS_OFFICE_CALL_H
#define ASSESS_OFFICE_CALL_H

#include "base/message.h"
#include "base/versioned.h"

/* Options of any release, as this one knows them; `given` NULL: all 0. `last` is the last field of their first version. */
#define OFFICE_OPTIONS(type, last, out, given, err) office_options_take((out), sizeof *(out), SIZE_THROUGH(type, last), (given), (err))
assess_status office_options_take(void *out, size_t size, size_t first, const void *given, assess_error *err);
assess_status office_bad_argument(assess_error *err, const char *what);
/* The bytes and a NUL, owned by the caller from here on; frees them on failure. */
assess_status office_give_text(buffer *b, char **out, size_t *length, assess_error *err);

#endif
