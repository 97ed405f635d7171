/* range: the figures between which a node's value lies, for checks at load. */
#ifndef ASSESS_PLAN_RANGE_H
#define ASSESS_PLAN_RANGE_H

#include "plan/plan.h"

typedef struct range {
    bool has_low, has_high; /* false: no bound is known on that side */
    fraction low, high;     /* both included */
} range;

/* The plan's order must stand (plan_order). False: no memory. */
bool plan_range(const plan *p, node_id id, range *out);

#endif
