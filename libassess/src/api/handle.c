/* handle.c: see handle.h. */
#include "api/handle.h"

#include "base/message.h"

void handle_open(handle *h, handle_kind kind)
{
    atomic_init(&h->kind, kind);
    atomic_init(&h->closed, false);
    atomic_init(&h->busy, false);
    atomic_init(&h->references, 1);
}

static bool is_known(uint32_t kind)
{
    return kind == HANDLE_SCHEME || kind == HANDLE_BATCH || kind == HANDLE_RESULT || kind == HANDLE_TABLE || kind == HANDLE_MISTAKES;
}

assess_status handle_check(const void *given, handle_kind kind, const char *name, assess_error *err)
{
    const handle *h = given;
    if (!h)
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_argument, text_of(name)));
    uint32_t found = atomic_load(&h->kind);
    if (found == HANDLE_GONE || (is_known(found) && atomic_load(&h->closed)))
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_freed, text_of(name)));
    return found == (uint32_t)kind ? ASSESS_OK : error_set(err, ASSESS_E_CALL, message_of1(MSG_call_other_handle, text_of(name)));
}

bool handle_is_open(const void *given, handle_kind kind)
{
    const handle *h = given;
    return h && atomic_load(&h->kind) == (uint32_t)kind && !atomic_load(&h->closed);
}

bool handle_readable(const void *given, handle_kind kind)
{
    const handle *h = given;
    return handle_is_open(h, kind) && !atomic_load(&h->busy);
}

assess_status handle_enter(void *given, handle_kind kind, const char *name, assess_error *err)
{
    handle *h = given;
    assess_status s = handle_check(h, kind, name, err);
    if (s)
        return s;
    if (atomic_exchange(&h->busy, true))
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_busy, text_of(name)));
    handle_share(h);
    return ASSESS_OK;
}

void handle_leave(void *given)
{
    handle *h = given;
    atomic_store(&h->busy, false);
}

void handle_share(void *given)
{
    handle *h = given;
    atomic_fetch_add(&h->references, 1);
}

bool handle_drop(void *given)
{
    handle *h = given;
    if (!h || atomic_fetch_sub(&h->references, 1) > 1)
        return false;
    atomic_store(&h->kind, HANDLE_GONE);
    return true;
}

bool handle_close(void *given, handle_kind kind)
{
    handle *h = given;
    return h && atomic_load(&h->kind) == (uint32_t)kind && !atomic_exchange(&h->closed, true);
}
