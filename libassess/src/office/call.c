/* call: see call.h. */
#include "office/call.h"

assess_status office_options_take(void *out, size_t size, size_t first, const void *given, assess_error *err)
{
    switch (versioned_take(out, size, first, given)) {
    case VERSIONED_SIZE: return error_set(err, ASSESS_E_CALL, message_of(MSG_call_options_size));
    case VERSIONED_NEWER: return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_options_newer, TEXT(ASSESS_VERSION)));
    case VERSIONED_FINE: break;
    }
    return ASSESS_OK;
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
