/* call: see call.h. */
#include "office/call.h"

#include <string.h>

bool office_options_copy(void *out, size_t size, const void *given)
{
    size_t theirs;
    memset(out, 0, size);
    if (!given)
        return true;
    memcpy(&theirs, given, sizeof theirs); /* every option struct begins with its size */
    if (theirs < sizeof theirs || theirs > 4096)
        return false;
    memcpy(out, given, theirs < size ? theirs : size);
    return true;
}

assess_status office_bad_argument(assess_error *err, const char *what)
{
    return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_argument, text_of(what)));
}

assess_status office_give_text(buffer *b, char **out, size_t *length, assess_error *err)
{
    buffer_add_char(b, '\0');
    if (b->failed) {
        buffer_free(b);
        return error_no_memory(err);
    }
    if (length)
        *length = b->length - 1;
    *out = b->bytes;
    return ASSESS_OK;
}
