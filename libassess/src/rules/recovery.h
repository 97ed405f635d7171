/* recovery.h: a statement with a mistake is noted, something harmless stands in for what it gives, and the file goes on.
 *
 * One mistake must not bring others with it. Two things see to that. What a statement with a mistake gives is a symbol of its own,
 * “lost”: whatever is made of it is lost as well, and says nothing but what no value could have changed (`alone` below). And what it
 * may have declared or decided is in doubt from there on: a message that would not be said if it had is not said. */
#ifndef ASSESS_RULES_RECOVERY_H
#define ASSESS_RULES_RECOVERY_H

#include "rules/loader.h"

/* Puts the function at the top of the stack into one that recovers; `name` is a word, or else tells nothing of what it declares. */
void recover_in(lua_State *L, const char *name);
/* Reads one element of a list of declarations, the one at `index`, so that a mistake in it leaves the others to be read. */
void read_apart(lua_State *L, int index, void (*read)(lua_State *L, int index));

/* The symbol that stands in. */
void push_lost(lua_State *L);
/* The same for a name that nobody knows, with what the words that it is near to would do, should it be called. */
void push_unknown(lua_State *L, text name, bool near_to_something);
/* What is lost is called as a word is; gone through by `for`; written to. */
void suppose_called(lua_State *L, const symbol *lost);
void suppose_turns(lua_State *L);
void suppose_written(lua_State *L);

/* Among which names one is not known, as a set of bits: one message of it is enough. 0: something else is wrong. */
unsigned names_of(message_id id);
/* Whether the message is but a consequence of an earlier mistake; and what its own consequences may be. */
bool is_consequence(const loader *l, message m);
void note_consequences(loader *l, message_id id);
void doubt_names(loader *l); /* a name is missing */

#endif
