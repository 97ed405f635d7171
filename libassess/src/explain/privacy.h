/* privacy.h: see explain.h for the rule. */
#ifndef ASSESS_EXPLAIN_PRIVACY_H
#define ASSESS_EXPLAIN_PRIVACY_H

#include "explain/explain.h"

/* Fills d->closed and d->open. */
void privacy_settle(derivation *d);

#endif
