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

/* The symbol that stands in; `meant`: the word that it was perhaps meant to be, NULL: none, should it be called. */
void push_lost(lua_State *L, const char *meant);
/* What came of a name that nobody knows is called: the word it was meant to be might have declared something. */
void suppose_meant(lua_State *L, const symbol *lost);

/* Whether the message is but a consequence of an earlier mistake; and what its own consequences may be. */
bool is_consequence(const loader *l, message m);
void note_consequences(loader *l, message_id id);
void doubt_names(loader *l); /* a name is missing */

#endif
