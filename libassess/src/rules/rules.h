/* rules: a rule file, run once in a sandbox and without data, becomes a plan. The only folder that knows Lua. */
#ifndef ASSESS_RULES_RULES_H
#define ASSESS_RULES_RULES_H

#include "plan/plan.h"
#include "rules/mistakes.h"

enum { RULES_MAX_SOURCE = 256 * 1024 };

/* Gives the text of the rule file that `use "name"` asks for: *bytes in the arena, *file_name for messages.
 * False: there is none. True with bytes->bytes NULL: there is one, and no memory for it. */
typedef bool (*rules_resolver)(void *user, text name, arena *memory, text *bytes, text *file_name);

typedef struct rules_request {
    text file_name;          /* for messages, "bureau.lua" */
    text bytes;
    text period;             /* "2026"; empty: no period (rules check) */
    const text *settings;    /* "name=value" */
    size_t setting_count;
    rules_resolver resolve;  /* may be NULL: nothing can be used */
    rules_resolver data;     /* the same for a data file, "calendar.csv"; may be NULL */
    void *user;
} rules_request;

/* E_RULES with file, line, column and clause; E_CALL for an unknown or unfit setting or period; E_SYSTEM. */
assess_status rules_load(const rules_request *request, plan **out, assess_error *err);
/* The same with everything that is wrong with the files: *mistakes, to be freed, holds more than nothing only when it is they that are wrong. */
assess_status rules_load_all(const rules_request *request, plan **out, mistake_list *mistakes, assess_error *err);

/* The word list, for help and documentation checks: NULL past the last. */
const char *rules_word(size_t index);
/* The same of what can be said behind a thing: *kinds is the set of things, as bits; a name may come again for others. */
const char *rules_method(size_t index, unsigned *kinds);
const char *rules_symbol_name(unsigned kind); /* "a figure", "ballots"; NULL past the last */

#endif
