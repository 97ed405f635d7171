/* case_reader.h: what the parts of reading a cases file share. */
#ifndef ASSESS_RULES_CASE_READER_H
#define ASSESS_RULES_CASE_READER_H

#include "rules/cases.h"
#include "rules/loader.h"

typedef struct reader {
    const plan *plan; /* the scheme under test */
    case_list *out;
    rule_case *now;   /* the case that is being read */
} reader;

static inline reader *reader_of(lua_State *L) { return loader_of(L)->user; }

/* --- case_values.c --- */
void *case_keep(lua_State *L, size_t count, size_t size); /* zeroed, kept with the cases */
text case_text(lua_State *L, int index, const char *what); /* a text or a number as it is written there */
bool case_field(lua_State *L, int index, const char *name, text *out);
date case_date(lua_State *L, int index, const char *name); /* DATE_NONE: absent */
decimal case_decimal(lua_State *L, int index, const char *name); /* CASE_BLANK: absent; never negative */
/* Leaves the list of that name on the stack and returns its length; 0 when there is none. */
size_t push_list(lua_State *L, int index, const char *name);

/* The nearer of the two to the id, the first where neither is nearer; for lists of any length. */
static inline text nearer(text id, text so_far, text next) { return text_suggest(id, (text[2]){so_far, next}, 2); }

/* --- case_rows.c: the rows of a subject in the tables --- */
void read_ballots(lua_State *L, int index, case_subject *s);
void read_events(lua_State *L, int index, case_subject *s);
void read_measures(lua_State *L, int index, case_subject *s);
void read_history(lua_State *L, int index, case_subject *s);
void read_attributes(lua_State *L, int index, case_subject *s);

/* --- case_expect.c --- */
/* `needed`: a subject about whom nothing is expected is a mistake. */
void read_expectation(lua_State *L, int index, bool needed, case_expectation *e);

#endif
