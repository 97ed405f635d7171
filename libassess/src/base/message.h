/* message: every sentence a person may read, once, in both languages.
 *
 * The catalogue is messages.def. A message is an entry of it with its arguments as texts; it is rendered late, in
 * the reader's language, so that a program can branch on the id and show either language. */
#ifndef ASSESS_BASE_MESSAGE_H
#define ASSESS_BASE_MESSAGE_H

#include "assess/error.h"
#include "base/mem.h"
#include "base/text.h"

typedef enum message_id {
#define MESSAGE(name, id, en, zh) MSG_##name,
#include "base/messages.def"
#undef MESSAGE
    MESSAGE_COUNT
} message_id;

enum { MESSAGE_MAX_ARGS = 4 };

typedef struct message {
    message_id id;
    text args[MESSAGE_MAX_ARGS];
    text zh[MESSAGE_MAX_ARGS]; /* the argument as a Chinese sentence has it; empty: the same in both languages */
} message;

/* The arguments are borrowed: the message lives no longer than they do. */
message message_of(message_id id);
message message_of1(message_id id, text a);
message message_of2(message_id id, text a, text b);
message message_of3(message_id id, text a, text b, text c);
message message_of4(message_id id, text a, text b, text c, text d);
const char *message_name(message_id id);                                /* "input.value_range" */
/* {0}…{3} replaced by the arguments; {0|ballot is|ballots are}: the first words where argument 0 is "1", else the others. */
void message_render(buffer *out, message m, assess_language language);

/* Fills err (may be NULL) unless it already holds an error, and returns status. */
assess_status error_set(assess_error *err, assess_status status, message m);
/* The same with the place it speaks of; file and clause may be NULL, line 0. */
assess_status error_set_at(assess_error *err, assess_status status, message m, const char *file, uint32_t line,
                           const char *clause);
assess_status error_no_memory(assess_error *err);

#endif
