/* mistakes: all that is wrong with a rule file, in the order of the file. */
#ifndef ASSESS_RULES_MISTAKES_H
#define ASSESS_RULES_MISTAKES_H

#include "plan/plan.h"

enum { MISTAKES_MOST = 50 }; /* who has so many mends some of them first */

typedef struct rule_mistake {
    assess_error said;
    origin at;
    unsigned names; /* among which a name is not known, `about`; 0: the mistake is about its place */
    char about[64];
} rule_mistake;

typedef struct mistake_list {
    rule_mistake *items;
    size_t count, capacity;
    bool more; /* the file was not looked at any further */
} mistake_list;

/* Adds it behind the others, unless the very same stands there already. `names`, if not 0: what is wrong is a name of this
 * kind, wherever else it stands; one message is enough, for it may be missing where it is declared. False: no memory. */
bool mistakes_add(mistake_list *list, const plan *p, assess_status status, message m, unsigned names, origin at);
/* Puts them in the order in which one reads the files, those of a used file where it is used; used_at[file] is that place. What is about no
 * line of a file comes last: the scheme as a whole, a setting. */
void mistakes_sort(mistake_list *list, const origin *used_at);
void mistakes_free(mistake_list *list);

#endif
