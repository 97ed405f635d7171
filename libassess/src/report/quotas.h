/* quotas: every quota as a table, a line for each group, with who ties at the line. */
#ifndef ASSESS_REPORT_QUOTAS_H
#define ASSESS_REPORT_QUOTAS_H

#include "base/json.h"
#include "engine/result.h"
#include "report/page.h"

void list_quotas(page *p, const result *r);
void json_quotas(json *j, const result *r); /* the member "quotas" */

#endif
