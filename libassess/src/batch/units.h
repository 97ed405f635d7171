/* units: which subjects are units, and which unit a person belongs to. */
#ifndef ASSESS_BATCH_UNITS_H
#define ASSESS_BATCH_UNITS_H

#include "batch/batch.h"

/* level[subject]: 0, or 1 of a unit. unit_of[subject]: the subject that is its unit, by name or id; SUBJECT_NONE when there is
 * none; the unit of a unit is itself. False: no memory. */
bool units_find(const batch *b, unsigned threads, uint8_t *level, uint32_t *unit_of);

/* A notice for every unit that people name and that is no subject. False: no memory. */
bool units_notice(batch *b, unsigned threads);

#endif
