/* rosters: the lists that a scheme puts people on: follow-up, decisions, honours. */
#ifndef ASSESS_REPORT_ROSTERS_H
#define ASSESS_REPORT_ROSTERS_H

#include "base/json.h"
#include "report/lists.h"

label roster_title(const plan *p, uint32_t list);        /* what the list's first statement says */
message_id roster_purpose(const plan *p, uint32_t list); /* "To be followed up:" */

void rosters_print(page *p, const result *r);         /* nothing for a list without members */
void rosters_json(json *j, const result *r);          /* "lists": every list with the ids of its members */

#endif
