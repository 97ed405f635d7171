/* handle: what every public handle begins with, so that misuse becomes an error instead of a crash where it can be seen.
 *
 * Seen for certain: a handle of another kind; one that was freed while a child or a call still holds it; a call on a handle on which
 * another is under way, from a callback or from another thread. Seen as a rule: a handle whose memory was given back, as long as nobody
 * else was given that memory. To know more would take a list of all handles alive, which all threads would share: there is none. */
#ifndef ASSESS_API_HANDLE_H
#define ASSESS_API_HANDLE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "assess/error.h"

/* No numbers that memory holds by chance. */
typedef enum handle_kind {
    HANDLE_SCHEME = 0x5ca1ab1e,
    HANDLE_BATCH = 0x0ba7c4ed,
    HANDLE_RESULT = 0x4e501d7e,
    HANDLE_TABLE = 0x7ab1e5a3,
    HANDLE_MISTAKES = 0x315fa8e5,
    HANDLE_GONE = 0x0ddba115
} handle_kind;

typedef struct handle {
    void *scratch[4];             /* unused: what is freed has its first words written over by the allocator, and `kind` is to outlast it */
    _Atomic uint32_t kind;
    atomic_bool closed;           /* its owner has freed it; whoever still holds a reference may go on */
    atomic_bool busy;             /* a call on it is under way */
    atomic_size_t references;     /* of its owner, its children, and the call under way */
} handle;

void handle_open(handle *h, handle_kind kind);

/* Whether a call may use it: "call.argument" when it is NULL, "call.freed", "call.other_handle". `name` is that of the argument. */
assess_status handle_check(const void *h, handle_kind kind, const char *name, assess_error *err);
/* The same for calls that cannot say an error. */
bool handle_is_open(const void *h, handle_kind kind);
/* And for those that read what another call may be changing: false while one is under way. */
bool handle_readable(const void *h, handle_kind kind);

/* Begins a call that nobody may disturb ("call.busy") and that keeps the handle, should it be freed meanwhile. */
assess_status handle_enter(void *h, handle_kind kind, const char *name, assess_error *err);
void handle_leave(void *h); /* the reference is still to be dropped */

void handle_share(void *h);
/* True: that was the last reference, and its memory is to be given back now. */
bool handle_drop(void *h);
/* The owner frees it. True: its reference is to be dropped; false: there is nothing to free, or it was freed before. */
bool handle_close(void *h, handle_kind kind);

#endif
